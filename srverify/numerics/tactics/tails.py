"""Functions that go to 1 far out, written by how far they are from it, so that 1 cancels."""

from __future__ import annotations

from collections.abc import Iterator

from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.formula import Relation, map_terms
from srverify.language.statement import Domain
from srverify.language.term import Term
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.driver import Driver, Link, Node, Proposal, relation
from srverify.numerics.tactics.floats import sign
from srverify.numerics.tactics.forms import plain
from srverify.numerics.tactics.lawful import law, nodes, replacing
from srverify.numerics.tactics.scaling import changed

_TAILED = ("erf", "tanh")
#: From here on it is the distance from 1 that counts.
_FAR = t.number(2)


def by_tails(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Put ``1 - erfc(u)`` for ``erf(u)`` on a ray, and likewise for tanh; cut a ray off first."""
    goal = relation(sequent)
    if goal is None or goal.operator == "=" or len(sequent.variables) != 1:
        return
    (variable,) = sequent.variables
    found = [n for n in nodes(sequent) if n.operator in _TAILED and variable.symbol in t.symbols_of(n)]
    domain = variable.domain
    if not found or domain.natural or (domain.upper is not None and domain.lower is not None):
        return
    if domain.lower is None:
        if domain.upper is not None and domain.upper <= t.ZERO:
            mirrored = driver.chain(sequent, changed(sequent, variable.symbol, t.number(-1)), depth)
            if mirrored is not None:
                yield mirrored, -1
        elif depth > 0:
            yield {"rule": "split", "var": variable.name, "at": "0"}, 1
        return
    if not _is_far(domain):
        if depth > 0:
            yield {"rule": "split", "var": variable.name, "at": str(_FAR)}, 1
        return
    new_terms: dict[Term, Term] = {}
    current, links = sequent, list[Link]()
    for node in found:
        if sign(node.arguments[0], sequent) != 1:
            return
        new, instance = _from_one(node)
        links += replacing(current, node, new, instance)
        new_terms[node] = new
        current = current.proving(map_terms(current.goal, lambda term: put(term, new_terms)))
    final = current.goal
    assert isinstance(final, Relation)
    f = difference(final)
    links.append({"rule": "rewrite", "goal": f"0 {final.operator} {plain(f)}"})
    proof = driver.chain(sequent, links, depth)
    if proof is not None:
        yield proof, -1


def _is_far(domain: Domain) -> bool:
    return domain.lower is not None and domain.lower >= _FAR


def _from_one(node: Term) -> tuple[Term, Node]:
    u = node.arguments[0]
    if node.operator == "erf":
        return t.sub(t.ONE, t.function("erfc", u)), law("erfc_erf", a=u)
    exponential = t.exp(t.mul(t.number(2), u))
    return t.sub(t.ONE, t.div(t.number(2), t.add(exponential, t.ONE))), law("tanh_exp", a=u)


def put(term: Term, changed: dict[Term, Term]) -> Term:
    """Put other terms for some in a term."""
    if term in changed:
        return changed[term]
    if term.operator in ("number", "variable"):
        return term
    literal = term.operator in ("power", "ratpower", "lambertw")
    old = term.arguments[:1] if literal else term.arguments
    new = tuple(put(argument, changed) for argument in old)
    return t.rebuilt(term, (*new, term.arguments[1]) if literal else new)


__all__ = ["by_tails", "put"]
