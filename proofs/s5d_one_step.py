"""Section 5, Appendix C.3: from the reward gap to failures and to the next condition number.

The paper integrates the tail of 1/max pi-hat and then drops a logarithm that it may not drop (C25). The
integral is not needed: 1/u <= 1 + (1-u)/c gives kappa_1 <= 1 + A/c at once (C26).
"""

from __future__ import annotations

from srverify.claims.claim import Check, Claim, Expect, Role, Verdict, statement
from srverify.selfreward.computations import iteration

from ._kit import (
    CLOSED_FORM,
    IDENTITY,
    POLYNOMIAL,
    RATIONAL,
    computation,
    derivation,
    exact_instances,
    kernel,
    mutant,
    remark,
    simulated,
    stated,
    text,
)

C19 = Claim(
    id="C19",
    slug="suboptimality",
    title=(
        "P_x(pi-hat(y*|x) <= 1-d) <= A/d, A = ((sqrt(kappa_0)+sqrt(C-bar)) eps_stat + beta log "
        "kappa_0)/gamma"
    ),
    paper="Appendix C.2, (41), (42)",
    equations=(41, 42, 78, 117, 118, 119, 120),
    prose="C03 with the gap of C18.",
    expected=Verdict.CONDITIONAL,
    assumptions=("A-REAL", "A-CONC", "A-TAIL"),
    depends=("C03", "C18"),
    parts=(
        stated("P_x(pi-hat(y*|x) <= 1-d) <= A/d", "all-classes"),
        remark("suboptimality for any set of prompts, on the concentration event", "any-prompts"),
        remark(
            "the value gap at a prompt with countably many responses, on the concentration event",
            "countable",
        ),
        remark(
            "the mean value gap, countably many responses, on the concentration event", "mean-countable"
        ),
    ),
    checks=(
        Check(
            "chain",
            statement(
                "failing <= S/gamma/d",
                "failing <= gap/(gamma*d)",
                "gap <= S",
                failing="[0, 1]",
                gap="[0, oo)",
                S="[0, oo)",
                gamma="(0, oo)",
                d="(0, 1)",
            ),
            engines=POLYNOMIAL,
            example={"failing": "0", "gap": "0", "S": "1", "gamma": "1", "d": "1/2"},
            rocq="C19_chain",
            lean="SRVerify.C19_chain",
        ),
        kernel("all-classes", "C19_suboptimality", "for every finite class under the assumptions"),
        simulated("C19"),
        kernel(
            "any-prompts",
            "C19_any_prompts",
            "for any set of prompts, given the mean squared error of the reward differences",
        ),
        kernel(
            "countable",
            "C19_round_countable",
            "at a prompt with countably many responses, on the concentration event",
        ),
        kernel(
            "mean-countable",
            "C19_countable",
            "any set of prompts, countably many responses, on the concentration event",
        ),
    ),
)

C20 = Claim(
    id="C20",
    slug="own-mode",
    title="{max_y pi-hat <= 1-d} is contained in {pi-hat(y*) <= 1-d}",
    paper="Appendix C.3, (43)",
    equations=(43, 117, 118, 119, 120),
    prose="The base's mode has at most the mass of the own mode: own failure implies base failure.",
    expected=Verdict.HOLDS,
    parts=(stated("own failure implies base failure", "all-sizes"),),
    checks=(
        Check(
            "three-responses",
            statement(
                "p1 <= 1 - d",
                "max(p1, p2, p3) <= 1 - d",
                p1="[0, 1]",
                p2="[0, 1]",
                p3="[0, 1]",
                d="(0, 1)",
            ),
            engines=POLYNOMIAL,
            example={"p1": "1/4", "p2": "1/4", "p3": "1/2", "d": "1/2"},
            rocq="C20_three_responses",
            lean="SRVerify.C20_three_responses",
        ),
        simulated("C20"),
        kernel("all-sizes", "C20_own_mode", "own failure is at most base failure"),
    ),
)

