"""The runner end to end, with fake engines in worker processes."""

from __future__ import annotations

from pathlib import Path

import pytest
from auditing import run_audit, write_claims

from srverify.audit import CheckResult, ClaimResult, Observer, Settings, audit
from srverify.audit.result import CheckState, Fate
from srverify.claims.claim import Verdict
from srverify.claims.ledger import load
from srverify.claims.outcome import Status, Trust
from srverify.language.errors import InputError

pytestmark = pytest.mark.usefixtures("shared_worker")


def check_of(folder: Path, check: str, more: str = "", **settings: object) -> CheckResult:
    """Audit one check and return its result."""
    body = f"{more}\nCLAIMS = (claim('A01', {check}),)"
    return run_audit(write_claims(folder, body), **settings).claims[0].checks[0]


def test_true_statement_is_proved_and_its_turned_conclusion_falls(tmp_path: Path) -> None:
    result = check_of(tmp_path, 'Check("c", statement("0 <= x^2", x="real"), engines=("oracle",))')
    assert (result.state, result.trust) == (CheckState.SETTLED, Trust.RIGOROUS)
    (mutant,) = result.evidence.mutants
    assert (mutant.name, mutant.fate, mutant.engine) == ("conclusion turned", Fate.KILLED, "oracle")
    assert mutant.witness is not None


def test_equality_is_perturbed(tmp_path: Path) -> None:
    equality = 'statement("log(exp(x)) = x", x="real")'
    result = check_of(tmp_path, f'Check("c", {equality}, engines=("oracle",))')
    assert result.ok
    assert [mutant.fate for mutant in result.evidence.mutants] == [Fate.KILLED]


def test_engine_that_proves_everything_is_caught_by_the_turned_conclusion(tmp_path: Path) -> None:
    result = check_of(tmp_path, 'Check("c", statement("0 <= x^2", x="real"), engines=("yes",))')
    assert result.state is CheckState.FAILED
    assert result.problems == ("mutant survives: 'conclusion turned' is proved by yes",)


def test_needed_hypothesis_is_dropped_and_the_rest_falls(tmp_path: Path) -> None:
    needed = 'statement("0 < x^3", "0 < x", x="real")'
    result = check_of(tmp_path, f'Check("c", {needed}, engines=("oracle",))')
    assert result.ok
    assert [m.name for m in result.evidence.mutants] == ["conclusion turned", "without 0 < x"]
    assert {m.fate for m in result.evidence.mutants} == {Fate.KILLED}
    assert result.evidence.vacuity is not None
    assert result.evidence.vacuity.satisfiable
    assert result.evidence.vacuity.model == {"x": "1"}


IDLE = 'statement("0 <= x^2", "0 < x", x="real")'


def test_unnecessary_hypothesis_is_reported(tmp_path: Path) -> None:
    result = check_of(tmp_path, f'Check("c", {IDLE}, engines=("oracle",))')
    assert result.problems == ("unnecessary hypothesis: 'without 0 < x' is proved by oracle",)


def test_unnecessary_hypothesis_may_be_declared(tmp_path: Path) -> None:
    result = check_of(
        tmp_path, f'Check("c", {IDLE}, engines=("oracle",), unnecessary={{0: "the paper has it"}})'
    )
    assert result.ok
    assert result.evidence.mutants[1].fate is Fate.SURVIVED


def test_declared_survivor_that_falls_is_a_failure(tmp_path: Path) -> None:
    needed = 'statement("0 < x^3", "0 < x", x="real")'
    result = check_of(
        tmp_path, f'Check("c", {needed}, engines=("oracle",), unnecessary={{0: "wrongly"}})'
    )
    assert result.problems == ("mutant 'without 0 < x' is said to survive but is killed",)


WRITTEN = (
    'Check("c", statement("x^2 < 10001", x="[0, 100]"), engines=("oracle",),'
    ' mutants=(Mutant("smaller", statement("x^2 < {bound}", x="[0, 100]"){survives}),))'
)


