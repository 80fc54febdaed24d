"""Boxes with exact ends: whether assumptions and goal are decided on one, and its halves."""

from __future__ import annotations

from flint import ctx

from srverify.language.formula import Formula, Relation, relations
from srverify.numerics.prover import interval as iv
from srverify.numerics.prover.interval import Interval
from srverify.numerics.prover.region import Region
from srverify.numerics.prover.tape import Tape

PRECISION = 64


class BoxChecker:
    """Evaluate assumptions and goal over boxes, as written."""

    def __init__(self, region: Region, assumptions: tuple[Relation, ...], goal: Formula) -> None:
        self.tape = Tape(region.names)
        self._assumptions = [self._compiled(relation) for relation in assumptions]
        self._goals = [self._compiled(relation) for relation in relations(goal)]

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

    def floats(self, point: list[float]) -> tuple[float, float]:
        """Return approximate margins: least slack of the assumptions, slack of the goal."""
        values = self.tape.run_floats(point)
        met = min((-values[slot] for op, slot in self._assumptions if op != "="), default=1.0)
        for op, slot in self._assumptions:
            if op == "=":
                met = min(met, 1e-12 - abs(values[slot]))
        goal = max(-abs(values[slot]) if op == "=" else -values[slot] for op, slot in self._goals)
        return met, goal


def halved(region: Region) -> tuple[Region, Region] | None:
    """Split the widest range; None if every range is a point."""
    name, part = max(region.ranges, key=lambda item: item[1].size)
    if part.low is not None and part.low == part.high:
        return None
    at = part.middle()
    first, second = part.split(at)
    return region.changed(name, first), region.changed(name, second)


__all__ = ["PRECISION", "BoxChecker", "halved"]
