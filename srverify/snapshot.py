"""Notice that files have changed, without reading them again."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

#: Path, time of the last change in nanoseconds and size of each file.
Snapshot = tuple[tuple[str, int, int], ...]


def snapshot(folder: Path, suffix: str, deep: bool = False) -> Snapshot:
    """Return what identifies the present state of a folder's files whose names end so.

    ``deep`` includes the folders inside it. A missing folder has no files.
    """
    return tuple(sorted(_states(str(folder), suffix, deep)))


def _states(folder: str, suffix: str, deep: bool) -> Iterator[tuple[str, int, int]]:
    # Asked for every obligation, so plain strings and one system call per file.
    try:
        entries = os.scandir(folder)
    except (FileNotFoundError, NotADirectoryError):
        return
    with entries:
        for entry in entries:
            if entry.name.endswith(suffix):
                state = entry.stat()
                yield entry.path, state.st_mtime_ns, state.st_size
            elif deep and entry.is_dir():
                yield from _states(entry.path, suffix, deep)
