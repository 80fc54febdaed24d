"""Exact token models behind E02–E06: a mode that greedy decoding misses, built in rationals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product

from srverify.claims.obligation import Finding

#: Mass of every sequence of tokens.
Model = Mapping[tuple[int, ...], Fraction]


def greedy_sequence(model: Model, vocabulary: int, length: int) -> tuple[int, ...]:
    """Decode greedily: each token maximises the mass of its prefix, the lowest one on ties."""
    prefix: tuple[int, ...] = ()
    for _ in range(length):
        masses = [
            sum((m for s, m in model.items() if s[: len(prefix) + 1] == (*prefix, token)), Fraction(0))
            for token in range(vocabulary)
        ]
        prefix = (*prefix, masses.index(max(masses)))
    return prefix


def missed_mode(vocabulary: int, length: int, mass: Fraction) -> Model:
    """Build a full-support model whose mode (0, …, 0) of a given mass greedy decoding misses.

    Token 1 comes first for greedy although every sequence behind it is lighter than the mode, and the
    sequence (1, …, 1) is the heaviest behind it, so that greedy differs from the mode everywhere.
    Possible for 1/V^L < mass < 1/2 with V, L ≥ 2 (E04); outside, the result is no such model.
    """
    behind = Fraction(vocabulary ** (length - 1))
    half = Fraction(1, 2)
    if vocabulary == 2:
        low, high = max(mass, 1 - behind * mass), min(half, behind * mass)
        first = (low + high) / 2
        tokens = [first, 1 - first]
    elif mass < Fraction(1, vocabulary):
        step = min(Fraction(1, vocabulary) - mass, behind * mass - Fraction(1, vocabulary)) / 4
        tokens = [Fraction(1, vocabulary) - step, Fraction(1, vocabulary) + step]
        tokens += [Fraction(1, vocabulary)] * (vocabulary - 2)
    else:
        step = (half - mass) / 4
        rest = (1 - 2 * mass - 3 * step) / (vocabulary - 2)
        tokens = [mass + step, mass + 2 * step] + [rest] * (vocabulary - 2)
    model: dict[tuple[int, ...], Fraction] = {}
    for token, total in enumerate(tokens):
        for tail in product(range(vocabulary), repeat=length - 1):
            model[(token, *tail)] = total / behind
    mode = (0,) * length
    for sequence in model:
        if sequence[0] == 0 and sequence != mode:
            model[sequence] = (tokens[0] - mass) / (behind - 1)
    model[mode] = mass
    room = (mass - tokens[1] / behind) / 2
    trap = (1,) * length
    others = [s for s in model if s[0] == 1 and s != trap]
    shift = min(room, min(model[s] for s in others) / 2)
    for sequence in others:
        model[sequence] -= shift / len(others)
    model[trap] += shift
    return model


def _is_missed(model: Model, vocabulary: int, length: int, everywhere: bool) -> bool:
    masses = list(model.values())
    mode = (0,) * length
    if min(masses) <= 0 or sum(masses) != 1:
        return False
    if any(mass >= model[mode] for sequence, mass in model.items() if sequence != mode):
        return False
    found = greedy_sequence(model, vocabulary, length)
    return all(a != b for a, b in zip(found, mode, strict=True)) if everywhere else found != mode


_SIZES = ((2, 2), (2, 3), (2, 4), (3, 2), (3, 3), (4, 2), (5, 2))


def _masses(vocabulary: int, length: int) -> Iterator[Fraction]:
    """Yield masses over the whole open interval (1/V^L, 1/2), very close to both ends too."""
    low, high = Fraction(1, vocabulary**length), Fraction(1, 2)
    for part in (Fraction(1, 10**9), Fraction(1, 100), *(Fraction(k, 8) for k in range(1, 8))):
        yield low + (high - low) * part
    yield high - Fraction(1, 10**9)


def _survey(everywhere: bool, closed: bool) -> Finding:
    tried = 0
    for vocabulary, length in _SIZES:
        masses = list(_masses(vocabulary, length))
        if closed:
            masses.append(Fraction(1, 2))
        for mass in masses:
            tried += 1
            where = {"V": str(vocabulary), "L": str(length), "q": str(mass)}
            if not _is_missed(missed_mode(vocabulary, length, mass), vocabulary, length, everywhere):
                return Finding(
                    False, f"no missed mode of mass {mass} for V = {vocabulary}, L = {length}", where
                )
    return Finding(True, f"{tried} models with full support, greedy misses the mode in each")


def feasible(seed: int) -> Finding:
    """E04: a missed mode of every tried mass in (1/V^L, 1/2), close to both ends too."""
    return _survey(everywhere=False, closed=False)


def feasible_mutant(seed: int) -> Finding:
    """Claim the mass 1/2 as well."""
    return _survey(everywhere=False, closed=True)


def differs_everywhere(seed: int) -> Finding:
    """E05: the same models, greedy differing from the mode in every position."""
    return _survey(everywhere=True, closed=False)


def differs_everywhere_mutant(seed: int) -> Finding:
    """Claim it for the mass 1/2 as well."""
    return _survey(everywhere=True, closed=True)


def certain_failure(seed: int) -> Finding:
    """E06 as stated: greedy decoding fails whenever the mode's mass is at most 1/2.

    V = L = 2, both tokens drawn (7/10, 3/10): the mode has mass 49/100 and greedy returns it.
    """
    step = (Fraction(7, 10), Fraction(3, 10))
    model: Model = {(i, j): step[i] * step[j] for i in range(2) for j in range(2)}
    mode = max(model, key=lambda sequence: model[sequence])
    mass = model[mode]
    holds = not (mass <= Fraction(1, 2) and greedy_sequence(model, 2, 2) == mode)
    witness = {"V": "2", "L": "2", "conditionals": "7/10, 3/10 in both steps", "mode mass": str(mass)}
    return Finding(holds, f"greedy returns the mode {mode} of mass {mass}", witness)
