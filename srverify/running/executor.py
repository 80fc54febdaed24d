"""Executors: where jobs run. Local worker processes by default, or an existing Dask cluster.

A job is a picklable value; ``run_job`` runs it in the calling thread's worker process, wherever that
thread is: in this process, or in a Dask worker.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from weakref import WeakKeyDictionary

from srverify.claims.outcome import Outcome, Status
from srverify.language.errors import InputError
from srverify.running.isolation import WorkerProcess, worker_of_thread
from srverify.running.task import Task

#: Seconds that a stopped job may take to end before its worker is killed once more.
_STOPPING_SECONDS = 0.02


@dataclass(frozen=True)
class Job:
    """Tasks to be tried in turn.

    Parameters
    ----------
    tasks
        What to run, in order.
    until
        Stop after the first outcome with one of these statuses; empty: run all.
    """

    tasks: tuple[Task, ...]
    until: frozenset[Status] = frozenset()


def run_job(job: Job) -> tuple[Outcome, ...]:
    """Run a job's tasks in this thread's worker process; one outcome per task that was run."""
    worker = worker_of_thread()
    outcomes: list[Outcome] = []
    for task in job.tasks:
        outcomes.append(worker.settle(task))
        if outcomes[-1].status in job.until:
            break
    return tuple(outcomes)


def available_cores() -> int:
    """Return the number of cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class LocalExecutor(ThreadPoolExecutor):
    """Threads that each drive one worker process.

    Plain functions run in the threads; ``srverify.running.isolation.call_isolated`` runs them in the
    worker processes.
    """

    def __init__(self, jobs: int) -> None:
        self._workers: list[WorkerProcess] = []
        #: The worker of each started job, while it runs.
        self._started: WeakKeyDictionary[Future[tuple[Outcome, ...]], list[WorkerProcess]]
        self._started = WeakKeyDictionary()
        #: Held while it is looked up, or changes, which worker runs which job.
        self._running = Lock()
        self._apart: tuple[LocalExecutor, ...] = ()
        super().__init__(jobs, "srverify", initializer=worker_of_thread, initargs=(self._workers,))

    def apart(self) -> tuple[LocalExecutor, ...]:
        """Return an executor for each of the workers, to choose among them; they end with this one."""
        if self._max_workers == 1:
            return (self,)
        self._apart = self._apart or tuple(LocalExecutor(1) for _ in range(self._max_workers))
        return self._apart

    def start(self, job: Job) -> Future[tuple[Outcome, ...]]:
        """Submit a job that ``stop`` may stop."""
        workers: list[WorkerProcess] = []

        def run() -> tuple[Outcome, ...]:
            worker = worker_of_thread()
            with self._running:
                workers.append(worker)
            try:
                return run_job(job)
            finally:
                with self._running:
                    workers.clear()

        future = self.submit(run)
        self._started[future] = workers
        return future

    def stop(self, jobs: Iterable[Future[tuple[Outcome, ...]]]) -> None:
        """Stop jobs: what has not begun is cancelled, and only the workers of the others are killed."""
        begun = {job for job in jobs if not job.cancel()}
        # Again and again, since a job may have begun without having reached its worker yet.
        while begun := wait(begun, timeout=_STOPPING_SECONDS).not_done:
            # Not a worker that has gone on to another job meanwhile.
            with self._running:
                for job in begun:
                    for worker in self._started[job]:
                        worker.interrupt()

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Shut down; with ``cancel_futures`` running tasks are killed too."""
        everyone = (*self._apart, self)
        for one in everyone:
            ThreadPoolExecutor.shutdown(one, wait=False, cancel_futures=cancel_futures)
        workers = [worker for one in everyone for worker in one._workers]
        if cancel_futures:
            for worker in workers:
                worker.abandon()
        for one in everyone:
            ThreadPoolExecutor.shutdown(one, wait=wait)
        if wait:
            for worker in workers:
                worker.close()


def check_spec(spec: str | None) -> None:
    """Raise InputError for an unknown executor: said before the work starts."""
    kind, _, address = (spec or "local").partition(":")
    if spec not in (None, "local") and not (kind == "dask" and "://" in address):
        raise InputError(f"unknown executor {spec!r}: write 'local' or 'dask:tcp://HOST:PORT'")


def make_executor(spec: str | None = None, jobs: int | None = None) -> Executor:
    """Return an executor.

    Parameters
    ----------
    spec
        ``None`` or ``local``; or ``dask:tcp://HOST:PORT``, an existing Dask scheduler.
    jobs
        Local worker processes; default: the cores that this process may use.

    Raises
    ------
    InputError
        For an unknown spec, a number of jobs below 1, or a scheduler that does not answer.
    """
    check_spec(spec)
    if jobs is not None and jobs < 1:
        raise InputError(f"the number of jobs must be at least 1, not {jobs}")
    if spec is None or spec == "local":
        return LocalExecutor(jobs or available_cores())
    from srverify.running.cluster import DaskExecutor

    return DaskExecutor(spec.partition(":")[2])


@contextmanager
def interruptible(executor: Executor) -> Iterator[Executor]:
    """Give an executor and shut it down; if the block is interrupted, stop at once what still runs."""
    try:
        yield executor
    except BaseException:
        executor.shutdown(wait=False, cancel_futures=True)
        raise
    executor.shutdown()
