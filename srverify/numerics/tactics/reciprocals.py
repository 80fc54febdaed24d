"""Variables of a given product by their reciprocals, and that product as a factor of summands.

With ``a*b*c = 1`` and x, y, z for the reciprocals, ``1/(a^3*(b + c))`` is ``x^3*y*z/(y + z)``, which is
``x^2/(y + z)`` since ``x*y*z`` is 1 as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count, islice

from srverify.checker.rejected import RejectedError
from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.formula import Relation
from srverify.language.term import Symbol, Term
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.driver import Driver, Link, Proposal, relation
from srverify.numerics.tactics.forms import Space, expanded, factored, is_rational, plain
from srverify.numerics.tactics.hypotheses import combined
from srverify.numerics.tactics.planes import summands
from srverify.numerics.tactics.scaling import is_open_ray

#: How often the product may become a factor, or a divisor, of a summand.
_TIMES = range(-4, 5)
_MANY = 4


def by_reciprocals(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Put the reciprocals for all variables where degrees are smaller then."""
    goal = relation(sequent)
    variables = [v.symbol for v in sequent.variables]
    if goal is None or goal.operator == "=" or not 1 < len(variables) <= _MANY or depth < 1:
        return
    if len(sequent.hypotheses) != 1 or not all(is_open_ray(v.domain) for v in sequent.variables):
        return
    f, (h,) = difference(goal), sequent.hypotheses
    if not is_rational(f) or not isinstance(h, Relation) or h.operator != "=":
        return
    product = _product(h, variables)
    if product is None:
        return
    free = (name for i in count(1) if (name := f"y{i}") not in sequent.symbols)
    names = list(islice(free, len(variables)))
    inverse = {x: t.div(t.ONE, t.variable(y)) for x, y in zip(variables, names, strict=True)}
    unit = plain(t.div(t.ONE, t.substitute(product, inverse)))
    parts = [plain(t.substitute(s, inverse)) for s in summands(f)]
    smaller = [_smallest(part, unit) for part in parts]
    degrees = [sum(map(_degree, terms)) for terms in (summands(f), smaller)]
    if degrees[1] >= degrees[0]:
        return
    new = t.add(*smaller)
    equation = Relation("=", unit, t.ONE)
    cofactor = expanded(t.div(t.sub(t.add(*parts), new), difference(equation)))
    if cofactor is None:
        return
    links = _put(variables, names)
    inside = t.substitute(difference(h), inverse)
    factor = expanded(t.div(t.sub(t.ONE, unit), inside))
    if factor is None:
        return
    links += [
        (
            {"rule": "have", "formula": f"{unit} = 1"},
            combined((1, ["hyp", 0], ["term", str(factor)])),
        ),
        {"rule": "weaken", "drop": list(range(2 * len(variables) + 1))},
        {"rule": "have", "formula": f"0 {goal.operator} {new}"},
        combined((1, ["hyp", 1]), (1, ["hyp", 0], ["term", str(cofactor)])),
    ]
    proof = driver.chain(sequent, links, depth)
    if proof is not None:
        yield proof, -1


def _product(h: Relation, variables: list[Symbol]) -> Term | None:
    """Return a product of all variables that an equation says to be 1."""
    for left, right in ((h.left, h.right), (h.right, h.left)):
        parts = factored(left)
        if right != t.ONE or parts is None or parts.constant != 1 or parts.below:
            continue
        if {factor for factor, _ in parts.above} == set(variables):
            return left
    return None


def _smallest(part: Term, unit: Term) -> Term:
    """Return a term of the least degree among products with powers of what is 1."""
    every = [part if k == 0 else plain(t.mul(part, t.power(unit, t.number(k)))) for k in _TIMES]
    return min(every, key=lambda term: (_degree(term), term is not part))


def _degree(term: Term) -> int:
    """Return the degrees of a numerator and of a divisor together."""
    try:
        form = Space([term]).form(term)
    except RejectedError:
        return 0
    return int(form.p.total_degree()) + int(form.q.total_degree())


def _put(variables: list[Symbol], names: list[str]) -> list[Link]:
    """Return the steps that put variables for reciprocals, each leaving two hypotheses of no use."""
    links: list[Link] = []
    for place, (x, y) in enumerate(zip(variables, names, strict=True)):
        last = 1 + 2 * place
        links += [
            {"rule": "define", "name": y, "term": str(t.div(t.ONE, x))},
            (
                {"rule": "have", "formula": f"0 < {y}"},
                combined((1, ["pos", str(t.div(t.ONE, x))]), (-1, ["hyp", last])),
            ),
            {"rule": "absorb", "hyp": last + 1},
            (
                {"rule": "have", "formula": f"{x} = 1/{y}"},
                combined((1, ["hyp", last], ["term", f"{x}/{y}"])),
            ),
            {"rule": "weaken", "drop": [last]},
            {"rule": "eliminate", "hyp": last, "var": x.name},
        ]
    return links


__all__ = ["by_reciprocals"]
