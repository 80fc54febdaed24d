"""The hard instance of Theorem 4.1 (D01, η = 1) and its exact minimax risk.

``keys`` (d) prompts x_1 … x_d share the weight ϱ; at x_i the base policy puts 2/(M+1) on a hidden
key label J_i and 1/(M+1) on each of the other M−1 ``labels``. A learner sees ``draws`` (n) triples
(x, y, π_0(y|x)), so a draw of the key identifies it. The risk is the expected prompt mass on which
the learner's output puts at most 1/2 on the key (base failure); a learner does best to bet on one
label per prompt. By symmetry the Bayes risk under a uniform J is the minimax risk (D15, D17).
"""

from __future__ import annotations

import decimal
from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from math import comb

import numpy as np

from srverify.language.errors import InputError
from srverify.selfreward.softmax.hard_simulation import (
    LEARNERS,
    simulate_bayes_risk,
    simulate_risk,
)
from srverify.selfreward.softmax.policies import Floats

__all__ = [
    "LEARNERS",
    "bayes_risk",
    "best_evaluated_risk",
    "check_parameters",
    "enumerated_bayes_risk",
    "enumerated_binary_key_risk",
    "exact_bayes_risk",
    "exact_binary_key_risk",
    "hard_policy",
    "occupancy_bayes_risk",
    "simulate_bayes_risk",
    "simulate_risk",
]

_ENUMERATION_LIMIT = 2_000_000


def check_parameters(labels: int, keys: int, draws: int, rho: Fraction | float) -> None:
    """Raise InputError unless labels ≥ 1, keys ≥ 1, draws ≥ 0 and 0 < ϱ ≤ 1."""
    if labels < 1:
        raise InputError(f"labels must be at least 1, got {labels}")
    if keys < 1:
        raise InputError(f"keys must be at least 1, got {keys}")
    if draws < 0:
        raise InputError(f"draws must not be negative, got {draws}")
    if not 0 < rho <= 1:
        raise InputError(f"rho must lie in (0, 1], got {rho}")


def hard_policy(labels: int, secret: tuple[int, ...], rho: Fraction | float) -> tuple[Floats, Floats]:
    """Return (log policy, prompt weights) of D01 with η = 1 for one vector of keys.

    The policy has shape (d+1, M); prompt 0 is the point mass. ``secret`` holds labels in 0 … M−1.
    """
    check_parameters(labels, len(secret), 0, rho)
    mass = np.full((len(secret) + 1, labels), 1.0 / (labels + 1))
    mass[0] = 0.0
    mass[0, 0] = 1.0
    mass[np.arange(1, len(secret) + 1), list(secret)] = 2.0 / (labels + 1)
    share = float(rho) / len(secret)
    weights = np.array([1.0 - float(rho)] + [share] * len(secret))
    with np.errstate(divide="ignore"):
        return np.log(mass), weights


def exact_bayes_risk(labels: int, keys: int, draws: int, rho: Fraction) -> Fraction:
    """Return the exact minimax risk of D15 as a rational, by inclusion and exclusion.

    Averaging D15's occupancy formula over the binomial number of visits telescopes to
    (ϱ/M) Σ_{j=2}^{M} (−1)^j C(M, j) (1 − (ϱ/d)(j+1)/(M+1))^n: M−1 powers and no inner expectation.

    Examples
    --------
    >>> exact_bayes_risk(4, 2, 0, Fraction(1, 2))
    Fraction(3, 8)
    """
    check_parameters(labels, keys, draws, rho)
    rho = Fraction(rho)
    share = rho / keys
    whole = share.denominator * (labels + 1)
    total = sum(
        (-1) ** j * comb(labels, j) * (whole - share.numerator * (j + 1)) ** draws
        for j in range(2, labels + 1)
    )
    return rho * Fraction(total, labels * whole**draws)


def bayes_risk(labels: int, keys: int, draws: int, rho: Fraction | float) -> float:
    """Return D15's risk as a float, its alternating sum carried in enough decimal digits.

    For parameters whose exact rational would have millions of digits; right to about 1e-15.
    """
    check_parameters(labels, keys, draws, rho)
    exact = Fraction(rho)
    share = exact / keys
    with decimal.localcontext() as context:
        context.prec = 40 + int(0.31 * labels)
        context.Emin, context.Emax = decimal.MIN_EMIN, decimal.MAX_EMAX
        whole = decimal.Decimal(share.denominator * (labels + 1))
        total = decimal.Decimal(0)
        for j in range(2, labels + 1):
            base = (whole - share.numerator * (j + 1)) / whole
            power = base**draws if draws else decimal.Decimal(1)
            total += (-1) ** j * comb(labels, j) * power
        return float(decimal.Decimal(exact.numerator) * total / (exact.denominator * labels))


