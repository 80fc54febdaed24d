"""Exact instances of the entries about finite policies: many sizes, no rounding.

Where a statement has logarithms or exponentials, the instance is taken where they are rational: β = 1
makes the self-reward update the square of the policy, and log-probabilities are free rational scores.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence

from flint import fmpq

from srverify.claims.obligation import Finding
from srverify.selfreward.computations import rational_policies as rp
from srverify.selfreward.computations.survey import Instance, equalities, survey

_COUNT = 200
Rows = tuple[rp.Distribution, rp.Policy, rp.Policy, random.Random]


def _pairs(seed: int) -> Iterator[Rows]:
    """Yield prompt weights, a base policy, a policy of the same shape, and a source of numbers."""
    source = random.Random(seed)
    for weights, base in rp.policies(seed, _COUNT):
        size = len(base[0])
        yield weights, base, tuple(rp.random_distribution(source, size) for _ in base), source


def _scores(source: random.Random, size: int) -> list[fmpq]:
    return [fmpq(source.randint(-60, 60), source.randint(1, 6)) for _ in range(size)]


def _dot(left: Sequence[fmpq], right: Sequence[fmpq]) -> fmpq:
    return sum((a * b for a, b in zip(left, right, strict=True)), fmpq(0))


def _power(row: rp.Distribution, exponent: int) -> rp.Distribution:
    return rp.normalised([mass**exponent for mass in row])


# -- Section 3 ---------------------------------------------------------------------------------


def _updates(seed: int, exponent: int) -> Iterator[tuple[object, object, Mapping[str, str]]]:
    for weights, base in rp.policies(seed, _COUNT):
        for row in base:
            # β = 1: the optimum of Σ p log q − KL(p‖q) has p/q proportional to e^{log q} = q.
            gibbs = rp.normalised([mass * mass for mass in row])
            yield gibbs, _power(row, exponent), rp.text(weights, base)


def squared_update(seed: int) -> Finding:
    """S02 at β = 1: p* is q² normalised."""
    return equalities(_updates(seed, 2))


def squared_update_mutant(seed: int) -> Finding:
    """Claim q³."""
    return equalities(_updates(seed, 3))


def _variances(seed: int, factor: int) -> Iterator[tuple[object, object, Mapping[str, str]]]:
    for weights, base, _, source in _pairs(seed):
        for row in base:
            h = _scores(source, len(row))
            loss = sum(
                (
                    p * q * (a - b) ** 2
                    for p, a in zip(row, h, strict=True)
                    for q, b in zip(row, h, strict=True)
                ),
                fmpq(0),
            )
            variance = _dot(row, [a * a for a in h]) - _dot(row, h) ** 2
            yield loss, factor * variance, rp.text(weights, base)


def pair_variance(seed: int) -> Finding:
    """S04: the pairwise square loss is twice the variance."""
    return equalities(_variances(seed, 2))


def pair_variance_mutant(seed: int) -> Finding:
    """Claim the variance itself."""
    return equalities(_variances(seed, 1))


def _iterates(seed: int, exponent: int) -> Iterator[tuple[object, object, Mapping[str, str]]]:
    for weights, base in rp.policies(seed, 60):
        for row in base:
            current = row
            for _ in range(3):
                current = _power(current, 2)
            yield current, _power(row, exponent), rp.text(weights, base)


def three_rounds(seed: int) -> Finding:
    """S05 at β = 1: three rounds raise the policy to the power 8."""
    return equalities(_iterates(seed, 8))


def three_rounds_mutant(seed: int) -> Finding:
    """Claim the power 6."""
    return equalities(_iterates(seed, 6))


def _condition_numbers(seed: int, missing: int) -> Iterator[Instance]:
    for weights, base in rp.policies(seed, _COUNT):
        # e^{-γ} is the largest ratio of another response to the mode; α = 4 after two rounds.
        ratios = [max(sorted(row)[:-1]) / max(row) for row in base]
        later = tuple(_power(row, 4) for row in base)
        bound = 1 + (len(base[0]) - 1 - missing) * max(ratios) ** 4
        yield bound - rp.condition_number(weights, later), rp.text(weights, base)
    for size in range(3, 10):
        # All other responses alike: the bound is attained.
        row = rp.normalised([2, *([1] * (size - 1))])
        kappa = rp.condition_number((fmpq(1),), (_power(row, 4),))
        yield 1 + (size - 1 - missing) * fmpq(1, 2**4) - kappa, {"N": str(size), "ratio": "1/2"}


def condition_number_falls(seed: int) -> Finding:
    """S07 at β = 1, T = 2: κ ≤ 1 + (N − 1)e^{−4γ}, attained."""
    return survey(_condition_numbers(seed, 0))


def condition_number_falls_mutant(seed: int) -> Finding:
    """Claim N − 2 in place of N − 1."""
    return survey(_condition_numbers(seed, 1))


# -- Appendix C --------------------------------------------------------------------------------


def _gap_to_mass(seed: int, factor: fmpq) -> Iterator[Instance]:
    for weights, base, hat, source in _pairs(seed):
        size, gaps, missed = len(base[0]), [], []
        scores = [sorted(_scores(source, size), reverse=True) for _ in base]
        margin = min(row[0] - row[1] for row in scores)
        if margin <= 0:
            continue
        for row, pi in zip(scores, hat, strict=True):
            gaps.append(row[0] - _dot(pi, row))
            missed.append(1 - pi[0])
        slack = factor * rp.mean(weights, gaps) / margin - rp.mean(weights, missed)
        yield slack, rp.text(weights, hat)
    yield factor * fmpq(1, 2) - fmpq(1, 2), {"pi-hat": "1/2, 1/2", "log pi_0": "0, -1"}


def gap_to_mass(seed: int) -> Finding:
    """C02: E[1 − π̂(y*)] ≤ (J(π*) − J(π̂))/γ, for free rational log-probabilities."""
    return survey(_gap_to_mass(seed, fmpq(1)))


def gap_to_mass_mutant(seed: int) -> Finding:
    """Claim 0.99 of it."""
    return survey(_gap_to_mass(seed, fmpq(99, 100)))


def _markov(seed: int, factor: fmpq) -> Iterator[Instance]:
    for weights, _, hat, source in _pairs(seed):
        level = fmpq(source.randint(1, 9), 10)
        modes = [max(row) for row in hat]
        failing = sum((w for w, u in zip(weights, modes, strict=True) if u <= 1 - level), fmpq(0))
        slack = factor * rp.mean(weights, [1 - u for u in modes]) / level - failing
        yield slack, rp.text(weights, hat)
    yield factor - 1, {"mode mass": "1 - level everywhere"}


def markov_mass(seed: int) -> Finding:
    """C03: P(mass ≤ 1 − δ') ≤ E[1 − mass]/δ'."""
    return survey(_markov(seed, fmpq(1)))


def markov_mass_mutant(seed: int) -> Finding:
    """Claim 0.99 of it."""
    return survey(_markov(seed, fmpq(99, 100)))


def _cancellation(seed: int, sign: int) -> Iterator[tuple[object, object, Mapping[str, str]]]:
    for weights, base, hat, source in _pairs(seed):
        left, right = [], []
        for q, p in zip(base, hat, strict=True):
            f = _scores(source, len(q))
            pairs = (
                (a * b, x - y) for a, x in zip(p, f, strict=True) for b, y in zip(q, f, strict=True)
            )
            left.append(sum((weight * gap for weight, gap in pairs), fmpq(0)))
            right.append(_dot(p, f) + sign * _dot(q, f))
        yield rp.mean(weights, left), rp.mean(weights, right), rp.text(weights, hat)


def baseline_cancellation(seed: int) -> Finding:
    """C04: E_{π,π_0}[Δ^f] = E_π f − E_{π_0} f."""
    return equalities(_cancellation(seed, -1))


def baseline_cancellation_mutant(seed: int) -> Finding:
    """Claim a sum instead of a difference."""
    return equalities(_cancellation(seed, 1))


def _change_of_measure(seed: int, factor: fmpq) -> Iterator[Instance]:
    for weights, base, hat, source in _pairs(seed):
        first, second = [], []
        for q, p in zip(base, hat, strict=True):
            f = [abs(value) for value in _scores(source, len(q))]
            first.append(_dot(p, f))
            second.append(_dot(q, [value * value for value in f]))
        bound = factor * rp.concentrability(weights, hat, base) * rp.mean(weights, second)
        yield bound - rp.mean(weights, first) ** 2, rp.text(weights, hat)
    # f proportional to π/π_0 attains it.
    q, p = (fmpq(1, 2), fmpq(1, 2)), (fmpq(3, 4), fmpq(1, 4))
    f = [a / b for a, b in zip(p, q, strict=True)]
    yield factor * _dot(p, f) * _dot(q, [x * x for x in f]) - _dot(p, f) ** 2, {"f": "pi/pi_0"}


def change_of_measure(seed: int) -> Finding:
    """C08 squared: (E_π f)² ≤ C(π)·E_{π_0} f², attained by f = π/π_0."""
    return survey(_change_of_measure(seed, fmpq(1)))


def change_of_measure_mutant(seed: int) -> Finding:
    """Claim 0.99 of it."""
    return survey(_change_of_measure(seed, fmpq(99, 100)))


def _reward_tails(seed: int, factor: fmpq) -> Iterator[Instance]:
    for weights, base, _, source in _pairs(seed):
        level = fmpq(source.randint(1, 20), 20)
        for row in base:
            mass = sum((p for p in row if p <= level / len(row)), fmpq(0))
            yield factor * level - mass, rp.text(weights, base)
    yield factor - 1, {"pi_0": "uniform", "e^-t": "1"}


def reward_tail(seed: int) -> Finding:
    """C12: P_{π_0}(π_0 ≤ s/N) ≤ s with s = e^{−t}, attained by the uniform policy."""
    return survey(_reward_tails(seed, fmpq(1)))


def reward_tail_mutant(seed: int) -> Finding:
    """Claim 0.99 s."""
    return survey(_reward_tails(seed, fmpq(99, 100)))


def _concentrability(seed: int, factor: fmpq) -> Iterator[Instance]:
    for weights, base in rp.policies(seed, _COUNT):
        kappa = rp.condition_number(weights, base)
        update = tuple(_power(row, 2) for row in base)
        yield factor * kappa - rp.concentrability(weights, update, base), rp.text(weights, base)
        point = tuple(tuple(fmpq(int(y == rp.mode(row))) for y in range(len(row))) for row in base)
        gap = abs(rp.concentrability(weights, point, base) - kappa)
        yield factor - 1 - gap, rp.text(weights, base)


def concentrability(seed: int) -> Finding:
    """C16 at β = 1: C(π*) = κ_0 exactly and C(p*) ≤ κ_0."""
    return survey(_concentrability(seed, fmpq(1)))


def concentrability_mutant(seed: int) -> Finding:
    """Claim 0.99 κ_0."""
    return survey(_concentrability(seed, fmpq(99, 100)))


def _tail_integrals(seed: int, shift: fmpq) -> Iterator[tuple[object, object, Mapping[str, str]]]:
    for weights, base in rp.policies(seed, _COUNT):
        inverse = sorted((1 / max(row), w) for row, w in zip(base, weights, strict=True))
        integral, at, above = fmpq(0), fmpq(1), fmpq(1)
        for value, weight in inverse:
            integral += above * (value - at)
            at, above = value, above - weight
        yield rp.condition_number(weights, base), 1 + shift + integral, rp.text(weights, base)


def tail_integral(seed: int) -> Finding:
    """C21: κ = 1 + ∫_1^∞ P(1/max π > t) dt, the integral of a step function."""
    return equalities(_tail_integrals(seed, fmpq(0)))


def tail_integral_mutant(seed: int) -> Finding:
    """Leave the 1 out."""
    return equalities(_tail_integrals(seed, fmpq(-1)))


def _one_step(seed: int, factor: fmpq) -> Iterator[Instance]:
    for weights, hat in rp.policies(seed, _COUNT):
        least = min(max(row) for row in hat)
        missed = rp.mean(weights, [1 - max(row) for row in hat])
        slack = 1 + factor * missed / least - rp.condition_number(weights, hat)
        yield slack, rp.text(weights, hat)
    yield factor * fmpq(1, 2) / fmpq(1, 2) - 1, {"pi-hat": "1/2, 1/2"}


def one_step(seed: int) -> Finding:
    """C26: κ_1 ≤ 1 + E[1 − max π̂]/c with c the least mode mass, attained by a constant one."""
    return survey(_one_step(seed, fmpq(1)))


def one_step_mutant(seed: int) -> Finding:
    """Claim 0.99 of the excess."""
    return survey(_one_step(seed, fmpq(99, 100)))


#: Function and mutant by the entry that cites them.
EXACT: dict[str, tuple[Callable[[int], Finding], Callable[[int], Finding]]] = {
    "S02": (squared_update, squared_update_mutant),
    "S04": (pair_variance, pair_variance_mutant),
    "S05": (three_rounds, three_rounds_mutant),
    "S07": (condition_number_falls, condition_number_falls_mutant),
    "C02": (gap_to_mass, gap_to_mass_mutant),
    "C03": (markov_mass, markov_mass_mutant),
    "C04": (baseline_cancellation, baseline_cancellation_mutant),
    "C08": (change_of_measure, change_of_measure_mutant),
    "C12": (reward_tail, reward_tail_mutant),
    "C16": (concentrability, concentrability_mutant),
    "C21": (tail_integral, tail_integral_mutant),
    "C26": (one_step, one_step_mutant),
}
