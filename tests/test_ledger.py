from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from auditing import write_claims

from srverify.claims.folders import default_folder, is_claims_folder
from srverify.claims.ledger import load
from srverify.language.errors import InputError

ONE = 'CLAIMS = (claim("A01", Check("main", statement("0 <= x", x="[0, 1]"))),)\n'


def refusal(folder: Path | str) -> str:
    with pytest.raises(InputError) as caught:
        load([folder])
    message = str(caught.value)
    assert "\n" not in message
    return message


def test_claims_come_in_the_order_of_files_and_declarations(tmp_path: Path) -> None:
    write_claims(tmp_path, 'CLAIMS = (claim("B02"), claim("B01"))', "b.py")
    write_claims(tmp_path, 'CLAIMS = (claim("A01"),)', "a.py")
    ledger = load([tmp_path])
    assert [claim.id for claim in ledger.claims] == ["A01", "B02", "B01"]
    assert ledger.sources["B02"] == tmp_path / "b.py"
    assert ledger.root == tmp_path


def test_one_folder_loaded_twice_shows_its_edit(tmp_path: Path) -> None:
    write_claims(tmp_path, 'CLAIMS = (claim("A01"),)')
    first = load([tmp_path])
    write_claims(tmp_path, 'CLAIMS = (claim("A02"),)')  # same size, same second
    second = load([tmp_path])
    assert [first.claims[0].id, second.claims[0].id] == ["A01", "A02"]


def test_modules_of_two_folders_may_share_a_name(tmp_path: Path) -> None:
    write_claims(tmp_path / "one", 'CLAIMS = (claim("A01"),)')
    write_claims(tmp_path / "two", 'CLAIMS = (claim("A02"),)')
    ledger = load([tmp_path / "one", tmp_path / "two"])
    assert [claim.id for claim in ledger.claims] == ["A01", "A02"]


def test_modules_may_import_helpers_of_their_folder(tmp_path: Path) -> None:
    (tmp_path / "_shared.py").write_text("NAME = 'A07'\n")
    write_claims(tmp_path, "from ._shared import NAME\nCLAIMS = (claim(NAME),)")
    ledger = load([tmp_path])
    assert ledger.claims[0].id == "A07"
    before = ledger.helpers_digest
    (tmp_path / "_shared.py").write_text("NAME = 'A07' \n")
    assert load([tmp_path]).helpers_digest != before


def test_dependencies_and_assumptions_are_followed(tmp_path: Path) -> None:
    write_claims(
        tmp_path,
        """
        ASSUMPTIONS = (Assumption("A-REAL", "s", "p", "k"), Assumption("A-TAIL", "s", "p", "k"))
        EQUATIONS = {1: (), 2: ("A01", "A03")}
        CLAIMS = (
            claim("A01", assumptions=("A-REAL",)),
            claim("A02", depends=("A01",), assumptions=("A-TAIL",)),
            claim("A03", depends=("A02",)),
        )
        """,
    )
    ledger = load([tmp_path])
    assert ledger.assumptions_of("A03") == ("A-TAIL", "A-REAL")
    assert ledger.dependents == {"A01": ("A02",), "A02": ("A03",), "A03": ()}
    assert ledger.equations == {1: (), 2: ("A01", "A03")}


def test_a_single_file_finds_what_it_depends_on_beside_it(tmp_path: Path) -> None:
    write_claims(tmp_path, 'CLAIMS = (claim("A01"),)', "a.py")
    write_claims(tmp_path, 'CLAIMS = (claim("B01", depends=("A01",)),)', "b.py")
    (tmp_path / "c.py").write_text("raise RuntimeError('not a claim module')")
    ledger = load([tmp_path / "b.py"])
    assert [claim.id for claim in ledger.claims] == ["B01"]
    assert [claim.id for claim in ledger.context] == ["A01"]


