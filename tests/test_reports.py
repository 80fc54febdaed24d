"""JUnit, SARIF, annotations, comparison and HTML: read back by programs that are not ours."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from html.parser import HTMLParser

import html5lib
import junitparser
import pytest
from auditing import run_audit, write_claims
from programs import needs
from sarif import loader

from srverify.report.against import compare, read_record
from srverify.report.github import workflow_commands
from srverify.report.html import render, write
from srverify.report.json import audit_data
from srverify.report.junit import junit_xml
from srverify.report.sarif import sarif_log
from srverify.selfreward.figures import Plot

BODY = """
def true(seed):
    return Finding(True, "1 = 1")

def false(seed):
    return Finding(False, "1 <> 2 & so on", {"n": "2"})

def crash(seed):
    raise RuntimeError("lost, at 100% <&>")

CLAIMS = (
    claim("A01", Check("computed", Computation("one is one", "exact", true, false)),
        Check("written", statement("x^2/2 <= sqrt(x^4)", x="[0, 1]"), engines=("sympy", "mpmath"))),
    claim("A02", Check("wrong", Computation("one < one & 'two'", "exact", false, true)),
        depends=("A01",)),
    claim("A03", Check("crash", Computation("never, said", "exact", crash))),
    claim("A04", Check("absent", Theorem("lean", "nowhere", claim="unproved")), expected=Verdict.OPEN),
)
"""


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    folder = write_claims(tmp_path_factory.mktemp("claims"), BODY)
    return run_audit(folder)


@pytest.fixture(scope="module")
def record(result):
    return audit_data(result)


def test_the_audit_is_what_the_reports_are_tested_on(record):
    states = {(c["id"], k["id"]): k["state"] for c in record["claims"] for k in c["checks"]}
    assert states == {
        ("A01", "computed"): "settled",
        ("A01", "written"): "settled",
        ("A02", "wrong"): "failed",
        ("A03", "crash"): "failed",
        ("A04", "absent"): "unavailable" if shutil.which("lake") is None else "failed",
    }


def test_junit_tells_failure_error_and_skipped_apart(record, tmp_path):
    path = tmp_path / "audit.xml"
    path.write_text(junit_xml(record), encoding="utf-8")
    suite = next(iter(junitparser.JUnitXml.fromfile(str(path))))
    kinds = {f"{c.classname} {c.name}": [type(r).__name__ for r in c.result] for c in suite}
    assert kinds["srverify.A01-claim-a01 computed"] == []
    assert kinds["srverify.A02-claim-a02 wrong"] == ["Failure"]
    assert kinds["srverify.A03-claim-a03 crash"] == ["Error"]
    assert kinds["srverify.A04-claim-a04 absent"] == ["Skipped"]
    assert kinds["srverify.A02-claim-a02 verdict"] == ["Failure"]
    assert (suite.tests, suite.errors, suite.skipped) == (len(kinds), 1, 1)
    assert suite.failures == sum("Failure" in found for found in kinds.values())


def test_junit_survives_what_xml_cannot_carry(record):
    damaged = json.loads(json.dumps(record))
    damaged["claims"][1]["checks"][0]["problems"] = ["a \x00 and \x1b"]
    root = ElementTree.fromstring(junit_xml(damaged))
    messages = [element.get("message", "") for element in root.iter("failure")]
    assert messages[0].startswith("a � and �")


def test_sarif_is_read_by_another_program(record, tmp_path):
    path = tmp_path / "audit.sarif"
    path.write_text(json.dumps(sarif_log(record)), encoding="utf-8")
    found = loader.load_sarif_file(str(path)).get_records()
    assert {row["Code"] for row in found} == {"check-failed", "engine-error"}
    assert all(row["Severity"] == "error" for row in found)
    assert all(row["Line"] > 1 for row in found)


def test_sarif_fingerprints_are_stable_and_paths_relative(record, tmp_path, result):
    log = sarif_log(record, base=result.ledger.files[0].parent)
    results = log["runs"][0]["results"]
    places = [r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for r in results]
    assert set(places) == {"a_claims.py"}
    again = sarif_log(record, base=tmp_path)["runs"][0]["results"]
    assert [r["partialFingerprints"] for r in results] == [r["partialFingerprints"] for r in again]


def test_annotations_escape_what_github_would_read(record):
    lines = list(workflow_commands(record))
    assert all(
        re.match(r"::error file=[^,]+,line=\d+,title=srverify A0\d[^:]*::.", line) for line in lines
    )
    assert any("100%25" in line for line in lines)
    assert not any("\n" in line for line in lines)


def test_comparison_prints_differences_only(record, tmp_path):
    assert list(compare(record, record)) == []
    better = json.loads(json.dumps(record))
    better["claims"][1].update(verdict="holds", ok=True, trust="rigorous")
    better["claims"][1]["checks"][0].update(ok=True, problems=[])
    better["claims"][1]["checks"][0]["outcomes"][0]["status"] = "proved"
    worse = [d for d in compare(better, record) if d.worse]
    assert {d.place for d in worse} == {"A02", "A02 wrong", "A02 wrong, exact"}
    assert not any(d.worse for d in compare(record, better))
    shorter = json.loads(json.dumps(record))
    del shorter["claims"][3]
    assert [(d.place, d.worse) for d in compare(record, shorter)] == [("A04", True)]


def test_time_that_grew_is_said_but_is_not_worse(record):
    slower = json.loads(json.dumps(record))
    slower["claims"][0]["checks"][0]["outcomes"][0]["seconds"] += 30
    differences = list(compare(record, slower))
    assert [(d.place, d.worse) for d in differences] == [("A01 computed, exact", False)]
    assert "takes 30." in differences[0].text


@pytest.mark.parametrize("text", ["", "{", "[]", '{"schema": 2, "claims": []}'])
def test_what_is_no_audit_is_refused(tmp_path, text):
    from srverify.language.errors import InputError

    path = tmp_path / "old.json"
    path.write_text(text)
    with pytest.raises(InputError, match="not"):
        read_record(path)


class _Links(HTMLParser):
    def __init__(self):
        super().__init__()
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        found = dict(attrs)
        if "id" in found:
            self.ids.append(found["id"])
        for name in ("href", "src"):
            if name in found:
                self.targets.append(found[name])


FIGURE = Plot(
    ("A01",),
    "A plot & its reading.",
    '<svg xmlns="http://www.w3.org/2000/svg"><text id="plot-a">x</text></svg>',
)


def test_html_is_valid_and_self_contained(result):
    page = render(result, [FIGURE])
    html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
    links = _Links()
    links.feed(page)
    assert page.count("<script>") == 1
    assert "<script src" not in page
    assert len(links.ids) == len(set(links.ids))
    outside = [t for t in links.targets if not t.startswith(("#", "data:"))]
    assert outside == []
    assert {t[1:] for t in links.targets if t.startswith("#")} <= set(links.ids)


def test_html_shows_what_a_reader_looks_for(result):
    page = render(result, [FIGURE])
    for text in (
        "<math",
        "one &lt; one",
        "lost, at 100% &lt;&amp;&gt;",
        "A plot &amp; its reading",
        "Not as expected",
    ):
        assert text in page
    assert 'href="#A02"' in page


def test_html_draws_the_experiments_that_the_claims_name(tmp_path, monkeypatch, capsys):
    """Simulated at the first page, remembered for the second; none for claims that name none."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    named = """CLAIMS = (
    claim("A01", Check("c", statement("0 <= x^2", x="real"), engines=("sympy",)),
        experiments=("lambert",)),
    claim("A02", Check("c", statement("x <= x + 1", x="real"), engines=("sympy",))),
)"""
    audited = run_audit(write_claims(tmp_path, named))
    pages = []
    for turn in ("first.html", "second.html"):
        write(audited, tmp_path / turn)
        pages.append((tmp_path / turn).read_text(encoding="utf-8"))
    assert pages[0] == pages[1]
    assert pages[0].count('<figure class="plot">') == 1
    assert "<metadata" not in pages[0], "RDF is not HTML"
    assert 'Shows <a href="#A01">A01</a>.' in pages[0]
    assert capsys.readouterr().err == "srverify: simulating lambert for its plot\n"


def test_html_without_matplotlib_says_why_there_is_no_plot(tmp_path, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    body = """CLAIMS = (
    claim("A01", Check("c", statement("0 <= x^2", x="real"), engines=("sympy",)),
        experiments=("lambert",)),
)"""
    write(run_audit(write_claims(tmp_path, body)), tmp_path / "page.html")
    assert '<figure class="plot">' not in (tmp_path / "page.html").read_text(encoding="utf-8")
    told = capsys.readouterr().err
    assert told.startswith("srverify: the page has no plots: plots need matplotlib")
    assert "pip install 'srverify[plots]'" in told


@pytest.mark.slow
@needs("chromium")
def test_a_browser_renders_the_page_without_complaint(result, tmp_path):
    """Headless Chromium lays the page out, and its console stays silent."""
    page = tmp_path / "audit.html"
    page.write_text(render(result, [FIGURE]), encoding="utf-8")
    command = [
        "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-quic",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
        "--enable-logging=stderr", f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom", f"file://{page}",
    ]  # fmt: skip
    run = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    assert "A02" in run.stdout
    assert "CONSOLE" not in run.stderr


def _luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_every_text_colour_is_legible_on_both_backgrounds(theme):
    """WCAG's 4.5 to 1 for text, in the light and in the dark theme."""
    from importlib import resources

    style = resources.files("srverify.report.html").joinpath("style.css").read_text(encoding="utf-8")
    colours = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", style.split("prefers-color-scheme")[theme]))
    text = set(colours) - {"paper", "shade", "line", "mark"}
    assert {"ink", "quiet", "link", "holds", "open"} <= text
    ratios = {
        (name, ground): _contrast(colours[name], colours[ground])
        for name in text
        for ground in ("paper", "shade")
    }
    assert min(ratios.values()) >= 4.5, min(ratios, key=ratios.__getitem__)


def test_html_lists_what_one_engine_alone_settles(result):
    page = render(result)
    section = page.partition("Settled by one engine only")[2].partition("</p>")[0]
    assert 'href="#A01-computed"' in section
