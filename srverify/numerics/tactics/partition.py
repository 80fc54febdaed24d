"""Sums taken apart into two groups of summands, each of which has the sign of the whole."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import numpy as np

from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.term import Term
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.driver import Driver, Link, Proposal, relation
from srverify.numerics.tactics.floats import sign, values
from srverify.numerics.tactics.forms import RATIONAL
from srverify.numerics.tactics.hypotheses import combined
from srverify.numerics.tactics.planes import pieces

#: Sums of more summands have too many groups.
_MAX_SUMMANDS = 9
#: A sum below this, relatively, may be 0.
_NOISE = 1e-6
#: So many ways of taking a sum apart are tried.
_TRIED = 2


def by_partition(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Show ``0 <= g + h`` by ``0 <= g`` and ``0 <= h``, groups that have different functions."""
    goal = relation(sequent)
    if goal is None or goal.operator == "=" or depth < 1 or len(sequent.variables) < 2:
        return
    parts = pieces(difference(goal))
    if not 4 <= len(parts) <= _MAX_SUMMANDS:
        return
    last = len(sequent.hypotheses)
    for group in _groups(parts, sequent):
        halves = (
            t.add(*(parts[i] for i in group)),
            t.add(*(part for i, part in enumerate(parts) if i not in group)),
        )
        shown = (f"0 {goal.operator} {halves[0]}", f"0 <= {halves[1]}")
        links: list[Link] = [combined((1, ["hyp", last]), (1, ["hyp", last + 1]))]
        found = driver.apart(sequent, shown, links, depth - 1)
        if found is not None:
            yield found, -1


def _groups(parts: list[Term], sequent: Sequent) -> list[tuple[int, ...]]:
    """Return groups that have functions of their own, and so the rest; both seem to be nonnegative."""
    table = np.array([values(part, sequent) for part in parts])
    if table.size == 0:
        return []
    table = table[:, ~np.isnan(table).any(axis=0)]
    sizes = np.abs(table)
    functions = [_functions(part) for part in parts]
    found = []
    for count in range(2, len(parts) // 2 + 1):
        for group in combinations(range(len(parts)), count):
            rest = [i for i in range(len(parts)) if i not in group]
            if 2 * count == len(parts) and group[0] != 0:
                continue
            own = {n for i in group for n in functions[i]}
            if not own or not own.isdisjoint(n for i in rest for n in functions[i]):
                continue
            # Huge values of parts are infinite in sums.
            with np.errstate(over="ignore", invalid="ignore"):
                sums = [(table[list(g)].sum(axis=0), sizes[list(g)].sum(axis=0)) for g in (group, rest)]
                holds = all((total >= -_NOISE * (size + _NOISE)).all() for total, size in sums)
            if holds:
                found.append(group)
    # Groups of about the same size leave the least to be shown.
    found.sort(key=lambda group: (-len(group), group))
    chosen = []
    for group in found:
        halves = (group, [i for i in range(len(parts)) if i not in group])
        if all(sign(t.add(*(parts[i] for i in half)), sequent) in (0, 1) for half in halves):
            chosen.append(group)
            if len(chosen) == _TRIED:
                break
    return chosen


def _functions(term: Term) -> set[Term]:
    return {n for n in t.subterms(term) if n.operator not in RATIONAL and t.symbols_of(n)}


__all__ = ["by_partition"]
