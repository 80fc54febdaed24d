"""Formulas over terms: relations and the connectives and, or, not, implies.

The connectives are plain data: nothing is evaluated while a formula is built.

Meaning. A relation *holds* at a point when both sides are defined there and the relation is true; it
*fails* when both sides are defined and it is false. ``Not`` swaps the two, ``Implies(a, b)`` means
"a fails or b holds". Negation normal form keeps that meaning, so after it every remaining relation is
read strongly: defined and true.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from srverify.language.errors import InputError
from srverify.language.foreign import as_term
from srverify.language.term import Term


@dataclass(frozen=True)
class Relation:
    """``left operator right`` with operator ``=``, ``<=`` or ``<``.

    A side that is not a term yet (an exact number, a SymPy expression) is read as one; raises InputError
    for another operator, and see ``srverify.language.foreign.as_term`` for what cannot be read.
    """

    operator: str
    left: Term
    right: Term

    def __post_init__(self) -> None:
        for side in ("left", "right"):
            if not isinstance(getattr(self, side), Term):
                object.__setattr__(self, side, as_term(getattr(self, side)))
        if self.operator not in ("=", "<=", "<"):
            raise InputError(f"unknown relation {self.operator!r}: use =, <= or <")


@dataclass(frozen=True)
class And:
    """Every part holds; the empty conjunction is true."""

    parts: tuple[Formula, ...]


@dataclass(frozen=True)
class Or:
    """Some part holds; the empty disjunction is false."""

    parts: tuple[Formula, ...]


@dataclass(frozen=True)
class Not:
    """The part fails."""

    part: Formula


@dataclass(frozen=True)
class Implies:
    """The premise fails or the consequence holds."""

    premise: Formula
    consequence: Formula


Formula: TypeAlias = Relation | And | Or | Not | Implies

TRUE = And(())
FALSE = Or(())


def conjunction(*parts: Formula) -> Formula:
    """Return the conjunction, without a wrapper around a single part."""
    return parts[0] if len(parts) == 1 else And(parts)


def disjunction(*parts: Formula) -> Formula:
    """Return the disjunction, without a wrapper around a single part."""
    return parts[0] if len(parts) == 1 else Or(parts)


def unequal(left: Term, right: Term) -> Formula:
    """Return ``left != right`` as a disjunction of strict inequalities."""
    return Or((Relation("<", left, right), Relation("<", right, left)))


def negation(relation: Relation) -> Formula:
    """Return what holds exactly where a relation fails."""
    if relation.operator == "=":
        return unequal(relation.left, relation.right)
    flipped = "<" if relation.operator == "<=" else "<="
    return Relation(flipped, relation.right, relation.left)


def normal(formula: Formula, positive: bool = True) -> Formula:
    """Return the negation normal form: only And, Or and relations, nested ones flattened."""
    if isinstance(formula, Relation):
        return formula if positive else negation(formula)
    if isinstance(formula, Not):
        return normal(formula.part, not positive)
    if isinstance(formula, Implies):
        parts = (normal(formula.premise, not positive), normal(formula.consequence, positive))
        return _flattened(Or if positive else And, parts)
    conjunctive = isinstance(formula, And) == positive
    return _flattened(
        And if conjunctive else Or, tuple(normal(part, positive) for part in formula.parts)
    )


def _flattened(connective: type[And] | type[Or], parts: tuple[Formula, ...]) -> Formula:
    flat: list[Formula] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, connective) else (part,))
    unique = tuple(dict.fromkeys(flat))
    return unique[0] if len(unique) == 1 else connective(unique)


def relations(formula: Formula) -> Iterator[Relation]:
    """Yield the relations of a formula from left to right."""
    if isinstance(formula, Relation):
        yield formula
    elif isinstance(formula, Not):
        yield from relations(formula.part)
    elif isinstance(formula, Implies):
        yield from relations(formula.premise)
        yield from relations(formula.consequence)
    else:
        for part in formula.parts:
            yield from relations(part)


def terms(formula: Formula) -> Iterator[Term]:
    """Yield both sides of every relation of a formula."""
    for relation in relations(formula):
        yield relation.left
        yield relation.right


def map_terms(formula: Formula, change: Callable[[Term], Term]) -> Formula:
    """Return the formula with every side of every relation changed."""
    if isinstance(formula, Relation):
        return Relation(formula.operator, change(formula.left), change(formula.right))
    if isinstance(formula, Not):
        return Not(map_terms(formula.part, change))
    if isinstance(formula, Implies):
        return Implies(map_terms(formula.premise, change), map_terms(formula.consequence, change))
    return type(formula)(tuple(map_terms(part, change) for part in formula.parts))
