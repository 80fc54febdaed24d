"""When greedy decoding misses the mode: random, adversarial and constructed autoregressive models."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from srverify.selfreward.experiments.base import Point, Row
from srverify.selfreward.softmax.autoregressive import (
    exact_mode,
    exhaustive_mode,
    greedy_decode,
    greedy_miss,
    greedy_search,
    hamming,
    random_tree,
)
from srverify.selfreward.softmax.policies import Floats, log_softmax

if TYPE_CHECKING:
    from matplotlib.figure import Figure

NAME = "greedy"
TITLE = "Greedy decoding misses the mode only where its mass is at most 1/2"
COLUMNS = (
    ("kind", "models"),
    ("V", "V"),
    ("L", "L"),
    ("spread", "spread"),
    ("bin", "mode mass about"),
    ("models", "count"),
    ("missed", "greedy misses"),
    ("distance", "mean Hamming/L of misses"),
)
SHAPES = ((2, 2), (2, 8), (4, 4), (8, 2))
SPREADS = (0.5, 1.0, 2.0, 4.0)
EDGES = np.linspace(0.0, 1.0, 21)
LARGE = (30, 6)


def points(quick: bool) -> list[Point]:
    """Return random trees per shape and spread, constructed models, and searched large ones."""
    trees = 1000 if quick else 30_000
    random = [
        {"kind": "random", "V": V, "L": L, "spread": spread, "trees": trees}
        for V, L in SHAPES
        for spread in SPREADS
    ]
    built = [{"kind": "constructed", "V": V, "L": L} for V, L in SHAPES]
    searched = [
        {"kind": "searched", "V": LARGE[0], "L": LARGE[1], "spread": s, "models": 6 if quick else 150}
        for s in (4.0, 8.0, 16.0, 32.0)
    ]
    return random + built + searched


def run_point(point: Point, seed: int, chunk: int) -> list[Row]:
    """Decode greedily, find the mode exactly, and count by the mode's mass."""
    rng = np.random.default_rng(seed)
    if point["kind"] == "random":
        return _random(point, rng, chunk)
    if point["kind"] == "constructed":
        return _constructed(point)
    return _searched(point, rng)


def _random(point: Point, rng: np.random.Generator, chunk: int) -> list[Row]:
    vocabulary, length = point["V"], point["L"]
    masses, distances = [], []
    for start in range(0, point["trees"], chunk):
        size = min(chunk, point["trees"] - start)
        tree = random_tree(vocabulary, length, size, rng, point["spread"])
        mode, log_mass = exhaustive_mode(tree)
        masses.append(np.exp(log_mass))
        distances.append(hamming(greedy_decode(tree), mode, vocabulary, length))
    mass, distance = np.concatenate(masses), np.concatenate(distances)
    place = np.clip(np.digitize(mass, EDGES) - 1, 0, len(EDGES) - 2)
    rows: list[Row] = []
    for index in np.unique(place):
        inside = distance[place == index]
        missed = inside[inside > 0]
        rows.append(
            {
                "kind": "random",
                "V": vocabulary,
                "L": length,
                "spread": point["spread"],
                "bin": float(0.5 * (EDGES[index] + EDGES[index + 1])),
                "models": len(inside),
                "missed": len(missed) / len(inside),
                "distance": float(missed.mean() / length) if len(missed) else None,
            }
        )
    return rows


def _constructed(point: Point) -> list[Row]:
    """Build E04's model at mode masses all over (1/V^L, 1/2) and decode it."""
    vocabulary, length = point["V"], point["L"]
    low = float(vocabulary) ** -length
    mass = low + (0.5 - low) * np.array([1e-6, 0.1, 0.3, 0.5, 0.7, 0.9, 1 - 1e-6])
    tree = greedy_miss(vocabulary, length, mass)
    distance = hamming(greedy_decode(tree), exhaustive_mode(tree)[0], vocabulary, length)
    return [
        {
            "kind": "constructed",
            "V": vocabulary,
            "L": length,
            "bin": at,
            "models": 1,
            "missed": float(differ > 0),
            "distance": differ / length,
        }
        for at, differ in zip(mass.tolist(), distance.tolist(), strict=True)
    ]


def _random_model(rng: np.random.Generator, vocabulary: int, length: int, spread: float) -> Any:
    """Return conditionals of a model too large to tabulate: logits from random sine features."""
    weights = rng.standard_normal((length, vocabulary, vocabulary)) * 3.0
    phases = rng.uniform(0.0, 2.0 * np.pi, (length, vocabulary))

    def conditionals(prefixes: np.ndarray) -> Floats:
        total = np.broadcast_to(phases[prefixes.shape[1]], (len(prefixes), vocabulary)).copy()
        for position in range(prefixes.shape[1]):
            total += weights[position][prefixes[:, position]]
        return log_softmax(spread * np.sqrt(2.0) * np.sin(total))

    return conditionals


