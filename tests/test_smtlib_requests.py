"""What SMT-LIB scripts ask for besides answers: values of terms, cores, options, infos."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
import z3
from hypothesis import given
from hypothesis import strategies as st

from srverify.audit.portfolio import Findings
from srverify.commands.answers import answered, value_text
from srverify.commands.cli import run
from srverify.commands.cores import core_of
from srverify.language.errors import InputError
from srverify.language.formula import Relation
from srverify.language.parser import parse_term
from srverify.language.smtlib.reader import read_smtlib
from srverify.language.smtlib.requests import Label
from srverify.language.term import number
from srverify.numerics.algebraic import value_at
from srverify.numerics.arb_eval import holds_at
from srverify.numerics.reals import Root, parse_real

HEADER = "(declare-const x Real)(declare-const y Real)(declare-const n Int)(declare-const p Bool)"
ROOT = "root(x^2 - 2, 1, 2)"


def told(script: str, answer: str = "sat", **model: str) -> list[str]:
    """Return what a script with one question prints for an answer and a model."""
    (question,) = read_smtlib(HEADER + script)
    return list(answered(question, answer, model, question.labels))


@pytest.mark.parametrize(
    ("term", "value"),
    [
        ("(+ x 1)", "4.0"),
        ("(* n n)", "49"),
        ("(* 2.0 n)", "(- 14.0)"),
        ("(/ n 2)", "(- (/ 7.0 2.0))"),
        ("(div n 2)", "(- 4)"),
        ("(mod (div n 2) 3)", "2"),
        ("(to_int (/ n 2))", "(- 4)"),
        ("(to_real n)", "(- 7.0)"),
        ("(ite p n 1)", "(- 7)"),
        ("(ite p x (/ 1 0))", "3.0"),
        ("(let ((x n) (n x)) (- x))", "7"),
        ("(< x 2)", "false"),
        ("(and p ((_ divisible 7) n))", "true"),
        ("(distinct x 3.0)", "false"),
        ("(twice n)", "(- 14)"),
        ("(half x)", "(/ 3.0 2.0)"),
        ("big", "true"),
        ("5", "5"),
        ("5.0", "5.0"),
        ("(exp 1)", "(exp 1.0)"),
        ("|x|", "3.0"),
    ],
)
def test_the_value_of_a_term(term: str, value: str) -> None:
    script = f"""(define-fun twice ((a Int)) Int (* 2 a)) (define-fun half ((a Real)) Real (/ a 2))
    (assert (! (> x 2) :named big)) (check-sat) (get-value ({term}))"""
    assert told(script, x="3", n="-7", p="true")[1:] == [f"(({term} {value}))"]


@pytest.mark.parametrize(
    ("term", "value"),
    [
        ("x + 1", "root(x^2 - 2*x - 1, 2, 3)"),
        ("x*x", "2"),
        ("1/(x*x + y)", "1/3"),
        ("1/(x + 3)", "root(7*x^2 - 6*x + 1, 1/5, 1/4)"),
        ("x^-3", "root(8*x^2 - 1, 0, 1)"),
        ("abs(x - 2) + max(x, y) - min(x, 1)", "1"),
        ("x - x", "0"),
    ],
)
def test_the_value_of_a_term_at_an_irrational_root(term: str, value: str) -> None:
    found = value_at(parse_term(term), {"x": parse_real(ROOT), "y": Fraction(1)})
    assert found is not None
    assert repr(found) == repr(parse_real(value))


@pytest.mark.parametrize("term", ["1/(x*x - 2)", "exp(x)", "x^100", "sqrt(x)", "x*y"])
def test_what_has_no_value_or_no_form_at_an_irrational_root(term: str) -> None:
    point = {"x": parse_real(ROOT), "y": parse_real("root(x^2 - 3, 1, 2)")}
    assert value_at(parse_term(term), point) is None


@given(st.lists(st.integers(-3, 3), min_size=1, max_size=4), st.integers(1, 3), st.booleans())
def test_values_in_a_field_are_enclosed_by_their_terms(
    coefficients: list[int], divisor: int, inverse: bool
) -> None:
    polynomial = " + ".join(f"({c})*x^{k}" for k, c in enumerate(coefficients))
    term = f"({polynomial})/({divisor} + x*x)" if inverse else f"({polynomial})/{divisor}"
    root = parse_real("root(x^3 - x - 1, 1, 2)")
    value = value_at(parse_term(term), {"x": root})
    assert value is not None
    low, high = value.enclosure(80) if isinstance(value, Root) else (value, value)
    assert isinstance(low, Fraction)
    gap = parse_term(f"{term} - ({low})")
    for formula in (Relation("<=", number(0), gap), Relation("<=", gap, number(high - low))):
        assert holds_at(formula, {"x": root}) is True


def test_what_solvers_read_back() -> None:
    """Z3 confirms an irrational number, and a term's value at it."""
    for text in (ROOT, "root(3*x^5 - 2*x^2 - x - 7, 1, 2)", "root(x^3 - 3*x + 1, 0, 1)"):
        value = parse_real(text)
        assert isinstance(value, Root)
        written = value_text(text, "Real")
        sum_text = " ".join(
            f"(* {f'(- {-c})' if c < 0 else c} (^ r {k}))" for k, c in enumerate(value.coefficients)
        )
        low, high = value.enclosure(10)
        solver = z3.Solver()
        solver.from_string(
            f"(define-fun r () Real {written}) (assert (= (+ {sum_text}) 0))"
            f"(assert (< {low.numerator} (* {low.denominator} r)))"
            f"(assert (> {high.numerator} (* {high.denominator} r)))"
        )
        assert solver.check() == z3.sat


