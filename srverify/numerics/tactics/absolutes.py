"""Bounds of absolute values: both sides, by a series at once or one after the other, or squares."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.formula import Relation
from srverify.language.parser import formula_text
from srverify.language.term import Term
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.covering import few_series
from srverify.numerics.tactics.driver import Driver, Link, Proposal, relation
from srverify.numerics.tactics.floats import sign
from srverify.numerics.tactics.hypotheses import combined
from srverify.numerics.tactics.lawful import law, linear_parts

_TWO = t.number(2)


class _Bound(NamedTuple):
    """A goal ``weight*abs(inner) <= bound*weight``, or ``<``, with a positive weight."""

    inner: Term
    bound: Term
    weight: t.Number
    operator: str

    def closing(self, last: int) -> list[Link]:
        """Return the steps from both halves, assumed after ``last`` hypotheses, to the goal."""
        name = "abs_below_strict" if self.operator == "<" else "abs_below"
        closed = combined((self.weight.value, ["hyp", last + 2]))
        return [law(name, a=self.inner, b=self.bound), closed]

    @property
    def halves(self) -> tuple[Relation, Relation]:
        """Return what the law asks for: both halves are the goal itself, no mere conditions."""
        return (
            Relation(self.operator, t.neg(self.bound), self.inner),
            Relation(self.operator, self.inner, self.bound),
        )


def _bounds(sequent: Sequent) -> Iterator[_Bound]:
    """Yield the absolute values that the goal bounds from above."""
    goal = relation(sequent)
    if goal is None or goal.operator == "=":
        return
    if goal.left.operator == "abs" and not any(n.operator == "abs" for n in t.subterms(goal.right)):
        yield _Bound(goal.left.arguments[0], goal.right, t.ONE, goal.operator)
        return
    for atom, p, r in linear_parts(difference(goal), ("abs",)):
        if isinstance(p, t.Number) and p < 0:
            bound = goal.right if goal.left is atom else t.div(r, -p)
            yield _Bound(atom.arguments[0], bound, -p, goal.operator)


def by_short_absolutes(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Show ``abs(a) <= r`` on a short range by one or two series for either side.

    It comes before the sign of ``a`` is asked for, which an approximation's error often has not.
    """
    if sequent.hypotheses or len(sequent.variables) != 1:
        return
    for found in _bounds(sequent):
        trees: list[object] = []
        for half in found.halves:
            if (tree := few_series(driver, sequent.proving(half))) is None:
                break
            trees.append(tree)
        if len(trees) == len(found.halves):
            haves: list[Link] = [
                ({"rule": "have", "formula": formula_text(half)}, {"rule": "cover", "tree": tree})
                for half, tree in zip(found.halves, trees, strict=True)
            ]
            proof = driver.chain(sequent, [*haves, *found.closing(0)], depth)
            if proof is not None:
                yield proof, -1


def by_absolutes(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Show ``c*abs(a) <= r`` by ``-r <= c*a`` and ``c*a <= r``."""
    last = len(sequent.hypotheses)
    for found in _bounds(sequent):
        if sign(found.inner, sequent) in (1, -1):
            continue
        proof = driver.apart(sequent, list(map(formula_text, found.halves)), found.closing(last), depth)
        if proof is not None:
            yield proof, -1


def by_absolute_roots(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Show ``c*abs(u) <= k*sqrt(A)`` by ``c^2*u^2 <= k^2*A``, without telling signs of u apart."""
    goal = relation(sequent)
    if goal is None or goal.operator != "<=":
        return
    last = len(sequent.hypotheses)
    for atom, p, r in linear_parts(difference(goal), ("abs",)):
        u = atom.arguments[0]
        roots = list(linear_parts(r, ("sqrt",)))
        if not isinstance(p, t.Number) or p >= 0 or len(roots) != 1:
            continue
        root, k, rest = roots[0]
        if rest is not t.ZERO or not isinstance(k, t.Number) or k <= 0:
            continue
        inside, ratio = root.arguments[0], -p.value / k.value
        scaled = atom if ratio == 1 else t.mul(t.number(ratio), atom)
        square = t.mul(t.number(ratio**2), t.power(u, _TWO))
        links: list[Link] = [
            {"rule": "have", "formula": f"{square} <= {inside}"},
            law("abs_square", a=u),
            (
                {"rule": "have", "formula": f"{t.power(scaled, _TWO)} <= {inside}"},
                combined((1, ["hyp", last]), (ratio**2, ["hyp", last + 1])),
            ),
            law("sqrt_above", a=inside, b=scaled),
            combined((k.value, ["hyp", last + 3])),
        ]
        found = driver.chain(sequent, links, depth)
        if found is not None:
            yield found, -1
