"""What dReal's dialect adds to declarations: bounds and precisions."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from srverify.language.smtlib.syntax import Branch, Leaf, Sexp, SyntaxMistakeError
from srverify.language.smtlib.terms import Scope, read_real
from srverify.language.term import Number

_INFINITE = {-1: ("-inf", "-infinity"), 1: ("inf", "+inf", "infinity")}


def bounds_of(
    command: Branch,
) -> tuple[tuple[Sexp, ...], tuple[Fraction | None, Fraction | None] | None]:
    """Take dReal's bounds ``[low, high]``, or its precision ``[p]``, off the end of a declaration."""
    opening = [
        index for index, item in enumerate(command.items) if isinstance(item, Leaf) and item.text == "["
    ]
    if not opening:
        return command.items, None
    start = opening[0]
    inside = command.items[start + 1 : -1]
    last = command.items[-1]
    commas = [i for i, item in enumerate(inside) if isinstance(item, Leaf) and item.text == ","]
    closed = isinstance(last, Leaf) and last.text == "]"
    if closed and not commas and len(inside) == 1:
        precision(inside[0])
        return command.items[:start], None
    if not closed or len(commas) != 1:
        raise SyntaxMistakeError("write the bounds as [low, high]", command.items[start].place)
    sides = inside[: commas[0]], inside[commas[0] + 1 :]
    return command.items[:start], (_bound(sides[0], last, -1), _bound(sides[1], last, 1))


def precision(sexp: Sexp) -> None:
    """Read a precision, which changes no answer here: every one of them is exact."""
    value = read_real(sexp, Scope()).cases[0][1]
    if not isinstance(value, Number) or value.value <= 0:
        raise SyntaxMistakeError("a precision is a positive number", sexp.place)


def _bound(side: Sequence[Sexp], last: Sexp, sign: int) -> Fraction | None:
    if len(side) != 1:
        raise SyntaxMistakeError("a bound is one number", side[0].place if side else last.place)
    if isinstance(side[0], Leaf) and side[0].text in _INFINITE[sign]:
        return None
    value = read_real(side[0], Scope())
    if len(value.cases) != 1 or not isinstance(value.cases[0][1], Number):
        raise SyntaxMistakeError("a bound is an exact number", side[0].place)
    return value.cases[0][1].value
