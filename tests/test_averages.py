"""Goals about one function of several variables: of their mean, and of each of them in products."""

import pytest
from tactic_proofs import whole_proofs

from srverify.checker.sequent import Sequent
from srverify.language.statement import Statement
from srverify.numerics.clock import Clock
from srverify.numerics.tactics.averages import by_averages, by_diagonals
from srverify.numerics.tactics.driver import Driver
from srverify.numerics.tactics.jensen import by_exp_means, by_log_means

RAY, LINE = {"x": "[0, oo)", "y": "[0, oo)"}, {"x": "real", "y": "real"}
CONVEX = [
    ("log(erfc(x)) + log(erfc(y)) <= 2*log(erfc((x + y)/2))", LINE),
    ("exp((x + 2*y)/3) + ((x + 2*y)/3)^2 <= exp(x)/3 + 2*exp(y)/3 + x^2/3 + 2*y^2/3", LINE),
    ("cosh((x + y + z)/3) <= (cosh(x) + cosh(y) + cosh(z))/3", {**RAY, "z": "[0, oo)"}),
    # Convex on the ray, and not on the line: where the mean is 0, so are the variables.
    ("sinh((x + y)/2) <= (sinh(x) + sinh(y))/2", RAY),
    # Ky Fan: another function of the mean, written by the sum.
    (
        "log(x/(1 - x)) + log(y/(1 - y)) + log(z/(1 - z)) <= 3*log((x + y + z)/(3 - x - y - z))",
        dict.fromkeys("xyz", "(0, 1/2]"),
    ),
    ("sqrt(x) + sqrt(y) <= sqrt(2*x + 2*y)", {"x": "(0, oo)", "y": "(0, oo)"}),
]
NOT_CONVEX = [
    # Concave, other weights, one more summand.
    ("2*log(erfc((x + y)/2)) <= log(erfc(x)) + log(erfc(y))", LINE),
    ("exp((x + 2*y)/3) <= 2*exp(x)/3 + exp(y)/3", LINE),
    ("cosh((x + y)/2) <= (cosh(x) + cosh(y))/2 - x", RAY),
    ("cosh((x + y)/2) <= (cosh(x) + cosh(y))/2 - 1/10^9", RAY),
    # Convex for positive numbers, and not beyond.
    ("sinh((x + y)/2) <= (sinh(x) + sinh(y))/2", {"x": "[-1, oo)", "y": "[-1, oo)"}),
    ("log(x/(1 - x)) + log(y/(1 - y)) <= 2*log((x + y)/(2 - x - y))", dict.fromkeys("xy", "(0, 2/3]")),
    # Less than the function itself of the mean.
    ("sqrt(x) + sqrt(y) <= sqrt(2*x + 2*y) - 1/10^6", {"x": "(0, oo)", "y": "(0, oo)"}),
]
DIAGONAL = [
    ("erf(x)*erf(y) <= 1 - exp(-x^2 - y^2)", {"x": "(0, oo)", "y": "(0, oo)"}),
    ("exp(x + y) + x*y <= exp(2*x)/2 + exp(2*y)/2 + x^2/2 + y^2/2", RAY),
]
NOT_DIAGONAL = [
    # A product with the other sign, different functions, not the same in both variables.
    ("1 - exp(-x^2 - y^2) <= erf(x)*erf(y)", RAY),
    ("tanh(x)*erf(y) <= 1 - exp(-x^2 - y^2)", RAY),
    ("erf(x)*erf(y) <= 1 - exp(-x^2 - y^2) + x", RAY),
]


@pytest.mark.parametrize(("show", "variables"), CONVEX)
def test_the_tangents_of_a_convex_function_at_the_mean_are_below(show, variables):
    assert whole_proofs(by_averages, show, variables)


@pytest.mark.parametrize(("show", "variables"), NOT_CONVEX)
def test_no_tangents_show_what_is_not_convex(show, variables):
    assert not whole_proofs(by_averages, show, variables)


@pytest.mark.parametrize(("show", "variables"), DIAGONAL)
def test_products_are_largest_where_variables_are_equal(show, variables):
    assert whole_proofs(by_diagonals, show, variables)


@pytest.mark.parametrize(("show", "variables"), NOT_DIAGONAL)
def test_other_products_are_left_alone(show, variables):
    assert not whole_proofs(by_diagonals, show, variables)


@pytest.mark.parametrize("show", ["0 < log(x)*sqrt(x)/x^5", "0 < (x*sqrt(x) - sqrt(x))/x^5"])
def test_means_of_logarithms_and_exponentials_do_not_lead_to_each_other(show):
    # What either leaves is a goal for the other, with one more power each time.
    statement = Statement.parse(
        show, ("0 < (a - b)/(x - 1)",), {"x": "[1, oo)", "a": "real", "b": "real"}
    )
    driver = Driver(Clock.after(60.0), (by_log_means, by_exp_means), 400)
    assert driver.prove(Sequent.of(statement), 1) is None
    assert driver.steps > 380
