"""What a machine should flag in an audit, read from its JSON record: for JUnit, SARIF and GitHub."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

#: Rule id to what it means; the ids are stable.
RULES = {
    "contradiction": "Two engines contradict each other on one obligation.",
    "check-failed": "A check is not settled as expected.",
    "engine-error": "An engine crashed or gave an unusable answer.",
    "verdict-unexpected": "The computed verdict of a claim is not the expected one.",
    "engine-missing": "A required engine is not available.",
}


@dataclass(frozen=True)
class Problem:
    """One thing that is not as it should be.

    ``file`` and ``line`` say where the claim is declared (for the audit as a whole: its first claim).
    """

    rule: str
    claim: str
    check: str
    message: str
    file: str = ""
    line: int = 0


@cache
def _lines(file: str) -> Mapping[str, int]:
    """Return claim id to the line of its declaration in a claim module."""
    try:
        # As bytes: the parser minds byte order marks and coding cookies.
        tree = ast.parse(Path(file).read_bytes())
    except (OSError, SyntaxError, ValueError, RecursionError):
        return {}
    found: dict[str, int] = {}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        values = [k.value for k in node.keywords if k.arg == "id"] or node.args[:1]
        if values and isinstance(values[0], ast.Constant) and isinstance(values[0].value, str):
            found.setdefault(values[0].value, node.lineno)
    return found


def line_of(file: str, claim: str) -> int:
    """Return the line on which a claim is declared; 1 if it cannot be found."""
    return _lines(file).get(claim, 1)


def is_engine_error(check: Mapping[str, Any]) -> bool:
    """Tell whether a check failed because engines crashed, not because they found something."""
    return any(o["status"] == "error" for o in check["outcomes"]) and not any(
        o["status"] in ("refuted", "proved") for o in check["outcomes"]
    )


def message_of(check: Mapping[str, Any]) -> str:
    """Return one line that says why a check is not as expected."""
    found = "; ".join(check["problems"]) or f"expected {check['expect']}, is {check['state']}"
    witnesses = [o["witness"] for o in check["outcomes"] if o["status"] == "refuted" and o["witness"]]
    if witnesses and check["expect"] != "refuted":
        point = ", ".join(f"{name} = {value}" for name, value in witnesses[0].items())
        found += f" (counterexample: {point})"
    return found


def _place_of_all(record: Mapping[str, Any]) -> tuple[str, int]:
    """Return where to point for what concerns the audit as a whole."""
    sources = (claim.get("source") or {} for claim in record["claims"])
    source = next((source for source in sources if source.get("file")), {})
    return source.get("file", "proofs"), int(source.get("line", 1))


def between_checks(record: Mapping[str, Any]) -> list[str]:
    """Return the contradictions between different checks, which no check's own problems tell."""
    own = [
        f"{claim['id']} {check['id']}: "
        for claim in record["claims"]
        for check in claim["checks"]
        if check["state"] == "failed"
    ]
    return [line for line in record["summary"]["contradictions"] if not line.startswith(tuple(own))]


def relative_file(file: str, base: Path | None = None) -> str:
    """Return a file name relative to the repository that it lies in (or to ``base``), with ``/``.

    What shows findings resolves their files there, wherever the audit was started.
    """
    path = Path(os.path.abspath(file))
    root = base or _repository(path) or Path.cwd()
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()


def _repository(path: Path) -> Path | None:
    workspace = os.environ.get("GITHUB_WORKSPACE", "")
    if workspace and path.is_relative_to(workspace):
        return Path(workspace)
    return next((folder for folder in path.parents if (folder / ".git").exists()), None)


def problems(record: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield every problem of an audit's JSON record, in ledger order."""
    whole = _place_of_all(record)
    for line in record["summary"]["missing"]:
        yield Problem("engine-missing", "", "", str(line), *whole)
    for line in between_checks(record):
        yield Problem("contradiction", "", "", line, *whole)
    for claim in record["claims"]:
        source = claim.get("source") or {}
        place = (source.get("file", ""), int(source.get("line", 0)))
        flagged = False
        for check in claim["checks"]:
            if check["state"] != "failed":
                continue
            flagged = True
            contradictory = any(" proved what " in line for line in check["problems"])
            rule = (
                "contradiction"
                if contradictory
                else "engine-error"
                if is_engine_error(check)
                else "check-failed"
            )
            yield Problem(rule, claim["id"], check["id"], message_of(check), *place)
        if claim["verdict"] != claim["expected"] and not flagged:
            reasons = "; ".join(claim["problems"])
            text = f"expected {claim['expected']}, computed {claim['verdict']}" + (
                f": {reasons}" if reasons else ""
            )
            yield Problem("verdict-unexpected", claim["id"], "", text, *place)
