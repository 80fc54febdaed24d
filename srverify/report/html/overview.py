"""The first page, for a co-author: what holds, what was repaired, what fails, on what it rests."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from html import escape

from srverify import __version__
from srverify.audit.result import AuditResult, CheckResult, ClaimResult
from srverify.claims.claim import Expect, Role, Verdict
from srverify.claims.outcome import Status, Trust
from srverify.claims.review import ReviewState, state_of
from srverify.language.statement import Statement, point_text
from srverify.report.html.axioms import in_short
from srverify.report.html.parts import badge, displayed, link, table_head
from srverify.report.html.prose import typeset
from srverify.report.style import counted
from srverify.report.summary import Summary, summarise

_MEANINGS = {
    Verdict.HOLDS: "proved as stated",
    Verdict.REPAIRED: "fails as stated; a corrected form is proved",
    Verdict.REFUTED: "fails as stated, with a witness",
    Verdict.CONDITIONAL: "proved under named assumptions",
    Verdict.SHARPER: "ours: goes beyond the paper, proved",
    Verdict.OPEN: "not settled",
}


_OBTAINED = {
    Trust.KERNEL: "theorems that a proof kernel checked",
    Trust.CERTIFIED: "covers that a checker proved in Lean re-checked",
    Trust.RIGOROUS: "proof objects that the checker accepted, exact computations",
    Trust.SYMBOLIC: "the word of a library or solver",
    Trust.NUMERICAL: "evaluation at points: support, no proof",
    Trust.SIMULATED: "random instances: support, no proof",
}


def title_of(result: AuditResult) -> str:
    """Return what the page is called: after the paper, or after the folder if no paper is named."""
    paper = result.ledger.paper
    if paper is not None:
        return paper.title
    root = result.ledger.roots[0]
    folder = root if root.is_dir() else root.parent
    return folder.parent.name if folder.name == "proofs" else folder.name


def overview(result: AuditResult) -> Iterator[str]:
    """Yield the first page."""
    summary = summarise(result)
    known = {claim.claim.id for claim in result.claims}
    yield '<div class="first">'
    yield from _heading(result, summary)
    yield from _named(result, Verdict.HOLDS, "What holds as stated")
    yield from _named(result, Verdict.CONDITIONAL, "What holds under named assumptions")
    yield from _named(result, Verdict.SHARPER, "What goes beyond the paper")
    yield from _findings(result, Verdict.REPAIRED, "What had to be repaired, and how", known)
    yield from _findings(result, Verdict.REFUTED, "What fails, and at which point", known)
    yield from _named(result, Verdict.OPEN, "What is open")
    yield from _rests_on(result, summary)
    yield "</div>"


def _heading(result: AuditResult, summary: Summary) -> Iterator[str]:
    paper = result.ledger.paper
    state = "everything is as expected" if result.ok else "NOT everything is as expected"
    yield f"<header><p class='quiet'>Audit of</p><h1>{escape(title_of(result))}</h1>"
    if paper is not None and (paper.authors or paper.reference):
        yield f"<p>{escape(', '.join(filter(None, (paper.authors, paper.reference))))}</p>"
    yield f'<p class="{"quiet" if result.ok else "bad"}">srverify {__version__}: {state}.'
    claims, checks = counted(len(result.claims), "claim"), counted(summary.checks, "check")
    yield f" {claims}, {checks}, {counted(summary.mutants['killed'], 'mutant')} killed.</p>"
    yield '<ul class="counts">'
    for verdict in Verdict:
        count = summary.verdicts[verdict]
        if count or verdict is not Verdict.OPEN:
            yield f"<li><b>{count}</b> {badge(verdict)}"
            yield f"<span class='quiet'>{_MEANINGS[verdict]}</span></li>"
    yield "</ul></header>"
    for line in (*result.contradictions, *result.missing):
        yield f'<p class="bad">{escape(line)}</p>'
    if summary.unexpected:
        yield f'<p class="bad">Not as expected: {", ".join(map(link, summary.unexpected))}</p>'


def _named(result: AuditResult, verdict: Verdict, heading: str) -> Iterator[str]:
    """Yield the claims of a verdict by id and name, in the paper's order."""
    claims = [claim.claim for claim in result.claims if claim.verdict is verdict]
    if claims:
        yield f'<h2>{heading}</h2><p class="names">'
        yield " · ".join(
            f"<span>{link(claim.id)} {escape(_spoken(claim.slug))}</span>" for claim in claims
        )
        yield "</p>"


