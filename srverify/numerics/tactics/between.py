"""Sums of two terms without a common variable: a number between what they are at least."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction

from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.term import Symbol, Term
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.calculus import least, slope_of
from srverify.numerics.tactics.driver import Driver, Link, Proposal, relation
from srverify.numerics.tactics.floats import value_at, values
from srverify.numerics.tactics.forms import is_rational
from srverify.numerics.tactics.hypotheses import combined
from srverify.numerics.tactics.planes import summands
from srverify.numerics.tactics.solving import closed_forms

#: Larger denominators are no simple numbers.
_MAX_DENOMINATOR = 1000


def by_between(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Show ``0 <= f(x) + g(y)`` by ``c <= f(x)`` and ``-c <= g(y)``."""
    goal = relation(sequent)
    if goal is None or goal.operator == "=" or depth < 1 or len(sequent.variables) < 2:
        return
    sides = _parted(difference(goal))
    if sides is None or all(map(is_rational, sides)):
        return
    last, alone = len(sequent.hypotheses), sequent.keeping(lambda _i, _h: False)
    lows = [_lowest(side, alone) for side in sides]
    c = _number(-lows[1], lows[0])
    if c is None:
        return
    links: list[Link] = [
        {"rule": "have", "formula": f"{c} {goal.operator} {sides[0]}"},
        {"rule": "have", "formula": f"{t.neg(c)} <= {sides[1]}"},
        combined((1, ["hyp", last]), (1, ["hyp", last + 1])),
    ]
    found = driver.chain(sequent, links, depth - 1)
    if found is not None:
        yield found, -1


def _lowest(side: Term, sequent: Sequent) -> float:
    """Return about the least value of a term, found on a line if it has one variable."""
    found = values(side, sequent)
    low = float(found[found == found].min()) if (found == found).any() else math.nan
    symbols = t.symbols_of(side)
    if len(symbols) == 1:
        (x,) = symbols
        domain = sequent.domains[x.name]
        slope = None if domain.natural else slope_of(side, x)
        at = None if slope is None else least(side, slope, x.name, domain)
        if at is not None:
            low = min(low, value_at(side, {x.name: at})[0])
    return low


def _parted(f: Term) -> tuple[Term, Term] | None:
    """Return a term as a sum of two without a common variable, if it is one."""
    groups: list[tuple[set[Symbol], list[Term]]] = []
    numbers: list[Term] = []
    for s in summands(f):
        symbols = set(t.symbols_of(s))
        if not symbols:
            numbers.append(s)
            continue
        joined, parts = symbols, [s]
        for group in [g for g in groups if g[0] & symbols]:
            joined, parts = joined | group[0], [*group[1], *parts]
            groups.remove(group)
        groups.append((joined, parts))
    if len(groups) != 2:
        return None
    (_, first), (_, second) = groups
    return t.add(*first, *numbers), t.add(*second)


def _number(low: float, high: float) -> Term | None:
    """Return a simple number between two, or what both seem to be."""
    if not (math.isfinite(low) and math.isfinite(high) and low <= high):
        return None
    for denominator in range(1, _MAX_DENOMINATOR):
        numerator = math.ceil(low * denominator)
        if numerator <= high * denominator:
            return t.number(Fraction(numerator, denominator))
    return next(closed_forms((low + high) / 2), None)


__all__ = ["by_between"]
