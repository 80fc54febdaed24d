"""Looking before working: sums at a few points, in doubles or exactly, to see what is worth trying."""

from __future__ import annotations

import math

from flint import fmpq

from srverify.numerics.prover import interval as iv
from srverify.numerics.prover.algebra import Algebra
from srverify.numerics.prover.approximate import approximate
from srverify.numerics.prover.poly import Poly, UnrepresentableError
from srverify.numerics.prover.region import Range, Region, float_of


def sample(region: Region) -> list[dict[str, fmpq]]:
    """Return a few points inside a region: the middle, then towards the ends of each variable."""
    middles = {name: part.middle() for name, part in region.ranges}
    points = [middles]
    for name, part in region.ranges:
        middle = middles[name]
        if part.low == part.high and part.low is not None:
            continue
        for side in part.split(middle):
            nearer = side.middle()
            points.append({**middles, name: nearer})
    for low in (True, False):
        corner = {
            name: part.split(middles[name])[0 if low else 1].middle()
            if part.low is None or part.low != part.high
            else part.low
            for name, part in region.ranges
        }
        points.append(corner)
    return points


def refuted_at_a_point(algebra: Algebra, f: Poly, strict: bool) -> bool:
    """Tell whether ``f >= 0`` (``f > 0``) certainly fails at a sample of the region."""
    if algebra.facts:
        return False  # the points sampled may be ones at which the facts do not hold
    for point in sample(algebra.region):
        guess, size = approximate(f, {name: float_of(x) for name, x in point.items()})
        if guess > 1e-9 * size:
            continue
        value = _value_at(algebra, f, point)
        if value is not None and (value[1] < 0 or (strict and value[1] <= 0)):
            return True
    return False


def apparent_sign(algebra: Algebra, slope: Poly) -> bool | None:
    """Return the sign of a slope at the first sample at which it is clear; None if at none."""
    for point in sample(algebra.region):
        value, size = approximate(slope, {name: float_of(x) for name, x in point.items()})
        if abs(value) > 1e-9 * size:
            return value > 0
    return None


def _value_at(algebra: Algebra, f: Poly, point: dict[str, fmpq]) -> iv.Interval | None:
    region = Region.of({name: Range(value, value) for name, value in point.items()})
    try:
        return algebra.enclose(f, region)
    except iv.Empty:
        return None


def float_at(f: Poly, name: str, x: float, others: dict[str, float]) -> float:
    """Return the approximate value at a point, infinite where that fails."""
    value, _ = approximate(f, {**others, name: x})
    return math.inf if math.isnan(value) else value


def least_point(algebra: Algebra, f: Poly, name: str, others: dict[str, float]) -> float | None:
    """Return an approximate interior minimiser in one variable, the others fixed (not rigorous)."""
    part = algebra.region.by_name[name]
    grid = _grid(part, bool(others))
    values = [float_at(f, name, x, others) for x in grid]
    best = min(range(len(grid)), key=lambda index: values[index])
    if not math.isfinite(values[best]) or best in (0, len(grid) - 1):
        return None
    low, high = grid[best - 1], grid[best + 1]
    # Bisect the slope: it is far sharper than comparing values.
    try:
        slope = algebra.derivative(f, name)
    except UnrepresentableError:
        return None
    for _ in range(60):
        middle = (low + high) / 2
        if not low < middle < high:
            break
        if float_at(slope, name, middle, others) > 0:
            high = middle
        else:
            low = middle
    return (low + high) / 2


def common_minimum(algebra: Algebra, f: Poly, name: str) -> float | None:
    """Return where f is least in one variable, if that is the same at samples of the others."""
    if len(algebra.variables(f)) == 1:
        return least_point(algebra, f, name, {})
    found: list[float] = []
    missed = 0
    for point in sample(algebra.region):
        others = {other: float_of(value) for other, value in point.items() if other != name}
        lowest = least_point(algebra, f, name, others)
        if lowest is None:
            missed += 1
            if missed == 2:
                return None
            continue
        found.append(lowest)
        if abs(found[0] - lowest) > 1e-6 * max(1.0, abs(lowest)):
            return None
        if len(found) == 3:
            break
    return found[0] if len(found) >= 2 else None


def _grid(part: Range, coarse: bool) -> list[float]:
    """Return increasing points of a range: even on a bounded one, geometric on long or infinite ones."""
    low = -math.inf if part.low is None else float_of(part.low)
    high = math.inf if part.high is None else float_of(part.high)
    exponents = range(-12, 13, 3) if coarse else range(-40, 41, 4)
    geometric = [2.0**k for k in exponents] + [0.5, 1.5, 2.0, 3.0, 6.0]
    candidates = [0.0, *geometric, *(-x for x in geometric)]
    if math.isfinite(low):
        candidates += [low, *(low + x for x in geometric)]
    if math.isfinite(high):
        candidates += [high, *(high - x for x in geometric)]
    if math.isfinite(low) and math.isfinite(high):
        candidates += [low + (high - low) * k / 16 for k in range(17)]
    return sorted({x for x in candidates if low <= x <= high} | {float_of(part.middle())})
