"""Roots of products of variables as products of roots, which may then become variables themselves.

Roots of squares of quotients are no roots at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from srverify.checker.enclosures.substitution import rebuilt
from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.formula import Relation
from srverify.language.parser import formula_text
from srverify.language.term import Term
from srverify.numerics.rational_eval import rational_value
from srverify.numerics.tactics.driver import Driver, Node, Proposal, relation
from srverify.numerics.tactics.floats import sign
from srverify.numerics.tactics.forms import factored, is_rational
from srverify.numerics.tactics.generalizing import root_as_variable
from srverify.numerics.tactics.lawful import law, nodes, replaced_by, replacing


def by_splitting_roots(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Write a root of a product or quotient in several variables by roots of its parts."""
    roots = [node for node in nodes(sequent) if node.operator in ("sqrt", "ratpower")]
    # Others would stay roots, and are better squared as they are.
    if not all(_is_plain(part) for root in roots for part in t.subterms(root.arguments[0])):
        return
    for node in roots:
        found = _split(sequent, node)
        if found is not None:
            new, instance = found
            proof = driver.chain(sequent, replacing(sequent, node, new, instance), depth)
            if proof is not None:
                yield proof, -1
            return


def by_square_roots(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Write the root of a square of a quotient without a root, and inverse functions that have one.

    ``acosh((k + 1/k)/2)`` is ``log(k)``, for its square less 1 is that of ``(k - 1/k)/2``.
    """
    goal, last = relation(sequent), len(sequent.hypotheses)
    if goal is None:
        return
    inverses = {"acosh": t.number(-1), "asinh": t.ONE}
    for node in nodes(sequent):
        (u, *_) = node.arguments or (node,)
        if node.operator in inverses and is_rational(u):
            square = t.add(t.power(u, t.number(2)), inverses[node.operator])
            if _root(square) is not None:
                new = t.log(t.add(u, t.sqrt(square)))
                links = replacing(sequent, node, new, law(f"{node.operator}_log", a=u))
            else:
                # There may be one in the root of a variable.
                roots = (t.sqrt(x) for x in t.symbols_of(u) if t.sqrt(x) in nodes(sequent))
                named = next((n for n in map(partial(root_as_variable, sequent), roots) if n), None)
                if named is None:
                    continue
                links = named
        elif node.operator == "sqrt" and is_rational(u) and u.operator != "power":
            root = _root(u)
            known = None if root is None else sign(root, sequent)
            if root is None or known not in (0, 1, -1):
                continue
            square, kind = t.power(root, t.number(2)), "abs_nonpos" if known == -1 else "abs_nonneg"
            put = {node: t.sqrt(square)}
            new_goal = Relation(goal.operator, rebuilt(goal.left, put.get), rebuilt(goal.right, put.get))
            links = [{"rule": "rewrite", "goal": formula_text(new_goal)}]
            for instance in (law("sqrt_of_square", a=root), law(kind, a=root)):
                links += replaced_by(instance, last)
        else:
            continue
        found = driver.chain(sequent, links, depth)
        if found is not None:
            yield found, -1
        return


def _root(u: Term) -> Term | None:
    """Return a quotient of products whose square a term with variables is."""
    factors = factored(u) if t.symbols_of(u) else None
    if factors is None or factors.constant <= 0:
        return None
    constant = rational_value(t.sqrt(t.number(factors.constant)), {})
    if constant is None or any(e % 2 for _, e in (*factors.above, *factors.below)):
        return None
    above, below = (
        [f if e == 2 else t.power(f, t.number(e // 2)) for f, e in side]
        for side in (factors.above, factors.below)
    )
    top = t.mul(t.number(constant), *above) if constant != 1 or not above else t.mul(*above)
    return t.div(top, t.mul(*below)) if below else top


def _split(sequent: Sequent, node: Term) -> tuple[Term, Node] | None:
    inside = node.arguments[0]
    if inside.operator not in ("mul", "div"):
        return None
    if len(t.symbols_of(inside)) < 2:
        return None
    a, b = inside.arguments[0], inside.arguments[1]
    if inside.operator == "mul":
        b = t.mul(*inside.arguments[1:])
    name = "product" if inside.operator == "mul" else "quotient"
    join = t.mul if inside.operator == "mul" else t.div
    signs = sign(a, sequent), sign(b, sequent)
    if node.operator == "sqrt" and signs[0] in (0, 1) and signs[1] in (0, 1):
        return join(t.sqrt(a), t.sqrt(b)), law(f"sqrt_{name}", a=a, b=b)
    if node.operator == "ratpower" and signs == (1, 1):
        c = node.arguments[1]
        return join(t.power(a, c), t.power(b, c)), law(f"power_{name}", a=a, b=b, c=c)
    return None


def _is_plain(part: Term) -> bool:
    return part.operator in ("mul", "div", "variable", "number")
