"""Where terms are defined: the conditions that a written term silently asks for."""

from __future__ import annotations

from collections.abc import Iterable

from srverify.language import term as t
from srverify.language.formula import And, Formula, Or, Relation, conjunction, unequal
from srverify.language.term import Number, Symbol, Term


def _positive(argument: Term) -> Formula:
    return Relation("<", t.ZERO, argument)


def _nonnegative(argument: Term) -> Formula:
    return Relation("<=", t.ZERO, argument)


def _condition(node: t.Operation) -> Formula | None:
    """Return the condition that one operation adds to those of its arguments."""
    first = node.arguments[0]
    match node.operator:
        case "div":
            return unequal(node.arguments[1], t.ZERO)
        case "power":
            return unequal(first, t.ZERO) if t.literal(node.arguments[1]) < 0 else None
        case "ratpower":
            return _positive(first) if t.literal(node.arguments[1]) < 0 else _nonnegative(first)
        case "sqrt":
            return _nonnegative(first)
        case "realpower" | "log":
            return _positive(first)
        case "lambertw":
            above = Relation("<=", t.neg(t.exp(t.number(-1))), first)
            return above if node.arguments[1] is t.ZERO else And((above, Relation("<", first, t.ZERO)))
    return None


def definedness(term: Term) -> tuple[Formula, ...]:
    """Return the conditions under which a term has a real value, innermost first, each once.

    Each condition may be evaluated where the earlier ones hold. Division asks for a nonzero divisor,
    ``log`` for a positive argument, non-integer powers for a nonnegative (negative exponent or
    non-literal exponent: positive) base, Lambert W for its branch's domain; ``0^0`` is 1.

    >>> from srverify.language.parser import parse_term
    >>> definedness(parse_term("log(x)/y", {"x": "real", "y": "real"}))  # doctest: +ELLIPSIS
    (Relation(operator='<', left=0, right=x), Or(parts=(...)))
    """
    found: dict[Formula, None] = {}

    def visit(part: Term) -> None:
        node = t.operation(part)
        if node.operator in ("number", "variable"):
            return
        for argument in node.arguments:
            visit(argument)
        condition = _condition(node)
        if condition is not None and not _evident(condition):
            found[condition] = None

    visit(term)
    return tuple(found)


def _evident(condition: Formula) -> bool:
    """Tell whether a condition about a literal is plainly true (``sqrt(2)``, ``x/3``)."""
    if isinstance(condition, Or):
        return any(_evident(part) for part in condition.parts)
    if not isinstance(condition, Relation):
        return False
    left, right = condition.left, condition.right
    if isinstance(left, Number) and isinstance(right, Number):
        return left < right if condition.operator == "<" else left <= right
    return False


def visibly_positive(term: Term, positive: frozenset[Symbol]) -> bool:
    """Tell whether a term is built from positive symbols and numbers in a way that keeps it positive."""
    node = t.operation(term)
    match node.operator:
        case "number":
            return t.literal(term) > 0
        case "variable":
            return term in positive
        case "exp":
            return True
        case "add" | "mul" | "div" | "min" | "max":
            return all(visibly_positive(part, positive) for part in node.arguments)
        case "power" | "ratpower" | "realpower" | "sqrt":
            return visibly_positive(node.arguments[0], positive)
    return False


def guards(terms: Iterable[Term], positive: frozenset[Symbol]) -> tuple[Formula, ...]:
    """Return the conditions under which all terms are defined, each once.

    Left out are those that are plain where the symbols in ``positive`` are positive.

    >>> from srverify.language.parser import parse_term
    >>> term = parse_term("log(log(x))/x", {"x": "real"})
    >>> (x,) = t.symbols_of(term)
    >>> guards([term], frozenset({x}))
    (Relation(operator='<', left=0, right=log(x)),)
    """
    found = dict.fromkeys(condition for term in terms for condition in definedness(term))
    return tuple(condition for condition in found if not _plain(condition, positive))


def _plain(condition: Formula, positive: frozenset[Symbol]) -> bool:
    if isinstance(condition, Or):
        return any(_plain(part, positive) for part in condition.parts)
    if isinstance(condition, Relation) and condition.operator != "=" and condition.left is t.ZERO:
        return visibly_positive(condition.right, positive)
    return False


def strong(relation: Relation) -> Formula:
    """Return the conjunction of a relation with the definedness of both of its sides."""
    conditions = dict.fromkeys((*definedness(relation.left), *definedness(relation.right)))
    return conjunction(*conditions, relation)
