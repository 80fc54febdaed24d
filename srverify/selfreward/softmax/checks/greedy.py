"""Simulated checks of E01–E06: greedy decoding against the mode."""

from __future__ import annotations

import numpy as np

from srverify.selfreward.softmax.autoregressive import (
    digits,
    exhaustive_mode,
    greedy_decode,
    greedy_miss,
    hamming,
    random_tree,
    sequence_log_mass,
    trap_masses,
    tree_from_masses,
)
from srverify.selfreward.softmax.checks.registry import TrialCheck, slack_check, trial_check
from srverify.selfreward.softmax.checks.search import Comparison, Reader, Sizes, SlackReport
from srverify.selfreward.softmax.policies import Floats, log_softmax

_TREE_SIZES = ((2, 2), (2, 4), (3, 3), (5, 2))
_SHAPES = ((2, 2), (2, 3), (2, 6), (3, 2), (3, 4), (5, 3), (7, 2))


def _tree(r: Reader, sizes: Sizes) -> list[Floats]:
    vocabulary, length = sizes
    return [
        r.keep(f"conditionals at depth {depth}", log_softmax(r.logits(vocabulary**depth, vocabulary)))
        for depth in range(length)
    ]


@slack_check(
    "E01",
    "above-half",
    "no sequence that greedy misses has mass above 1/2",
    ("0.45 in place of 1/2",),
    sizes=_TREE_SIZES,
    generations=60,
)
def _above_half(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    tree = _tree(r, sizes)
    mass = np.exp(sequence_log_mass(tree))
    missed = np.arange(mass.shape[-1]) != greedy_decode(tree)[:, None]
    lhs = np.where(missed, mass, 0.0).max(axis=-1)
    return Comparison(lhs, np.full_like(lhs, 0.45 if mutant else 0.5), 20.0 * lhs, 32)


@slack_check(
    "E03",
    "half-boundary",
    "every conditional along the mode is at least the mode's mass",
    ("at least its 0.9-th power",),
    sizes=_TREE_SIZES,
)
def _half_boundary(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    vocabulary, length = sizes
    tree = _tree(r, sizes)
    log_mass = sequence_log_mass(tree)
    mode = log_mass.argmax(axis=-1)
    tokens = digits(mode, vocabulary, length)
    prefix = np.zeros_like(mode)
    least = np.zeros(len(mode))
    for depth, level in enumerate(tree):
        row = np.take_along_axis(level, prefix[:, None, None], axis=-2)[:, 0]
        least = np.minimum(least, np.take_along_axis(row, tokens[:, depth, None], axis=-1)[:, 0])
        prefix = prefix * vocabulary + tokens[:, depth]
    power = 0.9 if mutant else 1.0
    total = log_mass[np.arange(len(mode)), mode]
    return Comparison(np.exp(power * total), np.exp(least), np.full(len(mode), 40.0), 32)


@slack_check(
    "E04",
    "above-even",
    "a unique mode has mass above 1/V^L",
    ("one percent more on the left",),
    sizes=_TREE_SIZES,
)
def _above_even(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    log_mass = sequence_log_mass(_tree(r, sizes))
    rhs = np.exp(log_mass.max(axis=-1))
    lhs = np.full_like(rhs, sizes[0] ** -sizes[1] * (1.01 if mutant else 1.0))
    return Comparison(lhs, rhs, rhs * (1.0 + np.abs(log_mass).max(axis=-1)), 64)


def _mode_mass(r: Reader, low: float) -> Floats:
    """Return q strictly inside (low, 1/2), shape (B,), near either end as often as the spread allows."""
    inside = r.between("q", low, 0.5, 1)[:, 0]
    return r.keep("q", np.clip(inside, low * (1.0 + 1e-9), 0.5 * (1.0 - 1e-9)))


def _trap(r: Reader, sizes: Sizes, share: Floats | float) -> tuple[Floats, Floats, np.ndarray, Floats]:
    """Return (q, excess, where the paper's construction has room, masses (B, V, V^(L−1))).

    ``share`` says how much of the room the excess takes; with V = 2 it must take all of it. Where
    there is no room the masses are those of some other instance.
    """
    vocabulary, length = sizes
    below = vocabulary ** (length - 1)
    # Room: the trap stays below 2q, every other sequence below q.
    least = 1.0 / 3.0 if vocabulary == 2 else 1.0 / (3.0 + (vocabulary - 2) * below)
    mode = _mode_mass(r, least)
    rest = 1.0 - 2.0 * mode
    excess = r.keep("excess", rest if vocabulary == 2 else np.minimum(mode, rest) * share)
    room = (excess > 0.0) & (excess < mode)
    if vocabulary > 2:
        room &= (rest - excess) / ((vocabulary - 2) * below) < mode
    roomy = np.where(room, mode, 0.4)
    masses = trap_masses(vocabulary, length, roomy, np.where(room, excess, 0.2))
    return mode, excess, room, masses.reshape(len(mode), vocabulary, below)


@slack_check(
    "E02",
    "trap",
    "greedy takes the paper's trap, for some eps', iff q > 1/(2V-1)",
    ("threshold 1/(2V)",),
    sizes=_SHAPES,
)
def _trap_threshold(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    # The largest eps' helps the trap most, and leaves room wherever a smaller one does.
    mode, _, room, masses = _trap(r, sizes, 1.0 - 1e-9)
    threshold = 1.0 / (2 * sizes[0]) if mutant else 1.0 / (2 * sizes[0] - 1)
    first = masses.sum(axis=-1)
    trap, others = first[:, 1], np.delete(first, 1, axis=-1).max(axis=-1)
    taken = mode > threshold
    # A mode within rounding of the threshold decides nothing.
    applies = room & (np.abs(mode - threshold) > 1e-7)
    lhs, rhs = np.where(taken, others, trap), np.where(taken, trap, others)
    return Comparison(lhs, rhs, np.ones_like(mode), 64, applies=applies)


@slack_check(
    "E02",
    "missed",
    "greedy misses the mode in the paper's construction, trapped or not",
    ("the trap's excess turned into a deficit",),
    sizes=_SHAPES,
)
def _trap_missed(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    _, excess, room, masses = _trap(r, sizes, r.between("share of the room", 0.0, 1.0, 1)[:, 0])
    if mutant:
        masses[:, 1] -= (2.0 * excess / masses.shape[-1])[:, None]
        masses[:, 0, 0] += 2.0 * excess
        room = room & (masses > -1e-300).all(axis=(-2, -1))
    with np.errstate(divide="ignore", invalid="ignore"):
        first = np.exp(tree_from_masses(np.log(masses.reshape(len(masses), -1)), *sizes)[0][:, 0])
    return Comparison(first[:, 0], first[:, 1:].max(axis=-1), np.ones(len(first)), 64, applies=room)


@slack_check(
    "E04",
    "exists",
    "for 1/V^L < q < 1/2 a full-support model with a unique mode of mass q has greedy miss it",
    ("greedy's first step takes the mode's token",),
    sizes=_SHAPES,
)
def _exists(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    vocabulary, length = sizes
    tree = greedy_miss(vocabulary, length, _mode_mass(r, float(vocabulary) ** -length))
    log_mass, first = sequence_log_mass(tree), tree[0][:, 0]
    lead = first[:, 1:].max(axis=-1) - first[:, 0]
    unique = log_mass[:, 0] - log_mass[:, 1:].max(axis=-1)
    slack = -lead if mutant else np.minimum(unique, lead)
    slack = np.where(np.isfinite(log_mass).all(axis=-1), slack, -np.inf)
    return Comparison(np.zeros_like(slack), slack, 1.0 + np.abs(log_mass).max(axis=-1), 32)


@slack_check(
    "E05",
    "hamming",
    "greedy can differ from the mode at every position",
    ("any model in place of the constructed one",),
    sizes=_SHAPES,
)
def _hamming(r: Reader, sizes: Sizes, mutant: str | None) -> Comparison:
    vocabulary, length = sizes
    mode = _mode_mass(r, float(vocabulary) ** -length)
    tree = _tree(r, sizes) if mutant else greedy_miss(vocabulary, length, mode)
    differ = hamming(greedy_decode(tree), exhaustive_mode(tree)[0], vocabulary, length)
    distance = differ.astype(np.float64)
    return Comparison(np.full_like(distance, length), distance, np.ones_like(distance), 4)


@trial_check(
    "E06",
    "not-certain",
    "models with mode mass at most 1/2 whose mode greedy returns: the least such mass, below 1/2",
    ("only models built to make greedy miss",),
)
def _not_certain(check: TrialCheck, seed: int, mutant: str | None) -> SlackReport:
    rng = np.random.default_rng(np.random.SeedSequence([seed, 6]))
    vocabulary, length, trials = 2, 2, 20_000
    if mutant:
        tree = greedy_miss(vocabulary, length, rng.uniform(0.2501, 0.4999, trials))
    else:
        tree = random_tree(vocabulary, length, trials, rng)
        witness = np.log(np.array([0.7, 0.3]))
        for depth in range(length):
            tree[depth][0] = witness
    log_mass = sequence_log_mass(tree)
    hit = (greedy_decode(tree) == log_mass.argmax(axis=-1)) & (log_mass.max(axis=-1) <= np.log(0.5))
    claim = check.claim if mutant is None else f"{check.claim}; mutant: {mutant}"
    if not hit.any():
        return SlackReport(check.entry, claim, -np.inf, 0.0, {}, len(log_mass), False)
    masses = np.where(hit, np.exp(log_mass.max(axis=-1)), np.inf)
    row = 0 if not mutant and hit[0] else int(masses.argmin())
    instance = {
        "sequence masses": np.exp(log_mass[row]).tolist(),
        "share of models with mass <= 1/2 where greedy hits": float(
            hit.sum() / (log_mass.max(axis=-1) <= np.log(0.5)).sum()
        ),
    }
    return SlackReport(check.entry, claim, float(0.5 - masses[row]), 0.0, instance, len(log_mass), True)
