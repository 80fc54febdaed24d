"""The Lean README's table of policy-level modules names what the docstrings prove."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

LEAN = Path(__file__).resolve().parent.parent / "lean"
ROW = re.compile(r"^\| (`[^|]*\.lean`) \| ([^|]*) \|$", re.M)
RANGE = re.compile(r"\b([A-Z])(\d\d)(?:–\1(\d\d))?")
ENTRY = re.compile(r"\*\*([A-Z]\d{2})\*\*")
#: What the table must cover between its rows.
REQUIRED = ["S01–S09", "K01", "K02", "K03", "C01–C08", "C16", "C26–C32", "C35–C37", "E01–E06"]


def expand(text: str) -> set[str]:
    """Return the entry ids of a cell such as ``S01–S03, K01``."""
    return {
        f"{letter}{number:02}"
        for letter, first, last in RANGE.findall(text)
        for number in range(int(first), int(last or first) + 1)
    }


def rows() -> dict[str, str]:
    return dict(ROW.findall((LEAN / "README.md").read_text(encoding="utf-8")))


def named_in(cell: str) -> set[str]:
    """Return the entries that the docstrings of a row's modules name."""
    files = [file for name in re.findall(r"`([^`]*)`", cell) for file in (LEAN / "SRVerify").glob(name)]
    assert files, cell
    return {entry for file in files for entry in ENTRY.findall(file.read_text(encoding="utf-8"))}


@pytest.mark.parametrize("cell", rows())
def test_each_row_lists_entries_that_its_modules_name(cell):
    assert expand(rows()[cell]) - named_in(cell) == set()


def test_every_module_of_the_table_exists():
    patterns = [name for cell in rows() for name in re.findall(r"`([^`]*)`", cell)]
    assert all(list((LEAN / "SRVerify").glob(pattern)) for pattern in patterns)


def test_the_table_covers_the_entries_on_policies():
    listed = set().union(*map(expand, rows().values()))
    assert expand(", ".join(REQUIRED)) - listed == set()


def test_ranges_expand():
    assert expand("S08–S10, K01: and C2 is none") == {"S08", "S09", "S10", "K01"}
