"""Narrow valleys: a coordinate, difference or ratio is held, and the others move to the least margin.

Where a margin vanishes along a curve, such as ``x = y``, walking downhill ends on the curve, and what is
negative close to it stays unseen. Away from the curve by a fixed distance the least margin shows it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations, pairwise
from random import Random
from typing import TypeAlias

_Point: TypeAlias = list[float]
#: A function from the free coordinates of a section to a point.
_Section: TypeAlias = tuple[list[int], Callable[[_Point], _Point]]
_DISTANCES = (0.1, -0.1, 0.02, -0.02, 0.4, -0.4, 2.0, -2.0)
_RATIOS = (1.1, 1 / 1.1, 1.02, 1 / 1.02, 1.5, 2 / 3, 4.0, 1 / 4, 30.0, 1 / 30)
#: Values of a coordinate that is held, and of one that moves.
_HELD, _MOVING = 12, 28
_GOLDEN = (math.sqrt(5) - 1) / 2
_NARROWINGS, _STARTS, _ROUNDS = 36, 60, 40
#: Steps towards the edge of where a score is finite.
_HALVINGS = 30


def least_points(
    axes: Sequence[Sequence[float]], score: Callable[[_Point], float], random: Random
) -> Iterator[tuple[float, _Point]]:
    """Yield where a score is least on sections, with the score there.

    ``axes`` are values of each coordinate; the score is infinite or no number where a point is no use.
    """
    for free, placed in _sections(axes):

        def margin(values: _Point, placed: Callable[[_Point], _Point] = placed) -> float:
            found = score(placed(values))
            return math.inf if math.isnan(found) else found

        found = _least([axes[i] for i in free], margin, random)
        if found is not None:
            value, values = found
            yield value, placed(values)


def _thinned(values: Sequence[float], count: int) -> list[float]:
    ordered = sorted(values)
    if len(ordered) <= count:
        return ordered
    return [ordered[round(i * (len(ordered) - 1) / (count - 1))] for i in range(count)]


def _sections(axes: Sequence[Sequence[float]]) -> Iterator[_Section]:
    order = list(range(len(axes)))
    if len(order) == 1:
        yield order, list
        return
    for i, j in combinations(order, 2):
        free = [k for k in order if k != j]
        for held in _DISTANCES:
            yield free, _tied(len(order), free, j, i, 1.0, held)
        if min(axes[i]) >= 0 and min(axes[j]) >= 0:
            for held in _RATIOS:
                yield free, _tied(len(order), free, j, i, held, 0.0)
    for j in order:
        free = [k for k in order if k != j]
        for value in _thinned(axes[j], _HELD):
            yield free, _tied(len(order), free, j, free[0], 0.0, value)


def _tied(
    count: int, free: list[int], j: int, i: int, factor: float, shift: float
) -> Callable[[_Point], _Point]:
    """Return the map of a section on which coordinate j is an affine function of coordinate i."""

    def placed(values: _Point) -> _Point:
        point = [0.0] * count
        for k, value in zip(free, values, strict=True):
            point[k] = value
        point[j] = factor * point[i] + shift
        return point

    return placed


def _least(
    axes: Sequence[Sequence[float]], score: Callable[[_Point], float], random: Random
) -> tuple[float, _Point] | None:
    if len(axes) == 1:
        return _least_on_line(axes[0], score)
    starts = [[random.choice(axis) for axis in axes] for _ in range(_STARTS)]
    starts += [[axis[i % len(axis)] for axis in axes] for i in range(max(map(len, axes)))]
    best, point = min(((score(start), start) for start in starts), key=lambda item: item[0])
    step = 0.25
    for _ in range(_ROUNDS):
        moved = False
        for i, change in ((i, way * step) for i in range(len(point)) for way in (1, -1)):
            trial = list(point)
            trial[i] += change * max(abs(trial[i]), 1e-6)
            value = score(trial)
            if value < best:
                best, point, moved = value, trial, True
        step = step if moved else step / 3
    return None if best == math.inf else (best, point)


def _least_on_line(
    axis: Sequence[float], score: Callable[[_Point], float]
) -> tuple[float, _Point] | None:
    grid = _thinned(axis, _MOVING)
    values = [score([x]) for x in grid]
    for (a, b), (one, other) in zip(pairwise(tuple(grid)), pairwise(tuple(values)), strict=True):
        if (one == math.inf) != (other == math.inf):
            grid += _near_edge(*((a, b) if other == math.inf else (b, a)), score)
    values += [score([x]) for x in grid[len(values) :]]
    values = [value for _, value in sorted(zip(grid, values, strict=True))]
    grid.sort()
    place = min(range(len(grid)), key=values.__getitem__)
    if values[place] == math.inf:
        return None
    low, high = grid[max(place - 1, 0)], grid[min(place + 1, len(grid) - 1)]
    best, at = values[place], grid[place]
    for _ in range(_NARROWINGS):
        first, second = high - _GOLDEN * (high - low), low + _GOLDEN * (high - low)
        left, right = score([first]), score([second])
        for value, x in ((left, first), (right, second)):
            if value < best:
                best, at = value, x
        low, high = (low, second) if left <= right else (first, high)
    return best, [at]


def _near_edge(inside: float, outside: float, score: Callable[[_Point], float]) -> list[float]:
    """Return points near where a score stops to be finite: what is assumed may hold up to there."""
    start = inside
    for _ in range(_HALVINGS):
        middle = (inside + outside) / 2
        if score([middle]) < math.inf:
            inside = middle
        else:
            outside = middle
    return [inside, *(inside + (start - inside) * 2.0**-k for k in (1, 3, 5, 8))]


__all__ = ["least_points"]
