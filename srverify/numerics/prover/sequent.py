"""Statements taken apart: one goal under relations that may be assumed, over one region."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

from flint import fmpq

from srverify.language.definedness import definedness, strong
from srverify.language.formula import And, Formula, Or, Relation, normal, relations
from srverify.language.parser import formula_text
from srverify.language.statement import Statement
from srverify.language.term import Number, Symbol
from srverify.numerics.arb_eval import rational
from srverify.numerics.prover.region import Range, Region

_MAX_CASES = 32


@dataclass(frozen=True)
class Sequent:
    """A goal to prove at every point of a region at which all assumptions hold.

    Natural variables are relaxed to the reals of their range; ``naturals`` remembers them. The goal is
    a relation or a disjunction, and is judged only where its terms are defined: that they are, where
    they must be, is what the other sequents of the statement say.
    """

    region: Region
    naturals: frozenset[str]
    assumptions: tuple[Relation, ...]
    goal: Formula
    label: str


def _relation(formula: Formula) -> Relation:
    assert isinstance(formula, Relation)
    return formula


def sequents(statement: Statement) -> list[Sequent] | None:
    """Return sequents that together are the statement, or None if there are too many cases.

    Every relation of the goal brings the definedness of its sides along, so that each sequent may be
    judged at the points at which its terms are defined: the others take care of the rest.
    """
    ranges = {v.name: Range.of(v.domain) for v in statement.variables}
    naturals = frozenset(v.name for v in statement.variables if v.domain.natural)
    premises = [normal(formula) for formula in statement.hypotheses]
    cases = disjuncts(And(tuple(premises)))
    if cases is None:
        return None
    goals = conjuncts(_strong(statement.goal))
    if goals is None:
        return None
    goals = list(dict.fromkeys(goals))
    found = []
    for number_, case in enumerate(cases):
        assumed: list[Relation] = []
        for relation in case:
            for side in (relation.left, relation.right):
                assumed.extend(c for c in definedness(side) if isinstance(c, Relation))
            assumed.append(relation)
        region, rest = absorbed(Region.of(ranges), tuple(dict.fromkeys(assumed)))
        if region is None:
            continue
        suffix = f" (case {number_ + 1} of {len(cases)})" if len(cases) > 1 else ""
        found += [Sequent(region, naturals, rest, goal, formula_text(goal) + suffix) for goal in goals]
    return found


def _strong(formula: Formula) -> Formula:
    if isinstance(formula, Relation):
        return strong(formula)
    assert isinstance(formula, And | Or)
    return type(formula)(tuple(_strong(part) for part in formula.parts))


def disjuncts(formula: Formula) -> list[tuple[Relation, ...]] | None:
    """Return the disjunctive normal form, or None if it is too large."""
    if isinstance(formula, Relation):
        return [(formula,)]
    if isinstance(formula, Or):
        found: list[tuple[Relation, ...]] = []
        for part in formula.parts:
            inner = disjuncts(part)
            if inner is None:
                return None
            found += inner
        return found if len(found) <= _MAX_CASES else None
    assert isinstance(formula, And)
    options = []
    total = 1
    for part in formula.parts:
        inner = disjuncts(part)
        if inner is None:
            return None
        options.append(inner)
        total *= len(inner)
        if total > _MAX_CASES:
            return None
    return [tuple(relation for part in choice for relation in part) for choice in product(*options)]


def conjuncts(formula: Formula) -> list[Formula] | None:
    """Return the conjunctive normal form: relations and disjunctions of relations."""
    if isinstance(formula, Relation):
        return [formula]
    if isinstance(formula, And):
        found: list[Formula] = []
        for part in formula.parts:
            inner = conjuncts(part)
            if inner is None:
                return None
            found += inner
        return found
    assert isinstance(formula, Or)
    options = []
    total = 1
    for part in formula.parts:
        inner = conjuncts(part)
        if inner is None:
            return None
        options.append(inner)
        total *= max(1, len(inner))
        if total > _MAX_CASES:
            return None
    clauses: list[Formula] = []
    for choice in product(*options):
        parts = [part for clause in choice for part in relations(clause)]
        clauses.append(parts[0] if len(parts) == 1 else Or(tuple(parts)))
    return clauses


def absorbed(
    region: Region, assumptions: tuple[Relation, ...]
) -> tuple[Region | None, tuple[Relation, ...]]:
    """Move assumptions of the form ``x <= number`` into the region; None if nothing is left of it."""
    ranges = dict(region.ranges)
    rest = []
    for relation in assumptions:
        bound = _bound(relation)
        if bound is None or bound[0] not in ranges:
            rest.append(relation)
            continue
        name, value, lower, strict = bound
        tightened = tighten(ranges[name], value, lower, strict)
        if tightened is None:
            return None, ()
        ranges[name] = tightened
    return Region.of(ranges), tuple(rest)


def tighten(part: Range, value: fmpq, lower: bool, strict: bool) -> Range | None:
    """Return a range cut at a bound, or None if it is empty."""
    low, high, low_open, high_open = part.low, part.high, part.low_open, part.high_open
    if lower:
        if low is None or value > low or (value == low and strict):
            low, low_open = value, strict
    elif high is None or value < high or (value == high and strict):
        high, high_open = value, strict
    if (
        low is not None
        and high is not None
        and (low > high or (low == high and (low_open or high_open)))
    ):
        return None
    return Range(low, high, low_open, high_open)


def _bound(relation: Relation) -> tuple[str, fmpq, bool, bool] | None:
    """Read ``number < x`` as (x, number, it is a lower bound, strict)."""
    if relation.operator == "=":
        return None
    strict = relation.operator == "<"
    left, right = relation.left, relation.right
    if isinstance(left, Number) and isinstance(right, Symbol):
        return right.name, rational(left), True, strict
    if isinstance(right, Number) and isinstance(left, Symbol):
        return left.name, rational(right), False, strict
    return None
