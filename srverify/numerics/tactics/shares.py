"""Sums of one term for each variable, each at least its variable's share of the sum of powers.

For ``c <= T_1 + ... + T_n``, where scaling all variables changes nothing, it is enough that
``T_i >= c*x_i^k/(x_1^k + ... + x_n^k)`` for every i; where all T_i are c/n at equal variables, their
slopes there leave one k only.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction

from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.term import Symbol, Term
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.calculus import slope_of
from srverify.numerics.tactics.driver import Driver, Link, Proposal, relation
from srverify.numerics.tactics.floats import sign, value_at
from srverify.numerics.tactics.forms import symbols_in_order
from srverify.numerics.tactics.hypotheses import combined
from srverify.numerics.tactics.planes import summands
from srverify.numerics.tactics.scaling import is_open_ray, scales

#: Exponents that are tried where slopes do not say which; denominators of those that slopes say.
_EXPONENTS, _DENOMINATOR = (Fraction(1), Fraction(2), Fraction(1, 2), Fraction(3, 2)), 6
_FEW, _MANY = 2, 4


def by_shares(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Show ``c <= T_1 + ... + T_n`` by the shares of powers of the variables."""
    goal = relation(sequent)
    if goal is None or goal.operator == "=" or depth < 1 or sequent.hypotheses:
        return
    variables = [v.symbol for v in sequent.variables]
    if not _FEW < len(variables) <= _MANY or not all(is_open_ray(v.domain) for v in sequent.variables):
        return
    f = difference(goal)
    parts = summands(f)
    numbers = [s for s in parts if not t.symbols_of(s)]
    moving = [s for s in parts if t.symbols_of(s)]
    if len(moving) != len(variables) or not numbers:
        return
    total = t.neg(t.add(*numbers))
    if sign(total, sequent) != 1 or any(scales(s, sequent) != 0 for s in moving):
        return
    for exponent in _exponents(moving, variables, total):
        powers = {x: x if exponent == 1 else t.power(x, t.number(exponent)) for x in variables}
        owners = _owners(sequent, moving, powers, total)
        if owners is None:
            continue
        links: list[Link] = []
        for place, (s, share) in enumerate(zip(moving, owners, strict=True)):
            # One strict inequality will do; without hypotheses, proofs serve for all that are alike.
            operator = "<" if goal.operator == "<" and place == 0 else "<="
            have = {"rule": "have", "formula": f"{share} {operator} {s}"}
            links.append((have, {"rule": "weaken", "drop": list(range(place))}) if place else have)
        links.append(combined(*((1, ["hyp", i]) for i in range(len(moving)))))
        found = driver.chain(sequent, links, depth)
        if found is not None:
            yield found, -1
        return


def _exponents(moving: list[Term], variables: list[Symbol], total: Term) -> Iterator[Fraction]:
    """Yield the exponents that may do."""
    at = dict.fromkeys((x.name for x in variables), 1.0)
    whole, count = value_at(total, {})[0], len(variables)
    first = value_at(moving[0], at)[0]
    if abs(first * count - whole) > 1e-9 * whole:
        yield from _EXPONENTS
        return
    slopes = [slope_of(moving[0], x) for x in variables]
    steep = max(value_at(s, at)[0] if s is not None else -math.inf for s in slopes)
    if math.isfinite(steep) and steep > 0:
        exact = steep * count**2 / (whole * (count - 1))
        found = Fraction(exact).limit_denominator(_DENOMINATOR)
        if abs(float(found) - exact) < 1e-9:
            yield found


def _owners(
    sequent: Sequent, moving: list[Term], powers: dict[Symbol, Term], total: Term
) -> list[Term] | None:
    """Return for every summand a share that it seems to exceed, another one for each, or None."""
    left = list(powers)
    found: list[Term] = []
    for s in moving:
        for x in left:
            # The same order as in the summand, so that those that are alike look alike.
            others = [y for y in symbols_in_order([s]) if y is not x]
            below = t.add(powers[x], *(powers[y] for y in others))
            share = t.div(t.mul(total, powers[x]), below)
            if len(others) == len(powers) - 1 and sign(t.sub(s, share), sequent) in (0, 1):
                found.append(share)
                left.remove(x)
                break
        else:
            return None
    return found


__all__ = ["by_shares"]
