"""Run an audit: look outcomes up, hand the rest to an executor, and judge claims as they complete."""

from __future__ import annotations

import time
from bisect import insort
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import count

from srverify.audit.engines import Engines
from srverify.audit.placement import WINDOW, Placement
from srverify.audit.plan import DEFINING, Planner, Step, selected
from srverify.audit.result import (
    AuditResult,
    CheckEvidence,
    CheckResult,
    ClaimResult,
    Fate,
    MutantResult,
    Settings,
    VacuityResult,
)
from srverify.audit.verdict import is_grounded, judge_check, judge_claim, judge_parts
from srverify.claims import mutants, vacuity
from srverify.claims.claim import Check, Claim, Expect, Verdict
from srverify.claims.ledger import Ledger
from srverify.claims.mutants import Kind, Variant
from srverify.claims.obligation import Obligation
from srverify.claims.outcome import PROOF_TRUSTS, Outcome, Status
from srverify.engines import REGISTRY
from srverify.language.errors import InputError
from srverify.running.cache import Cache, NoCache, forget_sources
from srverify.running.executor import (
    Job,
    LocalExecutor,
    available_cores,
    check_spec,
    interruptible,
    make_executor,
    run_job,
)
from srverify.running.snapshot import unchanging

#: Runs with the executor at a time, for each worker: one at work, and one that need not be waited for.
AHEAD = 2


class Observer:
    """Told what happens during an audit; the base class ignores everything."""

    def planned(self, steps: int, cached: int) -> None:
        """Learn how many steps there are, and how many of them are already answered."""

    def preparing(self, line: str) -> None:
        """Learn what an engine builds before its runs."""

    def stepped(self, step: Step) -> None:
        """Learn that a step is answered."""

    def judged(self, result: ClaimResult) -> None:
        """Learn a claim's result; called in the ledger's order."""


@dataclass(frozen=True)
class _Next:
    """A step that waits for a worker."""

    progress: _Progress
    libraries: frozenset[str]
    topic: tuple[str, str]


@dataclass
class _Progress:
    """A step under way: the outcomes so far, remembered ones first."""

    step: Step
    outcomes: list[Outcome] = field(default_factory=list)
    fresh: int = 0

    @property
    def is_main(self) -> bool:
        return self.step.purpose == "main"

    @property
    def is_attempt(self) -> bool:
        """Whether an engine is asked about the check itself, for the first time or again."""
        return self.step.purpose in ("main", "again")

    @property
    def is_replay(self) -> bool:
        return self.step.purpose == "replay"

    @property
    def is_last(self) -> bool:
        """Whether it follows from what all engines have answered, and nothing follows from it."""
        return self.step.purpose in ("defined", "replay")

    @property
    def is_dropped(self) -> bool:
        variant = self.step.variant
        return variant is not None and variant.kind is Kind.DROPPED and not variant.survives

    @property
    def answered(self) -> bool:
        if bool(self.outcomes) and self.outcomes[-1].status in self.step.until:
            return True
        return len(self.outcomes) == len(self.step.runs)

    def recall(self, cache: Cache, timeouts: bool = False) -> None:
        """Take what is remembered: up to a decision, wherever it is, else without gaps."""
        known: list[Outcome] = []
        gap = False
        for run in self.step.runs:
            found = None if run.key is None else cache.get(run.key, timeouts)
            if found is not None and found.status in self.step.until:
                self.outcomes = [*known, found]
                return
            gap = gap or found is None
            if found is not None and not gap:
                known.append(found)
        self.outcomes = known

    def job(self) -> Job:
        """Return the next run as a job: most steps need no other."""
        return Job((self.step.runs[len(self.outcomes)].build(),))

    def record(self, outcomes: tuple[Outcome, ...], cache: Cache) -> None:
        rest = self.step.runs[len(self.outcomes) :]
        for run, outcome in zip(rest, outcomes, strict=False):
            if run.key is not None:
                cache.put(run.key, outcome)
        self.outcomes.extend(outcomes)
        self.fresh += len(outcomes)


