"""Small pieces that every part of the page uses."""

from __future__ import annotations

from html import escape

from srverify.claims.claim import Verdict

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


def table_head(*names: str) -> str:
    """Open a table that scrolls on its own; closed by ``</tbody></table></div>``."""
    cells = "".join(f"<th>{name}</th>" if name else "<td></td>" for name in names)
    return f'<div class="scroll" tabindex="0"><table><thead><tr>{cells}</tr></thead><tbody>'


def short(text: str, limit: int = 400) -> str:
    """Return a text, cut at a limit."""
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


def copyable(text: str) -> str:
    """Return a command or text with a button that copies it."""
    button = '<button type="button" class="copy">copy</button>'
    return f'<div class="copyable"><code>{escape(text)}</code>{button}</div>'
