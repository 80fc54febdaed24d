"""Exact values of terms at exact points, where they are rational."""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction

from srverify.checker.enclosures.angles import Angle, value_at
from srverify.language import term as t
from srverify.language.term import Number, Symbol, Term

#: Powers with more bits than this are left to enclosures.
_MAX_BITS = 1 << 16
#: Roots of a higher degree are left to enclosures.
_MAX_DEGREE = 64


class NotRationalError(ArithmeticError):
    """The term has no value that rational arithmetic can give: irrational, too large or undefined."""


def _fraction(value: Number) -> Fraction:
    return value.value


def _integer_root(value: int, degree: int) -> tuple[int, bool]:
    """Return the integer part of a root of a natural number, and whether that is the root."""
    if degree == 1 or value < 2:
        return value, True
    if degree == 2:
        root = math.isqrt(value)
        return root, root * root == value
    # Newton's iteration from above decreases until it has passed the root.
    root = 1 << -(-value.bit_length() // degree)
    while True:
        smaller = ((degree - 1) * root + value // root ** (degree - 1)) // degree
        if smaller >= root:
            return root, root**degree == value
        root = smaller


class RationalTerms(t.TermWalker[Fraction]):
    """Evaluate terms in fractions; raises NotRationalError where that is not possible."""

    def __init__(self, point: Mapping[str, Fraction]) -> None:
        self._point = point

    def walk_number(self, value: Number) -> Fraction:
        return _fraction(value)

    def walk_variable(self, symbol: Symbol) -> Fraction:
        value = self._point.get(symbol.name)
        if value is None:
            raise NotRationalError(f"{symbol.name} is irrational")
        return value

    def walk_add(self, *terms: Term) -> Fraction:
        return sum(map(self.walk, terms), Fraction(0))

    def walk_mul(self, *terms: Term) -> Fraction:
        product = Fraction(1)
        for term in terms:
            product *= self.walk(term)
        return product

    def walk_neg(self, term: Term) -> Fraction:
        return -self.walk(term)

    def walk_div(self, left: Term, right: Term) -> Fraction:
        above, below = self.walk(left), self.walk(right)
        if below == 0:
            raise NotRationalError("division by zero")
        return above / below

    def walk_power(self, base: Term, exponent: Term) -> Fraction:
        value, power = self.walk(base), self.walk(exponent)
        if power.denominator != 1 or (value == 0 and power < 0):
            return self._root(value, power)
        return self._raised(value, power.numerator)

    def walk_natpower(self, base: Term, exponent: Term) -> Fraction:
        return self.walk_power(base, exponent)

    def walk_ratpower(self, base: Term, exponent: Number) -> Fraction:
        return self._root(self.walk(base), self.walk(exponent))

    def walk_realpower(self, base: Term, exponent: Term) -> Fraction:
        value = self.walk(base)
        if value < 0 or (value == 0 and self.walk(exponent) <= 0):
            raise NotRationalError("a real power without a value")
        return self.walk_power(base, exponent)

    def walk_sqrt(self, term: Term) -> Fraction:
        return self._root(self.walk(term), Fraction(1, 2))

    @staticmethod
    def _root(value: Fraction, power: Fraction) -> Fraction:
        if value < 0 or (value == 0 and power < 0) or power.denominator > _MAX_DEGREE:
            raise NotRationalError("no rational root is sought")
        above, exact_above = _integer_root(value.numerator, power.denominator)
        below, exact_below = _integer_root(value.denominator, power.denominator)
        if not (exact_above and exact_below):
            raise NotRationalError("an irrational root")
        return RationalTerms._raised(Fraction(int(above), int(below)), power.numerator)

    @staticmethod
    def _raised(value: Fraction, power: int) -> Fraction:
        """Return an integer power; raises NotRationalError if it is too large to be written out."""
        bits = max(value.numerator.bit_length(), value.denominator.bit_length())
        if bits * abs(power) > _MAX_BITS:
            raise NotRationalError("too large")
        return value**power

    def walk_exp(self, term: Term) -> Fraction:
        if self.walk(term) == 0:
            return Fraction(1)
        raise NotRationalError("exp of a number other than 0")

    def walk_log(self, term: Term) -> Fraction:
        if self.walk(term) == 1:
            return Fraction(0)
        raise NotRationalError("log of a number other than 1")

    def walk_abs(self, term: Term) -> Fraction:
        return abs(self.walk(term))

    def walk_min(self, *terms: Term) -> Fraction:
        return min(map(self.walk, terms))

    def walk_max(self, *terms: Term) -> Fraction:
        return max(map(self.walk, terms))

    def walk_lambertw(self, term: Term, branch: Number) -> Fraction:
        if branch == 0 and self.walk(term) == 0:
            return Fraction(0)
        raise NotRationalError("Lambert W of a number other than 0")

    def walk_function(self, name: str, argument: Term) -> Fraction:
        found = value_at(name, self.angle(argument))
        if found is None or found[1] != 0:
            raise NotRationalError(f"no rational value of {name}")
        return found[0]

    def angle(self, term: Term) -> Angle:
        """Return a term as ``a + b*pi`` with rational a and b."""
        if term is t.PI:
            return Fraction(0), Fraction(1)
        parts = term.arguments
        match term.operator:
            case "neg":
                a, b = self.angle(parts[0])
                return -a, -b
            case "add":
                angles = [self.angle(part) for part in parts]
                return sum((a for a, _ in angles), Fraction(0)), sum((b for _, b in angles), Fraction(0))
            case "mul":
                angle: Angle = (Fraction(1), Fraction(0))
                for part in parts:
                    (a, b), (c, d) = angle, self.angle(part)
                    if b and d:
                        raise NotRationalError("a square of pi")
                    angle = (a * c, a * d + b * c)
                return angle
            case "div" if parts[1].operator == "number" or not _has_pi(parts[1]):
                a, b = self.angle(parts[0])
                divisor = self.walk(parts[1])
                if divisor == 0:
                    raise NotRationalError("division by zero")
                return a / divisor, b / divisor
            case name if name in t.FUNCTIONS:
                found = value_at(name, self.angle(parts[0]))
                if found is not None:
                    return found
                raise NotRationalError(f"no simple value of {name}")
        return self.walk(term), Fraction(0)


def _has_pi(term: Term) -> bool:
    return any(node is t.PI for node in t.subterms(term))


def rational_value(term: Term, point: Mapping[str, Fraction]) -> Fraction | None:
    """Return a term's exact value at an exact point; ``None`` if it is not rational, or undefined.

    >>> from srverify.language.parser import parse_term
    >>> rational_value(parse_term("sqrt(x)/3 + exp(y)"), {"x": Fraction(4), "y": Fraction(0)})
    Fraction(5, 3)
    """
    terms = RationalTerms(point)
    try:
        return terms.walk(term)
    except NotRationalError:
        if not _has_pi(term):
            return None
    try:
        plain, turn = terms.angle(term)
    except NotRationalError:
        return None
    return plain if turn == 0 else None
