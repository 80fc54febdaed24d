"""Approximate values of terms at sample points; they only guide the search."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, reduce
from itertools import islice
from typing import TypeAlias

import numpy as np
from flint import arb
from numpy.typing import NDArray

from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.formula import And, Formula, Or, Relation, terms
from srverify.language.statement import Domain, Variable
from srverify.language.term import Number, Term
from srverify.numerics.doubles import FLOATS
from srverify.numerics.tactics.arrays import TINIEST, Table, may_underflow

#: A value and the size of what was added up for it: below ``NOISE * size`` it may be 0.
Value: TypeAlias = tuple[float, float]
Point: TypeAlias = Mapping[str, float]
Function: TypeAlias = Callable[[Point], Value]
Variables: TypeAlias = tuple[Variable, ...]
Formulas: TypeAlias = tuple[Formula, ...]
NOISE = 1e-11
#: By how much a variable is moved to see whether an equation minds.
_NEARBY = 1e-3
_NAN = (math.nan, math.inf)


def _lambertw(x: float, branch: int) -> float:
    ball = arb(x).lambertw(branch)
    return float(ball) if ball.is_finite() else math.nan


def _inherited(value: float, argument: Value, slope: float) -> Value:
    """Carry the rounding error of an argument through a function of the given slope."""
    noise = abs(slope) * argument[1] if argument[1] < math.inf else math.inf
    return value, max(abs(value), noise)


def _not_lost(value: float, source: float) -> float:
    """Return a value; raises ArithmeticError where it is 0 by underflow only."""
    if value == 0.0 and source != 0.0:
        raise ArithmeticError("underflow")
    return value


def _root_of_exponentials(x: float) -> float:
    """Return a square root; raises ArithmeticError where underflow may have taken its digits."""
    if x < TINIEST:
        raise ArithmeticError("underflow")
    return math.sqrt(x)


def _difference(function: Callable[[float], float]) -> Callable[[float, float], float]:
    """Return an approximate slope from a small step."""

    def slope(x: float, value: float) -> float:
        step = 1e-6 * max(1.0, abs(x))
        try:
            return (function(x + step) - value) / step
        except (ArithmeticError, ValueError):
            return 1.0

    return slope


class _Compiler(t.TermWalker[Function]):
    def walk_number(self, value: Number) -> Function:
        found = (float(value), abs(float(value)))
        return lambda _: found

    def walk_variable(self, symbol: Term) -> Function:
        name = symbol.name  # type: ignore[attr-defined]

        def variable(point: Point) -> Value:
            x = point[name]
            return x, abs(x)

        return variable

    def walk_add(self, *terms: Term) -> Function:
        parts = [compiled(term) for term in terms]

        def add(point: Point) -> Value:
            total = size = 0.0
            for part in parts:
                value, own = part(point)
                total += value
                size += own
            return total, size

        return add

    def walk_mul(self, *terms: Term) -> Function:
        parts = [compiled(term) for term in terms]

        def mul(point: Point) -> Value:
            total = size = 1.0
            for part in parts:
                value, own = part(point)
                _not_lost(total * value, total and value)
                total *= value
                size *= own
            return total, size

        return mul

    def walk_neg(self, term: Term) -> Function:
        part = compiled(term)

        def neg(point: Point) -> Value:
            value, size = part(point)
            return -value, size

        return neg

    def walk_div(self, left: Term, right: Term) -> Function:
        above, below = compiled(left), compiled(right)

        def div(point: Point) -> Value:
            (a, size), (b, other) = above(point), below(point)
            return a / b, size / abs(b) + abs(a / b) * (other / abs(b) - 1)

        return div

    def walk_power(self, base: Term, exponent: Term) -> Function:
        first, second = compiled(base), compiled(exponent)

        def power(point: Point) -> Value:
            (x, size), (p, _) = first(point), second(point)
            value = _not_lost(math.pow(x, p), x)
            if x == 0.0 and size > 0.0 and p > 0:
                # What cancelled may have been anything as small as its rounding.
                return value, math.pow(size, p)
            return _inherited(value, (x, size), p * value / x if x else 0.0)

        return power

    walk_natpower = walk_ratpower = walk_power

    def walk_realpower(self, base: Term, exponent: Term) -> Function:
        first, second = compiled(base), compiled(exponent)

        def power(point: Point) -> Value:
            (x, size), (p, other) = first(point), second(point)
            if x <= 0:
                return _NAN
            value = math.pow(x, p)
            return value, abs(value) * max(1.0, size * abs(p) / x, other * abs(math.log(x)))

        return power

    def _unary(
        self, term: Term, function: Callable[[float], float], slope: Callable[[float, float], float]
    ) -> Function:
        part = compiled(term)

        def unary(point: Point) -> Value:
            x, size = part(point)
            value = function(x)
            return _inherited(value, (x, size), slope(x, value))

        return unary

    def walk_exp(self, term: Term) -> Function:
        return self._unary(term, math.exp, lambda x, y: y)

    def walk_log(self, term: Term) -> Function:
        return self._unary(term, math.log, lambda x, y: 1 / x)

    def walk_sqrt(self, term: Term) -> Function:
        root = _root_of_exponentials if may_underflow(term) else math.sqrt
        return self._unary(term, root, lambda x, y: 0.5 / y if y else 0.0)

    def walk_abs(self, term: Term) -> Function:
        return self._unary(term, abs, lambda x, y: 1.0)

    def walk_lambertw(self, term: Term, branch: Number) -> Function:
        which = int(branch)
        return self._unary(term, lambda x: _lambertw(x, which), lambda x, y: 1.0)

    def walk_function(self, name: str, argument: Term) -> Function:
        return self._unary(argument, FLOATS[name], _difference(FLOATS[name]))

    def walk_min(self, *terms: Term) -> Function:
        parts = [compiled(term) for term in terms]
        return lambda point: min(part(point) for part in parts)

    def walk_max(self, *terms: Term) -> Function:
        parts = [compiled(term) for term in terms]
        return lambda point: max(part(point) for part in parts)


@lru_cache(maxsize=20000)
def compiled(term: Term) -> Function:
    """Return a function that evaluates a term in doubles; it may raise ArithmeticError or ValueError."""
    return _Compiler().walk(term)


def value_at(term: Term, point: Point) -> Value:
    """Return value and size at a point, nan where that goes wrong."""
    return _evaluated(_function_of(term), point)


def _function_of(term: Term) -> Function:
    """Return a term's function, that of no value where the term has numbers beyond doubles."""
    try:
        return compiled(term)
    except (ArithmeticError, ValueError):
        return lambda _: _NAN


