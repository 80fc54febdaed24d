"""Section 5, Appendix C.2: tails of the rewards and concentration of the loss.

The loss is split at the level B; beyond it a fourth moment and the tails decide (C09-C12). A class
that contains p* has zero empirical loss (C13), which concentrates at the fast rate (C14, C15).
"""

from __future__ import annotations

from srverify.claims.claim import Check, Claim, Expect, Role, Verdict, statement
from srverify.selfreward.computations import one_round

from ._kit import (
    CLOSED_FORM,
    IDENTITY,
    LEMMAS,
    POLYNOMIAL,
    RATIONAL,
    SCALAR,
    computation,
    exact_instances,
    kernel,
    mutant,
    remark,
    simulated,
    stated,
    text,
)

C09 = Claim(
    id="C09",
    slug="bad-region",
    title="E[f^2 1_A] <= sqrt(P(A)) sqrt(E f^4)",
    paper="Appendix C.2, (24)",
    equations=(24,),
    prose="Cauchy-Schwarz for the indicator of A and f^2.",
    expected=Verdict.HOLDS,
    parts=(stated("E[f^2 1_A] <= sqrt(P(A)) sqrt(E f^4)", "all-sizes"),),
    checks=(
        Check(
            "two-outcomes",
            statement(
                "(w*a*x + (1 - w)*b*y)^2 <= (w*a + (1 - w)*b)*(w*x^2 + (1 - w)*y^2)",
                w="[0, 1]",
                a="natural [0, 1]",
                b="natural [0, 1]",
                x="[0, oo)",
                y="[0, oo)",
            ),
            engines=POLYNOMIAL,
            note="a, b are the indicators, x, y the values of f^2.",
            rocq="C09_two_outcomes",
            lean="SRVerify.C09_two_outcomes",
        ),
        simulated("C09"),
        kernel("all-sizes", "C09_bad_region", "for every finite probability space"),
    ),
)

C10 = Claim(
    id="C10",
    slug="union",
    title="P(A or B) <= P(A) + P(B)",
    paper="Appendix C.2, (25)",
    equations=(25,),
    prose="The larger of two indicators is at most their sum.",
    expected=Verdict.HOLDS,
    parts=(stated("P(A or B) <= P(A) + P(B)", "all-sizes"),),
    checks=(
        Check(
            "indicators",
            statement("max(a, b) <= a + b", a="[0, 1]", b="[0, 1]"),
            engines=POLYNOMIAL,
            rocq="C10_indicators",
            lean="SRVerify.C10_indicators",
        ),
        simulated("C10"),
        kernel("all-sizes", "C10_union", "for every finite probability space"),
    ),
)

C11 = Claim(
    id="C11",
    slug="fourth-power",
    title="|a-b|^4 <= 8(a^4 + b^4), sharp at a = -b",
    paper="Appendix C.2, (26)",
    equations=(26,),
    prose="Convexity of the fourth power; equality at a = -b.",
    expected=Verdict.HOLDS,
    parts=(
        stated("|a-b|^4 <= 8(a^4+b^4)", "inequality"),
        stated("equality at a = -b", "equality"),
    ),
    checks=(
        Check(
            "inequality",
            statement("(a - b)^4 <= 8*(a^4 + b^4)", a="real", b="real"),
            engines=POLYNOMIAL,
            rocq="C11_fourth_power",
            lean="SRVerify.C11_inequality",
            mutants=(
                mutant("8 replaced by 799/100", "(a - b)^4 <= 799/100*(a^4 + b^4)", a="real", b="real"),
            ),
        ),
        Check(
            "equality",
            statement("(a - (-a))^4 = 8*(a^4 + (-a)^4)", a="real"),
            engines=IDENTITY,
            rocq="C11_sharp",
            lean="SRVerify.C11_equality",
        ),
        simulated("C11"),
    ),
)

