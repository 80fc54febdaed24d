"""Enclosures of the functions of one argument over intervals, by their monotone pieces.

For every function two facts about an interval are needed: whether it is defined at every point of it
(True), at none (False), or that is open (None); and an interval that contains its values wherever it
is defined. Arb's balls are asked at the (dyadic, finite) ends of a piece only; what lies between
follows from theorems that the functions' texts state. Where an interval may hold a pole, nothing is
said of the values.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from flint import arb

from srverify.checker.enclosures.interval import (
    INF,
    LINE,
    MINUS_INF,
    ONE,
    ZERO,
    Interval,
    absolute,
    down,
    neg,
    up,
)

Image: TypeAlias = Callable[[Interval], Interval]
Inside: TypeAlias = Callable[[Interval], bool | None]
_Value: TypeAlias = Callable[[arb], arb]
#: Beyond this size of an argument, growth like that of exp is bounded by monotonicity.
_LIMIT = arb(1 << 30)
#: Trigamma is shifted to the positive numbers by so much at most.
_SHIFTED = arb(64)
#: Integers beyond this size are not told apart.
_COUNTED = arb(1 << 50)
#: The least value of Gamma on (0, oo) is 0.88560319441088870..., that of its logarithm
#: -0.121486290535849608...
_LEAST_GAMMA, _LEAST_LOGGAMMA = arb("0.885603194410888"), arb("-0.12148629053585")


def everywhere(_: Interval) -> bool:
    """Functions defined on the whole line."""
    return True


def within(low: int | None, high: int | None, *, closed: bool) -> Inside:
    """Return the test for a domain with such ends; ``None`` is an infinite one."""

    def inside(a: Interval) -> bool | None:
        known = True
        for end, is_open, beyond, wrong, bound in (
            (a.low, a.low_open, a.high, a.high_open, None if low is None else arb(low)),
            (-a.high, a.high_open, -a.low, a.low_open, None if high is None else arb(-high)),
        ):
            if bound is None:
                continue
            if beyond < bound or (beyond == bound and (wrong or not closed)):
                return False
            known = known and bool(end > bound or (end == bound and (closed or is_open)))
        return True if known else None

    return inside


def _clipped(a: Interval, low: arb, high: arb) -> Interval:
    """Return the part of an interval between two numbers; not to be asked if there is none."""
    if a.low < low:
        a = a._replace(low=low, low_open=False)
    return a._replace(high=high, high_open=False) if a.high > high else a


# -- monotone functions ----------------------------------------------------------------------------


def rising(value: _Value, least: _Value | arb, most: _Value | arb) -> Image:
    """Return the image under a function that strictly increases on the whole line, between two limits.

    The limits are numbers, or functions without an argument's influence that give a ball (pi/2).
    """

    def bound(limit: _Value | arb) -> arb:
        return limit if isinstance(limit, arb) else limit(ZERO)

    def image(a: Interval) -> Interval:
        bottom, top = down(bound(least)) if least != MINUS_INF else MINUS_INF, bound(most)
        top = INF if top == INF else up(top)
        low = down(value(a.low)) if MINUS_INF < a.low < INF else MINUS_INF
        high = up(value(a.high)) if MINUS_INF < a.high < INF else INF
        # The limits are never attained.
        low, low_open = (low, a.low_open) if low > bottom else (bottom, True)
        high, high_open = (high, a.high_open) if high < top else (top, True)
        return Interval(low, high, low_open, high_open)

    return image


def _falling(image: Image) -> Image:
    """Return the image under ``f(-x)``, which falls where f rises."""
    return lambda a: image(neg(a))


def _half_pi(sign: int) -> _Value:
    return lambda _: sign * arb.pi() / 2


atan = rising(lambda x: x.atan(), _half_pi(-1), _half_pi(1))
tanh = rising(lambda x: x.tanh(), -ONE, ONE)
asinh = rising(lambda x: x.asinh(), MINUS_INF, INF)
erf = rising(lambda x: x.erf(), -ONE, ONE)
erfc = _falling(rising(lambda x: (-x).erfc(), ZERO, arb(2)))


def sinh(a: Interval) -> Interval:
    """Return the hyperbolic sine, which increases."""
    low = MINUS_INF if a.low < -_LIMIT else down((a.low if a.low < _LIMIT else _LIMIT).sinh())
    high = INF if a.high > _LIMIT else up((a.high if a.high > -_LIMIT else -_LIMIT).sinh())
    return Interval(low, high, a.low_open or low == MINUS_INF, a.high_open or high == INF)


def cosh(a: Interval) -> Interval:
    """Return the hyperbolic cosine, which is even and increases on [0, oo)."""
    a = absolute(a)
    low = down((a.low if a.low < _LIMIT else _LIMIT).cosh())
    high = INF if a.high > _LIMIT else up(a.high.cosh())
    # cosh is at least 1, and 1 at 0 only.
    low, low_open = (low, a.low_open) if low >= 1 else (ONE, a.low > 0 or a.low_open)
    return Interval(low, high, low_open, a.high_open or high == INF)


def asin(a: Interval) -> Interval:
    """Return the arcsine, which increases, of the part in [-1, 1]."""
    a = _clipped(a, -ONE, ONE)
    return Interval(down(a.low.asin()), up(a.high.asin()), a.low_open, a.high_open)


def acos(a: Interval) -> Interval:
    """Return the arccosine, which decreases, of the part in [-1, 1]."""
    a = _clipped(a, -ONE, ONE)
    return Interval(down(a.high.acos()), up(a.low.acos()), a.high_open, a.low_open)


def acosh(a: Interval) -> Interval:
    """Return the inverse hyperbolic cosine, which increases from 0, of the part in [1, oo)."""
    a = _clipped(a, ONE, INF)
    low = down(a.low.acosh())
    low, low_open = (low, a.low_open) if low >= 0 else (ZERO, a.low > 1 or a.low_open)
    return Interval(low, INF if a.high == INF else up(a.high.acosh()), low_open, a.high_open)


def atanh(a: Interval) -> Interval:
    """Return the inverse hyperbolic tangent, which increases, of the part in (-1, 1)."""
    low = down(a.low.atanh()) if a.low > -1 else MINUS_INF
    high = up(a.high.atanh()) if a.high < 1 else INF
    return Interval(low, high, a.low_open or low == MINUS_INF, a.high_open or high == INF)


# -- trigonometric functions -----------------------------------------------------------------------


def _integer_between(low: arb, low_open: bool, high: arb, high_open: bool) -> bool:
    """Tell whether there may be an integer from a number in one ball to a number in another.

    An end that is a known integer counts only if it is not open.
    """
    first, last = down(low), up(high)
    if not (first > -_COUNTED and last < _COUNTED):
        return True
    start, stop = first.ceil().unique_fmpz(), last.floor().unique_fmpz()
    if start is None or stop is None:
        return True
    if low_open and low.is_exact() and low == start:
        start += 1
    if high_open and high.is_exact() and high == stop:
        stop -= 1
    return bool(start <= stop)


def _reaches(a: Interval, quarter: int, period: int) -> bool:
    """Tell whether an interval may hold ``quarter*pi/2 + k*period*pi`` for an integer k."""
    if a.low == MINUS_INF or a.high == INF:
        return True
    ends = [(end / arb.pi() - arb(quarter) / 2) / period for end in (a.low, a.high)]
    return _integer_between(ends[0], a.low_open, ends[1], a.high_open)


def _wave(value: _Value, crest: int) -> Image:
    """Return the image under a function that goes from -1 to 1 and back, monotone between its extrema.

    It is 1 at ``crest*pi/2`` and -1 half a period of 2*pi away. Between two neighbouring extrema it is
    strictly monotone, so that without one inside it is greatest (least) at an end.
    """

    def image(a: Interval) -> Interval:
        low, low_open, high, high_open = -ONE, False, ONE, False
        ends = []
        if a.low > MINUS_INF and a.high < INF:
            ends = [(value(a.low), a.low_open), (value(a.high), a.high_open)]
        if not _reaches(a, crest, 2):
            high = max((up(ball) for ball, _ in ends))
            high_open = all(is_open for ball, is_open in ends if up(ball) == high)
        if not _reaches(a, crest + 2, 2):
            low = min((down(ball) for ball, _ in ends))
            low_open = all(is_open for ball, is_open in ends if down(ball) == low)
        if high > 1:
            high, high_open = ONE, False
        if low < -1:
            low, low_open = -ONE, False
        return Interval(low, high, low_open, high_open)

    return image


sin, cos = _wave(lambda x: x.sin(), 1), _wave(lambda x: x.cos(), 0)


def off_tangent_poles(a: Interval) -> bool | None:
    """Tell whether the tangent is defined; it is so at dyadic numbers, which are no multiples of pi."""
    return None if _reaches(a, 1, 1) else True


def tan(a: Interval) -> Interval:
    """Return the tangent, which increases between neighbouring poles."""
    if _reaches(a, 1, 1):
        return LINE
    return Interval(down(a.low.tan()), up(a.high.tan()), a.low_open, a.high_open)


# -- Gamma and its logarithmic derivatives ---------------------------------------------------------


def off_poles(a: Interval) -> bool | None:
    """Tell whether an interval is free of 0, -1, -2, ..."""
    if a.low > 0 or (a.low == 0 and a.low_open):
        return True
    if a.low == a.high and abs(a.low) < _COUNTED:
        return not a.low.is_integer()
    high, high_open = (a.high, a.high_open) if a.high < 0 else (ZERO, a.high == 0 and a.high_open)
    if a.low == MINUS_INF:
        return None
    return None if _integer_between(a.low, a.low_open, high, high_open) else True


def _slope_signs(a: Interval) -> tuple[bool, bool]:
    """Tell whether log|Gamma| certainly rises, or falls, on an interval free of poles.

    The digamma function is its derivative, and increases between neighbouring poles: its sign at the
    lower end (the upper end) decides; at a pole below it is -oo, at one above oo.
    """
    low = a.low if (a.low > MINUS_INF and not a.low.is_integer()) or a.low > 0 else None
    high = a.high if a.high < INF and (not a.high.is_integer() or a.high > 0) else None
    rises = low is not None and bool(low.digamma() > 0)
    falls = high is not None and bool(high.digamma() < 0)
    return rises, falls


def _at(value: _Value, end: arb) -> arb:
    """Return a ball of |Gamma| or its logarithm at an end, or oo at a pole or beyond the limit."""
    if end > _LIMIT or (end <= 0 and end.is_integer()):
        return INF
    return value(end)


def _hull(a: Interval) -> arb:
    return a.low.union(a.high)


def _convex(a: Interval, value: _Value, least: arb) -> Interval:
    """Return the image of |Gamma| or its logarithm, both convex, on an interval free of poles.

    They are greatest at an end; where they neither rise nor fall throughout, ``least`` bounds them
    below, and so does Arb over the whole interval.
    """
    ends = [(_at(value, a.low), a.low_open), (_at(value, a.high), a.high_open)]
    high = max(up(ball) for ball, _ in ends)
    high_open = high == INF or all(is_open for ball, is_open in ends if up(ball) == high)
    rises, falls = _slope_signs(a)
    if rises or falls:
        end, is_open = ends[0] if rises else ends[1]
        if end.is_finite():
            return Interval(down(end), high, is_open, high_open)
        if rises and a.low > _LIMIT:
            return Interval(down(value(_LIMIT)), high, True, high_open)
        return Interval(least, high, False, high_open)
    low = least
    if a.low > MINUS_INF and a.high < INF:
        low = max(low, down(value(_hull(a))))
    return Interval(low, high, False, high_open)


def gamma(a: Interval) -> Interval:
    """Return Gamma: log|Gamma| is convex between neighbouring poles; the sign alternates below 0."""
    if off_poles(a) is not True:
        return LINE
    if a.high > 0:
        return _convex(a, lambda x: x.gamma(), down(_LEAST_GAMMA))
    pieces = (-a.low).ceil().unique_fmpz() if -a.low < _COUNTED else None
    if pieces is None:
        return LINE
    image = _convex(a, lambda x: abs(x.gamma()), ZERO)
    return neg(image) if pieces % 2 else image


def loggamma(a: Interval) -> Interval:
    """Return the logarithm of Gamma on the positive part, where it is convex."""
    if not a.high > 0:
        return LINE
    a = a if a.low > 0 else a._replace(low=ZERO, low_open=True)
    return _convex(a, lambda x: x.lgamma(), down(_LEAST_LOGGAMMA))


def digamma(a: Interval) -> Interval:
    """Return the digamma function, which increases from -oo to oo between neighbouring poles."""
    if off_poles(a) is not True:
        return LINE
    low = _at(lambda x: x.digamma(), a.low) if a.low < _LIMIT else _LIMIT.digamma()
    high = _at(lambda x: x.digamma(), a.high)
    bottom = MINUS_INF if low == INF else down(low)
    top = INF if high == INF else up(high)
    return Interval(bottom, top, a.low_open, a.high_open)


def _shifted_trigamma(a: Interval) -> Interval:
    """Return trigamma below 0, by ``trigamma(x) = trigamma(x + n) + sum over k < n of 1/(x + k)^2``."""
    hull = _hull(a)
    shift = (-a.low).ceil().unique_fmpz() if -a.low < _SHIFTED else None
    if shift is None:
        return Interval(ZERO, INF, True, True)
    n = int(shift)
    # Where an end is a pole, a divisor's ball holds 0: the sum is nan, and its ends trivial.
    total = sum((1 / ((hull + k) * (hull + k)) for k in range(n)), arb(2).zeta(hull + n))
    low = max(ZERO, down(total))
    return Interval(low, up(total), low == 0, False)


def trigamma(a: Interval) -> Interval:
    """Return the derivative of digamma: positive, and on (0, oo) decreasing to 0."""
    if off_poles(a) is not True:
        return LINE
    if not a.low >= 0:
        return _shifted_trigamma(a)
    low = ZERO if a.high == INF else max(ZERO, down(arb(2).zeta(a.high)))
    high = up(arb(2).zeta(a.low)) if a.low > 0 else INF
    return Interval(low, high, a.high_open or low == 0, a.low_open or high == INF)