def _evaluated(function: Function, point: Point) -> Value:
    try:
        value, size = function(point)
    except (ArithmeticError, ValueError):
        return _NAN
    return (value, size) if math.isfinite(value) and not math.isnan(size) else _NAN


def margin(formula: Formula, point: Point) -> float:
    """Return how far a formula is from failing: negative where it fails, nan where it is undefined."""
    if isinstance(formula, Relation):
        left, right = value_at(formula.left, point), value_at(formula.right, point)
        gap, size = right[0] - left[0], left[1] + right[1]
        if math.isnan(gap):
            return math.nan
        if formula.operator == "=":
            return 0.0 if abs(gap) <= 1e-9 * size else -abs(gap)
        return 0.0 if abs(gap) <= NOISE * size else gap
    assert isinstance(formula, And | Or)
    margins = [margin(part, point) for part in formula.parts]
    if isinstance(formula, And):
        return math.nan if any(map(math.isnan, margins)) else min(margins, default=1.0)
    known = [m for m in margins if not math.isnan(m)]
    # What overflows may hold, whatever the others say.
    return max(known) if known and (max(known) >= 0 or len(known) == len(margins)) else math.nan


def margins(formula: Formula, sequent: Sequent) -> NDArray[np.float64]:
    """Return the margins of a formula at the sample points of a sequent."""
    if isinstance(formula, Relation):
        table = _table(sequent.variables, sequent.hypotheses)
        (left, size), (right, other) = table.values(formula.left), table.values(formula.right)
        # What overflows is no number, and tells nothing.
        with np.errstate(over="ignore", invalid="ignore"):
            gap, hidden = right - left, size + other
        if formula.operator == "=":
            return np.where(np.abs(gap) <= 1e-9 * hidden, 0.0, -np.abs(gap))
        return np.where(np.abs(gap) <= NOISE * hidden, 0.0, gap)
    assert isinstance(formula, And | Or)
    parts = [margins(part, sequent) for part in formula.parts]
    if not parts:
        return np.full(len(samples(sequent)), 1.0 if isinstance(formula, And) else math.nan)
    if isinstance(formula, And):
        return reduce(np.minimum, parts)
    best, unknown = reduce(np.fmax, parts), np.isnan(parts).any(axis=0)
    # What overflows may hold, whatever the others say.
    return np.where(unknown & ~(best >= 0), math.nan, best)


# -- sample points ---------------------------------------------------------------------------------

