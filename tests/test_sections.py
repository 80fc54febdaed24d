"""Violations in narrow valleys: found where the margin is least on a section, and confirmed exactly."""

from random import Random

import pytest

from srverify.language.statement import Statement
from srverify.numerics.arb_eval import violates
from srverify.numerics.prover.sections import least_points
from srverify.numerics.prover.solve import prove

UNIT = {"x": "(0, 1)", "y": "(0, 1)"}
DIVERGENCE = "x*log(x/y) + (1 - x)*log((1 - x)/(1 - y))"


@pytest.mark.parametrize("quartic", ["0.45", "0.4447"])
def test_a_divergence_below_its_bound_next_to_equality_is_found(quartic):
    # Kullback's constant is 4/9; at x = y both sides are 0.
    show = f"{DIVERGENCE} >= 2*(x - y)^2 + {quartic}*(x - y)^4"
    result = prove(Statement.parse(show, variables=UNIT), 20.0, refute_only=True)
    assert result.status == "refuted"
    assert violates(Statement.parse(show, variables=UNIT), result.witness)


def test_the_sharp_constant_is_not_refuted():
    show = f"{DIVERGENCE} >= 2*(x - y)^2 + 4/9*(x - y)^4"
    assert prove(Statement.parse(show, variables=UNIT), 3.0, refute_only=True).status == "unknown"


def test_least_points_of_a_valley_lie_in_it():
    def margin(point):
        x, y = point
        return (x + y - 1) ** 2 * 1e4 - (x - y) ** 2

    axis = [k / 20 for k in range(21)]
    value, point = min(least_points([axis, axis], margin, Random(0)))
    assert value < -0.9
    assert abs(sum(point) - 1) < 1e-3
