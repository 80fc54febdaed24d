"""Autoregressive models over V^L: sequence masses, greedy decoding and the exact mode.

A tree model is a list of L arrays of log conditionals: level ℓ has shape (..., V^ℓ, V), the row
being the prefix read as a base-V number. Batch axes come first. Models too large to tabulate give
their conditionals through a function of the prefix (``Conditionals``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from srverify.language.errors import InputError
from srverify.selfreward.softmax.policies import Floats, Integers, log_softmax, log_sum_exp

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


def exhaustive_mode(tree: Tree) -> tuple[Integers, Floats]:
    """Return each model's most probable sequence (first on a tie) and its log mass, over all V^L.

    Examples
    --------
    >>> independent = [np.log(np.array([[0.7, 0.3]])), np.log(np.array([[0.7, 0.3]] * 2))]
    >>> sequence, log_mass = exhaustive_mode(independent)
    >>> int(sequence), round(float(np.exp(log_mass)), 2)
    (0, 0.49)
    """
    log_mass = sequence_log_mass(tree)
    return np.asarray(log_mass.argmax(axis=-1)), np.asarray(log_mass.max(axis=-1))


def exact_mode(
    conditionals: Conditionals, length: int, batch: int = 256, limit: int = 10_000_000
) -> tuple[tuple[int, ...], float]:
    """Return the most probable sequence and its log mass, by best-first branch and bound.

    A prefix's mass bounds every continuation's, so prefixes below the best full sequence found
    (greedy's at the start) are dropped; up to ``batch`` prefixes of the leading one's length are
    expanded at a time. Raises InputError when more than ``limit`` prefixes would be expanded.
    """
    best, best_mass = greedy_search(conditionals, length)
    prefixes = [np.zeros((int(depth == 0), depth), dtype=np.intp) for depth in range(length)]
    masses = [np.zeros(len(rows)) for rows in prefixes]
    expanded = 0
    while True:
        depth = max(range(length), key=lambda d: float(masses[d].max(initial=-np.inf)))
        alive = np.flatnonzero(masses[depth] > best_mass)
        if not len(alive):
            return best, best_mass
        rows, heads = prefixes[depth][alive], masses[depth][alive]
        order = np.argpartition(-heads, batch - 1) if len(heads) > batch else np.arange(len(heads))
        taken, left = order[:batch], order[batch:]
        prefixes[depth], masses[depth] = rows[left], heads[left]
        expanded += len(taken)
        if expanded > limit:
            raise InputError(f"the exact mode needs more than {limit} prefixes")
        grown = heads[taken, None] + conditionals(rows[taken])
        parent, token = np.nonzero(grown > best_mass)
        if not len(parent):
            continue
        children = np.concatenate([rows[taken][parent], token[:, None]], axis=1)
        if depth + 1 < length:
            prefixes[depth + 1] = np.concatenate([prefixes[depth + 1], children])
            masses[depth + 1] = np.concatenate([masses[depth + 1], grown[parent, token]])
        else:
            leader = int(grown[parent, token].argmax())
            best = tuple(int(word) for word in children[leader])
            best_mass = float(grown[parent[leader], token[leader]])


def tree_conditionals(tree: Tree) -> Conditionals:
    """Return the conditionals of one unbatched tree as a function of prefixes."""
    vocabulary = tree[0].shape[-1]

    def conditionals(prefixes: NDArray[np.intp]) -> Floats:
        depth = prefixes.shape[1]
        rows = prefixes @ vocabulary ** np.arange(depth - 1, -1, -1, dtype=np.intp)
        return np.asarray(tree[depth][rows])

    return conditionals


def trap_masses(vocabulary: int, length: int, mode: float | Floats, excess: float | Floats) -> Floats:
    """Return the sequence masses (..., V^L) of the paper's trap construction (E02).

    ``mode`` and ``excess`` are numbers or arrays that broadcast. Sequence 0 holds mass ``mode`` = q
    with a deterministic continuation, first token 1 is the trap with mass q + ``excess`` spread
    evenly, the rest is spread evenly over the other first tokens.
    Raises InputError where the construction has no room.
    """
    mode, excess = np.broadcast_arrays(np.float64(mode), np.float64(excess))
    rest = 1.0 - 2.0 * mode - excess
    below = vocabulary ** (length - 1)
    room = (excess > 0.0) & (excess < mode) & (rest > -1e-12)
    if not (vocabulary >= 2 and length >= 2 and room.all()):
        raise InputError("the trap needs V, L >= 2, 0 < excess < q and 2q + excess <= 1")
    masses = np.zeros((*mode.shape, vocabulary, below))
    masses[..., 0, 0] = mode
    masses[..., 1, :] = ((mode + excess) / below)[..., None]
    if vocabulary > 2:
        others = np.maximum(rest, 0.0) / ((vocabulary - 2) * below)
        if (others >= mode).any():
            raise InputError(f"no room: the other sequences need mass {others.max():.6g} >= q")
        masses[..., 2:, :] = others[..., None, None]
    elif (rest > 1e-12).any():
        raise InputError("with V = 2 the trap must take all the remaining mass")
    return masses.reshape(*mode.shape, -1)


def greedy_miss(vocabulary: int, length: int, mode: float | Floats) -> list[Floats]:
    """Return full-support trees with unique mode 0…0 of mass q that greedy misses (E04, E05).

    ``mode`` is a number or an array of them, whose axes become the trees' batch axes. Such trees
    exist exactly for V, L ≥ 2 and 1/V^L < q < 1/2. First token 1 (the trap) gets more mass than
    first token 0, no other sequence reaches q, and greedy goes on to 1…1: it differs from the mode
    at every position. Raises InputError outside that range.
    """
    mode = np.asarray(mode, dtype=np.float64)
    below = vocabulary ** (length - 1)
    size = vocabulary * below
    inside = (1.0 / size < mode) & (mode < 0.5)
    if vocabulary < 2 or length < 2 or not inside.all():
        raise InputError(
            "greedy can miss a unique mode of full support only for V, L >= 2 and "
            f"1/V^L < q < 1/2, got V = {vocabulary}, L = {length}, q = {mode[~inside]}"
        )
    # Ceilings below q for the trap, the other first tokens and the mode's siblings, in this order;
    # the step between them is what the total mass leaves room for.
    rank = np.array([1.0, 2.0, 3.0])
    blocks = np.array([below, (vocabulary - 2) * below, below - 1])
    step = np.minimum(0.125, (mode * size - 1.0) / (mode * (blocks @ rank)))
    ceilings = mode[..., None] * (1.0 - step[..., None] * rank)
    crumb = np.minimum((1.0 - 2.0 * mode) / (4.0 * size), ceilings[..., 2] / 2.0)
    levels = np.repeat(crumb[..., None], 3, axis=-1)
    remaining = 1.0 - mode - crumb * blocks.sum()
    for index, block in enumerate(blocks):
        if block:
            added = np.minimum(remaining / block, ceilings[..., index] - crumb)
            levels[..., index] += added
            remaining = remaining - added * block
    masses = np.empty((*mode.shape, vocabulary, below))
    trap, others, siblings = np.moveaxis(levels, -1, 0)
    masses[..., 0, :] = siblings[..., None]
    masses[..., 1, :] = trap[..., None]
    masses[..., 2:, :] = others[..., None, None]
    masses[..., 0, 0] = mode
    # Within the trap, a nudge that stays below q makes greedy go on with token 1.
    nudge = 0.5 * np.minimum(mode - trap, trap)
    masses[..., 1, :] -= (nudge / (below - 1))[..., None]
    masses[..., 1, (below - 1) // (vocabulary - 1)] += nudge + nudge / (below - 1)
    return tree_from_masses(np.log(masses.reshape(*mode.shape, -1)), vocabulary, length)
