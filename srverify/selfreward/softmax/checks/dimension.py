"""Simulated checks of G01–G06, G09 and G10: the ridge effective dimension and what it bounds."""

from __future__ import annotations

import numpy as np

from srverify.selfreward.softmax.checks.registry import slack_check
from srverify.selfreward.softmax.checks.search import Comparison, Reader, Sizes
from srverify.selfreward.softmax.policies import Floats, log_softmax
from srverify.selfreward.softmax.rounds import square_loss

_SPECTRUM_SIZES = ((1,), (2,), (5,), (30,))
_LONG_SIZES = ((3,), (30,), (400,))


def effective_dimension(eigenvalues: Floats, ridge: Floats) -> Floats:
    """Return d_λ = Σ λ_i/(λ_i + λ) over the last axis (Section G); ``ridge`` broadcasts."""
    return np.asarray((eigenvalues / (eigenvalues + ridge)).sum(axis=-1))


def _spectrum(r: Reader, sizes: Sizes) -> tuple[Floats, Floats]:
    """Return eigenvalues in decreasing order and the ridge, shapes (B, d) and (B, 1)."""
    values = np.sort(r.scale("eigenvalues", 1e-6, 1e6, sizes[0]), axis=-1)[:, ::-1]
    return r.keep("eigenvalues", values), r.scale("lambda", 1e-6, 1e6, 1)


def _policy_covariance(r: Reader, sizes: Sizes) -> tuple[Floats, Floats]:
    """Return the spectrum of E[δδᵀ] of a random policy with random features, and the ridge."""
    prompts, responses, dimension = 2, 4, sizes[0]
    policy = r.policy("pi_0", prompts, responses)
    weights = r.weights(prompts)
    features = r.reals("features", prompts, responses, dimension)
    mass = np.exp(policy)
    centred = features - np.einsum("bxy,bxyd->bxd", mass, features)[:, :, None]
    sigma = 2.0 * np.einsum("bx,bxy,bxyd,bxye->bde", weights, mass, centred, centred)
    values = np.linalg.eigvalsh(sigma)[:, ::-1].clip(0.0)
    return values, r.scale("lambda", 1e-3, 1e3, 1)


