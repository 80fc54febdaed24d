"""How fast κ_t forgets κ_0: an actual policy under worst-case fits, the recurrence, C31 and C37."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil, exp, log, log2
from typing import TYPE_CHECKING, Any

from srverify.selfreward.experiments import _bounds
from srverify.selfreward.experiments.base import Point, Row

if TYPE_CHECKING:
    from matplotlib.figure import Figure

NAME = "forgetting"
TITLE = "The initial condition number is forgotten in log log κ₀ rounds"
COLUMNS = (
    ("kappa_0", "kappa_0"),
    ("slope", "b"),
    ("round", "t"),
    ("simulated", "simulated"),
    ("recurrence", "recurrence"),
    ("geometric", "C31"),
    ("double", "C37"),
)

MARGIN, BETA, ERROR, LEAST_MASS, ROUNDS = 1.0, 0.01, 1e-3, 0.1, 14
# A steeper recurrence than any the simulated policy obeys, to tell log log from log.
STEEP = 3.0


def points(quick: bool) -> list[Point]:
    """Return κ_0 from 10 to 10¹²."""
    exponents = (1, 3, 12) if quick else range(1, 13)
    return [{"log10_kappa_0": exponent} for exponent in exponents]


def run_point(point: Point, seed: int, chunk: int) -> list[Row]:
    """Run the rounds of one κ_0; nothing is random, so the seed has no effect."""
    kappa_0 = 10.0 ** point["log10_kappa_0"]
    simulated = worst_fit_rounds(kappa_0)
    gentle = (2.0 * ERROR + BETA) / (MARGIN * LEAST_MASS)
    rows: list[Row] = []
    for slope, values in ((gentle, simulated), (STEEP, None)):
        recurrence = _bounds.recurrence(kappa_0, slope, ROUNDS)
        rows += [
            {
                "kappa_0": kappa_0,
                "slope": slope,
                "round": t,
                "simulated": None if values is None else values[t],
                "recurrence": recurrence[t],
                "geometric": _bounds.geometric(kappa_0, slope, t),
                "double": _bounds.doubly_exponential(kappa_0, slope, t),
            }
            for t in range(ROUNDS + 1)
        ]
    return rows


def worst_fit_rounds(kappa_0: float) -> list[float]:
    """Return κ_0 … κ_T of a policy whose fits err by the whole of ε_stat, where it hurts most.

    At every prompt the mode starts with mass 1/κ_0 and leads each other response by the margin γ.
    A fit may err by E_{π_t,π_t}|Δ^r − Δ^r̂|² = ε_stat². The adversary lowers the mode's reward by s
    on a share w of the prompts, at the price 2ws²p(1−p), just enough to hold its mass at c there
    (c is the weak bound, so it may go no lower); everywhere else the update is p*. Prompts once let
    go are out of its reach: their concentrability would exceed κ_t (A-CONC).
    """
    log_others = MARGIN + log(kappa_0 - 1.0)
    at_c = log(LEAST_MASS / (1.0 - LEAST_MASS))
    share, held, free = 1.0, MARGIN - log_others, MARGIN - log_others
    values = [kappa_0]
    for _ in range(ROUNDS):
        p = 1.0 / (1.0 + exp(-held))
        # The mode's log-odds after p* minus what they may be; never a gift to the learner.
        error = max(BETA * (held - at_c) + held + log_others, 0.0)
        price = 2.0 * error**2 * p * (1.0 - p)
        share = min(share, ERROR**2 / price) if price > 0.0 else share
        free += (free + log_others) / BETA
        held = at_c
        healthy = 1.0 + exp(-min(free, 700.0))
        values.append(1.0 + share * (1.0 / LEAST_MASS - 1.0) + (1.0 - share) * (healthy - 1.0))
    return values


def _rounds_until(values: Sequence[float], level: float) -> int | None:
    return next((t for t, value in enumerate(values) if value <= level), None)


def rounds_needed(kappa_0: float, slope: float) -> dict[str, int]:
    """Return the rounds until κ_t ≤ 2(1+b)² by C35, by C31, by C37 and by the recurrence itself."""
    level = 2.0 * (1.0 + slope) ** 2
    horizon = 400
    recurrence = _bounds.recurrence(kappa_0, slope, horizon)
    geometric = [_bounds.geometric(kappa_0, slope, t) for t in range(horizon)]
    double = [_bounds.doubly_exponential(kappa_0, slope, t) for t in range(horizon)]
    corollary = 1.0 + log(kappa_0) / -log(_bounds.contraction(slope))
    found = {"C35": ceil(corollary)}
    for name, values in (("recurrence", recurrence), ("C31", geometric), ("C37", double)):
        at = _rounds_until(values, level)
        assert at is not None
        found[name] = at
    return found


def read(rows: Sequence[Row]) -> tuple[str, Mapping[str, Any]]:
    """Compare the rounds each bound asks for at the largest κ_0."""
    largest = max(row["kappa_0"] for row in rows)
    gentle = [row for row in rows if row["kappa_0"] == largest and row["simulated"] is not None]
    above = [
        row["kappa_0"]
        for row in rows
        if row["simulated"] is not None and row["simulated"] > row["recurrence"] * (1 + 1e-12)
    ]
    steep = {kappa: rounds_needed(kappa, STEEP) for kappa in sorted({row["kappa_0"] for row in rows})}
    third = gentle[3]
    numbers = {
        "b of the simulated policy": third["slope"],
        "kappa_3 at the largest kappa_0": {
            key: third[key] for key in ("simulated", "recurrence", "double", "geometric")
        },
        "rounds to reach 2(1+b)^2 at b = 3": {f"{kappa:.0e}": need for kappa, need in steep.items()},
        "kappa_0 where the simulation exceeds the recurrence": above,
        "log2 log2 kappa_0": log2(log2(largest)),
    }
    need = steep[largest]
    text = (
        f"From kappa_0 = {largest:.0e} a policy whose every fit errs as badly as eps_stat allows has "
        f"kappa_1 = {gentle[1]['simulated']:.3g} and "
        f"kappa_2 - 1 = {gentle[2]['simulated'] - 1:.2g}; with its b = {third['slope']:.3g} the "
        f"recurrence gives kappa_3 = {third['recurrence']:.4g}, C37 bounds it by "
        f"{third['double']:.3g}, C31 by {third['geometric']:.3g}. With the steep b = {STEEP:g} the "
        f"recurrence needs {need['recurrence']} rounds to come down to 2(1+b)^2, C37 promises it "
        f"after {need['C37']} (log2 log2 kappa_0 = {log2(log2(largest)):.1f}), C31 after "
        f"{need['C31']}, and Corollary 5.7 asks for {need['C35']}: the initialisation costs "
        "log log kappa_0 rounds, not log kappa_0. "
        + (
            "The simulation exceeds the recurrence somewhere: that would refute C27."
            if above
            else "The simulated policy stays below the recurrence throughout."
        )
    )
    return text, numbers


def draw(rows: Sequence[Row], numbers: Mapping[str, Any]) -> Figure:
    """Draw κ_t against t, and the rounds needed against κ_0."""
    from srverify.selfreward.experiments import plotting as plot

    figure, (left, right) = plot.panels(2, TITLE, height=4.8)
    largest = max(row["kappa_0"] for row in rows)
    gentle = [row for row in rows if row["kappa_0"] == largest and row["slope"] < STEEP][:9]
    t = [row["round"] for row in gentle]
    floor = 1e-10
    for key, color, style, label in (
        ("geometric", plot.RED, "--", "C31, geometric"),
        ("double", plot.GREEN, "-", "C37, doubly exponential"),
        ("recurrence", plot.BLUE, "-.", "recurrence C28"),
    ):
        left.semilogy(t, [row[key] - 1.0 for row in gentle], color=color, ls=style, label=label)
    shown = [row for row in gentle if row["simulated"] - 1.0 > floor]
    left.semilogy(
        [row["round"] for row in shown],
        [row["simulated"] - 1.0 for row in shown],
        color=plot.BLACK,
        marker="o",
        ls=":",
        label="policy, worst fit each round",
    )
    left.set_ylim(floor, largest * 5)
    left.set_xlabel("round t")
    left.set_ylabel("excess κₜ − 1")
    left.set_title(f"κ₀ = {largest:.0e}, b = {gentle[0]['slope']:.3g}".replace("e+", "e"))
    left.legend(loc="upper right")
    kappas = sorted({row["kappa_0"] for row in rows})
    need = [rounds_needed(kappa, STEEP) for kappa in kappas]
    for key, color, marker, label in (
        ("C35", plot.RED, "D", "Corollary 5.7 (C35)"),
        ("C31", plot.ORANGE, "s", "C31"),
        ("C37", plot.GREEN, "^", "C37"),
        ("recurrence", plot.BLUE, "o", "recurrence itself"),
    ):
        right.semilogx(kappas, [row[key] for row in need], color=color, marker=marker, label=label)
    right.set_xlabel("initial condition number κ₀")
    right.set_ylabel("rounds until κₜ ≤ 2(1+b)²")
    right.set_title(f"b = {STEEP:g}")
    right.set_ylim(0, None)
    right.legend(loc="upper left")
    return figure
