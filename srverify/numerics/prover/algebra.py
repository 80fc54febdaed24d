"""Sums of monomials over atoms: the normal form in which exact reductions are found.

An atom is a variable, ``exp`` of a monic monomial, a prime number (under a fractional exponent), a
logarithm, a sum raised to a non-natural power, an absolute value, a minimum, a maximum or a Lambert W.
Exponentials multiply by adding exponents, logarithms of positive products are split, and powers of
atoms carry rational exponents, so that ``exp(log(n)/2)*sqrt(n) - n`` is seen to be zero.

Every rewriting keeps the value at all points of the region at which the *written* term is defined; it
may extend the domain. Whoever uses a normal form proves definedness of the written term beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any, TypeAlias

from flint import arb, ctx, fmpq, fmpz

from srverify.errors import UnsupportedError
from srverify.numerics.prover import interval as iv
from srverify.numerics.prover.factoring import factors
from srverify.numerics.prover.interval import Interval
from srverify.numerics.prover.region import Range, Region

#: Sums longer than this are not multiplied out.
MAX_TERMS = 400
_MAX_FACTORED = 10**15

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


def _order(factor: tuple[Atom, Exponent]) -> int:
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
    return tuple(sorted(((x, e) for x, e in exponents.items() if e), key=_order))


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


def _fmpq(exponent: Exponent) -> fmpq:
    return fmpq(exponent.numerator, exponent.denominator)


class Algebra:
    """Normal forms over one region; the signs of variables there decide which rewritings are valid.

    Raises UnrepresentableError where a rule is missing or an expansion would be too long.
    """

    def __init__(self, region: Region) -> None:
        self.region = region
        self.facts: dict[Poly, int] = {}
        self._atoms: dict[tuple[Any, ...], Atom] = {}
        self._signs: dict[Poly, int | None] = {}
        self._derivatives: dict[tuple[Atom, str], Poly] = {}
        self._variables: dict[Atom, frozenset[str]] = {}
        self._regular: dict[tuple[Atom, bool, bool], bool] = {}

    def restricted(self, region: Region) -> Algebra:
        """Return the algebra of a part of the region; sums may pass to it, but not back."""
        part = Algebra(region)
        part._atoms = self._atoms
        part._variables = self._variables
        part._derivatives = dict(self._derivatives)
        return part

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
                if _settled(product):
                    value = total.get(product, 0) + ca * cb
                    if value != 0:
                        total[product] = value
                    else:
                        total.pop(product, None)
                else:
                    rest.append(self._settle(product, ca * cb))
        result = Poly(total)
        return self.add(result, *rest) if rest else result

    def _settle(self, monomial: Monomial, coefficient: fmpq) -> Poly:
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
        taken = tuple(sorted(((a, e) for a, e in common.items() if e), key=_order))
        inverse = raised(taken, -1)
        divided = {times(m, inverse): c / content for m, c in poly.terms.items()}
        if all(map(_settled, divided)):
            return content, taken, Poly(divided)
        # Multiplying a sum back in may bring out new common factors.
        rest = self.mul(Poly(divided), number(1))
        if not rest.terms:
            raise UnrepresentableError("a sum that is zero in disguise")
        more, extra, rest = self.split_content(rest)
        return content * more, times(taken, extra), rest

    def power(self, poly: Poly, exponent: Exponent) -> Poly:
        """Return a rational power."""
        exponent = tidy(exponent)
        if exponent == 1:
            return poly
        if exponent == 0:
            return number(1)
        value = poly.constant
        if value is not None:
            return self._number_power(value, exponent)
        if isinstance(exponent, int) and exponent > 0:
            return self._natural_power(poly, exponent)
        content, taken, rest = self.split_content(poly)
        if isinstance(exponent, int):
            prefix = Poly({raised(taken, exponent): content**exponent})
        else:
            # A factor may leave the root where it is positive, or where the whole root is a product of
            # nonnegative factors; beside a sum a factor 0 would hide that the sum is negative.
            whole = rest.constant == 1 and all(self._root_sign(a, e) for a, e in taken)
            moved = tuple((a, e) for a, e in taken if whole or self.atom_sign(a) == 2)
            keep = tuple(factor for factor in taken if factor not in moved)
            if keep:
                rest = Poly({times(m, keep): c for m, c in rest.terms.items()})
            prefix = self.mul(
                self._number_power(content, exponent),
                Poly({raised(moved, exponent): fmpq(1)}),
            )
            root = self._square_root(rest) if isinstance(exponent, Fraction) else None
            if root is not None:
                return self.mul(prefix, self.power(root, 2 * exponent))
        if rest.constant == 1:
            return self._resettled(prefix)
        if isinstance(exponent, int):
            # One spelling of a sum and of its negative: the positive one, if that is known.
            sign = self.sign(rest)
            if sign in (-2, -1) or (sign is None and not _leads_positive(rest)):
                rest = self.neg(rest)
                prefix = self.scale(prefix, 1 if exponent % 2 == 0 else -1)
            if rest.constant == 1:
                return self._resettled(prefix)
        return self.mul(prefix, Poly({((self.atom("sum", rest), exponent),): fmpq(1)}))

    def _square_root(self, poly: Poly) -> Poly | None:
        """Return a nonnegative sum whose square is the given one, if there is one."""
        if not 3 <= len(poly) <= 15:
            return None
        parts = factors(self, poly)
        if parts is None or any(multiplicity % 2 for _, multiplicity in parts[1:]):
            return None
        value = parts[0][0].constant
        if value is None or value <= 0:
            return None
        root = self._number_power(value, Fraction(1, 2))
        for part, multiplicity in parts[1:]:
            root = self.mul(root, self._natural_power(part, multiplicity // 2))
        sign = self.sign(root)
        if sign is None:
            return None
        return root if sign >= 0 else self.neg(root)

    def _root_sign(self, atom: Atom, exponent: Exponent) -> bool:
        """Tell whether a factor is nonnegative wherever it is defined."""
        sign = self.atom_sign(atom)
        return isinstance(exponent, Fraction) or (sign is not None and sign > 0)

    def _resettled(self, poly: Poly) -> Poly:
        return self.mul(poly, number(1))

    def _natural_power(self, poly: Poly, exponent: int) -> Poly:
        if len(poly) == 1:
            ((monomial, coefficient),) = poly.terms.items()
            return self._resettled(Poly({raised(monomial, exponent): coefficient**exponent}))
        if exponent > 64:
            raise UnrepresentableError("a power too long to expand")
        result = poly
        for _ in range(exponent - 1):
            result = self.mul(result, poly)
        return result

    def _number_power(self, value: fmpq, exponent: Exponent) -> Poly:
        if value == 0:
            if exponent < 0:
                raise UnrepresentableError("a negative power of 0")
            return NUMBER_ZERO
        if isinstance(exponent, int):
            if abs(exponent) * max(value.p.bit_length(), value.q.bit_length()) > 1 << 14:
                raise UnrepresentableError("a number too large to write out")
            return number(value**exponent)
        if value < 0:
            raise UnrepresentableError("a root of a negative number")
        factors: list[tuple[Atom, Exponent]] = []
        for part, sign in ((value.p, 1), (value.q, -1)):
            for prime, multiplicity in _factored(part):
                factors.append((self.atom("prime", prime), tidy(sign * multiplicity * exponent)))
        return self._settle(tuple(sorted(factors, key=_order)), fmpq(1))

    # -- functions ---------------------------------------------------------------------------

    def exp(self, poly: Poly) -> Poly:
        """Return the exponential: a product of powers of exponentials of monic monomials."""
        result = number(1)
        factors: list[tuple[Atom, Exponent]] = []
        for monomial, coefficient in poly.terms.items():
            exponent = tidy(Fraction(int(coefficient.p), int(coefficient.q)))
            if len(monomial) == 1 and monomial[0][0].kind == "log" and monomial[0][1] == 1:
                if isinstance(exponent, int) and abs(exponent) > 64:
                    raise UnrepresentableError("a power too long to expand")
                result = self.mul(result, self.power(monomial[0][0].data, exponent))
            else:
                factors.append((self.atom("exp", monomial), exponent))
        product = Poly({tuple(sorted(factors, key=_order)): fmpq(1)})
        return self.mul(result, product)

    def log(self, poly: Poly) -> Poly:
        """Return the logarithm; the positive factors of its argument are split off."""
        value = poly.constant
        if value is not None:
            if value <= 0:
                raise UnrepresentableError("the logarithm of a number that is not positive")
            return self._log_number(value)
        content, taken, rest = self.split_content(poly)
        parts = [self._log_number(content)]
        keep: Monomial = ()
        for atom, exponent in taken:
            if self.atom_sign(atom) == 2:
                factor = fmpq(exponent.numerator, exponent.denominator)
                parts.append(self.scale(self._log_atom(atom), factor))
            elif self.atom_sign(atom) == -2 and isinstance(exponent, int):
                # log((-a)^e): the sign goes to the rest.
                parts.append(self.scale(self._log_negative(atom), exponent))
                rest = self.neg(rest) if exponent % 2 else rest
            else:
                keep = times(keep, ((atom, exponent),))
        if keep:
            rest = Poly({times(m, keep): c for m, c in rest.terms.items()})
        if rest.constant is not None and rest.constant < 0:
            raise UnrepresentableError("the logarithm of something that is not positive")
        if rest.constant != 1:
            parts.append(self.monomial(self.atom("log", rest)))
        return self.add(*parts)

    def _log_atom(self, atom: Atom) -> Poly:
        if atom.kind == "exp":
            return Poly({atom.data: fmpq(1)})
        if atom.kind == "prime":
            return self._log_number(fmpq(atom.data))
        if atom.kind == "sum":
            return self.log(atom.data)
        return self.monomial(self.atom("log", self.monomial(atom)))

    def _log_negative(self, atom: Atom) -> Poly:
        """Return log(-a) of a negative atom."""
        if atom.kind == "sum":
            return self.log(self.neg(atom.data))
        return self.monomial(self.atom("log", self.neg(self.monomial(atom))))

    def _log_number(self, value: fmpq) -> Poly:
        parts = [NUMBER_ZERO]
        for part, sign in ((value.p, 1), (value.q, -1)):
            for prime, multiplicity in _factored(part):
                logarithm = self.monomial(self.atom("log", number(fmpq(prime))))
                parts.append(self.scale(logarithm, sign * multiplicity))
        return self.add(*parts)

    def absolute(self, poly: Poly) -> Poly:
        """Return the absolute value."""
        sign = self.sign(poly)
        if sign is not None:
            return poly if sign >= 0 else self.neg(poly)
        return self.monomial(self.atom("abs", poly))

    def extremum(self, kind: str, left: Poly, right: Poly) -> Poly:
        """Return the ``min`` or ``max`` of two sums."""
        sign = self.sign(self.sub(left, right))
        if sign is not None:
            return left if (sign >= 0) == (kind == "max") else right
        first, second = sorted((left, right), key=repr)
        return self.monomial(self.atom(kind, (first, second)))

    def lambertw(self, poly: Poly, branch: int) -> Poly:
        """Return a real branch of Lambert W."""
        if poly.constant == 0:
            return NUMBER_ZERO
        return self.monomial(self.atom("lambertw", poly, branch))

    # -- signs and enclosures ----------------------------------------------------------------

    def atom_sign(self, atom: Atom) -> int | None:
        """Return the sign of an atom over the region; see ``Range.sign``."""
        match atom.kind:
            case "variable":
                part = self.region.by_name.get(atom.data)
                return None if part is None else part.sign
            case "exp" | "prime":
                return 2
            case "log":
                return self.sign(self.sub(atom.data, number(1)))
            case "sum":
                return self.sign(atom.data)
            case "abs":
                return 1
            case "lambertw":
                return -2 if atom.extra == -1 else self.sign(atom.data)
        signs = [self.sign(part) for part in atom.data]
        if None in signs:
            return None
        known = [sign for sign in signs if sign is not None]
        return min(known) if atom.kind == "min" else max(known)

    def monomial_sign(self, monomial: Monomial, coefficient: fmpq) -> int | None:
        """Return the sign of one monomial where it is defined."""
        size, direction = 2, 1 if coefficient > 0 else -1
        for atom, exponent in monomial:
            sign = self.atom_sign(atom)
            if isinstance(exponent, Fraction):
                # The base of a root is nonnegative where the root is defined.
                sign = 2 if sign == 2 or exponent < 0 else 1
            elif exponent % 2 == 0:
                sign = 2 if exponent < 0 or sign in (2, -2) else 1
            elif sign is None:
                return None
            elif exponent < 0:
                sign = 2 if sign > 0 else -2
            if sign == 0:
                return 0
            size = min(size, abs(sign))
            direction = direction if sign > 0 else -direction
        return size * direction

    def sign(self, poly: Poly) -> int | None:
        """Return the sign of a sum over the region where it is defined, if it can be seen cheaply."""
        if poly not in self._signs:
            self._signs[poly] = None  # cuts recursion through nested logarithms
            self._signs[poly] = self._find_sign(poly)
        return self._signs[poly]

    def _find_sign(self, poly: Poly) -> int | None:
        value = poly.constant
        if value is not None:
            return 0 if value == 0 else 2 if value > 0 else -2
        if self.facts and (known := self._known_sign(poly)) is not None:
            return known
        signs = [self.monomial_sign(m, c) for m, c in poly.terms.items()]
        if None not in signs:
            seen = [sign for sign in signs if sign is not None]
            if all(sign >= 0 for sign in seen):
                return max(seen)
            if all(sign <= 0 for sign in seen):
                return min(seen)
        try:
            low, high = self.enclose(poly, self.region)
        except iv.Empty:
            return None
        if low >= 0:
            return 2 if low > 0 or self._least_end_is_open(poly, 1) else 1
        if high <= 0:
            return -2 if high < 0 or self._least_end_is_open(poly, -1) else -1
        return None

    def _known_sign(self, poly: Poly) -> int | None:
        try:
            content, _, _ = self.split_content(poly)
        except UnrepresentableError:
            return None
        primitive = Poly({m: c / content for m, c in poly.terms.items()})
        if primitive in self.facts:
            return self.facts[primitive]
        opposite = self.neg(primitive)
        return -self.facts[opposite] if opposite in self.facts else None

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

    def _least_end_is_open(self, poly: Poly, direction: int) -> bool:
        """Tell whether a sum never takes the least value of its interval enclosure.

        With direction -1: the greatest. Looks at sums of products of powers of nonnegative variables,
        where the end of one term is taken only at ends that belong to the ranges.
        """
        found = False
        for monomial, coefficient in poly.terms.items():
            if not monomial:
                continue
            taken = self._end_is_taken(monomial, (coefficient > 0) == (direction > 0))
            if taken is None:
                return False
            found = found or not taken
        return found

    def _end_is_taken(self, monomial: Monomial, least: bool) -> bool | None:
        """Tell whether a product takes its least (greatest) value; None if that is not seen."""
        opened = zero = zero_taken = False
        for atom, exponent in monomial:
            if atom.kind != "variable":
                return None
            part = self.region.by_name[atom.data]
            if part.high == 0 and len(monomial) > 1:
                return None
            if (part.low is None or part.low < 0) and (len(monomial) > 1 or exponent != 1):
                return None
            low_end = least == (exponent > 0)
            end, open_end = (part.low, part.low_open) if low_end else (part.high, part.high_open)
            open_end = open_end or end is None
            opened = opened or open_end
            vanishes = end == 0 if exponent > 0 else end is None
            zero = zero or vanishes
            zero_taken = zero_taken or (vanishes and not open_end)
        # A product is 0 where one factor is; otherwise every factor must take its own end.
        return zero_taken if zero and least else not opened

    def regular(self, poly: Poly) -> bool:
        """Tell whether a sum is certainly defined and continuous on the whole region."""
        return all(
            self._regular_factor(atom, exponent)
            for monomial in poly.terms
            for atom, exponent in monomial
        )

    def _regular_factor(self, atom: Atom, exponent: Exponent) -> bool:
        key = (atom, exponent < 0, isinstance(exponent, Fraction))
        if key not in self._regular:
            self._regular[key] = self._is_regular(atom, exponent)
        return self._regular[key]

    def _is_regular(self, atom: Atom, exponent: Exponent) -> bool:
        sign = self.atom_sign(atom)
        if exponent < 0 and sign not in (2, -2):
            return False
        if isinstance(exponent, Fraction) and (sign is None or sign < 0):
            return False
        match atom.kind:
            case "variable" | "prime":
                return True
            case "exp":
                return self.regular(Poly({atom.data: fmpq(1)}))
            case "log":
                return self.regular(atom.data) and self.sign(atom.data) == 2
            case "sum" | "abs":
                return self.regular(atom.data)
            case "lambertw":
                if not self.regular(atom.data):
                    return False
                low, _ = self.enclose(atom.data, self.region)
                return bool(low > -arb(-1).exp()) and (atom.extra == 0 or self.sign(atom.data) == -2)
        return all(self.regular(part) for part in atom.data)

    def enclose(self, poly: Poly, region: Region) -> Interval:
        """Enclose a sum over a region, at the points at which it is defined.

        Raises ``interval.Empty`` if it is defined nowhere there.
        """
        return _Encloser(region).poly(poly)

    # -- calculus ----------------------------------------------------------------------------

    def derivative(self, poly: Poly, name: str) -> Poly:
        """Return the partial derivative; raises UnrepresentableError for abs, min and max."""
        parts = [NUMBER_ZERO]
        for monomial, coefficient in poly.terms.items():
            for atom, exponent in monomial:
                inner = self._atom_derivative(atom, name)
                if not inner.terms:
                    continue
                lowered = times(monomial, ((atom, -1),))
                outer = Poly({lowered: coefficient * _fmpq(exponent)})
                parts.append(self.mul(self._resettled(outer), inner))
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
            return self.exp(self.scale(inner, _fmpq(exponent)))
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
                return target.exp(target.scale(inner(Poly({atom.data: fmpq(1)})), _fmpq(exponent)))
            case "variable":
                base = values.get(atom.data) or target.variable(atom.data)
            case "prime":
                return target._settle(((target.atom("prime", atom.data), exponent),), fmpq(1))
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


def _leads_positive(poly: Poly) -> bool:
    leading = max(poly.terms, key=lambda m: tuple((a.index, e) for a, e in m))
    return bool(poly.terms[leading] > 0)


def _settled(monomial: Monomial) -> bool:
    return all(
        not (atom.kind == "sum" and exponent >= 1)
        and not (atom.kind == "prime" and not 0 < exponent < 1)
        for atom, exponent in monomial
    )


def _factored(value: fmpz) -> list[tuple[int, int]]:
    """Factor a positive integer; a large one is left whole."""
    if value == 1:
        return []
    if value > _MAX_FACTORED:
        return [(int(value), 1)]
    return [(int(prime), int(multiplicity)) for prime, multiplicity in value.factor()]


class _Encloser:
    """Enclose sums over one region, each atom once."""

    def __init__(self, region: Region) -> None:
        self._ranges = {name: part.enclosure for name, part in region.ranges}
        self._atoms: dict[Atom, Interval] = {}
        self._thin = ctx.prec

    def poly(self, poly: Poly) -> Interval:
        total = (iv.ZERO, iv.ZERO)
        for monomial, coefficient in poly.terms.items():
            total = iv.add(total, self.monomial(monomial, coefficient))
        return total

    def monomial(self, monomial: Monomial, coefficient: fmpq) -> Interval:
        product = iv.exact(coefficient)
        exponent_sum: Interval | None = None
        for atom, exponent in monomial:
            if atom.kind == "exp":
                part = iv.scale(self.monomial(atom.data, fmpq(1)), arb(_fmpq(exponent)))
                exponent_sum = part if exponent_sum is None else iv.add(exponent_sum, part)
                continue
            value = self.atom(atom)
            if isinstance(exponent, int):
                value = iv.power(value, exponent)
            else:
                value = iv.rational_power(value, _fmpq(exponent))
            product = iv.mul(product, value)
        if exponent_sum is not None:
            product = iv.mul(product, iv.exp(exponent_sum))
        return product

    def atom(self, atom: Atom) -> Interval:
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


__all__ = [
    "Algebra",
    "Atom",
    "Monomial",
    "Poly",
    "Range",
    "UnrepresentableError",
    "number",
    "raised",
    "times",
]
