"""The runner on a real Dask cluster on this machine."""

from __future__ import annotations

import os
import signal
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import distributed
import pytest
from auditing import run_audit, write_claims

from srverify.claims.outcome import Status
from srverify.language.errors import InputError
from srverify.running import cluster as running_cluster
from srverify.running.cluster import DaskExecutor
from srverify.running.executor import LocalExecutor, available_cores, make_executor
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


@pytest.mark.parametrize(("breaks", "message"), [(2, ""), (3, "cannot run srverify: gone")])
def test_a_worker_that_goes_while_it_is_asked_what_it_runs_may_be_replaced(
    address: str, monkeypatch: pytest.MonkeyPatch, breaks: int, message: str
) -> None:
    ask = distributed.Client.run
    calls: list[object] = []

    def run(client: distributed.Client, *arguments: object) -> object:
        calls.append(arguments)
        if len(calls) <= breaks:
            raise distributed.comm.CommClosedError("gone")
        return ask(client, *arguments)

    monkeypatch.setattr(distributed.Client, "run", run)
    if message:
        with pytest.raises(InputError, match=message):
            make_executor(address)
    else:
        make_executor(address).shutdown()
    assert len(calls) == 3


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
    monkeypatch.setattr("srverify.running.cluster.CONNECT_SECONDS", 1)
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


def local_cluster(workers: int, processes: bool = False) -> distributed.LocalCluster:
    return distributed.LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        processes=processes,
        protocol="tcp://",
        host="127.0.0.1",
        dashboard_address=None,
    )


def test_scheduler_without_workers_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running_cluster, "WORKER_SECONDS", 1)
    with local_cluster(0) as cluster:
        address = cluster.scheduler_address
        with pytest.raises(InputError) as caught:
            make_executor(f"dask:{address}")
    place = f"the Dask scheduler at {address} has no workers"
    assert str(caught.value) == f"{place}: start one with 'dask worker {address}'"


@pytest.mark.parametrize(
    ("found", "reason"),
    [
        (("0" * 64, {}), "has other sources of srverify: install ours"),
        ((None, {"z3-solver": "0.1"}), "has sympy None, not "),
    ],
)
def test_workers_with_other_versions_are_refused(
    found: tuple[str | None, dict[str, str]],
    reason: str,
    address: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sources, versions = found
    other = (sources or running_cluster.identity()[0], versions)
    monkeypatch.setattr(distributed.Client, "run", lambda *_: {"tcp://other": other})
    with pytest.raises(InputError, match=f"the Dask worker tcp://other {reason}"):
        make_executor(address)


def test_workers_that_all_leave_end_the_run(
    tmp_path: Path, fakes: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The scheduler alone would wait for a worker for ever."""
    monkeypatch.setattr(running_cluster, "LOST_SECONDS", 1.0)
    with local_cluster(1) as cluster, make_executor(f"dask:{cluster.scheduler_address}") as executor:
        cluster.scale(0)
        cluster.sync(cluster._correct_state)
        future = executor.submit(abs, -1)
        with pytest.raises(running_cluster.ClusterLostError, match="no worker for 1 s"):
            future.result(timeout=30)


def test_worker_killed_in_a_run_is_replaced(tmp_path: Path, fakes: None) -> None:
    folder = write_claims(tmp_path, CLAIMS.format(engine="slow"))
    with local_cluster(1, processes=True) as cluster:
        (worker,) = cluster.workers.values()
        timer = threading.Timer(0.5, lambda: os.kill(worker.pid, signal.SIGKILL))
        timer.start()
        result = run_audit(folder, executor=f"dask:{cluster.scheduler_address}")
        timer.join()
    assert result.ok
