"""Autoregressive models over V^L: sequence masses, greedy decoding and the exact mode.

A tree model is a list of L arrays of log conditionals: level ℓ has shape (..., V^ℓ, V), the row
being the prefix read as a base-V number. Batch axes come first. Models too large to tabulate give
their conditionals through a function of the prefix (``Conditionals``).
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from srverify.errors import InputError
from srverify.softmax.policies import Floats, Integers, log_softmax, log_sum_exp

Tree: TypeAlias = Sequence[Floats]
Conditionals: TypeAlias = Callable[[NDArray[np.intp]], Floats]
"""Maps prefixes (B, ℓ) to log conditionals (B, V)."""


def random_tree(
    vocabulary: int, length: int, batch: int, rng: np.random.Generator, spread: float = 1.0
) -> list[Floats]:
    """Return ``batch`` trees with Gaussian logits of the given spread."""
    return [
        log_softmax(spread * rng.standard_normal((batch, vocabulary**level, vocabulary)))
        for level in range(length)
    ]


def sequence_log_mass(tree: Tree) -> Floats:
    """Return log π of every sequence, shape (..., V^L), sequences as base-V numbers."""
    total = tree[0][..., 0, :]
    for level in tree[1:]:
        total = (total[..., :, None] + level).reshape(*total.shape[:-1], -1)
    return total


def tree_from_masses(log_mass: Floats, vocabulary: int, length: int) -> list[Floats]:
    """Return the tree whose sequence masses are given, shape (..., V^L).

    After a prefix of mass zero the conditionals are set uniform.
    """
    levels = []
    for level in reversed(range(length)):
        blocks = log_mass.reshape(*log_mass.shape[:-1], vocabulary**level, vocabulary)
        total = log_sum_exp(blocks)
        empty = np.isneginf(total)[..., None]
        with np.errstate(invalid="ignore"):
            conditional = np.where(empty, -np.log(vocabulary), blocks - total[..., None])
        levels.append(conditional)
        log_mass = total
    return levels[::-1]


def greedy_decode(tree: Tree) -> Integers:
    """Return greedy's sequence of each model as a base-V number; ties go to the lower token."""
    vocabulary = tree[0].shape[-1]
    prefix = np.zeros(tree[0].shape[:-2], dtype=np.intp)
    for level in tree:
        row = np.take_along_axis(level, prefix[..., None, None], axis=-2)[..., 0, :]
        prefix = prefix * vocabulary + row.argmax(axis=-1)
    return prefix


