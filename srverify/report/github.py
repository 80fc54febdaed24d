"""Annotations for GitHub Actions: one workflow command per problem."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from srverify.report.problems import problems, relative_file


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def workflow_commands(record: Mapping[str, Any], base: Path | None = None) -> Iterator[str]:
    """Yield ``::error file=…,line=…,title=…::message`` for every problem of an audit's JSON record."""
    for problem in problems(record):
        name = " ".join(filter(None, (problem.claim, problem.check))) or "audit"
        file = relative_file(problem.file, base)
        properties = [
            f"file={_property(file)}",
            f"line={max(1, problem.line)}",
            f"title={_property(f'srverify {name}')}",
        ]
        yield f"::error {','.join(properties)}::{_data(problem.message)}"
