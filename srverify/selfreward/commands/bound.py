"""``srverify bound``: every bound of the paper for given parameters, with entries and enclosures."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from srverify.selfreward.bounds.summary import Line

_EPILOG = """
Numbers are exact: 10, 0.05, 1/20, 1e6. In the lower bounds n counts single responses, in the upper
bounds pairs. Every number is enclosed rigorously; the table shows the midpoint.

examples:
  srverify bound --kappa0 10 --n 1e9 --log-class 20 --gamma 1/2 --responses 64
  srverify bound --kappa0 1e3 --n 1e12 --log-class 50 --gamma 1 --responses 1e4 --c 1/4 --rounds 3 --json
"""

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
        parser.add_argument(f"--{name}", required=True, metavar="X", help=summary)
    for name, summary in _OPTIONAL.items():
        parser.add_argument(f"--{name}", metavar="X", help=summary)
    parser.add_argument(
        "--rounds", type=int, default=1, metavar="T", help="number of rounds (default: 1)"
    )
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
    exact = {name: parse(name, text) for name, text in typed.items()}
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
        rounds=arguments.rounds,
    )
    lines = summary(parameters)
    if arguments.json:
        record = {
            "schema": 1,
            "parameters": {**typed, "rounds": str(arguments.rounds)},
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


def _row(line: Line) -> str:
    if line.value is None:
        value = "-"
    elif isinstance(line.value, int):
        value = str(line.value)
    else:
        value = line.value.str(6, radius=False)
    trailer = "; ".join(part for part in (", ".join(line.assumptions), line.note) if part)
    return f"  {line.entry:<4} {line.quantity:<32} {value:>14}  {trailer}".rstrip()
