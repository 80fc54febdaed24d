"""Theorem 4.1, beyond the paper: the exact minimax risk, better constants, and what "failure" must mean.

On the hard class the minimax risk can be computed exactly. It exceeds the bound of D07 by a wide
margin (D15, D16), and with keys hidden among two labels only, the logarithm, and with it Lambert W,
disappears (D17).
"""

from __future__ import annotations

from srverify.claims.claim import Check, Claim, Expect, Role, Verdict, statement
from srverify.selfreward.computations import hard_instance, hard_risk

from ._kit import (
    CLOSED_FORM,
    IDENTITY,
    LEMMAS,
    POLYNOMIAL,
    RATIONAL,
    SAMPLED,
    SCALAR,
    computation,
    kernel,
    mutant,
    refuted_in_kernel,
    repair,
    simulated,
    stated,
    text,
)

D15 = Claim(
    id="D15",
    slug="exact-bayes-risk",
    title="the exact minimax risk of the hard class, against D07 and D09",
    paper="Appendix D (ours)",
    ours=True,
    prose=text("""
        By symmetry the minimax risk is the Bayes risk under uniform keys: rho E_k[((M-1)/(M+1))^k (1
        - E[1/(M-D_k)])], k ~ Bin(n, rho/d), D_k the number of distinct values in k uniform draws
        from M-1 labels. It equals full enumeration of keys and samples for tiny instances and the
        simulated Bayes-optimal learner for others. For every n below D07's bound it is at least 6
        eps, whatever the size (more than 8 eps on a grid), and the true threshold, the least n with
        risk <= eps, is 16.6 to 85.3 times D07's at every size: 85.3 is the value at kappa_0 = 2,
        eps = 1/16 for many keys, 6 log 16 = 16.6 the limit eps -> 0 at kappa_0 = 2.
    """),
    expected=Verdict.SHARPER,
    depends=("D01", "D02", "D03", "D07", "D09"),
    experiments=("hard-instance",),
    parts=(
        stated(
            "the minimax risk is the Bayes risk under uniform keys",
            "minimax-all-sizes",
            "equaliser",
            "bayes-lower-all-sizes",
        ),
        stated("the Bayes risk has the closed formula", "all-sizes", "label-free-formula"),
        stated(
            "it is the least average over every key vector and sample, of any size",
            "all-sizes",
            "bayes-lower-all-sizes",
        ),
        stated("below D07's bound the risk is at least 2 eps (6 eps)", "risk-below-the-bound-all-sizes"),
        stated(
            "the true threshold is 16.6 to 85.3 times D07's, at every size",
            "threshold-above",
            "threshold-below",
        ),
        stated(
            "as eps -> 0 the threshold at rho = x eps is d(kappa_0-1)(ln x/x^2)/eps^2",
            "share-below",
            "share-above",
        ),
    ),
    checks=(
        computation(
            "formula-against-enumeration",
            "the occupancy formula equals enumeration of every key vector and sample on 30 "
            "tiny instances",
            hard_risk.formula_against_enumeration,
            hard_risk.formula_against_enumeration_mutant,
            role=Role.STATED,
        ),
        Check(
            "posterior",
            statement("g*(1/2) + (1 - g)*(1/2) = 1/2", g="[0, 1]"),
            engines=IDENTITY,
            role=Role.SUPPORT,
            note="Equally likely labels: no guess, randomised or not, does better than any other.",
            rocq="D05_guess",
            lean="SRVerify.D15_posterior",
        ),
        computation(
            "simulated-learner",
            "the simulated Bayes-optimal learner has the exact risk within 5 standard errors",
            hard_risk.simulated_learner,
            hard_risk.simulated_learner_mutant,
            engine="simulation",
        ),
        computation(
            "risk-below-the-bound",
            "at the largest n below D07's bound the risk is at least 2 eps, over a grid of "
            "(kappa_0, d, eps)",
            hard_risk.risk_below_bound,
            hard_risk.risk_below_bound_mutant,
            role=Role.STATED,
        ),
        computation(
            "threshold-ratio",
            "over the grid the least n with risk <= eps is 16.6 to 85.3 times D07's bound",
            hard_risk.threshold_ratios,
            hard_risk.threshold_ratios_mutant,
            role=Role.STATED,
        ),
        Check(
            "threshold-limit",
            statement("3072*log(16)/512 = 6*log(16) and 166/10 < 6*log(16) and 6*log(16) < 167/10"),
            engines=("arb", "sympy", "mpmath"),
            role=Role.SUPPORT,
            note="eps -> 0 at kappa_0 = 2: 16 exp(-256 n eps^2/d) = 1 against n = d/(1536 eps^2).",
            rocq="D15_threshold_limit",
            lean="SRVerify.D15_threshold_limit",
        ),
        simulated("D15"),
        kernel(
            "all-sizes",
            "D15_bayes_risk",
            "the exact risk formula for every M, d, n, rho",
        ),
        kernel(
            "risk-below-the-bound-all-sizes",
            "D15_risk_below_bound",
            "the exact risk is at least 6 eps for every n up to D07's bound, every kappa_0, d and eps",
        ),
        kernel(
            "threshold-above",
            "D15_threshold_above",
            "the exact risk is above eps up to 16.6 times D07's bound, every kappa_0, d and eps",
        ),
        kernel(
            "threshold-below",
            "D15_threshold_below",
            "and at most eps from the last whole number below 85.3 times it on",
        ),
        kernel(
            "minimax-all-sizes",
            "D15_minimax",
            "the minimax risk over all keys is the Bayes risk, every M, d, n, rho",
        ),
        kernel(
            "equaliser",
            "D15_equaliser",
            "the learner that picks a random undrawn label has the Bayes risk at every key",
        ),
        kernel(
            "label-free-formula", "D15_formula", "the formula does not depend on the label set aside"
        ),
        kernel(
            "bayes-lower-all-sizes",
            "D15_bayes_lower",
            "no randomised learner has a smaller average risk under uniform keys",
        ),
        kernel(
            "sandwich-all-sizes",
            "D15_sandwich",
            "rho((1-2a)^n - (1-a)^n/M) <= risk(n) <= rho(1-2a)^n, a = rho/(d(M+1)), every M, d, n, rho",
        ),
        kernel(
            "share-below",
            "D15_share_below",
            "as eps -> 0 the risk at rho = x eps is at least eps up to d(kappa_0-1) log(x)/(x^2 "
            "eps^2) draws; at x = 16 that is 12 log(16)(kappa_0-1)/kappa_0 times D07",
        ),
        kernel("share-above", "D15_share_above", "and below eps from there on"),
    ),
)

