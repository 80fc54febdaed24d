"""Section 5, Appendix C.5: Theorem 5.3, Corollary 5.7 and what can be said beyond them.

Theorem 5.3 holds with explicit constants under four assumptions (C34), each round at delta/T (C38);
the recurrence forgets kappa_0 doubly exponentially fast, not just geometrically (C37).
"""

from __future__ import annotations

from srverify.claims.claim import Check, Claim, Expect, Role, Verdict, statement
from srverify.selfreward.computations import iteration, one_round

from ._kit import (
    CLOSED_FORM,
    IDENTITY,
    POLYNOMIAL,
    RATIONAL,
    SAMPLED,
    SCALAR,
    computation,
    kernel,
    mutant,
    remark,
    repair,
    simulated,
    stated,
    text,
)

ALL_ROUNDS = ("A-REAL", "A-CONC", "A-TAIL", "A-MARGIN")

C34 = Claim(
    id="C34",
    slug="theorem-5-3",
    title=(
        "P_x(max pi_T <= 1/2) <= 2 A_{T-1} <= (2/gamma)(2 eps_stat + beta)(sqrt(kappa*) + "
        "rho^((T-1)/2) sqrt(kappa_0))"
    ),
    paper="Theorem 5.3, (7), (80)",
    equations=(7, 80),
    prose=text("""
        Own failure in round T is at most 2 A_{T-1} (C19, C20 at d = 1/2). With C-bar <= kappa and
        log kappa <= sqrt(kappa), A_{T-1} <= (2 eps_stat + beta) sqrt(kappa_{T-1})/gamma, and C31
        with C33 bounds the root. Each round gets delta/T (C38). It bounds own failure only: a mode
        flipped early stays flipped, so base failure after T rounds is at most the sum of 2 A_t.
    """),
    expected=Verdict.CONDITIONAL,
    assumptions=ALL_ROUNDS,
    depends=("C19", "C20", "C27", "C28", "C31", "C33", "C38"),
    experiments=("rates",),
    parts=(
        stated(
            "own failure <= (2/gamma)(2 eps_stat + beta)(sqrt(kappa*) + rho^{(T-1)/2} sqrt(kappa_0))",
            "theorem-in-the-kernel",
            "theorem-with-certainty",
        ),
        stated("base failure after T rounds is at most the sum of 2 A_t", "base-failure-in-the-kernel"),
        stated(
            "the assumptions can hold in every round, with a minimiser that is not the exact update",
            "assumptions-can-be-met",
            "learning-instance",
        ),
        stated(
            "likewise for learners that draw at random among empirical risk minimisers",
            "randomised-learners",
            "random-minimisers-exist",
        ),
        remark("the bound for any set of prompts, on the concentration events", "any-prompts"),
        remark("the bound for countably many responses, on the concentration events", "countable"),
    ),
    checks=(
        Check(
            "last-round",
            statement(
                "A <= (2*e + b)*s/gamma",
                "A <= ((s + q)*e + b*l)/gamma",
                "q <= s",
                "l <= s",
                A="[0, oo)",
                s="[1, oo)",
                q="[1, oo)",
                l="[0, oo)",
                e="(0, oo)",
                b="(0, 1]",
                gamma="(0, oo)",
            ),
            engines=POLYNOMIAL,
            example={"A": "0", "s": "1", "q": "1", "l": "0", "e": "1", "b": "1", "gamma": "1"},
            rocq="C34_last_round",
            lean="SRVerify.C34_last_round",
        ),
        Check(
            "root",
            statement(
                "sqrt(k) <= sqrt(ks) + sqrt(power)*sqrt(start)",
                "k <= ks + power*start",
                k="[1, oo)",
                ks="[0, oo)",
                power="[0, 1]",
                start="[1, oo)",
            ),
            engines=POLYNOMIAL,
            note="power = rho^(T-1), start = kappa_0 >= max(kappa_0 - kappa*, 0).",
            example={"k": "1", "ks": "1", "power": "1", "start": "1"},
            rocq="C34_root",
            lean="SRVerify.C34_root",
        ),
        Check(
            "failure",
            statement(
                "failing <= 2/gamma*(2*e + b)*(rs + rp)",
                "failing <= A/(1/2)",
                "A <= (2*e + b)*s/gamma",
                "s <= rs + rp",
                failing="[0, 1]",
                A="[0, oo)",
                s="[1, oo)",
                rs="[0, oo)",
                rp="[0, oo)",
                e="(0, oo)",
                b="(0, 1]",
                gamma="(0, oo)",
            ),
            engines=POLYNOMIAL,
            example={
                "failing": "0",
                "A": "0",
                "s": "1",
                "rs": "1",
                "rp": "0",
                "e": "1",
                "b": "1",
                "gamma": "1",
            },
            rocq="C34_failure",
            lean="SRVerify.C34_failure",
        ),
        kernel("theorem-in-the-kernel", "C34_theorem_5_3", "Theorem 5.3 with explicit constants"),
        kernel(
            "base-failure-in-the-kernel", "C34_base_failure", "base failure is at most the sum of 2 A_t"
        ),
        kernel(
            "assumptions-can-be-met",
            "C34_assumptions_satisfiable",
            "the assumptions hold for some class, every T",
        ),
        simulated("C34"),
        kernel(
            "theorem-with-certainty",
            "C34_theorem_5_3_sure",
            "with probability >= 1-delta if the assumptions hold on every history",
        ),
        kernel(
            "learning-instance",
            "C34_learning_instance",
            "all assumptions hold on every history although with probability at least 1/2, whatever n, "
            "the empirical risk minimiser is not the exact update",
        ),
        kernel(
            "rate",
            "C34_rate",
            "at beta = 1/sqrt n the bound is explicit and of order log n/sqrt n from n = 3 on",
        ),
        kernel("rate-limit", "C34_rate_limit", "the bound times sqrt n/log n has a finite limit"),
        kernel(
            "rate-instance",
            "C34_rate_instance",
            "T = 2, n = 10^14: the hypotheses hold and the bound is at most 1/400",
        ),
        kernel(
            "randomised-learners",
            "C34_theorem_5_3_randomised",
            "Theorem 5.3 for learners that draw their output at random among empirical risk "
            "minimisers, from all data and outputs so far",
        ),
        kernel(
            "random-minimisers-exist",
            "C34_random_minimisers",
            "such a learner exists for every class and draws every minimiser",
        ),
        kernel(
            "any-prompts",
            "C34_any_prompts",
            "P(max pi_T <= 1/2) for any set of prompts, on the concentration events",
        ),
        kernel(
            "countable",
            "C34_countable",
            "P(max pi_T <= 1/2), any prompts, countably many responses, on the concentration events",
        ),
    ),
)

