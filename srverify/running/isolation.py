"""Drive worker processes: time limits by killing, crashes told as outcomes, one per thread.

What statements and outcomes are is imported when it is needed: a worker starts before.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import subprocess
import sys
import tempfile
import threading
import time
import weakref
from collections.abc import Callable
from typing import IO, TYPE_CHECKING, Any

from srverify.running import worker
from srverify.running.interpreter import search_path, worker_environment
from srverify.running.meter import LOOK_SECONDS, Limit
from srverify.running.worker import HEADER, frame, kill_tree

if TYPE_CHECKING:
    from srverify.claims.outcome import Outcome
    from srverify.running.task import Task

#: Seconds that a worker may take to start, import an engine and its libraries, and load an obligation.
STARTUP_SECONDS = 60.0
#: An engine minds its own limit first; the worker is killed this much later.
GRACE_SECONDS = 1.0
#: How much of a dead worker's stderr is looked at for a reason.
_STDERR_TAIL = 2000


class WorkerDiedError(Exception):
    """The worker process ended before it answered; the message says how."""


class WorkerLateError(Exception):
    """The worker process did not answer in time and was killed."""


class WorkerStartError(WorkerLateError):
    """The worker process did not get as far as the engine."""


#: Deaths that come from outside: by the caller, an administrator or the machine's lack of memory.
_FROM_OUTSIDE = ("cancelled", "the worker was killed by SIGKILL", "the worker was killed by SIGTERM")


def _report_on(task: Task, reason: str) -> str:
    """Write a report on a worker's own death; return the words that ask for it."""
    ours = task.obligation.get("kind") == "statement"
    if not ours or reason.startswith((*_FROM_OUTSIDE, "no worker could be started")):
        return ""
    from srverify.running.crash import sent_from, write_crash_report

    return f"; {sent_from(write_crash_report(f'{task.engine}: {task.subject}', reason))}"


