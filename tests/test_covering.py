"""Covers by boxes: which goals they are tried on, and when series are of no use."""

import pytest

from srverify.checker.check import check
from srverify.checker.sequent import Sequent
from srverify.language.statement import Statement
from srverify.numerics.clock import Clock
from srverify.numerics.tactics import absolutes, covering
from srverify.numerics.tactics.driver import Driver
from srverify.numerics.tactics.search import TACTICS, find


def _proposed(tactic, show, domain, given=()):
    statement = Statement.parse(show, given, {"x": domain})
    found = list(tactic(Driver(Clock.after(60.0), TACTICS, 60), Sequent.of(statement), 3))
    for node, _ in found:
        check(statement, node)
    return found


def test_few_boxes_are_tried_first():
    assert _proposed(covering.by_quick_cover, "abs(log(x) - 2*(x - 1)/(x + 1)) <= 1/10", "[1/2, 3]")


def test_one_variable_without_functions_takes_a_table_of_signs():
    ((step, _),) = _proposed(covering.by_quick_cover, "x^2 + 1/x > 47/25", "[1/10, 10]")
    assert step["rule"] == "polynomial"


def test_a_small_margin_on_a_short_range_takes_one_series():
    ((step, _),) = _proposed(
        covering.by_quick_cover, "exp(x) - (1 + x + x^2/2 + x^3/6) <= 29/10000", "[-1/2, 1/2]"
    )
    assert step["tree"] == "t"


def _leaves(tree):
    return [tree] if isinstance(tree, str) else [leaf for half in tree[2:] for leaf in _leaves(half)]


def test_a_small_margin_on_a_wider_range_takes_a_few_series():
    show = "-x*log(x) - (1 - x)*log(1 - x) < 0.6932"
    ((step, _),) = _proposed(covering.by_quick_cover, show, "[1/10, 9/10]")
    assert _leaves(step["tree"]) == ["t"] * 6


@pytest.mark.parametrize(("domain", "number"), [("[0, 2]", 4), ("[0, 4]", 0)])
def test_few_series_are_given_up_where_four_boxes_settle_nothing(domain, number, monkeypatch):
    asked = []

    def settled(relation, box, order):
        asked.append(box)
        return False

    monkeypatch.setattr(covering, "decided_by_series", settled)
    monkeypatch.setattr(covering, "decide", lambda *_: None)
    goal = Sequent.of(Statement.parse("exp(x) < 60", (), {"x": domain}))
    assert covering.few_series(Driver(Clock.after(60.0), TACTICS, 60), goal) is None
    assert len(asked) == number


def test_one_box_is_seen_before_any_point(monkeypatch):
    monkeypatch.setattr(Driver, "prove", lambda *_: pytest.fail("a search begins"))
    statement = Statement.parse("(x - y)^2 < 401", (), dict.fromkeys("xy", "[-10, 10]"))
    proof, _ = find(statement, 60.0)
    assert check(statement, proof).steps == 1


@pytest.mark.parametrize(
    ("show", "domain", "given"),
    [
        ("abs(log(x) - 2*(x - 1)/(x + 1)) <= 1/11", "[1/2, 3]", ()),
        ("exp(x) >= 1 + x", "[-1, 1]", ()),
        ("exp(x) >= 1 + x", "[1, oo)", ()),
        ("exp(x) >= 1 + x", "[1, 2]", ("x <= 3/2",)),
        ("exp(x) >= 1 + x", "natural [1, 2]", ()),
        ("x^3 <= 2*x + 6", "[1, oo)", ()),
    ],
    ids=["false", "contact", "ray", "hypothesis", "natural", "no functions on a ray"],
)
def test_other_goals_are_left_to_others(show, domain, given):
    assert not _proposed(covering.by_quick_cover, show, domain, given)


@pytest.mark.parametrize("at", ["0", "1"])
def test_no_series_is_tried_where_a_goal_vanishes_inside(at, monkeypatch):
    monkeypatch.setattr(covering, "_tree", lambda *_: pytest.fail("boxes are tried"))
    show = f"exp(x - {at}) >= 1 + (x - {at}) + (x - {at})^2/2 + (x - {at})^3/6"
    assert not _proposed(covering.by_series, show, f"[{at}-1/2, {at}+1/2]")


#: The error of a polynomial that is nearly the best one, with a margin of 10^-14.
_ERROR = "x + 8388676/2^24*x^2 + 11184876/2^26*x^3 - (exp(x) - 1)"
_SHORT = "[-10831/1000000, 10831/1000000]"


def test_an_error_on_a_wider_range_takes_a_few_series_for_either_side():
    show = "abs(log(x) - 2*(x - 1)/(x + 1)) <= 1/10"
    ((step, _),) = _proposed(absolutes.by_short_absolutes, show, "[1/2, 3]")
    below, rest = step["children"]
    assert [_leaves(node["tree"]) for node in (below, rest["children"][0])] == [["t"] * 3] * 2


@pytest.mark.parametrize("goal", ["abs({}) <= 23/27/2^33", "1 - 3*abs({}) > 1 - 23/9/2^33"])
def test_an_error_without_a_sign_is_bounded_by_a_series_for_either_side(goal):
    ((step, _),) = _proposed(absolutes.by_short_absolutes, goal.format(_ERROR), _SHORT)
    below, rest = step["children"]
    above, closing = rest["children"]
    assert [below["tree"], above["tree"], closing["name"].removesuffix("_strict")] == [
        "t",
        "t",
        "abs_below",
    ]


@pytest.mark.parametrize(
    ("show", "domain", "given"),
    [
        (f"abs({_ERROR}) <= 22/27/2^33", _SHORT, ()),
        (f"abs({_ERROR}) <= 23/27/2^33", "[-1, 1]", ()),
        (f"abs({_ERROR}) >= -1", _SHORT, ()),
        (f"abs({_ERROR}) <= abs(x) + 1", _SHORT, ()),
        (f"abs({_ERROR}) <= 1", "real", ()),
        (f"abs({_ERROR}) <= 1", _SHORT, ("x <= 1/200",)),
    ],
    ids=["false", "false on a longer range", "below", "two absolute values", "line", "hypothesis"],
)
def test_other_absolute_values_are_left_to_others(show, domain, given):
    assert not _proposed(absolutes.by_short_absolutes, show, domain, given)
