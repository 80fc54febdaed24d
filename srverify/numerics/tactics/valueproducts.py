"""Functions of the product of two variables, alone or beside a product of a function's values at these.

What is about ``x*y`` alone gets a variable for it. The others are compared by logarithms, as in
``erf(x)*erf(y) <= 1 - exp(-4*x*y/pi)``: logarithms make a sum of the product, which has its most,
for a given mean ``sqrt(x*y)``, where x and y are equal if the function is concave in their logarithms.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations

from flint import ctx

from srverify.checker.enclosures.evaluation import DEFAULT_PRECISION, Evaluator
from srverify.checker.enclosures.substitution import rebuilt
from srverify.checker.sequent import Sequent, box_of, mentions
from srverify.language import term as t
from srverify.language.formula import Relation
from srverify.language.parser import formula_text
from srverify.language.term import Symbol, Term
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.calculus import value_in
from srverify.numerics.tactics.driver import Driver, Link, Proposal, relation
from srverify.numerics.tactics.floats import sign
from srverify.numerics.tactics.forms import RATIONAL, expanded, number, polynomial, tidied
from srverify.numerics.tactics.generalizing import written
from srverify.numerics.tactics.hypotheses import combined, fresh
from srverify.numerics.tactics.lawful import law


def by_single_products(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Put one variable for the product of two in which a goal has both of them, and no others.

    Among more variables scaling finds the product, too, and more than that.
    """
    goal = relation(sequent)
    if goal is None or len(sequent.variables) != 2:
        return
    f = difference(goal)
    functions = [n for n in dict.fromkeys(t.subterms(f)) if n.operator not in RATIONAL]
    first, second = sequent.variables
    x, y = first.symbol, second.symbol
    together = [len({x, y} & t.symbols_of(n)) for n in functions]
    if 2 not in together or 1 in together or first.domain.natural or second.domain.natural:
        return
    if any(mentions(h, v) for h in sequent.hypotheses for v in (x, y)):
        return
    product = t.mul(x, y)
    left = _put(f, x, y, product) if all(sign(v, sequent) == 1 for v in (x, y)) else None
    if left is None:
        return
    with ctx.workprec(DEFAULT_PRECISION):
        domain = written(Evaluator(box_of(sequent)).walk(product).at)
    name = fresh(sequent, f"{x}{y}")
    links: list[Link] = [
        {"rule": "rewrite", "goal": f"0 {goal.operator} {left}"},
        {"rule": "generalize", "term": str(product), "name": name, "domain": domain},
    ]
    found = driver.chain(sequent, links, depth)
    if found is not None:
        yield found, -1


def by_value_products(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Compare ``f(x)*f(y)`` with a function of the product of x and y by their logarithms."""
    goal = relation(sequent)
    if goal is None or goal.operator == "=" or depth < 1:
        return
    strict = goal.operator == "<"
    for first, second in combinations(sequent.variables, 2):
        x, y = first.symbol, second.symbol
        found = _parted(difference(goal), x, y)
        if found is None or any(sign(v, sequent) != 1 for v in (x, y, *found[1:])):
            continue
        c, u, v, bound = found
        last, both, product = len(sequent.hypotheses), t.mul(u, v), t.mul(x, y)
        by_mean = _put(bound, x, y, t.power(t.sqrt(product), t.number(2)))
        by_product = _put(bound, x, y, product)
        if by_mean is None or by_product is None:
            continue
        less, logs = goal.operator, t.add(t.log(u), t.log(v))
        links: list[Link] = [
            {"rule": "have", "formula": formula_text(Relation(less, logs, t.log(by_mean)))},
            law("log_product", a=u, b=v),
            (
                {"rule": "have", "formula": formula_text(Relation(less, t.log(both), t.log(by_mean)))},
                combined((1, ["hyp", last]), (1, ["hyp", last + 1])),
            ),
            law("sqrt_square", a=product),
            {"rule": "replace", "hyp": last + 3, "in": [last + 2]},
            law("log_reflects_strict" if strict else "log_reflects", a=both, b=by_product),
            combined((c, ["hyp", last + 4])),
        ]
        proof = driver.chain(sequent, links, depth)
        if proof is not None:
            yield proof, -1
        return


def _parted(f: Term, x: Symbol, y: Symbol) -> tuple[Fraction, Term, Term, Term] | None:
    """Return (c, u(x), u(y), g) with ``f = c*(g - u(x)*u(y))`` and c > 0, if it is so."""
    form = polynomial(f)
    if form is None:
        return None
    space, poly = form
    for exponents, c in poly.to_dict().items():
        at = [i for i, e in enumerate(exponents) if e]
        if c > 0 or sum(exponents) != 2 or len(at) != 2:
            continue
        u, v = (space.atoms[i] for i in at)
        u, v = (u, v) if x in t.symbols_of(u) else (v, u)
        if t.symbols_of(u) != {x} or t.symbols_of(v) != {y} or u.operator in RATIONAL:
            continue
        if value_in(u, x, y) != v:
            continue
        factor = -number(c).value
        g = expanded(t.add(t.div(f, t.number(factor)), t.mul(u, v)))
        return None if g is None else (factor, u, v, g)
    return None


def _put(g: Term, x: Symbol, y: Symbol, product: Term) -> Term | None:
    """Return a term with another for the product of two variables, if it has nothing else of them."""
    z = t.variable(f"{x}{y}z")
    values = {x: t.div(z, y)}
    made = {
        n: tidied(t.substitute(n, values))
        for n in dict.fromkeys(t.subterms(g))
        if n.operator not in RATIONAL and x in t.symbols_of(n)
    }
    new = expanded(t.substitute(rebuilt(g, made.get), values))
    if new is None or {x, y} & t.symbols_of(new):
        return None
    return t.substitute(new, {z: product})


__all__ = ["by_single_products", "by_value_products"]
