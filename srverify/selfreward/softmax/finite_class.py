"""Self-rewarding rounds over a finite class for many independent trials at once.

Shapes as in :mod:`srverify.selfreward.softmax.policies`. The labels carry no noise, so which candidates
minimise the empirical loss depends on the policy that the round starts from and on the sample only;
all that a trial does is draw a sample and look it up in the table of losses.
"""

from __future__ import annotations

import numpy as np

from srverify.language.errors import InputError
from srverify.selfreward.softmax.policies import Floats, Integers, base_failure, modes, objective
from srverify.selfreward.softmax.rounds import sample_pair_counts

DEFAULT_TRIALS = 1024
_TIED = 1e-18


def loss_table(log_candidates: Floats, log_bases: Floats, beta: float) -> Floats:
    """Return (Δ^r̂ − Δ^r)² of every candidate on every pair, shape (bases, class, prompts, N, N).

    Candidates have shape (class, prompts, N), the policies that rounds may start from (bases,
    prompts, N).

    Examples
    --------
    >>> base = np.log(np.array([[0.6, 0.4]]))
    >>> exact = np.log(np.array([[0.36, 0.16]]) / 0.52)
    >>> table = loss_table(np.stack([base, exact]), base[None], beta=1.0)
    >>> np.round(table[0, :, 0, 0, 1], 6).tolist()
    [0.164402, 0.0]
    """
    bases = log_bases[:, None]
    gap = beta * (log_candidates[None] - bases) - bases
    return np.asarray((gap[..., :, None] - gap[..., None, :]) ** 2)


def finite_class_rounds(
    log_candidates: Floats,
    log_base: Floats,
    weights: Floats,
    beta: float,
    pairs: int,
    rounds: int,
    trials: int,
    seed: int | np.random.SeedSequence,
    adversarial: bool = True,
    chunk: int = DEFAULT_TRIALS,
) -> Integers:
    """Run T rounds of empirical risk minimisation for every trial; return choices (trials, rounds).

    Every round draws n pairs per trial from the policy that the trial chose before. Ties go as in
    ``iterate_finite_class``. Memory is bounded by ``chunk`` trials; the result depends on ``seed``
    and ``chunk``. Raises InputError unless trials, chunk and β are positive.
    """
    if trials < 1 or chunk < 1 or not beta > 0:
        raise InputError(f"need trials, chunk and beta > 0, got {trials}, {chunk} and {beta}")
    # Base 0 is where the trials start, base 1 + i the candidate i.
    bases = np.concatenate([log_base[None], log_candidates])
    table = loss_table(log_candidates, bases, beta)
    table = table.reshape(len(bases), len(log_candidates), -1)
    rank = _preference(log_candidates, bases, weights, adversarial)
    rng = np.random.default_rng(seed)
    choices = np.empty((trials, rounds), dtype=np.intp)
    for start in range(0, trials, chunk):
        at = np.zeros(min(chunk, trials - start), dtype=np.intp)
        for done in range(rounds):
            counts = sample_pair_counts(bases[at], weights, pairs, rng).reshape(len(at), -1)
            losses = np.einsum("tp,tcp->tc", counts / max(pairs, 1), table[at])
            tied = losses <= losses.min(axis=-1, keepdims=True) + _TIED
            chosen = np.where(tied, rank[at], len(log_candidates)).argmin(axis=-1)
            choices[start : start + len(at), done] = chosen
            at = chosen + 1
    return choices


def _preference(log_candidates: Floats, bases: Floats, weights: Floats, adversarial: bool) -> Integers:
    """Return the place of every candidate in the order of ties, shape (bases, class)."""
    shape = (len(bases), len(log_candidates))
    if not adversarial:
        return np.broadcast_to(np.arange(shape[1]), shape)
    policies = np.broadcast_to(log_candidates, (*shape, *log_candidates.shape[1:]))
    failure = base_failure(policies, modes(bases)[:, None], weights)
    reward = objective(policies, bases[:, None], weights)
    order = np.lexsort((reward, -failure), axis=-1)
    return np.asarray(order.argsort(axis=-1))
