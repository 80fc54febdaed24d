"""What a solver knows itself of exp and the like: found out by asking, bounded, and never rigorous."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from srverify.claims.obligation import Options
from srverify.claims.outcome import Status, Trust
from srverify.emit.smtlib import Encoder
from srverify.engines import smt_native, smt_refinement
from srverify.engines.smt_proof import SolverProofSearch
from srverify.engines.smt_refinement import Refinement
from srverify.engines.smt_solvers import CVC5, Z3, Answer, Solver, z3_options
from srverify.language.statement import Statement
from srverify.numerics.clock import Clock

BENCHMARK = Path(__file__).parents[1] / "benchmarks" / "native_functions.py"
SOLVERS = {"z3": Z3, "cvc5": CVC5}


def test_what_a_solver_knows_is_found_by_asking_it() -> None:
    z3 = smt_native.known_natively("z3", ["exp", "sin", "erf"])
    cvc5 = smt_native.known_natively("cvc5", ["exp", "log", "sin", "asin"])
    assert set(z3) <= {"exp", "sin"}
    # cvc5 has no logarithm, and calls the arc functions by their long names.
    assert cvc5 == {"exp": "exp", "sin": "sin", "asin": "arcsin"}


def test_a_symbol_that_stands_for_any_function_is_not_known(monkeypatch: pytest.MonkeyPatch) -> None:
    def declares(name: str, clock: Clock) -> object:
        return lambda text, seconds, seed, units=0: Answer("sat")

    monkeypatch.setattr(smt_native, "bounded", declares)
    smt_native._symbol.cache_clear()
    try:
        assert smt_native.known_natively("z3", ["exp"]) == {}
    finally:
        smt_native._symbol.cache_clear()


def test_definedness_is_written_out() -> None:
    encoder = Encoder(Statement.parse("log(x) <= x", ["x <= 5"]), native={"log": "log"})
    assert "(=> (< 0.0 x) (= log!1 (log (ite (< 0.0 x) x 1.0))))" in encoder.text
    assert "set-logic" not in encoder.text
    # At 0 or below the solver's own value must not count: the statement is false there.
    answer = smt_native.bounded("z3", Clock.after(5))(encoder.text, 5, 0)
    assert answer.result != "unsat"


@pytest.mark.parametrize("name", SOLVERS)
def test_an_answer_that_rests_on_it_is_not_rigorous(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Refinement, "_structural", lambda self, level: iter(()))
    for search in ("short", "whole"):
        monkeypatch.setattr(SolverProofSearch, search, lambda *_: None)
    statement = Statement.parse("sin(x)^2 + cos(x) < 3")
    native = smt_native.known_natively(name, ["sin", "cos"])
    clock = Clock.after(10)
    solver = smt_native.natively(name, SOLVERS[name], clock)
    outcome = Refinement(name, statement, solver, Options(timeout=10), "int", clock, native).run()
    assert (outcome.status, outcome.trust) == (Status.PROVED, Trust.SYMBOLIC), outcome.detail
    assert outcome.evidence["native"] == list(native)
    assert "as far as it knows" in outcome.detail


def test_it_is_asked_last_and_not_where_time_is_short(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def gives_up(text: str, seconds: float, seed: int, units: int = 0) -> Answer:
        return Answer("unknown", reason="incomplete")

    def bounded(name: str, clock: Clock) -> object:
        def ask(text: str, seconds: float, seed: int, units: int = 0) -> Answer:
            asked.append(text)
            return Answer("unsat")

        return ask

    monkeypatch.setattr(smt_native, "bounded", bounded)
    for search in ("short", "whole"):
        monkeypatch.setattr(SolverProofSearch, search, lambda *_: None)
    smt_native._symbol.cache_clear()
    solver = Solver(gives_up, z3_options)
    statement = Statement.parse("sin(x) <= 2")
    try:
        short = smt_refinement.settle_statement("z3", statement, solver, Options(timeout=2))
        assert short.status is Status.UNKNOWN
        assert not asked
        long = smt_refinement.settle_statement("z3", statement, solver, Options(timeout=40))
        assert (long.status, long.trust) == (Status.PROVED, Trust.SYMBOLIC)
        assert "(sin x)" in asked[-1]
    finally:
        smt_native._symbol.cache_clear()


def test_a_question_that_never_ends_is_killed() -> None:
    clock = Clock.after(100)
    before = clock.left()
    text = "(declare-fun x () Real)\n(assert (and (< 1.0 x) (< (log x) 0.0)))\n(check-sat)\n"
    answer = smt_native.bounded("z3", clock)(text, 0.5, 0)
    assert answer.result in ("unknown", "unsat")
    assert before - clock.left() <= 5
    # And the next one is answered.
    text = "(declare-fun x () Real)\n(assert (< x x))\n(check-sat)\n"
    assert smt_native.bounded("z3", clock)(text, 5, 0).result == "unsat"


def test_random_statements_are_not_proved_wrongly() -> None:
    command = [sys.executable, str(BENCHMARK), "--statements", "12", "--seed", "7", "--seconds", "0.2"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.endswith("wrong unsat: 0\n")
