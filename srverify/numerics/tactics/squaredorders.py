"""Orders of what is not negative, by the order of squares that a hypothesis tells of."""

from __future__ import annotations

from collections.abc import Iterator

from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.formula import Relation
from srverify.language.term import Term
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.driver import Driver, Link, Proposal, relation
from srverify.numerics.tactics.floats import sign
from srverify.numerics.tactics.forms import is_algebraic
from srverify.numerics.tactics.hypotheses import combined
from srverify.numerics.tactics.lawful import law

#: By what a hypothesis may be multiplied: squares of sums have twofold and fourfold products.
_MULTIPLES = tuple(map(t.number, (1, 4, 2)))


def by_squared_orders(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Show ``a <= b`` by ``a^2 <= b^2``, which seems to follow from a hypothesis."""
    goal = relation(sequent)
    if goal is None or goal.operator == "=" or not sequent.hypotheses:
        return
    if not all(map(is_algebraic, (goal.left, goal.right))):
        return
    last = len(sequent.hypotheses)
    for turned in (False, True):
        small, large = (t.neg(goal.right), t.neg(goal.left)) if turned else (goal.left, goal.right)
        # What is a power already is not squared again; to 0 nothing is added by squares.
        if {small.operator, large.operator} & {"power", "number"} or sign(large, sequent) not in (0, 1):
            continue
        if sign(small, sequent) in (0, -1) or not _follows(sequent, goal.operator, small, large):
            continue
        squares = f"{_squared(small)} {goal.operator} {_squared(large)}"
        strict = "_strict" if goal.operator == "<" else ""
        links: list[Link] = [{"rule": "have", "formula": squares}]
        known = last + 1
        roots = [side.arguments[0] for side in (small, large) if side.operator == "abs"]
        if roots:
            two = t.number(2)
            links += [law("abs_square", a=a) for a in roots]
            equations: list[tuple[object, ...]] = []
            for place, side in enumerate(s for s in (small, large) if s.operator == "abs"):
                # abs(a)^2 = a^2 says that the new side is the old one.
                equations.append((1 if side is small else -1, ["hyp", known + place]))
            new = f"{t.power(small, two)} {goal.operator} {t.power(large, two)}"
            links.append(({"rule": "have", "formula": new}, combined((1, ["hyp", last]), *equations)))
            known += len(roots) + 1
        links.append(law(f"squares_reflect{strict}", a=small, b=large))
        if turned:
            links.append(combined((1, ["hyp", known])))
        found = driver.chain(sequent, links, depth)
        if found is not None:
            yield found, -1
        return


def _squared(term: Term) -> Term:
    """Return the square of a term, of its argument where it is an absolute value."""
    return t.power(term.arguments[0] if term.operator == "abs" else term, t.number(2))


def _follows(sequent: Sequent, operator: str, small: Term, large: Term) -> bool:
    """Tell whether a multiple of a hypothesis seems to say that a square is the larger one."""
    gap = t.sub(_squared(large), _squared(small))
    about = t.symbols_of(gap)
    for h in sequent.hypotheses:
        if not isinstance(h, Relation) or h.operator == "=" or operator == "<" != h.operator:
            continue
        f = difference(h)
        if not is_algebraic(f) or not t.symbols_of(f) & about:
            continue
        if any(sign(t.sub(gap, t.mul(k, f)), sequent) in (0, 1) for k in _MULTIPLES):
            return True
    return False


__all__ = ["by_squared_orders"]
