"""The pytest plugin, run inside pytest."""

from __future__ import annotations

import pytest
from auditing import HEAD

pytest_plugins = ["pytester"]

CLAIMS = (
    HEAD
    + """
def true(seed):
    return Finding(True, "1 = 1")

def false(seed):
    return Finding(False, "1 <> 2", {"n": "2"})

CLAIMS = (
    claim("A01", Check("computed", Computation("one is one", "exact", true, false))),
    claim("A02", Check("wrong", Computation("one is two", "exact", false, true))),
    claim("A03", Check("absent", Theorem("lean", "nowhere", claim="unproved")), expected=Verdict.OPEN),
)
"""
)


@pytest.fixture
def claims(pytester, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(pytester.path / "cache"))
    pytester.makepyfile(a_claims=CLAIMS)
    return pytester


def run(pytester, *arguments):
    # Its own process: the plugin's engines must not meet those of this test run.
    return pytester.runpytest_subprocess(*arguments)


def test_checks_and_verdicts_are_items(claims):
    result = run(claims, "--srverify", "-v")
    result.assert_outcomes(passed=3, failed=2, skipped=1)
    result.stdout.fnmatch_lines(
        [
            "*A01-claim-a01/computed PASSED*",
            "*A02-claim-a02/wrong FAILED*",
            "*A03-claim-a03/absent SKIPPED*",
        ]
    )
    result.stdout.fnmatch_lines(["one is two", "exact: refuted: 1 <> 2"])


def test_without_the_flag_nothing_is_collected(claims):
    result = run(claims)
    result.assert_outcomes()


def test_keywords_and_markers_select(claims):
    run(claims, "--srverify", "-k", "A01", "-m", "srverify").assert_outcomes(passed=2, deselected=4)


def test_an_engine_that_is_not_asked_leaves_its_checks_open(claims):
    result = run(claims, "--srverify", "--srverify-engine", "z3", "-k", "A01")
    assert result.ret == pytest.ExitCode.TESTS_FAILED


def test_a_module_that_does_not_load_is_a_collection_error(pytester):
    pytester.makepyfile(a_claims="import srverify\nCLAIMS = (1,)")
    result = run(pytester, "--srverify")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*CLAIMS must be a tuple of Claim*"])


# -- layouts -----------------------------------------------------------------------------------------


@pytest.fixture
def laid_out(pytester, monkeypatch):
    """A repository: claims in nested folders, tests, and programs that say CLAIMS for other reasons."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(pytester.path / "cache"))
    proofs = pytester.mkdir("proofs")
    only_true = CLAIMS[: CLAIMS.index("CLAIMS = (")]
    one = '"A01", Check("computed", Computation("one is one", "exact", true, false))'
    (proofs / "b.py").write_text(f"{only_true}\nCLAIMS = (claim({one}),)\n")
    (proofs / "extra").mkdir()
    (proofs / "extra" / "x.py").write_text(
        f"{only_true}\nCLAIMS = (claim({one.replace('A01', 'B01')}),)\n"
    )
    (proofs / "extra" / "plot.py").write_text("raise SystemExit('imported')  # draws CLAIMS\n")
    (pytester.path / "tokens.py").write_text("CLAIMS = ('iss', 'aud')\nraise SystemExit('imported')\n")
    (pytester.path / "test_it.py").write_text("def test_one():\n    assert 1\n")
    return pytester


@pytest.mark.parametrize(
    ("words", "passed"),
    [
        ((), 5),
        (("proofs",), 4),
        (("proofs/b.py",), 2),
        (("proofs/extra/x.py",), 2),
        (("proofs/extra",), 2),
        (("proofs/b.py", "test_it.py"), 3),
        (("proofs/b.py", "proofs/b.py"), 2),
        (("proofs/b.py::A01-claim-a01/computed",), 1),
        (("--import-mode=importlib", "proofs/b.py"), 2),
        (("--doctest-modules", "proofs/b.py"), 2),
    ],
)
def test_layouts(laid_out, words, passed):
    result = run(laid_out, "--srverify", *words)
    result.assert_outcomes(passed=passed)
    result.stderr.no_fnmatch_line("*imported*")


def test_collecting_runs_nothing(laid_out):
    result = run(laid_out, "--srverify", "--collect-only", "-q")
    assert [line for line in result.outlines if "::" in line] == [
        "proofs/b.py::A01-claim-a01/computed",
        "proofs/b.py::A01-claim-a01",
        "proofs/extra/x.py::B01-claim-b01/computed",
        "proofs/extra/x.py::B01-claim-b01",
        "test_it.py::test_one",
    ]
    assert not (laid_out.path / "cache").exists()


def test_unknown_engine_is_one_line_of_usage(laid_out):
    result = run(laid_out, "--srverify", "--srverify-engine", "arbb")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    (line,) = [line for line in result.errlines if line.strip()]
    assert line.startswith("ERROR: --srverify-engine: unknown engine 'arbb' (known: ")


def test_distributed_runs(laid_out):
    run(laid_out, "--srverify", "-n", "2").assert_outcomes(passed=5)


def test_plugin_and_command_take_the_same_modules(laid_out):
    from srverify.claims.ledger import load

    ledger = load([laid_out.path / "proofs"])
    assert [claim.id for claim in ledger.claims] == ["A01", "B01"]
