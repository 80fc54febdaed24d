"""The values of a script's terms and formulas in a model."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from srverify.language import term as t
from srverify.language.errors import InputError, SrverifyError
from srverify.language.formula import Formula, Not, terms
from srverify.language.smtlib.integers import Quotient, StandIn
from srverify.language.smtlib.terms import Real as Cases
from srverify.language.smtlib.terms import Truth
from srverify.language.smtlib.uninterpreted import DIVISION, Application, Function, applications
from srverify.numerics.algebraic import value_at
from srverify.numerics.arb_eval import holds_at
from srverify.numerics.reals import ClosedForm, Real, Root, compare, parse_real, rank

if TYPE_CHECKING:
    from srverify.language.smtlib.question import Question
    from srverify.language.smtlib.terms import Value
    from srverify.language.term import Term


class UnknownValueError(SrverifyError):
    """A value that is not known: an operation has none there, or its number has no closed form."""


#: Arguments and value, by keys that are equal for equal arguments.
_Table: TypeAlias = "dict[tuple[object, ...], tuple[tuple[Real, ...], Real]]"


class Values:
    """What terms are in a model.

    Parameters
    ----------
    model
        By the script's symbols, exactly; what it does not name is 0, or false.
    stand_ins
        The constants that stand for terms of the script, besides those of the question.
    applied
        The values of uninterpreted functions that the question speaks of, by the constants that stand
        for them; all others are 0, or false.
    """

    def __init__(
        self,
        question: Question,
        model: Mapping[str, str],
        stand_ins: Sequence[StandIn] = (),
        applied: Mapping[str, str] | None = None,
    ) -> None:
        self._question = question
        self._model = model
        self._stand_ins = {h.symbol.name: h for h in (*question.stand_ins, *stand_ins)}
        self._applied = {} if applied is None else applied
        self._known: dict[str, Real] = {}
        self._tables: dict[Function, _Table] = {}

    def of(self, value: Value) -> Real | bool:
        """Return the value of a term or formula; raises UnknownValueError."""
        if isinstance(value, Truth):
            return self._truth(value.formula)
        assert isinstance(value, Cases)
        return self._by_cases(value.cases)

    def table(self, function: Function) -> _Table:
        """Return a function's values by its arguments; of quotients those by 0, by their dividends.

        Raises UnknownValueError if some argument is not known.
        """
        if function not in self._tables:
            found: _Table = {}
            for helper in applications(self._question.stand_ins):
                if helper.function != function:
                    continue
                arguments = self._arguments(helper)
                if arguments is not None:
                    value = parse_real(self._applied.get(helper.symbol.name, "0"))
                    found.setdefault(tuple(map(_key, arguments)), (arguments, value))
            self._tables[function] = found
        return self._tables[function]

    def _arguments(self, helper: Application) -> tuple[Real, ...] | None:
        """Return what a function is applied to; of a quotient the dividend, if it is one by 0."""
        arguments = tuple(map(self._number, helper.arguments))
        if helper.function != DIVISION:
            return arguments
        if isinstance(arguments[1], ClosedForm):
            raise UnknownValueError(str(helper.arguments[1]))
        return arguments[:1] if arguments[1] == 0 else None

    def _value(self, helper: Application) -> Real:
        if helper.symbol.name in self._applied:
            return parse_real(self._applied[helper.symbol.name])
        arguments = self._arguments(helper)
        if arguments is None:
            return self._number(t.div(*helper.arguments))
        table = self.table(helper.function)
        key = tuple(map(_key, arguments))
        if key in table:
            return table[key][1]
        if any(
            isinstance(a, ClosedForm)
            for at in (arguments, *(at for at, _ in table.values()))
            for a in at
        ):
            # Whether two closed forms are the same number is not decided.
            raise UnknownValueError(str(helper.symbol))
        return Fraction(0)

    def _by_cases(self, cases: Iterable[tuple[Formula, Term]]) -> Real:
        for condition, term in cases:
            if self._truth(condition):
                return self._number(term)
        raise UnknownValueError("no case applies")

    def _truth(self, formula: Formula) -> bool:
        point = self._point(terms(formula))
        if holds_at(formula, point):
            return True
        if holds_at(Not(formula), point):
            return False
        raise UnknownValueError(str(formula))

    def _number(self, term: Term) -> Real:
        try:
            found = value_at(term, self._point([term]))
        except InputError:
            # No term can be written that divides by 0.
            found = None
        if found is None:
            raise UnknownValueError(str(term))
        return found

    def _point(self, wanted: Iterable[Term]) -> dict[str, Real]:
        found: dict[str, Real] = {}
        for term in wanted:
            for symbol in t.symbols_of(term):
                found[symbol.name] = self._variable(symbol.name)
        return found

    def _variable(self, name: str) -> Real:
        if name not in self._known:
            helper = self._stand_ins.get(name)
            if isinstance(helper, Quotient):
                self._known[name] = self._floor(helper)
            elif isinstance(helper, Application):
                self._known[name] = self._value(helper)
            elif helper is not None:
                self._known[name] = self._by_cases(helper.cases)
            else:
                text = self._model.get(self._question.symbols.get(name, name), "0")
                bit = {"true": "1", "false": "0"}.get(text, text)
                self._known[name] = parse_real(bit)
        return self._known[name]

    def _floor(self, quotient: Quotient) -> Fraction:
        value = self._number(t.div(quotient.dividend, t.number(quotient.divisor)))
        if isinstance(value, Fraction):
            return Fraction(math.floor(value))
        if not isinstance(value, Root):
            raise UnknownValueError(str(quotient.dividend))
        below = math.floor(value.enclosure(8)[0])
        # It lies at most a little above the lower end of its enclosure.
        return Fraction(below + (compare(value, Fraction(below + 1)) > 0))


def _key(value: Real) -> object:
    return (value.coefficients, rank(value)) if isinstance(value, Root) else value
