"""The Rocq engine: what it accepts and, above all, what it refuses."""

from __future__ import annotations

import functools
import re
import shutil
import subprocess
import textwrap
from dataclasses import replace
from pathlib import Path

import pytest
from auditing import run_audit, write_claims

from srverify.claims import ledger
from srverify.claims.claim import statement
from srverify.claims.obligation import Options, Theorem
from srverify.claims.outcome import Status, Trust
from srverify.commands.cli import run
from srverify.engines.rocq import RocqEngine
from srverify.kernels.rocq import build, kernel
from srverify.kernels.rocq.assumptions import LOGICAL_AXIOMS, Assumptions, parse_assumptions
from srverify.kernels.rocq.development import LOGICAL_NAME, Development, file_of, without_comments
from srverify.kernels.rocq.kernel import Question, check_source
from srverify.kernels.rocq.pins import record
from srverify.language.errors import InputError
from srverify.report.html import render
from srverify.report.json import audit_data
from srverify.running.task import decode, encode

ROOT = Path(__file__).resolve().parent.parent

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
Theorem some_above_one : ~ (forall x : R, x <= 1).
Proof. intro H. specialize (H 2). lra. Qed.
Theorem undefined_at_zero : ~ (forall x : R, 0 < x / x).
Proof. intro H. specialize (H 0). unfold Rdiv in H. rewrite Rmult_0_l in H. lra. Qed.
Theorem log_at_one : ~ (forall x : R, 0 < x -> 0 < ln x).
Proof. intro H. specialize (H 1 Rlt_0_1). rewrite ln_1 in H. lra. Qed.
Theorem implicit {A : Type} (a : A) : a = a.
Proof. reflexivity. Qed.
Theorem implicit_satisfiable : exists (A : Type) (a : A), True.
Proof. exists True, I. exact I. Qed.
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


#: Pinned statements of the theorems here that no statement of the language expresses.
PINNED = {
    "implicit": "Definition implicit : Prop := forall (A : Type) (a : A), a = a.",
    "absurd": "Definition absurd : Prop := False.",
    "adds": "From Coq Require Import PrimInt63 Uint63.\n"
    "Definition adds : Prop := (PrimInt63.add 1 2 = 3)%uint63.",
    "twice": "From Coq Require Import Reals.\n"
    "Definition twice : Prop := forall x : R, (0 < x -> x < 2 * x)%R.",
    **{
        name: f"From Coq Require Import Reals.\nDefinition {name} : Prop := (1 < 2)%R."
        for name in ("small", "used")
    },
    **{name: f"Definition {name} : Prop := True." for name in ("other", "not_used")},
}


def pin(folder, name, text=None):
    (folder / "Statements").mkdir(exist_ok=True)
    (folder / "Statements" / f"{name}.v").write_text(f"{text or PINNED[name]}\n")
    record(Development(folder))


def settle(folder, theorem, **options):
    if theorem.name in PINNED and not (folder / "Statements" / f"{theorem.name}.v").exists():
        pin(folder, theorem.name)
    engine = RocqEngine(folder, folder.parent / "build")
    return engine.settle(theorem, Options(**options))


def test_sources_are_read_without_comments_or_strings():
    code = without_comments('a (* Axiom (* b *) "x" *) "Admitted." c\n')
    assert code.split() == ["a", "c"]
    assert code.count("\n") == 1


def test_proofs_require_the_integers_that_they_name():
    """From Rocq 9 on ``Reals`` no longer brings the lemmas about them along."""
    for module, code in Development(ROOT / "proofs" / "rocq").code.items():
        if re.search(r"\b(?:Z2Nat|Nat2Z|Zabs2Nat)\.", code):
            assert re.search(r"From Coq Require Import [^.]*\bZArith\b", code), file_of(module)


def test_the_development_knows_theorems_and_requirements(folder):
    development = Development(folder)
    assert development.module_of("twice") == "Base"
    assert development.requires["Above"] == ("Base",)
    assert development.closure("Above") == ("Base", "Above")
    assert list(development.forbidden()) == []
    before = development.digest("Above")
    (folder / "Base.v").write_text(BASE + "\n")
    assert Development(folder).digest("Above") != before


