"""The upper bounds of Section 5 as plain floats, for drawing.

The audit's own versions are exact or enclosed; these are for curves, where six digits are plenty.
"""

from __future__ import annotations

from math import log, sqrt
from typing import Any


def to_float(ball: Any) -> float:
    """Return the midpoint of an Arb ball."""
    return float(ball.mid())


def fourth_moment(length: float) -> float:
    """Return M4(l) = l⁴ + 4l³ + 12l² + 24l + 24 (C12)."""
    return 24.0 + length * (24.0 + length * (12.0 + length * (4.0 + length)))


def statistical_error(
    pairs: float, responses: float, tail: float, log_class: float, delta: float
) -> float:
    """Return ε_stat = 2B√(log(|Π|/δ)/n) + V_4 n^{−1/2} (C18); ``log_class`` is log|Π|."""
    bound = log(2.0 * (responses + tail)) + 2.0 * log(pairs)
    v4 = (8.0 * (2.0 * fourth_moment(log(responses)) + fourth_moment(log(2.0 * tail)))) ** 0.25
    return float((2.0 * bound * sqrt(log_class - log(delta)) + v4) / sqrt(pairs))


def suboptimality(
    kappa: float, concentrability: float, error: float, beta: float, gamma: float
) -> float:
    """Return A = ((√κ + √C̄) ε_stat + β log κ)/γ (C19); failure is at most 2A."""
    return ((sqrt(kappa) + sqrt(concentrability)) * error + beta * log(kappa)) / gamma


def fixed_point(slope: float, offset: float = 1.0) -> float:
    """Return κ* of x = a + b√x (C29)."""
    return float(((slope + sqrt(slope * slope + 4.0 * offset)) / 2.0) ** 2)


def contraction(slope: float, offset: float = 1.0) -> float:
    """Return ρ = b/(b + √(b² + 4a)) (C30)."""
    return slope / (slope + sqrt(slope * slope + 4.0 * offset))


def recurrence(kappa: float, slope: float, rounds: int, offset: float = 1.0) -> list[float]:
    """Return κ_0 … κ_T of κ_{t+1} = a + b√κ_t (C28)."""
    values = [kappa]
    for _ in range(rounds):
        values.append(offset + slope * sqrt(values[-1]))
    return values


def geometric(kappa: float, slope: float, rounds: int, offset: float = 1.0) -> float:
    """Return C31's bound κ* + ρ^t max(κ_0 − κ*, 0)."""
    limit = fixed_point(slope, offset)
    return limit + contraction(slope, offset) ** rounds * max(kappa - limit, 0.0)


def doubly_exponential(kappa: float, slope: float, rounds: int, offset: float = 1.0) -> float:
    """Return C37's bound (√a + b)² κ_0^{2^{−t}}."""
    return float((sqrt(offset) + slope) ** 2 * kappa ** (2.0**-rounds))
