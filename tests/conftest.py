from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

# Before anything imports numpy, as in workers: threads for small matrices count as work and slow down.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# What a busy machine takes for an example says nothing about the program. Two runs on the same code say
# the same: new examples are looked for with ``pytest --hypothesis-profile=explore``.
settings.register_profile("repeatable", deadline=None, derandomize=True)
settings.register_profile("explore", deadline=None, max_examples=300)
settings.load_profile("repeatable")


def pytest_configure() -> None:
    """Undo what ``nohup`` and background shells ignore: the commands under test would inherit it."""
    for number, usual in (
        (signal.SIGINT, signal.default_int_handler),
        (signal.SIGHUP, signal.SIG_DFL),
        (signal.SIGTERM, signal.SIG_DFL),
    ):
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, usual)


@pytest.fixture
def fakes(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Register the fake engines beside the real ones."""
    import fake_engines

    import srverify.engines
    from srverify.audit import plan

    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    for name, entry in fake_engines.REGISTRY.items():
        monkeypatch.setitem(srverify.engines.REGISTRY, name, entry)
    # The fakes alone decide: no real engine helps with mutants.
    monkeypatch.setattr(plan, "REFUTERS", ())
    srverify.engines.engine.cache_clear()
    yield
    srverify.engines.engine.cache_clear()


class _Kept(Executor):
    """An executor that outlives the audits which think that they shut it down."""

    def __init__(self, executor: Executor) -> None:
        self._executor = executor

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        return self._executor.submit(fn, *args, **kwargs)


@pytest.fixture(scope="module")
def _kept() -> Iterator[_Kept]:
    from srverify.running.executor import LocalExecutor

    executor = LocalExecutor(1)
    yield _Kept(executor)
    executor.shutdown()


@pytest.fixture
def shared_worker(_kept: _Kept, fakes: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the audits of a module share one worker process: starting one costs more than they do.

    Audits that ask for several jobs or for another executor get what they ask for.
    """
    import srverify.audit.run
    from srverify.running.executor import make_executor

    def make(spec: str | None = None, jobs: int | None = None) -> Executor:
        return _kept if spec is None and jobs in (None, 1) else make_executor(spec, jobs)

    monkeypatch.setattr(srverify.audit.run, "make_executor", make)
