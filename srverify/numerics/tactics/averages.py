"""Goals about one function of several variables: of their mean, or of each of them in products."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.formula import Formula, Relation
from srverify.language.parser import formula_text
from srverify.language.statement import Domain
from srverify.language.term import Number, Symbol, Term
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.angles import linear_angle
from srverify.numerics.tactics.calculus import slope_of, value_in
from srverify.numerics.tactics.driver import Driver, Link, Node, Proposal, expand, relation
from srverify.numerics.tactics.floats import sign, values
from srverify.numerics.tactics.forms import RATIONAL, expanded, is_zero, plain, polynomial
from srverify.numerics.tactics.hypotheses import combined, fresh
from srverify.numerics.tactics.lawful import law, replacing
from srverify.numerics.tactics.midpoints import means
from srverify.numerics.tactics.tails import put


def by_averages(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Show ``sum of w_i*g(x_i) >= h(sum of w_i*x_i)`` by the tangents at the mean of a convex g >= h."""
    goal = relation(sequent)
    if goal is None or goal.operator != "<=" or len(sequent.variables) < 2 or depth < 1:
        return
    f = difference(goal)
    for mean, weights, spelt in _averaged(f):
        domains = {sequent.domains[x.name] for x in weights}
        if len(domains) > 1 or next(iter(domains)).natural:
            continue
        p = t.variable(fresh(sequent, "m"))
        found = _function_of_mean(f, {**spelt, mean: p}, p, weights)
        if found is None:
            continue
        (domain,) = domains
        g, rest = found
        # Without such a function the goal is about the mean alone.
        convex = Convex.of(g, p) if t.symbols_of(g) else None
        if convex is None:
            continue
        # Tangents are those at inner points.
        inner = replace(domain, lower_open=True, upper_open=True)
        if inner != domain and convex.bends_up(sequent, Domain(), everywhere=True):
            inner = Domain()
        elif not convex.bends_up(sequent, inner):
            continue
        closed = list(closed_ends(domain, inner))
        if closed and not _is_inside(sequent, mean, closed):
            yield from _apart_from_end(driver, sequent, mean, weights, closed[0], depth)
            return
        if rest is not t.ZERO and sign(rest, sequent.with_variable(str(p), inner)) not in (0, 1):
            continue
        yield from _by_tangents(driver, sequent, convex, mean, weights, spelt, rest, inner, depth)
        return


@dataclass(frozen=True)
class Convex:
    """A function of a variable, its slope, and the slope of that."""

    variable: Symbol
    value: Term
    slope: Term
    bend: Term

    @staticmethod
    def of(g: Term, p: Symbol) -> Convex | None:
        """Return a function with its slopes, if it has them."""
        slope = slope_of(g, p)
        bend = None if slope is None else slope_of(slope, p)
        return None if slope is None or bend is None else Convex(p, g, slope, bend)

    def bends_up(self, sequent: Sequent, domain: Domain, *, everywhere: bool = False) -> bool:
        """Tell whether it seems to be convex on a domain, where it is defined or ``everywhere``."""
        wider = sequent.with_variable(str(self.variable), domain)
        if everywhere and np.isnan(values(self.value, wider)).any():
            return False
        return sign(self.bend, wider) in (0, 1)

    def above_tangent(self, x: Symbol, at: Term) -> Term:
        """Return how far the value at x is above the tangent at a point."""
        value, slope = (value_in(f, self.variable, at) or f for f in (self.value, self.slope))
        line = t.add(value, t.mul(slope, t.sub(x, at)))
        return t.sub(value_in(self.value, self.variable, x) or self.value, line)


def _averaged(f: Term) -> Iterator[tuple[Term, dict[Symbol, Fraction], dict[Term, Term]]]:
    """Yield means of variables, their weights, and what is written by the same sum, with the mean."""
    for mean, weights in means(f):
        yield mean, weights, {}
    for node in _inner_sums(f):
        parts = linear_angle(node)
        weights = {x: c for x, c in (parts or {}).items() if isinstance(x, Symbol)}
        whole = sum(weights.values())
        if len(weights) < 2 or not whole or any(c / whole <= 0 for c in weights.values()):
            continue
        weights = {x: c / whole for x, c in weights.items()}
        mean = plain(t.add(*(t.mul(t.number(c), x) for x, c in weights.items())))
        yield mean, weights, _spelt(f, mean, weights)
        return


