"""SMT-LIB scripts: functions of which nothing is known, and quotients by 0, which are such."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
import z3

from srverify.commands.answers import answered
from srverify.commands.cli import run
from srverify.language.errors import InputError
from srverify.language.parser import formula_text
from srverify.language.smtlib.question import Question
from srverify.language.smtlib.reader import read_smtlib
from srverify.language.smtlib.uninterpreted import DIVISION
from srverify.numerics.arb_eval import violates

HEADER = """(declare-const x Real)(declare-const y Real)(declare-const n Int)(declare-const p Bool)
(declare-fun f (Real) Real)(declare-fun g (Real Bool) Int)(declare-fun h (Int) Bool)"""


def ask(script: str) -> Question:
    (question,) = read_smtlib(f"{HEADER}{script}(check-sat)")
    return question


def given(question: Question) -> list[str]:
    return [formula_text(assertion) for assertion in question.assertions]


def test_equal_arguments_have_equal_values() -> None:
    question = ask("(assert (< (f x) (f (+ y 1))))(assert (= (f x) 3))")
    assert given(question) == [
        "x < y + 1 or y + 1 < x or application_1 = application_2",
        "application_1 < application_2",
        "application_1 = 3",
    ]
    assert set(question.sorts) == {"x", "y", "n", "p"}
    assert [function.name for function in question.functions] == ["f", "g", "h"]


def test_arguments_that_differ_plainly_are_not_compared() -> None:
    assert given(ask("(assert (< (f 1) (f 2)))")) == ["application_1 < application_2"]


def test_only_applications_in_force_are_compared() -> None:
    question = ask("(push)(assert (< (f x) 1))(pop)(assert (< (f y) 1))")
    assert given(question) == ["application_2 < 1"]


@pytest.mark.parametrize(
    ("script", "place", "message"),
    [
        ("(assert (< (f x y) 1))", "line 2, column 96", "takes 1 arguments, not 2"),
        ("(assert (< f 1))", "line 2, column 96", "'f' is a function: write (f ...)"),
        ("(assert (< (f p) 1))", "line 2, column 99", "expected a term (Real)"),
        ("(assert (h x))", "line 2, column 96", "expected an integer (Int)"),
        ("(assert (< (g x x) 1))", "line 2, column 101", "expected a formula (Bool)"),
        ("(declare-fun e (Real) Real [0, 1])", "line 2, column 107", "a function has no bounds"),
        ("(declare-fun e (String) Real)", "line 2, column 101", "String is not supported"),
        ("(declare-fun e Real Real)", "line 2, column 85", "write (declare-fun name (Real ...) Real)"),
        ("(declare-fun f (Real) Real)", "line 2, column 98", "'f' is declared twice"),
    ],
)
def test_what_is_refused_and_where(script: str, place: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        ask(script)
    assert str(caught.value).startswith(f"{place}: ")
    assert message in str(caught.value)


def test_the_number_of_pairs_and_of_applications_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    many = "".join(f"(assert (< (f (+ x {k})) 1))" for k in range(70))
    with pytest.raises(InputError, match=r"^line 2, column \d+: more than 2000 pairs of applications"):
        ask(many)
    assert ask("".join(f"(assert (< (f {k}) 1))" for k in range(70))).stand_ins
    monkeypatch.setattr("srverify.language.smtlib.integers.MAX_APPLICATIONS", 10)
    with pytest.raises(InputError, match=r"^line 2, column \d+: more than 10 values of uninterpreted"):
        ask(many)


def test_large_arguments_are_compared_by_constants_that_stand_for_them() -> None:
    large = f"(+ {' '.join(['(* x y)'] * 60)})"
    question = ask(f"(assert (< (f {large}) (f x)))(assert (< (f y) 1))")
    assert all(len(text) < 100 for text in given(question) if "application" in text)


# -- models ------------------------------------------------------------------------------------

SCRIPT = """(assert (= (f x) 2))(assert (= (g y p) (- 3)))(assert (h n))(assert (not (h 0)))(check-sat)
(get-model)(get-value ((f x) (f 1) (f (f x)) (g y true) (g y (h 7)) (h n) (h (+ n 1))))"""


def test_a_model_has_functions_by_cases() -> None:
    (question,) = read_smtlib(HEADER + SCRIPT)
    values = ("2", "-3", "1", "0")
    applied = {f"application_{i}": value for i, value in enumerate(values, 1)}
    model = {"x": "1/2", "y": "4", "n": "5", "p": "true"}
    lines = list(answered(question, "sat", model, applied=applied))
    f, g, h = lines[6:9]
    assert f == "  (define-fun f ((x!0 Real)) Real (ite (= x!0 (/ 1.0 2.0)) 2.0 0.0))"
    assert g == (
        "  (define-fun g ((x!0 Real) (x!1 Bool)) Int (ite (and (= x!0 4.0) (= x!1 true)) (- 3) 0))"
    )
    assert "(ite (= x!0 5) true" in h
    assert "(ite (= x!0 0) false" in h
    assert lines[-1] == (
        "(((f x) 2.0) ((f 1) 0.0) ((f (f x)) 0.0) ((g y true) (- 3)) ((g y (h 7)) 0) ((h n) true)"
        " ((h (+ n 1)) false))"
    )


def z3_answer(script: str) -> str:
    context = z3.Context()
    answer: str = z3.Z3_eval_smtlib2_string(context.ref(), script)
    return answer.strip()


def printed(script: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], *more: str) -> list[str]:
    (tmp_path / "s.smt2").write_text(script, encoding="utf-8")
    assert run(["prove", "--file", str(tmp_path / "s.smt2"), "--no-cache", *more]) == 0
    return capsys.readouterr().out.splitlines()


ASSERTIONS = [
    "(assert (< (f x) (f y)))(assert (< (f y) (f (+ x 1))))",
    "(assert (= (f (f x)) (+ x 1)))(assert (= (* x x) 2))",
    "(assert (= (g x (h n)) (- 2)))(assert (= (g x p) 5))(assert (not (h (g x p))))",
    "(assert (= (f (/ x y)) 1))(assert (= y 0))(assert (= (/ x y) (/ 3.0 0.0)))(assert (< (f 0) 0))",
]


@pytest.mark.parametrize("script", ASSERTIONS)
def test_z3_reads_models_with_functions(
    script: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = printed(f"{HEADER}{script}(check-sat)(get-model)", tmp_path, capsys, "--answers")
    assert told[:2] == ["sat", "("]
    assert z3_answer("\n".join([*told[2:-1], script, "(check-sat)"])) == "sat"


def test_a_witness_tells_the_values_of_functions(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    script = "(assert (= x 0))(assert (= (f x) 5))(assert (h 3))(assert (= (/ 2 x) 7))"
    script += "(set-info :status sat)(check-sat)"
    told = "\n".join(printed(HEADER + script, tmp_path, capsys))
    assert "f(0) = 5" in told
    assert "h(3) = true" in told
    assert "2/0 = 7" in told


def test_a_function_of_what_has_no_value_is_not_told() -> None:
    (question,) = read_smtlib(f"{HEADER}(assert (= (f (log x)) 2))(check-sat)(get-model)")
    told = list(answered(question, "sat", {"x": "-1"}, applied={"application_1": "2"}))
    assert told == ["sat", '(error "the values of f are not known")']


# -- quotients by 0 ----------------------------------------------------------------------------


def test_a_script_is_asked_about_quotients_by_zero_after_those_that_have_a_value() -> None:
    question = ask("(assert (= x 0))(assert (= (/ y x) 5))")
    assert not question.stand_ins
    assert question.total is not None
    assert [helper.function for helper in question.total.stand_ins] == [DIVISION]
    assert given(question.total)[0] == "x = 0 or x*application_1 = y"
    point = {"x": Fraction(0), "y": Fraction(3), "n_above": Fraction(0), "n_below": Fraction(0)}
    point |= {"p": Fraction(0), "application_1": Fraction(5)}
    assert violates(question.total.model_statement, point)


@pytest.mark.parametrize(
    "script",
    [
        "(assert (= (/ y 2) 5))",
        "(assert (< (/ 1 (+ 1 (* x x))) y))",
        "(assert (< (/ y (exp x)) (/ y (- (+ 2 (abs x))))))",
        "(assert (< 0 x))(assert (< (/ y x) 1))",
        "(assert (< 1 x))(assert (< (/ y (* x x)) 1))",
    ],
)
def test_where_no_divisor_is_zero_nothing_else_is_asked(script: str) -> None:
    assert ask(script).total is None


def test_values_by_zero_are_told() -> None:
    script = "(check-sat)(get-value ((/ 1 x) (/ 2.0 0.0) (/ 3 x) (/ 3 2) (/ 1 (- x))))(get-model)"
    (question,) = read_smtlib(f"(declare-const x Real)(assert (< (/ 1 x) (/ 2 x))){script}")
    assert question.total is not None
    applied = {"application_1": "7", "application_2": "8"}
    told = list(answered(question.total, "sat", {"x": "0"}, applied=applied))
    assert told == [
        "sat",
        "(((/ 1 x) 7.0) ((/ 2.0 0.0) 8.0) ((/ 3 x) 0.0) ((/ 3 2) (/ 3.0 2.0)) ((/ 1 (- x)) 7.0))",
        "(",
        "  (define-fun x () Real 0.0)",
        "  ; (define-fun /0 ((x!0 Real) (x!1 Real)) Real"
        " (ite (= x!0 1.0) 7.0 (ite (= x!0 2.0) 8.0 0.0)))",
        ")",
    ]


def test_what_is_too_much_to_say_of_quotients_is_left_unsaid() -> None:
    question = ask("".join(f"(assert (< (/ (+ x {k}) y) 1))" for k in range(70)))
    assert question.total is None
