"""Exact real numbers of witnesses: rationals, roots of polynomials, closed forms such as ``-1/exp(1)``.

A number can be enclosed as tightly as wanted; whether a term is exactly 0 at a point of such numbers is
shown by algebra (``vanishes``): the term is a rational function of atoms, and its numerator is 0 modulo
the polynomials of the roots. That shows zeros only; that something is not 0 is shown by enclosing it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Any, TypeAlias

from flint import arb, ctx, fmpq, fmpq_poly, fmpz_poly

from srverify.checker.enclosures.evaluation import Evaluator
from srverify.checker.enclosures.interval import Interval, down, up
from srverify.checker.enclosures.polynomial import former
from srverify.language import term as t
from srverify.language.errors import InputError, SrverifyError
from srverify.language.parser import parse_term
from srverify.language.statement import Domain
from srverify.language.term import Number, Symbol, Term
from srverify.numerics.elementary import relations, written_out
from srverify.numerics.rational_eval import rational_value

_ROOT = re.compile(r"\s*root\((?P<polynomial>.+),(?P<low>[^,]+),(?P<high>[^,]+)\)\s*")
_X = t.variable("x")
#: Longest text of a number of a witness that is read.
_MAX_TEXT = 20_000
#: Bits at which a closed form must be seen to be defined.
_READING_PRECISION = 256


@dataclass(frozen=True)
class Root:
    """The only root of an irreducible polynomial between two rationals; irrational.

    ``coefficients`` are integers, lowest degree first.

    >>> parse_real("root(x^2 - 2, 1, 2)")
    root(x^2 - 2, 3/4, 3/2)
    """

    coefficients: tuple[int, ...]
    low: Fraction
    high: Fraction
    _best: dict[str, tuple[Fraction, Fraction]] = field(
        default_factory=dict, repr=False, compare=False, hash=False
    )

    @cached_property
    def polynomial(self) -> fmpz_poly:
        """The polynomial."""
        return fmpz_poly(list(self.coefficients))

    def enclosure(self, bits: int) -> tuple[Fraction, Fraction]:
        """Return rationals around the number that differ by at most 2^-bits."""
        low, high = self._best.get("", (self.low, self.high))
        rising = self._sign(high) > 0
        while high - low > Fraction(1, 1 << bits):
            middle = (low + high) / 2
            if (self._sign(middle) > 0) == rising:
                high = middle
            else:
                low = middle
        self._best[""] = low, high
        return low, high

    def _sign(self, at: Fraction) -> int:
        value = self.polynomial(fmpq(at.numerator, at.denominator))
        return (value > 0) - (value < 0)

    def ball(self) -> arb:
        """Enclose the number at the working precision of ``flint.ctx``."""
        low, high = self.enclosure(ctx.prec + 8)
        return arb(fmpq(low.numerator, low.denominator)).union(
            arb(fmpq(high.numerator, high.denominator))
        )

    def __float__(self) -> float:
        return float(self.enclosure(60)[0])

    def __repr__(self) -> str:
        terms = []
        for degree, c in reversed(list(enumerate(self.coefficients))):
            if c:
                power = t.ONE if not degree else _X if degree == 1 else t.power(_X, t.number(degree))
                terms.append(
                    t.mul(t.number(c), power)
                    if abs(c) != 1 or not degree
                    else power
                    if c > 0
                    else t.neg(power)
                )
        return f"root({t.add(*terms)}, {self.low}, {self.high})"


@dataclass(frozen=True)
class ClosedForm:
    """The value of a term without variables, which is defined.

    >>> parse_real("-1/exp(1)")
    (-1)/exp(1)
    """

    term: Term

    def ball(self) -> arb:
        """Enclose the number at the working precision of ``flint.ctx``."""
        at = Evaluator({}).walk(self.term).at
        return at.low.union(at.high)

    def __float__(self) -> float:
        return float(self.ball())

    def __repr__(self) -> str:
        return str(self.term)


#: A number of a witness.
Real: TypeAlias = Fraction | Root | ClosedForm


def parse_real(text: str) -> Real:
    """Read a number of a witness: ``"1/2"``, ``"root(x^2 - 2, 1, 2)"``, ``"log(2)"``.

    Raises InputError if the text is none, the root is not the only one there, or the term is undefined.
    """
    if len(text) > _MAX_TEXT:
        raise InputError("the number is too long")
    match = _ROOT.fullmatch(text)
    if match is not None:
        low, high = (_fraction(match[end]) for end in ("low", "high"))
        return root_between(_polynomial(match["polynomial"]), low, high)
    value = _valued(parse_term(text, {}))
    if value is None:
        raise InputError(f"{text!r} is not certainly defined")
    return value


def value_at(term: Term, point: Mapping[str, Real]) -> Real | None:
    """Return a term's value at a point; None if it is not certainly defined, or has no closed form.

    >>> from srverify.language.parser import parse_term
    >>> value_at(parse_term("exp(x)/y"), {"x": Fraction(2), "y": Fraction(3)})
    exp(2)*(1/3)
    """
    values: dict[Symbol, Term] = {}
    for symbol in t.symbols_of(term):
        value = point[symbol.name]
        if isinstance(value, Root):
            return None
        values[symbol] = value.term if isinstance(value, ClosedForm) else t.number(value)
    return _valued(t.substitute(term, values))


def _valued(term: Term) -> Real | None:
    """Return the value of a term without variables; None if it is not certainly defined."""
    if isinstance(term, Number):
        return term.value
    with ctx.workprec(_READING_PRECISION):
        if Evaluator({}).walk(term).defined is not True:
            return None
    value = rational_value(term, {})
    return ClosedForm(term) if value is None else value


def _fraction(text: str) -> Fraction:
    term = parse_term(text, {})
    if not isinstance(term, Number):
        raise InputError(f"{text!r} is not an exact rational number")
    return term.value


def _polynomial(text: str) -> fmpq_poly:
    term = parse_term(text, {"x": "real"})
    try:
        space = former([term, _X])
        form = space.walk(term)
        place = next(i for i, e in enumerate(space.walk(_X).p.monoms()[0]) if e)
    except SrverifyError as error:
        raise InputError(str(error)) from None
    if not form.q.is_constant() or any(sum(e) != e[place] for e in form.p.to_dict()):
        raise InputError(f"{text!r} is not a polynomial in x")
    coefficients = {int(e[place]): c for e, c in form.p.to_dict().items()}
    return fmpq_poly([coefficients.get(i, fmpq(0)) for i in range(max(coefficients, default=0) + 1)])


def root_between(polynomial: fmpq_poly, low: Fraction, high: Fraction) -> Real:
    """Return the only root of a polynomial between two rationals, ends included.

    An irrational one comes with its irreducible polynomial and an interval of few digits.
    Raises InputError if there is none, or more than one.
    """
    inside: list[Real] = [r for r in real_roots(polynomial) if _between(r, low, high)]
    if len(inside) != 1:
        raise InputError(f"{len(inside)} roots between {low} and {high}, not 1")
    return inside[0]


def _between(value: Real, low: Fraction, high: Fraction) -> bool:
    if isinstance(value, Fraction):
        return low <= value <= high
    assert isinstance(value, Root)
    return compare(value, low) > 0 and compare(value, high) < 0


def compare(value: Root, bound: Fraction) -> int:
    """Return 1 if an irrational root is above a rational, -1 if below."""
    bits = 32
    while True:
        low, high = value.enclosure(bits)
        if low >= bound:
            return 1
        if high <= bound:
            return -1
        bits *= 2


def real_roots(polynomial: fmpq_poly) -> list[Real]:
    """Return the distinct real roots of a polynomial that is not 0, in no order."""
    found: list[Real] = []
    if polynomial.degree() < 1:
        return found
    _, factors = fmpz_poly([int(c) for c in polynomial.numer().coeffs()]).factor()
    for factor, _ in factors:
        coefficients = tuple(int(c) for c in factor.coeffs())
        if len(coefficients) == 2:
            found.append(Fraction(-coefficients[0], coefficients[1]))
            continue
        found += [Root(coefficients, low, high) for low, high in _isolated(coefficients)]
    return found


@lru_cache(maxsize=512)
def _isolated(coefficients: tuple[int, ...]) -> tuple[tuple[Fraction, Fraction], ...]:
    """Isolate the real roots of an irreducible polynomial of degree 2 or more, by Sturm's theorem."""
    poly = fmpq_poly([fmpq(c) for c in coefficients])
    sequence = [poly, poly.derivative()]
    while sequence[-1].degree() > 0:
        sequence.append(-(sequence[-2] % sequence[-1]))

    def changes(at: Fraction) -> int:
        values = [p(fmpq(at.numerator, at.denominator)) for p in sequence]
        signs = [v > 0 for v in values if v != 0]
        return sum(a != b for a, b in pairwise(signs))

    bound = Fraction(1 + max(abs(c) for c in coefficients))
    found: list[tuple[Fraction, Fraction]] = []
    stack = [(-bound, bound)]
    while stack:
        low, high = stack.pop()
        count = changes(low) - changes(high)
        # Narrow enough to be read, and so that no two roots share an interval.
        if count == 1 and high - low <= 1:
            found.append((low, high))
        elif count >= 1:
            middle = Fraction(round(low + high), 2) if high - low > 2 else (low + high) / 2
            middle = middle if low < middle < high else (low + high) / 2
            stack += [(low, middle), (middle, high)]
    return tuple(found)


