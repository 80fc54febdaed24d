"""Section 6 and Appendix F: linear softmax policies with bounded features (Theorem 6.2).

The class is infinite, so the finite-class bound of Theorem 5.3 is carried over a net. The loss must be
truncated by projection for that; and with noise-free labels the sample often determines p* exactly, so
that nothing statistical is left.
"""

from __future__ import annotations

from srverify.claims.claim import Check, Claim, Expect, Role, Verdict, statement
from srverify.selfreward.computations import linear_class as computed

from ._kit import (
    CLOSED_FORM,
    POLYNOMIAL,
    RATIONAL,
    computation,
    kernel,
    mutant,
    repair,
    simulated,
    stated,
    text,
)

#: Identities with exp, log and sqrt that the SMT solvers reach through lemma instances.
_IDENTITIES = (*CLOSED_FORM, "z3", "cvc5")


F01 = Claim(
    id="F01",
    slug="net",
    title="a maximal s-packing of the R-ball is an s-net with at most (1 + 2R/s)^d points",
    paper="Appendix F, covering of the parameter ball",
    equations=(),
    prose=text("""
        Balls of radius s/2 around the points of a packing are disjoint and lie in the ball of radius R
        + s/2, so their number is at most ((R + s/2)/(s/2))^d = (1 + 2R/s)^d; a maximal packing is a
        net. The kernel's proof needs no volume: N points give self-similar families of N^k points with
        separation of order r^k, r < s/(2R + s), and any count of cells bounds N^k by (A r^-k)^d.
    """),
    expected=Verdict.HOLDS,
    parts=(
        stated(
            "an s-separated family in the R-ball of R^d has at most (1+2R/s)^d members",
            "packing-in-the-kernel",
        ),
        stated("a maximal one exists and is an s-net", "net-in-the-kernel"),
    ),
    checks=(
        Check(
            "volume-ratio",
            statement(
                "((R + s/2)/(s/2))^d = (1 + 2*R/s)^d", R="(0, oo)", s="(0, oo)", d="natural [1, oo)"
            ),
            engines=CLOSED_FORM,
            note="The quotient of the volumes.",
            rocq="F01_volume_ratio",
            lean="SRVerify.F01_volume_ratio",
        ),
        Check(
            "volumes-compare",
            statement("N <= b/a", "N*a <= b", a="(0, oo)", b="(0, oo)", N="[0, oo)"),
            engines=RATIONAL,
            note="N disjoint balls of volume a in a ball of volume b.",
            example={"a": "1", "b": "3", "N": "2"},
            rocq="F01_volumes_compare",
            lean="SRVerify.F01_volumes_compare",
        ),
        computation(
            "interval",
            "in dimension 1 maximal packings have at most 1 + 2R/s points",
            computed.interval_packing,
            computed.interval_packing_mutant,
        ),
        simulated("F01"),
        kernel(
            "packing-in-the-kernel",
            "F01_packing_number",
            "an s-separated family in the R-ball of R^d has at most (1 + 2R/s)^d members, for every d",
        ),
        kernel(
            "net-in-the-kernel",
            "F01_net_exists",
            "a maximal s-packing exists and is an s-net with at most (1 + 2R/s)^d points",
        ),
    ),
)

