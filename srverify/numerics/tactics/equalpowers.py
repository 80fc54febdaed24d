"""Equations between sums whose powers and exponentials are the same products, written differently.

As ``q*exp(log(q)/b)`` and ``q^(1 + 1/b)``: the logarithm of each atom is a sum of multiples of
logarithms, and a product of powers with simple exponents is the same however it was written.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import floor

from srverify.checker.enclosures.substitution import rebuilt
from srverify.checker.rejected import RejectedError
from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.formula import Relation
from srverify.language.parser import formula_text
from srverify.language.term import Number, Term
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.driver import Driver, Link, Proposal, relation
from srverify.numerics.tactics.floats import sign
from srverify.numerics.tactics.forms import Space, is_zero, plain

_POWERS = ("exp", "sqrt", "ratpower", "realpower", "natpower")
#: More factors are seldom meant, nor larger exponents.
_MAX_ATOMS, _MAX_PARTS, _MAX_EXPONENT = 8, 6, 12


def by_equal_powers(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Write the powers in an equation as products of simple ones where that makes it an identity."""
    goal = relation(sequent)
    if goal is None or goal.operator != "=" or depth < 2:
        return
    f = difference(goal)
    atoms = [atom for atom in dict.fromkeys(_atoms(f)) if t.symbols_of(atom)]
    if not 0 < len(atoms) <= _MAX_ATOMS:
        return
    written = {atom: _written(atom, sequent) for atom in atoms}
    put = {atom: new for atom, new in written.items() if new is not None and new is not atom}
    if not put or goal.left in put or goal.right in put or not is_zero(rebuilt(f, put.get)):
        return
    last = len(sequent.hypotheses)
    links: list[Link] = []
    for atom, new in put.items():
        equation = formula_text(Relation("=", atom, new))
        links += [
            {"rule": "have", "formula": equation},
            {"rule": "replace", "hyp": last},
            {"rule": "weaken", "drop": [last]},
        ]
    found = driver.chain(sequent, links, depth)
    if found is not None:
        yield found, -1


def _atoms(u: Term) -> Iterator[Term]:
    """Yield the outermost powers and exponentials in a term."""
    if u.operator in _POWERS:
        yield u
    elif u.operator in ("add", "mul", "neg", "div", "power"):
        for part in u.arguments:
            yield from _atoms(part)


def _written(atom: Term, sequent: Sequent) -> Term | None:
    """Return a product of powers with simple exponents, None where a base may not be positive."""
    exponents: dict[Term | None, Term] = {}
    for base, exponent in _logarithm(atom, t.ONE):
        exponents[base] = t.add(exponents.get(base, t.ZERO), exponent)
    factors: list[Term] = []
    for base, exponent in exponents.items():
        if base is not None and sign(base, sequent) != 1:
            return None
        factors += [_power(base, c, part) for c, part in _parts(exponent)]
    if len(factors) > _MAX_PARTS:
        return None
    return t.mul(*factors) if factors else t.ONE


def _logarithm(u: Term, weight: Term) -> Iterator[tuple[Term | None, Term]]:
    """Yield bases and exponents whose powers a term is the product of; the base None is that of exp."""
    match u.operator, u.arguments:
        case "mul", parts:
            for part in parts:
                yield from _logarithm(part, weight)
        case "div", (above, below):
            yield from _logarithm(above, weight)
            yield from _logarithm(below, t.neg(weight))
        case "sqrt", (base,):
            yield from _logarithm(base, t.mul(t.number(Fraction(1, 2)), weight))
        case (("power" | "ratpower" | "realpower" | "natpower"), (base, exponent)):
            yield from _logarithm(base, t.mul(exponent, weight))
        case "exp", (inside,):
            for c, part in _parts(t.mul(inside, weight)):
                scaled = t.mul(t.number(c), part)
                logs = [n for n in dict.fromkeys(t.subterms(part)) if n.operator == "log"]
                rest = plain(t.div(part, logs[0])) if len(logs) == 1 else None
                if rest is not None and not any(n.operator == "log" for n in t.subterms(rest)):
                    yield from _logarithm(logs[0].arguments[0], t.mul(t.number(c), rest))
                else:
                    yield None, scaled
        case _:
            yield (None, t.ZERO) if u is t.ONE else (u, weight)


def _parts(u: Term) -> Iterator[tuple[Fraction, Term]]:
    """Yield numbers and terms without one whose products a term is the sum of."""
    try:
        space = Space([u])
        form = space.form(u)
    except RejectedError:
        yield Fraction(1), u
        return
    below, context = space.term(form.q), form.p.context()
    scale = form.q.leading_coefficient()
    for exponents, c in form.p.to_dict().items():
        monomial = space.term(context.from_dict({exponents: scale}))
        number = c / scale
        yield Fraction(int(number.p), int(number.q)), plain(t.div(monomial, below))


def _power(base: Term | None, c: Fraction, part: Term) -> Term:
    """Return the power of a base with the exponent ``c*part``, by that with part where c is whole."""
    if base is not None and isinstance(part, Number):
        exponent = c * part.value
        whole = floor(exponent)
        rest = t.number(exponent - whole)
        root = t.ONE if rest is t.ZERO else t.power(base, rest)
        return t.mul(t.power(base, t.number(whole)), root) if whole else root
    is_whole = c.denominator == 1 and abs(c) <= _MAX_EXPONENT
    own = part if is_whole else t.mul(t.number(c), part)
    power = t.exp(own) if base is None else t.power(base, own)
    return t.power(power, t.number(c)) if is_whole and c != 1 else power


__all__ = ["by_equal_powers"]
