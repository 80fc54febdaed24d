"""The leaf by expansions at an end: what it shows and must not show, and its series against values."""

import pytest
from flint import arb, ctx, fmpq

from srverify.checker.check import check
from srverify.checker.expansions.expansion import Expansion
from srverify.checker.expansions.series import loggamma_coefficients
from srverify.checker.expansions.truncated import Constants
from srverify.checker.rejected import RejectedError
from srverify.language import term as t
from srverify.language.parser import parse_term
from srverify.language.statement import Statement
from srverify.numerics.arb_eval import evaluate


def _accepted(show, domain, tree, order=8):
    statement = Statement.parse(show, (), {"x": domain})
    try:
        check(statement, {"rule": "cover", "tree": tree, "order": order, "precision": 192})
    except RejectedError:
        return False
    return True


TRUE = [
    # Contact of high order, removable singularities, branch points.
    ("sin(x) < x", "(0, 1/2]", "el1"),
    ("sin(x) <= x", "[0, 1/2]", "el1"),
    ("sin(x)/x < (2 + cos(x))/3", "(0, 1/2]", "el1"),
    ("1/tanh(x) - 1/x < x/3", "(0, 1/2]", "el1"),
    ("(sin(x)/x)^3 > cos(x)", "(0, 1/2]", "el1"),
    ("log(sinh(x)/x) > log(cosh(x))/3", "(0, 1/8]", "el1"),
    ("tan(x)/x > 1 + x^2/3", "[-1/4, 0)", "eh1"),
    ("acosh(1 + x) < sqrt(2*x)", "(0, 1/64]", "el2"),
    ("acos(x) > 6*sqrt(1 - x)/(2*sqrt(2) + sqrt(1 + x))", "[7/8, 1)", "eh2"),
    ("sin(pi*x/2) >= x", "[3/4, 1]", "eh1"),
    ("exp(x/(1 + x)) <= 1 + x", "[0, 1/8]", "el1"),
    ("LambertW(x, 0) <= x - x^2 + 3/2*x^3", "[0, 1/64]", "el1"),
    ("1/gamma(x) + 1/gamma(1/x) <= 2", "[1, 17/16]", "el1"),
    ("gamma(x + 1)/gamma(x + 1/2) <= sqrt(x + 1/pi)", "[0, 1/16]", "el1"),
    # A root of what is 0 at a closed end, which only the expansion shows.
    ("sqrt(2*(1 + exp(1)*x*exp(x))) >= 1 + x - (1 + x)^2/2", "[-1, -7/8]", "el1"),
    ("1 + x <= sqrt(2*(1 + exp(1)*x*exp(x))) + (1 + x)^2", "[-1, -7/8]", "el1"),
    ("asin(-exp(1)*x*exp(x)) <= 2", "[-1, -15/16]", "el1"),
    # Constants that cancel: logarithms of exponentials, digamma and trigamma at 1 and at 1/2, squares.
    ("digamma(x) < log(x + exp(digamma(1))) - 1/x", "(0, 1/16]", "el1"),
    ("log(exp(digamma(1)) + x) <= digamma(1) + exp(-digamma(1))*x", "[0, 1/16]", "el1"),
    ("x^((pi^2/6 + digamma(1))/2*(x - 1) + digamma(1)) < gamma(x)", "(1, 17/16]", "el1"),
    ("digamma(x) <= digamma(1) + pi^2/6*(x - 1)", "[1, 17/16]", "el1"),
    ("digamma(x + 1/2) <= digamma(1) - 2*log(2) + pi^2/2*x", "[0, 1/16]", "el1"),
    ("trigamma(x + 1/2) < pi^2/2", "(0, 1/16]", "el1"),
    ("sqrt((pi - 2)^2*x^2 + 2*pi) < (pi - 2)*x + pi/((pi - 2)*x)", "[8, oo)", "eh1"),
    # Logarithms of the distance.
    ("x^x > 1/2", "(0, 1/32]", "el1"),
    ("-x*log(x) > x", "(0, 1/32]", "el1"),
    ("(1 + x)*log(1 + x) - x*log(x) <= 1 + log(x + 1/2)", "(0, 1/32]", "el1"),
    # Functions of them.
    ("log(1 + x*log(x)) < x*log(x)", "(0, 1/64]", "el1"),
    ("1/(1 - x*log(x)) > 1 + x*log(x)", "(0, 1/64]", "el1"),
    ("sqrt(1 + x*log(x)) < 1 + x*log(x)/2", "(0, 1/64]", "el1"),
    ("exp(x*log(x)^2) > 1 + x*log(x)^2", "(0, 1/2^20]", "el1"),
    ("atan(x*log(x)) > x*log(x)", "(0, 1/64]", "el1"),
    ("log(x + log(x)) < log(x) + log(x)/x", "[16, oo)", "eh1"),
    ("log(x + log(x)) > log(x) + log(x)/x - log(x)^2/(2*x^2)", "[4096, oo)", "eh1"),
    ("x > log(x) + x - log(log(x) + x) + 1/3*log(log(x) + x)/(log(x) + x)", "[4096, oo)", "eh1"),
    ("x < log(x) + x - log(log(x) + x) + 3/2*log(log(x) + x)/(log(x) + x)", "[4096, oo)", "eh1"),
    # Infinity.
    ("(1 + 1/x)^x < exp(1)", "[8, oo)", "eh1"),
    ("sinh(x)/x > cosh(x)^(1/3)", "[8, oo)", "eh1"),
    ("gamma(x + 1) > sqrt(2*pi*x)*(x/exp(1))^x", "[8, oo)", "eh1"),
    ("gamma(x + 1) < sqrt(2*pi*x)*(x/exp(1))^x*exp(1/(12*x))", "[8, oo)", "eh1"),
    ("sqrt(x + 1/4) < gamma(x + 1)/gamma(x + 1/2)", "[8, oo)", "eh1"),
    ("digamma(x + 1) > log(x + 1/2)", "[8, oo)", "eh1"),
    ("trigamma(x) < 1/x + 1/(2*x^2) + 1/(6*x^3)", "[8, oo)", "eh1"),
    ("erfc(x) < exp(-x^2)/(x*sqrt(pi))", "[4, oo)", "eh1"),
    ("erf(x) < 2", "[4, oo)", "eh1"),
    ("x*exp(-x^3/16) < 1/10^9", "[8, oo)", "eh1"),
    ("x^5*exp(x - x^2) < 1/10^9", "[8, oo)", "eh1"),
    ("erf(x/sqrt(2)) - tanh(sqrt(2/pi)*(x + 0.044715*x^3)) < 1/10^6", "[8, oo)", "eh1"),
    ("atan(x) < pi/2 - 1/x + 1/(3*x^3)", "[8, oo)", "eh1"),
    ("atan(x) > -pi/2", "(-oo, -8]", "el1"),
    ("sin(x)/x < 1/2", "[8, oo)", "eh1"),
    ("asinh(x) > log(2*x)", "[8, oo)", "eh1"),
]


