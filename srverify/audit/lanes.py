"""Settle many statements side by side: each lane has a portfolio, and so workers, of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue
from types import TracebackType
from typing import TypeVar

from srverify.audit.portfolio import Portfolio

Goal = TypeVar("Goal")
Result = TypeVar("Result")


class Lanes:
    """So many portfolios, each at work on one statement at a time; a context manager."""

    def __init__(self, make: Callable[[], Portfolio], number: int) -> None:
        self._portfolios = [make() for _ in range(number)]
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
