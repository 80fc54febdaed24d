"""Minima in one variable that leave its range where another variable is at a closed end of its own."""

from __future__ import annotations

from collections.abc import Iterator

from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.term import Number, Symbol
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.calculus import real_variables, slope_of, value_in
from srverify.numerics.tactics.driver import Driver, Proposal, relation
from srverify.numerics.tactics.floats import sign
from srverify.numerics.tactics.forms import plain
from srverify.numerics.tactics.solving import stationary


def by_leaving(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Tell such an end of the other variable apart: a tangent touches at inner points."""
    goal = relation(sequent)
    if goal is None or goal.operator == "=" or depth < 1 or len(sequent.variables) < 2:
        return
    f = difference(goal)
    for _, x, domain in real_variables(sequent, goal):
        excluded = [
            end
            for end, is_open in ((domain.lower, domain.lower_open), (domain.upper, domain.upper_open))
            if end is not None and is_open
        ]
        slope = slope_of(f, x) if excluded else None
        at = None if slope is None else stationary(slope, x)
        if slope is None or at is None or x in t.symbols_of(at):
            continue
        bend = slope_of(slope, x)
        if bend is None or sign(bend, sequent) not in (0, 1):
            continue
        for y, end, text in _closed_ends(sequent, x):
            there = value_in(at, y, end)
            if there is not None and plain(there) in excluded:
                # Either side has fewer variables, or an open range.
                yield {"rule": "cases", "on": text}, 0
                return


def _closed_ends(sequent: Sequent, x: Symbol) -> Iterator[tuple[Symbol, Number, str]]:
    """Yield the closed ends of other variables, and what says that one is not there."""
    for variable in sequent.variables:
        y, domain = variable.symbol, variable.domain
        if y is x or domain.natural or domain.lower == domain.upper:
            continue
        if domain.lower is not None and not domain.lower_open:
            yield y, domain.lower, f"{domain.lower} < {y}"
        if domain.upper is not None and not domain.upper_open:
            yield y, domain.upper, f"{y} < {domain.upper}"


__all__ = ["by_leaving"]
