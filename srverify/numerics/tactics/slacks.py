"""As many linear hypotheses as variables: what is left between their sides for new variables.

The sides of a triangle are ``a = (v + w)/2`` and so on with ``v = c + a - b``: positive variables that
no hypothesis ties together.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from flint import fmpq_mat

from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.formula import Relation
from srverify.language.term import Symbol, Term
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.driver import Driver, Link, Proposal, relation
from srverify.numerics.tactics.forms import RATIONAL, exact, linear_combination, number, symbols_in_order
from srverify.numerics.tactics.hypotheses import combined, fresh
from srverify.numerics.tactics.lawful import nodes


class _Slack(NamedTuple):
    """A hypothesis, what is left between its sides, and the factors of the variables in that."""

    hypothesis: int
    operator: str
    term: Term
    row: dict[Symbol, Fraction]


def by_slacks(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Put slacks for variables where functions of a slack are taken."""
    if relation(sequent) is None or depth < 1:
        return
    slacks = list(_slacks(sequent))
    variables = symbols_in_order([x for slack in slacks for x in slack.row])
    if len(variables) < 2 or len(slacks) != len(variables):
        return
    inner = [u for n in nodes(sequent) if n.operator not in RATIONAL for u in n.arguments]
    if not any(_is_multiple(linear_combination(u), slack.row) for u in inner for slack in slacks):
        return
    matrix = fmpq_mat([[exact(slack.row.get(x, Fraction())) for x in variables] for slack in slacks])
    if matrix.det() == 0:
        return
    inverse = [[number(c).value for c in row] for row in matrix.inv().tolist()]
    found = driver.chain(sequent, _links(sequent, slacks, variables, inverse), depth)
    if found is not None:
        yield found, -1


def _slacks(sequent: Sequent) -> Iterator[_Slack]:
    for index, h in enumerate(sequent.hypotheses):
        if isinstance(h, Relation) and h.operator in ("<", "<="):
            slack = difference(h)
            row = {x: c for x, c in (linear_combination(slack) or {}).items() if isinstance(x, Symbol)}
            if len(row) > 1 and row.keys() == t.symbols_of(slack):
                yield _Slack(index, h.operator, slack, row)


def _is_multiple(parts: dict[Term, Fraction] | None, row: dict[Symbol, Fraction]) -> bool:
    if parts is None or parts.keys() != row.keys():
        return False
    return len({c / row[x] for x, c in parts.items() if isinstance(x, Symbol)}) == 1


def _links(
    sequent: Sequent,
    slacks: list[_Slack],
    variables: tuple[Symbol, ...],
    inverse: list[list[Fraction]],
) -> list[Link]:
    last, count = len(sequent.hypotheses), len(slacks)
    names: list[str] = []
    links: list[Link] = []
    for slack in slacks:
        names.append(fresh(sequent, "s", names))
        links.append({"rule": "define", "name": names[-1], "term": str(slack.term)})
    for place, (slack, name) in enumerate(zip(slacks, names, strict=True)):
        positive = combined((1, ["hyp", slack.hypothesis]), (-1, ["hyp", last + place]))
        links.append(({"rule": "have", "formula": f"0 {slack.operator} {name}"}, positive))
        links.append({"rule": "absorb", "hyp": last + count})
    for x, row in zip(variables, inverse, strict=True):
        value = t.add(*(t.mul(t.number(c), t.variable(n)) for c, n in zip(row, names, strict=True) if c))
        summands = [(-c, ["hyp", last + place]) for place, c in enumerate(row) if c]
        links.append(({"rule": "have", "formula": f"{x} = {value}"}, combined(*summands)))
    links.append(
        {"rule": "weaken", "drop": [*(slack.hypothesis for slack in slacks), *range(last, last + count)]}
    )
    first = last - count
    return links + [
        {"rule": "eliminate", "hyp": first + place, "var": variables[place].name}
        for place in reversed(range(count))
    ]


__all__ = ["by_slacks"]
