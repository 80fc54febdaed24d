"""Load the audit and break its surroundings: python benchmarks/load_and_faults.py [NAME…] [--json F].

``kills``: SIGKILL at 50 random moments of an audit, each time followed by a run that must end with the
same JSON (times aside), without an orphan or a torn file. ``shared``: two audits at the same time on
one cache. ``busy``: workers that get a seventh of the time, as on a machine loaded sevenfold.
``full``: a full disk under the cache and a report (as root, on Linux). ``slow``: every write to the
cache takes half a second. ``statements``: 10,000 statements in one file. ``claims``: 200 claims in a
folder. Without a name all of them run in turn. What differs is printed; ends with status 1 if anything
was lost.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from load import (
    differences,
    kill_and_resume,
    record,
    resident_mb,
    start,
    starved,
    survivors,
    torn_files,
    unlike,
    write_ledger,
)

KILLS = 50
KILLED_CLAIMS = 6
CLAIMS = 200
STATEMENTS = 10_000
SLOW_SECONDS = 0.5

Found = dict[str, Any]


def watched(process: subprocess.Popen[str]) -> tuple[str, str, float, float]:
    """Wait for a process; return what it printed, its seconds and the most MiB that its tree had."""
    began, most = time.monotonic(), 0.0
    while True:
        try:
            out, err = process.communicate(timeout=0.5)
        except subprocess.TimeoutExpired:
            most = max(most, resident_mb(process.pid))
            continue
        return out, err, time.monotonic() - began, most


def tell(different: Iterable[str]) -> bool:
    """Print what differs; return whether nothing does."""
    lines = tuple(different)
    for line in lines:
        print(f"  {line}", file=sys.stderr, flush=True)
    return not lines


def is_same(process: subprocess.Popen[str], report: Path, expected: Any) -> bool:
    """Tell whether an audit found what it should, and print what it did not."""
    return tell(unlike(process, report, expected))


def baseline(folder: Path, claims: int) -> tuple[Path, Any, float]:
    """Return a ledger, what an undisturbed audit of it finds, and its seconds."""
    ledger = write_ledger(folder / "proofs", claims)
    began = time.monotonic()
    process = start(ledger, folder / "whole", "audit", ".", "--json", str(folder / "whole.json"))
    process.communicate()
    assert process.returncode == 0
    return ledger, record(folder / "whole.json"), time.monotonic() - began


def kills(folder: Path) -> Found:
    """Kill at random moments, half of the time from nothing, half with what earlier runs remembered."""
    ledger, expected, seconds = baseline(folder, KILLED_CLAIMS)
    moments = random.Random(20260122)
    found: Found = {"kills": 0, "orphans": 0, "torn": 0, "different": 0, "killed while working": 0}
    for number in range(KILLS):
        cache = folder / "cache"
        if number % 2 == 0:
            shutil.rmtree(cache, ignore_errors=True)
        killed = kill_and_resume(ledger, cache, moments.uniform(0.02, 1.0) * seconds, expected)
        found["kills"] += 1
        found["orphans"] += killed.orphans
        found["torn"] += killed.torn
        found["different"] += bool(killed.different)
        found["killed while working"] += killed.remembered > 0
        print(f"  kill {number + 1}: {killed}", file=sys.stderr, flush=True)
    found["ok"] = found["orphans"] == found["torn"] == found["different"] == 0
    return found


def shared(folder: Path) -> Found:
    """Run two audits at the same time on one cache."""
    ledger, expected, _ = baseline(folder, 20)
    reports = [folder / "one.json", folder / "two.json"]
    began = time.monotonic()
    both = [start(ledger, folder / "cache", "audit", ".", "--json", str(r)) for r in reports]
    for process in both:
        process.communicate()
    same = tell(line for pair in zip(both, reports, strict=True) for line in unlike(*pair, expected))
    torn = len(list(torn_files(folder / "cache")))
    return {"same": same, "torn": torn, "seconds": time.monotonic() - began, "ok": same and torn == 0}


def busy(folder: Path) -> Found:
    """Let the workers run for a seventh of the time only."""
    ledger, expected, seconds = baseline(folder, 20)
    report = folder / "busy.json"
    began = time.monotonic()
    process = start(ledger, folder / "cache", "audit", ".", "--json", str(report))
    with starved(process.pid, 1 / 7):
        process.communicate()
    same = is_same(process, report, expected)
    return {"same": same, "seconds": time.monotonic() - began, "undisturbed": seconds, "ok": same}


def full(folder: Path) -> Found:
    """Fill the disk under the cache and one of two reports."""
    ledger, expected, _ = baseline(folder, 20)
    disk, other = folder / "disk", folder / "other.json"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(disk)]
    if os.geteuid() != 0 or subprocess.run(command, capture_output=True, check=False).returncode:
        return {"ok": True, "skipped": "only an administrator can mount a small disk"}
    try:
        (disk / "ballast").write_bytes(b"x" * (shutil.disk_usage(disk).free - 16384))
        reports = ("--html", str(disk / "o.html"), "--json", str(other))
        process = start(ledger, disk / "cache", "audit", ".", *reports)
        _, err = process.communicate()
        lines, torn = len(err.splitlines()), len(list(torn_files(disk)))
    finally:
        subprocess.run(["umount", str(disk)], check=True)
    same = tell(differences(expected, record(other)))
    ok = same and torn == 0 and lines == 2 and process.returncode == 2
    return {"status": process.returncode, "lines": lines, "same": same, "torn": torn, "ok": ok}


SLOW = """
import sys, time
from srverify.running import cache
quick = cache.write_atomically
def slow(*arguments):
    time.sleep({seconds})
    quick(*arguments)
