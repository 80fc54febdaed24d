"""Statements: exactness, transport, normal form, definedness."""

from __future__ import annotations

import pickle
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srverify.language import term as t
from srverify.language.constants import enclosure
from srverify.language.errors import InputError, UnsupportedError
from srverify.language.formula import And, Implies, Not, Or, Relation, normal
from srverify.language.parser import formula_text, parse_formula, parse_term, term_text
from srverify.language.statement import Domain, Statement, Variable
from srverify.numerics import mpmath_eval
from srverify.numerics.arb_eval import holds_at

NAMES = ("x", "y")


def _terms(depth: int = 3) -> st.SearchStrategy:
    leaves = st.one_of(
        st.sampled_from([t.variable(name) for name in NAMES]),
        st.fractions(-50, 50, max_denominator=40).map(t.number),
    )

    def extend(inner: st.SearchStrategy) -> st.SearchStrategy:
        pairs = st.tuples(inner, inner)
        nonzero = pairs.filter(lambda pair: pair[1] is not t.ZERO)
        return st.one_of(
            pairs.map(lambda p: t.add(*p)),
            pairs.map(lambda p: t.sub(*p)),
            pairs.map(lambda p: t.mul(*p)),
            nonzero.map(lambda p: t.div(*p)),
            inner.map(t.neg),
            st.tuples(inner, st.integers(1, 4)).map(lambda p: t.power(p[0], t.number(p[1]))),
            inner.filter(lambda e: not isinstance(e, t.Number)).map(lambda e: t.power(e, t.number(-2))),
            inner.map(t.exp),
            inner.map(t.log),
            inner.map(t.sqrt),
            inner.map(t.absolute),
            pairs.map(lambda p: t.minimum(*p)),
            pairs.map(lambda p: t.maximum(*p)),
            inner.map(lambda e: t.lambertw(e, -1)),
            st.tuples(inner, inner).map(lambda p: t.power(*p) if p[0] is not t.ZERO else p[1]),
        )

    return st.recursive(leaves, extend, max_leaves=6)


TERMS = _terms()


def _formulas() -> st.SearchStrategy:
    relations = st.builds(Relation, st.sampled_from(["=", "<=", "<"]), TERMS, TERMS)

    def extend(inner: st.SearchStrategy) -> st.SearchStrategy:
        several = st.lists(inner, min_size=2, max_size=3).map(tuple)
        return st.one_of(
            several.map(And), several.map(Or), inner.map(Not), st.builds(Implies, inner, inner)
        )

    return st.recursive(relations, extend, max_leaves=4)


@given(TERMS)
def test_printed_terms_read_back_as_the_same_tree(term):
    assert parse_term(term_text(term)) == term


@given(_formulas())
def test_statements_survive_text_and_pickle(formula):
    statement = Statement(tuple(map(Variable, NAMES)), (formula,), formula)
    assert parse_formula(formula_text(formula)) == formula
    assert pickle.loads(pickle.dumps(statement)) == statement
    assert Statement.from_dict(statement.to_dict()).digest == statement.digest


def test_terms_are_not_simplified():
    assert term_text(parse_term("x/x")) == "x/x"
    assert term_text(parse_term("exp(log(x)) - exp(log(x))")) == "exp(log(x)) - exp(log(x))"


def test_every_operator_is_reachable_and_named():
    texts = {
        "number": "3", "variable": "x", "add": "x + y", "mul": "x*y", "neg": "-x", "div": "x/y",
        "power": "x^3", "natpower": "x^n", "ratpower": "x^(1/3)", "realpower": "x^y", "exp": "exp(x)",
        "log": "log(x)", "sqrt": "sqrt(x)", "abs": "abs(x)", "min": "min(x, y)", "max": "max(x, y)",
        "lambertw": "LambertW(x, -1)", **{name: f"{name}(x)" for name in t.FUNCTIONS},
    }  # fmt: skip
    assert tuple(texts) == t.OPERATORS
    kinds = {"x": "real", "y": "real", "n": "natural"}
    for operator, text in texts.items():
        assert t.operation(parse_term(text, kinds)).operator == operator


