"""Where lemmas come from: rounding goes outwards, normal forms keep values, cuts exclude the model."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from srverify.checker.check import check
from srverify.claims.obligation import Options
from srverify.claims.outcome import Status
from srverify.engines.lemmas import settled, templates
from srverify.engines.lemmas.cuts import Cuts
from srverify.engines.lemmas.rounding import enclosure
from srverify.engines.lemmas.templates import Instance, Lemma
from srverify.language.errors import InputError
from srverify.language.formula import Relation, terms
from srverify.language.normal_form import normal
from srverify.language.parser import formula_text, parse_formula, parse_term, term_text
from srverify.language.statement import Statement
from srverify.language.term import subterms
from srverify.numerics.arb_eval import holds_at
from srverify.numerics.tactics import search

#: Of either function a tangent and a secant.
LINES_OF = (
    templates.exp_tangent(Fraction(3, 2), Fraction(4)),
    templates.exp_secant(Fraction(0), Fraction(1), Fraction(1), Fraction(11, 4)),
    templates.log_tangent(Fraction(1, 16), Fraction(-11, 4)),
    templates.log_secant(Fraction(1), Fraction(4), Fraction(0), Fraction(11, 8)),
)

positive = st.fractions(Fraction(1, 1000), 1000, max_denominator=1000)


@given(st.sampled_from(["exp", "log"]), positive, st.integers(4, 80))
def test_rounding_is_outwards_and_tight(function: str, at: Fraction, bits: int) -> None:
    low, high = enclosure(function, at, bits)
    assert holds_at(parse_formula(f"({low}) <= {function}(x) and {function}(x) <= ({high})"), {"x": at})
    if (function, at) == ("log", 1):
        assert low == high == 0
    else:
        assert low < high
        assert (high - low) <= abs(high) / (1 << (bits - 3))


def test_log_of_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="log is not defined at 0"):
        enclosure("log", Fraction(0), 8)


_terms = st.recursive(
    st.sampled_from(["x", "y", "1", "2", "3/4"]),
    lambda inner: st.one_of(
        st.builds("({} + {})".format, inner, inner),
        st.builds("({} - {})".format, inner, inner),
        st.builds("({})*({})".format, inner, inner),
        st.builds("({})/(1 + ({})^2)".format, inner, inner),
        st.builds("({})^2".format, inner),
        st.builds("abs({})".format, inner),
    ),
    max_leaves=6,
)


@given(_terms, positive, positive)
def test_normal_forms_keep_the_value(text: str, x: Fraction, y: Fraction) -> None:
    term = parse_term(text)
    assert holds_at(Relation("=", term, normal(term).term), {"x": x, "y": y})


@settings(deadline=None, max_examples=40)
@given(
    st.sampled_from(["exp", "log"]),
    st.fractions(Fraction(1, 20), 20, max_denominator=100),
    st.fractions(Fraction(1, 2), 2, max_denominator=1000).filter(lambda ratio: ratio != 1),
)
@example("exp", Fraction(1, 20), Fraction(17, 16))
# A cut that holds by 4e-5, so that the search must look closely around its minimum.
@example("exp", Fraction(1, 20), Fraction(25, 26))
def test_a_cut_excludes_the_model_and_is_true(function: str, at: Fraction, ratio: Fraction) -> None:
    """Put a wrong value in the place of exp or log: some cut must fail with it, and hold without."""
    argument = normal(parse_term("x"))
    right = enclosure(function, at, 40)[0]
    wrong = right * ratio if right else ratio
    cuts = list(Cuts().against(function, argument, at, wrong))
    assert cuts
    failed = False
    for cut in cuts:
        assert settled.settle(cut.lemma, Options(timeout=5)).usable, cut.text
        if not all(holds_at(premise, {"x": at}) for premise in cut.premises):
            continue
        assert holds_at(cut.goal, {"x": at}) is not False
        failed |= holds_at(parse_formula(_with_value(cut, function, wrong)), {"x": at}) is False
    assert failed


def _with_value(cut: Instance, function: str, value: Fraction) -> str:
    """Write a cut's goal with a number in the place of the function's value."""
    text = formula_text(cut.goal)
    for side in terms(cut.goal):
        for node in subterms(side):
            if node.operator == function:
                text = text.replace(f"{function}({term_text(node.arguments[0])})", f"({value})")
    assert function not in text
    return text


def test_right_values_need_no_cut() -> None:
    x = normal(parse_term("x"))
    assert list(Cuts().against("exp", x, Fraction(0), Fraction(1))) == []
    assert list(Cuts().against("log", x, Fraction(-1), Fraction(7))) == []
    (far,) = Cuts().against("exp", x, Fraction(1000), Fraction(5))
    assert far.lemma.name == "exp-at-least"


def test_instances_need_fitting_arguments() -> None:
    with pytest.raises(InputError, match="needs an argument for 't'"):
        Instance(templates.exp_sum(), {"s": parse_term("x")})
    powers = Lemma("powers", Statement.parse("x^k >= 0", variables={"x": "[0, oo)", "k": "natural"}))
    with pytest.raises(InputError, match="needs a natural number, not y"):
        Instance(powers, {"x": parse_term("x"), "k": parse_term("y")})


@pytest.mark.parametrize(
    "lemma",
    [
        # Each a template with one rounding in the wrong direction or one sign turned.
        templates.exp_tangent(Fraction(1), Fraction(2719, 1000)),
        templates.exp_secant(Fraction(0), Fraction(1), Fraction(1), Fraction(2718, 1000)),
        templates.exp_at_most(Fraction(1), Fraction(2718, 1000)),
        templates.exp_at_least(Fraction(1), Fraction(2719, 1000)),
        templates.log_tangent(Fraction(2), Fraction(693, 1000)),
        templates.log_secant(Fraction(1), Fraction(2), Fraction(0), Fraction(694, 1000)),
        templates.log_at_least(Fraction(2), Fraction(694, 1000)),
        templates.log_at_most(Fraction(2), Fraction(693, 1000)),
        templates.enclosure("exp", Fraction(1), Fraction(2719, 1000), Fraction(3)),
        Lemma("sum", Statement.parse("exp(s + t) = exp(s) + exp(t)")),
        Lemma("turned", Statement.parse("exp(t) <= 1 + t")),
    ],
    ids=lambda lemma: lemma.name,
)
def test_mutants_of_lemmas_are_not_usable(lemma: Lemma) -> None:
    found = settled.settle(lemma, Options(timeout=3))
    assert not found.usable
    assert found.status is not Status.PROVED


@pytest.mark.parametrize("lemma", [*templates.exp_at_zero(), *templates.log_at_one(), *LINES_OF])
def test_few_tactics_compare_functions_with_lines_and_polynomials(lemma: Lemma) -> None:
    proof = search.find_by(search.LINES, lemma.statement, 1.0)
    assert proof is not None
    check(lemma.statement, proof)


def test_what_few_tactics_do_not_show_the_others_do() -> None:
    lemma = templates.exp_monotone()
    assert search.find_by(search.LINES, lemma.statement, 1.0) is None
    assert settled.settle(lemma, Options(timeout=2.0)).usable
