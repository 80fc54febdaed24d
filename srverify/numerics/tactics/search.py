"""The entrance: a statement in, a proof object out."""

from __future__ import annotations

import time

from srverify.checker.sequent import RejectedError, Sequent
from srverify.language.statement import Statement
from srverify.numerics.clock import Clock, OutOfTimeError
from srverify.numerics.tactics.algebraic import by_factors, by_parts, by_polynomial
from srverify.numerics.tactics.calculus import by_curvature, by_cutting, by_monotonicity
from srverify.numerics.tactics.covering import at_once, by_cover
from srverify.numerics.tactics.driver import Driver, Node, OutOfStepsError
from srverify.numerics.tactics.hypotheses import by_absorbing, by_hypotheses, by_naturals, by_solving

#: In this order: cheap and decisive first.
TACTICS = (
    at_once,
    by_absorbing,
    by_naturals,
    by_parts,
    by_hypotheses,
    by_polynomial,
    by_cover(40),
    by_factors,
    by_solving,
    by_monotonicity,
    by_curvature,
    by_cutting,
    by_cover(2000),
)
_DEPTHS = ((2, 60), (3, 200), (5, 600), (7, 3000))


def find(statement: Statement, timeout: float) -> tuple[Node | None, str]:
    """Return a proof object, or None and a reason."""
    clock = Clock(time.monotonic() + timeout)
    reason = ""
    sequent = Sequent.of(statement)
    for depth, steps in _DEPTHS:
        driver = Driver(clock, TACTICS, steps)
        try:
            found = driver.prove(sequent, depth)
        except OutOfStepsError:
            reason = f"undecided after {steps} sequents"
            continue
        except OutOfTimeError:
            return None, "out of time"
        except (RejectedError, RecursionError) as error:
            return None, str(error)
        if found is not None:
            return found, ""
        reason = driver.reason
    return None, reason or "undecided"