C35 = Claim(
    id="C35",
    slug="corollary-5-7",
    title="T >= 1 + log kappa_0/log(1/rho) gives rho^(T-1) kappa_0 <= 1",
    paper="Corollary 5.7",
    prose="In l = log kappa_0 and s = log(1/rho): the logarithm of rho^(T-1) kappa_0 is l - (T-1) s.",
    expected=Verdict.HOLDS,
    parts=(
        stated(
            "T >= 1 + log kappa_0/log(1/rho) gives rho^{T-1} kappa_0 <= 1",
            "logarithm",
            "exponential",
            "as-power",
        ),
        stated("the failure bound after that many rounds", "policy-all-classes", "randomised-learners"),
    ),
    checks=(
        Check(
            "logarithm",
            statement("l - (T - 1)*s <= 0", "1 + l/s <= T", l="[0, oo)", s="(0, oo)", T="real"),
            engines=POLYNOMIAL,
            example={"l": "1", "s": "1", "T": "2"},
            rocq="C35_logarithm",
            lean="SRVerify.C35_logarithm",
        ),
        Check(
            "exponential",
            statement("exp(x) <= 1", x="(-oo, 0]"),
            engines=SCALAR,
            rocq="C35_exponential",
            lean="SRVerify.C35_exponential",
        ),
        Check(
            "as-power",
            statement(
                "rho^(T - 1)*kappa = exp(log(kappa) - (T - 1)*log(1/rho))",
                rho="(0, 1)",
                kappa="[1, oo)",
                T="[1, oo)",
            ),
            engines=CLOSED_FORM,
            rocq="C35_as_power",
            lean="SRVerify.C35_as_power",
        ),
        kernel(
            "policy-all-classes",
            "C35_corollary_5_7_policy",
            "the failure bound after that many rounds, for every finite class",
        ),
        kernel(
            "randomised-learners",
            "C35_corollary_5_7_randomised",
            "likewise for learners that draw among empirical risk minimisers",
        ),
    ),
)

