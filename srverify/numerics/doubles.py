"""Functions of one argument in double precision: fast, not rigorous, only to guess."""

from __future__ import annotations

import math
from collections.abc import Callable

from flint import arb


def _by_arb(function: Callable[[arb], arb]) -> Callable[[float], float]:
    def value(x: float) -> float:
        ball = function(arb(x))
        return float(ball) if ball.is_finite() else math.nan

    return value


def _gamma(x: float) -> float:
    return math.gamma(x) if abs(x) < 170 else math.inf if x > 0 else 0.0


def _loggamma(x: float) -> float:
    return math.lgamma(x) if x > 0 else math.nan


#: By name; they may raise ArithmeticError or ValueError outside their domains.
FLOATS: dict[str, Callable[[float], float]] = {
    "sin": math.sin,
    "cos": math.cos,
    "tan": math.tan,
    "asin": math.asin,
    "acos": math.acos,
    "atan": math.atan,
    "sinh": math.sinh,
    "cosh": math.cosh,
    "tanh": math.tanh,
    "asinh": math.asinh,
    "acosh": math.acosh,
    "atanh": math.atanh,
    "erf": math.erf,
    "erfc": math.erfc,
    "gamma": _gamma,
    "loggamma": _loggamma,
    "digamma": _by_arb(lambda x: x.digamma()),
    "trigamma": _by_arb(lambda x: arb(2).zeta(x)),
}
