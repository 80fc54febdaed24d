"""What a refutation tells people: a point that they can follow, and the hypothesis that was missing."""

import json
from fractions import Fraction

import pytest

from srverify.commands.cli import run
from srverify.commands.repairs import missing_hypothesis
from srverify.language.statement import Statement
from srverify.numerics.arb_eval import violates
from srverify.numerics.clock import Clock
from srverify.numerics.prover.simple import simplified


@pytest.mark.parametrize(
    ("show", "witness", "added"),
    [
        ("sqrt(x^2) = x", {"x": "-1"}, "x >= 0"),
        ("log(1 + x^2)/x >= 0", {"x": "-1"}, "x > 0"),
        ("(a + b)/2 >= sqrt(a*b)", {"a": "-1", "b": "-1"}, "a >= 0 and b >= 0"),
        ("x^3 <= y^3", {"x": "1", "y": "0"}, "x <= y"),
        ("sqrt(x) <= x", {"x": "1/4"}, "x >= 1"),
        ("x^2 <= x", {"x": "2"}, "0 <= x <= 1"),
    ],
)
def test_an_obvious_hypothesis_is_suggested(show, witness, added):
    assert missing_hypothesis(Statement.parse(show), witness) == added


@pytest.mark.parametrize(
    ("show", "given", "witness"),
    [
        ("x^2 + 1 <= 0", (), {"x": "0"}),
        # With x >= 0 nothing is left, and everything could be proved.
        ("x^2 = 3", ("x <= -1",), {"x": "-1"}),
        ("a + b + c + d + f >= 0", (), dict.fromkeys("abcdf", "-1")),
        # The difference is below what doubles see.
        ("x >= 3", ("x*(1+10^-14) <= y", "x >= 1"), {"x": "1", "y": "2"}),
        ("x = 5*y", ("x <= y-10^-15", "x >= 1"), {"x": "1", "y": "2"}),
        ("x >= 0", (), {"x": "-1"}),
    ],
    ids=["false anyway", "contradictory", "many variables", "hardly apart", "smaller", "itself"],
)
def test_nothing_is_suggested_that_does_not_help(show, given, witness):
    assert missing_hypothesis(Statement.parse(show, given), witness) == ""


def test_the_command_prints_the_suggestion(capsys):
    assert run(["prove", "abs(x) = x"]) == 1
    assert capsys.readouterr().out.endswith("holds with --given 'x >= 0'\n")
    assert run(["prove", "abs(x) = x", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["results"][0]["suggestion"] == "x >= 0"


def test_a_suggestion_is_no_latex(capsys):
    assert run(["prove", "--latex", r"\sqrt{\alpha^2} = \alpha"]) == 1
    assert capsys.readouterr().out.endswith("holds where alpha >= 0\n")


def test_what_is_undefined_is_told_instead(capsys):
    assert run(["prove", "log(x) <= x - 1"]) == 1
    out = capsys.readouterr().out
    assert "log(0) is undefined; add x > 0" in out
    assert "holds with" not in out


@pytest.mark.parametrize(
    ("show", "point", "simple"),
    [
        ("a*b >= 0", {"a": "-1000000000000", "b": "178/1000000007"}, {"a": "-1", "b": "1"}),
        ("x^2 <= 7", {"x": "572635/131072"}, {"x": "3"}),
        ("x <= 10^9", {"x": "123456789012345/7"}, {"x": "20000000000000"}),
        ("x^2 != 1/16", {"x": "1/4"}, {"x": "1/4"}),
        ("x <= 2^2000", {"x": "9" * 700}, {"x": "9" * 700}),
    ],
)
def test_witnesses_are_made_simple(show, point, simple):
    statement = Statement.parse(show)
    point, simple = ({name: Fraction(x) for name, x in p.items()} for p in (point, simple))
    found = simplified(statement, point, Clock.after(10.0))
    assert found == simple
    assert violates(statement, found)
    assert all(len(str(found[name])) <= len(str(point[name])) for name in found)
