"""The plan of an audit: for each check the engine runs, mutants and vacuity search, before any runs."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from srverify.audit.engines import Engines, EngineState
from srverify.audit.result import Settings
from srverify.claims import mutants, vacuity
from srverify.claims.claim import Check, Claim, Expect
from srverify.claims.ledger import Ledger
from srverify.claims.mutants import Kind, Variant
from srverify.claims.obligation import (
    FOR_KERNEL,
    WITHOUT_PROOF,
    Computation,
    Obligation,
    Options,
    Replay,
    Theorem,
)
from srverify.claims.outcome import PROOF_TRUSTS, Outcome, Status, Trust
from srverify.language.definedness import grounds
from srverify.language.formula import conjunction
from srverify.language.statement import Statement
from srverify.running.cache import key_of, package_digest, sources_digest
from srverify.running.task import Source, Task, encode, options_data

#: Engines that look for a counterexample to every mutant before the check's own provers are asked:
#: sampling first, since nearly every mutant falls at a random point.
REFUTERS = ("mpmath", "arb")
#: Most mutants fall at once; those that do not must not cost what a proof may cost.
MUTANT_SECONDS = 3.0
#: The limit of an engine's first attempt at a check that others are asked about too. Only where none of
#: them settles it does anybody get the whole limit: most time would go to what is not needed.
FIRST_SECONDS = 3.0
#: The same for an engine that looks for nothing else once it has decided.
SEARCH_SECONDS = 1.5
#: Points at which a sampler looks at what other engines are to prove.
SECOND_LOOK_POINTS = 50
#: Draws of the sampler's first look at a mutant or at hypotheses; where they do not decide, solvers and
#: searches are quicker than thousands more.
GLANCE_DRAWS = 300
_RATIONAL = frozenset({"number", "variable", "add", "mul", "neg", "div", "power", "abs", "min", "max"})
#: The kernel that replays proof objects.
REPLAYING = "rocq"
#: The engine that shows that the terms of a kernel's theorem are defined.
DEFINING = "arb"
#: Trusts of engines that find proofs by themselves; the others only replay what these found.
_FINDING = frozenset({Trust.RIGOROUS, Trust.SYMBOLIC})

_DECIDED = frozenset({Status.PROVED, Status.REFUTED})


@dataclass(frozen=True)
class Run:
    """One engine run.

    Key and task are made when asked for: most runs of a plan are never needed, because an earlier one
    decides or is remembered.
    """

    engine: str
    make_key: Callable[[], str | None]
    build: Callable[[], Task]

    @cached_property
    def key(self) -> str | None:
        """The key under which the outcome is remembered; ``None``: never."""
        return self.make_key()


@dataclass(frozen=True)
class Step:
    """Runs in turn that answer one question about a check.

    Parameters
    ----------
    purpose
        ``main``, ``again`` (what the first attempts left open), ``mutant``, ``model``, ``defined`` (what
        a kernel's total functions do not ask for) or ``replay``.
    runs
        In order; they stop at the first outcome with a status in ``until``.
    variant
        The mutant.
    """

    claim: Claim
    check: Check
    purpose: str
    runs: tuple[Run, ...]
    until: frozenset[Status] = frozenset()
    variant: Variant | None = None


def _proves_later(state: EngineState) -> bool:
    """Tell whether an engine's answers count more once a proof object for them is found."""
    return state.instance is not None and state.instance.proves_later


def _facts_of(outcome: Outcome) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the lemma instances that a solver's word rests on."""
    lemmas = outcome.evidence.get("lemmas", ())
    return sorted((lemma["statement"], sorted(lemma["at"].items())) for lemma in lemmas)


def _is_checked(trust: Trust | None) -> bool:
    """Tell whether a trust is a kernel's, or that of what a checker accepts: no solver's own word."""
    return trust is not None and trust.rank <= Trust.RIGOROUS.rank


def _proves(outcome: Outcome) -> bool:
    """Tell whether a decision with an outcome's trust is a proof."""
    return outcome.trust in PROOF_TRUSTS


def _settles(check: Check, outcome: Outcome) -> bool:
    """Tell whether nothing needs to be asked about a check after an outcome."""
    if check.expect is Expect.REFUTED:
        return outcome.status is Status.REFUTED
    if outcome.status is Status.PROVED:
        return _is_checked(outcome.trust)
    return outcome.status is Status.REFUTED or (check.expect is Expect.SUPPORTED and outcome.supports)


def _is_rational(check: Check) -> bool:
    """Tell whether a check's statement is free of exp, log and other transcendental functions."""
    return check.statement is not None and check.statement.operators <= _RATIONAL


_Attempt = tuple[EngineState, Options]


def _in_order(
    check: Check, refuting: list[_Attempt], proving: list[_Attempt], survives: bool = False
) -> list[_Attempt]:
    """Return the attempts on a variant of a check, the cheapest first: a glance at a few points.

    What is said to survive is to be proved: nobody will find a point at which it fails.
    """
    sampling, searching = refuting[:1], refuting[1:]
    glances = [
        (state, replace(options, extra={"draws": str(GLANCE_DRAWS)})) for state, options in sampling
    ]
    if survives:
        return [*proving, *glances, *searching, *sampling]
    # Solvers find the models of rational statements faster than a search does, which looks for proofs.
    if _is_rational(check):
        solving = [attempt for attempt in proving if _proves_later(attempt[0])]
        others = [attempt for attempt in proving if attempt not in solving]
        return [*glances, *solving, *others, *searching, *sampling]
    return [*glances, *searching, *sampling, *proving]


class Planner:
    """Makes the steps of checks.

    Parameters
    ----------
    ledger
        Where the claims come from.
    engines
        The engines of this machine.
    settings
        Limits, seed and restrictions.
    """

    def __init__(self, ledger: Ledger, engines: Engines, settings: Settings) -> None:
        self._ledger = ledger
        self._engines = engines
        self._settings = settings
        self._options = Options(
            timeout=settings.timeout,
            memory_mb=settings.memory_mb,
            digits=settings.digits,
            seed=settings.seed,
        )
        self._digests: dict[Path, str] = {}

    # -- which engines -----------------------------------------------------------------------

    def obligations(self, claim: Claim, check: Check) -> list[tuple[EngineState, Obligation]]:
        """Return the engines to ask of a check with what each is asked: the statement, or a theorem.

        Theorems are looked for beside the file that declares the claim.
        """
        folder = str(self._ledger.home(claim.id))
        found: list[tuple[EngineState, Obligation]] = []
        for name, item in _asked(check).items():
            if self._is_wanted(name):
                placed = replace(item, folder=folder) if isinstance(item, Theorem) else item
                found.append((self._engines[name], placed))
        return found

    def leaves_out(self, check: Check) -> bool:
        """Tell whether the user left out an engine of a check."""
        return not all(map(self._is_wanted, _asked(check)))

    def _is_wanted(self, name: str) -> bool:
        return not self._settings.engines or name in self._settings.engines

    def _refuters(self) -> list[EngineState]:
        return [state for state in map(self._engines.__getitem__, REFUTERS) if state.available]

    def _provers(self, check: Check) -> list[EngineState]:
        states = map(self._engines.__getitem__, dict.fromkeys(check.engines))
        return [state for state in states if state.available and state.trust in _FINDING]

    # -- steps -------------------------------------------------------------------------------

    def steps(self, claim: Claim, check: Check) -> Iterator[Step]:
        """Yield the steps of a check; engines that cannot run here have none."""
        runnable = [pair for pair in self.obligations(claim, check) if pair[0].available]
        options = self._first_options(check, runnable)
        for state, obligation in runnable:
            run = self._run(claim, check, state, obligation, options.get(state.name))
            yield Step(claim, check, "main", (run,))
        if check.expect is Expect.REFUTED or not runnable:
            return
        if isinstance(check.obligation, Computation):
            yield from self._computation_mutant(claim, check)
        elif check.statement is not None:
            yield from self._mutants(claim, check)
            yield from self._model(claim, check)

    def _first_options(
        self, check: Check, runnable: list[tuple[EngineState, Obligation]]
    ) -> dict[str, Options]:
        """Return the limits of first attempts, by engine, where they differ from the settings.

        One engine alone gets everything at once. Of several solvers that would look for a proof object,
        the first does so, and only if nobody else is asked whose word counts as much. Sampling beside
        engines that prove is a look by other means, for which fewer points are enough.
        """
        limits: dict[str, Options] = {}
        if len(runnable) < 2:
            return limits
        if check.expect is Expect.PROVED and any(s.trust in PROOF_TRUSTS for s, _ in runnable):
            fewer = replace(self._options, extra={"points": str(SECOND_LOOK_POINTS)})
            limits |= {
                state.name: fewer
                for state, obligation in runnable
                if isinstance(obligation, Statement) and state.trust is Trust.NUMERICAL
            }
        others = any(_is_checked(state.trust) and not _proves_later(state) for state, _ in runnable)
        for state, obligation in runnable:
            if isinstance(obligation, Statement) and state.trust in _FINDING:
                quick = FIRST_SECONDS if _proves_later(state) else SEARCH_SECONDS
                limits[state.name] = replace(self._options, timeout=min(quick, self._options.timeout))
                if _proves_later(state):
                    # Of several proof objects a kernel may be able to follow one only.
                    if others and not self._settings.replay:
                        limits[state.name] = replace(limits[state.name], extra=WITHOUT_PROOF)
                    others = True
        return limits

    def again(
        self, claim: Claim, check: Check, outcomes: Mapping[str, Outcome], asked: Collection[str]
    ) -> tuple[Step, ...]:
        """Return what is to be asked once more, given what all engines of a check have answered.

        Nothing where the check is settled by a word that needs no library's; else a proof object for
        what a solver found, one solver at a time, unless the facts that it used did not lead to one
        before; if nobody has settled it, every search with the whole limit.

        Parameters
        ----------
        outcomes
            The best answer of each engine so far.
        asked
            The engines that were asked again already.
        """
        statement = check.statement
        if statement is None or any(_settles(check, outcome) for outcome in outcomes.values()):
            return ()
        runnable = [pair for pair in self.obligations(claim, check) if pair[0].available]
        limits = self._first_options(check, runnable)
        left = [
            state
            for state, _ in runnable
            if state.name in limits and limits[state.name] != self._options and state.name not in asked
        ]
        # From the same facts another search would be the same.
        searched = [_facts_of(o) for o in outcomes.values() if o.evidence.get("searched")]
        bare = [
            state
            for state in left
            if outcomes[state.name].status is Status.PROVED
            and limits[state.name].extra == WITHOUT_PROOF
            and _facts_of(outcomes[state.name]) not in searched
        ]
        if any(outcome.status in _DECIDED and _proves(outcome) for outcome in outcomes.values()):
            left = bare[:1]
        return tuple(
            Step(claim, check, "again", (self._run(claim, check, state, statement),)) for state in left
        )

    def _computation_mutant(self, claim: Claim, check: Check) -> Iterator[Step]:
        obligation = check.obligation
        assert isinstance(obligation, Computation)
        if obligation.mutant is not None:
            run = self._run(claim, check, self._engines[obligation.engine], obligation, mutant=True)
            variant = Variant(Kind.WRITTEN, 0, obligation.mutant.__name__)
            yield Step(claim, check, "mutant", (run,), variant=variant)

    def _mutants(self, claim: Claim, check: Check) -> Iterator[Step]:
        quick = replace(self._options, timeout=min(MUTANT_SECONDS, self._options.timeout))
        quick_refuting = replace(quick, refute_only=True)
        for variant in mutants.variants(check):
            # The full limit for a variant that has to be proved.
            limits = self._options if variant.survives else quick
            refuting = [(state, quick_refuting) for state in self._refuters()]
            # What proves a mutant speaks against the check, with or without a proof object.
            proving = [
                (state, replace(limits, extra=WITHOUT_PROOF) if _proves_later(state) else limits)
                for state in self._provers(check)
            ]
            attempts = _in_order(check, refuting, proving, bool(variant.survives))
            runs = tuple(
                self._variant_run(check, state, options, variant) for state, options in attempts
            )
            yield Step(claim, check, "mutant", runs, _DECIDED, variant)

    def _model(self, claim: Claim, check: Check) -> Iterator[Step]:
        statement = check.statement
        assert statement is not None
        quick = min(MUTANT_SECONDS, self._options.timeout)
        options = replace(self._options, timeout=quick, refute_only=True)
        refuting = [(state, options) for state in self._refuters()]
        proving = [
            (state, options) for state in self._provers(check) if (state, options) not in refuting
        ]
        for index, never in enumerate(vacuity.impossible(statement)):
            if index == 0 and statement.hypotheses and check.example is not None:
                continue  # The example is the model.
            label = f"model {index}" if index or not statement.hypotheses else "model"
            runs = tuple(
                self._statement_run(check, state, limits, label, partial(_same, never))
                for state, limits in _in_order(check, refuting, proving)
            )
            yield Step(claim, check, "model", runs, frozenset({Status.REFUTED}))

    def definedness(self, claim: Claim, check: Check, outcomes: Mapping[str, Outcome]) -> Step | None:
        """Return the step that shows that a statement's terms are defined, if a kernel proves it.

        Its functions are total: a theorem of its about ``sqrt x`` for all real x says less than the
        statement does. What the engine that would show it has proved itself is defined. Without that
        engine the step has no runs, and shows nothing.
        """
        statement = check.statement
        proved = {name for name, o in outcomes.items() if o.status is Status.PROVED and _proves(o)}
        if statement is None or DEFINING in proved or not proved & check.theorems.keys():
            return None
        conditions = grounds(statement.goal, statement.positive_symbols)
        if not conditions or check.expect is not Expect.PROVED:
            return None
        defined = statement.with_conclusion(conjunction(*conditions))
        state = self._engines[DEFINING]
        run = self._statement_run(check, state, self._options, "defined", lambda: defined)
        return Step(claim, check, "defined", (run,) if state.available else ())

    def replay(self, claim: Claim, check: Check, outcomes: Iterable[Outcome]) -> Step | None:
        """Return the step that lets a kernel follow the proof objects of a check, one after the other.

        Only where a proof is expected, and no theorem is named that the kernel is asked about anyway.
        """
        statement = check.statement
        if statement is None or not self._is_replayed(claim, check):
            return None
        proofs = [o.evidence["proof"] for o in outcomes if o.evidence.get("proof") is not None]
        if not proofs:
            return None
        state = self._engines[REPLAYING]
        runs = tuple(self._replay_run(state, Replay(statement, proof)) for proof in proofs)
        return Step(claim, check, "replay", runs, frozenset({Status.PROVED}))

    def _is_replayed(self, claim: Claim, check: Check) -> bool:
        """Tell whether a kernel is here and to follow the proof objects of a check."""
        if check.expect is not Expect.PROVED or REPLAYING in check.theorems:
            return False
        if not self._wants_replay(claim, check):
            return False
        # Who asks for replays is told why there are none; by default there is nothing to tell.
        if not self._settings.replay and not self._engines.has(REPLAYING):
            return False
        return self._engines[REPLAYING].available

    def _wants_replay(self, claim: Claim, check: Check) -> bool:
        """Tell whether a replay may raise what a claim is trusted for, or the user asks for all."""
        if self._settings.replay is not None:
            return self._settings.replay
        return self._is_wanted(REPLAYING) and any(check.id in part.by for part in claim.assertions)

    # -- runs --------------------------------------------------------------------------------

    def _run(
        self,
        claim: Claim,
        check: Check,
        state: EngineState,
        obligation: Obligation,
        options: Options | None = None,
        mutant: bool = False,
    ) -> Run:
        if isinstance(obligation, Computation):
            return self._computation_run(claim, check, state, mutant)
        if isinstance(obligation, Theorem):
            return Run(
                state.name,
                lambda: self._theorem_key(state, obligation),
                lambda: self._task(state, self._patient(state), encode(obligation)),
            )
        options = options or self._options
        follows = state.instance is not None and state.instance.proves_for_kernels
        if follows and self._is_replayed(claim, check):
            options = replace(options, extra=FOR_KERNEL)
        return self._statement_run(check, state, options, "main", lambda: obligation)

    def _patient(self, state: EngineState) -> Options:
        """Return the options with the least limit that an engine needs to start at all."""
        least = 0.0 if state.instance is None else state.instance.least_timeout
        return replace(self._options, timeout=max(self._options.timeout, least))

    def _variant_run(self, check: Check, state: EngineState, options: Options, variant: Variant) -> Run:
        label = _label(check, variant)
        return self._statement_run(check, state, options, label, lambda: variant.build(check))

    def judgement_key(self, check: Check, variant: Variant, witness: Mapping[str, str] | None) -> str:
        """Return the key of what is said of a point at which a mutant fails."""
        assert check.statement is not None
        what = [check.statement.text, _label(check, variant), witness]
        return key_of("mutant", what, sources_digest(Path(mutants.__file__)), self._libraries)

    def _statement_run(
        self,
        check: Check,
        state: EngineState,
        options: Options,
        label: str,
        build: Callable[[], Any],
    ) -> Run:
        """Return the run of a variant of the check's statement, which is only built if it has to run."""
        statement = check.statement
        assert statement is not None
        return Run(
            state.name,
            lambda: self._key(state, options, statement.text, label, state.fingerprint(statement)),
            lambda: self._task(state, options, encode(build())),
        )

    def _computation_run(self, claim: Claim, check: Check, state: EngineState, mutant: bool) -> Run:
        options = self._options
        file = self._ledger.sources[claim.id]
        source = Source(str(file), self._digest(file), claim.id, check.id, mutant)
        depends = [source.digest, self._ledger.helpers_digest, sources_digest(file)]
        what = [claim.id, check.id, check.obligation.text]
        return Run(
            state.name,
            lambda: self._key(state, options, what, mutant, depends),
            lambda: self._task(state, options, encode(check.obligation, source)),
        )

    def _replay_run(self, state: EngineState, replay: Replay) -> Run:
        options = self._patient(state)
        return Run(
            state.name,
            lambda: self._key(state, options, replay.digest, "replay", state.fingerprint(replay)),
            lambda: self._task(state, options, encode(replay)),
        )

    def _theorem_key(self, state: EngineState, theorem: Theorem) -> str | None:
        # A theorem's digest does not cover its proof: without a fingerprint nothing is remembered.
        proof = state.fingerprint(theorem)
        return self._key(state, self._options, theorem.digest, "main", proof) if proof else None

    def _digest(self, file: Path) -> str:
        if file not in self._digests:
            self._digests[file] = hashlib.sha256(file.read_bytes()).hexdigest()
        return self._digests[file]

    @cached_property
    def _libraries(self) -> dict[str, str]:
        return self._engines.libraries

    def _key(self, state: EngineState, options: Options, what: Any, variant: Any, more: Any) -> str:
        return key_of(
            what,
            variant,
            more,
            state.name,
            state.version,
            options_data(options),
            state.sources,
            self._libraries,
        )

    @staticmethod
    def _task(state: EngineState, options: Options, obligation: dict[str, Any]) -> Task:
        return Task(state.name, state.entry, obligation, options_data(options), package_digest())


def _label(check: Check, variant: Variant) -> str:
    label = f"{variant.kind} {variant.index}, where both are defined"
    if variant.kind is Kind.WRITTEN:
        label = f"{label} {check.mutants[variant.index].statement.text}"
    return label


def _same(statement: Statement) -> Statement:
    return statement


def _asked(check: Check) -> dict[str, Obligation]:
    """Return what a check asks of each engine."""
    obligation = check.obligation
    if isinstance(obligation, Computation | Theorem):
        return {obligation.engine: obligation}
    return {**dict.fromkeys(check.engines, obligation), **check.theorems}


def selected(ledger: Ledger, only: Sequence[str]) -> tuple[Claim, ...]:
    """Return the claims to audit, in the ledger's order; raises InputError for an unknown id."""
    if not only:
        return ledger.claims
    wanted = {ledger.claim(claim_id).id for claim_id in only}
    return tuple(claim for claim in ledger.by_id.values() if claim.id in wanted)
