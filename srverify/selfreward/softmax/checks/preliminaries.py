"""Simulated checks of S01–S09 and K01–K03: Gibbs updates, exact rounds, condition numbers."""

from __future__ import annotations

import numpy as np

from srverify.selfreward.softmax.autoregressive import sequence_log_mass
from srverify.selfreward.softmax.checks.registry import slack_check
from srverify.selfreward.softmax.checks.search import Comparison, Reader, Sizes
from srverify.selfreward.softmax.policies import (
    Floats,
    condition_number,
    expectation,
    kl_divergence,
    log_softmax,
    log_sum_exp,
    margin,
    mode_mass,
    objective,
)
from srverify.selfreward.softmax.rounds import population_round, square_loss, square_loss_minimiser

_TREE_SIZES = ((2, 2), (2, 4), (3, 3), (5, 2))


def largest_log(*log_policies: Floats) -> Floats:
    """Return 1 + the largest |log-probability| of each instance: how exp amplifies rounding."""
    peaks = [np.abs(log_policy).max(axis=(-2, -1)) for log_policy in log_policies]
    return np.asarray(1.0 + np.max(peaks, axis=0))


def _regularised(p: Floats, q: Floats, reward: Floats, weights: Floats, beta: Floats) -> Floats:
    return expectation(p, reward, weights) - beta * kl_divergence(p, q, weights)


def _per_instance(beta: Floats) -> Floats:
    return beta[:, None, None]


