"""Arithmetic of sums: atoms, sums, products and common factors, without regard to signs."""

from __future__ import annotations

from typing import Any

from flint import fmpq, fmpz

from srverify.numerics.prover.poly import (
    NUMBER_ZERO,
    Atom,
    Exponent,
    Monomial,
    Poly,
    UnrepresentableError,
    number,
    order,
    raised,
    settled,
    tidy,
    times,
)

#: Sums longer than this are not multiplied out.
MAX_TERMS = 400


class Ring:
    """Sums over interned atoms; raises UnrepresentableError where an expansion would be too long."""

    def __init__(self) -> None:
        self._atoms: dict[tuple[Any, ...], Atom] = {}
        self._variables: dict[Atom, frozenset[str]] = {}

    # -- atoms -------------------------------------------------------------------------------

    def atom(self, kind: str, data: Any, extra: Any = None) -> Atom:
        """Return the atom of a kind, the same object for the same data."""
        key = (kind, data, extra)
        found = self._atoms.get(key)
        if found is None:
            found = self._atoms[key] = Atom(kind, data, extra, len(self._atoms))
        return found

    @staticmethod
    def monomial(atom: Atom, exponent: Exponent = 1) -> Poly:
        """Return one atom as a sum."""
        return Poly({((atom, exponent),): fmpq(1)})

    def variable(self, name: str) -> Poly:
        """Return a variable; 0 where its range is the point 0."""
        return self.monomial(self.atom("variable", name))

    def variables_of(self, atom: Atom) -> frozenset[str]:
        """Return the names of the variables inside an atom."""
        found = self._variables.get(atom)
        if found is None:
            names: set[str] = set()
            if atom.kind == "variable":
                names.add(atom.data)
            elif atom.kind == "exp":
                for inner, _ in atom.data:
                    names |= self.variables_of(inner)
            elif atom.kind != "prime":
                parts = atom.data if isinstance(atom.data, tuple) else (atom.data,)
                for part in parts:
                    names |= self.variables(part)
            found = self._variables[atom] = frozenset(names)
        return found

    def variables(self, poly: Poly) -> frozenset[str]:
        """Return the names of the variables of a sum."""
        return frozenset().union(*(self.variables_of(atom) for atom in poly.atoms()))

    # -- arithmetic --------------------------------------------------------------------------

    def add(self, *polys: Poly) -> Poly:
        """Return the sum."""
        terms = dict(polys[0].terms)
        for poly in polys[1:]:
            for monomial, coefficient in poly.terms.items():
                total = terms.get(monomial, 0) + coefficient
                if total != 0:
                    terms[monomial] = total
                else:
                    terms.pop(monomial, None)
        return Poly(terms)

    def scale(self, poly: Poly, factor: fmpq | int) -> Poly:
        """Return the product with a number."""
        if factor == 0:
            return NUMBER_ZERO
        return Poly({m: c * factor for m, c in poly.terms.items()})

    def neg(self, poly: Poly) -> Poly:
        """Return the negative."""
        return Poly({m: -c for m, c in poly.terms.items()})

    def sub(self, left: Poly, right: Poly) -> Poly:
        """Return the difference."""
        return self.add(left, self.neg(right))

    def mul(self, left: Poly, right: Poly) -> Poly:
        """Return the product, expanded."""
        if len(left) * len(right) > MAX_TERMS:
            raise UnrepresentableError("a product too long to expand")
        total: dict[Monomial, fmpq] = {}
        rest: list[Poly] = []
        for a, ca in left.terms.items():
            for b, cb in right.terms.items():
                product = times(a, b)
                if settled(product):
                    value = total.get(product, 0) + ca * cb
                    if value != 0:
                        total[product] = value
                    else:
                        total.pop(product, None)
                else:
                    rest.append(self.settle(product, ca * cb))
        result = Poly(total)
        return self.add(result, *rest) if rest else result

    def settle(self, monomial: Monomial, coefficient: fmpq) -> Poly:
        """Multiply out sums with exponents of at least 1, and fold whole powers of primes."""
        result = Poly({(): coefficient})
        kept: list[tuple[Atom, Exponent]] = []
        for atom, exponent in monomial:
            if atom.kind == "prime":
                whole = exponent.__floor__()
                result = self.scale(result, fmpq(atom.data) ** whole)
                if exponent - whole:
                    kept.append((atom, tidy(exponent - whole)))
            elif atom.kind == "sum" and exponent >= 1:
                whole = exponent.__floor__()
                if len(atom.data) ** whole > MAX_TERMS:
                    raise UnrepresentableError("a power too long to expand")
                for _ in range(whole):
                    result = self.mul(result, atom.data)
                if exponent - whole:
                    kept.append((atom, tidy(exponent - whole)))
            else:
                kept.append((atom, exponent))
        return self.mul(result, Poly({tuple(kept): fmpq(1)})) if kept else result

    def resettled(self, poly: Poly) -> Poly:
        """Return the sum with what its monomials hold multiplied out."""
        return self.mul(poly, number(1))

    def split_content(self, poly: Poly) -> tuple[fmpq, Monomial, Poly]:
        """Return a positive number, a monomial and a sum whose product is the (nonzero) sum.

        The monomial takes out every atom at its least exponent; the sum keeps none of them negative.
        """
        numerator, denominator = fmpz(0), fmpz(1)
        for coefficient in poly.terms.values():
            numerator = numerator.gcd(coefficient.p)
            denominator = denominator * coefficient.q // denominator.gcd(coefficient.q)
        content = fmpq(numerator, denominator)
        common: dict[Atom, Exponent] = {}
        for index, monomial in enumerate(poly.terms):
            here = dict(monomial)
            if index == 0:
                common = here
                continue
            common = {atom: min(common.get(atom, 0), here.get(atom, 0)) for atom in {**common, **here}}
        taken = tuple(sorted(((a, e) for a, e in common.items() if e), key=order))
        inverse = raised(taken, -1)
        divided = {times(m, inverse): c / content for m, c in poly.terms.items()}
        if all(map(settled, divided)):
            return content, taken, Poly(divided)
        # Multiplying a sum back in may bring out new common factors.
        rest = self.mul(Poly(divided), number(1))
        if not rest.terms:
            raise UnrepresentableError("a sum that is zero in disguise")
        more, extra, rest = self.split_content(rest)
        return content * more, times(taken, extra), rest
