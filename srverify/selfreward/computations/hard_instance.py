"""Exact computations behind D01–D06 and D18: the hard instance, its reduction and its events."""

from __future__ import annotations

import random
from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from math import comb

from srverify.claims.obligation import Finding
from srverify.selfreward.computations import rational_policies as rp
from srverify.selfreward.computations.survey import Instance, equalities, survey

Equality = tuple[object, object, dict[str, str]]


def key_law(labels: int, key: int, eta: Fraction = Fraction(1)) -> rp.Distribution:
    """Return P_j of D01 on the labels 0 … M−1."""
    return tuple((1 + eta if label == key else Fraction(1)) / (labels + eta) for label in range(labels))


def hard_policy(
    labels: int, secret: tuple[int, ...], rho: Fraction, eta: Fraction = Fraction(1)
) -> tuple[rp.Distribution, rp.Policy]:
    """Return (prompt weights, policy) of D01 for one vector of keys; prompt 0 is the point mass."""
    keys = len(secret)
    weights = (1 - rho, *([rho / keys] * keys))
    point = tuple(Fraction(int(label == 0)) for label in range(labels))
    return weights, (point, *(key_law(labels, key, eta) for key in secret))


def _class_facts(eta: Fraction) -> Iterator[Equality]:
    for labels, keys in ((2, 1), (2, 3), (3, 2), (4, 2), (5, 1)):
        where = {"M": str(labels), "d": str(keys), "eta": str(eta)}
        found = set()
        for secret in product(range(labels), repeat=keys):
            weights, policy = hard_policy(labels, secret, Fraction(1, 3), eta)
            yield (sum(weights), [sum(row) for row in policy]), (1, [1] * (keys + 1)), where
            unique = [
                row.count(max(row)) == 1 and rp.mode(row) == key for row, key in _keyed(policy, secret)
            ]
            yield unique, [True] * keys, where
            found.add(policy)
        yield len(found), labels**keys, where


def _keyed(policy: rp.Policy, secret: tuple[int, ...]) -> list[tuple[rp.Distribution, int]]:
    return list(zip(policy[1:], secret, strict=True))


def hard_class(seed: int) -> Finding:
    """D01: every π^J is a policy, its mode at x_i is J_i alone, and the class has M^d members."""
    return equalities(
        fact for eta in (Fraction(1), Fraction(1, 2), Fraction(1, 1000)) for fact in _class_facts(eta)
    )


def hard_class_mutant(seed: int) -> Finding:
    """At η = 0 the laws are uniform: no unique mode, one policy."""
    return equalities(_class_facts(Fraction(0)))


def _coverage(labels_beyond: int) -> Iterator[Instance]:
    for kappa in (Fraction(2), Fraction(5, 2), Fraction(7), Fraction(100)):
        for rho in (Fraction(1), Fraction(16, 17), Fraction(1, 3), Fraction(1, 40)):
            labels = 1 + int(2 * (kappa - 1) / rho) + labels_beyond
            weights, policy = hard_policy(labels, (1, 0), rho)
            slack = kappa - rp.condition_number(weights, policy)
            yield slack, {"kappa_0": str(kappa), "rho": str(rho), "M": str(labels)}


def coverage(seed: int) -> Finding:
    """D02: with M = 1 + ⌊2(κ_0−1)/ϱ⌋ the instance has κ ≤ κ_0."""
    return survey(_coverage(0))


def coverage_mutant(seed: int) -> Finding:
    """One label more breaks κ ≤ κ_0: the floor is the largest M."""
    return survey(_coverage(1))


def _reduction(seed: int, level: Fraction) -> Iterator[Equality]:
    source = random.Random(seed)
    for _ in range(300):
        labels, keys = source.randint(2, 6), source.randint(1, 4)
        rho = Fraction(source.randint(1, 16), 16)
        secret = tuple(source.randrange(labels) for _ in range(keys))
        output = [_learner_row(source, labels) for _ in range(keys)]
        failed = sum(row[key] <= level for row, key in zip(output, secret, strict=True))
        decoded = [
            next((label for label in range(labels) if row[label] > level), None) for row in output
        ]
        wrong = sum(guess != key for guess, key in zip(decoded, secret, strict=True))
        risk = rho / keys * failed
        yield (
            risk,
            rho * Fraction(wrong, keys),
            {"M": str(labels), "rho": str(rho), "output": str(output)},
        )


def _learner_row(source: random.Random, labels: int) -> rp.Distribution:
    if source.random() < 0.3:
        pair = source.sample(range(labels), 2)
        return tuple(Fraction(int(label in pair), 2) for label in range(labels))
    drawn = rp.random_distribution(source, labels, 4)
    return tuple(Fraction(int(mass.p), int(mass.q)) for mass in drawn)


def reduction(seed: int) -> Finding:
    """D03: decoding the label of mass > 1/2, the base-failure risk is ϱ times the error rate."""
    return equalities(_reduction(seed, Fraction(1, 2)))


def reduction_mutant(seed: int) -> Finding:
    """With the threshold 2/5 two labels can pass, and the identity breaks."""
    return equalities(_reduction(seed, Fraction(2, 5)))


