"""Terms and formulas of SMT-LIB 2 over the reals, read as terms and formulas of the language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise, product
from math import prod
from typing import TypeAlias

from srverify.language import functions
from srverify.language import term as t
from srverify.language.errors import InputError
from srverify.language.formula import (
    TRUE,
    And,
    Formula,
    Implies,
    Not,
    Or,
    Relation,
    conjunction,
    disjunction,
    terms,
    unequal,
)
from srverify.language.smtlib.integers import Integers
from srverify.language.smtlib.syntax import NUMBERS, Branch, Leaf, Place, Sexp, SyntaxMistakeError
from srverify.language.smtlib.uninterpreted import Function
from srverify.language.term import Number, Symbol, Term

#: The constants, as relations: the grammar of statements has no other way to write them.
ALWAYS = Relation("<=", t.number(0), t.number(0))
NEVER = Relation("<", t.number(0), t.number(0))

#: Bounds on what let, define-fun and ite may expand to; deeper texts would not survive transport.
MAX_SIZE = 20_000
MAX_TERM_DEPTH = 80
MAX_CASES = 64
#: Values with more operations get a constant that stands for them where they are repeated.
MAX_SHARED = 1_000
#: As arguments, which are compared with those of all other applications.
MAX_COMPARED = 50
#: Largest exponent of a number written with one.
MAX_EXPONENT = 4_000

#: What other solvers write for numbers, although the standard asks for (- 1) and 0.5.
_SIGNED = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)\Z")


@dataclass(frozen=True)
class Cost:
    """The number of operations of an expanded value, and how deep they are nested."""

    size: int = 1
    depth: int = 1


@dataclass(frozen=True)
class Real:
    """A real value: one case per branch of ``ite``, each with the condition under which it applies."""

    cases: tuple[tuple[Formula, Term], ...]
    cost: Cost


@dataclass(frozen=True)
class Truth:
    """A truth value."""

    formula: Formula
    cost: Cost


Value: TypeAlias = Real | Truth


@dataclass(frozen=True, eq=False)
class Definition:
    """A ``define-fun``: the body is read with the parameters' values, once for the same ones.

    Its sorts, and its parameters', are Real, Int and Bool. One differs from every other, since equal
    bodies may speak of different things.
    """

    parameters: tuple[tuple[str, str], ...]
    sort: str
    body: Sexp
    scope: Scope


@dataclass(frozen=True)
class Scope:
    """What the names of a term stand for, and the integers of its script."""

    names: Mapping[str, Value | Definition | Function] = field(default_factory=dict)
    integers: Integers = field(default_factory=Integers)
    #: What calls have come to in the command that is being read.
    calls: dict[tuple[Definition, tuple[Value, ...]], Value] = field(default_factory=dict)

    def with_names(self, names: Mapping[str, Value | Definition | Function]) -> Scope:
        """Return the scope inside of bindings."""
        return Scope({**self.names, **names}, self.integers, self.calls)


def real(term: Term) -> Real:
    """Return a value without cases."""
    return Real(((TRUE, term),), Cost())


def terms_of(value: Value | Definition) -> Iterator[Term]:
    """Yield the terms that a value speaks of, in its conditions too."""
    if isinstance(value, Truth):
        yield from terms(value.formula)
    elif isinstance(value, Real):
        for condition, term in value.cases:
            yield term
            yield from terms(condition)


def _cost(values: Sequence[Value], times: int = 1, levels: int = 1) -> Cost:
    """Return the cost of an operation on values, repeated so many times."""
    size = 1 + times * sum(value.cost.size for value in values)
    if size > MAX_SIZE:
        raise InputError(f"expands to more than {MAX_SIZE} operations")
    return Cost(size, levels + max((value.cost.depth for value in values), default=0))


_FUNCTIONS: dict[str, tuple[int, int | None, Callable[..., Term]]] = {
    "+": (1, None, t.add),
    "*": (1, None, t.mul),
    "exp": (1, 1, t.exp),
    "log": (1, 1, t.log),
    "sqrt": (1, 1, t.sqrt),
    "abs": (1, 1, t.absolute),
    "min": (1, None, t.minimum),
    "max": (1, None, t.maximum),
    "^": (2, 2, t.power),
    "pow": (2, 2, t.power),
    "to_real": (1, 1, lambda term: term),
}
_FUNCTIONS |= {name: (1, 1, build) for name, build in functions.builders().items()}
#: Constants of some solvers, unless a script declares the name.
_CONSTANTS = {"pi": t.PI, "real.pi": t.PI}
#: The angle of a point, from its coordinates in this order.
_ANGLES = ("arctan2", "atan2")
_COMPARISONS = ("<", "<=", ">", ">=")
#: What the theory of integers adds, each with its number of arguments. Scripts over the reals may
#: declare constants of these names.
INTEGRAL = {"div": 2, "mod": 2, "to_int": 1, "is_int": 1}
_QUANTIFIERS = ("forall", "exists", "lambda", "choice")
_CONNECTIVES = ("not", "and", "or", "=>", "xor")
#: What a script cannot declare anew: the core of the standard and the arithmetic of its reals.
FIXED = frozenset(
    {
        "+",
        "*",
        "-",
        "/",
        *_COMPARISONS,
        *_CONNECTIVES,
        "=",
        "distinct",
        "ite",
        "let",
        "!",
        "true",
        "false",
    }
)
#: Every function and connective that the reader knows. What is not fixed gives way to declarations.
KNOWN = frozenset(
    {*_FUNCTIONS, *_ANGLES, "-", "/", *_COMPARISONS, *_CONNECTIVES, "=", "distinct", "ite", "let", "!"}
)


def read_value(sexp: Sexp, scope: Scope) -> Value:
    """Read a term or formula; raises InputError with line and column."""
    value = _leaf(sexp, scope) if isinstance(sexp, Leaf) else _application(sexp, scope)
    if value.cost.depth > MAX_TERM_DEPTH:
        raise SyntaxMistakeError(f"expands to more than {MAX_TERM_DEPTH} levels", sexp.place)
    if isinstance(value, Real) and len(value.cases) > MAX_CASES:
        raise SyntaxMistakeError(f"splits into more than {MAX_CASES} cases of ite", sexp.place)
    return value


def read_formula(sexp: Sexp, scope: Scope) -> Truth:
    """Read a formula; raises InputError with line and column."""
    value = read_value(sexp, scope)
    if not isinstance(value, Truth):
        raise SyntaxMistakeError("expected a formula (Bool), found a term (Real)", sexp.place)
    return value


def read_real(sexp: Sexp, scope: Scope) -> Real:
    """Read a term; raises InputError with line and column."""
    value = read_value(sexp, scope)
    if not isinstance(value, Real):
        raise SyntaxMistakeError("expected a term (Real), found a formula (Bool)", sexp.place)
    return value


def read_as(sort: str, sexp: Sexp, scope: Scope) -> Value:
    """Read what has to be of sort Real, Int or Bool; raises InputError with line and column.

    An integer may stand for a real number; a real number for an integer only where its form shows that
    it is one: elsewhere some solvers round it down and others refuse the script.
    """
    if sort == "Bool":
        return read_formula(sexp, scope)
    value = read_real(sexp, scope)
    if sort == "Int" and not all(scope.integers.is_whole(term) for _, term in value.cases):
        raise SyntaxMistakeError(
            "expected an integer (Int), found a term (Real): (to_int term) rounds it down", sexp.place
        )
    return value


def _leaf(leaf: Leaf, scope: Scope) -> Value:
    if leaf.kind in NUMBERS:
        return real(t.number(exact_number(leaf)))
    name = leaf.symbol
    if name is None:
        raise SyntaxMistakeError(f"expected a term, found {leaf.text!r}", leaf.place)
    if name in scope.names:
        found = scope.names[name]
        if isinstance(found, Function):
            raise SyntaxMistakeError(f"{name!r} is a function: write ({name} ...)", leaf.place)
        return _call(found, (), leaf.place, scope) if isinstance(found, Definition) else found
    if name in ("true", "false"):
        return Truth(ALWAYS if name == "true" else NEVER, Cost())
    if name in _CONSTANTS:
        return real(_CONSTANTS[name])
    if name in KNOWN:
        raise SyntaxMistakeError(f"{name!r} is a function: write ({name} ...)", leaf.place)
    if leaf.kind == "symbol" and _SIGNED.match(name):
        # No symbol of that name is declared, so it can only be meant as a number.
        return real(t.number(Fraction(name)))
    raise SyntaxMistakeError(f"{name!r} is not declared", leaf.place)


def exact_number(leaf: Leaf) -> Fraction:
    """Return the value of a number's token, exactly; raises InputError for an exponent out of reach."""
    text = leaf.text.removeprefix("+")
    if leaf.kind == "hexadecimal":
        mantissa, _, exponent = text.lower().partition("p")
        whole, _, digits = mantissa.replace("0x", "").partition(".")
        # "-" stays in front of the whole part.
        value = Fraction(int(whole + digits, 16), 16 ** len(digits))
        power = _exponent(exponent or "0", leaf)
        return value * Fraction(2) ** power
    if leaf.kind == "scientific":
        mantissa, _, exponent = text.lower().partition("e")
        return Fraction(mantissa.rstrip(".")) * Fraction(10) ** _exponent(exponent, leaf)
    return Fraction(text.rstrip("."))


