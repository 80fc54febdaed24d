"""Statements: typed variables with domains, hypotheses and a conclusion, as data.

A statement is the single source of every engine's input. It *holds* when at every point of the domains
at which all hypotheses hold, the conclusion holds; a relation with an undefined side (a division by
zero, the logarithm of a negative number) neither holds nor fails (see ``srverify.language.formula``).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import Any, TypeAlias

from srverify.language import term as t
from srverify.language.definedness import definedness, guards, substituted
from srverify.language.errors import InputError, SrverifyError
from srverify.language.foreign import as_term
from srverify.language.formula import (
    And,
    Formula,
    Not,
    Or,
    Relation,
    map_terms,
    normal,
    relations,
    terms,
)
from srverify.language.names import canonical, is_name
from srverify.language.parser import (
    RESERVED,
    formula_text,
    free_names,
    parse_formula,
    term_text,
)
from srverify.language.prefix import PrefixWriter
from srverify.language.term import Number, Symbol, Term

_INTERVAL = re.compile(r"\s*([\[(])\s*([^,]+?)\s*,\s*([^,]+?)\s*([\])])\s*\Z")


@dataclass(frozen=True)
class Domain:
    """A real interval, or its natural numbers: ``lower`` and ``upper`` are exact or ``None`` (infinite).

    Parameters
    ----------
    natural
        Only the natural numbers (0, 1, …) of the interval.
    lower, upper
        Exact rational ends; ``None`` is −∞ or ∞.
    lower_open, upper_open
        Whether a finite end is excluded.
    """

    natural: bool = False
    lower: Number | None = None
    upper: Number | None = None
    lower_open: bool = False
    upper_open: bool = False

    def __post_init__(self) -> None:
        for end in ("lower", "upper"):
            if getattr(self, end) is not None:
                object.__setattr__(self, end, t.literal(as_term(getattr(self, end))))
        lower = self.lower
        if self.natural:
            # Normalise: closed integer ends, at least 0.
            least = 0 if lower is None else max(0, _integer_above(lower, self.lower_open))
            object.__setattr__(self, "lower", t.number(least))
            object.__setattr__(self, "lower_open", False)
            if self.upper is not None:
                most = -_integer_above(-self.upper, self.upper_open)
                object.__setattr__(self, "upper", t.number(most))
                object.__setattr__(self, "upper_open", False)
        if self.lower is not None and self.upper is not None:
            open_end = self.lower_open or self.upper_open
            if self.lower > self.upper or (self.lower == self.upper and open_end):
                raise InputError(f"the domain {self} is empty")

    @staticmethod
    def parse(text: str) -> Domain:
        """Read ``real``, ``natural``, an interval such as ``(0, oo)``, or ``natural [1, oo)``.

        Ends are exact rational numbers; `Statement.parse` also takes constants such as ``pi/2``.

        >>> str(Domain.parse("natural (1/2, 7)"))
        'natural [1, 6]'
        """
        domain, ends = _read_domain(text)
        for end, _ in ends:
            raise _unreadable(end, text)
        return domain

    def bounds(self, symbol: Symbol) -> tuple[Relation, ...]:
        """Return the bounds on a variable of this domain: the lower one first."""
        found = []
        if self.lower is not None and not (self.natural and self.lower == 0):
            found.append(Relation("<" if self.lower_open else "<=", self.lower, symbol))
        if self.upper is not None:
            found.append(Relation("<" if self.upper_open else "<=", symbol, self.upper))
        return tuple(found)

    @property
    def is_positive(self) -> bool:
        """Whether the lower end alone shows that every member is positive."""
        return self.lower is not None and (self.lower > 0 or (self.lower == 0 and self.lower_open))

    def contains(self, value: Number | Fraction) -> bool:
        """Tell whether an exact rational lies in the domain."""
        exact = value.value if isinstance(value, Number) else value
        if self.natural and exact.denominator != 1:
            return False
        if self.lower is not None and not _above(exact, self.lower.value, self.lower_open):
            return False
        return self.upper is None or _above(self.upper.value, exact, self.upper_open)

    def __str__(self) -> str:
        if self.lower is None and self.upper is None:
            return "real"
        opening = "(" if self.lower is None or self.lower_open else "["
        closing = ")" if self.upper is None or self.upper_open else "]"
        low = "-oo" if self.lower is None else str(self.lower)
        high = "oo" if self.upper is None else str(self.upper)
        return f"{'natural ' if self.natural else ''}{opening}{low}, {high}{closing}"


def _above(one: Fraction, other: Fraction, strictly: bool) -> bool:
    # In whole numbers: both comparisons at once.
    gap = one.numerator * other.denominator - other.numerator * one.denominator
    return gap > 0 or (gap == 0 and not strictly)


def _integer_above(value: Number, strict: bool) -> int:
    ceiling = -((-value.p) // value.q)
    return int(ceiling + 1 if strict and ceiling == value else ceiling)


#: An end that is no rational number, and how it bounds: ``<`` or ``<=``, below a variable or above it.
_Constant: TypeAlias = "tuple[Term, tuple[str, bool]]"


def _read_domain(text: str) -> tuple[Domain, list[_Constant]]:
    """Read a domain: one with rational ends that contains it, and the ends that are other constants."""
    rest = text.strip()
    natural = False
    for word in ("real", "natural"):
        if rest.startswith(word):
            natural = word == "natural"
            rest = rest[len(word) :].strip()
            if not rest:
                return Domain(natural), []
            break
    match = _INTERVAL.match(rest)
    if match is None:
        raise InputError(
            f"cannot read the domain {text!r}: write 'real', 'natural', '(0, oo)', '[1/2, 3)'"
            " or 'natural [1, oo)'"
        )
    opening, low, high, closing = match.groups()
    lower = None if low in ("-oo", "-inf", "-∞") else _end(low, text)
    upper = None if high in ("oo", "+oo", "inf", "∞") else _end(high, text)
    lower_open, upper_open = lower is not None and opening == "(", upper is not None and closing == ")"
    constants: list[_Constant] = []
    ends: list[Number | None] = []
    inner: list[Fraction | None] = []
    for end, is_open, upwards in ((lower, lower_open, False), (upper, upper_open, True)):
        if end is None or isinstance(end, Number):
            ends.append(end)
            inner.append(None if end is None else end.value)
            continue
        if natural:
            raise _unreadable(end, text)
        around = _enclosed(end, text)
        constants.append((end, ("<" if is_open else "<=", upwards)))
        ends.append(t.number(around[upwards]))
        inner.append(around[not upwards])
    if constants and None not in inner and not inner[0] < inner[1]:  # type: ignore[operator]
        raise InputError(f"the domain {text!r} is empty, or too short to tell")
    low_end, high_end = ends
    return Domain(natural, low_end, high_end, lower_open, upper_open), constants


def _enclosed(end: Term, domain: str) -> tuple[Fraction, Fraction]:
    from srverify.language.constants import enclosure

    try:
        return enclosure(end)
    except SrverifyError as error:
        raise InputError(f"cannot read the end {str(end)!r} of the domain {domain!r}: {error}") from None


def _end(text: str, domain: str) -> Term:
    from srverify.language.parser import parse_term

    try:
        return parse_term(text, {})
    except InputError:
        raise _unreadable(text, domain) from None


def _unreadable(end: object, domain: str) -> InputError:
    return InputError(f"cannot read the end {str(end)!r} of the domain {domain!r}: an exact number")


@dataclass(frozen=True)
class Variable:
    """A named variable with its domain."""

    name: str
    domain: Domain = Domain()

    def __post_init__(self) -> None:
        if self.name in ("pi", "π"):
            raise InputError(f"{self.name!r} is the constant and cannot name a variable")
        if not is_name(self.name) or self.name in RESERVED:
            raise InputError(f"{self.name!r} cannot name a variable")

    @property
    def symbol(self) -> Symbol:
        """The symbol that stands for the variable in terms."""
        return t.variable(self.name, self.domain.natural)


@dataclass(frozen=True)
class Statement:
    """Variables, hypotheses and conclusion; see the module for when it holds.

    Build one from text with ``Statement.parse`` or from terms (``srverify.language.term``); SymPy
    expressions are accepted too, but what SymPy simplified away while building them is not seen.
    Raises InputError when a symbol is not declared or declared twice.
    """

    variables: tuple[Variable, ...]
    hypotheses: tuple[Formula, ...]
    conclusion: Formula

    def __post_init__(self) -> None:
        names = [variable.name for variable in self.variables]
        for name in names:
            if names.count(name) > 1:
                raise InputError(f"variable {name!r} is declared twice")
        declared = {variable.symbol for variable in self.variables}
        for formula in (*self.hypotheses, self.conclusion):
            for term in terms(formula):
                for symbol in sorted(t.symbols_of(term) - declared, key=str):
                    raise InputError(f"variable {symbol} is not declared (or not with that kind)")

    # -- construction and transport ----------------------------------------------------------

    @staticmethod
    def parse(
        show: str,
        given: Sequence[str] = (),
        variables: Mapping[str, str] | None = None,
    ) -> Statement:
        """Read a statement from text.

        Parameters
        ----------
        show, given
            Conclusion and hypotheses in the grammar of ``srverify.language.parser``.
        variables
            Name to domain text (``"real"``, ``"(0, oo)"``, ``"natural [1, oo)"``). Without it every
            name is a real variable, in order of appearance. An end may be a constant such as
            ``pi/2``: then the domain is a rational interval around it, and a hypothesis says the rest.

        >>> s = Statement.parse("log(x) <= x - 1", variables={"x": "(0, oo)"})
        >>> s.text
        'for x in (0, oo): log(x) <= x - 1'
        """
        if variables is None:
            variables = dict.fromkeys(free_names(show, given), "real")
        read = {canonical(name): _read_domain(text) for name, text in variables.items()}
        if len(read) < len(variables):
            raise InputError("a variable is declared twice")
        declared = tuple(Variable(name, domain) for name, (domain, _) in read.items())
        symbols = {variable.name: variable.symbol for variable in declared}
        ends = [
            Relation(operator, *((symbols[name], end) if upwards else (end, symbols[name])))
            for name, (_, constants) in read.items()
            for end, (operator, upwards) in constants
        ]
        return Statement(
            declared,
            (*ends, *(parse_formula(text, symbols) for text in given)),
            parse_formula(show, symbols),
        )

    def to_dict(self) -> dict[str, Any]:
        """Return plain data from which ``from_dict`` rebuilds an equal statement."""
        # Written once, each engine is sent the same; here and not in a function of its own, since terms
        # may be nested so deeply that its frames would be too many.
        written = self.__dict__.get("_written")
        if written is None:
            given = [formula_text(formula) for formula in self.hypotheses]
            written = self.__dict__["_written"] = given, formula_text(self.conclusion)
        given, show = written
        variables = {variable.name: str(variable.domain) for variable in self.variables}
        return {"variables": variables, "given": list(given), "show": show}

    @staticmethod
    def from_dict(data: Mapping[str, Any]) -> Statement:
        """Rebuild a statement from ``to_dict``."""
        return Statement.parse(data["show"], data["given"], data["variables"])

    def __reduce__(self) -> tuple[Any, ...]:
        # The text is shorter than the terms, and of any version.
        return Statement.from_dict, (self.to_dict(),)

    @cached_property
    def text(self) -> str:
        """One line in the grammar, with the domains in front."""
        data = self.to_dict()
        domains = ", ".join(f"{name} in {domain}" for name, domain in data["variables"].items())
        prefix = f"for {domains}: " if domains else ""
        given = " and ".join(f"({text})" for text in data["given"])
        return f"{prefix}{f'{given} implies ' if given else ''}{data['show']}"

    def __str__(self) -> str:
        return self.text

    # -- derived forms -----------------------------------------------------------------------

    @cached_property
    def symbols(self) -> tuple[Symbol, ...]:
        """The symbols of the variables, in order."""
        return tuple(variable.symbol for variable in self.variables)

    @cached_property
    def bounds(self) -> tuple[Relation, ...]:
        """The domain bounds of all variables, lower before upper, in order of declaration."""
        return tuple(
            bound for variable in self.variables for bound in variable.domain.bounds(variable.symbol)
        )

    @cached_property
    def premises(self) -> tuple[Formula, ...]:
        """Domain bounds and hypotheses in negation normal form: everything that may be assumed."""
        return (*self.bounds, *(normal(formula) for formula in self.hypotheses))

    @cached_property
    def goal(self) -> Formula:
        """The conclusion in negation normal form."""
        return normal(self.conclusion)

    @cached_property
    def negated_goal(self) -> Formula:
        """What holds where the conclusion *fails*; undefined points satisfy neither."""
        return normal(Not(self.conclusion))

    @cached_property
    def definedness(self) -> tuple[Formula, ...]:
        """The conditions under which every term of the conclusion is defined, each once."""
        return tuple(
            dict.fromkeys(
                condition for term in terms(self.conclusion) for condition in definedness(term)
            )
        )

    @cached_property
    def constant_ends(self) -> frozenset[int]:
        """The indices of the hypotheses by which a domain ends at a constant such as ``pi/2``.

        >>> Statement.parse("sin(x) <= x", ["x < 2"], {"x": "[0, pi/2]"}).constant_ends
        frozenset({0})
        """
        domains = {variable.symbol: variable.domain for variable in self.variables}
        return frozenset(i for i, h in enumerate(self.hypotheses) if _is_constant_end(h, domains))

    @cached_property
    def positive_symbols(self) -> frozenset[Symbol]:
        """The symbols whose domain is visibly positive."""
        return frozenset(v.symbol for v in self.variables if v.domain.is_positive)

    @cached_property
    def guarded(self) -> Statement:
        """The statement, asked only where every term of it is defined.

        The conditions come before the hypotheses; those that are plain from the domains are left out.
        With total functions in place of partial ones (Rocq's, Lean's) a point that breaks the guarded
        statement breaks the statement itself: there everything means what it says.

        >>> Statement.parse("0 < x/x").guarded.text
        'for x in real: (x < 0 or 0 < x) implies 0 < x/x'
        """
        written = (*self.hypotheses, self.conclusion)
        conditions = guards((term for f in written for term in terms(f)), self.positive_symbols)
        new = tuple(condition for condition in conditions if condition not in self.hypotheses)
        return replace(self, hypotheses=(*new, *self.hypotheses))

    @cached_property
    def relaxed(self) -> Statement:
        """The statement with every natural variable ranging over the reals between its ends."""
        if not any(v.domain.natural for v in self.variables):
            return self
        variables = tuple(
            Variable(v.name, Domain(False, v.domain.lower, v.domain.upper)) if v.domain.natural else v
            for v in self.variables
        )
        real = {old.symbol: new.symbol for old, new in zip(self.variables, variables, strict=True)}

        def change(formula: Formula) -> Formula:
            return map_terms(formula, lambda term: t.substitute(term, real))

        return Statement(variables, tuple(map(change, self.hypotheses)), change(self.conclusion))

    @cached_property
    def operators(self) -> frozenset[str]:
        """The operators (of ``srverify.language.term.OPERATORS``) that occur anywhere."""
        return frozenset(
            node.operator
            for formula in (*self.hypotheses, self.conclusion)
            for term in terms(formula)
            for node in t.subterms(term)
        )

    @cached_property
    def normal_form(self) -> str:
        """A canonical text: equal for statements that differ only in writing.

        Variables are sorted by name, hypotheses (with the bounds) and the parts of ``and`` and ``or``
        are sorted and deduplicated, ``>`` is turned into ``<``, ``implies`` and ``not`` are resolved,
        sums and products are flattened and sorted, and numbers are exact. Nothing is simplified that
        could change where a term is defined.
        """
        variables = sorted(f"{v.name}:{v.domain}" for v in self.variables)
        given = sorted({_canonical_formula(formula) for formula in self.premises})
        return json.dumps([variables, given, _canonical_formula(self.goal)], ensure_ascii=False)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the normal form, in hexadecimal."""
        return hashlib.sha256(self.normal_form.encode()).hexdigest()

    def with_conclusion(self, conclusion: Formula) -> Statement:
        """Return the statement with another conclusion."""
        return replace(self, conclusion=conclusion)

    def without_hypothesis(self, index: int) -> Statement:
        """Return the statement without the hypothesis at an index."""
        kept = (*self.hypotheses[:index], *self.hypotheses[index + 1 :])
        return replace(self, hypotheses=kept)

    def substituted(self, values: Mapping[str, Term]) -> Statement:
        """Replace variables by terms; the replaced variables' bounds become hypotheses.

        A natural variable can only be replaced by a visibly natural term, since a bound cannot say
        "is an integer"; raises InputError otherwise.
        """
        for v in self.variables:
            if v.name in values and v.domain.natural and not t.is_natural(values[v.name]):
                raise InputError(f"natural {v.name!r} cannot be replaced by {values[v.name]}")
        gone = [variable for variable in self.variables if variable.name in values]
        symbols = {variable.symbol: values[variable.name] for variable in gone}
        bounds = tuple(bound for v in gone for bound in _all_bounds(v))

        return Statement(
            tuple(variable for variable in self.variables if variable.name not in values),
            tuple(substituted(formula, symbols) for formula in (*bounds, *self.hypotheses)),
            substituted(self.conclusion, symbols),
        )


