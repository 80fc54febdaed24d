"""Questions about assertions: what each ``check-sat`` of a script asks.

SMT-LIB's functions are total: ``(/ 1 0)`` and ``(log -1)`` have some value, which no axiom fixes. A
question is therefore two statements. ``contradiction`` is proved only if the assertions fail whatever
those values are (``unsat``); a model counts only if it satisfies ``model_statement``'s hypotheses with
every term defined (``sat``). What these leave open ``total`` is asked, where constants stand for
quotients and the value at 0 is that of a function of the dividend.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property

from srverify.language.definedness import definedness, visibly_positive
from srverify.language.formula import Formula, Not, Relation, conjunction, terms
from srverify.language.smtlib.integers import StandIn
from srverify.language.smtlib.requests import Label, Request
from srverify.language.smtlib.terms import NEVER
from srverify.language.smtlib.uninterpreted import DIVISION, Function, applications
from srverify.language.statement import Statement, Variable
from srverify.language.term import Number, Symbol


@dataclass(frozen=True)
class Question:
    """One ``check-sat``: whether the assertions before it are satisfiable.

    Parameters
    ----------
    line
        Where the ``check-sat`` stands.
    expected
        ``sat`` or ``unsat`` from ``(set-info :status ...)``; ``None`` if unknown.
    variables
        The declared constants.
    assertions
        In order, in negation normal form, conjunctions taken apart.
    symbols
        Variable name to the symbol in the script, for those that had to be renamed.
    booleans
        Variables that stand for truth values: 1 is true, 0 is false.
    integers
        Symbols of integers that are no natural numbers, each with the two variables whose difference
        it is.
    sorts
        The declared symbols, each with its sort.
    requests
        What is asked for once this is answered, in order.
    helpers
        Variables that stand for quotients of integers or values by cases: no constants of the script.
    preamble
        What a script's first question has to be preceded by.
    labels
        The named assertions and the assumptions, each with its formulas.
    unlabelled
        The other assertions.
    functions
        The declared functions of which nothing is known.
    stand_ins
        What the helpers stand for.
    differences
        Helpers that are integers but no natural numbers, each with the two whose difference it is.
    total
        The same question, where quotients by 0 have some value each; ``None`` if none may be by 0.
    """

    line: int
    expected: str | None
    variables: tuple[Variable, ...]
    assertions: tuple[Formula, ...]
    symbols: dict[str, str] = field(default_factory=dict)
    booleans: frozenset[str] = frozenset()
    integers: dict[str, tuple[str, str]] = field(default_factory=dict)
    sorts: dict[str, str] = field(default_factory=dict)
    requests: tuple[Request, ...] = ()
    helpers: frozenset[str] = frozenset()
    preamble: tuple[Request, ...] = ()
    labels: tuple[Label, ...] = ()
    unlabelled: tuple[Formula, ...] = ()
    functions: tuple[Function, ...] = ()
    stand_ins: tuple[StandIn, ...] = ()
    differences: dict[str, tuple[str, str]] = field(default_factory=dict)
    total: Question | None = None

    def only(self, labels: Collection[Label]) -> Question:
        """Return the question with these labels only; assertions without any stay."""
        kept = {*self.unlabelled, *(formula for label in labels for formula in label.formulas)}
        return replace(self, assertions=tuple(a for a in self.assertions if a in kept))

    def model(self, witness: Mapping[str, str]) -> dict[str, str]:
        """Return a witness of the statement by the script's own symbols and sorts."""
        found: dict[str, str] = {}
        hidden = {name for pair in self.integers.values() for name in pair} | self.helpers
        for name, value in witness.items():
            if name not in hidden:
                shown = ("false", "true")[value == "1"] if name in self.booleans else value
                found[self.symbols.get(name, name)] = shown
        for symbol, (above, below) in self.integers.items():
            found[symbol] = str(Fraction(witness[above]) - Fraction(witness[below]))
        return found

    def applied(self, witness: Mapping[str, str]) -> dict[str, str]:
        """Return a witness's values of uninterpreted functions, by the constants that stand for them."""
        found: dict[str, str] = {}
        for name in (helper.symbol.name for helper in applications(self.stand_ins)):
            if name in self.differences:
                above, below = self.differences[name]
                found[name] = str(Fraction(witness[above]) - Fraction(witness[below]))
            else:
                found[name] = witness[name]
        return found

    @property
    def may_divide_by_zero(self) -> bool:
        """Whether there are constants for quotients whose divisors are not plainly positive."""
        positive = frozenset(
            a.right
            for a in self.assertions
            if isinstance(a, Relation)
            and isinstance(a.right, Symbol)
            and isinstance(a.left, Number)
            and (a.left > 0 or (a.left == 0 and a.operator == "<"))
        )
        return any(
            helper.function == DIVISION and not visibly_positive(helper.arguments[1], positive)
            for helper in applications(self.stand_ins)
        )

    @cached_property
    def is_total(self) -> bool:
        """Whether all terms have a value everywhere; both statements say the same then."""
        return not any(map(_is_partial, self.assertions))

    @cached_property
    def contradiction(self) -> Statement:
        """The statement whose proof shows the assertions unsatisfiable.

        Assertions without partial operations are its hypotheses; the others are refuted by the
        conclusion at points where what decides is defined. If there are none, the last one is.
        """
        partial = [a for a in self.assertions if _is_partial(a)]
        partial = partial or list(self.assertions[-1:])
        total = tuple(a for a in self.assertions if a not in partial)
        return Statement(self.variables, total, Not(conjunction(*partial)) if partial else NEVER)

    @cached_property
    def model_statement(self) -> Statement:
        """The statement that a model violates: every assertion holds with its terms defined."""
        return Statement(self.variables, self.assertions, NEVER)


def _is_partial(assertion: Formula) -> bool:
    return any(definedness(term) for term in terms(assertion))
