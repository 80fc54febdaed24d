"""Terms: SymPy expressions kept exactly as they were written.

SymPy simplifies while it builds (``x/x`` becomes ``1``, ``exp(log(x))`` becomes ``x``), which loses the
points where the written term is undefined. The builders of this module never evaluate; ``operation``
reads any such tree back as one operator and its arguments, and ``TermWalker`` dispatches on it.
Never rebuild a term with ``subs``, ``xreplace``, ``copy`` or ``pickle``: these evaluate. Transport its
text (``srverify.language.parser``) instead.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any, Generic, TypeVar

import sympy
from sympy import Expr, Integer, Rational, Symbol
from sympy.core.parameters import evaluate as _sympy_evaluation

from srverify.language.errors import InputError, UnsupportedError

T = TypeVar("T")

#: Every operator that a term can be made of. A test checks that each walker handles all of them
#: or refuses them by name.
OPERATORS = (
    "number",
    "variable",
    "add",
    "mul",
    "neg",
    "div",
    "power",  # literal integer exponent
    "natpower",  # exponent built from natural variables
    "ratpower",  # literal non-integer rational exponent
    "realpower",  # any other exponent
    "exp",
    "log",
    "sqrt",
    "abs",
    "min",
    "max",
    "lambertw",
)

#: Literal powers up to this many bits are folded to a number when a term is built.
_MAX_FOLDED_BITS = 1 << 16


@cache
def variable(name: str, natural: bool = False) -> Symbol:
    """Return the symbol of a real or natural variable."""
    if natural:
        return Symbol(name, integer=True, nonnegative=True)
    return Symbol(name, real=True)


def number(value: int | str | Fraction | Rational) -> Rational:
    """Return an exact rational; floats are refused.

    >>> number("0.1")
    1/10
    """
    if isinstance(value, bool | float):
        raise InputError(f"{value!r} is not exact: write a fraction or a decimal string")
    if isinstance(value, str):
        value = Fraction(value)
    if isinstance(value, Fraction):
        return Rational(value.numerator, value.denominator)
    return Rational(value)


def add(*terms: Expr) -> Expr:
    """Return the unevaluated sum."""
    return _fold(sympy.Add, terms)


def mul(*terms: Expr) -> Expr:
    """Return the unevaluated product."""
    return _fold(sympy.Mul, terms)


def neg(term: Expr) -> Expr:
    """Return the unevaluated negative."""
    return -term if term.is_Rational else sympy.Mul(Integer(-1), term, evaluate=False)


def sub(left: Expr, right: Expr) -> Expr:
    """Return the unevaluated difference."""
    return add(left, neg(right))


def div(left: Expr, right: Expr) -> Expr:
    """Return the unevaluated quotient; a literal zero divisor raises InputError."""
    if right.is_Rational:
        if right.is_zero:
            raise InputError("division by zero")
        return left / right if left.is_Rational else mul(left, 1 / right)
    inverse = sympy.Pow(right, Integer(-1), evaluate=False)
    return inverse if left == 1 else sympy.Mul(left, inverse, evaluate=False)


def power(base: Expr, exponent: Expr) -> Expr:
    """Return the unevaluated power; integer powers of numbers are folded."""
    if base.is_Rational and exponent.is_Integer:
        if base.is_zero and exponent < 0:
            raise InputError("division by zero")
        bits = max(base.p.bit_length(), base.q.bit_length()) * abs(int(exponent))
        if bits <= _MAX_FOLDED_BITS:
            return base**exponent
    return sympy.Pow(base, exponent, evaluate=False)


def exp(term: Expr) -> Expr:
    """Return the unevaluated exponential."""
    return sympy.exp(term, evaluate=False)


def log(term: Expr) -> Expr:
    """Return the unevaluated natural logarithm."""
    return sympy.log(term, evaluate=False)


def sqrt(term: Expr) -> Expr:
    """Return the unevaluated square root."""
    return sympy.Pow(term, Rational(1, 2), evaluate=False)


def absolute(term: Expr) -> Expr:
    """Return the unevaluated absolute value."""
    return sympy.Abs(term, evaluate=False)


def minimum(*terms: Expr) -> Expr:
    """Return the unevaluated minimum."""
    return sympy.Min(*terms, evaluate=False)


def maximum(*terms: Expr) -> Expr:
    """Return the unevaluated maximum."""
    return sympy.Max(*terms, evaluate=False)


def lambertw(term: Expr, branch: int) -> Expr:
    """Return the unevaluated real branch 0 or -1 of Lambert W."""
    if branch not in (0, -1):
        raise InputError(f"LambertW has the real branches 0 and -1, not {branch}")
    return sympy.LambertW(term, Integer(branch), evaluate=False)


def _fold(operator: type[Expr], terms: tuple[Expr, ...]) -> Expr:
    if len(terms) == 1:
        return terms[0]
    if all(term.is_Rational for term in terms):
        return operator(*terms)
    return operator(*terms, evaluate=False)


@dataclass(frozen=True)
class Operation:
    """One node of a term: an operator of ``OPERATORS`` and its arguments.

    ``number`` carries the rational itself, ``variable`` the symbol; ``power`` and ``ratpower`` carry the
    base and the literal exponent, ``lambertw`` the argument and the branch.
    """

    operator: str
    arguments: tuple[Expr, ...]


_FUNCTIONS = {
    sympy.exp: "exp",
    sympy.log: "log",
    sympy.Abs: "abs",
    sympy.Min: "min",
    sympy.Max: "max",
}


def operation(term: Expr) -> Operation:
    """Read the root of a term; raises UnsupportedError for what is not in the language."""
    if term.is_Rational:
        return Operation("number", (term,))
    if term.is_Symbol:
        return Operation("variable", (term,))
    if term is sympy.E:
        return Operation("exp", (Integer(1),))
    if term.is_Add:
        return Operation("add", term.args)
    if term.is_Mul:
        return _product(term)
    if term.is_Pow:
        return _power(*term.args)
    if isinstance(term, sympy.LambertW):
        branch = term.args[1] if len(term.args) == 2 else Integer(0)
        return Operation("lambertw", (term.args[0], branch))
    name = _FUNCTIONS.get(type(term))
    if name is None:
        raise UnsupportedError(f"not in the statement language: {term}")
    if name == "log" and len(term.args) != 1:
        raise UnsupportedError(f"only the natural logarithm is in the statement language: {term}")
    return Operation(name, term.args)


def _product(term: Expr) -> Operation:
    numerator: list[Expr] = []
    denominator: list[Expr] = []
    for factor in term.args:
        if factor.is_Pow and factor.args[1] == -1:
            denominator.append(factor.args[0])
        else:
            numerator.append(factor)
    if denominator:
        return Operation("div", (mul(*numerator) if numerator else Integer(1), mul(*denominator)))
    if term.args[0] == -1 and len(term.args) > 1:
        return Operation("neg", (mul(*term.args[1:]),))
    return Operation("mul", term.args)


def _power(base: Expr, exponent: Expr) -> Operation:
    if base is sympy.E:
        return Operation("exp", (exponent,))
    if exponent == -1:
        return Operation("div", (Integer(1), base))
    if exponent == Rational(1, 2):
        return Operation("sqrt", (base,))
    if exponent.is_Integer:
        return Operation("power", (base, exponent))
    if exponent.is_Rational:
        return Operation("ratpower", (base, exponent))
    if is_natural(exponent):
        return Operation("natpower", (base, exponent))
    return Operation("realpower", (base, exponent))


def is_natural(term: Expr) -> bool:
    """Tell whether a term is visibly a natural number: built from natural variables and literals."""
    if term.is_Rational:
        return bool(term.is_Integer and term >= 0)
    if term.is_Symbol:
        return bool(term.is_integer and term.is_nonnegative)
    if term.is_Add or term.is_Mul:
        return all(is_natural(argument) for argument in term.args)
    if term.is_Pow:
        return all(is_natural(argument) for argument in term.args)
    return False


class TermWalker(Generic[T]):
    """Dispatch on the root of a term to the method ``walk_<operator>``.

    A subclass defines one method per operator it knows, each taking the raw arguments; an operator
    without a method raises UnsupportedError with the expression.
    """

    def walk(self, term: Expr) -> T:
        """Return the image of a term."""
        node = operation(term)
        method: Any = getattr(self, f"walk_{node.operator}", None)
        if method is None:
            raise UnsupportedError(f"{type(self).__name__} has no rule for {node.operator} in {term}")
        result: T = method(*node.arguments)
        return result


class _Evaluator(TermWalker[Expr]):
    """Rebuild a term with SymPy's own evaluation switched on."""

    def __init__(self, symbols: dict[Symbol, Expr]) -> None:
        self._symbols = symbols

    def walk_number(self, value: Expr) -> Expr:
        return value

    def walk_variable(self, symbol: Symbol) -> Expr:
        return self._symbols.get(symbol, symbol)

    def walk_add(self, *terms: Expr) -> Expr:
        return sympy.Add(*map(self.walk, terms))

    def walk_mul(self, *terms: Expr) -> Expr:
        return sympy.Mul(*map(self.walk, terms))

    def walk_neg(self, term: Expr) -> Expr:
        return -self.walk(term)

    def walk_div(self, left: Expr, right: Expr) -> Expr:
        return self.walk(left) / self.walk(right)

    def walk_power(self, base: Expr, exponent: Expr) -> Expr:
        return sympy.Pow(self.walk(base), self.walk(exponent))

    walk_natpower = walk_ratpower = walk_realpower = walk_power

    def walk_exp(self, term: Expr) -> Expr:
        return sympy.exp(self.walk(term))

    def walk_log(self, term: Expr) -> Expr:
        return sympy.log(self.walk(term))

    def walk_sqrt(self, term: Expr) -> Expr:
        return sympy.sqrt(self.walk(term))

    def walk_abs(self, term: Expr) -> Expr:
        return sympy.Abs(self.walk(term))

    def walk_min(self, *terms: Expr) -> Expr:
        return sympy.Min(*map(self.walk, terms))

    def walk_max(self, *terms: Expr) -> Expr:
        return sympy.Max(*map(self.walk, terms))

    def walk_lambertw(self, term: Expr, branch: Expr) -> Expr:
        return sympy.LambertW(self.walk(term), branch)


