"""Gamma at arguments that grow together, with a parameter: its sign, and where the least argument is.

A goal about ``gamma(x)``, ``gamma(x + d)`` and ``gamma(x + 2*d)`` telescopes in the least of these
arguments, which is x where d is above 0, and ``x + 2*d`` where it is below.
"""

from __future__ import annotations

from collections.abc import Iterator

from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.formula import Relation
from srverify.language.statement import Variable
from srverify.language.term import Symbol, Term
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.driver import Driver, Link, Proposal, relation
from srverify.numerics.tactics.floats import sign, signs
from srverify.numerics.tactics.forms import expanded, linear_combination, tidied
from srverify.numerics.tactics.hypotheses import combined, fresh, variables_in
from srverify.numerics.tactics.scaling import is_open_ray

_KINDS = ("gamma", "loggamma", "digamma", "trigamma")


def by_parameters(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Tell the signs of a parameter apart at which both sides are equal, and take the least argument."""
    goal = relation(sequent)
    if goal is None or goal.operator == "=" or len(sequent.variables) != 2 or depth < 1:
        return
    f = difference(goal)
    functions = [n for n in dict.fromkeys(t.subterms(f)) if n.operator in _KINDS]
    for x, d in (sequent.variables, sequent.variables[::-1]):
        arguments = [n.arguments[0] for n in functions]
        if not arguments or not is_open_ray(x.domain) or not _grow(arguments, x.symbol):
            continue
        if not any(d.symbol in t.symbols_of(a) for a in arguments):
            continue
        if sign(d.symbol, sequent) is None or _is_closed_at_zero(d):
            there = t.substitute(f, {d.symbol: t.ZERO})
            if not d.domain.natural and signs(there, sequent) == {0}:
                above = _is_closed_at_zero(d) and d.domain.lower == t.ZERO
                yield {"rule": "cases", "on": f"0 < {d.name}" if above else f"{d.name} < 0"}, 0
            return
        for index, h in enumerate(sequent.hypotheses):
            shift = _shift(h, x.symbol)
            if shift is not None and sign(shift, sequent) == -1:
                found = driver.chain(sequent, _raised(sequent, goal, index, x.symbol, shift), depth)
                if found is not None:
                    yield found, -1
            elif shift is not None and sign(shift, sequent) == 1:
                yield {"rule": "weaken", "drop": [index]}, 0
        return


def _grow(arguments: list[Term], x: Symbol) -> bool:
    """Tell whether all arguments grow like a variable."""
    return all(expanded(t.sub(t.substitute(a, {x: t.add(x, t.ONE)}), a)) is t.ONE for a in arguments)


def _is_closed_at_zero(variable: Variable) -> bool:
    domain = variable.domain
    return (domain.lower == t.ZERO and not domain.lower_open) or (
        domain.upper == t.ZERO and not domain.upper_open
    )


def _shift(h: object, x: Symbol) -> Term | None:
    """Return s where a hypothesis says that ``x + s`` is above 0."""
    if not isinstance(h, Relation) or h.operator != "<" or x not in variables_in(h):
        return None
    parts = linear_combination(difference(h))
    if parts is None or parts.get(x) != 1:
        return None
    return expanded(t.sub(difference(h), x))


def _raised(sequent: Sequent, goal: Relation, index: int, x: Symbol, shift: Term) -> list[Link]:
    """Return the steps that put ``x + shift`` for x."""
    last, name = len(sequent.hypotheses), fresh(sequent, "s")
    inner = t.sub(t.variable(name), shift)
    left, right = (tidied(t.substitute(side, {x: inner})) for side in (goal.left, goal.right))
    return [
        {"rule": "define", "name": name, "term": str(t.add(x, shift))},
        (
            {"rule": "have", "formula": f"0 < {name}"},
            combined((1, ["hyp", index]), (-1, ["hyp", last])),
        ),
        {"rule": "absorb", "hyp": last + 1},
        ({"rule": "have", "formula": f"{x} = {inner}"}, combined((-1, ["hyp", last]))),
        {"rule": "weaken", "drop": [last]},
        {"rule": "eliminate", "hyp": last, "var": x.name},
        {"rule": "weaken", "drop": [index, last, last + 1]},
        {"rule": "rewrite", "goal": f"{left} {goal.operator} {right}"},
    ]


__all__ = ["by_parameters"]
