"""From a solver's ``unsat`` to a proof object: lemma instances as sub-proofs, multipliers for the rest.

The solver says which facts contradict the negation, but not why they do. The search for proof objects
shows each fact at its terms, from the proof of the lemma, and then looks for a contradiction of its own.
Nothing here is trusted: the checker accepts the result, or it counts for nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from srverify.checker.check import expand
from srverify.checker.rejected import RejectedError
from srverify.checker.sequent import Sequent
from srverify.engines.lemmas.templates import Instance
from srverify.engines.linear_program import by_solver
from srverify.language import term as t
from srverify.language.formula import Formula, Or, Relation, map_terms
from srverify.language.parser import formula_text, term_text
from srverify.language.statement import Statement, Variable
from srverify.language.term import Symbol
from srverify.numerics.clock import Clock, OutOfTimeError
from srverify.numerics.tactics.casesplits import Cases
from srverify.numerics.tactics.contradictions import equated
from srverify.numerics.tactics.driver import (
    Driver,
    Node,
    OutOfStepsError,
    Proposal,
    Tactic,
)
from srverify.numerics.tactics.hypotheses import fresh
from srverify.numerics.tactics.linear import by_combining
from srverify.numerics.tactics.programs import by_least_squares
from srverify.numerics.tactics.search import EASY, TACTICS, find

#: Depth and steps of the search for what a lemma asks of its arguments.
_SIDE = (2, 30)
#: More instances than these are not used: what was not pruned is of little use.
_MAX_INSTANCES = 24
#: Seconds for the proof of one lemma.
_LEMMA_SECONDS = 2.0


def by_equating(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Write an equality as a combination of equations."""
    node = equated(driver, sequent, depth, by_solver(driver.clock.left))
    if node is not None:
        yield node, -1


def _tactics() -> Iterator[Tactic]:
    for tactic in TACTICS:
        yield tactic
        if tactic is by_combining:
            yield by_equating


_TACTICS = tuple(_tactics())


class SolverProofSearch:
    """The search for a proof object of one statement, which remains to be checked."""

    def __init__(self, statement: Statement) -> None:
        self._statement = statement
        self._short: _Builder | None = None
        #: Whether the search without lemmas came to its end.
        self._ended = False

    def short(self, clock: Clock) -> Node | None:
        """Return a proof object that is quickly found without lemmas, or None."""
        if self._short is None:
            self._short = _Builder(clock, *EASY[0])
        # What was found out before the time was up need not be found out again.
        self._short.continue_until(clock)
        return self._found(self._short, [])

    def whole(self, instances: Iterable[Instance], clock: Clock) -> Node | None:
        """Return a proof object that needs lemmas or a longer search; None if none is found in time.

        ``instances`` are those with which a solver found the negation unsatisfiable. Where these are too
        many to be of use, a longer search without any is hardly of more.
        """
        needed = list(instances)
        if len(needed) > _MAX_INSTANCES:
            return None if self._ended else self.short(clock)
        builders = (_Builder(clock, *effort) for effort in EASY)
        attempts = (self._found(builder, needed) for builder in builders)
        return next((found for found in attempts if found is not None), None)

    def _found(self, builder: _Builder, instances: list[Instance]) -> Node | None:
        try:
            found = builder.build(Sequent.of(self._statement), instances)
        except OutOfTimeError:
            return None
        except (RejectedError, RecursionError):
            found = None
        self._ended = self._ended or builder is self._short
        return found


@lru_cache(maxsize=500)
def _lemma_proof(statement: Statement) -> Node | None:
    return find(statement, _LEMMA_SECONDS, EASY)[0]


class _Builder:
    def __init__(self, clock: Clock, depth: int, steps: int) -> None:
        self._clock = clock
        self._depth = depth
        self._driver = Driver(clock, _TACTICS, steps)
        self._cases = Cases(self._driver, depth, by_least_squares)

    def continue_until(self, clock: Clock) -> None:
        """Go on with more time."""
        self._clock = self._driver.clock = clock

    def build(self, sequent: Sequent, instances: list[Instance]) -> Node | None:
        """Prove a sequent, once the conclusions of the instances are among its hypotheses."""
        if not instances:
            try:
                return self._cases.node(sequent) or self._driver.prove(sequent, self._depth)
            except OutOfStepsError:
                return None
        first, *rest = instances
        if any(v.domain.natural for v in first.lemma.statement.variables):
            return None
        try:
            return _Instance(sequent, first, self).node(rest)
        except _NotShownError:
            return self.build(sequent, rest)

    def shown(self, sequent: Sequent) -> Node | None:
        """Prove a side condition."""
        depth, steps = _SIDE
        driver = Driver(self._clock, TACTICS, steps)
        try:
            return Cases(driver, depth, by_least_squares).node(sequent) or driver.prove(sequent, depth)
        except OutOfStepsError:
            return None


class _NotShownError(Exception):
    """A lemma does not apply, or its proof cannot be found again."""


