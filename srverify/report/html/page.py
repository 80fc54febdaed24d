"""Build the page from an audit's result."""

from __future__ import annotations

import ast
import platform
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib import resources
from pathlib import Path

from srverify import __version__
from srverify.audit.result import AuditResult, CheckResult, ClaimResult, Fate, MutantResult
from srverify.claims.claim import Verdict
from srverify.claims.outcome import Outcome
from srverify.claims.plugins import plugins, resolve
from srverify.claims.review import Review, state_of
from srverify.emit.mathml import math_element, statement_to_mathml
from srverify.language.errors import InputError
from srverify.language.statement import Statement, point_text
from srverify.report.files import write_whole
from srverify.report.html.graph import dependency_graph
from srverify.report.style import counted
from srverify.report.summary import summarise


@dataclass(frozen=True)
class Plot:
    """A figure of a plugin: which claims it is about, what it shows, and the drawing (SVG)."""

    claims: tuple[str, ...]
    caption: str
    svg: str


_SYMBOLS = {
    Verdict.HOLDS: "✓",
    Verdict.REPAIRED: "⟳",
    Verdict.REFUTED: "✗",
    Verdict.CONDITIONAL: "◇",
    Verdict.SHARPER: "▲",
    Verdict.OPEN: "?",
}
_MEANINGS = {
    Verdict.HOLDS: "proved as stated",
    Verdict.REPAIRED: "fails as stated; a corrected form is proved",
    Verdict.REFUTED: "fails as stated, with a witness",
    Verdict.CONDITIONAL: "proved under named assumptions",
    Verdict.SHARPER: "ours: goes beyond the paper, proved",
    Verdict.OPEN: "not settled",
}


def write(result: AuditResult, path: Path) -> None:
    """Write the page, whole or not at all; raises InputError if the place cannot be written.

    What is simulated for a plot is told on stderr, and so is why there are none.
    """
    drawn: tuple[Plot, ...] = ()
    try:
        drawn = tuple(_drawn(result))
    except InputError as error:
        _tell(f"the page has no plots: {error}")
    write_whole(path, render(result, drawn))


def _drawn(result: AuditResult) -> Iterator[Plot]:
    for plugin in plugins():
        if plugin.plots:
            yield from resolve(plugin.plots)(result, tell=_tell)


def _tell(line: str) -> None:
    print(f"srverify: {line}", file=sys.stderr)


def render(result: AuditResult, drawn: Sequence[Plot] = ()) -> str:
    """Return the page as HTML.

    Parameters
    ----------
    drawn
        Plots to show after the findings.
    """
    style = resources.files(__package__).joinpath("style.css").read_text(encoding="utf-8")
    body = [
        *_header(result),
        "<main>",
        *_findings(result),
        *_assumptions(result),
        *_single_engine(result),
        *_graph(result),
        *_plots(drawn),
        *_contents(result),
        *_sections(result),
        *_provenance(result),
        "</main>",
    ]
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<link rel="icon" href="data:,">\n'
        f"<title>srverify audit: {counted(len(result.claims), 'claim')}</title>\n"
        f"<style>\n{style}</style>\n</head>\n"
        f"<body>\n{chr(10).join(body)}\n</body>\n</html>\n"
    )


# -- parts ---------------------------------------------------------------------------------------


def badge(verdict: Verdict) -> str:
    """Return a verdict as a badge: symbol and word, so that colour is never needed."""
    return f'<span class="badge {verdict}">{_SYMBOLS[verdict]} {verdict}</span>'


def _link(claim_id: str, known: bool = True) -> str:
    name = escape(claim_id)
    return f'<a href="#{name}">{name}</a>' if known else name


def _header(result: AuditResult) -> Iterator[str]:
    summary = summarise(result)
    state = "everything is as expected" if result.ok else "NOT everything is as expected"
    yield f"<header><h1>Audit of {counted(len(result.claims), 'claim')}</h1>"
    yield f'<p class="{"quiet" if result.ok else "bad"}">srverify {__version__}: {state}.'
    killed = counted(summary.mutants["killed"], "mutant")
    yield f" {counted(summary.checks, 'check')}, {killed} killed.</p>"
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
        yield f'<p class="bad">Not as expected: {", ".join(map(_link, summary.unexpected))}</p>'


def _findings(result: AuditResult) -> Iterator[str]:
    findings = summarise(result).findings
    if not findings:
        return
    yield f"<h2>Findings</h2>{_table_head('Claim', 'Verdict', 'What was found')}"
    for f in findings:
        yield f"<tr><td>{_link(f.claim)}</td><td>{badge(f.verdict)}</td><td>{escape(f.line)}</td></tr>"
    yield "</tbody></table></div>"


