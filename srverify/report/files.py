"""Write a file whole or not at all, and find out beforehand whether that will work."""

from __future__ import annotations

import tempfile
from pathlib import Path

from srverify.language.errors import InputError
from srverify.running.cache import write_atomically


def check_writable(path: Path) -> None:
    """Raise InputError if a file cannot be written there: said before the work starts."""
    folder = path.absolute().parent
    if path.is_dir():
        raise InputError(f"cannot write {path}: it is a folder")
    if not folder.is_dir():
        raise InputError(f"cannot write {path}: there is no folder {folder}")
    try:
        with tempfile.NamedTemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise InputError(f"cannot write {path}: {error.strerror}") from None


def write_whole(path: Path, text: str) -> None:
    """Write a text through a temporary file beside its place, so that no half-written file is ever seen.

    Raises InputError if the place cannot be written.
    """
    check_writable(path)
    mode = path.stat().st_mode & 0o777 if path.exists() else None
    write_atomically(path, text, mode)
