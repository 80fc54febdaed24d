"""Theorem 4.1, Appendix D, Steps 1-4: the hard instance and the sample size that it forces.

One prompt x_0 is trivial; d prompts x_1 ... x_d share the weight rho, and at each of them M responses
are equally likely except a hidden key of twice the mass. A learner that has not drawn the key guesses.
"""

from __future__ import annotations

from srverify.claims.claim import Check, Claim, Expect, Role, Verdict, statement
from srverify.selfreward.computations import hard_instance as computed

from ._kit import (
    CLOSED_FORM,
    IDENTITY,
    POLYNOMIAL,
    RATIONAL,
    SAMPLED,
    computation,
    kernel,
    mutant,
    simulated,
    stated,
    text,
)

D01 = Claim(
    id="D01",
    slug="hard-instance",
    title="the hard class: a point mass and d prompts with a hidden key among M labels",
    paper="Appendix D, Step 1",
    equations=(81, 82, 83, 84, 85),
    prose=text("""
        D = (1-rho) delta_{x_0} + (rho/d) sum_i delta_{x_i}; at x_i the key j has mass
        (1+eta)/(M+eta) and each other label 1/(M+eta). These are probabilities, the key is the only
        mode with margin log(1+eta), and the M^d key vectors give M^d different policies. Below, eta
        = 1: masses 2/(M+1) and 1/(M+1).
    """),
    expected=Verdict.HOLDS,
    parts=(
        stated("the laws P_j are policies of full support", "law-all-sizes"),
        stated(
            "P_j has the unique mode j, and pi^J the mode J_i at x_i",
            "mode-all-sizes",
            "mode-of-the-policy",
        ),
        stated("the prompt weights sum to 1", "prompt-weights"),
        stated("the margin is log(1+eta)", "margin"),
        stated("the class has M^d different members", "members-all-sizes"),
    ),
    checks=(
        Check(
            "sums-to-one",
            statement(
                "(1 + eta)/(M + eta) + (M - 1)*(1/(M + eta)) = 1", M="natural [2, oo)", eta="(0, oo)"
            ),
            engines=IDENTITY,
            rocq="D01_sums_to_one",
            lean="SRVerify.D01_sums_to_one",
        ),
        Check(
            "prompt-weights",
            statement("(1 - rho) + d*(rho/d) = 1", d="natural [1, oo)", rho="(0, 1]"),
            engines=IDENTITY,
            rocq="D01_prompt_weights",
            lean="SRVerify.D01_prompt_weights",
        ),
        Check(
            "unique-mode",
            statement("1/(M + eta) < (1 + eta)/(M + eta)", M="natural [2, oo)", eta="(0, oo)"),
            engines=RATIONAL,
            mutants=(
                mutant(
                    "eta = 0 allowed",
                    "1/(M + eta) < (1 + eta)/(M + eta)",
                    M="natural [2, oo)",
                    eta="[0, oo)",
                ),
            ),
            rocq="D01_unique_mode",
            lean="SRVerify.D01_unique_mode",
        ),
        Check(
            "margin",
            statement(
                "log((1 + eta)/(M + eta)) - log(1/(M + eta)) = log(1 + eta)",
                M="natural [2, oo)",
                eta="(0, oo)",
            ),
            engines=CLOSED_FORM,
            rocq="D01_margin_stated",
            lean="SRVerify.D01_margin",
        ),
        Check(
            "unit-eta",
            statement("(1 + 1)/(M + 1) = 2/(M + 1)", M="natural [2, oo)"),
            engines=IDENTITY,
            role=Role.SUPPORT,
            rocq="D01_unit_eta",
            lean="SRVerify.D01_unit_eta",
        ),
        computation(
            "class-members",
            "every member is a policy with the mode J_i alone at x_i, and there are M^d of them",
            computed.hard_class,
            computed.hard_class_mutant,
        ),
        simulated("D01"),
        kernel("law-all-sizes", "D01_key_law", "the laws P_j are policies"),
        kernel("mode-all-sizes", "D01_mode", "the key is the unique mode"),
        kernel(
            "members-all-sizes",
            "D01_members",
            "M^d different members, one for each key vector",
        ),
        kernel(
            "mode-of-the-policy",
            "D01_policy_mode",
            "the mode of pi^J at x_i is the key J_i, at x_0 the fixed response",
        ),
    ),
)

