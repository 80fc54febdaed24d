"""Decimal digits of the real branches of Lambert W, every printed digit right.

What is printed is the *truncation*: the first ``digits`` significant digits of the infinite decimal
expansion, so that asking for more digits never changes those already seen. For a rational z != 0 the
value is transcendental (Lindemann-Weierstrass), so it is never a finite decimal and raising the
precision always decides its digits; W_0(0) = 0 is the one exact case.
"""

from __future__ import annotations

from functools import cache, lru_cache
from math import log10

from flint import arb, ctx, fmpq, fmpz

from srverify.errors import InputError
from srverify.numerics.exact import MAX_LENGTH, ExactNumber
from srverify.numerics.lambertw_ball import (
    Exact,
    check_branch,
    domain_depth,
    enclose,
    lambertw_ball,
    lambertw_plus_one_ball,
)
from srverify.numerics.lambertw_point import lambertw_at

__all__ = ["MAX_DIGITS", "LambertWValue", "lambertw", "lambertw_ball", "lambertw_plus_one_ball"]

MAX_DIGITS = 10_000
#: Digits computed beyond those printed as the value; they make the enclosure tighter than one unit of
#: its last place.
_EXTRA = 3
_GUARD_BITS = 16
_BITS_PER_DIGIT = 3.3219281
#: Sizes for which ``wanted`` decimal places are close enough to ``wanted`` digits.
_LEAST_PLAIN, _MOST_PLAIN = 0.01, 100.0
#: Below this size digits are never read off a ball: scaling it would take a power of ten of millions
#: of digits, and `_digits_of_tiny` settles every number of `MAX_LENGTH` characters down there.
_LEAST_SCALED = arb((1, -16 * MAX_LENGTH))
#: Values from 10**_LEAST_FIXED are written without an exponent.
_LEAST_FIXED = -5


class LambertWValue:
    """A value W_branch(z): its first digits and a rigorous enclosure.

    ``text`` is W_branch(z) truncated (towards zero) to ``digits`` significant digits. ``lower`` and
    ``upper`` are decimals with ``lower < W_branch(z) < upper`` that differ by one unit in a later
    place than the last of ``text``; only for W_0(0), which is ``exact``, are all three ``0``.
    """

    __slots__ = ("_leading", "_magnitude", "branch", "digits", "negative", "text", "z")

    def __init__(
        self,
        z: ExactNumber,
        branch: int,
        digits: int,
        negative: bool,
        magnitude: str,
        leading: int,
    ) -> None:
        """Take the digits of the truncated absolute value and the power of ten of the first one."""
        self.z = z
        self.branch = branch
        self.digits = digits
        self.negative = negative
        self._magnitude = magnitude
        self._leading = leading
        if leading == 0 and len(magnitude) > 1 < digits:
            text = f"{magnitude[0]}.{magnitude[1:digits]}"
        else:
            text = _decimal(magnitude[:digits], leading)
        self.text = f"-{text}" if negative else text

    @property
    def exact(self) -> bool:
        """Whether ``text`` is the value itself: for W_0(0) = 0 only."""
        return self.z.sign == 0

    @property
    def lower(self) -> str:
        """A decimal below the value (``0`` if it is exact)."""
        return f"-{self._away_from_zero()}" if self.negative else self._towards_zero()

    @property
    def upper(self) -> str:
        """A decimal above the value (``0`` if it is exact)."""
        return f"-{self._towards_zero()}" if self.negative else self._away_from_zero()

    def _towards_zero(self) -> str:
        return _decimal(self._magnitude, self._leading)

    def _away_from_zero(self) -> str:
        if self.exact:
            return self._towards_zero()
        successor = (fmpz(self._magnitude) + 1).str()
        return _decimal(successor, self._leading + len(successor) - len(self._magnitude))

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"LambertWValue(z={self.z}, branch={self.branch}, text={self.text!r})"


def lambertw(z: Exact, branch: int = -1, digits: int = 50) -> LambertWValue:
    """Return W_branch(z) to ``digits`` significant digits, truncated, with a rigorous enclosure.

    ``z`` is exact: an integer, Fraction, Decimal, python-flint rational, ExactNumber, or text such as
    ``"-1/5"`` or ``"-1e-5000"``. ``branch`` is 0 (z >= -1/e) or -1 (-1/e <= z < 0), ``digits`` from 1
    to 10 000. The working precision of ``flint.ctx`` is the same before and after.

    Raises InputError for z outside the domain, inexact or unreadable z, and other branches or digits.
    Serves D09, D10 and D12.

    >>> lambertw("-1/5", -1, 30).text
    '-2.54264135777352642429380615666'
    >>> value = lambertw("-1e-5000", digits=10)
    >>> value.text, value.lower, value.upper
    ('-11522.27750', '-11522.27750259', '-11522.27750258')
    >>> lambertw("1e-40", 0, 10).text
    '9.999999999e-41'
    """
    number = z if type(z) is ExactNumber else ExactNumber.of(z)
    wanted, bits = _effort(digits)
    check_branch(branch)
    negative = branch == -1 or number.sign < 0
    outer = ctx.prec
    try:
        # One evaluation settles ordinary arguments; `_decided` is for the others.
        ctx.prec = bits
        magnitude, leading = _truncated(lambertw_at(number.ball(), branch), negative, wanted)
        if not magnitude:
            magnitude, leading = _decided(number, branch, negative, wanted, bits)
        return LambertWValue(number, branch, digits, negative, magnitude, leading)
    finally:
        ctx.prec = outer


