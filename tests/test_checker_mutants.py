"""Mutants of accepted proofs: those that claim something false are rejected, every one of them."""

from collections import Counter
from random import Random

import pytest
from corpus import ROWS
from mutating import judged, mutants, nonsense, violated
from proof_objects import PROOFS

from srverify.checker.certificate import recheck, written
from srverify.checker.check import check
from srverify.checker.rules import RULES
from srverify.checker.sequent import Sequent
from srverify.language.statement import Statement
from srverify.numerics.tactics.search import find


@pytest.mark.parametrize("name", PROOFS)
def test_proofs_by_hand_are_accepted(name):
    statement, proof = PROOFS[name]
    assert check(statement, proof).steps >= 1
    assert recheck(written(statement, proof)) == (statement, check(statement, proof))


def test_proofs_by_hand_use_every_rule():
    used = Counter()
    for statement, proof in PROOFS.values():
        used += check(statement, proof).rules
    assert set(used) == set(RULES)


def test_the_judgement_sees_what_is_false():
    false = Sequent.of(Statement.parse("x^2 < 2", ["x > 1"], {"x": "[0, 2]"}))
    assert violated(false) is not None
    assert violated(Sequent.of(Statement.parse("x/x = 1", [], {"x": "[0, 2]"}))) == {"x": 0}
    assert violated(Sequent.of(Statement.parse("x^2 >= x", ["x > 1"], {"x": "[0, 2]"}))) is None


@pytest.mark.parametrize("name", PROOFS)
def test_no_mutant_that_claims_something_false_is_accepted(name):
    judgements = Counter()
    for kind, statement, proof in mutants(*PROOFS[name]):
        found = judged(statement, proof)
        assert found in ("rejected", "harmless"), (kind, statement.text, proof, found)
        judgements[found] += 1
    assert judgements["rejected"] >= 5


@pytest.mark.parametrize("id", ["log-topsoe-pade", "gibbs", "sinh", "booth", "himmelblau"])
def test_no_mutant_of_a_proof_that_the_search_found_is_accepted_wrongly(id):
    (row,) = [row for row in ROWS if row.id == id]
    proof, reason = find(row.statement, 20.0)
    assert proof is not None, reason
    check(row.statement, proof)
    found = list(mutants(row.statement, proof))
    judgements = Counter(judged(s, m) for _, s, m in Random(1).sample(found, min(30, len(found))))
    assert set(judgements) <= {"rejected", "harmless"}, judgements
    assert judgements["rejected"] > 10


@pytest.mark.parametrize("name", PROOFS)
def test_nonsense_is_rejected_or_harmless_and_never_a_crash(name):
    found = list(nonsense(*PROOFS[name]))
    for statement, proof in Random(2).sample(found, min(120, len(found))):
        assert judged(statement, proof) in ("rejected", "harmless"), proof


def test_there_are_many_kinds_of_mutants():
    kinds = Counter(kind for proof in PROOFS.values() for kind, *_ in mutants(*proof))
    assert len(kinds) >= 30
    assert kinds.total() >= 1500