class _Instance:
    """The steps that bring one lemma instance among the hypotheses."""

    def __init__(self, sequent: Sequent, instance: Instance, builder: _Builder) -> None:
        self._builder = builder
        self._instance = instance
        self._start = sequent
        taken = sequent
        self._names: dict[str, str] = {}
        for v in instance.lemma.statement.variables:
            self._names[v.name] = fresh(taken, v.name)
            taken = taken.with_variable(self._names[v.name], v.domain)
        self._lemma = _renamed(instance.lemma.statement, self._names)
        proof = _lemma_proof(self._lemma)
        if proof is None:
            raise _NotShownError
        self._proof = proof

    def node(self, rest: list[Instance]) -> Node | None:
        """Return the whole proof."""
        return self._defining(self._start, list(self._instance.arguments.items()), rest)

    def _defining(
        self, s: Sequent, arguments: list[tuple[str, t.Term]], rest: list[Instance]
    ) -> Node | None:
        if not arguments:
            return self._assuming(s, list(self._lemma.premises), [], rest)
        (name, argument), *others = arguments
        head: Node = {"rule": "define", "term": term_text(argument), "name": self._names[name]}
        *sides, wider = expand(s, head)
        proofs = [self._builder.shown(side) for side in sides]
        if None in proofs:
            raise _NotShownError
        return _whole(head, [*proofs, self._defining(wider, others, rest)])

    def _assuming(
        self, s: Sequent, premises: list[Formula], open_ones: list[Formula], rest: list[Instance]
    ) -> Node | None:
        """Show the premises; those that cannot be shown are kept as conditions."""
        if not premises:
            return self._concluding(s, open_ones, rest)
        premise, *others = premises
        head: Node = {"rule": "have", "formula": formula_text(premise)}
        first, second = expand(s, head)
        proof = self._builder.shown(first)
        if proof is None:
            return self._assuming(s, others, [*open_ones, premise], rest)
        return _whole(head, [proof, self._assuming(second, others, open_ones, rest)])

    def _concluding(self, s: Sequent, open_ones: list[Formula], rest: list[Instance]) -> Node | None:
        goal = self._lemma.goal
        if open_ones:
            if not all(isinstance(p, Relation) and p.operator != "=" for p in open_ones):
                raise _NotShownError
            parts = [*(_opposite(p) for p in open_ones), goal]
            head: Node = {"rule": "have", "formula": formula_text(Or(tuple(parts)))}
        else:
            head = {"rule": "have", "formula": formula_text(goal)}
        first, second = expand(s, head)
        return _whole(
            head, [self._lemma_at(first), self._eliminating(second, list(self._names.values()), rest)]
        )

    def _lemma_at(self, s: Sequent) -> Node:
        """Prove the lemma's conclusion from its premises, which are hypotheses."""
        if isinstance(s.goal, Or) and not isinstance(self._lemma.goal, Or):
            last = len(s.goal.parts) - 1
            head: Node = {"rule": "or_goal", "index": last, "assume": list(range(last))}
            (child,) = expand(s, head)
            return {**head, "children": [self._lemma_at(child)]}
        wanted = self._lemma.premises
        places = [s.hypotheses.index(premise) for premise in wanted]
        if sorted(places) != places:
            raise _NotShownError
        head = {
            "rule": "weaken",
            "drop": [i for i in range(len(s.hypotheses)) if i not in places],
            "unused": [name for name in s.symbols if name not in self._names.values()],
        }
        (child,) = expand(s, head)
        chain = [head]
        own = Sequent.of(self._lemma)
        while len(child.hypotheses) > len(own.hypotheses):
            absorb: Node = {"rule": "absorb", "hyp": 0}
            (child,) = expand(child, absorb)
            chain.append(absorb)
        if child != own:
            raise _NotShownError
        node = self._proof
        for link in reversed(chain):
            node = {**link, "children": [node]}
        return node

    def _eliminating(self, s: Sequent, names: list[str], rest: list[Instance]) -> Node | None:
        if not names:
            return self._builder.build(s, rest)
        name, *others = names
        index = next(
            i
            for i, h in enumerate(s.hypotheses)
            if isinstance(h, Relation) and h.operator == "=" and h.left == s.symbols[name]
        )
        head: Node = {"rule": "eliminate", "hyp": index, "var": name}
        (child,) = expand(s, head)
        return _whole(head, [self._eliminating(child, others, rest)])


def _whole(head: Node, children: list[Node | None]) -> Node | None:
    return None if None in children else {**head, "children": children}


def _opposite(premise: Formula) -> Relation:
    assert isinstance(premise, Relation)
    return Relation("<=" if premise.operator == "<" else "<", premise.right, premise.left)


def _renamed(statement: Statement, names: dict[str, str]) -> Statement:
    symbols: dict[Symbol, t.Term] = {}
    variables = []
    for v in statement.variables:
        new = Variable(names[v.name], v.domain)
        variables.append(new)
        symbols[v.symbol] = new.symbol

    def change(formula: Formula) -> Formula:
        return map_terms(formula, lambda term: t.substitute(term, symbols))

    return Statement(
        tuple(variables), tuple(map(change, statement.hypotheses)), change(statement.conclusion)
    )
