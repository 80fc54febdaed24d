"""Goals affine in the root of ``x*y + y*z + z*x``, which gives way to a bound that it reaches.

For x, y, z > 0 its square times 3 is at most ``(x + y + z)^2``, by ``(x - y)^2 + ... >= 0``. So
``w = sqrt(x*y + y*z + z*x)`` is at most ``(x + y + z)/sqrt(3)``, its tangent plane where all are equal,
and at least ``sqrt(3)*w^2/(x + y + z)``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from srverify.checker.enclosures.substitution import rebuilt
from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.term import Symbol, Term
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.driver import Link, relation
from srverify.numerics.tactics.floats import sign
from srverify.numerics.tactics.forms import factored, plain
from srverify.numerics.tactics.hypotheses import combined
from srverify.numerics.tactics.lawful import law, linear_parts

_TWO, _THREE, _MINUS = t.number(2), t.number(3), t.number(-1)


def bounded_roots(sequent: Sequent, variables: Sequence[Symbol]) -> Iterator[list[Link]]:
    """Yield steps that put a bound for the root of the sum of products of three positive variables."""
    goal = relation(sequent)
    if goal is None or goal.operator == "=":
        return
    x, y, z = variables
    pairs, whole = plain(t.add(t.mul(x, y), t.mul(y, z), t.mul(z, x))), t.add(x, y, z)
    root, three = t.sqrt(pairs), t.sqrt(_THREE)
    bounded = t.mul(three, root)
    parts = factored(difference(goal))
    if parts is None or root not in t.subterms(parts.product):
        return
    divided_by = sign(parts.divisor, sequent)
    if divided_by not in (1, -1):
        return
    f = plain(t.mul(t.number(divided_by), parts.product))
    found = next((rest for atom, *rest in linear_parts(f, ("sqrt",)) if atom == root), None)
    if found is None:
        return
    factor, rest = found
    if rest is t.ZERO:
        yield [
            {
                "rule": "rewrite",
                "goal": f"0 {goal.operator} {factor}",
                "k": str(t.div(t.mul(t.number(divided_by), root), parts.divisor)),
            }
        ]
        return
    side = sign(factor, sequent)
    if side not in (1, -1) or root in t.subterms(rest):
        return
    # What is a multiple of sqrt(3) has 3 for its square.
    odd = plain(t.mul(t.number(Fraction(1, 2)), t.sub(_at(factor, t.ONE), _at(factor, _MINUS))))
    even = t.sub(factor, t.mul(three, odd))
    last = len(sequent.hypotheses)
    scale: dict[str, object] = {}
    because: list[tuple[object, ...]]
    if side < 0:
        third = t.number(Fraction(1, 3))
        new = t.add(rest, t.mul(third, even, three, whole), t.mul(odd, whole))
        because = [
            (
                Fraction(1, 3),
                ["hyp", last + 4],
                ["nonneg", str(plain(t.neg(factor)))],
                ["pos", str(three)],
            ),
            (
                Fraction(1, 3),
                ["hyp", last + 2],
                ["term", str(t.sub(t.mul(factor, root), t.mul(odd, whole)))],
            ),
        ]
    else:
        new = t.add(t.mul(rest, whole), t.mul(even, three, pairs), t.mul(_THREE, odd, pairs))
        scale = {"k": str(whole)}
        because = [
            (1, ["hyp", last + 4], ["nonneg", str(factor)], ["pos", str(root)]),
            (-1, ["hyp", last + 1], ["term", str(t.mul(factor, three))]),
            (-1, ["hyp", last + 2], ["term", str(t.mul(odd, pairs))]),
        ]
    new, divided = plain(new), plain(t.div(new, three))
    is_multiple = three in t.subterms(new) and three not in t.subterms(divided)
    new, unit = (divided, three) if is_multiple else (new, t.ONE)
    if sign(new, sequent) not in (0, 1):
        return
    divisor = {"k": str(t.div(t.number(divided_by), parts.divisor))} if parts.below else {}
    yield [
        {"rule": "rewrite", "goal": f"0 {goal.operator} {f}", **divisor},
        # Before what is of no use for it.
        {"rule": "have", "formula": f"0 {goal.operator} {new}"},
        law("sqrt_square", a=pairs),
        law("sqrt_square", a=_THREE),
        (
            {"rule": "have", "formula": f"{t.power(bounded, _TWO)} <= {t.power(whole, _TWO)}"},
            combined(
                *((Fraction(1, 2), ["square", str(t.sub(u, v))]) for u, v in ((x, y), (y, z), (z, x))),
                (3, ["hyp", last + 1]),
                (1, ["hyp", last + 2], ["term", str(t.power(root, _TWO))]),
            ),
        ),
        law("squares_reflect", a=bounded, b=whole),
        {**combined((1, ["hyp", last], ["pos", str(unit)]), *because), **scale},
    ]


def _at(term: Term, value: Term) -> Term:
    """Put a number for sqrt(3)."""
    return rebuilt(term, {t.sqrt(_THREE): value}.get)


__all__ = ["bounded_roots"]
