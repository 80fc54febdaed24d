"""Branch and bound: boxes with exact ends, discarded, decided, or split."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import product

from flint import ctx

from srverify.language.formula import Formula, Relation, relations
from srverify.numerics.clock import Clock
from srverify.numerics.prover import interval as iv
from srverify.numerics.prover.elimination import Problem
from srverify.numerics.prover.interval import Interval
from srverify.numerics.prover.jets import Bound
from srverify.numerics.prover.poly import UnrepresentableError
from srverify.numerics.prover.region import Region, float_of
from srverify.numerics.prover.signs import SignProver
from srverify.numerics.prover.tape import Tape

PRECISION = 64
#: A box is given up when it has been halved this often.
MAX_DEPTH = 60
#: Boxes of a search that is meant to be short.
SHORT = 120
#: A short search ends when so many boxes per variable in a row settled nothing.
_PATIENCE = 10
#: A margin below this at a point is taken for an equality.
_TIGHT = 1e-14


@dataclass(frozen=True)
class Piece:
    """A box with exact ends and how the goal was settled on it."""

    region: Region
    method: str


@dataclass
class Cover:
    """The boxes on which a goal was settled; ``stuck`` is the box where the search ended in vain."""

    pieces: list[Piece] = field(default_factory=list)
    stuck: Region | None = None
    boxes: int = 0


class BoxChecker:
    """Evaluate assumptions and goal over boxes, as written."""

    def __init__(self, region: Region, assumptions: tuple[Relation, ...], goal: Formula) -> None:
        self.tape = Tape(region.names)
        self._assumptions = [self._compiled(relation) for relation in assumptions]
        self._goals = [self._compiled(relation) for relation in relations(goal)]
        self._bounds: list[tuple[bool, Bound]] | None = None

    def _compiled(self, relation: Relation) -> tuple[str, int]:
        return relation.operator, self.tape.difference(relation.left, relation.right)

    def judge(self, box: tuple[Interval, ...]) -> str | None:
        """Return "discarded", "interval", or None if the box is undecided."""
        try:
            values = self.tape.run(box, ctx.prec)
        except iv.Empty:
            return "discarded"
        for operator, slot in self._assumptions:
            low, high = values[slot]
            if low > 0 or (operator == "<" and low >= 0) or (operator == "=" and high < 0):
                return "discarded"
        for operator, slot in self._goals:
            low, high = values[slot]
            if operator == "=":
                # Below is not equal: only the exact zero on the whole box decides.
                if low == 0 and high == 0:
                    return "interval"
            elif high < 0 or (operator == "<=" and high <= 0):
                return "interval"
        return None

    def judge_by_slopes(self, box: tuple[Interval, ...]) -> str | None:
        """Return "slopes" if derivatives decide the goal on a compact box, None if not."""
        if self._bounds is None:
            self._bounds = [
                (operator == "<", Bound(self.tape, slot))
                for operator, slot in self._goals
                if operator != "="
            ]
        if any(bound.negative(box, strict) for strict, bound in self._bounds):
            return "slopes"
        return None

    def fails_in_the_middle(self, region: Region) -> bool:
        """Tell whether the goal is tight or fails in the middle of a region; only a hint."""
        return self._without_margin([float_of(part.middle()) for _, part in region.ranges])

    def fails_at_a_corner(self, region: Region) -> bool:
        """Tell whether the goal is tight or fails at a corner of a region; only a hint."""
        ends = [
            [float_of(end) for end in (part.low, part.high) if end is not None]
            for _, part in region.ranges
        ]
        return any(self._without_margin(list(corner)) for corner in product(*ends))

    def _without_margin(self, point: list[float]) -> bool:
        met, goal = self.floats(point)
        return met >= 0 and goal < _TIGHT

    def floats(self, point: list[float]) -> tuple[float, float]:
        """Return approximate margins: least slack of the assumptions, slack of the goal."""
        values = self.tape.run_floats(point)
        met = min((-values[slot] for op, slot in self._assumptions if op != "="), default=1.0)
        for op, slot in self._assumptions:
            if op == "=":
                met = min(met, 1e-12 - abs(values[slot]))
        goal = max(-abs(values[slot]) if op == "=" else -values[slot] for op, slot in self._goals)
        return met, goal


def plain(
    region: Region,
    assumptions: tuple[Relation, ...],
    goal: Formula,
    clock: Clock,
    max_boxes: int,
    checker: BoxChecker | None = None,
) -> Cover:
    """Cover a region by boxes on which interval arithmetic or slopes decide, if few enough do.

    A short search ends early where boxes shrink without any being settled, as they do around a point
    at which the goal is tight, and where a corner or a middle shows that the goal is tight or fails.
    """
    checker = checker or BoxChecker(region, assumptions, goal)
    short = max_boxes <= SHORT
    cover = Cover()
    if short and region.compact and checker.fails_at_a_corner(region):
        cover.stuck = region
        return cover
    stack = [(region, 0)]
    fruitless = 0
    while stack:
        part, depth = stack.pop()
        cover.boxes += 1
        verdict = checker.judge(part.box)
        if verdict is None and part.compact:
            verdict = checker.judge_by_slopes(part.box)
        if verdict is not None:
            cover.pieces.append(Piece(part, verdict))
            fruitless = 0
            continue
        fruitless += 1
        hopeless = short and (
            fruitless > _PATIENCE * len(part.ranges) or checker.fails_in_the_middle(part)
        )
        if hopeless or cover.boxes + len(stack) > max_boxes or depth > MAX_DEPTH or not part.ranges:
            cover.stuck = part
            return cover
        clock.check()
        halves = halved(part)
        if halves is None:
            cover.stuck = part
            return cover
        stack += [(half, depth + 1) for half in halves]
    return cover


def halved(region: Region) -> tuple[Region, Region] | None:
    """Split the widest range; None if every range is a point."""
    name, part = max(region.ranges, key=lambda item: item[1].size)
    if part.low is not None and part.low == part.high:
        return None
    at = part.middle()
    first, second = part.split(at)
    return region.changed(name, first), region.changed(name, second)


def mixed(problem: Problem, clock: Clock, max_boxes: int) -> Cover:
    """Branch and bound with exact reductions on every box."""
    prover = SignProver(clock)
    cover = Cover()
    stack = [(problem.algebra.region, 0)]
    while stack:
        part, depth = stack.pop()
        cover.boxes += 1
        clock.check()
        verdict = _judge(problem, prover, part, depth)
        if verdict is not None:
            cover.pieces.append(Piece(part, verdict))
            continue
        if cover.boxes + len(stack) > max_boxes or depth > MAX_DEPTH or not part.ranges:
            cover.stuck = part
            return cover
        halves = halved(part)
        if halves is None:
            cover.stuck = part
            return cover
        stack += [(half, depth + 1) for half in halves]
    return cover


def _judge(problem: Problem, prover: SignProver, part: Region, depth: int) -> str | None:
    algebra = problem.algebra.restricted(part)
    try:
        for assumption in problem.assumptions:
            sign = algebra.sign(assumption.poly)
            if sign == -2 or (
                sign is not None
                and (
                    (assumption.operator == ">" and sign <= 0)
                    or (assumption.operator == "=" and sign == 2)
                )
            ):
                return "discarded"
        # Derivatives cost as much as dozens of boxes: they are asked every few levels.
        return prover.prove(algebra, problem.target, problem.strict, 2 if depth % 3 == 2 else 1)
    except UnrepresentableError:
        return None


__all__ = ["BoxChecker", "Cover", "Piece", "halved", "mixed", "plain"]
