"""Entries of Fungrim about real powers, roots, exponentials and logarithms; one of them misprinted."""

from srverify import Check, Claim, Expect, Mutant, Paper, Role, Verdict, statement

PAPER = Paper(
    "Entries of Fungrim about elementary functions",
    reference="Fungrim, the Mathematical Functions Grimoire",
)

ARB = ("arb", "z3", "mpmath")


def entry(id, name, title, topic, show, too_strong, *given, unnecessary=None, **domains):
    """Return the claim of one entry, with a mutant that asks for too much."""
    mutant = Mutant("a little stronger", statement(too_strong, *given, **domains))
    check = Check(
        "entry",
        statement(show, *given, **domains),
        engines=ARB,
        mutants=(mutant,),
        unnecessary=unnecessary or {},
    )
    where = f"Fungrim, {topic}, entry {name}"
    return Claim(id, f"entry-{name}", title, where, "As the entry states it.", (check,), Verdict.HOLDS)


F01 = entry(
    "F01",
    "4986ed",
    "log x <= x - 1",
    "Natural logarithm",
    "log(x) <= x - 1",
    "log(x) <= x - 1001/1000",
    x="(0, oo)",
)
F02 = entry(
    "F02",
    "77aa12",
    "|log(x + a) - log x| <= log(1 + |a|/(x - |a|))",
    "Natural logarithm",
    "abs(log(x + a) - log(x)) <= log(1 + abs(a)/(x - abs(a)))",
    "abs(log(x + a) - log(x)) <= log(1 + abs(a)/(x + abs(a)))",
    "a >= 0",
    "abs(a) < x",
    unnecessary={0: "it holds for negative a as well, which |a| in the bound suggests"},
    x="real",
    a="real",
)
F03 = entry(
    "F03",
    "3ac8a5",
    "|exp(x + a) - exp x| <= exp(x) (exp|a| - 1)",
    "Exponential function",
    "abs(exp(x + a) - exp(x)) <= exp(x)*(exp(abs(a)) - 1)",
    "abs(exp(x + a) - exp(x)) <= exp(x)*abs(a)",
    x="real",
    a="real",
)
F04 = entry(
    "F04",
    "02751f",
    "|sqrt(x + a) - sqrt x| <= sqrt(x) (1 - sqrt(1 - |a|/x))",
    "Square roots",
    "abs(sqrt(x + a) - sqrt(x)) <= sqrt(x)*(1 - sqrt(1 - abs(a)/x))",
    "abs(sqrt(x + a) - sqrt(x)) <= sqrt(x)*abs(a)/(2*x)",
    "abs(a) <= x",
    x="(0, oo)",
    a="real",
)
F05 = entry(
    "F05",
    "14cbeb",
    "|sqrt(x + a) - sqrt x| <= sqrt(x)/2 (|a|/x + |a|^2/x^2)",
    "Square roots",
    "abs(sqrt(x + a) - sqrt(x)) <= sqrt(x)/2*(abs(a)/x + abs(a)^2/x^2)",
    "abs(sqrt(x + a) - sqrt(x)) <= sqrt(x)/2*(abs(a)/x + 99/100*abs(a)^2/x^2)",
    "abs(a) <= x",
    x="(0, oo)",
    a="real",
)
F06 = Claim(
    id="F06",
    slug="entry-6c2b31",
    title="z^(n+1) = z^n: a bracket closes too early",
    paper="Fungrim, Powers, entry 6c2b31; reported as issue 34 of fredrik-johansson/fungrim",
    prose=(
        "The recurrence of powers. In print the factor z stands outside the equation, which therefore "
        "says z^(n+1) = z^n; meant is z^(n+1) = z^n z."
    ),
    expected=Verdict.REPAIRED,
    checks=(
        Check(
            "as-printed",
            statement("z^(n + 1) = z^n", z="real", n="natural"),
            engines=ARB,
            expect=Expect.REFUTED,
        ),
        Check(
            "meant",
            statement("z^(n + 1) = z^n*z", z="real", n="natural"),
            engines=("sympy", "mpmath"),
            role=Role.REPAIR,
        ),
    ),
)

CLAIMS = (F01, F02, F03, F04, F05, F06)
