"""Plain tables that fit a width: the last column wraps, the others keep what they hold."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence

from srverify.report.style import Style

_PAINT = re.compile(r"\x1b\[[0-9;]*m")
#: The last column never gets narrower than this, whatever the width.
_MIN_LAST = 20


def visible(text: str) -> int:
    """Return the columns that a text takes, colour codes not counted."""
    return len(_PAINT.sub("", text))


def table_lines(
    head: Sequence[str], rows: Sequence[Sequence[str]], width: int, style: Style
) -> Iterator[str]:
    """Yield the lines of a table; cells may be painted, those of the last column only as a whole."""
    sizes = [max(visible(row[column]) for row in (head, *rows)) for column in range(len(head) - 1)]
    left = max(_MIN_LAST, width - sum(sizes) - 2 * len(sizes))
    if any(head):
        yield style("  ".join((*map(_pad, head[:-1], sizes), head[-1])).rstrip(), "bold")
    for row in rows:
        lines = textwrap.wrap(row[-1], left, break_on_hyphens=False) or [""]
        yield "  ".join((*map(_pad, row[:-1], sizes), lines[0])).rstrip()
        for line in lines[1:]:
            yield " " * (sum(sizes) + 2 * len(sizes)) + line


def _pad(text: str, size: int) -> str:
    return text + " " * (size - visible(text))


def print_table(head: Sequence[str], rows: Sequence[Sequence[str]], width: int, style: Style) -> None:
    """Print a table."""
    for line in table_lines(head, rows, width, style):
        print(line)