F02 = Claim(
    id="F02",
    slug="log-ratio-lipschitz",
    title="|log pi_theta - log pi_theta'| <= 2 B_phi ||theta - theta'||",
    paper="Appendix F",
    prose=text("""
        The scores differ by at most t = B_phi ||theta - theta'|| (Cauchy-Schwarz), the log-normalisers
        by at most t (F03); together 2t, attained in the limit of a rare response whose score moves by
        t against all others.
    """),
    expected=Verdict.HOLDS,
    depends=("F03",),
    parts=(
        stated("|log pi_theta - log pi_theta'| <= 2 B_phi ||theta - theta'||", "all-sizes", "policies"),
    ),
    checks=(
        Check(
            "two-terms",
            statement(
                "abs(u - v) <= 2*t", "abs(u) <= t", "abs(v) <= t", u="real", v="real", t="[0, oo)"
            ),
            engines=POLYNOMIAL,
            note="u: difference of scores, v: of log-normalisers.",
            example={"u": "1", "v": "-1", "t": "1"},
            mutants=(
                mutant(
                    "2 replaced by 1.99",
                    "abs(u - v) <= 199/100*t",
                    "abs(u) <= t",
                    "abs(v) <= t",
                    u="real",
                    v="real",
                    t="[0, oo)",
                ),
            ),
            rocq="F02_two_terms",
            lean="SRVerify.F02_two_terms",
        ),
        simulated("F02"),
        kernel("all-sizes", "F02_log_ratio_lipschitz", "finite responses, any dimension"),
        kernel("policies", "F02_policies", "softmax policies over R^d, every d"),
    ),
)

F03 = Claim(
    id="F03",
    slug="normaliser",
    title="|log Z_theta/Z_theta'| <= B_phi ||theta - theta'||",
    paper="Appendix F",
    prose=text("""
        If every score moves by at most t, every e^score and hence Z changes by a factor at most e^t.
    """),
    expected=Verdict.HOLDS,
    parts=(stated("|log Z_theta/Z_theta'| <= B_phi ||theta - theta'||", "all-sizes"),),
    checks=(
        Check(
            "one-score",
            statement("exp(a) <= exp(c)", "a <= c", a="real", c="real"),
            engines=("arb", "z3", "cvc5", "mpmath"),
            example={"a": "1", "c": "1"},
            note="c = b + t: the larger score.",
            rocq="F03_one_score",
            lean="SRVerify.F03_one_score",
        ),
        Check(
            "factor",
            statement("exp(b + t) = exp(t)*exp(b)", b="real", t="[0, oo)"),
            engines=_IDENTITIES,
            rocq="F03_factor",
            lean="SRVerify.F03_factor",
        ),
        Check(
            "sum-of-scores",
            statement(
                "x1 + x2 + x3 <= E*(y1 + y2 + y3)",
                "x1 <= E*y1",
                "x2 <= E*y2",
                "x3 <= E*y3",
                **dict.fromkeys(("x1", "x2", "x3", "y1", "y2", "y3"), "(0, oo)"),
                E="[1, oo)",
            ),
            engines=POLYNOMIAL,
            example={"x1": "1", "x2": "1", "x3": "1", "y1": "1", "y2": "1", "y3": "1", "E": "1"},
            note="E = e^t; three responses, and the other direction with the roles exchanged.",
            rocq="F03_sum_of_scores",
            lean="SRVerify.F03_sum_of_scores",
        ),
        Check(
            "one-score-attains",
            statement("log(exp(b + t)/exp(b)) = t", b="real", t="[0, oo)"),
            engines=_IDENTITIES,
            role=Role.SUPPORT,
            note="A common shift attains the bound.",
            rocq="F03_one_score_attains",
            lean="SRVerify.F03_one_score_attains",
        ),
        simulated("F03"),
        kernel("all-sizes", "F03_normaliser_linear", "finite responses, any dimension"),
    ),
)