def test_decimals_are_exact_and_floats_are_refused():
    assert parse_term("0.1") == t.number(Fraction(1, 10))
    assert parse_term("1e-5") == t.number(Fraction(1, 100000))
    with pytest.raises(InputError, match="not exact"):
        t.number(0.1)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x +", "but the text ends at position 4"),
        ("x < 1 $", r"unexpected character '\$' at position 7"),
        ("foo(x) < 1", "unknown function 'foo'"),
        ("1/0 < x", "division by zero at position 3"),
        ("x", "expected a comparison"),
        ("(x < 1) + 2 < 3", "expected an expression here"),
        ("LambertW(x, 1) < 1", "branches 0 and -1, not 1"),
        ("exp(x, y) < 1", "takes one argument, not 2"),
        ("1e99999999 < x", "a number of more than 4001 digits: write a power at position 1"),
        ("(" * 500 + "x" + ")" * 500 + " < 1", "nested more than"),
        ("oo < x", "'oo' is a function or keyword"),
        ("__import__('os') < 1", "unexpected character"),
    ],
)
def test_bad_text_is_refused_with_its_position(text, message):
    with pytest.raises(InputError, match=message):
        parse_formula(text)


def test_unknown_variables_are_refused():
    with pytest.raises(InputError, match=r"unknown variable 'z' \(declared: x\)"):
        Statement.parse("z < x", (), {"x": "real"})


def test_domains_are_normalised_and_checked():
    assert str(Domain.parse("natural (1/2, 7)")) == "natural [1, 6]"
    assert [str(d) for d in map(Domain.parse, ("real", "(0, oo)", "[1e-3, 2)"))] == [
        "real", "(0, oo)", "[1/1000, 2)",
    ]  # fmt: skip
    for text, message in (("(1, 0)", "empty"), ("[1, 1)", "empty"), ("[0", "cannot read")):
        with pytest.raises(InputError, match=message):
            Domain.parse(text)
    with pytest.raises(InputError, match="cannot read the end"):
        Domain.parse("(0, x)")


@pytest.mark.parametrize(
    ("domain", "text"),
    [
        ("(0, pi/2)", "for x in (0, 13/8): (x < pi*(1/2)) implies x < 2"),
        ("[-pi/2, e]", "for x in [-13/8, 11/4]: ((-pi)*(1/2) <= x) and (x <= exp(1)) implies x < 2"),
        ("[exp(1), oo)", "for x in [43/16, oo): (exp(1) <= x) implies x < 2"),
        ("(-oo, -sqrt(2))", "for x in (-oo, -11/8): (x < -sqrt(2)) implies x < 2"),
    ],
)
def test_constants_end_domains_as_hypotheses(domain, text):
    statement = Statement.parse("x < 2", (), {"x": domain})
    assert statement.text == text
    assert Statement.from_dict(statement.to_dict()) == statement


@pytest.mark.parametrize(
    ("domain", "message"),
    [
        ("(pi, 3)", "empty"),
        ("[log(1), 0]", "empty, or too short"),
        ("(0, log(-1))", "not certainly defined"),
        ("(0, 1/log(1))", "not certainly defined"),
        ("(0, 2^1999999999999)", "write it as a hypothesis"),
        ("[-exp(exp(22)), 0)", "write it as a hypothesis"),
        ("(0, sin(1))", "ends at what is made of"),
        ("(0, y)", "cannot read the end"),
        ("natural [0, pi]", "cannot read the end"),
    ],
)
def test_constants_at_which_no_domain_ends(domain, message):
    with pytest.raises(InputError, match=message):
        Statement.parse("x < 2", (), {"x": domain, "y": "real"})