_STEPS = (0.03, 0.11, 0.23, 0.37, 0.5, 0.63, 0.77, 0.89, 0.97, 1e-3, 0.999, 1e-6, 1 - 1e-6)
_TAIL = (1.0, 0.3, 3.0, 0.07, 0.7, 1.7, 12.0, 1e-2, 60.0, 1e-4, 600.0, 1e5)


_ALIKE = (1.0, 1.01, 0.97, 1.2, 0.85, 1.5, 0.6, 2.5)


@lru_cache(maxsize=2000)
def axis(domain: Domain) -> tuple[float, ...]:
    """Return points inside a domain, ends left out where it has an inside."""
    low = None if domain.lower is None else float(domain.lower)
    high = None if domain.upper is None else float(domain.upper)
    if low is not None and high is not None:
        values = [low + (high - low) * step for step in _STEPS] if high > low else [low]
        if low > 0 and high / low > 1e3:
            values += [low * (high / low) ** step for step in _STEPS]
    elif low is not None:
        values = [low + x for x in _TAIL]
    elif high is not None:
        values = [high - x for x in _TAIL]
    else:
        values = [sign * x for x in _TAIL for sign in (1, -1)]
    if domain.natural:
        inside = {float(round(x)) for x in values if abs(x) < 1e6}
        inside |= {low + k for k in range(4) if low is not None}
        values = [x for x in inside if (low is None or x >= low) and (high is None or x <= high)]
    return tuple(dict.fromkeys(values))


@lru_cache(maxsize=4000)
def _samples(variables: tuple[tuple[str, Domain], ...]) -> tuple[dict[str, float], ...]:
    axes = {name: axis(domain) for name, domain in variables}
    if not axes:
        return ({},)
    if len(axes) == 1:
        ((name, values),) = axes.items()
        return tuple({name: x} for x in values)
    generator = random.Random(len(axes))
    found = [{name: generator.choice(values) for name, values in axes.items()} for _ in range(60)]
    domains = dict(variables)
    for _ in range(40):
        # Values of the same magnitude, which independent choices seldom are.
        base = generator.choice(axes[generator.choice(list(axes))])
        alike = {name: base * generator.choice(_ALIKE) for name in axes}
        if all(between(domains[name], x) for name, x in alike.items()):
            found.append(alike)
    longest = max(map(len, axes.values()))
    found += [{n: values[i % len(values)] for n, values in axes.items()} for i in range(longest)]
    return tuple(found)


def between(domain: Domain, x: float) -> bool:
    """Tell whether a number is inside a domain, ends left out."""
    inside = (domain.lower is None or float(domain.lower) < x) and (
        domain.upper is None or x < float(domain.upper)
    )
    return inside and (not domain.natural or x == round(x))


#: Tries for a point that meets the hypotheses, and how many are enough.
_TRIES, _ENOUGH = 400, 16


def samples(sequent: Sequent) -> tuple[dict[str, float], ...]:
    """Return points inside the domains at which the hypotheses seem to hold."""
    return _meeting(sequent.variables, sequent.hypotheses)


# Goals come and go, while what is assumed stays.
@lru_cache(maxsize=4000)
def _meeting(declared: Variables, given: Formulas) -> tuple[dict[str, float], ...]:
    variables = tuple((v.name, v.domain) for v in declared)
    found = _samples(variables)
    if not given:
        return found
    equations = [h for h in given if isinstance(h, Relation) and h.operator == "="]
    hypotheses = [h for h in given if h not in equations]
    if equations:
        known = [_equation(equation) for equation in equations]
        moved = (point for point, _ in _solved(variables, tuple(equations)))
        found = tuple(point for point in moved if all(equation.met(point) for equation in known))
        # Where rounding hides the equation, near 0 say, what the goal looks like there means nothing.
        found = tuple(p for p in found if all(equation.tells(p) for equation in known)) or found
        met = [point for point in found if _met_by(hypotheses, point)]
    else:
        met = list(_where(variables, tuple(hypotheses)))
    if equations or not hypotheses:
        return tuple(met)
    generator = random.Random(len(variables))
    axes = {name: axis(domain) for name, domain in variables}
    for _ in range(_TRIES if len(axes) > 1 else 0):
        if len(met) >= _ENOUGH:
            break
        point = {name: generator.choice(values) for name, values in axes.items()}
        if _met_by(hypotheses, point):
            met.append(point)
    if not any(v.domain.natural for v in declared):
        unmet = [point for point in found if point not in met]
        pairs = zip(met * _ENOUGH, unmet, strict=False)
        met += [_boundary(inside, outside, hypotheses) for inside, outside in islice(pairs, _ENOUGH)]
    return tuple(met)


