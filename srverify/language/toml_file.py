"""Statements in a TOML file: one ``[[statement]]`` table each, with id, vars, given and show."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from srverify.language.errors import InputError
from srverify.language.statement import Statement
from srverify.language.text_file import read_text

_KEYS = {"id": str, "vars": dict, "given": list, "show": str}
_HEADER = re.compile(r"\s*\[\[\s*(\"statement\"|'statement'|statement)\s*\]\]")


def read_toml(path: Path) -> dict[str, Statement]:
    """Read the statements of a file by id, in order.

    ``vars`` maps every name to its domain; without it the names are real variables. Raises InputError
    with the file, the line of the table, its id and the key for everything that is wrong.
    """
    text = read_text(path)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{path}: not TOML: {error}") from None
    for key in data:
        if key != "statement":
            raise InputError(f"{path}: unknown key {key!r}: write [[statement]] tables")
    tables = data.get("statement")
    if not isinstance(tables, list) or not tables:
        raise InputError(f"{path}: no statements: write [[statement]] tables")
    lines = [number for number, line in enumerate(text.splitlines(), 1) if _HEADER.match(line)]
    found: dict[str, Statement] = {}
    for index, table in enumerate(tables):
        where = f"{path}:{lines[index]}" if len(lines) == len(tables) else f"{path}: table {index + 1}"
        if not isinstance(table, dict):
            raise InputError(f"{where}: a statement is a table with the keys {', '.join(_KEYS)}")
        identifier = table.get("id", f"statement-{index + 1}")
        if identifier in found:
            raise InputError(f"{where}: duplicate id {identifier!r}")
        found[identifier] = _statement(table, f"{where}: {identifier}")
    return found


def _statement(table: Mapping[str, Any], where: str) -> Statement:
    for key, value in table.items():
        if key not in _KEYS:
            raise InputError(f"{where}: unknown key {key!r} (known: {', '.join(_KEYS)})")
        if not isinstance(value, _KEYS[key]):
            wanted = {"vars": "a table", "given": "a list of texts"}.get(key, "a text")
            raise InputError(f"{where}: {key!r} must be {wanted}")
    if "show" not in table:
        raise InputError(f"{where}: the key 'show' is missing")
    given, variables = table.get("given", []), table.get("vars")
    for key, values in (("given", given), ("vars", (variables or {}).values())):
        if not all(isinstance(value, str) for value in values):
            raise InputError(f"{where}: {key!r} holds texts only")
    return parse_statement(table["show"], given, variables, where)


def parse_statement(
    show: str, given: list[str], variables: Mapping[str, str] | None, where: str = ""
) -> Statement:
    """Read a statement; a mistake is told with the place and the part (show, given 2) that has it."""
    parts = [(f"given {index}", text) for index, text in enumerate(given, 1)]
    for part, text in (*parts, ("show", show)):
        try:
            # Alone, so that the message can name the part.
            Statement.parse(text, (), variables)
        except InputError as error:
            raise InputError(f"{where}, {part}: {error}" if where else f"{part}: {error}") from None
    return Statement.parse(show, given, variables)
