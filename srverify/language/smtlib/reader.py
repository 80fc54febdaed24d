"""Read SMT-LIB 2 scripts over the reals: each ``check-sat`` becomes a question about statements.

SMT-LIB's functions are total: ``(/ 1 0)`` and ``(log -1)`` have some value, which no axiom fixes. A
question is therefore two statements. ``contradiction`` is proved only if the assertions fail whatever
those values are (``unsat``); a model counts only if it satisfies ``model_statement``'s hypotheses with
every term defined (``sat``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from itertools import pairwise

from srverify.language import term as t
from srverify.language.definedness import definedness
from srverify.language.errors import InputError
from srverify.language.formula import (
    And,
    Formula,
    Not,
    Relation,
    conjunction,
    map_terms,
    normal,
    terms,
)
from srverify.language.parser import RESERVED
from srverify.language.smtlib.integers import Integers
from srverify.language.smtlib.syntax import Branch, Leaf, Sexp, SyntaxMistakeError, read_sexps
from srverify.language.smtlib.terms import (
    FIXED,
    NEVER,
    Cost,
    Definition,
    Scope,
    Truth,
    Value,
    read_as,
    read_formula,
    read_real,
    read_value,
    real,
)
from srverify.language.statement import Domain, Statement, Variable
from srverify.language.term import Number, Symbol, Term

#: Commands that ask for output or set something that does not change the question.
_IGNORED = frozenset(
    {
        "set-logic", "get-info", "get-option", "get-assertions", "get-proof", "get-unsat-core",
        "get-unsat-assumptions", "get-assignment",
    }
)  # fmt: skip


#: Commands that are known and refused, with what to write instead.
_NO_OPTIMUM = (
    "no optimum is searched for: that a bound is kept is proved by (assert ({} term bound)), which is"
    " unsat then"
)
_NO_DATATYPES = "datatypes are not: use Real, Int or Bool"
_REFUSED = {
    "minimize": _NO_OPTIMUM.format("<"),
    "maximize": _NO_OPTIMUM.format(">"),
    "define-funs-rec": "recursive functions are not: write one (define-fun ...) each",
    "declare-datatype": _NO_DATATYPES,
    "declare-datatypes": _NO_DATATYPES,
    "check-sat-using": "there are no tactics to choose: write (check-sat)",
    "simplify": "terms are kept as written: (get-value (term)) says what a term is in a model",
    "eval": "write (get-value (term))",
}
#: Levels of push at most.
MAX_LEVELS = 1000
#: The domain of a variable that stands for a truth value.
_BIT = Domain(natural=True, upper=t.number(1))
_INFINITE = {-1: ("-inf", "-infinity"), 1: ("inf", "+inf", "infinity")}


@dataclass(frozen=True)
class Request:
    """What a script asks for after a ``check-sat``: ``get-model``, ``get-value`` or ``echo``.

    ``words`` are the symbols whose values are wanted, or the string literal to echo.
    """

    command: str
    words: tuple[str, ...] = ()


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
    booleans
        Variables that stand for truth values: 1 is true, 0 is false.
    integers
        Symbols of integers that are no natural numbers, each with the two variables whose difference
        it is.
    sorts
        The declared symbols, each with its sort.
    requests
        What is asked for once this is answered, in order.
    helpers
        Variables that stand for quotients of integers: no constants of the script.
    preamble
        What a script's first question has to be preceded by.
    """

    line: int
    expected: str | None
    variables: tuple[Variable, ...]
    assertions: tuple[Formula, ...]
    symbols: dict[str, str] = field(default_factory=dict)
    booleans: frozenset[str] = frozenset()
    integers: dict[str, tuple[str, str]] = field(default_factory=dict)
    sorts: dict[str, str] = field(default_factory=dict)
    requests: tuple[Request, ...] = ()
    helpers: frozenset[str] = frozenset()
    preamble: tuple[Request, ...] = ()

    def model(self, witness: Mapping[str, str]) -> dict[str, str]:
        """Return a witness of the statement by the script's own symbols and sorts."""
        found: dict[str, str] = {}
        hidden = {name for pair in self.integers.values() for name in pair} | self.helpers
        for name, value in witness.items():
            if name not in hidden:
                shown = ("false", "true")[value == "1"] if name in self.booleans else value
                found[self.symbols.get(name, name)] = shown
        for symbol, (above, below) in self.integers.items():
            found[symbol] = str(Fraction(witness[above]) - Fraction(witness[below]))
        return found

    @cached_property
    def is_total(self) -> bool:
        """Whether all terms have a value everywhere; both statements say the same then."""
        return not any(map(_is_partial, self.assertions))

    @cached_property
    def contradiction(self) -> Statement:
        """The statement whose proof shows the assertions unsatisfiable.

        Assertions without partial operations are its hypotheses; the others are refuted by the
        conclusion at points where what decides is defined. If there are none, the last one is.
        """
        partial = [a for a in self.assertions if _is_partial(a)]
        partial = partial or list(self.assertions[-1:])
        total = tuple(a for a in self.assertions if a not in partial)
        return Statement(self.variables, total, Not(conjunction(*partial)) if partial else NEVER)

    @cached_property
    def model_statement(self) -> Statement:
        """The statement that a model violates: every assertion holds with its terms defined."""
        return Statement(self.variables, self.assertions, NEVER)


