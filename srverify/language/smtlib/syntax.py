"""S-expressions of SMT-LIB 2, each with its line and column."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias

from srverify.language.errors import InputError

#: Longest accepted text and deepest accepted nesting.
MAX_LENGTH = 2_000_000
MAX_DEPTH = 150
#: Longest accepted number.
MAX_DIGITS = 1000

#: Kinds of tokens that are numbers.
NUMBERS = frozenset({"decimal", "numeral", "scientific", "hexadecimal"})

_TOKEN = re.compile(
    r"(?P<space>[ \t\r\n]+|;[^\n]*)"
    r"|(?P<open>\()"
    r"|(?P<close>\))"
    r'|(?P<string>"(?:[^"]|"")*")'
    r"|(?P<quoted>\|[^|\\]*\|)"
    r"|(?P<hexadecimal>[+-]?0[xX](?:[0-9A-Fa-f]+(?:\.[0-9A-Fa-f]*)?|\.[0-9A-Fa-f]+)(?:[pP][+-]?[0-9]+)?)(?![\w.])"
    r"|(?P<scientific>[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)[eE][+-]?[0-9]+)(?![\w.])"
    r"|(?P<decimal>[0-9]+\.[0-9]*)(?![\w.])"
    r"|(?P<numeral>[0-9]+)(?![\w.])"
    r"|(?P<bracket>[\[\],])"
    r"|(?P<keyword>:[\w~!@$%^&*+=<>.?/-]+)"
    r"|(?P<symbol>[A-Za-z~!@$%^&*_+=<>.?/-][A-Za-z0-9~!@$%^&*_+=<>.?/-]*)",
    re.ASCII,
)


@dataclass(frozen=True)
class Place:
    """A position in a text, counted from 1."""

    line: int
    column: int

    def __str__(self) -> str:
        return f"line {self.line}, column {self.column}"


@dataclass(frozen=True)
class Leaf:
    """A token: ``kind`` is symbol, quoted, numeral, decimal, string, keyword, or one of dReal's dialect.

    These are scientific (``1e-3``), hexadecimal (``0x1p-2``) and bracket (``[``, ``]`` and the comma).
    """

    text: str
    kind: str
    place: Place

    @property
    def symbol(self) -> str | None:
        """The symbol's name, without bars; ``None`` for other tokens."""
        if self.kind == "symbol":
            return self.text
        return self.text[1:-1] if self.kind == "quoted" else None


@dataclass(frozen=True)
class Branch:
    """A parenthesised list."""

    items: tuple[Sexp, ...]
    place: Place

    @property
    def head(self) -> str | None:
        """The symbol in front, if there is one."""
        first = self.items[0] if self.items else None
        return first.symbol if isinstance(first, Leaf) else None


Sexp: TypeAlias = Leaf | Branch


class SyntaxMistakeError(InputError):
    """What is wrong with an SMT-LIB text, and where."""

    def __init__(self, message: str, place: Place) -> None:
        super().__init__(f"{place}: {message}")
        self.place = place


def read_sexps(text: str) -> tuple[Sexp, ...]:
    """Read a whole text.

    Raises InputError with line and column for an unbalanced parenthesis, a character that starts no
    token, a text too long or nested too deeply.

    >>> read_sexps("(assert (< x 1))")[0].head
    'assert'
    """
    if len(text) > MAX_LENGTH:
        raise InputError(f"text of {len(text)} characters is too long (at most {MAX_LENGTH})")
    top: list[Sexp] = []
    stack: list[tuple[Place, list[Sexp]]] = []
    position, line, line_start = 0, 1, 0
    while position < len(text):
        place = Place(line, position - line_start + 1)
        match = _TOKEN.match(text, position)
        if match is None:
            raise SyntaxMistakeError(_no_token(text[position]), place)
        kind, token = str(match.lastgroup), match.group()
        if "\n" in token:
            line += token.count("\n")
            line_start = position + token.rindex("\n") + 1
        position = match.end()
        if kind == "space":
            continue
        if kind == "open":
            if len(stack) >= MAX_DEPTH:
                raise SyntaxMistakeError(f"nested more than {MAX_DEPTH} deep", place)
            stack.append((place, []))
            continue
        if kind == "close":
            if not stack:
                raise SyntaxMistakeError("')' without '('", place)
            opened, items = stack.pop()
            found: Sexp = Branch(tuple(items), opened)
        else:
            if kind in NUMBERS and len(token) > MAX_DIGITS:
                raise SyntaxMistakeError(f"a number of more than {MAX_DIGITS} digits", place)
            found = Leaf(token, kind, place)
        (stack[-1][1] if stack else top).append(found)
    if stack:
        raise SyntaxMistakeError("'(' is never closed", stack[-1][0])
    return tuple(top)


def _no_token(character: str) -> str:
    if character == "|":
        return "'|' is never closed"
    if character == '"':
        return "the string is never closed"
    if character == "#":
        return "bit-vector literals are not supported: the reader knows the reals only"
    return f"unexpected character {character!r}"
