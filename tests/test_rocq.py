"""The Rocq engine: what it accepts and, above all, what it refuses."""

from __future__ import annotations

import shutil
import textwrap

import pytest

from srverify.claim import statement
from srverify.engines.base import Status, Trust
from srverify.engines.rocq import RocqEngine
from srverify.obligation import Options, Theorem
from srverify.rocq.assumptions import is_accepted, parse_assumptions, refused
from srverify.rocq.development import Development, without_comments

BASE = """
(* Axiom inside a comment is fine: Admitted. (* nested *) *)
From Coq Require Import Reals Lra.
Local Open Scope R_scope.
Theorem square_nonneg : forall x : R, 0 <= x ^ 2.
Proof. intros x. simpl. nra. Qed.
Lemma twice : forall x : R, 0 < x -> x < 2 * x.
Proof. intros; lra. Qed.
"""
ABOVE = """
From Coq Require Import Reals Lra.
From SRVerify Require Import Base.
Local Open Scope R_scope.
Theorem square_above : forall x : R, -1 <= x ^ 2.
Proof. intros x. pose proof (square_nonneg x). lra. Qed.
Theorem implicit {A : Type} (a : A) : a = a.
Proof. reflexivity. Qed.
"""
SQUARE = statement("0 <= x^2", x="real")

needs_coqc = pytest.mark.skipif(shutil.which("coqc") is None, reason="coqc is not installed")


@pytest.fixture
def folder(tmp_path):
    sources = tmp_path / "rocq"
    sources.mkdir()
    (sources / "Base.v").write_text(BASE)
    (sources / "Above.v").write_text(ABOVE)
    return sources


def settle(folder, theorem, **options):
    engine = RocqEngine(folder, folder.parent / "build")
    return engine.settle(theorem, Options(**options))


def test_sources_are_read_without_comments_or_strings():
    code = without_comments('a (* Axiom (* b *) "x" *) "Admitted." c\n')
    assert code.split() == ["a", "c"]
    assert code.count("\n") == 1


def test_the_development_knows_theorems_and_requirements(folder):
    development = Development(folder)
    assert development.module_of("twice") == "Base"
    assert development.requires["Above"] == ("Base",)
    assert development.closure("Above") == ("Base", "Above")
    assert list(development.forbidden()) == []
    before = development.digest("Above")
    (folder / "Base.v").write_text(BASE + "\n")
    assert Development(folder).digest("Above") != before


@pytest.mark.parametrize(
    "line",
    [
        "Axiom cheat : 1 = 2.",
        "Parameter p : nat.",
        "Admitted.",
        "Proof. admit. Qed.",
        "Unset Guard Check.",
    ],
)
def test_anything_unproved_in_the_sources_is_found(folder, line):
    (folder / "Base.v").write_text(BASE + line + "\n")
    found = list(Development(folder).forbidden())
    assert len(found) == 1
    assert found[0].startswith(f"Base.v:{BASE.count(chr(10)) + 1}: ")


def test_the_allow_list_is_exact():
    listing = (
        "Axioms:\nClassicalDedekindReals.sig_not_dec\n  : forall P : Prop,\n    True\n"
        "Base.cheat : 1 = 2\n"
    )
    assert parse_assumptions(listing) == ("ClassicalDedekindReals.sig_not_dec", "Base.cheat")
    assert refused(("ClassicalDedekindReals.sig_not_dec", "Base.cheat")) == ("Base.cheat",)
    assert parse_assumptions("") is None
    assert is_accepted("PrimFloat.add")
    assert not is_accepted("classic")
    assert not is_accepted("Uint63")


@needs_coqc
def test_the_kernel_accepts_the_statement_as_printed(folder):
    outcome = settle(folder, Theorem("rocq", "square_nonneg", SQUARE))
    assert (outcome.status, outcome.trust) == (Status.PROVED, Trust.KERNEL)
    assert outcome.evidence["file"] == "rocq/Base.v"
    assert all(map(is_accepted, outcome.evidence["axioms"]))


@needs_coqc
def test_a_theorem_outside_the_language_is_shown(folder):
    outcome = settle(folder, Theorem("rocq", "implicit", claim="equality is reflexive"))
    assert outcome.status is Status.PROVED
    assert "forall (A : Type) (a : A), a = a" in outcome.evidence["statement"]


@needs_coqc
@pytest.mark.parametrize(
    ("name", "claimed", "message"),
    [
        ("square_nonneg", statement("0 < x^2", x="real"), "is not the statement"),
        ("square_nonneg", statement("0 <= x^2", x="[0, oo)"), "is not the statement"),
        ("absent", SQUARE, "no theorem absent"),
        ("Above.square_nonneg", SQUARE, "no theorem Above.square_nonneg"),
    ],
)
def test_another_statement_is_refused(folder, name, claimed, message):
    outcome = settle(folder, Theorem("rocq", name, claimed))
    assert outcome.status is Status.ERROR
    assert message in outcome.detail


@needs_coqc
def test_an_axiom_below_is_refused_even_where_the_source_hides_it(folder):
    hidden = "Require Import Coq.Logic.ClassicalChoice.\n" + BASE.replace(
        "Proof. intros x. simpl. nra. Qed.",
        "Proof. intros x."
        " destruct (choice (fun a b : nat => a = b) (fun a => ex_intro _ a eq_refl)). simpl. nra. Qed.",
        1,
    )
    (folder / "Base.v").write_text(hidden)
    outcome = settle(folder, Theorem("rocq", "square_nonneg", SQUARE))
    assert outcome.status is Status.ERROR
    assert "axioms not accepted" in outcome.detail


@needs_coqc
def test_an_admitted_proof_is_refused(folder):
    (folder / "Base.v").write_text(BASE.replace("Proof. intros x. simpl. nra. Qed.", "Admitted."))
    outcome = settle(folder, Theorem("rocq", "square_above", statement("-1 <= x^2", x="real")))
    assert outcome.status is Status.ERROR
    assert "Admitted" in outcome.detail


@needs_coqc
def test_a_file_that_does_not_compile_is_named(folder):
    (folder / "Base.v").write_text(BASE.replace("intros; lra.", "lia."))
    outcome = settle(folder, Theorem("rocq", "square_above", statement("-1 <= x^2", x="real")))
    assert outcome.status is Status.ERROR
    assert outcome.detail.startswith("Base.v:")


@needs_coqc
def test_an_edited_source_is_built_again(folder):
    theorem = Theorem("rocq", "square_nonneg", SQUARE)
    assert settle(folder, theorem).status is Status.PROVED
    engine = RocqEngine(folder, folder.parent / "build")
    assert engine.build.is_current("Base")
    (folder / "Base.v").write_text(textwrap.dedent(BASE).replace("0 <= x ^ 2", "0 <= x ^ 4"))
    outcome = settle(folder, theorem)
    assert outcome.status is Status.ERROR
    assert "is not the statement" in outcome.detail


def test_without_a_compiler_the_engine_says_how_to_get_one(folder, monkeypatch):
    monkeypatch.setenv("PATH", str(folder))
    availability = RocqEngine(folder).probe()
    assert not availability.available
    assert "apt-get install" in availability.install
