"""Section 5, Appendix C.1-C.2: from the reward gap to failures, and from the gap to the square loss.

One round pi_0 -> pi_1 = pi-hat: y* is the mode of pi_0, gamma its margin, pi* the point mass on y*. The
failure probability is at most the reward gap over the margin (Lemma C.1); the gap is at most two coupled
expectations of the loss, plus beta KL(pi*||pi_0) (C.2).
"""

from __future__ import annotations

from srverify.claims.claim import Check, Claim, Verdict, statement

from ._kit import (
    CLOSED_FORM,
    IDENTITY,
    POLYNOMIAL,
    RATIONAL,
    SCALAR,
    exact_instances,
    kernel,
    mutant,
    remark,
    simulated,
    stated,
    text,
)

C01 = Claim(
    id="C01",
    slug="markov-mass",
    title="1{u <= 1-d} <= (1-u)/d",
    paper="Lemma C.1, (9)",
    equations=(9,),
    prose=text("""
        Markov's inequality for the missing mass 1-u: where u <= 1-d the right side is at least 1,
        elsewhere it is at least 0.
    """),
    expected=Verdict.HOLDS,
    parts=(stated("1{u <= 1-d} <= (1-u)/d", "indicator-one", "indicator-zero"),),
    checks=(
        Check(
            "indicator-one",
            statement("1 <= (1 - u)/d", "u <= 1 - d", u="[0, 1]", d="(0, 1)"),
            engines=RATIONAL,
            example={"u": "1/4", "d": "1/2"},
            mutants=(
                mutant(
                    "d replaced by 99/100 d",
                    "1 <= (1 - u)/d",
                    "u <= 1 - 99/100*d",
                    u="[0, 1]",
                    d="(0, 1)",
                ),
            ),
            rocq="C01_markov_mass",
            lean="SRVerify.C01_indicator_one",
        ),
        Check(
            "indicator-zero",
            statement("0 <= (1 - u)/d", u="[0, 1]", d="(0, 1)"),
            engines=RATIONAL,
            rocq="C01_markov_nonneg",
            lean="SRVerify.C01_indicator_zero",
        ),
    ),
)

C02 = Claim(
    id="C02",
    slug="gap-to-mass",
    title="E_x[1 - pi-hat(y*|x)] <= (J(pi*) - J(pi-hat))/gamma",
    paper="Lemma C.1, (10)",
    equations=(10,),
    prose=text("""
        At every prompt J(pi*) - J(pi-hat) is the sum over y of pi-hat(y) (log pi_0(y*) - log
        pi_0(y)), and every y other than y* contributes at least gamma pi-hat(y).
    """),
    expected=Verdict.HOLDS,
    parts=(
        stated("E_x[1 - pi-hat(y*|x)] <= (J(pi*) - J(pi-hat))/gamma", "all-sizes"),
        remark("the bound for any set of prompts", "any-prompts"),
        remark("the bound at a prompt with countably many responses", "countable"),
    ),
    checks=(
        Check(
            "three-responses",
            statement(
                "1 - p1 <= (l1 - (p1*l1 + p2*l2 + p3*l3))/gamma",
                "p1 + p2 + p3 = 1",
                "gamma <= l1 - l2",
                "gamma <= l1 - l3",
                p1="[0, 1]",
                p2="[0, 1]",
                p3="[0, 1]",
                l1="real",
                l2="real",
                l3="real",
                gamma="(0, oo)",
            ),
            engines=POLYNOMIAL,
            note="One prompt, N = 3; l_i = log pi_0(y_i) and y* is the first response.",
            example={
                "p1": "1/2",
                "p2": "1/4",
                "p3": "1/4",
                "l1": "0",
                "l2": "-1",
                "l3": "-2",
                "gamma": "1",
            },
            rocq="C02_three_responses",
            lean="SRVerify.C02_three_responses",
        ),
        simulated("C02"),
        kernel("all-sizes", "C02_gap_to_mass", "for every finite policy and prompt set"),
        exact_instances("C02"),
        kernel("any-prompts", "C02_any_prompts", "for any set of prompts and any expectation over it"),
        kernel("countable", "C02_gap_to_mass_countable", "at a prompt with countably many responses"),
    ),
)

