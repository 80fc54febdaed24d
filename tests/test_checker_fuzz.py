"""Random false statements: no careless proof of one is accepted, nor does the search find one."""

from collections import Counter
from itertools import islice

import pytest
from false_statements import KINDS, false_statements
from greedy import Greedy

from srverify.checker.sequent import Sequent
from srverify.numerics.arb_eval import holds_at
from srverify.numerics.tactics.search import find


@pytest.mark.parametrize("seed", range(3))
def test_no_careless_proof_of_a_random_false_statement_is_accepted(seed):
    kinds = Counter()
    for kind, statement in islice(false_statements(seed), 10):
        kinds[kind] += 1
        found = Greedy(seed=seed, tries=40, depth=3).prove(Sequent.of(statement))
        assert found is None, (statement.text, found)
    assert len(kinds) >= 3


def test_the_search_proves_no_random_false_statement():
    for _, statement in islice(false_statements(99), 5):
        found, _ = find(statement, 0.5)
        assert found is None, (statement.text, found)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 102))
def test_at_length_no_false_statement_is_proved(seed):
    # Longer still by hand: benchmarks/attack_checker.py.
    for _, statement in islice(false_statements(seed), 12):
        assert Greedy(seed=seed, tries=100, depth=4).prove(Sequent.of(statement)) is None, statement.text
        assert find(statement, 1.0)[0] is None, statement.text


def test_there_are_all_kinds_and_none_is_false_everywhere():
    kinds, held = Counter(), 0
    for kind, statement in islice(false_statements(5), 150):
        kinds[kind] += 1
        held += holds_at(statement.conclusion, {"x": 7 if kind == "natural" else 1, "y": 1}, 200) is True
    assert set(kinds) == set(KINDS)
    assert held > 60
