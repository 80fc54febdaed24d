"""Say which term has no value at a point, and what to add to a statement so that it has one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from srverify.language import term as t
from srverify.language.definedness import conditions
from srverify.language.formula import And, Formula, Or, Relation, relations
from srverify.language.parser import formula_text
from srverify.language.statement import Statement
from srverify.language.term import Term
from srverify.numerics.arb_eval import Coordinate, evaluate, holds_at

_CALLS = {"log": "log", "sqrt": "sqrt", "lambertw": "LambertW"} | {name: name for name in t.FUNCTIONS}


def undefined_terms(statement: Statement, point: Mapping[str, Coordinate]) -> str:
    """Return what is undefined in the conclusion at a point, in a phrase; empty if nothing is.

    >>> undefined_terms(Statement.parse("log(x) <= x - 1"), {"x": 0})
    'log(0) is undefined; add x > 0'
    >>> undefined_terms(Statement.parse("1/(x - 1) <= x"), {"x": 1})
    '1/0 is undefined; add x - 1 != 0'
    """
    for relation in relations(statement.conclusion):
        for side in (relation.left, relation.right):
            for node in _inner_first(side):
                if evaluate(node, point).defined is False:
                    wanted = [c for c in conditions(node) if holds_at(c, point) is False]
                    advice = " and ".join(map(_condition_text, wanted))
                    return f"{_shown(node, point)} is undefined; add {advice}"
    return ""


def _inner_first(term: Term) -> Iterator[Term]:
    for argument in () if term.operator in ("number", "variable") else term.arguments:
        yield from _inner_first(argument)
    yield term


def _shown(node: Term, point: Mapping[str, Coordinate]) -> str:
    """Print an operation with the values of its arguments, where these are rational."""
    arguments = [_value(argument, point) for argument in node.arguments]
    if node.operator in _CALLS:
        return f"{_CALLS[node.operator]}({', '.join(arguments)})"
    sign = "/" if node.operator == "div" else "^"
    return sign.join(text if _is_plain(text) else f"({text})" for text in arguments)


def _is_plain(text: str) -> bool:
    return not any(sign in text for sign in "+-*/^ ")


def _value(term: Term, point: Mapping[str, Coordinate]) -> str:
    exact = evaluate(term, point).exact
    return str(term) if exact is None else str(exact)


def _condition_text(condition: Formula) -> str:
    """Print a condition as one would type it: the term first, ``!=`` for "on either side"."""
    match condition:
        case Relation(operator, left, right) if isinstance(left, t.Number):
            return f"{right} {operator.replace('<', '>')} {left}"
        case Or((Relation("<", left, right), Relation("<", other, same))) if (left, right) == (
            same,
            other,
        ):
            return f"{left} != {right}"
        case Or(parts) | And(parts):
            word = " or " if isinstance(condition, Or) else " and "
            texts = [_condition_text(part) for part in parts]
            return word.join(
                f"({x})" if isinstance(p, And) else x for x, p in zip(texts, parts, strict=True)
            )
    return formula_text(condition)
