"""Take the powers apart whose base may be 0, so that what remains has a positive base.

``u^v`` with a variable exponent is ``exp(v log u)`` where u is positive, and 0 where u is 0 and v is
positive: two cases that no single formula of calculus covers. Whoever reasons with the former alone
proves the cases one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from srverify.language import term as t
from srverify.language.definedness import NEVER, visibly_positive
from srverify.language.formula import And, Formula, Or, Relation, conjunction, map_terms, normal
from srverify.language.formula import terms as terms_of
from srverify.language.statement import Statement
from srverify.language.term import Term

#: More cases than this are not tried: a base more makes three of one.
MAX_CASES = 27


def base_cases(statement: Statement) -> tuple[Statement, ...] | None:
    """Return statements that hold together only if the given one does; None if there are too many.

    In each of them every base of a power with a variable exponent is positive, as a domain or a
    hypothesis says.

    >>> for case in base_cases(Statement.parse("x^p <= 1", (), {"x": "[0, 1]", "p": "[1, 2]"})):
    ...     print(case.text)
    for x in [0, 1], p in [1, 2]: (0 < x) implies x^p <= 1
    for x in [0, 1], p in [1, 2]: (x = 0) implies 0 < p and 0 <= 1
    for x in [0, 1], p in [1, 2]: 0 <= x
    """
    done: list[Statement] = []
    pending = [statement]
    while pending:
        current = pending.pop()
        base = next(_open_bases(current), None)
        if base is None:
            done.append(current)
        else:
            pending += reversed(_split(current, base))
        if len(done) + len(pending) > MAX_CASES:
            return None
    return tuple(done)


def _open_bases(statement: Statement) -> Iterator[Term]:
    """Yield the bases that are not known to be positive, inner ones first."""
    known = {h.right for h in statement.hypotheses if isinstance(h, Relation) and _is_sign(h)}
    for formula in (*statement.hypotheses, statement.conclusion):
        for term in terms_of(formula):
            powers = [node for node in t.subterms(term) if node.operator == "realpower"]
            for power in reversed(powers):
                base = power.arguments[0]
                if base not in known and not visibly_positive(base, statement.positive_symbols):
                    yield base


def _is_sign(relation: Relation) -> bool:
    return relation.operator == "<" and relation.left is t.ZERO


def _split(statement: Statement, base: Term) -> tuple[Statement, ...]:
    """Return the statement where a base is positive, where it is 0, and elsewhere."""
    positive, zero = Relation("<", t.ZERO, base), Relation("=", base, t.ZERO)
    nonnegative = Relation("<=", t.ZERO, base)

    def at_zero(relation: Relation) -> Formula:
        powers = _powers(relation, base)
        if not powers:
            return relation
        values = dict.fromkeys(powers, t.ZERO)
        try:
            there = map_terms(relation, lambda term: _replaced(term, values))
        except t.UndefinedError:
            return NEVER
        signs = dict.fromkeys(Relation("<", t.ZERO, power.arguments[1]) for power in powers)
        return conjunction(*signs, there)

    def elsewhere(relation: Relation) -> Formula:
        return NEVER if _powers(relation, base) else relation

    there, outside = _changed(statement, at_zero), _changed(statement, elsewhere)
    goal = outside.conclusion
    return (
        replace(statement, hypotheses=(positive, *statement.hypotheses)),
        replace(there, hypotheses=(zero, *there.hypotheses)),
        replace(outside, conclusion=nonnegative if goal == NEVER else Or((nonnegative, goal))),
    )


def _powers(relation: Relation, base: Term) -> list[Term]:
    """Return the powers of a base that occur in a relation, each once."""
    nodes = (node for side in (relation.left, relation.right) for node in t.subterms(side))
    found = (n for n in nodes if n.operator == "realpower" and n.arguments[0] is base)
    return list(dict.fromkeys(found))


def _replaced(term: Term, values: Mapping[Term, Term]) -> Term:
    """Replace whole subterms."""
    if term in values:
        return values[term]
    if term.operator in ("number", "variable"):
        return term
    return t.rebuilt(term, tuple(_replaced(argument, values) for argument in term.arguments))


def _changed(statement: Statement, change: Callable[[Relation], Formula]) -> Statement:
    def visit(formula: Formula) -> Formula:
        if isinstance(formula, Relation):
            return change(formula)
        assert isinstance(formula, And | Or)
        parts = tuple(dict.fromkeys(map(visit, formula.parts)))
        if isinstance(formula, And):
            return NEVER if NEVER in parts else And(parts)
        rest = tuple(part for part in parts if part != NEVER)
        return rest[0] if len(rest) == 1 else Or(rest)

    return replace(
        statement,
        hypotheses=tuple(visit(normal(formula)) for formula in statement.hypotheses),
        conclusion=visit(normal(statement.conclusion)),
    )