# One assumption comes after the other: where those before are met is known.
@lru_cache(maxsize=4000)
def _where(
    variables: tuple[tuple[str, Domain], ...], hypotheses: Formulas
) -> tuple[dict[str, float], ...]:
    """Return the points inside domains at which hypotheses are met."""
    if not hypotheses:
        return _samples(variables)
    *before, last = hypotheses
    return tuple(point for point in _where(variables, tuple(before)) if _met_by((last,), point))


def ends(sequent: Sequent) -> tuple[dict[str, float], ...]:
    """Return points with a coordinate at a closed end of its domain, hypotheses met with room."""
    return _at_ends(sequent.variables, sequent.hypotheses)


@lru_cache(maxsize=4000)
def _at_ends(declared: Variables, given: Formulas) -> tuple[dict[str, float], ...]:
    found = []
    for v in declared:
        domain = v.domain
        for end, is_open in ((domain.lower, domain.lower_open), (domain.upper, domain.upper_open)):
            if end is None or is_open:
                continue
            for point in _samples(tuple((w.name, w.domain) for w in declared))[:4]:
                there = {**point, v.name: float(end)}
                if _met_by(given, there):
                    found.append(there)
    return tuple(found)


def _beside(x: float) -> float:
    return x * (1 + _NEARBY) if x else _NEARBY


class _Equation:
    """An equation, compiled to be looked at in many points."""

    def __init__(self, equation: Relation) -> None:
        self._left, self._right = _function_of(equation.left), _function_of(equation.right)
        self.names = {
            symbol.name for side in (equation.left, equation.right) for symbol in t.symbols_of(side)
        }

    def _sides(self, point: Point) -> tuple[Value, Value]:
        return _evaluated(self._left, point), _evaluated(self._right, point)

    def met(self, point: Point) -> bool:
        """Tell whether the equation holds closely, and not because its sides underflow."""
        left, right = self._sides(point)
        size = left[1] + right[1]
        return abs(left[0] - right[0]) <= 1e-12 * size and (size > 0 or not self.names)

    def tells(self, point: Point) -> bool:
        """Tell whether the equation no longer holds closely where some variable is a little larger."""
        return any(not self.met({**point, name: _beside(point[name])}) for name in self.names)

    def secant(self, point: Point, name: str) -> float | None:
        """Solve the equation for a variable, in which it is best linear."""
        if name not in self.names:
            return None
        there = dict(point)

        def gap(x: float) -> float:
            there[name] = x
            left, right = self._sides(there)
            return left[0] - right[0]

        before, now = point[name], point[name] * 1.01 + 0.01
        old, new = gap(before), gap(now)
        for _ in range(16):
            if new == old or not math.isfinite(new - old):
                break
            before, now, old = now, now - new * (now - before) / (new - old), new
            new = gap(now)
        there[name] = now
        return now if self.met(there) else None


def is_telling(point: Point, hypotheses: Formulas, goal: Formula) -> bool:
    """Tell whether a goal that fails at a point where hypotheses seem to hold fails where they do.

    It may not where rounding hides whether one of them does, or where an equation holds closely whatever
    a variable is that it shares with the goal.
    """
    relations = [h for h in hypotheses if isinstance(h, Relation)]
    if any(h.operator != "=" and _is_hidden(h, point) for h in relations):
        return False
    known = [_equation(h) for h in relations if h.operator == "="]
    names = {symbol.name for side in terms(goal) for symbol in t.symbols_of(side)} if known else ()
    return all(
        any(not equation.met({**point, name: _beside(point[name])}) for equation in own)
        for name in names
        if (own := [equation for equation in known if name in equation.names])
    )


def _is_hidden(h: Relation, point: Point) -> bool:
    """Tell whether rounding hides which side of a relation is larger, without being equal."""
    left, right = value_at(h.left, point), value_at(h.right, point)
    gap = right[0] - left[0]
    return 0 < abs(gap) <= NOISE * (left[1] + right[1])


@lru_cache(maxsize=4000)
def _equation(equation: Relation) -> _Equation:
    return _Equation(equation)


#: A point, and the variables that no equation was solved for yet.
_Moved: TypeAlias = tuple[dict[str, float], tuple[str, ...]]


