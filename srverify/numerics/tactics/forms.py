"""Normal forms taken apart into factors, and written as terms again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any

from flint import fmpq

from srverify.checker.enclosures.polynomial import former, is_arithmetic, univariate
from srverify.checker.enclosures.substitution import substituted
from srverify.checker.rejected import RejectedError
from srverify.language import term as t
from srverify.language.errors import InputError
from srverify.language.term import Number, Symbol, Term

#: Polynomials with more terms than this are not factored.
_MAX_TERMS = 60
_ARITHMETIC = ("number", "add", "mul", "neg", "div", "power")
#: What terms without functions are made of, and those without others than roots.
RATIONAL = frozenset((*_ARITHMETIC, "variable"))
_ALGEBRAIC = RATIONAL | {"sqrt", "ratpower", "abs"}


class Space:
    """Polynomials over the atoms of some terms."""

    def __init__(self, terms: Iterable[Term]) -> None:
        terms = tuple(terms)
        self._former = former(terms)
        self.atoms: dict[int, Term] = {}
        seen: set[Term] = set()
        stack = list(terms)
        while stack:
            term = stack.pop()
            if term in seen:
                continue
            seen.add(term)
            if term.operator == "number":
                continue
            # A power too large to be multiplied out is an atom, whatever is in it.
            if term.operator in _ARITHMETIC and (term.operator != "power" or is_arithmetic(term)):
                stack.extend(term.arguments)
                continue
            form = self._former.walk(term)
            if not form.q.is_constant() or len(form.p) != 1:
                continue
            (exponents,) = form.p.monoms()
            # asin(1) is a multiple of an atom, and none itself.
            if sum(exponents) != 1 or form.p.leading_coefficient() != 1:
                continue
            self.atoms.setdefault(tuple(exponents).index(1), term)
        for index, atom in enumerate(self._former.atoms):
            self.atoms.setdefault(index, atom)

    def form(self, term: Term) -> Any:
        """Return numerator and divisor of a term; raises RejectedError if there are none."""
        return self._former.walk(term)

    def linear_in(self, poly: Any, index: int) -> tuple[Term, Term] | None:
        """Return (a, b), both free of an atom, with ``poly = a*atom + b``; None if it is not linear."""
        parts = self.coefficients_in(poly, index)
        return None if parts is None else (self.term(parts[0]), self.term(parts[1]))

    @staticmethod
    def coefficients_in(poly: Any, index: int) -> tuple[Any, Any] | None:
        """Return these as polynomials."""
        parts: tuple[dict[Any, Any], dict[Any, Any]] = ({}, {})
        for exponents, coefficient in poly.to_dict().items():
            if exponents[index] > 1:
                return None
            rest = tuple(0 if i == index else e for i, e in enumerate(exponents))
            parts[exponents[index]][rest] = coefficient
        outside, inside = parts
        context = poly.context()
        return (context.from_dict(inside), context.from_dict(outside)) if inside else None

    def term(self, poly: Any) -> Term:
        """Write a polynomial as a term."""
        if poly.is_zero():
            return t.ZERO
        parts: list[Term] = []
        for exponents, coefficient in zip(poly.monoms(), poly.coeffs(), strict=True):
            factors = [
                self.atoms[index] if e == 1 else t.power(self.atoms[index], t.number(int(e)))
                for index, e in enumerate(exponents)
                if e
            ]
            c = number(coefficient)
            if not factors:
                parts.append(c)
            elif c == 1:
                parts.append(t.mul(*factors))
            elif c == -1:
                parts.append(t.neg(t.mul(*factors)))
            else:
                parts.append(t.mul(c, *factors))
        return t.add(*parts)


def exact(value: Fraction) -> fmpq:
    """Return a fraction as a rational of FLINT."""
    return fmpq(value.numerator, value.denominator)


def number(value: Any) -> Number:
    """Return a rational of FLINT as a term."""
    return t.number(Fraction(int(value.p), int(value.q)))


@dataclass(frozen=True)
class Factored:
    """``constant * prod(above) / prod(below)``, each factor with its exponent."""

    constant: Fraction
    above: tuple[tuple[Term, int], ...]
    below: tuple[tuple[Term, int], ...]

    @property
    def product(self) -> Term:
        """The numerator as a term."""
        parts: list[Term] = [t.number(self.constant)] if self.constant != 1 or not self.above else []
        parts += [f if e == 1 else t.power(f, t.number(e)) for f, e in self.above]
        return t.mul(*parts)

    @property
    def divisor(self) -> Term:
        """The divisor as a term."""
        parts = [f if e == 1 else t.power(f, t.number(e)) for f, e in self.below]
        return t.mul(*parts) if parts else t.ONE


@lru_cache(maxsize=4000)
def factored(term: Term) -> Factored | None:
    """Return the factors of a term's normal form, or None if it has none or is too large."""
    try:
        space = Space([term])
        form = space.form(term)
    except RejectedError:
        return None
    if form.p.is_zero():
        return Factored(Fraction(0), (), ())
    constant = Fraction(1)
    sides: list[tuple[tuple[Term, int], ...]] = []
    for poly in (form.p, form.q):
        if len(poly) > _MAX_TERMS:
            lead, parts = fmpq(1), [(poly, 1)]
        else:
            lead, parts = poly.factor()
        value = Fraction(int(lead.p), int(lead.q))
        constant = constant * value if not sides else constant / value
        sides.append(tuple((space.term(part), int(e)) for part, e in parts))
    return Factored(constant, sides[0], sides[1])


