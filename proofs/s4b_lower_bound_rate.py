"""Theorem 4.1, Appendix D, Step 6: where the closed form applies, and its asymptotic rate.

The paper's approximation W_{-1}(-z) = log z goes the wrong way for a lower bound (D12); with the sharp
factor sqrt(1-1/e) it is right. The theorem needs an instance, which D11 delimits.
"""

from __future__ import annotations

from srverify.claims.claim import Check, Claim, Expect, Role, Verdict, statement
from srverify.selfreward.computations import hard_risk, lambert_inversion

from ._kit import (
    CLOSED_FORM,
    POLYNOMIAL,
    SAMPLED,
    SCALAR,
    computation,
    kernel,
    mutant,
    refuted_in_kernel,
    repair,
    stated,
    text,
)

LEVEL = {"kappa": "(0, oo)", "J": "(0, oo)"}
ROOT_EXISTS = "J <= exp(1)*kappa^2/2"
ARGUMENT = "-(2*J)/(exp(2)*kappa^2)"
ROOT = f"kappa*exp(1 + LambertW({ARGUMENT}, -1)/2)"

D11 = Claim(
    id="D11",
    slug="domain",
    title="the bound needs kappa_0 >= 2, eps_LB <= 1/16 and an integer number of keys",
    paper="Theorem 4.1",
    prose=text("""
        The instance depends on eps through M and exists only for eps <= 1/16, kappa_0 >= 2 and an
        integer d = log|Pi|/log M. For kappa_0 = 2, |Pi| = 3, n = 1 there is none: eps_LB = 0.0107
        asks for M = 12 labels and log 3/log 12 = 0.442 keys. Repaired: for kappa_0 >= 2 the risk is
        at least eps_LB if I <= f(1/16), and at least 1/16 otherwise, on the instance with M =
        M(eps_LB) whenever d is a positive integer. D17 frees |Pi| from eps.
    """),
    expected=Verdict.REPAIRED,
    depends=("D07", "D08", "D09"),
    parts=(
        stated("the instance of Step 5 exists for every |Pi| and n", "always-an-instance"),
        repair("kappa_0 = 2, |Pi| = 3, n = 1 has none", "no-instance-in-the-kernel"),
        repair("risk >= eps_LB where M = M(eps_LB) and I <= f(1/16)", "risk-for-every-learner"),
        repair(
            "risk >= 1/16 where I > f(1/16)",
            "saturated-risk",
            "saturated-on-an-instance",
            "saturated-instance",
        ),
        repair(
            "such instances exist, with arbitrarily large d and n, and Theorem 4.1 there",
            "fixed-points-exist",
            "theorem-where-it-exists",
        ),
        repair(
            "without a fixed point: risk >= eps_LB(d log m) for every d, n and m <= M(eps_LB)",
            "without-fixed-point",
            "two-labels-suffice",
        ),
    ),
    checks=(
        computation(
            "instance-exists",
            "the instance of Step 5 exists for kappa_0 = 2, |Pi| = 3, n = 1",
            hard_risk.instance_exists_always,
            engine="arb",
            role=Role.STATED,
            expect=Expect.REFUTED,
        ),
        refuted_in_kernel(
            "always-an-instance",
            "D11_instance_exists",
            "the instance of Step 5 exists for every kappa_0 >= 2, |Pi| and n with eps_LB <= 1/16",
        ),
        Check(
            "small-root-in-coordinates",
            statement("exp(2*b)*(1/2 + a) <= 1/2 + a + b implies b <= 0", a="[0, oo)", b="real"),
            engines=SCALAR,
            role=Role.REPAIR,
            note=(
                "With eps = exp(b)/16 and kappa = eps exp(a - 1/2): f(eps) <= f(1/16) and"
                " eps <= kappa sqrt(e) give eps <= 1/16."
            ),
            rocq="D11_small_root_in_coordinates",
            lean="SRVerify.D11_small_root_in_coordinates",
        ),
        Check(
            "small-root",
            statement(
                "eps <= 1/16",
                "eps <= kappa*sqrt(exp(1))",
                "eps^2*(1 + log(kappa/eps)) <= (1/16)^2*(1 + log(16*kappa))",
                kappa="[2, oo)",
                eps="(0, oo)",
            ),
            engines=SAMPLED,
            lean="SRVerify.D11_small_root",
            role=Role.SUPPORT,
            expect=Expect.SUPPORTED,
            note="I <= f(1/16) puts eps_LB at or below 1/16.",
        ),
        computation(
            "risk-on-the-instance",
            "where M(eps_LB) = M and log|Pi| = d log M, the exact minimax risk is at least eps_LB",
            hard_risk.closed_form_against_exact_risk,
            hard_risk.closed_form_against_exact_risk_mutant,
            engine="arb",
            role=Role.REPAIR,
        ),
        kernel(
            "risk-for-every-learner",
            "D11_lambert_bound",
            "risk >= eps_LB on the instance with M = M(eps_LB)",
        ),
        kernel(
            "no-instance-in-the-kernel",
            "D11_no_instance",
            "no number of keys d >= 1 gives M^d = 3",
        ),
        kernel("saturated-risk", "D11_saturated", "risk >= 1/16 where I > f(1/16)"),
        kernel(
            "fixed-points-exist",
            "D11_fixed_points",
            "M = M(eps_LB) for every kappa_0 >= 2, M >= 2 kappa_0 and arbitrarily large d and n",
        ),
        kernel(
            "theorem-where-it-exists",
            "D11_theorem_4_1",
            "risk >= eps_LB and >= sqrt(1-1/e) eps~ there, for every randomised learner",
        ),
        kernel(
            "without-fixed-point",
            "D11_every_size",
            "risk >= eps_LB(d log m) for every d, n and m <= M(eps_LB)",
        ),
        kernel("two-labels-suffice", "D11_two_labels", "m = 2 is always allowed"),
        kernel(
            "saturated-on-an-instance",
            "D11_theorem_saturated",
            "the saturated bound on the instance M = M(1/16), for every kappa_0 >= 2 and d",
        ),
        kernel(
            "saturated-instance",
            "D11_saturated_instance",
            "its level is reached for n = 1 and enough prompts",
        ),
    ),
)