C03 = Claim(
    id="C03",
    slug="lemma-c1",
    title="P_x(pi-hat(y*|x) <= 1-d) <= (J(pi*) - J(pi-hat))/(gamma d)",
    paper="Lemma C.1, (8)",
    equations=(8,),
    prose="C01 averaged over prompts, then C02.",
    expected=Verdict.HOLDS,
    depends=("C01", "C02"),
    parts=(
        stated("P_x(pi-hat(y*|x) <= 1-d) <= (J(pi*) - J(pi-hat))/(gamma d)", "all-sizes"),
        remark("the bound for any set of prompts", "any-prompts"),
    ),
    checks=(
        Check(
            "chain",
            statement(
                "failing <= gap/(gamma*d)",
                "failing <= missing/d",
                "missing <= gap/gamma",
                failing="[0, 1]",
                missing="[0, 1]",
                gap="[0, oo)",
                gamma="(0, oo)",
                d="(0, 1)",
            ),
            engines=POLYNOMIAL,
            example={"failing": "0", "missing": "0", "gap": "1", "gamma": "1", "d": "1/2"},
            rocq="C03_chain",
            lean="SRVerify.C03_chain",
        ),
        simulated("C03"),
        kernel("all-sizes", "C03_lemma_C1", "for every finite policy and prompt set"),
        exact_instances("C03"),
        kernel("any-prompts", "C03_any_prompts", "for any set of prompts and any expectation over it"),
    ),
)

C04 = Claim(
    id="C04",
    slug="baseline-cancellation",
    title="E_{pi,pi_0}[f(y) - f(y')] = E_pi[f] - E_{pi_0}[f]",
    paper="Appendix C.2, (11)",
    equations=(11, 16, 17),
    prose="Linearity of the coupled expectation: y and y' are independent given x.",
    expected=Verdict.HOLDS,
    parts=(stated("E_{pi,pi_0}[Delta^f] = E_pi[f] - E_{pi_0}[f]", "all-sizes"),),
    checks=(
        Check(
            "two-responses",
            statement(
                "p*q*(f - f) + p*(1 - q)*(f - g) + (1 - p)*q*(g - f) + (1 - p)*(1 - q)*(g - g)"
                " = (p*f + (1 - p)*g) - (q*f + (1 - q)*g)",
                p="[0, 1]",
                q="[0, 1]",
                f="real",
                g="real",
            ),
            engines=IDENTITY,
            rocq="C04_two_responses",
            lean="SRVerify.C04_two_responses",
        ),
        simulated("C04"),
        kernel("all-sizes", "C04_baseline_cancellation", "for every pair of finite policies"),
        exact_instances("C04"),
    ),
)

TWO = {
    "p1": "(0, oo)",
    "p2": "(0, oo)",
    "h1": "(0, oo)",
    "h2": "(0, oo)",
    "q1": "(0, oo)",
    "q2": "(0, oo)",
}

