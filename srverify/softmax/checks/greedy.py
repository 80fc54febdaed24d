"""Simulated checks of E01–E06: greedy decoding against the mode."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import numpy as np

from srverify.softmax.autoregressive import (
    digits,
    greedy_decode,
    greedy_miss,
    hamming,
    random_tree,
    sequence_log_mass,
    trap_masses,
    tree_from_masses,
)
from srverify.softmax.checks.registry import TrialCheck, slack_check, trial_check
from srverify.softmax.checks.search import EPSILON, Comparison, Reader, Sizes, SlackReport
from srverify.softmax.policies import Floats, log_softmax

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


_Instance = dict[str, object]


def _survey(
    check: TrialCheck,
    mutant: str | None,
    slacks: Iterable[tuple[float, _Instance]],
    allowance: float = 0.0,
) -> SlackReport:
    """Report the least slack of a stream of instances; a mutant's run ends at its first violation."""
    claim = check.claim if mutant is None else f"{check.claim}; mutant: {mutant}"
    least, worst, tried = np.inf, {}, 0
    for slack, instance in slacks:
        tried += 1
        if slack < least:
            least, worst = slack, instance
        if mutant and slack < -allowance:
            break
    holds = least >= -allowance and tried > 0
    return SlackReport(check.entry, claim, least, allowance, worst, tried, holds)


def _extreme_modes(rng: np.random.Generator, low: float, high: float, count: int) -> Floats:
    """Return values strictly inside (low, high), crowding towards both ends."""
    unit = 1.0 / (1.0 + np.exp(-rng.normal(0.0, 4.0, count)))
    inside = low + (high - low) * unit
    return inside[(inside > low * (1 + 1e-9)) & (inside < high * (1 - 1e-9))]


def _trap_models(
    seed: int, count: int, share: Callable[[np.random.Generator], float]
) -> Iterator[tuple[int, int, float, float]]:
    """Yield (V, L, q, ε') where the paper's construction has room; ``share`` says how much of it."""
    rng = np.random.default_rng(np.random.SeedSequence([seed, 2]))
    for vocabulary, length in _SHAPES:
        below = vocabulary ** (length - 1)
        # Room: the trap stays below 2q, every other sequence below q.
        least = 1.0 / 3.0 if vocabulary == 2 else 1.0 / (3.0 + (vocabulary - 2) * below)
        for mode in _extreme_modes(rng, least, 0.5, count):
            excess = min(mode, 1.0 - 2.0 * mode) * share(rng)
            if vocabulary == 2:
                excess = 1.0 - 2.0 * mode
            elif (1.0 - 2.0 * mode - excess) / ((vocabulary - 2) * below) >= mode or excess <= 0.0:
                continue
            yield vocabulary, length, float(mode), float(excess)


@trial_check(
    "E02",
    "trap",
    "greedy takes the paper's trap, for some eps', iff q > 1/(2V-1)",
    ("threshold 1/(2V)",),
)
def _trap(check: TrialCheck, seed: int, mutant: str | None) -> SlackReport:
    def slacks() -> Iterator[tuple[float, _Instance]]:
        # The largest eps' helps the trap most, and leaves room wherever a smaller one does.
        for vocabulary, length, mode, excess in _trap_models(seed, 1600, lambda rng: 1.0 - 1e-9):
            threshold = 1.0 / (2 * vocabulary) if mutant else 1.0 / (2 * vocabulary - 1)
            # A mode within rounding of the threshold decides nothing.
            if abs(mode - threshold) < 1e-7:
                continue
            masses = trap_masses(vocabulary, length, mode, excess)
            first = masses.reshape(vocabulary, -1).sum(axis=1)
            lead = float(first[1] - np.delete(first, 1).max())
            instance: _Instance = {"V": vocabulary, "L": length, "q": mode, "excess": excess}
            yield (lead if mode > threshold else -lead), instance

    return _survey(check, mutant, slacks(), 64 * EPSILON)


@trial_check(
    "E02",
    "missed",
    "greedy misses the mode in the paper's construction, trapped or not",
    ("the trap's excess turned into a deficit",),
)
def _missed(check: TrialCheck, seed: int, mutant: str | None) -> SlackReport:
    def slacks() -> Iterator[tuple[float, _Instance]]:
        for vocabulary, length, mode, excess in _trap_models(seed, 800, lambda rng: rng.random()):
            masses = trap_masses(vocabulary, length, mode, excess)
            if mutant:
                block = masses.reshape(vocabulary, -1)
                block[1] -= 2.0 * excess / block.shape[1]
                block[0, 0] += 2.0 * excess
            with np.errstate(divide="ignore"):
                first = np.exp(tree_from_masses(np.log(masses), vocabulary, length)[0][0])
            instance: _Instance = {"V": vocabulary, "L": length, "q": mode, "excess": excess}
            yield float(first[1:].max() - first[0]), instance

    return _survey(check, mutant, slacks(), 64 * EPSILON)


def _modes_between(seed: int, count: int) -> Iterator[tuple[int, int, float]]:
    """Yield (V, L, q) with 1/V^L < q < 1/2, crowding towards both ends."""
    rng = np.random.default_rng(np.random.SeedSequence([seed, 4]))
    for vocabulary, length in _SHAPES:
        for mode in _extreme_modes(rng, vocabulary**-length, 0.5, count):
            yield vocabulary, length, float(mode)


@trial_check(
    "E04",
    "exists",
    "for 1/V^L < q < 1/2 a full-support model with a unique mode of mass q has greedy miss it",
    ("greedy's first step takes the mode's token",),
)
def _exists(check: TrialCheck, seed: int, mutant: str | None) -> SlackReport:
    def slacks() -> Iterator[tuple[float, _Instance]]:
        for vocabulary, length, mode in _modes_between(seed, 800):
            tree = greedy_miss(vocabulary, length, mode)
            log_mass = sequence_log_mass(tree)
            lead = float(tree[0][0].max() - tree[0][0][0])
            unique = float(log_mass[0] - np.delete(log_mass, 0).max())
            slack = -lead if mutant else min(unique, lead)
            slack = slack if np.isfinite(log_mass).all() else -np.inf
            yield slack, {"V": vocabulary, "L": length, "q": mode}

    return _survey(check, mutant, slacks())


@trial_check(
    "E05",
    "hamming",
    "greedy can differ from the mode at every position",
    ("any model in place of the constructed one",),
)
def _hamming(check: TrialCheck, seed: int, mutant: str | None) -> SlackReport:
    rng = np.random.default_rng(np.random.SeedSequence([seed, 5]))

    def slacks() -> Iterator[tuple[float, _Instance]]:
        for vocabulary, length, mode in _modes_between(seed, 1600):
            if mutant:
                tree = [level[0] for level in random_tree(vocabulary, length, 1, rng)]
            else:
                tree = greedy_miss(vocabulary, length, mode)
            best = np.asarray(sequence_log_mass(tree).argmax())
            distance = int(hamming(greedy_decode(tree), best, vocabulary, length))
            yield float(distance - length), {"V": vocabulary, "L": length, "q": mode}

    return _survey(check, mutant, slacks())


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
        modes_below_half = _extreme_modes(rng, 0.25, 0.5, 2000)
        rows = [greedy_miss(vocabulary, length, float(mode)) for mode in modes_below_half]
        tree = [np.stack([row[depth] for row in rows]) for depth in range(length)]
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
