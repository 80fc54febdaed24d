"""Sums of products of powers with the same exponents: Hölder's inequality, Radon's, affinities.

Divided by one of them, each product is ``z = product of B_k^e_k`` with quotients B_k of bases and
exponents, 1 in sum, that depend on variables. Where all exponents are positive, z is at most the mean
``sum of e_k*B_k``; where one is positive and the others are negative, z is at least that sum. What is
left once all are bounded like this has no power but the one that divides.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.term import Term
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.driver import Driver, Proposal, relation
from srverify.numerics.tactics.floats import sign
from srverify.numerics.tactics.forms import expanded, plain
from srverify.numerics.tactics.jensen import groups_of, logarithms_of, shown_by

_HALF = t.div(t.ONE, t.number(2))
#: More products, or quotients of bases with exponents of their own, are not compared.
_MAX_PRODUCTS, _MAX_QUOTIENTS = 6, 4

#: Quotients of bases, and their exponents.
_Powers: TypeAlias = list[tuple[Term, Term]]
#: Weights, and arguments of ``log(z) <= z - 1``.
_Uses: TypeAlias = list[tuple[Term, Term]]


def by_common_exponents(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Bound products of powers by means of quotients of their bases, with the exponents as weights."""
    goal = relation(sequent)
    if goal is None or goal.operator == "=":
        return
    f = difference(goal)
    if not any(n.operator == "realpower" and t.symbols_of(n.arguments[1]) for n in t.subterms(f)):
        return
    logarithms = logarithms_of(f)
    if logarithms is None:
        return
    tried: list[list[tuple[Term, Term]]] = []
    # Variables that stand by themselves are factors, or belong to the products.
    for fixed in (t.symbols_of(f), frozenset()):
        groups = groups_of(f, fixed=fixed)
        if groups is None or groups in tried or not 2 <= len(groups) <= _MAX_PRODUCTS:
            continue
        tried.append(groups)
        signs = [sign(c, sequent) for c, _ in groups]
        if any(s not in (1, -1) for s in signs) or any(sign(g, sequent) != 1 for _, g in groups):
            continue
        for pivot in range(len(groups)):
            uses = _uses(sequent, groups, signs, pivot)
            if uses:
                # What is left is not searched for: the exponents say all that there is to say.
                yield from shown_by(driver, sequent, 0, logarithms, uses, spare=True)


def _uses(
    sequent: Sequent, groups: list[tuple[Term, Term]], signs: list[int | None], pivot: int
) -> _Uses:
    """Return weights and arguments of ``log(z) <= z - 1`` that bound all products but the pivot."""
    found: _Uses = []
    common = groups[pivot][1]
    below = _powers(common)
    for place, (c, g) in enumerate(groups):
        if place == pivot:
            continue
        above = _powers(g)
        if above is None or below is None:
            return []
        quotients = _quotients(above, below)
        if quotients is None:
            return []
        bound = _above if signs[place] == -1 else _below
        uses = bound(sequent, quotients, g, common)
        size = plain(t.neg(c)) if signs[place] == -1 else c
        found += [(_product([size, weight]), z) for weight, z in uses]
        if not uses:
            return []
    return found


def _powers(product: Term) -> dict[Term, Term] | None:
    """Return the exponents of a product's bases, or None where it has other factors."""
    found: dict[Term, Term] = {}
    todo: _Powers = [(product, t.ONE)]
    while todo:
        part, exponent = todo.pop()
        if part.operator == "mul":
            todo += [(p, exponent) for p in part.arguments]
        elif part.operator == "div":
            above, below = part.arguments
            todo += [(above, exponent), (below, t.neg(exponent))]
        elif part.operator == "sqrt":
            todo.append((part.arguments[0], t.mul(_HALF, exponent)))
        elif part.operator in ("realpower", "natpower", "ratpower", "power"):
            base, power = part.arguments
            todo.append((base, t.mul(power, exponent)))
        elif part.operator == "exp":
            return None
        elif part is not t.ONE:
            found[part] = t.add(found[part], exponent) if part in found else exponent
    return found


def _quotients(above: dict[Term, Term], below: dict[Term, Term]) -> _Powers | None:
    """Return the quotient of two products of powers, bases with the same exponent in one."""
    found: list[tuple[list[Term], list[Term], Term]] = []
    for base in dict.fromkeys([*above, *below]):
        exponent = expanded(t.sub(above.get(base, t.ZERO), below.get(base, t.ZERO)))
        if exponent is None:
            return None
        if exponent == t.ZERO:
            continue
        for over, under, e in found:
            if expanded(t.sub(exponent, e)) == t.ZERO:
                over.append(base)
                break
            if expanded(t.add(exponent, e)) == t.ZERO:
                under.append(base)
                break
        else:
            found.append(([base], [], exponent))
    if not 1 <= len(found) <= _MAX_QUOTIENTS:
        return None
    return [
        (t.div(_product(over), _product(under)) if under else _product(over), e)
        for over, under, e in found
    ]


def _product(factors: list[Term]) -> Term:
    others = [f for f in factors if f is not t.ONE]
    return t.mul(*others) if len(others) > 1 else (others or [t.ONE])[0]


def _turned(base: Term, exponent: Term) -> tuple[Term, Term]:
    turned = t.div(*reversed(base.arguments)) if base.operator == "div" else t.div(t.ONE, base)
    return turned, t.neg(exponent)


def _with_rest(powers: _Powers) -> _Powers | None:
    """Add a power of 1 so that the exponents are 1 in sum."""
    rest = expanded(t.sub(t.ONE, t.add(*(e for _, e in powers))))
    if rest is None:
        return None
    return powers if rest == t.ZERO else [*powers, (t.ONE, rest)]


def _above(sequent: Sequent, powers: _Powers, g: Term, common: Term) -> _Uses:
    """Return what shows ``g <= common*(sum of e_k*B_k)``, for exponents that are not negative."""
    chosen = _with_rest([(b, e) if sign(e, sequent) == 1 else _turned(b, e) for b, e in powers])
    if chosen is None or any(sign(e, sequent) not in (0, 1) for _, e in chosen):
        return []
    return [(_product([e, g]), t.div(_product([b, common]), g)) for b, e in chosen]


def _below(sequent: Sequent, powers: _Powers, g: Term, common: Term) -> _Uses:
    """Return what shows ``g >= common*(sum of e_k*B_k)``, for exponents of which one is positive."""
    for place in range(len(powers)):
        turned = [
            (b, e) if (sign(e, sequent) == 1) == (i == place) else _turned(b, e)
            for i, (b, e) in enumerate(powers)
        ]
        chosen = _with_rest(turned)
        if chosen is None or sign(chosen[place][1], sequent) != 1:
            continue
        base = chosen[place][0]
        others = [p for i, p in enumerate(chosen) if i != place]
        if all(sign(e, sequent) in (-1, 0) for _, e in others):
            scale = _product([base, common])
            found = [(_product([plain(t.neg(e)), scale]), t.div(b, base)) for b, e in others]
            return [(scale, t.div(g, scale)), *found]
    return []


__all__ = ["by_common_exponents"]