def _spoken(slug: str) -> str:
    """Return a name as people say it.

    >>> _spoken("theorem-5-3")
    'theorem 5.3'
    """
    return re.sub(r"(?<=\d)-(?=\d)", ".", slug).replace("-", " ")


def _findings(
    result: AuditResult, verdict: Verdict, heading: str, known: Collection[str]
) -> Iterator[str]:
    """Yield a finding for each claim of a verdict: in a line or two, and folded the whole of it."""
    claims = [claim for claim in result.claims if claim.verdict is verdict]
    if not claims:
        return
    yield f'<h2>{heading}</h2><div class="findings">'
    for result_ in claims:
        claim = result_.claim
        yield f'<article class="finding"><h3>{link(claim.id)} {typeset(claim.title, known)}</h3>'
        points = [point for check in result_.checks if (point := _point(check))]
        fails = f"; fails at {typeset(points[0])}" if points else ""
        yield f'<p class="quiet">{typeset(claim.paper)}{fails}</p>'
        repairs = [check for check in result_.checks if check.check.role is Role.REPAIR]
        yield f"<details><summary>what fails{', and what holds instead' if repairs else ''}</summary>"
        yield from _failing(result_)
        yield f"<p>{typeset(claim.prose, known)}</p>"
        for check in repairs:
            yield from _shown(check, "Repaired")
        yield "</details></article>"
    yield "</div>"


def _point(check: CheckResult) -> str:
    """Return where a check that is expected to fail fails, if an engine found a point."""
    if check.check.expect is Expect.REFUTED:
        for outcome in check.evidence.outcomes:
            if outcome.status is Status.REFUTED and outcome.witness:
                return point_text(outcome.witness)
    return ""


def _failing(claim: ClaimResult) -> Iterator[str]:
    for check in claim.checks:
        if check.check.expect is not Expect.REFUTED:
            continue
        yield from _shown(check, "Fails")
        if point := _point(check):
            yield f"<p>At {typeset(point)}.</p>"


def _shown(check: CheckResult, word: str) -> Iterator[str]:
    obligation = check.check.obligation
    if not isinstance(obligation, Statement):
        yield f"<p><b>{word}:</b> {typeset(obligation.text)}</p>"
        return
    yield from displayed(obligation, f"<b>{word}:</b> ")


def _rests_on(result: AuditResult, summary: Summary) -> Iterator[str]:
    yield f"<h2>What everything rests on</h2>{table_head('Trust', 'Claims', 'By', '')}"
    for trust in Trust:
        ids = [claim.claim.id for claim in result.claims if claim.trust is trust]
        if ids:
            named = "all" if len(ids) == len(result.claims) else " ".join(map(link, ids))
            yield f"<tr><th>{trust}</th><td class='number'>{len(ids)}</td><td>{_OBTAINED[trust]}</td>"
            yield f"<td>{named}</td></tr>"
    yield "</tbody></table></div>"
    if axioms := in_short(result):
        yield f"<p>Axioms of the kernel's theorems: {axioms}.</p>"
    states = [state_of(claim.claim, result.ledger.reviews) for claim in result.claims]
    told = ", ".join(f"{states.count(state)} {state}" for state in ReviewState)
    yield f"<p>Readings of the paper's statements beside ours: {told}.</p>"
    if summary.assumptions:
        users = (
            f'<a href="#{escape(name)}">{escape(name)}</a> ({len(ids)})'
            for name, ids in summary.assumptions.items()
        )
        yield f"<p>Assumptions, and how many claims rest on each: {', '.join(users)}.</p>"
