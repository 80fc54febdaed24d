"""Section 3 and Appendix C.2: the KL-regularised optimum, the self-reward update, the exact iteration.

The Gibbs policy p* = q e^{r/β}/Z is the optimum of the regularised reward; with the policy's own
log-probability as reward it is q raised to the power 1 + 1/β. Iterated exactly, T rounds raise π_0 to
the power α_T = (1 + 1/β)^T: the margin grows and the condition number falls doubly exponentially, but so
does the parameter's norm grow and the least probability fall, which limits two of the paper's
assumptions.
"""

from __future__ import annotations

from srverify.claims.claim import Check, Claim, Expect, Role, Verdict, statement

from ._kit import (
    CLOSED_FORM,
    IDENTITY,
    LEMMAS,
    POLYNOMIAL,
    RATIONAL,
    exact_instances,
    kernel,
    mutant,
    remark,
    repair,
    simulated,
    stated,
    text,
)

S01 = Claim(
    id="S01",
    slug="gibbs-optimum",
    title="the regularised reward is beta log Z - beta KL(p||p*), so p* = q e^{r/beta}/Z is the optimum",
    paper="Section 3, displays (2) and (12)",
    equations=(2, 12),
    prose=text("""
        Writing r = beta log(p*/q) + beta log Z turns sum p r - beta KL(p||q) into
        beta log Z - beta KL(p||p*). KL is nonnegative and zero only at equality, since
        u log u > u - 1 for u != 1; so p* is the unique maximiser. The identity is homogeneous:
        sum p = 1 is used for the factor of log Z only.
    """),
    expected=Verdict.HOLDS,
    parts=(
        stated("sum p r - beta KL(p||q) = beta log Z - beta KL(p||p*)", "identity-all-sizes"),
        stated("p* is the unique maximiser, with value beta log Z", "optimum-all-sizes"),
        remark(
            "the identity and the optimum, countably many responses",
            "divergence-countable",
            "identity-countable",
            "optimum-countable",
        ),
    ),
    checks=(
        Check(
            "identity-two-responses",
            statement(
                "p1*r1 + p2*r2 - b*(p1*log(p1/q1) + p2*log(p2/q2))"
                " = (p1 + p2)*b*log(Z) - b*(p1*log(p1/(q1*exp(r1/b)/Z)) + p2*log(p2/(q2*exp(r2/b)/Z)))",
                p1="(0, oo)",
                p2="(0, oo)",
                q1="(0, oo)",
                q2="(0, oo)",
                r1="real",
                r2="real",
                b="(0, oo)",
                Z="(0, oo)",
            ),
            engines=("sympy", "mpmath", "z3"),
            note="Any positive weights and any Z; probabilities make p1 + p2 equal 1.",
            rocq="S01_identity_two_responses",
            lean="SRVerify.S01_identity_two_responses",
        ),
        Check(
            "divergence-below-one",
            statement("u - 1 < u*log(u)", u="(0, 1)"),
            engines=("arb", "z3", "cvc5", "mpmath"),
            note="With u = p/p*: each term of KL exceeds p - p*, and these sum to 0.",
            rocq="S01_divergence_below_one",
            lean="SRVerify.S01_divergence_below_one",
        ),
        Check(
            "divergence-above-one",
            statement("u - 1 < u*log(u)", u="(1, oo)"),
            engines=("arb", "z3", "cvc5", "mpmath"),
            note="The same above 1: KL vanishes only where p = p*.",
            mutants=(
                mutant("u - 1 replaced by 1.001 (u - 1)", "1001/1000*(u - 1) < u*log(u)", u="(1, oo)"),
            ),
            rocq="S01_divergence_above_one",
            lean="SRVerify.S01_divergence_above_one",
        ),
        simulated("S01"),
        kernel(
            "identity-all-sizes", "S01_gibbs_identity", "the identity, for every finite set of responses"
        ),
        kernel("optimum-all-sizes", "S01_gibbs_optimum", "p* is the unique maximiser, value beta log Z"),
        kernel(
            "divergence-countable",
            "S01_divergence_countable",
            "KL(p||q) >= 0, zero only at p = q, for laws on countably many responses",
        ),
        kernel(
            "identity-countable",
            "S01_gibbs_identity_countable",
            "the identity for countably many responses, where the normaliser and both means converge",
        ),
        kernel(
            "optimum-countable",
            "S01_gibbs_optimum_countable",
            "p* is the unique maximiser, for countably many responses",
        ),
    ),
)

