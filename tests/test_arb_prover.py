"""The prover's parts, and the traps that each of its arguments must avoid."""

import math
from itertools import pairwise

import pytest
from flint import ctx, fmpq

from srverify.language.parser import parse_formula, parse_term
from srverify.language.statement import Domain, Statement
from srverify.numerics.clock import Clock, OutOfStepsError
from srverify.numerics.prover import changes, pairs, taylor
from srverify.numerics.prover.algebra import Algebra
from srverify.numerics.prover.approximate import approximate
from srverify.numerics.prover.interval import INF, MINUS_INF, Empty, exact, inverse, log, mul, power
from srverify.numerics.prover.jets import Bound
from srverify.numerics.prover.limits import limit
from srverify.numerics.prover.normalize import Normalizer
from srverify.numerics.prover.poly import number
from srverify.numerics.prover.region import Range, Region
from srverify.numerics.prover.search import SHORT, BoxChecker, plain
from srverify.numerics.prover.signs import SignProver
from srverify.numerics.prover.solve import prove
from srverify.numerics.prover.tape import Tape

OPTIONS = timeout = 20.0


@pytest.fixture(autouse=True)
def precision():
    with ctx.workprec(64):
        yield


def form(text, **domains):
    region = Region.of({name: Range.of(Domain.parse(domain)) for name, domain in domains.items()})
    algebra = Algebra(region)
    return algebra, Normalizer(algebra).walk(parse_term(text, dict.fromkeys(domains, "real")))


def status(show, *given, **variables):
    return prove(Statement.parse(show, given, variables), OPTIONS).status


# -- normal forms and signs ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "domains"),
    [
        ("exp(log(n)/2)*sqrt(n) - n", {"n": "(0, oo)"}),
        ("log(1/x) + log(x)", {"x": "(0, oo)"}),
        ("sqrt(x*y) - sqrt(x)*sqrt(y)", {"x": "[0, oo)", "y": "[0, oo)"}),
        ("sqrt(12)*sqrt(3) - 6", {}),
        ("1/(x - y) + 1/(y - x)", {"x": "real", "y": "real"}),
        ("x^y - exp(y*log(x))", {"x": "(0, oo)", "y": "real"}),
        ("sqrt(1 + 2*x + x^2) - 1 - x", {"x": "[0, oo)"}),
        ("log((1 - x)/(1 - y)) - log(1 - x) + log(1 - y)", {"x": "(0, 1)", "y": "(0, 1)"}),
    ],
)
def test_identities_vanish(text, domains):
    assert form(text, **domains)[1] == number(0)


@pytest.mark.parametrize(
    ("text", "domains"),
    [
        ("sqrt(x^2) - x", {"x": "real"}),
        ("sqrt(x*y) - sqrt(x)*sqrt(y)", {"x": "real", "y": "real"}),
        ("log(x*y) - log(x) - log(y)", {"x": "real", "y": "real"}),
        ("sqrt(1 - 2*x + x^2) - 1 + x", {"x": "real"}),
    ],
)
def test_identities_that_need_signs_do_not_vanish_without_them(text, domains):
    assert form(text, **domains)[1] != number(0)


@pytest.mark.parametrize(
    ("text", "domains", "sign"),
    [
        ("1 + x", {"x": "(-1, oo)"}, 2),
        ("1 + x", {"x": "[-1, oo)"}, 1),
        ("1 - x*y", {"x": "(0, 1)", "y": "(0, 1]"}, 2),
        ("1 - x*y", {"x": "(0, 1]", "y": "(0, 1]"}, 1),
        ("x*y", {"x": "(0, 1]", "y": "[0, 1]"}, 1),
        ("1 - 1/x", {"x": "(1, oo)"}, 2),
        ("1 - 1/x", {"x": "[1, oo)"}, 1),
        ("log(1 + x)", {"x": "(0, oo)"}, 2),
        ("x - y", {"x": "(0, 1)", "y": "(0, 1)"}, None),
    ],
)
def test_open_ends_make_signs_strict(text, domains, sign):
    algebra, poly = form(text, **domains)
    assert algebra.sign(poly) == sign


def test_regular_sums_have_no_poles_in_the_region():
    algebra, poly = form("1/(x - 1)", x="[0, 2]")
    assert not algebra.regular(poly)
    algebra, poly = form("1/(x - 1) + log(x - 1)", x="(1, 2]")
    assert algebra.regular(poly)


# -- intervals -------------------------------------------------------------------------------------


def test_intervals_keep_signs_and_infinite_ends():
    low, high = mul((exact(1)[0], INF), (exact(0)[0], INF))
    assert low == 0
    assert high == INF
    assert inverse((exact(0)[0], exact(2)[0]))[1] == INF
    assert log((MINUS_INF, exact(1)[0]))[0] == MINUS_INF
    assert power((exact(-2)[0], exact(1)[0]), 2)[0] == 0
    with pytest.raises(Empty):
        log((exact(-2)[0], exact(-1)[0]))


