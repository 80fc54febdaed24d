"""``srverify check``: check a proof object again, without any search."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

_EPILOG = """
Exit status: 0 the proof is right, 1 it was rejected, 2 the file cannot be read.

example:
  srverify prove 'log(x) <= x - 1' --given 'x > 0' --certificate proof.json
  srverify check proof.json
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = _EPILOG
    parser.add_argument("file", metavar="F.json", help="a proof object")


def run(arguments: argparse.Namespace) -> int:
    """Check the proof and print what it proves; returns the exit status."""
    from srverify.checker.certificate import recheck
    from srverify.checker.rejected import RejectedError
    from srverify.language.errors import InputError
    from srverify.language.text_file import read_text

    path = Path(arguments.file)
    text = read_text(path)
    try:
        statement, report = recheck(text)
    except RejectedError as error:
        print(f"srverify: {path}: {error}", file=sys.stderr)
        return 1
    except InputError as error:
        raise InputError(f"{path}: {error}") from None
    print(f"proved   {statement.text}")
    print(f"         {report.steps} steps: {report}")
    return 0
