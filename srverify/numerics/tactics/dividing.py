"""Powers that are divided by their bases, as derivatives leave them: ``u^a/u = u^(a - 1)``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from srverify.checker.rejected import RejectedError
from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.term import Term
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.driver import Driver, Link, Proposal, relation
from srverify.numerics.tactics.floats import sign
from srverify.numerics.tactics.forms import Space, is_rational, plain
from srverify.numerics.tactics.hypotheses import combined
from srverify.numerics.tactics.lawful import law


def by_divided_powers(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Put powers with other exponents for those whose factors have their bases as divisors."""
    goal = relation(sequent)
    if goal is None or goal.operator == "=":
        return
    f, last = difference(goal), len(sequent.hypotheses)
    powers = dict.fromkeys(n.arguments[0] for n in t.subterms(f) if n.operator == "realpower")
    bases = [base for base in powers if t.symbols_of(base) and is_rational(base)]
    if not bases:
        return
    try:
        space = Space([f, *bases])
        form = space.form(f)
    except RejectedError:
        return
    if form.q.is_constant() or any(space.atoms[i].operator == "realpower" for i in _used(form.q)):
        return
    divisor, rest = space.term(form.q), form.p
    parts: list[Term] = []
    laws_used: list[Link] = []
    sums: list[tuple[object, ...]] = [(1, ["hyp", last])]
    for index, atom in space.atoms.items():
        if atom.operator != "realpower" or atom.arguments[0] not in bases:
            continue
        base, exponent = atom.arguments
        split, above = space.coefficients_in(rest, index), space.form(base).p
        if split is None or above.is_constant() or sign(base, sequent) != 1:
            continue
        inside, rest = split
        k = _multiplicity(form.q, above) - _multiplicity(inside, above)
        if any(space.atoms[i].operator == "realpower" for i in _used(inside)):
            return
        if k <= 0:
            parts.append(t.mul(atom, t.div(space.term(inside), divisor)))
            continue
        power = t.power(base, plain(t.sub(exponent, t.number(k))))
        factor = plain(t.div(t.mul(space.term(inside), t.power(base, t.number(k))), divisor))
        parts.append(t.mul(power, factor))
        laws_used.append(law("power_difference", a=base, b=exponent, c=t.number(k)))
        sums.append((1, ["hyp", last + len(laws_used)], ["term", str(factor)]))
    if not laws_used:
        return
    new = t.add(*parts, plain(t.div(space.term(rest), divisor)))
    have: Link = {"rule": "have", "formula": f"0 {goal.operator} {new}"}
    found = driver.chain(sequent, [have, *laws_used, combined(*sums)], depth)
    if found is not None:
        yield found, -1


def _multiplicity(poly: Any, base: Any) -> int:
    """Return how often a polynomial that is no number divides another one."""
    count = 0
    while True:
        quotient, remainder = divmod(poly, base)
        if not remainder.is_zero():
            return count
        poly, count = quotient, count + 1


def _used(poly: Any) -> set[int]:
    return {i for exponents in poly.monoms() for i, e in enumerate(exponents) if e}


__all__ = ["by_divided_powers"]
