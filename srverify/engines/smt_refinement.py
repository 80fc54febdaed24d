"""Settle a statement with an SMT solver, adding facts about functions until the answer is certain."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from srverify.checker.check import check
from srverify.checker.rejected import RejectedError
from srverify.claims.obligation import WITHOUT_PROOF, Options
from srverify.claims.outcome import Outcome, Status, Trust
from srverify.emit.elementary import written_out
from srverify.emit.smtlib import KNOWN_AT, Constant, Encoder, functions_of
from srverify.engines.lemmas.angles import angular
from srverify.engines.lemmas.cuts import Cuts
from srverify.engines.lemmas.selection import LEVELS, structural
from srverify.engines.lemmas.settled import Settled, settle
from srverify.engines.lemmas.templates import Instance
from srverify.engines.smt_native import known_natively, natively
from srverify.engines.smt_proof import SolverProofSearch
from srverify.engines.smt_solvers import Answer, Solver
from srverify.engines.smt_witness import verified_witness
from srverify.language import term as t
from srverify.language.errors import UnsupportedError
from srverify.language.formula import And, Formula, Or, Relation
from srverify.language.normal_form import normal
from srverify.language.parser import term_text
from srverify.language.statement import Statement
from srverify.language.term import Number, Symbol, Term
from srverify.numerics.clock import Clock
from srverify.numerics.reals import Real

_MAX_ROUNDS = 60
#: Passes over the terms that lemma instances themselves introduce.
_MAX_PASSES = 4
#: Rounds of cuts before facts that introduce new terms are tried.
_PATIENCE = 3
#: Facts that introduce new terms are built on at most this many terms such as exp(x), beyond the first.
_MAX_GROWN = 12
#: Part of the remaining time that may go into finding out which lemma instances were needed.
_PRUNING_SHARE = 0.2
#: A question of that kind may take so many times what the contradiction took, all of them together
#: this part of what the search took; or else so many of the solver's units, about a tenth of a second.
_PRUNING_PATIENCE, _PRUNING_PART, _LEAST_PRUNING_UNITS = 3, 0.5, 300_000
#: Seconds for the proof of one lemma, at most.
_LEMMA_SECONDS = 1.5
#: Part of the search's time that is kept for what the solver knows itself of exp and the like.
_NATIVE_SHARE = 0.25
#: With less nothing is asked: the process for it would hardly have started.
_LEAST_NATIVE_SECONDS, _NATIVE_START_SECONDS = 2.0, 1.0
#: Seconds for a proof object, once a solver has found the negation unsatisfiable.
_PROOF_SECONDS = 2.5
#: The same for one that does without what the solver was told.
_SHORT_PROOF_SECONDS = 0.6
_MAX_DETAIL = 500
#: After these nothing else is tried; an error is a wrong proof object.
_FINAL = (Status.PROVED, Status.REFUTED, Status.ERROR)
#: Part of the time limit that the search uses; the rest is for the answer to come home.
_SHARE = 0.95


class Refinement:
    """One run on one statement, with natural variables as integers or relaxed to reals."""

    def __init__(
        self,
        name: str,
        statement: Statement,
        solver: Solver,
        options: Options,
        naturals: str,
        clock: Clock,
        native: Mapping[str, str] | None = None,
    ) -> None:
        self._name = name
        self._statement = statement
        self._solver = solver
        self._ask = solver.opened()
        self._options = options
        self._relaxed = naturals == "real" and any(v.domain.natural for v in statement.variables)
        self._clock = clock
        #: What the questions so far took, in the solver's units.
        self._units = 0
        #: Functions of which the solver's own knowledge is used.
        self._native = tuple(native or ())
        self._encoder = Encoder(statement, naturals, native)
        self._cuts = Cuts()
        self._used: list[tuple[Instance, Settled]] = []
        self._refused: dict[str, Settled] = {}
        self._considered: set[str] = set()
        self._rounds = 0
        self._patience = _PATIENCE
        #: How many of the constants that stand for exp(x) and the like level-2 facts may be about.
        self._grown = 0
        self._kept: list[int] | None = None

    def run(self) -> Outcome:
        """Ask, add facts that the model violates, and ask again."""
        self._add_structural(0)
        self._grown = len(self._encoder.constants)
        while True:
            if self._left() <= 0:
                return self._outcome(Status.TIMEOUT, "no time left for another round")
            if self._rounds >= _MAX_ROUNDS:
                return self._outcome(Status.UNKNOWN, f"undecided after {_MAX_ROUNDS} rounds of lemmas")
            self._rounds += 1
            answer = self._asked(self._encoder.text, self._left())
            if answer.result == "unsat":
                return self._proved(answer.units)
            if answer.result != "sat":
                late = self._left() <= 0
                status = Status.TIMEOUT if late else Status.UNKNOWN
                return self._outcome(status, f"{self._name} gives up: {answer.reason or 'no reason'}")
            witness = verified_witness(self._statement, *self._point(answer))
            if witness is not None:
                detail = "a model, confirmed by interval evaluation"
                return self._outcome(Status.REFUTED, detail, witness, Trust.RIGOROUS)
            if self._relaxed and self._refutes_relaxation(answer):
                return self._outcome(Status.UNKNOWN, "false for some numbers that are not natural")
            if not self._learn(answer):
                return self._outcome(Status.UNKNOWN, self._stuck_detail(answer))

    def _asked(self, text: str, seconds: float, units: int = 0) -> Answer:
        answer = self._ask(text, seconds, self._options.seed, units)
        self._units += answer.units
        return answer

    # -- learning ----------------------------------------------------------------------------

    def _learn(self, answer: Answer) -> bool:
        """Add facts that the model violates; tell whether there was any."""
        found = self._add(self._violated_by(answer.model, 1))
        numbers = []
        for constant in tuple(self._encoder.constants.values()):
            at, value = _at(constant, answer.model)
            cuts = self._cuts.against(constant.function, constant.argument, at, value)
            if constant.argument.constant is not None:
                numbers.append(cuts)
            else:
                found |= self._add(cuts)
        if not found:
            # More digits of exp 1 or log 2 are the last resort: a model can always evade them.
            for cuts in numbers:
                found |= self._add(cuts)
        if not found or self._rounds > self._patience:
            self._patience = self._rounds + _PATIENCE
            found |= self._add(self._violated_by(answer.model, 2))
            self._grow()
        if found:
            self._add_structural(0)
        return found

    def _add_structural(self, level: int) -> None:
        for _ in range(_MAX_PASSES):
            if not self._add(self._structural(level)):
                return

    def _grow(self) -> None:
        """Let the next sharper facts speak of the terms that the last ones brought, unless too many."""
        if len(self._encoder.constants) <= _MAX_GROWN:
            self._grown = len(self._encoder.constants)

    def _structural(self, level: int) -> Iterator[Instance]:
        constants = tuple(self._encoder.constants.values())
        if level == max(LEVELS):
            constants = constants[: self._grown]
        arguments = {name: [c.argument for c in constants if c.function == name] for name in KNOWN_AT}
        yield from structural(arguments["exp"], arguments["log"], level)
        yield from angular(arguments, level)

    def _violated_by(self, model: Mapping[str, Fraction], level: int) -> Iterator[Instance]:
        values = _AtModel(self._encoder, model)
        return (instance for instance in self._structural(level) if values.violate(instance))

    def _add(self, instances: Iterable[Instance]) -> bool:
        """Assert the instances whose lemma another engine proves; tell whether one was new."""
        found = False
        for instance in tuple(instances):
            if instance.text in self._considered or self._left() <= 0:
                continue
            self._considered.add(instance.text)
            limit = max(0.1, min(_LEMMA_SECONDS, self._left() / 2))
            settled = settle(instance.lemma, Options(timeout=limit, seed=self._options.seed))
            if not settled.usable:
                self._refused[instance.lemma.statement.text] = settled
                continue
            try:
                new = self._encoder.add(instance)
            except UnsupportedError:
                continue
            if new:
                self._used.append((instance, settled))
                found = True
        return found

    def _prune(self, units: int) -> None:
        """Drop instances that the contradiction does not need; what is kept was checked again.

        ``units`` is what the contradiction of all of them took: a question that takes much longer is not
        worth its answer. Limits are the solver's units and not seconds, so that what is kept does not
        depend on what else the machine does. Where no proof object is made of them, all may stay.
        """
        if not self._used or self._native or not self._seeks_proof:
            return
        limit = max(_LEAST_PRUNING_UNITS, _PRUNING_PATIENCE * units)
        everything = set(range(len(self._used)))

        def suffices(kept: set[int]) -> bool:
            left = clock.left()
            if left <= 0 or self._units > budget:
                return False
            return self._asked(self._encoder.text_with(kept), left, limit).result == "unsat"

        # Weaker trust weakens the proof: those are worth more time.
        weak = [i for i, (_, settled) in enumerate(self._used) if settled.trust is not Trust.RIGOROUS]
        clock = self._clock.part(_PRUNING_SHARE * self._left())
        budget = float("inf")
        kept = _without(everything, weak, suffices) if weak else everything
        budget = self._units + max(_LEAST_PRUNING_UNITS, _PRUNING_PART * self._units)
        kept = _without(kept, sorted(kept), suffices)
        self._kept = sorted(kept)
        self._used = [self._used[index] for index in self._kept]

    def _refutes_relaxation(self, answer: Answer) -> bool:
        """Tell whether the model is a true counterexample once natural variables may be any number."""
        return verified_witness(self._statement.relaxed, *self._point(answer)) is not None

    # -- answers -----------------------------------------------------------------------------

    def _proved(self, units: int) -> Outcome:
        """Return the outcome of a contradiction: rigorous only with a proof object, else its word.

        ``units`` is what the contradiction took.
        """
        if not self._seeks_proof:
            outcome = self._outcome(Status.PROVED, self._proof_detail(), trust=Trust.SYMBOLIC)
            if self._options.refute_only:
                return outcome
            detail = f"{outcome.detail}, by the word of {self._name}: no proof object was looked for"
            return replace(outcome, detail=detail)

        whole = self._left() >= _PROOF_SECONDS
        proof = None
        search = SolverProofSearch(self._statement)
        if self._used:
            # Many a statement has a short proof of its own: what a solver needed need not be known.
            proof = search.short(self._clock.part(_SHORT_PROOF_SECONDS))
        if proof is None:
            self._prune(units)
            instances = [instance for instance, _ in self._used]
            proof = search.whole(instances, self._clock.part(_PROOF_SECONDS))
        outcome = self._outcome(Status.PROVED, self._proof_detail(), trust=Trust.SYMBOLIC)
        if proof is None:
            detail = f"{outcome.detail}, by the word of {self._name}: no proof object was found"
            return replace(outcome, detail=detail, evidence={**outcome.evidence, "searched": whole})
        try:
            report = check(self._statement, proof)
        except RejectedError as error:
            detail = f"the checker rejected a proof of {self._statement.text}: {error}"[:_MAX_DETAIL]
            return self._outcome(Status.ERROR, detail)
        evidence = {**outcome.evidence, "proof": proof, "rules": dict(report.rules)}
        detail = f"{outcome.detail}; checked proof: {report}"[:_MAX_DETAIL]
        return replace(outcome, trust=Trust.RIGOROUS, detail=detail, evidence=evidence)

    @property
    def _seeks_proof(self) -> bool:
        return not self._options.refute_only and self._options.extra != WITHOUT_PROOF

    def _left(self) -> float:
        return self._clock.left()

    def _text(self) -> str:
        return self._encoder.text if self._kept is None else self._encoder.text_with(self._kept)

    def _point(self, answer: Answer) -> tuple[dict[str, Fraction], dict[str, Real]]:
        """Return a model by the names of the statement, and exactly where it is irrational."""
        symbols = self._encoder.symbols
        return (
            {name: answer.model[at] for name, at in symbols.items() if at in answer.model},
            {name: answer.roots[at] for name, at in symbols.items() if at in answer.roots},
        )

    def _proof_detail(self) -> str:
        known = f", as far as it knows {', '.join(self._native)}" if self._native else ""
        if not self._used:
            return f"the negation is unsatisfiable{known}"
        return f"the negation and {len(self._used)} lemma instances are unsatisfiable{known}"

    def _stuck_detail(self, answer: Answer) -> str:
        at = ", ".join(f"{name} ~ {float(value):.6g}" for name, value in self._point(answer)[0].items())
        reason = "no point near the model is confirmed"
        if self._refused:
            reason += f", and {len(self._refused)} lemmas were not proved"
        return f"{self._name} has a model ({at or 'no variables'}), but {reason}"

    def _outcome(
        self,
        status: Status,
        detail: str,
        witness: Mapping[str, str] | None = None,
        trust: Trust | None = None,
    ) -> Outcome:
        evidence: dict[str, Any] = {
            "lemmas": [_record(settled, instance) for instance, settled in self._used],
            "refused_lemmas": [_record(settled) for settled in self._refused.values()],
            "rounds": self._rounds,
            "naturals": "relaxed to reals" if self._relaxed else "exact",
            "options": self._solver.options(self._options.timeout, self._options.seed),
            "smtlib": self._text(),
        }
        if self._native:
            evidence["native"] = list(self._native)
        return Outcome(self._name, status, trust, witness=witness, detail=detail, evidence=evidence)


def _without(
    kept: set[int], block: Sequence[int], suffices: Callable[[set[int]], bool], needed: bool = False
) -> set[int]:
    """Drop as many of a block as possible from what is kept, by halves.

    What is needed is needed by every smaller set, so nothing is asked twice; ``needed`` says that the
    block as a whole is known to be.
    """
    if not needed and suffices(kept.difference(block)):
        return kept.difference(block)
    if len(block) <= 1:
        return kept
    half = len(block) // 2
    left, right = block[:half], block[half:]
    fewer = _without(kept, left, suffices)
    return _without(fewer, right, suffices, needed=fewer.isdisjoint(left))


def _record(settled: Settled, instance: Instance | None = None) -> dict[str, Any]:
    record: dict[str, Any] = {
        "name": settled.lemma.name,
        "statement": settled.lemma.statement.text,
        "status": str(settled.status),
        "engine": settled.engine,
        "detail": settled.detail,
    }
    if instance is not None:
        record["at"] = {name: term_text(term) for name, term in instance.arguments.items()}
    return record


def _at(constant: Constant, model: Mapping[str, Fraction]) -> tuple[Fraction, Fraction]:
    fixed = constant.argument.constant
    at = fixed if fixed is not None else model.get(constant.argument_symbol, Fraction(0))
    return at, model.get(constant.symbol, Fraction(0))


class _AtModel(t.TermWalker[Fraction]):
    """Evaluate lemma instances at a model, with the model's own values of exp, log and the like."""

    def __init__(self, encoder: Encoder, model: Mapping[str, Fraction]) -> None:
        self._encoder = encoder
        self._model = model

    def violate(self, instance: Instance) -> bool:
        """Tell whether an instance fails at the model, or speaks of terms that the model lacks."""
        try:
            return all(map(self._holds, instance.premises)) and not self._holds(instance.goal)
        except (UnsupportedError, LookupError, ZeroDivisionError):
            return True

    def _holds(self, formula: Formula) -> bool:
        match formula:
            case Relation(operator, left, right):
                a, b = self.walk(left), self.walk(right)
                return a == b if operator == "=" else a < b if operator == "<" else a <= b
            case And(parts):
                return all(map(self._holds, parts))
            case Or(parts):
                return any(map(self._holds, parts))
        raise UnsupportedError(f"not in negation normal form: {formula}")

    def walk_number(self, value: Number) -> Fraction:
        return value.value

    def walk_variable(self, symbol: Symbol) -> Fraction:
        return self._model.get(self._encoder.symbols[symbol.name], Fraction(0))

    def walk_add(self, *terms: Term) -> Fraction:
        return sum(map(self.walk, terms), Fraction(0))

    def walk_mul(self, *terms: Term) -> Fraction:
        product = Fraction(1)
        for term in terms:
            product *= self.walk(term)
        return product

    def walk_neg(self, term: Term) -> Fraction:
        return -self.walk(term)

    def walk_div(self, left: Term, right: Term) -> Fraction:
        return self.walk(left) / self.walk(right)

    def walk_power(self, base: Term, exponent: Number) -> Fraction:
        return self.walk(base) ** int(exponent)

    def walk_exp(self, term: Term) -> Fraction:
        return self._constant("exp", term)

    def walk_log(self, term: Term) -> Fraction:
        return self._constant("log", term)

    def walk_function(self, name: str, argument: Term) -> Fraction:
        form = written_out(name, argument)
        return self._constant(name, argument) if form is None else self.walk(form)

    def _constant(self, function: str, term: Term) -> Fraction:
        argument = normal(term)
        point, there = KNOWN_AT[function]
        if argument.constant == point:
            return Fraction(there)
        return self._model[self._encoder.constants[function, argument.key].symbol]


