"""An SMT solver's ``unsat`` is rigorous only with a proof object that the checker accepted."""

from __future__ import annotations

import pytest

from srverify.checker.check import check
from srverify.checker.sequent import Sequent
from srverify.claims.obligation import Options
from srverify.claims.outcome import Outcome, Status, Trust
from srverify.engines import engine, smt_refinement
from srverify.engines.lemmas import templates as l
from srverify.engines.linear_program import by_solver
from srverify.engines.smt_proof import SolverProofSearch
from srverify.language.parser import parse_term
from srverify.language.statement import Statement
from srverify.numerics.clock import Clock
from srverify.numerics.tactics.casesplits import Cases
from srverify.numerics.tactics.driver import Driver
from srverify.numerics.tactics.search import TACTICS

OPTIONS = Options(timeout=100)
#: Statements, each with what its proof has to use.
CERTIFIED = [
    # Products of facts: the goal denied, multiplied by what is known.
    (("x/y + y/x >= 2", "x > 0", "y > 0"), set()),
    (("x/(x + 1) < y/(y + 1)", "0 <= x", "x < y"), set()),
    (("n > k*d/(3072*p^2)", "7/8 <= n*(48*p/(d*(M + 1)))", "k/(16*p) <= M + 1", "k >= 2", "d >= 1",
      "p > 0", "p <= 1/16", "n >= 0"), set()),
    # Equality, from both of its failures; equations times atoms.
    (("u = 0 and v = 0", "a*u + b*v = 0", "c*u + d*v = 0", "a*d != b*c"), set()),
    (("s = t", "s^2 = a + b*s", "t^2 = a + b*t", "s > 0", "t > 0", "a >= 0", "b >= 0"), set()),
    # Cases of absolute values, minima and maxima; what roots are.
    (("abs(f - g) <= 2*b", "abs(f) <= b", "abs(g) <= b"), {"cases"}),
    (("max(x, y) + min(x, y) = x + y",), {"cases"}),
    (("sqrt(x + y) <= sqrt(x) + sqrt(y)", "x >= 0", "y >= 0"), set()),
    # Four factors; divisors positive by their domains alone, since the hypotheses leave no room.
    (("w/u + (1 - w)/v <= 1 + (w*(1 - u) + (1 - w)*(1 - v))/c", "c <= u", "c <= v", "w >= 0", "w <= 1",
      "u > 0", "u <= 1", "v > 0", "v <= 1", "c > 0", "c <= 1"), set()),
    (("k*u = 1 and k*v = 1", "1 <= k*u", "1 <= k*v", "k <= w/u + (1 - w)/v", "w > 0", "w < 1", "u > 0",
      "v > 0", "k >= 2"), set()),
    # Roots are gone before products are formed; bounds in place of cases; maxima of three.
    (("sqrt(k) <= sqrt(c) + sqrt(p)*sqrt(s)", "k <= c + p*s", "k >= 0", "c >= 0", "p >= 0",
      "s >= 0"), {"law"}),
    (("abs((x - s)^2 - (y - s)^2) <= 8*t*b", "abs(x) <= b", "abs(y) <= b", "abs(s) <= b",
      "abs(x - y) <= 2*t"), {"law"}),
    (("p = 1/3 and q = 1/3 and r = 1/3", "p + q + r = 1", "3 <= 1/max(p, q, r)", "p >= 0", "q >= 0",
      "r >= 0"), {"law"}),
    # Where the goal fails, a hypothesis about functions does.
    (("w <= -1", "k*exp(1 + w/2) <= k*sqrt(exp(1))", "k > 0"), {"refute"}),
    # Lemma instances.
    (("log(m) <= log(k/p)", "m <= 1 + (k - 1)/(8*p)", "(k - 1)/(8*p) < m", "k >= 2", "p > 0",
      "p <= 1/16"), set()),
    (("b*log(q*exp(r/b)/z/q) + b*log(z) = r", "q > 0", "z > 0", "b > 0"), set()),
]  # fmt: skip
FALSE = [
    ("x/y + y/x > 2", "x > 0", "y > 0"),
    ("abs(f - g) < 2*b", "abs(f) <= b", "abs(g) <= b"),
    ("u = 0 and v = 0", "a*u + b*v = 0", "c*u + d*v = 0"),
    ("x*y > 0", "x^2 = 2", "y^2 = 2", "x > 0"),
    ("sqrt(x + y) < sqrt(x) + sqrt(y)", "x >= 0", "y >= 0"),
    ("x^2 != 2",),
]


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing here depend on how fast the machine is."""
    monkeypatch.setattr(smt_refinement, "_PROOF_SECONDS", 60.0)


def rules(node: dict[str, object]) -> set[str]:
    return {str(node["rule"])}.union(*(rules(child) for child in node.get("children", [])))  # type: ignore


@pytest.mark.parametrize(("row", "used"), CERTIFIED, ids=[row[0] for row, _ in CERTIFIED])
def test_a_contradiction_becomes_a_proof_object(row: tuple[str, ...], used: set[str]) -> None:
    statement = Statement.parse(row[0], row[1:])
    outcome = engine("z3").settle(statement, OPTIONS)
    assert (outcome.status, outcome.trust) == (Status.PROVED, Trust.RIGOROUS), outcome.detail
    proof = outcome.evidence["proof"]
    assert check(statement, proof).rules == outcome.evidence["rules"]
    assert rules(proof) >= set(used)


@pytest.mark.parametrize(
    ("lemma", "arguments", "row"),
    [
        (l.exp_above_line(), {"t": "x*y"}, ("(exp(x*y) - 1 - x*y)*z >= 0", "z >= 0")),
        # A premise that the hypotheses show, and one that holds in one of two cases only.
        (l.log_below_line(), {"t": "s + 1"}, ("z*log(s + 1) <= z*s", "z >= 0", "s >= 0")),
        (l.exp_monotone(), {"s": "x", "t": "y"}, ("(exp(y) - exp(x))*(y - x) >= 0",)),
    ],
    ids=["tangent", "premise shown", "premise in one case"],
)
def test_a_lemma_instance_is_a_subproof(
    lemma: l.Lemma, arguments: dict[str, str], row: tuple[str, ...]
) -> None:
    statement = Statement.parse(row[0], row[1:])
    symbols = {v.name: v.symbol for v in statement.variables}
    terms = {name: parse_term(text, symbols) for name, text in arguments.items()}
    proof = SolverProofSearch(statement).whole([l.Instance(lemma, terms)], Clock.after(20))
    assert proof is not None
    check(statement, proof)
    assert {"define", "have", "eliminate"} <= rules(proof)


def test_where_facts_are_too_many_what_was_found_out_without_them_is_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    statement = Statement.parse("exp(x) >= 1 + x")
    x = parse_term("x", {v.name: v.symbol for v in statement.variables})
    many = [l.Instance(l.exp_above_line(), {"t": x})] * 100
    search = SolverProofSearch(statement)
    assert search.short(Clock.after(0)) is None
    proof = search.whole(many, Clock.after(20))
    assert proof is not None
    check(statement, proof)
    # What came to its end is not begun again.
    hopeless = SolverProofSearch(Statement.parse("x^2 >= x"))
    assert hopeless.short(Clock.after(20)) is None
    monkeypatch.setattr(hopeless, "short", lambda *_: pytest.fail("searched twice"))
    assert hopeless.whole(many, Clock.after(20)) is None


@pytest.mark.parametrize("row", FALSE, ids=lambda row: row[0])
def test_what_is_false_gets_no_contradiction(row: tuple[str, ...]) -> None:
    statement = Statement.parse(row[0], row[1:])
    driver = Driver(Clock.after(20), TACTICS, 200)
    assert Cases(driver, 3, by_solver(driver.clock.left)).node(Sequent.of(statement)) is None


def proved(monkeypatch: pytest.MonkeyPatch, proof: object, **options: bool) -> Outcome:
    monkeypatch.setattr(SolverProofSearch, "whole", lambda *_: proof)
    return engine("cvc5").settle(Statement.parse("x^2 + y^2 >= 2*x*y"), Options(timeout=20, **options))


def test_without_a_proof_object_it_is_the_solvers_word(monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = proved(monkeypatch, None)
    assert (outcome.status, outcome.trust) == (Status.PROVED, Trust.SYMBOLIC)
    assert "proof" not in outcome.evidence
    assert outcome.detail.endswith("by the word of cvc5: no proof object was found")
    # With less than its whole time the search is no reason not to try again.
    assert outcome.evidence["searched"] is False
    monkeypatch.setattr(smt_refinement, "_PROOF_SECONDS", 1.0)
    assert proved(monkeypatch, None).evidence["searched"] is True


def test_a_proof_object_that_the_checker_rejects_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = proved(monkeypatch, {"rule": "assumption"})
    assert (outcome.status, outcome.trust) == (Status.ERROR, None)
    assert "the checker rejected a proof" in outcome.detail


def test_nothing_is_searched_where_only_a_refutation_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    outcome = proved(monkeypatch, {"rule": "assumption"}, refute_only=True)
    assert (outcome.status, outcome.trust) == (Status.PROVED, Trust.SYMBOLIC)