def audit(
    ledger: Ledger,
    settings: Settings | None = None,
    cache: Cache | None = None,
    observer: Observer | None = None,
) -> AuditResult:
    """Audit claims and return what was found.

    Parameters
    ----------
    ledger
        The claims.
    settings
        Restrictions, limits, executor.
    cache
        Where outcomes are remembered; default: nowhere.
    observer
        Told about progress and each claim's result.

    Raises
    ------
    InputError
        For an unknown claim or engine, or an executor that cannot be had.
    KeyboardInterrupt
        After the workers were stopped; finished outcomes are in the cache.
    """
    settings = settings or Settings()
    for name in (*settings.engines, *settings.require):
        if name not in REGISTRY:
            raise InputError(f"unknown engine {name!r} (known: {', '.join(REGISTRY)})")
    check_spec(settings.executor)
    forget_sources()
    return _Audit(ledger, settings, cache or NoCache(), observer or Observer()).run()


class _Audit:
    def __init__(self, ledger: Ledger, settings: Settings, cache: Cache, observer: Observer) -> None:
        self._ledger = ledger
        self._settings = settings
        self._cache = cache
        self._observer = observer
        self._engines = Engines()
        self._planner = Planner(ledger, self._engines, settings)
        self._claims = selected(ledger, settings.only)
        self._steps: dict[tuple[str, str], list[_Progress]] = {}
        self._waiting: dict[str, int] = {}
        self._results: dict[str, ClaimResult] = {}

    def run(self) -> AuditResult:
        started = time.perf_counter()
        for name in self._settings.require:
            _ = self._engines[name]
        with unchanging():
            todo = self._plan()
            self._observer.planned(sum(map(len, self._steps.values())), self._count_answered())
            reported = self._report(0)
        if todo:
            self._prepare(todo)
            with interruptible(make_executor(self._settings.executor, self._settings.jobs)) as executor:
                self._settle(todo, executor, reported)
        return self._result(time.perf_counter() - started)

    def _settle(self, todo: list[_Progress], executor: Executor, reported: int) -> None:
        """Run what is open, in about the order of the claims, and report claims as they are complete.

        Only some runs are with the executor at a time: what follows from an answer comes before the
        claims that are next, and no run is made ready that an answer makes superfluous.
        """
        places = {claim.id: place for place, claim in enumerate(self._claims)}
        number = count()
        waiting: list[tuple[int, int, _Next]] = []
        pending: dict[Future[tuple[Outcome, ...]], tuple[_Progress, int]] = {}
        local = isinstance(executor, LocalExecutor)
        workers = executor.apart() if isinstance(executor, LocalExecutor) else (executor,)
        placement = Placement(len(workers))
        given = [0] * len(workers)

        def add(several: Iterable[_Progress]) -> None:
            for progress in several:
                step = progress.step
                engine = self._engines[step.runs[len(progress.outcomes)].engine].instance
                libraries = frozenset(() if engine is None else engine.libraries)
                topic = (step.claim.id, step.check.id)
                insort(waiting, (places[step.claim.id], next(number), _Next(progress, libraries, topic)))

        def submit(progress: _Progress, worker: int) -> None:
            pending[workers[worker].submit(run_job, progress.job())] = progress, worker
            given[worker] += 1

        def take(future: Future[tuple[Outcome, ...]]) -> _Progress:
            progress, worker = pending.pop(future)
            given[worker] -= 1
            return progress

        add(todo)
        ahead = AHEAD if local else len(todo)
        while waiting or pending:
            for worker in range(len(workers)):
                while waiting and given[worker] < ahead:
                    index = placement.choose(worker, [entry[-1] for entry in waiting[:WINDOW]])
                    chosen = waiting.pop(index)[-1]
                    placement.place(worker, chosen)
                    submit(chosen.progress, worker)
            # At the end nobody is idle while another has a run that it has not begun.
            for worker in range(len(workers)):
                if not given[worker]:
                    queued = (future for future, (_, at) in pending.items() if given[at] > 1)
                    if (spare := next((one for one in queued if one.cancel()), None)) is not None:
                        submit(take(spare), worker)
            done, _ = wait(pending, return_when=FIRST_COMPLETED)
            for future in done:
                add(self._finish(take(future), future))
                reported = self._report(reported)

    # -- planning and recording --------------------------------------------------------------

    def _plan(self) -> list[_Progress]:
        todo: list[_Progress] = []
        for claim in self._claims:
            self._waiting[claim.id] = 0
            for check in claim.checks:
                steps = [_Progress(step) for step in self._planner.steps(claim, check)]
                self._recall(check, steps)
                while follow := self._follow(claim, check, steps):
                    steps += follow
                open_steps = [progress for progress in steps if not progress.answered]
                self._steps[claim.id, check.id] = steps
                self._waiting[claim.id] += len(open_steps)
                todo.extend(progress for progress in open_steps if progress.step.runs)
        return todo

    def _recall(self, check: Check, steps: list[_Progress]) -> None:
        """Take what the cache knows; timeouts only where the check does not hang on them."""
        for progress in steps:
            progress.recall(self._cache)
        decided = any(p.is_main and p.answered and _decides(check, p.outcomes[0]) for p in steps)
        for progress in steps:
            if not progress.answered and (decided if progress.is_main else progress.is_dropped):
                progress.recall(self._cache, timeouts=True)

    def _prepare(self, todo: list[_Progress]) -> None:
        """Let engines build what several of their runs need."""
        asked: dict[str, list[Obligation]] = {}
        for progress in todo:
            step = progress.step
            for state, obligation in self._planner.obligations(step.claim, step.check):
                if step.purpose == "main" and state.name == step.runs[0].engine:
                    asked.setdefault(state.name, []).append(obligation)
        for name, obligations in asked.items():
            instance = self._engines[name].instance
            if instance is not None:
                jobs = self._settings.jobs or available_cores()
                # What fails here fails again, with its reason, where it counts.
                with suppress(Exception):
                    instance.prepare(obligations, jobs, self._observer.preparing)

    def _count_answered(self) -> int:
        return sum(progress.answered for steps in self._steps.values() for progress in steps)

    def _follow(self, claim: Claim, check: Check, steps: list[_Progress]) -> list[_Progress]:
        """Return what follows from the answers of all a check's engines; none while some are open."""
        asked = [p for p in steps if p.is_attempt]
        if not all(progress.answered for progress in asked) or any(p.is_last for p in steps):
            return []
        outcomes = {engine: p.outcomes[0] for engine, p in _answers(steps).items()}
        tried = [p.step.runs[0].engine for p in asked if not p.is_main]
        follow = self._planner.again(claim, check, outcomes, tried)
        if not follow:
            last = (
                self._planner.definedness(claim, check, outcomes),
                self._planner.replay(claim, check, outcomes.values()),
            )
            follow = tuple(step for step in last if step is not None)
        found = list(map(_Progress, follow))
        for progress in found:
            progress.recall(self._cache)
        return found

    def _finish(self, progress: _Progress, future: Future[tuple[Outcome, ...]]) -> list[_Progress]:
        """Record what a run ended with; returns the steps that go on, or follow from it."""
        try:
            outcomes = future.result()
        except Exception as error:
            # The executor's own failure (a Dask worker lost): every remaining run has failed.
            detail = f"the executor failed: {type(error).__name__}: {error}"
            rest = progress.step.runs[len(progress.outcomes) :]
            outcomes = tuple(Outcome(run.engine, Status.ERROR, detail=detail) for run in rest)
        progress.record(outcomes, self._cache)
        if not progress.answered:
            return [progress]
        step = progress.step
        follow: list[_Progress] = []
        steps = self._steps[step.claim.id, step.check.id]
        while found := self._follow(step.claim, step.check, steps):
            steps += found
            follow += found
        follow = [new for new in follow if not new.answered]
        self._waiting[step.claim.id] += len(follow) - 1
        self._observer.stepped(step)
        return follow

    def _report(self, reported: int) -> int:
        """Judge and report the claims that are next in order and complete, dependencies included."""
        while reported < len(self._claims) and self._is_complete(self._claims[reported].id):
            self._observer.judged(self._judge(self._claims[reported]))
            reported += 1
        return reported

    def _is_complete(self, claim_id: str) -> bool:
        if claim_id not in self._waiting:
            return True  # not audited: only depended on
        depends = self._ledger.by_id[claim_id].depends
        return self._waiting[claim_id] == 0 and all(map(self._is_complete, depends))

    # -- judging -----------------------------------------------------------------------------

    def _judge(self, claim: Claim) -> ClaimResult:
        if claim.id not in self._results:
            checks = tuple(self._judge_check(claim, check) for check in claim.checks)
            assumptions = self._ledger.assumptions_of(claim.id)
            audited = (self._ledger.by_id[dep] for dep in claim.depends if dep in self._waiting)
            unsettled = [dep.id for dep in audited if self._judge(dep).verdict is Verdict.OPEN]
            verdict, trust, problems = judge_claim(claim, checks, assumptions, unsettled)
            parts = judge_parts(claim, checks)
            self._results[claim.id] = ClaimResult(
                claim, checks, verdict, trust, assumptions, problems, parts
            )
        return self._results[claim.id]

    def _judge_check(self, claim: Claim, check: Check) -> CheckResult:
        return judge_check(self._evidence(claim, check), self._engines.states)

    def _evidence(self, claim: Claim, check: Check) -> CheckEvidence:
        steps = self._steps[claim.id, check.id]
        mains = _answers(steps)
        outcomes = tuple(
            mains[state.name].outcomes[0] if state.name in mains else state.absent(obligation)
            for state, obligation in self._planner.obligations(claim, check)
        )
        replays = [p for p in steps if p.is_replay and p.outcomes]
        outcomes += tuple(p.outcomes[-1] for p in replays)
        mains |= {p.step.runs[0].engine: p for p in replays}
        return CheckEvidence(
            check,
            outcomes,
            tuple(self._mutant_result(p) for p in steps if p.step.purpose == "mutant"),
            _vacuity_result(check, [p for p in steps if p.step.purpose == "model"]),
            next((_last_of(p) for p in steps if p.step.purpose == "defined"), None),
            frozenset(name for name, p in mains.items() if not p.fresh),
            sum(o.seconds for p in steps for o in p.outcomes[len(p.outcomes) - p.fresh :]),
            restricted=self._planner.leaves_out(check),
        )

    def _mutant_result(self, progress: _Progress) -> MutantResult:
        variant = progress.step.variant
        assert variant is not None
        last = progress.outcomes[-1] if progress.outcomes else None
        seconds = sum(outcome.seconds for outcome in progress.outcomes)
        problem = ""
        check = progress.step.check
        if last is not None and last.status is Status.REFUTED and check.statement is not None:
            problem = self._tells_nothing(check, variant, last.witness)
        if last is not None and last.status is Status.REFUTED and not problem:
            fate = Fate.KILLED
        elif last is not None and last.status is Status.PROVED:
            fate = Fate.SURVIVED
        else:
            detail = "; ".join(f"{o.engine} {o.status} {o.detail}".strip() for o in progress.outcomes)
            detail = problem or detail or "no engine was available"
            return MutantResult(
                variant.name,
                variant.kind,
                Fate.UNDECIDED,
                variant.survives,
                seconds=seconds,
                detail=detail,
            )
        return MutantResult(
            variant.name,
            variant.kind,
            fate,
            variant.survives,
            last.engine,
            last.witness,
            seconds,
            last.detail,
        )

    def _tells_nothing(self, check: Check, variant: Variant, witness: Mapping[str, str] | None) -> str:
        """Return why a point does not set a mutant apart, or nothing; remembered with its outcome."""
        key = self._planner.judgement_key(check, variant, witness)
        known = self._cache.text(key)
        if known is None:
            known = mutants.tells_nothing(check, variant, witness) or ""
            self._cache.put_text(key, known)
        return known

    def _result(self, seconds: float) -> AuditResult:
        results = tuple(self._judge(claim) for claim in self._claims)
        return AuditResult(
            self._ledger,
            results,
            self._engines.states,
            self._settings,
            seconds,
            tuple(_contradictions(results)),
            tuple(self._unmet(results)),
        )

    def remembered(self, claim: Claim) -> Remembered:
        """Return what the cache knows of a claim; the settings select it and what it depends on."""
        todo = self._plan()
        outcomes = {check.id: tuple(self._known_outcomes(claim, check)) for check in claim.checks}
        return Remembered(outcomes, None if todo else self._judge(claim))

    def _known_outcomes(self, claim: Claim, check: Check) -> Iterator[tuple[str, Outcome | None]]:
        mains = _answers(self._steps[claim.id, check.id])
        for state, obligation in self._planner.obligations(claim, check):
            if state.name not in mains:
                yield state.name, state.absent(obligation)
            else:
                known = mains[state.name].outcomes
                yield state.name, known[0] if known else None

    def _unmet(self, results: tuple[ClaimResult, ...]) -> Iterator[str]:
        """Yield why a required engine falls short: it is missing or incomplete, or a run is an error."""
        for name in dict.fromkeys(self._settings.require):
            state = self._engines[name]
            if not state.available:
                how = "broken" if state.broken else "unavailable"
                yield f"required engine {name} is {how}: {state.reason}"
                continue
            lacking: dict[str, None] = {}
            for result in results:
                for check in result.checks:
                    for outcome in check.evidence.outcomes:
                        if outcome.engine == name and outcome.status is Status.ERROR:
                            place = f"{result.claim.id} {check.check.id}"
                            yield f"required engine {name} failed on {place}: {outcome.detail}"
                        elif outcome.engine == name and outcome.evidence.get("lacks"):
                            lacking[outcome.detail] = None
            yield from (f"required engine {name} is incomplete: {detail}" for detail in lacking)


