"""The prover's entrance: a statement in; a cover, a violating point, or a reason out."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction

from flint import ctx, fmpq
from sympy import Expr

from srverify import term as t
from srverify.definedness import definedness
from srverify.formula import Formula, Relation
from srverify.numerics.arb_eval import TermEvaluator, rational, violates
from srverify.numerics.prover import changes
from srverify.numerics.prover import interval as iv
from srverify.numerics.prover.algebra import Algebra
from srverify.numerics.prover.clock import Clock, OutOfStepsError, OutOfTimeError
from srverify.numerics.prover.elimination import (
    Assumption,
    Problem,
    lambertw_removed,
    sharpened,
    split_atom,
    steps,
    with_facts,
)
from srverify.numerics.prover.normalize import Normalizer
from srverify.numerics.prover.poly import UnrepresentableError
from srverify.numerics.prover.refute import Refuter
from srverify.numerics.prover.region import Region
from srverify.numerics.prover.search import (
    PRECISION,
    SHORT,
    BoxChecker,
    Piece,
    by_taylor,
    mixed,
    plain,
)
from srverify.numerics.prover.sequent import Sequent, absorbed, alternatives, sequents
from srverify.numerics.prover.signs import SignProver
from srverify.obligation import Options
from srverify.statement import Statement

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

    ``status`` is ``"proved"`` (then ``parts`` tells how), ``"refuted"`` (then ``witness`` is a confirmed
    violating point) or ``"unknown"`` (then ``reason`` says where the search stopped).
    """

    status: str
    parts: list[Part] = field(default_factory=list)
    witness: dict[str, Fraction] | None = None
    reason: str = ""
    boxes: int = 0


def prove(statement: Statement, options: Options | None = None) -> Result:
    """Prove or refute a statement within ``options.timeout`` seconds.

    >>> prove(Statement.parse("log(x) <= x - 1", variables={"x": "(0, oo)"})).status
    'proved'
    >>> prove(Statement.parse("log(x) < x - 1", variables={"x": "(0, oo)"})).witness
    {'x': Fraction(1, 1)}
    """
    options = options or Options()
    clock = Clock(time.monotonic() + max(0.2, 0.9 * options.timeout - 0.1))
    before = ctx.prec
    ctx.prec = PRECISION
    try:
        return _Search(statement, options, clock).run()
    finally:
        ctx.prec = before


