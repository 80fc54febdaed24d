"""Differentiation of terms, and where it is right.

Theorem. Let x be a real variable and fix the others. If every condition of ``differentiability(f, x)``
holds at every point of an open interval, then f is infinitely often differentiable there and
``derivative(f, x)`` is defined there and is its derivative; ``differentiability`` of the derivative
follows from the same conditions. Proof: by induction on f. Every operation is smooth on the open set
that its condition describes (log, real powers and roots for positive arguments, |u| for u != 0, W for
u > -1/e, the functions of one argument where their rows say so): cusps and kinks are excluded. ``min``
and ``max`` are refused; so are exponents that are natural, and functions for whose derivative there is
no word. A part without x needs to be defined only.
"""

from __future__ import annotations

from functools import lru_cache

from srverify.checker.enclosures import functions
from srverify.checker.enclosures.functions import RULES
from srverify.checker.rejected import RejectedError
from srverify.language import term as t
from srverify.language.definedness import definedness, joined
from srverify.language.formula import And, Formula, Relation, unequal
from srverify.language.term import Number, Term

_ZERO, _ONE = t.number(0), t.number(1)


@lru_cache(maxsize=4096)
def differentiability(term: Term, x: Term) -> tuple[Formula, ...]:
    """Return conditions under which a term is smooth in x, innermost first."""
    if x not in t.symbols_of(term):
        return definedness(term)
    node = t.operation(term)
    if node.operator == "variable":
        return ()
    inner = joined(*(differentiability(argument, x) for argument in node.arguments))
    first = node.arguments[0]
    positive, nonzero = Relation("<", _ZERO, first), unequal(first, _ZERO)
    own: tuple[Formula, ...] = ()
    match node.operator:
        case "log" | "sqrt" | "ratpower" | "realpower":
            own = (positive,)
        case "abs":
            own = (nonzero,)
        case "power" if t.literal(node.arguments[1]).value < 0:
            own = (nonzero,)
        case "natpower":
            # The derivative is written n*u^n/u.
            own = (nonzero,)
        case "div":
            own = (unequal(node.arguments[1], _ZERO),)
        case "lambertw":
            inside = Relation("<", t.neg(t.exp(t.number(-1))), first)
            own = (inside if node.arguments[1] == _ZERO else And((inside, Relation("<", first, _ZERO))),)
        case "min" | "max":
            raise RejectedError(f"{node.operator} has no derivative here")
        case name if name in RULES:
            own = RULES[name].smooth(first)
    return joined(inner, own)


@lru_cache(maxsize=4096)
def derivative(term: Term, x: Term) -> Term | None:
    """Return the derivative, or None where it is 0 whatever the values."""
    if x not in t.symbols_of(term):
        return None
    if term == x:
        return _ONE
    node = t.operation(term)
    u = node.arguments[0]
    v = node.arguments[1] if len(node.arguments) > 1 else _ONE
    du = derivative(u, x)
    if du is None and (len(node.arguments) == 1 or node.operator in ("power", "ratpower", "lambertw")):
        return None
    match node.operator:
        case "add":
            return _sum(*(derivative(part, x) for part in node.arguments))
        case "mul":
            parts = node.arguments
            return _sum(
                *(
                    _times(*parts[:i], derivative(part, x), *parts[i + 1 :])
                    for i, part in enumerate(parts)
                )
            )
        case "neg":
            return _negative(du)
        case "div":
            dv = derivative(v, x)
            return _sum(_over(du, v), _negative(_over(_times(u, dv), t.power(v, t.number(2)))))
        case "power" | "ratpower":
            if v == _ZERO:
                return None
            assert isinstance(v, Number)
            return _times(v, _ONE if v == _ONE else t.power(u, t.number(v.value - 1)), du)
        case "natpower":
            if x in t.symbols_of(v):
                raise RejectedError("a natural exponent has no derivative")
            return _times(v, t.div(term, u), du)
        case "realpower":
            return _sum(_times(term, derivative(v, x), t.log(u)), _times(term, v, _over(du, u)))
        case "exp":
            return _times(term, du)
        case "log":
            return _over(du, u)
        case "sqrt":
            return _over(du, t.mul(t.number(2), term))
        case "abs":
            return _times(du, t.div(u, term))
        case "lambertw":
            return _over(du, t.mul(t.exp(term), t.add(_ONE, term)))
        case name if name in RULES:
            slope = functions.derivative(name, u, term)
            if slope is not None:
                return _times(slope, du)
    raise RejectedError(f"{node.operator} has no derivative here")


def _sum(*parts: Term | None) -> Term | None:
    kept = [part for part in parts if part is not None]
    return t.add(*kept) if kept else None


def _times(*parts: Term | None) -> Term | None:
    kept = [part for part in parts if part is not None and part != _ONE]
    if None in parts:
        return None
    return t.mul(*kept) if kept else _ONE


def _over(part: Term | None, divisor: Term) -> Term | None:
    return None if part is None else t.div(part, divisor)


def _negative(part: Term | None) -> Term | None:
    return None if part is None else t.neg(part)
