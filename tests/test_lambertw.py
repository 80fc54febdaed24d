"""Lambert W: digits, enclosures and balls, checked without using Lambert W itself.

The independent check is the monotone function g(w) = w e^w: W_0 inverts it on [-1, oo), where g
increases, and W_{-1} on (-oo, -1], where g decreases. So a < W_0(z) < b iff g(a) < z < g(b) for
a, b >= -1, and a < W_{-1}(z) < b iff g(a) > z > g(b) for a, b <= -1.
"""

from __future__ import annotations

import json
import math
import random
from decimal import Decimal
from fractions import Fraction

import mpmath
import pytest
from flint import arb, ctx, fmpq, fmpz
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from srverify.commands.cli import run
from srverify.language.errors import InputError
from srverify.numerics import lambertw_ball as lambertw_ball_module
from srverify.numerics import lambertw_constant, lambertw_point
from srverify.numerics.exact import ExactNumber
from srverify.numerics.lambertw import (
    MAX_DIGITS,
    LambertWValue,
    lambertw,
    lambertw_ball,
    lambertw_plus_one_ball,
)
from srverify.numerics.lambertw_point import lambertw_at

MINUS_1_OVER_E_20 = "-0.36787944117144232159..."


def near_branch_point(exponent: int, side: int = 1, denominator_digits: int = 20) -> str:
    """Return a decimal about 10^-exponent to the right (side 1) or left (-1) of -1/e."""
    places = exponent + denominator_digits
    with ctx.workprec(4 * places + 64):
        scaled = (arb(-1).exp() * fmpz(10) ** places).floor().unique_fmpz()
    return f"{-(scaled - side * fmpz(10) ** denominator_digits)}e-{places}"


def strictly_brackets(z: str, branch: int, lower: str, upper: str, bits: int = 0) -> bool:
    """Whether lower < W_branch(z) < upper, decided by g alone."""
    length = len(lower) + len(upper) + len(z)
    with ctx.workprec(bits or 8 * length + 256):
        number, low, high = (arb(ExactNumber.parse(text).rational()) for text in (z, lower, upper))
        below, above = low * low.exp() - number, high * high.exp() - number
        if branch == 0:
            return bool(low >= -1 and below < 0 and above > 0)
        return bool(high <= -1 and below > 0 and above < 0)


def assert_right(value: LambertWValue, z: str, bits: int = 0) -> None:
    """Check that the enclosure holds, that it is tight, and that the text is its common prefix."""
    lower, upper = ExactNumber.parse(value.lower), ExactNumber.parse(value.upper)
    assert strictly_brackets(z, value.branch, value.lower, value.upper, bits)
    toward_zero = value.upper if value.text.startswith("-") else value.lower
    digits = value.digits
    assert significand(toward_zero)[:digits] == significand(value.text)
    assert len(significand(value.text)) == digits
    width = upper.fraction() - lower.fraction()
    size = abs(ExactNumber.parse(value.text).fraction())
    assert 0 < width <= size / Fraction(10) ** digits


def significand(decimal: str) -> str:
    digits = decimal.partition("e")[0].lstrip("-").replace(".", "")
    return digits.lstrip("0")


ORDINARY = ["-0.367", "-0.3", "-1/5", "-1/7", "-0.01", "-1e-3", "-1e-9", "-1e-30"]
TINY = ["-1e-37", "-3e-300", "-1e-5000", "-7/3e99"]
BRANCH_ZERO = ["-3e-40", "1e-40", "1e-9", "1e-3", "1/3", "1", "2.718281828459045", "10", "1e10"]
BRANCH_ZERO += ["1e35", "1e37", "2/7e60", "1e300", "12345e1000"]
OFF_BRANCH = "W_-1 is real on [-1/e, 0) only, and z = {} is not negative (branch 0 is real there)"


@pytest.mark.parametrize("digits", [1, 2, 5, 17, 50, 60, 200, 1000])
@pytest.mark.parametrize("z", [*ORDINARY, *TINY])
def test_branch_minus_one_digits(z: str, digits: int) -> None:
    assert_right(lambertw(z, -1, digits), z)