def test_files_in_folders_are_modules_named_after_them(folder):
    (folder / "Topic").mkdir()
    (folder / "Base.v").rename(folder / "Topic" / "Base.v")
    development = Development(folder)
    assert development.module_of("twice") == "Topic.Base"
    assert development.module_of("Base.twice") == "Topic.Base"
    assert development.module_of("Topic.Base.twice") == "Topic.Base"
    # Rocq finds a file by the end of its name, and by all of it first.
    assert development.requires["Above"] == ("Topic.Base",)
    (folder / "Base.v").write_text(BASE)
    assert Development(folder).requires["Above"] == ("Base",)
    with pytest.raises(InputError, match=r"no theorem Other\.twice"):
        development.module_of("Other.twice")
    with pytest.raises(InputError, match=r"write Base\.twice or Topic\.Base\.twice"):
        Development(folder).module_of("twice")


@pytest.mark.parametrize(
    "command",
    [
        "From SRVerify Require Import Topic.Base.",
        "From SRVerify.Topic Require Export\n  Base.",
        "From SRVerify Require Import -(notations) Base.",
        "Require SRVerify.Topic.Base.",
        "From Coq Require Import Reals. Require Import Base.",
    ],
)
def test_every_form_of_require_is_followed(folder, command):
    (folder / "Topic").mkdir()
    (folder / "Base.v").rename(folder / "Topic" / "Base.v")
    (folder / "Above.v").write_text(command + "\n")
    assert Development(folder).requires["Above"] == ("Topic.Base",)
    (folder / "Above.v").write_text("From Other Require Import Base.\n")
    assert Development(folder).requires["Above"] == ()


def test_the_project_file_of_the_development_lists_every_file():
    folder = ROOT / "proofs" / "rocq"
    lines = (folder / "_CoqProject").read_text(encoding="utf-8").split("\n")
    assert lines[0] == f"-R . {LOGICAL_NAME}"
    assert lines[2:-1] == sorted(map(file_of, Development(folder).sources))


def test_a_bare_theorem_name_of_the_development_belongs_to_one_file():
    named = {name for claim in ledger.load([ROOT / "proofs"]).claims for name in rocq_names(claim)}
    development = Development(ROOT / "proofs" / "rocq")
    assert len(named) > 200
    assert {name for name in named if len(development.theorems.get(name, ())) != 1} == set()


def rocq_names(claim):
    for check in claim.checks:
        if check.rocq:
            yield check.rocq
        if isinstance(check.obligation, Theorem) and check.obligation.engine == "rocq":
            yield check.obligation.name


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


SIG_NOT_DEC = "ClassicalDedekindReals.sig_not_dec"
NAMES = {SIG_NOT_DEC: f"Coq.Reals.{SIG_NOT_DEC}", "Reals.add_spec": "Stdlib.Floats.FloatAxioms.add_spec"}


def listed(*lines):
    return parse_assumptions("\n".join(("Axioms:", *lines)), frozenset({"PrimInt63.add", "int"}), NAMES)


def test_the_allow_list_is_exact():
    found = listed(f"{SIG_NOT_DEC}\n  : forall P : Prop,\n    True", "Base.cheat : 1 = 2")
    assert found == Assumptions((SIG_NOT_DEC, "Base.cheat"))
    assert found.refused == ("Base.cheat",)
    assert parse_assumptions("", frozenset(), NAMES) is None
    assert parse_assumptions("Axioms:", frozenset(), NAMES) is None
    # Printed by Coq 8.20 and by Rocq 9 with the colon before the break.
    assert listed(f"{SIG_NOT_DEC} :\n  forall P : Prop, True").refused == ()
    assert listed("Reals.add_spec : nat").axioms == ("FloatAxioms.add_spec",)


def test_a_name_counts_by_what_it_stands_for():
    ours = {SIG_NOT_DEC: f"SRVerify.{SIG_NOT_DEC}"}
    found = parse_assumptions(f"Axioms:\n{SIG_NOT_DEC} : False", frozenset(), ours)
    assert found.refused == (f"SRVerify.{SIG_NOT_DEC}",)
    # Printed, but not among what was located: not the axiom that it looks like.
    assert parse_assumptions(f"Axioms:\n{SIG_NOT_DEC} : False", frozenset(), {}).refused


