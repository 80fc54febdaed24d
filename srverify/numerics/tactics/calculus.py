"""Monotone, convex and concave functions of one variable, and where to cut their ranges."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

from srverify.checker.enclosures.derivative import derivative, differentiability
from srverify.checker.enclosures.limits import limit_sign
from srverify.checker.enclosures.substitution import substituted
from srverify.checker.rejected import RejectedError
from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.formula import Formula, Relation, terms
from srverify.language.statement import Domain
from srverify.language.term import Number, Symbol, Term
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.driver import Driver, Link, Node, Proposal, expand, relation
from srverify.numerics.tactics.floats import (
    NOISE,
    Point,
    axis,
    between,
    ends,
    margin,
    samples,
    sign,
    value_at,
)
from srverify.numerics.tactics.forms import vanishes
from srverify.numerics.tactics.hypotheses import combined

#: Limits of larger terms take too long.
_MAX_LIMIT_SIZE = 60
#: Multiples of pi/2 at which contacts are looked for, on both sides of 0.
_QUARTERS = 8


@lru_cache(maxsize=4000)
def slope_of(term: Term, symbol: Symbol) -> Term | None:
    """Return the derivative, or None where there is none."""
    try:
        differentiability(term, symbol)
        return derivative(term, symbol) or t.ZERO
    except RejectedError:
        return None


def _is_point(domain: Domain) -> bool:
    return domain.lower is not None and domain.lower == domain.upper


def real_variables(sequent: Sequent, goal: Relation) -> list[tuple[str, Symbol, Domain]]:
    """Return the real variables of a goal with their domains, those that occur least often first."""
    f = difference(goal)
    present = t.symbols_of(f)
    found = [
        (v.name, v.symbol, v.domain)
        for v in sequent.variables
        if v.symbol in present and not v.domain.natural and not _is_point(v.domain)
    ]
    return sorted(found, key=lambda item: sum(n is item[1] for n in t.subterms(f)))


def by_monotonicity(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Go to the end at which f is least."""
    goal = relation(sequent)
    if goal is None or depth < 1 or goal.operator == "=":
        return
    f = difference(goal)
    for name, symbol, domain in real_variables(sequent, goal):
        slope = slope_of(f, symbol)
        if slope is None:
            continue
        free = sequent.free_of(symbol)
        direction = sign(slope, free)
        if direction is None:
            continue
        for end in ("low", "high") if direction == 0 else ("low",) if direction > 0 else ("high",):
            value = domain.lower if end == "low" else domain.upper
            is_open = value is None or (domain.lower_open if end == "low" else domain.upper_open)
            heads: list[Node] = []
            defined = value is not None and is_defined_at(f, symbol, value)
            if defined:
                heads.append({"rule": "monotone", "var": name, "end": end})
            if is_open and sum(1 for _ in t.subterms(f)) <= _MAX_LIMIT_SIZE:
                heads.append({"rule": "monotone", "var": name, "end": end, "by": "limit"})
            for head in heads:
                yield head, 1
                if goal.operator == "<" and is_open:
                    yield {**head, "strict": True}, 1
            if value is not None and not defined and heads:
                for condition in _told_apart(free, goal, symbol, end):
                    yield {"rule": "cases", "on": condition}, 0


def is_defined_at(f: Term, symbol: Symbol, value: Term) -> bool:
    """Tell whether at a value of a variable no divisor or logarithm's argument is 0 as it is written."""
    divisors = {n.arguments[-1] for n in t.subterms(f) if n.operator in ("div", "log")}
    return not any(vanishes(d, symbol, value) for d in divisors if symbol in t.symbols_of(d))


def _told_apart(free: Sequent, goal: Relation, symbol: Symbol, end: str) -> Iterator[str]:
    """Yield the closed ends of other variables without which there is a limit of the right sign."""
    domains = {v.symbol: v.domain for v in free.variables}
    opened = dict(domains)
    conditions: list[str] = []
    for y, domain in domains.items():
        if y is symbol or domain.natural or _is_point(domain):
            continue
        if domain.lower is not None and not domain.lower_open:
            opened[y] = replace(opened[y], lower_open=True)
            conditions.append(f"{y} <= {domain.lower}")
        if domain.upper is not None and not domain.upper_open:
            opened[y] = replace(opened[y], upper_open=True)
            conditions.append(f"{domain.upper} <= {y}")
    if not conditions or has_limit(domains, goal, symbol, end):
        return
    if has_limit(opened, goal, symbol, end):
        yield from conditions