def test_a_closed_end_is_decided_by_itself_where_a_power_need_not_be_continuous() -> None:
    # log(2) keeps the equality at 0 from being decided there.
    show = "{} + x/9 + log(2) >= log(2) + 1"
    assert _accepted(show.format("exp(x/9)"), "natural [0, 1]", "el1")
    assert not _accepted(show.format("(1 + x/90)^x"), "natural [0, 1]", "el1")


#: False by little, at irrational points, at ends or at infinity only; or undefined somewhere.
FALSE = [
    ("sin(x) < x", "[0, 1/2]", "el1"),
    ("sin(x) >= x", "(0, 1/2]", "el1"),
    ("sin(x)/x < 1 - (1/6 + 1/10^9)*x^2 + x^4/120", "(0, 1/2]", "el1"),
    ("x/tanh(x) <= 1 + (1/3 - 1/10^9)*x^2", "(0, 1/2]", "el1"),
    ("(x^2 - 1/50)^2 > 0", "(0, 1/2]", "el1"),
    ("(x^2 - 1/50)^2 >= 1/10^20", "(0, 1/2]", "el1"),
    ("x^x >= 1 + x*log(x) + x^2*log(x)^2/2", "(0, 1/32]", "el1"),
    ("x*log(x)^2 < 1/10^9", "(0, 1/64]", "el1"),
    ("x*log(x) > -1/10^9", "(0, 1/64]", "el1"),
    ("log(x) > -10^9", "(0, 1/64]", "el1"),
    ("1/x < 10^9", "(0, 1/64]", "el1"),
    ("log(1 + x*log(x)) < (1 + 1/10^9)*x*log(x)", "(0, 1/64]", "el1"),
    ("1/(1 - x*log(x)) > 1 + (1 - 1/10^9)*x*log(x)", "(0, 1/64]", "el1"),
    ("sqrt(1 + x*log(x)) < 1 + (1/2 + 1/10^9)*x*log(x)", "(0, 1/64]", "el1"),
    ("exp(x*log(x)^2) < 1 + x*log(x)^2", "(0, 1/2^20]", "el1"),
    ("atan(x*log(x)) > (1 - 1/10^9)*x*log(x)", "(0, 1/2^20]", "el1"),
    ("log(x + log(x)) < log(x) + (1 - 1/10^9)*log(x)/x", "[4096, oo)", "eh1"),
    ("x > log(x) + x - log(log(x) + x) + log(log(x) + x)/(log(x) + x)", "[4096, oo)", "eh1"),
    ("(x*log(x) + 1/50)^2 > 0", "(0, 1/64]", "el1"),
    ("log(1/50 + x*log(x)) < 1", "(0, 1/64]", "el1"),
    ("1/(1/50 + x*log(x)) > -10^9", "(0, 1/64]", "el1"),
    ("sqrt(1/50 + x*log(x)) >= 0", "(0, 1/64]", "el1"),
    ("asin(1 + x*log(x)) < 1", "(0, 1/64]", "el1"),
    ("(1 + 1/x)^x < exp(1) - 1/10^9", "[8, oo)", "eh1"),
    ("(1 + 1/x)^(x + 1/2) < exp(1)", "[8, oo)", "eh1"),
    ("x*exp(-x) < 1/10^9", "[8, oo)", "eh1"),
    ("x*exp(-x^3/16) < 1/10^14", "[8, oo)", "eh1"),
    ("x^5*exp(x - x^2) < 1/10^20", "[8, oo)", "eh1"),
    ("x^99*exp(-x^2) < 1", "[8, oo)", "eh1"),
    ("x*exp(-x^3/16) < 1/2", "[1/2, oo)", "eh1"),
    ("exp(x) < 10^9*x^9", "[8, oo)", "eh1"),
    ("cosh(x)*exp(-x) < 1/2", "[8, oo)", "eh1"),
    ("gamma(x + 1) < sqrt(2*pi*x)*(x/exp(1))^x*exp(1/(12*x) - 1/(10^9*x))", "[8, oo)", "eh1"),
    ("gamma(x + 1)/gamma(x + 1/2) < sqrt(x + 1/4 - 1/10^9)", "[8, oo)", "eh1"),
    ("digamma(x) > log(x) - 1/(2*x) - (1/12 - 1/10^9)/x^2", "[8, oo)", "eh1"),
    ("trigamma(x) < 1/x + 1/(2*x^2)", "[8, oo)", "eh1"),
    ("erfc(x) > exp(-x^2)/(x*sqrt(pi))", "[4, oo)", "eh1"),
    ("erf(x) < 1 - 1/10^9", "[4, oo)", "eh1"),
    ("atan(x) < pi/2 - 1/10^9", "[8, oo)", "eh1"),
    ("sin(x) < 1", "[8, oo)", "eh1"),
    ("sin(x)*x < 10^9", "[8, oo)", "eh1"),
    ("sin(3141592653/2000000000*x) >= x", "[3/4, 1]", "eh1"),
    ("1/gamma(x) + 1/gamma(1/x) <= 2 - 1/10^9", "[1, 17/16]", "el1"),
    ("digamma(x) < log(x + exp(digamma(1) - 1/10^9)) - 1/x", "(0, 1/16]", "el1"),
    ("log(exp(digamma(1)) + x) <= digamma(1) - 1/10^9 + exp(-digamma(1))*x", "[0, 1/16]", "el1"),
    ("log(exp(digamma(1)) + x) < digamma(1) + exp(-digamma(1))*x", "[0, 1/16]", "el1"),
    ("x^((pi^2/6 + 1/10^9 + digamma(1))/2*(x - 1) + digamma(1)) < gamma(x)", "(1, 17/16]", "el1"),
    ("digamma(x) <= digamma(1) + (pi^2/6 - 1/10^9)*(x - 1)", "[1, 17/16]", "el1"),
    ("digamma(x + 1/2) <= digamma(1) - (2 + 1/10^9)*log(2) + pi^2/2*x", "[0, 1/16]", "el1"),
    ("trigamma(x + 1/2) < pi^2/2 - 1/10^9", "(0, 1/16]", "el1"),
    ("sqrt((pi - 2)^2*x^2 + 2*pi) < (pi - 2)*x + (pi/(pi - 2) - 1/10^9)/x", "[8, oo)", "eh1"),
    ("sqrt((pi - 2)^2*x^2 + 2*pi) > (2 - pi + 10^-9)*x + 2*(pi - 2)*x", "[8, oo)", "eh1"),
    ("sqrt((2 - pi)*(pi - 1))*x + x^2 > 0", "(0, 1/4]", "el1"),
    # Undefined somewhere, kinks.
    ("1/(x - 1/7) > -10^9", "(0, 1/4]", "el1"),
    ("sqrt(x - 1/7) >= 0", "(0, 1/4]", "el1"),
    ("log(x - 1/7) < 0", "(0, 1/4]", "el1"),
    ("asin(8*x) < 2", "(0, 1/4]", "el1"),
    ("tan(8*x)^2 >= 0", "(0, 1/4]", "el1"),
    ("x/x > 0", "[0, 1/4]", "el1"),
    ("x*log(x) <= 0", "[0, 1/4]", "el1"),
    ("sqrt(x)/sqrt(x) >= 1", "[0, 1/4]", "el2"),
    ("abs(x - 1/7) > 0", "(0, 1/4]", "el1"),
    ("gamma(x - 1/7)^2 > -1", "(0, 1/4]", "el1"),
    ("loggamma(1/100 - x) > -10", "(0, 1/4]", "el1"),
    ("0*log(1 - 8*x) <= 0", "(0, 1/4]", "el1"),
    ("sqrt(1 + exp(1)*x*exp(x))/sqrt(1 + exp(1)*x*exp(x)) >= 1", "[-1, -7/8]", "el1"),
    ("(1 + exp(1)*x*exp(x))*log(1 + exp(1)*x*exp(x)) <= 0", "[-1, -7/8]", "el1"),
    ("sqrt(2*(1 + exp(1)*x*exp(x))) >= 1 + x + (1/3 + 1/10^9)*(1 + x)^2", "[-1, -7/8]", "el1"),
    ("x > -1", "real", "el1"),
    ("x = x", "(0, 1/4]", "el1"),
]


