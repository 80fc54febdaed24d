"""Variables in which a goal is affine: what holds at their ends holds between them."""

from __future__ import annotations

from collections.abc import Iterator

from srverify.checker.rejected import RejectedError
from srverify.checker.sequent import Sequent, mentions
from srverify.language import term as t
from srverify.language.term import Symbol
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.calculus import real_variables
from srverify.numerics.tactics.driver import Driver, Proposal, relation
from srverify.numerics.tactics.floats import sign
from srverify.numerics.tactics.forms import Space


def by_slopes(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Go to the end of a ray at which f, affine in a variable, is least.

    Nothing is lost: what holds on the whole ray holds at its end, and the slope has to have that sign.
    """
    goal = relation(sequent)
    if goal is None or goal.operator == "=" or len(sequent.variables) < 2:
        return
    f = difference(goal)
    for name, symbol, domain in real_variables(sequent, goal):
        ends = (domain.lower, domain.upper)
        if (ends[0] is None) == (ends[1] is None) or any(
            mentions(h, symbol) for h in sequent.hypotheses
        ):
            continue
        slope = _slope(f, symbol)
        if slope is None or slope.operator == "number":
            continue
        direction = sign(slope, sequent)
        end, is_open = ("low", domain.lower_open) if ends[0] is not None else ("high", domain.upper_open)
        if direction != (1 if end == "low" else -1):
            continue
        head = {"rule": "monotone", "var": name, "end": end}
        if goal.operator == "<" and is_open:
            yield {**head, "strict": True}, 0
        yield head, 0


def _slope(f: t.Term, symbol: Symbol) -> t.Term | None:
    """Return the factor of a variable in which a term is affine, None if it is not."""
    try:
        space = Space([f])
        form = space.form(f)
    except RejectedError:
        return None
    inside = [atom for atom in space.atoms.values() if symbol in t.symbols_of(atom)]
    if inside != [symbol] or not form.q.is_constant():
        return None
    index = next(i for i, atom in space.atoms.items() if atom is symbol)
    parts = space.linear_in(form.p, index)
    return None if parts is None else parts[0]
