"""Irrational witnesses: how they are written, what is exactly 0 at them, who finds and confirms them."""

from fractions import Fraction
from time import process_time

import pytest
from flint import fmpq, fmpq_poly
from hypothesis import given, settings
from hypothesis import strategies as st

from srverify.claims.claim import Check
from srverify.claims.mutants import tells_nothing, variants
from srverify.claims.vacuity import impossible, model_problem
from srverify.language.errors import InputError
from srverify.language.parser import parse_term
from srverify.language.statement import Domain, Statement
from srverify.numerics import arb_eval, mpmath_eval
from srverify.numerics.prover.solve import prove
from srverify.numerics.reals import (
    ClosedForm,
    Root,
    Zeros,
    compare,
    in_domain,
    parse_real,
    real_roots,
    root_between,
)
from srverify.numerics.witness import confirm


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("-1/2", Fraction, -0.5),
        ("0.1", Fraction, 0.1),
        ("sqrt(4)", Fraction, 2.0),
        ("root(x^2 - 4, 1, 3)", Fraction, 2.0),
        ("root(x^2 - 2, 1, 2)", Root, 2**0.5),
        ("root((x^2 - 2)*(x - 3), 0, 2)", Root, 2**0.5),
        ("root(x^3 - 3*x + 1, 0, 1)", Root, 0.347296355333861),
        ("-1/exp(1)", ClosedForm, -0.367879441171442),
        ("log(2)", ClosedForm, 0.693147180559945),
    ],
)
def test_numbers_are_read_and_written(text, kind, value):
    found = parse_real(text)
    assert type(found) is kind
    assert float(found) == pytest.approx(value, rel=1e-14)
    assert parse_real(str(found)) == found


@pytest.mark.parametrize(
    "text",
    [
        "root(x^2 - 2, -2, 2)",  # two roots
        "root(x^2 + 2, -2, 2)",  # none
        "root(0, 0, 1)",
        "root(x^2 - y, 0, 1)",
        "root(exp(x), 0, 1)",
        "root(1/x, 0, 1)",
        "root(x^2 - 2, 1, exp(1))",
        "log(-1)",
        "1/0",
        "x",
        "nonsense(",
    ],
)
def test_what_is_no_number_is_refused(text):
    with pytest.raises(InputError):
        parse_real(text)


ROOTS = st.lists(st.fractions(-5, 5, max_denominator=7), min_size=1, max_size=4, unique=True)


@given(ROOTS, st.integers(2, 40).filter(lambda n: round(n**0.5) ** 2 != n))
@settings(max_examples=60, deadline=None)
def test_all_real_roots_are_found_and_isolated(rationals, radicand):
    polynomial = fmpq_poly([-radicand, 0, 1])
    for r in rationals:
        polynomial *= fmpq_poly([fmpq(-r.numerator, r.denominator), 1])
    found = real_roots(polynomial)
    assert {r for r in found if isinstance(r, Fraction)} == set(rationals)
    irrational = sorted(float(r) for r in found if isinstance(r, Root))
    assert irrational == pytest.approx([-(radicand**0.5), radicand**0.5])
    for r in found:
        if isinstance(r, Root):
            assert root_between(polynomial, *r.enclosure(40)) == r
            assert compare(r, Fraction(0)) == (1 if float(r) > 0 else -1)


def point(**texts):
    return {name: parse_real(text) for name, text in texts.items()}


POINT = point(x="root(x^2 - 2, 1, 2)", y="log(2)", z="-1/exp(1)", u="root(x^3 - 2, 1, 2)", r="1/2")


