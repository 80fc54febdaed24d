"""Terms without a value: every evaluator and printer means the same, and the answer says so."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from processes import program

from srverify.language import term as t
from srverify.language.definedness import definedness, substituted
from srverify.language.formula import conjunction, normal
from srverify.language.parser import formula_text, parse_formula, parse_term
from srverify.language.statement import Statement
from srverify.language.term import variable
from srverify.language.zero_base import base_cases
from srverify.numerics import arb_eval, mpmath_eval
from srverify.numerics.prover.solve import prove
from srverify.numerics.rational_eval import NotRationalError, RationalTerms
from srverify.numerics.undefined import undefined_terms
from srverify.numerics.witness import is_undecided

HALF = Fraction(1, 2)


@pytest.mark.parametrize(
    ("text", "point", "value"),
    [
        ("x^p", {"x": 0, "p": 1}, 0),
        ("x^p", {"x": 0, "p": HALF}, 0),
        ("x^p", {"x": 0, "p": 0}, None),
        ("x^p", {"x": 0, "p": -1}, None),
        ("x^p", {"x": -1, "p": 2}, None),
        ("x^p", {"x": 4, "p": HALF}, 2),
        ("x^p", {"x": 4, "p": 0}, 1),
        ("0^p", {"p": 3}, 0),
        ("(x - x)^(p + 1)", {"x": 5, "p": 1}, 0),
        ("x^0", {"x": 0}, 1),
        ("x^(1/2)", {"x": 0}, 0),
        ("x^(-1/2)", {"x": 0}, None),
        ("x^(-1)", {"x": 0}, None),
        ("log(x)", {"x": 0}, None),
        ("sqrt(x)", {"x": 0}, 0),
        ("sqrt(x)", {"x": -1}, None),
        ("LambertW(x, 0)", {"x": 0}, 0),
        ("LambertW(x, -1)", {"x": 0}, None),
    ],
)
def test_evaluators_agree_with_the_table(
    text: str, point: dict[str, Fraction], value: Fraction | None
) -> None:
    term = parse_term(text)
    found = arb_eval.evaluate(term, point)
    assert found.defined is (value is not None)
    conditions = conjunction(*definedness(term))
    assert arb_eval.holds_at(conditions, point) is (value is not None)
    statement = Statement.parse(f"{text} = {value or 0}", (), dict.fromkeys(point, "real"))
    exact = {name: Fraction(at) for name, at in point.items()}
    assert arb_eval.violates(statement, exact) is (value is None)
    assert mpmath_eval.violates(statement, exact) is (value is None)
    if value is None:
        with pytest.raises(NotRationalError):
            RationalTerms(exact).walk(term)
    elif "LambertW" not in text:
        assert RationalTerms(exact).walk(term) == value


def test_balls_around_a_zero_base_enclose_all_values() -> None:
    from flint import arb

    x, p = variable("x"), variable("p")
    box = arb_eval.TermEvaluator({x: arb(0.5, 0.5), p: arb(2, 1)}).walk(parse_term("x^p"))
    for base in (0, 0.1, 0.5, 1):
        for power in (1, 1.5, 3):
            assert box.ball.contains(arb(base**power).mid())
    assert box.defined is not False


CASES = [
    ("x^p <= 1", ("0 <= x", "x <= 1", "p >= 1"), "proved"),
    ("x^p < 1", ("0 <= x", "x < 1", "p >= 1"), "proved"),
    ("x^p >= 0", ("x >= 0", "p > 0"), "proved"),
    ("x^p >= 0", ("x >= 0", "p >= 0"), "refuted"),
    ("x^p > 0", ("x >= 0", "p > 0"), "refuted"),
    ("x^p <= x", ("0 <= x", "x <= 1", "p >= 1"), "proved"),
    ("x^p * x^q = x^(p + q)", ("x >= 0", "p > 0", "q > 0"), "proved"),
    ("x^p * x^q = x^(p + q)", ("x >= 0", "p > 0", "q > -1"), "refuted"),
    ("0^p = 0", ("p > 0",), "proved"),
    ("0^p = 1", ("p > 0",), "refuted"),
    ("x^p + y^p >= 0", ("x >= 0", "y >= 0", "p > 1"), "proved"),
    ("log(x^p) <= 0", ("0 <= x", "x <= 1", "p >= 1"), "refuted"),
    # A variable that is replaced must not make a term defined at more points.
    ("x^y >= 0", ("y = 2",), "refuted"),
    ("x^y >= 0", ("y = 2", "x >= 0"), "proved"),
    ("x^y >= 0", ("y = -1", "x >= 0"), "refuted"),
    ("1/x > 0", ("x = 0",), "refuted"),
    ("x/y = 1", ("y = 0",), "refuted"),
    ("x < 0", ("1/x = 1", "x = 0"), "proved"),
    ("log(x) >= 0", ("x = 0",), "refuted"),
]


@pytest.mark.parametrize(("show", "given_", "status"), CASES)
def test_prover_takes_the_base_zero_into_account(
    show: str, given_: tuple[str, ...], status: str
) -> None:
    assert prove(Statement.parse(show, given_), 20).status == status


@pytest.mark.parametrize(("n", "status"), [("natural", "proved"), ("natural [1, oo)", "proved")])
def test_naturals_are_put_in_one_by_one_around_a_zero_divisor(n: str, status: str) -> None:
    assert prove(Statement.parse("1/n <= 1 or n = 0", (), {"n": n}), 20).status == status
    assert prove(Statement.parse("1/(n - 3) <= 2", (), {"n": n}), 20).witness == {"n": Fraction(3)}


def test_unsound_splits_are_noticed() -> None:
    """Every case is needed: without one of the three a false statement would pass."""
    for show, missing in (("x^p > 1", 0), ("x^p > 0", 1), ("x^p >= 0", 2)):
        domains = {"x": "[0, 1]" if missing < 2 else "real", "p": "[1, 2]"}
        cases = base_cases(Statement.parse(show, (), domains))
        assert cases is not None
        refuted = [prove(case, 10).status == "refuted" for case in cases]
        assert refuted[missing]


@given(
    st.sampled_from(["x^y", "x^y + y", "1/y + x^y", "log(y)*x^y", "(x^y)^y"]),
    st.sampled_from(["2", "-1", "1/2", "0", "1", "-1/2"]),
    st.integers(-3, 3),
)
def test_substitution_keeps_where_a_formula_holds(left: str, value: str, x: int) -> None:
    formula = parse_formula(f"{left} <= 1")
    there = substituted(formula, {variable("y"): parse_term(value)})
    point = {"x": Fraction(x), "y": Fraction(value)}
    before, after = arb_eval.holds_at(formula, point), arb_eval.holds_at(there, point)
    assert before is None or before is after
    negated = normal(parse_formula(f"not ({formula_text(formula)})"))
    gone = substituted(negated, {variable("y"): parse_term(value)})
    assert arb_eval.holds_at(negated, point) in (None, arb_eval.holds_at(gone, point))


@pytest.mark.parametrize(
    ("show", "point", "phrase"),
    [
        ("log(x) <= x - 1", {"x": 0}, "log(0) is undefined; add x > 0"),
        ("1/(x - 1) <= x", {"x": 1}, "1/0 is undefined; add x - 1 != 0"),
        ("sqrt(x - 2) >= 0", {"x": 0}, "sqrt(-2) is undefined; add x - 2 >= 0"),
        ("x^p >= 0", {"x": 0, "p": 0}, "0^0 is undefined; add x > 0 or (x >= 0 and p > 0)"),
        ("x^(-2) >= 0", {"x": 0}, "0^(-2) is undefined; add x != 0"),
        ("log(log(x)) <= x", {"x": 1}, "log(0) is undefined; add log(x) > 0"),
        ("LambertW(x, 0) <= x", {"x": -1}, "LambertW(-1, 0) is undefined; add -exp(-1) <= x"),
        ("x > 1", {"x": 0}, ""),
    ],
)
def test_what_is_undefined_is_said(show: str, point: dict[str, int], phrase: str) -> None:
    assert undefined_terms(Statement.parse(show), point) == phrase


def test_command_says_what_is_undefined_in_text_and_json(tmp_path: Path) -> None:
    words = ("prove", "log(x) <= x - 1", "--engine", "arb")
    done = program(*words, folder=tmp_path)
    assert done.returncode == 1
    assert "         log(0) is undefined; add x > 0\n" in done.stdout
    (result,) = json.loads(program(*words, "--json", folder=tmp_path).stdout)["results"]
    assert result["detail"] == "log(0) is undefined; add x > 0"
    assert result["outcomes"][0]["evidence"]["undefined"] == result["detail"]
    false = program("prove", "x > 1", "--engine", "arb", "--json", folder=tmp_path)
    assert json.loads(false.stdout)["results"][0]["detail"] == ""


@pytest.mark.parametrize("engine", ["z3", "cvc5", "arb", "mpmath", "sympy", "leancert"])
@pytest.mark.parametrize(
    "words",
    [
        ("a*u + u^2 >= 0", "--given", "a^3 = 0"),
        ("1/x > 0", "--given", "x = 0"),
        ("1/n <= 1 or n = 0", "--var", "n: natural"),
        ("x^p <= 1", "--given", "0 <= x", "--given", "x <= 1", "--given", "p >= 1"),
    ],
)
def test_no_engine_fails_on_degenerate_hypotheses(
    engine: str, words: tuple[str, ...], tmp_path: Path
) -> None:
    more = ("--json", "--timeout", "4", "--engine", engine)
    done = program("prove", *words, *more, folder=tmp_path)
    (result,) = json.loads(done.stdout)["results"]
    assert [o for o in result["outcomes"] if o["status"] == "error"] == []
    assert not (tmp_path / ".cache" / "srverify" / "crashes").exists()


def test_point_beyond_every_precision_is_unknown(tmp_path: Path) -> None:
    done = program(*("prove", "0 = exp(-exp(exp(10)))", "--engine", "mpmath", "--json"), folder=tmp_path)
    (result,) = json.loads(done.stdout)["results"]
    (outcome,) = result["outcomes"]
    assert (result["status"], outcome["status"]) == ("unknown", "unknown")
    assert is_undecided(Statement.parse("0 = exp(-exp(exp(10)))"), {})
    assert not is_undecided(Statement.parse("0 = exp(-10)"), {})


def test_shared_parts_are_looked_at_once() -> None:
    term = parse_term("log(x)", {"x": t.variable("x")})
    for _ in range(60):
        term = t.add(term, t.mul(term, term))
    assert len(definedness(term)) == 1
