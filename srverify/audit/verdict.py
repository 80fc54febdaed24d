"""Verdicts: a total function of outcomes, check roles and assumptions. Nothing is ever typed in.

A check is *settled* when an engine meets its expectation and none contradicts it:

- ``proved``: by an outcome whose trust is a proof (``PROOF_TRUSTS``); sampling never is, nor is a
  kernel's theorem, whose functions are total, until something shows that the terms are defined;
- ``refuted``: by a witness that a second evaluator confirmed, by a theorem that is the statement's
  negation, or by a computation that is not numerical;
- ``supported``: by any evidence, with no refutation;

and when its guards hold: the turned conclusion and the mutants that its module wrote fall, no other
mutant survives without a declared reason, declared survivors are proved, the hypotheses have a model, a
computation rejects its mutant, and a theorem that it names is accepted by the kernel wherever the kernel
is there to ask. A mutant falls at a point at which its sides and the statement's are defined, and at
which it fails where the statement does not. The hypotheses have a model together with the premise of
each implication inside the conclusion. A check all of whose capable engines are missing, or left out by
the user, is *unavailable*.

The verdict of a claim is the first rule that applies to its checks, those in the role ``support`` (which
only strengthen trust) left out:

1. ``open``: a check that a part names is not settled or only expected to be supported, or nothing that
   is stated is proved or refuted, or a support check is refuted (or contradicted), or a claim that it
   depends on is open;
2. some stated check or derivation is refuted as expected: ``repaired`` if every repair is proved and
   the claim itself needs no assumption, else ``refuted``; where only a derivation fails, a stated check
   that is proved otherwise counts as the repair;
3. everything is proved: ``conditional`` if the claim, or one that it depends on, rests on an assumption;
   ``sharper`` if the statement is ours; else ``holds``.

Its trust is that of its weakest part (``srverify.claims.part``), and a part that no more than a special
case, a grid or a sample settles says so in its label.

A refuted dependency does not spoil a claim: what is used is the refutation, or its conditional repair,
whose assumptions are inherited.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from srverify.audit.engines import EngineState
from srverify.audit.result import CheckEvidence, CheckResult, CheckState, Fate, PartResult
from srverify.claims.claim import Check, Claim, Expect, Part, Role, Verdict
from srverify.claims.mutants import Kind
from srverify.claims.obligation import Computation, Theorem
from srverify.claims.outcome import PROOF_TRUSTS, Outcome, Status, Trust, accepted
from srverify.claims.part import extent_of_part
from srverify.language.statement import point_text

#: Longest detail of an engine that is quoted inside a problem.
_DETAIL_LENGTH = 160


# -- checks ------------------------------------------------------------------------------------


def strongest(trusts: Iterable[Trust]) -> Trust | None:
    """Return the strongest trust, if any."""
    return min(trusts, key=lambda trust: trust.rank, default=None)


def weakest(trusts: Iterable[Trust]) -> Trust | None:
    """Return the weakest trust, if any."""
    return max(trusts, key=lambda trust: trust.rank, default=None)


def _is_proof(outcome: Outcome) -> bool:
    return outcome.status is Status.PROVED and outcome.trust in PROOF_TRUSTS


def is_grounded(evidence: CheckEvidence, outcome: Outcome) -> bool:
    """Tell whether what an outcome proves is the statement, and not one about total functions."""
    defined = evidence.defined
    return (
        outcome.engine not in evidence.check.theorems
        or defined is None
        or (defined.status is Status.PROVED and defined.trust in PROOF_TRUSTS)
    )


def _why_undefined(evidence: CheckEvidence) -> Iterable[str]:
    """Yield why theorems of kernels do not count."""
    for outcome in evidence.outcomes:
        if _is_proof(outcome) and not is_grounded(evidence, outcome):
            assert evidence.defined is not None
            told = _told(evidence.defined)
            yield f"{outcome.engine} proves it for total functions only: that terms are defined, {told}"


def _refutation_trust(check: Check, outcome: Outcome) -> Trust | None:
    """Return the trust of a refutation, ``None`` if the outcome is none."""
    if outcome.status is not Status.REFUTED:
        return None
    if isinstance(check.obligation, Computation):
        return outcome.trust or Trust.SIMULATED
    # The worker let it pass: a theorem with its own trust, or an exact witness, confirmed by a second
    # interval arithmetic.
    return strongest(filter(None, (outcome.trust, Trust.RIGOROUS)))


def judge_check(evidence: CheckEvidence, engines: Mapping[str, EngineState]) -> CheckResult:
    """Return what the evidence for a check amounts to.

    ``engines`` are the states of the engines that ran or should have run.
    """
    check = evidence.check
    proofs = [o for o in evidence.outcomes if _is_proof(o) and is_grounded(evidence, o)]
    refuted = {o.engine: t for o in evidence.outcomes if (t := _refutation_trust(check, o)) is not None}
    if proofs and refuted:
        line = f"{_names(proofs)} proved what {', '.join(refuted)} refuted"
        return CheckResult(evidence, CheckState.FAILED, problems=(line,), contradiction=line)
    settled_by, trust = _settlement(check, evidence.outcomes, proofs, refuted)
    if not settled_by:
        state = CheckState.FAILED
        missing = _all_capable_missing(evidence, engines) or _is_left_open(evidence)
        if not refuted and (missing or _is_unfounded(evidence)):
            state = CheckState.UNAVAILABLE
        problems = (*_why_unsettled(check, evidence.outcomes), *_why_undefined(evidence))
        return CheckResult(evidence, state, problems=problems)
    problems = tuple(_guard_problems(evidence))
    state = CheckState.FAILED if problems else CheckState.SETTLED
    return CheckResult(evidence, state, trust, settled_by, problems)


def _names(outcomes: Iterable[Outcome]) -> str:
    return ", ".join(outcome.engine for outcome in outcomes)


def _settlement(
    check: Check,
    outcomes: Sequence[Outcome],
    proofs: Sequence[Outcome],
    refuted: Mapping[str, Trust],
) -> tuple[tuple[str, ...], Trust | None]:
    """Return the engines that meet the expectation and the strongest trust among them."""
    if check.expect is Expect.REFUTED:
        found = {name: t for name, t in refuted.items() if t in PROOF_TRUSTS}
    elif refuted:
        found = {}
    elif check.expect is Expect.PROVED:
        found = {o.engine: o.trust for o in proofs if o.trust is not None}
    else:
        evidence = (o for o in outcomes if o.supports or o.status is Status.PROVED)
        found = {o.engine: o.trust for o in evidence if o.trust is not None}
    return tuple(found), strongest(found.values())


def _all_capable_missing(evidence: CheckEvidence, engines: Mapping[str, EngineState]) -> bool:
    """Tell whether every engine that could settle the check is unavailable or left out by the user."""
    check = evidence.check

    def capable(outcome: Outcome) -> bool:
        if outcome.evidence.get("refused"):
            return False
        trust = engines[outcome.engine].trust
        return check.expect is not Expect.PROVED or trust is None or trust in PROOF_TRUSTS

    statuses = [outcome.status for outcome in evidence.outcomes if capable(outcome)]
    return (bool(statuses) or evidence.restricted) and all(
        status is Status.UNAVAILABLE for status in statuses
    )


def _is_left_open(evidence: CheckEvidence) -> bool:
    """Tell whether engines that the user left out may show that a kernel's theorem is the statement."""
    return (
        evidence.restricted
        and evidence.defined is not None
        and evidence.defined.status is not Status.REFUTED
    )


