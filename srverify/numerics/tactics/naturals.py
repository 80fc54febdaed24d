"""Orders of natural variables: ``n = k + m`` where ``k <= n``, with a natural m.

Binomials and their bounds are about ``n - k``, which only so is known to be a natural number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from math import lcm

from srverify.checker.enclosures.substitution import substituted
from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.formula import Formula, Relation
from srverify.language.parser import formula_text
from srverify.language.term import Symbol, Term
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.driver import Driver, Link, Node, Proposal, relation
from srverify.numerics.tactics.forms import is_rational, linear_combination, plain, with_plain_sums
from srverify.numerics.tactics.hypotheses import combined, fresh, variables_in

#: What a gap must not be 0 for, or is natural for.
_ABOUT = ("div", "log", "sqrt", "ratpower", "realpower", "natpower")


def by_gaps(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Name the gap between a natural variable and what is less, where a goal is about it or rational."""
    goal = relation(sequent)
    if goal is None:
        return
    present = variables_in(goal)
    for index, h in enumerate(sequent.hypotheses):
        found = _order(sequent, h)
        if found is None or found[0].right not in present:
            continue
        order, because = found
        n = order.right
        assert isinstance(n, Symbol)
        last, name = len(sequent.hypotheses), fresh(sequent, "m")
        gap = t.variable(name, natural=True)
        value: dict[Symbol, Term] = {n: t.add(order.left, gap)}
        sides = [with_plain_sums(substituted(side, value)) for side in (goal.left, goal.right)]
        if not all(map(is_rational, sides)) and not any(_is_about(side, gap) for side in sides):
            continue
        links: list[Link] = []
        place = index
        if order != h:
            links.append(({"rule": "have", "formula": formula_text(order)}, because(index)))
            place, last = last, last + 1
        links += [
            {"rule": "gap", "hyp": place, "name": name},
            {"rule": "eliminate", "hyp": last, "var": str(n)},
            {"rule": "weaken", "drop": sorted({index, place, last})},
            # At once, since every condition on the way would ask again what ``k + m - k`` is.
            {"rule": "rewrite", "goal": formula_text(Relation(goal.operator, *sides))},
        ]
        node = driver.chain(sequent, links, depth)
        if node is not None:
            yield node, -1
        return


def _is_about(side: Term, gap: Symbol) -> bool:
    """Tell whether something is divided by the gap, or a power, root or logarithm of it is there."""
    for node in t.subterms(side):
        inner = node.arguments[1:] if node.operator == "div" else node.arguments[:1]
        if node.operator in _ABOUT and any(gap in _factors(part) for part in inner):
            return True
    return False


def _factors(part: Term) -> tuple[Term, ...]:
    """Return the factors of a product or quotient, however deep."""
    if part.operator in ("mul", "div"):
        return tuple(f for argument in part.arguments for f in _factors(argument))
    return (part,)


def _order(sequent: Sequent, h: Formula) -> tuple[Relation, Callable[[int], Node]] | None:
    """Return ``a < n`` for naturals a and n where a hypothesis says so, and the step that shows it."""
    if not isinstance(h, Relation) or h.operator == "=" or len(variables_in(h)) < 2:
        return None
    if not all(symbol.natural for symbol in variables_in(h)):
        return None
    gap = linear_combination(difference(h))
    if gap is None:
        return None
    scale = lcm(*(c.denominator for c in gap.values()))
    above = [(x, c) for x, c in gap.items() if c > 0]
    if len(above) != 1:
        return None
    ((n, c),) = above
    if not isinstance(n, Symbol) or c * scale != 1 or sequent.domains[str(n)].upper is not None:
        return None
    below = {x: -c * scale for x, c in gap.items() if x is not n}
    more: list[tuple[object, ...]] = []
    if h.operator == "<=":
        # k + 1 <= n is k < n.
        below[t.ONE] = below.get(t.ONE, Fraction(0)) - 1
        more = [(1,)]
    a = plain(t.add(t.ZERO, *(t.mul(t.number(c), x) for x, c in below.items())))
    if not t.is_natural(a):
        return None
    return Relation("<", a, n), lambda index: combined((scale, ["hyp", index]), *more)


__all__ = ["by_gaps"]
