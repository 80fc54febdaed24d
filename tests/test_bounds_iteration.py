"""Upper bounds, the recurrence and the rounds it needs: identities, orders and refusals."""

from __future__ import annotations

import itertools
from fractions import Fraction

import pytest
from flint import arb, ctx
from hypothesis import given, settings
from hypothesis import strategies as st

from srverify.language.errors import InputError
from srverify.selfreward import bounds

SLOPES = st.fractions(min_value=Fraction(1, 1000), max_value=10)
STARTS = st.fractions(min_value=1, max_value=10**12)


@settings(max_examples=60, deadline=None)
@given(b=SLOPES, a=st.fractions(min_value=0, max_value=10))
def test_fixed_point_solves_its_equation(b, a):
    with ctx.workprec(bounds.PRECISION):
        point = bounds.fixed_point(b, a)
        image = bounds.balls.ball(a) + bounds.balls.ball(b) * point.sqrt()
        assert abs(point - image) < arb("1e-25") * (1 + point)
        assert bounds.contraction(b, a) < arb("0.5000001")


@settings(max_examples=60, deadline=None)
@given(b=SLOPES, kappa=STARTS, rounds=st.integers(min_value=0, max_value=12))
def test_orbit_stays_below_both_bounds(b, kappa, rounds):
    value = next(itertools.islice(bounds.recurrence(kappa, b), rounds, None))
    assert not value > bounds.geometric_bound(kappa, b, rounds)
    assert not value > bounds.doubly_exponential_bound(kappa, b, rounds)


@settings(max_examples=40, deadline=None)
@given(b=SLOPES, kappa=STARTS)
def test_rounds_needed_are_enough_and_the_orbit_needs_fewest(b, kappa):
    target = bounds.fixed_point(b) + 1
    least = bounds.rounds_by_recurrence(kappa, b)
    for rounds in (bounds.rounds_by_contraction(kappa, b), bounds.rounds_by_squaring(kappa, b)):
        value = next(itertools.islice(bounds.recurrence(kappa, b), rounds - 1, None))
        assert not value > target
        assert least <= rounds


def test_known_numbers_of_the_specification():
    # C17: B = 48.8, V_4 = 7.39 at N = 5, K = 3, n = 10^10; C37: 32.3 and 1.23e5.
    assert abs(bounds.clip_level(5, 3, 10**10) - arb("48.824")) < arb("0.001")
    assert abs(bounds.bad_region_moment(5, 3) - arb("7.391")) < arb("0.001")
    assert abs(bounds.doubly_exponential_bound(10**12, "0.01", 3) - arb("32.258")) < arb("0.001")
    assert abs(bounds.geometric_bound(10**12, "0.01", 3) / 123140 - 1) < arb("0.001")


def test_theorem_bound_falls_with_samples_and_rounds():
    def failure(samples, rounds):
        beta = 1 / arb(samples).sqrt()
        error = bounds.statistical_error(samples, 10, 8, 8, "0.05", rounds)
        return bounds.theorem_5_3(10**6, error, beta, 1, "0.5", rounds)

    assert failure(10**14, 3) < failure(10**12, 3)
    assert failure(10**12, 6) < failure(10**12, 1)


def test_more_rounds_cost_a_logarithm():
    one = bounds.statistical_error(10**6, 10, 8, 8, "0.05", 1)
    many = bounds.statistical_error(10**6, 10, 8, 8, "0.05", 1000)
    assert one < many
    assert many < 2 * one


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: bounds.statistical_error(10, 1, 8, 8, 1), "delta must be below 1, got 1"),
        (lambda: bounds.statistical_error(10, 1, 1, 8, "0.1"), "responses must be at least 2, got 1"),
        (lambda: bounds.statistical_error(10, 1, 8, "0.5", "0.1"), "tail must be at least 1, got 0.5"),
        (lambda: bounds.suboptimality(2, 2, 1, 2, "0.1"), "beta must be at most 1, got 2"),
        (lambda: bounds.suboptimality(2, 2, 0, 1, "0.1"), "gamma must be positive, got 0"),
        (lambda: bounds.slope("0.1", 1, 1, 2), "c must be at most 1, got 2"),
        (lambda: bounds.fixed_point(0, 0), "a + b must be positive"),
        (lambda: bounds.fixed_point(-1, 1), "a and b must not be negative"),
        (lambda: bounds.doubly_exponential_bound(2, 1, 1, "0.5"), "a must be at least 1, got 0.5"),
        (lambda: bounds.theorem_5_3(2, "0.1", 1, 1, 1, 0), "rounds must be at least 1, got 0"),
    ],
)
def test_out_of_range_is_refused(call, message):
    with pytest.raises(InputError) as error:
        call()
    assert message in str(error.value)
