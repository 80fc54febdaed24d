"""Hypotheses that put an absolute value below something: two inequalities say the same."""

from __future__ import annotations

from collections.abc import Iterator

from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.formula import Relation, terms
from srverify.language.parser import formula_text
from srverify.language.term import Number, Term
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.driver import NOTHING_ELSE, Driver, Link, Proposal
from srverify.numerics.tactics.hypotheses import combined
from srverify.numerics.tactics.lawful import law, linear_parts


def by_bands(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Put ``-c <= u`` and ``u <= c`` for a hypothesis ``abs(u) <= c``, if ``abs(u)`` is nowhere else."""
    last = len(sequent.hypotheses)
    for index, h in enumerate(sequent.hypotheses):
        if not isinstance(h, Relation) or h.operator == "=":
            continue
        for atom, p, rest in linear_parts(difference(h), ("abs",)):
            if not isinstance(p, Number) or p >= 0 or _occurs(atom, sequent, index):
                continue
            u, bound = atom.arguments[0], t.div(rest, t.neg(p))
            links: list[Link] = [
                law("abs_above", a=u),
                law("abs_above_negative", a=u),
            ]
            for place, side in enumerate((u, t.neg(u))):
                formula = formula_text(Relation(h.operator, side, bound))
                parts = combined((-1 / p.value, ["hyp", index]), (1, ["hyp", last + place]))
                links.append(({"rule": "have", "formula": formula}, parts))
            links.append({"rule": "weaken", "drop": [index, last, last + 1]})
            led, found = driver.chained(sequent, links, depth)
            if led:
                yield (found, -1) if found is not None else NOTHING_ELSE
                return


def _occurs(atom: Term, sequent: Sequent, index: int) -> bool:
    """Tell whether an atom occurs elsewhere than in one hypothesis."""
    others = [h for i, h in enumerate(sequent.hypotheses) if i != index]
    return any(
        atom in t.subterms(side) for formula in (*others, sequent.goal) for side in terms(formula)
    )


__all__ = ["by_bands"]