def _exponent(text: str, leaf: Leaf) -> int:
    if len(text) > 6 or abs(int(text)) > MAX_EXPONENT:
        raise SyntaxMistakeError(f"an exponent beyond {MAX_EXPONENT}", leaf.place)
    return int(text)


def _application(branch: Branch, scope: Scope) -> Value:
    if not branch.items:
        raise SyntaxMistakeError("expected a term, found '()'", branch.place)
    name, arguments = branch.head, branch.items[1:]
    if name is None:
        return _indexed(branch, scope)
    if name in scope.names:
        found = scope.names[name]
        if isinstance(found, Function):
            return _applied(found, arguments, branch.place, scope)
        if not isinstance(found, Definition):
            raise SyntaxMistakeError(f"{name!r} is a constant, not a function", branch.place)
        return _call(found, arguments, branch.place, scope)
    if name == "let":
        return _let(branch, scope)
    if name == "!":
        return _annotated(branch, scope)
    if name in _QUANTIFIERS:
        raise SyntaxMistakeError("quantifiers are not supported: every constant is free", branch.place)
    if name not in KNOWN and name not in INTEGRAL:
        known = " ".join(sorted([*KNOWN, *INTEGRAL]))
        raise SyntaxMistakeError(f"unsupported function {name!r} (known: {known})", branch.place)
    values = [read_value(argument, scope) for argument in arguments]
    try:
        if sum(value.cost.size for value in values) > MAX_SIZE:
            # What is shared is large as often as it is written out.
            values = _small(values, scope)
        return _apply(name, values, branch, scope)
    except SyntaxMistakeError:
        raise
    except InputError as error:
        raise SyntaxMistakeError(str(error), branch.place) from None


