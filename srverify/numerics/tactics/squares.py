"""Polynomials over variables and function values: certificates by sums of squares."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations
from random import Random
from typing import Any, NamedTuple, TypeAlias

from srverify.checker.check import expand
from srverify.checker.rejected import RejectedError
from srverify.checker.sequent import Sequent
from srverify.checker.steps import remaining
from srverify.language import term as t
from srverify.language.formula import Relation
from srverify.language.parser import parse_formula
from srverify.language.term import Term
from srverify.numerics.clock import OutOfTimeError
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.driver import Driver, Link, Node, Proposal, relation
from srverify.numerics.tactics.floats import sign, value_at
from srverify.numerics.tactics.forms import Space, number
from srverify.numerics.tactics.generalizing import root_of_variable
from srverify.numerics.tactics.gram import Block, Multiple, Problem, Square
from srverify.numerics.tactics.hypotheses import combined
from srverify.numerics.tactics.lawful import law

#: Larger polynomials, and more facts, take too long.
_MAX_ATOMS, _MAX_TERMS, _MAX_DEGREE, _MAX_FACTS = 7, 120, 12, 16
#: Seconds for one polynomial.
_SECONDS = 1.2
#: Points at which a polynomial is evaluated first; where it is negative, nothing is looked for.
_PROBES = 300
#: A constant is between these multiples of it, and one.
_NEAR = (-5e-3, 5e-3)
#: What is replaced by variables; of others too little is known.
_ATOMS = ("variable", "exp", "sqrt", "abs", "sin", "cos")
#: Of these, what polynomials seldom say much of.
_TRANSCENDENTAL = ("exp", "sin", "cos")
_Factor: TypeAlias = tuple[str, object]


class _Fact(NamedTuple):
    """Something at least 0 (or 0), with its factor in a certificate."""

    factor: _Factor
    term: Term
    operator: str
    implied: bool = False


class _Known(NamedTuple):
    """A product of facts as a polynomial."""

    factors: tuple[_Factor, ...]
    poly: Any
    strict: bool
    implied: bool


def by_sums_of_squares(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Write a polynomial over variables and function values as a sum of squares times facts."""
    goal = relation(sequent)
    if goal is None or goal.operator == "=":
        return
    if root_of_variable(sequent) is not None:
        # With variables for roots there are fewer atoms, and no equations between them.
        return
    f = difference(goal)
    instances, facts = _facts(sequent, f)
    if facts is None:
        return
    try:
        space = Space([f, *(fact.term for fact in facts)])
        form = space.form(f)
        forms = [(fact, space.form(fact.term)) for fact in facts]
    except RejectedError:
        return
    if not form.q.is_constant() or form.p.is_constant():
        return
    target = form.p / form.q.leading_coefficient()
    used = {i for e in target.to_dict() for i, n in enumerate(e) if n}
    known = [
        _Known((fact.factor,), form.p / form.q.leading_coefficient(), fact.operator == "<", fact.implied)
        for fact, form in forms
        if form.q.is_constant() and fact.operator != "=" and not form.p.is_constant()
    ]
    equations = [
        ((fact.factor,), form.p / form.q.leading_coefficient())
        for fact, form in forms
        if form.q.is_constant() and fact.operator == "=" and not form.p.is_constant()
    ]
    known = _relevant(known, equations, used)
    if (
        len(used) > _MAX_ATOMS
        or len(target) > _MAX_TERMS
        or target.total_degree() > _MAX_DEGREE
        or len(known) > _MAX_FACTS
    ):
        return
    if any(space.atoms[i].operator not in _ATOMS and t.symbols_of(space.atoms[i]) for i in used):
        return
    if depth < 1 and any(space.atoms[i].operator in _TRANSCENDENTAL for i in used):
        # Values of such functions are seldom but numbers to a polynomial, and searches take long.
        return
    found = _certificate(driver, space, target, known, equations, goal.operator == "<")
    if found is None:
        return
    ends = found.get("ends")
    head = {key: value for key, value in found.items() if key != "ends"}
    if ends is None:
        node = driver.chain(sequent, _with_signs(sequent, instances, head), min(depth, 2))
        if node is not None:
            yield node, -1
        return
    # The multiplier is positive but where all of these variables are at their ends.
    cases: Node = {"rule": "cases", "on": f"0 < {head['k']}"}
    *plain, inside, outside = expand(sequent, cases)
    last = len(outside.hypotheses) - 1
    links: list[Link] = []
    for name in ends if len(ends) > 1 else ():
        others = [(1, ["low", other]) for other in ends if other != name]
        bound = f"{name} <= {sequent.domains[name].lower}"
        links.append(({"rule": "have", "formula": bound}, combined((1, ["hyp", last]), *others)))
    links += [{"rule": "absorb", "hyp": last + 1}] * len(ends)
    proofs = [driver.chain(inside, [head], 1), driver.chain(outside, links, min(depth, 2))]
    if not plain and None not in proofs:
        yield {**cases, "children": proofs}, -1


