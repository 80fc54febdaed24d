"""Published bounds of both real branches of Lambert W."""

from srverify import Check, Claim, Expect, Mutant, Paper, Role, Verdict, statement

PAPER = Paper(
    "Bounds of the Lambert W function",
    reference="Chatzigeorgiou 2013; Hoorfar and Hassani 2008; Fungrim",
)

ARB = ("arb", "mpmath")


def bound(id, slug, title, paper, prose, show, too_strong, *given, equations=(), **domains):
    """Return a claim of one inequality with a mutant that asks for too much."""
    mutant = Mutant("a little stronger", statement(too_strong, *given, **domains))
    check = Check("bound", statement(show, *given, **domains), engines=ARB, mutants=(mutant,))
    return Claim(id, slug, title, paper, prose, (check,), Verdict.HOLDS, equations)


CHATZIGEORGIOU = "I. Chatzigeorgiou, Bounds on the Lambert function (2013), Theorem 1"
HOORFAR = "A. Hoorfar and M. Hassani, Inequalities on the Lambert W function (2008), Theorem 2.7"
FUNGRIM = "Fungrim, Lambert W-function, entry "

W01 = bound(
    "W01",
    "lower-branch-below",
    "W_-1(-e^(-u-1)) > -1 - sqrt(2u) - u",
    CHATZIGEORGIOU,
    "The branch -1 near and far from the branch point, from below. The factor of u cannot be lowered.",
    "-1 - sqrt(2*u) - u < LambertW(-exp(-u - 1), -1)",
    "-1 - sqrt(2*u) - 99/100*u < LambertW(-exp(-u - 1), -1)",
    u="(0, oo)",
)
W02 = bound(
    "W02",
    "lower-branch-above",
    "W_-1(-e^(-u-1)) < -1 - sqrt(2u) - 2u/3",
    CHATZIGEORGIOU,
    "The same from above. The factor 2/3 is that of the expansion at the branch point.",
    "LambertW(-exp(-u - 1), -1) < -1 - sqrt(2*u) - 2/3*u",
    "LambertW(-exp(-u - 1), -1) < -1 - sqrt(2*u) - 67/100*u",
    u="(0, oo)",
)
W03 = bound(
    "W03",
    "upper-branch-below",
    "W_0(x) >= log x - log log x + log log x / (2 log x)",
    HOORFAR,
    "The principal branch from below. Stated for x >= e; shown here from 3 on.",
    "log(x) - log(log(x)) + log(log(x))/(2*log(x)) <= LambertW(x, 0)",
    "log(x) - log(log(x)) + log(log(x))/log(x) <= LambertW(x, 0)",
    x="[3, oo)",
)
W04 = bound(
    "W04",
    "upper-branch-above",
    "W_0(x) <= log x - log log x + e/(e-1) log log x / log x",
    HOORFAR,
    "The principal branch from above. Stated for x >= e; shown here from 3 on.",
    "LambertW(x, 0) <= log(x) - log(log(x)) + exp(1)/(exp(1) - 1)*log(log(x))/log(x)",
    "LambertW(x, 0) <= log(x) - log(log(x)) + log(log(x))/(2*log(x))",
    x="[3, oo)",
)
W05 = bound(
    "W05",
    "derivative",
    "W_0'(x) <= 1/(x + 1)",
    FUNGRIM + "f171a6",
    "The derivative is exp(-W)/(1 + W); equality at 0.",
    "exp(-LambertW(x, 0))/(1 + LambertW(x, 0)) <= 1/(x + 1)",
    "exp(-LambertW(x, 0))/(1 + LambertW(x, 0)) <= 1/(x + 101/100)",
    x="[0, oo)",
)
W06 = Claim(
    id="W06",
    slug="not-the-other-way",
    title="The two-term expansion is no upper bound",
    paper="ours: a slip that is easily made with W03",
    prose="log x - log log x is a lower bound of W_0 from e on, not an upper one.",
    expected=Verdict.REPAIRED,
    depends=("W03",),
    checks=(
        Check(
            "as-stated",
            statement("LambertW(x, 0) <= log(x) - log(log(x))", x="[3, oo)"),
            engines=ARB,
            expect=Expect.REFUTED,
        ),
        Check(
            "repaired",
            statement("log(x) - log(log(x)) <= LambertW(x, 0)", x="[3, oo)"),
            engines=ARB,
            role=Role.REPAIR,
        ),
    ),
)

CLAIMS = (W01, W02, W03, W04, W05, W06)
