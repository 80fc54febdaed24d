"""The JSON form of an audit, stable and versioned, and the machine-read forms made from it."""

from __future__ import annotations

import json
from json.encoder import encode_basestring
from pathlib import Path
from typing import Any

from srverify import __version__
from srverify.audit.engines import EngineState
from srverify.audit.result import AuditResult, CheckResult, ClaimResult, Fate, MutantResult, PartResult
from srverify.claims.review import state_of
from srverify.kernels.rocq.statements import pinned_text
from srverify.report.files import write_whole
from srverify.report.problems import line_of
from srverify.report.summary import summarise

SCHEMA = 1


def audit_data(result: AuditResult) -> dict[str, Any]:
    """Return an audit as plain data."""
    reviews = result.ledger.reviews
    return {
        "schema": SCHEMA,
        "srverify": __version__,
        "engines": {name: engine_data(state) for name, state in result.engines.items()},
        "assumptions": {
            name: {
                "statement": a.statement,
                "paper": a.paper,
                "known": a.known,
                "shown_by": list(a.shown_by),
            }
            for name, a in result.ledger.assumptions.items()
        },
        "claims": [
            {
                **claim_data(c, result.ledger.sources[c.claim.id]),
                "review": str(state_of(c.claim, reviews)),
            }
            for c in result.claims
        ],
        "summary": _summary_data(result),
    }


def engine_data(state: EngineState) -> dict[str, Any]:
    """Return an engine's state as plain data."""
    return {
        "available": state.available,
        "version": state.version,
        "broken": state.broken,
        "reason": state.reason,
        "install": state.install,
        "trust": _text(state.trust),
    }


def claim_data(result: ClaimResult, source: Path) -> dict[str, Any]:
    """Return a claim's result as plain data; ``source`` is the file that declares it."""
    claim = result.claim
    return {
        "id": claim.id,
        "slug": claim.slug,
        "title": claim.title,
        "paper": claim.paper,
        "source": {"file": str(source), "line": line_of(str(source), claim.id)},
        "equations": list(claim.equations),
        "depends": list(claim.depends),
        "verdict": str(result.verdict),
        "expected": str(claim.expected),
        "ok": result.ok,
        "trust": _text(result.trust),
        "label": result.label,
        "parts": [part_data(part) for part in result.parts],
        "assumptions": list(result.assumptions),
        "problems": list(result.problems),
        "seconds": round(result.seconds, 6),
        "checks": [check_data(check, source) for check in result.checks],
    }


def part_data(result: PartResult) -> dict[str, Any]:
    """Return a part's result as plain data."""
    part = result.part
    return {
        "assertion": part.text,
        "role": str(part.role),
        "by": list(part.by),
        "case": part.case,
        "trust": _text(result.trust),
        "extent": str(result.extent),
        "label": result.label,
    }


def check_data(result: CheckResult, source: Path) -> dict[str, Any]:
    """Return a check's result as plain data."""
    check, evidence = result.check, result.evidence
    vacuity = evidence.vacuity
    return {
        "id": check.id,
        "statement": check.obligation.text,
        "pinned": pinned_text(check.obligation, source.parent),
        "kind": type(check.obligation).__name__.lower(),
        "digest": check.statement.digest if check.statement is not None else None,
        "role": str(check.role),
        "expect": str(check.expect),
        "note": check.note,
        "theorems": {engine: theorem.name for engine, theorem in check.theorems.items()},
        "theorems_negate": any(theorem.negated for theorem in check.theorems.values()),
        "ok": result.ok,
        "state": str(result.state),
        "trust": _text(result.trust),
        "settled_by": list(result.settled_by),
        "problems": list(result.problems),
        "mutants": {
            **{str(fate): _names(evidence.mutants, fate) for fate in Fate},
            "details": [_mutant_data(mutant) for mutant in evidence.mutants],
        },
        "model": None
        if vacuity is None
        else {
            "found": vacuity.satisfiable,
            "point": _dict(vacuity.model),
            "by": vacuity.by,
            "detail": vacuity.detail,
        },
        "outcomes": [
            {**outcome.to_dict(), "cached": outcome.engine in evidence.cached}
            for outcome in evidence.outcomes
        ],
    }


def _names(mutants: tuple[MutantResult, ...], fate: Fate) -> list[str]:
    return [mutant.name for mutant in mutants if mutant.fate is fate]


def _mutant_data(mutant: MutantResult) -> dict[str, Any]:
    return {
        "name": mutant.name,
        "kind": str(mutant.kind),
        "fate": str(mutant.fate),
        "survives": mutant.survives,
        "engine": mutant.engine,
        "witness": _dict(mutant.witness),
        "seconds": round(mutant.seconds, 6),
        "detail": mutant.detail,
    }


def _summary_data(result: AuditResult) -> dict[str, Any]:
    summary = summarise(result)
    settings = result.settings
    used = dict.fromkeys(name for claim in result.claims for name in claim.engines)
    return {
        "ok": result.ok,
        "claims": len(result.claims),
        "checks": summary.checks,
        "verdicts": summary.verdicts,
        "unexpected": list(summary.unexpected),
        "contradictions": list(result.contradictions),
        "missing": list(result.missing),
        "findings": [
            {"id": f.claim, "verdict": str(f.verdict), "line": f.line} for f in summary.findings
        ],
        "assumptions": {name: list(ids) for name, ids in summary.assumptions.items()},
        "single_engine": list(summary.single_engine),
        "unavailable": list(summary.unavailable),
        "mutants": summary.mutants,
        "engines_used": list(used),
        "seconds": round(result.seconds, 3),
        "options": {
            "only": list(settings.only),
            "engines": list(settings.engines),
            "require": list(settings.require),
            "timeout": settings.timeout,
            "memory_mb": settings.memory_mb,
            "digits": settings.digits,
            "jobs": settings.jobs,
            "executor": settings.executor,
        },
        "seed": settings.seed,
        "ledger": str(result.root),
    }


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _dict(value: Any) -> dict[str, str] | None:
    return None if value is None else dict(value)


def write(result: AuditResult, path: Path) -> None:
    """Write an audit as JSON; raises InputError if the file cannot be written."""
    write_whole(path, _json(audit_data(result)))


def write_junit(result: AuditResult, path: Path) -> None:
    """Write an audit as JUnit XML; raises InputError if the file cannot be written."""
    from srverify.report.junit import junit_xml

    write_whole(path, junit_xml(audit_data(result)))


def write_sarif(result: AuditResult, path: Path) -> None:
    """Write an audit as SARIF 2.1.0; raises InputError if the file cannot be written."""
    from srverify.report.sarif import sarif_log

    write_whole(path, _json(sarif_log(audit_data(result))))


def _json(data: Any) -> str:
    parts: list[str] = []
    _write(data, "\n", parts)
    return "".join([*parts, "\n"])


def _write(value: Any, newline: str, parts: list[str]) -> None:
    """Write a value as ``json.dumps`` with ``indent=1`` does, which takes several times as long."""
    if isinstance(value, str):
        parts.append(encode_basestring(value))
    elif not value or not isinstance(value, dict | list | tuple):
        parts.append(json.dumps(value, ensure_ascii=False))
    else:
        inner = separator = newline + " "
        named = isinstance(value, dict)
        parts.append("{" if named else "[")
        for item in value:
            parts.append(separator)
            separator = f",{inner}"
            if named:
                parts.append(f"{encode_basestring(item)}: ")
                item = value[item]
            _write(item, inner, parts)
        parts.append(newline + ("}" if named else "]"))
