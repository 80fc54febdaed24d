"""Printers to Rocq, Lean and LaTeX: every operator, and meaning checked where Rocq is installed."""

from __future__ import annotations

import subprocess

import pytest
from programs import needs

from srverify.emit.latex import LatexTerms, latex_name, statement_to_latex
from srverify.emit.lean import LeanTerms, statement_to_lean
from srverify.emit.rocq import (
    RocqTerms,
    negation_to_rocq,
    statement_to_rocq,
    statement_to_rocq_file,
)
from srverify.language import term as t
from srverify.language.errors import UnsupportedError
from srverify.language.parser import parse_term
from srverify.language.statement import Statement

KINDS = {"x": "real", "y": "real", "n": "natural"}

GOLDEN = [
    # text, Rocq, Lean, LaTeX
    ("3", "3", "3", "3"),
    ("-3", "(- 3)", "(-3)", "-3"),
    ("2/3", "2 / 3", "(2 / 3 : ℝ)", r"\frac{2}{3}"),
    ("n", "INR n", "(n : ℝ)", "n"),
    ("x + y - 1", "x + y - 1", "x + y - 1", "x + y - 1"),
    ("x - (y - 1)", "x - (y - 1)", "x - (y - 1)", r"x - \left(y - 1\right)"),
    ("x*y", "x * y", "x * y", r"x\,y"),
    ("(x + 1)*y", "(x + 1) * y", "(x + 1) * y", r"\left(x + 1\right)\,y"),
    ("-(x*y)", "- (x * y)", "-(x * y)", r"-\left(x\,y\right)"),
    ("x/y", "x / y", "x / y", r"\frac{x}{y}"),
    ("x/(y*2)", "x / (y * 2)", "x / (y * 2)", r"\frac{x}{y \cdot 2}"),
    ("1/x", "/ x", "1 / x", r"\frac{1}{x}"),
    ("-x^2", "- x ^ 2", "-x ^ 2", "-x^{2}"),
    ("(-x)^2", "(- x) ^ 2", "(-x) ^ 2", r"\left(-x\right)^{2}"),
    ("x^-2", "/ (x ^ 2)", "(x ^ 2)⁻¹", "x^{-2}"),
    ("2^(n + 1)", "2 ^ (n + 1)%nat", "(2 : ℝ) ^ (n + 1)", "2^{n + 1}"),
    ("x^(3/2)", "(sqrt x) ^ 3", "x ^ (3 / 2 : ℝ)", r"x^{\frac{3}{2}}"),
    ("x^y", "(if Rlt_dec 0 x then Rpower x y else 0)", "x ^ (y : ℝ)", "x^{y}"),
    ("exp(x + 1)", "exp (x + 1)", "Real.exp (x + 1)", "e^{x + 1}"),
    ("log(x)", "ln x", "Real.log x", r"\log x"),
    ("sqrt(x)/2", "sqrt x * (1 / 2)", "Real.sqrt x * (1 / 2 : ℝ)", r"\sqrt{x} \cdot \frac{1}{2}"),
    ("abs(x)", "Rabs x", "|x|", r"\left|x\right|"),
    ("min(x, y)", "(Rmin x y)", "(min x y)", r"\min\left(x, y\right)"),
    ("max(x, y)", "(Rmax x y)", "(max x y)", r"\max\left(x, y\right)"),
    ("LambertW(x, -1)", "Wm1 x", "SRVerify.lambertWm1 x", r"W_{-1}\left(x\right)"),
    ("LambertW(x, 0)", "W0 x", "SRVerify.lambertW0 x", r"W_{0}\left(x\right)"),
]


@pytest.mark.parametrize(("text", "rocq", "lean", "latex"), GOLDEN)
def test_each_operator_prints_as_written(text, rocq, lean, latex):
    term = parse_term(text, KINDS)
    assert RocqTerms().at(term, 0) == rocq
    assert LeanTerms().at(term, 0) == lean
    assert LatexTerms().at(term, 0) == latex


def test_the_golden_rows_cover_every_operator():
    seen = {node.operator for text, *_ in GOLDEN for node in t.subterms(parse_term(text, KINDS))}
    assert seen == set(t.OPERATORS) - set(t.FUNCTIONS)  # these: test_functions.py


def test_formulas_bind_as_they_read():
    statement = Statement.parse(
        "(x < y and y < 1) or (x = 1 implies y <= 2)",
        ["x < 1 implies not y < 0"],
        {"x": "[0, 1)", "y": "real"},
    )
    assert statement_to_rocq(statement) == (
        "forall x y : R, 0 <= x -> x < 1 -> (x < 1 -> ~ (y < 0)) ->"
        " x < y /\\ y < 1 \\/ (x = 1 -> y <= 2)"
    )
    assert statement_to_lean(statement) == (
        "∀ (x y : ℝ), 0 ≤ x → x < 1 → (x < 1 → ¬(y < 0)) → x < y ∧ y < 1 ∨ (x = 1 → y ≤ 2)"
    )


def test_variables_that_clash_with_rocq_are_renamed():
    statement = Statement.parse("I < D", (), {"I": "(0, oo)", "D": "natural [2, oo)"})
    assert (
        statement_to_rocq(statement)
        == "forall (I_ : R) (D_ : nat), 0 < I_ -> 2 <= INR D_ -> I_ < INR D_"
    )


def test_constants_are_real_in_lean():
    assert statement_to_lean(Statement.parse("2^3 < 9")) == "(8 : ℝ) < 9"
    assert statement_to_lean(Statement.parse("exp(1) < 3")) == "(Real.exp 1 : ℝ) < 3"


