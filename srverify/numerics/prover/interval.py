"""Intervals with possibly infinite ends, computed with Arb.

An interval is a pair of thin balls ``(low, high)``: every point of the set it stands for lies between
the lower end of ``low`` and the upper end of ``high``. Unlike one wide ball it keeps signs and ends at
infinity. Operations enclose the image of the points at which they are *defined*; an operation that is
defined at no point raises ``Empty``.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TypeAlias

from flint import arb, ctx, fmpq, fmpz

from srverify.checker.enclosures import interval as checked
from srverify.checker.enclosures.functions import RULES
from srverify.numerics.lambertw_ball import lambertw_ball

Interval: TypeAlias = tuple[arb, arb]

ZERO = arb(0)
ONE = arb(1)
INF = arb("inf")
MINUS_INF = arb("-inf")
LINE: Interval = (MINUS_INF, INF)
#: Arguments of exp beyond this are clamped: Arb gives no information there.
_EXP_LIMIT = arb(10**7)


class Empty(Exception):  # noqa: N818 - it says what was found, not that something went wrong
    """The operation is defined nowhere on the interval."""


def exact(value: fmpq | Fraction | int) -> Interval:
    """Return the interval of one rational number."""
    if isinstance(value, Fraction):
        value = fmpq(value.numerator, value.denominator)
    ball = arb(value)
    return ball, ball


def _low(value: arb) -> arb:
    return MINUS_INF if value.is_nan() else value


def _high(value: arb) -> arb:
    return INF if value.is_nan() else value


def add(a: Interval, b: Interval) -> Interval:
    """Return the sum."""
    low, high = a[0] + b[0], a[1] + b[1]
    return _low(low), _high(high)


def neg(a: Interval) -> Interval:
    """Return the negative."""
    return -a[1], -a[0]


def sub(a: Interval, b: Interval) -> Interval:
    """Return the difference."""
    return _low(a[0] - b[1]), _high(a[1] - b[0])


def _times(a: arb, b: arb) -> arb:
    product = a * b
    # An end at infinity is not a point, so that 0 times it contributes 0.
    if product.is_nan() and (a == 0 or b == 0):
        return ZERO
    return product


def mul(a: Interval, b: Interval) -> Interval:
    """Return the product."""
    (al, ah), (bl, bh) = a, b
    if al >= 0:
        if bl >= 0:
            return _low(_times(al, bl)), _high(_times(ah, bh))
        if bh <= 0:
            return _low(_times(ah, bl)), _high(_times(al, bh))
    elif ah <= 0:
        if bl >= 0:
            return _low(_times(al, bh)), _high(_times(ah, bl))
        if bh <= 0:
            return _low(_times(ah, bh)), _high(_times(al, bl))
    products = (_times(al, bl), _times(al, bh), _times(ah, bl), _times(ah, bh))
    if any(product.is_nan() for product in products):
        return LINE
    low = high = products[0]
    for product in products[1:]:
        low, high = low.min(product), high.max(product)
    return low, high


def scale(a: Interval, factor: arb) -> Interval:
    """Return the product with one number, given by a thin ball."""
    if factor >= 0:
        return _low(_times(a[0], factor)), _high(_times(a[1], factor))
    if factor <= 0:
        return _low(_times(a[1], factor)), _high(_times(a[0], factor))
    return mul(a, (factor, factor))


def inverse(a: Interval) -> Interval:
    """Return 1/a where a is not zero."""
    low, high = a
    if low > 0 or high < 0:
        return _low(1 / high), _high(1 / low)
    if low >= 0:
        if high <= 0:
            raise Empty
        return _low(1 / high), INF
    if high <= 0:
        return MINUS_INF, _high(1 / low)
    return LINE


def div(a: Interval, b: Interval) -> Interval:
    """Return the quotient where the divisor is not zero."""
    return mul(a, inverse(b))


def power(a: Interval, n: int) -> Interval:
    """Return the integer power; negative powers where the base is not zero."""
    if n < 0:
        return inverse(power(a, -n))
    if n == 0:
        return ONE, ONE
    if n == 1:
        return a
    low, high = a
    exponent = fmpz(n)
    if n % 2:
        return _low(_thin_power(low, exponent)), _high(_thin_power(high, exponent))
    if low >= 0:
        return _low(_thin_power(low, exponent)), _high(_thin_power(high, exponent))
    if high <= 0:
        return _low(_thin_power(high, exponent)), _high(_thin_power(low, exponent))
    return ZERO, _high(_thin_power(abs(low).max(abs(high)), exponent))


def _thin_power(value: arb, n: fmpz) -> arb:
    if value > 0 or value < 0 or value == 0:
        return value**n
    # A thin ball around 0: arb's power gives nan there.
    result = value
    for bit in bin(int(n))[3:]:
        result = result * result
        if bit == "1":
            result = result * value
    return result


def sqrt(a: Interval) -> Interval:
    """Return the square root of the nonnegative part."""
    low, high = a
    if high < 0:
        raise Empty
    return (low.sqrt() if low >= 0 else ZERO), _upper_root(high)


def _upper_root(high: arb) -> arb:
    return _high(high.sqrt() if high >= 0 else high.upper().max(ZERO).sqrt())


def log(a: Interval) -> Interval:
    """Return the logarithm of the positive part."""
    low, high = a
    if high <= 0:
        raise Empty
    upper = high if high > 0 else high.upper()
    return (low.log() if low > 0 else MINUS_INF), (_high(upper.log()) if upper > 0 else INF)


def exp(a: Interval) -> Interval:
    """Return the exponential."""
    low, high = a
    if low > _EXP_LIMIT:
        low = _EXP_LIMIT
    bottom = low.exp() if low > -_EXP_LIMIT else ZERO
    if high < -_EXP_LIMIT:
        high = -_EXP_LIMIT
    top = _high(high.exp()) if high < _EXP_LIMIT else INF
    return bottom, top


def absolute(a: Interval) -> Interval:
    """Return the absolute value."""
    low, high = a
    if low >= 0:
        return a
    if high <= 0:
        return -high, -low
    return ZERO, _high(abs(low).max(abs(high)))


def minimum(a: Interval, b: Interval) -> Interval:
    """Return the minimum."""
    return _low(a[0].min(b[0])), _high(a[1].min(b[1]))


def maximum(a: Interval, b: Interval) -> Interval:
    """Return the maximum."""
    return _low(a[0].max(b[0])), _high(a[1].max(b[1]))


def meet(a: Interval, b: Interval) -> Interval:
    """Return an enclosure of the points in both; raises Empty when they are certainly disjoint."""
    if a[0] > b[1] or b[0] > a[1]:
        raise Empty
    return _low(a[0].lower().max(b[0].lower())), _high(a[1].upper().min(b[1].upper()))


def rational_power(a: Interval, exponent: fmpq) -> Interval:
    """Return ``x^p`` for a non-integer p over the nonnegative part (positive part if p < 0)."""
    if exponent == fmpq(1, 2):
        return sqrt(a)
    if exponent < 0:
        return inverse(rational_power(a, -exponent))
    low, high = a
    if high < 0:
        raise Empty
    p = arb(exponent)
    bottom = (low.log() * p).exp() if low > 0 else ZERO
    upper = high.upper()
    if not upper > 0:
        return ZERO, ZERO
    return bottom, exp((ZERO, upper.log() * p))[1]


def natural_power(a: Interval, exponent: Interval) -> Interval:
    """Return ``x^n`` for natural n in an interval; ``0^0`` is 1."""
    low = a[0]
    if low > 0:
        return exp(mul(log(a), exponent))
    # n is at least 0, whatever the interval says.
    _, size = absolute(a)
    _, top = exp(mul(log((ONE, size.max(ONE))), (ZERO, exponent[1])))
    return (ZERO if low >= 0 else -top), top


def real_power(a: Interval, exponent: Interval) -> Interval:
    """Return ``x^y`` over the positive part of the base, and 0 where the base may be 0 (and y > 0)."""
    if a[0] > 0 or not exponent[1] > 0:
        return exp(mul(log(a), exponent))
    if not a[1] > 0:
        if a[1] < 0:
            raise Empty
        return ZERO, ZERO
    return ZERO, exp(mul(log(a), exponent))[1]


def lambertw(a: Interval, branch: int) -> Interval:
    """Return a real branch of Lambert W over the part of the interval inside its domain."""
    if a[1] < -arb(-1).exp() or (branch == -1 and a[0] >= 0):
        raise Empty
    if branch == 0:
        low, high = _branch_end(a[0], 0), _branch_end(a[1], 0)
        bottom = low if low is not None else -ONE
        top = high if high is not None else INF
        return bottom.max(-ONE), top
    low, high = _branch_end(a[1], -1), _branch_end(a[0], -1)
    bottom = low if low is not None and a[1] < 0 else MINUS_INF
    return bottom, (high.min(-ONE) if high is not None else -ONE)


def _branch_end(end: arb, branch: int) -> arb | None:
    """Return W at an end, or None if the end is not certainly inside the domain."""
    if end.is_finite() and end > -arb(-1).exp() and (branch == 0 or end < 0):
        value = lambertw_ball(end, branch, ctx.prec)
        return None if value.is_nan() else value
    return INF if branch == 0 and end > 0 else None


def image(name: str) -> Callable[[Interval], Interval]:
    """Return the enclosure by a function of one argument, where it is defined."""
    rule = RULES[name]

    def enclose(a: Interval) -> Interval:
        at = checked.Interval(checked.down(a[0]), checked.up(a[1]))
        if rule.inside(at) is False:
            raise Empty
        found = rule.image(at)
        return found.low, found.high

    return enclose