S02 = Claim(
    id="S02",
    slug="self-reward-power",
    title="with r = log q the optimum is p* = q^{1+1/beta} / sum q^{1+1/beta}",
    paper="Section 3, displays (1), (2) and (12)",
    equations=(2, 12),
    prose="e^{log q / beta} = q^{1/beta}, so q e^{r/beta} = q^{1 + 1/beta}, and Z normalises.",
    expected=Verdict.HOLDS,
    depends=("S01",),
    parts=(
        stated("with r = log q the optimum is q^{1+1/beta}/sum q^{1+1/beta}", "all-sizes"),
        remark("the power form, countably many responses", "countable"),
    ),
    checks=(
        Check(
            "weight",
            statement("q*exp(log(q)/b) = q^(1 + 1/b)", q="(0, 1]", b="(0, oo)"),
            engines=(*CLOSED_FORM, "z3", "cvc5"),
            rocq="S02_weight",
            lean="SRVerify.S02_weight",
        ),
        Check(
            "two-responses",
            statement(
                "q*exp(log(q)/b)/(q*exp(log(q)/b) + s*exp(log(s)/b))"
                " = q^(1 + 1/b)/(q^(1 + 1/b) + s^(1 + 1/b))",
                q="(0, 1)",
                s="(0, 1)",
                b="(0, oo)",
            ),
            engines=("sympy", "mpmath", "z3"),
            rocq="S02_two_responses",
            lean="SRVerify.S02_two_responses",
        ),
        simulated("S02"),
        kernel(
            "all-sizes", "S02_self_reward_power", "the power form, for every finite set of responses"
        ),
        exact_instances("S02"),
        kernel(
            "countable",
            "S02_self_reward_power_countable",
            "the power form for countably many responses, where the normaliser always converges",
        ),
    ),
)

S03 = Claim(
    id="S03",
    slug="reward-identity",
    title="r = beta log(p*/q) + beta log Z, and differences lose Z",
    paper="Appendix C.2, displays (13) and (14)",
    equations=(13, 14),
    prose="Take the logarithm of p* = q e^{r/beta}/Z; log Z cancels in a difference of two responses.",
    expected=Verdict.HOLDS,
    depends=("S01",),
    parts=(
        stated("r = beta log(p*/q) + beta log Z", "reward-all-sizes"),
        stated("differences of r are those of beta log(p*/q)", "difference-all-sizes"),
        remark("r = beta log(p*/q) + beta log Z, countably many responses", "countable"),
    ),
    checks=(
        Check(
            "reward",
            statement(
                "b*log((q*exp(r/b)/Z)/q) + b*log(Z) = r", q="(0, 1)", Z="(0, oo)", b="(0, oo)", r="real"
            ),
            engines=(*CLOSED_FORM, "z3", "cvc5"),
            rocq="S03_reward",
            lean="SRVerify.S03_reward",
        ),
        Check(
            "difference",
            statement(
                "b*log((q*exp(r/b)/Z)/q) - b*log((q2*exp(r2/b)/Z)/q2) = r - r2",
                q="(0, 1)",
                q2="(0, 1)",
                Z="(0, oo)",
                b="(0, oo)",
                r="real",
                r2="real",
            ),
            engines=("sympy", "mpmath", "z3"),
            rocq="S03_difference",
            lean="SRVerify.S03_difference",
        ),
        simulated("S03"),
        kernel(
            "reward-all-sizes", "S03_reward_identity", "the identity for every finite set of responses"
        ),
        kernel("difference-all-sizes", "S03_reward_difference", "the differences likewise"),
        kernel(
            "countable",
            "S03_reward_identity_countable",
            "the identity for countably many responses, where the normaliser converges",
        ),
    ),
)

