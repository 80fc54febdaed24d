"""Exact computations behind F01 and F10: packings of an interval, pairs that carry information."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from flint import fmpq

from srverify.claims.obligation import Finding
from srverify.selfreward.computations import rational_policies as rp
from srverify.selfreward.computations.survey import Instance, survey


def _packings(constant: Fraction) -> Iterator[Instance]:
    for radius in (Fraction(1, 7), Fraction(1), Fraction(5, 2), Fraction(40)):
        for gap in (Fraction(1, 10), Fraction(1, 3), Fraction(2), Fraction(3)):
            # Points -R, -R + s, -R + 2s, …: no two closer than s, and none can be added.
            points = 2 * radius // gap + 1
            yield constant + 2 * radius / gap - points, {"R": str(radius), "s": str(gap)}


def interval_packing(seed: int) -> Finding:
    """F01 in dimension 1: a maximal s-packing of [−R, R] has at most 1 + 2R/s points."""
    return survey(_packings(Fraction(1)))


def interval_packing_mutant(seed: int) -> Finding:
    """Claim 1/2 + 2R/s."""
    return survey(_packings(Fraction(1, 2)))


def _informative_pairs(seed: int, factor: fmpq) -> Iterator[Instance]:
    cases = list(rp.policies(seed, 300))
    cases.append(((fmpq(1),), ((fmpq(999, 1000), fmpq(1, 1000)),)))
    for weights, policy in cases:
        distinct = rp.mean(weights, [1 - sum((mass * mass for mass in row), fmpq(0)) for row in policy])
        bound = factor * (1 - 1 / rp.condition_number(weights, policy))
        yield bound - distinct, rp.text(weights, policy)


def informative_pairs(seed: int) -> Finding:
    """F10: P(y ≠ y') ≤ 2(1 − 1/κ) for independent draws, on random policies."""
    return survey(_informative_pairs(seed, fmpq(2)))


def informative_pairs_mutant(seed: int) -> Finding:
    """Claim 1.9(1 − 1/κ)."""
    return survey(_informative_pairs(seed, fmpq(19, 10)))
