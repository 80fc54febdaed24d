"""Approximate values of terms at many points at once; they only guide the search."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

import numpy as np
from flint import arb
from numpy.typing import NDArray

from srverify.language import term as t
from srverify.language.term import Number, Symbol, Term
from srverify.numerics.doubles import FLOATS

_Array: TypeAlias = NDArray[np.float64]
#: Values and the sizes of what was added up for them; no numbers where that goes wrong.
_Values: TypeAlias = tuple[_Array, _Array]
#: Terms whose values are kept.
_MAX_KNOWN = 2000
#: Below it numbers have fewer digits, and exponentials are soon 0.
TINIEST = float(np.finfo(np.float64).tiny)
_NUMPY: dict[str, Callable[[_Array], _Array]] = {
    "sin": np.sin,
    "cos": np.cos,
    "tan": np.tan,
    "asin": np.arcsin,
    "acos": np.arccos,
    "atan": np.arctan,
    "sinh": np.sinh,
    "cosh": np.cosh,
    "tanh": np.tanh,
    "asinh": np.arcsinh,
    "acosh": np.arccosh,
    "atanh": np.arctanh,
}


def may_underflow(term: Term) -> bool:
    """Tell whether a term has exponentials, so that its root need not be 0 where it seems to be 0."""
    return any(n.operator in ("exp", "realpower", "natpower") for n in t.subterms(term))


class Table(t.TermWalker[_Values]):
    """The values of terms at some points, each computed once."""

    def __init__(self, points: Sequence[Mapping[str, float]]) -> None:
        self._points = points
        self._known: dict[Term, _Values] = {}

    def values(self, term: Term) -> _Values:
        """Return values and sizes of a term at all points, no number where it has no value."""
        if len(self._known) > _MAX_KNOWN:
            self._known.clear()
        with np.errstate(all="ignore"):
            return self.walk(term)

    def walk(self, term: Term) -> _Values:
        """Return the values of a term, computed once."""
        found = self._known.get(term)
        if found is None:
            value, size = super().walk(term)
            value = np.where(np.isfinite(value) & ~np.isnan(size), value, np.nan)
            found = self._known[term] = (value, size)
        return found

    def _full(self, value: float) -> _Array:
        return np.full(len(self._points), value)

    def walk_number(self, value: Number) -> _Values:
        try:
            found = float(value)
        except OverflowError:
            found = math.nan
        return self._full(found), self._full(abs(found))

    def walk_variable(self, symbol: Symbol) -> _Values:
        found = np.array([point[symbol.name] for point in self._points], dtype=np.float64)
        return found, np.abs(found)

    def walk_add(self, *terms: Term) -> _Values:
        value, size = self.walk(terms[0])
        for term in terms[1:]:
            other, own = self.walk(term)
            value, size = value + other, size + own
        return value, size

    def walk_mul(self, *terms: Term) -> _Values:
        value, size = self.walk(terms[0])
        for term in terms[1:]:
            other, own = self.walk(term)
            product = value * other
            lost = (product == 0) & (value != 0) & (other != 0)
            value, size = np.where(lost, np.nan, product), size * own
        return value, size

    def walk_neg(self, term: Term) -> _Values:
        value, size = self.walk(term)
        return -value, size

    def walk_div(self, left: Term, right: Term) -> _Values:
        (a, size), (b, other) = self.walk(left), self.walk(right)
        quotient = np.where(b == 0, np.nan, a / b)
        return quotient, size / np.abs(b) + np.abs(quotient) * (other / np.abs(b) - 1)

    def walk_power(self, base: Term, exponent: Term) -> _Values:
        (x, size), (p, _) = self.walk(base), self.walk(exponent)
        value = np.power(x, p)
        value = np.where((value == 0) & (x != 0), np.nan, value)
        carried = _inherited(value, size, np.where(x == 0, 0.0, p * value / np.where(x == 0, 1.0, x)))
        # What cancelled may have been anything as small as its rounding.
        hidden = (x == 0) & (size > 0) & (p > 0)
        return value, np.where(hidden, np.power(size, np.abs(p)), carried)

    walk_natpower = walk_ratpower = walk_power

    def walk_realpower(self, base: Term, exponent: Term) -> _Values:
        (x, size), (p, other) = self.walk(base), self.walk(exponent)
        value = np.where(x > 0, np.power(np.abs(x), p), np.nan)
        factor = np.maximum(size * np.abs(p) / np.abs(x), other * np.abs(np.log(np.abs(x))))
        return value, np.abs(value) * np.maximum(1.0, factor)

    def walk_exp(self, term: Term) -> _Values:
        x, size = self.walk(term)
        value = np.exp(x)
        return value, _inherited(value, size, value)

    def walk_log(self, term: Term) -> _Values:
        x, size = self.walk(term)
        value = np.where(x > 0, np.log(np.abs(x)), np.nan)
        return value, _inherited(value, size, 1 / x)

    def walk_sqrt(self, term: Term) -> _Values:
        x, size = self.walk(term)
        value = np.sqrt(np.where(x < TINIEST, np.nan, x) if may_underflow(term) else x)
        return value, _inherited(value, size, np.where(value == 0, 0.0, 0.5 / value))

    def walk_abs(self, term: Term) -> _Values:
        x, size = self.walk(term)
        value = np.abs(x)
        return value, _inherited(value, size, self._full(1.0))

    def walk_lambertw(self, term: Term, branch: Number) -> _Values:
        which = int(branch)

        def function(x: float) -> float:
            ball = arb(x).lambertw(which)
            return float(ball) if ball.is_finite() else math.nan

        x, size = self.walk(term)
        value = _each(function, x)
        return value, _inherited(value, size, self._full(1.0))

    def walk_function(self, name: str, argument: Term) -> _Values:
        x, size = self.walk(argument)
        function = _NUMPY.get(name) or (lambda a: _each(FLOATS[name], a))
        value = function(x)
        step = 1e-6 * np.maximum(1.0, np.abs(x))
        slope = (function(x + step) - value) / step
        return value, _inherited(value, size, np.where(np.isfinite(slope), slope, 1.0))

    def walk_min(self, *terms: Term) -> _Values:
        return self._extreme(terms, np.less)

    def walk_max(self, *terms: Term) -> _Values:
        return self._extreme(terms, np.greater)

    def _extreme(
        self, terms: tuple[Term, ...], before: Callable[[_Array, _Array], NDArray[np.bool_]]
    ) -> _Values:
        value, size = self.walk(terms[0])
        for term in terms[1:]:
            other, own = self.walk(term)
            taken = before(other, value) | np.isnan(other)
            value, size = np.where(taken, other, value), np.where(taken, own, size)
        return value, size


def _inherited(value: _Array, size: _Array, slope: _Array) -> _Array:
    """Carry the rounding error of an argument through a function of the given slope."""
    noise = np.where(np.isinf(size), np.inf, np.abs(slope) * size)
    return np.maximum(np.abs(value), noise)


def _each(function: Callable[[float], float], values: _Array) -> _Array:
    found = np.full(len(values), np.nan)
    for i, x in enumerate(values.tolist()):
        if math.isfinite(x):
            try:
                found[i] = function(x)
            except (ArithmeticError, ValueError):
                continue
    return found


__all__ = ["TINIEST", "Table", "may_underflow"]