def evaluated(term: Expr, symbols: dict[Symbol, Expr] | None = None) -> Expr:
    """Rebuild a term with SymPy's evaluation on, replacing variables on the way.

    The result may be defined at more points than the term: use it only where definedness is settled.
    """
    with _sympy_evaluation(True):
        return _Evaluator(symbols or {}).walk(term)


class _Substitution(TermWalker[Expr]):
    """Rebuild a term as written, with variables replaced by terms."""

    def __init__(self, symbols: dict[Symbol, Expr]) -> None:
        self._symbols = symbols

    def walk_number(self, value: Expr) -> Expr:
        return value

    def walk_variable(self, symbol: Symbol) -> Expr:
        return self._symbols.get(symbol, symbol)

    def walk_add(self, *terms: Expr) -> Expr:
        return add(*map(self.walk, terms))

    def walk_mul(self, *terms: Expr) -> Expr:
        return mul(*map(self.walk, terms))

    def walk_neg(self, term: Expr) -> Expr:
        return neg(self.walk(term))

    def walk_div(self, left: Expr, right: Expr) -> Expr:
        return div(self.walk(left), self.walk(right))

    def walk_power(self, base: Expr, exponent: Expr) -> Expr:
        return power(self.walk(base), self.walk(exponent))

    walk_natpower = walk_ratpower = walk_realpower = walk_power

    def walk_exp(self, term: Expr) -> Expr:
        return exp(self.walk(term))

    def walk_log(self, term: Expr) -> Expr:
        return log(self.walk(term))

    def walk_sqrt(self, term: Expr) -> Expr:
        return sqrt(self.walk(term))

    def walk_abs(self, term: Expr) -> Expr:
        return absolute(self.walk(term))

    def walk_min(self, *terms: Expr) -> Expr:
        return minimum(*map(self.walk, terms))

    def walk_max(self, *terms: Expr) -> Expr:
        return maximum(*map(self.walk, terms))

    def walk_lambertw(self, term: Expr, branch: Expr) -> Expr:
        return lambertw(self.walk(term), int(branch))


def substitute(term: Expr, symbols: dict[Symbol, Expr]) -> Expr:
    """Replace variables in a term without simplifying it."""
    return _Substitution(symbols).walk(term)


def subterms(term: Expr) -> Iterable[Operation]:
    """Yield the operations of a term, root first."""
    stack = [term]
    while stack:
        node = operation(stack.pop())
        yield node
        if node.operator not in ("number", "variable"):
            stack.extend(reversed(node.arguments))


def symbols_of(term: Expr) -> frozenset[Symbol]:
    """Return the variables of a term."""
    return frozenset(node.arguments[0] for node in subterms(term) if node.operator == "variable")
