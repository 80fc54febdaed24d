"""Goals in one variable by expansions: where they vanish at an end, and at infinity."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from typing import Any, TypeAlias

from flint import ctx

from srverify.checker.enclosures.evaluation import interval_of
from srverify.checker.enclosures.polynomial import univariate
from srverify.checker.expansions.expansion import decided_by_expansion
from srverify.checker.expansions.series import decided_by_series
from srverify.checker.expansions.truncated import TooMuchError
from srverify.checker.rejected import RejectedError
from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.formula import Relation
from srverify.language.statement import Domain
from srverify.language.term import Number, Term
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.covering import leaf, middle
from srverify.numerics.tactics.driver import Driver, Node, Proposal, relation
from srverify.numerics.tactics.floats import axis, value_at

#: Orders and precisions of expansions, and boxes between that are tried with each.
_EFFORTS = ((5, 128, 24), (8, 128, 32), (14, 128, 200), (14, 256, 0))
#: Those for ends: what cancels there takes precision.
_AT_ENDS = (0, 1, 3)
_PATIENCE, _MAX_DEPTH = 32, 40
#: Parts of a compact range that are tried at an end, each a quarter of the one before.
_MAX_TRIED = 10
#: So many of them are wide.
_WIDE = 5
#: Larger goals take too long.
_MAX_SIZE = 120
#: Where an infinite range is cut.
_FAR = (2, 4, 8, 32, 256, 4096, 2**20)
#: Functions that have a branch point somewhere.
_BRANCHED = ("sqrt", "ratpower", "asin", "acos", "acosh")


@dataclass(frozen=True)
class _Shown:
    """A tree of a cover, and the effort that it takes."""

    effort: int
    tree: Any


@dataclass(frozen=True)
class _Cut:
    """Two parts of a range, each with what shows it."""

    at: Number
    left: _Part
    right: _Part


_Part: TypeAlias = "_Shown | _Cut"


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
    found = _Cover(driver, sequent, goal).found()
    if found is not None:
        yield _node(variable.name, found), -1


def _node(name: str, part: _Part) -> Node:
    """Return one cover, or several where parts of a range take different efforts."""
    joined = _joined(name, part)
    if joined is not None:
        order, precision, _ = _EFFORTS[joined.effort]
        return {"rule": "cover", "tree": joined.tree, "order": order, "precision": precision}
    assert isinstance(part, _Cut)
    halves = [_node(name, half) for half in (part.left, part.right)]
    return {"rule": "split", "var": name, "at": str(part.at), "children": halves}


def _joined(name: str, part: _Part) -> _Shown | None:
    if isinstance(part, _Shown):
        return part
    left, right = _joined(name, part.left), _joined(name, part.right)
    if left is None or right is None or left.effort != right.effort:
        return None
    return _Shown(left.effort, [name, str(part.at), left.tree, right.tree])


class _Cover:
    """The search for a cover, whose ends may take more effort than what lies between."""

    def __init__(self, driver: Driver, sequent: Sequent, goal: Relation) -> None:
        self._driver, self._sequent, self._goal = driver, sequent, goal
        self._left = self._fruitless = 0
        (variable,) = sequent.variables
        self._name, self._symbol, self._domain = variable.name, variable.symbol, variable.domain
        self._roots: dict[tuple[str, Number | None], int] = {}
        #: Efforts that were too much at an end, whatever the range.
        self._refused: set[tuple[str, Number | None, int]] = set()

    def found(self) -> _Part | None:
        """Return what covers the range, or None."""
        # What shows an end first says whether there is any use in what lies between.
        domain = self._domain
        low, high = domain.lower, domain.upper
        cuts = [c for c in self._contacts() if _inside(domain, c)]
        if low is None and high is None and not cuts:
            cuts = [t.ZERO]
        pieces = self._pieces(cuts)
        parts = []
        for piece in pieces:
            part = self._piece(piece)
            if part is None:
                return None
            parts.append(part)
        for cut, part in zip(reversed(cuts), reversed(parts[:-1]), strict=True):
            parts[-1] = _Cut(cut, part, parts[-1])
        return parts[-1]

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

    def _piece(self, domain: Domain, ends: tuple[str, ...] = ("low", "high")) -> _Part | None:
        """Return what covers a part of the range, cut off from infinity first.

        ``ends`` are those that are no mere cuts: the goal may be tight there.
        """
        for end in ("low", "high"):
            value = domain.lower if end == "low" else domain.upper
            if value is not None:
                continue
            other = domain.upper if end == "low" else domain.lower
            start = abs(other.value) if other is not None else Fraction(0)
            cuts = [t.number((far + math.ceil(start)) * (-1 if end == "low" else 1)) for far in _FAR]
            outer = self._end(domain, end, cuts)
            if outer is None:
                return None
            at, shown = outer
            inner = replace(domain, **_between("high" if end == "low" else "low", at))
            rest = self._piece(inner, tuple(e for e in ends if e != end))
            return None if rest is None else _cut_at(at, end, shown, rest)
        return self._ended(domain, ends)

    def _end(self, domain: Domain, end: str, cuts: list[Number]) -> tuple[Number, _Shown] | None:
        """Return what shows a range next to one of its ends, and the first of the cuts it goes up to.

        The last cut leaves least to show: what fails there is hopeless.
        """
        least = next((e for e in _AT_ENDS if self._outer(domain, end, cuts[-1], e) is not None), None)
        if least is None:
            return None
        tries = [(at, e) for at in cuts for e in _AT_ENDS if e >= least]
        if domain.lower is not None and domain.upper is not None:
            # More boxes next to a finite end cost less than more effort.
            tries.sort(key=lambda one: (cuts.index(one[0]) >= _WIDE, one[1]))
        for at, effort in tries:
            shown = self._outer(domain, end, at, effort)
            if shown is not None:
                return at, _Shown(effort, shown)
        return None

    def _outer(self, domain: Domain, end: str, at: Number, effort: int) -> str | None:
        return self._settled(replace(domain, **_between(end, at)), (end,), effort)

    def _ended(self, domain: Domain, ends: tuple[str, ...]) -> _Part | None:
        """Return what covers a compact range: its ends first, without which there is no use in more."""
        assert domain.lower is not None
        assert domain.upper is not None
        whole = self._settled(domain, ends, 0)
        if whole is not None:
            return _Shown(0, whole)
        if domain.lower == domain.upper:
            return None
        inside, outer = domain, list[tuple[str, Number, _Shown]]()
        for end in ends:
            width = domain.upper.value - domain.lower.value
            parts = [width / 4**k for k in range(1, _MAX_TRIED + 1)]
            nears = [domain.lower.value + p if end == "low" else domain.upper.value - p for p in parts]
            found = self._end(domain, end, [t.number(near) for near in nears])
            if found is None:
                return None
            at, shown = found
            outer.append((end, at, shown))
            inside = replace(inside, **_between("high" if end == "low" else "low", at))
        part = self._middle(inside)
        for end, at, shown in outer:
            if part is None:
                return None
            part = _cut_at(at, end, shown, part)
        return part

    def _middle(self, domain: Domain, halvings: int = 2) -> _Part | None:
        """Return covers of parts of a compact range without expansions, each with the least effort.

        What is next to an end may take much more of it than the rest.
        """
        if halvings and domain.lower != domain.upper:
            at = middle(domain)
            halves = []
            for end in ("high", "low"):
                half = self._middle(replace(domain, **_between(end, at)), halvings - 1)
                if half is None:
                    return None
                halves.append(half)
            return _Cut(at, halves[1], halves[0])
        for effort, (_, _, boxes) in enumerate(_EFFORTS):
            self._left, self._fruitless = boxes, 0
            tree = self._compact(domain, effort, 0)
            if tree is not None:
                return _Shown(effort, tree)
        return None

    def _compact(self, domain: Domain, effort: int, depth: int) -> Any:
        self._left -= 1
        self._fruitless += 1
        if self._left < 0 or self._fruitless > _PATIENCE or depth > _MAX_DEPTH:
            return None
        found = self._settled(domain, (), effort)
        if found is not None:
            self._fruitless = 0
            return found
        if domain.lower == domain.upper:
            return None
        at = middle(domain)
        halves = []
        for end in ("low", "high"):
            half = self._compact(replace(domain, **_between(end, at)), effort, depth + 1)
            if half is None:
                return None
            halves.append(half)
        return [self._name, str(at), *halves]

    def _settled(self, domain: Domain, ends: tuple[str, ...], effort: int) -> str | None:
        """Return the leaf that settles a box, with the ends at which expansions are worth trying."""
        self._driver.clock.check()
        order, precision, _ = _EFFORTS[effort]
        domains = {self._name: domain}
        box = {self._symbol: interval_of(domain)}
        with ctx.workprec(precision):
            found = leaf(self._sequent, domains, slopes=False)
            if found is not None:
                return found
            if domain.lower is not None and domain.upper is not None:
                with_series = partial(decided_by_series, order=order)
                if _holds(with_series, self._goal, box):
                    return "t"
            for end in ends:
                value = domain.lower if end == "low" else domain.upper
                if (end, value, effort) in self._refused:
                    continue
                root = self._root(end, value)
                shown = partial(decided_by_expansion, end=end, root=root, order=order)
                try:
                    if _holds(shown, self._goal, box):
                        return f"e{end[0]}{root}"
                except TooMuchError:
                    self._refused.add((end, value, effort))
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


def _cut_at(at: Number, end: str, outer: _Part, inner: _Part) -> _Cut:
    return _Cut(at, outer, inner) if end == "low" else _Cut(at, inner, outer)


def _holds(method: Any, goal: Relation, box: Any) -> bool:
    try:
        return bool(method(goal, box))
    except TooMuchError:
        raise
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
