"""Exact values of terms at exact points, where they are rational."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from sympy import Expr, Rational, Symbol, integer_nthroot

from srverify.language import term as t

#: Powers with more bits than this are left to enclosures.
_MAX_BITS = 1 << 16
#: Roots of a higher degree are left to enclosures.
_MAX_DEGREE = 64


class NotRationalError(ArithmeticError):
    """The term has no value that rational arithmetic can give: irrational, too large or undefined."""


def _fraction(value: Rational) -> Fraction:
    return Fraction(int(value.p), int(value.q))


class RationalTerms(t.TermWalker[Fraction]):
    """Evaluate terms in fractions; raises NotRationalError where that is not possible."""

    def __init__(self, point: Mapping[str, Fraction]) -> None:
        self._point = point

    def walk_number(self, value: Rational) -> Fraction:
        return _fraction(value)

    def walk_variable(self, symbol: Symbol) -> Fraction:
        return self._point[symbol.name]

    def walk_add(self, *terms: Expr) -> Fraction:
        return sum(map(self.walk, terms), Fraction(0))

    def walk_mul(self, *terms: Expr) -> Fraction:
        product = Fraction(1)
        for term in terms:
            product *= self.walk(term)
        return product

    def walk_neg(self, term: Expr) -> Fraction:
        return -self.walk(term)

    def walk_div(self, left: Expr, right: Expr) -> Fraction:
        above, below = self.walk(left), self.walk(right)
        if below == 0:
            raise NotRationalError("division by zero")
        return above / below

    def walk_power(self, base: Expr, exponent: Expr) -> Fraction:
        value, power = self.walk(base), self.walk(exponent)
        if power.denominator != 1 or (value == 0 and power < 0):
            return self._root(value, power)
        bits = max(value.numerator.bit_length(), value.denominator.bit_length())
        if bits * abs(power) > _MAX_BITS:
            raise NotRationalError("too large")
        return value**power.numerator

    def walk_natpower(self, base: Expr, exponent: Expr) -> Fraction:
        return self.walk_power(base, exponent)

    def walk_ratpower(self, base: Expr, exponent: Expr) -> Fraction:
        return self._root(self.walk(base), self.walk(exponent))

    def walk_realpower(self, base: Expr, exponent: Expr) -> Fraction:
        if self.walk(base) <= 0:
            raise NotRationalError("a power of a number that is not positive")
        return self.walk_power(base, exponent)

    def walk_sqrt(self, term: Expr) -> Fraction:
        return self._root(self.walk(term), Fraction(1, 2))

    @staticmethod
    def _root(value: Fraction, power: Fraction) -> Fraction:
        if value < 0 or (value == 0 and power < 0) or power.denominator > _MAX_DEGREE:
            raise NotRationalError("no rational root is sought")
        above, exact_above = integer_nthroot(value.numerator, power.denominator)
        below, exact_below = integer_nthroot(value.denominator, power.denominator)
        if not (exact_above and exact_below):
            raise NotRationalError("an irrational root")
        return Fraction(int(above), int(below)) ** power.numerator

    def walk_exp(self, term: Expr) -> Fraction:
        if self.walk(term) == 0:
            return Fraction(1)
        raise NotRationalError("exp of a number other than 0")

    def walk_log(self, term: Expr) -> Fraction:
        if self.walk(term) == 1:
            return Fraction(0)
        raise NotRationalError("log of a number other than 1")

    def walk_abs(self, term: Expr) -> Fraction:
        return abs(self.walk(term))

    def walk_min(self, *terms: Expr) -> Fraction:
        return min(map(self.walk, terms))

    def walk_max(self, *terms: Expr) -> Fraction:
        return max(map(self.walk, terms))

    def walk_lambertw(self, term: Expr, branch: Rational) -> Fraction:
        if branch == 0 and self.walk(term) == 0:
            return Fraction(0)
        raise NotRationalError("Lambert W of a number other than 0")


def rational_value(term: Expr, point: Mapping[str, Fraction]) -> Fraction | None:
    """Return a term's exact value at an exact point; ``None`` if it is not rational, or undefined.

    >>> from srverify.language.parser import parse_term
    >>> rational_value(parse_term("sqrt(x)/3 + exp(y)"), {"x": Fraction(4), "y": Fraction(0)})
    Fraction(5, 3)
    """
    try:
        return RationalTerms(point).walk(term)
    except NotRationalError:
        return None
