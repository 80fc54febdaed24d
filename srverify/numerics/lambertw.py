"""Decimal digits of the real branches of Lambert W, every printed digit right.

What is printed is the *truncation*: the first ``digits`` significant digits of the infinite decimal
expansion, so that asking for more digits never changes those already seen. For a rational z != 0 the
value is transcendental (Lindemann-Weierstrass), so it is never a finite decimal and raising the
precision always decides its digits; W_0(0) = 0 is the one exact case. For a closed form the value may be
a decimal, as at -exp(-1): see `lambertw_constant`.
"""

from __future__ import annotations

from functools import cache, lru_cache
from math import log10

from flint import arb, ctx, fmpq, fmpz

from srverify.language.errors import InputError
from srverify.numerics.exact import MAX_LENGTH, ExactNumber
from srverify.numerics.lambertw_ball import (
    Argument,
    Exact,
    argument_of,
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
#: Bits beyond those digits: enough that hardly any evaluation has to be done again, also 10^-5 away
#: from the branch point, which costs half as many bits as the distance has.
_GUARD_BITS = 24
#: Zero bits after the point of z from which its own digits are tried for those of W_0(z).
_TINY_BITS = 256
_BITS_PER_DIGIT = 3.3219281
#: Sizes for which ``wanted`` decimal places are close enough to ``wanted`` digits.
_LEAST_PLAIN, _MOST_PLAIN = 0.01, 100.0
#: Below this size digits are never read off a ball: scaling it would take a power of ten of millions
#: of digits, and `_floor_of_tiny` settles every number of `MAX_LENGTH` characters down there.
_LEAST_SCALED = arb((1, -16 * MAX_LENGTH))
#: Values from 10**_LEAST_FIXED are written without an exponent.
_LEAST_FIXED = -5


class LambertWValue:
    """A value W_branch(z): its first digits and a rigorous enclosure.

    ``text`` is W_branch(z) truncated (towards zero) to ``digits`` significant digits. ``lower`` and
    ``upper`` are decimals with ``lower < W_branch(z) < upper`` that differ by one unit in a later
    place than the last of ``text``; only where the value is a decimal itself (``exact``), as W_0(0) and
    W_0(exp(1)) are, all three are that.
    """

    __slots__ = ("_floor", "_places", "branch", "digits", "exact", "z")

    def __init__(
        self, z: Argument, branch: int, digits: int, floor: fmpz, places: int, exact: bool = False
    ) -> None:
        """Take the floor of W_branch(z) 10^places, which is no integer unless the value is exact."""
        self.z = z
        #: Whether ``text`` is the value itself.
        self.exact = exact
        self.branch = branch
        self.digits = digits
        self._floor = floor
        self._places = places

    @property
    def text(self) -> str:
        """The first ``digits`` digits of the value."""
        floor = self._floor
        if self.exact:
            return _decimal(floor.str(), self._places)
        towards_zero = floor + 1 if floor < 0 else floor
        return _decimal(towards_zero.str(), self._places, self.digits)

    @property
    def lower(self) -> str:
        """A decimal below the value (``0`` if it is exact)."""
        return _decimal(self._floor.str(), self._places)

    @property
    def upper(self) -> str:
        """A decimal above the value (``0`` if it is exact)."""
        above = self._floor if self.exact else self._floor + 1
        return _decimal(above.str(), self._places)

    def __str__(self) -> str:
        return self.text

    def _repr_latex_(self) -> str:
        """Return what a notebook typesets: the truncated digits, marked as going on."""
        more = "" if self.exact else r"\ldots"
        mantissa, _, exponent = self.text.partition("e")
        power = rf" \cdot 10^{{{int(exponent)}}}" if exponent else ""
        return rf"$\displaystyle W_{{{self.branch}}}\left({self.z}\right) = {mantissa}{more}{power}$"

    def __repr__(self) -> str:
        return f"LambertWValue(z={self.z}, branch={self.branch}, text={self.text!r})"


def lambertw(z: Exact, branch: int = -1, digits: int = 50) -> LambertWValue:
    """Return W_branch(z) to ``digits`` significant digits, truncated, with a rigorous enclosure.

    ``z`` is exact: an integer, Fraction, Decimal, python-flint rational, ExactNumber, or text such as
    ``"-1/5"``, ``"-1e-5000"`` or ``"-exp(-1) + 10^-1000"``. ``branch`` is 0 (z >= -1/e) or -1
    (-1/e <= z < 0), ``digits`` from 1 to 10 000. The working precision of ``flint.ctx`` is the same
    before and after.

    Raises InputError for z outside the domain, inexact or unreadable z, and other branches or digits.
    Serves D09, D10 and D12.

    >>> lambertw("-1/5", -1, 30).text
    '-2.54264135777352642429380615666'
    >>> value = lambertw("-1e-5000", digits=10)
    >>> value.text, value.lower, value.upper
    ('-11522.27750', '-11522.27750259', '-11522.27750258')
    >>> lambertw("1e-40", 0, 10).text
    '9.999999999e-41'
    >>> lambertw("-exp(-1) + 10^-30", -1, 20).text, lambertw("2*exp(2)", 0).text
    ('-1.0000000000000023316', '2')
    """
    number = z if type(z) is ExactNumber else argument_of(z)
    wanted, bits, scale = _effort(digits)
    if branch == 0:
        # W_0(z) = z - z^2 + ... agrees with the possibly short decimal z to about this many bits.
        bits += number.leading_zero_bits
        if type(number) is ExactNumber and number.leading_zero_bits > _TINY_BITS:
            tiny = _floor_of_tiny(number, wanted)
            if tiny is not None:
                return LambertWValue(number, branch, digits, *tiny)
    else:
        check_branch(branch)
    outer = ctx.prec
    ctx.prec = bits
    try:
        if type(number) is not ExactNumber:
            return LambertWValue(number, branch, digits, *_decided(number, branch, wanted, bits))
        # One evaluation settles ordinary arguments; `_decided` is for the others.
        value = lambertw_at(number.ball(), branch)
        if _LEAST_PLAIN < abs(float(value)) < _MOST_PLAIN:
            floor, places = (value * scale).floor().unique_fmpz(), wanted
        else:
            floor, places = _floor(value, wanted)
        if floor is None:
            return LambertWValue(number, branch, digits, *_decided(number, branch, wanted, bits))
        return LambertWValue(number, branch, digits, floor, places)
    finally:
        ctx.prec = outer


@cache
def _effort(digits: int) -> tuple[int, int, fmpz]:
    """Return the digits to compute, the first working precision for them, and their power of ten."""
    if type(digits) is not int or not 1 <= digits <= MAX_DIGITS:
        raise InputError(f"digits {digits!r} out of range: an integer from 1 to {MAX_DIGITS}")
    wanted = digits + _EXTRA
    return wanted, int(wanted * _BITS_PER_DIGIT) + _GUARD_BITS, fmpz(10) ** wanted


def _floor(value: arb, wanted: int) -> tuple[fmpz | None, int]:
    """Return the floor of value 10^places for places that leave about ``wanted`` digits, and places.

    The floor is None if the ball does not decide it, is not finite, or is too close to 0.
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
        return None, 0
    return (value * _power_of_ten(places)).floor().unique_fmpz(), places


def _decided(z: Argument, branch: int, wanted: int, bits: int) -> tuple[fmpz, int, bool]:
    """Return a floor as `_floor` does at whatever precision it needs, and whether it is the value.

    Refuses z off the domain.
    """
    if z.sign == 0 and branch == 0:
        return fmpz(0), 0, True
    if _is_exact(z, fmpz(-1), 0):
        return fmpz(-1), 0, True
    depth = domain_depth(z, branch)
    if depth > 2 * _BITS_PER_DIGIT * wanted + 4:
        # With gap 1 + e z <= 1/10, |W + 1| <= 2 sqrt(gap): t = -(W + 1) has 1 - (1 + t) e^-t = gap,
        # which is at least t^2/4 for t <= 3/4. Here that is below 10^-wanted.
        return branch - fmpz(10) ** wanted, wanted, False
    while True:
        value = enclose(z, branch, bits, depth)
        floor, places = _floor(value, wanted)
        if not isinstance(z, ExactNumber):
            scaled = value * _power_of_ten(places)
            nearest = (scaled + arb(0.5)).floor().unique_fmpz()
            if nearest is not None and scaled.contains(nearest) and _is_exact(z, nearest, places):
                return *_shortest(nearest, places), True
        if floor is not None:
            return floor, places, False
        # W may still be close to a decimal.
        bits = 2 * bits + depth


def _is_exact(z: Argument, floor: fmpz, places: int) -> bool:
    """Tell whether it is shown that W is a decimal at z; at rational ones it never is, but at 0."""
    return not isinstance(z, ExactNumber) and z.is_argument_of(floor, places)


def _shortest(significand: fmpz, places: int) -> tuple[fmpz, int]:
    """Return a decimal without zeros at its end."""
    while places > 0 and significand % 10 == 0:
        significand, places = significand // 10, places - 1
    return significand, places


def _floor_of_tiny(z: ExactNumber, wanted: int) -> tuple[fmpz, int] | None:
    """Return the same for W_0(z) if z is so small that its own digits decide those of W, else None.

    For 0 < z: z(1 - z) < W_0(z) < z. For -1/4 <= z < 0: 1 < W_0(z)/z < 1 + 2|z|, since
    W_0(z)/z = exp(|W_0(z)|). So W_0(z) lies below z by less than 2 z^2. With z = p/q 10^e and
    x = p 10^j/q of ``wanted`` or one more digits, x is an integer or at least 1/(q 10^max(0, -j)) above
    its floor. The condition on e makes 2 |z x| smaller than that and than 1, so W_0(z) 10^(j - e), a
    little below x, has the floor of x unless x is an integer, and then x - 1.
    """
    numerator, denominator = z.numerator, z.denominator
    length = len(abs(numerator).str())
    if z.exponent + 2 * length + wanted + 2 > 0:
        return None
    shift = wanted - length + len(denominator.str())
    if shift >= 0:
        numerator = numerator * fmpz(10) ** shift
    else:
        denominator = denominator * fmpz(10) ** -shift
    floor = (numerator - 1) // denominator
    return floor, shift - z.exponent


@lru_cache(maxsize=64)
def _power_of_ten(exponent: int) -> fmpz | fmpq:
    power = fmpz(10) ** abs(exponent)
    return power if exponent >= 0 else fmpq(1, power)


def _decimal(significand: str, places: int, digits: int | None = None) -> str:
    """Write an integer times 10^-places, truncated to so many significant digits.

    >>> _decimal("12345", 3), _decimal("-12345", 7), _decimal("12345", 3, 3)
    ('12.345', '-0.0012345', '12.3')
    >>> _decimal("12345", -1), _decimal("12345", 0, 3), _decimal("-1", 9)
    ('1.2345e+5', '1.23e+4', '-1e-9')
    """
    sign = ""
    if significand[0] == "-":
        sign, significand = "-", significand[1:]
    point = len(significand) - places
    shown = significand[:digits]
    if 0 < point < len(shown):
        return f"{sign}{shown[:point]}.{shown[point:]}"
    if point == len(shown):
        return f"{sign}{shown}"
    if _LEAST_FIXED < point <= 0:
        return f"{sign}0.{'0' * -point}{shown}"
    decimals = f".{shown[1:]}" if len(shown) > 1 else ""
    return f"{sign}{shown[0]}{decimals}e{point - 1:+d}"
