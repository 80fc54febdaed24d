"""Enclosures of the real branches of Lambert W over balls and at exact points.

W_0 increases from -1 to oo on [-1/e, oo); W_{-1} decreases from -1 to -oo on [-1/e, 0). Both are
evaluated at the two ends of a ball, so that wide balls give tight images. Close to the branch point
-1/e an exact argument is enclosed at rising precision until it is certainly inside or outside the
domain; no rational equals -1/e, so this ends.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from flint import arb, ctx, fmpq, fmpz

from srverify.language.errors import InputError
from srverify.numerics.exact import ExactNumber
from srverify.numerics.lambertw_point import lambertw_at

if TYPE_CHECKING:
    from srverify.numerics.lambertw_constant import ConstantArgument

Exact = ExactNumber | int | Fraction | Decimal | fmpz | fmpq | str
Argument: TypeAlias = "ExactNumber | ConstantArgument"

#: Bits computed beyond those asked for; arb's own evaluation loses two or three.
_GUARD = 16
#: Right of this point the branch point is far enough to cost no precision.
_NEAR_BRANCH_POINT = arb(fmpq(-9, 25))
_BRANCH_POINT_START = 64
#: Relative accuracy, in bits, from which a ball is tried in one evaluation.
_NARROW = 24
_EVERYTHING = arb(0, "inf")


def lambertw_ball(z: arb | Exact, branch: int, precision: int, *, clip: bool = False) -> arb:
    """Return a ball that contains W_branch(x) for every real x in z.

    An exact ``z`` (no radius, or no ball at all) gives at least ``precision`` bits of relative
    accuracy. A ball gives the image of its two ends, widened outward by the 30 bits of a radius.
    A ball that is not certainly inside the domain gives ``nan``, and so does a non-finite one;
    "certainly" is judged for the ends rounded outward 64 bits below the midpoint's last bit. With
    ``clip`` the part outside the domain is ignored instead: the result contains W_branch(x) for
    every x of the ball inside the domain, is ``[+/- inf]`` if the branch or the ball is unbounded, and
    ``nan`` only if the ball meets the domain nowhere.

    The working precision of ``flint.ctx`` is the same before and after. Raises InputError if an exact
    number that is no ball lies outside the domain, or if ``branch`` is not 0 or -1.

    >>> lambertw_ball("-1/5", -1, 53).str(10)
    '[-2.542641358 +/- 2.27e-10]'
    >>> image = lambertw_ball(arb("[-0.2 +/- 0.1]"), -1, 53)
    >>> round(float(image.lower()), 4), round(float(image.upper()), 4)
    (-3.5772, -1.7813)
    >>> lambertw_ball(arb("[-0.3 +/- 0.1]"), -1, 53)
    nan
    >>> round(float(lambertw_ball(arb("[-0.3 +/- 0.1]"), -1, 53, clip=True).upper()), 4)
    -1.0
    """
    check_branch(branch)
    outer = ctx.prec
    try:
        if not isinstance(z, arb):
            number = z if type(z) is ExactNumber else argument_of(z)
            ctx.prec = precision + _GUARD
            value = lambertw_at(number.ball(), branch)
            if value.rel_accuracy_bits() >= precision:
                return value
            return enclose(number, branch, precision, domain_depth(number, branch))
        bits = z.rel_accuracy_bits()
        if bits >= _NARROW:
            # Sound in any case; kept where it is also tight.
            ctx.prec = precision + _GUARD
            value = lambertw_at(z, branch)
            if value.rel_accuracy_bits() >= min(bits - 2, precision):
                return value
        ends = _image_of_ends(z, branch, precision, clip)
        if ends is None:
            return arb.nan()
        ctx.prec = precision
        return ends[0].union(ends[1]) if len(ends) == 2 else ends[0]
    finally:
        ctx.prec = outer


def lambertw_plus_one_ball(z: Exact, branch: int, precision: int) -> arb:
    """Return an enclosure of W_branch(z) + 1 with ``precision`` bits of relative accuracy.

    This is what the derivative W/(z(1 + W)) needs near the branch point, where W itself is -1 to many
    digits. Raises InputError if z is outside the domain or ``branch`` is not 0 or -1.

    >>> lambertw_plus_one_ball("-0.367879441171442321595523770161460867445", 0, 53).str(5)
    '[6.6406e-20 +/- 6.53e-26]'
    """
    check_branch(branch)
    exact = argument_of(z)
    outer = ctx.prec
    try:
        depth = domain_depth(exact, branch)
        # A relative error 2^-p of z is one of about 2^(depth - p) in W + 1 = sqrt(2(1 + e z)) + ... .
        return _refined(exact.ball, branch, precision, precision + depth, lambda w: w + 1)
    finally:
        ctx.prec = outer


def argument_of(z: Exact) -> Argument:
    """Return an exact number, or its text, a closed form too, as W takes it.

    Raises InputError for what is neither.
    """
    if isinstance(z, str):
        # Most arguments are numbers: what reads closed forms is loaded for these only.
        from srverify.numerics.lambertw_constant import is_closed_form, parse_argument

        if is_closed_form(z):
            return parse_argument(z)
    return ExactNumber.of(z)


def enclose(z: Argument, branch: int, precision: int, depth: int) -> arb:
    """Return W_branch(z) to ``precision`` bits for z in the domain, ``depth`` its `domain_depth`.

    Changes the working precision of ``flint.ctx``.
    """
    return _w_refined(z.ball, branch, precision, depth)


def check_branch(branch: int) -> None:
    """Raise InputError unless branch is one of the two real ones."""
    if branch not in (0, -1):
        raise InputError(f"branch {branch!r} is not real-valued: it must be 0 or -1")


def domain_depth(z: Argument, branch: int) -> int:
    """Return a depth with 1 + e z < 2^(1 - depth), close to the largest one if that is positive.

    It is the number of bits that the branch point costs; 0 away from it. Raises InputError if z is
    outside the branch's domain. Changes the working precision.
    """
    if branch == -1 and z.sign >= 0:
        raise InputError(
            f"W_-1 is real on [-1/e, 0) only, and {_shown(z)} is not negative (branch 0 is real there)"
        )
    depth = 0 if z.sign >= 0 else _depth(z.ball)
    if depth is None:
        ctx.prec *= 2
        gap = (-1 / arb.const_e() - z.ball()).str(2, radius=False)
        raise InputError(
            f"{_shown(z)} is below -1/e = {_branch_point_text()} by {gap}: Lambert W is not real there"
        )
    return depth


def _branch_point_text() -> str:
    with ctx.workprec(128):
        digits = (arb(-1).exp() * fmpz(10) ** 20).floor().unique_fmpz()
    return f"-0.{digits}..."


def _shown(z: Argument) -> str:
    text = str(z)
    return f"z = {text}" if len(text) <= 40 else "z"


def _depth(ball: Callable[[], arb]) -> int | None:
    """Return `domain_depth` of the exact number in these balls, or None if it is below -1/e."""
    ctx.prec = precision = max(ctx.prec, _BRANCH_POINT_START)
    while True:
        gap = ball() * arb.const_e() + 1
        if gap > 0:
            # The radius is below the midpoint, so the gap is below twice the midpoint.
            mantissa, exponent = gap.mid().man_exp()
            return max(0, -int(mantissa.bit_length() + exponent))
        if gap < 0:
            return None
        ctx.prec = precision = 2 * precision


def _w_refined(ball: Callable[[], arb], branch: int, precision: int, depth: int) -> arb:
    # An error 2^-p of z is one of about 2^(depth/2 - p) in W, once it is below the distance to -1/e.
    return _refined(ball, branch, precision, max(depth, precision + depth // 2), lambda w: w)


def _refined(
    ball: Callable[[], arb],
    branch: int,
    precision: int,
    working: int,
    wanted: Callable[[arb], arb],
) -> arb:
    """Return ``wanted(W(z))`` to ``precision`` bits for an exact z in the domain.

    ``working`` is an estimate of the bits that this takes; the loop covers whatever it misses.
    """
    working += _GUARD
    while True:
        ctx.prec = working
        result = wanted(lambertw_at(ball(), branch))
        if result.is_finite() and result.rel_accuracy_bits() >= precision:
            return result
        working *= 2


def _image_of_ends(z: arb, branch: int, precision: int, clip: bool) -> tuple[arb, ...] | None:
    """Return enclosures of W at the ends of the ball, or None where the contract says ``nan``."""
    if not z.is_finite():
        return (_EVERYTHING,) if clip and not z.is_nan() else None
    if z.is_exact():
        value = _at_end(z, branch, precision)
        return None if value is None else (value,)
    ctx.prec = max(precision, z.bits()) + 64
    low, high = z.lower(), z.upper()
    if branch == -1 and high >= 0:
        return (_EVERYTHING,) if clip and low < 0 else None
    right = _at_end(high, branch, precision)
    if right is None:
        return None
    left = _at_end(low, branch, precision)
    if left is None:
        return (arb(-1), right) if clip else None
    return left, right


def _at_end(x: arb, branch: int, precision: int) -> arb | None:
    """Return W at an exact point of any sign, None outside the domain."""
    if branch == -1 and x >= 0:
        return None
    depth = 0 if x > _NEAR_BRANCH_POINT else _depth(lambda: x)
    if depth is None:
        return None
    return _w_refined(lambda: x, branch, precision, depth)
