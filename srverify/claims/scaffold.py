"""The files that ``srverify new`` writes: a small working audit to start from."""

from __future__ import annotations

CLAIMS = '''"""Bounds of the natural logarithm.

Replace these claims by those of your paper. Run `srverify audit` in the folder above this one.
"""

from srverify import Check, Claim, Expect, Mutant, Role, Verdict, statement

L01 = Claim(
    id="L01",
    slug="tangent",
    title="log x <= x - 1",
    paper="Lemma 1",
    prose="The tangent of the logarithm at 1 lies above it.",
    expected=Verdict.HOLDS,
    checks=(
        Check(
            "tangent",
            statement("log(x) <= x - 1", x="(0, oo)"),
            engines=("arb", "z3", "mpmath"),
            mutants=(Mutant("1 replaced by 1.001", statement("log(x) <= x - 1001/1000", x="(0, oo)")),),
        ),
    ),
)

L02 = Claim(
    id="L02",
    slug="root",
    title="log x <= (7/10) sqrt x fails; the sharp constant is 2/e",
    paper="Lemma 2",
    prose="Stated with 0.7; the largest value of log(x)/sqrt(x) is 2/e = 0.7357..., at x = e^2.",
    expected=Verdict.REPAIRED,
    checks=(
        Check(
            "as-stated",
            statement("log(x) <= 7/10*sqrt(x)", x="(0, oo)"),
            engines=("arb", "mpmath"),
            expect=Expect.REFUTED,
        ),
        Check(
            "repaired",
            statement("log(x) <= 2/exp(1)*sqrt(x)", x="(0, oo)"),
            engines=("arb", "mpmath"),
            role=Role.REPAIR,
        ),
    ),
)

L03 = Claim(
    id="L03",
    slug="product",
    title="log(xy) <= x + y - 2",
    paper="Corollary 3",
    prose="Lemma 1 twice.",
    expected=Verdict.HOLDS,
    depends=("L01",),
    checks=(
        Check(
            "two-tangents",
            statement(
                "a + b <= x + y - 2",
                "a <= x - 1",
                "b <= y - 1",
                a="real",
                b="real",
                x="real",
                y="real",
            ),
            engines=("z3", "cvc5", "mpmath"),
            example={"a": "0", "b": "0", "x": "1", "y": "1"},
            note="a = log x, b = log y.",
        ),
    ),
)

CLAIMS = (L01, L02, L03)
EQUATIONS = {1: ("L01",), 2: ("L02",), 3: ("L03",)}
'''

README = """# Audit

    srverify audit                     # every claim, every engine
    srverify show L02                  # everything about one claim
    srverify audit --html report.html  # one page to send to a co-author

Claims are data: see proofs/a_logarithm.py. Numbers are integers, fractions or decimal strings, never
floats.
"""

#: Path of each file, relative to the new folder, to its text.
FILES = {"proofs/a_logarithm.py": CLAIMS, "README.md": README}
