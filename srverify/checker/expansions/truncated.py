"""Series in a small d > 0, truncated, with exact coefficients and a ball for what is left.

A ``Series`` stands for a function s on (0, D]: for every d there is a number r in the ball ``rest`` with
``s(d) = d^low * (sum of terms[k]*d^k for k < n + r*d^n)``, n being the number of terms. The coefficients
are exact: rationals, or quotients of polynomials with rational coefficients in constants such as pi.
What is exactly 0 cancels, so that quotients of functions that vanish at 0 have series, too.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, TypeAlias

from flint import Ordering, arb, fmpq, fmpq_mpoly_ctx

from srverify.checker.enclosures.polynomial import Form, former
from srverify.checker.rejected import RejectedError
from srverify.language.term import Term

#: An exact number: a rational, or a form in constants.
Exact: TypeAlias = "fmpq | Form"

_ZERO = fmpq(0)
#: Constants beyond this number are refused.
_MAX_CONSTANTS = 24
#: Coefficients with more terms than this are refused.
_MAX_TERMS = 300
#: Rationals in coefficients may be so long, in bits: a power such as 2^(10^30) would fill all memory.
_MAX_BITS = 100_000
#: Prime factors are looked for among so many: what is left may take ages to factor.
_MAX_TRIAL = 1000
#: Longer polynomials in constants are not factored, nor those of a higher degree: that takes for ever.
_MAX_FACTORED, _MAX_FACTORED_DEGREE = 12, 48
#: Coefficients that are not rational may have so many terms in all.
_MAX_WORK = 12_000
#: Roots of one constant are powers of a root of this degree, where they can be.
_DEGREE = 12
#: Roots of a higher degree, such as those with the ends of a box in their exponents, are constants of
#: their own: polynomials of degrees beyond 10^18 would fill all memory.
_MAX_DEGREE = 1000


class TooMuchError(RejectedError):
    """Coefficients that are too many or too large, whatever the range."""


class Constants:
    """The transcendental constants of one evaluation, as generators of a ring, each with a ball.

    Theorem. A form that is 0 has the value 0 wherever it is defined; nothing is said of other forms.
    """

    def __init__(self) -> None:
        self._context = fmpq_mpoly_ctx.get([f"c{i}" for i in range(_MAX_CONSTANTS)], Ordering.lex)
        self._one = self._context.constant(1)
        self._places: dict[object, int] = {}
        self._balls: list[arb] = []
        self._work = 0
        #: Polynomials in the constants that are 0.
        self._relations: list[Any] = []
        #: The keys of logarithms of primes and constants.
        self._logged: set[object] = set()
        #: Irreducible polynomials in the constants that products have been taken apart into, by key.
        self._factors: dict[object, Form] = {}
        #: Constants that are exp of another one: their logarithms.
        self._exponents: dict[object, Exact] = {}

    def named(self, name: object, ball: arb) -> Exact:
        """Return the constant of a name, which has its value in a ball."""
        if name not in self._places:
            if not ball.is_finite():
                raise RejectedError(f"no constant {name}")
            if len(self._balls) == _MAX_CONSTANTS:
                raise TooMuchError("too many constants")
            self._places[name] = len(self._balls)
            self._balls.append(ball)
        return self.known(name)

    def of(self, term: Term, ball: arb) -> Exact:
        """Return a function's value without variables by its normal form; ``ball`` contains it."""
        forms = former([term])
        form = forms.walk(term)
        if not form.q.is_constant() or form.p.total_degree() > 1 or len(forms.names) > 1:
            raise RejectedError(f"{term} is no simple constant")
        if form.p.is_constant():
            return fmpq(0) if form.p.is_zero() else fmpq(form.p.leading_coefficient())
        parts = {int(e[0]): fmpq(c) for e, c in form.p.to_dict().items()}
        plain, factor = parts.get(0, fmpq(0)), parts[1]
        atom = self.named(forms.names[0], (ball - plain) / factor)
        return self.add(plain, self.mul(factor, atom))

    def known(self, name: object) -> Exact:
        """Return a constant that has been named, or a factor of one."""
        if name in self._factors:
            return self._factors[name]
        return Form(self._context.gens()[self._places[name]], self._one)

    def exponential(self, c: Exact) -> Exact:
        """Return the constant exp(c), whose logarithm is c."""
        name, opposite = ("exp", str(c)), ("exp", str(self.mul(fmpq(-1), c)))
        if opposite in self._exponents:
            return self.inverse(self.known(opposite))
        found = self.named(name, self.ball(c).exp())
        self._exponents[name] = c
        return found

    def logarithm(self, name: object) -> Exact:
        """Return the logarithm of a positive constant, an integer, or e, by its name."""
        if name == "e":
            return fmpq(1)
        if name in self._exponents:
            return self._exponents[name]
        base = fmpq(name) if isinstance(name, int) else self.known(name)
        return self.named(("log", name), self.ball(base).log())

    def linear(self, a: Exact) -> tuple[dict[object, fmpq], Exact]:
        """Write a number as a rational combination of logarithms and of 1, and a rest.

        A constant named ("log", key) counts by its key, and 1, the logarithm of e, by None.
        """
        if isinstance(a, fmpq):
            return ({None: a} if a != 0 else {}), fmpq(0)
        found: dict[object, fmpq] = {}
        rest: Exact = fmpq(0)
        if not a.q.is_constant():
            return {}, a
        names = {place: name for name, place in self._places.items()}
        for exponents, c in (a.p / a.q.leading_coefficient()).to_dict().items():
            places = [(place, int(e)) for place, e in enumerate(exponents) if e]
            name = names[places[0][0]] if len(places) == 1 and places[0][1] == 1 else None
            if not places:
                found[None] = fmpq(c)
            elif isinstance(name, tuple) and name[0] == "log" and name[1] in self._logged:
                found[name[1]] = fmpq(c)
            else:
                one = self._context.from_dict({exponents: c})
                rest = self.add(rest, Form(one, self._one))
        return found, rest

    def factors(self, a: Exact) -> dict[object, int] | None:
        """Write a positive number as a product of powers of positive ones, or return None.

        These are primes, but for one factor that may be left of a number with large ones, constants, and
        irreducible polynomials in the constants, or their negatives.
        """
        found: dict[object, int] = {}
        number, form = (a, None) if isinstance(a, fmpq) else (fmpq(1), a)
        if form is not None:
            for poly, side in ((form.p, 1), (form.q, -1)):
                if len(poly) > 1 and poly.total_degree() > _MAX_FACTORED_DEGREE:
                    return None
                if len(poly) > _MAX_FACTORED:
                    return None
                content, parts = poly.factor()
                number = number * fmpq(content) ** side
                for part, e in parts:
                    key, sign = self._factor(part)
                    if not sign:
                        return None
                    number = number * sign ** int(e)
                    found[key] = found.get(key, 0) + side * int(e)
        if not number > 0:
            return None
        for part, side in ((number.p, 1), (number.q, -1)):
            for prime, exponent in part.factor(trial_limit=_MAX_TRIAL):
                found[int(prime)] = side * int(exponent)
        self._logged.update(found)
        return found

    def _factor(self, part: Any) -> tuple[object, int]:
        """Return the key of an irreducible polynomial without its sign, and the sign, 0 if unknown."""
        ball = self._value(part)
        sign = 1 if ball > 0 else -1 if ball < 0 else 0
        if len(part) == 1 and part.leading_coefficient() == 1:
            ((exponents, _),) = part.to_dict().items()
            place = next(i for i, e in enumerate(exponents) if e)
            name = next(name for name, at in self._places.items() if at == place)
            # A constant below 0 has no key of its own.
            return name, max(sign, 0)
        part = part * sign
        key = ("factor", str(part))
        self._factors[key] = Form(part, self._one)
        return key, sign

    def lifted(self, a: Exact) -> Form:
        """Return an exact number as a form."""
        return a if isinstance(a, Form) else Form(self._one * a, self._one)

    def add(self, a: Exact, b: Exact) -> Exact:
        """Return a sum."""
        if isinstance(a, fmpq) and isinstance(b, fmpq):
            return _short(a + b)
        return self._simple(self.lifted(a) + self.lifted(b))

    def mul(self, a: Exact, b: Exact) -> Exact:
        """Return a product."""
        if isinstance(a, fmpq) and isinstance(b, fmpq):
            return _short(a * b)
        return self._simple(self.lifted(a) * self.lifted(b))

    def inverse(self, a: Exact) -> Exact:
        """Return 1/a; raises RejectedError unless a is certainly not 0."""
        ball = self.ball(a)
        if not (ball > 0 or ball < 0):
            raise RejectedError("a leading coefficient may be 0")
        return 1 / a if isinstance(a, fmpq) else self._simple(a.inverse())

    def root(self, key: object, base: Exact, exponent: fmpq) -> Exact:
        """Return ``base^exponent`` of a positive constant, 0 <= exponent < 1, ``key`` being its name.

        All are powers of one root of the base, whose own power is the base: a relation that reduces
        polynomials in it.
        """
        if exponent == 0:
            return fmpq(1)
        if exponent.q > _MAX_DEGREE:
            return self.named(("power", key, str(exponent)), (self.ball(base).log() * exponent).exp())
        degree = _DEGREE if _DEGREE % int(exponent.q) == 0 else int(exponent.q)
        if exponent.q == 2 and ("root", key, degree) not in self._places:
            degree = 2
        name = ("root", key, degree)
        new = name not in self._places
        root = self.named(name, (self.ball(base).log() / degree).exp())
        assert isinstance(root, Form)
        if new:
            relation = self.lifted(base)
            self._relations.append(root.p**degree * relation.q - relation.p)
            if degree == _DEGREE and ("root", key, 2) in self._places:
                square_root = self.known(("root", key, 2))
                assert isinstance(square_root, Form)
                self._relations.append(square_root.p - root.p ** (degree // 2))
        power = int((exponent * degree).p)
        return self._simple(Form(root.p**power, self._one))

    def _simple(self, form: Form) -> Exact:
        p, q = form
        self._work += len(p) + len(q)
        if self._work > _MAX_WORK:
            raise TooMuchError("the coefficients take too much work")
        for relation in self._relations:
            p, q = divmod(p, relation)[1], divmod(q, relation)[1]
        if q.is_zero() or len(p) > _MAX_TERMS or len(q) > _MAX_TERMS:
            raise TooMuchError("a coefficient is too large")
        for c in (*p.coeffs(), *q.coeffs()):
            _short(c)
        if p.is_zero():
            return _ZERO
        if self._relations:
            p, q = Form(p, q) * Form(self._one, self._one)
        if p.is_constant() and q.is_constant():
            return fmpq(p.leading_coefficient() / q.leading_coefficient())
        return Form(p, q)

    def ball(self, a: Exact) -> arb:
        """Enclose an exact number."""
        if isinstance(a, fmpq):
            return arb(a)
        return self._value(a.p) / self._value(a.q)

    def _value(self, poly: Any) -> arb:
        total = arb(0)
        for exponents, coefficient in poly.to_dict().items():
            product = arb(coefficient)
            for place, exponent in enumerate(exponents):
                if exponent:
                    product = product * self._balls[place] ** int(exponent)
            total = total + product
        return total


def _short(a: fmpq) -> fmpq:
    """Return a rational that is not too long."""
    if a.height_bits() > _MAX_BITS:
        raise TooMuchError("a coefficient is too large")
    return a


class Series(NamedTuple):
    """``d^low * (terms[0] + terms[1]*d + ... + rest*d^n)``."""

    low: int
    terms: tuple[Exact, ...]
    rest: arb

    @property
    def is_exact(self) -> bool:
        """Whether nothing is left beyond the terms."""
        return bool(self.rest == 0)

    @property
    def is_zero(self) -> bool:
        """Whether the series is exactly 0."""
        return not self.terms and self.is_exact

    def term(self, power: int) -> Exact:
        """Return the coefficient of a power of d below the truncation."""
        place = power - self.low
        return self.terms[place] if 0 <= place < len(self.terms) else _ZERO


class Ring:
    """Arithmetic of series over (0, D], with at most so many terms."""

    def __init__(self, end: arb, length: int) -> None:
        self.end, self.length = end, length
        #: A ball that contains [0, D].
        self.d = arb(0).union(end)
        self.constants = Constants()

    def constant(self, value: Exact) -> Series:
        """Return a constant."""
        return Series(0, (value,), arb(0)) if value != 0 else Series(0, (), arb(0))

    def within(self, ball: arb) -> Series:
        """Return a function about which only a ball is known."""
        if not ball.is_finite():
            raise RejectedError("a remainder is not finite")
        return Series(0, (), ball)

    def tail(self, s: Series, place: int) -> arb:
        """Enclose, for all d, what is left of a series from its term ``place`` on, over that power."""
        total = s.rest
        for c in reversed(s.terms[place:]):
            total = total * self.d + self.constants.ball(c)
        return total

    def range(self, s: Series) -> arb:
        """Enclose a series over ``d^low``, for all d in [0, D]."""
        return self.tail(s, 0)

    def _end(self, s: Series) -> int | None:
        """Return the power of d at which a series is truncated; None if it is exact."""
        return None if s.is_exact else s.low + len(s.terms)

    def _cut(self, s: Series, end: int) -> arb:
        """Enclose what a series has from ``d^end`` on, over that power."""
        if end <= s.low:
            return self.range(s) * self.d ** (s.low - end)
        return arb(0) if end >= s.low + len(s.terms) and s.is_exact else self.tail(s, end - s.low)

    def stripped(self, s: Series) -> Series:
        """Return a series whose first coefficient is not exactly 0."""
        count = next((i for i, c in enumerate(s.terms) if c != 0), len(s.terms))
        if count == len(s.terms) and s.is_exact:
            return Series(0, (), arb(0))
        terms = s.terms[count:]
        while s.is_exact and terms and terms[-1] == 0:
            terms = terms[:-1]
        return Series(s.low + count, terms, s.rest)

    def add(self, a: Series, b: Series) -> Series:
        """Return a sum."""
        if a.is_zero or b.is_zero:
            return b if a.is_zero else a
        low = min(a.low, b.low)
        ends = [end for end in (self._end(a), self._end(b)) if end is not None]
        longest = max(s.low + len(s.terms) for s in (a, b))
        end = min([low + self.length, longest, *ends]) if not ends else min(low + self.length, *ends)
        end = max(end, low)
        terms = tuple(self.constants.add(a.term(k), b.term(k)) for k in range(low, end))
        return self.stripped(Series(low, terms, self._cut(a, end) + self._cut(b, end)))

    def neg(self, a: Series) -> Series:
        """Return the negative."""
        return Series(a.low, tuple(self.constants.mul(fmpq(-1), c) for c in a.terms), -a.rest)

    def shifted(self, a: Series, power: int) -> Series:
        """Return ``d^power`` times a series."""
        return a._replace(low=a.low + power) if not a.is_zero else a

    def mul(self, a: Series, b: Series) -> Series:
        """Return a product."""
        if a.is_zero or b.is_zero:
            return Series(0, (), arb(0))
        n = min([self.length, *(len(s.terms) for s in (a, b) if not s.is_exact)])
        if a.is_exact and b.is_exact:
            n = min(n, len(a.terms) + len(b.terms) - 1)
        heads = [s.terms[:n] for s in (a, b)]
        products: list[Exact] = [_ZERO] * max(n, sum(map(len, heads)) - 1, 0)
        for i, c in enumerate(heads[0]):
            for j, e in enumerate(heads[1]):
                if c != 0 and e != 0:
                    products[i + j] = self.constants.add(products[i + j], self.constants.mul(c, e))
        zero = arb(0)
        polys = [self.range(Series(0, head, zero)) for head in heads]
        tails = [self._cut(s._replace(low=0), n) for s in (a, b)]
        rest = self.range(Series(0, tuple(products[n:]), zero))
        rest = rest + polys[0] * tails[1] + polys[1] * tails[0] + self.d**n * tails[0] * tails[1]
        return self.stripped(Series(a.low + b.low, tuple(products[:n]), rest))

    def inverse(self, a: Series) -> Series:
        """Return 1/a; raises RejectedError unless a is certainly not 0 anywhere on (0, D]."""
        a = self.stripped(a)
        size = self.range(a)
        if not (size > 0 or size < 0) or not a.terms:
            raise RejectedError("a divisor may be 0")
        first = self.constants.inverse(a.terms[0])
        n = self.length if a.is_exact else len(a.terms)
        terms: list[Exact] = [first]
        minus = self.constants.mul(fmpq(-1), first)
        for k in range(1, n):
            total: Exact = _ZERO
            for j in range(1, min(k, len(a.terms) - 1) + 1):
                total = self.constants.add(total, self.constants.mul(a.terms[j], terms[k - j]))
            terms.append(self.constants.mul(minus, total))
        guess = Series(0, tuple(terms), arb(0))
        # 1/a = e + (1 - e*a)/a, and 1 - e*a has no powers below d^n.
        left = self.add(self.constant(fmpq(1)), self.neg(self.mul(guess, a._replace(low=0))))
        if left.is_zero:
            return Series(-a.low, guess.terms, arb(0))
        if left.low < n:
            raise RejectedError("a quotient is not exact")
        return Series(-a.low, guess.terms, self._cut(left, n) / size)

    def composed(self, near: Sequence[Exact], far: arb, w: Series) -> Series:
        """Return the sum of ``near[k]*w^k`` and ``far*w^n``, where w vanishes at 0."""
        w = self.stripped(w)
        if w.low < 1 and not w.is_zero:
            raise RejectedError("a series at a point needs an argument that goes there")
        total = self.within(far)
        for c in reversed(near):
            total = self.add(self.mul(total, w), self.constant(c))
        return total
