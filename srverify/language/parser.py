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

Numbers are integers and decimals (``1e-5`` too), read exactly. Functions: ``exp``, ``log``, ``sqrt``,
``abs``, ``min``, ``max`` and ``LambertW(z, k)``. A chain ``0 < x <= 1`` is a conjunction. Nothing is
ever handed to ``eval``, ``exec`` or ``sympify``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

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

#: Longest accepted text and deepest accepted nesting; both far beyond any real statement.
MAX_LENGTH = 200_000
MAX_DEPTH = 60
#: Largest decimal exponent, and most digits, of a number inside a statement (Python prints no more).
MAX_EXPONENT = 4_000

_TOKEN = re.compile(
    r"(?P<space>\s+)"
    r"|(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)"
    r"|(?P<name>[^\W\d]\w*'*)"
    r"|(?P<symbol>\*\*|<=|>=|==|!=|->|=>|[-+*/^(),<>=≤≥≠∧∨¬→])"
)
_SPELLINGS = {
    "≤": "<=", "≥": ">=", "≠": "!=", "==": "=", "**": "^", "∧": "and", "∨": "or",
    "¬": "not", "→": "->", "=>": "->", "implies": "->",
}  # fmt: skip
_KEYWORDS = frozenset({"and", "or", "not", "implies"})
_FUNCTIONS: dict[str, tuple[int, int | None, Callable[..., Term]]] = {
    "exp": (1, 1, t.exp),
    "log": (1, 1, t.log),
    "ln": (1, 1, t.log),
    "sqrt": (1, 1, t.sqrt),
    "abs": (1, 1, t.absolute),
    "min": (1, None, t.minimum),
    "max": (1, None, t.maximum),
}
RESERVED = _KEYWORDS | frozenset(_FUNCTIONS) | {"LambertW", "oo"}
_COMPARISONS = ("<", "<=", "=", ">", ">=", "!=")


@dataclass(frozen=True)
class _Token:
    text: str
    kind: str
    position: int


def _tokens(text: str) -> list[_Token]:
    if len(text) > MAX_LENGTH:
        raise InputError(f"text of {len(text)} characters is too long (at most {MAX_LENGTH})")
    found = []
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise _error(f"unexpected character {text[position]!r}", text, position)
        if match.lastgroup != "space":
            spelling = _SPELLINGS.get(match.group(), match.group())
            kind = "symbol" if spelling in ("and", "or", "not", "->") else str(match.lastgroup)
            found.append(_Token(spelling, kind, position))
        position = match.end()
    found.append(_Token("", "end", len(text)))
    return found


def _error(message: str, text: str, position: int) -> InputError:
    shown = text if len(text) <= 120 else text[:117] + "..."
    return InputError(f"{message} at position {position + 1} of {shown!r}")


class _Parser:
    def __init__(self, text: str, variables: Mapping[str, Symbol] | None) -> None:
        self._text = text
        self._tokens = _tokens(text)
        self._index = 0
        self._depth = 0
        self._variables = variables
        self.seen: dict[str, Symbol] = {}

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
        try:
            result = self._implication()
        except RecursionError:  # pragma: no cover - MAX_DEPTH comes first
            raise InputError("the expression is nested too deeply") from None
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
        right = self._implication()
        return Implies(self._formula(left, start), self._formula(right, after))

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
            return Not(self._formula(self._negated(), start))
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
            terms.append(right if operator == "+" else t.neg(right))
        return t.add(*terms) if terms else value

    def _product(self) -> Term | Formula:
        start = self._token
        value = self._unary()
        while (operator := self._accept("*", "/")) is not None:
            left = self._term(value, start)
            start = self._token
            right = self._term(self._unary(), start)
            try:
                value = t.mul(left, right) if operator == "*" else t.div(left, right)
            except InputError as error:
                raise self._fail(str(error), start) from None
        return value

    def _unary(self) -> Term | Formula:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise self._fail(f"nested more than {MAX_DEPTH} deep", self._token)
        try:
            if self._accept("-") is not None:
                start = self._token
                return t.neg(self._term(self._unary(), start))
            if self._accept("+") is not None:
                start = self._token
                return self._term(self._unary(), start)
            return self._power()
        finally:
            self._depth -= 1

    def _power(self) -> Term | Formula:
        start = self._token
        base = self._atom()
        if self._accept("^") is None:
            return base
        after = self._token
        exponent = self._term(self._unary(), after)
        try:
            return t.power(self._term(base, start), exponent)
        except InputError as error:
            raise self._fail(str(error), start) from None

    def _atom(self) -> Term | Formula:
        token = self._token
        if token.kind == "number":
            self._index += 1
            return self._number(token)
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
        if exponent and abs(int(exponent)) > MAX_EXPONENT:
            raise self._fail(f"exponent of {token.text!r} is beyond ±{MAX_EXPONENT}", token)
        if len(mantissa) > MAX_EXPONENT:
            raise self._fail(f"a number of more than {MAX_EXPONENT} digits", token)
        return t.number(Fraction(token.text))

    def _named(self, token: _Token) -> Term:
        name = token.text
        if self._token.text == "(" and self._token.kind == "symbol":
            return self._call(token)
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
        self._expect("(")
        arguments = []
        while True:
            start = self._token
            arguments.append(self._term(self._implication(), start))
            if self._accept(",") is None:
                break
        self._expect(")")
        if token.text == "LambertW":
            return self._lambertw(arguments, token)
        if token.text not in _FUNCTIONS:
            known = ", ".join(sorted((*_FUNCTIONS, "LambertW")))
            raise self._fail(f"unknown function {token.text!r} (known: {known})", token)
        least, most, build = _FUNCTIONS[token.text]
        if len(arguments) < least or (most is not None and len(arguments) > most):
            raise self._fail(f"{token.text} takes one argument, not {len(arguments)}", token)
        return build(*arguments)

    def _lambertw(self, arguments: list[Term], token: _Token) -> Term:
        if len(arguments) not in (1, 2):
            raise self._fail("LambertW takes an argument and a branch", token)
        branch = arguments[1] if len(arguments) == 2 else t.number(0)
        if not isinstance(branch, Number) or branch not in (0, -1):
            raise self._fail(f"LambertW has the real branches 0 and -1, not {branch}", token)
        return t.lambertw(arguments[0], int(branch))


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
    return _Parser(text, _symbols(variables)).whole_formula()


def parse_term(text: str, variables: Mapping[str, str | Symbol] | None = None) -> Term:
    """Read a term; raises InputError with the position of the first mistake.

    >>> parse_term("2/4 * x")
    (1/2)*x
    """
    return _Parser(text, _symbols(variables)).whole_term()


def names_in(text: str) -> tuple[str, ...]:
    """Return the variable names of a formula or term in order of appearance."""
    parser = _Parser(text, None)
    parser._whole()
    return tuple(parser.seen)


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