def _inner_sums(f: Term) -> list[Term]:
    """Return the sums of several variables in arguments of functions."""
    functions = [n for n in t.subterms(f) if n.operator not in RATIONAL and n.arguments]
    inner = (n for function in functions for n in t.subterms(function.arguments[0]))
    return [n for n in dict.fromkeys(inner) if n.operator == "add" and len(t.symbols_of(n)) > 1]


def _spelt(f: Term, mean: Term, weights: dict[Symbol, Fraction]) -> dict[Term, Term]:
    """Return the sums in arguments of functions that are affine in a mean, so written."""
    found: dict[Term, Term] = {}
    some, weight = next(iter(weights.items()))
    for node in _inner_sums(f):
        parts = linear_angle(node)
        if parts is None or t.symbols_of(node) != weights.keys() or node == mean:
            continue
        scale = parts.get(some, Fraction(0)) / weight
        rest = expanded(t.sub(node, t.mul(t.number(scale), mean)))
        if scale and rest is not None and not t.symbols_of(rest):
            multiple = t.mul(t.number(scale), mean)
            found[node] = multiple if rest is t.ZERO else t.add(multiple, rest)
    return found


def closed_ends(domain: Domain, inner: Domain) -> Iterator[tuple[Number, bool]]:
    """Yield the closed ends of a domain that are left out, and whether it is the upper one."""
    if inner == Domain():
        return
    if domain.lower is not None and not domain.lower_open:
        yield domain.lower, False
    if domain.upper is not None and not domain.upper_open:
        yield domain.upper, True


def _is_inside(sequent: Sequent, mean: Term, closed: list[tuple[Number, bool]]) -> bool:
    """Tell whether hypotheses put the mean on the inner side of ends."""
    return all(_inside(mean, end, upper) in sequent.hypotheses for end, upper in closed)


def _inside(mean: Term, end: Number, upper: bool) -> Relation:
    return Relation("<", mean, end) if upper else Relation("<", end, mean)


def _apart_from_end(
    driver: Driver,
    sequent: Sequent,
    mean: Term,
    weights: dict[Symbol, Fraction],
    closed: tuple[Number, bool],
    depth: int,
) -> Iterator[Proposal]:
    """Tell the end apart at which the mean is only where all variables are."""
    end, upper = closed
    head: Node = {"rule": "cases", "on": formula_text(_inside(mean, end, upper))}
    inside, at_end = expand(sequent, head)
    first = driver.prove(inside, depth)
    last = len(sequent.hypotheses)
    links: list[Link] = []
    for x in weights:
        a, b = (x, end) if upper else (end, x)
        links.append(law("antisymmetric", a=a, b=b))
    links += [{"rule": "eliminate", "hyp": last + 1 + i, "var": x.name} for i, x in enumerate(weights)]
    second = None if first is None else driver.chain(at_end, links, depth - 1)
    if second is not None:
        yield {**head, "children": [first, second]}, -1


