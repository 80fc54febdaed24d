"""``srverify review``: read the paper's statements beside ours, and record who accepted them."""

from __future__ import annotations

import argparse
import json
import sys
import textwrap
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from srverify.language.errors import InputError

if TYPE_CHECKING:
    from srverify.claims.claim import Check, Claim
    from srverify.claims.ledger import Ledger
    from srverify.claims.review import Review

_EPILOG = """
examples:
  srverify review --status                       # which readings are reviewed, open, reopened
  srverify review --by 'Your Name'               # one after the other, those not reviewed yet
  srverify review D09 --by 'Your Name' --accept --reading 'the branch -1 is meant'

The record is reviews.json in the claims folder; keep it under version control. A statement, hypothesis
or quotation that changes reopens its review.
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = _EPILOG
    parser.add_argument("ids", nargs="*", metavar="ID", help="claims (default: all not reviewed)")
    parser.add_argument("--path", metavar="PATH", help="the claims folder (default: ./proofs)")
    parser.add_argument("--by", metavar="NAME", help="who reads")
    parser.add_argument("--accept", action="store_true", help="accept the named claims without asking")
    parser.add_argument("--reading", default="", metavar="TEXT", help="which reading, with --accept")
    parser.add_argument("--status", action="store_true", help="only say how things stand")
    parser.add_argument("--json", action="store_true", help="print the status as JSON")


def run(arguments: argparse.Namespace) -> int:
    """Walk through readings, or tell their state: status 0 if every claim asked for is reviewed."""
    from srverify.claims.ledger import load

    ledger = load([arguments.path] if arguments.path else ())
    folder = ledger.root if ledger.root.is_dir() else ledger.root.parent
    for name in arguments.ids:
        if name not in ledger.by_id:
            raise InputError(f"no claim {name!r} in {ledger.root}")
    claims = [claim for claim in ledger.claims if not arguments.ids or claim.id in arguments.ids]
    reviews = dict(ledger.reviews)
    if arguments.status or arguments.json:
        return _status(claims, reviews, arguments.json)
    if not arguments.by or not arguments.by.strip():
        raise InputError("say who reads: --by NAME (or --status)")
    if arguments.accept:
        if not arguments.ids:
            raise InputError("--accept needs the claims: srverify review ID … --by NAME --accept")
        return _accept(claims, reviews, folder, arguments)
    if not sys.stdin.isatty():
        raise InputError("review asks questions: run it in a terminal, or name claims and --accept")
    return walk(ledger, claims, reviews, folder, arguments.by.strip(), input)


def _status(claims: Sequence[Claim], reviews: dict[str, Review], as_json: bool) -> int:
    from srverify.claims.review import ReviewState, state_of
    from srverify.commands.cli import EXIT_OK, EXIT_UNEXPECTED

    states = {claim.id: state_of(claim, reviews) for claim in claims}
    if as_json:
        data: list[dict[str, Any]] = [
            {
                "claim": claim.id,
                "state": str(states[claim.id]),
                "reviewer": reviews[claim.id].reviewer if claim.id in reviews else None,
                "date": reviews[claim.id].date if claim.id in reviews else None,
                "reading": reviews[claim.id].reading if claim.id in reviews else None,
            }
            for claim in claims
        ]
        print(json.dumps({"schema": 1, "reviews": data}, indent=2, ensure_ascii=False))
    else:
        for state in ReviewState:
            named = [name for name, found in states.items() if found is state]
            print(f"{state:9} {len(named):4}  {' '.join(named)}".rstrip())
    done = all(state is ReviewState.REVIEWED for state in states.values())
    return EXIT_OK if done else EXIT_UNEXPECTED


def _accept(
    claims: Sequence[Claim], reviews: dict[str, Review], folder: Path, arguments: argparse.Namespace
) -> int:
    for claim in claims:
        reviews[claim.id] = _review(claim, arguments.by.strip(), arguments.reading.strip())
    _write(folder, reviews)
    print(f"{folder}: {' '.join(claim.id for claim in claims)} accepted by {arguments.by.strip()}")
    return 0


def _review(claim: Claim, reviewer: str, reading: str) -> Review:
    from datetime import date

    from srverify.claims.review import Review, reading_digest

    return Review(claim.id, reading_digest(claim), reviewer, date.today().isoformat(), reading)


def _write(folder: Path, reviews: dict[str, Review]) -> None:
    from srverify.claims.review import NAME, reviews_text
    from srverify.report.files import write_whole

    write_whole(folder / NAME, reviews_text(reviews.values()))


def walk(
    ledger: Ledger,
    claims: Sequence[Claim],
    reviews: dict[str, Review],
    folder: Path,
    reviewer: str,
    ask: Callable[[str], str],
) -> int:
    """Show one claim after the other and ask; every acceptance is written at once."""
    from srverify.claims.review import ReviewState, state_of

    todo = [claim for claim in claims if state_of(claim, reviews) is not ReviewState.REVIEWED]
    accepted = 0
    for position, claim in enumerate(todo, 1):
        print(f"\n{'=' * 79}\n{position} of {len(todo)}: {state_of(claim, reviews)}")
        print("\n".join(page(claim, ledger)))
        try:
            answer = ask("\nSame statement? [y]es, yes with a [n]ote, [s]kip, [q]uit: ").strip().lower()
            reading = ask("Which reading do you accept? ").strip() if answer.startswith("n") else ""
        except EOFError:
            answer = "q"
        if answer.startswith("q"):
            break
        if answer.startswith(("y", "n")):
            reviews[claim.id] = _review(claim, reviewer, reading)
            _write(folder, reviews)
            accepted += 1
    print(f"\n{accepted} accepted, {len(todo) - accepted} left")
    return 0


# -- what is read ------------------------------------------------------------------------------


def page(claim: Claim, ledger: Ledger) -> Iterator[str]:
    """Yield a claim as a reader compares it: the paper's words, then ours, then what differs."""
    from srverify.claims.claim import Role

    yield f"{claim.id} {claim.slug}: {claim.title}"
    yield f"{claim.paper}; displays {' '.join(f'({n})' for n in claim.equations) or 'none'}"
    yield ""
    yield "THE PAPER"
    yield from _indented(claim.latex or "(not quoted here: look it up at the place above)")
    yield ""
    yield "THIS AUDIT"
    for role, heading in (
        (Role.STATED, "as stated"),
        (Role.DERIVATION, "a step of the derivation"),
        (Role.REPAIR, "repaired"),
        (Role.SUPPORT, "in support"),
    ):
        for check in claim.checks:
            if check.role is role:
                yield from _check(check, heading)
    names = ledger.assumptions_of(claim.id)
    if names:
        yield ""
        yield "IT RESTS ON"
        for name in names:
            yield from _indented(f"{name}: {ledger.assumptions[name].statement}")
    yield ""
    yield "IN WORDS"
    yield from _indented(claim.prose)


def _check(check: Check, heading: str) -> Iterator[str]:
    yield f"  {check.id} ({heading}, expected {check.expect})"
    statement = check.statement
    if statement is None:
        yield from _indented(check.obligation.text, "      ")
        return
    data = statement.to_dict()
    for name, domain in data["variables"].items():
        yield f"      {name} in {domain}"
    for hypothesis in data["given"]:
        yield from _indented(f"if {hypothesis}", "      ")
    yield from _indented(f"then {data['show']}", "      ")


def _indented(text: str, indent: str = "  ") -> Iterator[str]:
    for line in text.splitlines() or [""]:
        yield from textwrap.wrap(
            line, 96, initial_indent=indent, subsequent_indent=indent, break_long_words=False
        ) or [""]
