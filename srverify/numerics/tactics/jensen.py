"""Jensen's inequality for logarithms and exponentials: all are compared at one point of reference.

Both come from ``log(z) <= z - 1``: with ``z = a/m`` for every logarithm of an a, m being what the
largest logarithm is of; and with ``z = G/H`` for every product G of powers, H being the one to be
bounded. What is left has no logarithm, or nothing at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np

from srverify.checker.rejected import RejectedError
from srverify.checker.sequent import Sequent
from srverify.checker.steps import remaining
from srverify.language import term as t
from srverify.language.formula import Relation
from srverify.language.parser import formula_text
from srverify.language.term import Number, Symbol, Term
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.calculus import slope_of
from srverify.numerics.tactics.driver import Driver, Link, Proposal, relation
from srverify.numerics.tactics.floats import sign, values
from srverify.numerics.tactics.forms import Space, expanded, factored, plain, symbols_in_order
from srverify.numerics.tactics.hypotheses import combined, is_evident
from srverify.numerics.tactics.lawful import law
from srverify.numerics.tactics.numerals import smallest_factor

_POWERS = ("realpower", "natpower", "ratpower", "sqrt")
_HALF = t.number(Fraction(1, 2))
#: More logarithms, or groups of powers, are not compared.
_MAX_PARTS = 6
#: Weights of means have no larger denominators.
_MAX_DENOMINATOR = 60


@dataclass
class _Comparison:
    """Instances of laws, and the summands of a certificate that use them."""

    sequent: Sequent
    start: int
    links: list[Link] = field(default_factory=list)
    summands: list[tuple[object, ...]] = field(default_factory=list)

    def assume(self, name: str, **arguments: Term) -> int:
        """Add an instance of a law; returns its place among the hypotheses."""
        node = law(name, **arguments)
        if node not in self.links:
            self.links.append(node)
        return self.start + self.links.index(node)

    def logarithm(self, term: Term, weight: Term) -> Term:
        """Return ``log(term)`` taken apart; what that takes is accounted for with a weight."""
        if term is t.ONE:
            return t.ZERO
        step = self._step(term)
        if step is None:
            return t.log(term)
        place, parts = step
        self.summands.append((-1, ["hyp", place], ["term", str(weight)]))
        found = [t.mul(c, self.logarithm(part, t.mul(weight, c))) for c, part in parts]
        return t.add(*found)

    def _step(self, term: Term) -> tuple[int, list[tuple[Term, Term]]] | None:
        minus, half = t.number(-1), t.div(t.ONE, t.number(2))
        match term.operator:
            case "mul":
                a, b = term.arguments[0], t.mul(*term.arguments[1:])
                if self._positive(a) and self._positive(b):
                    return self.assume("log_product", a=a, b=b), [(t.ONE, a), (t.ONE, b)]
            case "div":
                a, b = term.arguments
                if a is t.ONE:
                    return self.assume("log_inverse", a=b), [(minus, b)]
                if self._positive(a) and self._positive(b):
                    return self.assume("log_quotient", a=a, b=b), [(t.ONE, a), (minus, b)]
            case "sqrt":
                (a,) = term.arguments
                return self.assume("log_sqrt", a=a), [(half, a)]
            case "power" | "ratpower" | "realpower" | "natpower":
                a, b = term.arguments
                if self._positive(a):
                    return self.assume("log_power", a=a, b=b), [(b, a)]
        return self._step_of_number(term) if isinstance(term, Number) else None

    def _step_of_number(self, number: Number) -> tuple[int, list[tuple[Term, Term]]] | None:
        """Take the logarithm of a number apart, down to those of primes."""
        above, below = number.value.numerator, number.value.denominator
        if above <= 0:
            return None
        if below > 1:
            a, b = t.number(above), t.number(below)
            if above == 1:
                return self.assume("log_inverse", a=b), [(t.number(-1), b)]
            return self.assume("log_quotient", a=a, b=b), [(t.ONE, a), (t.number(-1), b)]
        prime = smallest_factor(above)
        if prime == above:
            return None
        a, b = t.number(prime), t.number(above // prime)
        return self.assume("log_product", a=a, b=b), [(t.ONE, a), (t.ONE, b)]

    def _positive(self, term: Term) -> bool:
        return sign(term, self.sequent) == 1


def shown_by(
    driver: Driver,
    sequent: Sequent,
    depth: int,
    logarithms: list[tuple[Term, Term]],
    uses: list[tuple[Term, Term]],
    *,
    spare: bool = False,
) -> Iterator[Proposal]:
    """Show a goal by ``weight*(z - 1 - log(z)) >= 0`` for some weights and z, and what is left.

    ``logarithms`` are those of the goal, with their factors. Without depth nothing may be left, unless
    there is something to ``spare`` that is plainly positive.
    """
    goal = relation(sequent)
    assert goal is not None
    strict = goal.operator == "<"
    last = len(sequent.hypotheses)
    rest = difference(goal)
    for weight, z in uses:
        if sign(weight, sequent) not in (0, 1) or sign(z, sequent) != 1:
            return
    # Whether what is left has the right sign is seen before it is written down.
    gains = (t.mul(w, t.sub(t.sub(z, t.ONE), t.log(z))) for w, z in uses)
    seen = sign(t.sub(rest, t.add(*gains)), sequent)
    if seen not in ((1,) if strict else (0, 1)) or (depth < 1 and seen != 0 and not spare):
        return
    # What is left, and weights, are shown before logarithms are spoken of.
    known = [Relation("<=", t.ZERO, weight) for weight, _ in uses]
    haves = list(dict.fromkeys(remaining(sequent, known)))
    for shown in (False, True):
        found = _Comparison(sequent, last + len(haves) + shown)
        left = rest
        for c, argument in logarithms:
            if t.symbols_of(argument):
                left = t.add(left, t.mul(c, t.sub(found.logarithm(argument, c), t.log(argument))))
        for weight, z in uses:
            value = _exponents(found.logarithm(z, weight), found, weight)
            place = found.assume("log_below", a=z)
            factor: list[object] = ["nonneg", str(weight)]
            condition = Relation("<=", t.ZERO, weight)
            if condition in haves:
                factor = ["hyp", last + shown + haves.index(condition)]
            found.summands.append((1, ["hyp", place], factor))
            left = t.add(left, t.mul(weight, t.add(value, t.sub(t.ONE, z))))
        parts = factored(left)
        nothing = parts is not None and parts.constant == 0
        if parts is None or (nothing and strict):
            return
        if nothing:
            break
        easy = spare and is_evident(sequent, Relation(goal.operator, t.ZERO, plain(left)))
        if (depth < 1 and not easy) or sign(left, sequent) not in ((1,) if strict else (0, 1)):
            return
    links: list[Link] = [{"rule": "have", "formula": formula_text(h)} for h in haves]
    if not nothing:
        goal = Relation(goal.operator, t.ZERO, plain(left))
        links = [{"rule": "have", "formula": formula_text(goal)}, *links]
        found.summands.append((1, ["hyp", last]))
    links += [*found.links, combined(*found.summands)]
    # Conditions need some depth; what is left must not lead back here again and again.
    node = driver.chain(sequent, links, max(depth - 1, 1 if nothing else 0))
    if node is not None:
        yield node, -1


def _exponents(value: Term, found: _Comparison, weight: Term) -> Term:
    """Replace ``log(exp(u))`` by u in a sum of logarithms, those of u taken apart."""
    if value.operator == "log" and value.arguments[0].operator == "exp":
        (u,) = value.arguments[0].arguments
        place = found.assume("log_exp", a=u)
        found.summands.append((-1, ["hyp", place], ["term", str(weight)]))
        for c, argument in logarithms_of(u) or ():
            if t.symbols_of(argument):
                apart = found.logarithm(argument, t.mul(weight, c))
                u = t.add(u, t.mul(c, t.sub(apart, t.log(argument))))
        return u
    if value.operator == "add":
        return t.add(*(_exponents(part, found, weight) for part in value.arguments))
    if value.operator == "neg":
        return t.neg(_exponents(value.arguments[0], found, t.neg(weight)))
    if value.operator == "mul":
        *factors, last = value.arguments
        return t.mul(*factors, _exponents(last, found, t.mul(weight, *factors)))
    return value


def by_log_means(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Compare logarithms with one of them, whose factor is the sum of theirs, up to a number."""
    goal = relation(sequent)
    if goal is None or goal.operator == "=":
        return
    parts = logarithms_of(difference(goal))
    if parts is None or not 1 <= len(parts) <= _MAX_PARTS:
        return
    signs = [sign(c, sequent) for c, _ in parts]
    if None in signs or 0 in signs or any(sign(a, sequent) != 1 for _, a in parts):
        return
    signed = [(c if s == 1 else t.neg(c), a, s == 1) for (c, a), s in zip(parts, signs, strict=True)]
    for pivot, (weight, b, up) in enumerate(signed):
        reference = b if up else _inverse(b)
        others = [part for i, part in enumerate(signed) if i != pivot]
        total = t.add(*(w for w, _, _ in others)) if others else t.ZERO
        scale = expanded(t.div(total, weight))
        if isinstance(scale, Number) and scale.value > 0:
            for joined in (True, False) if scale == _HALF else (False,):
                uses = _uses(others, scale, reference, joined)
                yield from shown_by(driver, sequent, depth, parts, uses)
        if sign(t.sub(weight, total), sequent) == 1:
            one = (t.sub(weight, total), t.div(t.ONE, reference))
            uses = [*_uses(others, t.ONE, reference), one]
            yield from shown_by(driver, sequent, depth, parts, uses)
        if beside := _beside_numbers(sequent, signed, pivot):
            yield from shown_by(driver, sequent, depth, parts, beside)
    # All compared with log(1) at once, or their halves.
    if all(t.symbols_of(a) for _, a in parts):
        for scale, joined in ((t.ONE, False), (_HALF, True), (_HALF, False)):
            uses = _uses(signed, scale, t.ONE, joined)
            yield from shown_by(driver, sequent, depth, parts, uses)
    if pairs := _paired(signed):
        yield from shown_by(driver, sequent, depth, parts, pairs)