class _Search:
    def __init__(self, statement: Statement, options: Options, clock: Clock) -> None:
        self._original = statement
        self._options = options
        self._clock = clock
        self._statement, self._definitions = without_definitions(statement)
        self._boxes = 0
        self._reason = ""
        self._settled: dict[Sequent, list[Part]] = {}
        self._checkers: dict[Sequent, BoxChecker] = {}
        self._resisting: set[Sequent] = set()
        self._known_problems: dict[Sequent, list[list[Problem]]] = {}
        self._prover = SignProver(clock)

    def run(self) -> Result:
        goals = sequents(self._statement)
        if goals is None:
            return Result("unknown", reason="too many cases in the hypotheses or the conclusion")
        try:
            if not self._options.refute_only and (parts := self._covered_at_once(goals)) is not None:
                return Result("proved", parts, boxes=self._boxes)
            refuter = Refuter(
                self._statement, [(goal, self._checker(goal)) for goal in goals], self._options.seed
            )
            for effort, (share, samples, descents) in enumerate(_PASSES):
                witness = self._refuted(
                    refuter, self._clock.part(share * self._clock.left()), samples, descents
                )
                if witness is not None:
                    return Result("refuted", witness=witness)
                if self._options.refute_only:
                    continue
                last = effort == len(_PASSES) - 1
                clock = self._clock if last else self._clock.part(share * self._clock.left())
                parts = self._proved(goals, clock, effort)
                if parts is not None:
                    return Result("proved", parts, boxes=self._boxes)
            if self._options.refute_only:
                return Result("unknown", reason="no violating point was found")
        except OutOfTimeError:
            self._reason = self._reason or "out of time"
        except RecursionError:
            self._reason = "the terms are nested too deeply"
        return Result("unknown", reason=self._reason or "undecided", boxes=self._boxes)

    def _checker(self, sequent: Sequent) -> BoxChecker:
        found = self._checkers.get(sequent)
        if found is None:
            found = BoxChecker(sequent.region, sequent.assumptions, sequent.goal)
            self._checkers[sequent] = found
        return found

    def _covered_at_once(self, goals: list[Sequent]) -> list[Part] | None:
        """Cover every goal by a few boxes, before anything else is built."""
        for goal in goals:
            checker = self._checker(goal)
            if checker.judge(goal.region.box) is not None:
                pieces = [Piece(goal.region, "interval")]
            elif not goal.region.compact:
                return None
            else:
                cover = self._covered(goal, self._clock, SHORT, checker)
                if cover is None:
                    self._resisting.add(goal)
                    return None
                pieces = cover
            self._settled[goal] = [_part(goal, "branch and bound", pieces)]
        return [part for goal in goals for part in self._settled[goal]]

    # -- refutation --------------------------------------------------------------------------

    def _refuted(
        self, refuter: Refuter, clock: Clock, samples: int, descents: int
    ) -> dict[str, Fraction] | None:
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
        ordered = {v.name: point[v.name] for v in self._original.variables}
        return ordered if violates(self._original, ordered) else None

    # -- proof -------------------------------------------------------------------------------

    def _proved(self, goals: list[Sequent], clock: Clock, effort: int) -> list[Part] | None:
        parts: list[Part] = []
        for goal in goals:
            try:
                found = self._sequent(goal, clock, effort)
            except OutOfTimeError:
                self._reason = self._reason or f"out of time on: {goal.label}"
                return None
            if found is None:
                self._reason = self._reason or f"undecided: {goal.label}"
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
            problems = self._known_problems[sequent] = list(self._problems(sequent))
        if any(all(map(_evident, listed)) for listed in problems):
            return part("sign of the normal form")
        if effort == 0 and sequent.region.compact and sequent not in self._resisting:
            cover = self._covered(sequent, clock, SHORT, checker)
            if cover is not None:
                return part("branch and bound", cover)
        for depth, count in _DEPTHS[effort]:
            for listed in problems:
                budget = _Budget(_REDUCTIONS[effort], depth, 0, count)
                how = self._all_settled(listed, clock, budget)
                if how is not None:
                    return part(how)
        if effort and (found := self._by_enumeration(sequent, clock, effort)) is not None:
            return found
        for listed in problems if effort else []:
            boxes = MIXED_BOXES if effort > 1 else 300
            how = self._all_settled(listed, clock, _Budget(8, 1, boxes))
            if how is not None:
                return part(how)
        if effort > 1 and (cover := self._covered(sequent, clock, 20_000, checker)) is not None:
            return part("branch and bound", cover)
        return None

    def _covered(
        self, sequent: Sequent, clock: Clock, boxes: int, checker: BoxChecker
    ) -> list[Piece] | None:
        cover = plain(sequent.region, sequent.assumptions, sequent.goal, clock, boxes, checker)
        self._boxes += cover.boxes
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
                cases = [sequent.with_number(name, n) for n in range(first, last + 1)]
            elif first < _PEELED:
                cases = [sequent.with_number(name, first), _beyond(sequent, name, first + 1)]
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

    def _problems(self, sequent: Sequent) -> Iterator[list[Problem]]:
        """Yield lists of problems; the sequent follows from all problems of any one list."""
        for assumptions, goal in alternatives(sequent):
            region, rest = absorbed(sequent.region, assumptions)
            if region is None:
                yield []
                return
            algebra = Algebra(region)
            normalizer = Normalizer(algebra)
            known = []
            for relation in rest:
                try:
                    difference = algebra.sub(
                        normalizer.walk(relation.right), normalizer.walk(relation.left)
                    )
                except UnrepresentableError:
                    continue  # an assumption may always be forgotten
                operator = {"<": ">", "<=": ">=", "=": "="}[relation.operator]
                known.append(Assumption(difference, operator))
            try:
                left, right = normalizer.walk(goal.left), normalizer.walk(goal.right)
            except UnrepresentableError:
                continue
            difference = algebra.sub(right, left)
            first = Problem(algebra, tuple(known), difference, goal.operator == "<")
            if goal.operator != "=":
                yield [first]
            elif not difference.terms:
                yield []
            else:
                yield [first, Problem(algebra, tuple(known), algebra.neg(difference), False)]

    def _all_settled(self, problems: list[Problem], clock: Clock, budget: _Budget) -> str | None:
        methods = []
        for problem in problems:
            how = self._reduced(sharpened(problem), clock, budget, 0)
            if how is None:
                return None
            methods.append(how)
        return "; ".join(dict.fromkeys(methods)) or "identical"

    def _reduced(self, problem: Problem, clock: Clock, budget: _Budget, level: int) -> str | None:
        """Prove a problem by exact reductions, using up assumptions where that helps."""
        clock.check()
        if budget.reductions <= 0 or level > 8:
            return None
        try:
            if self._contradictory(problem):
                return "the assumptions contradict each other"
            cases = split_atom(problem)
            if cases is None:
                budget.reductions -= 1
                how = self._by_signs(problem, clock, budget)
                if how is not None:
                    return ", ".join((*problem.story, how))
        except (UnrepresentableError, iv.Empty):
            return None
        if cases is not None:
            found = [self._reduced(case, clock, budget, level + 1) for case in cases]
            return None if None in found else "; ".join(dict.fromkeys(how for how in found if how))
        for source in (lambertw_removed, steps):
            for reduced in source(problem):
                how = self._reduced(sharpened(reduced), clock, budget, level + 1)
                if how is not None:
                    return how
        return None

    def _by_signs(self, problem: Problem, clock: Clock, budget: _Budget) -> str | None:
        if not problem.assumptions:
            for target in (
                *changes.exponentials(problem.algebra, problem.target),
                *changes.squares(problem.algebra, problem.target),
            ):
                return self._by_signs(
                    replace(problem, algebra=target[0], target=target[1]), clock, budget
                )
        if budget.derivatives == 1 and not budget.boxes and _is_short(problem):
            cover = by_taylor(problem, clock, 80)
            self._boxes += cover.boxes
            if cover.stuck is None:
                return "branch and bound with Taylor forms"
        if budget.boxes:
            cover = mixed(problem, None, clock, budget.boxes)
            self._boxes += cover.boxes
            if cover.stuck is None:
                return "branch and bound with reductions"
            self._reason = self._reason or f"stuck on the box {cover.stuck}"
            return None
        if problem.assumptions:
            facts = with_facts(problem)
            how = SignProver(clock).prove(facts, problem.target, problem.strict, 0)
            if how is not None:
                return how
        how = self._sign_proved(problem, clock, budget)
        if how is None and not problem.assumptions:
            for algebra, poly in changes.logarithmic(problem.algebra, problem.target):
                moved = replace(problem, algebra=algebra, target=poly)
                how = how or self._sign_proved(moved, clock, budget)
        return how

    def _sign_proved(self, problem: Problem, clock: Clock, budget: _Budget) -> str | None:
        self._prover.clock, self._prover.steps = clock, budget.steps
        try:
            return self._prover.prove(
                problem.algebra, problem.target, problem.strict, budget.derivatives
            )
        except OutOfStepsError:
            return None
        finally:
            budget.steps = self._prover.steps

    @staticmethod
    def _contradictory(problem: Problem) -> bool:
        for assumption in problem.assumptions:
            sign = problem.algebra.sign(assumption.poly)
            if sign == -2 or (sign is not None and assumption.operator == ">" and sign <= 0):
                return True
            if sign == 2 and assumption.operator == "=":
                return True
        return False


