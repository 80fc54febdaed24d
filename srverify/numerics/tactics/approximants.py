"""Logarithms of several variables bounded by rational functions of their arguments."""

from __future__ import annotations

from collections.abc import Iterator

from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.formula import Relation
from srverify.language.parser import formula_text
from srverify.language.term import Term
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.driver import Driver, Node, Proposal, expand, relation
from srverify.numerics.tactics.floats import sign
from srverify.numerics.tactics.forms import plain
from srverify.numerics.tactics.hypotheses import combined, fresh
from srverify.numerics.tactics.lawful import linear_parts
from srverify.numerics.tactics.shifting import is_mixed


def by_approximants(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Show ``0 <= p*log(u) + r`` by a bound of the logarithm, u being a term of several variables.

    For u >= 1, ``2*(u - 1)/(u + 1) <= log(u) <= (u - 1/u)/2``, and the reverse for u <= 1; both touch to
    third order at u = 1. What is left must seem to hold, and have functions of one variable only.
    """
    goal = relation(sequent)
    if goal is None or goal.operator == "=" or depth < 1 or len(sequent.variables) < 2:
        return
    for atom, p, r in linear_parts(difference(goal), ("log",)):
        (u,) = atom.arguments
        if len(t.symbols_of(u)) < 2 or any(is_mixed(n) for part in (p, r) for n in t.subterms(part)):
            continue
        weight, side = sign(p, sequent), sign(t.sub(u, t.ONE), sequent)
        if weight not in (1, -1) or side not in (1, -1):
            continue
        value = _bound(u, weight * side > 0)
        rest = t.add(t.mul(p, value), r)
        if sign(rest, sequent) not in (0, 1):
            continue
        said = Relation("<=", value, atom) if weight > 0 else Relation("<=", atom, value)
        left = Relation(goal.operator, t.ZERO, plain(rest))
        found = _shown(driver, sequent, depth, (left, said), p if weight > 0 else t.neg(p), side > 0)
        if found is not None:
            yield found, -1
        return


def _bound(u: Term, inner: bool) -> Term:
    """Return the rational function between log(u) and 0, or the one beyond it."""
    if inner:
        return t.div(t.mul(t.number(2), t.sub(u, t.ONE)), t.add(u, t.ONE))
    return t.div(t.sub(u, t.div(t.ONE, u)), t.number(2))


def _shown(
    driver: Driver, sequent: Sequent, depth: int, both: tuple[Relation, Relation], weight: Term, up: bool
) -> Node | None:
    """Show what is left, then the bound for whatever is on its side of 1, then the goal."""
    left, said = both
    last = len(sequent.hypotheses)
    first: Node = {"rule": "have", "formula": formula_text(left)}
    second: Node = {"rule": "have", "formula": formula_text(said)}
    alone, wider = expand(sequent, first)
    # It costs no depth: what is left has a function less.
    rest = driver.prove(alone, depth)
    if rest is None:
        return None
    bound, wider = expand(wider, second)
    u = next(side for side in (said.left, said.right) if side.operator == "log").arguments[0]
    general: Node = {
        "rule": "generalize",
        "term": str(u),
        "name": fresh(bound, "v"),
        "domain": "[1, oo)" if up else "(0, 1]",
    }
    shown = driver.apply(bound, general, depth)
    closing: Node = combined((1, ["hyp", last]), (1, ["hyp", last + 1], ["nonneg", str(weight)]))
    end = None if shown is None else driver.apply(wider, closing, 1)
    if shown is None or end is None:
        return None
    return {**first, "children": [rest, {**second, "children": [shown, end]}]}


__all__ = ["by_approximants"]
