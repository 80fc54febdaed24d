"""Exact recovery (F10): once the sample spans, the error is zero; and when it stops spanning."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log
from typing import TYPE_CHECKING, Any

import numpy as np

from srverify.selfreward.experiments.base import Point, Row
from srverify.selfreward.softmax.linear import batched_linear_round
from srverify.selfreward.softmax.policies import condition_number, linear_policy, uniform_weights
from srverify.selfreward.softmax.rounds import population_round

if TYPE_CHECKING:
    from matplotlib.figure import Figure

NAME = "recovery"
TITLE = "Noise-free rounds are exact once the sampled differences span (F10)"
COLUMNS = (
    ("round", "round"),
    ("kappa", "kappa_t"),
    ("n", "n"),
    ("rank", "mean rank/d"),
    ("spans", "P(spans)"),
    ("error", "median error"),
    ("error when it spans", "largest error when it spans"),
    ("needed", "d/P(y != y')"),
)
DIMENSION, BETA, MODE_MASS = 16, 0.1, 0.6


def setting() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return (features, θ_0, weights): d prompts with two responses, one direction per prompt.

    Every prompt's policy is (0.6, 0.4) at the start.
    """
    features = np.zeros((DIMENSION, 2, DIMENSION))
    features[np.arange(DIMENSION), 0, np.arange(DIMENSION)] = 1.0
    theta = np.full(DIMENSION, log(MODE_MASS / (1.0 - MODE_MASS)))
    return features, theta, uniform_weights(DIMENSION)


def points(quick: bool) -> list[Point]:
    """Return (round, n) on the exact path."""
    sizes = [4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16_384]
    trials = 60 if quick else 400
    return [
        {"round": t, "n": n, "trials": trials}
        for t in range(3)
        for n in (sizes[::4] if quick else sizes)
    ]


def run_point(point: Point, seed: int, chunk: int) -> list[Row]:
    """Fit samples of n pairs from the exact π_t; record rank and the error of the fit."""
    features, theta_0, weights = setting()
    scale = (1.0 + 1.0 / BETA) ** point["round"]
    theta = scale * theta_0
    base = linear_policy(features, theta)
    update = population_round(base, BETA)
    rng = np.random.default_rng(seed)
    largest = np.abs(update).max()
    found_errors, found_ranks = [], []
    for done in range(0, point["trials"], chunk):
        size = min(chunk, point["trials"] - done)
        start = np.broadcast_to(theta, (size, DIMENSION))
        fit = batched_linear_round(features, start, weights, BETA, point["n"], rng)
        found = linear_policy(features, fit.solution)
        found_errors.append(np.abs(found - update).max(axis=(-2, -1)) / largest)
        found_ranks.append(fit.rank)
    errors, ranks = np.concatenate(found_errors), np.concatenate(found_ranks)
    spans = ranks == DIMENSION
    different = float((1.0 - np.exp(2.0 * base).sum(axis=-1)).mean())
    # 1 − Σπ² loses all digits once π_t is sharp: use the product of the two masses.
    different = float((2.0 * np.exp(base.sum(axis=-1))).mean()) if different < 1e-6 else different
    return [
        {
            "round": point["round"],
            "kappa": float(condition_number(base, weights)),
            "n": point["n"],
            "rank": float(ranks.mean()) / DIMENSION,
            "spans": float(spans.mean()),
            "error": float(np.median(errors)),
            "error when it spans": float(errors[spans].max()) if spans.any() else None,
            "needed": DIMENSION / different,
        }
    ]


def read(rows: Sequence[Row]) -> tuple[str, Mapping[str, Any]]:
    """Say what spanning costs in each round and what it buys."""
    worst = max((row["error when it spans"] or 0.0) for row in rows)
    needed = {row["round"]: row["needed"] / DIMENSION for row in rows}
    reached = {
        t: next((row["n"] for row in rows if row["round"] == t and row["spans"] >= 0.5), None)
        for t in range(3)
    }
    largest = max(row["n"] for row in rows)
    last = next(row for row in rows if row["round"] == 2 and row["n"] == largest)
    numbers = {
        "largest error when the sample spans": worst,
        "pairs per useful pair, by round": needed,
        "first n with P(spans) >= 1/2, by round": reached,
        "mean rank/d in round 2 at the largest n": last["rank"],
    }
    words = [
        f"n = {reached[t]}" if reached[t] else f"more than {largest} pairs (none tried)"
        for t in range(3)
    ]
    text = (
        f"With d = {DIMENSION} prompts of pi_0 = (0.6, 0.4) and beta = {BETA:g}, every sample that "
        f"spans gives the exact update: the largest relative error "
        f"of log pi-hat over all of them is {worst:.1e}. A useful "
        f"pair (y != y') costs {needed[0]:.2g}, {needed[1]:.3g} and {needed[2]:.2g} draws in rounds 0, "
        f"1 and 2, so half the samples span from {words[0]} in round 0, {words[1]} in round 1, and "
        f"{words[2]} in round 2, where even n = {largest} gives mean rank "
        f"{last['rank'] * DIMENSION:.2f} of {DIMENSION}: "
        "recovery is likely early and hopeless once the policy is sharp."
    )
    return text, numbers


def draw(rows: Sequence[Row], numbers: Mapping[str, Any]) -> Figure:
    """Draw rank and error against n, round by round."""
    from srverify.selfreward.experiments import plotting as plot

    figure, (left, right) = plot.panels(2, TITLE, height=4.6)
    for t, color, marker in zip(range(3), plot.CYCLE, plot.MARKERS, strict=False):
        chosen = [row for row in rows if row["round"] == t]
        n = [row["n"] for row in chosen]
        kappa = chosen[0]["kappa"]
        label = (
            f"round {t}, κ − 1 = {kappa - 1:.2g}" if kappa - 1 > 1e-12 else f"round {t}, κ − 1 < 10⁻¹²"
        )
        left.semilogx(n, [row["rank"] for row in chosen], color=color, marker=marker, label=label)
        floor = 1e-17
        right.loglog(
            n,
            [max(row["error"], floor) for row in chosen],
            color=color,
            marker=marker,
        )
    left.axhline(1.0, color=plot.GREY, lw=0.9)
    left.set_xlabel("pairs n in the round")
    left.set_ylabel(f"mean rank of the sample / d (d = {DIMENSION})")
    left.set_title("what the sample sees")
    left.set_ylim(-0.03, 1.08)
    plot.legend_below(figure, left, columns=3)
    right.text(chosen[0]["n"], floor, "0 is drawn at 10⁻¹⁷", color=plot.GREY, fontsize=8, va="center")
    right.set_xlabel("pairs n in the round")
    right.set_ylabel("median of max |log π̂ − log p*| / max |log p*|")
    right.set_title("error of the fit, least-norm where unseen")
    return figure
