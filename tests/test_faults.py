"""What goes wrong with an engine costs that engine's own outcome, and nothing else."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from auditing import run_audit, write_claims

from srverify.audit import AuditResult
from srverify.audit.result import CheckState
from srverify.claims.outcome import Outcome, Status

pytestmark = pytest.mark.usefixtures("fakes")

CHECK = """
CLAIMS = (
    claim("A01", Check("main", statement("0 <= x^2", x="real"), engines=("oracle", "{engine}"))),
    claim("A02", Check("main", statement("x <= x + 1", x="real"), engines=("oracle",))),
)
"""


def audit_with(engine: str, folder: Path, **settings: object) -> tuple[Outcome, AuditResult]:
    result = run_audit(write_claims(folder, CHECK.format(engine=engine)), **settings)
    outcome = result.claims[0].checks[0].evidence.outcomes[-1]
    assert outcome.engine == engine
    return outcome, result


@pytest.mark.parametrize(
    ("engine", "detail"),
    [
        ("killed", "the worker was killed by SIGKILL"),
        ("segfault", "the worker was killed by SIGSEGV"),
        ("exits", "the worker exited with status 3: something went wrong inside"),
        ("raises", "ZeroDivisionError: oh no (fake_engines.py:"),
        ("opaque", "the outcome is not plain data: "),
        ("untrusted", "proved, but does not say what is trusted"),
        ("broken", "AttributeError: "),
    ],
)
def test_fault_is_an_error_of_its_own_run_only(engine: str, detail: str, tmp_path: Path) -> None:
    outcome, result = audit_with(engine, tmp_path)
    assert outcome.status is Status.ERROR
    assert outcome.detail.startswith(detail)
    assert [str(claim.verdict) for claim in result.claims] == ["holds", "holds"]
    assert result.ok


@pytest.mark.parametrize("engine", ["segfault", "raises"])
def test_fault_of_ours_names_a_file_to_send(
    engine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    outcome, _ = audit_with(engine, tmp_path / "claims")
    # A worker that an earlier test left waiting keeps the cache that it was started with.
    report = Path(outcome.detail.rpartition("; please send ")[2])
    assert report.parent.name == "crashes"
    text = report.read_text()
    assert "0 <= x^2" in text
    assert {"segfault": "SIGSEGV", "raises": "ZeroDivisionError: oh no"}[engine] in text


def test_memory_beyond_the_limit_is_an_error(tmp_path: Path) -> None:
    outcome, result = audit_with("hungry", tmp_path, memory_mb=1024)
    assert (outcome.status, outcome.detail) == (Status.ERROR, "out of memory (limit 1024 MiB)")
    assert result.ok


def test_hang_is_a_timeout_and_its_processes_are_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAKE_PIDS", str(tmp_path / "pids"))
    outcome, result = audit_with("hangs", tmp_path / "claims", timeout=0.5)
    assert (outcome.status, outcome.detail) == (Status.TIMEOUT, "killed after 0.5 s")
    assert result.ok
    assert not any(map(alive, (tmp_path / "pids").read_text().split()))


def test_endless_work_is_a_timeout(tmp_path: Path) -> None:
    outcome, result = audit_with("spins", tmp_path, timeout=0.5)
    assert (outcome.status, outcome.detail) == (Status.TIMEOUT, "killed after 0.5 s")
    assert result.ok


def test_library_that_is_missing_is_unavailable_not_an_error(tmp_path: Path) -> None:
    outcome, result = audit_with("nolibrary", tmp_path)
    assert outcome.status is Status.UNAVAILABLE
    assert "a_library_that_is_not_installed" in outcome.detail
    assert result.ok


def test_unavailable_engine_says_how_to_install_it(tmp_path: Path) -> None:
    outcome, _ = audit_with("missing", tmp_path)
    assert outcome.status is Status.UNAVAILABLE
    assert outcome.detail == "no library (pip install library)"


def test_what_an_engine_prints_is_not_taken_for_its_answer(tmp_path: Path) -> None:
    outcome, _ = audit_with("chatty", tmp_path)
    assert outcome.status is Status.PROVED


def test_witness_that_nobody_confirms_is_an_error(tmp_path: Path) -> None:
    outcome, result = audit_with("no", tmp_path)
    assert outcome.status is Status.ERROR
    assert outcome.detail == "witness not confirmed: {'x': '1'}"
    assert result.ok


def test_refused_obligation_is_unknown_with_the_reason(tmp_path: Path) -> None:
    outcome, _ = audit_with("shy", tmp_path)
    assert (outcome.status, outcome.detail) == (Status.UNKNOWN, "not taken: takes nothing")


def test_proof_by_sampling_does_not_settle(tmp_path: Path) -> None:
    body = CHECK.format(engine="numerical").replace('"oracle", "numerical"', '"numerical",')
    result = run_audit(write_claims(tmp_path, body))
    assert result.claims[0].checks[0].state is CheckState.FAILED
    assert not result.ok


def alive(pid: str) -> bool:
    """Tell whether a process exists and is not a zombie; waits a moment for it to go."""
    for _ in range(50):
        try:
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return False
        except FileNotFoundError:
            return False
        time.sleep(0.1)
    return True


AUDIT = """
import sys
sys.path.insert(0, {tests!r})
import srverify.engines, fake_engines
srverify.engines.REGISTRY.update(fake_engines.REGISTRY)
from srverify.audit import plan
plan.REFUTERS = ()
from srverify.commands.cli import run
raise SystemExit(run(sys.argv[1:]))
"""


def start_audit(folder: Path, pids: Path, cache: Path, *more: str) -> subprocess.Popen[str]:
    """Start an audit in a process of its own and wait until its engine hangs."""
    tests = str(Path(__file__).parent)
    environment = {**os.environ, "FAKE_PIDS": str(pids), "XDG_CACHE_HOME": str(cache)}
    process = subprocess.Popen(
        [sys.executable, "-c", AUDIT.format(tests=tests), "audit", str(folder), "--jobs", "1", *more],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    for _ in range(300):
        if pids.exists() and len(pids.read_text().split()) == 2:
            return process
        time.sleep(0.1)
    process.kill()
    raise AssertionError(process.communicate())


HANGING = """
CLAIMS = (
    claim("A01", Check("main", statement("0 <= x^2", x="real"), engines=("oracle",))),
    claim("A02", Check("main", statement("x <= x + 1", x="real"), engines=("hangs",))),
)
"""


def test_interrupt_stops_workers_at_once_and_keeps_what_is_finished(tmp_path: Path) -> None:
    folder = write_claims(tmp_path / "claims", HANGING)
    process = start_audit(folder, tmp_path / "pids", tmp_path / "cache", "--timeout", "100")
    assert process.stdout is not None
    # The next claim's engine hangs already; this one's line may take a moment more.
    out = next(line for line in process.stdout if line.startswith("A01"))
    started = time.monotonic()
    process.send_signal(signal.SIGINT)
    rest, err = process.communicate(timeout=30)
    assert time.monotonic() - started < 10
    assert process.returncode == 130
    assert err == "srverify: interrupted\n"
    assert "holds" in out
    assert rest == ""
    assert not any(map(alive, (tmp_path / "pids").read_text().split()))
    # A01's main run and its turned conclusion; a mutant of A02 may have fallen meanwhile.
    assert len(list((tmp_path / "cache").rglob("*.json"))) in (2, 3)


def test_workers_die_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    folder = write_claims(tmp_path / "claims", HANGING)
    process = start_audit(folder, tmp_path / "pids", tmp_path / "cache", "--timeout", "100")
    process.kill()
    process.communicate(timeout=30)
    assert not any(map(alive, (tmp_path / "pids").read_text().split()))
