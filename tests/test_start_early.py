"""A worker that is started before it is needed: taken by the next thread, and no harm if it fails."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from processes import program

from srverify.claims.vocabulary import ENGINES
from srverify.running import isolation
from srverify.running.executor import LocalExecutor


@pytest.fixture(autouse=True)
def none_waiting() -> Iterator[None]:
    while isolation._early:  # of tests in which a command found nothing to ask
        early, waiting = isolation._early.pop()
        waiting.join()
        early.close()
    yield
    assert isolation._early == []


def _modules() -> list[str]:
    return [name for name in sys.modules if name.startswith("srverify.engines")]


def test_the_next_thread_takes_the_worker_with_what_it_imported() -> None:
    isolation.start_early(ENGINES["arb"])
    early, _ = isolation._early[-1]
    with LocalExecutor(1) as executor:
        loaded = executor.submit(isolation.call_isolated, _modules).result()
        assert executor._workers == [early]
    assert "srverify.engines.arb" in loaded
    assert early._process is None  # closed with its executor


def test_what_cannot_be_imported_early_is_told_later() -> None:
    isolation.start_early("srverify.engines.nowhere:Nothing")
    with LocalExecutor(1) as executor:
        assert executor.submit(isolation.call_isolated, os.getpid).result() != os.getpid()


def _started_by(folder: Path) -> list[str]:
    """Return the processes that have a folder in their environment, zombies aside."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if bytes(folder) in (process / "environ").read_bytes():
                found.append(process.name)
    return found


def test_nothing_is_left_where_nothing_is_asked(tmp_path: Path) -> None:
    ended = program("prove", "log(x) <= x -", folder=tmp_path)
    assert ended.returncode == 2
    assert ended.stderr.count("\n") == 1
    deadline = time.monotonic() + 30
    while _started_by(tmp_path) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _started_by(tmp_path)


def test_a_worker_can_be_started_before_statements_and_metadata_are_imported() -> None:
    code = "import sys, srverify.running.isolation; print(*sorted(sys.modules))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = found.stdout.split()
    assert "srverify.running.isolation" in loaded
    assert not {"srverify.language.statement", "srverify.claims.outcome", "importlib.metadata"} & {
        *loaded
    }


def test_results_of_a_proof_are_painted_without_what_claims_are() -> None:
    code = "import sys, srverify.report.style; print(*sorted(sys.modules))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "srverify.claims.claim" not in found.stdout.split()


def test_a_proof_loads_no_search_in_the_process_that_waits_for_it(tmp_path: Path) -> None:
    # Its worker does, meanwhile: that is most of what a short proof takes.
    code = (
        "import sys; from srverify.commands.cli import run;"
        "assert run(['prove', 'exp(x) >= 1 + x']) == 0;"
        "print([m for m in ('numpy', 'flint', 'sympy') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "XDG_CACHE_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "[]"
