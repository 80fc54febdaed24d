"""What an experiment is: points to simulate, a table, a reading of its numbers, and a figure."""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, cast

from srverify.language.errors import InputError

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Point = dict[str, Any]
"""The parameters of one point of a sweep: plain data (JSON)."""
Row = dict[str, Any]
"""What one point gave: plain data (JSON)."""

SCHEMA = 1


@dataclass(frozen=True)
class Result:
    """A finished experiment.

    ``columns`` are (key, heading) pairs of the table, ``rows`` its lines in order; ``numbers`` holds
    what the ``reading``, a paragraph computed from the rows, is made of.
    """

    name: str
    title: str
    seed: int
    quick: bool
    columns: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    reading: str
    numbers: Mapping[str, Any] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return plain data (JSON)."""
        return {
            "schema": SCHEMA,
            "experiment": self.name,
            "title": self.title,
            "seed": self.seed,
            "quick": self.quick,
            "columns": [{"key": key, "heading": heading} for key, heading in self.columns],
            "rows": [dict(row) for row in self.rows],
            "reading": self.reading,
            "numbers": dict(self.numbers),
        }


class Experiment(Protocol):
    """What a module of this package offers.

    ``run_point`` depends on its arguments only, so a sweep gives the same numbers on any number of
    workers; ``chunk`` bounds memory and is part of the point.
    """

    NAME: str
    TITLE: str
    COLUMNS: tuple[tuple[str, str], ...]

    def points(self, quick: bool) -> list[Point]:
        """Return the points of the sweep, in the table's order."""

    def run_point(self, point: Point, seed: int, chunk: int) -> list[Row]:
        """Simulate one point; its rows go into the table."""

    def read(self, rows: Sequence[Row]) -> tuple[str, Mapping[str, Any]]:
        """Return the one-paragraph reading and the numbers in it."""

    def draw(self, rows: Sequence[Row], numbers: Mapping[str, Any]) -> Figure:
        """Draw the figure (imports matplotlib)."""


MODULES = {
    "rates": "rates",
    "forgetting": "forgetting",
    "hard-instance": "hard_instance",
    "horizon": "horizon",
    "greedy": "greedy",
    "effective-dimension": "effective_dimension",
    "concentrability": "concentrability",
    "recovery": "recovery",
    "lambert": "lambert",
}
"""Experiment names and the modules of this package that hold them."""


def load(name: str) -> Experiment:
    """Return an experiment by its name; raises InputError for an unknown one."""
    if name not in MODULES:
        raise InputError(f"unknown experiment {name!r}; known: {', '.join(MODULES)}")
    module = importlib.import_module(f"srverify.selfreward.experiments.{MODULES[name]}")
    return cast("Experiment", module)


def format_cell(value: Any) -> str:
    """Return a table cell: numbers to four significant digits, the rest as it is.

    Examples
    --------
    >>> format_cell(0.000123456), format_cell(1000000), format_cell(None)
    ('0.0001235', '1000000', '')
    """
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.4g}"
    return str(value)


def format_table(result: Result) -> str:
    """Return the table as aligned text, one line per row."""
    headings = [heading for _, heading in result.columns]
    lines = [[format_cell(row.get(key)) for key, _ in result.columns] for row in result.rows]
    widths = [max(map(len, column)) for column in zip(headings, *lines, strict=True)]
    out = ["  ".join(cell.rjust(width) for cell, width in zip(headings, widths, strict=True))]
    out.append("  ".join("-" * width for width in widths))
    out += ["  ".join(c.rjust(w) for c, w in zip(line, widths, strict=True)) for line in lines]
    return "\n".join(out)
