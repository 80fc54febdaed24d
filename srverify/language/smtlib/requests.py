"""What a script asks for besides answers: models, values, cores, options, and texts to be told."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from srverify.language.smtlib.syntax import NUMBERS, Branch, Leaf, Sexp

if TYPE_CHECKING:
    from srverify.language.formula import Formula
    from srverify.language.smtlib.integers import StandIn
    from srverify.language.smtlib.terms import Value

_SIMPLE_SYMBOL = re.compile(r"[A-Za-z~!@$%^&*_+=<>.?/-][0-9A-Za-z~!@$%^&*_+=<>.?/-]*")
#: Functions whose values are integers whatever their arguments are, or where these are all integers.
_WHOLE = frozenset({"to_int", "div", "mod"})
_CLOSED = frozenset({"+", "-", "*", "abs", "min", "max"})


@dataclass(frozen=True)
class Asked:
    """A term whose value is wanted, as it is written, with its sort: Real, Int or Bool."""

    text: str
    value: Value
    sort: str


@dataclass(frozen=True)
class Request:
    """What a script asks for after a ``check-sat``.

    Parameters
    ----------
    command
        ``get-model``, ``get-value``, ``get-assignment``, ``get-unsat-core``,
        ``get-unsat-assumptions``, ``get-info``, or ``echo`` for what is told whatever the answer is.
    text
        What is to be told, or the keyword of ``get-info``.
    asked
        Whose values are wanted.
    stand_ins
        The constants that stand for terms in these values.
    """

    command: str
    text: str = ""
    asked: tuple[Asked, ...] = ()
    stand_ins: tuple[StandIn, ...] = ()


@dataclass(frozen=True)
class Label:
    """The name of an assertion, or an assumption of ``check-sat-assuming``, and what it says.

    ``needed`` tells that the question was put by its means, as one about natural numbers for ``n >= 0``.
    """

    text: str
    formulas: tuple[Formula, ...]
    assumed: bool = False
    needed: bool = False


def symbol_text(name: str) -> str:
    """Return a symbol as a script writes it: between bars if need be."""
    return name if _SIMPLE_SYMBOL.fullmatch(name) else f"|{name}|"


def text_of(sexp: Sexp) -> str:
    """Return an expression as a script writes it, on one line.

    >>> from srverify.language.smtlib.syntax import read_sexps
    >>> text_of(read_sexps("(+ |a b|   (f  1.0))")[0])
    '(+ |a b| (f 1.0))'
    """
    if isinstance(sexp, Leaf):
        return sexp.text
    return f"({' '.join(map(text_of, sexp.items))})"


def number_sort(sexp: Sexp, sorts: Mapping[str, str]) -> str:
    """Return the sort, Int or Real, of a term that is a number.

    ``sorts`` are those of what the script has declared and defined.

    >>> from srverify.language.smtlib.syntax import read_sexps
    >>> [number_sort(s, {"n": "Int"}) for s in read_sexps("(* 2 n) (* 2.0 n) (/ n 2)")]
    ['Int', 'Real', 'Real']
    """
    if isinstance(sexp, Leaf):
        if sexp.kind in NUMBERS:
            return "Int" if sexp.kind == "numeral" else "Real"
        return sorts.get(sexp.symbol or "", "Real")
    head, parts = sexp.head or "", sexp.items[1:]
    if head in sorts:
        return sorts[head]
    if head in _WHOLE:
        return "Int"
    if head == "let" and len(parts) == 2 and isinstance(parts[0], Branch):
        bound = {
            item.head: number_sort(item.items[1], sorts)
            for item in parts[0].items
            if isinstance(item, Branch) and item.head and len(item.items) == 2
        }
        return number_sort(parts[1], {**sorts, **bound})
    if head == "!" and parts:
        return number_sort(parts[0], sorts)
    inside = parts[1:] if head == "ite" else parts if head in _CLOSED else ()
    whole = inside and all(number_sort(part, sorts) == "Int" for part in inside)
    return "Int" if whole else "Real"
