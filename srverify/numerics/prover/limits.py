"""Limits of sums at the ends of a variable."""

from __future__ import annotations

from fractions import Fraction

from flint import fmpq

from srverify.numerics.prover.algebra import Algebra
from srverify.numerics.prover.expansion import Expander
from srverify.numerics.prover.poly import (
    Atom,
    Exponent,
    Monomial,
    Poly,
    UnrepresentableError,
    number,
    tidy,
)
from srverify.numerics.prover.region import Range

#: Coefficients kept when a limit is found by expansion.
_EXPANSION_TERMS = 6


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
