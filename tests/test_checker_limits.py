"""Limits at the ends of a domain, against values very close to the end."""

import pytest
from flint import arb, fmpq

from srverify.checker.enclosures.limits import Limits
from srverify.checker.rejected import RejectedError
from srverify.checker.sequent import Sequent
from srverify.language.errors import UnsupportedError
from srverify.language.parser import parse_term
from srverify.language.statement import Statement
from srverify.numerics.arb_eval import evaluate

FOUND = {
    "1/x": ("oo", 0),
    "x*log(x)": (0, "oo"),
    "x - log(x)": ("oo", "oo"),
    "exp(x) - x^2": (1, "oo"),
    "x*exp(-x)": (0, 0),
    "log(1 + 1/x)*x": (0, 1),
    "log(x)/x": ("-oo", 0),
    "sqrt(x)/log(x)": (0, "oo"),
    "(x^2 + 1)/(2*x^2 + x)": ("oo", fmpq(1, 2)),
    "exp(-1/x)/x": (0, 0),
    "x^y": (0, "oo"),
    "log(1 + 1/x) - 1/(1 + x)": ("oo", 0),
    "(exp(1/x) - 1)*x": ("oo", 1),
    "(x^3 - x)/(x^2 + 5)": (0, "oo"),
    "-abs(x - 1)": (-1, "-oo"),
    "x^(-1/3)": ("oo", 0),
    "LambertW(-1/(x + 3), 0)": (None, 0),
    "LambertW(-1/(x + 3), -1)": (None, "-oo"),
    "LambertW(x, 0)": (0, "oo"),
    "x - y*x": (0, None),
    "log(-x)": (None, None),
    "1/(x - x)": (None, None),
    "sqrt(x - 1)": (None, "oo"),
    "min(x, 1)": (None, None),
}


def _limit(text, end):
    sequent = Sequent.of(Statement.parse(f"0 <= {text} + y", [], {"x": "(0, oo)", "y": "[1, 2]"}))
    try:
        domains = {variable.symbol: variable.domain for variable in sequent.variables}
        return Limits(domains, sequent.symbols["x"], end).walk(parse_term(text, sequent.symbols))
    except (RejectedError, UnsupportedError):
        return None


@pytest.mark.parametrize("text", FOUND)
def test_limits_are_found_and_agree_with_values_near_the_end(text):
    for end, wanted, point in zip(
        ("low", "high"), FOUND[text], (fmpq(1, 2**400), fmpq(2**400)), strict=True
    ):
        found = _limit(text, end)
        if wanted is None:
            assert found is None
            continue
        near = evaluate(parse_term(text), {"x": point, "y": fmpq(3, 2)}, 2000)
        assert near.defined
        if wanted in ("oo", "-oo"):
            assert found.inf == (1 if wanted == "oo" else -1)
            assert near.ball * found.inf > 50
        else:
            assert not found.inf
            assert found.at.low <= wanted <= found.at.high
            assert abs(near.ball - wanted) < arb(2) ** -100
            if found.side is not None:
                assert (near.ball - wanted) * found.side > 0


def test_a_limit_settles_what_values_cannot():
    from srverify.checker.check import check

    statement = Statement.parse("log(1 + 1/x) > 1/(1 + x)", [], {"x": "(0, oo)"})
    falling = {"rule": "polynomial", "var": "x"}
    proof = {"rule": "monotone", "var": "x", "end": "high", "by": "limit", "strict": True}
    assert check(statement, {**proof, "children": [falling]}).steps == 2
    for change in ({"end": "low"}, {"strict": False}, {"by": "value"}):
        with pytest.raises(RejectedError):
            check(statement, {**proof, **change, "children": [falling]})
    turned = Statement.parse("log(1 + 1/x) < 1/(1 + x)", [], {"x": "(0, oo)"})
    with pytest.raises(RejectedError):
        check(turned, {**proof, "children": [falling]})