def test_an_irrational_number_is_rounded_down() -> None:
    lines = told("(check-sat)(get-value ((to_int x) (to_int (- x)) (is_int x)))", x=ROOT)
    assert lines[1:] == ["(((to_int x) 1) ((to_int (- x)) (- 2)) ((is_int x) false))"]


def test_assignments_are_those_of_named_truth_values() -> None:
    script = """(assert (! (or p (! (< x 1) :named |is small|)) :named top))
    (assert (! (> y 1) :named z)) (assert (< (! (+ x 1) :named sum) 9)) (check-sat) (get-assignment)"""
    assert told(script, x="2", y="0", p="true")[1:] == ["((|is small| false) (top true) (z false))"]


class Proving:
    """A portfolio that proves what contains certain assertions, and counts what it is asked."""

    def __init__(self, *needed: str) -> None:
        self.needed = set(needed)
        self.asked = 0

    def settle(self, statement: object) -> Findings:
        self.asked += 1
        known = str(statement)
        status = "proved" if all(text in known for text in self.needed) else "unknown"
        return type("Found", (), {"status": status})()  # type: ignore[no-any-return]


CORE = """(assert (> y 9)) (assert (! (< x 1) :named a)) (assert (! (< y 5) :named |b c|))
(assert (! (and (< 2 x) (< x 3)) :named d)) (check-sat-assuming (p (not p))) (get-unsat-core)
(get-unsat-assumptions)"""


def test_a_core_has_what_a_contradiction_needs() -> None:
    (question,) = read_smtlib(HEADER + CORE)
    portfolio = Proving("x < 1", "2 < x")
    core = core_of(question, portfolio)  # type: ignore[arg-type]
    assert portfolio.asked == 5
    assert [label.text for label in core] == ["a", "d"]
    assert list(answered(question, "unsat", None, core)) == ["unsat", "(a d)", "()"]
    (question,) = read_smtlib(HEADER + CORE.partition("(get-unsat-core)")[0])
    portfolio = Proving()
    assert core_of(question, portfolio) == question.labels  # type: ignore[arg-type]
    assert portfolio.asked == 0


def test_what_has_no_label_always_stays() -> None:
    (question,) = read_smtlib(HEADER + CORE)
    given = question.only(()).model_statement.to_dict()["given"]
    assert given == ["9 < y"]
    chosen = [label for label in question.labels if label.text in ("d", "p")]
    given = question.only(chosen).model_statement.to_dict()["given"]
    assert given == ["9 < y", "2 < x", "x < 3", "p = 1"]


def test_labels_go_with_their_levels() -> None:
    script = "(push)(assert (! (< x 1) :named a))(pop)(assert (! (< x 2) :named a))(check-sat)"
    (question,) = read_smtlib(HEADER + script)
    assert [label.text for label in question.labels] == ["a"]
    assert isinstance(question.labels[0], Label)
    assert [str(formula) for formula in question.labels[0].formulas] == [
        str(formula) for formula in question.assertions
    ]


def test_a_core_of_integers_speaks_of_what_stands_for_them() -> None:
    (question,) = read_smtlib(HEADER + "(assert (! (= (* 2 n) 3) :named odd))(check-sat)")
    assert question.only(question.labels).assertions == question.assertions
    assert not question.only(()).assertions


