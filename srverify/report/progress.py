"""A line on a terminal's stderr that says how far long work is; silent anywhere else."""

from __future__ import annotations

import sys
import time
from types import TracebackType

_WIDTH = 30
#: Seconds between two drawings.
_PAUSE = 0.1


class Bar:
    """Draw how many of ``total`` steps are done; a context manager.

    >>> with Bar("points", 2) as bar:  # draws nothing here, where stderr is no terminal
    ...     bar.advance(2)
    """

    def __init__(self, what: str, total: int) -> None:
        self._what = what
        self._total = total
        self._done = 0
        self._started = time.monotonic()
        self._drawn = 0.0
        self._visible = sys.stderr.isatty()

    def __enter__(self) -> Bar:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._visible:
            self._draw()
            print(file=sys.stderr)

    def advance(self, steps: int = 1) -> None:
        """Count steps as done."""
        self._done += steps
        if self._visible and time.monotonic() - self._drawn > _PAUSE:
            self._draw()

    def set(self, done: int, total: int) -> None:
        """Set what is done of how much (for work whose size is known only when it runs)."""
        self._total = total
        self._done = done
        self.advance(0)

    def _draw(self) -> None:
        self._drawn = time.monotonic()
        share = self._done / self._total if self._total else 1.0
        filled = round(share * _WIDTH)
        seconds = self._drawn - self._started
        line = f"\r{self._what} [{'#' * filled}{'.' * (_WIDTH - filled)}] {self._done}/{self._total}"
        print(f"{line}, {seconds:.0f} s", end="", file=sys.stderr, flush=True)
