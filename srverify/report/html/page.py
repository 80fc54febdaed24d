"""Build the page from an audit's result."""

from __future__ import annotations

import ast
import platform
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib import resources
from pathlib import Path

from srverify import __version__
from srverify.audit.result import AuditResult, ClaimResult
from srverify.claims.plugins import plugins, resolve
from srverify.language.errors import InputError
from srverify.report.files import write_whole
from srverify.report.html.axioms import Axioms
from srverify.report.html.claim_section import claim_section
from srverify.report.html.filters import equation_map, filters
from srverify.report.html.graph import Lane, dependency_graph
from srverify.report.html.overview import overview, title_of
from srverify.report.html.parts import link
from srverify.report.html.prose import typeset
from srverify.report.printable import printable
from srverify.report.summary import summarise


@dataclass(frozen=True)
class Plot:
    """A figure of a plugin: which claims it is about, what it shows, and the drawing (SVG)."""

    claims: tuple[str, ...]
    caption: str
    svg: str


def write(result: AuditResult, path: Path) -> None:
    """Write the page, whole or not at all; raises InputError if the place cannot be written.

    What is simulated for a plot is told on stderr, and so is why there are none.
    """
    drawn: tuple[Plot, ...] = ()
    try:
        drawn = tuple(_drawn(result))
    except InputError as error:
        _tell(f"the page has no plots: {error}")
    write_whole(path, printable(render(result, drawn)))


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
    files = resources.files(__package__)
    style = files.joinpath("style.css").read_text(encoding="utf-8")
    script = files.joinpath("script.js").read_text(encoding="utf-8")
    known = {claim.claim.id for claim in result.claims}
    axioms = Axioms()
    body = [
        "<main>",
        *overview(result),
        *_graph(result),
        *_plots(drawn, known),
        *_contents(result),
        *_filters(result),
        *_sections(result, axioms),
        *_assumptions(result),
        *axioms.section(),
        *equation_map(result.ledger.equations, known),
        *_single_engine(result),
        *_provenance(result),
        "</main>",
    ]
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<link rel="icon" href="data:,">\n'
        f"<title>Audit of {escape(title_of(result))}</title>\n"
        f"<style>\n{style}</style>\n</head>\n"
        f"<body>\n{chr(10).join(body)}\n<script>\n{script}</script>\n</body>\n</html>\n"
    )


# -- parts ---------------------------------------------------------------------------------------


def _assumptions(result: AuditResult) -> Iterator[str]:
    users = summarise(result).assumptions
    if not result.ledger.assumptions:
        return
    yield "<h2>Assumptions and what rests on them</h2>"
    for name, assumption in result.ledger.assumptions.items():
        yield f'<h3 class="assumption" id="{escape(name)}">{escape(name)}'
        yield f'<span class="quiet">{escape(assumption.paper)}</span></h3>'
        yield f"<p>{typeset(assumption.statement)}</p><p class='quiet'>{typeset(assumption.known)}</p>"
        if users.get(name):
            yield f"<p>Used by {', '.join(map(link, users[name]))}.</p>"


def _single_engine(result: AuditResult) -> Iterator[str]:
    places = summarise(result).single_engine
    if places:
        links = (f'<a href="#{escape(p.replace(" ", "-"))}">{escape(p)}</a>' for p in places)
        yield f"<details><summary>{len(places)} checks rest on one engine</summary>"
        yield f"<p>Settled by one engine only: {', '.join(links)}.</p></details>"


def _graph(result: AuditResult) -> Iterator[str]:
    lanes = [
        Lane(_section_title(file), tuple(claim.claim.id for claim in claims))
        for file, claims in _grouped(result).items()
    ]
    graph = dependency_graph(result.claims, lanes)
    if graph:
        yield "<h2>Which claim rests on which</h2>"
        yield f"<figure>{graph}"
        yield "<figcaption>A lane for each section. A claim stands to the right of"
        yield "what it rests on; lines that follow from others are left out. Colours are verdicts; a box"
        yield "names its claim when pointed at, and leads to it.</figcaption></figure>"


def _plots(drawn: Sequence[Plot], known: set[str]) -> Iterator[str]:
    if drawn:
        yield "<h2>Experiments</h2>"
    for plot in drawn:
        about = ", ".join(map(link, plot.claims))
        yield f'<figure class="plot">{plot.svg}<figcaption>{typeset(plot.caption, known)}'
        yield f"Shows {about}.</figcaption></figure>"


#: A module's first line where that is a plain docstring: most are, and parsing them takes long.
_FIRST_LINE = re.compile(r'"""([^"\\\n]+)(?:"""|\n)')


@cache
def _section_title(file: Path) -> str:
    try:
        text = file.read_text(encoding="utf-8")
        plain = _FIRST_LINE.match(text)
        text = plain[1] if plain else ast.get_docstring(ast.parse(text)) or ""
    except (OSError, SyntaxError, ValueError):
        text = ""
    return text.partition("\n")[0].strip().rstrip(".") or file.stem


def _grouped(result: AuditResult) -> dict[Path, list[ClaimResult]]:
    groups: dict[Path, list[ClaimResult]] = {}
    for claim in result.claims:
        groups.setdefault(result.ledger.sources[claim.claim.id], []).append(claim)
    return groups


def _contents(result: AuditResult) -> Iterator[str]:
    yield "<h2>Contents</h2><nav><ul>"
    for file, claims in _grouped(result).items():
        yield f'<li><a href="#{escape(file.stem)}">{typeset(_section_title(file))}</a>'
        yield f'<span class="quiet"> ({len(claims)})</span></li>'
    yield "</ul></nav>"


def _filters(result: AuditResult) -> Iterator[str]:
    sections = {file.stem: _section_title(file) for file in _grouped(result)}
    verdicts = {str(claim.verdict) for claim in result.claims}
    trusts = {str(claim.trust) for claim in result.claims}
    yield from filters(sections, verdicts, trusts)


def _sections(result: AuditResult, axioms: Axioms) -> Iterator[str]:
    known = {claim.claim.id for claim in result.claims}
    for file, claims in _grouped(result).items():
        name = escape(file.stem)
        yield f'<h2 id="{name}" data-section="{name}">{typeset(_section_title(file))}</h2>'
        for claim in claims:
            yield from claim_section(claim, file.stem, known, result.ledger.reviews, file.parent, axioms)


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