D02 = Claim(
    id="D02",
    slug="coverage",
    title=(
        "kappa(pi^J) = (1-rho) + rho (M+eta)/(1+eta); at eta = 1 it is <= kappa_0 iff M <= "
        "1+2(kappa_0-1)/rho"
    ),
    paper="Appendix D, Step 3",
    prose=text("""
        The mode has mass 1 at x_0 and (1+eta)/(M+eta) at each x_i. At eta = 1 the value is 1 +
        rho(M-1)/2, which is at most kappa_0 exactly for M <= 1 + 2(kappa_0-1)/rho; so M = 1 +
        floor(2(kappa_0-1)/rho) is the largest number of labels allowed.
    """),
    expected=Verdict.HOLDS,
    depends=("D01", "K01"),
    parts=(
        stated("kappa(pi^J) = (1-rho) + rho (M+eta)/(1+eta)", "value-all-sizes"),
        stated(
            "at eta = 1: kappa <= kappa_0 iff M <= 1 + 2(kappa_0-1)/rho",
            "value-at-unit-eta",
            "enough",
            "needed",
        ),
    ),
    checks=(
        Check(
            "value",
            statement(
                "(1 - rho) + d*(rho/d)*(1/((1 + eta)/(M + eta))) = (1 - rho) + rho*(M + eta)/(1 + eta)",
                rho="(0, 1]",
                d="natural [1, oo)",
                M="natural [2, oo)",
                eta="(0, oo)",
            ),
            engines=IDENTITY,
            rocq="D02_value_stated",
            lean="SRVerify.D02_value",
        ),
        Check(
            "value-at-unit-eta",
            statement("(1 - rho) + rho*(M + 1)/2 = 1 + rho*(M - 1)/2", rho="real", M="real"),
            engines=IDENTITY,
            rocq="D02_value",
            lean="SRVerify.D02_value_at_unit_eta",
        ),
        Check(
            "enough",
            statement(
                "1 + rho*(M - 1)/2 <= kappa",
                "M <= 1 + 2*(kappa - 1)/rho",
                kappa="real",
                rho="(0, oo)",
                M="real",
            ),
            engines=POLYNOMIAL,
            example={"kappa": "2", "rho": "1", "M": "3"},
            rocq="D02_coverage",
            lean="SRVerify.D02_enough",
            mutants=(
                mutant(
                    "2 replaced by 201/100",
                    "1 + rho*(M - 1)/2 <= kappa",
                    "M <= 1 + 201/100*(kappa - 1)/rho",
                    kappa="real",
                    rho="(0, oo)",
                    M="real",
                ),
            ),
        ),
        Check(
            "needed",
            statement(
                "M <= 1 + 2*(kappa - 1)/rho",
                "1 + rho*(M - 1)/2 <= kappa",
                kappa="real",
                rho="(0, oo)",
                M="real",
            ),
            engines=POLYNOMIAL,
            example={"kappa": "2", "rho": "1", "M": "3"},
            rocq="D02_coverage_converse",
            lean="SRVerify.D02_needed",
        ),
        computation(
            "largest-floor",
            "with M = 1 + floor(2(kappa_0-1)/rho) the exact kappa is at most kappa_0; one "
            "label more breaks it",
            computed.coverage,
            computed.coverage_mutant,
        ),
        simulated("D02"),
        kernel("value-all-sizes", "D02_condition_number", "kappa(pi^J) for every M, d and key vector"),
    ),
)

