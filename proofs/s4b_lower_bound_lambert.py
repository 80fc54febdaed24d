"""Theorem 4.1, Appendix D, Steps 5-6: the scalar inequality and its inversion by Lambert W.

The lower bound reads f(eps) > c_0 kappa log|Pi|/n with f(eps) = eps^2 (1 + log(kappa/eps)). In the
coordinate w >= 1 with eps = kappa exp(1 - w/2) everything is elementary: 2 f(eps)/(e kappa)^2 is
w exp(-w), so that w = -W_{-1}(-2I/(e kappa)^2). The statements below call the level I of the paper J.
"""

from __future__ import annotations

from srverify.claims.claim import Check, Claim, Expect, Role, Verdict, statement
from srverify.selfreward.computations import lambert_inversion

from ._kit import CLOSED_FORM, POLYNOMIAL, SAMPLED, SCALAR, computation, kernel, mutant, stated, text

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
    parts=(
        stated(
            "M+1 >= kappa_0/(16 eps) and log M <= log(kappa_0/eps)",
            "label-count",
            "label-bound",
            "log-labels",
        ),
        stated(
            "success >= 1-eps needs n > c_0 kappa_0 log|Pi|/(eps^2 (1 + log(kappa_0/eps)))",
            "theorem-4-1",
        ),
    ),
    checks=(
        Check(
            "label-count",
            statement("kappa/(16*eps) <= M + 1", FLOOR[1], **LABELS),
            engines=("arb", *POLYNOMIAL),
            example=INSTANCE,
            note="M + 1 >= kappa_0/(16 eps).",
            mutants=(
                mutant(
                    "16 replaced by 159/10 (kappa_0 = 2)",
                    "kappa/(159/10*eps) <= M + 1",
                    FLOOR[1],
                    kappa="[2, 2]",
                    eps="(0, 1/16]",
                    M="real",
                ),
                mutant(
                    "kappa_0 = 19/10",
                    "kappa/(16*eps) <= M + 1",
                    FLOOR[1],
                    kappa="[19/10, 19/10]",
                    eps="(0, 1/16]",
                    M="real",
                ),
            ),
            rocq="D07_label_count",
            lean="SRVerify.D07_label_count",
        ),
        Check(
            "label-bound",
            statement("2 < M and M <= kappa/eps", *FLOOR, **LABELS),
            engines=POLYNOMIAL,
            example=INSTANCE,
            rocq="D07_label_bound",
            lean="SRVerify.D07_label_bound",
        ),
        Check(
            "log-labels",
            statement("0 < log(M) and log(M) <= log(kappa/eps)", *FLOOR, **LABELS),
            engines=("z3",),
            example=INSTANCE,
            note="log M <= log(kappa_0/eps), a fortiori 1 + log(kappa_0/eps).",
            rocq="D07_log_labels",
            lean="SRVerify.D07_log_labels",
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
            rocq="D07_combine",
            lean="SRVerify.D07_combine",
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
                    "kappa/(2500*eps^2*(1 + log(kappa/eps))) <= (M + 1)/(192*eps*log(M))",
                    "M = 1 + 1/(8*eps)",
                    kappa="[2, 2]",
                    eps="(0, 1/16]",
                    M="real",
                ),
            ),
            rocq="D07_necessary_stated",
            lean="SRVerify.D07_necessary",
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
            rocq="D07_necessary_samples",
            lean="SRVerify.D07_necessary_samples",
        ),
        computation(
            "constant-is-sharp",
            "at kappa_0 = 2 and eps = 1/(8*10^4000) the two sides agree to 3 digits: 3070 "
            "would be false",
            lambert_inversion.necessary_constant,
            lambert_inversion.necessary_constant_mutant,
            engine="arb",
        ),
        kernel(
            "theorem-4-1",
            "D07_theorem_4_1",
            "Theorem 4.1 on the hard class, for every randomised learner",
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
    parts=(
        stated("f' = eps(1 + 2 log(kappa/eps))", "derivative-in-the-kernel"),
        stated("f increases up to kappa sqrt(e)", "increasing-in-the-kernel"),
        stated("f decreases beyond", "decreasing-in-the-kernel"),
        stated("f(kappa sqrt(e)) = e kappa^2/2", "maximum-value"),
    ),
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
            engines=("arb", "z3", "mpmath"),
            example={"kappa": "2", "eps": "1"},
            rocq="D08_derivative_positive",
            lean="SRVerify.D08_derivative_positive",
        ),
        Check(
            "derivative-negative",
            statement(
                "eps*(1 + 2*log(kappa/eps)) < 0",
                "kappa*exp(1/2) < eps",
                kappa="(0, oo)",
                eps="(0, oo)",
            ),
            engines=("arb", "z3", "mpmath"),
            example={"kappa": "1", "eps": "2"},
            rocq="D08_derivative_negative",
            lean="SRVerify.D08_derivative_negative",
        ),
        Check(
            "increasing-in-coordinates",
            statement("1/2 + a + b < exp(2*b)*(1/2 + a)", a="[0, oo)", b="(0, oo)"),
            engines=SCALAR,
            note="f(x) < f(y) divided by kappa^2 exp(1-2a-2b).",
            rocq="D08_increasing_in_coordinates",
            lean="SRVerify.D08_increasing_in_coordinates",
        ),
        Check(
            "decreasing-in-coordinates",
            statement("(1/2 - a - b)*exp(2*b) < 1/2 - a", a="[0, oo)", b="(0, oo)"),
            engines=SCALAR,
            note="f(y) < f(x) divided by kappa^2 exp(1+2a).",
            rocq="D08_decreasing_in_coordinates",
            lean="SRVerify.D08_decreasing_in_coordinates",
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
            rocq="D08_coordinates",
            lean="SRVerify.D08_coordinates",
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
            engines=SAMPLED,
            lean="SRVerify.D08_increasing",
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
            engines=SAMPLED,
            lean="SRVerify.D08_decreasing",
            role=Role.SUPPORT,
            expect=Expect.SUPPORTED,
        ),
        Check(
            "maximum-value",
            statement(f"{curve('kappa*sqrt(exp(1))')} = exp(1)*kappa^2/2", kappa="(0, oo)"),
            engines=CLOSED_FORM,
            rocq="D08_maximum_value_stated",
            lean="SRVerify.D08_maximum_value",
        ),
        Check(
            "maximum",
            statement("eps^2*(1 + log(kappa/eps)) <= exp(1)*kappa^2/2", kappa="(0, oo)", eps="(0, oo)"),
            engines=SAMPLED,
            lean="SRVerify.D08_maximum",
            role=Role.SUPPORT,
            expect=Expect.SUPPORTED,
        ),
        kernel("derivative-in-the-kernel", "D08_derivative", "the derivative of f"),
        kernel("increasing-in-the-kernel", "D08_increasing", "f increases up to kappa sqrt(e)"),
        kernel("decreasing-in-the-kernel", "D08_decreasing", "f decreases beyond"),
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
    experiments=("rates", "lambert"),
    parts=(
        stated(
            "the root on (0, kappa sqrt(e)] is kappa exp(1 + W/2), and unique",
            "closed-form-in-the-kernel",
            "unique-in-the-kernel",
        ),
        stated(
            "it exists: the closed form lies in the range and solves the equation",
            "argument",
            "root",
            "range",
        ),
        stated("it is sqrt(2I/(-W))", "square-root-form"),
    ),
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
            rocq="D09_argument",
            lean="SRVerify.D09_argument",
        ),
        Check(
            "root",
            statement(f"{curve(ROOT)} = J", ROOT_EXISTS, **LEVEL),
            engines=("sympy",),
            example={"kappa": "1", "J": "1"},
            rocq="D09_root_stated",
            lean="SRVerify.D09_root",
        ),
        Check(
            "root-in-coordinates",
            statement(
                f"{curve('kappa*exp(1 - w/2)')} = kappa^2*exp(2)/2*(w*exp(-w))",
                kappa="(0, oo)",
                w="[1, oo)",
            ),
            engines=CLOSED_FORM,
            rocq="D09_root_in_coordinates",
            lean="SRVerify.D09_root_in_coordinates",
        ),
        Check(
            "square-root-form",
            statement(f"{ROOT} = sqrt(2*J/(-LambertW({ARGUMENT}, -1)))", ROOT_EXISTS, **LEVEL),
            engines=("sympy",),
            example={"kappa": "1", "J": "1"},
            rocq="D09_square_root_form",
            lean="SRVerify.D09_square_root_form",
        ),
        Check(
            "square-root-in-coordinates",
            statement(
                "sqrt(2*(kappa^2*exp(2)/2*(w*exp(-w)))/w) = kappa*exp(1 - w/2)",
                kappa="(0, oo)",
                w="[1, oo)",
            ),
            engines=CLOSED_FORM,
            rocq="D09_square_root_in_coordinates",
            lean="SRVerify.D09_square_root_in_coordinates",
        ),
        Check(
            "range-in-coordinates",
            statement("0 < exp(1 - w/2) and exp(1 - w/2) <= exp(1/2)", w="[1, oo)"),
            engines=("z3", "mpmath"),
            note="Divided by kappa: the root lies in (0, kappa sqrt(e)].",
            mutants=(mutant("w >= 9/10 only", "exp(1 - w/2) <= exp(1/2)", w="[9/10, oo)"),),
            rocq="D09_range_in_coordinates",
            lean="SRVerify.D09_range_in_coordinates",
        ),
        Check(
            "range",
            statement(f"0 < {ROOT} and {ROOT} <= kappa*sqrt(exp(1))", ROOT_EXISTS, **LEVEL),
            engines=("arb", "mpmath"),
            example={"kappa": "1", "J": "1"},
            rocq="D09_range_stated",
            lean="SRVerify.D09_range",
        ),
        kernel(
            "closed-form-in-the-kernel",
            "D09_closed_form",
            "a root on (0, kappa sqrt(e)] is the closed form",
        ),
        kernel("unique-in-the-kernel", "D09_unique", "the root is unique"),
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
    parts=(
        stated(
            "the -1 branch is the root at most kappa sqrt(e), and only it",
            "lower-branch",
            "lower-root",
            "lower-root-only",
        ),
        stated(
            "the W_0 branch solves the equation too, in [kappa sqrt(e), e kappa)",
            "principal-branch",
            "principal-range",
            "principal-root",
        ),
        stated("that is no probability", "no-probability"),
    ),
    checks=(
        Check(
            "lower-branch",
            statement("LambertW(-z, -1) <= -1", "z <= exp(-1)", z="(0, oo)"),
            engines=SCALAR,
            example={"z": "1/4"},
            note="The hypothesis is the domain of W: outside it the conclusion has no value.",
            rocq="D10_lower_branch_stated",
            lean="SRVerify.D10_lower_branch",
        ),
        Check(
            "principal-branch",
            statement("-1 <= LambertW(-z, 0) and LambertW(-z, 0) < 0", "z <= exp(-1)", z="(0, oo)"),
            engines=SCALAR,
            example={"z": "1/4"},
            rocq="D10_principal_branch_stated",
            lean="SRVerify.D10_principal_branch",
        ),
        Check(
            "lower-root",
            statement("kappa*exp(1 + w/2) <= kappa*sqrt(exp(1))", "w <= -1", kappa="(0, oo)", w="real"),
            engines=("z3", "mpmath"),
            example={"kappa": "1", "w": "-2"},
            rocq="D10_lower_branch",
            lean="SRVerify.D10_lower_root",
        ),
        Check(
            "lower-root-only",
            statement("w <= -1", "kappa*exp(1 + w/2) <= kappa*sqrt(exp(1))", kappa="(0, oo)", w="real"),
            engines=("z3", "cvc5"),
            example={"kappa": "1", "w": "-2"},
            rocq="D10_lower_branch_only",
            lean="SRVerify.D10_lower_root_only",
        ),
        Check(
            "principal-range",
            statement(
                "kappa*sqrt(exp(1)) <= kappa*exp(1 + w/2) and kappa*exp(1 + w/2) < exp(1)*kappa",
                kappa="(0, oo)",
                w="[-1, 0)",
            ),
            engines=("cvc5", "mpmath"),
            rocq="D10_principal_branch",
            lean="SRVerify.D10_principal_range",
        ),
        Check(
            "principal-root",
            statement(f"{curve(ROOT.replace(', -1)', ', 0)'))} = J", ROOT_EXISTS, **LEVEL),
            engines=("sympy",),
            example={"kappa": "1", "J": "1"},
            note="The other branch solves the same equation.",
            rocq="D10_principal_root_stated",
            lean="SRVerify.D10_principal_root",
        ),
        Check(
            "no-probability",
            statement("1 < kappa*exp(1 + w/2)", kappa="[1, oo)", w="[-1, 0)"),
            engines=SCALAR,
            mutants=(
                mutant("kappa >= 3/5 only", "1 < kappa*exp(1 + w/2)", kappa="[3/5, oo)", w="[-1, 0)"),
            ),
            rocq="D10_no_probability",
            lean="SRVerify.D10_no_probability",
        ),
    ),
)

CLAIMS = (D07, D08, D09, D10)
