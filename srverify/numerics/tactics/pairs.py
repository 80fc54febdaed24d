"""Pairs: two alike variables told apart by their order, and two solutions of ``u*exp(u) = v*exp(v)``."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, permutations

from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.errors import InputError
from srverify.language.formula import Formula, Relation, terms
from srverify.language.term import Symbol, Term
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.driver import NOTHING_ELSE, Driver, Link, Node, Proposal, relation
from srverify.numerics.tactics.floats import sign
from srverify.numerics.tactics.forms import factored, is_algebraic, tidied, vanishes
from srverify.numerics.tactics.hypotheses import combined, fresh, is_evident
from srverify.numerics.tactics.lawful import law, replacing
from srverify.numerics.tactics.tails import put

#: One distance alone is bounded by other means, which use more of a symmetry.
_FEWEST = 2


def by_sorting(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Tell apart the orders of two alike variables at whose equality an absolute value vanishes."""
    if depth < 2:
        return
    inner = [
        n.arguments[0] for term in terms(sequent.goal) for n in t.subterms(term) if n.operator == "abs"
    ]
    for x, y in _unordered(sequent):
        if any({x, y} <= t.symbols_of(u) and vanishes(u, x, y) for u in inner):
            yield {"rule": "cases", "on": f"{y} <= {x}"}, 1
            return


