"""Maxima by what is above all of their arguments, and several variables at their bounds at once."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import partial

from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.formula import Relation, terms
from srverify.language.parser import formula_text
from srverify.language.term import Number, Symbol, Term
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.calculus import real_variables, slope_of, value_in
from srverify.numerics.tactics.driver import Driver, Link, Node, Proposal, expand, relation
from srverify.numerics.tactics.floats import sign
from srverify.numerics.tactics.forms import is_algebraic, is_zero, linear_combination, plain, tidied
from srverify.numerics.tactics.hypotheses import combined, fresh
from srverify.numerics.tactics.lawful import law, linear_parts


def by_majorants(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Put a variable for a maximum on the larger side (a minimum on the other), known by its arguments.

    Nothing is lost: what holds for all that is above the arguments holds for the largest of them.
    """
    goal = relation(sequent)
    if goal is None or goal.operator == "=" or len(sequent.variables) < 3:
        return
    inner = [n for term in terms(goal) for n in t.subterms(term) if n.operator in ("max", "min")]
    if len(inner) != 1 or len(inner[0].arguments) != 2 or is_algebraic(difference(goal)):
        return
    for atom, p, _ in linear_parts(difference(goal), ("max", "min")):
        up = atom.operator == "max"
        if not isinstance(p, Number) or (p > 0) is not up:
            continue
        yield from _named(driver, sequent, depth, atom, up=up)
        return


def _named(driver: Driver, sequent: Sequent, depth: int, atom: Term, *, up: bool) -> Iterator[Proposal]:
    last, links, facts = len(sequent.hypotheses), list[Link](), list[Relation]()
    a, b = atom.arguments
    for place, u in (("left", a), ("right", b)):
        own = law(f"{atom.operator}_{'above' if up else 'below'}_{place}", a=a, b=b)
        if u.operator == "abs" and up:
            (w,) = u.arguments
            sides = [("abs_above", w), ("abs_above_negative", t.neg(w))]
            for name, side in sides:
                at = last + len(facts)
                facts.append(Relation("<=", side, atom))
                links += [
                    own,
                    law(name, a=w),
                    (
                        {"rule": "have", "formula": f"{side} <= {atom}"},
                        combined((1, ["hyp", at]), (1, ["hyp", at + 1])),
                    ),
                    {"rule": "weaken", "drop": [at, at + 1]},
                ]
        else:
            facts.append(Relation("<=", u, atom) if up else Relation("<=", atom, u))
            links.append(own)
    name = fresh(sequent, "m")
    links.append({"rule": "generalize", "term": str(atom), "name": name, "domain": "real"})
    found = driver.chain(sequent, links, depth)
    if found is not None:
        yield found, -1


def by_all_arguments(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Show that a term is above a maximum (below a minimum) by showing it for each of the arguments.

    Nothing is lost, and no order of the arguments is assumed in which the sides look less alike.
    """
    goal = relation(sequent)
    if goal is None or goal.operator == "=" or is_algebraic(difference(goal)):
        return
    for atom, p, r in linear_parts(difference(goal), ("max", "min")):
        up = atom.operator == "max"
        if len(atom.arguments) != 2 or sign(p, sequent) != (-1 if up else 1):
            continue
        sides = [Relation(goal.operator, t.ZERO, tidied(t.add(t.mul(p, u), r))) for u in atom.arguments]
        found = driver.apart(
            sequent, [formula_text(side) for side in sides], partial(_larger, driver, atom, p), depth
        )
        if found is not None:
            yield found, -1
        return


def _larger(driver: Driver, atom: Term, p: Term, sequent: Sequent) -> Node | None:
    """Show a goal about a maximum or minimum whose last two hypotheses say it of each argument."""
    last = len(sequent.hypotheses) - 2
    a, b = atom.arguments
    head: Node = {"rule": "cases", "on": formula_text(Relation("<=", b, a))}
    *defined, below, above = expand(sequent, head)
    proofs = [driver.prove(side, 1) for side in defined]
    names = ("max_left", "max_right") if atom.operator == "max" else ("min_right", "min_left")
    chosen = (0, 1) if atom.operator == "max" else (1, 0)
    for case, name, place in zip((below, above), names, chosen, strict=True):
        closing = combined((1, ["hyp", last + place]), (-1, ["hyp", last + 3], ["term", str(p)]))
        proofs.append(driver.chain(case, [law(name, a=a, b=b), closing], 1))
    return None if None in proofs else {**head, "children": proofs}


def by_joint_bounds(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Move all variables to their bounds in which the goal only gets harder on the way there."""
    goal = relation(sequent)
    # What it has to show on the way, the signs of slopes, has depth 1 and is not for itself.
    if goal is None or goal.operator == "=" or depth < 2 or len(sequent.hypotheses) < 2:
        return
    f = difference(goal)
    if is_algebraic(f):
        return
    links: list[Link] = []
    named, moved, at = sequent, set[Symbol](), f
    bounds: list[tuple[int, Relation, dict[Term, Fraction]]] = []
    for index, h in enumerate(sequent.hypotheses):
        if isinstance(h, Relation) and h.operator != "=":
            parts = linear_combination(difference(h))
            if parts is not None and len(parts) > 1:
                bounds.append((index, h, parts))
    for index, h, parts in bounds:
        for _, x, _ in real_variables(sequent, Relation("<=", t.ZERO, at)):
            c = parts.get(x)
            if c is None or x in moved or _is_shared(x, c, bounds):
                continue
            slope = slope_of(at, x)
            # Where x has an upper bound, the goal has to fall up to there.
            if slope is None or sign(slope, sequent.free_of(x)) != (-1 if c < 0 else 1):
                continue
            rest = [t.mul(t.number(-k / c), part) for part, k in parts.items() if part is not x]
            point = t.add(*rest)
            if moved & t.symbols_of(point):
                continue
            there = value_in(at, x, point)
            if there is None:
                continue
            name = fresh(named, "z")
            low, high = (x, point) if c < 0 else (point, x)
            last = len(sequent.hypotheses)
            links += [
                (
                    {"rule": "have", "formula": f"{low} {h.operator} {high}"},
                    combined((1 / abs(c), ["hyp", index])),
                ),
                {
                    "rule": "compare",
                    "var": str(x),
                    "point": str(point),
                    "name": name,
                    "side": "below" if c < 0 else "above",
                },
                {"rule": "weaken", "drop": [last]},
            ]
            moved.add(x)
            at = there
            break
    if not moved or sign(at, sequent) not in (0, 1):
        return
    alone = sequent.keeping(lambda _, h: False)
    if sign(at, alone) in (0, 1):
        # The orders have been used up.
        links.append({"rule": "weaken", "drop": list(range(len(sequent.hypotheses)))})
    left = plain(tidied(at))
    # An argument that becomes a number, as in log(1), is no longer the same function's.
    left = left if is_zero(t.sub(at, left)) else plain(at)
    links.append({"rule": "rewrite", "goal": f"0 {goal.operator} {left}"})
    found = driver.chain(sequent, links, depth)
    if found is not None:
        yield found, -1


def _is_shared(x: Symbol, c: Fraction, bounds: list[tuple[int, Relation, dict[Term, Fraction]]]) -> bool:
    """Tell whether a variable has several bounds on one side, of which none is the only one to go to."""
    return sum(parts.get(x, 0) * c > 0 for _, _, parts in bounds) > 1


__all__ = ["by_all_arguments", "by_joint_bounds", "by_majorants"]