D16 = Claim(
    id="D16",
    slug="jensen-constant",
    title="risk(n) >= (rho/2)(1 - 3/(M+1))^(n rho/d); best constants as eps -> 0",
    paper="Appendix D, Step 4 (ours)",
    ours=True,
    prose=text("""
        Jensen's inequality for the convex k -> q^k replaces Markov's (D04) and loses nothing of the
        tail. As eps -> 0, with rho = x eps, the bound needs n = d(kappa_0-1)/eps^2 times (2/3)
        log(x/2)/x^2, which is largest at x = 2 sqrt(e), giving d(kappa_0-1)/(12 e eps^2), 3072/(12e)
        = 94.2 times D07 for large kappa_0. The exact risk D15 gives log(x)/x^2, largest at x =
        sqrt(e): d(kappa_0-1)/(2e eps^2), 565 times.
    """),
    expected=Verdict.SHARPER,
    depends=("D05", "D15"),
    parts=(
        stated("risk(n) >= (rho/2)(1 - 3/(M+1))^{n rho/d}", "all-learners"),
        stated(
            "as eps -> 0 the Jensen form gains 256(kappa_0-1)/(e kappa_0) on D07 at its best rho",
            "jensen-gain-below",
            "jensen-gain-above",
            "instances-exist",
        ),
        stated(
            "the exact risk gains 1536(kappa_0-1)/(e kappa_0) at its best rho",
            "exact-gain-below",
            "exact-gain-above",
        ),
    ),
    checks=(
        Check(
            "jensen",
            statement("p*log(q) <= log(1 - p + p*q)", p="[0, 1]", q="(0, oo)"),
            engines=("z3", "mpmath"),
            note="q^(n p) <= (1 - p + p q)^n = E q^k for k ~ Bin(n, p): concavity of log.",
            mutants=(
                mutant(
                    "p replaced by 99/100 p",
                    "99/100*p*log(q) <= log(1 - p + p*q)",
                    p="[0, 1]",
                    q="(0, oo)",
                ),
            ),
            rocq="D16_jensen_stated",
            lean="SRVerify.D16_jensen",
        ),
        Check(
            "jensen-from-tangents",
            statement(
                "p*log_q <= log_c",
                "c = 1 - p + p*q",
                "log_q <= log_c + q/c - 1",
                "0 <= log_c + 1/c - 1",
                p="[0, 1]",
                q="(0, oo)",
                c="(0, oo)",
                log_q="real",
                log_c="real",
            ),
            engines=POLYNOMIAL,
            role=Role.SUPPORT,
            example={"p": "1/2", "q": "1", "c": "1", "log_q": "0", "log_c": "0"},
            note="The same from two tangents of log at c.",
            rocq="D16_jensen_from_tangents",
            lean="SRVerify.D16_jensen_from_tangents",
        ),
        Check(
            "binomial-mean",
            statement(
                "(1 - rho/d) + rho/d*(1 - 3/(M + 1)) = 1 - 3*rho/(d*(M + 1))",
                rho="(0, 1]",
                d="natural [1, oo)",
                M="natural [2, oo)",
            ),
            engines=IDENTITY,
            note="One draw's factor in E q^k at q = 1 - 3/(M+1).",
            rocq="D16_binomial_mean",
            lean="SRVerify.D16_binomial_mean",
        ),
        computation(
            "against-exact-risk",
            "the Jensen bound is below the exact risk on 216 instances; twice the bound is not",
            hard_risk.jensen_against_exact_risk,
            hard_risk.jensen_against_exact_risk_mutant,
            engine="arb",
        ),
        Check(
            "best-rho",
            statement("log(y)/(2*y)^2 <= 1/(8*exp(1))", y="(0, oo)"),
            engines=("arb", "mpmath"),
            note="log(x/2)/x^2 with x = 2y; (2/3) of it is 1/(12 e), attained at x = 2 sqrt(e).",
            mutants=(mutant("8 replaced by 81/10", "log(y)/(2*y)^2 <= 1/(81/10*exp(1))", y="(0, oo)"),),
            rocq="D16_best_rho",
            lean="SRVerify.D16_best_rho",
        ),
        Check(
            "best-rho-exact",
            statement("log(x)/x^2 <= 1/(2*exp(1))", x="(0, oo)"),
            engines=("arb", "mpmath"),
            mutants=(mutant("2 replaced by 201/100", "log(x)/x^2 <= 1/(201/100*exp(1))", x="(0, oo)"),),
            rocq="D16_best_rho_exact",
            lean="SRVerify.D16_best_rho_exact",
        ),
        Check(
            "best-rho-in-coordinates",
            statement("1 + 2*log(v) <= v^2", v="(0, oo)"),
            engines=SCALAR,
            role=Role.SUPPORT,
            note="x = 2 sqrt(e) v, and x = sqrt(e) v, in the two inequalities above; equality at v = 1.",
            rocq="D16_best_rho_in_coordinates",
            lean="SRVerify.D16_best_rho_in_coordinates",
        ),
        Check(
            "gains",
            statement("94 < 3072/(12*exp(1)) and 565 < 3072/(2*exp(1)) and 3072/(2*exp(1)) < 566"),
            engines=("arb", "mpmath"),
            role=Role.SUPPORT,
            rocq="D16_gains",
            lean="SRVerify.D16_gains",
        ),
        kernel("all-learners", "D16_lower_bound", "the Jensen form for every randomised learner"),
        simulated("D16"),
        kernel(
            "exact-gain-below",
            "D16_exact_gain_below",
            "as eps -> 0 the exact risk at rho = sqrt(e) eps is at least eps at every factor below "
            "1536(kappa_0-1)/(e kappa_0) of D07's bound",
        ),
        kernel(
            "exact-gain-above",
            "D16_exact_gain_above",
            "and at every larger factor it is below eps, whatever rho",
        ),
        kernel(
            "jensen-gain-below",
            "D16_jensen_gain_below",
            "the Jensen form is at least eps at every factor below 256(kappa_0-1)/(e kappa_0) at rho "
            "= 2 sqrt(e) eps",
        ),
        kernel(
            "jensen-gain-above",
            "D16_jensen_gain_above",
            "and below eps at every larger factor, whatever rho",
        ),
        kernel(
            "instances-exist",
            "D16_instances",
            "the instances exist for every rho, with condition number at most kappa_0",
        ),
    ),
)

