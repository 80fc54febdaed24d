"""What the paper's theorems rest on beyond their hypotheses, and what is known about it."""

from __future__ import annotations

from srverify.claims.claim import Assumption, Claim

CLAIMS: tuple[Claim, ...] = ()

ASSUMPTIONS = (
    Assumption(
        id="A-REAL",
        statement="In every round the exact update p* of pi_t lies in the class Pi.",
        paper="Assumption 5.1",
        known=(
            "Holds for classes closed under powers (all policies; linear softmax without radius)."
            " Fails for Pi = {pi_0}, where the bound is false (C18), and for a fixed radius R after"
            " finitely many rounds of the exact path (S08)."
        ),
        shown_by=("C18", "S08"),
    ),
    Assumption(
        id="A-CONC",
        statement="C_t(pi_{t+1}) = E_x sum_y pi_{t+1}^2/pi_t is at most C-bar_t.",
        paper="Appendix C.2, after Lemma C.2 (called typical there)",
        known=(
            "Holds with C-bar_t = kappa_t when pi_{t+1} = p* (C16), and with 1/c under the strong c."
            " Fails for an empirical minimiser with zero loss that moves mass to responses no pair has"
            " shown, and the theorem's bound fails with it (C17)."
        ),
        shown_by=("C16", "C17", "F10"),
    ),
    Assumption(
        id="A-TAIL",
        statement="E_{pi_t}[(pi_t/pi_{t+1})^beta] <= K_t, K = max_t K_t.",
        paper="Appendix C.2, (27), silently",
        known=(
            "Holds with K = N for pi_{t+1} = p*. Without it the lower tail of the implicit reward is"
            " unbounded: pi_0 = (1/2, 1/2) against (1-s, s), s to 0 (C12)."
        ),
        shown_by=("C12", "F10"),
    ),
    Assumption(
        id="A-MARGIN",
        statement="gamma <= gamma(pi_t) for every t < T: one margin serves all rounds.",
        paper="Theorem 5.3, silently",
        known=(
            "Holds along the exact iteration, whose margins grow by 1 + 1/beta per round (S06)."
            " A learned policy may lose its margin; nothing in the paper excludes it."
        ),
        shown_by=("S06", "F10"),
    ),
    Assumption(
        id="A-NORM",
        statement="sup over x, y, y' of |<theta, delta>| is at most kappa_phi ||Sigma^{1/2} theta||.",
        paper="Lemma G.2, silently",
        known=(
            "Holds with kappa_phi^2 = max delta^T Sigma^+ delta, which is at least rank Sigma: it cannot"
            " be free of the dimension. The example of G10 shows the two metrics drifting apart."
        ),
        shown_by=("G10",),
    ),
)
