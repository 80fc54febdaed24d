"""Constants such as ``pi/2`` enclosed, so that a domain may end at one.

What a statement says does not rest on the enclosure alone: a variable that ends at a constant has it as
a hypothesis (`srverify.language.statement`), and the enclosure only says where the constant lies.
"""

from __future__ import annotations

from fractions import Fraction

from flint import arb, ctx, fmpq

from srverify.language import term as t
from srverify.language.errors import InputError, UnsupportedError
from srverify.language.term import Number, Term

_PRECISION = 256
#: How fine the rationals around a constant are, relative to its size, in bits; and how fine at most.
_BITS, _MAX_BITS = 4, 128
#: Larger constants are no ends: the integers around them would not fit into memory.
_LARGEST = 4096


class _Enclosing(t.TermWalker[arb]):
    """Enclose a term without variables; a ball that is not finite: perhaps undefined."""

    def walk_number(self, value: Number) -> arb:
        return arb(fmpq(int(value.p), int(value.q)))

    def walk_add(self, *terms: Term) -> arb:
        return sum(map(self.walk, terms), arb(0))

    def walk_mul(self, *terms: Term) -> arb:
        product = arb(1)
        for term in terms:
            product = product * self.walk(term)
        return product

    def walk_neg(self, term: Term) -> arb:
        return -self.walk(term)

    def walk_div(self, left: Term, right: Term) -> arb:
        return self.walk(left) / self.walk(right)

    def walk_power(self, base: Term, exponent: Number) -> arb:
        return self.walk(base) ** int(exponent)

    def walk_ratpower(self, base: Term, exponent: Number) -> arb:
        return (self._positive(base).log() * self.walk_number(exponent)).exp()

    def walk_realpower(self, base: Term, exponent: Term) -> arb:
        return (self._positive(base).log() * self.walk(exponent)).exp()

    def walk_sqrt(self, term: Term) -> arb:
        return self._positive(term).sqrt()

    def walk_exp(self, term: Term) -> arb:
        return self.walk(term).exp()

    def walk_log(self, term: Term) -> arb:
        return self._positive(term).log()

    def walk_function(self, name: str, argument: Term) -> arb:
        constant = t.function(name, argument)
        if constant is not t.PI:
            raise UnsupportedError(
                f"{constant}: a domain ends at what is made of numbers, pi, exp, log and roots"
            )
        return arb.pi()

    def _positive(self, term: Term) -> arb:
        value = self.walk(term)
        return value if value > 0 else arb("nan")


def enclosure(constant: Term) -> tuple[Fraction, Fraction]:
    """Return rationals below and above a constant, of few digits.

    Raises InputError if it may be undefined, or too large to be written out.

    >>> from srverify.language.parser import parse_term
    >>> low, high = enclosure(parse_term("pi/2", {}))
    >>> str(low), str(high)
    ('25/16', '13/8')
    """
    before = ctx.prec
    ctx.prec = _PRECISION
    try:
        value = _Enclosing().walk(constant)
        if not value.is_finite():
            raise InputError(f"{constant} is not certainly defined")
        if not abs(value) < arb(2) ** _LARGEST:
            raise InputError(f"{constant} is not below 2^{_LARGEST}: write it as a hypothesis")
        bits = _BITS
        while abs(value) < arb(2) ** (_BITS - bits) and bits < _MAX_BITS:
            bits += 1
        scaled = value * arb(2) ** bits
        # Of a ball that contains an integer, the integers around both ends.
        low, high = scaled.lower().floor().lower(), scaled.upper().ceil().upper()
        return Fraction(int(low.fmpz()), 1 << bits), Fraction(int(high.fmpz()), 1 << bits)
    finally:
        ctx.prec = before
