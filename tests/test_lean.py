"""The static reading of a Lean project, and an engine that never passes without a toolchain."""

from __future__ import annotations

import stat

import pytest

from srverify.claims.claim import statement
from srverify.claims.obligation import Options, Theorem
from srverify.claims.outcome import Status, Trust
from srverify.engines.lean import LeanEngine
from srverify.kernels.lean.project import LeanProject, without_comments

MODULE = """import Mathlib

/-! # A module. sorry in prose is fine. axiom too. -/

namespace SRVerify

/-- Squares are nonnegative. -/
theorem square_nonneg :
    ∀ (x : ℝ),
      0 ≤ x ^ 2 := by
  intro x -- sorry in a comment
  positivity

/-- Missing: everything. -/
theorem hard : ∀ (x : ℝ), 0 < x → Real.log x ≤ x - 1 := by
  sorry

/-- Not every number is negative. -/
theorem some_nonnegative : ¬ (∀ (x : ℝ), x < 0) := by
  intro h
  exact absurd (h 0) (lt_irrefl 0)

section Inner
lemma helper (x : ℝ) : x = x := rfl
end Inner

end SRVerify
"""
SQUARE = statement("0 <= x^2", x="real")


@pytest.fixture
def folder(tmp_path):
    project = tmp_path / "lean"
    (project / "SRVerify").mkdir(parents=True)
    (project / "SRVerify" / "Basic.lean").write_text(MODULE)
    (project / "lean-toolchain").write_text("leanprover/lean4:v4.20.0\n")
    (project / "lakefile.toml").write_text(
        'name = "SRVerify"\n[[require]]\nname = "mathlib"\n'
        'scope = "leanprover-community"\nrev = "v4.20.0"\n'
    )
    return project


def edit(folder, old, new):
    file = folder / "SRVerify" / "Basic.lean"
    assert old in file.read_text()
    file.write_text(file.read_text().replace(old, new, 1))
    return LeanProject(folder)


def test_theorems_are_read_with_names_statements_and_sorries(folder):
    found = {t.name: t for t in LeanProject(folder).theorems}
    assert list(found) == [
        "SRVerify.square_nonneg",
        "SRVerify.hard",
        "SRVerify.some_nonnegative",
        "SRVerify.helper",
    ]
    assert found["SRVerify.square_nonneg"].statement == "∀ (x : ℝ), 0 ≤ x ^ 2"
    assert [t.sorries for t in found.values()] == [0, 1, 0, 0]
    assert found["SRVerify.helper"].statement == "(x : ℝ) : x = x"
    assert found["SRVerify.hard"].line == 15


def test_a_sound_project_has_no_problems(folder):
    assert list(LeanProject(folder).problems()) == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("positivity", "native_decide", "native_decide"),
        ("lemma helper", "axiom cheat : 1 = 2\n\nlemma helper", "axiom"),
        ("lemma helper", "lemma hard", "declared already"),
        ("/-- Missing: everything. -/", "", "sorry without a docstring"),
        ("lemma helper", "def f : Nat := sorry\n\nlemma helper", "a sorry outside a theorem"),
    ],
)
def test_each_problem_is_found(folder, old, new, message):
    problems = list(edit(folder, old, new).problems())
    assert len(problems) == 1
    assert message in problems[0]


def test_pins_must_agree_and_be_releases(folder):
    (folder / "lean-toolchain").write_text("leanprover/lean4:nightly\n")
    assert len(list(LeanProject(folder).problems())) == 2
    (folder / "lean-toolchain").write_text("leanprover/lean4:v4.21.0\n")
    assert "mathlib is pinned" in next(LeanProject(folder).problems())


def test_comments_and_strings_are_blanked_in_place():
    code = without_comments('a -- b\n/- c /- d -/ e -/ f "g -- h" i')
    assert code.split() == ["a", "f", "i"]
    assert code.index("f") == 'a -- b\n/- c /- d -/ e -/ f "g -- h" i'.index("f")


