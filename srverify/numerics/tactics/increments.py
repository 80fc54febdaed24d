"""Functions of a sum beside those of its summands: what both variables do together decides.

If ``f(x, y)`` vanishes where x or y is at its low end, it is at least 0 if its derivative by both is,
and for ``g(x + y) - g(x) - g(y)`` that is ``g''(x + y)``: convex functions are superadditive.
"""

from __future__ import annotations

from collections.abc import Iterator

from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.term import Symbol, Term
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.calculus import real_variables, slope_of, value_in
from srverify.numerics.tactics.driver import Driver, Node, Proposal, relation
from srverify.numerics.tactics.floats import sign
from srverify.numerics.tactics.forms import is_algebraic, is_rational, plain, tidied
from srverify.numerics.tactics.hypotheses import variables_in


def by_increments(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Go to an end at which f vanishes where a derivative is of one sum or difference of variables."""
    goal = relation(sequent)
    if goal is None or goal.operator == "=" or depth < 1 or len(sequent.variables) != 2:
        return
    f = difference(goal)
    variables = real_variables(sequent, goal)
    if is_rational(f) or any(len(variables_in(h)) > 1 for h in sequent.hypotheses):
        # What relates the variables would be lost.
        return
    if any(u.operator in ("sin", "cos", "tan") for u in t.subterms(f)):
        # Addition theorems say more.
        return
    for name, x, domain in variables:
        slope = slope_of(f, x)
        if slope is None or domain.lower is None or not _vanishes(f, x, domain.lower, sequent):
            continue
        for _, y, other in variables:
            if y is x:
                continue
            mixed = slope_of(slope, y)
            if not _is_of_one(slope, x, y) and (
                mixed is None
                or other.lower is None
                or not _vanishes(slope, y, other.lower, sequent)
                or not _is_of_one(mixed, x, y)
                or sign(mixed, sequent) != 1
            ):
                continue
            # Where it is 0 there is nothing to see, at this end or at any other.
            if sign(slope, sequent) != 1:
                continue
            head: Node = {"rule": "monotone", "var": name, "end": "low"}
            if goal.operator == "<":
                # What vanishes at the end is positive beyond it if it grows.
                head["strict"] = True
            # No depth: what is left is simpler than what is known of a function of one variable.
            yield head, 0
            return


def _vanishes(f: Term, x: Symbol, end: Term, sequent: Sequent) -> bool:
    """Tell whether a term seems to be 0 where a variable is at its end."""
    value = value_in(f, x, end)
    return value is not None and sign(value, sequent) == 0


def _is_of_one(f: Term, x: Symbol, y: Symbol) -> bool:
    """Tell whether a term depends on the sum or the difference of two variables alone."""
    s = t.variable(f"{x.name}{y.name}s")
    for value in (t.sub(s, x), t.add(s, x)):
        moved = tidied(t.substitute(f, {y: value}))
        if x not in t.symbols_of(moved):
            return True
        # Factors outside of functions, such as derivatives of exponents, have x in sums still; roots of
        # squares are for others.
        if not is_algebraic(f) and x not in t.symbols_of(plain(moved)):
            return True
    return False


__all__ = ["by_increments"]
