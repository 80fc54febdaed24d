"""Goals compared with what they are at another point, or with what other functions make of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any

from srverify.checker.rejected import RejectedError
from srverify.checker.sequent import Sequent, mentions
from srverify.language import term as t
from srverify.language.formula import Relation
from srverify.language.parser import formula_text
from srverify.language.term import Number, Symbol, Term
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.calculus import is_defined_at, real_variables, slope_of, value_in
from srverify.numerics.tactics.driver import Driver, Link, Node, Proposal, expand, relation
from srverify.numerics.tactics.floats import sign
from srverify.numerics.tactics.forms import (
    Space,
    expanded,
    is_algebraic,
    is_rational,
    is_zero,
    number,
    plain,
    polynomial,
    vanishes,
)
from srverify.numerics.tactics.hypotheses import combined, fresh
from srverify.numerics.tactics.lawful import law, linear_parts


def by_comparing(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Move a variable to the value of another one on the side on which f does not fall.

    Or to an end of its own domain, where hypotheses about it are needed on the way.
    """
    goal = relation(sequent)
    if goal is None or depth < 1 or goal.operator == "=":
        return
    f = difference(goal)
    variables = [v.symbol for v in sequent.variables if v.symbol in t.symbols_of(f)]
    for _, x, domain in real_variables(sequent, goal):
        slope = slope_of(f, x)
        if slope is None:
            continue
        # Of one variable alone this is for by_monotonicity; a hypothesis may repeat its range.
        bound = len(t.symbols_of(f)) > 1 and any(mentions(h, x) for h in sequent.hypotheses)
        ends = [
            end
            for end, is_open in ((domain.lower, domain.lower_open), (domain.upper, domain.upper_open))
            if bound and end is not None and not is_open
        ]
        for point in dict.fromkeys((*variables, *ends, *_bounds(sequent, x))):
            there = None if point is x else value_in(f, x, point)
            if there is None or sign(there, sequent) not in (0, 1):
                continue
            side = sign(t.sub(x, point), sequent)
            if side is None:
                # Algebraic goals are rather squared where they do not vanish as they stand.
                met = plain(there) is t.ZERO or not is_algebraic(f)
                if depth > 1 and met and sign(there, sequent) == 0:
                    yield {"rule": "cases", "on": f"{point} <= {x}"}, 1
                continue
            if side != 0 and sign(slope, sequent) in (0, side):
                yield from _moved(driver, sequent, x, point, side, depth)


