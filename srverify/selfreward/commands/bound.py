"""``srverify bound``: every bound of the paper for given parameters, with entries and enclosures."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from srverify.language.errors import InputError

if TYPE_CHECKING:
    from srverify.selfreward.bounds.summary import Line

_EPILOG = """
Numbers are exact: 10, 0.05, 1/20, 1e6. In the lower bounds n counts single responses, in the upper
bounds pairs. Every number is enclosed rigorously; the table shows the midpoint.

examples:
  srverify bound --kappa0 10 --n 1e9 --log-class 20 --gamma 1/2 --responses 64
  srverify bound --kappa0 1e3 --n 1e12 --log-class 50 --gamma 1 --responses 1e4 --c 1/4 --rounds 3 --json

tables: a range LO:HI:COUNT or LO:HI:COUNT:log for any parameter, or --table with columns named as the
options, evaluates every combination in doubles (about 12 digits) and writes --out:
  srverify bound --kappa0 2:1e4:1000:log --n 1e3:1e12:1000:log --log-class 20 --gamma 1/2 \\
      --responses 1e4 --out bounds.npz
"""

#: Parameter sets that are worked on at a time.
_CHUNK = 65536

_REQUIRED = {
    "kappa0": "policy condition number kappa(pi_0), 1 <= kappa0 <= responses",
    "n": "sample size per round",
    "log-class": "log of the size of the policy class",
    "gamma": "margin",
    "responses": "number of responses N",
}
_OPTIONAL = {
    "tail": "K of A-TAIL (default: N)",
    "conc": "C-bar of A-CONC (default: kappa0)",
    "c": "weak constant of Definition 5.2 (default: 1/N)",
    "beta": "KL weight, at most 1 (default: 1/sqrt(n))",
    "delta": "confidence (default: 1/20)",
}


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = _EPILOG
    for name, summary in _REQUIRED.items():
        parser.add_argument(f"--{name}", metavar="X", help=summary)
    for name, summary in _OPTIONAL.items():
        parser.add_argument(f"--{name}", metavar="X", help=summary)
    parser.add_argument("--rounds", default="1", metavar="T", help="number of rounds (default: 1)")
    parser.add_argument("--table", metavar="F", help="a .csv, .npy or .npz file of parameter sets")
    parser.add_argument("--out", metavar="F", help="where a table goes: .csv, .npy or .npz")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(arguments: argparse.Namespace) -> int:
    """Print the bounds; returns the exit status."""
    from fractions import Fraction

    from srverify.selfreward.bounds.summary import Parameters, parse, summary

    typed = {
        name: getattr(arguments, name.replace("-", "_"))
        for name in (*_REQUIRED, *_OPTIONAL)
        if getattr(arguments, name.replace("-", "_")) is not None
    }
    if _is_sweep(arguments, typed):
        return _sweep(arguments, typed)
    for name in _REQUIRED:
        if name not in typed:
            raise InputError(f"--{name} is missing (try 'srverify bound --help')")
    exact = {name: parse(name, text) for name, text in typed.items()}
    rounds = parse("rounds", arguments.rounds)
    if rounds.denominator != 1:
        raise InputError(f"--rounds: {arguments.rounds!r} is not a whole number")
    parameters = Parameters(
        kappa=exact["kappa0"],
        samples=exact["n"],
        log_class=exact["log-class"],
        gamma=exact["gamma"],
        responses=exact["responses"],
        tail=exact.get("tail"),
        concentrability=exact.get("conc"),
        c=exact.get("c"),
        beta=exact.get("beta"),
        delta=exact.get("delta", Fraction(1, 20)),
        rounds=int(rounds),
    )
    lines = summary(parameters)
    if arguments.json:
        record = {
            "schema": 1,
            "parameters": {**typed, "rounds": str(rounds)},
            "bounds": [line.to_dict() for line in lines],
        }
        print(json.dumps(record, indent=1))
        return 0
    section = ""
    for line in lines:
        if line.section != section:
            section = line.section
            print(f"{section}")
        print(_row(line))
    return 0


def _is_sweep(arguments: argparse.Namespace, typed: Mapping[str, str]) -> bool:
    texts = (*typed.values(), arguments.rounds)
    return arguments.table is not None or arguments.out is not None or any(":" in text for text in texts)


def _sweep(arguments: argparse.Namespace, typed: Mapping[str, str]) -> int:
    """Evaluate every combination of the parameters in doubles, chunk by chunk, and write the table."""
    import numpy as np

    from srverify.numerics.tables import (
        Columns,
        check_suffix,
        combined,
        encoded_blocks,
        open_table,
        read_range,
    )
    from srverify.report.files import check_writable, write_whole_bytes
    from srverify.report.progress import Bar
    from srverify.selfreward.bounds.arrays import OPTIONAL, REQUIRED, bounds_table, in_range
    from srverify.selfreward.bounds.summary import parse

    if arguments.json:
        raise InputError("--json prints one parameter set; tables go to --out")
    if arguments.out is None:
        raise InputError("a table needs --out FILE (.csv, .npy or .npz)")
    out = Path(arguments.out)
    check_suffix(out)
    check_writable(out)
    table = open_table(Path(arguments.table)) if arguments.table is not None else None
    columns = table.names if table is not None else ()
    for name in columns:
        if name not in (*REQUIRED, *OPTIONAL):
            raise InputError(f"{arguments.table}: no parameter is called {name!r}")
    axes = {}
    for name, text in {**typed, "rounds": arguments.rounds}.items():
        if name in columns:
            if name == "rounds":
                continue
            raise InputError(f"--{name} is a column of {arguments.table} already")
        values = read_range(text)
        axes[name] = np.array([float(parse(name, text))]) if values is None else values
    for name in REQUIRED:
        if name not in columns and name not in axes:
            raise InputError(f"--{name} is missing (try 'srverify bound --help')")
    total, blocks = combined(table, axes, _CHUNK)
    if total == 0:
        raise InputError(f"{arguments.table}: holds no parameter sets")
    outside, first, quantities = 0, 0, 0

    def evaluated(bar: Bar) -> Iterator[Columns]:
        nonlocal outside, first, quantities
        done = 0
        for part in blocks:
            found = bounds_table(part)
            wrong = np.flatnonzero(~in_range(part))
            if wrong.size and not outside:
                first = done + int(wrong[0]) + 1
            outside += wrong.size
            quantities = len(found)
            done += next(iter(part.values())).size
            bar.set(done, total)
            yield {**part, **found}

    with Bar("bounds", total) as bar:
        write_whole_bytes(out, encoded_blocks(out.suffix.lower(), total, evaluated(bar)))
    if outside:
        print(
            f"srverify: {outside} of {total} parameter sets are out of range, the first in row {first}:"
            " their bounds are nan",
            file=sys.stderr,
        )
    print(f"{out}: {total} parameter sets, {quantities} quantities each")
    return 0


def _row(line: Line) -> str:
    if line.value is None:
        value = "-"
    elif isinstance(line.value, int):
        value = str(line.value)
    else:
        value = line.value.str(6, radius=False)
    trailer = "; ".join(part for part in (", ".join(line.assumptions), line.note) if part)
    return f"  {line.entry:<4} {line.quantity:<32} {value:>14}  {trailer}".rstrip()
