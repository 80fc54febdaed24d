"""A script's answers as SMT-LIB 2.6 wants them: sat and the like, models, values, echoes.

Algebraic numbers are written as the model validation track of SMT-COMP proposes,
``(root-of-with-interval (coeffs c0 c1 ...) low high)``: the standard itself has no form for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from srverify.emit.smtlib import literal
from srverify.language.errors import UnsupportedError
from srverify.language.prefix import PrefixWriter
from srverify.language.term import Number, Term, function
from srverify.numerics.reals import ClosedForm, Root, parse_real

if TYPE_CHECKING:
    from srverify.language.smtlib.reader import Question, Request

#: Functions that solvers have a name for, besides exp, log and sqrt.
_SHARED = {name: name for name in ("sin", "cos", "tan", "sinh", "cosh", "tanh")}
_SHARED |= {f"a{name}": f"arc{name}" for name in ("sin", "cos", "tan")}
_SIMPLE_SYMBOL = re.compile(r"[A-Za-z~!@$%^&*_+=<>.?/-][0-9A-Za-z~!@$%^&*_+=<>.?/-]*")


def answered(question: Question, answer: str, model: Mapping[str, str] | None) -> Iterator[str]:
    """Yield the lines that answer one ``check-sat`` and what is asked for after it.

    Parameters
    ----------
    answer
        ``sat``, ``unsat`` or ``unknown``.
    model
        By the script's symbols, exactly, where the answer is ``sat``.
    """
    for request in question.preamble:
        yield from _told(question, request, None)
    yield answer
    for request in question.requests:
        yield from _told(question, request, model if answer == "sat" else None)


def _told(question: Question, request: Request, model: Mapping[str, str] | None) -> Iterator[str]:
    if request.command == "echo":
        yield request.words[0]
        return
    if model is None:
        yield '(error "there is no model")'
        return
    wanted = list(question.sorts) if request.command == "get-model" else request.words
    try:
        values = {name: value_text(model.get(name), question.sorts[name]) for name in wanted}
    except KeyError:
        yield '(error "only declared constants have values here")'
        return
    except UnsupportedError as error:
        yield f'(error "{error}")'
        return
    if request.command == "get-value":
        yield f"({' '.join(f'({_symbol(name)} {values[name]})' for name in wanted)})"
        return
    yield "("
    for name, value in values.items():
        yield f"  (define-fun {_symbol(name)} () {question.sorts[name]} {value})"
    yield ")"


def value_text(value: str | None, sort: str) -> str:
    """Write a value of a model; a constant on which nothing depends is 0, or false.

    >>> value_text("-3/4", "Real"), value_text("-3", "Int"), value_text(None, "Bool")
    ('(- (/ 3.0 4.0))', '(- 3)', 'false')
    >>> value_text("root(x^2 - 2, 1, 3/2)", "Real")
    '(root-of-with-interval (coeffs (- 2) 0 1) (/ 3.0 4.0) (/ 3.0 2.0))'

    Raises
    ------
    UnsupportedError
        For a closed form with functions that no solver has a name for.
    """
    if sort == "Bool":
        return value or "false"
    number = parse_real(value or "0")
    if isinstance(number, Root):
        coefficients = " ".join(map(_integer, number.coefficients))
        low, high = literal(number.low), literal(number.high)
        return f"(root-of-with-interval (coeffs {coefficients}) {low} {high})"
    if isinstance(number, ClosedForm):
        return _Closed().walk(number.term)
    if sort == "Int" and number.denominator == 1:
        return _integer(number.numerator)
    return literal(number)


def _integer(value: int) -> str:
    return f"(- {-value})" if value < 0 else str(value)


def _symbol(name: str) -> str:
    return name if _SIMPLE_SYMBOL.fullmatch(name) else f"|{name}|"


class _Closed(PrefixWriter):
    """Write a term without variables, with the names that solvers have for its functions."""

    def walk_number(self, value: Number) -> str:
        return literal(Fraction(value.value))

    def walk_function(self, name: str, argument: Term) -> str:
        if name in _SHARED:
            return f"({_SHARED[name]} {self.walk(argument)})"
        raise UnsupportedError(f"SMT-LIB has no name for {name} in {function(name, argument)}")