S04 = Claim(
    id="S04",
    slug="dpo-square-loss",
    title="the pairwise square loss is twice a variance, zero exactly at p*",
    paper="Section 3, display (3); Appendix E, displays (106) and (107)",
    equations=(3, 106, 107),
    prose=text("""
        For h = beta log(p/q) - r, E_{y,y'}[(h(y) - h(y'))^2] = 2 Var_q(h) over independent pairs. It
        vanishes iff h is constant, that is iff p is proportional to q e^{r/beta}.
    """),
    expected=Verdict.HOLDS,
    depends=("S03",),
    parts=(
        stated("the square loss is 2 Var_q(beta log(p/q) - r)", "variance-all-sizes"),
        stated("it is 0 iff p = p*", "zero-all-sizes"),
        remark(
            "twice the variance, and zero iff p = p*, countably many responses",
            "variance-countable",
            "zero-countable",
        ),
    ),
    checks=(
        Check(
            "variance-three-responses",
            statement(
                "2*q1*q2*(h1 - h2)^2 + 2*q1*(1 - q1 - q2)*(h1 - h3)^2 + 2*q2*(1 - q1 - q2)*(h2 - h3)^2"
                " = 2*(q1*h1^2 + q2*h2^2 + (1 - q1 - q2)*h3^2"
                " - (q1*h1 + q2*h2 + (1 - q1 - q2)*h3)^2)",
                q1="(0, 1)",
                q2="(0, 1)",
                h1="real",
                h2="real",
                h3="real",
            ),
            engines=IDENTITY,
            note="An identity: it needs no sign of the third probability 1 - q1 - q2.",
            rocq="S04_variance_three_responses",
            lean="SRVerify.S04_variance_three_responses",
        ),
        Check(
            "zero-iff-constant",
            statement(
                "h1 = h2 and h2 = h3",
                "q1*q2*(h1 - h2)^2 + q1*q3*(h1 - h3)^2 + q2*q3*(h2 - h3)^2 = 0",
                q1="(0, 1)",
                q2="(0, 1)",
                q3="(0, 1)",
                h1="real",
                h2="real",
                h3="real",
            ),
            engines=POLYNOMIAL,
            example={"q1": "1/3", "q2": "1/3", "q3": "1/3", "h1": "1", "h2": "1", "h3": "1"},
            rocq="S04_zero_iff_constant",
            lean="SRVerify.S04_zero_iff_constant",
        ),
        Check(
            "constant-gives-gibbs",
            statement(
                "p = q*exp((r + c)/b)",
                "b*log(p/q) - r = c",
                p="(0, oo)",
                q="(0, oo)",
                b="(0, oo)",
                r="real",
                c="real",
            ),
            engines=("sympy", "arb", "mpmath"),
            lean="SRVerify.S04_constant_gives_gibbs",
            expect=Expect.SUPPORTED,
            role=Role.SUPPORT,
            note="A constant h means p proportional to q e^{r/beta}.",
            example={"p": "1", "q": "1", "b": "1", "r": "0", "c": "0"},
        ),
        simulated("S04"),
        kernel("variance-all-sizes", "S04_dpo_square_loss", "the loss is twice the variance, any size"),
        kernel("zero-all-sizes", "S04_zero_iff", "it is zero iff p = p*, any size"),
        exact_instances("S04"),
        kernel(
            "variance-countable",
            "S04_square_loss_countable",
            "the loss is twice the variance, for countably many responses with a second moment",
        ),
        kernel(
            "zero-countable",
            "S04_zero_iff_countable",
            "it is zero iff the normaliser converges and p = p*",
        ),
    ),
)

