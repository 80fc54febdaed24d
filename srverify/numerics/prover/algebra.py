"""Sums of monomials over atoms: the normal form in which exact reductions are found.

An atom is a variable, ``exp`` of a monic monomial, a prime number (under a fractional exponent), a
logarithm, a sum raised to a non-natural power, an absolute value, a minimum, a maximum or a Lambert W.
Exponentials multiply by adding exponents, logarithms of positive products are split, and powers of
atoms carry rational exponents, so that ``exp(log(n)/2)*sqrt(n) - n`` is seen to be zero.

Every rewriting keeps the value at all points of the region at which the *written* term is defined; it
may extend the domain. Whoever uses a normal form proves definedness of the written term beside it.
"""

from __future__ import annotations

from flint import fmpq

from srverify.numerics.prover.elementary import ElementaryRing
from srverify.numerics.prover.poly import (
    NUMBER_ZERO,
    Atom,
    Exponent,
    Poly,
    UnrepresentableError,
    as_fmpq,
    number,
    times,
)
from srverify.numerics.prover.region import Region


class Algebra(ElementaryRing):
    """Normal forms over one region, with derivatives and substitution.

    Raises UnrepresentableError where a rule is missing or an expansion would be too long.
    """

    def __init__(self, region: Region) -> None:
        super().__init__(region)
        self._derivatives: dict[tuple[Atom, str], Poly] = {}

    def restricted(self, region: Region) -> Algebra:
        """Return the algebra of a part of the region; sums may pass to it, but not back."""
        part = Algebra(region)
        part._atoms = self._atoms
        part._variables = self._variables
        part._derivatives = dict(self._derivatives)
        return part

    def with_facts(self, facts: list[tuple[Poly, int]]) -> Algebra:
        """Return an algebra that also knows the signs of some sums.

        Such an algebra speaks of the points at which the facts hold, not of the whole region: it must
        not be used for arguments that move along a variable.
        """
        part = self.restricted(self.region)
        for poly, sign in facts:
            if poly.terms:
                content, _, _ = self.split_content(poly)
                part.facts[Poly({m: c / content for m, c in poly.terms.items()})] = sign
        return part

    # -- derivatives -------------------------------------------------------------------------

    def derivative(self, poly: Poly, name: str) -> Poly:
        """Return the partial derivative; raises UnrepresentableError for abs, min and max."""
        parts = [NUMBER_ZERO]
        for monomial, coefficient in poly.terms.items():
            for atom, exponent in monomial:
                inner = self._atom_derivative(atom, name)
                if not inner.terms:
                    continue
                lowered = times(monomial, ((atom, -1),))
                outer = Poly({lowered: coefficient * as_fmpq(exponent)})
                parts.append(self.mul(self.resettled(outer), inner))
        return self.add(*parts)

    def _atom_derivative(self, atom: Atom, name: str) -> Poly:
        if name not in self.variables_of(atom):
            return NUMBER_ZERO
        key = (atom, name)
        if key not in self._derivatives:
            self._derivatives[key] = self._derive_atom(atom, name)
        return self._derivatives[key]

    def _derive_atom(self, atom: Atom, name: str) -> Poly:
        match atom.kind:
            case "variable":
                return number(1)
            case "exp":
                inner = self.derivative(Poly({atom.data: fmpq(1)}), name)
                return self.mul(inner, self.monomial(atom))
            case "log":
                return self.mul(self.derivative(atom.data, name), self.power(atom.data, -1))
            case "sum":
                return self.derivative(atom.data, name)
            case "lambertw":
                here = self.monomial(atom)
                slope = self.mul(self.exp(self.neg(here)), self.power(self.add(here, number(1)), -1))
                return self.mul(slope, self.derivative(atom.data, name))
        raise UnrepresentableError(f"{atom.kind} is not differentiated")

    # -- substitution ------------------------------------------------------------------------

    def substitute(self, poly: Poly, name: str, value: Poly) -> Poly:
        """Replace a variable; raises UnrepresentableError where that is not defined."""
        if name not in self.variables(poly):
            return poly
        parts = [NUMBER_ZERO]
        for monomial, coefficient in poly.terms.items():
            product = number(coefficient)
            for atom, exponent in monomial:
                product = self.mul(product, self._atom_power(atom, exponent, name, value))
            parts.append(product)
        return self.add(*parts)

    def _atom_power(self, atom: Atom, exponent: Exponent, name: str, value: Poly) -> Poly:
        if name not in self.variables_of(atom):
            return Poly({((atom, exponent),): fmpq(1)})
        if atom.kind == "exp":
            inner = self.substitute(Poly({atom.data: fmpq(1)}), name, value)
            return self.exp(self.scale(inner, as_fmpq(exponent)))
        return self.power(self._substituted_atom(atom, name, value), exponent)

    def _substituted_atom(self, atom: Atom, name: str, value: Poly) -> Poly:
        match atom.kind:
            case "variable":
                return value
            case "log":
                return self.log(self.substitute(atom.data, name, value))
            case "sum":
                return self.substitute(atom.data, name, value)
            case "abs":
                return self.absolute(self.substitute(atom.data, name, value))
            case "lambertw":
                return self.lambertw(self.substitute(atom.data, name, value), atom.extra)
        left, right = (self.substitute(part, name, value) for part in atom.data)
        return self.extremum(atom.kind, left, right)

    def rebased(
        self,
        poly: Poly,
        target: Algebra,
        values: dict[str, Poly],
        atoms: dict[Atom, Poly] | None = None,
    ) -> Poly:
        """Rebuild a sum in another algebra, with variables (or atoms) replaced by sums of it."""
        parts = [NUMBER_ZERO]
        for monomial, coefficient in poly.terms.items():
            product = number(coefficient)
            for atom, exponent in monomial:
                power = self._rebased_power(atom, exponent, target, values, atoms or {})
                product = target.mul(product, power)
            parts.append(product)
        return target.add(*parts)

    def _rebased_power(
        self,
        atom: Atom,
        exponent: Exponent,
        target: Algebra,
        values: dict[str, Poly],
        atoms: dict[Atom, Poly],
    ) -> Poly:
        def inner(poly: Poly) -> Poly:
            return self.rebased(poly, target, values, atoms)

        if atom in atoms:
            return target.power(atoms[atom], exponent)
        match atom.kind:
            case "exp":
                return target.exp(target.scale(inner(Poly({atom.data: fmpq(1)})), as_fmpq(exponent)))
            case "variable":
                # Not ``or``: the sum that is 0 is false.
                base = values[atom.data] if atom.data in values else target.variable(atom.data)
            case "prime":
                return target.settle(((target.atom("prime", atom.data), exponent),), fmpq(1))
            case "log":
                base = target.log(inner(atom.data))
            case "sum":
                base = inner(atom.data)
            case "abs":
                base = target.absolute(inner(atom.data))
            case "lambertw":
                base = target.lambertw(inner(atom.data), atom.extra)
            case _:
                base = target.extremum(atom.kind, inner(atom.data[0]), inner(atom.data[1]))
        return target.power(base, exponent)
