"""Look for an exact rational point that violates a statement; every find is confirmed exactly."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations

from srverify.language.statement import Statement
from srverify.numerics.arb_eval import violates
from srverify.numerics.clock import Clock
from srverify.numerics.prover.region import float_of
from srverify.numerics.prover.search import BoxChecker
from srverify.numerics.prover.sections import least_points
from srverify.numerics.prover.sequent import Sequent

_MAGNITUDES = [10.0**k for k in (-60, -30, -12, -9, -6, -4, -3, -2, -1, 1, 2, 3, 4, 6, 9, 12, 30, 60)]
#: Rounds of one walk downhill: towards an infimum of 0 at 0 it would never end.
_ROUNDS = 200
#: Variables of statements whose sections are looked at, and negative margins that may be rounding.
_MAX_SECTIONED, _TRIES = 3, 24
#: What is not far away.
_NEAR = 10.0
_SMALL = [0.0, 1.0, 2.0, 0.5, 3.0, 0.25, 1.5, 4.0, 0.75, 5.0, 7.0, 10.0]


class Refuter:
    """Search violating points of a statement, guided by doubles; only confirmed ones are returned."""

    def __init__(
        self, statement: Statement, sequents: list[tuple[Sequent, BoxChecker]], seed: int
    ) -> None:
        self._statement = statement
        self._sequents = sequents
        self._random = random.Random(seed)
        self._tried: set[tuple[Fraction, ...]] = set()

    def find(self, clock: Clock, samples: int, descents: int) -> dict[str, Fraction] | None:
        """Return a violating point, simple numbers preferred, or None."""
        for sequent, checker in self._sequents:
            clock.check()
            point = self._find(sequent, checker, clock, samples, descents)
            if point is not None:
                return point
        return None

    def _find(
        self, sequent: Sequent, checker: BoxChecker, clock: Clock, samples: int, descents: int
    ) -> dict[str, Fraction] | None:
        names = sequent.region.names
        scored: list[tuple[float, list[float]]] = []
        touching: list[tuple[float, list[float]]] = []
        for count, point in enumerate(self._points(sequent, samples)):
            if count % 64 == 0:
                clock.check()
            met, goal = checker.floats(point)
            score = _score(met, goal)
            if score <= 0:
                found = self._confirm(names, sequent, point, clock)
                if found is not None:
                    return found
                touching.append((score, point))
            elif score < math.inf:
                scored.append((score, point))
        scored.sort(key=lambda item: item[0])
        # Where the goal is undefined just outside of the hypotheses, or touched, no way leads down.
        edges = self._random.sample(touching, min(len(touching), descents // 2))
        for _, start in [*scored[:descents], *edges]:
            clock.check()
            found = self._descend(sequent, checker, start, names, clock)
            if found is not None:
                return found
        return None

    def find_in_sections(self, clock: Clock) -> dict[str, Fraction] | None:
        """Return a violating point where a margin is least on a section, or None."""
        for sequent, checker in self._sequents:
            names = sequent.region.names
            if not 1 <= len(names) <= _MAX_SECTIONED or len(set(names) - sequent.naturals) < 1:
                continue

            def score(
                point: list[float], sequent: Sequent = sequent, checker: BoxChecker = checker
            ) -> float:
                for name, x in zip(sequent.region.names, point, strict=True):
                    # A natural one is held only: there is nothing between its values.
                    whole = name not in sequent.naturals or x == round(x)
                    if not (whole and self._inside(sequent, name, x)):
                        return math.inf
                met, goal = checker.floats(point)
                return goal if met >= 0 else math.inf

            axes = [self._axis(sequent, name) for name in names]
            tries = _TRIES
            for value, point in least_points(axes, score, self._random):
                clock.check()
                if value < 0:
                    found = self._confirm(names, sequent, point, clock)
                    if found is not None:
                        return found
                    tries -= 1
                    if not tries:
                        break
        return None

    # -- points ------------------------------------------------------------------------------

    def _points(self, sequent: Sequent, samples: int) -> Iterator[list[float]]:
        axes = [self._axis(sequent, name) for name in sequent.region.names]
        if not axes:
            yield []
            return
        total = math.prod(len(axis) for axis in axes)
        if total <= samples:
            yield from _grid(axes)
            return
        for index in range(max(len(axis) for axis in axes)):
            yield [axis[index % len(axis)] for axis in axes]
        near = [[x for x in axis if abs(x) <= _NEAR] or axis for axis in axes]
        for count in range(samples):
            # Of several variables, some are far away nearly always.
            yield [self._random.choice(axis) for axis in (near if count % 2 else axes)]

    def _axis(self, sequent: Sequent, name: str) -> list[float]:
        part = sequent.region.by_name[name]
        low = -math.inf if part.low is None else float_of(part.low)
        high = math.inf if part.high is None else float_of(part.high)
        values = [*_SMALL, *(-x for x in _SMALL), *_MAGNITUDES, *(-x for x in _MAGNITUDES)]
        if math.isfinite(low):
            values += [low, *(low + x for x in (*_SMALL, *_MAGNITUDES))]
        if math.isfinite(high):
            values += [high, *(high - x for x in (*_SMALL, *_MAGNITUDES))]
        if math.isfinite(low) and math.isfinite(high):
            width = high - low
            values += [low + width * k / 16 for k in range(1, 16)]
            values += [low + width * 2.0**-k for k in (6, 10, 20, 30)]
            values += [high - width * 2.0**-k for k in (6, 10, 20, 30)]
        if name in sequent.naturals:
            values = [float(round(x)) for x in values if math.isfinite(x) and abs(x) < 1e12]
        inside = [
            x
            for x in dict.fromkeys(values)
            if low <= x <= high
            and not (part.low_open and x == low)
            and not (part.high_open and x == high)
        ]
        return inside or [float_of(part.middle())]

    def _descend(
        self,
        sequent: Sequent,
        checker: BoxChecker,
        start: list[float],
        names: tuple[str, ...],
        clock: Clock,
    ) -> dict[str, Fraction] | None:
        """Walk downhill on the margin with shrinking relative steps.

        They go along the axes and, since valleys follow equal variables, along diagonals.
        """
        point, best = list(start), _score(*checker.floats(start))
        step = 0.5
        free = [i for i, name in enumerate(names) if name not in sequent.naturals]
        directions: list[tuple[tuple[int, int], ...]] = [((i, 1),) for i in free]
        directions += [((i, 1), (j, way)) for i, j in combinations(free, 2) for way in (1, -1)]
        for _ in range(_ROUNDS):
            if step <= 1e-7:
                break
            improved = False
            for ways in directions:
                for change in (step, -step):
                    size = max(abs(point[i]) for i, _ in ways) or 1.0
                    trial = list(point)
                    for i, way in ways:
                        trial[i] = point[i] + way * change * size
                    if not all(self._inside(sequent, names[i], trial[i]) for i, _ in ways):
                        continue
                    score = _score(*checker.floats(trial))
                    if score < best:
                        point, best, improved = trial, score, True
                        if best <= 0:
                            found = self._confirm(names, sequent, point, clock)
                            if found is not None:
                                return found
            if not improved:
                step /= 4
        return None

    @staticmethod
    def _inside(sequent: Sequent, name: str, value: float) -> bool:
        part = sequent.region.by_name[name]
        if part.low is not None and (value < float_of(part.low)):
            return False
        return part.high is None or value <= float_of(part.high)

    # -- confirmation ------------------------------------------------------------------------

    def _confirm(
        self, names: tuple[str, ...], sequent: Sequent, point: list[float], clock: Clock
    ) -> dict[str, Fraction] | None:
        """Return the simplest rounding of a candidate that certainly violates the statement."""
        if not all(map(math.isfinite, point)):
            return None
        exact = [Fraction(x) for x in point]
        for limit in (10, 100, 10**4, 10**8, None):
            rounded = [
                x if limit is None or x.denominator <= limit else x.limit_denominator(limit)
                for x in exact
            ]
            key = tuple(rounded)
            if key in self._tried:
                continue
            # Where doubles see noise only, candidates come by the hundred, and each takes a while.
            clock.check()
            self._tried.add(key)
            candidate = dict(zip(names, rounded, strict=True))
            if violates(self._statement, candidate, 512):
                return candidate
        return None


def _grid(axes: list[list[float]]) -> Iterator[list[float]]:
    if not axes:
        yield []
        return
    for value in axes[0]:
        for rest in _grid(axes[1:]):
            yield [value, *rest]


def _score(met: float, goal: float) -> float:
    """Rank a point: at most 0 where the assumptions hold and the goal fails or nearly fails."""
    if math.isnan(met):
        return math.inf
    if math.isnan(goal):
        return -1.0 if met >= 0 else math.inf
    if met < 0:
        return 1e6 * -met + max(goal, 0.0) if met > -1e3 else math.inf
    return goal