def test_primitives_are_no_axioms_and_axioms_no_primitives():
    found = listed("PrimInt63.add : int -> int -> int", "int : Set", "PrimInt63.sub : int -> int")
    assert found.primitives == ("PrimInt63.add", "int")
    assert found.refused == ("PrimInt63.sub",)


@pytest.mark.parametrize(
    "line",
    [
        "loop is assumed to be guarded.",
        "Bad is assumed to be positive.",
        "f relies on an unsafe hierarchy.",
        "Theory:",
    ],
)
def test_what_rocq_let_pass_unchecked_is_refused(line):
    assert listed(line).refused == (line,)


@needs_coqc
def test_the_kernel_accepts_the_statement_as_printed(folder):
    outcome = settle(folder, Theorem("rocq", "square_nonneg", SQUARE))
    assert (outcome.status, outcome.trust) == (Status.PROVED, Trust.KERNEL)
    assert outcome.evidence["file"] == "rocq/Base.v"
    assert set(outcome.evidence["axioms"]) <= LOGICAL_AXIOMS


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
    # Its neighbour does not rest on it.
    outcome = settle(folder, Theorem("rocq", "twice", statement("x < 2*x", x="(0, oo)")))
    assert outcome.status is Status.PROVED
    assert outcome.evidence["axioms_of"] == "theorem"


#: Ways to False that the sources do not show, and what they are refused for.
CHEATS = {
    "#[bypass_check(guard)]\nFixpoint loop (n : nat) {struct n} : False := loop n.\n"
    "Theorem absurd : False.\nProof. exact (loop 0). Qed.": "loop is assumed to be guarded.",
    "Module ClassicalDedekindReals. Axiom sig_not_dec : False. End ClassicalDedekindReals.\n"
    "Theorem absurd : False.\nProof. exact ClassicalDedekindReals.sig_not_dec. Qed.": (
        "SRVerify.Cheat.ClassicalDedekindReals.sig_not_dec"
    ),
    "Require Import Coq.Numbers.Cyclic.Int63.PrimInt63.\n"
    "Module PrimInt63. Axiom add : False. End PrimInt63.\n"
    "Theorem absurd : False.\nProof. exact PrimInt63.add. Qed.": "PrimInt63.add",
    "Notation \"'Closed_under_the_global_context'\" := False. Axiom no : False.\n"
    "Theorem absurd : Closed_under_the_global_context.\nProof. exact no. Qed.": "no",
}


@needs_coqc
@pytest.mark.parametrize("source", CHEATS)
def test_false_is_never_proved(folder, source):
    (folder / "Cheat.v").write_text(f"From Coq Require Import Reals.\n{source}\n")
    outcome = settle(folder, Theorem("rocq", "absurd", claim="false"))
    assert outcome.status is Status.ERROR
    assert CHEATS[source] in outcome.detail.partition("axioms not accepted: ")[2]


@needs_coqc
def test_primitives_are_told_from_axioms_by_the_kernel(folder):
    (folder / "Machine.v").write_text(
        "From Coq Require Import PrimFloat FloatAxioms PArray Uint63.\n"
        "Theorem turns : forall x, FloatOps.Prim2SF (PrimFloat.opp x) = SpecFloat.SFopp"
        " (FloatOps.Prim2SF x).\nProof. exact FloatAxioms.opp_spec. Qed.\n"
        "Theorem keeps : forall (A : Type) (a : array A), length (copy a) = length a.\n"
        "Proof. intros. apply length_copy. Qed.\n"
        "Theorem adds : (PrimInt63.add 1 2 = 3)%uint63.\n"
        "Proof. pose proof turns. pose proof keeps. reflexivity. Qed.\n"
    )
    outcome = settle(folder, Theorem("rocq", "adds", claim="1 + 2 = 3"))
    assert outcome.status is Status.PROVED
    assert set(outcome.evidence["axioms"]) - {"PArray.length_copy", "ArrayAxioms.length_copy"} == {
        "FloatAxioms.opp_spec"
    }
    assert len(outcome.evidence["axioms"]) == 2
    assert {"float", "copy", "int"} <= {
        name.rpartition(".")[2] for name in outcome.evidence["primitives"]
    }