def _searched(point: Point, rng: np.random.Generator) -> list[Row]:
    vocabulary, length = point["V"], point["L"]
    masses, distances = [], []
    # Each model is a search of its own, with its own bound: vectorised within, one after the other.
    for _ in range(point["models"]):
        model = _random_model(rng, vocabulary, length, point["spread"])
        mode, mass = exact_mode(model, length)
        found, _ = greedy_search(model, length)
        masses.append(float(np.exp(mass)))
        distances.append(sum(a != b for a, b in zip(mode, found, strict=True)))
    missed = [distance for distance in distances if distance]
    return [
        {
            "kind": "searched",
            "V": vocabulary,
            "L": length,
            "spread": point["spread"],
            "bin": float(np.median(masses)),
            "models": len(masses),
            "missed": len(missed) / len(masses),
            "distance": float(np.mean(missed)) / length if missed else None,
        }
    ]


def read(rows: Sequence[Row]) -> tuple[str, Mapping[str, Any]]:
    """Say where greedy misses, how often, and that missing is not certain."""
    random = [row for row in rows if row["kind"] == "random"]
    above = [row for row in random if row["bin"] > 0.5]
    below = [row for row in random if row["bin"] < 0.5]
    missed_above = sum(round(row["missed"] * row["models"]) for row in above)
    models_above = sum(row["models"] for row in above)
    models_below = sum(row["models"] for row in below)
    missed_below = sum(row["missed"] * row["models"] for row in below) / models_below
    built = [row for row in rows if row["kind"] == "constructed"]
    complete = sum(row["distance"] == 1.0 for row in built)
    large = [row for row in rows if row["kind"] == "searched"]
    numbers = {
        "misses above one half": missed_above,
        "models above one half": models_above,
        "share of misses below one half": missed_below,
        "constructed models that differ everywhere": complete,
        "constructed models": len(built),
        "large models": {str(row["spread"]): row["missed"] for row in large},
    }
    text = (
        f"Of {models_above} random models whose mode has mass above 1/2 greedy decoding missed "
        f"{missed_above} (E01 says none); of {models_below} at or below it missed "
        f"{100 * missed_below:.0f} %, so a miss is possible but far from certain (E06). The "
        f"construction of E04 misses at every mode mass tried in (1/V^L, 1/2), and its greedy output "
        f"differs from the mode at every position in {complete} of {len(built)} cases (E05). On models "
        f"with {LARGE[0]}^{LARGE[1]} sequences, whose mode branch and bound finds exactly, greedy "
        "misses "
        + ", ".join(f"{100 * row['missed']:.0f} % at spread {row['spread']:g}" for row in large)
        + "."
    )
    return text, numbers


def draw(rows: Sequence[Row], numbers: Mapping[str, Any]) -> Figure:
    """Draw how often greedy misses against the mode's mass, and how far its output is."""
    from srverify.selfreward.experiments import plotting as plot

    figure, (left, right) = plot.panels(2, TITLE, height=4.8)
    for (vocabulary, length), color, marker in zip(SHAPES, plot.CYCLE, plot.MARKERS, strict=False):
        chosen = [
            row
            for row in rows
            if row["kind"] == "random" and (row["V"], row["L"]) == (vocabulary, length)
        ]
        places = sorted({row["bin"] for row in chosen})
        missed, far = [], []
        for place in places:
            inside = [row for row in chosen if row["bin"] == place]
            count = sum(row["models"] for row in inside)
            misses = sum(row["missed"] * row["models"] for row in inside)
            missed.append(misses / count if count >= 30 else np.nan)
            total = sum((row["distance"] or 0.0) * row["missed"] * row["models"] for row in inside)
            far.append(total / misses if misses >= 10 else np.nan)
        label = f"V = {vocabulary}, L = {length}"
        left.plot(places, missed, color=color, marker=marker, label=label)
        right.plot(places, far, color=color, marker=marker, label=label)
        built = [
            row
            for row in rows
            if row["kind"] == "constructed" and (row["V"], row["L"]) == (vocabulary, length)
        ]
        for axes, key in ((left, "missed"), (right, "distance")):
            axes.plot(
                [row["bin"] for row in built],
                [row[key] for row in built],
                color=color,
                marker=marker,
                ls="none",
                mfc="none",
            )
    large = [row for row in rows if row["kind"] == "searched"]
    for axes, key in ((left, "missed"), (right, "distance")):
        axes.plot(
            [row["bin"] for row in large],
            [np.nan if row[key] is None else row[key] for row in large],
            color=plot.BLACK,
            marker="x",
            ls="none",
            label=f"V = {LARGE[0]}, L = {LARGE[1]}",
        )
    for axes in (left, right):
        axes.axvline(0.5, color=plot.GREY, lw=1.0, ls="--")
        axes.set_xlabel("mass of the mode, π(y*|x)")
        axes.set_xlim(-0.015, 1.015)
        axes.set_ylim(-0.03, 1.08)
    left.text(0.515, 0.8, "above 1/2:\nnever (E01)", fontsize=8.5, color=plot.GREY)
    left.set_ylabel("share of models where greedy misses the mode")
    left.set_title("filled: random; hollow: constructed (E04); crosses: searched")
    right.set_ylabel("positions that differ, as a share of L")
    right.set_title("how far off the output is when it misses (E05)")
    left.legend(loc="center right")
    return figure