C21 = Claim(
    id="C21",
    slug="tail-integral",
    title="E X = 1 + int_1^m P(X > t) dt for X in [1, m]",
    paper="Lemma C.3, (45)-(47)",
    equations=(45, 46, 47, 52, 121, 122, 123, 124, 125, 126),
    prose=text("""
        For finitely many values the integral is a sum of steps; two values show the pattern, all
        finite laws are in the kernel.
    """),
    expected=Verdict.HOLDS,
    parts=(stated("E X = 1 + int_1^m P(X > t) dt", "all-sizes"),),
    checks=(
        Check(
            "two-values",
            statement(
                "w*a + (1 - w)*b = 1 + ((a - 1)*1 + (b - a)*(1 - w) + (m - b)*0)",
                w="[0, 1]",
                a="[1, oo)",
                b="[1, oo)",
                m="[1, oo)",
            ),
            engines=IDENTITY,
            note="P(X > t) is 1 on [1, a), 1-w on [a, b), 0 on [b, m].",
            rocq="C21_two_values",
            lean="SRVerify.C21_two_values",
        ),
        simulated("C21"),
        kernel("all-sizes", "C21_tail_integral", "for every finite law, as a Riemann integral"),
        exact_instances("C21"),
    ),
)

C22 = Claim(
    id="C22",
    slug="tail-bound",
    title="P(1/max pi-hat > t) <= min(1, A t/(t-1)) for t > 1",
    paper="Lemma C.3, (48)-(51)",
    equations=(48, 49, 50, 51, 52, 127, 128, 129),
    prose=text("""
        1/u > t means u <= 1 - d with d = 1 - 1/t, and A/d = A t/(t-1). A is any upper bound of the
        reward gap over gamma, such as the one of C19.
    """),
    expected=Verdict.HOLDS,
    depends=("C03", "C20"),
    parts=(stated("P(1/max pi-hat > t) <= min(1, A t/(t-1))", "all-sizes"),),
    checks=(
        Check(
            "threshold",
            statement("u <= 1 - (1 - 1/t)", "t < 1/u", u="(0, 1]", t="(1, oo)"),
            engines=RATIONAL,
            example={"u": "1/4", "t": "2"},
            rocq="C22_threshold",
            lean="SRVerify.C22_threshold",
        ),
        Check(
            "level",
            statement("A/(1 - 1/t) = A*t/(t - 1)", A="[0, oo)", t="(1, oo)"),
            engines=IDENTITY,
            rocq="C22_level",
            lean="SRVerify.C22_level",
        ),
        simulated("C22"),
        kernel("all-sizes", "C22_tail_bound", "for every finite policy"),
    ),
)

C23 = Claim(
    id="C23",
    slug="switch-point",
    title="A t/(t-1) = 1 iff t = 1/(1-A); 1/(1-A) <= 1/c iff A <= 1-c",
    paper="Lemma C.3, (53)",
    equations=(53, 130),
    prose="Elementary, for 0 < A < 1 and 0 < c <= 1.",
    expected=Verdict.HOLDS,
    parts=(
        stated("A t/(t-1) = 1 iff t = 1/(1-A)", "only-point", "value"),
        stated("1/(1-A) <= 1/c iff A <= 1-c", "inside", "inside-only"),
    ),
    checks=(
        Check(
            "only-point",
            statement("t = 1/(1 - A)", "A*t/(t - 1) = 1", A="(0, 1)", t="(1, oo)"),
            engines=POLYNOMIAL,
            example={"A": "1/2", "t": "2"},
            rocq="C23_only_point",
            lean="SRVerify.C23_only_point",
        ),
        Check(
            "value",
            statement("A*(1/(1 - A))/(1/(1 - A) - 1) = 1", A="(0, 1)"),
            engines=POLYNOMIAL,
            rocq="C23_value",
            lean="SRVerify.C23_value",
        ),
        Check(
            "inside",
            statement("1/(1 - A) <= 1/c", "A <= 1 - c", A="(0, 1)", c="(0, 1]"),
            engines=RATIONAL,
            example={"A": "1/4", "c": "1/2"},
            rocq="C23_inside_stated",
            lean="SRVerify.C23_inside",
        ),
        Check(
            "inside-only",
            statement("A <= 1 - c", "1/(1 - A) <= 1/c", A="(0, 1)", c="(0, 1]"),
            engines=RATIONAL,
            example={"A": "1/4", "c": "1/2"},
            rocq="C23_inside_only",
            lean="SRVerify.C23_inside_only",
        ),
    ),
)

