"""Kinks, cusps, partial functions, equations, empty regions and naturals: nothing false is accepted."""

from pathlib import Path

import pytest
from greedy import Greedy

from srverify.checker.check import check
from srverify.checker.sequent import Sequent
from srverify.language.toml_file import read_toml
from srverify.numerics.tactics.search import EASY, find

CASES = {
    f"{path.stem}: {name}": statement
    for path in sorted((Path(__file__).parent / "cases").glob("*.toml"))
    for name, statement in read_toml(path).items()
}
FALSE = [name for name in CASES if " false-" in name]
TRUE = [name for name in CASES if " true-" in name]


def test_every_case_says_whether_it_is_true():
    assert len(FALSE) + len(TRUE) == len(CASES)
    assert len(FALSE) >= 50


@pytest.mark.parametrize("name", FALSE)
def test_no_careless_proof_of_a_false_statement_is_accepted(name):
    found = Greedy(tries=60, depth=3).prove(Sequent.of(CASES[name]))
    assert found is None, found


def test_careless_proofs_of_many_true_statements_are_accepted():
    proved = {}
    for name in TRUE:
        found = Greedy(tries=200, depth=3).prove(Sequent.of(CASES[name]))
        if found is not None:
            proved[name] = check(CASES[name], found)
    assert len(proved) >= len(TRUE) // 2, sorted(set(TRUE) - set(proved))


@pytest.mark.parametrize("name", TRUE)
def test_the_search_finds_proofs_of_true_statements(name):
    proof, reason = find(CASES[name], 20.0)
    assert proof is not None, reason
    assert check(CASES[name], proof).steps >= 1


@pytest.mark.parametrize("name", FALSE)
def test_the_search_finds_no_proof_of_a_false_statement(name):
    proof, _ = find(CASES[name], 1.0, EASY)
    assert proof is None, proof