def _part(sequent: Sequent, method: str, pieces: list[Piece]) -> Part:
    return Part(sequent.label, method, sequent.assumptions, sequent.goal, sequent.region, pieces)


def _beyond(sequent: Sequent, name: str, low: int) -> Sequent:
    part = replace(sequent.region.by_name[name], low=fmpq(low), low_open=False)
    label = sequent.label.split(f", {name} >= ")[0]
    return replace(sequent, region=sequent.region.changed(name, part), label=f"{label}, {name} >= {low}")


@dataclass
class _Budget:
    """What one attempt may spend: reductions of a problem, derivatives in a row, boxes."""

    reductions: int
    derivatives: int
    boxes: int
    steps: int | None = None


def _is_short(problem: Problem) -> bool:
    """Tell whether a problem is about one variable in a compact range, and regular there."""
    region = problem.algebra.region
    return len(region.names) == 1 and region.compact and problem.algebra.regular(problem.target)


def _evident(problem: Problem) -> bool:
    sign = problem.algebra.sign(problem.target)
    return sign is not None and sign >= (2 if problem.strict else 0)


def without_definitions(statement: Statement) -> tuple[Statement, list[tuple[str, Expr]]]:
    """Substitute hypotheses ``x = term``; returns the definitions in the order of their removal.

    The definedness of the term, which the hypothesis implied, becomes a hypothesis.
    """
    definitions: list[tuple[str, Expr]] = []
    while True:
        found = _definition(statement)
        if found is None:
            return statement, definitions
        index, name, term = found
        statement = statement.without_hypothesis(index).substituted({name: term})
        extra = tuple(definedness(term))
        statement = Statement(statement.variables, (*extra, *statement.hypotheses), statement.conclusion)
        definitions.append((name, term))


def _definition(statement: Statement) -> tuple[int, str, Expr] | None:
    domains = {v.symbol: v.domain for v in statement.variables}
    for index, hypothesis in enumerate(statement.hypotheses):
        if not isinstance(hypothesis, Relation) or hypothesis.operator != "=":
            continue
        for symbol, term in (
            (hypothesis.left, hypothesis.right),
            (hypothesis.right, hypothesis.left),
        ):
            if not symbol.is_Symbol or symbol in t.symbols_of(term):
                continue
            if not domains[symbol].natural or t.is_natural(term):
                return index, symbol.name, term
    return None


__all__ = ["Part", "Result", "prove", "without_definitions"]