def by_common_zeros(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Tell apart the orders of two alike variables at whose equality several factors vanish.

    Multiplied out they would be lost, and with them what their signs say.
    """
    goal = relation(sequent)
    if goal is None or goal.operator == "=" or depth < 2:
        return
    products = [n for n in t.subterms(difference(goal)) if n.operator in ("mul", "power")]
    factors = {u for n in products for u in n.arguments if u.operator in ("add", "neg")}
    for x, y in _unordered(sequent):
        shared = [u for u in factors if {x, y} <= t.symbols_of(u) and vanishes(u, x, y)]
        if len(shared) >= _FEWEST and not all(is_algebraic(u) for u in shared):
            yield {"rule": "cases", "on": f"{y} <= {x}"}, 1
            return


def _unordered(sequent: Sequent) -> Iterator[tuple[Symbol, Symbol]]:
    """Yield pairs of real variables with one domain of which no hypothesis says how they compare."""
    for first, second in combinations(sequent.variables, 2):
        x, y = first.symbol, second.symbol
        if first.domain != second.domain or first.domain.natural:
            continue
        if not any(isinstance(h, Relation) and {h.left, h.right} == {x, y} for h in sequent.hypotheses):
            yield x, y


def by_ordered_sides(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Put what absolute values are under an order of two alike variables, the smaller one named first.

    What is symmetric reads the same under the other order then, but for names, and is shown once.
    """
    goal = relation(sequent)
    if goal is None or goal.operator == "=" or depth < 1:
        return
    kinks = [n for side in (goal.left, goal.right) for n in t.subterms(side) if n.operator == "abs"]
    if len(set(kinks)) < _FEWEST:
        return
    pair = _ordered_pair(sequent)
    if pair is None:
        yield from _orders(driver, sequent, goal, kinks, depth)
        return
    values: dict[Term, Term] = {}
    links: list[Link] = []
    for node in dict.fromkeys(kinks):
        (u,) = node.arguments
        side = sign(u, sequent)
        if side is None:
            continue
        if not set(pair) <= t.symbols_of(u) or any(n.operator == "abs" for n in t.subterms(u)):
            return
        values[node], name = (_turned(u), "abs_nonpos") if side < 0 else (u, "abs_nonneg")
        links += replacing(sequent, node, values[node], law(name, a=u))
    if not values:
        return
    left, right = (_written(side, values, pair) for side in (goal.left, goal.right))
    shown: Node = {"rule": "have", "formula": f"{left} {goal.operator} {right}"}
    links += [shown, combined((1, ["hyp", len(sequent.hypotheses)]))]
    led, found = driver.chained(sequent, links, depth)
    if led:
        yield (found, -1) if found is not None else NOTHING_ELSE


def _orders(
    driver: Driver, sequent: Sequent, goal: Relation, kinks: list[Term], depth: int
) -> Iterator[Proposal]:
    """Tell the orders of two variables apart if the goal is symmetric and absolute values vanish."""
    f, last = difference(goal), len(sequent.hypotheses)
    for one, other in combinations(sequent.variables, 2):
        x, y = one.symbol, other.symbol
        if one.domain != other.domain or not any(vanishes(n.arguments[0], x, y) for n in kinks):
            continue
        if sign(t.sub(f, t.substitute(f, {x: y, y: x})), sequent) != 0:
            continue
        cases: Node = {"rule": "cases", "on": f"{y} <= {x}"}
        links: list[Link] = [
            ({"rule": "have", "formula": f"{x} <= {y}"}, combined((1, ["hyp", last]))),
            {"rule": "weaken", "drop": [last]},
        ]
        found = driver.parted(sequent, cases, links, depth)
        if found is not None:
            yield found, -1
        return


def _ordered_pair(sequent: Sequent) -> tuple[Symbol, Symbol] | None:
    """Return two variables of one domain that a hypothesis orders, the smaller one first."""
    for h in sequent.hypotheses:
        if isinstance(h, Relation) and h.operator != "=":
            low, high = h.left, h.right
            if not isinstance(low, Symbol) or not isinstance(high, Symbol):
                continue
            if sequent.domains[low.name] == sequent.domains[high.name]:
                return low, high
    return None


def _written(term: Term, values: dict[Term, Term], pair: tuple[Symbol, Symbol]) -> Term:
    """Return a term with values put for others, whose order is not that of the names of a pair."""
    names = tuple(t.variable(f"{pair[0]}{pair[1]}{i}") for i in "ab")
    there, back = dict(zip(pair, names, strict=True)), dict(zip(names, pair, strict=True))
    return t.substitute(tidied(t.substitute(put(term, values), there)), back)


def _turned(u: Term) -> Term:
    """Return a term with the other sign, a difference by its parts."""
    if u.operator == "add" and len(u.arguments) == 2 and u.arguments[1].operator == "neg":
        return t.sub(u.arguments[1].arguments[0], u.arguments[0])
    return t.neg(u)


def by_contact_orders(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Tell apart the orders of two alike variables at whose equality both sides agree.

    On one side of the contact the goal's slope in a variable may keep its sign, on both it cannot.
    """
    goal = relation(sequent)
    if goal is None or goal.operator == "=" or depth < 2:
        return
    f = difference(goal)
    if is_algebraic(f):
        return
    present = [v for v in sequent.variables if v.symbol in t.symbols_of(f) and not v.domain.natural]
    ordered = [{h.left, h.right} for h in sequent.hypotheses if isinstance(h, Relation)]
    for first, second in combinations(present, 2):
        x, y = first.symbol, second.symbol
        if first.domain == second.domain and {x, y} not in ordered and _meets(f, x, y, sequent):
            yield {"rule": "cases", "on": f"{y} <= {x}"}, 1
            return


def _meets(f: Term, x: Symbol, y: Symbol, sequent: Sequent) -> bool:
    """Tell whether a term seems to be 0 wherever two variables are equal."""
    try:
        return sign(t.substitute(f, {x: y}), sequent) == 0
    except InputError:
        return False


def by_pinching(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Put a number for a variable that is at most another one, though their ranges share an end only."""
    for h in sequent.hypotheses:
        if not isinstance(h, Relation) or h.operator != "<=" or depth < 1:
            continue
        low, high = sequent.domains.get(str(h.left)), sequent.domains.get(str(h.right))
        if low is None or high is None or low.lower is None or low.lower != high.upper:
            continue
        last = len(sequent.hypotheses)
        links: list[Link] = [
            {"rule": "have", "formula": f"{h.left} = {low.lower}"},
            {"rule": "eliminate", "hyp": last, "var": str(h.left)},
        ]
        found = driver.chain(sequent, links, depth)
        if found is not None:
            yield found, -1
        return


def by_pairing(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Solve ``u*exp(u) = v*exp(v)`` for both by their difference s: ``(v + s)*exp(s) = v``.

    That is linear in v. Where u and v agree, one replaces the other.
    """
    for index, h in enumerate(sequent.hypotheses):
        if not isinstance(h, Relation) or h.operator != "=":
            continue
        for u, v in _solutions(h):
            above = sign(t.sub(u, v), sequent)
            if above in (1, -1):
                yield from _by_difference(driver, sequent, depth, index, u, v, above)
                return


def _by_difference(
    driver: Driver, sequent: Sequent, depth: int, index: int, u: Symbol, v: Term, above: int
) -> Iterator[Proposal]:
    last = len(sequent.hypotheses)
    low, high = (v, u) if above > 0 else (u, v)
    apart = Relation("<", low, high)
    if apart not in sequent.hypotheses:
        key, rule = ("formula", "have") if is_evident(sequent, apart) else ("on", "cases")
        yield {"rule": rule, key: f"{low} < {high}"}, 0
        return
    name = fresh(sequent, "s")
    s = t.variable(name)
    shift = s if above > 0 else t.neg(s)
    moved = t.add(v, shift)
    place = sequent.hypotheses.index(apart)
    e = t.exp(v)
    turn = 1 if _is_first(sequent.hypotheses[index], u) else -1
    links: list[Link] = [
        {"rule": "define", "name": name, "term": str(t.sub(high, low))},
        (
            {"rule": "have", "formula": f"0 < {name}"},
            combined((1, ["hyp", place]), (-1, ["hyp", last])),
        ),
        {"rule": "absorb", "hyp": last + 1},
        ({"rule": "have", "formula": f"{u} = {moved}"}, combined((-above, ["hyp", last]))),
        {"rule": "law", "name": "exp_sum", "args": {"a": str(v), "b": str(shift)}},
        {"rule": "replace", "hyp": last + 1, "in": [index]},
        (
            {"rule": "have", "formula": f"({moved})*exp({shift}) = {v}"},
            combined(
                (turn, ["hyp", index], ["term", str(t.div(t.ONE, e))]),
                (-1, ["hyp", last + 2], ["term", str(t.div(moved, e))]),
            ),
        ),
        {"rule": "weaken", "drop": sorted({place, index, last, last + 2})},
        {"rule": "eliminate", "hyp": last + 1 - len({place, index, last}), "var": str(u)},
    ]
    found = driver.chain(sequent, links, depth)
    if found is not None:
        yield found, -1


def _solutions(h: Relation) -> Iterator[tuple[Symbol, Term]]:
    """Yield (u, v), u a variable, where the relation is ``u*exp(u) = v*exp(v)``, either way round."""
    sides = (h.left, h.right)
    exponents = {n.arguments[0] for side in sides for n in t.subterms(side) if n.operator == "exp"}
    gap = t.sub(h.left, h.right)
    for u, v in permutations(exponents, 2):
        if not isinstance(u, Symbol) or u in t.symbols_of(v) or not t.symbols_of(v):
            continue
        wanted = t.sub(t.mul(u, t.exp(u)), t.mul(v, t.exp(v)))
        for rest in (t.sub(gap, wanted), t.add(gap, wanted)):
            parts = factored(rest)
            if parts is not None and parts.constant == 0:
                yield u, v


def _is_first(h: Formula, u: Symbol) -> bool:
    return isinstance(h, Relation) and u in t.symbols_of(h.left)


__all__ = [
    "by_common_zeros",
    "by_contact_orders",
    "by_ordered_sides",
    "by_pairing",
    "by_pinching",
    "by_sorting",
]
