"""How fast failure falls with n: learners on the hardest instance, between the paper's two bounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp, floor, log, sqrt
from typing import TYPE_CHECKING, Any

from srverify.selfreward.experiments import _bounds
from srverify.selfreward.experiments.base import Point, Row
from srverify.selfreward.experiments.statistics import log_log_slope
from srverify.selfreward.softmax.hard_instance import simulate_bayes_risk
from srverify.selfreward.softmax.hard_pairs import simulate_self_reward_failure

if TYPE_CHECKING:
    from matplotlib.figure import Figure

NAME = "rates"
TITLE = "Failure of one round against n, on the instance that is hardest for each n"
COLUMNS = (
    ("n", "n"),
    ("rho", "rho"),
    ("labels", "M"),
    ("lower", "D09 below"),
    ("binary", "D17 below"),
    ("bayes", "Bayes learner"),
    ("bayes_se", "s.e."),
    ("self_reward", "self-reward"),
    ("self_reward_se", "s.e."),
    ("upper", "C19 above"),
    ("theorem", "C34 above"),
)

KAPPA, KEYS, DELTA = 10.0, 4, 0.05
_CELLS = 20_000_000


def points(quick: bool) -> list[Point]:
    """Return sample sizes from 10² up; the largest have bounds only."""
    simulated = [10 ** (k / 2) for k in range(4, 10 if quick else 17)]
    beyond = [] if quick else [10.0**k for k in range(9, 17)]
    trials = 4000 if quick else 20_000
    return [{"n": round(n), "trials": trials} for n in simulated] + [
        {"n": round(n), "trials": 0} for n in beyond
    ]


def run_point(point: Point, seed: int, chunk: int) -> list[Row]:
    """Simulate both learners at ϱ = √((κ_0−1)d/(2n)), where D15's risk is largest, and the bounds."""
    from srverify.selfreward.bounds import binary_key_bound, guaranteed_risk

    n = point["n"]
    rho = min(1.0, sqrt((KAPPA - 1.0) * KEYS / (2.0 * n)))
    labels = 1 + floor(2.0 * (KAPPA - 1.0) / rho)
    log_class = KEYS * log(labels)
    row: Row = {"n": n, "rho": rho, "labels": labels}
    row["lower"] = _bounds.to_float(guaranteed_risk(str(KAPPA), repr(log_class), n))
    row["binary"] = _bounds.to_float(binary_key_bound(str(KAPPA), KEYS, n))
    row.update(_upper(n, rho, labels, log_class))
    if point["trials"]:
        trials = int(min(point["trials"], max(400, 4e7 / (n * rho))))
        chunk = max(1, min(chunk, _CELLS // (KEYS * (labels + 1))))
        seeds = (seed, seed ^ 1)
        row["bayes"], row["bayes_se"] = simulate_bayes_risk(
            labels, KEYS, n, rho, trials, seeds[0], chunk
        )
        row["self_reward"], row["self_reward_se"] = simulate_self_reward_failure(
            labels, KEYS, n, rho, trials, seeds[1], chunk
        )
    return [row]


def _upper(n: int, rho: float, labels: int, log_class: float) -> Row:
    """Return C19's 2A and C34 at T = 1, with this class's own C̄ and K."""
    beta = 1.0 / sqrt(n)
    power = 2.0 ** (1.0 + 1.0 / beta) if 1.0 / beta < 900 else float("inf")
    total = power + labels - 1
    # The update for a wrong key: mass power/total there, 1/total elsewhere.
    at_wrong = 1.0 / (1.0 + (labels - 1) / power)
    elsewhere = 1.0 / total if power < float("inf") else 0.0
    concentrability = 1.0 - rho + rho * (labels + 1) * (at_wrong**2 + elsewhere**2 * (labels - 1.5))
    # E[(π_0/π̂)^β] off the key is at most (2·total)^β, harmless because β = 1/√n.
    log_total = (1.0 + 1.0 / beta) * log(2.0) if power == float("inf") else log(total)
    tail_off = exp(beta * (log_total + log(2.0)))
    tail = 1.0 + rho * tail_off
    kappa = 1.0 - rho + rho * (labels + 1) / 2.0
    error = _bounds.statistical_error(n, labels, tail, log_class, DELTA)
    gamma = log(2.0)
    a = _bounds.suboptimality(kappa, concentrability, error, beta, gamma)
    # C34 asks for C̄ ≤ κ; a wrong update here has C̄ ≈ 2κ, so (1 + √(C̄/κ)) takes the place of 2.
    level = ((1.0 + sqrt(max(concentrability / kappa, 1.0))) * error + beta) / gamma
    limit = _bounds.fixed_point(level / at_wrong)
    theorem = 2.0 * level * (sqrt(limit) + sqrt(kappa))
    return {"upper": 2.0 * a, "theorem": theorem, "concentrability": concentrability, "tail": tail}


def read(rows: Sequence[Row]) -> tuple[str, Mapping[str, Any]]:
    """Return slopes, how far the bounds are apart, and where the upper bound starts to say anything."""
    simulated = [row for row in rows if "bayes" in row]
    n = [row["n"] for row in simulated]
    slopes = {
        key: log_log_slope(n, [row[key] for row in simulated], [row[f"{key}_se"] for row in simulated])
        for key in ("bayes", "self_reward")
    }
    useful = [row["n"] for row in rows if row["upper"] < 1.0]
    below = max(row["lower"] / row["bayes"] for row in simulated)
    binary = max(row["binary"] / row["bayes"] for row in simulated)
    violations = [
        row["n"]
        for row in simulated
        if row["bayes"] + 5 * row["bayes_se"] < row["lower"]
        or min(1.0, row["upper"]) < row["self_reward"] - 5 * row["self_reward_se"]
    ]
    numbers = {
        "bayes slope": slopes["bayes"].__dict__,
        "self-reward slope": slopes["self_reward"].__dict__,
        "largest D09/Bayes": below,
        "largest D17/Bayes": binary,
        "first n with C19 below 1": useful[0] if useful else None,
        "n where a bound is violated": violations,
    }
    vacuous = (
        f"C19's upper bound first says anything (drops below 1) at n = {useful[0]:.0e}"
        if useful
        else "C19's upper bound stays above 1 on this range"
    )
    text = (
        f"With kappa_0 = {KAPPA:g} and {KEYS} keys, and the rarest-prompt weight rho chosen worst for "
        f"each n, the Bayes-optimal learner fails with log-log slope {slopes['bayes']}, the "
        f"self-reward learner with adversarial ties with slope {slopes['self_reward']}; "
        f"both theorems say -1/2 up to logarithms. D09 lies a factor {1 / below:.0f} or more below "
        f"the Bayes risk, D17's bound without logarithm only {1 / binary:.1f}. {vacuous}. "
        + (
            f"A bound is violated at n = {violations}."
            if violations
            else "No simulated value crosses a bound by five standard errors."
        )
    )
    return text, numbers


def draw(rows: Sequence[Row], numbers: Mapping[str, Any]) -> Figure:
    """Draw failure against n with the bounds."""
    from srverify.selfreward.experiments import plotting as plot

    figure, (axes,) = plot.panels(1, TITLE, height=5.0)
    simulated = [row for row in rows if "bayes" in row]
    n_all, n = [row["n"] for row in rows], [row["n"] for row in simulated]
    axes.loglog(
        n_all, [row["theorem"] for row in rows], color=plot.RED, ls="-", label="C34 (T = 1), above"
    )
    axes.loglog(n_all, [row["upper"] for row in rows], color=plot.RED, ls="--", label="C19 (2A), above")
    for key, color, marker, label in (
        ("self_reward", plot.ORANGE, "s", "self-reward, adversarial ties"),
        ("bayes", plot.BLUE, "o", "Bayes-optimal learner"),
    ):
        axes.errorbar(
            n,
            [row[key] for row in simulated],
            [2 * row[f"{key}_se"] for row in simulated],
            color=color,
            marker=marker,
            ls="none",
            capsize=2,
            label=f"{label}, simulated",
        )
    axes.loglog(n_all, [row["binary"] for row in rows], color=plot.GREEN, ls="-", label="D17, below")
    axes.loglog(n_all, [row["lower"] for row in rows], color=plot.GREEN, ls="--", label="D09, below")
    axes.axhline(1.0, color=plot.GREY, lw=0.9)
    axes.text(n_all[0], 1.15, "a probability cannot exceed 1", color=plot.GREY, fontsize=8)
    axes.set_xlabel("samples n (responses for the Bayes learner, pairs for self-reward)")
    axes.set_ylabel("failure: prompt mass with π̂(y*) ≤ 1/2")
    plot.legend_below(figure, axes, columns=3)
    return figure