def digits(sequence: Integers, vocabulary: int, length: int) -> Integers:
    """Return the tokens of sequences given as base-V numbers, shape (..., L)."""
    places = vocabulary ** np.arange(length - 1, -1, -1)
    return np.asarray(np.asarray(sequence)[..., None] // places % vocabulary)


def hamming(first: Integers, second: Integers, vocabulary: int, length: int) -> Integers:
    """Return the number of positions at which two sequences differ."""
    differ = digits(first, vocabulary, length) != digits(second, vocabulary, length)
    return np.asarray(differ.sum(axis=-1))


def greedy_search(conditionals: Conditionals, length: int) -> tuple[tuple[int, ...], float]:
    """Return greedy's sequence and its log mass for a model given by its conditionals."""
    prefix = np.zeros((1, 0), dtype=np.intp)
    total = 0.0
    for _ in range(length):
        row = conditionals(prefix)[0]
        token = int(row.argmax())
        total += float(row[token])
        prefix = np.append(prefix, [[token]], axis=1)
    return tuple(int(token) for token in prefix[0]), total


def exact_mode(
    conditionals: Conditionals, length: int, batch: int = 256, limit: int = 10_000_000
) -> tuple[tuple[int, ...], float]:
    """Return the most probable sequence and its log mass, by best-first branch and bound.

    A prefix's mass bounds every continuation's, so prefixes below the best full sequence found
    (greedy's at the start) are dropped; ``batch`` prefixes are expanded at a time. Raises
    InputError when more than ``limit`` prefixes would be expanded.
    """
    best, best_mass = greedy_search(conditionals, length)
    queue: list[tuple[float, tuple[int, ...]]] = [(0.0, ())]
    expanded = 0
    while queue:
        taken: list[tuple[float, tuple[int, ...]]] = []
        depth = len(queue[0][1])
        # One call serves prefixes of one length only.
        while queue and len(taken) < batch and len(queue[0][1]) == depth:
            entry = heapq.heappop(queue)
            if -entry[0] > best_mass:
                taken.append(entry)
        if not taken:
            continue
        expanded += len(taken)
        if expanded > limit:
            raise InputError(f"the exact mode needs more than {limit} prefixes")
        prefixes = np.array([prefix for _, prefix in taken], dtype=np.intp).reshape(len(taken), depth)
        masses = conditionals(prefixes) - np.array([cost for cost, _ in taken])[:, None]
        rows, tokens = np.nonzero(masses > best_mass)
        for row, token in zip(rows.tolist(), tokens.tolist(), strict=True):
            sequence, mass = (*taken[row][1], token), float(masses[row, token])
            if depth + 1 < length:
                heapq.heappush(queue, (-mass, sequence))
            elif mass > best_mass:
                best, best_mass = sequence, mass
    return best, best_mass


def tree_conditionals(tree: Tree) -> Conditionals:
    """Return the conditionals of one unbatched tree as a function of prefixes."""
    vocabulary = tree[0].shape[-1]

    def conditionals(prefixes: NDArray[np.intp]) -> Floats:
        depth = prefixes.shape[1]
        rows = prefixes @ vocabulary ** np.arange(depth - 1, -1, -1, dtype=np.intp)
        return np.asarray(tree[depth][rows])

    return conditionals


def trap_masses(vocabulary: int, length: int, mode: float, excess: float) -> Floats:
    """Return the sequence masses (V^L,) of the paper's trap construction (E02).

    Sequence 0 holds mass ``mode`` = q with a deterministic continuation, first token 1 is the trap
    with mass q + ``excess`` spread evenly, the rest is spread evenly over the other first tokens.
    Raises InputError where the construction has no room.
    """
    rest = 1.0 - 2.0 * mode - excess
    below = vocabulary ** (length - 1)
    if not (vocabulary >= 2 and length >= 2 and 0 < excess < mode and rest > -1e-12):
        raise InputError("the trap needs V, L >= 2, 0 < excess < q and 2q + excess <= 1")
    masses = np.zeros((vocabulary, below))
    masses[0, 0] = mode
    masses[1] = (mode + excess) / below
    if vocabulary > 2:
        masses[2:] = max(rest, 0.0) / ((vocabulary - 2) * below)
        if masses[2, 0] >= mode:
            raise InputError(f"no room: the other sequences need mass {masses[2, 0]:.6g} >= q")
    elif rest > 1e-12:
        raise InputError("with V = 2 the trap must take all the remaining mass")
    return masses.ravel()


def greedy_miss(vocabulary: int, length: int, mode: float) -> list[Floats]:
    """Return a full-support tree with unique mode 0…0 of mass q that greedy misses (E04, E05).

    Exists exactly for V, L ≥ 2 and 1/V^L < q < 1/2. First token 1 (the trap) gets more mass than
    first token 0, no other sequence reaches q, and greedy goes on to 1…1: it differs from the mode
    at every position.
    Raises InputError outside that range.
    """
    below = vocabulary ** (length - 1)
    size = vocabulary * below
    if vocabulary < 2 or length < 2 or not 1.0 / size < mode < 0.5:
        raise InputError(
            "greedy can miss a unique mode of full support only for V, L >= 2 and "
            f"1/V^L < q < 1/2, got V = {vocabulary}, L = {length}, q = {mode}"
        )
    # Ceilings below q for the trap, the other first tokens and the mode's siblings, in this order;
    # the step between them is what the total mass leaves room for.
    blocks = np.array([below, (vocabulary - 2) * below, below - 1])
    step = min(0.125, (mode * size - 1.0) / (mode * (blocks @ [1.0, 2.0, 3.0])))
    ceilings = mode * (1.0 - step * np.array([1.0, 2.0, 3.0]))
    crumb = min((1.0 - 2.0 * mode) / (4.0 * size), ceilings[2] / 2.0)
    levels = np.full(3, crumb)
    remaining = 1.0 - mode - crumb * blocks.sum()
    for index, block in enumerate(blocks):
        if block:
            added = min(remaining / block, ceilings[index] - crumb)
            levels[index] += added
            remaining -= added * block
    masses = np.empty((vocabulary, below))
    masses[0], masses[1], masses[2:] = levels[2], levels[0], levels[1]
    masses[0, 0] = mode
    # Within the trap, a nudge that stays below q makes greedy go on with token 1.
    nudge = 0.5 * min(mode - levels[0], levels[0])
    masses[1] -= nudge / (below - 1)
    masses[1, (below - 1) // (vocabulary - 1)] += nudge + nudge / (below - 1)
    return tree_from_masses(np.log(masses.ravel()), vocabulary, length)
