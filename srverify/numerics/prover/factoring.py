"""Irreducible factors of sums, as polynomials in their atoms."""

from __future__ import annotations

import math
from fractions import Fraction

from flint import fmpq, fmpq_mpoly_ctx

from srverify.numerics.prover.poly import Poly, number, tidy
from srverify.numerics.prover.ring import Ring

_MAX_TERMS = 120
_MAX_DEGREE = 64


def factors(ring: Ring, poly: Poly) -> list[tuple[Poly, int]] | None:
    """Return the irreducible factors with multiplicities, or None if there is only one.

    The sum must have no negative exponents. The constant factor comes first.
    """
    atoms = sorted(poly.atoms(), key=lambda atom: atom.index)
    if len(poly) > _MAX_TERMS or not atoms or len(poly) < 2:
        return None
    degrees = dict.fromkeys(atoms, 1)
    for monomial in poly.terms:
        for atom, exponent in monomial:
            degrees[atom] = math.lcm(degrees[atom], Fraction(exponent).denominator)
    place = {atom: index for index, atom in enumerate(atoms)}
    exponents: dict[tuple[int, ...], fmpq] = {}
    for monomial, coefficient in poly.terms.items():
        key = [0] * len(atoms)
        for atom, exponent in monomial:
            key[place[atom]] = int(exponent * degrees[atom])
            if not 0 <= key[place[atom]] <= _MAX_DEGREE:
                return None
        exponents[tuple(key)] = coefficient
    polynomials = fmpq_mpoly_ctx.get(tuple(f"a{i}" for i in range(len(atoms))), "lex")
    constant, parts = polynomials.from_dict(exponents).factor()
    if len(parts) < 2 and all(multiplicity == 1 for _, multiplicity in parts):
        return None
    found = [(number(constant), 1)]
    for part, multiplicity in parts:
        total = number(0)
        for powers, coefficient in part.to_dict().items():
            monomial = tuple(
                (atom, tidy(Fraction(int(e), degrees[atom])))
                for atom, e in zip(atoms, powers, strict=True)
                if e
            )
            total = ring.add(total, ring.mul(Poly({monomial: coefficient}), number(1)))
        found.append((total, int(multiplicity)))
    return found
