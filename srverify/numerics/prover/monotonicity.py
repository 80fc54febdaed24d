"""Sign tactics by derivatives: monotone in a variable, convex or concave in it.

Each returns the name of the argument that proved ``f >= 0`` (``f > 0`` if strict), or None.
"""

from __future__ import annotations

from flint import fmpq

from srverify.numerics.prover import comparison
from srverify.numerics.prover.algebra import Algebra
from srverify.numerics.prover.limits import limit
from srverify.numerics.prover.poly import Poly, UnrepresentableError, number
from srverify.numerics.prover.probing import apparent_sign, refuted_at_a_point
from srverify.numerics.prover.tactic import Prover


def by_monotonicity(prover: Prover, algebra: Algebra, f: Poly, strict: bool, depth: int) -> str | None:
    """Replace a variable in which f is monotone by the end at which f is least."""
    if not algebra.regular(f):
        return None
    names = sorted(
        algebra.variables(f),
        key=lambda name: sum(
            any(name in algebra.variables_of(atom) for atom, _ in monomial) for monomial in f.terms
        ),
    )
    for name in names:
        try:
            slope = algebra.derivative(f, name)
        except UnrepresentableError:
            continue
        if not algebra.regular_inside(slope, name):
            continue
        rising = apparent_sign(algebra, slope)
        for upward in (True, False) if rising is None else (rising,):
            how = _at_least_end(prover, algebra, f, slope, name, upward, strict, depth)
            if how is not None:
                return how
    return None


def _at_least_end(
    prover: Prover,
    algebra: Algebra,
    f: Poly,
    slope: Poly,
    name: str,
    upward: bool,
    strict: bool,
    depth: int,
) -> str | None:
    part = algebra.region.by_name[name]
    end = part.low if upward else part.high
    excluded = end is None or (part.low_open if upward else part.high_open)
    reduced = _restriction(algebra, f, name, end, upward)
    if reduced is None:
        return None
    face, value = reduced
    if refuted_at_a_point(face, value, strict and not excluded):
        return None
    away = slope if upward else algebra.neg(slope)
    if prover.prove(algebra, away, False, depth - 1) is None:
        return None
    if prover.prove(face, value, strict, depth) is not None:
        return f"monotone in {name}"
    if (
        strict
        and excluded
        and prover.prove(face, value, False, depth) is not None
        and prover.prove(algebra, away, True, depth - 1) is not None
    ):
        return f"strictly monotone in {name}"
    return None


def _restriction(
    algebra: Algebra, f: Poly, name: str, end: fmpq | None, upward: bool
) -> tuple[Algebra, Poly] | None:
    """Return f at an end of one variable, as a limit if it must be."""
    if end is not None:
        try:
            face = algebra.restricted(algebra.region.without(name))
            value = algebra.substitute(f, name, number(end))
            if face.regular(value):
                return face, value
        except UnrepresentableError:
            pass
    return limit(algebra, f, name, not upward)


def by_convexity(prover: Prover, algebra: Algebra, f: Poly, strict: bool, depth: int) -> str | None:
    """Go to the stationary point of a convex function, or to both ends of a concave one."""
    if not algebra.regular(f):
        return None
    for name in sorted(algebra.variables(f)):
        try:
            slope = algebra.derivative(f, name)
            curvature = algebra.derivative(slope, name)
        except UnrepresentableError:
            continue
        if not (algebra.regular_inside(slope, name) and algebra.regular_inside(curvature, name)):
            continue
        bends = apparent_sign(algebra, curvature)
        if bends and _at_stationary_point(prover, algebra, f, slope, curvature, name, strict, depth):
            return f"convex in {name}"
        if bends is False and _at_both_ends(prover, algebra, f, curvature, name, strict, depth):
            return f"concave in {name}"
    return None


def _at_stationary_point(
    prover: Prover,
    algebra: Algebra,
    f: Poly,
    slope: Poly,
    curvature: Poly,
    name: str,
    strict: bool,
    depth: int,
) -> bool:
    if len(algebra.variables(f)) < 2:
        return False
    try:
        point = comparison.stationary(algebra, slope, name)
        if point is None:
            return False
        part = algebra.region.by_name[name]
        face = algebra.restricted(algebra.region.without(name))
        for end, direction in ((part.low, 1), (part.high, -1)):
            if end is not None:
                inside = face.scale(face.sub(point, number(end)), direction)
                if prover.prove(face, inside, False, 1) is None:
                    return False
        value = face.substitute(f, name, point)
    except UnrepresentableError:
        return False
    return (
        face.regular(point)
        and face.regular(value)
        and prover.prove(face, value, strict, depth - 1) is not None
        and prover.prove(algebra, curvature, False, depth - 1) is not None
    )


def _at_both_ends(
    prover: Prover, algebra: Algebra, f: Poly, curvature: Poly, name: str, strict: bool, depth: int
) -> bool:
    part = algebra.region.by_name[name]
    if part.low is None or part.high is None:
        return False
    positive = 0
    for end, opened, upward in ((part.low, part.low_open, True), (part.high, part.high_open, False)):
        reduced = _restriction(algebra, f, name, end, upward)
        if reduced is None:
            return False
        if prover.prove(*reduced, strict, depth - 1) is not None:
            positive += 1
        elif not strict or not opened or prover.prove(*reduced, False, depth - 1) is None:
            return False
    # Strictly inside, a concave function is above the chord of its ends.
    return (
        positive > 0 and prover.prove(algebra, algebra.neg(curvature), False, depth - 1) is not None
    ) or prover.prove(algebra, algebra.neg(curvature), True, depth - 1) is not None
