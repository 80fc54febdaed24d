"""Finite policies with exact rational probabilities, and what the paper measures of them.

Policies are drawn as rationals of FLINT, several times as quick as Python's; what is measured is in
whatever rationals a policy has.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

from flint import fmpq

from srverify.selfreward.computations.survey import Printed

Distribution: TypeAlias = tuple[Any, ...]
#: One distribution over the responses per prompt.
Policy: TypeAlias = tuple[Distribution, ...]


def normalised(masses: Sequence[int | fmpq]) -> Distribution:
    """Return the masses divided by their sum."""
    total = sum(masses, fmpq(0))
    return tuple(fmpq(mass) / total for mass in masses)


def uniform(size: int) -> Distribution:
    """Return the uniform distribution on ``size`` responses."""
    return (fmpq(1, size),) * size


def random_distribution(source: random.Random, size: int, sharpness: int = 3) -> Distribution:
    """Draw a distribution whose masses range over ``sharpness`` orders of magnitude, none zero."""
    return normalised([1 + source.randrange(10 ** source.randint(1, sharpness)) for _ in range(size)])


def policies(seed: int, count: int, sharpness: int = 3) -> Iterator[tuple[Distribution, Policy]]:
    """Yield (prompt weights, policy) with 1 to 4 prompts and 2 to 12 responses."""
    source = random.Random(seed)
    for _ in range(count):
        prompts, responses = source.randint(1, 4), source.randint(2, 12)
        weights = random_distribution(source, prompts, 1)
        yield weights, tuple(random_distribution(source, responses, sharpness) for _ in range(prompts))


def mode(row: Distribution) -> int:
    """Return the index of the most probable response, the first one on a tie."""
    return max(range(len(row)), key=row.__getitem__)


def mean(weights: Distribution, values: Sequence[Any]) -> Any:
    """Return the weighted mean over the prompts."""
    return sum((weight * value for weight, value in zip(weights, values, strict=True)))


def condition_number(weights: Distribution, policy: Policy) -> Any:
    """Return κ(π) = E_x[1/max_y π(y|x)]."""
    return mean(weights, [1 / max(row) for row in policy])


def concentrability(weights: Distribution, policy: Policy, base: Policy) -> Any:
    """Return C(π) = E_x Σ_y π²/π_base."""
    rows = [
        sum((p * p / q for p, q in zip(row, other, strict=True)))
        for row, other in zip(policy, base, strict=True)
    ]
    return mean(weights, rows)


def text(weights: Distribution, policy: Policy) -> Printed:
    """Return a policy as a witness."""

    def printed() -> dict[str, str]:
        rows = "; ".join(" ".join(map(str, row)) for row in policy)
        return {"weights": " ".join(map(str, weights)), "policy": rows}

    return Printed(printed)
