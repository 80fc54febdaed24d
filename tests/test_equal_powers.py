"""Equations of powers that are written differently, and logarithms of what hypotheses compare."""

import pytest

from srverify.checker.check import check
from srverify.language.statement import Statement
from srverify.numerics.tactics.search import find

POSITIVE = "(0, oo)"
#: Seconds that a search may take: a cap, since in a long process it takes several times as long.
LIMIT = 60.0
_SHARE = (
    "q*exp(log(q)/b)/(q*exp(log(q)/b) + s*exp(log(s)/b)) = q^(1 + {c}/b)/(q^(1 + 1/b) + s^(1 + 1/b))"
)
_LABELS = {"k": "[2, oo)", "p": "(0, 1/16]", "M": "real"}
#: A true statement and a false neighbour, by what it is about.
PAIRS = {
    "one product": (
        ("q*exp(log(q)/b) = q^(1 + 1/b)", [], {"q": "(0, 1]", "b": POSITIVE}),
        ("q*exp(log(q)/b) = q^(1 + 2/b)", [], {"q": "(0, 1]", "b": POSITIVE}),
    ),
    "products in sums": (
        (_SHARE.format(c=1), [], {"q": "(0, 1)", "s": "(0, 1)", "b": POSITIVE}),
        (_SHARE.format(c=2), [], {"q": "(0, 1)", "s": "(0, 1)", "b": POSITIVE}),
    ),
    "a square of a sum of powers": (
        (
            "(x^a + y^a)^2 = x^(2*a) + 2*(x*y)^a + y^(2*a)",
            [],
            dict.fromkeys("xy", POSITIVE) | {"a": "real"},
        ),
        (
            "(x^a + y^a)^2 = x^(2*a) + (x*y)^a + y^(2*a)",
            [],
            dict.fromkeys("xy", POSITIVE) | {"a": "real"},
        ),
    ),
    "roots in sums": (
        ("sqrt(x*y) + x = sqrt(x)*(sqrt(x) + sqrt(y))", [], dict.fromkeys("xy", POSITIVE)),
        ("sqrt(x*y) + y = sqrt(x)*(sqrt(x) + sqrt(y))", [], dict.fromkeys("xy", POSITIVE)),
    ),
    "quotients of exponentials": (
        (
            "p*exp(r/b)/(p*exp(r/b) + q*exp(s/b)) = p/(p + q*exp((s - r)/b))",
            [],
            dict.fromkeys("pqb", POSITIVE) | dict.fromkeys("rs", "real"),
        ),
        (
            "p*exp(r/b)/(p*exp(r/b) + q*exp(s/b)) = p/(p + q*exp((r - s)/b))",
            [],
            dict.fromkeys("pqb", POSITIVE) | dict.fromkeys("rs", "real"),
        ),
    ),
    "a root of an exponential": (
        ("sqrt(exp(u)*u) = exp(u/2)*sqrt(u)", [], {"u": "[1, oo)"}),
        ("sqrt(exp(u)*u) = exp(u)*sqrt(u)", [], {"u": "[1, oo)"}),
    ),
    "a root of a power": (
        ("sqrt(x^(2*a)) = x^a", [], {"x": POSITIVE, "a": "real"}),
        ("sqrt(x^(2*a)) = x^(a/2)", [], {"x": POSITIVE, "a": "real"}),
    ),
    "a mean of logarithms": (
        ("exp((log(x) + log(y))/2) = sqrt(x*y)", [], dict.fromkeys("xy", POSITIVE)),
        ("exp((log(x) + log(y))/2) = sqrt(x + y)", [], dict.fromkeys("xy", POSITIVE)),
    ),
    "logarithms of what hypotheses compare": (
        ("log(M) <= log(k/p)", ["M <= 1 + (k - 1)/(8*p)", "(k - 1)/(8*p) < M"], _LABELS),
        (
            "log(M) <= log(k/(8*p))",
            ["M <= 1 + (k - 1)/(8*p)", "(k - 1)/(8*p) < M"],
            _LABELS | {"p": POSITIVE},
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
