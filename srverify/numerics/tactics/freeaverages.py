"""Jensen's inequality with weights that are terms: ``g(t*x + (1 - t)*y) <= t*g(x) + (1 - t)*g(y)``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.formula import Relation
from srverify.language.parser import formula_text
from srverify.language.statement import Domain
from srverify.language.term import Symbol, Term
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.averages import Convex, claim_shown, closed_ends
from srverify.numerics.tactics.calculus import value_in
from srverify.numerics.tactics.driver import Driver, Link, Proposal, relation
from srverify.numerics.tactics.floats import sign
from srverify.numerics.tactics.forms import RATIONAL, is_zero, plain, polynomial
from srverify.numerics.tactics.hypotheses import combined, fresh
from srverify.numerics.tactics.tails import put

_Weights = dict[Symbol, Term]


def by_free_averages(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Show that a convex function of a mean is at most the mean, by its tangents at the mean."""
    goal = relation(sequent)
    if goal is None or goal.operator != "<=" or len(sequent.variables) < 3 or depth < 1:
        return
    f = difference(goal)
    for mean, weights in _means(sequent, f):
        p = t.variable(fresh(sequent, "m"))
        g = _averaged(put(f, {mean: p}), p, weights)
        convex = None if g is None else Convex.of(g, p)
        domain = sequent.domains[next(iter(weights)).name]
        if convex is None:
            continue
        inner = replace(domain, lower_open=True, upper_open=True)
        if convex.bends_up(sequent, Domain(), everywhere=True):
            inner = Domain()
        elif list(closed_ends(domain, inner)) or not convex.bends_up(sequent, inner):
            continue
        last, name = len(sequent.hypotheses), str(p)
        alone = sequent.keeping(lambda _, h: False)
        known = {x: Relation("<=", t.ZERO, convex.above_tangent(x, mean)) for x in weights}
        if not all(
            claim_shown(driver, alone.proving(claim), x, mean, name, inner, depth)
            for x, claim in known.items()
        ):
            return
        links: list[Link] = [
            (
                {"rule": "have", "formula": formula_text(claim)},
                {"rule": "weaken", "drop": list(range(last + i))},
            )
            for i, claim in enumerate(known.values())
        ]
        weighted = [(1, ["hyp", last + i], ["nonneg", str(weights[x])]) for i, x in enumerate(known)]
        found = driver.chain(sequent, [*links, combined(*weighted)], depth)
        if found is not None:
            yield found, -1
        return


def _means(sequent: Sequent, f: Term) -> Iterator[tuple[Term, _Weights]]:
    """Yield sums inside functions that are means of two variables or more, with weights that vary."""
    functions = [n for n in t.subterms(f) if n.operator not in RATIONAL and n.arguments]
    for mean in dict.fromkeys(n.arguments[0] for n in functions):
        weights = _weights(sequent, mean)
        if weights and len({sequent.domains[x.name] for x in weights}) == 1:
            yield mean, weights


def _weights(sequent: Sequent, mean: Term) -> _Weights:
    """Return the variables that are averaged, by their weights; empty if there are none."""
    form = polynomial(mean)
    if form is None or len(t.symbols_of(mean)) < 3:
        return {}
    space, poly = form
    if not all(isinstance(atom, Symbol) for atom in space.atoms.values()):
        return {}
    context = poly.context()
    for chosen in _homogeneous(poly):
        found: _Weights = {}
        for i in chosen:
            share = {
                tuple(e - (k == i) for k, e in enumerate(powers)): c
                for powers, c in poly.to_dict().items()
                if powers[i]
            }
            x = space.atoms[i]
            assert isinstance(x, Symbol)
            found[x] = plain(space.term(context.from_dict(share)))
        whole = t.sub(t.add(*found.values()), t.ONE)
        natural = any(sequent.domains[x.name].natural for x in found)
        if not natural and is_zero(whole) and all(sign(w, sequent) in (0, 1) for w in found.values()):
            return found
    return {}


def _homogeneous(poly: object) -> Iterator[tuple[int, ...]]:
    """Yield sets of generators of which each monomial has exactly one, to the first power."""
    monomials = [tuple(map(int, powers)) for powers in poly.to_dict()]  # type: ignore[attr-defined]
    # A variable that is averaged never occurs with another one.
    count = len(monomials[0])
    for first in range(count):
        chosen = [first]
        for other in range(first + 1, count):
            if all(not (m[other] and any(m[i] for i in chosen)) for m in monomials):
                chosen.append(other)
        if len(chosen) > 1 and all(sum(m[i] for i in chosen) == 1 for m in monomials):
            yield tuple(chosen)


def _averaged(f: Term, p: Symbol, weights: _Weights) -> Term | None:
    """Return g with ``f = sum of w*g(x) - g(p)``, if there is one."""
    form = polynomial(f)
    if form is None:
        return None
    space, poly = form
    context = poly.context()
    about = {
        powers: -c
        for powers, c in poly.to_dict().items()
        if p in t.symbols_of(space.term(context.from_dict({powers: c})))
    }
    g = space.term(context.from_dict(about))
    if t.symbols_of(g) != {p}:
        return None
    total = t.neg(g)
    for x, weight in weights.items():
        there = value_in(g, p, x)
        if there is None:
            return None
        total = t.add(total, t.mul(weight, there))
    return g if is_zero(t.sub(f, total)) else None


__all__ = ["by_free_averages"]
