"""The dependency graph as SVG: a lane for each section, further right what rests on more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from srverify.audit.result import ClaimResult

_BOX = (48, 20)
#: Between columns at least and at most, and between rows.
_GAPS = (34, 84)
_ROW_GAP = 8
#: The width that the columns spread over, and about how wide a letter of a lane's title is.
_WIDE = 880
_LETTER = 6.4
_LANE = 22
_TITLE = 17


@dataclass(frozen=True)
class Lane:
    """A section of the paper: its title and its claims."""

    title: str
    claims: tuple[str, ...]


def reduced(depends: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """Return the transitive reduction of an acyclic relation: no edge that others already imply.

    >>> reduced({"a": (), "b": ("a",), "c": ("a", "b")})
    {'a': (), 'b': ('a',), 'c': ('b',)}
    """
    above: dict[str, frozenset[str]] = {}

    def reach(name: str) -> frozenset[str]:
        if name not in above:
            direct = depends.get(name, ())
            above[name] = frozenset(direct).union(*map(reach, direct))
        return above[name]

    return {
        name: tuple(d for d in names if not any(d in reach(other) for other in names if other != d))
        for name, names in depends.items()
    }


def depths(depends: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Return for each name how many steps the longest chain below it has."""
    found: dict[str, int] = {}

    def depth(name: str) -> int:
        if name not in found:
            found[name] = 1 + max((depth(other) for other in depends.get(name, ())), default=-1)
        return found[name]

    for name in depends:
        depth(name)
    return found


def dependency_graph(claims: Sequence[ClaimResult], lanes: Sequence[Lane]) -> str:
    """Return the SVG of the claims' dependencies; each box links to its claim, its tip names it.

    Lines run from a claim to the left, to what it rests on; those that follow from others are left out.
    Colours are the computed verdicts. Claims without any edge are left out.
    """
    results = {result.claim.id: result for result in claims}
    depends = reduced(
        {name: tuple(d for d in r.claim.depends if d in results) for name, r in results.items()}
    )
    linked = {name for name, names in depends.items() if names}.union(*depends.values())
    if not linked:
        return ""
    column = depths(depends)
    (width, height), gap_y = _BOX, _ROW_GAP
    columns = 1 + max(column[name] for name in linked)
    gap_x = min(max((_WIDE - columns * width) / max(columns - 1, 1), _GAPS[0]), _GAPS[1])
    corner: dict[str, tuple[float, float]] = {}
    titles: list[tuple[str, float]] = []
    top = 0.0
    for lane in lanes:
        members = [name for name in lane.claims if name in linked]
        if not members:
            continue
        titles.append((lane.title, top))
        rows: dict[int, int] = {}
        for name in members:
            row = rows.get(column[name], 0)
            rows[column[name]] = row + 1
            corner[name] = (
                8 + column[name] * (width + gap_x),
                top + _TITLE + 6 + row * (height + gap_y),
            )
        top += _TITLE + 6 + max(rows.values()) * (height + gap_y) + _LANE
    across = 16 + columns * (width + gap_x) - gap_x
    across = max(across, 360, *(8 + _LETTER * len(title) for title, _ in titles))
    parts = [
        f'<svg class="graph" width="{across:g}" viewBox="0 0 {across:g} {top:g}" role="group"'
        ' aria-label="Which claim rests on which" xmlns="http://www.w3.org/2000/svg">'
    ]
    for title, y in titles:
        parts.append(f'<line x1="0" x2="{across:g}" y1="{y + 2:g}" y2="{y + 2:g}"/>')
        parts.append(f'<text class="lane" x="4" y="{y + _TITLE:g}">{escape(title)}</text>')
    for name, (x, y) in corner.items():
        for other in depends[name]:
            x2, y2 = corner[other][0] + width, corner[other][1] + height / 2
            y1, bend = y + height / 2, max(14.0, (x - x2) / 2)
            parts.append(
                f'<path data-from="{escape(name)}" data-to="{escape(other)}" d="M{x:g} {y1:g}'
                f' C{x - bend:g} {y1:g} {x2 + bend:g} {y2:g} {x2:g} {y2:g}"/>'
            )
    for name, (x, y) in corner.items():
        result = results[name]
        tip = escape(f"{name}: {result.claim.title} ({result.verdict})")
        parts.append(
            f'<a href="#{escape(name)}" class="{result.verdict}"><title>{tip}</title>'
            f'<rect x="{x:g}" y="{y:g}" width="{width}" height="{height}" rx="4"/>'
            f'<text x="{x + width / 2:g}" y="{y + 14:g}" text-anchor="middle">{escape(name)}</text></a>'
        )
    parts.append("</svg>")
    return "".join(parts)
