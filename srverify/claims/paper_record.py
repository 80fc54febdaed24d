"""What a paper numbers, kept beside the claims that answer for it: ``paper.json`` in a claims folder."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from srverify.language.errors import InputError

SCHEMA = 1
NAME = "paper.json"


@dataclass(frozen=True)
class Entry:
    """A numbered display or a theorem-like statement: what it is, where it stands, and its LaTeX.

    ``claim`` is the id of the claim that was written for it, or empty.
    """

    kind: str
    number: str
    label: str
    file: str
    line: int
    tex: str
    claim: str = ""

    @property
    def place(self) -> str:
        """File and line."""
        return f"{self.file}:{self.line}"


@dataclass(frozen=True)
class PaperRecord:
    """A paper's title, its main file, its numbered displays and its statements, in order."""

    title: str
    source: str
    displays: tuple[Entry, ...]
    statements: tuple[Entry, ...]

    def text(self) -> str:
        """Return the record as JSON."""
        data = {
            "schema": SCHEMA,
            "title": self.title,
            "source": self.source,
            "displays": [asdict(entry) for entry in self.displays],
            "statements": [asdict(entry) for entry in self.statements],
        }
        return json.dumps(data, indent=1, ensure_ascii=False) + "\n"


def read_record(folder: Path) -> PaperRecord | None:
    """Read the record of a claims folder, if it has one.

    Raises InputError for a file that is not such a record.
    """
    path = folder / NAME
    if not path.is_file():
        return None
    try:
        data: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8-sig"))
        if data["schema"] != SCHEMA:
            raise InputError(f"{path}: written by another version (schema {data['schema']!r})")
        return PaperRecord(
            str(data["title"]),
            str(data["source"]),
            tuple(Entry(**entry) for entry in data["displays"]),
            tuple(Entry(**entry) for entry in data["statements"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"{path}: not a record of a paper ({error})") from None
