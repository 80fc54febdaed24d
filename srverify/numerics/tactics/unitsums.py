"""Sums of powers and exponentials, compared with what they are where all of these are 1.

With ``exp(u) >= 1 + u`` for each of them, ``c*a^p + d*b^q >= c + d`` follows from
``0 <= c*p*log(a) + d*q*log(b)``: a weighted mean of arithmetic and geometric kind, exponents left free.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.formula import Relation
from srverify.language.parser import formula_text
from srverify.language.term import Term
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.driver import Driver, Link, Proposal, relation
from srverify.numerics.tactics.floats import sign
from srverify.numerics.tactics.forms import linear_combination
from srverify.numerics.tactics.hypotheses import combined
from srverify.numerics.tactics.lawful import law

_POWERS = ("realpower", "natpower")


def by_unit_sums(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Show that a sum of powers is at least the sum of its factors by logarithms of the powers."""
    goal = relation(sequent)
    if goal is None or goal.operator == "=":
        return
    weights = _weights(difference(goal))
    if weights is None:
        return
    logarithms = {n: t.mul(n.arguments[1], t.log(n.arguments[0])) for n in weights}
    total = t.add(*(t.mul(t.number(c), logarithms[n]) for n, c in weights.items()))
    known = sign(total, sequent)
    if known != 1 and (known != 0 or goal.operator == "<"):
        return
    last = len(sequent.hypotheses)
    # What is left is shown first, without what the laws say.
    links: list[Link] = [
        {"rule": "have", "formula": formula_text(Relation(goal.operator, t.ZERO, total))}
    ]
    summands: list[tuple[object, ...]] = [(1, ["hyp", last])]
    for n, c in weights.items():
        base, exponent = n.arguments
        for weight, instance in (
            (-c, law("power_exp", a=base, b=exponent)),
            (c, law("exp_above", a=logarithms[n])),
        ):
            summands.append((weight, ["hyp", last + len(links)]))
            links.append(instance)
    found = driver.chain(sequent, [*links, combined(*summands)], depth)
    if found is not None:
        yield found, -1


def _weights(f: Term) -> dict[Term, Fraction] | None:
    """Return the factors of powers, if a term is a sum of these, at least two, less the factors."""
    parts = linear_combination(f)
    if parts is None:
        return None
    found = {n: c for n, c in parts.items() if n.operator in _POWERS}
    constant = sum(c for n, c in parts.items() if n is t.ONE)
    others = [n for n in parts if n not in found and n is not t.ONE]
    if others or len(found) < 2 or min(found.values()) < 0 or constant != -sum(found.values()):
        return None
    return found


__all__ = ["by_unit_sums"]
