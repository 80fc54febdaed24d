"""What may be summed up in a certificate: facts, squares, products of them, once equations are used."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, combinations_with_replacement, islice
from typing import Any, TypeAlias

from flint import fmpq

from srverify.numerics.tactics.equations import Equations
from srverify.numerics.tactics.forms import Space
from srverify.numerics.tactics.programs import Solve

#: Products that are looked at, at most, and their degree.
_MAX_COLUMNS = 3000
_MAX_DEGREE = 6
#: Beyond so many products of two no products of four are tried.
_MAX_PAIRS = 100
#: Bits of an exponent where a monomial is packed: more than any product's takes.
_BITS = 32
#: How a certificate names a factor.
Factor: TypeAlias = tuple[object, ...]
_Monomial: TypeAlias = tuple[int, ...]


@dataclass(frozen=True)
class Column:
    """A product.

    Parameters
    ----------
    factors
        Their names.
    polys
        Polynomials whose product it is.
    poly
        The same product, or what is left of it once equations are used.
    relation
        Of 0 to it.
    """

    factors: tuple[Factor, ...]
    polys: tuple[Any, ...]
    poly: Any
    relation: str

    def __mul__(self, other: Column) -> Column:
        relations = {self.relation, other.relation}
        return Column(
            (*self.factors, *other.factors),
            (*self.polys, *other.polys),
            self.poly * other.poly,
            next(relation for relation in ("=", "<=", "<") if relation in relations),
        )

    @property
    def whole(self) -> Any:
        """The product before equations were used."""
        product = self.polys[0]
        for poly in self.polys[1:]:
            product *= poly
        return product


def column(factors: tuple[Factor, ...], poly: Any, relation: str) -> Column:
    """Return a fact as a column."""
    return Column(factors, (poly,), poly, relation)


def times_atoms(space: Space, equations: list[Column]) -> Iterator[Column]:
    """Yield equations times one or two atoms, whose signs do not matter."""
    for equation in equations:
        gens = equation.poly.context().gens()
        atoms = [
            Column((("term", str(atom)),), (gens[i],), gens[i], "=") for i, atom in space.atoms.items()
        ]
        yield from (equation * atom for atom in atoms)
        for one, other in combinations_with_replacement(atoms, 2):
            yield equation * one * other


class Products:
    """Facts that contradict each other, and what can be made of them."""

    def __init__(self, space: Space, known: list[Column]) -> None:
        self._space = space
        self._given = [fact for fact in known if fact.relation == "="]
        self._equations = Equations([fact.poly for fact in self._given])
        context = known[0].poly.context()
        self._one = context.constant(1)
        #: By a product's identity: the product, which is so kept, and what is left of it.
        self._reductions: dict[int, tuple[Column, Column]] = {}
        #: The number that stands for a monomial, and by a product's identity its coefficients by such
        #: numbers: tuples are slow to hash, and programs look rows up again and again.
        self._rows: dict[_Monomial, int] = {}
        self._vectors: dict[int, dict[int, fmpq]] = {}
        #: How many products have been tried.
        self._tried = 0
        self._facts = [self._reduced(fact) for fact in known if fact.relation != "="]
        gens = context.gens()
        # An atom that an equation expresses by others is in no product any more.
        free = [gens[i] for i in space.atoms if self._equations.reduced(gens[i]) == gens[i]]
        parts = [*free, self._one]
        roots = parts[:-1] + [a + b * s for a, b in combinations(parts, 2) for s in (1, -1)]
        self._squares = [column((("square", str(space.term(r))),), r * r, "<=") for r in roots]

    def contradiction(self, degree: int, solve: Solve) -> list[tuple[fmpq, Column]] | None:
        """Return columns with coefficients whose sum is 0, one with ``<`` among them.

        Parameters
        ----------
        degree
            How many facts are multiplied with each other at most.
        solve
            How to find coefficients.
        """
        if degree == 2:
            # Many do without squares, whose products with facts are many more.
            found = self._summed(self._columns(degree, squared=False), solve)
            if found is not None:
                return found
        return self._summed(self._columns(degree), solve)

    def _summed(self, products: list[Column], solve: Solve) -> list[tuple[fmpq, Column]] | None:
        columns = [self._kept(found) for found in products]
        if len(columns) == self._tried:
            return None
        self._tried = len(columns)
        vectors = [(self._vector(found), found.relation) for found in columns]
        solution = solve(vectors, {}, True)
        if solution is None:
            return None
        terms = [(c, columns[i]) for i, c in solution.items()]
        total = sum((found.whole * c for c, found in terms), self._one * 0)
        used = self._equations.multipliers(-total)
        if used is None:
            return None
        return terms + list(multiples(self._space, self._given, used))

    def _kept(self, found: Column) -> Column:
        """Return a product once equations are used, made once for all degrees."""
        known = self._reductions.get(id(found))
        if known is None:
            known = self._reductions[id(found)] = (found, self._reduced(found))
        return known[1]

    def _vector(self, found: Column) -> dict[int, fmpq]:
        """Return what is left of a product that is kept, as coefficients by row."""
        known = self._vectors.get(id(found))
        if known is None:
            row, rows = self._rows.setdefault, self._rows
            items = found.poly.to_dict().items()
            known = self._vectors[id(found)] = {row(m, len(rows)): c for m, c in items}
        return known

    def _reduced(self, found: Column) -> Column:
        if not self._given:
            return found
        poly = self._equations.reduced(found.poly)
        return Column(found.factors, found.polys, poly, found.relation)

    def _columns(self, degree: int, squared: bool = True) -> list[Column]:
        found = [column((), self._one, "<"), *self._facts, *self._left, *self._squares]
        if degree > 1:
            found += self._pairs
        if degree > 1 and squared:
            found += self._squared
        if degree > 2:
            found += self._triples
        if degree > 3 and len(self._pairs) <= _MAX_PAIRS:
            found += self._quadruples
        small = (one for one in found if one.poly.total_degree() <= _MAX_DEGREE)
        return list(islice(small, _MAX_COLUMNS))

    @cached_property
    def _left(self) -> list[Column]:
        """What equations say beyond what they were used for."""
        products = map(self._reduced, times_atoms(self._space, self._given))
        return [found for found in products if not found.poly.is_zero()]

    @cached_property
    def _pairs(self) -> list[Column]:
        return [a * b for a, b in combinations_with_replacement(self._facts, 2)]

    @cached_property
    def _squared(self) -> list[Column]:
        return [a * b for a in self._facts for b in self._squares]

    @cached_property
    def _wanted(self) -> set[_Monomial]:
        """The monomials of equations, facts and their products; others would have to cancel."""
        given = (*self._given, *self._facts, *self._pairs)
        return {e for found in given for e in found.poly.monoms()}

    @cached_property
    def _triples(self) -> list[Column]:
        facts = list(combinations_with_replacement(self._facts, 3))
        squares = [(a, b) for a in self._pairs for b in self._squares]
        return [*self._among(facts), *self._among(squares)]

    @cached_property
    def _quadruples(self) -> list[Column]:
        return list(self._among(combinations_with_replacement(self._facts, 4)))

    def _among(self, several: Any) -> Iterator[Column]:
        """Yield those products in which no other monomials occur."""
        wanted = set(map(_packed, self._wanted))
        ends: dict[int, tuple[int, int]] = {}
        for parts in several:
            low = high = 0
            for part in parts:
                own = ends.get(id(part))
                if own is None:
                    monomials = list(map(_packed, part.poly.monoms())) or [0]
                    own = ends[id(part)] = min(monomials), max(monomials)
                low, high = low + own[0], high + own[1]
            # The ends of a product are the products of the ends: most need no more than these.
            if low in wanted and high in wanted:
                product = parts[0]
                for part in parts[1:]:
                    product = product * part
                if self._wanted.issuperset(product.poly.monoms()):
                    yield product


def _packed(monomial: _Monomial) -> int:
    """Return exponents as one number: that of a product is the sum, and the order is the same."""
    found = 0
    for exponent in monomial:
        found = found << _BITS | exponent
    return found


def multiples(space: Space, equations: list[Column], used: list[Any]) -> Iterator[tuple[fmpq, Column]]:
    """Yield equations times polynomials, with coefficients."""
    for equation, poly in zip(equations, used, strict=True):
        if poly.is_constant():
            if not poly.is_zero():
                yield poly.leading_coefficient(), equation
        else:
            factor = Column((("term", str(space.term(poly))),), (poly,), poly, "=")
            yield fmpq(1), equation * factor
