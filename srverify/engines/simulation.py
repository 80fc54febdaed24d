"""The simulation engine: registered NumPy checks on random and adversarial instances."""

from __future__ import annotations

from typing import ClassVar

from srverify.claims.obligation import Computation, Obligation, Options
from srverify.claims.outcome import Outcome, Trust
from srverify.engines.base import Availability, Engine
from srverify.engines.computation import run_computation


class SimulationEngine(Engine):
    """Run simulations: what finds nothing wrong supports a claim, it never proves one."""

    name: ClassVar[str] = "simulation"
    summary: ClassVar[str] = "random and adversarial instances in NumPy"
    trust: ClassVar[Trust] = Trust.SIMULATED

    def probe(self) -> Availability:
        """See ``Engine.probe``."""
        try:
            import numpy as np
        except ImportError as error:  # pragma: no cover - a required dependency
            return Availability(False, reason=str(error), install="pip install numpy")
        return Availability(True, np.__version__)

    def refusal(self, obligation: Obligation) -> str | None:
        """See ``Engine.refusal``."""
        if isinstance(obligation, Computation) and obligation.engine == self.name:
            return None
        return "runs registered simulations only"

    def settle(self, obligation: Obligation, options: Options) -> Outcome:
        """See ``Engine.settle``."""
        assert isinstance(obligation, Computation)
        return run_computation(obligation, options, self.trust)
