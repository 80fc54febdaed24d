"""Scripts as peers write them: each in ``cases/smtlib`` is read and answered as its first line says."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from srverify.audit.portfolio import Portfolio
from srverify.claims.obligation import Options
from srverify.commands.prove import answer
from srverify.language.errors import InputError
from srverify.language.formula import terms
from srverify.language.smtlib.reader import read_smtlib
from srverify.language.term import symbols_of
from srverify.numerics.arb_eval import violates

SCRIPTS = sorted((Path(__file__).parent / "cases" / "smtlib").glob("*.smt2"))
HEAD = "; answers: "


@pytest.fixture(scope="module")
def portfolio() -> Iterator[Portfolio]:
    with Portfolio([], Options(timeout=20), jobs=2) as found:
        yield found


def test_there_are_many() -> None:
    assert len(SCRIPTS) >= 40


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_a_script_is_answered(path: Path, portfolio: Portfolio) -> None:
    text = path.read_text(encoding="utf-8")
    wanted = text.splitlines()[0].removeprefix(HEAD).split()
    answers = [answer(path.stem, question, portfolio).answer for question in read_smtlib(text)]
    assert answers == wanted


@pytest.mark.parametrize(
    ("script", "message"),
    [
        ("(declare-const x Real)(assert (forall ((y Real)) (< x y)))(check-sat)", "quantifiers"),
        ("(declare-sort U 0)(declare-const u U)(check-sat)", "U is not supported here"),
        ("(define-sort P (X) X)(check-sat)", "sorts with parameters"),
        ("(define-sort Real () Int)(check-sat)", "expected a new name of a sort"),
        ("(define-fun-rec f ((x Real)) Real (f x))(assert (= (f 1) 1))(check-sat)", "'f'"),
        ("(set-option :global-declarations maybe)(check-sat)", "write (set-option"),
        ("(declare-const n Int)(assert (= (mod 5 n) 0))(check-sat)", "a number other than 0"),
        ("(declare-const n Int)(assert (= (div n 0) 0))(check-sat)", "a number other than 0"),
        ("(declare-const x Real)(assert (= (mod x 2) 0))(check-sat)", "'mod' takes integers (Int)"),
        ("(declare-const n Int)(assert (= (div (/ n 2) 2) 0))(check-sat)", "takes integers (Int)"),
        ("(declare-const n Int)(assert (= (mod n 2 2) 0))(check-sat)", "takes 2 arguments, not 3"),
        ("(declare-const x Real)(minimize (* x x))(check-sat)", "'minimize' is not supported"),
        ("(declare-const x Real)(maximize (* x x))(check-sat)", "(assert (> term bound))"),
        ("(set-option :precision 0)(check-sat)", "a precision is a positive number"),
        ("(set-option :precision fine)(check-sat)", "'fine' is not declared"),
        ("(declare-fun x () Real [-1])(check-sat)", "a precision is a positive number"),
        ("(declare-const x Real)(reset)(assert (< x 1))(check-sat)", "'x' is not declared"),
    ],
)
def test_what_is_not_read_is_refused_with_its_place(script: str, message: str) -> None:
    with pytest.raises(InputError, match="line 1, column") as caught:
        read_smtlib(script)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_what_stands_for_a_quotient_is_no_constant_of_the_script() -> None:
    script = "(declare-const n Int)(declare-const quotient_1 Real)(assert (= (div n 2) quotient_1))"
    (question,) = read_smtlib(script + "(check-sat)(get-model)")
    assert set(question.sorts) == {"n", "quotient_1"}
    names = [variable.name for variable in question.variables]
    assert len(names) == len(set(names))
    model = question.model(dict.fromkeys(names, "0"))
    assert set(model) == {"n", "quotient_1"}


def test_only_the_quotients_in_force_are_asked_about() -> None:
    script = "(declare-const n Int)(push 1)(assert (= (div n 2) 1))(pop 1)(assert (= n 1))(check-sat)"
    (question,) = read_smtlib(script)
    assert question.helpers == frozenset()
    assert {v.name for v in question.variables} == {"n_above", "n_below"}


def test_a_quotient_belongs_to_the_sort_that_a_name_has_now() -> None:
    """What was an integer before a ``pop`` says nothing about a real of the same name."""
    integer = "(push 1)(declare-const n Int)(assert (= (div n 1) 1))(check-sat)(pop 1)"
    script = f"{integer}(declare-const n Real)(assert (= (to_int n) 1))(check-sat)"
    first, second = read_smtlib(script)
    assert "n_above" in {s.name for a in first.assertions for term in terms(a) for s in symbols_of(term)}
    (above,) = (
        v.name for v in second.variables if v.name in second.helpers and v.name.endswith("above")
    )
    below = above.replace("above", "below")
    assert not violates(second.contradiction, {"n": Fraction(2), above: Fraction(1), below: Fraction(0)})
    assert violates(second.contradiction, {"n": Fraction(3, 2), above: Fraction(1), below: Fraction(0)})


def test_a_script_over_the_reals_may_use_the_names_of_integer_functions() -> None:
    (question,) = read_smtlib("(declare-const div Real)(assert (< div 1))(check-sat)")
    assert [variable.name for variable in question.variables] == ["div"]
