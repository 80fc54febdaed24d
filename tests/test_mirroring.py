"""Divergences of two-point distributions, shown by what each of the points adds."""

import pytest
from tactic_proofs import whole_proofs

from srverify.numerics.tactics.mirroring import by_mirroring

UNIT = dict.fromkeys("pq", "(0, 1)")
SHANNON = (
    "p*log(2*p/(p + q)) + q*log(2*q/(p + q)) + (1 - p)*log(2*(1 - p)/(2 - p - q))"
    " + (1 - q)*log(2*(1 - q)/(2 - p - q))"
)
RELATIVE = "p*log(p/q) + (1 - p)*log((1 - p)/(1 - q))"
SQUARES = "((p - q)^2/q + (p - q)^2/(1 - q))"
TRIANGLES = "((p - q)^2/(p + q) + (p - q)^2/(2 - p - q))"
BELOW = [
    f"{SHANNON} <= 2*log(2)*abs(p - q)",
    f"{SHANNON} <= log(2)*{TRIANGLES}",
    # Only with a multiple of p - q is each summand of one sign.
    f"{RELATIVE} <= {SQUARES}",
    f"(sqrt(p) - sqrt(q))^2 + (sqrt(1 - p) - sqrt(1 - q))^2 <= {RELATIVE}",
]
NOT_BELOW = [
    f"{SHANNON} <= 69/50*abs(p - q)",
    f"{SHANNON} <= 69/100*{TRIANGLES}",
    f"{RELATIVE} <= 99/100*{SQUARES}",
    # True, though not summand by summand.
    f"2*(p - q)^2 <= {RELATIVE}",
    # The points are told apart.
    "p*log(p/q) <= (p - q)^2/q + (p - q)",
]


@pytest.mark.parametrize("show", BELOW)
def test_both_points_show_it(show):
    assert whole_proofs(by_mirroring, show, UNIT)


@pytest.mark.parametrize("show", NOT_BELOW)
def test_nothing_else_is_shown(show):
    assert not whole_proofs(by_mirroring, show, UNIT)
