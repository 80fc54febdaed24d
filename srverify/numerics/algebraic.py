"""Values of terms at points with irrational roots: numbers of one number field, as roots themselves."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import reduce

from flint import arb, ctx, fmpq, fmpq_mat, fmpq_poly

from srverify.language import term as t
from srverify.language.errors import UnsupportedError
from srverify.language.formula import Relation
from srverify.language.term import Number, Symbol, Term
from srverify.numerics import arb_eval, reals
from srverify.numerics.reals import Real, Root

#: Bits of the enclosures that tell a polynomial's roots apart, at most.
_MAX_BITS = 4096


def value_at(term: Term, point: Mapping[str, Real]) -> Real | None:
    """Return a term's value at a point; None if it is not certainly defined, or has no form here.

    >>> from srverify.language.parser import parse_term
    >>> root = reals.parse_real("root(x^2 - 2, 1, 2)")
    >>> value_at(parse_term("x + 1"), {"x": root})
    root(x^2 + (-2)*x - 1, 9/4, 3)
    >>> value_at(parse_term("1/(x*x + 1)"), {"x": root})
    Fraction(1, 3)
    """
    roots = {symbol.name: point[symbol.name] for symbol in t.symbols_of(term)}
    irrational = {value for value in roots.values() if isinstance(value, Root)}
    if not irrational:
        return reals.value_at(term, point)
    if len(irrational) != 1:
        return None
    (root,) = irrational
    try:
        element = _Field(root, point).walk(term)
    except (ArithmeticError, UnsupportedError):
        return None
    return _told_apart(_minimal(element, root), term, point)


class _Field(t.TermWalker[fmpq_poly]):
    """Write a term as a polynomial in a root, modulo its own; raises ArithmeticError if it is none."""

    def __init__(self, root: Root, point: Mapping[str, Real]) -> None:
        self._root = root
        self._point = point
        self._modulus = fmpq_poly(list(root.coefficients))

    def walk_number(self, value: Number) -> fmpq_poly:
        return fmpq_poly([_rational(value.value)])

    def walk_variable(self, symbol: Symbol) -> fmpq_poly:
        value = self._point[symbol.name]
        if isinstance(value, Root):
            return fmpq_poly([0, 1]) % self._modulus
        if not isinstance(value, Fraction):
            raise ArithmeticError("not algebraic by its form")
        return fmpq_poly([_rational(value)])

    def walk_add(self, *terms: Term) -> fmpq_poly:
        return reduce(lambda a, b: a + b, map(self.walk, terms))

    def walk_mul(self, *terms: Term) -> fmpq_poly:
        return reduce(lambda a, b: a * b % self._modulus, map(self.walk, terms))

    def walk_neg(self, term: Term) -> fmpq_poly:
        return -self.walk(term)

    def walk_div(self, left: Term, right: Term) -> fmpq_poly:
        return self.walk(left) * self._inverse(self.walk(right)) % self._modulus

    def walk_power(self, base: Term, exponent: Number) -> fmpq_poly:
        if abs(exponent.value) > 64:
            raise ArithmeticError("a high power")
        value = self.walk(base)
        if exponent.value < 0:
            value = self._inverse(value)
        result = fmpq_poly([1])
        for _ in range(int(abs(exponent.value))):
            result = result * value % self._modulus
        return result

    def walk_abs(self, term: Term) -> fmpq_poly:
        value = self.walk(term)
        return -value if self._is_negative(term) else value

    def walk_max(self, first: Term, *others: Term) -> fmpq_poly:
        for other in others:
            first = other if self._is_negative(t.sub(first, other)) else first
        return self.walk(first)

    def walk_min(self, first: Term, *others: Term) -> fmpq_poly:
        for other in others:
            first = other if self._is_negative(t.sub(other, first)) else first
        return self.walk(first)

    def _is_negative(self, term: Term) -> bool:
        holds = arb_eval.holds_at(Relation("<", term, t.ZERO), self._point)
        if holds is None:
            raise ArithmeticError("no sign")
        return holds

    def _inverse(self, value: fmpq_poly) -> fmpq_poly:
        if value.degree() < 0:
            raise ArithmeticError("division by zero")
        # The modulus is irreducible: the greatest common divisor is 1.
        _, factor, _ = value.xgcd(self._modulus)
        return factor % self._modulus


def _rational(value: Fraction) -> fmpq:
    return fmpq(value.numerator, value.denominator)


def _minimal(element: fmpq_poly, root: Root) -> fmpq_poly:
    """Return the polynomial of least degree that vanishes at an element: its powers' first relation."""
    modulus = fmpq_poly(list(root.coefficients))
    size = modulus.degree()
    rows: list[list[fmpq]] = []
    power = fmpq_poly([1])
    for degree in range(size + 1):
        rows.append([power[i] for i in range(size)])
        if degree:
            # Is this power a combination of the lower ones?
            columns = fmpq_mat([list(column) for column in zip(*rows, strict=True)])
            reduced, rank = columns.rref()
            if rank == degree:
                return fmpq_poly([*(-reduced[i, degree] for i in range(degree)), fmpq(1)])
        power = power * element % modulus
    raise ArithmeticError("unreachable: the powers of an element are dependent")


def _told_apart(polynomial: fmpq_poly, term: Term, point: Mapping[str, Real]) -> Real | None:
    """Return the root of a polynomial that a term's enclosures leave."""
    left = reals.real_roots(polynomial)
    bits = 64
    while len(left) > 1 and bits <= _MAX_BITS:
        ball = arb_eval.evaluate(term, point, bits).ball
        left = [root for root in left if ball.overlaps(_ball(root, bits))]
        bits *= 2
    return left[0] if len(left) == 1 else None


def _ball(value: Real, bits: int) -> arb:
    with ctx.workprec(bits):
        return arb(_rational(value)) if isinstance(value, Fraction) else value.ball()
