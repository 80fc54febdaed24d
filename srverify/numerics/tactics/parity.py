"""Goals that are the same for -x as for x, or about the middle of a range: one half is turned over."""

from __future__ import annotations

from collections.abc import Iterator

from srverify.checker.sequent import Sequent, mentions
from srverify.language import term as t
from srverify.language.formula import Relation
from srverify.language.parser import formula_text
from srverify.language.statement import Domain
from srverify.language.term import Symbol, Term
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.calculus import value_in
from srverify.numerics.tactics.driver import Driver, Link, Node, Proposal, expand, relation
from srverify.numerics.tactics.floats import sign
from srverify.numerics.tactics.forms import RATIONAL, plain, tidied
from srverify.numerics.tactics.hypotheses import combined, fresh
from srverify.numerics.tactics.lawful import law
from srverify.numerics.tactics.scaling import changed


def by_parity(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Show a goal that is even in x for x >= 0, and then for -x where x < 0."""
    goal = relation(sequent)
    if goal is None or goal.operator == "=" or depth < 1 or len(sequent.variables) < 2:
        return
    f = difference(goal)
    for variable in sequent.variables:
        x = variable.symbol
        if not _is_symmetric(variable.domain) or any(mentions(h, x) for h in sequent.hypotheses):
            continue
        turned = value_in(f, x, t.neg(x)) if _is_in_function(f, x) else None
        if turned is None or sign(t.sub(f, turned), sequent) != 0:
            continue
        head = {"rule": "split", "var": x.name, "at": "0"}
        below, above = expand(sequent, head)
        proof = driver.prove(above, depth)
        if proof is not None:
            other = _mirrored(driver, below, x, depth) or driver.chain(below, _turned(below, x), depth)
            if other is not None:
                yield {**head, "children": [other, proof]}, -1
        return


def by_reflection(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Measure a variable from the middle of its range, about which a goal is even, in halves of it."""
    goal = relation(sequent)
    if goal is None or goal.operator == "=" or depth < 1 or len(sequent.variables) < 2:
        return
    f = difference(goal)
    if not any(n.operator in _TURNS for n in t.subterms(f)):
        # About the middle other functions are no plainer.
        return
    for variable in sequent.variables:
        x, domain = variable.symbol, variable.domain
        low, high = domain.lower, domain.upper
        if domain.natural or low is None or high is None or domain.lower_open != domain.upper_open:
            continue
        if low.value in (-high.value, high.value) or any(mentions(h, x) for h in sequent.hypotheses):
            continue
        middle = t.number(low.value + high.value)
        turned = value_in(f, x, t.sub(middle, x)) if _is_in_function(f, x) else None
        if turned is None or sign(t.sub(f, turned), sequent) != 0:
            continue
        size = high.value - low.value
        links = changed(sequent, x, t.number(2 / size), -(low.value + high.value) / size)
        proof = driver.chain(sequent, links, depth)
        if proof is not None:
            yield proof, -1
        return


def by_negative_rays(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Put ``-y`` for a variable below 0, among others: most of what is known is of positive ones."""
    goal = relation(sequent)
    if goal is None or (len(sequent.variables) < 2 and not _has_roots(goal)):
        return
    for v in sequent.variables:
        x, end = v.symbol, v.domain.upper
        if v.domain.natural or v.domain.lower is not None or end is None or end > t.ZERO:
            continue
        if any(mentions(h, x) for h in sequent.hypotheses):
            continue
        y = t.variable(fresh(sequent, "u"))
        turned = _functions_turned(goal, x, y, len(sequent.hypotheses))
        links = [*_turned(sequent, x), *(turned or _tidied(sequent, goal, x, y))]
        found = driver.chain(sequent, links, depth)
        if found is not None:
            yield found, -1
        return


def _has_roots(goal: Relation) -> bool:
    """Tell whether roots are taken of what varies: the factors of it should be positive."""
    return any(
        n.operator in ("sqrt", "ratpower") and bool(t.symbols_of(n))
        for side in (goal.left, goal.right)
        for n in t.subterms(side)
    )


def _turned(sequent: Sequent, x: Symbol) -> list[Link]:
    """Return the steps that put -y for x."""
    last, domain = len(sequent.hypotheses), sequent.domains[x.name]
    ends = sum(end is not None for end in (domain.lower, domain.upper))
    # Without what makes the goal plain; what is left says that the value of x is in its range.
    links = changed(sequent, x, t.number(-1))[:-1]
    return [*links, {"rule": "weaken", "drop": list(range(last, last + 1 + ends))}]


def _mirrored(driver: Driver, sequent: Sequent, x: Symbol, depth: int) -> Node | None:
    """Show the goal for x <= 0 by that for -x, where each function is odd or even."""
    goal = relation(sequent)
    assert goal is not None
    last, y = len(sequent.hypotheses), t.variable(fresh(sequent, "u"))
    there = Relation(goal.operator, *(t.substitute(side, {x: y}) for side in (goal.left, goal.right)))
    links: list[Link] = [*_turned(sequent, x), {"rule": "have", "formula": formula_text(there)}]
    links += _functions_turned(goal, x, y, last + 1)
    return driver.chain(sequent, [*links, combined((1, ["hyp", last]))], depth)


def _tidied(sequent: Sequent, goal: Relation, x: Symbol, y: Symbol) -> list[Link]:
    """Return the step that leaves no two signs in arguments of functions, and divisors above 0."""

    def with_divisors_above(term: Term) -> Term:
        if term.operator in ("number", "variable"):
            return term
        new = t.rebuilt(term, tuple(map(with_divisors_above, term.arguments)))
        if new.operator != "div":
            return new
        above, below = new.arguments
        if sign(t.substitute(below, {y: t.neg(x)}), sequent) != -1:
            return new
        return t.div(plain(t.neg(above)), plain(t.neg(below)))

    sides = (
        with_divisors_above(tidied(t.substitute(side, {x: t.neg(y)})))
        for side in (goal.left, goal.right)
    )
    return [{"rule": "rewrite", "goal": formula_text(Relation(goal.operator, *sides))}]


def _functions_turned(goal: Relation, x: Symbol, y: Symbol, place: int) -> list[Link]:
    """Return the steps that put functions of y for those of -y, where these are odd or even."""
    # As it is put for x.
    minus, links = t.mul(y, t.div(t.ONE, t.number(-1))), list[Link]()
    inner = [n for side in (goal.left, goal.right) for n in t.subterms(side) if x in t.symbols_of(n)]
    for node in reversed(list(dict.fromkeys(inner))):
        if node.operator in _TURNS:
            old, new = (t.substitute(node, {x: value}) for value in (minus, y))
            links += _equal(node.operator, old, new, place)
    return links


#: What the functions make of a change of sign: cosh(-a) = cosh(a), sinh(-a) = -sinh(a).
_TURNS = {"cosh": 1, "sinh": -1, "tanh": -1, "cos": 1, "sin": -1, "erf": -1}


def _equal(kind: str, old: Term, new: Term, place: int) -> list[Link]:
    """Return the steps that put ``kind(a)`` or its negative for ``kind(-a)`` into the goal."""
    a, b = old.arguments[0], new.arguments[0]
    if plain(t.add(a, b)) is not t.ZERO:
        return []
    turn = _TURNS[kind]
    if kind in ("cosh", "sinh", "tanh"):
        shown = [law(f"{kind}_exp", a=a), law(f"{kind}_exp", a=b)]
        because: list[tuple[object, ...]] = [(1, ["hyp", place]), (-turn, ["hyp", place + 1])]
        if kind == "tanh":
            twice = t.mul(t.number(2), b)
            p, q = t.exp(t.mul(t.number(2), a)), t.exp(twice)
            weight = t.div(t.mul(t.number(2), q), t.mul(t.add(p, t.ONE), t.add(q, t.ONE)))
            shown.append(law("exp_negative", a=twice))
            because.append((1, ["hyp", place + 2], ["term", str(weight)]))
    else:
        shown, because = [law(f"{kind}_negative", a=b)], [(1, ["hyp", place])]
    count = len(shown)
    equation = Relation("=", old, new if turn > 0 else t.neg(new))
    return [
        *shown,
        ({"rule": "have", "formula": formula_text(equation)}, combined(*because)),
        {"rule": "replace", "hyp": place + count},
        {"rule": "weaken", "drop": list(range(place, place + count + 1))},
    ]


def _is_symmetric(domain: Domain) -> bool:
    if domain.natural or domain.lower_open != domain.upper_open:
        return False
    if domain.lower is None or domain.upper is None:
        return domain.lower is domain.upper
    return bool(domain.lower.value == -domain.upper.value and domain.upper.value > 0)


def _is_in_function(f: Term, x: Symbol) -> bool:
    return any(n.operator not in RATIONAL and x in t.symbols_of(n) for n in t.subterms(f))


__all__ = ["by_parity", "by_reflection"]