F04 = Claim(
    id="F04",
    slug="loss-lipschitz",
    title="the truncated loss is Lipschitz if truncation projects, not if it cuts by an indicator",
    paper="Lemma F.4, display (115)",
    equations=(115,),
    prose=text("""
        With l = (clip_B Delta_pi - clip_B Delta_*)^2 and log-ratios that differ by at most e, Delta =
        beta (difference of log-ratios) differs by at most 2 beta e and |l - l'| <= 8 beta e B. With an
        indicator 1{|Delta_pi| <= B} the loss jumps by 4B^2 across the boundary: at Delta_pi = B,
        Delta_pi' = B + 2 beta e, Delta_* = -B.
    """),
    expected=Verdict.REPAIRED,
    parts=(
        stated("the indicator's loss is Lipschitz", "indicator"),
        repair("with projection |l - l'| <= 8 beta e B", "projected-loss"),
        repair("the indicator's jump exceeds every such bound", "indicator-jump"),
    ),
    checks=(
        Check(
            "indicator",
            statement("(B - (-B))^2 - 0 <= 8*t*B", B="(0, oo)", t="(0, oo)"),
            engines=RATIONAL,
            expect=Expect.REFUTED,
            note="An indicator: l = (B + B)^2 on one side of the boundary, 0 on the other; t = beta e.",
            rocq="F04_indicator_refuted",
            lean="SRVerify.F04_indicator_refuted",
        ),
        Check(
            "projection",
            statement(
                "abs((x - s)^2 - (y - s)^2) <= 8*t*B",
                "abs(x) <= B",
                "abs(y) <= B",
                "abs(s) <= B",
                "abs(x - y) <= 2*t",
                x="real",
                y="real",
                s="real",
                B="[0, oo)",
                t="[0, oo)",
            ),
            engines=POLYNOMIAL,
            role=Role.REPAIR,
            example={"x": "1", "y": "0", "s": "0", "B": "1", "t": "1"},
            note="Projected values x, y, s lie in [-B, B].",
            rocq="F04_projection",
            lean="SRVerify.F04_projection",
        ),
        Check(
            "projection-contracts",
            statement(
                "abs(min(B, max(x, -B)) - min(B, max(y, -B))) <= abs(x - y)",
                x="real",
                y="real",
                B="[0, oo)",
            ),
            engines=POLYNOMIAL,
            role=Role.REPAIR,
            note="Projecting on [-B, B] does not increase distances.",
            rocq="F04_projection_contracts",
            lean="SRVerify.F04_projection_contracts",
        ),
        simulated("F04"),
        kernel("projected-loss", "F04_projected_loss", "8 beta e B for projected losses"),
        kernel(
            "indicator-jump",
            "F04_indicator_jump",
            "the indicator's jump exceeds every such bound",
        ),
    ),
)

F05 = Claim(
    id="F05",
    slug="uniform-bound",
    title="zero empirical loss gives L <= 24 beta e B + (32/3) B^2 log(|net|/delta)/n",
    paper="Appendix F",
    prose=text("""
        Move to a net point (8 beta e B for the loss, 8 beta e B for the empirical loss), apply C14
        with range 4B^2 there, and move back: 8 + 2*8 = 24 and (8/3)*4 = 32/3. In the sup log-ratio
        metric a net of resolution e comes from one of resolution e/(2 B_phi) in the parameter (F02),
        so log|net| <= d log(1 + 4 R B_phi/e). The 24 is not tight.
    """),
    expected=Verdict.HOLDS,
    depends=("F01", "F02", "F04", "C14"),
    parts=(
        stated(
            "zero empirical loss gives L <= 24 beta e B + (32/3) B^2 log(|net|/delta)/n",
            "chain",
            "three-moves",
        ),
        stated("uniformly over a class with a finite net, by exponential moments", "zero-loss-net"),
        stated("log|net| <= d log(1 + 4 R B_phi/e)", "net-size", "linear-net"),
    ),
    checks=(
        Check(
            "three-moves",
            statement(
                "L <= 24*t + 32/3*s",
                "L <= M + 8*t",
                "E <= 8*t",
                "M <= 2*E + 8/3*(4*s)",
                L="[0, oo)",
                M="[0, oo)",
                E="[0, oo)",
                t="[0, oo)",
                s="[0, oo)",
            ),
            engines=POLYNOMIAL,
            example={"L": "0", "M": "0", "E": "0", "t": "1", "s": "1"},
            note=(
                "M, E: loss and empirical loss at the net point; t = beta e B; s = B^2 "
                "log(|net|/delta)/n."
            ),
            rocq="F05_three_moves",
            lean="SRVerify.F05_three_moves",
        ),
        Check(
            "net-size",
            statement(
                "d*log(1 + 2*R/(e/(2*B))) = d*log(1 + 4*R*B/e)",
                R="(0, oo)",
                B="(0, oo)",
                e="(0, oo)",
                d="natural [1, oo)",
            ),
            engines=_IDENTITIES,
            rocq="F05_net_size_stated",
            lean="SRVerify.F05_net_size",
        ),
        kernel("chain", "F05_uniform_bound", "the three moves together"),
        kernel(
            "linear-net",
            "F05_linear_net",
            "a net of the class in the sup log-ratio metric, at most (1 + 4 R B_phi/e)^d policies",
        ),
        simulated("F05"),
        kernel(
            "zero-loss-net",
            "F05_zero_loss_net",
            "uniformly over a class with a finite net, by exponential moments",
        ),
    ),
)

