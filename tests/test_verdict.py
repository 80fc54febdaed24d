from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from srverify.audit.engines import EngineState
from srverify.audit.result import (
    CheckEvidence,
    CheckResult,
    CheckState,
    Fate,
    MutantResult,
    VacuityResult,
)
from srverify.audit.verdict import judge_check, judge_claim, judge_parts
from srverify.claims.claim import Check, Claim, Expect, Mutant, Part, Role, Verdict, statement
from srverify.claims.mutants import Kind
from srverify.claims.obligation import Computation, Finding, Theorem
from srverify.claims.outcome import PROOF_TRUSTS, Outcome, Status, Trust
from srverify.language.errors import InputError

TRUE = statement("0 <= x^2", "0 < x", x="real")
ENGINES = {
    name: EngineState(name, "m:C", True, trust=trust)
    for name, trust in {
        "arb": Trust.RIGOROUS,
        "z3": Trust.RIGOROUS,
        "sympy": Trust.SYMBOLIC,
        "mpmath": Trust.NUMERICAL,
        "simulation": Trust.SIMULATED,
        "exact": Trust.RIGOROUS,
        "rocq": Trust.KERNEL,
        "lean": Trust.KERNEL,
    }.items()
}
PROVED = Outcome("arb", Status.PROVED, Trust.RIGOROUS)
REFUTED = Outcome("z3", Status.REFUTED, Trust.RIGOROUS, witness={"x": "1"})
SUPPORTS = Outcome("mpmath", Status.UNKNOWN, Trust.NUMERICAL)
UNKNOWN = Outcome("arb", Status.UNKNOWN)
ABSENT = Outcome("rocq", Status.UNAVAILABLE)
REFUSED = Outcome("arb", Status.UNKNOWN, evidence={"refused": True})

TURNED = MutantResult("conclusion turned", Kind.TURNED, Fate.KILLED, engine="arb")
MODEL = VacuityResult(True, {"x": "1"}, "arb")


def judge(*outcomes: Outcome, check: Check | None = None, **evidence: object) -> CheckResult:
    check = check or Check("main", TRUE)
    parts = {"mutants": (TURNED,), "vacuity": MODEL, **evidence}
    return judge_check(CheckEvidence(check, outcomes, **parts), ENGINES)  # type: ignore[arg-type]


# -- checks ------------------------------------------------------------------------------------


@pytest.mark.parametrize("trust", Trust)
def test_only_proof_trusts_prove(trust: Trust) -> None:
    result = judge(Outcome("arb", Status.PROVED, trust))
    assert result.ok is (trust in PROOF_TRUSTS)
    assert result.trust == (trust if trust in PROOF_TRUSTS else None)


def test_strongest_trust_and_all_engines_that_settle() -> None:
    result = judge(PROVED, Outcome("rocq", Status.PROVED, Trust.KERNEL), SUPPORTS)
    assert (result.trust, result.settled_by) == (Trust.KERNEL, ("arb", "rocq"))


@pytest.mark.parametrize("expect", Expect)
def test_proof_against_refutation_fails_whatever_is_expected(expect: Expect) -> None:
    result = judge(PROVED, REFUTED, check=Check("main", TRUE, expect=expect))
    assert result.state is CheckState.FAILED
    assert result.contradiction == "arb proved what z3 refuted"


def test_refuted_where_a_proof_is_expected_names_the_witness() -> None:
    result = judge(UNKNOWN, REFUTED)
    assert result.state is CheckState.FAILED
    assert result.problems == ("expected proved: arb unknown; z3 refuted at x = 1",)


def test_confirmed_witness_is_rigorous_even_if_found_by_sampling() -> None:
    found = Outcome("mpmath", Status.REFUTED, Trust.NUMERICAL, witness={"x": "1"})
    result = judge(found, check=Check("main", TRUE, expect=Expect.REFUTED))
    assert (result.ok, result.trust) == (True, Trust.RIGOROUS)


def test_kernel_theorem_of_the_negation_makes_a_refutation_kernel_checked() -> None:
    check = Check("main", TRUE, expect=Expect.REFUTED, rocq="C01_refuted")
    negation = Outcome("rocq", Status.REFUTED, Trust.KERNEL)
    result = judge(REFUTED, negation, check=check)
    assert (result.ok, result.trust, result.settled_by) == (True, Trust.KERNEL, ("z3", "rocq"))
    assert judge(negation, check=check).ok
    assert judge(PROVED, negation, check=check).contradiction == "arb proved what rocq refuted"
    refused = Outcome("rocq", Status.ERROR, detail="C01_refuted is not the statement's negation")
    result = judge(REFUTED, refused, check=check)
    assert not result.ok
    assert result.problems[0].startswith(
        "rocq does not accept theorem C01_refuted: error: C01_refuted is"
    )