def by_contact_bounds(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Move a variable to what a hypothesis compares it with, where both sides of the goal agree.

    Or to an end of its domain where their slopes agree, too, if a hypothesis speaks about it.
    """
    goal = relation(sequent)
    if goal is None or depth < 1 or goal.operator == "=" or not sequent.hypotheses:
        return
    f = difference(goal)
    if any(n.operator in ("abs", "min", "max") for n in t.subterms(f)):
        # Cases come first: there is a kink where both sides agree.
        return
    for _, x, domain in real_variables(sequent, goal):
        # Of one variable alone this is for by_monotonicity; a hypothesis may repeat its range.
        bound = len(t.symbols_of(f)) > 1 and any(mentions(h, x) for h in sequent.hypotheses)
        ends = [end for end in (domain.lower, domain.upper) if bound and end is not None]
        for point in dict.fromkeys((*_bounds(sequent, x), *ends)):
            side = sign(t.sub(x, point), sequent)
            if side not in (1, -1):
                continue
            there = value_in(f, x, point)
            if there is None or sign(there, sequent) != 0:
                continue
            slope = slope_of(f, x)
            if slope is None or sign(slope, sequent) not in (0, side):
                continue
            steepness = value_in(slope, x, point) if point in ends else t.ZERO
            if steepness is not None and sign(steepness, sequent) == 0:
                yield from _moved(driver, sequent, x, point, side, depth)


def _moved(
    driver: Driver, sequent: Sequent, x: Symbol, point: Term, side: int, depth: int
) -> Iterator[Proposal]:
    head: Node = {"rule": "compare", "var": str(x), "point": str(point), "name": fresh(sequent, "z")}
    head["side"] = "above" if side > 0 else "below"
    strict = isinstance(sequent.goal, Relation) and sequent.goal.operator == "<"
    for step in [head, {**head, "strict": True}] if strict else [head]:
        found = compared(driver, sequent, step, depth - 1)
        if found is not None:
            yield found, -1


def compared(driver: Driver, sequent: Sequent, head: Node, depth: int) -> Node | None:
    """Apply a comparison; at the point itself, where a variable is gone, it may take a step more."""
    try:
        *aside, there = expand(sequent, head)
    except RejectedError:
        return None
    proofs: list[Node] = []
    for child, steps in (*((child, depth) for child in aside), (there, depth + 1)):
        proof = driver.prove(child, steps)
        if proof is None:
            return None
        proofs.append(proof)
    return {**head, "children": proofs}


def touches_a_bound(f: Term, x: Symbol, sequent: Sequent) -> bool:
    """Tell whether a term seems to be 0 where a variable is what a hypothesis compares it with."""
    values = (value_in(f, x, point) for point in _bounds(sequent, x))
    return any(there is not None and sign(there, sequent) == 0 for there in values)


def _bounds(sequent: Sequent, x: Symbol) -> Iterator[Term]:
    """Yield the terms in other variables that hypotheses compare a variable with."""
    for h in sequent.hypotheses:
        if isinstance(h, Relation) and h.operator != "=" and x in (h.left, h.right):
            other = h.right if h.left is x else h.left
            if t.symbols_of(other) and x not in t.symbols_of(other):
                yield other


def by_separating(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Compare a function's values at two ordered variables by a slope that keeps its sign."""
    goal = relation(sequent)
    if goal is None or goal.operator == "=" or len(sequent.variables) < 2:
        return
    f = difference(goal)
    for name, x, domain in real_variables(sequent, goal):
        slope = slope_of(f, x)
        if slope is None:
            continue
        alone = not t.symbols_of(slope) - {x}
        if depth < 1 and not alone:
            continue
        for point in t.symbols_of(f) - {x}:
            side = sign(t.sub(x, point), sequent)
            if side not in (1, -1):
                continue
            if not (vanishes(f, x, point) or (alone and _is_contact(f, x, point, sequent))):
                continue
            if not is_defined_at(f, x, point):
                # As ``(x - y)*log(x - y)``, which only has a limit there.
                continue
            if sign(slope, sequent if alone else sequent.free_of(x)) not in (0, side):
                continue
            other = sequent.domains[point.name]
            if domain.lower is not None and other.lower is None:
                # On the way from there the function may not be defined.
                yield {"rule": "cases", "on": f"{domain.lower} < {point}"}, 1
                continue
            head = {"rule": "compare", "var": name, "point": str(point), "name": fresh(sequent, "z")}
            head["side"] = "above" if side == 1 else "below"
            # What is left has fewer variables where the slope has one only.
            cost = 0 if alone else 1
            yield head, cost
            if goal.operator == "<":
                yield {**head, "strict": True}, cost


def by_swapping(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Divide ``A(x)*B(y) < C(x)*D(y)``, equal for x = y, so that each side has one of the variables."""
    goal = relation(sequent)
    if goal is None or goal.operator == "=":
        return
    f = difference(goal)
    if all(len(t.symbols_of(side)) < 2 for side in (goal.left, goal.right)):
        return
    for x, y in combinations(sorted(t.symbols_of(f), key=str), 2):
        if sign(t.sub(x, y), sequent) not in (1, -1):
            continue
        for (a, b), (c, d), divisor in _two_products(f, x, y, sequent):
            # By factors without functions first: these seldom vanish at an end.
            for low, high in sorted(((a, c), (b, d)), key=lambda pair: _is_function(pair[1])):
                left, right = (t.div(a, c), t.div(d, b)) if low is a else (t.div(b, d), t.div(c, a))
                factor = t.div(t.mul(high, b if low is a else a), divisor)
                if sign(factor, sequent) != 1 or not _is_contact(t.sub(right, left), x, y, sequent):
                    continue
                links: list[Link] = [
                    {"rule": "have", "formula": formula_text(Relation(goal.operator, left, right))},
                    combined((1, ["hyp", len(sequent.hypotheses)], ["pos", str(factor)])),
                ]
                node = driver.chain(sequent, links, depth)
                if node is not None:
                    yield node, -1


def _is_contact(f: Term, x: Symbol, y: Symbol, sequent: Sequent) -> bool:
    """Tell whether a term is 0 where two variables are equal, by its normal form or as it seems."""
    if vanishes(f, x, y):
        return True
    there = value_in(f, x, y)
    return there is not None and sign(there, sequent) == 0


def _product(factors: list[Term]) -> Term:
    return t.mul(*factors) if factors else t.ONE


def _is_function(term: Term) -> bool:
    return any(n.operator in ("exp", "log") or n.operator in t.FUNCTIONS for n in t.subterms(term))


def _two_products(
    f: Term, x: Symbol, y: Symbol, sequent: Sequent
) -> Iterator[tuple[tuple[Term, Term], tuple[Term, Term], Term]]:
    """Yield (a, b), (c, d), q with ``f = (c*d - a*b)/q``, a and c in x alone, b and d in y alone."""
    try:
        space = Space([f])
        form = space.form(f)
    except RejectedError:
        return
    owners = {index: t.symbols_of(atom) for index, atom in space.atoms.items()}
    if any(len(owner) != 1 or not owner <= {x, y} for owner in owners.values()):
        return
    divisor = space.term(form.q)
    for first in (x, y):
        # By products of powers of what has one variable, sums of what has the other.
        groups: dict[tuple[int, ...], dict[tuple[int, ...], Any]] = {}
        for exponents, coefficient in form.p.to_dict().items():
            mine = tuple(e if first in owners[i] else 0 for i, e in enumerate(exponents))
            others = tuple(e - m for e, m in zip(exponents, mine, strict=True))
            groups.setdefault(mine, {})[others] = coefficient
        if len(groups) != 2 or any(not any(mine) for mine in groups):
            continue
        sides: dict[int, tuple[Term, Term]] = {}
        for mine, rest in groups.items():
            powers = [
                space.atoms[i] if e == 1 else t.power(space.atoms[i], t.number(int(e)))
                for i, e in enumerate(mine)
                if e
            ]
            part = space.term(form.p.context().from_dict(rest))
            side = sign(part, sequent)
            if side not in (1, -1) or not t.symbols_of(part):
                break
            other = part if side == 1 else space.term(form.p.context().from_dict(rest) * -1)
            sides[side] = (_product(powers), other) if first is x else (other, _product(powers))
        if len(sides) == 2:
            yield sides[-1], sides[1], divisor
            if all(len(rest) == 1 for rest in groups.values()):
                return


def by_numbers(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Compare a logarithm with a number by its argument."""
    return _by_exponentials(driver, sequent, depth, numbers=True)


def by_exponentials(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Compare ``c*log(A)`` with B by comparing A with ``exp(B/c)``."""
    return _by_exponentials(driver, sequent, depth, numbers=False)


def _by_exponentials(
    driver: Driver, sequent: Sequent, depth: int, *, numbers: bool
) -> Iterator[Proposal]:
    goal = relation(sequent)
    if goal is None or goal.operator == "=" or goal.left is not t.ZERO or depth < 1:
        return
    last = len(sequent.hypotheses)
    name = "log_strict" if goal.operator == "<" else "log_monotone"
    for atom, p, r in linear_parts(goal.right, ("log",)):
        if not isinstance(p, Number) or any(n.operator == "log" for n in t.subterms(r)):
            continue
        if numbers and not isinstance(r, Number):
            continue
        up, c = p.value > 0, abs(p.value)
        a, b = atom.arguments[0], plain(t.neg(t.div(r, p)))
        lower, upper = (t.exp(b), a) if up else (a, t.exp(b))
        links: list[Link] = [
            {"rule": "have", "formula": f"{lower} {goal.operator} {upper}"},
            law(name, a=lower, b=upper),
            law("log_exp", a=b),
            combined((c, ["hyp", last + 1]), (-c if up else c, ["hyp", last + 2])),
        ]
        found = driver.chain(sequent, links, depth - 1)
        if found is not None:
            yield found, -1


#: Increasing and decreasing functions; laws of the same name say that they keep or turn the order.
_RISING = ("log", "exp", "sqrt", "atan", "asin", "sinh", "tanh", "erf", "digamma")
_FALLING = ("erfc", "trigamma")


def by_same_functions(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Compare two values of one monotone function by its arguments, before these are written otherwise.

    Logarithms and roots are often taken to compare what is inside of them: these come later, unless what
    is inside are rational functions that hypotheses may compare.
    """
    functions = [f for f in _RISING + _FALLING if f not in _UNDOING]
    yield from _by_arguments(driver, sequent, depth, functions)
    goal = relation(sequent)
    if goal is None or not sequent.hypotheses or goal.operator == "=":
        return
    for low, high, room in _apart(difference(goal), _UNDOING):
        if all(map(is_rational, (*low.arguments, *high.arguments))):
            yield from _compared_values(driver, sequent, depth, low, high, room)


def by_arguments(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Compare two values of a monotone function by its arguments."""
    yield from _by_arguments(driver, sequent, depth, _RISING + _FALLING)


_UNDOING = ("log", "sqrt")


def _by_arguments(
    driver: Driver, sequent: Sequent, depth: int, functions: Sequence[str]
) -> Iterator[Proposal]:
    goal = relation(sequent)
    if goal is None or goal.operator == "=":
        return
    for low, high in _two_values(goal, functions):
        yield from _compared_values(driver, sequent, depth, low, high, t.ZERO)


def _compared_values(
    driver: Driver, sequent: Sequent, depth: int, low: Term, high: Term, room: Number
) -> Iterator[Proposal]:
    """Compare the arguments of two values of a function, whose difference may be up to ``-room``."""
    goal, last = relation(sequent), len(sequent.hypotheses)
    assert goal is not None
    a, b = low.arguments[0], high.arguments[0]
    if low.operator in _FALLING:
        a, b = b, a
    if sign(t.sub(b, a), sequent) in (0, 1):
        kind = "strict" if goal.operator == "<" else "monotone"
        links: list[Link] = [
            {"rule": "have", "formula": f"{a} {goal.operator} {b}"},
            law(f"{low.operator}_{kind}", a=a, b=b),
            combined((1, ["hyp", last + 1]), *([(1, ["nonneg", str(room)])] if room else [])),
        ]
        found = driver.chain(sequent, links, depth)
        if found is not None:
            yield found, -1


def _apart(f: Term, functions: Sequence[str]) -> Iterator[tuple[Term, Term, Number]]:
    """Yield (low, high, c) with ``f = high - low + c``, two values of one function and a number >= 0."""
    form = polynomial(f)
    if form is None:
        return
    space, poly = form
    room, values = t.ZERO, {}
    for exponents, c in poly.to_dict().items():
        if not any(exponents):
            room = number(c)
            continue
        if sum(exponents) != 1 or abs(c) != 1:
            return
        values[int(c)] = space.atoms[exponents.index(1)]
    if len(poly) == len(values) + (room is not t.ZERO) and set(values) == {1, -1} and room.value >= 0:
        high, low = values[1], values[-1]
        if high.operator == low.operator in functions:
            yield low, high, room


def _two_values(goal: Relation, functions: Sequence[str]) -> Iterator[tuple[Term, Term]]:
    """Yield what is below and above in a goal that compares two values of a function."""
    if goal.left.operator == goal.right.operator in functions:
        yield goal.left, goal.right
    elif goal.left is t.ZERO:
        # Atoms are values with variables in them, what is left may be one without.
        for value, p, r in linear_parts(goal.right, tuple(functions)):
            if p is t.ONE and r.operator == "neg" and r.arguments[0].operator == value.operator:
                yield r.arguments[0], value
            elif p == t.number(-1) and r.operator == value.operator and not t.symbols_of(r):
                yield value, r


def by_grouping(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Show ``p*A + r >= 0`` for a function value A by the signs of p*A and of r."""
    goal = relation(sequent)
    if goal is None or goal.operator == "=" or goal.left is not t.ZERO or depth < 1:
        return
    kind = "pos" if goal.operator == "<" else "nonneg"
    for atom, p, r in linear_parts(goal.right, ("log", "exp", "sqrt")):
        side = None if isinstance(r, Number) else sign(atom, sequent)
        if side in (1, -1) and sign(p, sequent) == side and sign(r, sequent) in (0, 1):
            factors = [p, atom] if side > 0 else [t.neg(p), t.neg(atom)]
            first = [["nonneg", str(factor)] for factor in factors]
            yield combined((1, *first), (1, [kind, str(r)])), 1


def by_likeness(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Show ``p*A - q*B + r >= 0`` by ``A >= B``, like values of one function, and by what is left."""
    goal = relation(sequent)
    if goal is None or goal.operator == "=" or goal.left is not t.ZERO or depth < 2:
        return
    kind = "pos" if goal.operator == "<" else "nonneg"
    parts = [(a, p, sign(p, sequent)) for a, p, _ in linear_parts(goal.right, ("log", "exp", "sqrt"))]
    for above, p, up in parts:
        for below, q, down in parts:
            if (up, down) != (1, -1) or above.operator != below.operator:
                continue
            gap = t.sub(above, below)
            if sign(gap, sequent) not in (0, 1):
                continue
            for weight in (p, t.neg(q)):
                rest = t.sub(goal.right, t.mul(weight, gap))
                if sign(rest, sequent) in (0, 1):
                    terms = [(1, ["nonneg", str(weight)], ["nonneg", str(gap)]), (1, [kind, str(rest)])]
                    yield combined(*terms), 1


def by_log_pairs(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Use ``log(a) - log(b) >= 1 - b/a`` for two logarithms of opposite signs, and what is left."""
    goal = relation(sequent)
    if goal is None or goal.operator == "=" or goal.left is not t.ZERO or depth < 1:
        return
    last = len(sequent.hypotheses)
    kind = "pos" if goal.operator == "<" else "nonneg"
    parts = [(atom, p, sign(p, sequent)) for atom, p, _ in linear_parts(goal.right, ("log",))]
    for above, p, up in parts:
        for below, q, down in parts:
            if (up, down) != (1, -1):
                continue
            a, b = above.arguments[0], below.arguments[0]
            gap = t.sub(t.sub(above, below), t.sub(t.ONE, t.div(b, a)))
            for weight in dict.fromkeys((p, t.neg(q))):
                rest = t.sub(goal.right, t.mul(weight, gap))
                if sign(rest, sequent) not in ((1,) if kind == "pos" else (0, 1)):
                    continue
                links: list[Link] = [
                    law("log_quotient", a=a, b=b),
                    law("log_above", a=t.div(a, b)),
                    combined(
                        (1, ["hyp", last + 1], ["nonneg", str(weight)]),
                        (1, ["hyp", last], ["term", str(weight)]),
                        (1, [kind, str(rest)]),
                    ),
                ]
                found = driver.chain(sequent, links, depth - 1)
                if found is not None:
                    yield found, -1


def by_joining(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Write ``p*(log(a) - log(b))`` as ``p*log(a/b)`` on an unbounded range, where its limit is seen."""
    goal = relation(sequent)
    if goal is None or goal.operator == "=" or goal.left is not t.ZERO or depth < 1:
        return
    if all(v.domain.upper is not None for v in sequent.variables):
        return
    last = len(sequent.hypotheses)
    joined, laws_used = goal.right, []
    summands: list[tuple[object, ...]] = [(1, ["hyp", last])]
    left = [(atom, p) for atom, p, _ in linear_parts(goal.right, ("log",))]
    while left:
        above, p = left.pop(0)
        other = next(((n, q) for n, q in left if is_zero(t.add(p, q))), None)
        if other is None:
            continue
        left.remove(other)
        below = other[0]
        a, b = above.arguments[0], below.arguments[0]
        ratio = t.log(expanded(t.div(a, b)) or t.div(a, b))
        joined = t.add(t.sub(joined, t.mul(p, t.sub(above, below))), t.mul(p, ratio))
        laws_used.append(law("log_quotient", a=a, b=b))
        summands.append((1, ["hyp", last + len(laws_used)], ["term", str(p)]))
    if not laws_used:
        return
    have: Link = {"rule": "have", "formula": f"0 {goal.operator} {plain(joined)}"}
    # It costs nothing: there are fewer logarithms.
    found = driver.chain(sequent, [have, *laws_used, combined(*summands)], depth)
    if found is not None:
        yield found, -1


__all__ = [
    "by_arguments",
    "by_comparing",
    "by_contact_bounds",
    "by_exponentials",
    "by_grouping",
    "by_joining",
    "by_likeness",
    "by_log_pairs",
    "by_numbers",
    "by_same_functions",
    "by_separating",
    "compared",
    "touches_a_bound",
]
