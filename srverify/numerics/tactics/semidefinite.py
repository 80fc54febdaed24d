"""Small semidefinite feasibility problems in doubles, by an interior-point method.

Find positive semidefinite matrices ``X_j`` with ``sum_j <A_jk, X_j> = b_k``. A central path leads to
solutions of the greatest rank, which leave room for rounding. What comes out is a guess, and no proof.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

_MAX_STEPS = 70
#: Equations are met when they hold to this; the path ends at this distance from complementarity.
_MET, _CLOSE = 1e-9, 1e-8
#: Where doubles do not get there, this much is enough, after so many steps that did not help.
_ENOUGH, _PATIENCE = 2e-6, 5
#: Dual values beyond this say that there is no solution.
_UNBOUNDED = 1e7


def centre(
    blocks: Sequence[Any], target: Any, room: float = 1e-3, check: Any = lambda: None
) -> list[Any] | None:
    """Return positive definite matrices near solutions of greatest rank, or None.

    Parameters
    ----------
    blocks
        For every matrix an array of shape (equations, n, n), symmetric in the last two.
    target
        The right sides of the equations.
    room
        Stop as soon as the equations hold and no eigenvalue is below this.
    check
        Called on every step; it may raise.
    """
    sizes = [block.shape[1] for block in blocks]
    flat = np.hstack([block.reshape(len(target), -1) for block in blocks])
    # Independent equations, with orthonormal rows.
    left, weights, right = np.linalg.svd(flat, full_matrices=False)
    rank = int((weights > 1e-10 * weights[0]).sum()) if len(weights) and weights[0] > 0 else 0
    if rank == 0:
        return None
    b = (left[:, :rank].T @ target) / weights[:rank]
    if np.abs(left[:, :rank] @ (weights[:rank] * b) - target).max() > 1e-9 * (1 + np.abs(target).max()):
        return None
    scale = max(1.0, float(np.abs(b).max()))
    b = b / scale
    places = np.cumsum([0, *(n * n for n in sizes)])
    parts = [
        right[:rank, low:high].reshape(rank, n, n)
        for low, high, n in zip(places[:-1], places[1:], sizes, strict=True)
    ]
    found = _path(parts, b, room / scale, check)
    return None if found is None else [x * scale for x in found]


def _path(parts: list[Any], b: Any, room: float, check: Any) -> list[Any] | None:
    # Matrices of one size are a stack: most are small, and a call costs more than what it computes.
    alike: dict[int, list[int]] = {}
    for place, part in enumerate(parts):
        alike.setdefault(part.shape[1], []).append(place)
    stacks = [np.stack([parts[place] for place in places]) for places in alike.values()]
    found = _path_of(stacks, b, room, check)
    if found is None:
        return None
    matrices: dict[int, Any] = {}
    for places, stack in zip(alike.values(), found, strict=True):
        matrices |= zip(places, stack, strict=True)
    return [matrices[place] for place in range(len(parts))]


def _path_of(stacks: list[Any], b: Any, room: float, check: Any) -> list[Any] | None:
    """Follow the path, given by stacks of shape (matrices, equations, n, n); returns stacks."""
    rank = len(b)
    order = sum(stack.shape[0] * stack.shape[2] for stack in stacks)
    xs = [np.tile(np.eye(stack.shape[2]), (len(stack), 1, 1)) for stack in stacks]
    zs = [x.copy() for x in xs]
    y = np.zeros(rank)
    flats = [stack.swapaxes(0, 1).reshape(rank, -1) for stack in stacks]
    best, nearest, idle, centring = 1.0, None, 0, 0.25
    for _ in range(_MAX_STEPS):
        check()
        missing = b - sum(flat @ x.ravel() for flat, x in zip(flats, xs, strict=True))
        gap = sum(float((x * z).sum()) for x, z in zip(xs, zs, strict=True)) / order
        error = float(np.abs(missing).max())
        if not np.isfinite(gap + error) or float(np.abs(y).max()) > _UNBOUNDED:
            break
        if error < _MET and (gap < _CLOSE or min(map(_lowest, xs)) > room):
            return xs
        idle += 1
        if max(error, gap) < 0.7 * best:
            best, nearest, idle = max(error, gap), xs, 0
        if idle > _PATIENCE:
            break
        try:
            step = _step(stacks, flats, xs, zs, y, missing, gap * centring)
        except np.linalg.LinAlgError:
            break
        if step is None:
            break
        xs, zs, y, length = step
        centring = 0.1 if length > 0.7 else 0.4 if length < 0.3 else 0.25
    return nearest if best < _ENOUGH else None


def _lowest(x: Any) -> float:
    """Return the least eigenvalue in a stack of matrices."""
    return float(x.min() if x.shape[-1] == 1 else np.linalg.eigvalsh(x)[:, 0].min())


def _step(
    stacks: list[Any],
    flats: list[Any],
    xs: list[Any],
    zs: list[Any],
    y: Any,
    missing: Any,
    wanted: float,
) -> tuple[list[Any], list[Any], Any, float] | None:
    """Take a step of Newton's method to the point of the path with a complementarity; and its length."""
    rank = len(y)
    inverses = [np.linalg.inv(z) for z in zs]
    matrix = np.zeros((rank, rank))
    side = missing.copy()
    rests = []
    for stack, flat, x, z, inverse in zip(stacks, flats, xs, zs, inverses, strict=True):
        moved = x[:, None] @ stack @ inverse[:, None]
        matrix += flat @ moved.swapaxes(0, 1).reshape(rank, -1).T
        rest = -z - (flat.T @ y).reshape(z.shape)
        rests.append(rest)
        side -= flat @ (wanted * inverse - x - x @ rest @ inverse).ravel()
    matrix[np.diag_indices(rank)] *= 1 + 1e-13
    dy = np.linalg.solve(matrix, side)
    if not np.isfinite(dy).all():
        return None
    dxs, dzs = [], []
    for flat, x, z, inverse, rest in zip(flats, xs, zs, inverses, rests, strict=True):
        dz = rest - (flat.T @ dy).reshape(z.shape)
        dx = wanted * inverse - x - x @ dz @ inverse
        dxs.append((dx + dx.swapaxes(-1, -2)) / 2)
        dzs.append(dz)
    primal = min(1.0, 0.95 * min(_reach(x, dx) for x, dx in zip(xs, dxs, strict=True)))
    dual = min(1.0, 0.95 * min(_reach(z, dz) for z, dz in zip(zs, dzs, strict=True)))
    if primal < 1e-8 and dual < 1e-8:
        return None
    new_xs = [x + primal * dx for x, dx in zip(xs, dxs, strict=True)]
    new_zs = [z + dual * (dz + dz.swapaxes(-1, -2)) / 2 for z, dz in zip(zs, dzs, strict=True)]
    return new_xs, new_zs, y + dual * dy, min(primal, dual)


def _reach(x: Any, dx: Any) -> float:
    """Return how far one may go from positive definite matrices before one ceases to be that."""
    if x.shape[-1] == 1 and (x > 0).all():
        # Most are single numbers, for which three calls of LAPACK would be as many too many.
        lowest = float((dx / x).min())
    else:
        root = np.linalg.cholesky(x)
        half = np.linalg.solve(root, dx)
        least = np.linalg.eigvalsh(np.linalg.solve(root, half.swapaxes(-1, -2)))[:, 0]
        lowest = float(least.min())
    return 10.0 if lowest >= -0.1 else -1.0 / lowest


__all__ = ["centre", "np"]
