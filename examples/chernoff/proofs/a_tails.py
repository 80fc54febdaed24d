"""Exponents of the Chernoff and Bennett bounds, and the simpler ones that textbooks put below them."""

from srverify import Check, Claim, Expect, Mutant, Paper, Role, Verdict, statement

PAPER = Paper(
    "Exponents of Chernoff and Bennett bounds",
    reference="Mitzenmacher and Upfal 2005; Boucheron, Lugosi and Massart 2013",
)

ENGINES = ("arb", "z3", "mpmath")
TEXTBOOK = "M. Mitzenmacher and E. Upfal, Probability and Computing (2005), "


def exponent(id, slug, title, paper, prose, show, too_strong, **domains):
    """Return a claim of one inequality between exponents, with a mutant that asks for too much."""
    mutant = Mutant("a little stronger", statement(too_strong, **domains))
    check = Check("exponent", statement(show, **domains), engines=ENGINES, mutants=(mutant,))
    return Claim(id, slug, title, paper, prose, (check,), Verdict.HOLDS)


H01 = exponent(
    "H01",
    "upper-tail-small",
    "(1+d) log(1+d) - d >= d^2/3 for 0 < d <= 1",
    TEXTBOOK + "Theorem 4.4 (2)",
    "P(X >= (1+d) m) <= exp(-m d^2/3). The 3 could be 1/(2 log 2 - 1) = 2.588... at d = 1.",
    "d^2/3 <= (1 + d)*log(1 + d) - d",
    "d^2/(5/2) <= (1 + d)*log(1 + d) - d",
    d="(0, 1]",
)
H02 = exponent(
    "H02",
    "upper-tail-large",
    "(1+d) log(1+d) - d >= (1+d) log 2 for 1 + d >= 6",
    TEXTBOOK + "Theorem 4.4 (3)",
    "P(X >= R) <= 2^(-R) for R >= 6 m.",
    "(1 + d)*log(2) <= (1 + d)*log(1 + d) - d",
    "(1 + d)*log(3) <= (1 + d)*log(1 + d) - d",
    d="[5, oo)",
)
H03 = exponent(
    "H03",
    "lower-tail",
    "(1-d) log(1-d) + d >= d^2/2 for 0 <= d < 1",
    TEXTBOOK + "Theorem 4.5 (2)",
    "P(X <= (1-d) m) <= exp(-m d^2/2): the 2 is that of the expansion at 0.",
    "d^2/2 <= (1 - d)*log(1 - d) + d",
    "101/200*d^2 <= (1 - d)*log(1 - d) + d",
    d="[0, 1)",
)
H04 = exponent(
    "H04",
    "all-d",
    "(1+d) log(1+d) - d >= d^2/(2+d) for d >= 0",
    "folklore: the form of the upper tail that holds for every d",
    "Between the two: one exponent for small and large deviations.",
    "d^2/(2 + d) <= (1 + d)*log(1 + d) - d",
    "d^2/(2 + 3/5*d) <= (1 + d)*log(1 + d) - d",
    d="[0, oo)",
)
H05 = exponent(
    "H05",
    "bennett-bernstein",
    "(1+u) log(1+u) - u >= u^2/(2 + 2u/3) for u >= 0",
    "S. Boucheron, G. Lugosi and P. Massart, Concentration Inequalities (2013), section 2.7",
    "Bennett's inequality implies Bernstein's. The 2/3 is that of the expansion at 0.",
    "u^2/(2 + 2/3*u) <= (1 + u)*log(1 + u) - u",
    "u^2/(2 + 13/20*u) <= (1 + u)*log(1 + u) - u",
    u="[0, oo)",
)
H06 = Claim(
    id="H06",
    slug="lower-for-upper",
    title="The lower tail's exponent does not serve the upper tail",
    paper="ours: a slip that is easily made with H03",
    prose="d^2/2 instead of d^2/3 in the upper tail.",
    expected=Verdict.REPAIRED,
    depends=("H01", "H03"),
    checks=(
        Check(
            "as-stated",
            statement("d^2/2 <= (1 + d)*log(1 + d) - d", d="(0, 1]"),
            engines=ENGINES,
            expect=Expect.REFUTED,
        ),
        Check(
            "repaired",
            statement("d^2/2 - d^3/6 <= (1 + d)*log(1 + d) - d", d="(0, 1]"),
            engines=ENGINES,
            role=Role.REPAIR,
        ),
    ),
)

CLAIMS = (H01, H02, H03, H04, H05, H06)
