"""Variables that an equation pins to one number, such as ``w*exp(w) = exp(-1)``.

Where a goal is least for a value of another variable that is made of that number, orders are told apart
there: on either side the goal's slope may keep its sign.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.formula import Formula, Relation, terms
from srverify.language.term import Number, Symbol, Term
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.calculus import least, real_variables, slope_of
from srverify.numerics.tactics.comparing import compared
from srverify.numerics.tactics.driver import Driver, Link, Node, Proposal, expand, relation
from srverify.numerics.tactics.exponentials import written_exponential
from srverify.numerics.tactics.floats import NOISE, Point, axis, value_at
from srverify.numerics.tactics.forms import affine, plain
from srverify.numerics.tactics.hypotheses import combined, fresh, variables_in
from srverify.numerics.tactics.lawful import linear_parts

#: A minimum is sought at ``k + a*u`` for these a, and k with small numerator and denominator.
_MULTIPLES = (Fraction(1), Fraction(-1), Fraction(2), Fraction(-2), Fraction(1, 2), Fraction(-1, 2))
_MAX_DENOMINATOR = 4
_NEAR = 1e-7
_MAX_POWER = 8
#: Points at which a slope is looked at.
_STEPS = 64
#: Numbers whose exponentials, and inverses, are of use.
_MAX_EXPONENT, _MAX_SIZE = 50.0, 1e12


def by_pinned_minima(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Tell orders apart where the goal is least, at a number made of one that an equation pins."""
    goal = relation(sequent)
    if goal is None or goal.operator == "=" or depth < 2:
        return
    pins = dict(_pins(sequent))
    f = difference(goal)
    free = [item for item in real_variables(sequent, goal) if item[0] not in pins]
    if not pins or len(free) != 1 or len(t.symbols_of(f)) != 1 + len(pins):
        return
    ((name, x, domain),) = free
    if any(isinstance(h, Relation) and x in (h.left, h.right) for h in sequent.hypotheses):
        return
    slope = slope_of(f, x)
    lowest = None if slope is None else least(f, slope, name, domain, pins)
    if lowest is None:
        return
    value, size = value_at(f, {**pins, name: lowest})
    if abs(value) > math.sqrt(NOISE) * size:
        return
    point = _closed_form(lowest, [(sequent.symbols[pin], at) for pin, at in pins.items()])
    found = None if point is None else _on_both_sides(driver, sequent, name, point, depth - 1)
    if found is not None:
        yield found, -1


def _closed_form(value: float, pins: list[tuple[Symbol, float]]) -> Term | None:
    """Return ``k + a*u`` near a number, u being a pinned number, its inverse or its exponential."""
    for w, at in pins:
        made: list[tuple[Term, float]] = [(w, at)]
        if 1 / _MAX_SIZE <= abs(at) <= _MAX_EXPONENT:
            made += [(t.div(t.ONE, w), 1 / at), (t.exp(w), math.exp(at))]
        for term, size in made:
            for a in _MULTIPLES:
                k = Fraction(value - float(a) * size).limit_denominator(_MAX_DENOMINATOR)
                if abs(float(k) + float(a) * size - value) <= _NEAR * max(1.0, abs(value)):
                    return plain(t.add(t.number(k), t.mul(t.number(a), term)))
    return None


