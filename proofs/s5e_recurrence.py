"""Section 5, Appendix C.4: the recurrence, its fixed point and its contraction.

kappa_{t+1} <= a + b sqrt(kappa_t) with a = 1 contracts by rho <= 1/2 whatever a and b are, so no small
learning rate is needed (C30). In the coordinate s = sqrt(kappa) everything is polynomial: the fixed
point r solves r^2 = a + b r.
"""

from __future__ import annotations

from srverify.claims.claim import Check, Claim, Role, Verdict, statement
from srverify.selfreward.computations import iteration

from ._kit import (
    CLOSED_FORM,
    POLYNOMIAL,
    RATIONAL,
    SCALAR,
    computation,
    kernel,
    mutant,
    remark,
    simulated,
    stated,
    text,
)

ALL_ROUNDS = ("A-REAL", "A-CONC", "A-TAIL", "A-MARGIN")

C27 = Claim(
    id="C27",
    slug="recurrence",
    title=(
        "kappa_{t+1} <= 1 + b_1 sqrt(kappa_t) + b_2 log kappa_t, b_1 = 2 eps_stat/(gamma c), "
        "b_2 = beta/(gamma c)"
    ),
    paper="Lemma C.3, (44), (59), (61)-(64)",
    equations=(44, 59, 61, 62, 63, 64, 139, 140, 141, 142),
    prose=text("""
        C26 with the A of C19 in round t, and C-bar_t <= kappa_t. c is read from round 1 on (t >= 1).
    """),
    expected=Verdict.CONDITIONAL,
    assumptions=ALL_ROUNDS,
    depends=("C19", "C26"),
    parts=(
        stated(
            "kappa_{t+1} <= 1 + (eps_stat (sqrt(C-bar) + sqrt(kappa_t)) + beta log kappa_t)/(gamma c)",
            "all-classes",
        ),
        stated(
            "with C-bar <= kappa_t: kappa_{t+1} <= 1 + b_1 sqrt(kappa_t) + b_2 log kappa_t", "one-step"
        ),
        remark("the recurrence for any set of prompts, on the concentration event", "any-prompts"),
        remark("the recurrence for countably many responses, on the concentration event", "countable"),
    ),
    checks=(
        Check(
            "one-step",
            statement(
                "k <= 1 + 2*e/(gamma*c)*s + b/(gamma*c)*l",
                "k <= 1 + A/c",
                "A <= ((s + q)*e + b*l)/gamma",
                "q <= s",
                k="[1, oo)",
                A="[0, oo)",
                s="[1, oo)",
                q="[1, oo)",
                l="[0, oo)",
                e="(0, oo)",
                b="(0, 1]",
                gamma="(0, oo)",
                c="(0, 1]",
            ),
            engines=POLYNOMIAL,
            note="s = sqrt(kappa_t), q = sqrt(C-bar_t), l = log kappa_t.",
            example={
                "k": "1",
                "A": "0",
                "s": "1",
                "q": "1",
                "l": "0",
                "e": "1",
                "b": "1",
                "gamma": "1",
                "c": "1",
            },
            rocq="C27_one_step",
            lean="SRVerify.C27_one_step",
        ),
        kernel("all-classes", "C27_recurrence", "for every finite class under the assumptions"),
        simulated("C27"),
        kernel(
            "any-prompts",
            "C27_any_prompts",
            "for any set of prompts, given the mean squared error of the reward differences",
        ),
        kernel(
            "countable",
            "C27_countable",
            "any set of prompts, countably many responses, on the concentration event",
        ),
    ),
)

