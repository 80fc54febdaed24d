"""What a user hands over in the place of a term: exact numbers and SymPy expressions."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from srverify.language import term as t
from srverify.language.errors import InputError, UnsupportedError

_FUNCTIONS: dict[str, Callable[..., t.Term]] = {
    "exp": t.exp,
    "log": t.log,
    "Abs": t.absolute,
    "Min": t.minimum,
    "Max": t.maximum,
}


def as_term(value: object) -> t.Term:
    """Return a term as it is, an exact number as one, and a SymPy expression as read by ``from_sympy``.

    Raises InputError for anything else.
    """
    if isinstance(value, t.Term):
        return value
    if isinstance(value, int | Fraction):
        return t.number(value)
    # What is SymPy's has imported SymPy.
    if any(kind.__module__.partition(".")[0] == "sympy" for kind in type(value).__mro__):
        return from_sympy(value)
    raise InputError(f"{value!r} is not a term")


def from_sympy(expression: Any) -> t.Term:
    """Read a SymPy expression as it is; what SymPy simplified away while building it is not seen.

    Raises UnsupportedError for what is not in the language, InputError for a symbol that is neither
    ``Symbol(name, real=True)`` nor ``Symbol(name, integer=True, nonnegative=True)``.
    """
    import sympy

    if not isinstance(expression, sympy.Expr):
        raise UnsupportedError(f"not in the statement language: {expression}")
    if expression.is_Rational:
        return t.number(Fraction(int(expression.p), int(expression.q)))
    if expression.is_Symbol:
        return _symbol(expression)
    if expression is sympy.E:
        return t.exp(t.number(1))
    arguments = expression.args
    name = type(expression).__name__
    if expression.func is sympy.exp or (expression.is_Pow and arguments[0] is sympy.E):
        return t.exp(from_sympy(arguments[-1]))
    if expression.func is sympy.LambertW:
        branch = int(arguments[1]) if len(arguments) == 2 else 0
        return t.lambertw(from_sympy(arguments[0]), branch)
    if expression.func is sympy.log and len(arguments) != 1:
        raise UnsupportedError(f"only the natural logarithm is in the statement language: {expression}")
    if expression.is_Add:
        return t.add(*map(from_sympy, arguments))
    if expression.is_Mul:
        return t.mul(*map(from_sympy, arguments))
    if expression.is_Pow:
        return t.power(*map(from_sympy, arguments))
    if expression is sympy.pi:
        return t.PI
    if expression.func is sympy.polygamma and arguments[0] in (0, 1):
        return t.function(("digamma", "trigamma")[int(arguments[0])], from_sympy(arguments[1]))
    if name in t.FUNCTIONS and expression.func is getattr(sympy, name):
        return t.function(name, *map(from_sympy, arguments))
    if name in _FUNCTIONS and expression.func is getattr(sympy, name):
        return _FUNCTIONS[name](*map(from_sympy, arguments))
    raise UnsupportedError(f"not in the statement language: {expression}")


def _symbol(symbol: Any) -> t.Symbol:
    import sympy

    if symbol == sympy.Symbol(symbol.name, real=True):
        return t.variable(symbol.name)
    if symbol == sympy.Symbol(symbol.name, integer=True, nonnegative=True):
        return t.variable(symbol.name, natural=True)
    raise InputError(
        f"symbol {symbol} is neither real nor natural: write Symbol({symbol.name!r}, real=True)"
        f" or Symbol({symbol.name!r}, integer=True, nonnegative=True)"
    )
