"""Goals in one variable by expansions: where they vanish at an end, and at infinity."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from functools import partial
from typing import Any

from flint import ctx

from srverify.checker.enclosures.evaluation import interval_of
from srverify.checker.enclosures.polynomial import univariate
from srverify.checker.expansions.expansion import decided_by_expansion
from srverify.checker.expansions.series import decided_by_series
from srverify.checker.rejected import RejectedError
from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.formula import Relation
from srverify.language.statement import Domain
from srverify.language.term import Number, Term
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.covering import leaf, middle
from srverify.numerics.tactics.driver import Driver, Proposal, relation
from srverify.numerics.tactics.floats import axis, value_at

#: Orders and precisions of expansions, and boxes that are tried with each.
_EFFORTS = ((5, 128, 200), (8, 128, 200), (14, 256, 200))
_PATIENCE, _MAX_DEPTH = 32, 40
#: So many expansions at one end are tried.
_MAX_TRIED = 10
#: Larger goals take too long.
_MAX_SIZE = 120
#: Where an infinite range is cut.
_FAR = (2, 8, 32, 256, 4096, 2**20)
#: Functions that have a branch point somewhere.
_BRANCHED = ("sqrt", "ratpower", "asin", "acos", "acosh")


def by_expansions(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Cover the range of the only variable by boxes, the outer ones by expansions at their ends."""
    goal = relation(sequent)
    if goal is None or goal.operator == "=" or len(sequent.variables) != 1:
        return
    (variable,) = sequent.variables
    f = difference(goal)
    size = sum(1 for _ in t.subterms(f))
    if variable.domain.natural or t.symbols_of(f) != {variable.symbol} or size > _MAX_SIZE:
        return
    if univariate(f, variable.symbol) is not None:
        # Sign tables decide what is rational.
        return
    for order, precision, boxes in _EFFORTS:
        with ctx.workprec(precision):
            tree = _Cover(driver, sequent, goal, order, boxes).tree()
        if tree is not None:
            yield {"rule": "cover", "tree": tree, "order": order, "precision": precision}, -1
            return