def test_missing_path(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none") == f"{tmp_path}/none: no such file or folder"


def test_folder_without_modules(tmp_path: Path) -> None:
    assert "holds no claim modules" in refusal(tmp_path)


def test_module_with_a_syntax_error_names_the_line(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("x = 1\ny = = 2\n")
    assert re.match(rf"{tmp_path}/a\.py:2: claim module does not import: SyntaxError", refusal(tmp_path))


def test_module_that_raises_names_the_line(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("\n\nimport no_such_module_anywhere\n")
    message = refusal(tmp_path)
    assert message.startswith(f"{tmp_path}/a.py:3: claim module does not import: ModuleNotFoundError")
    assert "no_such_module_anywhere" in message


def test_bad_statement_names_the_line_and_the_position(tmp_path: Path) -> None:
    write_claims(tmp_path, 'S = statement("0 <= +", x="real")\nCLAIMS = ()')
    message = refusal(tmp_path)
    assert re.match(rf"{tmp_path}/a_claims\.py:8: ", message)
    assert "+" in message


def test_module_without_claims(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("x = 1\n")
    assert refusal(tmp_path).startswith(f"{tmp_path}/a.py: defines no CLAIMS")


def test_claims_of_a_wrong_type(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("CLAIMS = ('A01',)\n")
    assert refusal(tmp_path) == f"{tmp_path}/a.py: CLAIMS must be a tuple of Claim"


def test_duplicate_id_names_both_files(tmp_path: Path) -> None:
    write_claims(tmp_path, ONE, "a.py")
    write_claims(tmp_path, ONE, "b.py")
    expected = f"{tmp_path}/b.py: claim A01 is declared twice (first in {tmp_path}/a.py)"
    assert refusal(tmp_path) == expected


def test_unknown_dependency(tmp_path: Path) -> None:
    write_claims(tmp_path, 'CLAIMS = (claim("A01", depends=("Z09",)),)')
    assert refusal(tmp_path).endswith("claim A01 depends on unknown claim 'Z09'")


def test_unknown_assumption(tmp_path: Path) -> None:
    write_claims(tmp_path, 'CLAIMS = (claim("A01", assumptions=("A-NONE",)),)')
    assert "rests on unknown assumption 'A-NONE' (known: none)" in refusal(tmp_path)


def test_unknown_experiment(tmp_path: Path) -> None:
    write_claims(tmp_path, 'CLAIMS = (claim("A01", experiments=("lottery",)),)')
    assert "names unknown experiment 'lottery' (known: rates, forgetting," in refusal(tmp_path)


def test_unknown_engine(tmp_path: Path) -> None:
    write_claims(
        tmp_path,
        'CLAIMS = (claim("A01", Check("main", statement("x <= x", x="real"), engines=("arbb",))),)',
    )
    assert "claim A01, check main names unknown engine 'arbb' (known: sympy, z3" in refusal(tmp_path)


def test_check_without_engines(tmp_path: Path) -> None:
    write_claims(
        tmp_path, 'CLAIMS = (claim("A01", Check("main", statement("x <= x", x="real"), engines=())),)'
    )
    assert refusal(tmp_path).endswith("claim A01, check main names no engine")


@pytest.mark.parametrize(
    ("check", "message"),
    [
        (
            'Check("main", Theorem("rocq", "name", claim="c"), expect=Expect.REFUTED)',
            "claim A01, check main: a theorem can only be proved"
            " (a refuted Statement names one of its negation)",
        ),
        (
            'Check("main", Theorem("rocq", "name", statement("x < 1", x="real"), negated=True))',
            "claim A01, check main: write the statement, expected to be refuted, with its theorem",
        ),
        (
            'Check("main", Theorem("rocq", "name", statement("x < 1", x="real")))',
            "claim A01, check main: write the statement, and rocq= for the name of its theorem",
        ),
        (
            'Check("main", Theorem("rocq", "name", claim="c", negated=True))',
            "theorem name: only a statement can be negated, or a pinned one by a theorem of Rocq whose"
            " name is the statement's with _refuted",
        ),
        (
            'Check("main", Theorem("rocq", "name_refuted", claim="c", negated=True))',
            "claim A01, check main: what a theorem negates is expected to be refuted",
        ),
        (
            'Check("main", Computation("c", "exact", print), expect=Expect.REFUTED, rocq="name")',
            "check main: rocq and lean name theorems of a Statement, not of other obligations",
        ),
    ],
)
def test_theorems_refute_as_negations_of_statements_only(
    check: str, message: str, tmp_path: Path
) -> None:
    write_claims(tmp_path, f'CLAIMS = (claim("A01", {check}),)')
    assert refusal(tmp_path).endswith(message)


def test_unknown_claim_in_the_equation_map(tmp_path: Path) -> None:
    write_claims(tmp_path, 'CLAIMS = (claim("A01"),)', "a.py")
    write_claims(tmp_path, 'EQUATIONS = {7: ("Z01",)}\nCLAIMS = (claim("A02"),)', "b.py")
    assert refusal(tmp_path) == "EQUATIONS maps (7) to unknown claim 'Z01'"


def test_equation_mapped_twice(tmp_path: Path) -> None:
    write_claims(tmp_path, "EQUATIONS = {7: ()}\nCLAIMS = ()", "a.py")
    write_claims(tmp_path, "EQUATIONS = {7: ()}\nCLAIMS = ()", "b.py")
    assert refusal(tmp_path) == f"{tmp_path}/b.py: equation (7) is mapped twice"


def test_cycle_is_spelled_out(tmp_path: Path) -> None:
    write_claims(
        tmp_path,
        """
        CLAIMS = (
            claim("A01", depends=("A02",)),
            claim("A02", depends=("A03",)),
            claim("A03", depends=("A02",)),
        )
        """,
    )
    assert refusal(tmp_path).endswith("the claims depend on each other: A02 -> A03 -> A02")


def test_unnecessary_hypothesis_that_does_not_exist(tmp_path: Path) -> None:
    write_claims(
        tmp_path,
        'CLAIMS = (claim("A01", Check("main", statement("x <= x", x="real"), unnecessary={0: "?"})),)',
    )
    assert "there is no hypothesis 0 to be unnecessary" in refusal(tmp_path)


def test_example_with_other_variables(tmp_path: Path) -> None:
    write_claims(
        tmp_path,
        'S = statement("x <= x", "0 < x", x="real")\n'
        'CLAIMS = (claim("A01", Check("main", S, example={"y": "1"})),)',
    )
    assert "the example must give each variable" in refusal(tmp_path)


def test_unknown_claim_is_named_with_the_known_ones(tmp_path: Path) -> None:
    write_claims(tmp_path, ONE)
    ledger = load([tmp_path])
    assert ledger.claim("a01").id == "A01"
    with pytest.raises(InputError, match=r"unknown claim 'X9' \(known: A01\)"):
        ledger.claim("X9")


def test_local_proofs_folder_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "proofs").mkdir()
    (tmp_path / "proofs" / "other.py").write_text("x = 1\n")
    assert not is_claims_folder(tmp_path / "proofs")
    write_claims(tmp_path / "proofs", ONE)
    assert default_folder() == tmp_path / "proofs"


@pytest.mark.parametrize("line", ["import sys; sys.exit(3)", "raise SystemExit", "1/0", "f = f()"])
def test_module_that_stops_while_it_is_imported(line: str, tmp_path: Path) -> None:
    write_claims(tmp_path, f"{line}\n{ONE}")
    assert "claim module does not import: " in refusal(tmp_path)


GOOD = 'Check("c", statement("0 <= x^2", x="real"), engines=("z3",))'


@pytest.mark.parametrize(
    ("check", "more", "reason"),
    [
        ('Check("c", "x > 0")', "", "check 'c': obligation must be Statement or Computation or Theorem"),
        ('Check("c", None)', "", "check 'c': obligation must be "),
        (GOOD[:-1].replace('("z3",)', '"z3"') + ")", "", "engines must be a tuple of str, not 'z3'"),
        (GOOD[:-1] + ", expect='proved')", "", "expect must be one of Expect.PROVED, "),
        (GOOD[:-1] + ", mutants=(3,))", "", "mutants must be a tuple of Mutant, not (3,)"),
        (GOOD[:-1] + ", example={'x': 1})", "", "example must be a mapping of str to str or None"),
        (GOOD[:-1] + ", unnecessary={'0': 'why'})", "", "unnecessary must be a mapping of int to str"),
        (GOOD, "expected='holds'", "claim 'A1': expected must be one of Verdict.HOLDS, "),
        (GOOD, "depends='A2'", "claim 'A1': depends must be a tuple of str, not 'A2'"),
        (GOOD, "ours=1", "claim 'A1': ours must be bool, not 1"),
        (GOOD, "parts=('x',)", "claim 'A1': parts must be a tuple of Part"),
        (GOOD, "prose=3", "claim 'A1': prose must be str, not 3"),
        ("3", "", "claim 'A1': checks must be a tuple of Check, not (3,)"),
    ],
)
def test_what_is_of_the_wrong_type_is_told_with_its_line(
    check: str, more: str, reason: str, tmp_path: Path
) -> None:
    given = {"id": "'A1'", "slug": "'a'", "title": "'t'", "paper": "'p'", "prose": "'q'"}
    given |= {"checks": f"({check},)", "expected": "Verdict.HOLDS"}
    given |= dict([more.split("=", 1)] if more else [])
    written = ", ".join(f"{name}={value}" for name, value in given.items())
    (tmp_path / "a.py").write_text(
        "from srverify.claims.claim import *\n"
        "from srverify.claims.obligation import *\n"
        f"CLAIMS = (Claim({written}),)\n"
    )
    message = refusal(tmp_path)
    assert message.startswith(f"{tmp_path}/a.py:3: ")
    assert reason in message
    assert len(message.splitlines()) == 1


@pytest.mark.parametrize("raised", ["GeneratorExit", "BaseException('x')", "SystemExit(0)"])
def test_module_that_raises_anything_is_told(raised: str, tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(f"CLAIMS = ()\nraise {raised}\n")
    assert refusal(tmp_path).startswith(f"{tmp_path}/a.py:2: claim module does not import: ")


def test_pipe_is_no_claim_module(tmp_path: Path) -> None:
    claim = f"Claim('A1', 'a', 't', 'p', 'q', ({GOOD},), Verdict.HOLDS)"
    text = f"from srverify.claims.claim import *\nCLAIMS = ({claim},)\n"
    (tmp_path / "a.py").write_text(text)
    (tmp_path / "inner").mkdir()
    for folder in (tmp_path, tmp_path / "inner"):
        os.mkfifo(folder / "b.py")
        (folder / "c.py").mkdir()
    assert len(load([tmp_path]).claims) == 1


def test_empty_path_is_refused() -> None:
    with pytest.raises(InputError, match="an empty path names no claims"):
        load([""])