F06 = Claim(
    id="F06",
    slug="resolution",
    title="e = B/(beta n) gives L <= B^2 (24 + (32/3)(d log(1 + 4 R B_phi beta n/B) + log(1/delta)))/n",
    paper="Appendix F",
    prose="Substitute the resolution into F05.",
    expected=Verdict.HOLDS,
    depends=("F05",),
    parts=(
        stated(
            "e = B/(beta n) gives L <= B^2(24 + (32/3)(d log(1+4RB_phi beta n/B) + log(1/delta)))/n",
            "substitution-kernel",
        ),
        stated(
            "with probability >= 1-delta, for every zero-loss member of the linear class", "linear-class"
        ),
    ),
    checks=(
        Check(
            "substitution",
            statement(
                "24*b*(B/(b*n))*B + 32/3*B^2*(d*log(1 + 4*R*P/(B/(b*n))) + log(1/D))/n"
                " = B^2*(24 + 32/3*(d*log(1 + 4*R*P*b*n/B) + log(1/D)))/n",
                b="(0, oo)",
                B="(0, oo)",
                n="(0, oo)",
                d="[0, oo)",
                R="(0, oo)",
                P="(0, oo)",
                D="(0, 1)",
            ),
            engines=_IDENTITIES,
            note="P = B_phi, D = delta, b = beta.",
            rocq="F06_substitution",
            lean="SRVerify.F06_substitution",
        ),
        kernel("substitution-kernel", "F06_resolution", "the same identity"),
        kernel(
            "linear-class",
            "F06_linear_concentration",
            "with probability >= 1-delta, for every zero-loss member of the linear class",
        ),
        simulated("F06"),
    ),
)

F07 = Claim(
    id="F07",
    slug="stat-error",
    title="the square root of F06 replaces 2B sqrt(log(|Pi|/delta)/n) in C18",
    paper="Appendix F, display (116)",
    equations=(116,),
    prose=text("""
        In C18 the statistical term is sqrt(L) for a bound L on the loss; a finite class gives L = 4B^2
        log(|Pi|/delta)/n, the linear class F06.
    """),
    expected=Verdict.HOLDS,
    depends=("F06",),
    parts=(
        stated("sqrt(F06) replaces 2B sqrt(log(|Pi|/delta)/n)", "finite-class", "monotone"),
        stated("C18 for the linear class with this error, every minimiser", "balance"),
    ),
    checks=(
        Check(
            "finite-class",
            statement("sqrt(4*B^2*l/n) = 2*B*sqrt(l/n)", B="(0, oo)", l="(0, oo)", n="(0, oo)"),
            engines=_IDENTITIES,
            rocq="F07_finite_class",
            lean="SRVerify.F07_finite_class",
        ),
        Check(
            "monotone",
            statement("sqrt(L) <= sqrt(U)", "L <= U", L="[0, oo)", U="[0, oo)"),
            engines=("arb", "z3", "cvc5", "mpmath"),
            example={"L": "1", "U": "2"},
            rocq="F07_monotone",
            lean="SRVerify.F07_monotone",
        ),
        kernel(
            "balance",
            "F07_linear_balance",
            "C18 for the linear class with this error, every minimiser",
        ),
        kernel(
            "error-rate",
            "F07_error_rate",
            "at beta = 1/sqrt n and the repaired radius the error is of order log^(3/2) n/sqrt n",
        ),
    ),
)

