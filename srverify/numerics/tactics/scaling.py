"""Changes of a variable's unit: ranges that end at a constant, arguments of functions far from 1."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import count, product
from typing import NamedTuple

from flint import ctx

from srverify.checker.enclosures.evaluation import DEFAULT_PRECISION, Evaluator
from srverify.checker.enclosures.substitution import rebuilt
from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.formula import Formula, Relation, terms
from srverify.language.statement import Domain
from srverify.language.term import Number, Symbol, Term
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.driver import Driver, Link, Proposal, relation
from srverify.numerics.tactics.floats import samples, sign, value_at
from srverify.numerics.tactics.forms import (
    RATIONAL,
    affine,
    factored,
    is_rational,
    linear_combination,
    plain,
    tidied,
)
from srverify.numerics.tactics.hypotheses import combined, fresh
from srverify.numerics.tactics.lawful import nodes, split_logarithm

#: Scales within these bounds are as good as 1, and shifts.
_ROOTS = ("sqrt", "ratpower")
_RATIO = re.compile(r"r\d+")
_SMALL, _LARGE, _SHIFT = Fraction(1, 16), Fraction(16), Fraction(8)
#: Relative to its summands, a term that is larger is clearly positive.
_ROOM = 1e-6


def by_units(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Measure a variable between constants in units of them: ``x <= pi/2`` becomes ``u <= 1``."""
    for variable in sequent.variables:
        x = variable.symbol
        if variable.domain.natural:
            continue
        bounds = _constant_bounds(sequent, x)
        if all(isinstance(bound.end, Number) for bound in bounds):
            continue
        unit = _unit(bounds, _is_in_lambert(sequent, x))
        if unit is not None and _is_shifted(unit) and _has_room(sequent):
            return
        links = None if unit is None else _measured(sequent, x, *unit, bounds)
        if links is not None:
            node = driver.chain(sequent, links, depth)
            if node is not None:
                yield node, -1
        return


def _is_shifted(unit: tuple[Term, Term]) -> bool:
    """Tell whether units need a shift, by which terms get longer, and are not for angles."""
    return unit[0] is not t.ZERO and all(n is not t.PI for part in unit for n in t.subterms(part))


def _has_room(sequent: Sequent) -> bool:
    """Tell whether a goal of one variable clearly holds all over its range.

    Then small boxes around the ends are enough, and need no other variable.
    """
    goal = relation(sequent)
    if goal is None or len(sequent.variables) > 1:
        return False
    f = difference(goal)
    values = [value_at(f, point) for point in samples(sequent)]
    return bool(values) and all(value > _ROOM * size for value, size in values)


class _Bound(NamedTuple):
    """A constant below or above a variable, and what shows it in a certificate."""

    end: Term
    operator: str
    upper: bool
    shown: tuple[str, object]


def _constant_bounds(sequent: Sequent, x: Symbol) -> list[_Bound]:
    """Return the ends of a variable's range: hypotheses with constants before the rational domain."""
    found: list[_Bound] = []
    for index, h in enumerate(sequent.hypotheses):
        if not isinstance(h, Relation) or h.operator == "=" or x not in (h.left, h.right):
            continue
        upper = h.left is x
        end = h.right if upper else h.left
        if not t.symbols_of(end):
            found.append(_Bound(end, h.operator, upper, ("hyp", index)))
    domain = sequent.domains[x.name]
    for number, is_open, upper in (
        (domain.lower, domain.lower_open, False),
        (domain.upper, domain.upper_open, True),
    ):
        if number is not None and not any(bound.upper == upper for bound in found):
            operator = "<" if is_open else "<="
            found.append(_Bound(number, operator, upper, ("high" if upper else "low", x.name)))
    return found


def _is_in_lambert(sequent: Sequent, x: Symbol) -> bool:
    """Tell whether the goal has Lambert W of a variable, whose values are bounded otherwise."""
    return any(
        node.operator == "lambertw" and x in t.symbols_of(node)
        for term in terms(sequent.goal)
        for node in t.subterms(term)
    )


def _unit(bounds: list[_Bound], is_in_lambert: bool) -> tuple[Term, Term] | None:
    """Return a shift and a positive scale that make the ends of ``(x - shift)/scale`` simple."""
    ends = [next((b.end for b in bounds if b.upper == upper), None) for upper in (False, True)]
    low, high = ends
    if low is not None and high is not None and t.ZERO not in ends and not _is_rational(low, high):
        return low, t.sub(high, low)
    if is_in_lambert:
        return None
    # A constant that is no number, in absolute value.
    end = next(end for end in reversed(ends) if end is not None and not isinstance(end, Number))
    if _is_positive(end):
        return t.ZERO, end
    return (t.ZERO, t.neg(end)) if _is_positive(t.neg(end)) else None


