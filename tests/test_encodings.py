"""Files as editors leave them: byte order marks, other encodings, coding cookies, line ends."""

from __future__ import annotations

import codecs
import json
from pathlib import Path

import pytest
from processes import ONE, WRONG, program, write_module

from srverify.language.text_file import decoded

UNICODE = {
    "utf-8": b"",
    "utf-8-sig": b"",
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
}

FILES = {
    "s.toml": '# κ ≤ ü\n[[statement]]\nid = "sq"\nvars = {"κ" = "real"}\nshow = "κ^2 >= 0"\n',
    "s.smt2": "; κ ≤ ü\n(declare-const x Real)\n(assert (< (* x x) 0))\n(check-sat)\n",
}


@pytest.mark.parametrize("encoding", UNICODE)
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("name", FILES)
def test_statement_files(name: str, encoding: str, ends: str, tmp_path: Path) -> None:
    text = FILES[name].replace("\n", ends)
    data = UNICODE[encoding] + text.encode(encoding)
    assert decoded(data) == FILES[name]
    (tmp_path / name).write_bytes(data)
    if ends == "\n":
        done = program("prove", "--file", name, "--engine", "arb", folder=tmp_path)
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.startswith("proved")


@pytest.mark.parametrize("name", FILES)
def test_other_encodings_are_refused_with_their_line(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"\n\n# \xfc\n" + FILES[name].encode())
    done = program("prove", "--file", name, folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "line 3: byte 4 is not UTF-8: save it as UTF-8" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ("", "utf-8-sig"),
        ("# -*- coding: latin-1 -*-\n", "latin-1"),
        ("#!/usr/bin/python\n# vim: set fileencoding=cp1252 :\n", "cp1252"),
        ("# coding: utf-8\n", "utf-8-sig"),
    ],
)
def test_claim_modules_and_the_lines_of_their_findings(head: str, encoding: str, tmp_path: Path) -> None:
    text = head + WRONG.replace("Title of", "Über")
    proofs = tmp_path / "proofs"
    proofs.mkdir()
    (proofs / "a.py").write_bytes(text.encode(encoding))
    line = 1 + text[: text.index("CLAIMS =")].count("\n")
    done = program(
        *("audit", "--sarif", "o.sarif", "--json", "o.json"),
        folder=tmp_path,
        environment={"GITHUB_ACTIONS": "true"},
    )
    assert (done.returncode, done.stderr) == (1, "")
    (claim,) = json.loads((tmp_path / "o.json").read_text())["claims"]
    assert claim["title"] == "Über A01"
    assert claim["source"]["line"] == line
    (result,) = json.loads((tmp_path / "o.sarif").read_text())["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["region"]["startLine"] == line
    assert f"line={line}," in done.stdout


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_claim_modules_that_python_cannot_read_are_told(encoding: str, tmp_path: Path) -> None:
    proofs = tmp_path / "proofs"
    proofs.mkdir()
    (proofs / "a.py").write_bytes(ONE.encode(encoding))
    done = program("audit", "proofs", folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"srverify: {proofs / 'a.py'}")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("encoding", UNICODE)
def test_record_to_compare_with(encoding: str, tmp_path: Path) -> None:
    write_module(tmp_path / "proofs")
    program("audit", "--json", "old.json", folder=tmp_path)
    text = (tmp_path / "old.json").read_text()
    (tmp_path / "old.json").write_bytes(UNICODE[encoding] + text.encode(encoding))
    done = program("audit", "--against", "old.json", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("0 differences, 0 for the worse\n")


@pytest.mark.parametrize("text", ["[" * 100_000, "", "{", "\x00", "[1]", '{"schema": 1}'])
def test_record_that_is_none(text: str, tmp_path: Path) -> None:
    write_module(tmp_path / "proofs")
    (tmp_path / "old.json").write_text(text)
    done = program("audit", "--against", "old.json", folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
