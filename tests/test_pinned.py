"""Pinned statements: what a theorem is compared with, and everything that must break the audit."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from srverify.claims import ledger
from srverify.claims.obligation import Options, Theorem
from srverify.claims.outcome import Status, Trust
from srverify.engines.rocq import RocqEngine
from srverify.kernels.rocq import pins
from srverify.kernels.rocq.development import STATEMENTS, Development
from srverify.kernels.rocq.kernel import satisfiability_source
from srverify.kernels.rocq.statements import pinned_text

ROOT = Path(__file__).resolve().parent.parent
PROOFS = ROOT / "proofs"
needs_coqc = pytest.mark.skipif(shutil.which("coqc") is None, reason="coqc is not installed")

PROOF = """
From Coq Require Import Reals Lra.
Open Scope R_scope.
Definition level (x : R) : R := 2 * x.
Theorem above (x : R) : 0 < x -> x < level x.
Proof. unfold level; lra. Qed.
Theorem void (x : R) : x ^ 2 < 0 -> x = 5.
Proof. intros h. pose proof (pow2_ge_0 x). lra. Qed.
Theorem inside (x : R) : 0 <= x ^ 2 /\\ (x ^ 2 < 0 -> x = 5).
Proof. pose proof (pow2_ge_0 x). split; [lra|intros; lra]. Qed.
Theorem plain (x : R) : 0 <= x ^ 2.
Proof. apply pow2_ge_0. Qed.
Theorem above_satisfiable : exists x : R, 0 < x.
Proof. exists 1; lra. Qed.
Theorem below_refuted : ~ forall x : R, 0 < x -> level x < x.
Proof. unfold level; intros h. specialize (h 1 ltac:(lra)). lra. Qed.
Theorem plain_refuted : ~ forall x : R, 0 < x ^ 2.
Proof. intros h. specialize (h 0). lra. Qed.
""".replace("\\\\", "\\")
STATEMENT = """
From Coq Require Import Reals.
From SRVerify Require Import Proof.
Open Scope R_scope.
Definition above : Prop := forall x : R, 0 < x -> x < level x.
Definition void : Prop := forall x : R, x ^ 2 < 0 -> x = 5.
Definition inside : Prop := forall x : R, 0 <= x ^ 2 /\\ (x ^ 2 < 0 -> x = 5).
Definition plain : Prop := forall x : R, 0 <= x ^ 2.
Definition below : Prop := forall x : R, 0 < x -> level x < x.
""".replace("\\\\", "\\")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    sources = tmp_path / "rocq"
    (sources / STATEMENTS).mkdir(parents=True)
    (sources / "Proof.v").write_text(PROOF)
    (sources / STATEMENTS / "All.v").write_text(STATEMENT)
    pins.record(Development(sources))
    return sources


def settle(folder: Path, name: str):
    engine = RocqEngine(folder, folder.parent / "build")
    return engine.settle(Theorem("rocq", name, claim="says something"), Options(timeout=120))


def edit(folder: Path, file: str, old: str, new: str, record: bool = False) -> None:
    path = folder / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    if record:
        pins.record(Development(folder))


@needs_coqc
def test_a_theorem_is_its_pinned_statement(folder):
    outcome = settle(folder, "above")
    assert (outcome.status, outcome.trust) == (Status.PROVED, Trust.KERNEL)
    assert outcome.evidence["pinned"] == "SRVerify.Statements.All.above"
    assert settle(folder, "plain").status is Status.PROVED


@needs_coqc
def test_a_false_pinned_statement_is_refuted_by_its_negation(folder):
    theorem = Theorem("rocq", "below_refuted", claim="x is above its double", negated=True)
    outcome = RocqEngine(folder, folder.parent / "build").settle(theorem, Options(timeout=120))
    assert (outcome.status, outcome.trust) == (Status.REFUTED, Trust.KERNEL)
    assert outcome.evidence["pinned"] == "SRVerify.Statements.All.below"
    assert outcome.detail == "below_refuted (Proof.v) is the negation of its pinned statement"
    assert pinned_text(theorem, folder.parent) == "forall x : R, 0 < x -> level x < x"


@needs_coqc
def test_the_negation_of_something_else_refutes_nothing(folder):
    theorem = Theorem("rocq", "plain_refuted", claim="a square is no number", negated=True)
    outcome = RocqEngine(folder, folder.parent / "build").settle(theorem, Options(timeout=120))
    assert outcome.status is Status.ERROR
    assert "plain_refuted is not the negation of its pinned statement" in outcome.detail


@needs_coqc
@pytest.mark.parametrize(
    "weaker", ["0 < x -> True", "0 < x -> x <= level x", "0 < x -> 1 < x -> x < level x"]
)
def test_a_weaker_theorem_is_refused(folder, weaker):
    edit(folder, "Proof.v", "0 < x -> x < level x", weaker)
    edit(folder, "Proof.v", "unfold level; lra.", "unfold level; intros; first [exact I | lra].")
    outcome = settle(folder, "above")
    assert outcome.status is Status.ERROR
    assert "above is not its pinned statement" in outcome.detail


@needs_coqc
@pytest.mark.parametrize("name", ["void", "inside"])
def test_a_vacuous_theorem_has_no_trust(folder, name):
    """No instance of its hypotheses, or of what its conclusion assumes, can be named."""
    outcome = settle(folder, name)
    assert (outcome.status, outcome.trust) == (Status.UNKNOWN, None)
    assert f"no theorem {name}_satisfiable" in outcome.detail


@needs_coqc
def test_an_instance_of_something_else_is_refused(folder):
    edit(folder, "Proof.v", "exists x : R, 0 < x.", "exists x : R, 0 <= x.")
    outcome = settle(folder, "above")
    assert outcome.status is Status.ERROR
    assert "does not show that the hypotheses of above hold together" in outcome.detail


def test_a_theorem_without_a_pinned_statement_is_refused(folder):
    edit(folder, "Statements/All.v", "Definition plain", "Definition simple", record=True)
    outcome = settle(folder, "plain")
    assert outcome.status is Status.ERROR
    assert "plain has no pinned statement" in outcome.detail


@pytest.mark.parametrize(
    ("file", "old", "new", "place"),
    [
        ("Proof.v", "level (x : R) : R := 2 * x", "level (x : R) : R := x + 1", "Proof.v: level"),
        ("Proof.v", "Open Scope R_scope.", "Open Scope nat_scope.", "Proof.v: context"),
        ("Statements/All.v", "Definition void : Prop := forall x : R, x ^ 2 < 0 -> x = 5",
         "Definition void : Prop := True", "Statements/All.v: void"),
    ],
)  # fmt: skip
def test_a_changed_meaning_drifts_until_it_is_recorded(folder, file, old, new, place):
    assert list(pins.drift(Development(folder))) == []
    edit(folder, file, old, new)
    (line,) = pins.drift(Development(folder))
    assert line.startswith(f"{place} changed")
    pins.record(Development(folder))
    assert list(pins.drift(Development(folder))) == []


@needs_coqc
def test_drift_fails_a_theorem(folder):
    edit(folder, "Proof.v", "2 * x.", "3 * x.")
    outcome = settle(folder, "above")
    assert outcome.status is Status.ERROR
    assert "Proof.v: level changed" in outcome.detail


def test_proofs_do_not_bear_on_meaning(folder):
    before = pins.digests(Development(folder))
    edit(folder, "Proof.v", "Proof. unfold level; lra. Qed.", "Proof. intros; unfold level; lra. Qed.")
    (folder / "Proof.v").write_text((folder / "Proof.v").read_text() + "(* a remark *)\n")
    assert pins.digests(Development(folder)) == before


def test_a_transparent_proof_bears_on_meaning():
    kept, theorems = pins.meaning(
        "Lemma a : nat. Proof. exact 1. Defined. Lemma b : True. exact I. Qed.\n"
    )
    assert "exact 1." in kept
    assert theorems == {"b": "Lemma b : True."}


@pytest.mark.parametrize(
    "proof",
    [
        "Proof. { exact I. } Qed.",
        "Proof. - exact I. Qed.",
        "Proof I.",
        "Proof (I).",
        "Proof using. exact I. Qed.",
        "exact I. Qed.",
    ],
)
def test_what_follows_a_proof_is_kept_however_that_ends(proof):
    end = "Lemma c : True. Proof. exact I. Qed."
    kept, theorems = pins.meaning(f"Lemma b : True. {proof} Definition a (n : nat) := 0. {end}\n")
    assert kept == ["Definition a (n : nat) := 0."]
    assert theorems == {"b": "Lemma b : True.", "c": "Lemma c : True."}


@pytest.mark.parametrize("command", ["Definition a := 0.", "Time Defined. Definition a := 0."])
def test_a_proof_with_a_command_inside_is_kept(command):
    kept, theorems = pins.meaning(f"Lemma b : nat. Proof. exact 1. {command} exact I. Qed.\n")
    assert {"exact 1.", "Definition a := 0."} <= set(kept)
    assert theorems == {}


def test_theorems_of_one_name_are_both_kept():
    text = "Module {0}. Lemma b : {0} = {0}. Proof. reflexivity. Qed. End {0}."
    _, theorems = pins.meaning(f"{text.format('A')} {text.format('B')}\n")
    assert theorems == {"b": "Lemma b : A = A.\nLemma b : B = B."}


# What stays a match or a fix may be conditional, and so may events: statement, and what is to be shown.
CONDITIONS = {
    "reduced": ("(fun P : Prop => P) (match tt with tt => forall x : R, x < 0 -> 1 = 2 end)",
                "exists x : R, x < 0"),
    "if": ("forall b : bool, if b then (forall x : R, x < 0 -> 0 < x -> 1 = 2) else True",
           "exists b : bool, False"),
    "in its branch": ("forall x : R, if Rle_dec x 0 then 0 < x -> 1 = 2 else x = x",
                      "exists x : R, False"),
    "match": ("forall n : nat, match n with 0%nat => True | S m => m = n -> 1 = 2 end",
              "exists n : nat, False"),
    "applied": ("forall n : nat, (match n with 0%nat => fun y : R => y < 0 -> 1 = 2 "
                "| S _ => fun _ => True end) 1", "exists n : nat, False"),
    "fix": ("forall n : nat, (fix f n := match n with 0%nat => 1 < 0 -> 1 = 2 | S m => f m end) n",
            "exists n : nat, False"),
    "one branch": ("forall x : R, if Rlt_dec x x then x = 7 else True",
                   "exists x : R, False"),
    "one branch of an event": ("Pr (fun x => if Rlt_dec x x then x = 7 else True) = 1",
                               "exists x : R, False"),
    "among what is provided": ("forall x : R, exists _ : x < x -> x = 7, True",
                               "exists x : R, x < x /\\ exists _ : x < x -> x = 7, True"),
    "unique": ("exists! x : R, x = 5 /\\ (x = 6 -> x = 7)",
               "exists x : R, unique (fun y => y = 5 /\\ (y = 6 -> y = 7)) x /\\ exists y : R, y = 6"),
    "among terms of a match": (
        "forall n : nat, match n with O => 1 | S k => Pr (fun s => INR k < INR k -> s = 7) end = 1",
        "exists n : nat, False"),
    "both branches": ("forall x : R, if Rle_dec x 0 then x <= 0 else 0 < x", "exists x : R, False"),
    "an argument": ("forall x : R, 0 < IND (if Rlt_dec x x then x = 7 else True)",
                    "exists x : R, False"),
    "no element": ("Pr (fun s => forall z : {x : R | x < x}, s = 7) = 1",
                   "exists (s : R) (z : {x : R | x < x}), True"),
    "a function's proof": ("inhabited (forall x : R, x < x -> {y : R | y = x + 1})",
                           "exists x : R, x < x"),
    "in a type": ("forall x : R, exists _ : {x < x -> x = 7} + {False}, True",
                  "exists x : R, x < x /\\ exists _ : {x < x -> x = 7} + {False}, True"),
    "second event": ("Pr (fun x => x < 0) <= Pr (fun x => x < 0 -> 0 < x -> 1 = 2)",
                     "exists x : R, x < 0 /\\ 0 < x"),
    "both events": ("Pr (fun x => x < 0 -> 1 = 2) <= Pr (fun x => 0 < x -> 1 = 2)",
                    "(exists x : R, x < 0) /\\ exists x : R, 0 < x"),
    "triples": ("Pr (fun '(x, y, z) => forall n : nat, x < y -> y < z) <= 1",
                "exists (x y z : R) (n : nat), x < y"),
    "nested": ("forall t, 0 < t -> sum_f_R0 (fun i => Pr (fun x => x < INR i * t -> 1 = 2)) 3 <= 1",
               "exists t : R, 0 < t /\\ exists (i : nat) (x : R), x < INR i * t"),
    "inside an event": ("Pr (fun x => exists y, y < x /\\ (y < 0 -> x < y)) <= 1",
                        "exists x y : R, (y < x /\\ (y < 0 -> x < y)) /\\ y < 0"),
    "event in a branch": ("Pr (fun n => match n with 0%nat => True | S m => m = n -> 1 = 2 end) <= 1",
                          "exists n : nat, False"),
    "dependent": ("Pr (fun v : {y : R | y <= sum_f_R0 INR 3} => 0 < proj1_sig v -> 1 = 2) <= 1",
                  "exists v : {y : R | y <= sum_f_R0 INR 3}, 0 < proj1_sig v"),
    "among terms": ("forall x : R, 0 < x -> x <= (if Rle_dec x 0 then 1 else x)", "exists x : R, 0 < x"),
}  # fmt: skip


@needs_coqc
def test_what_a_branch_assumes_has_to_be_shown(tmp_path):
    lines = ["From Coq Require Import Reals.", satisfiability_source(), "Open Scope R_scope."]
    lines += ["Parameter Pr : forall {A : Type}, (A -> Prop) -> R.", "Parameter IND : Prop -> R."]
    for i, (text, wanted) in enumerate(CONDITIONS.values()):
        lines += [f"Definition s{i} : Prop := {text}."]
        lines += [f"Goal True. let T := constr:(ltac:(srverify_hypotheses_of s{i})) in"]
        lines += [f"let U := constr:({wanted}) in constr_eq T U. Abort."]
    (tmp_path / "a.v").write_text("\n".join(lines) + "\n")
    done = subprocess.run(["coqc", "-q", "a.v"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@needs_coqc
@pytest.mark.parametrize("command", ["Global Opaque s.", "#[global] Strategy opaque [s].", ""])
def test_nothing_is_enough_for_a_statement_that_does_not_unfold(tmp_path, command):
    end = (
        ":= forall x : R, x < x -> 1 = 2."
        if command
        else ". Proof. exact (forall x : R, x < x -> 1 = 2). Qed."
    )
    lines = ["From Coq Require Import Reals.", satisfiability_source(), "Open Scope R_scope."]
    lines += [f"Definition s : Prop {end}", command, "Goal True."]
    lines += ["let T := constr:(ltac:(srverify_hypotheses_of s)) in constr_eq T False. Abort."]
    (tmp_path / "a.v").write_text("\n".join(lines) + "\n")
    done = subprocess.run(["coqc", "-q", "a.v"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


# -- the development of the audit --------------------------------------------------------------


def kernel_theorems() -> list[str]:
    return [
        check.obligation.pinned_name
        for claim in ledger.load([PROOFS]).claims
        for check in claim.checks
        if isinstance(check.obligation, Theorem) and check.obligation.engine == "rocq"
    ]


def test_the_recorded_digests_are_those_of_the_definitions():
    assert list(pins.drift(Development(PROOFS / "rocq"))) == []


def test_every_kernel_theorem_of_the_audit_is_pinned_and_shown():
    names = kernel_theorems()
    assert len(names) > 170
    pinned = Development(PROOFS / "rocq").pinned
    assert [name for name in names if name not in pinned] == []
    assert "own_failure" in str(pinned_text(Theorem("rocq", "C34_theorem_5_3", claim=""), PROOFS))


def test_every_sentence_below_the_statements_is_recorded():
    """Changing any one of them changes what is recorded: shown for each."""
    development = Development(PROOFS / "rocq")
    recorded = pins.recorded(development)
    modules = {place.partition(":")[0] for place in recorded}
    for file in modules:
        module = file.removesuffix(".v").replace("/", ".")
        kept, _ = pins.meaning(development.sources[module])
        whole = pins._by_place(module, kept)
        for index, sentence in enumerate(kept):
            broken = [*kept[:index], f"{sentence[:-1]} weaker.", *kept[index + 1 :]]
            assert pins._by_place(module, broken) != whole


def test_the_development_generates_hypotheses_as_the_audit_does():
    written = (PROOFS / "rocq" / "Instances" / "Generate.v").read_text(encoding="utf-8")
    assert written == satisfiability_source()


@needs_coqc
@pytest.mark.slow
def test_no_weaker_proposition_is_any_pinned_statement():
    """True, a statement under a false hypothesis, and a statement or True: each is refused for each."""
    site = RocqEngine().site(str(PROOFS))
    pinned = [site.development.pinned[name] for name in dict.fromkeys(kernel_theorems())]
    modules = list(dict.fromkeys(item.module for item in pinned))
    assert site.build.make(tuple(modules), jobs=2) == {}
    libraries = dict.fromkeys(map(site.build.library, modules))
    lines = [f"From SRVerify Require {' '.join(libraries)}."]
    for item in pinned:
        name = item.full_name
        # The first line must pass, so that the others do not fail for want of a name.
        lines += [f"Check ({name} : Prop).", f"Fail Check (I : {name})."]
        lines.append(f"Fail Check (fun w : False -> {name} => (w : {name})).")
        lines.append(f"Fail Check (fun w : {name} \\/ True => (w : {name})).")
    source = site.build_folder / "weaker.v"
    source.write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = subprocess.run(
        ["coqc", *site.build.flags, source.name], cwd=source.parent, capture_output=True, text=True
    )
    # Fail is an error where its command succeeds.
    assert done.returncode == 0, done.stderr
    assert len(pinned) > 170
