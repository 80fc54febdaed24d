"""Roots of what is linear in variables of their own: ``c = (s^2 + b^2)/a`` for ``s = sqrt(a*c - b^2)``.

With the roots for variables, what else the old ones occur in becomes rational.
"""

from __future__ import annotations

from collections.abc import Iterator

from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.term import Symbol, Term
from srverify.numerics.tactics.driver import Driver, Link, Proposal, relation
from srverify.numerics.tactics.floats import sign
from srverify.numerics.tactics.forms import RATIONAL, expanded, is_rational, plain, symbols_in_order
from srverify.numerics.tactics.hypotheses import combined, fresh
from srverify.numerics.tactics.lawful import law, nodes

_TWO = t.number(2)


def by_root_variables(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Put roots for variables where a goal in roots of several has two such roots, or more."""
    if relation(sequent) is None or depth < 1 or len(sequent.variables) < 4:
        return
    functions = [n for n in nodes(sequent) if n.operator not in RATIONAL and t.symbols_of(n)]
    if any(n.operator != "sqrt" or not is_rational(n.arguments[0]) for n in functions):
        return
    chosen: list[tuple[Term, Symbol, Term, Term]] = []
    for root in functions:
        others = {x for r, *_ in chosen for x in t.symbols_of(r)}
        if (solved := _solved(sequent, root, others)) is not None:
            chosen.append((root, *solved))
    if len(chosen) < 2 or len(chosen) == len(functions):
        return
    links: list[Link] = []
    names: list[str] = []
    last = len(sequent.hypotheses)
    for root, x, factor, rest in chosen:
        u = root.arguments[0]
        name = fresh(sequent, "r", names)
        names.append(name)
        square = t.power(t.variable(name), _TWO)
        value = t.div(t.sub(square, rest), factor)
        weight = t.div(t.ONE, factor)
        links += [
            law("sqrt_square", a=u),
            {"rule": "generalize", "term": str(root), "name": name, "domain": "[0, oo)"},
            (
                {"rule": "have", "formula": f"{x} = {value}"},
                combined((-1, ["hyp", last], ["term", str(weight)])),
            ),
            {"rule": "weaken", "drop": [last]},
            {"rule": "eliminate", "hyp": last, "var": x.name},
            {"rule": "weaken", "drop": [last]},
        ]
        # The ends of the old variable's domain are hypotheses now.
        domain = sequent.domains[x.name]
        last += (domain.lower is not None) + (domain.upper is not None)
    found = driver.chain(sequent, links, depth)
    if found is not None:
        yield found, -1


def _solved(sequent: Sequent, root: Term, taken: set[Symbol]) -> tuple[Symbol, Term, Term] | None:
    """Return a variable that a root's argument is linear in, its positive factor, and the rest."""
    u = root.arguments[0]
    for x in symbols_in_order([u]):
        if x in taken or sequent.domains[x.name].natural:
            continue
        at_zero, at_one = (expanded(t.substitute(u, {x: c})) for c in (t.ZERO, t.ONE))
        if at_zero is None or at_one is None or at_zero == t.ZERO:
            continue
        factor = plain(t.sub(at_one, at_zero))
        linear = t.add(t.mul(factor, x), at_zero)
        if expanded(t.sub(u, linear)) == t.ZERO and sign(factor, sequent) == 1:
            return x, factor, at_zero
    return None


__all__ = ["by_root_variables"]
