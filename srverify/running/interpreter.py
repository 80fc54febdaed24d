"""What an interpreter may import: never the working directory, and the standard library first.

Only ``os`` and ``sys`` are imported here: the command line calls ``protect`` before anything else is
looked for.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping

#: Settings of a parent interpreter that a worker keeps: where it lives and where it caches.
_KEPT = frozenset({"PYTHONHOME", "PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX", "PYTHONUTF8"})


def safe_path(path: Iterable[str], directory: str) -> list[str]:
    """Return a module search path without a directory, the standard library first.

    Entries become absolute; their order is kept otherwise, so that the same libraries are found.

    >>> safe_path(["", "/somewhere", "."], "/")
    ['/somewhere']
    """
    library = os.path.dirname(os.path.abspath(os.__file__))
    here = os.path.realpath(directory)
    first: list[str] = []
    rest: list[str] = []
    for entry in path:
        absolute = os.path.abspath(os.path.join(directory, entry))
        if absolute in first or absolute in rest or os.path.realpath(absolute) == here:
            continue
        own = absolute in (library, os.path.join(library, "lib-dynload"), _archive(library))
        (first if own else rest).append(absolute)
    return first + rest


def _archive(library: str) -> str:
    """Return where the standard library may be as one archive, which stands before the folder."""
    return os.path.join(os.path.dirname(library), "python{}{}.zip".format(*sys.version_info))


def search_path() -> list[str]:
    """Return this process's module search path, without the working directory."""
    try:
        return safe_path(sys.path, os.getcwd())
    except OSError:
        # The working directory was removed: nothing can be imported from it.
        return [entry for entry in sys.path if os.path.isabs(entry)]


def protect() -> None:
    """Keep this process from importing what lies in the working directory.

    ``python -m srverify`` puts it first, so that a ``random.py`` beside a user's claims would be taken
    for the library's. The package itself is loaded already, from wherever it is.
    """
    sys.path[:] = search_path()


def worker_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of a worker process: nothing in it changes what is imported, or how.

    A worker's search path is its parent's, which is sent; ``PYTHONPATH`` would bring the working
    directory back, and with it a ``sitecustomize``. One thread per worker: the runner makes the
    parallelism. A fixed hash seed: determinism.
    """
    kept = {
        name: value
        for name, value in environment.items()
        if not name.startswith("PYTHON") or name in _KEPT
    }
    return {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", **kept, "PYTHONHASHSEED": "0"}
