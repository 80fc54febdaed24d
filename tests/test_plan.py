"""The plan of an audit: who is asked about a mutant, in which order."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from auditing import run_audit, write_claims

from srverify.audit import Settings
from srverify.audit.engines import Engines
from srverify.audit.plan import FIRST_SECONDS, GLANCE_DRAWS, SEARCH_SECONDS, SECOND_LOOK_POINTS, Planner
from srverify.claims.claim import Check, Claim
from srverify.claims.ledger import load
from srverify.claims.obligation import WITHOUT_PROOF
from srverify.claims.outcome import Outcome, Status, Trust

ENGINES = """
def square(id, *engines, **more):
    return claim(id, Check("c", statement("2*x <= x^2 + 1", x="real"), engines=engines, **more))

CLAIMS = (
    square("A01", "z3", "cvc5"),
    square("A02", "z3", "arb"),
    square("A03", "z3"),
    claim(
        "A04",
        Check("c", statement("x^2 >= 2", x="real"), engines=("z3", "arb"), expect=Expect.REFUTED),
    ),
)
"""


@pytest.fixture
def planned(tmp_path: Path) -> Any:
    """A planner of some checks, and each check with its claim; no kernel follows their proofs."""
    ledger = load([write_claims(tmp_path / "claims", ENGINES)])
    return Planner(ledger, Engines(), Settings(replay=False)), {
        c.id: (ledger.claim(c.id), ledger.claim(c.id).checks[0]) for c in ledger.claims
    }


def first_options(planner: Planner, claim: Claim, check: Check) -> dict[str, tuple[float, bool]]:
    """Return for each engine its limit at first, and whether it is to look for a proof object."""
    mains = [step for step in planner.steps(claim, check) if step.purpose == "main"]
    tasks = [step.runs[0].build() for step in mains]
    return {t.engine: (t.options["timeout"], t.options["extra"] != WITHOUT_PROOF) for t in tasks}


def test_one_of_several_looks_for_a_proof_object(planned: Any) -> None:
    planner, checks = planned
    whole = Settings().timeout
    assert first_options(planner, *checks["A01"]) == {
        "z3": (FIRST_SECONDS, True),
        "cvc5": (FIRST_SECONDS, False),
    }
    assert first_options(planner, *checks["A02"]) == {
        "z3": (FIRST_SECONDS, False),
        "arb": (SEARCH_SECONDS, True),
    }
    assert first_options(planner, *checks["A03"]) == {"z3": (whole, True)}


PROVED = {trust: Outcome("z3", Status.PROVED, trust) for trust in (Trust.RIGOROUS, Trust.SYMBOLIC)}


def word(engine: str, *lemmas: str, searched: bool = False) -> Outcome:
    """Return a solver's word, with the lemmas that it used."""
    facts = [{"statement": lemma, "at": {"t": "x"}} for lemma in lemmas]
    evidence = {"lemmas": facts, "searched": searched}
    return Outcome(engine, Status.PROVED, Trust.SYMBOLIC, evidence=evidence)


UNKNOWN, TIMEOUT = Outcome("arb", Status.UNKNOWN), Outcome("arb", Status.TIMEOUT)


@pytest.mark.parametrize(
    ("check", "outcomes", "asked", "again"),
    [
        ("A02", {"z3": PROVED[Trust.RIGOROUS], "arb": TIMEOUT}, [], []),
        ("A02", {"z3": PROVED[Trust.SYMBOLIC], "arb": TIMEOUT}, [], ["z3"]),
        ("A02", {"z3": PROVED[Trust.SYMBOLIC], "arb": TIMEOUT}, ["z3"], []),
        ("A02", {"z3": UNKNOWN, "arb": TIMEOUT}, [], ["z3", "arb"]),
        ("A02", {"z3": UNKNOWN, "arb": TIMEOUT}, ["z3", "arb"], []),
        ("A02", {"z3": Outcome("z3", Status.REFUTED), "arb": TIMEOUT}, [], []),
        ("A01", {"z3": word("z3", "a", searched=True), "cvc5": word("cvc5", "a")}, [], []),
        ("A01", {"z3": word("z3", "a", searched=True), "cvc5": word("cvc5", "b")}, [], ["cvc5"]),
        ("A01", {"z3": word("z3", searched=True), "cvc5": word("cvc5")}, [], []),
        ("A01", {"z3": word("z3"), "cvc5": word("cvc5")}, [], ["cvc5"]),
        ("A03", {"z3": UNKNOWN}, [], []),
        ("A04", {"z3": UNKNOWN, "arb": TIMEOUT}, [], ["z3", "arb"]),
        ("A04", {"z3": Outcome("z3", Status.REFUTED), "arb": TIMEOUT}, [], []),
    ],
)
def test_what_nobody_settles_is_asked_again_with_everything(
    planned: Any, check: str, outcomes: dict[str, Outcome], asked: list[str], again: list[str]
) -> None:
    planner, checks = planned
    steps = planner.again(*checks[check], outcomes, asked)
    assert [step.runs[0].engine for step in steps] == again
    for step in steps:
        options = step.runs[0].build().options
        assert (options["timeout"], options["extra"]) == (Settings().timeout, {})