S05 = Claim(
    id="S05",
    slug="iterated-closed-form",
    title="exact rounds under A-REAL give pi_T proportional to pi_0^{alpha_T}, alpha_T = (1+1/beta)^T",
    paper="Section 3, display (4); Appendix E, displays (108) and (109)",
    equations=(4, 108, 109),
    prose=text("""
        Each exact round raises the policy to the power 1 + 1/beta and normalises; the normaliser
        cancels in the next round, so powers multiply.
    """),
    expected=Verdict.SHARPER,
    ours=True,
    depends=("S02", "S04"),
    parts=(
        stated(
            "under exact minimisation and A-REAL pi_T is proportional to pi_0^{alpha_T}", "all-rounds"
        ),
        remark("the closed form, countably many responses", "countable"),
    ),
    checks=(
        Check(
            "powers-multiply",
            statement("(q^a)^(1 + 1/b) = q^(a*(1 + 1/b))", q="(0, 1]", a="(0, oo)", b="(0, oo)"),
            engines=CLOSED_FORM,
            rocq="S05_powers_multiply",
            lean="SRVerify.S05_powers_multiply",
        ),
        Check(
            "normaliser-cancels",
            statement(
                "(q^a/Z)^c/((q^a/Z)^c + (s^a/Z)^c) = q^(a*c)/(q^(a*c) + s^(a*c))",
                q="(0, 1)",
                s="(0, 1)",
                a="(0, oo)",
                c="(0, oo)",
                Z="(0, oo)",
            ),
            engines=CLOSED_FORM,
            note="Two responses; c = 1 + 1/beta.",
            rocq="S05_normaliser_cancels",
            lean="SRVerify.S05_normaliser_cancels",
        ),
        simulated("S05"),
        kernel(
            "all-rounds", "S05_iterated_closed_form", "the closed form for every T and finite spaces"
        ),
        exact_instances("S05"),
        kernel(
            "countable",
            "S05_iterated_closed_form_countable",
            "T exact updates are the power alpha_T, for countably many responses",
        ),
    ),
)

S06 = Claim(
    id="S06",
    slug="margin-growth",
    title="the margin of pi_T is alpha_T times the margin of pi_0 along S05",
    paper="beyond the paper",
    prose="The logarithm of a power is a multiple of the logarithm; normalisers cancel in differences.",
    expected=Verdict.SHARPER,
    ours=True,
    depends=("S05",),
    parts=(
        stated("gamma(pi_T) = alpha_T gamma(pi_0)", "all-rounds"),
        remark("the margin, countably many responses", "countable"),
    ),
    checks=(
        Check(
            "log-difference",
            statement(
                "log(q^a/Z) - log(s^a/Z) = a*(log(q) - log(s))",
                q="(0, 1)",
                s="(0, 1)",
                a="(0, oo)",
                Z="(0, oo)",
            ),
            engines=("sympy", "mpmath", "z3"),
            rocq="S06_log_difference",
            lean="SRVerify.S06_log_difference",
        ),
        simulated("S06"),
        kernel("all-rounds", "S06_margin_growth", "the margin is exactly alpha_T times the first one"),
        kernel(
            "countable",
            "S06_margin_growth_countable",
            "the margin is exactly alpha_T times the first one, for countably many responses",
        ),
    ),
)

