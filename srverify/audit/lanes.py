"""Settle many statements side by side: each lane has a portfolio of its own, all share the workers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue
from types import TracebackType
from typing import TypeVar

from srverify.audit.portfolio import Portfolio
from srverify.running.executor import LocalExecutor, available_cores

Goal = TypeVar("Goal")
Result = TypeVar("Result")


class Lanes:
    """So many portfolios, each at work on one statement at a time; a context manager.

    More lanes than workers keep all workers busy: the engines of the last statement, too, run side by
    side, and a statement for which only one engine is left leaves the other workers to the next.

    Parameters
    ----------
    make
        Makes a portfolio that runs its engines on these workers, or on its own.
    number
        How many lanes.
    workers
        How many workers they share; default: the cores that this process may use.
    """

    def __init__(
        self, make: Callable[[LocalExecutor], Portfolio], number: int, workers: int | None = None
    ) -> None:
        self._executor = LocalExecutor(workers or available_cores())
        self._portfolios = [make(self._executor) for _ in range(number)]
        self._idle: SimpleQueue[Portfolio] = SimpleQueue()
        for portfolio in self._portfolios:
            self._idle.put(portfolio)
        self._threads = ThreadPoolExecutor(number, "srverify-lane")

    def __enter__(self) -> Lanes:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
        for portfolio in self._portfolios:
            portfolio.close()
        self._executor.shutdown(cancel_futures=True)
        self._threads.shutdown()

    def map(
        self, settle: Callable[[Goal, Portfolio], Result], goals: Iterable[Goal]
    ) -> Iterator[Result]:
        """Yield the results in the order of the goals; raises what ``settle`` raises."""

        def settled(goal: Goal) -> Result:
            portfolio = self._idle.get()
            try:
                return settle(goal, portfolio)
            finally:
                self._idle.put(portfolio)

        for future in [self._threads.submit(settled, goal) for goal in goals]:
            yield future.result()
