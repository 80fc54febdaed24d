"""Broken variants of a statement that must fall: no check that cannot fail.

Automatic mutants turn the conclusion around and drop each hypothesis; a claim module adds its own (a
constant tightened). Where every mutant falls, the engines and the statement are shown to have teeth.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from srverify.claims.claim import Check
from srverify.language import term as t
from srverify.language.formula import And, Formula, Or, Relation, conjunction, disjunction, negation
from srverify.language.parser import formula_text
from srverify.language.statement import Statement

#: Added to one side of an equality to break it: small, so that a tolerance would be caught.
PERTURBATION = t.number(Fraction(1, 10**9))


class Kind(StrEnum):
    """Where a mutant comes from."""

    TURNED = "turned"
    DROPPED = "dropped"
    WRITTEN = "written"


@dataclass(frozen=True)
class Variant:
    """A mutant of a check's statement, not yet built.

    Parameters
    ----------
    kind
        Its origin.
    index
        The hypothesis dropped, or the position among the check's own mutants.
    name
        What was broken, for reports.
    survives
        Why the mutant is expected to be true after all; empty: it must fall.
    """

    kind: Kind
    index: int
    name: str
    survives: str = ""

    def build(self, check: Check) -> Statement:
        """Return the mutant's statement."""
        statement = check.statement
        assert statement is not None
        match self.kind:
            case Kind.TURNED:
                return statement.with_conclusion(turned(statement.goal))
            case Kind.DROPPED:
                return statement.without_hypothesis(self.index)
        return check.mutants[self.index].statement


def variants(check: Check) -> Iterator[Variant]:
    """Yield the mutants of a check: the turned conclusion, dropped hypotheses, the check's own."""
    statement = check.statement
    if statement is None:
        return
    yield Variant(Kind.TURNED, 0, "conclusion turned")
    for index, hypothesis in enumerate(statement.hypotheses):
        reason = check.unnecessary.get(index, "")
        yield Variant(Kind.DROPPED, index, f"without {formula_text(hypothesis)}", reason)
    for index, mutant in enumerate(check.mutants):
        yield Variant(Kind.WRITTEN, index, mutant.name, mutant.survives)


def turned(goal: Formula) -> Formula:
    """Return a formula in negation normal form that is false wherever the goal is true.

    Inequalities are negated. An equality is perturbed instead of negated: interval arithmetic can see
    that ``a = b + 1e-9`` fails where ``a = b``, but never that ``a != b`` does.

    >>> from srverify.language.parser import parse_formula
    >>> formula_text(turned(parse_formula("x < 2")))
    '2 <= x'
    >>> formula_text(turned(parse_formula("exp(0*x) = 1")))
    'exp(0*x) = 1000000001/1000000000'
    """
    if isinstance(goal, Relation):
        if goal.operator == "=":
            return Relation("=", goal.left, t.add(goal.right, PERTURBATION))
        return negation(goal)
    if isinstance(goal, And):
        return disjunction(*map(turned, goal.parts))
    if isinstance(goal, Or):
        return conjunction(*map(turned, goal.parts))
    raise TypeError(f"not in negation normal form: {goal}")
