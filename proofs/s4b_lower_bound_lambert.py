"""Theorem 4.1, Appendix D, Steps 5-6: the scalar inequality and its inversion by Lambert W.

The lower bound reads f(eps) > c_0 kappa log|Pi|/n with f(eps) = eps^2 (1 + log(kappa/eps)). In the
coordinate w >= 1 with eps = kappa exp(1 - w/2) everything is elementary: 2 f(eps)/(e kappa)^2 is
w exp(-w), so that w = -W_{-1}(-2I/(e kappa)^2). The statements below call the level I of the paper J.
"""

from __future__ import annotations

from srverify.claim import Check, Claim, Expect, Role, Verdict, statement
from srverify.computations import hard_risk, lambert_inversion

from ._kit import (
    CLOSED_FORM,
    LEMMAS,
    POLYNOMIAL,
    SAMPLED,
    SCALAR,
    computation,
    mutant,
    text,
)

LABELS = {"kappa": "[2, oo)", "eps": "(0, 1/16]", "M": "real"}
FLOOR = ("M <= 1 + (kappa - 1)/(8*eps)", "(kappa - 1)/(8*eps) < M")
INSTANCE = {"kappa": "2", "eps": "1/16", "M": "3"}

D07 = Claim(
    id="D07",
    slug="scalar-inequality",
    title=(
        "success >= 1-eps needs n > c_0 kappa_0 log|Pi| / (eps^2 (1 + log(kappa_0/eps))), c_0 = 1/3072"
    ),
    paper="Appendix D, Step 5",
    equations=(91, 92),
    prose=text("""
        With rho = 16 eps and M = 1 + floor((kappa_0-1)/(8 eps)): M+1 >= kappa_0/(16 eps) and log M
        <= log(kappa_0/eps), so n > d(M+1)/(192 eps) = (M+1) log|Pi|/(192 eps log M) gives the bound;
        the paper's extra 1 in 1 + log(kappa_0/eps) is not needed. Only (kappa_0-1)/(8 eps) < M <= 1
        + (kappa_0-1)/(8 eps) is used of the floor, so M is a real variable. As a scalar inequality
        3072 and 16 are sharp: at kappa_0 = 2, eps = 1/(8k), both sides meet as k grows.
    """),
    expected=Verdict.HOLDS,
    depends=("D02", "D06"),
    checks=(
        Check(
            "label-count",
            statement("kappa/(16*eps) <= M + 1", FLOOR[1], **LABELS),
            engines=("arb", *POLYNOMIAL),
            example=INSTANCE,
            note="M + 1 >= kappa_0/(16 eps).",
            mutants=(
                mutant("16 replaced by 159/10", "kappa/(159/10*eps) <= M + 1", *FLOOR, **LABELS),
                mutant(
                    "kappa_0 >= 19/10 only",
                    "kappa/(16*eps) <= M + 1",
                    *FLOOR,
                    kappa="[19/10, oo)",
                    eps="(0, 1/16]",
                    M="real",
                ),
            ),
        ),
        Check(
            "label-bound",
            statement("2 < M and M <= kappa/eps", *FLOOR, **LABELS),
            engines=POLYNOMIAL,
            example=INSTANCE,
        ),
        Check(
            "log-labels",
            statement("0 < log(M) and log(M) <= log(kappa/eps)", *FLOOR, **LABELS),
            engines=LEMMAS,
            example=INSTANCE,
            note="log M <= log(kappa_0/eps), a fortiori 1 + log(kappa_0/eps).",
        ),
        Check(
            "combine",
            statement(
                "kappa/(3072*eps^2*(1 + log_ratio)) < a/(192*eps*log_labels)",
                "kappa/(16*eps) <= a",
                "log_labels <= log_ratio",
                kappa="[2, oo)",
                eps="(0, 1/16]",
                a="(0, oo)",
                log_labels="(0, oo)",
                log_ratio="(0, oo)",
            ),
            engines=POLYNOMIAL,
            example={"kappa": "2", "eps": "1/16", "a": "4", "log_labels": "1", "log_ratio": "3"},
            note="a = M+1, log_labels = log M, log_ratio = log(kappa_0/eps).",
        ),
        Check(
            "necessary",
            statement(
                "kappa/(3072*eps^2*(1 + log(kappa/eps))) <= (M + 1)/(192*eps*log(M))",
                "(kappa - 1)/(8*eps) < M",
                **LABELS,
            ),
            engines=("z3", "mpmath"),
            example=INSTANCE,
            note="The scalar inequality of (92) per unit of log|Pi|; M has no upper bound here.",
            mutants=(
                mutant(
                    "without the 1+",
                    "kappa/(3072*eps^2*log(kappa/eps)) <= (M + 1)/(192*eps*log(M))",
                    *FLOOR,
                    survives="log M <= log(kappa_0/eps) already; the paper's 1+ is slack",
                    **LABELS,
                ),
                mutant(
                    "3072 replaced by 2500 (kappa_0 = 2, M = 1 + 1/(8 eps))",
                    "2/(2500*eps^2*(1 + log(2/eps))) <= (1/(8*eps) + 2)/(192*eps*log(1 + 1/(8*eps)))",
                    eps="(0, 1/16]",
                ),
            ),
        ),
        Check(
            "necessary-samples",
            statement(
                "level*(d*log_labels) < n",
                "level <= (M + 1)/(192*eps*log_labels)",
                "d*(M + 1)/(12*(16*eps)) < n",
                level="(0, oo)",
                eps="(0, 1/16]",
                M="(2, oo)",
                log_labels="(0, oo)",
                d="(0, oo)",
                n="real",
            ),
            engines=POLYNOMIAL,
            example={"level": "1", "eps": "1/16", "M": "23", "log_labels": "2", "d": "1", "n": "3"},
            note="D06's n > d(M+1)/(12 rho) with log|Pi| = d log M, level the left side of `necessary`.",
        ),
        computation(
            "constant-is-sharp",
            "at kappa_0 = 2 and eps = 1/(8*10^4000) the two sides agree to 3 digits: 3070 "
            "would be false",
            lambert_inversion.necessary_constant,
            lambert_inversion.necessary_constant_mutant,
            engine="arb",
        ),
    ),
)


