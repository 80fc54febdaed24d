"""Products of powers by the exponents of their factors, as the laws of logarithms take them apart."""

from __future__ import annotations

from fractions import Fraction
from typing import TypeAlias

from srverify.language import term as t
from srverify.language.term import Number, Term
from srverify.numerics.tactics.forms import expanded, factored

#: Factors with their exponents; or what logarithms are of, with what these are multiplied by.
Exponents: TypeAlias = dict[Term, Fraction]


def scale(monomial: Term, logarithms: Exponents) -> tuple[Fraction, Exponents] | None:
    """Return k and the exponents of ``k*M``, if k times the sum of logarithms is ``log(M)`` up to c."""
    product = factored(monomial)
    if product is None or product.constant <= 0:
        return None
    wanted = {u: Fraction(e) for u, e in product.above} | {u: Fraction(-e) for u, e in product.below}
    total: Exponents = {}
    for n, p in logarithms.items():
        for u, e in exponents(n).items():
            key = expanded(u) or u
            total[key] = total.get(key, Fraction(0)) + p * e
    said = {u: e for u, e in total.items() if e and t.symbols_of(u)}
    meant = {expanded(u) or u: e for u, e in wanted.items() if t.symbols_of(u)}
    if not said or said.keys() != meant.keys():
        return None
    ratios = {meant[u] / said[u] for u in said}
    if len(ratios) > 1 or (k := ratios.pop()) <= 0:
        return None
    return k, {t.number(k * product.constant): Fraction(1), **wanted}


def exponents(u: Term) -> Exponents:
    """Return the exponents of the factors that a term is the product of, as ``spread`` finds them."""
    one = Fraction(1)
    match u.operator, u.arguments:
        case "mul", parts:
            return _added(*((one, part) for part in parts))
        case "div", (a, b):
            return _added((one, a), (-one, b))
        case "sqrt", (a,):
            return _added((one / 2, a))
        case (("power" | "ratpower" | "realpower"), (a, b)) if isinstance(b, Number):
            return _added((b.value, a))
    return {} if u is t.ONE else {u: one}


def _added(*parts: tuple[Fraction, Term]) -> Exponents:
    found: Exponents = {}
    for weight, part in parts:
        for u, e in exponents(part).items():
            found[u] = found.get(u, Fraction(0)) + weight * e
    return found


def has_least_distance(low: Term, high: Term) -> bool:
    """Tell whether logarithms compare two products by a monomial beside a multiple of its logarithm.

    As in ``x <= c*exp(x^2)``, where the exponent is, but for a factor, a power of what is left.
    """
    factors = _added((Fraction(1), high), (Fraction(-1), low))
    varying = {u: e for u, e in factors.items() if t.symbols_of(u)}
    inside = [t.mul(t.number(e), u.arguments[0]) for u, e in varying.items() if u.operator == "exp"]
    exponent = t.add(t.ZERO, *inside)
    others = {u: -e for u, e in varying.items() if u.operator != "exp"}
    return bool(others) and bool(t.symbols_of(exponent)) and scale(exponent, others) is not None


__all__ = ["Exponents", "exponents", "has_least_distance", "scale"]
