"""Refutations at points that doubles do not tell apart, and equalities that algebra shows."""

from __future__ import annotations

from fractions import Fraction

import pytest

from srverify.language.statement import Statement
from srverify.numerics.arb_eval import violates
from srverify.numerics.prover.solve import prove

FAR = [
    ("loggamma(x+1) <= 10^6*x", "(0, oo)"),
    ("digamma(x) <= 100", "(0, oo)"),
    ("log(log(x)) <= 20", "(1, oo)"),
    ("x^(1/1000) <= 10*log(x)", "[2, oo)"),
    ("tanh(x) < 1 - 10^-1000", "(0, oo)"),
    ("log(1 + exp(x)) > x + 10^-500", "real"),
    ("1/log(1/x) >= 1/1000", "(0, 1)"),
    ("-log(1 - x) <= 2000", "[0, 1)"),
    ("x + exp(-exp(-x)) > 10^-5", "real"),
    ("log(-x) <= 10^4", "(-oo, -1)"),
]
#: Equal on both sides wherever they are defined.
EQUAL = [
    ("cosh(x)^2", "sinh(x)^2 + 1"),
    ("sinh(2*x)", "2*sinh(x)*cosh(x)"),
    ("cosh(3*x)", "4*cosh(x)^3 - 3*cosh(x)"),
    ("erf(x) + erfc(x)", "1"),
    ("exp(x + 1)", "exp(1)*exp(x)"),
    ("2^x*3^x", "6^x"),
    ("sin(x)^2 + cos(x)^2", "1"),
    ("sin(3*x)", "3*sin(x) - 4*sin(x)^3"),
    ("sin(x + pi/3)", "sin(x)/2 + cos(x)*sqrt(3)/2"),
    ("tan(2*x)", "2*tan(x)/(1 - tan(x)^2)"),
    ("tan(atan(x))", "x"),
    ("cos(asin(x/2))", "sqrt(1 - x^2/4)"),
    ("atan(x) + atan(1/x)", "pi/2"),
    ("asinh(x)", "log(x + sqrt(x^2 + 1))"),
    ("atanh(x/3)", "log((3 + x)/(3 - x))/2"),
    ("W(x)*exp(W(x))", "x"),
    ("log(W(x))", "log(x) - W(x)"),
    ("W(x*exp(x))", "x"),
    ("W(x*log(x))", "log(x)"),
    ("gamma(x + 2)", "x*(x + 1)*gamma(x)"),
    ("log(gamma(x + 1))", "loggamma(x) + log(x)"),
    ("digamma(x + 1)", "digamma(x) + 1/x"),
    ("log(6*x)", "log(2) + log(3*x)"),
]


@pytest.mark.parametrize(("show", "domain"), FAR)
def test_far_and_near_points_refute(show, domain):
    statement = Statement.parse(show, (), {"x": domain})
    found = prove(statement, 30.0, refute_only=True)
    assert found.status == "refuted"
    assert violates(statement, found.witness, 4096)


@pytest.mark.parametrize(("left", "right"), EQUAL)
def test_equal_sides_are_seen_to_be(left, right):
    strict = Statement.parse(f"{left} < {right}", (), {"x": "(1, 2)"})
    assert violates(strict, {"x": Fraction(3, 2)})
    assert prove(strict, 30.0, refute_only=True).status == "refuted"


@pytest.mark.parametrize(("left", "right"), EQUAL)
def test_nearly_equal_sides_are_not(left, right):
    for sign, off in (("<", "+ 10^-60"), (">", "- 10^-60")):
        near = Statement.parse(f"{left} {sign} {right} {off}", (), {"x": "(1, 2)"})
        assert not violates(near, {"x": Fraction(3, 2)})


@pytest.mark.parametrize(
    ("show", "domain"),
    [
        # The Taylor polynomial of exp, its error at 1 less a 10^-6th of it.
        ("exp(x) - (1 + x + x^2/2 + x^3/6 + x^4/24) <= 994848/10^8 - 1/10^9", "[0, 1]"),
        # A margin that is negative by 10^-24 around 1/3 only.
        ("(3*x - 1)^2 + exp(x) >= exp(x) + 10^-24", "[0, 1]"),
        ("(exp(x) - 7/5)^2 >= 10^-30", "[0, 1]"),
    ],
)
def test_dips_that_rounding_hides_are_found(show, domain):
    statement = Statement.parse(show, (), {"x": domain})
    found = prove(statement, 30.0, refute_only=True)
    assert found.status == "refuted"
    assert violates(statement, found.witness, 4096)


@pytest.mark.parametrize(
    "show",
    [
        "10^6*(exp(x) - exp(y))^2 + (x + y - 22/9)^2 >= 10^-9",
        "10^6*(log(x) - log(y))^2 + (log(x*y) - 7/9)^2 >= 10^-9",
    ],
)
def test_a_valley_along_equal_variables_is_followed(show):
    statement = Statement.parse(show, (), dict.fromkeys("xy", "(0, oo)"))
    found = prove(statement, 20.0)
    assert found.status == "refuted"
    assert violates(statement, found.witness)