def _is_constant_end(hypothesis: Formula, domains: Mapping[Symbol, Domain]) -> bool:
    """Tell whether a hypothesis bounds a variable by a constant around which its domain ends."""
    from srverify.language.constants import enclosure

    if not isinstance(hypothesis, Relation) or hypothesis.operator == "=":
        return False
    upwards = isinstance(hypothesis.left, Symbol)
    sides = (hypothesis.left, hypothesis.right)
    symbol, end = sides if upwards else sides[::-1]
    if not isinstance(symbol, Symbol) or isinstance(end, Number) or t.symbols_of(end):
        return False
    domain = domains[symbol]
    rational, is_open = (
        (domain.upper, domain.upper_open) if upwards else (domain.lower, domain.lower_open)
    )
    if rational is None or is_open != (hypothesis.operator == "<"):
        return False
    try:
        return enclosure(end)[upwards] == rational.value
    except SrverifyError:
        return False


def _all_bounds(v: Variable) -> tuple[Relation, ...]:
    """Return the bounds of a variable, with the ``0 <= n`` that a natural one carries silently."""
    found = v.domain.bounds(v.symbol)
    if v.domain.natural and v.domain.lower == 0:
        return (Relation("<=", t.number(0), v.symbol), *found)
    return found


class _Canonical(PrefixWriter):
    """Print a term as an s-expression with sums and products flattened and sorted."""

    def walk_number(self, value: Number) -> str:
        return str(value.value)

    def walk_variable(self, symbol: Symbol) -> str:
        return str(symbol.name)

    def walk_add(self, *parts: Term) -> str:
        return self._sorted("+", self._flat("add", parts))

    def walk_mul(self, *parts: Term) -> str:
        return self._sorted("*", self._flat("mul", parts))

    def _flat(self, operator: str, parts: Iterable[Term]) -> list[str]:
        found: list[str] = []
        for part in parts:
            if part.operator == operator:
                found.extend(self._flat(operator, part.arguments))
            else:
                found.append(self.walk(part))
        return found

    @staticmethod
    def _sorted(operator: str, parts: list[str]) -> str:
        return f"({operator} {' '.join(sorted(parts))})"

    def walk_neg(self, term: Term) -> str:
        return f"(neg {self.walk(term)})"

    walk_natpower = walk_realpower = PrefixWriter.walk_power

    def walk_abs(self, term: Term) -> str:
        return f"(abs {self.walk(term)})"

    def walk_min(self, *parts: Term) -> str:
        return self._sorted("min", [self.walk(part) for part in parts])

    def walk_max(self, *parts: Term) -> str:
        return self._sorted("max", [self.walk(part) for part in parts])

    def walk_lambertw(self, term: Term, branch: Number) -> str:
        return f"(lambertw {self.walk(term)} {branch})"

    def walk_function(self, name: str, argument: Term) -> str:
        return f"({name} {self.walk(argument)})"


_CANONICAL = _Canonical()


def _canonical_formula(formula: Formula) -> str:
    if isinstance(formula, Relation):
        left, right = _CANONICAL.walk(formula.left), _CANONICAL.walk(formula.right)
        if formula.operator == "=" and right < left:
            left, right = right, left
        return f"({formula.operator} {left} {right})"
    if isinstance(formula, And | Or):
        word = "and" if isinstance(formula, And) else "or"
        return f"({word} {' '.join(sorted({_canonical_formula(part) for part in formula.parts}))})"
    raise TypeError(f"not in negation normal form: {formula}")


def point_text(values: Mapping[str, Any]) -> str:
    """Print an assignment of exact values, e.g. of a witness."""
    return ", ".join(f"{name} = {value}" for name, value in values.items()) or "every point"


__all__ = ["Domain", "Statement", "Variable", "point_text", "relations", "term_text"]
