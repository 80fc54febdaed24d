"""Signs by algebra: factors of the normal form, polynomials, hypotheses used linearly."""

from __future__ import annotations

import math
from collections.abc import Iterator

from srverify.checker.rejected import RejectedError
from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.formula import Relation, negation
from srverify.language.parser import formula_text
from srverify.language.term import Number, Symbol, Term
from srverify.numerics.tactics.driver import NOTHING_ELSE, Driver, Link, Node, Proposal, relation
from srverify.numerics.tactics.floats import margin, samples, sign, value_at
from srverify.numerics.tactics.forms import RATIONAL, Factored, Space, expanded, factored, plain


def difference(goal: Relation) -> Term:
    """Return right less left."""
    if goal.left is t.ZERO:
        return goal.right
    return t.neg(goal.left) if goal.right is t.ZERO else t.sub(goal.right, goal.left)


def canonical(goal: Relation) -> bool:
    """Tell whether a goal is ``0 <= f`` with f a sum over its atoms, without factors or divisors."""
    if goal.left is not t.ZERO:
        return False
    parts = factored(goal.right)
    if parts is None:
        return False
    return (
        not parts.below
        and len(parts.above) == 1
        and parts.above[0][1] == 1
        and parts.constant in (1, -1)
    )


def by_plain_arguments(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Multiply out the arguments of functions where fewer variables are left by that."""
    goal = relation(sequent)
    if goal is None or not any(n.operator not in RATIONAL for n in t.subterms(difference(goal))):
        return
    last, constant = len(sequent.hypotheses), _constant_argument(goal)
    if constant is not None:
        links: list[Link] = [
            {"rule": "have", "formula": f"{constant} = {plain(constant)}"},
            {"rule": "replace", "hyp": last},
            {"rule": "weaken", "drop": [last]},
        ]
        found = driver.chain(sequent, links, depth)
        if found is not None:
            yield found, -1
        return
    new = Relation(goal.operator, _shortened(goal.left), _shortened(goal.right))
    # What is read again may be the same after all.
    if new != goal and formula_text(new) != formula_text(goal):
        links = [{"rule": "rewrite", "goal": formula_text(new)}]
        defined, found = driver.chained(sequent, links, depth)
        if found is not None:
            yield found, -1
        if defined:
            yield NOTHING_ELSE


def _shortened(term: Term) -> Term:
    """Multiply out the arguments of functions in which fewer variables are left by that."""
    if term.operator in ("number", "variable"):
        return term
    arguments = tuple(map(_shortened, term.arguments))
    if term.operator not in RATIONAL:
        found = tuple(plain(a) if _is_repeating(a) else a for a in arguments)
        pairs = zip(arguments, found, strict=True)
        arguments = tuple(f if _occurrences(f) < _occurrences(a) else a for a, f in pairs)
    return t.rebuilt(term, arguments)


def _is_repeating(term: Term) -> bool:
    """Tell whether a variable occurs more than once, so that it may occur less often."""
    return _occurrences(term) > len(t.symbols_of(term))


def _occurrences(term: Term) -> int:
    return sum(isinstance(node, Symbol) for node in t.subterms(term))


def _constant_argument(goal: Relation) -> Term | None:
    """Return an argument of a function that is a number, however it is written: ``x - x``."""
    for side in (goal.left, goal.right):
        for node in t.subterms(side):
            for argument in node.arguments if node.operator not in RATIONAL else ():
                if _is_repeating(argument) and isinstance(plain(argument), Number):
                    return argument
    return None


def by_factors(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Write a goal as the signs of the factors of its normal form."""
    goal = relation(sequent)
    if goal is None:
        return
    parts = factored(difference(goal))
    if parts is None:
        return
    if parts.constant == 0:
        if goal.operator != "<":
            yield {"rule": "rewrite", "goal": f"0 {goal.operator} 0"}, 0
        return
    if goal.operator == "=":
        return
    if not parts.below and len(parts.above) == 1 and parts.above[0][1] == 1:
        ((core, _),) = parts.above
        if parts.constant < 0:
            core = negative(core)
        new = Relation(goal.operator, t.ZERO, core)
        if formula_text(new) != formula_text(goal):
            head: Node = {"rule": "rewrite", "goal": formula_text(new)}
            if abs(parts.constant) != 1:
                head["k"] = str(abs(parts.constant))
            yield head, 0
        return
    head_or_none = _product(sequent, goal, parts)
    if head_or_none is not None:
        yield head_or_none, 0


def negative(term: Term) -> Term:
    """Return the negative as an expanded sum."""
    found = expanded(t.neg(term))
    return t.neg(term) if found is None else found


def _product(sequent: Sequent, goal: Relation, parts: Factored) -> Node | None:
    strict = goal.operator == "<"
    coefficient = parts.constant
    divisor: list[Term] = []
    for factor, exponent in parts.below:
        direction = sign(factor, sequent)
        if exponent % 2 == 0 and direction is None:
            divisor.append(t.power(factor, t.number(exponent)))
            continue
        if direction not in (1, -1):
            return None
        if direction < 0 and exponent % 2:
            coefficient = -coefficient
        right = factor if direction > 0 else negative(factor)
        divisor.append(right if exponent == 1 else t.power(right, t.number(exponent)))
    factors: list[list[str]] = []
    undecided: list[tuple[Term, int]] = []
    for factor, exponent in parts.above:
        direction = sign(factor, sequent)
        if exponent % 2 == 0 and not (strict and direction in (1, -1)):
            if strict:
                # A square that may vanish: its factor must be shown to be nonzero.
                factors.append(["pos", str(t.power(factor, t.number(exponent)))])
            else:
                factors.append(["square", str(_power(factor, exponent // 2))])
            continue
        if direction not in (1, -1):
            undecided.append((factor, exponent))
            continue
        if direction < 0:
            factor = negative(factor)
            coefficient = -coefficient if exponent % 2 else coefficient
        if not strict and exponent > 1:
            factors.append(["square", str(_power(factor, exponent // 2))])
            factors.append(["nonneg", str(factor)])
        else:
            factors += [["pos" if strict else "nonneg", str(factor)]] * exponent
    if undecided:
        # Together they have a sign that each alone does not have.
        if len(undecided) == len(parts.above) and not divisor:
            return None
        core = t.mul(*(_power(factor, exponent) for factor, exponent in undecided))
        direction = sign(core, sequent)
        if direction not in (1, -1):
            return None
        if direction < 0:
            coefficient, core = -coefficient, negative(core)
        factors.append(["pos" if strict else "nonneg", str(core)])
    if coefficient < 0:
        return None
    head: Node = {"rule": "combine", "terms": [{"coeff": str(coefficient), "factors": factors}]}
    if divisor:
        head["k"] = str(t.mul(*divisor))
    return head


def _power(factor: Term, exponent: int) -> Term:
    return factor if exponent == 1 else t.power(factor, t.number(exponent))


def by_polynomial(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Decide rational functions of one variable by their sign table."""
    symbols = set()
    from srverify.language.formula import terms

    for term in terms(sequent.goal):
        for node in t.subterms(term):
            if node.operator == "variable":
                symbols.add(node)
            elif node.operator not in ("number", "add", "mul", "neg", "div", "power"):
                return
    if len(symbols) == 1:
        (symbol,) = symbols
        yield {"rule": "polynomial", "var": symbol.name}, 0  # type: ignore[attr-defined]


def by_parts(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Take a disjunction apart: one part under the negation of others that are defined everywhere."""
    from srverify.language.formula import Or

    goal = sequent.goal
    if not isinstance(goal, Or):
        return
    points = samples(sequent)
    order = sorted(
        range(len(goal.parts)), key=lambda i: -sum(margin(goal.parts[i], point) > 0 for point in points)
    )
    for index in order:
        alone = all(margin(goal.parts[index], point) >= 0 for point in points)
        if alone:
            yield {"rule": "or_goal", "index": index}, 0
    # Of what is implied the last part is what was to be shown.
    for index in reversed(range(len(goal.parts))):
        others = [i for i, part in enumerate(goal.parts) if i != index and isinstance(part, Relation)]
        yield {"rule": "or_goal", "index": index, "assume": others}, 0


__all__ = [
    "RejectedError",
    "Space",
    "by_factors",
    "by_parts",
    "by_plain_arguments",
    "by_polynomial",
    "math",
    "negation",
    "value_at",
]
