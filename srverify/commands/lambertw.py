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
  srverify lambertw --digits 20 -- '-exp(-1) + 10^-1000'
  srverify lambertw --file z.npy --branch -1 --out w.npy
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = _EPILOG
    parser.add_argument(
        "z",
        metavar="Z",
        nargs="?",
        help="an exact number: an integer, -0.2, -1e-5000, -1/5, 1.5e3/7, -exp(-1) + 10^-1000",
    )
    parser.add_argument(
        "--file",
        metavar="F",
        help="evaluate a column of doubles (.csv, .npy, .npz) instead, each within 1 ulp; needs --out",
    )
    parser.add_argument("--out", metavar="F", help="where the column goes: .csv, .npy or .npz")
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
    from srverify.numerics.exact import shortened
    from srverify.numerics.lambertw import lambertw

    if (arguments.z is None) == (arguments.file is None):
        raise InputError("lambertw takes either Z or --file (try 'srverify lambertw --help')")
    if arguments.file is not None:
        return _column(arguments)
    if arguments.out is not None:
        raise InputError("--out goes with --file")
    typed: str = arguments.z.strip()
    value = lambertw(typed, arguments.branch, arguments.digits)
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


def _column(arguments: argparse.Namespace) -> int:
    """Evaluate a file's column ``z`` (or its only one) in doubles."""
    from pathlib import Path

    from srverify.numerics.lambertw_array import lambertw_array
    from srverify.numerics.tables import check_suffix, encoded, read_columns
    from srverify.report.files import check_writable, write_whole_bytes
    from srverify.report.style import counted

    if arguments.out is None:
        raise InputError("--file needs --out FILE (.csv, .npy or .npz)")
    if arguments.json:
        raise InputError("--json prints one number; a column goes to --out")
    out = Path(arguments.out)
    check_suffix(out)
    check_writable(out)
    columns = read_columns(Path(arguments.file))
    if "z" not in columns and len(columns) != 1:
        raise InputError(f"{arguments.file}: no column is called 'z' (there are: {', '.join(columns)})")
    z = columns["z"] if "z" in columns else next(iter(columns.values()))
    w = lambertw_array(z, arguments.branch)
    write_whole_bytes(out, encoded(out.suffix.lower(), {"w": w}))
    print(f"{out}: {counted(w.size, 'value')} of W_{arguments.branch}, each within 1 ulp")
    return 0
