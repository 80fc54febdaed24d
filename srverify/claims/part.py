"""Parts: the assertions that an entry makes, each with the checks that settle it.

A claim is trusted as far as its weakest part is. How far a check reaches is computed where it can be: a
finite computation that finds nothing wrong speaks of its instances only, sampling of its sample; that a
statement is a special case (two responses, dimension 2) only its author can say, in ``Part.case``.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING

from srverify.claims.obligation import Computation
from srverify.claims.outcome import Trust

if TYPE_CHECKING:
    from srverify.claims.claim import Check, Part


class Extent(StrEnum):
    """How much of an assertion its checks reach, from all of it downwards."""

    FULL = "full"
    CASE = "case"
    GRID = "grid"
    SAMPLE = "sample"

    @property
    def rank(self) -> int:
        """0 for the whole assertion."""
        return list(Extent).index(self)


#: Computations that evaluate finitely many instances exactly, and those that only sample.
_GRID = frozenset({"exact", "arb"})
_SAMPLE = frozenset({"mpmath", "simulation"})


def extent_of(check: Check) -> Extent:
    """Return how far a check reaches: a witness refutes, instances do not prove.

    A symbolic derivation and a computation that is said to decide its claim whole reach all of it.
    """
    from srverify.claims.claim import Expect

    obligation = check.obligation
    if check.expect is Expect.REFUTED:
        return Extent.FULL
    if check.expect is Expect.SUPPORTED:
        return Extent.SAMPLE
    if isinstance(obligation, Computation) and not obligation.whole:
        if obligation.engine in _GRID:
            return Extent.GRID
        if obligation.engine in _SAMPLE:
            return Extent.SAMPLE
    return Extent.FULL


def weakest_extent(extents: Iterable[Extent]) -> Extent:
    """Return the extent that reaches least."""
    return max(extents, key=lambda extent: extent.rank, default=Extent.FULL)


def extent_of_part(part: Part, checks: Iterable[Check]) -> Extent:
    """Return how far a part's checks reach together."""
    extent = weakest_extent(map(extent_of, checks))
    return weakest_extent((extent, Extent.CASE)) if part.case else extent


def label(trust: Trust | None, extent: Extent, case: str = "") -> str:
    """Return what a report calls a part, or a claim with such a part.

    >>> label(Trust.KERNEL, Extent.FULL), label(Trust.RIGOROUS, Extent.GRID)
    ('kernel', 'rigorous, on a grid')
    >>> label(Trust.KERNEL, Extent.CASE, "N = 2")
    'kernel, for N = 2 only'
    """
    if trust is None:
        return "unsettled"
    match extent:
        case Extent.FULL:
            return str(trust)
        case Extent.CASE:
            return f"{trust}, for {case} only" if case else f"{trust}, in a special case"
        case Extent.GRID:
            where = "on a grid"
        case Extent.SAMPLE:
            where = "on a sample"
    return f"{trust}, {where}" + (f", for {case} only" if case else "")
