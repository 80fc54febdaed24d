"""Sums of products of powers with the same exponents, which depend on variables."""

import pytest
from tactic_proofs import whole_proofs

from srverify.numerics.tactics.commonexponents import by_common_exponents

POSITIVE, UNIT = "(0, oo)", "(0, 1)"
_AFFINITY = "p^a*q^(1 - a) + (1 - p)^a*(1 - q)^(1 - a)"
_SUMS = "a^t*b^(1 - t) + c^t*d^(1 - t) <= (a + c)^t*(b + d)^(1 - t)"
_QUOTIENTS = "a^(p + 1)/x^p + b^(p + 1)/y^p >= (a + b)^(p + 1)/(x + y)^p"
_MEAN = "(t*a + (1 - t)*b)^p <= t*a^p + (1 - t)*b^p"
_FOUR, _TWO = dict.fromkeys("abxy", POSITIVE), dict.fromkeys("ab", POSITIVE)
_PAIRS = dict.fromkeys("abcd", POSITIVE)
#: A true statement and a false neighbour, by what it is about.
CASES = {
    "an affinity of two laws": (
        (f"{_AFFINITY} <= 1", dict.fromkeys("pqa", UNIT)),
        (f"{_AFFINITY} < 1", dict.fromkeys("pqa", UNIT)),
    ),
    "an exponent that is negative": (
        (f"{_AFFINITY} >= 1", {"p": UNIT, "q": UNIT, "a": "(1, oo)"}),
        (f"{_AFFINITY} >= 1", {"p": UNIT, "q": UNIT, "a": UNIT}),
    ),
    "two sums": ((_SUMS, _PAIRS | {"t": "[0, 1]"}), (_SUMS, _PAIRS | {"t": "[0, 2]"})),
    "quotients": ((_QUOTIENTS, _FOUR | {"p": POSITIVE}), (_QUOTIENTS, _FOUR | {"p": "(-1, 0)"})),
    "a power of a mean": (
        (_MEAN, _TWO | {"t": UNIT, "p": "(1, oo)"}),
        (_MEAN, _TWO | {"t": UNIT, "p": POSITIVE}),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_exponents_are_the_weights(name):
    true, false = CASES[name]
    assert whole_proofs(by_common_exponents, *true)
    assert not whole_proofs(by_common_exponents, *false)


def test_what_has_no_exponents_that_vary_is_left_to_others():
    assert not whole_proofs(by_common_exponents, "sqrt(a*x) + sqrt(b*y) <= sqrt((a + b)*(x + y))", _FOUR)