def test_theorems_that_compute_are_asked_together_whatever_their_files(folder):
    (folder / "Numbers.v").write_text(
        "Lemma small : 1 < 2.\nProof. interval. Qed.\n(* no interval *)\nLemma other : True.\n"
        "Proof. exact I. Qed.\nDefinition within := small.\n"
    )
    (folder / "User.v").write_text(
        "From SRVerify Require Import Numbers.\nTheorem used : 1 < 2.\n"
        "Proof. exact within. Qed.\nTheorem not_used : True.\nProof. exact other. Qed.\n"
    )
    # A word that names something else in a file that is not required.
    (folder / "Elsewhere.v").write_text(
        "Definition within := True.\nTheorem apart : True.\nProof. exact (I : within). Qed.\n"
    )
    for name in ("small", "used", "other", "not_used"):
        pin(folder, name)
    site = RocqEngine(folder, folder.parent / "build").site()
    assert site.development.computing == {"small", "within", "used"}
    companies = {
        name: site.companies(site.question(Theorem("rocq", name, claim=name)))
        for name in ("small", "used", "other", "not_used")
    }
    assert companies["small"] == ("the theorems that compute", "Numbers.v")
    assert companies["used"] == ("the theorems that compute", "User.v")
    assert companies["other"] == ("the theorems that do not compute", "Numbers.v")
    assert companies["not_used"] == ("the theorems that do not compute", "User.v")
    question = site.question(Theorem("rocq", "used", claim="u"))
    source = check_source([question], [("all", ["a", "b", "c", "d", "e"])])
    assert "Definition group_0 := ((@a, @b), (@c, (@d, @e)))." in source
    assert source.count("Print Assumptions") == 1
    # What shows that the hypotheses hold together is asked with the theorem.
    assert site.companies(replace(question, satisfiable="SRVerify.Numbers.other")) == companies["used"]
    other = site.question(Theorem("rocq", "other", claim="o"))
    assert site.companies(replace(other, satisfiable="SRVerify.Numbers.small")) == companies["small"]


@needs_coqc
def test_what_rests_on_the_same_is_asked_once(folder, monkeypatch):
    pin(folder, "twice")
    site = RocqEngine(folder, folder.parent / "build").site()
    site.build.make(("Base", "Above", "Statements.twice"))
    questions = [
        site.question(Theorem("rocq", "square_nonneg", SQUARE)),
        site.question(Theorem("rocq", "twice", claim="twice")),
        site.question(Theorem("rocq", "square_above", statement("-1 <= x^2", x="real"))),
    ]
    assert len({site.companies(question)[0] for question in questions}) == 1
    sources = watched(monkeypatch)
    site.kernel.ask_all(questions, 2, lambda text: None)
    assert [source.count("Print Assumptions") for source in sources] == [1]
    answers = [site.kernel.remembered(question) for question in questions]
    assert len({answer.rests_on for answer in answers}) == 1
    assert set(answers[0].rests_on.axioms) <= LOGICAL_AXIOMS
    assert {answer.company for answer in answers} == {"the theorems that do not compute"}
    # By itself a theorem says so.
    alone = RocqEngine(folder, folder.parent / "build").site().kernel.ask(questions[1], 60)
    assert alone.company == ""
    assert set(alone.rests_on.axioms) <= set(answers[1].rests_on.axioms)


def watched(monkeypatch):
    """Return the list that the files are added to which the kernel is given."""
    sources = []

    def compiled(arguments, folder, *limits):
        sources.append((folder / arguments[-1]).read_text())
        return build.run_coqc(arguments, folder, *limits)

    monkeypatch.setattr(kernel, "run_coqc", compiled)
    return sources


