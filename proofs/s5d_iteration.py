"""Section 5, Appendix C.4-C.5: the recurrence, its fixed point, Theorem 5.3 and Corollary 5.7.

kappa_{t+1} <= a + b sqrt(kappa_t) with a = 1 contracts by rho <= 1/2 whatever a and b are, so no small
learning rate is needed (C30), and it forgets kappa_0 doubly exponentially fast (C37). In the coordinate
s = sqrt(kappa) everything is polynomial: the fixed point r solves r^2 = a + b r.
"""

from __future__ import annotations

from srverify.claim import Check, Claim, Expect, Role, Verdict, statement
from srverify.computations import iteration, one_round

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
        ),
        kernel("all-classes", "C27_recurrence", "for every finite class under the assumptions"),
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
    checks=(
        Check(
            "sharp",
            statement("log(x) <= 2/exp(1)*sqrt(x)", x="(0, oo)"),
            engines=SCALAR,
            rocq="C28_log_sqrt",
            mutants=(mutant("2/e replaced by 735/1000", "log(x) <= 735/1000*sqrt(x)", x="(0, oo)"),),
        ),
        Check(
            "in-coordinates",
            statement("1 + log(v) <= v", v="(0, oo)"),
            engines=SCALAR,
            role=Role.SUPPORT,
        ),
        Check(
            "strict",
            statement("2/exp(1)*sqrt(x) < sqrt(x)", x="(0, oo)"),
            engines=SCALAR,
            rocq="C28_strict",
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
    checks=(
        Check(
            "fixed-point",
            statement(f"{KSTAR} = a + b*sqrt({KSTAR})", **AB),
            engines=CLOSED_FORM,
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
        ),
        Check(
            "positive",
            statement(f"0 < {KSTAR}", SOME, **AB),
            engines=("z3", "cvc5", "mpmath"),
            example=ONES,
        ),
        Check(
            "unique",
            statement("s = t", "s^2 = a + b*s", "t^2 = a + b*t", s="(0, oo)", t="(0, oo)", **AB),
            engines=POLYNOMIAL,
            example={"s": "1", "t": "1", "a": "1", "b": "0"},
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
    checks=(
        Check(
            "monotone",
            statement("a + b*sqrt(x) <= a + b*sqrt(y)", "x <= y", x="[0, oo)", y="[0, oo)", **AB),
            engines=POLYNOMIAL,
            example={"x": "1", "y": "4", **ONES},
        ),
        Check(
            "below-identity",
            statement("a + b*s <= s^2", "r^2 = a + b*r", "r <= s", r="(0, oo)", s="(0, oo)", **AB),
            engines=POLYNOMIAL,
            example={"r": "1", "s": "1", "a": "1", "b": "0"},
            note="g(x) <= x for x = s^2 >= kappa* = r^2.",
        ),
        Check(
            "derivative-bound",
            statement("b/(2*s) <= b/(2*r)", "r <= s", r="(0, oo)", s="(0, oo)", b="[0, oo)"),
            engines=RATIONAL,
            example={"r": "1", "s": "1", "b": "1"},
            note="g'(x) = b/(2 sqrt(x)) at x = s^2; 2r = b + sqrt(b^2+4a) makes the bound rho.",
        ),
        Check(
            "half",
            statement(f"{RHO} <= 1/2", SOME, **AB),
            engines=("z3", "cvc5", "arb", "mpmath"),
            example=ONES,
            mutants=(mutant("1/2 replaced by 499/1000", f"{RHO} <= 499/1000", SOME, **AB),),
        ),
        Check(
            "half-for-small-rates",
            statement(f"{RHO} <= 1/2", "b <= 1/10", SOME, **AB),
            engines=("z3", "cvc5", "mpmath"),
            role=Role.SUPPORT,
            example={"a": "1", "b": "1/16"},
            unnecessary={0: "rho <= 1/2 for every b: the learning rate need not be small"},
            note="Lemma C.4 with the hypothesis it states.",
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
    checks=(
        Check(
            "one-step",
            statement(
                "a + b*s - r^2 <= b/(2*r)*max(s^2 - r^2, 0)",
                "r^2 = a + b*r",
                r="(0, oo)",
                s="[0, oo)",
                **AB,
            ),
            engines=POLYNOMIAL,
            example={"r": "1", "s": "1", "a": "1", "b": "0"},
        ),
        Check(
            "induction",
            statement(
                "next - ks <= rho*power*excess",
                "next - ks <= rho*max(k - ks, 0)",
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
        ),
        computation(
            "orbits",
            "no iterate of 25 orbits of the recurrence exceeds the bound",
            iteration.orbit_below_geometric,
            iteration.orbit_below_geometric_mutant,
            engine="arb",
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
    checks=(
        Check(
            "sqrt-ceiling",
            statement("(b + sqrt(b^2 + 4))/2 <= 1 + b", b="[0, oo)"),
            engines=SCALAR,
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
        ),
        Check(
            "rate",
            statement("b/(b + sqrt(b^2 + 4)) <= b/(2 + b)", b="[0, oo)"),
            engines=SCALAR,
        ),
        Check(
            "rate-half",
            statement("b/(2 + b) <= b/2", b="[0, oo)"),
            engines=RATIONAL,
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
        ),
    ),
)

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
        ),
        kernel("theorem-in-the-kernel", "C34_theorem_5_3", "Theorem 5.3 with explicit constants"),
        kernel(
            "base-failure-in-the-kernel", "C34_base_failure", "base failure is at most the sum of 2 A_t"
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
    checks=(
        Check(
            "logarithm",
            statement("l - (T - 1)*s <= 0", "1 + l/s <= T", l="[0, oo)", s="(0, oo)", T="real"),
            engines=POLYNOMIAL,
            example={"l": "1", "s": "1", "T": "2"},
        ),
        Check(
            "exponential",
            statement("exp(x) <= 1", x="(-oo, 0]"),
            engines=SCALAR,
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
        ratio to sqrt(log|Pi|) eps_LB grows like (log n)^(3/2).
    """),
    expected=Verdict.CONDITIONAL,
    assumptions=("A-REAL", "A-CONC", "A-TAIL"),
    depends=("C19", "D09"),
    checks=(
        Check(
            "margin",
            statement(
                "1/u - 1 <= (N - 1)*g", "1 - u <= (N - 1)*(g*u)", u="(0, 1]", N="[2, oo)", g="(0, 1)"
            ),
            engines=POLYNOMIAL,
            note="Each other response has at most e^-gamma of the mode's mass; g = e^-gamma.",
            example={"u": "1/2", "N": "3", "g": "3/4"},
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
        ),
        Check(
            "start",
            statement("k <= (p + b)^2*k", p="[1, oo)", b="[0, oo)", k="[1, oo)"),
            engines=RATIONAL,
        ),
        Check(
            "burn-in",
            statement("exp(l*h) <= 2", "l*h <= log(2)", l="[0, oo)", h="(0, 1]"),
            engines=SAMPLED,
            role=Role.SUPPORT,
            expect=Expect.SUPPORTED,
            example={"l": "1", "h": "1/2"},
            note="kappa_0^h with h = 2^-t, l = log kappa_0: at most 2 once 2^t >= log2 kappa_0.",
        ),
        Check(
            "exact-ratio",
            statement("(a + b*s) - (a + b*r) = b/(s + r)*(s^2 - r^2)", s="(0, oo)", r="(0, oo)", **AB),
            engines=IDENTITY,
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
            role=Role.STATED,
        ),
        computation(
            "ratio-limit",
            "after 30 rounds the ratio of successive excesses is rho to 8 digits",
            iteration.limit_ratio,
            iteration.limit_ratio_mutant,
            engine="arb",
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
    checks=(
        Check(
            "delta-once",
            statement("1 - (1 - delta)^2 <= delta", delta="(0, 1)"),
            engines=("mpmath", "z3", "cvc5"),
            expect=Expect.REFUTED,
            note="T = 2 independent rounds, each failing with probability delta.",
        ),
        Check(
            "union",
            statement("T*(delta/T) = delta", T="natural [1, oo)", delta="(0, 1)"),
            engines=IDENTITY,
            role=Role.REPAIR,
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
        ),
        kernel("all-rounds", "C38_union_over_rounds", "the union bound over T rounds"),
    ),
)

CLAIMS = (C27, C28, C29, C30, C31, C32, C33, C34, C35, C36, C37, C38)
