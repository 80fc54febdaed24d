"""Taylor coefficients of compiled terms over boxes, and the bounds that they give.

A jet holds the first Taylor coefficients of a term in one variable, as balls that are valid at every
point of a box. Where a jet is finite, every step of the term is analytic on the whole box: nothing is
left out at undefined points, as interval evaluation would, so that derivatives may be used.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product
from typing import Any, TypeAlias

from flint import arb, arb_series, ctx

from srverify.numerics.prover import interval as iv
from srverify.numerics.prover.interval import Interval
from srverify.numerics.prover.tape import Tape

#: Order of the remainder of a Taylor form in one variable.
ORDER = 6
#: A bound of more parts than this is not taken apart.
_MAX_PARTS = 8

Box: TypeAlias = Sequence[Interval]


class SingularError(Exception):
    """A step is not certainly analytic on the box."""


def _finite(a: arb_series) -> arb_series:
    if not a[0].is_finite():
        raise SingularError
    return a


def _positive(a: arb_series) -> arb_series:
    # Written so that nan is refused.
    if not a[0] > 0:
        raise SingularError
    return _finite(a)


def _quotient(a: arb_series, b: arb_series) -> arb_series:
    # A divisor that starts with 0 would cost coefficients.
    if not (b[0] > 0 or b[0] < 0):
        raise SingularError
    return a / _finite(b)


def _exp(a: arb_series) -> arb_series:
    return _finite(a).exp()


def _log(a: arb_series) -> arb_series:
    return _positive(a).log()


def _power(a: arb_series, n: int) -> arb_series:
    # By products: the power of a ball around 0 is nan.
    if n < 0:
        return _quotient(arb_series([1]), _power(a, -n))
    result: arb_series | None = None
    while n:
        if n & 1:
            result = a if result is None else result * a
        n >>= 1
        a = a * a if n else a
    return arb_series([1]) if result is None else result


def _absolute(a: arb_series) -> arb_series:
    if a[0] > 0:
        return a
    if a[0] < 0:
        return -a
    raise SingularError


def _extremum(sign: int) -> Callable[[arb_series, arb_series], arb_series]:
    def extremum(a: arb_series, b: arb_series) -> arb_series:
        above = sign * (a[0] - b[0])
        if above > 0:
            return a
        if above < 0:
            return b
        raise SingularError

    return extremum


def _folded(function: Callable[[Any, Any], Any]) -> Callable[..., Any]:
    def fold(_: Any, first: Any, *others: Any) -> Any:
        for other in others:
            first = function(first, other)
        return first

    return fold


_JETS: dict[str, Callable[..., arb_series]] = {
    "add": _folded(lambda a, b: a + b),
    "mul": _folded(lambda a, b: a * b),
    "neg": lambda _, a: -a,
    "sub": lambda _, a, b: a - b,
    "div": lambda _, a, b: _quotient(a, b),
    "power": lambda n, a: _power(a, n),
    "ratpower": lambda p, a: _exp(_log(a) * arb(p)),
    "natpower": lambda _, a, b: _exp(_log(a) * b),
    "realpower": lambda _, a, b: _exp(_log(a) * b),
    "exp": lambda _, a: _exp(a),
    "log": lambda _, a: _log(a),
    "sqrt": lambda _, a: _positive(a).sqrt(),
    "abs": lambda _, a: _absolute(a),
    "min": _folded(_extremum(-1)),
    "max": _folded(_extremum(1)),
    "sin": lambda _, a: _finite(a).sin(),
    "cos": lambda _, a: _finite(a).cos(),
    "tan": lambda _, a: _finite(_finite(a).tan()),
    "atan": lambda _, a: _finite(a).atan(),
    "erf": lambda _, a: _finite(a).erf(),
    "erfc": lambda _, a: _finite(a).erfc(),
    "gamma": lambda _, a: _finite(_positive(a).gamma()),
    "loggamma": lambda _, a: _finite(_positive(a).lgamma()),
}


class Bound:
    """Tell whether one slot of a tape is negative on boxes, by derivatives.

    The term is first written as a maximum of smooth terms where absolute values, maxima and minima
    allow it.
    """

    def __init__(self, tape: Tape, slot: int) -> None:
        self._tape = tape
        self._parts = _maxima(tape, slot)
        self._steps = [
            (where, arguments, extra, _JETS.get(name))
            for where, name, arguments, extra in tape.needed(self._parts)
        ]
        self._constants = tape.constants
        self._hopeless = any(function is None for *_, function in self._steps)

    def negative(self, box: Box, strict: bool) -> bool:
        """Tell whether the term is certainly at most 0 (below 0, if strict) on a compact box."""
        if self._hopeless:
            return False
        cap = ctx.cap
        try:
            return all(self._part_negative(part, box, strict) for part in self._parts)
        except (SingularError, iv.Empty):
            return False
        finally:
            ctx.cap = cap

    def _part_negative(self, part: int, box: Box, strict: bool) -> bool:
        free = [index for index, (low, high) in enumerate(box) if low is not high]
        while free:
            balls = [low.union(high) for low, high in box]
            if len(free) == 1:
                return self._on_a_line(part, box, balls, free[0], strict)
            slopes = {index: self._jet(part, balls, index, 1)[1] for index in free}
            face = list(box)
            for index, slope in slopes.items():
                if slope >= 0:
                    face[index] = (box[index][1],) * 2
                elif slope <= 0:
                    face[index] = (box[index][0],) * 2
            still = [index for index in free if face[index] is box[index]]
            if still == free:
                return self._mean_value(part, balls, slopes, strict)
            box, free = face, still
            if self._below(self._tape.run(box, ctx.prec)[part][1], strict):
                return True
        return self._below(self._tape.run(box, ctx.prec)[part][1], strict)

    @staticmethod
    def _below(bound: arb, strict: bool) -> bool:
        return bool(bound < 0 if strict else bound <= 0)

    def _mean_value(self, part: int, balls: list[arb], slopes: dict[int, arb], strict: bool) -> bool:
        # Other variables stay at an end, which is a ball itself where the end is no binary fraction.
        centre = [(ball.mid() if index in slopes else ball,) * 2 for index, ball in enumerate(balls)]
        total = self._tape.run(centre, ctx.prec)[part][1]
        for index, slope in slopes.items():
            total = total + abs(slope).upper() * balls[index].rad()
        return self._below(total, strict)

    def _on_a_line(self, part: int, box: Box, balls: list[arb], index: int, strict: bool) -> bool:
        """Use the derivative's sign on the box, or a Taylor form around its middle."""
        wide = self._jet(part, balls, index, ORDER)
        slope = wide[1]
        if slope >= 0 or slope <= 0:
            end = list(box)
            end[index] = (box[index][1 if slope >= 0 else 0],) * 2
            return self._below(self._tape.run(end, ctx.prec)[part][1], strict)
        radius = balls[index].rad()
        middle = list(balls)
        middle[index] = balls[index].mid()
        thin = self._jet(part, middle, index, ORDER - 1)
        total = thin[0] + _parabola(thin[1], thin[2], radius)
        power = radius * radius
        for order in range(3, ORDER + 1):
            power = power * radius
            coefficient = thin[order] if order < ORDER else wide[order]
            if order % 2:
                coefficient = abs(coefficient)
            elif coefficient < 0:
                continue
            total = total + coefficient.upper().max(iv.ZERO) * power
        return self._below(total, strict)

    def _jet(self, part: int, point: list[arb], index: int, order: int) -> arb_series:
        """Return the coefficients up to an order in one variable, the others being constants."""
        ctx.cap = order + 1
        values: dict[int, arb_series] = {
            slot: arb_series([enclosure[0]]) for slot, (_, enclosure) in self._constants.items()
        }
        for slot, ball in enumerate(point):
            values[slot] = arb_series([ball, 1] if slot == index else [ball])
        for slot, arguments, extra, function in self._steps:
            assert function is not None
            values[slot] = function(extra, *[values[argument] for argument in arguments])
        jet = values[part]
        if jet.prec <= order or not all(jet[k].is_finite() for k in range(order + 1)):
            raise SingularError
        return jet


