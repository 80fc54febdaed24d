"""Powers with a constant exponent of many digits, where their base is between 0 and 1.

Near an end at which the base vanishes a simple exponent beside it serves as well: then the base is a
power of a new variable, and the goal is one of its polynomials and logarithms.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction

from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.term import Number, Symbol, Term
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.driver import Driver, Link, Proposal, relation
from srverify.numerics.tactics.floats import axis, sign, value_at
from srverify.numerics.tactics.hypotheses import combined
from srverify.numerics.tactics.lawful import law, linear_parts

#: Denominators of simple exponents, and of those that are left as they are.
_SIMPLE, _PLAIN = 4, 12
#: Where the range is cut.
_DIGITS = 10**3


def by_simple_exponents(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Put a simple exponent for another one, where the goal still holds, or cut such a range off."""
    goal = relation(sequent)
    if goal is None or goal.operator == "=" or depth < 1 or len(sequent.variables) != 1:
        return
    (variable,) = sequent.variables
    x, f, last = variable.symbol, difference(goal), len(sequent.hypotheses)
    if variable.domain.natural or sequent.hypotheses:
        return
    for atom, p, rest in linear_parts(f, ("realpower", "ratpower")):
        base, exponent = atom.arguments
        value = _awkward(exponent)
        side = sign(p, sequent)
        if value is None or side not in (1, -1) or sign(base, sequent) != 1:
            continue
        if sign(t.sub(t.ONE, base), sequent) not in (0, 1):
            continue
        for simple in _beside(value, upwards=side > 0):
            other = t.number(simple)
            easier = t.add(rest, t.mul(p, t.power(base, other)))
            if sign(easier, sequent) in ((1,) if goal.operator == "<" else (0, 1)):
                low, high = (exponent, other) if side > 0 else (other, exponent)
                weight = p if side > 0 else t.neg(p)
                links: list[Link] = [
                    {"rule": "have", "formula": f"0 {goal.operator} {easier}"},
                    law("power_exponent_small", a=base, b=low, c=high),
                    combined((1, ["hyp", last]), (1, ["hyp", last + 1], ["nonneg", str(weight)])),
                ]
                found = driver.chain(sequent, links, depth)
                if found is not None:
                    yield found, -1
                return
            cut = _cut(sequent, easier, base, x)
            if cut is not None:
                yield {"rule": "cases", "on": f"{x} <= {cut}"}, 0
                return


def _awkward(exponent: Term) -> float | None:
    """Return the value of a constant that is no simple fraction."""
    if t.symbols_of(exponent):
        return None
    if isinstance(exponent, Number) and exponent.value.denominator <= _PLAIN:
        return None
    value, _ = value_at(exponent, {})
    return None if math.isnan(value) else value


def _beside(value: float, *, upwards: bool) -> list[Fraction]:
    """Return simple fractions on one side of a number, the nearest first."""
    found = {
        Fraction(math.ceil(value * q) if upwards else math.floor(value * q), q)
        for q in range(1, _SIMPLE + 1)
    }
    return sorted((q for q in found if q > 0), key=lambda q: abs(float(q) - value))


def _cut(sequent: Sequent, easier: Term, base: Term, x: Symbol) -> Number | None:
    """Return to or from where a term is positive, beside an end at which a base nearly vanishes."""
    domain = sequent.domains[x.name]
    points = sorted(axis(domain))
    if len(points) < 3 or domain.lower is None or domain.upper is None:
        return None
    for ordered in (points, points[::-1]):
        near, *others = (value_at(base, {x.name: point})[0] for point in ordered)
        positive = [value_at(easier, {x.name: point})[0] > 0 for point in ordered]
        if not near < max(others) / 64 or not positive[0] or all(positive):
            continue
        last = ordered[positive.index(False) - 1]
        # Half of the way, to stay clear of where it vanishes.
        end = float(domain.lower.value if ordered is points else domain.upper.value)
        cut = Fraction((end + last) / 2).limit_denominator(_DIGITS)
        number = t.number(cut)
        return number if domain.contains(number) and abs(float(cut) - end) > 1e-3 else None
    return None


__all__ = ["by_simple_exponents"]
