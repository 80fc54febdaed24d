"""Minima that leave the range of one variable at a closed end of another one's."""

import pytest

from srverify.checker.sequent import Sequent
from srverify.language.statement import Statement
from srverify.numerics.clock import Clock
from srverify.numerics.prover.solve import prove
from srverify.numerics.tactics.driver import Driver
from srverify.numerics.tactics.leaving import by_leaving
from srverify.numerics.tactics.search import TACTICS

X = {"x": "(0, oo)"}
LEAVING = [
    # The minimum is at x = m, at x = n - 1, and at x = 1 - p.
    ("m*log(x) - loggamma(m + 1) <= x", {**X, "m": "[0, oo)"}, "0 < m"),
    ("n*log(x) - loggamma(n + 1) <= x + log(x) - log(n)", {**X, "n": "[1, oo)"}, "1 < n"),
    ("(1 - p)*log(x) <= x - (1 - p) + (1 - p)*log(1 - p)", {**X, "p": "[0, 1)"}, None),
]


def _proposed(show, variables):
    sequent = Sequent.of(Statement.parse(show, variables=variables))
    driver = Driver(Clock.after(10.0), TACTICS, 100)
    return [node for node, _ in by_leaving(driver, sequent, 2)]


@pytest.mark.parametrize(("show", "variables", "apart"), LEAVING)
def test_the_end_is_told_apart_where_the_minimum_leaves(show, variables, apart):
    heads = _proposed(show, variables)
    assert heads == ([] if apart is None else [{"rule": "cases", "on": apart}])
    assert prove(Statement.parse(show, variables=variables), 30.0).status == "proved"


def test_other_minima_and_closed_ranges_are_left_alone():
    assert not _proposed("m*log(x) - loggamma(m + 1) <= x", {**X, "m": "(0, oo)"})
    assert not _proposed("(m + 1)*log(x) - loggamma(m + 1) <= x", {**X, "m": "[0, oo)"})


def test_a_false_statement_of_this_kind_is_refuted():
    show = "n*log(x) - loggamma(n + 1) <= 9/10*x + log(x) - log(n)"
    statement = Statement.parse(show, variables={**X, "n": "[1, oo)"})
    assert prove(statement, 30.0).status == "refuted"
