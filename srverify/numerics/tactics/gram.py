"""Sums of squares: a polynomial as what is plainly not negative where some others are not.

A certificate (Putinar, Schmüdgen) is ``f = sum_j g_j*s_j + sum_l h_l*q_l`` with products g_j of what is
known to be at least 0, sums of squares s_j, and what is known to be 0, h_l. The Gram matrices of the
s_j are found in doubles, after dividing out what they cannot see (zeros of f, and kernels that the
doubles show), rounded to rationals and corrected exactly. All that is returned holds exactly, or the
checker would say so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from itertools import product
from operator import ge
from typing import Any, TypeAlias

from flint import fmpq, fmpq_mat

Exponents: TypeAlias = tuple[int, ...]
#: Unknowns and equations of larger problems take too long; so do larger matrices.
_MAX_UNKNOWNS, _MAX_EQUATIONS, _MAX_ORDER = 4000, 360, 40
#: Denominators to which Gram matrices are rounded, simple ones first.
_DENOMINATORS = (1, 6, 60, 1000, 10**5, 10**8)
#: Coordinates of points at which zeros are looked for.
_SIMPLE = tuple(fmpq(*pair) for pair in ((0, 1), (1, 1), (-1, 1), (2, 1), (1, 2), (-2, 1), (3, 1)))
_MAX_POINTS = 1500
_MAX_REDUCTIONS = 4
#: Roots of which rational multiples are recognized in kernels.
_ROOTS = (2**0.5, 3**0.5, 5**0.5, 6**0.5)


@dataclass
class Block:
    """A product of facts and the polynomials whose squares it is multiplied with."""

    factors: tuple[Any, ...]
    poly: Any
    strict: bool
    basis: list[Any] = field(default_factory=list)


@dataclass(frozen=True)
class Square:
    """A summand ``weight * product of factors * root^2``; no root for 1."""

    weight: fmpq
    factors: tuple[Any, ...]
    root: Any | None
    strict: bool


@dataclass(frozen=True)
class Multiple:
    """A summand: a product of factors that is 0, times any polynomial."""

    factors: tuple[Any, ...]
    cofactor: Any


@dataclass
class Problem:
    """Write a polynomial as a sum over blocks and equations.

    Parameters
    ----------
    target
        The polynomial.
    blocks
        Products that are at least 0, the bases of their squares to be filled in by ``fill``.
    equations
        Polynomials that are 0, with their factors.
    degree
        The largest degree of a summand.
    check
        Called on every step of the search; it may raise.
    """

    target: Any
    blocks: list[Block]
    equations: list[tuple[tuple[Any, ...], Any]]
    degree: int
    check: Callable[[], None] = lambda: None

    @cached_property
    def context(self) -> Any:
        """The ring of the polynomials."""
        return self.target.context()

    @cached_property
    def places(self) -> list[int]:
        """The variables that occur."""
        polys = [self.target, *(p for _, p in self.equations), *(b.poly for b in self.blocks)]
        used = {i for p in polys for e in p.to_dict() for i, n in enumerate(e) if n}
        return sorted(used)

    @cached_property
    def homogeneous(self) -> bool:
        """Whether all monomials of each polynomial have the same degree."""
        polys = [self.target, *(p for _, p in self.equations), *(b.poly for b in self.blocks)]
        return all(len(set(_bounds(p).total)) == 1 for p in polys if not p.is_zero())

    @cached_property
    def reducers(self) -> list[tuple[tuple[Any, ...], Any, Exponents]]:
        """Equations whose leading monomials have no variable in common, with these.

        They are a Groebner basis of what they generate (Buchberger's first criterion).
        """
        found: list[tuple[tuple[Any, ...], Any, Exponents]] = []
        for factors, h in self.equations:
            lead = tuple(map(int, h.monoms()[0]))
            if all(not (a and b) for _, _, other in found for a, b in zip(lead, other, strict=True)):
                found.append((factors, h, lead))
        return found

    @cached_property
    def others(self) -> list[tuple[tuple[Any, ...], Any]]:
        """The equations that are no reducers."""
        used = [h for _, h, _ in self.reducers]
        return [(factors, h) for factors, h in self.equations if h not in used]

    def _normal(self, poly: Any) -> Any:
        """Return the remainder of a polynomial by the reducers."""
        return self._divided(poly)[0]

    def _divided(self, poly: Any) -> tuple[Any, list[Any]]:
        quotients = [self.target * 0 for _ in self.reducers]
        changed = bool(self.reducers)
        while changed:
            changed = False
            for i, (_, h, _) in enumerate(self.reducers):
                quotient, rest = divmod(poly, h)
                if not quotient.is_zero():
                    poly, changed = rest, True
                    quotients[i] += quotient
        return poly, quotients

    def solve(self, strict: bool) -> list[Square | Multiple] | None:
        """Return the summands, one of them positive if ``strict``; None if they are not found."""
        if self.target.is_zero():
            return None if strict else []
        self._fill()
        self._prune()
        self._see_zeros()
        for _ in range(_MAX_REDUCTIONS):
            self.blocks = [block for block in self.blocks if block.basis]
            shape = self._shape()
            if shape is None:
                return None
            found = self._centre(*shape)
            if found is None:
                return None
            summands = self._rounded(found, shape)
            if summands is not None:
                sharp = any(isinstance(s, Square) and s.strict for s in summands)
                return summands if sharp or not strict else None
            if not self._reduce(found):
                return None
        return None

    # -- bases -------------------------------------------------------------------------------------

    def _fill(self) -> None:
        """Give every block the monomials that its squares may have."""
        monomial = not self.equations and all(len(block.poly) == 1 for block in self.blocks)
        bounds = _bounds(self.target) if monomial else None
        for block in self.blocks:
            own = _bounds(block.poly)
            most = (self.degree - own.total[1]) // 2
            if most < 0:
                continue
            least, highs = 0, [most] * len(self.places)
            if self.homogeneous:
                if (self.degree - own.total[1]) % 2:
                    continue
                least = most
            if bounds is not None:
                least = max(0, -((own.total[0] - bounds.total[0]) // 2))
                most = min(most, (bounds.total[1] - own.total[1]) // 2)
                highs = [(bounds.each[i] - own.each[i]) // 2 for i in self.places]
            for exponents in _monomials(highs, least, most):
                poly = self._monomial(exponents)
                (full,) = poly.monoms()
                if not any(all(map(ge, full, lead)) for _, _, lead in self.reducers):
                    block.basis.append(poly)

    def _monomial(self, exponents: Sequence[int]) -> Any:
        full = [0] * self.context.nvars()
        for place, n in zip(self.places, exponents, strict=True):
            full[place] = n
        return self.context.from_dict({tuple(full): fmpq(1)})

    def _prune(self) -> None:
        """Leave out monomials whose square could not cancel, again and again."""
        if any(len(block.poly) > 1 for block in self.blocks) or self.equations:
            return
        support = {tuple(map(int, e)) for e in self.target.to_dict()}
        while True:
            sources: dict[Exponents, set[tuple[int, int] | None]] = {}
            for j, block in enumerate(self.blocks):
                (shift,) = (tuple(map(int, e)) for e in block.poly.to_dict())
                monos = [tuple(map(int, p.monoms()[0])) for p in block.basis]
                for a, one in enumerate(monos):
                    for b, other in enumerate(monos[a:], a):
                        place = tuple(x + y + z for x, y, z in zip(one, other, shift, strict=True))
                        sources.setdefault(place, set()).add((j, a) if a == b else None)
            gone = {
                source
                for place, found in sources.items()
                if place not in support and None not in found
                for source in found
            }
            if not gone:
                return
            for j, block in enumerate(self.blocks):
                block.basis = [p for a, p in enumerate(block.basis) if (j, a) not in gone]

    def _see_zeros(self) -> None:
        """Where the target is 0 and a product is positive, the squares that it is taken with are 0."""
        points = [p for p in self._simple_points() if _value(self.target, p) == 0]
        points = [p for p in points if all(_value(h, p) == 0 for _, h in self.equations)]
        points = [p for p in points if all(_value(b.poly, p) >= 0 for b in self.blocks)]
        for block in self.blocks:
            seen = [p for p in points if _value(block.poly, p) > 0]
            if not seen or not block.basis:
                continue
            rows = [[_value(poly, p) for poly in block.basis] for p in seen]
            block.basis = _kernel_basis(rows, block.basis)

    def _simple_points(self) -> Iterator[list[fmpq]]:
        n = len(self.places)
        count = next((k for k in range(len(_SIMPLE), 1, -1) if k**n <= _MAX_POINTS), 2)
        for values in product(_SIMPLE[:count], repeat=min(n, 8)):
            point = [fmpq(0)] * self.context.nvars()
            for place, value in zip(self.places, values, strict=False):
                point[place] = value
            yield point

    # -- doubles -----------------------------------------------------------------------------------

    def _shape(self) -> tuple[list[Exponents], list[list[dict[Any, Any]]], list[dict[Any, Any]]] | None:
        """Return the monomials, the products of every block, and the multiples of equations."""
        sizes = [len(block.basis) for block in self.blocks]
        if sum(n * n for n in sizes) > _MAX_UNKNOWNS or max(sizes, default=0) > _MAX_ORDER:
            return None
        products = []
        for block in self.blocks:
            weighted = [p * block.poly for p in block.basis]
            pairs = []
            for a, one in enumerate(weighted):
                pairs += [self._normal(one * other).to_dict() for other in block.basis[a:]]
            products.append(pairs)
        multiples = [h * self._monomial(e) for _, h in self.others for e in self._cofactors(h)]
        multiples = [self._normal(m).to_dict() for m in multiples]
        rows = dict.fromkeys(self._normal(self.target).to_dict())
        for found in (*(p for pairs in products for p in pairs), *multiples):
            rows.update(dict.fromkeys(found))
        return None if len(rows) > _MAX_EQUATIONS else (list(rows), products, multiples)

    def _cofactors(self, h: Any) -> list[list[int]]:
        most = self.degree - int(h.total_degree())
        return list(_monomials([most] * len(self.places), 0, most)) if most >= 0 else []

    def _centre(self, rows: Any, products: Any, multiples: Any) -> list[Any] | None:
        """Return Gram matrices, and factors of multiples, in doubles; None also where these fail."""
        from srverify.numerics.tactics.semidefinite import np

        try:
            return self._in_doubles(rows, products, multiples)
        except (ArithmeticError, np.linalg.LinAlgError):
            return None

    def _in_doubles(self, rows: Any, products: Any, multiples: Any) -> list[Any] | None:
        from srverify.numerics.tactics.semidefinite import centre, np

        if not len(rows):
            return None
        where = {exponents: i for i, exponents in enumerate(rows)}
        target = np.zeros(len(rows))
        for exponents, c in self._normal(self.target).to_dict().items():
            target[where[exponents]] = _double(c)
        blocks = []
        for block, pairs in zip(self.blocks, products, strict=True):
            n = len(block.basis)
            array = np.zeros((len(rows), n, n))
            for (a, b), found in zip(_triangle(n), pairs, strict=True):
                for exponents, c in found.items():
                    array[where[exponents], a, b] = array[where[exponents], b, a] = _double(c)
            blocks.append(array)
        free = np.zeros((len(rows), len(multiples)))
        for i, found in enumerate(multiples):
            for exponents, c in found.items():
                free[where[exponents], i] = _double(c)
        scale = float(np.abs(target).max()) or 1.0
        target = target / scale
        if not blocks:
            return None
        reduced, right = blocks, target
        if multiples:
            left, weights, _ = np.linalg.svd(free)
            rank = int((weights > 1e-9 * weights[0]).sum())
            rest = left[:, rank:]
            reduced = [np.tensordot(rest.T, block, 1) for block in blocks]
            right = rest.T @ target
        xs = centre(reduced, right, check=self.check)
        if xs is None:
            return None
        found = [x * scale for x in xs]
        if multiples:
            used = sum((block * x).sum((1, 2)) for block, x in zip(blocks, found, strict=True))
            found.append(np.linalg.lstsq(free, target * scale - used, rcond=None)[0])
        return found

    def _reduce(self, found: list[Any]) -> bool:
        """Divide the bases by the kernels of matrices that are singular; tell whether any was."""
        from srverify.numerics.tactics.semidefinite import np

        changed = False
        for block, x in zip(self.blocks, found, strict=False):
            values, vectors = np.linalg.eigh(x)
            null = _small(values)
            if not null:
                continue
            if null == len(values):
                block.basis, changed = [], True
                continue
            rows = _rational_rows(vectors[:, :null].T)
            if rows is None:
                continue
            block.basis, changed = _kernel_basis(rows, block.basis), True
        return changed

    # -- exactly -----------------------------------------------------------------------------------

    def _rounded(self, found: list[Any], shape: Any) -> list[Square | Multiple] | None:
        """Round, correct exactly, and take the matrices apart into squares."""
        rows, products, multiples = shape
        values = [
            float(x[a, b])
            for block, x in zip(self.blocks, found, strict=False)
            for a, b in _triangle(len(block.basis))
        ]
        values += list(found[len(self.blocks)]) if multiples else []
        weights = [
            1 if a == b else 2 for block in self.blocks for a, b in _triangle(len(block.basis))
        ] + [1] * len(multiples)
        columns = [p for pairs in products for p in pairs] + multiples
        # Unknowns without a sign take up what rounding leaves, then entries off the diagonals.
        diagonal = [a == b for block in self.blocks for a, b in _triangle(len(block.basis))]
        order = sorted(
            range(len(columns)), key=lambda i: 0 if i >= len(diagonal) else 2 if diagonal[i] else 1
        )
        where = {exponents: i for i, exponents in enumerate(rows)}
        table = [[fmpq(0)] * (len(columns) + 1) for _ in rows]
        for place, i in enumerate(order):
            for exponents, c in columns[i].items():
                table[where[exponents]][place] = c * weights[i]
        for exponents, c in self._normal(self.target).to_dict().items():
            table[where[exponents]][-1] = c
        reduced, rank = fmpq_mat(table).rref()
        lines = reduced.tolist()[:rank]
        pivots = [next(i for i, c in enumerate(line) if c != 0) for line in lines]
        if pivots and pivots[-1] == len(columns):
            return None
        for denominator in _DENOMINATORS:
            self.check()
            exact = [_nearby(values[i], denominator) for i in order]
            for line, pivot in zip(lines, pivots, strict=True):
                rest = sum(
                    (c * exact[i] for i, c in enumerate(line[:-1]) if i != pivot and c != 0), fmpq(0)
                )
                exact[pivot] = line[-1] - rest
            unsorted = [fmpq(0)] * len(columns)
            for place, i in enumerate(order):
                unsorted[i] = exact[place]
            summands = self._summands(unsorted)
            if summands is not None:
                return summands
        return None

    def _summands(self, values: list[fmpq]) -> list[Square | Multiple] | None:
        found: list[Square | Multiple] = []
        groups: list[tuple[Block, list[Square]]] = []
        start = 0
        for block in self.blocks:
            own: list[Square] = []
            groups.append((block, own))
            n = len(block.basis)
            entries = dict(zip(_triangle(n), values[start:], strict=False))
            start += n * (n + 1) // 2
            parts = _squares([[entries[min(a, b), max(a, b)] for b in range(n)] for a in range(n)])
            if parts is None:
                return None
            for weight, vector in parts:
                root = sum(
                    (p * c for p, c in zip(block.basis, vector, strict=True) if c != 0), self.target * 0
                )
                plain = root.is_constant()
                size = weight * root.leading_coefficient() ** 2 if plain else weight
                own.append(Square(size, block.factors, None if plain else root, plain and block.strict))
            found += own
        for factors, h in self.others:
            cofactor = self.target * 0
            for exponents in self._cofactors(h):
                cofactor += self._monomial(exponents) * values[start]
                start += 1
            if not cofactor.is_zero():
                found.append(Multiple(factors, cofactor))
        if not self.reducers:
            return found
        rest = self.target
        for block, summands in groups:
            for square in summands:
                rest -= block.poly * square.weight * (1 if square.root is None else square.root**2)
        for multiple in found:
            if isinstance(multiple, Multiple):
                rest -= multiple.cofactor * next(h for f, h in self.others if f == multiple.factors)
        _, quotients = self._divided(rest)
        for (factors, _, _), quotient in zip(self.reducers, quotients, strict=True):
            if not quotient.is_zero():
                found.append(Multiple(factors, quotient))
        return found


@dataclass(frozen=True)
class _Bounds:
    total: tuple[int, int]
    each: tuple[int, ...]


def _bounds(poly: Any) -> _Bounds:
    exponents = [tuple(map(int, e)) for e in poly.to_dict()]
    totals = [sum(e) for e in exponents]
    return _Bounds((min(totals), max(totals)), tuple(map(max, zip(*exponents, strict=True))))


def _monomials(highs: Sequence[int], least: int, most: int) -> Iterator[list[int]]:
    """Yield exponents below bounds with a sum between two numbers, larger sums first."""
    found: list[list[int]] = [[]] if min(highs, default=0) >= 0 else []
    for high in highs:
        found = [[*e, n] for e in found for n in range(high + 1) if sum(e) + n <= most]
    yield from sorted((e for e in found if sum(e) >= least), key=lambda e: (-sum(e), e))


def _triangle(n: int) -> list[tuple[int, int]]:
    return [(a, b) for a in range(n) for b in range(a, n)]


def _double(c: Any) -> float:
    return int(c.p) / int(c.q)


def _value(poly: Any, point: list[fmpq]) -> fmpq:
    return fmpq(poly(*point))


def _nearby(value: float, denominator: int) -> fmpq:
    near = Fraction(value).limit_denominator(denominator)
    return fmpq(near.numerator, near.denominator)


def _kernel_basis(rows: list[list[fmpq]], basis: list[Any]) -> list[Any]:
    """Return combinations of a basis, with coefficients orthogonal to some rows."""
    reduced, rank = fmpq_mat(rows).rref()
    lines = reduced.tolist()[:rank]
    pivots = [next(i for i, c in enumerate(line) if c != 0) for line in lines]
    found = []
    for free in (i for i in range(len(basis)) if i not in pivots):
        poly = basis[free]
        for line, pivot in zip(lines, pivots, strict=True):
            if line[free] != 0:
                poly = poly - basis[pivot] * line[free]
        found.append(poly)
    return found


def _small(values: Any) -> int:
    """Return how many eigenvalues, ascending, are so small that they seem to be 0: the widest gap."""
    top = max(float(values[-1]), 1e-300)
    if top < 1e-7:
        return len(values)
    logs = [max(float(v), 1e-16 * top) / top for v in values]
    best, place = 30.0, 0
    for i in range(len(logs) - 1):
        if logs[i] < 1e-3 and logs[i + 1] / logs[i] > best:
            best, place = logs[i + 1] / logs[i], i + 1
    return place


def _rational_rows(rows: Any) -> list[list[fmpq]] | None:
    """Return rows of small fractions that span nearly the same space, or None."""
    from srverify.numerics.tactics.semidefinite import np

    table = np.array(rows, dtype=float)
    count, width = table.shape
    pivots: list[int] = []
    for i in range(count):
        rest = np.abs(table[i:]).copy()
        rest[:, pivots] = 0
        where = int(rest.argmax())
        row, column = i + where // width, where % width
        if abs(table[row, column]) < 1e-6:
            return None
        table[[i, row]] = table[[row, i]]
        table[i] /= table[i, column]
        for other in range(count):
            if other != i:
                table[other] -= table[other, column] * table[i]
        pivots.append(column)
    found: list[list[fmpq]] = []
    for line in table:
        split = _split(line)
        if split is None:
            return None
        found += split
    return found


def _split(line: Any) -> list[list[fmpq]] | None:
    """Return rational rows of which a row is a combination, with 1 and maybe one square root.

    A rational matrix that has the row in its kernel has these there as well.
    """
    fractions = [_fraction(float(v)) for v in line]
    if None not in fractions:
        return [fractions]  # type: ignore[list-item]
    for root in _ROOTS:
        others = [_fraction(float(v) / root) for v in line]
        both = list(zip(fractions, others, strict=True))
        if all(one is not None or other is not None for one, other in both):
            plain = [fmpq(0) if one is None else one for one, _ in both]
            return [plain, [other if one is None and other else fmpq(0) for one, other in both]]
    return None


def _fraction(value: float) -> fmpq | None:
    exact = Fraction(value).limit_denominator(30)
    return fmpq(exact.numerator, exact.denominator) if abs(float(exact) - value) <= 2e-4 else None


def _squares(matrix: list[list[fmpq]]) -> list[tuple[fmpq, list[fmpq]]] | None:
    """Return weights > 0 and vectors with ``matrix = sum weight*vector*vector^T``, or None."""
    n = len(matrix)
    table = [list(row) for row in matrix]
    found = []
    for i in range(n):
        pivot = table[i][i]
        if pivot < 0 or (pivot == 0 and any(table[i][j] != 0 for j in range(i + 1, n))):
            return None
        if pivot == 0:
            continue
        vector = [fmpq(0)] * i + [table[i][j] / pivot for j in range(i, n)]
        found.append((pivot, vector))
        for a in range(i + 1, n):
            if table[i][a] != 0:
                factor = table[i][a] / pivot
                for b in range(a, n):
                    table[a][b] -= factor * table[i][b]
                    table[b][a] = table[a][b]
    return found