def _is_unfounded(evidence: CheckEvidence) -> bool:
    """Tell whether a kernel knows the theorem, and nothing shows that its hypotheses hold together."""
    return bool(evidence.outcomes) and all(o.evidence.get("unfounded") for o in evidence.outcomes)


def _why_unsettled(check: Check, outcomes: Sequence[Outcome]) -> tuple[str, ...]:
    if not outcomes:
        return (f"expected {check.expect}: no engine was asked",)
    return (f"expected {check.expect}: {'; '.join(map(_told, outcomes))}",)


def _told(outcome: Outcome) -> str:
    """Return an outcome in a few words; reports have the whole detail elsewhere."""
    if outcome.status is Status.REFUTED and outcome.witness:
        return f"{outcome.engine} refuted at {point_text(outcome.witness)}"
    if outcome.supports:
        return f"{outcome.engine} supports"
    detail = f" ({_short(outcome.detail)})" if outcome.detail else ""
    return f"{outcome.engine} {outcome.status}{detail}"


def _short(text: str) -> str:
    return text if len(text) <= _DETAIL_LENGTH else f"{text[: _DETAIL_LENGTH - 1]}…"


def _guard_problems(evidence: CheckEvidence) -> Iterable[str]:
    """Yield what is wrong with a check whose expectation is met."""
    check = evidence.check
    for outcome in evidence.outcomes:
        theorem = check.theorems.get(outcome.engine)
        if theorem is not None and outcome.status not in (accepted(theorem), Status.UNAVAILABLE):
            what = f"{outcome.status}{_detail(outcome.detail)}"
            yield f"{outcome.engine} does not accept theorem {theorem.name}: {what}"
    if check.expect is Expect.REFUTED or isinstance(check.obligation, Theorem):
        return
    if isinstance(check.obligation, Computation):
        yield from _computation_problems(evidence)
        return
    for mutant in evidence.mutants:
        if mutant.survives and mutant.fate is not Fate.SURVIVED:
            what = f"{mutant.fate}{_detail(mutant.detail)}"
            yield f"mutant '{mutant.name}' is said to survive but is {what}"
        elif mutant.fate is Fate.SURVIVED and not mutant.survives:
            what = "unnecessary hypothesis" if mutant.kind is Kind.DROPPED else "mutant survives"
            yield f"{what}: '{mutant.name}' is proved by {mutant.engine}"
        elif mutant.fate is Fate.UNDECIDED and mutant.kind is not Kind.DROPPED:
            yield f"mutant '{mutant.name}' is undecided{_detail(mutant.detail)}"
    vacuity = evidence.vacuity
    if vacuity is not None and not vacuity.satisfiable:
        yield f"no model of the hypotheses{_detail(vacuity.detail)}"


