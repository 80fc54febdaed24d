"""The exact engine: finite computations in rational arithmetic."""

from __future__ import annotations

import platform
from typing import ClassVar

from srverify.claims.obligation import Computation, Obligation, Options
from srverify.claims.outcome import Outcome, Trust
from srverify.engines.base import Availability, Engine
from srverify.engines.computation import run_computation


class ExactEngine(Engine):
    """Run computations in Python's integers and fractions: no rounding anywhere."""

    name: ClassVar[str] = "exact"
    summary: ClassVar[str] = "finite computations in exact rationals"
    trust: ClassVar[Trust] = Trust.RIGOROUS

    def probe(self) -> Availability:
        """See ``Engine.probe``."""
        return Availability(True, platform.python_version())

    def refusal(self, obligation: Obligation) -> str | None:
        """See ``Engine.refusal``."""
        if isinstance(obligation, Computation) and obligation.engine == self.name:
            return None
        return "runs exact computations only"

    def settle(self, obligation: Obligation, options: Options) -> Outcome:
        """See ``Engine.settle``."""
        assert isinstance(obligation, Computation)
        return run_computation(obligation, options, self.trust)
