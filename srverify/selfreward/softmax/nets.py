"""Nets and packings of ellipsoids, built greedily for a whole batch (F01, G06).

An ellipsoid is given by its semi-axes, shape (B, d): {x : Σ x_i²/a_i² ≤ 1}, a zero axis meaning that
the coordinate is 0. The image {Σ^{1/2}θ : ‖θ‖ ≤ R} of Section G has semi-axes R√λ_i. Distances are
Euclidean. Sizes grow like the product of the axes over the separation: keep the axes small.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import gamma
from typing import Literal

import numpy as np

from srverify.language.errors import InputError
from srverify.selfreward.softmax.policies import Floats, Integers, min_last, sum_last

Order = Literal["farthest", "nearest"]

DEFAULT_POINTS = 384
_LIMIT = 4096
_BLOCK = 64
#: Rows that are done are dropped once fewer than this part of all are left.
_WORTH_A_COPY = 0.75


@dataclass(frozen=True)
class Nets:
    """Finite subsets of a batch of ellipsoids.

    ``centres`` has shape (B, C, d), C the size of the largest; smaller sets repeat members.
    ``sizes`` (B,) counts the members.
    """

    centres: Floats
    sizes: Integers


@cache
def unit_ball_points(dimension: int, count: int) -> Floats:
    """Return at least ``count`` well-spread points of the unit ball, shape (P, d).

    The ends of the axes and the centre come first; of the rest every other one lies on the sphere.
    Their directions and radii follow an additive recurrence, so that no region stays empty.

    Examples
    --------
    >>> points = unit_ball_points(2, 100)
    >>> points.shape, bool((np.linalg.norm(points, axis=1) <= 1.0 + 1e-15).all())
    ((100, 2), True)
    """
    ends = np.concatenate([-np.eye(dimension), np.eye(dimension), np.zeros((1, dimension))])
    wanted = max(0, count - len(ends))
    # The real root of x^(d+1) = x + 1 generalises the golden ratio.
    root = 2.0
    for _ in range(64):
        root = (1.0 + root) ** (1.0 / (dimension + 1))
    share = np.pi ** (dimension / 2) / (gamma(dimension / 2 + 1) * 2.0**dimension)
    index = np.arange(1, 20 + int(1.5 * wanted / share))[:, None]
    cube = 2.0 * ((0.5 + index * root ** -np.arange(1.0, dimension + 1)) % 1.0) - 1.0
    length = np.sqrt((cube**2).sum(axis=-1))
    inside = cube[(length <= 1.0) & (length > 0.0)][:wanted]
    inside[1::2] /= np.sqrt((inside[1::2] ** 2).sum(axis=-1, keepdims=True))
    points = np.concatenate([ends, inside])
    points.flags.writeable = False
    return points


def greedy_packing(
    axes: Floats,
    separation: float,
    points: Floats,
    order: Order = "farthest",
    first: Integers | None = None,
) -> Nets:
    """Return sets of points of the ellipsoids that lie more than ``separation`` apart.

    Chosen one after the other among ``points`` (P, d) of the unit ball, scaled by the axes, until
    every one of them is within the separation of a chosen one: the farthest point next, which needs
    few, or the nearest that is still allowed, which packs densely. ``first`` (B,) is the index of
    the point to start from. Raises InputError when a set would need more than 4096 members.

    Examples
    --------
    >>> square = greedy_packing(np.ones((1, 2)), 1.1, unit_ball_points(2, 5))
    >>> int(square.sizes[0])
    4
    """
    rows = np.arange(len(axes))
    # Where a direction is dropped the points are projected, and pushed out to their old radius.
    projected = points * (axes[:, None, :] > 0.0)
    length = np.sqrt(sum_last(projected**2)[..., None])
    radius = np.sqrt(sum_last(points**2))[:, None]
    cloud = projected * (radius / np.where(length > 0.0, length, 1.0)) * axes[:, None, :]
    # With its square and 1 a point's distance to a centre is one product; coordinate by coordinate.
    square = sum_last(cloud**2)
    cloud = np.stack([*np.moveaxis(cloud, -1, 0), square, np.ones_like(square)], axis=1)
    gap = np.full(square.shape, np.inf)
    buffer = np.empty_like(gap)
    choice = np.zeros(len(axes), dtype=np.intp) if first is None else first
    sizes = np.zeros(len(axes), dtype=np.intp)
    centres: list[Floats] = []
    active = np.ones(len(axes), dtype=np.bool_)
    while active.any():
        if len(centres) == _LIMIT:
            raise InputError(f"a packing at separation {separation:g} needs more than {_LIMIT} points")
        # What is done costs less than making what is left smaller, again and again.
        if np.count_nonzero(active) < _WORTH_A_COPY * len(rows):
            rows, cloud, gap, choice = rows[active], cloud[active], gap[active], choice[active]
            buffer, active = buffer[: len(rows)], active[active]
        at = np.arange(len(rows))
        chosen = cloud[at, :, choice]
        new = chosen[:, :-2]
        centre = centres[0].copy() if centres else np.zeros_like(axes)
        centre[rows[active]] = new[active]
        centres.append(centre)
        sizes[rows[active]] += 1
        factor = np.concatenate([-2.0 * new, chosen[:, -1:], chosen[:, -2:-1]], axis=-1)
        np.matmul(factor[:, None], cloud, out=buffer[:, None])
        np.minimum(gap, buffer, out=gap)
        if order == "farthest":
            choice = gap.argmax(axis=-1)
        else:
            np.copyto(buffer, gap)
            np.copyto(buffer, np.inf, where=gap <= separation**2)
            choice = buffer.argmin(axis=-1)
        active &= gap[at, choice] > separation**2
    return Nets(np.stack(centres, axis=1), sizes)


def _with_squares(centres: Floats) -> Floats:
    """Return what positions are multiplied with for their squared distances, less their own squares."""
    return np.concatenate([-2.0 * centres, sum_last(centres**2)[..., None]], axis=-1).swapaxes(-1, -2)


def _with_ones(positions: Floats) -> Floats:
    return np.concatenate([positions, np.ones((*positions.shape[:-1], 1))], axis=-1)


def farthest_points(
    axes: Floats, nets: Nets, points: Floats, climbers: int = 8, steps: int = 24, seed: int = 0
) -> tuple[Floats, Floats]:
    """Return (distance, point) of the point of each ellipsoid that was found farthest from its net.

    Starts from the worst of ``points`` (P, d) of the unit ball, scaled by the axes, and climbs: away
    from the nearest centre, or at random, pulled back into the ellipsoid, with shrinking steps.
    Shapes (B,) and (B, d). What it finds is a lower bound on the largest distance.

    Examples
    --------
    >>> net = Nets(np.zeros((1, 1, 2)), np.ones(1, dtype=np.intp))
    >>> distance, point = farthest_points(np.array([[3.0, 1.0]]), net, unit_ball_points(2, 50))
    >>> round(float(distance[0]), 6)
    3.0
    """
    rng = np.random.default_rng([seed, axes.shape[-1]])
    distance, where = np.empty(len(axes)), np.empty_like(axes)
    # In blocks of nets of like size: memory stays bounded, and small nets do not pay for large ones.
    order = np.argsort(nets.sizes, kind="stable")
    for start in range(0, len(order), _BLOCK):
        rows = order[start : start + _BLOCK]
        centres = nets.centres[rows, : int(nets.sizes[rows[-1]])]
        distance[rows], where[rows] = _climb(axes[rows], centres, points, climbers, steps, rng)
    return distance, where


def _climb(
    axes: Floats,
    centres: Floats,
    points: Floats,
    climbers: int,
    steps: int,
    rng: np.random.Generator,
) -> tuple[Floats, Floats]:
    # Coordinate by coordinate: there are few, and an operation takes all climbers of a block at once.
    scale = np.ascontiguousarray(axes.T)[..., None]
    inverse = np.where(scale > 0.0, 1.0 / np.where(scale > 0.0, scale, 1.0), 0.0)
    factor, weighed = _with_squares(centres), _with_ones(centres).astype(np.float32)
    positions = points * axes[:, None, :]
    # The centres along the middle axis: a minimum over it is quicker.
    near = (factor.swapaxes(-1, -2) @ _with_ones(positions).swapaxes(-1, -2)).min(axis=1)
    reach = near + sum_last(positions**2)
    # Which ones are the farthest, in any order.
    count = min(climbers, len(points))
    start = points[np.argpartition(-reach, count - 1, axis=-1)[:, :count]]
    unit = np.ascontiguousarray(np.moveaxis(start, -1, 0))
    position = unit * scale
    # Positions as rows with a 1 at the end, to be multiplied with all centres.
    rows = np.ones((*start.shape[:-1], start.shape[-1] + 1))
    turned = np.moveaxis(rows, -1, 0)[:-1]
    turned[...] = position
    # Squared distances (B, m, C), each less the square of its own position.
    square = rows @ factor
    least = min_last(square)
    best = least + (position**2).sum(axis=0)
    step = np.full(best.shape, 0.5)
    away = np.empty_like(position)
    for number in range(steps):
        np.multiply(unit, scale, out=position)
        if number % 3 == 2:
            rng.standard_normal(out=away)
        else:
            # Away from the centres that are about as near as the nearest: along the ridge between
            # them rather than across it.
            weight = (least[..., None] - square) / step[..., None]
            # A direction needs no more digits, and exponentials of so few are several times as quick.
            pull = np.moveaxis(np.exp(weight.astype(np.float32)) @ weighed, -1, 0)
            np.divide(pull[:-1], pull[-1], out=away)
            np.subtract(position, away, out=away)
        away *= step / np.maximum(np.sqrt((away**2).sum(axis=0)), 1e-300)
        away += position
        away *= inverse
        away /= np.maximum(1.0, np.sqrt((away**2).sum(axis=0)))
        np.multiply(away, scale, out=position)
        turned[...] = position
        reached = rows @ factor
        nearest = min_last(reached)
        distance = nearest + (position**2).sum(axis=0)
        better = distance > best
        np.copyto(unit, away, where=better)
        np.copyto(square, reached, where=better[..., None])
        np.copyto(least, nearest, where=better)
        np.copyto(best, distance, where=better)
        step = np.where(better, step, 0.7 * step)
    chosen = (unit * scale)[:, np.arange(len(axes)), best.argmax(axis=-1)]
    place = np.ascontiguousarray(chosen.T)
    return np.sqrt(sum_last((place[:, None] - centres) ** 2).min(axis=-1)), place


def maximal_packing(
    axes: Floats,
    separation: float,
    points: Floats,
    order: Order = "farthest",
    first: Integers | None = None,
    rounds: int = 40,
) -> Nets:
    """Return greedy packings, completed by whatever point ``farthest_points`` still finds allowed.

    A maximal s-packing is an s-net: had a point no member within s, it could be added. The search
    for such a point stops where it finds none, or after ``rounds`` points.

    Examples
    --------
    >>> points = unit_ball_points(2, 64)
    >>> disc = np.full((1, 2), 1.5)
    >>> net = maximal_packing(disc, 1.0, points)
    >>> bool(farthest_points(disc, net, points, seed=1)[0][0] <= 1.01)
    True
    """
    start = greedy_packing(axes, separation, points, order, first)
    sizes = start.sizes.copy()
    centres = np.concatenate([start.centres, np.repeat(start.centres[:, :1], rounds, axis=1)], axis=1)
    rows = np.arange(len(axes))
    for number in range(rounds):
        part = Nets(centres[rows], sizes[rows])
        distance, found = farthest_points(axes[rows], part, points, seed=number)
        missing = distance > separation
        rows = rows[missing]
        if not len(rows):
            break
        centres[rows, sizes[rows]] = found[missing]
        sizes[rows] += 1
    return Nets(centres[:, : int(sizes.max())], sizes)