@pytest.mark.parametrize("digits", [1, 2, 5, 17, 50, 60, 200, 1000])
@pytest.mark.parametrize("z", [*ORDINARY, *BRANCH_ZERO])
def test_branch_zero_digits(z: str, digits: int) -> None:
    assert_right(lambertw(z, 0, digits), z)


def test_the_bracket_rejects_a_digit_off_by_one() -> None:
    value = lambertw("-1/5", -1, 30)
    assert strictly_brackets("-1/5", -1, value.lower, value.upper)
    assert not strictly_brackets("-1/5", -1, value.upper, value.lower)
    shifted = f"{value.lower[:-1]}{(int(value.lower[-1]) + 1) % 10}"
    assert not strictly_brackets("-1/5", -1, shifted, value.upper)
    assert not strictly_brackets("-1/5", 0, value.lower, value.upper)


@pytest.mark.parametrize("branch", [0, -1])
@pytest.mark.parametrize("digits", [1, 30, 600])
@pytest.mark.parametrize("exponent", [10, 100, 1000, 4000])
def test_close_to_the_branch_point(exponent: int, digits: int, branch: int) -> None:
    z = near_branch_point(exponent)
    value = lambertw(z, branch, digits)
    assert_right(value, z, bits=4 * (2 * exponent + digits) + 512)
    # W + 1 is about sqrt(2 e distance).
    with ctx.workprec(8 * exponent + 256):
        ball = lambertw_plus_one_ball(z, branch, 64)
        ratio = ball**2 / (2 * (ExactNumber.parse(z).ball() * arb(1).exp() + 1))
    assert ball.rel_accuracy_bits() >= 64
    assert (ball > 0) == (branch == 0)
    assert abs(ratio - 1) < arb(10) ** max(1 - exponent // 2, -18)


@given(st.integers(1, 150), st.integers(1, 100), st.sampled_from([0, -1]))
@settings(max_examples=60, deadline=None)
def test_every_depth_near_the_branch_point(exponent: int, digits: int, branch: int) -> None:
    """The seam between digits of W and digits that only say on which side of -1 it lies."""
    z = near_branch_point(exponent)
    assert_right(lambertw(z, branch, digits), z)


@pytest.mark.parametrize("exponent", [10, 100, 1000, 4000])
@pytest.mark.parametrize("branch", [0, -1])
def test_just_left_of_the_branch_point_is_refused(exponent: int, branch: int) -> None:
    z = near_branch_point(exponent, side=-1)
    with pytest.raises(InputError) as caught:
        lambertw(z, branch, 5)
    shown = f"z = {ExactNumber.parse(z)}" if exponent == 10 else "z"
    assert str(caught.value).replace(shown, "z") == (
        f"z is below -1/e = {MINUS_1_OVER_E_20} by 1.0e-{exponent}: Lambert W is not real there"
    )


def test_plus_one_keeps_its_accuracy_away_from_the_branch_point_too() -> None:
    one = lambertw_plus_one_ball("-1/5", -1, 100)
    assert one.rel_accuracy_bits() >= 100
    with ctx.workprec(120):
        assert (one - 1).overlaps(lambertw_ball("-1/5", -1, 110))
    with pytest.raises(InputError, match="is not negative"):
        lambertw_plus_one_ball("1/5", -1, 100)


def test_most_digits_and_prefixes() -> None:
    """Truncation: fewer digits are a prefix of more, up to the largest request."""
    for z, branch in [("-1/5", -1), ("-1/5", 0), (near_branch_point(50), -1), ("1e-500", 0)]:
        longest = significand(lambertw(z, branch, MAX_DIGITS).text)
        assert len(longest) == MAX_DIGITS
        for digits in (1, 3, 10, 49, 400, 401, 999, 9_999):
            assert longest.startswith(significand(lambertw(z, branch, digits).text))


def test_ten_thousand_digits_are_right() -> None:
    assert_right(lambertw("-1/5", -1, MAX_DIGITS), "-1/5", bits=34_000)


def test_known_values() -> None:
    # The omega constant and W_0(e)-like neighbours from the literature (Corless et al. 1996).
    assert lambertw(1, 0, 40).text == "0.5671432904097838729999686622103555497538"
    with ctx.workprec(400):
        e = (arb(1).exp() * fmpz(10) ** 60).floor().unique_fmpz()
    assert lambertw(f"{e}e-60", 0, 20).text == "0.99999999999999999999"
    assert lambertw(f"{e + 1}e-60", 0, 20).text == "1.0000000000000000000"


def test_mpmath_agrees_at_random_points_and_digits() -> None:
    source = random.Random(20_260_112)
    for _ in range(100):
        branch = source.choice([0, -1])
        digits = source.randint(1, 300)
        mantissa = source.randint(1, 10 ** source.randint(1, 40))
        if branch == 0 and source.random() < 0.6:
            z = f"{mantissa}e{source.randint(-60, 60)}"
        else:
            # In (-0.36, 0), the logarithm spread out.
            scale = len(str(mantissa)) + source.choice([0, 1, 5, 40])
            z = f"-{Fraction(mantissa * 36, 100)}".replace("/", f"e-{scale}/")
            z = z if "/" in z else f"{z}e-{scale}"
        with mpmath.workdps(digits + 200):
            number = ExactNumber.parse(z)
            exact = mpmath.mpf(int(number.numerator)) / int(number.denominator)
            exact *= mpmath.mpf(10) ** number.exponent
            expected = mpmath.lambertw(exact, branch)
            text = lambertw(z, branch, digits).text
            difference = abs(expected) - abs(mpmath.mpf(text))
            unit = mpmath.mpf(10) ** (mpmath.floor(mpmath.log10(abs(expected))) - digits + 1)
            assert 0 < difference < unit, (z, branch, digits)


@pytest.mark.parametrize(
    ("z", "digits", "text", "lower", "upper"),
    [
        ("1e-1000000", 1, "9e-1000001", "9.999e-1000001", "1.0000e-1000000"),
        ("-1e-1000000", 3, "-1.00e-1000000", "-1.000001e-1000000", "-1.000000e-1000000"),
        ("5e-1000000", 2, "4.9e-1000000", "4.99999e-1000000", "5.00000e-1000000"),
        ("1/3e1000", 4, "3.333e-1001", "3.333333e-1001", "3.333334e-1001"),
        ("-2/3e1000", 4, "-6.666e-1001", "-6.666667e-1001", "-6.666666e-1001"),
    ],
)
def test_tiny_arguments_on_branch_zero(z: str, digits: int, text: str, lower: str, upper: str) -> None:
    """W_0(z) = z - z^2 + ...: just inside z for z > 0, just outside for z < 0."""
    value = lambertw(z, 0, digits)
    assert (value.text, value.lower, value.upper) == (text, lower, upper)


@given(
    st.integers(1, 10**12),
    st.integers(1, 10**6),
    st.integers(-160, -2),
    st.integers(1, 80),
    st.booleans(),
)
@settings(max_examples=150, deadline=None)
def test_small_arguments_on_branch_zero(
    numerator: int, denominator: int, exponent: int, digits: int, negative: bool
) -> None:
    """Both ways of finding the digits of small arguments, and the seam between them."""
    size = Fraction(numerator, denominator) * Fraction(10) ** exponent
    assume(size < Fraction(36, 100))
    z = f"{'-' if negative else ''}{numerator}e{exponent}/{denominator}"
    assert_right(lambertw(z, 0, digits), z, bits=4096)


@pytest.mark.parametrize(
    ("z", "branch", "text"),
    [
        ("-1e-1000000", -1, "-2302599.742543411"),
        ("-1e-1000000000000000000", -1, "-2302585092994045726.2985555738251423380"),
        ("1e1000000", 0, "2302570.443457404"),
        ("1e1000000000000000000", 0, "2302585092994045641.7"),
    ],
)
def test_enormous_exponents(z: str, branch: int, text: str) -> None:
    """Checked by u + s log u = s log|z| with u = |W|, where s is 1 on branch 0 and -1 otherwise."""
    value = lambertw(z, branch, len(significand(text)))
    assert value.text == text
    sign = 1 if branch == 0 else -1
    number = ExactNumber.parse(z)
    with ctx.workprec(512):
        target = sign * (number.exponent * arb(10).log())
        near, far = (abs(ExactNumber.parse(end).ball()) for end in (value.lower, value.upper)[::sign])
        assert near + sign * near.log() < target < far + sign * far.log()


def test_zero_is_exact() -> None:
    for digits in (1, 50):
        value = lambertw(0, 0, digits)
        assert (value.text, value.lower, value.upper, value.exact) == ("0", "0", "0", True)
    assert not lambertw("-1/5", 0, 5).exact


def test_text_of_one_digit_and_of_integers() -> None:
    assert lambertw("1e300", 0, 1).text == "6e+2"
    assert lambertw("1e300", 0, 3).text == "684"
    assert lambertw("1e300", 0, 4).text == "684.2"
    assert lambertw("1e-4", 0, 3).text == "0.0000999"
    assert lambertw("1e-6", 0, 3).text == "9.99e-7"
    assert str(lambertw("-1/5", -1, 4)) == "-2.542"
    assert repr(lambertw("-1/5", -1, 4)) == "LambertWValue(z=-1/5, branch=-1, text='-2.542')"


@pytest.mark.parametrize(
    ("z", "branch", "digits", "message"),
    [
        ("-1", 0, 5, f"z = -1 is below -1/e = {MINUS_1_OVER_E_20} by 0.63: Lambert W is not real there"),
        ("-0.4", -1, 5, f"z = -2/5 is below -1/e = {MINUS_1_OVER_E_20} by 0.032: "
         "Lambert W is not real there"),
        ("0", -1, 5, OFF_BRANCH.format("0")),
        ("1/5", -1, 5, OFF_BRANCH.format("1/5")),
        ("1", 1, 5, "branch 1 is not real-valued: it must be 0 or -1"),
        ("1", 0, 0, "digits 0 out of range: an integer from 1 to 10000"),
        ("1", 0, 10_001, "digits 10001 out of range: an integer from 1 to 10000"),
        ("1", 0, 2.0, "digits 2.0 out of range: an integer from 1 to 10000"),
        (0.5, 0, 5, "0.5 is not an exact number: write an integer, a decimal such as -1e-5000 or a "
         "fraction such as -1/5, as text"),
        ("1/0", 0, 5, "division by zero at position 3 of '1/0'"),
    ],
)  # fmt: skip
def test_refusals(z: object, branch: int, digits: int, message: str) -> None:
    before = ctx.prec
    with pytest.raises(InputError) as caught:
        lambertw(z, branch, digits)  # type: ignore[arg-type]
    assert str(caught.value) == message
    assert ctx.prec == before


# -- balls ------------------------------------------------------------------------------------------


def scaled(mantissa: int, exponent: int) -> Fraction:
    return mantissa * Fraction(10) ** exponent


#: Exact points of the domain, spread over magnitudes and towards the branch point.
_points = st.one_of(
    st.fractions(Fraction(-367_879, 1_000_000), Fraction(0)),
    st.fractions(0, 50),
    st.builds(scaled, st.integers(1, 10**4), st.integers(-63, 57)),
    st.builds(scaled, st.integers(-36_000, -1), st.integers(-65, -5)),
    st.integers(2, 60).map(lambda e: ExactNumber.parse(near_branch_point(e)).fraction()),
)


def ball_around(low: Fraction, high: Fraction) -> arb:
    with ctx.workprec(300):
        ends = (arb(fmpq(x.numerator, x.denominator)) for x in (low, high))
        return next(ends).union(next(ends))


def inside(ball: arb, branch: int) -> bool:
    """Whether all of the ball is certainly inside the domain."""
    with ctx.workprec(1000):
        return bool(ball.lower() * arb(1).exp() + 1 > 0 and (branch == 0 or ball.upper() < 0))


def contains_w(ball: arb, branch: int, x: Fraction) -> bool:
    """Whether the ball contains W_branch(x), decided by g at the ends of the ball."""
    with ctx.workprec(1000):
        z = arb(fmpq(x.numerator, x.denominator))
        low, high = ball.lower(), ball.upper()
        # W_0 >= -1 and W_{-1} <= -1 hold anyway, so an end beyond -1 is no constraint.
        if branch == 0:
            return bool((low <= -1 or low * low.exp() <= z) and high > -1 and high * high.exp() >= z)
        return bool((high >= -1 or high * high.exp() <= z) and low < -1 and low * low.exp() >= z)


@given(_points, _points, st.fractions(0, 1), st.sampled_from([0, -1]), st.integers(20, 200))
@settings(max_examples=120, deadline=None)
def test_wide_balls_contain_the_image(
    first: Fraction, second: Fraction, share: Fraction, branch: int, precision: int
) -> None:
    low, high = sorted((first, second))
    x = low + share * (high - low)
    ball = ball_around(low, high)
    before = ctx.prec
    image = lambertw_ball(ball, branch, precision)
    assert ctx.prec == before
    if not inside(ball, branch):
        assert not image.is_finite()
        image = lambertw_ball(ball, branch, precision, clip=True)
        if branch == -1 and x >= 0:
            return
        if not image.is_finite():
            assert branch == -1
            assert not image.is_nan()
            return
    assert contains_w(image, branch, x)
    # The image of the ends is tight: both ends of it are nearly attained.
    with ctx.workprec(precision + 64):
        ends = [
            lambertw_ball(end, branch, precision + 32, clip=True) for end in (ball.lower(), ball.upper())
        ]
        if all(end.is_finite() for end in ends):
            span = abs(ends[0] - ends[1])
            rounding = (abs(ends[0]) + abs(ends[1])) * arb(2) ** (6 - precision)
            assert image.upper() - image.lower() <= span * arb("1.0001") + rounding


@given(_points, st.integers(5, 60), st.fractions(-1, 1), st.sampled_from([0, -1]), st.integers(20, 250))
@settings(max_examples=120, deadline=None)
def test_narrow_balls_contain_the_image(
    x: Fraction, width: int, share: Fraction, branch: int, precision: int
) -> None:
    radius = abs(x) / Fraction(10) ** width
    ball = ball_around(x - radius, x + radius)
    image = lambertw_ball(ball, branch, precision)
    if inside(ball, branch):
        assert image.is_finite()
        assert contains_w(image, branch, x + share * radius)
    else:
        assert not image.is_finite()


@given(_points, st.sampled_from([0, -1]), st.integers(10, 1500))
@settings(max_examples=120, deadline=None)
def test_exact_points_have_the_promised_accuracy(x: Fraction, branch: int, precision: int) -> None:
    assume(branch == 0 or x < 0)
    image = lambertw_ball(x, branch, precision)
    if x == 0:
        assert image == 0
        return
    assert image.rel_accuracy_bits() >= precision
    with ctx.workprec(4 * precision + 1000):
        z = arb(fmpq(x.numerator, x.denominator))
        low, high = image.lower(), image.upper()
        signs = (low * low.exp() < z, z < high * high.exp())
        if branch == -1:
            signs = (low * low.exp() > z, z > high * high.exp())
        assert signs == (True, True) or image.contains(-1)


@pytest.mark.parametrize("branch", [0, -1])
def test_accuracy_does_not_rest_on_the_first_guess(branch: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """With too few bits at first the precision rises until the promise is kept."""
    monkeypatch.setattr(lambertw_ball_module, "_GUARD", -40)
    for z in ("-1/5", "-0.3678794411714423215", near_branch_point(60)):
        image = lambertw_ball(z, branch, 100)
        one = lambertw_plus_one_ball(z, branch, 100)
        assert image.rel_accuracy_bits() >= 100
        assert one.rel_accuracy_bits() >= 100
        assert contains_w(image, branch, ExactNumber.parse(z).fraction())


def test_the_power_series_leaves_out_what_its_remainder_says() -> None:
    """|W_0(z)/z - first N terms| <= (3|z|)^N, for |z| up to 1/16 and beyond need."""
    with ctx.workprec(2000):
        for z in (arb(1) / 16, -arb(1) / 16, arb("1e-9"), -arb("1e-9"), arb("1e-30")):
            ratio, polynomial = z.lambertw() / z, arb(0)
            for n, coefficient in enumerate(lambertw_point._COEFFICIENTS):
                polynomial += coefficient * z**n
                left_out = abs(ratio - polynomial)
                assert left_out <= (3 * abs(z)) ** (n + 1)
                assert left_out >= (2 * abs(z)) ** (n + 1) / 20


@given(_points, _points, st.sampled_from([0, -1]))
@settings(max_examples=80, deadline=None)
def test_digits_are_monotone(first: Fraction, second: Fraction, branch: int) -> None:
    low, high = sorted((first, second))
    assume(low < high and (branch == 0 or high < 0))
    left, right = lambertw(low, branch, 20), lambertw(high, branch, 20)
    below = ExactNumber.parse(left.lower).fraction() <= ExactNumber.parse(right.upper).fraction()
    above = ExactNumber.parse(left.upper).fraction() >= ExactNumber.parse(right.lower).fraction()
    assert below if branch == 0 else above


@pytest.mark.parametrize("branch", [0, -1])
def test_the_direct_formulas_enclose_and_are_accurate(branch: int) -> None:
    """The logarithmic formula and the power series, over their ranges and precisions."""
    source = random.Random(7)
    for _ in range(300):
        precision = source.randint(20, 208)
        sign = "-" if branch == -1 or source.random() < 0.3 else ""
        exponent = source.choice([-400, -30, -60, -10_000, -100_000])
        if branch == 0 and not sign and source.random() < 0.5:
            exponent = source.choice([37, 60, 400, 10_000, 100_000])
        shift = 0 if exponent > 0 else source.randint(30, 80)
        z = f"{sign}{source.randint(1, 10**30)}e{exponent - shift}"
        number = ExactNumber.parse(z)
        with ctx.workprec(precision):
            ball = lambertw_at(number.ball(), branch)
            assert ball.rel_accuracy_bits() >= precision - 10
        with ctx.workprec(precision + 400):
            assert ball.contains(number.ball().lambertw(branch))
            if branch == -1 or exponent > 0:
                # u + s log u = s log|z| at the ends of the ball.
                s = 1 if branch == 0 else -1
                near, far = abs(ball).lower(), abs(ball).upper()
                target = s * abs(number.ball()).log()
                assert near + s * near.log() < target < far + s * far.log()


@pytest.mark.parametrize("branch", [0, -1])
@pytest.mark.parametrize("error", [1e-12, 1e-10, 1e-8, -1e-7])
def test_the_logarithmic_formula_is_sound_from_a_bad_start(
    error: float, branch: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its remainder covers a start in doubles that is off: the ball widens, and still encloses."""
    monkeypatch.setattr(lambertw_point, "log", lambda x: math.log(x) * (1 + error))
    source = random.Random(11)
    for _ in range(100):
        exponent = source.randint(40, 2000)
        z = f"{'-' if branch else ''}{source.randint(1, 9)}e{-exponent if branch else exponent}"
        number = ExactNumber.parse(z)
        with ctx.workprec(208):
            ball = lambertw_at(number.ball(), branch)
            assert ball.rel_accuracy_bits() < 206
        with ctx.workprec(700):
            assert ball.contains(number.ball().lambertw(branch))


@pytest.mark.parametrize("branch", [0, -1])
@pytest.mark.parametrize("clip", [False, True])
def test_balls_off_the_domain(branch: int, clip: bool) -> None:
    outside = arb("[-0.5 +/- 0.1]")
    assert lambertw_ball(outside, branch, 53, clip=clip).is_nan()
    assert lambertw_ball(arb(-1), branch, 53, clip=clip).is_nan()
    assert lambertw_ball(arb.nan(), branch, 53, clip=clip).is_nan()
    across = lambertw_ball(arb("[-0.367 +/- 0.01]"), branch, 53, clip=clip)
    assert across.is_nan() != clip
    infinite = lambertw_ball(arb(0, "inf"), branch, 53, clip=clip)
    assert infinite.is_nan() != clip
    assert not infinite.is_finite()


def test_balls_across_zero_on_branch_minus_one() -> None:
    across = arb("[0.05 +/- 0.1]")
    assert lambertw_ball(across, -1, 53).is_nan()
    clipped = lambertw_ball(across, -1, 53, clip=True)
    assert not clipped.is_nan()
    assert not clipped.is_finite()
    assert lambertw_ball(arb("[0.15 +/- 0.1]"), -1, 53, clip=True).is_nan()
    assert lambertw_ball(arb(0), -1, 53).is_nan()
    assert lambertw_ball(arb(0), 0, 53) == 0


def test_clipping_reaches_the_branch_point() -> None:
    tight = lambertw_ball(arb("[-0.36787944117144 +/- 1e-10]"), 0, 53, clip=True)
    assert tight.contains(-1)
    assert tight.upper() < arb("-0.99997")
    down = lambertw_ball(arb("[-0.36787944117144 +/- 1e-10]"), -1, 53, clip=True)
    assert down.contains(-1)
    assert down.lower() > arb("-1.00003")


def test_balls_take_exact_numbers_and_check_the_branch() -> None:
    assert lambertw_ball("-1/5", -1, 80).overlaps(lambertw_ball(Fraction(-1, 5), -1, 80))
    with pytest.raises(InputError, match="is below -1/e"):
        lambertw_ball("-1", 0, 53)
    with pytest.raises(InputError, match=r"^branch 2 is not real-valued: it must be 0 or -1$"):
        lambertw_ball(arb(1), 2, 53)


# -- command line -----------------------------------------------------------------------------------


def test_command_prints_digits_and_enclosure(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["lambertw", "-1/5", "--branch", "-1", "--digits", "30"]) == 0
    assert capsys.readouterr().out == (
        "W_-1(-1/5), 30 digits, truncated\n"
        "value  -2.54264135777352642429380615666\n"
        "lower  -2.542641357773526424293806156661849\n"
        "upper  -2.542641357773526424293806156661848\n"
    )


@pytest.mark.parametrize("z", ["-0.2", "-.2", "-1/5", "-2e-1", "-20e-2", "-1e-1/.5"])
def test_command_takes_negative_numbers_as_they_are(z: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Same number, same digits; the default is branch -1 and 60 digits."""
    assert run(["lambertw", z]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"W_-1({z}), 60 digits, truncated"
    assert lines[1] == "value  -2.54264135777352642429380615666184829016147490752943176711693"


def test_command_with_an_enormous_exponent(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["lambertw", "-1e-5000", "--digits", "20"]) == 0
    assert "value  -11522.277502584815411\n" in capsys.readouterr().out


def test_command_prints_long_output_on_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["lambertw", "-1/5", "--digits", "10000"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 4
    assert len(lines[1]) == len("value  -.") + 10_000


def test_command_prints_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["lambertw", "--branch", "0", "--digits", "5", "--json", "-0.20"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "schema": 1,
        "z": "-0.20",
        "branch": 0,
        "digits": 5,
        "value": "-0.25917",
        "lower": "-0.25917111",
        "upper": "-0.25917110",
        "exact": False,
    }


@pytest.mark.parametrize("branch", [0, -1])
@pytest.mark.parametrize("distance", [3, 50, 1000])
def test_digits_beside_the_branch_point_are_right(distance: int, branch: int) -> None:
    value = lambertw(f"-exp(-1) + 10^-{distance}", branch, 600).text
    with mpmath.workdps(2 * distance + 700):
        there = mpmath.lambertw(mpmath.mpf(10) ** -distance - mpmath.exp(-1), branch).real
        assert mpmath.nstr(there, 650).startswith(value)


@pytest.mark.parametrize(
    ("z", "branch", "text"),
    [
        ("-1/e", -1, "-1"),
        ("-exp(-1)", 0, "-1"),
        ("e", 0, "1"),
        ("5/4*exp(1.25)", 0, "1.25"),
        ("-100*exp(-100)", -1, "-100"),
        ("-5/2*exp(-5/2)", -1, "-2.5"),
        ("exp(1) - exp(1)", 0, "0"),
    ],
)
def test_values_that_are_decimals_are_exact(z: str, branch: int, text: str) -> None:
    value = lambertw(z, branch, 30)
    assert (value.exact, value.text, value.lower, value.upper) == (True, text, text, text)


@pytest.mark.parametrize(
    ("z", "branch", "text"),
    [
        ("e + 10^-200", 0, "1.0000000000"),
        ("e - 10^-200", 0, "0.99999999999"),
        ("exp(1/3)/3", 0, "0.33333333333"),
        ("sqrt(2)*exp(sqrt(2))", 0, "1.4142135623"),
        ("2^(1/2)/2*pi", 0, "0.90166666916"),
    ],
)
def test_values_near_decimals_are_not_taken_for_them(z: str, branch: int, text: str) -> None:
    value = lambertw(z, branch, 11)
    assert (value.exact, value.text) == (False, text)
    assert Decimal(value.lower) < Decimal(value.upper)


def test_what_no_precision_decides_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    # An identity that the algebra of exponentials does not know.
    form = "e*(4*atan(1/5) - atan(1/239))*4/pi"
    monkeypatch.setattr(lambertw_constant, "MAX_PRECISION", 4096)
    with pytest.raises(InputError, match="cannot be told from a decimal"):
        lambertw(form, 0)
    monkeypatch.setattr(lambertw_constant, "MAX_PRECISION", 1 << 40)
    monkeypatch.setattr(lambertw_constant, "MAX_SECONDS", 1e-3)
    with pytest.raises(InputError, match="cannot be told from a decimal"):
        lambertw(form, 0)


@pytest.mark.parametrize("typed", ["-e^-1", "-exp(-1)", "-(1/e)", "-pi/9", "-cos(1)/5"])
def test_command_takes_closed_forms_for_no_options(
    typed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["lambertw", typed, "--digits", "3"]) == 0
    assert capsys.readouterr().out.startswith(f"W_-1({typed})")


def test_command_says_when_the_value_is_exact(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["lambertw", "0", "--branch", "0"]) == 0
    assert capsys.readouterr().out == "W_0(0), exactly\nvalue  0\nlower  0\nupper  0\n"


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        (["-1/e - 10^-50"],
         f"z is below -1/e = {MINUS_1_OVER_E_20} by 1.0e-50: Lambert W is not real there"),
        (["log(-1) + 2"], "'log(-1) + 2' is not certainly defined"),
        (["-1"], f"z = -1 is below -1/e = {MINUS_1_OVER_E_20} by 0.63: Lambert W is not real there"),
        (["0.5"], OFF_BRANCH.format("1/2")),
        (["nan"], "expected an integer, a decimal such as -1e-5000 or a fraction such as -1/5, "
         "but found 'n' at position 1 of 'nan'"),
        (["-inf"], "expected an integer, a decimal such as -1e-5000 or a fraction such as -1/5, "
         "but found 'i' at position 2 of '-inf'"),
        ([""], "expected an integer, a decimal such as -1e-5000 or a fraction such as -1/5, "
         "but the text ends at position 1 of ''"),
        (["1/0"], "division by zero at position 3 of '1/0'"),
        (["2", "--branch", "1"], "branch 1 is not real-valued: it must be 0 or -1"),
        (["2", "--branch", "x"],
         "argument --branch: invalid int value: 'x' (try 'srverify lambertw --help')"),
        (["2", "--branch", "0", "--digits", "0"], "digits 0 out of range: an integer from 1 to 10000"),
        (["2", "--branch", "0", "--digits", "-5"], "digits -5 out of range: an integer from 1 to 10000"),
        (["2", "--digits", "10001"], "digits 10001 out of range: an integer from 1 to 10000"),
        ([], "lambertw takes either Z or --file (try 'srverify lambertw --help')"),
    ],
)  # fmt: skip
def test_command_refuses_bad_input_in_one_line(
    argv: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["lambertw", *argv]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == f"srverify: {message}\n"
