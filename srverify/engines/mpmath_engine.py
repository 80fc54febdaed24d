"""The mpmath engine: high-precision sampling, an independent look that refutes or supports."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import islice
from typing import TYPE_CHECKING, ClassVar

from srverify.claims.obligation import Computation, Obligation, Options
from srverify.claims.outcome import Outcome, Status, Trust
from srverify.engines.base import Availability, Engine
from srverify.engines.computation import run_computation
from srverify.language.elimination import eliminated
from srverify.language.statement import Domain, Statement, point_text
from srverify.language.term import Term

if TYPE_CHECKING:
    from srverify.language.formula import Formula
    from srverify.numerics.mpmath_eval import Place

#: Points at which the hypotheses must hold before the engine calls its sample evidence.
_WANTED_POINTS = 200
_MAX_DRAWS = 4000


class MpmathEngine(Engine):
    """Evaluate a statement at exact points of its domain with interval arithmetic of rising precision.

    A violated point is a refutation with a witness. Otherwise the outcome is ``unknown`` with trust
    ``numerical`` (it supports, it never proves); a statement without variables is decided. The extra
    option ``draws`` limits the points that are drawn, ``points`` those that meet the hypotheses.
    """

    name: ClassVar[str] = "mpmath"
    summary: ClassVar[str] = "high-precision evaluation at exact points"
    trust: ClassVar[Trust] = Trust.NUMERICAL
    libraries: ClassVar[tuple[str, ...]] = ("mpmath", "srverify.numerics.mpmath_eval")

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
        if obligation.variables:
            return self._sample(obligation, options)
        return self._constant(obligation, options)

    def _constant(self, statement: Statement, options: Options) -> Outcome:
        from srverify.numerics.mpmath_eval import agrees_at, violates

        if violates(statement, {}):
            return Outcome(
                self.name, Status.REFUTED, self.trust, witness={}, detail="false as it stands"
            )
        if all(
            agrees_at(formula, {}, options.digits)
            for formula in (*statement.hypotheses, statement.conclusion)
        ):
            detail = f"true to {options.digits} digits"
            return Outcome(self.name, Status.UNKNOWN, self.trust, detail=detail)
        return Outcome(self.name, Status.UNKNOWN, detail="not separated, or a hypothesis fails")

    def _sample(self, statement: Statement, options: Options) -> Outcome:
        from srverify.language.formula import normal
        from srverify.numerics.mpmath_eval import Place, agrees_at, violates

        # No random point satisfies an equation: draw the free variables only.
        original = statement
        statement, gone = eliminated(statement)
        admissible = supported = drawn = 0
        draws = min(_MAX_DRAWS, int(options.extra.get("draws", _MAX_DRAWS)))
        wanted = min(_WANTED_POINTS, int(options.extra.get("points", _WANTED_POINTS)))
        hypotheses = [normal(formula) for formula in statement.hypotheses]
        for point in islice(_points(statement, random.Random(options.seed)), draws):
            drawn += 1
            if _fail_plainly(hypotheses, point):
                continue
            place = Place(point)
            if not all(agrees_at(formula, place, options.digits) for formula in statement.hypotheses):
                continue
            admissible += 1
            verdict = _seen_to_hold(statement.conclusion, place, options.digits)
            if verdict is False and violates(original, whole := _completed(point, gone)):
                witness = {name: str(value) for name, value in whole.items()}
                detail = f"fails at {point_text(witness)}"
                return Outcome(self.name, Status.REFUTED, self.trust, witness=witness, detail=detail)
            supported += verdict is True
            if admissible >= wanted:
                break
        if supported == 0:
            detail = f"none of {drawn} points satisfied the hypotheses and could be decided"
            return Outcome(self.name, Status.UNKNOWN, detail=detail)
        rest = admissible - supported
        tail = f", {rest} too close to equality to tell" if rest else ""
        detail = (
            f"holds at {supported} points of the domain (equalities to {options.digits} digits){tail}"
        )
        return Outcome(self.name, Status.UNKNOWN, self.trust, detail=detail)


def _fail_plainly(hypotheses: Sequence[Formula], point: Mapping[str, Fraction]) -> bool:
    """Tell by doubles whether some hypothesis fails: most points that are of no use are seen to be so.

    A point that is dropped in error is one less to look at; at the others enclosures decide.
    """
    from srverify.numerics.tactics.floats import margin

    if not hypotheses:
        return False
    try:
        there = {name: float(value) for name, value in point.items()}
    except OverflowError:
        return False
    return any(margin(hypothesis, there) < 0 for hypothesis in hypotheses)


def _seen_to_hold(formula: Formula, place: Place, digits: int) -> bool | None:
    """Tell whether a formula holds at a point, equalities to a number of digits.

    What enclosures and digits tell comes first: rewriting takes far longer, and is for what they leave
    open (sides that are equal where a strict inequality is stated, or whose enclosures stay wide).
    """
    from srverify.numerics.mpmath_eval import agrees_at, holds_at, precision_of

    # Deciding near-equality to thousands of bits at every point would be time without evidence.
    precisions = (80, precision_of(digits))
    verdict = holds_at(formula, place, precisions, algebra=False)
    if verdict is None and agrees_at(formula, place, digits, algebra=False):
        return True
    return holds_at(formula, place, precisions) if verdict is None else verdict


def _completed(point: dict[str, Fraction], gone: Mapping[str, Term]) -> dict[str, Fraction]:
    """Add the eliminated variables whose terms are rational at a point; others stay missing."""
    from srverify.numerics.rational_eval import rational_value

    whole = dict(point)
    for name, term in gone.items():
        value = rational_value(term, point)
        if value is not None:
            whole[name] = value
    return whole


def _points(statement: Statement, source: random.Random) -> Iterator[dict[str, Fraction]]:
    """Yield exact points: the domains' ends and simple values first, then many magnitudes at random."""
    while True:
        yield {v.name: _draw(v.domain, source) for v in statement.variables}