@cache
def _effort(digits: int) -> tuple[int, int]:
    """Return the digits to compute and the first working precision for them."""
    if type(digits) is not int or not 1 <= digits <= MAX_DIGITS:
        raise InputError(f"digits {digits!r} out of range: an integer from 1 to {MAX_DIGITS}")
    wanted = digits + _EXTRA
    return wanted, int(wanted * _BITS_PER_DIGIT) + _GUARD_BITS


def _truncated(value: arb, negative: bool, wanted: int) -> tuple[str, int]:
    """Return about ``wanted`` digits of abs(value) and the power of ten of the first one.

    The digits are "" if the ball does not decide them, is not finite, or is too close to 0.
    """
    size = abs(float(value))
    if _LEAST_PLAIN < size < _MOST_PLAIN:
        places = wanted
    elif 1e-300 < size < 1e300:
        places = wanted - 1 - int(log10(size))
    elif value.is_finite() and abs(value) > _LEAST_SCALED:
        middle, _, power = value.mid_rad_10exp(1)
        places = wanted - len(abs(middle).str()) - int(power)
    else:
        return "", 0
    truncated = (value * _signed_power_of_ten(negative, places)).floor().unique_fmpz()
    if truncated is None:
        return "", 0
    magnitude = truncated.str()
    return magnitude, len(magnitude) - 1 - places


def _decided(z: ExactNumber, branch: int, negative: bool, wanted: int, bits: int) -> tuple[str, int]:
    """Return digits of abs(W_branch(z)) at whatever precision they need; refuse z off the domain."""
    depth = domain_depth(z, branch)
    if z.sign == 0:
        return "0", 0
    if branch == 0:
        tiny = _digits_of_tiny(z, wanted)
        if tiny is not None:
            return tiny
        # W_0(z) = z - z^2 + ... agrees with the possibly short decimal z to this many bits.
        bits += max(0, z.denominator.bit_length() - z.numerator.bit_length() - 4 * z.exponent)
    while True:
        magnitude, leading = _truncated(enclose(z, branch, bits, depth), negative, wanted)
        if magnitude:
            return magnitude, leading
        bits = 2 * bits + depth


def _digits_of_tiny(z: ExactNumber, wanted: int) -> tuple[str, int] | None:
    """Return digits of abs(W_0(z)) when z is so small that those of z decide them, else None.

    For 0 < z: z(1 - z) < W_0(z) < z. For -1/4 <= z < 0: 1 < W_0(z)/z < 1 + 2|z|, since
    W_0(z)/z = exp(|W_0(z)|). With z = p/q 10^e and x = |p| 10^j/q of ``wanted`` or one more digits, x is
    an integer or at least 1/(q 10^max(0, -j)) away from one. The condition on e makes 2 |z| x smaller
    than that, so abs(W_0(z)) 10^(j - e), on its known side of x, truncates as x does.
    """
    numerator, denominator = abs(z.numerator), z.denominator
    length = len(numerator.str())
    if z.exponent + 2 * length + wanted + 2 > 0:
        return None
    shift = wanted - length + len(denominator.str())
    if shift >= 0:
        numerator *= fmpz(10) ** shift
    else:
        denominator *= fmpz(10) ** -shift
    truncated = numerator // denominator
    if z.sign > 0 and truncated * denominator == numerator:
        truncated -= 1
    magnitude = truncated.str()
    return magnitude, len(magnitude) - 1 - shift + z.exponent


@lru_cache(maxsize=64)
def _signed_power_of_ten(negative: bool, exponent: int) -> fmpz | fmpq:
    power = fmpz(10) ** abs(exponent)
    signed = -power if negative else power
    return signed if exponent >= 0 else 1 / fmpq(signed)


def _decimal(digits: str, leading: int) -> str:
    """Write digits whose first one stands at 10**leading.

    >>> _decimal("12345", 1), _decimal("12345", -3), _decimal("12345", 5), _decimal("1", -9)
    ('12.345', '0.0012345', '1.2345e+5', '1e-9')
    """
    point = leading + 1
    if 0 < point < len(digits):
        return f"{digits[:point]}.{digits[point:]}"
    if point == len(digits):
        return digits
    if _LEAST_FIXED <= leading < 0:
        return f"0.{'0' * -point}{digits}"
    decimals = f".{digits[1:]}" if len(digits) > 1 else ""
    return f"{digits[0]}{decimals}e{leading:+d}"
