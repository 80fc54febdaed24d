"""Statements as SMT-LIB 2 over the reals, one text for every solver.

Reading. The text declares the variables, asserts the domain bounds and the hypotheses, and asserts that
the conclusion does not hold; ``unsat`` means that the statement is proved. Every relation is asserted
strongly (defined and true, ``srverify.language.definedness``), so that SMT-LIB's total division proves
nothing.

Encoding. Operators that polynomial arithmetic lacks become fresh constants, each with an assertion that
fixes it wherever the operator is defined and that can always be satisfied elsewhere: ``div!1``,
``sqrt!1``, ``pow!1``, ``lw!1`` (Lambert W). ``exp!1``, ``log!1``, ``sin!1`` and others stand for the
value at ``arg!1`` and are known only through lemma instances (``srverify.engines.lemmas``); the tangent
and the hyperbolic functions are written out by them. A model is only a candidate for a witness;
``unsat`` is a proof as far as the instances are true.

Native functions. On request such a constant also equals the solver's own function at its argument,
which is kept inside the function's domain by ``ite``: what the solver thinks of ``log`` at 0 or below
must not count. An ``unsat`` then rests on what the solver knows of the function, too.

Natural variables are declared ``Int`` (exact), or on request relaxed to ``Real``: the relaxed text has
more models, so its ``unsat`` proves the statement just as well; a model counts only if it is integral.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Protocol

from srverify.emit.elementary import written_out
from srverify.language import term as t
from srverify.language.definedness import definedness, strong, visibly_positive
from srverify.language.errors import UnsupportedError
from srverify.language.formula import And, Formula, Implies, Not, Or, Relation, normal
from srverify.language.normal_form import Normal
from srverify.language.normal_form import normal as normal_term
from srverify.language.prefix import PrefixWriter
from srverify.language.statement import Statement
from srverify.language.term import Number, Symbol, Term

#: Literal integer exponents up to this size are written as products.
MAX_EXPANDED_POWER = 64
#: Rational powers with numerator and denominator up to this size are roots of polynomials.
MAX_ROOT = 12

_SIMPLE_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*\Z")
#: Words that some solver reads as its own.
_TAKEN = re.compile(
    r"(and|or|not|xor|ite|let|forall|exists|match|par|as|distinct|true|false|assert|exp|log|sqrt|pi|abs"
    r"|a?(sin|cos|tan|csc|sec|cot)h?|arc(sin|cos|tan|csc|sec|cot)|div|mod|rem|min|max|to_real|to_int"
    r"|is_int|divisible|iand|pow2?|int2bv|select|store|seq|set|bag|str|re|Int|Real|Bool|Array|String"
    r"|BINARY|DECIMAL|HEXADECIMAL|NUMERAL|STRING)\Z"
)
#: The functions that constants stand for, each with an argument and the value there.
KNOWN_AT: dict[str, tuple[int, int]] = {
    "exp": (0, 1), "log": (1, 0), "sin": (0, 0), "cos": (0, 1),
    "asin": (0, 0), "acos": (1, 0), "atan": (0, 0),
}  # fmt: skip
#: An argument at which each is defined, and where: native functions are asked at no other.
_DOMAINS = {
    "log": ("(< 0.0 {0})", "1.0"),
    "asin": ("(and (<= (- 1.0) {0}) (<= {0} 1.0))", "0.0"),
    "acos": ("(and (<= (- 1.0) {0}) (<= {0} 1.0))", "0.0"),
}


@dataclass(frozen=True)
class Constant:
    """A constant that stands for a function of ``KNOWN_AT`` at an argument.

    ``symbol`` and ``argument_symbol`` are the SMT-LIB names of the value and of the argument (a literal
    if the argument is a number).
    """

    function: str
    symbol: str
    argument: Normal
    argument_symbol: str


class Assertable(Protocol):
    """A lemma at terms, as far as its assertion needs to know it."""

    @property
    def arguments(self) -> Mapping[str, Term]:
        """The terms put into the lemma."""

    @property
    def premises(self) -> Sequence[Formula]:
        """The lemma's hypotheses at the terms."""

    @property
    def goal(self) -> Formula:
        """The lemma's conclusion at the terms."""

    @property
    def text(self) -> str:
        """The instance, for a comment."""


