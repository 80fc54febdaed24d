"""The arb engine: proofs that the checker accepted, on FLINT's exact and ball arithmetic."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from srverify.claims.obligation import FOR_KERNEL, Computation, Obligation, Options
from srverify.claims.outcome import Outcome, Status, Trust
from srverify.engines.base import Availability, Engine
from srverify.engines.computation import run_computation
from srverify.language.statement import Statement

if TYPE_CHECKING:
    from srverify.numerics.prover.solve import Result

_MAX_DETAIL = 500
#: Extra options of a run on what says, most likely, that a function lies on one side of a line.
ABOUT_LINES: Mapping[str, str] = {"about": "lines"}


class ArbEngine(Engine):
    """Prove or refute statements with Arb; run rigorous computations.

    ``proved`` means that a proof object was found and that the checker (``srverify.checker``) accepted
    it; it is part of the evidence. ``refuted`` carries a confirmed point. A proof object that the
    checker rejects is an ``error``: the search is wrong. The extra options ``ABOUT_LINES`` have what
    compares a function with a line tried first; ``FOR_KERNEL`` has another proof looked for where no
    kernel follows the one that was found.
    """

    name: ClassVar[str] = "arb"
    summary: ClassVar[str] = "checked proofs: enclosures, derivatives, laws, identities"
    trust: ClassVar[Trust] = Trust.RIGOROUS
    proves_for_kernels: ClassVar[bool] = True
    libraries: ClassVar[tuple[str, ...]] = ("flint", "srverify.numerics.prover.solve")

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
        from srverify.numerics.tactics.search import LINES

        result = prove(
            obligation,
            options.timeout,
            seed=options.seed,
            refute_only=options.refute_only,
            first=LINES if options.extra == ABOUT_LINES else (),
            for_kernel=options.extra == FOR_KERNEL,
        )
        return self._outcome(result)

    def _outcome(self, result: Result) -> Outcome:
        if result.status == "refuted":
            assert result.witness is not None
            witness = {name: str(value) for name, value in result.witness.items()}
            return Outcome(self.name, Status.REFUTED, self.trust, witness=witness)
        if result.status == "unknown":
            return Outcome(self.name, Status.UNKNOWN, detail=result.reason)
        if result.status == "error":
            return Outcome(self.name, Status.ERROR, detail=result.reason[:_MAX_DETAIL])
        steps = ", ".join(f"{count} {name}" for name, count in result.rules.items())
        evidence = {"proof": result.proof, "rules": result.rules}
        detail = f"checked proof: {steps}"[:_MAX_DETAIL]
        return Outcome(self.name, Status.PROVED, self.trust, detail=detail, evidence=evidence)