@needs_coqc
def test_an_axiom_below_one_theorem_is_not_held_against_the_others(folder, monkeypatch):
    choice = "Require Import Coq.Logic.ClassicalChoice.\n"
    used = (
        "Theorem chosen : forall x : R, 0 <= x ^ 2.\nProof. intros x."
        " destruct (choice (fun a b : nat => a = b) (fun a => ex_intro _ a eq_refl)). simpl. nra. Qed.\n"
    )
    (folder / "Above.v").write_text(choice + ABOVE + used)
    site = RocqEngine(folder, folder.parent / "build").site()
    site.build.make(("Above",))
    theorems = {
        "square_nonneg": SQUARE,
        "twice": statement("x < 2*x", x="(0, oo)"),
        "square_above": statement("-1 <= x^2", x="real"),
        "chosen": SQUARE,
    }
    questions = [site.question(Theorem("rocq", name, claimed)) for name, claimed in theorems.items()]
    sources = watched(monkeypatch)
    site.kernel.ask_all(questions, 1, lambda text: None)
    # All together, then file by file, and one by one only in the file that it is in.
    assert [source.count("Print Assumptions") for source in sources] == [1, 2, 2]
    answers = [site.kernel.remembered(question) for question in questions]
    assert [answer.is_accepted for answer in answers] == [True, True, True, False]
    assert [answer.company for answer in answers] == ["Base.v", "Base.v", "", ""]
    outcome = settle(folder, Theorem("rocq", "chosen", SQUARE))
    assert "axioms not accepted" in outcome.detail


@needs_coqc
def test_one_refused_among_many_is_found_alone(folder):
    pin(folder, "implicit")
    site = RocqEngine(folder, folder.parent / "build").site()
    site.build.make(("Above", "Statements.implicit"))
    theorems = [
        Theorem("rocq", "square_nonneg", SQUARE),
        Theorem("rocq", "twice", statement("x < 2*x", x="(0, oo)")),
        Theorem("rocq", "square_above", SQUARE),
        Theorem("rocq", "implicit", claim="equality"),
    ]
    questions = [site.question(theorem) for theorem in theorems]
    site.kernel.ask_all(questions, 1, lambda text: None)
    known = [site.kernel.remembered(question) is not None for question in questions]
    assert known == [True, True, False, True]


@needs_coqc
def test_a_kernel_beyond_its_memory_is_stopped_and_said_so(folder):
    (folder / "Base.v").write_text(BASE + "Definition big := Eval vm_compute in Nat.pow 2 27.\n")
    engine = RocqEngine(folder, folder.parent / "build")
    run_limited = functools.partial(build.run, memory_mb=600)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "run", lambda *given: run_limited(*given[:3]))
        outcome = engine.settle(Theorem("rocq", "square_nonneg", SQUARE), Options())
    assert outcome.status is Status.ERROR
    assert outcome.detail == "Base.v: out of memory (limit 600 MiB)"


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
def test_a_topic_is_built_and_its_folder_shown(folder):
    (folder / "Topic").mkdir()
    (folder / "Base.v").rename(folder / "Topic" / "Base.v")
    outcome = settle(folder, Theorem("rocq", "square_nonneg", SQUARE))
    assert outcome.status is Status.PROVED
    assert outcome.evidence["file"] == "rocq/Topic/Base.v"
    assert settle(folder, Theorem("rocq", "square_above", statement("-1 <= x^2", x="real"))).status is (
        Status.PROVED
    )


@needs_coqc
def test_the_compiled_form_of_a_file_that_moved_is_not_used(folder):
    theorem = Theorem("rocq", "square_above", statement("-1 <= x^2", x="real"))
    assert settle(folder, theorem).status is Status.PROVED
    (folder / "Topic").mkdir()
    (folder / "Base.v").rename(folder / "Topic" / "Base.v")
    (folder / "Topic" / "Base.v").write_text(BASE.replace("square_nonneg", "renamed"))
    outcome = settle(folder, theorem)
    assert outcome.status is Status.ERROR
    assert outcome.detail.startswith("Above.v:")


@needs_coqc
def test_an_edited_source_is_built_again(folder):
    theorem = Theorem("rocq", "square_nonneg", SQUARE)
    assert settle(folder, theorem).status is Status.PROVED
    engine = RocqEngine(folder, folder.parent / "build")
    assert engine.site().build.is_current("Base")
    (folder / "Base.v").write_text(textwrap.dedent(BASE).replace("0 <= x ^ 2", "0 <= x ^ 4"))
    outcome = settle(folder, theorem)
    assert outcome.status is Status.ERROR
    assert "is not the statement" in outcome.detail


