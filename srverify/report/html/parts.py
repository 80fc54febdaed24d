"""Small pieces that every part of the page uses."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from srverify.claims.claim import Verdict
from srverify.emit.mathml import math_element, statement_to_mathml
from srverify.language.statement import Statement

_SYMBOLS = {
    Verdict.HOLDS: "✓",
    Verdict.REPAIRED: "⟳",
    Verdict.REFUTED: "✗",
    Verdict.CONDITIONAL: "◇",
    Verdict.SHARPER: "▲",
    Verdict.OPEN: "?",
}


def badge(verdict: Verdict) -> str:
    """Return a verdict as a badge: symbol and word, so that colour is never needed."""
    return f'<span class="badge {verdict}">{_SYMBOLS[verdict]} {verdict}</span>'


def link(claim_id: str, known: bool = True) -> str:
    """Return a link to a claim of the page, or its id where it is not on it."""
    name = escape(claim_id)
    return f'<a href="#{name}">{name}</a>' if known else name


def displayed(statement: Statement, before: str = "") -> Iterator[str]:
    """Yield a statement's conclusion, after some HTML, and its conditions."""
    conclusion, conditions = statement_to_mathml(statement)
    yield f'<div class="statement">{before}{math_element(conclusion)}</div>'
    if conditions:
        shown = "".join(f"<math>{condition}</math>" for condition in conditions)
        yield f'<div class="given">for {shown}</div>'


def table_head(*names: str) -> str:
    """Open a table that scrolls on its own; closed by ``</tbody></table></div>``."""
    cells = "".join(f"<th>{name}</th>" if name else "<td></td>" for name in names)
    return f'<div class="scroll"><table><thead><tr>{cells}</tr></thead><tbody>'


def short(text: str, limit: int = 400) -> str:
    """Return a text, cut at a limit."""
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


def copyable(text: str) -> str:
    """Return a command or text that a button copies, which the page's script adds."""
    return f'<div class="copyable"><code>{escape(text)}</code></div>'
