"""Simulated checks of F02–F06 and F10: the linear softmax class."""

from __future__ import annotations

import numpy as np

from srverify.selfreward.softmax.checks.registry import slack_check
from srverify.selfreward.softmax.checks.search import Comparison, Reader, Sizes
from srverify.selfreward.softmax.linear import batched_least_squares, pair_differences
from srverify.selfreward.softmax.policies import Floats, condition_number, log_softmax, log_sum_exp

# (prompts, responses, dimension)
_LINEAR_SIZES = ((1, 2, 1), (1, 3, 2), (2, 4, 3), (3, 6, 5))


def _linear_pair(r: Reader, sizes: Sizes) -> tuple[Floats, Floats, Floats, Floats]:
    """Return logits under θ and θ', B_φ and ‖θ − θ'‖."""
    prompts, responses, dimension = sizes
    features = np.tanh(r.reals("features (before tanh)", prompts, responses, dimension))
    r.keep("features", features)
    theta = 6.0 * np.tanh(r.reals("theta (before tanh)", dimension))
    step = np.tanh(r.reals("step (before tanh)", dimension)) * r.scale("length", 1e-3, 4.0, 1)
    bound = np.sqrt((features**2).sum(axis=-1)).max(axis=(-2, -1))
    logits = [np.einsum("bxyd,bd->bxy", features, point) for point in (theta, theta + step)]
    return logits[0], logits[1], bound, np.sqrt((step**2).sum(axis=-1))


