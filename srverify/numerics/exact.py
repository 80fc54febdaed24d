"""Exact numbers: integers, decimals and fractions as a user types them, never through a float."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from flint import arb, ctx, fmpq, fmpz

from srverify.language.errors import InputError

#: Longest accepted text of a number.
MAX_LENGTH = 1_000_000
#: Largest accepted power of ten; far beyond it nothing fits a machine, below it arb is exact enough.
MAX_EXPONENT = 10**18
#: Largest power of ten that ``fraction`` writes out.
MAX_WRITTEN_EXPONENT = 1_000_000
_BITS_PER_DIGIT = 3.3219281
#: Up to this power of ten the rational is kept written out, which makes its enclosure cheapest.
_SMALL_EXPONENT = 400

_DECIMAL = re.compile(r"([0-9]*)(?:\.([0-9]*))?(?:[eE]([+-]?[0-9]+))?")
_SPACE = re.compile(r"\s*")
_WANTED = "an integer, a decimal such as -1e-5000 or a fraction such as -1/5"


class ExactNumber:
    """A rational number, kept as numerator/denominator * 10**exponent so that -1e-1000000 stays small.

    The denominator is positive; the parts need not be in lowest terms. Numbers compare and hash by
    value. Build one with `parse` (text) or `of` (any exact Python number).

    >>> ExactNumber.parse("-1/5") == ExactNumber.parse("-0.2")
    True
    >>> ExactNumber.parse("-1e-1000000").sign
    -1
    """

    __slots__ = ("_rational", "denominator", "exponent", "leading_zero_bits", "numerator", "sign")

    def __init__(self, numerator: fmpz | int, denominator: fmpz | int = 1, exponent: int = 0) -> None:
        if denominator == 0:
            raise InputError("a fraction with denominator 0")
        if denominator < 0:
            numerator, denominator = -numerator, -denominator
        self.numerator = fmpz(numerator)
        self.denominator = fmpz(denominator)
        self.exponent = exponent if numerator else 0
        self.sign = (numerator > 0) - (numerator < 0)
        #: How many zero bits follow the point, within a few percent; 0 for numbers above 1.
        self.leading_zero_bits = max(
            0,
            self.denominator.bit_length()
            - self.numerator.bit_length()
            - int(_BITS_PER_DIGIT * self.exponent),
        )
        self._rational: fmpq | None = None
        if -_SMALL_EXPONENT <= self.exponent <= _SMALL_EXPONENT:
            self._rational = self._written_out()

    @classmethod
    def parse(cls, text: str) -> ExactNumber:
        """Read ``[+-]decimal[/decimal]`` exactly; a decimal may have a point and an exponent.

        Raises InputError, with the position, for anything else (``nan``, ``1/0``, empty text).

        >>> ExactNumber.parse("2.5e-1/3").fraction()
        Fraction(1, 12)
        >>> ExactNumber.parse("1/0")
        Traceback (most recent call last):
        ...
        srverify.language.errors.InputError: division by zero at position 3 of '1/0'
        """
        if len(text) > MAX_LENGTH:
            raise InputError(f"a number of {len(text)} characters (at most {MAX_LENGTH})")
        position = _skip_space(text, 0)
        negative = text.startswith("-", position)
        if text.startswith(("-", "+"), position):
            position += 1
        numerator, exponent, position = _read_decimal(text, position)
        denominator = fmpz(1)
        position = _skip_space(text, position)
        if text.startswith("/", position):
            start = _skip_space(text, position + 1)
            denominator, denominator_exponent, position = _read_decimal(text, start)
            if denominator == 0:
                raise _error("division by zero", text, start)
            exponent -= denominator_exponent
            position = _skip_space(text, position)
        if position != len(text):
            raise _error(f"unexpected character {text[position]!r}", text, position)
        return cls(-numerator if negative else numerator, denominator, exponent)

    @classmethod
    def of(cls, value: ExactNumber | int | Fraction | Decimal | fmpz | fmpq | str) -> ExactNumber:
        """Return any exact Python number, or its text, as an ExactNumber.

        Raises InputError for text that is no number and for floats, which are seldom the number that
        was meant (``0.1`` is not one tenth), and for non-finite Decimals.

        >>> ExactNumber.of(Fraction(1, 3)) == ExactNumber.of("1/3")
        True
        """
        match value:
            case ExactNumber():
                return value
            case str():
                return cls.parse(value)
            case bool():
                pass
            case int() | fmpz():
                return cls(value)
            case Fraction():
                return cls(value.numerator, value.denominator)
            case fmpq():
                return cls(value.p, value.q)
            case Decimal() if value.is_finite():
                return cls.parse(str(value))
        raise InputError(f"{value!r} is not an exact number: write {_WANTED}, as text")

    def ball(self) -> arb:
        """Return an enclosure at the working precision of ``flint.ctx``, wide by a few last bits."""
        if self._rational is not None:
            return arb(self._rational)
        return arb(self.numerator) * arb(10) ** self.exponent / self.denominator

    def enclosure(self, precision: int) -> arb:
        """Return an enclosure at a precision in bits.

        >>> (5 * ExactNumber.parse("-1/5").enclosure(53)).contains(-1)
        True
        """
        with ctx.workprec(precision):
            return self.ball()

    def rational(self) -> fmpq:
        """Return the number as a python-flint rational; raises as `fraction` does."""
        if self._rational is not None:
            return self._rational
        if abs(self.exponent) > MAX_WRITTEN_EXPONENT:
            raise InputError(
                f"a power of ten with exponent {self.exponent} is too long to write out "
                f"(at most {MAX_WRITTEN_EXPONENT})"
            )
        return self._written_out()

    def fraction(self) -> Fraction:
        """Return the number as a Fraction.

        Raises InputError if that takes a power of ten beyond ``MAX_WRITTEN_EXPONENT``.

        >>> ExactNumber.parse("-0.20").fraction()
        Fraction(-1, 5)
        """
        rational = self.rational()
        return Fraction(int(rational.p), int(rational.q))

    def _written_out(self) -> fmpq:
        power = fmpz(10) ** abs(self.exponent)
        if self.exponent < 0:
            return fmpq(self.numerator, self.denominator * power)
        return fmpq(self.numerator * power, self.denominator)

    def _canonical(self) -> tuple[int, int, int]:
        """Return the one form with lowest terms, a denominator prime to 10 and no trailing zero.

        Comparing canonical forms compares values without writing the power of ten out.
        """
        if self.sign == 0:
            return 0, 1, 0
        common = self.numerator.gcd(self.denominator)
        numerator, denominator = self.numerator // common, self.denominator // common
        denominator, twos = _remove_factor(denominator, 2)
        denominator, fives = _remove_factor(denominator, 5)
        tens = max(twos, fives)
        numerator *= fmpz(2) ** (tens - twos) * fmpz(5) ** (tens - fives)
        numerator, zeros = _remove_factor(numerator, 10)
        return int(numerator), int(denominator), self.exponent - tens + zeros

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, ExactNumber):
            return NotImplemented
        return self._canonical() == other._canonical()

    def __hash__(self) -> int:
        return hash(self._canonical())

    def __reduce__(self) -> tuple[type[ExactNumber], tuple[int, int, int]]:
        return ExactNumber, (int(self.numerator), int(self.denominator), self.exponent)

    def __str__(self) -> str:
        """Return text that `parse` reads back.

        >>> str(ExactNumber.parse("-0.20")), str(ExactNumber.parse("2e-5000/3"))
        ('-1/5', '2e-5000/3')
        """
        if self._rational is not None:
            return str(self._rational)
        quotient = "" if self.denominator == 1 else f"/{self.denominator}"
        return f"{self.numerator}e{self.exponent}{quotient}"

    def __repr__(self) -> str:
        return f"ExactNumber.parse({str(self)!r})"


def _read_decimal(text: str, start: int) -> tuple[fmpz, int, int]:
    """Return digits, power of ten and the position after the decimal that starts here."""
    match = _DECIMAL.match(text, start)
    assert match is not None, "every part of the pattern may be empty"
    whole, decimals, power = match.groups()
    digits = whole + (decimals or "")
    if not digits:
        found = f"found {text[start]!r}" if start < len(text) else "the text ends"
        raise _error(f"expected {_WANTED}, but {found}", text, start)
    exponent = 0
    if power is not None:
        # int() of the text of a longer power could refuse or be slow.
        exponent = int(power) if len(power) <= 20 else MAX_EXPONENT + 1
        if abs(exponent) > MAX_EXPONENT:
            raise _error("a power of ten beyond 10^18", text, match.start(3))
    # fmpz reads any length; int() stops at 4300 digits.
    return fmpz(digits), exponent - len(decimals or ""), match.end()


def _skip_space(text: str, position: int) -> int:
    match = _SPACE.match(text, position)
    return match.end() if match else position


def _error(message: str, text: str, position: int) -> InputError:
    return InputError(f"{message} at position {position + 1} of {shortened(text)!r}")


def shortened(text: str, limit: int = 60) -> str:
    """Return text of bounded length for a message, its middle left out.

    >>> shortened("0123456789" * 3, 15)
    '012345...456789'
    """
    if len(text) <= limit:
        return text
    head = (limit - 3) // 2
    return f"{text[:head]}...{text[len(text) - (limit - 3 - head) :]}"


def _remove_factor(value: fmpz, factor: int | fmpz) -> tuple[fmpz, int]:
    """Return value without its factors, and their number; value is not 0."""
    if value % factor != 0:
        return value, 0
    value, count = _remove_factor(value // factor, fmpz(factor) ** 2)
    count = 2 * count + 1
    if value % factor == 0:
        return value // factor, count + 1
    return value, count
