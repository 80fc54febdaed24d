"""Section 4: the policy condition number κ(π) = E_x[1/max_y π(y|x)].

κ = 1 for a policy that is certain of one response everywhere, κ = N for the uniform one. Everything that
the paper says of it (definition (5), Remark 4.2) holds.
"""

from __future__ import annotations

from srverify.claims.claim import Check, Claim, Expect, Role, Verdict, statement
from srverify.selfreward.computations import condition_number as computed

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
    remark,
    simulated,
    stated,
    text,
)

K01 = Claim(
    id="K01",
    slug="range",
    title="1 <= kappa <= N, kappa = N iff uniform, kappa >= 1/E[max pi]",
    paper="Section 4, definition (5)",
    equations=(5,),
    prose=text("""
        The mode of a distribution on N responses has mass u in [1/N, 1], so 1 <= 1/u <= N, and u =
        1/N forces the uniform distribution. Averaging over prompts keeps the range, and Jensen's
        inequality for 1/u gives kappa >= 1/E_x[max_y pi]. Small N and few prompts are settled for
        all real probabilities, many N by exact arithmetic, all N in the kernel.
    """),
    expected=Verdict.HOLDS,
    parts=(
        stated("1 <= kappa <= N", "range-all-sizes"),
        stated("kappa = N iff uniform", "uniform-all-sizes"),
        stated("kappa >= 1/E_x[max pi]", "mean-mode-all-sizes"),
        remark("1 <= kappa <= N, any set of prompts", "range-any-prompts"),
        remark("kappa >= 1/E_x[max pi], any set of prompts", "mean-mode-any-prompts"),
        remark(
            "1 <= kappa and kappa >= 1/E_x[max pi], countably many responses",
            "modes-countable",
            "range-countable",
        ),
    ),
    checks=(
        Check(
            "range-three-responses",
            statement(
                "1 <= 1/max(p1, p2, p3) and 1/max(p1, p2, p3) <= 3",
                "p1 + p2 + p3 = 1",
                p1="[0, 1]",
                p2="[0, 1]",
                p3="[0, 1]",
            ),
            engines=POLYNOMIAL,
            note="One prompt, N = 3.",
            mutants=(
                mutant(
                    "3 replaced by 29/10",
                    "1/max(p1, p2, p3) <= 29/10",
                    "p1 + p2 + p3 = 1",
                    p1="[0, 1]",
                    p2="[0, 1]",
                    p3="[0, 1]",
                ),
            ),
            example={"p1": "1/2", "p2": "1/4", "p3": "1/4"},
            rocq="K01_range_three_responses",
            lean="SRVerify.K01_range_three_responses",
        ),
        Check(
            "range-scalar",
            statement("1 <= 1/u and 1/u <= N", "1 <= N*u", u="(0, 1]", N="[2, oo)"),
            engines=RATIONAL,
            note="Any N: the mode has at least the mean mass, N u >= 1.",
            example={"u": "1/2", "N": "3"},
            rocq="K01_range_scalar",
            lean="SRVerify.K01_range_scalar",
        ),
        Check(
            "uniform-three-responses",
            statement(
                "p1 = 1/3 and p2 = 1/3 and p3 = 1/3",
                "p1 + p2 + p3 = 1",
                "3 <= 1/max(p1, p2, p3)",
                p1="[0, 1]",
                p2="[0, 1]",
                p3="[0, 1]",
            ),
            engines=POLYNOMIAL,
            note="kappa = N forces the uniform distribution.",
            rocq="K01_uniform_three_responses",
            lean="SRVerify.K01_uniform_three_responses",
        ),
        Check(
            "uniform-two-prompts",
            statement(
                "N*u = 1 and N*v = 1",
                "1 <= N*u",
                "1 <= N*v",
                "N <= w/u + (1 - w)/v",
                w="(0, 1)",
                u="(0, 1]",
                v="(0, 1]",
                N="[2, oo)",
            ),
            engines=POLYNOMIAL,
            note="An average of numbers that are at most N equals N only if each does.",
            example={"w": "1/2", "u": "1/2", "v": "1/2", "N": "2"},
            rocq="K01_uniform_two_prompts",
            lean="SRVerify.K01_uniform_two_prompts",
        ),
        Check(
            "mean-mode",
            statement("1/(w*u + (1 - w)*v) <= w/u + (1 - w)/v", w="[0, 1]", u="(0, 1]", v="(0, 1]"),
            engines=RATIONAL,
            note="kappa >= 1/E_x[max pi] for two prompts of any weights.",
            mutants=(
                mutant(
                    "1 replaced by 1001/1000",
                    "1001/1000/(w*u + (1 - w)*v) <= w/u + (1 - w)/v",
                    w="[0, 1]",
                    u="(0, 1]",
                    v="(0, 1]",
                ),
            ),
            rocq="K01_mean_mode",
            lean="SRVerify.K01_mean_mode",
        ),
        computation(
            "range-many-policies",
            "1 <= kappa <= N on random and uniform policies with up to 4 prompts and 12 responses",
            computed.range_of_kappa,
            computed.range_of_kappa_mutant,
        ),
        computation(
            "uniform-many-policies",
            "kappa = N exactly for uniform policies",
            computed.uniform_iff,
            computed.uniform_iff_mutant,
        ),
        computation(
            "mean-mode-many-policies",
            "kappa >= 1/E_x[max pi] on random policies",
            computed.mean_maximum,
            computed.mean_maximum_mutant,
        ),
        kernel("range-all-sizes", "K01_range", "1 <= kappa <= N for every finite policy"),
        kernel("uniform-all-sizes", "K01_uniform_iff", "kappa = N iff uniform, for every finite policy"),
        kernel(
            "mean-mode-all-sizes", "K01_mean_maximum", "kappa >= 1/E_x[max pi] for every finite policy"
        ),
        simulated("K01"),
        kernel(
            "range-any-prompts",
            "K01_range_any_prompts",
            "1 <= kappa <= N for any set of prompts and any expectation over it",
        ),
        kernel(
            "mean-mode-any-prompts",
            "K01_mean_maximum_any_prompts",
            "kappa >= 1/E_x[max pi] for any set of prompts and any expectation over it",
        ),
        kernel(
            "modes-countable",
            "K01_modes_exist_countable",
            "every law on countably many responses has a mode",
        ),
        kernel(
            "range-countable",
            "K01_range_countable",
            "kappa >= 1 and kappa >= 1/E_x[max pi] for countably many responses",
        ),
    ),
)

