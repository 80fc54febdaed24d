"""Statements on which a step of the search could stumble: it goes on, and answers."""

import pytest

from srverify.checker.sequent import Sequent
from srverify.language.statement import Statement
from srverify.numerics.clock import Clock
from srverify.numerics.prover.solve import prove
from srverify.numerics.tactics.covering import at_once
from srverify.numerics.tactics.driver import Driver


@pytest.mark.parametrize(
    ("show", "given", "variables", "witness"),
    [
        # A law at a value at which its right side divides by the number 0.
        ("atanh(n) + asin(n) <= 5", (), {"n": "natural [0, 1]"}, {"n": 1}),
        # A value of one variable at which an equation for the other divides by the number 0.
        ("1/(n - 2) <= x", ["x*(n - 2) = 1"], {"x": "real", "n": "natural [0, 5]"}, None),
        # Equations that leave nothing of what sums of squares have to make up.
        ("atanh(x) <= atanh(y)", ["x = 1", "y = 1"], {"x": "real", "y": "real"}, {"x": 1, "y": 1}),
    ],
)
def test_the_search_answers(show, given, variables, witness):
    # A cap: what is found takes a second or so on a quiet machine.
    found = prove(Statement.parse(show, given, variables), 30)
    assert found.status == ("proved" if witness is None else "refuted"), found
    assert found.witness == witness


def test_steps_that_lead_on_for_ever_are_left():
    def by_doubling(driver, sequent, depth):
        yield {"rule": "rewrite", "goal": f"0 <= 2*({sequent.goal.right})", "k": "1/2"}, 0

    driver = Driver(Clock.after(60.0), (by_doubling, at_once), 400)
    sequent = Sequent.of(Statement.parse("0 <= exp(x)", (), {"x": "[0, oo)"}))
    assert driver.prove(sequent, 1) is not None
    assert driver.steps > 300