def _is_partial(assertion: Formula) -> bool:
    return any(definedness(term) for term in terms(assertion))


class _Script:
    def __init__(self) -> None:
        self.questions: list[Question] = []
        self._scope: dict[str, Value | Definition] = {}
        self._variables: list[Variable] = []
        self._symbols: dict[str, str] = {}
        self._booleans: list[str] = []
        self._integers = Integers()
        self._assertions: list[Formula] = []
        self._levels: list[_Level] = []
        #: Names of sorts, each with the sort that it stands for.
        self._sorts: dict[str, str] = {name: name for name in ("Real", "Int", "Bool")}
        #: Whether declarations outlive the level on which they were made.
        self._global = False
        self._status: str | None = None
        #: What is to be echoed before the first question.
        self._preamble: list[Request] = []
        self.ended = False
        self._commands: dict[str, Callable[[Branch], None]] = {
            "set-info": self._set_info,
            "set-option": self._set_option,
            "declare-sort": self._declare_sort,
            "define-sort": self._define_sort,
            "declare-fun": self._declare_fun,
            "declare-const": self._declare_const,
            "define-fun": self._define_fun,
            "define-fun-rec": self._define_fun_rec,
            "define-const": self._define_const,
            "assert": self._assert,
            "push": self._push,
            "pop": self._pop,
            "reset": self._reset,
            "reset-assertions": self._reset_assertions,
            "check-sat": self._check_sat,
            "check-sat-assuming": self._check_sat_assuming,
            "get-model": self._get_model,
            "get-value": self._get_value,
            "echo": self._echo,
            "exit": self._exit,
        }

    def run(self, command: Sexp) -> None:
        name = command.head if isinstance(command, Branch) else None
        if name is None or not isinstance(command, Branch):
            raise SyntaxMistakeError("expected a command such as (assert ...)", command.place)
        if name in _IGNORED:
            return
        if name in _REFUSED:
            raise SyntaxMistakeError(f"{name!r} is not supported, {_REFUSED[name]}", command.place)
        if name not in self._commands:
            known = ", ".join(sorted({*self._commands, *_IGNORED}))
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

    def _set_option(self, command: Branch) -> None:
        words = [item.text for item in command.items[1:] if isinstance(item, Leaf)]
        if words[:1] == [":global-declarations"]:
            if len(words) != 2 or words[1] not in ("true", "false"):
                raise SyntaxMistakeError("write (set-option :global-declarations true)", command.place)
            self._global = words[1] == "true"
        elif words[:1] == [":precision"]:
            # How far dReal's delta-sat may be from the truth: answers are exact here.
            shape = _shape(command, 3, "(set-option :precision 0.001)")
            _precision(shape[2])

    def _declare_sort(self, command: Branch) -> None:
        # Peers' preambles declare what they do not use; a constant of such a sort is refused.
        _shape(command, 3, "(declare-sort name 0)")

    def _define_sort(self, command: Branch) -> None:
        items = _shape(command, 4, "(define-sort name () Real)")
        if not isinstance(items[2], Branch) or items[2].items:
            raise SyntaxMistakeError("sorts with parameters are not supported", items[2].place)
        name = items[1].symbol if isinstance(items[1], Leaf) else None
        if name is None or name in self._sorts:
            raise SyntaxMistakeError("expected a new name of a sort", items[1].place)
        self._sorts[name] = self._sort(items[3])

    def _sort(self, sort: Sexp) -> str:
        name = sort.symbol if isinstance(sort, Leaf) else None
        if name not in self._sorts:
            shown = name or "this sort"
            raise SyntaxMistakeError(
                f"{shown} is not supported here: use Real or Int or Bool", sort.place
            )
        return self._sorts[name]

    def _declare_fun(self, command: Branch) -> None:
        items, bounds = _bounds(command)
        if len(items) != 4:
            raise SyntaxMistakeError("write (declare-fun name () Real)", command.place)
        if not isinstance(items[2], Branch) or items[2].items:
            raise SyntaxMistakeError(
                "uninterpreted functions are not supported: write (declare-fun name () Real)",
                items[2].place,
            )
        self._declare(items[1], items[3], bounds)

    def _declare_const(self, command: Branch) -> None:
        items, bounds = _bounds(command)
        if len(items) != 3:
            raise SyntaxMistakeError("write (declare-const name Real)", command.place)
        self._declare(items[1], items[2], bounds)

    def _declare(
        self, name: Sexp, sort: Sexp, bounds: tuple[Fraction | None, Fraction | None] | None
    ) -> None:
        symbol = self._new_name(name)
        kind = self._sort(sort)
        used = {variable.name for variable in self._variables} | self._integers.names
        usable = _usable(symbol, used)
        self._integers.taken.add(usable)
        if usable != symbol:
            self._symbols[usable] = symbol
        if kind == "Bool":
            if bounds is not None:
                raise SyntaxMistakeError("a truth value has no bounds", sort.place)
            variable = Variable(usable, _BIT)
            self._booleans.append(usable)
            self._scope[symbol] = Truth(Relation("=", variable.symbol, t.number(1)), Cost())
        else:
            low, high = bounds or (None, None)
            variable = Variable(usable)
            if kind == "Int":
                self._integers.declared.append(variable.symbol)
            self._scope[symbol] = real(variable.symbol)
            if low is not None:
                self._assertions.append(Relation("<=", t.number(low), variable.symbol))
            if high is not None:
                self._assertions.append(Relation("<=", variable.symbol, t.number(high)))
        self._variables.append(variable)

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
            parameters[name] = self._sort(parameter.items[1])
        sort = self._sort(items[3])
        if not parameters:
            self._define(symbol, sort, items[4])
            return
        self._scope[symbol] = Definition(
            tuple(parameters.items()), sort, items[4], Scope(dict(self._scope), self._integers)
        )

    def _define_fun_rec(self, command: Branch) -> None:
        items = _shape(command, 5, "(define-fun-rec name ((x Real) ...) Real body)")
        name = items[1].symbol if isinstance(items[1], Leaf) else None
        if name is not None and name in _names_in(items[4]):
            raise SyntaxMistakeError(
                f"recursive functions are not supported, and {name!r} calls itself", items[1].place
            )
        self._define_fun(command)

    def _define_const(self, command: Branch) -> None:
        items = _shape(command, 4, "(define-const name Real term)")
        self._define(self._new_name(items[1]), self._sort(items[2]), items[3])

    def _define(self, symbol: str, sort: str, body: Sexp) -> None:
        # Read once, so that mistakes are found even if the definition is never used.
        self._scope[symbol] = read_as(sort, body, self._inside)

    @property
    def _inside(self) -> Scope:
        """The scope of a term that is read now."""
        return Scope(self._scope, self._integers)

    def _new_name(self, name: Sexp) -> str:
        symbol = name.symbol if isinstance(name, Leaf) else None
        if symbol is None:
            raise SyntaxMistakeError("expected a name", name.place)
        if symbol in self._scope:
            raise SyntaxMistakeError(f"{symbol!r} is declared twice", name.place)
        if symbol in FIXED:
            raise SyntaxMistakeError(
                f"{symbol!r} is a function of the language: choose another name", name.place
            )
        return symbol

    def _assert(self, command: Branch) -> None:
        items = _shape(command, 2, "(assert formula)")
        self._assume(items[1])

    def _assume(self, sexp: Sexp) -> None:
        self._name_terms(sexp)
        formula = normal(read_formula(sexp, self._inside).formula)
        self._assertions.extend(formula.parts if isinstance(formula, And) else (formula,))

    def _name_terms(self, sexp: Sexp, bound: frozenset[str] = frozenset()) -> None:
        """Give the names of ``(! term :named name)`` to what they name, innermost first.

        What has names that ``let`` binds cannot be named: elsewhere these mean something else.
        """
        if not isinstance(sexp, Branch):
            return
        inside = bound | _bound_by(sexp)
        for item in sexp.items:
            self._name_terms(item, inside)
        if sexp.head != "!":
            return
        for key, value in pairwise(sexp.items):
            if isinstance(key, Leaf) and key.text == ":named":
                if open_names := bound & _names_in(sexp.items[1]):
                    raise SyntaxMistakeError(
                        f"a term with {min(open_names)!r}, which let binds, cannot be named", sexp.place
                    )
                self._scope[self._new_name(value)] = read_value(sexp.items[1], self._inside)

    def _push(self, command: Branch) -> None:
        for _ in range(_count(command)):
            self._levels.append(
                _Level(
                    dict(self._scope), len(self._variables), len(self._assertions), dict(self._symbols)
                )
            )
            if len(self._levels) > MAX_LEVELS:
                raise SyntaxMistakeError(f"more than {MAX_LEVELS} levels", command.place)

    def _pop(self, command: Branch) -> None:
        for _ in range(_count(command)):
            if not self._levels:
                raise SyntaxMistakeError("pop without push", command.place)
            level = self._levels.pop()
            del self._assertions[level.assertions :]
            if self._global:
                continue
            self._scope, self._symbols = level.scope, level.symbols
            del self._variables[level.variables :]
            kept = {variable.name for variable in self._variables}
            self._booleans = [name for name in self._booleans if name in kept]
            self._integers.declared[:] = [s for s in self._integers.declared if s.name in kept]

    def _reset_assertions(self, command: Branch) -> None:
        _shape(command, 1, "(reset-assertions)")
        self._levels.clear()
        self._assertions.clear()
        if not self._global:
            self._forget_declarations()

    def _reset(self, command: Branch) -> None:
        _shape(command, 1, "(reset)")
        self._levels.clear()
        self._assertions.clear()
        self._forget_declarations()
        self._sorts = {name: name for name in ("Real", "Int", "Bool")}
        self._global, self._status = False, None

    def _forget_declarations(self) -> None:
        for kept in (self._variables, self._booleans, self._integers.declared):
            kept.clear()
        self._scope, self._symbols = {}, {}

    def _check_sat(self, command: Branch) -> None:
        _shape(command, 1, "(check-sat)")
        self._ask(command)

    def _check_sat_assuming(self, command: Branch) -> None:
        items = _shape(command, 2, "(check-sat-assuming (literal ...))")
        if not isinstance(items[1], Branch):
            raise SyntaxMistakeError("expected a list of literals", items[1].place)
        before = len(self._assertions)
        for literal in items[1].items:
            self._assume(literal)
        self._ask(command)
        del self._assertions[before:]

    def _ask(self, command: Branch) -> None:
        variables, assertions, integers, helpers = self._without_integers()
        self.questions.append(
            Question(
                command.place.line,
                self._status,
                variables,
                tuple(dict.fromkeys(assertions)),
                dict(self._symbols),
                frozenset(self._booleans),
                integers,
                {self._symbols.get(v.name, v.name): self._sort_of(v) for v in self._variables},
                helpers=helpers,
                preamble=() if self.questions else tuple(self._preamble),
            )
        )
        self._status = None

    def _sort_of(self, variable: Variable) -> str:
        if variable.name in self._booleans:
            return "Bool"
        return "Int" if variable.symbol in self._integers.declared else "Real"

    def _request(self, request: Request) -> None:
        """Add to what is asked for after the last question; before the first one only echoes count."""
        if self.questions:
            last = self.questions[-1]
            self.questions[-1] = replace(last, requests=(*last.requests, request))
        elif request.command == "echo":
            self._preamble.append(request)

    def _get_model(self, command: Branch) -> None:
        _shape(command, 1, "(get-model)")
        self._request(Request("get-model"))

    def _get_value(self, command: Branch) -> None:
        items = _shape(command, 2, "(get-value (name ...))")
        if not isinstance(items[1], Branch) or not items[1].items:
            raise SyntaxMistakeError("expected a list of terms", items[1].place)
        names = [item.symbol if isinstance(item, Leaf) else None for item in items[1].items]
        # Whoever does not want standard answers may ask for the value of any term.
        self._request(Request("get-value", tuple("" if name is None else name for name in names)))

    def _echo(self, command: Branch) -> None:
        items = _shape(command, 2, '(echo "text")')
        if not isinstance(items[1], Leaf) or items[1].kind != "string":
            raise SyntaxMistakeError("expected a string", items[1].place)
        self._request(Request("echo", (items[1].text,)))

    def _without_integers(
        self,
    ) -> tuple[tuple[Variable, ...], list[Formula], dict[str, tuple[str, str]], frozenset[str]]:
        """Return variables and assertions with integers as natural numbers or their differences.

        Then, by symbol, the two variables of a difference; and the variables that stand for quotients.
        """
        put: dict[Symbol, Term] = {}
        integers: dict[str, tuple[str, str]] = {}
        variables: list[Variable] = []
        quotients = tuple(
            self._integers.occurring(term for assertion in self._assertions for term in terms(assertion))
        )
        facts = [fact for quotient in quotients for fact in quotient.facts]
        for quotient in reversed(quotients):
            if _is_nonnegative(quotient.dividend, [*self._assertions, *facts], quotient.whole):
                facts.append(Relation("<=", t.ZERO, quotient.symbol))
        assertions = [*facts, *self._assertions]
        whole = {*self._integers.declared, *(quotient.symbol for quotient in quotients)}
        declared = [*self._variables, *(Variable(quotient.symbol.name) for quotient in quotients)]
        helpers = {quotient.symbol.name for quotient in quotients}
        used = {variable.name for variable in declared}
        for variable in declared:
            symbol = variable.symbol
            if symbol not in whole:
                variables.append(variable)
            elif _is_nonnegative(symbol, assertions):
                natural = Variable(variable.name, Domain(natural=True))
                variables.append(natural)
                put[symbol] = natural.symbol
            else:
                halves = []
                for suffix in ("above", "below"):
                    name = _usable(f"{variable.name}_{suffix}", used)
                    used.add(name)
                    halves.append(Variable(name, Domain(natural=True)))
                variables += halves
                put[symbol] = t.sub(halves[0].symbol, halves[1].symbol)
                if variable.name in helpers:
                    helpers |= {half.name for half in halves}
                    continue
                named = self._symbols.get(variable.name, variable.name)
                integers[named] = (halves[0].name, halves[1].name)
        if put:
            assertions = [map_terms(a, lambda term: t.substitute(term, put)) for a in assertions]
        return tuple(variables), assertions, integers, frozenset(helpers)

    def _exit(self, command: Branch) -> None:
        self.ended = True


