"""From a paper's LaTeX to an audit: every statement gets an open claim, and coverage tells the rest."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from test_tex import PAPER, SECOND

from srverify.claims.ledger import load
from srverify.commands.cli import run


@pytest.fixture
def audit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "second.tex").write_text(SECOND, encoding="utf-8")
    (tmp_path / "main.tex").write_text(PAPER, encoding="utf-8")
    assert run(["new", str(tmp_path / "audit"), "--from", str(tmp_path / "main.tex")]) == 0
    monkeypatch.chdir(tmp_path / "audit")
    return tmp_path / "audit"


def test_every_statement_gets_an_open_claim(audit: Path) -> None:
    ledger = load([audit / "proofs"])
    by_id = ledger.by_id
    assert {"T1-1", "L2-1", "LA-1", "R"} <= set(by_id)
    theorem = by_id["T1-1"]
    assert theorem.expected == "open"
    assert theorem.equations == (2, 3, "$*$", 4)
    assert r"\bound{x}" in theorem.latex
    assert theorem.paper == "main.tex:16"
    [check] = [c for c in theorem.checks if c.id == "display-2"]
    assert check.statement is not None
    assert check.statement.to_dict()["show"] == "log(1 + x) <= x"
    assert ledger.equations[1] == ("EQ1",)


def test_coverage_says_what_is_missing(audit: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert run(["coverage", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["displays"], found["statements"]) == (10, 4)
    assert not found["uncovered"]
    assert not found["unclaimed"]
    equations = audit / "proofs" / "equations.py"
    text = equations.read_text(encoding="utf-8")
    assert "    1: ('EQ1',)" in text or '    1: ("EQ1",)' in text
    equations.write_text("CLAIMS = ()\nEQUATIONS = {}\n", encoding="utf-8")
    first = next((audit / "proofs").glob("s00*.py"))
    first.write_text("CLAIMS = ()\n", encoding="utf-8")
    assert run(["coverage"]) == 1
    out = capsys.readouterr().out
    assert "display (1) is covered by no claim  main.tex:15" in out
    assert "has no claim" in out


def test_the_source_may_be_read_anew(audit: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main = audit.parent / "main.tex"
    text = main.read_text(encoding="utf-8")
    new = r"\begin{equation} n < 1 \end{equation}" + "\n"
    main.write_text(text.replace(r"\input{second}", new + r"\input{second}"), encoding="utf-8")
    capsys.readouterr()
    assert run(["coverage", "--from", str(main)]) == 1
    assert "display (8)" not in capsys.readouterr().err


def test_the_shipped_map_is_covered(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["coverage"]) == 0
    assert "149 of 149 numbered displays covered" in capsys.readouterr().out


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("x")
    (tmp_path / "m.tex").write_text(r"\begin{document}\end{document}")
    assert run(["new", str(tmp_path), "--from", str(tmp_path / "m.tex")]) == 2
    assert sorted(p.name for p in tmp_path.iterdir()) == ["m.tex", "x"]


def test_prove_reads_latex_and_says_how(capsys: pytest.CaptureFixture[str]) -> None:
    given = ["--given", "x > -1", "--engine", "arb"]
    assert run(["prove", "--latex", r"\log(1+x) \le x", *given]) == 0
    captured = capsys.readouterr()
    assert "read as log(1 + x) <= x, given x > -1" in captured.err
    assert "proved" in captured.out
    assert run(["prove", "--latex", "x(y+1) > 0"]) == 2
    assert "a product or a function" in capsys.readouterr().err
