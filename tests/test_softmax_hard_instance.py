"""The hard instance of Theorem 4.1: exact risks, enumeration and the simulated learners agree."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srverify.language.errors import InputError
from srverify.selfreward.softmax import hard_instance as hard
from srverify.selfreward.softmax import policies
from srverify.selfreward.softmax.hard_pairs import simulate_self_reward_failure

TINY = [(1, 1, 2), (2, 1, 3), (3, 2, 3), (2, 3, 3), (4, 1, 4), (3, 1, 5), (4, 2, 2)]
RHOS = [Fraction(1, 2), Fraction(1), Fraction(1, 3)]


@pytest.mark.parametrize(("labels", "keys", "draws"), TINY)
@pytest.mark.parametrize("rho", RHOS)
def test_exact_risk_equals_full_enumeration(labels, keys, draws, rho):
    enumerated = hard.enumerated_bayes_risk(labels, keys, draws, rho)
    assert hard.exact_bayes_risk(labels, keys, draws, rho) == enumerated
    assert hard.occupancy_bayes_risk(labels, keys, draws, rho) == enumerated


@pytest.mark.parametrize(("labels", "keys", "draws"), [t for t in TINY if t[0] > 1])
@pytest.mark.parametrize("rho", RHOS)
def test_binary_key_risk_equals_full_enumeration(labels, keys, draws, rho):
    assert hard.exact_binary_key_risk(labels, keys, draws, rho) == hard.enumerated_binary_key_risk(
        labels, keys, draws, rho
    )


@settings(max_examples=40, deadline=None)
@given(
    st.integers(1, 12),
    st.integers(1, 4),
    st.integers(0, 15),
    st.fractions(Fraction(1, 20), 1, max_denominator=20),
)
def test_inclusion_exclusion_equals_the_occupancy_formula(labels, keys, draws, rho):
    exact = hard.exact_bayes_risk(labels, keys, draws, rho)
    assert exact == hard.occupancy_bayes_risk(labels, keys, draws, rho)
    assert hard.bayes_risk(labels, keys, draws, rho) == pytest.approx(float(exact), rel=1e-14)
    # More labels to hide among cannot help a learner; nor can another draw hurt one.
    assert hard.exact_bayes_risk(labels + 1, keys, draws, rho) >= exact
    assert hard.exact_bayes_risk(labels, keys, draws + 1, rho) <= exact


def test_two_labels_make_the_binary_instance():
    rho = Fraction(2, 7)
    assert hard.exact_bayes_risk(2, 3, 9, rho) == hard.exact_binary_key_risk(2, 3, 9, rho)


@pytest.mark.parametrize(("labels", "keys", "draws", "rho"), [(5, 2, 6, "1/2"), (64, 16, 173, "1/2")])
def test_bayes_learner_attains_the_exact_risk(labels, keys, draws, rho):
    rho = Fraction(rho)
    estimate, error = hard.simulate_bayes_risk(labels, keys, draws, rho, 40_000, seed=3)
    assert abs(estimate - hard.bayes_risk(labels, keys, draws, rho)) < 5 * error


def test_natural_learners_do_worse_and_best_evaluated_has_its_closed_form():
    parameters = (9, 3, 20, Fraction(1, 2))
    exact = float(hard.exact_bayes_risk(*parameters))
    for learner in ("best-evaluated", "most-frequent"):
        estimate, error = hard.simulate_risk(learner, *parameters, trials=40_000, seed=5)
        assert estimate > exact + 10 * error
    estimate, error = hard.simulate_risk("best-evaluated", *parameters, trials=40_000, seed=5)
    assert abs(estimate - float(hard.best_evaluated_risk(*parameters))) < 5 * error


def test_most_frequent_counts_both_slots_of_the_key():
    # One prompt, many draws: the key has twice the frequency of any other label, so it wins.
    estimate, _ = hard.simulate_risk("most-frequent", 4, 1, 4000, 1.0, trials=200, seed=1)
    assert estimate == 0.0


def test_simulation_depends_on_seed_only():
    first = hard.simulate_bayes_risk(8, 2, 10, 0.5, 3000, seed=9)
    assert first == hard.simulate_bayes_risk(8, 2, 10, 0.5, 3000, seed=9)
    assert first != hard.simulate_bayes_risk(8, 2, 10, 0.5, 3000, seed=10)


def test_hard_policy_has_the_stated_condition_number_and_modes():
    log_policy, weights = hard.hard_policy(5, (3, 0), Fraction(1, 4))
    np.testing.assert_allclose(np.exp(log_policy).sum(axis=-1), 1.0)
    assert policies.condition_number(log_policy, weights) == pytest.approx(1 + 0.25 * 4 / 2)
    assert policies.modes(log_policy).tolist() == [0, 3, 0]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((0, 1, 1, Fraction(1)), "labels must be at least 1"),
        ((2, 0, 1, Fraction(1)), "keys must be at least 1"),
        ((2, 1, -1, Fraction(1)), "draws must not be negative"),
        ((2, 1, 1, Fraction(3, 2)), r"rho must lie in \(0, 1\]"),
    ],
)
def test_bad_parameters_are_named(arguments, message):
    with pytest.raises(InputError, match=message):
        hard.exact_bayes_risk(*arguments)


def test_enumeration_refuses_what_would_not_finish():
    with pytest.raises(InputError, match="enumeration needs"):
        hard.enumerated_bayes_risk(10, 3, 20, Fraction(1))
    with pytest.raises(InputError, match="unknown learner"):
        hard.simulate_risk("oracle", 2, 1, 1, 0.5, 10, 0)
    with pytest.raises(InputError, match="at least 2 labels"):
        hard.exact_binary_key_risk(1, 1, 1, Fraction(1))


def test_self_reward_fails_where_no_telling_pair_holds_the_key():
    # With fewer than (M-2)/2 pairs two candidates always remain, so only the key's pairs matter.
    labels, keys, pairs, rho = 40, 2, 15, 0.5
    telling = 4 * (labels - 1) / (labels + 1) ** 2
    exact = rho * (1 - rho / keys * telling) ** pairs
    estimate, error = simulate_self_reward_failure(labels, keys, pairs, rho, 40_000, seed=2)
    assert abs(estimate - exact) < 5 * error
    assert error < 0.01 * exact


def test_self_reward_recovers_a_binary_key_from_any_telling_pair():
    # Two labels: a pair of different responses always holds the key.
    estimate, error = simulate_self_reward_failure(2, 1, 6, 1.0, 40_000, seed=3)
    assert abs(estimate - (5 / 9) ** 6) < 5 * error
    with pytest.raises(InputError, match="at least 2 trials"):
        simulate_self_reward_failure(2, 1, 6, 1.0, 1, seed=3)


def test_binary_key_learner_attains_its_exact_risk():
    parameters = (12, 3, 40, Fraction(1, 2))
    estimate, error = hard.simulate_risk("binary-bayes-optimal", *parameters, trials=40_000, seed=4)
    assert abs(estimate - float(hard.exact_binary_key_risk(*parameters))) < 5 * error
    with pytest.raises(InputError, match="needs at least 2 labels"):
        hard.simulate_risk("binary-bayes-optimal", 1, 1, 1, 1.0, 10, seed=4)
