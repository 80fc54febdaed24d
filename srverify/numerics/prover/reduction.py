"""Exact reductions of a sign question: common factors, dominant terms, roots and squares taken apart.

Each function returns sums whose signs decide the sign of the given one over the region of its algebra;
none of them looks at hypotheses.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from flint import arb, fmpq

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
    times,
)
from srverify.numerics.prover.region import Range


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
