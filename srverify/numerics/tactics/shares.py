"""Sums of one term for each variable, each at least its variable's share of the sum of powers.

For ``c <= T_1 + ... + T_n``, where scaling all variables changes nothing, it is enough that
``T_i >= c*x_i^k/(x_1^k + ... + x_n^k)`` for every i; where all T_i are c/n at equal variables, their
slopes there leave one k only.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from itertools import permutations

from srverify.checker.check import expand
from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.term import Symbol, Term
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.calculus import slope_of
from srverify.numerics.tactics.driver import Driver, Link, Node, Proposal, relation
from srverify.numerics.tactics.floats import sign, value_at
from srverify.numerics.tactics.forms import symbols_in_order
from srverify.numerics.tactics.hypotheses import combined
from srverify.numerics.tactics.planes import summands
from srverify.numerics.tactics.scaling import is_open_ray, scales
from srverify.numerics.tactics.tangents import least_point

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
    total = t.add(*(n.arguments[0] if n.operator == "neg" else t.neg(n) for n in numbers))
    if sign(total, sequent) != 1 or any(scales(s, sequent) != 0 for s in moving):
        return
    for exponent in _exponents(moving, variables, total):
        powers = {x: x if exponent == 1 else t.power(x, t.number(exponent)) for x in variables}
        owners = _owners(sequent, moving, powers, total)
        if owners is None:
            continue
        pairs = [(share, s) for (_, share), s in zip(owners, moving, strict=True)]
        if goal.operator == "<" and _is_reached(sequent, *pairs[0]):
            found = _told_apart(driver, sequent, [x for x, _ in owners], pairs, depth)
        else:
            found = driver.chain(sequent, _links(pairs, 0 if goal.operator == "<" else None), depth)
        if found is not None:
            yield found, -1
        return


def _links(pairs: list[tuple[Term, Term]], strict: int | None, known: int = 0) -> list[Link]:
    """Return the steps that show every share by itself, one of them strictly, which will do.

    Only that one has the use of hypotheses; without them, proofs serve for all that are alike.
    """
    links: list[Link] = []
    for place, (share, s) in enumerate(pairs):
        have = {"rule": "have", "formula": f"{share} {'<' if place == strict else '<='} {s}"}
        first = known if place == strict else 0
        drop = list(range(first, known + place))
        links.append((have, {"rule": "weaken", "drop": drop}) if drop else have)
    return [*links, combined(*((1, ["hyp", known + i]) for i in range(len(pairs))))]


def _is_reached(sequent: Sequent, share: Term, s: Term) -> bool:
    """Tell whether a summand seems to be no more than its share somewhere."""
    gap = t.sub(s, share)
    lowest = least_point(sequent, gap)
    return lowest is not None and value_at(gap, lowest)[0] < 1e-9


def _told_apart(
    driver: Driver, sequent: Sequent, owners: list[Symbol], pairs: list[tuple[Term, Term]], depth: int
) -> Node | None:
    """Show a strict goal all of whose shares are reached: by the order of two variables one is not."""
    if depth < 2:
        return None
    for x, y in permutations(sequent.variables[:2]):
        head: Node = {"rule": "cases", "on": f"{x.name} < {y.name}"}
        proofs = []
        for case, z in zip(expand(sequent, head), (x, y), strict=True):
            proof = driver.chain(case, _links(pairs, owners.index(z.symbol), 1), depth - 1)
            if proof is None:
                break
            proofs.append(proof)
        else:
            return {**head, "children": proofs}
    return None


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
) -> list[tuple[Symbol, Term]] | None:
    """Return for every summand a variable whose share it seems to exceed, and that share, or None."""
    left = list(powers)
    found: list[tuple[Symbol, Term]] = []
    for s in moving:
        for x in left:
            # The same order as in the summand, so that those that are alike look alike.
            others = [y for y in symbols_in_order([s]) if y is not x]
            below = t.add(powers[x], *(powers[y] for y in others))
            share = t.div(t.mul(total, powers[x]), below)
            if len(others) == len(powers) - 1 and sign(t.sub(s, share), sequent) in (0, 1):
                found.append((x, share))
                left.remove(x)
                break
        else:
            return None
    return found


__all__ = ["by_shares"]
