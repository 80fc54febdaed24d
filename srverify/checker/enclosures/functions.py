"""What proofs may use of each function of one argument: the checker's table, one row per function.

Theorem for each row f. ``image(a)`` contains f(v) for all v in the interval a at which f is defined;
``inside(a)`` is True (False) only if f is defined at all (no) points of a. On the open set on which
``smooth(u)`` holds, f is infinitely often differentiable and ``slope(u, f(u))`` is defined and is its
derivative; ``None``: the language has no word for the derivative. f is continuous where it is defined.
``direction(a)`` is 1 (-1) only if f strictly increases (decreases) around every point of a. ``low`` and
``high`` are the limits at -oo and oo, each with the side from which it is approached; ``pole`` is the
limit at 0 from above.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from flint import arb

from srverify.checker.enclosures import special as sp
from srverify.checker.enclosures.interval import INF, MINUS_INF, ONE, ZERO, Interval
from srverify.language import term as t
from srverify.language.formula import Formula, Relation
from srverify.language.functions import conditions
from srverify.language.term import Term

Slope: TypeAlias = Callable[[Term, Term], Term]
Smooth: TypeAlias = Callable[[Term], tuple[Formula, ...]]
Direction: TypeAlias = Callable[[Interval], int | None]


class End(NamedTuple):
    """A limit: a number in a ball, or infinite; ``side`` is 1 if it is approached from above."""

    at: arb
    side: int = 0


class Rule(NamedTuple):
    """A row of the table."""

    image: sp.Image
    inside: sp.Inside
    slope: Slope | None
    smooth: Smooth
    direction: Direction
    low: End | None = None
    high: End | None = None
    pole: End | None = None


_TWO = t.number(2)
_DOWN, _UP = End(MINUS_INF), End(INF)


def _f(name: str, u: Term) -> Term:
    return t.function(name, u)


def _square(u: Term) -> Term:
    return t.power(u, _TWO)


def _over_root(term: Term) -> Term:
    return t.div(t.ONE, t.sqrt(term))


def _everywhere(_: Term) -> tuple[Formula, ...]:
    return ()


def _positive(u: Term) -> tuple[Formula, ...]:
    return (Relation("<", t.ZERO, u),)


def _in_open_unit(u: Term) -> tuple[Formula, ...]:
    return Relation("<", t.number(-1), u), Relation("<", u, t.ONE)


def _above_one(u: Term) -> tuple[Formula, ...]:
    return (Relation("<", t.ONE, u),)


def _where_defined(name: str) -> Smooth:
    """Return the domain of a function that is smooth on it."""
    return lambda u: conditions(name, u)


def _rises(_: Interval) -> int:
    return 1


def _falls(_: Interval) -> int:
    return -1


def _sign_of(image: sp.Image, factor: int = 1) -> Direction:
    def direction(a: Interval) -> int | None:
        value = image(a)
        return factor if value.low > 0 else -factor if value.high < 0 else None

    return direction


def _unknown(_: Interval) -> None:
    return None


def _bell(u: Term) -> Term:
    """Return ``2*exp(-u^2)/sqrt(pi)``."""
    return t.div(t.mul(_TWO, t.exp(t.neg(_square(u)))), t.sqrt(t.PI))


def _half_pi(sign: int) -> End:
    return End(sign * arb.pi() / 2, -sign)


RULES: dict[str, Rule] = {
    "sin": Rule(
        sp.sin,
        sp.everywhere,
        lambda u, _: _f("cos", u),
        _everywhere,
        _sign_of(sp.cos),
    ),
    "cos": Rule(
        sp.cos,
        sp.everywhere,
        lambda u, _: t.neg(_f("sin", u)),
        _everywhere,
        _sign_of(sp.sin, -1),
    ),
    "tan": Rule(
        sp.tan,
        sp.off_tangent_poles,
        lambda _, f: t.add(t.ONE, _square(f)),
        _where_defined("tan"),
        _rises,
    ),
    "asin": Rule(
        sp.asin,
        sp.within(-1, 1, closed=True),
        lambda u, _: _over_root(t.sub(t.ONE, _square(u))),
        _in_open_unit,
        _rises,
    ),
    "acos": Rule(
        sp.acos,
        sp.within(-1, 1, closed=True),
        lambda u, _: t.neg(_over_root(t.sub(t.ONE, _square(u)))),
        _in_open_unit,
        _falls,
    ),
    "atan": Rule(
        sp.atan,
        sp.everywhere,
        lambda u, _: t.div(t.ONE, t.add(t.ONE, _square(u))),
        _everywhere,
        _rises,
        _half_pi(-1),
        _half_pi(1),
    ),
    "sinh": Rule(
        sp.sinh,
        sp.everywhere,
        lambda u, _: _f("cosh", u),
        _everywhere,
        _rises,
        _DOWN,
        _UP,
    ),
    "cosh": Rule(
        sp.cosh,
        sp.everywhere,
        lambda u, _: _f("sinh", u),
        _everywhere,
        _sign_of(sp.sinh),
        _UP,
        _UP,
    ),
    "tanh": Rule(
        sp.tanh,
        sp.everywhere,
        lambda _, f: t.sub(t.ONE, _square(f)),
        _everywhere,
        _rises,
        End(-ONE, 1),
        End(ONE, -1),
    ),
    "asinh": Rule(
        sp.asinh,
        sp.everywhere,
        lambda u, _: _over_root(t.add(t.ONE, _square(u))),
        _everywhere,
        _rises,
        _DOWN,
        _UP,
    ),
    "acosh": Rule(
        sp.acosh,
        sp.within(1, None, closed=True),
        lambda u, _: _over_root(t.sub(_square(u), t.ONE)),
        _above_one,
        _rises,
        None,
        _UP,
    ),
    "atanh": Rule(
        sp.atanh,
        sp.within(-1, 1, closed=False),
        lambda u, _: t.div(t.ONE, t.sub(t.ONE, _square(u))),
        _in_open_unit,
        _rises,
    ),
    "erf": Rule(
        sp.erf,
        sp.everywhere,
        lambda u, _: _bell(u),
        _everywhere,
        _rises,
        End(-ONE, 1),
        End(ONE, -1),
    ),
    "erfc": Rule(
        sp.erfc,
        sp.everywhere,
        lambda u, _: t.neg(_bell(u)),
        _everywhere,
        _falls,
        End(arb(2), -1),
        End(ZERO, 1),
    ),
    "gamma": Rule(
        sp.gamma,
        sp.off_poles,
        lambda u, f: t.mul(f, _f("digamma", u)),
        _where_defined("gamma"),
        _unknown,
        None,
        _UP,
        _UP,
    ),
    "loggamma": Rule(
        sp.loggamma,
        sp.within(0, None, closed=False),
        lambda u, _: _f("digamma", u),
        _positive,
        _sign_of(sp.digamma),
        None,
        _UP,
        _UP,
    ),
    "digamma": Rule(
        sp.digamma,
        sp.off_poles,
        lambda u, _: _f("trigamma", u),
        _where_defined("digamma"),
        _rises,
        None,
        _UP,
        _DOWN,
    ),
    "trigamma": Rule(
        sp.trigamma,
        sp.off_poles,
        None,
        _where_defined("trigamma"),
        _unknown,
        None,
        End(ZERO, 1),
        _UP,
    ),
}


def derivative(name: str, u: Term, value: Term) -> Term | None:
    """Return the derivative of a function at u, or None if there is no word for it."""
    slope = RULES[name].slope
    return None if slope is None else slope(u, value)
