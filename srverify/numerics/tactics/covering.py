"""Boxes: the leaf that is decided at once, and covers by branch and bound."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from functools import partial
from itertools import product
from typing import Any, TypeAlias

from flint import ctx

from srverify.checker.enclosures.evaluation import (
    DEFAULT_PRECISION,
    Evaluator,
    decide,
    decided_by_slopes,
    interval_of,
)
from srverify.checker.enclosures.interval import Interval
from srverify.checker.expansions.series import DEFAULT_ORDER, decided_by_series
from srverify.checker.rejected import RejectedError
from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.errors import TooDeepError
from srverify.language.formula import Or, Relation
from srverify.language.statement import Domain, Variable
from srverify.language.term import Number, Symbol
from srverify.numerics.tactics.algebraic import by_polynomial
from srverify.numerics.tactics.driver import Driver, Proposal
from srverify.numerics.tactics.floats import margin, samples
from srverify.numerics.tactics.forms import is_rational

#: A margin below this is taken for tight: boxes would shrink around it for ever.
_TIGHT = 1e-13
_MAX_DEPTH = 50
#: A cover of so many boxes is given up where a run of boxes shrinks without any being settled.
SHORT = 300
#: One of so many is tried before anything else, and given up sooner.
QUICK = 80
#: The width of a range that few series may cover, boxes that this takes at most (those that are split
#: count too), and in a row without any settled.
_SHORT_RANGE, _FEW, _FEW_IN_VAIN = 3, 15, 4


def leaf(sequent: Sequent, domains: dict[str, Domain], slopes: bool = True) -> str | None:
    """Return the kind of leaf that settles a box."""
    box = {sequent.symbols[name]: interval_of(domain) for name, domain in domains.items()}
    evaluator = Evaluator(box)
    if decide(sequent.goal, evaluator) is True:
        return "i"
    if any(decide(h, evaluator) is False for h in sequent.hypotheses):
        return "h"
    if not slopes:
        return None
    goals = sequent.goal.parts if isinstance(sequent.goal, Or) else (sequent.goal,)
    for part in goals:
        if isinstance(part, Relation) and part.operator != "=" and _by_slopes(part, box, evaluator):
            return "m"
    return None


def _by_slopes(part: Relation, box: dict[Symbol, Interval], evaluator: Evaluator) -> bool:
    try:
        return decided_by_slopes(part, box, evaluator)
    except RejectedError:
        return False


def is_plain(sequent: Sequent) -> bool:
    """Tell whether intervals show the goal on the whole domain, taken as one box.

    >>> from srverify.language.statement import Statement
    >>> is_plain(Sequent.of(Statement.parse("exp(x) + x^2 > 0", (), {"x": "real"})))
    True
    """
    box = {sequent.symbols[name]: interval_of(domain) for name, domain in sequent.domains.items()}
    try:
        with ctx.workprec(DEFAULT_PRECISION):
            return decide(sequent.goal, Evaluator(box)) is True
    except (t.UndefinedError, TooDeepError, RejectedError):
        return False


def at_once(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Settle the whole domain as one box, or by the facts."""
    with ctx.workprec(DEFAULT_PRECISION):
        found = leaf(sequent, sequent.domains)
    if found is not None:
        yield {"rule": "cover", "tree": found}, -1
    if sequent.hypotheses:
        yield {"rule": "assumption"}, 0


def compact(sequent: Sequent) -> bool:
    """Tell whether every domain has finite ends."""
    return all(d.lower is not None and d.upper is not None for d in sequent.domains.values())


def _tight(sequent: Sequent) -> bool:
    """Tell whether the goal seems to have no margin somewhere, ends included."""
    domains = [v.domain for v in sequent.variables]
    corners = product(*([float(d.lower), float(d.upper)] for d in domains))  # type: ignore[arg-type]
    names = [v.name for v in sequent.variables]
    points = [
        dict(zip(names, corner, strict=True)) for corner, _ in zip(corners, range(64), strict=False)
    ]
    for point in (*points, *samples(sequent)):
        room = margin(sequent.goal, point)
        tight = math.isnan(room) or room < _TIGHT
        if tight and all(margin(h, point) >= 0 for h in sequent.hypotheses):
            return True
    return False


