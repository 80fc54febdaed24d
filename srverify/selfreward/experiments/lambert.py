"""The lower bound in closed form: ε_LB, the paper's asymptotic form, its repair, and D17."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import e, log, sqrt
from typing import TYPE_CHECKING, Any

from srverify.selfreward.experiments import _bounds
from srverify.selfreward.experiments.base import Point, Row

if TYPE_CHECKING:
    from matplotlib.figure import Figure

NAME = "lambert"
TITLE = "Theorem 4.1 in closed form, its asymptotic form and the bound without a logarithm"
COLUMNS = (
    ("n", "n"),
    ("lower", "eps_LB (D09)"),
    ("asymptotic", "eps~ (D12)"),
    ("repaired", "sqrt(1-1/e) eps~"),
    ("ratio", "eps_LB/eps~"),
    ("w", "w = -W"),
    ("binary", "D17"),
)
KAPPA, KEYS = 10, 20
SHARP = sqrt(1.0 - 1.0 / e)


def points(quick: bool) -> list[Point]:
    """Return sample sizes from 1 to 10¹², and values of w for the ratio."""
    sizes = [{"log10_n": k / 4} for k in range(0, 49, 4 if quick else 1)]
    ratios = [{"w": 10 ** (k / 40)} for k in range(1, 69, 8 if quick else 2)]
    return [*sizes, *ratios, {"w": e}]


def run_point(point: Point, seed: int, chunk: int) -> list[Row]:
    """Evaluate the closed forms at one point, from rigorous enclosures."""
    from flint import arb

    from srverify.numerics.lambertw_ball import lambertw_ball
    from srverify.selfreward.bounds import PRECISION, binary_key_bound, information
    from srverify.selfreward.bounds.lower import lower_bound_root, root_argument

    if "w" in point:
        w = arb(point["w"])
        z = w * (-w).exp()
        ratio = (-z.log() / -lambertw_ball(-z, -1, PRECISION)).sqrt()
        return [{"w": point["w"], "ratio": _bounds.to_float(ratio)}]
    n = round(10.0 ** point["log10_n"])
    level = information(KAPPA, KEYS * arb(2).log(), n)
    z = root_argument(KAPPA, level)
    lower = _bounds.to_float(lower_bound_root(KAPPA, level))
    asymptotic = _bounds.to_float((2 * level / -z.log()).sqrt())
    row: Row = {
        "n": n,
        "lower": lower,
        "asymptotic": asymptotic,
        "repaired": SHARP * asymptotic,
        "ratio": lower / asymptotic,
        "w": -_bounds.to_float(lambertw_ball(-z, -1, PRECISION)),
    }
    if 3 * n >= (KAPPA - 1) * KEYS and n * KEYS >= 3 * (KAPPA - 1):
        row["binary"] = _bounds.to_float(binary_key_bound(KAPPA, KEYS, n))
    return [row]


def read(rows: Sequence[Row]) -> tuple[str, Mapping[str, Any]]:
    """Say where the asymptotic form overstates most, and what D17 gains."""
    worst = min(rows, key=lambda row: row["ratio"])
    outside = [row["w"] for row in rows if not SHARP * (1 - 1e-12) <= row["ratio"] <= 1.0]
    used = [row for row in rows if row.get("lower", 1.0) <= 1.0 / 16.0]
    least = min(row["ratio"] for row in used)
    w_start = 2.0 * (1.0 + log(16.0 * KAPPA))
    gains = [row["binary"] / row["lower"] for row in rows if "binary" in row]
    numbers = {
        "smallest eps_LB/eps~": worst["ratio"],
        "w there": worst["w"],
        "sqrt(1-1/e)": SHARP,
        "smallest ratio where eps_LB <= 1/16": least,
        "its limit": sqrt(1.0 - log(w_start) / w_start),
        "w outside the band": outside,
        "gain of D17, first and last n": [gains[0], gains[-1]],
    }
    text = (
        f"The paper's asymptotic form overstates the bound: eps_LB/eps~ is always below 1, least "
        f"{worst['ratio']:.4f} at w = {worst['w']:.2f} on this grid (sqrt(1-1/e) = {SHARP:.4f} at w = e "
        f"is sharp), and {least:.4f} where the theorem applies (eps_LB <= 1/16; the limit for "
        f"kappa_0 = {KAPPA} is {numbers['its limit']:.4f}). "
        + (f"The band is left at w = {outside}. " if outside else "The band is never left. ")
        + f"For a class of the same size 2^{KEYS} D17's bound without logarithm is {gains[0]:.0f} to "
        f"{gains[-1]:.0f} times larger than eps_LB."
    )
    return text, numbers


def draw(rows: Sequence[Row], numbers: Mapping[str, Any]) -> Figure:
    """Draw the bounds against n, and their ratio against w."""
    from srverify.selfreward.experiments import plotting as plot

    figure, (left, right) = plot.panels(2, TITLE, height=4.8)
    shown = [row for row in rows if "n" in row]
    n = [row["n"] for row in shown]
    left.fill_between(
        n,
        [row["repaired"] for row in shown],
        [row["asymptotic"] for row in shown],
        color=plot.ORANGE,
        alpha=0.3,
        label=r"$\sqrt{1-1/e}\,\tilde\varepsilon$ to $\tilde\varepsilon$ (D12)",
    )
    left.loglog(
        n, [row["lower"] for row in shown], color=plot.BLUE, label=r"$\varepsilon_{LB}$, Lambert W (D09)"
    )
    binary = [row for row in shown if "binary" in row]
    left.loglog(
        [row["n"] for row in binary],
        [row["binary"] for row in binary],
        color=plot.GREEN,
        ls="-.",
        label="D17, binary keys: no logarithm",
    )
    left.axhline(1 / 16, color=plot.GREY, lw=0.9)
    left.text(n[-1], 1 / 16 * 1.2, "1/16: range of D09", fontsize=8, color=plot.GREY, ha="right")
    left.set_xlabel("sample size n (responses)")
    left.set_ylabel("lower bound on the failure of one round")
    left.set_title(rf"κ₀ = {KAPPA}, |Π| = $2^{{{KEYS}}}$")
    left.legend(loc="lower left")
    curve = sorted((row for row in rows if "n" not in row), key=lambda row: row["w"])
    w = [row["w"] for row in curve]
    right.semilogx(w, [row["ratio"] for row in curve], color=plot.BLUE, marker="o", ms=3.5)
    right.axhline(SHARP, color=plot.RED, ls="--", lw=1.2)
    right.text(max(w), SHARP - 0.008, "√(1−1/e)", color=plot.RED, fontsize=9, ha="right")
    right.axvline(e, color=plot.GREY, lw=0.9, ls=":")
    right.text(e * 1.03, 0.985, "w = e", fontsize=8.5, color=plot.GREY)
    used = 2.0 * (1.0 + log(16.0 * KAPPA))
    right.axvspan(used, max(w), color=plot.GREEN, alpha=0.12)
    right.text(
        used * 1.04,
        0.83,
        "$\\varepsilon_{LB}$ ≤ 1/16:\nthe theorem applies",
        fontsize=8.5,
        color=plot.GREEN,
    )
    right.set_xticks([1, 2, 5, 10, 20, 50], ["1", "2", "5", "10", "20", "50"])
    right.minorticks_off()
    right.set_xlim(1, max(w) * 1.02)
    right.set_ylim(0.78, 1.0)
    right.set_xlabel("w = −W₋₁(−z)")
    right.set_ylabel(r"$\varepsilon_{LB}\,/\,\tilde\varepsilon$")
    right.set_title("how much the asymptotic form (100) overstates")
    return figure