def has_limit(domains: dict[Symbol, Domain], goal: Relation, symbol: Symbol, end: str) -> bool:
    """Tell whether right less left of a goal has a limit at an end that is certainly at least 0."""
    try:
        return limit_sign(domains, goal, symbol, end, "<=")
    except RejectedError:
        return False


def by_curvature(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Go to the tangent of a convex f, or to both ends of a concave one."""
    goal = relation(sequent)
    if goal is None or depth < 1 or goal.operator == "=":
        return
    f = difference(goal)
    for name, symbol, domain in real_variables(sequent, goal):
        slope = slope_of(f, symbol)
        bend = None if slope is None else slope_of(slope, symbol)
        if bend is None or slope is None:
            continue
        direction = sign(bend, sequent.free_of(symbol))
        if direction is None:
            continue
        if direction <= 0 and domain.lower is not None and domain.upper is not None:
            head = {"rule": "concave", "var": name}
            yield head, 1
            if goal.operator == "<":
                yield {**head, "strict": True}, 1
        if direction >= 0:
            for at in _tangent_points(sequent, f, slope, name, symbol, domain):
                head = {"rule": "convex", "var": name, "at": str(at)}
                yield head, 1
                wider = _around(sequent, bend, name, domain, at)
                if wider is not None:
                    weaken = {"rule": "weaken", "domains": {name: str(wider)}}
                    (child,) = expand(sequent, weaken)
                    found = driver.apply(child, head, depth - 1)
                    if found is not None:
                        yield {**weaken, "children": [found]}, -1


def by_tangents_of_angles(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Go to the tangent at once where a convex f of one angle touches 0 at a known place.

    Its value there is a sum of roots, which other ways of writing f would have to find again.
    """
    from srverify.numerics.tactics.solving import closed_forms

    goal = relation(sequent)
    if goal is None or goal.operator != "<=" or depth < 1 or len(sequent.variables) != 1:
        return
    f = difference(goal)
    if not any(n.operator in ("sin", "cos", "tan") for n in t.subterms(f)):
        return
    for name, symbol, domain in real_variables(sequent, goal):
        slope = slope_of(f, symbol)
        bend = None if slope is None else slope_of(slope, symbol)
        if slope is None or bend is None or sign(bend, sequent.free_of(symbol)) != 1:
            continue
        lowest = least(f, slope, name, domain)
        value, size = (1.0, 0.0) if lowest is None else value_at(f, {name: lowest})
        if lowest is not None and abs(value) <= 1e-12 * size:
            yield from (
                ({"rule": "convex", "var": name, "at": str(at)}, 1) for at in closed_forms(lowest)
            )


def _around(sequent: Sequent, bend: Term, name: str, domain: Domain, at: Term) -> Domain | None:
    """Return a larger range on which f is convex, where a tangent point may be an end of this one."""
    if not t.symbols_of(at):
        return None
    points = (*samples(sequent), *ends(sequent))

    def is_met(end: Number | None) -> bool:
        if end is None:
            return False
        gaps = (value_at(t.sub(at, end), point) for point in points)
        return any(abs(gap) <= NOISE * size for gap, size in gaps)

    low, high = is_met(domain.lower), is_met(domain.upper)
    if not (low or high):
        return None
    # Where a logarithm or a power is defined, mostly.
    start = t.ZERO if domain.lower is not None and domain.lower > 0 else None
    wider = replace(domain, lower=start, lower_open=start is not None) if low else domain
    if high:
        wider = replace(wider, upper=None, upper_open=False)
    there = sequent.with_domain(name, wider).free_of(sequent.symbols[name])
    return wider if sign(bend, there) in (0, 1) else None


def by_tangency(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Go to another variable's value, where a convex f touches 0, maybe not by its normal form."""
    goal = relation(sequent)
    if goal is None or depth < 1 or goal.operator != "<=" or len(sequent.variables) < 2:
        return
    f, last = difference(goal), len(sequent.hypotheses)
    variables = real_variables(sequent, goal)
    for _, x, _ in variables:
        for _, at, _ in variables:
            there = None if at is x else value_in(f, x, at)
            slope = None if there is None or sign(there, sequent) != 0 else slope_of(f, x)
            tilt = None if slope is None else value_in(slope, x, at)
            bend = None if tilt is None or sign(tilt, sequent) != 0 else slope_of(slope, x)
            # Curvature in one variable is soon decided.
            if bend is None or len(t.symbols_of(bend)) > 1:
                continue
            if sign(bend, sequent.free_of(x)) not in (0, 1):
                continue
            links: list[Link] = [
                {"rule": "convex", "var": str(x), "at": str(at)},
                {"rule": "have", "formula": f"{tilt} = 0"},
                {"rule": "have", "formula": f"0 <= {there}"},
                combined((-1, ["hyp", last], ["term", f"{x} - {at}"]), (1, ["hyp", last + 1])),
            ]
            found = driver.chain(sequent, links, min(depth, 2) - 1)
            if found is not None:
                yield found, -1
                return


def value_in(f: Term, x: Symbol, point: Term) -> Term | None:
    """Return a term with another one for a variable, None where that has no value."""
    try:
        return substituted(f, {x: point})
    except RejectedError:
        return None


def _tangent_points(
    sequent: Sequent, f: Term, slope: Term, name: str, symbol: Symbol, domain: Domain
) -> Iterator[Term]:
    """Yield where f may be least in one variable: a term in the others, a closed form, a fraction."""
    from srverify.numerics.tactics.solving import closed_forms, stationary

    found = stationary(slope, symbol)
    if len(t.symbols_of(f)) > 1:
        if found is not None and symbol not in t.symbols_of(found):
            divisors = [n.arguments[1] for n in t.subterms(found) if n.operator == "div"]
            # Where one vanishes there is no such point.
            if all(sign(d, sequent) in (1, -1) for d in divisors):
                yield found
        elif found is None:
            others = [v.symbol for v in sequent.variables if v.symbol is not symbol]
            for at in (t.ZERO, t.ONE, *others):
                if vanishes(slope, symbol, at) and (at.operator != "number" or _inside(domain, at)):
                    yield at
        return
    lowest = least(f, slope, name, domain)
    if lowest is None:
        return
    forms = list(closed_forms(lowest))
    yield from forms
    value, size = value_at(f, {name: lowest})
    if forms or abs(value) <= 1e-12 * size:
        return
    for digits in (2, 4, 7):
        yield t.number(Fraction(lowest).limit_denominator(10**digits))


def least(f: Term, slope: Term, name: str, domain: Domain, others: Point | None = None) -> float | None:
    """Return an approximate interior minimiser in one variable, the others having given values."""
    fixed = others or {}
    if not {x.name for x in t.symbols_of(f)} <= {name, *fixed}:
        return None
    grid = sorted(axis(domain))
    values = [(value_at(f, {**fixed, name: x})[0], x) for x in grid]
    values = [(v, x) for v, x in values if not math.isnan(v)]
    if len(values) < 3:
        return None
    best = min(range(len(values)), key=lambda i: values[i][0])
    low = values[max(best - 1, 0)][1]
    high = values[min(best + 1, len(values) - 1)][1]
    if not value_at(slope, {**fixed, name: low})[0] < 0 < value_at(slope, {**fixed, name: high})[0]:
        return None
    for _ in range(80):
        middle = (low + high) / 2
        if not low < middle < high:
            break
        if value_at(slope, {**fixed, name: middle})[0] > 0:
            high = middle
        else:
            low = middle
    return (low + high) / 2


def by_contacts(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Cut the range of the only variable at a simple number where f seems to vanish at its least."""
    goal = relation(sequent)
    if goal is None or depth < 2 or goal.operator == "=":
        return
    f = difference(goal)
    variables = real_variables(sequent, goal)
    slope = slope_of(f, variables[0][1]) if len(variables) == 1 else None
    if slope is None or len(t.symbols_of(f)) > 1:
        return
    ((name, _, domain),) = variables
    angle = _contact_at_angle(sequent, f, name, domain)
    if angle is not None:
        yield {"rule": "cases", "on": f"{name} <= {angle}"}, 1
    lowest = least(f, slope, name, domain)
    if lowest is None:
        return
    value, size = value_at(f, {name: lowest})
    exact = t.number(Fraction(lowest).limit_denominator(64))
    near = abs(float(exact) - lowest) < 1e-6 * max(1.0, abs(lowest))
    if abs(value) <= 1e-9 * size and near and _inside(domain, exact):
        yield {"rule": "split", "var": name, "at": str(exact)}, 1


def _contact_at_angle(sequent: Sequent, f: Term, name: str, domain: Domain) -> Term | None:
    """Return the first multiple of pi/2 inside the range at which f seems to vanish, if f has angles."""
    if not any(node.operator in ("sin", "cos", "tan") for node in t.subterms(f)):
        return None
    for quarter in range(-_QUARTERS, _QUARTERS + 1):
        angle = t.mul(t.number(Fraction(quarter, 2)), t.PI)
        point = {name: quarter * math.pi / 2}
        if not quarter or not between(domain, point[name]):
            continue
        about = [h for h in sequent.hypotheses if _variables(h) <= point.keys()]
        if any(not margin(h, point) > 1e-9 for h in about):
            continue
        value, size = value_at(f, point)
        if abs(value) <= 1e-12 * size:
            return angle
    return None


def _variables(formula: Formula) -> set[str]:
    return {symbol.name for term in terms(formula) for symbol in t.symbols_of(term)}


def by_cutting(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Cut the range of the only variable where f is least, or changes between shapes."""
    goal = relation(sequent)
    if goal is None or depth < 2 or goal.operator == "=":
        return
    f = difference(goal)
    for name, symbol, domain in real_variables(sequent, goal):
        slope = slope_of(f, symbol)
        if slope is None or (len(t.symbols_of(f)) > 1 and len(sequent.variables) > 3):
            continue
        for at in _cuts(sequent, f, slope, name, domain):
            if len(t.symbols_of(f)) > 1:
                # What is said at a point of several variables may not be defined where this is 0.
                yield {"rule": "cases", "on": f"{at} < {name}"}, 1
                continue
            yield {"rule": "split", "var": name, "at": str(at)}, 1
        return


def _cuts(sequent: Sequent, f: Term, slope: Term, name: str, domain: Domain) -> Iterator[Term]:
    from srverify.numerics.tactics.solving import closed_forms

    alone = t.symbols_of(f) == {sequent.symbols[name]}
    lows = [least(f, slope, name, domain)] if alone else []
    seen: set[Term] = set()
    for lowest in lows:
        if lowest is None:
            continue
        value, size = value_at(f, {name: lowest})
        exact = t.number(Fraction(lowest).limit_denominator(64))
        hidden = abs(value) <= 1e-9 * size
        if hidden and abs(float(exact) - lowest) < 1e-6 and _inside(domain, exact):
            seen.add(exact)
            yield exact
        if seen or (hidden and list(closed_forms(lowest))):
            continue
        # A margin at the minimum, maybe a thin one: a box around it, monotone on both sides.
        width = max(abs(lowest), 1e-6) / 16
        for shift in (-width, width):
            at = t.number(_rounded(lowest + shift, width / 4))
            if at not in seen and _inside(domain, at):
                seen.add(at)
                yield at
    change = _shape_change(sequent, slope, name, domain)
    if change is not None and change not in seen:
        yield change


def _rounded(value: float, tolerance: float) -> Fraction:
    """Return a fraction of a small denominator so near to a number."""
    found = Fraction(value).limit_denominator(4096)
    return (
        found
        if abs(found - Fraction(value)) <= tolerance
        else Fraction(value).limit_denominator(math.ceil(1 / tolerance))
    )


def _inside(domain: Domain, at: Term) -> bool:
    low, high = domain.lower, domain.upper
    return (low is None or low < at) and (high is None or at < high)  # type: ignore[operator]


def _shape_change(sequent: Sequent, slope: Term, name: str, domain: Domain) -> Term | None:
    """Return a simple point near which a slope changes its sign, the same for all other variables."""
    symbol = sequent.symbols[name]
    if t.symbols_of(slope) - {symbol}:
        return t.ZERO if domain.contains(t.number(0)) and _inside(domain, t.ZERO) else None
    bend = slope_of(slope, symbol)
    for function in (slope, bend):
        if function is None:
            continue
        points = [
            (x, value)
            for x in sorted(axis(domain))
            for value, size in [value_at(function, {name: x})]
            if abs(value) > NOISE * size
        ]
        for (low, before), (high, after) in pairwise(points):
            if (before > 0) != (after > 0):
                for _ in range(30):
                    middle = (low + high) / 2
                    if (value_at(function, {name: middle})[0] > 0) == (before > 0):
                        low = middle
                    else:
                        high = middle
                at = t.number(Fraction((low + high) / 2).limit_denominator(32))
                if _inside(domain, at):
                    return at
    return None


__all__ = [
    "by_contacts",
    "by_curvature",
    "by_cutting",
    "by_monotonicity",
    "by_tangency",
    "has_limit",
    "is_defined_at",
    "least",
    "replace",
    "samples",
    "value_in",
]
