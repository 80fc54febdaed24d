"""Goals about one linear combination of variables: it gets a name, bounds, and the rest is forgotten."""

from __future__ import annotations

import math
from collections.abc import Iterator

from srverify.checker.check import expand
from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.formula import Relation
from srverify.language.term import Symbol, Term
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.comparing import touches_a_bound
from srverify.numerics.tactics.driver import Driver, Link, Proposal, relation
from srverify.numerics.tactics.floats import samples, value_at
from srverify.numerics.tactics.forms import RATIONAL, expanded, factored, linear_combination, tidied
from srverify.numerics.tactics.hypotheses import fresh, variables_in
from srverify.numerics.tactics.linear import by_combining

#: Bounds that are tried: these multiples of pi/2 where pi occurs, these numbers otherwise.
_MULTIPLES = range(-4, 5)


def by_naming(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Show a goal that depends on one combination of variables for all its values between bounds."""
    goal = relation(sequent)
    if goal is None or len(sequent.variables) < 2 or depth < 1:
        return
    f = difference(goal)
    last = len(sequent.hypotheses)
    u: Term
    inner: Term
    links: list[Link] = []
    drop = [i for i, h in enumerate(sequent.hypotheses) if len(variables_in(h)) > 1]
    kept = t.symbols_of(f)
    if len(kept) == 1:
        # One variable, of which something is known together with others.
        (symbol,) = kept
        if not any(symbol in variables_in(sequent.hypotheses[i]) for i in drop):
            return
        if touches_a_bound(f, symbol, sequent):
            # Numbers do not bound it as sharply as that.
            return
        named, inner, u = sequent, symbol, symbol
    else:
        found, name = _only_argument(f) or _only_sum(f), fresh(sequent, "v")
        if found is None:
            regrouped = _regrouped(f, t.variable(name))
            if regrouped is None:
                return
            found, written = regrouped
            links = [{"rule": "rewrite", "goal": f"0 {goal.operator} {written}"}]
        inner = found
        u = t.variable(name)
        kept = frozenset({u})
        define = {"rule": "define", "name": name, "term": str(inner)}
        children = expand(sequent, define)
        if len(children) != 1:
            return
        (named,) = children
        links += [define, {"rule": "replace", "hyp": last, "back": True}]
        drop = list(range(last + 1))
    known = 0
    for upper in (False, True):
        bound = _bound(driver, named, inner, u, upper)
        if bound is not None:
            known += 1
            links.append({"rule": "have", "formula": f"{bound.left} {bound.operator} {bound.right}"})
    if known:
        unused = [v.name for v in sequent.variables if v.symbol not in kept]
        drop += [
            i for i, h in enumerate(sequent.hypotheses) if i not in drop and not variables_in(h) <= kept
        ]
        links.append({"rule": "weaken", "drop": drop, "unused": unused})
        node = driver.chain(sequent, links, depth)
        if node is not None:
            yield node, -1


def _only_argument(f: Term) -> Term | None:
    """Return the only argument of functions in which variables occur, one that is linear in several."""
    inner: set[Term] = set()
    stack = [f]
    while stack:
        term = stack.pop()
        if not t.symbols_of(term):
            continue
        if term.operator == "variable":
            return None
        if term.operator in RATIONAL:
            stack.extend(term.arguments)
        else:
            inner.update(a for a in term.arguments if t.symbols_of(a))
    if len(inner) != 1:
        return None
    (found,) = inner
    linear = all(
        n.operator in ("number", "variable", "add", "mul", "neg", "div") for n in t.subterms(found)
    )
    return found if linear and len(t.symbols_of(found)) > 1 else None


def _only_sum(f: Term) -> Term | None:
    """Return the only sum in which variables occur, several of them, if it is linear.

    That of a term multiplied out: others are simplified before.
    """
    if str(expanded(f)) != str(f):
        return None
    inner: set[Term] = set()
    stack = [f]
    while stack:
        term = stack.pop()
        symbols = t.symbols_of(term)
        if not symbols:
            continue
        if term.operator == "variable":
            return None
        if term.operator == "add" and len(symbols) > 1 and _is_linear(term):
            inner.add(term)
            if len(inner) > 1:
                return None
        else:
            stack.extend(term.arguments)
    return next(iter(inner), None)


def _regrouped(f: Term, u: Symbol) -> tuple[Term, Term] | None:
    """Return a sum in arguments of functions, and a term written by it alone that was multiplied out.

    ``exp(x + y)*x + exp(x + y)*y`` is ``exp(x + y)*(x + y)``.
    """
    inner = {
        n
        for function in t.subterms(f)
        if function.operator not in RATIONAL and len(t.symbols_of(function)) > 1
        for n in t.subterms(function.arguments[0])
        if n.operator == "add" and len(t.symbols_of(n)) > 1 and _is_linear(n)
    }
    if len(inner) != 1:
        return None
    (whole,) = inner
    parts = linear_combination(whole) or {}
    x = next((s for s in parts if isinstance(s, Symbol)), None)
    if x is None or t.symbols_of(whole) != t.symbols_of(f):
        return None
    factors = factored(f)
    if factors is None or factors.below or len(factors.above) > 1:
        # Those whose sign is plain are left out first.
        return None
    rest = [t.mul(t.number(-c), part) for part, c in parts.items() if part is not x]
    moved = t.mul(t.number(1 / parts[x]), t.add(u, *rest))
    left = expanded(tidied(t.substitute(f, {x: moved})))
    return None if left is None or t.symbols_of(left) != {u} else (whole, t.substitute(left, {u: whole}))


def _is_linear(term: Term) -> bool:
    kinds = ("number", "variable", "add", "mul", "neg", "div")
    return all(n.operator in kinds for n in t.subterms(term)) and linear_combination(term) is not None


def _bound(driver: Driver, named: Sequent, inner: Term, u: Term, upper: bool) -> Relation | None:
    """Return the tightest bound on a combination that is seen and shown."""
    values = [value_at(inner, point)[0] for point in samples(named)]
    values = [v for v in values if not math.isnan(v)]
    if not values:
        return None
    extreme = max(values) if upper else min(values)
    angular = any(n is t.PI for h in named.hypotheses if isinstance(h, Relation) for n in _all(h))
    for k in _MULTIPLES if upper else reversed(_MULTIPLES):
        end: Term = t.div(t.mul(t.number(k), t.PI), t.number(2)) if angular and k else t.number(k)
        size = value_at(end, {})[0]
        if (size < extreme - 1e-9) if upper else (size > extreme + 1e-9):
            continue
        for operator in ("<", "<="):
            bound = Relation(operator, u, end) if upper else Relation(operator, end, u)
            if _shown(driver, named.proving(bound)):
                return bound
        return None
    return None


def _shown(driver: Driver, sequent: Sequent) -> bool:
    """Show a bound by linear arithmetic only."""
    for head, _ in by_combining(driver, sequent, 1):
        node = driver.apply(sequent, head, 0)
        if node is not None:
            driver.remember(sequent, 1, node)
            return True
    return False


def _all(h: Relation) -> Iterator[Term]:
    for side in (h.left, h.right):
        yield from t.subterms(side)


__all__ = ["by_naming"]
