"""Sines and cosines of sums and multiples, written by those of a few angles that are independent.

What is left is a polynomial in these, on a circle each.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import TypeAlias

from flint import fmpq_mat

from srverify.checker.check import expand
from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.formula import Relation
from srverify.language.parser import formula_text
from srverify.language.term import Symbol, Term
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.driver import Driver, Link, Proposal, relation
from srverify.numerics.tactics.forms import exact, number, plain, polynomial
from srverify.numerics.tactics.hypotheses import combined
from srverify.numerics.tactics.lawful import law, linear_parts, replacing
from srverify.numerics.tactics.squares import by_sums_of_squares

#: More angles, and higher multiples, make polynomials too large.
_MAX_ANGLES, _MAX_MULTIPLE = 3, 6
_MAX_STEPS = 60
#: An angle as a combination of variables, pi and 1.
_Linear: TypeAlias = Mapping[Term, Fraction]
_KINDS = ("sin", "cos", "tan")


def by_circles(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Write sines and cosines by those of independent angles, and use sums of squares at once."""
    for links in _expansions(sequent):
        last = sequent
        for link in links:
            left = expand(last, link[0] if isinstance(link, tuple) else link)
            last = left[-1]
        for node, _ in by_sums_of_squares(driver, last, depth):
            driver.remember(last, depth, node)
            found = driver.chain(sequent, links, depth)
            if found is not None:
                yield found, -1


