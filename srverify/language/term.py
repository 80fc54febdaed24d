"""Terms: immutable trees of real numbers, variables and operators, kept exactly as they were written.

Nothing is simplified while a term is built (``x/x`` stays ``x/x``, ``exp(log(x))`` stays itself): that
would lose the points where the written term is undefined. Only literals are folded. Every term exists
once: equal terms are the same object, so that comparing and hashing them costs nothing, and they may be
copied, pickled and shared freely. Numbers are exact.

``operation`` reads a term as one operator and its arguments; ``TermWalker`` dispatches on it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from functools import total_ordering
from threading import RLock
from typing import Any, Generic, NoReturn, TypeVar
from weakref import WeakValueDictionary

from srverify.language.errors import InputError, TooDeepError, UnsupportedError

T = TypeVar("T")

#: Functions of one argument; ``srverify.language.functions`` says where each is defined and how it is
#: written.
FUNCTIONS = (
    "sin",
    "cos",
    "tan",
    "asin",
    "acos",
    "atan",
    "sinh",
    "cosh",
    "tanh",
    "asinh",
    "acosh",
    "atanh",
    "erf",
    "erfc",
    "gamma",
    "loggamma",
    "digamma",
    "trigamma",
)
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
    *FUNCTIONS,
)


class UndefinedError(InputError):
    """What was to be built has no value, such as a quotient by the literal zero."""


#: Operators nested deeper than this are refused, so that a walk never exhausts the stack.
MAX_DEPTH = 150
#: Literals are folded to a number up to this many bits; beyond them Python prints no number, and the
#: term stays as it was written.
_MAX_FOLDED_BITS = 14_000

#: All living terms, by what they are made of.
_KNOWN: WeakValueDictionary[tuple[Any, ...], Term] = WeakValueDictionary()
#: Reentrant: a garbage collection inside may run code that builds terms.
_LOCK = RLock()


class Term:
    """One node: an operator of ``OPERATORS`` and its arguments.

    A number and a variable are their own only argument; ``power`` and ``ratpower`` have the base and the
    literal exponent, ``lambertw`` the argument and the branch. Terms are made by the functions of this
    module, or from others with ``+ - * / **``.

    >>> 3 * variable("x") + exp(variable("x"))
    3*x + exp(x)
    """

    __slots__ = ("__weakref__", "_hash", "_symbols")
    _hash: int
    #: Its variables, once somebody has asked for them.
    _symbols: frozenset[Symbol]

    @property
    def operator(self) -> str:
        """The operator at the root."""
        raise NotImplementedError

    @property
    def arguments(self) -> tuple[Term, ...]:
        """What the operator is applied to."""
        raise NotImplementedError

    @property
    def depth(self) -> int:
        """The number of operators on the longest way to a leaf."""
        return 0

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError("terms cannot be changed")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError("terms cannot be changed")

    def __hash__(self) -> int:
        # By content, not by address: sets of terms have the same order in every run.
        return self._hash

    def __eq__(self, other: object) -> bool:
        return self is other

    def __copy__(self) -> Term:
        return self

    def __deepcopy__(self, memo: object) -> Term:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        # A flat list of nodes: pickle itself would recurse.
        return _restored, (_listed(self),)

    def __repr__(self) -> str:
        return term_text(self)

    def __add__(self, other: Term | Fraction | int) -> Term:
        return add(self, _operand(other))

    def __radd__(self, other: Fraction | int) -> Term:
        return add(_operand(other), self)

    def __sub__(self, other: Term | Fraction | int) -> Term:
        return sub(self, _operand(other))

    def __rsub__(self, other: Fraction | int) -> Term:
        return sub(_operand(other), self)

    def __mul__(self, other: Term | Fraction | int) -> Term:
        return mul(self, _operand(other))

    def __rmul__(self, other: Fraction | int) -> Term:
        return mul(_operand(other), self)

    def __truediv__(self, other: Term | Fraction | int) -> Term:
        return div(self, _operand(other))

    def __rtruediv__(self, other: Fraction | int) -> Term:
        return div(_operand(other), self)

    def __pow__(self, other: Term | Fraction | int) -> Term:
        return power(self, _operand(other))

    def __rpow__(self, other: Fraction | int) -> Term:
        return power(_operand(other), self)

    def __neg__(self) -> Term:
        return neg(self)


#: What ``operation`` returns: a term shows its root itself.
Operation = Term


class Application(Term):
    """An operator applied to terms."""

    __slots__ = ("arguments", "depth", "operator")
    operator: str
    arguments: tuple[Term, ...]
    depth: int


class Symbol(Term):
    """A real or natural variable."""

    __slots__ = ("name", "natural")
    #: Not computed each time: roots are asked for more often than anything else.
    operator = "variable"
    depth = 0
    name: str
    natural: bool

    @property
    def arguments(self) -> tuple[Term, ...]:
        """The variable itself."""
        return (self,)


@total_ordering
class Number(Term):
    """An exact rational number, which compares with and equals numbers of Python."""

    __slots__ = ("value",)
    operator = "number"
    depth = 0
    value: Fraction

    @property
    def arguments(self) -> tuple[Term, ...]:
        """The number itself."""
        return (self,)

    @property
    def p(self) -> int:
        """The numerator."""
        return self.value.numerator

    @property
    def q(self) -> int:
        """The denominator, at least 1."""
        return self.value.denominator

    @property
    def is_integer(self) -> bool:
        """Whether the denominator is 1."""
        return self.value.denominator == 1

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if isinstance(other, Term):
            return False  # Equal numbers are one object.
        return self.value == other

    def __lt__(self, other: Number | Fraction | int) -> bool:
        return self.value < (other.value if isinstance(other, Number) else other)

    def __neg__(self) -> Number:
        return number(-self.value)

    def __abs__(self) -> Number:
        return number(abs(self.value))

    def __bool__(self) -> bool:
        return bool(self.value)

    def __int__(self) -> int:
        return int(self.value)

    def __float__(self) -> float:
        return float(self.value)


def variable(name: str, natural: bool = False) -> Symbol:
    """Return the symbol of a real or natural variable."""
    key = (name, natural)
    with _LOCK:
        found = _KNOWN.get(key)
        if found is None:
            found = _KNOWN[key] = Symbol()
            object.__setattr__(found, "name", name)
            object.__setattr__(found, "natural", natural)
            object.__setattr__(found, "_hash", hash(key))
    assert isinstance(found, Symbol)
    return found


def number(value: int | str | Fraction | Number) -> Number:
    """Return an exact rational; floats are refused.

    >>> number("0.1")
    1/10
    """
    if isinstance(value, Number):
        return value
    if isinstance(value, bool) or not isinstance(value, int | str | Fraction):
        raise InputError(f"{value!r} is not exact: write a fraction or a decimal string")
    # What is one already need not be reduced again.
    exact = value if type(value) is Fraction else Fraction(value)
    key = (exact.numerator, exact.denominator)
    with _LOCK:
        found = _KNOWN.get(key)
        if found is None:
            found = _KNOWN[key] = Number()
            object.__setattr__(found, "value", exact)
            object.__setattr__(found, "_hash", hash(exact))
    assert isinstance(found, Number)
    return found


def _apply(operator: str, *arguments: Term) -> Term:
    key = (operator, arguments)
    with _LOCK:
        found = _KNOWN.get(key)
        if found is None:
            depth = 1 + max(argument.depth for argument in arguments)
            if depth > MAX_DEPTH:
                raise TooDeepError(f"operators are nested more than {MAX_DEPTH} deep")
            found = _KNOWN[key] = Application()
            object.__setattr__(found, "operator", operator)
            object.__setattr__(found, "arguments", arguments)
            object.__setattr__(found, "depth", depth)
            object.__setattr__(found, "_hash", hash(key))
    return found


def _operand(value: object) -> Term:
    if isinstance(value, Term):
        return value
    if isinstance(value, int | Fraction):
        return number(value)
    raise InputError(f"{value!r} is not a term")


# -- building --------------------------------------------------------------------------------------


def add(*terms: Term) -> Term:
    """Return the sum; literals alone are added."""
    if len(terms) == 1:
        return terms[0]
    folded = _folded(terms, Fraction.__add__)
    return _apply("add", *terms) if folded is None else folded


def mul(*terms: Term) -> Term:
    """Return the product; literals alone are multiplied.

    Reciprocals among the factors become the divisor, and a leading -1 the sign.
    """
    if len(terms) == 1:
        return terms[0]
    folded = _folded(terms, Fraction.__mul__)
    if folded is not None:
        return folded
    below = tuple(term.arguments[1] for term in terms if _is_reciprocal(term))
    if below:
        above = tuple(term for term in terms if not _is_reciprocal(term))
        return _apply("div", mul(*above) if above else ONE, mul(*below))
    if terms[0] is _MINUS_ONE:
        return _apply("neg", mul(*terms[1:]))
    return _apply("mul", *terms)


def _is_reciprocal(term: Term) -> bool:
    return term.operator == "div" and term.arguments[0] is ONE


def _folded(terms: tuple[Term, ...], join: Callable[[Fraction, Fraction], Fraction]) -> Number | None:
    """Return the sum or product if all terms are numbers, and it is not too long."""
    value: Fraction | None = None
    for term in terms:
        if not isinstance(term, Number):
            return None
        value = term.value if value is None else join(value, term.value)
        if max(value.numerator.bit_length(), value.denominator.bit_length()) > _MAX_FOLDED_BITS:
            return None
    return None if value is None else number(value)


def neg(term: Term) -> Term:
    """Return the negative; that of a literal is one."""
    return mul(_MINUS_ONE, term)


def sub(left: Term, right: Term) -> Term:
    """Return the difference, as the sum with the negative."""
    return add(left, neg(right))


def div(left: Term, right: Term) -> Term:
    """Return the quotient, that by a literal as a product; a literal zero divisor raises InputError."""
    if isinstance(right, Number):
        if right is ZERO:
            raise UndefinedError("division by zero")
        return mul(left, number(1 / right.value))
    inverse = _apply("div", ONE, right)
    return inverse if left is ONE else mul(left, inverse)


def power(base: Term, exponent: Term) -> Term:
    """Return the power; integer powers of literals are folded."""
    if not isinstance(exponent, Number):
        return _apply("natpower" if is_natural(exponent) else "realpower", base, exponent)
    if exponent.is_integer and isinstance(base, Number):
        if base is ZERO and exponent < 0:
            raise UndefinedError("division by zero")
        bits = max(base.p.bit_length(), base.q.bit_length()) * abs(exponent.p)
        if bits <= _MAX_FOLDED_BITS:
            return number(base.value**exponent.p)
    if exponent is _MINUS_ONE:
        return _apply("div", ONE, base)
    if exponent is _HALF:
        return _apply("sqrt", base)
    return _apply("power" if exponent.is_integer else "ratpower", base, exponent)


def exp(term: Term) -> Term:
    """Return the exponential."""
    return _apply("exp", term)


def log(term: Term) -> Term:
    """Return the natural logarithm."""
    return _apply("log", term)


def sqrt(term: Term) -> Term:
    """Return the square root."""
    return _apply("sqrt", term)


def absolute(term: Term) -> Term:
    """Return the absolute value."""
    return _apply("abs", term)


def minimum(*terms: Term) -> Term:
    """Return the minimum; what is repeated counts once."""
    return _extreme("min", terms)


def maximum(*terms: Term) -> Term:
    """Return the maximum; what is repeated counts once."""
    return _extreme("max", terms)


def _extreme(operator: str, terms: tuple[Term, ...]) -> Term:
    if not terms:
        raise InputError(f"{operator} needs an argument")
    different = tuple(dict.fromkeys(terms))
    return different[0] if len(different) == 1 else _apply(operator, *different)


def lambertw(term: Term, branch: int) -> Term:
    """Return the real branch 0 or -1 of Lambert W."""
    if branch not in (0, -1):
        raise InputError(f"LambertW has the real branches 0 and -1, not {branch}")
    return _apply("lambertw", term, number(branch))


def function(name: str, term: Term) -> Term:
    """Return a function of ``FUNCTIONS`` of a term."""
    if name not in _FUNCTIONS:
        raise InputError(f"no function {name!r}")
    return _apply(name, term)


_FUNCTIONS = frozenset(FUNCTIONS)
#: The numbers 0 and 1; since terms are unique, ``term is ZERO`` asks for the literal.
ZERO, ONE = number(0), number(1)
_MINUS_ONE, _HALF = number(-1), number("1/2")
#: The constant pi is the greatest angle whose cosine is asked for, as Euler's number is ``exp(1)``.
PI = function("acos", _MINUS_ONE)


# -- reading ---------------------------------------------------------------------------------------


def operation(term: Term) -> Operation:
    """Read the root of a term; raises UnsupportedError for what is not in the language."""
    if not isinstance(term, Term):
        raise _foreign(term)
    return term


def _foreign(term: object) -> UnsupportedError:
    return UnsupportedError(f"not in the statement language: {term}")


def literal(term: Term) -> Number:
    """Return a term that has to be a number, such as the exponent of ``power``, as one."""
    if not isinstance(term, Number):
        raise TypeError(f"not a number: {term}")
    return term


def is_natural(term: Term) -> bool:
    """Tell whether a term is visibly a natural number: built from natural variables and literals."""
    if isinstance(term, Number):
        return term.is_integer and term >= 0
    if isinstance(term, Symbol):
        return term.natural
    if term.operator in ("add", "mul", "power", "natpower"):
        return all(map(is_natural, term.arguments))
    return False


_METHODS = {operator: f"walk_{operator}" for operator in OPERATORS}


class TermWalker(Generic[T]):
    """Dispatch on the root of a term to the method ``walk_<operator>``.

    A subclass defines one method per operator it knows, each taking the raw arguments. What has no
    method of its own among the functions of one argument goes to ``walk_function``. An operator
    without a method raises UnsupportedError with the expression.
    """

    def walk(self, term: Term) -> T:
        """Return the image of a term."""
        if not isinstance(term, Term):
            raise _foreign(term)
        operator = term.operator
        method: Any = getattr(self, _METHODS[operator], None)
        if method is None:
            if operator in _FUNCTIONS:
                return self.walk_function(operator, *term.arguments)
            raise UnsupportedError(f"{type(self).__name__} has no rule for {operator} in {term}")
        result: T = method(*term.arguments)
        return result

    def walk_function(self, name: str, argument: Term) -> T:
        """Return the image of a function of one argument; by default it is refused by name."""
        shown = function(name, argument)
        raise UnsupportedError(f"{type(self).__name__} has no rule for {name} in {shown}")


def subterms(term: Term) -> Iterable[Operation]:
    """Yield the operations of a term, root first."""
    stack = [term]
    while stack:
        node = operation(stack.pop())
        yield node
        if node.operator not in ("number", "variable"):
            stack.extend(reversed(node.arguments))


def symbols_of(term: Term) -> frozenset[Symbol]:
    """Return the variables of a term, which never change: they are looked for once."""
    if isinstance(term, Symbol):
        # Not stored, since terms hold no cycles.
        return frozenset((term,))
    try:
        return term._symbols
    except AttributeError:
        found = frozenset(node for node in subterms(term) if isinstance(node, Symbol))
        object.__setattr__(term, "_symbols", found)
        return found


_BUILDERS: dict[str, Any] = {
    "add": add,
    "mul": mul,
    "neg": neg,
    "div": div,
    "power": power,
    "natpower": power,
    "ratpower": power,
    "realpower": power,
    "exp": exp,
    "log": log,
    "sqrt": sqrt,
    "abs": absolute,
    "min": minimum,
    "max": maximum,
    "lambertw": lambertw,
}


def rebuilt(term: Term, arguments: tuple[Term, ...]) -> Term:
    """Return the operation at a term's root applied to other arguments."""
    if arguments == term.arguments:
        return term
    if term.operator == "lambertw":
        return lambertw(arguments[0], int(literal(arguments[1])))
    return _built(term.operator, *arguments)