# Equations come one after the other: what those before have moved is known.
@lru_cache(maxsize=1000)
def _solved(
    variables: tuple[tuple[str, Domain], ...], equations: tuple[Relation, ...]
) -> tuple[_Moved, ...]:
    """Return the points that can be moved so that equations hold, each solved for its own variable."""
    if not equations:
        free = tuple(dict.fromkeys(name for name, domain in variables if not domain.natural))
        return tuple((point, free) for point in _samples(variables))
    domains, last = dict(variables), _equation(equations[-1])
    moved = (_moved(*known, last, domains) for known in _solved(variables, equations[:-1]))
    return tuple(point for point in moved if point is not None)


def solved(
    point: dict[str, float], equations: Sequence[Relation], domains: Mapping[str, Domain]
) -> dict[str, float] | None:
    """Return the point moved so that equations hold, each solved for a variable of its own, or None."""
    known = [_equation(equation) for equation in equations]
    moved: _Moved | None
    moved = point, tuple(name for name, domain in domains.items() if not domain.natural)
    for equation in known:
        moved = _moved(*moved, equation, domains)
        if moved is None:
            return None
    return moved[0] if all(equation.met(moved[0]) for equation in known) else None


def _moved(
    point: dict[str, float], free: tuple[str, ...], equation: _Equation, domains: Mapping[str, Domain]
) -> _Moved | None:
    if equation.met(point):
        return point, free
    for name in free:
        value = equation.secant(point, name)
        if value is not None and between(domains[name], value):
            return {**point, name: value}, tuple(other for other in free if other != name)
    return None


#: What rounding makes of a difference, at most; a margin of error that hides a failure is not one.
_ROUNDING = 1e-14
#: Functions whose values may be too small for doubles.
_VANISHING = frozenset({"exp", "realpower", "power", "natpower"})


def _met_by(hypotheses: Sequence[Formula], point: Point) -> bool:
    """Tell whether hypotheses seem to hold at a point, strict ones with room."""
    return all(_is_met(h, point) for h in hypotheses)


def _is_met(h: Formula, point: Point) -> bool:
    if isinstance(h, Or):
        return any(_is_met(part, point) for part in h.parts)
    if isinstance(h, And):
        return all(_is_met(part, point) for part in h.parts)
    room = _seen_room(h, point) if isinstance(h, Relation) else margin(h, point)
    return room > 0 if isinstance(h, Relation) and h.operator == "<" else room >= 0


def _seen_room(h: Relation, point: Point) -> float:
    """Return the margin of a hypothesis, nan where doubles lose its sides, or hide that it fails."""
    room = margin(h, point)
    if room != 0 or h.operator == "=":
        return room
    left, right = value_at(h.left, point), value_at(h.right, point)
    size = left[1] + right[1]
    if right[0] - left[0] < -_ROUNDING * size or math.isinf(size):
        return math.nan
    nodes = (*t.subterms(h.left), *t.subterms(h.right)) if size == 0 else ()
    return math.nan if any(node.operator in _VANISHING for node in nodes) else room


def _boundary(
    inside: dict[str, float], outside: dict[str, float], hypotheses: Sequence[Formula]
) -> dict[str, float]:
    """Return a point between two, at which the hypotheses still hold, but hardly."""
    for _ in range(12):
        middle = {name: (x + outside[name]) / 2 for name, x in inside.items()}
        if _met_by(hypotheses, middle):
            inside = middle
        else:
            outside = middle
    return inside


@lru_cache(maxsize=24)
def _table(declared: Variables, given: Formulas) -> Table:
    return Table(_meeting(declared, given))


def values(term: Term, sequent: Sequent) -> NDArray[np.float64]:
    """Return the values of a term at the sample points of a sequent, no numbers where it has none."""
    return _table(sequent.variables, sequent.hypotheses).values(term)[0]


def signs(term: Term, sequent: Sequent) -> set[int]:
    """Return the signs of a term at the sample points of a sequent, 0 where rounding hides it."""
    found, sizes = _table(sequent.variables, sequent.hypotheses).values(term)
    known = ~np.isnan(found)
    hidden = known & (np.abs(found) <= NOISE * sizes)
    seen = {0: hidden, 1: known & ~hidden & (found > 0), -1: known & ~hidden & (found < 0)}
    return {direction for direction, where in seen.items() if where.any()}


def sign(term: Term, sequent: Sequent) -> int | None:
    """Return the apparent sign of a term over a sequent: 1, -1, 0, or None if it changes."""
    if isinstance(term, Number):
        return (term.value > 0) - (term.value < 0)
    seen = signs(term, sequent)
    if not seen:
        return None
    if seen == {0}:
        return 0
    return None if {1, -1} <= seen else 1 if 1 in seen else -1
