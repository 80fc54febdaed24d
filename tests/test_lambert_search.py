"""Lambert W in the search: values recognized, compared by their arguments, and in pairs."""

from __future__ import annotations

import pytest

from srverify.checker.check import check as accepted
from srverify.language.statement import Statement
from srverify.numerics.prover.solve import prove

BRANCHES = {"x": "[-1/e, 0)"}
TRUE = [
    ("W(x*log(x)) = log(x)", {"x": "[1/e, oo)"}),
    ("W(x*log(x)) >= log(x)", {"x": "[1/10, oo)"}),
    ("W(2*x^2*log(x)) = 2*log(x)", {"x": "[1, oo)"}),
    ("W(-log(x)/x) = -log(x)", {"x": "(0, e]"}),
    ("W(-log(x)/x, -1) = -log(x)", {"x": "[e, oo)"}),
    ("W(-log(2)/2) = -log(2) and W(-log(2)/2, -1) = -2*log(2)", {}),
    ("W(-x*exp(-x)) >= -x", {"x": "(0, oo)"}),
    ("W(2*x) <= 2*W(x)", {"x": "[0, oo)"}),
    ("W(x^2) <= 2*log(1 + x)", {"x": "[0, oo)"}),
    ("abs(W(exp(x)) - W(exp(y))) <= abs(x - y)", {"x": "real", "y": "real"}),
    ("W(x)*W(x, -1) <= 1", BRANCHES),
    ("W(x) + W(x, -1) <= -2", BRANCHES),
    ("-W(-x*exp(-x)) <= 1/x", {"x": "(1, oo)"}),
    ("-W(-x*exp(-x)) >= 2 - x", {"x": "(1, oo)"}),
]
#: Each a little too strong, or on a range a little too large.
FALSE = [
    ("W(x*log(x)) = log(x)", {"x": "[1/3, oo)"}),
    ("W(x*log(x)) > log(x)", {"x": "[1/10, oo)"}),
    ("W(2*x^2*log(x)) = 2*log(x)", {"x": "[1/2, oo)"}),
    ("W(-log(x)/x) = -log(x)", {"x": "(0, 3]"}),
    ("W(-log(x)/x, -1) = -log(x)", {"x": "[5/2, oo)"}),
    ("W(-log(2)/2) = -2*log(2)", {}),
    ("W(-x*exp(-x)) > -x", {"x": "(0, oo)"}),
    ("W(2*x) <= 199/100*W(x)", {"x": "[0, oo)"}),
    ("abs(W(exp(x)) - W(exp(y))) <= 99/100*abs(x - y)", {"x": "real", "y": "real"}),
    ("W(x)*W(x, -1) < 1", BRANCHES),
    ("W(x) + W(x, -1) <= -2 - 10^-9", BRANCHES),
    ("-W(-x*exp(-x)) <= 99/100/x", {"x": "(1, oo)"}),
    ("-W(-x*exp(-x)) >= 2 - 99/100*x", {"x": "(1, oo)"}),
]


@pytest.mark.parametrize(("show", "variables"), TRUE)
def test_values_are_recognized_and_compared(show, variables):
    statement = Statement.parse(show, (), variables)
    found = prove(statement, 30.0)
    assert found.status == "proved", found.reason
    accepted(statement, found.proof)


@pytest.mark.parametrize(("show", "variables"), FALSE)
def test_nothing_false_is(show, variables):
    assert prove(Statement.parse(show, (), variables), 30.0).status == "refuted"


ORDERED = {"x": "[0, oo)", "y": "[0, oo)"}


@pytest.mark.parametrize(
    ("show", "false"),
    [
        ("W(y) - W(x) <= y - x", "W(y) - W(x) <= 99/100*(y - x)"),
        ("W(y) - W(x) <= (y - x)/(1 + x)", "W(y) - W(x) <= (y - x)/(1 + y)"),
        ("W(x)*(1 + y) <= W(y)*(1 + y)", "W(x)*(1 + y) < W(y)*(1 + y)"),
    ],
)
def test_values_at_ordered_arguments_are_ordered(show, false):
    statement = Statement.parse(show, ["x <= y"], ORDERED)
    found = prove(statement, 30.0)
    assert found.status == "proved", found.reason
    accepted(statement, found.proof)
    assert prove(Statement.parse(false, ["x <= y"], ORDERED), 30.0).status == "refuted"


def test_values_of_the_lower_branch_are_ordered_the_other_way():
    variables = dict.fromkeys("xy", "[-1/3, 0)")
    statement = Statement.parse("W(y, -1) + 1 <= W(x, -1) + 1 + (y - x)", ["x <= y"], variables)
    found = prove(statement, 30.0)
    assert found.status == "proved", found.reason
    false = Statement.parse("W(x, -1) <= W(y, -1) + (y - x)", ["x <= y"], variables)
    assert prove(false, 30.0).status == "refuted"
