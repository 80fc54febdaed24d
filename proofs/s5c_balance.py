"""Section 5, Appendix C.2: the balance of one round, and the assumption it cannot do without.

What neither tails nor concentration control is the mass that pi-hat may put where pi_0 puts none: the
paper calls its concentrability typical; it is an assumption, and the theorem is false without it (C17).
"""

from __future__ import annotations

from srverify.claims.claim import Check, Claim, Expect, Role, Verdict, statement
from srverify.selfreward.computations import one_round

from ._kit import (
    CLOSED_FORM,
    IDENTITY,
    POLYNOMIAL,
    SCALAR,
    computation,
    exact_instances,
    kernel,
    refuted_in_kernel,
    remark,
    repair,
    simulated,
    stated,
    text,
)

C16 = Claim(
    id="C16",
    slug="kl-jensen",
    title="KL(pi*||pi_0) <= log kappa_0; C(pi*) = kappa_0; C(p*) <= kappa_0",
    paper="Appendix C.2, (39)",
    equations=(39,),
    prose=text("""
        KL(pi*||pi_0) = E_x log(1/pi_0(y*|x)) is at most log kappa_0 by concavity. The point mass has
        concentrability E_x[1/pi_0(y*|x)] = kappa_0. For p* = q x/Z with x = q^(1/beta), m = max q
        and X = m^(1/beta): sum p*^2/q <= 1/m, because q x^2 m <= q x m X termwise and m X <= Z.
    """),
    expected=Verdict.HOLDS,
    depends=("K01",),
    parts=(
        stated("KL(pi*||pi_0) = E log(1/pi_0(y*)) <= log kappa_0", "kl-all-sizes"),
        stated("C(pi*) = kappa_0", "point-mass-all-sizes"),
        stated("C(p*) <= kappa_0", "update-all-sizes"),
        remark("KL(pi*||base) <= log kappa, any set of prompts", "any-prompts"),
        remark(
            "KL(pi*||pi_0), C(pi*) and C(p*) at a prompt with countably many responses",
            "comparator-countable",
            "update-countable",
        ),
    ),
    checks=(
        Check(
            "tangent",
            statement("log(x) <= x - 1", x="(0, oo)"),
            engines=SCALAR,
            note="log u <= log c + u/c - 1 is this at x = u/c.",
            rocq="C16_tangent",
            lean="SRVerify.C16_tangent",
        ),
        Check(
            "jensen-two-prompts",
            statement(
                "w*la + (1 - w)*lb <= lc",
                "c = w*a + (1 - w)*b",
                "la <= lc + a/c - 1",
                "lb <= lc + b/c - 1",
                w="[0, 1]",
                a="[1, oo)",
                b="[1, oo)",
                c="[1, oo)",
                la="real",
                lb="real",
                lc="real",
            ),
            engines=("z3", "mpmath"),
            note="a, b are 1/pi_0(y*) at two prompts, c their mean, la, lb, lc the logarithms.",
            example={"w": "1/2", "a": "1", "b": "1", "c": "1", "la": "0", "lb": "0", "lc": "0"},
            rocq="C16_jensen_two_prompts",
            lean="SRVerify.C16_jensen_two_prompts",
        ),
        Check(
            "point-mass",
            statement("1^2/u + 0^2/v = 1/u", u="(0, 1]", v="(0, 1]"),
            engines=IDENTITY,
            rocq="C16_point_mass",
            lean="SRVerify.C16_point_mass",
        ),
        Check(
            "update-two-responses",
            statement(
                "(q*x^2 + m*X^2)/(q*x + m*X)^2 <= 1/m",
                "x <= X",
                q="(0, 1]",
                m="(0, 1]",
                x="(0, 1]",
                X="(0, 1]",
            ),
            engines=POLYNOMIAL,
            example={"q": "1/4", "m": "3/4", "x": "1/4", "X": "3/4"},
            note="sum p*^2/q <= 1/max q for two responses, m the mode's mass; only x <= X is used.",
            rocq="C16_update_two_responses",
            lean="SRVerify.C16_update_two_responses",
        ),
        simulated("C16"),
        kernel("kl-all-sizes", "C16_kl_jensen", "KL(pi*||pi_0) <= log kappa_0"),
        kernel("point-mass-all-sizes", "C16_comparator_concentrability", "C(pi*) = kappa_0"),
        kernel("update-all-sizes", "C16_update_concentrability", "C(p*) <= kappa_0"),
        exact_instances("C16"),
        kernel(
            "any-prompts",
            "C16_any_prompts",
            "KL(pi*||base) <= log kappa for any set of prompts and any expectation over it",
        ),
        kernel(
            "comparator-countable",
            "C16_comparator_countable",
            "the comparator's divergence and concentrability at a prompt with countably many responses",
        ),
        kernel(
            "update-countable",
            "C16_update_countable",
            "C(p*) <= 1/max pi at a prompt with countably many responses",
        ),
    ),
)