@pytest.mark.parametrize(("show", "domain", "tree"), TRUE)
def test_expansions_show(show, domain, tree):
    assert any(_accepted(show, domain, tree, order) for order in (5, 8))


@pytest.mark.parametrize(("show", "domain", "tree"), FALSE)
def test_what_is_false_or_undefined_is_refused(show, domain, tree):
    assert not any(_accepted(show, domain, tree, order) for order in (3, 8, 14))


@pytest.mark.parametrize("power", ["2", "sqrt(2)", "(1/3)", "(x + 1/3)", "erf(x)"])
def test_numbers_too_long_for_memory_are_refused(power):
    assert _accepted(f"x*{power}^8 > 0", "(0, 1/16]", "el1")
    assert not _accepted(f"x*{power}^(10^30) > 0", "(0, 1/16]", "el1")


def test_logarithms_of_numbers_that_nobody_factors():
    number = "(2^607 - 1)*(2^521 - 1)*12"
    assert _accepted(f"x*log({number}) < x*789", "(0, 1/16]", "el1")
    assert not _accepted(f"x*log({number}) < x*784", "(0, 1/16]", "el1")
    assert _accepted(f"sqrt({number})*sin(x) <= sqrt({number})*x", "[0, 1/16]", "el1")


def test_exponents_beyond_floats_are_compared():
    assert _accepted("x^(10^400 + 1/2) < x^(1/3)", "(0, 1/4]", "el1")
    assert not _accepted("x^(10^400 + 1/2) > x^(1/3)", "(0, 1/4]", "el1")