TILDE = "sqrt(2*J/log(exp(2)*kappa^2/(2*J)))"

D12 = Claim(
    id="D12",
    slug="asymptotic-direction",
    title="(100) overstates: sqrt(1-1/e) eps~ <= eps_LB <= eps~, and sqrt(1-1/e) is sharp",
    paper="Appendix D, Step 6, (100)",
    equations=(100,),
    prose=text("""
        Replacing W_{-1}(-z) by log z turns eps_LB into eps~ = sqrt(2I/log(e^2 kappa^2/(2I))). But
        -W_{-1}(-z) >= log(1/z), so eps~ is an upper bound of eps_LB, not a lower one. In w = -W:
        (eps_LB/eps~)^2 = 1 - log(w)/w, which lies in [1-1/e, 1] because log w <= w/e, with equality
        at w = e. Where the theorem applies (kappa_0 >= 2, eps_LB <= 1/16, so w >= 2(1 + log 32)) the
        ratio is at least 0.8688.
    """),
    expected=Verdict.REPAIRED,
    depends=("D09",),
    experiments=("lambert",),
    parts=(
        stated(
            "eps~ of (100) is a lower bound with constant 1",
            "lower-bound-as-stated",
            "lower-bound-in-coordinates",
        ),
        repair("-W_{-1}(-z) > log(1/z): eps~ exceeds eps_LB", "direction-in-the-kernel"),
        repair("sqrt(1-1/e) eps~ <= eps_LB <= eps~", "sandwich-in-the-kernel"),
        repair("no larger constant holds", "sharp-in-the-kernel"),
        repair(
            "the constant is at least 0.8688 where the bound applies",
            "applicable-range",
            "applicable-constant",
        ),
    ),
    checks=(
        Check(
            "lower-bound-as-stated",
            statement(f"{TILDE} <= {ROOT}", ROOT_EXISTS, **LEVEL),
            engines=("mpmath", "arb"),
            expect=Expect.REFUTED,
            note="eps~ with constant 1 is no lower bound.",
            rocq="D12_lower_bound_as_stated_refuted",
            lean="SRVerify.D12_lower_bound_as_stated_refuted",
        ),
        Check(
            "lower-bound-in-coordinates",
            statement("w <= w - log(w)", w="[1, oo)"),
            engines=("mpmath", "arb"),
            expect=Expect.REFUTED,
            note="eps~ <= eps_LB squared, in the coordinate w.",
            rocq="D12_lower_bound_in_coordinates_refuted",
            lean="SRVerify.D12_lower_bound_in_coordinates_refuted",
        ),
        Check(
            "direction",
            statement("log(1/z) <= -LambertW(-z, -1)", "z <= exp(-1)", z="(0, oo)"),
            engines=("arb", "leancert", "z3", "mpmath"),
            role=Role.REPAIR,
            example={"z": "1/4"},
            rocq="D12_direction",
            lean="SRVerify.D12_direction",
        ),
        Check(
            "ratio",
            statement("log(1/(w*exp(-w))) = w - log(w)", w="[1, oo)"),
            engines=CLOSED_FORM,
            role=Role.REPAIR,
            note="log(1/z) at z = w exp(-w); eps_LB^2 = 2I/w and eps~^2 = 2I/log(1/z).",
            rocq="D12_ratio",
            lean="SRVerify.D12_ratio",
        ),
        Check(
            "sandwich-in-coordinates",
            statement("(1 - exp(-1))*w <= w - log(w) and w - log(w) <= w", w="[1, oo)"),
            engines=("arb", "leancert", "z3", "mpmath"),
            role=Role.REPAIR,
            mutants=(
                mutant(
                    "1-1/e replaced by 1-1/e+1/1000",
                    "(1 - exp(-1) + 1/1000)*w <= w - log(w)",
                    w="[1, oo)",
                ),
            ),
            rocq="D12_sandwich_in_coordinates",
            lean="SRVerify.D12_sandwich_in_coordinates",
        ),
        Check(
            "sandwich-at-e",
            statement("1 + log(v) <= v", v="(0, oo)"),
            engines=SCALAR,
            role=Role.SUPPORT,
            note="log w <= w/e at w = e v: equality at v = 1.",
            rocq="C28_in_coordinates",
            lean="SRVerify.D12_sandwich_at_e",
        ),
        Check(
            "sharp",
            statement("c <= 1 - exp(-1)", "c*exp(1) <= exp(1) - log(exp(1))", c="real"),
            engines=("arb", "leancert", "z3", "mpmath"),
            role=Role.REPAIR,
            example={"c": "0"},
            note="A constant c that is valid at w = e is at most 1 - 1/e.",
            rocq="D12_sharp_stated",
            lean="SRVerify.D12_sharp",
        ),
        Check(
            "sandwich",
            statement(
                f"sqrt(1 - exp(-1))*{TILDE} <= {ROOT} and {ROOT} <= {TILDE}", ROOT_EXISTS, **LEVEL
            ),
            engines=("arb", "mpmath"),
            example={"kappa": "1", "J": "1"},
            role=Role.REPAIR,
            note="The repaired (100) in the paper's variables.",
            mutants=(
                mutant(
                    "1-1/e replaced by 1-1/e+1/1000",
                    f"sqrt(1 - exp(-1) + 1/1000)*{TILDE} <= {ROOT}",
                    ROOT_EXISTS,
                    **LEVEL,
                ),
            ),
            rocq="D12_sandwich_stated",
            lean="SRVerify.D12_sandwich",
        ),
        Check(
            "applicable-range",
            statement("2*(1 + log(32)) <= 2 + 2*log(kappa/eps)", kappa="[2, oo)", eps="(0, 1/16]"),
            engines=("arb", "leancert", "z3", "mpmath"),
            role=Role.REPAIR,
            note="w = 2 + 2 log(kappa/eps) where the bound applies.",
            rocq="D12_applicable_range",
            lean="SRVerify.D12_applicable_range",
        ),
        Check(
            "applicable-constant",
            statement("(8688/10000)^2 <= 1 - log(w)/w", "2*(1 + log(32)) <= w", w="real"),
            engines=SCALAR,
            role=Role.REPAIR,
            example={"w": "10"},
            mutants=(
                mutant(
                    "0.8688 replaced by 0.8689",
                    "(8689/10000)^2 <= 1 - log(w)/w",
                    "2*(1 + log(32)) <= w",
                    w="real",
                ),
            ),
            rocq="D12_applicable_constant",
            lean="SRVerify.D12_applicable_constant",
        ),
        kernel(
            "direction-in-the-kernel",
            "D12_direction_strict",
            "log(1/z) < -W_{-1}(-z): eps~ exceeds eps_LB, so (100) is no lower bound",
        ),
        kernel("sandwich-in-the-kernel", "D12_sandwich", "the repaired (100)"),
        kernel("sharp-in-the-kernel", "D12_sharp", "no larger constant"),
    ),
)