@lru_cache(maxsize=4000)
def expanded(term: Term) -> Term | None:
    """Return a term as a sum of monomials over its atoms (divided by a sum), or None."""
    try:
        space = Space([term])
        form = space.form(term)
    except RejectedError:
        return None
    above = space.term(form.p)
    return above if form.q.is_constant() else t.div(above, space.term(form.q))


def plain(term: Term) -> Term:
    """Return a term multiplied out where it has a normal form, itself otherwise."""
    # The number 0 is a normal form like others, though false.
    found = expanded(term)
    return term if found is None else found


def tidied(term: Term) -> Term:
    """Return a term of the same normal form, the arguments of its functions multiplied out."""
    if term.operator in ("number", "variable"):
        return term
    arguments = tuple(map(tidied, term.arguments))
    if term.operator not in _ARITHMETIC:
        arguments = tuple(map(plain, arguments))
    return t.rebuilt(term, arguments)


def with_plain_sums(term: Term) -> Term:
    """Multiply out sums of variables, and make one quotient of others, but for exponents.

    An exponent that becomes natural would make another power.
    """
    if term.operator in ("number", "variable"):
        return term
    if term.operator == "add" and is_rational(term):
        if linear_combination(term) is not None:
            return plain(term)
        parts = factored(term)
        # 1 - k/(k + m) is a quotient.
        if parts is not None and parts.below and parts.product.operator != "add":
            return t.div(parts.product, parts.divisor)
    if term.operator in ("realpower", "natpower"):
        base, exponent = term.arguments
        return t.rebuilt(term, (with_plain_sums(base), exponent))
    return t.rebuilt(term, tuple(map(with_plain_sums, term.arguments)))


def is_rational(term: Term) -> bool:
    """Tell whether a term has no functions, only arithmetic."""
    return all(node.operator in RATIONAL for node in t.subterms(term))


def is_algebraic(term: Term) -> bool:
    """Tell whether a term has no functions but roots and absolute values."""
    return all(node.operator in _ALGEBRAIC for node in t.subterms(term))


def vanishes(term: Term, symbol: Symbol, at: Term) -> bool:
    """Tell whether a term is zero at a value of a variable, by its normal form."""
    try:
        parts = factored(substituted(term, {symbol: at}))
    except (RejectedError, InputError):
        return False
    return parts is not None and parts.constant == 0


def is_zero(term: Term) -> bool:
    """Tell whether the normal form of a term is 0."""
    parts = factored(term)
    return parts is not None and parts.constant == 0


def polynomial(term: Term) -> tuple[Space, Any] | None:
    """Return a term as a polynomial over the atoms of a space, None if it has a divisor or no form."""
    try:
        space = Space([term])
        form = space.form(term)
    except RejectedError:
        return None
    return (space, form.p / form.q.leading_coefficient()) if form.q.is_constant() else None


def linear_combination(term: Term) -> dict[Term, Fraction] | None:
    """Return the multiples of atoms, and of 1, that a term is the sum of; None if it is no such sum."""
    form = polynomial(term)
    if form is None:
        return None
    space, poly = form
    found: dict[Term, Fraction] = {}
    for exponents, c in poly.to_dict().items():
        if sum(exponents) > 1:
            return None
        atom = space.atoms[tuple(exponents).index(1)] if any(exponents) else t.ONE
        found[atom] = number(c).value
    return found


def symbols_in_order(terms: Iterable[Term]) -> tuple[Symbol, ...]:
    """Return the variables of some terms in the order in which they occur."""
    found: dict[Symbol, None] = {}
    stack = list(reversed(tuple(terms)))
    while stack:
        term = stack.pop()
        if isinstance(term, Symbol):
            found[term] = None
        elif term.operator != "number":
            stack.extend(reversed(term.arguments))
    return tuple(found)


def affine(term: Term, symbol: Symbol) -> tuple[Fraction, Fraction] | None:
    """Return (k, c) with ``term = k*x + c``, k not 0."""
    if t.symbols_of(term) != {symbol}:
        return None
    form = univariate(term, symbol)
    if form is None or max(form[0], default=0) != 1 or max(form[1]) != 0:
        return None
    below = form[1][0]
    k, c = (number(form[0].get(i, below - below) / below).value for i in (1, 0))
    return k, c
