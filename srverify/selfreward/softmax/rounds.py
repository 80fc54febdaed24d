"""Self-rewarding rounds: the population round and the finite-sample round over a finite class.

Shapes as in :mod:`srverify.selfreward.softmax.policies`. A round with base π_t scores responses by
r = log π_t and fits r̂ = β log(π/π_t) to the reward differences Δ^r of sampled pairs, which carry no
noise. Linear classes are in :mod:`srverify.selfreward.softmax.linear`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from srverify.language.errors import InputError
from srverify.selfreward.softmax.policies import (
    Booleans,
    Floats,
    Integers,
    base_failure,
    log_softmax,
    modes,
    objective,
)

Truncation = Literal["clip", "indicator"]

DEFAULT_ROWS = 2048

# exp of this still has full precision, and so have sums of it.
_SAFE_EXPONENT = 600.0


def population_round(
    log_policy: Floats, beta: float, rounds: int = 1, chunk: int = DEFAULT_ROWS
) -> Floats:
    """Return the exact update p* ∝ π^{(1+1/β)^rounds} of normalised policies (S02, S05).

    Works through ``chunk`` rows at a time, so temporaries stay in the processor's cache. Raises
    InputError unless β > 0 and rounds ≥ 0.

    Examples
    --------
    >>> base = np.log(np.array([[0.6, 0.4]]))
    >>> np.round(np.exp(population_round(base, 1.0)), 4).tolist()
    [[0.6923, 0.3077]]
    """
    if not beta > 0:
        raise InputError(f"beta must be positive, got {beta}")
    if rounds < 0 or chunk < 1:
        raise InputError(f"need rounds >= 0 and chunk >= 1, got {rounds} and {chunk}")
    power = (1.0 + 1.0 / beta) ** rounds
    responses = log_policy.shape[-1]
    source = np.ascontiguousarray(log_policy).reshape(-1, responses)
    result = np.empty_like(source)
    ones = np.ones(responses)
    weights = np.empty((min(chunk, len(source)), responses))
    # A normalised row has a maximum of at least −log N, so its sum cannot underflow below this power;
    # beyond it the maximum is taken out first.
    safe = power * np.log(responses) < _SAFE_EXPONENT
    for start in range(0, len(source), chunk):
        rows = source[start : start + chunk]
        block, mass = result[start : start + chunk], weights[: len(rows)]
        if safe:
            np.multiply(rows, power, out=block)
        else:
            np.subtract(rows, rows.max(axis=-1)[:, None], out=block)
            block *= power
        np.exp(block, out=mass)
        block -= np.log(mass @ ones)[:, None]
    return result.reshape(log_policy.shape)


def square_loss(
    log_candidate: Floats, log_base: Floats, weights: Floats, beta: float | Floats
) -> Floats:
    """Return E_x E_{y,y'~π_base}[(Δ^{β log(π/π_base)} − Δ^{log π_base})²] = 2 E_x Var (S04).

    ``beta`` is a number, or an array that broadcasts against the policies.
    """
    gap = beta * (log_candidate - log_base) - log_base
    mass = np.exp(log_base)
    centred = gap - (mass * gap).sum(axis=-1, keepdims=True)
    return np.asarray(2.0 * (weights * (mass * centred**2).sum(axis=-1)).sum(axis=-1))


def square_loss_minimiser(log_base: Floats, beta: float) -> Floats:
    """Return the policy that minimises the square loss, from its normal equations (S04).

    The loss is quadratic in f = log(π/π_base): its stationary points solve
    (diag q − qqᵀ)(βf − log q) = 0. The covariance is singular along constants, which the
    normalisation of π removes. The closed form of S05 is not used.
    """
    mass = np.exp(log_base)
    diagonal = mass[..., :, None] * np.eye(mass.shape[-1])
    covariance = diagonal - mass[..., :, None] * mass[..., None, :]
    # Scaling by 1/√q turns the covariance into a projector: the solve is perfectly conditioned.
    root = np.sqrt(mass)
    scaled = covariance / (root[..., :, None] * root[..., None, :])
    target = (covariance @ log_base[..., None])[..., 0] / root
    solution = np.linalg.pinv(scaled, rcond=1e-8, hermitian=True) @ target[..., None]
    ratio = solution[..., 0] / root / beta
    return log_softmax(log_base + ratio)


@dataclass(frozen=True)
class Pairs:
    """A sample of n pairs: prompts and two responses each, three arrays of shape (n,)."""

    prompts: Integers
    first: Integers
    second: Integers

    def difference(self, values: Floats) -> Floats:
        """Return Δ^f for f of shape (..., prompts, responses); the result is (..., n)."""
        return np.asarray(values[..., self.prompts, self.first] - values[..., self.prompts, self.second])


def sample_responses(log_policy: Floats, prompts: Integers, rng: np.random.Generator) -> Integers:
    """Draw one response y ~ π(·|x) for every entry of ``prompts``; π has shape (prompts, N)."""
    cumulative = np.cumsum(np.exp(log_policy), axis=-1)
    cumulative /= cumulative[:, -1:]
    # Row x occupies the interval (x, x+1], so one sorted search serves all prompts.
    table = (cumulative + np.arange(len(cumulative))[:, None]).ravel()
    flat = np.searchsorted(table, prompts + rng.random(prompts.shape), side="right")
    size = log_policy.shape[-1]
    return np.asarray(np.clip(flat - prompts * size, 0, size - 1))


def sample_pairs(log_policy: Floats, weights: Floats, pairs: int, rng: np.random.Generator) -> Pairs:
    """Draw n i.i.d. pairs (x, y, y') with x ~ D and y, y' ~ π(·|x) independent."""
    edges = np.cumsum(weights)
    prompts = np.searchsorted(edges / edges[-1], rng.random(pairs), side="right")
    prompts = np.minimum(prompts, len(weights) - 1)
    return Pairs(
        prompts,
        sample_responses(log_policy, prompts, rng),
        sample_responses(log_policy, prompts, rng),
    )


def sample_pair_counts(
    log_policy: Floats, weights: Floats, pairs: int, rng: np.random.Generator
) -> NDArray[np.int64]:
    """Draw how often each (x, y, y') occurs among n pairs, shape (..., prompts, N, N).

    Same law as counting ``sample_pairs``, at a cost that does not depend on n, and batched.
    """
    mass = np.exp(log_policy)
    mass = mass / mass.sum(axis=-1, keepdims=True)
    joint = weights[..., None, None] * mass[..., :, None] * mass[..., None, :]
    shape = joint.shape
    flat = joint.reshape(*shape[:-3], -1)
    flat = flat / flat.sum(axis=-1, keepdims=True)
    return rng.multinomial(pairs, flat).reshape(shape)


def truncate(differences: Floats, bound: float, truncation: Truncation) -> Floats:
    """Return differences clipped to [−B, B], or set to 0 outside it (F04's two readings)."""
    if truncation == "clip":
        return np.clip(differences, -bound, bound)
    return np.where(np.abs(differences) <= bound, differences, 0.0)


def pair_losses(
    log_candidates: Floats,
    log_base: Floats,
    pairs: Pairs,
    beta: float,
    bound: float | None = None,
    truncation: Truncation = "clip",
) -> Floats:
    """Return every candidate's loss on every pair, shape (candidates, n).

    Without ``bound``: (Δ^r̂ − Δ^r)². With ``bound`` and "clip" both differences are projected on
    [−B, B]; with "indicator" the loss counts only where both lie within it (C07's good region).
    """
    target = pairs.difference(log_base)
    fitted = beta * pairs.difference(log_candidates - log_base)
    if bound is None:
        return np.asarray((fitted - target) ** 2)
    if truncation == "clip":
        return np.asarray((truncate(fitted, bound, "clip") - truncate(target, bound, "clip")) ** 2)
    good = (np.abs(fitted) <= bound) & (np.abs(target) <= bound)
    return np.asarray((fitted - target) ** 2 * good)


def empirical_minimisers(
    log_candidates: Floats,
    log_base: Floats,
    pairs: Pairs,
    beta: float,
    bound: float | None = None,
    truncation: Truncation = "clip",
    tolerance: float = 1e-18,
) -> tuple[Floats, Booleans]:
    """Return (empirical losses, which candidates minimise them) over a finite class.

    Candidates have shape (class, prompts, responses). Losses within ``tolerance`` of the least
    count as tied, since rounding separates exact zeros; which of them the learner returns is for
    the caller to say (the audit lets an adversary choose).
    """
    if len(pairs.prompts) == 0:
        losses = np.zeros(len(log_candidates))
    else:
        losses = pair_losses(log_candidates, log_base, pairs, beta, bound, truncation).mean(axis=-1)
    return losses, losses <= losses.min() + tolerance


def iterate_finite_class(
    log_candidates: Floats,
    log_base: Floats,
    weights: Floats,
    beta: float,
    pairs: int,
    rounds: int,
    seed: int | np.random.SeedSequence,
    adversarial: bool = True,
) -> list[int]:
    """Run T rounds of empirical risk minimisation over a finite class; return the choices' indices.

    Candidates have shape (class, prompts, responses); round t draws n pairs from the policy chosen
    before. Ties go to the candidate with the largest base failure against the round's own modes and
    then the largest loss of reward, or, without an adversary, to the first.
    """
    root = seed if isinstance(seed, np.random.SeedSequence) else np.random.SeedSequence(seed)
    chosen: list[int] = []
    for child in root.spawn(rounds):
        sample = sample_pairs(log_base, weights, pairs, np.random.default_rng(child))
        _, tied = empirical_minimisers(log_candidates, log_base, sample, beta)
        if adversarial:
            failure = base_failure(log_candidates, modes(log_base), weights)
            reward = objective(log_candidates, log_base, weights)
            order = np.lexsort((reward, -failure, ~tied))
            index = int(order[0])
        else:
            index = int(tied.argmax())
        chosen.append(index)
        log_base = log_candidates[index]
    return chosen
