"""z3 and cvc5 on statements: they agree, mind definedness, and use only lemmas proved elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from srverify.checker.check import check
from srverify.claims.obligation import Options, Theorem
from srverify.claims.outcome import Outcome, Status, Trust
from srverify.engines import engine, smt_refinement
from srverify.engines.lemmas import selection, settled, templates
from srverify.engines.lemmas.templates import Instance, Lemma
from srverify.engines.smt_proof import SolverProofSearch
from srverify.engines.smt_solvers import Answer, Ask, Solver, ask_cvc5, ask_z3, z3_options
from srverify.engines.smt_witness import verified_witness
from srverify.language.errors import InputError
from srverify.language.normal_form import normal
from srverify.language.parser import parse_term
from srverify.language.statement import Statement
from srverify.numerics.mpmath_eval import violates
from srverify.numerics.reals import parse_real

ENGINES = ("z3", "cvc5")
OPTIONS = Options(timeout=8)


def settle(name: str, statement: Statement) -> Outcome:
    outcome = engine(name).settle(statement, OPTIONS)
    if outcome.status is Status.REFUTED:
        assert outcome.witness is not None
        point = {variable: parse_real(text) for variable, text in outcome.witness.items()}
        assert violates(statement, point), "the second evaluator must agree"
    return outcome


def both(show: str, *hypotheses: str, **variables: str) -> set[Status]:
    statement = Statement.parse(show, hypotheses, variables or None)
    return {settle(name, statement).status for name in ENGINES}


# -- polynomials, division, roots --------------------------------------------------------------

TRUE = [
    ("x^2 + y^2 >= 2*x*y",),
    ("x/y + y/x >= 2", "x > 0", "y > 0"),
    ("x^3 + y^3 + z^3 >= 3*x*y*z", "x > 0", "y > 0", "z > 0"),
    ("1/(1 + x) <= 1", "x >= 0"),
    ("x/(x + 1) < y/(y + 1)", "0 <= x", "x < y"),
    ("sqrt(x*y) <= (x + y)/2", "x >= 0", "y >= 0"),
    ("sqrt(x + y) <= sqrt(x) + sqrt(y)", "x >= 0", "y >= 0"),
    ("abs(x + y) <= abs(x) + abs(y)",),
    ("max(x, y) + min(x, y) = x + y",),
    ("x^(1/3)*x^(2/3) = x", "x >= 0"),
    ("x^(-1/2)*sqrt(x) = 1", "x > 0"),
    ("8*(a^4 + b^4) >= (a - b)^4",),
    ("x < 1 or x >= 1",),
    ("x > 1 implies x^2 > x",),
]
FALSE = [
    ("x^2 + y^2 >= 2.0001*x*y",),
    ("x/y + y/x >= 2.001", "x > 0", "y > 0"),
    ("x/(x + 1) < y/(y + 1)", "x < y"),
    ("7.9*(a^4 + b^4) >= (a - b)^4",),
    ("sqrt(x + 1) <= 1 + x/2 - x^2/100", "x >= 0"),
    ("abs(x) = x",),
    ("x^2 >= 2*x - 999999/1000000",),
]


@pytest.mark.parametrize("row", TRUE, ids=lambda row: row[0])
def test_both_solvers_prove(row: tuple[str, ...]) -> None:
    assert both(*row) == {Status.PROVED}


@pytest.mark.parametrize("row", FALSE, ids=lambda row: row[0])
def test_both_solvers_refute_with_a_confirmed_witness(row: tuple[str, ...]) -> None:
    assert both(*row) == {Status.REFUTED}


@pytest.mark.parametrize(
    ("row", "status"),
    [
        # Undefined is not true, and SMT-LIB's total functions must not make it so.
        (("x/x = 1",), Status.REFUTED),
        (("1/x = 1/x",), Status.REFUTED),
        (("sqrt(x)^2 = x",), Status.REFUTED),
        (("log(x) = log(x)",), Status.REFUTED),
        (("x^(-1/2) > 0", "x >= 0"), Status.REFUTED),
        (("x^y > 0", "x >= 0"), Status.REFUTED),
        # An undefined hypothesis does not hold, so it may be used ...
        (("x != 0", "1/x <= 5"), Status.PROVED),
        (("x >= 0", "sqrt(x) < y"), Status.PROVED),
        (("x > 0", "log(x) < y"), Status.PROVED),
        # ... and an undefined disjunct costs nothing.
        (("x = 0 or x/x = 1",), Status.PROVED),
        (("not (x/x = 1)", "x = 0"), Status.REFUTED),
    ],
    ids=str,
)
def test_definedness(row: tuple[str, ...], status: Status) -> None:
    assert both(*row) == {status}


def test_natural_variables_are_natural() -> None:
    assert both("n^2 >= n", n="natural") == {Status.PROVED}
    assert both("n^2 >= n + 1/8", n="natural") == {Status.REFUTED}
    assert both("n*(n - 1)*(n - 2) >= 0", n="natural [1, oo)") == {Status.PROVED}
    assert both("x^n >= 0", x="[0, oo)", n="natural") == {Status.PROVED}
    assert both("0^n = 0", n="natural") == {Status.REFUTED}
    assert both("2^n >= n + 1", n="natural") == {Status.PROVED}


def test_an_irrational_model_is_a_refutation() -> None:
    # False at the square roots of 2 only.
    for name in ENGINES:
        outcome = settle(name, Statement.parse("x^2 != 2"))
        assert outcome.status is Status.REFUTED
        assert outcome.witness is not None
        assert outcome.witness["x"].startswith("root(x^2 - 2,")


def test_roots_of_different_polynomials_are_compared() -> None:
    # The fourth root of 2, squared, is the square root of 2.
    statement = Statement.parse("x^2 != y", ("x^4 = 2", "y^2 = 2", "y > 0", "x > 0"))
    for name in ENGINES:
        outcome = settle(name, statement)
        assert (outcome.status, outcome.trust) == (Status.REFUTED, Trust.RIGOROUS)
        assert outcome.witness is not None
        assert outcome.witness["y"].startswith("root(x^2 - 2,")


def test_a_model_that_no_evaluation_confirms_is_no_refutation(monkeypatch: pytest.MonkeyPatch) -> None:
    from srverify.engines import smt_refinement

    monkeypatch.setattr(smt_refinement, "verified_witness", lambda *point: None)
    for name in ENGINES:
        outcome = settle(name, Statement.parse("x^2 != 2", ("x > 0",)))
        assert outcome.status is Status.UNKNOWN
        assert "no point near the model" in outcome.detail
        assert "1.41421" in outcome.detail


def test_refusals_say_why() -> None:
    for name in ENGINES:
        assert "powers up to 64" in str(engine(name).refusal(Statement.parse("x^1000 >= 0")))
        assert "statements only" in str(engine(name).refusal(Theorem("rocq", "T")))
        assert engine(name).refusal(Statement.parse("x >= 0")) is None
        probe = engine(name).probe()
        assert probe.available
        assert engine(name).name == name
        assert probe.version


def test_a_solver_that_gives_up_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    hard = Statement.parse("exp(x) >= 1 + x")

    def gives_up(text: str, seconds: float, seed: int, units: int = 0) -> Answer:
        return Answer("unknown", reason="incomplete arithmetic")

    outcome = smt_refinement.settle_statement("z3", hard, Solver(gives_up, z3_options), OPTIONS)
    assert outcome.status is Status.UNKNOWN
    assert outcome.trust is None
    assert "incomplete arithmetic" in outcome.detail


def test_options_are_recorded_and_runs_are_deterministic() -> None:
    # Long limits: pruning and lemmas stop early when time is short, which would differ from run to run.
    statement = Statement.parse("exp(x) > 2.7*x")
    first, second = (engine("z3").settle(statement, Options(timeout=90, seed=3)) for _ in range(2))
    assert first.evidence["options"] == {"timeout": "90000", "random_seed": "3"}
    assert first.to_dict() == second.to_dict()


def test_the_recorded_text_is_the_proof() -> None:
    outcome = settle("z3", Statement.parse("x*log(x/y) >= x - y", ["x > 0", "y > 0"]))
    assert outcome.status is Status.PROVED
    for ask in (ask_z3, ask_cvc5):
        assert ask(outcome.evidence["smtlib"], 5, 0).result == "unsat"


# -- exp and log -------------------------------------------------------------------------------

TRANSCENDENTAL = [
    ("log(x) <= x - 1", "x > 0"),
    ("exp(x) >= 1 + x",),
    ("exp(x) >= exp(1)*x",),
    ("log(x*y) = log(x) + log(y)", "x > 0", "y > 0"),
    ("exp(x + y) = exp(x)*exp(y)",),
    ("exp(-x)*exp(x) = 1",),
    ("log(1/x) = -log(x)", "x > 0"),
    ("exp(x) < exp(y)", "x < y"),
    ("exp(2*x) >= 2*exp(x) - 1",),
    ("exp(1) < 2.7182818284591",),
    ("exp(x) > 2.7*x",),
    ("x^y > 0", "x > 0"),
    ("LambertW(z, -1) <= -1", "z >= -1/3", "z < 0"),
    ("LambertW(z, 0)*exp(LambertW(z, 0)) = z", "z >= 0"),
]
TRANSCENDENTAL_FALSE = [
    ("log(x) <= x - 1.001", "x > 0"),
    ("exp(1) < 2.718281828459",),
    ("exp(x) > 2.72*x",),
    ("log(x) <= x/2.8", "x > 0"),
]


@pytest.mark.parametrize("row", TRANSCENDENTAL, ids=lambda row: row[0])
def test_lemmas_decide(row: tuple[str, ...]) -> None:
    statement = Statement.parse(row[0], row[1:])
    for name in ENGINES:
        outcome = settle(name, statement)
        assert outcome.status is Status.PROVED, outcome.detail
        assert outcome.evidence["lemmas"]
        for record in outcome.evidence["lemmas"]:
            assert record["status"] == "proved"
            assert record["engine"] in settled.SETTLERS
            # Settled elsewhere, and so it is again.
            assert engine(record["engine"]).settle(_read(record), OPTIONS).status is Status.PROVED


def _read(record: dict[str, str]) -> Statement:
    """Find the lemma that a record names among those settled in this process."""
    (found,) = {s.lemma for s in settled.known() if s.lemma.statement.text == record["statement"]}
    return found.statement


@pytest.mark.parametrize("row", TRANSCENDENTAL_FALSE, ids=lambda row: row[0])
def test_false_ones_are_never_proved(row: tuple[str, ...]) -> None:
    assert Status.PROVED not in both(*row)


def test_false_by_a_hair_is_refuted() -> None:
    assert both("log(x)/x <= 0.3678", "x > 0") == {Status.REFUTED}
    assert both("log(x)/x <= 0.368", "x > 0") == {Status.PROVED}


def _wrong(*_: object) -> Iterator[Instance]:
    lie = Lemma("lie", Statement.parse("exp(t) <= 2 + t", variables={"t": "real"}))
    yield Instance(lie, {"t": parse_term("x")})


@pytest.mark.parametrize("name", ENGINES)
def test_a_wrong_lemma_is_refused(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    false = Statement.parse("exp(x) <= 2 + x")
    monkeypatch.setattr(smt_refinement, "structural", _wrong)
    outcome = settle(name, false)
    assert outcome.status is not Status.PROVED
    assert [record["name"] for record in outcome.evidence["refused_lemmas"]] == ["lie"]
    assert "lie" not in {record["name"] for record in outcome.evidence["lemmas"]}
    # It is the refusal that saves us: believed, the lie proves the statement.
    believed = settled.Settled(templates.exp_positive(), Status.PROVED, "arb", Trust.RIGOROUS, "")
    monkeypatch.setattr(smt_refinement, "settle", lambda lemma, options: believed)
    assert engine(name).settle(false, OPTIONS).status is Status.PROVED


def test_a_lemma_proved_by_weaker_means_weakens_what_has_no_proof_object(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    symbolic = settled.Settled(templates.exp_above_line(), Status.PROVED, "sympy", Trust.SYMBOLIC, "")
    monkeypatch.setattr(smt_refinement, "settle", lambda lemma, options: symbolic)
    statement = Statement.parse("exp(x) >= 1 + x")
    outcome = settle("z3", statement)
    # A proof object proves the lemma again; without one there is SymPy's word and the solver's.
    assert outcome.trust is Trust.RIGOROUS
    check(statement, outcome.evidence["proof"])
    for search in ("short", "whole"):
        monkeypatch.setattr(SolverProofSearch, search, lambda *_: None)
    assert settle("z3", statement).trust is Trust.SYMBOLIC


# -- soundness at random -----------------------------------------------------------------------

_terms = st.recursive(
    st.sampled_from(["x", "y", "1", "2", "1/2", "-3"]),
    lambda inner: st.one_of(
        st.builds("({} + {})".format, inner, inner),
        st.builds("({} - {})".format, inner, inner),
        st.builds("({})*({})".format, inner, inner),
        st.builds("({})/({} + 3)".format, inner, inner),
        st.builds("exp({})".format, inner),
        st.builds("log({})".format, inner),
        st.builds("sqrt({})".format, inner),
        st.builds("abs({})".format, inner),
        st.builds("max({}, {})".format, inner, inner),
    ),
    max_leaves=4,
)
_statements = st.builds("{} {} {}".format, _terms, st.sampled_from(["<", "<="]), _terms)
_points = st.fixed_dictionaries(
    {
        "x": st.fractions(Fraction(1, 50), 4, max_denominator=50),
        "y": st.fractions(-2, 2, max_denominator=50),
    }
)


@settings(max_examples=15, deadline=None)
@given(_statements, st.lists(_points, min_size=10, max_size=10), st.sampled_from(ENGINES))
def test_a_proof_is_never_contradicted(text: str, points: list[dict[str, Fraction]], name: str) -> None:
    try:
        statement = Statement.parse(text, variables={"x": "(0, 4]", "y": "[-2, 2]"})
    except InputError:
        reject()
    outcome = engine(name).settle(statement, Options(timeout=0.3))
    if outcome.status is Status.PROVED:
        assert not any(violates(statement, point) for point in points)


def test_witnesses_are_moved_into_the_domain() -> None:
    statement = Statement.parse("x + n > 1/1000", variables={"x": "(0, 1]", "n": "natural"})
    witness = verified_witness(statement, {"x": Fraction(1, 10**6), "n": Fraction(1, 10**9)})
    assert witness is not None
    assert Fraction(witness["n"]) == 0
    assert 0 < Fraction(witness["x"]) <= Fraction(1, 1000)
    assert verified_witness(Statement.parse("x^2 >= 0"), {"x": Fraction(1)}) is None


def test_every_structural_lemma_is_proved_elsewhere() -> None:
    """Every template that selection can choose, at arguments that call for all of them."""
    exps = [
        normal(parse_term(text)) for text in ("x", "-x", "2*x", "1 + x", "log(y)", "y/2 + log(x)", "1")
    ]
    logs = [
        normal(parse_term(t)) for t in ("x*y", "2*x/y", "x^3", "exp(x)", "sqrt(x)", "2", "x+1", "3*x+3")
    ]
    lemmas = {
        instance.lemma.statement.text: instance.lemma
        for level in selection.LEVELS
        for instance in selection.structural(exps, logs, level)
    }
    assert len(lemmas) > 25
    unproved = [text for text, lemma in lemmas.items() if not settled.settle(lemma, OPTIONS).usable]
    assert unproved == []


@given(st.sets(st.integers(0, 39)), st.integers(1, 40), st.booleans())
def test_pruning_by_halves_keeps_exactly_what_is_needed(
    needed: set[int], size: int, either: bool
) -> None:
    everything = set(range(size))
    needed &= everything
    asked: list[frozenset[int]] = []

    def suffices(kept: set[int]) -> bool:
        asked.append(frozenset(kept))
        # Monotone, and where ``either`` is drawn one of two further instances has to stay.
        return needed <= kept and (not either or bool(kept & {0, size - 1}))

    kept = smt_refinement._without(everything, sorted(everything), suffices)
    assert suffices(kept)
    assert not any(suffices(kept - {index}) for index in kept)
    asked_of_it = asked[: len(asked) - 1 - len(kept)]
    assert len(asked_of_it) == len(set(asked_of_it)), "nothing is asked twice"


def test_the_questions_about_one_statement_share_a_session() -> None:
    opened: list[int] = []
    asked: list[int] = []

    def session() -> Ask:
        number = len(opened)
        opened.append(number)

        def ask(text: str, seconds: float, seed: int, units: int = 0) -> Answer:
            asked.append(number)
            return ask_z3(text, seconds, seed, units)

        return ask

    solver = Solver(ask_z3, z3_options, session)
    for _ in range(2):
        # Not without cuts, and so more than one question.
        statement = Statement.parse("exp(x) <= 3", variables={"x": "[0, 1]"})
        outcome = smt_refinement.settle_statement("z3", statement, solver, OPTIONS)
        assert outcome.status is Status.PROVED
    assert opened == [0, 1]
    assert asked.count(0) == asked.count(1) > 1


def test_what_needs_no_lemma_is_asked_once() -> None:
    asked: list[str] = []

    def ask(text: str, seconds: float, seed: int, units: int = 0) -> Answer:
        asked.append(text)
        return ask_z3(text, seconds, seed, units)

    statement = Statement.parse("2*x*y <= x^2 + y^2")
    outcome = smt_refinement.settle_statement("z3", statement, Solver(ask, z3_options), OPTIONS)
    assert (outcome.status, len(asked)) == (Status.PROVED, 1)