K02 = Claim(
    id="K02",
    slug="near-uniform",
    title="max pi = (1+eta)/M everywhere gives kappa = M/(1+eta)",
    paper="Remark 4.2",
    prose="The average of a constant: kappa = E_x[M/(1+eta)] = M/(1+eta).",
    expected=Verdict.HOLDS,
    depends=("K01",),
    parts=(
        stated("max pi = (1+eta)/M everywhere gives kappa = M/(1+eta)", "policy-all-sizes"),
        remark("kappa = M/(1+eta), any set of prompts", "any-prompts"),
        remark("kappa = M/(1+eta), countably many responses", "countable"),
    ),
    checks=(
        Check(
            "value",
            statement(
                "w*(1/((1 + eta)/M)) + (1 - w)*(1/((1 + eta)/M)) = M/(1 + eta)",
                w="[0, 1]",
                eta="(-1, oo)",
                M="(0, oo)",
            ),
            engines=IDENTITY,
            note="Two prompts of any weights; one prompt is w = 1.",
            rocq="K02_value",
            lean="SRVerify.K02_value",
        ),
        simulated("K02"),
        kernel(
            "policy-all-sizes",
            "K02_near_uniform_policy",
            "kappa = M/(1+eta) for every policy with max pi = (1+eta)/M at every prompt",
        ),
        kernel(
            "any-prompts",
            "K02_any_prompts",
            "kappa = M/(1+eta) for any set of prompts and any expectation over it",
        ),
        kernel(
            "countable", "K02_near_uniform_countable", "kappa = M/(1+eta) for countably many responses"
        ),
    ),
)

