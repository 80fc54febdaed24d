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

SUPPORTED = {"expect": Expect.SUPPORTED, "role": Role.SUPPORT, "engines": ("mpmath",)}


def in_coordinates(id, slug, title, paper, prose, written, shown, too_strong, domain):
    """Return a claim proved in the coordinate that undoes W, and supported as it is written."""
    return Claim(
        id,
        slug,
        title,
        paper,
        prose,
        (
            Check(
                "in-coordinates",
                statement(shown, **domain),
                engines=ARB,
                mutants=(Mutant("a little stronger", statement(too_strong, **domain)),),
            ),
            Check("as-written", written, **SUPPORTED),
        ),
        Verdict.HOLDS,
    )


W01 = in_coordinates(
    "W01",
    "lower-branch-below",
    "W_-1(-e^(-u-1)) > -1 - sqrt(2u) - u",
    CHATZIGEORGIOU,
    "With v = -1 - W > 0 the argument says u = v - log(1 + v); the bound becomes log(1 + v)^2 < 2u.",
    statement("-1 - sqrt(2*u) - u < LambertW(-exp(-u - 1), -1)", u="(0, oo)"),
    "log(1 + v)^2 < 2*(v - log(1 + v))",
    "log(1 + v)^2 < 199/100*(v - log(1 + v))",
    {"v": "(0, oo)"},
)
W02 = in_coordinates(
    "W02",
    "lower-branch-above",
    "W_-1(-e^(-u-1)) < -1 - sqrt(2u) - 2u/3",
    CHATZIGEORGIOU,
    "The same from above: sqrt(2u) < v - 2u/3 with u = v - log(1 + v), squared.",
    statement("LambertW(-exp(-u - 1), -1) < -1 - sqrt(2*u) - 2/3*u", u="(0, oo)"),
    "2*(v - log(1 + v)) < (v - 2/3*(v - log(1 + v)))^2",
    "2*(v - log(1 + v)) < (v - 7/10*(v - log(1 + v)))^2",
    {"v": "(0, oo)"},
)
W03 = in_coordinates(
    "W03",
    "upper-branch-below",
    "W_0(x) >= log x - log log x for x >= e",
    HOORFAR,
    "With w = W: log x = w + log w, so that the difference of the sides is log(1 + log(w)/w).",
    statement("log(x) - log(log(x)) <= LambertW(x, 0)", x="[3, oo)"),
    "0 <= log(1 + log(w)/w)",
    "1/1000 <= log(1 + log(w)/w)",
    {"w": "[1, oo)"},
)
W04 = bound(
    "W04",
    "logarithm",
    "W_0(x) <= log(1 + x) for x >= 0",
    HOORFAR,
    "A case of W <= log((x + y)/(1 + log y)), at y = 1.",
    "LambertW(x, 0) <= log(1 + x)",
    "LambertW(x, 0) <= log(1 + 99/100*x)",
    x="[0, oo)",
)
W05 = in_coordinates(
    "W05",
    "derivative",
    "W_0'(x) <= 1/(x + 1)",
    FUNGRIM + "f171a6",
    "The derivative is exp(-W)/(1 + W); equality at 0. With w = W: x = w exp(w).",
    statement("exp(-LambertW(x, 0))/(1 + LambertW(x, 0)) <= 1/(x + 1)", x="[0, oo)"),
    "exp(-w)/(1 + w) <= 1/(w*exp(w) + 1)",
    "exp(-w)/(1 + w) <= 1/(w*exp(w) + 101/100)",
    {"w": "[0, oo)"},
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
            statement("0 <= log(1 + log(w)/w)", w="[1, oo)"),
            engines=ARB,
            role=Role.REPAIR,
            note="In the coordinate of W03.",
        ),
    ),
)

CLAIMS = (W01, W02, W03, W04, W05, W06)
