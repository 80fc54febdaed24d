"""A function of one variable that occurs as a factor only: its least value takes its place."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from srverify.checker.rejected import RejectedError
from srverify.checker.sequent import Sequent, mentions
from srverify.language import term as t
from srverify.language.term import Symbol, Term
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.driver import Driver, Link, Proposal, relation
from srverify.numerics.tactics.floats import axis, sign, value_at
from srverify.numerics.tactics.forms import Space, plain
from srverify.numerics.tactics.hypotheses import combined

_DENOMINATORS = (1, 2, 3, 4, 6, 8, 12, 24)


def by_bounding(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Show ``g*(P*C + R) >= 0``, g and C of one variable, by ``C >= c`` and ``P*c + R >= 0``."""
    goal = relation(sequent)
    if goal is None or goal.operator == "=" or depth < 1 or len(sequent.variables) < 2:
        return
    f = difference(goal)
    for variable in sequent.variables:
        symbol = variable.symbol
        parts = None if variable.domain.natural else _separated(f, symbol)
        if parts is None:
            continue
        p, factor, rest, scale = parts
        up = sign(p, sequent)
        if up not in (1, -1) or sign(scale, sequent) != 1:
            continue
        values = [value_at(factor, {variable.name: x})[0] for x in axis(variable.domain)]
        values = [v for v in values if not math.isnan(v)]
        if not values:
            continue
        for bound in _bounds(min(values) if up > 0 else max(values), up):
            left = t.add(t.mul(p, t.number(bound)), rest)
            seen = sign(left, sequent)
            if seen != 1 and (seen != 0 or goal.operator == "<"):
                continue
            low, high = (t.number(bound), factor) if up > 0 else (factor, t.number(bound))
            last = len(sequent.hypotheses)
            unused = [v.name for v in sequent.variables if v is not variable]
            others = [sequent.symbols[name] for name in unused]
            drop = [i for i, h in enumerate(sequent.hypotheses) if any(mentions(h, s) for s in others)]
            alone = {"rule": "weaken", "drop": drop, "unused": unused}
            weight = p if up > 0 else t.neg(p)
            links: list[Link] = [
                ({"rule": "have", "formula": f"{low} <= {high}"}, alone),
                {"rule": "have", "formula": f"0 {goal.operator} {plain(left)}"},
                combined(
                    (1, ["hyp", last], ["nonneg", str(weight)], ["pos", str(scale)]),
                    (1, ["hyp", last + 1], ["pos", str(scale)]),
                ),
            ]
            found = driver.chain(sequent, links, depth - 1)
            if found is not None:
                yield found, -1
            break


def _bounds(value: float, up: int) -> Iterator[Fraction]:
    """Yield simple fractions at a value or just beyond it, nearest first."""
    for d in _DENOMINATORS:
        near = Fraction(round(value * d), d)
        if abs(float(near) - value) <= 1e-3 * max(1.0, abs(value)):
            yield near
    for d in _DENOMINATORS:
        yield Fraction(math.floor(value * d) if up > 0 else math.ceil(value * d), d)


def _separated(f: Term, symbol: Symbol) -> tuple[Term, Term, Term, Term] | None:
    """Return (P, C, R, g) with ``f = g*(P*C + R)``, only the variable in g and C, and not in P and R."""
    try:
        space = Space([f])
        form = space.form(f)
    except RejectedError:
        return None
    inside = {i for i, atom in space.atoms.items() if symbol in t.symbols_of(atom)}
    if not inside or any(t.symbols_of(space.atoms[i]) != {symbol} for i in inside):
        return None
    if len(inside) == 1 and space.atoms[next(iter(inside))] is symbol and form.q.is_constant():
        return None  # Polynomials are for others.
    context = form.p.context()
    lead, parts = form.q.factor()
    own = others = context.constant(1)
    for poly, exponent in parts:
        present = {i for e in poly.to_dict() for i, n in enumerate(e) if n}
        if present <= inside:
            own = own * poly ** int(exponent)
        elif not present & inside:
            others = others * poly ** int(exponent)
        else:
            return None
    groups: dict[tuple[int, ...], dict[tuple[int, ...], Any]] = {}
    for exponents, c in form.p.to_dict().items():
        outside = tuple(0 if i in inside else int(e) for i, e in enumerate(exponents))
        within = tuple(int(e) if i in inside else 0 for i, e in enumerate(exponents))
        groups.setdefault(outside, {})[within] = c
    classes: list[tuple[Any, Any]] = []
    for outside, coefficients in groups.items():
        poly, mono = context.from_dict(coefficients), context.from_dict({outside: 1})
        for i, (other, total) in enumerate(classes):
            scale = poly.leading_coefficient() / other.leading_coefficient()
            if poly == other * scale:
                classes[i] = (other, total + mono * scale)
                break
        else:
            classes.append((poly, mono))
    if len(classes) != 2:
        return None
    # The one that the divisor cancels, or the shorter one, is the common factor.
    classes.sort(key=lambda item: (len(own * item[0].leading_coefficient() - item[0]), len(item[0])))
    (common, rest), (factor, p) = classes
    if not t.symbols_of(space.term(p)):
        return None
    below = space.term(others * lead)
    return (
        t.div(space.term(p), below),
        t.div(space.term(factor), space.term(common)),
        t.div(space.term(rest), below),
        t.div(space.term(common), space.term(own)),
    )


__all__ = ["by_bounding"]
