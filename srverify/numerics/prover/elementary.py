"""Powers, exponentials, logarithms and the other functions of terms, brought into normal form."""

from __future__ import annotations

from fractions import Fraction

from flint import fmpq, fmpz

from srverify.numerics.prover.factoring import factors
from srverify.numerics.prover.ordering import OrderedRing
from srverify.numerics.prover.poly import (
    NUMBER_ZERO,
    Atom,
    Exponent,
    Monomial,
    Poly,
    UnrepresentableError,
    leads_positive,
    number,
    order,
    raised,
    tidy,
    times,
)

_MAX_FACTORED = 10**15


class ElementaryRing(OrderedRing):
    """Sums closed under the functions of terms; signs over the region decide which rewritings hold.

    Raises UnrepresentableError where a rule is missing or an expansion would be too long.
    """

    # -- powers ------------------------------------------------------------------------------

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
            return self.resettled(prefix)
        if isinstance(exponent, int):
            # One spelling of a sum and of its negative: the positive one, if that is known.
            sign = self.sign(rest)
            if sign in (-2, -1) or (sign is None and not leads_positive(rest)):
                rest = self.neg(rest)
                prefix = self.scale(prefix, 1 if exponent % 2 == 0 else -1)
            if rest.constant == 1:
                return self.resettled(prefix)
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

    def _natural_power(self, poly: Poly, exponent: int) -> Poly:
        if len(poly) == 1:
            ((monomial, coefficient),) = poly.terms.items()
            return self.resettled(Poly({raised(monomial, exponent): coefficient**exponent}))
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
        return self.settle(tuple(sorted(factors, key=order)), fmpq(1))

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
        product = Poly({tuple(sorted(factors, key=order)): fmpq(1)})
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


def _factored(value: fmpz) -> list[tuple[int, int]]:
    """Factor a positive integer; a large one is left whole."""
    if value == 1:
        return []
    if value > _MAX_FACTORED:
        return [(int(value), 1)]
    return [(int(prime), int(multiplicity)) for prime, multiplicity in value.factor()]
