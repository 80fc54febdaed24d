"""The effective dimension d_λ: its bounds (G03–G05), covering numbers (G06, G07), schedules (G08)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import ceil, expm1, log, sqrt
from typing import TYPE_CHECKING, Any

import numpy as np

from srverify.selfreward.experiments.base import Point, Row
from srverify.selfreward.experiments.statistics import log_log_slope
from srverify.selfreward.softmax.nets import (
    farthest_points,
    greedy_packing,
    maximal_packing,
    unit_ball_points,
)
from srverify.selfreward.softmax.policies import Floats

if TYPE_CHECKING:
    from matplotlib.figure import Figure

NAME = "effective-dimension"
TITLE = "Effective dimension: bounds, covering numbers, and what the schedules for λ give"
COLUMNS = (
    ("part", "part"),
    ("spectrum", "spectrum"),
    ("d", "d"),
    ("ridge", "lambda"),
    ("schedule", "schedule"),
    ("dimension", "d_lambda"),
    ("bound", "bound"),
    ("log_covering", "log covering"),
    ("packing", "log packing"),
    ("resolution", "eps"),
)
ALPHA, POWER, SPIKES = 0.5, 2.0, 5
SIZE = 2000
RADIUS, RESOLUTION = 1.0, 0.1
# Eigenvalues of the ellipsoid whose nets are built, and how many points they are chosen from.
NET_SPECTRUM, NET_POINTS = (1.0, 0.25, 0.0625), 6000
SAMPLES = 10_000


def spectrum(kind: str, size: int) -> Floats:
    """Return eigenvalues λ_1 ≥ λ_2 ≥ …: e^{−αi}, i^{−p}, or five ones above a flat tail."""
    index = np.arange(1, size + 1)
    if kind == "exponential":
        return np.asarray(np.exp(-ALPHA * index))
    if kind == "polynomial":
        return np.asarray(index**-POWER)
    return np.where(index <= SPIKES, 1.0, 1e-4)


def effective_dimension(values: Floats, ridge: float) -> float:
    """Return d_λ = Σ λ_i/(λ_i + λ)."""
    return float((values / (values + ridge)).sum())


def dimension_bound(kind: str, ridge: float, size: int) -> float:
    """Return G03, G04 or G05's bound (C = 1)."""
    if kind == "exponential":
        return ceil(log(1.0 / ridge) / ALPHA) + 1.0 / expm1(ALPHA)
    if kind == "polynomial":
        return float(ceil(ridge ** (-1.0 / POWER)) * POWER / (POWER - 1.0))
    return SPIKES + 1e-4 * (size - SPIKES) / ridge


def points(quick: bool) -> list[Point]:
    """Return ridge grids for three spectra, the covering of an interval, and schedules in d."""
    ridges = [float(10.0**-k) for k in np.arange(0.0, 8.01, 1.0 if quick else 0.25)]
    bounds = [
        {"part": "bounds", "spectrum": kind, "ridges": ridges}
        for kind in ("exponential", "polynomial", "spiked")
    ]
    sizes = [int(10**k) for k in np.arange(1.0, 5.01, 1.0 if quick else 0.5)]
    schedules = [
        {"part": "schedules", "d": size, "schedule": name} for size in sizes for name in SCHEDULES
    ]
    covering = {"part": "covering", "ridges": [10.0 ** (k / 2) for k in range(-8, 9)]}
    resolutions = [float(2.0 ** (1 - k / 2)) for k in range(0, 8 if quick else 9, 2 if quick else 1)]
    nets = [{"part": "net", "resolution": resolution} for resolution in resolutions]
    return [*bounds, covering, *nets, *schedules]


SCHEDULES: dict[str, Callable[[int], float]] = {
    "1/d": lambda size: 1.0 / size,
    "1/sqrt(n)": lambda size: 1.0 / sqrt(SAMPLES),
    "1/log d": lambda size: 1.0 / log(size),
}


def run_point(point: Point, seed: int, chunk: int) -> list[Row]:
    """Compute one part; nothing is random, so the seed has no effect."""
    if point["part"] == "bounds":
        kind = point["spectrum"]
        values = spectrum(kind, SIZE)
        return [
            {
                "part": "bounds",
                "spectrum": kind,
                "d": SIZE,
                "ridge": ridge,
                "dimension": effective_dimension(values, ridge),
                "bound": dimension_bound(kind, ridge, SIZE),
            }
            for ridge in point["ridges"]
        ]
    if point["part"] == "net":
        return [net_of_ellipsoid(point["resolution"])]
    if point["part"] == "covering":
        covering = log(ceil(RADIUS / RESOLUTION))
        tied = RESOLUTION**2 / (4.0 * RADIUS**2)
        return [
            {
                "part": "covering",
                "d": 1,
                "ridge": ridge,
                "dimension": 1.0 / (1.0 + ridge),
                "bound": log(1.0 + RADIUS / RESOLUTION) / (1.0 + ridge),
                "log_covering": covering,
                "schedule": "G06's lambda" if ridge <= tied else "larger",
            }
            for ridge in sorted([*point["ridges"], tied])
        ]
    ridge = SCHEDULES[point["schedule"]](point["d"])
    values = np.exp(-np.arange(1, point["d"] + 1).astype(np.float64))
    return [{**point, "ridge": ridge, "dimension": effective_dimension(values, ridge)}]


