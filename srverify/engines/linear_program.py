"""Exact linear programs for certificates by z3's simplex method."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

from flint import fmpq

from srverify.engines.smt_solvers import Answer, Ask, z3_session
from srverify.numerics.tactics.programs import Column, Solve, Vector, useful

#: Rows and columns that remain, at most.
_MAX_COLUMNS, _MAX_ROWS = 1500, 500
#: z3's units for one program, and seconds.
_UNITS, _SECONDS = 3_000_000, 1.0


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


def _literal(c: fmpq) -> str:
    size = f"{abs(int(c.p))}.0" if c.q == 1 else f"(/ {abs(int(c.p))}.0 {int(c.q)}.0)"
    return f"(- {size})" if c < 0 else size


def by_solver(left: Callable[[], float]) -> Solve:
    """Return how to solve programs by z3 in the seconds that are left, all in one context."""
    sessions: list[Ask] = []

    def solve(columns: Sequence[Column], target: Vector, strict: bool) -> dict[int, fmpq] | None:
        def answer(text: str, seconds: float, seed: int, units: int) -> Answer:
            # Its set-up takes longer than most questions, and some programs ask none.
            if not sessions:
                sessions.append(z3_session())
            return sessions[0](text, seconds, seed, units)

        return solved(columns, target, strict, min(_SECONDS, left()), answer)

    return solve
