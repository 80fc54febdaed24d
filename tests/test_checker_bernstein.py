"""Bernstein coefficients: hulls of values, what they show, and what they must not show."""

from fractions import Fraction

import pytest
from flint import arb, fmpq
from hypothesis import given
from hypothesis import strategies as st

from srverify.checker.expansions.bernstein import bernstein

_COEFFICIENTS = st.lists(st.integers(-50, 50), min_size=1, max_size=7)
_ENDS = st.tuples(st.integers(-20, 20), st.integers(1, 20)).map(lambda e: (e[0], e[0] + e[1]))


def _exact(value):
    return arb(fmpq(value.numerator, value.denominator))


def _values(coefficients, low, high):
    for step in range(17):
        d = low + (high - low) * Fraction(step, 16)
        yield sum(c * d**k for k, c in enumerate(coefficients))


@given(_COEFFICIENTS, _ENDS)
def test_values_are_between_the_coefficients_which_are_the_values_at_the_ends(coefficients, ends):
    low, high = (Fraction(end, 8) for end in ends)
    found = bernstein([arb(c) for c in coefficients], _exact(low), _exact(high))
    values = list(_values(coefficients, low, high))
    assert found.slack == 0
    for half in (found, *found.halves()):
        assert len(half.coefficients) == len(coefficients)
    for value in map(_exact, values):
        assert any(b <= value or b.overlaps(value) for b in found.coefficients)
        assert any(b >= value or b.overlaps(value) for b in found.coefficients)
    left, right = found.halves()
    for b, value in (
        (found.coefficients[0], values[0]),
        (found.coefficients[-1], values[-1]),
        (left.coefficients[-1], values[8]),
        (right.coefficients[0], values[8]),
    ):
        assert b.overlaps(_exact(value))
        assert float(b.rad()) < 1e-6


@given(_COEFFICIENTS, _ENDS, st.integers(0, 5))
def test_signs_are_those_of_the_values_whatever_the_remainder(coefficients, ends, radius):
    low, high = (Fraction(end, 8) for end in ends)
    wide = arb(coefficients[-1], radius)
    found = bernstein([*map(arb, coefficients[:-1]), wide], _exact(low), _exact(high))
    for last in (coefficients[-1] - radius, coefficients[-1], coefficients[-1] + radius):
        values = list(_values([*coefficients[:-1], last], low, high))
        if found.positive():
            assert min(values) > 0
        if found.sign() == 1:
            assert min(values) >= 0
        if found.sign() == -1:
            assert max(values) <= 0


@pytest.mark.parametrize(
    ("coefficients", "shown"),
    [
        ([Fraction(1, 10), -1, 3], True),  # least 1/60, at 1/6: seen after halving
        ([Fraction(1, 13), -1, 3], False),  # least -1/156
        ([Fraction(1, 12), -1, 3], False),  # 0 at 1/6
        ([1], True),
        ([0], False),
        ([1, -2], False),
        ([-1, 2], False),
    ],
)
def test_a_polynomial_with_a_margin_is_shown_positive(coefficients, shown):
    found = bernstein([_exact(Fraction(c)) for c in coefficients], arb(0), arb(1))
    assert found.positive() is shown


def test_a_function_with_a_sign_may_vanish():
    assert bernstein([arb(0), arb(1)], arb(0), arb(1)).sign() == 1
    assert bernstein([arb(0), arb(-1)], arb(0), arb(1)).sign() == -1
    assert bernstein([arb(0), arb(1)], arb(-1), arb(1)).sign() == 0


def test_a_wide_remainder_counts_with_the_greatest_distance():
    low, high = arb(-2), arb(1)
    assert bernstein([arb(9), arb(0), arb(0), arb(0, 1)], low, high).positive()
    assert not bernstein([arb(7), arb(0), arb(0), arb(0, 1)], low, high).positive()
    assert bernstein([arb(9), arb(0), arb(0), arb(0, 1)], low, high).sign() == 1
    assert bernstein([arb(7), arb(0), arb(0), arb(0, 1)], low, high).sign() == 0


def test_what_is_not_a_number_shows_nothing():
    found = bernstein([arb("nan"), arb(1)], arb(0), arb(1))
    assert found.sign() == 0
    assert not found.positive()
