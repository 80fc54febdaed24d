"""The hard instance at work: three learners against the exact minimax risk and the paper's bounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import log, log10
from typing import TYPE_CHECKING, Any

from srverify.selfreward.experiments import _bounds
from srverify.selfreward.experiments.base import Point, Row
from srverify.selfreward.softmax import hard_instance as hard

if TYPE_CHECKING:
    from matplotlib.figure import Figure

NAME = "hard-instance"
TITLE = "Learners on the hard instance of Theorem 4.1 (M = 64 labels, d = 16 keys, ϱ = 1/2)"
LABELS, KEYS, RHO = 64, 16, Fraction(1, 2)
LEARNERS = ("bayes-optimal", "best-evaluated", "most-frequent")
COLUMNS = (
    ("n", "n"),
    ("exact", "D15 exact"),
    *((learner, learner) for learner in LEARNERS),
    ("standard error", "largest s.e."),
    ("binary", "D17 exact"),
    ("jensen", "D16 below"),
)


def points(quick: bool) -> list[Point]:
    """Return sample sizes from 1 to 20 000."""
    sizes = (1, 3, 10, 30, 100, 200, 300, 500, 1000, 2000, 3000, 5000, 7000, 10_000, 14_000, 20_000)
    return [{"n": n, "trials": 4000 if quick else 40_000} for n in (sizes[:-4:3] if quick else sizes)]


def run_point(point: Point, seed: int, chunk: int) -> list[Row]:
    """Simulate the three learners at one n; exact values beside them."""
    from srverify.selfreward.bounds import jensen_bound

    n = point["n"]
    trials = max(1000, min(point["trials"], 200_000_000 // n))
    row: Row = {
        "n": n,
        "exact": hard.bayes_risk(LABELS, KEYS, n, RHO),
        "exact best-evaluated": float(hard.best_evaluated_risk(LABELS, KEYS, n, RHO)),
        "binary": float(hard.exact_binary_key_risk(LABELS, KEYS, n, RHO)),
        "jensen": _bounds.to_float(jensen_bound(LABELS, KEYS, n, RHO)),
        "standard error": 0.0,
    }
    for shift, learner in enumerate(LEARNERS):
        size = max(1, min(chunk, 4_000_000 // (KEYS * (LABELS + 1))))
        estimate, error = hard.simulate_risk(learner, LABELS, KEYS, n, RHO, trials, seed ^ shift, size)
        row[learner] = estimate
        row[f"{learner} error"] = error
        row["standard error"] = max(row["standard error"], error)
    return [row]


def needed_by_theorem() -> dict[str, float]:
    """Return the n that D06 and D07 call necessary on this instance, where ϱ = 16ε."""
    kappa = 1.0 + float(RHO) * (LABELS - 1) / 2.0
    eps = float(RHO) / 16.0
    log_class = KEYS * log(LABELS)
    d07 = kappa * log_class / (3072.0 * eps**2 * (1.0 + log(kappa / eps)))
    return {"D07": d07, "D06": KEYS * (LABELS + 1) / (12.0 * float(RHO)), "eps": eps, "kappa_0": kappa}


def read(rows: Sequence[Row]) -> tuple[str, Mapping[str, Any]]:
    """Say how the learners compare and where the risk really falls below ε."""
    need = needed_by_theorem()
    eps = need["eps"]
    true_need = _first_below(eps)
    # Where the simulation saw a few dozen errors at least, its standard error means something.
    worst = max(
        abs(row["bayes-optimal"] - row["exact"]) / row["bayes-optimal error"]
        for row in rows
        if row["bayes-optimal"] > 6.0 * row["bayes-optimal error"] > 0.0
    )
    middle = min(rows, key=lambda row: abs(row["exact"] - 0.5 * float(RHO)))
    numbers = {
        **need,
        "true n for risk eps": true_need,
        "true n over D07": true_need / need["D07"],
        "largest deviation in standard errors": worst,
    }
    text = (
        f"kappa_0 = {need['kappa_0']:g} and eps = rho/16 = {eps:g}: D07 calls n > {need['D07']:.0f} "
        f"necessary, D06 n > {need['D06']:.0f}; the exact minimax risk falls to eps only at "
        f"n = {true_need}, {true_need / need['D07']:.0f} times D07's bound. The simulated "
        f"Bayes-optimal learner follows D15 within {worst:.1f} standard errors. At "
        f"n = {middle['n']} it fails with probability {middle['bayes-optimal']:.3f}, the learner that "
        f"bets on its best-evaluated sample with {middle['best-evaluated']:.3f}, the one that bets on "
        f"its most frequent sample with {middle['most-frequent']:.3f}: the value log pi_0 is worth "
        "most of the data."
    )
    return text, numbers


def _first_below(eps: float) -> int:
    low, high = 1, 2
    while hard.bayes_risk(LABELS, KEYS, high, RHO) > eps:
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        if hard.bayes_risk(LABELS, KEYS, middle, RHO) > eps:
            low = middle
        else:
            high = middle
    return high


def draw(rows: Sequence[Row], numbers: Mapping[str, Any]) -> Figure:
    """Draw risk against n on logarithmic axes."""
    from srverify.selfreward.experiments import plotting as plot

    figure, (axes,) = plot.panels(1, TITLE, height=5.2)
    n = [row["n"] for row in rows]
    grid = sorted({round(10 ** (k / 30)) for k in range(round(30 * log10(max(n))) + 1)})
    for risk, style, label in (
        (hard.bayes_risk, {"color": plot.BLUE}, "exact minimax risk (D15)"),
        (hard.best_evaluated_risk, {"color": plot.ORANGE, "lw": 1.0}, "exact, best-evaluated"),
        (hard.exact_binary_key_risk, {"color": plot.GREEN, "ls": "-."}, "binary keys (D17), exact"),
    ):
        axes.loglog(grid, [float(risk(LABELS, KEYS, k, RHO)) for k in grid], label=label, **style)
    axes.loglog(n, [row["jensen"] for row in rows], "x", color=plot.GREEN, label="Jensen's bound (D16)")
    for learner, color, marker in zip(
        LEARNERS, (plot.BLUE, plot.ORANGE, plot.RED), ("o", "s", "D"), strict=True
    ):
        shown = [row for row in rows if row[learner] > 3 * row[f"{learner} error"]]
        axes.errorbar(
            [row["n"] for row in shown],
            [row[learner] for row in shown],
            [2 * row[f"{learner} error"] for row in shown],
            color=color,
            marker=marker,
            mfc="none" if learner == "best-evaluated" else color,
            ms=8 if learner == "best-evaluated" else 5,
            ls="none",
            capsize=2,
            label=f"{learner} learner, simulated",
        )
    axes.set_ylim(1e-4, 0.8)
    axes.axhline(numbers["eps"], color=plot.GREY, lw=0.9)
    axes.text(1, numbers["eps"] * 0.8, f"ε = ϱ/16 = {numbers['eps']:.3g}", fontsize=8, va="top")
    for x, label in (
        (numbers["D07"], "D07"),
        (numbers["D06"], "D06"),
        (numbers["true n for risk eps"], "risk = ε"),
    ):
        axes.axvline(x, color=plot.GREY, lw=0.9, ls="--")
        axes.text(
            x * 0.93, 1.3e-4, f"{label}: n = {x:.0f}", rotation=90, fontsize=8, ha="right", va="bottom"
        )
    axes.set_xlabel("sample size n (responses)")
    axes.set_ylabel("risk: expected prompt mass with base failure")
    plot.legend_below(figure, axes, columns=2)
    return figure
