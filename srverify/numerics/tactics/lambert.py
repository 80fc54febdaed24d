"""Lambert W: its values as variables, with what is known of their size."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, permutations

from flint import arb, ctx

from srverify.checker.enclosures.evaluation import DEFAULT_PRECISION, Evaluator
from srverify.checker.sequent import Sequent, box_of
from srverify.language import term as t
from srverify.language.formula import Relation
from srverify.language.parser import parse_formula
from srverify.language.term import Number, Symbol, Term
from srverify.numerics.lambertw_point import lambertw_at
from srverify.numerics.tactics.algebraic import difference, negative
from srverify.numerics.tactics.driver import Driver, Link, Node, Proposal, relation
from srverify.numerics.tactics.floats import samples, sign, value_at
from srverify.numerics.tactics.forms import factored, is_rational, is_zero, linear_combination, plain
from srverify.numerics.tactics.hypotheses import combined, fresh
from srverify.numerics.tactics.lawful import conclusion, law, linear_quotients, nodes, replacing
from srverify.numerics.tactics.logpowers import exponential_product, log_parts, split_exponential

#: Bounds are rounded outwards to these denominators where they are not simple fractions.
_SIMPLE, _FINE = 12, 4096


def by_lambert(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Replace a value of Lambert W by a variable that solves its equation, between known bounds."""
    found = [node for node in nodes(sequent) if node.operator == "lambertw"]
    # Values at a variable first: what is left may then be bounded without an equation to solve.
    for node in found:
        for links in _undone(sequent, node):
            proof = driver.chain(sequent, links, depth)
            if proof is not None:
                yield proof, -1
                return
    ordered = list(_orders(sequent, found))
    if ordered:
        proof = driver.chain(sequent, ordered, depth)
        if proof is not None:
            yield proof, -1
        return
    for node in sorted(found, key=lambda n: n.arguments[0].operator != "variable"):
        argument, branch = node.arguments
        compares = argument.operator != "variable"
        # Its logarithm is one of the value's, which an exponential of it is not.
        inverted = compares and _has_logarithm(sequent, argument)
        if compares and not inverted:
            yield from _compared(driver, sequent, depth)
        head: Node = {
            "rule": "lambert",
            "arg": str(argument),
            "branch": int(t.literal(branch)),
            "name": fresh(sequent, "w"),
        }
        bounds = _bounds(sequent, argument, int(t.literal(branch)))
        if bounds:
            proof = driver.chain(sequent, [*bounds, head], depth)
            if proof is not None:
                yield proof, -1
        yield head, 0
        if inverted:
            yield from _compared(driver, sequent, depth)
        return


def _has_logarithm(sequent: Sequent, argument: Term) -> bool:
    """Tell whether an argument is a multiple of a variable whose logarithm occurs."""
    parts = linear_combination(argument) or {}
    if len(parts) != 1 or not isinstance(next(iter(parts)), Symbol):
        return False
    return any(n.operator == "log" and t.symbols_of(n) == set(parts) for n in nodes(sequent))


def _orders(sequent: Sequent, found: list[Term]) -> Iterator[Link]:
    """Yield the laws that order values of one branch, where their arguments are ordered."""
    inequalities = [h for h in sequent.hypotheses if isinstance(h, Relation) and h.operator != "="]
    for one, other in permutations(found, 2):
        (low, branch), (high, same) = one.arguments, other.arguments
        if branch != same:
            continue
        if not any(_says(h, low, high) for h in inequalities) and not _are_ordered(sequent, low, high):
            continue
        lower = t.literal(branch) < 0
        values = (other, one) if lower else (one, other)
        if Relation("<=", *values) not in inequalities:
            yield law("w1_monotone" if lower else "w0_monotone", a=low, b=high)


def _are_ordered(sequent: Sequent, low: Term, high: Term) -> bool:
    """Tell whether an argument seems to be below another, both of them simple and not numbers."""
    return (
        is_rational(low)
        and is_rational(high)
        and t.symbols_of(low) == t.symbols_of(high) != set()
        and sign(t.sub(high, low), sequent) == 1
    )


def _says(h: Relation, low: Term, high: Term) -> bool:
    """Tell whether a hypothesis puts one term below another, in whatever way it is written."""
    return is_zero(t.sub(t.sub(h.right, h.left), t.sub(high, low)))