def _is_rational(a: Term, b: Term) -> bool:
    """Tell whether the quotient of two constants that are not 0 is visibly rational."""
    return _ratio(a, b) is not None


def _ratio(a: Term, b: Term) -> Fraction | None:
    parts = factored(t.div(a, b))
    return None if parts is None or parts.above or parts.below else parts.constant


def _measured(
    sequent: Sequent, x: Symbol, shift: Term, scale: Term, bounds: list[_Bound]
) -> list[Link] | None:
    """Return the steps that put ``shift + scale*u`` for x, with the rational ends of u."""
    if not _is_positive(scale):
        return None
    last, name = len(sequent.hypotheses), fresh(sequent, "u")
    u, inverse = t.variable(name), t.div(t.ONE, scale)
    known: list[Link] = []
    drop: list[int] = []
    for bound in bounds:
        at = Fraction(0) if bound.end == shift else _ratio(t.sub(bound.end, shift), scale)
        if at is None:
            continue
        sides = (u, t.number(at)) if bound.upper else (t.number(at), u)
        because = combined(
            (1, list(bound.shown), ["pos", str(inverse)]), (1 if bound.upper else -1, ["hyp", last])
        )
        known.append(({"rule": "have", "formula": f"{sides[0]} {bound.operator} {sides[1]}"}, because))
        if bound.shown[0] == "hyp":
            drop.append(bound.shown[1])  # type: ignore[arg-type]
    moved = t.mul(inverse, _less(x, shift))
    back = t.mul(scale, u) if shift is t.ZERO else t.add(shift, t.mul(scale, u))
    goal = relation(sequent)
    tidy: list[Link] = []
    if goal is not None:
        f = tidied(t.substitute(difference(goal), {x: back}))
        tidy = [{"rule": "rewrite", "goal": f"0 {goal.operator} {plain(f)}"}]
    return [
        {"rule": "define", "name": name, "term": str(moved)},
        *known,
        *[{"rule": "absorb", "hyp": last + 1}] * len(known),
        (
            {"rule": "have", "formula": f"{x} = {back}"},
            combined((-1, ["hyp", last], ["term", str(scale)])),
        ),
        {"rule": "weaken", "drop": [*drop, last]},
        {"rule": "eliminate", "hyp": last - len(drop), "var": x.name},
        *tidy,
    ]


def _less(x: Term, shift: Term) -> Term:
    """Return a difference, written shortly where nothing is taken away."""
    return x if shift is t.ZERO else t.sub(x, shift)


def _is_positive(constant: Term) -> bool:
    with ctx.workprec(DEFAULT_PRECISION):
        value = Evaluator({}).walk(constant)
    return value.defined is True and bool(value.at.low > 0)


