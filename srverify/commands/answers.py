"""A script's answers as SMT-LIB 2.6 wants them: sat and the like, models, values, cores, echoes.

Algebraic numbers are written as Z3 writes and reads them, ``(root-obj polynomial k)``: the standard
itself has no form for them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from srverify.commands.values import UnknownValueError, Values
from srverify.emit.smtlib import literal
from srverify.language.errors import UnsupportedError
from srverify.language.prefix import PrefixWriter
from srverify.language.smtlib.requests import symbol_text
from srverify.language.smtlib.uninterpreted import DIVISION
from srverify.language.term import Number, Term, function
from srverify.numerics.reals import ClosedForm, Real, Root, parse_real, rank

if TYPE_CHECKING:
    from srverify.language.smtlib.question import Question
    from srverify.language.smtlib.requests import Label, Request
    from srverify.language.smtlib.uninterpreted import Function

#: Functions that solvers have a name for, besides exp, log and sqrt.
_SHARED = {name: name for name in ("sin", "cos", "tan", "sinh", "cosh", "tanh")}
_SHARED |= {f"a{name}": f"arc{name}" for name in ("sin", "cos", "tan")}
_INFO = {
    ":name": '"srverify"',
    ":authors": '"the authors of srverify"',
    ":error-behavior": "immediate-exit",
}


def answered(
    question: Question,
    answer: str,
    model: Mapping[str, str] | None,
    core: Sequence[Label] = (),
    applied: Mapping[str, str] | None = None,
) -> Iterator[str]:
    """Yield the lines that answer one ``check-sat`` and what is asked for after it.

    Parameters
    ----------
    answer
        ``sat``, ``unsat`` or ``unknown``.
    model
        By the script's symbols, exactly, where the answer is ``sat``.
    core
        Where it is ``unsat``: labels whose assertions contradict each other and those without labels.
    applied
        Where it is ``sat``: the values of functions, by the constants that stand for them.
    """
    for request in question.preamble:
        yield from _told(question, request, "", None)
    yield answer
    for request in question.requests:
        found = model if answer == "sat" else None
        yield from _told(question, request, answer, found, core, applied)


def _told(
    question: Question,
    request: Request,
    answer: str,
    model: Mapping[str, str] | None,
    core: Sequence[Label] = (),
    applied: Mapping[str, str] | None = None,
) -> Iterator[str]:
    match request.command:
        case "echo":
            yield request.text
        case "get-info":
            yield _info(request.text, answer)
        case "get-unsat-core" | "get-unsat-assumptions":
            assumed = request.command == "get-unsat-assumptions"
            if answer == "unsat":
                yield f"({' '.join(label.text for label in core if label.assumed == assumed)})"
            else:
                yield '(error "the last answer is not unsat")'
        case _ if model is None:
            yield '(error "there is no model")'
        case "get-model":
            yield from _model(question, model, applied)
        case _:
            yield _values(question, request, Values(question, model, request.stand_ins, applied))


def _info(keyword: str, answer: str) -> str:
    if keyword == ":version":
        from srverify import __version__

        return f'(:version "{__version__}")'
    if keyword == ":reason-unknown" and answer == "unknown":
        return "(:reason-unknown incomplete)"
    return f"({keyword} {_INFO[keyword]})" if keyword in _INFO else "unsupported"


def _model(
    question: Question, model: Mapping[str, str], applied: Mapping[str, str] | None
) -> Iterator[str]:
    lines = []
    for name, sort in question.sorts.items():
        try:
            value = value_text(model.get(name), sort)
        except UnsupportedError as error:
            yield f'(error "{error}")'
            return
        lines.append(f"  (define-fun {symbol_text(name)} () {sort} {value})")
    values = Values(question, model, applied=applied)
    for declared in (*question.functions, DIVISION):
        try:
            if declared != DIVISION or values.table(DIVISION):
                lines.append(f"  {_interpretation(declared, values)}")
        except UnknownValueError:
            yield f'(error "the values of {_quoted(symbol_text(declared.name))} are not known")'
            return
        except UnsupportedError as error:
            yield f'(error "{error}")'
            return
    yield from ("(", *lines, ")")


def _interpretation(function: Function, values: Values) -> str:
    """Write a function as a definition by cases; elsewhere it is 0, or false.

    That of quotients by 0, which Z3 writes as a function ``/0`` and does not read, is a comment.
    """
    names = [f"x!{i}" for i in range(len(function.parameters))]
    body = value_text(None, function.sort)
    for arguments, value in reversed(list(values.table(function).values())):
        sides = zip(names, arguments, function.parameters, strict=False)
        tests = [f"(= {name} {_of_sort(argument, sort)})" for name, argument, sort in sides]
        test = tests[0] if len(tests) == 1 else f"(and {' '.join(tests)})"
        body = f"(ite {test} {_of_sort(value, function.sort)} {body})"
    parameters = " ".join(f"({n} {sort})" for n, sort in zip(names, function.parameters, strict=True))
    if function == DIVISION:
        return f"; (define-fun /0 ({parameters}) {function.sort} {body})"
    return f"(define-fun {symbol_text(function.name)} ({parameters}) {function.sort} {body})"


def _of_sort(value: Real, sort: str) -> str:
    return str(value == 1).lower() if sort == "Bool" else _number(value, sort)


def _values(question: Question, request: Request, values: Values) -> str:
    pairs: list[str] = []
    for asked in request.asked:
        try:
            value = values.of(asked.value)
            text = str(value).lower() if isinstance(value, bool) else _number(value, asked.sort)
        except UnknownValueError:
            return f'(error "the value of {_quoted(asked.text)} is not known")'
        except UnsupportedError as error:
            return f'(error "{error}")'
        pairs.append(f"({asked.text} {text})")
    return f"({' '.join(pairs)})"


def function_values(
    question: Question, model: Mapping[str, str], applied: Mapping[str, str]
) -> dict[str, str]:
    """Return what is known of functions in a model, such as ``f(0)`` or ``1/0``, each with its value."""
    found: dict[str, str] = {}
    values = Values(question, model, applied=applied)
    for declared in (*question.functions, DIVISION):
        try:
            table = values.table(declared)
        except UnknownValueError:
            # It is applied to what has no value.
            continue
        for arguments, value in table.values():
            shown = ", ".join(map(_shown, arguments, declared.parameters))
            left = f"{shown}/0" if declared == DIVISION else f"{declared.name}({shown})"
            found[left] = _shown(value, declared.sort)
    return found


def _shown(value: Real, sort: str) -> str:
    return str(value == 1).lower() if sort == "Bool" else str(value)


def _quoted(text: str) -> str:
    return text.replace('"', '""')


def value_text(value: str | None, sort: str) -> str:
    """Write a value of a model; a constant on which nothing depends is 0, or false.

    >>> value_text("-3/4", "Real"), value_text("-3", "Int"), value_text(None, "Bool")
    ('(- (/ 3.0 4.0))', '(- 3)', 'false')
    >>> value_text("root(x^2 - 2, 1, 3/2)", "Real")
    '(root-obj (+ (^ x 2) (- 2)) 2)'

    Raises
    ------
    UnsupportedError
        For a closed form with functions that no solver has a name for.
    """
    if sort == "Bool":
        return value or "false"
    return _number(parse_real(value or "0"), sort)


def _number(number: Real, sort: str) -> str:
    if isinstance(number, Root):
        return f"(root-obj {_polynomial(number.coefficients)} {rank(number)})"
    if isinstance(number, ClosedForm):
        return _Closed().walk(number.term)
    if sort == "Int" and number.denominator == 1:
        return _integer(number.numerator)
    return literal(number)


def _polynomial(coefficients: Sequence[int]) -> str:
    """Write a polynomial in ``x``, whatever constants a script has: ``root-obj`` binds it."""
    summands = []
    for degree, coefficient in reversed(list(enumerate(coefficients))):
        power = "x" if degree == 1 else f"(^ x {degree})"
        if degree == 0 and coefficient:
            summands.append(_integer(coefficient))
        elif coefficient:
            summands.append(power if coefficient == 1 else f"(* {_integer(coefficient)} {power})")
    return f"(+ {' '.join(summands)})"


def _integer(value: int) -> str:
    return f"(- {-value})" if value < 0 else str(value)


class _Closed(PrefixWriter):
    """Write a term without variables, with the names that solvers have for its functions."""

    def walk_number(self, value: Number) -> str:
        return literal(Fraction(value.value))

    def walk_function(self, name: str, argument: Term) -> str:
        if name in _SHARED:
            return f"({_SHARED[name]} {self.walk(argument)})"
        raise UnsupportedError(f"SMT-LIB has no name for {name} in {function(name, argument)}")