def _by_tangents(
    driver: Driver,
    sequent: Sequent,
    convex: Convex,
    mean: Term,
    weights: dict[Symbol, Fraction],
    spelt: dict[Term, Term],
    rest: Term,
    domain: Domain,
    depth: int,
) -> Iterator[Proposal]:
    """Add up the values above the tangents at the mean, and what is left of the mean alone."""
    last, name = len(sequent.hypotheses), str(convex.variable)
    # Orders of other terms are of no use: what is said of the mean makes its tangents inner ones.
    idle = [i for i, h in enumerate(sequent.hypotheses) if not _is_about(h, mean)]
    alone = Sequent(
        sequent.variables, tuple(h for h in sequent.hypotheses if _is_about(h, mean)), sequent.goal
    )
    known = [Relation("<=", t.ZERO, convex.above_tangent(x, mean)) for x in weights]
    at: list[Symbol | None] = [*weights]
    if rest is not t.ZERO:
        known.append(Relation("<=", t.ZERO, value_in(rest, convex.variable, mean) or rest))
        at.append(None)
    for claim, x in zip(known, at, strict=True):
        if not claim_shown(driver, alone.proving(claim), x, mean, name, domain, depth):
            return
    links: list[Link] = [
        (
            {"rule": "have", "formula": formula_text(h)},
            {"rule": "weaken", "drop": [*idle, *range(last, last + i)]},
        )
        for i, h in enumerate(known)
    ]
    for old, new in spelt.items():
        links += [
            ({"rule": "have", "formula": f"{old} = {new}"}, combined()),
            {"rule": "replace", "hyp": last + len(known), "in": []},
            {"rule": "weaken", "drop": [last + len(known)]},
        ]
    summands = [(w, ["hyp", last + i]) for i, w in enumerate(weights.values())]
    if rest is not t.ZERO:
        summands.append((Fraction(1), ["hyp", last + len(weights)]))
    found = driver.chain(sequent, [*links, combined(*summands)], depth)
    if found is not None:
        yield found, -1


def _function_of_mean(
    f: Term, changed: dict[Term, Term], p: Symbol, weights: dict[Symbol, Fraction]
) -> tuple[Term, Term] | None:
    """Return g and h with ``f = sum of w_i*g(x_i) - g(mean) + h(mean)``, p being put for the mean."""
    for old, new in changed.items():
        f = put(f, {old: new})
    parts = _separated(f, (*weights, p))
    if parts is None:
        return None
    x, weight = next(iter(weights.items()))
    g = value_in(plain(t.div(parts[x], t.number(weight))), x, p)
    if g is None:
        return None
    for x, weight in weights.items():
        there = value_in(g, p, x)
        if there is None or not is_zero(t.sub(parts[x], t.mul(t.number(weight), there))):
            return None
    rest = t.add(parts[p], g)
    return g, t.ZERO if is_zero(rest) else rest


def _separated(f: Term, symbols: tuple[Symbol, ...]) -> dict[Symbol, Term] | None:
    """Return a term as a sum of terms in one of some variables each, None if it is no such sum."""
    form = polynomial(f)
    if form is None:
        return None
    space, poly = form
    context = poly.context()
    found: dict[Symbol, Term] = dict.fromkeys(symbols, t.ZERO)
    for exponents, c in poly.to_dict().items():
        monomial = space.term(context.from_dict({exponents: c}))
        inside = t.symbols_of(monomial)
        if len(inside) != 1 or not inside <= set(symbols):
            return None
        (x,) = inside
        found[x] = t.add(found[x], monomial) if found[x] is not t.ZERO else monomial
    return found


def _is_about(h: Formula, mean: Term) -> bool:
    return isinstance(h, Relation) and mean in (h.left, h.right)


def claim_shown(
    driver: Driver,
    claim: Sequent,
    x: Symbol | None,
    mean: Term,
    name: str,
    domain: Domain,
    depth: int,
) -> bool:
    """Show that a tangent is below at x, or what is about the mean alone; keep the proof."""
    others = [v.name for v in claim.variables if v.symbol is not x]
    links: list[Link] = [
        {"rule": "generalize", "term": str(mean), "name": name, "domain": str(domain)},
    ]
    drop = {"drop": list(range(len(claim.hypotheses)))}
    if x is None:
        links.append({"rule": "weaken", "unused": others, **drop})
    else:
        # At a closed end a convex function may have no slope, and is above its tangents still.
        ends = {"domains": {x.name: str(domain)}} if domain == Domain() else {}
        links.append({"rule": "weaken", "unused": others, **drop, **ends})
        links.append({"rule": "convex", "var": x.name, "at": name})
    proof = driver.chain(claim, links, depth if x is None else depth - 1)
    if proof is None:
        return False
    driver.remember(claim, depth, proof)
    return True


