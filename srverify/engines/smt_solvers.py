"""Ask z3 or cvc5 about one SMT-LIB 2 text, and read the model back as rationals."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial
from time import monotonic
from typing import Any, TypeAlias

from srverify.numerics.clock import now
from srverify.numerics.reals import Real, Root, root_between

#: z3's name for the units that it counts.
_UNITS = "rlimit count"
#: A solver that had less than this part of its time on a processor ended early.
_STARVED = 0.9
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
    roots
        Symbol to value, exactly, for those whose value in ``model`` is an approximation.
    reason
        The solver's own explanation of ``unknown``.
    units
        What the answer took, in the solver's own units: the same on every machine, however busy.
    """

    result: str
    model: Mapping[str, Fraction] = field(default_factory=dict)
    roots: Mapping[str, Real] = field(default_factory=dict)
    reason: str = ""
    units: int = 0


#: Takes a text, seconds, a seed and a limit in the solver's units, 0 for none.
Ask: TypeAlias = Callable[[str, float, int, int], Answer]


@dataclass(frozen=True)
class Solver:
    """A solver: how to ask it, and the options that go with a question (seconds, seed).

    ``session`` makes a way to ask several questions that share what costs time to set up.
    """

    ask: Ask
    options: Callable[[float, int], dict[str, str]]
    session: Callable[[], Ask] | None = None

    def opened(self) -> Ask:
        """Return how to ask the questions about one statement."""
        return self.ask if self.session is None else self.session()


def z3_options(seconds: float, seed: int) -> dict[str, str]:
    """Return the options that every z3 run is given."""
    return {"timeout": str(max(1, int(seconds * 1000))), "random_seed": str(seed % (1 << 31))}


def z3_session() -> Ask:
    """Return a way to ask z3 that sets up its context once: that takes longer than most questions."""
    import z3

    return in_processor_time(partial(ask_z3, own=_Context(z3.Context())))


@dataclass
class _Context:
    """A context of z3, and the units that it has used so far."""

    context: Any
    units: int = 0


def in_processor_time(ask: Ask) -> Ask:
    """Return a way to ask a solver, which has the time on the wall only, under limits of processor time.

    A question that ended early because the processor was elsewhere is asked again, with as much time on
    the wall as it will take.
    """

    def patient(text: str, seconds: float, seed: int, units: int = 0) -> Answer:
        given, deadline = seconds, now() + seconds
        while True:
            begun, cpu = monotonic(), now()
            answer = ask(text, given, seed, units)
            passed, used = monotonic() - begun, now() - cpu
            late = answer.result == "unknown" and passed >= _STARVED * given
            if not late or used >= _STARVED * seconds or now() >= deadline:
                return answer
            given = 1.5 * seconds * passed / max(used, seconds / 1000)

    return patient


def ask_z3(text: str, seconds: float, seed: int, units: int = 0, own: _Context | None = None) -> Answer:
    """Check a text with z3 within a time limit, on the wall, that z3 may overrun."""
    import z3

    own = own or _Context(z3.Context())
    context, before = own.context, own.units
    logic = re.search(r"\(set-logic (\w+)\)", text)
    # The named logic selects z3's tactic; for QF_NRA that is its complete decision procedure.
    solver = z3.SolverFor(logic.group(1), ctx=context) if logic else z3.Solver(ctx=context)
    for name, value in z3_options(seconds, seed).items():
        solver.set(name, int(value))
    if units:
        solver.set("rlimit", units)
    solver.from_string(text)
    result = str(solver.check())
    own.units = _units_of(solver)
    used = own.units - before
    if result == "unknown":
        return Answer(result, reason=solver.reason_unknown(), units=used)
    if result == "unsat":
        return Answer(result, units=used)
    model = solver.model()
    values: dict[str, Fraction] = {}
    roots: dict[str, Real] = {}
    for declaration in model.decls():
        value = model[declaration]
        if z3.is_algebraic_value(value):
            coefficients = [Fraction(c.as_string()) for c in value.poly()]
            value = value.approx(APPROXIMATION_DIGITS)
            near, slack = Fraction(value.as_string()), Fraction(1, 10 ** (APPROXIMATION_DIGITS - 1))
            roots |= _root(declaration.name(), coefficients, near - slack, near + slack)
        if z3.is_rational_value(value) or z3.is_int_value(value):
            # Numeral of a rational or an integer, in z3's notation "p/q".
            values[declaration.name()] = Fraction(value.as_string())
    return Answer(result, values, roots, units=used)