@pytest.mark.parametrize(
    ("bound", "survives", "ok", "fate"),
    [
        ("10000", "", True, Fate.KILLED),
        ("10000.5", "", False, Fate.SURVIVED),
        ("10000.5", ', "loose on purpose"', True, Fate.SURVIVED),
        ("10000", ', "loose on purpose"', False, Fate.KILLED),
    ],
)
def test_written_mutants(bound: str, survives: str, ok: bool, fate: Fate, tmp_path: Path) -> None:
    result = check_of(tmp_path, WRITTEN.format(bound=bound, survives=survives))
    assert (result.ok, result.evidence.mutants[1].fate) == (ok, fate)


def test_contradictory_hypotheses_are_vacuous(tmp_path: Path) -> None:
    vacuous = 'statement("1 <= x^2", "x < 0", "0 < x", x="real")'
    result = check_of(tmp_path, f'Check("c", {vacuous}, engines=("oracle",))')
    assert not result.ok
    assert any(problem.startswith("no model of the hypotheses") for problem in result.problems)


@pytest.mark.parametrize(
    ("example", "ok"), [("1/2", True), ("2", False), ("0", False), ("one", False), ("exp(1)", False)]
)
def test_example_is_verified(example: str, ok: bool, tmp_path: Path) -> None:
    text = f'statement("log(x) < 0", "0 < x", "x < 1", x="real"), example={{"x": {example!r}}}'
    result = check_of(tmp_path, f'Check("c", {text}, engines=("oracle",))')
    assert result.evidence.vacuity is not None
    assert result.evidence.vacuity.satisfiable is ok
    assert any("no model" in problem for problem in result.problems) is not ok


def test_refutation_needs_a_witness_that_is_confirmed(tmp_path: Path) -> None:
    false = 'statement("x <= 1/2", x="[0, 1]")'
    result = check_of(tmp_path, f'Check("c", {false}, engines=("oracle",), expect=Expect.REFUTED)')
    assert (result.ok, result.evidence.mutants, result.evidence.vacuity) == (True, (), None)
    (outcome,) = result.evidence.outcomes
    assert outcome.witness == {"x": "1"}
    assert outcome.evidence["confirmed_by"] == "mpmath"


COMPUTATION = """
def holds(seed): return Finding(seed == {seed}, "compared")
def rejected(seed): return Finding(False, "broken")
def accepted(seed): return Finding(True, "blind")
"""


@pytest.mark.parametrize(("mutant", "ok"), [("rejected", True), ("accepted", False), ("None", False)])
def test_computation_must_reject_its_mutant(mutant: str, ok: bool, tmp_path: Path) -> None:
    check = f'Check("c", Computation("it holds", "exact", holds, {mutant}))'
    assert check_of(tmp_path, check, COMPUTATION.format(seed=0)).ok is ok


def test_seed_reaches_computations(tmp_path: Path) -> None:
    check = 'Check("c", Computation("it holds", "exact", holds, rejected))'
    assert check_of(tmp_path, check, COMPUTATION.format(seed=7), seed=7).ok


