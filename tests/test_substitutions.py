"""Variables changed so that a goal becomes one about fewer, or plainer, functions."""

import pytest

from srverify.checker.check import check
from srverify.checker.sequent import Sequent
from srverify.language.statement import Statement
from srverify.numerics.clock import Clock
from srverify.numerics.tactics.balancing import by_balanced_logarithms, by_balanced_sides, by_balancing
from srverify.numerics.tactics.bases import by_exponential_bases
from srverify.numerics.tactics.calculus import by_curvature
from srverify.numerics.tactics.chords import by_power_chords
from srverify.numerics.tactics.driver import Driver
from srverify.numerics.tactics.homogenizing import by_homogenizing
from srverify.numerics.tactics.logits import by_logits
from srverify.numerics.tactics.majorants import by_joint_bounds, by_majorants
from srverify.numerics.tactics.parity import by_parity, by_reflection
from srverify.numerics.tactics.rootmeans import by_root_means
from srverify.numerics.tactics.search import TACTICS
from srverify.numerics.tactics.shifting import by_shifting
from srverify.numerics.tactics.substituting import by_log_variables, by_quotient_variables

HEINZ = "(exp(v*x + (1-v)*y) + exp((1-v)*x + v*y))/2 <= (1 - {w})*exp((x+y)/2) + {w}*(exp(x) + exp(y))/2"
POWERS = "(a^v*b^(1-v) + a^(1-v)*b^v)/2 <= (1 - {w})*sqrt(a*b) + {w}*(a + b)/2"
SINH = "(sinh(a*x) - sinh((a - 1)*x))/sinh(x) <= exp({k}*a*(a - 1)*x^2)"
LOGIT = "p*exp(t*(1-p)) + (1-p)*exp(-t*p) <= exp({k}*(1-2*p)*t^2/log((1-p)/p))"
CUMULANT = "log(1 - p + p*exp(t)) - p*t <= {k}*(1-2*p)*t^2/log((1-p)/p)"
MIRRORED = "p*exp(t*(1-p)) + (1-p)*exp(-t*p) <= exp({k}*(2*p-1)*t^2/log(p/(1-p)))"
SOFTPLUS = "log(exp(x) + exp(y)) >= {k}*(x + y)/2 + log(2)"
SHIFTED = "t*tanh(l)/2 + log(cosh(t/2 - l)) - log(cosh(l)) <= {k}*tanh(l)/l*t^2"
LSE = "abs(log(exp(a)+exp(b)) - log(exp(c)+exp(d))) <= {m}(abs(a-c), abs(b-d))"
GIBBS = "p*r - b*(p*log(p/q) + (1-p)*log((1-p)/(1-q))) <= b*log(q*exp(r/b) + 1 - q){k}"
GIBBS_ONE = "p*r <= p*log(p/q) + (1-p)*log((1-p)/(1-q)) + log(q*exp(r) + 1 - q){k}"
MIDDLE = "cosh((v - 1/2)*x) <= 1 - {w} + {w}*cosh(x/2)"
TOUCHING = "{k}*exp(w)*log(u) <= exp(w)*w + u/exp(1)"
LINES = dict.fromkeys("abcd", "real")
#: USAMO 2011/1, IMO shortlist 2009 A2, and what is taken a root of.
BALL = "(a*b + {k})/(a+b)^2 + (b*c + 1)/(b+c)^2 + (c*a + 1)/(c+a)^2 >= 3"
HARMONIC = "1/(2*a+b+c)^2 + 1/(2*b+c+a)^2 + 1/(2*c+a+b)^2 <= {k}/16"
MEANS = "sqrt((a+b)*(a+c)) + sqrt((b+c)*(b+a)) + sqrt((c+a)*(c+b)) <= {k}*(a + b + c)"
SHARES = "a/sqrt((a+b)*(a+c)) + b/sqrt((b+c)*(b+a)) + c/sqrt((c+a)*(c+b)) <= {k}"
ROOTED = "sqrt(a + b*c) >= sqrt({k}*a) + sqrt(b*c)"
POSITIVE = dict.fromkeys("abc", "(0, oo)")
SQUARE, FOURTH = "(1-2*v)^2", "(1-2*v)^4"
#: A tactic, a statement with hypotheses, what makes it true, and what makes it false.
CASES = [
    (by_balancing, HEINZ, {"x": "real", "y": "real", "v": "[0, 1]"}, (), {"w": SQUARE}, {"w": FOURTH}),
    (
        by_exponential_bases,
        POWERS,
        {"a": "(0, oo)", "b": "(0, oo)", "v": "[0, 1]"},
        (),
        {"w": SQUARE},
        {"w": FOURTH},
    ),
    (by_balanced_sides, SINH, {"a": "(1, oo)", "x": "(0, oo)"}, (), {"k": "1/2"}, {"k": "12/25"}),
    (by_logits, LOGIT, {"p": "(0, 1/2)", "t": "real"}, (), {"k": "1/4"}, {"k": "6/25"}),
    (by_logits, CUMULANT, {"p": "(0, 1/2)", "t": "real"}, (), {"k": "1/4"}, {"k": "6/25"}),
    (by_logits, MIRRORED, {"p": "(1/2, 1)", "t": "real"}, (), {"k": "1/4"}, {"k": "6/25"}),
    (by_balanced_logarithms, SOFTPLUS, {"x": "real", "y": "real"}, (), {"k": "1"}, {"k": "101/100"}),
    (
        by_power_chords,
        "x^p + y^p <= {k}*(x + y)^p",
        {"x": "(0, oo)", "y": "(0, oo)", "p": "[1, oo)"},
        (),
        {"k": "1"},
        {"k": "99/100"},
    ),
    (by_shifting, SHIFTED, {"l": "(0, oo)", "t": "real"}, (), {"k": "1/8"}, {"k": "3/25"}),
    (by_majorants, LSE, LINES, (), {"m": "max"}, {"m": "min"}),
    (
        by_joint_bounds,
        "log(exp(a) + exp(b)) - log(exp(c) + exp(d)) <= {k}*m",
        {**LINES, "m": "[0, oo)"},
        ("a - c <= m", "b - d <= m"),
        {"k": "1"},
        {"k": "1/2"},
    ),
    (
        by_quotient_variables,
        GIBBS,
        {"p": "(0, 1)", "q": "(0, 1)", "r": "real", "b": "(0, oo)"},
        (),
        {"k": ""},
        {"k": " - b/1000"},
    ),
    (
        by_log_variables,
        GIBBS_ONE,
        {"p": "(0, 1)", "q": "(0, 1)", "r": "real"},
        (),
        {"k": ""},
        {"k": " - 1/1000"},
    ),
    (by_reflection, MIDDLE, {"v": "[0, 1]", "x": "real"}, (), {"w": SQUARE}, {"w": FOURTH}),
    (
        by_homogenizing,
        BALL,
        POSITIVE,
        ("a^2 + b^2 + c^2 + (a + b + c)^2 <= 4",),
        {"k": "1"},
        {"k": "99/100"},
    ),
    (by_homogenizing, HARMONIC, POSITIVE, ("1/a + 1/b + 1/c = a + b + c",), {"k": "3"}, {"k": "29/10"}),
    (by_root_means, MEANS, POSITIVE, (), {"k": "2"}, {"k": "199/100"}),
    (by_root_means, SHARES, POSITIVE, (), {"k": "3/2"}, {"k": "149/100"}),
    (by_homogenizing, ROOTED, POSITIVE, ("a + b + c = 1",), {"k": "a"}, {"k": "2*a"}),
    (by_curvature, TOUCHING, {"w": "[-1, oo)", "u": "(1, oo)"}, (), {"k": "1"}, {"k": "101/100"}),
]
#: Even goals about each function that is even or odd.
EVEN = [
    "y*x*tanh(x) <= y*x^2",
    "y*x^2 <= y*x*sinh(x)",
    "y*x*sin(x) <= y*x^2",
    "y - y*x^2/2 <= y*cos(x)",
    "y <= y*cosh(x)",
    "0 <= y*x*erf(x)",
]
NOT_EVEN = ["y*x*tanh(x) <= y*x", "y*x^2 <= y*sinh(x)", "y*sin(x) <= y*x", "0 <= y*erf(x)"]


