"""Goals that vanish to second order where two variables are equal, by a polynomial below them.

What has this value and slope there follows from its second derivative. Where that is not of one sign, a
parabola that it is above, integrated twice, is a polynomial below the goal, which is left to be shown.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction

from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.formula import Relation
from srverify.language.parser import formula_text
from srverify.language.statement import Domain
from srverify.language.term import Symbol, Term
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.calculus import slope_of, value_in
from srverify.numerics.tactics.driver import Driver, Link, Proposal, relation
from srverify.numerics.tactics.floats import sign
from srverify.numerics.tactics.forms import RATIONAL, expanded, is_rational, polynomial
from srverify.numerics.tactics.hypotheses import combined

#: The degree of what is put below a second derivative.
_DEGREE = 2


def by_minorants(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Show ``0 <= f(x, y)``, f = 0 and df/dx = 0 at x = y, by a parabola below the second derivative."""
    goal = relation(sequent)
    if goal is None or goal.operator != "<=" or depth < 1 or len(sequent.variables) != 2:
        return
    f = difference(goal)
    if all(n.operator in RATIONAL for n in t.subterms(f)):
        return
    first, second = sequent.variables
    if first.domain != second.domain or first.domain.natural:
        return
    for x, y in ((first.symbol, second.symbol), (second.symbol, first.symbol)):
        for below in _below(sequent, f, x, y, first.domain):
            last = len(sequent.hypotheses)
            above = Relation("<=", t.ZERO, t.sub(f, below))
            links: list[Link] = [
                {"rule": "have", "formula": f"0 <= {below}"},
                (
                    {"rule": "have", "formula": formula_text(above)},
                    {"rule": "convex", "var": x.name, "at": y.name},
                ),
                combined((1, ["hyp", last]), (1, ["hyp", last + 1])),
            ]
            found = driver.chain(sequent, links, depth - 1)
            if found is not None:
                yield found, -1


def _below(sequent: Sequent, f: Term, x: Symbol, y: Symbol, domain: Domain) -> Iterator[Term]:
    """Yield polynomials that seem to be below a term, and above 0, with its value and slope at x = y."""
    slope = slope_of(f, x)
    bend = None if slope is None else slope_of(slope, x)
    if slope is None or bend is None or not all(_vanishes(sequent, g, x, y) for g in (f, slope)):
        return
    if sign(bend, sequent) in (0, 1):
        # Then it is convex.
        return
    for m in _middles(domain):
        coefficients = _taylor(bend, x, m)
        if coefficients is None:
            continue
        away = t.sub(x, t.number(m))
        parabola = t.add(*(t.mul(c, t.power(away, t.number(k))) for k, c in enumerate(coefficients)))
        if sign(t.sub(bend, parabola), sequent) not in (0, 1):
            continue
        below = expanded(t.add(*(t.mul(c, _twice(k, x, y, m)) for k, c in enumerate(coefficients))))
        if below is not None and sign(below, sequent) in (0, 1):
            yield below


def _vanishes(sequent: Sequent, f: Term, x: Symbol, y: Symbol) -> bool:
    there = value_in(f, x, y)
    return there is not None and sign(there, sequent) == 0


def _middles(domain: Domain) -> Iterator[Fraction]:
    """Yield where a second derivative may be least."""
    if domain.lower is not None and domain.upper is not None:
        yield (domain.lower.value + domain.upper.value) / 2
    else:
        yield from (Fraction(n) for n in (0, 1) if domain.contains(t.number(n)))


def _taylor(g: Term, x: Symbol, m: Fraction) -> list[Term] | None:
    """Return the coefficients of Taylor's polynomial at a point, None where they are no polynomials."""
    found = []
    for k in range(_DEGREE + 1):
        value = value_in(g, x, t.number(m))
        value = None if value is None else expanded(value)
        if value is None or not is_rational(value) or polynomial(value) is None:
            return None
        found.append(t.mul(t.number(Fraction(1, math.factorial(k))), value))
        slope = slope_of(g, x)
        if slope is None:
            return None
        g = slope
    return found


def _twice(k: int, x: Symbol, y: Symbol, m: Fraction) -> Term:
    """Return what is 0 with its slope at x = y, its second derivative in x being (x - m)^k."""
    u, v = (t.sub(s, t.number(m)) for s in (x, y))
    high, low = (t.power(w, t.number(k + 2)) for w in (u, v))
    line = t.mul(t.sub(x, y), t.power(v, t.number(k + 1)))
    return t.sub(
        t.mul(t.number(Fraction(1, (k + 1) * (k + 2))), t.sub(high, low)),
        t.mul(t.number(Fraction(1, k + 1)), line),
    )


__all__ = ["by_minorants"]
