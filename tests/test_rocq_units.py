"""Files of a folder that Rocq compiles as one: what they are, and that nothing is lost by it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from srverify.claims.claim import statement
from srverify.claims.obligation import Options, Theorem
from srverify.claims.outcome import Status, Trust
from srverify.engines.rocq import RocqEngine
from srverify.kernels.rocq.build import Build
from srverify.kernels.rocq.development import Development
from srverify.kernels.rocq.joined import joined_folders
from srverify.kernels.rocq.kernel import RefusedError
from srverify.kernels.rocq.units import folders_of, source_of

ROOT = Path(__file__).resolve().parents[1]
needs_coqc = pytest.mark.skipif(shutil.which("coqc") is None, reason="coqc is not installed")

FILES = {
    "Topic/First.v": """
From Coq Require Import Reals Lra.
Local Open Scope R_scope.
Definition double (x : R) : R := x + x.
Theorem double_is : forall x : R, x + x = 2 * x.
Proof. intros; lra. Qed.
""",
    "Topic/Second.v": """
From Coq Require Import Reals Lra.
From SRVerify Require Import Topic.First.
Local Open Scope R_scope.
Theorem double_grows : forall x : R, 0 < x -> x < x + x.
Proof. intros x h. fold (double x). unfold double. lra. Qed.
""",
    "Topic/Third.v": """
From Coq Require Import Reals Lra.
Local Open Scope R_scope.
Theorem apart_from_these : forall x : R, x - 1 < x.
Proof. intros; lra. Qed.
""",
    "Above.v": """