C05 = Claim(
    id="C05",
    slug="dpo-optimality",
    title=(
        "with r-hat = beta log(pi-hat/pi_0): E_pi[r-hat] - beta KL(pi||pi_0) = -beta KL(pi||pi-hat) <= 0"
    ),
    paper="Appendix C.2, (15)",
    equations=(15,),
    prose=text("""
        The learned policy is the optimum of its own implicit reward: the regularised value of any pi
        is -beta KL(pi||pi-hat), at most 0, and 0 at pi-hat. KL is nonnegative since u log u >= u -
        1.
    """),
    expected=Verdict.HOLDS,
    parts=(
        stated("E_pi[r-hat] - beta KL(pi||pi_0) <= 0 for every pi, and 0 at pi-hat", "all-sizes"),
        stated("its value is -beta KL(pi||pi-hat)", "value-all-sizes"),
    ),
    checks=(
        Check(
            "value-two-responses",
            statement(
                "p1*b*log(h1/q1) + p2*b*log(h2/q2) - b*(p1*log(p1/q1) + p2*log(p2/q2))"
                " = -b*(p1*log(p1/h1) + p2*log(p2/h2))",
                b="(0, oo)",
                **TWO,
            ),
            engines=CLOSED_FORM,
            rocq="C05_value_two_responses",
            lean="SRVerify.C05_value_two_responses",
        ),
        Check(
            "divergence-pointwise",
            statement("u - 1 <= u*log(u)", u="(0, oo)"),
            engines=SCALAR,
            note="With u = p/h, times h and summed: KL(p||h) >= sum p - sum h = 0.",
            mutants=(mutant("1 replaced by 99/100", "u - 99/100 <= u*log(u)", u="(0, oo)"),),
            rocq="C05_divergence_pointwise",
            lean="SRVerify.C05_divergence_pointwise",
        ),
        Check(
            "own-value",
            statement(
                "p1*b*log(p1/q1) + p2*b*log(p2/q2) - b*(p1*log(p1/q1) + p2*log(p2/q2)) = 0",
                b="(0, oo)",
                p1="(0, oo)",
                p2="(0, oo)",
                q1="(0, oo)",
                q2="(0, oo)",
            ),
            engines=CLOSED_FORM,
            rocq="C05_own_value",
            lean="SRVerify.C05_own_value",
        ),
        simulated("C05"),
        kernel("all-sizes", "C05_dpo_optimality", "for every pair of finite policies"),
        kernel(
            "value-all-sizes", "C05_dpo_value", "the value is -beta KL(pi||pi-hat), all finite policies"
        ),
    ),
)

C06 = Claim(
    id="C06",
    slug="gap-decomposition",
    title=(
        "J(pi*) - J(pi-hat) <= E_{pi*,pi_0}|D| + E_{pi-hat,pi_0}|D| + beta KL(pi*||pi_0), D = "
        "Delta^r - Delta^r-hat"
    ),
    paper="Appendix C.2, (15)-(18)",
    equations=(15, 16, 17, 18),
    prose=text("""
        Add and subtract the implicit reward r-hat; C04 turns differences of means into coupled
        expectations, C05 bounds E_{pi*}[r-hat] - E_{pi-hat}[r-hat] by beta KL(pi*||pi_0), and
        absolute values dominate. R*, R^, R0 and H*, H^, H0 below are the means of r and r-hat under
        pi*, pi-hat and pi_0.
    """),
    expected=Verdict.HOLDS,
    depends=("C04", "C05"),
    parts=(
        stated("J(pi*) - J(pi-hat) is at most the two errors plus beta KL(pi*||pi_0)", "all-sizes"),
        remark("the decomposition at a prompt with countably many responses", "countable"),
    ),
    checks=(
        Check(
            "decomposition",
            statement(
                "Rs - Rh <= abs((Rs - R0) - (Hs - H0)) + abs((Rh - R0) - (Hh - H0)) + b*ks",
                "Hs - b*ks <= Hh - b*kh",
                Rs="real",
                Rh="real",
                R0="real",
                Hs="real",
                Hh="real",
                H0="real",
                ks="[0, oo)",
                kh="[0, oo)",
                b="(0, oo)",
            ),
            engines=POLYNOMIAL,
            example={
                "Rs": "0",
                "Rh": "0",
                "R0": "0",
                "Hs": "0",
                "Hh": "0",
                "H0": "0",
                "ks": "1",
                "kh": "1",
                "b": "1",
            },
            rocq="C06_decomposition",
            lean="SRVerify.C06_decomposition",
        ),
        Check(
            "mean-of-absolute-value",
            statement(
                "abs(w*f + (1 - w)*g) <= w*abs(f) + (1 - w)*abs(g)", w="[0, 1]", f="real", g="real"
            ),
            engines=POLYNOMIAL,
            note="|E f| <= E|f|.",
            rocq="C06_mean_of_absolute_value",
            lean="SRVerify.C06_mean_of_absolute_value",
        ),
        simulated("C06"),
        kernel("all-sizes", "C06_gap_decomposition", "for all finite policies"),
        kernel(
            "countable",
            "C06_gap_decomposition_countable",
            "at a prompt with countably many responses, against any comparator",
        ),
    ),
)

