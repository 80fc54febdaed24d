"""Laurent polynomials over opaque atoms, which tell when two arguments of exp or log are the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias

from srverify.language import term as t
from srverify.language.term import Number, Symbol, Term

#: Products and powers with more monomials than this stay opaque.
MAX_MONOMIALS = 64
_MAX_EXPONENT = 12


@dataclass(frozen=True, order=True)
class Atom:
    """A term that is not taken apart further; two atoms are equal when their keys are."""

    key: str
    term: Term = field(compare=False)


#: Atoms with their nonzero integer exponents, sorted by key.
Monomial: TypeAlias = tuple[tuple[Atom, int], ...]


@dataclass(frozen=True)
class Normal:
    """A sum of rational multiples of monomials.

    Equal to the term it was made from wherever that term is defined; it may be defined at more points.
    """

    parts: tuple[tuple[Monomial, Fraction], ...]

    @property
    def key(self) -> str:
        """A text that is equal for equal normal forms."""
        return " + ".join(f"{c}*{_monomial_key(m)}" for m, c in self.parts) or "0"

    @property
    def constant(self) -> Fraction | None:
        """The value, if the form is a number."""
        if not self.parts:
            return Fraction(0)
        if len(self.parts) == 1 and not self.parts[0][0]:
            return self.parts[0][1]
        return None

    @property
    def term(self) -> Term:
        """The form written as a term."""
        if not self.parts:
            return t.number(0)
        return t.add(*(_monomial_term(monomial, factor) for monomial, factor in self.parts))

    def __add__(self, other: Normal) -> Normal:
        sums = dict(self.parts)
        for monomial, factor in other.parts:
            sums[monomial] = sums.get(monomial, Fraction(0)) + factor
        return _normal(sums)

    def __sub__(self, other: Normal) -> Normal:
        return self + other.scaled(Fraction(-1))

    def __mul__(self, other: Normal) -> Normal:
        sums: dict[Monomial, Fraction] = {}
        for left, a in self.parts:
            for right, b in other.parts:
                monomial = _product(left, right)
                sums[monomial] = sums.get(monomial, Fraction(0)) + a * b
        return _normal(sums)

    def scaled(self, factor: Fraction) -> Normal:
        """Return the form times a number."""
        return _normal({monomial: c * factor for monomial, c in self.parts})

    def without_constant(self) -> tuple[Normal, Fraction]:
        """Split off the constant part."""
        rest = {monomial: c for monomial, c in self.parts if monomial}
        return _normal(rest), dict(self.parts).get((), Fraction(0))


def _normal(sums: Mapping[Monomial, Fraction]) -> Normal:
    kept = ((monomial, factor) for monomial, factor in sums.items() if factor)
    return Normal(tuple(sorted(kept, key=lambda part: _monomial_key(part[0]))))


def _monomial_key(monomial: Monomial) -> str:
    return "*".join(f"{atom.key}^{exponent}" for atom, exponent in monomial) or "1"


def _monomial_term(monomial: Monomial, factor: Fraction) -> Term:
    def powers(sign: int) -> Iterable[Term]:
        for atom, exponent in monomial:
            if exponent * sign > 0:
                yield atom.term if abs(exponent) == 1 else t.power(atom.term, t.number(abs(exponent)))

    above = list(powers(1))
    below = list(powers(-1))
    coefficient = t.number(factor)
    if coefficient != 1 or not above:
        above.insert(0, coefficient)
    numerator = t.mul(*above)
    return t.div(numerator, t.mul(*below)) if below else numerator


def _product(left: Monomial, right: Monomial) -> Monomial:
    exponents = dict(left)
    for atom, exponent in right:
        exponents[atom] = exponents.get(atom, 0) + exponent
    return tuple(sorted((atom, exponent) for atom, exponent in exponents.items() if exponent))


class _Normaliser(t.TermWalker[Normal]):
    """Take sums, products and integer powers apart; everything else is an atom."""

    def walk_number(self, value: Number) -> Normal:
        return number(value.value)

    def walk_variable(self, symbol: Symbol) -> Normal:
        return _atom(Atom(str(symbol), symbol))

    def walk_add(self, *terms: Term) -> Normal:
        total = number(Fraction(0))
        for term in terms:
            total += self.walk(term)
        return total

    def walk_mul(self, *terms: Term) -> Normal:
        product = number(Fraction(1))
        for term in terms:
            product = self._times(product, self.walk(term))
        return product

    def walk_neg(self, term: Term) -> Normal:
        return self.walk(term).scaled(Fraction(-1))

    def walk_div(self, left: Term, right: Term) -> Normal:
        return self._times(self.walk(left), self._inverse(right))

    def walk_power(self, base: Term, exponent: Number) -> Normal:
        times = int(exponent)
        if not times:
            return number(Fraction(1))
        inner = self.walk(base) if times >= 0 else self._inverse(base)
        if abs(times) > _MAX_EXPONENT:
            return _atom(
                Atom(f"power({inner.key}, {abs(times)})", t.power(inner.term, t.number(abs(times))))
            )
        if len(inner.parts) == 1:
            monomial, factor = inner.parts[0]
            return _normal({tuple((atom, e * abs(times)) for atom, e in monomial): factor ** abs(times)})
        result = number(Fraction(1))
        for _ in range(abs(times)):
            result = self._times(result, inner)
        return result

    def _times(self, left: Normal, right: Normal) -> Normal:
        if len(left.parts) * len(right.parts) > MAX_MONOMIALS:
            left, right = self._opaque(left), self._opaque(right)
        return left * right

    def _inverse(self, divisor: Term) -> Normal:
        form = self.walk(divisor)
        if not form.parts:
            # Defined nowhere; it must neither become a number nor be refused as a literal zero.
            form = _atom(Atom(f"({divisor})", divisor))
        form = self._opaque(form)
        monomial, factor = form.parts[0]
        return _normal({tuple((atom, -exponent) for atom, exponent in monomial): 1 / factor})

    @staticmethod
    def _opaque(form: Normal) -> Normal:
        if len(form.parts) == 1:
            return form
        return _atom(Atom(f"({form.key})", form.term))

    def _call(self, name: str, build: object, *arguments: Term) -> Normal:
        inner = [self.walk(argument) for argument in arguments]
        term = build(*(form.term for form in inner))  # type: ignore[operator]
        return _atom(Atom(f"{name}({', '.join(form.key for form in inner)})", term))

    def walk_natpower(self, base: Term, exponent: Term) -> Normal:
        # The exponent keeps its writing: it has to stay visibly natural.
        inner = self.walk(base)
        return _atom(Atom(f"power({inner.key}, {exponent})", t.power(inner.term, exponent)))

    walk_ratpower = walk_natpower

    def walk_realpower(self, base: Term, exponent: Term) -> Normal:
        return self._call("realpower", t.power, base, exponent)

    def walk_exp(self, term: Term) -> Normal:
        return self._call("exp", t.exp, term)

    def walk_log(self, term: Term) -> Normal:
        return self._call("log", t.log, term)

    def walk_sqrt(self, term: Term) -> Normal:
        return self._call("sqrt", t.sqrt, term)

    def walk_abs(self, term: Term) -> Normal:
        return self._call("abs", t.absolute, term)

    def walk_min(self, *terms: Term) -> Normal:
        return self._call("min", t.minimum, *terms)

    def walk_max(self, *terms: Term) -> Normal:
        return self._call("max", t.maximum, *terms)

    def walk_lambertw(self, term: Term, branch: Number) -> Normal:
        inner = self.walk(term)
        return _atom(Atom(f"lambertw({inner.key}, {branch})", t.lambertw(inner.term, int(branch))))

    def walk_function(self, name: str, argument: Term) -> Normal:
        return self._call(name, lambda u: t.function(name, u), argument)


def _atom(atom: Atom) -> Normal:
    return Normal(((((atom, 1),), Fraction(1)),))


def number(value: Fraction) -> Normal:
    """Return the normal form of a number."""
    return Normal((((), value),)) if value else Normal(())


def normal(term: Term) -> Normal:
    """Return the normal form of a term.

    >>> from srverify.language.parser import parse_term
    >>> normal(parse_term("x*(y + 1) - y*x")).key
    '1*x^1'
    """
    return _Normaliser().walk(term)