@dataclass(frozen=True)
class Remembered:
    """What a cache knows of a claim.

    Parameters
    ----------
    outcomes
        For each check its engines with their outcomes, ``None`` where nothing is remembered.
    result
        The claim's result, if everything that it needs is remembered.
    """

    outcomes: dict[str, tuple[tuple[str, Outcome | None], ...]]
    result: ClaimResult | None


def remembered(
    ledger: Ledger, claim: Claim, cache: Cache, settings: Settings | None = None
) -> Remembered:
    """Return what is known of a claim without running anything."""
    needed = [claim.id]
    for claim_id in needed:
        needed += [name for name in ledger.by_id[claim_id].depends if name not in needed]
    settings = replace(settings or Settings(), only=tuple(needed))
    return _Audit(ledger, settings, cache, Observer()).remembered(claim)


def _last_of(progress: _Progress) -> Outcome:
    """Return a step's last outcome; that of a step without runs says that nobody could be asked."""
    if progress.outcomes:
        return progress.outcomes[-1]
    return Outcome(DEFINING, Status.UNAVAILABLE, detail="not here to be asked")


def _answers(steps: list[_Progress]) -> dict[str, _Progress]:
    """Return for each engine its attempt at the check itself that says most, the later among equals."""
    found: dict[str, _Progress] = {}
    for progress in steps:
        if not progress.is_attempt:
            continue
        engine = progress.step.runs[0].engine
        if engine not in found or (progress.outcomes and _says_more(progress, found[engine])):
            found[engine] = progress
    return found


