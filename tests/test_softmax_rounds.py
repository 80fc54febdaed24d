"""Policies, population rounds, finite-sample rounds and least squares."""

import numpy as np
import pytest
from scipy import optimize

from srverify.language.errors import InputError
from srverify.selfreward.softmax import linear, policies, rounds
from srverify.selfreward.softmax.finite_class import finite_class_rounds


def random_policy(rng, *shape, spread=1.0):
    return policies.log_softmax(spread * rng.standard_normal(shape))


def test_functionals_match_their_definitions():
    base = np.log(np.array([[0.5, 0.3, 0.2], [0.1, 0.8, 0.1]]))
    other = np.log(np.array([[0.2, 0.2, 0.6], [0.3, 0.6, 0.1]]))
    weights = np.array([0.25, 0.75])
    p, q = np.exp(other), np.exp(base)
    assert policies.condition_number(base, weights) == pytest.approx(0.25 / 0.5 + 0.75 / 0.8)
    assert policies.margin(base) == pytest.approx(np.log(0.5 / 0.3))
    assert policies.concentrability(other, base, weights) == pytest.approx(
        (weights * (p**2 / q).sum(-1)).sum()
    )
    assert policies.kl_divergence(other, base, weights) == pytest.approx(
        (weights * (p * np.log(p / q)).sum(-1)).sum()
    )
    assert policies.objective(other, base, weights) == pytest.approx(
        (weights * (p * np.log(q)).sum(-1)).sum()
    )
    assert policies.own_failure(base, weights) == pytest.approx(0.25)
    assert policies.base_failure(other, policies.modes(base), weights) == pytest.approx(0.25)


def test_point_masses_contribute_no_nan():
    base = np.log(np.array([[0.7, 0.3]]))
    mass = policies.point_mass(policies.modes(base), 2)
    one = np.ones(1)
    assert policies.kl_divergence(mass, base, one) == pytest.approx(-np.log(0.7))
    assert policies.concentrability(mass, base, one) == pytest.approx(1 / 0.7)


@pytest.mark.parametrize("beta", [0.05, 0.7, 3.0])
def test_closed_form_is_the_minimiser_of_the_square_loss(beta):
    rng = np.random.default_rng(1)
    base = random_policy(rng, 20, 3, 6)
    weights = policies.uniform_weights(3)
    closed = rounds.population_round(base, beta)
    np.testing.assert_allclose(rounds.square_loss_minimiser(base, beta), closed, atol=1e-10 / beta)
    assert rounds.square_loss(closed, base, weights, beta).max() < 1e-20
    elsewhere = policies.log_softmax(closed + 0.01 * rng.standard_normal(closed.shape))
    assert (rounds.square_loss(elsewhere, base, weights, beta) > 1e-9).all()


def test_iterated_rounds_compose_and_survive_extreme_powers():
    base = random_policy(np.random.default_rng(2), 5, 2, 4)
    twice = rounds.population_round(rounds.population_round(base, 0.5), 0.5)
    np.testing.assert_allclose(twice, rounds.population_round(base, 0.5, rounds=2), atol=1e-12)
    sharp = rounds.population_round(base, 1e-4, rounds=3)
    np.testing.assert_allclose(policies.log_sum_exp(sharp), 0.0, atol=1e-12)
    assert (policies.modes(sharp) == policies.modes(base)).all()


def test_the_result_does_not_depend_on_the_chunk():
    base = random_policy(np.random.default_rng(3), 7, 5, 3)
    np.testing.assert_array_equal(
        rounds.population_round(base, 0.3, chunk=2), rounds.population_round(base, 0.3, chunk=999)
    )


@pytest.mark.parametrize(("beta", "count"), [(0.0, 1), (-1.0, 1), (float("nan"), 1), (1.0, -1)])
def test_bad_round_parameters_are_named(beta, count):
    with pytest.raises(InputError, match=r"beta must be positive|rounds >= 0"):
        rounds.population_round(np.log([[0.5, 0.5]]), beta, count)


def test_both_samplers_have_the_law_of_pairs():
    rng = np.random.default_rng(4)
    base = random_policy(rng, 2, 3)
    weights = np.array([0.3, 0.7])
    mass = np.exp(base)
    law = weights[:, None, None] * mass[:, :, None] * mass[:, None, :]
    n = 200_000
    pairs = rounds.sample_pairs(base, weights, n, rng)
    listed = np.zeros(law.shape)
    np.add.at(listed, (pairs.prompts, pairs.first, pairs.second), 1)
    counted = rounds.sample_pair_counts(base, weights, n, rng)
    for counts in (listed, counted):
        assert counts.sum() == n
        statistic = ((counts - n * law) ** 2 / (n * law)).sum()
        assert statistic < 60  # chi-square with 17 degrees of freedom


