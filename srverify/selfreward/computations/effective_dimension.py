"""Exact computations behind G01–G10: effective dimensions, coverings, and a metric mismatch."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import ceil

from srverify.claims.obligation import Finding
from srverify.selfreward.computations.survey import Instance, survey


def effective_dimension(eigenvalues: Sequence[Fraction], ridge: Fraction) -> Fraction:
    """Return Σ λ_i/(λ_i + λ)."""
    return sum((value / (value + ridge) for value in eigenvalues), Fraction(0))


def _spectra(seed: int) -> Iterator[tuple[list[Fraction], Fraction]]:
    source = random.Random(seed)
    for _ in range(300):
        size = source.randrange(1, 9)
        decay = Fraction(1, source.choice((1, 2, 3, 10)))
        values = [
            Fraction(source.randrange(0, 50), 10) * decay**place
            if source.random() < 0.9
            else Fraction(0)
            for place in range(size)
        ]
        ridge = Fraction(source.randrange(1, 60), source.choice((1, 10, 1000)))
        yield sorted(values, reverse=True), ridge
    yield [Fraction(2)] * 5, Fraction(2)


def _text(values: Sequence[Fraction], ridge: Fraction) -> dict[str, str]:
    return {"eigenvalues": ", ".join(map(str, values)), "lambda": str(ridge)}


def _range(seed: int, trace_factor: Fraction) -> Iterator[Instance]:
    for values, ridge in _spectra(seed):
        dimension = effective_dimension(values, ridge)
        rank = sum(value > 0 for value in values)
        yield dimension, _text(values, ridge)
        yield rank - dimension, _text(values, ridge)
        yield trace_factor * sum(values) / ridge - dimension, _text(values, ridge)
        yield dimension - effective_dimension(values, 2 * ridge), _text(values, ridge)


def range_of_dimension(seed: int) -> Finding:
    """G01: 0 ≤ d_λ ≤ min(rank Σ, tr Σ/λ), non-increasing in λ, on random spectra."""
    return survey(_range(seed, Fraction(1)))


def range_of_dimension_mutant(seed: int) -> Finding:
    """Claim d_λ ≤ ½ tr Σ/λ."""
    return survey(_range(seed, Fraction(1, 2)))


def _splits(seed: int, count_factor: Fraction) -> Iterator[Instance]:
    for values, ridge in _spectra(seed):
        dimension = effective_dimension(values, ridge)
        for k in range(len(values) + 1):
            yield k + sum(values[k:], Fraction(0)) / ridge - dimension, _text(values, ridge)
        large = sum(value >= ridge for value in values)
        yield dimension - count_factor * large, _text(values, ridge)


def split(seed: int) -> Finding:
    """G02: d_λ ≤ k + (1/λ)Σ_{i>k} λ_i for every k, and ≥ ½·#{λ_i ≥ λ}."""
    return survey(_splits(seed, Fraction(1, 2)))


def split_mutant(seed: int) -> Finding:
    """Claim d_λ ≥ 0.51·#{λ_i ≥ λ}."""
    return survey(_splits(seed, Fraction(51, 100)))


def interval_covering(radius: Fraction, resolution: Fraction) -> int:
    """Return the least number of intervals of radius ε that cover [−R, R]."""
    return ceil(radius / resolution)


def _coverings(factor: Fraction) -> Iterator[Instance]:
    # Dimension 1, Σ = σ²: the ellipsoid is [−σR, σR].
    for sigma in (Fraction(1), Fraction(1, 3), Fraction(4)):
        for radius in (Fraction(1), Fraction(7, 2)):
            for resolution in (Fraction(1, 100), Fraction(1, 10), Fraction(1, 3)):
                ridge = resolution**2 / (4 * radius**2)
                if sigma**2 <= ridge:
                    continue
                number = interval_covering(sigma * radius, resolution)
                where = {"sigma": str(sigma), "R": str(radius), "eps": str(resolution)}
                yield factor * sigma * radius / resolution - number, where


def covering(seed: int) -> Finding:
    """G06 in dimension 1: with λ = ε²/(4R²) the covering number is at most 4.31 R√λ_1/ε."""
    return survey(_coverings(Fraction(431, 100)))


def covering_mutant(seed: int) -> Finding:
    """Claim 0.99 R√λ_1/ε."""
    return survey(_coverings(Fraction(99, 100)))


def interval_needs_ten(seed: int) -> Finding:
    """G07: the covering number of [−1, 1] at resolution 1/10 is 10."""
    number = interval_covering(Fraction(1), Fraction(1, 10))
    return Finding(number == 10, f"covering number {number}")


def interval_needs_ten_mutant(seed: int) -> Finding:
    """Claim that nine intervals suffice."""
    number = interval_covering(Fraction(1), Fraction(1, 10))
    return Finding(number <= 9, f"covering number {number}", {"number": str(number)})


def _norms(seed: int, factor: Fraction) -> Iterator[Instance]:
    # G10: prompts x_i of weight w_i, feature differences ±e_i: Σ is diagonal with entries p_i w_i.
    source = random.Random(seed)
    for _ in range(200):
        size = source.randrange(1, 8)
        weights = [Fraction(1, 2**place) for place in range(1, size + 1)]
        total = sum(weights)
        distinct = [Fraction(source.randrange(1, 6), 10) for _ in range(size)]
        sigma = [w / total * p for w, p in zip(weights, distinct, strict=True)]
        worst = max(1 / value for value in sigma)
        yield (
            worst - factor * size,
            {"weights": ", ".join(map(str, weights)), "Sigma": ", ".join(map(str, sigma))},
        )


def norm_constant(seed: int) -> Finding:
    """G10: in the example max δᵀΣ⁺δ ≥ rank Σ, so κ_φ² cannot be free of the dimension."""
    return survey(_norms(seed, Fraction(1)))


def norm_constant_mutant(seed: int) -> Finding:
    """Claim max δᵀΣ⁺δ ≥ 3·rank Σ."""
    return survey(_norms(seed, Fraction(3)))