class Encoder(PrefixWriter):
    """Write a statement, and then lemma instances about its terms, into one SMT-LIB text."""

    def __init__(
        self, statement: Statement, naturals: str = "int", native: Mapping[str, str] | None = None
    ) -> None:
        if naturals not in ("int", "real"):
            raise ValueError(f"naturals are 'int' or 'real', not {naturals!r}")
        self.statement = statement
        #: Function to the solver's own symbol for it, where that is to be used.
        self._native = dict(native or {})
        self.constants: dict[tuple[str, str], Constant] = {}
        #: Variable name to SMT-LIB symbol.
        self.symbols: dict[str, str] = {}
        self._values: dict[Symbol, str] = {}
        self._lines: list[str] = []
        self._known: dict[tuple[str, ...], str] = {}
        self._counts: dict[str, int] = {}
        self._asserted: set[str] = set()
        self._lemma_lines: list[int] = []
        self._integers = naturals == "int" and any(v.domain.natural for v in statement.variables)
        self._declare_variables(naturals)
        self._assert_statement()

    # -- the statement -----------------------------------------------------------------------

    def _declare_variables(self, naturals: str) -> None:
        for variable in self.statement.variables:
            name = variable.name
            usable = _SIMPLE_NAME.match(name) and not _TAKEN.match(name)
            symbol = name if usable else self._fresh("var")
            if not usable:
                self._comment(f"{symbol} is {name}")
            integer = variable.domain.natural and naturals == "int"
            if variable.domain.natural and not integer:
                self._comment(f"natural {symbol} is relaxed to a real number")
            self._lines.append(f"(declare-fun {symbol} () {'Int' if integer else 'Real'})")
            self.symbols[name] = symbol
            self._values[variable.symbol] = f"(to_real {symbol})" if integer else symbol
            if variable.domain.natural:
                self._lines.append(f"(assert (<= 0.0 {self._values[variable.symbol]}))")

    def _assert_statement(self) -> None:
        self._comment("domains and hypotheses, each defined and true")
        for premise in self.statement.premises:
            self._assert(self.strongly(premise))
        self._comment("the conclusion does not hold")
        self._assert(f"(not {self.strongly(self.statement.goal)})")

    def add(self, instance: Assertable) -> bool:
        """Assert a lemma instance; returns whether it was new.

        The assertion asks that the terms put into the lemma are defined, since the lemma speaks of real
        numbers only.
        """
        guards = dict.fromkeys(
            condition for term in instance.arguments.values() for condition in definedness(term)
        )
        hypotheses = [self.plainly(guard) for guard in guards]
        for premise in instance.premises:
            if isinstance(premise, Relation):
                whole = strong(premise, self.statement.positive_symbols)
                parts = whole.parts if isinstance(whole, And) else (whole,)
                hypotheses += [self.plainly(part) for part in parts]
            else:
                hypotheses.append(self.strongly(premise))
        goal = self.plainly(instance.goal)
        hypotheses = [text for text in dict.fromkeys(hypotheses) if text != "true"]
        text = f"(=> {_joined('and', hypotheses)} {goal})" if hypotheses else goal
        if text in self._asserted or goal == "true":
            return False
        self._lemma_lines.append(len(self._lines))
        self._comment(f"lemma {instance.text}")
        self._assert(text)
        return True

    @property
    def text(self) -> str:
        """The whole text, with ``check-sat``."""
        return self.text_with(range(len(self._lemma_lines)))

    def text_with(self, kept: Collection[int]) -> str:
        """Return the text with only some of the lemma instances, numbered as they were added."""
        head = [f"; {_ascii(self.statement.text)}", "; unsat: proved"]
        if self._native:
            # No logic of the standard has these functions.
            head.append(f"; as far as the solver knows {', '.join(sorted(self._native))}")
        else:
            if self.constants:
                names = _listed(dict.fromkeys(constant.function for constant in self.constants.values()))
                head.append(f"; sat: nothing, since {names} known through the lemmas only")
            head.append(f"(set-logic {'QF_NIRA' if self._integers else 'QF_NRA'})")
        dropped = {
            line + offset
            for index, line in enumerate(self._lemma_lines)
            if index not in kept
            for offset in (0, 1)  # the comment and the assertion
        }
        lines = [line for number, line in enumerate(self._lines) if number not in dropped]
        return "\n".join([*head, *lines, "(check-sat)", ""])

    def _comment(self, text: str) -> None:
        self._lines.append(f"; {_ascii(text)}")

    def _assert(self, text: str) -> None:
        self._asserted.add(text)
        if text != "true":
            self._lines.append(f"(assert {text})")

    def _fresh(self, stem: str) -> str:
        self._counts[stem] = self._counts.get(stem, 0) + 1
        return f"{stem}!{self._counts[stem]}"

    # -- formulas ----------------------------------------------------------------------------

    def strongly(self, formula: Formula) -> str:
        """Write a formula in negation normal form with every relation read as defined and true."""
        match formula:
            case Relation():
                return self.plainly(strong(formula, self.statement.positive_symbols))
            case And(parts):
                return _joined("and", [self.strongly(part) for part in parts])
            case Or(parts):
                return _joined("or", [self.strongly(part) for part in parts])
        raise ValueError(f"not in negation normal form: {formula}")

    def plainly(self, formula: Formula) -> str:
        """Write a formula about the encoded values, whether or not its terms are defined."""
        match formula:
            case Relation(operator, left, right):
                if isinstance(left, Number) and isinstance(right, Number):
                    return "true" if _compare(operator, left, right) else "false"
                return f"({operator} {self.walk(left)} {self.walk(right)})"
            case And(parts):
                return _joined("and", [self.plainly(part) for part in parts])
            case Or(parts):
                return _joined("or", [self.plainly(part) for part in parts])
            case Not(part):
                return f"(not {self.plainly(part)})"
            case Implies():
                return self.plainly(normal(formula))

    # -- terms -------------------------------------------------------------------------------

    def walk_number(self, value: Number) -> str:
        return literal(value.value)

    def walk_variable(self, symbol: Symbol) -> str:
        return self._values[symbol]

    def walk_div(self, left: Term, right: Term) -> str:
        above, below = self.walk(left), self.walk(right)
        return self._defined("div", f"{above} / {below}", lambda q: _quotient(q, above, below))

    def walk_power(self, base: Term, exponent: Number) -> str:
        times = int(exponent)
        if abs(times) > MAX_EXPANDED_POWER:
            raise UnsupportedError(
                f"the SMT-LIB printer expands powers up to {MAX_EXPANDED_POWER}, not {base}^{exponent}"
            )
        if times < 0:
            return self.walk(t.div(t.number(1), t.power(base, t.number(-times))))
        return _power(self._named(self.walk(base)) if times > 2 else self.walk(base), times)

    def walk_natpower(self, base: Term, exponent: Term) -> str:
        value, times = self._named(self.walk(base)), self._named(self.walk(exponent))
        positive = self._exponential(t.mul(exponent, t.log(base)))
        return self._defined(
            "pow",
            f"{value} ^ {times}",
            lambda p: (
                f"(and (=> (< 0.0 {value}) (= {p} {positive}))"
                f" (=> (= {value} 0.0) (= {p} (ite (= {times} 0.0) 1.0 0.0)))"
                f" (=> (= {times} 0.0) (= {p} 1.0)) (=> (= {times} 1.0) (= {p} {value})))"
            ),
        )

    def walk_ratpower(self, base: Term, exponent: Number) -> str:
        value = self._named(self.walk(base))
        p, q = abs(int(exponent.p)), int(exponent.q)
        expanded = max(p, q) <= MAX_ROOT
        if not expanded:
            positive = self._exponential(t.mul(exponent, t.log(base)))
            zero = f" (=> (= {value} 0.0) (= {{0}} 0.0))" if exponent > 0 else ""
            shape = f"(and (=> (< 0.0 {value}) (= {{0}} {positive})){zero})"
        elif exponent > 0:
            shape = f"(=> (<= 0.0 {value}) (and (<= 0.0 {{0}}) (= {{1}} {_power(value, p)})))"
        else:
            shape = f"(=> (< 0.0 {value}) (and (< 0.0 {{0}}) (= (* {{1}} {_power(value, p)}) 1.0)))"
        return self._defined(
            "pow",
            f"{value} ^ ({exponent})",
            lambda s: shape.format(s, _power(s, q) if expanded else ""),
        )

    def walk_realpower(self, base: Term, exponent: Term) -> str:
        positive = self._exponential(t.mul(exponent, t.log(base)))
        if visibly_positive(base, self.statement.positive_symbols):
            return positive
        value, power = self._named(self.walk(base)), self._named(self.walk(exponent))
        return self._defined(
            "pow",
            f"{value} ^ {power}",
            lambda p: (
                f"(and (=> (< 0.0 {value}) (= {p} {positive}))"
                f" (=> (and (= {value} 0.0) (< 0.0 {power})) (= {p} 0.0)))"
            ),
        )

    def walk_sqrt(self, term: Term) -> str:
        value = self._named(self.walk(term))
        return self._defined(
            "sqrt",
            f"sqrt({value})",
            lambda s: f"(=> (<= 0.0 {value}) (and (<= 0.0 {s}) (= (* {s} {s}) {value})))",
        )

    def walk_abs(self, term: Term) -> str:
        value = self._named(self.walk(term))
        return f"(ite (<= 0.0 {value}) {value} (- {value}))"

    def walk_min(self, *terms: Term) -> str:
        return self._extreme("(<= {0} {1})", terms)

    def walk_max(self, *terms: Term) -> str:
        return self._extreme("(<= {1} {0})", terms)

    def _extreme(self, test: str, terms: tuple[Term, ...]) -> str:
        first, *rest = (self._named(self.walk(term)) for term in terms)
        for other in rest:
            first = self._named(f"(ite {test.format(first, other)} {first} {other})")
        return first

    def walk_exp(self, term: Term) -> str:
        return self._exponential(term)

    def _exponential(self, term: Term) -> str:
        return self._transcendental("exp", normal_term(term))

    def walk_log(self, term: Term) -> str:
        return self._transcendental("log", normal_term(term))

    def walk_lambertw(self, term: Term, branch: Number) -> str:
        argument = normal_term(term).term
        value = self._named(self.walk(argument))
        key = ("lw", value, str(branch))
        if key not in self._known:
            symbol = self._known[key] = self._declare("lw", f"LambertW({value}, {branch})")
            image = self._exponential(t.lambertw(argument, int(branch)))
            edge = self._exponential(t.number(-1))
            domain = [f"(<= (- {edge}) {value})"]
            side = f"(<= (- 1.0) {symbol})"
            if branch == -1:
                domain.append(f"(< {value} 0.0)")
                side = f"(<= {symbol} (- 1.0))"
            fixed = f"(and {side} (= (* {symbol} {image}) {value}))"
            self._assert(f"(=> {_joined('and', domain)} {fixed})")
        return self._known[key]

    def walk_function(self, name: str, argument: Term) -> str:
        form = written_out(name, argument)
        if form is not None:
            return self.walk(form)
        if name not in KNOWN_AT:
            raise UnsupportedError(f"the SMT solvers are told nothing about {name}")
        return self._transcendental(name, normal_term(argument))

    # -- fresh constants ---------------------------------------------------------------------

    def _declare(self, stem: str, meaning: str) -> str:
        symbol = self._fresh(stem)
        self._lines.append(f"(declare-fun {symbol} () Real) ; {_ascii(meaning)}")
        return symbol

    def _defined(self, stem: str, meaning: str, fixed: Callable[[str], str]) -> str:
        key = (stem, meaning)
        if key not in self._known:
            symbol = self._known[key] = self._declare(stem, meaning)
            self._assert(fixed(symbol))
        return self._known[key]

    def _named(self, text: str) -> str:
        """Give a compound text a name, so that it can be repeated without growth."""
        if " " not in text or re.match(r"\((- \d|/ \d|to_real )", text):
            return text
        key = ("value", text)
        if key not in self._known:
            symbol = self._known[key] = self._fresh("val")
            self._lines.append(f"(define-fun {symbol} () Real {text})")
        return self._known[key]

    def _transcendental(self, function: str, argument: Normal) -> str:
        point, there = KNOWN_AT[function]
        if argument.constant == point:
            return literal(Fraction(there))
        key = (function, argument.key)
        if key not in self.constants:
            value = argument.constant
            at = literal(value) if value is not None else self._argument(argument)
            symbol = self._declare(function, f"{function}({at})")
            self.constants[key] = Constant(function, symbol, argument, at)
            if function in self._native:
                self._assert_native(self._native[function], self.constants[key])
        return self.constants[key].symbol

    def _assert_native(self, name: str, constant: Constant) -> None:
        """Say that a constant is the solver's own function at its argument, where that is defined."""
        value, at = constant.symbol, constant.argument_symbol
        if constant.function not in _DOMAINS:
            self._assert(f"(= {value} ({name} {at}))")
            return
        inside, elsewhere = _DOMAINS[constant.function]
        domain = inside.format(at)
        self._assert(f"(=> {domain} (= {value} ({name} (ite {domain} {at} {elsewhere}))))")

    def _argument(self, argument: Normal) -> str:
        text = self.walk(argument.term)
        if re.fullmatch(r"[A-Za-z][\w!]*", text):
            return text
        key = ("arg", text)
        if key not in self._known:
            symbol = self._known[key] = self._fresh("arg")
            self._lines.append(f"(declare-fun {symbol} () Real)")
            self._assert(f"(= {symbol} {text})")
        return self._known[key]


