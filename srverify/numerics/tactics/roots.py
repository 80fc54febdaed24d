"""Roots of products of variables as products of roots, which may then become variables themselves."""

from __future__ import annotations

from collections.abc import Iterator

from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.term import Term
from srverify.numerics.tactics.driver import Driver, Node, Proposal
from srverify.numerics.tactics.floats import sign
from srverify.numerics.tactics.lawful import law, nodes, replacing


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
