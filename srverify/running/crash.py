"""Crash reports: what to send when something is our fault, in one file."""

from __future__ import annotations

import hashlib
import importlib
import sys
import traceback
from pathlib import Path

from srverify.running.cache import cache_directory, write_atomically

_LIBRARIES = ("sympy", "mpmath", "python-flint", "numpy", "z3-solver", "cvc5", "leancert")


def trace_of(error: BaseException) -> str:
    """Return an error's traceback as text."""
    return "".join(traceback.format_exception(error))


def write_crash_report(subject: str, trace: str) -> Path | None:
    """Write a report to the cache, else to the current folder; return where, or None if nowhere.

    Parameters
    ----------
    subject
        What was being done: the statement and the engine, or the command line.
    trace
        The traceback, or a dead process's last words. The same fault gets the same name.
    """
    import platform

    text = "\n".join(
        [
            f"srverify {_own_version()}, Python {sys.version.split()[0]}, {platform.platform()}",
            ", ".join(f"{name} {version}" for name, version in library_versions().items()),
            "",
            subject,
            "",
            trace,
        ]
    )
    digest = hashlib.sha256(f"{subject}\0{trace}".encode(errors="replace")).hexdigest()
    for folder in (cache_directory() / "crashes", Path.cwd()):
        path = folder / f"srverify-crash-{digest[:12]}.txt"
        try:
            write_atomically(path, text.encode(errors="backslashreplace").decode())
        except OSError:
            continue
        return path
    return None


def sent_from(path: Path | None) -> str:
    """Return the words that ask for a report."""
    return f"please send {path}" if path else "no report could be written"


def library_versions() -> dict[str, str]:
    """Return the versions of the libraries that outcomes depend on."""
    return {name: _version(name) for name in _LIBRARIES}


def _own_version() -> str:
    version: str = importlib.import_module("srverify").__version__
    return version


def _version(distribution: str) -> str:
    # Whoever starts a worker imports this module, and seldom has to report anything.
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(distribution)
    except PackageNotFoundError:
        return "missing"
