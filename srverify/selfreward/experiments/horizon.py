"""How long the assumptions last: realizability in a ball (S08) and the strong constant c (S09)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import floor, log, log10, sqrt
from typing import TYPE_CHECKING, Any

import numpy as np

from srverify.selfreward.experiments.base import Point, Row
from srverify.selfreward.softmax.linear import least_squares
from srverify.selfreward.softmax.policies import linear_policy
from srverify.selfreward.softmax.rounds import population_round

if TYPE_CHECKING:
    from matplotlib.figure import Figure

NAME = "horizon"
TITLE = "How many rounds the assumptions survive along the exact path"
COLUMNS = (
    ("kind", "entry"),
    ("beta", "beta"),
    ("ratio", "R/|theta_0|"),
    ("predicted", "rounds, formula"),
    ("observed", "rounds, simulated"),
    ("n", "n"),
    ("round", "T"),
    ("log10_inverse_c", "log10 1/c"),
    ("log10_bound", "log10 bound"),
)
BETAS = (2.0, 0.5, 0.1, 0.01)
GAMMA = 0.1


def points(quick: bool) -> list[Point]:
    """Return (β, R/‖θ_0‖) for S08 and n for S09, where β = 1/√n."""
    ratios = [10 ** (k / 2) for k in range(0, 9, 2 if quick else 1)]
    ball = [{"kind": "S08", "beta": beta, "ratio": ratio} for beta in BETAS for ratio in ratios]
    return ball + [{"kind": "S09", "n": n} for n in (100, 10_000, 1_000_000)]


def run_point(point: Point, seed: int, chunk: int) -> list[Row]:
    """Run rounds until the constrained fit misses p*, or follow the least probability."""
    if point["kind"] == "S08":
        beta, ratio = point["beta"], point["ratio"]
        predicted = floor(log(ratio) / log(1.0 + 1.0 / beta) + 1e-9)
        return [{**point, "predicted": predicted, "observed": _rounds_in_ball(beta, ratio, seed)}]
    return _least_probability(point["n"])


def _rounds_in_ball(beta: float, ratio: float, seed: int) -> int:
    """Fit every pair of responses exactly, within the ball, until the fit is not exact any more."""
    rng = np.random.default_rng(seed)
    prompts, responses, dimension = 6, 5, 4
    features = rng.standard_normal((prompts, responses, dimension))
    theta = rng.standard_normal(dimension)
    theta /= np.linalg.norm(theta)
    # The target lands on the sphere itself for whole powers: leave room for its rounding.
    radius = ratio * (1.0 + 1e-9)
    differences = features[:, :, None] - features[:, None, :]
    matrix = differences.reshape(-1, dimension)
    rounds = 0
    while rounds < 60:
        base = linear_policy(features, theta)
        labels = (base[:, :, None] - base[:, None, :]).ravel()
        fit = least_squares(matrix, matrix @ theta + labels / beta, radius)
        exact = (1.0 + 1.0 / beta) * theta
        if np.linalg.norm(fit.solution - exact) > 1e-6 * np.linalg.norm(exact):
            return rounds
        theta = fit.solution
        rounds += 1
    return rounds


def _least_probability(n: int) -> list[Row]:
    """Follow min π_T on a three-response policy with margin γ_0 = 0.1, β = 1/√n."""
    base = np.array([[0.0, -GAMMA, -GAMMA]])
    base -= np.log(np.exp(base).sum())
    beta = 1.0 / sqrt(n)
    rows: list[Row] = []
    for t in range(5):
        final = population_round(base, beta, t)
        bound = GAMMA * (1.0 + 1.0 / beta) ** t / log(10.0)
        rows.append(
            {
                "kind": "S09",
                "n": n,
                "beta": beta,
                "round": t,
                "log10_inverse_c": float(-final.min()) / log(10.0),
                "log10_bound": bound,
            }
        )
    return rows


def read(rows: Sequence[Row]) -> tuple[str, Mapping[str, Any]]:
    """Compare simulated horizons with the formula; quote S09's example."""
    ball = [row for row in rows if row["kind"] == "S08"]
    wrong = [row for row in ball if row["predicted"] != row["observed"]]
    below = [
        row
        for row in rows
        if row["kind"] == "S09" and row["log10_inverse_c"] < row["log10_bound"] * (1 - 1e-12)
    ]
    example = next(r for r in rows if r["kind"] == "S09" and r["n"] == 100 and r["round"] == 2)
    widest = max(row["ratio"] for row in ball)
    by_beta = {row["beta"]: row["observed"] for row in ball if row["ratio"] == widest}
    numbers = {
        "horizons that differ from the formula": len(wrong),
        "rounds at the widest ball, by beta": {str(beta): t for beta, t in by_beta.items()},
        "1/c at n=100, T=2": 10 ** example["log10_inverse_c"],
        "violations of S09": len(below),
    }
    text = (
        f"Exact fits within a ball of radius R stay exact for floor(log(R/|theta_0|)/log(1+1/beta)) "
        f"rounds and no more: {len(ball) - len(wrong)} of {len(ball)} simulated horizons agree. Even "
        f"with R = {widest:.0e} |theta_0| that is "
        + ", ".join(f"{t} round{'s' * (t != 1)} at beta = {beta:g}" for beta, t in by_beta.items())
        + f". The strong constant c dies faster: with n = 100, beta = 0.1 and margin 0.1 the least "
        f"probability after two rounds gives 1/c = {10 ** example['log10_inverse_c']:.3g}, "
        f"S09's bound {10 ** example['log10_bound']:.3g}."
    )
    return text, numbers


