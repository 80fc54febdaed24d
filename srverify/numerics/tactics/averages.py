"""Goals about one function of several variables: of their mean, or of each of them in products."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.formula import Relation
from srverify.language.parser import formula_text
from srverify.language.statement import Domain
from srverify.language.term import Number, Symbol, Term
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.calculus import slope_of, value_in
from srverify.numerics.tactics.driver import Driver, Link, Node, Proposal, relation
from srverify.numerics.tactics.floats import sign
from srverify.numerics.tactics.forms import expanded, factored, polynomial
from srverify.numerics.tactics.hypotheses import combined, fresh
from srverify.numerics.tactics.lawful import law, replacing
from srverify.numerics.tactics.midpoints import means


def by_averages(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Show ``sum of w_i*g(x_i) >= g(sum of w_i*x_i)`` by the tangents of a convex g at the mean."""
    goal = relation(sequent)
    if goal is None or goal.operator != "<=" or len(sequent.variables) < 2 or depth < 1:
        return
    f = difference(goal)
    for mean, weights in means(f):
        domains = {sequent.domains[x.name] for x in weights}
        if len(domains) > 1 or next(iter(domains)).natural:
            continue
        p = t.variable(fresh(sequent, "m"))
        g = _function_of_mean(f, mean, p, weights)
        slope = None if g is None else slope_of(g, p)
        bend = None if slope is None else slope_of(slope, p)
        if g is None or slope is None or bend is None:
            continue
        (domain,) = domains
        if not all(
            map(_is_open, ((domain.lower, domain.lower_open), (domain.upper, domain.upper_open)))
        ):
            # Tangents are those at inner points.
            domain = Domain()
        if sign(bend, sequent.with_variable(str(p), domain)) not in (0, 1):
            continue
        last, tangents = len(sequent.hypotheses), []
        for x in weights:
            # The tangent at p, which stands for the mean, is above 0 at x.
            line = t.add(
                value_in(g, p, mean) or g, t.mul(value_in(slope, p, mean) or slope, t.sub(x, mean))
            )
            tangents.append(Relation("<=", t.ZERO, t.sub(value_in(g, p, x) or g, line)))
        for x, tangent in zip(weights, tangents, strict=True):
            if not _tangent_shown(driver, sequent, tangent, x, mean, str(p), domain, depth):
                return
        links: list[Link] = [
            (
                {"rule": "have", "formula": formula_text(h)},
                {"rule": "weaken", "drop": list(range(last + i))},
            )
            for i, h in enumerate(tangents)
        ]
        links.append(combined(*((w, ["hyp", last + i]) for i, w in enumerate(weights.values()))))
        found = driver.chain(sequent, links, depth)
        if found is not None:
            yield found, -1
        return


def _is_open(end: tuple[Number | None, bool]) -> bool:
    return end[0] is None or end[1]


def _function_of_mean(f: Term, mean: Term, p: Symbol, weights: dict[Symbol, Fraction]) -> Term | None:
    """Return g with ``f = sum of w_i*g(x_i) - g(mean)``, the last one being written with p."""
    parts = _separated(_put(f, mean, p), (*weights, p))
    if parts is None:
        return None
    g = t.neg(parts[p])
    for x, weight in weights.items():
        there = value_in(g, p, x)
        if there is None or not _is_zero(t.sub(parts[x], t.mul(t.number(weight), there))):
            return None
    return g


def _put(term: Term, old: Term, new: Term) -> Term:
    if term == old:
        return new
    if term.operator in ("number", "variable"):
        return term
    literal = term.operator in ("power", "ratpower", "lambertw")
    arguments = tuple(_put(a, old, new) for a in (term.arguments[:1] if literal else term.arguments))
    return t.rebuilt(term, (*arguments, term.arguments[1]) if literal else arguments)


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


def _is_zero(term: Term) -> bool:
    parts = factored(term)
    return parts is not None and parts.constant == 0


def _tangent_shown(
    driver: Driver,
    sequent: Sequent,
    tangent: Relation,
    x: Symbol,
    mean: Term,
    name: str,
    domain: Domain,
    depth: int,
) -> bool:
    """Show without hypotheses that a tangent is below, at any point of the domain; keep the proof."""
    others = [v.name for v in sequent.variables if v.symbol is not x]
    links: list[Link] = [
        {"rule": "generalize", "term": str(mean), "name": name, "domain": str(domain)},
        {"rule": "weaken", "unused": others, "domains": {x.name: str(domain)}},
        {"rule": "convex", "var": x.name, "at": name},
    ]
    there = Sequent(sequent.variables, (), tangent)
    proof = driver.chain(there, links, depth - 1)
    if proof is None:
        return False
    driver.remember(there, depth, proof)
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
    after = f if split is None else _put(f, *split[:2])
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
            or not _is_zero(t.sub(other, v))
        ):
            return None
        found.append((-factor.value, u, v))
    total = t.add(*rest) if len(rest) > 1 else rest[0] if rest else t.ZERO
    m = t.variable("m" + x.name + y.name)
    swapped = value_in(value_in(value_in(total, x, m) or total, y, x) or total, m, y)
    if swapped is None or not _is_zero(t.sub(total, swapped)):
        return None
    return found


__all__ = ["by_averages", "by_diagonals"]