C07 = Claim(
    id="C07",
    slug="region-split",
    title="|D| = |D| 1_G + |D| 1_{G^c}, and |D| <= 2B on G",
    paper="Appendix C.2, (21)",
    equations=(21,),
    prose="G is where both |Delta^r| and |Delta^r-hat| are at most B.",
    expected=Verdict.HOLDS,
    parts=(
        stated("|.| = |.| 1_G + |.| 1_{G^c} under the coupled law", "all-sizes"),
        stated("|Delta^r - Delta^r-hat| <= 2B on G", "on-the-region"),
    ),
    checks=(
        Check(
            "split",
            statement("abs(f) = abs(f)*g + abs(f)*(1 - g)", f="real", g="[0, 1]"),
            engines=IDENTITY,
            rocq="C07_split",
            lean="SRVerify.C07_split",
        ),
        Check(
            "on-the-region",
            statement(
                "abs(f - g) <= 2*B", "abs(f) <= B", "abs(g) <= B", f="real", g="real", B="(0, oo)"
            ),
            engines=POLYNOMIAL,
            example={"f": "1", "g": "-1", "B": "1"},
            note="So the truncated loss is at most 4B^2.",
            rocq="C07_on_the_region",
            lean="SRVerify.C07_on_the_region",
        ),
        simulated("C07"),
        kernel("all-sizes", "C07_region_split", "for all finite policies"),
    ),
)

C08 = Claim(
    id="C08",
    slug="lemma-c2",
    title="f >= 0: E_{pi,pi_0}[f] <= sqrt(C(pi)) sqrt(E_{pi_0,pi_0}[f^2])",
    paper="Lemma C.2, (22), (23), (28)",
    equations=(22, 23, 28),
    prose=text("""
        Cauchy-Schwarz for the density ratio pi/pi_0 of the coupled law: E_pi[f] = E_{pi_0}[(pi/pi_0)
        f].
    """),
    expected=Verdict.HOLDS,
    parts=(
        stated("E_{pi,pi_0}[f] <= sqrt(C(pi)) sqrt(E_{pi_0,pi_0}[f^2])", "all-sizes"),
        remark("the bound for any set of prompts", "any-prompts"),
        remark("the bound at a prompt with countably many responses", "countable"),
    ),
    checks=(
        Check(
            "two-outcomes",
            statement(
                "(p1*f1 + p2*f2)^2 <= (p1^2/q1 + p2^2/q2)*(q1*f1^2 + q2*f2^2)",
                p1="[0, 1]",
                p2="[0, 1]",
                q1="(0, 1]",
                q2="(0, 1]",
                f1="[0, oo)",
                f2="[0, oo)",
            ),
            engines=POLYNOMIAL,
            mutants=(
                mutant(
                    "99/100 on the right",
                    "(p1*f1 + p2*f2)^2 <= 99/100*(p1^2/q1 + p2^2/q2)*(q1*f1^2 + q2*f2^2)",
                    p1="[0, 1]",
                    p2="[0, 1]",
                    q1="(0, 1]",
                    q2="(0, 1]",
                    f1="[0, oo)",
                    f2="[0, oo)",
                ),
            ),
            rocq="C08_two_outcomes",
            lean="SRVerify.C08_two_outcomes",
        ),
        Check(
            "square-root",
            statement("e <= sqrt(C)*sqrt(S)", "e^2 <= C*S", e="[0, oo)", C="[0, oo)", S="[0, oo)"),
            engines=POLYNOMIAL,
            example={"e": "1", "C": "1", "S": "1"},
            rocq="C08_square_root",
            lean="SRVerify.C08_square_root",
        ),
        simulated("C08"),
        kernel("all-sizes", "C08_lemma_C2", "for all finite policies"),
        exact_instances("C08"),
        kernel("any-prompts", "C08_any_prompts", "for any set of prompts and any expectation over it"),
        kernel(
            "countable", "C08_change_of_measure_countable", "at a prompt with countably many responses"
        ),
    ),
)

CLAIMS = (C01, C02, C03, C04, C05, C06, C07, C08)
