import pytest
from programs import needs

from srverify.claims.obligation import Options
from srverify.claims.outcome import Status, Trust
from srverify.engines.leancert import LeancertEngine
from srverify.language.statement import Statement

ENGINE = LeancertEngine()
pytestmark = needs("leancert", found=ENGINE.probe().available)
OPTIONS = Options(timeout=20.0)


def settle(show, *given, **variables):
    return ENGINE.settle(Statement.parse(show, given, variables), OPTIONS)


@pytest.mark.parametrize(
    ("show", "variables"),
    [
        ("exp(x) <= 3", {"x": "[0, 1]"}),
        ("log(x) < x", {"x": "[1/2, 5]"}),
        ("x^2 + y^2 + 1 > x*y", {"x": "[-2, 2]", "y": "[-2, 2]"}),
        ("sqrt(x) + 1/x > 1", {"x": "[1/10, 4]"}),
        ("abs(x) + min(x, 1) <= 5/2", {"x": "[-1, 1]"}),
    ],
)
def test_covers_are_rechecked(show, variables):
    outcome = settle(show, **variables)
    assert outcome.status is Status.PROVED, outcome.detail
    assert outcome.trust is Trust.CERTIFIED
    assert all(part["boxes"] >= 0 for part in outcome.evidence["cover"])
    assert sum(part["boxes"] for part in outcome.evidence["cover"]) > 0


@pytest.mark.parametrize(
    ("show", "variables"),
    [
        ("exp(x) <= 2.7", {"x": "[0, 1]"}),  # false
        ("log(x) <= 10", {"x": "[-1, -1/2]"}),  # Lean's log is log|x|, ours is undefined
        ("1/x < 10", {"x": "[-1, 0]"}),  # Lean's 1/0 is 0, ours is undefined
        ("sqrt(x) >= -1", {"x": "[-1, -1/2]"}),  # Lean's root of a negative number is 0
        ("exp(x) > x", {"x": "[0, oo)"}),  # true, but no box covers it
    ],
)
def test_nothing_else_is_certified(show, variables):
    assert settle(show, **variables).status is Status.UNKNOWN


def test_a_hypothesis_may_discard_boxes():
    outcome = settle("x*y < 1/2", "x + y <= 1", x="[0, 1]", y="[0, 1]")
    assert outcome.status is Status.PROVED, outcome.detail
    assert settle("x*y < 1/2", x="[0, 1]", y="[0, 1]").status is Status.UNKNOWN


def test_what_has_no_translation_is_refused():
    assert "lambertw" in (ENGINE.refusal(Statement.parse("LambertW(x, 0) < 1")) or "")
    assert "realpower" in (ENGINE.refusal(Statement.parse("x^y < 1")) or "")
    assert ENGINE.refusal(Statement.parse("exp(x) < 1")) is None


def test_it_does_not_refute():
    statement = Statement.parse("x < 1", variables={"x": "[0, 2]"})
    assert ENGINE.settle(statement, Options(refute_only=True)).status is Status.UNKNOWN


def test_a_checker_that_verifies_nothing_proves_nothing(monkeypatch):
    import leancert

    monkeypatch.setattr(leancert.Solver, "verify_bound", lambda *a, **k: None)
    assert settle("exp(x) <= 3", x="[0, 1]").status is Status.UNKNOWN
