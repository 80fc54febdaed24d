"""Goals that are the same for -x as for x: the negative half of a range is turned over."""

from __future__ import annotations

from collections.abc import Iterator

from srverify.checker.sequent import Sequent, mentions
from srverify.language import term as t
from srverify.language.statement import Domain
from srverify.language.term import Symbol, Term
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.calculus import value_in
from srverify.numerics.tactics.driver import Driver, Link, Proposal, expand, relation
from srverify.numerics.tactics.floats import sign
from srverify.numerics.tactics.forms import RATIONAL
from srverify.numerics.tactics.hypotheses import combined, fresh


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
        head = {"rule": "cases", "on": f"0 <= {x}"}
        above, below = expand(sequent, head)
        proofs = [driver.prove(above, depth)]
        if proofs[0] is not None:
            proofs.append(driver.chain(below, _turned(below, x), depth))
        if None not in proofs:
            yield {**head, "children": proofs}, -1
        return


def _turned(sequent: Sequent, x: Symbol) -> list[Link]:
    """Return the steps that put -y for x where x < 0 is the last hypothesis."""
    last = len(sequent.hypotheses)
    y = fresh(sequent, "y")
    positive = combined((1, ["hyp", last - 1]), (-1, ["hyp", last]))
    return [
        {"rule": "define", "name": y, "term": str(t.neg(x))},
        ({"rule": "have", "formula": f"0 < {y}"}, positive),
        {"rule": "absorb", "hyp": last + 1},
        ({"rule": "have", "formula": f"{x} = -{y}"}, combined((1, ["hyp", last]))),
        {"rule": "weaken", "drop": [last - 1, last]},
        {"rule": "eliminate", "hyp": last - 1, "var": str(x)},
    ]


def _is_symmetric(domain: Domain) -> bool:
    if domain.natural or domain.lower_open != domain.upper_open:
        return False
    if domain.lower is None or domain.upper is None:
        return domain.lower is domain.upper
    return bool(domain.lower.value == -domain.upper.value and domain.upper.value > 0)


def _is_in_function(f: Term, x: Symbol) -> bool:
    return any(n.operator not in RATIONAL and x in t.symbols_of(n) for n in t.subterms(f))


__all__ = ["by_parity"]
