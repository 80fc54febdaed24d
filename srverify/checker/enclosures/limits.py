"""Limits of terms at an end of a variable's domain, the other variables being fixed.

The rules are those of determinate limits (inf + inf, c*inf for c != 0, 1/0 from one side, exp(-inf) = 0
and so on). What is indeterminate is brought into another form: a quotient 0/0, or one with an infinite
divisor, by l'Hospital's rule: if f and g are smooth near the end, g' does not vanish there, and f'/g'
has a limit, f/g has the same. A product 0*inf is such a quotient, in two ways; from a sum inf - inf an
infinite part is factored out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from flint import ctx

from srverify.checker.enclosures import interval as iv
from srverify.checker.enclosures.derivative import derivative, differentiability
from srverify.checker.enclosures.evaluation import DEFAULT_PRECISION, Evaluator, interval_of
from srverify.checker.enclosures.functions import RULES
from srverify.checker.enclosures.interval import Interval, rational
from srverify.checker.enclosures.polynomial import former
from srverify.checker.rejected import RejectedError
from srverify.language import term as t
from srverify.language.definedness import joined
from srverify.language.formula import And, Formula, Or, Relation
from srverify.language.statement import Domain
from srverify.language.term import Number, Symbol, Term

_NULL = Interval(iv.ZERO, iv.ZERO)
#: How often indeterminate forms may be transformed inside one another.
_MAX_DEPTH = 6
#: How often they may be transformed in all.
_MAX_TRANSFORMED = 200
#: What they are transformed to may have so many nodes in all.
_MAX_SIZE = 8_000


class Limit(NamedTuple):
    """The limit of a term: infinite (``inf`` is its sign), or in ``at``; and how it is approached.

    ``side``: near the end the term is above (1) or below (-1) its limit, equals it (0), or None.
    """

    at: Interval
    inf: int = 0
    side: int | None = None

    @property
    def definite(self) -> int:
        """The sign of the limit if it is not 0, else 0."""
        return self.inf or (1 if _positive(self.at) else -1 if _positive(iv.neg(self.at)) else 0)

    @property
    def sign(self) -> int | None:
        """The sign of the term near the end, if known."""
        return self.definite or (self.side if self.at == _NULL else None)


def _positive(at: Interval) -> bool:
    return bool(at.low > 0 or (at.low == 0 and at.low_open))


def _infinite(sign: int) -> Limit:
    return Limit(iv.LINE, sign)


def _same(*sides: int | None) -> int | None:
    """Return the side of a sum of deviations."""
    moving = set(sides) - {0}
    return 0 if not moving else moving.pop() if len(moving) == 1 else None


class _IndeterminateError(RejectedError):
    """The limit is not determined by those of the parts."""

    def __init__(self) -> None:
        super().__init__("the limit is not determinate")


class Limits(t.TermWalker[Limit]):
    """Limits for one variable at one end; raises RejectedError where they are not found."""

    def __init__(self, domains: Mapping[Symbol, Domain], x: Symbol, end: str) -> None:
        self._x = x
        domain = domains[x]
        value = domain.lower if end == "low" else domain.upper
        side = 1 if end == "low" else -1
        point = _infinite(-side) if value is None else Limit(iv.exact(rational(value)), 0, side)
        self._others = Evaluator({y: interval_of(at) for y, at in domains.items() if y != x})
        self._known: dict[Term, Limit] = {self._x: point}
        self._depth = self._transformed = self._size = 0

    def walk(self, term: Term) -> Limit:
        """Return the limit of a term, computed once."""
        found = self._known.get(term)
        if found is None:
            found = self._known[term] = self._constant(term) or super().walk(term)
        return found

    def _constant(self, term: Term) -> Limit | None:
        if self._x in t.symbols_of(term):
            return None
        value = self._others.walk(term)
        if value.defined is not True:
            raise RejectedError(f"{term} may be undefined")
        return Limit(value.at, 0, 0)

    def _deeper(self, *terms: Term) -> Limit:
        """Return the limit of a sum of terms, each in normal form."""
        self._transformed += 1
        if self._depth >= _MAX_DEPTH or self._transformed > _MAX_TRANSFORMED:
            raise _IndeterminateError
        forms = former(terms)
        written = t.add(*(forms.written(forms.walk(term)) for term in terms))
        self._size += sum(1 for _ in t.subterms(written))
        if self._size > _MAX_SIZE:
            raise _IndeterminateError
        self._depth += 1
        try:
            return self.walk(written)
        finally:
            self._depth -= 1

    def walk_add(self, *terms: Term) -> Limit:
        parts = [self.walk(term) for term in terms]
        infinite = {part.inf for part in parts} - {0}
        if len(infinite) == 1:
            return _infinite(infinite.pop())
        if infinite:
            return self._dominated(terms, parts)
        at = parts[0].at
        for part in parts[1:]:
            at = iv.add(at, part.at)
        return Limit(at, 0, _same(*(part.side for part in parts)))

    def _dominated(self, terms: tuple[Term, ...], parts: list[Limit]) -> Limit:
        for term, part in zip(terms, parts, strict=True):
            if part.inf:
                try:
                    ratio = self._deeper(*(t.div(other, term) for other in terms))
                except RejectedError:
                    continue
                if ratio.definite:
                    return _infinite(part.inf * ratio.definite)
        raise _IndeterminateError

    def walk_neg(self, term: Term) -> Limit:
        found = self.walk(term)
        return Limit(iv.neg(found.at), -found.inf, None if found.side is None else -found.side)

    def walk_mul(self, *terms: Term) -> Limit:
        product, sofar = self.walk(terms[0]), terms[0]
        for term in terms[1:]:
            product, sofar = self._times(product, self.walk(term), sofar, term), t.mul(sofar, term)
        return product

    def _times(self, a: Limit, b: Limit, left: Term, right: Term) -> Limit:
        if 0 in (a.sign, b.sign):
            return Limit(_NULL, 0, 0)
        if a.inf or b.inf:
            if a.definite and b.definite:
                return _infinite(a.definite * b.definite)
            return self._quotients(left, right)
        at = iv.mul(a.at, b.at)
        if at == _NULL:
            side = a.sign * b.sign if a.sign and b.sign else None
        elif a.definite and b.definite and a.side is not None and b.side is not None:
            side = _same(a.side * b.definite, b.side * a.definite)
        else:
            side = None
        return Limit(at, 0, side)

    def _quotients(self, left: Term, right: Term) -> Limit:
        """Return the limit of a product 0*inf, as one of two quotients."""
        for above, below in ((left, right), (right, left)):
            try:
                return self._hospital(above, t.div(t.number(1), below))
            except RejectedError:
                continue
        raise _IndeterminateError

    def _hospital(self, f: Term, g: Term) -> Limit:
        above, below = self.walk(f), self.walk(g)
        if not below.inf and not (above.at == below.at == _NULL and not above.inf):
            raise _IndeterminateError
        smooth = joined(differentiability(f, self._x), differentiability(g, self._x))
        df, dg = derivative(f, self._x), derivative(g, self._x)
        if dg is None or not all(map(self._holds, smooth)) or not self._deeper(dg).sign:
            raise _IndeterminateError
        found = self._deeper(t.div(df or t.number(0), dg))
        return found._replace(side=None)

    def _holds(self, formula: Formula) -> bool:
        """Tell whether a formula holds near the end."""
        if isinstance(formula, And | Or):
            return (all if isinstance(formula, And) else any)(map(self._holds, formula.parts))
        assert isinstance(formula, Relation)
        sign = self.walk(t.sub(formula.right, formula.left)).sign
        return sign is not None and {"<": sign > 0, "<=": sign >= 0, "=": sign == 0}[formula.operator]

    def walk_div(self, left: Term, right: Term) -> Limit:
        below, inverse = self._inverse(self.walk(right)), t.div(t.number(1), right)
        if below is None:
            return self._hospital(left, right)
        return self._times(self.walk(left), below, left, inverse)

    @staticmethod
    def _inverse(a: Limit) -> Limit | None:
        if a.inf:
            return Limit(_NULL, 0, a.inf)
        if a.definite:
            return Limit(iv.inverse(a.at), 0, None if a.side is None else -a.side)
        return _infinite(a.sign) if a.sign else None

    def walk_power(self, base: Term, exponent: Number) -> Limit:
        a, n = self.walk(base), int(exponent)
        if n == 0:
            return Limit(iv.power(_NULL, 0), 0, 0)
        if n < 0:
            found = self._inverse(self.walk(t.power(base, t.number(-n))))
            if found is None:
                raise _IndeterminateError
            return found
        flip = 1 if n % 2 else a.sign
        side = None if flip is None or a.side is None else a.side * flip
        return Limit(iv.power(a.at, n), a.inf**n, side)

    def _increasing(
        self, term: Term, function: Callable[[Interval], Interval], low: Limit, high: Limit
    ) -> Limit:
        """Return the limit under an increasing function, given those at the ends of its domain."""
        a = self.walk(term)
        if a.inf:
            return low if a.inf < 0 else high
        return Limit(function(a.at), 0, a.side)

    def walk_exp(self, term: Term) -> Limit:
        return self._increasing(term, iv.exp, Limit(_NULL, 0, 1), _infinite(1))

    def walk_log(self, term: Term) -> Limit:
        a = self.walk(term)
        if a.definite > 0:
            return self._increasing(term, iv.log, _infinite(-1), _infinite(1))
        if a.sign == 1:
            return _infinite(-1)
        raise _IndeterminateError

    def walk_sqrt(self, term: Term) -> Limit:
        return self.walk_ratpower(term, t.literal(t.number("1/2")))

    def walk_ratpower(self, base: Term, exponent: Number) -> Limit:
        if self.walk(base).sign not in (0, 1):
            raise _IndeterminateError
        p = abs(rational(exponent))
        found = self._increasing(base, lambda at: iv.rational_power(at, p), _infinite(1), _infinite(1))
        inverse = self._inverse(found) if exponent.value < 0 else found
        if inverse is None:
            raise _IndeterminateError
        return inverse

    def walk_realpower(self, base: Term, exponent: Term) -> Limit:
        return self.walk(t.exp(t.mul(exponent, t.log(base))))

    def walk_natpower(self, base: Term, exponent: Term) -> Limit:
        if self.walk(base).sign != 1:
            raise _IndeterminateError
        return self.walk_realpower(base, exponent)

    def walk_abs(self, term: Term) -> Limit:
        sign = self.walk(term).sign
        if sign is None:
            raise _IndeterminateError
        return self.walk(term) if sign >= 0 else self.walk_neg(term)

    def walk_lambertw(self, term: Term, branch: Number) -> Limit:
        a = self.walk(term)
        if branch.value == 0 and (a.inf > 0 or (not a.inf and a.at.low > -iv.ONE / 3)):
            return self._increasing(term, lambda at: iv.lambertw(at, 0), _infinite(1), _infinite(1))
        if branch.value == -1 and a.at == _NULL and a.sign == -1:
            return _infinite(-1)
        raise _IndeterminateError

    def walk_function(self, name: str, argument: Term) -> Limit:
        a, rule = self.walk(argument), RULES[name]
        end = None
        if a.inf:
            end = rule.low if a.inf < 0 else rule.high
        elif rule.inside(a.at):
            direction = None if a.side is None else 0 if a.side == 0 else rule.direction(a.at)
            side = None if a.side is None or direction is None else a.side * direction
            return Limit(rule.image(a.at), 0, side)
        elif a.at == _NULL and a.sign == 1:
            end = rule.pole
        if end is None:
            raise _IndeterminateError
        if not end.at.is_finite():
            return _infinite(1 if end.at > 0 else -1)
        return Limit(Interval(iv.down(end.at), iv.up(end.at)), 0, end.side)


def limit_sign(
    domains: Mapping[Symbol, Domain], goal: Relation, x: Symbol, end: str, operator: str
) -> bool:
    """Tell whether right less left has a limit at an end of x that is certainly > 0, or for ``<=`` >= 0.

    The other variables are fixed, anywhere in their ``domains``.
    """
    with ctx.workprec(DEFAULT_PRECISION):
        found = Limits(domains, x, end).walk(t.sub(goal.right, goal.left))
    return found.definite > 0 or (operator == "<=" and not found.inf and bool(found.at.low >= 0))