def _says_more(later: _Progress, first: _Progress) -> bool:
    """Tell whether a second attempt replaces the first: not if it did not come as far."""
    new, old = later.outcomes[0], first.outcomes[0]
    if new.status is Status.ERROR or old.status not in (Status.PROVED, Status.REFUTED):
        return True
    return new.status is not Status.UNKNOWN and new.status is not Status.TIMEOUT


def _decides(check: Check, outcome: Outcome) -> bool:
    if outcome.status is Status.PROVED:
        return outcome.trust in PROOF_TRUSTS
    return outcome.status is Status.REFUTED or (check.expect is Expect.SUPPORTED and outcome.supports)


def _vacuity_result(check: Check, steps: list[_Progress]) -> VacuityResult | None:
    statement = check.statement
    if statement is None or check.expect is Expect.REFUTED or not vacuity.has_conditions(statement):
        return None
    found: VacuityResult | None = None
    if check.example is not None and statement.hypotheses:
        problem = vacuity.model_problem(statement, check.example)
        found = VacuityResult(problem is None, dict(check.example), "example", problem or "")
    for progress in steps:
        if found is not None and not found.satisfiable:
            break
        result = _searched_model(progress.outcomes)
        found = result if found is None or not result.satisfiable else found
    return found or VacuityResult(False, detail="no engine was available to look for one")


