"""As many linear hypotheses as variables: what is left between their sides for new variables.

The sides of a triangle are ``a = (v + w)/2`` and so on with ``v = c + a - b``: positive variables that
no hypothesis ties together.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from flint import fmpq, fmpq_mat

from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.formula import Relation
from srverify.language.term import Symbol, Term
from srverify.numerics.tactics.driver import Driver, Link, Proposal, relation
from srverify.numerics.tactics.forms import RATIONAL, linear_combination, symbols_in_order
from srverify.numerics.tactics.hypotheses import combined, fresh
from srverify.numerics.tactics.lawful import nodes

#: Each slack is a hypothesis with the factors of the variables in it.
Slacks = dict[int, dict[Symbol, Fraction]]


def by_slacks(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Put slacks for variables where functions of a slack are taken."""
    if relation(sequent) is None or depth < 1:
        return
    slacks = _slacks(sequent)
    variables = symbols_in_order([x for row in slacks.values() for x in row])
    if len(variables) < 2 or len(slacks) != len(variables):
        return
    inner = [u for n in nodes(sequent) if n.operator not in RATIONAL for u in n.arguments]
    if not any(_is_multiple(linear_combination(u), row) for u in inner for row in slacks.values()):
        return
    matrix = fmpq_mat(
        [[_rational(row.get(x, Fraction())) for x in variables] for row in slacks.values()]
    )
    if matrix.det() == 0:
        return
    inverse = [[Fraction(int(c.p), int(c.q)) for c in row] for row in matrix.inv().tolist()]
    found = driver.chain(sequent, _links(sequent, slacks, variables, inverse), depth)
    if found is not None:
        yield found, -1


def _slacks(sequent: Sequent) -> Slacks:
    found: Slacks = {}
    for index, h in enumerate(sequent.hypotheses):
        if isinstance(h, Relation) and h.operator in ("<", "<="):
            parts = linear_combination(t.sub(h.right, h.left))
            if parts and len(parts) > 1 and all(isinstance(x, Symbol) for x in parts):
                found[index] = {x: c for x, c in parts.items() if isinstance(x, Symbol)}
    return found


def _is_multiple(parts: dict[Term, Fraction] | None, row: dict[Symbol, Fraction]) -> bool:
    if parts is None or parts.keys() != row.keys():
        return False
    return len({c / row[x] for x, c in parts.items() if isinstance(x, Symbol)}) == 1


def _rational(c: Fraction) -> fmpq:
    return fmpq(c.numerator, c.denominator)


def _links(
    sequent: Sequent, slacks: Slacks, variables: tuple[Symbol, ...], inverse: list[list[Fraction]]
) -> list[Link]:
    last, count = len(sequent.hypotheses), len(slacks)
    names: list[str] = []
    links: list[Link] = []
    for index in slacks:
        h = sequent.hypotheses[index]
        assert isinstance(h, Relation)
        names.append(fresh(sequent, "s", names))
        links.append({"rule": "define", "name": names[-1], "term": str(t.sub(h.right, h.left))})
    for place, (index, name) in enumerate(zip(slacks, names, strict=True)):
        h = sequent.hypotheses[index]
        assert isinstance(h, Relation)
        positive = combined((1, ["hyp", index]), (-1, ["hyp", last + place]))
        links.append(({"rule": "have", "formula": f"0 {h.operator} {name}"}, positive))
        links.append({"rule": "absorb", "hyp": last + count})
    for x, row in zip(variables, inverse, strict=True):
        value = t.add(*(t.mul(t.number(c), t.variable(n)) for c, n in zip(row, names, strict=True) if c))
        summands = [(-c, ["hyp", last + place]) for place, c in enumerate(row) if c]
        links.append(({"rule": "have", "formula": f"{x} = {value}"}, combined(*summands)))
    links.append({"rule": "weaken", "drop": [*slacks, *range(last, last + count)]})
    first = last - count
    return links + [
        {"rule": "eliminate", "hyp": first + place, "var": variables[place].name}
        for place in reversed(range(count))
    ]


__all__ = ["by_slacks"]
