"""Nets and packings of ellipsoids, built greedily for a whole batch (F01, G06).

An ellipsoid is given by its semi-axes, shape (B, d): {x : Σ x_i²/a_i² ≤ 1}, a zero axis meaning that
the coordinate is 0. The image {Σ^{1/2}θ : ‖θ‖ ≤ R} of Section G has semi-axes R√λ_i. Distances are
Euclidean. Sizes grow like the product of the axes over the separation: keep the axes small.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import gamma
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from srverify.language.errors import InputError
from srverify.selfreward.softmax.policies import Floats, Integers, min_last, sum_last

Order = Literal["farthest", "nearest"]
Singles: TypeAlias = NDArray[np.float32]

DEFAULT_POINTS = 384
_LIMIT = 4096
_BLOCK = 128
#: Rows that are done are dropped once fewer than this part of all are left.
_WORTH_A_COPY = 0.75
#: What climbers take for no length, and how their steps become shorter.
_ONE, _LEAST, _SHRINKING = np.float32(1.0), np.float32(1e-30), np.float32(0.7)


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
    cloud = _cloud(axes, points)
    gap = np.full((len(axes), len(points)), np.inf)
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


def _cloud(axes: Floats, points: Floats) -> Floats:
    """Return points of the ellipsoids, (B, d + 2, P): with the square and 1 as further coordinates.

    A point's distance to a centre is one product then. Where a direction is dropped the points are
    projected, and pushed out to their old radius.
    """
    dimension = axes.shape[-1]
    cloud = np.empty((len(axes), dimension + 2, len(points)))
    cloud[:, -1] = 1.0
    dropped = (axes <= 0.0).any(axis=-1)
    for index in range(dimension):
        np.multiply(points[:, index], axes[:, index, None], out=cloud[:, index])
    if dropped.any():
        projected = points * (axes[dropped, None, :] > 0.0)
        length = np.sqrt(sum_last(projected**2)[..., None])
        radius = np.sqrt(sum_last(points**2))[:, None]
        projected *= radius / np.where(length > 0.0, length, 1.0)
        projected *= axes[dropped, None, :]
        cloud[dropped, :-2] = projected.swapaxes(-1, -2)
    square = np.multiply(cloud[:, 0], cloud[:, 0], out=cloud[:, -2])
    for index in range(1, dimension):
        square += cloud[:, index] ** 2
    return cloud


def within(axes: Floats, nets: Nets) -> Floats:
    """Return distances that no point of an ellipsoid exceeds from its net, shape (B,)."""
    # The triangle inequality at 0, for the member that is nearest to it.
    return np.asarray(np.sqrt(sum_last(nets.centres**2).min(axis=-1)) + axes.max(axis=-1))


def farthest_points(
    axes: Floats,
    nets: Nets,
    points: Floats,
    climbers: int = 8,
    steps: int = 24,
    seed: int = 0,
    enough: float = 0.0,
) -> tuple[Floats, Floats]:
    """Return (distance, point) of the point of each ellipsoid that was found farthest from its net.

    Starts from the worst of ``points`` (P, d) of the unit ball, scaled by the axes, and climbs: away
    from the nearest centre, or at random, pulled back into the ellipsoid, with shrinking steps.
    Shapes (B,) and (B, d). What it finds is a lower bound on the largest distance. Where it is certain
    that no distance exceeds ``enough``, there is nothing to climb for.

    Examples
    --------
    >>> net = Nets(np.zeros((1, 1, 2)), np.ones(1, dtype=np.intp))
    >>> distance, point = farthest_points(np.array([[3.0, 1.0]]), net, unit_ball_points(2, 50))
    >>> round(float(distance[0]), 6)
    3.0
    """
    rng = np.random.default_rng([seed, axes.shape[-1]])
    distance, where = np.empty(len(axes)), np.empty_like(axes)
    certain = within(axes, nets) <= enough
    for some, number in ((~certain, steps), (certain, 0)):
        # In blocks of nets of like size: memory stays bounded, and small nets do not pay for large ones.
        order = np.flatnonzero(some)
        order = order[np.argsort(nets.sizes[order], kind="stable")]
        for start in range(0, len(order), _BLOCK):
            rows = order[start : start + _BLOCK]
            centres = nets.centres[rows, : int(nets.sizes[rows[-1]])]
            distance[rows], where[rows] = _climb(axes[rows], centres, points, climbers, number, rng)
    return distance, where


def _climb(
    axes: Floats,
    centres: Floats,
    points: Floats,
    climbers: int,
    steps: int,
    rng: np.random.Generator,
) -> tuple[Floats, Floats]:
    # A direction needs no more digits than single precision has; how far the point is that was found is
    # computed with all of them. Coordinate by coordinate: there are few, and an operation takes all
    # climbers of a block at once.
    scale = np.ascontiguousarray(axes.T, dtype=np.float32)[..., None]
    inverse = np.where(scale > 0.0, np.float32(1.0) / np.where(scale > 0.0, scale, _ONE), _ONE * 0)
    weighed = _with_ones(centres.astype(np.float32))
    # What positions are multiplied with for their squared distances, less their own squares.
    factor = weighed.swapaxes(-1, -2).copy()
    factor[:, -1] = sum_last(centres**2)
    factor[:, :-1] *= -2.0
    positions = points.astype(np.float32) * axes.astype(np.float32)[:, None, :]
    # The centres along the middle axis: a minimum over it is quicker.
    near = (factor.swapaxes(-1, -2) @ _with_ones(positions).swapaxes(-1, -2)).min(axis=1)
    reach = near + (positions**2).sum(axis=-1)
    # Which ones are the farthest, in any order.
    count = min(climbers, len(points))
    start = points[np.argpartition(-reach, count - 1, axis=-1)[:, :count]]
    unit = np.ascontiguousarray(np.moveaxis(start, -1, 0), dtype=np.float32)
    position = unit * scale
    # Positions as rows with a 1 at the end, to be multiplied with all centres.
    rows = np.ones((*start.shape[:-1], start.shape[-1] + 1), dtype=np.float32)
    turned = rows.transpose(2, 0, 1)[:-1]
    turned[...] = position
    # Squared distances (B, m, C), each less the square of its own position.
    square = rows @ factor
    least = min_last(square)
    best = least + (position**2).sum(axis=0)
    step = np.full_like(best, 0.5)
    away = np.empty_like(position)
    for number in range(steps):
        np.multiply(unit, scale, out=position)
        if number % 3 == 2:
            rng.standard_normal(out=away, dtype=np.float32)
        else:
            # Away from the centres that are about as near as the nearest: along the ridge between
            # them rather than across it.
            weight = np.subtract(least[..., None], square)
            weight /= step[..., None]
            pull = (np.exp(weight, out=weight) @ weighed).transpose(2, 0, 1)
            np.divide(pull[:-1], pull[-1], out=away)
            np.subtract(position, away, out=away)
        away *= step / np.maximum(np.sqrt((away**2).sum(axis=0)), _LEAST)
        away += position
        away *= inverse
        away /= np.maximum(_ONE, np.sqrt((away**2).sum(axis=0)))
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
        np.multiply(step, _SHRINKING, out=step, where=~better)
    chosen = unit[:, np.arange(len(axes)), best.argmax(axis=-1)].T.astype(np.float64)
    place = chosen / np.maximum(1.0, np.sqrt(sum_last(chosen**2)))[:, None] * axes
    return np.sqrt(sum_last((place[:, None] - centres) ** 2).min(axis=-1)), place


def _with_ones(positions: Singles) -> Singles:
    return np.concatenate([positions, np.ones_like(positions[..., :1])], axis=-1)


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
    return completed(axes, start, separation, points, rounds)


def completed(axes: Floats, nets: Nets, separation: float, points: Floats, rounds: int = 40) -> Nets:
    """Return packings, completed by whatever point ``farthest_points`` still finds allowed."""
    sizes = nets.sizes.copy()
    centres = np.concatenate([nets.centres, np.repeat(nets.centres[:, :1], rounds, axis=1)], axis=1)
    rows = np.flatnonzero(within(axes, nets) > separation)
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