def draw(rows: Sequence[Row], numbers: Mapping[str, Any]) -> Figure:
    """Draw horizons against the radius, and 1/c against T."""
    from srverify.selfreward.experiments import plotting as plot

    figure, (left, right) = plot.panels(2, TITLE, height=4.8)
    ball = [row for row in rows if row["kind"] == "S08"]
    grid = np.logspace(0, log10(max(row["ratio"] for row in ball)), 400)
    for beta, color, marker in zip(BETAS, plot.CYCLE, plot.MARKERS, strict=False):
        chosen = [row for row in ball if row["beta"] == beta]
        steps = np.floor(np.log(grid) / log(1.0 + 1.0 / beta) + 1e-9)
        left.semilogx(grid, steps, color=color, lw=1.2, drawstyle="steps-post")
        left.semilogx(
            [row["ratio"] for row in chosen],
            [row["observed"] for row in chosen],
            color=color,
            marker=marker,
            ls="none",
            label=f"β = {beta:g}",
        )
    left.set_xlabel("radius over initial norm, R/‖θ₀‖")
    left.set_ylabel("rounds with an exact update in the ball")
    left.set_title("S08: lines ⌊log(R/‖θ₀‖)/log(1+1/β)⌋, marks simulated")
    left.legend(loc="upper left")
    for n, color, marker in zip((100, 10_000, 1_000_000), plot.CYCLE, plot.MARKERS, strict=False):
        chosen = [row for row in rows if row["kind"] == "S09" and row["n"] == n]
        t = [row["round"] for row in chosen]
        right.semilogy(t, [row["log10_bound"] for row in chosen], color=color, lw=1.2)
        right.semilogy(
            t,
            [row["log10_inverse_c"] for row in chosen],
            color=color,
            marker=marker,
            ls="none",
            label=f"n = {n}, β = {1 / sqrt(n):g}",
        )
    right.axhline(10.0, color=plot.GREY, lw=0.9)
    right.text(0.0, 11.5, "1/c = 10¹⁰", color=plot.GREY, fontsize=8)
    right.set_xticks(range(5))
    right.set_xlabel("round T")
    right.set_ylabel("digits of 1/c, log₁₀(1/c)")
    right.set_title("S09: lines γ₀(1+1/β)ᵀ/ln 10 (bound), marks simulated")
    right.legend(loc="upper left", bbox_to_anchor=(0.0, 0.93))
    return figure
