"""Small steps of a proof on paper: found in a few steps of search, false neighbours refuted."""

import pytest

from srverify.checker.check import check
from srverify.checker.sequent import Sequent
from srverify.language.statement import Statement
from srverify.numerics.prover.solve import prove
from srverify.numerics.tactics.floats import margins, samples
from srverify.numerics.tactics.search import PLAIN, find

REAL, NONNEGATIVE, POSITIVE, UNIT = "real", "[0, oo)", "(0, oo)", "(0, 1)"
NATURAL = "natural [1, oo)"
#: Seconds that a search may take: a cap, since what ends it is the number of its steps.
LIMIT = 60.0
STEPS = {
    "a quotient turned over": (
        ("1/(1 - z) <= M/b", ["b/M <= 1 - z"], {"b": UNIT, "M": "[1, oo)", "z": UNIT}),
        ("1/(1 - z) <= M/b", ["b/M >= 1 - z"], {"b": UNIT, "M": "[1, oo)", "z": UNIT}),
    ),
    "quotients of parts of sums": (
        ("s <= (1 - u)*c", ["s/(s + c) <= (1 - u)/(2 - u)"], {"s": POSITIVE, "c": POSITIVE, "u": UNIT}),
        ("s <= u*c", ["s/(s + c) <= (1 - u)/(2 - u)"], {"s": POSITIVE, "c": POSITIVE, "u": UNIT}),
    ),
    "a bound put into a product": (
        ("t <= s^2", ["t <= M*s", "M <= s"], {"t": NONNEGATIVE, "M": "[0, 1]", "s": NONNEGATIVE}),
        ("t <= M^2", ["t <= M*s", "M <= s"], {"t": NONNEGATIVE, "M": "[0, 1]", "s": NONNEGATIVE}),
    ),
    "a divisor that a hypothesis makes positive": (
        ("M <= (L - s)/x", ["x*M <= L - s", "x > 0"], {"x": REAL, "M": NATURAL, "L": REAL, "s": REAL}),
        ("M <= (L - s)/x", ["x*M <= L - s", "x < 0"], {"x": REAL, "M": NATURAL, "L": REAL, "s": REAL}),
    ),
    "a logarithm taken": (
        ("log(y) < log(c) + a", ["y < c*exp(a)"], {"y": UNIT, "c": POSITIVE, "a": POSITIVE}),
        ("log(y) < log(c) - a", ["y < c*exp(a)"], {"y": UNIT, "c": POSITIVE, "a": POSITIVE}),
    ),
    "an exponential on the other side": (
        ("y*exp(z - c) < M", ["y < M*exp(c - z)"], {"y": POSITIVE, "M": POSITIVE, "z": REAL, "c": REAL}),
        ("y*exp(c - z) < M", ["y < M*exp(c - z)"], {"y": POSITIVE, "M": POSITIVE, "z": REAL, "c": REAL}),
    ),
    "an implication": (
        ("x <= z*exp(u) implies log(x) <= log(z) + u", [], {"x": POSITIVE, "z": UNIT, "u": REAL}),
        ("x <= z*exp(u) implies log(x) <= u - log(z)", [], {"x": POSITIVE, "z": POSITIVE, "u": REAL}),
    ),
    "what is implied by two inequalities": (
        ("L < 1 implies y <= u/(1 - L)", ["y <= u + L*y"], dict.fromkeys("yuL", NONNEGATIVE)),
        ("L < 2 implies y <= u/(1 - L)", ["y <= u + L*y"], dict.fromkeys("yuL", NONNEGATIVE)),
    ),
    "a definition put in, itself a quotient": (
        (
            "u <= M*(u + c)",
            ["y = u/(u + c)", "y <= M"],
            {"u": POSITIVE, "c": POSITIVE, "M": POSITIVE, "y": REAL},
        ),
        (
            "c <= M*(u + c)",
            ["y = u/(u + c)", "y <= M"],
            {"u": POSITIVE, "c": POSITIVE, "M": POSITIVE, "y": REAL},
        ),
    ),
    "a definition put in, itself an exponential": (
        (
            "y >= -s*log(c)",
            ["L = exp(-y/s)", "L <= c"],
            {"y": REAL, "s": UNIT, "c": POSITIVE, "L": POSITIVE},
        ),
        (
            "y >= s*log(c)",
            ["L = exp(-y/s)", "L <= c"],
            {"y": REAL, "s": UNIT, "c": POSITIVE, "L": POSITIVE},
        ),
    ),
    "squares of absolute values": (
        ("abs(a) <= abs(x)", ["a^2 <= x^2"], {"a": REAL, "x": REAL}),
        ("abs(a) < abs(x)", ["a^2 <= x^2"], {"a": REAL, "x": REAL}),
    ),
    "a square less another one": (
        ("s <= x", ["s^2 + a^2 <= x^2"], {"s": NONNEGATIVE, "a": "natural", "x": "[0, 1]"}),
        ("s <= x/2", ["s^2 + a^2 <= x^2"], {"s": NONNEGATIVE, "a": "natural", "x": "[0, 1]"}),
    ),
    "squares, both sides turned": (
        ("-x <= L", ["L^2 <= x^2"], {"L": REAL, "x": "natural"}),
        ("-x <= 2*L", ["L^2 <= x^2"], {"L": REAL, "x": "natural"}),
    ),
    "a root of a product": (
        ("sqrt(s) <= sqrt(z)*sqrt(b)", ["s <= z*b"], dict.fromkeys("szb", NONNEGATIVE)),
        ("sqrt(s) <= sqrt(z)*b", ["s <= z*b"], dict.fromkeys("szb", NONNEGATIVE)),
    ),
    "an exponential that both sides have": (
        ("L <= M", ["L*exp(y) <= M*exp(y)"], {"L": NATURAL, "M": POSITIVE, "y": REAL}),
        ("L <= M", ["L*exp(y) <= M*exp(y + 1)"], {"L": NATURAL, "M": POSITIVE, "y": REAL}),
    ),
}


def _statement(row):
    show, given, variables = row
    return Statement.parse(show, given, variables)


@pytest.mark.parametrize("name", STEPS)
def test_a_plain_step_needs_few_steps_of_search(name):
    statement = _statement(STEPS[name][0])
    proof, reason = find(statement, LIMIT, PLAIN)
    assert proof is not None, reason
    check(statement, proof)


@pytest.mark.parametrize("name", STEPS)
def test_its_false_neighbour_is_refuted(name):
    assert prove(_statement(STEPS[name][1]), LIMIT).status == "refuted"


@pytest.mark.parametrize(
    ("show", "given", "variables"),
    [
        # Both powers are 0 in doubles, or one is too large for them.
        ("y <= x", "y^z <= x^z", {"y": POSITIVE, "x": UNIT, "z": POSITIVE}),
        ("L <= M", "L*exp(y) <= M*exp(y)", {"L": NATURAL, "M": POSITIVE, "y": REAL}),
        # Far away both quotients are 1 but for a little.
        ("M <= c", "M/(1 + M) <= c/(1 + c)", {"M": NONNEGATIVE, "c": NONNEGATIVE}),
    ],
)
def test_where_doubles_do_not_see_a_hypothesis_nothing_is_sampled(show, given, variables):
    sequent = Sequent.of(_statement((show, [given], variables)))
    assert samples(sequent)
    assert not (margins(sequent.goal, sequent) < 0).any()
