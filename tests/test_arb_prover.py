"""What the prover answers: tight inequalities, hypotheses, traps for its arguments."""

import math

import pytest
from flint import fmpq

from srverify.checker.check import check
from srverify.checker.sequent import Sequent
from srverify.language.parser import parse_formula
from srverify.language.statement import Statement
from srverify.numerics.arb_eval import violates
from srverify.numerics.clock import Clock, OutOfTimeError
from srverify.numerics.prover import refute
from srverify.numerics.prover.interval import INF, MINUS_INF, Empty, exact, inverse, log, mul, power
from srverify.numerics.prover.region import Range, Region
from srverify.numerics.prover.search import BoxChecker, halved
from srverify.numerics.prover.sequent import sequents
from srverify.numerics.prover.solve import prove
from srverify.numerics.reals import parse_real
from srverify.numerics.tactics.driver import Driver
from srverify.numerics.tactics.floats import samples
from srverify.numerics.tactics.followed import is_followed
from srverify.numerics.tactics.search import EASY, OUT_OF_TIME, ProofSearch

OPTIONS = timeout = 20.0


def status(show, *given, **variables):
    return prove(Statement.parse(show, given, variables), OPTIONS).status


def test_intervals_keep_signs_and_infinite_ends():
    low, high = mul((exact(1)[0], INF), (exact(0)[0], INF))
    assert low == 0
    assert high == INF
    assert inverse((exact(0)[0], exact(2)[0]))[1] == INF
    assert log((MINUS_INF, exact(1)[0]))[0] == MINUS_INF
    assert power((exact(-2)[0], exact(1)[0]), 2)[0] == 0
    with pytest.raises(Empty):
        log((exact(-2)[0], exact(-1)[0]))


def test_boxes_are_decided_and_halved():
    region = Region.of({"x": Range(fmpq(-1), fmpq(2))})
    first, second = halved(region)
    assert first.by_name["x"].low == -1
    assert second.by_name["x"].high == 2
    assert first.by_name["x"].high == second.by_name["x"].low
    assert halved(Region.of({"x": Range(fmpq(1), fmpq(1))})) is None
    checker = BoxChecker(region, (), parse_formula("x^2 - x + 3 > 0"))
    assert checker.judge(region.box) == "interval"
    assert BoxChecker(region, (), parse_formula("x^2 < 3")).judge(region.box) is None


def test_monotonicity_is_not_used_across_a_pole():
    assert status("1/(1 - x) >= 1/2", "x != 1", x="[0, 2]") == "refuted"


@pytest.mark.parametrize(
    ("weak", "strict", "domain"),
    [
        ("log(x) <= x - 1", "log(x) < x - 1", "(0, oo)"),
        ("exp(x) >= 1 + x", "exp(x) > 1 + x", "[0, oo)"),
        ("x^2 >= 2*x - 1", "x^2 > 2*x - 1", "real"),
        ("x*(1 - x) <= 1/4", "x*(1 - x) < 1/4", "[0, 1]"),
    ],
)
def test_tight_inequalities_hold_weakly_only(weak, strict, domain):
    assert status(weak, x=domain) == "proved"
    assert status(strict, x=domain) == "refuted"


def test_an_excluded_end_makes_them_strict():
    assert status("exp(x) > 1 + x", x="(0, oo)") == "proved"
    assert status("log(x) < x - 1", x="(1, oo)") == "proved"
    assert status("x*log(1 + 1/x) < 1", x="(0, oo)") == "proved"


def test_irrational_tight_points():
    assert status("log(x) <= 2/exp(1)*sqrt(x)", x="(0, oo)") == "proved"
    assert status("log(x) <= x/exp(1)", x="(0, oo)") == "proved"
    assert status("x*log(x) >= -exp(-1)", x="(0, oo)") == "proved"


def test_a_point_is_found_where_bases_of_powers_make_many_cases():
    clarkson = "abs(a+b)^p + abs(a-b)^p <= 2^(p-1)*(abs(a)^p + abs(b)^p)"
    assert status(clarkson, "p <= 20", a="real", b="real", p="[1, oo)") == "refuted"


@pytest.mark.parametrize(
    ("value", "goal"), [("1/tanh(x) - 1/x", "r >= x/3"), ("W(x) + 1/3", "r <= x"), ("2^x", "r <= 2*x^2")]
)
def test_the_value_of_a_defined_variable_is_written_out(value, goal):
    domains = {"x": "(0, oo)", "r": "real"}
    statement = Statement.parse(goal, [f"r = {value}"], domains)
    witness = prove(statement, 20.0).witness
    assert witness is not None
    assert violates(statement, {name: parse_real(str(number)) for name, number in witness.items()})


def test_no_sample_is_taken_where_rounding_hides_an_equation():
    # At p = 1e-17 the equation holds in doubles whatever c is.
    domains = {"p": "(0, 1)", "c": "(1, oo)"}
    points = samples(Sequent.of(Statement.parse("c > 0", ["1 - p = exp(-c*p)"], domains)))
    assert points
    assert all(abs(p["c"] + math.log1p(-p["p"]) / p["p"]) < 1e-6 * p["c"] for p in points)