@lru_cache(maxsize=100)
def functions_of(statement: Statement) -> frozenset[str]:
    """Return the functions of which a statement needs facts; of use to every solver that is asked.

    Raises UnsupportedError or InputError for what cannot be written for a solver.
    """
    return frozenset(function for function, _ in Encoder(statement).constants)


def _quotient(symbol: str, above: str, below: str) -> str:
    return f"(=> (not (= {below} 0.0)) (= (* {symbol} {below}) {above}))"


def _power(text: str, times: int) -> str:
    if times == 0:
        return "1.0"
    return text if times == 1 else f"(* {' '.join([text] * times)})"


def _joined(word: str, parts: list[str]) -> str:
    empty, absorbing = ("true", "false") if word == "and" else ("false", "true")
    if absorbing in parts:
        return absorbing
    kept = [part for part in dict.fromkeys(parts) if part != empty]
    if not kept:
        return empty
    return kept[0] if len(kept) == 1 else f"({word} {' '.join(kept)})"


def _compare(operator: str, left: Number, right: Number) -> bool:
    match operator:
        case "=":
            return left == right
        case "<":
            return left < right
    return left <= right


def literal(value: Fraction) -> str:
    """Write an exact rational.

    >>> literal(Fraction(-3, 4))
    '(- (/ 3.0 4.0))'
    """
    size = abs(value)
    text = f"{size.numerator}.0"
    if size.denominator != 1:
        text = f"(/ {text} {size.denominator}.0)"
    return f"(- {text})" if value < 0 else text


