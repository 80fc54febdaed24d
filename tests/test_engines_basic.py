"""The sympy, mpmath, exact and simulation engines and the confirmation of witnesses."""

from __future__ import annotations

from fractions import Fraction

import pytest
from flint import arb, fmpq

from srverify.claims.claim import statement
from srverify.claims.obligation import Computation, Finding, Options
from srverify.claims.outcome import Outcome, Status, Trust
from srverify.engines import engine
from srverify.language.parser import parse_formula, parse_term
from srverify.numerics import arb_eval, mpmath_eval
from srverify.numerics.witness import confirm

OPTIONS = Options()

TRUE = [
    statement("(x + y)^2 >= 4*x*y", x="real", y="real"),
    statement("x/x = 1", x="(0, oo)"),
    statement("exp(log(x)) = x", x="(0, oo)"),
    statement("log(x*y) = log(x) + log(y)", x="(0, oo)", y="(0, oo)"),
    statement("x^3 >= 3*x - 2", x="[1, oo)"),
    statement("1/(1 + x) >= 1 - x", x="[0, oo)"),
    statement("LambertW(z, -1)*exp(LambertW(z, -1)) = z", "-exp(-1) <= z", z="(-oo, 0)"),
    statement("y <= 4", "y = x^2", "x <= 2", x="[0, oo)", y="real"),
    statement("n^2 >= n", n="natural [1, oo)"),
]
UNDEFINED_SOMEWHERE = [
    statement("x/x = 1", x="real"),
    statement("exp(log(x)) = x", x="real"),
    statement("log(x*y) = log(x) + log(y)", x="real", y="real"),
    statement("LambertW(z, -1)*exp(LambertW(z, -1)) = z", z="(-oo, 0)"),
    statement("sqrt(x)^2 = x", x="real"),
]
FALSE = [
    statement("y < 3", "y = x^2", "x <= 2", x="[0, oo)", y="real"),
    statement("1/(1 + x) > 1 - x", x="[0, oo)"),
    statement("x^2 >= x", x="[0, oo)"),
    statement("log(x*y) = log(x) + 2*log(y)", x="(0, oo)", y="(0, oo)"),
    statement("n^2 > n", n="natural"),
]

# At points that no sample meets: a negative base, poles of Gamma, zeros of an arctangent at integers.
UNDEFINED_OUT_OF_SIGHT = [
    statement("(-1)^x <= (-1)^x", x="real"),
    statement("x^y = x^y", x="(-oo, 0)", y="real"),
    statement("x^sqrt(2) <= x^sqrt(2) + 1", x="(-oo, 0)"),
    statement("0*gamma(x) = 0", x="(-oo, 0)"),
    statement("gamma(-n) = gamma(-n)", n="natural [1, oo)"),
    statement("gamma(x*sqrt(2)) = gamma(x*sqrt(2))", x="(-oo, 0)"),
    statement("trigamma(-exp(x)) = trigamma(-exp(x))", x="real"),
    statement("digamma(x - y*sqrt(2)) = digamma(x - y*sqrt(2))", x="(-oo, 0)", y="(0, oo)"),
    statement("atan(n - 1234567)/atan(n - 1234567) = 1", n="natural"),
    statement("0 < atan(n - 1234567)^2", n="natural"),
    statement("0 < abs(atan(m - n^2))", m="natural", n="natural"),
    statement("1/y = 1/y", "y = atan(n - 1234567)", n="natural", y="real"),
]
DEFINED_AFTER_ALL = [
    statement("x^y = x^y", x="(0, oo)", y="real"),
    statement("gamma(x) = gamma(x)", x="(0, oo)"),
    statement("atan(x)/atan(x) = 1", x="(0, oo)"),
    statement("x/x = 1", x="(-oo, 0)"),
]


@pytest.mark.parametrize("true", DEFINED_AFTER_ALL, ids=lambda s: s.text)
def test_sympy_sees_that_a_term_is_defined(true):
    assert engine("sympy").settle(true, OPTIONS).status is Status.PROVED


@pytest.mark.parametrize("wrong", UNDEFINED_OUT_OF_SIGHT, ids=lambda s: s.text)
def test_sympy_takes_no_term_for_defined_by_half_of_its_condition(wrong):
    assert engine("sympy").settle(wrong, OPTIONS).status is Status.UNKNOWN


def test_a_number_beyond_doubles_is_no_error():
    wrong = statement("cos(10^400) > 1", x="[1, oo)")
    assert engine("arb").settle(wrong, OPTIONS).status in (Status.UNKNOWN, Status.REFUTED)


def test_mpmath_without_an_enclosure_of_gamma_is_no_error():
    undefined_at_poles = statement("gamma(x + 1) = x*gamma(x)", x="real")
    assert engine("mpmath").settle(undefined_at_poles, OPTIONS).status is Status.REFUTED


@pytest.mark.parametrize("true", TRUE[:-2], ids=lambda s: s.text)
def test_sympy_proves_by_rewriting(true):
    assert engine("sympy").settle(true, OPTIONS).status is Status.PROVED


@pytest.mark.parametrize("wrong", UNDEFINED_SOMEWHERE + FALSE, ids=lambda s: s.text)
def test_sympy_proves_nothing_that_is_undefined_or_false(wrong):
    assert engine("sympy").settle(wrong, OPTIONS).status is Status.UNKNOWN


@pytest.mark.parametrize("wrong", UNDEFINED_SOMEWHERE + FALSE, ids=lambda s: s.text)
def test_mpmath_refutes_with_a_confirmed_witness(wrong):
    outcome = engine("mpmath").settle(wrong, OPTIONS)
    assert outcome.status is Status.REFUTED
    assert confirm(wrong, outcome.witness) == "mpmath"


