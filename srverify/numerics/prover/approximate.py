"""Normal forms in double precision: fast, not rigorous, only to decide what is worth trying."""

from __future__ import annotations

import math
from collections.abc import Mapping

from flint import arb

from srverify.numerics.prover.poly import Atom, Monomial, Poly


def approximate(poly: Poly, point: Mapping[str, float]) -> tuple[float, float]:
    """Return the value of a sum at a point and the size of its largest term; nan where that fails."""
    evaluator = _Evaluator(point)
    try:
        return evaluator.poly(poly)
    except (ValueError, ZeroDivisionError, OverflowError):
        return math.nan, math.nan


class _Evaluator:
    def __init__(self, point: Mapping[str, float]) -> None:
        self._point = point
        self._atoms: dict[Atom, float] = {}

    def poly(self, poly: Poly) -> tuple[float, float]:
        total = largest = 0.0
        for monomial, coefficient in poly.floats:
            term = coefficient * self.monomial(monomial)
            total += term
            largest = max(largest, abs(term))
        return total, largest

    def monomial(self, monomial: Monomial) -> float:
        product, exponent_sum = 1.0, 0.0
        for atom, exponent in monomial:
            if atom.kind == "exp":
                exponent_sum += float(exponent) * self.monomial(atom.data)
            else:
                product *= math.pow(self.atom(atom), exponent)
        return product * math.exp(exponent_sum) if exponent_sum else product

    def atom(self, atom: Atom) -> float:
        found = self._atoms.get(atom)
        if found is None:
            found = self._atoms[atom] = self._value(atom)
        return found

    def _value(self, atom: Atom) -> float:
        match atom.kind:
            case "variable":
                return self._point[atom.data]
            case "prime":
                return float(atom.data)
            case "log":
                return math.log(self.poly(atom.data)[0])
            case "sum":
                return self.poly(atom.data)[0]
            case "abs":
                return abs(self.poly(atom.data)[0])
            case "lambertw":
                return float(arb(self.poly(atom.data)[0]).lambertw(atom.extra))
        left, right = self.poly(atom.data[0])[0], self.poly(atom.data[1])[0]
        return min(left, right) if atom.kind == "min" else max(left, right)