KEYS = {"kappa": "[2, oo)", "eps": "(0, 1/16]", "d": "[1, oo)", "M": "real", "n": "[0, oo)"}

D17 = Claim(
    id="D17",
    slug="binary-keys",
    title=(
        "keys among two labels: risk (rho/2)(1 - 3 rho/(d(M+1)))^n, n > c_0 kappa_0 "
        "log2|Pi|/eps^2, no logarithm"
    ),
    paper="Appendix D (ours)",
    ours=True,
    prose=text("""
        With J_i in {1, 2} and everything else as in D01, a prompt is undecided exactly while neither
        label was drawn there, so the minimax risk is (rho/2)(1 - 3 rho/(d(M+1)))^n. At rho = 16 eps
        Bernoulli gives n > c_0 kappa_0 d/eps^2 with d = log2|Pi|: the logarithm of (6) is an
        artefact of the M-ary construction. The constant c_0 is loose: it may grow by 4 log 8 = 8.3,
        the limit at kappa_0 = 2, eps -> 0 (elsewhere the slack is larger, up to 8 log 8 for large
        kappa_0). For n >= (kappa_0-1) max(d/3, 3/d), rho = sqrt((kappa_0-1)d/(3n)) gives risk >=
        e^(-1/2)/2 rho, hence 0.1238 sqrt(kappa_0 log2|Pi|/n) for kappa_0 >= 2.
    """),
    expected=Verdict.SHARPER,
    depends=("D01", "D02", "D03", "D07"),
    experiments=("lambert",),
    parts=(
        stated("the minimax risk is exactly (rho/2)(1 - 3 rho/(d(M+1)))^n", "all-learners"),
        stated(
            "success >= 1-eps needs n > c_0 kappa_0 log2|Pi|/eps^2",
            "sample-necessary",
            "sample-on-an-instance",
        ),
        stated(
            "risk >= 0.1238 sqrt(kappa_0 log2|Pi|/n) for n >= (kappa_0-1) max(d/3, 3/d)",
            "rate",
            "rate-on-an-instance",
        ),
    ),
    checks=(
        computation(
            "exact-risk",
            "enumeration of every binary key vector and sample gives (rho/2)(1-3 rho/(d(M+1)))^n",
            hard_risk.binary_key_risk,
            hard_risk.binary_key_risk_mutant,
            role=Role.STATED,
        ),
        Check(
            "bernoulli",
            statement(
                "7/8 <= n*x",
                "8*power <= 1",
                "1 - n*x <= power",
                n="[0, oo)",
                x="[0, 1]",
                power="[0, 1]",
            ),
            engines=RATIONAL,
            example={"n": "10", "x": "1/4", "power": "1/10"},
            note=(
                "risk = 8 eps (1-x)^n <= eps with x = 48 eps/(d(M+1)); (1-x)^n >= 1 - n x is D05's"
                " induction."
            ),
            rocq="D17_bernoulli",
            lean="SRVerify.D17_bernoulli",
        ),
        Check(
            "sample-size",
            statement(
                "1/3072*kappa*d/eps^2 < n",
                "7/8 <= n*(48*eps/(d*(M + 1)))",
                "kappa/(16*eps) <= M + 1",
                **KEYS,
            ),
            engines=POLYNOMIAL,
            example={"kappa": "2", "eps": "1/16", "d": "1", "M": "3", "n": "2"},
            note="With D07's M + 1 >= kappa_0/(16 eps).",
            mutants=(
                mutant(
                    "c_0 = 1/3072 doubled (kappa_0 = 2, d = 1)",
                    "2/3072*kappa*d/eps^2 < n",
                    "7/8 <= n*(48*eps/(d*(M + 1)))",
                    "kappa/(16*eps) <= M + 1",
                    survives="c_0 is loose on purpose: Bernoulli alone gives 3.5 times as much",
                    **{**KEYS, "kappa": "[2, 2]", "d": "[1, 1]"},
                ),
                mutant(
                    "c_0 = 1/3072 times four (kappa_0 = 2, d = 1)",
                    "4/3072*kappa*d/eps^2 < n",
                    "7/8 <= n*(48*eps/(d*(M + 1)))",
                    "kappa/(16*eps) <= M + 1",
                    **{**KEYS, "kappa": "[2, 2]", "d": "[1, 1]"},
                ),
            ),
            rocq="D17_sample_size",
            lean="SRVerify.D17_sample_size",
        ),
        computation(
            "exact-threshold",
            "with n <= c_0 kappa_0 d/eps^2 the exact risk exceeds eps; with ten times as "
            "many it does not",
            hard_risk.binary_key_threshold,
            hard_risk.binary_key_threshold_mutant,
        ),
        Check(
            "necessary-as-printed",
            statement(
                "1/3072*kappa*d/eps^2 < n",
                "1 + (kappa - 1)/(8*eps) < M + 1",
                "16*eps/2*(1 - 3*(16*eps)/(d*(M + 1)))^n <= eps",
                kappa="[2, oo)",
                eps="(0, 1/16]",
                M="real",
                d="[1, oo)",
                n="natural [0, oo)",
            ),
            engines=SAMPLED,
            lean="SRVerify.D17_necessary_as_printed",
            role=Role.SUPPORT,
            expect=Expect.SUPPORTED,
            example={"kappa": "2", "eps": "1/16", "M": "3", "d": "1", "n": "10"},
        ),
        Check(
            "share",
            statement(
                "3*rho/(d*(M + 1))*(2*n + 1) <= 1",
                "6*n*rho/d < M",
                "3*rho <= d",
                d="[1, oo)",
                n="(0, oo)",
                rho="(0, 1]",
                M="real",
            ),
            engines=POLYNOMIAL,
            example={"d": "1", "n": "64", "rho": "1/4", "M": "97"},
            note=(
                "A draw hits an undecided prompt's two labels with a share a, a(2n+1) <= 1; 6 n rho/d is"
                " 2(kappa_0-1)/rho at rho^2 = (kappa_0-1)d/(3n)."
            ),
            rocq="D17_share",
            lean="SRVerify.D17_share",
        ),
        Check(
            "share-hypothesis",
            statement("3*rho <= d", "3*(3*n*rho^2/d) <= n*d", d="[1, oo)", n="(0, oo)", rho="(0, 1]"),
            engines=POLYNOMIAL,
            example={"d": "1", "n": "64", "rho": "1/4"},
            note="n >= 3(kappa_0-1)/d with kappa_0-1 = 3 n rho^2/d.",
            rocq="D17_share_hypothesis",
            lean="SRVerify.D17_share_hypothesis",
        ),
        Check(
            "share-to-exponential",
            statement("exp(-x) <= 1/(1 + x)", x="[0, oo)"),
            engines=SCALAR,
            note="1 - a >= 2n/(2n+1) = 1/(1 + 1/(2n)) >= exp(-1/(2n)).",
            rocq="D17_share_to_exponential",
            lean="SRVerify.D17_share_to_exponential",
        ),
        Check(
            "share-complement",
            statement("1/(1 + 1/(2*n)) <= 1 - a", "a*(2*n + 1) <= 1", a="(0, oo)", n="(0, oo)"),
            engines=RATIONAL,
            example={"a": "1/10", "n": "1"},
            rocq="D17_share_complement",
            lean="SRVerify.D17_share_complement",
        ),
        Check(
            "power",
            statement("exp(-1/(2*n))^n = exp(-1/2)", n="natural [1, oo)"),
            engines=CLOSED_FORM,
            note="So (1-a)^n >= exp(-1/2), and the risk is at least rho/2 exp(-1/2).",
            rocq="D17_power",
            lean="SRVerify.D17_power",
        ),
        Check(
            "rho-at-most-one",
            statement("sqrt(K*d/(3*n)) <= 1", "K*d/3 <= n", K="(0, oo)", d="[1, oo)", n="(0, oo)"),
            engines=LEMMAS,
            example={"K": "1", "d": "1", "n": "1"},
            note="Where n >= (kappa_0-1) d/3 comes from.",
            rocq="D17_rho_at_most_one",
            lean="SRVerify.D17_rho_at_most_one",
        ),
        Check(
            "closed-constant",
            statement("(1238/10000)^2*kappa <= exp(-1)*(kappa - 1)/12", kappa="[2, oo)"),
            engines=SCALAR,
            note="0.1238 sqrt(kappa_0 d/n) <= e^(-1/2)/2 sqrt((kappa_0-1)d/(3n)), squared.",
            mutants=(
                mutant(
                    "0.1238 replaced by 0.1239",
                    "(1239/10000)^2*kappa <= exp(-1)*(kappa - 1)/12",
                    kappa="[2, oo)",
                ),
            ),
            rocq="D17_closed_constant",
            lean="SRVerify.D17_closed_constant",
        ),
        computation(
            "closed-form",
            "at rho = sqrt((kappa_0-1)d/(3n)) the exact risk is at least e^(-1/2)/2 rho on 60 instances",
            hard_risk.binary_key_closed_form,
            hard_risk.binary_key_closed_form_mutant,
            engine="arb",
        ),
        Check(
            "constant-slack",
            statement("8*exp(-x*n) <= 1 implies log(8) <= x*n", x="(0, oo)", n="(0, oo)"),
            engines=("arb", "mpmath"),
            role=Role.SUPPORT,
            note="Small x: n >= log(8)/x = log(8) d(M+1)/(48 eps), 4 log 8 times c_0 kappa_0 d/eps^2.",
            rocq="D17_constant_slack",
            lean="SRVerify.D17_constant_slack",
        ),
        simulated("D17"),
        kernel(
            "all-learners",
            "D17_minimax",
            "the exact minimax risk for every M, d, n, rho",
        ),
        kernel(
            "sample-necessary",
            "D17_sample_necessary",
            "success >= 1-eps needs n > c_0 kappa_0 log_2|Pi|/eps^2, for every randomised learner",
        ),
        kernel(
            "rate", "D17_rate", "risk >= 0.1238 sqrt(kappa_0 log_2|Pi|/n), for every randomised learner"
        ),
        kernel(
            "rate-on-an-instance",
            "D17_theorem_rate",
            "for every kappa_0 >= 2, d and n >= (kappa_0-1) max(d/3, 3/d) the instance exists and "
            "every randomised learner has risk >= 0.1238 sqrt(kappa_0 d/n)",
        ),
        kernel(
            "sample-on-an-instance",
            "D17_theorem_sample",
            "for every kappa_0 >= 2, eps <= 1/16 and d the instance exists and success >= 1-eps needs "
            "n > c_0 kappa_0 d/eps^2",
        ),
    ),
)

