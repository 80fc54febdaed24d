"""A short form of the benchmark of load and faults: kills, a shared cache, a full disk."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from load import kill_and_resume, record, start, torn_files, write_ledger

CLAIMS = 6


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_ledger(tmp_path_factory.mktemp("ledger") / "proofs", CLAIMS)


@pytest.fixture(scope="module")
def expected(ledger: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, float]:
    """What an undisturbed audit finds, and how long it takes."""
    folder = tmp_path_factory.mktemp("whole")
    began = time.monotonic()
    process = start(ledger, folder / "cache", "audit", ".", "--json", str(folder / "o.json"))
    process.communicate(timeout=300)
    assert process.returncode == 0
    return record(folder / "o.json"), time.monotonic() - began


@pytest.mark.parametrize("share", [0.2, 0.5, 0.7, 0.9])
def test_killed_audit_ends_the_same_when_run_again(
    share: float, ledger: Path, expected: tuple[Any, float], tmp_path: Path
) -> None:
    found, seconds = expected
    killed = kill_and_resume(ledger, tmp_path / "cache", seconds * share, found)
    assert (killed.orphans, killed.torn, killed.different) == (0, 0, ())


def test_audit_killed_again_and_again_gets_on(
    ledger: Path, expected: tuple[Any, float], tmp_path: Path
) -> None:
    found, seconds = expected
    moments = random.Random(7)
    known = 0
    for _ in range(3):
        moment = seconds * moments.uniform(0.3, 0.8)
        killed = kill_and_resume(ledger, tmp_path / "cache", moment, found)
        assert (killed.orphans, killed.torn, killed.different) == (0, 0, ())
        assert killed.remembered >= known
        known = killed.remembered
    assert known > 0


def test_two_audits_share_a_cache(ledger: Path, expected: tuple[Any, float], tmp_path: Path) -> None:
    reports = [tmp_path / "one.json", tmp_path / "two.json"]
    both = [start(ledger, tmp_path / "cache", "audit", ".", "--json", str(r)) for r in reports]
    for process in both:
        _, err = process.communicate(timeout=300)
        assert (process.returncode, err) == (0, "")
    assert [record(report) for report in reports] == [expected[0]] * 2
    assert not list(torn_files(tmp_path / "cache"))


def test_torn_and_foreign_entries_are_ignored(
    ledger: Path, expected: tuple[Any, float], tmp_path: Path
) -> None:
    report = tmp_path / "o.json"
    start(ledger, tmp_path / "cache", "audit", ".").communicate(timeout=300)
    entries = sorted((tmp_path / "cache").rglob("*.json"))
    for number, entry in enumerate(entries):
        text = entry.read_text()
        damage = ["", text[: len(text) // 2], text.replace("proved", "refuted"), "[]", "\0" * 100]
        entry.write_text(damage[number % len(damage)])
    process = start(ledger, tmp_path / "cache", "audit", ".", "--json", str(report))
    _, err = process.communicate(timeout=300)
    assert (process.returncode, err) == (0, "")
    assert record(report) == expected[0]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 KiB."""
    place = tmp_path / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(place)]
    if os.geteuid() != 0 or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("only an administrator can mount a small disk")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_full_disk_costs_the_cache_and_the_report_on_it(
    ledger: Path, expected: tuple[Any, float], small_disk: Path, tmp_path: Path
) -> None:
    (small_disk / "ballast").write_bytes(b"x" * (shutil.disk_usage(small_disk).free - 4096))
    other = tmp_path / "o.json"
    reports = ("--html", str(small_disk / "o.html"), "--json", str(other))
    process = start(ledger, small_disk / "cache", "audit", ".", *reports)
    out, err = process.communicate(timeout=300)
    assert process.returncode == 2
    assert out.endswith("all as expected\n")
    warning, refused = err.splitlines()
    assert warning.endswith("cannot be written (No space left on device): going on without")
    assert refused == f"srverify: cannot write {small_disk / 'o.html'}: No space left on device"
    assert record(other) == expected[0]
    assert not (small_disk / "o.html").exists()
    assert not list(torn_files(small_disk))


def test_read_only_cache_is_gone_on_without(
    ledger: Path, expected: tuple[Any, float], tmp_path: Path
) -> None:
    (tmp_path / "cache").write_text("a file where a folder should be")
    process = start(ledger, tmp_path / "cache", "audit", ".", "--json", str(tmp_path / "o.json"))
    _, err = process.communicate(timeout=300)
    assert process.returncode == 0
    assert err.count("\n") == 1
    assert "going on without" in err
    assert json.loads((tmp_path / "o.json").read_text())["summary"]["ok"]
