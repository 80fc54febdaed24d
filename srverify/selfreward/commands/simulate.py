"""``srverify simulate``: run a named experiment, print its table and its reading, draw its plot."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from srverify.language.errors import InputError

if TYPE_CHECKING:
    from srverify.selfreward.experiments.base import Experiment, Point, Row


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("name", metavar="NAME", nargs="?", help="the experiment; none: list them")
    parser.add_argument("--seed", type=int, default=0, help="seed of every random number (default 0)")
    parser.add_argument("--plot", metavar="FILE", help="draw the figure: .png, .pdf or .svg")
    parser.add_argument("--json", metavar="FILE", help="write rows and reading as JSON; - is stdout")
    parser.add_argument("--quick", action="store_true", help="fewer points and trials")
    parser.add_argument(
        "--points",
        metavar="FILE",
        help="simulate the points of a table (.csv, .npy, .npz: a column per parameter); needs --out",
    )
    parser.add_argument("--out", metavar="FILE", help="write the rows as a table: .csv, .npy or .npz")
    parser.add_argument(
        "--jobs", type=int, metavar="N", help="local worker processes (default: all cores; 1: none)"
    )
    parser.add_argument(
        "--executor", metavar="SPEC", help="dask:tcp://HOST:PORT, an existing Dask scheduler"
    )
    parser.add_argument(
        "--chunk", type=int, default=1024, metavar="N", help="trials held in memory at once (1024)"
    )
    parser.add_argument(
        "--no-cache", action="store_true", help="neither resume from nor remember finished points"
    )


def run(arguments: argparse.Namespace) -> int:
    """Run the experiment; exit 2 for bad input, said before the work starts."""
    from srverify.selfreward.experiments.base import MODULES, format_table, load

    if arguments.name is None:
        for name in MODULES:
            print(f"{name:20s} {load(name).TITLE}")
        return 0
    experiment = load(arguments.name)
    if arguments.seed < 0:
        raise InputError(f"the seed must not be negative, got {arguments.seed}")
    if arguments.chunk < 1:
        raise InputError(f"the chunk must be at least 1, got {arguments.chunk}")
    _check_outputs(arguments)
    points = _points(arguments, experiment)

    from srverify.report.files import write_whole
    from srverify.selfreward.experiments import plotting
    from srverify.selfreward.experiments.sweep import Store, default_store, run_experiment, run_points

    store = None if arguments.no_cache else Store(default_store())
    progress = _Progress(arguments.name) if sys.stderr.isatty() else None
    if points is not None:
        with _executor(arguments) as executor:
            rows = run_points(
                arguments.name, points, arguments.seed, arguments.chunk, executor, store, progress
            )
        _write_rows(Path(arguments.out), rows)
        print(f"{arguments.out}: {len(rows)} rows from {len(points)} points")
        return 0
    with _executor(arguments) as executor:
        result = run_experiment(
            arguments.name,
            seed=arguments.seed,
            quick=arguments.quick,
            chunk=arguments.chunk,
            executor=executor,
            store=store,
            progress=progress,
        )
    text = json.dumps(result.to_dict(), indent=1, ensure_ascii=False) + "\n"
    if arguments.json == "-":
        sys.stdout.write(text)
    else:
        print(f"{result.title} (seed {result.seed})\n\n{format_table(result)}\n\n{result.reading}")
        if arguments.json:
            write_whole(Path(arguments.json), text)
    if arguments.out:
        _write_rows(Path(arguments.out), result.rows)
    if arguments.plot:
        figure = plotting.render(experiment, result.rows, result.numbers)
        plotting.save(figure, Path(arguments.plot))
    return 0


def _check_outputs(arguments: argparse.Namespace) -> None:
    from srverify.report.files import check_writable
    from srverify.selfreward.experiments import plotting

    if arguments.plot:
        plotting.check_format(Path(arguments.plot))
        plotting.check_available()
        check_writable(Path(arguments.plot))
    if arguments.json and arguments.json != "-":
        check_writable(Path(arguments.json))
    if arguments.out:
        from srverify.numerics.tables import check_suffix

        check_suffix(Path(arguments.out))
        check_writable(Path(arguments.out))


def _points(arguments: argparse.Namespace, experiment: Experiment) -> list[Point] | None:
    """Read the points of ``--points``, with the types of the experiment's own points."""
    if arguments.points is None:
        return None
    from srverify.numerics.tables import read_columns

    for option in ("plot", "json", "quick"):
        if getattr(arguments, option):
            raise InputError(f"--{option} goes with the experiment's own points, not with --points")
    if arguments.out is None:
        raise InputError("--points needs --out FILE (.csv, .npy or .npz)")
    like = experiment.points(True)[0]
    columns = read_columns(Path(arguments.points))
    if set(columns) != set(like):
        raise InputError(
            f"{arguments.points}: a point of {arguments.name} has the parameters {', '.join(like)};"
            f" the columns are {', '.join(columns)}"
        )
    points: list[Point] = []
    for index in range(next(iter(columns.values())).size):
        point: Point = {}
        for name, example in like.items():
            value = float(columns[name][index])
            if not isinstance(example, int | float) or isinstance(example, bool):
                raise InputError(
                    f"{arguments.name} cannot take points from a table: {name} is no number"
                )
            if isinstance(example, int):
                if not value.is_integer():
                    raise InputError(
                        f"{arguments.points}: row {index + 1}: {name} = {value} is not whole"
                    )
                point[name] = int(value)
            else:
                point[name] = value
        points.append(point)
    return points


def _write_rows(out: Path, rows: Sequence[Row]) -> None:
    """Write rows of numbers as a table; what is no number is NaN."""
    import numpy as np

    from srverify.numerics.tables import encoded
    from srverify.report.files import write_whole_bytes

    def number(value: object) -> float:
        return float(value) if isinstance(value, int | float) else float("nan")

    names = list(dict.fromkeys(name for row in rows for name in row))
    columns = {name: np.array([number(row.get(name)) for row in rows]) for name in names}
    write_whole_bytes(out, encoded(out.suffix.lower(), columns))


@contextmanager
def _executor(arguments: argparse.Namespace) -> Iterator[Executor | None]:
    """Provide the executor: none for one local job; what runs is stopped if we are interrupted."""
    if arguments.executor is None and arguments.jobs == 1:
        yield None
        return
    from srverify.running.executor import interruptible, make_executor

    with interruptible(make_executor(arguments.executor, arguments.jobs)) as executor:
        yield executor


class _Progress:
    """One line on a terminal's stderr, rewritten as points finish."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._start = time.monotonic()

    def __call__(self, done: int, total: int) -> None:
        seconds = time.monotonic() - self._start
        line = f"\rsimulate {self._name}: {done}/{total} points, {seconds:.0f} s"
        print(line, end="\n" if done == total else "", file=sys.stderr, flush=True)
