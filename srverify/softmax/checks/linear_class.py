"""Simulated checks of F02–F04 and F10: the linear softmax class."""

from __future__ import annotations

import numpy as np

from srverify.softmax.checks.registry import TrialCheck, slack_check, trial_check
from srverify.softmax.checks.search import EPSILON, Comparison, Reader, Sizes, SlackReport
from srverify.softmax.linear import (
    feature_differences,
    feature_span,
    least_squares,
)
from srverify.softmax.policies import (
    Floats,
    condition_number,
    linear_policy,
    log_softmax,
    log_sum_exp,
)
from srverify.softmax.rounds import population_round, sample_pairs

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


@trial_check(
    "F10",
    "recovery",
    "a sample whose differences span gives exactly p*, whatever the zero-loss parameter",
    ("the sample confined to a hyperplane",),
)
def _recovery(check: TrialCheck, seed: int, mutant: str | None) -> SlackReport:
    rng = np.random.default_rng(np.random.SeedSequence([seed, 10]))
    worst, allowance, instance, tried = np.inf, 0.0, {}, 0
    violated = False
    for _ in range(10_000 if mutant is None else 400):
        prompts, responses = int(rng.integers(1, 4)), int(rng.integers(2, 6))
        dimension = int(rng.integers(1, 5))
        features = rng.standard_normal((prompts, responses, dimension))
        theta = rng.standard_normal(dimension) * np.exp(rng.uniform(-2, 0.5))
        beta = float(np.exp(rng.uniform(-2.0, 1.0)))
        base = linear_policy(features, theta)
        weights = np.full(prompts, 1.0 / prompts)
        pairs = sample_pairs(base, weights, int(rng.integers(1, 60)), rng)
        matrix = feature_differences(features, pairs)
        targets = matrix @ theta + pairs.difference(base) / beta
        if mutant:
            normal = rng.standard_normal(dimension)
            normal /= np.linalg.norm(normal)
            matrix = matrix - np.outer(matrix @ normal, normal)
            targets = (1.0 + 1.0 / beta) * matrix @ theta
        fit = least_squares(matrix, targets)
        span = feature_span(features)
        seen = np.linalg.matrix_rank(matrix @ span) if matrix.size else 0
        if not mutant and seen < span.shape[1]:
            continue
        tried += 1
        # Any zero-loss parameter: directions that no policy sees may be added freely.
        unseen = np.eye(dimension) - span @ span.T
        candidate = fit.solution + 5.0 * unseen @ rng.standard_normal(dimension)
        found = linear_policy(features, candidate)
        error = float(np.abs(found - population_round(base, beta)).max())
        smallest = np.linalg.svd(matrix @ span, compute_uv=False)[: span.shape[1]].min()
        largest = max(float(np.linalg.norm(matrix, 2)), 1e-300)
        condition = largest / max(smallest, EPSILON * largest)
        scale = (1.0 + 1.0 / beta) * (1.0 + np.abs(base).max()) + 5.0 * np.abs(features).max()
        room = 0.0 if mutant else EPSILON * 256 * condition**2 * scale
        if not mutant and room > 1e-6:
            tried -= 1
            continue
        violated = violated or error > max(room, 1e-9 if mutant else 0.0)
        if -error < worst:
            worst, allowance = -error, room
            instance = {
                "features": features.tolist(),
                "theta": theta.tolist(),
                "beta": beta,
                "pairs": len(matrix),
                "condition": float(condition),
            }
    claim = check.claim if mutant is None else f"{check.claim}; mutant: {mutant}"
    return SlackReport(check.entry, claim, worst, allowance, instance, tried, not violated)


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
