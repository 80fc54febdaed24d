"""Exact computations behind K01–K03: the policy condition number of many finite policies."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from itertools import product

from flint import fmpq

from srverify.claims.obligation import Finding
from srverify.selfreward.computations import rational_policies as rp
from srverify.selfreward.computations.survey import Instance, equalities, survey


def _range_slacks(seed: int, missing: int) -> Iterator[Instance]:
    cases = list(rp.policies(seed, 400))
    cases += [((fmpq(1),), (rp.uniform(size),)) for size in range(2, 13)]
    for weights, policy in cases:
        kappa = rp.condition_number(weights, policy)
        yield kappa - 1, rp.text(weights, policy)
        yield len(policy[0]) - missing - kappa, rp.text(weights, policy)


def range_of_kappa(seed: int) -> Finding:
    """K01: 1 ≤ κ ≤ N on random and uniform policies."""
    return survey(_range_slacks(seed, 0))


def range_of_kappa_mutant(seed: int) -> Finding:
    """Claim κ ≤ N − 1 instead."""
    return survey(_range_slacks(seed, 1))


def _uniform_iff(seed: int, tolerance: fmpq) -> Iterator[tuple[object, object, Mapping[str, str]]]:
    cases = list(rp.policies(seed, 200))
    for size in range(2, 9):
        even = rp.uniform(size)
        tilted = rp.normalised([*([fmpq(1, size)] * (size - 1)), fmpq(1, size) + fmpq(1, 1000)])
        half = (fmpq(1, 2), fmpq(1, 2))
        cases += [((fmpq(1),), (even,)), (half, (even, even)), (half, (even, tilted))]
    for weights, policy in cases:
        full = len(policy[0]) - rp.condition_number(weights, policy) <= tolerance
        flat = all(len(set(row)) == 1 for row in policy)
        yield full, flat, rp.text(weights, policy)


def uniform_iff(seed: int) -> Finding:
    """K01: κ = N exactly for the policies that are uniform at every prompt."""
    return equalities(_uniform_iff(seed, fmpq(0)))


def uniform_iff_mutant(seed: int) -> Finding:
    """Call κ within 1/50 of N "equal to N": then a tilted policy counts as uniform."""
    return equalities(_uniform_iff(seed, fmpq(1, 50)))


def _mean_maximum(seed: int, factor: fmpq) -> Iterator[Instance]:
    for weights, policy in rp.policies(seed, 400):
        mean_mode = rp.mean(weights, [max(row) for row in policy])
        yield rp.condition_number(weights, policy) - factor / mean_mode, rp.text(weights, policy)


def mean_maximum(seed: int) -> Finding:
    """K01: κ ≥ 1/E_x[max_y π] (Jensen)."""
    return survey(_mean_maximum(seed, fmpq(1)))


def mean_maximum_mutant(seed: int) -> Finding:
    """Claim κ ≥ 1.01/E_x[max_y π] instead."""
    return survey(_mean_maximum(seed, fmpq(101, 100)))


def _autoregressive(seed: int, shift: int) -> Iterator[Instance]:
    source = random.Random(seed)
    for _ in range(60):
        vocabulary, length = source.choice(((2, 4), (3, 3), (4, 2), (2, 6)))
        tree = {
            prefix: rp.random_distribution(source, vocabulary, 2)
            for step in range(length)
            for prefix in product(range(vocabulary), repeat=step)
        }
        step_bound = max(max(row) for row in tree.values())
        best = fmpq(0)
        for sequence in product(range(vocabulary), repeat=length):
            mass = fmpq(1)
            for step, token in enumerate(sequence):
                mass *= tree[sequence[:step]][token]
            best = max(best, mass)
        where = {"V": str(vocabulary), "L": str(length), "p": str(step_bound), "mode mass": str(best)}
        yield step_bound ** (length + shift) - best, where
    yield fmpq(1, 3**4) * fmpq(3) ** -shift - fmpq(1, 3**4), {"V": "3", "L": "4", "p": "1/3"}


def autoregressive(seed: int) -> Finding:
    """K03: the mode of a token tree has mass at most p^L, p the largest conditional anywhere."""
    return survey(_autoregressive(seed, 0))


def autoregressive_mutant(seed: int) -> Finding:
    """Claim p^{L+1} instead."""
    return survey(_autoregressive(seed, 1))
