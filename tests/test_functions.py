"""The functions of one argument, from the grammar to the checker: values, domains, proofs, mutants."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction

import mpmath
import pytest
from flint import arb, ctx
from hypothesis import given, settings
from hypothesis import strategies as st

from srverify.checker.check import check
from srverify.checker.enclosures.derivative import derivative, differentiability
from srverify.checker.enclosures.functions import RULES
from srverify.checker.enclosures.interval import INF, MINUS_INF, Interval
from srverify.checker.rejected import RejectedError
from srverify.emit.latex import LatexTerms
from srverify.emit.lean import LeanTerms
from srverify.emit.mathml import MathmlTerms
from srverify.emit.rocq import RocqTerms
from srverify.language import term as t
from srverify.language.definedness import definedness
from srverify.language.errors import InputError, UnsupportedError
from srverify.language.foreign import from_sympy
from srverify.language.formula import Relation
from srverify.language.functions import FUNCTIONS, SPELLINGS, SUGAR
from srverify.language.parser import names_in, parse_formula, parse_term
from srverify.language.smtlib.reader import read_smtlib
from srverify.language.statement import Statement
from srverify.language.tex.formula import read_formula
from srverify.numerics import arb_eval, mpmath_eval
from srverify.numerics.prover.solve import prove

X = t.variable("x")
#: mpmath's function of each name.
REFERENCE: dict[str, Callable[[object], object]] = {
    name: getattr(mpmath, name)
    for name in t.FUNCTIONS
    if name != "trigamma"
} | {"trigamma": lambda x: mpmath.psi(1, x)}  # fmt: skip


def in_domain(name: str, x: Fraction) -> bool:
    match name:
        case "asin" | "acos":
            return -1 <= x <= 1
        case "atanh":
            return -1 < x < 1
        case "acosh":
            return x >= 1
        case "loggamma":
            return x > 0
        case "gamma" | "digamma" | "trigamma":
            return x > 0 or x.denominator > 1
    return True


def reference(name: str, x: Fraction, digits: int = 60) -> mpmath.mpf:
    with mpmath.workdps(digits):
        return mpmath.re(REFERENCE[name](mpmath.mpf(x.numerator) / x.denominator))


def close_to(value: mpmath.mpf) -> arb:
    """Return a ball around a value of 60 digits."""
    return arb(mpmath.nstr(value, 55), float(abs(value)) * 1e-50 + 1e-300)


# -- one table -------------------------------------------------------------------------------------


def test_every_function_has_a_row_in_every_table() -> None:
    assert set(FUNCTIONS) == set(t.FUNCTIONS) == set(RULES) == set(REFERENCE)
    assert not set(SPELLINGS) & set(SUGAR)


@pytest.mark.parametrize("name", t.FUNCTIONS)
def test_terms_survive_text_pickle_and_sympy(name: str) -> None:
    import pickle

    from srverify.emit.sympy import term_to_sympy

    term = t.function(name, t.add(X, t.ONE))
    assert parse_term(str(term), {"x": "real"}) is term
    assert pickle.loads(pickle.dumps(term)) is term
    assert from_sympy(term_to_sympy(t.function(name, X))) is t.function(name, X)


@pytest.mark.parametrize("spelling", [*SPELLINGS, *SUGAR])
def test_every_spelling_is_read_by_the_grammar_and_from_smtlib(spelling: str) -> None:
    term = parse_term(f"{spelling}(x)", {"x": "real"})
    text = f"(declare-fun x () Real)(assert (<= ({spelling} x) 1))(check-sat)"
    (question,) = read_smtlib(text)
    (assertion,) = question.assertions
    assert assertion == Relation("<=", term, t.ONE)


@pytest.mark.parametrize("x", [-2, -1, 0, 1])
@pytest.mark.parametrize("y", [-1, 0, 1, 2])
def test_the_angle_of_a_point_is_read_from_smtlib(x: int, y: int) -> None:
    if x == y == 0:
        return
    angle = Fraction(math.atan2(y, x)).limit_denominator(10**6)
    for shift, met in ((Fraction(1, 1000), True), (Fraction(-1, 1000), False)):
        end = angle + shift
        number = (
            f"(- (/ {-end.numerator} {end.denominator}))"
            if end < 0
            else f"(/ {end.numerator} {end.denominator})"
        )
        script = f"(assert (<= (arctan2 (- {-y}) (- {-x})) {number}))(check-sat)".replace("(- -", "(+ ")
        (question,) = read_smtlib(script)
        assert all(arb_eval.holds_at(f, {}) is met for f in question.assertions)


@pytest.mark.parametrize("value", ["8", "-8", "0", "1/27", "-1/27", "2", "-2"])
def test_the_cube_root_is_real_of_negative_numbers_too(value: str) -> None:
    relation = parse_formula(f"cbrt({value})*{value} >= 0")
    assert arb_eval.holds_at(relation, {}) is True
    with ctx.workprec(200):
        cube = arb_eval.evaluate(parse_term(f"cbrt({value})^3"), {}, 200).ball
    number = Fraction(value)
    assert cube.overlaps(arb(number.numerator) / number.denominator)
    assert cube.rad() < 1e-50


def test_short_forms_are_written_out() -> None:
    assert str(parse_term("log2(x) + log10(x)")) == "log(x)/log(2) + log(x)/log(10)"
    assert str(parse_term("log1p(x) + expm1(x)")) == "log(1 + x) + (exp(x) - 1)"
    assert str(parse_term("W(x, -1) + lambertw(x)")) == "LambertW(x, -1) + LambertW(x, 0)"


def test_constants() -> None:
    assert parse_term("pi") is parse_term("π") is t.PI
    assert str(t.PI) == "pi"
    assert str(parse_term("e^x + e")) == "exp(x) + exp(1)"
    # A declared variable takes precedence; nobody may be called pi.
    assert parse_term("e", {"e": "real"}) is t.variable("e")
    for name in ("pi", "π"):
        with pytest.raises(InputError, match=f"'{name}' is the constant"):
            Statement.parse(f"{name} <= 4", variables={name: "real"})
    with pytest.raises(InputError, match="'e' is a constant, not a variable, in the hypothesis 'e > 0'"):
        Statement.parse("e*x <= 1", ["e > 0"])
    assert names_in("e*x <= 1") == ("x",)
    assert names_in("e*x <= 1", {"e": "real"}) == ("x", "e")


def test_names_of_functions_are_free_where_no_bracket_follows() -> None:
    assert str(parse_term("gamma*x", {"gamma": "real", "x": "real"})) == "gamma*x"
    with pytest.raises(InputError, match=r"'gamma' is a variable here: write gamma\*\(...\)"):
        parse_term("gamma(x + 1)", {"gamma": "real", "x": "real"})


# -- values ----------------------------------------------------------------------------------------


def ends() -> st.SearchStrategy[Fraction]:
    """Dyadic numbers, many of them at or near poles, extrema and ends of domains."""
    special = st.sampled_from([-3, -2, -1, 0, 1, 2, 3])
    near = st.integers(-40, 40).map(lambda k: Fraction(math.copysign(1, k) * 2.0 ** -abs(k)) if k else 0)
    multiples = st.integers(-8, 8).map(lambda k: Fraction(k * math.pi / 4))
    wide = st.integers(-(2**12), 2**12).map(lambda n: Fraction(n, 2**6))
    return st.one_of(st.builds(lambda a, b: Fraction(a) + b, special, near), multiples, wide)


@pytest.mark.parametrize("name", t.FUNCTIONS)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_enclosures_contain_values_and_know_the_domain(name: str, data: st.DataObject) -> None:
    low, high = sorted(data.draw(st.tuples(ends(), ends())))
    part = data.draw(st.integers(0, 16))
    at = low + (high - low) * part / 16
    flags = [at != end and data.draw(st.booleans()) for end in (low, high)]
    box = Interval(*(arb(end.numerator) / end.denominator for end in (low, high)), *flags)
    inside, image = RULES[name].inside(box), RULES[name].image(box)
    assert inside is not in_domain(name, at) or inside is True or not in_domain(name, at)
    if inside is not None:
        assert inside is in_domain(name, at)
    if in_domain(name, at):
        with ctx.workprec(250):
            value = close_to(reference(name, at))
            assert not value < image.low
            assert not value > image.high
            if image.low_open:
                assert not value <= image.low
            if image.high_open:
                assert not value >= image.high


@pytest.mark.parametrize("name", t.FUNCTIONS)
@settings(max_examples=25, deadline=None)
@given(at=ends())
def test_both_evaluators_agree_with_mpmath_at_points(name: str, at: Fraction) -> None:
    term = t.function(name, X)
    value = arb_eval.evaluate(term, {"x": at}, 200)
    assert value.defined is in_domain(name, at)
    holds = arb_eval.holds_at(Statement.parse(f"{name}(x) = {name}(x)").conclusion, {"x": at})
    assert holds is in_domain(name, at)
    if not in_domain(name, at):
        assert mpmath_eval.holds_at(Statement.parse(f"{name}(x) <= 1").conclusion, {"x": at}) is False
        return
    expected = reference(name, at)
    with ctx.workprec(250):
        assert value.ball.overlaps(close_to(expected))
        assert value.ball.rad() <= abs(value.ball.mid()) * arb(2) ** -100 + arb(2) ** -100
    try:
        second = mpmath_eval.evaluate(term, {"x": at}, 160)
    except ArithmeticError:
        assert name == "trigamma"
        assert at < 0
        return
    with mpmath.workdps(60):
        slack = abs(expected) * mpmath.mpf(10) ** -45 + mpmath.mpf(10) ** -45
        assert mpmath.mpf(second.a) - slack <= expected <= mpmath.mpf(second.b) + slack


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("sin(pi)", 0),
        ("cos(pi)", -1),
        ("sin(pi/6)", Fraction(1, 2)),
        ("cos(2*pi/3)", Fraction(-1, 2)),
        ("tan(-pi/4)", -1),
        ("atan(1) - pi/4", 0),
        ("asin(1/2)/pi", None),
        ("sin(asin(1/2))", Fraction(1, 2)),
        ("gamma(5)", 24),
        ("loggamma(2)", 0),
        ("erfc(0)", 1),
        ("sin(1)", None),
    ],
)
def test_values_that_are_rational_are_exact(text: str, value: Fraction | None) -> None:
    from srverify.numerics.rational_eval import rational_value

    assert rational_value(parse_term(text), {}) == value


def test_the_tangent_is_undefined_at_its_poles() -> None:
    assert arb_eval.evaluate(parse_term("tan(pi/2)"), {}).defined is False
    assert arb_eval.evaluate(parse_term("tan(x)"), {"x": Fraction(3, 2)}).defined is True


@pytest.mark.parametrize("name", t.FUNCTIONS)
def test_unbounded_intervals(name: str) -> None:
    """Values on the whole line and on both halves are inside the enclosures."""
    for low, high, points in (
        (MINUS_INF, INF, (-1000, -7, 0, 5, 1000)),
        (arb(0), INF, (Fraction(1, 1000), 3, 50)),
        (MINUS_INF, arb(0), (-50, Fraction(-5, 2), Fraction(-1, 1000))),
    ):
        box = Interval(low, high, True, True)
        inside, image = RULES[name].inside(box), RULES[name].image(box)
        for point in map(Fraction, points):
            if in_domain(name, point):
                assert inside is not False
                with ctx.workprec(250):
                    value = close_to(reference(name, point))
                    assert not value < image.low
                    assert not value > image.high
            else:
                assert inside is not True


def test_the_normal_form_knows_angles() -> None:
    from srverify.checker.enclosures import polynomial

    assert polynomial._atom(t.PI) == polynomial._PI
    for text in ("atan(1) - pi/4", "sin(pi/6) - 1/2", "asin(1) + acos(0) - pi", "gamma(5) - 24"):
        term = parse_term(text)
        assert polynomial.former([term]).walk(term).p.is_zero()
    for text in ("tan(pi/2)", "asin(2)", "acosh(0)", "gamma(0)", "gamma(-1)", "sin(1)", "cos(pi/4)"):
        term = parse_term(text)
        assert not polynomial.former([term]).walk(term).p.is_constant()


# -- derivatives -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name in t.FUNCTIONS if RULES[name].slope])
@settings(max_examples=15, deadline=None)
@given(at=ends())
def test_derivatives_agree_with_differences(name: str, at: Fraction) -> None:
    """Where the conditions hold, the derivative is near a quotient of differences of mpmath's values."""
    term = t.function(name, X)
    conditions = differentiability(term, X)
    if not all(arb_eval.holds_at(condition, {"x": at}, 256) is True for condition in conditions):
        return
    slope = derivative(term, X)
    assert slope is not None
    found = arb_eval.evaluate(slope, {"x": at}, 200)
    assert found.defined is True
    step = Fraction(1, 2**90)
    with mpmath.workdps(90):
        quotient = (reference(name, at + step, 90) - reference(name, at - step, 90)) * 2**89
        expected = mpmath.mpf(mpmath.nstr(quotient, 40))
    with ctx.workprec(200):
        gap = abs(found.ball - arb(mpmath.nstr(expected, 40)))
        assert gap <= (abs(found.ball) + 1) * arb(10) ** -12


