"""``srverify coverage``: which of a paper's displays and statements no claim answers for."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from srverify.claims.ledger import Ledger
    from srverify.claims.paper_record import Entry, PaperRecord


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("paths", nargs="*", metavar="PATH", help="claims folders (default: ./proofs)")
    parser.add_argument(
        "--from", dest="source", metavar="PAPER.tex", help="read the paper anew instead of its record"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(arguments: argparse.Namespace) -> int:
    """Print what is not covered; 0 if everything is, else 1."""
    from srverify.claims.ledger import load
    from srverify.commands.cli import EXIT_OK, EXIT_UNEXPECTED

    ledger = load(arguments.paths)
    record = _record(ledger, arguments.source)
    found = coverage(ledger, record)
    if arguments.json:
        print(json.dumps({"schema": 1, **found}, indent=2, ensure_ascii=False))
    else:
        print("\n".join(_lines(found)))
    done = not found["uncovered"] and not found["unclaimed"] and not found["unknown"]
    return EXIT_OK if done else EXIT_UNEXPECTED


def _record(ledger: Ledger, source: str | None) -> PaperRecord | None:
    from srverify.claims.paper_record import Entry, PaperRecord, read_record

    folder = ledger.root if ledger.root.is_dir() else ledger.root.parent
    kept = read_record(folder)
    if source is None:
        return kept
    from srverify.language.tex.document import read_paper

    paper = read_paper(Path(source))
    claims = {(e.kind, e.number): e.claim for e in kept.statements} if kept is not None else {}
    displays = [
        Entry("display", d.number, d.label, str(d.place.file), d.place.line, d.tex)
        for d in paper.displays
    ]
    statements = [
        Entry(
            s.kind, s.number, s.label, str(s.place.file), s.place.line, s.tex,
            claims.get((s.kind, s.number), ""),
        )
        for s in paper.statements
    ]  # fmt: skip
    return PaperRecord(paper.title, source, tuple(displays), tuple(statements))


def coverage(ledger: Ledger, record: PaperRecord | None) -> dict[str, Any]:
    """Return what a ledger covers of a paper, as plain data.

    ``uncovered`` displays have no entry in the equation map, ``unclaimed`` statements no claim,
    ``unknown`` are map entries for displays that the paper does not have; ``open`` claims have no check.
    Without a record the displays are the integers up to the largest in the map.
    """
    mapped = {str(number): ids for number, ids in ledger.equations.items()}
    for claim in ledger.claims:
        for number in claim.equations:
            mapped.setdefault(str(number), (claim.id,))
    displays: Sequence[Entry] = ()
    if record is not None:
        displays = record.displays
        numbers = [display.number for display in displays]
    else:
        last = max((number for number in ledger.equations if isinstance(number, int)), default=0)
        numbers = list(map(str, range(1, last + 1)))
    places = {display.number: display.place for display in displays}
    statements = record.statements if record is not None else ()
    return {
        "paper": record.title if record is not None else "",
        "displays": len(numbers),
        "notation": [number for number in numbers if mapped.get(number) == ()],
        "uncovered": [
            {"number": number, "place": places.get(number, "")}
            for number in numbers
            if number not in mapped
        ],
        "unknown": [number for number in mapped if number not in set(numbers)],
        "statements": len(statements),
        "unclaimed": [
            {"statement": f"{entry.kind} {entry.number}".strip(), "place": entry.place}
            for entry in statements
            if entry.claim not in ledger.by_id
        ],
        "open": [claim.id for claim in ledger.claims if not claim.checks],
    }


def _lines(found: dict[str, Any]) -> Iterator[str]:
    for display in found["uncovered"]:
        yield f"display ({display['number']}) is covered by no claim  {display['place']}".rstrip()
    for statement in found["unclaimed"]:
        yield f"{statement['statement']} has no claim  {statement['place']}"
    for number in found["unknown"]:
        yield f"the equation map names ({number}), which the paper does not have"
    covered = found["displays"] - len(found["uncovered"])
    yield (
        f"{covered} of {found['displays']} numbered displays covered"
        f" ({len(found['notation'])} pure notation)"
    )
    if found["statements"]:
        claimed = found["statements"] - len(found["unclaimed"])
        yield f"{claimed} of {found['statements']} statements have a claim"
    if found["open"]:
        yield f"{len(found['open'])} claims without a check: {' '.join(found['open'])}"
