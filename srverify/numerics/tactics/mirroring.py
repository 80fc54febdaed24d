"""Divergences of two-point distributions: a sum over both points, each summand shown by itself.

With p and q the probabilities of one point, the other one's are 1 - p and 1 - q: the goal is
``0 <= g(p, q) + g(1 - p, 1 - q)``, where what both points share is divided among them in halves. It is
enough that ``0 <= g(p, q) + c*(p - q)`` for all p and q, since the added terms cancel; where g has a
slope at p = q, it says which c.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from itertools import product

import numpy as np
from numpy.typing import NDArray

from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.statement import Domain
from srverify.language.term import Symbol, Term
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.calculus import slope_of, value_in
from srverify.numerics.tactics.driver import Driver, Link, Proposal, relation
from srverify.numerics.tactics.floats import sign, values
from srverify.numerics.tactics.forms import is_rational
from srverify.numerics.tactics.hypotheses import combined
from srverify.numerics.tactics.planes import pieces
from srverify.numerics.tactics.scaling import mirrored, scales

#: More pairs of summands have too many groups.
_MAX_PAIRS, _MAX_SUMMANDS = 6, 12
#: Slopes are simple numbers.
_DENOMINATOR = 16
_CLOSE = 1e-9


def by_mirroring(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Show a sum over the two points of distributions by what each point adds."""
    goal = relation(sequent)
    if goal is None or goal.operator == "=" or depth < 1 or sequent.hypotheses:
        return
    if len(sequent.variables) != 2 or not all(_is_probability(v.domain) for v in sequent.variables):
        return
    f = difference(goal)
    if is_rational(f) or sign(t.sub(f, mirrored(f, sequent)), sequent) != 0:
        return
    p, q = (v.symbol for v in sequent.variables)
    halves = next(_halves(f, p, q, sequent), None)
    if halves is None:
        return
    # One strict inequality will do.
    shown = (f"0 {goal.operator} {halves[0]}", f"0 <= {halves[1]}")
    sums: list[Link] = [combined((1, ["hyp", 0]), (1, ["hyp", 1]))]
    found = driver.apart(sequent, shown, sums, depth)
    if found is not None:
        yield found, -1


def _is_probability(domain: Domain) -> bool:
    return not domain.natural and domain.lower == t.ZERO and domain.upper == t.ONE


def _halves(f: Term, p: Symbol, q: Symbol, sequent: Sequent) -> Iterator[tuple[Term, Term]]:
    """Yield what each point adds, where both seem to be nonnegative."""
    parts = pieces(f)
    if len(parts) > _MAX_SUMMANDS:
        return
    found = _pairs(parts, sequent)
    if found is None or not 1 <= len(found[0]) <= _MAX_PAIRS:
        return
    pairs, shared = found
    rest = [t.mul(t.number(Fraction(1, 2)), part) for part in shared]
    for ordered in product(*(_turns(a, b, sequent) for a, b in pairs)):
        here, there = (t.add(*(pair[i] for pair in ordered), *rest) for i in (0, 1))
        for c in _slopes(here, p, q, sequent):
            if c:
                tilt = t.mul(t.number(c), t.sub(p, q))
                here, there = t.add(here, tilt), t.sub(there, tilt)
            if all(sign(half, sequent) in (0, 1) for half in (here, there)):
                yield here, there


def _turns(a: Term, b: Term, sequent: Sequent) -> list[tuple[Term, Term]]:
    """Return a pair in the order of the points: of p and q is what scales with them, if one does."""
    first, second = (scales(part, sequent) is not None for part in (a, b))
    if first != second:
        return [(a, b)] if first else [(b, a)]
    return [(a, b), (b, a)]


def _pairs(parts: list[Term], sequent: Sequent) -> tuple[list[tuple[Term, Term]], list[Term]] | None:
    """Return the summands in pairs that mirror each other, and those that mirror themselves, or None."""
    others = [mirrored(part, sequent) for part in parts]
    tables = [values(part, sequent) for part in parts]
    pairs: list[tuple[Term, Term]] = []
    shared: list[Term] = []
    left = list(range(len(parts)))
    while left:
        i = left.pop(0)
        table = values(others[i], sequent)
        for j in (i, *left):
            if _are_close(table, tables[j]) and sign(t.sub(others[i], parts[j]), sequent) == 0:
                break
        else:
            return None
        if i == j:
            shared.append(parts[i])
        else:
            left.remove(j)
            pairs.append((parts[i], parts[j]))
    return pairs, shared


def _are_close(a: NDArray[np.float64], b: NDArray[np.float64]) -> bool:
    known = np.isfinite(a) & np.isfinite(b)
    return bool(known.any() and np.allclose(a[known], b[known], rtol=1e-6, atol=1e-9))


def _slopes(g: Term, p: Symbol, q: Symbol, sequent: Sequent) -> Iterator[Fraction]:
    """Yield 0, or what makes the slope at p = q zero if it is a simple number there."""
    slope = slope_of(g, p)
    there = None if slope is None else value_in(slope, p, q)
    known = [] if there is None else [v for v in values(there, sequent) if math.isfinite(v)]
    if not known:
        yield Fraction(0)
        return
    c = Fraction(-float(np.mean(known))).limit_denominator(_DENOMINATOR)
    if max(abs(v + float(c)) for v in known) < _CLOSE:
        yield c


__all__ = ["by_mirroring"]