C36 = Claim(
    id="C36",
    slug="single-round-match",
    title="at T = 1 the bound 2A on base failure dominates eps_LB and matches it up to logarithms",
    paper="Remark 5.4",
    prose=text("""
        A margin gamma forces kappa_0 - 1 <= (N-1) e^-gamma, so gamma <= log N <= B, and 2A >=
        (2/gamma) 2B sqrt(kappa_0 log|Pi|/n) >= 4 sqrt(kappa_0 log|Pi|/n), while eps_LB^2 = 2I/w <=
        2I is kappa_0 log|Pi|/(1536 n) at most. With beta = 1/sqrt(n), K = N and C-bar = kappa_0 the
        ratio to eps_LB itself grows exactly like (log n)^(3/2): with the same |Pi| on both sides the
        paper's factor sqrt(log|Pi|) is not needed.
    """),
    expected=Verdict.CONDITIONAL,
    assumptions=("A-REAL", "A-CONC", "A-TAIL"),
    depends=("C19", "D09"),
    parts=(
        stated("a margin gamma forces kappa_0 - 1 <= (N-1) e^{-gamma}", "margin"),
        stated("2A dominates eps_LB, at beta = 1/sqrt(n)", "match", "match-instance"),
        stated("the ratio grows at most polylogarithmically", "match", "match-limit"),
    ),
    checks=(
        Check(
            "margin",
            statement(
                "1/u - 1 <= (N - 1)*g", "1 - u <= (N - 1)*(g*u)", u="(0, 1]", N="[2, oo)", g="(0, 1)"
            ),
            engines=POLYNOMIAL,
            note="Each other response has at most e^-gamma of the mode's mass; g = e^-gamma.",
            example={"u": "1/2", "N": "3", "g": "3/4"},
            rocq="C36_margin",
            lean="SRVerify.C36_margin",
        ),
        Check(
            "dominates",
            statement(
                "e <= X",
                "4*B*R/gamma <= X",
                "gamma <= B",
                "e^2 <= R^2/1536",
                e="[0, oo)",
                X="[0, oo)",
                R="[0, oo)",
                B="(0, oo)",
                gamma="(0, oo)",
            ),
            engines=POLYNOMIAL,
            note="e = eps_LB, X = 2A, R = sqrt(kappa_0 log|Pi|/n).",
            example={"e": "0", "X": "4", "R": "1", "B": "1", "gamma": "1"},
            rocq="C36_dominates",
            lean="SRVerify.C36_dominates",
        ),
        computation(
            "dominates-exactly",
            "2A exceeds eps_LB at the largest admissible margin for 18 parameter sets",
            one_round.upper_dominates,
            one_round.upper_dominates_mutant,
            engine="arb",
        ),
        computation(
            "logarithmic-ratio",
            "2A/eps_LB over (log n)^(3/2) decreases from n = 10^6 to 10^198; over log n it grows",
            one_round.ratio_growth,
            one_round.ratio_growth_mutant,
            engine="arb",
        ),
        simulated("C36"),
        kernel(
            "match",
            "C36_match",
            "eps_LB <= 2A <= C log^(p+3/2) n eps_LB with C explicit, at beta = 1/sqrt n, K = k0 n^q",
        ),
        kernel("match-instance", "C36_match_instance", "the hypotheses of the match hold together"),
        kernel(
            "match-limit",
            "C36_match_limit",
            "at C-bar = kappa_0 the ratio over log^(3/2) n tends to a positive constant",
        ),
    ),
)