@pytest.mark.parametrize(
    ("show", "given", "domains"),
    [
        # A hypothesis about another variable than the goal's.
        ("not (-1 < a - b or a - b < -1)", ["y = 0"], {"a": "natural", "b": "natural", "y": "real"}),
        # The logarithm of a power of a number of many digits.
        (f"(1 - ({10**30 + 1}/{10**30})/n)^n >= 1/4", [], {"n": "natural [2, oo)"}),
    ],
)
def test_what_a_tactic_cannot_write_is_no_reason_to_stop(show, given, domains):
    result = prove(Statement.parse(show, given, domains), 20.0)
    assert (result.status, result.reason) == ("refuted", "")


def test_hypotheses_are_used_and_needed():
    assert status("a + b*sqrt(x) <= x", "x >= ((b + sqrt(b^2 + 4*a))/2)^2",
                  a="(0, oo)", b="[0, oo)", x="(0, oo)") == "proved"  # fmt: skip
    assert status("a + b*sqrt(x) <= x", a="(0, oo)", b="[0, oo)", x="(0, oo)") == "refuted"
    assert status("1/u <= 1 + (1 - u)/c", "c <= u", c="(0, 1]", u="(0, 1]") == "proved"
    assert status("1/u <= 1 + (1 - u)/c", c="(0, 1]", u="(0, 1]") == "refuted"


def test_the_search_is_deterministic():
    statement = Statement.parse("2.01*(x - y)^2 <= x^2 + y^2", variables={"x": "real", "y": "real"})
    assert prove(statement, OPTIONS).witness == prove(statement, OPTIONS).witness


def test_no_candidate_is_judged_without_a_look_at_the_clock(monkeypatch):
    """Where sides are equal doubles see noise: hundreds of candidates, each of which takes a while."""
    statement = Statement.parse(
        "(p - q)^2 <= 1 - exp(-(p*log(p/q) + (1 - p)*log((1 - p)/(1 - q))))",
        variables={"p": "(0, 1)", "q": "(0, 1)"},
    )
    events = []

    class Watched(Clock):
        def check(self):
            events.append("look")

    def judge(*_):
        events.append("judge")
        return False

    monkeypatch.setattr(refute, "violates", judge)
    goals = [
        (goal, BoxChecker(goal.region, goal.assumptions, goal.goal)) for goal in sequents(statement)
    ]
    assert refute.Refuter(statement, goals, seed=0).find(Watched(float("inf")), 100, 4) is None
    places = [index for index, event in enumerate(events) if event == "judge"]
    assert len(places) > 20
    assert all(events[index - 1] == "look" for index in places)


def test_a_search_that_ran_out_of_time_goes_on_where_it_was(monkeypatch):
    class Interrupted(Clock):
        """A clock that stops after some looks at it."""

        def __init__(self, looks):
            super().__init__(float("inf"))
            self.looks = looks

        def part(self, seconds):
            return self

        def check(self):
            self.looks -= 1
            if self.looks < 0:
                raise OutOfTimeError

    show = "max(x, y, z) <= log(exp(x) + exp(y) + exp(z))"
    statement = Statement.parse(show, variables=dict.fromkeys("xyz", "real"))
    seen = []
    prove = Driver._prove
    monkeypatch.setattr(
        Driver, "_prove", lambda self, s, depth: (seen.append((s, depth)), prove(self, s, depth))[1]
    )
    whole = ProofSearch(statement, EASY[-1:]).advance(Clock.after(60))
    assert whole is not None
    at_once = set(seen)
    seen.clear()
    search, turns = ProofSearch(statement, EASY[-1:]), 1
    while (found := search.advance(Interrupted(2 * turns))) is None:
        assert search.reason == OUT_OF_TIME
        turns += 1
    assert turns > 2
    assert set(seen) == at_once
    assert found == whole
    # What is looked at again is the way to where the search was, not all before it.
    assert len(seen) < turns * len(at_once)
    check(statement, whole)


def test_an_effort_that_failed_is_not_made_again():
    search = ProofSearch(Statement.parse("x^2 >= 1", variables={"x": "real"}), EASY)
    assert search.advance(Clock.after(60)) is None
    assert search.reason != OUT_OF_TIME
    assert search.advance(Clock.after(0)) is None
    assert search.reason != OUT_OF_TIME


def test_another_proof_is_looked_for_where_no_kernel_follows_the_first():
    statement = Statement.parse("log(x) <= x - 1", variables={"x": "(0, oo)"})
    search = ProofSearch(statement)
    found = search.advance(Clock.after(60))
    assert is_followed(found)
    assert search.followed(found, Clock.after(60)) is found
    other = {"rule": "normalize", "children": [found]}
    assert is_followed(search.followed(other, Clock.after(60)))
    assert search.followed(other, Clock.after(0)) is other
