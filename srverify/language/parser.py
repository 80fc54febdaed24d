"""The grammar of statements, and the only way in which typed text becomes mathematics.

    formula  := disjunct [('implies' | '->') formula]
    disjunct := conjunct {'or' conjunct}
    conjunct := negated {'and' negated}
    negated  := 'not' negated | comparison
    comparison := sum {('<' | '<=' | '=' | '==' | '>' | '>=' | '!=') sum}
    sum      := product {('+' | '-') product}
    product  := unary {('*' | '/') unary}
    unary    := '-' unary | '+' unary | power
    power    := atom [('^' | '**') unary]
    atom     := number | name | function '(' arguments ')' | '(' formula ')'

Numbers are integers and decimals (``1e-5`` too), read exactly; ``½`` is one, ``x²`` is a power.
Functions: ``exp``, ``log``, ``sqrt``, ``abs``, ``min``, ``max``, ``LambertW(z, k)`` (also ``lambertw``
and ``W``), those of ``srverify.language.functions`` and its short forms. ``pi`` is the constant, and
so is ``e`` where no variable of that name is declared. A chain ``0 < x <= 1`` is a conjunction.
Nothing is ever handed to ``eval``, ``exec`` or ``sympify``.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from contextlib import contextmanager
from fractions import Fraction
from functools import lru_cache
from threading import Lock
from typing import NamedTuple

from srverify.language import functions, names
from srverify.language import term as t
from srverify.language.errors import InputError
from srverify.language.formula import (
    And,
    Formula,
    Implies,
    Not,
    Or,
    Relation,
    conjunction,
    disjunction,
    unequal,
)
from srverify.language.term import Number, Symbol, Term
from srverify.language.term import term_text as term_text

#: Longest accepted text, deepest accepted nesting of text and of connectives; all far beyond any real
#: statement. A term of the greatest depth, printed with all its parentheses, can be read back.
MAX_LENGTH = 200_000
MAX_DEPTH = 3 * t.MAX_DEPTH
MAX_CONNECTIVES = 60
#: Most digits of a number, its decimal exponent counted as digits (Python prints few more).
MAX_DIGITS = 4_001
#: Python's own calls per level of nesting, with room to spare.
_CALLS = 16

_TOKEN = re.compile(
    r"(?P<space>\s+)"
    r"|(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<symbol>\*\*|<=|>=|==|!=|->|=>|[-+*/^(),<>=≤≥≠∧∨¬→−·⋅×÷])"
)
_SPELLINGS = {
    "≤": "<=", "≥": ">=", "≠": "!=", "==": "=", "**": "^", "∧": "and", "∨": "or",
    "¬": "not", "→": "->", "=>": "->", "implies": "->", "−": "-", "·": "*", "⋅": "*", "×": "*",
    "÷": "/",
}  # fmt: skip
#: Texts up to this length are remembered cut into tokens.
_SHORT = 1000
_KEYWORDS = frozenset({"and", "or", "not", "implies"})
_FUNCTIONS: dict[str, tuple[int, int | None, Callable[..., Term]]] = {
    "exp": (1, 1, t.exp),
    "log": (1, 1, t.log),
    "ln": (1, 1, t.log),
    "sqrt": (1, 1, t.sqrt),
    "abs": (1, 1, t.absolute),
    "min": (1, None, t.minimum),
    "max": (1, None, t.maximum),
}  # those of one argument that have a row in the table of functions follow below
#: Names that no variable may have; those of other functions are free where no bracket follows.
RESERVED = _KEYWORDS | frozenset(_FUNCTIONS) | {"LambertW", "oo", "pi"}
_FUNCTIONS |= {name: (1, 1, build) for name, build in functions.builders().items()}
_LAMBERT = frozenset({"LambertW", "lambertw", "W"})
#: Constants; a declared variable takes precedence over those that may be one.
_CONSTANTS = {"pi": t.PI, "π": t.PI, "e": t.exp(t.ONE)}
_COMPARISONS = ("<", "<=", "=", ">", ">=", "!=")


class _Token(NamedTuple):
    text: str
    kind: str
    position: int


def _tokens(text: str) -> tuple[_Token, ...]:
    if len(text) > MAX_LENGTH:
        raise InputError(f"text of {len(text)} characters is too long (at most {MAX_LENGTH})")
    return _cut(text) if len(text) <= _SHORT else _cut.__wrapped__(text)


# Texts are read for their names first, and then for what they say.
@lru_cache(maxsize=500)
def _cut(text: str) -> tuple[_Token, ...]:
    found: list[_Token] = []
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            more, position = _letters(text, position, found)
            found += more
            continue
        if match.lastgroup != "space":
            spelling = _SPELLINGS.get(match.group(), match.group())
            kind = "symbol" if spelling == "->" else str(match.lastgroup)
            found.append(_Token(spelling, kind, position))
        position = match.end()
    found.append(_Token("", "end", len(text)))
    return tuple(found)


def _letters(text: str, position: int, before: list[_Token]) -> tuple[list[_Token], int]:
    """Read a name, an exponent written as superscripts, or a vulgar fraction; return where it ends."""
    end = names.name_end(text, position)
    if end > position:
        name = names.canonical(text[position:end])
        spelling = _SPELLINGS.get(name, name)
        kind = "symbol" if spelling in ("and", "or", "not", "->") else "name"
        return [_Token(spelling, kind, position)], end
    value = names.fraction(text[position])
    if value is not None:
        if before and before[-1].kind in ("number", "name", "fraction", "raised"):
            raise _error(f"write the product or sum with {text[position]!r}", text, position)
        return [_Token(str(value), "fraction", position)], position + 1
    raised, end = names.superscript(text, position)
    if raised and not re.fullmatch(r"[+-]?[0-9]+|[a-z]", raised):
        raise _error(f"{text[position:end]!r} is not an exponent: write it with ^", text, position)
    if not raised:
        raise _error(names.unexpected(text[position]), text, position)
    return [_Token(raised, "raised", position)], end


def _error(message: str, text: str, position: int) -> InputError:
    shown = text if len(text) <= 120 else text[:117] + "..."
    return InputError(f"{message} at position {position + 1} of {shown!r}")


class _Parser:
    def __init__(self, text: str, variables: Mapping[str, Symbol] | None) -> None:
        self._text = text
        self._tokens = _tokens(text)
        self._index = 0
        self._depth = 0
        self._connectives = 0
        self._variables = variables
        self.seen: dict[str, Symbol] = {}
        self.constants: dict[str, Term] = {}

    # -- token stream ------------------------------------------------------------------------

    @property
    def _token(self) -> _Token:
        return self._tokens[self._index]

    def _accept(self, *spellings: str) -> str | None:
        if self._token.kind == "symbol" and self._token.text in spellings:
            self._index += 1
            return self._tokens[self._index - 1].text
        return None

    def _expect(self, spelling: str) -> None:
        if self._accept(spelling) is None:
            raise self._unexpected(f"expected {spelling!r}")

    def _unexpected(self, wanted: str) -> InputError:
        found = f"found {self._token.text!r}" if self._token.text else "the text ends"
        return _error(f"{wanted}, but {found}", self._text, self._token.position)

    def _fail(self, message: str, token: _Token) -> InputError:
        return _error(message, self._text, token.position)

    # -- entry points ------------------------------------------------------------------------

    def whole_formula(self) -> Formula:
        start = self._token
        result = self._whole()
        if isinstance(result, Term):
            raise self._fail("expected a comparison such as 'x <= 1', found an expression", start)
        return result

    def whole_term(self) -> Term:
        start = self._token
        result = self._whole()
        if not isinstance(result, Term):
            raise self._fail("expected an expression, found a comparison", start)
        return result

    def _whole(self) -> Term | Formula:
        with _deep_enough(self._text):
            result = self._implication()
        if self._token.kind != "end":
            raise self._unexpected("expected an operator or the end")
        return result

    # -- formulas ----------------------------------------------------------------------------

    def _formula(self, value: Term | Formula, token: _Token) -> Formula:
        if isinstance(value, Term):
            raise self._fail("expected a comparison here, found an expression", token)
        return value

    def _term(self, value: Term | Formula, token: _Token) -> Term:
        if not isinstance(value, Term):
            raise self._fail("expected an expression here, found a comparison", token)
        return value

    def _implication(self) -> Term | Formula:
        start = self._token
        left = self._disjunction()
        if self._accept("->") is None:
            return left
        after = self._token
        with self._inside_connective(after):
            right = self._implication()
        return Implies(self._formula(left, start), self._formula(right, after))

    @contextmanager
    def _inside_connective(self, token: _Token) -> Iterator[None]:
        if self._connectives >= MAX_CONNECTIVES:
            raise self._fail(f"connectives are nested more than {MAX_CONNECTIVES} deep", token)
        self._connectives += 1
        yield
        self._connectives -= 1

    def _built(self, token: _Token, build: Callable[..., Term], *terms: Term) -> Term:
        """Build a term; what is wrong with it is told with its place."""
        try:
            return build(*terms)
        except InputError as error:
            raise self._fail(str(error), token) from None

    def _disjunction(self) -> Term | Formula:
        return self._joined("or", self._conjunction, disjunction)

    def _conjunction(self) -> Term | Formula:
        return self._joined("and", self._negated, conjunction)

    def _joined(
        self,
        word: str,
        part: Callable[[], Term | Formula],
        join: Callable[..., Formula],
    ) -> Term | Formula:
        start = self._token
        first = part()
        if self._token.text != word or self._token.kind != "symbol":
            return first
        parts = [self._formula(first, start)]
        while self._accept(word) is not None:
            start = self._token
            parts.append(self._formula(part(), start))
        return join(*parts)

    def _negated(self) -> Term | Formula:
        if self._accept("not") is not None:
            start = self._token
            with self._inside_connective(start):
                part = self._negated()
            return Not(self._formula(part, start))
        return self._comparison()

    def _comparison(self) -> Term | Formula:
        start = self._token
        first = self._sum()
        parts: list[Formula] = []
        left = first
        while (operator := self._accept(*_COMPARISONS)) is not None:
            left = self._term(left, start)
            start = self._token
            right = self._term(self._sum(), start)
            parts.append(_relation(operator, left, right))
            left = right
        return conjunction(*parts) if parts else first

    # -- terms -------------------------------------------------------------------------------

    def _sum(self) -> Term | Formula:
        start = self._token
        value = self._product()
        terms: list[Term] = []
        while (operator := self._accept("+", "-")) is not None:
            terms = terms or [self._term(value, start)]
            start = self._token
            right = self._term(self._product(), start)
            terms.append(right if operator == "+" else self._built(start, t.neg, right))
        return self._built(start, t.add, *terms) if terms else value

    def _product(self) -> Term | Formula:
        start = self._token
        value = self._unary()
        while (operator := self._accept("*", "/")) is not None:
            left = self._term(value, start)
            start = self._token
            right = self._term(self._unary(), start)
            value = self._built(start, t.mul if operator == "*" else t.div, left, right)
        return value

    def _unary(self) -> Term | Formula:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise self._fail(f"nested more than {MAX_DEPTH} deep", self._token)
        try:
            if self._accept("-") is not None:
                start = self._token
                return self._built(start, t.neg, self._term(self._unary(), start))
            if self._accept("+") is not None:
                start = self._token
                return self._term(self._unary(), start)
            return self._power()
        finally:
            self._depth -= 1

    def _power(self) -> Term | Formula:
        start = self._token
        base = self._atom()
        if self._token.kind == "raised":
            exponent = self._raised()
        elif self._accept("^") is None:
            return base
        else:
            after = self._token
            exponent = self._term(self._unary(), after)
        if start.text == "e" and base is _CONSTANTS["e"]:
            return self._built(start, t.exp, exponent)
        return self._built(start, t.power, self._term(base, start), exponent)

    def _raised(self) -> Term:
        """Read an exponent that was written as superscripts; a second one is ambiguous."""
        token = self._token
        self._index += 1
        if self._token.kind == "raised" or self._token.text == "^":
            raise self._fail("write parentheses around a power that is raised again", self._token)
        return self._named(token) if token.text.isalpha() else t.number(int(token.text))

    def _atom(self) -> Term | Formula:
        token = self._token
        if token.kind == "number":
            self._index += 1
            return self._number(token)
        if token.kind == "fraction":
            self._index += 1
            return t.number(Fraction(token.text))
        if token.kind == "name":
            self._index += 1
            return self._named(token)
        if self._accept("(") is not None:
            inner = self._implication()
            self._expect(")")
            return inner
        raise self._unexpected("expected a number, a name or '('")

    def _number(self, token: _Token) -> Term:
        mantissa, _, exponent = token.text.lower().partition("e")
        # The exponent's own digits first: it may be too long to be read.
        long = len(mantissa) > MAX_DIGITS or len(exponent.lstrip("+-0")) > 5
        if long or len(mantissa) + abs(int(exponent or "0")) > MAX_DIGITS:
            raise self._fail(f"a number of more than {MAX_DIGITS} digits: write a power", token)
        return t.number(Fraction(token.text))

    def _named(self, token: _Token) -> Term:
        name = token.text
        if self._token.text == "(" and self._token.kind == "symbol":
            return self._call(token)
        declared = self._variables is not None and name in self._variables
        if name in _CONSTANTS and not declared:
            self.constants[name] = _CONSTANTS[name]
            return _CONSTANTS[name]
        if name in RESERVED:
            raise self._fail(f"{name!r} is a function or keyword, not a variable", token)
        if self._variables is None:
            symbol = t.variable(name)
        elif name in self._variables:
            symbol = self._variables[name]
        else:
            known = ", ".join(sorted(self._variables)) or "none"
            raise self._fail(f"unknown variable {name!r} (declared: {known})", token)
        self.seen[name] = symbol
        return symbol

    def _call(self, token: _Token) -> Term:
        if self._variables is not None and token.text in self._variables:
            raise self._fail(f"{token.text!r} is a variable here: write {token.text}*(...)", token)
        self._expect("(")
        arguments = []
        while True:
            start = self._token
            arguments.append(self._term(self._implication(), start))
            if self._accept(",") is None:
                break
        self._expect(")")
        if token.text in _LAMBERT:
            return self._lambertw(arguments, token)
        if token.text not in _FUNCTIONS:
            known = ", ".join(sorted({*_FUNCTIONS, *_LAMBERT}, key=str.lower))
            raise self._fail(f"unknown function {token.text!r} (known: {known})", token)
        least, most, build = _FUNCTIONS[token.text]
        if len(arguments) < least or (most is not None and len(arguments) > most):
            raise self._fail(f"{token.text} takes one argument, not {len(arguments)}", token)
        return self._built(token, build, *arguments)

    def _lambertw(self, arguments: list[Term], token: _Token) -> Term:
        if len(arguments) not in (1, 2):
            raise self._fail("LambertW takes an argument and a branch", token)
        branch = arguments[1] if len(arguments) == 2 else t.number(0)
        if not isinstance(branch, Number) or branch not in (0, -1):
            raise self._fail(f"LambertW has the real branches 0 and -1, not {branch}", token)
        return self._built(token, lambda term: t.lambertw(term, int(branch)), arguments[0])


_recursion = Lock()


@contextmanager
def _deep_enough(text: str) -> Iterator[None]:
    """Allow the calls that a deeply nested text takes (Python's own limit is for runaway programs)."""
    levels = min(MAX_DEPTH, text.count("(") + text.count("-") + text.count("+"))
    needed = 500 + _CALLS * (levels + MAX_CONNECTIVES)
    with _recursion:
        before = sys.getrecursionlimit()
        if needed > before:
            sys.setrecursionlimit(needed)
        try:
            yield
        finally:
            sys.setrecursionlimit(before)


def _relation(operator: str, left: Term, right: Term) -> Formula:
    match operator:
        case ">":
            return Relation("<", right, left)
        case ">=":
            return Relation("<=", right, left)
        case "!=":
            return unequal(left, right)
    return Relation(operator, left, right)


def _symbols(variables: Mapping[str, str | Symbol] | None) -> dict[str, Symbol] | None:
    if variables is None:
        return None
    return {
        name: kind if isinstance(kind, Symbol) else t.variable(name, natural=kind == "natural")
        for name, kind in variables.items()
    }


def parse_formula(text: str, variables: Mapping[str, str | Symbol] | None = None) -> Formula:
    """Read a formula; with ``variables`` (name to symbol or kind) unknown names are refused.

    Raises InputError with the position of the first mistake.

    >>> parse_formula("log(x) <= x - 1")
    Relation(operator='<=', left=log(x), right=x - 1)
    """
    return _read_formula(text, _declared(variables))


def _declared(variables: Mapping[str, str | Symbol] | None) -> tuple[tuple[str, Symbol], ...] | None:
    symbols = _symbols(variables)
    return None if symbols is None else tuple(symbols.items())


# The steps of a proof name the same terms over and over.
@lru_cache(maxsize=2000)
def _read_formula(text: str, declared: tuple[tuple[str, Symbol], ...] | None) -> Formula:
    return _Parser(text, None if declared is None else dict(declared)).whole_formula()


@lru_cache(maxsize=4000)
def _read_term(text: str, declared: tuple[tuple[str, Symbol], ...] | None) -> Term:
    return _Parser(text, None if declared is None else dict(declared)).whole_term()


def parse_term(text: str, variables: Mapping[str, str | Symbol] | None = None) -> Term:
    """Read a term; raises InputError with the position of the first mistake.

    >>> parse_term("2/4 * x")
    (1/2)*x
    """
    return _read_term(text, _declared(variables))


def names_in(text: str, declared: Container[str] = ()) -> tuple[str, ...]:
    """Return the variable names of a formula or term in order of appearance.

    ``e`` counts where it is declared; otherwise it is the constant.
    """
    parser = _Parser(text, None)
    parser._whole()
    parser.seen.update({name: t.variable(name) for name in parser.constants if name in declared})
    return tuple(parser.seen)


def free_names(show: str, given: Sequence[str], declared: Container[str] = ()) -> tuple[str, ...]:
    """Return the variable names of hypotheses and a conclusion in order of appearance.

    Raises InputError for a hypothesis about nothing but a constant: it was meant as a variable.
    """
    names: dict[str, None] = {}
    for text in (*given, show):
        found = names_in(text, declared)
        names.update(dict.fromkeys(found))
        if text is show or found:
            continue
        parser = _Parser(text, None)
        parser._whole()
        for constant in parser.constants:
            raise InputError(
                f"{constant!r} is a constant, not a variable, in the hypothesis {text!r}:"
                " declare it, or choose another name"
            )
    return tuple(names)


def formula_text(formula: Formula) -> str:
    """Print a formula in the grammar; reading it back gives the same formula."""
    return _formula_text(formula, 0)


def _formula_text(formula: Formula, level: int) -> str:
    """Print at a binding level: 0 implication, 1 or, 2 and, 3 not."""
    match formula:
        case Relation(operator, left, right):
            return f"{term_text(left)} {operator} {term_text(right)}"
        case Not(part):
            return f"not ({_formula_text(part, 0)})"
        case Implies(premise, consequence):
            text = f"{_formula_text(premise, 1)} implies {_formula_text(consequence, 0)}"
            own = 0
        case And(parts) | Or(parts):
            if not parts:
                return "0 <= 0" if isinstance(formula, And) else "0 < 0"
            own = 2 if isinstance(formula, And) else 1
            word = " and " if own == 2 else " or "
            # One level up, so that a nested connective of the same kind keeps its own parentheses.
            text = word.join(_formula_text(part, own + 1) for part in parts)
    return f"({text})" if level > own else text
