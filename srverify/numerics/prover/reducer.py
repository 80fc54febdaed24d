"""Sequents in normal form, proved by using up their assumptions and by exact reductions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from srverify.numerics.clock import Clock, OutOfStepsError
from srverify.numerics.prover import changes
from srverify.numerics.prover import interval as iv
from srverify.numerics.prover.algebra import Algebra
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
from srverify.numerics.prover.search import mixed
from srverify.numerics.prover.sequent import Sequent, absorbed, alternatives
from srverify.numerics.prover.signs import SignProver


@dataclass
class Budget:
    """What one attempt may spend: reductions of a problem, derivatives in a row, boxes."""

    reductions: int
    derivatives: int
    boxes: int
    steps: int | None = None


def problems_of(sequent: Sequent) -> Iterator[list[Problem]]:
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
                difference = algebra.sub(normalizer.walk(relation.right), normalizer.walk(relation.left))
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


def evident(problem: Problem) -> bool:
    """Tell whether the sign of the normal form settles a problem."""
    sign = problem.algebra.sign(problem.target)
    return sign is not None and sign >= (2 if problem.strict else 0)


class Reducer:
    """Proves problems; ``boxes`` and ``reason`` tell what it spent and where it first got stuck."""

    def __init__(self, clock: Clock) -> None:
        self.reason = ""
        self._prover = SignProver(clock)

    def settled(self, problems: list[Problem], clock: Clock, budget: Budget) -> str | None:
        """Return how all problems were proved, or None."""
        methods = []
        for problem in problems:
            how = self._reduced(sharpened(problem), clock, budget, 0)
            if how is None:
                return None
            methods.append(how)
        return "; ".join(dict.fromkeys(methods)) or "identical"

    def _reduced(self, problem: Problem, clock: Clock, budget: Budget, level: int) -> str | None:
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

    def _by_signs(self, problem: Problem, clock: Clock, budget: Budget) -> str | None:
        if not problem.assumptions:
            for target in (
                *changes.exponentials(problem.algebra, problem.target),
                *changes.squares(problem.algebra, problem.target),
            ):
                return self._by_signs(
                    replace(problem, algebra=target[0], target=target[1]), clock, budget
                )
        if budget.boxes:
            cover = mixed(problem, clock, budget.boxes)
            if cover.stuck is None:
                return "branch and bound with reductions"
            self.reason = self.reason or f"stuck on the box {cover.stuck}"
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

    def _sign_proved(self, problem: Problem, clock: Clock, budget: Budget) -> str | None:
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
