"""The prover's entrance: a statement in; a checked proof object, a violating point, or a reason out."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from flint import ctx

from srverify.checker.check import check
from srverify.checker.rejected import RejectedError
from srverify.language.statement import Statement
from srverify.language.zero_base import base_cases
from srverify.numerics.arb_eval import violates
from srverify.numerics.clock import Clock, OutOfTimeError
from srverify.numerics.prover.definitions import without_definitions
from srverify.numerics.prover.refute import Refuter
from srverify.numerics.prover.search import PRECISION, BoxChecker
from srverify.numerics.prover.sequent import Sequent, sequents
from srverify.numerics.prover.simple import simplified
from srverify.numerics.reals import Real, value_at
from srverify.numerics.tactics.driver import Node, Tactic
from srverify.numerics.tactics.extremes import extreme_violation
from srverify.numerics.tactics.points import violating_point
from srverify.numerics.tactics.search import EASY, ProofSearch, find_by

#: The shares of what is left that the search for a proof gets in its first turn, up to some depth, and
#: in its second one.
_EASY, _HARD = 0.35, 0.8
#: The share of tactics that are tried by themselves.
_FIRST = 0.2
#: The share that may go into a simpler point, once there is one.
_SIMPLIFYING = 0.2
#: Refutation and proof take turns: a share of the time left, samples and descents; a share and efforts.
_PASSES = ((0.2, 30, 0), (0.1, 500, 4), (1.0, 3000, 16))


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
    statement: Statement,
    timeout: float = 30.0,
    *,
    seed: int = 0,
    refute_only: bool = False,
    first: tuple[Tactic, ...] = (),
    for_kernel: bool = False,
) -> Result:
    """Prove or refute a statement within ``timeout`` seconds.

    ``refute_only`` skips the search for a proof; ``seed`` is that of the search for a violating point;
    ``first`` are tactics that are tried by themselves before all others; ``for_kernel`` has another
    proof looked for where no kernel follows the one that was found.

    >>> prove(Statement.parse("log(x) <= x - 1", variables={"x": "(0, oo)"})).status
    'proved'
    >>> prove(Statement.parse("log(x) < x - 1", variables={"x": "(0, oo)"})).witness
    {'x': Fraction(1, 1)}
    """
    clock = Clock.after(max(0.2, 0.9 * timeout - 0.1))
    before = ctx.prec
    ctx.prec = PRECISION
    try:
        return _Search(statement, seed, refute_only, clock, first, for_kernel).run()
    finally:
        ctx.prec = before


class _Search:
    def __init__(
        self,
        statement: Statement,
        seed: int,
        refute_only: bool,
        clock: Clock,
        first: tuple[Tactic, ...],
        for_kernel: bool,
    ) -> None:
        self._original = statement
        self._seed = seed
        self._refute_only = refute_only
        self._clock = clock
        self._first = first
        self._for_kernel = for_kernel
        self._statement, self._definitions = without_definitions(statement)
        self._proofs = ProofSearch(statement)
        self._reason = ""

    def run(self) -> Result:
        try:
            return self._run()
        except OutOfTimeError:
            return Result("unknown", reason=self._reason or "out of time")
        except RecursionError:
            return Result("unknown", reason="the terms are nested too deeply")

    def _run(self) -> Result:
        if self._first and not self._refute_only:
            proof = find_by(self._first, self._original, _FIRST * self._clock.left())
            if proof is not None:
                return self._accepted(proof)
        if not self._refute_only and (found := self._proved(_EASY, EASY[-1][0])) is not None:
            return found
        # To find a point, bases of powers need not be told apart: it is judged by the statement itself.
        goals = _sequents(self._statement) or sequents(self._statement)
        if goals is None:
            return Result("unknown", reason="too many cases in the hypotheses or the conclusion")
        checkers = [(goal, BoxChecker(goal.region, goal.assumptions, goal.goal)) for goal in goals]
        refuter = Refuter(self._statement, checkers, self._seed)
        for effort, (share, samples, descents) in enumerate(_PASSES):
            clock = self._clock.part(share * self._clock.left())
            witness = self._refuted(refuter, clock, samples, descents)
            if witness is None and effort == 0:
                witness = self._refuted_at_special_points()
            if witness is None and effort == 1:
                witness = self._refuted_in_sections(refuter)
            if witness is not None:
                part = self._clock.part(_SIMPLIFYING * self._clock.left())
                return Result("refuted", witness=simplified(self._original, witness, part))
            if effort == 1 and not self._refute_only:
                found = self._proved(_HARD)
                if found is not None:
                    return found
        reason = "no violating point was found" if self._refute_only else self._reason
        return Result("unknown", reason=reason or "undecided")

    def _proved(self, share: float, depth: int | None = None) -> Result | None:
        """Go on looking for a proof object for a share of what is left."""
        clock = self._clock.part(share * self._clock.left())
        proof = self._proofs.advance(clock, depth)
        self._reason = self._proofs.reason
        if proof is None:
            return None
        return self._accepted(self._proofs.followed(proof, self._clock) if self._for_kernel else proof)

    def _accepted(self, proof: Node) -> Result:
        """Have a proof object checked; what the checker rejects is an error of the search."""
        try:
            report = check(self._original, proof)
        except RejectedError as error:
            reason = f"the checker rejected a proof of {self._original.text}: {error}"
            return Result("error", reason=reason)
        return Result("proved", proof=proof, rules=dict(report.rules))

    def _refuted(
        self, refuter: Refuter, clock: Clock, samples: int, descents: int
    ) -> dict[str, Real] | None:
        try:
            return self._completed(refuter.find(clock, samples, descents))
        except OutOfTimeError:
            return None

    def _refuted_in_sections(self, refuter: Refuter) -> dict[str, Real] | None:
        try:
            return self._completed(refuter.find_in_sections(self._clock.part(0.1 * self._clock.left())))
        except OutOfTimeError:
            return None

    def _completed(self, point: dict[str, Fraction] | None) -> dict[str, Real] | None:
        """Return a point with the values of defined variables, if it violates the statement as given."""
        if point is None:
            return None
        found: dict[str, Real] = {**point}
        for name, term in reversed(self._definitions):
            value = value_at(term, found)
            if value is None:
                return None
            found[name] = value
        ordered = {v.name: found[v.name] for v in self._original.variables}
        return ordered if violates(self._original, ordered) else None

    def _refuted_at_special_points(self) -> dict[str, Real] | None:
        """Look where sides meet or turn, then where doubles see nothing."""
        clock = self._clock.part(0.2 * self._clock.left())
        try:
            found = violating_point(
                self._original, lambda point: violates(self._original, point), clock.check
            )
        except OutOfTimeError:
            found = None
        if found is not None:
            return found
        try:
            return extreme_violation(self._original, self._clock.part(0.1 * self._clock.left()).check)
        except OutOfTimeError:
            return None


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