@dataclass(frozen=True)
class _Level:
    """What a ``pop`` brings back."""

    scope: dict[str, Value | Definition]
    variables: int
    assertions: int
    symbols: dict[str, str]


def _is_nonnegative(term: Term, assertions: Sequence[Formula], whole: bool = True) -> bool:
    """Tell whether an assertion keeps a term from being negative; a ``whole`` one is an integer."""
    return any(
        isinstance(a, Relation)
        and a.right is term
        and isinstance(a.left, Number)
        and (a.left >= 0 or (whole and a.left >= -1 and a.operator == "<"))
        for a in assertions
    )


def _bound_by(sexp: Branch) -> frozenset[str]:
    """Return the names that a list binds, if it is a ``let``."""
    bindings = sexp.items[1] if sexp.head == "let" and len(sexp.items) > 1 else None
    if not isinstance(bindings, Branch):
        return frozenset()
    return frozenset(item.head for item in bindings.items if isinstance(item, Branch) and item.head)


def _names_in(sexp: Sexp) -> frozenset[str]:
    """Return all symbols in an expression."""
    if isinstance(sexp, Leaf):
        return frozenset() if sexp.symbol is None else frozenset((sexp.symbol,))
    return frozenset().union(*map(_names_in, sexp.items))


def _count(command: Branch) -> int:
    """Return the number of levels of a push or pop."""
    if len(command.items) == 1:
        return 1
    items = _shape(command, 2, f"({command.head} 1)")
    if not isinstance(items[1], Leaf) or items[1].kind != "numeral" or len(items[1].text) > 3:
        raise SyntaxMistakeError("expected a small number of levels", items[1].place)
    return int(items[1].text)


