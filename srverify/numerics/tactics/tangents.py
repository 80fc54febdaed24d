"""An exponential above an affine function of its exponent: the tangent of the same slope."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from srverify.checker.rejected import RejectedError
from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.term import Term
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.driver import Driver, Link, Proposal, relation
from srverify.numerics.tactics.floats import sign
from srverify.numerics.tactics.forms import Space, number
from srverify.numerics.tactics.hypotheses import combined
from srverify.numerics.tactics.lawful import law, linear_parts


def by_touching(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Compare ``p*exp(u)`` with ``q*u + c`` at its least distance, where ``exp(u) = q/p``.

    With l = log(q/p), the tangent ``1 + (u - l) <= exp(u - l) = exp(u)*p/q`` leaves
    ``q*(1 - l) - c``, in which no variable occurs: it is as sharp as it can be, and a number.
    """
    goal = relation(sequent)
    if goal is None or goal.operator == "=" or depth < 1:
        return
    for atom, p, r in linear_parts(difference(goal), ("exp",)):
        u = atom.arguments[0]
        slope = None if p.operator != "number" else _slope(r, u)
        if slope is None or p.value <= 0:  # type: ignore[attr-defined]
            continue
        q, constant = slope
        ratio = t.number(q / p.value)  # type: ignore[attr-defined]
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
    """Return q > 0 and a term c without variables with ``r = c - q*u``, or None."""
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
    if q <= 0 or t.symbols_of(constant):
        return None
    return number(q).value, constant
