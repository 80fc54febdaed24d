"""Exponentials and logarithms beside their tangents, at points where the distance is least."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from fractions import Fraction

from srverify.checker.rejected import RejectedError
from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.formula import Relation
from srverify.language.term import Number, Term
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.driver import Driver, Link, Proposal, relation
from srverify.numerics.tactics.floats import between, margin, samples, sign, solved, value_at
from srverify.numerics.tactics.forms import Space, number, plain
from srverify.numerics.tactics.hypotheses import combined
from srverify.numerics.tactics.lawful import law, linear_parts

#: Denominators of values that count as simple, and of others.
_SIMPLE, _FINE = 64, 4096
#: How near a value is to what it seems to be, relatively: near its least value f says little of where.
_NEAR = 1e-4
#: Steps along all axes that a search for a least value may take.
_ROUNDS = 400


def by_touching(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Compare ``p*exp(u)`` with ``q*u + c`` at its least distance, where ``exp(u) = q/p``.

    With l = log(q/p), the tangent ``1 + (u - l) <= exp(u - l) = exp(u)*p/q`` leaves
    ``q*(1 - l) - c``, in which no variable of u occurs: it is as sharp as it can be.
    """
    goal = relation(sequent)
    if goal is None or goal.operator == "=" or depth < 1:
        return
    for atom, p, r in linear_parts(difference(goal), ("exp",)):
        u = atom.arguments[0]
        if t.symbols_of(p) & t.symbols_of(u) or sign(p, sequent) != 1:
            continue
        slope = _slope(r, u)
        if slope is None:
            continue
        q, constant = slope
        ratio = t.number(q / p.value) if isinstance(p, Number) else t.div(t.number(q), p)
        point = t.log(ratio)
        rest = t.add(t.mul(t.number(q), t.sub(t.ONE, point)), constant)
        known = sign(rest, sequent)
        if known != 1 and (known != 0 or goal.operator == "<"):
            continue
        kind = "pos" if goal.operator == "<" else "nonneg"
        last = len(sequent.hypotheses)
        links: list[Link] = [
            law("exp_above", a=t.sub(u, point)),
            law("exp_difference", a=u, b=point),
            law("exp_log", a=ratio),
            combined(
                (q, ["hyp", last]),
                (q, ["hyp", last + 1]),
                (-1, ["hyp", last + 2], ["term", str(t.mul(p, t.div(t.exp(u), t.exp(point))))]),
                (1, [kind, str(rest)]),
            ),
        ]
        found = driver.chain(sequent, links, depth)
        if found is not None:
            yield found, -1
            return


def _slope(r: Term, u: Term) -> tuple[Fraction, Term] | None:
    """Return q > 0 and a term c without variables of u with ``r = c - q*u``, or None."""
    try:
        space = Space([r, u])
        numerator, inner = space.form(r), space.form(u)
    except RejectedError:
        return None
    if not (numerator.q.is_constant() and inner.q.is_constant()):
        return None
    scale = inner.q.leading_coefficient() / numerator.q.leading_coefficient()
    above, below = numerator.p.to_dict(), inner.p.to_dict()
    places = [place for place in below if any(place)]
    if not places or places[0] not in above:
        return None
    q = -above[places[0]] / below[places[0]] * scale
    left = numerator.p / numerator.q.leading_coefficient() + inner.p * (
        q / inner.q.leading_coefficient()
    )
    constant = space.term(left)
    if q <= 0 or t.symbols_of(constant) & t.symbols_of(u):
        return None
    return number(q).value, constant