def test_sampling_beside_provers_looks_at_fewer_points(tmp_path: Path) -> None:
    claims = """
    show = statement("2*x <= x^2 + 1", x="real")
    CLAIMS = (
        claim("A01", Check("c", show, engines=("z3", "mpmath"))),
        claim("A02", Check("c", show, engines=("mpmath",), expect=Expect.SUPPORTED)),
        claim("A03", Check("c", show, engines=("z3", "mpmath"), expect=Expect.REFUTED)),
    )
    """
    ledger = load([write_claims(tmp_path / "claims", claims)])
    planner = Planner(ledger, Engines(), Settings())
    extras = {}
    for c in ledger.claims:
        steps = planner.steps(ledger.claim(c.id), ledger.claim(c.id).checks[0])
        tasks = [s.runs[0].build() for s in steps if s.purpose == "main"]
        (extras[c.id],) = (task.options["extra"] for task in tasks if task.engine == "mpmath")
    assert extras == {"A01": {"points": str(SECOND_LOOK_POINTS)}, "A02": {}, "A03": {}}
    # Where the provers fail, sampling is asked for all its points.
    claim, check = ledger.claim("A01"), ledger.claim("A01").checks[0]
    unknown = {name: Outcome(name, Status.UNKNOWN) for name in ("z3", "mpmath")}
    steps = planner.again(claim, check, unknown, [])
    assert [(s.runs[0].engine, s.runs[0].build().options["extra"]) for s in steps] == [
        ("z3", {}),
        ("mpmath", {}),
    ]


def test_what_is_said_to_survive_is_proved_first() -> None:
    ledger = load()
    planner = Planner(ledger, Engines(), Settings())
    claim = ledger.claim("D07")
    check = next(check for check in claim.checks if check.id == "necessary")
    mutants = [step for step in planner.steps(claim, check) if step.purpose == "mutant"]
    first = {step.variant.name: step.runs[0].engine for step in mutants if step.variant}
    assert first["without the 1+"] == "z3"
    assert {engine for name, engine in first.items() if name != "without the 1+"} == {"mpmath"}


def test_nobody_looks_for_a_proof_object_of_a_mutant(planned: Any) -> None:
    planner, checks = planned
    mutants = [step for step in planner.steps(*checks["A01"]) if step.purpose == "mutant"]
    extras = [run.build().options["extra"] for s in mutants for run in s.runs if run.engine == "z3"]
    assert extras
    assert all(extra == WITHOUT_PROOF for extra in extras)


def test_a_solver_is_asked_for_a_proof_object_that_others_did_not_bring(tmp_path: Path) -> None:
    # leancert's word would be enough, but it cannot state the whole line.
    claims = """
    show = statement("2*x <= x^2 + 1", x="real")
    CLAIMS = (claim("A01", Check("c", show, engines=("z3", "leancert"))),)
    """
    result = run_audit(write_claims(tmp_path / "claims", claims))
    found = {o.engine: o for o in result.claims[0].checks[0].evidence.outcomes}
    assert (found["z3"].status, found["z3"].trust) == (Status.PROVED, Trust.RIGOROUS)
    assert "checked proof" in found["z3"].detail


def test_mutants_get_a_glance_before_a_search() -> None:
    ledger = load()
    planner = Planner(ledger, Engines(), Settings())
    for claim_id, check_id, order in (
        # Rational: a solver finds the models, whichever engine the check names first.
        ("C29", "unique", ["mpmath", "z3"]),
        ("D07", "label-count", ["mpmath", "z3", "cvc5", "arb"]),
        ("D08", "derivative-positive", ["mpmath", "arb", "mpmath"]),
    ):
        claim = ledger.claim(claim_id)
        check = next(check for check in claim.checks if check.id == check_id)
        for step in planner.steps(claim, check):
            if step.purpose == "mutant":
                tasks = [run.build() for run in step.runs]
                assert [task.engine for task in tasks][: len(order)] == order
                draws = [task.options["extra"].get("draws") for task in tasks]
                assert draws[0] == str(GLANCE_DRAWS)
                # Nothing is given up: the sampler has all of its draws later on.
                assert [
                    task.engine for task, limit in zip(tasks, draws, strict=True) if not limit
                ].count("mpmath") == 1