D03 = Claim(
    id="D03",
    slug="reduction",
    title="risk <= eps forces an average misclassification of the keys of at most eps/rho",
    paper="Appendix D, Step 2",
    prose=text("""
        Decode at x_i the label on which the output puts more than 1/2: at most one label qualifies,
        so base failure at x_i is exactly a decoding error. Hence the risk is at least rho times the
        average error rate; with rho = 16 eps that rate is at most 1/16.
    """),
    expected=Verdict.HOLDS,
    depends=("D01",),
    parts=(
        stated("risk <= eps forces an average misclassification of at most eps/rho", "all-learners"),
        stated("rho = 16 eps: at most 1/16", "at-sixteen-eps"),
    ),
    checks=(
        Check(
            "one-label",
            statement("q < 1/2", "1/2 < p", "p + q <= 1", p="[0, 1]", q="[0, 1]"),
            engines=RATIONAL,
            note="At most one label has mass above 1/2.",
            example={"p": "3/5", "q": "1/5"},
            mutants=(
                mutant(
                    "mass exactly 1/2 allowed",
                    "q < 1/2",
                    "1/2 <= p",
                    "p + q <= 1",
                    p="[0, 1]",
                    q="[0, 1]",
                ),
            ),
            rocq="D03_one_label",
            lean="SRVerify.D03_one_label",
        ),
        Check(
            "average-error",
            statement(
                "avg <= eps/rho",
                "other + rho*avg <= eps",
                other="[0, oo)",
                rho="(0, 1]",
                avg="[0, 1]",
                eps="(0, oo)",
            ),
            engines=POLYNOMIAL,
            note="other is the failure mass at x_0.",
            example={"other": "0", "rho": "1", "avg": "1/10", "eps": "1/5"},
            rocq="D03_average_error",
            lean="SRVerify.D03_average_error",
        ),
        Check(
            "at-sixteen-eps",
            statement("avg <= 1/16", "16*eps*avg <= eps", eps="(0, oo)", avg="real"),
            engines=RATIONAL,
            example={"eps": "1/20", "avg": "1/20"},
            rocq="D03_reduction",
            lean="SRVerify.D03_at_sixteen_eps",
            mutants=(
                mutant(
                    "1/16 replaced by 1/17",
                    "avg <= 1/17",
                    "16*eps*avg <= eps",
                    eps="(0, oo)",
                    avg="real",
                ),
            ),
        ),
        computation(
            "exact-reduction",
            "on random improper outputs the base-failure risk is rho times the decoding error rate",
            computed.reduction,
            computed.reduction_mutant,
        ),
        simulated("D03"),
        kernel("all-learners", "D03_misclassification", "the reduction for every learner"),
    ),
)

D04 = Claim(
    id="D04",
    slug="markov-count",
    title="the number of draws at x_i is at most twice its mean with probability >= 1/2",
    paper="Appendix D, Step 4 (i)",
    prose=text("""
        Markov's inequality for n_i ~ Bin(n, rho/d): the indicator of n_i > 2m lies below n_i/(2m),
        whose mean at m = n rho/d is 1/2.
    """),
    expected=Verdict.HOLDS,
    depends=("D01",),
    parts=(stated("P(n_i <= 2 n rho/d) >= 1/2", "all-sizes"),),
    checks=(
        Check(
            "indicator",
            statement("1 <= k/(2*m)", "2*m < k", k="[0, oo)", m="(0, oo)"),
            engines=RATIONAL,
            note="The indicator of k > 2m is at most k/(2m).",
            example={"k": "3", "m": "1"},
            rocq="D04_indicator",
            lean="SRVerify.D04_indicator",
        ),
        Check(
            "mean",
            statement("1 - m/(2*m) = 1/2", m="(0, oo)"),
            engines=IDENTITY,
            rocq="D04_mean",
            lean="SRVerify.D04_mean",
        ),
        computation(
            "exact-binomials",
            "P(n_i <= 2 n rho/d) >= 1/2 for 468 binomial laws",
            computed.markov_count,
            computed.markov_count_mutant,
        ),
        simulated("D04"),
        kernel("all-sizes", "D04_count", "P(n_i <= 2 n rho/d) >= 1/2 for every n, d, rho"),
    ),
)

