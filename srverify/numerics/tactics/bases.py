"""Bases of powers by exponentials: ``a = exp(u)`` makes ``a^v*b^(1 - v)`` an exponential of a sum."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from srverify.checker.enclosures.substitution import rebuilt
from srverify.checker.rejected import RejectedError
from srverify.checker.sequent import Sequent, mentions
from srverify.language import term as t
from srverify.language.formula import Relation
from srverify.language.statement import Domain
from srverify.language.term import Symbol, Term
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.balancing import balances
from srverify.numerics.tactics.driver import Driver, Link, Proposal, relation
from srverify.numerics.tactics.hypotheses import fresh
from srverify.numerics.tactics.lawful import law, replacing
from srverify.numerics.tactics.scaling import is_open_ray

_POWERS = ("realpower", "ratpower", "sqrt")
_MAX_STEPS = 24


def by_exponential_bases(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Put exponentials for the bases of powers where the sum that they make is alike about its mean."""
    goal = relation(sequent)
    if goal is None or goal.operator == "=" or len(sequent.variables) < 2:
        return
    f = difference(goal)
    powers = [n for n in t.subterms(f) if n.operator == "realpower" and t.symbols_of(n.arguments[1])]
    if len(set(powers)) < 2 or not _is_elsewhere(f, powers):
        # In a variable that is in exponents only, the sum is convex.
        return
    bases = [
        v.symbol
        for v in sequent.variables
        if is_open_ray(v.domain) and any(v.symbol is n.arguments[0] for n in powers)
    ]
    if not bases or any(mentions(h, x) for h in sequent.hypotheses for x in bases):
        return
    try:
        links, left = _links(sequent, goal, bases)
    except RejectedError:
        return
    if left is None or not balances(difference(left)):
        return
    proof = driver.chain(sequent, links, depth)
    if proof is not None:
        yield proof, -1


def _is_elsewhere(f: Term, powers: list[Term]) -> bool:
    """Tell whether a variable of the exponents occurs outside of powers too."""
    found = {x for n in powers for x in t.symbols_of(n.arguments[1])}
    stack = [f]
    while stack:
        part = stack.pop()
        if isinstance(part, Symbol):
            if part in found:
                return True
        elif part.operator not in ("number", "realpower"):
            stack.extend(part.arguments)
    return False


def _links(sequent: Sequent, goal: Relation, bases: list[Symbol]) -> tuple[list[Link], Relation | None]:
    """Return the steps that put exponentials for variables, and the goal that they leave."""
    last, links = len(sequent.hypotheses), list[Link]()
    named, sides = sequent, [goal.left, goal.right]
    for x in bases:
        name = fresh(named, "v")
        named = named.with_variable(name, Domain())
        u = named.symbols[name]
        links += [
            {"rule": "define", "name": name, "term": str(t.log(x))},
            law("exp_log", a=x),
            {"rule": "replace", "hyp": last, "back": True, "in": [last + 1]},
            {"rule": "weaken", "drop": [last]},
            {"rule": "eliminate", "hyp": last, "var": x.name},
            # That its value is defined and positive.
            {"rule": "weaken", "drop": [last, last + 1]},
        ]
        sides = [t.substitute(side, {x: t.exp(u)}) for side in sides]
    for _ in range(_MAX_STEPS):
        step = next(_steps(named, sides), None)
        if step is None:
            return links, Relation(goal.operator, *sides)
        old, new, more = step
        links += more
        sides = [rebuilt(side, lambda inner: new if inner == old else None) for side in sides]  # noqa: B023
    return links, None


def _steps(sequent: Sequent, sides: list[Term]) -> Iterator[tuple[Term, Term, list[Link]]]:
    """Yield powers of exponentials and of their products, and what they are."""
    for side in sides:
        for node in reversed(list(t.subterms(side))):
            if node.operator not in _POWERS or not t.symbols_of(node.arguments[0]):
                continue
            base = node.arguments[0]
            exponent = t.number(Fraction(1, 2)) if node.operator == "sqrt" else node.arguments[1]
            if base.operator == "exp":
                u = base.arguments[0]
                new = t.exp(t.mul(u, exponent))
                yield node, new, replacing(sequent, node, new, law("exp_multiple", a=u, b=exponent))
            elif base.operator in ("mul", "div"):
                a, *rest = base.arguments
                if base.operator == "div" and a is t.ONE:
                    continue
                b = t.mul(*rest)
                kind = "product" if base.operator == "mul" else "quotient"
                join = t.mul if base.operator == "mul" else t.div
                if node.operator == "sqrt":
                    new = join(t.sqrt(a), t.sqrt(b))
                    instance = law(f"sqrt_{kind}", a=a, b=b)
                else:
                    new = join(t.power(a, exponent), t.power(b, exponent))
                    instance = law(f"power_{kind}", a=a, b=b, c=exponent)
                yield node, new, replacing(sequent, node, new, instance)


__all__ = ["by_exponential_bases"]
