"""Logarithms of monomials beside a power of their product, at the least distance.

With ``L = sum of p_i*log(N_i)`` and ``exp(k*L) = M/c``, is ``M - L`` at least ``(1 + log(c*k))/k``,
whatever the variables are: for ``log(k*M) <= k*M - 1``. So is ``log(x) <= x^2 - (1 + log(2))/2``, and
so are bounds of products of powers and exponentials, all parameters in them, by their logarithms.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import reduce

from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.formula import Relation
from srverify.language.parser import formula_text
from srverify.language.term import Term
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.driver import Driver, Link, Node, Proposal, relation
from srverify.numerics.tactics.floats import sign
from srverify.numerics.tactics.forms import number, polynomial
from srverify.numerics.tactics.hypotheses import combined
from srverify.numerics.tactics.lawful import law, rewriting
from srverify.numerics.tactics.logarithms import spread
from srverify.numerics.tactics.monomials import Exponents, exponents, scale


def by_log_monomials(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Compare a sum of logarithms with the monomial that a multiple of it is the logarithm of."""
    goal = relation(sequent)
    if goal is None or goal.operator == "=":
        return
    parted = _parted(difference(goal))
    if parted is None:
        return
    monomial, logarithms, constant = parted
    found = scale(monomial, logarithms)
    if found is None or sign(monomial, sequent) != 1:
        return
    k, z = found
    fixed = {u: e for u, e in z.items() if not t.symbols_of(u)}
    # What is left when all variables have cancelled.
    left = t.add(constant, t.number(1 / k))
    for u, e in fixed.items():
        left = t.add(left, t.mul(t.number(e / k), _logarithm(u)))
    for n, p in logarithms.items():
        left = t.sub(left, t.mul(t.number(p), _logarithm(n)))
    known = sign(left, sequent)
    if known != 1 and (known != 0 or goal.operator == "<"):
        return
    last = len(sequent.hypotheses)
    # Two factors at a time, as it is read.
    varying = [_power(u, e) for u, e in z.items() if u not in fixed]
    whole = reduce(t.mul, [_power(u, e) for u, e in fixed.items()] + varying)
    links: list[Link] = [
        {"rule": "have", "formula": formula_text(Relation(goal.operator, t.ZERO, left))},
        *_assumed(law("log_below", a=whole), spread(whole, powers=True), last + 1),
    ]
    summands: list[tuple[object, ...]] = [(1, ["hyp", last]), (1 / k, ["hyp", last + 1])]
    for n, p in logarithms.items():
        own = list(spread(n, powers=True))
        if own:
            # One hypothesis for each summand so far.
            place = last + len(summands)
            links += _assumed(own[0], own[1:], place)
            summands.append((p, ["hyp", place]))
    found_proof = driver.chain(sequent, [*links, combined(*summands)], depth)
    if found_proof is not None:
        yield found_proof, -1


def _assumed(first: Node, others: Iterable[Node], place: int) -> list[Link]:
    """Return the steps that assume what a law says, as other laws write it."""
    return [first, *(link for instance in others for link in rewriting(instance, place))]


def _parted(f: Term) -> tuple[Term, Exponents, Term] | None:
    """Return (M, N, c) with ``f = M - sum of N[u]*log(u) + c``, c free of variables, M one product."""
    form = polynomial(f)
    if form is None:
        return None
    space, poly = form
    context = poly.context()
    logarithms: Exponents = {}
    kept: dict[bool, dict[tuple[int, ...], object]] = {True: {}, False: {}}
    for powers, c in poly.to_dict().items():
        at = [i for i, e in enumerate(powers) if e]
        atom = space.atoms[at[0]] if sum(powers) == 1 else None
        if atom is not None and atom.operator == "log" and t.symbols_of(atom):
            logarithms[atom.arguments[0]] = -number(c).value
        else:
            kept[any(t.symbols_of(space.atoms[i]) for i in at)][tuple(powers)] = c
    if not logarithms or not kept[True]:
        return None
    monomial, constant = (space.term(context.from_dict(kept[part])) for part in (True, False))
    if any(n.operator == "log" and t.symbols_of(n) for n in t.subterms(monomial)):
        return None
    return monomial, logarithms, constant


def _logarithm(u: Term) -> Term:
    """Return the logarithm of what has no variables in a product, as ``spread`` takes it apart."""
    total: Term = t.ZERO
    for v, e in exponents(u).items():
        if not t.symbols_of(v):
            total = t.add(total, t.mul(t.number(e), v.arguments[0] if v.operator == "exp" else t.log(v)))
    return total


def _power(u: Term, e: Fraction) -> Term:
    return u if e == 1 else t.power(u, t.number(e))


__all__ = ["by_log_monomials"]
