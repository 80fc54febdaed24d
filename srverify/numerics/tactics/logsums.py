"""Sums of logarithms compared by their products, where these hide logarithms themselves.

``log(a) + log(x) <= log(x - log(x))`` is ``a*x <= x - log(x)``: where the argument of a logarithm
has logarithms in it, derivatives of the sum are quotients of these, and those of the products are not.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import lcm

from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.formula import Relation
from srverify.language.parser import formula_text
from srverify.language.term import Term
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.driver import Driver, Link, Proposal, relation
from srverify.numerics.tactics.forms import number, polynomial
from srverify.numerics.tactics.hypotheses import combined
from srverify.numerics.tactics.lawful import law, rewriting
from srverify.numerics.tactics.logarithms import spread

#: The largest power of an argument.
_MAX_POWER = 4


def by_log_sums(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Compare two products, whose logarithms a goal compares."""
    goal = relation(sequent)
    if goal is None or goal.operator == "=":
        return
    found = _products(difference(goal))
    if found is None:
        return
    below, above, scale = found
    last = len(sequent.hypotheses)
    links: list[Link] = [
        {"rule": "have", "formula": formula_text(Relation(goal.operator, below, above))},
        law("log_strict" if goal.operator == "<" else "log_monotone", a=below, b=above),
    ]
    for product in (below, above):
        for instance in spread(product, powers=True):
            links += rewriting(instance, last + 1)
    proof = driver.chain(sequent, [*links, combined((f"1/{scale}", ["hyp", last + 1]))], depth)
    if proof is not None:
        yield proof, -1


def _products(f: Term) -> tuple[Term, Term, int] | None:
    """Return (P, Q, n) with ``n*f = log(Q) - log(P)``, a factor of which has a logarithm that varies."""
    form = polynomial(f)
    if form is None:
        return None
    space, poly = form
    weights = {}
    for exponents, c in poly.to_dict().items():
        if sum(exponents) != 1:
            return None
        atom = space.atoms[exponents.index(1)]
        if atom.operator != "log":
            return None
        weights[atom.arguments[0]] = number(c).value
    if len(weights) < 2 or not any(map(_hides_a_logarithm, weights)):
        return None
    scale = lcm(*(c.denominator for c in weights.values()))
    powers = {u: int(c * scale) for u, c in weights.items()}
    if max(map(abs, powers.values())) > _MAX_POWER:
        return None
    below = [_power(u, -k) for u, k in powers.items() if k < 0]
    above = [_power(u, k) for u, k in powers.items() if k > 0]
    return _product(below), _product(above), scale


def _hides_a_logarithm(u: Term) -> bool:
    return u.operator != "log" and any(n.operator == "log" and t.symbols_of(n) for n in t.subterms(u))


def _product(factors: list[Term]) -> Term:
    return t.mul(*factors) if factors else t.ONE


def _power(u: Term, k: int) -> Term:
    return u if k == 1 else t.power(u, t.number(k))


__all__ = ["by_log_sums"]
