"""Exact linear programs for certificates: z3's simplex method, once what cannot take part is left out.

Most columns cannot take part: where all coefficients of a row have one sign and their sum is to be 0,
all of its columns are 0, and once they are gone the same may hold of other rows. Many programs are seen
to have no solution by that alone, at a small part of what a solver takes to read them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from flint import fmpq

from srverify.engines.smt_solvers import Ask, z3_session

#: Rows and columns that remain, at most.
_MAX_COLUMNS, _MAX_ROWS = 1500, 500
#: z3's units for one program.
_UNITS = 3_000_000

#: Coefficient by row, whatever names the rows.
Vector: TypeAlias = Mapping[Any, fmpq]
#: A vector and the relation of 0 to it: ``<`` and ``<=`` have coefficients >= 0, ``=`` any.
Column: TypeAlias = tuple[Vector, str]


def solved(
    columns: Sequence[Column], target: Vector, strict: bool, seconds: float, ask: Ask | None = None
) -> dict[int, fmpq] | None:
    """Return coefficients with which columns sum up to a target, by index; None if there are none.

    Parameters
    ----------
    strict
        Ask for a column of relation ``<`` with a positive coefficient.
    seconds
        Limit of z3's work.
    ask
        How to ask z3; default: in a context of its own.
    """
    alive = useful(columns, target, strict)
    if alive is None:
        return None
    alive = alive[:_MAX_COLUMNS]
    rows: dict[object, list[str]] = defaultdict(list)
    for i in alive:
        for name, c in columns[i][0].items():
            rows[name].append(f"c{i}" if c == 1 else f"(* c{i} {_literal(c)})")
    if len(rows) > _MAX_ROWS:
        return None
    lines = ["(set-logic QF_LRA)", *(f"(declare-const c{i} Real)" for i in alive)]
    lines += [f"(assert (>= c{i} 0))" for i in alive if columns[i][1] != "="]
    for name, parts in rows.items():
        lines.append(f"(assert (= (+ 0 {' '.join(parts)}) {_literal(target.get(name, fmpq(0)))}))")
    if strict:
        strong = " ".join(f"c{i}" for i in alive if columns[i][1] == "<")
        lines.append(f"(assert (= (+ 0 {strong}) 1))")
    answer = (ask or z3_session())("\n".join(lines), seconds, 0, _UNITS)
    if answer.result != "sat":
        return None
    found = {int(name[1:]): fmpq(c.numerator, c.denominator) for name, c in answer.model.items() if c}
    return dict(sorted(found.items()))


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


def _literal(c: fmpq) -> str:
    size = f"{abs(int(c.p))}.0" if c.q == 1 else f"(/ {abs(int(c.p))}.0 {int(c.q)}.0)"
    return f"(- {size})" if c < 0 else size
