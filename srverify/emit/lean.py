"""Statements as Lean 4 propositions over Mathlib's real numbers.

Mathlib's functions are total too (``Real.log x`` for ``x < 0`` is ``log |x|``, ``x / 0`` is ``0``): the
printed proposition agrees with the statement wherever its terms are defined. The printed *negation*
asks for a point at which they are.
"""

from __future__ import annotations

from typing import ClassVar

from srverify.emit.infix import APPLICATION, ATOM, POWER, PRODUCT, FormulaPrinter, InfixPrinter, Text
from srverify.language import term as t
from srverify.language.errors import UnsupportedError
from srverify.language.formula import Relation
from srverify.language.functions import FUNCTIONS
from srverify.language.statement import Statement
from srverify.language.term import Number, Symbol, Term

_TAKEN = frozenset(
    """
    λ fun let in if then else match with end at from have show by do for theorem lemma def where open
    variable universe Type Prop Sort π Σ
    """.split()  # noqa: SIM905 - a word list reads better than quotes
)


def lean_name(name: str) -> str:
    """Return the Lean identifier of a variable."""
    return f"«{name}»" if name in _TAKEN else name


class LeanTerms(InfixPrinter):
    """Terms of type ℝ."""

    def walk_number(self, value: Number) -> Text:
        if value.is_integer:
            return (str(value), ATOM) if value >= 0 else (f"(-{-value})", ATOM)
        # The ascription keeps 1 / 2 from being a quotient of natural numbers.
        return f"({value.p} / {value.q} : ℝ)", ATOM

    def walk_variable(self, symbol: Symbol) -> Text:
        name = lean_name(symbol.name)
        return (f"({name} : ℝ)", ATOM) if symbol.natural else (name, ATOM)

    def walk_div(self, left: Term, right: Term) -> Text:
        return f"{self.at(left, PRODUCT)} / {self.at(right, POWER)}", PRODUCT

    def _raised(self, base: Term, exponent: str) -> Text:
        return f"{self._real(base, APPLICATION)} ^ {exponent}", POWER

    def _real(self, term: Term, level: int) -> str:
        """Print an argument whose own type would otherwise be read off its literals."""
        if isinstance(term, Number) and term.is_integer:
            return f"({term} : ℝ)"
        return self.at(term, level)

    def walk_power(self, base: Term, exponent: Number) -> Text:
        text, level = self._raised(base, str(abs(int(exponent))))
        return (text, level) if exponent > 0 else (f"({text})⁻¹", ATOM)

    def walk_natpower(self, base: Term, exponent: Term) -> Text:
        return self._raised(base, _NAT.at(exponent, ATOM))

    def walk_ratpower(self, base: Term, exponent: Number) -> Text:
        return self._raised(base, f"({exponent.p} / {exponent.q} : ℝ)")

    def walk_realpower(self, base: Term, exponent: Term) -> Text:
        return self._raised(base, f"({self.at(exponent, 0)} : ℝ)")

    def _apply(self, function: str, *terms: Term) -> Text:
        return f"{function} {' '.join(self.at(term, ATOM) for term in terms)}", APPLICATION

    def walk_exp(self, term: Term) -> Text:
        return self._apply("Real.exp", term)

    def walk_log(self, term: Term) -> Text:
        return self._apply("Real.log", term)

    def walk_sqrt(self, term: Term) -> Text:
        return self._apply("Real.sqrt", term)

    def walk_abs(self, term: Term) -> Text:
        return f"|{self.at(term, 0)}|", ATOM

    def walk_min(self, *terms: Term) -> Text:
        return self._nested("min", terms)

    def walk_max(self, *terms: Term) -> Text:
        return self._nested("max", terms)

    def _nested(self, function: str, terms: tuple[Term, ...]) -> Text:
        text = self._real(terms[-1], ATOM)
        for term in reversed(terms[:-1]):
            text = f"({function} {self._real(term, ATOM)} {text})"
        return text, ATOM

    def walk_lambertw(self, term: Term, branch: Number) -> Text:
        return self._apply("SRVerify.lambertW0" if branch == 0 else "SRVerify.lambertWm1", term)

    def walk_function(self, name: str, argument: Term) -> Text:
        if t.function(name, argument) is t.PI:
            return "Real.pi", ATOM
        known = FUNCTIONS[name].lean
        if known is None:
            raise UnsupportedError(f"Mathlib has no {name} that srverify knows")
        return self._apply(known, argument)


class _NatTerms(InfixPrinter):
    """Exponents of type ℕ."""

    def walk_number(self, value: Number) -> Text:
        return str(value), ATOM

    def walk_variable(self, symbol: Symbol) -> Text:
        return lean_name(symbol.name), ATOM

    def walk_natpower(self, base: Term, exponent: Term) -> Text:
        return f"{self.at(base, APPLICATION)} ^ {self.at(exponent, ATOM)}", POWER

    walk_power = walk_natpower


_NAT = _NatTerms()


class LeanFormulas(FormulaPrinter):
    """Formulas of type Prop."""

    relations: ClassVar[dict[str, str]] = {"=": " = ", "<=": " ≤ ", "<": " < "}
    conjunction: ClassVar[str] = " ∧ "
    disjunction: ClassVar[str] = " ∨ "
    implication: ClassVar[str] = " → "
    negation: ClassVar[str] = "¬"
    true: ClassVar[str] = "True"
    false: ClassVar[str] = "False"

    def __init__(self) -> None:
        self.terms = LeanTerms()

    def relation(self, relation: Relation) -> str:
        """Print one relation, of real numbers even where it has no variable."""
        if t.symbols_of(relation.left) | t.symbols_of(relation.right):
            return super().relation(relation)
        # Without a variable nothing says that the literals are real.
        left = f"({self.terms.at(relation.left, 0)} : ℝ)"
        return f"{left}{self.relations[relation.operator]}{self.terms.at(relation.right, 0)}"


def statement_to_lean(statement: Statement) -> str:
    """Print the proposition of a statement.

    >>> print(statement_to_lean(Statement.parse("log(x) <= x - 1", (), {"x": "(0, oo)"})))
    ∀ (x : ℝ), 0 < x → Real.log x ≤ x - 1
    """
    formulas = LeanFormulas()
    body = formulas.chain((*statement.bounds, *statement.hypotheses), statement.conclusion)
    if not statement.variables:
        return body
    groups: list[tuple[str, list[str]]] = []
    for v in statement.variables:
        kind = "ℕ" if v.domain.natural else "ℝ"
        if not groups or groups[-1][0] != kind:
            groups.append((kind, []))
        groups[-1][1].append(lean_name(v.name))
    binders = " ".join(f"({' '.join(names)} : {kind})" for kind, names in groups)
    return f"∀ {binders}, {body}"


def negation_to_lean(statement: Statement) -> str:
    """Print the negation of a statement: some point at which all its terms are defined breaks it.

    >>> print(negation_to_lean(Statement.parse("log(x) < x - 1", (), {"x": "real"})))
    ¬ (∀ (x : ℝ), 0 < x → Real.log x < x - 1)
    """
    return f"¬ ({statement_to_lean(statement.guarded)})"


def statement_to_lean_file(statement: Statement, name: str = "claim", negated: bool = False) -> str:
    """Print a Lean file that states the proposition, or its negation, with the proof left open."""
    imports = "import SRVerify.Defs" if "lambertw" in statement.operators else "import Mathlib"
    body = negation_to_lean(statement) if negated else statement_to_lean(statement)
    return f"{imports}\n\ntheorem {name} :\n    {body} := by\n  sorry\n"