def test_without_lake_nothing_passes(folder, monkeypatch):
    monkeypatch.setenv("PATH", str(folder))
    engine = LeanEngine(folder)
    availability = engine.probe()
    assert not availability.available
    assert "elan" in availability.install
    assert engine.note(Theorem("lean", "SRVerify.square_nonneg", SQUARE)).endswith("without sorry")
    assert "1 sorry" in engine.note(Theorem("lean", "SRVerify.hard", claim="log"))
    other = statement("0 < x^2", x="real")
    assert "not ∀ (x : ℝ), 0 < x ^ 2" in engine.note(Theorem("lean", "SRVerify.square_nonneg", other))


def fake_lake(folder, output, status=0):
    """Put a stand-in for lake on PATH that prints what Lean would."""
    program = folder / "lake"
    program.write_text(f"#!/bin/sh\ncat <<'END'\n{output}\nEND\nexit {status}\n")
    program.chmod(program.stat().st_mode | stat.S_IEXEC)


@pytest.mark.parametrize(
    ("output", "status", "expected", "message"),
    [
        (
            "'x' depends on axioms: [propext, Classical.choice, Quot.sound]",
            0,
            Status.PROVED,
            "is the statement",
        ),
        ("'x' does not depend on any axioms", 0, Status.PROVED, "is the statement"),
        ("'x' depends on axioms: [propext, sorryAx]", 0, Status.ERROR, "not accepted: sorryAx"),
        (
            "'x' depends on axioms: [Lean.ofReduceBool]",
            0,
            Status.ERROR,
            "not accepted: Lean.ofReduceBool",
        ),
        ("type mismatch", 1, Status.ERROR, "type mismatch"),
        ("", 0, Status.ERROR, "nothing readable"),
    ],
)
def test_lean_answers_are_read_strictly(folder, monkeypatch, output, status, expected, message):
    fake_lake(folder, output, status)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    outcome = LeanEngine(folder).settle(Theorem("lean", "SRVerify.square_nonneg", SQUARE), Options())
    assert outcome.status is expected
    assert message in outcome.detail
    assert outcome.trust is (Trust.KERNEL if expected is Status.PROVED else None)


NEGATIVE = statement("x < 0", x="real")


def test_a_negation_has_to_be_the_printed_one(folder):
    engine = LeanEngine(folder)
    name = "SRVerify.some_nonnegative"
    note = engine.note(Theorem("lean", name, NEGATIVE, negated=True))
    assert note == "static: SRVerify/Basic.lean states its negation, without sorry"
    assert "not ∀ (x : ℝ), x < 0" in engine.note(Theorem("lean", name, NEGATIVE))
    other = Theorem("lean", "SRVerify.square_nonneg", SQUARE, negated=True)
    assert "states ∀ (x : ℝ), 0 ≤ x ^ 2, not ¬ (∀ (x : ℝ), 0 ≤ x ^ 2)" in engine.note(other)


def test_an_accepted_negation_refutes(folder, monkeypatch):
    fake_lake(folder, "'x' does not depend on any axioms")
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    theorem = Theorem("lean", "SRVerify.some_nonnegative", NEGATIVE, negated=True)
    outcome = LeanEngine(folder).settle(theorem, Options())
    assert (outcome.status, outcome.trust) == (Status.REFUTED, Trust.KERNEL)
    assert (
        outcome.detail == "SRVerify.some_nonnegative (SRVerify/Basic.lean) is the statement's negation"
    )
    assert outcome.evidence["negated"] is True


def test_the_project_is_looked_for_next_to_the_claims_folder(folder):
    claims = folder.parent / "proofs"
    theorem = Theorem("lean", "SRVerify.square_nonneg", SQUARE, folder=str(claims))
    engine = LeanEngine()
    assert engine.note(theorem).endswith("SRVerify/Basic.lean states it, without sorry")
    elsewhere = Theorem("lean", "SRVerify.square_nonneg", SQUARE, folder=str(folder / "proofs"))
    assert "no theorem" in engine.note(elsewhere)
    assert engine.fingerprint(theorem) != engine.fingerprint(elsewhere)
