"""What a tactic sees of the prover that calls it."""

from __future__ import annotations

from typing import Protocol

from srverify.numerics.prover.algebra import Algebra
from srverify.numerics.prover.poly import Poly


class Prover(Protocol):
    """Proves signs of sums; tactics ask it for the sums to which they reduce theirs."""

    #: Cuts at a minimum that are being worked on.
    cuts: int

    def prove(self, algebra: Algebra, f: Poly, strict: bool, depth: int) -> str | None:
        """Return how ``f >= 0`` (``f > 0`` if strict) was proved, or None; depth bounds derivatives."""
