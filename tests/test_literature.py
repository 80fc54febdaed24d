"""Inequalities from textbooks and papers, as data (`tests/rows`): none may be answered wrongly.

Every row is true or false as written, over its whole domain. Rows that the arb engine decides in a blink
are run always, the others by the slow test; what it never decided is named here.
"""

import tomllib
from pathlib import Path

import pytest
from corpus import ROWS as CORPUS

from srverify.checker.check import check as accepted
from srverify.claims.obligation import Options
from srverify.claims.outcome import Status
from srverify.engines import engine
from srverify.language.statement import Statement
from srverify.numerics.arb_eval import violates
from srverify.numerics.witness import parse_witness

ROWS = {
    row["id"]: row
    for path in sorted((Path(__file__).parent / "rows").glob("*.toml"))
    for row in tomllib.loads(path.read_text(encoding="utf-8"))["statement"]
}
#: Rows that the arb engine did not decide, or not always, when it had five seconds each.
UNDECIDED = frozenset(
    (
        "birthday-lower-bound",
        "black-scholes-no-arbitrage-lower",
        "cohen-inverse-langevin-five-percent",
        "complex-expm1-modulus",
        "ky-fan-three",
        "motwani-raghavan-compound",
        "neuman-sandor-vs-seiffert",
        "pac-bayes-kl-inversion",
        "power-exchange",
        "power-mean-monotone",
        "prism-minimum-deviation",
        "schur-real-exponent",
        "sine-multiple",
        "spectral-norm-one-inf-norm",
        "true-minus-eccentric-anomaly",
    )
)
#: Rows that it decided, but not in a blink.
SLOW = frozenset(
    (
        "adding-sound-levels",
        "alzer-means",
        "binomial-upper",
        "black-scholes-intrinsic-value",
        "black-scholes-no-arbitrage",
        "boyd-mills",
        "bretagnolle-huber",
        "chang-cosman-milstein",
        "chen-lmtd-underestimates",
        "cosh-difference",
        "erber-ratio",
        "erf-polya",
        "gamma-minimum-false",
        "gelu-sigmoid-margin-false",
        "gross-two-point",
        "higham-gamma-n-division",
        "huygens-product",
        "jaakkola-jordan",
        "kepler-equation-bracket",
        "mnl-optimal-price-revenue",
        "power-convex",
        "power-mean",
        "sampford-mills-eight",
        "self-power-false",
        "tangent-midpoint",
        "tangent-square-undefined",
        "w-branches-meet",
        "w-subadditive",
    )
)


def statement(row):
    return Statement.parse(row["show"], tuple(row.get("given", ())), row["vars"])


def settled(name, seconds):
    row = ROWS[name]
    outcome = engine("arb").settle(statement(row), Options(timeout=seconds))
    if outcome.status is Status.PROVED:
        assert row["true"], f"the false row {name} is proved"
        accepted(statement(row), outcome.evidence["proof"])
    elif outcome.status is Status.REFUTED:
        assert not row["true"], f"the true row {name} is refuted"
        assert violates(statement(row), parse_witness(outcome.witness))
    else:
        assert outcome.status is Status.UNKNOWN, outcome.detail
    return outcome


def test_rows_name_their_source_and_differ():
    assert len(ROWS) == 878
    assert all(row["source"] for row in ROWS.values())
    assert len({statement(row).digest for row in ROWS.values()}) == len(ROWS)
    corpus = [row.true for row in CORPUS]
    assert 3 * (sum(not row["true"] for row in ROWS.values()) + corpus.count(False)) >= len(ROWS) + len(
        corpus
    )
    assert ROWS.keys() >= UNDECIDED | SLOW
    assert not UNDECIDED & SLOW


@pytest.mark.parametrize("name", [name for name in ROWS if name not in UNDECIDED | SLOW])
def test_arb_decides(name):
    outcome = settled(name, 30.0)
    assert outcome.status in (Status.PROVED, Status.REFUTED), outcome.detail


@pytest.mark.slow  # seconds each
@pytest.mark.parametrize("name", sorted(SLOW))
def test_arb_decides_with_patience(name):
    outcome = settled(name, 30.0)
    assert outcome.status in (Status.PROVED, Status.REFUTED), outcome.detail


@pytest.mark.slow  # five seconds each
@pytest.mark.parametrize("name", sorted(UNDECIDED))
def test_arb_is_not_wrong_about_the_rest(name):
    settled(name, 5.0)
