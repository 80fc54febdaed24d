"""Notice that files have changed, without reading them again."""

from __future__ import annotations

from pathlib import Path

#: Path, time of the last change in nanoseconds and size of each file.
Snapshot = tuple[tuple[str, int, int], ...]


def snapshot(folder: Path, pattern: str) -> Snapshot:
    """Return what identifies the present state of the files under a folder that match a pattern."""
    states = ((file, file.stat()) for file in sorted(folder.glob(pattern)))
    return tuple((str(file), state.st_mtime_ns, state.st_size) for file, state in states)
