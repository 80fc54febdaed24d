"""Where terms are defined: the conditions that a written term silently asks for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from srverify.language import functions
from srverify.language import term as t
from srverify.language.formula import (
    And,
    Formula,
    Or,
    Relation,
    conjunction,
    map_terms,
    normal,
    relations,
    terms,
    unequal,
)
from srverify.language.term import Number, Symbol, Term

#: What holds nowhere, as a relation: a formula without one cannot be searched for a point.
NEVER = Relation("<", t.ZERO, t.ZERO)


def _positive(argument: Term) -> Formula:
    return Relation("<", t.ZERO, argument)


def _nonnegative(argument: Term) -> Formula:
    return Relation("<=", t.ZERO, argument)


def conditions(node: t.Operation) -> tuple[Formula, ...]:
    """Return the conditions that one operation adds to those of its arguments.

    This is the one table of partial functions: every evaluator, printer and rule agrees with it.
    """
    first = node.arguments[0]
    match node.operator:
        case "div":
            return (unequal(node.arguments[1], t.ZERO),)
        case "power":
            return (unequal(first, t.ZERO),) if t.literal(node.arguments[1]) < 0 else ()
        case "ratpower":
            return (_positive(first) if t.literal(node.arguments[1]) < 0 else _nonnegative(first),)
        case "sqrt":
            return (_nonnegative(first),)
        case "log":
            return (_positive(first),)
        case "realpower":
            # 0 to a positive power is 0.
            zero = And((_nonnegative(first), _positive(node.arguments[1])))
            return (Or((_positive(first), zero)),)
        case "lambertw":
            above = Relation("<=", t.neg(t.exp(t.number(-1))), first)
            negative = Relation("<", first, t.ZERO)
            return (above,) if node.arguments[1] is t.ZERO else (And((above, negative)),)
    return functions.conditions(node.operator, first) if node.operator in t.FUNCTIONS else ()


def definedness(term: Term) -> tuple[Formula, ...]:
    """Return the conditions under which a term has a real value, innermost first, each once.

    Each condition may be evaluated where the earlier ones hold. Division asks for a nonzero divisor,
    ``log`` for a positive argument, Lambert W for its branch's domain, a function of one argument for
    what its row of ``srverify.language.functions`` says. A power with a non-integer literal exponent
    asks for a nonnegative base (negative exponent: positive), one with a variable exponent for a
    positive base, or 0 and a positive exponent; ``x^0`` and ``0^n`` with a natural n are always
    defined, ``0^0`` is 1.

    >>> from srverify.language.parser import parse_term
    >>> definedness(parse_term("log(x)/y", {"x": "real", "y": "real"}))  # doctest: +ELLIPSIS
    (Relation(operator='<', left=0, right=x), Or(parts=(...)))
    """
    found: dict[Formula, None] = {}
    seen: set[Term] = set()  # Terms share what they have in common: each part is looked at once.

    def visit(part: Term) -> None:
        node = t.operation(part)
        if node in seen or node.operator in ("number", "variable"):
            return
        seen.add(node)
        for argument in node.arguments:
            visit(argument)
        for condition in conditions(node):
            if not _evident(condition):
                found[condition] = None

    visit(term)
    return tuple(found)


def _evident(condition: Formula) -> bool:
    """Tell whether a condition about a literal is plainly true (``sqrt(2)``, ``x/3``)."""
    if isinstance(condition, Or):
        return any(_evident(part) for part in condition.parts)
    if isinstance(condition, And):
        return all(_evident(part) for part in condition.parts)
    if not isinstance(condition, Relation):
        return False
    left, right = condition.left, condition.right
    if isinstance(left, Number) and isinstance(right, Number):
        return left < right if condition.operator == "<" else left <= right
    return False


def substituted(formula: Formula, symbols: Mapping[Symbol, Term]) -> Formula:
    """Replace variables, keeping where the formula holds and where it fails.

    A term may be defined at more points once a variable in it is replaced: ``x^y`` asks for a
    nonnegative base, ``x^2`` for none, and the divisor that becomes the literal zero cannot even be
    written. Relations to which that happens keep their conditions; the formula is then in negation
    normal form.
    """
    try:
        plain = map_terms(formula, lambda term: t.substitute(term, symbols))
    except t.UndefinedError:
        plain = None
    if plain is not None and not any(_lost(relation, symbols) for relation in relations(formula)):
        return plain
    return _strictly(normal(formula), symbols)


def _strictly(formula: Formula, symbols: Mapping[Symbol, Term]) -> Formula:
    if not isinstance(formula, Relation):
        assert isinstance(formula, And | Or)
        return type(formula)(tuple(_strictly(part, symbols) for part in formula.parts))
    try:
        kept = _lost(formula, symbols)
        return conjunction(*kept, map_terms(formula, lambda term: t.substitute(term, symbols)))
    except t.UndefinedError:
        return NEVER


def _lost(relation: Relation, symbols: Mapping[Symbol, Term]) -> tuple[Formula, ...]:
    """Return the conditions of a relation's terms that the replaced terms no longer ask for."""
    found: dict[Formula, None] = {}
    for side in (relation.left, relation.right):
        if not symbols.keys() & t.symbols_of(side):
            continue
        after = definedness(t.substitute(side, symbols))
        for condition in definedness(side):
            changed = map_terms(condition, lambda term: t.substitute(term, symbols))
            if changed not in after and not _evident(changed):
                found[changed] = None
    return tuple(found)


