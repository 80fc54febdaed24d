"""The SMT-LIB printer: one golden text per operator, and what the texts mean to the solvers."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srverify.emit.smtlib import Encoder, literal, statement_to_smtlib
from srverify.engines.lemmas import templates
from srverify.engines.lemmas.templates import Instance
from srverify.engines.smt_solvers import ask_cvc5, ask_z3
from srverify.language.errors import UnsupportedError
from srverify.language.normal_form import normal
from srverify.language.parser import parse_term
from srverify.language.statement import Statement
from srverify.language.term import FUNCTIONS
from srverify.language.term import OPERATORS as ALL

GOLDEN = Path(__file__).parent / "golden" / "smtlib"

#: Operator to a statement whose text shows its encoding.
SHOWN = {
    "number": Statement.parse("x <= -3/4"),
    "variable": Statement.parse("x <= κ", variables={"x": "natural [1, 5]", "κ": "[0, 2)"}),
    "add": Statement.parse("x + y + 1 = 0"),
    "mul": Statement.parse("x*y*2 < 0"),
    "neg": Statement.parse("-x <= 0"),
    "div": Statement.parse("(x + 1)/y <= 0", ["y != 0"]),
    "power": Statement.parse("x^3 + x^(-2) + x^0 <= 0"),
    "natpower": Statement.parse("x^n <= 1", variables={"x": "[0, 1]", "n": "natural"}),
    "ratpower": Statement.parse("x^(2/3) + x^(-1/3) <= 1"),
    "realpower": Statement.parse("x^y <= 1"),
    "exp": Statement.parse("exp(x - y) <= exp(2) + exp(0)"),
    "log": Statement.parse("log(x/y) <= log(2)"),
    "sqrt": Statement.parse("sqrt(x + 1) <= 1"),
    "abs": Statement.parse("abs(x) <= 1"),
    "min": Statement.parse("min(x, y, 3) <= 1"),
    "max": Statement.parse("max(x, y) <= 1"),
    "lambertw": Statement.parse("LambertW(x, 0) <= LambertW(x, -1)"),
    "sin": Statement.parse("sin(x) + cos(2*x) <= tan(x)"),
    "asin": Statement.parse("asin(x) <= pi/2 - acos(x)"),
    "tanh": Statement.parse("tanh(x) <= asinh(x)"),
}
#: The functions that are known through lemmas or written out; the others are refused by name.
TOLD = {"sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh"}
UNTOLD = sorted(set(FUNCTIONS) - TOLD)

OPERATORS = [operator for operator in ALL if operator in SHOWN or operator not in FUNCTIONS]


@pytest.mark.parametrize("name", UNTOLD)
def test_functions_without_lemmas_are_refused_by_name(name: str) -> None:
    with pytest.raises(UnsupportedError, match=f"told nothing about {name}"):
        statement_to_smtlib(Statement.parse(f"{name}(x) <= 1"))


@pytest.mark.parametrize("name", sorted(TOLD))
@pytest.mark.parametrize("at", ["x", "0", "1/2", "1", "-1", "3"])
def test_the_other_functions_are_written_at_any_argument(name: str, at: str) -> None:
    text = statement_to_smtlib(Statement.parse(f"x <= 1 + {name}({at})"))
    assert f"({name} " not in text, "no solver's own symbol"
    assert ask_z3(text, 5, 0).result in ("sat", "unsat")


@pytest.mark.parametrize("operator", OPERATORS)
def test_golden_text_of_every_operator(operator: str) -> None:
    statement = SHOWN[operator]
    assert operator in statement.operators
    expected = (GOLDEN / f"{operator}.smt2").read_text()
    assert statement_to_smtlib(statement) == expected


def test_connectives_are_resolved_before_printing() -> None:
    text = statement_to_smtlib(Statement.parse("not (x < 1 and y = 2) or (x = 0 implies y <= 1)"))
    expected = (
        "(assert (not (or (<= 1.0 x) (or (< y 2.0) (< 2.0 y)) (or (< x 0.0) (< 0.0 x)) (<= y 1.0))))"
    )
    assert expected.replace("(or (< y 2.0) (< 2.0 y)) (or (< x 0.0) (< 0.0 x))",
                            "(< y 2.0) (< 2.0 y) (< x 0.0) (< 0.0 x)") in text  # fmt: skip


@pytest.mark.parametrize("operator", OPERATORS)
@pytest.mark.parametrize("naturals", ["int", "real"])
def test_both_solvers_read_every_text(operator: str, naturals: str) -> None:
    text = statement_to_smtlib(SHOWN[operator], naturals)
    for ask in (ask_z3, ask_cvc5):
        assert ask(text, 2, 0).result in ("sat", "unsat", "unknown")


def test_relaxed_text_has_no_integers() -> None:
    statement = SHOWN["variable"]
    assert "Int" in statement_to_smtlib(statement)
    assert "Int" not in statement_to_smtlib(statement, "real").replace("QF_NIRA", "")


def test_names_that_solvers_own_are_replaced() -> None:
    statement = Statement.parse("select + cos + x' + sin >= 0", ["select >= 0", "cos >= 0", "x' >= 0"])
    encoder = Encoder(statement.with_conclusion(Statement.parse("select >= 0").conclusion))
    assert set(encoder.symbols) == {"select", "cos", "x'", "sin"}
    assert all("!" in symbol for symbol in encoder.symbols.values())
    assert ask_z3(encoder.text, 2, 0).result == ask_cvc5(encoder.text, 2, 0).result == "unsat"


def test_huge_powers_are_refused_by_name() -> None:
    with pytest.raises(UnsupportedError, match=r"powers up to 64, not x\^"):
        statement_to_smtlib(Statement.parse("x^1000 >= 0"))


def test_instances_carry_their_guards() -> None:
    statement = Statement.parse("log(x/y) <= x/y - 1", ["x > 0"])
    encoder = Encoder(statement)
    put = Instance(templates.log_below_line(), {"t": parse_term("x/y", {"x": "real", "y": "real"})})
    assert encoder.add(put)
    assert not encoder.add(put)
    lemma = next(line for line in encoder.text.splitlines() if line.startswith("(assert (=> (and (or"))
    # Only where the argument is defined and the logarithm is.
    assert lemma.startswith("(assert (=> (and (or (< y 0.0) (< 0.0 y)) (< 0.0 div!1))")
    assert "; lemma " not in encoder.text_with([])
    assert encoder.text_with([0]) == encoder.text


@given(st.fractions())
def test_literals_are_exact(value: Fraction) -> None:
    symbol = literal(value).replace("(", "").replace(")", "").split()
    sign = -1 if symbol[0] == "-" else 1
    numbers = [Fraction(part) for part in symbol if part not in ("-", "/")]
    assert sign * numbers[0] / (numbers[1] if len(numbers) > 1 else 1) == value


SAME = [
    ("x*(y + 1)", "x + y*x"),
    ("(x + 1)^2", "1 + 2*x + x*x"),
    ("x/2 - x/3", "x/6"),
    ("exp(x + y)", "exp(y + x)"),
    ("-(x - y)", "y - x"),
]
DIFFERENT = [("x", "y"), ("x^2", "x^3"), ("exp(x)", "log(x)"), ("1/(x + y)", "1/x + 1/y"), ("x", "2*x")]


@pytest.mark.parametrize(("left", "right"), SAME)
def test_normal_forms_identify(left: str, right: str) -> None:
    assert normal(parse_term(left)).key == normal(parse_term(right)).key


@pytest.mark.parametrize(("left", "right"), DIFFERENT)
def test_normal_forms_distinguish(left: str, right: str) -> None:
    assert normal(parse_term(left)).key != normal(parse_term(right)).key


@pytest.mark.parametrize("statement", SHOWN.values())
def test_normal_forms_are_stable(statement: Statement) -> None:
    from srverify.language.formula import terms

    for term in terms(statement.conclusion):
        assert normal(normal(term).term).key == normal(term).key


def test_a_divisor_that_is_zero_stays_a_divisor() -> None:
    form = normal(parse_term("1/(x - x)"))
    assert form.constant is None
    text = statement_to_smtlib(Statement.parse("1/(x - x) = 1/(x - x)"))
    assert ask_z3(text, 2, 0).result == "sat"


@pytest.mark.parametrize("exponent", ["1/1999999999999", "1999999999999/7"])
def test_roots_of_a_large_degree_are_exponentials(exponent: str) -> None:
    text = statement_to_smtlib(Statement.parse(f"x^({exponent}) <= 2", ["x > 0"]))
    assert "exp" in text
    assert len(text) < 2000
