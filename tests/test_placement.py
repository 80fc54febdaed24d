"""Which worker a run goes to."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from srverify.audit.placement import WINDOW, Placement
from srverify.running.executor import LocalExecutor


@dataclass(frozen=True)
class Run:
    """A run that is placed."""

    topic: str
    libraries: frozenset[str] = frozenset()


def run(topic: str, *libraries: str) -> Run:
    """Return a run."""
    return Run(topic, frozenset(libraries))


def test_the_first_run_is_taken_where_nothing_is_known() -> None:
    assert Placement(2).choose(0, [run("a", "z3"), run("b")]) == 0


def test_a_worker_rather_takes_what_it_has_imported() -> None:
    placement = Placement(2)
    placement.place(0, run("a", "z3", "shared"))
    placement.place(1, run("b", "sympy"))
    runs = [run("c", "cvc5", "shared"), run("d"), run("e", "sympy")]
    assert placement.choose(0, runs) == 0
    assert placement.choose(1, runs) == 2


def test_a_worker_rather_takes_a_topic_that_it_knows() -> None:
    placement = Placement(2)
    placement.place(0, run("a"))
    runs = [run("a"), run("b")]
    assert placement.choose(0, runs) == 0
    assert placement.choose(1, runs) == 1


def test_nobody_is_idle_for_want_of_a_suitable_run() -> None:
    placement = Placement(2)
    placement.place(0, run("a", "z3"))
    assert placement.choose(1, [run("a", "z3")]) == 0


def test_only_the_next_runs_are_looked_at() -> None:
    placement = Placement(2)
    placement.place(0, run("a", "z3"))
    placement.place(1, run("b", "sympy"))
    runs = [run("c", "z3")] * WINDOW + [run("d", "sympy")]
    assert placement.choose(1, runs) == 0


def test_executors_of_single_workers_end_with_the_one_they_belong_to() -> None:
    with LocalExecutor(2) as executor:
        first, second = executor.apart()
        assert executor.apart() == (first, second)
        names = {one.submit(threading.get_ident).result() for one in (first, second)}
        assert len(names) == 2
    assert first._shutdown
    assert second._shutdown


def test_one_worker_is_its_own_executor() -> None:
    with LocalExecutor(1) as executor:
        assert executor.apart() == (executor,)
