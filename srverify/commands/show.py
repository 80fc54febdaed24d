"""``srverify show ID``: everything about one claim."""

from __future__ import annotations

import argparse
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from srverify.claims.claim import Role
from srverify.kernels.rocq.statements import pinned_text

if TYPE_CHECKING:
    from srverify.audit.run import Remembered
    from srverify.claims.claim import Assumption, Check, Claim
    from srverify.claims.ledger import Ledger
    from srverify.claims.outcome import Outcome
    from srverify.report.style import Style

_INDENT = "    "


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("id", metavar="ID", help="a claim, such as D09")
    parser.add_argument(
        "--path", action="append", default=[], help="claims folder or file (default: the audit)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Print a claim, its checks and what the last audit found."""
    from srverify.audit.run import remembered
    from srverify.claims.ledger import load
    from srverify.commands.audit import cache_of
    from srverify.commands.cli import EXIT_OK
    from srverify.report.style import Style, wants_colour, width_of

    ledger = load(arguments.path)
    claim = ledger.claim(arguments.id)
    found = remembered(ledger, claim, cache_of())
    page = _Page(ledger, found, Style(wants_colour(sys.stdout)), min(width_of(sys.stdout), 100))
    print("\n".join(page.lines(claim)))
    return EXIT_OK


class _Page:
    def __init__(self, ledger: Ledger, found: Remembered, style: Style, width: int) -> None:
        self._ledger = ledger
        self._found = found
        self._style = style
        self._width = width

    def _wrapped(self, text: str, indent: str = "", hanging: str | None = None) -> list[str]:
        return textwrap.wrap(
            text,
            self._width,
            initial_indent=indent,
            subsequent_indent=indent if hanging is None else hanging,
            break_on_hyphens=False,
        )

    def lines(self, claim: Claim) -> Iterator[str]:
        style = self._style
        yield f"{style(claim.id, 'bold')} {claim.slug}: {claim.title}"
        yield f"paper:      {claim.paper}" + ("" if not claim.ours else " (this audit's own statement)")
        if claim.equations:
            yield f"equations:  {' '.join(f'({number})' for number in claim.equations)}"
        if claim.depends:
            yield f"depends on: {' '.join(claim.depends)}"
        used = self._ledger.dependents[claim.id]
        if used:
            yield f"used by:    {' '.join(used)}"
        yield f"declared:   {self._ledger.sources[claim.id]}"
        from srverify.claims.review import state_of

        yield f"reading:    {state_of(claim, self._ledger.reviews)}"
        yield f"reproduce:  srverify audit --only {claim.id} --no-cache --seed 0"
        if any(check.statement is not None for check in claim.checks):
            yield f"            srverify export {claim.id} --to smt2   (or rocq, lean, latex)"
        for name in claim.experiments:
            yield f"experiment: srverify simulate {name}"
        yield f"expected:   {style.verdict(claim.expected)}"
        yield from self._verdict(claim)
        yield ""
        yield from self._wrapped(claim.prose)
        for name in self._ledger.assumptions_of(claim.id):
            yield ""
            yield from self._assumption(self._ledger.assumptions[name], name in claim.assumptions)
        yield ""
        yield from self._parts(claim)
        folder = self._ledger.sources[claim.id].parent
        for check in claim.checks:
            yield ""
            yield from self._check(check, folder)

    def _verdict(self, claim: Claim) -> Iterator[str]:
        result = self._found.result
        if result is None:
            yield f"verdict:    not computed yet with default settings: srverify audit --only {claim.id}"
            return
        trust = "" if not result.parts else f", trust {result.label}"
        yield f"verdict:    {self._style.verdict(result.verdict)}{trust}"
        for problem in result.problems:
            yield from self._wrapped(problem, f"{_INDENT}! ", f"{_INDENT}  ")

    def _parts(self, claim: Claim) -> Iterator[str]:
        """Yield what the claim asserts, each part with what it rests on."""
        yield "parts:"
        found = self._found.result.parts if self._found.result is not None else ()
        labels = {result.part: result.label for result in found}
        for part in claim.assertions:
            role = "" if part.role is Role.STATED else f" ({part.role})"
            case = f", for {part.case} only" if part.case else ""
            rests = labels.get(part, f"not computed yet{case}")
            line = f"{part.text}{role}: {rests} [{', '.join(part.by)}]"
            yield from self._wrapped(line, f"{_INDENT}- ", f"{_INDENT}  ")

    def _assumption(self, assumption: Assumption, own: bool) -> Iterator[str]:
        how = "" if own else " (inherited)"
        yield f"rests on {self._style(assumption.id, 'cyan')}{how}, {assumption.paper}"
        yield from self._wrapped(assumption.statement, _INDENT)
        yield from self._wrapped(f"Known: {assumption.known}", _INDENT)

    def _check(self, check: Check, folder: Path) -> Iterator[str]:
        head = f"{self._style(check.id, 'bold')} ({check.role}, expected {check.expect})"
        result = None
        if self._found.result is not None:
            result = next(r for r in self._found.result.checks if r.check is check)
            head += f": {result.state}"
            if result.trust is not None:
                head += f", trust {result.trust}"
        yield head
        yield from self._wrapped(check.obligation.text, _INDENT, _INDENT * 2)
        pinned = pinned_text(check.obligation, folder)
        if pinned is not None:
            yield from textwrap.indent(pinned, _INDENT * 2).splitlines()
        if check.note:
            yield from self._wrapped(check.note, _INDENT)
        for engine, theorem in check.theorems.items():
            negation = " (its negation)" if theorem.negated else ""
            yield f"{_INDENT}{engine} theorem {theorem.name}{negation}"
        for engine, outcome in self._found.outcomes[check.id]:
            yield from self._outcome(engine, outcome)
        if result is not None:
            for mutant in result.evidence.mutants:
                by = f" by {mutant.engine}" if mutant.engine else ""
                why = f" (expected: {mutant.survives})" if mutant.survives else ""
                line = f"mutant {mutant.name}: {mutant.fate}{by}{_at(mutant.witness)}{why}"
                yield from self._wrapped(line, _INDENT, _INDENT * 2)
            vacuity = result.evidence.vacuity
            if vacuity is not None and vacuity.satisfiable:
                yield from self._wrapped(
                    f"hypotheses hold{_at(vacuity.model)} ({vacuity.by})", _INDENT, _INDENT * 2
                )
        else:
            for written in check.mutants:
                yield from self._wrapped(f"mutant {written.name}: {written.statement.text}", _INDENT)

    def _outcome(self, engine: str, outcome: Outcome | None) -> Iterator[str]:
        if outcome is None:
            yield f"{_INDENT}{engine:<10} not remembered"
            return
        trust = "" if outcome.trust is None else f" [{outcome.trust}]"
        line = f"{engine:<10} {outcome.status}{trust}, {outcome.seconds:.2f} s"
        if outcome.detail:
            line += f": {outcome.detail}"
        elif outcome.witness:
            line += _at(outcome.witness)
        yield from self._wrapped(line, _INDENT, _INDENT * 2)


def _at(point: object) -> str:
    from collections.abc import Mapping

    from srverify.language.statement import point_text

    return f" at {point_text(point)}" if isinstance(point, Mapping) and point else ""
