"""Eliminate variables that a hypothesis defines: ``M = 1 + x/2`` lets ``M`` be replaced."""

from __future__ import annotations

from srverify.language import term as t
from srverify.language.formula import Relation
from srverify.language.statement import Statement
from srverify.language.term import Symbol, Term


def definitions(statement: Statement) -> dict[Symbol, Term]:
    """Return the hypotheses ``variable = term``, each variable at most once and in no cycle.

    No defined variable occurs in an earlier term, so substituting in order resolves all of them.
    """
    found: dict[Symbol, Term] = {}
    used: set[Symbol] = set()
    for hypothesis in statement.premises:
        if not isinstance(hypothesis, Relation) or hypothesis.operator != "=":
            continue
        for symbol, term in ((hypothesis.left, hypothesis.right), (hypothesis.right, hypothesis.left)):
            if not isinstance(symbol, Symbol) or symbol in found or symbol in used:
                continue
            inside = t.symbols_of(term)
            if symbol in inside:
                continue
            found[symbol] = term
            used |= inside
            break
    return found


def eliminated(statement: Statement) -> tuple[Statement, dict[str, Term]]:
    """Replace every defined real variable by its term.

    Returns the smaller statement and, for each variable that is gone, its term in the remaining ones.
    The smaller statement holds if and only if the original does.

    >>> smaller, gone = eliminated(Statement.parse("y <= 4", ["y = x^2", "x^2 <= 4"]))
    >>> smaller.text, gone
    ('for x in real: (x^2 = x^2) and (x^2 <= 4) implies x^2 <= 4', {'y': x^2})
    """
    replaced: dict[Symbol, Term] = {}
    for symbol, term in definitions(statement).items():
        if not symbol.natural:
            replaced[symbol] = t.substitute(term, replaced)
    gone = {symbol.name: term for symbol, term in replaced.items()}
    return (statement.substituted(gone) if gone else statement), gone