# -- limits and forms --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "domain", "upper", "value"),
    [
        ("x*exp(-x)", "[0, oo)", True, "0"),
        ("x*log(x)", "(0, 1]", False, "0"),
        ("x*log(1 + 1/x)", "[1, oo)", True, "1"),
        ("exp(x*log(1 + 1/x))", "[1, oo)", True, "exp(1)"),
        ("(x^2 + 1)/(2*x^2 - 1)", "[1, oo)", True, "1/2"),
        ("sqrt(x^2 + x) - x", "[1, oo)", True, "1/2"),
        ("x - log(x)", "[1, oo)", True, None),
    ],
)
def test_limits_at_ends(text, domain, upper, value):
    algebra, poly = form(text, x=domain)
    found = limit(algebra, poly, "x", upper)
    if value is None:
        assert found is None
    else:
        rest, total = found
        assert total == Normalizer(rest).walk(parse_term(value, {}))


def test_taylor_forms_see_cancellation():
    algebra, poly = form("exp(x) - 1 - x - x^2/2 - x^3/6 + 1/100000", x="[-1/16, 1/16]")
    assert taylor.lower_bound(algebra, poly) > 0
    assert not algebra.enclose(poly, algebra.region)[0] > 0


def negative(text, strict=True, **domains):
    tape = Tape(list(domains))
    slot = tape.walk(parse_term(text, dict.fromkeys(domains, "real")))
    box = [Range.of(Domain.parse(domain)).enclosure for domain in domains.values()]
    return Bound(tape, slot).negative(box, strict)


@pytest.mark.parametrize(
    ("text", "domains"),
    [
        ("1 + x + x^2/2 + x^3/6 - exp(x) - 1/100000", {"x": "[-1/16, 1/16]"}),  # a Taylor form
        ("x*exp(-x) - 0.3679", {"x": "[0.99, 1.01]"}),  # the bound of a parabola
        ("x*exp(-x) - 0.2707", {"x": "[2, 2.5]"}),  # falling
        ("x^y - 2.25 + x - y", {"x": "[1, 1.5]", "y": "[1, 2]"}),  # rising in x, then in y
        ("x*y - x - y + 0.999", {"x": "[0.99, 1.01]", "y": "[0.99, 1.01]"}),  # a mean value form
        ("max(x - x^2, x^2 - x) - 0.3", {"x": "[0.8, 1.2]"}),  # a maximum of two terms that cross
        ("abs(exp(x) - 1 - x) - 2/5", {"x": "[-3/4, 3/4]"}),
    ],
)
def test_slopes_decide_where_intervals_do_not(text, domains):
    tape = Tape(list(domains))
    slot = tape.walk(parse_term(text, dict.fromkeys(domains, "real")))
    box = [Range.of(Domain.parse(domain)).enclosure for domain in domains.values()]
    assert not tape.run(box, 64)[slot][1] < 0
    assert negative(text, **domains)


@pytest.mark.parametrize(
    ("text", "domains"),
    [
        ("x*exp(-x) - 0.3678", {"x": "[0.99, 1.01]"}),
        ("1/x - 10", {"x": "[-1, 1]"}),  # falling at both ends, with a pole between them
        ("x/x - 2", {"x": "[-1, 1]"}),  # undefined at 0
        ("log(x) - 5", {"x": "[-1, 1]"}),
        ("sqrt(x) - 5", {"x": "[-1, 1]"}),
        ("1 - abs(x)", {"x": "[-2, 2]"}),
        ("x - x", {"x": "[0, 1]"}),
        ("min(x, 1 - x) - 1/4", {"x": "[0, 1]"}),
        ("x*(1/2 - y)", {"x": "[-1, 1]", "y": "[0, 1]"}),
        ("x^6 - 9/10", {"x": "[-1, 1]"}),  # all but the remainder is small
        ("x - x^2 - 0.2499", {"x": "[0.3, 0.9]"}),  # greatest inside, not in the middle
        ("x*y - 1/100", {"x": "[-1/2, 1/2]", "y": "[-1/2, 1/2]"}),
        # Greatest at x = 1/3, which no ball's middle is.
        ("3*x - 1 + y*z/10^30", {"x": "[0, 1/3]", "y": "[-1, 1]", "z": "[-1, 1]"}),
    ],
)
def test_slopes_do_not_prove_what_is_false_or_undefined(text, domains):
    assert not negative(text, **domains)


def test_an_equality_at_the_end_is_weak_only():
    assert negative("x^2 - 2*x - 3", False, x="[2, 3]")
    assert not negative("x^2 - 2*x - 3", x="[2, 3]")


def test_a_short_search_ends_where_a_goal_is_tight():
    region = Region.of({"x": Range(fmpq(0), fmpq(3))})
    for goal in ("(x - 1)^2 + x^4 > 0.4", "x^2*(x + 1) > 0", "exp(x) > 1 + x", "exp(x) > 1 + x*abs(x)"):
        cover = plain(region, (), parse_formula(goal), Clock.after(20), SHORT)
        assert cover.stuck is not None
        assert cover.boxes < 20


