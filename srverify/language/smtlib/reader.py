"""Read SMT-LIB 2 scripts over the reals: each ``check-sat`` becomes a question about statements.

SMT-LIB's functions are total: ``(/ 1 0)`` and ``(log -1)`` have some value, which no axiom fixes. A
question is therefore two statements. ``contradiction`` is proved only if the assertions fail whatever
those values are (``unsat``); a model counts only if it satisfies ``model_statement``'s hypotheses with
every term defined (``sat``).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from srverify.language.definedness import definedness
from srverify.language.errors import InputError
from srverify.language.formula import And, Formula, Not, conjunction, normal, terms
from srverify.language.parser import RESERVED
from srverify.language.smtlib.syntax import Branch, Leaf, Sexp, SyntaxMistakeError, read_sexps
from srverify.language.smtlib.terms import KNOWN, NEVER, Definition, Value, read_formula, read_real, real
from srverify.language.statement import Statement, Variable

#: Commands that ask for output or set something that does not change the question.
_IGNORED = frozenset(
    {
        "set-logic", "set-option", "get-model", "get-value", "get-info", "get-option", "get-assertions",
        "get-proof", "get-unsat-core", "get-assignment", "echo",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Question:
    """One ``check-sat``: whether the assertions before it are satisfiable.

    Parameters
    ----------
    line
        Where the ``check-sat`` stands.
    expected
        ``sat`` or ``unsat`` from ``(set-info :status ...)``; ``None`` if unknown.
    variables
        The declared constants.
    assertions
        In order, in negation normal form, conjunctions taken apart.
    symbols
        Variable name to the symbol in the script, for those that had to be renamed.
    """

    line: int
    expected: str | None
    variables: tuple[Variable, ...]
    assertions: tuple[Formula, ...]
    symbols: dict[str, str] = field(default_factory=dict)

    @cached_property
    def contradiction(self) -> Statement:
        """The statement whose proof shows the assertions unsatisfiable.

        Assertions without partial operations are its hypotheses; the others are refuted by the
        conclusion at points where what decides is defined. If there are none, the last one is.
        """
        partial = [a for a in self.assertions if any(definedness(term) for term in terms(a))]
        partial = partial or list(self.assertions[-1:])
        total = tuple(a for a in self.assertions if a not in partial)
        return Statement(self.variables, total, Not(conjunction(*partial)) if partial else NEVER)

    @cached_property
    def model_statement(self) -> Statement:
        """The statement that a model violates: every assertion holds with its terms defined."""
        return Statement(self.variables, self.assertions, NEVER)


class _Script:
    def __init__(self) -> None:
        self.questions: list[Question] = []
        self._scope: dict[str, Value | Definition] = {}
        self._variables: list[Variable] = []
        self._symbols: dict[str, str] = {}
        self._assertions: list[Formula] = []
        self._status: str | None = None
        self.ended = False
        self._commands: dict[str, Callable[[Branch], None]] = {
            "set-info": self._set_info,
            "declare-fun": self._declare_fun,
            "declare-const": self._declare_const,
            "define-fun": self._define_fun,
            "assert": self._assert,
            "check-sat": self._check_sat,
            "exit": self._exit,
        }

    def run(self, command: Sexp) -> None:
        name = command.head if isinstance(command, Branch) else None
        if name is None or not isinstance(command, Branch):
            raise SyntaxMistakeError("expected a command such as (assert ...)", command.place)
        if name in _IGNORED:
            return
        if name not in self._commands:
            known = ", ".join(sorted(self._commands))
            raise SyntaxMistakeError(f"unsupported command {name!r} (known: {known})", command.place)
        self._commands[name](command)

    # -- commands ----------------------------------------------------------------------------

    def _set_info(self, command: Branch) -> None:
        words = [item.text for item in command.items[1:] if isinstance(item, Leaf)]
        if words[:1] != [":status"]:
            return
        if len(words) != 2 or words[1] not in ("sat", "unsat", "unknown"):
            raise SyntaxMistakeError("write (set-info :status sat), unsat or unknown", command.place)
        self._status = None if words[1] == "unknown" else words[1]

    def _declare_fun(self, command: Branch) -> None:
        items = _shape(command, 4, "(declare-fun name () Real)")
        if not isinstance(items[2], Branch) or items[2].items:
            raise SyntaxMistakeError(
                "uninterpreted functions are not supported: write (declare-fun name () Real)",
                items[2].place,
            )
        self._declare(items[1], items[3])

    def _declare_const(self, command: Branch) -> None:
        items = _shape(command, 3, "(declare-const name Real)")
        self._declare(items[1], items[2])

    def _declare(self, name: Sexp, sort: Sexp) -> None:
        symbol = self._new_name(name)
        _sort(sort, ("Real",))
        used = {variable.name for variable in self._variables}
        variable = Variable(_usable(symbol, used))
        self._variables.append(variable)
        if variable.name != symbol:
            self._symbols[variable.name] = symbol
        self._scope[symbol] = real(variable.symbol)

    def _define_fun(self, command: Branch) -> None:
        items = _shape(command, 5, "(define-fun name ((x Real) ...) Real body)")
        symbol = self._new_name(items[1])
        parameters: dict[str, str] = {}
        if not isinstance(items[2], Branch):
            raise SyntaxMistakeError("expected a list of parameters", items[2].place)
        for parameter in items[2].items:
            name = parameter.head if isinstance(parameter, Branch) else None
            if not isinstance(parameter, Branch) or name is None or len(parameter.items) != 2:
                raise SyntaxMistakeError("expected a parameter (name Real)", parameter.place)
            if name in parameters:
                raise SyntaxMistakeError(f"parameter {name!r} is declared twice", parameter.place)
            parameters[name] = _sort(parameter.items[1], ("Real", "Bool"))
        sort = _sort(items[3], ("Real", "Bool"))
        if not parameters:
            # Read once, so that mistakes are found even if the definition is never used.
            reader = read_real if sort == "Real" else read_formula
            self._scope[symbol] = reader(items[4], self._scope)
            return
        self._scope[symbol] = Definition(tuple(parameters.items()), sort, items[4], dict(self._scope))

    def _new_name(self, name: Sexp) -> str:
        symbol = name.symbol if isinstance(name, Leaf) else None
        if symbol is None:
            raise SyntaxMistakeError("expected a name", name.place)
        if symbol in self._scope:
            raise SyntaxMistakeError(f"{symbol!r} is declared twice", name.place)
        if symbol in KNOWN or symbol in ("true", "false"):
            raise SyntaxMistakeError(f"{symbol!r} is a function of the language", name.place)
        return symbol

    def _assert(self, command: Branch) -> None:
        items = _shape(command, 2, "(assert formula)")
        formula = normal(read_formula(items[1], self._scope).formula)
        self._assertions.extend(formula.parts if isinstance(formula, And) else (formula,))

    def _check_sat(self, command: Branch) -> None:
        _shape(command, 1, "(check-sat)")
        self.questions.append(
            Question(
                command.place.line,
                self._status,
                tuple(self._variables),
                tuple(dict.fromkeys(self._assertions)),
                dict(self._symbols),
            )
        )
        self._status = None

    def _exit(self, command: Branch) -> None:
        self.ended = True


def _shape(command: Branch, length: int, wanted: str) -> tuple[Sexp, ...]:
    if len(command.items) != length:
        raise SyntaxMistakeError(f"write {wanted}", command.place)
    return command.items


def _sort(sort: Sexp, allowed: tuple[str, ...]) -> str:
    name = sort.symbol if isinstance(sort, Leaf) else None
    if name not in allowed:
        shown = name or "this sort"
        raise SyntaxMistakeError(
            f"{shown} is not supported here: use {' or '.join(allowed)}", sort.place
        )
    return name


def _usable(symbol: str, used: set[str]) -> str:
    """Return a variable name for a symbol: the symbol itself if it can be one."""
    name = re.sub(r"\W", "_", symbol, flags=re.ASCII)
    if not name or name[0].isdigit() or name in RESERVED:
        name = f"v_{name}"
    stem, number = name, 1
    while name in used:
        number += 1
        name = f"{stem}_{number}"
    return name


def read_smtlib(text: str) -> tuple[Question, ...]:
    """Read a script and return its questions, one per ``check-sat``.

    Supported: declare-fun without arguments, declare-const, define-fun, assert, check-sat, set-info,
    exit, over Real and Bool with + - * / ^ exp log sqrt abs min max, comparisons, connectives, let, ite.
    Raises InputError with line and column for everything else, and if nothing is asked.

    >>> question, = read_smtlib("(declare-const x Real)(assert (< (* x x) 0.0))(check-sat)")
    >>> question.contradiction.text
    'for x in real: not (x*x < 0)'
    """
    script = _Script()
    for command in read_sexps(text):
        script.run(command)
        if script.ended:
            break
    if not script.questions:
        raise InputError("the script asks nothing: add (check-sat)")
    return tuple(script.questions)
