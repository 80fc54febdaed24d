"""Equivalent comparisons: logarithms or exponentials of both sides, one logarithm isolated, squares.

Each function yields sums with the same sign as the given one at every point at which it is defined.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import permutations

from flint import fmpq

from srverify.numerics.prover.algebra import (
    Algebra,
    Atom,
    Monomial,
    Poly,
    UnrepresentableError,
    times,
)
from srverify.numerics.prover.region import Range, Region


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
    """Yield, for a logarithm L with ``f = P*L + R``, its exponential form or ``L + R/P``."""
    for atom in list(poly.atoms()):
        if atom.kind != "log" or not algebra.variables_of(atom):
            continue
        parts = _linear_in(algebra, poly, atom)
        if parts is None:
            continue
        factor, rest = parts
        sign = algebra.sign(factor)
        if sign not in (2, -2):
            continue
        try:
            ratio = algebra.mul(rest, algebra.power(factor, -1))
            if factor.constant is None:
                moved = algebra.add(algebra.monomial(atom), ratio)
                yield moved if sign == 2 else algebra.neg(moved)
            if not any(other.kind == "log" and algebra.variables_of(other) for other in rest.atoms()):
                # log(Q) >= s exactly where Q >= exp(s).
                gap = algebra.sub(atom.data, algebra.exp(algebra.neg(ratio)))
                yield gap if sign == 2 else algebra.neg(gap)
        except UnrepresentableError:
            continue


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


def squares(algebra: Algebra, poly: Poly) -> Iterator[tuple[Algebra, Poly]]:
    """Yield the sum in the squares of variables of which it contains even powers only."""
    changed: dict[str, Range] = {}
    for name in sorted(algebra.variables(poly)):
        atom = algebra.atom("variable", name)
        part = algebra.region.by_name[name]
        if part.sign is not None:
            continue
        exponents = [dict(monomial).get(atom, 0) for monomial in poly.terms]
        inside = any(name in algebra.variables_of(other) for other in poly.atoms() if other is not atom)
        if not inside and all(isinstance(e, int) and e % 2 == 0 for e in exponents):
            ends = [end for end in (part.low, part.high) if end is not None]
            top = max(end * end for end in ends) if len(ends) == 2 else None
            changed[name] = Range(fmpq(0), top)
    if not changed:
        return
    region = Region.of({name: changed.get(name, part) for name, part in algebra.region.ranges})
    target = Algebra(region)
    halves: dict[Monomial, fmpq] = {}
    atoms = {algebra.atom("variable", name) for name in changed}
    for monomial, coefficient in poly.terms.items():
        key = tuple((a, e // 2 if a in atoms and isinstance(e, int) else e) for a, e in monomial)
        halves[key] = coefficient
    try:
        yield target, algebra.rebased(Poly(halves), target, {})
    except UnrepresentableError:
        return


def orders(algebra: Algebra, poly: Poly) -> list[tuple[Algebra, Poly]] | None:
    """Return one problem per order of two or three unbounded variables, or None.

    In the order ``x <= y <= z`` the variables are ``x``, ``x + s`` and ``x + s + t``.
    """
    names = [
        name for name in sorted(algebra.variables(poly)) if algebra.region.by_name[name].high is None
    ]
    if len(names) not in (2, 3) or len({algebra.region.by_name[name] for name in names}) != 1:
        return None
    found = []
    for order in permutations(names):
        region = algebra.region
        for name in order[1:]:
            region = region.changed(name, Range(fmpq(0)))
        target = Algebra(region)
        values = {}
        total = target.variable(order[0])
        for name in order[1:]:
            total = target.add(total, target.variable(name))
            values[name] = total
        try:
            found.append((target, algebra.rebased(poly, target, values)))
        except UnrepresentableError:
            return None
    return found


def halves(algebra: Algebra, poly: Poly) -> Iterator[list[tuple[Algebra, Poly]]]:
    """Yield pairs of problems: ``y = x*t`` and ``x = y*t`` with t in [0, 1], for alike variables."""
    names = sorted(algebra.variables(poly))
    for i, x in enumerate(names):
        for y in names[i + 1 :]:
            part = algebra.region.by_name[x]
            if part != algebra.region.by_name[y] or part.low != 0:
                continue
            found = []
            for large, small in ((x, y), (y, x)):
                ratio = Range(fmpq(0), fmpq(1), part.low_open, False)
                target = Algebra(algebra.region.changed(small, ratio))
                value = target.mul(target.variable(large), target.variable(small))
                try:
                    found.append((target, algebra.rebased(poly, target, {small: value})))
                except UnrepresentableError:
                    break
            if len(found) == 2:
                yield found