@pytest.mark.parametrize(
    "text",
    [
        "x^2 - 2",
        "(x^2 - 2)/x",
        "exp(y) - 2",
        "exp(-y) - r",
        "z + exp(-1)",
        "u^4 - 2*u",
        "x - sqrt(2)",
        "x*sqrt(8) - 4",
        "abs(x^2 - 2)",
        "(x^2 - 2)^(1/3)",
        "u*(x^2 - 2) + x*(u^3 - 2)",
        "u + sqrt((u^3 - 2)^2) - u",
        "u - max(u, u + u^3 - 2, u - 1)",
        "u*cosh(u^3 - 2) - u",
        "abs(u - 5) + u - 5",
        "min(u, 1) - 1",
        "u + atan(u^3 - 1) - u - pi/4",
        "u + LambertW(u^3 - 2 - exp(-1), -1) - u + 1",
        "LambertW(z, 0) + 1",
        "sin(u^3*pi/8) + cos(u^3*pi/8) - sqrt(2)",
        "2*cos(x^2*pi/12) - sqrt(3)",
        "tan(x^2*pi/3) + sqrt(3)",
        "exp(u^3/4)^2 - exp(1)",
    ],
)
def test_exact_zeros_are_seen(text):
    term = parse_term(text)
    value = arb_eval.holds_at(Statement.parse(f"{text} = 0").conclusion, POINT)
    assert value is True, term


@pytest.mark.parametrize(
    "text",
    [
        "x^2 - 2 - 1/10^40",
        "u^3 - x^2 + 1/10^40",
        "exp(y) - 2 + 1/10^40",
        "x + sqrt(2)",
        "u - x",
        "max(u, x) - u",
        "abs(u - 5) - u + 5",
        "u*cosh(u^3 - 2 + 1/10^15) - u",
    ],
)
def test_what_is_nearly_zero_is_not(text):
    assert not Zeros(POINT)(parse_term(text))
    formula = Statement.parse(f"{text} = 0").conclusion
    assert arb_eval.holds_at(formula, POINT) is False
    assert mpmath_eval.holds_at(formula, POINT) is False


#: Roots of different polynomials: that y^2 is x, and z is -y, none of the polynomials says.
TOWER = point(x="root(x^3 - 3, 1, 2)", y="root(x^6 - 3, 1, 2)", z="root(x^6 - 3, -2, -1)")


@pytest.mark.parametrize(
    "text", ["y^2 - x", "z^2 - x", "z*y + x", "y + z", "y^3 - sqrt(3)", "y^2/x - 1"]
)
def test_relations_between_roots_are_seen(text):
    assert Zeros(TOWER)(parse_term(text))
    assert arb_eval.holds_at(Statement.parse(f"{text} = 0").conclusion, TOWER) is True


@pytest.mark.parametrize(
    "text",
    ["y^2 + x", "z*y - x", "y - z", "z^3 - sqrt(3)", "y^2 - x + 1/10^40", "z + 3^(1/6) - 1/10^200"],
)
def test_what_only_a_conjugate_satisfies_is_not(text):
    assert not Zeros(TOWER)(parse_term(text))


def test_no_polynomial_of_endless_numbers_is_made():
    """That of these two roots has 256 roots and endless numbers, which took minutes."""
    power = "(1 {} 1/10^6)^(17/16)"
    term = parse_term(f"{power.format('+')} + {power.format('-')} - 2")
    start = process_time()
    assert not Zeros({})(term)
    assert process_time() - start < 5


@pytest.mark.parametrize(
    ("domain", "text", "inside"),
    [
        ("[0, 2]", "root(x^2 - 2, 1, 2)", True),
        ("[0, 1.41421356]", "root(x^2 - 2, 1, 2)", False),
        ("[0, 1.41421357]", "root(x^2 - 2, 1, 2)", True),
        ("natural", "root(x^2 - 2, 1, 2)", False),
        ("natural", "log(8)/log(2)", False),
        ("(-oo, -0.36)", "-1/exp(1)", True),
        ("(-oo, -0.37)", "-1/exp(1)", False),
    ],
)
def test_membership_in_a_domain(domain, text, inside):
    assert in_domain(Domain.parse(domain), parse_real(text)) is inside


