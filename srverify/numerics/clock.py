"""Limits of a search: time and steps."""

from __future__ import annotations

import time
from dataclasses import dataclass


class OutOfTimeError(Exception):
    """The deadline of the search has passed."""


class OutOfStepsError(Exception):
    """A proof took more steps than it was given."""


def now() -> float:
    """Return the seconds of processor time that this thread has had.

    Searches are limited by these and not by the clock on the wall: what they find must not depend on
    what else the machine does. Whoever runs them sees to it that they do not sleep for ever.
    """
    return time.thread_time()


@dataclass
class Clock:
    """A deadline, in the thread's processor time, of everything that works on one statement."""

    deadline: float

    @staticmethod
    def after(seconds: float) -> Clock:
        """Return a clock that stops after some seconds."""
        return Clock(now() + seconds)

    def check(self) -> None:
        """Raise OutOfTimeError after the deadline."""
        if now() > self.deadline:
            raise OutOfTimeError

    def left(self) -> float:
        """Return the seconds that remain."""
        return self.deadline - now()

    def part(self, seconds: float) -> Clock:
        """Return a clock that stops after some seconds, or earlier with this one."""
        return Clock(min(self.deadline, now() + seconds))
