"""Two positive variables by their mean and relative distance: ``m*(1 + t)`` and ``m*(1 - t)``."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.formula import Relation, terms
from srverify.language.term import Symbol, Term
from srverify.numerics.tactics.driver import Driver, Link, Proposal, relation
from srverify.numerics.tactics.forms import RATIONAL, factored
from srverify.numerics.tactics.hypotheses import combined, fresh
from srverify.numerics.tactics.scaling import is_open_ray

_TWO = t.number(2)


def by_half_sums(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Put mean and relative distance for variables where a function is of a share of their sum."""
    if relation(sequent) is None or depth < 1:
        return
    rays = [v.symbol for v in sequent.variables if is_open_ray(v.domain)]
    inner = [
        a
        for term in terms(sequent.goal)
        for n in t.subterms(term)
        if n.operator not in RATIONAL
        for a in n.arguments
    ]
    for x, y in combinations(rays, 2):
        distance = t.div(t.sub(x, y), t.add(x, y))
        shares = [distance, *(t.div(part, t.add(x, y)) for part in (x, y))]
        about = [a for a in inner if {x, y} <= t.symbols_of(a)]
        if any(_is_multiple(a, share) for a in about for share in shares):
            found = driver.chain(sequent, _links(sequent, x, y, distance), depth)
            if found is not None:
                yield found, -1
            return


def _links(sequent: Sequent, x: Symbol, y: Symbol, distance: Term) -> list[Link]:
    last = len(sequent.hypotheses)
    apart, mean = fresh(sequent, "t"), fresh(sequent, "m")
    middle = t.div(t.add(x, y), _TWO)
    ratio = t.div(_TWO, t.add(x, y))
    low, high = ["low", x.name], ["low", y.name]
    below: Link = (
        {"rule": "have", "formula": f"-1 < {apart}"},
        combined((-1, ["hyp", last]), (1, low, ["pos", str(ratio)])),
    )
    for index, h in enumerate(sequent.hypotheses):
        if isinstance(h, Relation) and h.operator == "<" and (h.left, h.right) == (y, x):
            inverse = str(t.div(t.ONE, t.add(x, y)))
            terms_ = [(-1, ["hyp", last]), (1, ["hyp", index], ["pos", inverse])]
            below = ({"rule": "have", "formula": f"0 < {apart}"}, combined(*terms_))
    moved = str(t.add(t.ONE, t.variable(apart)))
    return [
        {"rule": "define", "name": apart, "term": str(distance)},
        {"rule": "define", "name": mean, "term": str(middle)},
        (
            {"rule": "have", "formula": f"0 < {mean}"},
            combined((-1, ["hyp", last + 1]), (1, low, ["pos", "1/2"]), (1, high, ["pos", "1/2"])),
        ),
        {"rule": "absorb", "hyp": last + 2},
        below,
        {"rule": "absorb", "hyp": last + 2},
        (
            {"rule": "have", "formula": f"{apart} < 1"},
            combined((1, ["hyp", last]), (1, high, ["pos", str(ratio)])),
        ),
        {"rule": "absorb", "hyp": last + 2},
        (
            {"rule": "have", "formula": f"{x} = {mean}*(1 + {apart})"},
            combined(
                (-1, ["hyp", last + 1], ["term", moved]), (-1, ["hyp", last], ["term", str(middle)])
            ),
        ),
        (
            {"rule": "have", "formula": f"{y} = {mean}*(1 - {apart})"},
            combined(
                (-1, ["hyp", last + 1], ["term", f"1 - {apart}"]),
                (1, ["hyp", last], ["term", str(middle)]),
            ),
        ),
        {"rule": "weaken", "drop": [last, last + 1]},
        {"rule": "eliminate", "hyp": last + 1, "var": y.name},
        {"rule": "eliminate", "hyp": last, "var": x.name},
    ]


def _is_multiple(term: Term, of: Term) -> bool:
    parts = factored(t.div(term, of))
    return parts is not None and not parts.above and not parts.below and parts.constant != 0


__all__ = ["by_half_sums"]
