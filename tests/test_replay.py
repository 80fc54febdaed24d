"""Proof objects replayed by Rocq's kernel: every rule, and nothing that is false."""

from __future__ import annotations

import shutil
from collections import Counter

import pytest
from proof_objects import PROOFS, REAL, law, leaf

from srverify.checker import calculus, rules
from srverify.checker.check import check
from srverify.checker.laws import laws
from srverify.checker.rejected import RejectedError
from srverify.checker.sequent import Sequent
from srverify.claims.outcome import Status, Trust
from srverify.commands.cli import run
from srverify.kernels.rocq.build import first_error, run_coqc
from srverify.kernels.rocq.replay.kernel import checked, replayed
from srverify.kernels.rocq.replay.library import library, proved_laws
from srverify.kernels.rocq.replay.node import TRANSLATIONS
from srverify.kernels.rocq.replay.printing import variable_name
from srverify.kernels.rocq.replay.translate import HEADER, replay, steps, translation_of
from srverify.language.errors import InputError, UnsupportedError
from srverify.language.statement import Statement

needs_coqc = pytest.mark.skipif(shutil.which("coqc") is None, reason="coqc is not installed")

#: What cannot be translated, and why. A hypothesis of the other may hold in Rocq where it is undefined.
_EXPANDED = "the step cover has no Rocq form here: a box settled by an expansion"
REFUSED = {
    "monotone towards a limit": "the step monotone has no Rocq form here: a limit",
    "an expansion at an end": _EXPANDED,
    "an expansion at infinity": _EXPANDED,
    "a gap of naturals": "the step gap has no Rocq form",
    "telescoping": "the step telescope has no Rocq form",
    "a homogeneous statement": "the step normalize has no Rocq form",
    "a statement that may be shifted": "the step normalize has no Rocq form",
}
NOT_ACCEPTED = {"unfolded"}


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def test_every_rule_of_the_checker_is_translated_or_refused_by_name():
    missing = rules.RULES.keys() - TRANSLATIONS.keys()
    assert TRANSLATIONS.keys() <= rules.RULES.keys()
    for name in missing:
        with pytest.raises(UnsupportedError, match=f"the step {name} has no Rocq form"):
            translation_of({"rule": name})


def test_a_law_that_the_library_does_not_prove_is_refused_by_name():
    assert proved_laws() <= laws().keys()
    assert "power_power_nonneg" not in proved_laws()
    proof = law("power_power_nonneg", leaf("i"), a="x", b="2", c="3")
    with pytest.raises(UnsupportedError, match="the law power_power_nonneg is not in the Rocq library"):
        replay(Statement.parse("x >= 0", (), {"x": "[0, oo)"}), proof)


@pytest.mark.parametrize("name", REFUSED)
def test_what_has_no_rocq_form_is_refused_by_name(name):
    with pytest.raises(UnsupportedError, match=REFUSED[name]):
        replay(*PROOFS[name])


def compiled(folder, names):
    """Compile some proofs together, each in a module of its own; returns the compiler's error."""
    modules = [f"Module M{i}.\n{steps(*PROOFS[name])}\nEnd M{i}.\n" for i, name in enumerate(names)]
    (folder / "together.v").write_text("\n".join([HEADER, library(True), *modules]), encoding="utf-8")
    result = run_coqc(["-q", "-w", "none", "together.v"], folder, 600)
    return "" if result.returncode == 0 else first_error(result.stderr)


@needs_coqc
@pytest.mark.slow
def test_the_kernel_accepts_a_proof_by_every_rule(tmp_path):
    names = [name for name in PROOFS if name not in REFUSED and name not in NOT_ACCEPTED]
    used = Counter()
    for name in names:
        used += check(*PROOFS[name]).rules
    assert used.keys() >= TRANSLATIONS.keys() - {"unfold"}
    assert compiled(tmp_path, names) == ""


@needs_coqc
@pytest.mark.slow
def test_hypotheses_without_meaning_are_not_replayed(tmp_path):
    assert "No applicable tactic" in compiled(tmp_path, sorted(NOT_ACCEPTED))


@needs_coqc
def test_a_replay_is_the_printed_statement_and_nothing_else():
    statement, proof = PROOFS["a square"]
    outcome, text = replayed(statement, proof)
    assert (outcome.status, outcome.trust) == (Status.PROVED, Trust.KERNEL)
    assert outcome.evidence["axioms"]
    # The same file is not a proof of a stronger statement, though it compiles.
    stronger = Statement.parse("x*y < (x^2 + y^2)/2", (), {"x": "real", "y": "real"})
    outcome = checked(stronger, text)
    assert outcome.status is Status.ERROR
    assert "is not the statement" in outcome.detail