def by_log_tangents(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Put for each of several logarithms its tangent where the goal is nearest to failing.

    For c > 0, ``log(c) + 1 - c/u <= log(u) <= log(c) + u/c - 1``, with equality at u = c: if f is least
    where every argument u has its value c, what is left touches f there, and has no logarithm of a
    variable. Sums of ``u*log(u)`` on a simplex become numbers.
    """
    goal = relation(sequent)
    if goal is None or goal.operator == "=" or depth < 1 or len(sequent.variables) < 2:
        return
    f = difference(goal)
    parts = [(atom, p, sign(p, sequent)) for atom, p, _ in linear_parts(f, ("log",))]
    lowest = least_point(sequent, f) if len(parts) > 1 else None
    if lowest is None or not all(side in (1, -1) for _, _, side in parts):
        return
    links: list[Link] = []
    summands: list[tuple[object, ...]] = []
    rest, last = f, len(sequent.hypotheses) + 1
    for atom, p, side in parts:
        u, c = atom.arguments[0], simple(value_at(atom.arguments[0], lowest)[0])
        if c is None:
            return
        ratio = t.div(u, c)
        bound = t.sub(t.ONE, t.div(c, u)) if side == 1 else t.sub(ratio, t.ONE)
        rest = t.add(rest, t.mul(p, t.sub(t.add(t.log(c), bound), atom)))
        links += [
            law("log_above" if side == 1 else "log_below", a=ratio),
            law("log_quotient", a=u, b=c),
        ]
        weight = p if side == 1 else t.neg(p)
        summands += [
            (1, ["hyp", last], ["pos", str(weight)]),
            (1, ["hyp", last + 1], ["term", str(p)]),
        ]
        last += 2
    rest = plain(rest)
    if sign(rest, sequent) not in (0, 1):
        return
    have: Link = {"rule": "have", "formula": f"0 {goal.operator} {rest}"}
    summands.append((1, ["hyp", len(sequent.hypotheses)]))
    found = driver.chain(sequent, [have, *links, combined(*summands)], depth - 1)
    if found is not None:
        yield found, -1


def simple(value: float) -> Term | None:
    """Return a number that a value seems to be: a fraction, one times pi, its root, or ±exp of one."""
    if not math.isfinite(value):
        return None
    if value <= 0:
        near_zero = value > -_NEAR
        opposite = t.ZERO if near_zero else simple(-value)
        return opposite if near_zero or opposite is None else t.neg(opposite)
    found = Fraction(value).limit_denominator(_SIMPLE)
    if abs(float(found) - value) <= _NEAR * value:
        return t.number(found)
    turns = Fraction(value / math.pi).limit_denominator(_SIMPLE // 4)
    if abs(float(turns) * math.pi - value) <= _NEAR * value / 100:
        return t.mul(t.number(turns), t.PI)
    square = Fraction(value**2).limit_denominator(_SIMPLE // 8)
    if abs(float(square) - value**2) <= _NEAR * value**2:
        return t.sqrt(t.number(square))
    found = Fraction(math.log(value)).limit_denominator(_SIMPLE // 8)
    if abs(float(found) - math.log(value)) <= _NEAR:
        return t.exp(t.number(found))
    found = Fraction(value).limit_denominator(_FINE)
    return t.number(found) if found else None


def least_point(sequent: Sequent, f: Term) -> dict[str, float] | None:
    """Return where a term seems to be least over a sequent, by steps along the axes.

    Where equations are given, every step is made good by another variable.
    """
    equations = [h for h in sequent.hypotheses if isinstance(h, Relation) and h.operator == "="]
    others = [h for h in sequent.hypotheses if h not in equations]
    domains = {v.name: v.domain for v in sequent.variables}

    def met(moved: str, at: dict[str, float]) -> dict[str, float] | None:
        free = {name: domain for name, domain in domains.items() if name != moved}
        return solved(at, equations, free) if equations else at

    def height(at: Mapping[str, float] | None) -> float:
        if at is None or not all(between(domain, at[name]) for name, domain in domains.items()):
            return math.inf
        if any(not margin(h, at) >= 0 for h in others):
            return math.inf
        value = value_at(f, at)[0]
        return math.inf if math.isnan(value) else value

    points = samples(sequent)
    if not points:
        return None
    best: dict[str, float] = min(points, key=height).copy()
    low = height(best)
    steps = {name: max(abs(value) / 4, 1e-3) for name, value in best.items()}
    for _ in range(_ROUNDS):
        moved = False
        for name in best:
            for step in (steps[name], -steps[name]):
                trial = met(name, {**best, name: best[name] + step})
                if trial is not None and (found := height(trial)) < low:
                    best, low, moved = trial, found, True
                    break
        if not moved:
            steps = {name: step / 2 for name, step in steps.items()}
            if all(step < 1e-7 * max(1.0, abs(best[name])) for name, step in steps.items()):
                break
    return best if math.isfinite(low) else None
