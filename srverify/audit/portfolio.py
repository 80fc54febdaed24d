"""Settle one statement: the likeliest engine first, or all of them to compare what they say."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, replace
from time import monotonic
from types import TracebackType

from srverify.claims.obligation import Options
from srverify.claims.outcome import PROOF_TRUSTS, Outcome, Status, Trust
from srverify.claims.vocabulary import FIRST
from srverify.engines import REGISTRY
from srverify.language.errors import InputError
from srverify.language.statement import Statement, point_text
from srverify.running.executor import Job, LocalExecutor, available_cores
from srverify.running.meter import LOOK_SECONDS, Limit
from srverify.running.task import Task, encode, options_data

#: After the first answer the other engines get this many seconds, or as long again, to contradict it.
GRACE_SECONDS = 1.0
#: The other engines start if the first does not answer within this many seconds of work, which a busy
#: machine does not use up.
HEAD_START_SECONDS = 2.0
#: They start in any case after so many times that on the wall.
PATIENCE = 5.0
#: The part of the limit for an engine that follows the first where the statement is beyond what it
#: decides; and how many seconds of the limit it is given at least.
BEYOND_SHARE, LEAST_BEYOND_SECONDS = 0.25, 1.0


def is_proof(outcome: Outcome) -> bool:
    """Tell whether an outcome is a proof, not only support."""
    return outcome.status is Status.PROVED and outcome.trust in PROOF_TRUSTS


def is_answer(outcome: Outcome) -> bool:
    """Tell whether an outcome settles the statement."""
    return is_proof(outcome) or outcome.status is Status.REFUTED


@dataclass(frozen=True)
class Findings:
    """What the engines found on one statement.

    Parameters
    ----------
    outcomes
        One per engine that took the statement, in the order in which they came.
    seconds
        Wall time until the last of them.
    remembered
        Whether they are from an earlier run.
    """

    outcomes: tuple[Outcome, ...]
    seconds: float
    remembered: bool = False

    @property
    def best(self) -> Outcome | None:
        """The answer of strongest trust, the quickest among equals; ``None`` if nobody settled it."""
        answers = [outcome for outcome in self.outcomes if is_answer(outcome)]
        return min(answers, key=_strength, default=None)

    @property
    def status(self) -> Status:
        """``proved``, ``refuted``, or ``unknown`` when unsettled or contradictory."""
        if self.best is None or self.contradiction:
            return Status.UNKNOWN
        return self.best.status

    @property
    def contradiction(self) -> str:
        """Who proves and who refutes, if both happened; else empty."""
        proofs = [outcome.engine for outcome in self.outcomes if is_proof(outcome)]
        refuted = [outcome for outcome in self.outcomes if outcome.status is Status.REFUTED]
        if not proofs or not refuted:
            return ""
        at = point_text(refuted[0].witness or {})
        return f"proved by {', '.join(proofs)} but refuted by {refuted[0].engine} at {at}"


def _strength(outcome: Outcome) -> tuple[int, float]:
    rank = outcome.trust.rank if outcome.trust is not None else len(PROOF_TRUSTS)
    return rank, outcome.seconds


class Portfolio:
    """A pool of worker processes that settles statements; a context manager.

    Parameters
    ----------
    engines
        Names to ask; empty: every engine that is available and takes the statement.
    options
        Limits for each engine run.
    compare
        Let the others contradict an answer for a while, also where no engine was named. Otherwise the
        first proof whose trust is enough, or the first refutation, ends the search.
    enough
        The weakest trust of a proof that ends the search.
    jobs
        Engines that run at the same time; default: the cores that this process may use.
    executor
        Workers that other portfolios use too, in place of own ones: engines that follow the first then
        wait until it has ended.

    Raises
    ------
    InputError
        For an unknown engine, or one that was asked for and is not available.
    """

    def __init__(
        self,
        engines: Sequence[str],
        options: Options,
        jobs: int | None = None,
        *,
        compare: bool = False,
        enough: Trust = Trust.RIGOROUS,
        executor: LocalExecutor | None = None,
    ) -> None:
        from srverify.audit.engines import Engines

        self._options = options
        self._compare = compare or bool(engines)
        self._enough = enough
        self._jobs = jobs or available_cores()
        self._asked = tuple(dict.fromkeys(engines))
        self._engines = Engines()
        self._executor = executor
        self._shared = executor is not None
        self._closed = False
        for name in self._asked:
            state = self._engines[name]
            if not state.available:
                install = f" ({state.install})" if state.install else ""
                raise InputError(f"engine {name!r} is not available: {state.reason}{install}")

    def __enter__(self) -> Portfolio:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stop everything, from any thread; nothing is settled any more."""
        self._closed = True
        executor, self._executor = self._executor, None
        if executor is not None and not self._shared:
            executor.shutdown(cancel_futures=True)

    def settle(self, statement: Statement, *, refute_only: bool = False) -> Findings:
        """Run the engines until all have ended, or one has answered and the grace for others is over.

        Where nothing is compared, only ``FIRST`` runs at first, and an answer that is enough is waited
        on by nobody. ``refute_only``: a proof has been looked for already.
        """
        limits = replace(self._options, refute_only=refute_only)
        started = monotonic()
        outcomes: list[Outcome] = []
        names = list(self._asked or REGISTRY)
        later: list[str] = []
        if not self._compare and FIRST in names:
            later = [name for name in names if name != FIRST]
            names = [FIRST]
        pending = self._submit(statement, limits, names, outcomes)
        until: float | None = None
        # With one worker the others can only follow; where workers are shared, other statements go on.
        follows = self._jobs == 1 or self._shared
        head_start = Limit(os.getpid(), HEAD_START_SECONDS) if later and not follows else None
        while pending or later:
            left = None if until is None else max(0.0, until - monotonic())
            done, _ = wait(
                pending,
                timeout=LOOK_SECONDS if head_start and later else left,
                return_when=FIRST_COMPLETED,
            )
            # Of those that ended meanwhile the one that was started first comes first.
            for future in [future for future in pending if future in done]:
                name = pending.pop(future)
                outcomes.append(_result(name, future))
            if not self._compare and any(map(self._is_enough, outcomes)):
                break
            late = head_start is not None and (
                monotonic() - started > PATIENCE * HEAD_START_SECONDS or head_start.passed()
            )
            if later and (not pending or late):
                pending |= self._submit(statement, limits, later, outcomes)
                later = []
            if until is None and any(is_answer(outcome) for outcome in outcomes):
                until = monotonic() + max(GRACE_SECONDS, monotonic() - started)
            if until is not None and monotonic() >= until:
                break
        if pending and self._executor is not None:
            # Killing is the only way to stop a solver; idle workers stay for the next statement.
            self._executor.stop(pending)
            unheard = [
                Outcome(name, Status.UNKNOWN, detail="not waited for") for name in pending.values()
            ]
            outcomes.extend(unheard)
        return Findings(tuple(outcomes), monotonic() - started)

    def _is_enough(self, outcome: Outcome) -> bool:
        """Tell whether nothing needs to be asked after an outcome."""
        if outcome.status is Status.REFUTED:
            return True
        return (
            is_proof(outcome) and outcome.trust is not None and outcome.trust.rank <= self._enough.rank
        )

    def _submit(
        self, statement: Statement, limits: Options, names: Sequence[str], outcomes: list[Outcome]
    ) -> dict[Future[tuple[Outcome, ...]], str]:
        """Start the engines that take the statement; those asked for that do not are told at once."""
        from srverify.audit.engines import unexamined

        if self._closed:
            raise RuntimeError("the portfolio is closed")
        if self._executor is None:
            self._executor = LocalExecutor(self._jobs)
        started: list[tuple[str, Task, bool]] = []
        for name in names:
            # To see whether the first is there would import its library here: its worker finds out.
            first = names == [FIRST] and not self._asked
            state = unexamined(name) if first else self._engines[name]
            if not state.available or state.instance is None:
                continue
            refusal = state.instance.refusal(statement)
            if refusal is not None:
                if self._asked:
                    outcomes.append(Outcome(name, Status.UNKNOWN, detail=f"not taken: {refusal}"))
                continue
            beyond = not self._compare and not first and state.instance.beyond(statement)
            options = _shortened(limits) if beyond else limits
            task = Task(name, state.entry, encode(statement), options_data(options))
            started.append((name, task, beyond))
        # What is likely to answer comes first.
        started.sort(key=lambda start: start[2])
        return {self._executor.start(Job((task,))): name for name, task, _ in started}


def _shortened(limits: Options) -> Options:
    """Return the limits of an engine that follows the first on a statement that is beyond it."""
    least = min(LEAST_BEYOND_SECONDS, limits.timeout)
    return replace(limits, timeout=max(BEYOND_SHARE * limits.timeout, least))


def _result(name: str, future: Future[tuple[Outcome, ...]]) -> Outcome:
    error = future.exception()
    if error is not None:
        return Outcome(name, Status.ERROR, detail=f"{type(error).__name__}: {error}")
    return future.result()[0]