K03 = Claim(
    id="K03",
    slug="autoregressive",
    title="conditionals <= p give pi(y*) <= p^L and kappa >= p^-L; L >= log n/log(1/p) gives kappa >= n",
    paper="Remark 4.2",
    equations=(103,),
    prose=text("""
        The mass of a sequence of L tokens is a product of L conditionals, each at most p < 1, so it
        is at most p^L (induction over the length) and kappa >= p^-L. Once L >= log n/log(1/p) this
        is at least n.
    """),
    expected=Verdict.HOLDS,
    depends=("K01",),
    parts=(
        stated("conditionals at most p give pi(y*|x) <= p^L", "product-all-lengths"),
        stated("kappa >= p^{-L}", "policy-all-lengths"),
        stated("L >= log n/log(1/p) gives kappa >= n", "length-all-policies"),
    ),
    checks=(
        Check(
            "product-step",
            statement(
                "mass*c <= bound*p",
                "mass <= bound",
                "c <= p",
                mass="[0, 1]",
                c="[0, 1]",
                bound="[0, 1]",
                p="(0, 1)",
            ),
            engines=POLYNOMIAL,
            note="One more token multiplies the mass by c <= p and the bound by p.",
            example={"mass": "1/4", "c": "1/3", "bound": "1/4", "p": "1/2"},
            rocq="K03_product_step",
            lean="SRVerify.K03_product_step",
        ),
        Check(
            "product-three-tokens",
            statement(
                "c1*c2*c3 <= p^3",
                "c1 <= p",
                "c2 <= p",
                "c3 <= p",
                c1="[0, 1]",
                c2="[0, 1]",
                c3="[0, 1]",
                p="(0, 1)",
            ),
            engines=POLYNOMIAL,
            role=Role.SUPPORT,
            example={"c1": "1/4", "c2": "1/3", "c3": "1/4", "p": "1/2"},
            rocq="K03_product_three_tokens",
            lean="SRVerify.K03_product_three_tokens",
        ),
        Check(
            "condition-number",
            statement("1/bound <= 1/u", "u <= bound", u="(0, 1]", bound="(0, 1]"),
            engines=RATIONAL,
            note="With bound = p^L: kappa >= p^-L.",
            example={"u": "1/4", "bound": "1/3"},
            rocq="K03_condition_number",
            lean="SRVerify.K03_condition_number",
        ),
        Check(
            "length",
            statement("exp(t) <= exp(L*s)", "t/s <= L", s="(0, oo)", t="[0, oo)", L="real"),
            engines=LEMMAS,
            note="With t = log n and s = log(1/p): L >= log n/log(1/p) makes p^-L at least n.",
            example={"s": "1", "t": "1", "L": "2"},
            mutants=(
                mutant(
                    "log n replaced by 0.99 log n",
                    "exp(t) <= exp(L*s)",
                    "99/100*t/s <= L",
                    s="(0, oo)",
                    t="[0, oo)",
                    L="real",
                ),
            ),
            rocq="K03_length_stated",
            lean="SRVerify.K03_length",
        ),
        Check(
            "logarithms",
            statement("exp(log(n)) = n and 0 <= log(n)", n="[1, oo)"),
            engines=CLOSED_FORM,
            note="t = log n.",
            rocq="K03_logarithms",
            lean="SRVerify.K03_logarithms",
        ),
        Check(
            "step-logarithm",
            statement("0 < log(1/p)", p="(0, 1)"),
            engines=SCALAR,
            note="s = log(1/p) is positive.",
            rocq="K03_step_logarithm",
            lean="SRVerify.K03_step_logarithm",
        ),
        Check(
            "length-as-power",
            statement("(1/p)^L = exp(L*log(1/p))", p="(0, 1)", L="(0, oo)"),
            engines=CLOSED_FORM,
            note="The power of the paper, written with exp and log.",
            rocq="K03_length_as_power",
            lean="SRVerify.K03_length_as_power",
        ),
        Check(
            "length-as-stated",
            statement("n <= (1/p)^L", "log(n)/log(1/p) <= L", p="(0, 1)", n="[1, oo)", L="(0, oo)"),
            engines=SAMPLED,
            lean="SRVerify.K03_length_as_stated",
            role=Role.SUPPORT,
            expect=Expect.SUPPORTED,
            example={"p": "1/2", "n": "4", "L": "3"},
        ),
        computation(
            "trees",
            "the mode of a token tree has mass at most p^L, on random trees with V, L <= 6",
            computed.autoregressive,
            computed.autoregressive_mutant,
        ),
        kernel(
            "product-all-lengths",
            "K03_sequence_probability",
            "conditionals at most p give sequence probabilities at most p^L",
        ),
        simulated("K03"),
        kernel(
            "policy-all-lengths",
            "K03_autoregressive_policy",
            "kappa >= p^-L for every policy of autoregressive models",
        ),
        kernel(
            "length-all-policies",
            "K03_length_policy",
            "L >= log n/log(1/p) gives kappa >= n for such a policy",
        ),
    ),
)

CLAIMS = (K01, K02, K03)
