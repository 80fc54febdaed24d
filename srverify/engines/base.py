"""The contract of an engine, and what it returns."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, ClassVar

from srverify.obligation import Obligation, Options, Theorem


class Status(StrEnum):
    """How an engine's run ended."""

    PROVED = "proved"
    REFUTED = "refuted"
    UNKNOWN = "unknown"
    TIMEOUT = "timeout"
    ERROR = "error"
    UNAVAILABLE = "unavailable"


class Trust(StrEnum):
    """What an outcome rests on, from strongest to weakest."""

    KERNEL = "kernel"
    CERTIFIED = "certified"
    RIGOROUS = "rigorous"
    SYMBOLIC = "symbolic"
    NUMERICAL = "numerical"
    SIMULATED = "simulated"

    @property
    def rank(self) -> int:
        """0 for the strongest trust."""
        return list(Trust).index(self)


#: Trusts whose ``proved`` is a proof; the others only support or refute.
PROOF_TRUSTS = frozenset({Trust.KERNEL, Trust.CERTIFIED, Trust.RIGOROUS, Trust.SYMBOLIC})


@dataclass(frozen=True)
class Outcome:
    """What one engine found on one obligation.

    Parameters
    ----------
    engine
        Name of the engine.
    status
        How the run ended. Evidence by sampling or simulation that found nothing wrong is ``unknown``
        with a trust of ``numerical`` or ``simulated``: it supports, it never proves.
    trust
        What the outcome rests on; ``None`` where nothing was settled.
    seconds
        Wall time of the run.
    witness
        For ``refuted``: a point (variable name to exact rational text) at which the hypotheses hold and
        the conclusion does not, confirmed by a second evaluator. A kernel that accepts the statement's
        negation needs none.
    detail
        One line: why unknown, what an error was, what decided.
    evidence
        Plain data for reports and replay: lemma instances used, cover, theorem and axioms, options.
    """

    engine: str
    status: Status
    trust: Trust | None = None
    seconds: float = 0.0
    witness: Mapping[str, str] | None = None
    detail: str = ""
    evidence: Mapping[str, Any] = field(default_factory=dict)

    @property
    def supports(self) -> bool:
        """Whether the outcome is evidence without being a proof."""
        return self.status is Status.UNKNOWN and self.trust is not None

    def to_dict(self) -> dict[str, Any]:
        """Return plain data (JSON)."""
        return {
            "engine": self.engine,
            "status": str(self.status),
            "trust": None if self.trust is None else str(self.trust),
            "seconds": round(self.seconds, 6),
            "witness": None if self.witness is None else dict(self.witness),
            "detail": self.detail,
            "evidence": dict(self.evidence),
        }

    @staticmethod
    def from_dict(data: Mapping[str, Any]) -> Outcome:
        """Rebuild an outcome from ``to_dict``; raises KeyError or ValueError on damaged data."""
        return Outcome(
            engine=data["engine"],
            status=Status(data["status"]),
            trust=None if data["trust"] is None else Trust(data["trust"]),
            seconds=float(data["seconds"]),
            witness=data["witness"],
            detail=data["detail"],
            evidence=data["evidence"],
        )


def accepted(theorem: Theorem) -> Status:
    """Return how a kernel's run ends that accepts a theorem: a negation refutes its statement."""
    return Status.REFUTED if theorem.negated else Status.PROVED


@dataclass(frozen=True)
class Availability:
    """Whether an engine can run here, its version, or why not and how to install it."""

    available: bool
    version: str | None = None
    reason: str = ""
    install: str = ""


class Engine(ABC):
    """A solver behind one small contract.

    An engine's module imports its library inside methods only, so that a missing library is an
    ``unavailable`` engine and not an import error. ``settle`` runs in a worker process with limits; it
    must be deterministic for given options and may raise: the runner turns an exception into ``error``.
    """

    name: ClassVar[str]
    summary: ClassVar[str]
    #: The trust of its ``proved`` outcomes (single outcomes may carry a weaker one).
    trust: ClassVar[Trust]
    #: Seconds below which a run's limit is not set, whatever the user asks for (a kernel's start-up).
    least_timeout: ClassVar[float] = 0.0

    @abstractmethod
    def probe(self) -> Availability:
        """Say whether the engine runs here; cheap, and never raises."""

    @abstractmethod
    def refusal(self, obligation: Obligation) -> str | None:
        """Return why the engine cannot take an obligation (a line), or ``None`` if it can."""

    def fingerprint(self, obligation: Obligation) -> str:
        """Return what else an outcome depends on, for the cache key (the sources of a proof)."""
        return ""

    def note(self, obligation: Obligation) -> str:
        """Return what can be said of an obligation where the engine is unavailable; never a proof."""
        return ""

    def prepare(  # noqa: B027 - most engines share nothing
        self,
        obligations: Sequence[Obligation],
        jobs: int,
        progress: Callable[[str], None],
    ) -> None:
        """Do the work that many obligations share (a build), once, before they are settled.

        Runs in the main process without limits; ``progress`` takes a line for the user.
        """

    @abstractmethod
    def settle(self, obligation: Obligation, options: Options) -> Outcome:
        """Settle an obligation that is not refused; ``seconds`` is filled in by the runner."""
