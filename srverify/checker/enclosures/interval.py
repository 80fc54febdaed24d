"""Interval arithmetic with exact, possibly infinite, possibly excluded ends.

An interval stands for a set of real numbers v with ``low <= v <= high``, the relation being strict at
an end that is open. Finite ends are dyadic numbers (balls of radius 0): Arb encloses an end's image
in a ball, whose lower or upper end is taken, so that comparing ends is exact and nan never occurs.
If a true end E of an image is open and the dyadic L below it replaces it, v > E >= L: openness survives
rounding. Theorem for each operation: the result contains the images of all points of the arguments at
which the operation is defined.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from flint import arb, fmpq, fmpz

from srverify.language.term import Number

INF, MINUS_INF, ZERO, ONE = arb("inf"), arb("-inf"), arb(0), arb(1)
#: exp is not evaluated beyond this size of its argument; its monotonicity bounds it there.
_EXP_LIMIT = arb(1 << 30)


class Interval(NamedTuple):
    """The numbers between two ends."""

    low: arb
    high: arb
    low_open: bool = False
    high_open: bool = False


LINE = Interval(MINUS_INF, INF, True, True)


def rational(value: Number) -> fmpq:
    """Return a number of the language as an exact rational of FLINT."""
    return fmpq(int(value.p), int(value.q))


def down(ball: arb) -> arb:
    """Return a dyadic (or -oo) that is at most every number of a ball; -oo for nan."""
    return ball.lower() if ball.is_finite() else MINUS_INF


def up(ball: arb) -> arb:
    """Return a dyadic (or oo) that is at least every number of a ball; oo for nan."""
    return ball.upper() if ball.is_finite() else INF


def exact(value: fmpq) -> Interval:
    """Enclose one rational number."""
    ball = arb(value)
    return Interval(down(ball), up(ball))


def _infinite(end: arb) -> bool:
    return bool(abs(end) == INF)


def _lowest(*ends: tuple[arb, bool]) -> tuple[arb, bool]:
    """Return the least end; it is open only if every end there is."""
    best, is_open = ends[0]
    for end, other in ends[1:]:
        if end < best:
            best, is_open = end, other
        elif end == best:
            is_open = is_open and other
    return best, is_open


def _highest(*ends: tuple[arb, bool]) -> tuple[arb, bool]:
    low, is_open = _lowest(*((-end, flag) for end, flag in ends))
    return -low, is_open


def add(a: Interval, b: Interval) -> Interval:
    """Return the sum: an end is attained only if both ends are."""
    return Interval(
        down(a.low + b.low), up(a.high + b.high), a.low_open or b.low_open, a.high_open or b.high_open
    )


def neg(a: Interval) -> Interval:
    """Return the negative."""
    return Interval(-a.high, -a.low, a.high_open, a.low_open)


def _corner(a: arb, a_open: bool, b: arb, b_open: bool) -> tuple[arb, arb, bool]:
    """Return bounds of a product of two ends and whether it is not attained.

    0 times an infinite end is 0, since infinite ends are not points; a product 0 is attained as soon
    as one factor 0 is.
    """
    if a == 0 or b == 0:
        return ZERO, ZERO, (a_open or a != 0) and (b_open or b != 0)
    if not (a.is_finite() and b.is_finite()) and (_infinite(a) or _infinite(b)):
        end = INF if (a > 0) == (b > 0) else MINUS_INF
        return end, end, True
    product = a * b
    return down(product), up(product), a_open or b_open


def mul(a: Interval, b: Interval) -> Interval:
    """Return the product: a bilinear function takes its extreme values over a box at corners."""
    if a.low > 0 and b.low > 0 and a.high.is_finite() and b.high.is_finite():
        # Of positive numbers the product increases in both factors.
        return Interval(
            down(a.low * b.low),
            up(a.high * b.high),
            a.low_open or b.low_open,
            a.high_open or b.high_open,
        )
    corners = [
        _corner(x, x_open, y, y_open)
        for x, x_open in ((a.low, a.low_open), (a.high, a.high_open))
        for y, y_open in ((b.low, b.low_open), (b.high, b.high_open))
    ]
    low, low_open = _lowest(*((low, is_open) for low, _, is_open in corners))
    high, high_open = _highest(*((high, is_open) for _, high, is_open in corners))
    return Interval(low, high, low_open, high_open)


def inverse(a: Interval) -> Interval:
    """Return 1/a, which decreases on either side of 0; LINE if a has both signs."""
    if a.low >= 0:
        low = ZERO if a.high == INF else down(1 / a.high) if a.high > 0 else ZERO
        low_open = a.high_open or a.high == INF
        return Interval(low, up(1 / a.low) if a.low > 0 else INF, low_open, a.low_open or a.low == 0)
    return neg(inverse(neg(a))) if a.high <= 0 else LINE


def increasing(function: Callable[[arb], arb], a: Interval) -> Interval:
    """Return the image under a function that strictly increases on the interval."""
    return Interval(down(function(a.low)), up(function(a.high)), a.low_open, a.high_open)


def absolute(a: Interval) -> Interval:
    """Return the absolute value."""
    if a.low >= 0:
        return a
    if a.high <= 0:
        return neg(a)
    high, high_open = _highest((-a.low, a.low_open), (a.high, a.high_open))
    return Interval(ZERO, high, False, high_open)


def power(a: Interval, n: int) -> Interval:
    """Return the integer power (0^0 is 1)."""
    if n < 0:
        return inverse(power(a, -n))
    if n == 0:
        return Interval(ONE, ONE)
    if n % 2 == 0:
        a = absolute(a)
    return increasing(lambda x: x ** fmpz(n), a)


def exp(a: Interval) -> Interval:
    """Return the exponential."""
    low = ZERO if a.low < -_EXP_LIMIT else down((a.low if a.low < _EXP_LIMIT else _EXP_LIMIT).exp())
    top = a.high if a.high > -_EXP_LIMIT else -_EXP_LIMIT
    high = INF if top > _EXP_LIMIT else up(top.exp())
    return Interval(low, high, a.low_open or a.low < -_EXP_LIMIT, a.high_open)


def log(a: Interval) -> Interval:
    """Return the logarithm of the positive part."""
    low = down(a.low.log()) if a.low > 0 else MINUS_INF
    return Interval(low, up(a.high.log()) if a.high > 0 else INF, a.low_open or a.low <= 0, a.high_open)


def _nonnegative(a: Interval) -> Interval:
    return a if a.low >= 0 else a._replace(low=ZERO, low_open=False)


def sqrt(a: Interval) -> Interval:
    """Return the square root of the nonnegative part."""
    return increasing(lambda x: x.sqrt() if x > 0 else ZERO, _nonnegative(a))


def rational_power(a: Interval, p: fmpq) -> Interval:
    """Return ``x^p``, p no integer, over the nonnegative part (the positive part for p < 0)."""
    if p < 0:
        return inverse(rational_power(a, -p))
    return increasing(lambda x: (x.log() * p).exp() if x > 0 else ZERO, _nonnegative(a))


def natural_power(a: Interval, n: Interval) -> Interval:
    """Return ``x^n`` over the naturals n of an interval (0^0 is 1)."""
    if a.low > 0:
        return exp(mul(log(a), n))
    size, _ = _highest((absolute(a).high, False), (ONE, False))
    high = exp(mul(log(Interval(size, size)), _nonnegative(n))).high
    return Interval(ZERO if a.low >= 0 else -high, high)


def real_power(a: Interval, b: Interval) -> Interval:
    """Return ``x^y`` over the positive part of the base, and 0 where the base may be 0 (and y > 0)."""
    found = exp(mul(log(a), b))
    return found if a.low > 0 else found._replace(low=ZERO, low_open=False)


def minimum(a: Interval, b: Interval) -> Interval:
    """Return the minimum: its least value is attained where either is, its greatest where both are."""
    return neg(maximum(neg(a), neg(b)))


def maximum(a: Interval, b: Interval) -> Interval:
    """Return the maximum: its greatest value is attained where either is, its least where both are."""
    high, high_open = _highest((a.high, a.high_open), (b.high, b.high_open))
    if a.low == b.low:
        return Interval(a.low, high, a.low_open or b.low_open, high_open)
    low, low_open = (a.low, a.low_open) if a.low > b.low else (b.low, b.low_open)
    return Interval(low, high, low_open, high_open)


def lambertw(a: Interval, branch: int) -> Interval:
    """Return a branch of Lambert W over the part of the interval that is in its domain.

    W_0 increases from -1 on [-1/e, oo), W_-1 decreases from -1 on [-1/e, 0).
    """
    if branch == 0:
        low, high = _lambertw(a.low, 0, lower=True), _lambertw(a.high, 0, lower=False)
        return Interval(low, high, a.low_open and low > -1, a.high_open)
    low, high = _lambertw(a.high, -1, lower=True), _lambertw(a.low, -1, lower=False)
    return Interval(low, high, a.high_open, a.low_open and high < -1)


def _lambertw(x: arb, branch: int, *, lower: bool) -> arb:
    """Bound W at a dyadic end; the trivial bound where the end is not certainly in the open domain."""
    trivial = MINUS_INF if branch == -1 else -ONE
    if not lower:
        trivial = INF if branch == 0 else -ONE
    if not (-arb(-1).exp() < x < INF) or (branch == -1 and x >= 0):
        return trivial
    value = x.lambertw(branch)
    return trivial if not value.is_finite() else down(value) if lower else up(value)
