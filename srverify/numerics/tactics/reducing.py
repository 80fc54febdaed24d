"""Hypotheses made simpler: divided by factors of known sign, exponentials and logarithms undone."""

from __future__ import annotations

from collections.abc import Iterator

from srverify.checker.check import expand
from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.formula import Relation
from srverify.language.term import Term
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.driver import Driver, Link, Node, Proposal
from srverify.numerics.tactics.floats import sign
from srverify.numerics.tactics.forms import Factored, factored
from srverify.numerics.tactics.hypotheses import combined
from srverify.numerics.tactics.lawful import law, linear_parts, nodes

#: By function: the law that undoes it, and the one by which its inverse keeps the order.
_UNDOING = {
    "exp": ("log_exp", "log_monotone", "log_strict"),
    "log": ("exp_log", "exp_monotone", "exp_strict"),
}
#: What logarithms of products make simple.
_POWERS = ("exp", "sqrt", "ratpower", "realpower", "natpower")


def by_reducing(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Divide an inequality among the hypotheses by its factors of known sign."""
    for index, h in enumerate(sequent.hypotheses):
        if not isinstance(h, Relation) or h.operator == "=" or depth < 1:
            continue
        (without,) = expand(sequent, {"rule": "weaken", "drop": [index]})
        found = _reduced(difference(h), without)
        if found is None:
            continue
        k, rest = found
        new = f"0 {h.operator} {rest}"
        links: list[Link] = [
            ({"rule": "have", "formula": new}, {**combined((1, ["hyp", index])), "k": str(k)}),
            {"rule": "weaken", "drop": [index]},
        ]
        node = driver.chain(sequent, links, depth)
        if node is not None:
            yield node, -1
        return


def _reduced(f: Term, sequent: Sequent) -> tuple[Term, Term] | None:
    """Return (k, g) with ``f = k*g``, k apparently positive where the sequent's hypotheses hold."""
    parts = factored(f)
    if parts is None or not parts.above or (len(parts.above) == 1 and not parts.below):
        return None
    direction = 1
    above: list[tuple[Term, int]] = []
    below: list[tuple[Term, int]] = []
    kept: list[tuple[Term, int]] = []
    for factor, exponent in parts.above:
        seen = sign(factor, sequent)
        if seen not in (1, -1):
            kept.append((factor, exponent))
            continue
        above.append((factor, exponent))
        direction *= seen**exponent
    for factor, exponent in parts.below:
        seen = sign(factor, sequent)
        if seen not in (1, -1):
            return None
        below.append((factor, exponent))
        direction *= seen**exponent
    if not kept or not (above or below):
        return None
    if parts.constant < 0:
        direction = -direction
    taken = Factored(parts.constant * direction, tuple(above), tuple(below))
    left = Factored(type(parts.constant)(direction), tuple(kept), ())
    k = taken.product if not below else t.div(taken.product, taken.divisor)
    return k, left.product


def by_undoing(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Take logarithms, or exponentials, in an inequality with one exponential, or one logarithm."""
    last = len(sequent.hypotheses)
    for index, h in enumerate(sequent.hypotheses):
        if not isinstance(h, Relation) or h.operator == "=" or depth < 1:
            continue
        for atom, a, b in linear_parts(difference(h), ("exp", "log")):
            direction = sign(a, sequent)
            value = t.neg(t.div(b, a))
            if direction not in (1, -1) or (atom.operator == "exp" and sign(value, sequent) != 1):
                continue
            low, high = (value, atom) if direction > 0 else (atom, value)
            undone, monotone, strict = _UNDOING[atom.operator]
            inside = atom.arguments[0]
            weight = a if direction > 0 else t.neg(a)
            links: list[Link] = [
                (
                    {"rule": "have", "formula": f"{low} {h.operator} {high}"},
                    {**combined((1, ["hyp", index])), "k": str(weight)},
                ),
                law(strict if h.operator == "<" else monotone, a=low, b=high),
                law(undone, a=inside),
                {"rule": "replace", "hyp": last + 2, "in": [last + 1]},
                {"rule": "weaken", "drop": [index, last, last + 2]},
            ]
            node: Node | None = driver.chain(sequent, links, depth - 1)
            if node is not None:
                yield node, -1
            return


def by_squeezing(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Show an equation by both inequalities, where hypotheses are, or its sides are products of powers.

    Those are compared by their logarithms.
    """
    goal = sequent.goal
    if not isinstance(goal, Relation) or goal.operator != "=" or depth < 1:
        return
    given = any(isinstance(h, Relation) and h.operator != "=" for h in sequent.hypotheses)
    if given or any(n.operator in _POWERS and t.symbols_of(n) for n in nodes(sequent)):
        yield law("antisymmetric", a=goal.left, b=goal.right), 1
