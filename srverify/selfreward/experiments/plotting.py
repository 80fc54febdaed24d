"""The look of every figure: colour-blind-safe colours with distinct markers, legible in print."""

from __future__ import annotations

import importlib.util
import io
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from srverify.language.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from srverify.selfreward.experiments.base import Experiment, Row

# Okabe and Ito's palette, without its yellow, which vanishes on white.
BLUE, ORANGE, GREEN, RED, PURPLE, SKY, BLACK, GREY = (
    "#0072B2",
    "#E69F00",
    "#009E73",
    "#D55E00",
    "#CC79A7",
    "#56B4E9",
    "#000000",
    "#777777",
)
CYCLE = (BLUE, ORANGE, GREEN, RED, PURPLE, SKY)
FORMATS = ("png", "pdf", "svg")
MARKERS = ("o", "s", "^", "D", "v", "P")

_STYLE: Any = {
    "font.size": 10,
    "axes.titlesize": 11,
    "axes.labelsize": 10.5,
    "legend.fontsize": 8.5,
    "legend.frameon": False,
    "axes.grid": True,
    "axes.grid.which": "major",
    "grid.color": "#dddddd",
    "grid.linewidth": 0.6,
    "axes.axisbelow": True,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "lines.linewidth": 1.8,
    "lines.markersize": 5,
    "figure.dpi": 100,
    "savefig.dpi": 200,
    "pdf.fonttype": 42,
    "svg.fonttype": "none",
    "svg.hashsalt": "srverify",
}


def render(experiment: Experiment, rows: Sequence[Row], numbers: Mapping[str, Any]) -> Figure:
    """Draw an experiment's figure in the common style; raises InputError without matplotlib."""
    check_available()
    try:
        import matplotlib as mpl
    except ImportError as error:
        raise InputError(f"plots need matplotlib, which does not import: {error}") from None

    with mpl.rc_context(_STYLE):
        return experiment.draw(rows, numbers)


def check_available() -> None:
    """Raise InputError, with the command that mends it, where matplotlib is missing."""
    # Found, not imported: a figure may be kept from earlier, and the import takes longer than the page.
    if importlib.util.find_spec("matplotlib") is None:
        raise InputError("plots need matplotlib: pip install 'srverify[plots]'")


def panels(columns: int, title: str, height: float = 4.4, rows: int = 1) -> tuple[Figure, list[Axes]]:
    """Return a figure with a grid of panels, row by row, its title above them; height in inches."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    width = 7.0 if columns == 1 else 5.0 * columns
    figure = Figure(figsize=(width, height), layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.subplots(rows, columns, squeeze=False)
    figure.suptitle(title, fontsize=12)
    return figure, list(axes.ravel())


def legend_below(figure: Figure, axes: Axes, columns: int = 2) -> None:
    """Put a panel's legend under the figure, where it covers no data."""
    handles, labels = axes.get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=columns)


def save(figure: Figure, path: Path) -> None:
    """Write a figure; the suffix says the format (png, pdf, svg). The file is whole or absent.

    Raises InputError for another suffix, or a place that cannot be written.
    """
    import matplotlib as mpl

    kind = check_format(path)
    buffer = io.BytesIO()
    metadata = {"Date": None} if kind == "svg" else {"CreationDate": None} if kind == "pdf" else None
    with mpl.rc_context(_STYLE):
        figure.savefig(buffer, format=kind, metadata=metadata)
    descriptor, temporary = tempfile.mkstemp(dir=path.absolute().parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(buffer.getvalue())
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def check_format(path: Path) -> str:
    """Return the figure format that a file name asks for; raises InputError for an unknown one."""
    kind = path.suffix.lstrip(".").lower()
    if kind not in FORMATS:
        raise InputError(f"cannot tell the format of {path}: end the name in .{', .'.join(FORMATS)}")
    return kind