FALSE = [
    ("x = 2", ("x^2 = 2", "x > 0"), {"x": "real"}),
    ("(x^2)^(1/3) + (y^2 - 2)^2 > 0", (), {"x": "[-1, 2]", "y": "[0, 2]"}),
    ("x*log(x) > -exp(-1)", (), {"x": "(0, oo)"}),
    ("log(x)/x < exp(-1)", (), {"x": "(0, oo)"}),
    ("x^x > exp(-exp(-1))", (), {"x": "(0, oo)"}),
    ("exp(x) != 2", (), {"x": "real"}),
    ("sqrt(x^2 - 2) > 0", ("x^2 >= 2",), {"x": "real"}),
    ("x > 1", ("x^2 = 2",), {"x": "real"}),
    ("abs(x^3 - 2) + abs(y - 1/3) > 0", (), {"x": "real", "y": "real"}),
    ("x^5 - x - 1 != 0", (), {"x": "real"}),
    ("x + y < 7/5", ("x^2 + y^2 = 1",), {"x": "real", "y": "real"}),
    ("x*y != 1/2", ("x^2 + y^2 = 1",), {"x": "real", "y": "real"}),
    ("x <= y^2", ("x^2 = 2", "y = x - 1", "x > 0"), {"x": "real", "y": "real"}),
    ("x < x + max(x^2 - 7, 7 - x^2)", (), {"x": "[0, 9]"}),
    ("x < x + sqrt((x^3 - 2)^2)", (), {"x": "[0, 9]"}),
    ("x^2*log(x) > -1/(2*exp(1))", (), {"x": "(0, oo)"}),
    ("cosh(x^3 - 3) - 1 > 0", (), {"x": "(0, oo)"}),
    ("(x^2 - 2)/(x^2 - 2) = 1", (), {"x": "[0, 2]"}),
    ("LambertW(x, 0) > -1", ("x*exp(1) >= -1",), {"x": "real"}),
    ("LambertW(x, -1) < LambertW(x, 0)", ("x >= -exp(-1)", "x < 0"), {"x": "real"}),
    ("sin(x) + cos(x) < sqrt(2)", (), {"x": "[0, 10]"}),
    ("x + y < sqrt(2)", ("x^2 + y^2 = 1",), {"x": "real", "y": "real"}),
    ("sin(x)*cos(y) < 1", (), {"x": "real", "y": "real"}),
    ("x + y <= 2", ("x^3 = 3", "y^2 = x", "y > 0"), {"x": "real", "y": "real"}),
    ("x + y > 3", ("x^5 - x = 3", "y^3 = x + 1"), {"x": "real", "y": "real"}),
]


@pytest.mark.parametrize(("show", "given_", "variables"), FALSE)
def test_false_at_irrational_points_only(show, given_, variables):
    statement = Statement.parse(show, given_, variables)
    found = prove(statement, timeout=5.0)
    assert found.status == "refuted"
    texts = {name: str(value) for name, value in found.witness.items()}
    assert confirm(statement, texts, not_by="arb") == "mpmath"
    assert confirm(statement, texts, not_by="mpmath") == "arb"


#: False at one natural number, or at few, near the roots of what their relations say.
FALSE_OVER_NATURALS = [
    ("(2*n - 618)^2 > 0", (), {"n": "natural"}),
    ("(n - 309)^2 + (m - 417)^2 > 0", (), {"n": "natural", "m": "natural"}),
    ("abs(n - 1234567) >= 1/2", (), {"n": "natural"}),
    ("n^2 - 1001*n + 250500 > 0", (), {"n": "natural"}),
    ("n <= 309 or n >= 311", (), {"n": "natural"}),
    ("n*(n + 1) != 95790", (), {"n": "natural"}),
    ("log(n) < 6 or log(n) > 61/10", (), {"n": "natural [1, oo)"}),
    ("exp(n/100) <= 22 or exp(n/100) >= 223/10", (), {"n": "natural"}),
    ("2^n != 1048576", (), {"n": "natural"}),
    ("n*m != 143", ("n > 1", "m > 1"), {"n": "natural", "m": "natural"}),
    ("(n - 309)^2 + (x^2 - 2)^2 > 0", (), {"n": "natural", "x": "real"}),
    ("n/(n - 10^12) = n/(n - 10^12)", (), {"n": "natural"}),
    ("(-2)^n >= -10^6", (), {"n": "natural"}),
    # Rational points that no sample meets, of real variables.
    ("(7*x - 618)^2 > 0", (), {"x": "real"}),
    # Ends, and points near open ones, that no double is.
    ("abs(x) = x", (), {"x": "[-1/10^30, oo)"}),
    ("x <= 7 - 1/10^40", (), {"x": "[4, 7)"}),
    ("x/(1 + x) <= 1 - 1/10^35", (), {"x": "[0, oo)"}),
]


