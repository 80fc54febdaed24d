"""Variables that occur in their sum only: the sum becomes a variable.

With ``w = b + c`` what is about a, b and c has two variables, and one where scaling them all changes
nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.formula import Formula, Relation
from srverify.language.statement import Variable
from srverify.language.term import Symbol, Term
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.driver import Driver, Link, Proposal, relation
from srverify.numerics.tactics.floats import samples, value_at
from srverify.numerics.tactics.forms import RATIONAL, with_plain_sums
from srverify.numerics.tactics.hypotheses import combined, fresh, variables_in

#: How near values count as the same, relatively, and at how many points they have to be.
_NEAR, _POINTS = 1e-9, 4


def by_lumping(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Put one variable for two positive ones which functions have in their sum only."""
    goal = relation(sequent)
    if goal is None or goal.operator == "=" or len(sequent.variables) < 3:
        return
    f = difference(goal)
    functions = [n for n in dict.fromkeys(t.subterms(f)) if n.operator not in RATIONAL]
    if not any(_is_lumped(a) for n in functions for a in n.arguments):
        return
    for x, y in combinations(filter(_is_ray, sequent.variables), 2):
        pair = {x.symbol, y.symbol}
        known = [h for h in sequent.hypotheses if pair & variables_in(h)]
        if x.domain != y.domain or not all(isinstance(h, Relation) for h in known):
            continue
        wholes = [f, *(difference(h) for h in known if isinstance(h, Relation))]
        if not all(_is_of_sum(sequent, whole, x.symbol, y.symbol) for whole in wholes):
            continue
        found = _links(sequent, x, y, known)
        proof = None if found is None else driver.chain(sequent, found, depth)
        if proof is not None:
            yield proof, -1
        return


def _is_lumped(argument: Term) -> bool:
    return any(n.operator == "add" and len(t.symbols_of(n)) > 1 for n in t.subterms(argument))


def _is_ray(variable: Variable) -> bool:
    """Tell whether a variable has all positive, or all nonnegative values."""
    domain = variable.domain
    return not domain.natural and domain.lower == t.ZERO and domain.upper is None


def _is_of_sum(sequent: Sequent, f: Term, b: Symbol, c: Symbol) -> bool:
    """Tell whether a term seems to be the same for all variables of one sum."""
    seen = 0
    for point in samples(sequent)[: 2 * _POINTS]:
        moved = {**point, b.name: point[b.name] + point[c.name] / 3, c.name: 2 * point[c.name] / 3}
        (one, size), (other, _) = value_at(f, point), value_at(f, moved)
        if not abs(one - other) <= _NEAR * size:
            return False
        seen += 1
    return seen >= _POINTS


def _links(sequent: Sequent, x: Variable, y: Variable, known: list[Formula]) -> list[Link] | None:
    """Return the steps that put a variable for a sum, in hypotheses too, and forget its summands."""
    b, c, last = x.symbol, y.symbol, len(sequent.hypotheses)
    name = fresh(sequent, "w")

    def lumped(h: Formula) -> str | None:
        assert isinstance(h, Relation)
        new = with_plain_sums(t.substitute(difference(h), {c: t.sub(t.variable(name), b)}))
        return None if b in t.symbols_of(new) else f"0 {h.operator} {new}"

    goal, *others = (lumped(h) for h in (sequent.goal, *known))
    if goal is None or None in others:
        return None
    places = [sequent.hypotheses.index(h) for h in known]
    low = "<" if x.domain.lower_open else "<="
    # Hypotheses come over once c is no more: the definition and its bound are the last ones then.
    kept = [
        ({"rule": "have", "formula": h}, combined((1, ["hyp", place])))
        for place, h in zip(places, others, strict=True)
    ]
    return [
        {"rule": "define", "name": name, "term": str(t.add(b, c))},
        (
            {"rule": "have", "formula": f"0 {low} {name}"},
            combined((1, ["low", b.name]), (1, ["low", c.name]), (-1, ["hyp", last])),
        ),
        {"rule": "absorb", "hyp": last + 1},
        ({"rule": "have", "formula": f"{c} = {name} - {b}"}, combined((-1, ["hyp", last]))),
        {"rule": "weaken", "drop": [last]},
        {"rule": "eliminate", "hyp": last, "var": c.name},
        *kept,
        {"rule": "rewrite", "goal": goal},
        {"rule": "weaken", "drop": [*places, last, last + 1], "unused": [b.name]},
    ]


__all__ = ["by_lumping"]
