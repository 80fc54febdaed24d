"""Variables that occur in several roots: a root that all of these are powers of becomes the variable.

With ``a = u^12`` are ``sqrt(a)``, ``a^(1/3)`` and ``(a*b)^(1/4)`` powers and products of powers: a goal
in roots of monomials of positive variables becomes one in polynomials.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from srverify.checker.enclosures.substitution import rebuilt
from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.formula import Relation, terms
from srverify.language.parser import formula_text
from srverify.language.term import Number, Symbol, Term
from srverify.numerics.tactics.driver import Driver, Link, Node, Proposal, relation
from srverify.numerics.tactics.forms import RATIONAL, factored
from srverify.numerics.tactics.hypotheses import combined, fresh
from srverify.numerics.tactics.lawful import law, replaced_by

#: Square roots alone are taken for variables one by one; higher powers, and more variables, make
#: polynomials too large.
_LEAST_ORDER, _MAX_ORDER = 3, 24


@dataclass(frozen=True)
class _Root:
    """The power ``p/q`` of the product of powers of variables."""

    powers: tuple[tuple[Symbol, int], ...]
    p: int
    q: int


def by_common_roots(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Put ``x = u^N`` for all variables in roots of monomials, where a goal has no other functions."""
    goal = relation(sequent)
    if goal is None:
        return
    inner = dict.fromkeys(n for term in terms(goal) for n in t.subterms(term))
    functions = [n for n in inner if n.operator not in RATIONAL and t.symbols_of(n)]
    found = {n: root for n in functions if (root := _root(n)) is not None}
    # One root alone is better left where the goal has a rational contact.
    if len(found) < 2 or len(found) < len(functions):
        return
    parts = [(k, root.q) for root in found.values() for _, k in root.powers]
    order = math.lcm(*(q // math.gcd(k, q) for k, q in parts))
    moved = {x for root in found.values() for x, _ in root.powers}
    if not _LEAST_ORDER <= order <= _MAX_ORDER or not _is_movable(sequent, moved):
        return
    links, values = list[Link](), dict[Symbol, Term]()
    for x in sorted(moved, key=str):
        values[x] = t.variable(fresh(sequent, f"{x}_r"))
        links += _put(sequent, x, values[x], order)
    for place in reversed(range(len(sequent.hypotheses))):
        h = sequent.hypotheses[place]
        if isinstance(h, Relation) and isinstance(h.left, Symbol) and isinstance(h.right, Symbol):
            name = "power_reflects_strict" if h.operator == "<" else "power_reflects"
            links.append(law(name, a=values[h.left], b=values[h.right], c=t.number(order)))
            links.append({"rule": "weaken", "drop": [place]})
    powers = {x: t.power(u, t.number(order)) for x, u in values.items()}
    bases = {n: _base(root, values, order) for n, root in found.items()}
    # What the new variables stand for has been replaced.
    own = {t.power(x, t.number(Fraction(1, order))): u for x, u in values.items()}
    written = {n: own.get(n) or _written(n, found[n], base) for n, base in bases.items()}

    def put(term: Term) -> Term:
        return t.substitute(rebuilt(term, written.get), powers)

    new = Relation(goal.operator, put(goal.left), put(goal.right))
    links.append({"rule": "rewrite", "goal": formula_text(new)})
    for n, base in bases.items():
        for instance in _undone(n, found[n], base) if n not in own else ():
            links += replaced_by(instance, len(sequent.hypotheses))
    proof = driver.chain(sequent, links, depth)
    if proof is not None:
        yield proof, -1


def _root(node: Term) -> _Root | None:
    """Return what a term is the root of, if that is a product of powers of variables."""
    if node.operator == "sqrt":
        exponent = Fraction(1, 2)
    elif node.operator == "ratpower" and isinstance(node.arguments[1], Number):
        exponent = node.arguments[1].value
    else:
        return None
    factors = factored(node.arguments[0])
    if factors is None or factors.constant != 1:
        return None
    powers = [*factors.above, *((x, -k) for x, k in factors.below)]
    if not all(isinstance(x, Symbol) for x, _ in powers):
        return None
    variables = tuple((x, k) for x, k in powers if isinstance(x, Symbol))
    return _Root(variables, exponent.numerator, exponent.denominator)


def _is_movable(sequent: Sequent, moved: set[Symbol]) -> bool:
    """Tell whether all variables are positive, up to 1 or from 1 on, and are only ordered.

    Polynomials in two of them are left to others, unless an order has kept these from making it one.
    """
    if len(moved) < len(sequent.variables) or len(moved) > 1 + len(sequent.hypotheses):
        return False
    ends = ((d.lower, d.upper) for d in (sequent.domains[x.name] for x in moved))
    if not all(end in ((t.ZERO, None), (t.ZERO, t.ONE), (t.ONE, None)) for end in ends):
        return False
    if any(d.lower == t.ZERO and not d.lower_open for d in sequent.domains.values()):
        return False
    orders = [h for h in sequent.hypotheses if isinstance(h, Relation) and h.operator != "="]
    return orders == list(sequent.hypotheses) and all({h.left, h.right} <= moved for h in orders)


def _put(sequent: Sequent, x: Symbol, u: Term, order: int) -> list[Link]:
    """Return the steps that put the power of a new variable for one."""
    last, exponent, domain = (
        len(sequent.hypotheses),
        t.number(Fraction(1, order)),
        sequent.domains[x.name],
    )
    links: list[Link] = [
        {"rule": "define", "name": str(u), "term": str(t.power(x, exponent))},
        law("power_positive", a=x, b=exponent),
        (
            {"rule": "have", "formula": f"0 < {u}"},
            combined((1, ["hyp", last + 1]), (-1, ["hyp", last])),
        ),
        {"rule": "weaken", "drop": [last + 1]},
        {"rule": "absorb", "hyp": last + 1},
    ]
    for is_there, is_open, formula in (
        (domain.lower == t.ONE, domain.lower_open, "1 {} {}"),
        (domain.upper == t.ONE, domain.upper_open, "{1} {0} 1"),
    ):
        if is_there:
            bound = formula.format("<" if is_open else "<=", u)
            links += [{"rule": "have", "formula": bound}, {"rule": "absorb", "hyp": last + 1}]
    return [
        *links,
        law("power_power", a=x, b=exponent, c=t.number(order)),
        {"rule": "replace", "hyp": last, "back": True, "in": [last + 1]},
        (
            {"rule": "have", "formula": f"{x} = {t.power(u, t.number(order))}"},
            combined((-1, ["hyp", last + 1])),
        ),
        {"rule": "weaken", "drop": [last, last + 1]},
        {"rule": "eliminate", "hyp": last, "var": x.name},
        # What is left says that the power is defined and where it is.
        {"rule": "weaken", "drop": list(range(last, last + 2 + (domain.upper is not None)))},
    ]


def _base(root: _Root, values: dict[Symbol, Term], order: int) -> Term:
    """Return the root of order q, a product of powers of the new variables."""
    exponents = [(values[x], k * order // root.q) for x, k in root.powers]
    above, below = (_product([(u, s * k) for u, k in exponents if s * k > 0]) for s in (1, -1))
    return above if below is t.ONE else t.div(above, below)


def _product(powers: list[tuple[Term, int]]) -> Term:
    parts = [u if k == 1 else t.power(u, t.number(k)) for u, k in powers]
    return t.mul(*parts) if parts else t.ONE


def _written(node: Term, root: _Root, base: Term) -> Term:
    """Return a root as that of a power."""
    power = t.power(base, t.number(root.q))
    return (
        t.sqrt(power) if node.operator == "sqrt" else t.power(power, t.number(Fraction(root.p, root.q)))
    )


def _undone(node: Term, root: _Root, base: Term) -> Iterator[Node]:
    """Yield the laws that make the root of a power a power, one after the other."""
    if node.operator == "sqrt":
        yield law("sqrt_of_square", a=base)
        yield law("abs_nonneg", a=base)
    else:
        yield law("power_power", a=base, b=t.number(root.q), c=t.number(Fraction(root.p, root.q)))


__all__ = ["by_common_roots"]