D05 = Claim(
    id="D05",
    slug="ambiguous-event",
    title="two candidate keys both stay unseen with probability exactly (1-3/(M+1))^k >= 1-3k/(M+1)",
    paper="Appendix D, Step 4 (ii)",
    equations=(86, 87, 88),
    prose=text("""
        Two fixed responses, one of them the key, have joint mass 2/(M+1) + 1/(M+1). Both unseen in k
        draws has probability (1-3/(M+1))^k, at least 1-3k/(M+1) by Bernoulli (M >= 2, induction over
        k). Given the event the two keys explain the data equally well, so any guess errs with
        probability at least 1/2.
    """),
    expected=Verdict.HOLDS,
    depends=("D01",),
    parts=(
        stated("both responses stay unseen with probability exactly (1-3/(M+1))^k", "event-all-sizes"),
        stated("it is at least 1 - 3k/(M+1)", "share", "bernoulli-step"),
        stated("given the event both keys are equally likely", "equal-likelihoods", "likelihood-law"),
        stated("any guess errs with probability at least 1/2 of the event's", "guess-errs"),
    ),
    checks=(
        Check(
            "one-draw",
            statement("1 - (2/(M + 1) + 1/(M + 1)) = 1 - 3/(M + 1)", M="[2, oo)"),
            engines=IDENTITY,
            rocq="D05_one_draw",
            lean="SRVerify.D05_one_draw",
        ),
        Check(
            "share",
            statement("0 < 3/(M + 1) and 3/(M + 1) <= 1", M="[2, oo)"),
            engines=RATIONAL,
            note=(
                "The share that Bernoulli's inequality is applied to; M >= 2 is what keeps it at most 1."
            ),
            mutants=(mutant("M >= 19/10 only", "3/(M + 1) <= 1", M="[19/10, oo)"),),
            rocq="D05_share",
            lean="SRVerify.D05_share",
        ),
        Check(
            "bernoulli-step",
            statement(
                "1 - (k + 1)*x <= power*(1 - x)",
                "1 - k*x <= power",
                k="[0, oo)",
                x="[0, 1]",
                power="real",
            ),
            engines=POLYNOMIAL,
            note="Induction over k for (1-x)^k >= 1-kx; at k = 0 both sides are 1.",
            example={"k": "2", "x": "1/10", "power": "81/100"},
            rocq="D05_bernoulli_step",
            lean="SRVerify.D05_bernoulli_step",
        ),
        Check(
            "bernoulli",
            statement("1 - 3*k/(M + 1) <= (1 - 3/(M + 1))^k", M="[2, oo)", k="natural [0, oo)"),
            engines=SAMPLED,
            role=Role.SUPPORT,
            expect=Expect.SUPPORTED,
            rocq="D05_bernoulli",
            lean="SRVerify.D05_bernoulli",
            note="The inequality as the paper writes it.",
        ),
        Check(
            "guess",
            statement("g*(1/2) + (1 - g)*(1/2) = 1/2", g="[0, 1]"),
            engines=IDENTITY,
            note="Betting on the first key with probability g errs with probability 1/2 either way.",
            rocq="D05_guess",
            lean="SRVerify.D05_guess",
        ),
        computation(
            "enumerated-event",
            "summed over all samples: the event's probability, and equal likelihoods on it",
            computed.ambiguous_event,
            computed.ambiguous_event_mutant,
            role=Role.STATED,
        ),
        simulated("D05"),
        kernel(
            "event-all-sizes",
            "D05_ambiguous_event",
            "the event's probability for every M and k",
        ),
        kernel(
            "equal-likelihoods",
            "D05_equal_likelihoods",
            "draws that show neither response are equally likely and look the same under both keys",
        ),
        kernel(
            "likelihood-law",
            "D05_likelihood_law",
            "the likelihood is the probability of exactly these draws",
        ),
        kernel(
            "guess-errs",
            "D05_guess_errs",
            "every guess errs on the event with at least half of its probability",
        ),
    ),
)

