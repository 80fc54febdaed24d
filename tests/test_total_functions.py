"""A kernel's functions are total, or its development's own: where its theorem counts."""

from __future__ import annotations

from pathlib import Path

import pytest
from auditing import run_audit, write_claims

from srverify.audit.result import CheckResult
from srverify.claims.claim import Verdict, statement
from srverify.claims.obligation import Theorem
from srverify.claims.outcome import Trust
from srverify.kernels.rocq.replay.library import shipped
from srverify.kernels.rocq.site import Site


@pytest.fixture
def gullible(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a kernel in Rocq's place that knows every theorem, as one of total functions may."""
    import srverify.engines

    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    monkeypatch.setitem(srverify.engines.REGISTRY, "rocq", "fake_engines:Gullible")
    srverify.engines.engine.cache_clear()
    yield
    srverify.engines.engine.cache_clear()


def _check(tmp_path: Path, show: str, domain: str, engines: str = "()") -> tuple[Verdict, CheckResult]:
    body = f'claim("A01", Check("c", statement("{show}", x="{domain}"), engines={engines}, rocq="T"))'
    result = run_audit(write_claims(tmp_path / "proofs", f"CLAIMS = ({body},)"))
    (claim,) = result.claims
    assert not result.contradictions
    return claim.verdict, claim.checks[0]


@pytest.mark.parametrize(
    ("show", "engines"),
    [
        ("0 <= sqrt(x)", "()"),
        ("0 <= x^2/x^2", '("sympy",)'),
        ("log(x) <= log(x) + 1", '("mpmath",)'),
        ("acos(x) <= 4 or x > 2", "()"),
    ],
)
def test_a_theorem_about_values_without_meaning_proves_no_statement(tmp_path, gullible, show, engines):
    verdict, check = _check(tmp_path, show, "real", engines)
    assert verdict is Verdict.OPEN
    assert any("total functions only" in problem for problem in check.problems), check.problems


def test_another_engines_proof_does_not_lend_meaning_to_a_kernels(tmp_path, gullible):
    """SymPy cancels what is 0 at one point."""
    _, check = _check(tmp_path, "(x^2 - 1)/(x - 1) = x + 1", "real", '("sympy",)')
    assert check.trust is not Trust.KERNEL
    assert any("total functions only" in problem for problem in check.problems), check.problems


@pytest.mark.parametrize(
    ("show", "domain"),
    [
        ("0 <= sqrt(x + 1)", "[-1, oo)"),
        ("log(x) <= x", "(0, oo)"),
        ("x <= x", "real"),
        ("0 < x implies log(x) <= x", "real"),
        ("(0 <= x and 0 <= sqrt(x)) or x < 0", "real"),
    ],
)
def test_where_terms_are_defined_the_kernels_word_counts(tmp_path, gullible, show, domain):
    verdict, check = _check(tmp_path, show, domain)
    assert (verdict, check.trust) == (Verdict.HOLDS, Trust.KERNEL), check.problems


@pytest.mark.parametrize(
    ("place", "change", "refused"),
    [
        ("LambertW.v", lambda text: text, False),
        ("Topic/LambertW.v", lambda text: "(* A copy. *)\n" + text, False),
        ("LambertW.v", lambda text: "Definition W0 (x : R) : R := 0.\n", True),
        ("Topic/LambertW.v", lambda text: text + 'Notation "x <= y" := True : R_scope.\n', True),
    ],
)
def test_w_is_defined_as_in_the_development_that_came_with_srverify(tmp_path, place, change, refused):
    (tmp_path / place).parent.mkdir(exist_ok=True)
    (tmp_path / place).write_text(change(shipped("Scalar/LambertW")))
    source = "From SRVerify Require Import LambertW.\nTheorem T : True.\nProof. auto. Qed.\n"
    (tmp_path / "A.v").write_text(source)
    site = Site(tmp_path, tmp_path / "build", "none")
    theorem = Theorem("rocq", "T", statement("LambertW(x, 0) <= 1/2", x="[0, 1]"))
    problem = site.unsound(site.question(theorem), build=False)
    assert (problem is not None and "W0 may be anything" in problem) == refused
