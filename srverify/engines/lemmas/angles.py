"""The facts about sine, cosine, their inverses and pi that solvers are told, and when.

As in ``srverify.engines.lemmas.templates`` each is a statement that another engine proves before use.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations

from srverify.engines.lemmas.rounding import enclosure
from srverify.engines.lemmas.templates import REAL, Instance, lemma, rational
from srverify.engines.lemmas.templates import enclosure as enclosed
from srverify.language import term as t
from srverify.language.normal_form import Normal, normal
from srverify.language.parser import term_text

#: The functions that this module knows facts about.
ANGULAR = ("sin", "cos", "asin", "acos", "atan")
UNIT = "[-1, 1]"
_BITS = 48
_MAX_PAIRED = 4
#: A cut holds that far to both sides of its point.
_REACH = 2
_PI = normal(t.PI)

#: What holds at every argument of a function, by level of ``srverify.engines.lemmas.selection``.
_EVERYWHERE: dict[str, tuple[tuple[str, str], ...]] = {
    "circle": (
        ("sin-cos-circle", "sin(t)^2 + cos(t)^2 = 1"),
        ("sin-range", "-1 <= sin(t) and sin(t) <= 1"),
        ("cos-range", "-1 <= cos(t) and cos(t) <= 1"),
        ("sin-below-line", "t <= 0 or sin(t) < t"),
        ("sin-above-line", "0 <= t or t < sin(t)"),
        ("cos-above-parabola", "1 - t^2/2 <= cos(t)"),
    ),
    "asin": (
        ("sin-of-asin", "sin(asin(t)) = t"),
        ("asin-range", "-pi/2 <= asin(t) and asin(t) <= pi/2"),
        ("cos-of-asin", "0 <= cos(asin(t))"),
    ),
    "acos": (
        ("cos-of-acos", "cos(acos(t)) = t"),
        ("acos-range", "0 <= acos(t) and acos(t) <= pi"),
        ("acos-asin", "acos(t) = pi/2 - asin(t)"),
        ("sin-of-acos", "0 <= sin(acos(t))"),
    ),
    "atan": (
        ("tan-of-atan", "sin(atan(t)) = t*cos(atan(t))"),
        ("atan-range", "-pi/2 < atan(t) and atan(t) < pi/2"),
        ("cos-of-atan", "0 < cos(atan(t))"),
    ),
}
_SHARPER = (
    ("sin-taylor-3", "t <= 0 or t - t^3/6 < sin(t)"),
    ("sin-taylor-3", "0 <= t or sin(t) < t - t^3/6"),
    ("cos-taylor-4", "cos(t) <= 1 - t^2/2 + t^4/24"),
)
#: Turns by a quarter, and by multiples of it: sine and cosine of t + k*pi/2.
_TURNS = (("sin(t)", "cos(t)"), ("cos(t)", "-sin(t)"), ("-sin(t)", "-cos(t)"), ("-cos(t)", "sin(t)"))


def angular(arguments: Mapping[str, Sequence[Normal]], level: int) -> Iterator[Instance]:
    """Yield the instances of one level for the arguments of each function that occur."""
    circle = _unique(*(arguments.get(name, ()) for name in ("sin", "cos")))
    if level == 0:
        yield from _constants(arguments)
        for u in circle:
            if u.constant is None:
                yield from (_at(name, show, REAL, u) for name, show in _EVERYWHERE["circle"])
                yield from _turned(u)
        for name in ("asin", "acos", "atan"):
            domain = REAL if name == "atan" else UNIT
            for v in arguments.get(name, ()):
                if v.constant is None:
                    yield from (_at(called, show, domain, v) for called, show in _EVERYWHERE[name])
        yield from _related(circle)
    elif level > 1:
        for u in circle:
            if u.constant is None:
                yield from (_at(name, show, REAL, u) for name, show in _SHARPER)
        if len(circle) <= _MAX_PAIRED:
            for u, v in combinations(circle, 2):
                if (u - v).constant is None:
                    yield from _sum(u - v, v)


def _unique(*several: Sequence[Normal]) -> tuple[Normal, ...]:
    return tuple({u.key: u for forms in several for u in forms}.values())


def _at(name: str, show: str, domain: str, argument: Normal) -> Instance:
    return Instance(lemma(name, show, t=domain), {"t": argument.term})


def _constants(arguments: Mapping[str, Sequence[Normal]]) -> Iterator[Instance]:
    for function in ANGULAR:
        for u in arguments.get(function, ()):
            if u.constant is not None and (
                function[0] != "a" or function == "atan" or abs(u.constant) <= 1
            ):
                low, high = enclosure(function, u.constant, _BITS)
                yield Instance(enclosed(function, u.constant, low, high), {})


def _turned(u: Normal) -> Iterator[Instance]:
    """Yield what a multiple of pi/2 in an argument does to sine and cosine."""
    turns = [factor for monomial, factor in u.parts if Normal(((monomial, Fraction(1)),)).key == _PI.key]
    if not turns:
        return
    quarter = turns[0] * 2
    rest = u - _PI.scaled(turns[0])
    if quarter.denominator == 1:
        for function, shown in zip(("sin", "cos"), _TURNS[quarter.numerator % 4], strict=True):
            shifted = f"{function}(t + ({turns[0]})*pi) = {shown}"
            yield _at("quarter-turn", shifted, REAL, rest)
    elif rest.constant == 0:
        yield from _exact(turns[0])


def _exact(turns: Fraction) -> Iterator[Instance]:
    """Yield the rational values of sine and cosine at a rational multiple of pi, or close bounds."""
    for function in ("sin", "cos"):
        half = _half(function, turns)
        if half is not None:
            show = f"{function}(({turns})*pi) = {half}"
            yield Instance(lemma("exact-angle", show), {})


def _half(function: str, turns: Fraction) -> Fraction | None:
    """Return the value at turns*pi if it is 1/2 or -1/2."""
    sixth = (turns if function == "sin" else turns + Fraction(1, 2)) * 6 % 12
    if sixth.denominator != 1 or sixth not in (1, 5, 7, 11):
        return None
    return Fraction(1 if sixth < 6 else -1, 2)


def _related(circle: Sequence[Normal]) -> Iterator[Instance]:
    known = {u.key for u in circle}
    for u, v in combinations(circle, 2):
        if (u + v).constant == 0:
            yield _at("sin-odd", "sin(-t) = -sin(t)", REAL, v)
            yield _at("cos-even", "cos(-t) = cos(t)", REAL, v)
        elif (u + v).key in known:
            yield from _sum(u, v)
        elif (u - v).constant is not None:
            yield from _sum(u - v, v)
    for u in circle:
        if u.constant is None and u.scaled(Fraction(2)).key in known:
            yield _at("sin-double", "sin(2*t) = 2*sin(t)*cos(t)", REAL, u)
            yield _at("cos-double", "cos(2*t) = 1 - 2*sin(t)^2", REAL, u)


def _sum(u: Normal, v: Normal) -> Iterator[Instance]:
    terms = {"s": u.term, "t": v.term}
    for name, show in (
        ("sin-sum", "sin(s + t) = sin(s)*cos(t) + cos(s)*sin(t)"),
        ("cos-sum", "cos(s + t) = cos(s)*cos(t) - sin(s)*sin(t)"),
    ):
        yield Instance(lemma(name, show, s=REAL, t=REAL), terms)


# -- cuts --------------------------------------------------------------------------------------


def parabola(function: str, argument: Normal, at: Fraction, below: bool, slack: Fraction) -> Instance:
    """Return a bound of sine or cosine near a point: Taylor's parabola with the largest curvature.

    Parameters
    ----------
    at
        The point; the bound holds up to ``_REACH`` to both sides of it.
    below
        Whether it is a lower bound.
    slack
        By how much the bound may miss the value at the point.
    """
    bits = max(8, (slack.denominator // slack.numerator + 1).bit_length() + 3)
    sign = -1 if below else 1
    value = enclosure(function, at, bits + 4)[0 if below else 1]
    other = "cos" if function == "sin" else "sin"
    slope = sum(enclosure(other, at, bits + 4)) / 2 * (1 if function == "sin" else -1)
    # Rounding the slope is paid for in the constant: it moves the line by at most reach times 2^-bits.
    grid = Fraction(1, 1 << bits)
    slope = round(slope / grid) * grid
    value = round(value / grid) * grid + sign * 2 * (_REACH + 1) * grid
    point = term_text(rational(at))
    bound = f"({value}) + ({slope})*(t - ({point})) + ({sign})*(t - ({point}))^2/2"
    sides = (bound, f"{function}(t)") if below else (f"{function}(t)", bound)
    domain = f"[{at - _REACH}, {at + _REACH}]"
    return Instance(lemma(f"{function}-parabola", " <= ".join(sides), t=domain), {"t": argument.term})
