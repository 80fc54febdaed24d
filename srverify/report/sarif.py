"""SARIF 2.1.0, the subset that code scanning services read."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from srverify.report.problems import RULES, Problem, problems, relative_file

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"

#: More results than this are cut by the services that read them.
MAX_RESULTS = 5000


def sarif_log(record: Mapping[str, Any], base: Path | None = None) -> dict[str, Any]:
    """Return the SARIF log of an audit's JSON record.

    Parameters
    ----------
    base
        Folder to which file names are made relative (default: the repository of each file).
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
        "results": [_result(problem, base) for problem in found],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def relative_uri(file: str, base: Path | None = None) -> str:
    """Return the URI of a file: relative to a folder (the repository's) if it lies below it.

    >>> relative_uri("/r/a b/100%.py", Path("/r")), relative_uri("/x/é.py", Path("/r"))
    ('a%20b/100%25.py', 'file:///x/%C3%A9.py')
    """
    path = relative_file(file, base)
    # With surrogates: names of files need not be UTF-8.
    quoted = quote(path.encode(errors="surrogateescape"))
    return f"file://{quoted}" if path.startswith("/") else quoted


def _result(problem: Problem, base: Path | None) -> dict[str, Any]:
    name = " ".join(filter(None, (problem.claim, problem.check))) or "audit"
    key = f"{problem.rule}\0{problem.claim}\0{problem.check}"
    result: dict[str, Any] = {
        "ruleId": problem.rule,
        "ruleIndex": list(RULES).index(problem.rule),
        "level": "error",
        "message": {"text": f"{name}: {problem.message}"},
        "partialFingerprints": {"srverify/v1": hashlib.sha256(key.encode()).hexdigest()},
    }
    # Services refuse a whole file if one result has no location.
    location = {
        "artifactLocation": {"uri": relative_uri(problem.file, base)},
        "region": {"startLine": max(1, problem.line)},
    }
    result["locations"] = [{"physicalLocation": location}]
    return result
