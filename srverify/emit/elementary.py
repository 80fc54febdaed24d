"""Hyperbolic functions, their inverses and the tangent, written out by exp, log, roots, sine and cosine.

Each form equals the function wherever that is defined; outside it may have a value of its own, so what
is written out still needs the conditions of ``srverify.language.definedness``.
"""

from __future__ import annotations

from collections.abc import Callable

from srverify.language import term as t
from srverify.language.term import Term

_TWO = t.number(2)


def _root(u: Term, shift: Term) -> Term:
    return t.sqrt(t.add(t.power(u, _TWO), shift))


def _sum(u: Term) -> Term:
    return t.add(t.exp(u), t.exp(t.neg(u)))


def _difference(u: Term) -> Term:
    return t.sub(t.exp(u), t.exp(t.neg(u)))


_FORMS: dict[str, Callable[[Term], Term]] = {
    "tan": lambda u: t.div(t.function("sin", u), t.function("cos", u)),
    "sinh": lambda u: t.div(_difference(u), _TWO),
    "cosh": lambda u: t.div(_sum(u), _TWO),
    "tanh": lambda u: t.div(_difference(u), _sum(u)),
    "asinh": lambda u: t.log(t.add(u, _root(u, t.ONE))),
    "acosh": lambda u: t.log(t.add(u, _root(u, t.number(-1)))),
    "atanh": lambda u: t.div(t.sub(t.log(t.add(t.ONE, u)), t.log(t.sub(t.ONE, u))), _TWO),
}


def written_out(name: str, argument: Term) -> Term | None:
    """Return a function of a term without it, or None if it has no such form.

    >>> written_out("tan", t.variable("x"))
    sin(x)/cos(x)
    """
    form = _FORMS.get(name)
    return None if form is None else form(argument)
