"""Rigorous evaluation of terms and formulas with Arb: on boxes, and decisively at exact points.

Every value is a ball that encloses the term wherever it is defined, together with what is known about
definedness: certainly defined, certainly undefined, or undecided. Rational values are carried exactly
beside the ball, so that ``x/x = 1`` or ``sqrt(1/4) = 1/2`` is decided and not approximated.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias, TypeVar

from flint import arb, ctx, fmpq, fmpz

from srverify.checker.enclosures.angles import value_at
from srverify.checker.enclosures.functions import RULES
from srverify.checker.enclosures.interval import Interval, down, up
from srverify.language import term as t
from srverify.language.formula import And, Formula, Or, Relation, normal, terms
from srverify.language.statement import Statement
from srverify.language.term import Number, Symbol, Term
from srverify.numerics.lambertw_ball import lambertw_ball
from srverify.numerics.rational_eval import rational_value
from srverify.numerics.reals import ClosedForm, Real, Root, Zeros, in_domain

#: Working precisions of ``holds_at``, in bits: each doubles the one before.
FIRST_PRECISION = 64
MAX_PRECISION = 2048
#: Algebra, not precision, decides what is exactly 0 at irrational points.
MAX_IRRATIONAL_PRECISION = 512
#: Exact rationals beyond this many bits are dropped and only enclosed.
_MAX_EXACT_BITS = 1 << 14
#: Literal powers up to this are multiplied out.
_MAX_MULTIPLIED_POWER = 64

T = TypeVar("T")
Exact: TypeAlias = int | Fraction | Number | fmpq
#: A coordinate of a point: exact, perhaps irrational.
Coordinate: TypeAlias = int | Fraction | Number | fmpq | Root | ClosedForm

#: Functions whose enclosures elsewhere say little beyond this argument: there they grow slowly.
_FAR = arb(1 << 30)
_FAR_OUT: dict[str, Callable[[arb], arb]] = {
    "loggamma": lambda x: x.lgamma(),
    "digamma": lambda x: x.digamma(),
}

_LINE = arb(0, arb("inf"))
_ZERO = arb(0)
_NAN = arb("nan")


@dataclass(frozen=True, slots=True)
class Value:
    """What is known of a term over a set of points.

    Parameters
    ----------
    ball
        Encloses the term at every point of the set at which it is defined.
    defined
        ``True``: defined at every point; ``False``: at none; ``None``: undecided.
    exact
        The value itself where it is known to be one rational number.
    """

    ball: arb
    defined: bool | None = True
    exact: fmpq | None = None


_UNDEFINED = Value(_NAN, False)


def rational(value: Exact) -> fmpq:
    """Return an exact number as a FLINT rational."""
    if isinstance(value, fmpq):
        return value
    if isinstance(value, int | Fraction):
        return fmpq(value.numerator, value.denominator)
    return fmpq(int(value.p), int(value.q))


def _exact(value: fmpq) -> Value:
    if max(value.p.bit_length(), value.q.bit_length()) > _MAX_EXACT_BITS:
        return Value(arb(value))
    return Value(arb(value), True, value)


def _join(*values: Value) -> bool | None:
    """Definedness of an operation that is defined wherever its arguments are."""
    if any(value.defined is False for value in values):
        return False
    return True if all(value.defined for value in values) else None


def _all_exact(values: list[Value]) -> list[fmpq] | None:
    found = [value.exact for value in values if value.exact is not None]
    return found if len(found) == len(values) else None


def _weaker(known: bool | None, condition: bool | None) -> bool | None:
    if known is False or condition is False:
        return False
    return True if known and condition else None


def _positive(value: Value) -> bool | None:
    if value.exact is not None:
        return bool(value.exact > 0)
    if value.ball > 0:
        return True
    return False if value.ball <= 0 else None


def _nonnegative(value: Value) -> bool | None:
    if value.exact is not None:
        return bool(value.exact >= 0)
    if value.ball >= 0:
        return True
    return False if value.ball < 0 else None


def _zero_power(value: Value, power: Value) -> bool | None:
    """Tell whether a power is 0 to a positive exponent, or one of a positive base."""
    return _weaker(_nonnegative(value), _positive(power))


def _either(one: bool | None, other: bool | None) -> bool | None:
    if one or other:
        return True
    return False if one is False and other is False else None


def _nonzero(value: Value) -> bool | None:
    if value.exact is not None:
        return bool(value.exact != 0)
    if value.ball > 0 or value.ball < 0:
        return True
    return False if value.ball == 0 else None


def _finite(ball: arb) -> arb:
    """Replace nan, Arb's 'no information', by the whole line."""
    return _LINE if ball.is_nan() else ball


