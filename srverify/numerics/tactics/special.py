"""Steps for the functions of one argument: inverses undone, bounds, squares, exponentials."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import permutations
from typing import Any

from srverify.checker.laws import laws
from srverify.checker.rejected import RejectedError
from srverify.checker.sequent import Sequent, mentions
from srverify.language import term as t
from srverify.language.formula import Relation
from srverify.language.term import Term
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.driver import NOTHING_ELSE, Driver, Link, Proposal, relation
from srverify.numerics.tactics.floats import sign
from srverify.numerics.tactics.forms import Space, expanded
from srverify.numerics.tactics.generalizing import enclosed
from srverify.numerics.tactics.hypotheses import combined, fresh
from srverify.numerics.tactics.lawful import law, linear_parts, nodes, replacing

_TWO = t.number(2)


def rewritten(sequent: Sequent, node: Term, name: str, **parameters: Term) -> list[Link]:
    """Return the links that replace a term by the right side of a law, which is an equality."""
    conclusion = laws()[name].conclusion
    assert isinstance(conclusion, Relation)
    values = {t.variable(parameter): value for parameter, value in parameters.items()}
    new = t.substitute(conclusion.right, values)
    return replacing(sequent, node, new, law(name, **parameters))


#: A function of another: the law that undoes them, to be tried wherever they occur.
_UNDONE = {
    ("sin", "asin"): "sin_asin",
    ("cos", "asin"): "cos_asin",
    ("asin", "sin"): "asin_sin",
    ("cos", "acos"): "cos_acos",
    ("sin", "acos"): "sin_acos",
    ("acos", "cos"): "acos_cos",
    ("tan", "atan"): "tan_atan",
    ("sin", "atan"): "sin_atan",
    ("cos", "atan"): "cos_atan",
    ("atan", "tan"): "atan_tan",
    ("sinh", "asinh"): "sinh_asinh",
    ("asinh", "sinh"): "asinh_sinh",
    ("cosh", "acosh"): "cosh_acosh",
    ("acosh", "cosh"): "acosh_cosh",
    ("tanh", "atanh"): "tanh_atanh",
    ("atanh", "tanh"): "atanh_tanh",
    ("sin", "neg"): "sin_negative",
    ("cos", "neg"): "cos_negative",
    ("erf", "neg"): "erf_negative",
}
#: What is written by others, where nothing else helped.
_WRITTEN = {
    "tan": "tan_quotient",
    "sinh": "sinh_exp",
    "cosh": "cosh_exp",
    "tanh": "tanh_exp",
    "acos": "acos_asin",
    "erfc": "erfc_erf",
    "asinh": "asinh_log",
    "acosh": "acosh_log",
    "atanh": "atanh_log",
}
#: Functions with a bounded range.
_BOUNDED = ("sin", "cos", "asin", "acos", "atan", "tanh", "erf", "erfc")
#: Upper bounds and lower bounds of functions, by law; the tighter one first.
_BELOW = {
    "atan": ("atan_below",),
    "asin": ("asin_below",),
    "acos": ("acos_below",),
    "erfc": ("erfc_below",),
    "loggamma": ("loggamma_below",),
    "digamma": ("digamma_below",),
    "trigamma": ("trigamma_below",),
}
_ABOVE = {
    "atan": ("atan_above",),
    "asin": ("asin_above",),
    "erfc": ("erfc_above",),
    "loggamma": ("loggamma_above",),
    "digamma": ("digamma_above", "digamma_simple"),
    "trigamma": ("trigamma_above",),
}


def by_inverses(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Undo a function of its inverse, and take signs out of odd and even functions."""
    for node in nodes(sequent):
        if node.operator not in t.FUNCTIONS or node is t.PI:
            continue
        inner = node.arguments[0]
        name = _UNDONE.get((node.operator, inner.operator))
        if name is None:
            continue
        u = inner.arguments[0]
        found = driver.chain(sequent, rewritten(sequent, node, name, a=u), depth)
        if found is not None:
            yield found, -1


