"""Claims that say nothing, in ways that a verdict could overlook: each is open, or its audit fails."""

from __future__ import annotations

import pytest
from auditing import run_audit, write_claims

from srverify.claims.claim import Verdict

ENGINES = 'engines=("z3", "arb", "mpmath")'
HOLLOW = {
    "a vacuous implication inside the conclusion": (
        f'claim("A01", Check("c", statement("x^2 < 0 implies x = 5", x="real"), {ENGINES}))'
    ),
    "such an implication in other words": (
        f'claim("A01", Check("c", statement("not (x^2 < 0) or x = 5", x="real"), {ENGINES}))'
    ),
    "a stated check that is only supported, beside a repair that says nothing": (
        'claim("A01", Check("c", statement("exp(x) < 3*x^2 + 9", x="[0, 2]"), engines=("mpmath",),'
        f' expect=Expect.SUPPORTED), Check("r", statement("x <= x", x="real"), {ENGINES},'
        " role=Role.REPAIR))"
    ),
    "a derivation alone": (
        f'claim("A01", Check("d", statement("x <= x", x="real"), {ENGINES}, role=Role.DERIVATION))'
    ),
    "a mutant that is only undefined": (
        f'claim("A01", Check("c", statement("0 <= sqrt(x)", x="[0, oo)"), {ENGINES}, mutants=('
        'Mutant("shifted", statement("-1 <= sqrt(x - 1)", x="[0, oo)")),)))'
    ),
}


@pytest.mark.parametrize("body", HOLLOW.values(), ids=HOLLOW.keys())
def test_a_hollow_claim_fails_the_audit(tmp_path, body):
    result = run_audit(write_claims(tmp_path / "proofs", f"CLAIMS = ({body},)"))
    (claim,) = result.claims
    assert claim.verdict is Verdict.OPEN
    assert not result.ok


def test_what_is_not_hollow_passes(tmp_path):
    body = (
        f'claim("A01", Check("c", statement("1 <= x implies 1 <= x^2", x="real"), {ENGINES}, mutants=('
        'Mutant("smaller", statement("1/2 <= x implies 1 <= x^2", x="real")),)))'
    )
    result = run_audit(write_claims(tmp_path / "proofs", f"CLAIMS = ({body},)"))
    assert result.ok, result.claims[0].problems


def test_a_domain_is_not_mutated_where_it_ends_at_a_constant(tmp_path):
    # sin(x) <= x beyond pi/2, too: that is no more a fault than a domain [0, 3/2] would be.
    body = 'claim("A01", Check("c", statement("sin(x) <= x", x="[0, pi/2]"), engines=("arb",)))'
    result = run_audit(write_claims(tmp_path / "proofs", f"CLAIMS = ({body},)"))
    assert result.ok, result.claims[0].problems
    body = body.replace('x", x="[0, pi/2]"', 'x", "x <= pi/2", x="[0, oo)"')
    result = run_audit(write_claims(tmp_path / "others", f"CLAIMS = ({body},)"))
    assert not result.ok