C17 = Claim(
    id="C17",
    slug="learned-concentrability",
    title="C(pi-hat) of the order of kappa_0 does not follow, and Theorem 5.3 fails without it",
    paper="Appendix C.2, after (39)",
    equations=(39,),
    assumptions=("A-CONC",),
    prose=text("""
        One prompt, five responses, pi_0 = (0.6, 0.4-3z, z, z, z), Pi = {p*, pi'} where pi' keeps
        p*'s ratio on {1, 2} with total mass 0.01 and puts (0.34, 0.33, 0.32) on the rest. With
        probability at least 1 - 6nz no pair sees {3, 4, 5}; then both have zero empirical loss and
        the minimiser may be pi', which fails everywhere. With kappa_0 in the place of C(pi-hat) the
        bound would be 0.0249 at n = 10^10, z = 10^-14, beta = 1/sqrt(n), delta = 0.05, and it falls
        with n. So A-CONC is needed (or the strong c, which gives C(pi) <= 1/c but see S09); the weak
        c of Definition 5.2 does not give it.
    """),
    expected=Verdict.REFUTED,
    depends=("C13", "C16"),
    experiments=("concentrability",),
    parts=(
        stated(
            "an empirical minimiser obeys C19's bound with kappa_0 for C(pi-hat)",
            "kappa-always-suffices",
        ),
        repair(
            "the witness: both have zero loss with probability >= 0.99 and pi' fails",
            "witness-in-the-kernel",
        ),
        repair("with kappa_0 for C(pi-hat) the bound is false", "assumption-needed"),
        repair("the strong c gives C(pi) <= 1/c", "strong-c-all-sizes"),
    ),
    checks=(
        computation(
            "kappa-suffices",
            "an empirical minimiser obeys C19's bound with kappa_0 in the place of C(pi-hat)",
            one_round.kappa_suffices,
            engine="arb",
            role=Role.STATED,
            expect=Expect.REFUTED,
        ),
        Check(
            "strong-c",
            statement(
                "p1^2/q1 + p2^2/q2 <= 1/c",
                "p1 + p2 = 1",
                "c <= q1",
                "c <= q2",
                p1="[0, 1]",
                p2="[0, 1]",
                q1="(0, 1]",
                q2="(0, 1]",
                c="(0, 1]",
            ),
            engines=POLYNOMIAL,
            role=Role.REPAIR,
            note="The strong c bounds the concentrability of every policy by 1/c.",
            example={"p1": "1/2", "p2": "1/2", "q1": "1/2", "q2": "1/2", "c": "1/2"},
            rocq="C17_strong_c_stated",
            lean="SRVerify.C17_strong_c",
        ),
        refuted_in_kernel(
            "kappa-always-suffices",
            "C17_kappa_suffices",
            "every empirical minimiser obeys C19's bound with kappa_0 for C(pi-hat), every finite class",
        ),
        kernel(
            "witness-in-the-kernel",
            "C17_learned_concentrability",
            "the witness and its bound",
        ),
        kernel("strong-c-all-sizes", "C17_strong_c", "C(pi) <= 1/c under the strong c"),
        simulated("C17"),
        kernel(
            "assumption-needed",
            "C17_A_CONC_needed",
            "with kappa_0 in place of C(pi-hat) the one-round bound is false on the witness",
        ),
    ),
)

