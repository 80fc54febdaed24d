"""The prove command: typed statements, TOML files, SMT-LIB scripts; answers, messages, exit statuses."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from srverify.audit import portfolio as portfolio_module
from srverify.audit.lanes import Lanes
from srverify.audit.portfolio import Findings, Portfolio
from srverify.claims.obligation import Options
from srverify.claims.outcome import Outcome, Status, Trust
from srverify.commands.cli import run
from srverify.commands.prove import answer
from srverify.engines import REGISTRY, engine
from srverify.language.smtlib.reader import read_smtlib
from srverify.language.statement import Statement
from srverify.running.executor import Job, LocalExecutor
from srverify.running.task import Task, encode, options_data


@pytest.fixture
def failing(capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Run the command, expect exit status 2 and one line on stderr, return it."""

    def command(*arguments: str) -> str:
        assert run(["prove", *arguments]) == 2
        output = capsys.readouterr()
        assert output.out == ""
        assert output.err.count("\n") == 1
        assert output.err.startswith("srverify: ")
        return output.err.removeprefix("srverify: ").strip()

    return command


def results(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    data = json.loads(capsys.readouterr().out)
    assert data["schema"] == 1
    for result in data["results"]:
        assert {"id", "status", "engine", "seconds", "witness"} <= result.keys()
        assert result["status"] in ("proved", "refuted", "unknown")
    found: list[dict[str, Any]] = data["results"]
    return found


# -- answers -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("option", "hint"),
    [
        ("--given", "; each hypothesis has a --given of its own (try 'srverify prove --help')"),
        ("--var", "; each variable has a --var of its own (try 'srverify prove --help')"),
        ("--timeout", " (try 'srverify prove --help')"),
    ],
)
def test_a_second_value_of_an_option_is_told_from_other_words(
    option: str, hint: str, failing: Callable[..., str]
) -> None:
    assert failing("x*y > 0", option, "1", "y > 0") == f"unrecognized arguments: y > 0{hint}"