def test_computation_refuted_by_a_simulation_is_no_finding() -> None:
    check = Check(
        "main", Computation("c", "simulation", lambda seed: Finding(False, "")), expect=Expect.REFUTED
    )
    assert not judge(Outcome("simulation", Status.REFUTED, Trust.SIMULATED), check=check).ok
    assert judge(Outcome("exact", Status.REFUTED, Trust.RIGOROUS), check=check).ok


def test_support_is_enough_only_where_support_is_expected() -> None:
    assert not judge(SUPPORTS).ok
    result = judge(SUPPORTS, check=Check("main", TRUE, expect=Expect.SUPPORTED))
    assert (result.ok, result.trust) == (True, Trust.NUMERICAL)
    assert not judge(SUPPORTS, REFUTED, check=Check("main", TRUE, expect=Expect.SUPPORTED)).ok


@pytest.mark.parametrize(
    ("outcomes", "state"),
    [
        ((ABSENT,), CheckState.UNAVAILABLE),
        ((ABSENT, SUPPORTS), CheckState.UNAVAILABLE),
        ((ABSENT, REFUSED), CheckState.UNAVAILABLE),
        ((ABSENT, UNKNOWN), CheckState.FAILED),
        ((ABSENT, REFUTED), CheckState.FAILED),
        ((ABSENT, Outcome("arb", Status.TIMEOUT)), CheckState.FAILED),
        ((ABSENT, PROVED), CheckState.SETTLED),
        ((UNKNOWN,), CheckState.FAILED),
        ((SUPPORTS,), CheckState.FAILED),
        ((), CheckState.FAILED),
    ],
)
def test_unavailable_means_that_every_capable_engine_is_missing(
    outcomes: tuple[Outcome, ...], state: CheckState
) -> None:
    assert judge(*outcomes).state is state


@pytest.mark.parametrize("outcomes", [(), (SUPPORTS,), (ABSENT,), (REFUSED,)])
def test_what_the_user_left_out_is_no_failure(outcomes: tuple[Outcome, ...]) -> None:
    assert judge(*outcomes, restricted=True).state is CheckState.UNAVAILABLE
    assert judge(*outcomes, UNKNOWN, restricted=True).state is CheckState.FAILED


def mutant(kind: Kind, fate: Fate, survives: str = "") -> MutantResult:
    return MutantResult("m", kind, fate, survives, engine="arb")


@pytest.mark.parametrize(
    ("kind", "fate", "survives", "ok"),
    [
        (Kind.TURNED, Fate.KILLED, "", True),
        (Kind.TURNED, Fate.SURVIVED, "", False),
        (Kind.TURNED, Fate.UNDECIDED, "", False),
        (Kind.WRITTEN, Fate.KILLED, "", True),
        (Kind.WRITTEN, Fate.SURVIVED, "", False),
        (Kind.WRITTEN, Fate.UNDECIDED, "", False),
        (Kind.WRITTEN, Fate.SURVIVED, "loose on purpose", True),
        (Kind.WRITTEN, Fate.KILLED, "loose on purpose", False),
        (Kind.WRITTEN, Fate.UNDECIDED, "loose on purpose", False),
        (Kind.DROPPED, Fate.KILLED, "", True),
        (Kind.DROPPED, Fate.UNDECIDED, "", True),
        (Kind.DROPPED, Fate.SURVIVED, "", False),
        (Kind.DROPPED, Fate.SURVIVED, "not needed", True),
        (Kind.DROPPED, Fate.KILLED, "not needed", False),
    ],
)
def test_fate_of_a_mutant(kind: Kind, fate: Fate, survives: str, ok: bool) -> None:
    result = judge(PROVED, mutants=(mutant(kind, fate, survives),))
    assert result.ok is ok
    assert bool(result.problems) is not ok


def test_hypotheses_without_a_model_fail() -> None:
    result = judge(PROVED, vacuity=VacuityResult(False, detail="arb unknown"))
    assert result.problems == ("no model of the hypotheses: arb unknown",)
    assert not result.ok


def test_computation_needs_a_mutant_that_it_rejects() -> None:
    check = Check("main", Computation("c", "exact", lambda seed: Finding(True, "")))
    proved = Outcome("exact", Status.PROVED, Trust.RIGOROUS)
    assert not judge(proved, check=check, mutants=()).ok
    assert not judge(proved, check=check, mutants=(mutant(Kind.WRITTEN, Fate.SURVIVED),)).ok
    assert not judge(proved, check=check, mutants=(mutant(Kind.WRITTEN, Fate.UNDECIDED),)).ok
    assert judge(proved, check=check, mutants=(mutant(Kind.WRITTEN, Fate.KILLED),)).ok


