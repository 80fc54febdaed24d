"""The mpmath engine: high-precision sampling, an independent look that refutes or supports."""

from __future__ import annotations

import random
from collections.abc import Iterator
from fractions import Fraction
from typing import ClassVar

from srverify.engines.base import Availability, Engine, Outcome, Status, Trust
from srverify.engines.computation import run_computation
from srverify.obligation import Computation, Obligation, Options
from srverify.statement import Domain, Statement, point_text

#: Points at which the hypotheses must hold before the engine calls its sample evidence.
_WANTED_POINTS = 200
_MAX_DRAWS = 4000


class MpmathEngine(Engine):
    """Evaluate a statement at exact points of its domain with interval arithmetic of rising precision.

    A violated point is a refutation with a witness. Otherwise the outcome is ``unknown`` with trust
    ``numerical`` (it supports, it never proves); a statement without variables is decided.
    """

    name: ClassVar[str] = "mpmath"
    summary: ClassVar[str] = "high-precision evaluation at exact points"
    trust: ClassVar[Trust] = Trust.NUMERICAL

    def probe(self) -> Availability:
        """See ``Engine.probe``."""
        try:
            import mpmath
        except ImportError as error:  # pragma: no cover - a required dependency
            return Availability(False, reason=str(error), install="pip install mpmath")
        return Availability(True, mpmath.__version__)

    def refusal(self, obligation: Obligation) -> str | None:
        """See ``Engine.refusal``."""
        if isinstance(obligation, Statement):
            return None
        if isinstance(obligation, Computation) and obligation.engine == self.name:
            return None
        return "evaluates statements and its own computations"

    def settle(self, obligation: Obligation, options: Options) -> Outcome:
        """See ``Engine.settle``."""
        if isinstance(obligation, Computation):
            return run_computation(obligation, options, self.trust)
        assert isinstance(obligation, Statement)
        from srverify.numerics.mpmath_eval import holds_at, violates

        if not obligation.variables:
            verdict = holds_at(obligation.conclusion, {})
            if verdict is None:
                return Outcome(self.name, Status.UNKNOWN, detail="not separated at 5120 bits")
            if verdict:
                # Interval arithmetic on constants: a proof as good as mpmath's own rounding.
                return Outcome(
                    self.name, Status.UNKNOWN, Trust.NUMERICAL, detail="true at its only point"
                )
            return Outcome(self.name, Status.REFUTED, Trust.NUMERICAL, witness={}, detail="a constant")
        return self._sample(obligation, options, holds_at, violates)

    def _sample(self, statement: Statement, options: Options, holds_at, violates) -> Outcome:  # type: ignore[no-untyped-def]
        admissible = undecided = drawn = 0
        for point in _points(statement, random.Random(options.seed)):
            drawn += 1
            if not all(holds_at(hypothesis, point) for hypothesis in statement.hypotheses):
                continue
            admissible += 1
            verdict = holds_at(statement.conclusion, point)
            if verdict is None:
                undecided += 1
            elif not verdict and violates(statement, point):
                witness = {name: str(value) for name, value in point.items()}
                return Outcome(
                    self.name,
                    Status.REFUTED,
                    Trust.NUMERICAL,
                    witness=witness,
                    detail=f"fails at {point_text(witness)}",
                )
            if admissible >= _WANTED_POINTS:
                break
        decided = admissible - undecided
        if decided == 0:
            detail = f"none of {drawn} points satisfied the hypotheses and could be decided"
            return Outcome(self.name, Status.UNKNOWN, detail=detail)
        tail = f", {undecided} too close to equality to tell" if undecided else ""
        detail = f"holds at {decided} points of the domain{tail}"
        return Outcome(self.name, Status.UNKNOWN, Trust.NUMERICAL, detail=detail)


def _points(statement: Statement, source: random.Random) -> Iterator[dict[str, Fraction]]:
    """Yield exact points: the domains' ends and simple values first, then many magnitudes at random."""
    for _ in range(_MAX_DRAWS):
        yield {v.name: _draw(v.domain, source) for v in statement.variables}


_SIMPLE = tuple(Fraction(n, d) for n in (0, 1, -1, 2, 3) for d in (1, 2, 3, 10))


def _draw(domain: Domain, source: random.Random) -> Fraction:
    """Draw one exact value of a domain: near its ends, near 0 or 1, or far out, all with some weight."""
    low = None if domain.lower is None else Fraction(int(domain.lower.p), int(domain.lower.q))
    high = None if domain.upper is None else Fraction(int(domain.upper.p), int(domain.upper.q))
    for _ in range(100):
        value = _candidate(low, high, source)
        if domain.natural:
            value = Fraction(round(value))
        if domain.contains(_sympy_rational(value)):
            return value
    middle = low if low is not None else high if high is not None else Fraction(0)
    if low is not None and high is not None:
        middle = (low + high) / 2
    return Fraction(round(middle)) if domain.natural else middle


def _sympy_rational(value: Fraction):  # type: ignore[no-untyped-def]
    from srverify.term import number

    return number(value)


def _candidate(low: Fraction | None, high: Fraction | None, source: random.Random) -> Fraction:
    if source.random() < 0.1:
        return source.choice(_SIMPLE)
    fraction = Fraction(source.randrange(1, 1 << 20), 1 << 20)
    scale = Fraction(10) ** source.choice((-12, -6, -3, -2, -1, 0, 0, 0, 1, 1, 2, 3, 6, 12))
    if low is not None and high is not None:
        width = high - low
        match source.randrange(4):
            case 0:
                return low + width * fraction
            case 1:
                return low + width * fraction * min(scale, Fraction(1))
            case 2:
                return high - width * fraction * min(scale, Fraction(1))
        return source.choice((low, high))
    if low is not None:
        return low if source.random() < 0.05 else low + fraction * 2 * scale
    if high is not None:
        return high if source.random() < 0.05 else high - fraction * 2 * scale
    return source.choice((-1, 1)) * fraction * 2 * scale
