"""Terms as quotients of polynomials over atoms: the normal form that decides identities.

An atom is a variable or an operation that is not rational arithmetic (exp, log, a root, ...), named by
the normal forms of its arguments, so that atoms of one name are equal wherever both are defined.

Theorem. Let p/q be the form of a term. At every point at which the term is defined, q does not vanish
and the term's value is p/q. Proof: by induction; a divisor b = p'/q' is defined and not 0, so p' and q'
do not vanish, and what cancels from p and q divides a polynomial that does not vanish. Hence a term
whose form is 0 is 0 wherever it is defined.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import lru_cache
from math import comb, isqrt
from typing import Any, NamedTuple

from flint import Ordering, fmpq, fmpq_mpoly_ctx

from srverify.checker.enclosures.angles import Angle, value_at
from srverify.checker.enclosures.interval import rational
from srverify.checker.rejected import RejectedError
from srverify.language import term as t
from srverify.language.term import Number, Symbol, Term

#: The name of the atom pi.
_PI = "acos([-1*/1*])"
#: Powers beyond this exponent are atoms.
_MAX_POWER = 64
#: A power that may have more terms, or a product that takes more multiplications, is not multiplied out.
_MAX_TERMS, _MAX_PRODUCTS = 200_000, 20_000_000


class Form(NamedTuple):
    """A quotient of polynomials in lowest terms, the divisor monic."""

    p: Any
    q: Any

    def __add__(self, other: object) -> Form:
        assert isinstance(other, Form)
        if self.q == other.q:
            return _reduced(self.p + other.p, self.q)
        above = _product(self.p, other.q) + _product(other.p, self.q)
        return _reduced(above, _product(self.q, other.q))

    def __mul__(self, other: object) -> Form:
        assert isinstance(other, Form)
        return _reduced(_product(self.p, other.p), _product(self.q, other.q))

    def __neg__(self) -> Form:
        return Form(-self.p, self.q)

    def __pow__(self, n: int) -> Form:
        # A power of lowest terms is in lowest terms.
        return Form(_power(self.p, n), _power(self.q, n)) if n >= 0 else self.inverse() ** -n

    def inverse(self) -> Form:
        """Return 1 over the form; raises RejectedError for 0: the term is defined nowhere."""
        if self.p.is_zero():
            raise RejectedError("a divisor is 0 identically")
        return _reduced(self.q, self.p)


def _product(p: Any, q: Any) -> Any:
    if len(p) * len(q) > _MAX_PRODUCTS:
        raise RejectedError("a product is too large to multiply out")
    return p * q


def _power(p: Any, n: int) -> Any:
    variables = sum(degree > 0 for degree in p.degrees())
    if len(p) > 1 and comb(p.total_degree() * n + variables, variables) > _MAX_TERMS:
        raise RejectedError("a power is too large to multiply out")
    return p**n


def _reduced(p: Any, q: Any) -> Form:
    if not q.is_constant():
        common = p.gcd(q)
        if not common.is_constant():
            p, q = p // common, q // common
    leading = q.leading_coefficient()
    return Form(p / leading, q / leading) if leading != 1 else Form(p, q)


class _Former(t.TermWalker[Form]):
    """Bring terms into normal form over a given list of atoms."""

    def __init__(self, atoms: Mapping[str, Term]) -> None:
        self.names, self._terms = sorted(atoms), atoms
        context = fmpq_mpoly_ctx.get([f"a{i}" for i in range(max(1, len(self.names)))], Ordering.lex)
        self._one = context.constant(1)
        self._atoms = {
            name: Form(gen, self._one) for name, gen in zip(self.names, context.gens(), strict=False)
        }
        self._known: dict[Term, Form] = {}

    def walk(self, term: Term) -> Form:
        """Return the form of a term, computed once."""
        found = self._known.get(term)
        if found is None:
            name, value = _atom(term), _value(term)
            angle = _angle(term)
            if value is not None:
                found = self.number(value)
            elif angle is not None:
                found = self._multiple_of_pi(*angle)
            else:
                found = super().walk(term) if name is None else self._atoms[name]
            self._known[term] = found
        return found

    @property
    def atoms(self) -> list[Term]:
        """A term for every atom, in the order of the generators."""
        return [self._terms[name] for name in self.names]

    def number(self, value: fmpq | int) -> Form:
        """Return the form of a number."""
        return Form(self._one * value, self._one)

    def _multiple_of_pi(self, plain: Fraction, turn: Fraction) -> Form:
        number, factor = (self.number(fmpq(x.numerator, x.denominator)) for x in (plain, turn))
        return number + factor * self._atoms[_PI] if turn else number

    def written(self, form: Form) -> Term:
        """Return a term of a form: equal to the walked one wherever that is defined."""
        return t.div(*(self._polynomial(poly) for poly in form))

    def _polynomial(self, poly: Any) -> Term:
        summands = []
        for exponents, coefficient in poly.to_dict().items():
            factors: list[Term] = [t.number(Fraction(int(coefficient.p), int(coefficient.q)))]
            for name, exponent in zip(self.names, exponents, strict=False):
                if exponent:
                    factors.append(t.power(self._terms[name], t.number(int(exponent))))
            summands.append(t.mul(*factors))
        return t.add(*summands) if summands else t.number(0)

    def walk_number(self, value: Number) -> Form:
        return self.number(rational(value))

    def walk_add(self, *terms: Term) -> Form:
        total = self.walk(terms[0])
        for term in terms[1:]:
            total = total + self.walk(term)
        return total

    def walk_mul(self, *terms: Term) -> Form:
        product = self.walk(terms[0])
        for term in terms[1:]:
            product = product * self.walk(term)
        return product

    def walk_neg(self, term: Term) -> Form:
        return -self.walk(term)

    def walk_div(self, left: Term, right: Term) -> Form:
        return self.walk(left) * self.walk(right).inverse()

    def walk_power(self, base: Term, exponent: Number) -> Form:
        return self.walk(base) ** int(exponent)


def is_arithmetic(term: Term) -> bool:
    """Tell whether a term is built by arithmetic: no atom, as a power too large to multiply out is."""
    node = t.operation(term)
    if node.operator == "power":
        return abs(t.literal(node.arguments[1]).value) <= _MAX_POWER
    return node.operator in ("number", "add", "mul", "neg", "div")


@lru_cache(maxsize=8192)
def _value(term: Term) -> fmpq | None:
    """Return the value of exp(0), log(1), ... and square roots of rational squares, else None."""
    if term.operator not in ("exp", "log", "sqrt"):
        return None
    argument = term.arguments[0]
    if _atoms(argument):
        return None
    form = _Former({}).walk(argument)
    value = fmpq(0) if form.p.is_zero() else form.p.leading_coefficient()
    if term.operator == "sqrt":
        root = fmpq(isqrt(abs(int(value.p))), isqrt(int(value.q)))
        return root if root * root == value else None
    trivial, result = (0, fmpq(1)) if term.operator == "exp" else (1, fmpq(0))
    return result if value == trivial else None


@lru_cache(maxsize=8192)
def _angle(term: Term) -> Angle | None:
    """Return ``a + b*pi`` where a function of one argument has such a value that is known."""
    if term.operator not in t.FUNCTIONS or term is t.PI:
        return None
    argument = term.arguments[0]
    if not _atoms(argument).keys() <= {_PI}:
        return None
    former = _Former({_PI: t.PI})
    form = former.walk(argument)
    if not form.q.is_constant() or form.p.total_degree() > 1:
        return None
    parts = {int(exponents[0]): c for exponents, c in form.p.to_dict().items()}
    plain, turn = (parts.get(degree, fmpq(0)) for degree in (0, 1))
    return value_at(
        term.operator, (Fraction(int(plain.p), int(plain.q)), Fraction(int(turn.p), int(turn.q)))
    )


@lru_cache(maxsize=8192)
def _atom(term: Term) -> str | None:
    """Return the name of an atom, None for arithmetic."""
    if is_arithmetic(term) or _value(term) is not None or _angle(term) is not None:
        return None
    node = t.operation(term)
    if isinstance(term, Symbol):
        return term.name
    parts = [_key(argument) for argument in node.arguments]
    if node.operator in ("min", "max"):
        parts.sort()
    return f"{node.operator}({','.join(parts)})"


@lru_cache(maxsize=8192)
def _atoms(term: Term) -> dict[str, Term]:
    """Return the atoms of a term by name."""
    name = _atom(term)
    if name is not None:
        return {name: term}
    node = t.operation(term)
    angle = _angle(term)
    if angle is not None:
        return {_PI: t.PI} if angle[1] else {}
    parts = () if node.operator == "number" or _value(term) is not None else node.arguments
    return {name: atom for part in parts for name, atom in _atoms(part).items()}


@lru_cache(maxsize=8192)
def _key(term: Term) -> str:
    """Return a text that is the same for terms of the same normal form."""
    former = _Former(_atoms(term))
    form = former.walk(term)
    return f"[{_text(form.p, former.names)}/{_text(form.q, former.names)}]"


def _text(poly: Any, names: list[str]) -> str:
    monomials = []
    for exponents, coefficient in poly.to_dict().items():
        powers = (f"{name}^{e}" for name, e in zip(names, exponents, strict=False) if e)
        monomials.append(f"{coefficient}*{'*'.join(powers)}")
    return "+".join(sorted(monomials))


def former(terms: Iterable[Term]) -> _Former:
    """Return a former for some terms, over all their atoms; its ``walk`` gives their forms.

    >>> from srverify.language.parser import parse_term
    >>> term = parse_term("exp(x + x)/y - exp(2*x)/y")
    >>> former([term]).walk(term).p
    0
    """
    return _Former({name: atom for term in terms for name, atom in _atoms(term).items()})


def univariate(term: Term, x: Symbol) -> tuple[dict[int, fmpq], dict[int, fmpq]] | None:
    """Return numerator and divisor as coefficients by degree, or None if there are other atoms."""
    if not _atoms(term).keys() <= {x.name}:
        return None
    form = former([term]).walk(term)
    return _coefficients(form.p), _coefficients(form.q)


def _coefficients(poly: Any) -> dict[int, fmpq]:
    return {int(exponents[0]): c for exponents, c in poly.to_dict().items()}
