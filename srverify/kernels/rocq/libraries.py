"""Which libraries beside its standard one the installed Rocq finds."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from srverify.claims.outcome import Outcome, Status
from srverify.kernels.process import OutOfMemoryError, run
from srverify.kernels.rocq.build import compiler

INSTALL = "apt-get install --no-install-recommends coq libcoq-interval libcoq-coquelicot"

#: What the proofs that came with srverify rest on, each with a module of it.
_LIBRARIES = {"Coquelicot": "Rcomplements", "Interval": "Tactic"}
#: How Rocq says, from Coq 8.16 on, that it does not know a library.
_UNKNOWN = "Cannot find a physical path"
_SECONDS = 60.0


def required_libraries(code: str) -> frozenset[str]:
    """Return which of the libraries a file without its comments requires.

    >>> sorted(required_libraries("From Coquelicot Require Import Rbar.  Require Interval.Tactic."))
    ['Coquelicot', 'Interval']
    """
    named = (rf"\bFrom\s+{name}\b|\bRequire\s[^.]*\b{name}\." for name in _LIBRARIES)
    return frozenset(
        name for name, pattern in zip(_LIBRARIES, named, strict=True) if re.search(pattern, code)
    )


def missing_libraries() -> frozenset[str]:
    """Return which of the libraries the compiler on PATH does not find; none if there is no compiler."""
    command = compiler()
    if command is None:
        return frozenset()
    return _missing(shutil.which(command[0]), os.environ.get("COQPATH"), os.environ.get("ROCQPATH"))


def unavailable(libraries: Iterable[str]) -> Outcome:
    """Return the outcome of the engine where libraries are missing, with what brings them."""
    names = sorted(libraries)
    detail = f"{' and '.join(names)} not installed ({INSTALL})"
    return Outcome("rocq", Status.UNAVAILABLE, detail=detail, evidence={"lacks": names})


@cache
def _missing(*where: str | None) -> frozenset[str]:
    """Look in the compiler's folder, and ask it about what may be elsewhere; ``where`` is a key only."""
    said = _told(["-where"], Path("/"))
    folder = Path(said.stdout.strip() if said is not None else "") / "user-contrib"
    return frozenset(name for name in _LIBRARIES if not ((folder / name).is_dir() or _is_found(name)))


def _is_found(name: str) -> bool:
    """Tell whether the compiler finds a library; whatever else is wrong with it, it is there."""
    with tempfile.TemporaryDirectory(prefix="srverify-library-") as folder:
        (Path(folder) / "asks.v").write_text(f"From {name} Require {_LIBRARIES[name]}.\n")
        said = _told(["-q", "asks.v"], Path(folder))
    return said is None or _UNKNOWN not in said.stderr


def _told(arguments: list[str], folder: Path) -> subprocess.CompletedProcess[str] | None:
    try:
        return run([*(compiler() or ["coqc"]), *arguments], folder, _SECONDS)
    except (OSError, subprocess.SubprocessError, OutOfMemoryError):
        return None