class TermEvaluator(t.TermWalker[Value]):
    """Evaluate terms over a set given by one ball (or exact rational) per variable.

    Uses the precision of ``flint.ctx`` at the time of the call; raises KeyError for a variable
    without a value.

    >>> from srverify.language.parser import parse_term
    >>> TermEvaluator({t.variable("x"): fmpq(1, 4)}).walk(parse_term("sqrt(x) - 1/2")).exact
    0
    """

    def __init__(
        self,
        point: Mapping[Symbol, arb | fmpq],
        zeros: Callable[[Term], bool] = lambda _: False,
    ) -> None:
        self._point = point
        #: Shows that a term is exactly 0 where it is defined.
        self.zeros = zeros
        self._known: dict[Term, Value] = {}

    def walk(self, term: Term) -> Value:
        """Return the value of a term, computed once per evaluator."""
        found = self._known.get(term)
        if found is None:
            found = super().walk(term)
            doubtful = found.exact is None and found.defined and found.ball.contains(0)
            if doubtful and self.zeros(term):
                found = _exact(fmpq(0))
            self._known[term] = found
        return found

    def walk_number(self, value: Number) -> Value:
        return _exact(rational(value))

    def walk_variable(self, symbol: Symbol) -> Value:
        value = self._point[symbol]
        return _exact(value) if isinstance(value, fmpq) else Value(value)

    def _all(self, terms: tuple[Term, ...]) -> tuple[list[Value], bool | None]:
        values = [self.walk(term) for term in terms]
        return values, _join(*values)

    def walk_add(self, *terms: Term) -> Value:
        values, defined = self._all(terms)
        if defined is False:
            return _UNDEFINED
        if (exact := _all_exact(values)) is not None:
            return _exact(sum(exact, fmpq(0)))
        return Value(_finite(sum((value.ball for value in values), _ZERO)), defined)

    def walk_mul(self, *terms: Term) -> Value:
        values, defined = self._all(terms)
        if defined is False:
            return _UNDEFINED
        if defined and any(value.exact == 0 for value in values if value.exact is not None):
            return _exact(fmpq(0))
        if (exact := _all_exact(values)) is not None:
            return _exact(math.prod(exact, start=fmpq(1)))
        ball = values[0].ball
        for value in values[1:]:
            ball = ball * value.ball
        return Value(_finite(ball), defined)

    def walk_neg(self, term: Term) -> Value:
        value = self.walk(term)
        if value.exact is not None:
            return _exact(-value.exact)
        return Value(-value.ball, value.defined)

    def walk_div(self, left: Term, right: Term) -> Value:
        numerator, denominator = self.walk(left), self.walk(right)
        defined = _weaker(_join(numerator, denominator), _nonzero(denominator))
        if defined is False:
            return _UNDEFINED
        if defined and numerator.exact is not None:
            if denominator.exact is not None:
                return _exact(numerator.exact / denominator.exact)
            if numerator.exact == 0:
                return numerator
        return Value(_finite(numerator.ball / denominator.ball), defined)

    def walk_power(self, base: Term, exponent: Number) -> Value:
        return self._integer_power(self.walk(base), int(exponent))

    def _integer_power(self, value: Value, n: int) -> Value:
        defined = value.defined if n >= 0 else _weaker(value.defined, _nonzero(value))
        if defined is False:
            return _UNDEFINED
        if n == 0:
            return Value(arb(1), defined, fmpq(1) if defined else None)
        if defined and value.exact is not None:
            if value.exact == 0 or abs(value.exact) == 1:
                return _exact(value.exact if n % 2 else abs(value.exact))
            bits = max(value.exact.p.bit_length(), value.exact.q.bit_length())
            if bits * abs(n) <= _MAX_EXACT_BITS:
                return _exact(value.exact**n)
        return Value(_power_ball(value.ball, n), defined)

    def walk_natpower(self, base: Term, exponent: Term) -> Value:
        value, power = self.walk(base), self.walk(exponent)
        defined = _join(value, power)
        if defined is False:
            return _UNDEFINED
        if power.exact is not None:
            if power.exact.q != 1 or power.exact < 0:
                return Value(_LINE, None)  # not a natural number: not a point of the domain
            if abs(power.exact) < 1 << 62:
                return self._integer_power(Value(value.ball, defined, value.exact), int(power.exact.p))
        if value.ball > 0:
            return Value(_finite((value.ball.log() * power.ball).exp()), defined)
        return Value(_LINE, defined)

    def walk_ratpower(self, base: Term, exponent: Number) -> Value:
        value, power = self.walk(base), rational(exponent)
        condition = _positive(value) if power < 0 else _nonnegative(value)
        defined = _weaker(value.defined, condition)
        if defined is False:
            return _UNDEFINED
        if defined and value.exact is not None:
            root = _exact_root(value.exact, int(power.q))
            if root is not None:
                return self._integer_power(_exact(root), int(power.p))
        return Value(_positive_power_ball(value.ball, arb(power)), defined)

    def walk_realpower(self, base: Term, exponent: Term) -> Value:
        value, power = self.walk(base), self.walk(exponent)
        defined = _weaker(_join(value, power), _either(_positive(value), _zero_power(value, power)))
        if defined is False:
            return _UNDEFINED
        if defined and value.exact == 0:
            return value
        if defined and power.exact is not None and power.exact.q == 1 and abs(power.exact) < 1 << 62:
            return self._integer_power(value, int(power.exact.p))
        if defined and value.exact == 1:
            return value
        if value.ball > 0:
            return Value(_finite((value.ball.log() * power.ball).exp()), defined)
        return Value(_nonnegative_power_ball(value.ball, power.ball), defined)

    def walk_sqrt(self, term: Term) -> Value:
        value = self.walk(term)
        defined = _weaker(value.defined, _nonnegative(value))
        if defined is False:
            return _UNDEFINED
        if value.exact is not None:
            root = _exact_root(value.exact, 2)
            if root is not None:
                return _exact(root)
        return Value(_sqrt_ball(value.ball), defined)

    def walk_exp(self, term: Term) -> Value:
        value = self.walk(term)
        if value.defined is False:
            return _UNDEFINED
        if value.defined and value.exact == 0:
            return _exact(fmpq(1))
        return Value(_finite(value.ball.exp()), value.defined)

    def walk_log(self, term: Term) -> Value:
        value = self.walk(term)
        defined = _weaker(value.defined, _positive(value))
        if defined is False:
            return _UNDEFINED
        if defined and value.exact == 1:
            return _exact(fmpq(0))
        return Value(_log_ball(value.ball), defined)

    def walk_abs(self, term: Term) -> Value:
        value = self.walk(term)
        if value.defined is False:
            return _UNDEFINED
        if value.exact is not None:
            return _exact(abs(value.exact))
        return Value(abs(value.ball), value.defined)

    def walk_min(self, *terms: Term) -> Value:
        values, defined = self._all(terms)
        if defined is False:
            return _UNDEFINED
        if (exact := _all_exact(values)) is not None:
            return _exact(min(exact))
        ball = values[0].ball
        for value in values[1:]:
            ball = ball.min(value.ball)
        return Value(_finite(ball), defined)

    def walk_max(self, *terms: Term) -> Value:
        values, defined = self._all(terms)
        if defined is False:
            return _UNDEFINED
        if (exact := _all_exact(values)) is not None:
            return _exact(max(exact))
        ball = values[0].ball
        for value in values[1:]:
            ball = ball.max(value.ball)
        return Value(_finite(ball), defined)

    def walk_lambertw(self, term: Term, branch: Number) -> Value:
        value, k = self.walk(term), int(branch)
        below = value.ball + arb(-1).exp()
        if value.defined and below.contains(0) and self.zeros(t.add(term, t.exp(t.number(-1)))):
            return _exact(fmpq(-1))
        condition = True if below >= 0 else False if below < 0 else None
        if k == -1:
            negative = _positive(Value(-value.ball, True, None if value.exact is None else -value.exact))
            condition = _weaker(condition, negative)
        defined = _weaker(value.defined, condition)
        if defined is False:
            return _UNDEFINED
        if defined and k == 0 and value.exact == 0:
            return value
        return Value(_finite(lambertw_ball(value.ball, k, ctx.prec, clip=True)), defined)

    def walk_function(self, name: str, argument: Term) -> Value:
        value, rule = self.walk(argument), RULES[name]
        at = Interval(down(value.ball), up(value.ball))
        inside = rule.inside(at)
        if inside is not True and value.exact is not None:
            # The ball of a rational end of the domain may stick out of it.
            inside = _exactly_inside(name, value.exact)
        elif inside is None and name == "tan" and self.zeros(t.function("cos", argument)):
            inside = False
        defined = _weaker(value.defined, inside)
        if defined is False:
            return _UNDEFINED
        if defined and not t.symbols_of(argument):
            # At numbers and multiples of pi; elsewhere at exact points.
            known = rational_value(t.function(name, argument), {})
            if known is not None:
                return _exact(rational(known))
        elif defined and value.exact is not None:
            exact = Fraction(int(value.exact.p), int(value.exact.q))
            found = value_at(name, (exact, Fraction(0)))
            if found is not None and found[1] == 0:
                return _exact(rational(found[0]))
        if name in _FAR_OUT and value.ball > _FAR and value.ball.is_finite():
            return Value(_finite(_FAR_OUT[name](value.ball)), defined)
        image = rule.image(at)
        return Value(_finite(image.low.union(image.high)), defined)


