"""Run a registered computation and read its finding as an outcome."""

from __future__ import annotations

from srverify.claims.obligation import Computation, Finding, Options
from srverify.claims.outcome import PROOF_TRUSTS, Outcome, Status, Trust


def run_computation(computation: Computation, options: Options, trust: Trust) -> Outcome:
    """Call a computation's function and turn its finding into an outcome of its engine.

    A finding that holds is a proof only if the trust is one; numerical and simulated findings support.
    Raises TypeError if the function does not return a Finding.
    """
    finding = computation.function(options.seed)
    if not isinstance(finding, Finding):
        raise TypeError(f"{computation.function.__qualname__} returned {finding!r}, not a Finding")
    if finding.holds:
        status = Status.PROVED if trust in PROOF_TRUSTS else Status.UNKNOWN
    else:
        status = Status.REFUTED
    return Outcome(computation.engine, status, trust, witness=finding.witness, detail=finding.detail)
