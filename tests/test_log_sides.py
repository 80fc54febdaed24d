"""Two products compared by their logarithms, taken apart, where only that is plain."""

from contextlib import suppress

import pytest

from srverify.checker.check import check
from srverify.checker.sequent import Sequent
from srverify.language.statement import Statement
from srverify.numerics.clock import Clock, OutOfTimeError
from srverify.numerics.prover.solve import prove
from srverify.numerics.tactics.driver import Driver, OutOfStepsError
from srverify.numerics.tactics.logarithms import by_log_sides, by_sides
from srverify.numerics.tactics.search import TACTICS

RAY = {"x": "(0, oo)", "y": "(0, oo)"}
COUNTED = {"n": "natural [1, oo)", "k": "natural [1, oo)"}
APART = [
    ("(n/k)^k <= gamma(n + 1)/(gamma(k + 1)*gamma(n - k + 1))", COUNTED, "k <= n"),
    ("gamma(x + 1)*gamma(y + 1) <= gamma(x + y + 1)", RAY, None),
    ("exp((x + log(x) + y + log(y))/2) <= (x + y)/2*exp((x + y)/2)", RAY, None),
    (
        "(x/(1 - x)*(y/(1 - y)))^(1/3) <= ((x + y)/(2 - x - y))^(2/3)",
        dict.fromkeys("xy", "(0, 1/2]"),
        None,
    ),
    # Both sides vanish at 0.
    ("x^2 <= 2*log(1 + x)*exp(2*log(1 + x))", {"x": "[0, oo)"}, None),
]
FALSE = [
    ("(n/k)^k < gamma(n + 1)/(gamma(k + 1)*gamma(n - k + 1))", COUNTED, "k <= n"),
    ("gamma(x + 1)*gamma(y + 1) <= 99/100*gamma(x + y + 1)", RAY, None),
    ("exp((x + log(x) + y + log(y))/2) < (x + y)/2*exp((x + y)/2)", RAY, None),
]


def _statement(show, variables, given):
    return Statement.parse(show, (given,) if given else (), variables)


@pytest.mark.parametrize("row", APART)
def test_logarithms_of_products_are_compared(row):
    statement = _statement(*row)
    driver = Driver(Clock.after(60.0), TACTICS, 600)
    proposed = list(by_log_sides(driver, Sequent.of(statement), 3))
    assert proposed
    for proof, cost in proposed:
        if cost < 0:
            check(statement, proof)
    found = prove(statement, 60.0)
    assert found.status == "proved"


@pytest.mark.parametrize("row", FALSE)
def test_nothing_false_is_shown_by_them(row):
    statement = _statement(*row)
    assert prove(statement, 10.0).status == "refuted"
    driver = Driver(Clock.after(5.0), TACTICS, 100)
    for tactic in (by_log_sides, by_sides):
        with suppress(OutOfStepsError, OutOfTimeError):
            assert all(cost >= 0 for _, cost in tactic(driver, Sequent.of(statement), 2))


def test_products_without_logarithms_are_left_to_others():
    statement = _statement("x*y*exp(x) <= (x + y)^2*exp(x)", RAY, None)
    assert not list(by_log_sides(Driver(Clock.after(5.0), TACTICS, 100), Sequent.of(statement), 3))
