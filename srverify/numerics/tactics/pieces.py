"""Piecewise linear goals: absolute values and extrema told apart until linear inequalities are left.

Each case that linear programming does not exclude is looked at once, and no other way is tried: between
linear inequalities there is no better one.
"""

from __future__ import annotations

from collections.abc import Iterator

from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.formula import Formula, Relation
from srverify.language.term import Term
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.driver import NOTHING_ELSE, Driver, Node, Proposal, relation
from srverify.numerics.tactics.lawful import law, nodes, replacing
from srverify.numerics.tactics.linear import consequence

_KINKS = ("abs", "max", "min")


def by_pieces(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Put what an absolute value or an extremum is, or tell its cases apart, at no cost."""
    goal = relation(sequent)
    if goal is None or not all(map(_is_piecewise_linear, (*sequent.hypotheses, goal))):
        return
    # Inner ones come first.
    node = next((n for n in nodes(sequent) if n.operator in _KINKS), None)
    if node is None:
        found = consequence(sequent, difference(goal)) if goal.operator == "<=" else None
        if found is not None:
            yield found, 0
        return
    for gap, value, instance in _sides(node):
        shown = consequence(sequent, gap)
        if shown is not None:
            first, *others = replacing(sequent, node, value, instance)
            assert isinstance(first, dict)
            proof = driver.chain(sequent, [(first, shown), *others], depth)
            yield (proof, -1) if proof is not None else NOTHING_ELSE
            return
    a, *b = node.arguments
    yield {"rule": "cases", "on": f"{a} <= {b[0]}" if b else f"0 <= {a}"}, 0
    yield NOTHING_ELSE


def _sides(node: Term) -> tuple[tuple[Term, Term, Node], ...]:
    """Return what is at least 0 on each side of a kink, the value there and the law that says so."""
    if node.operator == "abs":
        (a,) = node.arguments
        return (a, a, law("abs_nonneg", a=a)), (t.neg(a), t.neg(a), law("abs_nonpos", a=a))
    a, b = node.arguments
    first, second = ("left", "right") if node.operator == "min" else ("right", "left")
    below = a if node.operator == "min" else b
    above = b if node.operator == "min" else a
    return (
        (t.sub(b, a), below, law(f"{node.operator}_{first}", a=a, b=b)),
        (t.sub(a, b), above, law(f"{node.operator}_{second}", a=a, b=b)),
    )


def _is_piecewise_linear(u: Formula | Term) -> bool:
    if isinstance(u, Formula):
        return isinstance(u, Relation) and _is_piecewise_linear(u.left) and _is_piecewise_linear(u.right)
    match u.operator:
        case "number" | "variable":
            return True
        case "mul":
            return sum(bool(t.symbols_of(v)) for v in u.arguments) <= 1 and all(
                map(_is_piecewise_linear, u.arguments)
            )
        case "div":
            above, below = u.arguments
            return below.operator == "number" and _is_piecewise_linear(above)
        case "max" | "min" if len(u.arguments) != 2:
            return False
        case "add" | "neg" | "abs" | "max" | "min":
            return all(map(_is_piecewise_linear, u.arguments))
    return False


__all__ = ["by_pieces"]