def test_theorem_that_the_kernel_does_not_accept_fails_although_arb_proves() -> None:
    check = Check("main", TRUE, rocq="C01_name")
    refused = Outcome("rocq", Status.ERROR, detail="Admitted")
    result = judge(PROVED, refused, check=check)
    assert result.problems == ("rocq does not accept theorem C01_name: error: Admitted",)
    assert not result.ok
    assert judge(PROVED, ABSENT, check=check).ok


@pytest.mark.parametrize(
    ("status", "restricted", "state"),
    [
        (Status.PROVED, False, CheckState.SETTLED),
        (Status.UNKNOWN, False, CheckState.FAILED),
        (Status.UNKNOWN, True, CheckState.UNAVAILABLE),
        (Status.REFUTED, True, CheckState.FAILED),
    ],
)
def test_a_theorem_of_total_functions_needs_its_terms_defined(
    status: Status, restricted: bool, state: CheckState
) -> None:
    check = Check("main", TRUE, rocq="T")
    theorem = Outcome("rocq", Status.PROVED, Trust.KERNEL)
    defined = Outcome("arb", status, Trust.RIGOROUS if status is not Status.UNKNOWN else None)
    result = judge(theorem, check=check, defined=defined, restricted=restricted)
    assert result.state is state


def test_theorem_needs_no_mutant() -> None:
    check = Check("main", Theorem("rocq", "name", claim="c"))
    assert judge(Outcome("rocq", Status.PROVED, Trust.KERNEL), check=check, mutants=(), vacuity=None).ok


# -- claims ------------------------------------------------------------------------------------


def claim(**more: object) -> Claim:
    return Claim("A01", "slug", "t", "p", "prose", (), Verdict.HOLDS, **more)  # type: ignore[arg-type]


def settled(role: Role, expect: Expect = Expect.PROVED, trust: Trust = Trust.RIGOROUS) -> CheckResult:
    check = Check(f"{role}-{expect}", TRUE, role=role, expect=expect)
    return CheckResult(CheckEvidence(check, ()), CheckState.SETTLED, trust, ("arb",))


def failed(role: Role, state: CheckState = CheckState.FAILED, *outcomes: Outcome) -> CheckResult:
    check = Check(f"{role}", TRUE, role=role)
    return CheckResult(CheckEvidence(check, outcomes), state, problems=("why",))


STATED = settled(Role.STATED)
STATED_REFUTED = settled(Role.STATED, Expect.REFUTED)
DERIVATION_REFUTED = settled(Role.DERIVATION, Expect.REFUTED)
REPAIR = settled(Role.REPAIR)
SUPPORT = settled(Role.SUPPORT)


def verdict(*checks: CheckResult, inherited: tuple[str, ...] = (), **more: object) -> Verdict:
    item = claim(**more)
    return judge_claim(item, checks, (*item.assumptions, *inherited))[0]


@pytest.mark.parametrize(
    ("checks", "more", "expected"),
    [
        ([STATED], {}, Verdict.HOLDS),
        ([STATED, SUPPORT], {}, Verdict.HOLDS),
        ([STATED], {"ours": True}, Verdict.SHARPER),
        ([STATED], {"assumptions": ("A-REAL",)}, Verdict.CONDITIONAL),
        ([STATED], {"inherited": ("A-REAL",)}, Verdict.CONDITIONAL),
        ([STATED], {"assumptions": ("A-REAL",), "ours": True}, Verdict.CONDITIONAL),
        ([STATED_REFUTED], {}, Verdict.REFUTED),
        ([STATED_REFUTED, REPAIR], {}, Verdict.REPAIRED),
        ([STATED_REFUTED, STATED], {}, Verdict.REFUTED),
        ([STATED_REFUTED, REPAIR], {"assumptions": ("A-CONC",)}, Verdict.REFUTED),
        ([STATED_REFUTED, REPAIR], {"inherited": ("A-CONC",)}, Verdict.REPAIRED),
        ([DERIVATION_REFUTED, STATED], {}, Verdict.REPAIRED),
        ([DERIVATION_REFUTED, REPAIR], {}, Verdict.REPAIRED),
        ([DERIVATION_REFUTED], {}, Verdict.REFUTED),
        ([STATED, settled(Role.SUPPORT, Expect.REFUTED)], {}, Verdict.HOLDS),
        ([], {}, Verdict.OPEN),
        ([SUPPORT], {}, Verdict.OPEN),
        ([settled(Role.STATED, Expect.SUPPORTED)], {}, Verdict.OPEN),
        ([STATED, settled(Role.STATED, Expect.SUPPORTED)], {}, Verdict.OPEN),
        ([STATED, failed(Role.STATED)], {}, Verdict.OPEN),
        ([STATED, failed(Role.STATED, CheckState.UNAVAILABLE)], {}, Verdict.OPEN),
        ([STATED_REFUTED, failed(Role.REPAIR)], {}, Verdict.OPEN),
        ([STATED, failed(Role.SUPPORT, CheckState.UNAVAILABLE)], {}, Verdict.HOLDS),
        ([STATED, failed(Role.SUPPORT)], {}, Verdict.HOLDS),
        ([STATED, failed(Role.SUPPORT, CheckState.FAILED, REFUTED)], {}, Verdict.OPEN),
    ],
)
def test_verdict(checks: list[CheckResult], more: dict[str, object], expected: Verdict) -> None:
    assert verdict(*checks, **more) is expected


