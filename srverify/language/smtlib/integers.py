"""Constants that stand for terms: integer quotients that inequalities fix, and values by cases.

The standard says that ``m = n*(div m n) + (mod m n)`` with ``0 <= (mod m n) < |n|`` for ``n`` other
than 0. For a number ``n`` the quotient is the only integer ``q`` with ``n*q <= m < n*(q + 1)``, up to
the sign of ``n``: a new integer with this fact about it changes neither whether assertions are
satisfiable nor the values of the declared constants in a model.

The same holds for a constant that is the value of ``ite`` in each of its cases, or 1 where a formula
holds and 0 elsewhere: what a script shares or combines does not have to be written out.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import count

from srverify.language import term as t
from srverify.language.errors import InputError
from srverify.language.formula import And, Formula, Relation, disjunction, normal
from srverify.language.formula import terms as sides
from srverify.language.term import Number, Symbol, Term

#: How many constants may stand for values by cases.
MAX_NAMED = 500
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


class Integers:
    """The integer constants of a script, and the constants that stand for terms of it."""

    def __init__(self) -> None:
        #: The declared constants of sort Int.
        self.declared: list[Symbol] = []
        #: Names that no new quotient may have.
        self.taken: set[str] = set()
        #: By dividend, divisor, and whether the dividend is an integer: names may be declared anew.
        self._quotients: dict[tuple[Term, Fraction, bool], Quotient] = {}
        self._named: dict[tuple[tuple[tuple[Formula, Term], ...], bool, bool], Named] = {}
        self._whole: set[str] = set()

    @property
    def names(self) -> frozenset[str]:
        """The names of the constants that stand for terms."""
        quotients = {quotient.symbol.name for quotient in self._quotients.values()}
        return frozenset(quotients | {named.symbol.name for named in self._named.values()})

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

    def _new(self, stem: str, *, natural: bool = False) -> Symbol:
        name = next(n for n in (f"{stem}_{i}" for i in count(1)) if n not in self.taken)
        self.taken.add(name)
        return t.variable(name, natural)

    def occurring(self, terms: Iterable[Term]) -> Iterator[Quotient | Named]:
        """Yield what stands for terms in terms, also in what it stands for itself."""
        by_symbol: dict[Symbol, Quotient | Named] = {q.symbol: q for q in self._quotients.values()}
        by_symbol |= {named.symbol: named for named in self._named.values()}
        pending = [symbol for term in terms for symbol in t.symbols_of(term)]
        while pending:
            helper = by_symbol.pop(pending.pop(), None)
            if helper is not None:
                yield helper
                inside = (side for fact in helper.facts for side in sides(fact))
                pending += [symbol for side in inside for symbol in t.symbols_of(side)]
