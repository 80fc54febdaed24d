"""Special points at which a statement may fail: roots, corners, stationary points, integers by them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import chain, combinations, islice, product
from typing import Any

from flint import fmpq, fmpq_poly

from srverify.checker.rejected import RejectedError
from srverify.language import term as t
from srverify.language.formula import normal, relations
from srverify.language.statement import Domain, Statement
from srverify.language.term import Number, Symbol, Term
from srverify.numerics.arb_eval import evaluate
from srverify.numerics.reals import ClosedForm, Real, Root, in_domain, real_roots
from srverify.numerics.tactics.calculus import least, slope_of
from srverify.numerics.tactics.floats import axis, margin
from srverify.numerics.tactics.forms import Space, affine, factored
from srverify.numerics.tactics.solving import closed_forms, stationary

_MAX_VARIABLES = 3
_MAX_POINTS = 600
_MAX_DEGREE = 24
#: Values per variable.
_MAX_VALUES = 24
#: Choices of the other variables for which an equation is solved.
_MAX_SOLVED = 60
_SMALL_INTEGERS = 32
#: The distance from an open end that no double shows.
_CLOSE = Fraction(1, 10**60)
_SIMPLE = (0, 1, -1, 2)


def violating_point(
    statement: Statement, confirmed: Callable[[dict[str, Real]], bool], tick: Callable[[], None]
) -> dict[str, Real] | None:
    """Return a confirmed violating point with a special coordinate, or None.

    A natural variable takes the integers next to what is special for a real one in its place.
    ``tick`` is called now and then; it may raise to end the search.
    """
    variables = statement.variables
    if not 1 <= len(variables) <= _MAX_VARIABLES:
        return None
    values = candidates(statement.relaxed, tick)
    axes, special = [], set()
    for variable in variables:
        near = values.get(variable.name, [])
        if variable.domain.natural:
            near = _integers(near)
        near = [*near, *_by_ends(variable.domain)]
        own = [v for v in near if in_domain(variable.domain, v)][:_MAX_VALUES]
        if variable.domain.natural and len(variables) == 1:
            own += [x for x in map(Fraction, range(_SMALL_INTEGERS)) if in_domain(variable.domain, x)]
        special |= {(variable.name, v) for v in own}
        axes.append([*own, *(v for v in _plain(variable.domain) if v not in own)])
    names = [variable.name for variable in variables]
    grid = (dict(zip(names, values_, strict=True)) for values_ in product(*axes))
    hypotheses = [normal(h) for h in statement.hypotheses]
    for point in islice(_at_poles(statement, axes), _MAX_SOLVED):
        tick()
        if confirmed(point):
            return point
    # Points with simple coordinates only are tried elsewhere.
    telling = (point for point in grid if not special.isdisjoint(point.items()))
    for point in chain(islice(telling, _MAX_POINTS), _on_equations(statement, tick)):
        doubles = {name: float(value) for name, value in point.items()}
        if any(not margin(h, doubles) >= -1e-9 for h in hypotheses):
            continue
        room = margin(statement.goal, doubles)
        if room > 1e-9:
            continue
        tick()
        if confirmed(point):
            return point
    return None


def _by_ends(domain: Domain) -> list[Real]:
    """Return points close to open ends, and closed ends, that doubles cannot tell from what is near."""
    found: list[Real] = []
    for end, is_open, inwards in (
        (domain.lower, domain.lower_open, _CLOSE),
        (domain.upper, domain.upper_open, -_CLOSE),
    ):
        if end is not None and (is_open or Fraction(float(end.value)) != end.value):
            found.append(end.value + inwards if is_open else end.value)
    return [] if domain.natural else found


def _integers(values: list[Real]) -> list[Real]:
    """Return the integers at and next to some numbers, the nearest ones first."""
    found: dict[Real, None] = {}
    for away in range(2):
        for value in values:
            below = value.__floor__() if isinstance(value, Fraction) else math.floor(float(value))
            found |= {Fraction(below - away): None, Fraction(below + 1 + away): None}
    return list(found)


#: Functions that are undefined at the zeros of the cosine of their argument, or at 0, -1, -2, ...
_POLES: dict[str, tuple[Fraction, int, Term]] = {
    "tan": (Fraction(1, 2), 1, t.PI),
    "gamma": (Fraction(0), 0, t.ONE),
    "digamma": (Fraction(0), 0, t.ONE),
}
_MAX_POLES = 6
#: Multiples of pi at which sine and cosine are known.
_ANGLES = [Fraction(k, 12) for k in range(-24, 25) if Fraction(k, 12).denominator != 12]


def _at_poles(statement: Statement, axes: list[list[Real]]) -> Iterator[dict[str, Real]]:
    """Yield points of the domains at which a function of the goal has a pole."""
    for side in (s for r in relations(statement.goal) for s in (r.left, r.right)):
        for node in t.subterms(side):
            if node.operator not in _POLES:
                continue
            first, negative, unit = _POLES[node.operator]
            for index, variable in enumerate(statement.variables):
                line = affine(node.arguments[0], variable.symbol)
                if line is None:
                    continue
                k, c = line
                for n in range(-_MAX_POLES, _MAX_POLES * negative + 1):
                    value = (first + n, unit)
                    at = _solved(value, k, c)
                    if in_domain(variable.domain, at):
                        others = product(*(a[:2] for a in (*axes[:index], *axes[index + 1 :])))
                        for rest in others:
                            values = (*rest[:index], at, *rest[index:])
                            names = (v.name for v in statement.variables)
                            yield dict(zip(names, values, strict=True))


def _solved(value: tuple[Fraction, Term], k: Fraction, c: Fraction) -> Real:
    """Return x with ``k*x + c`` a multiple of a unit."""
    factor, unit = value
    if unit is t.ONE:
        return (factor - c) / k
    scaled = t.mul(t.number(factor / k), unit)
    return ClosedForm(t.sub(scaled, t.number(c / k)) if c else scaled)


def _on_equations(statement: Statement, tick: Callable[[], None]) -> Iterator[dict[str, Real]]:
    """Yield points at which an equation among the hypotheses is solved for one variable.

    For natural variables, the ends of the goal's relations are such equations too.
    """
    if len(statement.variables) < 2:
        return
    relaxed = statement.relaxed
    equations = [r for h in relaxed.hypotheses for r in relations(normal(h)) if r.operator == "="]
    if relaxed is not statement:
        equations += relations(relaxed.goal)
    symbols = dict(zip(statement.variables, (v.symbol for v in relaxed.variables), strict=True))
    for equation, variable in product(equations, statement.variables):
        difference = t.sub(equation.left, equation.right)
        if symbols[variable] not in t.symbols_of(difference):
            continue
        others = [v for v in statement.variables if v is not variable]
        axes = [_sample(v.domain) for v in others]
        for values in islice(product(*axes), _MAX_SOLVED):
            tick()
            chosen = {symbols[v]: t.number(x) for v, x in zip(others, values, strict=True)}
            factors: dict[Term, None] = {}
            try:
                _collect(t.substitute(difference, chosen), factors)
            except t.UndefinedError:
                continue
            for value in chain.from_iterable(_solutions(f, symbols[variable]) for f in factors):
                for x in _integers([value]) if variable.domain.natural else [value]:
                    if in_domain(variable.domain, x):
                        yield {
                            v.name: x if v is variable else chosen[symbols[v]].value
                            for v in statement.variables
                        }


def _sample(domain: Domain) -> list[Fraction]:
    """Return simple fractions of a domain, small integers of a natural one."""
    points = [Fraction(x).limit_denominator(16) for x in axis(domain)]
    if domain.natural:
        points += map(Fraction, range(_SMALL_INTEGERS))
    found = [x for x in dict.fromkeys(points) if domain.contains(t.number(x))]
    return sorted(found, key=lambda x: (x.denominator, abs(x)))


def _plain(domain: Domain) -> list[Real]:
    ends = [end.value for end in (domain.lower, domain.upper) if end is not None]
    found = [t.number(x).value for x in _SIMPLE]
    return [x for x in dict.fromkeys([*found, *ends]) if in_domain(domain, x)]


def candidates(statement: Statement, tick: Callable[[], None]) -> dict[str, list[Real]]:
    """Return values that are special for a variable: those of equations and of stationary points."""
    symbols = {v.symbol for v in statement.variables if not v.domain.natural}
    given = [r for h in statement.hypotheses for r in relations(normal(h))]
    factors: dict[Term, None] = {}
    for relation in (*given, *relations(statement.goal)):
        difference = t.sub(relation.left, relation.right)
        tick()
        _collect(difference, factors)
        for side in (relation.left, relation.right):
            _collect_inner(side, factors)
        for symbol in symbols & t.symbols_of(difference):
            slope = slope_of(difference, symbol)
            if slope is not None and slope is not t.ZERO:
                _collect(slope, factors)
    found: dict[str, dict[Real, None]] = {v.name: {} for v in statement.variables}
    for factor in factors:
        tick()
        for symbol in symbols & t.symbols_of(factor):
            for value in _solutions(factor, symbol):
                found[symbol.name][value] = None
    for first, second in islice(combinations(factors, 2), 40):
        tick()
        for name, value in _eliminated(first, second):
            if name in found:
                found[name][value] = None
    for name, value in _on_the_circle(statement):
        found[name][value] = None
    if len(statement.variables) == 1:
        (variable,) = statement.variables
        for relation in relations(statement.goal):
            for difference in (
                t.sub(relation.right, relation.left),
                t.sub(relation.left, relation.right),
            ):
                slope = slope_of(difference, variable.symbol)
                lowest = (
                    None if slope is None else least(difference, slope, variable.name, variable.domain)
                )
                for form in () if lowest is None else closed_forms(lowest):
                    if form.operator != "number":
                        found[variable.name][ClosedForm(form)] = None
    return {name: sorted(values, key=_plainness) for name, values in found.items()}


def _on_the_circle(statement: Statement) -> Iterator[tuple[str, Real]]:
    """Yield values at which the argument of a sine, cosine or tangent is a well-known angle."""
    sides = (side for r in relations(statement.goal) for side in (r.left, r.right))
    for node in dict.fromkeys(node for side in sides for node in t.subterms(side)):
        if node.operator not in ("sin", "cos", "tan"):
            continue
        for variable in statement.variables:
            line = affine(node.arguments[0], variable.symbol)
            if line is not None:
                for turn in _ANGLES:
                    yield variable.name, _solved((turn, t.PI), *line)


def _plainness(value: Real) -> tuple[int, int]:
    # The simplest irrational values first.
    return (0 if isinstance(value, Root | ClosedForm) else 1, len(str(value)))


def _collect(term: Term, factors: dict[Term, None]) -> None:
    parts = factored(term)
    if parts is not None:
        factors.update(dict.fromkeys(f for f, _ in (*parts.above, *parts.below)))


def _collect_inner(term: Term, factors: dict[Term, None]) -> None:
    """Collect what vanishes where a part has a corner, a pole, a branch point or the argument 0."""
    for node in t.subterms(term):
        if node.operator in ("min", "max"):
            for one, other in combinations(node.arguments, 2):
                _collect(t.sub(one, other), factors)
        elif node.operator == "div":
            _collect(node.arguments[1], factors)
        elif node.operator == "lambertw":
            _collect(t.add(node.arguments[0], t.exp(t.number(-1))), factors)
        elif node.operator not in ("number", "variable", "add", "mul", "neg"):
            _collect(node.arguments[0], factors)


def _solutions(factor: Term, symbol: Symbol) -> Iterator[Real]:
    try:
        space = Space([factor])
        form = space.form(factor)
    except RejectedError:
        return
    if all(atom is symbol for atom in space.atoms.values()):
        yield from real_roots(_univariate(form.p, next(iter(space.atoms), 0)))
        return
    found = stationary(factor, symbol)
    if found is not None and not t.symbols_of(found):
        value = evaluate(found, {}, 128)
        if value.defined and value.exact is None and math.isfinite(float(value.ball)):
            yield ClosedForm(found)


def _univariate(poly: Any, index: int) -> fmpq_poly:
    coefficients = {int(e[index]): c for e, c in poly.to_dict().items()}
    degree = max(coefficients, default=0)
    if degree > _MAX_DEGREE:
        return fmpq_poly([0])
    return fmpq_poly([coefficients.get(i, fmpq(0)) for i in range(degree + 1)])


def _eliminated(first: Term, second: Term) -> Iterator[tuple[str, Real]]:
    """Yield the values of one variable at which two polynomials in two variables have a common zero."""
    try:
        space = Space([first, second])
        p, q = (_without_radicals(space, space.form(term).p) for term in (first, second))
    except RejectedError:
        return
    variables = {i: atom for i, atom in space.atoms.items() if isinstance(atom, Symbol)}
    if p is None or q is None or len(variables) != 2:
        return
    if p.total_degree() * q.total_degree() > _MAX_DEGREE:
        return
    for index, atom in variables.items():
        (other,) = (i for i in variables if i != index)
        left = p.resultant(q, other)
        if not left.is_zero():
            for value in real_roots(_univariate(left, index)):
                yield atom.name, value


def _without_radicals(space: Space, poly: Any) -> Any:
    """Multiply a polynomial by its conjugates, so that roots of rationals go; None for other atoms."""
    for index, atom in space.atoms.items():
        if isinstance(atom, Symbol):
            continue
        radicand = atom.arguments[0] if atom.arguments else atom
        if atom.operator not in ("sqrt", "ratpower") or not isinstance(radicand, Number):
            return None
        power = t.literal(atom.arguments[1]).value if atom.operator == "ratpower" else Fraction(1, 2)
        if power < 0 or max(power.numerator, power.denominator) > _MAX_DEGREE:
            return None
        known = radicand.value**power.numerator
        root = space.form(atom).p
        equation = root**power.denominator * fmpq(known.denominator) - fmpq(known.numerator)
        poly = poly.resultant(equation, index)
    return poly
