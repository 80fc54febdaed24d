"""What hypotheses imply together: products of them, cases, and laws of roots, in a search without z3."""

import random

import pytest
from flint import fmpq

from srverify.checker.check import check
from srverify.checker.sequent import Sequent
from srverify.language.statement import Statement
from srverify.numerics.clock import Clock
from srverify.numerics.tactics.certificates import by_certificates
from srverify.numerics.tactics.driver import Driver
from srverify.numerics.tactics.programs import by_least_squares
from srverify.numerics.tactics.search import TACTICS, find

POSITIVE, NONNEGATIVE, UNIT = "(0, oo)", "[0, oo)", "[0, 1]"
#: Seconds that a search may take: a cap, since in a long process it takes several times as long.
LIMIT = 60.0
_QUADRATIC = dict.fromkeys("sqab", NONNEGATIVE)
_DISTANCES = dict.fromkeys("pqr", "(0, 1)") | dict.fromkeys("xyz", "real")
#: A true statement and a false neighbour, by what it is about.
PAIRS = {
    "a square below a product, and roots": (
        ("e <= sqrt(C)*sqrt(S)", ["e^2 <= C*S"], dict.fromkeys("eCS", NONNEGATIVE)),
        ("e <= 9/10*sqrt(C)*sqrt(S)", ["e^2 <= C*S"], dict.fromkeys("eCS", NONNEGATIVE)),
    ),
    "a square below a sum of squares": (
        ("e <= a + sqrt(b)", ["e^2 <= a^2 + b"], dict.fromkeys("eab", NONNEGATIVE)),
        ("e <= a + sqrt(b)/2", ["e^2 <= a^2 + b"], dict.fromkeys("eab", NONNEGATIVE)),
    ),
    "the root of a bound": (
        (
            "sqrt(k) <= sqrt(c) + sqrt(p)*sqrt(s)",
            ["k <= c + p*s"],
            {"k": "[1, oo)", "c": NONNEGATIVE, "p": UNIT, "s": "[1, oo)"},
        ),
        (
            "sqrt(k) <= sqrt(c) + p*sqrt(s)",
            ["k <= c + p*s"],
            {"k": "[1, oo)", "c": NONNEGATIVE, "p": UNIT, "s": "[1, oo)"},
        ),
    ),
    "a root of a number in an equation": (
        ("(e/2)^2 + (sqrt(3)*e/2)^2 = e^2", [], {"e": POSITIVE}),
        ("(e/2)^2 + (sqrt(2)*e/2)^2 = e^2", [], {"e": POSITIVE}),
    ),
    "a root in a divisor": (
        ("b/(b + sqrt(b^2 + 4*a)) <= 1/2", ["0 < a + b"], dict.fromkeys("ab", NONNEGATIVE)),
        ("b/(b + sqrt(b^2 + 4*a)) < 1/2", ["0 < a + b"], dict.fromkeys("ab", NONNEGATIVE)),
    ),
    "the larger root of a quadratic": (
        ("s^2 = a + b*s", ["2*s = b + q", "q^2 = b^2 + 4*a"], _QUADRATIC),
        ("s^2 = a + b*q", ["2*s = b + q", "q^2 = b^2 + 4*a"], _QUADRATIC),
    ),
    "equations that inequalities leave": (
        (
            "N*u = 1 and N*v = 1",
            ["1 <= N*u", "1 <= N*v", "N <= w/u + (1 - w)/v"],
            {"w": "(0, 1)", "u": "(0, 1]", "v": "(0, 1]", "N": "[2, oo)"},
        ),
        (
            "N*u = 1 and N*v = 1",
            ["1 <= N*u", "1 <= N*v", "N <= w/u + (1 - w)/v"],
            {"w": "[0, 1]", "u": "(0, 1]", "v": "(0, 1]", "N": "[2, oo)"},
        ),
    ),
    "linear equations that are independent": (
        (
            "u = 0 and v = 0",
            ["a*u + b*v = 0", "c*u + d*v = 0", "a*d < b*c or b*c < a*d"],
            dict.fromkeys("uvabcd", "real"),
        ),
        (
            "u = 0 and v = 0",
            ["a*u + b*v = 0", "c*u + d*v = 0", "a*d < b*c or b*c <= a*d"],
            dict.fromkeys("uvabcd", "real"),
        ),
    ),
    "a sum of squares that is 0": (
        ("x = y and y = z", ["p*q*(x - y)^2 + p*r*(x - z)^2 + q*r*(y - z)^2 = 0"], _DISTANCES),
        ("x = y and y = z", ["p*q*(x - y)^2 + p*r*(x - z)^2 = q*r*(y - z)^2"], _DISTANCES),
    ),
    "an inequality that only equal numbers meet": (
        ("a = b", ["a^2 + b^2 <= 2*a*b"], dict.fromkeys("ab", "real")),
        ("a = b", ["a^2 + b^2 <= 3*a*b"], dict.fromkeys("ab", "real")),
    ),
    "a difference of squares by absolute values": (
        (
            "abs((x - s)^2 - (y - s)^2) <= 8*t*b",
            ["abs(x) <= b", "abs(y) <= b", "abs(s) <= b", "abs(x - y) <= 2*t"],
            dict.fromkeys("xys", "real") | dict.fromkeys("bt", NONNEGATIVE),
        ),
        (
            "abs((x - s)^2 - (y - s)^2) <= 7*t*b",
            ["abs(x) <= b", "abs(y) <= b", "abs(s) <= b", "abs(x - y) <= 2*t"],
            dict.fromkeys("xys", "real") | dict.fromkeys("bt", NONNEGATIVE),
        ),
    ),
    "the largest of three shares": (
        (
            "p = 1/3 and q = 1/3 and r = 1/3",
            ["p + q + r = 1", "3 <= 1/max(p, q, r)"],
            dict.fromkeys("pqr", UNIT),
        ),
        (
            "p = 1/3 and q = 1/3 and r = 1/3",
            ["p + q + r = 1", "2 <= 1/max(p, q, r)"],
            dict.fromkeys("pqr", UNIT),
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


def test_a_solution_by_least_squares_sums_up_to_the_target_with_signs():
    source = random.Random(0)
    found = 0
    for _ in range(200):
        columns = [
            (
                {r: fmpq(c, 3) for r in range(4) if (c := source.randrange(-3, 4))},
                source.choice(("<", "<=", "=")),
            )
            for _ in range(6)
        ]
        target = {r: fmpq(c) for r in range(4) if (c := source.randrange(-1, 2))}
        strict = source.random() < 0.5
        solution = by_least_squares(columns, target, strict)
        if solution is None:
            continue
        found += 1
        for row in range(4):
            total = sum((c * columns[i][0].get(row, fmpq(0)) for i, c in solution.items()), fmpq(0))
            assert total == target.get(row, fmpq(0))
        assert all(c >= 0 for i, c in solution.items() if columns[i][1] != "=")
        assert not strict or any(columns[i][1] == "<" for i in solution)
    assert found > 60


@pytest.mark.parametrize(
    ("goal", "given"),
    [
        # What two equations leave of a third thing, excluded by a hair.
        ("u = 0", ["a*u + b*v = 0", "c*u + d*v = 0", "a*d < b*c or b*c < a*d"]),
        # A factor so small that the rest may be anything.
        ("y = z", ["(x - y)^2 + (1/10^14)*(y - z)^2 = 0"]),
        # What rounding makes of a square that is not 0.
        ("a = b", ["a^2 + b^2 <= 2*a*b"]),
        # The root of an exponential that is 0 by underflow.
        ("exp(a) <= sqrt(exp(2*a))", []),
    ],
)
def test_what_holds_closely_only_makes_no_goal_hopeless(goal, given):
    sequent = Sequent.of(Statement.parse(goal, given))
    assert not Driver._hopeless(sequent)


def test_as_many_absolute_values_as_a_difference_of_squares_has_are_taken_at_once():
    statement = Statement.parse(*PAIRS["a difference of squares by absolute values"][0])
    driver = Driver(Clock.after(LIMIT), TACTICS, 100)
    ((proof, cost),) = by_certificates(driver, Sequent.of(statement), 2)
    assert cost == -1
    assert check(statement, proof).steps >= 1