def test_theorem_of_a_statement_is_asked_of_the_kernel(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import srverify.engines

    monkeypatch.setitem(srverify.engines.REGISTRY, "rocq", "fake_engines:Kernel")
    text = 'Check("c", statement("0 <= x^2", x="real"), engines=("oracle",), rocq="{name}")'
    good = check_of(tmp_path, text.format(name="good"))
    assert (good.ok, good.trust, good.settled_by) == (True, Trust.KERNEL, ("oracle", "rocq"))
    bad = check_of(tmp_path, text.format(name="bad"))
    assert bad.problems == ("rocq does not accept theorem bad: unknown: no such",)


@pytest.fixture
def kernel(monkeypatch: pytest.MonkeyPatch) -> None:
    import srverify.engines

    monkeypatch.setitem(srverify.engines.REGISTRY, "rocq", "fake_engines:Kernel")


NEGATED = (
    'Check("c", statement("x <= 1/2", x="[0, 1]"), engines=({engines}), expect=Expect.REFUTED,'
    ' rocq="{name}")'
)


def test_negation_that_the_kernel_accepts_needs_no_witness(tmp_path: Path, kernel: None) -> None:
    result = check_of(tmp_path, NEGATED.format(engines="", name="good"))
    assert (result.ok, result.trust, result.settled_by) == (True, Trust.KERNEL, ("rocq",))
    assert result.evidence.outcomes[0].witness is None


def test_negation_that_the_kernel_refuses_fails_in_spite_of_a_witness(
    tmp_path: Path, kernel: None
) -> None:
    result = check_of(tmp_path, NEGATED.format(engines='"oracle",', name="bad"))
    assert not result.ok
    assert result.problems == ("rocq does not accept theorem bad: unknown: no such",)


def test_kernel_that_refutes_what_another_engine_proves_contradicts_it(
    tmp_path: Path, kernel: None
) -> None:
    result = check_of(tmp_path, NEGATED.format(engines='"yes",', name="good"))
    assert not result.ok
    assert result.contradiction == "yes proved what rocq refuted"


@pytest.mark.parametrize(
    ("check", "name", "message"),
    [
        (NEGATED, "proved", "proved, where the statement's negation was asked for"),
        (NEGATED, "untrusted", "refuted, but does not say what is trusted"),
        ('Check("c", statement("0 <= x^2", x="real"), engines=(), rocq="{name}")', "refuted",
         "refuted, where the statement was asked for"),
        ('Check("c", Theorem("rocq", "{name}", claim="it holds"))', "refuted",
         "refuted, where the statement was asked for"),
    ],
)  # fmt: skip
def test_kernel_answers_what_it_was_asked(
    check: str, name: str, message: str, tmp_path: Path, kernel: None
) -> None:
    result = check_of(tmp_path, check.format(engines="", name=name))
    assert not result.ok
    (outcome,) = result.evidence.outcomes
    assert (outcome.status, outcome.detail) == (Status.ERROR, message)


# -- the audit as a whole ----------------------------------------------------------------------

CONTRADICTION = """
CLAIMS = (
    claim("A01", Check("c", statement("x <= 1/2", x="[0, 1]"), engines=("yes", "no"))),
    claim("A02", Check("c", statement("0 <= x^2", x="real"), engines=("oracle",))),
)
"""


def test_contradiction_fails_the_audit_whatever_else_passes(tmp_path: Path) -> None:
    result = run_audit(write_claims(tmp_path, CONTRADICTION))
    assert result.contradictions == ("A01 c: yes proved what no refuted",)
    assert (result.claims[0].verdict, result.claims[1].verdict) == (Verdict.OPEN, Verdict.HOLDS)
    assert not result.ok


def test_contradiction_between_two_checks_of_one_statement(tmp_path: Path) -> None:
    body = """
    CLAIMS = (
        claim("A01", Check("c", statement("0 < (x - 1/3)^2", x="real"), engines=("third",),
              expect=Expect.REFUTED), expected=Verdict.REFUTED),
        claim("A02", Check("d", statement("(x - 1/3)^2 > 0", x="real"), engines=("oracle",))),
    )
    """
    result = run_audit(write_claims(tmp_path, body))
    assert [c.ok for c in result.claims] == [True, True]  # each looks right by itself
    assert result.contradictions == ("oracle proved in A02 d what third refuted in A01 c",)
    assert not result.ok


CHAIN = """
ASSUMPTIONS = (Assumption("A-REAL", "s", "p", "k"),)
GOOD = Check("c", statement("0 <= x^2", x="real"), engines=("oracle",))
BAD = Check("c", statement("0 < x^2", x="real"), engines=("oracle",))
CLAIMS = (
    claim("A01", GOOD, depends=("A04",), expected=Verdict.OPEN),
    claim("A02", GOOD, depends=("A03",), expected=Verdict.CONDITIONAL),
    claim("A03", GOOD, assumptions=("A-REAL",), expected=Verdict.CONDITIONAL),
    claim("A04", BAD, expected=Verdict.OPEN),
)
"""


class Recorder(Observer):
    def __init__(self) -> None:
        self.order: list[str] = []
        self.plan = (0, 0)
        self.steps = 0

    def planned(self, steps: int, cached: int) -> None:
        self.plan = (steps, cached)

    def stepped(self, step: object) -> None:
        self.steps += 1

    def judged(self, result: ClaimResult) -> None:
        self.order.append(result.claim.id)


def test_claims_are_reported_in_order_with_inherited_status(tmp_path: Path) -> None:
    recorder = Recorder()
    ledger = load([write_claims(tmp_path, CHAIN)])
    result = audit(ledger, Settings(jobs=2), observer=recorder)
    assert result.ok
    assert recorder.order == ["A01", "A02", "A03", "A04"]
    assert recorder.plan == (8, 0)
    assert recorder.steps == 8
    assert result.claims[0].problems == ("depends on A04, which is open",)
    assert result.claims[1].assumptions == ("A-REAL",)


def test_only_some_claims(tmp_path: Path) -> None:
    result = run_audit(write_claims(tmp_path, CHAIN), only=("A03", "a01"))
    assert [c.claim.id for c in result.claims] == ["A01", "A03"]
    # A04 is not audited, so that nothing is known against A01.
    assert result.claims[0].verdict is Verdict.HOLDS


def test_unknown_claim_and_engine_are_refused(tmp_path: Path) -> None:
    folder = write_claims(tmp_path, CHAIN)
    with pytest.raises(InputError, match="unknown claim 'Z01'"):
        run_audit(folder, only=("Z01",))
    with pytest.raises(InputError, match="unknown engine 'arbb'"):
        run_audit(folder, engines=("arbb",))
    with pytest.raises(InputError, match="unknown engine 'rock'"):
        run_audit(folder, require=("rock",))


def test_engine_restriction_leaves_only_its_testimony(tmp_path: Path) -> None:
    body = (
        'CLAIMS = (claim("A01", Check("c", statement("0<=x^2", x="real"), engines=("oracle","yes"))),)'
    )
    result = run_audit(write_claims(tmp_path, body), engines=("oracle",))
    assert [o.engine for o in result.claims[0].checks[0].evidence.outcomes] == ["oracle"]
    result = run_audit(write_claims(tmp_path, body), engines=("z3",))
    assert result.claims[0].verdict is Verdict.OPEN
    assert result.claims[0].problems == ("c: expected proved: no engine was asked",)


def test_support_that_only_excluded_engines_could_settle_is_no_failure(tmp_path: Path) -> None:
    body = """
    CLAIMS = (claim("A01",
        Check("c", statement("0 <= x^2", x="real"), engines=("oracle",)),
        Check("d", statement("0 <= x^4", x="real"), engines=("yes",), role=Role.SUPPORT),
        Check("e", statement("0 <= x^6", x="real"), engines=("numerical",), role=Role.SUPPORT),
    ),)
    """
    folder = write_claims(tmp_path, body)
    (result,) = run_audit(folder, engines=("oracle", "numerical")).claims
    states = [check.state for check in result.checks]
    assert states == [CheckState.SETTLED, CheckState.UNAVAILABLE, CheckState.FAILED]


def test_required_engine_that_is_missing_fails_the_audit(tmp_path: Path) -> None:
    body = 'CLAIMS = (claim("A01", Check("c", statement("0 <= x^2", x="real"), engines=("oracle",))),)'
    folder = write_claims(tmp_path, body)
    assert run_audit(folder, require=("oracle",)).ok
    result = run_audit(folder, require=("missing",))
    assert result.missing == ("required engine missing is unavailable: no library",)
    assert not result.ok


def test_required_engine_that_crashes_fails_the_audit(tmp_path: Path) -> None:
    body = """
    CLAIMS = (claim("A01", Check("c", statement("0 <= x^2", x="real"), engines=("oracle", "raises"))),)
    """
    folder = write_claims(tmp_path, body)
    assert run_audit(folder).ok
    result = run_audit(folder, require=("raises",))
    assert result.missing[0].startswith("required engine raises failed on A01 c: ZeroDivisionError")


def test_failing_support_does_not_change_the_verdict_but_the_exit_status(tmp_path: Path) -> None:
    body = """
    CLAIMS = (claim("A01",
        Check("c", statement("0 <= x^2", x="real"), engines=("oracle",)),
        Check("d", statement("0 <= x^2", x="real"), engines=("shy",), role=Role.SUPPORT),
    ),)
    """
    result = run_audit(write_claims(tmp_path, body))
    assert (result.claims[0].verdict, result.claims[0].ok, result.ok) == (Verdict.HOLDS, False, False)


def test_one_engine_at_a_time_or_two_find_the_same(tmp_path: Path) -> None:
    folder = write_claims(tmp_path, CHAIN)

    def found(jobs: int) -> list[tuple[str, Status]]:
        result = run_audit(folder, jobs=jobs)
        checks = [check for claim in result.claims for check in claim.checks]
        return [(o.engine, o.status) for check in checks for o in check.evidence.outcomes]

    assert found(1) == found(2)
