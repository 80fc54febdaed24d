"""One claim on the page: the paper's words, ours, how it was settled, and how to repeat that."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from html import escape
from pathlib import Path

from srverify.audit.result import CheckResult, ClaimResult, Fate, MutantResult, PartResult
from srverify.claims.claim import Claim, Role
from srverify.claims.obligation import Theorem
from srverify.claims.outcome import Outcome, Status
from srverify.claims.review import Review, state_of
from srverify.kernels.rocq.statements import pinned_text
from srverify.language.statement import Statement, point_text
from srverify.report.html.axioms import Axioms
from srverify.report.html.parts import badge, displayed, link, short, table_head
from srverify.report.html.prose import typeset
from srverify.report.html.reproduce import check_box, claim_box
from srverify.report.style import counted


def claim_section(
    result: ClaimResult,
    section: str,
    known: Collection[str],
    reviews: Mapping[str, Review],
    folder: Path,
    axioms: Axioms,
) -> Iterator[str]:
    """Yield everything about one claim; general statements first, what only supports them folded."""
    claim = result.claim
    name = escape(claim.id)
    numbers = " ".join(str(number) for number in claim.equations)
    yield (
        f'<section class="claim" id="{name}" data-verdict="{result.verdict}"'
        f' data-trust="{result.trust or ""}" data-section="{escape(section)}"'
        f' data-equations="{escape(numbers)}">'
    )
    yield f'<header><h3><a class="anchor" href="#{name}">{name} · {escape(claim.slug)}</a></h3>'
    yield badge(result.verdict)
    if result.parts:
        yield f'<span class="quiet">trust: {escape(result.label)}</span>'
    yield f'<span class="quiet">reading: {state_of(claim, reviews)}</span>'
    yield "</header>"
    if not result.ok:
        reasons = "; ".join(result.problems) or "a check failed"
        yield f'<p class="bad">Expected {claim.expected}: {escape(reasons)}</p>'
    yield f"<p><b>{typeset(claim.title, known)}</b></p>"
    equations = ", ".join(f"({number})" for number in claim.equations)
    yield f'<p class="quiet">{typeset(claim.paper)}{"; display " + equations if equations else ""}</p>'
    if claim.latex:
        yield f'<blockquote class="paper-says"><pre>{escape(claim.latex)}</pre></blockquote>'
    yield f"<p>{typeset(claim.prose, known)}</p>"
    if claim.depends:
        yield f"<p>Rests on {', '.join(link(d, d in known) for d in claim.depends)}.</p>"
    if result.assumptions:
        yield f"<p>Assumes {', '.join(map(link, result.assumptions))}.</p>"
    yield from _parts(claim, result.parts, known)
    main = [check for check in result.checks if check.check.role is not Role.SUPPORT]
    # The general theorem comes before the cases that people can follow by hand.
    main.sort(key=lambda check: not isinstance(check.check.obligation, Theorem))
    for check in main:
        yield from _check(claim, check, folder, axioms)
    support = [check for check in result.checks if check.check.role is Role.SUPPORT]
    if support:
        bad = any(not check.ok for check in support)
        yield f"<details{' open' if bad or not main else ''}>"
        yield f"<summary>{counted(len(support), 'check')} in support</summary>"
        for check in support:
            yield from _check(claim, check, folder, axioms)
        yield "</details>"
    yield from claim_box(claim)
    yield "</section>"


def _parts(claim: Claim, parts: Iterable[PartResult], known: Collection[str]) -> Iterator[str]:
    """Yield the claim's assertions, each with what it rests on and links to its checks."""
    yield '<ul class="parts">'
    for result in parts:
        part = result.part
        role = "" if part.role is Role.STATED else f"{part.role}: "
        links = ", ".join(
            f'<a href="#{escape(claim.id)}-{escape(name)}">{escape(name)}</a>' for name in part.by
        )
        rests = f'<span class="quiet">({escape(result.label)}; {links})</span>'
        yield f"<li>{role}{typeset(part.text, known)} {rests}</li>"
    yield "</ul>"


