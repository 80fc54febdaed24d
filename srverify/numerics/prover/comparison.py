"""Equivalent comparisons: logarithms or exponentials of both sides, one logarithm isolated.

Each function yields sums with the same sign as the given one at every point at which it is defined.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from flint import fmpq

from srverify.numerics.prover.algebra import Algebra
from srverify.numerics.prover.poly import Atom, Monomial, Poly, UnrepresentableError, number, times


def logarithms(algebra: Algebra, poly: Poly) -> Iterator[Poly]:
    """Yield ``log P - log N`` for a difference P - N of positive sums with exponentials in it."""
    positive: dict[Monomial, fmpq] = {}
    negative: dict[Monomial, fmpq] = {}
    for monomial, coefficient in poly.terms.items():
        sign = algebra.monomial_sign(monomial, coefficient)
        if sign == 2:
            positive[monomial] = coefficient
        elif sign == -2:
            negative[monomial] = -coefficient
        else:
            return
    if not positive or not negative or min(len(positive), len(negative)) > 1:
        return
    # Roots are left alone: squaring handles them, logarithms would hide them.
    if not any(atom.kind == "exp" and algebra.variables_of(atom) for atom in poly.atoms()):
        return
    try:
        yield algebra.sub(algebra.log(Poly(positive)), algebra.log(Poly(negative)))
    except UnrepresentableError:
        return


def isolated(algebra: Algebra, poly: Poly) -> Iterator[Poly]:
    """Yield ``L + R/P`` for a logarithm L with ``f = P*L + R`` and a P that varies."""
    for atom in list(poly.atoms()):
        if atom.kind != "log" or not algebra.variables_of(atom):
            continue
        parts = _linear_in(algebra, poly, atom)
        if parts is None or parts[0].constant is not None:
            continue
        sign = algebra.sign(parts[0])
        if sign not in (2, -2):
            continue
        try:
            ratio = algebra.mul(parts[1], algebra.power(parts[0], -1))
        except UnrepresentableError:
            continue
        moved = algebra.add(algebra.monomial(atom), ratio)
        yield moved if sign == 2 else algebra.neg(moved)


def exponentiated(algebra: Algebra, poly: Poly) -> Iterator[Poly]:
    """Yield the difference of exponentials for ``f = sum c*log(Q) + R``, R without logarithms.

    Positive c go to the left side, negative ones to the right, beside ``exp(-R)``.
    """
    left, right = number(1), number(1)
    rest: dict[Monomial, fmpq] = {}
    found = False
    try:
        for monomial, coefficient in poly.terms.items():
            logs = [a for a, _ in monomial if a.kind == "log" and algebra.variables_of(a)]
            if not logs:
                rest[monomial] = coefficient
                continue
            if len(monomial) > 1 or monomial[0][1] != 1 or coefficient.q > 4 or abs(coefficient) > 4:
                return
            found = True
            exponent = Fraction(int(coefficient.p), int(coefficient.q))
            factor = algebra.power(logs[0].data, abs(exponent))
            if coefficient > 0:
                left = algebra.mul(left, factor)
            else:
                right = algebra.mul(right, factor)
        if found:
            right = algebra.mul(right, algebra.exp(algebra.neg(Poly(rest))))
            yield algebra.sub(left, right)
    except UnrepresentableError:
        return


def _linear_in(algebra: Algebra, poly: Poly, atom: Atom) -> tuple[Poly, Poly] | None:
    inside: dict[Monomial, fmpq] = {}
    outside: dict[Monomial, fmpq] = {}
    for monomial, coefficient in poly.terms.items():
        exponent = dict(monomial).get(atom, 0)
        if exponent == 1:
            inside[times(monomial, ((atom, -1),))] = coefficient
        elif exponent == 0:
            outside[monomial] = coefficient
        else:
            return None
    return Poly(inside), Poly(outside)


def stationary(algebra: Algebra, slope: Poly, name: str) -> Poly | None:
    """Solve ``slope = 0`` for a variable that occurs in one way only, or return None."""
    inside: dict[Monomial, fmpq] = {}
    outside: dict[Monomial, fmpq] = {}
    core: Monomial | None = None
    for monomial, coefficient in slope.terms.items():
        here = tuple((a, e) for a, e in monomial if name in algebra.variables_of(a))
        if not here:
            outside[monomial] = coefficient
            continue
        if core is not None and here != core:
            return None
        core = here
        inside[tuple((a, e) for a, e in monomial if name not in algebra.variables_of(a))] = coefficient
    if core is None or len(core) != 1:
        return None
    atom, exponent = core[0]
    value = algebra.mul(algebra.neg(Poly(outside)), algebra.power(Poly(inside), -1))
    if not value.terms or algebra.sign(value) != 2:
        return value if atom.kind == "variable" and exponent == 1 else None
    inverse = 1 / Fraction(exponent)
    if atom.kind == "variable":
        return algebra.power(value, inverse)
    if atom.kind == "exp" and _is_bare(atom.data, name):
        return algebra.scale(algebra.log(value), fmpq(inverse.numerator, inverse.denominator))
    return None


def _is_bare(monomial: Monomial, name: str) -> bool:
    return (
        len(monomial) == 1
        and monomial[0][1] == 1
        and monomial[0][0].kind == "variable"
        and bool(monomial[0][0].data == name)
    )