def by_contact_cuts(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Cut a range short of a pinned bound at which the goal touches: from there on it only falls."""
    goal = relation(sequent)
    if goal is None or goal.operator == "=" or depth < 1:
        return
    f, pins = difference(goal), dict(_pins(sequent))
    symbols = t.symbols_of(f)
    if not pins or len(symbols) != 1:
        return
    (x,) = symbols
    slope, domain = slope_of(f, x), sequent.domains[x.name]
    if slope is None or domain.natural:
        return
    for h in sequent.hypotheses:
        if not isinstance(h, Relation) or h.operator == "=" or h.left is not x:
            continue
        if not {s.name for s in t.symbols_of(h.right)} <= pins.keys() or domain.lower is None:
            continue
        low, high = float(domain.lower), value_at(h.right, pins)[0]
        value, size = value_at(f, {x.name: high})
        if not (low < high and abs(value) <= math.sqrt(NOISE) * size):
            continue
        grid = [low + (high - low) * k / _STEPS for k in range(1, _STEPS)]
        rising = [at for at in grid if value_at(slope, {x.name: at})[0] > 0]
        if rising and rising[-1] < grid[-2]:
            at = Fraction((rising[-1] + high) / 2).limit_denominator(_STEPS)
            # On neither side is there another such cut.
            yield {"rule": "cases", "on": f"{x} <= {t.number(at)}"}, 0
        return


def by_pinned_exponentials(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Put what an equation says of ``exp(w)`` into a goal of w alone: it may hold by that only."""
    if relation(sequent) is None or len(sequent.variables) != 1:
        return
    (w,) = (v.symbol for v in sequent.variables)
    last = len(sequent.hypotheses)
    for index, h in enumerate(sequent.hypotheses):
        if not isinstance(h, Relation) or h.operator != "=":
            continue
        linear = [parts for parts in linear_parts(difference(h), ("exp",)) if parts[0] is t.exp(w)]
        if not linear:
            continue
        _, p, r = linear[0]
        value = t.neg(t.div(r, p))
        links: list[Link] = []
        for exponent in _exponents(sequent.goal):
            if exponent is not w:
                links += _by_units(sequent, exponent, w)
        solved = combined((-1, ["hyp", index], ["term", str(t.div(t.ONE, p))]))
        links += [
            ({"rule": "have", "formula": f"exp({w}) = {value}"}, solved),
            {"rule": "replace", "hyp": last},
            {"rule": "weaken", "drop": [last]},
        ]
        for exponent in _exponents(Relation("=", t.ZERO, value)):
            links += _by_units(sequent, exponent, w)
        found = driver.chain(sequent, links, depth)
        if found is not None:
            yield found, -1
        return


def _exponents(formula: Formula) -> list[Term]:
    found = (n for term in terms(formula) for n in t.subterms(term) if n.operator == "exp")
    return list(dict.fromkeys(n.arguments[0] for n in found))


def _by_units(sequent: Sequent, exponent: Term, w: Symbol) -> list[Link]:
    """Return the steps that write ``exp(k + m*w)`` by ``exp(1)`` and ``exp(w)``, if that is one."""
    if isinstance(exponent, Number):
        m, k = Fraction(0), exponent.value
    else:
        m, k = affine(exponent, w) or (Fraction(0), Fraction(0))
    if m.denominator > 1 or k.denominator > 1 or max(abs(m), abs(k)) > _MAX_POWER:
        return []
    parts: dict[Term, Fraction] = {base: c for base, c in ((t.ONE, k), (w, m)) if c}
    return [] if exponent is t.ONE else written_exponential(sequent, exponent, parts)


def _on_both_sides(driver: Driver, sequent: Sequent, name: str, point: Term, depth: int) -> Node | None:
    """Return a proof that compares the goal below and above a point with what it is there."""
    head: Node = {"rule": "cases", "on": f"{name} <= {point}"}
    *defined, below, above = expand(sequent, head)
    proofs = [driver.prove(child, depth) for child in defined]
    for child, side in ((below, "below"), (above, "above")):
        step = {"rule": "compare", "var": name, "point": str(point), "name": fresh(child, "z")}
        proofs.append(compared(driver, child, {**step, "side": side}, depth))
        if proofs[-1] is None:
            return None
    return None if None in proofs else {**head, "children": proofs}


def _pins(sequent: Sequent) -> Iterator[tuple[str, float]]:
    """Yield variables that are the only ones in an equation, with a value that meets it."""
    for h in sequent.hypotheses:
        if not isinstance(h, Relation) or h.operator != "=":
            continue
        symbols = variables_in(h)
        if len(symbols) == 1:
            (w,) = symbols
            at = _root(difference(h), w, sequent)
            if at is not None:
                yield w.name, at


def _root(gap: Term, w: Symbol, sequent: Sequent) -> float | None:
    """Return where a term in one variable changes its sign, if that is one place of its range."""
    domain = sequent.domains[w.name]
    if domain.natural:
        return None

    def at(value: float) -> float:
        point: Point = {w.name: value}
        return value_at(gap, point)[0]

    grid = [(x, at(x)) for x in sorted(axis(domain))]
    changes = [
        (a, b) for (a, u), (b, v) in pairwise([p for p in grid if p[1] == p[1]]) if (u > 0) != (v > 0)
    ]
    if len(changes) != 1:
        return None
    low, high = changes[0]
    rising = at(high) > 0
    for _ in range(100):
        middle = (low + high) / 2
        if (at(middle) > 0) is rising:
            high = middle
        else:
            low = middle
    return (low + high) / 2


__all__ = ["by_contact_cuts", "by_pinned_exponentials", "by_pinned_minima"]
