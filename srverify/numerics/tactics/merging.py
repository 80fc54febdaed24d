"""Products of exponentials: logarithms in exponents as powers, and a common exponential put in front.

``exp(2*log(v) + w) = v^2*exp(w)``, and a goal whose products of exponentials have exponents that differ
by less than they say has one of them as a factor, which is positive.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from srverify.checker.rejected import RejectedError
from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.formula import Relation
from srverify.language.parser import formula_text
from srverify.language.term import Symbol, Term
from srverify.numerics.tactics.driver import NOTHING_ELSE, Driver, Link, Node, Proposal, relation
from srverify.numerics.tactics.forms import Space, plain, polynomial
from srverify.numerics.tactics.hypotheses import combined
from srverify.numerics.tactics.lawful import law, nodes
from srverify.numerics.tactics.logpowers import exponential_product, log_parts, split_exponential

#: More products make this too slow.
_MAX_PRODUCTS = 12
#: Larger powers are not written out.
_MAX_EXPONENT = 4


def by_logarithms_in_exponents(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Write exponentials of sums with logarithms as products: ``exp(log(v) + w) = v*exp(w)``."""
    last = len(sequent.hypotheses)
    for node in nodes(sequent):
        if node.operator != "exp" or node.arguments[0].operator == "log":
            continue
        logarithms, rest = log_parts(node.arguments[0])
        # Of sums they were put there on purpose, to be compared by logarithms.
        simple = all(isinstance(u.arguments[0], Symbol) for u in logarithms)
        if not logarithms or not simple or any(abs(k) > _MAX_EXPONENT for k in logarithms.values()):
            continue
        parts = logarithms if rest is t.ZERO else {**logarithms, rest: Fraction(1)}
        links: list[Link] = [
            *split_exponential(node.arguments[0], parts, last),
            {"rule": "replace", "hyp": last, "in": list(range(last))},
            {"rule": "weaken", "drop": [last]},
        ]
        led, found = driver.chained(sequent, links, depth)
        if led:
            yield (found, -1) if found is not None else NOTHING_ELSE
            return


def _cancelled(u: Term, parts: dict[Term, Fraction], place: int) -> list[Link]:
    """Return the steps that end with ``1 = exp(u)*P``, P being the product that ``exp(-u)`` is."""
    less, product = plain(t.neg(u)), exponential_product(parts)
    equation = Relation("=", t.ONE, t.mul(t.exp(u), product))
    first, second = (-1, ["hyp", place], ["term", str(t.exp(less))]), (1, ["hyp", place + 1])
    return [
        law("exp_negative", a=less),
        *split_exponential(less, parts, place + 1),
        (
            {"rule": "have", "formula": formula_text(equation)},
            combined(first, (*second, ["term", str(t.exp(u))])),
        ),
        {"rule": "weaken", "drop": [place, place + 1]},
    ]


@dataclass(frozen=True)
class _Product:
    """Exponents with multiplicities, what the product of their exponentials has as a factor."""

    exponents: dict[Term, Fraction]
    factor: Term

    @property
    def total(self) -> Term:
        """The exponent of the product."""
        return plain(t.add(t.ZERO, *(t.mul(t.number(k), u) for u, k in self.exponents.items())))


def by_merging(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Put one product of exponentials in front of all, where their exponents are nearly the same."""
    goal = relation(sequent)
    if goal is None or goal.operator == "=" or goal.left is not t.ZERO:
        return
    products = _products(goal.right)
    if products is None:
        return
    first, parts = min(
        ((p.total, _merged(p.total, products)) for p in products),
        key=lambda found: _size(rest for _, rest in found[1]),
    )
    old = {u for p in products for u in p.exponents}
    if max(map(_length, old)) < 2 or _size(rest for _, rest in parts) >= _size(old):
        return
    last = len(sequent.hypotheses)
    links: list[Link] = []
    summands: list[tuple[object, ...]] = [(1, ["hyp", last], ["pos", str(t.exp(first))])]
    merged: list[Term] = []
    for product, (logarithms, rest) in zip(products, parts, strict=True):
        factors = {**logarithms, **({} if rest is t.ZERO else {rest: Fraction(1)})}
        merged.append(t.mul(product.factor, exponential_product(factors)))
        front = {} if first is t.ZERO else {first: Fraction(1)}
        if product.exponents == {**front, **factors}:
            continue
        whole = product.total
        for coefficient, written in ((1, product.exponents), (-1, {**front, **factors})):
            place = last + len(summands)
            cancel = whole is t.ZERO and len(written) > 1 and written != product.exponents
            make = _cancelled if cancel else split_exponential
            links += make(first if cancel else whole, factors if cancel else written, place)
            summands.append((coefficient, ["hyp", place], ["term", str(product.factor)]))
    new: Node = {"rule": "have", "formula": f"0 {goal.operator} {plain(t.add(*merged))}"}
    found = driver.chain(sequent, [new, *links, combined(*summands)], depth)
    if found is not None:
        yield found, -1


def _products(f: Term) -> list[_Product] | None:
    """Return a sum as products of exponentials with their factors, None if it is no such sum."""
    if sum(n.operator == "exp" and bool(t.symbols_of(n)) for n in t.subterms(f)) < 2:
        return None
    form = polynomial(f)
    if form is None:
        return None
    space, poly = form
    groups: dict[tuple[tuple[int, int], ...], dict[Any, Any]] = {}
    moving = {
        i: atom.arguments[0]
        for i, atom in space.atoms.items()
        if atom.operator == "exp" and t.symbols_of(atom)
    }
    for exponents, c in poly.to_dict().items():
        key = tuple((i, int(exponents[i])) for i in moving if exponents[i])
        rest = tuple(0 if i in moving else e for i, e in enumerate(exponents))
        groups.setdefault(key, {})[rest] = c
    if not 2 <= len(groups) <= _MAX_PRODUCTS:
        return None
    context = poly.context()
    return [
        _Product({moving[i]: Fraction(k) for i, k in key}, space.term(context.from_dict(inside)))
        for key, inside in groups.items()
    ]


def _merged(first: Term, products: list[_Product]) -> list[tuple[dict[Term, Fraction], Term]]:
    """Return what exponents are beside a first one: logarithms, and the rest."""
    return [log_parts(t.sub(p.total, first)) for p in products]


def _size(exponents: Iterable[Term]) -> int:
    return sum(_length(u) for u in set(exponents) if u is not t.ZERO)


def _length(u: Term) -> int:
    """Return the number of summands of a term's normal form, above and below."""
    try:
        form = Space([u]).form(u)
    except RejectedError:
        return 1
    return len(form.p) + (0 if form.q.is_constant() else len(form.q))


__all__ = ["by_merging"]