C28 = Claim(
    id="C28",
    slug="log-sqrt",
    title=(
        "log x <= (2/e) sqrt(x) < sqrt(x); so kappa_{t+1} <= a + b sqrt(kappa_t), a = 1, b = b_1 + b_2"
    ),
    paper="Lemma C.4, (65), (66)",
    equations=(65, 66, 139, 140, 141, 142),
    prose="Equality at x = e^2; at x = e^2 v^2 the inequality is 1 + log v <= v.",
    expected=Verdict.HOLDS,
    parts=(
        stated("log x <= (2/e) sqrt(x) < sqrt(x)", "sharp", "strict"),
        stated("so kappa_{t+1} <= 1 + (b_1+b_2) sqrt(kappa_t)", "merged"),
    ),
    checks=(
        Check(
            "sharp",
            statement("log(x) <= 2/exp(1)*sqrt(x)", x="(0, oo)"),
            engines=("arb", "leancert", "mpmath"),
            rocq="C28_log_sqrt",
            lean="SRVerify.C28_sharp",
            mutants=(mutant("2/e replaced by 735/1000", "log(x) <= 735/1000*sqrt(x)", x="(0, oo)"),),
        ),
        Check(
            "in-coordinates",
            statement("1 + log(v) <= v", v="(0, oo)"),
            engines=SCALAR,
            role=Role.SUPPORT,
            rocq="C28_in_coordinates",
            lean="SRVerify.C28_in_coordinates",
        ),
        Check(
            "strict",
            statement("2/exp(1)*sqrt(x) < sqrt(x)", x="(0, oo)"),
            engines=SCALAR,
            rocq="C28_strict",
            lean="SRVerify.C28_strict",
        ),
        Check(
            "merged",
            statement(
                "1 + b1*s + b2*l <= 1 + (b1 + b2)*s",
                "l <= s",
                b1="[0, oo)",
                b2="[0, oo)",
                s="[1, oo)",
                l="[0, oo)",
            ),
            engines=POLYNOMIAL,
            example={"b1": "1", "b2": "1", "s": "1", "l": "0"},
            rocq="C28_merged",
            lean="SRVerify.C28_merged",
        ),
    ),
)

AB = {"a": "[0, oo)", "b": "[0, oo)"}
KSTAR = "((b + sqrt(b^2 + 4*a))/2)^2"
RHO = "b/(b + sqrt(b^2 + 4*a))"
SOME = "0 < a + b"
ONES = {"a": "1", "b": "1"}

C29 = Claim(
    id="C29",
    slug="fixed-point",
    title="kappa* = ((b + sqrt(b^2+4a))/2)^2 is the only x > 0 with x = a + b sqrt(x)",
    paper="Lemma C.4, (67), (68)",
    equations=(67, 68, 143, 144),
    prose="The positive root of s^2 = a + b s, for a, b >= 0 not both zero.",
    expected=Verdict.HOLDS,
    parts=(
        stated("kappa* is a fixed point and positive", "fixed-point", "positive"),
        stated("it is the only one", "root", "unique"),
    ),
    checks=(
        Check(
            "fixed-point",
            statement(f"{KSTAR} = a + b*sqrt({KSTAR})", **AB),
            engines=CLOSED_FORM,
            rocq="C29_fixed_point_stated",
            lean="SRVerify.C29_fixed_point",
        ),
        Check(
            "root",
            statement(
                "s^2 = a + b*s",
                "2*s = b + q",
                "q^2 = b^2 + 4*a",
                s="[0, oo)",
                q="[0, oo)",
                **AB,
            ),
            engines=POLYNOMIAL,
            example={"s": "1", "q": "2", "a": "1", "b": "0"},
            rocq="C29_root",
            lean="SRVerify.C29_root",
        ),
        Check(
            "positive",
            statement(f"0 < {KSTAR}", SOME, **AB),
            engines=("z3", "cvc5", "mpmath"),
            example=ONES,
            rocq="C29_positive_stated",
            lean="SRVerify.C29_positive",
        ),
        Check(
            "unique",
            statement("s = t", "s^2 = a + b*s", "t^2 = a + b*t", s="(0, oo)", t="(0, oo)", **AB),
            engines=POLYNOMIAL,
            example={"s": "1", "t": "1", "a": "1", "b": "0"},
            rocq="C29_unique_stated",
            lean="SRVerify.C29_unique",
        ),
    ),
)