def test_what_has_no_derivative_is_refused() -> None:
    with pytest.raises(RejectedError, match="trigamma has no derivative"):
        derivative(parse_term("trigamma(x)", {"x": "real"}), X)


@pytest.mark.parametrize(
    ("name", "at"),
    [("asin", 1), ("acos", -1), ("acosh", 1), ("gamma", 0), ("loggamma", 0), ("atanh", 1)],
)
def test_no_derivative_where_there_is_none(name: str, at: int) -> None:
    conditions = differentiability(t.function(name, X), X)
    assert any(arb_eval.holds_at(condition, {"x": at}) is False for condition in conditions)


# -- statements ------------------------------------------------------------------------------------

TRUE = [
    ("sin(x) <= x", "[0, oo)"),
    ("cos(x) >= 1 - x^2/2", "real"),
    ("x - x^3/6 <= sin(x)", "[0, oo)"),
    ("tan(x) >= x", "[0, 3/2]"),
    ("asin(x) >= x", "[0, 1]"),
    ("acos(x) <= pi", "[-1, 1]"),
    ("atan(x) <= x", "[0, oo)"),
    ("sinh(x) >= x", "[0, oo)"),
    ("tanh(x) <= x", "[0, oo)"),
    ("tanh(x) < 1", "real"),
    ("cosh(x) >= 1 + x^2/2", "real"),
    ("asinh(x) <= x", "[0, oo)"),
    ("acosh(x) <= x", "[1, oo)"),
    ("atanh(x) >= x", "[0, 1)"),
    ("erf(x) < 1", "real"),
    ("erfc(x) <= exp(-x^2)", "[0, oo)"),
    ("gamma(x) >= 22/25", "(0, oo)"),
    ("loggamma(x) >= -1/8", "(0, oo)"),
    ("gamma(x) < -3", "(-1, 0)"),
    ("digamma(x) < 0", "(0, 1]"),
    ("trigamma(x) > 0", "(0, oo)"),
    ("sin(x)/x >= cos(x)", "(0, 1]"),
    ("2*x/pi <= sin(x)", "[0, 1]"),
    ("cos(pi*x) >= -1", "real"),
    ("sin(x)^2 + cos(x)^2 = 1", "real"),
    ("cosh(x)^2 - sinh(x)^2 = 1", "real"),
    ("sin(2*x) = 2*sin(x)*cos(x)", "real"),
    ("sin(x) + cos(x)^2 <= 5/4", "real"),
    ("1 + tan(x)^2 = 1/cos(x)^2", "[0, 1]"),
    ("tanh(x) = sinh(x)/cosh(x)", "real"),
    ("asin(x) + acos(x) = pi/2", "[-1, 1]"),
    ("asin(sin(x)) = x", "[-1, 1]"),
    ("atan(x) < pi/2", "real"),
    ("atan(x) + atan(1/x) = pi/2", "(0, oo)"),
    ("erf(x) + erfc(x) = 1", "real"),
    ("gamma(x + 1) = x*gamma(x)", "(0, oo)"),
    ("digamma(x) <= log(x) - 1/(2*x)", "[1, oo)"),
    ("LambertW(x)*exp(LambertW(x)) = x", "[0, oo)"),
]
FALSE = [
    ("tan(x) > 0", "[0, 3]"),  # a pole, and negative beyond it
    ("tan(x) >= -1000000", "[1, 2]"),
    ("gamma(x) > 0", "[-1/2, 1]"),  # undefined at 0
    ("gamma(x) < 0", "(-2, 0)"),
    ("digamma(x) = digamma(x)", "[-3, 3]"),
    ("asin(x) <= 2", "[0, 2]"),  # undefined beyond 1
    ("acos(x) >= 0", "[-2, 0]"),
    ("acosh(x) >= 0", "[0, 2]"),
    ("atanh(x) >= 0", "[0, 1]"),
    ("loggamma(x) > -1", "[-1/2, 2]"),
    ("sin(x) > 0", "(0, 4)"),
    ("sin(x) = 0", "[3, 4]"),
    ("cos(x) <= 99/100", "[6, 7]"),
    ("atan(x) <= 3/2", "real"),
    ("erf(x) <= 999999/1000000", "real"),
    ("tan(x) < 1", "[0, 1]"),
    ("sin(x) < 1", "real"),  # at pi/2 only
    ("cos(x) > -1", "[0, 4]"),  # at pi only
    ("atan(tan(x)) = x", "[0, 3]"),  # another branch, and a pole
    ("asin(sin(x)) = x", "[-2, 2]"),
    ("log(gamma(x)) = loggamma(x)", "[-3/2, 1]"),
]