def test_finite_class_minimisers_are_the_candidates_that_fit_every_pair():
    base = np.log(np.array([[0.5, 0.3, 0.2]]))
    best = rounds.population_round(base, 1.0)
    wrong = policies.log_softmax(best + np.array([[0.0, 0.0, 1.0]]))
    candidates = np.stack([best, wrong])
    blind = rounds.Pairs(np.array([0]), np.array([0]), np.array([1]))
    sharp = rounds.Pairs(np.array([0, 0]), np.array([0, 0]), np.array([1, 2]))
    assert rounds.empirical_minimisers(candidates, base, blind, 1.0)[1].tolist() == [True, True]
    assert rounds.empirical_minimisers(candidates, base, sharp, 1.0)[1].tolist() == [True, False]


def test_truncations_differ_outside_the_bound():
    base = np.log(np.array([[0.9, 0.1]]))
    candidate = rounds.population_round(base, 1.0)[None] * 1.0
    far = policies.log_softmax(candidate + np.array([[0.0, 4.0]]))
    pair = rounds.Pairs(np.array([0]), np.array([0]), np.array([1]))
    full = rounds.pair_losses(far, base, pair, 1.0)[0, 0]
    clipped = rounds.pair_losses(far, base, pair, 1.0, bound=1.0)[0, 0]
    indicated = rounds.pair_losses(far, base, pair, 1.0, bound=1.0, truncation="indicator")[0, 0]
    assert full == pytest.approx(16.0)
    assert clipped == pytest.approx(4.0)
    assert indicated == 0.0


@pytest.mark.parametrize("shape", [(200, 6), (6, 6), (4, 9)])
def test_least_squares_matches_lstsq(shape):
    rng = np.random.default_rng(5)
    matrix, targets = rng.standard_normal(shape), rng.standard_normal(shape[0])
    fit = linear.least_squares(matrix, targets)
    expected, _, rank, _ = np.linalg.lstsq(matrix, targets, rcond=None)
    np.testing.assert_allclose(fit.solution, expected, atol=1e-10)
    assert fit.rank == rank
    np.testing.assert_allclose(matrix @ fit.null_basis, 0.0, atol=1e-10)


def test_rank_deficient_and_ill_conditioned_matrices():
    rng = np.random.default_rng(6)
    deficient = rng.standard_normal((50, 3)) @ rng.standard_normal((3, 5))
    fit = linear.least_squares(deficient, deficient @ np.ones(5))
    assert fit.rank == 3
    assert fit.null_basis.shape == (5, 2)
    np.testing.assert_allclose(deficient @ fit.solution, deficient @ np.ones(5), atol=1e-10)
    skewed = rng.standard_normal((50, 3)) * np.array([1.0, 1e-4, 1e-6])
    np.testing.assert_allclose(
        linear.least_squares(skewed, skewed @ np.ones(3)).solution, np.ones(3), rtol=1e-8
    )


@pytest.mark.parametrize("shape", [(40, 4), (3, 6)])
def test_radius_gives_the_constrained_minimiser(shape):
    rng = np.random.default_rng(7)
    matrix, targets = rng.standard_normal(shape), 3.0 * rng.standard_normal(shape[0])
    free = linear.least_squares(matrix, targets).solution
    radius = 0.5 * float(np.linalg.norm(free))
    fit = linear.least_squares(matrix, targets, radius)
    assert np.linalg.norm(fit.solution) == pytest.approx(radius)
    assert fit.multiplier > 0
    reference = optimize.minimize(
        lambda theta: ((matrix @ theta - targets) ** 2).sum(),
        np.zeros(shape[1]),
        constraints={"type": "ineq", "fun": lambda theta: radius**2 - theta @ theta},
        options={"ftol": 1e-14},
    )
    loss = ((matrix @ fit.solution - targets) ** 2).sum()
    assert loss == pytest.approx(reference.fun, rel=1e-6)
    slack = linear.least_squares(matrix, targets, 2 * float(np.linalg.norm(free)))
    np.testing.assert_allclose(slack.solution, free)
    assert slack.multiplier == 0.0


def test_spanning_sample_recovers_the_exact_update_for_every_round():
    rng = np.random.default_rng(8)
    features = rng.standard_normal((6, 5, 4))
    theta = 0.1 * rng.standard_normal(4)
    weights = policies.uniform_weights(6)
    records = linear.iterate_linear(features, theta, weights, 1.0, 400, 3, seed=1)
    for exponent, record in enumerate(records, start=1):
        assert record.rank == 4
        np.testing.assert_allclose(record.parameters, 2.0**exponent * theta, rtol=1e-9)


def test_radius_that_is_too_small_breaks_realizability():
    rng = np.random.default_rng(9)
    features = rng.standard_normal((6, 5, 4))
    theta = 0.5 * rng.standard_normal(4)
    weights = policies.uniform_weights(6)
    radius = 1.2 * float(np.linalg.norm(theta))
    fit = linear.linear_round(features, theta, weights, 1.0, 500, rng, radius)
    assert np.linalg.norm(fit.solution) == pytest.approx(radius)
    assert np.linalg.norm(fit.solution - 2 * theta) > 0.1