def _exactly_inside(name: str, value: fmpq) -> bool | None:
    """Tell whether a function is defined at a rational number."""
    low, high = {"asin": (-1, 1), "acos": (-1, 1), "atanh": (-1, 1), "acosh": (1, None)}.get(
        name, (0, None) if name == "loggamma" else (None, None)
    )
    if low is None:
        # gamma and its derivatives have poles at integers; tan at no rational number.
        return True if name == "tan" else not (value.q == 1 and value <= 0)
    if name in ("atanh", "loggamma"):
        return bool(low < value and (high is None or value < high))
    return bool(low <= value and (high is None or value <= high))


def _power_ball(ball: arb, n: int) -> arb:
    """Enclose ``x^n`` over a ball; ``arb ** int`` gives nan on balls around 0."""
    if n < 0:
        return _finite(1 / _power_ball(ball, -n))
    if ball > 0 or ball < 0:
        return _finite(ball ** fmpz(n))
    if n % 2 == 0:
        return _finite(_ZERO.union(ball.abs_upper() ** fmpz(n)))
    low, high = ball.lower(), ball.upper()
    return _finite((-((-low) ** fmpz(n))).union(high ** fmpz(n)))


def _log_ball(ball: arb) -> arb:
    if ball > 0:
        return _finite(ball.log())
    return _LINE


