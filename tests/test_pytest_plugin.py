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
    pytester.makepyfile(a_claims="CLAIMS = (1,)")
    result = run(pytester, "--srverify")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*CLAIMS must be a tuple of Claim*"])