def rank(root: Root) -> int:
    """Return which of the real roots of its polynomial a root is, from the least one, 1, upwards.

    >>> rank(Root((-2, 0, 1), Fraction(1), Fraction(2)))
    2
    """
    return 1 + sum(compare(root, high) > 0 for _, high in _isolated(root.coefficients))


def in_domain(domain: Domain, value: Real) -> bool:
    """Tell whether a number certainly lies in a domain."""
    if isinstance(value, Fraction):
        return domain.contains(t.number(value))
    if domain.natural:
        return False
    ends = [(domain.lower, 1), (domain.upper, -1)]
    for end, direction in ends:
        if end is None:
            continue
        if isinstance(value, Root):
            if compare(value, end.value) != direction:
                return False
            continue
        with ctx.workprec(256):
            gap = (value.ball() - arb(fmpq(end.p, end.q))) * direction
        if not gap > 0:
            return False
    return True


def _height(polynomial: Any) -> int:
    """Return the bits of the largest numerator or divisor of a polynomial's coefficients."""
    parts = (int(part) for c in polynomial.to_dict().values() for part in (c.p, c.q))
    return max((part.bit_length() for part in parts), default=0)


# -- exact zeros -----------------------------------------------------------------------------------


#: Roots of higher degree are left alone: their polynomials would fill the memory.
_MAX_DEGREE = 64
#: Values of arguments are looked for among fractions with divisors up to this.
_MAX_DENOMINATOR = 1000
#: The most conjugates that a value is told from.
_MAX_CONJUGATES = 256
#: The most bits of a polynomial that has them as its roots, about: it takes a fraction of a second.
_MAX_BITS = 500_000
#: Stands for the value of a term of which it is asked whether it is 0; no variable is called so.
_VALUE = t.variable("value of")
#: Bits at which a value is told from the conjugates that are not 0.
_SEPARATING = (64, 256, 1024, 4096)