def _apply(name: str, values: list[Value], branch: Branch, scope: Scope) -> Value:
    if name in _CONNECTIVES:
        truths = _truths(values, branch)
        return _connective(name, truths, branch, scope)
    if name == "ite":
        return _ite(_small(values, scope), branch)
    if name in ("=", "distinct") and values and isinstance(values[0], Truth):
        return _equivalence(name, _shared(_truths(values, branch), scope), branch)
    reals = _few(_reals(values, branch), scope)
    if name in (*_COMPARISONS, "=", "distinct"):
        return _compared(name, reals, branch)
    if name in ("-", "/"):
        return _left_associative(name, reals, branch, scope)
    if name in _ANGLES:
        return _angle(reals, branch)
    if name in INTEGRAL:
        return _integral(name, reals, branch, scope.integers)
    least, most, build = _FUNCTIONS[name]
    if len(reals) < least or (most is not None and len(reals) > most):
        wanted = f"{least}" if least == most else f"at least {least}"
        raise SyntaxMistakeError(f"{name!r} takes {wanted} arguments, not {len(reals)}", branch.place)
    return _mapped(build, reals)


# -- real values -------------------------------------------------------------------------------


def _combinations(reals: Sequence[Real]) -> Iterator[tuple[Formula, tuple[Term, ...]]]:
    """Yield every combination of cases with the conjunction of their conditions."""
    for chosen in product(*(value.cases for value in reals)):
        conditions = tuple(condition for condition, _ in chosen if condition != TRUE)
        condition = conjunction(*conditions) if conditions else TRUE
        yield condition, tuple(term for _, term in chosen)


