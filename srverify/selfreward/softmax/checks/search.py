"""Adversarial search: look for the instance on which a statement has the least slack.

A check evaluates lhs ≤ rhs (or lhs = rhs) on a batch of instances at once. Instances are decoded
from unconstrained real vectors by a ``Reader``; the search draws many of them at several spreads,
then improves the worst by coordinate moves of random size while that helps. Finding nothing is
evidence, never proof.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import prod

import numpy as np

from srverify.selfreward.softmax.policies import Floats, log_softmax

EPSILON = float(np.finfo(np.float64).eps)
RESOLUTION = 1e-6
#: Once a check has tried so many instances, the search at one size ends after this part of its
#: generations in which the least score did not fall by this part of itself, not before the last part.
ENOUGH, IDLE, PROGRESS, LEAST = 10_000, 0.24, 1e-3, 0.4
_SIGNS = np.array([-1.0, 1.0])
#: Logarithms of the least and the greatest step.
_STEPS = (float(np.log(1e-3)), float(np.log(4.0)))
SPREADS = (0.01, 0.3, 1.0, 3.0, 8.0)


class Reader:
    """Decodes named quantities from the columns of a batch of real vectors.

    Without a batch it grows one: every quantity asked for draws its columns at the row's spread.
    """

    def __init__(self, size: int, rng: np.random.Generator, columns: Floats | None = None) -> None:
        self.size = size
        self.named: dict[str, Floats] = {}
        self._rng = rng
        self._columns = columns
        self._drawn: list[Floats] = []
        self._at = 0
        if columns is None:
            self._spread = np.resize(np.asarray(SPREADS), size)[:, None]

    @property
    def columns(self) -> Floats:
        """All columns read so far, shape (size, dimension)."""
        if self._columns is not None:
            return self._columns
        return np.concatenate(self._drawn, axis=1)

    def raw(self, count: int) -> Floats:
        """Return the next ``count`` columns."""
        if self._columns is None:
            block = self._spread * self._rng.standard_normal((self.size, count))
            self._drawn.append(block)
        else:
            block = self._columns[:, self._at : self._at + count]
        self._at += count
        return block

    def keep(self, name: str, value: Floats) -> Floats:
        """Record a decoded quantity under its name (batch axis first) and return it."""
        self.named[name] = value
        return value

    def reals(self, name: str, *shape: int) -> Floats:
        """Return unconstrained reals of shape (size, *shape)."""
        return self.keep(name, self.raw(prod(shape)).reshape(self.size, *shape))

    def logits(self, *shape: int) -> Floats:
        """Return reals within ±18, so that log-probabilities stay within the precision of exp."""
        bounded = self.raw(prod(shape)) / 18.0
        np.tanh(bounded, out=bounded)
        bounded *= 18.0
        return bounded.reshape(-1, *shape)

    def policy(self, name: str, prompts: int, responses: int) -> Floats:
        """Return log-probabilities of shape (size, prompts, responses)."""
        return self.keep(name, log_softmax(self.logits(prompts, responses)))

    def weights(self, prompts: int) -> Floats:
        """Return prompt weights of shape (size, prompts)."""
        return self.keep("weights", np.exp(log_softmax(self.logits(prompts))))

    def between(self, name: str, low: float, high: float, *shape: int) -> Floats:
        """Return reals in (low, high), near either end as often as the spread allows."""
        unit = 0.5 * self.raw(prod(shape))
        np.tanh(unit, out=unit)
        unit += 1.0
        unit *= 0.5
        unit *= high - low
        unit += low
        return self.keep(name, unit.reshape(self.size, *shape))

    def scale(self, name: str, low: float, high: float, *shape: int) -> Floats:
        """Return positive reals between low and high, spread evenly in the logarithm."""
        exponent = self.between(name, float(np.log(low)), float(np.log(high)), *shape)
        return self.keep(name, np.exp(exponent))

    def integers(self, name: str, low: int, high: int) -> Floats:
        """Return whole numbers low … high as floats, shape (size,)."""
        return self.keep(name, np.floor(self.between(name, low, high + 1 - 1e-9)))

    def indices(self, name: str, count: int) -> np.ndarray:
        """Return indices below ``count``, shape (size,)."""
        return self.integers(name, 0, count - 1).astype(np.intp)


@dataclass(frozen=True)
class Comparison:
    """lhs ≤ rhs (or =) on a batch, with the size of the terms that rounding acts on.

    ``magnitude`` bounds the absolute value of everything summed, times the amplification of the
    operations; ``terms`` counts the roundings along the longest chain. ``applies`` masks instances
    that do not meet the statement's hypotheses. Instances whose rounding allowance exceeds one part
    in a million of the two sides (for an equality: 1e-6) decide nothing and do not count either.
    """

    lhs: Floats
    rhs: Floats
    magnitude: Floats
    terms: float
    equality: bool = False
    applies: np.ndarray | None = None

    @cached_property
    def slack(self) -> Floats:
        """Right minus left (equality: minus the distance); +inf where the instance does not count."""
        with np.errstate(invalid="ignore"):
            gap = self.rhs - self.lhs
            gap = -np.abs(gap) if self.equality else gap
            size = 1.0 if self.equality else np.abs(self.lhs) + np.abs(self.rhs)
            # Written so that a nan on either side counts as a violation, never as unresolved.
            unresolved = self.allowance > RESOLUTION * size
        gap = np.where(np.isnan(gap), -np.inf, np.where(unresolved, np.inf, gap))
        return gap if self.applies is None else np.where(self.applies, gap, np.inf)

    @cached_property
    def allowance(self) -> Floats:
        """The rounding error that float64 may have put into the slack."""
        size = self.magnitude + np.abs(self.lhs) + np.abs(self.rhs)
        allowance = np.asarray(EPSILON * self.terms * size)
        return allowance if np.isfinite(allowance).all() else np.nan_to_num(allowance, nan=0.0)

    @cached_property
    def score(self) -> Floats:
        """What the search minimises: slack over size; for equalities, over the allowance."""
        if self.equality:
            return np.asarray(self.slack / np.maximum(self.allowance, 1e-300))
        size = np.asarray(np.abs(self.lhs) + np.abs(self.rhs))
        if not np.isfinite(size).all():
            size = np.nan_to_num(size, nan=1.0)
        return np.asarray(self.slack / np.minimum(np.maximum(size, 1e-300), 1e300))


Sizes = tuple[int, ...]
Evaluate = Callable[[Reader, Sizes, str | None], Comparison]


@dataclass(frozen=True)
class SlackCheck:
    """One statement about finite policies or distributions, with the mutants that must fail."""

    entry: str
    name: str
    claim: str
    evaluate: Evaluate
    mutants: tuple[str, ...]
    sizes: tuple[Sizes, ...]
    batch: int = 1500
    generations: int = 25

    def run(self, seed: int, mutant: str | None = None) -> SlackReport:
        """Search for a violation of the statement, or of one of its mutants."""
        return search(self, seed, mutant)


@dataclass(frozen=True)
class SlackReport:
    """What the search found.

    ``smallest_slack`` is the slack of the instance with the least slack relative to its size,
    ``allowance`` the rounding error allowed there; ``holds`` says that no instance fell below minus
    its allowance. ``parts`` holds the single statements' reports where an entry has several.
    """

    entry: str
    statement: str
    smallest_slack: float
    allowance: float
    instance: Mapping[str, object]
    instances_tried: int
    holds: bool
    parts: tuple[SlackReport, ...] = field(default=())

    @property
    def summary(self) -> str:
        """One line with the numbers."""
        word = "no violation" if self.holds else "VIOLATED"
        return (
            f"{word} in {self.instances_tried} instances; smallest slack {self.smallest_slack:.3g}, "
            f"rounding allowance {self.allowance:.2g}"
        )


@dataclass
class _Worst:
    """The instance with the least score so far; one that violates outranks one that does not."""

    rank: tuple[bool, float] = (True, np.inf)
    slack: float = np.inf
    allowance: float = 0.0
    instance: dict[str, object] = field(default_factory=dict)
    tried: int = 0

    @property
    def violated(self) -> bool:
        return not self.rank[0]

    def update(self, comparison: Comparison, reader: Reader, sizes: Sizes) -> None:
        slack, allowance, score = comparison.slack, comparison.allowance, comparison.score
        self.tried += int(np.count_nonzero(slack < np.inf))
        broken = slack < -allowance
        row = int(np.argmin(np.where(broken, score, np.inf) if broken.any() else score))
        rank = (not broken[row], float(score[row]))
        if rank < self.rank:
            self.rank = rank
            self.slack, self.allowance = float(slack[row]), float(allowance[row])
            named = {name: np.asarray(value)[row].tolist() for name, value in reader.named.items()}
            self.instance = {"sizes": list(sizes), **named}


def search(check: SlackCheck, seed: int, mutant: str | None = None) -> SlackReport:
    """Search for a violation of a check, or of one of its mutants.

    Raises KeyError for a mutant that the check does not declare.
    """
    if mutant is not None and mutant not in check.mutants:
        raise KeyError(f"{check.entry} has no mutant {mutant!r}")
    key = [seed, *check.entry.encode(), *check.name.encode()]
    rng = np.random.default_rng(np.random.SeedSequence(key))
    worst = _Worst()
    for sizes in check.sizes:
        _search_sizes(check, sizes, mutant, rng, worst)
        if mutant is not None and worst.violated:
            break
    return SlackReport(
        check.entry,
        check.claim if mutant is None else f"{check.claim}; mutant: {mutant}",
        worst.slack,
        worst.allowance,
        worst.instance,
        worst.tried,
        not worst.violated and worst.tried > 0,
    )


def _search_sizes(
    check: SlackCheck,
    sizes: Sizes,
    mutant: str | None,
    rng: np.random.Generator,
    worst: _Worst,
    chains: int = 32,
    proposals: int = 8,
) -> None:
    reader = Reader(check.batch, rng)
    comparison = check.evaluate(reader, sizes, mutant)
    worst.update(comparison, reader, sizes)
    order = np.argsort(comparison.score)[: min(chains, check.batch)]
    points, scores = reader.columns[order], comparison.score[order]
    dimension = points.shape[1]
    rows, at = np.arange(len(points) * proposals), np.arange(len(points))
    least, idle = float(scores.min()), 0
    for generation in range(check.generations):
        trial = np.repeat(points, proposals, axis=0)
        step = np.exp(rng.uniform(*_STEPS, len(trial)))
        step *= _SIGNS[rng.integers(0, 2, len(trial))]
        # Mostly single coordinates; now and then a move along everything, or towards the origin.
        kind = rng.random(len(trial))
        coordinate = rng.integers(0, dimension, len(trial))
        trial[rows, coordinate] += np.where(kind < 0.7, step, 0.0)
        everywhere = (kind >= 0.7) & (kind < 0.85)
        trial[everywhere] += step[everywhere, None] * rng.standard_normal((everywhere.sum(), dimension))
        shrunk = kind >= 0.85
        trial[shrunk] *= np.exp(-np.abs(step[shrunk, None]))
        reader = Reader(len(trial), rng, trial)
        comparison = check.evaluate(reader, sizes, mutant)
        worst.update(comparison, reader, sizes)
        candidate = comparison.score.reshape(len(points), proposals)
        best = candidate.argmin(axis=1)
        reached = candidate[at, best]
        improved = reached < scores
        chosen = trial.reshape(len(points), proposals, dimension)[at, best]
        points = np.where(improved[:, None], chosen, points)
        scores = np.minimum(scores, reached)
        if mutant is not None and worst.violated:
            return
        found = float(scores.min())
        idle = 0 if found < least - PROGRESS * abs(least) else idle + 1
        least = min(found, least)
        may_end = (
            mutant is None and worst.tried >= ENOUGH and generation + 1 >= LEAST * check.generations
        )
        if may_end and idle >= IDLE * check.generations:
            return
