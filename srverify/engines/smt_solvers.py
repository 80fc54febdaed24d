"""Ask z3 or cvc5 about one SMT-LIB 2 text, and read the model back as rationals."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias

#: Digits to which an algebraic number of a model is approximated.
APPROXIMATION_DIGITS = 40


@dataclass(frozen=True)
class Answer:
    """What a solver said.

    Parameters
    ----------
    result
        ``sat``, ``unsat`` or ``unknown``.
    model
        Symbol to value; an irrational algebraic value is approximated.
    irrational
        The symbols whose value is an approximation.
    reason
        The solver's own explanation of ``unknown``.
    """

    result: str
    model: Mapping[str, Fraction] = field(default_factory=dict)
    irrational: frozenset[str] = frozenset()
    reason: str = ""


Ask: TypeAlias = Callable[[str, float, int], Answer]


@dataclass(frozen=True)
class Solver:
    """A solver: how to ask it (text, seconds, seed), and the options that go with a question."""

    ask: Ask
    options: Callable[[float, int], dict[str, str]]


def z3_options(seconds: float, seed: int) -> dict[str, str]:
    """Return the options that every z3 run is given."""
    return {"timeout": str(max(1, int(seconds * 1000))), "random_seed": str(seed % (1 << 31))}


def ask_z3(text: str, seconds: float, seed: int) -> Answer:
    """Check a text with z3 within a time limit that z3 may overrun."""
    import z3

    context = z3.Context()
    logic = re.search(r"\(set-logic (\w+)\)", text)
    # The named logic selects z3's tactic; for QF_NRA that is its complete decision procedure.
    solver = z3.SolverFor(logic.group(1), ctx=context) if logic else z3.Solver(ctx=context)
    for name, value in z3_options(seconds, seed).items():
        solver.set(name, int(value))
    solver.from_string(text)
    result = str(solver.check())
    if result == "unknown":
        return Answer(result, reason=solver.reason_unknown())
    if result == "unsat":
        return Answer(result)
    model = solver.model()
    values: dict[str, Fraction] = {}
    irrational = set()
    for declaration in model.decls():
        value = model[declaration]
        if z3.is_algebraic_value(value):
            irrational.add(declaration.name())
            value = value.approx(APPROXIMATION_DIGITS)
        if z3.is_rational_value(value) or z3.is_int_value(value):
            # Numeral of a rational or an integer, in z3's notation "p/q".
            values[declaration.name()] = Fraction(value.as_string())
    return Answer(result, values, frozenset(irrational))


def ask_cvc5(text: str, seconds: float, seed: int) -> Answer:
    """Check a text with cvc5; ``tlimit-per`` binds the API where ``tlimit`` does not."""
    import cvc5

    manager = cvc5.TermManager()
    solver = cvc5.Solver(manager)
    for name, value in cvc5_options(seconds, seed).items():
        solver.setOption(name, value)
    parser = cvc5.InputParser(solver)
    # Checked through the API: only there is the reason of an "unknown" to be had.
    declarations = text.removesuffix("(check-sat)\n")
    parser.setStringInput(cvc5.InputLanguage.SMT_LIB_2_6, declarations, "statement")
    symbols = parser.getSymbolManager()
    while not (command := parser.nextCommand()).isNull():
        command.invoke(solver, symbols)
    checked = solver.checkSat()
    if checked.isUnsat():
        return Answer("unsat")
    if not checked.isSat():
        explanation = str(checked.getUnknownExplanation())
        return Answer("unknown", reason=explanation.removeprefix("UnknownExplanation.").lower())
    values: dict[str, Fraction] = {}
    irrational = set()
    for term in symbols.getDeclaredTerms():
        value = solver.getValue(term)
        if value.isRealAlgebraicNumber():
            irrational.add(str(term))
            values[str(term)] = _isolated(str(value))
        elif value.isRealValue() or value.isIntegerValue():
            values[str(term)] = Fraction(value.toPythonObj())
    return Answer("sat", values, frozenset(irrational))


def cvc5_options(seconds: float, seed: int) -> dict[str, str]:
    """Return the options that every cvc5 run is given."""
    return {
        "produce-models": "true",
        "tlimit-per": str(max(1, int(seconds * 1000))),
        "seed": str(seed % (1 << 31)),
        # The covering-based decision procedure for polynomials, complete like z3's.
        "nl-cov": "true",
    }


_ALGEBRAIC = re.compile(r"<(?P<polynomial>.+), \((?P<low>[^,]+), (?P<high>[^)]+)\)>")


def _isolated(text: str) -> Fraction:
    """Approximate ``(_ real_algebraic_number <1*x^2 + (-2), (5/4, 3/2)>)`` by bisection."""
    from srverify.language.normal_form import normal
    from srverify.language.parser import parse_term

    match = _ALGEBRAIC.search(text)
    if match is None:
        raise ValueError(f"cannot read the algebraic number {text}")
    coefficients = {
        monomial[0][1] if monomial else 0: factor
        for monomial, factor in normal(parse_term(match["polynomial"])).parts
    }

    def sign(x: Fraction) -> int:
        value = sum(factor * x**exponent for exponent, factor in coefficients.items())
        return (value > 0) - (value < 0)

    low, high = Fraction(match["low"].replace(" ", "")), Fraction(match["high"].replace(" ", ""))
    at_low = sign(low)
    while high - low > Fraction(1, 10**APPROXIMATION_DIGITS):
        middle = (low + high) / 2
        if sign(middle) == at_low:
            low = middle
        else:
            high = middle
    return low


Z3 = Solver(ask_z3, z3_options)
CVC5 = Solver(ask_cvc5, cvc5_options)
