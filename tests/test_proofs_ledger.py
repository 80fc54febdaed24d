"""The shipped ledger: ids, equation map and dependencies, and what claim modules may contain."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from srverify.claims import ledger
from srverify.claims.claim import Expect, Role, Verdict
from srverify.claims.obligation import Computation

PROOFS = Path(__file__).resolve().parent.parent / "proofs"
MODULES = sorted(file for file in PROOFS.glob("*.py"))


@pytest.fixture(scope="module")
def audit():
    return ledger.load([PROOFS])


def test_equation_map_and_claims_agree_both_ways(audit):
    mapped = {
        claim_id: {number for number, ids in audit.equations.items() if claim_id in ids}
        for claim_id in audit.by_id
    }
    assert mapped == {claim.id: set(claim.equations) for claim in audit.claims}


def test_equation_map_is_complete(audit):
    assert set(audit.equations) == set(range(1, 150))
    notation = {number for number, ids in audit.equations.items() if not ids}
    assert notation == {1, 19, 20, 104, 105, 111, 112}


def test_every_entry_of_the_specification_is_a_claim(audit):
    sizes = {"S": 9, "K": 3, "D": 18, "E": 6, "C": 38, "F": 10, "G": 10}
    expected = {f"{letter}{k:02}" for letter, size in sizes.items() for k in range(1, size + 1)}
    assert set(audit.by_id) == expected


def test_assumptions_say_who_shows_them(audit):
    assert set(audit.assumptions) == {"A-REAL", "A-CONC", "A-TAIL", "A-MARGIN", "A-NORM"}
    for assumption in audit.assumptions.values():
        assert set(assumption.shown_by) <= set(audit.by_id)
        assert any(assumption.id in audit.assumptions_of(claim.id) for claim in audit.claims)


def test_modules_follow_the_paper_and_declare_in_order(audit):
    for file in audit.files:
        letters = [claim.id for claim in audit.claims if audit.sources[claim.id] == file]
        assert letters == sorted(letters)


@pytest.mark.parametrize("file", MODULES, ids=lambda file: file.stem)
def test_claim_modules_import_no_engine_and_no_float(file):
    tree = ast.parse(file.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            names = []
        for name in names:
            allowed = name in {"__future__", "collections.abc", "_kit"} or name.startswith("srverify.")
            assert allowed, name
            assert not name.startswith("srverify.engines"), name
        assert not (isinstance(node, ast.Constant) and isinstance(node.value, float))


def test_expected_verdicts_fit_the_checks(audit):
    for claim in audit.claims:
        needed = [c for c in claim.checks if c.role is not Role.SUPPORT]
        assert needed, claim.id
        refuted = [c for c in needed if c.expect is Expect.REFUTED]
        proved = [c for c in needed if c.expect is Expect.PROVED]
        if claim.expected in (Verdict.REPAIRED, Verdict.REFUTED):
            assert refuted, claim.id
        else:
            assert not refuted, claim.id
            assert proved, claim.id
        assert (claim.expected is Verdict.SHARPER) <= claim.ours, claim.id
        if claim.expected is Verdict.CONDITIONAL:
            assert audit.assumptions_of(claim.id), claim.id


def test_every_expected_proof_by_computation_has_a_mutant(audit):
    for claim in audit.claims:
        for check in claim.checks:
            if isinstance(check.obligation, Computation) and check.expect is not Expect.REFUTED:
                assert check.obligation.mutant is not None, (claim.id, check.id)


def test_prose_names_only_claims_that_exist(audit):
    for claim in audit.claims:
        for name in re.findall(r"\b[SKDECFG]\d\d\b", claim.prose):
            assert name in audit.by_id, (claim.id, name)


def _computations():
    for claim in ledger.load([PROOFS]).claims:
        for check in claim.checks:
            if isinstance(check.obligation, Computation) and check.obligation.engine != "simulation":
                yield pytest.param(check, id=f"{claim.id}-{check.id}")


@pytest.mark.parametrize("check", list(_computations()))
def test_computation_finds_what_is_expected_and_rejects_its_mutant(check):
    finding = check.obligation.function(0)
    assert finding.holds is (check.expect is not Expect.REFUTED), finding.detail
    assert finding.detail
    if check.expect is Expect.REFUTED:
        assert finding.witness
    else:
        broken = check.obligation.mutant(0)
        assert not broken.holds, broken.detail
        assert broken.witness


#: The verdicts that the specification expects where they are not "holds".
SPECIFIED = {
    Verdict.SHARPER: "S05 S06 S07 D15 D16 D17 E04 C15 C26 C37 F10",
    Verdict.REPAIRED: "S08 S09 D11 D12 D18 E03 C25 C38 F04 G06 G08",
    Verdict.REFUTED: "E06 C17 G07",
    Verdict.CONDITIONAL: "C12 C18 C19 C27 C34 C36 F09 G10",
}


def test_expected_verdicts_are_those_of_the_specification(audit):
    specified = {name: verdict for verdict, ids in SPECIFIED.items() for name in ids.split()}
    declared = {claim.id: claim.expected for claim in audit.claims}
    differing = {
        name: str(verdict)
        for name, verdict in declared.items()
        if verdict is not specified.get(name, Verdict.HOLDS)
    }
    assert differing == {}
