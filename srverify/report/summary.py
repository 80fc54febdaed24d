"""What every report says of an audit as a whole: counts, findings, assumptions, single-engine checks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from srverify.audit.result import AuditResult, CheckResult, ClaimResult, Fate
from srverify.claims.claim import Expect, Verdict
from srverify.claims.mutants import Kind
from srverify.claims.outcome import Status
from srverify.language.statement import point_text


@dataclass(frozen=True)
class Finding:
    """One line of the list that a reader wants: what is not as the paper has it, or goes beyond it."""

    claim: str
    verdict: Verdict
    line: str


@dataclass(frozen=True)
class Summary:
    """The audit in numbers and lists.

    Parameters
    ----------
    verdicts
        Number of claims per verdict, all verdicts present.
    unexpected
        Ids of the claims that are not as expected.
    assumptions
        For each assumption the claims that rest on it.
    single_engine
        ``claim check`` of every check that only one engine settles.
    mutants
        Number of mutants per fate.
    """

    verdicts: dict[str, int]
    unexpected: tuple[str, ...]
    findings: tuple[Finding, ...]
    assumptions: dict[str, tuple[str, ...]]
    single_engine: tuple[str, ...]
    unavailable: tuple[str, ...]
    checks: int
    mutants: dict[str, int]


def summarise(result: AuditResult) -> Summary:
    """Return the summary of an audit."""
    verdicts = {str(verdict): 0 for verdict in Verdict}
    fates = {str(fate): 0 for fate in Fate}
    assumptions: dict[str, list[str]] = {name: [] for name in result.ledger.assumptions}
    for claim in result.claims:
        verdicts[claim.verdict] += 1
        for name in claim.assumptions:
            assumptions[name].append(claim.claim.id)
        for check in claim.checks:
            for mutant in check.evidence.mutants:
                fates[mutant.fate] += 1
    checks = [(claim, check) for claim in result.claims for check in claim.checks]
    return Summary(
        verdicts,
        tuple(claim.claim.id for claim in result.claims if not claim.ok),
        tuple(finding for claim in result.claims for finding in findings(claim)),
        {name: tuple(ids) for name, ids in assumptions.items() if ids},
        tuple(place(c, k) for c, k in checks if len(k.settled_by) == 1),
        tuple(place(c, k) for c, k in checks if k.state == "unavailable"),
        len(checks),
        fates,
    )


def place(claim: ClaimResult, check: CheckResult) -> str:
    """Return how a check is called outside its claim."""
    return f"{claim.claim.id} {check.check.id}"


def findings(result: ClaimResult) -> Iterator[Finding]:
    """Yield what a claim contributes to the list of findings."""
    claim = result.claim
    if result.verdict in (Verdict.REPAIRED, Verdict.REFUTED):
        yield Finding(claim.id, result.verdict, f"{claim.title}{_witness_note(result)}")
        return
    if result.verdict is Verdict.OPEN:
        return
    refuted = [check for check in result.checks if check.check.expect is Expect.REFUTED and check.ok]
    if refuted:
        what = refuted[0].check.note or refuted[0].check.id
        yield Finding(claim.id, result.verdict, f"{claim.title}: {what}{_witness_note(result)}")
    idle = [
        mutant.name.removeprefix("without ")
        for check in result.checks
        for mutant in check.evidence.mutants
        if mutant.kind is Kind.DROPPED and mutant.fate is Fate.SURVIVED and mutant.survives
    ]
    if idle:
        line = f"{claim.title}; hypotheses not needed: {'; '.join(dict.fromkeys(idle))}"
        yield Finding(claim.id, result.verdict, line)


def _witness_note(result: ClaimResult) -> str:
    for check in result.checks:
        if check.check.expect is Expect.REFUTED:
            for outcome in check.evidence.outcomes:
                if outcome.status is Status.REFUTED and outcome.witness:
                    return f" (at {point_text(outcome.witness)})"
    return ""
