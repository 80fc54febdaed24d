"""Goals about variables that hypotheses about functions imply: where the goal fails, so do these."""

from __future__ import annotations

from collections.abc import Iterator

from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.formula import Relation
from srverify.language.parser import formula_text
from srverify.language.term import Symbol
from srverify.numerics.tactics.driver import Driver, Link, Proposal, relation
from srverify.numerics.tactics.forms import is_rational


def by_contraposition(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Show that a hypothesis about functions fails where the goal, about variables only, does."""
    goal = relation(sequent)
    if depth < 2 or goal is None or goal.operator == "=" or _has_functions(goal):
        return
    symbols = _symbols(goal)
    for index, h in enumerate(sequent.hypotheses):
        if not isinstance(h, Relation) or h.operator == "=" or not _has_functions(h):
            continue
        if symbols <= _symbols(h):
            links: list[Link] = [
                {"rule": "cases", "on": formula_text(goal)},
                {"rule": "refute", "hyp": index},
            ]
            node = driver.chain(sequent, links, depth - 1)
            if node is not None:
                yield node, -1


def _symbols(h: Relation) -> set[Symbol]:
    return {symbol for side in (h.left, h.right) for symbol in t.symbols_of(side)}


def _has_functions(h: Relation) -> bool:
    return not all(map(is_rational, (h.left, h.right)))