def _check(claim: Claim, result: CheckResult, folder: Path, axioms: Axioms) -> Iterator[str]:
    check = result.check
    name = f"{escape(claim.id)}-{escape(check.id)}"
    state = "✓" if result.ok else "–" if result.state == "unavailable" else "✗"
    yield f'<div class="check" id="{name}"><p>'
    tone = "bad" if result.state == "failed" else "quiet"
    yield f'<span class="{tone}">{state}</span>'
    yield f'<a class="anchor" href="#{name}"><b>{escape(check.id)}</b></a>'
    settled = (
        f"; settled by {', '.join(result.settled_by)} ({result.trust})" if result.settled_by else ""
    )
    yield f'<span class="quiet">{check.role}, expected {check.expect}{settled}</span></p>'
    if isinstance(check.obligation, Statement):
        yield from displayed(check.obligation)
    else:
        yield f"<p>{typeset(check.obligation.text)}</p>"
    pinned = pinned_text(check.obligation, folder)
    if pinned is not None:
        yield f'<pre class="pinned">{escape(pinned)}</pre>'
    if check.note:
        yield f'<p class="quiet">{typeset(check.note)}</p>'
    for problem in result.problems:
        yield f'<p class="{tone}">{escape(problem)}</p>'
    for outcome in result.evidence.outcomes:
        if outcome.status == "refuted" and outcome.witness:
            yield f"<p>Witness: <code>{escape(short(point_text(outcome.witness)))}</code></p>"
            break
    yield from _kernel(result.evidence.outcomes, axioms)
    yield from _outcomes(result.evidence.outcomes)
    yield from _mutants(result.evidence.mutants)
    yield from check_box(claim, check)
    yield "</div>"


def _kernel(outcomes: Iterable[Outcome], axioms: Axioms) -> Iterator[str]:
    for outcome in outcomes:
        theorem = outcome.evidence.get("theorem")
        if not theorem:
            continue
        negation = " (its negation)" if outcome.evidence.get("negated") else ""
        yield f"<p>{escape(outcome.engine)} theorem <code>{escape(theorem)}</code>{negation} in"
        yield f"<code>{escape(str(outcome.evidence.get('file', '')))}</code>; {axioms.link(outcome)}</p>"
        if statement := outcome.evidence.get("statement"):
            yield f"<details><summary>theorem</summary><pre>{escape(str(statement))}</pre></details>"


def _outcomes(outcomes: Sequence[Outcome]) -> Iterator[str]:
    if not outcomes:
        return
    yield f"<details><summary>{len(outcomes)} engine run{'s' if len(outcomes) != 1 else ''}</summary>"
    yield table_head("Engine", "Outcome", "Trust", "Seconds", "Detail")
    for o in outcomes:
        yield f"<tr><td>{escape(o.engine)}</td><td>{o.status}</td><td>{o.trust or ''}</td>"
        # Why an engine is missing, and what to install, stands once: at the end of the page.
        missing = o.status is Status.UNAVAILABLE and "; " in o.detail
        detail = o.detail.partition("; ")[2] if missing else o.detail
        yield f'<td class="number">{o.seconds:.3f}</td><td>{escape(short(detail))}</td></tr>'
    yield "</tbody></table></div></details>"


def _mutants(mutants: Sequence[MutantResult]) -> Iterator[str]:
    if not mutants:
        return
    killed = sum(mutant.fate is Fate.KILLED for mutant in mutants)
    yield f"<details><summary>{killed} of {len(mutants)} mutants killed</summary>"
    yield table_head("Mutant", "Fate", "By", "Where")
    for mutant in mutants:
        where = point_text(mutant.witness) if mutant.witness else mutant.survives or mutant.detail
        yield f"<tr><td>{escape(mutant.name)}</td><td>{mutant.fate}</td><td>{escape(mutant.engine)}</td>"
        yield f"<td>{escape(short(where, 160))}</td></tr>"
    yield "</tbody></table></div></details>"
