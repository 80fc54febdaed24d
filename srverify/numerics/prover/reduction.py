"""Exact reductions of a sign question: clearing, factors, shifts, limits, changes of variable.

Each function returns sums whose signs decide the sign of the given one over the region of its algebra;
none of them looks at hypotheses.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from fractions import Fraction

from flint import arb, fmpq, fmpz

from srverify.numerics.prover import interval as iv
from srverify.numerics.prover.algebra import Algebra
from srverify.numerics.prover.interval import Interval
from srverify.numerics.prover.poly import (
    Atom,
    Exponent,
    Monomial,
    Poly,
    UnrepresentableError,
    number,
    raised,
    tidy,
    times,
)
from srverify.numerics.prover.region import Range, Region
from srverify.numerics.prover.taylor import Expander

#: Coefficients kept when a limit is found by expansion.
_EXPANSION_TERMS = 6


def cleared(algebra: Algebra, poly: Poly) -> tuple[Poly, bool]:
    """Return a sum without negative exponents or common factors, and whether signs agree strictly.

    The sum is nonnegative (positive, if the second value is true) exactly where the given one is; if
    the second value is false, a common factor that may vanish was dropped and only
    "nonnegative implies nonnegative" holds.
    """
    _, taken, rest = algebra.split_content(poly)
    strict, direction = True, 1
    kept: list[tuple[Atom, Exponent]] = []
    for atom, exponent in taken:
        sign = algebra.atom_sign(atom)
        if isinstance(exponent, Fraction):
            # The base of a root is nonnegative, and positive under a negative exponent.
            strict = strict and (exponent < 0 or sign == 2)
        elif exponent % 2 == 0:
            strict = strict and (exponent < 0 or sign in (2, -2))
        elif sign is not None and sign != 0:
            strict = strict and (exponent < 0 or abs(sign) == 2)
            direction = direction if sign > 0 else -direction
        else:
            # An odd power of unknown sign: one factor stays (times an even power).
            kept.append((atom, 1))
    rest = algebra.mul(rest, Poly({tuple(kept): fmpq(1)}))
    return (rest if direction > 0 else algebra.neg(rest)), strict


def dominated(algebra: Algebra, poly: Poly) -> int | None:
    """Return the sign found by dividing by one of the positive monomials, or None.

    ``x^2 - 2x`` on ``[8, oo)`` has no sign as a sum of intervals; ``1 - 2/x`` has.
    """
    if not 2 <= len(poly) <= 12:
        return None
    for divisor in poly.terms:
        if algebra.monomial_sign(divisor, fmpq(1)) != 2:
            continue
        inverse = raised(divisor, -1)
        total: Interval = (iv.ZERO, iv.ZERO)
        try:
            for monomial, coefficient in poly.terms.items():
                ratio = ratio_range(algebra, times(monomial, inverse))
                total = iv.add(total, iv.scale(ratio, arb(coefficient)))
        except iv.Empty:
            continue
        if total[0] >= 0:
            return 2 if total[0] > 0 else 1
        if total[1] <= 0:
            return -2 if total[1] < 0 else -1
    return None


def ratio_range(algebra: Algebra, monomial: Monomial) -> Interval:
    """Enclose a monomial; one that is monotone in its only variable is enclosed by its ends."""
    plain = algebra.enclose(Poly({monomial: fmpq(1)}), algebra.region)
    if len(monomial) < 2 or algebra.facts or (plain[0].is_finite() and plain[1].is_finite()):
        return plain
    names = frozenset[str]().union(*(algebra.variables_of(atom) for atom, _ in monomial))
    poly = Poly({monomial: fmpq(1)})
    if len(names) != 1 or algebra.monomial_sign(monomial, fmpq(1)) != 2 or not algebra.regular(poly):
        return plain
    (name,) = names
    try:
        growth = algebra.mul(algebra.derivative(poly, name), Poly({raised(monomial, -1): fmpq(1)}))
    except UnrepresentableError:
        return plain
    sign = algebra.sign(growth)
    if sign is None:
        return plain
    part = algebra.region.by_name[name]
    bottom = _value_at(algebra, poly, name, part.low if sign >= 0 else part.high)
    top = _value_at(algebra, poly, name, part.high if sign >= 0 else part.low)
    return (
        plain[0] if bottom is None else bottom[0],
        plain[1] if top is None else top[1],
    )


def _value_at(algebra: Algebra, poly: Poly, name: str, end: fmpq | None) -> Interval | None:
    if end is None:
        return None
    try:
        return algebra.enclose(poly, algebra.region.changed(name, Range(end, end)))
    except iv.Empty:
        return None


def shifted(algebra: Algebra, poly: Poly) -> Iterator[tuple[Algebra, Poly]]:
    """Yield the sum with each variable counted from a finite end, lower ends first."""
    names = algebra.variables(poly)
    for lower_first in (True, False):
        values: dict[str, tuple[fmpq, int]] = {}
        ranges = {}
        for name, part in algebra.region.ranges:
            low, high = part.low, part.high
            ranges[name] = part
            if name not in names or (low is None and high is None):
                continue
            from_low = low is not None and (lower_first or high is None)
            end = low if from_low else high
            assert end is not None
            if end == 0 and from_low:
                continue
            width = None if low is None or high is None else high - low
            opening = part.low_open if from_low else part.high_open
            closing = part.high_open if from_low else part.low_open
            ranges[name] = Range(fmpq(0), width, opening, closing)
            values[name] = (end, 1 if from_low else -1)
        if not values:
            continue
        target = Algebra(Region.of(ranges))
        replaced = {
            name: target.add(number(end), target.scale(target.variable(name), direction))
            for name, (end, direction) in values.items()
        }
        try:
            yield target, algebra.rebased(poly, target, replaced)
        except UnrepresentableError:
            continue


def limit(algebra: Algebra, poly: Poly, name: str, upper: bool) -> tuple[Algebra, Poly] | None:
    """Return the limit of a regular sum at an end of one variable, in the algebra of the others.

    Returns None if the limit is infinite or not seen.
    """
    part = algebra.region.by_name[name]
    end = part.high if upper else part.low
    target = Algebra(algebra.region.changed(name, _near_zero(part, end, upper)))
    v = target.variable(name)
    try:
        if end is None:
            value = target.scale(target.power(v, -1), 1 if upper else -1)
        else:
            value = target.add(number(end), target.scale(v, -1 if upper else 1))
        moved = algebra.rebased(poly, target, {name: value})
        rest = target.restricted(target.region.without(name))
        total = _limit_by_terms(target, rest, moved, name)
        if total is None:
            total = Expander(target, name, _EXPANSION_TERMS).limit(moved)
    except UnrepresentableError:
        return None
    return (rest, total) if rest.regular(total) else None


def _limit_by_terms(algebra: Algebra, rest: Algebra, poly: Poly, name: str) -> Poly | None:
    total = number(0)
    for monomial, coefficient in poly.terms.items():
        try:
            here = _monomial_limit(algebra, monomial, name)
        except UnrepresentableError:
            return None
        if here is None:
            return None
        total = rest.add(total, rest.scale(here, coefficient))
    return total


def _near_zero(part: Range, end: fmpq | None, upper: bool) -> Range:
    """Return a range ``(0, b]`` for the distance from an end (its inverse, for an infinite end)."""
    other = part.low if upper else part.high
    if end is not None:
        return Range(fmpq(0), None if other is None else abs(end - other), True, False)
    if other is not None and (other > 0 if upper else other < 0):
        return Range(fmpq(0), 1 / abs(other), True, False)
    return Range(fmpq(0), fmpq(1), True, False)


def _monomial_limit(algebra: Algebra, monomial: Monomial, name: str) -> Poly | None:
    """Return the limit of a monomial as a variable falls to 0, or None.

    Every factor is the variable, its logarithm, an exponential that collapses, or has a finite limit.
    """
    rest = algebra.restricted(algebra.region.without(name))
    order: Exponent = 0
    product = number(1)
    logarithms = collapses = False
    for atom, exponent in monomial:
        if name not in algebra.variables_of(atom):
            product = algebra.mul(product, Poly({((atom, exponent),): fmpq(1)}))
        elif atom.kind == "variable":
            order = tidy(order + exponent)
        elif atom.kind == "log" and exponent > 0 and _is_variable(atom.data, name):
            logarithms = True
        elif atom.kind == "exp" and _blows_up(algebra, atom.data, name):
            if exponent > 0:
                return None
            collapses = True
        else:
            value = _factor_limit(algebra, rest, atom, exponent, name)
            if value is None or not rest.regular(value):
                return None
            product = algebra.mul(product, value)
    if collapses or order > 0:
        return number(0)
    return product if order == 0 and not logarithms else None


def _factor_limit(
    algebra: Algebra, rest: Algebra, atom: Atom, exponent: Exponent, name: str
) -> Poly | None:
    if atom.kind in ("log", "sum"):
        inner = _limit_by_terms(algebra, rest, atom.data, name)
        if inner is None:
            return None
        return rest.power(rest.log(inner) if atom.kind == "log" else inner, exponent)
    return algebra.substitute(Poly({((atom, exponent),): fmpq(1)}), name, number(0))


def _is_variable(poly: Poly, name: str) -> bool:
    return any(
        coefficient == 1
        and len(poly) == 1
        and len(monomial) == 1
        and monomial[0][0].kind == "variable"
        and monomial[0][0].data == name
        and monomial[0][1] == 1
        for monomial, coefficient in poly.terms.items()
    )


def _blows_up(algebra: Algebra, monomial: Monomial, name: str) -> bool:
    """Tell whether a monomial tends to +oo at least like a power of 1/v as v falls to 0."""
    found = False
    for atom, exponent in monomial:
        if name in algebra.variables_of(atom):
            if atom.kind != "variable" or exponent >= 0:
                return False
            found = True
        elif isinstance(exponent, Fraction) or exponent % 2:
            if algebra.atom_sign(atom) != 2:
                return False
        elif algebra.atom_sign(atom) not in (2, -2):
            return False
    return found


def radical_parts(algebra: Algebra, poly: Poly) -> Iterator[tuple[Poly, Poly, Poly]]:
    """Yield (P, Q, A) with the sum equal to ``P + Q*sqrt(A)``, for each square root that allows it."""
    half = Fraction(1, 2)
    for atom in poly.atoms():
        exponents = {dict(monomial).get(atom, 0) for monomial in poly.terms}
        if half not in exponents or any(e not in (0, half, 1) for e in exponents):
            continue
        outside: dict[Monomial, fmpq] = {}
        inside: dict[Monomial, fmpq] = {}
        for monomial, coefficient in poly.terms.items():
            if dict(monomial).get(atom, 0) == half:
                inside[times(monomial, ((atom, -half),))] = coefficient
            else:
                outside[monomial] = coefficient
        value = atom.data if atom.kind == "sum" else algebra.power(Algebra.monomial(atom), 1)
        if atom.kind == "prime":
            value = number(fmpq(atom.data))
        yield Poly(outside), Poly(inside), value


def quadratic_parts(algebra: Algebra, poly: Poly, name: str) -> tuple[Poly, Poly, Poly] | None:
    """Return (a, b, c) with the sum equal to ``a*x^2 + b*x + c`` and none containing x."""
    atom = algebra.atom("variable", name)
    parts: tuple[dict[Monomial, fmpq], ...] = ({}, {}, {})
    for monomial, coefficient in poly.terms.items():
        exponents = dict(monomial)
        degree = exponents.pop(atom, 0)
        if degree not in (0, 1, 2) or any(name in algebra.variables_of(other) for other in exponents):
            return None
        assert isinstance(degree, int)
        parts[degree][tuple((a, e) for a, e in monomial if a is not atom)] = coefficient
    if not parts[2]:
        return None
    return Poly(parts[2]), Poly(parts[1]), Poly(parts[0])


def simple_number(value: float) -> fmpq | None:
    """Return a rational with a small denominator close to a double: the closer, the larger it may be."""
    if not math.isfinite(value) or abs(value) > 1e9:
        return None
    for limit, tolerance in ((12, 1e-4), (200, 1e-8)):
        guess = Fraction(value).limit_denominator(limit)
        if abs(float(guess) - value) <= tolerance * max(1e-3, abs(value)):
            return fmpq(guess.numerator, guess.denominator)
    return fmpq(0) if abs(value) < 1e-6 else None


def closed_form(algebra: Algebra, value: float) -> tuple[Poly, bool] | None:
    """Guess a positive number in closed form; the second value tells whether it is rational.

    Only a guess: whoever uses it proves what it needs.
    """
    plain = simple_number(value)
    if plain is not None:
        return number(plain), True
    if value <= 0:
        return None
    candidates: tuple[tuple[float, Callable[[fmpq], Poly]], ...] = (
        (math.log(value), lambda q: algebra.exp(number(q))),
        (value * value, lambda q: algebra.power(number(q), Fraction(1, 2))),
        (math.exp(value) if value < 20 else math.inf, lambda q: algebra.log(number(q))),
        (value / math.e, lambda q: algebra.mul(number(q), algebra.exp(number(1)))),
        (value * math.e, lambda q: algebra.mul(number(q), algebra.exp(number(-1)))),
        (value**3, lambda q: algebra.power(number(q), Fraction(1, 3))),
    )
    for candidate, build in candidates:
        guess = simple_number(candidate)
        if guess is not None and guess > 0:
            return build(guess), False
    return None


def scaled(algebra: Algebra, poly: Poly, name: str, unit: Poly) -> tuple[Algebra, Poly] | None:
    """Measure one variable in units of a positive constant: ``x = unit*t``.

    The range of t is rounded outward, so what is proved over it covers the range of x.
    """
    low, high = algebra.enclose(unit, algebra.region)
    if not low > 0:
        return None
    part = algebra.region.by_name[name]
    moved = Range(
        _quotient_bound(part.low, low, high, False),
        _quotient_bound(part.high, low, high, True),
        part.low_open,
        part.high_open,
    )
    target = Algebra(algebra.region.changed(name, moved))
    try:
        factor = algebra.rebased(unit, target, {})
        return target, algebra.rebased(poly, target, {name: target.mul(factor, target.variable(name))})
    except UnrepresentableError:
        return None


def _quotient_bound(end: fmpq | None, low: arb, high: arb, upward: bool) -> fmpq | None:
    """Return a short rational at or beyond end/unit, on the outer side; exact at 0."""
    if end is None or end == 0:
        return end
    quotient = (arb(end) / low).union(arb(end) / high)
    scale = 1 << 20
    magnified = quotient * scale
    if not magnified.is_finite():
        raise UnrepresentableError("a range that cannot be rescaled")
    edge = magnified.upper().ceil() if upward else magnified.lower().floor()
    rounded = edge.unique_fmpz()
    if rounded is None:
        raise UnrepresentableError("a range that cannot be rescaled")
    # Rounding must not let a positive range touch 0.
    if rounded == 0:
        raise UnrepresentableError("a range that cannot be rescaled")
    return fmpq(rounded, fmpz(scale))


def ratios(algebra: Algebra, poly: Poly) -> Iterator[tuple[Algebra, Poly]]:
    """Yield the sum in the ratio (or product) of two positive variables, where one then cancels."""
    names = [name for name in sorted(algebra.variables(poly)) if algebra.region.by_name[name].sign == 2]
    for i, x in enumerate(names):
        for y in names[i + 1 :]:
            for exponent in (1, -1):
                target = Algebra(
                    algebra.region.changed(
                        y, _ratio_range(algebra.region.by_name[x], algebra.region.by_name[y], exponent)
                    )
                )
                try:
                    scale = target.power(target.variable(x), exponent)
                    value = target.mul(scale, target.variable(y))
                    moved, same = cleared(target, algebra.rebased(poly, target, {y: value}))
                except UnrepresentableError:
                    continue
                if same and x not in target.variables(moved):
                    yield target.restricted(target.region.without(x)), moved


def _ratio_range(x: Range, y: Range, exponent: int) -> Range:
    """Return a range for ``y / x`` (``y * x`` if the exponent is -1), both positive."""
    low, high = (x.high, x.low) if exponent == 1 else (x.low, x.high)

    def joined(end: fmpq | None, other: fmpq | None) -> fmpq | None:
        if end is None or other is None or (exponent == 1 and other == 0):
            return None
        return end / other if exponent == 1 else end * other

    bottom = joined(y.low, low)
    return Range(bottom or fmpq(0), joined(y.high, high), not bottom, False)
