"""Bounds from hypotheses about one variable: where such a term vanishes, the variable is cut."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.formula import Relation
from srverify.language.statement import Domain
from srverify.language.term import Number, Symbol, Term
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.driver import NOTHING_ELSE, Driver, Link, Proposal
from srverify.numerics.tactics.floats import NOISE, axis, value_at
from srverify.numerics.tactics.forms import affine, vanishes
from srverify.numerics.tactics.solving import closed_forms


def by_thresholds(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Put ``1 <= x`` for ``exp(1) <= x*exp(x)``, and the like."""
    last = len(sequent.hypotheses)
    for index, h in enumerate(sequent.hypotheses):
        if not isinstance(h, Relation) or h.operator == "=" or depth < 1:
            continue
        f = difference(h)
        symbols = t.symbols_of(f)
        if len(symbols) != 1:
            continue
        (x,) = symbols
        domain = sequent.domains[x.name]
        if domain.natural or affine(f, x) is not None:
            continue
        seen = _seen(f, x, domain)
        touched = _touched_end(f, x, domain)
        if all(positive for _, positive in seen) and seen and (touched is None or h.operator != "<"):
            # It says nothing that the range of the variable does not say.
            yield {"rule": "weaken", "drop": [index]}, 0
            yield NOTHING_ELSE
            return
        found = touched or _threshold(f, x, seen)
        if found is None:
            continue
        at, above = found
        bound = f"{at} {h.operator} {x}" if above else f"{x} {h.operator} {at}"
        links: list[Link] = [
            ({"rule": "have", "formula": bound}, {"rule": "cases", "on": bound}),
            *([{"rule": "absorb", "hyp": last}] if isinstance(at, Number) else []),
            {"rule": "weaken", "drop": [index]},
        ]
        node = driver.chain(sequent, links, depth)
        if node is not None:
            yield node, -1
        return


def _seen(f: Term, x: Symbol, domain: Domain) -> list[tuple[float, bool]]:
    """Return points of a range in their order, and whether a term is positive there."""
    values = [(at, *value_at(f, {x.name: at})) for at in sorted(axis(domain))]
    return [(at, value > 0) for at, value, size in values if abs(value) > NOISE * size]


def _touched_end(f: Term, x: Symbol, domain: Domain) -> tuple[Term, bool] | None:
    """Return a closed end at which a term seems to vanish, and whether it is the lower one."""
    for end, is_open, above in (
        (domain.lower, domain.lower_open, True),
        (domain.upper, domain.upper_open, False),
    ):
        if end is not None and not is_open:
            value, size = value_at(f, {x.name: float(end)})
            if abs(value) <= NOISE * size:
                return end, above
    return None


def _threshold(f: Term, x: Symbol, seen: list[tuple[float, bool]]) -> tuple[Term, bool] | None:
    """Return the only zero of a term that changes its sign there, and whether it is positive above."""
    changes = [(low, high) for low, high in pairwise(seen) if low[1] != high[1]]
    if len(changes) != 1:
        return None
    ((low, _), (high, above)) = changes[0]
    for _ in range(100):
        middle = (low + high) / 2
        if not low < middle < high:
            break
        if (value_at(f, {x.name: middle})[0] > 0) == above:
            high = middle
        else:
            low = middle
    return next(((at, above) for at in closed_forms(high) if vanishes(f, x, at)), None)


__all__ = ["by_thresholds"]
