"""The leaf by Taylor's theorem: what it shows, what it must not show, and its series against values."""

import pytest
from flint import arb, ctx

from srverify.checker.check import check
from srverify.checker.enclosures.interval import Interval
from srverify.checker.expansions.series import (
    MAX_ORDER,
    Series,
    decided_by_series,
    loggamma_coefficients,
)
from srverify.checker.rejected import RejectedError
from srverify.language.formula import normal
from srverify.language.parser import parse_term
from srverify.language.statement import Statement
from srverify.numerics.arb_eval import evaluate


def _accepted(show, domain, **parameters):
    statement = Statement.parse(show, (), {"x": domain})
    try:
        check(statement, {"rule": "cover", "tree": "t", **parameters})
    except RejectedError:
        return False
    return True


SHARP = {"order": 14, "precision": 256}


@pytest.mark.parametrize(
    ("show", "domain"),
    [
        ("exp(x) - 1 - x - x^2/2 - x^3/6 <= 1/10^6", "[-1/16, 1/16]"),
        ("sin(x) >= x - x^3/6 - 1/10^9", "[0, 1/64]"),
        ("log(1 + x) < x + 1/10^18", "[0, 1/10^9]"),
        ("LambertW(x, 0) <= x + 1/10^5", "[0, 1/1000]"),
        ("cosh(x)^(1/3) < 1 + x^2/6 + 1/10^6", "[-1/32, 1/32]"),
        ("x^x > 69220/100000", "[3675/10000, 3682/10000]"),
        ("pi*x + 1/100 >= sin(pi*x)", "[0, 1/100]"),
        ("exp(x) >= 1", "[0, 1]"),
        # The difference has several extreme values, one of them 10^-14 from the bound.
        (
            "x + 8388676/2^24*x^2 + 11184876/2^26*x^3 - (exp(x) - 1) <= 23/27/2^33",
            "[-10831/1000000, 10831/1000000]",
        ),
        # A contact at the centre, where the series begins with an even power.
        ("exp(x^2) >= 1", "[-1/8, 1/8]"),
    ],
)
def test_thin_margins_are_shown(show, domain):
    assert _accepted(show, domain, **SHARP)


@pytest.mark.parametrize(
    ("show", "domain"),
    [
        # False, by little.
        ("exp(x) - 1 - x >= 1/10^30", "[-1/16, 1/16]"),
        ("sin(x) >= x - x^3/6 + 1/10^20", "[0, 1/64]"),
        ("exp(x) > 1", "[0, 1]"),
        # False at the end towards which the difference falls.
        ("exp(x) <= 2", "[0, 1]"),
        ("exp(-x) <= 2", "[-1, 0]"),
        ("LambertW(x, -1) >= -33/10", "[-1/8, -1/10]"),
        # False inside, where all chords through the centre rise, or fall: the function does not.
        ("x*((1 + x)^2 + 1/10) > -3/20", "[-1, 1]"),
        ("x*((1 - x)^2 + 1/10) < 3/20", "[-1, 1]"),
        # Kinks, cusps, poles, ends at which there is no series.
        ("abs(x) >= -1", "[-1, 1]"),
        ("sqrt(x) > -1", "[0, 1]"),
        ("x^(1/3) > -1", "[0, 1]"),
        ("max(x, -x) > -1", "[-1, 1]"),
        ("tan(x)^2 > -1", "[1, 2]"),
        ("1/x^2 > 0", "[-1, 1]"),
        ("log(x) < 10", "[0, 1]"),
        ("0*log(x) < 10", "[-1, 1]"),
        ("0*sqrt(x) < 10", "[0, 1]"),
        ("asin(x) < 2", "[0, 1]"),
        ("gamma(x)^2 > -1", "[-1/2, 1/2]"),
        ("loggamma(x) < 100", "[-1/2, 1/2]"),
        ("LambertW(x, 0) >= -2", "[-1/2, 0]"),
        ("LambertW(x, -1) <= 0", "[-1/3, -1/4]"),
        # Not compact, no relation of order.
        ("exp(-x) < 2", "[0, oo)"),
        ("x = x", "[0, 1]"),
    ],
)
def test_what_is_false_or_not_analytic_is_refused(show, domain):
    assert not _accepted(show, domain, **SHARP)


@pytest.mark.parametrize("order", [0, MAX_ORDER + 1, "8"])
def test_orders_out_of_range_are_refused(order):
    assert not _accepted("x < 2", "[0, 1]", order=order)


TERMS = [
    *(f"{f}(x)" for f in ("exp", "log", "sqrt", "sin", "cos", "tan", "asin", "acos", "atan", "sinh")),
    *(f"{f}(x)" for f in ("cosh", "tanh", "erf", "erfc", "gamma", "loggamma", "W")),
    *("x^(2/3)", "x^x", "x^5", "x^-3", "1/(1 + x)", "x^pi", "-x*exp(x)"),
]


@pytest.mark.parametrize("text", TERMS)
def test_the_polynomial_with_its_remainder_contains_the_values(text):
    term = parse_term(text)
    (x,) = Statement.parse(f"{text} <= 0", (), {"x": "real"}).variables
    low, high, order = arb(23) / 64, arb(25) / 64, 7
    centre = arb(3) / 8
    before, cap = ctx.prec, ctx.cap
    ctx.prec, ctx.cap = 128, order + 1
    try:
        near = Series({x.symbol: Interval(centre, centre)}, x.symbol, order).coefficients(term)
        far = Series({x.symbol: Interval(low, high)}, x.symbol, order + 1).coefficients(term)
        for step in range(9):
            at = low + (high - low) * step / 8
            d = at - centre
            enclosed = far[order]
            for c in reversed(near):
                enclosed = enclosed * d + c
            value = evaluate(term, {"x": _rational(at)}, 128)
            assert value.defined
            assert enclosed.overlaps(value.ball)
            # The remainder is small: an enclosure that says nothing would pass otherwise.
            assert float(enclosed.rad()) < 0.2
    finally:
        ctx.prec, ctx.cap = before, cap


def _rational(ball):
    from flint import fmpq

    mantissa, exponent = ball.man_exp()
    return fmpq(int(mantissa)) * fmpq(2) ** int(exponent)


def test_several_moving_variables_are_refused():
    statement = Statement.parse("x + y < 3", (), {"x": "[0, 1]", "y": "[0, 1]"})
    relation = normal(statement.conclusion)
    unit = Interval(arb(0), arb(1))
    assert not decided_by_series(relation, {v.symbol: unit for v in statement.variables}, 4)


@pytest.mark.parametrize(("low", "high"), [(-0.75, -0.25), (0, 1), (-0.125, 0.125)])
def test_log_gamma_has_coefficients_at_positive_points_only(low, high):
    with pytest.raises(RejectedError):
        loggamma_coefficients(arb(low).union(arb(high)), 4)


@pytest.mark.parametrize("text", ["(1 - x)^sinh(0)", "(1 - x)^(x - x)"])
def test_a_power_has_no_series_where_its_base_is_not_positive(text):
    # The logarithm of the base has no series; times an exponent that is 0 there is nothing left of it.
    x = Statement.parse("x <= x").symbols[0]
    box = {x: Interval(arb(1), arb(1.25))}
    with pytest.raises(RejectedError):
        Series(box, x, 3).coefficients(parse_term(text, {"x": x}))
