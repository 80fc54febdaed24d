"""Time the audit cold and warm, and its peak memory: python benchmarks/bench_audit.py [PATH].

The cold audit starts from an empty cache without the kernels (rocq, lean); the warm one repeats it. Peak
memory is the sum of the audit's own and its workers' resident sets, sampled ten times a second.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

KERNELS = ("rocq", "lean")


def tree_rss(root: int) -> int:
    """Return the resident memory of a process and its descendants, in MiB."""
    children: dict[int, list[int]] = {}
    resident: dict[int, int] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        pid = int(folder.name)
        children.setdefault(int(fields[1]), []).append(pid)
        resident[pid] = int(fields[21]) * os.sysconf("SC_PAGE_SIZE") >> 20
    total, pending = 0, [root]
    while pending:
        pid = pending.pop()
        total += resident.get(pid, 0)
        pending += children.get(pid, [])
    return total


def timed(arguments: list[str], environment: dict[str, str]) -> tuple[float, int, int, str]:
    """Run srverify; return wall seconds, peak MiB, exit status and the output."""
    started = time.perf_counter()
    with tempfile.TemporaryFile("w+") as out:
        command = [sys.executable, "-m", "srverify", *arguments]
        process = subprocess.Popen(command, env=environment, stdout=out)
        peak = 0
        while process.poll() is None:
            peak = max(peak, tree_rss(process.pid))
            time.sleep(0.1 if time.perf_counter() - started > 5 else 0.02)
        seconds = time.perf_counter() - started
        out.seek(0)
        return seconds, peak, process.returncode, out.read()


def slowest(record: dict[str, Any], count: int = 25) -> list[str]:
    """Return the slowest runs of an audit's record, one line each."""
    rows = []
    for claim in record["claims"]:
        for check in claim["checks"]:
            place = f"{claim['id']} {check['id']}"
            rows += [(o["seconds"], f"{place}: {o['engine']} {o['status']}") for o in check["outcomes"]]
            mutants = check["mutants"]["details"]
            rows += [(m["seconds"], f"{place}: mutant {m['name']} {m['fate']}") for m in mutants]
    total = sum(seconds for seconds, _ in rows)
    top = [f"{seconds:8.2f} s  {line}" for seconds, line in sorted(rows, reverse=True)[:count]]
    return [f"{total:8.2f} s  of engine time in {len(rows)} questions; the slowest:", *top]


def main() -> None:
    """Print one line per measurement."""
    from srverify.engines import REGISTRY

    paths = sys.argv[1:]
    engines = [name for name in REGISTRY if name not in KERNELS]
    arguments = ["audit", *paths, "--engine", *engines]
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "XDG_CACHE_HOME": folder}
        report = Path(folder) / "report.json"
        rows = [("--help", *timed(["--help"], environment))]
        rows.append(("cold", *timed([*arguments, "--json", str(report)], environment)))
        record = json.loads(report.read_text())
        rows += [(name, *timed(arguments, environment)) for name in ("warm", "warm again")]
        entries = sum(1 for _ in Path(folder).rglob("*.json"))
    for name, seconds, peak, status, _ in rows:
        print(f"{name:<12}{seconds:8.2f} s{peak:8d} MiB  exit {status}")
    print(f"{entries} remembered outcomes")
    print("\n".join(slowest(record)))
    print(rows[1][4][rows[1][4].rindex("\n\n") :].strip())


if __name__ == "__main__":
    main()