@pytest.mark.parametrize(("show", "given_", "variables"), FALSE_OVER_NATURALS)
def test_false_at_few_numbers_only(show, given_, variables):
    statement = Statement.parse(show, given_, variables)
    found = prove(statement, timeout=20.0)
    assert found.status == "refuted"
    texts = {name: str(value) for name, value in found.witness.items()}
    assert confirm(statement, texts, not_by="arb") == "mpmath"


def test_true_beside_the_roots_is_not_refuted():
    statement = Statement.parse("(3*n - 1000)^2 > 0", (), {"n": "natural"})
    assert prove(statement, timeout=20.0).status == "proved"


def test_a_wrong_root_is_not_confirmed():
    statement = Statement.parse("x > 1", ("x^2 = 2",), {"x": "real"})
    assert confirm(statement, {"x": "root(x^2 - 2, -2, 0)"}) == "mpmath"
    assert confirm(statement, {"x": "root(x^2 - 2, 0, 2)"}) is None
    assert confirm(statement, {"x": "root(x^2 - 3, -2, 0)"}) is None
    assert confirm(statement, {"x": "root(x^2 - 2, -2, 2)"}) is None
    assert confirm(statement, {"x": "-1.414213562373095"}) is None


def test_irrational_models_of_hypotheses():
    statement = Statement.parse("x > 1", ("x^2 = 2",), {"x": "real"})
    (never,) = impossible(statement)
    model = prove(never, timeout=5.0)
    assert model.status == "refuted"
    assert model_problem(statement, {"x": str(model.witness["x"])}) is None
    assert model_problem(statement, {"x": "root(x^2 - 2, 1, 2)"}) is None
    assert model_problem(statement, {"x": "root(x^2 - 3, 1, 2)"}) is not None


@pytest.mark.parametrize("engine", ["z3", "cvc5"])
def test_roots_in_the_models_of_solvers_are_read(engine):
    pytest.importorskip(engine)
    from srverify.engines.smt_solvers import CVC5, Z3

    text = (
        "(set-logic QF_NRA)\n(declare-const x Real)\n(declare-const y Real)\n"
        "(assert (= (* x x) 2))\n(assert (< 0 x))\n(assert (= (* y y y) (+ 3 x)))\n(check-sat)\n"
    )
    answer = (Z3 if engine == "z3" else CVC5).ask(text, 10.0, 0)
    assert answer.result == "sat"
    assert answer.roots["x"] == parse_real("root(x^2 - 2, 1, 2)")
    assert answer.roots["y"] == parse_real("root(x^6 - 6*x^3 + 7, 1.5, 2)")
    assert float(answer.model["y"]) == pytest.approx((3 + 2**0.5) ** (1 / 3))


def test_a_mutant_may_fail_at_an_irrational_point():
    check = Check("x", Statement.parse("x^2 < 3", ("x^2 = 2",), {"x": "real"}))
    turned = next(variants(check))
    assert tells_nothing(check, turned, {"x": "root(x^2 - 2, 1, 2)"}) is None
    assert tells_nothing(check, turned, None) is not None
