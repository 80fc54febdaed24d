import pytest

from srverify.checker.check import check
from srverify.checker.rejected import RejectedError
from srverify.claims.obligation import FOR_KERNEL, Computation, Finding, Options, Theorem
from srverify.claims.outcome import Status, Trust
from srverify.engines.arb import ArbEngine
from srverify.language.statement import Statement
from srverify.numerics.arb_eval import violates
from srverify.numerics.prover import solve
from srverify.numerics.tactics.followed import is_followed
from srverify.numerics.witness import parse_witness

ENGINE = ArbEngine()
OPTIONS = Options(timeout=20.0)


def settle(show, *given, options=OPTIONS, **variables):
    return ENGINE.settle(Statement.parse(show, given, variables), options)


def finds_seven(seed):
    return Finding(seed == 7, f"seed {seed}")


def test_probe_names_both_versions():
    found = ENGINE.probe()
    assert found.available
    assert "FLINT" in (found.version or "")


def test_computations_of_arb_are_run_with_the_seed():
    computation = Computation("the seed is 7", "arb", finds_seven)
    assert ENGINE.refusal(computation) is None
    assert ENGINE.settle(computation, Options(seed=7)).status is Status.PROVED
    assert ENGINE.settle(computation, Options(seed=8)).status is Status.REFUTED
    assert ENGINE.refusal(Computation("the seed is 7", "mpmath", finds_seven)) is not None
    assert ENGINE.refusal(Theorem("rocq", "x")) is not None


@pytest.mark.parametrize(("extra", "wanted"), [({}, False), (FOR_KERNEL, True)])
def test_a_proof_that_a_kernel_follows_is_looked_for_where_one_is_asked(extra, wanted):
    outcome = settle("u - 1 < u*log(u)", options=Options(timeout=20.0, extra=extra), u="(0, 1)")
    assert outcome.trust is Trust.RIGOROUS
    assert is_followed(outcome.evidence["proof"]) is wanted


def test_a_proof_comes_with_the_object_that_the_checker_accepted():
    show, domains = "exp(x) + x^2 > 0.6*x + 0.8", {"x": "[-2, 1/3]"}
    outcome = settle(show, **domains)
    assert outcome.status is Status.PROVED
    assert outcome.trust is Trust.RIGOROUS
    statement = Statement.parse(show, variables=domains)
    assert dict(check(statement, outcome.evidence["proof"]).rules) == outcome.evidence["rules"]
    harder = Statement.parse("exp(x) + x^2 > 0.6*x + 1", variables=domains)
    with pytest.raises(RejectedError):
        check(harder, outcome.evidence["proof"])


def test_a_rejected_proof_is_an_error(monkeypatch):
    monkeypatch.setattr(
        solve.ProofSearch, "advance", lambda search, clock, depth=None: {"rule": "cover", "tree": "i"}
    )
    outcome = settle("x^2 >= 2*x", x="real")
    assert outcome.status is Status.ERROR
    assert "rejected" in outcome.detail
    assert "x^2" in outcome.detail


def test_refutations_carry_a_confirmed_exact_witness():
    outcome = settle("log(x) <= 0.7357*sqrt(x)", x="(0, oo)")
    assert outcome.status is Status.REFUTED
    witness = parse_witness(outcome.witness)
    assert violates(Statement.parse("log(x) <= 0.7357*sqrt(x)", variables={"x": "(0, oo)"}), witness)


def test_definitions_are_part_of_a_witness():
    outcome = settle("m <= 4", "m = 1 + x^2", x="[0, 2]", m="real")
    assert outcome.status is Status.REFUTED
    point = parse_witness(outcome.witness)
    assert point["m"] == 1 + point["x"] ** 2
    assert point["m"] > 4


def test_refute_only_does_not_prove():
    only = Options(timeout=5.0, refute_only=True)
    assert settle("x^2 >= 0", options=only, x="real").status is Status.UNKNOWN
    assert settle("x^2 > 0", options=only, x="real").status is Status.REFUTED


def test_naturals_are_enumerated_and_witnesses_are_natural():
    assert settle("n^2 + 10 >= 7*n - 5", n="natural [0, 20]").status is Status.PROVED
    outcome = settle("(2*n - 5)^2 >= 1/2", n="natural")
    assert outcome.status is Status.PROVED  # false at n = 5/2, which is not natural
    assert settle("(n - 3)^2 > 0", n="natural").witness == {"n": "3"}


@pytest.mark.parametrize(
    ("show", "given", "variables"),
    [
        ("1/x > 0", (), {"x": "[0, 1]"}),
        ("log(x - 1) < 5", (), {"x": "[1, 2]"}),
        ("sqrt(x) >= 0", (), {"x": "[-1, 1]"}),
        ("x/x = 1", (), {"x": "real"}),
        ("x^(-1/2) > 0", (), {"x": "[0, 1]"}),
        ("0*log(x) = 0", (), {"x": "[0, 1]"}),
        ("LambertW(x, -1) <= -1", (), {"x": "[-1, 0)"}),
        ("1/(x - y) < 10 or x <= y + 1/20", (), {"x": "[0, 1]", "y": "[0, 1]"}),
    ],
)
def test_undefined_points_are_not_proved(show, given, variables):
    assert settle(show, *given, **variables).status is Status.REFUTED or (
        settle(show, *given, **variables).status is Status.UNKNOWN
    )


def test_contradictory_hypotheses_prove_anything():
    assert settle("x > 5", "x < 0", x="[1, 2]").status is Status.PROVED
