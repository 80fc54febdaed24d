"""Taylor's theorem on a box in one variable, by power series with balls as coefficients.

FLINT's series over a ball B contain, for every point c of B, the Taylor coefficients of the term at c:
each operation is a recurrence on coefficients, evaluated in ball arithmetic. An operation that is not
analytic at every point of its argument's ball gives a coefficient that is not finite, which is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import perm

from flint import arb, arb_series, ctx

from srverify.checker.enclosures import interval as iv
from srverify.checker.enclosures.evaluation import Evaluator
from srverify.checker.enclosures.interval import Interval, rational
from srverify.checker.expansions.bernstein import bernstein
from srverify.checker.rejected import RejectedError
from srverify.language import term as t
from srverify.language.errors import UnsupportedError
from srverify.language.formula import Relation
from srverify.language.term import Number, Symbol, Term

#: Orders that a proof may ask for.
DEFAULT_ORDER, MAX_ORDER = 8, 64

_FUNCTIONS: dict[str, Callable[[arb_series], arb_series]] = {
    "sin": lambda a: a.sin(),
    "cos": lambda a: a.cos(),
    "tan": lambda a: a.sin() / a.cos(),
    "asin": lambda a: a.asin(),
    "acos": lambda a: a.acos(),
    "atan": lambda a: a.atan(),
    "sinh": lambda a: (a.exp() - (-a).exp()) / 2,
    "cosh": lambda a: (a.exp() + (-a).exp()) / 2,
    "tanh": lambda a: 1 - 2 / ((2 * a).exp() + 1),
    "erf": lambda a: a.erf(),
    "erfc": lambda a: a.erfc(),
    "gamma": lambda a: _loggamma(a).exp(),
    "loggamma": lambda a: _loggamma(a),
    "digamma": lambda a: _loggamma(a, 1),
    "trigamma": lambda a: _loggamma(a, 2),
    "asinh": lambda a: (a + (a * a + 1).sqrt()).log(),
    "acosh": lambda a: (a + (a * a - 1).sqrt()).log(),
    "atanh": lambda a: ((1 + a) / (1 - a)).log() / 2,
}


def loggamma_coefficients(ball: arb, length: int) -> list[arb]:
    """Return balls that contain the Taylor coefficients of log Gamma at every point of a positive ball.

    Theorem. For x > 0 and k >= 2 the coefficient is (-1)^k*zeta(k, x)/k, whose size decreases in x;
    the one for k = 1, digamma, increases. So each lies between its values at the ends. The one for
    k = 0 follows by the mean value theorem from the middle.
    """
    low, high = arb(ball.lower()), arb(ball.upper())
    if not low > 0 or not high.is_finite():
        raise RejectedError("no series of log Gamma there")
    middle = arb(ball.mid())
    ends = [_loggamma_at(end, max(length, 2)) for end in (low, high)]
    found = [a.union(b) for a, b in zip(*ends, strict=True)]
    found[0] = middle.lgamma() + found[1] * (ball - middle)
    return found[:length]


def _loggamma_at(x: arb, length: int) -> list[arb]:
    """Return the Taylor coefficients of log Gamma at a positive number."""
    before = ctx.cap
    ctx.cap = length
    try:
        series = arb_series([x, arb(1)], prec=length).lgamma()
    finally:
        ctx.cap = before
    return [series[k] for k in range(length)]


def _loggamma(a: arb_series, order: int = 0) -> arb_series:
    """Return log Gamma or a derivative of it, composed with a series."""
    n = a.prec
    coefficients = loggamma_coefficients(a[0], n + order)[order:]
    weights = [perm(k + order, order) for k in range(n)]
    outer = arb_series([w * c for w, c in zip(weights, coefficients, strict=True)], prec=n)
    return outer(arb_series([arb(0), *(a[k] for k in range(1, n))], prec=n))


class Series(t.TermWalker[arb_series]):
    """Taylor coefficients of terms in one variable, of an order below ``length``, at a ball."""

    def __init__(self, box: Mapping[Symbol, Interval], x: Symbol, length: int) -> None:
        self._x, self._length = x, length
        self._others = Evaluator({y: at for y, at in box.items() if y != x})
        ball = box[x].low.union(box[x].high)
        self._known: dict[Term, arb_series] = {x: self._series([ball, arb(1)])}

    def _series(self, coefficients: list[arb]) -> arb_series:
        return arb_series(coefficients, prec=self._length)

    def coefficients(self, term: Term) -> list[arb]:
        """Return the coefficients; raises RejectedError where one is not finite."""
        return _finite(self.walk(term), self._length)

    def walk(self, term: Term) -> arb_series:
        """Return the series of a term, computed once."""
        found = self._known.get(term)
        if found is None:
            try:
                found = super().walk(term) if self._x in t.symbols_of(term) else self._constant(term)
            except (ValueError, ZeroDivisionError, UnsupportedError):
                raise RejectedError(f"{term} has no series") from None
            found = self._known[term] = self._series(_finite(found, self._length))
        return found

    def _constant(self, term: Term) -> arb_series:
        value = self._others.walk(term)
        if value.defined is not True:
            raise RejectedError(f"{term} may be undefined")
        return self._series([value.at.low.union(value.at.high)])

    def walk_function(self, name: str, argument: Term) -> arb_series:
        if name not in _FUNCTIONS:
            raise RejectedError(f"no series of {name}")
        return _FUNCTIONS[name](self.walk(argument))

    def walk_exp(self, term: Term) -> arb_series:
        return self.walk(term).exp()

    def walk_log(self, term: Term) -> arb_series:
        return self.walk(term).log()

    def walk_sqrt(self, term: Term) -> arb_series:
        return self.walk(term).sqrt()

    def walk_add(self, *terms: Term) -> arb_series:
        total = self.walk(terms[0])
        for term in terms[1:]:
            total = total + self.walk(term)
        return total

    def walk_neg(self, term: Term) -> arb_series:
        return -self.walk(term)

    def walk_mul(self, *terms: Term) -> arb_series:
        product = self.walk(terms[0])
        for term in terms[1:]:
            product = product * self.walk(term)
        return product

    def walk_div(self, left: Term, right: Term) -> arb_series:
        return self.walk(left) / self.walk(right)

    def walk_power(self, base: Term, exponent: Number) -> arb_series:
        n, product = int(exponent), self._series([arb(1)])
        factor = self.walk(base) if n >= 0 else 1 / self.walk(base)
        for bit in bin(abs(n))[2:]:
            product = product * product * factor if bit == "1" else product * product
        return product

    def walk_ratpower(self, base: Term, exponent: Number) -> arb_series:
        return (self.walk(t.log(base)) * arb(rational(exponent))).exp()

    def walk_realpower(self, base: Term, exponent: Term) -> arb_series:
        return (self.walk(t.log(base)) * self.walk(exponent)).exp()

    walk_natpower = walk_realpower

    def walk_lambertw(self, term: Term, branch: Number) -> arb_series:
        if branch.value != 0:
            raise RejectedError("no series of the lower branch of Lambert W")
        return self.walk(term).lambertw()


def _finite(series: arb_series, length: int) -> list[arb]:
    found = [series[k] for k in range(length)]
    if series.prec < length or not all(ball.is_finite() for ball in found):
        raise RejectedError("a coefficient is not finite")
    return found


def decided_by_series(relation: Relation, box: Mapping[Symbol, Interval], order: int) -> bool:
    """Tell whether Taylor's theorem shows that an inequality holds on a compact box.

    Theorem. Let f = right - left be n times continuously differentiable on the closed interval B of its
    only variable, c_k its Taylor coefficients at a point c of B, and R contain f^(n)/n! on B. For x in
    B and d = x - c, f(x) is in the sum of c_k d^k for k < n, plus R d^n; and f'(x) is in the sum of
    k c_k d^(k-1), plus n R d^(n-1) (Taylor's theorem for f', with Lagrange's remainder). If all of the
    latter have one sign, f is least at an end. Signs of both are read from Bernstein coefficients.
    Other variables must have one value each.
    Raises RejectedError where f has no finite series on B.
    """
    if relation.operator == "=":
        return False
    f = t.sub(relation.right, relation.left)
    part = {x: Interval(box[x].low, box[x].high) for x in t.symbols_of(f)}
    moving = [x for x, interval in part.items() if interval.low != interval.high]
    if len(moving) != 1 or not all(abs(a.low) < iv.INF and abs(a.high) < iv.INF for a in part.values()):
        return False
    if Evaluator(part).walk(f).defined is not True:
        return False
    (x,) = moving
    low, high = part[x].low, part[x].high
    centre = ((low + high) / 2).mid()
    before = ctx.cap
    ctx.cap = order + 1
    try:
        near = Series(part | {x: Interval(centre, centre)}, x, order).coefficients(f)
        far = Series(part, x, order + 1).coefficients(f)
    finally:
        ctx.cap = before
    coefficients = [*near, far[order]]
    d = Interval(iv.down(low - centre), iv.up(high - centre))
    slope = bernstein([k * c for k, c in enumerate(coefficients)][1:], d.low, d.high).sign()
    if slope:
        end = low if slope > 0 else high
        total = Evaluator(part | {x: Interval(end, end)}).walk(f).at
    elif bernstein(coefficients, d.low, d.high).positive():
        return True
    elif relation.operator == "<=" and coefficients[0] == 0:
        # A contact at the centre, where even powers are least.
        total = _sum(coefficients, d)
    else:
        return False
    return bool(total.low > 0 or (relation.operator == "<=" and total.low == 0))


def _sum(coefficients: list[arb], d: Interval) -> Interval:
    """Return the range of a polynomial in d, term by term."""
    total = Interval(iv.ZERO, iv.ZERO)
    for k, c in enumerate(coefficients):
        total = iv.add(total, iv.mul(Interval(iv.down(c), iv.up(c)), iv.power(d, k)))
    return total
