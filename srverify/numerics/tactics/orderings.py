"""Polynomials in several variables: orders of the variables told apart, squares completed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise, permutations
from typing import Any, TypeAlias

from srverify.checker.rejected import RejectedError
from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.formula import Relation
from srverify.language.term import Term
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.driver import Driver, Node, Proposal, relation
from srverify.numerics.tactics.floats import sign
from srverify.numerics.tactics.forms import Space, exact, number

#: Orders of more variables are too many, larger polynomials too large.
_MAX_VARIABLES, _MAX_TERMS, _MAX_DEGREE = 4, 60, 10
_TWO = t.number(2)
_Order: TypeAlias = tuple[int, ...]


def by_orderings(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Order the variables; each distance to the next one is a factor that is not negative.

    With the least variable and these distances as variables, all coefficients must be nonnegative, for
    every order. The goal is then a sum of products of what is known.
    """
    goal = relation(sequent)
    found = None if goal is None or goal.operator == "=" else _numerator(sequent, goal)
    if goal is None or found is None:
        return
    names, lows, poly, divisor = found
    known = _known_orders(sequent, names)
    orders = [
        order
        for order in permutations(range(len(names)))
        if not any((b, a) in known for i, a in enumerate(order) for b in order[i + 1 :])
    ]
    if not all(_slacks(poly, order, lows) for order in orders):
        return
    if len(orders) > 1:
        first, second = next(
            (a, b)
            for a in range(len(names))
            for b in range(a + 1, len(names))
            if len({order.index(a) < order.index(b) for order in orders}) == 2
        )
        yield {"rule": "cases", "on": f"{names[first]} <= {names[second]}"}, 0
    elif orders:
        yield _certificate(sequent, names, orders[0], known, lows, poly, divisor), 0


def _numerator(
    sequent: Sequent, goal: Relation
) -> tuple[tuple[str, ...], tuple[Any, ...], Any, Term] | None:
    """Return variables, their lower ends, the numerator by variable, and the positive divisor."""
    try:
        space = Space([difference(goal)])
        form = space.form(difference(goal))
    except RejectedError:
        return None
    indices = sorted(space.atoms)
    atoms = [space.atoms[i] for i in indices]
    if not 2 <= len(atoms) <= _MAX_VARIABLES or any(a.operator != "variable" for a in atoms):
        return None
    names = tuple(a.name for a in atoms)  # type: ignore[attr-defined]
    lows = tuple(sequent.domains[name].lower for name in names)
    if None in lows or len(form.p) > _MAX_TERMS or form.p.total_degree() > _MAX_DEGREE:
        return None
    poly, divisor = form.p, space.term(form.q)
    direction = sign(divisor, sequent)
    if direction not in (1, -1) or indices != list(range(len(indices))):
        return None
    return names, lows, poly * direction, divisor if direction > 0 else t.neg(divisor)


def _known_orders(sequent: Sequent, names: tuple[str, ...]) -> dict[tuple[int, int], int]:
    """Return which hypothesis says that one variable is at most another, and what follows (-1)."""
    places = {sequent.symbols[name]: i for i, name in enumerate(names)}
    known: dict[tuple[int, int], int] = {}
    for index, h in enumerate(sequent.hypotheses):
        if isinstance(h, Relation) and h.operator != "=" and {h.left, h.right} <= places.keys():
            known.setdefault((places[h.left], places[h.right]), index)  # type: ignore[index]
    for b in range(len(names)):
        for a in range(len(names)):
            for c in range(len(names)):
                if (a, b) in known and (b, c) in known:
                    known.setdefault((a, c), -1)
    return known


def _slacks(poly: Any, order: _Order, lows: tuple[Any, ...]) -> dict[_Order, Any] | None:
    """Return the coefficients in the distances, if none is negative."""
    return _coefficients(str(poly), poly, order, tuple(low.value for low in lows))


_CACHE: dict[Any, dict[_Order, Any] | None] = {}


