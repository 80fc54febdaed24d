"""Limits on what a process and its descendants may take, on a busy machine as on an idle one.

What counts is the time that they had on processors, and the time in which all of them slept. Waiting for
a processor or a disk that others use is nobody's fault: an outcome must not hang on it.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable

from srverify.running.worker import descendants

#: Seconds between two looks.
LOOK_SECONDS = 0.1
#: Seconds on the wall after which a process is late in any case: so many for each second of its limit,
#: and so many more.
PATIENCE, LEAST_PATIENCE_SECONDS = 30.0, 60.0
#: A process that sleeps; in other states it works, or waits for its turn, or was stopped.
_ASLEEP = frozenset({"S", "I", "Z", "X"})


class Limit:
    """A number of seconds for a process and its descendants, from now on.

    Where the system does not tell what they had (no ``/proc``), the seconds are those on the wall.

    Parameters
    ----------
    process
        The id of a running process.
    seconds
        What it may take.
    """

    def __init__(self, process: int, seconds: float) -> None:
        self._process = process
        self._seconds = seconds
        self._begun = self._looked = time.monotonic()
        self._known = _taken(self._family())
        self._charged = 0.0

    def passed(self) -> bool:
        """Look, and tell whether the limit is over; to be asked every ``LOOK_SECONDS``."""
        now = time.monotonic()
        passed, self._looked = now - self._looked, now
        taken = _taken(self._family())
        if taken is None or self._known is None:
            self._charged += passed
        else:
            work = max(0.0, taken[0] - self._known[0])
            # Who asks may have had to wait too: nobody slept for that.
            sleep = min(passed, 2 * LOOK_SECONDS) if taken[1] else 0.0
            self._charged += max(work, sleep)
            self._known = max(taken[0], self._known[0]), taken[1]
        late = now - self._begun > PATIENCE * self._seconds + LEAST_PATIENCE_SECONDS
        return late or self._charged > self._seconds

    def _family(self) -> list[int]:
        return [self._process, *descendants(self._process)]


def _taken(processes: Iterable[int]) -> tuple[float, bool] | None:
    """Return the seconds that processes had on processors, and whether all of them sleep."""
    ticks, asleep, seen = 0, True, False
    for process in processes:
        try:
            with open(f"/proc/{process}/stat", "rb") as stream:
                # The program's name, in parentheses, may hold anything.
                fields = stream.read().rpartition(b")")[2].split()
        except OSError:
            continue
        seen = True
        # In user and system mode, and that of children that have ended.
        ticks += sum(map(int, fields[11:15]))
        asleep = asleep and fields[0].decode() in _ASLEEP
    return (ticks / os.sysconf("SC_CLK_TCK"), asleep) if seen else None
