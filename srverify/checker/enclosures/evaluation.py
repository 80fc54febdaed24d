"""Terms and formulas over boxes: enclosures, definedness, and decisions.

A box gives every variable an interval. The value of a term is an enclosure of its values at the points
of the box at which it is defined, with what is known of its definedness: everywhere, nowhere, open.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache, reduce
from typing import NamedTuple

from flint import arb, ctx

from srverify.checker.enclosures import interval as iv
from srverify.checker.enclosures.derivative import derivative, differentiability
from srverify.checker.enclosures.functions import RULES
from srverify.checker.enclosures.interval import Interval, rational
from srverify.checker.rejected import RejectedError
from srverify.language import term as t
from srverify.language.formula import And, Formula, Or, Relation
from srverify.language.statement import Domain
from srverify.language.term import Number, Symbol, Term

#: Working precisions that a proof may ask for, in bits.
DEFAULT_PRECISION, MAX_PRECISION = 64, 4096


class Value(NamedTuple):
    """An enclosure and whether the term is defined: True everywhere, False nowhere, None open."""

    at: Interval
    defined: bool | None = True


def interval_of(domain: Domain) -> Interval:
    """Enclose a domain; a natural one counts as its hull."""
    low = iv.exact(rational(domain.lower)).low if domain.lower is not None else iv.MINUS_INF
    high = iv.exact(rational(domain.upper)).high if domain.upper is not None else iv.INF
    return Interval(
        low, high, domain.lower is None or domain.lower_open, domain.upper is None or domain.upper_open
    )


def _both(known: bool | None, condition: bool | None) -> bool | None:
    if known is False or condition is False:
        return False
    return True if known and condition else None


def _either(one: bool | None, other: bool | None) -> bool | None:
    if one or other:
        return True
    return None if one is None or other is None else False


def _positive(a: Interval) -> bool | None:
    if a.low > 0 or (a.low == 0 and a.low_open):
        return True
    return False if a.high <= 0 else None


def _negative(a: Interval) -> bool | None:
    return _positive(iv.neg(a))


def _nonnegative(a: Interval) -> bool | None:
    found = _negative(a)
    return None if found is None else not found


def _nonzero(a: Interval) -> bool | None:
    if _positive(a) or _negative(a):
        return True
    return False if a.low == 0 and a.high == 0 else None


#: Operations of several arguments that are defined wherever these are.
_FOLDED: dict[str, Callable[[Interval, Interval], Interval]] = {
    "add": iv.add, "mul": iv.mul, "min": iv.minimum, "max": iv.maximum, "natpower": iv.natural_power,
}  # fmt: skip
#: Functions of one argument: the image of an interval, and where in it they are defined.
_FUNCTIONS: dict[str, tuple[Callable[[Interval], Interval], Callable[[Interval], bool | None]]] = {
    "neg": (iv.neg, lambda _: True),
    "exp": (iv.exp, lambda _: True),
    "abs": (iv.absolute, lambda _: True),
    "log": (iv.log, _positive),
    "sqrt": (iv.sqrt, _nonnegative),
}
#: Operators whose last argument is a literal.
_LITERAL = ("power", "ratpower", "lambertw")


@lru_cache(maxsize=4000)
def _of_number(number: Number, precision: int) -> Value:
    """Return the value of a number at a working precision, which is the present one."""
    return Value(iv.exact(rational(number)))


class Evaluator:
    """Evaluate terms over one box, each subterm once."""

    def __init__(self, box: Mapping[Symbol, Interval]) -> None:
        self._known: dict[Term, Value] = {symbol: Value(at) for symbol, at in box.items()}

    def walk(self, term: Term) -> Value:
        """Return the value of a term; raises RejectedError for a variable without an interval."""
        found = self._known.get(term)
        if found is None:
            found = self._known[term] = self._value(term)
        return found

    def _value(self, term: Term) -> Value:
        operator, arguments, literal = term.operator, term.arguments, t.ZERO
        if isinstance(term, Number):
            return _of_number(term, ctx.prec)
        if operator == "variable":
            raise RejectedError(f"the variable {term} has no domain")
        if operator in _LITERAL:
            arguments, literal = arguments[:1], t.literal(arguments[-1])
        inner = [self.walk(part) for part in arguments]
        known: bool | None = True
        for value in inner:
            if value.defined is not True:
                known = _both(known, value.defined)
        a, *others = [value.at for value in inner]
        b = others[0] if others else a
        if operator in _FOLDED:
            return Value(reduce(_FOLDED[operator], others, a), known)
        if operator in RULES:
            rule = RULES[operator]
            return Value(rule.image(a), _both(known, rule.inside(a)))
        if operator in _FUNCTIONS:
            image, condition = _FUNCTIONS[operator]
            return Value(image(a), _both(known, condition(a)))
        match operator:
            case "div":
                return Value(iv.mul(a, iv.inverse(b)), _both(known, _nonzero(b)))
            case "power":
                n = int(literal)
                return Value(iv.power(a, n), known if n >= 0 else _both(known, _nonzero(a)))
            case "ratpower":
                inside = _positive(a) if literal.value < 0 else _nonnegative(a)
                return Value(iv.rational_power(a, rational(literal)), _both(known, inside))
            case "realpower":
                inside = _either(_positive(a), _both(_nonnegative(a), _positive(b)))
                return Value(iv.real_power(a, b), _both(known, inside))
            case "lambertw":
                # No dyadic number is -1/e, so comparing the ends with it is decisive.
                point = -arb(-1).exp()
                inside = True if a.low > point else False if a.high < point else None
                if literal.value == -1:
                    inside = _both(inside, _negative(a))
                return Value(iv.lambertw(a, int(literal)), _both(known, inside))
        raise RejectedError(f"no enclosure of {operator}")


def decide(formula: Formula, evaluator: Evaluator) -> bool | None:
    """Decide a formula in negation normal form over a box.

    True: it holds at every point of the box; False: at none; None: not decided. A relation between
    enclosures [a, b] and [c, d] of its sides: ``<`` holds if b < c, or b = c and one of these ends is
    open; it does not hold, wherever both sides are defined, if d <= a; and so on.
    """
    if isinstance(formula, And | Or):
        decisive = isinstance(formula, Or)
        found = [decide(part, evaluator) for part in formula.parts]
        return decisive if decisive in found else None if None in found else not decisive
    assert isinstance(formula, Relation)
    left, right = evaluator.walk(formula.left), evaluator.walk(formula.right)
    known = _both(left.defined, right.defined)
    true = False if known is False else _compare(formula.operator, left.at, right.at)
    return true if known or true is False else None


def _below(a: Interval, b: Interval, strict: bool) -> bool:
    """Tell whether every number of a is below (or, if not strict, at) every number of b."""
    if a.high < b.low:
        return True
    return bool(a.high == b.low) and (not strict or a.high_open or b.low_open)


def _compare(operator: str, a: Interval, b: Interval) -> bool | None:
    if operator == "=":
        if _below(a, b, True) or _below(b, a, True):
            return False
        return True if _below(a, b, False) and _below(b, a, False) else None
    strict = operator == "<"
    if _below(a, b, strict):
        return True
    return False if _below(b, a, not strict) else None


def decided_by_slopes(
    relation: Relation, box: Mapping[Symbol, Interval], known: Evaluator | None = None
) -> bool:
    """Tell whether the mean value form shows that an inequality holds on a compact box.

    Theorem. Let f = right - left be continuously differentiable on a closed box B, with partial
    derivatives in G_i. Where G_i >= 0 (<= 0), f is least at the lower (upper) end of x_i: x_i may be
    fixed there. On what is left of B, f(x) is in f(c) + sum G_i (x_i - c_i) for any point c of it (mean
    value theorem on the segment from c to x). `differentiability` is decided on all of B, and the
    derivatives are evaluated again on the smaller box while ends get fixed. Natural variables are
    relaxed. Raises RejectedError where f has no derivative.

    ``known`` is an evaluator of the box, if there is one: what it found serves where the box is closed.
    """
    if relation.operator == "=":
        return False
    f = t.sub(relation.right, relation.left)
    part = {x: Interval(box[x].low, box[x].high) for x in t.symbols_of(f)}
    if not all(_compact(interval) for interval in part.values()):
        return False
    free = sorted((x for x, interval in part.items() if interval.low != interval.high), key=str)
    is_closed = known is not None and all(interval == box[x] for x, interval in part.items())
    evaluator = known if known is not None and is_closed else Evaluator(part)
    if evaluator.walk(f).defined is not True:
        return False
    if any(decide(c, evaluator) is not True for x in free for c in differentiability(f, x)):
        return False
    slopes = {x: derivative(f, x) for x in free}
    while True:
        enclosed = {x: evaluator.walk(slope).at for x, slope in slopes.items() if slope is not None}
        fixed = {}
        for x, slope in enclosed.items():
            end = part[x].low if slope.low >= 0 else part[x].high if slope.high <= 0 else None
            if end is not None and part[x].low != part[x].high:
                fixed[x] = Interval(end, end)
        part = part | fixed
        evaluator = Evaluator(part)
        if not fixed:
            break
    centre = {x: _middle(interval) for x, interval in part.items()}
    total = Evaluator(centre).walk(f).at
    for x, slope in enclosed.items():
        total = iv.add(total, iv.mul(slope, iv.add(part[x], iv.neg(centre[x]))))
    return bool(total.low > 0 or (relation.operator == "<=" and total.low == 0))


def _compact(a: Interval) -> bool:
    return bool(a.low > iv.MINUS_INF and a.high < iv.INF)


def _middle(a: Interval) -> Interval:
    """Return a dyadic point of a compact interval."""
    point = ((a.low + a.high) / 2).mid()
    point = point if a.low <= point <= a.high else a.low
    return Interval(point, point)
