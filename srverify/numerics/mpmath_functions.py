"""Functions of one argument on mpmath's intervals: independent of Arb, for the second opinion.

Sine, cosine and Gamma are mpmath's own interval functions. Every other function is monotone wherever
it is defined without a pole in between, so that the ends decide: each is evaluated with spare bits,
and widened by far more than the few last bits by which mpmath may err.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import mpmath
from mpmath.libmp import mpf_ceil, mpf_floor, mpf_le, mpf_lt, mpf_sign, round_ceiling, round_floor
from mpmath.libmp.libmpi import mpi_cos, mpi_div, mpi_gamma, mpi_sin

#: The ends of an interval, as raw floats of mpmath.
Interval = tuple[Any, Any]
#: Bits in hand when a function is evaluated at an end.
_SPARE = 40
#: Arguments with more bits than this before the point are not reduced.
_MAX_BITS = 1 << 12


class OutsideError(ArithmeticError):
    """The function is undefined on a part of the interval, or the interval is too wide to tell."""


class _Monotone(NamedTuple):
    value: Callable[[Any], Any]
    direction: int = 1
    low: int | None = None
    high: int | None = None
    closed: bool = True
    poles: bool = False


_MONOTONE: dict[str, _Monotone] = {
    "asin": _Monotone(mpmath.asin, 1, -1, 1),
    "acos": _Monotone(mpmath.acos, -1, -1, 1),
    "atan": _Monotone(mpmath.atan),
    "sinh": _Monotone(mpmath.sinh),
    "tanh": _Monotone(mpmath.tanh),
    "asinh": _Monotone(mpmath.asinh),
    "acosh": _Monotone(mpmath.acosh, 1, 1),
    "atanh": _Monotone(mpmath.atanh, 1, -1, 1, closed=False),
    "erf": _Monotone(mpmath.erf),
    "erfc": _Monotone(mpmath.erfc, -1),
    "digamma": _Monotone(mpmath.digamma, poles=True),
}


def enclosure(name: str, value: Interval, precision: int) -> Interval:
    """Enclose a function over an interval; raises OutsideError where it may be undefined.

    Parameters
    ----------
    precision
        Working precision in bits.
    """
    if any(exponent + bits > _MAX_BITS for _, _, exponent, bits in value):
        raise OutsideError(f"{name} of a number out of range")
    found: Interval
    match name:
        case "sin":
            found = mpi_sin(value, precision)
        case "cos":
            found = mpi_cos(value, precision)
        case "tan":
            below = mpi_cos(value, precision)
            if mpf_sign(below[0]) <= 0 <= mpf_sign(below[1]):
                raise OutsideError("a pole of tan may be near")
            found = mpi_div(mpi_sin(value, precision), below, precision)
        case "cosh":
            found = _cosh(value, precision)
        case "gamma":
            _off_poles(value)
            try:
                found = mpi_gamma(value, precision)
            except RecursionError:  # mpmath 1.3 calls itself without end at some arguments
                raise OutsideError("no enclosure of gamma here") from None
        case "loggamma" | "trigamma":
            found = _convex(name, value, precision)
        case _:
            found = _ends(_MONOTONE[name], value, precision)
    return found


def _off_poles(value: Interval) -> None:
    if mpf_sign(value[0]) > 0:
        return
    # No integer between the ends, which are not integers themselves.
    if (
        mpf_sign(value[1]) >= 0
        or mpf_lt(mpf_floor(value[0]), mpf_floor(value[1]))
        or mpf_le(mpf_ceil(value[0]), value[0])
    ):
        raise OutsideError("a pole may be near")


def _ends(row: _Monotone, value: Interval, precision: int) -> Interval:
    low, high = value
    for bound, end, sign in ((row.low, low, 1), (row.high, high, -1)):
        if bound is not None:
            gap = mpf_sign((mpmath.make_mpf(end) - bound)._mpf_) * sign
            if gap < 0 or (gap == 0 and not row.closed):
                raise OutsideError("an end of the domain may be passed")
    if row.poles:
        _off_poles(value)
    first, last = (low, high) if row.direction > 0 else (high, low)
    return _wide(row.value, first, precision)[0], _wide(row.value, last, precision)[1]


def _wide(function: Callable[[Any], Any], at: Any, precision: int) -> Interval:
    with mpmath.workprec(precision + _SPARE):
        found = mpmath.mpf(function(mpmath.make_mpf(at)))
        if not mpmath.isfinite(found):
            raise OutsideError("no finite value")
        slack = abs(found) * mpmath.mpf(2) ** -(precision + 8)
        low, high = found - slack, found + slack
    return (
        mpmath.libmp.mpf_pos(low._mpf_, precision, round_floor),
        mpmath.libmp.mpf_pos(high._mpf_, precision, round_ceiling),
    )


def _cosh(value: Interval, precision: int) -> Interval:
    low, high = value
    if mpf_sign(low) <= 0 <= mpf_sign(high):
        top = high if mpf_lt(mpmath.libmp.mpf_abs(low), high) else low
        return mpmath.mpf(1)._mpf_, _wide(mpmath.cosh, top, precision)[1]
    first, last = (low, high) if mpf_sign(low) > 0 else (high, low)
    return _wide(mpmath.cosh, first, precision)[0], _wide(mpmath.cosh, last, precision)[1]


def _convex(name: str, value: Interval, precision: int) -> Interval:
    """Enclose loggamma on (0, oo) by its tangents' signs, or trigamma there, where it decreases."""
    low = value[0]
    if name == "trigamma":
        _off_poles(value)
        if mpf_sign(low) <= 0:
            raise OutsideError("not monotone between its poles")
        row = _Monotone(lambda x: mpmath.psi(1, x), -1)
        return _ends(row, value, precision)
    if mpf_sign(low) <= 0:
        raise OutsideError("loggamma of a number that is not positive")
    slopes = [mpmath.digamma(mpmath.make_mpf(end)) for end in value]
    if slopes[0] > 0 or slopes[1] < 0:
        return _ends(_Monotone(mpmath.loggamma, 1 if slopes[0] > 0 else -1), value, precision)
    raise OutsideError("loggamma is not monotone here")