def _listed(names: Collection[str]) -> str:
    """Write names with their verb: ``exp is``, ``exp and log are``."""
    *others, last = names
    return f"{', '.join(others)} and {last} are" if others else f"{last} is"


def _ascii(text: str) -> str:
    """Keep a comment on one line of plain ASCII."""
    return text.encode("ascii", "backslashreplace").decode().replace("\n", " ")


def statement_to_smtlib(
    statement: Statement, naturals: str = "int", instances: tuple[Assertable, ...] = ()
) -> str:
    """Write a statement as SMT-LIB 2; ``unsat`` means proved.

    Parameters
    ----------
    naturals
        ``"int"`` declares natural variables as integers, ``"real"`` as reals (``unsat`` still proves).
    instances
        Lemma instances to assert; without them exp and log are known only by name.

    Raises UnsupportedError for powers too large to write out.

    >>> print(statement_to_smtlib(Statement.parse("x*x >= 0")))
    ; for x in real: 0 <= x*x
    ; unsat: proved
    (set-logic QF_NRA)
    (declare-fun x () Real)
    ; domains and hypotheses, each defined and true
    ; the conclusion does not hold
    (assert (not (<= 0.0 (* x x))))
    (check-sat)
    <BLANKLINE>
    """
    encoder = Encoder(statement, naturals)
    for instance in instances:
        encoder.add(instance)
    return encoder.text
