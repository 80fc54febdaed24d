"""Every law of the table at many exact points: it holds where its premises do and it is defined."""

from fractions import Fraction
from itertools import product

import pytest

from srverify.checker.check import check
from srverify.checker.laws import TOTAL, laws
from srverify.checker.rejected import RejectedError
from srverify.language import term as t
from srverify.language.definedness import defined
from srverify.language.formula import And, conjunction, map_terms
from srverify.language.statement import Statement
from srverify.numerics.arb_eval import holds_at
from srverify.numerics.prover.solve import prove

#: Ends, signs, the neighbourhood of -1/e and of 1, and numbers of different size.
VALUES = [
    *map(Fraction, ("-7", "-2", "-1", "-1/2", "-37/100", "-3678794/10000000", "-1/3", "-1/100", "0")),
    *map(Fraction, ("1/50", "1/3", "1", "101/100", "2", "9/4", "5")),
]
#: A parameter may become a literal, which makes other powers of it: integer, rational, negative.
EXPONENTS = [Fraction(n, 6) for n in (-12, -6, -3, 0, 2, 3, 6, 12, 15, 18)]


def _instance(formula, symbols):
    return map_terms(formula, lambda term: t.substitute(term, symbols))


def _holds_wherever_it_must(law, points, total):
    met = 0
    for values in points:
        symbols = {t.variable(name): t.number(value) for name, value in values.items()}
        try:
            formulas = [_instance(f, symbols) for f in (*law.premises, law.conclusion)]
        except ValueError:  # a literal division by zero: the terms are not defined
            continue
        *premises, conclusion = formulas
        if not all(holds_at(p, {}) for p in premises):
            continue
        if not holds_at(conjunction(And(()), *defined(conclusion)), {}):
            assert not total, f"{values}: the conclusion is not defined"
            continue
        met += 1
        assert holds_at(conclusion, {}) is not False, values
    return met


@pytest.mark.parametrize("name", laws())
def test_laws_are_true_where_they_apply(name):
    law = laws()[name]
    points = [
        dict(zip(law.parameters, point, strict=True))
        for point in product(VALUES[:: max(1, len(law.parameters) - 1)], repeat=len(law.parameters))
    ]
    assert _holds_wherever_it_must(law, points, name in TOTAL) >= 3


@pytest.mark.parametrize(
    "name",
    [name for name in laws() if name.startswith(("power", "log_power", "exp_multiple", "bernoulli"))],
)
def test_laws_of_powers_hold_for_literal_exponents(name):
    law = laws()[name]
    points = [
        dict(zip(law.parameters, point, strict=True))
        for point in product(EXPONENTS, repeat=len(law.parameters))
    ]
    assert _holds_wherever_it_must(law, points, total=False) >= 3


TANGENTS = {
    "loggamma_tangent": "loggamma(y) + digamma(y)*(x - y) <= loggamma(x)",
    "digamma_tangent": "digamma(x) <= digamma(y) + trigamma(y)*(x - y)",
}


@pytest.mark.parametrize(("name", "show"), TANGENTS.items())
def test_tangents_are_those_of_the_positive_numbers(name, show):
    proof = {"rule": "law", "name": name, "args": {"a": "x", "b": "y"}}
    proof["children"] = [{"rule": "assumption"}]
    ray, line = dict.fromkeys("xy", "(0, oo)"), dict.fromkeys("xy", "real")
    given = [f"{side} != 0" for side in ("sin(pi*x)", "sin(pi*y)")]
    check(Statement.parse(show, variables=ray), proof)
    with pytest.raises(RejectedError):
        check(Statement.parse(show, given, line), proof)
    # The other side, another point, a strict sign.
    left, right = show.split(" <= ")
    for other in (f"{right} <= {left}", show.replace("(x - y)", "(x - 2*y)"), f"{left} < {right}"):
        with pytest.raises(RejectedError):
            check(Statement.parse(other, variables=ray), proof)


@pytest.mark.parametrize(
    ("show", "wrong"),
    [
        ("gamma(x)*gamma(1 - x) = pi/sin(pi*x)", "gamma(x)*gamma(1 - x) = pi/sin(2*pi*x)"),
        ("digamma(1 - x) - digamma(x) = pi*cos(pi*x)/sin(pi*x)", "digamma(1 - x) - digamma(x) >= 0"),
        (
            "gamma(x)*gamma(x + 1/2) = 2^(1 - 2*x)*sqrt(pi)*gamma(2*x)",
            "gamma(x)*gamma(x + 1/2) = 2^(2*x - 1)*sqrt(pi)*gamma(2*x)",
        ),
        (
            "loggamma(2*x) - loggamma(x) = loggamma(x + 1/2) + (2*x - 1)*log(2) - log(pi)/2",
            "loggamma(2*x) - loggamma(x) > loggamma(x + 1/2) + (2*x - 1)*log(2) - log(pi)/2",
        ),
        (
            "2*digamma(2*x) = digamma(x) + digamma(x + 1/2) + 2*log(2)",
            "2*digamma(2*x) < digamma(x) + digamma(x + 1/2) + 2*log(2)",
        ),
    ],
)
def test_reflection_and_duplication_are_found(show, wrong):
    domain = {"x": "(0, 1)"}
    assert prove(Statement.parse(show, variables=domain), 30.0).status == "proved"
    assert prove(Statement.parse(wrong, variables=domain), 5.0).status != "proved"
