"""The page argues: paper first, general before special, formulas typeset, everything reproducible."""

from __future__ import annotations

import re
import shlex
import subprocess
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from auditing import run_audit, write_claims
from hypothesis import given
from hypothesis import strategies as st
from programs import needs

from srverify.claims.claim import statement
from srverify.claims.outcome import Outcome, Status, Trust
from srverify.commands.cli import run
from srverify.report.html import render
from srverify.report.html.axioms import Axioms, in_short
from srverify.report.html.graph import depths, reduced
from srverify.report.html.prose import typeset
from srverify.report.html.reproduce import prove_command

CLAIMS = """
from srverify import Paper

PAPER = Paper("On <logarithms>", "A. Author", "arXiv:0000.00000")
CLAIMS = (
    claim("A01",
        Check("toy", statement("x <= x + 1", x="real"), engines=("oracle",), role=Role.SUPPORT),
        Check("main", statement("x <= x + 2", x="real"), engines=("oracle",)),
        latex=r"$x \\le x + 2$", equations=(1,),
    ),
    claim("A02", Check("main", statement("x <= x + 3", x="real"), engines=("oracle",)),
        depends=("A01",), equations=(2,)),
)
EQUATIONS = {1: ("A01",), 2: ("A02",), 3: ()}
"""


def plain(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", html))


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        ("at most alpha_T ||theta_0|| here", "αT‖θ0‖"),
        ("so p* is a maximiser", "p∗"),
        ("r = beta log(p*/q) + beta log Z turns", "r=βlog(p∗/q)+βlogZ"),
        ("on [-1/e, 0), so", "[−1/e,0)"),
        ("the constant sqrt(L) is", "L"),
        ("with x_{t+1} <= 2 for it", "xt+1≤2"),
        ("where E|Delta^r-hat|^4 <= M", "E|Δr^|4≤M"),
        ("for pihat and pi-hat_T", "π^"),
        ("is sqrt(a) times", "a"),
        ("= A = ((2 eps + beta) sqrt(a))/gamma", "A=((2ε+β)a)/γ"),
        ("at most (1-2a)^n here", "(1−2a)n"),
        ("at most e^(-nL/8) here", "e(−nL/8)"),
        ("some q <= N^{-margin} here", "q≤N−margin"),
        ("log(sqrt3/2)", "log(3/2)"),
        ("(π·f)² ≤ κ_0 holds", "(π·f)²≤κ0"),
        ("delta/T (A01) each", "δ/T"),
    ],
)
def test_formulas_in_prose_are_set(text: str, formula: str) -> None:
    found = re.findall(r"<math>(.*?)</math>", typeset(text, {"A01"}))
    assert formula in [plain(piece) for piece in found]


@pytest.mark.parametrize(
    "text",
    [
        "A claim of a reader, and I agree.",
        "the log-class and the log-ratio of 3 rounds",
        "Theorem 6.2 says nothing; see Section 4 (and 5).",
        "at most one label qualifies",
        "Lemma G.2 and Appendix D",
        "an all-or-nothing rule (a third of it)",
    ],
)
def test_words_stay_words(text: str) -> None:
    assert "<math>" not in typeset(text)


@given(st.text(max_size=60))
def test_nothing_is_lost_and_everything_is_escaped(text: str) -> None:
    html = typeset(text, {"A01"})
    assert "<script" not in html
    letters = [c for c in plain(html) if c.isdigit()]
    assert letters == [c for c in text if c.isdigit()]


def test_a_sign_is_shown_where_no_formula_is_found() -> None:
    assert typeset("rounds -> infinity of them") == "rounds → <math><mi>∞</mi></math> of them"


def test_long_formulas_may_be_broken_before_relations() -> None:
    long = typeset("x_0 + x_1 + x_2 + x_3 <= y_0 + y_1 + y_2 + y_3 = z")
    assert [plain(piece)[0] for piece in re.findall(r"<math>(.*?)</math>", long)] == ["x", "≤", "="]
    assert "wide" in typeset("f(" + " + ".join(f"x_{i}" for i in range(9)) + ") = 1")


def test_ids_become_links() -> None:
    assert typeset("see A01", {"A01"}) == 'see <a href="#A01">A01</a>'


@given(st.dictionaries(st.integers(0, 12), st.lists(st.integers(0, 12), max_size=4), max_size=13))
def test_the_reduction_implies_what_was_there(raw: dict[int, list[int]]) -> None:
    depends = {str(a): tuple(str(b) for b in bs if b < a and b in raw) for a, bs in raw.items()}
    less = reduced(depends)

    def reach(edges: dict[str, tuple[str, ...]], name: str) -> set[str]:
        found: set[str] = set()
        stack = list(edges[name])
        while stack:
            other = stack.pop()
            if other not in found:
                found.add(other)
                stack += edges[other]
        return found

    for name in depends:
        assert reach(less, name) == reach(depends, name)
        for dropped in less[name]:
            without = {**less, name: tuple(d for d in less[name] if d != dropped)}
            assert dropped not in reach(without, name)
        assert all(depths(depends)[other] < depths(depends)[name] for other in depends[name])


def test_a_command_from_the_page_asks_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    goal = statement("x*y <= 1 + x*y", "x < 'y'".replace("'", ""), x="(0, oo)", y="real")
    words = shlex.split(prove_command(goal))
    assert words[:2] == ["srverify", "prove"]
    assert run([*words[1:], "--engine", "z3", "arb"]) == 0
    assert "proved" in capsys.readouterr().out


