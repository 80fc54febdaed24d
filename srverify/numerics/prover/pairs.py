"""Changes of several variables at once: ratios and products, orders, one variable moved to another.

Each yields sums over other regions; where those are nonnegative (positive), so is the given one.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

from flint import fmpq

from srverify.numerics.prover.algebra import Algebra
from srverify.numerics.prover.approximate import approximate
from srverify.numerics.prover.poly import (
    Poly,
    UnrepresentableError,
    number,
)
from srverify.numerics.prover.reduction import cleared
from srverify.numerics.prover.region import Range, float_of


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


def sides(algebra: Algebra, poly: Poly) -> Iterator[list[tuple[Algebra, Poly]]]:
    """Yield pairs of problems in which y moves from an end of its range to x, where the sum vanishes.

    For x and y in ``(0, h)`` these are ``y = x*t`` and ``h - y = (h - x)*t`` with t in (0, 1].
    """
    names = sorted(algebra.variables(poly))
    for x, y in permutations(names, 2):
        part = algebra.region.by_name[y]
        high = part.high
        if part != algebra.region.by_name[x] or part.low != 0 or high is None:
            continue
        if not _seems_zero_where_equal(algebra, poly, x, y, high):
            return
        found = []
        for opened, below in ((part.low_open, True), (part.high_open, False)):
            target = Algebra(algebra.region.changed(y, Range(fmpq(0), fmpq(1), opened, False)))
            still, ratio = target.variable(x), target.variable(y)
            if below:
                value = target.mul(still, ratio)
            else:
                above = target.sub(number(high), still)
                value = target.sub(number(high), target.mul(above, ratio))
            try:
                found.append((target, algebra.rebased(poly, target, {y: value})))
            except UnrepresentableError:
                break
        if len(found) == 2:
            yield found


def _seems_zero_where_equal(algebra: Algebra, poly: Poly, x: str, y: str, high: fmpq) -> bool:
    point = {name: float_of(part.middle()) for name, part in algebra.region.ranges}
    for part in (high / 5, high / 2):
        value, size = approximate(poly, {**point, x: float_of(part), y: float_of(part)})
        if not abs(value) <= 1e-9 * size:
            return False
    return True
