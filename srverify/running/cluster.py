"""The executor of an existing Dask cluster, which says what is wrong instead of waiting for ever."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any, ParamSpec, TypeVar

from srverify.language.errors import InputError
from srverify.running.cache import forget_sources, package_digest
from srverify.running.crash import library_versions

P = ParamSpec("P")
T = TypeVar("T")

#: Seconds to wait for a scheduler, and for its first worker.
CONNECT_SECONDS = 10
WORKER_SECONDS = 10
#: How often workers are asked what they run, if connections to them break.
_ATTEMPTS = 3
#: A run is given up when the cluster has had no worker for so many seconds.
LOST_SECONDS = 30.0
_LOOK_SECONDS = 1.0


class ClusterLostError(Exception):
    """The cluster has no workers any more, or no scheduler."""


def identity() -> tuple[str, dict[str, str]]:
    """Return what outcomes depend on, of the process that runs this: our sources, and libraries."""
    forget_sources()
    return package_digest(), library_versions()


class DaskExecutor(Executor):
    """Runs what is submitted on a cluster; the connection is closed at shutdown.

    Raises InputError if there is no scheduler or no worker, or if a worker would run other sources of
    srverify or other libraries: its outcomes would be remembered as if ours had found them.
    """

    def __init__(self, address: str) -> None:
        try:
            from distributed import Client as _Client
        except ImportError as error:
            raise InputError(
                f"--executor dask needs Dask ({error}): pip install 'srverify[dask]'"
            ) from None
        try:
            client: Any = _Client  # untyped library
            self._client = client(address, timeout=CONNECT_SECONDS, set_as_default=False)
        except (OSError, TimeoutError, ValueError) as error:
            reason = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise InputError(f"cannot reach a Dask scheduler at {address}: {reason}") from None
        try:
            self._require_workers(address)
        except BaseException:
            self._client.close()
            raise
        # Tasks with equal arguments are still distinct runs.
        self._executor = self._client.get_executor(pure=False)
        self._open: set[Future[Any]] = set()
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._watch = threading.Thread(target=self._watch_workers, daemon=True)
        self._watch.start()

    def _require_workers(self, address: str) -> None:
        found = self._identities(address)
        sources, libraries = identity()
        for worker, (other, versions) in found.items():
            if other != sources:
                raise InputError(f"the Dask worker {worker} has other sources of srverify: install ours")
            for name, version in libraries.items():
                if versions.get(name) != version:
                    raise InputError(
                        f"the Dask worker {worker} has {name} {versions.get(name)}, not {version}"
                    )

    def _identities(self, address: str) -> dict[str, Any]:
        """Ask all workers what they run; one that goes meanwhile may be replaced by its nanny."""
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                self._client.wait_for_workers(1, timeout=WORKER_SECONDS)
            except TimeoutError:
                raise InputError(
                    f"the Dask scheduler at {address} has no workers:"
                    f" start one with 'dask worker {address}'"
                ) from None
            try:
                found: dict[str, Any] = self._client.run(identity)
                return found
            except Exception as error:
                if isinstance(error, OSError) and attempt < _ATTEMPTS:
                    continue
                reason = (str(error) or type(error).__name__).splitlines()[0]
                raise InputError(f"a Dask worker cannot run srverify: {reason}") from None
        raise AssertionError

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Submit a picklable call."""
        ours: Future[T] = Future()
        ours.set_running_or_notify_cancel()
        with self._lock:
            self._open.add(ours)
        theirs: Future[T] = self._executor.submit(fn, *args, **kwargs)
        theirs.add_done_callback(lambda done: self._settle(ours, done))
        return ours

    def _settle(self, ours: Future[Any], theirs: Future[Any]) -> None:
        try:
            result = theirs.result()
        except BaseException as error:
            self._fail(ours, error)
            return
        with self._lock:
            if ours in self._open:
                self._open.discard(ours)
                ours.set_result(result)

    def _fail(self, future: Future[Any], error: BaseException) -> None:
        with self._lock:
            if future in self._open:
                self._open.discard(future)
                future.set_exception(error)

    def _watch_workers(self) -> None:
        """Give the open calls up once there has been nobody to run them for a while."""
        last = time.monotonic()
        while not self._ended.wait(_LOOK_SECONDS):
            try:
                some = bool(self._client.nthreads())
            except Exception:
                some = False  # the scheduler has gone
            if some:
                last = time.monotonic()
            elif time.monotonic() - last > LOST_SECONDS:
                error = ClusterLostError(f"the Dask cluster has had no worker for {LOST_SECONDS:g} s")
                for future in tuple(self._open):
                    self._fail(future, error)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Shut down and disconnect; what a worker is running ends at its own time limit."""
        self._ended.set()
        self._executor.shutdown(wait=wait and not cancel_futures and not self._is_lost())
        self._client.close()

    def _is_lost(self) -> bool:
        try:
            return not self._client.nthreads()
        except Exception:
            return True
