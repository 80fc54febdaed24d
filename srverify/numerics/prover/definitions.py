"""Hypotheses that define a variable, substituted."""

from __future__ import annotations

from srverify.language import term as t
from srverify.language.definedness import definedness
from srverify.language.formula import Relation
from srverify.language.statement import Statement
from srverify.language.term import Symbol, Term


def without_definitions(statement: Statement) -> tuple[Statement, list[tuple[str, Term]]]:
    """Substitute hypotheses ``x = term``; returns the definitions in the order of their removal.

    The definedness of the term, which the hypothesis implied, becomes a hypothesis.
    """
    definitions: list[tuple[str, Term]] = []
    while True:
        found = _definition(statement)
        if found is None:
            return statement, definitions
        index, name, term = found
        statement = statement.without_hypothesis(index).substituted({name: term})
        extra = tuple(definedness(term))
        statement = Statement(statement.variables, (*extra, *statement.hypotheses), statement.conclusion)
        definitions.append((name, term))


def _definition(statement: Statement) -> tuple[int, str, Term] | None:
    domains = {v.symbol: v.domain for v in statement.variables}
    for index, hypothesis in enumerate(statement.hypotheses):
        if not isinstance(hypothesis, Relation) or hypothesis.operator != "=":
            continue
        for symbol, term in (
            (hypothesis.left, hypothesis.right),
            (hypothesis.right, hypothesis.left),
        ):
            if not isinstance(symbol, Symbol) or symbol in t.symbols_of(term):
                continue
            if not domains[symbol].natural or t.is_natural(term):
                return index, symbol.name, term
    return None
