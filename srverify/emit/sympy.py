"""Terms as SymPy expressions, with SymPy's own evaluation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sympy

from srverify.language import term as t
from srverify.language.term import Number, Symbol, Term


class SympyTerms(t.TermWalker[Any]):
    """Build expressions; ``values`` says what stands for a variable, by default its real symbol."""

    def __init__(self, values: Mapping[Symbol, Any] | None = None) -> None:
        self._values = values or {}

    def walk_number(self, value: Number) -> Any:
        return sympy.Rational(value.p, value.q)

    def walk_variable(self, symbol: Symbol) -> Any:
        found = self._values.get(symbol)
        if found is not None:
            return found
        if symbol.natural:
            return sympy.Symbol(symbol.name, integer=True, nonnegative=True)
        return sympy.Symbol(symbol.name, real=True)

    def walk_add(self, *terms: Term) -> Any:
        return sympy.Add(*map(self.walk, terms))

    def walk_mul(self, *terms: Term) -> Any:
        return sympy.Mul(*map(self.walk, terms))

    def walk_neg(self, term: Term) -> Any:
        return -self.walk(term)

    def walk_div(self, left: Term, right: Term) -> Any:
        return self.walk(left) / self.walk(right)

    def walk_power(self, base: Term, exponent: Term) -> Any:
        return sympy.Pow(self.walk(base), self.walk(exponent))

    walk_natpower = walk_ratpower = walk_realpower = walk_power

    def walk_exp(self, term: Term) -> Any:
        return sympy.exp(self.walk(term))

    def walk_log(self, term: Term) -> Any:
        return sympy.log(self.walk(term))

    def walk_sqrt(self, term: Term) -> Any:
        return sympy.sqrt(self.walk(term))

    def walk_abs(self, term: Term) -> Any:
        return sympy.Abs(self.walk(term))

    def walk_min(self, *terms: Term) -> Any:
        return sympy.Min(*map(self.walk, terms))

    def walk_max(self, *terms: Term) -> Any:
        return sympy.Max(*map(self.walk, terms))

    def walk_lambertw(self, term: Term, branch: Number) -> Any:
        return sympy.LambertW(self.walk(term), int(branch))

    def walk_function(self, name: str, argument: Term) -> Any:
        return getattr(sympy, name)(self.walk(argument))


def term_to_sympy(term: Term, values: Mapping[Symbol, Any] | None = None) -> Any:
    """Return a term as SymPy evaluates it, variables replaced by ``values`` on the way.

    The result may be defined at more points than the term: use it only where definedness is settled.

    >>> from srverify.language.parser import parse_term
    >>> term_to_sympy(parse_term("exp(log(x + 1))*x/x"))
    x + 1
    """
    return SympyTerms(values).walk(term)
