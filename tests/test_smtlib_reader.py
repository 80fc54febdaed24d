"""The SMT-LIB reader: what it understands, what it refuses and where, and SMT-LIB's total functions."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srverify.commands.answers import answered
from srverify.emit.smtlib import statement_to_smtlib
from srverify.language.errors import InputError
from srverify.language.formula import And, normal
from srverify.language.parser import parse_formula
from srverify.language.smtlib.question import Question
from srverify.language.smtlib.reader import read_smtlib
from srverify.language.statement import Statement
from srverify.numerics.arb_eval import holds_at, violates

HEADER = "(declare-const x Real)(declare-const y Real)"


def ask(*assertions: str) -> Question:
    body = "".join(f"(assert {assertion})" for assertion in assertions)
    (question,) = read_smtlib(f"{HEADER}{body}(check-sat)")
    return question


def same(question: Question, formula: str) -> bool:
    read = normal(parse_formula(formula, {"x": "real", "y": "real"}))
    parts = read.parts if isinstance(read, And) else (read,)
    never = parse_formula("0 < 0")
    expected = Statement(question.variables, parts, never)
    return question.model_statement.normal_form == expected.normal_form


@pytest.mark.parametrize(
    ("assertion", "formula"),
    [
        ("(< x 1)", "x < 1"),
        ("(> x 1 y)", "x > 1 and 1 > y"),
        ("(>= x (- 0.25))", "x >= -1/4"),
        ("(= x (/ 1 3))", "x = 1/3"),
        ("(distinct x y 2)", "x != y and x != 2 and y != 2"),
        ("(= (- x y 1) (* 2 x y))", "x - y - 1 = 2*x*y"),
        ("(= (/ x 2 y) 1)", "x/2/y = 1"),
        ("(< (exp x) (log (sqrt y)))", "exp(x) < log(sqrt(y))"),
        ("(< (abs x) (min x y (max x 1)))", "abs(x) < min(x, y, max(x, 1))"),
        ("(= (^ x 3) (^ x y))", "x^3 = x^y"),
        ("(=> (< x 1) (< y 1) (< x y))", "x < 1 implies (y < 1 implies x < y)"),
        ("(or (< x 1) (not (and (< y 1) true)))", "x < 1 or not (y < 1 and 0 <= 0)"),
        ("(xor (< x 1) (< y 1))", "(x < 1 and not (y < 1)) or (not (x < 1) and y < 1)"),
        ("(= (< x 1) (< y 1))", "not ((x < 1 and not (y < 1)) or (not (x < 1) and y < 1))"),
        ("(let ((x y) (z x)) (< x z))", "y < x"),
        ("(let ((z (+ x 1))) (let ((z (* z z))) (< z 2)))", "(x + 1)*(x + 1) < 2"),
        ("(! (< x 1) :named short)", "x < 1"),
        ("(< (ite (< x 0) (- x) x) 1)", "(x < 0 and -x < 1) or (not (x < 0) and x < 1)"),
        ("(ite (< x 0) (< y 0) (< y 1))", "(x < 0 and y < 0) or (not (x < 0) and y < 1)"),
    ],
)
def test_what_is_understood(assertion: str, formula: str) -> None:
    assert same(ask(assertion), formula)


def test_definitions_are_expanded_and_their_parameters_are_local() -> None:
    text = (
        "(declare-const x Real)(declare-const y Real)(define-fun two () Real 2)"
        "(define-fun f ((y Real) (b Bool)) Real (ite b (* y two) x))"
        "(assert (< (f (+ x 1) (< y 0)) 3))(check-sat)"
    )
    (question,) = read_smtlib(text)
    assert same(question, "(y < 0 and (x + 1)*2 < 3) or (not (y < 0) and x < 3)")


def test_each_check_sat_is_a_question_with_its_status() -> None:
    first, second = read_smtlib(
        f"{HEADER}(set-info :status sat)(assert (< x 1))(check-sat)\n(assert (> x 1))(check-sat)"
    )
    assert (first.expected, first.line, len(first.assertions)) == ("sat", 1, 1)
    assert (second.expected, second.line, len(second.assertions)) == (None, 2, 2)


def test_symbols_that_are_no_names_are_renamed_and_remembered() -> None:
    (question,) = read_smtlib(
        "(declare-const |a b| Real)(declare-const a_b Real)(declare-const LambertW Real)"
        "(declare-const k!1 Real)(assert (< |a b| a_b LambertW k!1))(check-sat)"
    )
    names = [variable.name for variable in question.variables]
    assert len(set(names)) == 4
    assert question.symbols[names[0]] == "a b"
    assert {question.symbols.get(name, name) for name in names} == {"a b", "a_b", "LambertW", "k!1"}


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("(check-sat", "line 1, column 1", "never closed"),
        ("\n (check-sat))", "line 2, column 13", "')' without '('"),
        ("\n(assert (< x 1))", "line 2, column 12", "'x' is not declared"),
        ("(assert (bessel 1))", "line 1, column 9", "unsupported function 'bessel'"),
        ("(assert (< 1 (< 1 2)))", "line 1, column 14", "expected a term (Real)"),
        ("(assert (and 1 true))", "line 1, column 14", "expected a formula (Bool)"),
        ("(assert (< 1 (^ 0 (- 1))))", "line 1, column 14", "division by zero"),
        ("(assert (< 1 (exp 1 2)))", "line 1, column 14", "'exp' takes 1 arguments, not 2"),
        ("(get-objectives)", "line 1, column 1", "unsupported command 'get-objectives'"),
        ("(declare-fun x () String)", "line 1, column 19", "String is not supported"),
        ("(declare-const x Real)(declare-const x Real)", "line 1, column 38", "declared twice"),
        ("(declare-const ite Real)", "line 1, column 16", "function of the language"),
        ("(define-fun f ((a Real) (a Real)) Real a)", "line 1, column 25", "declared twice"),
        ("(define-fun f ((a Real)) Real a)(assert (< (f) 1))", "line 1, column 44", "takes 1 arguments"),
        ("(set-info :status maybe)", "line 1, column 1", ":status"),
        ("(assert #b1)", "line 1, column 9", "bit-vector"),
        ("(assert |x)", "line 1, column 9", "never closed"),
        ('(echo "a)', "line 1, column 7", "string is never closed"),
        ("(assert (let ((a 1) (a 2)) (< a 1)))", "line 1, column 21", "bound twice"),
        ("(assert (= (ite true 1 true) 1))", "line 1, column 12", "different sorts"),
        ("(assert 1x)", "line 1, column 9", "unexpected character"),
        ("assert", "line 1, column 1", "expected a command"),
    ],
)
def test_what_is_refused_and_where(text: str, place: str, message: str) -> None:
    with pytest.raises(InputError, match=f"^{place}: .*{re.escape(message)}"):
        read_smtlib(text)


def test_a_script_without_question_is_refused() -> None:
    with pytest.raises(InputError, match=r"asks nothing: add \(check-sat\)"):
        read_smtlib(HEADER)


def chained(length: int, body: str) -> str:
    """Return a script about the last of functions each of which calls the one before."""
    functions = "".join(
        f"(define-fun f{k} ((a Real)) Real {body.format(f'(f{k - 1} a)')})" for k in range(1, length)
    )
    return f"{HEADER}(define-fun f0 ((a Real)) Real a){functions}(assert (< 0 (f{length - 1} x)))"


def let_chained(length: int, body: str) -> str:
    """Return a script about the last of names each of which is bound by the one before."""
    bound = "".join(
        f"(let ((x{k} {body.format('x' if k == 1 else f'x{k - 1}')})) " for k in range(1, length)
    )
    return f"{HEADER}(assert {bound}(< 0 x{length - 1}){')' * length}"


@pytest.mark.parametrize("script", [chained, let_chained])
@pytest.mark.parametrize(
    "body",
    ["(+ {0} {0})", "(* {0} {0})", "(+ (* {0} 0.5) (/ {0} 3.0))", "(ite (< {0} 1) (- {0}) {0})"],
)
def test_what_doubles_from_name_to_name_is_written_out_in_parts(
    script: Callable[[int, str], str], body: str
) -> None:
    """Written out it would have 2^60 operations; in parts it has fewer than 100,000 letters."""
    (question,) = read_smtlib(script(61, body) + "(check-sat)")
    assert question.helpers
    for statement in (question.contradiction, question.model_statement):
        assert len(statement.text) < 100_000
        assert len(statement.digest) == 64


def test_parts_of_a_chain_of_calls_are_fixed_by_the_first() -> None:
    (question,) = read_smtlib(chained(61, "(+ {0} {0})") + "(check-sat)(get-value ((f60 x)))")
    told = list(answered(question, "sat", {"x": "3", "y": "0"}))
    assert told == ["sat", f"(((f60 x) {3 * 2**60}.0))"]


def test_depth_and_the_number_of_parts_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match=r"^line 1, column \d+: calls are nested too deeply$"):
        read_smtlib(chained(2000, "(- {0})"))
    with pytest.raises(InputError, match="nested more than 150 deep"):
        read_smtlib("(" * 200)
    (deep,) = read_smtlib(chained(100, "(- {0})") + "(check-sat)")
    assert deep.helpers
    with pytest.raises(InputError, match="more than 20000 operations"):
        read_smtlib(f"{HEADER}(assert (< 0 (+ {'x ' * 20_001})))")
    monkeypatch.setattr("srverify.language.smtlib.integers.MAX_NAMED", 20)
    cases = "".join(
        f"(define-fun i{k} () Real (+ i{k - 1} i{k - 1} (ite (< x {k}) x y)))" for k in range(1, 90)
    )
    with pytest.raises(InputError, match=r"^line 1, column .* more than 20 values by cases"):
        read_smtlib(f"{HEADER}(define-fun i0 () Real x){cases}")
    with pytest.raises(InputError, match=r"^line 1, column .* more than 20 values by cases"):
        read_smtlib(chained(70, "(ite (< {0} 1) (- {0}) {0})"))


# -- total functions ---------------------------------------------------------------------------


def test_division_by_zero_has_some_value_so_nothing_is_contradictory() -> None:
    # Satisfiable in SMT-LIB, where (/ 1 0) may be 5; our own reading of 1/x = 5 at 0 is false.
    question = ask("(= x 0)", "(= (/ 1 x) 5)")
    assert violates(question.contradiction, {"x": Fraction(0), "y": Fraction(0)})
    # But no model is claimed either, since the division is not defined there.
    assert not violates(question.model_statement, {"x": Fraction(0), "y": Fraction(0)})


def test_defined_points_are_models() -> None:
    question = ask("(> x 0)", "(= (/ 1 x) 5)")
    assert violates(question.model_statement, {"x": Fraction(1, 5), "y": Fraction(0)})


def test_negated_goal_becomes_the_conclusion() -> None:
    question = ask("(> x 0)", "(not (<= (log x) (- x 1)))")
    assert question.contradiction.normal_form == Statement.parse(
        "log(x) <= x - 1", ["x > 0"], {"x": "real", "y": "real"}
    ).normal_form  # fmt: skip


# -- round trip and fuzz -----------------------------------------------------------------------

_terms = st.recursive(
    st.sampled_from(["x", "y", "1", "3/7", "-2"]),
    lambda inner: st.one_of(
        st.builds("({} + {})".format, inner, inner),
        st.builds("({} - {})".format, inner, inner),
        st.builds("{}*{}".format, inner.map("({})".format), inner.map("({})".format)),
        st.builds("(-({}))".format, inner),
    ),
    max_leaves=8,
)
_relations = st.builds("{} {} {}".format, _terms, st.sampled_from(["<", "<=", "=", ">"]), _terms)


@given(_relations, st.lists(_relations, max_size=2))
def test_printed_statements_are_read_back(show: str, hypotheses: list[str]) -> None:
    statement = Statement.parse(show, hypotheses, {"x": "real", "y": "real"})
    (question,) = read_smtlib(statement_to_smtlib(statement))
    back = question.model_statement
    point = {"x": Fraction(3, 2), "y": Fraction(-1, 3)}
    assert back.symbols == statement.symbols
    assert violates(back, point) == violates(statement, point)
    for formula in statement.hypotheses:
        assert holds_at(formula, point) is not None


_WORDS = [
    *["(", ")"] * 4,
    *["assert", "check-sat", "declare-const", "declare-fun", "define-fun", "set-info", ":status", "sat"],
    *["let", "ite", "x", "y", "Real", "Bool", "+", "-", "*", "/", "^", "exp", "log", "sqrt", "abs"],
    *["<", "<=", "=", ">", "and", "or", "not", "=>", "xor", "distinct", "!", "true"],
    *["0", "1", "2.5", "1000000", "|a b|", '"s"', ";"],
]


@given(st.lists(st.sampled_from(_WORDS), max_size=40))
def test_fuzz_words(words: list[str]) -> None:
    _only_input_errors(HEADER + " ".join(words))


@given(st.text(max_size=60))
def test_fuzz_characters(text: str) -> None:
    _only_input_errors(text)


_sexps = st.recursive(
    st.sampled_from(["x", "y", "0", "1", "2.5", "99999", "true", "(/ x y)", "(log x)", "(< x y)"]),
    lambda inner: st.builds(
        lambda head, arguments: f"({head} {' '.join(arguments)})",
        st.sampled_from(
            [
                "+",
                "-",
                "*",
                "/",
                "^",
                "exp",
                "log",
                "sqrt",
                "abs",
                "min",
                "max",
                "<",
                "<=",
                "=",
                "distinct",
                "and",
                "or",
                "not",
                "=>",
                "xor",
                "ite",
            ]
        ),
        st.lists(inner, min_size=1, max_size=3),
    ),
    max_leaves=12,
)


@given(_sexps)
def test_fuzz_terms(sexp: str) -> None:
    _only_input_errors(f"{HEADER}(assert {sexp})(check-sat)")


def _only_input_errors(text: str) -> None:
    try:
        questions = read_smtlib(text)
    except InputError as error:
        if "\n" in str(error):
            raise
        return
    for question in questions:
        for statement in (question.contradiction, question.model_statement):
            assert Statement.from_dict(statement.to_dict()).normal_form == statement.normal_form
