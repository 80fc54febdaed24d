"""Exact numbers: what is read, how it compares, what it encloses, and what is refused."""

from __future__ import annotations

import pickle
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from flint import arb, ctx, fmpq, fmpz
from hypothesis import given
from hypothesis import strategies as st

from srverify.language.errors import InputError
from srverify.numerics import exact
from srverify.numerics.exact import ExactNumber, shortened

WANTED = "expected an integer, a decimal such as -1e-5000 or a fraction such as -1/5, but"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", Fraction(0)),
        ("-0", Fraction(0)),
        ("+7", Fraction(7)),
        ("007", Fraction(7)),
        ("-0.2", Fraction(-1, 5)),
        (".5", Fraction(1, 2)),
        ("5.", Fraction(5)),
        ("-1/5", Fraction(-1, 5)),
        ("2.5e-1/3", Fraction(1, 12)),
        ("1/3e-2", Fraction(100, 3)),
        ("1E+3", Fraction(1000)),
        (" 1 / 4 ", Fraction(1, 4)),
        ("0.1", Fraction(1, 10)),
    ],
)
def test_reads_numbers_exactly(text: str, value: Fraction) -> None:
    assert ExactNumber.parse(text).fraction() == value


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", f"{WANTED} the text ends at position 1 of ''"),
        ("   ", f"{WANTED} the text ends at position 4 of '   '"),
        ("-", f"{WANTED} the text ends at position 2 of '-'"),
        ("nan", f"{WANTED} found 'n' at position 1 of 'nan'"),
        ("-inf", f"{WANTED} found 'i' at position 2 of '-inf'"),
        ("--1", f"{WANTED} found '-' at position 2 of '--1'"),
        ("e5", f"{WANTED} found 'e' at position 1 of 'e5'"),
        ("-1/e", f"{WANTED} found 'e' at position 4 of '-1/e'"),
        ("1/-5", f"{WANTED} found '-' at position 3 of '1/-5'"),
        ("1/", f"{WANTED} the text ends at position 3 of '1/'"),
        ("٣", f"{WANTED} found '٣' at position 1 of '٣'"),
        ("1e", "unexpected character 'e' at position 2 of '1e'"),
        ("1.2.3", "unexpected character '.' at position 4 of '1.2.3'"),
        ("0x10", "unexpected character 'x' at position 2 of '0x10'"),
        ("1_000", "unexpected character '_' at position 2 of '1_000'"),
        ("1 2", "unexpected character '2' at position 3 of '1 2'"),
        ("1/2/3", "unexpected character '/' at position 4 of '1/2/3'"),
        ("1/0", "division by zero at position 3 of '1/0'"),
        ("1/0.00e7", "division by zero at position 3 of '1/0.00e7'"),
        (
            "1e1000000000000000001",
            "a power of ten beyond 10^18 at position 3 of '1e1000000000000000001'",
        ),
        ("1e-" + "9" * 30, f"a power of ten beyond 10^18 at position 3 of '1e-{'9' * 30}'"),
    ],
)
def test_refuses_text_with_its_position(text: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        ExactNumber.parse(text)
    assert str(caught.value) == message


def test_message_stays_short_for_long_text() -> None:
    with pytest.raises(InputError) as caught:
        ExactNumber.parse("1" * 5000 + "x")
    assert str(caught.value).startswith("unexpected character 'x' at position 5001 of '1111")
    assert len(str(caught.value)) < 150
    assert shortened("short") == "short"


def test_refuses_text_beyond_the_length_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exact, "MAX_LENGTH", 5)
    assert ExactNumber.parse("12345").fraction() == 12345
    with pytest.raises(InputError, match=r"^a number of 6 characters \(at most 5\)$"):
        ExactNumber.parse("123456")


@pytest.mark.parametrize("value", [0.1, float("nan"), True, None, 1j, Decimal("NaN"), Decimal("inf")])
def test_refuses_inexact_python_numbers(value: Any) -> None:
    with pytest.raises(InputError, match=r"is not an exact number: write .* as text$"):
        ExactNumber.of(value)


@pytest.mark.parametrize(
    "value", [fmpz(-3), fmpq(-3), -3, Fraction(-3), Decimal("-3.0"), "-3", ExactNumber(-6, 2)]
)
def test_accepts_every_exact_python_number(value: Any) -> None:
    assert ExactNumber.of(value) == ExactNumber(-3)


def test_denominator_signs_and_zero() -> None:
    assert ExactNumber(1, -2) == ExactNumber(-1, 2)
    with pytest.raises(InputError, match=r"^a fraction with denominator 0$"):
        ExactNumber(1, 0)


@given(st.fractions(), st.integers(-50, 50), st.integers(-20, 20))
def test_equal_values_are_equal_and_hash_alike(value: Fraction, shift: int, extra: int) -> None:
    scale = 10**20
    plain = ExactNumber.of(value)
    shifted = ExactNumber(value.numerator * scale * 6, value.denominator * 6, -20)
    assert plain == shifted
    assert hash(plain) == hash(shifted)
    moved = ExactNumber(value.numerator, value.denominator, shift)
    assert (plain == moved) == (value == value * Fraction(10) ** shift)
    assert (plain == ExactNumber.of(value + extra)) == (extra == 0)
    assert plain != value  # only another ExactNumber can be equal


@given(st.fractions(), st.integers(-3000, 3000))
def test_text_and_pickle_round_trip(value: Fraction, exponent: int) -> None:
    number = ExactNumber(value.numerator, value.denominator, exponent)
    assert ExactNumber.parse(str(number)) == number
    assert pickle.loads(pickle.dumps(number)) == number
    assert number.fraction() == value * Fraction(10) ** exponent
    assert number.sign == (value > 0) - (value < 0)


@given(st.fractions(), st.integers(-2000, 2000), st.integers(2, 400))
def test_enclosure_contains_the_number_and_is_tight(
    value: Fraction, exponent: int, precision: int
) -> None:
    number = ExactNumber(value.numerator, value.denominator, exponent)
    before = ctx.prec
    ball = number.enclosure(precision)
    assert ctx.prec == before
    rational = number.rational()
    with ctx.workprec(20_000):
        assert (ball * rational.q - rational.p).contains(0)
    assert ball.rel_accuracy_bits() >= precision - 16


def test_huge_powers_of_ten_stay_unwritten() -> None:
    number = ExactNumber.parse("-1e-1000000000000000000")
    assert number.sign == -1
    assert number.numerator == -1
    with ctx.workprec(128):
        logarithm = (-number.enclosure(128)).log() / arb(10).log()
    assert abs(logarithm + 10**18) < arb("1e-9")
    with pytest.raises(InputError, match=r"exponent -1000000000000000000 is too long to write out"):
        number.fraction()


def test_huge_numbers_compare_without_being_written_out() -> None:
    assert ExactNumber.parse("1e-999999999999999999") == ExactNumber.parse("0.1e-999999999999999998")
    assert ExactNumber.parse("1e-999999999999999999") != ExactNumber.parse("1e-999999999999999998")
    assert ExactNumber.parse("1" + "0" * 50_000) == ExactNumber.parse("1e50000")
    assert ExactNumber.parse("1/2e300000") == ExactNumber.parse("5e-300001")


def test_reads_more_digits_than_int_does() -> None:
    text = "-0." + "3" * 20_000
    assert ExactNumber.parse(text).numerator == -fmpz("3" * 20_000)
    assert ExactNumber.parse(text) == ExactNumber(-((fmpz(10) ** 20_000 - 1) // 3), 1, -20_000)
