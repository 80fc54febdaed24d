"""Constants that stand for terms: integer quotients that inequalities fix, and values by cases.

The standard says that ``m = n*(div m n) + (mod m n)`` with ``0 <= (mod m n) < |n|`` for ``n`` other
than 0. For a number ``n`` the quotient is the only integer ``q`` with ``n*q <= m < n*(q + 1)``, up to
the sign of ``n``: a new integer with this fact about it changes neither whether assertions are
satisfiable nor the values of the declared constants in a model.

The same holds for a constant that is the value of ``ite`` in each of its cases, or 1 where a formula
holds and 0 elsewhere: what a script shares or combines does not have to be written out. What stands for
the values of functions of which nothing is known is in ``srverify.language.smtlib.uninterpreted``.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import count
from typing import TypeAlias

from srverify.language import term as t
from srverify.language.errors import InputError
from srverify.language.formula import And, Formula, Relation, disjunction, normal
from srverify.language.formula import terms as sides
from srverify.language.smtlib.uninterpreted import DIVISION, Application, Function, never_zero
from srverify.language.term import Number, Symbol, Term

#: A term that is 0, but not the literal, by which no term divides.
_ZERO_WRITTEN_OUT = t.function("sin", t.ZERO)
#: How many constants may stand for values by cases.
MAX_NAMED = 500
#: How many may stand for values of uninterpreted functions.
MAX_APPLICATIONS = 1_000
_CLOSED = frozenset({"add", "mul", "neg", "abs", "min", "max"})


@dataclass(frozen=True)
class Quotient:
    """The integer ``floor(dividend/divisor)``, where the divisor is positive."""

    symbol: Symbol
    dividend: Term
    divisor: Fraction
    #: Whether the dividend is an integer.
    whole: bool

    @property
    def facts(self) -> tuple[Formula, Formula]:
        """What fixes it."""
        multiple = t.mul(t.number(self.divisor), self.symbol)
        rest = t.sub(self.dividend, multiple)
        if self.whole:
            upper = Relation("<=", rest, t.number(self.divisor - 1))
        else:
            upper = Relation("<", rest, t.number(self.divisor))
        return Relation("<=", multiple, self.dividend), upper


@dataclass(frozen=True)
class Named:
    """A constant that stands for a value by cases, one of whose conditions always holds."""

    symbol: Symbol
    cases: tuple[tuple[Formula, Term], ...]
    #: Whether its values are integers by their form.
    whole: bool
    #: Whether they are 0 and 1.
    bit: bool

    @property
    def facts(self) -> tuple[Formula, ...]:
        """What fixes it."""
        parts = [And((condition, Relation("=", self.symbol, term))) for condition, term in self.cases]
        return (normal(disjunction(*parts)),)


#: What a constant stands for that the script does not declare.
StandIn: TypeAlias = Quotient | Named | Application


class Integers:
    """The integer constants of a script, and the constants that stand for terms of it."""

    def __init__(self, *, total: bool = False) -> None:
        #: Whether quotients by what may be 0 are told apart from those that have no value there.
        self.total = total
        #: Whether there are any.
        self.divides = False
        #: The declared constants of sort Int.
        self.declared: list[Symbol] = []
        #: Names that no new quotient may have.
        self.taken: set[str] = set()
        #: By dividend, divisor, and whether the dividend is an integer: names may be declared anew.
        self._quotients: dict[tuple[Term, Fraction, bool], Quotient] = {}
        self._named: dict[tuple[tuple[tuple[Formula, Term], ...], bool, bool], Named] = {}
        self._applications: dict[tuple[Function, tuple[Term, ...]], Application] = {}
        self._whole: set[str] = set()

    @property
    def names(self) -> frozenset[str]:
        """The names of the constants that stand for terms."""
        return frozenset(helper.symbol.name for helper in self._helpers)

    @property
    def _helpers(self) -> Iterator[StandIn]:
        yield from self._quotients.values()
        yield from self._named.values()
        yield from self._applications.values()

    def is_whole(self, term: Term) -> bool:
        """Tell whether a term is an integer by its form."""
        if isinstance(term, Number):
            return term.is_integer
        if isinstance(term, Symbol):
            return term in self.declared or term.name in self._whole
        if term.operator == "power":
            base, exponent = term.arguments
            return isinstance(exponent, Number) and exponent >= 0 and self.is_whole(base)
        return term.operator in _CLOSED and all(map(self.is_whole, term.arguments))

    def div(self, dividend: Term, divisor: Fraction) -> Term:
        """Return the integer quotient by a number other than 0."""
        quotient = self._floor(dividend, abs(divisor))
        return quotient if divisor > 0 else t.neg(quotient)

    def mod(self, dividend: Term, divisor: Fraction) -> Term:
        """Return the rest of the integer division by a number other than 0."""
        size = abs(divisor)
        return t.sub(dividend, t.mul(t.number(size), self._floor(dividend, size)))

    def floor(self, term: Term) -> Term:
        """Return the greatest integer below or at a real value."""
        return term if self.is_whole(term) else self._floor(term, Fraction(1))

    def _floor(self, dividend: Term, divisor: Fraction) -> Term:
        if isinstance(dividend, Number):
            return t.number(math.floor(dividend.value / divisor))
        whole = self.is_whole(dividend)
        key = (dividend, divisor, whole)
        if key not in self._quotients:
            symbol = self._new("quotient")
            self._quotients[key] = Quotient(symbol, dividend, divisor, whole)
            self._whole.add(symbol.name)
        return self._quotients[key].symbol

    def named(self, cases: tuple[tuple[Formula, Term], ...], *, bit: bool = False) -> Symbol:
        """Return the constant that stands for a value by cases; raises InputError if there are many."""
        whole = all(self.is_whole(term) for _, term in cases)
        key = (cases, whole, bit)
        if key not in self._named:
            if len(self._named) >= MAX_NAMED:
                raise InputError(f"expands to more than {MAX_NAMED} values by cases")
            self._named[key] = Named(self._new("value", natural=bit), cases, whole, bit)
            if whole:
                self._whole.add(self._named[key].symbol.name)
        return self._named[key].symbol

    def applied(self, function: Function, arguments: tuple[Term, ...]) -> Symbol:
        """Return what stands for a value of an uninterpreted function; raises InputError for many."""
        key = (function, arguments)
        if key not in self._applications:
            if len(self._applications) >= MAX_APPLICATIONS:
                raise InputError(f"more than {MAX_APPLICATIONS} values of uninterpreted functions")
            symbol = self._new("application", natural=function.sort == "Bool")
            self._applications[key] = Application(symbol, function, arguments)
            if function.sort == "Int":
                self._whole.add(symbol.name)
        return self._applications[key].symbol

    def quotient(self, dividend: Term, divisor: Term) -> Term:
        """Return the quotient of real numbers; that by 0 has some value if they are total.

        Written as a term a quotient becomes part of a product, and ``0*(1/x)`` something else at 0.
        """
        if never_zero(divisor):
            return t.div(dividend, divisor)
        self.divides = True
        if self.total:
            return self.applied(DIVISION, (dividend, divisor))
        return t.div(dividend, _ZERO_WRITTEN_OUT if divisor is t.ZERO else divisor)

    def _new(self, stem: str, *, natural: bool = False) -> Symbol:
        name = next(n for n in (f"{stem}_{i}" for i in count(1)) if n not in self.taken)
        self.taken.add(name)
        return t.variable(name, natural)

    def occurring(self, terms: Iterable[Term]) -> Iterator[StandIn]:
        """Yield what stands for terms in terms, also in what it stands for itself."""
        by_symbol = {helper.symbol: helper for helper in self._helpers}
        # In the same order in every run, whatever texts hash to.
        pending = [symbol for term in terms for symbol in sorted(t.symbols_of(term), key=str)]
        while pending:
            helper = by_symbol.pop(pending.pop(), None)
            if helper is not None:
                yield helper
                inside = [side for fact in helper.facts for side in sides(fact)]
                inside += helper.arguments if isinstance(helper, Application) else ()
                pending += [s for side in inside for s in sorted(t.symbols_of(side), key=str)]