def _sqrt_ball(ball: arb) -> arb:
    if ball >= 0:
        return _finite(ball.sqrt())
    return _finite(_ZERO.union(ball.upper().sqrt()))


def _positive_power_ball(ball: arb, power: arb) -> arb:
    """Enclose ``x^p`` over the nonnegative part of a ball."""
    if ball > 0:
        return _finite((ball.log() * power).exp())
    if power > 0 and ball.upper() > 0:
        return _finite(_ZERO.union((ball.upper().log() * power).exp()))
    return _ZERO if power > 0 else _LINE


def _nonnegative_power_ball(ball: arb, power: arb) -> arb:
    """Enclose ``x^y`` over the positive part of a ball, and its value 0 at 0 where y is positive."""
    top = ball.upper()
    if not (top > 0 and power > 0):
        return _LINE
    # Increasing in x; in y it moves one way for each x.
    ends = [(top.log() * end).exp() for end in (power.lower(), power.upper())]
    return _finite(_ZERO.union(ends[0]).union(ends[1]))


def _exact_root(value: fmpq, degree: int) -> fmpq | None:
    """Return the rational nonnegative root of a nonnegative rational, if it has one."""
    if value < 0 or degree > 64:
        return None
    parts = []
    for part in (value.p, value.q):
        root = part.root(degree)
        if root**degree != part:
            return None
        parts.append(root)
    return fmpq(*parts)


def evaluate(term: Term, point: Mapping[str, Coordinate], precision: int = FIRST_PRECISION) -> Value:
    """Evaluate a term at an exact point, variable name to exact number.

    >>> from srverify.language.parser import parse_term
    >>> evaluate(parse_term("log(x)"), {"x": -1}).defined
    False
    """
    values = {symbol: point[symbol.name] for symbol in t.symbols_of(term)}
    zeros = Zeros({symbol.name: _real(value) for symbol, value in values.items()})

    def compute() -> Value:
        return TermEvaluator({s: _coordinate(v) for s, v in values.items()}, zeros).walk(term)

    return _at_precision(precision, compute)


