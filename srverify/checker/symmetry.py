"""The rule that fixes a variable by a symmetry: of homogeneous statements, and of shifts."""

from __future__ import annotations

from collections.abc import Iterator

from srverify.checker.enclosures.rates import Rate, Rates
from srverify.checker.enclosures.substitution import substituted
from srverify.checker.rejected import RejectedError
from srverify.checker.rules import Children, rule
from srverify.checker.sequent import Sequent
from srverify.checker.steps import Step, number
from srverify.language import term as t
from srverify.language.formula import And, Formula, Or, Relation
from srverify.language.statement import Domain
from srverify.language.term import Symbol

_POSITIVE = Domain(lower=t.ZERO, lower_open=True)
_NONNEGATIVE = Domain(lower=t.ZERO)
_LINE = Domain()


def _relations(formula: Formula) -> Iterator[Relation]:
    if isinstance(formula, And | Or):
        for part in formula.parts:
            yield from _relations(part)
    else:
        assert isinstance(formula, Relation)
        yield formula


@rule
def normalize(s: Sequent, step: Step) -> Children:
    """A sequent with a symmetry is valid if it is so where ``var`` is 1 (scaled) or 0 (shifted).

    Parameters: ``var``; ``scaled`` and ``shifted``, mappings of variables to weights, ``var`` being in
    one of them with a weight that is not 0. The domain of scaled variables is that of all positive (or,
    but for ``var``, nonnegative) numbers, of shifted ones that of all reals. Theorem. Every point is
    moved to one at which ``var`` is 1 (0) by some c; there every relation of the hypotheses and of the
    goal holds if and only if it held before, both sides having the same rate (or one being 0). Child:
    the sequent with 1 (0) for ``var``.
    """
    name = step.variable()
    moving: dict[Symbol, Rate] = {}
    for kind in ("scaled", "shifted"):
        weights = step.take(kind, {})
        if not isinstance(weights, dict):
            raise RejectedError("weights are a mapping")
        for other, value in weights.items():
            weight = number(value)
            if other not in s.symbols or s.symbols[other] in moving:
                raise RejectedError(f"{other!r} is no variable, or moves twice")
            domains: tuple[Domain, ...] = (_LINE,) if kind == "shifted" else (_POSITIVE,)
            if kind == "scaled" and other != name:
                domains = (_POSITIVE, _NONNEGATIVE)
            if s.domains[other] not in domains:
                raise RejectedError(f"the domain of {other} is not invariant")
            rate = Rate(weight, t.ZERO) if kind == "scaled" else Rate(t.ZERO, weight)
            moving[s.symbols[other]] = rate
            if other == name:
                if weight == t.ZERO:
                    raise RejectedError(f"{name} does not move")
                fixed = t.ONE if kind == "scaled" else t.ZERO
    symbol = s.symbols[name]
    if symbol not in moving:
        raise RejectedError(f"{name} does not move")
    rates = Rates(moving)
    for formula in (*s.hypotheses, s.goal):
        for relation in _relations(formula):
            rates.keep(relation)
    return (s.mapped(lambda term: substituted(term, {symbol: fixed})).without_variable(name),)