D06 = Claim(
    id="D06",
    slug="sample-necessary",
    title="n <= d(M+1)/(12 rho) leaves an average misclassification of at least 1/8",
    paper="Appendix D, Step 4",
    equations=(89, 90),
    prose=text("""
        With probability 1/2 a prompt is drawn k <= 2 n rho/d <= (M+1)/6 times (D04); then both
        candidate keys are unseen with probability at least 1/2 (D05), and the guess errs half of the
        time: 1/8 > 1/16. So risk <= eps with rho = 16 eps needs n > d(M+1)/(12 rho).
    """),
    expected=Verdict.HOLDS,
    depends=("D03", "D04", "D05"),
    parts=(
        stated(
            "n <= d(M+1)/(12 rho) leaves an average misclassification of at least 1/8",
            "visits",
            "misclassification",
            "contradiction",
        ),
        stated("success >= 1-eps needs n > d(M+1)/(12 rho) at rho = 16 eps", "all-learners"),
    ),
    checks=(
        Check(
            "visits",
            statement(
                "k <= (M + 1)/6",
                "n <= d*(M + 1)/(12*rho)",
                "k <= 2*n*rho/d",
                n="real",
                d="(0, oo)",
                M="[2, oo)",
                rho="(0, oo)",
                k="real",
            ),
            engines=POLYNOMIAL,
            example={"n": "1/10", "d": "1", "M": "2", "rho": "1", "k": "1/10"},
            rocq="D06_visits",
            lean="SRVerify.D06_visits",
        ),
        Check(
            "misclassification",
            statement(
                "1/8 <= 1/2*(1/2*(1 - 3*k/(M + 1)))",
                "n <= d*(M + 1)/(12*rho)",
                "k <= 2*n*rho/d",
                n="real",
                d="(0, oo)",
                rho="(0, oo)",
                M="[2, oo)",
                k="real",
            ),
            engines=POLYNOMIAL,
            example={"n": "1/10", "d": "1", "M": "2", "rho": "1", "k": "1/10"},
            mutants=(
                mutant(
                    "12 replaced by 119/10",
                    "1/8 <= 1/2*(1/2*(1 - 3*k/(M + 1)))",
                    "n <= d*(M + 1)/(119/10*rho)",
                    "k <= 2*n*rho/d",
                    n="real",
                    d="(0, oo)",
                    rho="(0, oo)",
                    M="[2, oo)",
                    k="real",
                ),
            ),
            rocq="D06_misclassification_stated",
            lean="SRVerify.D06_misclassification",
        ),
        Check(
            "contradiction",
            statement("eps < 16*eps*avg", "1/8 <= avg", eps="(0, oo)", avg="real"),
            engines=RATIONAL,
            example={"eps": "1/20", "avg": "1/8"},
            note="An average error of 1/8 exceeds the 1/16 that D03 allows.",
            rocq="D06_contradiction",
            lean="SRVerify.D06_contradiction",
        ),
        computation(
            "exact-error",
            "the best learner's exact error rate is at least 1/8 for every n up to d(M+1)/(12 rho)",
            computed.average_error,
            computed.average_error_mutant,
        ),
        kernel(
            "all-learners",
            "D06_sample_necessary",
            "the necessary sample size for every randomised learner",
        ),
        simulated("D06"),
    ),
)

CLAIMS = (D01, D02, D03, D04, D05, D06)
