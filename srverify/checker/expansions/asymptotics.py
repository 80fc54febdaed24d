"""Values that grow, vanish or stay bounded as a small d > 0 goes to 0, with what is left bounded.

A ``Value`` stands for a function ``exp(g) * (s_0 + L*s_1 + ...)`` on (0, D] with L = log(d) and series
s_i (``truncated``); g is a finite sum of ``c*L^l/d^k`` with exact numbers c, k >= 0.
Operations raise RejectedError unless they are defined at every d in (0, D].

Theorem used (Taylor's): an analytic f has ``f(c + w) = sum of f_k*w^k (k < n) + f_n*w^n``, f_k being its
Taylor coefficients at c and f_n one at a point between c and c + w. Here w may have logarithms, as long
as each comes with a power of d: then w is bounded on (0, D] and goes to 0.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeAlias

from flint import arb, arb_series, ctx, fmpq

from srverify.checker.enclosures import interval as iv
from srverify.checker.expansions.truncated import Exact, Ring, Series
from srverify.checker.rejected import RejectedError

#: ``c*L^l/d^k`` by (k, l).
Growth: TypeAlias = Mapping[tuple[int, int], Exact]
HALF = fmpq(1, 2)
#: Powers of d that are not whole are bounded by whole ones up to this.
_MAX_POWER = 1e9
#: Higher powers of log(d) are bounded by powers of d.
_MAX_LOGS = 4


class Value(NamedTuple):
    """``exp(growth) * (parts[0] + L*parts[1] + ...)``."""

    parts: tuple[Series, ...]
    growth: Growth = {}  # noqa: RUF012 - never changed


class Values:
    """Arithmetic of values over (0, D], with series of at most so many terms."""

    def __init__(self, end: arb, length: int) -> None:
        self.ring = Ring(end, length)
        self.constants = self.ring.constants

    def number(self, value: Exact | int) -> Value:
        """Return a constant."""
        return Value((self.ring.constant(fmpq(value) if isinstance(value, int) else value),))

    def plain(self, value: Value) -> Series:
        """Return a value without logarithms of d and without growth as a series."""
        if value.growth:
            raise RejectedError("an argument grows too fast")
        return self.single(value)

    def single(self, value: Value) -> Series:
        """Return the only part of a value."""
        if len(value.parts) > 1:
            raise RejectedError("an argument has logarithms of the distance")
        return value.parts[0]

    def _trimmed(self, parts: list[Series], growth: Growth) -> Value:
        while len(parts) > 1 and parts[-1].is_zero:
            parts.pop()
        while len(parts) > _MAX_LOGS + 1:
            # d*L^j is bounded.
            j, s = len(parts) - 1, parts.pop()
            if not s.is_zero:
                bounded = Series(s.low - 1, (), self._log_power(1, j) * self.ring.range(s))
                parts[0] = self.ring.add(parts[0], bounded)
        # exp(n*L) is a power of d.
        power = growth.get((0, 1))
        if isinstance(power, fmpq) and power.q == 1:
            parts = [self.ring.shifted(s, int(power.p)) for s in parts]
            growth = {key: c for key, c in growth.items() if key != (0, 1)}
        return Value(tuple(parts), growth)

    def _joined(self, a: Growth, b: Growth, factor: fmpq) -> Growth:
        """Return ``a + factor*b``."""
        total = dict(a)
        for key, c in b.items():
            more = self.constants.mul(factor, c)
            total[key] = self.constants.add(total.get(key, fmpq(0)), more)
        return {key: c for key, c in total.items() if c != 0}

    def add(self, a: Value, b: Value) -> Value:
        """Return a sum: a part that grows less is brought to the growth of the other one."""
        if all(s.is_zero for s in a.parts) or all(s.is_zero for s in b.parts):
            return b if all(s.is_zero for s in a.parts) else a
        gap = self._joined(a.growth, b.growth, fmpq(-1))
        if gap:
            # exp(gap) is a factor of a where b is the larger one.
            key = max(gap)
            size = self.constants.ball(gap[key])
            sign = 1 if size > 0 else -1 if size < 0 else 0
            if not sign:
                raise RejectedError("a growth of unknown sign")
            if key[1] % 2:
                sign = -sign
            if sign > 0:
                return self.add(b, a)
            flat = self._vanishing(gap)
            a = Value(tuple(self.ring.mul(flat, s) for s in a.parts), b.growth)
        count = max(len(a.parts), len(b.parts))
        zero = self.ring.constant(fmpq(0))
        sides = [[*v.parts, *[zero] * (count - len(v.parts))] for v in (a, b)]
        parts = [self.ring.add(*pair) for pair in zip(*sides, strict=True)]
        return self._trimmed(parts, b.growth if gap else a.growth)

    def _vanishing(self, gap: Growth) -> Series:
        """Enclose ``exp(gap)``, which goes to 0.

        Theorem. If ``gap*d^k <= -c < 0`` on (0, D], k >= 1, then exp(gap) <= exp(-c/d^k), and
        exp(-c/d^k)/d^n, whose logarithm has the slope (k*c/d^k - n)/d, increases for d^k <= k*c/n: it
        is at most its value at D there. If gap = c*L, c > 0, then exp(gap) = d^c <= d^n*D^(c - n) for
        n <= c.
        """
        end, (k, _) = self.ring.end, max(gap)
        if not end <= 1:
            raise RejectedError("an end too far away")
        if k == 0:
            if gap.keys() != {(0, 1)}:
                raise RejectedError("no bound of a power")
            power = self.constants.ball(gap[0, 1])
            n = max(0, math.floor(min(float(power), _MAX_POWER)))
            if not power > n:
                raise RejectedError("no bound of a power")
            return Series(n, (), arb(0).union(end ** (power - n)))
        top = arb(0)
        for (i, j), c in gap.items():
            size = self.constants.ball(c)
            if (i, j) == max(gap):
                # c*L^j is negative, and at most what it is with log(D) for L.
                if not size * (-1) ** j < 0:
                    raise RejectedError("a growth of unknown sign")
                top = top + size * (self._least_log() ** j if j else 1)
            else:
                top = top + size * self._log_power(k - i, j)
        slope = -iv.up(top)
        if not slope > 0:
            raise RejectedError("no bound of an exponential")
        power = end**k
        n = next((n for n in range(2 * self.ring.length, 0, -1) if k * slope >= n * power), 0)
        return Series(n, (), arb(0).union((-slope / power).exp() / end**n))

    def _least_log(self) -> arb:
        """Return log(D), which must be negative: L is at most that."""
        log = self.ring.end.log()
        if not log < 0:
            raise RejectedError("an end too far away")
        return log

    def _log_power(self, i: int, j: int) -> arb:
        """Enclose ``d^i*L^j`` on (0, D]."""
        end = self.ring.end
        if j == 0:
            return self.ring.d**i
        log = self._least_log()
        if i == 0:
            raise RejectedError("a logarithm is not bounded")
        # d^i*|L|^j increases up to d = exp(-j/i), and decreases from there on.
        if end < (-arb(fmpq(j, i))).exp():
            return arb(0).union(end**i * log**j)
        return arb(0).union((-arb(fmpq(j, i)) / arb(1).exp()) ** j)

    def neg(self, a: Value) -> Value:
        """Return the negative."""
        return Value(tuple(map(self.ring.neg, a.parts)), a.growth)

    def mul(self, a: Value, b: Value) -> Value:
        """Return a product."""
        parts = [self.ring.constant(fmpq(0))] * (len(a.parts) + len(b.parts) - 1)
        for i, s in enumerate(a.parts):
            for j, u in enumerate(b.parts):
                parts[i + j] = self.ring.add(parts[i + j], self.ring.mul(s, u))
        return self._trimmed(parts, self._joined(a.growth, b.growth, fmpq(1)))

    def inverse(self, a: Value) -> Value:
        """Return 1/a."""
        growth = self._joined({}, a.growth, fmpq(-1))
        if len(a.parts) == 1:
            return Value((self.ring.inverse(a.parts[0]),), growth)
        low, c, w = self.parted(a)
        near = [self.constants.inverse(c)]
        for _ in range(1, self.ring.length):
            near.append(self.constants.mul(fmpq(-1), self.constants.mul(near[-1], near[0])))
        found = self.taylor(c, w, near, lambda b: 1 / b)
        return self._trimmed([self.ring.shifted(s, -low) for s in found.parts], growth)

    def parted(self, value: Value) -> tuple[int, Exact, Value]:
        """Return (low, c, w): a value is ``exp(growth)*d^low*(c + w)``, c not 0 and w going to 0."""
        first, *others = (self.ring.stripped(s) for s in value.parts)
        if not first.terms:
            raise RejectedError("a leading term is not known")
        low, c = first.low, first.terms[0]
        if any(not s.is_zero and s.low <= low for s in others):
            raise RejectedError("a logarithm of the distance leads")
        moved = self.moving(first._replace(low=0))
        return low, c, Value((moved, *(self.ring.shifted(s, -low) for s in others)))

    def bound(self, value: Value) -> arb:
        """Enclose a value without growth; raises RejectedError if it is not bounded."""
        if value.growth:
            raise RejectedError("an argument grows too fast")
        total = arb(0)
        for j, part in enumerate(value.parts):
            s = self.ring.stripped(part)
            if s.is_zero:
                continue
            if s.low < (1 if j else 0):
                raise RejectedError("an argument is not bounded")
            total = total + self.ring.range(s) * self._log_power(s.low, j)
        return total

    def taylor(
        self, c: Exact, w: Value, near: list[Exact], f: Callable[[arb_series], arb_series]
    ) -> Value:
        """Return f(c + w) by the Taylor coefficients of f at c; w goes to 0, maybe with logarithms."""
        if len(w.parts) == 1 and not w.growth:
            s = self.ring.add(self.ring.constant(c), w.parts[0])
            return Value((self.composed(s, near, f),))
        centre = self.constants.ball(c)
        ball = centre.union(centre + self.bound(w))
        total = Value((self.ring.within(coefficient(f, ball, len(near))),))
        for coefficient_ in reversed(near):
            total = self.add(self.mul(total, w), self.number(coefficient_))
        return total

    def sign(self, value: Value) -> int:
        """Return the sign that a value certainly has on (0, D]; 0 if unknown."""
        if len(value.parts) == 1:
            size = self.ring.range(self.ring.stripped(value.parts[0]))
        else:
            _, c, w = self.parted(value)
            size = self.constants.ball(c) + self.bound(w)
        return 1 if size > 0 else -1 if size < 0 else 0

    def shows(self, value: Value, *, strict: bool) -> bool:
        """Tell whether a value is certainly positive (or, if not strict, not negative) on (0, D]."""
        parts = [self.ring.stripped(s) for s in value.parts]
        if all(s.is_zero for s in parts):
            return not strict
        low = min(s.low for s in parts if not s.is_zero)
        total = arb(0)
        for j, s in enumerate(parts):
            if s.is_zero:
                continue
            size = self.ring.range(s)
            if s.low == low and j:
                # L^j is beyond log(D)^j, so with the right sign this is at least its value at D.
                if not size * (-1) ** j > 0:
                    return False
                total = total + size * self._least_log() ** j
            else:
                total = total + size * self._log_power(s.low - low, j)
        return bool(total > 0)

    def power(self, base: Value, p: fmpq) -> Value:
        """Return a power of a positive value."""
        if self.sign(base) != 1:
            raise RejectedError("a power needs a positive base")
        low, c, w = self.parted(base)
        growth = self._joined({}, base.growth, p)
        if low:
            growth = self._joined(growth, {(0, 1): p * low}, fmpq(1))
        found = self.taylor(c, w, self.binomial(c, p), lambda a: (a.log() * arb(p)).exp())
        return self._trimmed(list(found.parts), growth)

    def binomial(self, c: Exact, p: fmpq) -> list[Exact]:
        """Return the Taylor coefficients of ``x^p`` at c > 0."""
        ratio = self.constants.inverse(c)
        first = self.constant_power(c, p)
        found = [first]
        for k in range(1, self.ring.length):
            factor = self.constants.mul((p - k + 1) / k, ratio)
            found.append(self.constants.mul(found[-1], factor))
        return found

    def constant_power(self, c: Exact, p: fmpq) -> Exact:
        """Return ``c^p``, c > 0."""
        return self.exp_constant(self.constants.mul(p, self.log_constant(c)))

    def composed(self, s: Series, near: list[Exact], f: Callable[[arb_series], arb_series]) -> Series:
        """Return f(s), s having no negative powers, by the Taylor coefficients of f at s(0)."""
        ball = self.constants.ball(s.term(0)).union(self.everywhere(s))
        return self.ring.composed(near, coefficient(f, ball, len(near)), self.moving(s))

    def moving(self, s: Series) -> Series:
        """Return a series less its value at 0."""
        return self.ring.add(s, self.ring.constant(self.constants.mul(fmpq(-1), s.term(0))))

    def everywhere(self, s: Series) -> arb:
        """Enclose a series without negative powers."""
        if s.low < 0:
            raise RejectedError("an argument goes to infinity")
        return self.ring.range(s) * self.ring.d**s.low

    def exp(self, value: Value) -> Value:
        """Return the exponential: what grows is kept as it is, for the rest there is a series."""
        if value.growth:
            raise RejectedError("an exponent grows too fast")
        growth: dict[tuple[int, int], Exact] = {}
        rest: list[Series] = []
        for j, part in enumerate(value.parts):
            s = self.ring.stripped(part)
            bound = 0 if j == 0 else 1
            if not s.is_exact and s.low + len(s.terms) < bound:
                raise RejectedError("an exponent is not known well enough")
            for k, c in enumerate(s.terms):
                if s.low + k < bound and c != 0:
                    growth[-(s.low + k), j] = c
            rest.append(self.ring.stripped(_from(s, bound)))
        c = rest[0].term(0)
        first = self.exp_constant(c)
        near = [self.constants.mul(fmpq(1, math.factorial(k)), first) for k in range(self.ring.length)]
        while len(rest) > 1 and rest[-1].is_zero:
            rest.pop()
        w = Value((self.moving(rest[0]), *rest[1:]))
        found = self.taylor(c, w, near, lambda a: a.exp())
        return self._trimmed(list(found.parts), growth)

    def exp_constant(self, c: Exact) -> Exact:
        """Return exp(c): a product of powers of e and of the constants whose logarithms c is made of."""
        total: Exact = fmpq(1)
        linear, rest = self.constants.linear(c)
        for key, factor in linear.items():
            whole = int(factor.p // factor.q)
            base = self._base(key)
            part = self.constants.root(key, base, factor - whole)
            for _ in range(min(abs(whole), 64)):
                total = self.constants.mul(total, base if whole > 0 else self.constants.inverse(base))
            if abs(whole) > 64:
                raise RejectedError("too large a power of a constant")
            total = self.constants.mul(total, part)
        if rest != 0:
            total = self.constants.mul(total, self.constants.exponential(rest))
        return total

    def _base(self, key: object) -> Exact:
        """Return the constant whose logarithm has a key: None stands for e, a number for itself."""
        if isinstance(key, int):
            return fmpq(key)
        return self.constants.named("e", arb(1).exp()) if key is None else self.constants.known(key)

    def log(self, value: Value) -> Value:
        """Return the logarithm of a positive value."""
        if self.sign(value) != 1:
            raise RejectedError("a logarithm needs a positive argument")
        low, c, w = self.parted(value)
        growth = dict(value.growth)
        if low:
            growth = dict(self._joined(growth, {(0, 1): fmpq(low)}, fmpq(1)))
        near = [self.log_constant(c)]
        ratio = self.constants.inverse(c)
        current: Exact = fmpq(1)
        for k in range(1, self.ring.length):
            current = self.constants.mul(current, ratio)
            near.append(self.constants.mul(fmpq((-1) ** (k + 1), k), current))
        total = self.taylor(c, w, near, lambda a: a.log())
        for (k, j), factor in growth.items():
            zeros = [self.ring.constant(fmpq(0))] * j
            total = self.add(total, Value((*zeros, Series(-k, (factor,), arb(0)))))
        return total

    def log_constant(self, c: Exact) -> Exact:
        """Return log(c), c > 0: of a product of powers as a sum over primes and constants."""
        powers = self.constants.factors(c)
        if powers is None:
            return self.constants.named(("log", str(c)), self.constants.ball(c).log())
        total: Exact = fmpq(0)
        for key, exponent in powers.items():
            log = self.constants.logarithm(key)
            total = self.constants.add(total, self.constants.mul(fmpq(exponent), log))
        return total


def _from(s: Series, power: int) -> Series:
    """Return what a series has from a power of d on."""
    if s.low >= power:
        return s
    return Series(power, s.terms[power - s.low :], s.rest)


def _all_coefficients(f: Callable[[arb_series], arb_series], ball: arb, n: int) -> list[arb]:
    before = ctx.cap
    ctx.cap = n
    try:
        found = f(arb_series([ball, arb(1)], prec=n))
    finally:
        ctx.cap = before
    values = [found[k] for k in range(n)]
    if found.prec < n or not all(value.is_finite() for value in values):
        raise RejectedError("a coefficient is not finite")
    return values


def coefficient(f: Callable[[arb_series], arb_series], ball: arb, n: int) -> arb:
    """Return the Taylor coefficient of order n of a function on a ball."""
    return _all_coefficients(f, ball, n + 1)[n]