def by_scaling(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Take the argument ``k*x + c`` of a function for the only variable, where k or c are far from 1."""
    goal = relation(sequent)
    if goal is None or len(sequent.variables) != 1 or sequent.hypotheses:
        return
    (variable,) = sequent.variables
    if variable.domain.natural:
        return
    for term in terms(goal):
        for node in t.subterms(term):
            if node.operator in RATIONAL:
                continue
            found = affine(node.arguments[0], variable.symbol)
            if found is None:
                continue
            k, c = found
            if _SMALL <= abs(k) <= _LARGE and abs(c) <= _SHIFT:
                continue
            links = changed(sequent, variable.symbol, t.number(k), c)
            proof = driver.chain(sequent, links, depth)
            if proof is not None:
                yield proof, -1
            return


def by_ratios(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Divide the variables of a homogeneous goal by one of them."""
    goal = relation(sequent)
    if goal is None or depth < 1 or len(sequent.variables) < 2:
        return
    f = difference(goal)
    unit = sequent.variables[-1]
    # A root of a variable becomes a variable first.
    if any(n.operator in _ROOTS and n.arguments[0].operator == "variable" for n in t.subterms(f)):
        return
    if not all(is_open_ray(v.domain) for v in sequent.variables):
        return
    orders = [_order(h, unit.symbol) for h in sequent.hypotheses]
    if None in orders or not _is_homogeneous(f, sequent):
        return
    y, last, links = unit.symbol, len(sequent.hypotheses), list[Link]()
    values: dict[Term, Term] = {}
    used = list(sequent.hypotheses)
    names = [name for name, _ in zip(_fresh_names(sequent), sequent.variables[1:], strict=False)]
    for name, v in zip(names, sequent.variables[:-1], strict=True):
        ratio, x = t.variable(name), v.symbol
        values[x] = t.mul(ratio, y)
        inverse = ["pos", str(t.div(t.ONE, y))]
        known = [(f"0 < {name}", combined((1, ["low", v.name], inverse), (-1, ["hyp", last])))]
        for index, h in enumerate(used):
            assert isinstance(h, Relation)
            if x in (h.left, h.right):
                upper = h.left is x
                text = f"{name} {h.operator} 1" if upper else f"1 {h.operator} {name}"
                shown = combined((1, ["hyp", index], inverse), (1 if upper else -1, ["hyp", last]))
                known.append((text, shown))
        drop = [i for i, h in enumerate(used) if x in (h.left, h.right)]  # type: ignore[union-attr]
        links.append({"rule": "define", "name": name, "term": str(t.div(x, y))})
        links += [({"rule": "have", "formula": text}, shown) for text, shown in known]
        links += [{"rule": "absorb", "hyp": last + 1}] * len(known)
        back = combined((-1, ["hyp", last], ["term", str(y)]))
        links.append(({"rule": "have", "formula": f"{v.name} = {values[x]}"}, back))
        links.append({"rule": "weaken", "drop": [*drop, last]})
        links.append({"rule": "eliminate", "hyp": last - len(drop), "var": v.name})
        used = [h for i, h in enumerate(used) if i not in drop]
        # What eliminating leaves: the equation itself, and the bound of x.
        links.append({"rule": "weaken", "drop": [last - len(drop), last - len(drop) + 1]})
        last -= len(drop)
    new = tidied(t.substitute(f, values))  # type: ignore[arg-type]
    links.append({"rule": "rewrite", "goal": f"0 {goal.operator} {plain(new)}"})
    found = driver.chain(sequent, links, depth - 1)
    if found is not None:
        yield found, -1


#: Weights that are tried for the variables after the first one.
_WEIGHTS = ("1", "-1", "0", "2", "1/2")
_MAX_MOVING = 3


def by_widening(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Forget the upper ends of positive variables where scaling all of them changes nothing.

    Between 0 and 1 that may be so of the distances to 1.
    """
    goal = relation(sequent)
    if goal is None or goal.operator == "=" or len(sequent.variables) < 2:
        return
    if not all(map(_is_order_of_two, sequent.hypotheses)):
        return
    domains = [v.domain for v in sequent.variables]
    if any(d.natural or d.lower != t.ZERO or not d.lower_open or d.upper is None for d in domains):
        return
    f = difference(goal)
    if _is_homogeneous(f, sequent):
        wider = sequent
        for v in sequent.variables:
            wider = wider.with_domain(v.name, Domain(lower=t.ZERO, lower_open=True))
        divisors = [n.arguments[1] for n in t.subterms(f) if n.operator == "div"]
        # Where one vanishes beyond the ends there is nothing to show.
        if all(sign(d, wider) in (1, -1) for d in dict.fromkeys(divisors)):
            yield {"rule": "weaken", "domains": {v.name: "(0, oo)" for v in sequent.variables}}, 0
        return
    if sequent.hypotheses or any(d.upper != t.ONE or not d.upper_open for d in domains):
        return
    other = mirrored(f, sequent)
    if _is_homogeneous(other, sequent):
        links: list[Link] = []
        named = sequent
        put: dict[Symbol, Term] = {}
        for v in sequent.variables:
            # Without what makes the goal plain: that is still to come.
            links += changed(named, v.symbol, t.number(-1), Fraction(1))[:-1]
            # That its value is defined, and between both ends.
            links.append({"rule": "weaken", "drop": [0, 1, 2]})
            put[v.symbol] = t.variable(fresh(named, "u"))
            named = named.with_variable(fresh(named, "u"), v.domain)
        new = _with_plain_sums(t.substitute(other, put))
        links.append({"rule": "rewrite", "goal": f"0 {goal.operator} {new}"})
        found = driver.chain(sequent, links, depth)
        if found is not None:
            yield found, -1


def _is_order_of_two(h: Formula) -> bool:
    """Tell whether a hypothesis compares two variables, which scaling both does not change."""
    if not isinstance(h, Relation) or h.operator == "=":
        return False
    return isinstance(h.left, Symbol) and isinstance(h.right, Symbol)


def mirrored(f: Term, sequent: Sequent) -> Term:
    """Return a term with ``1 - x`` for every variable."""
    return t.substitute(f, {v.symbol: t.sub(t.ONE, v.symbol) for v in sequent.variables})


def _with_plain_sums(f: Term) -> Term:
    """Return a term whose sums of multiples of variables are written shortly: u for ``1 - (1 - u)``."""

    def shorter(node: Term) -> Term | None:
        is_sum = node.operator == "add" and is_rational(node) and linear_combination(node) is not None
        return plain(node) if is_sum else None

    return rebuilt(f, shorter)


def by_symmetries(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Put 1 for a positive variable, or 0 for a real one, where scaling or shifting changes nothing."""
    if len(sequent.variables) < 2 or relation(sequent) is None:
        return
    positive = [v.name for v in sequent.variables if _is_ray(v.domain)]
    reals = [v.name for v in sequent.variables if v.domain == Domain()]
    powered, between = _powered_in_values(sequent), _between_others(sequent)
    for kind, names in (("scaled", positive), ("shifted", reals)):
        fixable = [n for n in names if kind == "shifted" or is_open_ray(sequent.domains[n])]
        if not 1 <= len(names) <= _MAX_MOVING or not fixable:
            continue
        # The last variable is fixed: statements are often written with the larger one first.
        # One between two others is not: it stays a variable of a bounded range.
        units = fixable[::-1]
        units.sort(key=lambda n: sequent.symbols[n] in between)
        # A value of W is undone by solving for what its argument is linear in.
        units.sort(key=lambda n: sequent.symbols[n] not in powered)
        if kind == "shifted":
            # Rather one that occurs outside of functions: it is gone then.
            plain = _outside_functions(sequent)
            units = [next((n for n in units if sequent.symbols[n] in plain), units[0])]
        for place, unit in enumerate(units):
            # Those before were tried already, whatever the others do.
            others = [n for n in names if n not in units[: place + 1]]
            for weights in product(_WEIGHTS, repeat=len(others)):
                chosen = {n: w for n, w in zip(others, weights, strict=True) if w != "0"}
                if not chosen and others:
                    continue
                head = {"rule": "normalize", "var": unit, kind: {unit: "1", **chosen}}
                if driver.applies(sequent, head):
                    yield head, 0
                    return


def _between_others(sequent: Sequent) -> set[Term]:
    """Return the variables that are above another one and below another one by hypothesis."""
    orders = [h for h in sequent.hypotheses if isinstance(h, Relation) and h.operator in ("<", "<=")]
    pairs = [(h.left, h.right) for h in orders if {type(h.left), type(h.right)} == {Symbol}]
    return {low for low, _ in pairs} & {high for _, high in pairs}


def _powered_in_values(sequent: Sequent) -> set[Term]:
    """Return what arguments of Lambert's W have powers of, or divide by."""
    found: set[Term] = set()
    for value in nodes(sequent):
        if value.operator == "lambertw":
            for n in t.subterms(value.arguments[0]):
                if n.operator in ("power", "ratpower", "sqrt"):
                    found.add(n.arguments[0])
                elif n.operator == "div":
                    found |= t.symbols_of(n.arguments[1])
    return found


def _outside_functions(sequent: Sequent) -> set[Symbol]:
    """Return the variables that a goal has in other places than arguments of functions."""
    found: set[Symbol] = set()
    stack = list(terms(sequent.goal))
    while stack:
        part = stack.pop()
        if isinstance(part, Symbol):
            found.add(part)
        elif part.operator in RATIONAL and part.operator != "number":
            stack.extend(part.arguments)
    return found


def _is_ray(domain: Domain) -> bool:
    return is_open_ray(domain) or domain == Domain(lower=t.ZERO)


def by_split_ratios(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Write logarithms of products as sums where ratios were introduced, so that units cancel."""
    if not any(_RATIO.fullmatch(v.name) for v in sequent.variables):
        return
    for node in nodes(sequent):
        if node.operator == "log" and t.symbols_of(node):
            for links in split_logarithm(sequent, node):
                found = driver.chain(sequent, links, depth)
                if found is not None:
                    yield found, -1
                return


def is_open_ray(domain: Domain) -> bool:
    """Tell whether a domain is that of all positive numbers."""
    return domain == Domain(lower=t.ZERO, lower_open=True)


def _order(h: Formula, unit: Symbol) -> Symbol | None:
    """Return the variable that a hypothesis compares with another one."""
    if not isinstance(h, Relation) or h.operator == "=" or unit not in (h.left, h.right):
        return None
    other = h.right if h.left is unit else h.left
    return other if isinstance(other, Symbol) and other is not unit else None


def _is_homogeneous(f: Term, sequent: Sequent) -> bool:
    """Tell whether scaling all variables seems to scale a term by a power."""
    return scales(f, sequent) is not None


def scales(f: Term, sequent: Sequent) -> float | None:
    """Return the power by which scaling all variables seems to scale a term, if there is one."""
    exponents = set()
    for point in samples(sequent)[:12]:
        values = [value_at(f, {n: x * k for n, x in point.items()}) for k in (1.0, 2.0, 8.0)]
        if any(not abs(v) > 1e-6 * size for v, size in values):
            continue
        (a, b, c) = (v for v, _ in values)
        if min(b / a, c / a) <= 0:
            return None
        degrees = math.log2(b / a), math.log2(c / a) / 3
        if abs(degrees[0] - degrees[1]) > 1e-6:
            return None
        exponents.add(round(degrees[0], 4))
    return exponents.pop() if len(exponents) == 1 else None


def _fresh_names(sequent: Sequent) -> Iterator[str]:
    return (name for i in count(1) if (name := f"r{i}") not in sequent.symbols)


def changed(
    sequent: Sequent,
    symbol: Symbol,
    k: Term,
    c: Fraction = Fraction(0),
    known: Sequence[tuple[Relation, tuple[object, ...]]] = (),
    drop: Sequence[int] = (),
) -> list[Link]:
    """Return the steps that put ``(u - c)/k`` for x, with what is known of u and why, and its ends."""
    last, x = len(sequent.hypotheses), symbol.name
    name = fresh(sequent, "u")
    u, shift = t.variable(name), t.number(c)
    domain = sequent.domains[x]
    down = isinstance(k, Number) and k < 0
    size = [1] if not isinstance(k, Number) else [abs(k.value)]
    weight = [["pos", str(k)]] if not isinstance(k, Number) else []
    for kind, end, is_open in (
        ("low", domain.lower, domain.lower_open),
        ("high", domain.upper, domain.upper_open),
    ):
        if end is None or (weight and end != t.ZERO):
            continue
        value: Term = t.ZERO if weight else t.number(k.value * end.value + c)  # type: ignore[attr-defined]
        above = (kind == "low") != down
        side = (value, u) if above else (u, value)
        known = [*known, (Relation("<" if is_open else "<=", *side), (*size, [kind, x], *weight))]
    scaled = t.mul(k, symbol)
    whole = t.add(scaled, shift) if c else scaled
    links: list[Link] = [{"rule": "define", "name": name, "term": str(whole)}]
    for place, (new, shown) in enumerate(known):
        turn = 1 if new.left is u else -1
        head = combined(shown, (turn, ["hyp", last]))
        links.append(({"rule": "have", "formula": f"{new.left} {new.operator} {new.right}"}, head))
        if place == len(known) - 1:
            links += [{"rule": "absorb", "hyp": last + 1}] * len(known)
    inverse = k.arguments[1] if k.operator == "div" else t.div(t.ONE, k)
    back = t.mul(t.sub(u, shift) if c else u, inverse)
    because = combined((-1, ["hyp", last], ["term", str(inverse)]))
    tidy: list[Link] = []
    goal = relation(sequent)
    if goal is not None:
        f = tidied(t.substitute(difference(goal), {symbol: back}))
        tidy = [{"rule": "rewrite", "goal": f"0 {goal.operator} {plain(f)}"}]
    return [
        *links,
        ({"rule": "have", "formula": f"{x} = {back}"}, because),
        {"rule": "weaken", "drop": [*drop, last]},
        {"rule": "eliminate", "hyp": last - len(drop), "var": x},
        *tidy,
    ]


__all__ = [
    "by_ratios",
    "by_scaling",
    "by_split_ratios",
    "by_symmetries",
    "by_units",
    "by_widening",
    "changed",
    "is_open_ray",
    "scales",
]
