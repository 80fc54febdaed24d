"""Exponentials times linear factors below powers: ``exp(n*u)*(1 + n*c) <= b^n``.

By Bernoulli's inequality ``1 + n*c <= (1 + c)^n`` where n is at least 1, so that
``exp(u)*(1 + c) <= b`` is enough. Mostly that is about one quotient, which becomes a variable.
"""

from __future__ import annotations

from collections.abc import Iterator

from srverify.checker.enclosures.substitution import rebuilt
from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.formula import Relation
from srverify.language.parser import formula_text
from srverify.language.term import Symbol, Term
from srverify.numerics.tactics.driver import Driver, Link, Proposal, relation
from srverify.numerics.tactics.floats import samples, sign, value_at
from srverify.numerics.tactics.forms import plain
from srverify.numerics.tactics.hypotheses import combined, fresh
from srverify.numerics.tactics.lawful import law

_POWERS = ("realpower", "natpower")


def by_compounding(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Compare what is left of an exponential and a factor once a root is taken."""
    goal = relation(sequent)
    if goal is None or goal.operator != "<=" or depth < 1 or goal.right.operator not in _POWERS:
        return
    base, n = goal.right.arguments
    factors = goal.left.arguments if goal.left.operator == "mul" else (goal.left,)
    exponentials = [f for f in factors if f.operator == "exp"]
    if not isinstance(n, Symbol) or len(exponentials) != 1 or len(factors) < 2:
        return
    (e,) = exponentials
    a = t.mul(*(f for f in factors if f is not e))
    u, c = plain(t.div(e.arguments[0], n)), plain(t.div(t.sub(a, t.ONE), n))
    for v in sequent.variables:
        x = v.symbol
        if x is n or x not in t.symbols_of(u):
            continue
        # All of them by the quotient, or they are two things at once.
        name = fresh(sequent, "w")
        w = t.variable(name)
        small = [plain(t.substitute(part, {x: t.mul(w, n)})) for part in (u, c, base)]
        if any(t.symbols_of(part) - {w} for part in small):
            continue
        yield from _by_quotient(driver, sequent, depth, (e, n, base), small, (x, w))
        return


def _by_quotient(
    driver: Driver,
    sequent: Sequent,
    depth: int,
    parts: tuple[Term, Symbol, Term],
    small: list[Term],
    names: tuple[Symbol, Symbol],
) -> Iterator[Proposal]:
    e, n, base = parts
    x, w = names
    quotient = t.div(x, n)
    u, c = (t.substitute(part, {w: quotient}) for part in small[:2])
    if x in t.symbols_of(rebuilt(base, lambda part: w if part is quotient else None)):
        return
    one = t.add(t.ONE, c)
    if sign(one, sequent) != 1 or sign(base, sequent) not in (0, 1):
        return
    product, last = t.mul(t.exp(u), one), len(sequent.hypotheses)
    general = {"rule": "generalize", "term": str(quotient), "name": w.name}
    general["domain"] = _domain(sequent, quotient)
    links: list[Link] = [
        ({"rule": "have", "formula": f"0 < {one}"}, general),
        ({"rule": "have", "formula": formula_text(Relation("<=", product, base))}, general),
        (
            {"rule": "have", "formula": f"0 <= {product}"},
            combined((1, ["hyp", last], ["pos", str(t.exp(u))])),
        ),
        law("bernoulli", a=c, b=n),
        law("power_monotone", a=product, b=base, c=n),
        law("power_product", a=t.exp(u), b=one, c=n),
        law("exp_multiple", a=u, b=n),
        combined(
            (1, ["hyp", last + 4]),
            (-1, ["hyp", last + 5]),
            (1, ["hyp", last + 6], ["term", str(t.power(one, n))]),
            (1, ["hyp", last + 3], ["pos", str(e)]),
        ),
    ]
    found = driver.chain(sequent, links, depth - 1)
    if found is not None:
        yield found, -1


def _domain(sequent: Sequent, quotient: Term) -> str:
    """Return a range that a quotient seems to have."""
    values = [value_at(quotient, point)[0] for point in samples(sequent)]
    low, high = min(values, default=0.0), max(values, default=0.0)
    left = "(-1" if low < 0 and low > -1 else "[0" if low >= 0 else "(-oo"
    right = "1)" if high < 1 else "oo)"
    return f"{left}, {right}"


__all__ = ["by_compounding"]
