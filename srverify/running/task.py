"""Tasks as data: one engine on one obligation, in a form that travels to another process or machine."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from srverify.claims.obligation import Computation, Obligation, Options, Replay, Theorem
from srverify.claims.outcome import Outcome, Status
from srverify.language.statement import Statement


@dataclass(frozen=True)
class Source:
    """Where a computation is declared: functions do not travel, their names do.

    ``digest`` is the SHA-256 of the claim module, so that a file edited during the run is noticed.
    """

    file: str
    digest: str
    claim: str
    check: str
    mutant: bool = False


@dataclass(frozen=True)
class Task:
    """One engine run, as plain data.

    Parameters
    ----------
    engine
        Name of the engine.
    entry
        Its ``module:Class``, so that a worker needs no registry of its own.
    obligation
        Encoded by ``encode``.
    options
        The fields of ``Options``.
    package
        Digest of the sources of srverify that the outcome is remembered under; a worker that runs
        others refuses. Empty: not compared.
    """

    engine: str
    entry: str
    obligation: Mapping[str, Any]
    options: Mapping[str, Any]
    package: str = ""

    @property
    def timeout(self) -> float:
        """The limit in seconds that count (``srverify.running.meter``)."""
        return float(self.options["timeout"])

    @property
    def memory_mb(self) -> int:
        """The address-space limit in MiB."""
        return int(self.options["memory_mb"])

    @property
    def subject(self) -> str:
        """What the task is about, in the words of its obligation."""
        return json.dumps(self.obligation, ensure_ascii=False, default=str)

    def failed(self, status: Status, detail: str, seconds: float = 0.0) -> Outcome:
        """Return the outcome of a run that did not end by itself."""
        return Outcome(self.engine, status, seconds=round(seconds, 6), detail=detail)


def options_data(options: Options) -> dict[str, Any]:
    """Return options as plain data."""
    return {**vars(options), "extra": dict(options.extra)}


def encode(obligation: Obligation, source: Source | None = None) -> dict[str, Any]:
    """Return an obligation as plain data; a computation needs the source that declares it."""
    if isinstance(obligation, Statement):
        return {"kind": "statement", "statement": obligation.to_dict()}
    if isinstance(obligation, Theorem):
        statement = None if obligation.statement is None else obligation.statement.to_dict()
        return {
            "kind": "theorem",
            "engine": obligation.engine,
            "name": obligation.name,
            "statement": statement,
            "claim": obligation.claim,
            "negated": obligation.negated,
            "folder": obligation.folder,
        }
    if isinstance(obligation, Replay):
        return {
            "kind": "replay",
            "statement": obligation.statement.to_dict(),
            "proof": obligation.proof,
        }
    if source is None:
        raise TypeError("a computation travels by the claim module that declares it")
    return {"kind": "computation", **asdict(source)}


def decode(data: Mapping[str, Any]) -> Obligation:
    """Rebuild an obligation; raises LookupError or OSError if a computation's source has changed."""
    if data["kind"] == "statement":
        return _statement(data["statement"])
    if data["kind"] == "theorem":
        statement = None if data["statement"] is None else _statement(data["statement"])
        return Theorem(
            data["engine"], data["name"], statement, data["claim"], data["negated"], data["folder"]
        )
    if data["kind"] == "replay":
        return Replay(_statement(data["statement"]), data["proof"])
    return _computation(Source(**{key: value for key, value in data.items() if key != "kind"}))


def _statement(data: Mapping[str, Any]) -> Statement:
    return _parsed(tuple(data["variables"].items()), tuple(data["given"]), data["show"])


@lru_cache(maxsize=16)
def _parsed(variables: tuple[tuple[str, str], ...], given: tuple[str, ...], show: str) -> Statement:
    """Rebuild a statement, once for engines that are asked about it in turn."""
    return Statement.from_dict({"variables": dict(variables), "given": given, "show": show})


@lru_cache(maxsize=64)
def _checks_of(file: str, digest: str) -> dict[tuple[str, str], Obligation]:
    import hashlib

    from srverify.claims.ledger import load_module

    path = Path(file)
    if hashlib.sha256(path.read_bytes()).hexdigest() != digest:
        raise LookupError(f"{file} was changed while the audit was running")
    module = load_module(path)
    return {(claim.id, check.id): check.obligation for claim in module.claims for check in claim.checks}


def _computation(source: Source) -> Computation:
    obligation = _checks_of(source.file, source.digest)[source.claim, source.check]
    if not isinstance(obligation, Computation):
        raise LookupError(f"check {source.check} of {source.claim} is not a computation")
    if not source.mutant:
        return obligation
    if obligation.mutant is None:
        raise LookupError(f"check {source.check} of {source.claim} has no mutant")
    return Computation(f"mutant of: {obligation.claim}", obligation.engine, obligation.mutant)
