"""What an audit found: outcomes, mutants, vacuity, and what they add up to for checks and claims."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from srverify.audit.engines import EngineState
from srverify.claims.claim import Check, Claim, Part, Verdict
from srverify.claims.ledger import Ledger
from srverify.claims.mutants import Kind
from srverify.claims.outcome import Outcome, Trust
from srverify.claims.part import Extent, label, weakest_extent


class CheckState(StrEnum):
    """How a check stands.

    ``SETTLED``: its expectation is met and its guards (mutants, vacuity) hold. ``UNAVAILABLE``: every
    engine that could settle it is missing here, or left out by the user; or a kernel theorem is what it
    should be, but nothing shows that its hypotheses hold together: it counts for nothing. ``FAILED``:
    anything else.
    """

    SETTLED = "settled"
    FAILED = "failed"
    UNAVAILABLE = "unavailable"


class Fate(StrEnum):
    """What became of a mutant."""

    KILLED = "killed"
    SURVIVED = "survived"
    UNDECIDED = "undecided"


@dataclass(frozen=True)
class MutantResult:
    """A broken variant and what the engines made of it.

    ``survives`` is the declared reason for which the variant is true after all; ``engine`` and
    ``witness`` are those of the deciding outcome.
    """

    name: str
    kind: Kind
    fate: Fate
    survives: str = ""
    engine: str = ""
    witness: Mapping[str, str] | None = None
    seconds: float = 0.0
    detail: str = ""


@dataclass(frozen=True)
class VacuityResult:
    """Whether the hypotheses have a model: ``model`` is one, ``by`` who vouches for it."""

    satisfiable: bool
    model: Mapping[str, str] | None = None
    by: str = ""
    detail: str = ""


@dataclass(frozen=True)
class CheckEvidence:
    """Everything that was run for one check.

    ``defined`` is what shows that the statement's terms are defined, asked for where only kernels, whose
    functions are total, prove it; ``cached`` names the engines not run anew; ``restricted`` tells that
    the user left engines out.
    """

    check: Check
    outcomes: tuple[Outcome, ...]
    mutants: tuple[MutantResult, ...] = ()
    vacuity: VacuityResult | None = None
    defined: Outcome | None = None
    cached: frozenset[str] = frozenset()
    seconds: float = 0.0
    restricted: bool = False


@dataclass(frozen=True)
class CheckResult:
    """A check with its evidence and what follows from it.

    Parameters
    ----------
    trust
        The strongest trust among the outcomes that settle it.
    settled_by
        The engines that settle it.
    problems
        Why it is not settled, one line each.
    contradiction
        Who proved and who refuted it, if both happened.
    """

    evidence: CheckEvidence
    state: CheckState
    trust: Trust | None = None
    settled_by: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    contradiction: str = ""

    @property
    def check(self) -> Check:
        """The check."""
        return self.evidence.check

    @property
    def ok(self) -> bool:
        """Whether the check is settled as expected."""
        return self.state is CheckState.SETTLED


@dataclass(frozen=True)
class PartResult:
    """A part with the weakest trust of its checks, ``None`` if one is not settled."""

    part: Part
    trust: Trust | None
    extent: Extent

    @property
    def label(self) -> str:
        """The trust, with what it reaches if that is not the whole assertion."""
        return label(self.trust, self.extent, self.part.case)


@dataclass(frozen=True)
class ClaimResult:
    """A claim with its checks' results and its computed verdict."""

    claim: Claim
    checks: tuple[CheckResult, ...]
    verdict: Verdict
    trust: Trust | None
    assumptions: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    parts: tuple[PartResult, ...] = ()

    @property
    def extent(self) -> Extent:
        """How far the part that reaches least does."""
        return weakest_extent(part.extent for part in self.parts)

    @property
    def label(self) -> str:
        """The trust of the weakest part, with a word on what does not reach the whole assertion."""
        if self.verdict is Verdict.OPEN:
            return "-"
        if self.trust is None:
            return "a part is not settled here"
        cases = [part.part.case for part in self.parts if part.extent is self.extent]
        return label(self.trust, self.extent, cases[0] if self.extent is Extent.CASE else "")

    @property
    def ok(self) -> bool:
        """Whether the verdict is the expected one and no check failed (a missing engine is no failure).

        What is expected to be open may fail to settle, but not be contradicted.
        """
        if any(check.contradiction for check in self.checks):
            return False
        failed = any(check.state is CheckState.FAILED for check in self.checks)
        return self.verdict is self.claim.expected and (self.verdict is Verdict.OPEN or not failed)

    @property
    def engines(self) -> tuple[str, ...]:
        """The engines that settled something, in order of first use."""
        return tuple(dict.fromkeys(name for check in self.checks for name in check.settled_by))

    @property
    def seconds(self) -> float:
        """Engine time spent in this run, remembered outcomes not counted."""
        return sum(check.evidence.seconds for check in self.checks)


@dataclass(frozen=True)
class Settings:
    """What the user asked for.

    Parameters
    ----------
    only
        Ids of the claims to audit; empty: all.
    engines
        Engines to run on checks; empty: all that the checks name. Mutants are not restricted.
    require
        Engines without which, or with whose errors, the audit fails.
    timeout
        Seconds per engine run.
    replay
        Let Rocq's kernel follow the proof objects of checks that name no theorem: of all, of none, or,
        by default, of those that settle a part of a claim, whose trust would otherwise be less.
    """

    only: tuple[str, ...] = ()
    engines: tuple[str, ...] = ()
    require: tuple[str, ...] = ()
    jobs: int | None = None
    timeout: float = 20.0
    memory_mb: int = 4096
    digits: int = 50
    seed: int = 0
    executor: str | None = None
    replay: bool | None = None


@dataclass(frozen=True)
class AuditResult:
    """The whole audit."""

    ledger: Ledger
    claims: tuple[ClaimResult, ...]
    engines: Mapping[str, EngineState]
    settings: Settings
    seconds: float = 0.0
    contradictions: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    warnings: tuple[str, ...] = field(default=())

    @property
    def ok(self) -> bool:
        """Whether everything is as expected: the exit status of the audit."""
        return not self.contradictions and not self.missing and all(c.ok for c in self.claims)

    @property
    def root(self) -> Path:
        """The folder or file that was audited."""
        return self.ledger.root
