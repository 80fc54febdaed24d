"""Notice that files have changed, and read them again only then."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Generic, TypeVar

#: Path, time of the last change in nanoseconds and size of each file.
Snapshot = tuple[tuple[str, int, int], ...]


T = TypeVar("T")


class Current(Generic[T]):
    """What was read from folders, each as long as its files stay as they were."""

    def __init__(self) -> None:
        self._known: dict[Path, tuple[Snapshot, T]] = {}

    def get(self, folder: Path, state: Snapshot, read: Callable[[Path], T]) -> T:
        """Return what was read from a folder in this state, or read it now."""
        known = self._known.get(folder)
        if known is None or known[0] != state:
            known = self._known[folder] = (state, read(folder))
        return known[1]


#: Folders looked at while they are taken to stay as they are; ``None``: they may change at any time.
_still: dict[tuple[Path, str, bool], Snapshot] | None = None


@contextmanager
def unchanging() -> Iterator[None]:
    """Look at each folder once meanwhile: for a short piece of work that asks about many obligations."""
    global _still
    before = _still
    _still = {} if before is None else before
    try:
        yield
    finally:
        _still = before


def snapshot(folder: Path, suffix: str, deep: bool = False) -> Snapshot:
    """Return what identifies the present state of a folder's files whose names end so.

    ``deep`` includes the folders inside it. A missing folder has no files.
    """
    known = None if _still is None else _still.get((folder, suffix, deep))
    if known is None:
        known = tuple(sorted(_states(str(folder), suffix, deep)))
        if _still is not None:
            _still[folder, suffix, deep] = known
    return known


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
