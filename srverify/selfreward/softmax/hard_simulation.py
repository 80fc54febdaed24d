"""Monte Carlo on the hard instance of D01: draw samples, run learners, count wrong bets.

Every draw is simulated on its own; no formula of D15 enters. Trials run in chunks, so memory is
about ``chunk · (d(M+1) + 8nϱ)`` bytes whatever the number of trials.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from srverify.language.errors import InputError
from srverify.selfreward.softmax.policies import Booleans, Integers

DEFAULT_CHUNK = 1024


@dataclass(frozen=True)
class Samples:
    """A chunk of samples on the hard instance, trials first.

    ``slots`` holds, for every draw that fell on x_1 … x_d, the flat index of (trial, key prompt,
    slot). Slots 0 … M−1 are the labels; slot M stands for a draw of the key as well, which is how
    the key gets twice the probability of any other label.
    """

    labels: int
    secret: NDArray[np.int64]
    slots: NDArray[np.int64]
    scratch: Booleans

    @property
    def shape(self) -> tuple[int, int, int]:
        """Trials, key prompts, slots."""
        return (*self.secret.shape, self.labels + 1)

    def seen(self) -> tuple[Booleans, Booleans]:
        """Return (slot seen, key seen) of shapes (trials, d, M+1) and (trials, d).

        The first array is a view of the scratch memory that the chunks share.
        """
        table = self.scratch[: self.shape[0]]
        table[...] = False
        table.reshape(-1)[self.slots] = True
        # By flat index, as the draws: indexing along an axis makes an index for every axis.
        starts = np.arange(self.secret.size).reshape(self.secret.shape) * (self.labels + 1)
        at_key = table.reshape(-1)[starts + self.secret]
        return table, at_key | table[..., self.labels]

    def counts(self) -> Integers:
        """Return how often each label was drawn at each key prompt, shape (trials, d, M)."""
        table = np.bincount(self.slots, minlength=int(np.prod(self.shape))).reshape(self.shape)
        labels = table[..., : self.labels].copy()
        at_key = np.take_along_axis(labels, self.secret[..., None], axis=-1)
        np.put_along_axis(labels, self.secret[..., None], at_key + table[..., self.labels :], axis=-1)
        return labels


def bayes_optimal(sample: Samples) -> Integers:
    """Bet on the key where it was drawn, elsewhere on the first label not drawn (Bayes-optimal)."""
    seen, key_seen = sample.seen()
    # Where every label was drawn the key was too, so a search that ends in slot M is never used.
    return np.where(key_seen, sample.secret, seen.argmin(axis=-1))


def best_evaluated(sample: Samples) -> Integers:
    """Bet on the drawn response with the highest evaluation; on label 0 where nothing was drawn."""
    seen, key_seen = sample.seen()
    # A draw through slot M is a draw of the key, so that slot cannot win where the key is unseen.
    return np.where(key_seen, sample.secret, seen.argmax(axis=-1))


def binary_bayes_optimal(sample: Samples) -> Integers:
    """Know the key once label 0, label 1 or the key was drawn; else bet on label 0 (D17).

    Bayes-optimal when keys are hidden among labels 0 and 1: a drawn label that is not the key
    leaves the other.
    """
    seen, key_seen = sample.seen()
    told = key_seen | seen[..., 0] | seen[..., 1]
    return np.where(told, sample.secret, 0)


def most_frequent(sample: Samples) -> Integers:
    """Bet on the most frequent response, evaluations ignored; ties and silence go to low labels."""
    return np.asarray(sample.counts().argmax(axis=-1))


LEARNERS: dict[str, Callable[[Samples], Integers]] = {
    "bayes-optimal": bayes_optimal,
    "best-evaluated": best_evaluated,
    "most-frequent": most_frequent,
    "binary-bayes-optimal": binary_bayes_optimal,
}
# Learners made for keys hidden among the first so many labels; the others face any label.
_KEY_LABELS = {"binary-bayes-optimal": 2}


def scratch_table(labels: int, keys: int, chunk: int) -> Booleans:
    """Return the memory that the chunks of one simulation share."""
    return np.zeros((chunk, keys, labels + 1), dtype=np.bool_)


def draw_samples(
    labels: int,
    keys: int,
    draws: int,
    rho: float,
    trials: int,
    rng: np.random.Generator,
    scratch: Booleans | None = None,
    key_labels: int | None = None,
) -> Samples:
    """Draw ``trials`` key vectors and a sample of ``draws`` from each one's hard instance.

    Keys are uniform over the first ``key_labels`` labels, by default over all.
    """
    width = keys * (labels + 1)
    secret = rng.integers(0, key_labels or labels, size=(trials, keys), dtype=np.int64)
    on_keys = rng.binomial(draws, rho, size=trials)
    small = np.uint16 if width <= 1 << 16 else np.uint32
    within = rng.integers(0, width, size=int(on_keys.sum()), dtype=small)
    slots = np.repeat(np.arange(trials, dtype=np.int64) * width, on_keys)
    slots += within
    if scratch is None:
        scratch = scratch_table(labels, keys, trials)
    return Samples(labels, secret, slots, scratch)


def simulate_risk(
    learner: str,
    labels: int,
    keys: int,
    draws: int,
    rho: Fraction | float,
    trials: int,
    seed: int | np.random.SeedSequence,
    chunk: int = DEFAULT_CHUNK,
) -> tuple[float, float]:
    """Return (risk, standard error) of a learner of ``LEARNERS`` over independent trials.

    The result depends on ``seed`` and ``chunk`` only. Raises InputError for an unknown learner or
    fewer than two trials.
    """
    if learner not in LEARNERS:
        raise InputError(f"unknown learner {learner!r}; known: {', '.join(LEARNERS)}")
    if trials < 2 or chunk < 1:
        raise InputError(f"need at least 2 trials and chunk 1, got {trials} and {chunk}")
    bet, key_labels = LEARNERS[learner], _KEY_LABELS.get(learner)
    if key_labels is not None and key_labels > labels:
        raise InputError(f"learner {learner!r} needs at least {key_labels} labels, got {labels}")
    rng = np.random.Generator(np.random.SFC64(seed))
    share = float(rho) / keys
    scratch = scratch_table(labels, keys, min(chunk, trials))
    total = total_squares = 0
    for start in range(0, trials, chunk):
        size = min(chunk, trials - start)
        sample = draw_samples(labels, keys, draws, float(rho), size, rng, scratch, key_labels)
        wrong = np.count_nonzero(bet(sample) != sample.secret, axis=-1)
        total += int(wrong.sum())
        total_squares += int((wrong * wrong).sum())
    mean = total / trials
    variance = max(total_squares / trials - mean * mean, 0.0) * trials / (trials - 1)
    return share * mean, share * sqrt(variance / trials)


def simulate_bayes_risk(
    labels: int,
    keys: int,
    draws: int,
    rho: Fraction | float,
    trials: int,
    seed: int | np.random.SeedSequence,
    chunk: int = DEFAULT_CHUNK,
) -> tuple[float, float]:
    """Return (estimate, standard error) of D15's risk from runs of the Bayes-optimal learner.

    Examples
    --------
    >>> from srverify.selfreward.softmax.hard_instance import exact_bayes_risk
    >>> estimate, error = simulate_bayes_risk(5, 2, 6, 0.5, trials=4000, seed=1)
    >>> abs(estimate - float(exact_bayes_risk(5, 2, 6, Fraction(1, 2)))) < 5 * error
    True
    """
    return simulate_risk("bayes-optimal", labels, keys, draws, rho, trials, seed, chunk)