def _assumptions(result: AuditResult) -> Iterator[str]:
    users = summarise(result).assumptions
    if not result.ledger.assumptions:
        return
    yield "<h2>Assumptions and what rests on them</h2>"
    for name, assumption in result.ledger.assumptions.items():
        yield f'<h3 class="assumption" id="{escape(name)}">{escape(name)}'
        yield f'<span class="quiet">{escape(assumption.paper)}</span></h3>'
        yield f"<p>{escape(assumption.statement)}</p><p class='quiet'>{escape(assumption.known)}</p>"
        if users.get(name):
            yield f"<p>Used by {', '.join(map(_link, users[name]))}.</p>"


def _single_engine(result: AuditResult) -> Iterator[str]:
    places = summarise(result).single_engine
    if places:
        links = (f'<a href="#{escape(p.replace(" ", "-"))}">{escape(p)}</a>' for p in places)
        yield f"<details><summary>{len(places)} checks rest on one engine</summary>"
        yield f"<p>Settled by one engine only: {', '.join(links)}.</p></details>"


def _graph(result: AuditResult) -> Iterator[str]:
    graph = dependency_graph(result.claims)
    if graph:
        yield "<h2>Which claim rests on which</h2>"
        yield f"<figure>{graph}<figcaption>Each claim stands below what it rests on; its colour is its"
        yield "computed verdict. Select a box to go to the claim.</figcaption></figure>"


def _plots(drawn: Sequence[Plot]) -> Iterator[str]:
    if drawn:
        yield "<h2>Experiments</h2>"
    for plot in drawn:
        about = ", ".join(map(_link, plot.claims))
        yield f'<figure class="plot">{plot.svg}<figcaption>{escape(plot.caption)}'
        yield f"Shows {about}.</figcaption></figure>"


@cache
def _section_title(file: Path) -> str:
    try:
        text = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
    except (OSError, SyntaxError):
        text = ""
    return text.partition("\n")[0].rstrip(".") or file.stem


def _grouped(result: AuditResult) -> dict[Path, list[ClaimResult]]:
    groups: dict[Path, list[ClaimResult]] = {}
    for claim in result.claims:
        groups.setdefault(result.ledger.sources[claim.claim.id], []).append(claim)
    return groups


def _contents(result: AuditResult) -> Iterator[str]:
    yield "<h2>Contents</h2><nav><ul>"
    for file, claims in _grouped(result).items():
        yield f'<li><a href="#{escape(file.stem)}">{escape(_section_title(file))}</a>'
        yield f'<span class="quiet"> ({len(claims)})</span></li>'
    yield "</ul></nav>"


def _sections(result: AuditResult) -> Iterator[str]:
    known = {claim.claim.id for claim in result.claims}
    for file, claims in _grouped(result).items():
        yield f'<h2 id="{escape(file.stem)}">{escape(_section_title(file))}</h2>'
        for claim in claims:
            yield from _claim(claim, known, result.ledger.reviews)


def _claim(result: ClaimResult, known: set[str], reviews: Mapping[str, Review]) -> Iterator[str]:
    claim = result.claim
    yield f'<section class="claim" id="{escape(claim.id)}"><header><h3>{escape(claim.id)} · '
    yield f"{escape(claim.slug)}</h3>{badge(result.verdict)}"
    if result.trust is not None:
        yield f'<span class="quiet">trust: {result.trust}</span>'
    yield f'<span class="quiet">reading: {state_of(claim, reviews)}</span>'
    yield "</header>"
    if not result.ok:
        reasons = "; ".join(result.problems) or "a check failed"
        yield f'<p class="bad">Expected {claim.expected}: {escape(reasons)}</p>'
    yield f"<p><b>{escape(claim.title)}</b></p>"
    equations = ", ".join(f"({number})" for number in claim.equations)
    yield f'<p class="quiet">{escape(claim.paper)}{"; display " + equations if equations else ""}</p>'
    yield f"<p>{escape(claim.prose)}</p>"
    if claim.depends:
        yield f"<p>Rests on {', '.join(_link(d, d in known) for d in claim.depends)}.</p>"
    if result.assumptions:
        yield f"<p>Assumes {', '.join(map(_link, result.assumptions))}.</p>"
    for check in result.checks:
        yield from _check(claim.id, check)
    yield "</section>"


