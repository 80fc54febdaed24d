"""Sequents as Rocq propositions: strong relations, names that shadow nothing of the library."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from srverify.checker.enclosures.evaluation import Evaluator, decide
from srverify.checker.sequent import Sequent, box_of
from srverify.checker.steps import remaining
from srverify.emit.infix import APPLICATION, ATOM, SUM, Text
from srverify.emit.rocq import RocqTerms, rocq_name
from srverify.language import term as t
from srverify.language.definedness import definedness, joined
from srverify.language.errors import UnsupportedError
from srverify.language.formula import And, Formula, Or, Relation
from srverify.language.statement import Variable
from srverify.language.term import Symbol, Term

_SHORT = re.compile(r"[A-Za-z][0-9]*")
#: Functions, beside those of the grammar's own operators, that CoqInterval and Coquelicot know.
_KNOWN = frozenset({"sin", "cos", "tan", "atan"})
_RELATIONS = {"=": "=", "<=": "<=", "<": "<"}


def variable_name(name: str) -> str:
    """Return a variable's identifier in a replay: none that a lemma or a tactic has."""
    return rocq_name(name) if _SHORT.fullmatch(name) else f"v_{name}"


class StepTerms(RocqTerms):
    """Terms inside a replay: a power with a real exponent is Rpower, whatever its base.

    At the base 0 the step then speaks of another number; its proof fails there, if it matters.
    """

    def __init__(self, positive: frozenset[Symbol], values: Mapping[Symbol, str] | None = None) -> None:
        super().__init__(positive)
        self._values = values or {}

    def walk_variable(self, symbol: Symbol) -> Text:
        """Print a variable, or what stands in its place."""
        if symbol in self._values:
            return self._values[symbol], ATOM
        name = variable_name(symbol.name)
        return (f"INR {name}", APPLICATION) if symbol.natural else (name, ATOM)

    def walk_function(self, name: str, argument: Term) -> Text:
        """Print a function that the tactics enclose and differentiate; the others are refused."""
        if name not in _KNOWN and t.function(name, argument) is not t.PI:
            raise UnsupportedError(f"{name} has no replay")
        return super().walk_function(name, argument)

    def _power_of_zero(self, base: Term, exponent: Term) -> Text:
        return self._rpower(base, exponent)


class Printer:
    """Print terms, formulas and sequents of one branch of a proof.

    ``positive`` are the symbols whose powers print as Rpower; it is the same for all steps in which a
    symbol occurs, so that terms print alike in all of them.
    """

    def __init__(self, positive: frozenset[Symbol]) -> None:
        self.positive = positive
        self._terms = StepTerms(positive)

    def including(self, variables: Iterable[Variable]) -> Printer:
        """Return the printer for a step with more variables."""
        new = frozenset(v.symbol for v in variables if v.domain.is_positive)
        return self if new <= self.positive else Printer(self.positive | new)

    def term(self, term: Term, level: int = ATOM) -> str:
        """Print a term so that it may stand at a level; by default as an argument."""
        return self._terms.at(term, level)

    def at(self, term: Term, symbol: Symbol, value: str) -> str:
        """Print a term as an argument, with a value in the place of a variable; nothing is folded."""
        return StepTerms(self.positive, {symbol: value}).at(term, ATOM)

    def relation(self, relation: Relation) -> str:
        """Print one relation, without the definedness of its sides."""
        sides = self.term(relation.left, SUM), self.term(relation.right, SUM)
        return f"{sides[0]} {_RELATIONS[relation.operator]} {sides[1]}"

    def asked(self, sequent: Sequent, relation: Relation) -> tuple[Formula, ...]:
        """Return where a relation's sides are defined, without what the domains alone show."""
        found = joined(definedness(relation.left), definedness(relation.right))
        bare = Sequent(sequent.variables, (), sequent.goal)
        return tuple(remaining(bare, found))

    def formula(self, sequent: Sequent, formula: Formula, level: int = 0) -> str:
        """Print a formula: its relations hold and their sides are defined."""
        if isinstance(formula, Relation):
            parts = [self.plain(condition, 2) for condition in self.asked(sequent, formula)]
            parts.append(self.relation(formula))
            text = " /\\ ".join(parts)
            return f"({text})" if level and len(parts) > 1 else text
        assert isinstance(formula, And | Or)
        return self._joined(formula, [self.formula(sequent, part, 2) for part in formula.parts], level)

    def plain(self, formula: Formula, level: int = 0) -> str:
        """Print a formula without the definedness of its terms."""
        if isinstance(formula, Relation):
            return self.relation(formula)
        assert isinstance(formula, And | Or)
        return self._joined(formula, [self.plain(part, 2) for part in formula.parts], level)

    def conditions(self, sequent: Sequent, formula: Formula) -> int:
        """Return how many conditions a printed formula has in front of it."""
        return len(self.asked(sequent, formula)) if isinstance(formula, Relation) else 0

    @staticmethod
    def _joined(formula: And | Or, parts: list[str], level: int) -> str:
        if not parts:
            return "True" if isinstance(formula, And) else "False"
        text = (" /\\ " if isinstance(formula, And) else " \\/ ").join(parts)
        return f"({text})" if level and len(parts) > 1 else text

    def goal(self, sequent: Sequent) -> str:
        """Print a sequent's goal."""
        return self.formula(sequent, sequent.goal)

    def bounds(self, sequent: Sequent) -> list[str]:
        """Print what the domains say."""
        return [self.relation(part) for v in sequent.variables for part in v.domain.bounds(v.symbol)]

    def binders(self, sequent: Sequent) -> str:
        """Print the declarations of a sequent's variables."""
        kinds = ((v, "nat" if v.domain.natural else "R") for v in sequent.variables)
        return " ".join(f"({variable_name(v.name)} : {kind})" for v, kind in kinds)

    def proposition(self, sequent: Sequent) -> str:
        """Print a whole sequent."""
        given = [self.formula(sequent, h, 2) for h in sequent.hypotheses]
        body = " -> ".join([*self.bounds(sequent), *given, self.formula(sequent, sequent.goal)])
        return f"forall {self.binders(sequent)}, {body}" if sequent.variables else body


def decided(sequent: Sequent, formula: Formula) -> bool | None:
    """Decide a formula on the box of a sequent."""
    return decide(formula, Evaluator(box_of(sequent)))
