"""Sequents: what a node of a proof claims, and the changes that rules make to them.

A sequent has variables with exact domains, hypotheses and a goal, all in negation normal form. A
formula *holds* at a point when its terms are defined there and it is true (`srverify.language.formula`);
a sequent is *valid* when at every point of the domains at which all hypotheses hold, the goal holds.
Since hypotheses hold strongly, their terms may be taken as defined.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

from srverify.checker.enclosures.evaluation import interval_of
from srverify.checker.enclosures.interval import Interval
from srverify.checker.rejected import RejectedError
from srverify.language import term as t
from srverify.language.definedness import defined
from srverify.language.errors import InputError
from srverify.language.formula import And, Formula, Relation, map_terms, normal, terms
from srverify.language.parser import formula_text
from srverify.language.statement import Domain, Statement, Variable
from srverify.language.term import Number, Symbol, Term


def narrowed(domain: Domain, operator: str, value: Number, upper: bool) -> Domain | None:
    """Return the points of a domain that are ``<`` or ``<=`` a number (``upper``), or above it.

    ``None`` when there are none.
    """
    end = domain.upper if upper else domain.lower
    is_open = domain.upper_open if upper else domain.lower_open
    if end is not None and ((end < value) if upper else (value < end)):
        return domain
    strict = operator == "<" or (end is not None and end == value and is_open)
    try:
        if upper:
            return replace(domain, upper=value, upper_open=strict)
        return replace(domain, lower=value, lower_open=strict)
    except InputError:
        return None


@dataclass(frozen=True)
class Sequent:
    """Variables, hypotheses (none of them a conjunction) and a goal."""

    variables: tuple[Variable, ...]
    hypotheses: tuple[Formula, ...]
    goal: Formula

    @staticmethod
    def of(statement: Statement) -> Sequent:
        """Return the sequent that is valid if and only if the statement holds."""
        empty = Sequent(statement.variables, (), normal(statement.conclusion))
        return empty.assuming(*statement.hypotheses)

    @cached_property
    def symbols(self) -> dict[str, Symbol]:
        """The symbol of each variable, by name."""
        return {variable.name: variable.symbol for variable in self.variables}

    @cached_property
    def domains(self) -> dict[str, Domain]:
        """The domain of each variable, by name."""
        return {variable.name: variable.domain for variable in self.variables}

    @cached_property
    def facts(self) -> frozenset[Formula]:
        """The hypotheses, and that the terms of those that are relations are defined."""
        given = [h for h in self.hypotheses if isinstance(h, Relation)]
        return frozenset(self.hypotheses).union(c for h in given for c in defined(h))

    def assuming(self, *formulas: Formula) -> Sequent:
        """Add hypotheses at the end; conjunctions are taken apart, repetitions left out."""
        found = dict.fromkeys(self.hypotheses)
        for formula in map(normal, formulas):
            parts = formula.parts if isinstance(formula, And) else (formula,)
            found.update(dict.fromkeys(parts))
        return replace(self, hypotheses=tuple(found))

    def proving(self, goal: Formula) -> Sequent:
        """Return the sequent with another goal."""
        return replace(self, goal=normal(goal))

    def keeping(self, wanted: Callable[[int, Formula], bool]) -> Sequent:
        """Drop hypotheses."""
        kept = tuple(h for i, h in enumerate(self.hypotheses) if wanted(i, h))
        return replace(self, hypotheses=kept)

    def free_of(self, symbol: Symbol) -> Sequent:
        """Drop the hypotheses that mention a variable."""
        return self.keeping(lambda _, h: not mentions(h, symbol))

    def with_domain(self, name: str, domain: Domain) -> Sequent:
        """Change the domain of a variable."""
        return replace(
            self,
            variables=tuple(Variable(name, domain) if v.name == name else v for v in self.variables),
        )

    def with_variable(self, name: str, domain: Domain) -> Sequent:
        """Declare a fresh variable; raises RejectedError if the name is taken."""
        if name in self.symbols:
            raise RejectedError(f"the name {name!r} is taken")
        return replace(self, variables=(*self.variables, Variable(name, domain)))

    def without_variable(self, name: str) -> Sequent:
        """Remove the declaration of a variable that occurs nowhere."""
        symbol = self.symbols[name]
        if any(mentions(formula, symbol) for formula in (*self.hypotheses, self.goal)):
            raise RejectedError(f"the variable {name!r} still occurs")
        return replace(self, variables=tuple(v for v in self.variables if v.name != name))

    def mapped(self, change: Callable[[Term], Term]) -> Sequent:
        """Change every term; the order and number of hypotheses stay."""
        hypotheses = tuple(map_terms(h, change) for h in self.hypotheses)
        return replace(self, hypotheses=hypotheses, goal=map_terms(self.goal, change))

    def __str__(self) -> str:
        declared = ", ".join(f"{v.name} in {v.domain}" for v in self.variables)
        given = "; ".join(map(formula_text, self.hypotheses))
        return f"{declared} | {given} |- {formula_text(self.goal)}"


def mentions(formula: Formula, symbol: Symbol) -> bool:
    """Tell whether a variable occurs in a formula."""
    return any(symbol in t.symbols_of(term) for term in terms(formula))


def box_of(sequent: Sequent) -> dict[Symbol, Interval]:
    """Return the box of a sequent's domains."""
    return {variable.symbol: interval_of(variable.domain) for variable in sequent.variables}