def occupancy_bayes_risk(labels: int, keys: int, draws: int, rho: Fraction) -> Fraction:
    """Return D15's risk term by term as the entry states it: over visits k and distinct labels D_k.

    Examples
    --------
    >>> occupancy_bayes_risk(5, 3, 4, Fraction(1, 2)) == exact_bayes_risk(5, 3, 4, Fraction(1, 2))
    True
    """
    check_parameters(labels, keys, draws, rho)
    if labels == 1:
        return Fraction(0)
    share = Fraction(rho) / keys
    others = labels - 1
    distinct = [Fraction(1)] + [Fraction(0)] * others
    risk = Fraction(0)
    for visits in range(draws + 1):
        chance = comb(draws, visits) * share**visits * (1 - share) ** (draws - visits)
        unseen_key = Fraction(others, labels + 1) ** visits
        hit = sum((mass / (labels - seen) for seen, mass in enumerate(distinct)), Fraction(0))
        risk += chance * unseen_key * (1 - hit)
        distinct = [
            distinct[seen] * Fraction(seen, others)
            + (distinct[seen - 1] * Fraction(others - seen + 1, others) if seen else 0)
            for seen in range(others + 1)
        ]
    return Fraction(rho) * risk


def exact_binary_key_risk(labels: int, keys: int, draws: int, rho: Fraction) -> Fraction:
    """Return D17's exact minimax risk (ϱ/2)(1 − 3ϱ/(d(M+1)))^n, keys hidden among two labels.

    Raises InputError for fewer than two labels.

    Examples
    --------
    >>> exact_binary_key_risk(2, 1, 1, Fraction(1, 2))
    Fraction(1, 8)
    """
    check_parameters(labels, keys, draws, rho)
    if labels < 2:
        raise InputError(f"binary keys need at least 2 labels, got {labels}")
    rho = Fraction(rho)
    return rho / 2 * (1 - 3 * rho / (keys * (labels + 1))) ** draws


def best_evaluated_risk(labels: int, keys: int, draws: int, rho: Fraction) -> Fraction:
    """Return the exact risk of the learner that bets on the best-evaluated response it has seen.

    It is right where the key was drawn, and, by luck 1/M, where nothing was:
    ϱ[(1 − 2ϱ/(d(M+1)))^n − (1 − ϱ/d)^n / M].
    """
    check_parameters(labels, keys, draws, rho)
    rho = Fraction(rho)
    key_unseen = (1 - 2 * rho / (keys * (labels + 1))) ** draws
    return rho * (key_unseen - (1 - rho / keys) ** draws / labels) if labels > 1 else Fraction(0)


def enumerated_bayes_risk(labels: int, keys: int, draws: int, rho: Fraction) -> Fraction:
    """Return D15's risk by enumerating every key vector and every sample: no formula used.

    The learner is the best function of the data, found per data set from the joint masses.
    Raises InputError when there are more than about two million (key vector, sample) pairs.

    Examples
    --------
    >>> enumerated_bayes_risk(3, 1, 2, Fraction(1, 2)) == exact_bayes_risk(3, 1, 2, Fraction(1, 2))
    True
    """
    return _enumerated_risk(labels, keys, draws, rho, tuple(range(labels)))


def enumerated_binary_key_risk(labels: int, keys: int, draws: int, rho: Fraction) -> Fraction:
    """Return D17's risk by enumerating keys in {1, 2}^d and every sample: no formula used."""
    return _enumerated_risk(labels, keys, draws, rho, (0, 1))


_Draw = tuple[int, int, Fraction]


def _outcomes(labels: int, secret: tuple[int, ...], rho: Fraction) -> Iterator[tuple[_Draw, Fraction]]:
    """Yield every possible draw (prompt, label, evaluation) with its probability."""
    if rho < 1:
        yield (0, 0, Fraction(1)), 1 - rho
    for prompt, key in enumerate(secret, start=1):
        for label in range(labels):
            value = Fraction(2 if label == key else 1, labels + 1)
            yield (prompt, label, value), rho / len(secret) * value


def _enumerated_risk(
    labels: int, keys: int, draws: int, rho: Fraction, candidates: tuple[int, ...]
) -> Fraction:
    check_parameters(labels, keys, draws, rho)
    if max(candidates) >= labels:
        raise InputError(f"the keys need at least {max(candidates) + 1} labels, got {labels}")
    work = len(candidates) ** keys * (1 + keys * labels) ** draws
    if work > _ENUMERATION_LIMIT:
        raise InputError(f"enumeration needs {work} samples, more than {_ENUMERATION_LIMIT}")
    rho = Fraction(rho)
    prior = Fraction(1, len(candidates) ** keys)
    joint: dict[tuple[_Draw, ...], list[dict[int, Fraction]]] = defaultdict(
        lambda: [defaultdict(Fraction) for _ in range(keys)]
    )
    for secret in product(candidates, repeat=keys):
        law = list(_outcomes(labels, secret, rho))
        for sample in product(law, repeat=draws):
            mass = prior
            for _, chance in sample:
                mass *= chance
            by_key = joint[tuple(draw for draw, _ in sample)]
            for position, key in enumerate(secret):
                by_key[position][key] += mass
    correct = sum((max(masses.values()) for by_key in joint.values() for masses in by_key), Fraction(0))
    return rho * (1 - correct / keys)