C30 = Claim(
    id="C30",
    slug="contraction",
    title=(
        "g(x) = a + b sqrt(x) contracts by rho = b/(b + sqrt(b^2+4a)) <= 1/2 on [kappa*, oo), "
        "for all a, b"
    ),
    paper="Lemma C.4, (69)-(71)",
    equations=(69, 70, 71, 143, 144),
    prose=text("""
        g is non-decreasing, at most x beyond kappa*, and 0 <= g' = b/(2 sqrt(x)) <= rho there. Since
        sqrt(b^2+4a) >= b, rho <= 1/2 whenever a, b >= 0 are not both zero: the "sufficiently small
        learning rate" of Lemma C.4 is not needed.
    """),
    expected=Verdict.HOLDS,
    depends=("C29",),
    parts=(
        stated("g is non-decreasing and below the identity beyond kappa*", "monotone", "below-identity"),
        stated("0 <= g' <= rho there", "derivative-bound"),
        stated("rho <= 1/2 for all a, b", "half"),
    ),
    checks=(
        Check(
            "monotone",
            statement("a + b*sqrt(x) <= a + b*sqrt(y)", "x <= y", x="[0, oo)", y="[0, oo)", **AB),
            engines=POLYNOMIAL,
            example={"x": "1", "y": "4", **ONES},
            rocq="C30_monotone_stated",
            lean="SRVerify.C30_monotone",
        ),
        Check(
            "below-identity",
            statement("a + b*s <= s^2", "r^2 = a + b*r", "r <= s", r="(0, oo)", s="(0, oo)", **AB),
            engines=POLYNOMIAL,
            example={"r": "1", "s": "1", "a": "1", "b": "0"},
            note="g(x) <= x for x = s^2 >= kappa* = r^2.",
            rocq="C30_below_identity_stated",
            lean="SRVerify.C30_below_identity",
        ),
        Check(
            "derivative-bound",
            statement("b/(2*s) <= b/(2*r)", "r <= s", r="(0, oo)", s="(0, oo)", b="[0, oo)"),
            engines=RATIONAL,
            example={"r": "1", "s": "1", "b": "1"},
            note="g'(x) = b/(2 sqrt(x)) at x = s^2; 2r = b + sqrt(b^2+4a) makes the bound rho.",
            rocq="C30_derivative_bound_stated",
            lean="SRVerify.C30_derivative_bound",
        ),
        Check(
            "half",
            statement(f"{RHO} <= 1/2", SOME, **AB),
            engines=("z3", "cvc5", "mpmath"),
            example=ONES,
            mutants=(mutant("1/2 replaced by 499/1000", f"{RHO} <= 499/1000", SOME, **AB),),
            rocq="C30_rho_half",
            lean="SRVerify.C30_half",
        ),
        Check(
            "half-for-small-rates",
            statement(f"{RHO} <= 1/2", "b <= 1/10", SOME, **AB),
            engines=("z3", "cvc5", "mpmath"),
            role=Role.SUPPORT,
            example={"a": "1", "b": "1/16"},
            unnecessary={0: "rho <= 1/2 for every b: the learning rate need not be small"},
            note="Lemma C.4 with the hypothesis it states.",
            rocq="C30_half_for_small_rates",
            lean="SRVerify.C30_half_for_small_rates",
        ),
    ),
)

C31 = Claim(
    id="C31",
    slug="geometric",
    title="kappa_t <= kappa* + rho^t max(kappa_0 - kappa*, 0)",
    paper="Lemma C.4, (72), (73)",
    equations=(60, 72, 73, 145),
    prose="One step of C30 and induction over t, in s = sqrt(kappa_t) and r = sqrt(kappa*).",
    expected=Verdict.HOLDS,
    depends=("C30",),
    experiments=("forgetting",),
    parts=(
        stated("kappa_t <= kappa* + rho^t max(kappa_0 - kappa*, 0)", "all-rounds"),
        remark("kappa_T for any set of prompts, on the concentration events", "any-prompts"),
        remark("kappa_T for countably many responses, on the concentration events", "countable"),
    ),
    checks=(
        Check(
            "one-step",
            statement(
                "a + b*s - r^2 <= b/(2*r)*max(0, s^2 - r^2)",
                "r^2 = a + b*r",
                r="(0, oo)",
                s="[0, oo)",
                **AB,
            ),
            engines=POLYNOMIAL,
            example={"r": "1", "s": "1", "a": "1", "b": "0"},
            rocq="C31_one_step",
            lean="SRVerify.C31_one_step",
        ),
        Check(
            "induction",
            statement(
                "next - ks <= rho*power*excess",
                "next - ks <= rho*max(0, k - ks)",
                "k - ks <= power*excess",
                next="[0, oo)",
                ks="[0, oo)",
                k="[0, oo)",
                rho="[0, 1/2]",
                power="[0, 1]",
                excess="[0, oo)",
            ),
            engines=POLYNOMIAL,
            example={"next": "1", "ks": "1", "k": "1", "rho": "1/2", "power": "1", "excess": "1"},
            rocq="C31_induction",
            lean="SRVerify.C31_induction",
        ),
        computation(
            "orbits",
            "no iterate of 25 orbits of the recurrence exceeds the bound",
            iteration.orbit_below_geometric,
            iteration.orbit_below_geometric_mutant,
            engine="arb",
        ),
        kernel(
            "all-rounds",
            "C31_geometric",
            "the bound at every t, for every sequence under the recurrence",
        ),
        kernel("any-prompts", "C31_any_prompts", "kappa after T rounds for any set of prompts"),
        kernel(
            "countable",
            "C31_countable",
            "kappa after T rounds, any set of prompts, countably many responses",
        ),
    ),
)

