"""Weighted means of arithmetic and geometric kind, with numbers that make their parts meet elsewhere."""

import pytest

from srverify.checker.check import check
from srverify.checker.sequent import Sequent
from srverify.language.statement import Statement
from srverify.numerics.clock import Clock
from srverify.numerics.prover.solve import prove
from srverify.numerics.tactics.driver import Driver
from srverify.numerics.tactics.jensen import by_means
from srverify.numerics.tactics.planes import by_root_planes
from srverify.numerics.tactics.search import TACTICS

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


def _found(tactic, show):
    statement = Statement.parse(show, variables=POSITIVE)
    driver = Driver(Clock.after(60.0), TACTICS, 600)
    proofs = [node for node, cost in tactic(driver, Sequent.of(statement), 3) if cost < 0]
    for proof in proofs:
        check(statement, proof)
    return proofs


@pytest.mark.parametrize("show", MEANS)
def test_a_geometric_mean_is_below_the_arithmetic_one(show):
    assert _found(by_means, show)


@pytest.mark.parametrize("show", NOT_MEANS)
def test_no_better_constants_are_shown(show):
    assert not _found(by_means, show)


def test_planes_touch_roots_where_the_goal_vanishes():
    assert _found(by_root_planes, "u + sqrt(u*v) + (u*v)^(1/3) <= 4/3*(u + v + 1)")
    assert not _found(by_root_planes, "u + sqrt(u*v) + (u*v)^(1/3) <= 4/3*(u + v) + 133/100")
    assert prove(Statement.parse(CARLEMAN, variables=POSITIVE), 30.0).status == "proved"
    false = CARLEMAN.replace("4/3", "133/100")
    assert prove(Statement.parse(false, variables=POSITIVE), 30.0).status == "refuted"
