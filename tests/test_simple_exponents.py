"""Powers with constant exponents of many digits, by simple ones beside an end."""

import pytest

from srverify.checker.check import check
from srverify.checker.sequent import Sequent
from srverify.language.statement import Statement
from srverify.numerics.clock import Clock
from srverify.numerics.prover.solve import prove
from srverify.numerics.tactics.driver import Driver
from srverify.numerics.tactics.exponents import by_simple_exponents
from srverify.numerics.tactics.search import TACTICS

ENTROPY = "-p*log(p) - (1 - p)*log(1 - p)"
#: Topsøe's bound.
SHARP = f"{ENTROPY} <= log(2)*(4*p*(1 - p))^(1/(2*log(2)))"


def _proposed(show, domain):
    statement = Statement.parse(show, variables={"p": domain})
    driver = Driver(Clock.after(60.0), TACTICS, 600)
    found = list(by_simple_exponents(driver, Sequent.of(statement), 2))
    for node, cost in found:
        if cost < 0:
            check(statement, node)
    return found


def test_a_range_is_cut_off_where_a_simple_exponent_serves():
    assert [node["rule"] for node, _ in _proposed(SHARP, "(0, 1)")] == ["cases"]
    ((proof, cost),) = _proposed(SHARP, "(0, 1/100]")
    assert cost < 0
    assert proof["formula"].endswith("^(3/4)")


def test_the_bound_of_topsoe_is_shown():
    assert prove(Statement.parse(SHARP, variables={"p": "(0, 1)"}), 60.0).status == "proved"


@pytest.mark.parametrize(
    ("show", "domain"),
    [
        # Simple exponents, bases above 1, and what is false for any exponent beside it.
        (f"{ENTROPY} <= log(2)*(4*p*(1 - p))^(2/3)", "(0, 1)"),
        ("log(1 + p) <= (1 + p)^(1/(2*log(2)))", "(0, 1)"),
        (f"2*log(2)*(4*p*(1 - p))^(1/(2*log(2))) <= {ENTROPY}", "(0, 1)"),
    ],
)
def test_others_are_left_alone(show, domain):
    assert not _proposed(show, domain)


def test_a_smaller_power_is_refuted():
    show = SHARP.replace("1/(2*log(2))", "3/4")
    assert prove(Statement.parse(show, variables={"p": "(0, 1)"}), 30.0).status == "refuted"
