"""Functions of weighted means of variables: the mean becomes a variable in the place of one of them."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.formula import Relation
from srverify.language.term import Symbol, Term
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.angles import linear_angle
from srverify.numerics.tactics.driver import Driver, Link, Proposal, relation
from srverify.numerics.tactics.forms import RATIONAL, expanded, plain
from srverify.numerics.tactics.hypotheses import combined, fresh


def by_midpoints(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Put ``x = 2*m - y`` where x occurs so that functions of one variable each are left."""
    goal = relation(sequent)
    if goal is None or goal.operator == "=" or len(sequent.variables) < 2:
        return
    f, last = difference(goal), len(sequent.hypotheses)
    for mean, weights in means(f):
        name = fresh(sequent, "m")
        m = t.variable(name)
        for x, weight in weights.items():
            others = [t.mul(t.number(c), y) for y, c in weights.items() if y is not x]
            value = t.div(t.sub(m, t.add(*others)), t.number(weight))
            value = plain(value)
            left = expanded(t.substitute(f, {x: value}))
            if sequent.domains[x.name].natural or left is None or _mixed(left):
                continue
            orders = list(_orders(sequent, x, m, weights, last))
            links: list[Link] = [
                {"rule": "define", "name": name, "term": str(mean)},
                *orders,
                ({"rule": "have", "formula": f"{x} = {value}"}, combined((-1 / weight, ["hyp", last]))),
                {"rule": "weaken", "drop": [last]},
                {"rule": "eliminate", "hyp": last + len(orders), "var": x.name},
                {"rule": "rewrite", "goal": f"0 {goal.operator} {left}"},
            ]
            found = driver.chain(sequent, links, depth)
            if found is not None:
                yield found, -1
            return


def means(f: Term) -> Iterator[tuple[Term, dict[Symbol, Fraction]]]:
    """Yield the weighted means of several variables of which a function is taken."""
    for node in dict.fromkeys(t.subterms(f)):
        if node.operator in RATIONAL or not node.arguments or not t.symbols_of(node):
            continue
        mean = node.arguments[0]
        parts = linear_angle(mean)
        if parts is None or len(parts) < 2 or sum(parts.values()) != 1:
            continue
        weights = {x: c for x, c in parts.items() if isinstance(x, Symbol) and c > 0}
        if len(weights) == len(parts):
            yield mean, weights


def _mixed(f: Term) -> bool:
    """Tell whether a function of several variables occurs in a term."""
    return any(node.operator not in RATIONAL and len(t.symbols_of(node)) > 1 for node in t.subterms(f))


def _orders(
    sequent: Sequent, x: Symbol, m: Symbol, weights: dict[Symbol, Fraction], last: int
) -> Iterator[Link]:
    """Yield what orders of x and the only other variable say of their mean and that one."""
    others = weights.keys() - {x}
    for index, h in enumerate(sequent.hypotheses):
        if len(others) == 1 and isinstance(h, Relation) and {h.left, h.right} == {x, *others}:
            (y,) = others
            sides = (m, y) if h.right is y else (y, m)
            turn = 1 if h.right is y else -1
            shown = combined((weights[x], ["hyp", index]), (turn, ["hyp", last]))
            yield {"rule": "have", "formula": f"{sides[0]} {h.operator} {sides[1]}"}, shown


__all__ = ["by_midpoints", "means"]
