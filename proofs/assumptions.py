"""The assumptions on which claims rest, by name: what each says and what is known about it."""

from __future__ import annotations

from srverify.claim import Assumption, Claim

CLAIMS: tuple[Claim, ...] = ()

ASSUMPTIONS = (
    Assumption(
        id="A-REAL",
        statement="In every round the exact update p* of the current policy lies in the class Pi.",
        paper="Assumption 5.1",
        known=(
            "Holds for the class of all policies. Fails in the linear class of fixed radius after"
            " finitely many rounds, and for Pi = {pi_0}; without it C18 is false."
        ),
        shown_by=("S08",),
    ),
    Assumption(
        id="A-CONC",
        statement="The learned policy's concentrability C_t(pi_{t+1}) is at most a bound, kappa_t.",
        paper="silent in Theorem 5.3 ('typically of the same order as kappa_0')",
        known="Holds when pi_{t+1} = p* exactly, with bound kappa_t. Fails on a five-response family.",
        shown_by=("C16", "C17", "F10"),
    ),
    Assumption(
        id="A-TAIL",
        statement="E_{pi_t}[(pi_t/pi_{t+1})^beta] is at most K_t; K is the largest of the K_t.",
        paper="silent in Appendix C.2 (tails of the implicit reward)",
        known="Holds for p* with K = N. Fails for pi_0 = (1/2, 1/2) and pi_1 = (1 - s, s) as s -> 0.",
        shown_by=("C12", "F10"),
    ),
    Assumption(
        id="A-MARGIN",
        statement="The margin of every pi_t, t < T, is at least gamma > 0.",
        paper="silent in Theorem 5.3, which fixes the margin of pi_0 only",
        known="Holds along the exact iteration, where the margin grows; under F10 as well.",
        shown_by=("S06", "F10"),
    ),
    Assumption(
        id="A-NORM",
        statement="sup |<theta, delta>| <= kappa_phi ||Sigma^{1/2} theta|| over feature differences delta.",
        paper="silent between Lemma F.4 and Lemma G.2",
        known="Holds with kappa_phi^2 = max delta' Sigma^+ delta, which is at least the rank.",
        shown_by=("G10",),
    ),
)
