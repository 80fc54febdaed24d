"""Sums over pairs of variables: each pair's part is shown by itself."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.term import Symbol, Term
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.driver import Driver, Proposal, relation
from srverify.numerics.tactics.floats import sign
from srverify.numerics.tactics.forms import is_rational
from srverify.numerics.tactics.hypotheses import combined
from srverify.numerics.tactics.planes import summands

#: More pairs are seldom meant.
_MAX_PAIRS = 6


def by_pair_sums(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Share out summands in one variable to the pairs in which it occurs, and show each pair's sum.

    As in ``sqrt(2*x) + sqrt(2*y) + sqrt(2*z) <= sqrt(x + y) + sqrt(y + z) + sqrt(z + x)``.
    """
    goal = relation(sequent)
    if goal is None or goal.operator == "=" or len(sequent.variables) < 3 or depth < 1:
        return
    if all(map(is_rational, (goal.left, goal.right))):
        return
    pairs: dict[frozenset[Symbol], list[Term]] = {}
    singles: list[tuple[Symbol, Term]] = []
    for summand in summands(difference(goal)):
        about = t.symbols_of(summand)
        match len(about):
            case 1:
                singles.append((next(iter(about)), summand))
            case 2:
                pairs.setdefault(about, []).append(summand)
            case _:
                return
    if not 2 <= len(pairs) <= _MAX_PAIRS or not singles:
        return
    for x, summand in singles:
        places = [pair for pair in pairs if x in pair]
        if not places:
            return
        for pair in places:
            pairs[pair].append(t.mul(t.number(Fraction(1, len(places))), summand))
    sums = [t.add(*parts) for parts in pairs.values()]
    if any(sign(s, sequent) not in (0, 1) for s in sums):
        return
    last = len(sequent.hypotheses)
    closing = [combined(*((1, ["hyp", last + i]) for i in range(len(sums))))]
    found = driver.apart(sequent, [f"0 {goal.operator} {s}" for s in sums], closing, depth - 1)
    if found is not None:
        yield found, -1
