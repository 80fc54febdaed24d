"""Statements as Rocq propositions over the classical reals (``Reals`` and, for Lambert W, ours).

Rocq's functions are total: ``ln x`` for ``x <= 0``, ``sqrt x`` for ``x < 0`` and ``/ 0`` have values
without meaning. The printed proposition agrees with the statement wherever its terms are defined;
that they are defined is part of what the other engines prove, and an audit asks for it where none of
them proves the statement. The printed *negation* says so itself: it
asks for a point at which every term is defined.
"""

from __future__ import annotations

from typing import ClassVar

from srverify.emit.infix import (
    APPLICATION,
    ATOM,
    POWER,
    PRODUCT,
    SUM,
    FormulaPrinter,
    InfixPrinter,
    Text,
)
from srverify.language import term as t
from srverify.language.definedness import visibly_positive
from srverify.language.errors import UnsupportedError
from srverify.language.functions import FUNCTIONS
from srverify.language.statement import Statement
from srverify.language.term import Number, Symbol, Term

#: Names that Rocq or the Reals library already uses for something else.
_TAKEN = frozenset(
    """
    R N I C D E O S Q Z e exp ln sqrt sin cos tan asin acos atan sinh cosh tanh arcsinh PI INR IZR Rmin
    Rmax Rabs Rpower fact W0 Wm1 forall exists fun let in if then else match with end as at cofix fix
    for Prop Set SProp Type return where using
    """.split()  # noqa: SIM905 - a word list reads better than quotes
)


def rocq_name(name: str) -> str:
    """Return the Rocq identifier of a variable: the same name unless Rocq uses it already.

    Different names stay different: what only ends as a replacement does gets a replacement too.
    """
    return f"{name}_" if name.rstrip("_") in _TAKEN else name


class RocqTerms(InfixPrinter):
    """Terms of type R; ``positive`` are the symbols whose domain is positive."""

    def __init__(self, positive: frozenset[Symbol] = frozenset()) -> None:
        self._positive = positive

    def walk_number(self, value: Number) -> Text:
        if value.is_integer:
            return (str(value), ATOM) if value >= 0 else (f"(- {-value})", ATOM)
        if value < 0:
            return f"(- {-value.p} / {value.q})", ATOM
        return f"{value.p} / {value.q}", PRODUCT

    def walk_variable(self, symbol: Symbol) -> Text:
        name = rocq_name(symbol.name)
        return (f"INR {name}", APPLICATION) if symbol.natural else (name, ATOM)

    def walk_neg(self, term: Term) -> Text:
        return f"- {self.at(term, POWER)}", SUM

    def walk_div(self, left: Term, right: Term) -> Text:
        if left is t.ONE:
            return f"/ {self.at(right, POWER)}", PRODUCT
        return f"{self.at(left, PRODUCT)} / {self.at(right, POWER)}", PRODUCT

    def walk_power(self, base: Term, exponent: Number) -> Text:
        text = f"{self.at(base, APPLICATION)} ^ {abs(int(exponent))}"
        return (text, POWER) if exponent > 0 else (f"/ ({text})", PRODUCT)

    def walk_natpower(self, base: Term, exponent: Term) -> Text:
        shown = _NAT.at(exponent, ATOM)
        scoped = shown if t.operation(exponent).operator == "variable" else f"{shown}%nat"
        return f"{self.at(base, APPLICATION)} ^ {scoped}", POWER

    def walk_ratpower(self, base: Term, exponent: Number) -> Text:
        # Rpower 0 y is 1, not 0: use it only where the base is visibly positive.
        if visibly_positive(base, self._positive):
            return self._rpower(base, exponent)
        if exponent.q & (exponent.q - 1) == 0 and exponent > 0:
            root = self.at(base, ATOM)
            for _ in range(exponent.q.bit_length() - 1):
                root = f"(sqrt {root})"
            return (f"{root} ^ {exponent.p}", POWER) if exponent.p != 1 else (root, ATOM)
        if exponent > 0:
            return self._power_of_zero(base, exponent)
        raise UnsupportedError(
            f"Rocq's value at 0 of {base} to the {exponent} means nothing: give the base a positive"
            " domain"
        )

    def walk_realpower(self, base: Term, exponent: Term) -> Text:
        if visibly_positive(base, self._positive):
            return self._rpower(base, exponent)
        return self._power_of_zero(base, exponent)

    def _rpower(self, base: Term, exponent: Term) -> Text:
        return f"Rpower {self.at(base, ATOM)} {self.at(exponent, ATOM)}", APPLICATION

    def _power_of_zero(self, base: Term, exponent: Term) -> Text:
        """Print a power that is 0 at base 0, where Rpower is 1."""
        power, _ = self._rpower(base, exponent)
        return f"(if Rlt_dec 0 {self.at(base, ATOM)} then {power} else 0)", ATOM

    def _apply(self, function: str, *terms: Term) -> Text:
        return f"{function} {' '.join(self.at(term, ATOM) for term in terms)}", APPLICATION

    def walk_exp(self, term: Term) -> Text:
        return self._apply("exp", term)

    def walk_log(self, term: Term) -> Text:
        return self._apply("ln", term)

    def walk_sqrt(self, term: Term) -> Text:
        return self._apply("sqrt", term)

    def walk_abs(self, term: Term) -> Text:
        return self._apply("Rabs", term)

    def walk_min(self, *terms: Term) -> Text:
        return self._nested("Rmin", terms)

    def walk_max(self, *terms: Term) -> Text:
        return self._nested("Rmax", terms)

    def _nested(self, function: str, terms: tuple[Term, ...]) -> Text:
        text = self.at(terms[-1], ATOM)
        for term in reversed(terms[:-1]):
            text = f"({function} {self.at(term, ATOM)} {text})"
        return text, ATOM

    def walk_lambertw(self, term: Term, branch: Number) -> Text:
        return self._apply("W0" if branch == 0 else "Wm1", term)

    def walk_function(self, name: str, argument: Term) -> Text:
        if t.function(name, argument) is t.PI:
            return "PI", ATOM
        known = FUNCTIONS[name].rocq
        if known is None:
            raise UnsupportedError(f"Rocq's Reals have no {name}")
        return self._apply(known, argument)