def _at_precision(precision: int, compute: Callable[[], T]) -> T:
    before = ctx.prec
    ctx.prec = precision
    try:
        return compute()
    finally:
        ctx.prec = before


def decide(formula: Formula, evaluator: TermEvaluator) -> bool | None:
    """Decide a formula in negation normal form over the evaluator's set.

    ``True``: holds at every point of the set; ``False``: at none; ``None``: undecided.
    """
    if isinstance(formula, Relation):
        return _decide_relation(formula, evaluator)
    if not isinstance(formula, And | Or):
        raise TypeError(f"not in negation normal form: {formula}")
    decisive = isinstance(formula, Or)
    undecided = False
    for part in formula.parts:
        found = decide(part, evaluator)
        if found is decisive:
            return decisive
        undecided = undecided or found is None
    return None if undecided else not decisive


def _decide_relation(relation: Relation, evaluator: TermEvaluator) -> bool | None:
    left, right = evaluator.walk(relation.left), evaluator.walk(relation.right)
    defined = _join(left, right)
    if defined is False:
        return False
    true = _compare(relation, left, right)
    if true is None and defined and evaluator.zeros(t.sub(relation.left, relation.right)):
        true = relation.operator != "<"
    # Where definedness is open the relation cannot be certain to hold, but it can be certain not to.
    return true if defined or true is False else None


def _compare(relation: Relation, left: Value, right: Value) -> bool | None:
    operator = relation.operator
    if relation.left == relation.right:
        return operator != "<"
    if left.exact is not None and right.exact is not None:
        if operator == "<":
            return bool(left.exact < right.exact)
        return bool(left.exact <= right.exact if operator == "<=" else left.exact == right.exact)
    a, b = left.ball, right.ball
    if operator == "=":
        return False if a < b or a > b else None
    if operator == "<":
        return True if a < b else False if a >= b else None
    return True if a <= b else False if a > b else None


def _real(value: Coordinate) -> Real:
    if isinstance(value, Root | ClosedForm):
        return value
    found = rational(value)
    return Fraction(int(found.p), int(found.q))


def _coordinate(value: Coordinate) -> arb | fmpq:
    """Return a coordinate for an evaluator at the working precision."""
    return value.ball() if isinstance(value, Root | ClosedForm) else rational(value)


def holds_at(
    formula: Formula,
    point: Mapping[str, Coordinate],
    max_prec: int = MAX_PRECISION,
) -> bool | None:
    """Decide a formula at an exact point; the precision is doubled until it is decided or capped.

    ``True``: it certainly holds (defined and true). ``False``: it certainly does not (it fails, or a
    side that decides it is certainly undefined). ``None``: undecided at ``max_prec`` bits.
    Raises KeyError when a variable has no value.

    >>> from srverify.language.parser import parse_formula
    >>> holds_at(parse_formula("log(x) <= x - 1"), {"x": Fraction(1)})
    True
    >>> holds_at(parse_formula("1/x < 2"), {"x": 0})
    False
    """
    resolved = normal(formula)
    values = {symbol: point[symbol.name] for side in terms(resolved) for symbol in t.symbols_of(side)}
    zeros = Zeros({symbol.name: _real(value) for symbol, value in values.items()})
    if any(isinstance(value, Root | ClosedForm) for value in values.values()):
        max_prec = min(max_prec, MAX_IRRATIONAL_PRECISION)

    def attempt() -> bool | None:
        return decide(resolved, TermEvaluator({s: _coordinate(v) for s, v in values.items()}, zeros))

    precision = FIRST_PRECISION
    while True:
        found = _at_precision(precision, attempt)
        if found is not None or precision >= max_prec:
            return found
        precision = min(2 * precision, max_prec)


def violates(
    statement: Statement,
    point: Mapping[str, Coordinate],
    max_prec: int = MAX_PRECISION,
) -> bool:
    """Tell whether a point certainly violates a statement.

    The point lies in the domains (natural variables integral), every hypothesis certainly holds, and
    the conclusion certainly does not hold. Raises KeyError when a variable has no value.

    >>> violates(Statement.parse("x^2 > 0"), {"x": Fraction(0)})
    True
    """
    for variable in statement.variables:
        if not in_domain(variable.domain, _real(point[variable.name])):
            return False
    if holds_at(statement.conclusion, point, max_prec) is not False:
        return False
    return all(holds_at(hypothesis, point, max_prec) is True for hypothesis in statement.hypotheses)
