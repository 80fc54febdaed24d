"""``srverify new``: what it writes is an audit that works as it stands."""

from __future__ import annotations

from srverify.audit.api import audit_claims
from srverify.claims.ledger import load
from srverify.commands.cli import run


def test_the_new_audit_is_as_expected(tmp_path, capsys):
    assert run(["new", str(tmp_path / "mine")]) == 0
    assert "srverify audit" in capsys.readouterr().out
    result = audit_claims(tmp_path / "mine" / "proofs", cache=False)
    assert result.ok
    assert {c.claim.id: c.verdict.value for c in result.claims} == {
        "L01": "holds",
        "L02": "repaired",
        "L03": "holds",
    }
    assert load([tmp_path / "mine" / "proofs"]).equations == {1: ("L01",), 2: ("L02",), 3: ("L03",)}


def test_a_folder_that_holds_something_is_left_alone(tmp_path, capsys):
    (tmp_path / "kept.txt").write_text("mine")
    assert run(["new", str(tmp_path)]) == 2
    assert "not an empty folder" in capsys.readouterr().err
    assert [file.name for file in tmp_path.iterdir()] == ["kept.txt"]