def _with_signs(sequent: Sequent, instances: list[Link], head: Node) -> list[Link]:
    """Return the steps of a certificate, signs that are not plain being shown before all else."""
    last = len(sequent.hypotheses)
    shown: dict[str, int] = {}
    terms = []
    for summand in head["terms"]:
        factors = []
        for kind, argument in summand["factors"]:
            if kind in ("pos", "nonneg"):
                text = f"0 {'<' if kind == 'pos' else '<='} {argument}"
                if text in shown or remaining(sequent, [parse_formula(text, sequent.symbols)]):
                    factors.append(["sign", shown.setdefault(text, last + len(shown))])
                    continue
            factors.append([kind, argument])
        terms.append({**summand, "factors": factors})
    asked = {a for summand in terms for kind, a in summand["factors"] if kind == "hyp"}
    used = sorted(a for a in asked if a >= last)
    places = {a: last + len(shown) + i for i, a in enumerate(used)}
    for summand in terms:
        summand["factors"] = [
            ["hyp", argument if kind == "sign" else places.get(argument, argument)]
            if kind in ("hyp", "sign")
            else [kind, argument]
            for kind, argument in summand["factors"]
        ]
    haves: list[Link] = [{"rule": "have", "formula": text} for text in shown]
    return [*haves, *(instances[a - last] for a in used), {**head, "terms": terms}]


