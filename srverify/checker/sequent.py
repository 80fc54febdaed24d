"""Sequents: what a node of a proof claims, and the changes that rules make to them.

A sequent has variables with exact domains, hypotheses and a goal, all in negation normal form. A
formula *holds* at a point when its terms are defined there and it is true (`srverify.language.formula`);
a sequent is *valid* when at every point of the domains at which all hypotheses hold, the goal holds.
Since hypotheses hold strongly, their terms may be taken as defined.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from flint import fmpq

from srverify.language import term as t
from srverify.language.definedness import definedness
from srverify.language.errors import InputError, SrverifyError
from srverify.language.formula import And, Formula, Relation, map_terms, normal, terms
from srverify.language.parser import formula_text
from srverify.language.statement import Domain, Statement, Variable
from srverify.language.term import Number, Symbol, Term


class RejectedError(SrverifyError):
    """A proof object was rejected: where, which rule, why.

    Parameters
    ----------
    path
        Child indices from the root to the rejected node.
    rule
        The node's rule.
    reason
        What is wrong, in one line.
    """

    def __init__(self, reason: str, rule: str = "", path: tuple[int, ...] = ()) -> None:
        place = "/".join(map(str, path)) or "root"
        super().__init__(f"rejected at {place} ({rule}): {reason}" if rule else reason)
        self.reason, self.rule, self.path = reason, rule, path


def rational(value: Number) -> fmpq:
    """Return a number of the language as an exact rational of FLINT."""
    return fmpq(int(value.p), int(value.q))


def narrowed(domain: Domain, operator: str, value: Number, upper: bool) -> Domain | None:
    """Return the points of a domain that are ``<`` or ``<=`` a number (``upper``), or above it.

    ``None`` when there are none.
    """
    end = domain.upper if upper else domain.lower
    is_open = domain.upper_open if upper else domain.lower_open
    if end is not None and ((end < value) if upper else (value < end)):
        return domain
    strict = operator == "<" or (end is not None and end == value and is_open)
    try:
        if upper:
            return replace(domain, upper=value, upper_open=strict)
        return replace(domain, lower=value, lower_open=strict)
    except InputError:
        return None


@dataclass(frozen=True)
class Sequent:
    """Variables, hypotheses (none of them a conjunction) and a goal."""

    variables: tuple[Variable, ...]
    hypotheses: tuple[Formula, ...]
    goal: Formula

    @staticmethod
    def of(statement: Statement) -> Sequent:
        """Return the sequent that is valid if and only if the statement holds."""
        empty = Sequent(statement.variables, (), normal(statement.conclusion))
        return empty.assuming(*statement.hypotheses)

    @cached_property
    def symbols(self) -> dict[str, Symbol]:
        """The symbol of each variable, by name."""
        return {variable.name: variable.symbol for variable in self.variables}

    @cached_property
    def domains(self) -> dict[str, Domain]:
        """The domain of each variable, by name."""
        return {variable.name: variable.domain for variable in self.variables}

    @cached_property
    def facts(self) -> frozenset[Formula]:
        """The hypotheses, and that the terms of those that are relations are defined."""
        given = [h for h in self.hypotheses if isinstance(h, Relation)]
        return frozenset(self.hypotheses).union(c for h in given for c in defined(h))

    def assuming(self, *formulas: Formula) -> Sequent:
        """Add hypotheses at the end; conjunctions are taken apart, repetitions left out."""
        found = dict.fromkeys(self.hypotheses)
        for formula in map(normal, formulas):
            parts = formula.parts if isinstance(formula, And) else (formula,)
            found.update(dict.fromkeys(parts))
        return replace(self, hypotheses=tuple(found))

    def proving(self, goal: Formula) -> Sequent:
        """Return the sequent with another goal."""
        return replace(self, goal=normal(goal))

    def keeping(self, wanted: Callable[[int, Formula], bool]) -> Sequent:
        """Drop hypotheses."""
        kept = tuple(h for i, h in enumerate(self.hypotheses) if wanted(i, h))
        return replace(self, hypotheses=kept)

    def free_of(self, symbol: Symbol) -> Sequent:
        """Drop the hypotheses that mention a variable."""
        return self.keeping(lambda _, h: not mentions(h, symbol))

    def with_domain(self, name: str, domain: Domain) -> Sequent:
        """Change the domain of a variable."""
        return replace(
            self,
            variables=tuple(Variable(name, domain) if v.name == name else v for v in self.variables),
        )

    def with_variable(self, name: str, domain: Domain) -> Sequent:
        """Declare a fresh variable; raises RejectedError if the name is taken."""
        if name in self.symbols:
            raise RejectedError(f"the name {name!r} is taken")
        return replace(self, variables=(*self.variables, Variable(name, domain)))

    def without_variable(self, name: str) -> Sequent:
        """Remove the declaration of a variable that occurs nowhere."""
        symbol = self.symbols[name]
        if any(mentions(formula, symbol) for formula in (*self.hypotheses, self.goal)):
            raise RejectedError(f"the variable {name!r} still occurs")
        return replace(self, variables=tuple(v for v in self.variables if v.name != name))

    def mapped(self, change: Callable[[Term], Term]) -> Sequent:
        """Change every term; the order and number of hypotheses stay."""
        hypotheses = tuple(map_terms(h, change) for h in self.hypotheses)
        return replace(self, hypotheses=hypotheses, goal=map_terms(self.goal, change))

    def __str__(self) -> str:
        declared = ", ".join(f"{v.name} in {v.domain}" for v in self.variables)
        given = "; ".join(map(formula_text, self.hypotheses))
        return f"{declared} | {given} |- {formula_text(self.goal)}"


def mentions(formula: Formula, symbol: Symbol) -> bool:
    """Tell whether a variable occurs in a formula."""
    return any(symbol in t.symbols_of(term) for term in terms(formula))


def defined(formula: Formula) -> tuple[Formula, ...]:
    """Return conditions under which every term of a formula is defined, each once."""
    return tuple(dict.fromkeys(c for term in terms(formula) for c in definedness(term)))


def rebuilt(term: Term, change: Callable[[Term], Term | None]) -> Term:
    """Replace subterms, outermost first, so that value *and definedness* follow the replacement.

    ``change`` returns the new subterm or None. If every replacement has the value of what it replaces
    (at the points considered, both being defined there), the result is defined where the term is, with
    the same value. The builders read a power by its exponent, and a real exponent asks for a base > 0,
    or >= 0 where it is positive, which an integer does not: ``x^y`` with 2 for y becomes
    ``x^2 + 0*sqrt(x)``, with -2 ``x^-2 + 0*log(x)``. A natural exponent must stay natural.
    """
    done: dict[Term, Term] = {}  # Terms share their parts: each is rebuilt once.

    def go(part: Term) -> Term:
        if part not in done:
            done[part] = _rebuilt(part, change(part), go)
        return done[part]

    return go(term)


def _rebuilt(term: Term, found: Term | None, go: Callable[[Term], Term]) -> Term:
    if found is not None:
        return found
    node = t.operation(term)
    if node.operator in ("number", "variable"):
        return term
    literal = node.operator in ("power", "ratpower", "lambertw")
    old = node.arguments[:1] if literal else node.arguments
    new = tuple(map(go, old))
    if all(a is b or a == b for a, b in zip(old, new, strict=True)):
        return term
    if literal:
        new = (*new, node.arguments[1])
    try:
        return _built(node.operator, new)
    except InputError as error:
        raise RejectedError(str(error)) from None


def _built(operator: str, arguments: tuple[Term, ...]) -> Term:
    match operator:
        case "lambertw":
            return t.lambertw(arguments[0], int(t.literal(arguments[1])))
        case "power" | "ratpower" | "natpower":
            if operator == "natpower" and not t.is_natural(arguments[1]):
                raise RejectedError(f"the exponent {arguments[1]} would not be natural")
            return t.power(*arguments)
        case "realpower":
            base, exponent = arguments
            found = t.power(base, exponent)
            if found.operator in ("realpower", "ratpower", "sqrt"):
                return found
            if not isinstance(exponent, Number):
                raise RejectedError(f"the exponent {exponent} would become natural")
            guard = t.sqrt(base) if exponent.value > 0 else t.log(base)
            return t.add(found, t.mul(t.number(0), guard))
    if operator in t.FUNCTIONS:
        return t.function(operator, *arguments)
    return _BUILDERS[operator](*arguments)


_BUILDERS: dict[str, Callable[..., Term]] = {
    "add": t.add, "mul": t.mul, "neg": t.neg, "div": t.div, "exp": t.exp, "log": t.log,
    "sqrt": t.sqrt, "abs": t.absolute, "min": t.minimum, "max": t.maximum,
}  # fmt: skip


def substituted(term: Term, values: Mapping[Symbol, Term]) -> Term:
    """Replace variables by terms of the same value; see `rebuilt`."""
    return rebuilt(term, lambda part: values.get(part) if isinstance(part, Symbol) else None)


def conditions(*formulas: Iterable[Formula]) -> tuple[Formula, ...]:
    """Join conditions, each once."""
    return tuple(dict.fromkeys(formula for group in formulas for formula in group))