def _undone(sequent: Sequent, node: Term) -> Iterator[list[Link]]:
    """Yield steps that put u for ``W(A)`` where ``A = u*exp(u)``, u on the branch's side of -1."""
    argument, branch = node.arguments
    side = 1 if t.literal(branch) == 0 else -1
    law_name = "w0_of" if side > 0 else "w1_of"
    last = len(sequent.hypotheses)
    for u, because in _solutions(sequent, node):
        if sign(t.add(u, t.ONE), sequent) not in (0, side):
            continue
        product = t.mul(u, t.exp(u))
        if is_zero(t.sub(argument, product)):
            yield replacing(sequent, node, u, law(law_name, a=u))
        if not because:
            continue
        # exp(u) is the right side of the last equation.
        known = last - 1 + sum(step["rule"] == "law" for step in because)
        instance = law(law_name, a=u)
        equation = f"{t.lambertw(product, int(t.literal(branch)))} = {u}"
        said = conclusion(sequent, instance) == parse_formula(equation, sequent.symbols)
        # Written as in the equation, which then rewrites it.
        written: list[Link] = [
            ({"rule": "have", "formula": equation}, combined((1, ["hyp", known + 2])))
        ]
        yield [
            *because,
            (
                {"rule": "have", "formula": f"{product} = {argument}"},
                combined((1, ["hyp", known], ["term", str(u)])),
            ),
            instance,
            *([] if said else written),
            {"rule": "weaken", "drop": [*range(last, known + 1), *([] if said else [known + 2])]},
            {"rule": "replace", "hyp": last, "in": [last + 1]},
            {"rule": "replace", "hyp": last + 1, "in": list(range(last))},
            {"rule": "weaken", "drop": [last, last + 1]},
        ]


def _solutions(sequent: Sequent, node: Term) -> Iterator[tuple[Term, list[Node]]]:
    """Yield terms that a value of Lambert W seems to be, and steps that end with what exp of it is."""
    argument = node.arguments[0]
    inner = list(dict.fromkeys(t.subterms(argument)))
    exponents = [n.arguments[0] for n in inner if n.operator == "exp"]
    for u in exponents:
        yield u, []
    for u, v in combinations(exponents, 2):
        if _seems(sequent, node, t.add(u, v)):
            yield t.add(u, v), [law("exp_sum", a=u, b=v)]
    for logarithm in (n for n in inner if n.operator == "log"):
        k = _ratio(sequent, node, logarithm)
        if k is None:
            continue
        base = law("exp_log", a=logarithm.arguments[0])
        if k == 1:
            yield logarithm, [base]
            continue
        factor = t.number(k)
        first = len(sequent.hypotheses)
        power: list[Node] = [
            base,
            law("exp_multiple", a=logarithm, b=factor),
            {"rule": "replace", "hyp": first, "in": [first + 1]},
        ]
        yield t.mul(factor, logarithm), power


def _seems(sequent: Sequent, node: Term, u: Term) -> bool:
    """Tell whether a term seems to have the value of another one."""
    found = False
    for point in samples(sequent):
        (gap, _), (size, _) = value_at(t.sub(node, u), point), value_at(u, point)
        # Near the branch point half of the digits are lost.
        if abs(gap) > 1e-6 * (1 + abs(size)):
            return False
        found = found or not math.isnan(gap)
    return found


def _ratio(sequent: Sequent, node: Term, unit: Term) -> Fraction | None:
    """Return the simple number by which a term seems to be a multiple of another one."""
    for point in samples(sequent):
        (value, _), (size, _) = value_at(node, point), value_at(unit, point)
        if not abs(size) > 1e-6 or math.isnan(value):
            continue
        k = Fraction(value / size).limit_denominator(_SIMPLE)
        if k and _seems(sequent, node, t.mul(t.number(k), unit)):
            return k
    return None