def _facts(sequent: Sequent, f: Term) -> tuple[list[Link], list[_Fact] | None]:
    """Return instances of laws to be assumed, and what is known then."""
    found: list[_Fact] = []
    for index, h in enumerate(sequent.hypotheses):
        if isinstance(h, Relation) and h.left is not h.right:
            found.append(_Fact(("hyp", index), difference(h), h.operator))
    for v in sequent.variables:
        low, high = v.domain.lower, v.domain.upper
        if low is not None:
            strict = "<" if v.domain.lower_open else "<="
            found.append(_Fact(("low", v.name), t.sub(v.symbol, low), strict))
        if high is not None:
            strict = "<" if v.domain.upper_open else "<="
            found.append(_Fact(("high", v.name), t.sub(high, v.symbol), strict))
    try:
        atoms = list(Space([f, *(fact.term for fact in found)]).atoms.values())
    except RejectedError:
        return [], None
    instances: list[Link] = []
    last = len(sequent.hypotheses)
    angles: set[Term] = set()
    for atom in atoms:
        if atom.operator == "variable":
            continue
        if not t.symbols_of(atom) and atom.operator != "sqrt":
            value, _ = value_at(atom, {})
            if not math.isnan(value):
                low, high = (t.number(Fraction(value * (1 + e)).limit_denominator(1000)) for e in _NEAR)
                bounds = (t.sub(atom, low), t.sub(high, atom)) if value > 0 else ()
                found += [_Fact(("pos", str(bound)), bound, "<") for bound in bounds]
            continue
        (u, *_) = atom.arguments
        match atom.operator:
            case "exp":
                found.append(_Fact(("pos", str(atom)), atom, "<"))
            case "sqrt":
                sharp = sign(u, sequent) == 1 and not t.symbols_of(u)
                kind, operator = ("pos", "<") if sharp else ("nonneg", "<=")
                found.append(_Fact((kind, str(atom)), atom, operator))
                square = t.sub(u, t.power(atom, t.number(2)))
                found.append(_Fact(("hyp", last + len(instances)), square, "="))
                instances.append(law("sqrt_square", a=u))
            case "abs":
                found.append(_Fact(("nonneg", str(atom)), atom, "<="))
                square = t.sub(t.power(u, t.number(2)), t.power(atom, t.number(2)))
                found.append(_Fact(("hyp", last + len(instances)), square, "="))
                instances.append(law("abs_square", a=u))
                for name, side in (("abs_above", u), ("abs_above_negative", t.neg(u))):
                    found.append(_Fact(("hyp", last + len(instances)), t.sub(atom, side), "<="))
                    instances.append(law(name, a=u))
            case "sin" | "cos":
                for bound in (t.sub(t.ONE, atom), t.add(t.ONE, atom)):
                    found.append(_Fact(("nonneg", str(bound)), bound, "<=", True))
                direction = sign(atom, sequent)
                if direction is not None:
                    signed = atom if direction >= 0 else t.neg(atom)
                    found.append(_Fact(("nonneg", str(signed)), signed, "<="))
                if u not in angles:
                    angles.add(u)
                    sine, cosine = (t.power(t.function(n, u), t.number(2)) for n in ("sin", "cos"))
                    rest = t.sub(t.ONE, t.add(sine, cosine))
                    found.append(_Fact(("hyp", last + len(instances)), rest, "="))
                    instances.append(law("sin_cos_square", a=u))
                    double = t.sub(cosine, sine)
                    direction = sign(double, sequent)
                    if direction is not None and {t.function(n, u) for n in ("sin", "cos")} <= set(
                        atoms
                    ):
                        signed = double if direction >= 0 else t.neg(double)
                        found.append(_Fact(("nonneg", str(signed)), signed, "<="))
            case _:
                direction = sign(atom, sequent)
                if direction in (1, -1):
                    signed = atom if direction == 1 else t.neg(atom)
                    found.append(_Fact(("nonneg", str(signed)), signed, "<="))
    return instances, found


def _relevant(known: list[_Known], equations: list[Any], used: set[int]) -> list[_Known]:
    """Leave out facts about what occurs neither in the target nor together with it."""
    groups = [
        {i for e in p.to_dict() for i, n in enumerate(e) if n}
        for p in (*(k.poly for k in known), *(h for _, h in equations))
    ]
    while True:
        more = {i for group in groups if group & used for i in group} - used
        if not more:
            break
        used |= more
    seen: dict[str, _Known] = {}
    for item, group in zip(known, groups, strict=False):
        if group <= used:
            seen.setdefault(str(item.poly), item)
    return list(seen.values())


#: Searches for certificates that are remembered.
_MAX_KEPT = 4000
_CERTIFICATES: dict[tuple[Any, ...], Node | None] = {}


def _certificate(
    driver: Driver, space: Space, target: Any, known: list[_Known], equations: list[Any], strict: bool
) -> Node | None:
    key = (
        strict,
        str(target),
        tuple(map(str, space.atoms.values())),
        tuple((str(k.factors), str(k.poly), k.strict) for k in known),
        tuple((str(factors), str(h)) for factors, h in equations),
    )
    if key not in _CERTIFICATES:
        if len(_CERTIFICATES) >= _MAX_KEPT:
            _CERTIFICATES.clear()
        if not equations and _is_negative_somewhere(target, [k.poly for k in known]):
            _CERTIFICATES[key] = None
            return None
        clock = driver.clock.part(_SECONDS)
        try:
            _CERTIFICATES[key] = _searched(clock.check, space, target, known, equations, strict)
        except OutOfTimeError:
            driver.clock.check()
            _CERTIFICATES[key] = None
    return _CERTIFICATES[key]