def _built(operator: str, *arguments: Term) -> Term:
    if operator in _FUNCTIONS:
        return function(operator, *arguments)
    found: Term = _BUILDERS[operator](*arguments)
    return found


def substitute(term: Term, symbols: Mapping[Symbol, Term]) -> Term:
    """Replace variables in a term without simplifying it.

    Raises UndefinedError where a variable divisor becomes the literal zero.
    """
    changed: dict[Term, Term] = {symbol: new for symbol, new in symbols.items()}  # noqa: C416
    for node in _children_first(term):
        if node in changed:
            continue
        arguments = node.arguments
        new = [changed[argument] for argument in arguments] if arguments != (node,) else [node]
        same = all(one is other for one, other in zip(arguments, new, strict=True))
        changed[node] = node if same else _built(node.operator, *new)
    return changed[term]


def _children_first(term: Term) -> Iterator[Term]:
    """Yield every different subterm once, arguments before what they are arguments of."""
    seen: set[Term] = set()
    stack = [(term, False)]
    while stack:
        node, ready = stack.pop()
        if ready:
            yield node
        elif node not in seen:
            seen.add(node)
            stack.append((node, True))
            if isinstance(node, Application):
                stack.extend((argument, False) for argument in node.arguments)


# -- transport -------------------------------------------------------------------------------------


