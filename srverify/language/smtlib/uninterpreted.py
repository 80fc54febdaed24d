"""Functions of which a script says nothing: equal arguments have equal values (Ackermann's expansion).

A constant stands for each application of such a function. That there is a function with these values is
the same as that for any two applications the arguments differ or the values agree.

The division of the standard is one of these where the divisor is 0: there its value depends on the
dividend alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from srverify.language import term as t
from srverify.language.errors import InputError
from srverify.language.formula import Formula, Or, Relation, normal, unequal
from srverify.language.term import Number, Symbol, Term

#: How many pairs of applications may have to agree.
MAX_PAIRS = 2_000


@dataclass(frozen=True)
class Function:
    """The name of a function, and the sorts of its arguments and of its value: Real, Int or Bool."""

    name: str
    parameters: tuple[str, ...]
    sort: str


#: The division of reals, whatever the divisor is. No script declares a function of this name.
DIVISION = Function("/", ("Real", "Real"), "Real")


@dataclass(frozen=True)
class Application:
    """A constant that stands for a function's value at arguments; truth values are 0 and 1."""

    symbol: Symbol
    function: Function
    arguments: tuple[Term, ...]

    @property
    def facts(self) -> tuple[Formula, ...]:
        """What is known of it alone: quotients by other numbers than 0."""
        if self.function != DIVISION or self.arguments[1] is t.ZERO:
            return ()
        dividend, divisor = self.arguments
        product = Relation("=", t.mul(divisor, self.symbol), dividend)
        return (normal(Or((Relation("=", divisor, t.ZERO), product))),)


def applications(stand_ins: Iterable[object]) -> list[Application]:
    """Return the applications among stand-ins, as they were read: their names are numbered."""
    found = [helper for helper in stand_ins if isinstance(helper, Application)]
    return sorted(found, key=lambda helper: (len(helper.symbol.name), helper.symbol.name))


def congruences(found: Sequence[Application]) -> tuple[Formula, ...]:
    """Return that equal arguments have equal values; raises InputError if that is too much to say."""
    agreements: list[Formula] = []
    for one, other in combinations(found, 2):
        if one.function == other.function and (agreement := _agreement(one, other)) is not None:
            agreements.append(agreement)
            if len(agreements) > MAX_PAIRS:
                raise InputError(f"more than {MAX_PAIRS} pairs of applications may have equal arguments")
    return tuple(agreements)


def _agreement(one: Application, other: Application) -> Formula | None:
    """Return that some argument or no value differs; nothing if an argument plainly does."""
    parts: list[Formula] = []
    pairs = list(zip(one.arguments, other.arguments, strict=True))
    if one.function == DIVISION:
        # By what else they divide, quotients are fixed already.
        dividends, divisors = pairs
        pairs = [dividends]
        parts += [unequal(divisor, t.ZERO) for divisor in divisors if divisor is not t.ZERO]
    for left, right in pairs:
        if left is right:
            continue
        if isinstance(left, Number) and isinstance(right, Number):
            return None
        parts.append(unequal(left, right))
    return normal(Or((*parts, Relation("=", one.symbol, other.symbol))))


def never_zero(term: Term) -> bool:
    """Tell whether a term is visibly another number than 0 everywhere.

    >>> x = t.variable("x")
    >>> never_zero(x * x + 1), never_zero(x * x)
    (True, False)
    """
    if isinstance(term, Number):
        return term is not t.ZERO
    return _is_positive(term) or (term.operator == "neg" and _is_positive(term.arguments[0]))


def _is_positive(term: Term) -> bool:
    match term.operator:
        case "number":
            return t.literal(term) > 0
        case "exp":
            return True
        case "mul":
            return all(map(_is_positive, term.arguments))
        case "add":
            parts = term.arguments
            return all(map(_is_nonnegative, parts)) and any(map(_is_positive, parts))
    return False


def _is_nonnegative(term: Term) -> bool:
    if term is t.ZERO or term.operator == "abs":
        return True
    if term.operator == "power":
        exponent = t.literal(term.arguments[1])
        return exponent > 0 and exponent.p % 2 == 0
    if term.operator == "mul":
        parts = list(term.arguments)
        squared = len(parts) == 2 and parts[0] is parts[1]
        return squared or all(map(_is_nonnegative, parts))
    if term.operator == "add":
        return all(map(_is_nonnegative, term.arguments))
    return _is_positive(term)