def shareable(value: Value, scope: Scope, place: Place) -> Value:
    """Let a constant stand for a large value that has a name, since it may be used more than once."""
    deep = value.cost.depth > MAX_TERM_DEPTH // 2
    if not deep and value.cost.size <= MAX_SHARED:
        return value
    try:
        return stand_in(value, scope)
    except InputError as error:
        raise SyntaxMistakeError(str(error), place) from None


def _few(reals: list[Real], scope: Scope) -> list[Real]:
    """Let constants stand for values whose cases combine to too many."""
    if prod(len(value.cases) for value in reals) <= MAX_CASES:
        return reals
    return [
        value if len(value.cases) == 1 else real(scope.integers.named(value.cases)) for value in reals
    ]


def _small(values: Sequence[Value], scope: Scope, size: int | None = None) -> list[Value]:
    """Let constants stand for values that are large, or have many cases, before they are repeated."""
    size = MAX_SHARED if size is None else size
    return [
        stand_in(value, scope)
        if value.cost.size > size or (isinstance(value, Real) and len(value.cases) > MAX_CASES // 2)
        else value
        for value in values
    ]


def _shared(truths: list[Truth], scope: Scope) -> list[Truth]:
    """Let constants stand for large formulas that are written out more than once."""
    return [value for value in _small(truths, scope, MAX_SHARED // 4) if isinstance(value, Truth)]


def stand_in(value: Value, scope: Scope) -> Value:
    """Return the constant that stands for a value, or says by 1 or 0 whether a formula holds."""
    if isinstance(value, Real):
        return real(scope.integers.named(value.cases))
    cases = ((value.formula, t.ONE), (Not(value.formula), t.ZERO))
    return Truth(Relation("=", scope.integers.named(cases, bit=True), t.ONE), Cost())


def _number_of_cases(reals: Sequence[Real]) -> int:
    count = 1
    for value in reals:
        count *= len(value.cases)
        if count > MAX_CASES:
            raise InputError(f"splits into more than {MAX_CASES} cases of ite")
    return count


def _mapped(build: Callable[..., Term], reals: Sequence[Real]) -> Real:
    cost = _cost(reals, _number_of_cases(reals))
    cases = tuple((condition, build(*terms)) for condition, terms in _combinations(reals))
    return Real(cases, cost)


def _left_associative(name: str, reals: list[Real], branch: Branch, scope: Scope) -> Real:
    if not reals or (name == "/" and len(reals) < 2):
        raise SyntaxMistakeError(f"{name!r} needs more arguments", branch.place)
    if len(reals) == 1:
        return _mapped(t.neg, reals)
    value = reals[0]
    for other in reals[1:]:
        if name == "-":
            value = _mapped(t.sub, [value, other])
            continue
        pair = [value, other]
        if scope.integers.total:
            # Quotients are compared with each other.
            pair = [_real(side) for side in _small(pair, scope, MAX_COMPARED)]
        value = _mapped(scope.integers.quotient, pair)
    return value


def _real(value: Value) -> Real:
    assert isinstance(value, Real)
    return value


def _angle(reals: list[Real], branch: Branch) -> Real:
    """Return the angle in (-pi, pi] of a point other than the origin, y first.

    It is twice that of (sqrt(x^2 + y^2) + x, y), except on the negative half of the axis y = 0.
    """
    if len(reals) != 2:
        raise SyntaxMistakeError(f"{branch.head!r} takes 2 arguments, not {len(reals)}", branch.place)
    cost = _cost(reals, 4 * _number_of_cases(reals), levels=6)
    cases: list[tuple[Formula, Term]] = []
    for condition, (y, x) in _combinations(reals):
        radius = t.sqrt(t.add(t.power(x, t.number(2)), t.power(y, t.number(2))))
        half = t.function("atan", t.div(y, t.add(radius, x)))
        left = And((Relation("=", y, t.ZERO), Relation("<", x, t.ZERO)))
        for own, value in ((Not(left), t.mul(t.number(2), half)), (left, t.PI)):
            cases.append((own if condition == TRUE else And((condition, own)), value))
    return Real(tuple(cases), cost)


def _integral(name: str, reals: list[Real], branch: Branch, integers: Integers) -> Value:
    wanted = INTEGRAL[name]
    if len(reals) != wanted:
        raise SyntaxMistakeError(f"{name!r} takes {wanted} arguments, not {len(reals)}", branch.place)
    if name == "to_int":
        return _mapped(integers.floor, reals)
    if name == "is_int":
        floors = _mapped(integers.floor, reals)
        return _compared("=", [*reals, floors], branch)
    dividends, divisors = reals
    divisor = divisors.cases[0][1]
    if len(divisors.cases) != 1 or not isinstance(divisor, Number) or divisor.value == 0:
        raise SyntaxMistakeError(
            f"{name!r} needs a number other than 0 to divide by", branch.items[2].place
        )
    if not divisor.is_integer or not all(integers.is_whole(term) for _, term in dividends.cases):
        raise SyntaxMistakeError(f"{name!r} takes integers (Int), not reals", branch.place)
    by = divisor.value
    operation = integers.div if name == "div" else integers.mod
    return _mapped(lambda term: operation(term, by), [dividends])


# -- truth values ------------------------------------------------------------------------------


def _compared(name: str, reals: list[Real], branch: Branch) -> Truth:
    if len(reals) < 2:
        raise SyntaxMistakeError(f"{name!r} needs at least two arguments", branch.place)
    if name == "distinct":
        pairs = [(a, b) for i, a in enumerate(reals) for b in reals[i + 1 :]]
    else:
        pairs = list(pairwise(reals))
    parts: list[Truth] = []
    for pair in pairs:
        cost = _cost(pair, _number_of_cases(pair), levels=3)
        split = [
            _relation(name, *terms) if condition == TRUE else And((condition, _relation(name, *terms)))
            for condition, terms in _combinations(pair)
        ]
        parts.append(Truth(disjunction(*split), cost))
    return Truth(conjunction(*(part.formula for part in parts)), _cost(parts))


def _relation(name: str, left: Term, right: Term) -> Formula:
    match name:
        case "distinct":
            return unequal(left, right)
        case ">":
            return Relation("<", right, left)
        case ">=":
            return Relation("<=", right, left)
    return Relation(name, left, right)


def _connective(name: str, truths: list[Truth], branch: Branch, scope: Scope) -> Truth:
    least = 1 if name in ("not", "and", "or") else 2
    if len(truths) < least or (name == "not" and len(truths) > 1):
        wanted = "one argument" if name == "not" else f"at least {least} arguments"
        raise SyntaxMistakeError(f"{name!r} takes {wanted}, not {len(truths)}", branch.place)
    formulas = [truth.formula for truth in truths]
    cost = _cost(truths, levels=len(truths) if name == "=>" else 1)
    match name:
        case "not":
            return Truth(Not(formulas[0]), cost)
        case "and":
            return Truth(conjunction(*formulas), cost)
        case "or":
            return Truth(disjunction(*formulas), cost)
        case "=>":
            result = formulas[-1]
            for premise in reversed(formulas[:-1]):
                result = Implies(premise, result)
            return Truth(result, cost)
    different = truths[0]
    for other in truths[1:]:
        different = _different(*_shared([different, other], scope))
    return different


def _different(left: Truth, right: Truth) -> Truth:
    a, b = left.formula, right.formula
    return Truth(Or((And((a, Not(b))), And((Not(a), b)))), _cost((left, right), 2, levels=3))


def _equivalence(name: str, truths: list[Truth], branch: Branch) -> Truth:
    if len(truths) < 2:
        raise SyntaxMistakeError(f"{name!r} needs at least two arguments", branch.place)
    if name == "distinct":
        # There are only two.
        return _different(*truths) if len(truths) == 2 else Truth(NEVER, Cost())
    parts = [_different(a, b) for a, b in pairwise(truths)]
    return Truth(conjunction(*(Not(part.formula) for part in parts)), _cost(parts, levels=2))


def _ite(values: list[Value], branch: Branch) -> Value:
    if len(values) != 3:
        raise SyntaxMistakeError(f"'ite' takes three arguments, not {len(values)}", branch.place)
    test, then, other = values
    if not isinstance(test, Truth):
        raise SyntaxMistakeError("the condition of 'ite' must be a formula (Bool)", branch.place)
    yes, no = test.formula, Not(test.formula)
    cost = _cost((test, test, then, other), levels=3)
    if isinstance(then, Truth) and isinstance(other, Truth):
        return Truth(Or((And((yes, then.formula)), And((no, other.formula)))), cost)
    if not (isinstance(then, Real) and isinstance(other, Real)):
        raise SyntaxMistakeError("the branches of 'ite' have different sorts", branch.place)
    cases = tuple(
        (test_formula if condition == TRUE else And((test_formula, condition)), term)
        for test_formula, value in ((yes, then), (no, other))
        for condition, term in value.cases
    )
    return Real(cases, _cost((then, other, *[test] * len(cases)), levels=3))


def _indexed(branch: Branch, scope: Scope) -> Truth:
    """Read ``((_ divisible n) m)``, the only function with an index that is known."""
    function, *arguments = branch.items
    if not isinstance(function, Branch) or function.head != "_" or len(function.items) < 2:
        raise SyntaxMistakeError("expected a function name after '('", branch.place)
    name, *indices = function.items[1:]
    if not isinstance(name, Leaf) or name.text != "divisible":
        shown = name.text if isinstance(name, Leaf) else "(...)"
        raise SyntaxMistakeError(f"'(_ {shown} ...)' is not supported", function.place)
    divisor = indices[0] if len(indices) == 1 else None
    if not isinstance(divisor, Leaf) or divisor.kind != "numeral" or len(arguments) != 1:
        raise SyntaxMistakeError("write ((_ divisible n) term) with a numeral n", branch.place)
    by = exact_number(divisor)
    if by == 0:
        raise SyntaxMistakeError("a divisor is a positive numeral", divisor.place)
    dividend = read_as("Int", arguments[0], scope)
    assert isinstance(dividend, Real)
    rest = _mapped(lambda term: scope.integers.mod(term, by), [dividend])
    return _compared("=", [rest, real(t.ZERO)], branch)


def _annotated(branch: Branch, scope: Scope) -> Value:
    """Read ``(! term :keyword value ...)``; only the values of ``:named`` mean something here."""
    if len(branch.items) < 3:
        raise SyntaxMistakeError("write (! term :named name)", branch.place)
    keys = branch.items[2:]
    if not isinstance(keys[0], Leaf) or keys[0].kind != "keyword":
        raise SyntaxMistakeError("expected an attribute such as :named", keys[0].place)
    for key, value in zip(keys, [*keys[1:], None], strict=True):
        named = isinstance(key, Leaf) and key.text == ":named"
        if named and (not isinstance(value, Leaf) or value.symbol is None):
            raise SyntaxMistakeError("write (! term :named name)", key.place)
    return read_value(branch.items[1], scope)


def _truths(values: list[Value], branch: Branch) -> list[Truth]:
    for value, argument in zip(values, branch.items[1:], strict=True):
        if not isinstance(value, Truth):
            raise SyntaxMistakeError("expected a formula (Bool), found a term (Real)", argument.place)
    return [value for value in values if isinstance(value, Truth)]


def _reals(values: list[Value], branch: Branch) -> list[Real]:
    for value, argument in zip(values, branch.items[1:], strict=True):
        if not isinstance(value, Real):
            raise SyntaxMistakeError("expected a term (Real), found a formula (Bool)", argument.place)
    return [value for value in values if isinstance(value, Real)]


# -- binding -----------------------------------------------------------------------------------


def _let(branch: Branch, scope: Scope) -> Value:
    if len(branch.items) != 3 or not isinstance(branch.items[1], Branch):
        raise SyntaxMistakeError("write (let ((name term) ...) term)", branch.place)
    bound: dict[str, Value] = {}
    for binding in branch.items[1].items:
        name = binding.head if isinstance(binding, Branch) and len(binding.items) == 2 else None
        if name is None or not isinstance(binding, Branch):
            raise SyntaxMistakeError("expected (name term) in let", binding.place)
        if name in bound:
            raise SyntaxMistakeError(f"{name!r} is bound twice in one let", binding.place)
        bound[name] = shareable(read_value(binding.items[1], scope), scope, binding.place)
    return read_value(branch.items[2], scope.with_names(bound))


def _applied(function: Function, arguments: Sequence[Sexp], place: Place, scope: Scope) -> Value:
    """Apply an uninterpreted function: a constant stands for the value."""
    if len(arguments) != len(function.parameters):
        wanted = len(function.parameters)
        raise SyntaxMistakeError(f"takes {wanted} arguments, not {len(arguments)}", place)
    values = [
        read_as(sort, argument, scope)
        for sort, argument in zip(function.parameters, arguments, strict=True)
    ]
    try:
        symbol = scope.integers.applied(function, tuple(_single(value, scope) for value in values))
    except InputError as error:
        raise SyntaxMistakeError(str(error), place) from None
    if function.sort == "Bool":
        return Truth(Relation("=", symbol, t.ONE), Cost())
    return real(symbol)


def _single(value: Value, scope: Scope) -> Term:
    """Return one term for a value, short enough to be compared with many; 1 and 0 for true and false."""
    if isinstance(value, Truth):
        if value.formula in (ALWAYS, NEVER):
            return t.ONE if value.formula == ALWAYS else t.ZERO
        # Only what stands for a truth value is a natural number here.
        match value.formula:
            case Relation("=", Symbol(natural=True) as bit, t.ONE):
                return bit
        return scope.integers.named(((value.formula, t.ONE), (Not(value.formula), t.ZERO)), bit=True)
    if len(value.cases) == 1 and value.cases[0][0] == TRUE and value.cost.size <= MAX_COMPARED:
        return value.cases[0][1]
    return scope.integers.named(value.cases)


def _call(definition: Definition, arguments: Sequence[Sexp], place: Place, scope: Scope) -> Value:
    if len(arguments) != len(definition.parameters):
        wanted = len(definition.parameters)
        raise SyntaxMistakeError(f"takes {wanted} arguments, not {len(arguments)}", place)
    values: dict[str, Value] = {}
    for (name, sort), argument in zip(definition.parameters, arguments, strict=True):
        values[name] = shareable(read_as(sort, argument, scope), scope, argument.place)
    key = (definition, tuple(values.values()))
    if key not in scope.calls:
        # Calls in bodies of calls would be read exponentially often, and written out as often.
        inside = Scope({**definition.scope.names, **values}, scope.integers, scope.calls)
        found = read_as(definition.sort, definition.body, inside)
        scope.calls[key] = shareable(found, scope, place)
    return scope.calls[key]
