"""Which ledger is audited: said on the first line, and never another one than was meant."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from auditing import HEAD
from processes import ONE, program, write_module

from srverify.claims.folders import declares_claims, home_of, module_files
from srverify.claims.ledger import load
from srverify.language.errors import InputError

CHEAP = ("--engine", "sympy")


def audited(folder: Path, *words: str) -> tuple[str, list[str]]:
    """Audit without naming a ledger; return the first line and the ids of the claims."""
    done = program("audit", *CHEAP, "--json", ".out.json", *words, folder=folder)
    assert done.stderr == ""
    record = json.loads((folder / ".out.json").read_text())
    return done.stdout.splitlines()[0], [claim["id"] for claim in record["claims"]]


def refused(folder: Path, *words: str) -> str:
    done = program("audit", *words, folder=folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    return done.stderr


def test_claims_of_the_current_folder(tmp_path: Path) -> None:
    write_module(tmp_path / "proofs")
    assert audited(tmp_path) == ("auditing proofs: 1 claim", ["A01"])
    assert audited(tmp_path / "proofs") == (f"auditing {tmp_path / 'proofs'}: 1 claim", ["A01"])


def test_inside_a_nested_folder_the_whole_ledger_is_meant(tmp_path: Path) -> None:
    write_module(tmp_path / "proofs")
    write_module(tmp_path / "proofs" / "extra", ONE.replace("A01", "B01"), "b.py")
    first, ids = audited(tmp_path / "proofs" / "extra")
    assert (first, ids) == (f"auditing {tmp_path / 'proofs'}: 2 claims", ["A01", "B01"])


@pytest.mark.parametrize("name", ["claims", "audit", "docs/math", "a/b/c"])
def test_folder_of_another_name_is_asked_for(name: str, tmp_path: Path) -> None:
    write_module(tmp_path / name)
    assert f"but {name} has some: name it" in refused(tmp_path)
    assert audited(tmp_path, name) == (f"auditing {name}: 1 claim", ["A01"])


@pytest.mark.parametrize("inside", ["src", "src/deep", "proofs/rocq"])
def test_folder_above_is_asked_for(inside: str, tmp_path: Path) -> None:
    write_module(tmp_path / "proofs")
    (tmp_path / ".git").mkdir()
    (tmp_path / inside).mkdir(parents=True)
    up = {"src": "../proofs", "src/deep": "../../proofs", "proofs/rocq": ".."}[inside]
    assert f"but {up} has some: name it" in refused(tmp_path / inside)


@pytest.mark.parametrize("text", ["", "x = 1\n", "# CLAIMS come later\n"])
def test_proofs_without_claims_do_not_bring_the_shipped_ones(text: str, tmp_path: Path) -> None:
    write_module(tmp_path / "proofs", text)
    assert "proofs holds no claim modules" in refused(tmp_path)


def test_ledger_without_claims_is_not_green(tmp_path: Path) -> None:
    write_module(tmp_path / "proofs", f"{HEAD}CLAIMS = ()\n")
    assert "no claims are declared there" in refused(tmp_path)


def test_elsewhere_the_shipped_ledger_says_so(tmp_path: Path) -> None:
    first, ids = audited(tmp_path, "--only", "S02")
    assert first.startswith("auditing the audit that came with srverify: ")
    assert ids == ["S02"]


NESTED = ("extra/x.py", "extra/deeper/y.py")


@pytest.fixture
def nested(tmp_path: Path) -> Path:
    write_module(tmp_path / "proofs")
    for number, name in enumerate(NESTED):
        file = tmp_path / "proofs" / name
        text = ONE.replace("A01", f"B0{number}").replace('",))),)', '",)), depends=("A01",)),)')
        write_module(file.parent, text, file.name)
    return tmp_path


def test_nested_modules_are_audited_listed_and_depended_on(nested: Path) -> None:
    assert audited(nested) == ("auditing proofs: 3 claims", ["A01", "B01", "B00"])
    listed = program("list", "--json", folder=nested)
    assert [claim["id"] for claim in json.loads(listed.stdout)["claims"]] == ["A01", "B01", "B00"]
    assert audited(nested, "proofs/extra/x.py")[1] == ["B00"]
    assert audited(nested, "proofs/extra")[1] == ["B00", "B01"]
    assert home_of(nested / "proofs" / NESTED[1]) == nested / "proofs"


def test_duplicate_id_in_a_nested_module_is_told(nested: Path) -> None:
    write_module(nested / "proofs" / "other")
    assert "claim A01 is declared twice" in refused(nested)


def test_what_is_not_a_claim_module_below(tmp_path: Path) -> None:
    folder = write_module(tmp_path / "proofs")
    for place in (".venv", "_old", "node_modules", "sub/__pycache__"):
        write_module(folder / place)
    write_module(folder / "sub", 'CLAIMS = ["iss", "aud"]\n', "tokens.py")
    write_module(folder / "sub", "import srverify  # says CLAIMS\n", "words.py")
    write_module(folder / "sub", ONE, "test_claims.py")
    write_module(folder / "sub", ONE, "_helper.py")
    (folder / "sub" / "up").symlink_to(folder)
    assert module_files(folder) == (folder / "a.py",)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("import srverify\nCLAIMS = ()\n", True),
        ("import srverify\nCLAIMS: tuple = ()\n", True),
        ("import srverify\nif True:\n    CLAIMS = ()\n", True),
        ("import srverify\nA, CLAIMS = 1, ()\n", True),
        ("from ._helper import CLAIMS\n", True),
        ("import srverify\nCLAIMS = (\n", True),  # a mistake that is to be told
        ("import srverify\nCLAIMS: tuple\n", False),
        ("import srverify\nx.CLAIMS = ()\n", False),
        ("import srverify\ndef f():\n    CLAIMS = ()\n", False),
        ("import srverify\nprint('CLAIMS = ()')\n", False),
        ("CLAIMS = ('iss',)\n", False),
    ],
)
def test_what_declares_claims(text: str, found: bool, tmp_path: Path) -> None:
    write_module(tmp_path, "from srverify.claims.claim import Claim\n", "_helper.py")
    write_module(tmp_path, text)
    assert declares_claims(tmp_path / "a.py") is found


def test_only_a_nested_module_is_loaded_with_what_it_depends_on(nested: Path) -> None:
    ledger = load([nested / "proofs" / NESTED[1]])
    assert [claim.id for claim in ledger.claims] == ["B01"]
    assert [claim.id for claim in ledger.context] == ["A01"]
    with pytest.raises(InputError, match="no such file"):
        load([nested / "nowhere.py"])