C18 = Claim(
    id="C18",
    slug="balance",
    title="J(pi*) - J(pi-hat) <= (sqrt(kappa_0) + sqrt(C-bar)) eps_stat + beta log kappa_0",
    paper="Appendix C.2, (29)-(31), (39), (40)",
    equations=(29, 30, 31, 39, 40, 110, 116),
    prose=text("""
        At B = log(2(N+K)n^2) the bad region has probability at most 1/n^2, so its part of each
        coupled expectation is at most sqrt(C) V_4/sqrt(n); on the good region C15 bounds the loss by
        4B^2 log(|Pi|/delta)/n. Both parts carry sqrt(C), which is kappa_0 for pi* (C16) and C-bar
        for pi-hat (A-CONC). Without A-REAL the bound is false: Pi = {pi_0}.
    """),
    expected=Verdict.CONDITIONAL,
    assumptions=("A-REAL", "A-CONC", "A-TAIL"),
    depends=("C06", "C07", "C08", "C09", "C10", "C11", "C12", "C13", "C15", "C16"),
    parts=(
        stated(
            "J(pi*) - J(pi-hat) <= (sqrt(kappa_0) + sqrt(C-bar)) eps_stat + beta log kappa_0",
            "all-classes",
        ),
        stated("P(G^c) <= 2(N+K)e^{-B} = n^{-2}", "level"),
        stated("without A-REAL it is false", "realizability-needed"),
    ),
    checks=(
        Check(
            "level",
            statement(
                "2*(N + K)*exp(-log(2*(N + K)*n^2)) = 1/n^2", N="[2, oo)", K="[1, oo)", n="[1, oo)"
            ),
            engines=CLOSED_FORM,
            rocq="C18_level_stated",
            lean="SRVerify.C18_level",
        ),
        Check(
            "reward-difference",
            statement("(a - b)^4 <= a^4 + b^4", a="[0, oo)", b="[0, oo)"),
            engines=POLYNOMIAL,
            note="log(1/pi_0) >= 0, so E|Delta^r|^4 <= 2 M4(log N): no factor 8 here.",
            rocq="C18_reward_difference",
            lean="SRVerify.C18_reward_difference",
        ),
        Check(
            "one-expectation",
            statement(
                "good + bad <= C*(main + V*h)",
                "good <= C*main",
                "bad <= C*V*h",
                good="[0, oo)",
                bad="[0, oo)",
                C="[1, oo)",
                main="[0, oo)",
                V="(0, oo)",
                h="(0, oo)",
            ),
            engines=POLYNOMIAL,
            example={"good": "1", "bad": "1", "C": "1", "main": "1", "V": "1", "h": "1"},
            note="C is sqrt(C(pi)), main 2B sqrt(log(|Pi|/delta)/n), V is V_4, h is 1/sqrt(n).",
            rocq="C18_one_expectation",
            lean="SRVerify.C18_one_expectation",
        ),
        Check(
            "bad-region-scale",
            statement("sqrt(sqrt(1/n^2)*V^2) = V/sqrt(n)", V="(0, oo)", n="(0, oo)"),
            engines=CLOSED_FORM,
            note="C09: E[f^2 1_bad] <= sqrt(P) sqrt(E f^4) = V_4^2/n, whose root enters C08.",
            rocq="C18_bad_region_scale",
            lean="SRVerify.C18_bad_region_scale",
        ),
        Check(
            "good-region-scale",
            statement("sqrt(4*B^2*s/n) = 2*B*sqrt(s/n)", B="(0, oo)", s="(0, oo)", n="(0, oo)"),
            engines=CLOSED_FORM,
            rocq="C18_good_region_scale",
            lean="SRVerify.C18_good_region_scale",
        ),
        Check(
            "balance",
            statement(
                "gap <= (rk + rc)*e + b*lk",
                "gap <= es + eh + b*kl",
                "es <= rk*e",
                "eh <= rc*e",
                "kl <= lk",
                gap="real",
                rk="[1, oo)",
                rc="[1, oo)",
                e="(0, oo)",
                es="[0, oo)",
                eh="[0, oo)",
                b="(0, 1]",
                kl="[0, oo)",
                lk="[0, oo)",
            ),
            engines=POLYNOMIAL,
            example={
                "gap": "0",
                "rk": "1",
                "rc": "1",
                "e": "1",
                "es": "0",
                "eh": "0",
                "b": "1",
                "kl": "0",
                "lk": "0",
            },
            note="C06 with rk = sqrt(kappa_0), rc = sqrt(C-bar), e = eps_stat, lk = log kappa_0.",
            rocq="C18_balance_stated",
            lean="SRVerify.C18_balance",
        ),
        computation(
            "without-realizability",
            "the bound also holds for the class {pi_0}, which never improves",
            one_round.unrealizable_learner,
            engine="arb",
            expect=Expect.REFUTED,
        ),
        kernel("all-classes", "C18_balance", "the bound for every finite class under the assumptions"),
        kernel("realizability-needed", "C18_A_REAL_needed", "without A-REAL the bound fails"),
        kernel(
            "rate",
            "C18_gap_rate",
            "for n >= 3, beta = 1/sqrt n, K = k0 n^q: C log^(p+1) n sqrt(kappa_0 log(|Pi|/delta)/n)",
        ),
        kernel("rate-limit", "C18_gap_limit", "the bound times sqrt n/log n has a finite limit"),
        kernel("rate-instance", "C18_gap_rate_instance", "the hypotheses of the rate hold together"),
        simulated("C18"),
    ),
)

CLAIMS = (C16, C17, C18)
