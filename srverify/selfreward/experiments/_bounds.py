"""The paper's bounds at floating-point arguments, as floats: what tables and curves need.

Every value is the midpoint of the rigorous enclosure at the exact value of the argument.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import islice
from typing import Any

from srverify.selfreward import bounds


def to_float(ball: Any) -> float:
    """Return the midpoint of an Arb ball."""
    return float(ball.mid())


def statistical_error(pairs: int, responses: int, tail: float, log_class: float, delta: float) -> float:
    """Return ε_stat = 2B√(log(|Π|/δ)/n) + V_4 n^{−1/2} (C18); ``log_class`` is log|Π|."""
    return to_float(
        bounds.statistical_error(pairs, Fraction(log_class), responses, Fraction(tail), Fraction(delta))
    )


def suboptimality(
    kappa: float, concentrability: float, error: float, beta: float, gamma: float
) -> float:
    """Return A = ((√κ + √C̄) ε_stat + β log κ)/γ (C19); failure is at most 2A."""
    value = bounds.suboptimality(
        Fraction(kappa), Fraction(concentrability), Fraction(gamma), Fraction(beta), Fraction(error)
    )
    return to_float(value)


def fixed_point(slope: float) -> float:
    """Return κ* of x = 1 + b√x (C29)."""
    return to_float(bounds.fixed_point(Fraction(slope)))


def contraction(slope: float) -> float:
    """Return ρ = b/(b + √(b² + 4)) (C30)."""
    return to_float(bounds.contraction(Fraction(slope)))


def recurrence(kappa: float, slope: float, rounds: int) -> list[float]:
    """Return κ_0 … κ_T of κ_{t+1} = 1 + b√κ_t (C28)."""
    path = bounds.recurrence(Fraction(kappa), Fraction(slope))
    return [to_float(value) for value in islice(path, rounds + 1)]


def geometric(kappa: float, slope: float, rounds: int) -> float:
    """Return C31's bound κ* + ρ^t max(κ_0 − κ*, 0)."""
    return to_float(bounds.geometric_bound(Fraction(kappa), Fraction(slope), rounds))


def doubly_exponential(kappa: float, slope: float, rounds: int) -> float:
    """Return C37's bound (1 + b)² κ_0^{2^{−t}}."""
    return to_float(bounds.doubly_exponential_bound(Fraction(kappa), Fraction(slope), rounds))