D13 = Claim(
    id="D13",
    slug="monotonicity",
    title="eps_LB decreases in n, increases in log|Pi| and, where eps_LB < kappa_0, in kappa_0",
    paper="Appendix D, Step 6",
    prose=text("""
        I = c_0 kappa log|Pi|/n decreases in n and increases in log|Pi|, and eps_LB increases with I:
        in the coordinate w both w exp(-w) and kappa exp(1 - w/2) decrease on w >= 1. Implicit
        differentiation in kappa_0 gives d eps/d kappa_0 = eps log(kappa_0/eps)/(kappa_0 (1 + 2
        log(kappa_0/eps))) > 0.
    """),
    expected=Verdict.HOLDS,
    depends=("D08", "D09"),
    parts=(
        stated(
            "eps_LB decreases in n and increases in log|Pi|",
            "level-in-samples",
            "increasing-in-the-level",
        ),
        stated(
            "eps_LB increases in kappa_0 where eps_LB < kappa_0",
            "increasing-in-kappa",
            "derivative-positive",
        ),
        stated(
            "d eps/d kappa_0 = eps log(kappa_0/eps)/(kappa_0(1 + 2 log(kappa_0/eps)))",
            "derivative-of-eps",
            "derivative-in-the-kernel",
        ),
    ),
    checks=(
        Check(
            "level-decreases",
            statement("(1 + a + b)*exp(-b) < 1 + a", a="[0, oo)", b="(0, oo)"),
            engines=SCALAR,
            note="w exp(-w) at w = 1+a+b against w = 1+a, divided by exp(-1-a).",
            rocq="D13_level_decreases",
            lean="SRVerify.D13_level_decreases",
        ),
        Check(
            "root-decreases",
            statement("exp(-b/2) < 1", b="(0, oo)"),
            engines=SCALAR,
            note="The root kappa exp(1 - w/2) at w = 1+a+b against w = 1+a.",
            rocq="D13_root_decreases",
            lean="SRVerify.D13_root_decreases",
        ),
        Check(
            "level-in-samples",
            statement(
                "kappa*L/(3072*m) < kappa*L/(3072*n)",
                "n < m",
                kappa="(0, oo)",
                L="(0, oo)",
                n="(0, oo)",
                m="(0, oo)",
            ),
            engines=POLYNOMIAL,
            example={"kappa": "2", "L": "1", "n": "1", "m": "2"},
            rocq="D13_level_in_samples",
            lean="SRVerify.D13_level_in_samples",
        ),
        computation(
            "derivative-in-kappa",
            "d eps/d kappa_0 = eps log(kappa_0/eps)/(kappa_0 (1 + 2 log(kappa_0/eps))) along f(eps) = I",
            lambert_inversion.implicit_derivative,
            lambert_inversion.implicit_derivative_mutant,
            engine="sympy",
            role=Role.STATED,
        ),
        Check(
            "derivative-positive",
            statement(
                "0 < eps*log(kappa/eps)/(kappa*(1 + 2*log(kappa/eps)))",
                "eps < kappa",
                kappa="(0, oo)",
                eps="(0, oo)",
            ),
            engines=SCALAR,
            example={"kappa": "2", "eps": "1"},
            rocq="D13_derivative_positive",
            lean="SRVerify.D13_derivative_positive",
        ),
        kernel(
            "derivative-in-the-kernel",
            "D13_derivative_in_kappa",
            "the derivative in kappa_0 of any positive function that solves f(eps) = C kappa near"
            " kappa_0 and is differentiable there",
        ),
        kernel(
            "derivative-of-eps",
            "D13_eps_derivative",
            "eps_LB is differentiable in kappa_0 wherever I < e kappa_0^2/2, with that derivative",
        ),
        kernel(
            "derivative-instance",
            "D13_derivative_instance",
            "the hypotheses of the derivative's theorem hold together at C = 1, kappa_0 = 2",
        ),
        kernel("increasing-in-the-level", "D13_increasing_in_I", "eps_LB increases with I"),
        kernel("increasing-in-kappa", "D13_increasing_in_kappa", "eps_LB increases with kappa_0"),
    ),
)

