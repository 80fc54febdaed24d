"""Goals about polynomials, roots, absolute values and extrema that their hypotheses imply together.

Others take one hypothesis at a time, or solve it; here all of them, and the goal denied, are multiplied
with each other, and least squares say which products sum up to a contradiction.
"""

from __future__ import annotations

from collections.abc import Iterator

from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.formula import Relation, terms
from srverify.numerics.tactics.casesplits import Cases
from srverify.numerics.tactics.driver import Driver, Proposal, relation
from srverify.numerics.tactics.forms import RATIONAL
from srverify.numerics.tactics.programs import by_least_squares

#: What is told apart by cases, or by laws says all there is to know.
_SPLIT = ("abs", "min", "max", "sqrt")
#: Facts, factors of a product and cases (two to this power), at most.
_MAX_FACTS, _DEGREE, _MAX_SPLITS = 16, 4, 3


def by_certificates(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Derive a contradiction from the hypotheses and the denied goal, by products of them."""
    goal = relation(sequent)
    if goal is None or depth < 2:
        return
    nodes = {n for f in (goal, *sequent.hypotheses) for side in terms(f) for n in t.subterms(side)}
    split = [n for n in nodes if n.operator in _SPLIT]
    others = [n for n in nodes if n.operator not in RATIONAL and n.operator not in _SPLIT]
    given = [h for h in sequent.hypotheses if not isinstance(h, Relation) or not _is_bound(h)]
    if not (given or split) or others or (len(sequent.variables) < 2 and not split):
        return
    ends = [e for v in sequent.variables for e in (v.domain.lower, v.domain.upper) if e is not None]
    if len(given) + len(ends) + 2 * len(split) > _MAX_FACTS:
        return
    node = Cases(driver, 2, by_least_squares, _DEGREE, _MAX_SPLITS).node(sequent)
    if node is not None:
        yield node, -1


def _is_bound(h: Relation) -> bool:
    """Tell whether a hypothesis only compares a variable with a number."""
    return {h.left.operator, h.right.operator} == {"variable", "number"}
