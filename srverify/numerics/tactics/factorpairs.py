"""Products compared factor by factor: ``a*b <= c*d`` where ``a <= c`` and ``b <= d``.

What the factors of either side are compared with is seen at sample points: those of the larger side are
dealt out to those of the smaller one, so that each of these is below what it is dealt.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.formula import Relation
from srverify.language.parser import formula_text
from srverify.language.term import Term
from srverify.numerics.tactics.driver import Driver, Link, Proposal, relation
from srverify.numerics.tactics.floats import sign
from srverify.numerics.tactics.forms import is_rational
from srverify.numerics.tactics.hypotheses import combined

#: Factors of the larger side, at most: numbers count as one.
_MAX_FACTORS = 5


def by_factor_pairs(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Compare two factors of one side of a goal with two groups of factors of the other side."""
    goal = relation(sequent)
    if goal is None or goal.operator != "<=" or depth < 1 or len(sequent.variables) < 2:
        return
    if not sequent.hypotheses or all(map(is_rational, (goal.left, goal.right))):
        return
    small, large = _factors(goal.left), _factors(goal.right)
    if len(small) != 2 or not 2 <= len(large) <= _MAX_FACTORS:
        return
    if any(sign(u, sequent) not in (0, 1) for u in (*small, *large)):
        return
    for dealt in product((0, 1), repeat=len(large)):
        groups = [[u for u, place in zip(large, dealt, strict=True) if place == i] for i in (0, 1)]
        if not all(groups):
            continue
        first, second = (t.mul(*group) for group in groups)
        pairs = ((small[0], first), (small[1], second))
        if any(sign(t.sub(above, below), sequent) not in (0, 1) for below, above in pairs):
            continue
        found = driver.chain(sequent, _links(len(sequent.hypotheses), *pairs), depth - 1)
        if found is not None:
            yield found, -1
            return


def _links(last: int, one: tuple[Term, Term], other: tuple[Term, Term]) -> list[Link]:
    """Return the steps that show ``a*b <= c*d``, which is ``(c - a)*d + a*(d - b)`` less."""
    (a, c), (b, d) = one, other
    shown = ((a, c), (b, d), (t.ZERO, a), (t.ZERO, d))
    haves: list[Link] = [
        {"rule": "have", "formula": formula_text(Relation("<=", below, above))} for below, above in shown
    ]
    first, second, low, high = (["hyp", last + i] for i in range(4))
    return [*haves, combined((1, first, high), (1, second, low))]


def _factors(side: Term) -> list[Term]:
    """Return the factors of a product, the numbers among them with the first other one."""
    parts = list(side.arguments) if side.operator == "mul" else [side]
    varying = [u for u in parts if t.symbols_of(u)]
    fixed = [u for u in parts if not t.symbols_of(u)]
    if fixed and varying:
        varying[0] = t.mul(*fixed, varying[0])
    return varying


__all__ = ["by_factor_pairs"]
