"""Violating points that people can follow: coordinates made simpler as long as the statement fails."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from srverify.language.statement import Statement
from srverify.numerics.arb_eval import violates
from srverify.numerics.clock import Clock, OutOfTimeError
from srverify.numerics.reals import Real

#: Sizes that are tried for every coordinate, the simplest first.
_SIZES = tuple(map(Fraction, ("0", "1", "2", "1/2", "3", "1/3", "4", "1/4", "5", "10", "1/10", "100")))
#: Coordinates of so many digits are simple enough.
_SIMPLE_BITS = 8
#: Larger numbers are no doubles.
_LARGEST_BITS = 1000


def simplified(statement: Statement, point: dict[str, Real], clock: Clock) -> dict[str, Real]:
    """Return a point at which a statement fails as well, its rational coordinates no longer than before.

    One coordinate after the other, while there is time; what is irrational stays, and what others are
    defined by it with it.
    """
    try:
        for name, value in point.items():
            if not isinstance(value, Fraction) or _bits(value) <= _SIMPLE_BITS:
                continue
            for other in _simpler(value):
                clock.check()
                moved = {**point, name: other}
                if violates(statement, moved):
                    point = moved
                    break
    except OutOfTimeError:
        pass
    return point


def _simpler(value: Fraction) -> Iterator[Fraction]:
    """Yield shorter numbers: simple ones of the same sign, then those near it."""
    sign = -1 if value < 0 else 1
    seen = dict.fromkeys(sign * size for size in _SIZES)
    for limit in (10, 100, 10_000):
        seen[value.limit_denominator(limit)] = None
    if value.numerator.bit_length() < _LARGEST_BITS:
        for digits in (1, 3):
            seen[Fraction(f"{float(value):.{digits - 1}e}")] = None
    yield from (other for other in seen if _bits(other) < _bits(value))


def _bits(value: Fraction) -> int:
    return value.numerator.bit_length() + value.denominator.bit_length()
