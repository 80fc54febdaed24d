"""Functions next to their Taylor polynomials: no leaf of a cover shows what is false by little."""

from fractions import Fraction
from math import factorial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srverify.checker.check import check
from srverify.checker.rejected import RejectedError
from srverify.language.statement import Statement

_DEGREE = 8


def _binomial(p):
    found = [Fraction(1)]
    for k in range(1, _DEGREE + 1):
        found.append(found[-1] * (p - k + 1) / k)
    return found


_ALL = range(_DEGREE + 1)
#: By function of u, its Taylor coefficients at 0.
CASES = {
    "exp({u})": [Fraction(1, factorial(k)) for k in _ALL],
    "sin({u})": [Fraction((0, 1, 0, -1)[k % 4], factorial(k)) for k in _ALL],
    "cosh({u})": [Fraction(1 - k % 2, factorial(k)) for k in _ALL],
    "log(1 + {u})": [Fraction(0), *(Fraction(-((-1) ** k), k) for k in _ALL[1:])],
    "atan({u})": [Fraction((0, 1, 0, -1)[k % 4], max(k, 1)) for k in _ALL],
    "sqrt(1 + {u})": _binomial(Fraction(1, 2)),
    "(1 + {u})^(-2/3)": _binomial(Fraction(-2, 3)),
    "1/(1 - {u})": [Fraction(1)] * len(_ALL),
    "W({u})": [Fraction(0), *(Fraction((-k) ** (k - 1), factorial(k)) for k in _ALL[1:])],
}
LEAVES = ("i", "m", "t", "el1", "el2", "eh1", "eh3")
_MARGINS = tuple(Fraction(1, 10**k) for k in (1, 3, 6, 10, 15, 20, 30, 50))
_CENTRES = st.fractions(-3, 3, max_denominator=8)


def _statement(name, centre, degree, margin, below, operator, domain):
    """Return that a function is above (below) its Taylor polynomial at the centre by a margin."""
    u = f"(x - ({centre}))"
    coefficients = CASES[name][: degree + 1]
    polynomial = " + ".join(f"({c})*{u}^{k}" if k else f"({c})" for k, c in enumerate(coefficients))
    left, right = name.format(u=u), f"{polynomial} + ({-margin if below else margin})"
    left, right = (right, left) if below else (left, right)
    return Statement.parse(f"{left} {operator} {right}", (), {"x": domain})


def _accepted(statement, tree, order, precision):
    try:
        check(statement, {"rule": "cover", "tree": tree, "order": order, "precision": precision})
    except RejectedError:
        return False
    return True


@given(
    st.sampled_from(sorted(CASES)),
    _CENTRES,
    st.integers(0, _DEGREE),
    st.sampled_from(_MARGINS),
    st.booleans(),
    st.sampled_from([">", ">="]),
    st.tuples(*[st.sampled_from([Fraction(0), *_MARGINS, Fraction(1, 3)])] * 2).filter(any),
    st.tuples(*[st.sampled_from(LEAVES)] * 3),
    st.sampled_from([None, Fraction(1, 2), Fraction(1, 5)]),
    st.sampled_from([1, 2, 3, 5, 8, 12]),
    st.sampled_from([2, 20, 64, 256]),
)
@settings(max_examples=150, deadline=None)
def test_no_leaf_shows_a_margin_where_there_is_none(
    name, centre, degree, margin, below, operator, reach, leaves, cut, order, precision
):
    # At the centre the function and the polynomial are equal.
    low, high = centre - reach[0], centre + reach[1]
    tree = leaves[0]
    if cut is not None:
        tree = ["x", str(low + cut * (high - low)), *leaves[1:]]
    statement = _statement(name, centre, degree, margin, below, operator, f"[{low}, {high}]")
    assert not _accepted(statement, tree, order, precision)


@given(
    st.sampled_from(sorted(CASES)),
    _CENTRES,
    st.integers(0, _DEGREE),
    st.booleans(),
    st.sampled_from([Fraction(1, 10), Fraction(1, 10**6)]),
    st.sampled_from(LEAVES),
)
@settings(max_examples=50, deadline=None)
def test_no_leaf_shows_that_a_contact_is_none(name, centre, degree, below, reach, leaf):
    for left, right in ((reach, reach), (0, reach), (reach, 0)):
        low, high = centre - left, centre + right
        statement = _statement(name, centre, degree, Fraction(0), below, ">", f"[{low}, {high}]")
        assert not _accepted(statement, leaf, 8, 256)


@pytest.mark.parametrize("below", [False, True])
@pytest.mark.parametrize("leaf", ["t", "el1"])
@pytest.mark.parametrize("name", sorted(CASES))
def test_as_little_is_shown_where_it_is_true(name, leaf, below):
    centre, reach = Fraction(3, 4), Fraction(1, 10**5)
    low = centre if leaf == "el1" else centre - reach
    statement = _statement(
        name, centre, _DEGREE, Fraction(-1, 10**30), below, ">", f"[{low}, {centre + reach}]"
    )
    assert _accepted(statement, leaf, _DEGREE + 2, 256)
