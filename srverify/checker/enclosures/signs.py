"""Formulas of polynomials in one real variable, decided exactly on every cell of the real line.

Theorem (univariate sign tables; Sturm 1829). Let P be squarefree with the roots of all polynomials of a
formula. Each of them has constant sign between neighbouring roots of P, so that a rational point between
them shows it; at a root a of P isolated in (l, r), a polynomial p vanishes if gcd(p, P) has a root in
(l, r), and has otherwise the sign that it has anywhere in (l, r). Roots in (l, r) are counted by the
sign changes of Sturm's sequence at ends that are no roots. So a formula is decided at all real numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from flint import fmpq, fmpq_poly

from srverify.checker.enclosures.polynomial import univariate
from srverify.checker.rejected import RejectedError
from srverify.language import term as t
from srverify.language.definedness import defined
from srverify.language.formula import And, Formula, Or, Relation, relations
from srverify.language.term import Symbol, Term

#: A rational point, or the open interval that isolates a root.
Cell = tuple[fmpq, fmpq]


class SignTable:
    """The cells of the real line on which the given polynomials have constant signs."""

    def __init__(self, polynomials: Sequence[fmpq_poly]) -> None:
        product = fmpq_poly([1])
        for poly in polynomials:
            if poly.degree() > 0:
                product *= poly // poly.gcd(product)
        product = _squarefree(product)
        self._product, self._sturm = product, _sturm_sequence(product)
        self._gcds = {str(p): _sturm_sequence(p.gcd(product)) for p in polynomials if p.degree() > 0}

    def cells(self) -> Iterator[Cell]:
        """Yield a cell for every root and for every gap between roots."""
        bound = _root_bound(self._product)
        roots = list(self._isolated(-bound, bound))
        yield (-bound, -bound)
        for low, high in roots:
            yield low, high
            yield high, high

    def _isolated(self, low: fmpq, high: fmpq) -> Iterator[Cell]:
        count = _changes(self._sturm, low) - _changes(self._sturm, high)
        if count == 1:
            yield low, high
        elif count > 1:
            middle = _no_root(self._product, low, high)
            yield from self._isolated(low, middle)
            yield from self._isolated(middle, high)

    def sign(self, poly: fmpq_poly, cell: Cell) -> int:
        """Return the sign of one of the polynomials on a cell."""
        low, high = cell
        if poly.degree() <= 0 or low == high:
            return _sign(poly(low))
        common = self._gcds[str(poly)]
        if _changes(common, low) != _changes(common, high):
            return 0
        return _sign(poly(low))


def _sign(value: fmpq) -> int:
    return (value > 0) - (value < 0)


def _squarefree(poly: fmpq_poly) -> fmpq_poly:
    return poly // poly.gcd(poly.derivative()) if poly.degree() > 0 else poly


def _sturm_sequence(poly: fmpq_poly) -> list[fmpq_poly]:
    found = [poly, poly.derivative()]
    while found[-1].degree() >= 0:
        found.append(-(found[-2] % found[-1]))
    return found[:-1]


def _changes(sequence: list[fmpq_poly], at: fmpq) -> int:
    signs = [s for s in (_sign(poly(at)) for poly in sequence) if s]
    return sum(a != b for a, b in pairwise(signs))


def _root_bound(poly: fmpq_poly) -> fmpq:
    """Return Cauchy's bound: every root is strictly smaller in size."""
    leading = poly.leading_coefficient() if poly.degree() > 0 else fmpq(1)
    return 1 + sum((abs(c / leading) for c in poly.coeffs()), fmpq(0))


def _no_root(poly: fmpq_poly, low: fmpq, high: fmpq) -> fmpq:
    """Return a point inside an interval that is not a root."""
    for n in range(2, poly.degree() + 4):
        point = low + (high - low) / n
        if poly(point) != 0:
            return point
    raise AssertionError("a polynomial has no more roots than its degree")


def about(formula: Formula, x: Symbol) -> bool:
    """Tell whether a formula, and where its terms are defined, is rational in one variable alone."""
    try:
        return all(
            univariate(t.sub(part.right, part.left), x) is not None
            for whole in (formula, *defined(formula))
            for part in relations(whole)
        )
    except RejectedError:
        return False


def holds(hypotheses: Sequence[Formula], goal: Formula, x: Symbol) -> bool:
    """Tell whether a goal holds at all real x at which some hypotheses do.

    Every formula may have x as its only atom. A relation holds at x where its sides are defined and
    the difference p/q of the sides has the right sign, q not being 0.
    """
    table: dict[Term, tuple[fmpq_poly, fmpq_poly]] = {}

    def collect(formula: Formula) -> None:
        if isinstance(formula, And | Or):
            for part in formula.parts:
                collect(part)
            return
        assert isinstance(formula, Relation)
        difference = t.sub(formula.right, formula.left)
        if difference not in table:
            form = univariate(difference, x)
            if form is None:
                raise RejectedError("the formula is not rational in one variable")
            table[difference] = (_poly(form[0]), _poly(form[1]))
            for condition in defined(formula):
                collect(condition)

    for formula in (*hypotheses, goal):
        collect(formula)
    signs = SignTable([poly for pair in table.values() for poly in pair])

    def true(formula: Formula, cell: Cell) -> bool:
        if isinstance(formula, And):
            return all(true(part, cell) for part in formula.parts)
        if isinstance(formula, Or):
            return any(true(part, cell) for part in formula.parts)
        assert isinstance(formula, Relation)
        p, q = table[t.sub(formula.right, formula.left)]
        divisor = signs.sign(q, cell)
        sign = signs.sign(p, cell) * divisor
        right = (
            sign == 0
            if formula.operator == "="
            else sign > 0 or (formula.operator == "<=" and sign == 0)
        )
        return right and divisor != 0 and all(true(condition, cell) for condition in defined(formula))

    return all(
        true(goal, cell)
        for cell in signs.cells()
        if all(true(hypothesis, cell) for hypothesis in hypotheses)
    )


def _poly(coefficients: dict[int, fmpq]) -> fmpq_poly:
    degree = max(coefficients, default=0)
    return fmpq_poly([coefficients.get(i, fmpq(0)) for i in range(degree + 1)])
