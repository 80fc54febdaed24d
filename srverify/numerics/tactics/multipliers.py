"""One hypothesis with a multiplier: what is left holds without the hypothesis.

For f >= 0 where h >= 0 it is enough that ``f - c*m*h >= 0`` everywhere, with c >= 0 (any number for an
equation) and m > 0. Values at points say between which numbers c can be; where f touches 0 at a point
with h = 0, only one of them will do (a Lagrange multiplier).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from itertools import islice

import numpy as np

from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.formula import Relation
from srverify.language.term import Symbol, Term
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.driver import Driver, Link, Proposal, relation
from srverify.numerics.tactics.floats import sign, value_at, values
from srverify.numerics.tactics.forms import is_rational, plain
from srverify.numerics.tactics.hypotheses import combined
from srverify.numerics.tactics.solving import units
from srverify.numerics.tactics.tangents import least_point

#: Denominators of multipliers, multiples of constants, and how many of both are tried.
_DENOMINATORS, _MULTIPLES, _MAX_TRIED = (1, 2, 3, 4, 8), (1, 2, 3, 4, Fraction(1, 2)), 10
#: Whole numbers up to this are tried, wherever the ends are.
_MAX_WHOLE = 4
#: A least value that may be 0, relatively.
_CLOSE = 1e-7


def by_multipliers(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Subtract a multiple of a hypothesis so that a goal without it is left."""
    goal = relation(sequent)
    if goal is None or goal.operator == "=" or depth < 1:
        return
    f = difference(goal)
    if is_rational(f):
        return  # Polynomials are for others.
    last = len(sequent.hypotheses)
    for index, h in enumerate(sequent.hypotheses):
        if not isinstance(h, Relation) or len(t.symbols_of(difference(h))) < 2:
            continue
        if isinstance(h.left, Symbol) and isinstance(h.right, Symbol):
            continue  # Orders of variables are for others.
        without = sequent.keeping(lambda i, _, index=index: i != index)  # type: ignore[misc]
        for weight in _weights(f, h, without):
            driver.clock.check()
            rest = t.sub(f, t.mul(weight, difference(h)))
            if sign(rest, without) not in (0, 1) or not _is_nowhere_negative(rest, without):
                continue
            formula = f"0 {goal.operator} {plain(rest)}"
            kind = "term" if h.operator == "=" else "nonneg"
            links: list[Link] = [
                ({"rule": "have", "formula": formula}, {"rule": "weaken", "drop": [index]}),
                combined((1, ["hyp", index], [kind, str(weight)]), (1, ["hyp", last])),
            ]
            found = driver.chain(sequent, links, depth - 1)
            if found is not None:
                yield found, -1
            return


def _weights(f: Term, h: Relation, sequent: Sequent) -> Iterator[Term]:
    """Yield multipliers that may do, simple ones first."""
    for m in (t.ONE, *(v.symbol for v in sequent.variables if v.domain.lower == t.ZERO)):
        ends = _ends(f, t.mul(m, difference(h)), h.operator == "=", sequent)
        if ends is not None:
            for c in islice(_between(*ends), _MAX_TRIED):
                yield t.mul(c, m)


def _ends(f: Term, h: Term, equation: bool, sequent: Sequent) -> tuple[float, float] | None:
    """Return the ends of the numbers c with ``f - c*h >= 0`` at all sample points, if there are any."""
    above, known = values(f, sequent), values(h, sequent)
    useful = np.isfinite(above) & np.isfinite(known) & (known != 0)
    above, known = above[useful], known[useful]
    if not (known > 0).any() or not (known < 0).any():
        return None
    with np.errstate(over="ignore"):
        high = float((above[known > 0] / known[known > 0]).min())
        low = float((above[known < 0] / known[known < 0]).max())
    low = low if equation else max(low, 0.0)
    slack = 1e-9 * max(abs(low), abs(high))
    return (low - slack, high + slack) if low <= high + slack and math.isfinite(high - low) else None


def _between(low: float, high: float) -> Iterator[Term]:
    """Yield simple numbers between two, but 0: those near the middle, whole ones, others, constants."""
    middle = (low + high) / 2
    near = [Fraction(round(middle * q), q) for q in _DENOMINATORS]
    whole = range(math.ceil(max(low, -_MAX_WHOLE)), math.floor(min(high, _MAX_WHOLE)) + 1)
    fractions = [*near[:3], *map(Fraction, whole), *near[3:]]
    yield from (t.number(c) for c in dict.fromkeys(fractions) if c and low <= float(c) <= high)
    for unit, size in units():
        for k in _MULTIPLES:
            if low <= float(k) * size <= high:
                yield t.mul(t.number(k), unit) if k != 1 else unit


def _is_nowhere_negative(rest: Term, sequent: Sequent) -> bool:
    point = least_point(sequent, rest)
    if point is None:
        return False
    value, size = value_at(rest, point)
    return value >= -_CLOSE * size


__all__ = ["by_multipliers"]
