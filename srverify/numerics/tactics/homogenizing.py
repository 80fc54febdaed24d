"""Goals of several degrees, made homogeneous by a hypothesis of two degrees.

Where ``P = Q`` for homogeneous P and Q of the degrees m > n, the quotient ``u = P/Q`` is 1, and a
summand times ``u^k`` is what it was, of a degree larger by ``k*(m - n)``: by ``a + b + c = 3`` a sum
``a^2 + 1`` is ``a^2 + ((a + b + c)/3)^2``. What is of one degree needs the hypothesis no more, since
scaling all variables makes u any positive number. Where ``P <= Q``, ``0 <= f`` follows from the new
``0 <= F`` if ``f - F`` is ``Q - P`` times what is not negative.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from srverify.checker.enclosures.substitution import rebuilt
from srverify.checker.rejected import RejectedError
from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.formula import Formula, Relation
from srverify.language.term import Number, Symbol, Term
from srverify.numerics.reals import in_domain
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.driver import Driver, Link, Node, Proposal, relation
from srverify.numerics.tactics.floats import sign
from srverify.numerics.tactics.forms import RATIONAL, Space, expanded, is_algebraic, is_rational, plain
from srverify.numerics.tactics.hypotheses import combined
from srverify.numerics.tactics.planes import summands


def by_homogenizing(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Make all summands of a goal have one degree by a hypothesis, and forget that."""
    goal = relation(sequent)
    if goal is None or goal.operator == "=" or depth < 1 or len(sequent.variables) < 2:
        return
    f = difference(goal)
    if not is_algebraic(f):
        return
    if goal.operator == "<" and all(in_domain(v.domain, Fraction(0)) for v in sequent.variables):
        # What is of one degree is 0 where all variables are.
        return
    for index, h in enumerate(sequent.hypotheses):
        unit = _Unit.of(h, sequent)
        if unit is None:
            continue
        inner = _inner(sequent, f, unit, index)
        if inner is None:
            continue
        links, f = inner
        for parts in _homogeneous(f, unit):
            if expanded(t.add(*(new for _, new in parts))) == t.ZERO:
                # Then the goal is the hypothesis times the cofactor.
                return
            cofactors = [unit.cofactor(old, new) for old, new in parts if old != new]
            if None in cofactors or not (cofactors or links):
                return
            cofactor = t.add(*cofactors) if cofactors else t.ZERO  # type: ignore[arg-type]
            if not unit.is_equal and sign(cofactor, sequent) not in (0, 1):
                continue
            links += _links(sequent, goal, parts, unit, index, cofactor)
            found = driver.chain(sequent, links, depth)
            if found is not None:
                yield found, -1
            return


def _links(
    sequent: Sequent,
    goal: Relation,
    parts: list[tuple[Term, Term]],
    unit: _Unit,
    index: int,
    cofactor: Term,
) -> list[Link]:
    """Return the steps that show a goal by its new summands."""
    idle = [i for i, h in enumerate(sequent.hypotheses) if i == index or not unit.keeps(h)]
    wider = {
        v.name: str(replace(v.domain, upper=None, upper_open=False))
        for v in sequent.variables
        if v.domain.upper is not None and v.domain.lower == t.ZERO
    }
    forget: Node = {"rule": "weaken", "drop": idle, "domains": wider}
    whole = t.add(*(new for _, new in parts))
    kind = "term" if unit.is_equal else "nonneg"
    return [
        ({"rule": "have", "formula": f"0 {goal.operator} {whole}"}, forget),
        combined((1, ["hyp", len(sequent.hypotheses)]), (1, ["hyp", index], [kind, str(cofactor)])),
    ]


def _inner(sequent: Sequent, f: Term, unit: _Unit, index: int) -> tuple[list[Link], Term] | None:
    """Return the steps that make what roots are taken of homogeneous, and a term after them."""
    links: list[Link] = []
    last = len(sequent.hypotheses)
    for node in dict.fromkeys(t.subterms(f)):
        if node.operator in RATIONAL or not t.symbols_of(node):
            continue
        old = node.arguments[0]
        found = unit.raised(old)
        if found is None or not is_rational(old):
            return None
        new = found[0]
        if new == old:
            continue
        cofactor = unit.cofactor(old, new)
        if cofactor is None or not unit.is_equal:
            return None
        links += [
            (
                {"rule": "have", "formula": f"{old} = {new}"},
                combined((-1, ["hyp", index], ["term", str(cofactor)])),
            ),
            {"rule": "replace", "hyp": last},
            {"rule": "weaken", "drop": [last]},
        ]
        f = rebuilt(f, {old: new}.get)
    return links, f


