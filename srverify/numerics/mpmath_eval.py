"""Interval evaluation of statements with mpmath: the second opinion on every witness.

Independent of Arb: mpmath's own interval arithmetic, raised in precision until the sign of every
comparison is certain. It is ``mpmath.libmp.libmpi``, on pairs of raw floats: the context ``mpmath.iv``
around it spends most of its time on converting.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property
from typing import Any, TypeAlias

import mpmath
from mpmath.libmp import (
    fone,
    from_int,
    fzero,
    mpf_eq,
    mpf_ge,
    mpf_gt,
    mpf_le,
    mpf_lt,
    mpf_mul,
    mpf_pow_int,
    mpf_sign,
    round_ceiling,
    round_floor,
    round_nearest,
    to_int,
)
from mpmath.libmp.libmpi import (
    mpi_abs,
    mpi_add,
    mpi_delta,
    mpi_div,
    mpi_exp,
    mpi_log,
    mpi_mul,
    mpi_neg,
    mpi_pow_int,
    mpi_sqrt,
    mpi_sub,
)

from srverify.language import term as t
from srverify.language.definedness import definedness
from srverify.language.formula import And, Formula, Or, Relation, normal
from srverify.language.statement import Statement
from srverify.language.term import Number, Symbol, Term
from srverify.numerics.mpmath_functions import OutsideError, enclosure
from srverify.numerics.rational_eval import rational_value
from srverify.numerics.reals import ClosedForm, Real, Root, Zeros, in_domain

#: Working precisions (bits) tried in turn before an evaluation is called undecided.
PRECISIONS = (80, 320, 1280, 5120)
#: The same where algebra, not precision, decides what is exactly 0.
IRRATIONAL_PRECISIONS = (80, 320)
#: Arguments of exp with more bits than this before the point have no enclosure.
_MAX_EXPONENT_BITS = 1 << 12

#: The ends of an interval, as raw floats of mpmath.
Interval: TypeAlias = tuple[Any, Any]

_ZERO: Interval = (fzero, fzero)


class _UndefinedError(ArithmeticError):
    """The term has no enclosure here: undefined, or too wide to tell."""


class Place:
    """An exact point, with what was evaluated there already."""

    def __init__(self, values: Mapping[str, Coordinate]) -> None:
        self.reals: dict[str, Real] = {
            name: value if isinstance(value, Fraction | Root | ClosedForm) else t.number(value).value
            for name, value in values.items()
        }
        #: The rational coordinates.
        self.exact = {name: value for name, value in self.reals.items() if isinstance(value, Fraction)}
        #: What rational arithmetic says about relations, and where it says nothing.
        self.decided: dict[Relation, bool | None] = {}
        self._terms: dict[int, _IntervalTerms] = {}

    @cached_property
    def zeros(self) -> Zeros:
        """Shows that a term is exactly 0 where it is defined."""
        return Zeros(self.reals)

    def terms(self, precision: int) -> _IntervalTerms:
        """Return the evaluator of a working precision in bits."""
        found = self._terms.get(precision)
        if found is None:
            found = self._terms[precision] = _IntervalTerms(self, precision)
        return found


#: A coordinate of a point: exact, perhaps irrational.
Coordinate: TypeAlias = Fraction | Number | int | Root | ClosedForm
Point: TypeAlias = Mapping[str, Coordinate] | Place


def _place(point: Point) -> Place:
    return point if isinstance(point, Place) else Place(point)


def _contains_zero(value: Interval) -> bool:
    return bool(mpf_sign(value[0]) <= 0 <= mpf_sign(value[1]))


class _IntervalTerms(t.TermWalker[Interval]):
    """Enclose terms at an exact point, each once."""

    def __init__(self, place: Place, precision: int) -> None:
        self._place = place
        self._precision = precision
        self._known: dict[Term, Interval] = {}

    def walk(self, term: Term) -> Interval:
        """Return the enclosure of a term; what is exactly 0 is enclosed by 0."""
        found = self._known.get(term)
        if found is None:
            found = super().walk(term)
            if found != _ZERO and _contains_zero(found) and self._place.zeros(term):
                found = _ZERO
            self._known[term] = found
        return found

    def _integer(self, value: int) -> Interval:
        if value.bit_length() <= self._precision:
            exact = from_int(value)
            return exact, exact
        floor = from_int(value, self._precision, round_floor)
        return floor, from_int(value, self._precision, round_ceiling)

    def _rational(self, value: Fraction) -> Interval:
        above = self._integer(value.numerator)
        if value.denominator == 1:
            return above
        below = self._integer(value.denominator)
        enclosed: Interval = mpi_div(above, below, self._precision)
        return enclosed

    def walk_number(self, value: Number) -> Interval:
        return self._rational(value.value)

    def walk_variable(self, symbol: Symbol) -> Interval:
        value = self._place.reals[symbol.name]
        if isinstance(value, ClosedForm):
            return self.walk(value.term)
        if isinstance(value, Root):
            low, high = value.enclosure(self._precision + 8)
            return self._rational(low)[0], self._rational(high)[1]
        return self._rational(value)

    def walk_add(self, *terms: Term) -> Interval:
        total = self.walk(terms[0])
        for term in terms[1:]:
            total = mpi_add(total, self.walk(term), self._precision)
        return total

    def walk_mul(self, *terms: Term) -> Interval:
        product = self.walk(terms[0])
        for term in terms[1:]:
            product = mpi_mul(product, self.walk(term), self._precision)
        return product

    def walk_neg(self, term: Term) -> Interval:
        negative: Interval = mpi_neg(self.walk(term), self._precision)
        return negative

    def walk_div(self, left: Term, right: Term) -> Interval:
        divisor = self.walk(right)
        if _contains_zero(divisor):
            raise _UndefinedError("division by an interval around 0")
        quotient: Interval = mpi_div(self.walk(left), divisor, self._precision)
        return quotient

    def _integer_power(self, value: Interval, power: int) -> Interval:
        if power < 0 and _contains_zero(value):
            raise _UndefinedError("negative power of an interval around 0")
        raised: Interval = mpi_pow_int(value, power, self._precision)
        return raised

    def walk_power(self, base: Term, exponent: Number) -> Interval:
        return self._integer_power(self.walk(base), int(exponent))

    def walk_natpower(self, base: Term, exponent: Term) -> Interval:
        low, high = self.walk(exponent)
        if mpf_eq(low, high) and mpf_eq(low, from_int(to_int(low))):
            return self._integer_power(self.walk(base), int(to_int(low)))
        raise _UndefinedError("the exponent is not a natural number")

    def walk_ratpower(self, base: Term, exponent: Number) -> Interval:
        value = self.walk(base)
        if value == _ZERO and exponent > 0:
            return _ZERO
        return self._exp_of_product(self.walk(exponent), self._log(value))

    def walk_realpower(self, base: Term, exponent: Term) -> Interval:
        value, power = self.walk(base), self.walk(exponent)
        if value == _ZERO and mpf_sign(power[0]) > 0:
            return _ZERO
        return self._exp_of_product(power, self._log(value))

    def _exp_of_product(self, left: Interval, right: Interval) -> Interval:
        return self._exp(mpi_mul(left, right, self._precision))

    def _exp(self, value: Interval) -> Interval:
        # An argument of so many bits before the point would be written out.
        if any(exponent + bits > _MAX_EXPONENT_BITS for _, _, exponent, bits in value):
            raise _UndefinedError("the exponential of a number out of range")
        image: Interval = mpi_exp(value, self._precision)
        return image

    def _log(self, value: Interval) -> Interval:
        if mpf_sign(value[0]) <= 0:
            raise _UndefinedError("logarithm of an interval that is not positive")
        logarithm: Interval = mpi_log(value, self._precision)
        return logarithm

    def walk_exp(self, term: Term) -> Interval:
        return self._exp(self.walk(term))

    def walk_log(self, term: Term) -> Interval:
        return self._log(self.walk(term))

    def walk_sqrt(self, term: Term) -> Interval:
        value = self.walk(term)
        if mpf_sign(value[0]) < 0:
            raise _UndefinedError("square root of an interval that is not positive")
        root: Interval = mpi_sqrt(value, self._precision)
        return root

    def walk_abs(self, term: Term) -> Interval:
        size: Interval = mpi_abs(self.walk(term), self._precision)
        return size

    def walk_min(self, *terms: Term) -> Interval:
        low, high = self.walk(terms[0])
        for other_low, other_high in map(self.walk, terms[1:]):
            low = other_low if mpf_lt(other_low, low) else low
            high = other_high if mpf_lt(other_high, high) else high
        return low, high

    def walk_max(self, *terms: Term) -> Interval:
        low, high = self.walk(terms[0])
        for other_low, other_high in map(self.walk, terms[1:]):
            low = other_low if mpf_gt(other_low, low) else low
            high = other_high if mpf_gt(other_high, high) else high
        return low, high

    def walk_lambertw(self, term: Term, branch: Number) -> Interval:
        value, above = self.walk(term), t.add(term, t.exp(t.number(-1)))
        if _contains_zero(self.walk(above)) and self._place.zeros(above):
            return self._integer(-1)
        return _lambertw(value, int(branch), self._precision)

    def walk_function(self, name: str, argument: Term) -> Interval:
        value = self.walk(argument)
        known = rational_value(t.function(name, argument), self._place.exact)
        if known is not None:
            return self._rational(known)
        try:
            return enclosure(name, value, self._precision)
        except OutsideError as error:
            raise _UndefinedError(str(error)) from None


def _lambertw(value: Interval, branch: int, precision: int) -> Interval:
    """Enclose W on an interval: guess by mpmath's Newton iteration, verified by the sign of w e^w − z.

    On each real branch w e^w is monotone, so a candidate end ``w`` on the right side of −1 is a bound of
    W at an end ``z`` exactly when ``w e^w`` lies on the right side of ``z``.
    """
    low, high = value
    if branch == 0:
        return _bound(low, 0, -1, precision), _bound(high, 0, 1, precision)
    if mpf_sign(high) >= 0:
        raise _UndefinedError("Lambert W of branch -1 at an interval that reaches 0")
    return _bound(high, -1, -1, precision), _bound(low, -1, 1, precision)


def _bound(end: Any, branch: int, side: int, precision: int) -> Any:
    with mpmath.workprec(precision):
        try:
            guess = mpmath.lambertw(mpmath.make_mpf(end), branch)
        except (ValueError, ArithmeticError) as error:
            raise _UndefinedError(str(error)) from None
        if mpmath.im(guess) != 0:
            raise _UndefinedError("Lambert W outside its real domain")
        guess = mpmath.re(guess)
        step = abs(guess) * mpmath.mpf(2) ** (12 - precision // 2) + mpmath.mpf(2) ** (-precision)
        candidate = guess + side * step
    # Increasing on branch 0, decreasing in w below -1: the residual's sign must match the side.
    if branch == 0 and candidate < -1 and side < 0:
        return mpmath.mpf(-1)._mpf_
    if (branch == 0 and candidate < -1) or (branch == -1 and candidate > -1):
        raise _UndefinedError("too close to the branch point at this precision")
    w = (candidate._mpf_, candidate._mpf_)
    image = mpi_mul(w, mpi_exp(w, precision), precision)
    low, high = mpi_sub(image, (end, end), precision)
    upward = side if branch == 0 else -side
    certain = mpf_sign(low) >= 0 if upward > 0 else mpf_sign(high) <= 0
    if not certain:
        raise _UndefinedError("Lambert W not separated at this precision")
    return candidate._mpf_


def _tri(yes: object, no: object) -> bool | None:
    return True if yes else False if no else None


def _relation(
    relation: Relation,
    place: Place,
    precision: int,
    check_undefined: bool = True,
    algebra: bool = True,
) -> bool | None:
    terms = place.terms(precision)
    try:
        left, right = terms.walk(relation.left), terms.walk(relation.right)
    except _UndefinedError:
        verdict = _exact_relation(relation, place)
        if verdict is None and check_undefined and _undefined(relation, place, precision, algebra):
            return False
        return verdict
    verdict = _compared(relation.operator, mpi_sub(left, right, precision))
    if verdict is None:
        verdict = _exact_relation(relation, place)
    if verdict is None and algebra and place.zeros(t.sub(relation.left, relation.right)):
        return relation.operator != "<"
    return verdict


def _compared(operator: str, difference: Interval) -> bool | None:
    low, high = map(mpf_sign, difference)
    match operator:
        case "<":
            return _tri(high < 0, low >= 0)
        case "<=":
            return _tri(high <= 0, low > 0)
    return _tri(low == high == 0, low > 0 or high < 0)


def _exact_relation(relation: Relation, place: Place) -> bool | None:
    """Decide a relation whose sides are rational, once per point."""
    if relation not in place.decided:
        place.decided[relation] = _rational_relation(relation, place)
    return place.decided[relation]


def _rational_relation(relation: Relation, place: Place) -> bool | None:
    left, right = (rational_value(side, place.exact) for side in (relation.left, relation.right))
    if left is None or right is None:
        return None
    return {"<": left < right, "<=": left <= right, "=": left == right}[relation.operator]


def _undefined(relation: Relation, place: Place, precision: int, algebra: bool) -> bool:
    """Tell whether some condition of definedness certainly fails (its own terms being defined)."""
    conditions = (*definedness(relation.left), *definedness(relation.right))
    return any(_decide(condition, place, precision, False, algebra) is False for condition in conditions)


def _decide(
    formula: Formula,
    place: Place,
    precision: int,
    check_undefined: bool = True,
    algebra: bool = True,
) -> bool | None:
    if isinstance(formula, Relation):
        return _relation(formula, place, precision, check_undefined, algebra)
    if not isinstance(formula, And | Or):
        return _decide(normal(formula), place, precision, check_undefined, algebra)
    verdicts = [_decide(part, place, precision, check_undefined, algebra) for part in formula.parts]
    if isinstance(formula, And):
        return _tri(all(verdicts), False in verdicts)
    return _tri(True in verdicts, not any(v is not False for v in verdicts))


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
    return mpmath.iv.make_mpf(_place(point).terms(precision).walk(term))


def agrees_at(formula: Formula, point: Point, digits: int, algebra: bool = True) -> bool:
    """Tell whether a formula holds at a point when equality means agreement to a number of digits.

    Every equality that is needed must have both sides enclosed, overlapping, and the difference
    narrower than ``10^-digits`` times the larger side (or 1). This is evidence, not a decision.
    Without ``algebra`` no equality is looked for by rewriting, which takes longest.
    """
    return _agrees(normal(formula), _place(point), digits, algebra)


def _agrees(formula: Formula, place: Place, digits: int, algebra: bool) -> bool:
    if isinstance(formula, And):
        return all(_agrees(part, place, digits, algebra) for part in formula.parts)
    if isinstance(formula, Or):
        return any(_agrees(part, place, digits, algebra) for part in formula.parts)
    assert isinstance(formula, Relation)
    # Most relations are decided without all those digits.
    verdict = _relation(formula, place, PRECISIONS[0], False, algebra)
    if verdict is not None:
        return verdict
    precision = precision_of(digits)
    if formula.operator != "=":
        return _relation(formula, place, precision, False, algebra) is True
    terms = place.terms(precision)
    try:
        left, right = terms.walk(formula.left), terms.walk(formula.right)
    except _UndefinedError:
        return False
    difference = mpi_sub(left, right, precision)
    size = mpi_abs(left, precision)[1]
    scale = size if mpf_ge(size, fone) else fone
    tolerance = mpf_mul(mpf_pow_int(from_int(10), -digits, 53, round_nearest), scale, 53, round_floor)
    return _contains_zero(difference) and bool(mpf_le(mpi_delta(difference, precision), tolerance))


def precision_of(digits: int) -> int:
    """Return the working precision in bits for agreement to a number of digits."""
    return 4 * digits + 64


def holds_at(
    formula: Formula,
    point: Point,
    precisions: tuple[int, ...] = PRECISIONS,
    algebra: bool = True,
) -> bool | None:
    """Decide a formula at an exact point; ``None`` if the largest precision does not separate it.

    ``True``: certainly holds. ``False``: certainly does not hold (fails, or has an undefined term).
    Without ``algebra`` sides that are equal are not shown to be by rewriting.

    >>> from srverify.language.parser import parse_formula
    >>> holds_at(parse_formula("log(x) <= x - 1"), {"x": Fraction(1, 2)})
    True
    """
    normalised, place = normal(formula), _place(point)
    if len(place.exact) < len(place.reals):
        precisions = IRRATIONAL_PRECISIONS
    for precision in precisions:
        verdict = _decide(normalised, place, precision, algebra=algebra)
        if verdict is not None:
            return verdict
    return None


def violates(statement: Statement, point: Point) -> bool:
    """Tell whether an exact point certainly refutes a statement.

    The point lies in the domains, every hypothesis certainly holds, the conclusion certainly does not.
    """
    place = _place(point)
    if set(place.reals) != {v.name for v in statement.variables}:
        return False
    if not all(in_domain(v.domain, place.reals[v.name]) for v in statement.variables):
        return False
    if not all(holds_at(hypothesis, place) is True for hypothesis in statement.hypotheses):
        return False
    return holds_at(statement.conclusion, place) is False
