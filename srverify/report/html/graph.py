"""The dependency graph as SVG, laid out in layers by what rests on what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from srverify.audit.result import ClaimResult

_BOX = (52, 22)
_GAP = (12, 46)
_MAX_PER_ROW = 15


def _layers(claims: Sequence[ClaimResult]) -> list[list[str]]:
    """Return claim ids by depth: a claim stands one layer below the deepest claim it depends on."""
    known = {result.claim.id: result.claim for result in claims}
    depth: dict[str, int] = {}

    def depth_of(claim_id: str) -> int:
        if claim_id not in depth:
            below = [depth_of(name) for name in known[claim_id].depends if name in known]
            depth[claim_id] = 1 + max(below, default=-1)
        return depth[claim_id]

    for claim_id in known:
        depth_of(claim_id)
    layers: list[list[str]] = [[] for _ in range(1 + max(depth.values(), default=-1))]
    for claim_id in known:
        layers[depth[claim_id]].append(claim_id)
    return layers


def _ordered(layers: list[list[str]], depends: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """Order each layer by the mean place of what its claims depend on, which keeps edges short."""
    place: dict[str, float] = {}
    ordered = []
    for layer in layers:
        start = {name: index for index, name in enumerate(layer)}

        def centre(name: str, start: dict[str, int] = start) -> tuple[float, int]:
            above = [place[d] for d in depends[name] if d in place]
            return (sum(above) / len(above) if above else 1e9, start[name])

        row = sorted(layer, key=centre)
        place.update({name: index / max(1, len(row) - 1) for index, name in enumerate(row)})
        ordered.append(row)
    return ordered


def dependency_graph(claims: Sequence[ClaimResult]) -> str:
    """Return the SVG of the claims' dependencies; each box links to its claim.

    Arrows run from a claim up to what it rests on. Statuses are the computed verdicts, which take
    assumptions over from dependencies. Claims without any edge are left out.
    """
    depends = {
        r.claim.id: tuple(d for d in r.claim.depends if any(o.claim.id == d for o in claims))
        for r in claims
    }
    linked = {name for name, names in depends.items() if names} | {
        d for ds in depends.values() for d in ds
    }
    drawn = [result for result in claims if result.claim.id in linked]
    if not drawn:
        return ""
    rows = [
        layer[start : start + _MAX_PER_ROW]
        for layer in _ordered(_layers(drawn), depends)
        for start in range(0, len(layer), _MAX_PER_ROW)
    ]
    (width, height), (gap_x, gap_y) = _BOX, _GAP
    across = max(len(row) for row in rows) * (width + gap_x) + gap_x
    down = len(rows) * (height + gap_y) - gap_y + 20
    corner: dict[str, tuple[float, float]] = {}
    for index, row in enumerate(rows):
        left = (across - len(row) * (width + gap_x) + gap_x) / 2
        for position, name in enumerate(row):
            corner[name] = (left + position * (width + gap_x), 10 + index * (height + gap_y))
    parts = [
        f'<svg class="graph" width="{across:g}" viewBox="0 0 {across:g} {down:g}" role="group"'
        ' aria-label="Which claim rests on which" xmlns="http://www.w3.org/2000/svg">'
    ]
    for name, (x, y) in corner.items():
        for other in depends[name]:
            x2, y2 = corner[other]
            start_x, end_x = x + width / 2, x2 + width / 2
            bend = (y - (y2 + height)) / 2
            parts.append(
                f'<path d="M{start_x:g} {y:g} C{start_x:g} {y - bend:g} {end_x:g} {y2 + height + bend:g}'
                f' {end_x:g} {y2 + height:g}"/>'
            )
    verdicts = {result.claim.id: result for result in drawn}
    for name, (x, y) in corner.items():
        result = verdicts[name]
        tip = escape(f"{name}: {result.claim.title} ({result.verdict})")
        parts.append(
            f'<a href="#{name}" class="{result.verdict}"><title>{tip}</title>'
            f'<rect x="{x:g}" y="{y:g}" width="{width}" height="{height}" rx="4"/>'
            f'<text x="{x + width / 2:g}" y="{y + 15:g}" text-anchor="middle">{escape(name)}</text></a>'
        )
    parts.append("</svg>")
    return "".join(parts)