def negation(name, show, **variables):
    return Theorem("rocq", name, statement(show, **variables), negated=True)


@needs_coqc
@pytest.mark.parametrize(
    "theorem",
    [negation("some_above_one", "x <= 1", x="real"), negation("log_at_one", "0 < log(x)", x="real")],
)
def test_the_kernel_accepts_the_negation_as_printed(folder, theorem):
    outcome = settle(folder, theorem)
    assert (outcome.status, outcome.trust) == (Status.REFUTED, Trust.KERNEL)
    assert outcome.detail == f"{theorem.name} (Above.v) is the statement's negation"
    assert outcome.evidence["negated"] is True
    assert set(outcome.evidence["axioms"]) <= LOGICAL_AXIOMS


@needs_coqc
@pytest.mark.parametrize(
    "theorem",
    [
        # another negation; the statement itself, which is true; the negation without the word
        negation("some_above_one", "x <= 2", x="real"),
        negation("square_above", "-1 <= x^2", x="real"),
        Theorem("rocq", "some_above_one", statement("x <= 1", x="real")),
        # only the value that Rocq gives to 0/0 breaks the statement
        negation("undefined_at_zero", "0 < x/x", x="real"),
    ],
)
def test_another_negation_is_refused(folder, theorem):
    outcome = settle(folder, theorem)
    assert outcome.status is Status.ERROR
    assert f"{theorem.name} is not {theorem.claimed}" in outcome.detail


def test_statement_and_negation_are_different_questions():
    theorem = negation("some_above_one", "x <= 1", x="real")
    assert replace(theorem, negated=False).digest != theorem.digest
    assert decode(encode(theorem)) == theorem
    said = "Definition said_0 : Prop := (~ (forall x : R, x <= 1))%R."
    assert said in check_source([Question(theorem, "M", "")])
    with pytest.raises(InputError, match="only a statement can be negated"):
        Theorem("rocq", "name", claim="nothing", negated=True)


def test_without_a_compiler_the_engine_says_how_to_get_one(folder, monkeypatch):
    monkeypatch.setenv("PATH", str(folder))
    availability = RocqEngine(folder).probe()
    assert not availability.available
    assert "apt-get install" in availability.install


# -- claims folders with developments of their own ----------------------------------------------

OWN = """
CLAIMS = (
    claim("A01", Check("c", statement("0 <= x^2", x="real"), engines=(), rocq="own_square")),
    claim("A02", Check("c", statement("x <= 1", x="[0, oo)"), engines=(), expect=Expect.REFUTED,
          rocq="own_refuted"), expected=Verdict.REFUTED),
)
"""
OWN_PROOFS = """
From Coq Require Import Reals Lra.
Local Open Scope R_scope.
Theorem own_square : forall x : R, 0 <= x ^ 2.
Proof. intros x. simpl. nra. Qed.
Theorem own_refuted : ~ (forall x : R, 0 <= x -> x <= 1).
Proof. intro H. specialize (H 2). lra. Qed.
"""


@needs_coqc
def test_theorems_are_looked_for_beside_the_audited_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = write_claims(tmp_path / "claims", OWN)
    (folder / "rocq").mkdir()
    (folder / "rocq" / "Own.v").write_text(OWN_PROOFS)
    result = run_audit(folder, cache=tmp_path / "outcomes")
    assert [(claim.ok, claim.trust) for claim in result.claims] == [(True, Trust.KERNEL)] * 2
    (record,) = audit_data(result)["claims"][1]["checks"]
    assert (record["theorems"], record["theorems_negate"]) == ({"rocq": "own_refuted"}, True)
    page = render(result)
    assert "rocq theorem <code>own_square</code> in" in " ".join(page.split())
    assert "rocq theorem <code>own_refuted</code> (its negation) in" in " ".join(page.split())
    # Remembered, and forgotten once the proof is another.
    again = run_audit(folder, cache=tmp_path / "outcomes")
    assert all("rocq" in check.evidence.cached for claim in again.claims for check in claim.checks)
    (folder / "rocq" / "Own.v").write_text(
        OWN_PROOFS.replace("x <= 1)", "x <= 2)").replace("H 2", "H 3")
    )
    edited = run_audit(folder, cache=tmp_path / "outcomes")
    assert [claim.ok for claim in edited.claims] == [True, False]
    assert "own_refuted is not the statement's negation" in edited.claims[1].checks[0].problems[0]
    # A neighbour with modules of the same names has a build of its own.
    other = write_claims(tmp_path / "other", OWN)
    (other / "rocq").mkdir()
    (other / "rocq" / "Own.v").write_text(OWN_PROOFS.replace("own_square", "own_cube"))
    assert [claim.ok for claim in run_audit(other).claims] == [False, True]
    assert len(list((tmp_path / "cache" / "srverify").glob("rocq-*"))) == 2


