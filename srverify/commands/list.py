"""``srverify list``: the claims of the audit."""

from __future__ import annotations

import argparse
import sys


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("paths", nargs="*", metavar="PATH", help="claim modules or folders of them")
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(arguments: argparse.Namespace) -> int:
    """Print one line per claim."""
    from srverify.claims.ledger import load
    from srverify.commands.cli import EXIT_OK

    ledger = load(arguments.paths)
    if arguments.json:
        import json

        claims = [
            {
                "id": claim.id,
                "slug": claim.slug,
                "title": claim.title,
                "paper": claim.paper,
                "equations": list(claim.equations),
                "depends": list(claim.depends),
                "assumptions": list(ledger.assumptions_of(claim.id)),
                "expected": str(claim.expected),
                "checks": [check.id for check in claim.checks],
                "source": str(ledger.sources[claim.id]),
            }
            for claim in ledger.claims
        ]
        print(json.dumps({"schema": 1, "ledger": str(ledger.root), "claims": claims}, indent=1))
        return EXIT_OK
    from srverify.report.style import Style, counted, wants_colour, width_of
    from srverify.report.table import print_table

    style = Style(wants_colour(sys.stdout))
    rows = [
        (
            style(claim.id, "bold"),
            style.verdict(claim.expected),
            str(len(claim.checks)),
            f"{claim.title} ({claim.paper})",
        )
        for claim in ledger.claims
    ]
    print_table(("id", "expected", "checks", "claim"), rows, width_of(sys.stdout), style)
    checks = sum(len(claim.checks) for claim in ledger.claims)
    size = f"{counted(len(ledger.claims), 'claim')}, {counted(checks, 'check')}"
    print(f"\n{size}, from {ledger.root}")
    return EXIT_OK