def net_of_ellipsoid(resolution: float) -> Row:
    """Build the net of G06's proof and a packing below it; return log-sizes beside the bound."""
    axes = RADIUS * np.sqrt(np.array([NET_SPECTRUM])) / resolution
    points = unit_ball_points(axes.shape[1], NET_POINTS)
    kept = np.where(axes > 0.5, axes, 0.0)
    net = maximal_packing(kept, sqrt(3.0) / 2.0, points)
    reach, _ = farthest_points(axes, net, points, seed=1)
    below = greedy_packing(axes, 2.0, points, "nearest")
    ridge = resolution**2 / (4.0 * RADIUS**2)
    dimension = effective_dimension(np.array(NET_SPECTRUM), ridge)
    return {
        "part": "net",
        "d": len(NET_SPECTRUM),
        "ridge": ridge,
        "resolution": resolution,
        "dimension": dimension,
        "bound": 2.0 * dimension * max(0.0, log(5.0 * float(axes.max()))),
        "log_covering": log(int(net.sizes[0])),
        "packing": log(int(below.sizes[0])),
        "reach": float(reach[0]),
    }


def read(rows: Sequence[Row]) -> tuple[str, Mapping[str, Any]]:
    """Say how tight the bounds are, where the arbitrary ridge fails, and how each schedule grows."""
    bounds = [row for row in rows if row["part"] == "bounds"]
    broken = [row for row in bounds if row["dimension"] > row["bound"] * (1 + 1e-12)]
    tightest = {
        kind: max(r["dimension"] / r["bound"] for r in bounds if r["spectrum"] == kind)
        for kind in ("exponential", "polynomial", "spiked")
    }
    cover = [row for row in rows if row["part"] == "covering"]
    constants = [row["log_covering"] / row["bound"] for row in cover]
    nets = [row for row in rows if row["part"] == "net"]
    uncovered = [
        row["resolution"]
        for row in nets
        if row["reach"] > 1.0 or not row["packing"] <= row["log_covering"] <= row["bound"]
    ]
    finest = min(nets, key=lambda row: row["resolution"])
    growth = {}
    for name in SCHEDULES:
        chosen = [row for row in rows if row["part"] == "schedules" and row["schedule"] == name]
        growth[name] = [chosen[0]["dimension"], chosen[-1]["dimension"]]
    one_over_d = [row for row in rows if row.get("schedule") == "1/d"]
    against_log = log_log_slope(
        [log(row["d"]) for row in one_over_d], [row["dimension"] for row in one_over_d]
    )
    first, last = one_over_d[0]["d"], one_over_d[-1]["d"]
    numbers = {
        "violations of G03-G05": len(broken),
        "largest d_lambda/bound": tightest,
        "constant that G07's inequality needs": [min(constants), max(constants)],
        "eps where a net fails to cover or outgrows G06": uncovered,
        "net at the least eps": {
            key: finest[key] for key in ("resolution", "packing", "log_covering", "bound", "reach")
        },
        "largest lambda": cover[-1]["ridge"],
        "d_lambda at the first and last d": growth,
        "exponent of log d at lambda = 1/d": against_log.__dict__,
    }
    text = (
        f"G03, G04 and G05 hold at every lambda tried ({len(broken)} violations), and d_lambda reaches "
        f"{100 * tightest['exponential']:.0f} %, {100 * tightest['polynomial']:.0f} % and "
        f"{100 * tightest['spiked']:.0f} % of them. The nets that G06's proof builds on a "
        f"{len(NET_SPECTRUM)}-dimensional ellipsoid "
        + (
            f"fail at eps = {uncovered}. "
            if uncovered
            else "all cover (the farthest point found lies within "
            f"{max(row['reach'] for row in nets):.2f} eps) and stay within the bound: at "
            f"eps = {finest['resolution']:.3g} log-size {finest['log_covering']:.2f} of "
            f"{finest['bound']:.2f} allowed, with {finest['packing']:.2f} necessary. "
        )
        + f"In one dimension the covering number of the unit "
        f"interval at resolution {RESOLUTION:g} stays {ceil(RADIUS / RESOLUTION)}, but "
        f"d_lambda log(1+R/eps) falls with lambda: the constant it would need grows from "
        f"{min(constants):.2g} to {max(constants):.2g} at lambda = {cover[-1]['ridge']:.0e} (G07). "
        f"Under exponential decay, between d = {first} and {last}, d_lambda goes from "
        f"{growth['1/d'][0]:.1f} to {growth['1/d'][1]:.1f} at lambda = 1/d "
        f"(like (log d)^{against_log.value:.2f}), from "
        f"{growth['1/sqrt(n)'][0]:.1f} to {growth['1/sqrt(n)'][1]:.1f} at lambda = 1/sqrt(n), and from "
        f"{growth['1/log d'][0]:.2f} to {growth['1/log d'][1]:.2f} at lambda = 1/log d: "
        "only the last is doubly logarithmic in d (G08)."
    )
    return text, numbers