C24 = Claim(
    id="C24",
    slug="integral-value",
    title="int_1^m min(1, At/(t-1)) dt = A(m + log((m-1)(1-A)/A)) for 0 < A <= 1-c, m = 1/c",
    paper="Lemma C.3, (54)-(56)",
    equations=(54, 55, 56, 131, 132, 133, 134),
    prose=text("""
        The integrand is 1 up to 1/(1-A) and At/(t-1) beyond, with antiderivative A(t + log(t-1)).
        With A = s/(1+s) the switch point is 1+s and everything is elementary.
    """),
    expected=Verdict.HOLDS,
    depends=("C23",),
    parts=(
        stated("the integral is A(m + log((m-1)(1-A)/A))", "integral-in-the-kernel"),
        stated("it bounds kappa_1 - 1", "condition-number-all-sizes"),
    ),
    checks=(
        computation(
            "integral",
            "the integral, split at 1/(1-A), has the closed form",
            iteration.tail_integral,
            iteration.tail_integral_mutant,
            engine="sympy",
            role=Role.STATED,
        ),
        Check(
            "value",
            statement(
                "s + s/(1 + s)*((1 + k) + log(k)) - s/(1 + s)*((1 + s) + log(s))"
                " = s/(1 + s)*((1 + k) + log(k/s))",
                s="(0, oo)",
                k="(0, oo)",
            ),
            engines=CLOSED_FORM,
            note="A = s/(1+s), m = 1+k, (m-1)(1-A)/A = k/s.",
            rocq="C24_value",
            lean="SRVerify.C24_value",
        ),
        kernel("integral-in-the-kernel", "C24_integral", "the Riemann integral"),
        kernel(
            "condition-number-all-sizes",
            "C24_condition_number",
            "kappa_1 <= 1 + A(m + log((m-1)(1-A)/A)) for every finite policy",
        ),
    ),
)

C25 = Claim(
    id="C25",
    slug="linear-relaxation",
    title="kappa_1 <= 1 + 2A/c does not follow by dropping the logarithm; it is true by C26",
    paper="Lemma C.3, (57), (58)",
    equations=(57, 58, 136, 137, 138),
    prose=text("""
        Dropping log((m-1)(1-A)/A) against m needs A >= (m-1)/(m-1+e^m), which fails for small A, the
        regime of interest: at m = 2, A = 1/1000 the left side is 1.00891 and the right one 1.004.
        The inequality itself holds, since kappa_1 <= 1 + A/c.
    """),
    expected=Verdict.REPAIRED,
    depends=("C24", "C26"),
    parts=(
        derivation("dropping the logarithm", "dropped-logarithm"),
        stated("the conclusion is true by C26", "conclusion"),
        stated("at m = 2, A = 1/1000: 1.00891 > 1.004", "witness-in-the-kernel"),
    ),
    checks=(
        Check(
            "dropped-logarithm",
            statement(
                "1 + A*(m + log((m - 1)*(1 - A)/A)) <= 1 + 2*A*m",
                "A <= 1 - 1/m",
                A="(0, 1)",
                m="(1, oo)",
            ),
            engines=("mpmath", "arb"),
            role=Role.DERIVATION,
            expect=Expect.REFUTED,
            rocq="C25_dropped_logarithm_refuted",
            lean="SRVerify.C25_dropped_logarithm_refuted",
        ),
        Check(
            "condition",
            statement(
                "log((m - 1)*(1 - A)/A) <= m",
                "(m - 1)/(m - 1 + exp(m)) <= A",
                A="(0, 1)",
                m="(1, oo)",
            ),
            engines=("z3", "mpmath"),
            role=Role.SUPPORT,
            expect=Expect.SUPPORTED,
            example={"A": "1/2", "m": "2"},
            note="Where the step is allowed.",
            rocq="C25_condition_converse",
            lean="SRVerify.C25_condition",
        ),
        Check(
            "conclusion",
            statement("k <= 1 + 2*A/c", "k <= 1 + A/c", A="[0, oo)", c="(0, 1]", k="[1, oo)"),
            engines=RATIONAL,
            example={"A": "1", "c": "1", "k": "1"},
            rocq="C25_conclusion",
            lean="SRVerify.C25_conclusion",
        ),
        Check(
            "witness",
            statement("1 + 1/1000*(2 + log(999)) > 10089/10000 and 1 + 2*(1/1000)*2 = 1004/1000"),
            engines=("arb", "sympy", "mpmath"),
            lean="SRVerify.C25_witness",
            role=Role.SUPPORT,
            expect=Expect.SUPPORTED,
        ),
        kernel(
            "witness-in-the-kernel",
            "C25_witness",
            "1.00891 > 1.004 at m = 2, A = 1/1000",
        ),
    ),
)

