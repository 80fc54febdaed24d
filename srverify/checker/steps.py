"""Reading the parameters of a rule from JSON, and the conditions that a step leaves to be shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from flint import ctx, fmpq

from srverify.checker.enclosures.evaluation import DEFAULT_PRECISION, Evaluator, decide
from srverify.checker.enclosures.interval import rational
from srverify.checker.rejected import RejectedError
from srverify.checker.sequent import Sequent, box_of
from srverify.language import term as t
from srverify.language.errors import InputError
from srverify.language.formula import Formula, Or, Relation, conjunction, normal
from srverify.language.parser import parse_formula, parse_term
from srverify.language.statement import Domain
from srverify.language.term import Number, Term


class Step:
    """The parameters of one rule application; every parameter must be used."""

    def __init__(self, sequent: Sequent, data: Mapping[str, Any]) -> None:
        self.sequent = sequent
        self._left = {
            key: value for key, value in data.items() if key not in ("rule", "children", "sequent")
        }

    def take(self, key: str, default: Any = None) -> Any:
        """Return a raw parameter; without a default it is required."""
        if key not in self._left and default is None:
            raise RejectedError(f"the parameter {key!r} is missing")
        return self._left.pop(key, default)

    def finish(self) -> None:
        """Raise RejectedError if parameters are left that the rule does not have."""
        if self._left:
            raise RejectedError(f"unknown parameters: {', '.join(sorted(self._left))}")

    def text(self, key: str, default: str | None = None) -> str:
        """Return a text."""
        value = self.take(key, default)
        if not isinstance(value, str):
            raise RejectedError(f"{key!r} must be a text")
        return value

    def term(self, key: str) -> Term:
        """Return a term over the sequent's variables."""
        return self.read_term(self.text(key))

    def read_term(self, text: object) -> Term:
        """Read a term over the sequent's variables."""
        found: Term = _read(text, lambda found: parse_term(found, self.sequent.symbols))
        return found

    def formula(self, key: str) -> Formula:
        """Return a formula over the sequent's variables, in negation normal form."""
        read = _read(self.text(key), lambda found: parse_formula(found, self.sequent.symbols))
        return normal(read)

    def rational(self, key: str) -> Number:
        """Return an exact number."""
        return number(self.take(key))

    def variable(self, key: str = "var") -> str:
        """Return the name of a declared variable."""
        name = self.text(key)
        if name not in self.sequent.symbols:
            raise RejectedError(f"no variable {name!r}")
        return name

    def domain(self, key: str) -> Domain:
        """Return a domain."""
        return read_domain(self.text(key))

    def index(self, key: str, length: int) -> int:
        """Return an index below a length."""
        return checked_index(self.take(key), length)

    def indices(self, key: str, length: int) -> list[int]:
        """Return a list of indices below a length; empty if the parameter is missing."""
        return [checked_index(item, length) for item in as_list(self.take(key, []))]

    def hypothesis(self, key: str = "hyp") -> tuple[int, Formula]:
        """Return a hypothesis and its index."""
        index = self.index(key, len(self.sequent.hypotheses))
        return index, self.sequent.hypotheses[index]

    def relation(self, key: str = "hyp") -> tuple[int, Relation]:
        """Return a hypothesis that is one relation, and its index."""
        index, found = self.hypothesis(key)
        if not isinstance(found, Relation):
            raise RejectedError(f"hypothesis {index} is not a relation")
        return index, found


def _read(text: object, parse: Callable[[str], Any]) -> Any:
    if not isinstance(text, str):
        raise RejectedError(f"{text!r} must be a text")
    try:
        return parse(text)
    except InputError as error:
        raise RejectedError(str(error)) from None


def read_domain(text: object) -> Domain:
    """Read a domain."""
    found: Domain = _read(text, Domain.parse)
    return found


def number(value: object) -> Number:
    """Read an exact number: an integer, or a text such as ``"-1/3"``."""
    if isinstance(value, int) and not isinstance(value, bool):
        return t.number(value)
    found = _read(value, lambda text: parse_term(text, {}))
    if not isinstance(found, Number):
        raise RejectedError(f"{value!r} is not a number")
    return found


def exact(value: object) -> fmpq:
    """Read an exact number as a rational of FLINT."""
    return rational(number(value))


def as_list(value: object) -> list[Any]:
    """Return a value that is a list."""
    if not isinstance(value, list):
        raise RejectedError("a list is expected")
    return value


def checked_index(value: object, length: int) -> int:
    """Return a value that is an index below a length."""
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < length:
        raise RejectedError(f"{value!r} is not an index below {length}")
    return value


def goal_relation(sequent: Sequent) -> Relation:
    """Return the goal, if it is one relation."""
    if not isinstance(sequent.goal, Relation):
        raise RejectedError("the goal is not one relation")
    return sequent.goal


def _implied(condition: Formula, facts: frozenset[Formula]) -> bool:
    if condition in facts:
        return True
    if isinstance(condition, Relation):
        if condition.operator != "<=":
            return False
        left, right = condition.left, condition.right
        return any(
            Relation(*weaker) in facts
            for weaker in (("<", left, right), ("=", left, right), ("=", right, left))
        )
    parts = [_implied(part, facts) for part in condition.parts]  # type: ignore[union-attr]
    return any(parts) if isinstance(condition, Or) else all(parts)


def remaining(
    sequent: Sequent, wanted: Iterable[Formula], also: Iterable[Formula] = ()
) -> list[Formula]:
    """Return the conditions that are neither facts of the sequent nor decided on its box.

    Facts are hypotheses, the definedness of their terms, and ``also``; a condition is left out only if
    it holds at every point of the domains at which all hypotheses hold.
    """
    facts = sequent.facts.union(also)
    with ctx.workprec(DEFAULT_PRECISION):
        evaluator = Evaluator(box_of(sequent))
        return [
            condition
            for condition in dict.fromkeys(wanted)
            if not _implied(condition, facts) and decide(condition, evaluator) is not True
        ]


def showing(sequent: Sequent, wanted: Iterable[Formula]) -> tuple[Sequent, ...]:
    """Return the sequent that has the remaining conditions as its goal, or nothing if none remain."""
    left = remaining(sequent, wanted)
    return (sequent.proving(conjunction(*left)),) if left else ()
