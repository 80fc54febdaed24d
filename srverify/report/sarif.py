"""SARIF 2.1.0, the subset that code scanning services read."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from srverify.report.problems import RULES, Problem, problems

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"

#: More results than this are cut by the services that read them.
MAX_RESULTS = 5000


def sarif_log(record: Mapping[str, Any], base: Path | None = None) -> dict[str, Any]:
    """Return the SARIF log of an audit's JSON record.

    Parameters
    ----------
    base
        Folder to which file names are made relative (default: the current one).
    """
    found = list(problems(record))[:MAX_RESULTS]
    driver = {
        "name": "srverify",
        "version": record["srverify"],
        "rules": [{"id": name, "shortDescription": {"text": text}} for name, text in RULES.items()],
    }
    run = {
        "tool": {"driver": driver},
        "automationDetails": {"id": "srverify/audit/"},
        "columnKind": "unicodeCodePoints",
        "results": [_result(problem, base or Path.cwd()) for problem in found],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def relative_file(file: str, base: Path) -> str:
    """Return a file name relative to a folder, in URI form, if it lies below it."""
    path = Path(file)
    return path.relative_to(base).as_posix() if path.is_relative_to(base) else path.as_posix()


def _result(problem: Problem, base: Path) -> dict[str, Any]:
    name = " ".join(filter(None, (problem.claim, problem.check))) or "audit"
    key = f"{problem.rule}\0{problem.claim}\0{problem.check}"
    result: dict[str, Any] = {
        "ruleId": problem.rule,
        "ruleIndex": list(RULES).index(problem.rule),
        "level": "error",
        "message": {"text": f"{name}: {problem.message}"},
        "partialFingerprints": {"srverify/v1": hashlib.sha256(key.encode()).hexdigest()},
    }
    if problem.file:
        location = {
            "artifactLocation": {"uri": relative_file(problem.file, base)},
            "region": {"startLine": max(1, problem.line)},
        }
        result["locations"] = [{"physicalLocation": location}]
    return result
