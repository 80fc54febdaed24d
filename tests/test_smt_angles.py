"""Sine, cosine, their inverses and the hyperbolic functions for SMT solvers: by proved facts alone."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from srverify.claims.obligation import Options
from srverify.claims.outcome import Outcome, Status, Trust
from srverify.engines import engine, smt_refinement
from srverify.engines.lemmas import angles, selection, settled, templates
from srverify.engines.lemmas.cuts import Cuts
from srverify.engines.lemmas.rounding import enclosure
from srverify.engines.lemmas.templates import Lemma
from srverify.language.normal_form import normal
from srverify.language.parser import parse_formula, parse_term
from srverify.language.statement import Statement
from srverify.numerics.arb_eval import holds_at
from srverify.numerics.mpmath_eval import violates
from srverify.numerics.reals import parse_real

OPTIONS = Options(timeout=8)
CIRCLE = ("x", "-x", "2*x", "y", "x + y", "x + 1", "x + pi", "pi/2 - y", "pi/6", "5*pi/3", "3")


def settle(name: str, show: str, *given: str) -> Outcome:
    statement = Statement.parse(show, given)
    outcome = engine(name).settle(statement, OPTIONS)
    if outcome.status is Status.REFUTED:
        assert outcome.witness is not None
        point = {variable: parse_real(text) for variable, text in outcome.witness.items()}
        assert violates(statement, point), "the second evaluator must agree"
    return outcome


def arguments(*texts: str) -> list[object]:
    return [normal(parse_term(text)) for text in texts]


def test_every_fact_is_proved_elsewhere() -> None:
    forms = {
        "sin": arguments(*CIRCLE),
        "cos": arguments(*CIRCLE),
        "asin": arguments("x", "1/3"),
        "acos": arguments("x", "-1"),
        "atan": arguments("x/y", "4"),
    }
    lemmas = {
        instance.lemma.statement.text: instance.lemma
        for level in selection.LEVELS
        for instance in angles.angular(forms, level)  # type: ignore[arg-type]
    }
    names = {lemma.name for lemma in lemmas.values()}
    assert names >= {"quarter-turn", "exact-angle", "sin-sum", "cos-double", "sin-odd", "acos-asin"}
    unproved = [text for text, lemma in lemmas.items() if not settled.settle(lemma, OPTIONS).usable]
    assert unproved == []


@pytest.mark.parametrize(
    "lemma",
    [
        Lemma("turned", Statement.parse("sin(t) <= t")),
        Lemma("turn", Statement.parse("sin(t + pi/2) = -cos(t)")),
        Lemma("sum", Statement.parse("sin(s + t) = sin(s)*cos(t) - cos(s)*sin(t)")),
        Lemma("angle", Statement.parse("cos(pi/6) = 1/2")),
        Lemma("range", Statement.parse("0 <= asin(t)", variables={"t": "[-1, 1]"})),
        templates.enclosure("acos", Fraction(-1), Fraction(314160, 100000), Fraction(4)),
    ],
    ids=lambda lemma: lemma.name,
)
def test_mutants_of_facts_are_not_usable(lemma: Lemma) -> None:
    assert not settled.settle(lemma, Options(timeout=3)).usable


@settings(deadline=None, max_examples=40)
@given(
    st.sampled_from(["sin", "cos"]),
    st.fractions(-40, 40, max_denominator=60),
    st.fractions(-2, 2, max_denominator=10**5),
)
@example("sin", Fraction(0), Fraction(1, 10**5))
@example("cos", Fraction(22, 7), Fraction(-1))
def test_a_cut_excludes_the_model_and_is_true(function: str, at: Fraction, value: Fraction) -> None:
    """Put a wrong value in the place of sine or cosine: the cut must fail with it, and hold without."""
    cuts = list(Cuts().against(function, normal(parse_term("x")), at, value))
    if not cuts:
        low, high = enclosure(function, at, 60)
        assert low <= value <= high
        return
    [cut] = cuts
    assert settled.settle(cut.lemma, Options(timeout=5)).usable, cut.text
    assert all(holds_at(premise, {"x": at}) for premise in cut.premises)
    assert holds_at(cut.goal, {"x": at})
    wrong = cut.lemma.statement.to_dict()["show"].replace(f"{function}(t)", f"({value})")
    assert holds_at(parse_formula(wrong), {"t": at}) is False


TRUE = [
    ("sin(x) <= x", "x >= 0"),
    ("x*cos(x) <= sin(x)", "0 <= x", "x <= 3"),
    ("cos(x) >= 1 - x^2/2",),
    ("sin(x) + cos(x) <= sqrt(2)",),
    ("3 < pi and pi < 22/7",),
    ("sin(x + pi) = -sin(x)",),
    ("asin(x) + acos(x) = pi/2", "-1 <= x", "x <= 1"),
    ("cosh(x)^2 - sinh(x)^2 = 1",),
    ("tanh(x) < 1",),
    ("sinh(x) >= x", "x >= 0"),
    ("acosh(x) <= x", "x >= 1"),
    # Undefined is not true, so an undefined hypothesis may be used.
    ("x >= -1", "asin(x) <= 2"),
    ("cos(x) != 0", "tan(x) <= 5"),
]
FALSE = [
    ("sin(x) <= 99/100",),
    ("tan(x) > -1",),
    ("cosh(x) <= 1 + x^2/2",),
    ("asin(x) <= 2",),
    ("atanh(x) = atanh(x)",),
]


@pytest.mark.parametrize("row", TRUE, ids=lambda row: row[0])
def test_facts_decide(row: tuple[str, ...]) -> None:
    outcome = settle("z3", *row)
    assert (outcome.status, outcome.trust) == (Status.PROVED, Trust.RIGOROUS), outcome.detail
    assert "native" not in outcome.evidence


@pytest.mark.parametrize("row", FALSE, ids=lambda row: row[0])
def test_false_statements_are_refuted(row: tuple[str, ...]) -> None:
    assert settle("z3", *row).status is Status.REFUTED


@pytest.mark.parametrize("row", [TRUE[0], TRUE[5], TRUE[7], FALSE[0]], ids=lambda row: row[0])
def test_cvc5_agrees(row: tuple[str, ...]) -> None:
    expected = Status.PROVED if row in TRUE else Status.REFUTED
    assert settle("cvc5", *row).status is expected


def test_what_is_known_of_an_angle_is_what_saves_us(monkeypatch: pytest.MonkeyPatch) -> None:
    """A lie about the sine would prove a false statement, were it believed."""
    lie = Lemma("lie", Statement.parse("sin(t) <= 1/2", variables={"t": "real"}))

    def wrong(*_: object) -> list[templates.Instance]:
        return [templates.Instance(lie, {"t": parse_term("x")})]

    monkeypatch.setattr(smt_refinement, "angular", wrong)
    outcome = settle("z3", "sin(x) <= 1/2")
    assert outcome.status is not Status.PROVED
    assert [record["name"] for record in outcome.evidence["refused_lemmas"]] == ["lie"]
