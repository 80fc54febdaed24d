"""``srverify export``: print a claim's statements for another tool."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from srverify.language.errors import InputError, UnsupportedError

if TYPE_CHECKING:
    from srverify.claims.claim import Check, Claim

FORMATS = ("smt2", "lean", "rocq", "latex")


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("id", metavar="ID", help="a claim (D08) or one of its checks (D08/increasing)")
    parser.add_argument("--to", required=True, choices=FORMATS, help="the language to print")
    parser.add_argument(
        "--path", action="append", default=[], help="claims folder or file (default: the audit)"
    )
    parser.add_argument("--output", metavar="FILE", help="write to a file instead of the terminal")


def run(arguments: argparse.Namespace) -> int:
    """Print the statements of the claim or check; exit 1 if none of them can be printed."""
    from srverify.claims.ledger import load
    from srverify.report.files import write_whole

    claim_id, _, check_id = arguments.id.partition("/")
    ledger = load(arguments.path)
    claim = ledger.claim(claim_id)
    checks = [check for check in claim.checks if not check_id or check.id == check_id]
    if not checks:
        known = ", ".join(check.id for check in claim.checks)
        raise InputError(f"claim {claim.id} has no check {check_id!r} (it has: {known})")
    statements = [check for check in checks if _can_be_printed(check, arguments.to)]
    if not statements:
        raise InputError(
            f"{arguments.id} has no statement to print: its checks are computations or theorems"
            " (theorems of the Rocq development can be had with --to rocq)"
        )
    folder = str(ledger.home(claim.id))
    printed, refused = [], []
    for check in statements:
        try:
            printed.append(_PRINTERS[arguments.to](claim, check, folder))
        except UnsupportedError as error:
            refused.append(f"{claim.id}/{check.id}: {error}")
    text = "\n".join(printed)
    for line in refused:
        print(f"srverify: not printed: {line}", file=sys.stderr)
    if arguments.output:
        write_whole(Path(arguments.output), text)
    else:
        sys.stdout.write(text)
    return 0 if printed else 1


def _can_be_printed(check: Check, target: str) -> bool:
    """Tell whether a check has a statement, or a theorem of the kernel that it is printed for."""
    from srverify.claims.obligation import Theorem

    obligation = check.obligation
    return check.statement is not None or (
        target == "rocq" and isinstance(obligation, Theorem) and obligation.engine == "rocq"
    )


def _heading(claim: Claim, check: Check, opening: str, closing: str = "") -> str:
    title = " ".join(claim.title.split())
    # Nothing in a title may end or open a comment, nor open a string, which Rocq sees in comments too.
    for mark, shown in (("(*", "( *"), ("*)", "* )"), ("-/", "- /"), ("/-", "/ -"), ('"', "'")):
        title = title.replace(mark, shown) if closing else title
    return f"{opening} {claim.id}/{check.id}: {title}{closing}\n"


def _name(claim: Claim, check: Check) -> str:
    return f"{claim.id}_{check.id}".replace("-", "_")


def _is_refuted(check: Check) -> bool:
    """Tell whether what a kernel has to prove is the statement's negation."""
    from srverify.claims.claim import Expect

    return check.expect is Expect.REFUTED


def _smt2(claim: Claim, check: Check, folder: str) -> str:
    from srverify.emit.smtlib import statement_to_smtlib

    assert check.statement is not None
    return _heading(claim, check, ";") + statement_to_smtlib(check.statement)


def _lean(claim: Claim, check: Check, folder: str) -> str:
    from srverify.emit.lean import statement_to_lean_file

    assert check.statement is not None
    text = statement_to_lean_file(check.statement, _name(claim, check), _is_refuted(check))
    return _heading(claim, check, "/-", " -/") + text


def _rocq(claim: Claim, check: Check, folder: str) -> str:
    from srverify.claims.obligation import Theorem
    from srverify.emit.rocq import statement_to_rocq_file

    if isinstance(check.obligation, Theorem):
        from srverify.engines.rocq import RocqEngine
        from srverify.kernels.rocq.reproducer import reproducer

        text = reproducer(RocqEngine().site(folder), check.obligation, _name(claim, check))
        return _heading(claim, check, "(*", " *)") + text
    assert check.statement is not None
    text = statement_to_rocq_file(check.statement, _name(claim, check), check.rocq, _is_refuted(check))
    if check.rocq:
        from srverify.engines.rocq import RocqEngine

        module = RocqEngine().site(folder).development.module_of(check.rocq)
        text = f"From SRVerify Require Import {module}.\n{text}"
    return _heading(claim, check, "(*", " *)") + text


def _latex(claim: Claim, check: Check, folder: str) -> str:
    from srverify.emit.latex import statement_to_latex

    assert check.statement is not None
    return _heading(claim, check, "%") + f"\\[ {statement_to_latex(check.statement)} \\]\n"


_PRINTERS: dict[str, Callable[[Claim, Check, str], str]] = {
    "smt2": _smt2,
    "lean": _lean,
    "rocq": _rocq,
    "latex": _latex,
}