@pytest.mark.parametrize(
    "without",
    [
        "atan(exp(x)) < 2",
        "atan(sqrt(x)) < 2",
        # The exponents are 1, which their forms do not show: which power is the larger one is unknown.
        "x^(sin(1)^2 + cos(1)^2) + x^(sin(2)^2 + cos(2)^2) > 0",
    ],
)
def test_what_has_no_expansion_is_refused_without_recursion(without):
    """Another part of the disjunction is looked at still."""
    assert not _accepted(without, "[8, oo)", "eh1")
    assert _accepted(f"{without} or x > 1", "[8, oo)", "eh1")


@pytest.mark.parametrize("leaf", ["e", "el", "el0", "el5", "ex1", "el1 "])
def test_other_leaves_are_refused(leaf):
    assert not _accepted("x > 0", "(0, 1]", leaf)


ENDS = [
    (fmpq(0), 1, fmpq(1, 16), 1),
    (fmpq(1, 2), -1, fmpq(1, 16), 1),
    (fmpq(1), 1, fmpq(1, 16), 1),
    (fmpq(1), -1, fmpq(1, 8), 2),
    (None, 1, fmpq(1, 16), 1),
    (None, -1, fmpq(1, 16), 1),
]
TERMS = [
    *(f"{f}(x)" for f in ("exp", "log", "sqrt", "sin", "cos", "tan", "asin", "acos", "atan", "sinh")),
    *(f"{f}(x)" for f in ("cosh", "tanh", "asinh", "atanh", "erf", "erfc", "gamma", "loggamma")),
    *(f"{f}(x)" for f in ("digamma", "trigamma", "W")),
    *("acosh(1 + x)", "x^(2/3)", "x^x", "x^5", "x^-3", "1/(1 + x)", "x^pi", "-x*exp(x)", "abs(x)"),
    *("sin(x)/x", "(exp(x) - 1)/x", "exp(-1/x)", "x^2*log(x)", "log(x)^2/x", "gamma(x + 1/2)/gamma(x)"),
    *("exp(x)/(exp(x) + 1)", "erfc(x)*exp(x^2)", "sqrt(2*x + x^2)", "pi^x + 2^(1/3)*x"),
    *(
        "log(exp(x) + 1)",
        "log(x + exp(digamma(1)))",
        "sqrt((2 - pi)^2 + x)",
        "log((4 - pi)*(pi - 2)^3*x)",
    ),
    *("log(x + log(x))", "1/(x^2 + log(x))", "sqrt(1 + x*log(x))", "exp(x*log(x)^2)", "sin(x*log(x))"),
    *("atan(x + x*log(x))", "erf(x*log(x))", "exp(log(x)^2/x)", "(x + log(x))^(1/x)", "1/log(1 + x)^2"),
    *("log(x + log(x))/(x + log(x))", "(1 + x*log(x))^(2/3)", "log(x^2 + x*log(x)^3)", "tanh(x*log(x))"),
]


