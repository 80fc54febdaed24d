"""The lower bounds: closed forms against their defining equations, and the ranges they refuse."""

from __future__ import annotations

from fractions import Fraction

import pytest
from flint import arb, ctx
from hypothesis import given, settings
from hypothesis import strategies as st

from srverify.language.errors import InputError
from srverify.selfreward import bounds

TINY = arb("1e-25")


@settings(max_examples=60, deadline=None)
@given(
    kappa=st.fractions(min_value=1, max_value=10**6),
    log_class=st.fractions(min_value=Fraction(1, 100), max_value=10**4),
    samples=st.integers(min_value=10, max_value=10**15),
)
def test_lower_bound_is_the_small_root(kappa, log_class, samples):
    level = bounds.information(kappa, log_class, samples)
    root = bounds.lower_bound_root(kappa, level)
    with ctx.workprec(bounds.PRECISION):
        assert abs(bounds.risk_curve(kappa, root) / level - 1) < TINY
    assert root < bounds.lower_bound_root(kappa, level, branch=0)


@settings(max_examples=60, deadline=None)
@given(
    kappa=st.fractions(min_value=1, max_value=10**6),
    log_class=st.fractions(min_value=Fraction(1, 100), max_value=10**4),
    samples=st.integers(min_value=10, max_value=10**15),
)
def test_asymptotic_form_brackets_the_lower_bound(kappa, log_class, samples):
    root = bounds.lower_bound(kappa, log_class, samples)
    assert bounds.repaired_asymptotic_form(kappa, log_class, samples) < root
    assert root < bounds.asymptotic_form(kappa, log_class, samples)


def test_hard_labels_take_the_floor_exactly():
    assert bounds.hard_labels(2, Fraction(1, 16)) == 3
    assert bounds.hard_labels(2, "0.0624") == 3
    assert bounds.hard_labels(3, Fraction(1, 24)) == 7
    assert bounds.hard_labels(arb(5) / 2, Fraction(1, 17)) == 4


def test_guaranteed_risk_saturates():
    assert bounds.guaranteed_risk(2, 100, 1) == arb(1) / 16
    small = bounds.guaranteed_risk(2, 10, 10**6)
    assert small < arb(1) / 1000
    assert abs(small - bounds.lower_bound(2, 10, 10**6)) < TINY


def test_binary_keys_beat_the_lambert_bound():
    for samples in (10**4, 10**6, 10**9):
        keys = 40
        lambert = bounds.lower_bound(10, keys * arb(2).log(), samples)
        assert bounds.binary_key_bound(10, keys, samples) > 20 * lambert


def test_jensen_bound_at_its_edges():
    assert bounds.jensen_bound(5, 2, 0, Fraction(1, 2)) == arb(1) / 4
    assert bounds.jensen_bound(2, 1, 3, Fraction(1, 2)) == 0


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: bounds.necessary_samples("1.5", 10, "0.01"), "kappa must be at least 2, got 1.5"),
        (lambda: bounds.necessary_samples(2, 10, "0.1"), "eps must be at most 1/16, got 0.1"),
        (lambda: bounds.necessary_samples(2, 0, "0.01"), "log_class must be positive, got 0"),
        (lambda: bounds.lower_bound(2, 10, 0), "samples must be at least 1, got 0"),
        (lambda: bounds.lower_bound(1, 10**6, 1), "exceeds e kappa^2/2"),
        (lambda: bounds.lower_bound("abc", 1, 1), "'abc' is not an exact number"),
        (lambda: bounds.lower_bound(2.5, 1, 1), "2.5 is not exact"),
        (lambda: bounds.binary_key_bound(10, 1, 5), "samples must be at least"),
        (lambda: bounds.binary_key_bound(1, 1, 5), "kappa must exceed 1, got 1"),
        (lambda: bounds.jensen_bound(1, 1, 5, Fraction(1, 2)), "needs M >= 2"),
        (lambda: bounds.hard_labels(arb("3 +/- 0.1"), "0.01"), "not known well enough"),
    ],
)
def test_out_of_range_is_refused(call, message):
    with pytest.raises(InputError) as error:
        call()
    assert message in str(error.value)
