"""Sines, cosines and tangents of rational multiples of pi whose values are square roots.

From ``cos(2*a) = 1 - 2*sin(a)^2``, where the value of ``cos(2*a)`` is known, or found in the same way.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from srverify.checker.enclosures.angles import value_at
from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.formula import Relation
from srverify.language.parser import formula_text
from srverify.language.term import Number, Term
from srverify.numerics.tactics.angles import linear_angle
from srverify.numerics.tactics.driver import Driver, Link, Proposal
from srverify.numerics.tactics.hypotheses import combined
from srverify.numerics.tactics.lawful import law, nodes, replacing
from srverify.numerics.tactics.tails import put

#: Angles are halved so often.
_MAX_HALVINGS = 2
_HALF = Fraction(1, 2)


@dataclass(frozen=True)
class _Value:
    """What a sine or cosine is: ``scale*sqrt(radicand)``."""

    scale: Fraction
    radicand: Term

    @property
    def term(self) -> Term:
        return t.mul(t.number(self.scale), t.sqrt(self.radicand))

    @property
    def plain(self) -> Term:
        """The term, without a root of 1."""
        return t.number(self.scale) if self.radicand == t.ONE else self.term


def by_turns(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Write ``sqrt(3)/2`` for ``sin(pi/3)``, and the like."""
    for node in nodes(sequent):
        if node.operator not in ("sin", "cos", "tan") or t.symbols_of(node):
            continue
        turn = _turn(node.arguments[0])
        if turn is None or value_at(node.operator, (Fraction(0), turn)) is not None:
            continue
        angle = node.arguments[0]
        if node.operator == "tan":
            quotient = t.div(t.function("sin", angle), t.function("cos", angle))
            links = replacing(sequent, node, quotient, law("tan_quotient", a=angle))
        else:
            last = len(sequent.hypotheses)
            known = _known(node.operator, turn, angle, last, _MAX_HALVINGS)
            if known is None:
                continue
            steps, at, _ = known
            links = [
                *steps,
                {"rule": "replace", "hyp": at, "in": list(range(last))},
                {"rule": "weaken", "drop": list(range(last, at + 1))},
            ]
        found = driver.chain(sequent, links, depth)
        if found is not None:
            yield found, -1
        return


def evaluated(term: Term) -> Term:
    """Write sines, cosines and tangents of multiples of pi in a term as roots, where they are some.

    >>> str(evaluated(t.function("tan", t.div(t.PI, t.number(6)))))
    '(1/3)*sqrt(3)'
    """
    kinds = ("sin", "cos", "tan")
    found = (n for n in dict.fromkeys(t.subterms(term)) if n.operator in kinds and not t.symbols_of(n))
    values = {n: value for n in found if (value := _exact(n)) is not None}
    return put(term, values) if values else term


def _exact(node: Term) -> Term | None:
    turn = _turn(node.arguments[0])
    if turn is None:
        return None
    parts = [_rooted(kind, turn) for kind in ("sin", "cos")]
    sine, cosine = parts
    if node.operator == "tan" and sine is not None and cosine is not None:
        below = cosine.radicand
        assert isinstance(sine.radicand, Number)
        assert isinstance(below, Number)
        if cosine.scale == 0 or below == 0:
            return None
        radicand = sine.radicand.value * below.value
        root = math.isqrt(int(radicand))
        scale = sine.scale / cosine.scale / below.value
        if root**2 == radicand:
            return t.number(scale * root)
        return _Value(scale, t.number(radicand)).term
    value = sine if node.operator == "sin" else cosine if node.operator == "cos" else None
    return None if value is None else value.plain


def _rooted(kind: str, turn: Fraction) -> _Value | None:
    """Return a sine or cosine of a turn as a number times the root of a number, if it is."""
    rational = value_at(kind, (Fraction(0), turn))
    if rational is not None:
        return _Value(rational[0], t.ONE)
    double = value_at("cos", (Fraction(0), 2 * turn))
    if double is None:
        return None
    up = (math.sin if kind == "sin" else math.cos)(float(turn % 2) * math.pi) > 0
    return _root(t.number(double[0]), kind, 1 if up else -1)


def _turn(angle: Term) -> Fraction | None:
    """Return q where an angle is ``q*pi``."""
    parts = linear_angle(angle)
    return parts[t.PI] if parts is not None and parts.keys() == {t.PI} else None


def _known(
    kind: str, turn: Fraction, angle: Term, last: int, halvings: int
) -> tuple[list[Link], int, Term] | None:
    """Return steps after which a hypothesis says what a sine or cosine is, its place, and the value.

    ``last`` is the number of hypotheses before.
    """
    double = t.mul(t.number(2), angle)
    rational = value_at("cos", (Fraction(0), 2 * turn))
    links: list[Link] = []
    given: list[tuple[object, ...]] = []
    if rational is not None:
        value: Term = t.number(rational[0])
    elif halvings:
        inner = _known("cos", 2 * turn, double, last, halvings - 1)
        if inner is None:
            return None
        links, place, value = inner
        given = [(-_HALF if kind == "sin" else _HALF, ["hyp", place])]
        last = place + 1
    else:
        return None
    up = (math.sin if kind == "sin" else math.cos)(float(turn % 2) * math.pi) > 0
    found = _root(value, kind, 1 if up else -1)
    node, v = t.function(kind, angle), found.term
    square = found.scale**2
    links = [*links, law("cos_double", a=angle)]
    given.append((_HALF if kind == "sin" else -_HALF, ["hyp", last]))
    place = last + 1
    if kind == "cos":
        links.append(law("sin_cos_square", a=angle))
        given.append((1, ["hyp", place]))
        place += 1
    links.append(law("sqrt_square", a=found.radicand))
    given.append((-square, ["hyp", place]))
    equation = Relation("=", node, v)
    shown = {**combined(*given), "k": str(t.add(v, node))}
    links.append(({"rule": "have", "formula": formula_text(equation)}, shown))
    return links, place + 1, v


def _root(value: Term, kind: str, side: int) -> _Value:
    """Return the root of ``(1 - c)/2`` or ``(1 + c)/2``, without squares where c is a number."""
    inside = t.sub(t.ONE, value) if kind == "sin" else t.add(t.ONE, value)
    if not isinstance(value, Number):
        return _Value(Fraction(side), t.mul(t.number(_HALF), inside))
    half = (1 - value.value if kind == "sin" else 1 + value.value) / 2
    radicand, scale = half.numerator * half.denominator, Fraction(1, half.denominator)
    for factor in range(math.isqrt(radicand), 1, -1):
        if radicand % factor**2 == 0:
            radicand, scale = radicand // factor**2, scale * factor
    return _Value(side * scale, t.number(radicand))


__all__ = ["by_turns", "evaluated"]
