"""Inequalities in one variable that are tight at an end, at infinity or at an irrational point."""

from __future__ import annotations

import pytest

from srverify.checker.check import check as accepted
from srverify.language.statement import Statement
from srverify.numerics.prover.solve import prove

TRUE = [
    # Functions that go to 1 are written by their distance from it.
    ("erf(x)^2 <= 1 - exp(-4*x^2/pi)", "real"),
    ("erf(x) >= tanh(2*x/sqrt(pi))", "[0, oo)"),
    ("erf(x) >= x/sqrt(x^2 + pi/4)", "[0, oo)"),
    # A logarithm is a variable where nothing else has the variable.
    ("log(log(x)) <= log(x)/e", "(1, oo)"),
    ("log(x)*log(log(x)) <= log(x)^2 - log(x)", "(1, oo)"),
    # Second order at infinity.
    ("log(log(x + 1)) - log(log(x)) >= 1/((x + 1)*log(x + 1))", "(1, oo)"),
    ("W(x) <= log(x) - log(log(x)) + 8/5*log(log(x))/log(x)", "[e, oo)"),
    ("W(x) >= log(x) - log(log(x)) + log(log(x))/(2*log(x))", "[e, oo)"),
    # The branch point.
    ("W(x, -1) <= -1 - sqrt(2*(1 + e*x)) - 2/3*(1 + e*x)", "[-1/e, 0)"),
    ("W(x) >= -1 + sqrt(2*(1 + e*x)) - 2/3*(1 + e*x)", "[-1/e, 0]"),
    # Ranges between constants.
    ("sin(x)/x >= 2/pi + (pi^2 - 4*x^2)/pi^3", "(0, pi/2]"),
    ("2*sin(x) + tan(x) > 3*x + x^5/7", "(0, pi/2)"),
    ("cos(x) >= (pi^2 - 4*x^2)/(pi^2 + 4*x^2)", "[-pi/2, pi/2]"),
    ("log(x) <= (x - 1)/sqrt(x)", "[1, e)"),
    # Cut at a multiple of pi/2 where both sides meet: Redheffer's bound, and a Taylor polynomial at pi.
    ("sin(x)/x >= (pi^2 - x^2)/(pi^2 + x^2)", "(0, oo)"),
    ("1 + cos(x) >= (x - pi)^2/2 - (x - pi)^4/24", "[0, oo)"),
]
FALSE = [
    ("erf(x)^2 <= 1 - exp(-(4/pi - 10^-9)*x^2)", "real"),
    ("erf(x) >= tanh((2/sqrt(pi) + 10^-9)*x)", "[0, oo)"),
    ("log(log(x)) <= log(x)/e - 10^-9", "(1, oo)"),
    ("log(log(x + 1)) - log(log(x)) >= 1/((x + 1)*log(x))", "(1, oo)"),
    ("W(x) <= log(x) - log(log(x)) + (1 - 10^-9)*log(log(x))/log(x)", "[10^6, oo)"),
    ("W(x) >= log(x) - log(log(x)) + 51/100*log(log(x))/log(x)", "[e, oo)"),
    ("W(x, -1) <= -1 - sqrt(2*(1 + e*x)) - (2/3 + 10^-6)*(1 + e*x)", "[-1/e, 0)"),
    ("W(x) >= -1 + sqrt(2*(1 + e*x)) - (2/3 - 10^-6)*(1 + e*x)", "[-1/e, 0]"),
    ("sin(x)/x >= 2/pi + (pi^2 - 4*x^2)/(pi^3 - 10^-9)", "(0, pi/2]"),
    ("2*sin(x) + tan(x) > 3*x + x^5/6", "(0, pi/2)"),
    ("log(x) <= (x - 1)/sqrt(x) - 10^-9", "[1, e)"),
    ("sin(x)/x >= (pi^2 - x^2)/(pi^2 + x^2) + 10^-12", "(0, oo)"),
    ("1 + cos(x) >= (x - pi)^2/2 - (x - pi)^4/24 + 10^-12", "[0, oo)"),
]


@pytest.mark.parametrize(("show", "domain"), TRUE)
def test_tight_inequalities_are_proved(show, domain):
    statement = Statement.parse(show, (), {"x": domain})
    found = prove(statement, 60.0)
    assert found.status == "proved", found.reason
    accepted(statement, found.proof)


@pytest.mark.parametrize(("show", "domain"), FALSE)
def test_a_little_more_is_refuted(show, domain):
    assert prove(Statement.parse(show, (), {"x": domain}), 30.0).status == "refuted"
