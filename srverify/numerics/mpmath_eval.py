"""Interval evaluation of statements with mpmath: the second opinion on every witness.

Independent of Arb: mpmath's own interval arithmetic (``mpmath.iv``), raised in precision until the
sign of every comparison is certain.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import mpmath

from srverify.language import term as t
from srverify.language.definedness import definedness
from srverify.language.formula import And, Formula, Or, Relation, normal
from srverify.language.statement import Statement
from srverify.language.term import Number, Symbol, Term
from srverify.numerics.rational_eval import rational_value

#: Working precisions (bits) tried in turn before an evaluation is called undecided.
PRECISIONS = (80, 320, 1280, 5120)

Point = Mapping[str, Fraction | Number | int]


class _UndefinedError(ArithmeticError):
    """The term has no enclosure here: undefined, or too wide to tell."""


class _IntervalTerms(t.TermWalker[Any]):
    """Evaluate a term to an ``mpmath.iv`` interval at the current precision."""

    def __init__(self, point: Mapping[str, Any], exact: Mapping[str, Fraction]) -> None:
        self._point = point
        #: The point itself: what is rational there is compared without rounding.
        self.exact = exact

    def walk_number(self, value: Number) -> Any:
        return mpmath.iv.mpf(int(value.p)) / int(value.q)

    def walk_variable(self, symbol: Symbol) -> Any:
        return self._point[symbol.name]

    def walk_add(self, *terms: Term) -> Any:
        total = self.walk(terms[0])
        for term in terms[1:]:
            total = total + self.walk(term)
        return total

    def walk_mul(self, *terms: Term) -> Any:
        product = self.walk(terms[0])
        for term in terms[1:]:
            product = product * self.walk(term)
        return product

    def walk_neg(self, term: Term) -> Any:
        return -self.walk(term)

    def walk_div(self, left: Term, right: Term) -> Any:
        divisor = self.walk(right)
        if divisor.a <= 0 <= divisor.b:
            raise _UndefinedError("division by an interval around 0")
        return self.walk(left) / divisor

    def walk_power(self, base: Term, exponent: Number) -> Any:
        value, power = self.walk(base), int(exponent)
        if power < 0 and value.a <= 0 <= value.b:
            raise _UndefinedError("negative power of an interval around 0")
        return value**power

    def walk_natpower(self, base: Term, exponent: Term) -> Any:
        power = self.walk(exponent)
        if power.a == power.b and power.a == int(power.a):
            return self.walk(base) ** int(power.a)
        raise _UndefinedError("the exponent is not a natural number")

    def walk_ratpower(self, base: Term, exponent: Number) -> Any:
        value = self.walk(base)
        if value.a == value.b == 0 and exponent > 0:
            return mpmath.iv.mpf(0)
        return mpmath.iv.exp(self.walk(exponent) * self._log(value))

    def walk_realpower(self, base: Term, exponent: Term) -> Any:
        return mpmath.iv.exp(self.walk(exponent) * self._log(self.walk(base)))

    @staticmethod
    def _log(value: Any) -> Any:
        if value.a <= 0:
            raise _UndefinedError("logarithm of an interval that is not positive")
        return mpmath.iv.log(value)

    def walk_exp(self, term: Term) -> Any:
        return mpmath.iv.exp(self.walk(term))

    def walk_log(self, term: Term) -> Any:
        return self._log(self.walk(term))

    def walk_sqrt(self, term: Term) -> Any:
        value = self.walk(term)
        if value.a < 0:
            raise _UndefinedError("square root of an interval that is not positive")
        return mpmath.iv.sqrt(value)

    def walk_abs(self, term: Term) -> Any:
        return abs(self.walk(term))

    def walk_min(self, *terms: Term) -> Any:
        values = [self.walk(term) for term in terms]
        return mpmath.iv.mpf([min(v.a for v in values), min(v.b for v in values)])

    def walk_max(self, *terms: Term) -> Any:
        values = [self.walk(term) for term in terms]
        return mpmath.iv.mpf([max(v.a for v in values), max(v.b for v in values)])

    def walk_lambertw(self, term: Term, branch: Number) -> Any:
        return _lambertw(self.walk(term), int(branch))


def _lambertw(value: Any, branch: int) -> Any:
    """Enclose W on an interval: guess by mpmath's Newton iteration, verified by the sign of w e^w − z.

    On each real branch w e^w is monotone, so a candidate end ``w`` on the right side of −1 is a bound of
    W at an end ``z`` exactly when ``w e^w`` lies on the right side of ``z``.
    """
    with mpmath.workprec(mpmath.iv.prec):  # The ends fit this precision, so they convert exactly.
        low, high = mpmath.mpf(value.a), mpmath.mpf(value.b)
    if branch == 0:
        return mpmath.iv.mpf([_bound(low, 0, -1), _bound(high, 0, 1)])
    if high >= 0:
        raise _UndefinedError("Lambert W of branch -1 at an interval that reaches 0")
    return mpmath.iv.mpf([_bound(high, -1, -1), _bound(low, -1, 1)])


def _bound(z: Any, branch: int, side: int) -> Any:
    with mpmath.workprec(mpmath.iv.prec):
        try:
            guess = mpmath.lambertw(z, branch)
        except (ValueError, ArithmeticError) as error:
            raise _UndefinedError(str(error)) from None
        if mpmath.im(guess) != 0:
            raise _UndefinedError("Lambert W outside its real domain")
        guess = mpmath.re(guess)
        step = abs(guess) * mpmath.mpf(2) ** (12 - mpmath.iv.prec // 2) + mpmath.mpf(2) ** (
            -mpmath.iv.prec
        )
        candidate = guess + side * step
    w = mpmath.iv.mpf(candidate)
    # Increasing on branch 0, decreasing in w below -1: the residual's sign must match the side.
    if branch == 0 and candidate < -1 and side < 0:
        return mpmath.mpf(-1)
    if (branch == 0 and candidate < -1) or (branch == -1 and candidate > -1):
        raise _UndefinedError("too close to the branch point at this precision")
    residual = w * mpmath.iv.exp(w) - z
    upward = side if branch == 0 else -side
    certain = residual.a >= 0 if upward > 0 else residual.b <= 0
    if not certain:
        raise _UndefinedError("Lambert W not separated at this precision")
    return candidate


def _tri(yes: object, no: object) -> bool | None:
    return True if yes else False if no else None


def _relation(relation: Relation, terms: _IntervalTerms) -> bool | None:
    left, right = (rational_value(side, terms.exact) for side in (relation.left, relation.right))
    if left is not None and right is not None:
        return {"<": left < right, "<=": left <= right, "=": left == right}[relation.operator]
    try:
        difference = terms.walk(relation.left) - terms.walk(relation.right)
    except _UndefinedError:
        return None
    low, high = difference.a, difference.b
    match relation.operator:
        case "<":
            return _tri(high < 0, low >= 0)
        case "<=":
            return _tri(high <= 0, low > 0)
    return _tri(low == high == 0, low > 0 or high < 0)


def _undefined(relation: Relation, terms: _IntervalTerms) -> bool:
    """Tell whether some condition of definedness certainly fails (its own terms being defined)."""
    conditions = (*definedness(relation.left), *definedness(relation.right))
    return any(_decide(condition, terms, check_undefined=False) is False for condition in conditions)


def _decide(formula: Formula, terms: _IntervalTerms, check_undefined: bool = True) -> bool | None:
    if isinstance(formula, Relation):
        verdict = _relation(formula, terms)
        if verdict is None and check_undefined and _undefined(formula, terms):
            return False
        return verdict
    if not isinstance(formula, And | Or):
        return _decide(normal(formula), terms, check_undefined)
    verdicts = [_decide(part, terms, check_undefined) for part in formula.parts]
    if isinstance(formula, And):
        return _tri(all(verdicts), False in verdicts)
    return _tri(True in verdicts, not any(v is not False for v in verdicts))


def _terms_at(point: Point) -> _IntervalTerms:
    """Return the evaluator at a point, its coordinates enclosed at the current precision."""
    rational = {name: _rational(value) for name, value in point.items()}
    balls = {name: mpmath.iv.mpf(int(value.p)) / int(value.q) for name, value in rational.items()}
    exact = {name: value.value for name, value in rational.items()}
    return _IntervalTerms(balls, exact)


def evaluate(term: Term, point: Point, precision: int) -> Any:
    """Enclose a term at an exact point by an ``mpmath.iv`` interval.

    Parameters
    ----------
    precision
        Working precision in bits.

    Raises
    ------
    ArithmeticError
        The term is undefined there, or not certainly defined at this precision.
    """
    saved = mpmath.iv.prec
    try:
        mpmath.iv.prec = precision
        return _terms_at(point).walk(term)
    finally:
        mpmath.iv.prec = saved


def agrees_at(formula: Formula, point: Point, digits: int) -> bool:
    """Tell whether a formula holds at a point when equality means agreement to a number of digits.

    Every equality that is needed must have both sides enclosed, overlapping, and the difference
    narrower than ``10^-digits`` times the larger side (or 1). This is evidence, not a decision.
    """
    saved = mpmath.iv.prec
    try:
        mpmath.iv.prec = 4 * digits + 64
        terms = _terms_at(point)
        return _agrees(normal(formula), terms, mpmath.mpf(10) ** -digits)
    finally:
        mpmath.iv.prec = saved


def _agrees(formula: Formula, terms: _IntervalTerms, tolerance: Any) -> bool:
    if isinstance(formula, And):
        return all(_agrees(part, terms, tolerance) for part in formula.parts)
    if isinstance(formula, Or):
        return any(_agrees(part, terms, tolerance) for part in formula.parts)
    assert isinstance(formula, Relation)
    if formula.operator != "=":
        return _relation(formula, terms) is True
    try:
        left, right = terms.walk(formula.left), terms.walk(formula.right)
    except _UndefinedError:
        return False
    difference = left - right
    scale = max(mpmath.mpf(1), mpmath.mpf(abs(left).b))
    return bool(difference.a <= 0 <= difference.b and difference.delta <= tolerance * scale)


def holds_at(formula: Formula, point: Point, precisions: tuple[int, ...] = PRECISIONS) -> bool | None:
    """Decide a formula at an exact point; ``None`` if the largest precision does not separate it.

    ``True``: certainly holds. ``False``: certainly does not hold (fails, or has an undefined term).

    >>> from srverify.language.parser import parse_formula
    >>> holds_at(parse_formula("log(x) <= x - 1"), {"x": Fraction(1, 2)})
    True
    """
    normalised = normal(formula)
    saved = mpmath.iv.prec
    try:
        for precision in precisions:
            mpmath.iv.prec = precision
            verdict = _decide(normalised, _terms_at(point))
            if verdict is not None:
                return verdict
    finally:
        mpmath.iv.prec = saved
    return None


def _rational(value: Fraction | Number | int) -> Number:
    return t.number(value)


def violates(statement: Statement, point: Point) -> bool:
    """Tell whether an exact point certainly refutes a statement.

    The point lies in the domains, every hypothesis certainly holds, the conclusion certainly does not.
    """
    rational = {name: _rational(value) for name, value in point.items()}
    if set(rational) != {v.name for v in statement.variables}:
        return False
    if not all(v.domain.contains(rational[v.name]) for v in statement.variables):
        return False
    if not all(holds_at(hypothesis, point) is True for hypothesis in statement.hypotheses):
        return False
    return holds_at(statement.conclusion, point) is False
