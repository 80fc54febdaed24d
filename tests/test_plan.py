"""The plan of an audit: who is asked about a mutant, in which order."""

from __future__ import annotations

from srverify.audit import Settings
from srverify.audit.engines import Engines
from srverify.audit.plan import GLANCE_DRAWS, Planner
from srverify.claims.ledger import load


def test_mutants_get_a_glance_before_a_search() -> None:
    ledger = load()
    planner = Planner(ledger, Engines(), Settings())
    for claim_id, check_id, order in (
        ("C29", "unique", ["mpmath", "z3"]),  # rational: a solver finds the models
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
