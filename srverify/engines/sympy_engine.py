"""The SymPy engine: identities, and inequalities whose sign is visible after rewriting."""

from __future__ import annotations

from importlib.metadata import version
from importlib.util import find_spec
from typing import ClassVar

from srverify.claims.obligation import Computation, Obligation, Options
from srverify.claims.outcome import Outcome, Status, Trust
from srverify.engines.base import Availability, Engine
from srverify.engines.computation import run_computation
from srverify.language.statement import Statement


class SympyEngine(Engine):
    """Prove by rewriting: a difference that simplifies to 0, or whose sign follows from assumptions.

    Every variable is written as an end of its domain plus (or minus) a nonnegative symbol, so that
    SymPy's assumptions carry the domain. ``proved`` asks for definedness too. It never refutes
    statements; what is trusted is SymPy's simplification (trust ``symbolic``).
    """

    name: ClassVar[str] = "sympy"
    summary: ClassVar[str] = "identities, derivatives, closed forms"
    trust: ClassVar[Trust] = Trust.SYMBOLIC
    libraries: ClassVar[tuple[str, ...]] = ("sympy", "srverify.engines.sympy_rewriting")

    def probe(self) -> Availability:
        """See ``Engine.probe``."""
        # Not imported to look: most of its cost is the import, and it is pure Python.
        if find_spec("sympy") is None:  # pragma: no cover - a required dependency
            return Availability(False, reason="no module named sympy", install="pip install sympy")
        return Availability(True, version("sympy"))

    def refusal(self, obligation: Obligation) -> str | None:
        """See ``Engine.refusal``."""
        if isinstance(obligation, Statement):
            return None
        if isinstance(obligation, Computation) and obligation.engine == self.name:
            return None
        return "proves statements and runs symbolic computations"

    def settle(self, obligation: Obligation, options: Options) -> Outcome:
        """See ``Engine.settle``."""
        if isinstance(obligation, Computation):
            return run_computation(obligation, options, self.trust)
        assert isinstance(obligation, Statement)
        if options.refute_only:
            return Outcome(self.name, Status.UNKNOWN, detail="proves only")
        from srverify.engines.sympy_rewriting import shows

        if shows(obligation):
            return Outcome(self.name, Status.PROVED, self.trust, detail="by rewriting")
        return Outcome(self.name, Status.UNKNOWN, detail="no rewriting shows it")