def _listed(term: Term) -> list[tuple[Any, ...]]:
    """Return the nodes of a term as plain data, arguments first and by their place in the list."""
    places: dict[Term, int] = {}
    nodes: list[tuple[Any, ...]] = []
    for node in _children_first(term):
        places[node] = len(nodes)
        if isinstance(node, Number):
            nodes.append(("number", node.p, node.q))
        elif isinstance(node, Symbol):
            nodes.append(("variable", node.name, node.natural))
        else:
            nodes.append((node.operator, *(places[argument] for argument in node.arguments)))
    return nodes


def _restored(nodes: list[tuple[Any, ...]]) -> Term:
    made: list[Term] = []
    for operator, *rest in nodes:
        if operator == "number":
            made.append(number(Fraction(*rest)))
        elif operator == "variable":
            made.append(variable(*rest))
        else:
            made.append(_apply(operator, *(made[place] for place in rest)))
    return made[-1]


# -- printing --------------------------------------------------------------------------------------


class _TermPrinter(TermWalker[tuple[str, int]]):
    """Print terms; the level says what the text may stand in: 1 sum, 2 product, 3 factor, 4 atom."""

    def at(self, term: Term, level: int) -> str:
        text, own = self.walk(term)
        return text if own >= level else f"({text})"

    def walk_number(self, value: Number) -> tuple[str, int]:
        return str(value.value), 4 if value.is_integer and value >= 0 else 0

    def walk_variable(self, symbol: Symbol) -> tuple[str, int]:
        return symbol.name, 4

    def walk_add(self, *terms: Term) -> tuple[str, int]:
        text = self.at(terms[0], 1 if terms[0].operator != "add" else 2)
        for term in terms[1:]:
            if term.operator == "neg":
                text += f" - {self.at(term.arguments[0], 2)}"
            elif isinstance(term, Number) and term < 0:
                text += f" - {self.at(-term, 2)}"
            else:
                text += f" + {self.at(term, 2)}"
        return text, 1

    def walk_mul(self, *terms: Term) -> tuple[str, int]:
        # A nested product keeps its parentheses: the text shows the tree.
        parts = [self.at(terms[0], 2), *(self.at(term, 3) for term in terms[1:])]
        return "*".join(parts), 2

    def walk_neg(self, term: Term) -> tuple[str, int]:
        return f"-{self.at(term, 3)}", 1

    def walk_div(self, left: Term, right: Term) -> tuple[str, int]:
        return f"{self.at(left, 2)}/{self.at(right, 3)}", 2

    def walk_power(self, base: Term, exponent: Number) -> tuple[str, int]:
        return f"{self.at(base, 4)}^{self.at(exponent, 4)}", 3

    walk_natpower = walk_ratpower = walk_realpower = walk_power

    def _call(self, name: str, *terms: Term) -> tuple[str, int]:
        return f"{name}({', '.join(self.at(term, 0) for term in terms)})", 4

    def walk_exp(self, term: Term) -> tuple[str, int]:
        return self._call("exp", term)

    def walk_log(self, term: Term) -> tuple[str, int]:
        return self._call("log", term)

    def walk_sqrt(self, term: Term) -> tuple[str, int]:
        return self._call("sqrt", term)

    def walk_abs(self, term: Term) -> tuple[str, int]:
        return self._call("abs", term)

    def walk_min(self, *terms: Term) -> tuple[str, int]:
        return self._call("min", *terms)

    def walk_max(self, *terms: Term) -> tuple[str, int]:
        return self._call("max", *terms)

    def walk_lambertw(self, term: Term, branch: Number) -> tuple[str, int]:
        return self._call("LambertW", term, branch)

    def walk_function(self, name: str, argument: Term) -> tuple[str, int]:
        return ("pi", 4) if (name, argument) == ("acos", _MINUS_ONE) else self._call(name, argument)


_PRINTER = _TermPrinter()


def term_text(term: Term) -> str:
    """Print a term in the grammar of ``srverify.language.parser``.

    >>> x, y = variable("x"), variable("y")
    >>> term_text(div(power(add(x, number(1)), number(2)), neg(y)))
    '(x + 1)^2/(-y)'
    """
    return _PRINTER.at(term, 0)