def by_diagonals(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Show what is the same in two variables, but for products ``-c*u(x)*u(y)``, where they are equal.

    For ``u(x)*u(y)`` is the mean of the squares ``u(x)^2`` and ``u(y)^2``, less ``(u(x) - u(y))^2/2``.
    """
    goal = relation(sequent)
    if goal is None or goal.operator == "=" or depth < 1 or len(sequent.variables) != 2:
        return
    first, second = sequent.variables
    if first.domain != second.domain or first.domain.natural or sequent.hypotheses:
        return
    x, y = first.symbol, second.symbol
    f = difference(goal)
    split = next(iter(_split_exponentials(f, x, y)), None)
    after = f if split is None else put(f, {split[0]: split[1]})
    products = _products(after, x, y)
    if not products:
        return
    if split is not None:
        node, new, instance = split
        found = driver.chain(sequent, replacing(sequent, node, new, instance), depth)
        if found is not None:
            yield found, -1
        return
    diagonals = [value_in(f, y, x), value_in(f, x, y)]
    if any(d is None or sign(d, sequent) not in (0, 1) for d in diagonals):
        return
    last = len(sequent.hypotheses)
    haves: list[Link] = []
    for diagonal in diagonals:
        assert diagonal is not None
        haves.append({"rule": "have", "formula": f"0 {goal.operator} {expanded(diagonal) or diagonal}"})
    half = Fraction(1, 2)
    squares = [(c * half, ["square", str(t.sub(u, v))]) for c, u, v in products]
    links = [*haves, combined((half, ["hyp", last]), (half, ["hyp", last + 1]), *squares)]
    found = driver.chain(sequent, links, depth)
    if found is not None:
        yield found, -1


def _split_exponentials(f: Term, x: Symbol, y: Symbol) -> Iterator[tuple[Term, Term, Node]]:
    """Yield exponentials of sums, as products of one in each variable, and laws that say so."""
    for node in dict.fromkeys(t.subterms(f)):
        if node.operator != "exp" or t.symbols_of(node) != {x, y}:
            continue
        parts = _separated(node.arguments[0], (x, y))
        if parts is not None:
            new = t.mul(t.exp(parts[x]), t.exp(parts[y]))
            yield node, new, law("exp_sum", a=parts[x], b=parts[y])


def _products(f: Term, x: Symbol, y: Symbol) -> list[tuple[Fraction, Term, Term]] | None:
    """Return (c, u(x), u(y)) for products ``-c*u(x)*u(y)``, if the rest is the same in x and y."""
    form = polynomial(f)
    if form is None:
        return None
    space, poly = form
    context = poly.context()
    found: list[tuple[Fraction, Term, Term]] = []
    rest: list[Term] = []
    for exponents, c in poly.to_dict().items():
        sides: dict[Symbol, tuple[int, ...]] = {}
        for symbol in (x, y):
            sides[symbol] = tuple(
                int(e) if symbol in t.symbols_of(space.atoms[i]) else 0 for i, e in enumerate(exponents)
            )
        monomial = space.term(context.from_dict({exponents: c}))
        if any(map(min, zip(*sides.values(), strict=True))):
            return None
        u, v = (space.term(context.from_dict({sides[s]: 1})) for s in (x, y))
        if not (t.symbols_of(u) and t.symbols_of(v)):
            rest.append(monomial)
            continue
        factor = expanded(t.div(monomial, t.mul(u, v)))
        other = value_in(u, x, y)
        if (
            not isinstance(factor, Number)
            or factor >= 0
            or other is None
            or not is_zero(t.sub(other, v))
        ):
            return None
        found.append((-factor.value, u, v))
    total = t.add(*rest) if len(rest) > 1 else rest[0] if rest else t.ZERO
    m = t.variable("m" + x.name + y.name)
    swapped = value_in(value_in(value_in(total, x, m) or total, y, x) or total, m, y)
    if swapped is None or not is_zero(t.sub(total, swapped)):
        return None
    return found


__all__ = ["by_averages", "by_diagonals"]