def visibly_positive(term: Term, positive: frozenset[Symbol]) -> bool:
    """Tell whether a term is built from positive symbols and numbers in a way that keeps it positive."""
    node = t.operation(term)
    match node.operator:
        case "number":
            return t.literal(term) > 0
        case "variable":
            return term in positive
        case "exp" | "cosh" | "erfc":
            return True
        case "acos" if term is t.PI:
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


def grounds(formula: Formula, positive: frozenset[Symbol]) -> tuple[Formula, ...]:
    """Return conditions under which a formula holds if it does so with total functions.

    Those give values to undefined terms too. ``formula`` is in negation normal form. Of a disjunction a
    part may be undefined where another one holds.

    >>> from srverify.language.formula import normal
    >>> from srverify.language.parser import formula_text, parse_formula
    >>> goal = normal(parse_formula("0 < x implies log(x) < x"))
    >>> [formula_text(condition) for condition in grounds(goal, frozenset())]
    ['0 < x or x <= 0']
    """
    if isinstance(formula, Relation):
        return guards((formula.left, formula.right), positive)
    assert isinstance(formula, And | Or)
    found: dict[Formula, None] = {}
    for i, part in enumerate(formula.parts):
        inner = grounds(part, positive)
        if inner and isinstance(formula, Or):
            others = (*formula.parts[:i], *formula.parts[i + 1 :])
            inner = (normal(Or((conjunction(*inner), *others))),)
        found.update(dict.fromkeys(inner))
    return tuple(found)


def _plain(condition: Formula, positive: frozenset[Symbol]) -> bool:
    if isinstance(condition, Or):
        return any(_plain(part, positive) for part in condition.parts)
    if isinstance(condition, Relation) and condition.operator != "=" and condition.left is t.ZERO:
        return visibly_positive(condition.right, positive)
    return False


def strong(relation: Relation, positive: frozenset[Symbol] = frozenset()) -> Formula:
    """Return the conjunction of a relation with the definedness of both of its sides.

    ``positive`` are symbols known to be so: a power with a base built from them needs no second case.
    """
    found = (*definedness(relation.left), *definedness(relation.right))
    return conjunction(*dict.fromkeys(_first_case(c, positive) for c in found), relation)


def _first_case(condition: Formula, positive: frozenset[Symbol]) -> Formula:
    if isinstance(condition, Or) and isinstance(condition.parts[-1], And):
        first = condition.parts[0]
        return first if _plain(first, positive) else condition
    return condition


# What is assumed stays, in sequent after sequent.
@lru_cache(maxsize=4000)
def defined(formula: Formula) -> tuple[Formula, ...]:
    """Return conditions under which every term of a formula is defined, each once."""
    return joined(*map(definedness, terms(formula)))


def joined(*groups: Iterable[Formula]) -> tuple[Formula, ...]:
    """Join conditions, each once."""
    return tuple(dict.fromkeys(formula for group in groups for formula in group))
