"""Simulated checks of C09–C12: bad regions, fourth powers and the tails of log-ratios."""

from __future__ import annotations

import numpy as np

from srverify.selfreward.softmax.checks.preliminaries import largest_log
from srverify.selfreward.softmax.checks.registry import slack_check
from srverify.selfreward.softmax.checks.search import Comparison, Reader, Sizes
from srverify.selfreward.softmax.policies import Floats, log_softmax

_DISTRIBUTION_SIZES = ((1, 2), (1, 3), (1, 5), (1, 16))


def fourth_moment_bound(log_size: Floats) -> Floats:
    """Return M4(l) = l⁴ + 4l³ + 12l² + 24l + 24 = E[(l + Exp(1))⁴] (C12)."""
    length = log_size
    return np.asarray(24.0 + length * (24.0 + length * (12.0 + length * (4.0 + length))))


def _distribution(r: Reader, name: str, sizes: Sizes) -> Floats:
    return r.policy(name, *sizes)[:, 0]


def _learned(r: Reader, sizes: Sizes) -> tuple[Floats, Floats]:
    base = _distribution(r, "pi_0", sizes)
    learned = r.keep("pi_hat", log_softmax(base + r.logits(*sizes)[:, 0]))
    return base, learned


def _size(*logs: Floats) -> Floats:
    return largest_log(*(log[:, None] for log in logs))


