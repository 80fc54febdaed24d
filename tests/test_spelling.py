"""Typed text of all alphabets and sizes: read as meant, or refused in a line with its position."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from processes import program

from srverify.language import term as t
from srverify.language.errors import InputError
from srverify.language.parser import MAX_CONNECTIVES, parse_formula, parse_term
from srverify.language.statement import Statement


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("x²", "x^2"),
        ("x¹²", "x^12"),
        ("x⁻¹", "x^(-1)"),
        ("x⁺³", "x^3"),
        ("xⁿ", "x^n"),
        ("(x + 1)²", "(x + 1)^2"),
        ("-x²", "-(x^2)"),
        ("x²*y³", "x^2*y^3"),
        ("½", "1/2"),
        ("¾*x", "3/4*x"),
        ("x^½", "x^(1/2)"),
        ("2 − x", "2 - x"),
        ("2·x ÷ 3", "2*x/3"),
        ("2×x", "2*x"),
        ("𝑥 + 𝒙", "x + x"),
        ("ｘ", "x"),
        ("µ + μ", "μ + μ"),
        ("e\u0301 + \u00e9", "\u00e9 + \u00e9"),
        ("f′", "f'"),
        ("κ₀ + λ_1", "κ₀ + λ_1"),
        ("\u00a0x\u2003+ 1", "x + 1"),
    ],
)
def test_signs_of_typed_mathematics(typed: str, plain: str) -> None:
    assert parse_term(typed) is parse_term(plain)


@pytest.mark.parametrize(
    ("typed", "position"),
    [
        ("x²^3", 3),
        ("x²ⁿ⁺¹", 2),
        ("2½", 2),
        ("x½", 2),
        ("٣ + x", 1),
        ("x + ①", 5),
        ("²", 1),
        ("x + \u200by", 5),
        ("x \u202e+ y", 3),
        ("√x", 1),
        ("x₀²³ₐ", 5),
        ("exp²(x)", 1),
        ("x + Ⅻ", 5),
    ],
)
def test_what_may_mean_two_things_is_refused_with_its_position(typed: str, position: int) -> None:
    with pytest.raises(InputError, match=f" at position {position} of "):
        parse_term(typed)


@given(st.text(max_size=12))
@settings(max_examples=300)
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        term = parse_term(text)
    except InputError:
        return
    assert parse_term(str(term)) is term


@pytest.mark.parametrize("name", ["x²", "½", "٣", "", "2x", "x y", "log", "x\u200b"])
def test_declared_names_are_names(name: str) -> None:
    with pytest.raises(InputError):
        Statement.parse("0 <= 1", (), {name: "real"})


def test_declared_names_are_spelled_as_they_are_read() -> None:
    statement = Statement.parse("\u00e9 > 0", (), {"e\u0301": "(0, oo)"})
    assert statement.variables[0].name == "\u00e9"


@pytest.mark.parametrize(
    ("show", "words"),
    [
        ("10^5000 > 1", ()),
        ("1e4000*1e4000 > 1", ()),
        ("1e4000*1e4000*1e4000 - 1 > x", ("--given", "x < 0")),
        ("(1/3)^9000 < 1", ()),
        ("1e-4000/1e4000 > 0", ()),
        ("x² >= 0", ()),
        ("-" * 140 + "x >= 0", ("--given", "x >= 0")),
        ("(" * 400 + "x" + ")" * 400 + " >= 0", ("--given", "x > 0")),
        ("not " * 60 + "x > 0", ("--given", "x > 0")),
        ("exp(" * 140 + "x" + ")" * 140 + " > 0", ()),
        ("+".join(["x"] * 3000) + " >= 0", ("--given", "x >= 0")),
        (" and ".join(["x >= 0"] * 500), ("--given", "x >= 0")),
    ],
)
def test_large_statements_are_settled(show: str, words: tuple[str, ...], tmp_path: Path) -> None:
    done = program("prove", show, *words, "--json", "--timeout", "10", folder=tmp_path)
    (result,) = json.loads(done.stdout)["results"]
    assert (result["status"], done.stderr, done.returncode) == ("proved", "", 0)
    assert [o["detail"] for o in result["outcomes"] if o["status"] == "error"] == []


@pytest.mark.parametrize(
    "show", ["2^(2^(2^10)) > 1", "2^(10^30)*x^2 >= 0", "x*(1 - 1/10^9)^(10^20) <= 3^(10^20)"]
)
def test_powers_too_large_to_multiply_out_are_no_fault(show: str, tmp_path: Path) -> None:
    words = ("--given", "0 <= x", "--given", "x <= 1", "--engine", "arb", "--json", "--timeout", "5")
    (result,) = json.loads(program("prove", show, *words, folder=tmp_path).stdout)["results"]
    assert {outcome["status"] for outcome in result["outcomes"]} <= {"proved", "unknown"}


@pytest.mark.parametrize(
    ("show", "reason"),
    [
        ("1e100000 > 1", "digits"),
        ("1e99999999999999999999 > 1", "digits"),
        ("9" * 5000 + " > 1", "digits"),
        ("-" * 160 + "x > 1", "nested"),
        ("-" * 100_000 + "x > 1", "nested"),
        ("(" * 100_000 + "x > 1", "nested"),
        ("not " * 400 + "x > 1", "nested"),
        ("x > 1 -> " * 400 + "x > 1", "nested"),
        ("x^" * 400 + "x > 1", "nested"),
        ("exp(" * 160 + "x" + ")" * 160 + " > 1", "nested"),
        ("x" * 200_001 + " > 1", "too long"),
    ],
)
def test_larger_ones_are_refused_in_a_line(show: str, reason: str, tmp_path: Path) -> None:
    file = tmp_path / "s.toml"
    file.write_text(f'[[statement]]\nid = "big"\nshow = "{show}"\n')
    done = program("prove", "--file", "s.toml", folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert reason in done.stderr
    assert done.stderr.count("\n") == 1
    assert len(done.stderr) < 500


@pytest.mark.parametrize("depth", [1, 40, 70, 100, 200])
@pytest.mark.parametrize("shape", ["(- {})", "(exp {})", "(+ {} 1)", "(ite (< x 0) {} x)"])
def test_deep_scripts_are_settled_or_refused(depth: int, shape: str, tmp_path: Path) -> None:
    term = "x"
    for _ in range(depth):
        term = shape.replace("{}", term)
    text = f"(declare-const x Real)\n(assert (< {term} x))\n(assert (> x 0))\n(check-sat)\n"
    (tmp_path / "s.smt2").write_text(text)
    done = program(
        *("prove", "--file", "s.smt2", "--engine", "arb", "--timeout", "3", "--json"), folder=tmp_path
    )
    if done.returncode == 2:
        assert done.stderr.startswith("srverify: s.smt2: line 2, column ")
        assert done.stderr.count("\n") == 1
    else:
        (result,) = json.loads(done.stdout)["results"]
        assert [o for o in result["outcomes"] if o["status"] == "error"] == []


def test_whatever_can_be_built_can_be_sent_to_a_worker() -> None:
    x = t.variable("x")
    for build in (
        t.neg,
        t.exp,
        lambda u: t.power(u, t.number(3)),
        lambda u: t.power(t.number(2), t.neg(u)),
    ):
        deep: t.Term = x
        while deep.depth < t.MAX_DEPTH - 1:
            deep = build(deep)
        formula = f"{deep} <= 0"
        statement = Statement.parse("not " * MAX_CONNECTIVES + formula)
        assert Statement.from_dict(statement.to_dict()) == statement
    assert parse_formula("((x) <= (1))") == parse_formula("x <= 1")


@pytest.mark.parametrize("unseen", ["\ufe0f", "\u034f", "\u3164", "\U000e0100", "\u200d"])
def test_names_that_look_the_same_are_the_same(unseen):
    with pytest.raises(InputError, match="unexpected character"):
        parse_formula(f"x{unseen} - x = 0")
