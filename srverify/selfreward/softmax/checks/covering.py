"""Simulated checks of F01 and G06 on nets that are built: do they cover, and how many members."""

from __future__ import annotations

import numpy as np

from srverify.selfreward.softmax.checks.dimension import effective_dimension
from srverify.selfreward.softmax.checks.registry import slack_check
from srverify.selfreward.softmax.checks.search import Comparison, Reader, Sizes
from srverify.selfreward.softmax.nets import (
    DEFAULT_POINTS,
    Nets,
    completed,
    farthest_points,
    greedy_packing,
    maximal_packing,
    unit_ball_points,
)
from srverify.selfreward.softmax.policies import Floats, Integers

# Largest semi-axis over ε by dimension: a net has up to about (4.31 a)^d members.
_LARGEST_AXIS = {1: 12.0, 2: 2.2, 3: 1.2, 4: 0.9, 6: 0.65}
_NET_SIZES = ((2,), (3,), (4,), (6,))
_SEPARATION = np.sqrt(3.0) / 2.0
_CONSTANT = 4.0 * (1.0 + _SEPARATION) / np.sqrt(3.0)


def _ellipsoid(r: Reader, sizes: Sizes) -> tuple[Floats, Floats, Integers]:
    """Return the semi-axes R√λ_i/ε (B, d) in decreasing order, points, and where to start."""
    dimension = sizes[0]
    axes = r.scale("axes", 0.1, _LARGEST_AXIS[dimension], dimension)
    points = unit_ball_points(dimension, DEFAULT_POINTS)
    axes = r.keep("R sqrt(lambda)/eps", np.sort(axes, axis=-1)[:, ::-1])
    r.named.pop("axes")
    return axes, points, r.indices("first point", len(points))


def _proof_net(r: Reader, sizes: Sizes, mutant: str | None) -> tuple[Floats, Floats, Nets, Floats]:
    """Return (axes, kept axes, the net of G06's proof, points), lengths in units of ε.

    Directions with λ_i ≤ λ = ε²/(4R²), whose semi-axis is at most ε/2, are dropped; the rest gets a
    maximal packing at separation √3ε/2.
    """
    axes, points, first = _ellipsoid(r, sizes)
    least = 1.0 if mutant == "directions with lambda_i <= 4 lambda dropped" else 0.5
    kept = np.where(axes > least, axes, 0.0)
    separation = _SEPARATION * (2.0 if mutant == "twice the separation" else 1.0)
    return axes, kept, maximal_packing(kept, separation, points, first=first), points


@slack_check(
    "G06",
    "net-covers",
    "the net of the proof has a member within eps of every point of the ellipsoid",
    ("twice the separation", "directions with lambda_i <= 4 lambda dropped"),
    sizes=_NET_SIZES,
    batch=512,
    generations=3,
)
def _net_covers(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    axes, _, net, points = _proof_net(r, sizes, mutant)
    distance, where = farthest_points(axes, net, points, seed=99, enough=1.0)
    r.keep("farthest point", where)
    r.keep("members", net.sizes.astype(np.float64))
    return Comparison(distance, np.ones_like(distance), 10.0 * axes[:, 0], 32)


@slack_check(
    "G06",
    "net-size",
    "dense packings as in the proof have log-size at most sum_{i<=k} log(4.31 R sqrt(lambda_i)/eps)",
    ("3.4 in place of 4.31",),
    sizes=_NET_SIZES,
    batch=700,
    generations=6,
)
def _net_size(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    axes, points, first = _ellipsoid(r, sizes)
    kept = np.where(axes > 0.5, axes, 0.0)
    net = greedy_packing(kept, _SEPARATION, points, "nearest", first)
    factor = (3.4 if mutant else _CONSTANT) * kept
    middle = np.log(np.where(kept > 0.0, factor, 1.0)).sum(axis=-1)
    final = 2.0 * effective_dimension(axes**2, np.full((1, 1), 0.25))
    final = final * np.log(np.maximum(5.0 * axes[:, 0], 1.0))
    r.keep("members", net.sizes.astype(np.float64))
    return Comparison(np.log(net.sizes), np.minimum(middle, final), np.full_like(final, 20.0), 32)


@slack_check(
    "G06",
    "packing-below",
    "no more than the net's members can lie more than 2 eps apart",
    ("more than eps apart",),
    sizes=_NET_SIZES,
    batch=700,
    generations=4,
)
def _packing_below(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    axes, points, first = _ellipsoid(r, sizes)
    kept = np.where(axes > 0.5, axes, 0.0)
    net = greedy_packing(kept, _SEPARATION, points, first=first)
    apart = greedy_packing(axes, 1.0 if mutant else 2.0, points, "nearest")
    # Where a part of the net has that many members, the net has.
    members, short = net.sizes.copy(), np.flatnonzero(apart.sizes > net.sizes)
    if len(short):
        part = Nets(net.centres[short], net.sizes[short])
        members[short] = completed(kept[short], part, _SEPARATION, points).sizes
    lhs, rhs = np.log(apart.sizes), np.log(members)
    return Comparison(lhs, rhs, np.ones_like(rhs), 8)


def _ball_net(r: Reader, sizes: Sizes, separation: float) -> tuple[Floats, Nets, Floats]:
    """Return (R/s, a maximal packing of the R-ball at the given multiple of s, points)."""
    dimension = sizes[0]
    radius = r.scale("R/s", 0.1, _LARGEST_AXIS[dimension], 1)
    points = unit_ball_points(dimension, DEFAULT_POINTS)
    axes = np.repeat(radius, dimension, axis=1)
    first = r.indices("first point", len(points))
    return axes, maximal_packing(axes, separation, points, first=first), points


@slack_check(
    "F01",
    "net-covers",
    "a 0.9 s-packing of the R-ball that the search cannot complete covers it within s",
    ("a packing at 3s/2",),
    sizes=((1,), (2,), (3,), (4,)),
    batch=700,
    generations=3,
)
def _ball_covers(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    # The search for a point to add is no proof that there is none: a tenth is left for it.
    axes, net, points = _ball_net(r, sizes, 1.5 if mutant else 0.9)
    distance, where = farthest_points(axes, net, points, seed=99, enough=1.0)
    r.keep("farthest point", where)
    return Comparison(distance, np.ones_like(distance), 10.0 * axes[:, 0], 32)


@slack_check(
    "F01",
    "size",
    "an s-packing of the R-ball has at most (1 + 2R/s)^d members",
    ("(1 + R/s)^d",),
    sizes=((1,), (2,), (3,), (4,)),
    batch=700,
    generations=3,
)
def _ball_size(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    dimension = sizes[0]
    radius = r.scale("R/s", 0.1, _LARGEST_AXIS[dimension], 1)
    points = unit_ball_points(dimension, DEFAULT_POINTS)
    axes = np.repeat(radius, dimension, axis=1)
    net = greedy_packing(axes, 1.0, points, "nearest", r.indices("first point", len(points)))
    rhs = dimension * np.log1p((1.0 if mutant else 2.0) * radius[:, 0])
    return Comparison(np.log(net.sizes), rhs, np.full_like(rhs, 20.0), 32)
