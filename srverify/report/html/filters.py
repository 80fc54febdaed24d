"""Search and filters over the page's claims, and the equation map."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from html import escape

from srverify.claims.claim import Verdict
from srverify.claims.outcome import Trust
from srverify.report.html.parts import link


def filters(
    sections: Mapping[str, str], verdicts: Collection[str], trusts: Collection[str]
) -> Iterator[str]:
    """Yield the form; ``sections`` maps anchors to titles. Without scripts every claim stays shown."""
    yield '<form class="filters" role="search" aria-label="Find claims" hidden>'
    yield '<label>Text <input type="search" name="text" placeholder="id, words, engine"></label>'
    yield '<label>Display <input type="search" name="equation" size="5" placeholder="(12)"></label>'
    yield from _select("verdict", "Verdict", ((str(v), str(v)) for v in Verdict if v in verdicts))
    yield from _select("trust", "Trust", ((str(t), str(t)) for t in Trust if t in trusts))
    yield from _select("section", "Section", sections.items())
    yield '<button type="reset">All</button> <output class="quiet" aria-live="polite"></output></form>'


def _select(name: str, label: str, options: Iterable[tuple[str, str]]) -> Iterator[str]:
    yield f'<label>{label} <select name="{name}"><option value="">any</option>'
    for value, text in options:
        yield f'<option value="{escape(value)}">{escape(text)}</option>'
    yield "</select></label>"


def equation_map(
    equations: Mapping[int | str, tuple[str, ...]], known: Collection[str]
) -> Iterator[str]:
    """Yield which claim answers for which numbered display of the paper."""
    if not equations:
        return
    yield '<h2 id="equations">Which claim answers for which display</h2><ul class="equations">'
    for number, ids in equations.items():
        claims = " ".join(link(name, name in known) for name in ids)
        shown = claims or "<span class='quiet'>notation</span>"
        yield f"<li><b>({escape(str(number))})</b> {shown}</li>"
    yield "</ul>"