@pytest.mark.parametrize(
    ("script", "lines"),
    [
        ("(get-info :name)", ['(:name "srverify")']),
        ("(get-info :error-behavior)", ["(:error-behavior immediate-exit)"]),
        ("(get-info :all-statistics)", ["unsupported"]),
        ("(push 3)(get-info :assertion-stack-levels)", ["(:assertion-stack-levels 3)"]),
        ("(get-option :produce-models)", ["true"]),
        ("(set-option :produce-models false)(get-option :produce-models)", ["false"]),
        ("(set-option :random-seed 7)(get-option :random-seed)", ["7"]),
        ("(get-option :nothing)", ["unsupported"]),
        ("(assert (<  x   |y|))(push)(assert p)(pop)(get-assertions)", ["(", "  (< x |y|)", ")"]),
        ("(get-proof)", ['(error "proof objects are written by --certificate F.json")']),
        ("(get-unsat-core)", ['(error "the last answer is not unsat")']),
        ("(get-model)", ['(error "there is no model")']),
        ("(set-option :print-success true)(push)", ["success", "success"]),
        (
            '(set-option :print-success true)(echo "a")(set-option :print-success false)(pop 0)',
            ["success", '"a"'],
        ),
    ],
)
def test_requests_before_and_after_the_first_question(script: str, lines: list[str]) -> None:
    assert "\n".join(told(script + "(check-sat)", "unknown")).splitlines() == [*lines, "unknown"]
    after = "\n".join(told("(check-sat)" + script, "unknown")).splitlines()
    assert after == ["unknown", *lines]


def test_why_an_answer_is_unknown() -> None:
    script = "(check-sat)(get-info :reason-unknown)"
    assert told(script, "unknown")[1:] == ["(:reason-unknown incomplete)"]
    assert told(script, "sat")[1:] == ["unsupported"]


@pytest.mark.parametrize(
    ("script", "message"),
    [
        ("(set-logic)", "write (set-logic QF_NRA)"),
        ("(set-logic 3)", "expected the name of a logic"),
        ("(set-option)", "write (set-option :keyword value)"),
        ("(set-option :produce-models maybe)", "write (set-option :produce-models true) or false"),
        ("(get-value (z))", "'z' is not declared"),
        ("(get-value ())", "expected a list of terms"),
        ("(get-info)", "write (get-info :keyword)"),
        ("(get-unsat-core now)", "write (get-unsat-core)"),
    ],
)
def test_requests_that_are_wrong(script: str, message: str) -> None:
    with pytest.raises(InputError, match=r"^line 1, column \d+: ") as caught:
        read_smtlib(script + "(check-sat)")
    assert message in str(caught.value)


def test_a_core_is_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "s.smt2"
    file.write_text(
        f"{HEADER}(assert (! (> x 1) :named a))(assert (! (> y 0) :named b))"
        "(assert (! (< x 0) :named c))(check-sat)(get-unsat-core)"
    )
    assert run(["prove", "--file", str(file), "--answers"]) == 0
    assert capsys.readouterr().out.splitlines() == ["unsat", "(a c)"]


@pytest.mark.parametrize(
    ("script", "core"),
    [
        ("(assert (! (>= n 0) :named a))(assert (! (< n 0) :named b))", "(a b)"),
        ("(assert (! (>= x 0.0) :named a))(assert (! (< (to_int x) 0) :named b))", "(a b)"),
        ("(assert (! (>= n 0) :named a))(assert (! (< (div n 3) 0) :named b))", "(a b)"),
        ("(assert (! (< (- 1) n) :named a))(assert (! (= (+ n 1) 0) :named b))", "(a b)"),
        (
            "(assert (! (>= n 0) :named a))(push)"
            "(assert (! (= (mod n 3) 1) :named b))(assert (! (< n (- 1)) :named c))",
            "(a c)",
        ),
        # Without a label the bound is there whatever the core.
        (
            "(assert (>= n 0))(assert (! (>= n 0) :named a))(assert (! (< n 0) :named b))",
            "(b)",
        ),
    ],
)
def test_a_core_keeps_what_makes_integers_natural(
    script: str, core: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "s.smt2").write_text(HEADER + script + "(check-sat)(get-unsat-core)", encoding="utf-8")
    assert run(["prove", "--file", str(tmp_path / "s.smt2"), "--answers"]) == 0
    assert capsys.readouterr().out.splitlines() == ["unsat", core]


def test_assumptions_keep_what_makes_integers_natural(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    script = "(assert (! (>= n 0) :named a))(check-sat-assuming ((< n 0)))"
    requests = "(get-unsat-assumptions)(get-unsat-core)"
    (tmp_path / "s.smt2").write_text(HEADER + script + requests, encoding="utf-8")
    assert run(["prove", "--file", str(tmp_path / "s.smt2"), "--answers"]) == 0
    assert capsys.readouterr().out.splitlines() == ["unsat", "((< n 0))", "(a)"]