@slack_check(
    "G01",
    "rank",
    "d_lambda <= rank of Sigma",
    ("one percent less on the right",),
    sizes=_SPECTRUM_SIZES,
)
def _rank(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    values, ridge = _spectrum(r, sizes)
    lhs = effective_dimension(values, ridge)
    return Comparison(lhs, np.full_like(lhs, sizes[0] * (0.99 if mutant else 1.0)), lhs, 32 + sizes[0])


@slack_check(
    "G01",
    "trace",
    "d_lambda <= tr Sigma / lambda",
    ("one percent less on the right",),
    sizes=_SPECTRUM_SIZES,
)
def _trace(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    values, ridge = _spectrum(r, sizes)
    rhs = values.sum(axis=-1) / ridge[:, 0] * (0.99 if mutant else 1.0)
    return Comparison(effective_dimension(values, ridge), rhs, rhs, 32 + sizes[0])


@slack_check(
    "G01",
    "policy-trace",
    "d_lambda of a policy's own feature covariance is at most its trace over lambda",
    ("half on the right",),
    sizes=((1,), (3,)),
)
def _policy_trace(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    values, ridge = _policy_covariance(r, sizes)
    rhs = values.sum(axis=-1) / ridge[:, 0] * (0.5 if mutant else 1.0)
    return Comparison(effective_dimension(values, ridge), rhs, rhs, 64)


@slack_check(
    "G01",
    "monotone",
    "d_lambda does not increase with lambda",
    ("decreasing by at least one percent for one percent of lambda",),
    sizes=_SPECTRUM_SIZES,
)
def _monotone(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    values, ridge = _spectrum(r, sizes)
    growth = np.full_like(ridge, 1.01) if mutant else 1.0 + r.scale("growth", 1e-6, 1e3, 1)
    rhs = effective_dimension(values, ridge) / (1.01 if mutant else 1.0)
    return Comparison(effective_dimension(values, ridge * growth), rhs, rhs, 32 + sizes[0])


@slack_check(
    "G01",
    "isotropic",
    "Sigma = s^2 I gives d s^2/(s^2 + lambda)",
    ("twice lambda",),
    sizes=_SPECTRUM_SIZES,
)
def _isotropic(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    variance, ridge = r.scale("s^2", 1e-6, 1e6, 1), r.scale("lambda", 1e-6, 1e6, 1)
    lhs = effective_dimension(np.repeat(variance, sizes[0], axis=1), ridge)
    scaled = ridge * (2.0 if mutant else 1.0)
    rhs = sizes[0] * (variance / (variance + scaled))[:, 0]
    return Comparison(lhs, rhs, lhs, 32 + sizes[0], equality=True)


def _tail_sums(values: Floats) -> Floats:
    """Return Σ_{i>k} λ_i for k = 0 … d, shape (B, d+1)."""
    sums = values[:, ::-1].cumsum(axis=-1)[:, ::-1]
    return np.concatenate([sums, np.zeros((len(values), 1))], axis=1)


@slack_check(
    "G02",
    "split",
    "d_lambda <= k + (1/lambda) sum_{i>k} lambda_i for every k",
    ("one percent less on the right",),
    sizes=_SPECTRUM_SIZES,
)
def _split(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    values, ridge = _spectrum(r, sizes)
    bounds = np.arange(sizes[0] + 1) + _tail_sums(values) / ridge
    rhs = bounds.min(axis=-1) * (0.99 if mutant else 1.0)
    return Comparison(effective_dimension(values, ridge), rhs, rhs, 32 + sizes[0])


@slack_check(
    "G02",
    "count",
    "half the number of eigenvalues >= lambda is at most d_lambda",
    ("0.51 in place of one half",),
    sizes=_SPECTRUM_SIZES,
)
def _count(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    values, ridge = _spectrum(r, sizes)
    # With λ equal to an eigenvalue that counts, the hardest case.
    rows = np.arange(len(values))
    ridge = values[rows, r.indices("which", sizes[0])][:, None]
    lhs = (0.51 if mutant else 0.5) * (values >= ridge).sum(axis=-1)
    return Comparison(lhs, effective_dimension(values, ridge), lhs, 32 + sizes[0])


@slack_check(
    "G03",
    "exponential",
    "lambda_i <= C e^{-alpha i} gives d_lambda <= ceil(log(C/lambda)/alpha) + 1/(e^alpha - 1)",
    ("floor in place of ceil",),
    sizes=_LONG_SIZES,
    batch=600,
)
def _exponential(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    alpha = r.scale("alpha", 1e-2, 10.0, 1)
    ridge = r.scale("lambda/C", 1e-30, 1.0, 1)
    index = np.arange(1, sizes[0] + 1)
    # The sharp spectrum, lowered by a random factor that the search may remove.
    lowered = r.between("lowering", 0.0, 3.0, 1)
    values = np.exp(-alpha * index - lowered * (index % 2))
    steps = -np.log(ridge) / alpha
    # A quotient within rounding of a whole number is rounded the way that helps the bound.
    count = np.floor(steps) if mutant else np.ceil(steps * (1.0 + 1e-14))
    rhs = (count + 1.0 / np.expm1(alpha))[:, 0]
    return Comparison(effective_dimension(values, ridge), rhs, rhs * (1.0 + 70.0), 32 + sizes[0])


@slack_check(
    "G04",
    "polynomial",
    "lambda_i <= C i^-p gives d_lambda <= ceil((C/lambda)^{1/p}) p/(p-1)",
    ("the factor p/(p-1) dropped",),
    sizes=((3,), (30,), (1500,)),
    batch=300,
    generations=15,
)
def _polynomial(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    p = 1.0 + r.scale("p - 1", 1e-2, 10.0, 1)
    ridge = r.scale("lambda/C", 1e-8, 1.0, 1)
    index = np.arange(1, sizes[0] + 1)
    lowered = r.between("lowering", 0.0, 3.0, 1)
    values = np.exp(-p * np.log(index) - lowered * (index % 2))
    count = np.ceil(ridge ** (-1.0 / p) * (1.0 + 1e-14))
    rhs = (count * (1.0 if mutant else p / (p - 1.0)))[:, 0]
    return Comparison(effective_dimension(values, ridge), rhs, rhs * 20.0, 32 + sizes[0])


@slack_check(
    "G05",
    "spiked",
    "k spikes give d_lambda <= k + (sum_{i>k} lambda_i)/lambda",
    ("the tail reduced by a tenth",),
    sizes=((2, 1), (6, 2), (30, 5)),
    generations=60,
)
def _spiked(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    dimension, spikes = sizes
    top = r.scale("spikes", 1.0, 1e9, spikes)
    rest = r.scale("rest", 1e-6, 1.0, dimension - spikes)
    ridge = r.scale("lambda", 1e-3, 1e6, 1)
    values = np.concatenate([top, rest], axis=1)
    tail = rest.sum(axis=-1) / ridge[:, 0]
    rhs = spikes + (0.9 if mutant else 1.0) * tail
    return Comparison(effective_dimension(values, ridge), rhs, rhs, 32 + dimension)


@slack_check(
    "G09",
    "log-rank",
    "tail mass tau beyond k directions and lambda >= tau give d_lambda <= k + 1",
    ("lambda >= tau/2",),
    sizes=((2,), (5,), (30,)),
)
def _log_rank(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    values, _ = _spectrum(r, sizes)
    count = r.indices("k", sizes[0])
    tail = _tail_sums(values)[np.arange(len(values)), count][:, None]
    ridge = r.keep("ridge", tail * r.scale("lambda over tau", 1.0, 1e3, 1) * (0.5 if mutant else 1.0))
    rhs = count + 1.0
    return Comparison(effective_dimension(values, ridge), rhs, rhs, 64 + sizes[0])


def _one_hot(r: Reader, sizes: Sizes) -> tuple[Floats, Floats, Floats]:
    """Return (θ_t, log π_t, D) of G10's example: φ(x_i, 1) = e_i, φ(x_i, 2) = 0."""
    theta = r.keep("theta_t", 3.0 * np.tanh(r.reals("theta (before tanh)", sizes[0])))
    policy = log_softmax(np.stack([theta, np.zeros_like(theta)], axis=-1))
    return theta, policy, r.weights(sizes[0])


@slack_check(
    "G10",
    "unseen-loss",
    "in the example a fit that errs on unseen prompts only has L <= 4 beta^2 R^2 max w_i over them",
    ("3.9 in place of 4",),
    sizes=((1,), (2,), (5,), (30,)),
)
def _unseen_loss(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    theta, policy, weights = _one_hot(r, sizes)
    beta = r.scale("beta", 1e-2, 5.0, 1)
    exact = (1.0 + 1.0 / beta) * theta
    unseen = r.raw(sizes[0]) > 0.0
    norm = np.sqrt((exact**2).sum(axis=-1, keepdims=True))
    fit = np.where(unseen, r.reals("fit over norm", sizes[0]) * norm - exact, exact)
    fit = r.keep("fit", fit)
    radius = np.maximum(norm, np.sqrt((fit**2).sum(axis=-1, keepdims=True)))[:, 0]
    learned = log_softmax(np.stack([fit, np.zeros_like(fit)], axis=-1))
    lhs = square_loss(learned, policy, weights, beta[:, :, None])
    mass = np.exp(policy)
    seen_chance = r.keep("w", weights * 2.0 * mass[..., 0] * mass[..., 1])
    worst = np.where(unseen, seen_chance, 0.0).max(axis=-1)
    rhs = (3.9 if mutant else 4.0) * beta[:, 0] ** 2 * radius**2 * worst
    # Rounding of the loss on prompts that are fitted exactly: its square root is of rounding's size.
    size = (beta[:, 0] * (radius + norm[:, 0]) + np.abs(theta).max(axis=-1) + 1.0) ** 2
    return Comparison(lhs, rhs, size * seen_chance.sum(axis=-1), 64 + sizes[0])


@slack_check(
    "G10",
    "free-of-dimension",
    "a prompt of chance w_i > log(n/delta)/n stays unseen with probability at most delta, in any d",
    ("log(1/delta)/n in place of log(n/delta)/n",),
    sizes=((2,), (5,), (30,), (300,)),
)
def _unseen_prompts(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    _, policy, weights = _one_hot(r, sizes)
    draws = np.round(r.scale("n", 3.0, 1e6, 1))
    log_inverse = r.scale("log 1/delta", 1e-2, 30.0, 1)
    mass = np.exp(policy)
    chance = weights * 2.0 * mass[..., 0] * mass[..., 1]
    level = (log_inverse + (0.0 if mutant else 1.0) * np.log(draws)) / draws
    likely = chance > level
    lhs = np.where(likely, np.exp(draws * np.log1p(-chance)), 0.0).sum(axis=-1)
    rhs = np.exp(-log_inverse)[:, 0]
    magnitude = (lhs + rhs) * (1.0 + log_inverse[:, 0] + (draws * chance * likely).max(axis=-1))
    return Comparison(lhs, rhs, magnitude * np.abs(policy).max(axis=(-2, -1)), 64 + sizes[0])


def _ellipsoid(r: Reader, sizes: Sizes) -> tuple[Floats, Floats, np.ndarray, Floats]:
    """Return semi-axes over ε (B, d), d_λ, which axes exceed λ, and log⁺ of 5 × the largest."""
    values = np.sort(r.scale("eigenvalues", 1e-4, 1e4, sizes[0]), axis=-1)[:, ::-1]
    radius, resolution = r.scale("R", 0.1, 10.0, 1), r.scale("eps", 1e-3, 10.0, 1)
    axes = radius * np.sqrt(values) / resolution
    # λ_i > λ = ε²/(4R²) says that the semi-axis exceeds ε/2; d_λ depends on the axes only.
    return axes, effective_dimension(axes**2, np.full_like(radius, 0.25)), axes > 0.5, values


def _middle_bound(axes: Floats, large: np.ndarray, constant: float) -> Floats:
    logs = np.where(large, np.log(constant * np.maximum(axes, 1e-300)), 0.0)
    return np.asarray(logs.sum(axis=-1))


_NET_CONSTANT = 4.0 * (1.0 + np.sqrt(3.0) / 2.0) / np.sqrt(3.0)


@slack_check(
    "G06",
    "directions",
    "k = #{lambda_i > lambda} <= 2 d_lambda",
    ("1.9 in place of 2",),
    sizes=_SPECTRUM_SIZES,
)
def _directions(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    _, dimension, large, _ = _ellipsoid(r, sizes)
    lhs = large.sum(axis=-1).astype(np.float64)
    rhs = (1.9 if mutant else 2.0) * dimension
    return Comparison(lhs, rhs, rhs, 64 + sizes[0])


@slack_check(
    "G06",
    "volume",
    "the volume bound, below the covering number, does not exceed the net's size",
    ("0.9 in place of 4(1+sqrt(3)/2)/sqrt(3)",),
    sizes=((1,), (2,), (5,)),
)
def _volume(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    axes, _, large, _ = _ellipsoid(r, sizes)
    # Any cover has at least (volume of the projection on k axes)/(volume of an ε-ball) members.
    lhs = np.maximum(np.log(axes).cumsum(axis=-1).max(axis=-1), 0.0)
    rhs = _middle_bound(axes, large, 0.9 if mutant else _NET_CONSTANT)
    return Comparison(lhs, rhs, np.full_like(lhs, 20.0 * sizes[0]), 64 + sizes[0])


@slack_check(
    "G06",
    "interval",
    "in one dimension the exact covering number ceil(R sqrt(lambda_1)/eps) is within the bound",
    ("1 in place of 5",),
    sizes=((1,),),
    generations=60,
)
def _interval(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    axes, dimension, _, _ = _ellipsoid(r, sizes)
    lhs = np.log(np.ceil(axes[:, 0] * (1.0 - 1e-14)))
    constant = 1.0 if mutant else 5.0
    rhs = 2.0 * dimension * np.log(np.maximum(constant * axes[:, 0], 1.0))
    return Comparison(lhs, rhs, np.full_like(lhs, 20.0), 64)


@slack_check(
    "G06",
    "log-size",
    "the net's log-size is at most 2 d_lambda log+(5 R sqrt(lambda_1)/eps)",
    ("4.2 in place of 5",),
    sizes=_SPECTRUM_SIZES,
    generations=60,
)
def _log_size(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    axes, dimension, large, _ = _ellipsoid(r, sizes)
    lhs = _middle_bound(axes, large, _NET_CONSTANT)
    rhs = 2.0 * dimension * np.log(np.maximum((4.2 if mutant else 5.0) * axes[:, 0], 1.0))
    return Comparison(lhs, rhs, np.full_like(lhs, 20.0 * sizes[0]), 64 + sizes[0])
