"""Tails of the error function: ``erfc(u)`` for ``1 - erf(u)``, whose relative size is seen far out."""

from __future__ import annotations

from collections.abc import Iterator

from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.formula import terms
from srverify.language.term import Term
from srverify.numerics.tactics.algebraic import by_factors, difference
from srverify.numerics.tactics.driver import NOTHING_ELSE, Driver, Link, Proposal, relation
from srverify.numerics.tactics.forms import expanded, polynomial
from srverify.numerics.tactics.lawful import law, replacing
from srverify.numerics.tactics.tails import put


def by_complements(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Put erfc for what is left of 1 by erf, where a goal has erf nowhere else."""
    if relation(sequent) is None:
        return
    nodes = [n for side in terms(sequent.goal) for n in t.subterms(side)]
    found = {n: u for n in nodes if (u := _argument(n)) is not None}
    if not found or sum(n.operator == "erf" for n in nodes) != sum(n in found for n in nodes):
        yield from _by_fewer_summands(driver, sequent, depth)
        return
    links: list[Link] = []
    for node, u in found.items():
        links += replacing(sequent, node, t.function("erfc", u), law("erfc_erf", a=u))
    led, proof = driver.chained(sequent, links, depth)
    if led:
        yield (proof, -1) if proof is not None else NOTHING_ELSE


def by_cleared_tails(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Multiply out first what values of erf or erfc divide on an infinite range of one variable.

    Logarithmic derivatives are so divided; their numerators have plain expansions at infinity.
    """
    goal = relation(sequent)
    if goal is None or len(sequent.variables) != 1:
        return
    (variable,) = sequent.variables
    if variable.domain.lower is not None and variable.domain.upper is not None:
        return
    divisors = {n.arguments[1] for n in t.subterms(difference(goal)) if n.operator == "div"}
    if any(m.operator in ("erf", "erfc") for n in divisors for m in t.subterms(n)):
        yield from by_factors(driver, sequent, depth)


def _by_fewer_summands(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Do so in sums of products that become shorter: ``a + b - a*b`` is ``1 - (1 - a)*(1 - b)``."""
    goal = relation(sequent)
    if goal is None or len(sequent.variables) < 2:
        return
    f = difference(goal)
    found = [n for n in dict.fromkeys(t.subterms(f)) if n.operator == "erf" and t.symbols_of(n)]
    before = polynomial(f) if len(found) > 1 else None
    if before is None:
        return
    written: dict[Term, Term] = {n: t.sub(t.ONE, t.function("erfc", n.arguments[0])) for n in found}
    new = expanded(put(f, written))
    after = None if new is None else polynomial(new)
    if after is None or len(after[1]) >= len(before[1]):
        return
    links: list[Link] = []
    for node, term in written.items():
        links += replacing(sequent, node, term, law("erfc_erf", a=node.arguments[0]))
    links.append({"rule": "rewrite", "goal": f"0 {goal.operator} {new}"})
    proof = driver.chain(sequent, links, depth)
    if proof is not None:
        yield proof, -1


def _argument(node: Term) -> Term | None:
    """Return u where a term is ``1 - erf(u)``."""
    if node.operator != "add" or len(node.arguments) != 2:
        return None
    one, other = node.arguments
    if one is t.ONE and other.operator == "neg" and other.arguments[0].operator == "erf":
        return other.arguments[0].arguments[0]
    return None


__all__ = ["by_cleared_tails", "by_complements"]