def test_a_typed_statement_is_proved_by_several_engines(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["prove", "x/y + y/x >= 2", "--given", "x > 0", "--given", "y > 0", "--all-engines"]
    assert run(asked) == 0
    output = capsys.readouterr().out
    assert output.startswith("proved   statement  by ")
    assert "also proved by" in output


@pytest.mark.parametrize(("show", "status"), [("log(x) <= x - 1", 0), ("log(x) <= x - 2", 1)])
def test_the_first_rigorous_answer_is_enough(
    show: str, status: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["prove", show, "--given", "x > 0", "--json"]) == status
    (result,) = results(capsys)
    assert [outcome["engine"] for outcome in result["outcomes"]] == ["arb"]


def _engines_asked(
    monkeypatch: pytest.MonkeyPatch, show: str, names: list[str], **how: Any
) -> tuple[Findings, list[str]]:
    """Settle a statement with some engines registered, of which the first is ``portfolio.FIRST``."""
    kept = {name: REGISTRY[name] for name in names}
    monkeypatch.setattr(portfolio_module, "REGISTRY", kept)
    monkeypatch.setattr(portfolio_module, "FIRST", names[0])
    with Portfolio((), Options(timeout=30), jobs=2, **how) as asked:
        found = asked.settle(Statement.parse(show))
    return found, sorted(outcome.engine for outcome in found.outcomes)


@pytest.mark.usefixtures("fakes")
def test_the_others_follow_where_the_first_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    found, asked = _engines_asked(monkeypatch, "x = x", ["killed", "yes"])
    assert (found.status, asked) == (Status.PROVED, ["killed", "yes"])
    monkeypatch.setattr(portfolio_module, "HEAD_START_SECONDS", 0.1)
    found, asked = _engines_asked(monkeypatch, "x = x", ["hangs", "yes"])
    assert (found.status, asked) == (Status.PROVED, ["hangs", "yes"])
    assert found.outcomes[-1].detail == "not waited for"


def _pids(asked: Portfolio) -> set[int]:
    assert asked._executor is not None
    return {w._process.pid for w in asked._executor._workers if w._process is not None}


@pytest.mark.usefixtures("fakes")
def test_only_the_workers_of_what_is_not_waited_for_are_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = {name: REGISTRY[name] for name in ("hangs", "yes")}
    monkeypatch.setattr(portfolio_module, "REGISTRY", kept)
    monkeypatch.setattr(portfolio_module, "FIRST", "hangs")
    monkeypatch.setattr(portfolio_module, "HEAD_START_SECONDS", 0.1)
    with Portfolio((), Options(timeout=300), jobs=2) as asked:
        for _ in range(3):
            found = asked.settle(Statement.parse("x = x"))
            assert {o.engine: o.status for o in found.outcomes}["yes"] is Status.PROVED
            # The idle one stays; the killed one is gone, so that no dying one meets the next statement.
            assert len(_pids(asked)) == 1


def test_statements_are_settled_side_by_side_and_told_in_order(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "many.toml"
    rows = [("x^2 >= 0", "proved"), ("exp(x) <= 3*x", "refuted"), ("x*x >= -1", "proved")] * 4
    table = '[[statement]]\nid = "s{0}"\nvars = {{x = "real"}}\ngiven = []\nshow = "{1}"\n'
    file.write_text("".join(table.format(index, show) for index, (show, _) in enumerate(rows)))
    assert run(["prove", "--file", str(file), "--json"]) == 1
    found = [(result["id"], result["status"]) for result in results(capsys)]
    assert found == [(f"s{index}", status) for index, (_, status) in enumerate(rows)]


@pytest.mark.usefixtures("fakes")
def test_what_stops_one_lane_stops_all() -> None:
    hanging = Statement.parse("x = x")
    started = threading.Event()

    def settle(goal: Statement | None, portfolio: Portfolio) -> Findings:
        if goal is None:
            started.wait(30)
            raise KeyboardInterrupt
        started.set()
        return portfolio.settle(goal)

    made: list[Portfolio] = []

    def make(workers: LocalExecutor) -> Portfolio:
        made.append(Portfolio(("hangs",), Options(timeout=300), executor=workers))
        return made[-1]

    with pytest.raises(KeyboardInterrupt), Lanes(make, 2) as lanes:
        list(lanes.map(settle, [None, hanging, hanging]))
    for portfolio in made:
        assert portfolio._executor is None
        with pytest.raises(RuntimeError, match="closed"):
            portfolio.settle(hanging)


@pytest.mark.usefixtures("fakes")
def test_no_worker_is_idle_while_a_statement_has_engines_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first is no answer; then one that hangs does not keep the next from its turn."""
    kept = {name: REGISTRY[name] for name in ("shy", "hangs", "yes", "numerical")}
    monkeypatch.setattr(portfolio_module, "REGISTRY", kept)
    monkeypatch.setattr(portfolio_module, "FIRST", "numerical")

    def make(workers: LocalExecutor) -> Portfolio:
        return Portfolio((), Options(timeout=30), executor=workers)

    with Lanes(make, 1, workers=2) as lanes:
        goals = [Statement.parse("x = x"), Statement.parse("x < 1")]
        for found in lanes.map(lambda goal, portfolio: portfolio.settle(goal), goals):
            assert found.outcomes[0].engine == "numerical"
            outcomes = {outcome.engine: outcome for outcome in found.outcomes}
            assert outcomes["yes"].status is Status.PROVED
            assert outcomes["hangs"].detail == "not waited for"


@pytest.mark.usefixtures("fakes")
def test_a_job_that_has_ended_holds_no_worker() -> None:
    task = Task("yes", REGISTRY["yes"], encode(Statement.parse("x = x")), options_data(Options()))
    executor = LocalExecutor(1)
    job = executor.start(Job((task,)))
    assert job.result()[0].status is Status.PROVED
    assert executor._started[job] == []
    executor.shutdown()


@pytest.mark.usefixtures("fakes")
@pytest.mark.parametrize(
    ("compare", "limits"),
    [(False, {"limited": 5.0, "whole": 20.0}), (True, dict.fromkeys(("limited", "whole"), 20.0))],
)
def test_what_is_beyond_an_engine_gets_a_part_of_the_limit_and_comes_last(
    compare: bool, limits: dict[str, float], monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ("numerical", "limited", "whole")
    monkeypatch.setattr(portfolio_module, "REGISTRY", {name: REGISTRY[name] for name in names})
    monkeypatch.setattr(portfolio_module, "FIRST", "numerical")
    with Portfolio((), Options(timeout=20), jobs=1, compare=compare) as asked:
        found = asked.settle(Statement.parse("x = x"))
    told = {o.engine: float(o.detail) for o in found.outcomes if o.engine != "numerical"}
    assert told == limits
    assert list(told) == (["limited", "whole"] if compare else ["whole", "limited"])


@pytest.mark.parametrize(
    ("show", "variables", "beyond"),
    [
        ("x^2 + y^2 >= 2*x*y", {"x": "real", "y": "real"}, False),
        ("sqrt(x) <= (1 + x)/2", {"x": "[0, oo)"}, False),
        ("exp(x) >= 1 + x", {"x": "real"}, True),
        ("sin(x) <= x", {"x": "[0, oo)"}, True),
        ("2*x >= x", {"x": "natural"}, True),
    ],
)
def test_solvers_decide_polynomials_over_the_reals(
    show: str, variables: dict[str, str], beyond: bool
) -> None:
    for name in ("z3", "cvc5"):
        assert engine(name).beyond(Statement.parse(show, variables=variables)) is beyond


def test_engines_that_are_named_get_the_whole_limit(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["prove", "exp(x) >= 1 + x", "--engine", "z3", "--timeout", "12", "--json"]
    assert run(asked) == 0
    (result,) = results(capsys)
    (outcome,) = result["outcomes"]
    assert outcome["evidence"]["options"]["timeout"] == "12000"


@pytest.mark.usefixtures("fakes")
def test_comparing_asks_everybody_and_a_weak_proof_is_not_enough(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found, asked = _engines_asked(monkeypatch, "x < 1", ["yes", "no"])
    assert (found.status, asked) == (Status.PROVED, ["yes"])
    found, asked = _engines_asked(monkeypatch, "x < 1", ["yes", "no"], compare=True)
    assert (found.status, asked) == (Status.UNKNOWN, ["no", "yes"])
    assert found.contradiction
    found, asked = _engines_asked(monkeypatch, "x < 1", ["yes", "no"], enough=Trust.KERNEL)
    assert found.contradiction


TOML = """
[[statement]]
id = "square"
vars = { x = "real" }
show = "x^2 >= 0"

[[statement]]
id = "not-so"
vars = { x = "[0, 1]", n = "natural [2, oo)" }
given = ["x > 0"]
show = "n*x >= 1"

[[statement]]
show = "x/x = 1"
"""


def test_a_toml_file_is_answered_statement_by_statement(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "statements.toml"
    file.write_text(TOML)
    assert run(["prove", "--file", str(file), "--engine", "z3", "cvc5", "--json"]) == 1
    square, not_so, undefined = results(capsys)
    assert (square["id"], square["status"], square["witness"]) == ("square", "proved", None)
    assert (not_so["id"], not_so["status"]) == ("not-so", "refuted")
    point = {name: Fraction(text) for name, text in not_so["witness"].items()}
    assert 0 < point["x"] <= 1
    assert point["n"] >= 2
    assert point["n"].denominator == 1
    assert point["n"] * point["x"] < 1
    # Undefined at 0, hence not true there.
    assert (undefined["status"], undefined["witness"]) == ("refuted", {"x": "0"})


SCRIPT = """
(set-logic QF_NRA)
(declare-const |a 1| Real)
(assert (> |a 1| 1))
(set-info :status sat)
(check-sat)
(assert (< (* |a 1| |a 1|) 1))
(set-info :status unsat)
(check-sat)
"""


def test_an_smt2_script_is_answered_as_its_status_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "script.smt2"
    file.write_text(SCRIPT)
    assert run(["prove", "--file", str(file), "--engine", "z3", "--json"]) == 0
    satisfiable, contradictory = results(capsys)
    assert (satisfiable["id"], satisfiable["status"]) == ("script:6", "refuted")
    assert Fraction(satisfiable["witness"]["a 1"]) > 1
    assert (contradictory["id"], contradictory["status"]) == ("script:9", "proved")
    assert "unsat" in contradictory["detail"]


@pytest.fixture(scope="module")
def portfolio() -> Iterator[Portfolio]:
    with Portfolio(["z3"], Options(timeout=10)) as found:
        yield found


@pytest.mark.parametrize(
    ("formula", "total"), [("(< (* x x) x)", True), ("(< (/ 1 x) x)", False), ("(< (exp x) x)", True)]
)
def test_a_proof_is_looked_for_once_where_no_term_is_partial(formula: str, total: bool) -> None:
    asked: list[tuple[Statement, bool]] = []

    class Undecided(Portfolio):
        def settle(self, statement: Statement, *, refute_only: bool = False) -> Findings:
            asked.append((statement, refute_only))
            return Findings((), 0.0)

    (question,) = read_smtlib(f"(declare-const x Real)(assert {formula})(check-sat)")
    with Undecided((), Options()) as portfolio:
        assert answer("script", question, portfolio).answer == "unknown"
    expected = [(question.contradiction, False), (question.model_statement, total)]
    if question.total is not None:
        # Where quotients by 0 have a value, no term is partial.
        expected += [(question.total.contradiction, False), (question.total.model_statement, True)]
    assert asked == expected


@pytest.mark.parametrize(
    ("assertion", "expected", "status", "ok"),
    [
        ("(= (/ 1 x) 5)", "sat", "refuted", True),
        ("(= (/ 1 x) 5)", "unsat", "refuted", False),
        ("(= (/ 1 x) 5)", "unknown", "refuted", False),
        # (/ 1 0) may be 5, but not 6 too.
        ("(and (= x 0) (= (/ 1 x) 5))", "sat", "refuted", True),
        ("(and (= x 0) (= (/ 1 x) 5))", "unsat", "refuted", False),
        ("(and (= x 0) (= (/ 1 x) 5) (= (/ 1 (* x x)) 6))", "unsat", "proved", True),
        # (log 0) may be 5: neither a contradiction nor a model we can show.
        ("(and (= x 0) (= (log x) 5))", "sat", "unknown", False),
        ("(and (= x 0) (= (log x) 5))", "unsat", "unknown", False),
        ("(and (= x 0) (= (/ 1 x) 5) (< (* x x) 0))", "unsat", "proved", True),
        ("(and (= x 0) (= (/ 1 x) 5) (< (* x x) 0))", "sat", "proved", False),
    ],
)
def test_total_division_of_scripts(
    assertion: str, expected: str, status: str, ok: bool, portfolio: Portfolio
) -> None:
    (question,) = read_smtlib(
        f"(set-info :status {expected})(declare-const x Real)(assert {assertion})(check-sat)"
    )
    result = answer("division", question, portfolio)
    assert (result.status, result.ok) == (status, ok)
    if status == "refuted":
        assert result.witness in ({"x": "1/5"}, {"x": "0", "1/0": "5"})


@pytest.mark.usefixtures("fakes")
def test_engines_that_contradict_each_other_are_a_loud_failure(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["prove", "x < 1", "--engine", "yes", "no", "--json"]) == 1
    output = capsys.readouterr()
    assert "CONTRADICTION: statement: proved by yes but refuted by no at x = 1" in output.err
    (result,) = json.loads(output.out)["results"]
    assert result["status"] == "unknown"
    assert "proved by yes" in result["contradiction"]


@pytest.mark.usefixtures("fakes")
def test_a_crash_costs_only_the_engines_own_outcome(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["prove", "x = x", "--engine", "killed", "shy", "yes", "--json"]) == 0
    (result,) = results(capsys)
    outcomes = {outcome["engine"]: outcome for outcome in result["outcomes"]}
    assert outcomes["killed"]["status"] == "error"
    assert "SIGKILL" in outcomes["killed"]["detail"]
    assert outcomes["shy"]["detail"] == "not taken: takes nothing"
    assert result["engine"] == "yes"


@pytest.mark.usefixtures("fakes")
def test_an_answer_ends_the_wait_for_the_others(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["prove", "x = x", "--engine", "hangs", "yes", "--json", "--timeout", "300"]
    assert run(arguments) == 0
    (result,) = results(capsys)
    assert {o["engine"]: o["detail"] for o in result["outcomes"]}["hangs"] == "not waited for"


def _findings(*outcomes: Outcome) -> Findings:
    return Findings(outcomes, 1.0)


def test_support_is_no_proof_and_the_strongest_answer_is_named() -> None:
    support = Outcome("mpmath", Status.UNKNOWN, Trust.NUMERICAL)
    sampled = Outcome("mpmath", Status.PROVED, Trust.NUMERICAL)
    assert _findings(support, sampled).status is Status.UNKNOWN
    symbolic = Outcome("sympy", Status.PROVED, Trust.SYMBOLIC, seconds=0.1)
    rigorous = Outcome("z3", Status.PROVED, Trust.RIGOROUS, seconds=2.0)
    best = _findings(symbolic, sampled, rigorous).best
    assert best is rigorous
    refuted = Outcome("arb", Status.REFUTED, Trust.RIGOROUS, witness={"x": "1"})
    both = _findings(rigorous, refuted)
    assert both.status is Status.UNKNOWN
    assert both.contradiction == "proved by z3 but refuted by arb at x = 1"


# -- bad input ---------------------------------------------------------------------------------


def test_bad_usage(failing: Callable[..., str], tmp_path: Path) -> None:
    assert "either a statement or --file" in failing()
    assert "either a statement or --file" in failing("x < 1", "--file", "f.toml")
    assert "--given, --var and --latex go with a statement" in failing(
        "--file", "f.toml", "--given", "x < 1"
    )
    assert "unknown engine 'z4'" in failing("x < 1", "--engine", "z4")
    assert "--timeout 'nan' is not a positive number" in failing("x < 1", "--timeout", "nan")
    assert "write 'NAME: DOMAIN'" in failing("x < 1", "--var", "x natural")
    assert "'y' does not occur (there are: x)" in failing("x < 1", "--var", "y: real")
    assert "declared twice" in failing("x < 1", "--var", "x: real", "--var", "x: natural")
    assert "cannot read the domain 'whole'" in failing("x < 1", "--var", "x: whole")
    assert "cannot read missing.toml: No such file" in failing("--file", "missing.toml")
    assert "name it .toml or .smt2" in failing("--file", str(tmp_path / "f.txt"))
    binary = tmp_path / "f.toml"
    binary.write_bytes(b"\xff")
    assert "byte 0 is not UTF-8" in failing("--file", str(binary))


def test_bad_expressions_are_located(failing: Callable[..., str]) -> None:
    assert failing("log(x) <= (1").startswith("expected ')', but the text ends at position 13")
    assert "expected a comparison" in failing("x + 1")
    assert "unknown function 'zeta'" in failing("zeta(x) <= 1")
    assert "at position 5 of 'x > $'" in failing("x < 1", "--given", "x > $")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[statement]\n", "f.toml: not TOML: .*line 1"),
        ("a = 1\n", "f.toml: unknown key 'a'"),
        ("", "f.toml: no statements"),
        ("statement = 3\n", "f.toml: no statements"),
        ("[[statement]]\nid = 'a'\nhow = 'x'\n", r"f.toml:1: a: unknown key 'how' \(known: id, vars, "),
        ("\n[[statement]]\nid = 'a'\n", "f.toml:2: a: the key 'show' is missing"),
        ("[[statement]]\nid = 'a'\nshow = 3\n", "f.toml:1: a: 'show' must be a text"),
        ("[[statement]]\nshow = 'x < 1'\ngiven = [1]\n", "f.toml:1: statement-1: 'given' holds texts"),
        (
            "[[statement]]\nid = 'a'\nshow = 'x < 1'\n\n[[statement]]\nid = 'a'\nshow = 'x < 2'\n",
            "f.toml:5: duplicate id 'a'",
        ),
        (
            "[[statement]]\nid = 'a'\nvars = {x = 'real'}\nshow = 'x < y'\n",
            "f.toml:1: a, show: unknown variable 'y' .* at position 5",
        ),
        (
            "[[statement]]\nid = 'a'\ngiven = ['x < 1', 'x <']\nshow = 'x < 1'\n",
            "f.toml:1: a, given 2: expected .* at position 4",
        ),
        (
            "[[statement]]\nid = 'a'\nvars = {x = 'reel'}\nshow = 'x < 1'\n",
            "f.toml:1: a, .*cannot read the domain 'reel'",
        ),
    ],
)
def test_bad_toml_is_located(
    text: str, message: str, failing: Callable[..., str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("f.toml").write_text(text)
    error = failing("--file", "f.toml")
    assert re.match(message, error), error


def test_bad_smt2_is_located(failing: Callable[..., str], tmp_path: Path) -> None:
    file = tmp_path / "f.smt2"
    file.write_text("(declare-const x Real)\n(assert (< (zeta x) 1))\n(check-sat)\n")
    assert failing("--file", str(file)).startswith(
        f"{file}: line 2, column 12: unsupported function 'zeta'"
    )