@slack_check(
    "F02",
    "log-ratio",
    "|log pi_theta - log pi_theta'| <= 2 B_phi |theta - theta'|",
    ("1.95 in place of 2",),
    sizes=_LINEAR_SIZES,
    generations=80,
)
def _log_ratio(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    first, second, bound, distance = _linear_pair(r, sizes)
    lhs = np.abs(log_softmax(first) - log_softmax(second)).max(axis=(-2, -1))
    rhs = (1.95 if mutant else 2.0) * bound * distance
    return Comparison(lhs, rhs, 1.0 + np.abs(first).max(axis=(-2, -1)), 64)


@slack_check(
    "F03",
    "normaliser",
    "|log Z_theta - log Z_theta'| <= B_phi |theta - theta'|",
    ("one percent less on the right",),
    sizes=_LINEAR_SIZES,
    generations=40,
)
def _normaliser(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    first, second, bound, distance = _linear_pair(r, sizes)
    lhs = np.abs(log_sum_exp(first) - log_sum_exp(second)).max(axis=-1)
    rhs = (0.99 if mutant else 1.0) * bound * distance
    return Comparison(lhs, rhs, 1.0 + np.abs(first).max(axis=(-2, -1)), 64)


@slack_check(
    "F04",
    "clipped-loss",
    "clipped losses differ by at most 8 beta eps B where log-ratios differ by eps",
    ("7.9 in place of 8", "differences outside [-B, B] dropped, not clipped"),
    sizes=((1, 2), (1, 4), (2, 3)),
    generations=60,
)
def _clipped_loss(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    target = r.reals("log base", *sizes)
    beta = r.scale("beta", 0.01, 2.0, 1)[:, :, None]
    ratio = r.reals("log ratio", *sizes) / beta
    eps = r.scale("eps", 1e-4, 3.0, 1)[:, :, None]
    other = ratio + eps * np.tanh(r.reals("change of log ratio", *sizes))
    bound = r.scale("B", 0.05, 10.0, 1)[:, :, None, None]
    beta, eps = beta[..., None], eps[:, 0, 0]
    fits = [beta * (f[..., :, None] - f[..., None, :]) for f in (ratio, other)]
    aim = target[..., :, None] - target[..., None, :]
    if mutant == "differences outside [-B, B] dropped, not clipped":
        losses = [(fit - aim) ** 2 * ((np.abs(fit) <= bound) & (np.abs(aim) <= bound)) for fit in fits]
    else:
        aim = np.clip(aim, -bound, bound)
        losses = [(np.clip(fit, -bound, bound) - aim) ** 2 for fit in fits]
    lhs = np.abs(losses[0] - losses[1]).max(axis=(1, 2, 3))
    constant = 7.9 if mutant == "7.9 in place of 8" else 8.0
    limit = bound[:, 0, 0, 0]
    rhs = constant * beta[:, 0, 0, 0] * eps * limit
    largest = np.minimum(np.abs(fits[0]).max(axis=(1, 2, 3)), limit)
    magnitude = limit * (limit + largest + np.abs(beta[:, 0, 0, 0] * ratio.max(axis=(1, 2))))
    return Comparison(lhs, rhs, magnitude, 64)


def _unseen_fit(r: Reader, sizes: Sizes) -> tuple[Floats, ...]:
    """Return (truncated L, β, B, R·B_φ, n, log(1/m), size of L, what float64 can tell).

    The adversary picks which pairs a sample may hold; n pairs are all among them with probability
    m^n, m their mass. Every θ that differs from the exact update by a direction they do not see has
    zero empirical loss then, so the bound must hold for it at every δ below m^n.
    """
    dimension = sizes[2]
    features = r.keep("features", np.tanh(r.reals("features (before tanh)", *sizes)))
    theta = r.keep("theta_t", 3.0 * np.tanh(r.reals("theta (before tanh)", dimension)))
    beta = r.scale("beta", 1e-3, 3.0, 1)
    bound = r.scale("B", 1e-2, 1e2, 1)[:, 0]
    draws = np.round(r.scale("n", 1.0, 1e10, 1)[:, 0])
    weights = r.weights(sizes[0])
    base = log_softmax(np.einsum("bxyd,bd->bxy", features, theta))
    matrix = pair_differences(features)
    seen = r.keep("seen", (r.raw(matrix.shape[1]) > 0.0).astype(np.float64))
    # With as many pairs as dimensions the right factor is square without the rest of the left one.
    wide = matrix.shape[1] < dimension
    singular, right = np.linalg.svd(seen[..., None] * matrix, full_matrices=wide)[1:]
    relative = singular / np.maximum(singular[:, :1], 1e-300)
    visible = np.zeros((len(theta), dimension), dtype=np.bool_)
    visible[:, : relative.shape[1]] = relative > 1e-6
    clear = ((relative > 1e-3) | (relative < 1e-14)).all(axis=-1)
    drift = np.where(visible, 0.0, r.reals("drift", dimension) / beta)
    unseen = np.einsum("bed,be->bd", right, drift)
    exact = (1.0 + 1.0 / beta) * theta
    radius = np.sqrt(np.maximum(*((t**2).sum(axis=-1) for t in (exact, exact + unseen))))
    fits = [beta * np.einsum("bpd,bd->bp", matrix, t - theta) for t in (exact, exact + unseen)]
    limit = bound[:, None]
    loss = (np.clip(fits[0], -limit, limit) - np.clip(fits[1], -limit, limit)) ** 2
    mass = np.exp(base)
    joint = weights[..., None, None] * mass[..., :, None] * mass[..., None, :]
    joint = joint.reshape(len(theta), -1)
    told = (joint * (1.0 - seen) * (np.abs(matrix).max(axis=-1) > 0.0)).sum(axis=-1)
    survives = -np.log1p(-np.minimum(told, 1.0 - 1e-12))
    largest = np.sqrt((features**2).sum(axis=-1)).max(axis=(-2, -1))
    loss = (joint * loss).sum(axis=-1)
    return loss, beta[:, 0], bound, radius * largest, draws, survives, bound**2 * told, clear


_NO_CONFIDENCE = "the term of delta dropped"


@slack_check(
    "F05",
    "uniform-bound",
    "zero empirical loss gives L <= 24 beta eps B + (32/3) B^2 log(|net|/delta)/n",
    (_NO_CONFIDENCE,),
    sizes=_LINEAR_SIZES,
)
def _uniform_bound(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    loss, beta, bound, reach, draws, survives, size, clear = _unseen_fit(r, sizes)
    eps = r.scale("eps", 1e-12, 1e2, 1)[:, 0]
    log_net = sizes[2] * np.log1p(4.0 * reach / eps)
    rate = log_net / draws + (0.0 if mutant else 1.0) * survives
    rhs = 24.0 * beta * eps * bound + 32.0 / 3.0 * bound**2 * rate
    return Comparison(loss, rhs, size + rhs, 256, applies=clear)


@slack_check(
    "F06",
    "resolution",
    "eps = B/(beta n) gives L <= B^2 (24 + (32/3)(d log(1+4 R B_phi beta n/B) + log(1/delta)))/n",
    (_NO_CONFIDENCE,),
    sizes=_LINEAR_SIZES,
)
def _resolution(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    loss, beta, bound, reach, draws, survives, size, clear = _unseen_fit(r, sizes)
    log_net = sizes[2] * np.log1p(4.0 * reach * beta * draws / bound)
    rate = (24.0 + 32.0 / 3.0 * log_net) / draws + (0.0 if mutant else 32.0 / 3.0) * survives
    rhs = bound**2 * rate
    return Comparison(loss, rhs, size + rhs, 256, applies=clear)


@slack_check(
    "F10",
    "recovery",
    "a sample whose differences span gives exactly p*, whatever the zero-loss parameter",
    ("the sample confined to a hyperplane",),
    sizes=((1, 3, 1), (1, 3, 4), (2, 3, 4), (3, 4, 3)),
)
def _recovery(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    dimension = sizes[2]
    features = np.tanh(r.reals("features (before tanh)", *sizes))
    theta = 3.0 * np.tanh(r.reals("theta (before tanh)", dimension))
    beta = r.scale("beta", 0.1, 3.0, 1)
    logits = np.einsum("bxyd,bd->bxy", features, theta)
    base = log_softmax(logits)
    matrix = pair_differences(features)
    # The adversary picks which pairs the sample holds; equal responses teach nothing anyway.
    seen = r.keep("seen", (r.raw(matrix.shape[1]) > 0.0).astype(np.float64))
    reward = (base[..., :, None] - base[..., None, :]).reshape(len(base), -1)
    targets = np.einsum("bpd,bd->bp", matrix, theta) + reward / beta
    sampled = matrix
    if mutant:
        sampled = matrix * (np.arange(dimension) > 0)
        targets = (1.0 + 1.0 / beta) * np.einsum("bpd,bd->bp", sampled, theta)
    fit = batched_least_squares(sampled, targets, seen)
    singular, right = np.linalg.svd(matrix, full_matrices=False)[1:]
    relative = singular / np.maximum(singular[:, :1], 1e-300)
    visible = relative > 1e-3
    # Directions that are neither plainly visible nor plainly invisible decide nothing in float64.
    clear = (visible | (relative < 1e-14)).all(axis=-1) & visible.any(axis=-1)
    weakest = np.linalg.svd(seen[..., None] * matrix, compute_uv=False)
    weakest = weakest[np.arange(len(seen)), np.maximum(visible.sum(axis=-1), 1) - 1]
    spans = clear & (weakest > 1e-3 * singular[:, 0])
    # Any zero-loss parameter: directions that no policy sees may be added freely.
    drift = np.where(visible, 0.0, np.tanh(r.reals("drift (before tanh)", dimension)))
    unseen = 5.0 * np.einsum("bed,be->bd", right, drift)
    found = log_softmax(np.einsum("bxyd,bd->bxy", features, fit.solution + unseen))
    update = log_softmax((1.0 + 1.0 / beta)[:, :, None] * base)
    error = np.abs(found - update).max(axis=(-2, -1))
    condition = (singular[:, 0] / np.maximum(weakest, 1e-100)) ** 2
    size = (1.0 + 1.0 / beta[:, 0]) * (1.0 + np.abs(base).max(axis=(-2, -1)))
    size = size + 5.0 * dimension * singular[:, 0]
    magnitude = condition * np.where(spans, size, 1.0)
    return Comparison(error, np.zeros_like(error), magnitude, 256, equality=True, applies=spans)


@slack_check(
    "F10",
    "useful-pairs",
    "P(y != y') <= 2 (1 - 1/kappa)",
    ("1 in place of 2",),
)
def _useful_pairs(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    base, weights = r.policy("pi_t", *sizes), r.weights(sizes[0])
    top = np.argsort(base, axis=-1)
    ordered = np.exp(np.take_along_axis(base, top, axis=-1))
    # 1 − Σp² as a sum of products of different responses, so that sharp policies keep digits.
    different = 1.0 - (ordered**2).sum(axis=-1)
    lhs = (weights * different).sum(axis=-1)
    rhs = (1.0 if mutant else 2.0) * (1.0 - 1.0 / condition_number(base, weights))
    return Comparison(lhs, rhs, np.full_like(lhs, 20.0), 32 + sizes[1])