def _detail(text: str) -> str:
    return f": {_short(text)}" if text else ""


def _computation_problems(evidence: CheckEvidence) -> Iterable[str]:
    if not evidence.mutants:
        yield "the computation has no mutant: nothing shows that it can fail"
    for mutant in evidence.mutants:
        if mutant.fate is not Fate.KILLED:
            yield f"the computation does not reject its mutant '{mutant.name}'{_detail(mutant.detail)}"


# -- claims ------------------------------------------------------------------------------------


def judge_parts(claim: Claim, checks: Sequence[CheckResult]) -> tuple[PartResult, ...]:
    """Return what the checks of each part amount to."""
    results = {result.check.id: result for result in checks}
    return tuple(_judge_part(part, [results[name] for name in part.by]) for part in claim.assertions)


def _judge_part(part: Part, results: Sequence[CheckResult]) -> PartResult:
    trusts = [result.trust for result in results if result.ok and result.trust is not None]
    trust = weakest(trusts) if len(trusts) == len(results) else None
    return PartResult(part, trust, extent_of_part(part, [result.check for result in results]))


def judge_claim(
    claim: Claim,
    checks: Sequence[CheckResult],
    assumptions: Sequence[str],
    open_dependencies: Sequence[str] = (),
) -> tuple[Verdict, Trust | None, tuple[str, ...]]:
    """Return the verdict of a claim, its trust, and what keeps it open.

    Parameters
    ----------
    checks
        The results of the claim's checks.
    assumptions
        What the claim rests on, its own and inherited.
    open_dependencies
        Ids of the claims among ``claim.depends`` whose verdict is ``open``.

    Returns
    -------
    tuple
        Verdict; the trust of the weakest part (``None`` if open, or if a part is not settled here); one
        line per reason for ``open``.
    """
    parts = judge_parts(claim, checks)
    absent = {result.check.id for result in checks if _is_absent_theorem(result)}
    checks = [result for result in checks if result.check.id not in absent]
    needed = [result for result in checks if result.check.role is not Role.SUPPORT]
    problems = [
        f"{result.check.id}: {problem}"
        for result in checks
        if not result.ok and (result.check.role is not Role.SUPPORT or _is_refuted(result))
        for problem in result.problems
    ]
    problems += [
        f"{result.check.id}: only supported, and a part has to be proved or refuted"
        for result in needed
        if result.check.expect is Expect.SUPPORTED
    ]
    problems += [f"depends on {claim_id}, which is open" for claim_id in open_dependencies]
    if not any(result.check.role in (Role.STATED, Role.DERIVATION) for result in needed):
        problems.append("no check is expected to prove or to refute what is stated")
    elif all(result.check.role is not Role.STATED and not _refutes(result) for result in needed):
        problems.append("nothing that is stated is settled: a derivation proves no statement")
    if problems:
        return Verdict.OPEN, None, tuple(problems)
    return _closed_verdict(claim, needed, assumptions), trust_of(parts), ()


def trust_of(parts: Iterable[PartResult]) -> Trust | None:
    """Return the trust of the weakest part; ``None`` if a part is not settled."""
    trusts = [part.trust for part in parts]
    return None if None in trusts else weakest(trust for trust in trusts if trust is not None)


def _is_absent_theorem(result: CheckResult) -> bool:
    """Tell whether a theorem was not asked: no kernel here, or nothing shows that it is not vacuous.

    The part that it settles then is not settled, which its label says; the verdict is that of the rest.
    """
    return result.state is CheckState.UNAVAILABLE and isinstance(result.check.obligation, Theorem)


def _refutes(result: CheckResult) -> bool:
    return result.check.expect is Expect.REFUTED


def _is_refuted(result: CheckResult) -> bool:
    """Tell whether an engine refuted what should hold, or two engines contradict each other."""
    if result.contradiction:
        return True
    statuses = {outcome.status for outcome in result.evidence.outcomes}
    return result.check.expect is not Expect.REFUTED and Status.REFUTED in statuses


def _closed_verdict(claim: Claim, needed: Sequence[CheckResult], assumptions: Sequence[str]) -> Verdict:
    """Return the verdict of a claim all of whose needed checks are settled."""

    def roles(expect: Expect) -> set[Role]:
        return {result.check.role for result in needed if result.check.expect is expect}

    proved, refuted = roles(Expect.PROVED), roles(Expect.REFUTED)
    if refuted & {Role.STATED, Role.DERIVATION}:
        repaired = Role.REPAIR in proved or (Role.STATED not in refuted and Role.STATED in proved)
        return Verdict.REPAIRED if repaired and not claim.assumptions else Verdict.REFUTED
    if assumptions:
        return Verdict.CONDITIONAL
    return Verdict.SHARPER if claim.ours else Verdict.HOLDS