def test_what_has_to_be_proved_of_a_refuted_statement_is_shown_and_exported(
    tmp_path, monkeypatch, capsys
):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = write_claims(tmp_path / "claims", OWN)
    (folder / "rocq").mkdir()
    (folder / "rocq" / "Own.v").write_text(OWN_PROOFS)
    assert run(["show", "A02", "--path", str(folder)]) == 0
    assert "rocq theorem own_refuted (its negation)" in capsys.readouterr().out
    assert run(["export", "A02", "--path", str(folder), "--to", "rocq"]) == 0
    text = capsys.readouterr().out
    assert "From SRVerify Require Import Own." in text
    assert "  ~ (forall x : R, 0 <= x -> x <= 1).\nProof. exact own_refuted. Qed." in text
    assert run(["export", "A02", "--path", str(folder), "--to", "lean"]) == 0
    assert "¬ (∀ (x : ℝ), 0 ≤ x → x ≤ 1) := by" in capsys.readouterr().out


@needs_coqc
def test_a_theorem_alone_is_exported_with_its_pinned_statement(folder, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    claims = write_claims(
        tmp_path,
        """
        CLAIMS = (
            claim("A01", Check("all-x", Theorem("rocq", "twice", claim="twice"))),
            claim("A02", Check("none", Theorem("rocq", "no_such_theorem", claim="none"))),
        )
        """,
    )
    text = (claims / "a_claims.py").read_text()
    text = text.replace("Title of {id}", 'p* (or (p*)) is \\"best -/')
    (claims / "a_claims.py").write_text(text)
    pin(folder, "twice")
    result = run_audit(claims)
    command = "srverify export A01/all-x --to rocq --output A01-all-x.v"
    assert f"<code>{command}</code>" in render(result)
    file = tmp_path / "A01.v"
    arguments = ["export", "--path", str(claims), "--to", "rocq"]
    assert run([*arguments, "A01/all-x", "--output", str(file)]) == 0
    text = file.read_text()
    assert "forall x : R, (0 < x -> x < 2 * x)%R" in text
    build = re.search(r"coqc -R (\S+) SRVerify", text)
    assert build is not None
    compiled = subprocess.run(
        ["coqc", "-q", "-R", build[1], "SRVerify", str(file)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert compiled.returncode == 0, compiled.stderr
    assert "Axioms" in compiled.stdout or "Closed under" in compiled.stdout
    # It compares: another statement is refused.
    file.write_text(text.replace("SRVerify.Statements.twice.twice.", "(1 < 2)%R."))
    assert subprocess.run(["coqc", "-q", "-R", build[1], "SRVerify", str(file)], check=False).returncode
    assert run([*arguments, "A02"]) == 2
    assert "no_such_theorem" in capsys.readouterr().err


@needs_coqc
def test_a_folder_without_a_development_does_not_borrow_the_default_one(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    body = 'CLAIMS = (claim("A01", Check("c", Theorem("rocq", "D18_base_failure", claim="ours"))),)'
    (outcome,) = run_audit(write_claims(tmp_path / "claims", body)).claims[0].checks[0].evidence.outcomes
    assert outcome.status is Status.ERROR
    assert "no theorem D18_base_failure in claims/rocq/" in outcome.detail
