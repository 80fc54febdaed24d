from fractions import Fraction

import pytest
from flint import arb, ctx, fmpq
from hypothesis import given
from hypothesis import strategies as st

from srverify.language import term as t
from srverify.language.parser import parse_formula, parse_term
from srverify.language.statement import Statement
from srverify.numerics.arb_eval import TermEvaluator, evaluate, holds_at, violates


@pytest.mark.parametrize(
    ("text", "point", "expected"),
    [
        ("log(x) <= x - 1", {"x": 1}, True),
        ("log(x) < x - 1", {"x": 1}, False),
        ("log(x) <= 0.7357*sqrt(x)", {"x": Fraction(739, 100)}, False),
        ("log(x) <= 0.7358*sqrt(x)", {"x": Fraction(739, 100)}, True),
        ("1/x < 2", {"x": 0}, False),
        ("1/x >= 2", {"x": 0}, False),
        ("not (1/x < 2)", {"x": 0}, False),
        ("x/x = 1", {"x": Fraction(1, 3)}, True),
        ("x/x = 1", {"x": 0}, False),
        ("sqrt(x) = 1/2", {"x": Fraction(1, 4)}, True),
        ("x^(2/3) = 4/9", {"x": Fraction(8, 27)}, True),
        ("x^(2/3) >= 0", {"x": -8}, False),
        ("exp(log(x)) = x", {"x": 2}, True),
        ("exp(log(x)) = x", {"x": -2}, False),
        ("exp(x) = 1", {"x": 0}, True),
        ("exp(x) = 0", {"x": 0}, False),
        ("abs(x) = max(x, -x)", {"x": -3}, True),
        ("min(x, 2) < 1", {"x": Fraction(1, 2)}, True),
        ("LambertW(x, -1) < -2", {"x": Fraction(-1, 5)}, True),
        ("LambertW(x, -1) < 0", {"x": 0}, False),
        ("LambertW(x, 0) = 0", {"x": 0}, True),
        ("LambertW(x, 0) < 5", {"x": Fraction(-37, 100)}, False),
        ("0^x = 1", {"x": 0}, False),
        ("x < 0 or 1/x > 0", {"x": 0}, False),
        ("x < 0 -> 1/x < 0", {"x": 0}, True),
        ("x = 0 -> 1/x < 0", {"x": 0}, False),
        ("x^1000000 > 1", {"x": Fraction(10**9 + 1, 10**9)}, True),
        ("exp(x) > 10^300", {"x": 10**6}, True),
    ],
)
def test_holds_at_decides_points(text, point, expected):
    assert holds_at(parse_formula(text), point) is expected


def test_precision_is_raised_until_decided():
    close = "exp(x) < 2.718281828459045235360287471352662497757247093699959574966968"
    assert holds_at(parse_formula(close), {"x": 1}, max_prec=64) is None
    assert holds_at(parse_formula(close), {"x": 1}) is True


def test_precision_of_the_caller_is_restored():
    before = ctx.prec
    holds_at(parse_formula("exp(log(x)) = x"), {"x": 2})
    assert ctx.prec == before


def test_zero_to_the_natural_zero_is_one():
    formula = parse_formula("0^n = 1", {"n": "natural"})
    assert holds_at(formula, {"n": 0}) is True
    assert holds_at(formula, {"n": 3}) is False
    assert holds_at(formula, {"n": Fraction(1, 2)}) is None


def test_violates_asks_for_domain_hypotheses_and_failure():
    statement = Statement.parse("n*x < 2", ["x > 1/2"], {"n": "natural", "x": "(0, oo)"})
    assert violates(statement, {"n": 2, "x": Fraction(1)})
    assert not violates(statement, {"n": 1, "x": Fraction(1)})  # holds
    assert not violates(statement, {"n": Fraction(5, 2), "x": Fraction(1)})  # not natural
    assert not violates(statement, {"n": 9, "x": Fraction(1, 2)})  # hypothesis fails
    assert not violates(statement, {"n": 9, "x": Fraction(-1)})  # outside the domain


def test_an_undefined_conclusion_is_violated_and_an_undefined_hypothesis_is_not_met():
    assert violates(Statement.parse("log(x) < 100"), {"x": Fraction(-1)})
    assert not violates(Statement.parse("x > 100", ["log(x) < 100"]), {"x": Fraction(-1)})


def test_definedness_on_boxes():
    x = t.variable("x")
    log = parse_term("log(x)")
    assert TermEvaluator({x: arb(2, 1)}).walk(log).defined is True
    assert TermEvaluator({x: arb(0, 1)}).walk(log).defined is None
    assert TermEvaluator({x: arb(-2, 1)}).walk(log).defined is False
    assert TermEvaluator({x: arb(0, 1)}).walk(parse_term("1/x")).defined is None
    assert TermEvaluator({x: arb(0, 1)}).walk(parse_term("sqrt(x)")).ball.contains(arb(1))


TERMS = [
    "x^2 - y^3 + 1",
    "x^3*y",
    "exp(x - y)/(1 + x^2)",
    "log(1 + x^2) - abs(y)",
    "sqrt(x^2 + y^2)",
    "min(x, y)*max(x, 1)",
    "(1 + x^2)^(3/2) - (2 + x^2)^y",
    "1/(2 + y^2) + x^(-2)",
    "LambertW(x^2, 0) - y",
    "sqrt(x) + log(y)",
    "x^(1/3)*y",
]
fractions = st.fractions(-5, 5, max_denominator=50)


@given(st.sampled_from(TERMS), fractions, fractions, fractions, fractions)
def test_a_box_encloses_its_points(text, x, y, width, height):
    """The value at a point of a box lies in the value over the box, whenever the point is defined."""
    term = parse_term(text, {"x": "real", "y": "real"})
    sx, sy = t.variable("x"), t.variable("y")

    def ball(centre, radius):
        return arb(fmpq(centre.numerator, centre.denominator), abs(float(radius)))

    box = TermEvaluator({sx: ball(x, width), sy: ball(y, height)}).walk(term)
    for dx in (-1, Fraction(1, 3), 1):
        # Stay inside the double that the radius was rounded to.
        px = x + dx * abs(Fraction(float(width)))
        py = y - dx * abs(Fraction(float(height)))
        point = evaluate(term, {"x": px, "y": py})
        if point.defined:
            assert box.defined is not False
            assert box.ball.overlaps(point.ball)
        elif point.defined is False:
            assert box.defined is not True


def test_a_box_evaluator_that_ignored_the_radius_would_be_caught():
    x = t.variable("x")
    wide = TermEvaluator({x: arb(1, 1)}).walk(parse_term("x^2")).ball
    assert not arb(1).contains(wide)
    assert wide.contains(arb(4))


def test_a_root_of_enormous_degree_costs_nothing():
    # 2^(1/10^9) is a root of a polynomial that does not fit into memory.
    assert holds_at(parse_formula("2^t <= 3^t"), {"t": Fraction(1, 10**9)}) is True