def curve(eps: str) -> str:
    """Return the text of f(eps) = eps^2 (1 + log(kappa/eps))."""
    return f"({eps})^2*(1 + log(kappa/({eps})))"


D08 = Claim(
    id="D08",
    slug="monotone",
    title=(
        "f' = eps(1 + 2 log(kappa/eps)); f increases up to kappa sqrt(e), then decreases; "
        "maximum e kappa^2/2"
    ),
    paper="Appendix D, Step 5",
    equations=(93, 94, 95),
    prose=text("""
        The derivative is computed symbolically and its sign is that of 1 + 2 log(kappa/eps).
        Monotonicity is also stated for two points, in coordinates in which it is a tangent
        inequality of the exponential: y = kappa exp(1/2 - a), x = y exp(-b) on the left of kappa
        sqrt(e), and x = kappa exp(1/2 + a), y = x exp(b) on its right.
    """),
    expected=Verdict.HOLDS,
    checks=(
        computation(
            "derivative",
            "d/d eps of eps^2(1 + log(kappa/eps)) is eps(1 + 2 log(kappa/eps))",
            lambert_inversion.curve_derivative,
            lambert_inversion.curve_derivative_mutant,
            engine="sympy",
            role=Role.STATED,
        ),
        Check(
            "derivative-positive",
            statement(
                "0 < eps*(1 + 2*log(kappa/eps))",
                "eps < kappa*exp(1/2)",
                kappa="(0, oo)",
                eps="(0, oo)",
            ),
            engines=SCALAR,
            example={"kappa": "2", "eps": "1"},
        ),
        Check(
            "derivative-negative",
            statement(
                "eps*(1 + 2*log(kappa/eps)) < 0",
                "kappa*exp(1/2) < eps",
                kappa="(0, oo)",
                eps="(0, oo)",
            ),
            engines=SCALAR,
            example={"kappa": "1", "eps": "2"},
        ),
        Check(
            "increasing-in-coordinates",
            statement("1/2 + a + b < exp(2*b)*(1/2 + a)", a="[0, oo)", b="(0, oo)"),
            engines=SCALAR,
            note="f(x) < f(y) divided by kappa^2 exp(1-2a-2b).",
        ),
        Check(
            "decreasing-in-coordinates",
            statement("(1/2 - a - b)*exp(2*b) < 1/2 - a", a="[0, oo)", b="(0, oo)"),
            engines=SCALAR,
            note="f(y) < f(x) divided by kappa^2 exp(1+2a).",
        ),
        Check(
            "coordinates",
            statement(
                f"{curve('kappa*exp(1/2 - s)')} = kappa^2*exp(1 - 2*s)*(1/2 + s)",
                kappa="(0, oo)",
                s="real",
            ),
            engines=CLOSED_FORM,
            note="The curve at kappa exp(1/2 - s); s = a, a+b on the left, -a, -a-b on the right.",
        ),
        Check(
            "increasing",
            statement(
                "x^2*(1 + log(kappa/x)) < y^2*(1 + log(kappa/y))",
                "x < y",
                "y <= kappa*sqrt(exp(1))",
                kappa="(0, oo)",
                x="(0, oo)",
                y="(0, oo)",
            ),
            engines=LEMMAS,
            role=Role.SUPPORT,
            expect=Expect.SUPPORTED,
            note="The two-point form in the paper's coordinates.",
        ),
        Check(
            "decreasing",
            statement(
                "y^2*(1 + log(kappa/y)) < x^2*(1 + log(kappa/x))",
                "kappa*sqrt(exp(1)) <= x",
                "x < y",
                kappa="(0, oo)",
                x="(0, oo)",
                y="(0, oo)",
            ),
            engines=LEMMAS,
            role=Role.SUPPORT,
            expect=Expect.SUPPORTED,
        ),
        Check(
            "maximum-value",
            statement(f"{curve('kappa*sqrt(exp(1))')} = exp(1)*kappa^2/2", kappa="(0, oo)"),
            engines=CLOSED_FORM,
        ),
        Check(
            "maximum",
            statement("eps^2*(1 + log(kappa/eps)) <= exp(1)*kappa^2/2", kappa="(0, oo)", eps="(0, oo)"),
            engines=LEMMAS,
            role=Role.SUPPORT,
            expect=Expect.SUPPORTED,
            rocq="D08_maximum",
        ),
    ),
)