def _bounds(
    command: Branch,
) -> tuple[tuple[Sexp, ...], tuple[Fraction | None, Fraction | None] | None]:
    """Take dReal's bounds ``[low, high]``, or its precision ``[p]``, off the end of a declaration."""
    opening = [
        index for index, item in enumerate(command.items) if isinstance(item, Leaf) and item.text == "["
    ]
    if not opening:
        return command.items, None
    start = opening[0]
    inside = command.items[start + 1 : -1]
    last = command.items[-1]
    commas = [i for i, item in enumerate(inside) if isinstance(item, Leaf) and item.text == ","]
    closed = isinstance(last, Leaf) and last.text == "]"
    if closed and not commas and len(inside) == 1:
        _precision(inside[0])
        return command.items[:start], None
    if not closed or len(commas) != 1:
        raise SyntaxMistakeError("write the bounds as [low, high]", command.items[start].place)
    sides = inside[: commas[0]], inside[commas[0] + 1 :]
    return command.items[:start], (_bound(sides[0], last, -1), _bound(sides[1], last, 1))


def _precision(sexp: Sexp) -> None:
    """Read a precision, which changes no answer here: every one of them is exact."""
    value = read_real(sexp, Scope()).cases[0][1]
    if not isinstance(value, Number) or value.value <= 0:
        raise SyntaxMistakeError("a precision is a positive number", sexp.place)