def test_verdict_is_total() -> None:
    """Every pair of roles, expectations and states has a verdict; only settled checks close it."""
    kinds = [
        replace(
            settled(role, expect), state=state, problems=() if state is CheckState.SETTLED else ("p",)
        )
        for role in Role
        for expect in Expect
        for state in CheckState
    ]
    for combination in itertools.combinations(kinds, 2):
        found = verdict(*combination)
        needed = [c for c in combination if c.check.role is not Role.SUPPORT]
        if any(not check.ok for check in needed):
            assert found is Verdict.OPEN


def test_trust_is_the_weakest_link_of_the_needed_checks() -> None:
    checks = (
        settled(Role.STATED, trust=Trust.KERNEL),
        settled(Role.REPAIR, trust=Trust.SYMBOLIC),
        settled(Role.SUPPORT, trust=Trust.SIMULATED),
    )
    item = replace(claim(), checks=tuple(result.check for result in checks))
    assert judge_claim(item, checks, ())[1] is Trust.SYMBOLIC


def test_open_dependency_opens_a_claim() -> None:
    found, trust, problems = judge_claim(claim(), (STATED,), (), ["B07"])
    assert (found, trust, problems) == (Verdict.OPEN, None, ("depends on B07, which is open",))


def parts_of(*parts: Part, theorem: CheckState = CheckState.SETTLED) -> tuple[Claim, list[CheckResult]]:
    toy, general = (
        Check("toy", TRUE),
        Check("general", Theorem("rocq", "T", claim="t"), role=Role.SUPPORT),
    )
    grid = Check("grid", Computation("g", "exact", lambda seed: Finding(True, "")), role=Role.SUPPORT)
    claim = Claim(
        "A01", "slug", "Title", "Section 1", "Prose.", (toy, general, grid), Verdict.HOLDS, parts=parts
    )
    trusts = {"toy": Trust.RIGOROUS, "general": Trust.KERNEL, "grid": Trust.SYMBOLIC}
    results = [
        CheckResult(CheckEvidence(check, ()), CheckState.SETTLED, trusts[check.id])
        for check in claim.checks
    ]
    if theorem is not CheckState.SETTLED:
        results[1] = CheckResult(CheckEvidence(claim.checks[1], ()), theorem, problems=("refused",))
    return claim, results


def test_a_claim_is_trusted_as_far_as_its_weakest_part() -> None:
    claim, results = parts_of(Part("all", ("general",)))
    assert judge_claim(claim, results, ())[:2] == (Verdict.HOLDS, Trust.KERNEL)
    claim, results = parts_of(Part("all", ("general",)), Part("some", ("toy",), case="N = 2"))
    assert judge_claim(claim, results, ())[1] is Trust.RIGOROUS
    assert [part.label for part in judge_parts(claim, results)] == ["kernel", "rigorous, for N = 2 only"]


def test_a_part_on_a_grid_says_so() -> None:
    claim, results = parts_of(Part("all", ("general", "grid")))
    (part,) = judge_parts(claim, results)
    assert part.label == "symbolic, on a grid"


def test_a_part_whose_theorem_is_refused_opens_the_claim() -> None:
    claim, results = parts_of(Part("all", ("general",)), theorem=CheckState.FAILED)
    assert judge_claim(claim, results, ())[0] is Verdict.OPEN
    # Where no kernel is there to ask, the verdict is that of the rest, without its label.
    claim, results = parts_of(Part("all", ("general",)), theorem=CheckState.UNAVAILABLE)
    assert judge_claim(claim, results, ())[:2] == (Verdict.HOLDS, None)
    assert [part.label for part in judge_parts(claim, results)] == ["unsettled"]


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ((Part("all", ()),), "no check settles the part 'all'"),
        ((Part("all", ("absent",)),), "names the unknown check 'absent'"),
        ((Part("a", ("toy",)), Part("b", ("toy",), Role.REPAIR)), "in parts of different roles"),
    ],
)
def test_every_part_names_its_checks(parts: tuple[Part, ...], message: str) -> None:
    with pytest.raises(InputError, match=message):
        parts_of(*parts)


def test_a_mutant_has_its_statements_variables() -> None:
    other = Mutant("other", statement("x > 3", x="real"))
    with pytest.raises(InputError, match="differs in the variables x"):
        Check("one", statement("1 <= 2"), mutants=(other,))