S07 = Claim(
    id="S07",
    slug="population-condition-number",
    title="kappa(pi_T) <= 1 + (N-1) e^{-gamma_0 alpha_T} along S05",
    paper="beyond the paper",
    prose=text("""
        1/max pi is the sum over responses of pi(y)/max pi, at most 1 + (N-1) e^{-margin}. With the
        margin of S06 this falls doubly exponentially in T: without sampling error nothing is left of
        kappa_0.
    """),
    expected=Verdict.SHARPER,
    ours=True,
    depends=("S06", "K01"),
    parts=(
        stated("kappa(pi_T) <= 1 + (N-1) e^{-gamma_0 alpha_T}", "all-rounds"),
        remark(
            "kappa_T - 1 <= exp(-gamma_0 (alpha_T - 1)) (kappa_0 - 1), countably many responses",
            "countable",
        ),
    ),
    checks=(
        Check(
            "inverse-mode-three-responses",
            statement(
                "1/u <= 1 + 2*E",
                "u + v + w = 1",
                "v <= u*E",
                "w <= u*E",
                u="(0, 1]",
                v="[0, 1]",
                w="[0, 1]",
                E="(0, 1)",
            ),
            engines=POLYNOMIAL,
            note="One prompt, three responses with mode mass u, E = e^{-margin}.",
            example={"u": "1", "v": "0", "w": "0", "E": "1/2"},
            rocq="S07_inverse_mode_three_responses",
            lean="SRVerify.S07_inverse_mode_three_responses",
        ),
        Check(
            "inverse-mode",
            statement(
                "1/u <= 1 + (N - 1)*E",
                "1 - u <= (N - 1)*u*E",
                u="(0, 1]",
                E="(0, 1)",
                N="[2, oo)",
            ),
            engines=RATIONAL,
            note="Any N with E = e^{-margin}: the other responses have mass at most (N-1) u E together.",
            example={"u": "1/2", "E": "1/2", "N": "3"},
            mutants=(
                mutant(
                    "N - 1 replaced by 0.99 (N - 1)",
                    "1/u <= 1 + 99/100*(N - 1)*E",
                    "1 - u <= (N - 1)*u*E",
                    u="(0, 1]",
                    E="(0, 1)",
                    N="[2, oo)",
                ),
            ),
            rocq="S07_inverse_mode_stated",
            lean="SRVerify.S07_inverse_mode",
        ),
        simulated("S07"),
        kernel(
            "all-rounds", "S07_population_condition_number", "the bound for every T and finite spaces"
        ),
        exact_instances("S07"),
        kernel(
            "countable",
            "S07_population_condition_number_countable",
            "any set of prompts and countably many responses, whose number is not in the bound",
        ),
    ),
)

