"""Sign tactics by algebra: factors, squares, roots, known sums, orders and ratios of the variables.

Each returns the name of the argument that proved ``f >= 0`` (``f > 0`` if strict), or None.
"""

from __future__ import annotations

from flint import fmpq

from srverify.numerics.prover import changes, pairs
from srverify.numerics.prover import reduction as red
from srverify.numerics.prover.algebra import Algebra
from srverify.numerics.prover.factoring import factors
from srverify.numerics.prover.poly import Poly, UnrepresentableError
from srverify.numerics.prover.tactic import Prover


def by_factors(prover: Prover, algebra: Algebra, f: Poly, strict: bool, depth: int) -> str | None:
    """Multiply the signs of the irreducible factors."""
    try:
        parts = factors(algebra, f)
    except UnrepresentableError:
        return None
    if parts is None:
        return None
    direction = 1
    for part, multiplicity in parts:
        if part.constant is not None:
            direction = direction if part.constant > 0 or multiplicity % 2 == 0 else -direction
            continue
        if multiplicity % 2 == 0:
            if strict and not _nonzero(prover, algebra, part, depth):
                return None
            continue
        found = _sign_of(prover, algebra, part, strict, depth)
        if found is None:
            return None
        direction *= found
    return "factors" if direction > 0 else None


def _sign_of(prover: Prover, algebra: Algebra, f: Poly, strict: bool, depth: int) -> int | None:
    """Return 1 if ``f >= 0`` (> 0) is proved, -1 if ``f <= 0`` (< 0) is, else None."""
    if prover.prove(algebra, f, strict, depth) is not None:
        return 1
    if prover.prove(algebra, algebra.neg(f), strict, depth) is not None:
        return -1
    return None


def _nonzero(prover: Prover, algebra: Algebra, f: Poly, depth: int) -> bool:
    return _sign_of(prover, algebra, f, True, depth) is not None


def by_square(prover: Prover, algebra: Algebra, f: Poly, strict: bool, depth: int) -> str | None:
    """Use that ``a x^2 + b x + c >= 0`` for all x if a >= 0, c >= 0 and 4ac >= b^2."""
    for name in sorted(algebra.variables(f)):
        parts = red.quadratic_parts(algebra, f, name)
        if parts is None:
            continue
        a, b, c = parts
        if (algebra.sign(a) or 1) < 0 or (algebra.sign(c) or 1) < 0:
            continue
        try:
            gap = algebra.sub(algebra.scale(algebra.mul(a, c), 4), algebra.mul(b, b))
        except UnrepresentableError:
            continue
        # With 4ac > b^2 and a >= 0, c >= 0 both a and c are positive, and so is the square.
        if (
            prover.prove(algebra, gap, strict, depth - 1) is not None
            and prover.prove(algebra, a, False, depth - 1) is not None
            and prover.prove(algebra, c, False, depth - 1) is not None
        ):
            return "discriminant"
    return None


def by_root(prover: Prover, algebra: Algebra, f: Poly, strict: bool, depth: int) -> str | None:
    """Decide ``P + Q sqrt(A)`` by comparing squares."""
    try:
        candidates = list(red.radical_parts(algebra, f))
    except UnrepresentableError:
        return None
    for p, q, a in candidates:
        try:
            gap = algebra.sub(algebra.mul(p, p), algebra.mul(algebra.mul(q, q), a))
        except UnrepresentableError:
            continue
        budget = min(depth, 2) - 1
        if prover.prove(algebra, q, False, budget) is not None:
            # Q sqrt(A) >= |P|
            if prover.prove(algebra, algebra.neg(gap), strict, depth - 1) is not None:
                return "squared"
        elif (
            prover.prove(algebra, p, False, budget) is not None
            and prover.prove(algebra, gap, strict, depth - 1) is not None
        ):
            return "squared"
    return None


def combined(algebra: Algebra, f: Poly, strict: bool) -> bool:
    """Tell whether f is a positive multiple of a known nonnegative sum plus one that is nonnegative."""
    for known, sign in algebra.facts.items():
        for monomial, coefficient in known.terms.items():
            weight = f.terms.get(monomial, fmpq(0)) / coefficient
            if weight == 0 or (sign != 0 and (weight > 0) != (sign > 0)):
                continue
            rest = algebra.sign(algebra.sub(f, algebra.scale(known, weight)))
            if rest is not None and rest >= 0 and (not strict or rest == 2 or abs(sign) == 2):
                return True
    return False


def by_homogeneity(prover: Prover, algebra: Algebra, f: Poly, strict: bool, depth: int) -> str | None:
    """Replace two positive variables by their ratio or product, if that is all f depends on."""
    for moved, poly in pairs.ratios(algebra, f):
        how = prover.prove(moved, poly, strict, depth - 1)
        if how is not None:
            return f"homogeneous, {how}"
    return None


def by_cases(prover: Prover, algebra: Algebra, f: Poly, strict: bool, depth: int) -> str | None:
    """Use even powers, or the order of the variables."""
    for moved, poly in changes.squares(algebra, f):
        if prover.prove(moved, poly, strict, depth - 1) is not None:
            return "in squares"
    for moved, poly in changes.growth(algebra, f):
        if prover.prove(moved, poly, strict, depth - 1) is not None:
            return "with the logarithm as a multiple"
    if depth < 2 or len(algebra.variables(f)) < 2:
        return None
    cases = pairs.orders(algebra, f)
    if cases and all(prover.prove(*case, strict, 0) is not None for case in cases):
        return "by order of the variables"
    for pair in pairs.halves(algebra, f):
        if all(prover.prove(*case, strict, depth - 1) is not None for case in pair):
            return "by order of two variables"
    return None