C26 = Claim(
    id="C26",
    slug="direct-one-step",
    title="1/u <= 1 + (1-u)/c on [c, 1]: kappa_1 <= 1 + A/c, no tail integral, no logarithm",
    paper="Lemma C.3 (ours)",
    equations=(57, 58, 136, 137, 138),
    ours=True,
    prose=text("""
        1/u - 1 = (1-u)/u <= (1-u)/c. Averaged: kappa_1 <= 1 + E[1 - max pi-hat]/c <= 1 + A/c with
        the weak c (C02, C18, C20), and trivially kappa_1 <= 1/c. It is never worse than C24: the
        difference is A log((m-1)(1-A)/A) >= 0 for 0 < A <= 1-c. A is any upper bound of the gap over
        gamma, such as the one of C19.
    """),
    expected=Verdict.SHARPER,
    depends=("C02", "C20"),
    parts=(
        stated("1/u <= 1 + (1-u)/c on [c, 1]", "pointwise"),
        stated("kappa_1 <= min(1/c, 1 + E[1 - max pi-hat]/c)", "all-sizes"),
        stated("never worse than C24", "never-worse"),
        remark("the bound for any set of prompts", "any-prompts"),
    ),
    checks=(
        Check(
            "pointwise",
            statement("1/u <= 1 + (1 - u)/c", "c <= u", u="(0, 1]", c="(0, 1]"),
            engines=RATIONAL,
            example={"u": "1/2", "c": "1/4"},
            mutants=(
                mutant(
                    "1/c replaced by 99/100/c",
                    "1/u <= 1 + 99/100*(1 - u)/c",
                    "c <= u",
                    u="(0, 1]",
                    c="(0, 1]",
                ),
            ),
            rocq="C26_pointwise",
            lean="SRVerify.C26_pointwise",
        ),
        Check(
            "averaged",
            statement(
                "w/u + (1 - w)/v <= 1 + (w*(1 - u) + (1 - w)*(1 - v))/c",
                "c <= u",
                "c <= v",
                w="[0, 1]",
                u="(0, 1]",
                v="(0, 1]",
                c="(0, 1]",
            ),
            engines=POLYNOMIAL,
            example={"w": "1/2", "u": "1/2", "v": "1/2", "c": "1/4"},
            rocq="C26_averaged",
            lean="SRVerify.C26_averaged",
        ),
        Check(
            "trivial-bound",
            statement("1/u <= 1/c", "c <= u", u="(0, 1]", c="(0, 1]"),
            engines=RATIONAL,
            example={"u": "1/2", "c": "1/4"},
            rocq="C26_trivial_bound",
            lean="SRVerify.C26_trivial_bound",
        ),
        Check(
            "never-worse",
            statement("1 <= (1/c - 1)*(1 - A)/A", "A <= 1 - c", A="(0, 1)", c="(0, 1)"),
            engines=RATIONAL,
            example={"A": "1/4", "c": "1/2"},
            note="So the logarithm in C24 is nonnegative.",
            rocq="C26_never_worse_stated",
            lean="SRVerify.C26_never_worse",
        ),
        simulated("C26"),
        kernel("all-sizes", "C26_direct_one_step", "for every finite policy"),
        exact_instances("C26"),
        kernel("any-prompts", "C26_any_prompts", "for any set of prompts and any expectation over it"),
    ),
)

CLAIMS = (C19, C20, C21, C22, C23, C24, C25, C26)
