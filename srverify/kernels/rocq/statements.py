"""The pinned statement of a theorem, for reports: what people read instead of its proof."""

from __future__ import annotations

from pathlib import Path

from srverify.claims.obligation import Obligation, Theorem
from srverify.kernels.rocq.development import STATEMENTS, Development
from srverify.running.snapshot import Current, snapshot

_DEVELOPMENTS: Current[Development] = Current()


def pinned_text(obligation: Obligation, folder: Path) -> str | None:
    """Return what a theorem is compared with, as written in ``rocq/Statements/`` of a claims folder.

    ``None`` for what is no Rocq theorem or a printed statement, and where nothing is pinned.
    """
    if not isinstance(obligation, Theorem) or obligation.engine != "rocq":
        return None
    if obligation.statement is not None:
        return None
    sources = folder / "rocq"
    state = snapshot(sources / STATEMENTS, ".v", deep=True)
    if not state:
        return None
    pinned = _DEVELOPMENTS.get(sources, state, Development).pinned.get(obligation.pinned_name)
    return None if pinned is None else pinned.text
