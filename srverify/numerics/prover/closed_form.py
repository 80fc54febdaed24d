"""Closed forms guessed from doubles."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction

from flint import fmpq

from srverify.numerics.prover.algebra import Algebra
from srverify.numerics.prover.poly import (
    Poly,
    number,
)


def simple_number(value: float) -> fmpq | None:
    """Return a rational with a small denominator close to a double: the closer, the larger it may be."""
    if not math.isfinite(value) or abs(value) > 1e9:
        return None
    for limit, tolerance in ((12, 1e-4), (200, 1e-8)):
        guess = Fraction(value).limit_denominator(limit)
        if abs(float(guess) - value) <= tolerance * max(1e-3, abs(value)):
            return fmpq(guess.numerator, guess.denominator)
    return fmpq(0) if abs(value) < 1e-6 else None


def closed_form(algebra: Algebra, value: float) -> tuple[Poly, bool] | None:
    """Guess a positive number in closed form; the second value tells whether it is rational.

    Only a guess: whoever uses it proves what it needs.
    """
    plain = simple_number(value)
    if plain is not None:
        return number(plain), True
    if value <= 0:
        return None
    candidates: tuple[tuple[float, Callable[[fmpq], Poly]], ...] = (
        (math.log(value), lambda q: algebra.exp(number(q))),
        (value * value, lambda q: algebra.power(number(q), Fraction(1, 2))),
        (math.exp(value) if value < 20 else math.inf, lambda q: algebra.log(number(q))),
        (value / math.e, lambda q: algebra.mul(number(q), algebra.exp(number(1)))),
        (value * math.e, lambda q: algebra.mul(number(q), algebra.exp(number(-1)))),
        (value**3, lambda q: algebra.power(number(q), Fraction(1, 3))),
    )
    for candidate, build in candidates:
        guess = simple_number(candidate)
        if guess is not None and guess > 0:
            return build(guess), False
    return None
