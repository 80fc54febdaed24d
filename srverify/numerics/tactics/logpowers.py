"""Exponentials of sums as products of powers: ``exp(2*log(v) + w) = v^2*exp(w)``."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from srverify.checker.rejected import RejectedError
from srverify.language import term as t
from srverify.language.formula import Relation
from srverify.language.parser import formula_text
from srverify.language.term import Term
from srverify.numerics.tactics.driver import Link
from srverify.numerics.tactics.forms import Space, number, plain
from srverify.numerics.tactics.hypotheses import combined
from srverify.numerics.tactics.lawful import law, rewriting


def log_parts(u: Term) -> tuple[dict[Term, Fraction], Term]:
    """Return the logarithms with whole factors in a sum, and what is left of it."""
    try:
        space = Space([u])
        form = space.form(u)
    except RejectedError:
        return {}, u
    if len(form.q) != 1:
        return {}, plain(u)
    logarithms: dict[Term, Fraction] = {}
    kept: dict[Any, Any] = {}
    (below,), (lead,) = form.q.monoms(), form.q.coeffs()
    for exponents, coefficient in form.p.to_dict().items():
        powers = {
            i: int(e) - int(b) for i, (e, b) in enumerate(zip(exponents, below, strict=True)) if e != b
        }
        atom = space.atoms[min(powers)] if list(powers.values()) == [1] else None
        k = number(coefficient / lead).value
        if atom is not None and atom.operator == "log" and t.symbols_of(atom) and k.denominator == 1:
            logarithms[atom] = k
        else:
            kept[exponents] = coefficient / lead
    rest = space.term(form.p.context().from_dict(kept))
    return logarithms, plain(t.div(rest, space.term(form.q / lead)))


def exponential_product(parts: dict[Term, Fraction]) -> Term:
    """Return the exponential of a sum as a product of powers, for a logarithm of what it is of."""
    return t.mul(*(_power(w, k) for w, k in parts.items())) if parts else t.ONE


def _power(w: Term, k: Fraction) -> Term:
    base = w.arguments[0] if w.operator == "log" else t.exp(w)
    return base if k == 1 else t.power(base, t.number(k))


def split_exponential(u: Term, parts: dict[Term, Fraction], place: int) -> list[Link]:
    """Return the steps that end with ``exp(u)`` as that product, the hypothesis at the next place."""
    links: list[Link] = []
    equations: list[tuple[object, ...]] = []
    summands = [w if k == 1 else t.mul(t.number(k), w) for w, k in parts.items()]
    done: Term = t.ONE
    at = place
    for index, (w, k) in enumerate(parts.items()):
        before: list[object] = [["term", str(done)]]
        if following := summands[index + 1 :]:
            after = t.add(*following)
            links.append(law("exp_sum", a=summands[index], b=after))
            equations.append((1, ["hyp", at], *before))
            before.append(["term", str(t.exp(after))])
            at += 1
        inverse = law("exp_log", a=w.arguments[0]) if w.operator == "log" else None
        if k != 1:
            links.append(law("exp_multiple", a=w, b=t.number(k)))
            links += rewriting(inverse, at) if inverse is not None else []
        elif inverse is not None:
            links.append(inverse)
        if k != 1 or inverse is not None:
            equations.append((1, ["hyp", at], *before))
            at += 1
        done = t.mul(done, _power(w, k))
    equation = formula_text(Relation("=", t.exp(u), done))
    return [
        *links,
        ({"rule": "have", "formula": equation}, combined(*equations)),
        *([{"rule": "weaken", "drop": list(range(place, at))}] if at > place else []),
    ]


__all__ = ["exponential_product", "log_parts", "split_exponential"]
