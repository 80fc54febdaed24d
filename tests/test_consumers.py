"""Reports as those who read them check them: SARIF and annotations, JUnit, LaTeX, HTML."""

from __future__ import annotations

import json
import os
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import html5lib
import junitparser
import pytest
from processes import ONE, WRONG, program, write_module

from srverify.emit.latex import latex_names, statement_to_latex
from srverify.emit.mathml import statement_to_mathml
from srverify.language.statement import Statement

ODD = "a b/100% #1 [x]/é"


def audit(folder: Path, *words: str, **environment: str) -> list[dict[str, object]]:
    """Audit, and return the SARIF results."""
    report = folder / "o.sarif"
    clean = {"GITHUB_WORKSPACE": "", **environment}
    done = program("audit", *words, "--sarif", str(report), folder=folder, environment=clean)
    assert done.stderr == ""
    return json.loads(report.read_text())["runs"][0]["results"]  # type: ignore[no-any-return]


def uri_of(result: dict[str, object]) -> str:
    (location,) = result["locations"]  # type: ignore[misc]
    assert location["physicalLocation"]["region"]["startLine"] >= 1
    return str(location["physicalLocation"]["artifactLocation"]["uri"])


def test_every_result_has_a_place(tmp_path: Path) -> None:
    write_module(tmp_path / "proofs", WRONG)
    # An empty PATH: there is no Rocq, no Lean.
    results = audit(tmp_path, "--require", "rocq", "lean", PATH=str(tmp_path))
    assert sorted(str(result["ruleId"]) for result in results) == [
        "check-failed",
        "engine-missing",
        "engine-missing",
    ]
    assert {uri_of(result) for result in results} == {"proofs/a.py"}


@pytest.mark.parametrize("start", [".", "sub", f"{ODD}"])
def test_files_are_relative_to_the_repository(start: str, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    proofs = write_module(tmp_path / ODD / "proofs", WRONG)
    (tmp_path / start).mkdir(exist_ok=True)
    (result,) = audit(tmp_path / start, str(proofs))
    assert uri_of(result) == "a%20b/100%25%20%231%20%5Bx%5D/%C3%A9/proofs/a.py"
    assert unquote(uri_of(result)) == f"{ODD}/proofs/a.py"


def test_files_outside_any_repository_are_whole_addresses(tmp_path: Path) -> None:
    proofs = write_module(tmp_path / "other place", WRONG)
    (tmp_path / "here").mkdir()
    (result,) = audit(tmp_path / "here", str(proofs))
    assert uri_of(result) == f"file://{tmp_path}/other%20place/a.py"


def test_annotations_name_files_of_the_workspace(tmp_path: Path) -> None:
    proofs = write_module(tmp_path / "work" / "a,b:c 100%" / "proofs", WRONG)
    done = program(
        *("audit", str(proofs), "--require", "rocq"),
        folder=proofs,
        environment={
            "GITHUB_ACTIONS": "true",
            "GITHUB_WORKSPACE": str(tmp_path / "work"),
            "PATH": str(tmp_path),
        },
    )
    lines = [line for line in done.stdout.splitlines() if line.startswith("::error ")]
    assert len(lines) == 2
    assert all(line.startswith("::error file=a%2Cb%3Ac 100%25/proofs/a.py,line=") for line in lines)


def test_junit_of_odd_texts_is_read_by_its_readers(tmp_path: Path) -> None:
    text = WRONG.replace("Prose.", "a\\x00b\\x1b[31m\\ufffe\\ud800 <&>")
    write_module(tmp_path / "proofs", text)
    words = ("--junit", "o.xml", "--html", "o.html", "--json", "o.json", "--require", "lean")
    done = program(
        "audit", *words, folder=tmp_path, environment={"PATH": str(tmp_path), "GITHUB_WORKSPACE": ""}
    )
    assert done.stderr == ""
    parsed = junitparser.JUnitXml.fromfile(str(tmp_path / "o.xml"))
    suite = next(iter(parsed))
    assert (suite.tests, suite.failures, suite.errors) == (3, 2, 1)
    root = ElementTree.parse(tmp_path / "o.xml").getroot()
    cases = root.findall(".//testcase")
    assert len(cases) == 3
    assert all(case.get("classname") and case.get("name") and case.get("time") for case in cases)
    assert all(fault.get("type") for case in cases for fault in case)
    assert json.loads((tmp_path / "o.json").read_text())["claims"]
    page = (tmp_path / "o.html").read_text()
    assert not [c for c in page if c not in "\t\n" and (ord(c) < 32 or 127 <= ord(c) < 160)]
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(page)
    assert not [error for _, error, _ in parser.errors if error == "invalid-codepoint"]


@pytest.mark.parametrize(
    "words", ["e e_", "kappa0 kappa_0", "lam lambda", "x_y_z x_yz", "eps varepsilon e_ e"]
)
def test_different_names_are_printed_differently(words: str) -> None:
    names = words.split()
    shown = latex_names(names)
    assert len(set(shown.values())) == len(names)
    statement = Statement.parse(" + ".join(names) + " <= 1")
    assert all(form in statement_to_latex(statement) for form in shown.values())
    conclusion, _ = statement_to_mathml(statement)
    parts = conclusion.removeprefix("<mrow>").split("<mo>≤</mo>")[0].split("<mo>+</mo>")
    assert len(set(parts)) == len(names)


def test_a_variable_e_is_not_the_number() -> None:
    statement = Statement.parse("exp(x) = e^x", variables={"x": "real", "e": "(0, oo)"})
    assert statement_to_latex(statement).startswith(r"\exp\left(x\right) = e^{x}")
    left, right = statement_to_mathml(statement)[0].split("<mo>=</mo>")
    assert left.removeprefix("<mrow>") != right.removesuffix("</mrow>")
    assert statement_to_latex(Statement.parse("exp(x) <= 1")).startswith("e^{x}")


def test_export_can_be_read_back(tmp_path: Path) -> None:
    natural = 'statement("n + x <= 3*n + 1", n="natural [1, 5]", x="[0, 1]")'
    text = ONE.replace('statement("0 <= x^2", x="real")', natural)
    write_module(tmp_path / "proofs", text)
    out = program("export", "A01", "--to", "smt2", "--output", "a.smt2", folder=tmp_path)
    assert (out.returncode, out.stderr) == (0, "")
    done = program("prove", "--file", "a.smt2", "--json", folder=tmp_path)
    assert json.loads(done.stdout)["results"][0]["status"] == "proved"
    assert os.path.exists(tmp_path / "a.smt2")
