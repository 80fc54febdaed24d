"""The experiments' plots for the page."""

from __future__ import annotations

import hashlib
import io
import json
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from srverify.report.html.page import Plot
from srverify.running.cache import cache_directory, sources_digest, write_atomically
from srverify.selfreward.experiments.base import MODULES, Result, load

if TYPE_CHECKING:
    from srverify.audit.result import AuditResult

#: What stands before the drawing, and its RDF metadata, which HTML does not know.
_WRAPPING = re.compile(r"\A.*?(?=<svg\b)|<metadata>.*?</metadata>\s*", re.S)
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_DECIMALS = re.compile(r"(\d+\.\d\d)\d+")
_IDENTIFIER = re.compile(r'\b(id="|url\(#|href="#)')


def plots(result: AuditResult, tell: Callable[[str], None]) -> Iterator[Plot]:
    """Yield the plot of every experiment that an audited claim names, in the order of the list.

    The points come from what ``srverify simulate NAME`` has left in the cache, the full ones if they are
    all there; else the quick ones are simulated, which takes a second or two, and remembered. ``tell``
    hears what is simulated. Raises InputError if there is something to draw and no matplotlib.
    """
    from srverify.selfreward.experiments import plotting
    from srverify.selfreward.experiments.sweep import Store, default_store, run_experiment, stored_result

    claims = {
        name: tuple(c.claim.id for c in result.claims if name in c.claim.experiments) for name in MODULES
    }
    if any(claims.values()):
        plotting.check_available()
    store, seed = Store(default_store()), result.settings.seed
    for name in filter(claims.get, MODULES):
        found = stored_result(name, store, seed, quick=False) or stored_result(
            name, store, seed, quick=True
        )
        if found is None:
            tell(f"simulating {name} for its plot")
            found = run_experiment(name, seed, quick=True, store=store)
        yield Plot(claims[name], _caption(found), _svg(found))


def _caption(result: Result) -> str:
    points = "quick run" if result.quick else "full run"
    return f"{result.title} ({result.name}, {points}, seed {result.seed}). {result.reading}"


def _svg(result: Result) -> str:
    """Return the figure as inline SVG, from the cache if the same rows were drawn before."""
    source = sys.modules[f"srverify.selfreward.experiments.{MODULES[result.name]}"].__file__
    assert source is not None
    code = sources_digest(Path(source), Path(__file__))
    content = json.dumps([code, result.to_dict()], sort_keys=True)
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
    from srverify.selfreward.experiments import plotting

    figure = plotting.render(load(result.name), result.rows, result.numbers)
    import matplotlib as mpl

    buffer = io.StringIO()
    # Text stays text: letters drawn as paths would be most of the page.
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": result.name}):
        figure.savefig(buffer, format="svg", metadata={"Date": None})
    svg = _smaller(_WRAPPING.sub("", buffer.getvalue()))
    # Several figures share one page: their ids must not meet.
    return _IDENTIFIER.sub(rf"\g<1>{result.name}-", svg)


def _smaller(svg: str) -> str:
    r"""Return a drawing without comments and indents, coordinates to a hundredth of a point.

    >>> _smaller('<g>\n  <path d="M 1.23456 2 \nL 3 4"/>\n</g>')
    '<g><path d="M 1.23 2 L 3 4"/></g>'
    """
    svg = " ".join(_COMMENT.sub("", svg).split())
    return _DECIMALS.sub(r"\1", svg).replace("> <", "><")
