"""Simulated checks of C02–C08, C16, C20–C22 and C26: one round from π_0 to π̂."""

from __future__ import annotations

import numpy as np

from srverify.selfreward.softmax.checks.preliminaries import largest_log
from srverify.selfreward.softmax.checks.registry import slack_check
from srverify.selfreward.softmax.checks.search import Comparison, Reader, Sizes
from srverify.selfreward.softmax.policies import (
    Floats,
    concentrability,
    condition_number,
    expectation,
    kl_divergence,
    log_softmax,
    margin,
    mode_mass,
    modes,
    objective,
    point_mass,
)


def _base_mode_mass(policy: Floats, base: Floats) -> Floats:
    """Return π̂(y_0*(x)|x), shape (batch, prompts)."""
    chosen = modes(base)[..., None]
    return np.asarray(np.exp(np.take_along_axis(policy, chosen, axis=-1)[..., 0]))


def _gap(policy: Floats, base: Floats, weights: Floats) -> Floats:
    """Return J(π*) − J(π̂) as a mean of non-negative terms, so that small gaps keep their digits."""
    shortfall = base.max(axis=-1, keepdims=True) - base
    return expectation(policy, shortfall, weights)


def _pair_mean(weights: Floats, first: Floats, second: Floats, values: Floats) -> Floats:
    """Return E_x E_{y~first, y'~second}[values]; masses (B, X, N), values (B, X, N, N)."""
    inner = np.einsum("bxi,bxj,bxij->bx", first, second, values)
    return np.asarray((weights * inner).sum(axis=-1))


def _difference(values: Floats) -> Floats:
    return np.asarray(values[..., :, None] - values[..., None, :])


def _round(r: Reader, sizes: Sizes) -> tuple[Floats, Floats, Floats]:
    """Return (π_0, π̂, weights); π̂ is π_0 tilted, so that it comes near π_0 and near any policy."""
    base = r.policy("pi_0", *sizes)
    learned = r.keep("pi_hat", log_softmax(base + r.logits(*sizes)))
    return base, learned, r.weights(sizes[0])


def _mutated(value: float, mutant: str | None) -> float:
    return value if mutant else 1.0


