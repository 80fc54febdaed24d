"""Rational bounds of functions at rational points, rounded outwards to few bits."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

_GUARD_BITS = 32


def enclosure(function: str, at: Fraction, bits: int) -> tuple[Fraction, Fraction]:
    """Return rationals below and above a function at a point, of about so many significant bits.

    ``function`` is ``exp``, ``log``, ``sin``, ``cos``, ``asin``, ``acos`` or ``atan``. Both bounds are
    strict unless the value is exact (such as exp 0 and log 1). Raises ValueError for the logarithm of a
    number that is not positive, and for an arc of one beyond 1.

    >>> enclosure("exp", Fraction(1), 8)
    (Fraction(173, 64), Fraction(87, 32))
    """
    from flint import arb, ctx, fmpq

    if function == "log" and at <= 0:
        raise ValueError(f"log is not defined at {at}")
    if function in ("asin", "acos") and abs(at) > 1:
        raise ValueError(f"{function} is not defined at {at}")
    point = fmpq(at.numerator, at.denominator)
    # exp loses as many bits as its argument has before the point.
    with ctx.workprec(bits + _GUARD_BITS + abs(at.numerator // at.denominator).bit_length()):
        ball = getattr(arb(point), function)()
        if ball.is_exact():
            value = _fraction(ball)
            return value, value
        low, high = _fraction(ball.lower()), _fraction(ball.upper())
    return _rounded(low, bits, up=False), _rounded(high, bits, up=True)


def _fraction(ball: Any) -> Fraction:
    mantissa, exponent = ball.mid().man_exp()
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)


def _rounded(value: Fraction, bits: int, up: bool) -> Fraction:
    """Move to the next multiple of a power of two that is strictly on the asked side."""
    if not value:
        return value
    size = abs(value.numerator).bit_length() - value.denominator.bit_length()
    step = Fraction(2) ** (size - bits + 1)
    steps = value / step
    whole = steps.numerator // steps.denominator
    return (whole + 1) * step if up else (whole if whole != steps else whole - 1) * step