def _found(tactic, show, variables, given):
    """Return the proofs that a tactic proposes, or that follow from what it proposes, checked."""
    statement = Statement.parse(show, given, variables)
    driver, sequent = Driver(Clock.after(60.0), TACTICS, 600), Sequent.of(statement)
    proofs = [
        node if cost < 0 else driver.apply(sequent, node, 3 - cost)
        for node, cost in tactic(driver, sequent, 3)
    ]
    for proof in proofs:
        if proof is not None:
            check(statement, proof)
    return [proof for proof in proofs if proof is not None]


@pytest.mark.parametrize(("tactic", "show", "variables", "given", "true", "_"), CASES)
def test_a_change_of_variables_shows_what_is_true(tactic, show, variables, given, true, _):
    assert _found(tactic, show.format(**true), variables, given)


@pytest.mark.parametrize(("tactic", "show", "variables", "given", "_", "false"), CASES)
def test_no_change_of_variables_shows_what_is_false(tactic, show, variables, given, _, false):
    assert not _found(tactic, show.format(**false), variables, given)


@pytest.mark.parametrize("show", EVEN)
def test_a_goal_that_is_even_is_shown_for_one_half(show):
    assert _found(by_parity, show, {"x": "real", "y": "[0, oo)"}, ())


@pytest.mark.parametrize("show", NOT_EVEN)
def test_a_goal_that_is_not_even_is_not_turned_over(show):
    assert not _found(by_parity, show, {"x": "real", "y": "[0, oo)"}, ())


def test_a_multiple_of_a_hypothesis_is_not_made_homogeneous():
    # Made so it is 0, which is no plainer where t may be 0.
    domains = {"s": "(0, oo)", "t": "[0, oo)", "L": "[0, oo)"}
    statement = Statement.parse("t <= L*s", ("t/s <= L",), domains)
    driver = Driver(Clock.after(60.0), TACTICS, 600)
    assert not list(by_homogenizing(driver, Sequent.of(statement), 3))
    assert driver.steps == 600