From Coq Require Import Reals Lra.
From SRVerify Require Topic.Second.
From SRVerify Require Import Topic.First.
Local Open Scope R_scope.
Theorem above : forall x : R, 0 < x -> x < 2 * x.
Proof. intros x h. rewrite <- double_is. exact (Second.double_grows x h). Qed.
""",
}
THEOREMS = {
    "double_is": statement("x + x = 2*x", x="real"),
    "double_grows": statement("x < x + x", x="(0, oo)"),
    "apart_from_these": statement("x - 1 < x", x="real"),
    "above": statement("x < 2*x", x="(0, oo)"),
}


def write(folder, files):
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


@pytest.fixture
def folder(tmp_path):
    write(tmp_path / "rocq", FILES)
    return tmp_path / "rocq"


@pytest.fixture
def joined(monkeypatch):
    """Compile every folder as one, as if its text had been read for it."""
    monkeypatch.setattr("srverify.kernels.rocq.build.joined_folders", folders_of)


def outcomes(folder):
    engine = RocqEngine(folder, folder.parent / "build")
    theorems = [Theorem("rocq", name, claimed) for name, claimed in THEOREMS.items()]
    engine.prepare(theorems, 1, lambda text: None)
    return {theorem.name: engine.settle(theorem, Options()) for theorem in theorems}


def compiled(folder):
    build = folder.parent / "build"
    return {str(file.relative_to(build).with_suffix("")) for file in build.rglob("*.vo")}


def units(folder):
    return {name: unit.modules for name, unit in folders_of(Development(folder)).items()}


def test_a_folder_of_several_files_is_one_unit_in_the_order_of_what_they_require(folder):
    write(folder, {"Topic/Zero.v": "", "Topic/First.v": "From SRVerify Require Import Zero.\n"})
    write(folder, {"Single/File.v": "", "Deep/In/A.v": "", "Deep/In/B.v": ""})
    assert units(folder) == {"Topic": ("Topic.Zero", "Topic.First", "Topic.Second", "Topic.Third")}


def test_of_folders_that_require_each_other_the_smallest_is_compiled_file_by_file(folder):
    write(folder, {"Other/A.v": "From SRVerify Require Import Topic.First.\n", "Other/B.v": ""})
    assert set(units(folder)) == {"Topic", "Other"}
    write(folder, {"Topic/Third.v": "From SRVerify Require Import Other.B.\n"})
    assert set(units(folder)) == {"Topic"}


@pytest.mark.parametrize(
    "command",
    [
        "From SRVerify Require Import -(notations) Topic.First.",
        # Which of the two, Rocq decides.
        "From SRVerify Require Import First.",
        "Require Import First Reals.",
    ],
)
def test_a_folder_that_is_required_in_an_unusual_way_is_compiled_file_by_file(folder, command):
    write(folder, {"Other/First.v": "", "Above.v": f"{command}\n"})
    assert units(folder) == {}


def test_sources_are_changed_where_they_require_modules_only(folder):
    development = Development(folder)
    topic = folders_of(development)["Topic"]
    text = source_of(development, topic, lambda module: module.partition(".")[0])
    assert text.startswith("From Coq Require Reals Lra.\nModule First.\n\nFrom Coq Require Import Reals")
    assert FILES["Topic/Third.v"] in text
    second = FILES["Topic/Second.v"].replace("From SRVerify Require Import", "Import SRVerify.")
    assert (
        second.replace(". Topic", ".Topic").split()
        == text[text.index("Module Second.") :].split()[
            2 : 2 + len(second.replace(". Topic", ".Topic").split())
        ]
    )


@needs_coqc
def test_what_requires_one_file_of_a_folder_is_compiled_again_when_another_changed(folder, joined):
    write(folder, {"Above.v": "From SRVerify Require Import Topic.First.\n"})
    build = Build(Development(folder), folder.parent / "build", "1")
    assert build.make(("Above",)) == {}
    assert build.is_current("Above")
    write(folder, {"Topic/Third.v": FILES["Topic/Third.v"] + "Definition more := 0.\n"})
    build = Build(Development(folder), folder.parent / "build", "1")
    assert not build.is_current("Above")
    assert build.make(("Above",)) == {}


@needs_coqc
def test_the_theorems_of_a_unit_are_the_kernel_s(folder, joined):
    found = outcomes(folder)
    assert {outcome.status for outcome in found.values()} == {Status.PROVED}
    assert {outcome.trust for outcome in found.values()} == {Trust.KERNEL}
    assert found["double_grows"].evidence["file"] == "rocq/Topic/Second.v"
    assert compiled(folder) == {"Topic", "Above"}
    # Another statement is refused as before.
    other = Theorem("rocq", "double_is", statement("x + x = 3*x", x="real"))
    refused = RocqEngine(folder, folder.parent / "build").settle(other, Options())
    assert refused.status is Status.ERROR
    assert "is not the statement" in refused.detail


@needs_coqc
def test_what_is_wrong_in_a_unit_has_the_name_of_its_file_and_the_rest_counts(folder, joined):
    write(folder, {"Topic/Second.v": FILES["Topic/Second.v"].replace("lra", "reflexivity")})
    found = outcomes(folder)
    assert found["double_is"].status is Status.PROVED
    assert found["apart_from_these"].status is Status.PROVED
    for name in ("double_grows", "above"):
        assert found[name].status is Status.ERROR
        assert "Topic/Second.v" in found[name].detail
        assert "line 6" in found[name].detail
    assert compiled(folder) == {"Topic/First", "Topic/Third"}
    # Mended, the files are one again, and nothing is left of the others.
    write(folder, FILES)
    assert {outcome.status for outcome in outcomes(folder).values()} == {Status.PROVED}
    assert compiled(folder) == {"Topic", "Above"}


@needs_coqc
def test_a_file_that_cannot_be_a_module_is_compiled_by_itself(folder, joined):
    # "Module Theorem." is a syntax error.
    (folder / "Topic" / "Third.v").rename(folder / "Topic" / "Theorem.v")
    assert {outcome.status for outcome in outcomes(folder).values()} == {Status.PROVED}
    assert compiled(folder) == {"Topic/First", "Topic/Second", "Topic/Theorem", "Above"}
    assert {outcome.status for outcome in outcomes(folder).values()} == {Status.PROVED}


@needs_coqc
def test_an_axiom_beside_a_theorem_in_its_unit_is_none_of_it(folder):
    write(folder, {"Topic/Third.v": FILES["Topic/Third.v"] + "Axiom one : 1 = 2.\n"})
    found = outcomes(folder)
    assert found["double_grows"].status is Status.PROVED
    assert found["apart_from_these"].status is Status.ERROR
    assert "Topic/Third.v:6: Axiom" in found["apart_from_these"].detail


@needs_coqc
def test_what_nobody_has_read_is_compiled_file_by_file(folder):
    assert {outcome.status for outcome in outcomes(folder).values()} == {Status.PROVED}
    assert compiled(folder) == {"Topic/First", "Topic/Second", "Topic/Third", "Above"}


def test_the_folders_that_come_with_srverify_are_compiled_as_one():
    """Record them with ``python -m srverify.kernels.rocq.joined`` once their changes have been read."""
    development = Development(ROOT / "proofs" / "rocq")
    assert dict(joined_folders(development)) == dict(folders_of(development))


def test_a_changed_folder_and_what_requires_it_are_compiled_file_by_file(tmp_path):
    folder = tmp_path / "rocq"
    shutil.copytree(ROOT / "proofs" / "rocq", folder)
    write(folder, {"Policy/Extra.v": "Lemma ok : True. Proof. exact I. Qed.\n"})
    development = Development(folder)
    assert set(folders_of(development)) - set(joined_folders(development)) == {"Policy"}
    file = folder / "Policy" / "Update.v"
    file.write_text(file.read_text() + "\nLemma more : True. Proof. exact I. Qed.\n")
    assert "OneRound" not in joined_folders(Development(folder))


#: Files that end their own module, or begin what a later file ends, so that it reaches ``Topic.Last``.
ESCAPES = {
    "a notation": (
        "Lemma ok : True. Proof. exact I. Qed. End First. From Coq Require Import Reals.\n"
        'Notation "x <= y" := (x = x /\\ y = y) : R_scope. Section First.\n',
        "forall x : R, (x <= x - 1)%R",
    ),
    "a definition": (
        "Module Nat. Definition max (a b : nat) := 0. End Nat. End First. Export First.\n"
        "Module Again.\n",
        "forall n : nat, Nat.max 3 n = 0",
    ),
}


@needs_coqc
@pytest.mark.parametrize("which", ESCAPES)
def test_a_file_of_a_folder_does_not_reach_those_that_do_not_require_it(tmp_path, which):
    first, claim = ESCAPES[which]
    proof = "intros; repeat split." if "R" in claim else "reflexivity."
    files = {
        "Topic/First.v": first,
        "Topic/Last.v": "From Coq Require Import Reals.\n"
        f"Theorem wrong : {claim}.\nProof. {proof} Qed.\n",
    }
    write(tmp_path / "rocq", files)
    site = RocqEngine(tmp_path / "rocq", tmp_path / "build").site()
    assert "Topic.Last" in site.build.make(("Topic.Last",))
    honest = files["Topic/Last.v"].replace(claim, "True").replace(proof, "exact I.")
    write(tmp_path / "rocq", {"Topic/Last.v": honest})
    site = RocqEngine(tmp_path / "rocq", tmp_path / "build").site()
    assert site.build.make(("Topic.Last",)) == {}


@needs_coqc
def test_notations_of_a_development_do_not_change_what_a_statement_says(tmp_path):
    text = (
        "From Coq Require Import Reals.\n"
        'Notation "x <= y" := (x = x /\\ y = y) : R_scope.\n'
        "Theorem wrong : forall x : R, (x <= x - 1)%R.\nProof. intros; split; reflexivity. Qed.\n"
    )
    write(tmp_path / "rocq", {"Topic/A.v": text, "B.v": "From SRVerify Require Export Topic.A.\n"})
    engine = RocqEngine(tmp_path / "rocq", tmp_path / "build")
    found = engine.settle(Theorem("rocq", "wrong", statement("x <= x - 1", x="real")), Options())
    assert found.status is Status.ERROR
    assert "is not the statement" in found.detail


HIDDEN = {
    "another file": ('Load "elsewhere.v".\n', "Load"),
    "an extraction": ("Recursive Extraction nat.\n", "Extraction"),
    "a load path": ('Add LoadPath "elsewhere" as Other.\n', "Add LoadPath"),
    "an opacity for others": ("#[global] Opaque ok.\n", "Opaque"),
    "an opacity for all": ("Global Transparent ok.\n", "Transparent"),
    "a strategy": ("Strategy opaque [ok].\n", "Strategy"),
    "a token like a comment": ('Notation "[(*" := 0 (at level 0).\n', "(* outside of comments"),
    "an open comment": ("(* not closed\n", "ends in a comment"),
    "an open string": ('Notation "open\n', "ends in a comment or a string"),
    "universes in a module": ("Module M. Local Unset Universe Checking. End M.\n", "Universe Checking"),
}


@pytest.mark.parametrize("what", HIDDEN)
def test_what_hides_text_from_its_reader_is_no_proof(tmp_path, what):
    text, reason = HIDDEN[what]
    honest = "Lemma ok : True. (* (* Load *) *) Proof. exact I. Qed.\n"
    write(tmp_path / "rocq", {"A.v": honest + text, "B.v": honest})
    found = list(Development(tmp_path / "rocq").forbidden())
    assert [reason in line for line in found] == [True]
    assert found[0].startswith("A.v:")


def test_a_file_of_statements_hides_none_in_a_module(tmp_path):
    text = "Module Hidden. Definition T1 : Prop := True. End Hidden.\n"
    write(tmp_path / "rocq", {"Statements/A.v": text, "Topic/A.v": text})
    found = list(Development(tmp_path / "rocq").forbidden())
    assert found == ["Statements/A.v:1: Module"]


def test_a_file_without_declarations_computes_nothing(tmp_path):
    write(tmp_path / "rocq", {"A.v": "From Coq Require Export Reals.\n"})
    assert Development(tmp_path / "rocq").computing == frozenset()


@needs_coqc
def test_an_answer_is_about_the_sources_that_were_asked_about(tmp_path):
    def built(text):
        write(tmp_path / "rocq", {"A.v": f"From Coq Require Import Reals.\n{text}\n"})
        site = RocqEngine(tmp_path / "rocq", tmp_path / "build").site()
        assert site.build.make(("A",)) == {}
        return site

    theorem = Theorem("rocq", "t", statement("x = x", x="real"))
    older = built("Theorem t : True. Proof. exact I. Qed.")
    newer = built("Theorem t : forall x : R, (x = x)%R. Proof. reflexivity. Qed.")
    with pytest.raises(RefusedError, match=r"A\.v has been compiled anew"):
        older.kernel.ask(older.question(theorem), 60)
    assert newer.kernel.ask(newer.question(theorem), 60).is_accepted
    assert older.kernel.remembered(older.question(theorem)) is None