def _check(claim_id: str, result: CheckResult) -> Iterator[str]:
    check = result.check
    state = "✓" if result.ok else "–" if result.state == "unavailable" else "✗"
    yield f'<div class="check" id="{escape(claim_id)}-{escape(check.id)}"><p>'
    tone = "bad" if result.state == "failed" else "quiet"
    yield f'<span class="{tone}">{state}</span> <b>{escape(check.id)}</b>'
    settled = (
        f"; settled by {', '.join(result.settled_by)} ({result.trust})" if result.settled_by else ""
    )
    yield f'<span class="quiet">{check.role}, expected {check.expect}{settled}</span></p>'
    yield from _statement(check.obligation if isinstance(check.obligation, Statement) else None)
    if not isinstance(check.obligation, Statement):
        yield f"<p>{escape(check.obligation.text)}</p>"
    if check.note:
        yield f'<p class="quiet">{escape(check.note)}</p>'
    for problem in result.problems:
        yield f'<p class="{tone}">{escape(problem)}</p>'
    for outcome in result.evidence.outcomes:
        if outcome.status == "refuted" and outcome.witness:
            yield f"<p>Witness: <code>{escape(_short(point_text(outcome.witness)))}</code></p>"
            break
    yield from _kernel(result.evidence.outcomes)
    yield from _outcomes(result.evidence.outcomes)
    yield from _mutants(result.evidence.mutants)
    yield "</div>"


def _statement(statement: Statement | None) -> Iterator[str]:
    if statement is None:
        return
    conclusion, conditions = statement_to_mathml(statement)
    yield f'<div class="statement">{math_element(conclusion)}</div>'
    if conditions:
        shown = "".join(f"<math>{condition}</math>" for condition in conditions)
        yield f'<div class="given">for {shown}</div>'


def _short(text: str, limit: int = 400) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


def _kernel(outcomes: Iterable[Outcome]) -> Iterator[str]:
    for outcome in outcomes:
        theorem = outcome.evidence.get("theorem")
        if not theorem:
            continue
        axioms = outcome.evidence.get("axioms") or ["none"]
        negation = " (its negation)" if outcome.evidence.get("negated") else ""
        yield f"<p>{escape(outcome.engine)} theorem <code>{escape(theorem)}</code>{negation} in"
        yield f"<code>{escape(str(outcome.evidence.get('file', '')))}</code></p>"
        statement = outcome.evidence.get("statement")
        of = " of its file" if outcome.evidence.get("axioms_of") == "file" else ""
        if primitives := outcome.evidence.get("primitives"):
            axioms = [*axioms, f"and {len(primitives)} primitives of the kernel"]
        yield f"<details><summary>theorem and axioms{of}</summary>"
        if statement:
            yield f"<pre>{escape(str(statement))}</pre>"
        yield f"<p class='mono'>{escape(', '.join(axioms))}</p></details>"


def _table_head(*names: str) -> str:
    """Open a table that scrolls on its own; closed by ``</tbody></table></div>``."""
    cells = "".join(f"<th>{name}</th>" for name in names)
    return f'<div class="scroll"><table><thead><tr>{cells}</tr></thead><tbody>'


def _outcomes(outcomes: Sequence[Outcome]) -> Iterator[str]:
    if not outcomes:
        return
    yield f"<details><summary>{len(outcomes)} engine run{'s' if len(outcomes) != 1 else ''}</summary>"
    yield _table_head("Engine", "Outcome", "Trust", "Seconds", "Detail")
    for o in outcomes:
        yield f"<tr><td>{escape(o.engine)}</td><td>{o.status}</td><td>{o.trust or ''}</td>"
        yield f'<td class="number">{o.seconds:.3f}</td><td>{escape(_short(o.detail))}</td></tr>'
    yield "</tbody></table></div></details>"


def _mutants(mutants: Sequence[MutantResult]) -> Iterator[str]:
    if not mutants:
        return
    killed = sum(mutant.fate is Fate.KILLED for mutant in mutants)
    yield f"<details><summary>{killed} of {len(mutants)} mutants killed</summary>"
    yield _table_head("Mutant", "Fate", "By", "Where")
    for mutant in mutants:
        where = point_text(mutant.witness) if mutant.witness else mutant.survives or mutant.detail
        yield f"<tr><td>{escape(mutant.name)}</td><td>{mutant.fate}</td><td>{escape(mutant.engine)}</td>"
        yield f"<td>{escape(_short(where, 160))}</td></tr>"
    yield "</tbody></table></div></details>"


def _provenance(result: AuditResult) -> Iterator[str]:
    settings = result.settings
    yield "<h2>How to repeat this run</h2><div class='scroll'><table><tbody>"
    rows = [
        ("srverify", __version__),
        ("Python", platform.python_version()),
        ("system", f"{platform.system()} {platform.machine()}"),
        ("seed", str(settings.seed)),
        ("timeout", f"{settings.timeout:g} s per engine run"),
        ("digits", str(settings.digits)),
        ("only", " ".join(settings.only) or "all claims"),
        ("engines", " ".join(settings.engines) or "all that the checks name"),
    ]
    for name, state in result.engines.items():
        version = state.version if state.available else f"unavailable: {state.reason}"
        rows.append((f"engine {name}", version or ""))
    for name, value in rows:
        yield f"<tr><th>{escape(name)}</th><td>{escape(value)}</td></tr>"
    yield "</tbody></table></div>"
