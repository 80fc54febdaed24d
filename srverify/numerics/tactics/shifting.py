"""Functions of a sum of variables: the sum becomes a variable where one of them has all real values."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from srverify.checker.sequent import Sequent, mentions
from srverify.language import term as t
from srverify.language.statement import Domain
from srverify.language.term import Symbol, Term
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.angles import linear_angle
from srverify.numerics.tactics.driver import Driver, Link, Proposal, relation
from srverify.numerics.tactics.forms import RATIONAL, expanded, tidied
from srverify.numerics.tactics.hypotheses import combined, fresh


def by_shifting(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Put ``x = (s - b*y)/a`` where functions of ``a*x + b*y`` are all that x is in, sums aside.

    What is left has functions of one variable each.
    """
    goal = relation(sequent)
    if goal is None or goal.operator == "=" or len(sequent.variables) < 2:
        return
    free = {v.symbol for v in sequent.variables if v.domain == Domain()}
    free -= {x for x in free if any(mentions(h, x) for h in sequent.hypotheses)}
    if not free:
        return
    f, last = difference(goal), len(sequent.hypotheses)
    mixed = [n for n in dict.fromkeys(t.subterms(f)) if is_mixed(n)]
    for whole, weights in _sums(mixed):
        name = fresh(sequent, "s")
        s = t.variable(name)
        for x in weights.keys() & free:
            rest = [t.mul(t.number(-c), y) for y, c in weights.items() if y is not x]
            value = t.mul(t.number(1 / weights[x]), t.add(s, *rest))
            left = expanded(tidied(t.substitute(f, {x: value})))
            if left is None or any(map(is_mixed, t.subterms(left))):
                continue
            links: list[Link] = [
                {"rule": "define", "name": name, "term": str(whole)},
                (
                    {"rule": "have", "formula": f"{x} = {value}"},
                    combined((-1 / weights[x], ["hyp", last])),
                ),
                {"rule": "weaken", "drop": [last]},
                {"rule": "eliminate", "hyp": last, "var": x.name},
                {"rule": "rewrite", "goal": f"0 {goal.operator} {left}"},
            ]
            found = driver.chain(sequent, links, depth)
            if found is not None:
                yield found, -1
            return


def is_mixed(node: Term) -> bool:
    """Tell whether a term is a function of several variables."""
    return node.operator not in RATIONAL and len(t.symbols_of(node)) > 1


def _sums(mixed: list[Term]) -> Iterator[tuple[Term, dict[Symbol, Fraction]]]:
    """Yield the sums of several variables of which functions are taken."""
    for node in mixed:
        parts = linear_angle(node.arguments[0])
        if parts is None or len(node.arguments) > 1 or len(parts) < 2:
            continue
        weights = {x: c for x, c in parts.items() if isinstance(x, Symbol)}
        if len(weights) == len(parts):
            yield node.arguments[0], weights


__all__ = ["by_shifting", "is_mixed"]
