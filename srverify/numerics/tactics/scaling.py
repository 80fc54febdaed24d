"""Changes of a variable's unit: ranges that end at a constant, arguments of functions far from 1."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from flint import ctx

from srverify.checker.evaluation import DEFAULT_PRECISION, Evaluator
from srverify.checker.polynomial import univariate
from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.formula import Relation, terms
from srverify.language.term import Number, Symbol, Term
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.driver import Driver, Link, Proposal, relation
from srverify.numerics.tactics.forms import expanded, number, tidied
from srverify.numerics.tactics.hypotheses import combined, fresh

#: Scales within these bounds are as good as 1, and shifts.
_SMALL, _LARGE, _SHIFT = Fraction(1, 16), Fraction(16), Fraction(8)


def by_units(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Measure a variable in units of the constant that bounds it: ``x <= pi/2`` becomes ``u <= 1``."""
    for index, found in enumerate(sequent.hypotheses):
        if not isinstance(found, Relation) or found.operator == "=":
            continue
        for symbol, bound in ((found.left, found.right), (found.right, found.left)):
            if not isinstance(symbol, Symbol) or t.symbols_of(bound) or isinstance(bound, Number):
                continue
            if sequent.domains[symbol.name].natural or not _is_positive(bound):
                continue
            scale = t.div(t.ONE, bound)
            weight = ["pos", str(scale)]
            upper = found.left is symbol
            new = Relation(found.operator, *(_ends(sequent, upper)))
            shown: tuple[object, ...] = (1, ["hyp", index], weight)
            links = _changed(sequent, symbol, scale, Fraction(0), [(new, shown)], drop=[index])
            node = driver.chain(sequent, links, depth)
            if node is not None:
                yield node, -1
            return


def _ends(sequent: Sequent, upper: bool) -> tuple[Term, Term]:
    u = t.variable(fresh(sequent, "u"))
    return (u, t.ONE) if upper else (t.ONE, u)


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
            if node.operator in ("number", "variable", "add", "mul", "neg", "div", "power"):
                continue
            found = _affine(node.arguments[0], variable.symbol)
            if found is None:
                continue
            k, c = found
            if _SMALL <= abs(k) <= _LARGE and abs(c) <= _SHIFT:
                continue
            links = _changed(sequent, variable.symbol, t.number(k), c, [], drop=[])
            proof = driver.chain(sequent, links, depth)
            if proof is not None:
                yield proof, -1
            return


def _affine(term: Term, symbol: Symbol) -> tuple[Fraction, Fraction] | None:
    """Return (k, c) with ``term = k*x + c``, k not 0."""
    if t.symbols_of(term) != {symbol}:
        return None
    form = univariate(term, symbol)
    if form is None or max(form[0]) != 1 or max(form[1]) != 0:
        return None
    below = form[1][0]
    k, c = (number(form[0].get(i, below - below) / below).value for i in (1, 0))
    return k, c


def _changed(
    sequent: Sequent,
    symbol: Symbol,
    k: Term,
    c: Fraction,
    known: list[tuple[Relation, tuple[object, ...]]],
    drop: list[int],
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
        sign = 1 if new.left is u else -1
        head = combined(shown, (sign, ["hyp", last]))
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
        tidy = [{"rule": "rewrite", "goal": f"0 {goal.operator} {expanded(f) or f}"}]
    return [
        *links,
        ({"rule": "have", "formula": f"{x} = {back}"}, because),
        {"rule": "weaken", "drop": [*drop, last]},
        {"rule": "eliminate", "hyp": last - len(drop), "var": x},
        *tidy,
    ]


__all__ = ["by_scaling", "by_units"]
