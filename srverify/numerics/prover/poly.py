"""Sums of monomials over atoms: the data of normal forms."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any, TypeAlias

from flint import fmpq

from srverify.language.errors import UnsupportedError

Exponent: TypeAlias = int | Fraction


class UnrepresentableError(UnsupportedError):
    """The normal form has no rule here, or the result would be too large."""


class Atom:
    """One indivisible factor; interned by its algebra, so that identity is equality."""

    __slots__ = ("data", "extra", "index", "kind")

    def __init__(self, kind: str, data: Any, extra: Any, index: int) -> None:
        self.kind, self.data, self.extra, self.index = kind, data, extra, index

    def __repr__(self) -> str:
        if self.kind in ("variable", "prime"):
            return str(self.data)
        return f"{self.kind}({self.data!r}{'' if self.extra is None else f', {self.extra!r}'})"


Monomial: TypeAlias = tuple[tuple[Atom, Exponent], ...]


def order(factor: tuple[Atom, Exponent]) -> int:
    """Return the key by which the factors of a monomial are sorted."""
    return factor[0].index


def tidy(exponent: Exponent) -> Exponent:
    """Return an integer as int."""
    if isinstance(exponent, Fraction) and exponent.denominator == 1:
        return int(exponent)
    return exponent


def times(a: Monomial, b: Monomial) -> Monomial:
    """Return the product of two monomials, without expanding sums."""
    if not a:
        return b
    if not b:
        return a
    exponents = dict(a)
    for atom, exponent in b:
        exponents[atom] = tidy(exponents.get(atom, 0) + exponent)
    return tuple(sorted(((x, e) for x, e in exponents.items() if e), key=order))


def raised(a: Monomial, exponent: Exponent) -> Monomial:
    """Return the power of a monomial."""
    return tuple((atom, tidy(e * exponent)) for atom, e in a)


class Poly:
    """A sum of monomials with nonzero rational coefficients; immutable, hashable."""

    __slots__ = ("_floats", "_hash", "terms")

    def __init__(self, terms: dict[Monomial, fmpq]) -> None:
        self.terms = terms
        self._hash: int | None = None
        self._floats: list[tuple[Monomial, float]] | None = None

    @property
    def floats(self) -> list[tuple[Monomial, float]]:
        """The terms with coefficients rounded to doubles; raises OverflowError beyond their range."""
        if self._floats is None:
            self._floats = [(m, int(c.p) / int(c.q)) for m, c in self.terms.items()]
        return self._floats

    def __hash__(self) -> int:
        if self._hash is None:
            self._hash = hash(frozenset((m, (int(c.p), int(c.q))) for m, c in self.terms.items()))
        return self._hash

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Poly) and self.terms == other.terms

    def __len__(self) -> int:
        return len(self.terms)

    @property
    def constant(self) -> fmpq | None:
        """The number that the sum is, if it is one."""
        if not self.terms:
            return fmpq(0)
        if len(self.terms) == 1 and () in self.terms:
            return self.terms[()]
        return None

    def atoms(self) -> Iterator[Atom]:
        """Yield the atoms of the monomials (not the atoms inside them), each once."""
        yield from dict.fromkeys(atom for monomial in self.terms for atom, _ in monomial)

    def __repr__(self) -> str:
        def factor(atom: Atom, exponent: Exponent) -> str:
            return repr(atom) if exponent == 1 else f"{atom!r}^{exponent}"

        return (
            " + ".join(
                "*".join([str(c), *(factor(atom, e) for atom, e in m)]) for m, c in self.terms.items()
            )
            or "0"
        )


NUMBER_ZERO = Poly({})


def number(value: fmpq | int) -> Poly:
    """Return a constant."""
    value = fmpq(value) if isinstance(value, int) else value
    return Poly({(): value}) if value != 0 else NUMBER_ZERO


def as_fmpq(exponent: Exponent) -> fmpq:
    """Return an exponent as a coefficient."""
    return fmpq(exponent.numerator, exponent.denominator)


def leads_positive(poly: Poly) -> bool:
    """Tell whether the coefficient of the first monomial, in a fixed order, is positive."""
    leading = max(poly.terms, key=lambda m: tuple((a.index, e) for a, e in m))
    return bool(poly.terms[leading] > 0)


def settled(monomial: Monomial) -> bool:
    """Tell whether a monomial holds neither sums to multiply out nor whole powers of primes."""
    return all(
        not (atom.kind == "sum" and exponent >= 1)
        and not (atom.kind == "prime" and not 0 < exponent < 1)
        for atom, exponent in monomial
    )
