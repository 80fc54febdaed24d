"""Sums of several logarithms: each put beside its tangent where the goal is nearest to failing."""

from __future__ import annotations

import pytest

from srverify.checker.check import check as accepted
from srverify.language.statement import Statement
from srverify.numerics.prover.solve import prove

SIMPLEX = (["x + y < 1"], dict.fromkeys("xy", "(0, 1)"))
POSITIVE = ([], dict.fromkeys("xyz", "(0, oo)"))
ENTROPY = "-x*log(x) - y*log(y) - (1 - x - y)*log(1 - x - y)"
TRUE = [
    (f"{ENTROPY} <= log(3)", SIMPLEX),
    (f"{ENTROPY} <= x*log(4) + y*log(4) + (1 - x - y)*log(2)", SIMPLEX),
    ("log(x) + 2*log(y) + log(1 - x - y) <= -6*log(2)", SIMPLEX),
    ("log(1 + x) + log(1 + y) + log(2 - x - y) <= 3*log(4/3)", SIMPLEX),
    ("x*log(x) + y*log(y) + z*log(z) >= -3/e", POSITIVE),
    ("x*log(x) + y*log(y) + z*log(z) > -3/e - 10^-20", POSITIVE),
]
FALSE = [
    (f"{ENTROPY} <= log(3) - 10^-9", SIMPLEX),
    (f"{ENTROPY} <= x*log(4) + y*log(4) + (1 - x - y)*log(1999/1000)", SIMPLEX),
    ("log(x) + 2*log(y) + log(1 - x - y) <= -4159/1000", SIMPLEX),
    ("log(1 + x) + log(1 + y) + log(2 - x - y) <= 3*log(1333/1000)", SIMPLEX),
    ("x*log(x) + y*log(y) + z*log(z) > -3/e", POSITIVE),
    ("x*log(x) + y*log(y) + z*log(z) >= -3/e + 10^-20", POSITIVE),
]


@pytest.mark.parametrize(("show", "where"), TRUE)
def test_sums_of_logarithms_are_bounded(show, where):
    statement = Statement.parse(show, *where)
    found = prove(statement, 30.0)
    assert found.status == "proved", found.reason
    accepted(statement, found.proof)


@pytest.mark.parametrize(("show", "where"), FALSE)
def test_a_little_less_is_refuted(show, where):
    assert prove(Statement.parse(show, *where), 30.0).status == "refuted"


NUMBERS = [
    (
        "0 <= 6*log(2) - 2*log(4) - log(8)/3 - log(2)",
        "6*log(2) - 2*log(4) - log(8)/3 >= log(2) + 10^-30",
    ),
    ("log(12) = 2*log(2) + log(3)", "log(12) <= 2*log(2) + log(3) - 10^-30"),
    ("log(6)/log(2) = 1 + log(3)/log(2)", "log(6)/log(2) >= 1 + log(3)/log(2) + 10^-30"),
    ("log(5/6) <= log(5) - log(2) - log(3)", "log(5/6) < log(5) - log(2) - log(3)"),
    ("log(10^9*12) = 11*log(2) + log(3) + 9*log(5)", "log(10^9*12) = 10*log(2) + log(6) + 8*log(5)"),
]


@pytest.mark.parametrize(("show", "false"), NUMBERS)
def test_logarithms_of_numbers_are_sums_over_primes(show, false):
    statement = Statement.parse(show)
    found = prove(statement, 30.0)
    assert found.status == "proved", found.reason
    accepted(statement, found.proof)
    assert prove(Statement.parse(false), 30.0).status == "refuted"


def test_products_of_error_functions_are_compared_by_logarithms():
    variables = dict.fromkeys("xy", "[0, oo)")
    statement = Statement.parse("erfc(x + y) <= erfc(x)*erfc(y)", (), variables)
    found = prove(statement, 60.0)
    assert found.status == "proved", found.reason
    accepted(statement, found.proof)
    false = Statement.parse("erfc(x + y) + 10^-9 <= erfc(x)*erfc(y)", (), variables)
    assert prove(false, 30.0).status == "refuted"
