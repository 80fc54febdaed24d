"""``srverify audit`` as a user meets it: output, files, messages, exit statuses."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest
from auditing import write_claims

from srverify.commands.cli import run

pytestmark = pytest.mark.usefixtures("shared_worker")

GOOD = """
ASSUMPTIONS = (Assumption("A-REAL", "the update lies in the class", "Assumption 5.1", "holds for all"),)
CLAIMS = (
    claim("A01", Check("c", statement("0 <= x^2", "0 < x", x="real"), engines=("oracle", "missing"),
          unnecessary={0: "the paper has it"})),
    claim("A02", Check("c", statement("x <= 1/2", x="[0, 1]"), engines=("oracle",),
          expect=Expect.REFUTED), expected=Verdict.REFUTED),
    claim("A03", Check("c", statement("x <= x + 1", x="real"), engines=("oracle",)),
          assumptions=("A-REAL",), expected=Verdict.CONDITIONAL),
)
"""
BAD = """
CLAIMS = (
    claim("B01", Check("c", statement("0 < x^2", x="real"), engines=("oracle",))),
    claim("B02", Check("c", statement("0 <= x^2", x="real"), engines=("oracle",)),
          expected=Verdict.REFUTED),
)
"""


@pytest.fixture
def good(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    monkeypatch.chdir(tmp_path)
    return write_claims(tmp_path / "claims", GOOD)


def lines(capsys: pytest.CaptureFixture[str]) -> list[str]:
    captured = capsys.readouterr()
    assert captured.err == ""
    assert "\x1b" not in captured.out
    out = captured.out.splitlines()
    # The first line of an audit says which ledger it is: see test_folders.
    return out[1:] if out and out[0].startswith("auditing ") else out


def test_one_line_per_claim_and_the_summary_last(good: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["audit", str(good), "--jobs", "1"]) == 0
    out = lines(capsys)
    assert re.fullmatch(r"A01  claim-a01 +holds +rigorous +(-|\d+\.\d s)  oracle", out[0])
    assert re.fullmatch(r"A02  claim-a02 +refuted +rigorous +(-|\d+\.\d s)  oracle", out[1])
    assert re.fullmatch(r"A03  claim-a03 +conditional +rigorous +(-|\d+\.\d s)  oracle", out[2])
    text = "\n".join(out[3:])
    assert re.search(r"^3 claims, 3 checks in \d+\.\d s$", text, re.M)
    assert "\n1 hold, 0 repaired, 1 refuted, 1 conditional, 0 sharper, 0 open\n" in text
    assert "\n2 mutants killed, 1 mutant survived\n3 checks settled by one engine only\n" in text
    assert "A01  holds       Title of A01; hypotheses not needed: 0 < x" in text
    assert "A02  refuted     Title of A02 (at x = 1)" in text
    assert re.search(r"A-REAL +A03", text)
    assert "engine missing is unavailable: no library; install: pip install library" in text
    assert out[-1] == "all as expected"
    assert max(map(len, out)) <= 80


def line_of_claim(folder: Path, claim_id: str) -> int:
    source = (folder / "a_claims.py").read_text().splitlines()
    return next(n for n, text in enumerate(source, 1) if f'claim("{claim_id}"' in text)


def test_what_is_not_as_expected_is_said_with_its_reason(
    tmp_path: Path, good: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_claims(tmp_path / "bad", BAD)
    assert run(["audit", str(folder)]) == 1
    out = lines(capsys)
    assert out[0].endswith("[expected holds]")
    assert out[1].strip() == "! c: expected proved: oracle refuted at x = 0"
    assert out[2].endswith("[expected refuted]")
    assert out[-1] == "NOT as expected: B01 B02"


def test_json_record(good: Path, tmp_path: Path) -> None:
    file = tmp_path / "audit.json"
    assert run(["audit", str(good), "--json", str(file), "--seed", "5"]) == 0
    record = json.loads(file.read_text())
    assert record["schema"] == 1
    assert record["engines"]["oracle"]["available"] is True
    assert record["engines"]["missing"]["install"] == "pip install library"
    claim = record["claims"][0]
    assert (claim["id"], claim["verdict"], claim["expected"], claim["ok"]) == (
        "A01",
        "holds",
        "holds",
        True,
    )
    assert claim["source"] == {"file": str(good / "a_claims.py"), "line": line_of_claim(good, "A01")}
    check = claim["checks"][0]
    assert check["statement"] == "for x in real: (0 < x) implies 0 <= x^2"
    assert check["mutants"]["killed"] == ["conclusion turned"]
    assert check["mutants"]["survived"] == ["without 0 < x"]
    assert check["mutants"]["undecided"] == []
    assert check["model"] == {"found": True, "point": {"x": "1"}, "by": "oracle", "detail": ""}
    outcome = check["outcomes"][0]
    assert {"engine", "status", "trust", "seconds", "witness", "detail"} <= set(outcome)
    assert (outcome["engine"], outcome["status"], outcome["trust"]) == ("oracle", "proved", "rigorous")
    assert record["claims"][1]["checks"][0]["outcomes"][0]["witness"] == {"x": "1"}
    summary = record["summary"]
    assert summary["verdicts"] == {
        "holds": 1, "repaired": 0, "refuted": 1, "conditional": 1, "sharper": 0, "open": 0,
    }  # fmt: skip
    assert summary["assumptions"] == {"A-REAL": ["A03"]}
    assert (summary["seed"], summary["ledger"], summary["ok"]) == (5, str(good), True)
    assert summary["single_engine"] == ["A01 c", "A02 c", "A03 c"]


def test_second_run_tells_the_same_from_the_cache(good: Path, tmp_path: Path) -> None:
    records = []
    for name in ("one.json", "two.json"):
        assert run(["audit", str(good), "--json", str(tmp_path / name)]) == 0
        records.append(json.loads((tmp_path / name).read_text()))
    for record, cached in zip(records, (False, True), strict=True):
        record["summary"].pop("seconds")
        for claim in record["claims"]:
            claim.pop("seconds")
            for check in claim["checks"]:
                for outcome in check["outcomes"]:
                    assert outcome.pop("cached") is (cached and outcome["engine"] == "oracle")
    assert records[0] == records[1]


def test_no_cache_leaves_nothing_behind(good: Path, tmp_path: Path) -> None:
    assert run(["audit", str(good), "--no-cache"]) == 0
    assert not (tmp_path / "cache").exists()


def test_unwritable_cache_is_one_warning(
    good: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "cache").write_text("")
    assert run(["audit", str(good)]) == 0
    captured = capsys.readouterr()
    assert captured.err.count("\n") == 1
    assert captured.err.startswith("srverify: warning: the cache ")


@pytest.mark.parametrize("option", ["--json", "--junit", "--sarif", "--html"])
def test_unwritable_output_is_said_before_the_work(
    option: str, good: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["audit", str(good), option, str(tmp_path / "none" / "file")]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("srverify: ")
    assert f"there is no folder {tmp_path / 'none'}" in captured.err
    assert captured.err.count("\n") == 1
    assert not (tmp_path / "cache").exists()


def test_output_that_is_a_folder(good: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["audit", str(good), "--json", str(tmp_path)]) == 2
    assert "folder" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere"], "nowhere: no such file or folder"),
        (["claims", "--only", "Z09"], "unknown claim 'Z09' (known: A01, A02, A03)"),
        (["claims", "--engine", "arbb"], "unknown engine 'arbb' (known: "),
        (["claims", "--require", "rock"], "unknown engine 'rock' (known: "),
        (["claims", "--jobs", "0"], "argument --jobs: '0' is not a positive whole number"),
        (
            ["claims", "--timeout", "nan"],
            "argument --timeout: 'nan' is not a positive number of seconds",
        ),
        (["claims", "--timeout", "-1"], "argument --timeout: "),
        (["claims", "--seed", "-1"], "argument --seed: "),
        (
            ["claims", "--executor", "dusk"],
            "unknown executor 'dusk': write 'local' or 'dask:tcp://HOST:PORT'",
        ),
        (["claims", "--against", "none.json"], "cannot read none.json: No such file or directory"),
    ],
)
def test_bad_input_is_one_line_and_status_2(
    arguments: list[str], message: str, good: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["audit", *arguments]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("srverify: ")
    assert message in captured.err
    assert captured.err.count("\n") == 1


def test_required_engine_that_is_missing_is_status_1(
    good: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["audit", str(good), "--require", "missing"]) == 1
    out = lines(capsys)
    assert "MISSING  required engine missing is unavailable: no library" in out
    assert out[-1] == "NOT as expected"


def test_only_and_engine_restrict(good: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["audit", str(good), "--only", "a02", "--engine", "oracle"]) == 0
    out = lines(capsys)
    assert out[0].startswith("A02 ")
    assert out[1] == ""


def test_contradiction_is_loud(tmp_path: Path, good: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write_claims(
        tmp_path / "contradiction",
        'CLAIMS = (claim("C01", Check("c", statement("x<=1/2", x="[0, 1]"), engines=("yes", "no"))),)',
    )
    assert run(["audit", str(folder)]) == 1
    assert "CONTRADICTION  C01 c: yes proved what no refuted" in lines(capsys)


def test_against_an_earlier_audit(
    good: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = tmp_path / "old.json"
    assert run(["audit", str(good), "--json", str(old)]) == 0
    capsys.readouterr()
    assert run(["audit", str(good), "--against", str(old)]) == 0
    assert lines(capsys) == ["0 differences, 0 for the worse"]
    folder = write_claims(tmp_path / "claims", GOOD.replace('"x <= x + 1"', '"x + 1 <= x"'))
    assert run(["audit", str(folder), "--against", str(old)]) == 1
    out = lines(capsys)
    assert "worse A03: verdict conditional -> open" in out


def test_annotations_on_github(
    tmp_path: Path, good: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    folder = write_claims(tmp_path / "bad", BAD)
    assert run(["audit", str(folder)]) == 1
    commands = [line for line in capsys.readouterr().out.splitlines() if line.startswith("::error ")]
    assert f"file=bad/a_claims.py,line={line_of_claim(folder, 'B01')}," in commands[0]


def test_machine_readable_reports_are_written(good: Path, tmp_path: Path) -> None:
    import xml.etree.ElementTree as ElementTree

    files = {name: tmp_path / f"audit.{name}" for name in ("junit", "sarif")}
    options = [text for name, file in files.items() for text in (f"--{name}", str(file))]
    assert run(["audit", str(good), *options]) == 0
    assert ElementTree.parse(files["junit"]).getroot().tag == "testsuites"
    assert json.loads(files["sarif"].read_text())["version"] == "2.1.0"


def test_colour_is_asked_for_and_refused_by_the_environment(
    good: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert run(["audit", str(good)]) == 0
    assert "\x1b[32mholds" in capsys.readouterr().out
    monkeypatch.setenv("NO_COLOR", "1")
    assert run(["audit", str(good)]) == 0
    assert "\x1b" not in capsys.readouterr().out


def test_progress_on_a_terminal(good: Path, tmp_path: Path) -> None:
    """On a terminal the bar is drawn on stderr, and a pipe on stdout stays clean."""
    script = (
        f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
        "import srverify.engines, fake_engines\n"
        "srverify.engines.REGISTRY.update(fake_engines.REGISTRY)\n"
        "from srverify.audit import plan\n"
        "plan.REFUTERS = ()\n"
        "from srverify.commands.cli import run\n"
        "raise SystemExit(run(sys.argv[1:]))\n"
    )
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", script, "audit", str(good), "--no-cache"],
        stdout=subprocess.PIPE,
        stderr=follower,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "100"},
        text=True,
    )
    os.close(follower)
    out, _ = process.communicate(timeout=60)
    drawn = b""
    while True:
        try:
            data = os.read(leader, 1 << 16)
        except OSError:
            break
        if not data:
            break
        drawn += data
    os.close(leader)
    assert process.returncode == 0
    assert out.splitlines()[-1] == "all as expected"
    assert "\x1b" not in out
    assert re.search(rb"\d/7", drawn)


def test_default_is_the_local_proofs_folder(
    good: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_claims(tmp_path / "proofs", GOOD.replace("A0", "P0"))
    assert run(["audit"]) == 0
    assert lines(capsys)[0].startswith("P01 ")
