"""Broken variants of a statement that must fall: no check that cannot fail.

Automatic mutants turn the conclusion around and drop each hypothesis; a claim module adds its own (a
constant tightened). Where every mutant falls, the engines and the statement are shown to have teeth.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from srverify.claims.claim import Check
from srverify.language import term as t
from srverify.language.definedness import definedness, guards
from srverify.language.formula import (
    And,
    Formula,
    Or,
    Relation,
    conjunction,
    disjunction,
    negation,
    terms,
)
from srverify.language.parser import formula_text, term_text
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
        if self.kind is Kind.DROPPED:
            # As it stands: where definedness alone asks for the hypothesis, it is not unnecessary,
            # although a point without a value does not count as a kill either.
            return statement.without_hypothesis(self.index)
        return _where_defined(self._broken(check), statement)

    def conclusion(self, check: Check) -> Formula:
        """Return the conclusion of the mutant's statement."""
        assert check.statement is not None
        if self.kind is Kind.DROPPED:
            return check.statement.conclusion
        return self._broken(check).conclusion

    def _broken(self, check: Check) -> Statement:
        assert check.statement is not None
        if self.kind is Kind.TURNED:
            return check.statement.with_conclusion(turned(check.statement.goal))
        return check.mutants[self.index].statement


def _where_defined(mutant: Statement, statement: Statement) -> Statement:
    """Return a mutant restricted to where its conclusion's sides and its statement's are defined.

    A mutant that fails only because a side has no value shows nothing.
    """
    positive = frozenset(v.symbol for v in mutant.variables if v.domain.is_positive)
    declared = {v.symbol for v in mutant.variables}
    sides = [
        side
        for conclusion in (mutant.conclusion, statement.conclusion)
        for side in terms(conclusion)
        if t.symbols_of(side) <= declared
    ]
    conditions = guards(sides, positive)
    if not conditions:
        return mutant
    return Statement(mutant.variables, (*mutant.hypotheses, *conditions), mutant.conclusion)


def tells_nothing(check: Check, variant: Variant, witness: Mapping[str, str] | None) -> str | None:
    """Return why a point at which a mutant fails does not set it apart from its statement.

    It does if at the point all sides of both conclusions are defined and the statement does not fail.
    """
    from srverify.numerics.arb_eval import holds_at, violates
    from srverify.numerics.witness import parse_witness

    statement = check.statement
    assert statement is not None
    if witness is None:
        return "no point shows that it fails"
    point = parse_witness(witness)
    conclusions = (variant.conclusion(check), statement.conclusion)
    for side in dict.fromkeys(side for conclusion in conclusions for side in terms(conclusion)):
        if not all(holds_at(condition, point) for condition in definedness(side)):
            return f"{term_text(side)} is not certainly defined at the point where it fails"
    if point.keys() == {v.name for v in statement.variables} and violates(statement, point):
        return "the statement fails at the same point"
    return None


def variants(check: Check) -> Iterator[Variant]:
    """Yield the mutants of a check: the turned conclusion, dropped hypotheses, the check's own."""
    statement = check.statement
    if statement is None:
        return
    yield Variant(Kind.TURNED, 0, "conclusion turned")
    for index, hypothesis in enumerate(statement.hypotheses):
        if index in statement.constant_ends:
            continue  # Domains are not mutated, whatever they end at.
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
