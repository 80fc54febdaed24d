"""Roots of numbers: 2 for ``sqrt(2)^2`` in arguments of functions, ``sqrt(2*pi)`` by ``sqrt(pi)``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from srverify.checker.enclosures.interval import rational
from srverify.checker.rejected import RejectedError
from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.formula import Relation
from srverify.language.parser import formula_text
from srverify.language.term import Number, Term
from srverify.numerics.tactics.driver import NOTHING_ELSE, Driver, Link, Node, Proposal
from srverify.numerics.tactics.forms import RATIONAL, Space, plain
from srverify.numerics.tactics.hypotheses import combined
from srverify.numerics.tactics.lawful import law, nodes, replacing


def by_radicals(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Write arguments of functions without squares of roots of numbers, and roots by each other."""
    last = len(sequent.hypotheses)
    for split in _split(sequent):
        led, proof = driver.chained(sequent, split, depth)
        if led:
            yield (proof, -1) if proof is not None else NOTHING_ELSE
            return
    for node in nodes(sequent):
        if node.operator in RATIONAL or not t.symbols_of(node):
            continue
        for argument in node.arguments:
            found = _reduced(argument, last)
            if found is None:
                continue
            instance, new, shown = found
            equation = formula_text(Relation("=", argument, new))
            links: list[Link] = [
                instance,
                ({"rule": "have", "formula": equation}, shown),
                {"rule": "replace", "hyp": last + 1, "in": list(range(last))},
                {"rule": "weaken", "drop": [last, last + 1]},
            ]
            led, proof = driver.chained(sequent, links, depth)
            if led:
                yield (proof, -1) if proof is not None else NOTHING_ELSE
                return


def _split(sequent: Sequent) -> Iterator[list[Link]]:
    """Yield the steps that write ``sqrt(c*v)``, a number, by ``sqrt(v)`` where that is there too."""
    roots = [n for n in nodes(sequent) if n.operator == "sqrt" and not t.symbols_of(n)]
    for root in roots:
        inner = root.arguments[0]
        for other in roots:
            v = other.arguments[0]
            c = plain(t.div(inner, v)) if other is not root and not isinstance(v, Number) else None
            if isinstance(c, Number) and c > 0:
                product = t.mul(t.sqrt(c), other)
                yield replacing(sequent, root, product, law("sqrt_product", a=c, b=v))


def _reduced(u: Term, last: int) -> tuple[Node, Term, Node] | None:
    """Return what says that a root's square is its number, a term without it, and why they are equal."""
    if not any(n.operator == "sqrt" and isinstance(n.arguments[0], Number) for n in t.subterms(u)):
        return None
    try:
        space = Space([u])
        form = space.form(u)
    except RejectedError:
        return None
    for index, atom in space.atoms.items():
        if atom.operator != "sqrt" or not isinstance(c := atom.arguments[0], Number):
            continue
        if max(e[index] for poly in (form.p, form.q) for e in poly.monoms()) < 2:
            continue
        above, below = (_remainder(poly, index, c) for poly in (form.p, form.q))
        if any(e[index] for e in below.monoms()) or below.is_zero():
            continue
        new = t.div(space.term(above), space.term(below))
        # p/q - r/s is a multiple of the root's square less its number.
        gap, divisor = form.p * below - form.q * above, form.q * below
        square = space.form(t.sub(t.power(atom, t.number(2)), c)).p
        weight = space.term(gap / square)
        shown = {**combined((1, ["hyp", last], ["term", str(weight)])), "k": str(space.term(divisor))}
        return law("sqrt_square", a=c), new, shown
    return None


def _remainder(poly: Any, index: int, c: Number) -> Any:
    """Return a polynomial with the number for the square of a generator."""
    context = poly.context()
    total = context.constant(0)
    for exponents, coefficient in poly.to_dict().items():
        half, odd = divmod(int(exponents[index]), 2)
        rest = tuple(odd if i == index else e for i, e in enumerate(exponents))
        total += context.from_dict({rest: coefficient}) * (rational(c) ** half)
    return total


__all__ = ["by_radicals"]