cache.write_atomically = slow
from srverify.__main__ import main
raise SystemExit(main())
"""


def slow(folder: Path) -> Found:
    """Let every write to the cache take long."""
    ledger, expected, _ = baseline(folder, 20)
    report = folder / "o.json"
    process = subprocess.Popen(
        [sys.executable, "-c", SLOW.format(seconds=SLOW_SECONDS), "audit", ".", "--json", str(report)],
        cwd=ledger,
        env={**os.environ, "XDG_CACHE_HOME": str(folder / "cache")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    _, _, seconds, _ = watched(process)
    same = is_same(process, report, expected)
    entries = len(list((folder / "cache").rglob("*.json")))
    return {"same": same, "entries": entries, "seconds": seconds, "ok": same}


def statements(folder: Path) -> Found:
    """Prove many statements of one file."""
    tables = (f'[[statement]]\nid = "s{n}"\nshow = "2*x <= x^2 + 1 + {n}"\n' for n in range(STATEMENTS))
    (folder / "many.toml").write_text("\n".join(tables))
    words = ("prove", "--file", "many.toml", "--engine", "arb", "--json")
    process = start(folder, folder / "cache", *words)
    out, _, seconds, most = watched(process)
    results = json.loads(out)["results"]
    proved = sum(result["status"] == "proved" for result in results)
    ok = proved == len(results) == STATEMENTS and process.returncode == 0
    return {"proved": proved, "seconds": seconds, "most MiB": most, "ok": ok}


def claims(folder: Path) -> Found:
    """Audit many claims, cold and warm."""
    ledger = write_ledger(folder / "proofs", CLAIMS)
    found: Found = {"claims": CLAIMS, "ok": True}
    for name in ("cold", "warm"):
        report = folder / f"{name}.json"
        process = start(ledger, folder / "cache", "audit", ".", "--json", str(report))
        _, _, seconds, most = watched(process)
        whole = process.returncode == 0 and len(record(report)["claims"]) == CLAIMS
        found |= {f"{name} seconds": seconds, f"{name} most MiB": most}
        found["ok"] = found["ok"] and whole and not survivors({process.pid})
    same = tell(differences(*(record(folder / f"{name}.json") for name in ("cold", "warm"))))
    found["ok"] = found["ok"] and same
    return found


RUNS: dict[str, Callable[[Path], Found]] = {
    "kills": kills,
    "shared": shared,
    "busy": busy,
    "full": full,
    "slow": slow,
    "statements": statements,
    "claims": claims,
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(RUNS))
    parser.add_argument("--json", metavar="F")
    arguments = parser.parse_args()
    for name in arguments.names:
        if name not in RUNS:
            parser.error(f"unknown {name!r}: choose from {', '.join(RUNS)}")
    results: dict[str, Found] = {}
    for name in arguments.names or RUNS:
        with tempfile.TemporaryDirectory(prefix="srverify-load-") as folder:
            results[name] = RUNS[name](Path(folder))
        rounded = (
            f"{key} {value:.1f}" if isinstance(value, float) else f"{key} {value}"
            for key, value in results[name].items()
        )
        print(f"{name:11} {', '.join(rounded)}", flush=True)
    if arguments.json:
        Path(arguments.json).write_text(json.dumps(results, indent=1) + "\n")
    return 0 if all(result["ok"] for result in results.values()) else 1


if __name__ == "__main__":
    raise SystemExit(main())
