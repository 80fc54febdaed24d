"""Sums of terms, each of which stays above what touches it where the whole sum is least.

For ``f = s_1 + ... + s_m + p``, p a polynomial, let f be least at a point where it seems to vanish. A
convex summand stays above its tangent plane there, and many others do as well on their domains (the
tangent line trick); what is left is a polynomial. Where products are given, or where planes fail,
logarithms of the variables take the place of the variables. Concave summands stay above their chords,
so that a sum of these is least at a corner.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import partial
from typing import TypeAlias

from srverify.checker.check import expand
from srverify.checker.enclosures.substitution import rebuilt, substituted
from srverify.checker.rejected import RejectedError
from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.formula import Relation
from srverify.language.term import Number, Symbol, Term
from srverify.numerics.rational_eval import rational_value
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.calculus import slope_of
from srverify.numerics.tactics.driver import Driver, Link, Node, Proposal, relation
from srverify.numerics.tactics.floats import sign, value_at
from srverify.numerics.tactics.forms import (
    RATIONAL,
    Space,
    factored,
    linear_combination,
    plain,
    polynomial,
)
from srverify.numerics.tactics.hypotheses import combined, fresh, variables_in
from srverify.numerics.tactics.tangents import least_point, simple
from srverify.numerics.tactics.turns import evaluated

#: Sums of more summands are not looked at.
_MAX_SUMMANDS = 8
#: A least value that may be 0, relatively.
_CLOSE = 1e-7
_NOWHERE = Sequent((), (), Relation("=", t.ZERO, t.ZERO))


def by_tangent_lines(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Put tangent lines for functions of one variable each, whose sum or product is given."""
    # An equation in one variable pins it to a number, seldom to a rational one.
    given = [h for h in sequent.hypotheses if isinstance(h, Relation) and h.operator == "="]
    if any(len(t.symbols_of(difference(h))) > 1 for h in given):
        yield from _touched(driver, sequent, depth, 1)


