"""The self-reward learner on the hard instance of D01: pairs, reward differences, adversarial ties.

The class holds the exact update of every π^J. A pair at x_i with two different responses has a
non-zero reward difference iff one of them is the key; otherwise it rules both out as keys. Among
the updates that fit every pair the adversary returns one that is wrong wherever it can be.
"""

from __future__ import annotations

from fractions import Fraction
from math import sqrt

import numpy as np

from srverify.language.errors import InputError
from srverify.selfreward.softmax.hard_simulation import DEFAULT_CHUNK, scratch_table
from srverify.selfreward.softmax.policies import Booleans


def draw_misled(
    labels: int,
    keys: int,
    pairs: int,
    rho: float,
    trials: int,
    rng: np.random.Generator,
    scratch: Booleans | None = None,
) -> Booleans:
    """Return where the adversary can return a wrong key, shape (trials, keys)."""
    secret = rng.integers(0, labels, size=(trials, keys))
    counts = rng.binomial(pairs, rho, size=trials)
    total = int(counts.sum())
    width = labels + 1
    cell = rng.integers(0, keys, size=total) + np.repeat(np.arange(trials) * keys, counts)
    at_key = secret.reshape(-1)[cell]
    drawn = []
    for _ in range(2):
        slot = rng.integers(0, width, size=total)
        # Slot M is the key's second half of probability.
        drawn.append(np.where(slot == labels, at_key, slot))
    telling = drawn[0] != drawn[1]
    table = scratch_table(labels, keys, trials) if scratch is None else scratch[:trials]
    table[...] = False
    flat = table.reshape(-1)
    for response in drawn:
        flat[(cell * width + response)[telling]] = True
    key_known = np.take_along_axis(table, secret[..., None], axis=-1)[..., 0]
    candidates = labels - np.count_nonzero(table[..., :labels], axis=-1)
    # The key itself is still a candidate where it is not known: ties need a second one.
    return np.asarray(~key_known & (candidates >= 2))


def simulate_self_reward_failure(
    labels: int,
    keys: int,
    pairs: int,
    rho: Fraction | float,
    trials: int,
    seed: int | np.random.SeedSequence,
    chunk: int = DEFAULT_CHUNK,
) -> tuple[float, float]:
    """Return (base failure, standard error) of empirical risk minimisation with adversarial ties.

    Raises InputError for fewer than two trials or labels.
    """
    if trials < 2 or labels < 2 or chunk < 1:
        raise InputError("need at least 2 trials, 2 labels and chunk 1")
    rng = np.random.Generator(np.random.SFC64(seed))
    scratch = scratch_table(labels, keys, min(chunk, trials))
    total = squares = 0
    for start in range(0, trials, chunk):
        size = min(chunk, trials - start)
        misled = draw_misled(labels, keys, pairs, float(rho), size, rng, scratch)
        wrong = np.count_nonzero(misled, axis=-1)
        total += int(wrong.sum())
        squares += int((wrong * wrong).sum())
    mean = total / trials
    variance = max(squares / trials - mean * mean, 0.0) * trials / (trials - 1)
    share = float(rho) / keys
    return share * mean, share * sqrt(variance / trials)
