"""A worker process: settles tasks under a memory limit, and dies with its parent.

Run by its file (``python -P …/worker.py``) by ``srverify.running.isolation``, which owns the other ends
of its pipes. The first message is the search path of modules; the package is the one that this file
belongs to, whatever else is on that path.
Requests come in on stdin and replies go out on stdout as length-prefixed pickles; what engines print
goes to stderr, so that it cannot be mistaken for a reply.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import os
import pickle
import resource
import select
import signal
import struct
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from typing import IO, TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from srverify.claims.obligation import Obligation, Options
    from srverify.claims.outcome import Outcome
    from srverify.language.statement import Statement
    from srverify.running.task import Task

#: After so many answers, free memory is given back: solvers leave much of it between what is kept.
_GIVING_BACK = 64
#: A frame is this header (the body's length) and a pickled body.
HEADER = struct.Struct(">Q")


def frame(body: Any) -> bytes:
    """Return a message as bytes."""
    data = pickle.dumps(body)
    return HEADER.pack(len(data)) + data


def _frames(stream: IO[bytes]) -> Iterator[Any]:
    while len(header := stream.read(HEADER.size)) == HEADER.size:
        yield pickle.loads(stream.read(HEADER.unpack(header)[0]))


def kill_tree(leader: int) -> None:
    """Kill a process, its group, and every descendant, those with groups of their own too."""
    doomed = [leader, *descendants(leader)]
    for process in doomed:
        if process != os.getpid():
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(process, signal.SIGKILL)
    # Last, since the reaper itself belongs to the group.
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)


def descendants(process: int) -> list[int]:
    """Return the descendants of a process, as far as /proc tells."""
    found: list[int] = []
    pending = [process]
    while pending:
        parent = pending.pop()
        try:
            tasks = os.listdir(f"/proc/{parent}/task")
        except OSError:
            continue
        for task in tasks:
            with contextlib.suppress(OSError), open(f"/proc/{parent}/task/{task}/children") as stream:
                pending += (children := [int(text) for text in stream.read().split()])
                found += children
    return found


def _start_reaper(requests: int) -> None:
    """Fork a watcher that kills the worker and what it started once the parent's pipe is gone.

    A thread would not do: an engine inside C code may hold the interpreter's lock for minutes.
    """
    worker = os.getpid()
    if os.fork() != 0:
        return
    for descriptor in (0, 1, 2):
        os.dup2(os.open(os.devnull, os.O_RDWR), descriptor)
    # An open copy of the reply pipe would hide the worker's own death from the parent.
    os.closerange(3, requests)
    os.closerange(requests + 1, 1024)
    poll = select.poll()
    poll.register(requests, 0)  # hang-up is always reported; data is not ours to read
    poll.poll()
    kill_tree(worker)


def _limit_memory(megabytes: int) -> None:
    wanted = megabytes << 20
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard != resource.RLIM_INFINITY:
        wanted = min(wanted, hard)
    resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))


class Settler(Protocol):
    """What a worker asks of an engine (``srverify.engines`` is a floor above)."""

    def load(self) -> None:
        """Import what the engine needs."""

    def refusal(self, obligation: Obligation) -> str | None:
        """Return why the obligation is not taken, or None."""

    def settle(self, obligation: Obligation, options: Options) -> Outcome:
        """Settle an obligation."""


class _Sources:
    """The sources of srverify that this process runs, compared with those that its caller knows.

    An outcome is remembered under the sources that its caller hashed; had others run (another copy on
    a cluster's machine, a file edited meanwhile), a false outcome would be served ever after.
    """

    def __init__(self) -> None:
        self._found: dict[str, bytes] = {}
        self._digest = ""
        #: Modules that need no look any more: they are as they were, or not of srverify.
        self._seen: set[str] = set()

    def difference(self, expected: str) -> str:
        """Say how what is loaded differs from what the caller hashed; empty if it does not."""
        if not expected:
            return ""
        from srverify.running.cache import file_digest, package_digest, package_files

        if not self._digest:
            self._found = {str(path): file_digest(path) for path in package_files()}
            self._digest = package_digest()
        if self._digest != expected:
            return f"the sources of srverify at {_package()} are not those that the caller runs"
        for name in sys.modules.keys() - self._seen:
            module = sys.modules.get(name)
            file = getattr(module, "__file__", None)
            if name.partition(".")[0] != "srverify" or file is None:
                self._seen.add(name)
                continue
            with open(file, "rb") as stream:
                now = hashlib.sha256(stream.read()).digest()
            if self._found.get(os.path.realpath(file)) != now:
                return f"{file} was changed while the audit was running"
            self._seen.add(name)
        return ""


_sources = _Sources()
_engines: dict[str, Settler] = {}


def _engine(entry: str) -> Settler:
    if entry not in _engines:
        import importlib

        module, _, attribute = entry.partition(":")
        _engines[entry] = getattr(importlib.import_module(module), attribute)()
    return _engines[entry]


def preload(entry: str) -> None:
    """Import an engine and what it needs, before anything is asked of it."""
    _engine(entry).load()


def settle(task: Task, begun: Callable[[], None] = lambda: None) -> Outcome:
    """Run one engine on one obligation; never raises what an engine raises, except MemoryError.

    A refutation of a statement counts only if a second evaluator confirms its witness; a theorem is
    proved, and refutes only as the negation that it was asked for, on a trust that the engine names.
    ``begun`` is called when loading is over and the engine starts.
    """
    from dataclasses import replace

    from srverify.claims.obligation import Options
    from srverify.claims.outcome import Status
    from srverify.running.task import decode

    started = time.perf_counter()
    try:
        foreign = _sources.difference(task.package)
        if foreign:
            return task.failed(Status.ERROR, foreign)
        engine = _engine(task.entry)
        obligation = decode(task.obligation)
        refusal = engine.refusal(obligation)
        if refusal is None:
            engine.load()
        begun()
        started = time.perf_counter()
        if refusal is not None:
            return replace(
                task.failed(Status.UNKNOWN, f"not taken: {refusal}"), evidence={"refused": True}
            )
        outcome = engine.settle(obligation, Options(**task.options))
        finished = _finished(task, outcome, obligation, time.perf_counter() - started)
        foreign = _sources.difference(task.package)
        return task.failed(Status.ERROR, foreign) if foreign else finished
    except MemoryError:
        raise
    except Exception as error:
        return _failed(task, error, time.perf_counter() - started)


def _failed(task: Task, error: Exception, seconds: float) -> Outcome:
    """Return the outcome of an engine that raised: what it cannot take is no fault of anybody's.

    What a user's computation raises is told with its place; anything else is ours, and names a file.
    """
    from srverify.claims.outcome import Status
    from srverify.language.errors import SrverifyError

    if isinstance(error, SrverifyError) and task.obligation.get("kind") == "statement":
        return task.failed(Status.UNKNOWN, f"not taken: {error}", seconds)
    frames = traceback.extract_tb(error.__traceback__)
    source = task.obligation.get("file")
    own = [frame for frame in frames if frame.filename == source]
    place = own[-1] if own else frames[-1]
    lines = str(error).splitlines() or [""]
    where = f"{os.path.basename(place.filename)}:{place.lineno}"
    detail = f"{type(error).__name__}: {lines[0]} ({where})"
    if own or (isinstance(error, LookupError | SrverifyError) and source):
        return task.failed(Status.ERROR, detail, seconds)
    from srverify.running.crash import sent_from, trace_of, write_crash_report

    report = write_crash_report(f"{task.engine}: {task.subject}", trace_of(error))
    return task.failed(Status.ERROR, f"{detail}; {sent_from(report)}", seconds)


def _finished(task: Task, outcome: Outcome, obligation: object, seconds: float) -> Outcome:
    import json
    from dataclasses import replace

    from srverify.claims.obligation import Theorem
    from srverify.claims.outcome import Status, accepted
    from srverify.language.statement import Statement

    if outcome.engine != task.engine:
        return task.failed(Status.ERROR, f"the outcome names engine {outcome.engine!r}", seconds)
    outcome = replace(outcome, seconds=round(seconds, 6))
    asked = isinstance(obligation, Theorem)
    settled = outcome.status is Status.PROVED or (asked and outcome.status is Status.REFUTED)
    if settled and outcome.trust is None:
        return task.failed(Status.ERROR, f"{outcome.status}, but does not say what is trusted", seconds)
    if isinstance(obligation, Theorem) and settled and outcome.status is not accepted(obligation):
        return task.failed(
            Status.ERROR, f"{outcome.status}, where {obligation.claimed} was asked for", seconds
        )
    if outcome.status is Status.REFUTED and isinstance(obligation, Statement):
        outcome = _confirmed(task, outcome, obligation)
    try:
        json.dumps(outcome.to_dict(), allow_nan=False)
    except (TypeError, ValueError) as error:
        return task.failed(Status.ERROR, f"the outcome is not plain data: {error}", seconds)
    return outcome


def _confirmed(task: Task, outcome: Outcome, statement: Statement) -> Outcome:
    """Return a refutation that a second evaluator confirmed, with what is undefined there, if anything.

    A point that the second evaluator cannot judge settles nothing; one that it sees hold is a fault.
    """
    from dataclasses import replace
    from fractions import Fraction

    from srverify.claims.outcome import Status
    from srverify.numerics.undefined import undefined_terms
    from srverify.numerics.witness import confirm, is_undecided, parse_witness

    witness = outcome.witness
    evaluator = None if witness is None else confirm(statement, witness, not_by=task.engine)
    if witness is None or evaluator is None:
        shown = "none given" if witness is None else dict(witness)
        if witness is not None and is_undecided(statement, witness, not_by=task.engine):
            detail = f"a point was found that no second evaluator can judge: {shown}"
            return task.failed(Status.UNKNOWN, detail, outcome.seconds)
        return task.failed(Status.ERROR, f"witness not confirmed: {shown}", outcome.seconds)
    point = parse_witness(witness)
    rational = {name: value for name, value in point.items() if isinstance(value, Fraction)}
    # Where a coordinate is a root of a polynomial, say, the detail of the engine has to do.
    undefined = undefined_terms(statement, rational) if len(rational) == len(point) else ""
    evidence = {**outcome.evidence, "confirmed_by": evaluator}
    if undefined:
        evidence["undefined"] = undefined
    detail = "; ".join(filter(None, (undefined, outcome.detail)))
    return replace(outcome, detail=detail, evidence=evidence)


def _answer(request: Any, send: Callable[[Any], None]) -> None:
    """Answer one request; a MemoryError is answered too, and ends the process."""
    kind, payload, memory_mb = request
    try:
        if memory_mb is not None:
            _limit_memory(memory_mb)
        if kind == "settle":
            send(("done", settle(payload, begun=lambda: send(("begin", None)))))
            return
        function, args, kwargs = payload
        send(("begin", None))
        try:
            send(("done", function(*args, **kwargs)))
        except MemoryError:
            raise
        except Exception as error:
            send(("raised", error))
    except MemoryError:
        # What is left of the process is not to be relied on.
        resource.setrlimit(resource.RLIMIT_AS, (resource.getrlimit(resource.RLIMIT_AS)[1],) * 2)
        send(("memory", None))
        os._exit(1)


def _give_back() -> None:
    """Give memory that is free back to the system, where that can be asked for (glibc)."""
    import ctypes

    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


def _package() -> str:
    return os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def _import_package(path: list[str]) -> None:
    """Take the parent's search path, and ``srverify`` from the folder of this file."""
    import importlib.util

    sys.path[:] = path
    package = _package()
    spec = importlib.util.spec_from_file_location(
        "srverify", os.path.join(package, "__init__.py"), submodule_search_locations=[package]
    )
    assert spec is not None
    assert spec.loader is not None
    sys.modules["srverify"] = module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    # Engines import this module too; they must find this instance of it.
    sys.modules["srverify.running.worker"] = sys.modules["__main__"]


def main() -> None:
    """Answer requests until the parent closes the pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what Ctrl-C means
    # Terms are kept and hold no cycles: looking for some among them took a tenth of all time.
    gc.set_threshold(200_000, 50, 100)
    requests = os.fdopen(os.dup(0), "rb")
    replies = os.fdopen(os.dup(1), "wb")
    _start_reaper(requests.fileno())
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)

    def send(body: Any) -> None:
        replies.write(frame(body))
        replies.flush()

    messages = _frames(requests)
    _import_package(next(messages, sys.path))
    for number, request in enumerate(messages, start=1):
        _answer(request, send)
        if number % _GIVING_BACK == 0:
            _give_back()


if __name__ == "__main__":
    main()
