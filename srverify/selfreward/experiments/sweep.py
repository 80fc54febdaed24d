"""Run an experiment's points on an executor, remember what was done, and resume.

Every point has its own seed, derived from the run's seed and the point's parameters; its result is
stored under a key of experiment, parameters, seed, chunk and source code. Stopping and starting
again, or changing the number of workers, changes nothing in the numbers.
"""

from __future__ import annotations

import hashlib
import importlib
import json
from collections.abc import Callable
from concurrent.futures import Executor, Future, as_completed
from pathlib import Path
from typing import Any

from srverify import __version__
from srverify.running.cache import cache_directory, sources_digest, write_atomically
from srverify.running.isolation import call_isolated
from srverify.selfreward.experiments.base import MODULES, Point, Result, Row, load

DEFAULT_CHUNK = 1024

Progress = Callable[[int, int], None]


def point_seed(name: str, point: Point, seed: int) -> int:
    """Return the seed of a point: 64 bits of a hash of the run's seed and the parameters."""
    text = json.dumps([name, point, seed], sort_keys=True)
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")


def run_point(name: str, point: Point, seed: int, chunk: int) -> list[Row]:
    """Run one point of an experiment, here; what an executor's worker calls."""
    return load(name).run_point(point, point_seed(name, point, seed), chunk)


def default_store() -> Path:
    """Return the folder that remembers finished points."""
    return cache_directory() / "sweeps"


class Store:
    """Finished points on disk, one JSON file each; unreadable files count as absent."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / f"{key}.json"

    def get(self, key: str) -> list[Row] | None:
        """Return the rows stored under a key, or None."""
        try:
            data = json.loads(self._path(key).read_text(encoding="utf-8"))
            rows = data["rows"]
            whole = data["key"] == key and isinstance(rows, list)
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return rows if whole else None

    def put(self, key: str, rows: list[Row]) -> None:
        """Store rows; a folder that cannot be written only costs the resumption."""
        path = self._path(key)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(path, json.dumps({"key": key, "rows": rows}))
        except OSError:
            return


def _point_key(name: str, point: Point, seed: int, chunk: int, code: str) -> str:
    text = json.dumps([__version__, code, name, point, seed, chunk], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def run_experiment(
    name: str,
    seed: int = 0,
    quick: bool = False,
    chunk: int = DEFAULT_CHUNK,
    executor: Executor | None = None,
    store: Store | None = None,
    progress: Progress | None = None,
) -> Result:
    """Run an experiment and return its table and reading.

    Without an executor the points run in this process, one after the other. With a store, finished
    points are read from it and new ones written to it as they finish. Raises InputError for an
    unknown experiment; what a point raises is raised here.
    """
    points = load(name).points(quick)
    return _result(name, seed, quick, run_points(name, points, seed, chunk, executor, store, progress))


def run_points(
    name: str,
    points: list[Point],
    seed: int = 0,
    chunk: int = DEFAULT_CHUNK,
    executor: Executor | None = None,
    store: Store | None = None,
    progress: Progress | None = None,
) -> list[Row]:
    """Run any points of an experiment and return their rows in order; see ``run_experiment``."""
    code = _source_digest(name) if store is not None else ""
    keys = [_point_key(name, point, seed, chunk, code) for point in points]
    rows: dict[int, list[Row]] = {}
    for index, key in enumerate(keys):
        known = store.get(key) if store is not None else None
        if known is not None:
            rows[index] = known

    def finish(index: int, found: list[Row]) -> None:
        # Through JSON, so that a resumed run and a fresh one hold the very same values.
        rows[index] = json.loads(json.dumps(found))
        if store is not None:
            store.put(keys[index], rows[index])
        if progress is not None:
            progress(len(rows), len(points))

    if progress is not None:
        progress(len(rows), len(points))
    todo = [index for index in range(len(points)) if index not in rows]
    if executor is None:
        for index in todo:
            finish(index, run_point(name, points[index], seed, chunk))
    else:
        futures: dict[Future[Any], int] = {
            executor.submit(call_isolated, run_point, name, points[index], seed, chunk): index
            for index in todo
        }
        for future in as_completed(futures):
            finish(futures[future], future.result())
    return [row for index in range(len(points)) for row in rows[index]]


def stored_result(
    name: str, store: Store, seed: int = 0, quick: bool = False, chunk: int = DEFAULT_CHUNK
) -> Result | None:
    """Return an experiment's result if every point of it is in the store; nothing is simulated."""
    code = _source_digest(name)
    table: list[Row] = []
    for point in load(name).points(quick):
        rows = store.get(_point_key(name, point, seed, chunk, code))
        if rows is None:
            return None
        table.extend(rows)
    return _result(name, seed, quick, table)


def _result(name: str, seed: int, quick: bool, table: list[Row]) -> Result:
    experiment = load(name)
    reading, numbers = experiment.read(table)
    columns = experiment.COLUMNS
    return Result(name, experiment.TITLE, seed, quick, columns, tuple(table), reading, numbers)


def _source_digest(name: str) -> str:
    module = importlib.import_module(f"srverify.selfreward.experiments.{MODULES[name]}")
    assert module.__file__ is not None
    return sources_digest(Path(module.__file__))
