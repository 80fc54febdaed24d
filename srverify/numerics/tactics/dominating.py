"""Logarithms of sums beside one of the summands: what is left has no sum in a logarithm."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.formula import Relation
from srverify.language.parser import formula_text
from srverify.language.term import Term
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.driver import Driver, Link, Proposal, relation
from srverify.numerics.tactics.floats import sign
from srverify.numerics.tactics.forms import plain
from srverify.numerics.tactics.hypotheses import combined
from srverify.numerics.tactics.lawful import law, linear_parts
from srverify.numerics.tactics.planes import summands

#: Logarithms of these are simpler than they are.
_SIMPLER = ("exp", "realpower", "ratpower", "power", "natpower", "mul", "div")


def by_single_summands(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Show ``0 <= p*log(s + ...) + r`` by ``0 <= p*log(s) + r``, all summands and p being positive.

    As for ``x <= log(exp(x) + exp(y))``: tried where the goal with the smaller logarithm seems to hold.
    """
    goal = relation(sequent)
    if goal is None or goal.operator == "=" or depth < 1:
        return
    for atom, p, r in linear_parts(difference(goal), ("log",)):
        (u,) = atom.arguments
        if u.operator == "cosh" and sign(p, sequent) == 1:
            yield from _beside_line(driver, sequent, goal, u, p, r, depth)
        parts = summands(u)
        if len(parts) < 2 or sign(p, sequent) != 1 or any(sign(s, sequent) != 1 for s in parts):
            continue
        for s in parts:
            if s.operator not in _SIMPLER or not t.symbols_of(s):
                continue
            left = t.add(t.mul(p, t.log(s)), r)
            if sign(left, sequent) not in (0, 1):
                continue
            last = len(sequent.hypotheses)
            links: list[Link] = [
                {
                    "rule": "have",
                    "formula": formula_text(Relation(goal.operator, t.ZERO, plain(left))),
                },
                law("log_monotone", a=s, b=u),
                combined((1, ["hyp", last]), (1, ["hyp", last + 1], ["pos", str(p)])),
            ]
            found = driver.chain(sequent, links, depth)
            if found is not None:
                yield found, -1
                return


def _beside_line(
    driver: Driver, sequent: Sequent, goal: Relation, u: Term, p: Term, r: Term, depth: int
) -> Iterator[Proposal]:
    """Show a goal by ``log(cosh(v)) >= v - log(2)``, or the same for -v: ``exp(v)/2`` is a summand."""
    two, half, last = t.number(2), t.number(Fraction(1, 2)), len(sequent.hypotheses)
    for v in (u.arguments[0], plain(t.neg(u.arguments[0]))):
        left = t.add(t.mul(p, t.sub(v, t.log(two))), r)
        if sign(left, sequent) not in (0, 1):
            continue
        summand = t.mul(t.exp(v), half)
        links: list[Link] = [
            {"rule": "have", "formula": formula_text(Relation(goal.operator, t.ZERO, plain(left)))},
            law("cosh_exp", a=u.arguments[0]),
            (
                {"rule": "have", "formula": formula_text(Relation("<=", summand, u))},
                combined((half.value, ["pos", str(t.exp(plain(t.neg(v))))]), (-1, ["hyp", last + 1])),
            ),
            law("log_monotone", a=summand, b=u),
            law("log_product", a=t.exp(v), b=half),
            law("log_exp", a=v),
            law("log_inverse", a=two),
            combined(
                (1, ["hyp", last]),
                (1, ["hyp", last + 3], ["pos", str(p)]),
                *((-1, ["hyp", last + i], ["term", str(p)]) for i in (4, 5, 6)),
            ),
        ]
        found = driver.chain(sequent, links, depth)
        if found is not None:
            yield found, -1
            return


__all__ = ["by_single_summands"]
