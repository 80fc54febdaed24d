"""Sign tactics at minima: cut the range at a minimum, or measure the variable in units of it.

Each returns the name of the argument that proved ``f >= 0`` (``f > 0`` if strict), or None.
"""

from __future__ import annotations

import math

from flint import fmpq

from srverify.numerics.prover import changes
from srverify.numerics.prover.algebra import Algebra
from srverify.numerics.prover.closed_form import closed_form
from srverify.numerics.prover.poly import Poly, UnrepresentableError, number
from srverify.numerics.prover.probing import common_minimum, float_at, least_point
from srverify.numerics.prover.region import float_of, power_of_two
from srverify.numerics.prover.tactic import Prover


def tight_point(algebra: Algebra, f: Poly) -> tuple[str, float] | None:
    """Return where a function of one variable seems to have a zero minimum inside its range."""
    (name,) = algebra.variables(f)
    if not algebra.regular(f):
        return None
    lowest = least_point(algebra, f, name, {})
    if lowest is None or abs(float_at(f, name, lowest, {})) > 1e-9:
        return None
    return name, lowest


def cut(
    prover: Prover, algebra: Algebra, f: Poly, name: str, lowest: float, strict: bool, depth: int
) -> str | None:
    """Split at a minimum, or measure in units of it, if it has a closed form."""
    guess = closed_form(algebra, lowest)
    if guess is None or prover.cuts >= 3:
        return None
    unit, is_rational = guess
    prover.cuts += 1
    try:
        if is_rational:
            return _split_at(prover, algebra, f, name, unit, strict, depth)
        return _in_units(prover, algebra, f, name, unit, strict, depth)
    finally:
        prover.cuts -= 1


def by_minimum(prover: Prover, algebra: Algebra, f: Poly, strict: bool, depth: int) -> str | None:
    """Split where f is least in one variable, or measure that variable in units of it."""
    if not algebra.regular(f):
        return None
    for name in sorted(algebra.variables(f)):
        lowest = common_minimum(algebra, f, name)
        if lowest is None:
            continue
        if (how := cut(prover, algebra, f, name, lowest, strict, depth)) is not None:
            return how
        if len(algebra.variables(f)) == 1:
            return _around(prover, algebra, f, name, lowest, strict, depth)
    return None


def _around(
    prover: Prover, algebra: Algebra, f: Poly, name: str, lowest: float, strict: bool, depth: int
) -> str | None:
    """Prove on a small box around an approximate minimum, and on both sides of it."""
    part = algebra.region.by_name[name]
    centre = _dyadic(lowest)
    for shrink in (16, 256):
        radius = power_of_two(max(abs(centre), fmpq(1, 1 << 30))) / shrink
        pieces = [part]
        for at in (centre - radius, centre + radius):
            last = pieces[-1]
            if last.contains(at) and at not in (last.low, last.high):
                pieces[-1:] = last.split(at)
        for piece in sorted(pieces, key=lambda piece: not piece.contains(centre)):
            region = algebra.region.changed(name, piece)
            if region == algebra.region:
                return None
            if prover.prove(algebra.restricted(region), f, strict, depth - 1) is None:
                break
        else:
            return f"around {name} = {float_of(centre):.6g}"
    return None


def _split_at(
    prover: Prover, algebra: Algebra, f: Poly, name: str, unit: Poly, strict: bool, depth: int
) -> str | None:
    at = unit.constant
    part = algebra.region.by_name[name]
    if at is None or part.low == at or part.high == at or not part.contains(at):
        return None
    if len(algebra.variables(f)) == 1 and not _vanishes(algebra, f, name, at):
        return None
    for side in part.split(at):
        half = algebra.restricted(algebra.region.changed(name, side))
        if prover.prove(half, f, strict, depth) is None:
            return None
    return f"split at {name} = {at}"


def _in_units(
    prover: Prover, algebra: Algebra, f: Poly, name: str, unit: Poly, strict: bool, depth: int
) -> str | None:
    part = algebra.region.by_name[name]
    if part.low is None or part.low < 0 or (part.low == 0 and not part.low_open):
        return None
    try:
        moved = changes.scaled(algebra, f, name, unit)
    except UnrepresentableError:
        return None
    if moved is None or not _vanishes(*moved, name, fmpq(1)):
        return None
    if prover.prove(*moved, strict, depth) is None:
        return None
    return f"{name} in units of {unit!r}"


def _vanishes(algebra: Algebra, f: Poly, name: str, at: fmpq) -> bool:
    """Tell whether f is exactly zero at a point: only there is a split better than a small box."""
    try:
        return not algebra.substitute(f, name, number(at)).terms
    except UnrepresentableError:
        return False


def _dyadic(value: float) -> fmpq:
    """Return a double with about 20 bits kept."""
    mantissa, exponent = math.frexp(value)
    return fmpq(round(mantissa * (1 << 20))) * fmpq(2) ** (exponent - 20)
