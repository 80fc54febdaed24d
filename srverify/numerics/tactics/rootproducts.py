"""Products of roots of sums, as in Hölder's inequality, compared by powers that have no such roots."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import lcm

from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.formula import Relation
from srverify.language.parser import formula_text
from srverify.language.term import Term
from srverify.numerics.tactics.driver import Driver, Link, Proposal, relation
from srverify.numerics.tactics.floats import sign
from srverify.numerics.tactics.hypotheses import combined
from srverify.numerics.tactics.lawful import law

#: Square roots are compared by squares elsewhere; powers beyond the last have too many summands.
_LEAST, _MOST = 3, 6
#: More factors are seldom meant.
_MAX_FACTORS = 8


def by_root_products(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Show ``a <= A^(p/n)*B^(q/n)`` by the n-th powers of both sides."""
    goal = relation(sequent)
    if goal is None or goal.operator == "=" or depth < 1:
        return
    sides = goal.left, goal.right
    factors = [_factors(side) for side in sides]
    roots = [u for side in factors for u in side if _is_root(u)]
    order = lcm(*(t.literal(_exponent(u)).value.denominator for u in roots))
    if not _LEAST <= order <= _MOST or sum(map(len, factors)) > _MAX_FACTORS:
        return
    if any(sign(u.arguments[0], sequent) != 1 for u in roots) or sign(goal.left, sequent) not in (0, 1):
        return
    n, last = t.number(order), len(sequent.hypotheses)
    raised = [[t.power(u, n) for u in side] for side in factors]
    plain = [[_raised(u, order) for u in side] for side in factors]
    between = Relation(goal.operator, *(t.power(side, n) for side in sides))
    # What is shown of the powers comes first, then what each root's power is.
    place = last + 1
    summands: list[tuple[object, ...]] = [(1, ["hyp", last])]
    for f, g, direction in zip(raised, plain, (1, -1), strict=True):
        for index, (old, new) in enumerate(zip(f, g, strict=True)):
            if old is not new:
                others = t.mul(t.ONE, *g[:index], *f[index + 1 :])
                summands.append((direction, ["hyp", place], ["term", str(others)]))
                place += 1
    strict = "_strict" if goal.operator == "<" else ""
    links: list[Link] = [
        {"rule": "have", "formula": formula_text(Relation(goal.operator, *(t.mul(*g) for g in plain)))},
        *(law("power_power", a=u.arguments[0], b=_exponent(u), c=n) for u in roots),
        ({"rule": "have", "formula": formula_text(between)}, combined(*summands)),
        law(f"power_reflects{strict}", a=goal.left, b=goal.right, c=n),
        {"rule": "assumption"},
    ]
    found = driver.chain(sequent, links, depth - 1)
    if found is not None:
        yield found, -1


def _factors(u: Term) -> Sequence[Term]:
    """Return the factors of a product, those of its whole powers as often as they occur."""
    if u.operator == "mul":
        return [factor for part in u.arguments for factor in _factors(part)]
    if u.operator == "power" and 0 < (k := t.literal(u.arguments[1])).value <= _MOST:
        return [*_factors(u.arguments[0])] * k.p
    return [u]


def _is_root(u: Term) -> bool:
    """Tell whether a factor is a root of anything but a number or a variable."""
    return u.operator in ("sqrt", "ratpower") and u.arguments[0].operator not in ("number", "variable")


def _exponent(u: Term) -> Term:
    return t.number("1/2") if u.operator == "sqrt" else u.arguments[1]


def _raised(u: Term, order: int) -> Term:
    """Return a factor's power without the root."""
    if not _is_root(u):
        return t.power(u, t.number(order))
    return t.power(u.arguments[0], t.number(order * t.literal(_exponent(u)).value))