def _binomial_below(draws: int, share: Fraction, bound: Fraction) -> Fraction:
    return sum(
        (comb(draws, k) * share**k * (1 - share) ** (draws - k) for k in range(draws + 1) if k <= bound),
        Fraction(0),
    )


def _markov_count(factor: Fraction) -> Iterator[Instance]:
    for draws in range(1, 40):
        for keys in (1, 2, 5, 16):
            for rho in (Fraction(1), Fraction(1, 2), Fraction(1, 10)):
                share = rho / keys
                chance = _binomial_below(draws, share, factor * draws * share)
                yield chance - Fraction(1, 2), {"n": str(draws), "d": str(keys), "rho": str(rho)}


def markov_count(seed: int) -> Finding:
    """D04: P(n_i ≤ 2nϱ/d) ≥ 1/2 for n_i ~ Bin(n, ϱ/d)."""
    return survey(_markov_count(Fraction(2)))


def markov_count_mutant(seed: int) -> Finding:
    """At 9/10 of the mean the probability falls below 1/2."""
    return survey(_markov_count(Fraction(9, 10)))


def _ambiguous_event(unseen: int) -> Iterator[Equality]:
    for labels, draws in ((2, 1), (2, 3), (3, 1), (3, 3), (4, 2), (5, 3), (7, 2)):
        laws = [key_law(labels, key) for key in (0, 1)]
        masses = [Fraction(0), Fraction(0)]
        ties = 0
        for sample in product(range(labels), repeat=draws):
            if 0 in sample or 1 in sample:
                continue
            likelihood = [Fraction(1), Fraction(1)]
            for label in sample:
                likelihood = [lik * law[label] for lik, law in zip(likelihood, laws, strict=True)]
            ties += likelihood[0] == likelihood[1]
            masses = [mass + lik for mass, lik in zip(masses, likelihood, strict=True)]
        where = {"M": str(labels), "k": str(draws)}
        formula = (1 - Fraction(unseen, labels + 1)) ** draws
        yield masses, [formula, formula], where
        yield ties, (labels - 2) ** draws, where


def ambiguous_event(seed: int) -> Finding:
    """D05: both keys stay unseen with probability (1 − 3/(M+1))^k, and the data are then equally likely.

    So any guess errs with probability at least 1/2 on that event.
    """
    return equalities(_ambiguous_event(3))


def ambiguous_event_mutant(seed: int) -> Finding:
    """Claim (1 − 2/(M+1))^k instead."""
    return equalities(_ambiguous_event(2))


def _average_error(factor: Fraction) -> Iterator[Instance]:
    """Yield slack of "risk/ϱ ≥ 1/8" at the largest n ≤ d(M+1)/(factor·ϱ), from the exact risk of D15."""
    from srverify.selfreward.softmax.hard_instance import exact_bayes_risk

    for labels in (2, 3, 5, 9, 20):
        for keys in (1, 2, 6):
            for rho in (Fraction(1), Fraction(1, 2), Fraction(1, 10)):
                draws = int(Fraction(keys * (labels + 1)) / (factor * rho))
                error = exact_bayes_risk(labels, keys, draws, rho) / rho
                where = {"M": str(labels), "d": str(keys), "rho": str(rho), "n": str(draws)}
                yield error - Fraction(1, 8), where


def average_error(seed: int) -> Finding:
    """D06: for n ≤ d(M+1)/(12ϱ) the best learner's average error rate is at least 1/8."""
    return survey(_average_error(Fraction(12)))


def average_error_mutant(seed: int) -> Finding:
    """Claim it for n ≤ 3d(M+1)/ϱ."""
    return survey(_average_error(Fraction(1, 3)))


def own_failure_is_bounded_below(seed: int) -> Finding:
    """D18, as stated: every learner own-fails somewhere on the hard class (a point mass does not)."""
    for labels, keys in ((3, 1), (3, 2), (5, 3)):
        point = tuple(Fraction(int(label == 0)) for label in range(labels))
        for secret in product(range(labels), repeat=keys):
            weights, policy = hard_policy(labels, secret, Fraction(1, 2))
            output: rp.Policy = (point,) * len(policy)
            own = rp.mean(weights, [Fraction(int(max(row) <= Fraction(1, 2))) for row in output])
            if own > 0:
                return Finding(True, f"own failure {own} at keys {secret}")
    witness = {"learner": "the point mass on response 1, whatever the data", "own failure": "0"}
    return Finding(False, "own failure 0 for every key vector, with no data at all", witness)


def _class_fails(least_labels: int) -> Iterator[Equality]:
    for labels in range(least_labels, 9):
        weights, policy = hard_policy(labels, (1, 0), Fraction(1, 4))
        mass = [row[key] for row, key in _keyed(policy, (1, 0))]
        failing = rp.mean(weights, [Fraction(0), *(Fraction(int(m <= Fraction(1, 2))) for m in mass)])
        yield failing, Fraction(1, 4), {"M": str(labels)}


def class_fails(seed: int) -> Finding:
    """D18: for M ≥ 3 every π^J itself base-fails on all of x_1 … x_d, mass ϱ."""
    return equalities(_class_fails(3))


def class_fails_mutant(seed: int) -> Finding:
    """At M = 2 the key has mass 2/3: no failure."""
    return equalities(_class_fails(2))
