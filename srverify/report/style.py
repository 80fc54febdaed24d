"""Colour and width of terminal output: NO_COLOR, FORCE_COLOR, pipes."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from srverify.claims.claim import Verdict

_CODES = {
    "bold": "1",
    "dim": "2",
    "red": "31",
    "green": "32",
    "yellow": "33",
    "blue": "34",
    "magenta": "35",
    "cyan": "36",
}
#: One colour per verdict, by its word; red is kept for what is not as it should be.
VERDICT_COLOURS = {
    "holds": "green",
    "repaired": "yellow",
    "refuted": "magenta",
    "conditional": "cyan",
    "sharper": "blue",
    "open": "red",
}
#: Columns of output that goes to a file or a pipe.
PIPE_WIDTH = 80


def wants_colour(stream: TextIO) -> bool:
    """Tell whether a stream gets colour: NO_COLOR forbids it, FORCE_COLOR forces it, else a terminal."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def width_of(stream: TextIO) -> int:
    """Return the columns to fill: the terminal's, or 80 in a pipe."""
    return shutil.get_terminal_size().columns if stream.isatty() else PIPE_WIDTH


def counted(count: int, singular: str, plural: str | None = None) -> str:
    """Return a count with its noun.

    >>> counted(1, "claim"), counted(2, "claim"), counted(2, "entry", "entries")
    ('1 claim', '2 claims', '2 entries')
    """
    return f"{count} {singular if count == 1 else plural or f'{singular}s'}"


class Style:
    """Paint text, or leave it alone."""

    def __init__(self, colour: bool) -> None:
        self.colour = colour

    def __call__(self, text: str, *names: str) -> str:
        """Return the text in a colour and weight."""
        if not self.colour or not names:
            return text
        return f"\x1b[{';'.join(_CODES[name] for name in names)}m{text}\x1b[0m"

    def verdict(self, verdict: Verdict, pad: int = 0) -> str:
        """Return a verdict in its colour, padded on the right."""
        return self(f"{verdict:<{pad}}", VERDICT_COLOURS[verdict])
