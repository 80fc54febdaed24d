"""Rocq without the libraries that proofs rest on: what needs them is not asked, all else is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from auditing import run_audit, write_claims

from srverify.claims.obligation import Options, Theorem
from srverify.claims.outcome import Status, Trust
from srverify.commands.cli import run
from srverify.engines import engine
from srverify.engines.rocq import RocqEngine
from srverify.kernels.rocq.development import Development
from srverify.kernels.rocq.libraries import missing_libraries, required_libraries
from srverify.kernels.rocq.pins import record

#: A compiler that knows no library, and accepts nothing.
PLAIN = """#!/bin/sh
case "$*" in
  *--print-version*) echo 9.2.0 ;;
  *-where*) echo /nowhere ;;
  *) echo "Error: Cannot find a physical path bound to logical path Anything." >&2; exit 1 ;;
esac
"""
BASE = "From Coquelicot Require Import Coquelicot.\nLemma base : True.\nProof. exact I. Qed.\n"
ABOVE = "From SRVerify Require Import Base.\nTheorem above : True.\nProof. exact base. Qed.\n"
PLAINLY = """From Coq Require Import Reals.
(* From Coquelicot Require Import Rbar. *)
Theorem plainly : True.
Proof. exact I. Qed.
"""
CLAIMS = """
CLAIMS = (
    claim("A01", Check("c", statement("0 <= x^2", x="real"), engines=("arb",), rocq="above"),
          Check("d", Theorem("rocq", "above"), engines=())),
)
"""


@pytest.fixture
def compiler(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A compiler on PATH whose libraries are missing, looked for anew as in a process of its own."""
    folder = tmp_path / "bin"
    folder.mkdir()
    coqc = folder / "coqc"
    coqc.write_text(PLAIN)
    coqc.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    engine.cache_clear()
    yield coqc
    engine.cache_clear()


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    folder = tmp_path / "claims" / "rocq"
    folder.mkdir(parents=True)
    for name, text in (("Base", BASE), ("Above", ABOVE), ("Plainly", PLAINLY)):
        (folder / f"{name}.v").write_text(text)
    (folder / "Statements").mkdir()
    for name in ("above", "plainly"):
        (folder / "Statements" / f"{name}.v").write_text(f"Definition {name} : Prop := True.\n")
    record(Development(folder))
    return folder


def ask(sources: Path, name: str):  # type: ignore[no-untyped-def]
    return RocqEngine(sources, sources.parent / "build").settle(Theorem("rocq", name), Options())


def test_what_a_file_requires_is_read_in_every_form() -> None:
    assert required_libraries("From Coquelicot Require Import Rbar.") == {"Coquelicot"}
    assert required_libraries("Require Import Reals Interval.Tactic.") == {"Interval"}
    assert required_libraries("From Coq Require Import Reals. Definition Coquelicot := 1.") == set()


def test_the_engine_runs_and_says_what_is_missing(compiler: Path) -> None:
    found = RocqEngine().probe()
    assert found.available
    assert found.version == "9.2.0 without Coquelicot and Interval"
    assert "Coquelicot and Interval not installed" in found.reason
    assert "apt-get install" in found.install


def test_a_theorem_that_rests_on_a_missing_library_is_not_asked_about(
    compiler: Path, sources: Path
) -> None:
    outcome = ask(sources, "above")
    assert outcome.status is Status.UNAVAILABLE
    assert outcome.detail.startswith("Coquelicot not installed (apt-get install")
    assert not (sources.parent / "build").exists()


def test_a_theorem_that_needs_no_missing_library_is_asked_about(compiler: Path, sources: Path) -> None:
    outcome = ask(sources, "plainly")
    assert outcome.status is Status.ERROR
    assert "logical path Anything" in outcome.detail


def test_a_library_outside_of_the_compilers_folder_is_not_missing(compiler: Path) -> None:
    assert missing_libraries() == {"Coquelicot", "Interval"}
    other = compiler.parent / "elsewhere" / "coqc"
    other.parent.mkdir()
    other.write_text(PLAIN.replace("exit 1", "exit 0").replace("Cannot find", "Found"))
    other.chmod(0o755)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", f"{other.parent}:/usr/bin:/bin")
        assert missing_libraries() == set()


def test_an_audit_goes_on_without_the_library_unless_the_kernel_is_required(
    compiler: Path, sources: Path
) -> None:
    folder = write_claims(sources.parent, CLAIMS)
    result = run_audit(folder)
    assert result.ok
    assert result.claims[0].checks[0].trust is Trust.RIGOROUS
    assert result.claims[0].checks[1].state == "unavailable"
    required = run_audit(folder, require=("rocq",))
    assert not required.ok
    (line,) = required.missing
    assert line.startswith("required engine rocq is incomplete: Coquelicot not installed (apt-get")


def test_the_summary_of_an_audit_says_what_is_missing(
    compiler: Path, sources: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["audit", str(write_claims(sources.parent, CLAIMS))]) == 0
    assert "engine rocq is incomplete: Coquelicot and Interval not" in capsys.readouterr().out


def test_the_summary_is_silent_where_nothing_missing_was_needed(
    compiler: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    body = 'CLAIMS = (claim("A01", Check("c", statement("0 <= x^2", x="real"), engines=("arb",))),)'
    assert run(["audit", str(write_claims(tmp_path / "other", body)), "--no-replay"]) == 0
    assert "incomplete" not in capsys.readouterr().out


def test_doctor_says_what_is_missing(compiler: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["doctor"]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "Coquelicot" in told
    assert "libcoq-coquelicot" in told


def test_a_replay_that_cannot_be_checked_is_written_and_not_counted(
    compiler: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "square.v"
    question = ["prove", "log(x) <= x - 1", "--given", "x > 0"]
    assert run([*question, "--certificate", str(path)]) == 0
    assert "not checked: Coquelicot" in capsys.readouterr().err
    assert path.exists()
    assert run([*question, "--require-trust", "kernel"]) == 1
