"""Interval enclosures of sums over a region."""

from __future__ import annotations

from flint import arb, fmpq

from srverify.numerics.prover import interval as iv
from srverify.numerics.prover.interval import Interval
from srverify.numerics.prover.poly import Atom, Monomial, Poly, as_fmpq
from srverify.numerics.prover.region import Region


class Encloser:
    """Enclose sums over one region, each atom once."""

    def __init__(self, region: Region) -> None:
        self._ranges = {name: part.enclosure for name, part in region.ranges}
        self._atoms: dict[Atom, Interval] = {}

    def poly(self, poly: Poly) -> Interval:
        """Return an enclosure of a sum's values on the region."""
        total = (iv.ZERO, iv.ZERO)
        for monomial, coefficient in poly.terms.items():
            total = iv.add(total, self.monomial(monomial, coefficient))
        return total

    def monomial(self, monomial: Monomial, coefficient: fmpq) -> Interval:
        """Return an enclosure of a monomial's values; factors exp are taken together."""
        product = iv.exact(coefficient)
        exponent_sum: Interval | None = None
        for atom, exponent in monomial:
            if atom.kind == "exp":
                part = iv.scale(self.monomial(atom.data, fmpq(1)), arb(as_fmpq(exponent)))
                exponent_sum = part if exponent_sum is None else iv.add(exponent_sum, part)
                continue
            value = self.atom(atom)
            if isinstance(exponent, int):
                value = iv.power(value, exponent)
            else:
                value = iv.rational_power(value, as_fmpq(exponent))
            product = iv.mul(product, value)
        if exponent_sum is not None:
            product = iv.mul(product, iv.exp(exponent_sum))
        return product

    def atom(self, atom: Atom) -> Interval:
        """Return an enclosure of an atom's values, computed once."""
        found = self._atoms.get(atom)
        if found is None:
            found = self._atoms[atom] = self._enclose(atom)
        return found

    def _enclose(self, atom: Atom) -> Interval:
        match atom.kind:
            case "variable":
                return self._ranges[atom.data]
            case "prime":
                return iv.exact(atom.data)
            case "exp":
                return iv.exp(self.monomial(atom.data, fmpq(1)))
            case "log":
                return iv.log(self.poly(atom.data))
            case "sum":
                return self.poly(atom.data)
            case "abs":
                return iv.absolute(self.poly(atom.data))
            case "lambertw":
                return iv.lambertw(self.poly(atom.data), atom.extra)
        left, right = self.poly(atom.data[0]), self.poly(atom.data[1])
        return iv.minimum(left, right) if atom.kind == "min" else iv.maximum(left, right)