def _compared(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Compare ``W(A)`` with B by comparing A with ``B*exp(B)``."""
    goal = relation(sequent)
    if goal is None or goal.operator == "=" or depth < 1:
        return
    strict, last = goal.operator == "<", len(sequent.hypotheses)
    whole = difference(goal)
    f, signed = _core(whole, sequent) or (whole, t.ONE)
    for atom, p, r, q in linear_quotients(f, ("lambertw",)):
        direction = sign(p, sequent)
        if direction not in (-1, 1) or (q is not t.ONE and sign(q, sequent) != 1):
            continue
        a, lower_branch = atom.arguments[0], t.literal(atom.arguments[1]) < 0
        b = plain(t.div(r, t.neg(p)))
        above = direction == 1
        product = t.mul(b, t.exp(b))
        # W_0 increases and W_-1 decreases.
        left, right = (product, a) if above != lower_branch else (a, product)
        scale = t.mul(signed, t.div(p if above else t.neg(p), q))
        weight, factors = (scale.value, []) if isinstance(scale, Number) else (1, [["pos", str(scale)]])
        name = f"w{int(lower_branch)}_{'above' if above else 'below'}"
        if sign(t.sub(right, left), sequent) not in (0, 1):
            continue
        compared: Node = {"rule": "have", "formula": f"{left} {goal.operator} {right}"}
        links: list[Link] = [compared]
        parts, rest = log_parts(b)
        if parts:
            # Without logarithms in the exponent it is easier to show.
            if rest is not t.ZERO:
                parts[rest] = Fraction(1)
            split = t.mul(b, exponential_product(parts))
            left, right = (split if side is product else side for side in (left, right))
            equal = (1 if left is split else -1, ["hyp", last + 1], ["term", str(b)])
            links = [
                {"rule": "have", "formula": f"{left} {goal.operator} {right}"},
                *split_exponential(b, parts, last + 1),
                (compared, combined((1, ["hyp", last]), equal)),
                {"rule": "weaken", "drop": [last, last + 1]},
            ]
        links += [
            law(f"{name}_strict" if strict else name, a=a, b=b),
            combined((weight, ["hyp", last + 1], *factors)),
        ]
        # Both say the same: it costs nothing.
        proof = driver.chain(sequent, links, depth)
        if proof is not None:
            yield proof, -1


def _core(f: Term, sequent: Sequent) -> tuple[Term, Term] | None:
    """Return the only factor of a term that has values of W in sums, and the rest, which is positive.

    ``A/W(x) - A/B`` has the sign of ``B - W(x)`` where A and B are positive.
    """
    parts = factored(f)
    if parts is None or len(parts.above) + len(parts.below) < 2:
        return None
    cores = [
        g for g, e in parts.above if e == 1 and any(n.operator == "lambertw" for n in t.subterms(g))
    ]
    if len(cores) != 1:
        return None
    (core,) = cores
    above = [t.power(g, t.number(e)) for g, e in parts.above if g is not core]
    below = [t.power(g, t.number(e)) for g, e in parts.below]
    rest = t.div(t.mul(t.number(parts.constant), *above), t.mul(t.ONE, *below))
    match sign(rest, sequent):
        case 1:
            return core, rest
        case -1:
            return negative(core), t.neg(rest)
    return None


def _bounds(sequent: Sequent, argument: Term, branch: int) -> list[Link]:
    """Return the laws that bound the value, by what bounds its argument."""
    with ctx.workprec(DEFAULT_PRECISION):
        at = Evaluator(box_of(sequent)).walk(argument).at
        lows = [(at.low, at.low_open), *_said(sequent, argument, below=True)]
        highs = [(at.high, at.high_open), *_said(sequent, argument, below=False)]
        low, low_open = max(lows, key=lambda end: (float(end[0]), end[1]))
        high, _ = min(highs, key=lambda end: (float(end[0]), not end[1]))
        links: list[Link] = []
        # W_0 increases, W_-1 decreases; what is within the branch point's noise says nothing.
        if low > -math.exp(-1) + 1e-9 and low.is_finite() and (branch == 0 or low < 0):
            bound = _near(float(lambertw_at(low, branch)), up=branch == -1)
            name = "w0_above" if branch == 0 else "w1_below"
            links.append(law(f"{name}_strict" if low_open else name, a=argument, b=bound))
        if high > -math.exp(-1) + 1e-9 and high.is_finite() and (branch == 0 or high < 0):
            bound = _near(float(lambertw_at(high, branch)), up=branch == 0)
            links.append(law("w0_below" if branch == 0 else "w1_above", a=argument, b=bound))
    return links


def _said(sequent: Sequent, argument: Term, *, below: bool) -> Iterator[tuple[arb, bool]]:
    """Yield the constants that hypotheses put below, or above, a term."""
    for h in sequent.hypotheses:
        if isinstance(h, Relation) and h.operator != "=":
            constant, other = (h.left, h.right) if below else (h.right, h.left)
            if other == argument and not t.symbols_of(constant):
                value = Evaluator({}).walk(constant)
                if value.defined is True:
                    yield (value.at.high if below else value.at.low), h.operator == "<"


def _near(value: float, *, up: bool) -> Term:
    """Return a simple fraction that a double agrees with or nearly does, or a fine one beside it."""
    simple = Fraction(value).limit_denominator(_SIMPLE)
    gap = float(simple) - value
    if abs(gap) <= 1e-12 * max(1.0, abs(value)) or ((gap > 0) == up and abs(gap) <= 1 / _FINE):
        return t.number(simple)
    scale = max(_FINE, 2 ** math.ceil(12 - math.log2(abs(value))))
    return t.number(Fraction(math.ceil(value * scale) if up else math.floor(value * scale), scale))


__all__ = ["by_lambert"]
