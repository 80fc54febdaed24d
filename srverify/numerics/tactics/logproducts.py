"""Sums of logarithms with rational factors, by the products of their arguments."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction

from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.term import Term
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.driver import Driver, Link, Proposal, relation
from srverify.numerics.tactics.forms import is_rational, linear_combination
from srverify.numerics.tactics.hypotheses import combined
from srverify.numerics.tactics.lawful import law

#: Higher powers, and more factors, make polynomials too large.
_MAX_POWER, _MAX_FACTORS = 6, 6


def by_log_products(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Show ``2*log(a) <= log(b) + log(c)`` by ``a^2 <= b*c``, the arguments being rational functions."""
    goal = relation(sequent)
    if goal is None or goal.operator == "=" or len(sequent.variables) < 2:
        return
    factors = _factors(difference(goal))
    if factors is None:
        return
    scale = math.lcm(*(c.denominator for c in factors.values()))
    powers = {u: int(c * scale) for u, c in factors.items()}
    scale_down = math.gcd(*powers.values())
    powers = {u: k // scale_down for u, k in powers.items()}
    if sum(map(abs, powers.values())) > _MAX_POWER or len(powers) > _MAX_FACTORS:
        return
    sides = [[(u, abs(k)) for u, k in powers.items() if (k > 0) == above] for above in (False, True)]
    low, high = (t.mul(*map(_power, side)) if side else t.ONE for side in sides)
    last, weight = len(sequent.hypotheses), Fraction(scale_down, scale)
    links: list[Link] = [
        {"rule": "have", "formula": f"{low} {goal.operator} {high}"},
        law("log_strict" if goal.operator == "<" else "log_monotone", a=low, b=high),
    ]
    summands: list[tuple[object, ...]] = [(weight, ["hyp", last + 1])]
    for sign, side in ((-weight, sides[0]), (weight, sides[1])):
        for instance in _split(side):
            summands.append((sign, ["hyp", last + len(links)]))
            links.append(instance)
    found = driver.chain(sequent, [*links, combined(*summands)], depth)
    if found is not None:
        yield found, -1


def _factors(f: Term) -> dict[Term, Fraction] | None:
    """Return the factors of logarithms of rational functions, if a term is a sum of at least two."""
    parts = linear_combination(f)
    if parts is None or any(
        atom.operator != "log" or not is_rational(atom.arguments[0]) for atom in parts
    ):
        return None
    found = {atom.arguments[0]: c for atom, c in parts.items()}
    return found if len(found) > 1 else None


def _power(factor: tuple[Term, int]) -> Term:
    u, k = factor
    return u if k == 1 else t.power(u, t.number(k))


def _split(side: list[tuple[Term, int]]) -> Iterator[Link]:
    """Yield the laws that write the logarithm of a product of powers as a sum."""
    for place, (u, k) in enumerate(side):
        rest = [_power(factor) for factor in side[place + 1 :]]
        if rest:
            yield law("log_product", a=_power((u, k)), b=t.mul(*rest))
        if k != 1:
            yield law("log_power", a=u, b=t.number(k))


__all__ = ["by_log_products"]