@pytest.mark.parametrize(("show", "domain"), TRUE)
def test_true_statements_are_proved(show: str, domain: str) -> None:
    found = prove(Statement.parse(show, variables={"x": domain}), 10)
    assert found.status == "proved", found.reason


@pytest.mark.parametrize(("show", "domain"), FALSE)
def test_false_statements_are_refuted_and_both_evaluators_agree(show: str, domain: str) -> None:
    statement = Statement.parse(show, variables={"x": domain})
    found = prove(statement, 10)
    assert found.status == "refuted", found.reason
    assert found.witness is not None
    assert mpmath_eval.violates(statement, found.witness)


# -- the checker -----------------------------------------------------------------------------------


def rejected(show: str, domain: str, proof: dict[str, object]) -> None:
    with pytest.raises(RejectedError):
        check(Statement.parse(show, variables={"x": domain}), proof)


@pytest.mark.parametrize(("show", "domain"), FALSE)
def test_no_cover_proves_a_false_statement(show: str, domain: str) -> None:
    for tree in ("i", "m", "h", ["x", "1/2", "i", "i"], ["x", "2", "m", "m"]):
        rejected(show, domain, {"rule": "cover", "tree": tree})


@pytest.mark.parametrize("name", t.FUNCTIONS)
def test_no_monotone_step_crosses_a_pole_or_an_end_of_the_domain(name: str) -> None:
    """A function is not above its value at the left end of [-5/2, 5/2] where it is undefined inside."""
    if in_domain(name, Fraction(-5, 2)) and in_domain(name, Fraction(0)) and name != "tan":
        return
    show = f"{name}(x) >= {name}(-5/2)"
    for strict in (False, True):
        leaf: dict[str, object] = {"rule": "cover", "tree": "i"}
        head = {"rule": "monotone", "var": "x", "end": "low", "strict": strict}
        for children in ([leaf], [leaf, leaf], [leaf, leaf, leaf]):
            rejected(show, "[-5/2, 5/2]", {**head, "children": children})


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("sin", lambda u, _: t.neg(t.function("cos", u))),
        ("cos", lambda u, _: t.function("sin", u)),
        ("acos", lambda u, _: t.div(t.ONE, t.sqrt(t.sub(t.ONE, t.power(u, t.number(2)))))),
        ("erfc", lambda u, f: f),
    ],
)
def test_a_wrong_derivative_would_be_found(
    name: str, wrong: Callable[[t.Term, t.Term], t.Term], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The comparison with differences above notices a sign."""
    derivative.cache_clear()
    monkeypatch.setitem(RULES, name, RULES[name]._replace(slope=wrong))
    try:
        with pytest.raises(AssertionError):
            test_derivatives_agree_with_differences.hypothesis.inner_test(name, Fraction(1, 2))  # type: ignore[attr-defined]
    finally:
        derivative.cache_clear()


# -- printing --------------------------------------------------------------------------------------


def test_what_rocq_and_mathlib_have_is_printed_and_the_rest_refused() -> None:
    for name, row in FUNCTIONS.items():
        term = t.function(name, X)
        for printer, known in ((RocqTerms(), row.rocq), (LeanTerms(), row.lean)):
            if known is None:
                with pytest.raises(UnsupportedError, match=name):
                    printer.at(term, 0)
            else:
                assert printer.at(term, 0) == f"{known} x"
    assert RocqTerms().at(t.PI, 0) == "PI"
    assert LeanTerms().at(t.PI, 0) == "Real.pi"
    assert LatexTerms().at(t.PI, 0) == r"\pi"
    assert MathmlTerms().at(t.PI, 0) == "<mi>π</mi>"


@pytest.mark.parametrize(
    "name", [n for n in t.FUNCTIONS if "Γ" not in FUNCTIONS[n].mathml and "ψ" not in FUNCTIONS[n].mathml]
)
def test_printed_latex_is_read_back(name: str) -> None:
    term = parse_term(f"{name}(x + 1)*y + pi", {"x": "real", "y": "real"})
    printed = LatexTerms().at(term, 0)
    assert parse_term(read_formula(rf"{printed} \le 1").show.split(" <= ")[0]) is term


def test_definedness_is_told() -> None:
    assert definedness(parse_term("asin(1/2) + tan(0)")) != ()
    from srverify.numerics.undefined import undefined_terms

    said = undefined_terms(Statement.parse("asin(x) <= 2"), {"x": 2})
    assert said == "asin(2) is undefined; add x <= 1"