def test_rocq_prints_powers_that_are_right_at_zero():
    """Rpower 0 y is 1."""
    for power, printed in (("x^(1/3)", "Rpower x (1 / 3)"), ("x^y", "Rpower x y")):
        kinds = {"x": "[0, 1]", "y": "[1, 2]"}
        text = statement_to_rocq(Statement.parse(f"{power} <= y", (), kinds))
        assert f"(if Rlt_dec 0 x then {printed} else 0) <= y" in text
        text = statement_to_rocq(Statement.parse(f"{power} <= y", (), {**kinds, "x": "(0, 1]"}))
        assert f" {printed} <= y" in text
    with pytest.raises(UnsupportedError, match="value at 0"):
        statement_to_rocq(Statement.parse("x^(-1/3) >= 1", (), {"x": "[0, 1]"}))
    assert "Rpower x (1 / 3)" in statement_to_rocq(Statement.parse("x^(1/3) <= 1", (), {"x": "(0, 1]"}))


def test_latex_names_and_domains():
    assert latex_name("kappa0") == r"\kappa_{0}"
    text = statement_to_latex(
        Statement.parse("n*x < 1", ["x < 2"], {"n": "natural [1, 5]", "x": "(-oo, 2)"})
    )
    assert r"n \in \mathbb{N},\ n \ge 1,\ n \le 5" in text
    assert r"x \in (-\infty, 2)" in text


@needs("coqc")
def test_rocq_accepts_what_is_printed_and_gives_it_the_same_value(tmp_path):
    """Each printed term, at x = 5/4, y = 7/3, n = 3, is within 1e-6 of the value that we compute."""
    from fractions import Fraction

    import mpmath

    from srverify.numerics.mpmath_eval import evaluate

    point = {"x": Fraction(5, 4), "y": Fraction(7, 3), "n": Fraction(3)}
    lines = [
        "From Coq Require Import Reals Lra. From Interval Require Import Tactic. Open Scope R_scope.",
        "Definition x := 5/4. Definition y := 7/3. Definition n := 3%nat.",
    ]
    for text, *_ in GOLDEN:
        term = parse_term(text, KINDS)
        if any(node.operator == "lambertw" for node in t.subterms(term)):
            continue
        value = mpmath.nstr(mpmath.mpf(evaluate(term, point, 80).mid), 12)
        printed = RocqTerms().at(term, 0)
        lines.append(
            f"Goal Rabs ({printed} - ({Fraction(value)})) <= 1/1000000."
            " Proof. unfold x, y, n, Rpower, Rmin, Rmax. simpl. repeat destruct Rle_dec;"
            " repeat destruct Rlt_dec;"
            " try (exfalso; lra); interval. Qed."
        )
    source = tmp_path / "printed.v"
    source.write_text("\n".join(lines))
    run = subprocess.run(["coqc", str(source)], capture_output=True, text=True, timeout=300, check=False)
    assert run.returncode == 0, run.stderr


def test_a_rocq_file_closes_by_exact():
    text = statement_to_rocq_file(
        Statement.parse("LambertW(x, 0) <= x", (), {"x": "[0, oo)"}), "t", "the_proof"
    )
    assert "From SRVerify Require Import LambertW." in text
    assert text.rstrip().endswith("Proof. exact the_proof. Qed.")


@pytest.mark.parametrize("text", [row[0] for row in GOLDEN])
def test_mathml_is_well_formed_for_every_operator(text):
    import xml.etree.ElementTree as ElementTree

    from srverify.emit.mathml import MathmlTerms, math_element

    root = ElementTree.fromstring(math_element(MathmlTerms().boxed(parse_term(text, KINDS))))
    known = {"math", "mrow", "mi", "mn", "mo", "mfrac", "msup", "msub", "msqrt", "mspace"}
    assert {element.tag for element in root.iter()} <= known
    arity = {"mfrac": 2, "msup": 2, "msub": 2}
    assert all(len(e) == arity[e.tag] for e in root.iter() if e.tag in arity)


def test_mathml_of_a_statement_separates_conditions():
    from srverify.emit.mathml import statement_to_mathml

    statement = Statement.parse("log(x) <= x - 1 or x = 2", ["x < 5 implies x > 1"], {"x": "(0, oo)"})
    conclusion, conditions = statement_to_mathml(statement)
    assert "∨" in conclusion
    assert len(conditions) == 2
    assert "∞" in conditions[0]
    assert "⟹" in conditions[1]


@pytest.mark.parametrize(
    ("show", "given", "domains", "printed"),
    [
        # plain from the domains, or of a literal: nothing is added
        ("1/x <= log(x)", (), {"x": "[1, oo)"}, "~ (forall x : R, 1 <= x -> / x <= ln x)"),
        ("log(2) < 2/sqrt(x)", (), {"x": "(0, oo)"}, "~ (forall x : R, 0 < x -> ln 2 < 2 / sqrt x)"),
        # not plain: asked for, hypotheses included, those already assumed left alone
        ("log(x) < 1", (), {"x": "[0, oo)"}, "~ (forall x : R, 0 <= x -> 0 < x -> ln x < 1)"),
        ("x < 1", ("sqrt(x) < 1",), {"x": "real"}, "~ (forall x : R, 0 <= x -> sqrt x < 1 -> x < 1)"),
        ("log(x) < 1", ("0 < x",), {"x": "real"}, "~ (forall x : R, 0 < x -> ln x < 1)"),
        (
            "1/(x - y) < 1",
            (),
            {"x": "(0, oo)", "y": "(0, oo)"},
            "~ (forall x y : R, 0 < x -> 0 < y -> x - y < 0 \\/ 0 < x - y -> / (x - y) < 1)",
        ),
    ],
)
def test_a_negation_asks_for_a_point_where_all_is_defined(show, given, domains, printed):
    assert negation_to_rocq(Statement.parse(show, given, domains)) == printed