def _beside_numbers(
    sequent: Sequent, parts: list[tuple[Term, Term, bool]], pivot: int
) -> list[tuple[Term, Term]] | None:
    """Return weights and quotients where logarithms of numbers say how large the quotients are."""
    weight, b, up = parts[pivot]
    others = [p for i, p in enumerate(parts) if i != pivot and t.symbols_of(p[1])]
    numbers = [p for p in parts if not t.symbols_of(p[1])]
    if not t.symbols_of(b) or not numbers or not others:
        return None
    rest = t.sub(weight, t.add(*(w for w, _, _ in others)))
    scale = _common_factor(numbers, weight)
    if scale is None or sign(rest, sequent) not in (0, 1):
        return None
    reference = b if up else _inverse(b)
    uses = _uses(others, t.ONE, reference)
    if sign(rest, sequent) == 1:
        uses.append((rest, t.div(t.ONE, reference)))
    return [(w, t.mul(scale, z)) for w, z in uses]


def _common_factor(numbers: list[tuple[Term, Term, bool]], total: Term) -> Term | None:
    """Return the factor of quotients with a sum of weights that accounts for logarithms of numbers."""
    scale: Term = t.ONE
    for w, a, up in numbers:
        share = expanded(t.div(w, total))
        if not isinstance(share, Number) or share.value.denominator != 1:
            return None
        power = t.power(a, t.neg(share) if up else share)
        scale = power if scale is t.ONE else t.mul(scale, power)
    return scale


