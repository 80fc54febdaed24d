"""Points at which doubles see nothing: far out, next to ends, and where both sides are equal."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import chain, islice, product

from srverify.language import term as t
from srverify.language.formula import Relation, relations
from srverify.language.statement import Domain, Statement, Variable
from srverify.language.term import Number, Symbol
from srverify.numerics.arb_eval import evaluate, violates
from srverify.numerics.reals import ClosedForm, Real, in_domain
from srverify.numerics.tactics.floats import NOISE, axis, value_at

#: Rationals far out, or inverses of distances; what is farther is an exponential of these.
_SIZES = (20, 50, 100, 200, 500, 1000, 1200, 2000, 5000, 10**4, 10**5, 10**6, 10**9, 10**12)
_POWERS = (12, 20, 30, 60, 100, 150, 300, 1000)
_EXPONENTS = (10**3, 10**4, 10**5, 10**6, 10**7, 10**9, 10**12)
#: Decimal places of distances from constants.
_NEAR = (3, 5, 8, 12, 16, 20, 30, 40)
#: A compact range is looked at in so many points, and around the least values so closely.
_GRID, _MAX_DIPS, _HALVINGS, _DIP_PRECISION = 96, 4, 24, 256
#: Bits up to which the sides of a statement are told apart.
_PRECISION = 4096
_MAX_VARIABLES = 3
_MAX_POINTS = 400
#: Simple fractions of a range, or distances from its end.
_PLAIN = (Fraction(1, 2), Fraction(1, 3), Fraction(3, 2), Fraction(5, 7), Fraction(2), Fraction(7, 3))


def extreme_violation(statement: Statement, tick: Callable[[], None]) -> dict[str, Real] | None:
    """Return a confirmed violating point that doubles do not find, or None.

    ``tick`` is called now and then; it may raise to end the search.
    """
    for point in islice(chain(_points(statement), _dips(statement, tick)), _MAX_POINTS):
        tick()
        if violates(statement, point, _PRECISION):
            return point
    return None


def _dips(statement: Statement, tick: Callable[[], None]) -> Iterator[dict[str, Real]]:
    """Yield points of a compact range at which a margin that rounding hides from doubles is least."""
    if len(statement.variables) != 1:
        return
    (variable,) = statement.variables
    low, high = variable.domain.lower, variable.domain.upper
    if variable.domain.natural or low is None or high is None or low == high:
        return
    gaps = [t.sub(r.right, r.left) for r in relations(statement.goal) if r.operator != "="]
    if not any(_is_hidden(gap, variable) for gap in gaps):
        return

    def margin(at: Fraction) -> float:
        tick()
        values = [evaluate(gap, {variable.name: at}, _DIP_PRECISION) for gap in gaps]
        sizes = [float(value.ball.mid()) for value in values if value.defined]
        return min(sizes, default=math.inf)

    width = high.value - low.value
    grid = [low.value + width * Fraction(k, _GRID) for k in range(1, _GRID)]
    values = [margin(at) for at in grid]
    dips = [i for i in range(1, len(grid) - 1) if values[i - 1] >= values[i] <= values[i + 1]]
    for i in sorted(dips, key=values.__getitem__)[:_MAX_DIPS]:
        left, at, right, least = grid[i - 1], grid[i], grid[i + 1], values[i]
        for _ in range(_HALVINGS):
            for trial in ((left + at) / 2, (at + right) / 2):
                value = margin(trial)
                if value < least:
                    left, right = (left, at) if trial < at else (at, right)
                    at, least = trial, value
                    break
            else:
                left, right = (left + at) / 2, (at + right) / 2
        yield {variable.name: at}


def _is_hidden(gap: t.Term, variable: Variable) -> bool:
    """Tell whether doubles see nothing of a difference somewhere inside a range."""
    for x in axis(variable.domain):
        value, size = value_at(gap, {variable.name: x})
        if abs(value) <= NOISE * size:
            return True
    return False


def _points(statement: Statement) -> Iterator[dict[str, Real]]:
    variables = statement.variables
    if not 1 <= len(variables) <= _MAX_VARIABLES:
        return
    names = [v.name for v in variables]
    plain = {v.name: list(islice(_plain(v.domain), 6)) for v in variables}
    if not all(plain.values()):
        return
    if _is_equal_somewhere(statement, plain):
        for values in islice(zip(*plain.values(), strict=False), 3):
            yield dict(zip(names, values, strict=True))
    for v in variables:
        others = [plain[name][:2] for name in names if name != v.name]
        for value in (*_beside_constants(statement, v.symbol), *_extremes(v.domain)):
            if not in_domain(v.domain, value):
                continue
            for rest in product(*others):
                left = iter(rest)
                yield {name: value if name == v.name else next(left) for name in names}


def _is_equal_somewhere(statement: Statement, plain: dict[str, list[Fraction]]) -> bool:
    """Tell whether the sides of a strict inequality seem to agree at all of some points."""
    for relation in relations(statement.goal):
        if relation.operator != "<":
            continue
        f = t.sub(relation.right, relation.left)
        for values in islice(zip(*plain.values(), strict=False), 3):
            point = {name: float(x) for name, x in zip(plain, values, strict=True)}
            value, size = value_at(f, point)
            if not abs(value) <= NOISE * size:
                break
        else:
            return True
    return False


def _plain(domain: Domain) -> Iterator[Fraction]:
    low = None if domain.lower is None else domain.lower.value
    high = None if domain.upper is None else domain.upper.value
    if low is not None and low == high:
        yield low
        return
    if domain.natural:
        start = low or 0
        whole = (Fraction(x) for x in range(int(start) + 1, int(start) + 7))
        yield from (x for x in whole if high is None or x <= high)
        return
    for part in _PLAIN:
        if low is not None and high is not None:
            if part < 1:
                yield low + (high - low) * part
        else:
            yield low + part if low is not None else high - part if high is not None else part
    if low is not None and high is not None:
        yield low + (high - low) * Fraction(3, 4)


def _beside_constants(statement: Statement, symbol: Symbol) -> Iterator[Real]:
    """Yield numbers next to constants that bound a variable by hypotheses."""
    for premise in statement.premises:
        if not isinstance(premise, Relation) or symbol not in (premise.left, premise.right):
            continue
        upper = premise.left is symbol
        end = premise.right if upper else premise.left
        if not t.symbols_of(end) and not isinstance(end, Number):
            for k in _NEAR:
                distance = t.number(Fraction(1, 10**k))
                yield ClosedForm(t.sub(end, distance) if upper else t.add(end, distance))


def _extremes(domain: Domain) -> Iterator[Real]:
    """Yield numbers far out, and next to finite ends."""
    for end, outwards in ((domain.lower, -1), (domain.upper, 1)):
        if end is None:
            yield from (Fraction(outwards * size) for size in _SIZES)
            yield from (Fraction(outwards * 10**k) for k in _POWERS if k > 12 and k <= 300)
            if not domain.natural:
                for n in _EXPONENTS:
                    size = t.exp(t.number(n))
                    yield ClosedForm(size if outwards > 0 else t.neg(size))
        elif not domain.natural:
            yield from (end.value - outwards * Fraction(1, size) for size in _SIZES if size <= 10**6)
            yield from (end.value - outwards * Fraction(1, 10**k) for k in _POWERS)
            for n in _EXPONENTS[1:]:
                yield ClosedForm(_beside(end, outwards, n))


def _beside(end: Number, outwards: int, n: int) -> t.Term:
    distance = t.exp(t.number(-n))
    if end == t.ZERO:
        return distance if outwards < 0 else t.neg(distance)
    return t.add(end, distance) if outwards < 0 else t.sub(end, distance)


__all__ = ["extreme_violation"]
