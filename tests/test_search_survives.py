"""Statements on which a step of the search could stumble: it goes on, and answers."""

import pytest

from srverify.language.statement import Statement
from srverify.numerics.prover.solve import prove


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