@pytest.mark.parametrize("true", TRUE, ids=lambda s: s.text)
def test_mpmath_supports_but_never_proves(true):
    outcome = engine("mpmath").settle(true, OPTIONS)
    assert outcome.status is Status.UNKNOWN
    assert outcome.supports == (outcome.trust is Trust.NUMERICAL)


def test_mpmath_says_when_no_point_was_admissible():
    outcome = engine("mpmath").settle(statement("x < 0", "exp(x) < 0", x="real"), OPTIONS)
    assert outcome.trust is None
    assert "satisfied the hypotheses" in outcome.detail


def test_a_witness_that_does_not_violate_is_not_confirmed():
    claim = statement("log(x) < x", "x < 5", x="(0, oo)")
    assert confirm(claim, {"x": "2"}) is None
    assert confirm(claim, {"x": "-2"}) is None  # outside the domain
    assert confirm(statement("x < 3", "x < 5", x="real"), {"x": "7"}) is None  # hypothesis fails
    assert confirm(claim, {"x": "exp(1)"}) is None
    assert confirm(claim, {}) is None
    assert confirm(statement("n < 1", n="natural"), {"n": "3/2"}) is None


@pytest.mark.parametrize(
    ("text", "x", "expected"),
    [
        ("log(x) <= x - 1", 1, True),
        ("log(x) < x - 1", 1, False),
        ("log(x) < 1", -1, False),
        ("1/(x - x) < 1", 1, False),
        ("not (1/(x - x) < 1)", 1, False),
        ("log(x) < 1 or x < 0", -1, True),
        ("LambertW(x, -1) < -1", Fraction(-1, 10), True),
        ("LambertW(x, 0) > -1/5 and LambertW(x, 0) < -1/10", Fraction(-1, 10), True),
        ("LambertW(x, -1)*exp(LambertW(x, -1)) = x", Fraction(-1, 10), True),
        ("gamma(x)*gamma(1 - x) = pi/sin(pi*x)", Fraction(1, 3), None),
        ("LambertW(x, -1) < 0", -1, False),
        ("sqrt(x)^2 = x", 4, True),
        ("x^x = 27", 3, True),
        ("exp(x)*exp(-x) = 1", 1, True),
        ("x + 1/10 = 3/10", Fraction(1, 5), True),
        ("abs(x) = max(x, -x)", -3, True),
    ],
)
def test_evaluation_is_certain_or_silent(text, x, expected):
    assert mpmath_eval.holds_at(parse_formula(text), {"x": x}) is expected


def _even(seed: int) -> Finding:
    return Finding(all((n * (n + 1)) % 2 == 0 for n in range(50)), "n(n+1) is even for n < 50")


def _wrong(seed: int) -> Finding:
    return Finding(False, "7 is odd", {"n": "7"})


def test_computations_become_outcomes_of_their_engine():
    proved = engine("exact").settle(Computation("even", "exact", _even), OPTIONS)
    assert (proved.status, proved.trust) == (Status.PROVED, Trust.RIGOROUS)
    refuted = engine("exact").settle(Computation("odd", "exact", _wrong), OPTIONS)
    assert (refuted.status, refuted.witness) == (Status.REFUTED, {"n": "7"})
    simulated = engine("simulation").settle(Computation("even", "simulation", _even), OPTIONS)
    assert simulated.status is Status.UNKNOWN
    assert simulated.supports


def test_engines_refuse_what_is_not_theirs():
    assert engine("exact").refusal(TRUE[0])
    assert engine("simulation").refusal(Computation("even", "exact", _even))
    assert engine("sympy").refusal(TRUE[0]) is None


def test_outcomes_survive_json():
    outcome = engine("mpmath").settle(FALSE[1], OPTIONS)
    assert Outcome.from_dict(outcome.to_dict()) == outcome


def _fraction(end):
    sign, mantissa, exponent, _ = end
    return Fraction(int(mantissa)) * Fraction(2) ** exponent * (-1) ** sign


@pytest.mark.parametrize(
    "text",
    [
        "x/3 + y*(x - y)", "-abs(x - 4)", "x^3 - y^(-2)", "(x - 5)^4", "y^(2/3)", "x^y", "exp(x)/log(y)",
        "sqrt(y)", "min(x, y, 1/3)", "max(x, y)", "LambertW(y)", "LambertW(-y/40, -1)",
    ],
)  # fmt: skip
@pytest.mark.parametrize("precision", [30, 80, 320])
def test_enclosures_of_mpmath_contain_those_of_arb(text, precision):
    point = {"x": Fraction(22, 7), "y": Fraction(10, 3)}
    term = parse_term(text)
    own = mpmath_eval.evaluate(term, point, precision)
    other = arb_eval.evaluate(term, point, 2000).ball
    low, high = (_fraction(end) for end in own._mpi_)
    assert low <= high
    assert not arb(fmpq(low.numerator, low.denominator)) > other
    assert not arb(fmpq(high.numerator, high.denominator)) < other
    # Lambert W is enclosed by a step around a guess, half of the digits wide.
    bits = precision // 2 - 14 if "LambertW" in text else precision - 24
    assert high - low <= Fraction(2) ** -bits * max(1, abs(high))


def test_a_place_remembers_and_huge_exponentials_have_no_enclosure():
    place = mpmath_eval.Place({"x": 3})
    formula = parse_formula("exp(x) < 21")
    assert mpmath_eval.holds_at(formula, place) is mpmath_eval.holds_at(formula, {"x": 3}) is True
    assert place.terms(80) is place.terms(80)
    tower = parse_formula("0 < exp(exp(exp(exp(x))))")
    assert mpmath_eval.holds_at(tower, place) is None
