"""``srverify list``, ``show`` and ``doctor``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from auditing import write_claims

from srverify.commands.cli import run
from srverify.engines.base import Availability

BODY = """
ASSUMPTIONS = (Assumption("A-REAL", "The update lies in the class.", "Assumption 5.1", "Fails for 2."),)
CLAIMS = (
    claim("A01",
        Check("bound", statement("0 <= x^2", "0 < x", x="real"), engines=("oracle", "missing"),
              unnecessary={0: "the paper has it"}, note="The square is never negative."),
        assumptions=("A-REAL",), expected=Verdict.CONDITIONAL, equations=(7, 8)),
    claim("A02", Check("bound", statement("x <= 1/2", x="[0, 1]"), engines=("oracle",),
          expect=Expect.REFUTED), depends=("A01",), expected=Verdict.REFUTED),
)
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shared_worker: None) -> str:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return str(write_claims(tmp_path / "claims", BODY))


def test_list_fits_a_pipe(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["list", folder]) == 0
    out = capsys.readouterr().out.splitlines()
    assert out[0].split() == ["id", "expected", "checks", "claim"]
    assert out[1].split() == ["A01", "conditional", "1", "Title", "of", "A01", "(Section", "1)"]
    assert out[-1] == f"2 claims, 2 checks, from {folder}"
    assert max(map(len, out[:-1])) <= 80


def test_list_as_json(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["list", folder, "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["schema"] == 1
    assert [claim["id"] for claim in data["claims"]] == ["A01", "A02"]
    assert data["claims"][1]["assumptions"] == ["A-REAL"]
    assert data["claims"][0]["checks"] == ["bound"]


def test_show_before_and_after_an_audit(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["show", "A01", "--path", folder]) == 0
    before = capsys.readouterr().out
    assert "not computed yet with default settings: srverify audit --only A01" in before
    assert "oracle     not remembered" in before
    assert run(["audit", folder]) == 0
    capsys.readouterr()
    assert run(["show", "a01", "--path", folder]) == 0
    after = capsys.readouterr().out
    assert "verdict:    conditional, trust rigorous" in after
    assert "equations:  (7) (8)" in after
    assert "used by:    A02" in after
    assert "rests on A-REAL, Assumption 5.1" in after
    assert "The update lies in the class." in after
    assert "bound (stated, expected proved): settled, trust rigorous" in after
    assert "for x in real: (0 < x) implies 0 <= x^2" in after
    assert "The square is never negative." in after
    assert "oracle     proved [rigorous]" in after
    assert "missing    unavailable" in after
    assert "mutant conclusion turned: killed by oracle" in after
    assert "mutant without 0 < x: survived by oracle (expected: the paper has it)" in after
    assert "hypotheses hold at x = 1 (oracle)" in after
    assert all(len(line) <= 80 for line in after.splitlines() if not line.startswith("declared:"))


def test_show_follows_dependencies(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["audit", folder]) == 0
    capsys.readouterr()
    assert run(["show", "A02", "--path", folder]) == 0
    out = capsys.readouterr().out
    assert "verdict:    refuted, trust rigorous" in out
    assert "rests on A-REAL (inherited)" in out


def test_show_unknown_claim(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["show", "X1", "--path", folder]) == 2
    assert capsys.readouterr().err == "srverify: unknown claim 'X1' (known: A01, A02)\n"


# -- doctor ------------------------------------------------------------------------------------


@pytest.fixture
def engines(monkeypatch: pytest.MonkeyPatch, fakes: None) -> dict[str, str]:
    import srverify.engines

    chosen = {
        name: srverify.engines.REGISTRY[name] for name in ("exact", "simulation", "yes", "missing")
    }
    monkeypatch.setattr(srverify.engines, "REGISTRY", chosen)
    monkeypatch.setattr("srverify.audit.engines.REGISTRY", chosen)
    return chosen


def test_doctor_runs_every_engine(
    engines: dict[str, str],
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert run(["doctor"]) == 0
    out = capsys.readouterr().out
    assert f"cache: {tmp_path}/srverify" in out
    rows = {line.split()[0]: line for line in out.splitlines() if line.strip()}
    assert "works" in rows["exact"]
    assert "works" in rows["simulation"]
    assert "missing" in rows["missing"]
    assert "install: pip install" in out


def test_doctor_as_json(engines: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["doctor", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["engines"]["exact"]["smoke"]["status"] == "proved"
    assert data["engines"]["simulation"]["smoke"]["trust"] == "simulated"
    assert data["engines"]["missing"]["available"] is False
    assert data["machine"]["cores"] >= 1


def test_doctor_notices_an_engine_that_imports_but_does_not_run(
    engines: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    engines["killed"] = "fake_engines:Killed"
    assert run(["doctor"]) == 1
    assert "BROKEN" in capsys.readouterr().out


def test_doctor_survives_a_probe_that_raises(
    engines: dict[str, str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import fake_engines

    def probe(self: object) -> Availability:
        raise OSError("no such device")

    monkeypatch.setattr(fake_engines.Yes, "probe", probe)
    assert run(["doctor"]) == 1
    assert "its probe failed: OSError: no such device" in " ".join(capsys.readouterr().out.split())


def test_show_says_how_to_reproduce(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The commands that it prints are ones that work."""
    from srverify.commands.cli import build_parser

    assert run(["show", "A01", "--path", folder]) == 0
    lines = [line for line in capsys.readouterr().out.splitlines() if " srverify " in line]
    assert len(lines) == 3
    for line in lines:
        words = line.partition("srverify ")[2].partition("   (")[0].split()
        assert build_parser(words[0]).parse_args(words).command == words[0]
