"""Weighted means of arithmetic and geometric kind, with numbers that make their parts meet elsewhere."""

import pytest
from tactic_proofs import whole_proofs

from srverify.language.statement import Statement
from srverify.numerics.prover.solve import prove
from srverify.numerics.tactics.jensen import by_means
from srverify.numerics.tactics.planes import by_root_planes

POSITIVE = dict.fromkeys("uvw", "(0, oo)")
MEANS = [
    "12*(u*v)^(1/3) <= u + 4*v + 16",
    "6*u^(1/3)*v^(1/3)*w^(1/3) <= u + 2*v + 4*w",
    "12*u*v <= u^3 + 4*v^3 + 16",
    "3*u*v*w <= u^3 + v^3 + w^3",
]
#: The constants are the best ones.
NOT_MEANS = [
    "(12 + 1/1000)*(u*v)^(1/3) <= u + 4*v + 16",
    "6*u^(1/3)*v^(1/3)*w^(1/3) <= u + 2*v + 399/100*w",
    "12*u*v <= u^3 + 4*v^3 + 16 - 1/1000",
    "12*u*v < u^3 + 4*v^3 + 16",
]
#: Carleman's inequality has no better constant for three numbers.
CARLEMAN = "u + sqrt(u*v) + (u*v*w)^(1/3) <= 4/3*(u + v + w)"


@pytest.mark.parametrize("show", MEANS)
def test_a_geometric_mean_is_below_the_arithmetic_one(show):
    assert whole_proofs(by_means, show, POSITIVE)


@pytest.mark.parametrize("show", NOT_MEANS)
def test_no_better_constants_are_shown(show):
    assert not whole_proofs(by_means, show, POSITIVE)


def test_planes_touch_roots_where_the_goal_vanishes():
    assert whole_proofs(by_root_planes, "u + sqrt(u*v) + (u*v)^(1/3) <= 4/3*(u + v + 1)", POSITIVE)
    assert not whole_proofs(
        by_root_planes, "u + sqrt(u*v) + (u*v)^(1/3) <= 4/3*(u + v) + 133/100", POSITIVE
    )
    assert prove(Statement.parse(CARLEMAN, variables=POSITIVE), 30.0).status == "proved"
    false = CARLEMAN.replace("4/3", "133/100")
    assert prove(Statement.parse(false, variables=POSITIVE), 30.0).status == "refuted"
