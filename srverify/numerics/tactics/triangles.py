"""Angles of a triangle, by the tangents of their halves: three positive variables without a condition.

For a, b, c > 0 with ``a + b + c = pi`` let ``x = sin(a/2)*cos(b/2)*cos(c/2)``, and y, z alike. Then
``x + y = cos(c/2)^2`` and so on, by ``cos(c/2) = sin(a/2 + b/2)``, and ``x*y + y*z + z*x`` is the square
of ``w = cos(a/2)*cos(b/2)*cos(c/2)``. So ``sin(a/2)^2 = x^2/((x + y)*(x + z))``, ``cos(a/2)^2`` is
``w^2/((x + y)*(x + z))``, and what is written by functions of the angles is a homogeneous function
of x, y, z, without roots where it is even in the angles.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.formula import Formula, Relation
from srverify.language.term import Symbol
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.driver import Driver, Proposal, relation
from srverify.numerics.tactics.forms import linear_combination
from srverify.numerics.tactics.rootbounds import bounded_roots
from srverify.numerics.tactics.triangleplans import KINDS, Plan
from srverify.numerics.tactics.trianglesteps import proof


def by_triangles(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Put three positive variables for the angles of a triangle, where no roots but one are left."""
    plan = next((p for p in _plans(sequent, depth) if p.roots <= {p.names.root}), None)
    if plan is not None:
        # What is left is tried first: the way there is the same for all.
        settled = _settled(driver, plan, depth - 1)
        found = proof(plan, driver, depth) if settled else None
        if found is not None:
            yield found, -1


def by_rooted_triangles(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Put three positive variables for the angles of a triangle, where roots are left."""
    plan = next((p for p in _plans(sequent, depth) if not (p.names.acute or p.names.inner)), None)
    if plan is not None and plan.roots and driver.prove(plan.left, depth - 1) is not None:
        found = proof(plan, driver, depth)
        if found is not None:
            yield found, -1


def _plans(sequent: Sequent, depth: int) -> Iterator[Plan]:
    """Yield what a sequent becomes by the triangle itself and by others."""
    goal = relation(sequent)
    if goal is None or depth < 2:
        return
    f = difference(goal)
    if not any(n.operator in KINDS and t.symbols_of(n) for n in t.subterms(f)):
        return
    for index, h in enumerate(sequent.hypotheses):
        angles = _angles(sequent, h)
        if angles is None:
            continue
        for acute, inner in ((True, False), (False, False), (False, True)):
            plan = Plan.of(sequent, goal, f, angles, index, acute=acute, inner=inner)
            if plan is not None:
                yield plan
        return


def _settled(driver: Driver, plan: Plan, depth: int) -> bool:
    """Tell whether what is left is proved, by a bound for the root if there is one."""
    left = plan.left
    if not plan.roots:
        return driver.prove(left, depth) is not None
    for links in bounded_roots(left, plan.names.new):
        node = driver.chain(left, links, depth)
        if node is not None:
            driver.remember(left, depth, node)
            return True
    return False


def _angles(sequent: Sequent, h: Formula) -> tuple[Symbol, Symbol, Symbol] | None:
    """Return three positive variables whose sum a hypothesis says is pi."""
    if not isinstance(h, Relation) or h.operator != "=":
        return None
    parts = linear_combination(difference(h)) or {}
    whole = parts.get(t.PI, Fraction(0))
    angles = [s for s in parts if isinstance(s, Symbol)]
    if len(parts) != 4 or len(angles) != 3 or any(parts[s] != -whole for s in angles):
        return None
    for s in angles:
        low = sequent.domains[s.name]
        if low.natural or low.lower is None or not (low.lower.value > 0 or low.lower == t.ZERO):
            return None
        if low.lower == t.ZERO and not low.lower_open:
            return None
    first, second, third = sorted(angles, key=str)
    return first, second, third


__all__ = ["by_rooted_triangles", "by_triangles"]
