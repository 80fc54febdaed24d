"""Divergences inside of roots: something algebraic below takes their place.

A divergence K of two-point or of positive measures, a sum with logarithms that is 0 where its two
variables are equal and nowhere negative, is above several simple terms L: by Pinsker's inequality, by
its refinement ``(p - q)^2/(2*max(p, q))``, by the squared distance of the roots. A goal holds if it
grows with K from L on, and holds for L.
"""

from __future__ import annotations

from collections.abc import Iterator

from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.parser import parse_term
from srverify.language.statement import Domain
from srverify.language.term import Symbol, Term
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.calculus import value_in
from srverify.numerics.tactics.driver import Driver, Link, Proposal, relation
from srverify.numerics.tactics.floats import sign
from srverify.numerics.tactics.forms import RATIONAL
from srverify.numerics.tactics.hypotheses import fresh
from srverify.numerics.tactics.tails import put

#: What may be below a divergence of p and q.
_BELOW = (
    "2*(p - q)^2",
    "(p - q)^2/(2*q)",
    "(p - q)^2/(2*p)",
    "(sqrt(p) - sqrt(q))^2",
)


def by_divergences(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Put what is below a divergence for it, where a goal has it inside of a root and grows with it."""
    goal = relation(sequent)
    if goal is None or goal.operator == "=" or depth < 1 or len(sequent.variables) != 2:
        return
    f = difference(goal)
    p, q = (v.symbol for v in sequent.variables)
    if {n.operator for n in t.subterms(f)} - RATIONAL != {"sqrt", "log"}:
        return
    if not all(map(_is_positive, (sequent.domains[p.name], sequent.domains[q.name]))):
        return
    roots = (n.arguments[0] for n in t.subterms(f) if n.operator == "sqrt")
    inner = dict.fromkeys(m for u in roots for m in t.subterms(u) if m.operator == "add")
    whole = next((m for m in inner if _is_divergence(m, p, q, sequent)), None)
    if whole is None:
        return
    last = len(sequent.hypotheses)
    for text in _BELOW:
        below = parse_term(text, {"p": p, "q": q})
        name = fresh(sequent, "k")
        there = put(f, {whole: below})
        if sign(t.sub(whole, below), sequent) not in (0, 1) or sign(there, sequent) not in (0, 1):
            continue
        compared = {"rule": "compare", "var": name, "point": str(below), "name": fresh(sequent, "z")}
        links: list[Link] = [
            {"rule": "have", "formula": f"{below} <= {whole}"},
            {"rule": "generalize", "term": str(whole), "name": name, "domain": "[0, oo)"},
            {**compared, "side": "above"},
            {"rule": "weaken", "drop": [last], "unused": [name]},
        ]
        found = driver.chain(sequent, links, depth)
        if found is not None:
            yield found, -1


def _is_positive(domain: Domain) -> bool:
    return not domain.natural and domain.lower is not None and domain.lower >= t.ZERO


def _is_divergence(term: Term, p: Symbol, q: Symbol, sequent: Sequent) -> bool:
    """Tell whether a sum with logarithms seems to be 0 where p = q, and nowhere negative."""
    kinds = {n.operator for n in t.subterms(term)} - RATIONAL
    if kinds != {"log"} or t.symbols_of(term) != {p, q} or sign(term, sequent) not in (0, 1):
        return False
    there = value_in(term, p, q)
    return there is not None and sign(there, sequent) == 0


__all__ = ["by_divergences"]
