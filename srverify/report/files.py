"""Write a file whole or not at all, and find out beforehand whether that will work."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from srverify.language.errors import InputError
from srverify.running.cache import write_atomically

#: A full disk may have room when the report is there; nothing else that was asked for must wait for it.
_PASSING = frozenset({errno.ENOSPC, errno.EDQUOT})


def check_writable(path: Path) -> None:
    """Raise InputError if a file cannot be written there: said before the work starts."""
    folder = path.absolute().parent
    if path.exists() and not path.is_file() and not path.is_dir():
        return  # a device or a pipe
    if path.is_dir():
        raise InputError(f"cannot write {path}: it is a folder")
    if not folder.is_dir():
        raise InputError(f"cannot write {path}: there is no folder {folder}")
    try:
        with tempfile.NamedTemporaryFile(dir=folder):
            pass
    except OSError as error:
        if error.errno in _PASSING:
            return
        raise InputError(f"cannot write {path}: {error.strerror}") from None


def write_whole(path: Path, text: str) -> None:
    """Write a text through a temporary file beside its place, so that no half-written file is ever seen.

    Raises InputError if the place cannot be written.
    """
    check_writable(path)
    mode = path.stat().st_mode & 0o777 if path.exists() else None
    try:
        write_atomically(path, text, mode)
    except OSError as error:
        raise InputError(f"cannot write {path}: {error.strerror or error}") from None


def write_whole_bytes(path: Path, pieces: Iterable[bytes]) -> None:
    """Write bytes piece by piece, whole or not at all.

    Raises InputError if the place cannot be written, or the disk is full.
    """
    check_writable(path)
    temporary = None
    try:
        with tempfile.NamedTemporaryFile(dir=path.absolute().parent, delete=False) as file:
            temporary = Path(file.name)
            for piece in pieces:
                file.write(piece)
        temporary.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
        temporary.replace(path)
    except BaseException as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise InputError(f"cannot write {path}: {error.strerror}") from None
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