def test_covariance_is_the_mean_of_sampled_outer_products():
    rng = np.random.default_rng(10)
    features = rng.standard_normal((3, 4, 2))
    base = random_policy(rng, 3, 4)
    weights = np.array([0.2, 0.5, 0.3])
    pairs = rounds.sample_pairs(base, weights, 200_000, rng)
    difference = linear.feature_differences(features, pairs)
    np.testing.assert_allclose(
        difference.T @ difference / len(difference),
        linear.covariance(features, base, weights),
        atol=0.05,
    )
    assert linear.feature_span(features).shape == (2, 2)
    assert linear.feature_span(np.zeros((3, 4, 2))).shape == (2, 0)


def test_batched_rounds_agree_with_single_ones():
    rng = np.random.default_rng(11)
    matrix = rng.standard_normal((7, 30, 4))
    targets = rng.standard_normal((7, 30))
    counts = rng.integers(0, 3, (7, 30)).astype(float)
    for radius in (None, 0.05, 100.0):
        batch = linear.batched_least_squares(matrix, targets, counts, radius)
        for row in range(7):
            scale = np.sqrt(counts[row])
            single = linear.least_squares(scale[:, None] * matrix[row], scale * targets[row], radius)
            np.testing.assert_allclose(batch.solution[row], single.solution, atol=1e-12)
            assert batch.rank[row] == single.rank
            assert batch.multiplier[row] == pytest.approx(single.multiplier, rel=1e-9)


def test_batched_linear_round_recovers_exactly_where_it_spans():
    rng = np.random.default_rng(12)
    features = rng.standard_normal((5, 3, 6))
    theta = np.broadcast_to(0.2 * rng.standard_normal(6), (50, 6))
    weights = policies.uniform_weights(5)
    few = linear.batched_linear_round(features, theta, weights, 0.5, 4, rng)
    assert few.rank.max() < 6
    many = linear.batched_linear_round(features, theta, weights, 0.5, 500, rng)
    spans = many.rank == 6
    assert spans.sum() > 40
    np.testing.assert_allclose(many.solution[spans], 3.0 * theta[spans], rtol=1e-9)
    ball = linear.batched_linear_round(features, theta, weights, 0.5, 500, rng, radius=0.3)
    np.testing.assert_allclose(np.linalg.norm(ball.solution, axis=-1), 0.3)


def test_iterated_finite_class_follows_the_updates_or_the_adversary():
    base = np.log(np.array([[0.5, 0.3, 0.2]]))
    first = rounds.population_round(base, 2.0)
    second = rounds.population_round(first, 2.0)
    trap = policies.log_softmax(first + np.array([[-6.0, -6.0, 0.0]]))
    candidates = np.stack([trap, first, second])
    one = np.ones(1)
    plenty = rounds.iterate_finite_class(candidates, base, one, 2.0, 500, 2, seed=1)
    assert plenty == [1, 2]
    # With no pair at all everything is tied: the adversary takes the trap, nobody else the first.
    assert rounds.iterate_finite_class(candidates[::-1], base, one, 2.0, 0, 1, seed=1) == [2]
    assert rounds.iterate_finite_class(candidates[::-1], base, one, 2.0, 0, 1, 1, False) == [0]


def _family(beta):
    """Return (base, class) where class = exact update, an impostor told by rare pairs, the base."""
    base = np.log(np.array([[0.6, 0.3, 0.1]]))
    update = policies.log_softmax((1.0 + 1.0 / beta) * base)
    impostor = policies.log_softmax(update + np.array([[0.0, 0.0, 12.0]]))
    return base, np.stack([update, impostor, base])


def test_trials_at_once_choose_as_trials_one_by_one_do():
    beta, pairs, trials = 0.5, 4, 3000
    base, candidates = _family(beta)
    weights = np.ones(1)
    choices = finite_class_rounds(candidates, base, weights, beta, pairs, 2, trials, seed=1)
    single = np.array(
        [
            rounds.iterate_finite_class(candidates, base, weights, beta, pairs, 2, seed)
            for seed in range(1000)
        ]
    )
    assert choices.shape == (trials, 2)
    for done in range(2):
        for index in range(3):
            share, other = (choices[:, done] == index).mean(), (single[:, done] == index).mean()
            assert abs(share - other) < 0.08
    # The impostor survives exactly where no pair of different responses holds the third.
    telling = 2.0 * 0.1 * 0.9
    assert (choices[:, 0] == 1).mean() == pytest.approx((1.0 - telling) ** pairs, abs=0.05)


def test_without_an_adversary_the_first_minimiser_wins_and_chunks_change_the_sample_only():
    base, candidates = _family(0.5)
    kind = {"adversarial": False, "seed": 3}
    few = finite_class_rounds(candidates, base, np.ones(1), 0.5, 20, 1, 500, **kind)
    assert (few == 0).all()
    chunked = finite_class_rounds(candidates, base, np.ones(1), 0.5, 20, 1, 500, chunk=7, **kind)
    assert (chunked == 0).all()
    again = finite_class_rounds(candidates, base, np.ones(1), 0.5, 20, 1, 500, chunk=7, **kind)
    assert (again == chunked).all()
    with pytest.raises(InputError, match="need trials, chunk and beta > 0"):
        finite_class_rounds(candidates, base, np.ones(1), 0.0, 20, 1, 500, seed=0)
