"""SMT-LIB as users of other solvers write it: levels, sorts, names, and dReal's numbers and bounds."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
import z3
from hypothesis import given
from hypothesis import strategies as st

from srverify.commands.answers import value_text
from srverify.commands.cli import run
from srverify.language.errors import InputError, UnsupportedError
from srverify.language.parser import formula_text
from srverify.language.smtlib.question import Question
from srverify.language.smtlib.reader import read_smtlib


def only(text: str) -> Question:
    [question] = read_smtlib(text)
    return question


def asserted(text: str) -> list[str]:
    return only(f"(declare-const x Real)(assert {text})(check-sat)").model_statement.to_dict()["given"]


@pytest.mark.parametrize(
    ("number", "value"),
    [
        ("-10", "-10"),
        ("-1.5", "-3/2"),
        ("1e3", "1000"),
        ("-2.5E-1", "-1/4"),
        ("0x1.8p1", "3"),
        ("-0x.8", "-1/2"),
        ("0xA.", "10"),
        ("7.", "7"),
        ("(- 3)", "-3"),
    ],
)
def test_numbers_are_exact(number: str, value: str) -> None:
    [read] = asserted(f"(< x {number})")
    assert Fraction(read.partition("<")[2].strip()) == Fraction(value)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_hexadecimal_numbers_are_what_python_writes(value: float) -> None:
    if abs(value) > 2.0**900 or 0 < abs(value) < 2.0**-900:
        return
    [read] = asserted(f"(< x {value.hex()})")
    assert Fraction(read.partition("<")[2].strip()) == Fraction(value)


def test_a_declared_symbol_is_no_number() -> None:
    question = only("(declare-const |-1| Real)(assert (< |-1| 0))(check-sat)")
    assert len(question.variables) == 1


def test_levels() -> None:
    script = """
      (declare-const x Real)(assert (< 0 x))
      (push)(declare-const y Real)(assert (< x y))(check-sat)(pop)
      (push 2)(declare-const y Real)(assert (< x 1))(check-sat)(pop 2)
      (check-sat)
    """
    first, second, third = read_smtlib(script)
    assert [len(q.variables) for q in (first, second, third)] == [2, 2, 1]
    assert [len(q.assertions) for q in (first, second, third)] == [2, 2, 1]


def test_assumptions_do_not_stay() -> None:
    script = """
      (declare-const p Bool)(declare-const x Real)
      (check-sat-assuming (p (not (= x 0))))(check-sat)
    """
    first, second = read_smtlib(script)
    assert len(first.assertions) == 2
    assert not second.assertions


def test_constants_and_named_terms() -> None:
    question = only(
        """(declare-const x Real)(define-const two Real 2)
        (assert (! (< x two) :named small))(assert (=> small (< 0 x)))(check-sat)"""
    )
    assert question.model_statement.to_dict()["given"] == ["x < 2", "2 <= x or 0 < x"]


def test_bounds_of_declarations() -> None:
    question = only("(declare-fun x () Real [-50, 2.5])(declare-const y Real [0, inf])(check-sat)")
    assert question.model_statement.to_dict()["given"] == ["-50 <= x", "x <= 5/2", "0 <= y"]


def test_bounds_last_as_long_as_their_declaration() -> None:
    script = "(push)(declare-const x Real [0, 1])(assert (< x 2))(pop)(declare-const y Real)(check-sat)"
    assert only(script).assertions == ()
    declared = only(f"(set-option :global-declarations true){script}(assert (< y x))(reset-assertions)")
    assert declared.model_statement.to_dict()["given"] == ["0 <= x", "x <= 1"]
    anew = "(push)(declare-const x Real [0, 1])(pop)(declare-const x Real)(assert (< x 3))(check-sat)"
    assert only(anew).model_statement.to_dict()["given"] == ["x < 3"]


def test_integers_are_natural_or_differences_of_naturals() -> None:
    question = only(
        "(declare-const n Int)(declare-const m Int)(assert (>= n 3))(assert (< m n))(check-sat)"
    )
    names = {variable.name: variable.domain.natural for variable in question.variables}
    assert names == {"n": True, "m_above": True, "m_below": True}
    assert question.model({"n": "3", "m_above": "1", "m_below": "4"}) == {"n": "3", "m": "-3"}


def test_truth_values_come_back_as_such() -> None:
    question = only("(declare-const p Bool)(assert (not p))(check-sat)")
    assert question.model({"p": "0"}) == {"p": "false"}


@pytest.mark.parametrize(
    ("script", "answers"),
    [
        ("(declare-const p Bool)(assert p)(assert (not p))(check-sat)", ["unsat"]),
        ("(declare-const p Bool)(declare-const q Bool)(assert (xor p q))(check-sat)", ["sat"]),
        ("(declare-const n Int [0, 5])(assert (= (* n n) 9))(check-sat)", ["sat"]),
        ("(declare-const n Int [0, 5])(assert (= (* n n) 8))(check-sat)", ["unsat"]),
        ("(declare-const n Int)(assert (< n 0))(assert (= (* n n) 4))(check-sat)", ["sat"]),
        (
            "(declare-const x Real [1, 2])(push)(assert (< x 1))(check-sat)(pop)(check-sat)",
            ["unsat", "sat"],
        ),
    ],
)
def test_answers_as_a_solver_gives_them(
    script: str, answers: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "s.smt2"
    file.write_text(script)
    assert run(["prove", "--file", str(file), "--answers", "--engine", "z3", "arb"]) == 0
    assert capsys.readouterr().out.split() == answers


def answers_to(script: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """Return what a script prints as a solver would."""
    file = folder / "s.smt2"
    file.write_text(script)
    assert run(["prove", "--file", str(file), "--answers", "--engine", "z3", "arb"]) == 0
    return capsys.readouterr().out


def test_models_values_and_echoes_as_a_solver_prints_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    script = """
    (echo "first")
    (declare-const |a b| Real) (declare-const n Int) (declare-const p Bool) (declare-const x Real)
    (assert (and p (= n (- 3)) (= (* 4 |a b|) (- 3))))
    (push) (assert (> x 0)) (assert (= (* x x) 2)) (check-sat) (get-model) (get-value (n |a b|)) (pop)
    (echo "again")
    (assert (not p)) (check-sat) (get-model) (echo "over")
    """
    assert answers_to(script, tmp_path, capsys).splitlines() == [
        '"first"',
        "sat",
        "(",
        "  (define-fun |a b| () Real (- (/ 3.0 4.0)))",
        "  (define-fun n () Int (- 3))",
        "  (define-fun p () Bool true)",
        "  (define-fun x () Real (root-obj (+ (^ x 2) (- 2)) 2))",
        ")",
        "((n (- 3)) (|a b| (- (/ 3.0 4.0))))",
        '"again"',
        "unsat",
        '(error "there is no model")',
        '"over"',
    ]


def test_a_printed_model_satisfies_the_script(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    script = """(declare-const x Real) (declare-const y Real) (declare-const k Int)
    (assert (< (+ (* x x) (* y y)) 1)) (assert (> (+ x y) 1.4)) (assert (= (* k k) 49)) (assert (< k 0))
    """
    out = answers_to(f"{script}(check-sat)(get-model)", tmp_path, capsys)
    first, model = out.split("\n", 1)
    assert first == "sat"
    definitions = "\n".join(line for line in model.splitlines() if "define-fun" in line)
    for name in ("x", "y", "k"):
        definitions = definitions.replace(f"define-fun {name} ", f"define-fun {name}_is ")
    solver = z3.Solver()
    equal = " ".join(f"(= {name} {name}_is)" for name in ("x", "y", "k"))
    solver.from_string(f"{definitions}\n{script}(assert (and {equal}))")
    assert solver.check() == z3.sat


@pytest.mark.parametrize(
    ("value", "sort", "text"),
    [
        ("log(2)/3", "Real", "(* (log 2.0) (/ 1.0 3.0))"),
        ("log(2)/sin(1)", "Real", "(/ (log 2.0) (sin 1.0))"),
        ("-exp(-1)", "Real", "(- (exp (- 1.0)))"),
        ("atan(2) + sqrt(2)", "Real", "(+ (arctan 2.0) (sqrt 2.0))"),
        ("5", "Real", "5.0"),
        ("0", "Int", "0"),
        (None, "Real", "0.0"),
    ],
)
def test_values_have_a_form_that_solvers_read(value: str | None, sort: str, text: str) -> None:
    assert value_text(value, sort) == text


def test_a_value_without_a_form_is_told_by_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(UnsupportedError, match="has no name for erf in erf"):
        value_text("erf(2)", "Real")
    script = "(declare-const x Real)(assert (= x 1))(check-sat)(get-value ((/ 1 (- x 1))))"
    assert '(error "the value of (/ 1 (- x 1)) is not known")' in answers_to(script, tmp_path, capsys)


@pytest.mark.parametrize(
    ("script", "message"),
    [
        ("(pop)(check-sat)", "line 1, column 1: pop without push"),
        ("(push x)(check-sat)", "small number of levels"),
        ("(declare-const x Real [1 2])(check-sat)", "write the bounds as"),
        ("(declare-const x Real [1, y])(check-sat)", "'y' is not declared"),
        ("(declare-const p Bool [0, 1])(check-sat)", "a truth value has no bounds"),
        ("(declare-const x Real)(assert (< x 1e99999))(check-sat)", "an exponent beyond"),
        ("(declare-const x Real)(assert (< x 1e9999999))(check-sat)", "an exponent beyond"),
        ("(declare-const x Real)(minimize x)(check-sat)", "'minimize' is not supported"),
        ("(declare-const x Real)(assert (! (< x 1) :named x))(check-sat)", "'x' is declared twice"),
        (
            "(declare-const x Real)(assert (let ((y 1.0)) (! (> x y) :named a)))(check-sat)",
            "a term with 'y', which let binds, cannot be named",
        ),
        (
            "(declare-const x Real)(assert (let ((x 1.0)) (and (! (> x 0.0) :named a))))(check-sat)",
            "a term with 'x', which let binds, cannot be named",
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_place(script: str, message: str) -> None:
    with pytest.raises(InputError, match="line 1") as caught:
        read_smtlib(script)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_answers_need_a_script(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["prove", "x <= x", "--answers"]) == 2
    assert "--answers goes with" in capsys.readouterr().err


def test_a_name_given_under_let_means_what_it_names() -> None:
    script = """(declare-const x Real)
        (assert (let ((y 1.0)) (and (> x y) (! (< x 2.0) :named a))))
        (assert (not a))
        (check-sat)"""
    (question,) = read_smtlib(script)
    assert [formula_text(assertion) for assertion in question.assertions] == ["1 < x", "x < 2", "2 <= x"]
