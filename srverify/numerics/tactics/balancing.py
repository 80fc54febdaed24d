"""Sums of exponentials that are alike about a mean exponent: by hyperbolic functions.

``exp(u) + exp(v) = 2*exp((u + v)/2)*cosh((u - v)/2)``. Exponentials and hyperbolic functions are
written as products of powers of a few, a polynomial in these is factored, and each factor that is alike
about its mean exponent becomes that exponential times a sum of hyperbolic functions.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from srverify.checker.enclosures.substitution import rebuilt
from srverify.checker.rejected import RejectedError
from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.formula import Relation
from srverify.language.parser import formula_text, parse_term
from srverify.language.term import Symbol, Term
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.driver import Driver, Link, Node, Proposal, expand, relation
from srverify.numerics.tactics.exponentials import written_exponential
from srverify.numerics.tactics.floats import sign
from srverify.numerics.tactics.forms import RATIONAL, Space, factored, plain, polynomial
from srverify.numerics.tactics.hypotheses import combined, fresh
from srverify.numerics.tactics.lawful import law
from srverify.numerics.tactics.logarithms import spread
from srverify.numerics.tactics.shifting import is_mixed
from srverify.numerics.tactics.special import rewritten

_HYPERBOLIC = ("sinh", "cosh", "tanh")
_KINDS = (*_HYPERBOLIC, "exp")
#: Higher powers make polynomials too large.
_MAX_POWER = 12
_MAX_UNITS = 5
_TWO = t.number(2)
#: An exponent by multiples of products of variables, and as powers of the units' exponentials.
Parts = dict[Term, Fraction]
Powers = tuple[int, ...]


def by_balancing(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Divide a sum of exponentials by the mean one, about which it is alike."""
    goal = relation(sequent)
    if goal is None or goal.operator == "=" or len(sequent.variables) < 2:
        return
    f = difference(goal)
    found = _balanced(f, factors=False) if balances(f) else None
    if found is None or any(sign(p, sequent) != 1 for p, _ in found.below):
        return
    ((core, _),) = found.above
    core = plain(core if found.constant > 0 else t.neg(core))
    weight = _Balanced(abs(found.constant), found.exponent, (), found.below)
    last = len(sequent.hypotheses)
    whole = t.mul(weight.term, core)
    shown = _shown(driver, sequent, f, whole, found.units, depth)
    if shown is None:
        return
    links: list[Link] = [
        {"rule": "have", "formula": f"0 {goal.operator} {core}"},
        (shown, {"rule": "weaken", "drop": [last]}),
        combined((1, ["hyp", last], ["pos", str(weight.term)]), (-1, ["hyp", last + 1])),
    ]
    proof = driver.chain(sequent, links, depth)
    if proof is not None:
        yield proof, -1


def balances(f: Term) -> bool:
    """Tell whether a sum of exponentials is alike about its mean exponent, and plainer by that."""
    if sum(n.operator == "exp" for n in _outer(f)) < 2:
        return False
    found = _balanced(f, factors=False)
    return found is not None and len(found.above) == 1 and not _is_worse(f, found.above[0][0])