#: Powers of ten, as numerator and denominator, those around 1 more often.
_SCALES = tuple(
    (int(10 ** max(n, 0)), int(10 ** max(-n, 0)))
    for n in (-12, -6, -3, -2, -1, 0, 0, 0, 1, 1, 2, 3, 6, 12)
)
_SIMPLE = tuple(Fraction(n, d) for n in (0, 1, -1, 2, 3) for d in (1, 2, 3, 10))


def _draw(domain: Domain, source: random.Random) -> Fraction:
    """Draw one exact value of a domain: near its ends, near 0 or 1, or far out, all with some weight."""
    low = None if domain.lower is None else domain.lower.value
    high = None if domain.upper is None else domain.upper.value
    for _ in range(100):
        value = _candidate(low, high, source)
        if domain.natural:
            value = Fraction(round(value))
        if domain.contains(value):
            return value
    middle = low if low is not None else high if high is not None else Fraction(0)
    if low is not None and high is not None:
        middle = (low + high) / 2
    return Fraction(round(middle)) if domain.natural else middle


def _candidate(low: Fraction | None, high: Fraction | None, source: random.Random) -> Fraction:
    if source.random() < 0.1:
        return source.choice(_SIMPLE)
    # In whole numbers up to the last step: fractions would be reduced at each.
    part = source.randrange(1, 1 << 20)
    above, below = source.choice(_SCALES)
    if low is not None and high is not None:
        width = high - low
        kind = source.randrange(4)
        if kind == 3:
            return source.choice((low, high))
        if kind and above < below:
            part, below = part * above, below * width.denominator
        else:
            below = width.denominator
        step = Fraction(width.numerator * part, below << 20)
        return high - step if kind == 2 else low + step
    if low is not None and source.random() < 0.05:
        return low
    if low is None and high is not None and source.random() < 0.05:
        return high
    if low is None and high is None:
        above *= source.choice((-1, 1))
    step = Fraction(part * above, below << 19)
    end = low if low is not None else high
    # Most ends are 0.
    if not end:
        return step if low is not None or high is None else -step
    return end + step if low is not None else end - step