F08 = Claim(
    id="F08",
    slug="regimes",
    title="both branches of C24; saturated for A >= 1 - c, where kappa_1 <= 1/c",
    paper="Appendix F, displays (131)-(138)",
    equations=(131, 132, 133, 134, 135, 136, 137, 138),
    prose=text("""
        For A >= 1 - c the bound A t/(t-1) is at least 1 on all of (1, 1/c], so the minimum is 1 and
        the integral is 1/c - 1: kappa_1 <= 1/c. Below that C24 and C26 apply.
    """),
    expected=Verdict.HOLDS,
    depends=("C23", "C24"),
    parts=(
        stated("for A >= 1-c the bound is saturated, kappa_1 <= 1/c", "saturated", "saturated-value"),
    ),
    checks=(
        Check(
            "saturated",
            statement(
                "1 <= A*t/(t - 1)", "1 - c <= A", "t <= 1/c", A="(0, oo)", c="(0, 1)", t="(1, oo)"
            ),
            engines=POLYNOMIAL,
            example={"A": "1", "c": "1/2", "t": "3/2"},
            rocq="F08_saturated",
            lean="SRVerify.F08_saturated",
        ),
        Check(
            "saturated-value",
            statement("1 + (1/c - 1) = 1/c", c="(0, 1)"),
            engines=("sympy", "z3", "cvc5", "mpmath"),
            note="1 plus the integral of 1 over (1, 1/c].",
            rocq="F08_saturated_value",
            lean="SRVerify.F08_saturated_value",
        ),
        kernel("saturated-integral", "F08_saturated_integral", "the Riemann integral is 1/c - 1"),
        kernel("policies", "F08_regimes", "both regimes for every finite policy and prompt set"),
    ),
)

