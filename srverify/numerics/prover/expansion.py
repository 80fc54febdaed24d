"""Exact expansions at 0, which give limits."""

from __future__ import annotations

from fractions import Fraction

from flint import fmpq

from srverify.numerics.prover.algebra import Algebra
from srverify.numerics.prover.poly import (
    Atom,
    Exponent,
    Poly,
    UnrepresentableError,
    number,
)


class Series:
    """A Laurent series ``v^start * (c_0 + c_1 v + ...)`` with finitely many exact coefficients."""

    def __init__(self, start: int, coefficients: list[Poly]) -> None:
        self.start, self.coefficients = start, coefficients


class Expander:
    """Expand sums at v = 0 from the right, v being a variable of the algebra.

    Knows powers of v, and logarithms, exponentials and powers of expansions that are analytic at 0;
    raises UnrepresentableError for everything else.
    """

    def __init__(self, algebra: Algebra, name: str, terms: int) -> None:
        self._algebra = algebra
        self._rest = algebra.restricted(algebra.region.without(name))
        self._name = name
        self._terms = terms

    def limit(self, poly: Poly) -> Poly:
        """Return the limit as v falls to 0; raises UnrepresentableError if it is infinite."""
        series = self.expand(poly)
        for order, coefficient in enumerate(series.coefficients, series.start):
            if order < 0 and coefficient.terms:
                raise UnrepresentableError("an infinite limit")
            if order == 0:
                return coefficient
        if series.start > 0:
            return number(0)
        raise UnrepresentableError("an expansion that is too short")

    def expand(self, poly: Poly) -> Series:
        """Return the expansion of a sum."""
        total = Series(0, [number(0)] * self._terms)
        for monomial, coefficient in poly.terms.items():
            product = self._constant(number(coefficient))
            for atom, exponent in monomial:
                product = self._mul(product, self._factor(atom, exponent))
            total = self._add(total, product)
        return total

    def _constant(self, poly: Poly) -> Series:
        return Series(0, [poly, *([number(0)] * (self._terms - 1))])

    def _add(self, a: Series, b: Series) -> Series:
        start = min(a.start, b.start)
        end = min(a.start + len(a.coefficients), b.start + len(b.coefficients))
        found = []
        for order in range(start, end):
            parts = [
                s.coefficients[order - s.start]
                for s in (a, b)
                if 0 <= order - s.start < len(s.coefficients)
            ]
            found.append(self._rest.add(*parts) if parts else number(0))
        return Series(start, found)

    def _mul(self, a: Series, b: Series) -> Series:
        length = min(len(a.coefficients), len(b.coefficients))
        found = [number(0)] * length
        for i, left in enumerate(a.coefficients[:length]):
            if left.terms:
                for j, right in enumerate(b.coefficients[: length - i]):
                    if right.terms:
                        found[i + j] = self._rest.add(found[i + j], self._rest.mul(left, right))
        return Series(a.start + b.start, found)

    def _factor(self, atom: Atom, exponent: Exponent) -> Series:
        if self._name not in self._algebra.variables_of(atom):
            return self._constant(Poly({((atom, exponent),): fmpq(1)}))
        match atom.kind:
            case "variable":
                if not isinstance(exponent, int):
                    raise UnrepresentableError("a root of the small variable")
                series = self._constant(number(1))
                return Series(exponent, series.coefficients)
            case "exp":
                inner = self.expand(Poly({atom.data: fmpq(exponent.numerator, exponent.denominator)}))
                return self._exp(self._analytic(inner))
            case "log":
                if not isinstance(exponent, int) or exponent < 0:
                    raise UnrepresentableError("a power of a logarithm")
                logarithm = self._log(self._analytic(self.expand(atom.data)))
                result = self._constant(number(1))
                for _ in range(exponent):
                    result = self._mul(result, logarithm)
                return result
            case "sum":
                return self._power(self._leading(self.expand(atom.data)), Fraction(exponent))
        raise UnrepresentableError(f"{atom.kind} is not expanded")

    def _analytic(self, series: Series) -> list[Poly]:
        """Return the coefficients from order 0 on of a series without a pole."""
        for order, coefficient in enumerate(series.coefficients, series.start):
            if order < 0 and coefficient.terms:
                raise UnrepresentableError("a pole where none may be")
        if series.start >= 0:
            return [*([number(0)] * series.start), *series.coefficients]
        return series.coefficients[-series.start :]

    def _leading(self, series: Series) -> Series:
        """Drop vanishing leading coefficients."""
        for index, coefficient in enumerate(series.coefficients):
            if coefficient.terms:
                return Series(series.start + index, series.coefficients[index:])
        raise UnrepresentableError("an expansion that is too short")

    def _log(self, a: list[Poly]) -> Series:
        if not a or self._rest.sign(a[0]) != 2:
            raise UnrepresentableError("a logarithm that is not expanded")
        inverse = self._rest.power(a[0], -1)
        # k a_0 l_k = k a_k - sum_{0<j<k} j l_j a_{k-j}
        found = [self._rest.log(a[0])]
        for k in range(1, len(a)):
            total = self._rest.scale(a[k], k)
            for j in range(1, k):
                product = self._rest.mul(found[j], a[k - j])
                total = self._rest.sub(total, self._rest.scale(product, j))
            found.append(self._rest.scale(self._rest.mul(total, inverse), fmpq(1, k)))
        return Series(0, found)

    def _exp(self, a: list[Poly]) -> Series:
        if not a:
            raise UnrepresentableError("an expansion that is too short")
        # k e_k = sum_{0<j<=k} j a_j e_{k-j}
        found = [self._rest.exp(a[0])]
        for k in range(1, len(a)):
            total = number(0)
            for j in range(1, k + 1):
                total = self._rest.add(total, self._rest.scale(self._rest.mul(a[j], found[k - j]), j))
            found.append(self._rest.scale(total, fmpq(1, k)))
        return Series(0, found)

    def _power(self, series: Series, exponent: Fraction) -> Series:
        start = series.start * exponent
        if start.denominator != 1:
            raise UnrepresentableError("a root of the small variable")
        a = series.coefficients
        sign = self._rest.sign(a[0])
        if sign not in (2, -2) or (sign == -2 and exponent.denominator != 1):
            raise UnrepresentableError("a power that is not expanded")
        power = int(exponent) if exponent.denominator == 1 else exponent
        inverse = self._rest.power(a[0], -1)
        # k a_0 p_k = sum_{0<j<=k} (exponent*j - (k - j)) a_j p_{k-j}
        found = [self._rest.power(a[0], power)]
        for k in range(1, len(a)):
            total = number(0)
            for j in range(1, k + 1):
                weight = exponent * j - (k - j)
                product = self._rest.mul(a[j], found[k - j])
                factor = fmpq(weight.numerator, weight.denominator)
                total = self._rest.add(total, self._rest.scale(product, factor))
            found.append(self._rest.scale(self._rest.mul(total, inverse), fmpq(1, k)))
        return Series(int(start), found)