S08 = Claim(
    id="S08",
    slug="realizability-horizon",
    title="a fixed radius R keeps A-REAL only while alpha_T ||theta_0|| <= R",
    paper="Assumption 5.1 with Definition 6.1",
    prose=text("""
        In the linear softmax class the exact update maps theta to (1 + 1/beta) theta. Taken for all
        rounds, realizability in a ball of fixed radius fails in finitely many rounds unless pi_0 is
        uniform: it holds up to T iff T <= log(R/||theta_0||)/log(1 + 1/beta), the least norm among
        parameters of the same policy. Already one round forces ||theta_0|| <= R beta/(1+beta), hence
        gamma <= 2 B_phi R beta/(1+beta): then beta log kappa_0/gamma >= (1+beta) log kappa_0/(2 B_phi R)
        does not vanish as beta -> 0, and Theorem 6.2 says nothing as n grows unless R grows like
        gamma/beta.
    """),
    expected=Verdict.REPAIRED,
    depends=("S05", "S06"),
    experiments=("horizon",),
    parts=(
        stated("a fixed radius keeps A-REAL in every round", "fixed-radius"),
        repair("A-REAL holds up to T iff alpha_T ||theta_0|| <= R", "horizon-all-dimensions"),
        repair(
            "the horizon is T <= log(R/||theta_0||)/log(1+1/beta)",
            "horizon",
            "beyond-horizon",
            "growth-as-exponential",
            "least-norm",
            "horizon-of-the-class",
        ),
        repair(
            "one round forces ||theta_0|| <= R beta/(1+beta)",
            "one-round",
            "margin-needs-norm",
            "margin-at-fixed-radius",
        ),
        repair(
            "A-REAL along the exact path ends after log(2 B_phi R/gamma)/log(1+1/beta) rounds",
            "rounds-at-fixed-radius",
        ),
        repair(
            "at fixed R the term beta log kappa_0/gamma does not vanish",
            "bias-stays",
            "bias-at-fixed-radius",
            "bound-at-fixed-radius",
        ),
        repair(
            "the repaired radius adds d T log(1+1/beta) to the log of the covering number", "complexity"
        ),
    ),
    checks=(
        Check(
            "fixed-radius",
            statement("(1 + 1/b)^T*m <= R", "m <= R", b="(0, 1]", m="(0, oo)", R="(0, oo)", T="natural"),
            engines=("arb", "mpmath"),
            expect=Expect.REFUTED,
            note="As assumed: the iterates stay in the ball in every round.",
            rocq="S08_fixed_radius_refuted",
            lean="SRVerify.S08_fixed_radius_refuted",
        ),
        Check(
            "horizon",
            statement("exp(t) <= r", "t <= log(r)", r="(0, oo)", t="real"),
            engines=("arb", "z3", "mpmath"),
            role=Role.REPAIR,
            example={"r": "3", "t": "1"},
            note="t = T log(1 + 1/beta) and r = R/||theta_0||: up to the horizon the radius suffices.",
            rocq="S08_horizon_stated",
            lean="SRVerify.S08_horizon",
        ),
        Check(
            "beyond-horizon",
            statement("r < exp(t)", "log(r) < t", r="(0, oo)", t="real"),
            engines=("arb", "z3", "mpmath"),
            role=Role.REPAIR,
            example={"r": "3", "t": "2"},
            note="Beyond the horizon it does not.",
            rocq="S08_beyond_horizon",
            lean="SRVerify.S08_beyond_horizon",
        ),
        Check(
            "growth-as-exponential",
            statement("(1 + 1/b)^T = exp(T*log(1 + 1/b))", b="(0, oo)", T="(0, oo)"),
            engines=(*CLOSED_FORM, "z3", "cvc5"),
            role=Role.REPAIR,
            note="alpha_T = e^t.",
            rocq="S08_growth_as_exponential",
            lean="SRVerify.S08_growth_as_exponential",
        ),
        Check(
            "one-round",
            statement(
                "g <= 2*B*R*b/(1 + b)",
                "(1 + 1/b)*m <= R",
                "g <= 2*B*m",
                g="(0, oo)",
                B="(0, oo)",
                R="(0, oo)",
                b="(0, oo)",
                m="(0, oo)",
            ),
            engines=POLYNOMIAL,
            role=Role.REPAIR,
            example={"g": "1", "B": "1", "R": "2", "b": "1", "m": "1"},
            note="One round bounds the margin: gamma <= 2 B_phi ||theta_0||.",
            rocq="S08_one_round",
            lean="SRVerify.S08_one_round",
        ),
        Check(
            "bias-stays",
            statement(
                "(1 + b)*k/(2*B*R) <= b*k/g",
                "g <= 2*B*R*b/(1 + b)",
                g="(0, oo)",
                B="(0, oo)",
                R="(0, oo)",
                b="(0, oo)",
                k="[0, oo)",
            ),
            engines=POLYNOMIAL,
            role=Role.REPAIR,
            example={"g": "1", "B": "1", "R": "2", "b": "1", "k": "1"},
            note="With k = log kappa_0: the bias term does not vanish with beta.",
            rocq="S08_bias_stays_stated",
            lean="SRVerify.S08_bias_stays",
        ),
        kernel(
            "horizon-all-dimensions", "S08_realizable_iff", "A-REAL up to T iff alpha_T ||theta_0|| <= R"
        ),
        kernel("least-norm", "S08_least_norm", "every softmax policy has a parameter of least norm"),
        kernel(
            "horizon-of-the-class",
            "S08_horizon_of_the_class",
            "pi_T lies in the class iff T <= log(R/||theta_0||_min)/log(1 + 1/beta)",
        ),
        kernel("margin-needs-norm", "S08_margin_needs_norm", "gamma <= 2 B_phi ||theta||"),
        kernel(
            "margin-at-fixed-radius",
            "S08_margin_at_fixed_radius",
            "A-REAL in the first round forces gamma <= 2 B_phi R beta/(1 + beta)",
        ),
        kernel(
            "rounds-at-fixed-radius",
            "S08_rounds_at_fixed_radius",
            "A-REAL along the exact path ends after log(2 B_phi R/gamma)/log(1 + 1/beta) rounds",
        ),
        kernel(
            "bias-at-fixed-radius",
            "S08_bias_at_fixed_radius",
            "beta log kappa_0/gamma >= (1 + beta) log kappa_0/(2 B_phi R)",
        ),
        kernel(
            "bound-at-fixed-radius",
            "S08_bound_at_fixed_radius",
            "the bound of Theorem 6.2 stays above (1 + beta)/(B_phi R) for every n",
        ),
        kernel(
            "complexity",
            "S08_complexity_of_the_repaired_radius",
            "the repaired radius adds d T log(1 + 1/beta) to the logarithm of the covering number",
        ),
        simulated("S08"),
    ),
)

