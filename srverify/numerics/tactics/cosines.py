"""Angles that occur in a cosine only, or in a sine, but for squares of the other: a variable for it."""

from __future__ import annotations

from collections.abc import Iterator

from srverify.checker.enclosures.substitution import rebuilt
from srverify.checker.sequent import Sequent, mentions
from srverify.language import term as t
from srverify.language.formula import Relation
from srverify.language.parser import formula_text
from srverify.language.term import Term
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.driver import Driver, Link, Proposal, relation
from srverify.numerics.tactics.forms import is_algebraic
from srverify.numerics.tactics.generalizing import enclosed
from srverify.numerics.tactics.hypotheses import combined, fresh, variables_in
from srverify.numerics.tactics.lawful import law, nodes

_TWO = t.number(2)


def by_cosines(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Put a variable for the cosine, or the sine, of an angle where an algebraic goal is left by that.

    Little is lost: it takes all values of the range, but for the bounds that hypotheses give.
    """
    goal = relation(sequent)
    if goal is None or depth < 1:
        return
    f = difference(goal)
    found = set(nodes(sequent))
    for variable in sequent.variables:
        x = variable.symbol
        # Ends such as pi/2 are hypotheses.
        ends = [i for i, h in enumerate(sequent.hypotheses) if mentions(h, x)]
        if any(variables_in(sequent.hypotheses[i]) != {x} for i in ends):
            continue
        for name, other in (("cos", "sin"), ("sin", "cos")):
            value, square = t.function(name, x), t.power(t.function(other, x), _TWO)
            if value not in found:
                continue
            u = t.variable(fresh(sequent, "v"))
            put: dict[Term, Term] = {value: u, square: t.sub(t.ONE, t.power(u, _TWO))}
            left = rebuilt(f, put.get)
            if x in t.symbols_of(left) or not is_algebraic(left):
                continue
            links = [
                *(_without_squares(sequent, value, square) if square in found else ()),
                *_signs(driver, sequent, value),
                *([{"rule": "weaken", "drop": ends}] if ends else ()),
                {
                    "rule": "generalize",
                    "term": str(value),
                    "name": u.name,
                    "domain": enclosed(sequent, value),
                },
            ]
            node = driver.chain(sequent, links, depth)
            if node is not None:
                yield node, -1
            return


def _without_squares(sequent: Sequent, value: Term, square: Term) -> list[Link]:
    """Return the steps that put ``1 - cos(x)^2`` for the square of the sine."""
    last = len(sequent.hypotheses)
    equation = Relation("=", square, t.sub(t.ONE, t.power(value, _TWO)))
    return [
        law("sin_cos_square", a=value.arguments[0]),
        ({"rule": "have", "formula": formula_text(equation)}, combined((1, ["hyp", last]))),
        {"rule": "replace", "hyp": last + 1},
        {"rule": "weaken", "drop": [last, last + 1]},
    ]


def _signs(driver: Driver, sequent: Sequent, value: Term) -> Iterator[Link]:
    """Yield the step that tells a value's sign, which its enclosure hides at an end like pi/2."""
    for operator in ("<", "<="):
        positive = Relation(operator, t.ZERO, value)
        if driver.prove(sequent.proving(positive), 1) is not None:
            yield {"rule": "have", "formula": formula_text(positive)}
            return