def _units_of(solver: Any) -> int:
    """Return the units that a solver's context has used so far."""
    statistics = solver.statistics()
    return int(statistics.get_key_value(_UNITS)) if _UNITS in statistics.keys() else 0  # noqa: SIM118


def ask_cvc5(text: str, seconds: float, seed: int, units: int = 0) -> Answer:
    """Check a text with cvc5; ``tlimit-per`` binds the API where ``tlimit`` does not."""
    import cvc5

    manager = cvc5.TermManager()
    solver = cvc5.Solver(manager)
    native = "(set-logic" not in text
    for name, value in cvc5_options(seconds, seed).items():
        # The coverings refuse exp and sine.
        solver.setOption(name, "false" if native and name == "nl-cov" else value)
    if units:
        solver.setOption("rlimit-per", str(units))
    if native:
        solver.setLogic("ALL")
    parser = cvc5.InputParser(solver)
    # Checked through the API: only there is the reason of an "unknown" to be had.
    declarations = text.removesuffix("(check-sat)\n")
    parser.setStringInput(cvc5.InputLanguage.SMT_LIB_2_6, declarations, "statement")
    symbols = parser.getSymbolManager()
    while not (command := parser.nextCommand()).isNull():
        command.invoke(solver, symbols)
    checked = solver.checkSat()
    used = int(solver.getStatistics()["resource::resourceUnitsUsed"]["value"])
    if checked.isUnsat():
        return Answer("unsat", units=used)
    if not checked.isSat():
        explanation = str(checked.getUnknownExplanation())
        reason = explanation.removeprefix("UnknownExplanation.").lower()
        return Answer("unknown", reason=reason, units=used)
    values: dict[str, Fraction] = {}
    roots: dict[str, Real] = {}
    for term in symbols.getDeclaredTerms():
        value = solver.getValue(term)
        if value.isRealAlgebraicNumber():
            coefficients, low, high = _algebraic(str(value))
            found = _root(str(term), coefficients, low, high)
            roots |= found
            values[str(term)] = _approximated(found.get(str(term), (low + high) / 2))
        elif value.isRealValue() or value.isIntegerValue():
            values[str(term)] = Fraction(value.toPythonObj())
    return Answer("sat", values, roots, units=used)


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


def _algebraic(text: str) -> tuple[list[Fraction], Fraction, Fraction]:
    """Read ``(_ real_algebraic_number <1*x^2 + (-2), (5/4, 3/2)>)``: coefficients, ends."""
    from srverify.language.normal_form import normal
    from srverify.language.parser import parse_term

    match = _ALGEBRAIC.search(text)
    if match is None:
        raise ValueError(f"cannot read the algebraic number {text}")
    found = {
        monomial[0][1] if monomial else 0: factor
        for monomial, factor in normal(parse_term(match["polynomial"])).parts
    }
    coefficients = [found.get(degree, Fraction(0)) for degree in range(max(found, default=0) + 1)]
    low, high = (Fraction(match[end].replace(" ", "")) for end in ("low", "high"))
    return coefficients, low, high


def _root(name: str, coefficients: list[Fraction], low: Fraction, high: Fraction) -> dict[str, Real]:
    """Return a symbol's value as the only root in an interval, nothing if it is not."""
    from flint import fmpq, fmpq_poly

    from srverify.language.errors import InputError

    polynomial = fmpq_poly([fmpq(c.numerator, c.denominator) for c in coefficients])
    try:
        return {name: root_between(polynomial, low, high)}
    except InputError:
        return {}


def _approximated(value: Real) -> Fraction:
    if isinstance(value, Fraction):
        return value
    assert isinstance(value, Root)
    return value.enclosure(4 * APPROXIMATION_DIGITS)[0]


Z3 = Solver(ask_z3, z3_options, z3_session)
CVC5 = Solver(in_processor_time(ask_cvc5), cvc5_options)