def by_cover(boxes: int) -> Any:
    """Return the tactic that covers a compact domain with so many boxes at most."""

    def covered(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
        if (
            not sequent.variables
            or not compact(sequent)
            or len(sequent.variables) > 4
            or _tight(sequent)
        ):
            return
        with ctx.workprec(DEFAULT_PRECISION):
            tree = _tree(driver, sequent, boxes)
        if tree is not None:
            yield {"rule": "cover", "tree": tree}, -1

    return covered


def by_quick_cover(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Cover a compact domain of one or two variables that few boxes cover, whatever the functions.

    Without functions, and of one variable, the table of signs is quicker.
    """
    goal = sequent.goal
    if sequent.hypotheses or len(sequent.variables) > 2 or not isinstance(goal, Relation):
        return
    if goal.operator == "=" or any(v.domain.natural for v in sequent.variables):
        return
    if not compact(sequent):
        return
    if all(map(is_rational, (goal.left, goal.right))):
        if len(sequent.variables) == 1:
            yield from by_polynomial(driver, sequent, depth)
        return
    if _tight(sequent):
        return
    with ctx.workprec(DEFAULT_PRECISION):
        tree = few_series(driver, sequent) or _tree(driver, sequent, QUICK)
    if tree is not None:
        yield {"rule": "cover", "tree": tree}, -1


def few_series(driver: Driver, sequent: Sequent) -> Any:
    """Return a tree of a few series of a short range, where a small margin takes many boxes."""
    goal = sequent.goal
    if len(sequent.variables) != 1 or not isinstance(goal, Relation) or not compact(sequent):
        return None
    (variable,) = sequent.variables
    low, high = _ends(variable.domain)
    if not 0 < high - low <= _SHORT_RANGE or variable.domain.natural:
        return None
    sides = (goal.left, goal.right)
    if any(node.operator in ("abs", "min", "max") for side in sides for node in t.subterms(side)):
        return None
    with ctx.workprec(DEFAULT_PRECISION):
        settle = partial(_by_series, parts=[goal], order=DEFAULT_ORDER)
        return _tree(driver, sequent, _FEW, settle, _FEW_IN_VAIN)


#: Orders and precisions of series that are tried, boxes each, and boxes in a row without any settled.
_SERIES = ((6, 128, 60), (16, 512, 120))
_PATIENCE = 24


def by_series(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Cover a compact range of one variable by Taylor's theorem, which small margins ask for."""
    goals = sequent.goal.parts if isinstance(sequent.goal, Or) else (sequent.goal,)
    parts = [g for g in goals if isinstance(g, Relation) and g.operator != "="]
    moving = [v for v in sequent.variables if v.domain.lower != v.domain.upper]
    if len(moving) != 1 or moving[0].domain.natural or not compact(sequent) or not parts:
        return
    (variable,) = moving
    if not any(_has_room(sequent, part, variable) for part in parts):
        return
    for order, precision, boxes in _SERIES:
        with ctx.workprec(precision):
            settle = partial(_by_series, parts=parts, order=order)
            tree = _tree(driver, sequent, boxes, settle, _PATIENCE)
        if tree is not None:
            yield {"rule": "cover", "tree": tree, "order": order, "precision": precision}, -1


def _has_room(sequent: Sequent, part: Relation, variable: Variable) -> bool:
    """Tell whether a relation holds with a margin, however small, at some points of a range."""
    low, high = variable.domain.lower, variable.domain.upper
    assert low is not None
    assert high is not None
    # Approximations are exact at 0 or 1 more often than not.
    inner = [t.number(n) for n in (0, 1) if low.value < n < high.value]
    with ctx.workprec(_SERIES[-1][1]):
        for point in (low, high, *inner):
            box = {sequent.symbols[n]: interval_of(d) for n, d in sequent.domains.items()}
            box[variable.symbol] = interval_of(Domain(False, point, point))
            if decide(Relation("<", part.left, part.right), Evaluator(box)) is not True:
                return False
    return True


def _by_series(
    sequent: Sequent, domains: dict[str, Domain], *, parts: list[Relation], order: int
) -> str | None:
    found = leaf(sequent, domains, slopes=False)
    if found is not None:
        return found
    box = {sequent.symbols[name]: interval_of(domain) for name, domain in domains.items()}
    for part in parts:
        try:
            if decided_by_series(part, box, order):
                return "t"
        except RejectedError:
            continue
    return None


def _ends(domain: Domain) -> tuple[Fraction, Fraction]:
    assert domain.lower is not None
    assert domain.upper is not None
    return domain.lower.value, domain.upper.value


def _size(domain: Domain) -> float:
    """Return a width for choosing what to split: relative over many magnitudes."""
    low, high = _ends(domain)
    return float(high - low) / max(1.0, min(abs(float(low)), abs(float(high))))


def middle(domain: Domain) -> Number:
    """Return a dyadic number well inside: geometric where the ends are of different magnitudes."""
    low, high = _ends(domain)
    if domain.natural:
        return t.number(int((low + high) // 2))
    direction = 1
    if high <= 0:
        low, high, direction = -high, -low, -1
    if low >= 0 and high > 16 * low:
        middle = _power_of_two(
            high / 1024 if low == 0 and high < 1 else high / 4 if low == 0 else None, low, high
        )
    else:
        step = _power_of_two(high - low, low, high) / 8
        middle = round((low + high) / 2 / step) * step
    return t.number(direction * (middle if low < middle < high else (low + high) / 2))


def halfway(domain: Domain) -> Number:
    """Return a dyadic number near the middle."""
    low, high = _ends(domain)
    step = Fraction(2) ** round(math.log2(high - low)) / 8
    at = round((low + high) / 2 / step) * step
    return t.number(at if low < at < high else (low + high) / 2)


def _power_of_two(value: Fraction | None, low: Fraction, high: Fraction) -> Fraction:
    """Return the power of two near a positive number, by default the geometric mean of two."""
    exponent = math.log2(value) if value is not None else (math.log2(low) + math.log2(high)) / 2
    return Fraction(2) ** round(exponent)


_Settle: TypeAlias = Callable[[Sequent, dict[str, Domain]], str | None]


def _tree(
    driver: Driver,
    sequent: Sequent,
    boxes: int,
    settle: _Settle = leaf,
    patience: int | None = None,
) -> Any:
    left, fruitless = boxes, 0
    if patience is None:
        patience = (8 if boxes <= QUICK else 16) * len(sequent.variables) if boxes <= SHORT else boxes

    def build(domains: dict[str, Domain], depth: int) -> Any:
        nonlocal left, fruitless
        left -= 1
        fruitless += 1
        if left < 0 or fruitless > patience or depth > _MAX_DEPTH:
            return None
        driver.clock.check()
        found = settle(sequent, domains)
        if found is not None:
            fruitless = 0
            return found
        name = max(domains, key=lambda key: _size(domains[key]))
        domain = domains[name]
        if domain.lower == domain.upper:
            return None
        at = middle(domain) if settle is leaf else halfway(domain)
        halves = []
        parts = (
            replace(domain, upper=at, upper_open=False),
            replace(domain, lower=at, lower_open=False),
        )
        if domain.natural:
            parts = (replace(domain, upper=at), replace(domain, lower=at))
            if domain.lower == at:
                return None
        for part in parts:
            half = build({**domains, name: part}, depth + 1)
            if half is None:
                return None
            halves.append(half)
        return [name, str(at), *halves]

    return build(sequent.domains, 0)