def test_every_statement_can_be_had_in_other_languages(page: str) -> None:
    section = page.partition('id="A02"')[2].partition("</section>")[0]
    commands = [unescape(c) for c in re.findall(r"<code>(srverify [^<]*)</code>", section)]
    for piece in ("--to smt2 --output", "--to rocq --output"):
        assert any(piece in command for command in commands)
    written = [shlex.split(c)[-1] for c in commands if "--certificate" in c]
    assert written == [shlex.split(c)[-1] for c in commands if c.startswith("srverify check")] != []


@pytest.fixture
def page(tmp_path: Path, fakes: None) -> str:
    return render(run_audit(write_claims(tmp_path / "proofs", CLAIMS)))


def test_the_page_is_named_after_the_paper(page: str) -> None:
    assert "<title>Audit of On &lt;logarithms&gt;</title>" in page
    assert "<h1>On &lt;logarithms&gt;</h1>" in page
    assert "A. Author, arXiv:0000.00000" in page


def test_general_statements_first_and_support_folded(page: str) -> None:
    section = page.partition('id="A01"')[2].partition("</section>")[0]
    assert section.index('id="A01-main"') < section.index("in support") < section.index('id="A01-toy"')
    assert r"$x \le x + 2$" in section


def test_names_are_their_own_permalinks(page: str) -> None:
    assert '<a class="anchor" href="#A01">A01 · claim-a01</a>' in page
    assert '<a class="anchor" href="#A01-main"><b>main</b></a>' in page


def test_the_first_page_is_one_piece_and_says_what_all_rests_on(page: str) -> None:
    first, _, rest = page.partition('<div class="first">')[2].partition("<h2>Contents</h2>")
    assert "<h1>On" in first
    assert "What holds as stated" in first
    assert first.index("What everything rests on") < first.index("<td>all</td>")
    assert first.count("<div") + 1 == first.count("</div>")
    assert '<section class="claim"' in rest


def _outcome(*axioms: str, **more: object) -> Outcome:
    return Outcome("rocq", Status.PROVED, Trust.KERNEL, evidence={"axioms": list(axioms), **more})


def test_lists_of_axioms_stand_once() -> None:
    axioms = Axioms()
    first = axioms.link(_outcome("M.a", "N.<b>"))
    assert first == '<a href="#axioms-1">2 axioms</a>'
    assert axioms.link(_outcome("M.a")) == '<a href="#axioms-2">1 axiom</a>'
    assert axioms.link(_outcome("M.a", "N.<b>", axioms_of="all <b>")) == f"{first} (of all &lt;b&gt;)"
    assert axioms.link(_outcome()) == "no axioms"
    shown = "".join(axioms.section())
    assert shown.count("N.&lt;b&gt;") == 1
    assert shown.count("<li") == 2


def test_axioms_in_short_name_few_and_count_many(tmp_path: Path, fakes: None) -> None:
    result = run_audit(write_claims(tmp_path / "proofs", CLAIMS))
    (claim, *others) = result.claims
    check = claim.checks[0]
    outcomes = (_outcome("M.a", "M.b", *(f"N.c{i}" for i in range(5))),)
    check = replace(check, evidence=replace(check.evidence, outcomes=outcomes))
    result = replace(result, claims=(replace(claim, checks=(check,)), *others))
    assert in_short(result) == "<code>M.a</code>, <code>M.b</code>, 5 of <code>N</code>"


def test_why_an_engine_is_missing_is_no_part_of_its_runs(tmp_path: Path, fakes: None) -> None:
    result = run_audit(write_claims(tmp_path / "proofs", CLAIMS))
    (claim, *others) = result.claims
    check = claim.checks[0]
    missing = Outcome(
        "lean", Status.UNAVAILABLE, detail="not on PATH (install it); static: F.lean says so"
    )
    check = replace(check, evidence=replace(check.evidence, outcomes=(missing,)))
    result = replace(result, claims=(replace(claim, checks=(check,)), *others))
    page = render(result)
    assert "<td>static: F.lean says so</td>" in page
    assert "not on PATH" not in page


def test_claims_carry_what_filters_ask_for(page: str) -> None:
    assert 'data-verdict="holds"' in page
    assert 'data-equations="2"' in page
    for name in ("text", "equation", "verdict", "trust", "section"):
        assert f'name="{name}"' in page


def test_the_equation_map_is_on_the_page(page: str) -> None:
    table = page.partition('id="equations"')[2]
    assert '<b>(2)</b> <a href="#A02">A02</a>' in table
    assert "<b>(3)</b> <span class='quiet'>notation</span>" in table


@pytest.mark.slow
@needs("chromium")
def test_filters_work_in_a_browser(page: str, tmp_path: Path) -> None:
    probe = """<script>
      const form = document.querySelector("form.filters");
      form.elements.equation.value = "(2)";
      form.dispatchEvent(new Event("input"));
      const claims = [...document.querySelectorAll("section.claim")];
      document.title = claims.map((claim) => claim.id + claim.hidden).join();
    </script></body>"""
    file = tmp_path / "page.html"
    file.write_text(page.replace("</body>", probe), encoding="utf-8")
    command = [
        "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-quic",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
        f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom", f"file://{file}",
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    assert "<title>A01true,A02false</title>" in done.stdout
