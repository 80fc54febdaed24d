"""Goals that vanish to second order on the diagonal, by polynomials below them."""

import pytest
from tactic_proofs import whole_proofs

from srverify.numerics.tactics.minorants import by_minorants

UNIT, LINE = dict.fromkeys("pq", "(0, 1)"), dict.fromkeys("xy", "real")
DIVERGENCE = "p*log(p/q) + (1 - p)*log((1 - p)/(1 - q))"
TANGENT = "cosh(x) - cosh(y) - sinh(y)*(x - y)"
BELOW = [
    (f"2*(p - q)^2 + 4/9*(p - q)^4 <= {DIVERGENCE}", UNIT),
    (f"(x - y)^2/2 + (x - y)^4/72 <= {TANGENT}", LINE),
]
NOT_BELOW = [
    # The constants are sharp; the slope on the diagonal matters; so does the value.
    (f"2*(p - q)^2 + 9/20*(p - q)^4 <= {DIVERGENCE}", UNIT),
    (f"(x - y)^2/2 + (x - y)^4/71 <= {TANGENT}", LINE),
    (f"(x - y)^2/2 + (x - y)^4/72 + (x - y)/10 <= {TANGENT}", LINE),
    (f"(x - y)^2/2 + (x - y)^4/72 <= {TANGENT} - 1/10^6", LINE),
    # A convex function needs no such help.
    (f"0 <= {TANGENT}", LINE),
]


@pytest.mark.parametrize(("show", "variables"), BELOW)
def test_a_parabola_below_the_second_derivative_shows_it(show, variables):
    assert whole_proofs(by_minorants, show, variables)


@pytest.mark.parametrize(("show", "variables"), NOT_BELOW)
def test_nothing_else_is_shown(show, variables):
    assert not whole_proofs(by_minorants, show, variables)