LEVEL = {"kappa": "(0, oo)", "J": "(0, oo)"}
ROOT_EXISTS = "J <= exp(1)*kappa^2/2"
ARGUMENT = "-(2*J)/(exp(2)*kappa^2)"
ROOT = f"kappa*exp(1 + LambertW({ARGUMENT}, -1)/2)"

D09 = Claim(
    id="D09",
    slug="lambert-closed-form",
    title=(
        "the root of f(eps) = I on (0, kappa sqrt(e)] is kappa exp(1 + W/2) = sqrt(2I/(-W)), W "
        "= W_{-1}(-2I/(e kappa)^2)"
    ),
    paper="Appendix D, Step 6",
    equations=(96, 97, 98, 99),
    prose=text("""
        For 0 < I <= e kappa^2/2 the argument lies in [-1/e, 0). By the definition of W the number
        kappa exp(1 + W/2) solves f(eps) = I, both forms agree, and W_{-1} <= -1 puts it on (0, kappa
        sqrt(e)], where D08 makes the root unique. The same in the elementary coordinate w = -W >= 1.
    """),
    expected=Verdict.HOLDS,
    depends=("D08",),
    checks=(
        Check(
            "argument",
            statement(
                "-exp(-1) <= -(2*J)/(exp(2)*kappa^2) and -(2*J)/(exp(2)*kappa^2) < 0",
                ROOT_EXISTS,
                **LEVEL,
            ),
            engines=SCALAR,
            example={"kappa": "1", "J": "1"},
        ),
        Check(
            "root",
            statement(f"{curve(ROOT)} = J", ROOT_EXISTS, **LEVEL),
            engines=CLOSED_FORM,
            example={"kappa": "1", "J": "1"},
        ),
        Check(
            "root-in-coordinates",
            statement(
                f"{curve('kappa*exp(1 - w/2)')} = kappa^2*exp(2)/2*(w*exp(-w))",
                kappa="(0, oo)",
                w="[1, oo)",
            ),
            engines=CLOSED_FORM,
        ),
        Check(
            "inverse",
            statement("LambertW(-w*exp(-w), -1) = -w", w="[1, oo)"),
            engines=SAMPLED,
            role=Role.SUPPORT,
            expect=Expect.SUPPORTED,
            note="W_{-1} is the inverse of w exp(w) on w <= -1.",
        ),
        Check(
            "square-root-form",
            statement(f"{ROOT} = sqrt(2*J/(-LambertW({ARGUMENT}, -1)))", ROOT_EXISTS, **LEVEL),
            engines=CLOSED_FORM,
            example={"kappa": "1", "J": "1"},
        ),
        Check(
            "square-root-in-coordinates",
            statement(
                "sqrt(2*(kappa^2*exp(2)/2*(w*exp(-w)))/w) = kappa*exp(1 - w/2)",
                kappa="(0, oo)",
                w="[1, oo)",
            ),
            engines=CLOSED_FORM,
        ),
        Check(
            "range-in-coordinates",
            statement("0 < exp(1 - w/2) and exp(1 - w/2) <= exp(1/2)", w="[1, oo)"),
            engines=SCALAR,
            note="Divided by kappa: the root lies in (0, kappa sqrt(e)].",
            mutants=(mutant("w >= 9/10 only", "exp(1 - w/2) <= exp(1/2)", w="[9/10, oo)"),),
        ),
        Check(
            "range",
            statement(f"0 < {ROOT} and {ROOT} <= kappa*sqrt(exp(1))", ROOT_EXISTS, **LEVEL),
            engines=SCALAR,
            role=Role.SUPPORT,
            expect=Expect.SUPPORTED,
        ),
    ),
)