C12 = Claim(
    id="C12",
    slug="tails",
    title=(
        "tails of the rewards: E log^4(1/pi_0) <= M4(log N); under A-TAIL E|Delta^r-hat|^4 <= M4(log 2K)"
    ),
    paper="Appendix C.2, (27)",
    equations=(27,),
    prose=text("""
        The responses with pi_0 <= e^-t/N have total mass at most e^-t, so log(1/pi_0) is dominated
        by log N plus an exponential variable, whose fourth moment is M4(log N) with M4(l) = l^4 +
        4l^3 + 12l^2 + 24l + 24. P_{pi_0}(pi-hat/pi_0 >= e^t) <= e^-t by Markov. The other tail, of
        pi_0/pi-hat, has no bound without an assumption: pi_0 = (1/2, 1/2), pi-hat = (1-s, s) with s
        to 0. Under A-TAIL and beta <= 1, E e^r-hat <= 1 and E e^-r-hat <= K, so P(|Delta^r-hat| > t)
        <= 2K e^-t and the fourth moment is at most M4(log 2K). For p* the constant is K = N.
    """),
    expected=Verdict.CONDITIONAL,
    assumptions=("A-TAIL",),
    parts=(
        stated(
            "P(pi_0 <= e^{-t}/N) <= e^{-t}, and E log^4(1/pi_0) <= M4(log N)",
            "reward-tail-all-sizes",
            "reward-moment-all-sizes",
        ),
        stated(
            "M4(l) = l^4 + int_l^oo 4t^3 e^{l-t} dt",
            "moment-integral-in-the-kernel",
            "moment-integral-to-infinity",
        ),
        stated("P_{pi_0}(pi-hat/pi_0 >= e^t) <= e^{-t}", "ratio-tail"),
        remark("the lower tail has no bound without an assumption", "lower-tail-unbounded"),
        stated(
            "under A-TAIL: P(|Delta^r-hat| > t) <= 2K e^{-t} and E|Delta^r-hat|^4 <= M4(log 2K)",
            "implicit-tail-all-sizes",
            "implicit-moment-all-sizes",
        ),
    ),
    checks=(
        Check(
            "small-probabilities",
            statement("k*(s/N) <= s", "k <= N", k="natural [0, oo)", N="natural [2, oo)", s="[0, 1]"),
            engines=POLYNOMIAL,
            note="At most N responses with mass at most e^-t/N each; s = e^-t.",
            example={"k": "1", "N": "2", "s": "1"},
            rocq="C12_small_probabilities",
            lean="SRVerify.C12_small_probabilities",
        ),
        computation(
            "moment-integral",
            "l^4 + int_l^oo 4 t^3 e^(l-t) dt = l^4 + 4l^3 + 12l^2 + 24l + 24",
            one_round.fourth_moment,
            one_round.fourth_moment_mutant,
            engine="sympy",
            role=Role.STATED,
        ),
        Check(
            "ratio-tail",
            statement("1 <= ratio/level", "level <= ratio", ratio="[0, oo)", level="(0, oo)"),
            engines=RATIONAL,
            note="Markov for pi-hat/pi_0 at level e^t; its mean under pi_0 is sum pi-hat = 1.",
            example={"ratio": "2", "level": "1"},
            rocq="C12_ratio_tail_stated",
            lean="SRVerify.C12_ratio_tail",
        ),
        Check(
            "lower-tail-unbounded",
            statement("1/2 <= exp(-t)", "exp(t) <= 1/2/s", s="(0, 1/2)", t="[0, oo)"),
            engines=("mpmath", "arb"),
            role=Role.SUPPORT,
            expect=Expect.REFUTED,
            note="P(pi_0/pi-hat >= e^t) <= e^-t is false for pi_0 = (1/2, 1/2), pi-hat = (1-s, s).",
            rocq="C12_lower_tail_unbounded_refuted",
            lean="SRVerify.C12_lower_tail_unbounded_refuted",
        ),
        Check(
            "implicit-moment",
            statement("exp(b*l) <= 1 + b*(exp(l) - 1)", b="[0, 1]", l="real"),
            engines=("arb", "z3", "mpmath"),
            note="u^beta <= 1 + beta(u-1) at u = pi-hat/pi_0 = e^l: E e^r-hat <= 1 for beta <= 1.",
            rocq="C12_implicit_moment",
            lean="SRVerify.C12_implicit_moment",
        ),
        Check(
            "implicit-moment-from-tangent",
            statement(
                "c <= 1 + b*(u - 1)",
                "c*(1 + l1) <= 1",
                "c*(1 + l2) <= u",
                "b*l2 + (1 - b)*l1 = 0",
                b="[0, 1]",
                c="(0, oo)",
                u="(0, oo)",
                l1="real",
                l2="real",
            ),
            engines=POLYNOMIAL,
            role=Role.SUPPORT,
            note="Tangents of exp at b l: l1 = -b l, l2 = (1-b) l, c = exp(b l), u = exp(l).",
            example={"b": "1/2", "c": "1", "u": "1", "l1": "0", "l2": "0"},
            rocq="C12_implicit_moment_from_tangent",
            lean="SRVerify.C12_implicit_moment_from_tangent",
        ),
        Check(
            "difference-tail",
            statement(
                "p + q <= 2*K*s",
                "p <= up*down*s",
                "q <= up*down*s",
                "up <= 1",
                "down <= K",
                p="[0, 1]",
                q="[0, 1]",
                up="[0, oo)",
                down="[0, oo)",
                K="[1, oo)",
                s="(0, 1]",
            ),
            engines=POLYNOMIAL,
            note="p, q bound the two tails of Delta^r-hat; up = E e^r-hat, down = E e^-r-hat, s = e^-t.",
            example={"p": "0", "q": "0", "up": "1", "down": "1", "K": "1", "s": "1"},
            rocq="C12_difference_tail",
            lean="SRVerify.C12_difference_tail",
        ),
        Check(
            "exact-update",
            statement("q*(Z/q^(1/b))^b = Z^b", q="(0, 1]", Z="(0, 1]", b="(0, 1]"),
            engines=CLOSED_FORM,
            role=Role.SUPPORT,
            note="pi_0/p* = Z/pi_0^(1/beta): each of the N responses contributes Z^beta <= 1.",
            rocq="C12_exact_update",
            lean="SRVerify.C12_exact_update",
        ),
        simulated("C12"),
        kernel(
            "moment-integral-in-the-kernel",
            "C12_moment_integral",
            "the integral behind M4, up to any u",
        ),
        kernel("reward-tail-all-sizes", "C12_upper_tail", "P(pi_0 <= e^-t/N) <= e^-t"),
        kernel("reward-moment-all-sizes", "C12_fourth_moment", "E log^4(1/pi_0) <= M4(log N)"),
        kernel("implicit-tail-all-sizes", "C12_implicit_tail", "P(|Delta^r-hat| > t) <= 2K e^-t"),
        kernel(
            "implicit-moment-all-sizes", "C12_implicit_fourth_moment", "E|Delta^r-hat|^4 <= M4(log 2K)"
        ),
        exact_instances("C12"),
        kernel(
            "moment-integral-to-infinity",
            "C12_moment_improper",
            "the integral to infinity, as a limit",
        ),
    ),
)