def _homogeneous(f: Term, unit: _Unit) -> Iterator[list[tuple[Term, Term]]]:
    """Yield the summands of a term with others of one degree for them."""
    raised: list[tuple[Term, Term, Fraction]] = []
    for part in summands(f):
        found = unit.raised(part)
        if found is None:
            return
        raised.append((part, *found))
    degrees = Counter(degree for _, _, degree in raised)
    whole = all(_is_polynomial(part) for part, _, _ in raised)
    order = sorted(degrees, key=lambda d: (0 if whole else -degrees[d], -d))
    for degree in order:
        moved = [(old, unit.times(new, (degree - d) / unit.step)) for old, new, d in raised]
        if all(new is not None for _, new in moved):
            yield moved  # type: ignore[misc]


def _is_polynomial(term: Term) -> bool:
    """Tell whether a term has no divisor with variables."""
    divisors = (n.arguments[1] for n in t.subterms(term) if n.operator == "div")
    return is_rational(term) and not any(map(t.symbols_of, divisors))


@dataclass(frozen=True)
class _Unit:
    """What a hypothesis compares with 1: a quotient whose degree is a step, in some variables."""

    relation: Relation
    value: Term
    step: Fraction
    variables: frozenset[Symbol]

    @staticmethod
    def of(h: Formula, sequent: Sequent) -> _Unit | None:
        """Return the unit of a hypothesis with terms of two degrees."""
        if not isinstance(h, Relation) or not is_rational(difference(h)):
            return None
        moving = t.symbols_of(difference(h))
        if len(moving) < 2 or any(v.domain.natural for v in sequent.variables):
            return None
        parts = _by_degree(difference(h))
        if parts is None or len(parts) != 2:
            return None
        low, high = sorted(parts)
        value = t.div(parts[high], t.neg(parts[low]))
        value = value if t.symbols_of(parts[low]) else plain(value)
        if sign(value, sequent) != 1:
            return None
        return _Unit(h, value, Fraction(high - low), moving)

    @property
    def is_equal(self) -> bool:
        """Whether the hypothesis is an equation."""
        return self.relation.operator == "="

    def cofactor(self, old: Term, new: Term) -> Term | None:
        """Return by what the hypothesis' right less its left side is multiplied in a difference."""
        return expanded(t.div(t.sub(old, new), difference(self.relation)))

    def raised(self, term: Term) -> tuple[Term, Fraction] | None:
        """Return a term with summands of one degree everywhere, and its degree, or None."""
        match term.operator:
            case "number":
                return term, Fraction(0)
            case "variable":
                return term, Fraction(term in self.variables)
            case "power" | "ratpower":
                base, exponent = term.arguments
                found = self.raised(base)
                if found is None or not isinstance(exponent, Number):
                    return None
                new = term if found[0] == base else t.power(found[0], exponent)
                return new, found[1] * exponent.value
        every = [self.raised(a) for a in term.arguments]
        if None in every:
            return None
        terms = [found[0] for found in every]  # type: ignore[index]
        degrees = [found[1] for found in every]  # type: ignore[index]
        match term.operator:
            case "add":
                degree = max(degrees)
                pairs = zip(terms, degrees, strict=True)
                moved = [self.times(a, (degree - d) / self.step) for a, d in pairs]
                if None in moved:
                    return None
                terms = moved
            case "mul":
                degree = sum(degrees, Fraction(0))
            case "div":
                degree = degrees[0] - degrees[1]
            case "neg" | "abs":
                (degree,) = degrees
            case "sqrt":
                degree = degrees[0] / 2
            case _:
                return None
        return (term if tuple(terms) == term.arguments else t.rebuilt(term, tuple(terms))), degree

    def times(self, term: Term, exponent: Fraction) -> Term | None:
        """Return a term times a whole power of the unit."""
        if exponent == 0:
            return term
        if exponent.denominator != 1:
            return None
        if exponent < 0:
            return t.div(term, _power(self.value, -exponent))
        return t.mul(term, _power(self.value, exponent))

    def keeps(self, h: Formula) -> bool:
        """Tell whether scaling does not change that a hypothesis holds."""
        if not isinstance(h, Relation) or not is_rational(difference(h)):
            return False
        parts = _by_degree(difference(h))
        return parts is not None and len(parts) == 1


def _power(base: Term, exponent: Fraction) -> Term:
    return base if exponent == 1 else t.power(base, t.number(exponent))


def _by_degree(f: Term) -> dict[int, Term] | None:
    """Return the parts of a numerator by their degrees."""
    try:
        space = Space([f])
        form = space.form(f)
    except RejectedError:
        return None
    parts: dict[int, dict[Any, Any]] = {}
    for exponents, c in form.p.to_dict().items():
        parts.setdefault(int(sum(exponents)), {})[exponents] = c
    context = form.p.context()
    return {degree: space.term(context.from_dict(part)) for degree, part in parts.items()}


__all__ = ["by_homogenizing"]