D10 = Claim(
    id="D10",
    slug="branch",
    title="the -1 branch is the root <= kappa sqrt(e); the W_0 branch gives a root >= kappa sqrt(e) > 1",
    paper="Appendix D, Step 6",
    equations=(96, 97, 98, 99),
    prose=text("""
        W_{-1} <= -1 <= W_0 on [-1/e, 0), so kappa exp(1 + W/2) is at most kappa sqrt(e) on the -1
        branch and in [kappa sqrt(e), e kappa) on the other. The latter solves f(eps) = I too, but is
        no probability, since kappa >= 1.
    """),
    expected=Verdict.HOLDS,
    depends=("D09",),
    checks=(
        Check(
            "lower-branch",
            statement("LambertW(-z, -1) <= -1", "z <= exp(-1)", z="(0, oo)"),
            engines=SCALAR,
            example={"z": "1/4"},
            note="The hypothesis is the domain of W: outside it the conclusion has no value.",
        ),
        Check(
            "principal-branch",
            statement("-1 <= LambertW(-z, 0) and LambertW(-z, 0) < 0", "z <= exp(-1)", z="(0, oo)"),
            engines=SCALAR,
            example={"z": "1/4"},
        ),
        Check(
            "lower-root",
            statement("kappa*exp(1 + w/2) <= kappa*sqrt(exp(1))", "w <= -1", kappa="(0, oo)", w="real"),
            engines=SCALAR,
            example={"kappa": "1", "w": "-2"},
            rocq="D10_lower_branch",
        ),
        Check(
            "lower-root-only",
            statement("w <= -1", "kappa*exp(1 + w/2) <= kappa*sqrt(exp(1))", kappa="(0, oo)", w="real"),
            engines=SCALAR,
            example={"kappa": "1", "w": "-2"},
            rocq="D10_lower_branch_only",
        ),
        Check(
            "principal-range",
            statement(
                "kappa*sqrt(exp(1)) <= kappa*exp(1 + w/2) and kappa*exp(1 + w/2) < exp(1)*kappa",
                kappa="(0, oo)",
                w="[-1, 0)",
            ),
            engines=SCALAR,
            rocq="D10_principal_branch",
        ),
        Check(
            "principal-root",
            statement(f"{curve(ROOT.replace(', -1)', ', 0)'))} = J", ROOT_EXISTS, **LEVEL),
            engines=CLOSED_FORM,
            example={"kappa": "1", "J": "1"},
            note="The other branch solves the same equation.",
        ),
        Check(
            "no-probability",
            statement("1 < kappa*exp(1 + w/2)", kappa="[1, oo)", w="[-1, 0)"),
            engines=SCALAR,
            mutants=(
                mutant("kappa >= 3/5 only", "1 < kappa*exp(1 + w/2)", kappa="[3/5, oo)", w="[-1, 0)"),
            ),
        ),
    ),
)

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
    checks=(
        computation(
            "instance-exists",
            "the instance of Step 5 exists for kappa_0 = 2, |Pi| = 3, n = 1",
            hard_risk.instance_exists_always,
            engine="arb",
            role=Role.STATED,
            expect=Expect.REFUTED,
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
            engines=SCALAR,
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
    checks=(
        Check(
            "lower-bound-as-stated",
            statement(f"{TILDE} <= {ROOT}", ROOT_EXISTS, **LEVEL),
            engines=("mpmath", "arb"),
            expect=Expect.REFUTED,
            note="eps~ with constant 1 is no lower bound.",
        ),
        Check(
            "lower-bound-in-coordinates",
            statement("w <= w - log(w)", w="[1, oo)"),
            engines=("mpmath", "arb"),
            expect=Expect.REFUTED,
            note="eps~ <= eps_LB squared, in the coordinate w.",
        ),
        Check(
            "direction",
            statement("log(1/z) <= -LambertW(-z, -1)", "z <= exp(-1)", z="(0, oo)"),
            engines=SCALAR,
            role=Role.REPAIR,
            example={"z": "1/4"},
        ),
        Check(
            "ratio",
            statement("log(1/(w*exp(-w))) = w - log(w)", w="[1, oo)"),
            engines=CLOSED_FORM,
            role=Role.REPAIR,
            note="log(1/z) at z = w exp(-w); eps_LB^2 = 2I/w and eps~^2 = 2I/log(1/z).",
        ),
        Check(
            "sandwich-in-coordinates",
            statement("(1 - exp(-1))*w <= w - log(w) and w - log(w) <= w", w="[1, oo)"),
            engines=SCALAR,
            role=Role.REPAIR,
            mutants=(
                mutant(
                    "1-1/e replaced by 1-1/e+1/1000",
                    "(1 - exp(-1) + 1/1000)*w <= w - log(w)",
                    w="[1, oo)",
                ),
            ),
        ),
        Check(
            "sandwich-at-e",
            statement("1 + log(v) <= v", v="(0, oo)"),
            engines=SCALAR,
            role=Role.SUPPORT,
            note="log w <= w/e at w = e v: equality at v = 1.",
        ),
        Check(
            "sharp",
            statement("c <= 1 - exp(-1)", "c*exp(1) <= exp(1) - log(exp(1))", c="real"),
            engines=SCALAR,
            role=Role.REPAIR,
            example={"c": "0"},
            note="A constant c that is valid at w = e is at most 1 - 1/e.",
        ),
        Check(
            "sandwich",
            statement(
                f"sqrt(1 - exp(-1))*{TILDE} <= {ROOT} and {ROOT} <= {TILDE}", ROOT_EXISTS, **LEVEL
            ),
            engines=SCALAR,
            role=Role.SUPPORT,
            expect=Expect.SUPPORTED,
            note="The repaired (100) in the paper's variables.",
        ),
        Check(
            "applicable-range",
            statement("2*(1 + log(32)) <= 2 + 2*log(kappa/eps)", kappa="[2, oo)", eps="(0, 1/16]"),
            engines=SCALAR,
            role=Role.REPAIR,
            note="w = 2 + 2 log(kappa/eps) where the bound applies.",
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
        ),
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
    checks=(
        Check(
            "level-decreases",
            statement("(1 + a + b)*exp(-b) < 1 + a", a="[0, oo)", b="(0, oo)"),
            engines=SCALAR,
            note="w exp(-w) at w = 1+a+b against w = 1+a, divided by exp(-1-a).",
        ),
        Check(
            "root-decreases",
            statement("exp(-b/2) < 1", b="(0, oo)"),
            engines=SCALAR,
            note="The root kappa exp(1 - w/2) at w = 1+a+b against w = 1+a.",
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
        ),
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
    checks=(
        Check(
            "explicit-form",
            statement(
                "sqrt(2*(1/3072*kappa*L/n)/log(exp(2)*kappa^2/(2*(1/3072*kappa*L/n))))"
                " = sqrt(1/3072*kappa*L/(n*(1 + 1/2*log(kappa*n/(2*(1/3072)*L)))))",
                "1/3072*kappa*L/n <= exp(1)*kappa^2/2",
                **RATE,
            ),
            engines=CLOSED_FORM,
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
        ),
        Check(
            "denominator-positive",
            statement(
                "0 < 1 + 1/2*log(kappa*n/(2*(1/3072)*L))", "1/3072*kappa*L/n <= exp(1)*kappa^2/2", **RATE
            ),
            engines=LEMMAS,
            role=Role.SUPPORT,
            example={"kappa": "1", "L": "1", "n": "1"},
        ),
    ),
)

CLAIMS = (D07, D08, D09, D10, D11, D12, D13, D14)
