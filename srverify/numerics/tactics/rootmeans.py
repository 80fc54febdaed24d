"""Roots of products, each at most the mean of its factors: ``sqrt(u*v) <= (u + v)/2``.

Equal where u and v are, so that a product is taken apart into factors that agree where the whole goal is
least. What is left has no roots.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice, product

from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.term import Term
from srverify.numerics.rational_eval import rational_value
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.driver import Driver, Link, Proposal, relation
from srverify.numerics.tactics.floats import Point, sign, value_at
from srverify.numerics.tactics.forms import expanded, factored, is_algebraic, is_rational
from srverify.numerics.tactics.hypotheses import combined
from srverify.numerics.tactics.lawful import law
from srverify.numerics.tactics.planes import pieces
from srverify.numerics.tactics.tangents import least_point

#: Sums of more roots, roots of more factors, and more choices are not looked at.
_MAX_ROOTS, _MAX_FACTORS, _MAX_CHOICES = 4, 5, 64
#: A least value that may be 0, and factors that may agree there, relatively.
_CLOSE = 1e-6


def by_root_means(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Put means of factors for roots of products, all of which are subtracted."""
    goal = relation(sequent)
    if goal is None or goal.operator != "<=" or depth < 1 or len(sequent.variables) < 2:
        return
    f = difference(goal)
    if is_rational(f) or not is_algebraic(f):
        return
    parts = pieces(f)
    rooted = [s for s in parts if not is_rational(s)]
    if not 1 < len(rooted) <= _MAX_ROOTS or any(t.symbols_of(s) == set() for s in rooted):
        return
    products = [p for s in rooted if (p := _Rooted.of(s, sequent)) is not None]
    lowest = None if len(products) < len(rooted) else least_point(sequent, f)
    if lowest is None or not _vanishes(f, lowest):
        return
    options = [list(_factors(p.inside, lowest)) for p in products]
    plain = [s for s in parts if is_rational(s)]
    half = t.number(Fraction(1, 2))
    for choice in islice(product(*options), _MAX_CHOICES):
        pairs = list(zip(products, choice, strict=True))
        rest = t.add(*plain, *(t.mul(half, p.weight, t.add(u, v)) for p, (u, v) in pairs))
        if sign(rest, sequent) not in (0, 1):
            continue
        last = len(sequent.hypotheses)
        links: list[Link] = [{"rule": "have", "formula": f"0 <= {rest}"}]
        links += [law("sqrt_square", a=p.root.arguments[0]) for p in products]
        squares = [
            term
            for place, (p, (u, _)) in enumerate(pairs, start=last + 1)
            for term in p.below_mean(u, place)
        ]
        found = driver.chain(sequent, [*links, combined((1, ["hyp", last]), *squares)], depth)
        if found is not None:
            yield found, -1
        return


@dataclass(frozen=True)
class _Rooted:
    """``weight*sqrt(inside)`` with a negative weight, the root being ``root`` or 1 over that."""

    weight: Term
    inside: Term
    root: Term

    @staticmethod
    def of(s: Term, sequent: Sequent) -> _Rooted | None:
        """Return a summand as a multiple of one root, which it is subtracted as, or None."""
        roots = {n for n in t.subterms(s) if n.operator == "sqrt" and t.symbols_of(n)}
        if len(roots) != 1:
            return None
        (root,) = roots
        for inside, weight in (
            (root.arguments[0], expanded(t.div(s, root))),
            (t.div(t.ONE, root.arguments[0]), expanded(t.mul(s, root))),
        ):
            if weight is not None and is_rational(weight) and sign(weight, sequent) == -1:
                return _Rooted(weight, inside, root)
        return None

    def below_mean(self, u: Term, place: int) -> list[tuple[object, ...]]:
        """Return how the mean of u and the rest is above, given the square of the root.

        ``(u + v)/2 - r = (u - r)^2/(2*u) + (u*v - r^2)/(2*u)``.
        """
        scale = t.div(t.neg(self.weight), t.mul(t.number(2), u))
        square = self.root.arguments[0]
        if self.inside is square:
            r, cofactor = self.root, scale
        else:
            r = t.div(t.ONE, self.root)
            cofactor = t.neg(t.div(scale, t.mul(square, t.power(self.root, t.number(2)))))
        # The law says ``r^2 = q``.
        return [
            (1, ["nonneg", str(scale)], ["square", str(t.sub(u, r))]),
            (1, ["hyp", place], ["term", str(cofactor)]),
        ]


def _vanishes(f: Term, point: Point) -> bool:
    value, size = value_at(f, point)
    return abs(value) <= _CLOSE * size


def _factors(q: Term, point: Point) -> Iterator[tuple[Term, Term]]:
    """Yield two factors of a term that agree at a point."""
    found = factored(q)
    if found is None or found.constant <= 0:
        return
    factors = [(g, n, 1) for g, n in found.above] + [(g, n, -1) for g, n in found.below]
    single = [(g, side) for g, n, side in factors for _ in range(n)]
    if not 2 <= len(single) <= _MAX_FACTORS:
        return
    root = rational_value(t.sqrt(t.number(found.constant)), {})
    scales = (root, root) if root is not None else (Fraction(1), found.constant)
    # The first factor is in the first half: halves are alike.
    for place in product((0, 1), repeat=len(single) - 1):
        halves = []
        for half, scale in enumerate(scales):
            mine = [x for x, at in zip(single, (0, *place), strict=True) if at == half]
            above = t.mul(t.number(scale), *(g for g, side in mine if side > 0))
            below = [g for g, side in mine if side < 0]
            halves.append(t.div(above, t.mul(*below)) if below else above)
        u, v = halves
        a, b = value_at(u, point)[0], value_at(v, point)[0]
        if a > 0 and abs(a - b) <= _CLOSE * a:
            yield u, v


__all__ = ["by_root_means"]