@slack_check(
    "S01",
    "identity",
    "sum p r - beta KL(p|q) = beta log Z - beta KL(p|p*)",
    ("KL(p*|p) in place of KL(p|p*)",),
)
def _gibbs_identity(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    p, q, weights = r.policy("p", *sizes), r.policy("q", *sizes), r.weights(sizes[0])
    beta = r.scale("beta", 0.05, 5.0, 1)[:, 0]
    reward = r.reals("reward", *sizes)
    tilted = q + reward / _per_instance(beta)
    log_z = log_sum_exp(tilted)
    best = tilted - log_z[..., None]
    lhs = _regularised(p, q, reward, weights, beta)
    gap = kl_divergence(best, p, weights) if mutant else kl_divergence(p, best, weights)
    rhs = beta * ((weights * log_z).sum(axis=-1) - gap)
    magnitude = (1.0 + beta) * (largest_log(p, q) + np.abs(tilted).max(axis=(-2, -1)))
    return Comparison(lhs, rhs, magnitude * largest_log(p, best), 32 + sizes[1], equality=True)


@slack_check(
    "S01",
    "optimum",
    "no p exceeds the value beta log Z",
    ("E_q[r] in place of beta log Z",),
)
def _gibbs_optimum(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    q, weights = r.policy("q", *sizes), r.weights(sizes[0])
    beta = r.scale("beta", 0.05, 5.0, 1)[:, 0]
    reward = r.reals("reward", *sizes)
    tilted = q + reward / _per_instance(beta)
    log_z = log_sum_exp(tilted)
    p = log_softmax(tilted + r.scale("distance", 1e-4, 10.0, 1)[:, :, None] * r.logits(*sizes))
    value = expectation(q, reward, weights) if mutant else beta * (weights * log_z).sum(axis=-1)
    magnitude = (1.0 + beta) * np.abs(tilted).max(axis=(-2, -1)) * largest_log(p, q)
    lhs = _regularised(p, q, reward, weights, beta)
    return Comparison(lhs, value, magnitude, 32 + sizes[1])


@slack_check(
    "S02",
    "optimum",
    "with r = log q the power q^{1+1/beta} is optimal",
    ("exponent 1/beta in place of 1 + 1/beta",),
)
def _power_is_optimal(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    q, weights = r.policy("q", *sizes), r.weights(sizes[0])
    beta = r.scale("beta", 0.05, 5.0, 1)[:, 0]
    exponent = 1.0 / beta + (0.0 if mutant else 1.0)
    best = log_softmax(_per_instance(exponent) * q)
    p = log_softmax(best + r.scale("distance", 1e-4, 10.0, 1)[:, :, None] * r.logits(*sizes))
    magnitude = (1.0 + beta) * (1.0 + exponent) * largest_log(p, q) ** 2
    lhs = _regularised(p, q, q, weights, beta)
    return Comparison(lhs, _regularised(best, q, q, weights, beta), magnitude, 32 + sizes[1])


@slack_check(
    "S03",
    "reward",
    "r = beta log(p*/q) + beta log Z",
    ("the log Z dropped",),
)
def _reward_identity(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    return _reward(r, sizes, 0.0 if mutant else 1.0, differences=False)


@slack_check(
    "S03",
    "differences",
    "reward differences equal beta times log-ratio differences",
    ("beta doubled",),
)
def _reward_differences(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    return _reward(r, sizes, 2.0 if mutant else 1.0, differences=True)


def _reward(r: Reader, sizes: Sizes, factor: float, differences: bool) -> Comparison:
    q, reward = r.policy("q", *sizes), r.reals("reward", *sizes)
    beta = _per_instance(r.scale("beta", 0.05, 5.0, 1)[:, 0])
    tilted = q + reward / beta
    log_z = log_sum_exp(tilted)[..., None]
    ratio = beta * (tilted - log_z - q)
    if differences:
        lhs = reward[..., :, None] - reward[..., None, :]
        rhs = factor * (ratio[..., :, None] - ratio[..., None, :])
    else:
        lhs, rhs = reward, ratio + factor * beta * log_z
    worst = np.abs(lhs - rhs).max(axis=tuple(range(1, lhs.ndim)))
    magnitude = (1.0 + beta[:, 0, 0]) * (1.0 + np.abs(tilted).max(axis=(-2, -1)))
    return Comparison(worst, np.zeros_like(worst), magnitude, 32, equality=True)


@slack_check(
    "S04",
    "variance",
    "the square loss over pairs is twice the variance",
    ("the variance once",),
)
def _square_loss(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    p, q, weights = r.policy("p", *sizes), r.policy("q", *sizes), r.weights(sizes[0])
    beta = r.scale("beta", 0.05, 5.0, 1)[:, 0]
    gap = _per_instance(beta) * (p - q) - q
    mass = np.exp(q)
    pairs = mass[..., :, None] * mass[..., None, :]
    direct = (pairs * (gap[..., :, None] - gap[..., None, :]) ** 2).sum(axis=(-2, -1))
    lhs = (weights * direct).sum(axis=-1)
    rhs = square_loss(p, q, weights, _per_instance(beta))
    magnitude = np.abs(gap).max(axis=(-2, -1)) ** 2 * largest_log(q)
    return Comparison(lhs, rhs * (0.5 if mutant else 1.0), magnitude, 64 + sizes[1], equality=True)


@slack_check(
    "S04",
    "minimiser",
    "the normal equations of the loss give q^{1+1/beta}, by total variation",
    ("exponent 1 + beta in place of 1 + 1/beta",),
    sizes=((1, 2), (2, 3), (3, 5)),
    batch=400,
    generations=15,
)
def _loss_minimiser(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    q = r.policy("q", *sizes)
    beta = _per_instance(r.scale("beta", 0.05, 5.0, 1)[:, 0])
    # The minimiser is affine in 1/beta: log p* = log q + (p*_1 - log q)/beta up to a constant.
    step = square_loss_minimiser(q, 1.0) - q
    found = log_softmax(q + step / beta)
    expected = log_softmax(q * (1.0 + (beta if mutant else 1.0 / beta)))
    distance = 0.5 * np.abs(np.exp(found) - np.exp(expected)).sum(axis=-1).max(axis=-1)
    # A solve in the metric of q loses digits on responses of small mass.
    amplification = (1.0 + 1.0 / beta[:, 0, 0]) * largest_log(q) * np.exp(-0.5 * q.min(axis=(-2, -1)))
    return Comparison(distance, np.zeros_like(distance), amplification, 64, equality=True)


def _exact_rounds(r: Reader, sizes: Sizes) -> tuple[Floats, Floats, Floats, Floats]:
    """Return (π_0, β, T, π_T) with π_T from T single rounds, not from the closed form."""
    base = r.policy("pi_0", *sizes)
    beta = r.scale("beta", 0.2, 20.0, 1)[:, 0]
    rounds = r.integers("T", 1, 4)
    current = base
    for done in range(4):
        following = log_softmax(current * _per_instance(1.0 + 1.0 / beta))
        current = np.where(_per_instance(rounds) > done, following, current)
    return base, beta, rounds, current


def _power(beta: Floats, rounds: Floats, mutant: str | None) -> Floats:
    return np.asarray(1.0 + rounds / beta if mutant else (1.0 + 1.0 / beta) ** rounds)


@slack_check(
    "S05",
    "closed-form",
    "T single rounds give pi_0 to the power (1+1/beta)^T",
    ("1 + T/beta in place of (1+1/beta)^T",),
)
def _closed_form(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    base, beta, rounds, final = _exact_rounds(r, sizes)
    power = _power(beta, rounds, mutant)
    distance = np.abs(final - log_softmax(_per_instance(power) * base)).max(axis=(-2, -1))
    magnitude = (1.0 + 1.0 / beta) ** rounds * largest_log(base)
    return Comparison(distance, np.zeros_like(distance), magnitude, 64, equality=True)


@slack_check(
    "S05",
    "one-call",
    "population_round agrees with the closed form",
    ("one round too many",),
    sizes=((1, 2), (3, 5), (2, 16)),
)
def _population_round(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    base = r.policy("pi_0", *sizes)
    beta, rounds = 0.7, 3
    found = population_round(base, beta, rounds + (1 if mutant else 0))
    power = (1.0 + 1.0 / beta) ** rounds
    distance = np.abs(found - log_softmax(power * base)).max(axis=(-2, -1))
    return Comparison(distance, np.zeros_like(distance), power * largest_log(base), 64, equality=True)


@slack_check(
    "S06",
    "margin",
    "gamma(pi_T) = alpha_T gamma(pi_0)",
    ("1 + T/beta in place of (1+1/beta)^T",),
)
def _margin_growth(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    base, beta, rounds, final = _exact_rounds(r, sizes)
    magnitude = (1.0 + 1.0 / beta) ** rounds * largest_log(base)
    rhs = _power(beta, rounds, mutant) * margin(base)
    return Comparison(margin(final), rhs, magnitude, 64, equality=True)


@slack_check(
    "S07",
    "double-exponential",
    "kappa(pi_T) - 1 <= (N-1) exp(-gamma_0 alpha_T)",
    ("N-1 reduced by one percent",),
)
def _population_condition_number(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    base, beta, rounds, final = _exact_rounds(r, sizes)
    power = (1.0 + 1.0 / beta) ** rounds
    # kappa − 1 as the mean odds against the mode, so that tiny values keep their digits.
    relative = np.sort(final - final.max(axis=-1, keepdims=True), axis=-1)[..., :-1]
    excess = (r.weights(sizes[0]) * np.exp(relative).sum(axis=-1)).sum(axis=-1)
    rhs = (sizes[1] - 1) * np.exp(-margin(base) * power) * (0.99 if mutant else 1.0)
    # Relative error of the exponential: the absolute error of its argument.
    magnitude = (excess + rhs) * (1.0 + power * largest_log(base))
    return Comparison(excess, rhs, magnitude, 64)


@slack_check("K01", "upper", "kappa <= N", ("N reduced by one percent",))
def _upper_range(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    policy = r.policy("pi", *sizes)
    kappa = condition_number(policy, r.weights(sizes[0]))
    bound = np.full_like(kappa, sizes[1] * (0.99 if mutant else 1.0))
    return Comparison(kappa, bound, kappa * largest_log(policy), 32 + sizes[1])


@slack_check(
    "K01",
    "lower",
    "kappa >= 1/E[max pi] >= 1",
    ("1/E[max pi] raised by one percent",),
)
def _lower_range(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    policy, weights = r.policy("pi", *sizes), r.weights(sizes[0])
    kappa = condition_number(policy, weights)
    bound = 1.0 / (weights * mode_mass(policy)).sum(axis=-1)
    bound = np.maximum(bound, 1.0) * (1.01 if mutant else 1.0)
    return Comparison(bound, kappa, kappa * largest_log(policy), 32 + sizes[1])


@slack_check(
    "K02",
    "near-uniform",
    "max pi = (1+eta)/M for all x gives kappa = M/(1+eta)",
    ("1 + 2 eta in place of 1 + eta",),
    sizes=((1, 2), (2, 3), (3, 5), (2, 16)),
)
def _near_uniform(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    responses = sizes[1]
    eta = r.between("eta", 1e-6, responses - 1.0, 1)[:, 0]
    top = (1.0 + eta) / responses
    # The rest: between the even share and whatever stays below the top.
    even = (1.0 - top) / (responses - 1)
    shape = r.policy("shape", sizes[0], responses - 1)
    tilt = np.exp(shape) * (responses - 1) - 1.0
    room = np.minimum(top / np.maximum(even, 1e-300) - 1.0, 1.0)[:, None] / np.abs(tilt).max(-1).clip(
        1e-9
    )
    others = even[:, None, None] * (1.0 + 0.999 * np.minimum(room, 1.0)[..., None] * tilt)
    masses = np.concatenate([np.broadcast_to(top[:, None, None], (*others.shape[:2], 1)), others], -1)
    with np.errstate(divide="ignore"):
        kappa = condition_number(np.log(masses), r.weights(sizes[0]))
    rhs = responses / (1.0 + (2.0 if mutant else 1.0) * eta)
    return Comparison(kappa, rhs, kappa * (1.0 + np.log(responses)), 64, equality=True)


@slack_check(
    "K03",
    "autoregressive",
    "conditionals at most p along the mode give kappa >= p^-L",
    ("length L + 1",),
    sizes=_TREE_SIZES,
)
def _autoregressive(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    vocabulary, length = sizes
    tree = [log_softmax(r.logits(vocabulary**level, vocabulary)) for level in range(length)]
    mass = sequence_log_mass(tree)
    top = np.max([level.max(axis=(-2, -1)) for level in tree], axis=0)
    r.keep("log_p", top)
    bound = -(length + (1 if mutant else 0)) * top
    log_kappa = -mass.max(axis=-1)
    magnitude = length * (1.0 + np.abs(mass).max(axis=-1))
    return Comparison(bound, log_kappa, magnitude, 32)


@slack_check(
    "S02",
    "objective",
    "J(p*) >= J(q): the power raises the self-reward",
    ("J(p*) <= J(q)",),
)
def _objective_rises(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    q, weights = r.policy("q", *sizes), r.weights(sizes[0])
    beta = r.scale("beta", 0.05, 5.0, 1)[:, 0]
    best = log_softmax(_per_instance(1.0 + 1.0 / beta) * q)
    before, after = objective(q, q, weights), objective(best, q, weights)
    if mutant:
        before, after = after, before
    return Comparison(before, after, (1.0 + 1.0 / beta) * largest_log(q) ** 2, 32 + sizes[1])


def _least_norms(
    features: Floats, *log_policies: Floats
) -> tuple[tuple[Floats, ...], Floats, np.ndarray]:
    """Return ‖θ‖ of the least θ with π_θ = π for each π, a solve's amplification, where it is clear."""
    matrix = (features - features[:, :, :1]).reshape(len(features), -1, features.shape[-1])
    left, singular, _ = np.linalg.svd(matrix, full_matrices=False)
    relative = singular / np.maximum(singular[:, :1], 1e-300)
    # Directions neither plainly visible nor plainly invisible decide nothing.
    visible = relative > 1e-3
    clear = (visible | (relative < 1e-14)).all(axis=-1) & visible.any(axis=-1)
    least = np.where(visible, singular, np.inf).min(axis=-1)
    amplification = singular[:, 0] / least * np.maximum(1.0, 1.0 / least)
    # The pseudoinverse, but for the rotation of its image, which changes no norm.
    inverse = np.where(relative > 1e-8, 1.0 / np.where(relative > 1e-8, singular, 1.0), 0.0)
    norms = []
    for log_policy in log_policies:
        ratios = (log_policy - log_policy[..., :1]).reshape(len(features), 1, -1)
        solution = (ratios @ left)[:, 0] * inverse
        norms.append(np.sqrt((solution**2).sum(axis=-1)))
    return tuple(norms), np.where(clear, amplification, 1.0), clear


def _linear_base(r: Reader, sizes: Sizes) -> tuple[Floats, Floats]:
    features = r.keep("features", np.tanh(r.reals("features (before tanh)", *sizes)))
    theta = r.keep("theta_0", 3.0 * np.tanh(r.reals("theta (before tanh)", sizes[2])))
    return features, log_softmax(np.einsum("bxyd,bd->bxy", features, theta))


@slack_check(
    "S08",
    "least-norm",
    "the least norm of pi_T's parameters is alpha_T times that of pi_0's",
    ("1 + T/beta in place of (1+1/beta)^T",),
    sizes=((1, 3, 1), (2, 3, 2), (2, 3, 5), (3, 4, 3)),
)
def _radius_needed(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    features, base = _linear_base(r, sizes)
    beta, rounds = r.scale("beta", 0.2, 20.0, 1)[:, 0], r.integers("T", 1, 4)
    final = base
    for done in range(4):
        following = log_softmax(final * _per_instance(1.0 + 1.0 / beta))
        final = np.where(_per_instance(rounds) > done, following, final)
    (start, lhs), amplification, clear = _least_norms(features, base, final)
    rhs = _power(beta, rounds, mutant) * start
    magnitude = amplification * (1.0 + 1.0 / beta) ** rounds * largest_log(base)
    return Comparison(lhs, rhs, magnitude, 256, equality=True, applies=clear)


@slack_check(
    "S08",
    "first-round",
    "A-REAL in round 0 of the R-ball needs gamma <= 2 B_phi R beta/(1+beta)",
    ("1.9 in place of 2",),
    sizes=((1, 2, 1), (2, 3, 2), (3, 4, 3)),
)
def _margin_in_ball(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    features, base = _linear_base(r, sizes)
    beta = r.scale("beta", 0.01, 20.0, 1)[:, 0]
    (norm,), amplification, clear = _least_norms(features, base)
    # The smallest ball that holds the exact update.
    radius = r.keep("R", (1.0 + 1.0 / beta) * norm)
    largest = np.sqrt((features**2).sum(axis=-1)).max(axis=(-2, -1))
    rhs = (1.9 if mutant else 2.0) * largest * radius * beta / (1.0 + beta)
    return Comparison(margin(base), rhs, amplification * largest_log(base), 256, applies=clear)


@slack_check(
    "S09",
    "least-probability",
    "log min pi_T <= -gamma_0 alpha_T",
    ("gamma_0 raised by one percent",),
)
def _least_probability(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    base, beta, rounds, final = _exact_rounds(r, sizes)
    power = (1.0 + 1.0 / beta) ** rounds
    rhs = -margin(base) * power * (1.01 if mutant else 1.0)
    return Comparison(final.min(axis=(-2, -1)), rhs, power * largest_log(base), 64)