def test_boxes_cover_a_region():
    region = Region.of({"x": Range(fmpq(-1), fmpq(2))})
    goal = parse_formula("x^2 - x + 1/2 > 0")
    cover = plain(region, (), goal, Clock.after(20), 200)
    assert cover.stuck is None
    ends = sorted((p.region.by_name["x"].low, p.region.by_name["x"].high) for p in cover.pieces)
    assert ends[0][0] == -1
    assert ends[-1][1] == 2
    assert all(a[1] == b[0] for a, b in pairwise(ends))
    checker = BoxChecker(region, (), parse_formula("x^2 - x + 1/5 > 0"))
    assert plain(region, (), goal, Clock.after(20), 200, checker).stuck is not None


# -- changes of variable -----------------------------------------------------------------------------


@pytest.mark.parametrize("y", [0.1, 0.5, 0.7, 0.9])
def test_a_variable_moves_to_another_from_both_ends(y):
    algebra, poly = form("(x - y)^2*exp(x) + x*log(x/y)*(x - y)", x="(0, 1)", y="(0, 1)")
    value, _ = approximate(poly, {"x": 0.5, "y": y})
    (below, first), (above, second) = next(pairs.sides(algebra, poly))
    if y <= 0.5:
        assert approximate(first, {"x": 0.5, "y": y / 0.5})[0] == pytest.approx(value, abs=1e-12)
    else:
        ratio = (1 - y) / (1 - 0.5)
        assert approximate(second, {"x": 0.5, "y": ratio})[0] == pytest.approx(value, abs=1e-12)
    assert str(below.region.by_name["y"]) == str(above.region.by_name["y"]) == "(0, 1]"


def test_a_variable_moves_only_where_the_sum_vanishes_for_equal_ones():
    assert not list(pairs.sides(*form("x - y + 1/100", x="(0, 1)", y="(0, 1)")))
    assert not list(pairs.sides(*form("x - y", x="(0, 1)", y="(0, 2)")))
    assert not list(pairs.sides(*form("x - y", x="(0, oo)", y="(0, oo)")))


@pytest.mark.parametrize("w", [1.0, 1.5, 2.718281828, 50.0])
def test_a_logarithm_becomes_a_multiple(w):
    algebra, poly = form("log(w + log(w)) - log(w)/(w + log(w))", w="[1, oo)")
    ((target, moved),) = changes.growth(algebra, poly)
    ratio = math.log(w) / w
    found = approximate(moved, {"w": w, "log w/w": ratio})[0]
    assert found == pytest.approx(approximate(poly, {"w": w})[0], abs=1e-12)
    part = target.region.by_name["log w/w"]
    assert part.contains(fmpq(round(ratio * 10**8), 10**8))
    assert part.high < fmpq(368, 1000)


def test_a_logarithm_is_a_small_multiple_only():
    assert status("log(w + log(w)) <= log(w) + 0.32", w="[1, oo)") == "proved"
    assert status("log(w + log(w)) <= log(w) + 0.31", w="[1, oo)") == "refuted"
    assert not list(changes.growth(*form("log(w + log(w)) - 1", w="(0, oo)")))


def test_a_proof_that_runs_out_of_steps_can_be_taken_up_again():
    algebra, poly = form("(exp(x) + exp(-x))/2 - 1 - x^2/2", x="[0, oo)")
    prover = SignProver(Clock.after(20), steps=1)
    with pytest.raises(OutOfStepsError):
        prover.prove(algebra, poly, False, 4)
    prover.steps = None
    assert prover.prove(algebra, poly, False, 4) is not None


# -- arguments that must not be used where they do not hold ------------------------------------------


def test_monotonicity_is_not_used_across_a_pole():
    algebra, poly = form("1/(1 - x)", x="[0, 2]")
    assert SignProver(Clock.after(20)).prove(algebra, poly, False, 3) is None
    assert status("1/(1 - x) >= 1/2", "x != 1", x="[0, 2]") == "refuted"


def test_known_signs_are_not_carried_along_a_variable():
    algebra, poly = form("x + y", x="[0, 1]", y="[-1, 1]")
    _, known = form("y", y="[-1, 1]")
    knowing = algebra.with_facts([(algebra.variable("y"), 1)])
    assert known.terms
    assert SignProver(Clock.after(20)).prove(knowing, poly, False, 0) is not None
    assert SignProver(Clock.after(20)).prove(algebra, poly, False, 3) is None


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


def test_hypotheses_are_used_and_needed():
    assert status("a + b*sqrt(x) <= x", "x >= ((b + sqrt(b^2 + 4*a))/2)^2",
                  a="(0, oo)", b="[0, oo)", x="(0, oo)") == "proved"  # fmt: skip
    assert status("a + b*sqrt(x) <= x", a="(0, oo)", b="[0, oo)", x="(0, oo)") == "refuted"
    assert status("1/u <= 1 + (1 - u)/c", "c <= u", c="(0, 1]", u="(0, 1]") == "proved"
    assert status("1/u <= 1 + (1 - u)/c", c="(0, 1]", u="(0, 1]") == "refuted"


def test_the_search_is_deterministic():
    statement = Statement.parse("2.01*(x - y)^2 <= x^2 + y^2", variables={"x": "real", "y": "real"})
    assert prove(statement, OPTIONS).witness == prove(statement, OPTIONS).witness