def _bound(side: Sequence[Sexp], last: Sexp, sign: int) -> Fraction | None:
    if len(side) != 1:
        raise SyntaxMistakeError("a bound is one number", side[0].place if side else last.place)
    if isinstance(side[0], Leaf) and side[0].text in _INFINITE[sign]:
        return None
    value = read_real(side[0], Scope())
    if len(value.cases) != 1 or not isinstance(value.cases[0][1], Number):
        raise SyntaxMistakeError("a bound is an exact number", side[0].place)
    return value.cases[0][1].value


def _shape(command: Branch, length: int, wanted: str) -> tuple[Sexp, ...]:
    if len(command.items) != length:
        raise SyntaxMistakeError(f"write {wanted}", command.place)
    return command.items


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

    Supported: declare-fun without arguments, declare-const, define-fun, define-const, define-sort,
    assert, push, pop, reset, reset-assertions, check-sat, check-sat-assuming, named terms, set-info,
    exit and the option global-declarations, over Real, Int and Bool with + - * / ^ exp log sqrt abs min
    max and the functions of ``srverify.language.functions``, div, mod, to_int and is_int, comparisons,
    connectives, let, ite; of dReal's dialect bounds ``[a, b]`` and precisions ``[p]`` in declarations,
    signed, scientific and hexadecimal numbers. Raises InputError with line and column for everything
    else, and if nothing is asked.

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