class Zeros:
    """Shows that terms are exactly 0 at a point with irrational coordinates.

    Called with a term it returns True if the term is 0 at the point, provided that it is defined there.
    """

    def __init__(self, point: Mapping[str, Real]) -> None:
        self._roots: dict[str, Root] = {}
        self._terms: dict[str, Term] = {}
        for name, value in point.items():
            if isinstance(value, Root):
                radical = _radical(value)
                if radical is None:
                    self._roots[name] = value
                else:
                    self._terms[name] = radical
            else:
                self._terms[name] = value.term if isinstance(value, ClosedForm) else t.number(value)
        self._known: dict[Term, bool] = {}

    def __call__(self, term: Term) -> bool:
        """Tell whether a term is shown to be 0, if it is defined."""
        if term not in self._known:
            try:
                self._known[term] = self._vanishes(term)
            except SrverifyError:
                self._known[term] = False
        return self._known[term]

    def _vanishes(self, term: Term) -> bool:
        symbols: dict[Symbol, Term] = {
            symbol: self._terms[symbol.name]
            for symbol in t.symbols_of(term)
            if symbol.name in self._terms
        }
        closed = _unwound(self._settled(t.substitute(term, symbols)))
        moduli: dict[Term, fmpz_poly] = {
            symbol: self._roots[symbol.name].polynomial
            for symbol in t.symbols_of(closed)
            if symbol.name in self._roots
        }
        for node in t.subterms(closed):
            # A root of a rational is a root of a polynomial.
            if node.operator in ("sqrt", "ratpower") and isinstance(node.arguments[0], Number):
                exponent = (
                    t.literal(node.arguments[1]).value if node.operator == "ratpower" else Fraction(1, 2)
                )
                if max(abs(exponent.numerator), exponent.denominator) > _MAX_DEGREE:
                    continue
                value = (
                    node.arguments[0].value ** exponent.numerator
                    if node.arguments[0] or exponent > 0
                    else None
                )
                if value is not None and value > 0:
                    moduli[node] = fmpz_poly(
                        [-value.numerator, *[0] * (exponent.denominator - 1), value.denominator]
                    )
        space = former([closed, *moduli, _VALUE])
        numerator = space.walk(closed).p
        equations = {
            atom: _polynomial_at(modulus, space.walk(atom).p) for atom, modulus in moduli.items()
        }
        for equation in equations.values():
            _, numerator = divmod(numerator, equation)
        if numerator.is_zero() or self._separated(space, numerator, equations):
            return True
        other = written_out(closed, self._value, self, _CIRCULAR)
        return other != closed and self._follows(other)

    @staticmethod
    def _follows(term: Term) -> bool:
        """Tell whether that a term is 0 follows from the relations between what it is made of."""
        known = relations(term)
        space = former([term, *known])
        numerator = space.walk(term).p
        for _ in range(2):
            for relation in known:
                zero = space.walk(relation).p
                if not zero.is_constant():
                    _, numerator = divmod(numerator, zero)
        return bool(numerator.is_zero())

    def _settled(self, term: Term) -> Term:
        """Write rational values of arguments as numbers; leave one part of ``abs``, ``min``, ``max``."""
        operator = term.operator
        if operator in ("number", "variable"):
            return term
        literal = operator in ("power", "ratpower", "lambertw")
        old = term.arguments[:1] if literal else term.arguments
        new = tuple(map(self._settled, old))
        if operator not in ("add", "mul", "neg", "div", "power"):
            new = tuple(map(self._as_number, new))
        if operator in _CIRCULAR and (turn := self._turn(new[0])) is not None:
            known = _CIRCULAR[operator](turn)
            if known is not None:
                return known
        above = t.add(new[0], t.exp(t.number(-1)))
        if operator == "lambertw" and self._value(above).contains(0) and self(above):
            return t.number(-1)
        if operator in ("abs", "min", "max"):
            kept = self._greatest((*new, t.neg(new[0])) if operator == "abs" else new, operator == "min")
            if kept is not None:
                return kept
        if new == old:
            return term
        found = t.rebuilt(term, (*new, term.arguments[1]) if literal else new)
        value = None if t.symbols_of(found) else rational_value(found, {})
        return found if value is None else t.number(value)

    def _as_number(self, term: Term) -> Term:
        if isinstance(term, Number):
            return term
        near = self._value(term)
        if not math.isfinite(float(near)):
            return term
        guess = t.number(Fraction(float(near)).limit_denominator(_MAX_DENOMINATOR))
        return (
            guess
            if (near - arb(fmpq(guess.p, guess.q))).contains(0) and self(t.sub(term, guess))
            else term
        )

    def _turn(self, term: Term) -> Fraction | None:
        """Return which rational multiple of pi a term is, if its divisor is at most 12."""
        near = self._value(t.div(term, t.PI))
        if not math.isfinite(float(near)):
            return None
        guess = Fraction(float(near)).limit_denominator(12)
        return guess if self(t.sub(term, t.mul(t.number(guess), t.PI))) else None

    def _greatest(self, terms: tuple[Term, ...], least: bool) -> Term | None:
        """Return the greatest (least) of some terms, if it can be told which that is."""
        best = terms[0]
        for term in terms[1:]:
            difference = self._value(t.sub(term, best))
            if difference > 0 or difference < 0:
                best = term if (difference > 0) != least else best
            elif not self(t.sub(term, best)):
                return None
        return best

    def _value(self, term: Term) -> arb:
        with ctx.workprec(_READING_PRECISION):
            balls = {x: self._roots[x.name].ball() for x in t.symbols_of(term)}
            box = {x: Interval(down(ball), up(ball)) for x, ball in balls.items()}
            try:
                at = Evaluator(box).walk(term).at
            except SrverifyError:
                return arb("nan")
            return at.low.union(at.high)

    def _separated(self, space: Any, numerator: Any, relations: Mapping[Term, Any]) -> bool:
        """Tell whether a polynomial in algebraic numbers is 0, by the distance of its conjugates from 0.

        Its value v is a root of R, what is left of ``v - polynomial`` after every number was eliminated
        by a resultant with its own polynomial. The roots of R other than 0 have at least the absolute
        value ``|c|/(|c| + max of the others)``, c being the last coefficient that is not 0 (Cauchy).
        """
        places = {atom: space.atoms.index(atom) for atom in relations}
        degrees = [relations[atom].degrees()[places[atom]] for atom in relations]
        used = {i for exponents in numerator.to_dict() for i, e in enumerate(exponents) if e}
        if not used <= set(places.values()) or math.prod(degrees) > _MAX_CONJUGATES:
            return False
        count, heights = math.prod(degrees), [_height(relation) for relation in relations.values()]
        shares = (count // degree * height for degree, height in zip(degrees, heights, strict=True))
        if count * (count * _height(numerator) + sum(shares)) > _MAX_BITS:
            return False
        eliminated = space.walk(_VALUE).p - numerator
        for atom, relation in relations.items():
            eliminated = eliminated.resultant(relation, places[atom])
        sizes = [abs(c) for _, c in sorted((sum(e), c) for e, c in eliminated.to_dict().items())]
        if not sizes:
            return False
        least = arb(sizes[0] / (sizes[0] + max(sizes[1:], default=fmpq(0))))
        for bits in _SEPARATING:
            with ctx.workprec(bits):
                balls = {i: self._ball(atom) for atom, i in places.items()}
                value = sum(
                    (
                        arb(c) * math.prod((balls[i] ** int(e) for i, e in enumerate(exponents) if e))
                        for exponents, c in numerator.to_dict().items()
                    ),
                    arb(0),
                )
                if abs(value) < least:
                    return True
                if not value.contains(0):
                    return False
        return False

    def _ball(self, atom: Term) -> arb:
        if isinstance(atom, Symbol):
            return self._roots[atom.name].ball()
        return ClosedForm(atom).ball()


def _sine(turn: Fraction) -> Term | None:
    """Return the sine of a multiple of pi where it is a number or half a square root."""
    turn %= 2
    if turn >= 1:
        found = _sine(turn - 1)
        return None if found is None else t.neg(found)
    square = _SQUARED_SINES.get(min(turn, 1 - turn))
    return None if square is None else t.div(t.sqrt(t.number(square)), t.number(2))


def _cosine(turn: Fraction) -> Term | None:
    return _sine(turn + Fraction(1, 2))


def _tangent(turn: Fraction) -> Term | None:
    above, below = _sine(turn), _cosine(turn)
    return None if above is None or below is None or turn % 1 == Fraction(1, 2) else t.div(above, below)


#: Four times the squares of sines of multiples of pi.
_SQUARED_SINES = {
    Fraction(0): 0,
    Fraction(1, 6): 1,
    Fraction(1, 4): 2,
    Fraction(1, 3): 3,
    Fraction(1, 2): 4,
}
_CIRCULAR: dict[str, Callable[[Fraction], Term | None]] = {"sin": _sine, "cos": _cosine, "tan": _tangent}


def _polynomial_at(modulus: fmpz_poly, generator: Any) -> Any:
    return sum((generator**i * fmpq(int(c)) for i, c in enumerate(modulus.coeffs())), generator * 0)


def _radical(root: Root) -> Term | None:
    """Write a root of a quadratic polynomial as ``p + q*sqrt(d)``, d a squarefree integer."""
    if len(root.coefficients) != 3:
        return None
    c, b, a = root.coefficients
    square, free = _squarefree(b * b - 4 * a * c)
    middle, width = Fraction(-b, 2 * a), abs(Fraction(square, 2 * a))
    above = compare(root, middle) > 0
    shown = t.mul(t.number(width if above else -width), t.sqrt(t.number(free)))
    return t.add(t.number(middle), shown)


def _squarefree(n: int) -> tuple[int, int]:
    """Return (s, d) with ``n = s^2*d`` for n > 0 and d without the squares of small primes."""
    square, p = 1, 2
    while p * p <= n and p < 10_000:
        while n % (p * p) == 0:
            n //= p * p
            square *= p
        p += 1
    return square, n


def _unwound(term: Term) -> Term:
    """Undo logarithms of exponentials and the reverse, where both are defined."""
    if term.operator in ("number", "variable"):
        return term
    node = term
    if node.operator == "realpower" or (
        node.operator == "natpower" and node.arguments[0].operator == "exp"
    ):
        base, exponent = (_unwound(a) for a in node.arguments)
        return _unwound(t.exp(t.mul(exponent, t.log(base))))
    literal = node.operator in ("power", "ratpower", "lambertw")
    arguments = tuple(_unwound(a) for a in (node.arguments[:1] if literal else node.arguments))
    inner = arguments[0]
    if node.operator not in t.FUNCTIONS and all(isinstance(a, Number) for a in arguments):
        whole = (*arguments, node.arguments[1]) if literal else arguments
        value = rational_value(_BUILDERS[node.operator](*whole), {})
        if value is not None:
            return t.number(value)
        if node.operator == "sqrt" and isinstance(inner, Number) and inner > 0:
            square, free = _squarefree(inner.p * inner.q)
            return t.mul(t.number(Fraction(square, inner.q)), t.sqrt(t.number(free)))
    if node.operator == "power" and inner.operator == "exp":
        return _unwound(t.exp(t.mul(node.arguments[1], inner.arguments[0])))
    if node.operator == "exp":
        if inner.operator == "log":
            return inner.arguments[0]
        if inner is t.ZERO:
            return t.ONE
        if inner.operator == "neg":
            return t.div(t.ONE, _unwound(t.exp(inner.arguments[0])))
        if isinstance(inner, Number) and inner.is_integer and inner is not t.ONE and abs(inner.p) <= 64:
            return t.power(t.exp(t.ONE), inner)
        return t.exp(inner)
    if node.operator == "log":
        if inner.operator == "exp":
            return inner.arguments[0]
        if inner is t.ONE:
            return t.ZERO
        if inner.operator == "div" and inner.arguments[0] is t.ONE:
            return t.neg(_unwound(t.log(inner.arguments[1])))
        if inner.operator == "power" and inner.arguments[0].operator == "exp":
            return t.mul(inner.arguments[1], inner.arguments[0].arguments[0])
        return t.log(inner)
    if literal:
        arguments = (*arguments, node.arguments[1])
    if node.operator in t.FUNCTIONS:
        found = t.rebuilt(node, arguments)
        known = None if found is t.PI or t.symbols_of(found) else rational_value(found, {})
        return found if known is None else t.number(known)
    return _BUILDERS[node.operator](*arguments)


_BUILDERS: dict[str, Callable[..., Term]] = {
    "add": t.add, "mul": t.mul, "neg": t.neg, "div": t.div, "sqrt": t.sqrt, "abs": t.absolute,
    "min": t.minimum, "max": t.maximum, "power": t.power, "natpower": t.power, "ratpower": t.power,
    "realpower": t.power, "exp": t.exp, "log": t.log, "lambertw": lambda a, k: t.lambertw(a, int(k)),
}  # fmt: skip
