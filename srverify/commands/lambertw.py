"""``srverify lambertw``: digits of Lambert W and a rigorous enclosure."""

from __future__ import annotations

import argparse
import json

from srverify.language.errors import InputError

_EPILOG = """
The value is truncated: every printed digit is a digit of the infinite decimal expansion.
The true value lies strictly between lower and upper.

examples:
  srverify lambertw -1/5 --branch -1 --digits 60
  srverify lambertw -1e-5000
  srverify lambertw 2.5 --branch 0 --json
"""

#: What people type for the branch point, which no decimal or fraction equals.
_BRANCH_POINT = ("-1/e", "-exp(-1)", "-e^-1", "-e^(-1)", "-e**-1", "-1/exp(1)")


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = _EPILOG
    parser.add_argument(
        "z", metavar="Z", help="an exact number: an integer, -0.2, -1e-5000, -1/5, 1.5e3/7"
    )
    parser.add_argument(
        "--branch",
        type=int,
        default=-1,
        metavar="K",
        help="-1 (default; -1/e <= Z < 0) or 0 (Z >= -1/e)",
    )
    parser.add_argument(
        "--digits",
        type=int,
        default=60,
        metavar="D",
        help="significant digits, from 1 to 10000 (default: 60)",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(arguments: argparse.Namespace) -> int:
    """Print the value and its enclosure; returns the exit status."""
    from srverify.numerics.exact import ExactNumber, shortened
    from srverify.numerics.lambertw import lambertw

    typed: str = arguments.z.strip()
    if typed.lower().replace(" ", "") in _BRANCH_POINT:
        raise InputError(
            f"{typed!r} is irrational, and Z must be exact: an integer, a decimal or a fraction "
            "(both branches of W are exactly -1 at -1/e)"
        )
    value = lambertw(ExactNumber.parse(typed), arguments.branch, arguments.digits)
    if arguments.json:
        record = {
            "schema": 1,
            "z": typed,
            "branch": value.branch,
            "digits": value.digits,
            "value": value.text,
            "lower": value.lower,
            "upper": value.upper,
            "exact": value.exact,
        }
        print(json.dumps(record))
        return 0
    precise = "exactly" if value.exact else f"{value.digits} digits, truncated"
    print(f"W_{value.branch}({shortened(typed)}), {precise}")
    print(f"value  {value.text}")
    print(f"lower  {value.lower}")
    print(f"upper  {value.upper}")
    return 0
