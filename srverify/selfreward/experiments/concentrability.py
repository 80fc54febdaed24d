"""C17's family: zero empirical loss, certain failure, and a bound that says otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log, sqrt
from typing import TYPE_CHECKING, Any

import numpy as np

from srverify.selfreward.experiments import _bounds
from srverify.selfreward.experiments.base import Point, Row
from srverify.selfreward.softmax.policies import (
    Floats,
    base_failure,
    concentrability,
    condition_number,
    margin,
    modes,
    own_failure,
)
from srverify.selfreward.softmax.rounds import population_round, sample_pair_counts

if TYPE_CHECKING:
    from matplotlib.figure import Figure

NAME = "concentrability"
TITLE = "Without A-CONC the bound of Theorem 5.3 is false: C17's family"
COLUMNS = (
    ("n", "n"),
    ("zeta", "zeta"),
    ("misled", "ERM may fail"),
    ("standard error", "s.e."),
    ("promised", "1 - 6 n zeta"),
    ("own", "own failure of pi'"),
    ("claimed", "2A with kappa_0"),
    ("concentrability", "C(pi')"),
    ("honest", "2A with C(pi')"),
    ("tail", "K"),
)
DELTA, TRIALS = 0.05, 20_000


def family(n: int) -> tuple[Floats, Floats, float, float]:
    """Return (log π_0, log π', ζ, β) with ζ = 10⁻⁴/n and β = 1/√n, policies of shape (1, 5)."""
    zeta, beta = 1e-4 / n, 1.0 / sqrt(n)
    base = np.log(np.array([[0.6, 0.4 - 3.0 * zeta, zeta, zeta, zeta]]))
    odds = (1.0 + 1.0 / beta) * (base[0, 0] - base[0, 1])
    # π' keeps the update's odds between the two common responses, at total mass 0.01.
    first = 0.01 / (1.0 + np.exp(-min(odds, 700.0)))
    second = np.log(0.01) - odds - np.log1p(np.exp(-min(odds, 700.0)))
    wrong = np.array([[np.log(first), second, np.log(0.34), np.log(0.33), np.log(0.32)]])
    return base, wrong, zeta, beta


def points(quick: bool) -> list[Point]:
    """Return sample sizes from 10² to 10¹²."""
    return [{"n": 10**k} for k in range(2, 13, 4 if quick else 1)]


def run_point(point: Point, seed: int, chunk: int) -> list[Row]:
    """Draw samples of n pairs, see whether any pair tells p* from π', and evaluate the bounds."""
    n = point["n"]
    base, wrong, zeta, beta = family(n)
    one = np.ones(1)
    rng = np.random.default_rng(seed)
    best = population_round(base, beta)
    # A pair tells the two apart iff their log-ratio differences differ.
    gap = (wrong - best)[0]
    tells = np.abs(gap[:, None] - gap[None, :]) > 1e-6
    misled = 0
    for start in range(0, TRIALS, chunk):
        size = min(chunk, TRIALS - start)
        counts = sample_pair_counts(np.broadcast_to(base, (size, 1, 5)), one, n, rng)
        misled += int((~(counts[:, 0] * tells).any(axis=(-2, -1))).sum())
    share = misled / TRIALS
    kappa = float(condition_number(base, one))
    conc = float(concentrability(wrong, base, one))
    # K of A-TAIL, over both policies that the learner may return.
    tail = max(float(np.exp(base + beta * (base - other)).sum()) for other in (best, wrong))
    gamma = float(margin(base))
    error = _bounds.statistical_error(n, 5, tail, log(2.0), DELTA)
    return [
        {
            "n": n,
            "zeta": zeta,
            "misled": share,
            "standard error": sqrt(max(share * (1.0 - share), 1.0 / TRIALS) / TRIALS),
            "promised": 1.0 - 6.0 * n * zeta,
            "own": float(own_failure(wrong, one)),
            "base": float(base_failure(wrong, modes(base), one)),
            "claimed": 2.0 * _bounds.suboptimality(kappa, kappa, error, beta, gamma),
            "concentrability": conc,
            "honest": 2.0 * _bounds.suboptimality(kappa, conc, error, beta, gamma),
            "tail": tail,
        }
    ]


def read(rows: Sequence[Row]) -> tuple[str, Mapping[str, Any]]:
    """Say where the claimed bound is violated, and by how much."""
    refuted = [
        row
        for row in rows
        if row["claimed"] < row["misled"] * row["own"] - 5 * row["standard error"]
        and row["claimed"] + DELTA < row["misled"]
    ]
    honest = [row for row in rows if min(1.0, row["honest"]) < row["misled"] * row["own"] - DELTA]
    at = next((row for row in rows if row["n"] == 10**10), rows[-1])
    numbers = {
        "n where the claimed bound is violated": [row["n"] for row in refuted],
        "n where the bound with C(pi') is violated": [row["n"] for row in honest],
        "at n": at["n"],
        "claimed bound there": at["claimed"],
        "failure there": at["misled"] * at["own"],
    }
    first = refuted[0]["n"] if refuted else None
    violated = (
        f"From n = {first:.0e} on the bound with C(pi-hat) replaced by kappa_0 is violated"
        if first
        else "On this range the bound with C(pi-hat) replaced by kappa_0 is still above 1"
    )
    text = (
        f"One prompt, five responses, a class of two policies with equal (zero) empirical loss unless a "
        f"pair shows a response of mass zeta = 1e-4/n. {violated}: at n = {at['n']:.0e} it promises "
        f"failure at most {at['claimed']:.3g} with probability 0.95, yet an empirical minimiser fails "
        f"with probability {at['misled'] * at['own']:.4f}, and the promise only gets smaller with n. "
        f"K = {at['tail']:.2f} is harmless; C(pi') = {at['concentrability']:.2g} is not: with it the "
        f"bound is {at['honest']:.2g}, "
        + ("violated too." if honest else "above 1 at every n, as it must be.")
    )
    return text, numbers


def draw(rows: Sequence[Row], numbers: Mapping[str, Any]) -> Figure:
    """Draw the failure probability against the two bounds."""
    from srverify.selfreward.experiments import plotting as plot

    figure, (axes,) = plot.panels(1, TITLE, height=4.8)
    n = [row["n"] for row in rows]
    claimed = [row["claimed"] for row in rows]
    axes.loglog(n, [row["honest"] for row in rows], color=plot.GREEN, label="2A with C(π′): true bound")
    axes.loglog(n, claimed, color=plot.RED, ls="--", label="2A with κ₀ in place of C(π′): as claimed")
    axes.loglog(
        n,
        [row["misled"] * row["own"] for row in rows],
        color=plot.BLUE,
        marker="o",
        ls="none",
        label="P(an empirical minimiser fails), simulated",
    )
    axes.fill_between(
        n, claimed, 1.0, where=[c < 1.0 for c in claimed], color=plot.RED, alpha=0.15, interpolate=True
    )
    middle = [row for row in rows if row["claimed"] < 0.3]
    if middle:
        axes.text(middle[-1]["n"], 0.2, "violated", color=plot.RED, ha="right", fontsize=9)
    axes.axhline(1.0, color=plot.GREY, lw=0.9)
    axes.set_xlabel("sample size n (pairs), with ζ = 10⁻⁴/n and β = 1/√n")
    axes.set_ylabel("failure probability, and bounds on it")
    plot.legend_below(figure, axes, columns=1)
    return figure
