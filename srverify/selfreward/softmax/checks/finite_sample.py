"""Simulated checks of C13–C19, C27, C34 and C36: what a sample leaves open, and what it costs.

The statements "with probability at least 1 − δ every candidate that the learner may return …" are
checked candidate by candidate, without drawing samples: a candidate of zero loss off a set of pairs
of mass p survives n pairs with probability (1 − p)^n, so the statement must hold for it at every δ
up to |Π|(1 − p)^n; at that δ, log(|Π|/δ) is n·log(1/(1−p)) and |Π| drops out.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from srverify.selfreward.softmax.checks.preliminaries import largest_log
from srverify.selfreward.softmax.checks.registry import slack_check
from srverify.selfreward.softmax.checks.search import Comparison, Reader, Sizes
from srverify.selfreward.softmax.checks.tails import fourth_moment_bound
from srverify.selfreward.softmax.policies import (
    Floats,
    concentrability,
    condition_number,
    expectation,
    log_softmax,
    log_sum_exp,
    margin,
    mode_mass,
    modes,
    own_failure,
)

_SIZES = ((1, 3), (1, 5), (2, 4), (3, 3))
_STATISTICAL_ERROR = "the statistical error dropped"
_KAPPA_FOR_CONCENTRABILITY = "C(pi_hat) replaced by kappa_0"


@dataclass(frozen=True)
class _Candidate:
    """A policy π̂ that agrees with the exact update p* except on some responses.

    ``tells`` marks the pairs (B, X, N, N) on which its loss is not zero, ``told`` their mass p.
    """

    base: Floats
    weights: Floats
    beta: Floats
    learned: Floats
    tells: np.ndarray
    told: Floats

    @property
    def fitted(self) -> Floats:
        """r̂ = β log(π̂/π_0)."""
        return self.beta[:, None, None] * (self.learned - self.base)

    @property
    def surviving(self) -> Floats:
        """log(1/(1 − p)): what a pair costs the candidate's chance of survival."""
        return -np.log1p(-self.told)

    @property
    def tail(self) -> Floats:
        """K of A-TAIL, over this candidate and the exact update."""
        update = log_softmax((1.0 + 1.0 / self.beta)[:, None, None] * self.base)
        return np.maximum(*(self._tail(policy) for policy in (self.learned, update)))

    def _tail(self, policy: Floats) -> Floats:
        exponent = log_sum_exp(self.base + self.beta[:, None, None] * (self.base - policy))
        return np.asarray((self.weights * np.exp(exponent)).sum(axis=-1))


def _candidate(
    r: Reader, sizes: Sizes, base: Floats, weights: Floats, beta: Floats, name: str = "pi_hat"
) -> _Candidate:
    update = log_softmax((1.0 + 1.0 / beta)[:, None, None] * base)
    # Responses keep the update's odds among themselves unless they are moved, to any odds.
    moved = r.raw(sizes[0] * sizes[1]).reshape(-1, *sizes) > 0.0
    free = base + r.logits(*sizes)
    learned = r.keep(name, log_softmax(np.where(moved, free, update)))
    # A pair's loss is β times the difference of what was added to the two logits.
    shift = np.where(moved, free - update, 0.0)
    tells = np.abs(shift[..., :, None] - shift[..., None, :]) > 0.0
    mass = np.exp(base)
    told = np.einsum("bx,bxi,bxj,bxij->b", weights, mass, mass, tells.astype(np.float64))
    return _Candidate(base, weights, beta, learned, tells, np.minimum(told, 1.0 - 1e-12))


def _one_round(r: Reader, sizes: Sizes) -> tuple[_Candidate, Floats]:
    """Return (candidate, n)."""
    base, weights = r.policy("pi_0", *sizes), r.weights(sizes[0])
    beta = r.scale("beta", 1e-3, 1.0, 1)[:, 0]
    return _candidate(r, sizes, base, weights, beta), np.round(r.scale("n", 1.0, 1e12, 1)[:, 0])


def _statistical_error(candidate: _Candidate, pairs: Floats, responses: int) -> Floats:
    """Return C18's ε_stat at the δ up to which the candidate survives."""
    tail = candidate.tail
    bound = np.log(2.0 * (responses + tail) * pairs**2)
    fourth = 2.0 * fourth_moment_bound(np.full_like(tail, np.log(responses)))
    fourth = (8.0 * (fourth + fourth_moment_bound(np.log(2.0 * tail)))) ** 0.25
    return np.asarray(2.0 * bound * np.sqrt(candidate.surviving) + fourth / np.sqrt(pairs))