C37 = Claim(
    id="C37",
    slug="doubly-exponential",
    title=(
        "kappa_t <= (sqrt(a)+b)^2 kappa_0^(2^-t): the initialisation is forgotten in log log "
        "kappa_0 rounds"
    ),
    paper="Corollary 5.7 (ours)",
    ours=True,
    prose=text("""
        For a >= 1, b >= 0: x <= (sqrt(a)+b)^2 u^2 with u >= 1 gives a + b sqrt(x) <= (sqrt(a)+b)^2
        u. After log2 log2 kappa_0 rounds kappa_t <= 2(sqrt(a)+b)^2, and the excess then decays
        geometrically; for the recurrence with equality its ratio is b/(sqrt(kappa_t) +
        sqrt(kappa*)), which tends to exactly rho. At kappa_0 = 10^12, a = 1, b = 0.01, t = 3: 32.3
        against 1.23e5 from C31; the recurrence gives 1.0142.
    """),
    expected=Verdict.SHARPER,
    depends=("C29", "C31"),
    experiments=("forgetting",),
    parts=(
        stated("kappa_t <= (sqrt(a)+b)^2 kappa_0^{2^-t}", "one-step", "start"),
        stated("the failure bound with kappa_0^{2^-T}", "policy-all-classes", "randomised-learners"),
        stated("the ratio of successive excesses tends to exactly rho", "ratio-limit-in-the-kernel"),
        stated("kappa_0 = 10^12, b = 0.01, t = 3: 32.3 against 1.23e5, and 1.014", "forgetting-example"),
    ),
    checks=(
        Check(
            "one-step",
            statement("p^2 + b*(p + b)*u <= (p + b)^2*u", p="[1, oo)", b="[0, oo)", u="[1, oo)"),
            engines=RATIONAL,
            note="p = sqrt(a), u = kappa_0^(2^-(t+1)), sqrt(x) <= (p+b) u.",
            mutants=(
                mutant(
                    "u >= 99/100 only",
                    "p^2 + b*(p + b)*u <= (p + b)^2*u",
                    p="[1, oo)",
                    b="[0, oo)",
                    u="[99/100, oo)",
                ),
            ),
            rocq="C37_one_step",
            lean="SRVerify.C37_one_step",
        ),
        Check(
            "start",
            statement("k <= (p + b)^2*k", p="[1, oo)", b="[0, oo)", k="[1, oo)"),
            engines=RATIONAL,
            rocq="C37_start",
            lean="SRVerify.C37_start",
        ),
        Check(
            "burn-in",
            statement("exp(l*h) <= 2", "l*h <= log(2)", l="[0, oo)", h="(0, 1]"),
            engines=SAMPLED,
            lean="SRVerify.C37_burn_in",
            role=Role.SUPPORT,
            expect=Expect.SUPPORTED,
            example={"l": "1", "h": "1/2"},
            note="kappa_0^h with h = 2^-t, l = log kappa_0: at most 2 once 2^t >= log2 kappa_0.",
        ),
        Check(
            "exact-ratio",
            statement(
                "(a + b*s) - (a + b*r) = b/(s + r)*(s^2 - r^2)",
                s="(0, oo)",
                r="(0, oo)",
                a="[0, oo)",
                b="[0, oo)",
            ),
            engines=IDENTITY,
            rocq="C37_exact_ratio_stated",
            lean="SRVerify.C37_exact_ratio",
        ),
        computation(
            "orbits",
            "no iterate of 25 orbits of the recurrence exceeds (1+b)^2 kappa_0^(2^-t)",
            iteration.orbit_below_squaring,
            iteration.orbit_below_squaring_mutant,
            engine="arb",
        ),
        computation(
            "forgetting",
            "kappa_0 = 10^12, b = 0.01, t = 3: 32.3 (C37), 1.23e5 (C31), 1.0142 (recurrence)",
            iteration.forgetting,
            iteration.forgetting_mutant,
            engine="arb",
            role=Role.SUPPORT,
        ),
        computation(
            "ratio-limit",
            "after 30 rounds the ratio of successive excesses is rho to 8 digits",
            iteration.limit_ratio,
            iteration.limit_ratio_mutant,
            engine="arb",
        ),
        kernel(
            "forgetting-example",
            "C37_forgetting",
            "kappa_0 = 10^12, b = 0.01, t = 3: 32.3 (C37), 1.23e5 (C31), 1.0142 (recurrence)",
        ),
        kernel(
            "policy-all-classes",
            "C37_doubly_exponential_policy",
            "the failure bound with kappa_0^(2^-T), for every finite class",
        ),
        kernel(
            "ratio-limit-in-the-kernel",
            "C37_limit_ratio",
            "the ratio of successive excesses tends to rho",
        ),
        kernel(
            "randomised-learners",
            "C37_doubly_exponential_randomised",
            "likewise for learners that draw among empirical risk minimisers",
        ),
    ),
)

C38 = Claim(
    id="C38",
    slug="union-over-rounds",
    title="T rounds need delta/T each: log(T|Pi|/delta) in eps_stat",
    paper="Theorem 5.3",
    prose=text("""
        The paper spends delta once, but the concentration event is needed in every round: two
        independent events of probability delta have union 1-(1-delta)^2 > delta. With delta/T each,
        the union bound gives delta, and log|Pi|/delta becomes log(T|Pi|/delta).
    """),
    expected=Verdict.REPAIRED,
    depends=("C15",),
    parts=(
        stated("delta once suffices for T rounds", "delta-once"),
        repair("delta/T in each of T rounds gives delta", "all-rounds", "union"),
        repair("that is log(T|Pi|/delta) in eps_stat", "logarithm"),
    ),
    checks=(
        Check(
            "delta-once",
            statement("1 - (1 - delta)^2 <= delta", delta="(0, 1)"),
            engines=("mpmath", "z3", "cvc5"),
            expect=Expect.REFUTED,
            note="T = 2 independent rounds, each failing with probability delta.",
            rocq="C38_delta_once_refuted",
            lean="SRVerify.C38_delta_once_refuted",
        ),
        Check(
            "union",
            statement("T*(delta/T) = delta", T="natural [1, oo)", delta="(0, 1)"),
            engines=IDENTITY,
            role=Role.REPAIR,
            rocq="C38_union",
            lean="SRVerify.C38_union",
        ),
        Check(
            "logarithm",
            statement(
                "log(size/(delta/T)) = log(T*size/delta)",
                T="natural [1, oo)",
                size="[1, oo)",
                delta="(0, 1)",
            ),
            engines=CLOSED_FORM,
            role=Role.REPAIR,
            rocq="C38_logarithm",
            lean="SRVerify.C38_logarithm",
        ),
        kernel("all-rounds", "C38_union_over_rounds", "the union bound over T rounds"),
    ),
)

CLAIMS = (C34, C35, C36, C37, C38)