def by_double_angles(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Write ``sin(u)*cos(u)`` as ``sin(2*u)/2`` where both occur in such products only, on a ray.

    There its range says more than those of the factors; elsewhere boxes are as good.
    """
    goal = relation(sequent)
    if goal is None or depth < 1 or goal.operator == "=":
        return
    f = difference(goal)
    for sine in (n for n in t.subterms(f) if n.operator == "sin" and t.symbols_of(n)):
        u = sine.arguments[0]
        found = _product_and_rest(f, sine) if _is_unbounded(sequent, u) else None
        if found is None:
            continue
        factor, rest = found
        half = t.number(Fraction(1, 2))
        last = len(sequent.hypotheses)
        doubled = t.add(t.mul(half, factor, t.function("sin", t.mul(t.number(2), u))), rest)
        links: list[Link] = [
            {"rule": "have", "formula": formula_text(Relation(goal.operator, t.ZERO, doubled))},
            law("sin_double", a=u),
            combined((1, ["hyp", last]), (Fraction(1, 2), ["hyp", last + 1], ["term", str(factor)])),
        ]
        node = driver.chain(sequent, links, depth)
        if node is not None:
            yield node, -1
        return


def _is_unbounded(sequent: Sequent, u: Term) -> bool:
    domains = [sequent.domains[symbol.name] for symbol in t.symbols_of(u)]
    return any(domain.lower is None or domain.upper is None for domain in domains)


def _product_and_rest(f: Term, sine: Term) -> tuple[Term, Term] | None:
    """Return P and R, free of both, with ``f = P*sin(u)*cos(u) + R``; None if it is not."""
    cosine = t.function("cos", sine.arguments[0])
    for atom, p, rest in linear_parts(f, ("sin",)):
        if atom is sine and cosine not in t.subterms(rest):
            for other, factor, alone in linear_parts(p, ("cos",)):
                if other is cosine and alone is t.ZERO:
                    return factor, rest
    return None


def by_angles(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Write sines and cosines of angles that depend on each other by those of independent ones."""
    if depth < 1:
        return
    for links in _expansions(sequent):
        found = driver.chain(sequent, links, depth - 1)
        if found is not None:
            yield found, -1


def _expansions(sequent: Sequent) -> Iterator[list[Link]]:
    """Yield steps that leave independent angles only, for several choices of these."""
    goal = relation(sequent)
    if goal is None:
        return
    f = difference(goal)
    nodes = [n for n in t.subterms(f) if n.operator in _KINDS and t.symbols_of(n)]
    # Tangents and divisors come first: the signs of cosines are seen before they are expanded.
    divisors = [n.arguments[1] for n in t.subterms(f) if n.operator == "div"]
    if not nodes or any(n.operator == "tan" for n in nodes):
        return
    if any(n in nodes for divisor in divisors for n in t.subterms(divisor)):
        return
    angles = {n.arguments[0]: linear_angle(n.arguments[0]) for n in nodes}
    known = [found for found in angles.values() if found is not None]
    if len(known) < len(angles) or not _dependent(known):
        return
    for base in _bases(known):
        links = _expansion(sequent, f, base)
        if links is not None:
            yield links


def linear_angle(angle: Term) -> dict[Term, Fraction] | None:
    """Return an angle as a combination of variables, pi and 1, if it is one."""
    form = polynomial(angle)
    if form is None:
        return None
    space, poly = form
    found: dict[Term, Fraction] = {}
    for exponents, c in poly.to_dict().items():
        places = [i for i, n in enumerate(exponents) if n]
        atoms = sorted((space.atoms[i] for i in places), key=lambda a: a is not t.PI)
        if any(exponents[i] != 1 for i in places) or sum(isinstance(a, Symbol) for a in atoms) > 1:
            return None
        if any(not isinstance(a, Symbol) and a is not t.PI for a in atoms):
            return None
        # A variable may be measured in units of pi.
        found[t.mul(*atoms) if atoms else t.ONE] = number(c).value
    return found


def _dependent(angles: list[dict[Term, Fraction]]) -> bool:
    """Tell whether some angle follows from others, up to its sign, or has a part without variables."""
    if any(not t.symbols_of(part) for angle in angles for part in angle):
        return True
    distinct: list[dict[Term, Fraction]] = []
    for angle in angles:
        negative = {part: -c for part, c in angle.items()}
        if angle not in distinct and negative not in distinct:
            distinct.append(angle)
    symbols = sorted({part for angle in distinct for part in angle}, key=str)
    rows = [[exact(angle.get(s, Fraction(0))) for s in symbols] for angle in distinct]
    return bool(fmpq_mat(rows).rank() < len(rows))


class _Base:
    """Independent angles, of which all others are integer combinations, and numbers."""

    def __init__(self, angles: list[dict[Term, Fraction]]) -> None:
        self.angles = angles

    def coordinates(self, angle: _Linear) -> tuple[tuple[int, ...], _Linear] | None:
        """Return the multiples of the base angles, and what is free of variables."""
        symbols = sorted({part for e in self.angles for part in e}, key=str)
        rows = [[exact(e.get(s, Fraction(0))) for e in self.angles] for s in symbols]
        right = [[exact(angle.get(s, Fraction(0)))] for s in symbols]
        rest = {part: c for part, c in angle.items() if not t.symbols_of(part)}
        try:
            solved = fmpq_mat(rows).solve(fmpq_mat(right)).tolist()
        except (ZeroDivisionError, ValueError):
            return None
        if any(c.q != 1 for (c,) in solved) or set(angle) - set(symbols) - set(rest):
            return None
        return tuple(int(c.p) for (c,) in solved), rest

    def term(self, multiples: tuple[int, ...], rest: _Linear) -> Term:
        """Write an angle."""
        total: dict[Term, Fraction] = dict(rest)
        for k, e in zip(multiples, self.angles, strict=True):
            for part, c in e.items():
                total[part] = total.get(part, Fraction(0)) + k * c
        parts = [t.mul(t.number(c), part) if c != 1 else part for part, c in total.items() if c]
        return t.add(*parts) if parts else t.ZERO


def plain_base(angles: list[dict[Term, Fraction]]) -> _Base | None:
    """Return the parts of single variables of which angles are integer combinations."""
    symbols = sorted({part for angle in angles for part in angle if t.symbols_of(part)}, key=str)
    plain = []
    for s in symbols:
        d = math.lcm(*(angle.get(s, Fraction(0)).denominator for angle in angles))
        plain.append({s: Fraction(1, d)})
    return _Base(plain) if 1 <= len(symbols) <= _MAX_ANGLES else None


def _bases(angles: list[dict[Term, Fraction]]) -> Iterator[_Base]:
    base = plain_base(angles)
    if base is None:
        return
    yield base
    symbols = [s for part in base.angles for s in part]
    if len(symbols) == 2:
        # Half the sum and half the difference.
        x, y = symbols
        zero = Fraction(0)
        sums = [angle.get(x, zero) + angle.get(y, zero) for angle in angles]
        gaps = [angle.get(x, zero) - angle.get(y, zero) for angle in angles]
        d, e = (math.lcm(*(c.denominator for c in values)) for values in (sums, gaps))
        half, other = Fraction(1, 2 * d), Fraction(1, 2 * e)
        yield _Base([{x: half, y: half}, {x: other, y: -other}])


def _expansion(sequent: Sequent, f: Term, base: _Base) -> list[Link] | None:
    """Return the steps that leave sines and cosines of base angles only."""
    links: list[Link] = []
    for _ in range(_MAX_STEPS):
        step = next_expansion(f, base)
        if step is None:
            return None
        node, new, instance = step
        if node is None:
            goal = relation(sequent)
            assert goal is not None
            return [*links, {"rule": "rewrite", "goal": f"0 {goal.operator} {plain(f)}"}]
        links += replacing(sequent, node, new, instance)
        f = _replaced(f, node, new)
    return None


def _replaced(term: Term, node: Term, new: Term) -> Term:
    if term == node:
        return new
    if term.operator in ("number", "variable"):
        return term
    return t.rebuilt(term, tuple(_replaced(a, node, new) for a in term.arguments))


def next_expansion(f: Term, base: _Base) -> tuple[Term | None, Term, dict[str, object]] | None:
    """Return a value that is not of a base angle, what it is, and the law that says so."""
    for node in t.subterms(f):
        if node.operator not in _KINDS or not t.symbols_of(node):
            continue
        u = node.arguments[0]
        angle = linear_angle(u)
        found = None if angle is None else base.coordinates(angle)
        if found is None or not 1 <= sum(map(abs, found[0])) <= _MAX_MULTIPLE:
            return None
        multiples, rest = found
        if sum(map(abs, multiples)) == 1 and not rest:
            if sum(multiples) == 1:
                continue
            inner = base.term(tuple(-k for k in multiples), {})
            value = t.function(node.operator, inner)
            new = t.neg(value) if node.operator == "sin" else value
            return node, new, law(f"{node.operator}_negative", a=inner)
        place = next(i for i, k in enumerate(multiples) if k)
        one = tuple((k > 0) - (k < 0) if i == place else 0 for i, k in enumerate(multiples))
        others = tuple(k - o for k, o in zip(multiples, one, strict=True))
        a, b = base.term(one, {}), base.term(others, rest)
        (sa, ca), (sb, cb) = ((t.function("sin", v), t.function("cos", v)) for v in (a, b))
        if node.operator == "sin":
            return node, t.add(t.mul(sa, cb), t.mul(ca, sb)), law("sin_sum", a=a, b=b)
        return node, t.sub(t.mul(ca, cb), t.mul(sa, sb)), law("cos_sum", a=a, b=b)
    return None, f, {}


__all__ = ["by_angles", "by_circles", "by_double_angles", "linear_angle", "next_expansion", "plain_base"]
