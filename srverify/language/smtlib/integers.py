"""Integer division of SMT-LIB 2: ``div``, ``mod`` and ``to_int`` as integers that inequalities fix.

The standard says that ``m = n*(div m n) + (mod m n)`` with ``0 <= (mod m n) < |n|`` for ``n`` other
than 0. For a number ``n`` the quotient is the only integer ``q`` with ``n*q <= m < n*(q + 1)``, up to
the sign of ``n``: a new integer with this fact about it changes neither whether assertions are
satisfiable nor the values of the declared constants in a model.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import count

from srverify.language import term as t
from srverify.language.formula import Formula, Relation
from srverify.language.term import Number, Symbol, Term

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


class Integers:
    """The integer constants of a script, and the quotients that its terms speak of."""

    def __init__(self) -> None:
        #: The declared constants of sort Int.
        self.declared: list[Symbol] = []
        #: Names that no new quotient may have.
        self.taken: set[str] = set()
        #: By dividend, divisor, and whether the dividend is an integer: names may be declared anew.
        self._quotients: dict[tuple[Term, Fraction, bool], Quotient] = {}

    @property
    def names(self) -> frozenset[str]:
        """The names of the quotients."""
        return frozenset(quotient.symbol.name for quotient in self._quotients.values())

    def is_whole(self, term: Term) -> bool:
        """Tell whether a term is an integer by its form."""
        if isinstance(term, Number):
            return term.is_integer
        if isinstance(term, Symbol):
            return term in self.declared or term.name in self.names
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
            name = next(n for n in (f"quotient_{i}" for i in count(1)) if n not in self.taken)
            self.taken.add(name)
            self._quotients[key] = Quotient(t.variable(name), dividend, divisor, whole)
        return self._quotients[key].symbol

    def occurring(self, terms: Iterable[Term]) -> Iterator[Quotient]:
        """Yield the quotients that terms speak of, also in the dividends of others."""
        by_symbol = {quotient.symbol: quotient for quotient in self._quotients.values()}
        pending = [symbol for term in terms for symbol in t.symbols_of(term)]
        while pending:
            quotient = by_symbol.pop(pending.pop(), None)
            if quotient is not None:
                yield quotient
                pending += t.symbols_of(quotient.dividend)