RATE = {"kappa": "(0, oo)", "L": "(0, oo)", "n": "(0, oo)"}

D14 = Claim(
    id="D14",
    slug="rate",
    title="eps~ = sqrt(c_0 kappa L/(n(1 + log(kappa n/(2 c_0 L))/2))): the rate of (6)",
    paper="Appendix D, Step 6; Theorem 4.1, (6)",
    equations=(6, 101, 102),
    prose=text("""
        Inserting I = c_0 kappa_0 log|Pi|/n into eps~ gives the explicit form; up to the logarithm it
        is sqrt(kappa_0 log|Pi|/n), and by D12 the lower bound has the same rate. L is log|Pi|.
    """),
    expected=Verdict.HOLDS,
    depends=("D09", "D12"),
    parts=(
        stated(
            "eps~ = sqrt(c_0 kappa_0 log|Pi|/(n(1 + log(kappa_0 n/(2 c_0 log|Pi|))/2)))",
            "rate-in-the-kernel",
        ),
        stated("the risk is at least sqrt(1-1/e) eps~", "risk-in-the-kernel"),
    ),
    checks=(
        Check(
            "explicit-form",
            statement(
                "sqrt(2*(1/3072*kappa*L/n)/log(exp(2)*kappa^2/(2*(1/3072*kappa*L/n))))"
                " = sqrt(1/3072*kappa*L/(n*(1 + 1/2*log(kappa*n/(2*(1/3072)*L)))))",
                "1/3072*kappa*L/n <= exp(1)*kappa^2/2",
                **RATE,
            ),
            engines=SAMPLED,
            lean="SRVerify.D14_explicit_form",
            expect=Expect.SUPPORTED,
            role=Role.SUPPORT,
            example={"kappa": "1", "L": "1", "n": "1"},
        ),
        Check(
            "logarithms",
            statement(
                "log(exp(2)*kappa^2/(2*(1/3072*kappa*L/n))) = 2*(1 + 1/2*log(kappa*n/(2*(1/3072)*L)))",
                **RATE,
            ),
            engines=CLOSED_FORM,
            note="The one step of the derivation.",
            rocq="D14_logarithms",
            lean="SRVerify.D14_logarithms",
        ),
        Check(
            "explicit-form-in-coordinates",
            statement("sqrt(2*J/(2*(1 + 1/2*l))) = sqrt(J/(1 + 1/2*l))", J="(0, oo)", l="(-2, oo)"),
            engines=("sympy", "z3", "cvc5"),
            note="J = c_0 kappa_0 L/n and l = log(kappa_0 n/(2 c_0 L)).",
            rocq="D14_explicit_form_in_coordinates",
            lean="SRVerify.D14_explicit_form_in_coordinates",
        ),
        Check(
            "denominator-positive",
            statement(
                "0 < 1 + 1/2*log(kappa*n/(2*(1/3072)*L))", "1/3072*kappa*L/n <= exp(1)*kappa^2/2", **RATE
            ),
            engines=("z3", "mpmath"),
            role=Role.SUPPORT,
            example={"kappa": "1", "L": "1", "n": "1"},
            rocq="D14_denominator_positive",
            lean="SRVerify.D14_denominator_positive",
        ),
        kernel("rate-in-the-kernel", "D14_rate", "the explicit form of eps~"),
        kernel(
            "risk-in-the-kernel", "D14_risk", "risk >= sqrt(1-1/e) eps~ for every randomised learner"
        ),
    ),
)

CLAIMS = (D11, D12, D13, D14)
