"""What a notebook shows: typeset statements, tables of findings and audits."""

from __future__ import annotations

import html5lib
import pytest
from auditing import run_audit, write_claims

from srverify import Outcome, Statement, Status, Trust, lambertw
from srverify.audit.portfolio import Findings

BODY = """
def true(seed):
    return Finding(True, "1 = 1")

def false(seed):
    return Finding(False, "1 <> 2", {"n": "2"})

CLAIMS = (
    claim("A01", Check("computed", Computation("one is one", "exact", true, false))),
    claim("A02", Check("as-stated", Computation("one < one & 'two'", "exact", false, true),
        expect=Expect.REFUTED), expected=Verdict.REFUTED),
    claim("A03", Check("wrong", Computation("<b>one</b> is two", "exact", false, true))),
)
"""


def tables(text: str) -> list[list[list[str]]]:
    """Read tables back with an HTML parser that refuses errors: caption, then the rows of cells."""
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parseFragment(text)
    found = []
    for table in tree.iter("table"):
        caption = ["".join(part.itertext()) for part in table.iter("caption")]
        rows = [
            ["".join(cell.itertext()) for cell in row if cell is not None] for row in table.iter("tr")
        ]
        assert len({len(row) for row in rows}) == 1
        found.append([caption, *rows])
    assert not list(tree.iter("b")), "a text was taken for markup"
    return found


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    return run_audit(write_claims(tmp_path_factory.mktemp("claims"), BODY))


def test_a_statement_is_typeset():
    statement = Statement.parse("log(x) <= x - 1", variables={"x": "(0, oo)"})
    assert statement._repr_latex_() == (
        r"$\displaystyle \log x \le x - 1 \qquad \left(x \in (0, \infty)\right)$"
    )


def test_a_lambert_w_value_is_typeset_as_truncated():
    assert lambertw("-1/5", -1, 5)._repr_latex_() == (
        r"$\displaystyle W_{-1}\left(-1/5\right) = -2.5426\ldots$"
    )
    assert lambertw("1e-40", 0, 5)._repr_latex_() == (
        r"$\displaystyle W_{0}\left(1/10000000000000000000000000000000000000000\right)"
        r" = 9.9999\ldots \cdot 10^{-41}$"
    )
    assert lambertw(0, 0, 5)._repr_latex_() == r"$\displaystyle W_{0}\left(0\right) = 0$"


def test_findings_are_a_row_per_engine():
    findings = Findings(
        (
            Outcome("arb", Status.REFUTED, Trust.RIGOROUS, 0.25, {"x": "1/2"}),
            Outcome("mpmath", Status.UNKNOWN, detail="0 < <b>x</b> & no more"),
        ),
        0.5,
    )
    assert tables(findings._repr_html_()) == [
        [
            ["refuted"],
            ["engine", "status", "trust", "time", "found"],
            ["arb", "refuted", "rigorous", "0.25 s", "at x = 1/2"],
            ["mpmath", "unknown", "-", "0.00 s", "0 < <b>x</b> & no more"],
        ]
    ]


def test_a_contradiction_is_the_caption():
    findings = Findings(
        (
            Outcome("arb", Status.REFUTED, Trust.RIGOROUS, 0.25, {"x": "1"}),
            Outcome("z3", Status.PROVED, Trust.RIGOROUS),
        ),
        0.5,
    )
    [[caption, *_]] = tables(findings._repr_html_())
    assert caption == ["CONTRADICTION: proved by z3 but refuted by arb at x = 1"]


def test_an_audit_is_numbers_findings_and_what_is_wrong(result):
    numbers, findings, wrong = tables(result._repr_html_())
    assert numbers[0] == ["3 claims: NOT as expected"]
    assert sum(int(count) for _, count in numbers[2:]) == 3
    assert findings[0] == ["Findings"]
    assert ["A02", "refuted", "Title of A02 (at n = 2)"] in findings
    assert wrong[0] == ["Not as expected"]
    why = "expected holds, computed open; wrong: expected proved: exact refuted at n = 2"
    assert wrong[2:] == [["A03", why]]


def test_a_claim_is_a_row_per_check_and_its_problems(result):
    _, refuted, wrong = result.claims
    [checks] = tables(refuted._repr_html_())
    assert checks == [
        ["A02 Title of A02: refuted, trust rigorous"],
        ["check", "role", "what", "outcome", "settled by"],
        ["as-stated", "stated", "one < one & 'two'", "refuted expected, settled", "exact"],
    ]
    checks, problems = tables(wrong._repr_html_())
    assert checks[2] == ["wrong", "stated", "<b>one</b> is two", "proved expected, failed", ""]
    assert problems[0] == ["Problems"]
    assert ["wrong", "expected proved: exact refuted at n = 2"] in problems


def test_an_audit_that_is_as_expected_has_no_third_table(tmp_path):
    body = BODY.partition('    claim("A03"')[0] + ")\n"
    good = run_audit(write_claims(tmp_path, body))
    numbers, _ = tables(good._repr_html_())
    assert numbers[0] == ["2 claims: all as expected"]
