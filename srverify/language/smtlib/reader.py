"""Read SMT-LIB 2 scripts over the reals: each ``check-sat`` becomes a question about statements."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from srverify.language import term as t
from srverify.language.errors import InputError
from srverify.language.formula import (
    And,
    Formula,
    Relation,
    normal,
)
from srverify.language.smtlib.dialect import bounds_of, precision
from srverify.language.smtlib.integers import Integers
from srverify.language.smtlib.naturals import BIT, in_naturals, usable_name
from srverify.language.smtlib.question import Question
from srverify.language.smtlib.requests import Asked, Label, Request, number_sort, symbol_text, text_of
from srverify.language.smtlib.syntax import Branch, Leaf, Sexp, SyntaxMistakeError, read_sexps
from srverify.language.smtlib.terms import (
    FIXED,
    Cost,
    Definition,
    Scope,
    Truth,
    Value,
    read_as,
    read_formula,
    read_value,
    real,
    shareable,
    terms_of,
)
from srverify.language.smtlib.uninterpreted import Function
from srverify.language.statement import Variable

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
#: Commands that print something else than ``success``.
_TELLING = frozenset(
    {
        "check-sat", "check-sat-assuming", "echo", "get-assertions", "get-assignment", "get-info",
        "get-model", "get-option", "get-proof", "get-unsat-assumptions", "get-unsat-core", "get-value",
    }
)  # fmt: skip
#: Options of the standard that are true or false, each with what holds if nothing is said.
_SWITCHES = {
    ":global-declarations": "false",
    ":interactive-mode": "false",
    ":print-success": "false",
    ":produce-assertions": "true",
    ":produce-assignments": "true",
    ":produce-models": "true",
    ":produce-proofs": "false",
    ":produce-unsat-assumptions": "true",
    ":produce-unsat-cores": "true",
}
#: Levels of push at most.
MAX_LEVELS = 1000


class _Script:
    def __init__(self, *, total: bool = False) -> None:
        self.questions: list[Question] = []
        self._scope: dict[str, Value | Definition | Function] = {}
        self._variables: list[Variable] = []
        self._symbols: dict[str, str] = {}
        self._booleans: list[str] = []
        #: Quotients by 0 have some value each if they are ``total``.
        self._integers = Integers(total=total)
        self._assertions: list[Formula] = []
        #: The bounds of dReal's declarations, by variable: they hold for as long as it is declared.
        self._ranges: dict[str, list[Formula]] = {}
        #: What was asserted, as it is written.
        self._written: list[str] = []
        self._labels: list[Label] = []
        #: Names that ``:named`` gave, once.
        self._named: set[str] = set()
        #: The sorts of what is declared and defined; of functions, of their values.
        self._result_sorts: dict[str, str] = {}
        self._options: dict[str, str] = {}
        self._levels: list[_Level] = []
        #: Names of sorts, each with the sort that it stands for.
        self._sorts: dict[str, str] = {name: name for name in ("Real", "Int", "Bool")}
        self._status: str | None = None
        #: What is to be echoed before the first question.
        self._preamble: list[Request] = []
        self.ended = False
        self._commands: dict[str, Callable[[Branch], None]] = {
            "set-logic": self._set_logic,
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
            "get-info": self._get_info,
            "get-option": self._get_option,
            "get-assertions": self._get_assertions,
            "get-assignment": self._get_assignment,
            "get-proof": self._get_proof,
            "get-unsat-core": self._get_core,
            "get-unsat-assumptions": self._get_core,
            "exit": self._exit,
        }

    @property
    def divides(self) -> bool:
        """Whether some divisor may be 0."""
        return self._integers.divides

    def run(self, command: Sexp) -> None:
        name = command.head if isinstance(command, Branch) else None
        if name is None or not isinstance(command, Branch):
            raise SyntaxMistakeError("expected a command such as (assert ...)", command.place)
        if name in _REFUSED:
            raise SyntaxMistakeError(f"{name!r} is not supported, {_REFUSED[name]}", command.place)
        if name not in self._commands:
            known = ", ".join(sorted(self._commands))
            raise SyntaxMistakeError(f"unsupported command {name!r} (known: {known})", command.place)
        try:
            self._commands[name](command)
        except RecursionError:
            raise SyntaxMistakeError("calls are nested too deeply", command.place) from None
        if self._options.get(":print-success") == "true" and name not in _TELLING:
            self._request(Request("echo", "success"))

    # -- commands ----------------------------------------------------------------------------

    def _set_info(self, command: Branch) -> None:
        words = [item.text for item in command.items[1:] if isinstance(item, Leaf)]
        if words[:1] != [":status"]:
            return
        if len(words) != 2 or words[1] not in ("sat", "unsat", "unknown"):
            raise SyntaxMistakeError("write (set-info :status sat), unsat or unknown", command.place)
        self._status = None if words[1] == "unknown" else words[1]

    def _set_logic(self, command: Branch) -> None:
        # Any logic: what is not read is refused where it is written.
        name = _shape(command, 2, "(set-logic QF_NRA)")[1]
        if not isinstance(name, Leaf) or name.symbol is None:
            raise SyntaxMistakeError("expected the name of a logic, such as QF_NRA", name.place)

    def _set_option(self, command: Branch) -> None:
        key = command.items[1] if len(command.items) > 1 else None
        if not isinstance(key, Leaf) or key.kind != "keyword":
            raise SyntaxMistakeError("write (set-option :keyword value)", command.place)
        value = " ".join(map(text_of, command.items[2:]))
        if key.text in _SWITCHES and value not in ("true", "false"):
            raise SyntaxMistakeError(f"write (set-option {key.text} true) or false", command.place)
        if key.text == ":precision":
            # How far dReal's delta-sat may be from the truth: answers are exact here.
            precision(_shape(command, 3, "(set-option :precision 0.001)")[2])
        self._options[key.text] = value

    @property
    def _global(self) -> bool:
        """Whether declarations outlive the level on which they were made."""
        return self._options.get(":global-declarations") == "true"

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
        items, bounds = bounds_of(command)
        if len(items) != 4 or not isinstance(items[2], Branch):
            raise SyntaxMistakeError("write (declare-fun name (Real ...) Real)", command.place)
        if not items[2].items:
            self._declare(items[1], items[3], bounds)
            return
        if bounds is not None:
            raise SyntaxMistakeError("a function has no bounds", items[3].place)
        symbol = self._new_name(items[1])
        parameters = tuple(map(self._sort, items[2].items))
        sort = self._result_sorts[symbol] = self._sort(items[3])
        self._scope[symbol] = Function(symbol, parameters, sort)

    def _declare_const(self, command: Branch) -> None:
        items, bounds = bounds_of(command)
        if len(items) != 3:
            raise SyntaxMistakeError("write (declare-const name Real)", command.place)
        self._declare(items[1], items[2], bounds)

    def _declare(
        self, name: Sexp, sort: Sexp, bounds: tuple[Fraction | None, Fraction | None] | None
    ) -> None:
        symbol = self._new_name(name)
        kind = self._result_sorts[symbol] = self._sort(sort)
        used = {variable.name for variable in self._variables} | self._integers.names
        usable = usable_name(symbol, used)
        self._integers.taken.add(usable)
        if usable != symbol:
            self._symbols[usable] = symbol
        ranges = self._ranges[usable] = []
        if kind == "Bool":
            if bounds is not None:
                raise SyntaxMistakeError("a truth value has no bounds", sort.place)
            variable = Variable(usable, BIT)
            self._booleans.append(usable)
            self._scope[symbol] = Truth(Relation("=", variable.symbol, t.number(1)), Cost())
        else:
            low, high = bounds or (None, None)
            variable = Variable(usable)
            if kind == "Int":
                self._integers.declared.append(variable.symbol)
            self._scope[symbol] = real(variable.symbol)
            if low is not None:
                ranges.append(Relation("<=", t.number(low), variable.symbol))
            if high is not None:
                ranges.append(Relation("<=", variable.symbol, t.number(high)))
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
        sort = self._result_sorts[symbol] = self._sort(items[3])
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
        self._result_sorts[symbol] = sort
        # Read once, so that mistakes are found even if the definition is never used.
        self._scope[symbol] = shareable(read_as(sort, body, self._inside), self._inside, body.place)

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
        self._named.discard(symbol)
        if symbol in FIXED:
            raise SyntaxMistakeError(
                f"{symbol!r} is a function of the language: choose another name", name.place
            )
        return symbol

    def _assert(self, command: Branch) -> None:
        items = _shape(command, 2, "(assert formula)")
        formulas = self._assume(items[1])
        self._written.append(text_of(items[1]))
        if name := _name_of(items[1]):
            self._labels.append(Label(name, formulas))

    def _assume(self, sexp: Sexp) -> tuple[Formula, ...]:
        self._name_terms(sexp)
        formula = normal(read_formula(sexp, self._inside).formula)
        parts = formula.parts if isinstance(formula, And) else (formula,)
        self._assertions.extend(parts)
        return parts

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
                name = self._new_name(value)
                self._named.add(name)
                self._scope[name] = read_value(sexp.items[1], self._inside)
                self._result_sorts[name] = number_sort(sexp.items[1], self._result_sorts)

    def _push(self, command: Branch) -> None:
        for _ in range(_count(command)):
            self._levels.append(
                _Level(
                    dict(self._scope),
                    len(self._variables),
                    len(self._assertions),
                    dict(self._symbols),
                    len(self._written),
                    len(self._labels),
                    dict(self._result_sorts),
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
            del self._written[level.written :]
            del self._labels[level.labels :]
            if self._global:
                continue
            self._scope, self._symbols = level.scope, level.symbols
            self._result_sorts = level.result_sorts
            del self._variables[level.variables :]
            kept = {variable.name for variable in self._variables}
            self._booleans = [name for name in self._booleans if name in kept]
            self._integers.declared[:] = [s for s in self._integers.declared if s.name in kept]

    def _reset_assertions(self, command: Branch) -> None:
        _shape(command, 1, "(reset-assertions)")
        self._forget_assertions()
        if not self._global:
            self._forget_declarations()

    def _reset(self, command: Branch) -> None:
        _shape(command, 1, "(reset)")
        self._forget_assertions()
        self._forget_declarations()
        self._sorts = {name: name for name in ("Real", "Int", "Bool")}
        self._options.clear()
        self._status = None

    def _forget_assertions(self) -> None:
        for kept in (self._levels, self._assertions, self._written, self._labels):
            kept.clear()

    def _forget_declarations(self) -> None:
        for kept in (self._variables, self._booleans, self._integers.declared):
            kept.clear()
        self._scope, self._symbols, self._result_sorts = {}, {}, {}

    def _check_sat(self, command: Branch) -> None:
        _shape(command, 1, "(check-sat)")
        self._ask(command)

    def _check_sat_assuming(self, command: Branch) -> None:
        items = _shape(command, 2, "(check-sat-assuming (literal ...))")
        if not isinstance(items[1], Branch):
            raise SyntaxMistakeError("expected a list of literals", items[1].place)
        before, labels = len(self._assertions), len(self._labels)
        for literal in items[1].items:
            self._labels.append(Label(text_of(literal), self._assume(literal), assumed=True))
        self._ask(command)
        del self._assertions[before:]
        del self._labels[labels:]

    def _ask(self, command: Branch) -> None:
        labelled = {id(a) for label in self._labels for a in label.formulas}
        ranges = [bound for variable in self._variables for bound in self._ranges[variable.name]]
        try:
            found = in_naturals(self._variables, self._assertions, ranges, self._integers, last=labelled)
        except InputError as error:
            raise SyntaxMistakeError(str(error), command.place) from None
        labels = tuple(
            replace(
                label,
                formulas=tuple(found.changed(a) for a in label.formulas),
                needed=any(id(a) in found.bases for a in label.formulas),
            )
            for label in self._labels
        )
        unlabelled = (
            *found.facts,
            *(found.changed(a) for a in self._assertions if id(a) not in labelled),
        )
        self.questions.append(
            Question(
                command.place.line,
                self._status,
                found.variables,
                tuple(dict.fromkeys((*found.facts, *map(found.changed, self._assertions)))),
                dict(self._symbols),
                frozenset(self._booleans),
                {
                    self._symbols.get(name, name): pair
                    for name, pair in found.differences.items()
                    if name not in found.helpers
                },
                {self._symbols.get(v.name, v.name): self._sort_of(v) for v in self._variables},
                helpers=found.helpers,
                preamble=() if self.questions else tuple(self._preamble),
                labels=labels,
                unlabelled=unlabelled,
                functions=tuple(f for f in self._scope.values() if isinstance(f, Function)),
                stand_ins=found.stand_ins,
                differences={n: pair for n, pair in found.differences.items() if n in found.helpers},
            )
        )
        self._status = None

    def _sort_of(self, variable: Variable) -> str:
        if variable.name in self._booleans:
            return "Bool"
        return "Int" if variable.symbol in self._integers.declared else "Real"

    def _request(self, request: Request) -> None:
        """Add to what is asked for after the last question, or before the first one."""
        if self.questions:
            last = self.questions[-1]
            self.questions[-1] = replace(last, requests=(*last.requests, request))
        else:
            self._preamble.append(request)

    def _get_model(self, command: Branch) -> None:
        _shape(command, 1, "(get-model)")
        self._request(Request("get-model"))

    def _get_value(self, command: Branch) -> None:
        items = _shape(command, 2, "(get-value (term ...))")
        if not isinstance(items[1], Branch) or not items[1].items:
            raise SyntaxMistakeError("expected a list of terms", items[1].place)
        self._values("get-value", [(text_of(item), item) for item in items[1].items])

    def _get_assignment(self, command: Branch) -> None:
        _shape(command, 1, "(get-assignment)")
        names = [name for name, value in self._scope.items() if name in self._named]
        names = [name for name in names if isinstance(self._scope[name], Truth)]
        written = [(symbol_text(name), Leaf(f"|{name}|", "quoted", command.place)) for name in names]
        self._values("get-assignment", written)

    def _values(self, command: str, terms: Sequence[tuple[str, Sexp]]) -> None:
        """Ask for the values that terms have now."""
        asked: list[Asked] = []
        for text, sexp in terms:
            value = read_value(sexp, self._inside)
            sort = "Bool" if isinstance(value, Truth) else number_sort(sexp, self._result_sorts)
            asked.append(Asked(text, value, sort))
        used = self._integers.occurring(term for one in asked for term in terms_of(one.value))
        self._request(Request(command, asked=tuple(asked), stand_ins=tuple(used)))

    def _get_core(self, command: Branch) -> None:
        _shape(command, 1, f"({command.head})")
        self._request(Request(command.head or ""))

    def _get_info(self, command: Branch) -> None:
        key = _shape(command, 2, "(get-info :keyword)")[1]
        text = text_of(key)
        if text == ":assertion-stack-levels":
            self._request(Request("echo", f"({text} {len(self._levels)})"))
        else:
            self._request(Request("get-info", text))

    def _get_option(self, command: Branch) -> None:
        key = text_of(_shape(command, 2, "(get-option :keyword)")[1])
        value = self._options.get(key, _SWITCHES.get(key, "unsupported"))
        self._request(Request("echo", value))

    def _get_assertions(self, command: Branch) -> None:
        _shape(command, 1, "(get-assertions)")
        lines = ["(", *(f"  {text}" for text in self._written), ")"]
        self._request(Request("echo", "\n".join(lines)))

    def _get_proof(self, command: Branch) -> None:
        _shape(command, 1, "(get-proof)")
        self._request(Request("echo", '(error "proof objects are written by --certificate F.json")'))

    def _echo(self, command: Branch) -> None:
        items = _shape(command, 2, '(echo "text")')
        if not isinstance(items[1], Leaf) or items[1].kind != "string":
            raise SyntaxMistakeError("expected a string", items[1].place)
        self._request(Request("echo", items[1].text))

    def _exit(self, command: Branch) -> None:
        self.ended = True


@dataclass(frozen=True)
class _Level:
    """What a ``pop`` brings back."""

    scope: dict[str, Value | Definition | Function]
    variables: int
    assertions: int
    symbols: dict[str, str]
    written: int
    labels: int
    result_sorts: dict[str, str]


def _name_of(sexp: Sexp) -> str | None:
    """Return the name that ``(! term :named name)`` gives to the whole of an assertion."""
    if isinstance(sexp, Branch) and sexp.head == "!":
        for key, value in pairwise(sexp.items):
            if isinstance(key, Leaf) and key.text == ":named" and isinstance(value, Leaf):
                return value.text
    return None


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


def _shape(command: Branch, length: int, wanted: str) -> tuple[Sexp, ...]:
    if len(command.items) != length:
        raise SyntaxMistakeError(f"write {wanted}", command.place)
    return command.items


def read_smtlib(text: str) -> tuple[Question, ...]:
    """Read a script and return its questions, one per ``check-sat``.

    Supported: declare-fun, declare-const, define-fun, define-const, define-sort,
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
    commands = read_sexps(text)
    script = _read(commands)
    if not script.questions:
        raise InputError("the script asks nothing: add (check-sat)")
    if not script.divides:
        return tuple(script.questions)
    try:
        total = _read(commands, total=True).questions
    except InputError:
        # More is said then, which may be too much.
        return tuple(script.questions)
    return tuple(
        replace(plain, total=full) if full.may_divide_by_zero else plain
        for plain, full in zip(script.questions, total, strict=True)
    )


def _read(commands: Sequence[Sexp], *, total: bool = False) -> _Script:
    script = _Script(total=total)
    for command in commands:
        script.run(command)
        if script.ended:
            break
    return script
