"""A claim module of its own: the smallest thing that each engine can be asked (``srverify doctor``)."""

from __future__ import annotations

from srverify.claims.claim import Check, Claim, Expect, Verdict, statement
from srverify.claims.obligation import Computation, Finding


def _two(seed: int) -> Finding:
    return Finding(1 + 1 == 2, "1 + 1 = 2")


def _numpy_two(seed: int) -> Finding:
    import numpy as np

    return Finding(int(np.ones(2).sum()) == 2, "1 + 1 = 2")


SMOKE = Claim(
    id="SMOKE",
    slug="smoke",
    title="each engine settles something tiny",
    paper="none",
    prose="An engine that imports may still not run: each is asked the first of these that it takes.",
    expected=Verdict.HOLDS,
    checks=(
        Check("square", statement("0 <= (x - 1)^2 + 1/10", x="[-1, 2]")),
        Check("exact", Computation("one and one is two", "exact", _two)),
        Check(
            "simulation",
            Computation("one and one is two", "simulation", _numpy_two),
            expect=Expect.SUPPORTED,
        ),
    ),
)

CLAIMS = (SMOKE,)