C32 = Claim(
    id="C32",
    slug="ceiling",
    title="a = 1: sqrt(kappa*) <= 1 + b, kappa* <= 1 + b + b^2, rho <= b/(2+b) <= b/2",
    paper="Lemma C.4, (74)-(77)",
    equations=(60, 74, 75, 76, 77, 146),
    prose=text("""
        From 2 <= sqrt(b^2+4) <= 2 + b. With beta = 1/sqrt(n) the slope b, and rho with it, is of
        order 1/(c gamma sqrt(n)) up to logarithms.
    """),
    expected=Verdict.HOLDS,
    depends=("C29", "C30"),
    parts=(
        stated("sqrt(kappa*) <= 1 + b and kappa* <= 1 + b + b^2", "sqrt-ceiling", "ceiling"),
        stated("rho <= b/(2+b) <= b/2", "rate", "rate-half"),
    ),
    checks=(
        Check(
            "sqrt-ceiling",
            statement("(b + sqrt(b^2 + 4))/2 <= 1 + b", b="[0, oo)"),
            engines=SCALAR,
            rocq="C32_sqrt_ceiling_stated",
            lean="SRVerify.C32_sqrt_ceiling",
        ),
        Check(
            "ceiling",
            statement("((b + sqrt(b^2 + 4))/2)^2 <= 1 + b + b^2", b="[0, oo)"),
            engines=SCALAR,
            mutants=(
                mutant(
                    "b replaced by 99/100 b",
                    "((b + sqrt(b^2 + 4))/2)^2 <= 1 + 99/100*b + b^2",
                    b="[0, oo)",
                ),
            ),
            rocq="C32_ceiling_stated",
            lean="SRVerify.C32_ceiling",
        ),
        Check(
            "rate",
            statement("b/(b + sqrt(b^2 + 4)) <= b/(2 + b)", b="[0, oo)"),
            engines=SCALAR,
            rocq="C32_rate",
            lean="SRVerify.C32_rate",
        ),
        Check(
            "rate-half",
            statement("b/(2 + b) <= b/2", b="[0, oo)"),
            engines=RATIONAL,
            rocq="C32_rate_half",
            lean="SRVerify.C32_rate_half",
        ),
        kernel(
            "rate-in-n",
            "C32_ceiling_rate",
            "kappa* - 1 and rho at beta = 1/sqrt n: explicit bounds from n = 3 on, and limits",
        ),
    ),
)

C33 = Claim(
    id="C33",
    slug="sqrt-subadditive",
    title="sqrt(x+y) <= sqrt(x) + sqrt(y)",
    paper="Appendix C.5, (79)",
    equations=(79,),
    prose="Square both sides.",
    expected=Verdict.HOLDS,
    parts=(stated("sqrt(x+y) <= sqrt(x) + sqrt(y)", "inequality"),),
    checks=(
        Check(
            "inequality",
            statement("sqrt(x + y) <= sqrt(x) + sqrt(y)", x="[0, oo)", y="[0, oo)"),
            engines=POLYNOMIAL,
            mutants=(
                mutant(
                    "99/100 on the right",
                    "sqrt(x + y) <= 99/100*(sqrt(x) + sqrt(y))",
                    x="[0, oo)",
                    y="[0, oo)",
                ),
            ),
            rocq="C33_sqrt_subadditive",
            lean="SRVerify.C33_inequality",
        ),
    ),
)

CLAIMS = (C27, C28, C29, C30, C31, C32, C33)
