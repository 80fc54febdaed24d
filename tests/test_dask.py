"""The runner on a real Dask cluster on this machine."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import distributed
import pytest
from auditing import run_audit, write_claims

from srverify.claims.outcome import Status
from srverify.language.errors import InputError
from srverify.running.executor import DaskExecutor, LocalExecutor, available_cores, make_executor
from srverify.running.isolation import call_isolated

CLAIMS = """
CLAIMS = (
    claim("A01", Check("c", statement("0 <= x^2", x="real"), engines=("oracle", "{engine}"))),
    claim("A02", Check("c", statement("x <= x + 1", x="real"), engines=("oracle",))),
)
"""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with distributed.LocalCluster(
        n_workers=1,
        threads_per_worker=2,
        processes=False,
        protocol="tcp://",
        host="127.0.0.1",
        dashboard_address=None,
    ) as cluster:
        yield f"dask:{cluster.scheduler_address}"


def test_audit_on_a_cluster(address: str, tmp_path: Path, fakes: None) -> None:
    folder = write_claims(tmp_path, CLAIMS.format(engine="slow"))
    local = run_audit(folder)
    remote = run_audit(folder, executor=address)
    assert remote.ok

    def shape(result: object) -> list[tuple[object, ...]]:
        checks = [check for claim in result.claims for check in claim.checks]  # type: ignore[attr-defined]
        return [(c.state, c.trust, c.settled_by, c.evidence.mutants[0].fate) for c in checks]

    assert shape(remote) == shape(local)


def test_crash_on_a_cluster_costs_its_own_outcome(address: str, tmp_path: Path, fakes: None) -> None:
    result = run_audit(write_claims(tmp_path, CLAIMS.format(engine="killed")), executor=address)
    outcome = result.claims[0].checks[0].evidence.outcomes[1]
    assert (outcome.status, outcome.detail) == (Status.ERROR, "the worker was killed by SIGKILL")
    assert result.ok


def test_cluster_runs_plain_functions(address: str) -> None:
    with make_executor(address) as executor:
        assert isinstance(executor, DaskExecutor)
        assert list(executor.map(abs, [-1, 2, -3])) == [1, 2, 3]


def test_local_executor_runs_plain_functions_in_worker_processes() -> None:
    with make_executor("local", 2) as executor:
        assert isinstance(executor, LocalExecutor)
        future = executor.submit(call_isolated, os.getpid)
        assert future.result() != os.getpid()
        with pytest.raises(ZeroDivisionError):
            executor.submit(call_isolated, divmod, 1, 0).result()


@pytest.mark.parametrize("spec", ["dusk", "dask", "dask:", "dask:localhost", "local:2", ""])
def test_unknown_executor(spec: str) -> None:
    with pytest.raises(InputError, match="write 'local' or 'dask:tcp://HOST:PORT'"):
        make_executor(spec)


def test_unreachable_scheduler(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("srverify.running.executor.CONNECT_SECONDS", 1)
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{held.getsockname()[1]}"
        with pytest.raises(InputError) as caught:
            make_executor(f"dask:{address}")
    assert str(caught.value).startswith(f"cannot reach a Dask scheduler at {address}: ")
    assert "\n" not in str(caught.value)


def test_jobs_must_be_positive() -> None:
    with pytest.raises(InputError, match="at least 1, not 0"):
        make_executor(None, 0)
    assert available_cores() >= 1