C13 = Claim(
    id="C13",
    slug="zero-empirical-loss",
    title="A-REAL makes the empirical minimum 0",
    paper="Appendix C.2, (32), (34)",
    equations=(32, 34, 113),
    prose=text("""
        The labels are the noise-free Delta^r, and p* in Pi fits every one of them exactly: its loss
        is 0 on any sample, so the minimum is 0.
    """),
    expected=Verdict.HOLDS,
    parts=(stated("A-REAL makes the minimiser's empirical loss 0", "all-sizes"),),
    checks=(
        Check(
            "exact-fit",
            statement(
                "b*log(q1^(1 + 1/b)/Z/q1) - b*log(q2^(1 + 1/b)/Z/q2) = log(q1) - log(q2)",
                b="(0, oo)",
                Z="(0, oo)",
                q1="(0, oo)",
                q2="(0, oo)",
            ),
            engines=CLOSED_FORM,
            note="Delta of beta log(p*/pi_0) equals Delta^r on every pair.",
            rocq="C13_exact_fit",
            lean="SRVerify.C13_exact_fit",
        ),
        Check(
            "minimum",
            statement("least = 0", "least <= 0", least="[0, oo)"),
            engines=RATIONAL,
            example={"least": "0"},
            rocq="C13_minimum",
            lean="SRVerify.C13_minimum",
        ),
        kernel("all-sizes", "C13_zero_empirical_loss", "for every finite class and sample"),
        simulated("C13"),
    ),
)

BERNSTEIN = {"L": "[0, oo)", "M": "[0, oo)", "s": "[0, oo)"}
FIXED = "L <= M + sqrt(2*L*s) + s/3"

