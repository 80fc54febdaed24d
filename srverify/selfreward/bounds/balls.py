"""Exact arguments as balls, and the range checks that the bounds share."""

from __future__ import annotations

from fractions import Fraction
from typing import TypeAlias

from flint import arb, fmpq

from srverify.language.errors import InputError

#: What a bound accepts: an exact number, a decimal string, or a ball.
Number: TypeAlias = int | str | Fraction | arb

#: Bits of working precision of a bound unless the caller asks for more.
PRECISION = 128


def ball(value: Number) -> arb:
    """Return a ball around an exact number, at the current precision; floats are refused."""
    if isinstance(value, arb):
        return value
    if isinstance(value, bool | float):
        raise InputError(f"{value!r} is not exact: give a fraction or a decimal string")
    exact = rational(value)
    return arb(fmpq(exact.numerator, exact.denominator))


def rational(value: int | str | Fraction) -> Fraction:
    """Return an exact number as a Fraction; raises InputError for text that is no number.

    >>> rational("0.05")
    Fraction(1, 20)
    """
    try:
        return Fraction(value)
    except (ValueError, ZeroDivisionError, TypeError):
        raise InputError(f"{value!r} is not an exact number such as 1/20 or 0.05") from None


def require(condition: bool, message: str) -> None:
    """Raise InputError unless a condition is certain (a ball's comparison is true only if certain)."""
    if not condition:
        raise InputError(message)


def shown(value: Number) -> str:
    """Print a number for a message; long ones to six digits."""
    if isinstance(value, arb):
        return value.str(6)
    exact = rational(value)
    if exact.numerator.bit_length() + exact.denominator.bit_length() > 200:
        return ball(exact).str(6)
    return str(value)


def positive(name: str, value: Number) -> arb:
    """Return the ball of a number that must be positive."""
    result = ball(value)
    require(result > 0, f"{name} must be positive, got {shown(value)}")
    return result


def at_least(name: str, value: Number, least: int) -> arb:
    """Return the ball of a number that must be at least ``least``."""
    result = ball(value)
    require(result >= least, f"{name} must be at least {least}, got {shown(value)}")
    return result
