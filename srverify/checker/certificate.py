"""Proof objects as files: JSON with the statement, its proof and the version of the format."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from srverify.checker.check import Report, check
from srverify.language.errors import InputError
from srverify.language.statement import Statement

#: The name and the version of the format.
FORMAT, VERSION = "srverify-proof", 1


def written(statement: Statement, proof: Mapping[str, Any]) -> str:
    """Return a certificate as text."""
    data = {"format": FORMAT, "version": VERSION, "statement": statement.to_dict(), "proof": proof}
    return json.dumps(data, indent=1, ensure_ascii=False) + "\n"


def read(text: str) -> tuple[Statement, Mapping[str, Any]]:
    """Read a certificate; its proof is not checked.

    Raises InputError if it is no certificate of this version.
    """
    try:
        data = json.loads(text, parse_float=_no_float, parse_constant=_no_float)
    except (ValueError, RecursionError) as error:
        raise InputError(f"not JSON: {error}") from None
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise InputError(f'not a proof object: "format" is not "{FORMAT}"')
    # In Python, and not in JSON, true is 1.
    if data.get("version") != VERSION or isinstance(data["version"], bool):
        raise InputError(f"version {data.get('version')!r} is unknown: this checks version {VERSION}")
    if set(data) != {"format", "version", "statement", "proof"} or not isinstance(data["proof"], dict):
        raise InputError("a certificate has format, version, statement and proof")
    return _statement(data["statement"]), data["proof"]


def _no_float(text: str) -> float:
    raise ValueError(f"the number {text} is not exact: write a fraction as text")


def _statement(data: object) -> Statement:
    parts = data if isinstance(data, dict) else {}
    show, given, variables = (parts.get(key) for key in ("show", "given", "variables"))
    texts = [show, *(given if isinstance(given, list) else [None])]
    texts += variables.values() if isinstance(variables, dict) else [None]
    if set(parts) != {"show", "given", "variables"} or not all(isinstance(text, str) for text in texts):
        raise InputError("a statement has show, given (a list of texts) and variables (name to domain)")
    return Statement.from_dict(parts)


def recheck(text: str) -> tuple[Statement, Report]:
    """Read and check a certificate.

    Raises InputError if it cannot be read, RejectedError if its proof is wrong.
    """
    statement, proof = read(text)
    return statement, check(statement, proof)
