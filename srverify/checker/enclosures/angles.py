"""Exact values of functions at rational numbers and at rational multiples of pi.

Theorem: what `value_at` returns is the value of the function there.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction

#: A number ``a + b*pi`` with rational a and b.
Angle = tuple[Fraction, Fraction]

_HALF = Fraction(1, 2)
#: Values at 0, or at 1, as numbers ``a + b*pi``.
_AT_ZERO: dict[str, Angle] = {
    name: (Fraction(0), Fraction(0))
    for name in ("sin", "tan", "asin", "atan", "sinh", "tanh", "asinh", "atanh", "erf")
} | {
    "cos": (Fraction(1), Fraction(0)),
    "cosh": (Fraction(1), Fraction(0)),
    "erfc": (Fraction(1), Fraction(0)),
    "acos": (Fraction(0), _HALF),
}
#: Arguments at which an inverse function is a multiple of pi (Niven).
_INVERSES: dict[str, dict[Fraction, Fraction]] = {
    "asin": {Fraction(1): _HALF, -Fraction(1): -_HALF, _HALF: Fraction(1, 6), -_HALF: -Fraction(1, 6)},
    "acos": {
        Fraction(1): Fraction(0),
        -Fraction(1): Fraction(1),
        _HALF: Fraction(1, 3),
        -_HALF: Fraction(2, 3),
    },
    "atan": {Fraction(1): Fraction(1, 4), -Fraction(1): -Fraction(1, 4)},
}  # fmt: skip
#: Factorials beyond this are left to enclosures.
_MAX_FACTORIAL = 200


def _sine(turn: Fraction) -> Fraction | None:
    """Return sin(turn*pi) where it is rational (Niven's theorem: 0, 1/2 and 1 up to the sign)."""
    turn %= 2
    if turn >= 1:
        found = _sine(turn - 1)
        return None if found is None else -found
    return {
        Fraction(0): Fraction(0),
        Fraction(1, 6): _HALF,
        Fraction(1, 2): Fraction(1),
        Fraction(5, 6): _HALF,
    }.get(turn)


def _cosine(turn: Fraction) -> Fraction | None:
    return _sine(turn + _HALF)


def _tangent(turn: Fraction) -> Fraction | None:
    turn %= 1
    quarter = Fraction(1, 4)
    return {Fraction(0): Fraction(0), quarter: Fraction(1), 3 * quarter: Fraction(-1)}.get(turn)


_PERIODIC: dict[str, Callable[[Fraction], Fraction | None]] = {
    "sin": _sine,
    "cos": _cosine,
    "tan": _tangent,
}


def value_at(name: str, angle: Angle) -> Angle | None:
    """Return the value of a function at ``a + b*pi`` as such a number, where it has one that is known.

    >>> value_at("cos", (Fraction(0), Fraction(1, 3)))
    (Fraction(1, 2), Fraction(0, 1))
    >>> value_at("atan", (Fraction(1), Fraction(0)))
    (Fraction(0, 1), Fraction(1, 4))
    """
    plain, turn = angle
    if turn == 0 and plain == 0 and name in _AT_ZERO:
        return _AT_ZERO[name]
    if plain == 0 and name in _PERIODIC:
        found = _PERIODIC[name](turn)
        return None if found is None else (found, Fraction(0))
    if turn != 0:
        return None
    if name in _INVERSES:
        multiple = _INVERSES[name].get(plain)
        return None if multiple is None else (Fraction(0), multiple)
    if name == "acosh" and plain == 1:
        return Fraction(0), Fraction(0)
    if name == "gamma" and plain.denominator == 1 and 1 <= plain <= _MAX_FACTORIAL:
        return Fraction(math.factorial(int(plain) - 1)), Fraction(0)
    if name == "loggamma" and plain in (1, 2):
        return Fraction(0), Fraction(0)
    return None
