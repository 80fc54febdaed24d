"""The shipped Lean project: well-formed, pinned, and saying what the ledger says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from srverify.claims import ledger
from srverify.claims.claim import Expect
from srverify.emit.lean import negation_to_lean, statement_to_lean
from srverify.kernels.lean.project import LeanProject, squeezed

ROOT = Path(__file__).resolve().parent.parent
ENTRY = re.compile(r"\*\*([A-Z]\d{2})\*\*")
DOCSTRING = re.compile(r"/--(.*?)-/\s*(?:@\[[^\]]*\]\s*)*(?:theorem|lemma)\s+(\S+)", re.S)

#: What is left unproved, by choice: each says so in its docstring. Shorten this list, never extend it.
UNFINISHED: set[str] = set()


@pytest.fixture(scope="module")
def project():
    return LeanProject(ROOT / "lean")


@pytest.fixture(scope="module")
def audit():
    return ledger.load([ROOT / "proofs"])


def statements(audit):
    return {
        f"{claim.id}/{check.id}": check
        for claim in audit.claims
        for check in claim.checks
        if check.statement is not None
    }


def docstrings(project):
    return {
        f"SRVerify.{name}": text
        for source in project.sources.values()
        for text, name in DOCSTRING.findall(source)
    }


def test_project_has_no_problems(project):
    assert list(project.problems()) == []


def test_only_the_listed_theorems_are_unfinished(project):
    unfinished = {theorem.name for theorem in project.theorems if theorem.sorries}
    assert unfinished == UNFINISHED
    texts = docstrings(project)
    assert all("Missing:" in texts[name] for name in UNFINISHED)


def printed(check):
    negated = check.expect is Expect.REFUTED
    return squeezed((negation_to_lean if negated else statement_to_lean)(check.statement))


def test_every_lean_name_of_the_ledger_states_the_printed_proposition(project, audit):
    named = {address: check for address, check in statements(audit).items() if check.lean}
    assert named, "the ledger names no Lean theorem"
    differing = {
        address: check.lean
        for address, check in named.items()
        if check.lean not in project.by_name or project.by_name[check.lean].statement != printed(check)
    }
    assert differing == {}


def test_every_statement_or_its_negation_has_a_finished_lean_theorem(project, audit):
    expected = set(statements(audit))
    finished = {
        address
        for address, check in statements(audit).items()
        if check.lean and not project.by_name[check.lean].sorries
    }
    assert finished == expected


def test_refutations_are_named_after_the_refuted_checks(project, audit):
    refuted = {
        f"{address.replace('/', '_').replace('-', '_')}_refuted": check
        for address, check in statements(audit).items()
        if check.expect is Expect.REFUTED
    }
    names = {f"SRVerify.{name}" for name in refuted}
    assert names == {check.lean for check in refuted.values()}
    assert names == {name for name in project.by_name if name.endswith("_refuted")}
    assert {name: check.rocq for name, check in refuted.items()} == {name: name for name in refuted}


def test_docstrings_name_existing_entries(project, audit):
    texts = docstrings(project)
    assert set(texts) == {theorem.name for theorem in project.theorems}
    unknown = {
        name: entry
        for name, text in texts.items()
        for entry in ENTRY.findall(text)
        if entry not in audit.by_id
    }
    assert unknown == {}


def test_theorems_of_the_ledger_name_their_own_entry(project, audit):
    texts = docstrings(project)
    strangers = {
        address: check.lean
        for address, check in statements(audit).items()
        if check.lean and address.partition("/")[0] not in ENTRY.findall(texts[check.lean])
    }
    assert strangers == {}


def module_of(path):
    return path.removesuffix(".lean").replace("/", ".")


def test_every_module_has_a_header_and_the_root_imports_them_all(project):
    sources = dict(project.sources)
    root = sources.pop("SRVerify.lean")
    assert all("/-!\n# " in text for text in sources.values())
    assert root.splitlines() == [f"import {module}" for module in sorted(map(module_of, sources))]


def test_imports_name_modules_of_the_project(project):
    modules = {module_of(path) for path in project.sources}
    for path, text in project.sources.items():
        assert set(re.findall(r"^import (SRVerify\S*)$", text, re.M)) <= modules, path


def test_main_results_of_each_header_exist(project):
    for path, source in project.sources.items():
        _, found, rest = source.partition("## Main results")
        listed = re.findall(r"`(\w+)`[,:]", rest.partition("-/")[0]) if found else []
        missing = [name for name in listed if f"SRVerify.{name}" not in project.by_name]
        assert missing == [], path