F09 = Claim(
    id="F09",
    slug="theorem-6-2",
    title="Theorem 6.2: the recurrence and its consequences with the linear-class error",
    paper="Theorem 6.2, Appendix F, displays (117)-(120) and (139)-(148)",
    equations=(117, 118, 119, 120, 139, 140, 141, 142, 143, 144, 145, 146, 147, 148),
    prose=text("""
        C19 and C26 with F07 in place of the finite-class error give the recurrence kappa' <= 1 + (2e +
        beta) sqrt(kappa)/(gamma c); C28-C35 do not ask where e came from. A-REAL in every round holds
        on the exact path up to S08's horizon only, or under F10: with a fixed radius R the theorem is
        about finitely many rounds.
    """),
    expected=Verdict.CONDITIONAL,
    depends=("F07", "F08", "S08", "C19", "C26", "C28", "C31", "C32", "C34", "C35"),
    assumptions=("A-REAL", "A-CONC", "A-TAIL", "A-MARGIN"),
    parts=(
        stated(
            "Theorem 6.2 for the linear softmax class, d, R, B_phi, T, n, delta explicit",
            "linear-softmax",
            "learner-exists",
        ),
        stated("for every class with a finite net", "every-class-with-a-net"),
        stated("the recurrence for the linear class", "recurrence-in-the-kernel"),
        stated(
            "its consequences: base failure, Corollary 5.7, the doubly exponential rate",
            "base-failure",
            "corollary-5-7",
            "doubly-exponential",
        ),
    ),
    checks=(
        Check(
            "one-round",
            statement(
                "k1 <= 1 + (2*e*s + b*l)/(g*c)",
                "k1 <= 1 + A/c",
                "A = (2*e*s + b*l)/g",
                k1="[1, oo)",
                e="[0, oo)",
                s="[1, oo)",
                b="(0, 1]",
                l="[0, oo)",
                g="(0, oo)",
                c="(0, 1]",
                A="[0, oo)",
            ),
            engines=("sympy", "z3", "cvc5", "mpmath"),
            example={"k1": "1", "e": "0", "s": "1", "b": "1", "l": "0", "g": "1", "c": "1", "A": "0"},
            note="s = sqrt(kappa), l = log kappa, under A-CONC with C_t <= kappa_t.",
            rocq="F09_one_round",
            lean="SRVerify.F09_one_round",
        ),
        Check(
            "recurrence",
            statement(
                "1 + (2*e*s + b*l)/(g*c) <= 1 + (2*e + b)/(g*c)*s",
                "l <= s",
                e="[0, oo)",
                s="[1, oo)",
                b="(0, 1]",
                l="[0, oo)",
                g="(0, oo)",
                c="(0, 1]",
            ),
            engines=POLYNOMIAL,
            example={"e": "0", "s": "1", "b": "1", "l": "1", "g": "1", "c": "1"},
            note="By C28, log kappa <= sqrt(kappa).",
            rocq="F09_recurrence",
            lean="SRVerify.F09_recurrence",
        ),
        kernel(
            "every-class-with-a-net", "F09_theorem_6_2", "Theorem 6.2 for every class with a finite net"
        ),
        kernel(
            "linear-softmax",
            "F09_linear_theorem_6_2",
            "Theorem 6.2 for the linear softmax class with d, R, B_phi, T, n and delta explicit",
        ),
        kernel(
            "learner-exists",
            "F09_learner_exists",
            "learners that minimise the empirical loss in every round exist",
        ),
        kernel("recurrence-in-the-kernel", "F09_linear_recurrence", "C27 for the linear class with F07"),
        kernel("base-failure", "F09_linear_base_failure", "base failure is at most the sum of 2 A_t"),
        kernel("corollary-5-7", "F09_linear_corollary_5_7", "C35 for the linear class"),
        kernel("doubly-exponential", "F09_linear_doubly_exponential", "C37 for the linear class"),
        kernel(
            "instance",
            "F09_theorem_6_2_instance",
            "d = 2, T = 2, n = 10^12: the hypotheses hold, the bound is 1/40, not always p*",
        ),
        kernel(
            "rate",
            "F09_rate",
            "at beta = 1/sqrt n and R = alpha_T nu: explicit, of order log^(3/2) n/sqrt n from n = 3 on",
        ),
        kernel("rate-limit", "F09_rate_limit", "the bound times sqrt n/log^(3/2) n has a finite limit"),
        kernel(
            "rate-instance",
            "F09_rate_instance",
            "d = 2, T = 2, n = 10^18, R = alpha_2 ||theta_0||: the bound is at most 1/2000",
        ),
    ),
)