class _Cover:
    """The search for a tree of boxes."""

    def __init__(self, driver: Driver, sequent: Sequent, goal: Relation, order: int, boxes: int) -> None:
        self._driver, self._sequent, self._goal = driver, sequent, goal
        self._order, self._left, self._fruitless = order, boxes, 0
        (variable,) = sequent.variables
        self._name, self._symbol, self._domain = variable.name, variable.symbol, variable.domain
        self._tried: dict[tuple[str, Number | None], int] = {}
        self._roots: dict[tuple[str, Number | None], int] = {}

    def tree(self) -> Any:
        """Return a tree, or None."""
        # What shows an end first says whether there is any use in what lies between.
        domain = self._domain
        low, high = domain.lower, domain.upper
        cuts = [c for c in self._contacts() if _inside(domain, c)]
        if low is None and high is None and not cuts:
            cuts = [t.ZERO]
        pieces = self._pieces(cuts)
        trees = []
        for piece in pieces:
            tree = self._piece(piece)
            if tree is None:
                return None
            trees.append(tree)
        for cut, tree in zip(reversed(cuts), reversed(trees[:-1]), strict=True):
            trees[-1] = [self._name, str(cut), tree, trees[-1]]
        return trees[-1]

    def _pieces(self, cuts: list[Number]) -> list[Domain]:
        pieces, rest = [], self._domain
        for cut in cuts:
            pieces.append(replace(rest, upper=cut, upper_open=False))
            rest = replace(rest, lower=cut, lower_open=False)
        return [*pieces, rest]

    def _contacts(self) -> list[Number]:
        """Return simple numbers inside at which the goal seems to hold with equality."""
        f, found = difference(self._goal), []
        grid = sorted(axis(self._domain))
        values = [(x, *value_at(f, {self._name: x})) for x in grid]
        values = [(x, v, size) for x, v, size in values if not math.isnan(v)]
        sizes = {x: size for x, _, size in values}
        for (x, a, _), (y, b, _), (z, c, _) in zip(values, values[1:], values[2:], strict=False):
            flat = abs(a) <= 1e-9 * sizes[x] or abs(c) <= 1e-9 * sizes[z] or abs(y) > 64
            if not (b <= a and b <= c) or flat:
                continue
            for guess in dict.fromkeys(_simple(x, y, z)):
                v, size = value_at(f, {self._name: float(guess)})
                if abs(v) <= 1e-13 * size:
                    found.append(t.number(guess))
                    break
        return sorted(set(found), key=lambda n: n.value)

    def _piece(self, domain: Domain, ends: tuple[str, ...] = ("low", "high")) -> Any:
        """Return a tree for a part of the range, cut off from infinity first.

        ``ends`` are those that are no mere cuts: the goal may be tight there.
        """
        for end in ("low", "high"):
            value = domain.lower if end == "low" else domain.upper
            if value is not None:
                continue
            other = domain.upper if end == "low" else domain.lower
            start = abs(other.value) if other is not None else Fraction(0)
            for far in _FAR:
                at = t.number((far + math.ceil(start)) * (-1 if end == "low" else 1))
                outer = replace(domain, **_between(end, at))
                shown = self._settled(outer, (end,))
                if shown is None:
                    continue
                inner = replace(domain, **_between("high" if end == "low" else "low", at))
                rest = self._piece(inner, tuple(e for e in ends if e != end))
                if rest is None:
                    return None
                halves = [shown, rest] if end == "low" else [rest, shown]
                return [self._name, str(at), *halves]
            return None
        return self._ended(domain, ends)

    def _ended(self, domain: Domain, ends: tuple[str, ...]) -> Any:
        """Return a tree for a compact range: its ends first, without which there is no use in more."""
        found = self._settled(domain, ends)
        if found is not None:
            return found
        assert domain.lower is not None
        assert domain.upper is not None
        inside, outer = domain, list[tuple[str, Number, Any]]()
        for end in ends:
            width = domain.upper.value - domain.lower.value
            for _ in range(_MAX_TRIED):
                width /= 4
                near = domain.lower.value + width if end == "low" else domain.upper.value - width
                at = t.number(near)
                shown = self._settled(replace(domain, **_between(end, at)), (end,))
                if shown is not None:
                    outer.append((end, at, shown))
                    inside = replace(inside, **_between("high" if end == "low" else "low", at))
                    break
            else:
                return None
        tree = self._compact(inside, (), 0)
        if tree is None:
            return None
        for end, at, shown in outer:
            halves = [shown, tree] if end == "low" else [tree, shown]
            tree = [self._name, str(at), *halves]
        return tree

    def _compact(self, domain: Domain, ends: tuple[str, ...], depth: int) -> Any:
        self._left -= 1
        self._fruitless += 1
        if self._left < 0 or self._fruitless > _PATIENCE or depth > _MAX_DEPTH:
            return None
        self._driver.clock.check()
        found = self._settled(domain, ends)
        if found is not None:
            self._fruitless = 0
            return found
        if domain.lower == domain.upper or any(count > _MAX_TRIED for count in self._tried.values()):
            return None
        at = _cut(domain, ends)
        left = replace(domain, upper=at, upper_open=False)
        right = replace(domain, lower=at, lower_open=False)
        halves = []
        for part, end in ((left, "low"), (right, "high")):
            half = self._compact(part, tuple(e for e in ends if e == end), depth + 1)
            if half is None:
                return None
            halves.append(half)
        return [self._name, str(at), *halves]

    def _settled(self, domain: Domain, ends: tuple[str, ...]) -> str | None:
        """Return the leaf that settles a box, with the ends at which expansions are worth trying."""
        domains = {self._name: domain}
        found = leaf(self._sequent, domains, slopes=False)
        if found is not None:
            return found
        box = {self._symbol: interval_of(domain)}
        if domain.lower is not None and domain.upper is not None:
            with_series = partial(decided_by_series, order=self._order)
            if _holds(with_series, self._goal, box):
                return "t"
        for end in ends:
            value = domain.lower if end == "low" else domain.upper
            self._tried[end, value] = self._tried.get((end, value), 0) + 1
            if self._tried[end, value] > _MAX_TRIED:
                continue
            root = self._root(end, value)
            shown = partial(decided_by_expansion, end=end, root=root, order=self._order)
            if _holds(shown, self._goal, box):
                return f"e{end[0]}{root}"
        return None

    def _root(self, end: str, value: Number | None) -> int:
        """Return the root of the distance to an end in which roots in the goal have series there."""
        key = (end, value)
        if key not in self._roots:
            self._roots[key] = next(
                (r for r in (1, 2, 3, 4) if all(_is_whole(r * e) for e in self._exponents(end, value))),
                1,
            )
        return self._roots[key]

    def _exponents(self, end: str, value: Number | None) -> Iterator[float]:
        """Yield the powers of the distance to an end that roots in the goal seem to behave like."""
        side = 1 if end == "low" else -1
        if value is None:
            points = [-side * 1e5, -side * 4e5]
        else:
            points = [float(value) + side * h for h in (1e-6, 4e-6)]
        for node in t.subterms(difference(self._goal)):
            if node.operator not in _BRANCHED:
                continue
            u = node.arguments[0]
            p = 0.5
            if node.operator == "ratpower":
                p = float(t.literal(node.arguments[1]))
            elif node.operator != "sqrt":
                u = t.sub(t.ONE, u)
            near, far = (abs(value_at(u, {self._name: x})[0]) for x in points)
            if near > 0 and far > 0:
                exponent = math.log(far / near, 4) * p
                yield exponent if abs(exponent) < 8 else 0.0


def _is_whole(value: float) -> bool:
    return abs(value - round(value)) < 0.02


def _cut(domain: Domain, ends: tuple[str, ...]) -> Number:
    """Return where to cut a box: near an end that is to be shown by an expansion, else in the middle."""
    if len(ends) != 1:
        return middle(domain)
    assert domain.lower is not None
    assert domain.upper is not None
    quarter = (domain.upper.value - domain.lower.value) / 4
    return t.number(domain.lower.value + quarter * (1 if ends == ("low",) else 3))


def _holds(method: Any, goal: Relation, box: Any) -> bool:
    try:
        return bool(method(goal, box))
    except RejectedError:
        return False


def _between(end: str, at: Term) -> dict[str, Any]:
    if end == "low":
        return {"upper": at, "upper_open": False}
    return {"lower": at, "lower_open": False}


def _inside(domain: Domain, at: Number) -> bool:
    return (domain.lower is None or domain.lower < at) and (domain.upper is None or at < domain.upper)


def _simple(x: float, y: float, z: float) -> Iterator[Fraction]:
    """Yield simple fractions between two numbers, the middle one first."""
    for value in (y, (x + z) / 2):
        for most in (1, 2, 4, 12):
            found = Fraction(value).limit_denominator(most)
            if x <= found <= z:
                yield found


__all__ = ["by_expansions"]