def test_values_are_contained():
    """Every expansion that is found contains the values at points, and many are found."""
    found = 0
    with ctx.workprec(192):
        for text in TERMS:
            term = parse_term(text)
            (x,) = Statement.parse(f"{text} <= 0", (), {"x": "real"}).variables
            for centre, side, end, root in ENDS:
                expansion = Expansion(x.symbol, centre, side, arb(end), root, 7)
                try:
                    value = expansion.walk(term)
                except RejectedError:
                    continue
                found += 1
                for n in (1, 2, 3, 16, 1000):
                    d = end / n
                    at = side * d**root + centre if centre is not None else side / d**root
                    exact = evaluate(term, {"x": at}, 192)
                    assert exact.defined, (text, centre, side)
                    assert _at(expansion, value, d).overlaps(exact.ball), (text, centre, side, n)
    assert found > 150


def _at(expansion, value, d):
    d, constants = arb(d), expansion.ring.constants
    log, total = d.log(), arb(0)
    for j, s in enumerate(value.parts):
        inner = s.rest
        for c in reversed(s.terms):
            inner = inner * d + constants.ball(c)
        total = total + log**j * inner * d**s.low
    growth = sum((constants.ball(c) * log**j / d**k for (k, j), c in value.growth.items()), arb(0))
    return total * growth.exp()