def by_writing(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Write a function by others: tan by sin and cos, hyperbolic ones by exp, their inverses by log."""
    if depth < 1:
        return
    for node in nodes(sequent):
        links = _written(sequent, node)
        if links is None:
            continue
        found = driver.chain(sequent, links, depth - 1)
        if found is not None:
            yield found, -1
        return


def by_recurrences(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Write Gamma of u by Gamma of u - 1, 1 - u, or u/2 and (u + 1)/2, where these occur.

    Likewise for the functions made of it.
    """
    kinds = ("gamma", "loggamma", "digamma", "trigamma")
    present = [n for n in nodes(sequent) if n.operator in kinds]
    for node, other in permutations(present, 2):
        if node.operator != other.operator:
            continue
        name, a = _related(node, other, present), other.arguments[0]
        if name is None or name not in laws():
            continue
        if name.endswith("_reflection") and not _cancels(sequent, node, other, name):
            continue
        led, found = driver.chained(sequent, rewritten(sequent, node, name, a=a), depth)
        if found is not None:
            yield found, -1
        elif led and name.endswith("_next"):
            # There is a value less.
            yield NOTHING_ELSE
        return


def _cancels(sequent: Sequent, node: Term, other: Term, name: str) -> bool:
    """Tell whether a value is gone, too, once another one is written by it."""
    goal, conclusion = relation(sequent), laws()[name].conclusion
    if goal is None:
        return False
    assert isinstance(conclusion, Relation)
    new = t.substitute(conclusion.right, {t.variable("a"): other.arguments[0]})
    left = expanded(_with(difference(goal), {node: new}))
    return left is not None and other not in t.subterms(left)


def _related(node: Term, other: Term, present: list[Term]) -> str | None:
    """Return the law that writes a value of Gamma, or of what is made of it, by another one."""
    u, a = node.arguments[0], other.arguments[0]
    if expanded(t.sub(u, a)) is t.ONE:
        return f"{node.operator}_next"
    if u == t.sub(t.ONE, a) and t.symbols_of(u):
        return f"{node.operator}_reflection"
    half = t.function(node.operator, t.add(a, t.number(Fraction(1, 2))))
    if u == t.mul(_TWO, a) and half in present:
        return f"{node.operator}_double"
    return None


def by_quotients(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Write a tangent as a quotient where the cosine has a sign: its derivatives stay short."""
    for node in nodes(sequent):
        if node.operator != "tan" or not t.symbols_of(node):
            continue
        u = node.arguments[0]
        if sign(t.function("cos", u), sequent) in (1, -1):
            found = driver.chain(sequent, rewritten(sequent, node, "tan_quotient", a=u), depth)
            if found is not None:
                yield found, -1
            return


def _written(sequent: Sequent, node: Term) -> list[Link] | None:
    if node.operator not in t.FUNCTIONS or node is t.PI:
        return None
    u = node.arguments[0]
    name = _WRITTEN.get(node.operator)
    if node.operator == "erfc" and not any(n.operator == "erf" for n in nodes(sequent)):
        # By itself it is the simpler one: products of its values do not become sums.
        return None
    if name is not None:
        return rewritten(sequent, node, name, a=u)
    if node.operator in ("sin", "cos"):
        if u.operator == "mul" and u.arguments[0] is _TWO:
            rest = t.mul(*u.arguments[1:])
            return rewritten(sequent, node, f"{node.operator}_double", a=rest)
        if u.operator == "add":
            first, rest = u.arguments[0], t.add(*u.arguments[1:])
            return rewritten(sequent, node, f"{node.operator}_sum", a=first, b=rest)
    if node.operator == "atan" and u.operator == "div" and u.arguments[0] is t.ONE:
        inner = u.arguments[1]
        if sign(inner, sequent) == 1:
            return rewritten(sequent, node, "atan_inverse", a=inner)
    return None


#: The tangent law of a function, the side on which its tangents are, and the slope that is named there.
_TANGENTS = {
    "loggamma": ("loggamma_tangent", 1, "digamma"),
    "digamma": ("digamma_tangent", -1, "trigamma"),
}


def by_gamma_tangents(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Use the tangent of log Gamma or digamma at a point at which its slope occurs, too."""
    goal = relation(sequent)
    if goal is None or goal.operator == "=" or goal.left is not t.ZERO:
        return
    last = len(sequent.hypotheses)
    for atom, p, _ in linear_parts(goal.right, tuple(_TANGENTS)):
        name, side, slope = _TANGENTS[atom.operator]
        (a,) = atom.arguments
        points = [n.arguments[0] for n in nodes(sequent) if n.operator == slope]
        for b in points:
            if b is a or sign(p, sequent) != side:
                continue
            tangent = t.add(t.function(atom.operator, b), t.mul(t.function(slope, b), t.sub(a, b)))
            rest = t.add(goal.right, t.mul(p, t.sub(tangent, atom)))
            rest = expanded(rest) or rest
            seen = sign(rest, sequent)
            if seen not in (0, 1) or (goal.operator == "<" and seen == 0):
                continue
            weight = p if side > 0 else t.neg(p)
            summands: list[tuple[object, ...]] = [(1, ["hyp", last], ["nonneg", str(weight)])]
            if rest is not t.ZERO:
                summands.append((1, ["pos" if goal.operator == "<" else "nonneg", str(rest)]))
            links: list[Link] = [law(name, a=a, b=b), combined(*summands)]
            found = driver.chain(sequent, links, max(depth - 1, 0))
            if found is not None:
                yield found, -1


def by_all_bounds(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Use bounds of all values of digamma and trigamma at once, before any is multiplied."""
    goal = relation(sequent)
    if goal is None or goal.operator == "=" or depth < 1:
        return
    f, last = difference(goal), len(sequent.hypotheses)
    parts = list(linear_parts(f, ("digamma", "trigamma")))
    if not parts or any(n.operator in ("gamma", "loggamma") for n in t.subterms(f)):
        return
    links: list[Link] = []
    summands: list[tuple[object, ...]] = [(1, ["hyp", last])]
    bounds: dict[Term, Term] = {}
    for atom, p, _ in parts:
        direction = sign(p, sequent)
        if direction not in (1, -1):
            return
        u = atom.arguments[0]
        name = (_ABOVE if direction > 0 else _BELOW)[atom.operator][0]
        conclusion = laws()[name].conclusion
        assert isinstance(conclusion, Relation)
        side = conclusion.left if direction > 0 else conclusion.right
        bounds[atom] = t.substitute(side, {t.variable("a"): u})
        links.append(law(name, a=u))
        weight = p if direction > 0 else t.neg(p)
        summands.append((1, ["hyp", last + len(links)], ["nonneg", str(weight)]))
    rest = _with(f, bounds)
    if sign(rest, sequent) not in ((1,) if goal.operator == "<" else (0, 1)):
        return
    have: Link = {"rule": "have", "formula": f"0 {goal.operator} {rest}"}
    # It costs no depth: what is left has none of these functions.
    found = driver.chain(sequent, [have, *links, combined(*summands)], depth)
    if found is not None:
        yield found, -1


def by_bounds(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Use a bound of a function that occurs linearly, of log Gamma if there is one value of it only."""
    yield from _by_bounds(driver, sequent, depth, {*_BELOW, *_ABOVE}, _has_several(sequent))


def by_stirling(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Use bounds of several values of log Gamma, where their differences did not help."""
    if _has_several(sequent):
        yield from _by_bounds(driver, sequent, depth, {"loggamma"}, False)


def _has_several(sequent: Sequent) -> bool:
    return sum(node.operator == "loggamma" for node in nodes(sequent)) > 1


def _by_bounds(
    driver: Driver, sequent: Sequent, depth: int, kinds: set[str], without_loggamma: bool
) -> Iterator[Proposal]:
    goal = relation(sequent)
    if goal is None or goal.operator == "=" or goal.left is not t.ZERO or depth < 1:
        return
    last = len(sequent.hypotheses)
    strict = goal.operator == "<"
    for atom, p, _ in linear_parts(goal.right, tuple(kinds)):
        if without_loggamma and atom.operator == "loggamma":
            continue
        direction = sign(p, sequent)
        if direction not in (1, -1):
            continue
        u = atom.arguments[0]
        for name in (_ABOVE if direction > 0 else _BELOW).get(atom.operator, ()):
            conclusion = laws()[name].conclusion
            assert isinstance(conclusion, Relation)
            side = conclusion.left if direction > 0 else conclusion.right
            bound = t.substitute(side, {t.variable("a"): u})
            rest = t.add(goal.right, t.mul(p, t.sub(bound, atom)))
            seen = sign(rest, sequent)
            if seen not in (0, 1):
                continue
            weight = p if direction > 0 else t.neg(p)
            sharp = strict and conclusion.operator == "<"
            summands: list[tuple[object, ...]] = [
                (1, ["hyp", last], ["pos" if sharp else "nonneg", str(weight)])
            ]
            if seen == 1 or not sharp:
                summands.append((1, ["pos" if strict and not sharp else "nonneg", str(rest)]))
            links: list[Link] = [law(name, a=u), combined(*summands)]
            found = driver.chain(sequent, links, depth - 1)
            if found is not None:
                yield found, -1


def by_squares(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Use that the squares of sine and cosine add up to 1, to remove even powers of the cosine."""
    goal = relation(sequent)
    if goal is None:
        return
    f = difference(goal)
    try:
        space = Space([f])
        form = space.form(f)
    except RejectedError:
        return
    last = len(sequent.hypotheses)
    for cosine in space.atoms.values():
        sine = t.function("sin", cosine.arguments[0]) if cosine.operator == "cos" else None
        if sine is None or not t.symbols_of(cosine):
            continue
        one = t.sub(t.add(t.power(sine, _TWO), t.power(cosine, _TWO)), t.ONE)
        both = Space([f, one])
        form, circle = both.form(f), both.form(one)
        order = next(i for i, atom in both.atoms.items() if atom is cosine)
        p, quotient = _reduced(form.p, circle.p, order)
        if quotient.is_zero():
            continue
        rest, factor, divisor = both.term(p), both.term(quotient), both.term(form.q)
        instance = law("sin_cos_square", a=cosine.arguments[0])
        used: tuple[object, ...] = (-1, ["hyp", last], ["term", str(factor)])
        if p.is_zero():
            if goal.operator == "<":
                return
            head = {**combined(used), "k": str(divisor)} if not form.q.is_one() else combined(used)
            found = driver.chain(sequent, [instance, head], depth)
        elif form.q.is_one() and depth > 0:
            have = {"rule": "have", "formula": f"0 {goal.operator} {rest}"}
            links: list[Link] = [instance, have, combined((1, ["hyp", last + 1]), used)]
            found = driver.chain(sequent, links, depth - 1)
        else:
            continue
        if found is not None:
            yield found, -1
        return


def _reduced(p: Any, circle: Any, order: int) -> tuple[Any, Any]:
    """Divide by ``s^2 + c^2 - 1`` as polynomials in c: the rest, and the quotient."""
    context = p.context()
    quotient = context.constant(0)
    while True:
        high = {e: c for e, c in p.to_dict().items() if e[order] >= 2}
        if not high:
            return p, quotient
        lowered = {
            tuple(n - 2 if i == order else n for i, n in enumerate(e)): c for e, c in high.items()
        }
        part = context.from_dict(lowered)
        p, quotient = p - part * circle, quotient + part


def by_ranges(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Replace the only atom that a variable occurs in, a function, by a variable in its range."""
    goal = relation(sequent)
    if goal is None:
        return
    try:
        space = Space([difference(goal)])
    except RejectedError:
        return
    for variable in sequent.variables:
        atoms = [a for a in space.atoms.values() if variable.symbol in t.symbols_of(a)]
        if len(atoms) != 1 or atoms[0].operator not in _BOUNDED:
            continue
        if any(mentions(h, variable.symbol) for h in sequent.hypotheses):
            continue
        domain = enclosed(sequent, atoms[0])
        yield (
            {
                "rule": "generalize",
                "term": str(atoms[0]),
                "name": fresh(sequent, "v"),
                "domain": domain,
            },
            0,
        )


def by_circle_ranges(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Replace sine and cosine of an angle that occurs nowhere else by variables on a circle."""
    goal = relation(sequent)
    if goal is None:
        return
    for sine in nodes(sequent):
        if sine.operator != "sin" or not t.symbols_of(sine):
            continue
        (u,) = sine.arguments
        cosine, last = t.function("cos", u), len(sequent.hypotheses)
        names = fresh(sequent, "v"), fresh(sequent, "w")
        values: dict[Term, Term] = {sine: t.variable(names[0]), cosine: t.variable(names[1])}
        f = _with(difference(goal), values)
        if cosine not in nodes(sequent) or t.symbols_of(f) & t.symbols_of(u):
            continue
        links: list[Link] = [law("sin_cos_square", a=u)]
        links += [
            {"rule": "generalize", "term": str(old), "name": str(new), "domain": "[-1, 1]"}
            for old, new in values.items()
        ]
        # What was known of the angle itself is of no use any more.
        drop = [
            i for i in range(last) if any(mentions(sequent.hypotheses[i], s) for s in t.symbols_of(u))
        ]
        if drop:
            links.append({"rule": "weaken", "drop": drop})
        found = driver.chain(sequent, links, depth)
        if found is not None:
            yield found, -1
        return


def _with(term: Term, values: dict[Term, Term]) -> Term:
    if term in values:
        return values[term]
    if term.operator in ("number", "variable"):
        return term
    literal = term.operator in ("power", "ratpower", "lambertw")
    arguments = tuple(_with(a, values) for a in (term.arguments[:1] if literal else term.arguments))
    return t.rebuilt(term, (*arguments, term.arguments[1]) if literal else arguments)


__all__ = [
    "by_all_bounds",
    "by_bounds",
    "by_circle_ranges",
    "by_gamma_tangents",
    "by_inverses",
    "by_quotients",
    "by_ranges",
    "by_recurrences",
    "by_squares",
    "by_stirling",
    "by_writing",
]