S09 = Claim(
    id="S09",
    slug="minimum-probability-horizon",
    title="a strong c uniform over T rounds is at most e^{-gamma_0 alpha_T}: use the weak one",
    paper="Lemma C.3 against Definition 5.2",
    prose=text("""
        Along S05 some response has probability at most e^{-gamma_0 alpha_T}, so no constant c stays
        below every probability; with beta = 1/sqrt(n), n = 100, gamma_0 = 0.1 already 1/c >= 1.79e5 at
        T = 2. The weak c, below the mode's mass only, is at least 1/N always.
    """),
    expected=Verdict.REPAIRED,
    depends=("S06",),
    experiments=("horizon",),
    parts=(
        stated("a strong c holds uniformly over T rounds", "strong-constant"),
        repair(
            "along S05 the least probability is at most e^{-gamma_0 alpha_T}",
            "least-probability-all-rounds",
        ),
        repair("n = 100, gamma_0 = 0.1: 1/c >= 1.79e5 at T = 2", "hundred-samples"),
        repair("the weak c = 1/N is always available", "weak-constant"),
    ),
    checks=(
        Check(
            "strong-constant",
            statement(
                "c <= exp(-g*(1 + 1/b)^T)",
                "c <= exp(-g)",
                c="(0, 1/2]",
                g="(0, 1]",
                b="(0, 1]",
                T="natural",
            ),
            engines=("arb", "mpmath"),
            expect=Expect.REFUTED,
            note="The strong reading: what is below the least probability at first stays so.",
            example={"c": "1/4", "g": "1", "b": "1", "T": "0"},
            rocq="S09_strong_constant_refuted",
            lean="SRVerify.S09_strong_constant_refuted",
        ),
        Check(
            "least-probability",
            statement("v <= exp(-g)", "v <= u*exp(-g)", u="(0, 1]", v="(0, 1]", g="[0, oo)"),
            engines=LEMMAS,
            role=Role.REPAIR,
            example={"u": "1", "v": "1/4", "g": "1"},
            note="A response other than the mode, at margin g.",
            rocq="S09_least_probability",
            lean="SRVerify.S09_least_probability",
        ),
        Check(
            "hundred-samples",
            statement("179000 <= exp(1/10*(1 + 10)^2) and exp(1/10*(1 + 10)^2) < 180000"),
            engines=("arb", "leancert", "mpmath"),
            role=Role.REPAIR,
            note="n = 100, beta = 1/10, gamma_0 = 1/10, T = 2.",
            rocq="S09_hundred_samples",
            lean="SRVerify.S09_hundred_samples",
        ),
        Check(
            "weak-constant",
            statement("1/N <= u", "1 <= N*u", u="(0, 1]", N="[2, oo)"),
            engines=RATIONAL,
            role=Role.REPAIR,
            example={"u": "1/2", "N": "3"},
            note="The mode's mass is at least the mean mass: c = 1/N is always available.",
            rocq="S09_weak_constant",
            lean="SRVerify.S09_weak_constant",
        ),
        kernel("least-probability-all-rounds", "S09_minimum_probability", "every T, finite spaces"),
        simulated("S09"),
    ),
)

CLAIMS = (S01, S02, S03, S04, S05, S06, S07, S08, S09)
