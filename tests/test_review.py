"""Reviews: who accepted which reading, and that a changed statement reopens it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from srverify.claims.ledger import load
from srverify.claims.review import NAME, ReviewState, read_reviews, state_of
from srverify.commands.cli import run
from srverify.commands.review import walk

CLAIMS = """from srverify import Check, Claim, Verdict, statement
X01 = Claim(
    id="X01", slug="tangent", title="log x <= x - 1", paper="Lemma 1", prose="{prose}",
    latex=r"{latex}", expected=Verdict.HOLDS, checks=(
        Check("main", statement("{show}", {given}x="(0, oo)"), engines=("arb",), note="{note}"),
    ),
)
X02 = Claim(
    id="X02", slug="other", title="x <= x", paper="Lemma 2", prose="Trivial.",
    expected=Verdict.HOLDS, checks=(Check("main", statement("x <= x", x="real"), engines=("arb",)),),
)
CLAIMS = (X01, X02)
"""
FIELDS = {
    "prose": "The tangent.",
    "latex": r"\log x \le x - 1",
    "show": "log(x) <= x - 1",
    "given": "",
    "note": "",
}


def write(folder: Path, **changes: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / "a.py").write_text(CLAIMS.format(**{**FIELDS, **changes}), encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "proofs")
    return tmp_path / "proofs"


def state(folder: Path, claim: str = "X01") -> ReviewState:
    return state_of(load([folder]).by_id[claim], read_reviews(folder))


def test_open_until_somebody_accepts(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert state(folder) is ReviewState.OPEN
    assert run(["review", "--status"]) == 1
    assert run(["review", "X01", "--by", "A Reader", "--accept", "--reading", "natural log"]) == 0
    assert state(folder) is ReviewState.REVIEWED
    assert state(folder, "X02") is ReviewState.OPEN
    capsys.readouterr()
    assert run(["review", "X01", "--json"]) == 0
    [entry] = json.loads(capsys.readouterr().out)["reviews"]
    assert (entry["reviewer"], entry["reading"]) == ("A Reader", "natural log")


@pytest.mark.parametrize(
    "change",
    [
        {"show": "log(x) <= x"},
        {"given": '"x > 1", '},
        {"latex": r"\log x < x - 1"},
    ],
)
def test_a_changed_reading_is_reopened(folder: Path, change: dict[str, str]) -> None:
    assert run(["review", "X01", "--by", "A Reader", "--accept"]) == 0
    write(folder, **change)
    assert state(folder) is ReviewState.REOPENED
    write(folder)
    assert state(folder) is ReviewState.REVIEWED


@pytest.mark.parametrize("change", [{"prose": "In other words."}, {"note": "A note."}])
def test_what_is_not_compared_may_change(folder: Path, change: dict[str, str]) -> None:
    assert run(["review", "X01", "--by", "A Reader", "--accept"]) == 0
    write(folder, **change)
    assert state(folder) is ReviewState.REVIEWED


def test_the_walk_shows_both_sides_and_writes_at_once(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = iter(["n", "the natural logarithm", "q"])
    ledger = load([folder])
    walk(ledger, ledger.claims, {}, folder, "A Reader", lambda _: next(answers))
    out = capsys.readouterr().out
    assert r"\log x \le x - 1" in out
    assert "then log(x) <= x - 1" in out
    assert "x in (0, oo)" in out
    assert "not quoted here" in out
    assert read_reviews(folder)["X01"].reading == "the natural logarithm"
    assert "X02" not in read_reviews(folder)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["review"], "say who reads"),
        (["review", "--by", " "], "say who reads"),
        (["review", "--by", "A", "--accept"], "needs the claims"),
        (["review", "X09", "--status"], "no claim 'X09'"),
        (["review", "--by", "A"], "run it in a terminal"),
    ],
)
def test_bad_usage_is_one_line(
    folder: Path, arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == 2
    error = capsys.readouterr().err
    assert message in error
    assert error.count("\n") == 1
    assert not (folder / NAME).exists()


def test_a_damaged_record_is_said(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / NAME).write_text("{", encoding="utf-8")
    assert run(["review", "--status"]) == 2
    assert "not a file of reviews" in capsys.readouterr().err


def test_the_shipped_audit_has_no_review_yet() -> None:
    ledger = load()
    assert all(state_of(claim, read_reviews(ledger.root)) is ReviewState.OPEN for claim in ledger.claims)