def _searched_model(outcomes: list[Outcome]) -> VacuityResult:
    if outcomes and outcomes[-1].status is Status.REFUTED:
        return VacuityResult(True, outcomes[-1].witness, outcomes[-1].engine)
    tried = "; ".join(f"{o.engine} {o.status} {o.detail}".strip() for o in outcomes)
    return VacuityResult(False, detail=tried or "no engine was available to look for one")


def _contradictions(results: tuple[ClaimResult, ...]) -> Iterator[str]:
    """Yield contradictions inside a check, and between checks of the same statement."""
    for result in results:
        for check in result.checks:
            if check.contradiction:
                yield f"{result.claim.id} {check.check.id}: {check.contradiction}"
    proved: dict[str, str] = {}
    refuted: dict[str, str] = {}
    for result in results:
        for check in result.checks:
            statement = check.check.statement
            if statement is None or check.contradiction:
                continue
            for outcome in check.evidence.outcomes:
                place = f"{outcome.engine} {{}} in {result.claim.id} {check.check.id}"
                if (
                    outcome.status is Status.PROVED
                    and outcome.trust in PROOF_TRUSTS
                    and is_grounded(check.evidence, outcome)
                ):
                    proved.setdefault(statement.digest, place)
                elif outcome.status is Status.REFUTED:
                    refuted.setdefault(statement.digest, place)
    for digest, place in refuted.items():
        if digest in proved:
            yield f"{proved[digest].format('proved')} what {place.format('refuted')}"
