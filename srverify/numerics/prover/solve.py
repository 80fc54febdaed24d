"""The prover's entrance: a statement in; a cover, a violating point, or a reason out."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction

from flint import ctx, fmpq

from srverify.checker.check import check
from srverify.checker.sequent import RejectedError
from srverify.language import term as t
from srverify.language.formula import Formula, Relation
from srverify.language.statement import Statement
from srverify.language.term import UndefinedError
from srverify.language.zero_base import base_cases
from srverify.numerics.arb_eval import TermEvaluator, rational, violates
from srverify.numerics.clock import Clock, OutOfTimeError
from srverify.numerics.prover.definitions import without_definitions
from srverify.numerics.prover.elimination import Problem
from srverify.numerics.prover.reducer import Budget, Reducer, evident, problems_of
from srverify.numerics.prover.refute import Refuter
from srverify.numerics.prover.region import Region
from srverify.numerics.prover.search import PRECISION, SHORT, BoxChecker, Piece, plain
from srverify.numerics.prover.sequent import Sequent, sequents
from srverify.numerics.reals import Real
from srverify.numerics.tactics.driver import Node
from srverify.numerics.tactics.points import violating_point
from srverify.numerics.tactics.search import EASY, HARD, Effort, find

#: Boxes of the last search, which mixes both.
MIXED_BOXES = 4000
#: Reductions of a problem in each pass.
_REDUCTIONS = (24, 24, 96)
_ENUMERATED = 40
#: Derivatives in a row, and steps, that each pass tries in turn.
_DEPTHS: tuple[tuple[tuple[int, int | None], ...], ...] = (
    ((1, 20), (2, 60), (3, 60)),
    ((4, 300),),
    ((4, None), (5, None)),
)
#: Refutation and proof take turns, each with a share of the time left, samples and descents.
_PASSES = ((0.2, 30, 0), (0.4, 500, 4), (0.5, 3000, 16))
#: Smaller values of an unbounded natural variable are tried one by one.
_PEELED = 4


@dataclass
class Part:
    """One goal of a statement and how it was settled; boxes only where branch and bound settled it."""

    goal: str
    method: str
    assumptions: tuple[Relation, ...]
    formula: Formula
    region: Region
    pieces: list[Piece] = field(default_factory=list)


@dataclass
class Result:
    """What the prover found.

    ``status`` is ``"proved"`` (then ``proof`` is a proof object that the checker accepted, ``rules``
    counts its steps), ``"refuted"`` (then ``witness`` is a confirmed violating point), ``"unknown"``
    (then ``reason`` says where the search stopped) or ``"error"``: the checker rejected a proof.
    """

    status: str
    witness: dict[str, Real] | None = None
    reason: str = ""
    proof: Node | None = None
    rules: dict[str, int] = field(default_factory=dict)


def prove(
    statement: Statement, timeout: float = 30.0, *, seed: int = 0, refute_only: bool = False
) -> Result:
    """Prove or refute a statement within ``timeout`` seconds.

    ``refute_only`` skips the search for a proof; ``seed`` is that of the search for a violating point.

    >>> prove(Statement.parse("log(x) <= x - 1", variables={"x": "(0, oo)"})).status
    'proved'
    >>> prove(Statement.parse("log(x) < x - 1", variables={"x": "(0, oo)"})).witness
    {'x': Fraction(1, 1)}
    """
    clock = Clock.after(max(0.2, 0.9 * timeout - 0.1))
    before = ctx.prec
    ctx.prec = PRECISION
    try:
        return _Search(statement, seed, refute_only, clock).run()
    finally:
        ctx.prec = before


class _Search:
    def __init__(self, statement: Statement, seed: int, refute_only: bool, clock: Clock) -> None:
        self._original = statement
        self._seed = seed
        self._refute_only = refute_only
        self._clock = clock
        self._statement, self._definitions = without_definitions(statement)
        self._reason = ""
        self._settled: dict[Sequent, list[Part]] = {}
        self._checkers: dict[Sequent, BoxChecker] = {}
        self._resisting: set[Sequent] = set()
        self._known_problems: dict[Sequent, list[list[Problem]]] = {}
        self._reducer = Reducer(clock)

    def run(self) -> Result:
        goals = _sequents(self._statement)
        if goals is None:
            return Result("unknown", reason="too many cases in the hypotheses or the conclusion")
        try:
            if not self._refute_only and (found := self._checked(EASY, 0.2)) is not None:
                return found
            refuter = Refuter(
                self._statement, [(goal, self._checker(goal)) for goal in goals], self._seed
            )
            for effort, (share, samples, descents) in enumerate(_PASSES):
                witness = self._refuted(
                    refuter, self._clock.part(share * self._clock.left()), samples, descents
                )
                if witness is None and effort == 0:
                    witness = self._refuted_at_irrational()
                if witness is not None:
                    return Result("refuted", witness=witness)
                if self._refute_only:
                    continue
                if effort == 0 and (found := self._checked(HARD, 0.7)) is not None:
                    return found
                last = effort == len(_PASSES) - 1
                clock = self._clock if last else self._clock.part(share * self._clock.left())
                parts = self._proved(goals, clock, effort)
                if parts is not None:
                    # Nobody has checked this: it is a hint for the reader, not a proof.
                    methods = "; ".join(dict.fromkeys(part.method for part in parts))
                    return Result("unknown", reason=f"argued, but without a proof object: {methods}")
            if self._refute_only:
                return Result("unknown", reason="no violating point was found")
        except OutOfTimeError:
            self._reason = self._reason or "out of time"
        except RecursionError:
            self._reason = "the terms are nested too deeply"
        return Result("unknown", reason=self._reason or "undecided")

    def _checked(self, efforts: tuple[Effort, ...], share: float) -> Result | None:
        """Look for a proof object; what the checker rejects is an error of the search."""
        proof, _ = find(self._original, share * self._clock.left(), efforts)
        if proof is None:
            return None
        try:
            report = check(self._original, proof)
        except RejectedError as error:
            reason = f"the checker rejected a proof of {self._original.text}: {error}"
            return Result("error", reason=reason)
        return Result("proved", proof=proof, rules=dict(report.rules))

    def _checker(self, sequent: Sequent) -> BoxChecker:
        found = self._checkers.get(sequent)
        if found is None:
            found = BoxChecker(sequent.region, sequent.assumptions, sequent.goal)
            self._checkers[sequent] = found
        return found

    # -- refutation --------------------------------------------------------------------------

    def _refuted(
        self, refuter: Refuter, clock: Clock, samples: int, descents: int
    ) -> dict[str, Real] | None:
        try:
            point = refuter.find(clock, samples, descents)
        except OutOfTimeError:
            return None
        if point is None:
            return None
        for name, term in reversed(self._definitions):
            symbols = {s: rational(point[s.name]) for s in t.symbols_of(term)}
            value = TermEvaluator(symbols).walk(term).exact
            if value is None:
                return None
            point[name] = Fraction(int(value.p), int(value.q))
        ordered: dict[str, Real] = {v.name: point[v.name] for v in self._original.variables}
        return ordered if violates(self._original, ordered) else None

    def _refuted_at_irrational(self) -> dict[str, Real] | None:
        clock = self._clock.part(0.2 * self._clock.left())
        try:
            return violating_point(
                self._original, lambda point: violates(self._original, point), clock.check
            )
        except OutOfTimeError:
            return None

    # -- proof -------------------------------------------------------------------------------

    def _proved(self, goals: list[Sequent], clock: Clock, effort: int) -> list[Part] | None:
        parts: list[Part] = []
        for goal in goals:
            try:
                found = self._sequent(goal, clock, effort)
            except OutOfTimeError:
                self._reason = self._reason or self._reducer.reason or f"out of time on: {goal.label}"
                return None
            if found is None:
                self._reason = self._reason or self._reducer.reason or f"undecided: {goal.label}"
                return None
            parts += found
        return parts

    def _sequent(self, sequent: Sequent, clock: Clock, effort: int) -> list[Part] | None:
        known = self._settled.get(sequent)
        if known is None:
            known = self._settle(sequent, clock, effort)
            if known is not None:
                self._settled[sequent] = known
        return known

    def _settle(self, sequent: Sequent, clock: Clock, effort: int) -> list[Part] | None:
        def part(method: str, pieces: list[Piece] | None = None) -> list[Part]:
            return [_part(sequent, method, pieces or [])]

        checker = self._checker(sequent)
        if checker.judge(sequent.region.box) is not None:
            return part("branch and bound", [Piece(sequent.region, "interval")])
        problems = self._known_problems.get(sequent)
        if problems is None:
            problems = self._known_problems[sequent] = list(problems_of(sequent))
        if any(all(map(evident, listed)) for listed in problems):
            return part("sign of the normal form")
        if effort == 0 and sequent.region.compact and sequent not in self._resisting:
            cover = self._covered(sequent, clock, SHORT, checker)
            if cover is not None:
                return part("branch and bound", cover)
        for depth, count in _DEPTHS[effort]:
            for listed in problems:
                budget = Budget(_REDUCTIONS[effort], depth, 0, count)
                how = self._reducer.settled(listed, clock, budget)
                if how is not None:
                    return part(how)
        if effort and (found := self._by_enumeration(sequent, clock, effort)) is not None:
            return found
        for listed in problems if effort else []:
            boxes = MIXED_BOXES if effort > 1 else 300
            how = self._reducer.settled(listed, clock, Budget(8, 1, boxes))
            if how is not None:
                return part(how)
        if effort > 1 and (cover := self._covered(sequent, clock, 20_000, checker)) is not None:
            return part("branch and bound", cover)
        return None

    def _covered(
        self, sequent: Sequent, clock: Clock, boxes: int, checker: BoxChecker
    ) -> list[Piece] | None:
        cover = plain(sequent.region, sequent.assumptions, sequent.goal, clock, boxes, checker)
        if cover.stuck is None:
            return cover.pieces
        self._reason = f"{sequent.label}: stuck on the box {cover.stuck}"
        return None

    def _by_enumeration(self, sequent: Sequent, clock: Clock, effort: int) -> list[Part] | None:
        """Settle a natural variable number by number: all of a short range, or its first few."""
        for name in sorted(sequent.naturals & set(sequent.region.names)):
            part = sequent.region.by_name[name]
            assert part.low is not None
            first = int(-((-part.low.p) // part.low.q))
            if part.high is not None and part.high - first <= _ENUMERATED:
                last = int(part.high.p // part.high.q)
                cases = [case for n in range(first, last + 1) for case in _at(sequent, name, n)]
            elif first < _PEELED:
                cases = [*_at(sequent, name, first), _beyond(sequent, name, first + 1)]
            else:
                continue
            found: list[Part] = []
            for case in cases:
                settled = self._sequent(case, clock, effort)
                if settled is None:
                    break
                found += settled
            else:
                return found
        return None


def _part(sequent: Sequent, method: str, pieces: list[Piece]) -> Part:
    return Part(sequent.label, method, sequent.assumptions, sequent.goal, sequent.region, pieces)


def _sequents(statement: Statement) -> list[Sequent] | None:
    """Return the sequents of a statement, whose powers all have positive bases; None if too many."""
    cases = base_cases(statement)
    found: list[Sequent] = []
    for case in cases or ():
        several = sequents(case)
        if several is None:
            return None
        found += several
    return None if cases is None else list(dict.fromkeys(found))


def _at(sequent: Sequent, name: str, value: int) -> Iterator[Sequent]:
    """Yield the sequent for one value of a natural variable, unless its terms have no value there."""
    with contextlib.suppress(UndefinedError):
        yield sequent.with_number(name, value)


def _beyond(sequent: Sequent, name: str, low: int) -> Sequent:
    part = replace(sequent.region.by_name[name], low=fmpq(low), low_open=False)
    label = sequent.label.split(f", {name} >= ")[0]
    return replace(sequent, region=sequent.region.changed(name, part), label=f"{label}, {name} >= {low}")


__all__ = ["Part", "Result", "prove", "without_definitions"]