class _NatTerms(InfixPrinter):
    """Exponents of type nat."""

    def walk_number(self, value: Number) -> Text:
        return str(value), ATOM

    def walk_variable(self, symbol: Symbol) -> Text:
        return rocq_name(symbol.name), ATOM

    def walk_natpower(self, base: Term, exponent: Term) -> Text:
        return f"{self.at(base, APPLICATION)} ^ {self.at(exponent, ATOM)}", POWER

    walk_power = walk_natpower


_NAT = _NatTerms()


class RocqFormulas(FormulaPrinter):
    """Formulas of type Prop."""

    conjunction: ClassVar[str] = " /\\ "
    disjunction: ClassVar[str] = " \\/ "
    implication: ClassVar[str] = " -> "
    negation: ClassVar[str] = "~ "
    true: ClassVar[str] = "True"
    false: ClassVar[str] = "False"

    def __init__(self, terms: RocqTerms) -> None:
        self.terms = terms


def statement_to_rocq(statement: Statement) -> str:
    """Print the proposition of a statement, in R_scope.

    Bounds of the domains come first (lower before upper, in order of declaration), then the
    hypotheses; natural variables are of type ``nat`` and enter through ``INR``.
    Raises UnsupportedError for a term that Rocq's total functions would change.

    >>> print(statement_to_rocq(Statement.parse("log(x) <= x - 1", (), {"x": "(0, oo)"})))
    forall x : R, 0 < x -> ln x <= x - 1
    """
    formulas = RocqFormulas(RocqTerms(statement.positive_symbols))
    body = formulas.chain((*statement.bounds, *statement.hypotheses), statement.conclusion)
    if not statement.variables:
        return body
    kinds = [("nat" if v.domain.natural else "R", rocq_name(v.name)) for v in statement.variables]
    if len({kind for kind, _ in kinds}) == 1:
        binders = f"{' '.join(name for _, name in kinds)} : {kinds[0][0]}"
    else:
        binders = " ".join(f"({name} : {kind})" for kind, name in kinds)
    return f"forall {binders}, {body}"


def negation_to_rocq(statement: Statement) -> str:
    """Print the negation of a statement, in R_scope: some point at which it is defined breaks it.

    Conditions under which all terms are defined come before the hypotheses, unless the domains plainly
    give them, so that no value without meaning refutes anything.

    >>> print(negation_to_rocq(Statement.parse("log(x) < x - 1", (), {"x": "real"})))
    ~ (forall x : R, 0 < x -> ln x < x - 1)
    """
    return f"~ ({statement_to_rocq(statement.guarded)})"


def uses_lambertw(statement: Statement) -> bool:
    """Tell whether the printed proposition needs the development's own Lambert W."""
    return "lambertw" in statement.operators


def statement_to_rocq_file(
    statement: Statement, name: str = "claim", proof: str | None = None, negated: bool = False
) -> str:
    """Print a file that states the proposition; without a proof it ends in a ``Goal`` left open.

    Parameters
    ----------
    name
        Identifier of the theorem.
    proof
        Name of a proved theorem with this statement; the file then closes by ``exact``, so that the
        kernel compares the two.
    negated
        State the negation.
    """
    imports = ["From Coq Require Import Reals."]
    if uses_lambertw(statement):
        imports.append("From SRVerify Require Import LambertW.")
    ending = f"Proof. exact {proof}. Qed." if proof else "Proof.\n  (* to be proved *)\nAbort."
    body = negation_to_rocq(statement) if negated else statement_to_rocq(statement)
    return "\n".join(
        [*imports, "Local Open Scope R_scope.", "", f"Theorem {name} :", f"  {body}.", ending, ""]
    )
