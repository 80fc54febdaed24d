"""Which worker a run goes to: rather one that has met its question, and has imported what it needs.

What a library takes to import, in time and in memory, it takes in every worker that uses it; and what a
process has found out about a statement (lemmas, enclosures, a mutant's original) it knows the next time.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Protocol

#: How many of the next runs are looked at for one that suits a worker: claims are to come in order.
WINDOW = 256
#: Nothing speaks against a worker. What may, in this order: so many libraries others have imported and
#: it has not; another knows the topic; nothing of what it has imported is used, so that the run may as
#: well be another's.
_SUITS = (0, False, False)


class Placed(Protocol):
    """A run as far as its place matters."""

    @property
    def libraries(self) -> frozenset[str]:
        """What its engine imports."""

    @property
    def topic(self) -> Hashable:
        """What it is about."""


class Placement:
    """What every worker has imported, and the worker that a topic came to last."""

    def __init__(self, workers: int) -> None:
        self._imported: list[frozenset[str]] = [frozenset()] * workers
        self._worker_of: dict[Hashable, int] = {}

    def choose(self, worker: int, runs: Sequence[Placed]) -> int:
        """Return the index of the first of the next runs that suits a worker best; there is one."""
        own = self._imported[worker]
        elsewhere = frozenset().union(*self._imported) - own
        #: What speaks against the worker by what a run imports: of few kinds, asked for again and again.
        costs: dict[frozenset[str], tuple[int, bool]] = {}
        best, least = 0, None
        for index, run in enumerate(runs[:WINDOW]):
            libraries = run.libraries
            if libraries not in costs:
                costs[libraries] = len(libraries & elsewhere), own.isdisjoint(libraries)
            missing, unused = costs[libraries]
            if least is not None and missing > least[0]:
                continue
            score = missing, self._worker_of.get(run.topic, worker) != worker, unused
            if least is None or score < least:
                best, least = index, score
                if score == _SUITS:
                    break
        return best

    def place(self, worker: int, run: Placed) -> None:
        """Remember that a worker was given a run."""
        self._imported[worker] |= run.libraries
        self._worker_of[run.topic] = worker
