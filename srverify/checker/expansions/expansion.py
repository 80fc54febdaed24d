"""Expansions of terms in one variable at an end of an interval or at infinity, the rest bounded.

The variable is ``a + d^q``, ``b - d^q``, ``1/d^q`` or ``-1/d^q`` for d in (0, D]; terms have values as
in ``asymptotics``. A term that has one is defined at every d in (0, D]: every
operation shows that its arguments are where it is defined.

Theorem used: the asymptotic series of erfc, of log Gamma, digamma and trigamma envelop these functions
on (0, oo): what is left after any term has the sign of the next one and is no larger (DLMF 7.12(i),
5.11(ii); Alzer 1997 for the derivatives).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from flint import arb, arb_series, fmpq, fmpz

from srverify.checker.enclosures import interval as iv
from srverify.checker.enclosures.evaluation import Evaluator, decide
from srverify.checker.enclosures.interval import Interval, rational
from srverify.checker.expansions.asymptotics import HALF, Value, Values, coefficient
from srverify.checker.expansions.series import loggamma_coefficients
from srverify.checker.expansions.truncated import Exact, Ring, Series
from srverify.checker.rejected import RejectedError
from srverify.language import term as t
from srverify.language.definedness import definedness
from srverify.language.errors import UnsupportedError
from srverify.language.formula import And, Formula, Relation
from srverify.language.term import Number, Symbol, Term

#: Gamma is shifted so often at most.
_MAX_SHIFT = 16


class Expansion(Values, t.TermWalker[Value]):
    """Expand terms in one variable, for d in (0, D]; raises RejectedError where that is not found."""

    def __init__(self, x: Symbol, centre: fmpq | None, side: int, end: arb, root: int, length: int):
        """``x = centre + side*d^root``, or ``side/d^root`` where the centre is None; D is ``end``."""
        super().__init__(end, length)
        power = Series(root if centre is not None else -root, (fmpq(side),), arb(0))
        if centre is not None:
            power = self.ring.add(self.ring.constant(centre), power)
        self._known: dict[Term, Value] = {x: Value((power,))}

    def walk(self, term: Term) -> Value:
        """Return the value of a term, computed once."""
        found = self._known.get(term)
        if found is None:
            try:
                found = super().walk(term)
            except (ValueError, ZeroDivisionError, UnsupportedError):
                raise RejectedError(f"{term} has no expansion") from None
            self._known[term] = found
        return found

    # -- operations --------------------------------------------------------------------------------

    def walk_number(self, value: Number) -> Value:
        return self.number(rational(value))

    def walk_add(self, *terms: Term) -> Value:
        total = self.walk(terms[0])
        for term in terms[1:]:
            total = self.add(total, self.walk(term))
        return total

    def walk_neg(self, term: Term) -> Value:
        return self.neg(self.walk(term))

    def walk_mul(self, *terms: Term) -> Value:
        product = self.walk(terms[0])
        for term in terms[1:]:
            product = self.mul(product, self.walk(term))
        return product

    def walk_div(self, left: Term, right: Term) -> Value:
        return self.mul(self.walk(left), self.inverse(self.walk(right)))

    def walk_power(self, base: Term, exponent: Number) -> Value:
        n, product = int(exponent), self.number(1)
        factor = self.walk(base) if n >= 0 else self.inverse(self.walk(base))
        for bit in bin(abs(n))[2:]:
            product = self.mul(product, product)
            if bit == "1":
                product = self.mul(product, factor)
        return product

    def walk_sqrt(self, term: Term) -> Value:
        return self.power(self.walk(term), HALF)

    def walk_ratpower(self, base: Term, exponent: Number) -> Value:
        return self.power(self.walk(base), rational(exponent))

    def walk_realpower(self, base: Term, exponent: Term) -> Value:
        return self.exp(self.mul(self.walk(exponent), self.log_of(base)))

    walk_natpower = walk_realpower

    def walk_exp(self, term: Term) -> Value:
        return self.exp(self.walk(term))

    def walk_log(self, term: Term) -> Value:
        return self.log_of(term)

    def log_of(self, term: Term) -> Value:
        """Return the logarithm of a term that is positive: of products, powers, Gamma by their parts."""
        u = term.arguments[0] if term.arguments else term
        match term.operator:
            case "exp":
                return self.walk(u)
            case "mul" if all(self._is_positive(part) for part in term.arguments):
                total = self.log_of(term.arguments[0])
                for part in term.arguments[1:]:
                    total = self.add(total, self.log_of(part))
                return total
            case "div" if self._is_positive(u):
                return self.add(self.log_of(u), self.neg(self.log_of(term.arguments[1])))
            case "power" | "ratpower" if self._is_positive(u):
                factor = self.number(rational(t.literal(term.arguments[1])))
                return self.mul(factor, self.log_of(u))
            case "realpower" | "natpower":
                return self.mul(self.walk(term.arguments[1]), self.log_of(u))
            case "sqrt":
                return self.mul(self.number(HALF), self.log_of(u))
            case "gamma":
                return self.walk_function("loggamma", u)
        return self.log(self.walk(term))

    def _is_positive(self, term: Term) -> bool:
        """Tell whether a part of a product is positive; what has no value may have a logarithm."""
        if term.operator in ("exp", "realpower"):
            return True
        try:
            if term.operator == "gamma":
                return self.sign(self.walk(term.arguments[0])) == 1
            return self.sign(self.walk(term)) == 1
        except RejectedError:
            return False

    def walk_abs(self, term: Term) -> Value:
        value = self.walk(term)
        sign = self.sign(value)
        if not sign:
            raise RejectedError("an absolute value of unknown sign")
        return value if sign > 0 else self.neg(value)

    # -- functions ---------------------------------------------------------------------------------

    def walk_function(self, name: str, argument: Term) -> Value:
        if name == "acos" and argument == t.PI.arguments[0]:
            return self.number(self.constants.of(t.PI, arb.pi()))
        return self.function(name, self.walk(argument))

    def function(self, name: str, u: Value) -> Value:
        """Return a function of a value."""
        add, mul, number = self.add, self.mul, self.number
        match name:
            case "sinh" | "cosh":
                up, down = self.exp(u), self.exp(self.neg(u))
                return mul(number(HALF), add(up, down if name == "cosh" else self.neg(down)))
            case "tanh":
                return mul(self.function("sinh", u), self.inverse(self.function("cosh", u)))
            case "tan":
                return mul(self.function("sin", u), self.inverse(self.function("cos", u)))
            case "acos" if not self._far(u) and self.plain(u).term(0) == 1:
                # acos(u) = 2*asin(sqrt((1 - u)/2)) for u in [-1, 1].
                root = self.power(mul(number(HALF), add(number(1), self.neg(u))), HALF)
                return mul(number(2), self.function("asin", root))
            case "asin" if not self._far(u) and self.plain(u).term(0) in (1, -1):
                if self.plain(u).term(0) == -1:
                    return self.neg(self.function("asin", self.neg(u)))
                half = self.number(self.constants.mul(HALF, self.constants.of(t.PI, arb.pi())))
                return add(half, self.neg(self.function("acos", u)))
            case "acos":
                half = self.number(self.constants.mul(HALF, self.constants.of(t.PI, arb.pi())))
                return add(half, self.neg(self.function("asin", u)))
            case "gamma":
                return self.exp(self.function("loggamma", u))
            case "erfc" if not self._far(u):
                return add(number(1), self.neg(self.function("erf", u)))
            case "erf" if self._far(u):
                return add(number(1), self.neg(self.function("erfc", u)))
            case "asinh" if self._far(u):
                root = self.power(add(mul(u, u), number(1)), HALF)
                if self.sign(u) < 0:
                    return self.neg(self.function("asinh", self.neg(u)))
                return self.log(add(u, root))
            case "acosh":
                root = self.power(add(mul(u, u), number(-1)), HALF)
                if self.sign(u) != 1:
                    raise RejectedError("acosh of what is not positive")
                return self.log(add(u, root))
        if self._far(u):
            return self._at_infinity(name, u)
        if name in ("loggamma", "digamma", "trigamma"):
            return self._gamma(name, self.plain(u))
        c = u.parts[0].term(0)
        near, f = self._taylor(name, c)
        return self.taylor(c, Value((self.moving(u.parts[0]), *u.parts[1:])), near, f)

    def _far(self, u: Value) -> bool:
        lows = [s.low - (j > 0) for j, s in enumerate(map(self.ring.stripped, u.parts)) if not s.is_zero]
        return bool(u.growth) or any(low < 0 for low in lows)

    def _taylor(self, name: str, c: Exact) -> tuple[list[Exact], Callable[[arb_series], arb_series]]:
        """Return the Taylor coefficients of a function at a point, and the function for series."""
        n, ring = self.ring.length, self.ring
        if name in ("sin", "cos"):
            sine, cosine = self._value("sin", c), self._value("cos", c)
            minus = [self.constants.mul(fmpq(-1), v) for v in (sine, cosine)]
            cycle = [sine, cosine, *minus] if name == "sin" else [cosine, minus[0], minus[1], sine]
            near = [self.constants.mul(fmpq(1, math.factorial(k)), cycle[k % 4]) for k in range(n)]
            return near, (lambda a: a.sin()) if name == "sin" else (lambda a: a.cos())
        # The derivative at c + s, as an exact polynomial in s, integrated.
        s = Series(0, (c, fmpq(1)), arb(0))
        square, one = ring.mul(s, s), ring.constant(fmpq(1))
        f: Callable[[arb_series], arb_series]
        match name:
            case "atan":
                slope, f = self._reciprocal(ring.add(one, square)), lambda a: a.atan()
            case "atanh":
                slope = self._reciprocal(ring.add(one, ring.neg(square)))
                f = lambda a: ((1 + a) / (1 - a)).log() / 2  # noqa: E731
            case "asin":
                slope, f = self._root_below(ring.add(one, ring.neg(square))), lambda a: a.asin()
            case "asinh":
                slope = self._root_below(ring.add(one, square))
                f = lambda a: (a + (a * a + 1).sqrt()).log()  # noqa: E731
            case "erf":
                slope, f = self._bell(square), lambda a: a.erf()
            case _:
                raise RejectedError(f"no expansion of {name}")
        near = [self._value(name, c)]
        near += [self.constants.mul(fmpq(1, k), slope[k - 1]) for k in range(1, n)]
        return near, f

    def _value(self, name: str, c: Exact) -> Exact:
        """Return the value of a function at a constant, in closed form where one is known."""
        if c == 0:
            return fmpq(1 if name == "cos" else 0)
        ball = coefficient(_AT[name], self.constants.ball(c), 0)
        pi = self.constants.of(t.PI, arb.pi())
        if isinstance(c, fmpq):
            return self.constants.of(t.function(name, t.number(_fraction(c))), ball)
        ratio = self.constants.mul(c, self.constants.inverse(pi))
        if isinstance(ratio, fmpq):
            turn = t.mul(t.number(_fraction(ratio)), t.PI)
            return self.constants.of(t.function(name, turn), ball)
        return self.constants.named((name, str(c)), ball)

    def _coefficients(self, s: Series) -> list[Exact]:
        """Return the first coefficients of a formal series, whatever is left of it."""
        if s.low < 0:
            raise RejectedError("a derivative is not finite")
        return [s.term(k) for k in range(self.ring.length)]

    def _reciprocal(self, s: Series) -> list[Exact]:
        return self._formal(s, lambda ring, u: ring.inverse(u))

    def _formal(self, s: Series, step: Callable[[Ring, Series], Series]) -> list[Exact]:
        """Return coefficients of an operation on an exact polynomial; they do not depend on D."""
        ring, end, d = self.ring, self.ring.end, self.ring.d
        ring.end = ring.d = arb(0)
        try:
            return self._coefficients(step(ring, s))
        finally:
            ring.end, ring.d = end, d

    def _root_below(self, s: Series) -> list[Exact]:
        """Return the coefficients of ``1/sqrt(s)``."""
        near = self.binomial(s.term(0), fmpq(-1, 2))
        return self._formal(self.moving(s), lambda ring, u: ring.composed(near, arb(0), u))

    def _bell(self, square: Series) -> list[Exact]:
        """Return the coefficients of ``2*exp(-s^2)/sqrt(pi)``."""
        minus = self.ring.neg(square)
        c = minus.term(0)
        first = self.exp_constant(c)
        near = [self.constants.mul(fmpq(1, math.factorial(k)), first) for k in range(self.ring.length)]
        root = self.constants.inverse(self._root_of_pi())
        found = self._formal(self.moving(minus), lambda ring, u: ring.composed(near, arb(0), u))
        return [self.constants.mul(fmpq(2), self.constants.mul(root, e)) for e in found]

    def _root_of_pi(self) -> Exact:
        pi = self.constants.of(t.PI, arb.pi())
        return self.constant_power(pi, HALF)

    def _gamma(self, name: str, s: Series) -> Value:
        """Return log Gamma or a derivative of it at a point: shifted into (0, 1], then by Taylor."""
        c = s.term(0)
        if not isinstance(c, fmpq) or c < 0 or c > _MAX_SHIFT:
            raise RejectedError("Gamma at an unknown point")
        one = self.ring.constant(fmpq(1))
        if c == 0 or c > 1:
            # f(s + 1) is f(s) with one more summand; s > 0 is needed of both.
            up = c == 0
            base = s if up else self.ring.add(s, self.ring.neg(one))
            value = Value((base,))
            if self.sign(value) != 1:
                raise RejectedError("Gamma of what is not positive")
            step = {
                "loggamma": lambda: self.log(value),
                "digamma": lambda: self.inverse(value),
                "trigamma": lambda: self.neg(self.inverse(self.mul(value, value))),
            }[name]()
            if up:
                return self.add(self._gamma(name, self.ring.add(s, one)), self.neg(step))
            return self.add(self._gamma(name, base), step)
        shift = {"loggamma": 0, "digamma": 1, "trigamma": 2}[name]
        n = self.ring.length + shift
        exact = [self._loggamma_coefficient(c, k) for k in range(n)]
        ball = arb(c).union(self.everywhere(s))
        far = loggamma_coefficients(ball, n + 1)[n]
        weights = [math.perm(k + shift, shift) for k in range(self.ring.length + 1)]
        near = [self.constants.mul(fmpq(weights[k]), exact[k + shift]) for k in range(n - shift)]
        return Value((self.ring.composed(near, far * weights[-1], self.moving(s)),))

    def _loggamma_coefficient(self, c: fmpq, k: int) -> Exact:
        """Return the Taylor coefficient of order k of log Gamma at c, 0 < c <= 1.

        At 1 and at 1/2 they are made of fewer constants: for k >= 2 it is (-1)^k*zeta(k)/k at 1, with
        zeta(k) = abs(bernoulli(k))*(2*pi)^k/(2*k!) for even k, and 2^k - 1 times that at 1/2, where
        digamma is digamma(1) - 2*log(2) (DLMF 5.7.3, 25.6.2, 25.11.11, 5.4.13).
        """
        mul, one = self.constants.mul, fmpq(1)
        if k == 0 and c in (one, HALF):
            return fmpq(0) if c == 1 else self._log_root_of_pi()
        if c == HALF:
            if k == 1:
                twice = mul(fmpq(-2), self.log_constant(fmpq(2)))
                return self.constants.add(self._loggamma_coefficient(one, 1), twice)
            return mul(fmpq(2**k - 1), self._loggamma_coefficient(one, k))
        if c == 1 and k % 2 == 0:
            found: Exact = abs(_bernoulli(k)) * 2 ** (k - 1) / (k * math.factorial(k))
            for _ in range(k):
                found = mul(found, self.constants.of(t.PI, arb.pi()))
            return found
        return self.constants.named(("loggamma", str(c), k), loggamma_coefficients(arb(c), k + 1)[k])

    def _log_root_of_pi(self) -> Exact:
        pi = self.constants.of(t.PI, arb.pi())
        return self.constants.mul(HALF, self.log_constant(pi))

    def _at_infinity(self, name: str, u: Value) -> Value:
        """Return a function of a value that goes to infinity, where it does so with one sign."""
        if name in ("sin", "cos"):
            return Value((self.ring.within(arb(0, 1)),))
        sign = self.sign(u)
        if not sign:
            raise RejectedError("an argument at infinity of unknown sign")
        if name == "atan":
            limit = self.number(self.constants.mul(fmpq(sign, 2), self.constants.of(t.PI, arb.pi())))
            inverse = self.inverse(u)
            if self._far(inverse):
                raise RejectedError("no expansion of atan of what grows")
            return self.add(limit, self.neg(self.function("atan", inverse)))
        if name == "erfc" and sign < 0:
            return self.add(self.number(2), self.neg(self._at_infinity(name, self.neg(u))))
        if sign < 0 or name not in ("erfc", "loggamma", "digamma", "trigamma"):
            raise RejectedError(f"no expansion of {name} at infinity")
        inverse, n = self.inverse(u), self.ring.length
        square = self.mul(inverse, inverse)
        if name == "erfc":
            double = [fmpq((-1) ** k * math.prod(range(1, 2 * k, 2)), 2**k) for k in range(n + 1)]
            scale = self.number(self.constants.inverse(self._root_of_pi()))
            tail = self._enveloped(double, square)
            return self.mul(self.mul(self.exp(self.neg(self.mul(u, u))), self.mul(inverse, scale)), tail)
        bernoulli = [_bernoulli(2 * k) for k in range(1, n + 2)]
        half = self.mul(self.number(HALF), inverse)
        if name == "trigamma":
            tail = self.mul(self.mul(square, inverse), self._enveloped(bernoulli, square))
            return self.add(self.add(inverse, self.mul(half, inverse)), tail)
        log = self.log(u)
        if name == "digamma":
            ratios = [b / (2 * k) for k, b in enumerate(bernoulli, 1)]
            tail = self.mul(square, self._enveloped(ratios, square))
            return self.add(self.add(log, self.neg(half)), self.neg(tail))
        ratios = [b / (2 * k * (2 * k - 1)) for k, b in enumerate(bernoulli, 1)]
        tail = self.mul(inverse, self._enveloped(ratios, square))
        pi = self.constants.of(t.PI, arb.pi())
        end = self.constants.mul(HALF, self.log_constant(self.constants.mul(fmpq(2), pi)))
        main = self.mul(self.add(u, self.number(-HALF)), log)
        return self.add(self.add(self.add(main, self.neg(u)), self.number(end)), tail)

    def _enveloped(self, coefficients: list[fmpq], square: Value) -> Value:
        """Return an enveloping series: the last coefficient stands for anything from 0 to it."""
        total = Value((self.ring.within(arb(0).union(arb(coefficients[-1]))),))
        for c in reversed(coefficients[:-1]):
            total = self.add(self.mul(total, square), self.number(c))
        return total

    def walk_lambertw(self, term: Term, branch: Number) -> Value:
        s = self.plain(self.walk(term))
        if branch.value != 0 or s.term(0) != 0:
            raise RejectedError("Lambert W is expanded at 0 only")
        near: list[Exact] = [fmpq(0)]
        near += [fmpq((-k) ** (k - 1), math.factorial(k)) for k in range(1, self.ring.length)]
        return Value((self.composed(s, near, lambda a: a.lambertw()),))


_AT: dict[str, Callable[[arb_series], arb_series]] = {
    "sin": lambda a: a.sin(),
    "cos": lambda a: a.cos(),
    "atan": lambda a: a.atan(),
    "atanh": lambda a: ((1 + a) / (1 - a)).log() / 2,
    "asin": lambda a: a.asin(),
    "asinh": lambda a: (a + (a * a + 1).sqrt()).log(),
    "erf": lambda a: a.erf(),
}


def _fraction(value: fmpq) -> str:
    return f"{value.p}/{value.q}"


def _bernoulli(n: int) -> fmpq:
    return fmpq.bernoulli(n)


def decided_by_expansion(
    relation: Relation, box: Mapping[Symbol, Interval], end: str, root: int, order: int
) -> bool:
    """Tell whether an expansion at an end of the only variable's interval shows an inequality there.

    Theorem. Let ``f = right - left`` have, for x = a + d^root (b - d^root, +-1/d^root), a value that is
    certainly positive (or not negative, for ``<=``) for all d in (0, D], these x covering the interval
    but for the end itself. Then f has that sign at all of these x. At a closed end at which f is
    defined, f is continuous from inside, so that f >= 0 there too; for ``<`` the goal is decided there,
    and also where f has a power with a natural exponent that varies, which need not be continuous
    (``0^0 = 1``). Raises RejectedError where no expansion is found.
    """
    if relation.operator == "=":
        return False
    f = t.sub(relation.right, relation.left)
    symbols = t.symbols_of(f)
    if len(symbols) != 1:
        return False
    (x,) = symbols
    part = box[x]
    here, there = (part.low, part.high) if end == "low" else (part.high, part.low)
    side = 1 if end == "low" else -1
    if abs(here) < iv.INF:
        if not abs(there) < iv.INF:
            return False
        centre: fmpq | None = _exactly(here)
        far = iv.up(abs(there - here))
    else:
        side, centre = -side, None
        if not there * side > 0:
            return False
        far = iv.up(1 / abs(there))
    if not far > 0:
        return False
    reach = far if root == 1 else iv.up((far.log() / root).exp())
    expansion = Expansion(x, centre, side, reach, root, order)
    if not expansion.shows(expansion.walk(f), strict=relation.operator == "<"):
        return False
    if centre is None or (part.low_open if end == "low" else part.high_open):
        return True
    evaluator = Evaluator({x: Interval(here, here)})
    if decide(relation, evaluator) is True:
        return True
    if relation.operator == "<" or any(node.operator == "natpower" for node in t.subterms(f)):
        return False
    return all(_holds_at_end(condition, evaluator) for condition in definedness(f))


def _holds_at_end(condition: Formula, evaluator: Evaluator) -> bool:
    """Tell whether a condition of f's being defined holds at the end, next to which all of them do.

    ``l <= r`` does by continuity, what asks for l and r to be defined there being looked at before.
    """
    if isinstance(condition, And):
        return all(_holds_at_end(part, evaluator) for part in condition.parts)
    if isinstance(condition, Relation) and condition.operator == "<=":
        return True
    return decide(condition, evaluator) is True


def _exactly(end: arb) -> fmpq:
    mantissa, exponent = end.man_exp()
    power = fmpz(2) ** abs(int(exponent))
    return fmpq(mantissa * power) if exponent >= 0 else fmpq(mantissa, power)
