"""Terms: unique, unchangeable, exact, transportable, and never too deep to be walked."""

from __future__ import annotations

import copy
import gc
import os
import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_statement import TERMS

from srverify.emit.sympy import term_to_sympy
from srverify.language import term as t
from srverify.language.errors import InputError
from srverify.language.foreign import from_sympy
from srverify.language.parser import parse_term, term_text
from srverify.numerics.rational_eval import rational_value

X, Y = t.variable("x"), t.variable("y")


@given(TERMS)
def test_equal_terms_are_one_object(term):
    assert parse_term(term_text(term)) is term
    assert pickle.loads(pickle.dumps(term)) is term
    assert copy.copy(term) is term
    assert copy.deepcopy([term])[0] is term
    assert t.substitute(term, {}) is term
    assert t.substitute(term, {X: Y, Y: X}) is t.substitute(term, {Y: X, X: Y})


@given(TERMS)
def test_a_term_shows_its_root(term):
    node = t.operation(term)
    assert node.operator in t.OPERATORS
    if node.operator in ("number", "variable"):
        assert node.arguments == (term,)
    else:
        assert term.depth == 1 + max(argument.depth for argument in node.arguments)


def test_terms_cannot_be_changed():
    for term in (X, t.number(2), t.exp(X)):
        for name in ("name", "value", "arguments", "new"):
            with pytest.raises(AttributeError):
                setattr(term, name, 1)
            with pytest.raises(AttributeError):
                delattr(term, name)


def test_a_real_and_a_natural_variable_of_one_name_differ():
    assert t.variable("n") != t.variable("n", natural=True)
    assert pickle.loads(pickle.dumps(t.variable("n", natural=True))).natural


@given(st.fractions(), st.fractions())
def test_numbers_behave_as_fractions(left, right):
    a, b = t.number(left), t.number(right)
    assert (a == b, a < b, a <= b, a > b, a >= b) == (
        left == right, left < right, left <= right, left > right, left >= right,
    )  # fmt: skip
    assert (a == right, hash(a), bool(a)) == (left == right, hash(left), bool(left))
    assert [a + b, a - b, a * b, -a, abs(a)] == [
        left + right,
        left - right,
        left * right,
        -left,
        abs(left),
    ]
    assert Fraction(a.p, a.q) == left
    if right:
        assert a / b == left / right


def test_only_literals_are_folded():
    assert [term_text(term) for term in (X / X, X - X, 0 * X, 1 * X, X**0, t.exp(t.log(X)))] == [
        "x/x", "x - x", "0*x", "1*x", "x^0", "exp(log(x))",
    ]  # fmt: skip
    assert (t.number(2) ** -3, t.number(1) / 3 + 1) == (Fraction(1, 8), Fraction(4, 3))


def test_what_is_not_exact_or_not_a_term_is_refused():
    for wrong in (0.5, True, None, [1]):
        with pytest.raises(InputError, match="not exact"):
            t.number(wrong)
    for wrong in ("x", 0.5, None):
        with pytest.raises(InputError, match="not a term"):
            X + wrong


def test_thousands_of_nested_operators_are_refused_in_one_line():
    for build in (t.exp, t.neg, lambda term: t.add(term, X), lambda term: t.div(t.ONE, term)):
        term = X
        for _ in range(t.MAX_DEPTH):
            term = build(term)
        with pytest.raises(InputError, match=r"^operators are nested more than 150 deep$"):
            build(term)
        assert term.depth == t.MAX_DEPTH
        assert len(term_text(term)) > t.MAX_DEPTH
        assert pickle.loads(pickle.dumps(term)) is term
        assert t.symbols_of(t.substitute(term, {X: Y})) == {Y}
    with pytest.raises(InputError, match="150 deep"):
        parse_term("*".join(["x"] * 5000))


def test_wide_terms_are_not_deep():
    term = t.add(*[t.mul(t.number(k), X) for k in range(2, 5000)])
    assert term.depth == 2
    assert rational_value(term, {"x": Fraction(1)}) == sum(range(2, 5000))


@pytest.mark.parametrize(
    "text", ["2^1999999999999", "(9/4)^(1999999999999/2)", "(1/3)^(-1999999999999)"]
)
def test_powers_too_large_to_be_written_out_have_no_exact_value(text: str) -> None:
    assert rational_value(parse_term(text), {}) is None


def test_terms_that_nobody_holds_are_forgotten():
    gc.collect()
    before = len(t._KNOWN)
    term = X
    for k in range(t.MAX_DEPTH):
        term = t.add(term, t.number(10**6 + k))
    assert len(t._KNOWN) > before + t.MAX_DEPTH
    del term
    gc.collect()
    assert len(t._KNOWN) == before


def test_threads_build_the_same_object():
    def build(_: int) -> list[t.Term]:
        return [t.exp(t.add(X, t.number(k + 10**9))) for k in range(300)]

    with ThreadPoolExecutor(8) as pool:
        first, *others = pool.map(build, range(8))
    assert all(one is two for other in others for one, two in zip(first, other, strict=True))


@given(TERMS.filter(lambda term: t.symbols_of(term) == {X}), st.fractions(1, 9, max_denominator=9))
def test_sympy_agrees_with_rational_evaluation(term, at):
    value = rational_value(term, {"x": at})
    if value is not None:
        assert term_to_sympy(term, {X: term_to_sympy(t.number(at))}) == term_to_sympy(t.number(value))


def test_sympy_and_back():
    for text in ("x^2 + 3*y", "exp(x)*log(y)", "abs(x - y)", "x^y", "sqrt(x)/y", "LambertW(x, -1)"):
        term = parse_term(text)
        there = term_to_sympy(term)
        assert term_to_sympy(from_sympy(there)) == there


@pytest.mark.parametrize(
    "work",
    [
        "srverify.prove('log(x) <= x - 1', ['x > 0'], engines=['arb'])",
        "[form(s) for s in (S('log(x) <= x - 1', ['x > 0']),) for form in FORMS]",
        "E('arb', 'log(x) <= x - 1', ['x > 0'])",
        "E('mpmath', 'log(x) <= x - 1', ['x > 0'])",
        "E('z3', 'x*y <= x^2 + y^2')",
        "E('cvc5', 'x*y <= x^2 + y^2')",
        "E('leancert', 'x^2 <= 4', ['-1 <= x', 'x <= 1'])",
    ],
)
def test_sympy_is_not_imported(work):
    script = f"""
import sys, srverify
from srverify.claims.obligation import Options
from srverify.emit import latex, lean, mathml, rocq, smtlib
from srverify.engines import engine
FORMS = [latex.statement_to_latex, lean.statement_to_lean, mathml.statement_to_mathml,
         rocq.statement_to_rocq, smtlib.statement_to_smtlib, str, lambda s: s.digest]
S = srverify.Statement.parse
def E(name, *args):
    assert engine(name).settle(S(*args), Options(timeout=20)).status.value in ("proved", "unknown")
{work}
assert "sympy" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", script], check=True)


def test_sets_of_terms_have_one_order_for_one_hash_seed():
    script = (
        "from srverify.language.parser import parse_term as p; from srverify.language import term as t;"
        "print([str(s) for s in {t.exp(p(c)) for c in 'abcdefgh'} | set(map(p, 'rstuvwxyz'))])"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "0"}

    def order(padding: int) -> str:
        # Different addresses: some objects before.
        command = [sys.executable, "-c", f"keep = [object() for _ in range({padding})]; {script}"]
        return subprocess.run(
            command, env=environment, check=True, capture_output=True, text=True
        ).stdout

    assert len({order(padding) for padding in (0, 1000, 77777)}) == 1