D18 = Claim(
    id="D18",
    slug="failure-notion",
    title="with failure to its own mode Theorem 4.1 is void; it speaks of failure to the base's mode",
    paper="Theorem 4.1",
    prose=text("""
        A learner that ignores the data and outputs any point mass has mass 1 on its own mode
        everywhere: its own failure is 0, whatever n. The theorem holds for base failure, mass at
        most 1/2 on the mode of pi_0 (D03, D06). For M >= 3 every pi^J base-fails itself, since
        2/(M+1) <= 1/2: the class contains no successful policy, and the bound speaks of improper
        learners.
    """),
    expected=Verdict.REPAIRED,
    depends=("D03", "D06", "D07"),
    parts=(
        stated("every learner fails to its own mode somewhere", "own-failure-everywhere"),
        repair("a constant learner never own-fails", "own-failure-in-the-kernel"),
        repair("the theorem holds for base failure", "base-failure-all-sizes"),
        repair("for M >= 3 every pi^J base-fails", "class-fails-all-sizes"),
    ),
    checks=(
        computation(
            "own-failure",
            "every learner fails to its own mode somewhere on the hard class",
            hard_instance.own_failure_is_bounded_below,
            role=Role.STATED,
            expect=Expect.REFUTED,
        ),
        computation(
            "base-failure",
            "the best learner's base-failure risk on the hard class is at least 2 eps below D07's bound",
            hard_risk.risk_below_bound,
            hard_risk.risk_below_bound_mutant,
            role=Role.REPAIR,
        ),
        Check(
            "class-fails",
            statement("2/(M + 1) <= 1/2", M="[3, oo)"),
            engines=RATIONAL,
            role=Role.REPAIR,
            mutants=(mutant("M >= 29/10 only", "2/(M + 1) <= 1/2", M="[29/10, oo)"),),
            rocq="D18_class_fails_stated",
            lean="SRVerify.D18_class_fails",
        ),
        computation(
            "class-fails-exactly",
            "for M = 3, ..., 8 every policy of the class base-fails on x_1 ... x_d",
            hard_instance.class_fails,
            hard_instance.class_fails_mutant,
        ),
        refuted_in_kernel(
            "own-failure-everywhere",
            "D18_own_failure",
            "up to D07's bound every learner fails to its own mode, with mass eps at some key",
        ),
        kernel(
            "own-failure-in-the-kernel",
            "D18_own_failure_void",
            "a constant learner never own-fails",
        ),
        kernel(
            "base-failure-all-sizes",
            "D18_base_failure",
            "up to D07's bound every learner base-fails with probability at least 6 eps at some key",
        ),
        kernel("class-fails-all-sizes", "D18_class_fails", "for M >= 3 every pi^J base-fails"),
        simulated("D18"),
    ),
)

CLAIMS = (D15, D16, D17, D18)
