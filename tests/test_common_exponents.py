"""Sums of products of powers with the same exponents, which depend on variables."""

import pytest

from srverify.checker.check import check
from srverify.language.statement import Statement
from srverify.numerics.tactics.search import find

POSITIVE = "(0, oo)"
UNIT = "(0, 1)"
#: Seconds that a search may take: a cap, since in a long process it takes several times as long.
LIMIT = 60.0
_AFFINITY = "p^a*q^(1 - a) + (1 - p)^a*(1 - q)^(1 - a)"
#: A true statement and a false neighbour, by what it is about.
PAIRS = {
    "an affinity of two laws": (
        (f"{_AFFINITY} <= 1", [], dict.fromkeys("pqa", UNIT)),
        (f"{_AFFINITY} < 1", [], dict.fromkeys("pqa", UNIT)),
    ),
    "an exponent that is negative": (
        (f"{_AFFINITY} >= 1", [], {"p": UNIT, "q": UNIT, "a": "(1, oo)"}),
        (f"{_AFFINITY} >= 1", [], {"p": UNIT, "q": UNIT, "a": UNIT}),
    ),
    "two sums": (
        (
            "a^t*b^(1 - t) + c^t*d^(1 - t) <= (a + c)^t*(b + d)^(1 - t)",
            [],
            dict.fromkeys("abcd", POSITIVE) | {"t": "[0, 1]"},
        ),
        (
            "a^t*b^(1 - t) + c^t*d^(1 - t) <= (a + c)^t*(b + d)^(1 - t)",
            [],
            dict.fromkeys("abcd", POSITIVE) | {"t": "[0, 2]"},
        ),
    ),
    "quotients": (
        (
            "a^(p + 1)/x^p + b^(p + 1)/y^p >= (a + b)^(p + 1)/(x + y)^p",
            [],
            dict.fromkeys("abxyp", POSITIVE),
        ),
        (
            "a^(p + 1)/x^p + b^(p + 1)/y^p >= (a + b)^(p + 1)/(x + y)^p",
            [],
            dict.fromkeys("abxy", POSITIVE) | {"p": "(-1, 0)"},
        ),
    ),
    "a power of a mean": (
        (
            "(t*a + (1 - t)*b)^p <= t*a^p + (1 - t)*b^p",
            [],
            dict.fromkeys("ab", POSITIVE) | {"t": UNIT, "p": "(1, oo)"},
        ),
        (
            "(t*a + (1 - t)*b)^p <= t*a^p + (1 - t)*b^p",
            [],
            dict.fromkeys("ab", POSITIVE) | {"t": UNIT, "p": POSITIVE},
        ),
    ),
}


@pytest.mark.parametrize("name", PAIRS)
def test_a_true_statement_has_a_proof_object(name):
    statement = Statement.parse(*PAIRS[name][0])
    proof, reason = find(statement, LIMIT)
    assert proof is not None, reason
    assert check(statement, proof).steps >= 1


@pytest.mark.parametrize("name", PAIRS)
def test_its_false_neighbour_has_none(name):
    assert find(Statement.parse(*PAIRS[name][1]), 1.0)[0] is None
