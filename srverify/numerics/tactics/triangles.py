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
from srverify.language.term import Symbol, Term
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.driver import Driver, Link, Proposal, relation
from srverify.numerics.tactics.forms import linear_combination, plain
from srverify.numerics.tactics.hypotheses import combined, fresh
from srverify.numerics.tactics.rootbounds import bounded_roots
from srverify.numerics.tactics.triangleplans import KINDS, Plan
from srverify.numerics.tactics.trianglesteps import proof

#: What is less deep is on the way to something else.
_MIN_DEPTH = 2


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


def by_third_angles(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Name the third angle of a triangle, of which two are given as ``a + b < pi``."""
    goal = relation(sequent)
    if goal is None or depth < _MIN_DEPTH:
        return
    functions = [n for n in dict.fromkeys(t.subterms(difference(goal))) if n.operator in KINDS]
    last = len(sequent.hypotheses)
    for index, h in enumerate(sequent.hypotheses):
        pair = _two_angles(sequent, h)
        if pair is None or not any(t.symbols_of(n) == set(pair) for n in functions):
            continue
        name, term = fresh(sequent, "c"), t.sub(t.PI, t.add(*pair))
        assert isinstance(h, Relation)
        scale = 1 / (linear_combination(difference(h)) or {})[t.PI]
        links: list[Link] = [
            {"rule": "define", "name": name, "term": str(term)},
            (
                {"rule": "have", "formula": f"0 < {name}"},
                combined((scale, ["hyp", index]), (-1, ["hyp", last])),
            ),
            {"rule": "absorb", "hyp": last + 1},
        ]
        x, y = pair
        values = {x: t.sub(t.PI, t.add(y, t.variable(name)))}
        for u in dict.fromkeys(n.arguments[0] for n in functions if t.symbols_of(n) == {x, y}):
            new, parts = plain(t.substitute(u, values)), linear_combination(u)
            if parts is not None and t.symbols_of(new) == {t.variable(name)} and not _has_pi(new):
                links += [
                    (
                        {"rule": "have", "formula": f"{u} = {new}"},
                        combined((parts[x], ["hyp", last])),
                    ),
                    {"rule": "replace", "hyp": last + 1, "in": []},
                    {"rule": "weaken", "drop": [last + 1]},
                ]
        bounds = dict(_bounds_of_sum(sequent, pair, t.variable(name), last))
        links += bounds.values()
        links.append({"rule": "weaken", "drop": [index, *bounds]})
        found = driver.chain(sequent, links, depth)
        if found is not None:
            yield found, -1
        return


def _bounds_of_sum(
    sequent: Sequent, pair: tuple[Symbol, Symbol], third: Symbol, equation: int
) -> Iterator[tuple[int, Link]]:
    """Yield what other hypotheses about the sum of two angles say of the third one."""
    for index, h in enumerate(sequent.hypotheses):
        if not isinstance(h, Relation) or _two_angles(sequent, h) is not None:
            continue
        parts = linear_combination(difference(h)) or {}
        factors = {parts.pop(x, Fraction(0)) for x in pair}
        if len(factors) == 1 and parts.keys() <= {t.PI, t.ONE} and 0 not in factors:
            (factor,) = factors
            size, direction = abs(factor), factor / abs(factor)
            rest = t.add(*(t.mul(t.number(c / size), x) for x, c in parts.items()))
            value = plain(t.add(rest, t.mul(t.number(direction), t.PI)))
            sides = (third, value) if direction > 0 else (t.neg(value), third)
            have = {"rule": "have", "formula": f" {h.operator} ".join(map(str, sides))}
            yield index, (have, combined((1 / size, ["hyp", index]), (direction, ["hyp", equation])))


def by_acute_angles(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Say of two angles below a right one that their sum is below pi, where functions are of that."""
    goal = relation(sequent)
    if goal is None or depth < _MIN_DEPTH:
        return
    right: dict[Symbol, tuple[int, Fraction]] = {}
    for index, h in enumerate(sequent.hypotheses):
        if _two_angles(sequent, h) is not None:
            return
        if isinstance(h, Relation) and h.operator == "<":
            parts = linear_combination(difference(h)) or {}
            below = [x for x in parts if isinstance(x, Symbol) and parts[x] < 0]
            if len(parts) == 2 and below and parts.get(t.PI) == -parts[below[0]] / 2:
                right[below[0]] = index, -1 / parts[below[0]]
    for n in dict.fromkeys(t.subterms(difference(goal))):
        pair = sorted(t.symbols_of(n), key=str) if n.operator in KINDS else []
        if len(pair) == 2 and right.keys() >= set(pair) and all(_is_positive(sequent, x) for x in pair):
            have = {"rule": "have", "formula": f"{t.add(*pair)} < pi"}
            shown = combined(*((scale, ["hyp", index]) for index, scale in map(right.__getitem__, pair)))
            found = driver.chain(sequent, [(have, shown)], depth)
            if found is not None:
                yield found, -1
            return


def _has_pi(u: Term) -> bool:
    return any(n is t.PI for n in t.subterms(u))


def _two_angles(sequent: Sequent, h: Formula) -> tuple[Symbol, Symbol] | None:
    """Return two positive variables whose sum a hypothesis says is below pi."""
    if not isinstance(h, Relation) or h.operator != "<":
        return None
    parts = linear_combination(difference(h)) or {}
    whole = parts.get(t.PI, Fraction(0))
    angles = [s for s in parts if isinstance(s, Symbol)]
    if len(parts) != 3 or len(angles) != 2 or any(parts[s] != -whole for s in angles) or whole <= 0:
        return None
    if not all(_is_positive(sequent, s) for s in angles):
        return None
    return angles[0], angles[1]


def _is_positive(sequent: Sequent, s: Symbol) -> bool:
    domain = sequent.domains[s.name]
    if domain.natural or domain.lower is None or domain.lower < t.ZERO:
        return False
    return domain.lower != t.ZERO or domain.lower_open


def _plans(sequent: Sequent, depth: int) -> Iterator[Plan]:
    """Yield what a sequent becomes by the triangle itself and by others."""
    goal = relation(sequent)
    if goal is None or depth < _MIN_DEPTH:
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
    if not all(_is_positive(sequent, s) for s in angles):
        return None
    first, second, third = sorted(angles, key=str)
    return first, second, third


__all__ = ["by_acute_angles", "by_rooted_triangles", "by_third_angles", "by_triangles"]