@slack_check(
    "C02",
    "gap-to-mass",
    "E[1 - pihat(y*)] <= (J(pi*) - J(pihat))/gamma",
    ("gamma raised by one percent",),
)
def _gap_to_mass(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    base, learned, weights = _round(r, sizes)
    chosen = np.arange(sizes[1]) == modes(base)[..., None]
    missing = (weights * np.where(chosen, 0.0, np.exp(learned)).sum(axis=-1)).sum(axis=-1)
    gamma = margin(base)
    rhs = _gap(learned, base, weights) / gamma / _mutated(1.01, mutant)
    magnitude = (missing + rhs) * (largest_log(base, learned) / np.minimum(gamma, 1.0))
    return Comparison(missing, rhs, magnitude, 32 + sizes[1])


@slack_check(
    "C03",
    "lemma-C1",
    "P(pihat(y*) <= 1 - delta) <= (J(pi*) - J(pihat))/(gamma delta)",
    ("delta raised by one percent",),
)
def _lemma_c1(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    base, learned, weights = _round(r, sizes)
    chosen = np.arange(sizes[1]) == modes(base)[..., None]
    missing = np.where(chosen, 0.0, np.exp(learned)).sum(axis=-1)
    # The level that is just reached at one prompt is the hardest one.
    delta = missing[np.arange(len(missing)), r.indices("prompt", sizes[0])]
    failing = (weights * (missing >= delta[:, None])).sum(axis=-1)
    gamma = margin(base)
    rhs = _gap(learned, base, weights) / (gamma * delta) / _mutated(1.01, mutant)
    magnitude = (failing + rhs) * largest_log(base, learned) / np.minimum(gamma, 1.0)
    return Comparison(failing, rhs, magnitude, 32 + sizes[1])


@slack_check(
    "C04",
    "baseline",
    "E_{pi,pi_0}[Delta f] = E_pi[f] - E_{pi_0}[f]",
    ("a plus in place of the minus",),
)
def _baseline(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    base, policy, weights = _round(r, sizes)
    f = r.reals("f", *sizes)
    lhs = _pair_mean(weights, np.exp(policy), np.exp(base), _difference(f))
    sign = 1.0 if mutant else -1.0
    rhs = expectation(policy, f, weights) + sign * expectation(base, f, weights)
    magnitude = np.abs(f).max(axis=(-2, -1)) * largest_log(base, policy)
    return Comparison(lhs, rhs, magnitude, 64 + sizes[1], equality=True)


@slack_check(
    "C05",
    "optimality",
    "E_pi[rhat] - beta KL(pi|pi_0) = -beta KL(pi|pihat)",
    ("KL(pihat|pi) in place of KL(pi|pihat)",),
)
def _dpo_optimality(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    base, learned, weights = _round(r, sizes)
    policy = r.policy("pi", *sizes)
    beta = r.scale("beta", 0.05, 5.0, 1)[:, 0]
    reward = beta[:, None, None] * (learned - base)
    lhs = expectation(policy, reward, weights) - beta * kl_divergence(policy, base, weights)
    gap = kl_divergence(*((learned, policy) if mutant else (policy, learned)), weights)
    magnitude = (1.0 + beta) * largest_log(base, learned, policy) ** 2
    return Comparison(lhs, -beta * gap, magnitude, 64 + sizes[1], equality=True)


@slack_check(
    "C05",
    "no-better",
    "no pi beats pihat: E_pi[rhat] - beta KL(pi|pi_0) <= 0",
    ("beta halved in front of the KL",),
)
def _dpo_no_better(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    base, learned, weights = _round(r, sizes)
    policy = log_softmax(learned + r.scale("distance", 1e-4, 5.0, 1)[:, :, None] * r.logits(*sizes))
    beta = r.scale("beta", 0.05, 5.0, 1)[:, 0]
    reward = beta[:, None, None] * (learned - base)
    penalty = beta * _mutated(0.5, mutant) * kl_divergence(policy, base, weights)
    magnitude = (1.0 + beta) * largest_log(base, learned, policy) ** 2
    lhs = expectation(policy, reward, weights)
    return Comparison(lhs, penalty, magnitude, 64 + sizes[1])


@slack_check(
    "C06",
    "decomposition",
    "J(pi*) - J(pihat) <= two fitting errors + beta KL(pi*|pi_0)",
    ("the KL term dropped", "the error under pihat dropped", "both errors halved"),
)
def _gap_decomposition(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    base, learned, weights = _round(r, sizes)
    beta = r.scale("beta", 0.001, 5.0, 1)[:, 0]
    error = np.abs(_difference(base - beta[:, None, None] * (learned - base)))
    best = np.exp(point_mass(modes(base), sizes[1]))
    mass = np.exp(base)
    under_best = _pair_mean(weights, best, mass, error)
    under_learned = _pair_mean(weights, np.exp(learned), mass, error)
    kl = beta * (weights * -base.max(axis=-1)).sum(axis=-1)
    if mutant == "the KL term dropped":
        kl = np.zeros_like(kl)
    elif mutant == "the error under pihat dropped":
        under_learned = np.zeros_like(kl)
    elif mutant:
        under_best, under_learned = 0.5 * under_best, 0.5 * under_learned
    magnitude = (1.0 + beta) * largest_log(base, learned) ** 2
    lhs = _gap(learned, base, weights)
    return Comparison(lhs, under_best + under_learned + kl, magnitude, 64 + sizes[1])


@slack_check(
    "C07",
    "split",
    "E|e| = E|e|1_G + E|e|1_{G^c}",
    ("G^c replaced by: both differences exceed B",),
)
def _region_split(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    base, learned, weights = _round(r, sizes)
    beta = r.scale("beta", 0.05, 5.0, 1)[:, 0]
    target, fitted = _difference(base), beta[:, None, None, None] * _difference(learned - base)
    bound = r.scale("B", 0.01, 30.0, 1)[:, :, None, None]
    inside = (np.abs(target) <= bound) & (np.abs(fitted) <= bound)
    outside = (np.abs(target) > bound) & (np.abs(fitted) > bound) if mutant else ~inside
    error = np.abs(target - fitted)
    p, q = np.exp(learned), np.exp(base)
    lhs = _pair_mean(weights, p, q, error)
    rhs = _pair_mean(weights, p, q, error * inside) + _pair_mean(weights, p, q, error * outside)
    magnitude = (1.0 + beta) * largest_log(base, learned)
    return Comparison(lhs, rhs, magnitude, 64 + sizes[1] ** 2, equality=True)


@slack_check(
    "C08",
    "lemma-C2",
    "E_{pi,pi_0}[f] <= sqrt(C(pi)) sqrt(E_{pi_0,pi_0}[f^2])",
    ("one percent less on the right",),
    sizes=((1, 2), (1, 3), (2, 3), (3, 5)),
)
def _lemma_c2(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    base, policy, weights = _round(r, sizes)
    # f = the density ratio, the equality case, times a perturbation that may be large.
    noise = r.logits(*sizes, sizes[1])
    f = np.exp(policy - base)[..., None] * np.exp(noise)
    r.keep("f", f)
    q = np.exp(base)
    lhs = _pair_mean(weights, np.exp(policy), q, f)
    rhs = np.sqrt(concentrability(policy, base, weights) * _pair_mean(weights, q, q, f**2))
    magnitude = rhs * (largest_log(base, policy) + np.abs(noise).max(axis=(1, 2, 3)))
    return Comparison(lhs, rhs * _mutated(0.99, mutant), magnitude, 64 + sizes[1] ** 2)


@slack_check(
    "C16",
    "kl",
    "KL(pi*|pi_0) = E log 1/pi_0(y*) <= log kappa_0",
    ("one percent less on the right",),
)
def _kl_jensen(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    base, weights = r.policy("pi_0", *sizes), r.weights(sizes[0])
    lhs = kl_divergence(point_mass(modes(base), sizes[1]), base, weights)
    rhs = np.log(condition_number(base, weights)) * _mutated(0.99, mutant)
    return Comparison(lhs, rhs, largest_log(base), 32 + sizes[0])


@slack_check(
    "C16",
    "comparator",
    "C(pi*) = kappa_0",
    ("the square root of kappa_0",),
)
def _comparator(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    base, weights = r.policy("pi_0", *sizes), r.weights(sizes[0])
    lhs = concentrability(point_mass(modes(base), sizes[1]), base, weights)
    rhs = condition_number(base, weights) ** _mutated(0.5, mutant)
    return Comparison(lhs, rhs, lhs * largest_log(base), 64, equality=True)


@slack_check(
    "C16",
    "update",
    "C(p*) <= kappa_0",
    ("one percent less on the right",),
)
def _update_concentrability(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    base, weights = r.policy("pi_0", *sizes), r.weights(sizes[0])
    power = 1.0 + 1.0 / r.scale("beta", 0.001, 50.0, 1)[:, :, None]
    lhs = concentrability(log_softmax(power * base), base, weights)
    rhs = condition_number(base, weights) * _mutated(0.99, mutant)
    return Comparison(lhs, rhs, rhs * power[:, 0, 0] * largest_log(base), 64 + sizes[1])


@slack_check(
    "C20",
    "inclusion",
    "P(max pihat <= u) <= P(pihat(y*) <= u)",
    ("the inclusion turned round",),
)
def _own_mode(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    base, learned, weights = _round(r, sizes)
    own, at_base = mode_mass(learned), _base_mode_mass(learned, base)
    level = at_base[np.arange(len(own)), r.indices("prompt", sizes[0])][:, None]
    fails_own = (weights * (own <= level)).sum(axis=-1)
    fails_base = (weights * (at_base <= level)).sum(axis=-1)
    lhs, rhs = (fails_base, fails_own) if mutant else (fails_own, fails_base)
    return Comparison(lhs, rhs, np.ones_like(lhs), 32)


def _sorted_inverse(policy: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """Return 1/max π over the prompts in increasing order, and P(X ≥ that value)."""
    inverse = np.exp(-policy.max(axis=-1))
    order = inverse.argsort(axis=-1)
    mass = np.take_along_axis(weights, order, axis=-1)
    at_least = mass[:, ::-1].cumsum(axis=-1)[:, ::-1]
    return np.take_along_axis(inverse, order, axis=-1), at_least


@slack_check(
    "C21",
    "tail-integral",
    "E X = 1 + integral of P(X > t) over [1, 1/c], X = 1/max pihat",
    ("the leading 1 dropped",),
)
def _tail_integral(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    policy, weights = r.policy("pi_hat", *sizes), r.weights(sizes[0])
    values, at_least = _sorted_inverse(policy, weights)
    steps = np.diff(values, prepend=1.0, axis=-1)
    integral = (steps * at_least).sum(axis=-1)
    kappa = condition_number(policy, weights)
    rhs = integral + (0.0 if mutant else 1.0)
    return Comparison(kappa, rhs, kappa * largest_log(policy), 64 + sizes[0], equality=True)


@slack_check(
    "C22",
    "tail-bound",
    "P(1/max pihat > t) <= min(1, A t/(t-1)) with A = (J(pi*) - J(pihat))/gamma",
    ("the factor t dropped",),
)
def _tail_bound(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    base, learned, weights = _round(r, sizes)
    gamma = margin(base)
    a = _gap(learned, base, weights) / gamma
    # 1/max − 1 as the odds against the mode, so that t − 1 keeps its digits.
    relative = np.sort(learned - learned.max(axis=-1, keepdims=True), axis=-1)[..., :-1]
    odds = np.exp(relative).sum(axis=-1)
    over = odds[np.arange(len(odds)), r.indices("prompt", sizes[0])]
    # P(X > t) just below a value of X is P(X >= value): the hardest t.
    tail = (weights * (odds >= over[:, None])).sum(axis=-1)
    rhs = np.minimum(1.0, a * (1.0 if mutant else 1.0 + over) / over)
    magnitude = (tail + rhs) * largest_log(base, learned) / np.minimum(gamma, 1.0)
    return Comparison(tail, rhs, magnitude, 64)


@slack_check(
    "C26",
    "one-step",
    "kappa_1 <= 1 + E[1 - max pihat]/c with the weak c",
    ("one percent less on the right of 1",),
)
def _direct_one_step(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    learned, weights = r.policy("pi_hat", *sizes), r.weights(sizes[0])
    smallest = mode_mass(learned).min(axis=-1)
    c = smallest * r.between("c over its largest value", 0.05, 1.0, 1)[:, 0]
    relative = np.sort(learned, axis=-1)[..., :-1]
    missing = (weights * np.exp(relative).sum(axis=-1)).sum(axis=-1)
    excess = (weights * np.exp(relative - learned.max(axis=-1, keepdims=True)).sum(axis=-1)).sum(-1)
    rhs = missing / c * _mutated(0.99, mutant)
    return Comparison(excess, rhs, (excess + rhs) * largest_log(learned), 64 + sizes[1])


@slack_check(
    "C26",
    "from-the-gap",
    "kappa_1 - 1 <= A/c with A = (J(pi*) - J(pihat))/gamma",
    ("gamma raised by one percent",),
)
def _one_step_from_gap(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    base, learned, weights = _round(r, sizes)
    gamma = margin(base)
    top = learned.max(axis=-1, keepdims=True)
    excess = (weights * np.exp(np.sort(learned, -1)[..., :-1] - top).sum(axis=-1)).sum(axis=-1)
    a = _gap(learned, base, weights) / gamma / _mutated(1.01, mutant)
    rhs = a / mode_mass(learned).min(axis=-1)
    magnitude = (excess + rhs) * largest_log(base, learned) / np.minimum(gamma, 1.0)
    return Comparison(excess, rhs, magnitude, 64 + sizes[1])


@slack_check(
    "C02",
    "objective",
    "J(pi*) - J(pihat) from the definition equals the mean shortfall",
    ("the shortfall doubled",),
)
def _gap_definition(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    base, learned, weights = _round(r, sizes)
    best = point_mass(modes(base), sizes[1])
    lhs = objective(best, base, weights) - objective(learned, base, weights)
    rhs = _gap(learned, base, weights) * _mutated(2.0, mutant)
    return Comparison(lhs, rhs, largest_log(base, learned) ** 2, 64 + sizes[1], equality=True)