def draw(rows: Sequence[Row], numbers: Mapping[str, Any]) -> Figure:
    """Draw d_λ with its bounds, the covering number, and the schedules."""
    from srverify.selfreward.experiments import plotting as plot

    figure, (left, built, middle, right) = plot.panels(2, TITLE, height=8.6, rows=2)
    for kind, color, marker in (
        ("exponential", plot.BLUE, "o"),
        ("polynomial", plot.ORANGE, "s"),
        ("spiked", plot.GREEN, "^"),
    ):
        chosen = [row for row in rows if row["part"] == "bounds" and row["spectrum"] == kind]
        ridge = [row["ridge"] for row in chosen]
        step = max(1, len(chosen) // 10)
        left.loglog(
            ridge,
            [row["dimension"] for row in chosen],
            color=color,
            marker=marker,
            markevery=step,
            label=kind,
        )
        left.loglog(ridge, [row["bound"] for row in chosen], color=color, ls="--", lw=1.2)
    left.set_ylim(0.1, 2 * SIZE)
    left.set_xlabel("ridge λ")
    left.set_ylabel(rf"effective dimension $d_\lambda$ (of {SIZE})")
    left.set_title(r"solid: $d_\lambda$; dashed: G03, G04, G05")
    left.legend(loc="upper right")
    nets = [row for row in rows if row["part"] == "net"]
    resolution = [row["resolution"] for row in nets]
    for key, color, style, label in (
        ("bound", plot.RED, "--", r"bound $2d_\lambda\,\log^+(5R\sqrt{\lambda_1}/\varepsilon)$"),
        ("log_covering", plot.BLUE, "o-", "net of the proof, built"),
        ("packing", plot.GREEN, "^:", r"needed: points $2\varepsilon$ apart"),
    ):
        built.semilogx(resolution, [row[key] for row in nets], style, color=color, label=label)
    built.set_xticks([0.125, 0.25, 0.5, 1.0, 2.0], ["1/8", "1/4", "1/2", "1", "2"])
    built.minorticks_off()
    built.set_xlabel(r"resolution $\varepsilon$ (for $R = 1$)")
    built.set_ylabel("log-size (nats)")
    built.set_title(r"G06: eigenvalues 1, 1/4, 1/16 and $\lambda = \varepsilon^2/(4R^2)$")
    built.legend(loc="upper right")
    cover = [row for row in rows if row["part"] == "covering"]
    ridge = [row["ridge"] for row in cover]
    middle.loglog(
        ridge, [row["log_covering"] for row in cover], color=plot.BLACK, label="log covering number"
    )
    middle.loglog(
        ridge,
        [row["bound"] for row in cover],
        color=plot.RED,
        ls="--",
        label=r"$d_\lambda\,\log(1+R/\varepsilon)$",
    )
    tied = RESOLUTION**2 / (4.0 * RADIUS**2)
    middle.axvline(tied, color=plot.GREY, lw=0.9, ls=":")
    middle.text(tied * 1.3, 3e-4, "G06:\nλ = ε²/(4R²)", fontsize=8, color=plot.GREY)
    middle.set_xlabel("ridge λ")
    middle.set_ylabel("log-size (nats)")
    middle.set_title("G07: no constant saves an arbitrary λ")
    middle.legend(loc="lower left", bbox_to_anchor=(0.2, 0.22))
    for (name, color, marker), label in zip(
        (("1/d", plot.BLUE, "o"), ("1/sqrt(n)", plot.ORANGE, "s"), ("1/log d", plot.GREEN, "^")),
        ("λ = 1/d", f"λ = 1/√n, n = {SAMPLES}", "λ = 1/log d"),
        strict=True,
    ):
        chosen = [row for row in rows if row["part"] == "schedules" and row["schedule"] == name]
        right.semilogx(
            [row["d"] for row in chosen],
            [row["dimension"] for row in chosen],
            color=color,
            marker=marker,
            label=label,
        )
    right.set_xlabel("dimension d")
    right.set_ylabel(r"effective dimension $d_\lambda$")
    right.set_title(r"G08: eigenvalues $e^{-i}$")
    right.set_ylim(0, None)
    right.legend(loc="upper left")
    return figure
