"""Linear programs for certificates: what a sum of columns with coefficients of given signs can be.

Most columns cannot take part: where all coefficients of a row have one sign and their sum is to be 0,
all of its columns are 0, and once they are gone the same may hold of other rows. Many programs are seen
to have no solution by that alone. Of what is left nonnegative least squares in floating point say which
columns take part, and with these few the equations are solved exactly.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
from flint import fmpq, fmpq_mat
from numpy.typing import NDArray

#: Larger programs take too long.
_MAX_COLUMNS, _MAX_ROWS, _MAX_CHANGES = 800, 300, 120
#: What counts as 0 of numbers near 1.
_TINY = 1e-9

#: Coefficient by row, whatever names the rows.
Vector: TypeAlias = Mapping[Any, fmpq]
#: A vector and the relation of 0 to it: ``<`` and ``<=`` have coefficients >= 0, ``=`` any.
Column: TypeAlias = tuple[Vector, str]
#: From columns, their target, and whether one with ``<`` must take part, to coefficients by index.
Solve: TypeAlias = Callable[[Sequence[Column], Vector, bool], "dict[int, fmpq] | None"]
_Floats: TypeAlias = NDArray[np.float64]
#: The row that says that columns with ``<`` take part.
_STRICT = object()


def by_least_squares(columns: Sequence[Column], target: Vector, strict: bool) -> dict[int, fmpq] | None:
    """Return coefficients with which columns sum up to a target, by index; None if none are found.

    Where a column with ``<`` has to take part, the coefficients of all these sum up to 1.
    """
    alive = useful(columns, target, strict)
    if alive is None or len(alive) > _MAX_COLUMNS:
        return None
    if not alive:
        return {}
    wanted = dict(target) | ({_STRICT: fmpq(1)} if strict else {})
    vectors = []
    for i in alive:
        vector, relation = columns[i]
        vectors.append({**vector, _STRICT: fmpq(1)} if strict and relation == "<" else dict(vector))
    names = dict.fromkeys(name for vector in (*vectors, wanted) for name in vector)
    rows = {name: place for place, name in enumerate(names)}
    if len(rows) > _MAX_ROWS:
        return None
    table = np.zeros((len(rows), len(alive) + 1))
    try:
        for j, vector in enumerate((*vectors, wanted)):
            for name, c in vector.items():
                table[rows[name], j] = int(c.p) / int(c.q)
    except OverflowError:
        return None
    table /= np.abs(table).max(axis=1, keepdims=True)
    free = [j for j, i in enumerate(alive) if columns[i][1] == "="]
    taken = _taking_part(table[:, :-1], table[:, -1], free)
    if taken is None:
        return None
    found = _exactly([vectors[j] for j in taken], wanted)
    if found is None:
        return None
    solution = {alive[j]: c for j, c in zip(taken, found, strict=True) if c != 0}
    return solution if all(c > 0 or columns[i][1] == "=" for i, c in solution.items()) else None


def _taking_part(table: _Floats, right: _Floats, free: list[int]) -> list[int] | None:
    """Return columns that sum up to the right side, by the method of Lawson and Hanson.

    ``free`` columns may have coefficients of either sign.
    """
    number = table.shape[1]
    signed = np.concatenate([table, -table[:, free]], axis=1)
    sizes = np.sqrt((signed**2).sum(axis=0))
    signed = signed / np.where(sizes > 0, sizes, 1.0)
    products, aims = signed.T @ signed, signed.T @ right
    weights = np.zeros(len(aims))
    active: list[int] = []
    for _ in range(_MAX_CHANGES):
        slopes = aims - products @ weights
        slopes[active] = 0.0
        best = int(slopes.argmax())
        rest = right - signed @ weights
        if rest @ rest <= _TINY**2 * (right @ right):
            break
        if slopes[best] <= _TINY:
            return None
        active.append(best)
        while True:
            try:
                own = np.linalg.solve(products[np.ix_(active, active)], aims[active])
            except np.linalg.LinAlgError:
                return None
            if not np.isfinite(own).all():
                return None
            if (own > _TINY).all():
                break
            # Go on only as far as all stay nonnegative, and drop what becomes 0.
            old = weights[active]
            falling = own <= _TINY
            with np.errstate(divide="ignore", invalid="ignore"):
                steps = np.where(falling, old / np.where(old > own, old - own, 1.0), 1.0)
            part = float(steps.min())
            weights[active] = old + part * (own - old)
            dropped = [i for i in active if weights[i] <= _TINY]
            weights[dropped] = 0.0
            active = [i for i in active if i not in dropped]
            if not active:
                return None
        weights[:] = 0.0
        weights[active] = own
    else:
        return None
    return sorted({i if i < number else free[i - number] for i in active})


def _exactly(vectors: Sequence[Vector], target: Vector) -> list[fmpq] | None:
    """Return the numbers with which vectors sum up to a target, those that are not needed being 0."""
    names = list(dict.fromkeys(name for vector in (*vectors, target) for name in vector))
    zero = fmpq(0)
    table = fmpq_mat(
        [[*(vector.get(name, zero) for vector in vectors), target.get(name, zero)] for name in names]
    )
    reduced, rank = table.rref()
    found = [zero] * len(vectors)
    for row in range(rank):
        pivot = next(j for j in range(len(vectors) + 1) if reduced[row, j] != 0)
        if pivot == len(vectors):
            return None
        found[pivot] = reduced[row, len(vectors)]
    return found


def useful(columns: Sequence[Column], target: Vector, strict: bool) -> list[int] | None:
    """Return the columns that may have other coefficients than 0; None if no coefficients will do."""
    members: dict[object, list[int]] = defaultdict(list)
    #: Of each row: how many columns of either sign, and free ones, remain.
    counts: dict[object, list[int]] = defaultdict(lambda: [0, 0, 0])
    signs: list[dict[object, int]] = []
    alive = [True] * len(columns)
    equal = [i for i, (_, relation) in enumerate(columns) if relation == "="]
    for i in _repeated(columns, equal):
        alive[i] = False
    for i, (vector, relation) in enumerate(columns):
        # The sign of a numerator is read at half the price of a comparison.
        own = {name: 2 if relation == "=" else int(int(c.p) < 0) for name, c in vector.items()}
        signs.append(own)
        if not alive[i]:
            continue
        for name, sign in own.items():
            members[name].append(i)
            counts[name][sign] += 1
    wanted = {name: c for name, c in target.items() if c != 0}
    pending = set(members) | set(wanted)
    while pending:
        name = pending.pop()
        above, below, free = counts[name]
        if name in wanted:
            if not free and not (above if wanted[name] > 0 else below):
                return None
            continue
        # A free column by itself is 0 as well.
        if (above and below) if not free else (above or below or free > 1):
            continue
        for i in members[name]:
            if alive[i]:
                alive[i] = False
                for other, sign in signs[i].items():
                    counts[other][sign] -= 1
                    pending.add(other)
    left = [i for i, is_alive in enumerate(alive) if is_alive]
    # Numbers are slow to hash, and most columns are gone by now. Of multiples all or none remain.
    doubled = set(_repeated(columns, [i for i in left if columns[i][1] != "="]))
    left = [i for i in left if i not in doubled]
    if strict and not any(columns[i][1] == "<" for i in left):
        return None
    return left


def _repeated(columns: Sequence[Column], among: Iterable[int]) -> Iterator[int]:
    """Yield the columns that are positive multiples of an earlier one with the same relation."""
    known: set[object] = set()
    for i in among:
        vector, relation = columns[i]
        scale = abs(next(iter(vector.values()), fmpq(1)))
        key = (relation, frozenset((name, c / scale) for name, c in vector.items()))
        if key in known:
            yield i
        known.add(key)
