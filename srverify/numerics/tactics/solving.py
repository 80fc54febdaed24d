"""Where a slope vanishes: solved for a variable that occurs once, or guessed in closed form."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction

from srverify.checker.rejected import RejectedError
from srverify.language import term as t
from srverify.language.parser import parse_term
from srverify.language.term import Symbol, Term
from srverify.numerics.tactics.forms import Space, plain

#: Numbers in units of which a minimum may lie.
_UNITS = (
    "exp(1)",
    "exp(-1)",
    "exp(1/2)",
    "exp(-1/2)",
    "exp(2)",
    "exp(-2)",
    "log(2)",
    "1/log(2)",
    "sqrt(2)",
    "sqrt(3)",
    "pi",
    "1/pi",
)


def units() -> Iterator[tuple[Term, float]]:
    """Yield constants with their values."""
    names = {"exp": math.exp, "log": math.log, "sqrt": math.sqrt, "pi": math.pi}
    for text in _UNITS:
        yield parse_term(text, {}), eval(text, names)


def closed_forms(value: float) -> Iterator[Term]:
    """Yield simple numbers that agree with a double to ten digits."""
    exact = Fraction(value).limit_denominator(64)
    if abs(float(exact) - value) <= 1e-9 * max(1.0, abs(value)):
        yield t.number(exact)
        return
    for unit, size in units():
        ratio = Fraction(value / size).limit_denominator(12)
        if ratio and abs(float(ratio) * size - value) <= 1e-9 * max(1.0, abs(value)):
            yield unit if ratio == 1 else t.mul(t.number(ratio), unit)
            return


def stationary(slope: Term, symbol: Symbol) -> Term | None:
    """Solve ``slope = 0`` where the variable occurs in one atom, linearly; None otherwise."""
    try:
        space = Space([slope])
        form = space.form(slope)
    except RejectedError:
        return None
    with_x = [index for index, atom in space.atoms.items() if symbol in t.symbols_of(atom)]
    if len(with_x) != 1 or form.p.is_zero():
        return None
    (index,) = with_x
    parts = space.linear_in(form.p, index)
    if parts is None:
        return None
    a, b = parts
    value = t.neg(t.div(b, a))
    # As short as may be: log(2) is recognized, and -(-log(2)/1) is not.
    return _inverted(space.atoms[index], plain(value), symbol)


def _inverted(atom: Term, value: Term, symbol: Symbol) -> Term | None:
    if atom is symbol:
        return value
    match atom.operator:
        case "exp":
            return stationary(t.sub(atom.arguments[0], t.log(value)), symbol)
        case "log":
            return stationary(t.sub(atom.arguments[0], t.exp(value)), symbol)
        case "realpower" if symbol not in t.symbols_of(atom.arguments[0]):
            base, exponent = atom.arguments
            return stationary(t.sub(exponent, t.div(t.log(value), t.log(base))), symbol)
    return None
