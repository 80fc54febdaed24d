"""What an engine's run on an obligation ended with, and what that rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from srverify.claims.obligation import Theorem


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
        For ``refuted``: a point (variable name to the text of an exact number) at which the
        hypotheses hold and the conclusion does not, confirmed by a second evaluator. A kernel that
        accepts the statement's negation needs none.
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