@needs_coqc
@pytest.mark.slow
@pytest.mark.parametrize(
    ("ending", "reason"),
    [
        ("Axiom found : {}.\nTheorem statement : {}.\nProof. exact found. Qed.", "axioms not accepted"),
        ("Theorem statement : {}.\nProof. intros. Admitted.", "axioms not accepted"),
        ("Theorem statement : {}.\nProof. intros. lra. Qed.", "does not accept"),
        ("Theorem statement : True.\nProof. exact I. Qed.", "is not the statement"),
    ],
)
def test_no_other_file_counts(ending, reason):
    statement = Statement.parse("x^2 > 0", (), REAL)
    printed = "forall x : R, 0 < x ^ 2"
    outcome = checked(statement, HEADER + ending.format(*[printed] * ending.count("{}")))
    assert outcome.status is Status.ERROR
    assert reason in outcome.detail


@needs_coqc
@pytest.mark.slow
@pytest.mark.parametrize("rule", ["cover", "polynomial"])
def test_the_kernel_rejects_what_a_broken_checker_lets_pass(rule, monkeypatch):
    monkeypatch.setattr(rules, "_settled", lambda *_: True)
    monkeypatch.setattr(rules.signs, "holds", lambda *_: True)
    proof = leaf("i") if rule == "cover" else {"rule": "polynomial", "var": "x"}
    false = Statement.parse("x^2 > 1/100", (), {"x": "[0, 1]"})
    check(false, proof)
    outcome, _ = replayed(false, proof)
    assert outcome.status in (Status.ERROR, Status.UNKNOWN)


@needs_coqc
@pytest.mark.slow
def test_the_kernel_rejects_a_value_that_is_not_shown(monkeypatch):
    trivial = Sequent.of(Statement.parse("0 < 1", (), {}))
    monkeypatch.setattr(calculus._Slope, "end_value", lambda *_: (trivial,))
    false = Statement.parse("exp(x) > 2", (), {"x": "[0, 1]"})
    proof = {"rule": "monotone", "var": "x", "end": "low", "children": [leaf("i")]}
    check(false, proof)
    outcome, _ = replayed(false, proof)
    assert outcome.status is Status.ERROR


def test_a_proof_that_the_checker_rejects_is_not_translated():
    with pytest.raises(RejectedError):
        replay(Statement.parse("x^2 > 0", (), REAL), leaf("i"))


def test_names_of_variables_shadow_no_name_of_the_library():
    assert [variable_name(name) for name in ("x", "u1", "exp", "side", "ln_1")] == [
        "x",
        "u1",
        "v_exp",
        "v_side",
        "v_ln_1",
    ]
    assert variable_name("C") == "C_"


@needs_coqc
def test_prove_writes_a_file_that_the_kernel_accepted(tmp_path, capsys):
    path = tmp_path / "square.v"
    question = ["prove", "x^2 - 2*x + 2 > 0", "--certificate", str(path), "--require-trust", "kernel"]
    assert run(question) == 0
    told = capsys.readouterr()
    assert "by rocq" in told.out
    assert "(kernel)" in told.out
    assert "accepted by Rocq's kernel" in told.err
    text = path.read_text(encoding="utf-8")
    assert text.rstrip().endswith("Proof. exact statement_proved. Qed.")
    assert "SRVerify" not in text.replace("proofs/rocq", "")


def test_without_a_compiler_the_file_is_written_and_not_counted(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("srverify.kernels.rocq.replay.kernel.compiler_version", lambda: None)
    path = tmp_path / "square.v"
    assert run(["prove", "x^2 >= 0", "--certificate", str(path)]) == 0
    assert "not checked: coqc is not on PATH" in capsys.readouterr().err
    assert run(["prove", "x^2 >= 0", "--require-trust", "kernel"]) == 1
    assert "rigorous is less than kernel" in capsys.readouterr().err


def test_nothing_is_written_where_there_is_no_replay(tmp_path, capsys):
    path = tmp_path / "limit.v"
    show = "(x + 1/2)*log(1 + 1/x) > 1"
    assert run(["prove", show, "--var", "x: (0, oo)", "--certificate", str(path)]) == 1
    said = capsys.readouterr().err
    assert "no kernel proof: the step " in said
    assert " has no Rocq form here: " in said
    assert not path.exists()
    assert run(["prove", "x^2 > 0", "--certificate", str(path)]) == 1
    assert not path.exists()


def test_a_missing_library_is_told(monkeypatch):
    monkeypatch.setattr("srverify.kernels.rocq.replay.library.shipped_folders", lambda: ())
    library.cache_clear()
    try:
        with pytest.raises(InputError, match=r"Replay/Calculus\.v is missing"):
            library(False)
    finally:
        library.cache_clear()
