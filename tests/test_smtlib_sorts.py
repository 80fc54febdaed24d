"""SMT-LIB scripts: what the standard says of sorts and names, and what is refused by name."""

from __future__ import annotations

from fractions import Fraction

import pytest

from srverify.commands.answers import answered
from srverify.language.errors import InputError
from srverify.language.smtlib.question import Question
from srverify.language.smtlib.reader import read_smtlib
from srverify.numerics.arb_eval import violates

HEADER = "(declare-const x Real)(declare-const n Int)(declare-const p Bool)(declare-const q Bool)"


def ask(text: str) -> Question:
    (question,) = read_smtlib(f"{HEADER}{text}(check-sat)")
    return question


@pytest.mark.parametrize(
    "text",
    [
        "(define-fun f ((a Int)) Int (+ a 1))(assert (= (f x) 1.5))",
        "(define-fun f ((a Real)) Int (* a a))(assert (= (f x) 2))",
        "(define-fun f () Int x)",
        "(define-const k Int (/ n 2))",
        "(define-fun f ((a Int)) Int a)(assert (= (f (ite p n x)) 1))",
        "(assert ((_ divisible 3) x))",
    ],
)
def test_a_real_number_is_no_integer(text: str) -> None:
    """Z3 rounds such arguments down, cvc5 refuses them: neither takes them as they are."""
    with pytest.raises(
        InputError, match=r"line 1, column \d+: expected an integer \(Int\), found a term"
    ):
        ask(text)


@pytest.mark.parametrize(
    "text",
    [
        "(define-fun f ((a Int)) Int (+ (* 2 a) (abs n) (div a 2) 1))(assert (= (f (- n 1)) 3))",
        "(define-fun f ((a Real)) Real (* 2 a))(assert (= (f n) 3))",
        "(define-const k Int (ite p n (to_int x)))(assert (= k 1))",
    ],
)
def test_an_integer_is_one_and_a_real_number_too(text: str) -> None:
    assert ask(text).assertions


def test_divisibility() -> None:
    (question,) = read_smtlib("(declare-const x Real)(assert ((_ divisible 3) 7))(check-sat)")
    assert violates(question.contradiction, {"x": Fraction(0)}) is False
    assert "quotient_1_above" in {v.name for v in ask("(assert ((_ divisible 3) n))").variables}


def test_of_three_truth_values_two_are_equal() -> None:
    question = ask("(assert (or (= x 1) (distinct p q (= n 1))))")
    assert question.model_statement.to_dict()["given"] == ["x = 1 or 0 < 0"]


@pytest.mark.parametrize("name", ["sin", "max", "gamma", "exp", "log2", "abs", "mod"])
def test_names_of_functions_beyond_the_standard_may_be_declared(name: str) -> None:
    (question,) = read_smtlib(f"(declare-const {name} Real)(assert (< {name} 1))(check-sat)")
    (variable,) = question.variables
    assert question.symbols.get(variable.name, variable.name) == name


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("(declare-const true Bool)", "line 1, column 16", "choose another name"),
        ("(define-fun-rec f ((n Int)) Int (f n))", "line 1, column 17", "'f' calls itself"),
        ("(define-funs-rec () ())", "line 1, column 1", "recursive functions are not"),
        ("(declare-datatypes () ())", "line 1, column 1", "use Real, Int or Bool"),
        ("(check-sat-using smt)", "line 1, column 1", "write (check-sat)"),
        ("(simplify (+ 1 1))", "line 1, column 1", "'simplify' is not supported"),
        ("(assert (! true :named))", "line 1, column 17", "write (! term :named name)"),
        ("(assert (! true :named 3))", "line 1, column 24", "expected a name"),
        ("(assert (! true 3))", "line 1, column 17", "an attribute such as :named"),
        ("(assert (! true))", "line 1, column 9", "write (! term :named name)"),
        ("(assert ((_ divisible 0) 3))", "line 1, column 23", "a positive numeral"),
        ("(assert ((_ divisible) 3))", "line 1, column 9", "write ((_ divisible n) term)"),
        ("(assert ((_ bv2nat 3) 3))", "line 1, column 10", "'(_ bv2nat ...)' is not supported"),
        ("(assert ((as const Real) 3))", "line 1, column 9", "expected a function name"),
        ("(assert (lambda ((x Real)) true))", "line 1, column 9", "quantifiers are not supported"),
    ],
)
def test_what_is_refused_is_named(text: str, place: str, message: str) -> None:
    with pytest.raises(InputError, match=f"^{place}: ") as caught:
        read_smtlib(f"{text}(check-sat)")
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_what_would_be_written_out_too_often_gets_a_name() -> None:
    names = "abcdefghijklmno"
    declared = "".join(f"(declare-const {name} Bool)" for name in names)
    odd = f"(xor {' '.join(names)})"
    count = "(+ " + " ".join(f"(ite {name} 1 0)" for name in names) + ")"
    asked = f"(assert {odd})(assert (= {count} 3))(check-sat)(get-value ({count} {odd}))"
    (question,) = read_smtlib(declared + asked)
    assert question.helpers
    assert set(question.sorts) == set(names)
    model = {name: str(name in "cho").lower() for name in names}
    assert list(answered(question, "sat", model)) == ["sat", f"(({count} 3) ({odd} true))"]
    assert question.model(dict.fromkeys(question.helpers, "0") | {"a": "1"}) == {"a": "true"}


def test_what_is_small_is_written_out() -> None:
    text = "(assert (let ((a (ite p x 1.0))) (< (+ a a) (ite q 1.0 2.0))))"
    assert not ask(text).helpers