@slack_check(
    "C09",
    "bad-region",
    "E[f^2 1_A] <= sqrt(P(A)) sqrt(E f^4)",
    ("one percent less on the right",),
    sizes=_DISTRIBUTION_SIZES,
)
def _bad_region(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    mass = np.exp(_distribution(r, "law", sizes))
    inside = r.keep("A", (r.raw(sizes[1]) > 0.0).astype(np.float64))
    # Constant on A and zero off it is the equality case; the noise leaves it continuously.
    f = inside + r.reals("noise", sizes[1])
    lhs = (mass * f**2 * inside).sum(axis=-1)
    rhs = np.sqrt((mass * inside).sum(axis=-1) * (mass * f**4).sum(axis=-1))
    return Comparison(lhs, rhs * (0.99 if mutant else 1.0), rhs * 20.0, 64 + sizes[1])


@slack_check(
    "C10",
    "union",
    "P(|a| > B or |b| > B) <= P(|a| > B) + P(|b| > B)",
    ("the larger of the two in place of the sum",),
    sizes=_DISTRIBUTION_SIZES,
)
def _union(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    mass = np.exp(_distribution(r, "law", sizes))
    far_a = np.abs(r.reals("a over B", sizes[1])) > 1.0
    far_b = np.abs(r.reals("b over B", sizes[1])) > 1.0
    lhs = (mass * (far_a | far_b)).sum(axis=-1)
    first, second = (mass * far_a).sum(axis=-1), (mass * far_b).sum(axis=-1)
    rhs = np.maximum(first, second) if mutant else first + second
    return Comparison(lhs, rhs, np.full_like(lhs, 20.0), 32 + sizes[1])


@slack_check(
    "C11",
    "fourth-power",
    "|a - b|^4 <= 8 (a^4 + b^4)",
    ("8 replaced by 7.99",),
    sizes=((1, 1),),
    generations=60,
)
def _fourth_power(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    a, b = r.reals("a", 1)[:, 0], r.reals("b", 1)[:, 0]
    rhs = (7.99 if mutant else 8.0) * (a**4 + b**4)
    return Comparison((a - b) ** 4, rhs, rhs, 32)


@slack_check(
    "C12",
    "small-probabilities",
    "P_{pi_0}(pi_0 <= e^-t/N) <= e^-t",
    ("one percent less on the right",),
    sizes=_DISTRIBUTION_SIZES,
)
def _small_probabilities(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    base = _distribution(r, "pi_0", sizes)
    at = r.indices("response", sizes[1])
    # t such that the threshold is met by one response with equality: the hardest t >= 0.
    threshold = base[np.arange(len(base)), at]
    lhs = (np.exp(base) * (base <= threshold[:, None])).sum(axis=-1)
    rhs = np.minimum(1.0, sizes[1] * np.exp(threshold)) * (0.99 if mutant else 1.0)
    return Comparison(lhs, rhs, (lhs + rhs) * _size(base), 32 + sizes[1])


@slack_check(
    "C12",
    "self-information",
    "E log^4(1/pi_0) <= M4(log N)",
    ("(log N)^4 in place of M4(log N)",),
    sizes=_DISTRIBUTION_SIZES,
)
def _self_information(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    base = _distribution(r, "pi_0", sizes)
    lhs = (np.exp(base) * base**4).sum(axis=-1)
    length = np.full_like(lhs, np.log(sizes[1]))
    rhs = length**4 if mutant else fourth_moment_bound(length)
    return Comparison(lhs, rhs, (lhs + rhs) * _size(base), 32 + sizes[1])


@slack_check(
    "C12",
    "upper-tail",
    "P_{pi_0}(pihat/pi_0 >= e^t) <= e^-t",
    ("one percent less on the right",),
    sizes=_DISTRIBUTION_SIZES,
)
def _upper_tail(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    base, learned = _learned(r, sizes)
    ratio = learned - base
    at = ratio[np.arange(len(ratio)), r.indices("response", sizes[1])]
    lhs = (np.exp(base) * (ratio >= at[:, None])).sum(axis=-1)
    rhs = np.exp(-at) * (0.99 if mutant else 1.0)
    return Comparison(lhs, rhs, (lhs + rhs) * _size(base, learned), 32 + sizes[1])


def _fitted_reward(r: Reader, sizes: Sizes, largest_beta: float) -> tuple[Floats, Floats, Floats]:
    """Return (π_0 masses, r̂, amplification) for β ≤ the given value."""
    base, learned = _learned(r, sizes)
    beta = r.scale("beta", 0.02, largest_beta, 1)
    return np.exp(base), beta * (learned - base), _size(base, learned)


@slack_check(
    "C12",
    "positive-exponential",
    "E_{pi_0} e^rhat <= 1 for beta <= 1",
    ("beta up to 3",),
    sizes=_DISTRIBUTION_SIZES,
)
def _positive_exponential(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    mass, reward, size = _fitted_reward(r, sizes, 3.0 if mutant else 1.0)
    lhs = (mass * np.exp(reward)).sum(axis=-1)
    return Comparison(lhs, np.ones_like(lhs), (1.0 + lhs) * size, 32 + sizes[1])


@slack_check(
    "C12",
    "difference-tail",
    "P(|Delta rhat| > t) <= 2 K e^-t under A-TAIL, beta <= 1",
    ("K dropped",),
    sizes=_DISTRIBUTION_SIZES,
)
def _difference_tail(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    mass, reward, size = _fitted_reward(r, sizes, 1.0)
    tail = (mass * np.exp(-reward)).sum(axis=-1)
    r.keep("K", tail)
    difference = np.abs(reward[:, :, None] - reward[:, None, :])
    rows = np.arange(len(mass))
    t = difference[rows, r.indices("y", sizes[1]), r.indices("y'", sizes[1])]
    pairs = mass[:, :, None] * mass[:, None, :]
    # P(>= t) is the limit of P(> s) as s rises to t.
    lhs = (pairs * (difference >= t[:, None, None])).sum(axis=(-2, -1))
    rhs = 2.0 * (1.0 if mutant else tail) * np.exp(-t)
    return Comparison(lhs, rhs, (lhs + rhs) * size, 64 + sizes[1] ** 2)


@slack_check(
    "C12",
    "difference-moment",
    "E |Delta rhat|^4 <= M4(log 2K) under A-TAIL, beta <= 1",
    ("K dropped from M4's argument",),
    sizes=_DISTRIBUTION_SIZES,
)
def _difference_moment(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    mass, reward, size = _fitted_reward(r, sizes, 1.0)
    tail = (mass * np.exp(-reward)).sum(axis=-1)
    r.keep("K", tail)
    difference = reward[:, :, None] - reward[:, None, :]
    lhs = (mass[:, :, None] * mass[:, None, :] * difference**4).sum(axis=(-2, -1))
    rhs = fourth_moment_bound(np.log(2.0 * (np.ones_like(tail) if mutant else tail)))
    return Comparison(lhs, rhs, (lhs + rhs) * size, 64 + sizes[1] ** 2)


@slack_check(
    "C12",
    "tail-of-update",
    "K of the exact update is N (sum pi^{1+1/beta})^beta",
    ("N dropped",),
    sizes=_DISTRIBUTION_SIZES,
)
def _tail_of_update(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    base = _distribution(r, "pi_t", sizes)
    beta = r.scale("beta", 0.02, 3.0, 1)
    power = 1.0 + 1.0 / beta
    update = log_softmax(power * base)
    lhs = np.exp(base + beta * (base - update)).sum(axis=-1)
    rhs = (1.0 if mutant else sizes[1]) * np.exp(power * base).sum(axis=-1) ** beta[:, 0]
    magnitude = (lhs + rhs) * (1.0 + power[:, 0]) * (1.0 + beta[:, 0]) * _size(base)
    return Comparison(lhs, rhs, magnitude, 64 + sizes[1], equality=True)


@slack_check(
    "C12",
    "tail-of-update-bounded",
    "K of the exact update is at most N",
    ("N reduced by one percent",),
    sizes=_DISTRIBUTION_SIZES,
)
def _tail_of_update_bounded(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    base = _distribution(r, "pi_t", sizes)
    beta = r.scale("beta", 0.02, 3.0, 1)
    update = log_softmax((1.0 + 1.0 / beta) * base)
    lhs = np.exp(base + beta * (base - update)).sum(axis=-1)
    rhs = np.full_like(lhs, sizes[1] * (0.99 if mutant else 1.0))
    return Comparison(lhs, rhs, (lhs + rhs) * (2.0 + beta[:, 0]) * _size(base), 64 + sizes[1])