def _paired(parts: list[tuple[Term, Term, bool]]) -> list[tuple[Term, Term]] | None:
    """Return weights and quotients of arguments with equal factors of both signs, as in divergences.

    What logarithms of numbers add to that is a common factor of the quotients.
    """
    varying = [part for part in parts if t.symbols_of(part[1])]
    above = [(w, a) for w, a, up in varying if not up]
    below = [(w, b) for w, b, up in varying if up]
    if len(above) < 2 or len(above) != len(below):
        return None
    quotients = []
    for w, a in above:
        place = next((i for i, (v, _) in enumerate(below) if expanded(t.sub(w, v)) == t.ZERO), None)
        if place is None:
            return None
        quotients.append((w, t.div(a, below.pop(place)[1])))
    numbers = [part for part in parts if not t.symbols_of(part[1])]
    scale = _common_factor(numbers, t.add(*(w for w, _ in quotients)))
    if scale is None:
        return None
    return [(w, z if scale is t.ONE else t.mul(scale, z)) for w, z in quotients]


def _uses(
    parts: list[tuple[Term, Term, bool]], scale: Number, reference: Term, joined: bool = False
) -> list[tuple[Term, Term]]:
    """Return weights and quotients: of a power of an argument, or of its inverse, and the reference.

    Square roots of quotients are written with one root if ``joined``.
    """
    found = []
    for weight, a, up in parts:
        inside = _inverse(a) if up else a
        power = inside if scale is t.ONE else t.power(inside, scale)
        if scale == _HALF and inside.operator == "div":
            above, below = inside.arguments
            root = t.sqrt(t.mul(above, below)) if joined else t.mul(t.sqrt(above), t.sqrt(below))
            power = t.div(root, below)
        found.append((t.div(weight, scale), t.div(power, reference)))
    return found