def test_roots_of_a_high_degree_make_no_polynomials_of_that_degree():
    # The ends of a box are such exponents: log(x)/x at 2.01 led to degrees beyond 10^18.
    constants, exponent = Constants(), fmpq(10**18 + 1, 10**18 + 9)
    product = fmpq(1)
    for base in (2, 3, 5):
        root = constants.root(base, fmpq(base), exponent)
        product = constants.mul(product, constants.mul(root, root))
    assert max(map(int, product.p.degrees())) <= 1000
    assert constants.ball(product).overlaps((arb(30).log() * 2 * exponent).exp())


@pytest.mark.parametrize(
    "constant", ["sqrt(pi^100000 - 1)", "log(pi^100000 + 1)", "log(pi^100000000 + 2)"]
)
def test_polynomials_of_a_high_degree_in_constants_are_not_factored(constant):
    assert _accepted(f"{constant}*x + x^2 > 0", "(0, 1/4]", "el1")
    assert not _accepted(f"{constant}*x + x^2 < 0", "(0, 1/4]", "el1")


def test_coefficients_of_log_gamma_are_those_of_flint():
    with ctx.workprec(128):
        for c in (fmpq(1), fmpq(1, 2), fmpq(1, 3)):
            expansion = Expansion(t.variable("x"), fmpq(0), 1, arb(1), 1, 12)
            far = [arb(c).lgamma(), arb(c).digamma()]
            far += [(-1) ** k * arb(k).zeta(arb(c)) / k for k in range(2, 40)]
            near = loggamma_coefficients(arb(c), 40)
            wide = loggamma_coefficients(arb(c).union(arb(c) + 1), 40)
            for k in range(40):
                assert near[k].overlaps(far[k])
                assert near[k].rad() <= 1e-9 * abs(far[k])
                assert wide[k].contains(arb(far[k].mid()))
            for k in range(12):
                assert expansion.constants.ball(expansion._loggamma_coefficient(c, k)).overlaps(far[k])


def test_a_negative_constant_has_no_logarithm():
    constants = Constants()
    minus = constants.named("a", arb(-2))
    assert constants.factors(minus) is None
    square = constants.mul(minus, minus)
    assert constants.factors(square) is None
    low, high = constants.add(minus, fmpq(-1)), constants.add(minus, fmpq(5))
    powers = constants.factors(constants.mul(low, constants.mul(fmpq(-3), high)))
    assert powers is not None
    product = arb(1)
    for key, exponent in powers.items():
        base = fmpq(key) if isinstance(key, int) else constants.known(key)
        assert constants.ball(base) > 0
        product = product * constants.ball(base) ** exponent
    assert product.overlaps(arb(27))
    assert constants.factors(constants.mul(low, high)) is None