def _gap(policy: Floats, base: Floats, weights: Floats) -> Floats:
    """Return J(π*) − J(π̂) as a mean of non-negative terms."""
    return expectation(policy, base.max(axis=-1, keepdims=True) - base, weights)


def _suboptimality(candidate: _Candidate, error: Floats, mutant: str | None) -> Floats:
    """Return γA = (√κ_0 + √C̄) ε_stat + β log κ_0, or what a mutant makes of it."""
    kappa = condition_number(candidate.base, candidate.weights)
    spread = concentrability(candidate.learned, candidate.base, candidate.weights)
    if mutant == _KAPPA_FOR_CONCENTRABILITY:
        spread = kappa
    elif mutant == _STATISTICAL_ERROR:
        error = np.zeros_like(error)
    return np.asarray((np.sqrt(kappa) + np.sqrt(spread)) * error + candidate.beta * np.log(kappa))


@slack_check(
    "C13",
    "zero-loss",
    "where the class holds p*, the least root-mean-square loss is 0, whatever the sample",
    ("a class without p*",),
    sizes=((1, 3), (2, 3), (2, 4)),
    generations=15,
)
def _zero_empirical_loss(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    base = r.policy("pi_0", *sizes)
    beta = r.scale("beta", 0.05, 3.0, 1)[:, :, None]
    counts = r.keep("sample", (r.raw(sizes[0] * sizes[1] ** 2) > 0.0).astype(np.float64))
    counts = counts.reshape(-1, *sizes, sizes[1])
    candidates = [log_softmax(base + 2.0 * r.logits(*sizes)) for _ in range(2)]
    if not mutant:
        candidates.append(log_softmax((1.0 + 1.0 / beta) * base))
    ratio = beta[:, None] * (np.stack(candidates, axis=1) - base[:, None]) - base[:, None]
    loss = (ratio[..., :, None] - ratio[..., None, :]) ** 2
    total = (counts[:, None] * loss).sum(axis=(-3, -2, -1)).min(axis=-1)
    root = np.sqrt(total / np.maximum(counts.sum(axis=(-3, -2, -1)), 1.0))
    magnitude = (1.0 + beta[:, 0, 0]) * (1.0 + 1.0 / beta[:, 0, 0]) * largest_log(base)
    return Comparison(root, np.zeros_like(root), magnitude, 64, equality=True)


@slack_check(
    "C14",
    "variance",
    "Var l <= b E l for a loss in [0, b]",
    ("one percent less on the right",),
    sizes=((1, 2), (1, 3), (1, 6)),
)
def _bernstein_variance(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    mass = np.exp(r.policy("law", *sizes)[:, 0])
    bound = r.scale("b", 1e-2, 1e2, 1)
    loss = r.between("l over b", 0.0, 1.0, sizes[1]) * bound
    mean = (mass * loss).sum(axis=-1)
    variance = (mass * (loss - mean[:, None]) ** 2).sum(axis=-1)
    rhs = bound[:, 0] * mean * (0.99 if mutant else 1.0)
    return Comparison(variance, rhs, rhs * 20.0, 32 + sizes[1])


@slack_check(
    "C15",
    "zero-loss-class",
    "a candidate survives n pairs and has L > b log(|Pi|/delta)/n with chance at most delta/|Pi|",
    ("half of b",),
    sizes=_SIZES,
    generations=40,
)
def _zero_loss_concentration(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    candidate, _ = _one_round(r, sizes)
    bound = r.scale("B", 1e-3, 1e2, 1)[:, :, None, None]
    fitted, target = candidate.fitted, candidate.base
    differences = [np.clip(f[..., :, None] - f[..., None, :], -bound, bound) for f in (fitted, target)]
    # Only pairs that tell have a loss; elsewhere rounding would leave a trace of one.
    loss = np.where(candidate.tells, (differences[0] - differences[1]) ** 2, 0.0)
    mass = np.exp(candidate.base)
    lhs = np.einsum("bx,bxi,bxj,bxij->b", candidate.weights, mass, mass, loss)
    rhs = (2.0 if mutant else 4.0) * bound[:, 0, 0, 0] ** 2 * candidate.surviving
    magnitude = (lhs + rhs) * largest_log(candidate.base) / (1.0 - candidate.told)
    return Comparison(lhs, rhs, magnitude, 64 + sizes[1] ** 2, applies=candidate.told > 0.0)


@slack_check(
    "C17",
    "unseen",
    "with probability at least 1 - 6 n zeta no pair tells p* from pi', which fails for sure",
    ("1 - 5 n zeta",),
    sizes=((1, 5),),
    generations=60,
)
def _unseen(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    pairs = np.round(r.scale("n", 1.0, 1e12, 1)[:, 0])
    zeta = r.keep("zeta", r.scale("n zeta", 1e-6, 1.0, 1)[:, 0] / pairs)
    zeta = np.minimum(zeta, 0.1)
    mode = r.between("pi_0(1)", 0.5 + 1e-9, 0.6, 1)[:, 0]
    beta = r.scale("beta", 1e-3, 1.0, 1)[:, 0]
    first, second = np.log(mode), np.log(1.0 - mode - 3.0 * zeta)
    base = np.stack([first, second, *[np.log(zeta)] * 3], axis=-1)[:, None]
    # π' keeps the odds that the exact update gives the two common responses, at total mass 0.01.
    common = np.log(0.01) + log_softmax((1.0 + 1.0 / beta)[:, None] * base[:, 0, :2])
    rest = np.broadcast_to(np.log([0.34, 0.33, 0.32]), (len(zeta), 3))
    wrong = np.concatenate([common, rest], axis=-1)[:, None]
    update = (1.0 + 1.0 / beta)[:, None, None] * base
    tells = np.abs((wrong - update)[:, 0, :, None] - (wrong - update)[:, 0, None, :]) > 1e-6
    mass = np.exp(base[:, 0])
    told = np.einsum("bi,bj,bij->b", mass, mass, tells.astype(np.float64))
    fails = own_failure(wrong, np.ones(1)) * (np.exp(wrong[:, 0, 0]) <= 0.5)
    unseen = np.exp(pairs * np.log1p(-np.minimum(told, 1.0 - 1e-12))) * fails
    lhs = 1.0 - (5.0 if mutant else 6.0) * pairs * zeta
    return Comparison(lhs, unseen, 1.0 + pairs * told, 128)


@slack_check(
    "C18",
    "balance",
    "J(pi*) - J(pihat) <= (sqrt kappa_0 + sqrt C) eps_stat + beta log kappa_0 for what may survive",
    (_KAPPA_FOR_CONCENTRABILITY, _STATISTICAL_ERROR),
    sizes=_SIZES,
)
def _balance(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    candidate, pairs = _one_round(r, sizes)
    error = _statistical_error(candidate, pairs, sizes[1])
    rhs = _suboptimality(candidate, error, mutant)
    lhs = _gap(candidate.learned, candidate.base, candidate.weights)
    return Comparison(lhs, rhs, (lhs + rhs) * largest_log(candidate.base), 128)


@slack_check(
    "C19",
    "suboptimality",
    "P(pihat(y*) <= 1 - delta') <= A/delta' for what may survive",
    (_KAPPA_FOR_CONCENTRABILITY, _STATISTICAL_ERROR),
    sizes=_SIZES,
)
def _suboptimal(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    candidate, pairs = _one_round(r, sizes)
    base, learned = candidate.base, candidate.learned
    chosen = np.arange(sizes[1]) == modes(base)[..., None]
    missing = np.where(chosen, 0.0, np.exp(learned)).sum(axis=-1)
    # The level that is just reached at one prompt is the hardest one.
    level = missing[np.arange(len(missing)), r.indices("prompt", sizes[0])]
    lhs = (candidate.weights * (missing >= level[:, None])).sum(axis=-1)
    error = _statistical_error(candidate, pairs, sizes[1])
    gamma = margin(base)
    rhs = _suboptimality(candidate, error, mutant) / np.maximum(gamma * level, 1e-300)
    magnitude = (lhs + rhs) * largest_log(base) / np.clip(gamma, 1e-12, 1.0)
    return Comparison(lhs, rhs, magnitude, 128, applies=(level > 0.0) & (gamma > 0.0))


@slack_check(
    "C27",
    "recurrence",
    "kappa_1 - 1 <= (eps_stat sqrt C + eps_stat sqrt kappa_0 + beta log kappa_0)/(gamma c)",
    (_KAPPA_FOR_CONCENTRABILITY, _STATISTICAL_ERROR),
    sizes=_SIZES,
)
def _recurrence(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    candidate, pairs = _one_round(r, sizes)
    learned, gamma = candidate.learned, margin(candidate.base)
    relative = np.sort(learned - learned.max(axis=-1, keepdims=True), axis=-1)[..., :-1]
    excess = (candidate.weights * np.exp(relative).sum(axis=-1)).sum(axis=-1)
    error = _statistical_error(candidate, pairs, sizes[1])
    weak = mode_mass(learned).min(axis=-1)
    rhs = _suboptimality(candidate, error, mutant) / np.maximum(gamma * weak, 1e-300)
    magnitude = (excess + rhs) * largest_log(candidate.base) / np.clip(gamma, 1e-12, 1.0)
    return Comparison(excess, rhs, magnitude, 128, applies=gamma > 0.0)


@slack_check(
    "C34",
    "theorem",
    "P(max pi_T <= 1/2) <= (2/gamma)(2 eps_stat + beta)(sqrt kappa* + rho^{(T-1)/2} sqrt kappa_0)",
    (_STATISTICAL_ERROR,),
    sizes=((1, 3), (2, 3), (2, 4)),
    batch=4000,
    generations=40,
)
def _theorem(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    rounds = 2
    policy, weights = r.policy("pi_0", *sizes), r.weights(sizes[0])
    pairs = np.round(r.scale("n", 1.0, 1e12, 1)[:, 0])
    kappa_0 = condition_number(policy, weights)
    beta = r.scale("beta", 1e-3, 1.0, 1)[:, 0]
    error = np.zeros(r.size)
    gamma, weak = np.full(r.size, np.inf), np.ones(r.size)
    applies = np.ones(r.size, dtype=np.bool_)
    size = largest_log(policy)
    for done in range(rounds):
        candidate = _candidate(r, sizes, policy, weights, beta, f"pi_{done + 1}")
        kappa = condition_number(policy, weights)
        # A-CONC with C̄_t ≤ κ_t, and the worst of γ, c and ε_stat over the rounds.
        spread = concentrability(candidate.learned, policy, weights)
        applies &= spread <= kappa * (1.0 + 1e-12)
        gamma = np.minimum(gamma, margin(policy))
        error = np.maximum(error, _statistical_error(candidate, pairs, sizes[1]))
        policy = candidate.learned
        weak = np.minimum(weak, mode_mass(policy).min(axis=-1))
        size = np.maximum(size, largest_log(policy))
    if mutant:
        error = np.zeros_like(error)
    level = 2.0 * error + beta
    slope = level / np.maximum(gamma * weak, 1e-300)
    root = np.sqrt(slope**2 + 4.0)
    forgotten = (slope / (slope + root)) ** ((rounds - 1) / 2) * np.sqrt(kappa_0)
    rhs = 2.0 / np.maximum(gamma, 1e-300) * level * ((slope + root) / 2.0 + forgotten)
    lhs = own_failure(policy, weights)
    magnitude = (lhs + np.minimum(rhs, 1e6)) * size / np.clip(gamma, 1e-12, 1.0)
    return Comparison(lhs, rhs, magnitude, 256, applies=applies & (gamma > 0.0))


@slack_check(
    "C36",
    "margin",
    "a policy with margin gamma has kappa - 1 <= (N-1) e^-gamma",
    ("N-1 reduced by one percent",),
)
def _margin_bounds_kappa(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    base, weights = r.policy("pi_0", *sizes), r.weights(sizes[0])
    relative = np.sort(base - base.max(axis=-1, keepdims=True), axis=-1)[..., :-1]
    excess = (weights * np.exp(relative).sum(axis=-1)).sum(axis=-1)
    rhs = (sizes[1] - 1) * np.exp(-margin(base)) * (0.99 if mutant else 1.0)
    return Comparison(excess, rhs, (excess + rhs) * largest_log(base), 64)