def _inverse(a: Term) -> Term:
    return t.div(*reversed(a.arguments)) if a.operator == "div" else t.div(t.ONE, a)


def logarithms_of(f: Term) -> list[tuple[Term, Term]] | None:
    """Return the factors and arguments of the logarithms of a term that is linear in them."""
    try:
        space = Space([f])
        form = space.form(f)
    except RejectedError:
        return None
    divisor = space.term(form.q)
    places = [i for i, atom in space.atoms.items() if atom.operator == "log"]
    found = []
    for i in places:
        parts = space.linear_in(form.p, i)
        if parts is None:
            if any(exponents[i] for exponents in form.p.to_dict()):
                return None
            continue
        if any(n.operator == "log" for n in t.subterms(parts[0])):
            return None
        found.append((_divided(parts[0], divisor), space.atoms[i].arguments[0]))
    return found


def _divided(term: Term, divisor: Term) -> Term:
    return term if divisor is t.ONE else t.div(term, divisor)


def by_exp_means(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Bound a product of powers and exponentials by a weighted mean of others, or by its tangent."""
    goal = relation(sequent)
    if goal is None or goal.operator == "=":
        return
    f = difference(goal)
    yield from _by_groups(driver, sequent, depth, f, groups_of(f))
    fixed = _in_exponents(f)
    if _bases(t.subterms(f)) & fixed:
        yield from _by_groups(driver, sequent, depth, f, groups_of(f, fixed=fixed))


def _by_groups(
    driver: Driver, sequent: Sequent, depth: int, f: Term, groups: list[tuple[Term, Term]] | None
) -> Iterator[Proposal]:
    if groups is None or not 1 <= len(groups) <= _MAX_PARTS:
        return
    signs = [sign(c, sequent) for c, _ in groups]
    if any(sign(power, sequent) != 1 for _, power in groups):
        return
    moving = [(c, g) for (c, g), s in zip(groups, signs, strict=True) if s == 1 and t.symbols_of(g)]
    below = [g for (_, g), s in zip(groups, signs, strict=True) if s == -1 and t.symbols_of(g)]
    logarithms = logarithms_of(f)
    if not moving or logarithms is None:
        return
    for pivot in below or [t.ONE, t.exp(t.ONE)]:
        uses = [(t.mul(c, pivot), t.div(g, pivot)) for c, g in moving]
        still = [
            (c, g) for (c, g), s in zip(groups, signs, strict=True) if s == 1 and not t.symbols_of(g)
        ]
        if below and still:
            # What is constant is a mean's part too.
            more = [(t.mul(c, pivot), t.div(g, pivot)) for c, g in still]
            yield from shown_by(driver, sequent, depth, logarithms, [*uses, *more])
        yield from shown_by(driver, sequent, depth, logarithms, uses)
        if below:
            for scaled in _scaled(sequent, [*moving, *still], groups, pivot):
                yield from shown_by(driver, sequent, depth, logarithms, scaled, spare=True)


def _scaled(
    sequent: Sequent, parts: list[tuple[Term, Term]], groups: list[tuple[Term, Term]], pivot: Term
) -> Iterator[list[tuple[Term, Term]]]:
    """Yield weights and quotients of a mean's parts, each with the factor that makes them all meet.

    Where ``P = product of g_i^w_i``, the mean of c_i*g_i is least where all ``c_i*g_i/w_i`` agree.
    """
    (whole,) = (c for c, g in groups if g == pivot)
    total, terms = t.neg(whole), [g for _, g in parts]
    numbers = _weights(sequent, terms, pivot)
    choices = [list(map(t.number, numbers))] if numbers else _varying_weights(terms, pivot)
    for weights in choices:
        if any(sign(w, sequent) != 1 for w in weights):
            continue
        scales = [expanded(t.div(c, t.mul(total, w))) for (c, _), w in zip(parts, weights, strict=True)]
        if None not in scales and any(s != t.ONE for s in scales):
            yield [
                (t.mul(total, w, pivot), t.div(t.mul(s, g), pivot))  # type: ignore[arg-type]
                for g, w, s in zip(terms, weights, scales, strict=True)
            ]
        spare = [t.sub(c, t.mul(total, w)) for (c, _), w in zip(parts, weights, strict=True)]
        if all(sign(c, sequent) in (0, 1) for c in spare):
            # There is more of each than the mean takes.
            yield [
                (t.mul(total, w, pivot), t.div(g, pivot)) for g, w in zip(terms, weights, strict=True)
            ]


def _varying_weights(parts: list[Term], product: Term) -> Iterator[list[Term]]:
    """Yield weights, terms with sum 1, of which a term may be the geometric mean of two others.

    Relative changes with a variable that is not in the weights are a mean of the others' too.
    """
    if len(parts) != 2:
        return
    for symbol in symbols_in_order([product]):
        changes = [_relative_change(g, symbol) for g in (*parts, product)]
        if None in changes:
            continue
        one, other, mean = changes
        apart = expanded(t.sub(one, other))  # type: ignore[arg-type]
        if apart is None or apart == t.ZERO:
            continue
        weight = expanded(t.div(t.sub(mean, other), apart))  # type: ignore[arg-type]
        rest = None if weight is None else expanded(t.sub(t.ONE, weight))
        if weight is not None and rest is not None and symbol not in t.symbols_of(weight):
            yield [weight, rest]


def _relative_change(term: Term, symbol: Symbol) -> Term | None:
    slope = slope_of(term, symbol)
    return None if slope is None else expanded(t.div(slope, term))


def _weights(sequent: Sequent, parts: list[Term], product: Term) -> list[Fraction] | None:
    """Return the weights, 1 in sum, of which a term is the geometric mean of others."""
    table = np.array([values(g, sequent) for g in (*parts, product)])
    table = table[:, (table > 0).all(axis=0)]
    if table.shape[1] < len(parts):
        return None
    logs = np.log(table)
    rows, target = np.vstack([logs[:-1].T, np.ones(len(parts))]), np.append(logs[-1], 1.0)
    found, *_ = np.linalg.lstsq(rows, target, rcond=None)
    weights = [Fraction(float(w)).limit_denominator(_MAX_DENOMINATOR) for w in found]
    exact = all(w > 0 for w in weights) and sum(weights) == 1
    close = np.abs(rows @ np.array(list(map(float, weights))) - target).max(initial=0.0) < 1e-9
    return weights if exact and close else None


def _bases(parts: Iterable[Term]) -> set[Symbol]:
    found = (t.symbols_of(n.arguments[0]) for n in parts if n.operator in _POWERS)
    return set().union(*found)


def _in_exponents(f: Term) -> set[Symbol]:
    places = (n for n in t.subterms(f) if n.operator in (*_POWERS, "exp"))
    return set().union(*(t.symbols_of(n.arguments[-1]) for n in places if n.operator != "sqrt"))


def groups_of(f: Term, fixed: AbstractSet[Symbol] = frozenset()) -> list[tuple[Term, Term]] | None:
    """Return a term as a sum of factors times products of powers and exponentials.

    Variables in bases belong to the products, but for those that are taken as fixed.
    """
    try:
        space = Space([f])
        form = space.form(f)
    except RejectedError:
        return None
    atoms = space.atoms
    powers = {i for i, a in atoms.items() if a.operator in (*_POWERS, "exp") and t.symbols_of(a)}
    if not powers and len(form.p) <= _MAX_PARTS and all(isinstance(a, Symbol) for a in atoms.values()):
        # Of monomials alone, a geometric mean may be one.
        powers = set(atoms)
    if not powers:
        return None
    bases = _bases(atoms[i] for i in powers) - fixed
    powers |= {i for i, a in atoms.items() if isinstance(a, Symbol) and a in bases}
    divided = {tuple(int(e) if i in powers else 0 for i, e in enumerate(es)) for es in form.q.to_dict()}
    if len(divided) > 1:
        return None
    context = form.p.context()
    below = context.from_dict({divided.pop(): 1})
    divisor, common = space.term(form.q / below), space.term(below)
    found: dict[tuple[int, ...], dict[tuple[int, ...], object]] = {}
    for exponents, c in form.p.to_dict().items():
        inside = tuple(int(e) if i in powers else 0 for i, e in enumerate(exponents))
        outside = tuple(0 if i in powers else int(e) for i, e in enumerate(exponents))
        found.setdefault(inside, {})[outside] = c
    groups = []
    for inside, poly in found.items():
        factor = space.term(context.from_dict(poly))
        power = space.term(context.from_dict({inside: 1}))
        if any(n.operator == "log" for n in t.subterms(factor)) and not any(inside):
            continue
        groups.append((_divided(factor, divisor), _divided(power, common)))
    return groups


def by_means(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Use one of these comparisons where it leaves nothing."""
    yield from by_log_means(driver, sequent, 0)
    yield from by_exp_means(driver, sequent, 0)


__all__ = ["by_exp_means", "by_log_means", "by_means", "groups_of", "logarithms_of", "shown_by"]
