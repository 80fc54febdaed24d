"""Facts that a model violates: where it misplaces a function, a tangent or a secant cuts it off.

The incremental linearisation of Cimatti, Griggio, Irfan, Roveri and Sebastiani (ACM TOCL 19(3), 2018),
with rounded rational coefficients, each resulting fact being settled by another engine before use.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from srverify.engines.lemmas import templates as l
from srverify.engines.lemmas.angles import ANGULAR, parabola
from srverify.engines.lemmas.rounding import enclosure
from srverify.engines.lemmas.templates import Instance, Lemma
from srverify.language.normal_form import Normal, number

#: Arguments of exp beyond this, and of log beyond its exponential in bits, get no cut.
_MAX_EXPONENT = 200
_MAX_BITS = 300
_MAX_ANGLE = 10_000
#: A cut's error is at most this fraction of the model's own.
_TOLERANCE = Fraction(1, 8)
_MIN_BITS, _MAX_CUT_BITS = 6, 200


class Cuts:
    """Produce cuts for the arguments of one statement, remembering the points already used."""

    def __init__(self) -> None:
        self._points: dict[tuple[str, str], set[Fraction]] = {}

    def against(
        self, function: str, argument: Normal, at: Fraction, value: Fraction
    ) -> Iterator[Instance]:
        """Yield facts about the function at an argument that exclude a model's ``value`` at ``at``.

        Nothing is yielded when the value is right as far as 200 bits can tell, or out of range.
        """
        if function == "exp":
            if abs(at) > _MAX_EXPONENT:
                yield from _beyond(argument, at, value)
                return
        elif not _in_reach(function, argument, at):
            return
        bits = _MIN_BITS
        while True:
            low, high = enclosure(function, at, bits)
            if value < low or value > high:
                break
            if bits >= _MAX_CUT_BITS:
                return
            bits *= 2
        if argument.constant is not None:
            low, high = enclosure(function, at, 2 * bits)
            yield Instance(l.enclosure(function, at, low, high), {})
            return
        below = value < low
        gap = low - value if below else value - high
        if function in ANGULAR:
            point = _near(function, at, gap)
            yield parabola(function, argument, point, below, gap / 8)
            return
        points = self._points.setdefault((function, argument.key), set())
        if (function == "exp") == below:
            yield _tangent(function, argument, at, gap)
        else:
            for lemma in self._secants(function, at, value, gap, points):
                yield Instance(lemma, {"t": argument.term})

    def _secants(
        self, function: str, at: Fraction, value: Fraction, gap: Fraction, points: set[Fraction]
    ) -> Iterator[Lemma]:
        """Yield the secants from a point near ``at`` to its neighbours, and the bounds beyond them.

        A short fraction near ``at`` keeps the numbers small; where its secant would let the model's
        value pass, ``at`` itself is taken.
        """
        middle = _near(function, at, gap)
        lower, upper = _neighbours(function, middle, points)
        bits = _bits_for(function, middle, gap)
        ends = {p: enclosure(function, p, bits) for p in (lower, middle, upper)}
        left, right = (middle, upper) if at >= middle else (lower, middle)
        side = 1 if function == "exp" else 0
        slope = (ends[right][side] - ends[left][side]) / (right - left)
        chord = ends[left][side] + slope * (at - left)
        if middle != at and (value <= chord if function == "exp" else value >= chord):
            middle = at
            lower, upper = _neighbours(function, middle, points)
            bits = _bits_for(function, middle, gap)
            ends = {p: enclosure(function, p, bits) for p in (lower, middle, upper)}
        points.update((lower, middle, upper))
        if function == "exp":
            yield l.exp_secant(lower, middle, ends[lower][1], ends[middle][1])
            yield l.exp_secant(middle, upper, ends[middle][1], ends[upper][1])
            yield l.exp_at_most(lower, ends[lower][1])
        else:
            yield l.log_secant(lower, middle, ends[lower][0], ends[middle][0])
            yield l.log_secant(middle, upper, ends[middle][0], ends[upper][0])
            yield l.log_at_least(upper, ends[upper][0])


def _in_reach(function: str, argument: Normal, at: Fraction) -> bool:
    """Tell whether a cut can be made: not too far out, and of an arc at a number only."""
    if max(at.numerator.bit_length(), at.denominator.bit_length()) > _MAX_BITS:
        return False
    if function == "log":
        return at > 0
    if function in ("sin", "cos"):
        return abs(at) <= _MAX_ANGLE
    return argument.constant is not None and (function == "atan" or abs(at) <= 1)


def _beyond(argument: Normal, at: Fraction, value: Fraction) -> Iterator[Instance]:
    """Yield what is known of exp far out, where its value has too many digits to write."""
    edge = Fraction(_MAX_EXPONENT if at > 0 else -_MAX_EXPONENT)
    low, high = enclosure("exp", edge, _MIN_BITS)
    if at > 0 and value < low:
        yield Instance(l.exp_at_least(edge, low), {"t": argument.term})
    elif at < 0 and value > high:
        yield Instance(l.exp_at_most(edge, high), {"t": argument.term})


def _tangent(function: str, argument: Normal, at: Fraction, gap: Fraction) -> Instance:
    point = _near(function, at, gap)
    low, high = enclosure(function, point, _bits_for(function, point, gap))
    if function == "exp":
        return Instance(l.exp_tangent(point, low), {"t": (argument - number(point)).term})
    return Instance(l.log_tangent(point, high), {"t": argument.scaled(1 / point).term})


def _neighbours(function: str, middle: Fraction, points: set[Fraction]) -> tuple[Fraction, Fraction]:
    """Return the points on both sides between which secants are drawn: known ones, if near enough."""
    lower = max((p for p in points if p < middle), default=None)
    upper = min((p for p in points if p > middle), default=None)
    step = Fraction(1) if function == "exp" else middle / 2
    if lower is None or lower < middle - 4 * step:
        lower = middle - step
    if upper is None or upper > middle + 8 * step:
        upper = middle + 2 * step
    return lower, upper


def _near(function: str, at: Fraction, gap: Fraction) -> Fraction:
    """Return a point near ``at`` whose tangent or secant misses the function at ``at`` by little.

    The second-order error of exp is f''·h²/2 with f'' = exp; of log it is (h/t)²/2, of sine h².
    """
    if function == "exp":
        high = enclosure("exp", at, 8)[1]
        error: Callable[[Fraction], Fraction] = lambda h: high * h * h  # noqa: E731
    elif function in ANGULAR:
        error = lambda h: h * h  # noqa: E731
    else:
        error = lambda h: (h / at) ** 2  # noqa: E731
    denominator = 1
    while True:
        point = at.limit_denominator(denominator)
        if (
            (function != "log" or point > 0)
            and abs(point - at) <= at / 2 + 1
            and (error(abs(point - at)) <= gap * _TOLERANCE)
        ):
            return point
        denominator *= 4
        if denominator > 1 << _MAX_CUT_BITS:
            return at


def _bits_for(function: str, at: Fraction, gap: Fraction) -> int:
    """Return the significant bits that make rounding small against the gap."""
    size = max((abs(end) for end in enclosure(function, at, 8)), default=Fraction(1))
    bits = _MIN_BITS
    while size / (1 << bits) > gap * _TOLERANCE and bits < _MAX_CUT_BITS:
        bits += 2
    return bits