def by_planes(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Put tangent planes for summands of fewer variables than the goal has, or of as many."""
    yield from _touched(driver, sequent, depth, len(sequent.variables))


def by_root_planes(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Put tangent planes above means, which are roots, before these are written as powers."""
    goal = relation(sequent)
    if goal is None or goal.operator == "=" or depth < 2 or len(sequent.variables) < 2:
        return
    curved = [s for s in summands(difference(goal)) if t.symbols_of(s) and not _is_polynomial(s)]
    if len(curved) > 1 and all(map(_is_mean, curved)):
        yield from _touched(driver, sequent, depth, len(sequent.variables))


def _touched(driver: Driver, sequent: Sequent, depth: int, most: int) -> Iterator[Proposal]:
    """Yield proofs by planes that touch summands of at most so many variables."""
    goal = relation(sequent)
    if goal is None or goal.operator == "=" or depth < 2 or len(sequent.variables) < 2:
        return
    f = difference(goal)
    moving = [s for s in pieces(f) if t.symbols_of(s)]
    curved = [s for s in moving if not _is_polynomial(s)]
    counts = [len(t.symbols_of(s)) for s in curved]
    if not 2 <= len(curved) <= _MAX_SUMMANDS or max(counts) > most:
        return
    if len(curved) == 2 and max(counts) == len(sequent.variables) and not all(map(_is_mean, curved)):
        return
    lowest = least_point(sequent, f)
    if lowest is None:
        return
    value, size = value_at(f, lowest)
    found_at = [(x, simple(lowest[x.name])) for x in sorted(t.symbols_of(f), key=str)]
    point = {x: at for x, at in found_at if at is not None}
    if abs(value) > _CLOSE * size or len(point) < len(found_at):
        return
    caps, capped = _capped(sequent)
    for parts in dict.fromkeys((tuple(curved), _grouped(moving, curved))):
        for measure in (_affine, _logarithmic, *_given_powers(sequent)):
            planes = [_plane(s, point, capped, measure) for s in parts]
            if None in planes:
                continue
            links = _links(capped, goal, f, list(zip(parts, planes, strict=True)))  # type: ignore[arg-type]
            found = None if links is None else driver.chain(sequent, [*caps, *links], depth - 1)
            if found is not None:
                yield found, -1
                return


def by_chords(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Put chords for functions of a variable or a sum each, between the ends of their ranges."""
    goal = relation(sequent)
    if goal is None or goal.operator == "=" or depth < 1 or len(sequent.variables) < 2:
        return
    f = difference(goal)
    curved = [s for s in pieces(f) if t.symbols_of(s) and not _is_polynomial(s)]
    if not 2 <= len(curved) <= _MAX_SUMMANDS:
        return
    caps, capped = _capped(sequent)
    chords = [_chord(s, capped) for s in curved]
    if None in chords:
        return
    parts = list(zip(curved, chords, strict=True))
    links = _links(capped, goal, f, parts, apart=goal.operator == "<")  # type: ignore[arg-type]
    found = None if links is None else driver.chain(sequent, [*caps, *links], depth - 1)
    if found is not None:
        yield found, -1


def _chord(s: Term, sequent: Sequent) -> Term | None:
    """Return what is equal to a term at both ends of its argument, where it seems to stay below it."""
    variables = t.symbols_of(s)
    inner = [n for n in t.subterms(s) if n.operator not in RATIONAL and t.symbols_of(n)]
    if len(variables) > 1 and not inner:
        return None
    u = inner[-1].arguments[0] if len(variables) > 1 else next(iter(variables))
    parts = linear_combination(u)
    at = t.variable(fresh(sequent, "u"))
    curve = rebuilt(s, lambda part: at if part is u else None)
    if not parts or not parts.keys() <= variables or t.symbols_of(curve) != {at}:
        return None
    low, below = (_least({x: k * c for x, c in parts.items()}, sequent) for k in (1, -1))
    if low is None or below is None or not value_at(low, {})[0] < value_at(t.neg(below), {})[0]:
        return None
    high = t.neg(below)
    first, last = (_evaluated(plain(substituted(curve, {at: end}))) for end in (low, high))
    chord = plain(t.add(first, t.mul(t.div(t.sub(last, first), t.sub(high, low)), t.sub(u, low))))
    return chord if sign(t.sub(s, chord), sequent) in (0, 1) else None


def _least(parts: Mapping[Term, Fraction], sequent: Sequent) -> Term | None:
    """Return a number that a sum of multiples of variables is not below, the largest that is told."""
    whole = t.add(*(t.mul(t.number(c), x) for x, c in parts.items()))
    found: list[Term] = []
    for h in sequent.hypotheses:
        if not isinstance(h, Relation) or h.operator not in ("<", "<="):
            continue
        room = difference(h)
        for x, c in parts.items():
            slope = slope_of(room, x)
            if isinstance(slope, Number) and slope.value * c > 0:
                rest = plain(t.sub(whole, t.mul(t.number(c / slope.value), room)))
                if not t.symbols_of(rest):
                    found.append(rest)
                break
    if len(parts) > 1:
        each = [_least({x: c}, sequent) for x, c in parts.items()]
        if None not in each:
            found.append(plain(t.add(*each)))  # type: ignore[arg-type]
    else:
        ((x, c),) = parts.items()
        domain = sequent.domains[x.name]  # type: ignore[attr-defined]
        end = domain.lower if c > 0 else domain.upper
        if end is not None:
            found.append(t.mul(t.number(c), end))
    return max(found, key=lambda end: value_at(end, {})[0], default=None)


def summands(f: Term) -> list[Term]:
    """Return the summands of a term as it is written, with their signs and numbers."""
    return list(_flat(f, Fraction(1)))


def _flat(term: Term, factor: Fraction) -> Iterator[Term]:
    """Yield the summands of a term, as it is written, times a number."""
    if term.operator == "add":
        for part in term.arguments:
            yield from _flat(part, factor)
    elif term.operator == "neg":
        yield from _flat(term.arguments[0], -factor)
    elif term.operator == "mul" and len(term.arguments) == 2 and isinstance(term.arguments[0], Number):
        yield from _flat(term.arguments[1], factor * term.arguments[0].value)
    else:
        yield term if factor == 1 else t.neg(term) if factor == -1 else t.mul(t.number(factor), term)


def pieces(f: Term) -> list[Term]:
    """Return the summands of a term, numbers times sums multiplied out."""
    return [piece for s in summands(f) for piece in _spread(s)]


def _spread(term: Term) -> list[Term]:
    """Return the products that a number times a sum is the sum of."""
    if term.operator == "neg":
        return [t.neg(part) for part in _spread(term.arguments[0])]
    sums = [a for a in term.arguments if a.operator == "add"] if term.operator == "mul" else []
    others = [a for a in term.arguments if a not in sums]
    if len(sums) != 1 or any(t.symbols_of(a) for a in others):
        return [term]
    return [t.mul(*others, part) for part in summands(sums[0])]


def _is_polynomial(term: Term) -> bool:
    """Tell whether the variables of a term occur in a polynomial only."""
    try:
        space = Space([term])
        form = space.form(term)
    except RejectedError:
        return False
    atoms = [space.atoms[i] for i in space.atoms if t.symbols_of(space.atoms[i])]
    return all(a.operator == "variable" for a in atoms) and not t.symbols_of(space.term(form.q))


def _is_mean(term: Term) -> bool:
    """Tell whether a term is a negative multiple of a root: planes are above it by one inequality."""
    parts = factored(t.neg(term))
    roots = () if parts is None or parts.constant <= 0 or parts.below else parts.above
    return len(roots) == 1 and roots[0][0].operator in ("sqrt", "ratpower") and roots[0][1] == 1


def _grouped(moving: list[Term], curved: list[Term]) -> tuple[Term, ...]:
    """Return the curved summands, those of the same variables added up, with monomials of these."""
    groups: dict[frozenset[Symbol], list[Term]] = {}
    for s in curved:
        groups.setdefault(frozenset(t.symbols_of(s)), [])
    for s in moving:
        key = frozenset(t.symbols_of(s))
        if key in groups:
            groups[key].append(s)
    return tuple(t.add(*parts) for parts in groups.values())


#: How a plane measures from a point: what grows with a variable as fast there as that does.
_Measure: TypeAlias = Callable[[Symbol, Term], "Term | None"]


def _affine(x: Symbol, at: Term) -> Term | None:
    return t.sub(x, at)


def _logarithmic(x: Symbol, at: Term) -> Term | None:
    if at is t.ONE:
        return t.log(x)
    return t.mul(at, t.sub(t.log(x), t.log(at))) if sign(at, _NOWHERE) == 1 else None


def _given_powers(sequent: Sequent) -> Iterator[_Measure]:
    """Yield measures by the powers whose sum is given: ``(x^2 - p^2)/(2*p)``."""
    for h in sequent.hypotheses:
        form = polynomial(difference(h)) if isinstance(h, Relation) and h.operator == "=" else None
        if form is None:
            continue
        exponents = {tuple(sorted(map(int, e), reverse=True)) for e in form[1].to_dict() if any(e)}
        highest = {e[0] for e in exponents}
        if len(highest) == 1 and all(sum(e) == e[0] for e in exponents) and highest != {1}:
            yield partial(_by_power, highest.pop())


def _by_power(k: int, x: Symbol, at: Term) -> Term | None:
    if at is t.ZERO:
        return None
    steepness = t.mul(t.number(k), t.power(at, t.number(k - 1)))
    return t.div(t.sub(t.power(x, t.number(k)), t.power(at, t.number(k))), steepness)


def _plane(s: Term, point: Mapping[Symbol, Term], sequent: Sequent, measure: _Measure) -> Term | None:
    """Return what touches a term at a point and seems to stay below it: affine in some measure."""
    parts: list[Term] = [_evaluated(substituted(s, dict(point)))]
    for x in sorted(t.symbols_of(s), key=str):
        slope, distance = slope_of(s, x), measure(x, point[x])
        if slope is None or distance is None:
            return None
        weight = _evaluated(plain(substituted(slope, dict(point))))
        if measure is _logarithmic and sign(x, sequent) != 1:
            return None
        if weight is not t.ZERO:
            parts.append(t.mul(weight, distance))
    plane = t.add(*parts)
    plane = plain(plane)
    return plane if sign(t.sub(s, plane), sequent) in (0, 1) else None


def _evaluated(term: Term) -> Term:
    """Return the number that a term without variables is, where it is rational: 4 for a root of 64."""
    value = None if t.symbols_of(term) else rational_value(term, {})
    return evaluated(term) if value is None else t.number(value)


def _links(
    sequent: Sequent,
    goal: Relation,
    f: Term,
    planes: list[tuple[Term, Term]],
    *,
    apart: bool = False,
) -> list[Link] | None:
    """Return the steps that show every summand above its plane, ``apart`` from it, then what is left."""
    rest = t.add(f, *(t.sub(plane, s) for s, plane in planes))
    rest = plain(rest)
    seen = sign(rest, sequent)
    if seen != 1 and (seen != 0 or (goal.operator == "<" and not apart)):
        return None
    last = len(sequent.hypotheses)
    left, above = ("<=", "<") if apart else (goal.operator, "<=")
    links: list[Link] = [{"rule": "have", "formula": f"0 {left} {rest}"}]
    for place, (s, plane) in enumerate(planes, start=last + 1):
        have = {"rule": "have", "formula": f"{plane} {above} {s}"}
        # Without what is known of others, a proof serves for all summands that are alike.
        own = {i for i, h in enumerate(sequent.hypotheses) if variables_in(h) <= t.symbols_of(s)}
        alone = sign(t.sub(s, plane), _only(sequent, own)) in (0, 1)
        drop: Node = {"rule": "weaken", "drop": [i for i in range(place) if i not in own]}
        links.append((have, drop) if alone else have)
    links.append(combined(*((1, ["hyp", last + i]) for i in range(len(planes) + 1))))
    return links


def _only(sequent: Sequent, kept: set[int]) -> Sequent:
    return sequent.keeping(lambda index, _: index in kept)


def _capped(sequent: Sequent) -> tuple[list[Link], Sequent]:
    """Return the steps that bound variables above where their sum is given, and what they leave."""
    links: list[Link] = []
    left = sequent
    for cap, shown in _caps(sequent):
        have = {"rule": "have", "formula": cap}
        absorb = {"rule": "absorb", "hyp": len(sequent.hypotheses)}
        links += [(have, shown), absorb]
        (left,) = expand(expand(left, have)[-1], absorb)
    return links, left


def _caps(sequent: Sequent) -> Iterator[tuple[str, Node]]:
    """Yield upper bounds of the variables of a sum that is given, and what shows them."""
    for index, h in enumerate(sequent.hypotheses):
        if not isinstance(h, Relation) or h.operator != "=":
            continue
        parts = linear_combination(difference(h)) or {}
        constant = parts.pop(t.ONE, Fraction(0))
        weights = {x: weight for x, weight in parts.items() if isinstance(x, Symbol)}
        if not weights or len(weights) < len(parts):
            continue
        lows = {x: sequent.domains[x.name].lower for x in weights}
        below = {x: low.value for x, low in lows.items() if low is not None}
        side = -1 if all(w < 0 for w in weights.values()) else 1
        if any(w * side < 0 for w in weights.values()) or len(below) < len(weights):
            continue
        for x, weight in weights.items():
            others = [y for y in weights if y is not x]
            taken = sum((abs(weights[y]) * below[y] for y in others), Fraction(0))
            cap = (-constant * side - taken) / abs(weight)
            upper = sequent.domains[x.name].upper
            if not others or (upper is not None and upper.value <= cap):
                continue
            strict = any(sequent.domains[y.name].lower_open for y in others)
            scaled = [(abs(weights[y] / weight), ["low", y.name]) for y in others]
            shown = combined((-side / abs(weight), ["hyp", index]), *scaled)
            yield f"{x} {'<' if strict else '<='} {t.number(cap)}", shown


__all__ = ["by_chords", "by_planes", "by_root_planes", "by_tangent_lines", "pieces", "summands"]
