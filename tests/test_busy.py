"""What a busy machine must not change: the limits count what a run has had, not what it waited for."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from load import differences, record, start, starved, write_ledger

from srverify.claims.obligation import Options
from srverify.engines import smt_solvers
from srverify.engines.lemmas import settled
from srverify.engines.lemmas.templates import Lemma
from srverify.language.statement import Statement
from srverify.numerics.clock import Clock
from srverify.running import meter
from srverify.running.meter import LOOK_SECONDS, Limit

AUDIT = ("audit", ".", "--timeout", "1", "--json")


def test_starved_audit_finds_the_same(tmp_path: Path) -> None:
    ledger = write_ledger(tmp_path / "proofs", 3)
    quiet, busy = tmp_path / "quiet.json", tmp_path / "busy.json"
    first = start(ledger, tmp_path / "one", *AUDIT, str(quiet))
    assert (first.communicate(timeout=300)[1], first.returncode) == ("", 0)
    second = start(ledger, tmp_path / "two", *AUDIT, str(busy))
    with starved(second.pid):
        _, err = second.communicate(timeout=600)
    assert not list(differences(record(quiet), record(busy)))
    assert (err, second.returncode) == ("", 0)


# -- what counts -------------------------------------------------------------------------------


@contextmanager
def running(code: str) -> Iterator[int]:
    process = subprocess.Popen(
        [sys.executable, "-c", f"print(flush=True)\n{code}"],
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        assert process.stdout is not None
        process.stdout.readline()
        yield process.pid
    finally:
        os.killpg(process.pid, signal.SIGKILL)  # what it started as well
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


def passes_within(limit: Limit, seconds: float) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if limit.passed():
            return True
        time.sleep(LOOK_SECONDS)
    return False


SPIN = "while True: pass"
COUNT = "i=0; while [ $i -lt 9999 ]; do i=$((i+1)); done"


@pytest.mark.parametrize(
    "code",
    [
        SPIN,
        "import time; time.sleep(1000)",
        f"import subprocess, sys; subprocess.run([sys.executable, '-c', {SPIN!r}])",
        "import subprocess; subprocess.run(['sleep', '1000'])",
        f"import subprocess\nwhile True: subprocess.run(['sh', '-c', {COUNT!r}])",
    ],
)
def test_work_and_sleep_count(code: str) -> None:
    with running(code) as process:
        assert passes_within(Limit(process, 0.3), 60)


def test_waiting_does_not_count() -> None:
    with running(SPIN) as process:
        os.kill(process, signal.SIGSTOP)
        limit = Limit(process, 0.3)
        assert not passes_within(limit, 1.0)
        os.kill(process, signal.SIGCONT)
        assert passes_within(limit, 60)


def test_waiting_is_not_endless(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meter, "LEAST_PATIENCE_SECONDS", 0.5)
    monkeypatch.setattr(meter, "PATIENCE", 0.0)
    with running(SPIN) as process:
        os.kill(process, signal.SIGSTOP)
        assert passes_within(Limit(process, 1000), 60)


def test_clock_counts_work_only() -> None:
    clock = Clock.after(0.2)
    time.sleep(0.3)
    assert clock.left() > 0.1
    clock.check()


# -- solvers and lemmas ------------------------------------------------------------------------


def test_solver_that_was_starved_is_asked_again() -> None:
    given: list[float] = []

    def ask(text: str, seconds: float, seed: int, units: int) -> smt_solvers.Answer:
        given.append(seconds)
        if len(given) < 3:
            time.sleep(seconds)  # on the wall its time is over, but it had no processor
            return smt_solvers.Answer("unknown", reason="timeout")
        return smt_solvers.Answer("unsat")

    assert smt_solvers.in_processor_time(ask)("", 0.01, 0, 0).result == "unsat"
    assert given[0] == 0.01 < given[1] < given[2]


def test_solver_that_had_its_time_is_not_asked_again() -> None:
    asked = 0

    def ask(text: str, seconds: float, seed: int, units: int) -> smt_solvers.Answer:
        nonlocal asked
        asked += 1
        until = time.thread_time() + seconds
        while time.thread_time() < until:
            pass
        return smt_solvers.Answer("unknown", reason="timeout")

    assert smt_solvers.in_processor_time(ask)("", 0.05, 0, 0).result == "unknown"
    assert asked == 1


@pytest.mark.parametrize("engine", ["z3", "cvc5"])
def test_units_of_a_solver_are_the_same_each_time_and_limit_it(engine: str) -> None:
    pytest.importorskip(engine)
    solver = {"z3": smt_solvers.Z3, "cvc5": smt_solvers.CVC5}[engine]
    text = (
        "(set-logic QF_NRA)(declare-const x Real)(declare-const y Real)"
        "(assert (> (* x x y) 3.0))(assert (< (+ x y) 1.0))(check-sat)\n"
    )
    first, second = (solver.opened()(text, 20.0, 0, 0) for _ in range(2))
    assert first.result == second.result == "sat"
    assert first.units == second.units > 20
    assert solver.opened()(text, 20.0, 0, 10).result == "unknown"


def test_lemma_that_nobody_decided_is_tried_again_with_more_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(settled, "_SETTLED", {})
    monkeypatch.setattr(settled, "_SECONDS", {})
    lemma = Lemma("hard", Statement.parse("x <= exp(x)", variables={"x": "real"}))
    assert not settled.settle(lemma, Options(timeout=-1.0)).usable
    assert not settled.settle(lemma, Options(timeout=-2.0)).usable
    assert settled.settle(lemma, Options(timeout=20.0)).usable
    assert settled.settle(lemma, Options(timeout=-1.0)).usable
