"""The experiments' plots for the page: those whose points have been simulated already."""

from __future__ import annotations

import hashlib
import io
import json
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from srverify.cache import cache_directory, sources_digest, write_atomically
from srverify.errors import InputError
from srverify.experiments.base import MODULES, Result, load

_PROLOGUE = re.compile(r"\A.*?(?=<svg\b)", re.S)
_IDENTIFIER = re.compile(r'\b(id="|url\(#|href="#)')


def stored_figures(seed: int = 0) -> Iterator[tuple[str, str]]:
    """Yield (caption, SVG) of every experiment that the machine remembers, in the order of the list.

    Nothing is simulated here: an experiment appears after ``srverify simulate NAME`` has run, with its
    full points if they are all remembered, else with the quick ones. Without matplotlib: none.
    """
    from srverify.experiments import plotting
    from srverify.experiments.sweep import Store, default_store, stored_result

    try:
        plotting.check_available()
    except InputError:
        return
    store = Store(default_store())
    for name in MODULES:
        result = stored_result(name, store, seed, quick=False) or stored_result(
            name, store, seed, quick=True
        )
        if result is not None:
            yield _caption(result), _svg(result)


def _caption(result: Result) -> str:
    points = "quick run" if result.quick else "full run"
    return f"{result.title} ({result.name}, {points}, seed {result.seed}). {result.reading}"


def _svg(result: Result) -> str:
    """Return the figure as inline SVG, from the cache if the same rows were drawn before."""
    source = sys.modules[f"srverify.experiments.{MODULES[result.name]}"].__file__
    assert source is not None
    content = json.dumps([sources_digest(Path(source)), result.to_dict()], sort_keys=True)
    drawing = hashlib.sha256(content.encode()).hexdigest()
    path = cache_directory() / "figures" / f"{drawing}.svg"
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        text = _drawn(result)
    with suppress(OSError):  # A cache that cannot be written costs the next page some time.
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, text)
    return text


def _drawn(result: Result) -> str:
    import matplotlib as mpl

    from srverify.experiments import plotting

    figure = plotting.render(load(result.name), result.rows, result.numbers)
    buffer = io.StringIO()
    with mpl.rc_context({"svg.fonttype": "path", "svg.hashsalt": result.name}):
        figure.savefig(buffer, format="svg", metadata={"Date": None})
    svg = _PROLOGUE.sub("", buffer.getvalue())
    # Several figures share one page: their ids must not meet.
    return _IDENTIFIER.sub(rf"\g<1>{result.name}-", svg)