def by_balanced_sides(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Compare products that sums of exponentials come to by their logarithms."""
    goal = relation(sequent)
    if goal is None or goal.operator == "=" or depth < 1 or len(sequent.variables) < 2:
        return
    sides = goal.left, goal.right
    # Of sums on both sides the logarithms are no simpler.
    if not any(_is_sum(side) for side in sides) or all(side.operator != "exp" for side in sides):
        return
    products = [_product(sequent, side) for side in sides]
    if None in products or any(sign(side, sequent) != 1 for side in sides):
        return
    last = len(sequent.hypotheses)
    links: list[Link] = []
    for side, found in zip(sides, products, strict=True):
        assert found is not None
        if found.term != side:
            shown = _shown(driver, sequent, side, found.term, found.units, depth)
            if shown is None:
                return
            links += [shown, {"rule": "replace", "hyp": last}, {"rule": "weaken", "drop": [last]}]
    left, right = (found.term for found in products if found is not None)
    name = "log_reflects_strict" if goal.operator == "<" else "log_reflects"
    compared = Relation(goal.operator, t.log(left), t.log(right))
    if _logarithms(driver, sequent, compared, depth) is None:
        return
    links += [
        {"rule": "have", "formula": formula_text(compared)},
        law(name, a=left, b=right),
        combined((1, ["hyp", last + 1])),
    ]
    proof = driver.chain(sequent, links, depth)
    if proof is not None:
        yield proof, -1


def by_balanced_logarithms(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Write logarithms of sums of exponentials by those of hyperbolic functions, if all can be."""
    goal = relation(sequent)
    # Of more variables the logarithms are rather moved together.
    if goal is None or len(sequent.variables) != 2 or sequent.hypotheses:
        return
    f = difference(goal)
    inner = list(dict.fromkeys(t.subterms(f)))
    logarithms = [n for n in inner if n.operator == "log" and _has_sum(n)]
    inside = {m for n in logarithms for m in t.subterms(n)}
    wanted = any(map(is_mixed, logarithms))
    if not wanted or any(n.operator == "exp" and n not in inside for n in inner):
        return
    last = len(sequent.hypotheses)
    links: list[Link] = []
    for node in logarithms:
        (u,) = node.arguments
        found = _product(sequent, u)
        if found is None or sign(u, sequent) != 1:
            return
        shown = _shown(driver, sequent, u, found.term, found.units, depth)
        if shown is None:
            return
        links += [shown, {"rule": "replace", "hyp": last}, {"rule": "weaken", "drop": [last]}]
        links += _apart(found.term, last)
    proof = driver.chain(sequent, links, depth)
    if proof is not None:
        yield proof, -1


def _logarithms(driver: Driver, sequent: Sequent, goal: Relation, depth: int) -> Node | None:
    """Prove a comparison of the logarithms of products, and remember that."""
    last = len(sequent.hypotheses)
    alone = sequent.proving(goal)
    links = [link for side in (goal.left, goal.right) for link in _apart(side.arguments[0], last)]
    proof = driver.chain(alone, links, depth)
    if proof is not None:
        driver.remember(alone, depth, proof)
    return proof


def _apart(product: Term, last: int) -> list[Link]:
    """Return the steps that write the logarithm of a product in the goal as a sum."""
    links: list[Link] = []
    for instance in spread(product):
        links += [instance, {"rule": "replace", "hyp": last}, {"rule": "weaken", "drop": [last]}]
    return links


@dataclass(frozen=True)
class _Balanced:
    """``constant*exp(exponent)*prod(above)/prod(below)``, and the units of all exponents."""

    constant: Fraction
    exponent: Term
    above: tuple[tuple[Term, int], ...]
    below: tuple[tuple[Term, int], ...]
    units: tuple[Term, ...] = ()

    @property
    def term(self) -> Term:
        """The product, as it is read from its text."""
        symbols = {s.name: s for f, _ in (*self.above, *self.below) for s in t.symbols_of(f)}
        symbols |= {s.name: s for s in t.symbols_of(self.exponent)}
        return parse_term(str(self._product), symbols)

    @property
    def _product(self) -> Term:
        factors = [f if e == 1 else t.power(f, t.number(e)) for f, e in self.above]
        if self.exponent is not t.ZERO:
            factors.append(t.exp(self.exponent))
        if self.constant != 1 or not factors:
            factors.append(t.number(self.constant))
        above = t.mul(*factors)
        divisors = [f if e == 1 else t.power(f, t.number(e)) for f, e in self.below]
        return t.div(above, t.mul(*divisors)) if divisors else above


def _product(sequent: Sequent, u: Term) -> _Balanced | None:
    """Return a positive term as a product of exponentials and positive functions, if it is one."""
    if u.operator == "exp":
        return _Balanced(Fraction(1), u.arguments[0], (), ())
    found = _balanced(u)
    if found is None or found.constant <= 0:
        return None
    factors = [f for f, _ in (*found.above, *found.below)]
    plain = all(f.operator in ("cosh", "sinh") or not _outer(f) for f in factors)
    return found if plain and all(sign(f, sequent) == 1 for f in factors) else None


def _is_sum(u: Term) -> bool:
    """Tell whether a term has several exponentials or hyperbolic functions, of several variables."""
    return u.operator != "exp" and len(_outer(u)) > 1 and len(t.symbols_of(u)) > 1


def _has_sum(logarithm: Term) -> bool:
    """Tell whether a logarithm is of a sum of exponentials, and not of hyperbolic functions only."""
    (u,) = logarithm.arguments
    return u.operator != "exp" and any(n.operator == "exp" for n in _outer(u))


def _is_worse(f: Term, core: Term) -> bool:
    """Tell whether there are as many functions as before, or exponentials still."""
    functions = _outer(core)
    return len(functions) >= len(_outer(f)) or any(n.operator == "exp" for n in functions)


def _outer(u: Term) -> list[Term]:
    """Return the exponentials and hyperbolic functions of variables, what is in exponents left out."""
    found: dict[Term, None] = {}
    stack = [u]
    while stack:
        part = stack.pop()
        if part.operator in _KINDS and t.symbols_of(part):
            found[part] = None
        elif part.operator not in ("number", "variable"):
            stack.extend(part.arguments)
    return list(found)


def _is_hidden(u: Term) -> bool:
    """Tell whether a function of another kind has exponentials inside."""
    stack = [u]
    while stack:
        part = stack.pop()
        if part.operator in _KINDS or part.operator in ("number", "variable"):
            continue
        if part.operator not in RATIONAL and _outer(part):
            return True
        stack.extend(part.arguments)
    return False


def _parts(exponent: Term) -> Parts | None:
    """Return the multiples of products of variables and functions that an exponent is the sum of."""
    form = polynomial(exponent)
    if form is None:
        return None
    space, poly = form
    context = poly.context()
    return {
        space.term(context.from_dict({powers: 1})): Fraction(int(c.p), int(c.q))
        for powers, c in poly.to_dict().items()
    }


@lru_cache(maxsize=1000)
def _balanced(u: Term, *, factors: bool = True) -> _Balanced | None:
    """Return the factors of a term, each of them balanced; None if one of them is not.

    Without ``factors`` what is above is taken as one.
    """
    functions = {n: parts for n in _outer(u) if (parts := _parts(n.arguments[0])) is not None}
    if len(functions) < len(_outer(u)) or not functions or _is_hidden(u):
        return None
    bases: dict[Term, list[Fraction]] = {}
    for parts in functions.values():
        for base, c in parts.items():
            bases.setdefault(base, []).append(abs(c))
    if len(bases) > _MAX_UNITS:
        return None
    units = {base: _unit(sizes) for base, sizes in bases.items()}
    # These names are never read, and nobody's.
    names = {base: t.variable(f"exp #{place}") for place, base in enumerate(units)}
    powers: dict[Term, dict[Term, int]] = {}
    for node, parts in functions.items():
        powers[node] = {base: int(c / units[base]) for base, c in parts.items()}
        if any(abs(k) > _MAX_POWER for k in powers[node].values()):
            return None

    def monomial(node: Term, times: int) -> Term:
        found = [t.power(names[b], t.number(times * k)) for b, k in powers[node].items()]
        return t.mul(*found) if found else t.ONE

    def change(part: Term) -> Term | None:
        if part not in powers:
            return None
        e, inverse = monomial(part, 1), monomial(part, -1)
        match part.operator:
            case "exp":
                return e
            case "sinh":
                return t.div(t.sub(e, inverse), _TWO)
            case "cosh":
                return t.div(t.add(e, inverse), _TWO)
        return t.div(t.sub(e, inverse), t.add(e, inverse))

    try:
        whole = factored(rebuilt(u, change))
    except RejectedError:
        return None
    if whole is None or whole.constant == 0:
        return None
    written = {names[base]: t.mul(t.number(unit), base) for base, unit in units.items()}
    constant, exponents = whole.constant, list[Term]()
    sides: list[list[tuple[Term, int]]] = [[], []]
    above = whole.above if factors else ((plain(t.div(whole.product, t.number(whole.constant))), 1),)
    for side, (place, parts_) in enumerate(((1, above), (-1, whole.below))):
        for factor, e in parts_:
            found = _alike(factor, written)
            if found is None:
                return None
            k, mean, rest = found
            constant *= k ** (place * e)
            if mean is not t.ZERO:
                exponents.append(t.mul(t.number(place * e), mean))
            if rest is not t.ONE:
                sides[side].append((rest, e))
    total = _tidy(t.add(*exponents)) if exponents else t.ZERO
    # A mean of two exponents may be half a unit.
    halves = tuple(t.mul(t.number(unit / 2), base) for base, unit in units.items())
    return _Balanced(constant, total, tuple(sides[0]), tuple(sides[1]), halves)


def _tidy(u: Term) -> Term:
    form = polynomial(u)
    return u if form is None else form[0].term(form[1])


def _alike(factor: Term, written: dict[Symbol, Term]) -> tuple[Fraction, Term, Term] | None:
    """Return (k, u, H) with ``factor = k*exp(u)*H``, H a sum of hyperbolic functions or free of them."""
    space = Space([factor])
    poly = space.form(factor).p / space.form(factor).q.leading_coefficient()
    places = [i for i, atom in space.atoms.items() if atom in written]
    context = poly.context()
    groups: dict[Powers, dict[Powers, object]] = {}
    for powers, c in poly.to_dict().items():
        mine = tuple(int(powers[i]) for i in places)
        rest = tuple(0 if i in places else int(n) for i, n in enumerate(powers))
        groups.setdefault(mine, {})[rest] = c
    coefficients = {mine: context.from_dict(part) for mine, part in groups.items()}
    units = [written[space.atoms[i]] for i in places]  # type: ignore[index]
    shortest = sorted(range(len(units)), key=lambda i: (len(str(units[i])), str(units[i])))

    def exponent(multiples: Sequence[Fraction | int]) -> Term:
        parts = [t.mul(t.number(k), unit) for k, unit in zip(multiples, units, strict=True) if k]
        return _tidy(t.add(*parts)) if parts else t.ZERO

    if len(groups) == 1:
        ((mine, part),) = coefficients.items()
        return Fraction(1), exponent(mine), space.term(part)
    # What is alike about a point has its mean there.
    mean = [Fraction(sum(column), len(groups)) for column in zip(*groups, strict=True)]
    summands: list[Term] = []
    turns = set()
    for mine, part in coefficients.items():
        mirrored = tuple(int(2 * m) - k for m, k in zip(mean, mine, strict=True))
        other = coefficients.get(mirrored)
        if other is None or any((2 * m).denominator > 1 for m in mean):
            return None
        if mirrored == mine:
            summands.append(space.term(part))
            turns.add(1)
            continue
        turns.add(1 if other == part else -1 if other == -part else 0)
        multiples = [k - m for k, m in zip(mine, mean, strict=True)]
        # Of a distance and its negative the one that is positive in the shortest unit.
        if next(multiples[i] for i in shortest if multiples[i]) < 0:
            continue
        function = t.function("cosh" if other == part else "sinh", exponent(multiples))
        if len(groups) == 2 and part.is_constant():
            c = part.leading_coefficient() * 2
            return Fraction(int(c.p), int(c.q)), exponent(mean), function
        summands.append(t.mul(space.term(part * 2), function))
    if len(turns) != 1 or 0 in turns:
        return None
    return Fraction(1), exponent(mean), t.add(*summands)


def _unit(sizes: list[Fraction]) -> Fraction:
    """Return the greatest number of which all of some numbers are multiples."""
    below = math.lcm(*(c.denominator for c in sizes))
    return Fraction(math.gcd(*(int(c * below) for c in sizes)), below)


def _shown(
    driver: Driver, sequent: Sequent, u: Term, v: Term, units: Sequence[Term], depth: int
) -> Node | None:
    """Return the step that has two terms equal, where powers of some exponentials show it."""
    head: Node = {"rule": "have", "formula": formula_text(Relation("=", u, v))}
    try:
        alone, _ = expand(sequent, head)
    except RejectedError:
        return None
    proof = driver.chain(alone, list(_spelled(alone, (u, v), units)), min(depth, 1))
    if proof is None:
        return None
    driver.remember(alone, max(depth, 1), proof)
    return head


def _spelled(sequent: Sequent, sides: tuple[Term, Term], units: Sequence[Term]) -> Iterator[Link]:
    """Yield the steps that write both sides of an equation by powers of the units' exponentials."""
    functions = list(dict.fromkeys(n for side in sides for n in _outer(side)))
    for node in functions:
        if node.operator == "exp":
            yield from _powers(sequent, node.arguments[0], units)
    for place, unit in enumerate(units):
        if any(n.operator in _HYPERBOLIC for n in t.subterms(unit)):
            # Functions in exponents stay as they are.
            name = fresh(sequent, f"x{place}_")
            yield {"rule": "generalize", "term": str(t.exp(unit)), "name": name, "domain": "(0, oo)"}
    for node in functions:
        if node.operator == "exp":
            continue
        (a,) = node.arguments
        yield from rewritten(sequent, node, f"{node.operator}_exp", a=a)
        exponents = (t.mul(_TWO, a),) if node.operator == "tanh" else (a, t.neg(a))
        for exponent in exponents:
            yield from _powers(sequent, exponent, units)
    yield combined()


def _powers(sequent: Sequent, exponent: Term, units: Sequence[Term]) -> list[Link]:
    """Return the steps that write an exponential by powers of the units' ones."""
    parts = _parts(exponent) or {}
    found: dict[Term, Fraction] = {}
    for unit in units:
        ((base, size),) = (_parts(unit) or {}).items()
        if base in parts:
            found[unit] = parts[base] / size
    if exponent in found:
        return []
    return written_exponential(sequent, exponent, found)


__all__ = ["balances", "by_balanced_logarithms", "by_balanced_sides", "by_balancing"]
