"""Values of a monotone function at several variables, ordered as these are: Chebyshev's sums."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from srverify.checker.check import expand
from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.formula import Relation
from srverify.language.parser import formula_text
from srverify.language.term import Symbol, Term
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.driver import Driver, Node, Proposal, relation
from srverify.numerics.tactics.floats import sign
from srverify.numerics.tactics.forms import RATIONAL
from srverify.numerics.tactics.linear import by_combining

#: More variables have too many pairs.
_MOST = 4
_ANY = t.variable("x")


def by_chebyshev(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Combine ``(x - y)*(f(x) - f(y)) >= 0``, or its opposite, over pairs of variables of a goal."""
    goal = relation(sequent)
    if goal is None or depth < 1 or goal.operator == "=":
        return
    for values in _alike(difference(goal)):
        known: list[Relation] = []
        for (x, f), (y, g) in combinations(values.items(), 2):
            product = t.mul(t.sub(x, y), t.sub(f, g))
            direction = sign(product, sequent)
            if direction not in (1, -1):
                break
            known.append(Relation("<=", *((t.ZERO, product) if direction > 0 else (product, t.ZERO))))
        else:
            node = _combined(driver, sequent, known, depth)
            if node is not None:
                yield node, -1


def _alike(f: Term) -> Iterator[dict[Symbol, Term]]:
    """Yield the values of each function at several variables, by variable."""
    found: dict[Term, dict[Symbol, Term]] = {}
    for node in t.subterms(f):
        symbols = t.symbols_of(node)
        if len(symbols) == 1 and node.operator not in RATIONAL:
            (symbol,) = symbols
            found.setdefault(t.substitute(node, {symbol: _ANY}), {})[symbol] = node
    yield from (values for values in found.values() if 1 < len(values) <= _MOST)


def _combined(driver: Driver, sequent: Sequent, known: list[Relation], depth: int) -> Node | None:
    """Prove a goal as a combination once more is known, and then that."""
    if known:
        head: Node = {"rule": "have", "formula": formula_text(known[0])}
        first, richer = expand(sequent, head)
        last = _combined(driver, richer, known[1:], depth)
        proof = None if last is None else driver.prove(first, depth)
        return None if proof is None or last is None else {**head, "children": [proof, last]}
    for node, _ in by_combining(driver, sequent, depth):
        return driver.apply(sequent, node, depth)
    return None