def _parabola(slope: arb, curvature: arb, radius: arb) -> arb:
    """Return an upper bound of ``slope*h + curvature*h^2`` for ``|h| <= radius``."""
    steep = abs(slope)
    if curvature < 0 and not steep >= -2 * curvature * radius:
        return slope * slope / (-4 * curvature)
    if curvature < 0:
        return radius * (steep + curvature * radius)
    return radius * (steep.upper() + curvature.upper().max(iv.ZERO) * radius)


def _maxima(tape: Tape, slot: int) -> list[int]:
    """Return slots whose maximum is a slot's value, without absolute values where that can be."""
    found = _parts(tape, slot, True)
    return found if len(found) <= _MAX_PARTS else [slot]


def _parts(tape: Tape, slot: int, upper: bool) -> list[int]:
    """Return slots whose maximum (minimum, if not upper) is the value of a slot."""
    step = tape.step_of(slot)
    if step is None:
        return [slot]
    name, arguments, _ = step
    if name == "neg":
        inside = _parts(tape, arguments[0], not upper)
        return [slot if part == arguments[0] else tape.step("neg", (part,)) for part in inside]
    if name == "abs" and upper:
        inside = _parts(tape, arguments[0], True)
        below = _parts(tape, arguments[0], False)
        return [*inside, *(tape.step("neg", (part,)) for part in below)]
    if name == ("max" if upper else "min"):
        return [part for argument in arguments for part in _parts(tape, argument, upper)]
    if name in ("add", "sub"):
        sides = [
            _parts(tape, argument, upper if name == "add" or index == 0 else not upper)
            for index, argument in enumerate(arguments)
        ]
        choices = list(product(*sides))
        if choices == [arguments] or len(choices) > _MAX_PARTS:
            return [slot]
        return [tape.step(name, choice) for choice in choices]
    return [slot]