def _coefficients(key: str, poly: Any, order: _Order, lows: tuple[Any, ...]) -> dict[_Order, Any] | None:
    place = (key, order, lows)
    if place not in _CACHE:
        context = poly.context()
        gens = context.gens()
        images, total = list(gens), None
        for i in order:
            low = context.constant(exact(lows[i]))
            total = gens[i] + low if total is None else total + gens[i]
            images[i] = total
        found = poly.compose(*images, ctx=context).to_dict()
        _CACHE[place] = None if any(c < 0 for c in found.values()) else found
    return _CACHE[place]


def _certificate(
    sequent: Sequent,
    names: tuple[str, ...],
    order: _Order,
    known: dict[tuple[int, int], int],
    lows: tuple[Any, ...],
    poly: Any,
    divisor: Term,
) -> Node:
    factor: dict[int, list[object]] = {order[0]: ["low", names[order[0]]]}
    for before, after in pairwise(order):
        factor[after] = ["hyp", known[before, after]]
    summands = []
    coefficients = _slacks(poly, order, lows)
    assert coefficients is not None
    for exponents, c in coefficients.items():
        factors = [factor[i] for i, e in enumerate(exponents) if i in factor for _ in range(e)]
        summands.append({"coeff": str(number(c)), "factors": factors})
    head: Node = {"rule": "combine", "terms": summands}
    if divisor is not t.ONE:
        head["k"] = str(divisor)
    return head


@lru_cache(maxsize=1000)
def _quadratic(term: Term) -> tuple[tuple[Term, Term, Term, Term, Term], ...]:
    """Return (X, a, b, c, 4*a*c - b^2) with ``term = a*X^2 + b*X + c``, X an atom or its square."""
    try:
        space = Space([term])
        form = space.form(term)
    except RejectedError:
        return ()
    if not form.q.is_constant() or not 0 < len(form.p) <= _MAX_TERMS:
        return ()
    poly = form.p / form.q.leading_coefficient()
    context = poly.context()
    found = []
    for index, atom in space.atoms.items():
        degrees = {int(exponents[index]) for exponents in poly.to_dict()}
        step = max(degrees) // 2
        if step not in (1, 2) or not degrees <= {0, step, 2 * step}:
            continue
        parts: list[dict[Any, Any]] = [{}, {}, {}]
        for exponents, coefficient in poly.to_dict().items():
            rest = tuple(0 if i == index else e for i, e in enumerate(exponents))
            parts[exponents[index] // step][rest] = coefficient
        c, b, a = (context.from_dict(part) for part in parts)
        shown = [space.term(part) for part in (a, b, c, 4 * a * c - b * b)]
        found.append((atom if step == 1 else t.power(atom, _TWO), *shown))
    return tuple(found)  # type: ignore[arg-type]


def by_completing(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Show ``a*X^2 + b*X + c >= 0`` by completing the square, or by signs where X >= 0."""
    goal = relation(sequent)
    if goal is None or goal.operator == "=" or depth < 1 or goal.left is not t.ZERO:
        return
    kind = "pos" if goal.operator == "<" else "nonneg"
    for x, a, b, c, rest in _quadratic(goal.right):
        leading = sign(a, sequent)
        if leading == 1 and sign(rest, sequent) in (0, 1):
            root = t.add(t.mul(_TWO, a, x), b)
            terms = [_summand(["square", str(root)]), _summand([kind, str(rest)])]
            yield {"rule": "combine", "k": str(t.mul(t.number(4), a)), "terms": terms}, 1
        if leading not in (0, 1) or sign(x, sequent) not in (0, 1) or sign(c, sequent) not in (0, 1):
            continue
        middle = sign(b, sequent)
        if middle in (0, 1):
            first = [["nonneg", str(a)], ["square", str(x)]]
            terms = [_summand(*first), _summand(["nonneg", str(b)], ["nonneg", str(x)])]
            yield {"rule": "combine", "terms": [*terms, _summand([kind, str(c)])]}, 1
        elif middle is None and depth > 1:
            yield {"rule": "cases", "on": f"0 <= {b}"}, 1


def _summand(*factors: list[str]) -> Node:
    return {"coeff": "1", "factors": list(factors)}