C14 = Claim(
    id="C14",
    slug="bernstein-fixed-point",
    title="Var l <= b E l for l in [0, b]; L <= M + sqrt(2Ls) + s/3 gives L <= 2M + (8/3)s",
    paper="Appendix C.2, (35)",
    equations=(35, 114),
    prose=text("""
        E l^2 <= b E l pointwise. Solving the quadratic in sqrt(L) gives the best constant 4/3 +
        sqrt(5/3) = 2.6244 of s at factor 2 of M; 8/3 is slightly loose. M is the empirical loss.
    """),
    expected=Verdict.HOLDS,
    parts=(
        stated("Var l <= b E l for l in [0, b]", "variance"),
        stated("L <= M + sqrt(2Ls) + s/3 gives L <= 2M + (8/3)s", "fixed-point"),
    ),
    checks=(
        Check(
            "variance",
            statement("l^2 <= b*l", "l <= b", l="[0, oo)", b="[0, oo)"),
            engines=RATIONAL,
            example={"l": "1", "b": "2"},
            rocq="C14_variance",
            lean="SRVerify.C14_variance",
        ),
        Check(
            "fixed-point",
            statement("L <= 2*M + 8/3*s", FIXED, **BERNSTEIN),
            engines=LEMMAS,
            example={"L": "0", "M": "0", "s": "1"},
            mutants=(
                mutant("8/3 replaced by 262/100", "L <= 2*M + 262/100*s", FIXED, **BERNSTEIN),
                mutant(
                    "8/3 replaced by 2625/1000",
                    "L <= 2*M + 2625/1000*s",
                    FIXED,
                    survives="the best constant is 4/3 + sqrt(5/3) = 2.6244",
                    **BERNSTEIN,
                ),
            ),
            rocq="C14_fixed_point",
            lean="SRVerify.C14_fixed_point",
        ),
        simulated("C14"),
    ),
)

C15 = Claim(
    id="C15",
    slug="zero-loss-concentration",
    title="with probability >= 1-delta zero empirical loss implies L <= b log(|Pi|/delta)/n",
    paper="Appendix C.2, (33), (36)-(38)",
    equations=(33, 36, 37, 38),
    ours=True,
    prose=text("""
        A loss in [0, b] with mean L is 0 with probability at most 1 - L/b, n independent ones with
        at most (1-L/b)^n <= e^(-nL/b); a union over Pi leaves delta at L = b log(|Pi|/delta)/n. The
        constant is 1 where Bernstein has c. Here b = 4B^2 (C07).
    """),
    expected=Verdict.SHARPER,
    parts=(
        stated(
            "with probability >= 1-delta zero empirical loss implies L <= b log(|Pi|/delta)/n",
            "all-classes",
        ),
    ),
    checks=(
        Check(
            "one-loss",
            statement("0 <= 1 - l/b", "l <= b", l="[0, oo)", b="(0, oo)"),
            engines=RATIONAL,
            note="The indicator of l = 0 is at most 1 - l/b.",
            example={"l": "1", "b": "2"},
            rocq="C15_one_loss",
            lean="SRVerify.C15_one_loss",
        ),
        Check(
            "exponential",
            statement("1 - x <= exp(-x)", x="[0, 1]"),
            engines=SCALAR,
            mutants=(mutant("exponent 11/10 x", "1 - x <= exp(-11/10*x)", x="[0, 1]"),),
            rocq="C15_exponential_stated",
            lean="SRVerify.C15_exponential",
        ),
        Check(
            "power-step",
            statement(
                "power*q <= bound*e",
                "power <= bound",
                "q <= e",
                power="[0, 1]",
                q="[0, 1]",
                bound="[0, 1]",
                e="(0, 1]",
            ),
            engines=POLYNOMIAL,
            note="Induction over n: (1-x)^n <= e^(-nx).",
            example={"power": "0", "q": "0", "bound": "1", "e": "1"},
            rocq="C15_power_step",
            lean="SRVerify.C15_power_step",
        ),
        Check(
            "union",
            statement("size*exp(-log(size/delta)) = delta", size="[1, oo)", delta="(0, 1)"),
            engines=CLOSED_FORM,
            note="|Pi| e^(-nL/b) at n L/b = log(|Pi|/delta).",
            rocq="C15_union",
            lean="SRVerify.C15_union",
        ),
        computation(
            "exact-samples",
            "P(all n losses 0) <= e^(-nL/b) for 36 three-valued losses",
            one_round.zero_loss,
            one_round.zero_loss_mutant,
            engine="arb",
        ),
        kernel(
            "all-classes", "C15_zero_loss_concentration", "for every finite class, by product weights"
        ),
        simulated("C15"),
    ),
)

CLAIMS = (C09, C10, C11, C12, C13, C14, C15)