class WorkerProcess:
    """One persistent worker process; started when first used, restarted after a crash or a kill.

    Not thread-safe except for ``close``, ``abandon`` and ``interrupt``.
    """

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._stderr: IO[bytes] | None = None
        self._buffer = b""
        self._abandoned = False
        self._busy = False
        self._interrupted = False
        # Between starting a process and knowing it: ``abandon`` comes from another thread.
        self._starting = threading.Lock()

    # -- requests ----------------------------------------------------------------------------

    def settle(self, task: Task) -> Outcome:
        """Settle a task; a crash, a hang or a lack of memory becomes the task's own outcome."""
        from srverify.claims.outcome import Status

        started = time.monotonic()
        try:
            kind, payload = self._exchange(
                ("settle", task, task.memory_mb), task.timeout + GRACE_SECONDS
            )
        except WorkerStartError:
            detail = f"the worker did not start within {STARTUP_SECONDS:g} s"
            return task.failed(Status.ERROR, detail, time.monotonic() - started)
        except WorkerLateError:
            seconds = time.monotonic() - started
            return task.failed(Status.TIMEOUT, f"killed after {task.timeout:g} s", seconds)
        except WorkerDiedError as error:
            detail = f"{error}{_report_on(task, str(error))}"
            return task.failed(Status.ERROR, detail, time.monotonic() - started)
        if kind == "memory":
            self.close()
            detail = f"out of memory (limit {task.memory_mb} MiB)"
            return task.failed(Status.ERROR, detail, time.monotonic() - started)
        outcome: Outcome = payload
        return outcome

    def call(self, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Call a plain, picklable function in the worker process and return what it returns.

        Raises what the function raises; WorkerDiedError if the process ends meanwhile.
        """
        kind, payload = self._exchange(("call", (function, args, kwargs), None), None)
        if kind == "memory":
            self.close()
            raise MemoryError(f"{function} ran out of memory")
        if kind == "raised":
            raise payload
        return payload

    def call_within(
        self, seconds: float, memory_mb: int, function: Callable[..., Any], *args: Any
    ) -> Any:
        """Call a function as ``call`` does, under limits on the process.

        Raises WorkerLateError after ``seconds`` of work, and MemoryError beyond ``memory_mb``; the
        process is killed then.
        """
        kind, payload = self._exchange(("call", (function, args, {}), memory_mb), seconds)
        if kind == "memory":
            self.close()
            raise MemoryError(f"out of memory (limit {memory_mb} MiB)")
        if kind == "raised":
            raise payload
        return payload

    def _exchange(self, request: Any, seconds: float | None) -> tuple[str, Any]:
        """Send a request and return its answer; the limit counts from ``begin`` to the answer."""
        with self._starting:
            if self._abandoned:
                raise WorkerDiedError("cancelled")
            try:
                process = self._started()
            except OSError as error:
                raise WorkerDiedError(f"no worker could be started: {error.strerror}") from None
            self._busy, self._interrupted = True, False
        try:
            return self._exchanged(process, request, seconds)
        finally:
            with self._starting:
                self._busy = False
                if self._interrupted:
                    # The answer may have come first; the next request must not go to a dying process.
                    self.close()

    def _exchanged(
        self, process: subprocess.Popen[bytes], request: Any, seconds: float | None
    ) -> tuple[str, Any]:
        assert process.stdin is not None
        try:
            process.stdin.write(frame(request))
            process.stdin.flush()
            try:
                kind, payload = self._reply(Limit(process.pid, STARTUP_SECONDS))
            except WorkerLateError:
                raise WorkerStartError from None
            if kind == "begin":
                kind, payload = self._reply(None if seconds is None else Limit(process.pid, seconds))
        except (BrokenPipeError, EOFError):
            raise WorkerDiedError(self._autopsy()) from None
        except WorkerLateError:
            self.close()
            raise
        return kind, payload

    def _reply(self, limit: Limit | None) -> tuple[str, Any]:
        import pickle

        (length,) = HEADER.unpack(self._read(HEADER.size, limit))
        reply: tuple[str, Any] = pickle.loads(self._read(length, limit))
        return reply

    def _read(self, size: int, limit: Limit | None) -> bytes:
        assert self._process is not None
        assert self._process.stdout is not None
        descriptor = self._process.stdout.fileno()
        poll = select.poll()
        poll.register(descriptor, select.POLLIN)
        while len(self._buffer) < size:
            if not poll.poll(None if limit is None else LOOK_SECONDS * 1000):
                # An answer may have come while this process had to wait.
                if limit is not None and limit.passed() and not poll.poll(0):
                    raise WorkerLateError
                continue
            data = os.read(descriptor, 1 << 16)
            if not data:
                raise EOFError
            self._buffer += data
        head, self._buffer = self._buffer[:size], self._buffer[size:]
        return head

    # -- life and death ----------------------------------------------------------------------

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        self.close()
        self._buffer = b""
        self._stderr = tempfile.TemporaryFile("ab+")  # noqa: SIM115 - lives as long as the worker
        self._process = subprocess.Popen(
            # By its file and without the working directory: what lies there must not be imported.
            [sys.executable, "-P", worker.__file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._stderr,
            env=worker_environment(os.environ),
            start_new_session=True,
        )
        assert self._process.stdin is not None
        self._process.stdin.write(frame(search_path()))
        return self._process

    def _autopsy(self) -> str:
        """Say how the worker ended, and clean up after it."""
        process = self._process
        assert process is not None
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=5)
        code = process.returncode
        if self._abandoned or self._interrupted:
            reason = "cancelled"
        elif code is None:
            reason = "the worker closed its pipe"
        elif code < 0:
            reason = f"the worker was killed by {signal.Signals(-code).name}"
        else:
            reason = f"the worker exited with status {code}"
        last = self._last_words()
        self.close()
        return f"{reason}: {last}" if last else reason

    def _last_words(self) -> str:
        if self._stderr is None:
            return ""
        size = self._stderr.seek(0, os.SEEK_END)
        self._stderr.seek(max(0, size - _STDERR_TAIL))
        lines = self._stderr.read().decode(errors="replace").strip().splitlines()
        return lines[-1].strip()[:200] if lines else ""

    def close(self) -> None:
        """Kill the worker and everything it started; it restarts when used again."""
        process, self._process = self._process, None
        stderr, self._stderr = self._stderr, None
        if process is not None:
            kill_tree(process.pid)
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    with contextlib.suppress(OSError):
                        stream.close()
        if stderr is not None:
            stderr.close()

    def interrupt(self) -> None:
        """Kill the worker if it is busy, from any thread: its owner sees ``cancelled``, and goes on."""
        with self._starting:
            if self._busy and self._process is not None:
                self._interrupted = True
                kill_tree(self._process.pid)

    def abandon(self) -> None:
        """Kill the worker for good, from any thread: its owner sees ``cancelled``."""
        with self._starting:
            self._abandoned = True
            process = self._process
        if process is not None:
            kill_tree(process.pid)


_local = threading.local()
#: Workers that were started before there was anything to ask them, with the threads that wait for them.
_early: list[tuple[WorkerProcess, threading.Thread]] = []


def start_early(entry: str) -> None:
    """Start a worker process that imports an engine while this process does something else.

    The next thread that needs a worker takes it. What fails here fails again, with its reason, where
    it counts.
    """

    def load() -> None:
        with contextlib.suppress(Exception):
            early.call(worker.preload, entry)

    early = WorkerProcess()
    # A daemon: if nothing is asked after all, nobody waits; the worker ends with this process.
    waiting = threading.Thread(target=load, daemon=True)
    _early.append((early, waiting))
    waiting.start()


def worker_of_thread(owner: list[WorkerProcess] | None = None) -> WorkerProcess:
    """Return this thread's worker; it is closed when the thread ends.

    ``owner``, if given, receives a newly made worker.
    """
    worker: WorkerProcess | None = getattr(_local, "worker", None)
    if worker is None:
        worker = _local.worker = _taken_early() or WorkerProcess()
        # A thread's locals are dropped when it ends; the process must go with them.
        _local.closer = _Closer(worker)
        if owner is not None:
            owner.append(worker)
    return worker


def _taken_early() -> WorkerProcess | None:
    try:
        early, waiting = _early.pop()
    except IndexError:
        return None
    waiting.join()
    return early


class _Closer:
    def __init__(self, worker: WorkerProcess) -> None:
        self._finalizer = weakref.finalize(self, worker.close)


def call_isolated(function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """Call a plain function in this thread's worker process; to be submitted to an executor."""
    return worker_of_thread().call(function, *args, **kwargs)