@given(st.fractions(min_value=-50, max_value=50), st.integers(0, 60))
def test_constants_are_enclosed(number, shift):
    constant = t.mul(t.exp(t.number(-shift)), t.add(t.number(number), t.PI))
    low, high = enclosure(constant)
    between = Relation("<", t.number(low), constant), Relation("<", constant, t.number(high))
    assert all(holds_at(relation, {}) for relation in between)
    size = max(abs(low), abs(high))
    assert high - low <= max(size / 8, Fraction(1, 2**100))


@given(TERMS, TERMS)
def test_digest_ignores_writing_but_not_content(left, right):
    variables = tuple(map(Variable, NAMES))
    one = Statement(variables, (), Relation("<", t.add(left, right), right))
    same = Statement(variables[::-1], (), Relation("<", t.add(right, left), right))
    other = Statement(variables, (), Relation("<=", t.add(left, right), right))
    assert one.digest == same.digest
    assert one.digest != other.digest


def test_digest_sees_domains_and_hypotheses():
    base = Statement.parse("x < y", ["0 < x"], {"x": "real", "y": "real"})
    assert base.digest != Statement.parse("x < y", [], {"x": "real", "y": "real"}).digest
    assert base.digest == Statement.parse("y > x", ["not x <= 0"], {"y": "real", "x": "real"}).digest


def test_definedness_lists_what_a_term_asks_for():
    statement = Statement.parse("log(x)/y <= sqrt(x - 1)^(1/2)")
    texts = [formula_text(condition) for condition in statement.definedness]
    assert texts == ["0 < x", "y < 0 or 0 < y", "0 <= x - 1", "0 <= sqrt(x - 1)"]


def test_normal_form_pushes_negation_to_the_relations():
    formula = parse_formula("not (x < 1 implies y = 2)")
    assert formula_text(normal(formula)) == "x < 1 and (y < 2 or 2 < y)"


def test_sympy_expressions_are_read_as_they_are():
    import sympy

    x, n = sympy.Symbol("x", real=True), sympy.Symbol("n", integer=True, nonnegative=True)
    variables = (Variable("x", Domain.parse("(0, oo)")), Variable("n", Domain(natural=True, lower=1)))
    written = sympy.Max(sympy.log(x) - 1, sympy.LambertW(x)) * sympy.exp(1) / sympy.sqrt(x) + x**n
    statement = Statement(variables, (), Relation("<=", 0, written))
    value = sympy.lambdify((x, n), written, "mpmath")(2, 3)
    assert t.symbols_of(statement.conclusion.right) == set(statement.symbols)
    own = mpmath_eval.evaluate(statement.conclusion.right, {"x": 2, "n": 3}, 80)
    assert abs(float(own.mid) - float(value)) < 1e-12
    assert Statement.from_dict(statement.to_dict()).digest == statement.digest


def test_foreign_sympy_is_refused():
    import sympy

    x = sympy.Symbol("x", real=True)
    for wrong in (sympy.zeta(x), sympy.log(x, 2, evaluate=False), sympy.I * x, sympy.oo):
        with pytest.raises(UnsupportedError, match="in the statement language"):
            Relation("<", wrong, x)
    with pytest.raises(InputError, match="neither real nor natural"):
        Relation("<", sympy.Symbol("x"), x)
    with pytest.raises(InputError, match="not a term"):
        Relation("<", "x", x)


def test_substitution_keeps_the_bounds_of_what_it_replaces():
    statement = Statement.parse("x < y", (), {"x": "(0, 1]", "y": "real"})
    replaced = statement.substituted({"x": parse_term("y^2")})
    assert replaced.text == "for y in real: (0 < y^2) and (y^2 <= 1) implies y^2 < y"
    with pytest.raises(InputError, match="natural 'n'"):
        Statement.parse("n < 1", (), {"n": "natural"}).substituted({"n": parse_term("1/2")})


@pytest.mark.parametrize("number", ["1" * 4002, "1e-4001", "1e4001", "0." + "1" * 4000])
def test_numbers_beyond_what_python_prints_are_refused(number):
    with pytest.raises(InputError, match="more than 4001 digits"):
        parse_term(number)
    assert Statement.parse("x < 1e-4000").text.startswith("for x in real: x < 1/1000")
