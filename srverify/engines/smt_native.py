"""The functions that an installed solver knows itself: found out by asking it, used under hard limits.

What a version knows is not guessed from its number. A function counts as known if the solver takes its
symbol and refutes at once what nobody refutes who takes it for just any function. Questions that use
such a symbol go to a process of their own, since a solver may heed no limit of its own there. What it
concludes is its word, as any ``unsat`` without a proof object; ``benchmarks/native_functions.py`` says
how often that was right.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import cache
from typing import TypeAlias

from srverify.engines.smt_solvers import CVC5, Z3, Answer, Ask, Solver
from srverify.numerics.clock import Clock, now
from srverify.running.isolation import WorkerDiedError, WorkerLateError, WorkerProcess

#: MiB that such a question may take.
MEMORY_MB = 2048
#: Seconds of a probe; and those by which a solver may be late before it is killed.
_PROBE_SECONDS, _GRACE_SECONDS = 1.0, 0.3
_SOLVERS = {"z3": Z3, "cvc5": CVC5}

#: A function's symbols, and what cannot hold of it at any x.
_PROBES: dict[str, tuple[tuple[str, ...], str]] = {
    "exp": (("exp",), "(< ({0} x) 0.0)"),
    "log": (("log",), "(and (< 0.0 x) (< (- x 1.0) ({0} x)))"),
    "sin": (("sin",), "(< 2.0 ({0} x))"),
    "cos": (("cos",), "(< 2.0 ({0} x))"),
    "asin": (("asin", "arcsin"), "(and (<= (- 1.0) x) (<= x 1.0) (< 2.0 ({0} x)))"),
    "acos": (("acos", "arccos"), "(and (<= (- 1.0) x) (<= x 1.0) (< ({0} x) (- 1.0)))"),
    "atan": (("atan", "arctan"), "(< 4.0 ({0} x))"),
}

_Question: TypeAlias = tuple[str, str, float, int, int]
_process = WorkerProcess()


def _asked(question: _Question) -> tuple[Answer, float]:
    """Ask in this process, and tell what it took; what a solver cannot read is unknown to it."""
    name, text, seconds, seed, units = question
    begun = now()
    try:
        # Exact roots do not travel; their approximations have to do.
        answer = replace(_SOLVERS[name].opened()(text, seconds, seed, units), roots={})
    except MemoryError:
        raise
    except Exception as error:
        answer = Answer("unknown", reason=f"{type(error).__name__}: {str(error).splitlines()[0][:120]}")
    return answer, now() - begun


def bounded(name: str, clock: Clock) -> Ask:
    """Return a way to ask a solver in a process of its own, killed when it takes too long or too much.

    What the questions take is charged to the clock.
    """

    def ask(text: str, seconds: float, seed: int, units: int = 0) -> Answer:
        answer: Answer
        taken = seconds
        try:
            answer, taken = _process.call_within(
                seconds + _GRACE_SECONDS, MEMORY_MB, _asked, (name, text, seconds, seed, units)
            )
        except WorkerLateError:
            answer = Answer("unknown", reason="killed: it heeds no limit there")
        except (WorkerDiedError, MemoryError) as error:
            answer = Answer("unknown", reason=f"its process ended: {error}")
        clock.deadline -= taken
        return answer

    return ask


def natively(name: str, solver: Solver, clock: Clock) -> Solver:
    """Return a solver whose questions are asked by ``bounded``."""
    return replace(solver, ask=bounded(name, clock), session=None)


@cache
def _symbol(name: str, function: str) -> str | None:
    symbols, impossible = _PROBES[function]
    ask = bounded(name, Clock.after(_PROBE_SECONDS))
    for symbol in symbols:
        text = f"(declare-fun x () Real)\n(assert {impossible.format(symbol)})\n(check-sat)\n"
        if ask(text, _PROBE_SECONDS, 0, 0).result == "unsat":
            return symbol
    return None


def known_natively(name: str, functions: Collection[str]) -> Mapping[str, str]:
    """Return those of the functions that an installed solver knows, each with its symbol for it."""
    found = {function: _symbol(name, function) for function in functions if function in _PROBES}
    return {function: symbol for function, symbol in found.items() if symbol is not None}
