"""Small statistics for readings: weighted straight lines with confidence intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

NORMAL_95 = 1.959963984540054


@dataclass(frozen=True)
class Slope:
    """A slope with its 95 % confidence interval."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.3f} (95 % interval {self.low:.3f} to {self.high:.3f})"


def log_log_slope(
    x: Sequence[float], y: Sequence[float], errors: Sequence[float] | None = None
) -> Slope:
    """Return the slope of log y against log x.

    With the standard errors of y the fit is weighted and the interval is theirs; without, or where
    the points scatter more than their errors explain, the interval comes from the residuals.
    """
    u, v = np.log(np.asarray(x, dtype=float)), np.log(np.asarray(y, dtype=float))
    spread = np.ones_like(v) if errors is None else np.asarray(errors) / np.asarray(y)
    weight = 1.0 / spread**2
    centre = (weight * u).sum() / weight.sum()
    moment = (weight * (u - centre) ** 2).sum()
    slope = (weight * (u - centre) * v).sum() / moment
    intercept = (weight * (v - slope * u)).sum() / weight.sum()
    scatter = (weight * (v - intercept - slope * u) ** 2).sum() / max(len(u) - 2, 1)
    inflation = scatter if errors is None else max(scatter, 1.0)
    half = NORMAL_95 * float(np.sqrt(inflation / moment))
    return Slope(float(slope), float(slope) - half, float(slope) + half)
