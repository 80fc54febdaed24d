"""The arb engine: rigorous branch and bound and exact reductions on FLINT's ball arithmetic."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from srverify.claims.obligation import Computation, Obligation, Options
from srverify.claims.outcome import Outcome, Status, Trust
from srverify.engines.base import Availability, Engine
from srverify.engines.computation import run_computation
from srverify.language.statement import Statement

if TYPE_CHECKING:
    from srverify.numerics.prover.solve import Part, Result
    from srverify.numerics.tactics.driver import Node

#: Boxes of one goal that are kept in an outcome's evidence.
MAX_BOXES = 400


class ArbEngine(Engine):
    """Prove or refute statements with Arb; run rigorous computations.

    ``proved`` means that every point of the domains is covered: by boxes on which interval arithmetic
    decides, or by an exact argument (monotone in a variable, a square, an eliminated assumption) whose
    premises were decided that way; the evidence says which. ``refuted`` carries a confirmed point.
    """

    name: ClassVar[str] = "arb"
    summary: ClassVar[str] = "rigorous enclosures: branch and bound, derivatives, exact reductions"
    trust: ClassVar[Trust] = Trust.RIGOROUS

    def probe(self) -> Availability:
        """Say whether python-flint is here."""
        try:
            import flint
        except ImportError as error:
            return Availability(False, reason=str(error), install="pip install python-flint")
        return Availability(True, f"python-flint {flint.__version__}, FLINT {flint.__FLINT_VERSION__}")

    def refusal(self, obligation: Obligation) -> str | None:
        """Refuse what is neither a statement nor a computation of this engine."""
        if isinstance(obligation, Statement):
            return None
        if isinstance(obligation, Computation):
            return None if obligation.engine == self.name else f"a computation of {obligation.engine}"
        return "a theorem of a proof assistant"

    def settle(self, obligation: Obligation, options: Options) -> Outcome:
        """Prove, refute, or say where the search stopped."""
        if isinstance(obligation, Computation):
            return run_computation(obligation, options, self.trust)
        assert isinstance(obligation, Statement)
        from srverify.numerics.prover.solve import prove

        found = prove(obligation, options.timeout, seed=options.seed, refute_only=options.refute_only)
        return self._outcome(obligation, found)

    def _checked(self, statement: Statement, proof: Node) -> Outcome:
        """Return what the checker says of a proof object; a rejection is an error of the search."""
        from srverify.checker.check import check
        from srverify.checker.sequent import RejectedError

        try:
            report = check(statement, proof)
        except RejectedError as error:
            detail = f"the checker rejected the proof of {statement.text}: {error}"
            return Outcome(self.name, Status.ERROR, detail=detail[:500])
        steps = ", ".join(f"{count} {name}" for name, count in report.rules.most_common())
        evidence = {"proof": dict(proof), "rules": dict(report.rules)}
        return Outcome(
            self.name,
            Status.PROVED,
            self.trust,
            detail=f"checked proof: {steps}"[:500],
            evidence=evidence,
        )

    def _outcome(self, statement: Statement, result: Result) -> Outcome:
        if result.status == "refuted":
            assert result.witness is not None
            witness = {name: str(value) for name, value in result.witness.items()}
            return Outcome(self.name, Status.REFUTED, self.trust, witness=witness)
        if result.status == "unknown":
            return Outcome(self.name, Status.UNKNOWN, detail=result.reason)
        if result.proof is not None:
            return self._checked(statement, result.proof)
        methods = dict.fromkeys(part.method for part in result.parts)
        detail = "; ".join(methods) or "the hypotheses contradict the domains"
        evidence = {"cover": [part_data(part) for part in result.parts], "boxes": result.boxes}
        return Outcome(self.name, Status.PROVED, self.trust, detail=detail[:500], evidence=evidence)


def part_data(part: Part) -> dict[str, Any]:
    """Return one goal's cover as plain data: exact ends as text, ``None`` for an infinite one."""
    boxes = [
        {
            "box": {
                name: [None if end is None else str(end) for end in (side.low, side.high)]
                for name, side in piece.region.ranges
            },
            "method": piece.method,
        }
        for piece in part.pieces[:MAX_BOXES]
    ]
    data: dict[str, Any] = {"goal": part.goal, "method": part.method, "region": str(part.region)}
    if boxes:
        data["boxes"] = boxes
    if len(part.pieces) > MAX_BOXES:
        data["omitted"] = len(part.pieces) - MAX_BOXES
    return data
