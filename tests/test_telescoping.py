"""Gamma compared by steps of 1: proofs that use them are accepted, wrong steps are not proposed."""

import pytest

from srverify.checker.check import check
from srverify.checker.sequent import Sequent
from srverify.language.statement import Statement
from srverify.numerics.clock import Clock
from srverify.numerics.tactics.driver import Driver
from srverify.numerics.tactics.search import TACTICS
from srverify.numerics.tactics.telescoping import by_telescoping

DOMAINS = {"x": "(0, oo)", "s": "(0, 1)"}
#: Kershaw's bounds of Gautschi's quotient, as logarithms.
LOWER = "(1 - s)*log(x + s/2) < loggamma(x + 1) - loggamma(x + s)"
UPPER = "loggamma(x + 1) - loggamma(x + s) <= (1 - s)*digamma(x + (s + 1)/2)"


@pytest.mark.parametrize("show", [LOWER, UPPER])
def test_a_quotient_of_gammas_is_bounded_by_its_steps(show):
    statement = Statement.parse(show, variables=DOMAINS)
    driver = Driver(Clock.after(60.0), TACTICS, 600)
    proof = driver.prove(Sequent.of(statement), 5)
    assert proof is not None
    assert check(statement, proof).rules["telescope"] == 1


@pytest.mark.parametrize(
    "show",
    [
        # It grows by steps of 1, or its limit is below 0.
        "(1 - s)*log(x + 1) < loggamma(x + 1) - loggamma(x + s)",
        "1/1000 + (1 - s)*log(x + s/2) < loggamma(x + 1) - loggamma(x + s)",
    ],
)
def test_nothing_is_proposed_where_steps_or_limit_are_wrong(show):
    sequent = Sequent.of(Statement.parse(show, variables=DOMAINS))
    driver = Driver(Clock.after(60.0), TACTICS, 600)
    assert list(by_telescoping(driver, sequent, 3)) == []