def settle_statement(name: str, statement: Statement, solver: Solver, options: Options) -> Outcome:
    """Settle a statement; natural variables are relaxed to reals first, then taken as integers.

    What the lemmas do not decide is asked again with the functions that the solver knows itself.
    """
    seconds = _SHARE * options.timeout
    functions = functions_of(statement)
    last = _NATIVE_SHARE * seconds if functions else 0.0
    last = last if last >= _LEAST_NATIVE_SECONDS else 0.0
    outcome = _by_lemmas(name, statement, solver, options, seconds - last)
    if not last or outcome.status in _FINAL:
        return outcome
    known = known_natively(name, functions)
    if not known:
        return outcome
    clock = Clock.after(last - _NATIVE_START_SECONDS)
    native = Refinement(
        name, statement, natively(name, solver, clock), options, "int", clock, known
    ).run()
    return native if native.status in (Status.PROVED, Status.REFUTED) else outcome


def _by_lemmas(
    name: str, statement: Statement, solver: Solver, options: Options, seconds: float
) -> Outcome:
    clock = Clock.after(seconds)
    natural = any(variable.domain.natural for variable in statement.variables)
    first = clock.part(seconds / 2) if natural else clock
    outcome = Refinement(name, statement, solver, options, "real", first).run()
    if not natural or outcome.status in _FINAL:
        return outcome
    return Refinement(name, statement, solver, options, "int", clock).run()
