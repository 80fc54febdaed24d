"""Every engine on the corpus: none may be wrong, and the arb engine must decide."""

import importlib
import importlib.util
from collections import Counter

import pytest
from corpus import HARD, ROWS

from srverify.audit.portfolio import Portfolio
from srverify.checker.check import check as accepted
from srverify.claims.obligation import Options
from srverify.claims.outcome import Status, Trust
from srverify.engines import REGISTRY, engine
from srverify.numerics.arb_eval import violates
from srverify.numerics.witness import parse_witness

#: Never reached by a healthy prover on the rows below; the tests do not measure time.
PATIENT = Options(timeout=30.0)
FAST = [row for row in ROWS if row.id not in HARD]
#: True rows for which the arb engine finds no proof object yet.
UNDECIDED = frozenset(("x-y-powers",))
#: Rows that show each engine's main language without costing seconds.
SAMPLE_IDS = frozenset(
    word
    for line in (
        "log-tangent log-tangent-strict exp-tangent am-gm qm-am cauchy-schwarz quartic quartic-false",
        "cubic weierstrass booth-false himmelblau reciprocal-at-zero disjunction implication",
    )
    for word in line.split()
)
SAMPLE = [row for row in ROWS if row.id in SAMPLE_IDS]


def check(row, outcome):
    """Compare an outcome with the truth of its row; undecided is not wrong."""
    if outcome.status is Status.PROVED:
        assert row.true, f"{outcome.engine} proved the false row {row.id}"
        if outcome.trust is Trust.RIGOROUS:
            accepted(row.statement, outcome.evidence["proof"])
    if outcome.status is Status.REFUTED:
        assert not row.true, f"{outcome.engine} refuted the true row {row.id}"
        assert outcome.witness is not None
        assert violates(row.statement, parse_witness(outcome.witness))


def test_the_corpus_is_large_and_mixed():
    assert len(ROWS) >= 80
    assert len({row.id for row in ROWS}) == len(ROWS)
    assert len({row.statement.digest for row in ROWS}) == len(ROWS)
    tags = Counter(tag for row in ROWS for tag in row.tags)
    for tag in ("tight", "hair", "unbounded", "compact", "polynomial", "natural", "undefined", "paper"):
        assert tags[tag] >= 2, tag
    assert sum(not row.true for row in ROWS) >= 20
    assert {row.id for row in ROWS} >= HARD


@pytest.mark.parametrize("row", FAST, ids=lambda row: row.id)
def test_arb_decides(row):
    outcome = engine("arb").settle(row.statement, PATIENT)
    check(row, outcome)
    if row.id in UNDECIDED:
        assert outcome.status is not Status.ERROR, outcome.detail
    else:
        assert outcome.status is (Status.PROVED if row.true else Status.REFUTED), outcome.detail


def present(name):
    """Tell whether an engine's module is written; if it is, it must import and probe."""
    module = REGISTRY[name].partition(":")[0]
    if importlib.util.find_spec(module) is None:
        return False
    importlib.import_module(module)
    return engine(name).probe().available


ENGINES = [name for name in REGISTRY if name != "arb" and present(name)]


@pytest.mark.parametrize("name", ENGINES)
def test_no_engine_is_wrong_on_the_sample(name):
    run(name, SAMPLE, Options(timeout=2.0))


@pytest.mark.slow  # every engine on every row takes minutes
@pytest.mark.parametrize("name", ENGINES)
def test_no_engine_is_wrong(name):
    # In worker processes, as in an audit: SymPy keeps to no time limit of its own.
    with Portfolio([name], Options(timeout=1.5), jobs=1) as portfolio:
        for row in ROWS:
            for outcome in portfolio.settle(row.statement).outcomes:
                check(row, outcome)


def run(name, rows, options):
    solver = engine(name)
    for row in rows:
        if solver.refusal(row.statement) is None:
            check(row, solver.settle(row.statement, options))


@pytest.mark.slow  # the hard rows take up to half a minute each
def test_arb_decides_nearly_everything():
    undecided = []
    for row in ROWS:
        outcome = engine("arb").settle(row.statement, PATIENT)
        check(row, outcome)
        if outcome.status not in (Status.PROVED, Status.REFUTED):
            undecided.append(row.id)
    assert set(undecided) <= UNDECIDED