F10 = Claim(
    id="F10",
    slug="exact-recovery",
    title="on a spanning sample every zero-loss parameter gives exactly p*: no statistical term",
    paper="beyond the paper",
    prose=text("""
        The labels are noise-free and the fitted reward difference is beta <theta - theta_t, phi -
        phi'>, linear in theta. If the sampled feature differences span all feature differences, zero
        empirical loss determines theta up to directions that no policy sees; under A-REAL the
        minimiser is p*, and A-CONC, A-TAIL, A-MARGIN hold for free. Spanning needs pairs with y != y',
        whose probability is at most 2(1 - 1/kappa_t): likely early, hopeless once pi_t is sharp.
    """),
    expected=Verdict.SHARPER,
    ours=True,
    depends=("S02", "S05", "C13", "C16"),
    experiments=("recovery",),
    parts=(
        stated("zero loss on a spanning sample gives exactly p*", "recovery", "minimiser"),
        stated("A-CONC, A-TAIL, A-MARGIN hold for free", "assumptions"),
        stated("in every round at the repaired radius", "all-rounds"),
        stated("P(y != y') <= 2(1 - 1/kappa_t)", "informative-pairs"),
        stated("spanning is hopeless once pi_t is sharp", "hopeless-when-sharp"),
        stated("without A-REAL the minimiser depends on the sample", "minimiser-moves"),
    ),
    checks=(
        Check(
            "two-equations",
            statement(
                "u = 0 and v = 0",
                "a1*u + a2*v = 0",
                "b1*u + b2*v = 0",
                "a1*b2 < a2*b1 or a2*b1 < a1*b2",
                u="real",
                v="real",
                a1="real",
                a2="real",
                b1="real",
                b2="real",
            ),
            engines=POLYNOMIAL,
            example={"u": "0", "v": "0", "a1": "1", "a2": "0", "b1": "0", "b2": "1"},
            note="Dimension 2: two independent differences leave no error.",
            rocq="F10_two_equations",
            lean="SRVerify.F10_two_equations",
        ),
        Check(
            "distinct-pairs",
            statement("1 - u^2 <= 2*(1 - u)", u="[0, 1]"),
            engines=RATIONAL,
            note="P(y != y') <= 1 - u^2 for mode mass u.",
            rocq="F10_distinct_pairs",
            lean="SRVerify.F10_distinct_pairs",
        ),
        Check(
            "distinct-pairs-two-prompts",
            statement(
                "2*(w*(1 - u) + (1 - w)*(1 - v)) <= 2*(1 - 1/(w/u + (1 - w)/v))",
                w="[0, 1]",
                u="(0, 1]",
                v="(0, 1]",
            ),
            engines=RATIONAL,
            note="Jensen: E[1 - u] <= 1 - 1/kappa.",
            rocq="F10_distinct_pairs_two_prompts",
            lean="SRVerify.F10_distinct_pairs_two_prompts",
        ),
        computation(
            "distinct-pairs-many-policies",
            "P(y != y') <= 2(1 - 1/kappa) on random policies",
            computed.informative_pairs,
            computed.informative_pairs_mutant,
        ),
        simulated("F10"),
        kernel(
            "recovery", "F10_exact_recovery", "zero loss on a spanning sample gives p*, any dimension"
        ),
        kernel("minimiser", "F10_minimiser_is_update", "under A-REAL every empirical minimiser is p*"),
        kernel(
            "assumptions", "F10_assumptions_for_free", "A-CONC, A-TAIL and A-MARGIN for the minimiser"
        ),
        kernel(
            "all-rounds",
            "F10_recovery_at_the_repaired_radius",
            "at R >= alpha_T ||theta_0|| the T rounds are exact with the probability that samples span",
        ),
        kernel(
            "all-rounds-instance",
            "F10_recovery_instance",
            "d = 2, T = 2, beta = 1, n = 100: exact with probability at least 49/50",
        ),
        kernel(
            "informative-pairs",
            "F10_informative_pairs",
            "P(y != y') <= 2(1 - 1/kappa)",
        ),
        kernel(
            "pairs-needed",
            "F10_spanning_needs_pairs",
            "a spanning sample has at least dim(span) pairs with different responses",
        ),
        kernel(
            "expected-pairs",
            "F10_expected_distinct_pairs",
            "the expected number of pairs with different responses is at most 2n(1 - 1/kappa)",
        ),
        kernel(
            "hopeless-when-sharp",
            "F10_spanning_is_hopeless",
            "P(spans) <= 2n(N - 1) exp(-gamma alpha_t)/dim along the exact path",
        ),
        kernel(
            "draws-per-pair",
            "F10_draws_per_pair",
            "pi_0 = (3/5, 2/5), beta = 1/10: about 2, 44 and 10^21 draws per informative pair",
        ),
        kernel(
            "minimiser-moves",
            "F10_minimiser_moves",
            "without A-REAL the minimisers of two samples are different policies",
        ),
    ),
)

CLAIMS = (F01, F02, F03, F04, F05, F06, F07, F08, F09, F10)