def _searched(
    check: Any, space: Space, target: Any, known: list[_Known], equations: list[Any], strict: bool
) -> Node | None:
    monomials = [k for k in known if len(k.poly) == 1]
    closed = all(not k.strict and k.factors[0][0] == "low" for k in monomials)
    ends = [str(k.factors[0][1]) for k in monomials] if closed else []
    for multiplier, level, more in _attempts(target, known, equations):
        scaled = target if multiplier is None else target * multiplier
        degree = int(scaled.total_degree()) + more
        # Squares of a higher degree see what a circle implies.
        useful = [k for k in known if not more or not k.implied]
        blocks = _products(target, useful, level, degree + 1)
        problem = Problem(scaled, blocks, equations, degree, check)
        if not problem.homogeneous:
            problem.degree += degree % 2
        found = problem.solve(strict)
        if found is not None:
            head: Node = {"rule": "combine", "terms": [_summand(space, s) for s in found]}
            if multiplier is not None:
                head["k"] = str(space.term(multiplier))
                if ends or (not monomials and problem.homogeneous):
                    head["ends"] = ends
            return head
    return None


def _attempts(target: Any, known: list[_Known], equations: list[Any]) -> Iterator[tuple[Any, int, int]]:
    """Yield what to multiply with, how many facts are multiplied, and what to add to the degree."""
    yield None, 1, 0
    if known:
        yield None, 2, 0
        if len(known) <= 6:
            yield None, 3, 0
    monomials = [k.poly for k in known if len(k.poly) == 1]
    if len(monomials) > 1 and not equations:
        yield sum(monomials[1:], monomials[0]), 3, 0
    elif equations or known:
        yield None, 2, 2
    else:
        context = target.context()
        used = {i for e in target.to_dict() for i, n in enumerate(e) if n}
        gens = context.gens()
        squares = sum((gens[i] ** 2 for i in used), context.constant(0))
        yield squares if len({sum(map(int, e)) for e in target.to_dict()}) == 1 else squares + 1, 0, 0


def _products(target: Any, known: list[_Known], level: int, degree: int) -> list[Block]:
    one = target.context().constant(1)
    found = [Block((), one, True)]
    seen = {"1"}
    for count in range(1, level + 1):
        for chosen in combinations(known, count):
            poly = one
            for item in chosen:
                poly = poly * item.poly
            if poly.total_degree() > degree or str(poly) in seen:
                continue
            seen.add(str(poly))
            factors = tuple(factor for item in chosen for factor in item.factors)
            found.append(Block(factors, poly, all(item.strict for item in chosen)))
    return found


def _summand(space: Space, found: Square | Multiple) -> Node:
    if isinstance(found, Multiple):
        factors = [*map(list, found.factors), ["term", str(space.term(found.cofactor))]]
        return {"coeff": "1", "factors": factors}
    factors = [*map(list, found.factors)]
    if found.root is not None:
        factors.append(["square", str(space.term(found.root))])
    return {"coeff": str(number(found.weight)), "factors": factors}


def _is_negative_somewhere(target: Any, facts: list[Any]) -> bool:
    """Tell whether a polynomial is negative at a random point at which facts are positive."""
    generator = Random(1)
    n = target.context().nvars()
    try:
        terms, given = _doubles(target), [_doubles(p) for p in facts]
        for _ in range(_PROBES):
            scale = generator.choice((0.1, 1.0, 1.0, 3.0, 30.0))
            point = [generator.uniform(-1.0, 1.0) * scale for _ in range(n)]
            if generator.random() < 0.7:
                point = [abs(x) for x in point]
            if any(_at(p, point)[0] <= 0 for p in given):
                continue
            value, size = _at(terms, point)
            if value < -1e-9 * size:
                return True
    except OverflowError:
        return False
    return False


_Monomials: TypeAlias = list[tuple[tuple[int, ...], float]]


def _doubles(poly: Any) -> _Monomials:
    return [(tuple(map(int, e)), int(c.p) / int(c.q)) for e, c in poly.to_dict().items()]


def _at(terms: _Monomials, point: list[float]) -> tuple[float, float]:
    total = size = 0.0
    for exponents, c in terms:
        value = c
        for x, n in zip(point, exponents, strict=True):
            if n:
                value *= x**n
        total += value
        size += abs(value)
    return total, size


__all__ = ["by_sums_of_squares"]
