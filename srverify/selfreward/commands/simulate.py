"""``srverify simulate``: run a named experiment, print its table and its reading, draw its plot."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from srverify.language.errors import InputError

if TYPE_CHECKING:
    from srverify.numerics.tables import Columns
    from srverify.selfreward.experiments.base import Experiment, Point, Row

#: Points of a table that are worked on at a time.
_BLOCK = 4096
#: Tables of more points are not remembered: a file per point would take longer than most points do.
_MAX_REMEMBERED = 20_000


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
        "--no-cache",
        action="store_true",
        help="neither resume from nor remember finished points (of large tables: never)",
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
    given = _given_points(arguments, experiment)

    from srverify.report.files import write_whole
    from srverify.selfreward.experiments import plotting
    from srverify.selfreward.experiments.sweep import Store, default_store, run_experiment, run_points

    large = given is not None and given.size > _MAX_REMEMBERED
    store = None if arguments.no_cache or large else Store(default_store())
    progress = _Progress(arguments.name) if sys.stderr.isatty() else None
    if given is not None:
        rows = done = 0
        tables: list[Columns] = []
        with _executor(arguments) as executor:
            for points in given.blocks(_BLOCK):
                told = None if progress is None else progress.part(done, given.size)
                found = run_points(
                    arguments.name, points, arguments.seed, arguments.chunk, executor, store, told
                )
                rows += len(found)
                done += len(points)
                tables.append(_columns(found))
        _write(Path(arguments.out), _alike(tables))
        print(f"{arguments.out}: {rows} rows from {given.size} points")
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
        _write(Path(arguments.out), iter([_columns(result.rows)]))
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


@dataclass(frozen=True)
class _GivenPoints:
    """How many points a table has, and blocks of so many at a time."""

    size: int
    blocks: Callable[[int], Iterator[list[Point]]]


def _given_points(arguments: argparse.Namespace, experiment: Experiment) -> _GivenPoints | None:
    """Open the points of ``--points``, with the types of the experiment's own; looks at all of them."""
    if arguments.points is None:
        return None
    from srverify.numerics.tables import open_table

    for option in ("plot", "json", "quick"):
        if getattr(arguments, option):
            raise InputError(f"--{option} goes with the experiment's own points, not with --points")
    if arguments.out is None:
        raise InputError("--points needs --out FILE (.csv, .npy or .npz)")
    like = experiment.points(True)[0]
    table = open_table(Path(arguments.points))
    if set(table.names) != set(like):
        raise InputError(
            f"{arguments.points}: a point of {arguments.name} has the parameters {', '.join(like)};"
            f" the columns are {', '.join(table.names)}"
        )
    if table.size == 0:
        raise InputError(f"{arguments.points}: holds no points")
    for name, example in like.items():
        if not isinstance(example, int | float) or isinstance(example, bool):
            raise InputError(f"{arguments.name} cannot take points from a table: {name} is no number")
    whole = [name for name, example in like.items() if isinstance(example, int)]
    done = 0
    for columns in table.blocks(_BLOCK):
        for name in whole:
            wrong = (columns[name] % 1 != 0).nonzero()[0]
            if wrong.size:
                row, value = done + int(wrong[0]) + 1, columns[name][wrong[0]]
                raise InputError(f"{arguments.points}: row {row}: {name} = {value} is not whole")
        done += next(iter(columns.values())).size

    def blocks(count: int) -> Iterator[list[Point]]:
        for columns in table.blocks(count):
            lists = {
                name: [int(v) for v in columns[name]] if name in whole else columns[name].tolist()
                for name in like
            }
            yield [dict(zip(lists, values, strict=True)) for values in zip(*lists.values(), strict=True)]

    return _GivenPoints(table.size, blocks)


def _columns(rows: Sequence[Row]) -> Columns:
    """Return rows of numbers as columns; what is no number is NaN."""
    import numpy as np

    def number(value: object) -> float:
        return float(value) if isinstance(value, int | float) else float("nan")

    names = list(dict.fromkeys(name for row in rows for name in row))
    return {name: np.array([number(row.get(name)) for row in rows]) for name in names}


def _alike(blocks: Sequence[Columns]) -> Iterator[Columns]:
    """Yield blocks with the columns of all of them: some say things of some points only."""
    import numpy as np

    names = list(dict.fromkeys(name for block in blocks for name in block))
    for block in blocks:
        missing = np.full(len(next(iter(block.values()), ())), np.nan)
        yield {name: block.get(name, missing) for name in names}


def _write(out: Path, blocks: Iterator[Columns]) -> None:
    from srverify.numerics.tables import encoded_blocks
    from srverify.report.files import write_whole_bytes

    write_whole_bytes(out, encoded_blocks(out.suffix.lower(), None, blocks))


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

    def part(self, before: int, total: int) -> Callable[[int, int], None]:
        """Return what hears of a part of the points, with so many before it."""
        return lambda done, _: self(before + done, total)

    def __call__(self, done: int, total: int) -> None:
        seconds = time.monotonic() - self._start
        line = f"\rsimulate {self._name}: {done}/{total} points, {seconds:.0f} s"
        print(line, end="\n" if done == total else "", file=sys.stderr, flush=True)
