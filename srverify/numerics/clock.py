"""Limits of a search: time and steps."""

from __future__ import annotations

import time
from dataclasses import dataclass


class OutOfTimeError(Exception):
    """The deadline of the search has passed."""


class OutOfStepsError(Exception):
    """A proof took more steps than it was given."""


@dataclass
class Clock:
    """A deadline shared by everything that works on one statement."""

    deadline: float

    def check(self) -> None:
        """Raise OutOfTimeError after the deadline."""
        if time.monotonic() > self.deadline:
            raise OutOfTimeError

    def left(self) -> float:
        """Return the seconds that remain."""
        return self.deadline - time.monotonic()

    def part(self, seconds: float) -> Clock:
        """Return a clock that stops after some seconds, or earlier with this one."""
        return Clock(min(self.deadline, time.monotonic() + seconds))
