"""What a tactic proposes for a statement, the proofs among it checked."""

from srverify.checker.check import check
from srverify.checker.sequent import Sequent
from srverify.language.statement import Statement
from srverify.numerics.clock import Clock
from srverify.numerics.tactics.driver import Driver
from srverify.numerics.tactics.search import TACTICS


def whole_proofs(tactic, show, variables):
    """Return the whole proofs that a tactic proposes, all of which the checker accepts."""
    statement = Statement.parse(show, variables=variables)
    driver = Driver(Clock.after(60.0), TACTICS, 600)
    proofs = [node for node, cost in tactic(driver, Sequent.of(statement), 3) if cost < 0]
    for proof in proofs:
        check(statement, proof)
    return proofs
