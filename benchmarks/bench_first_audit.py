"""An earlier commit beside the present code, in one run: a first audit, one typed inequality, a file.

    python benchmarks/bench_first_audit.py [--commit COMMIT] [--repeat N] [--rows N]
                                           [--only prove corpus rows audit rocq] [--reports FOLDER]

The commit (default: the one before the present) is checked out into a temporary git worktree and
installed, with the versions of every dependency that this environment has, into a virtual environment of
its own; both end with the run. Each measurement starts from an empty cache and runs the old and the new
code one after the other, so that whatever else the machine does meets both; the best of the repetitions
counts. Two files are proved: the first rows of ``tests/corpus.py`` that name literature, with the
default limit, and the first of ``tests/rows`` that do and that the old code reads, harder ones, with
five seconds per engine; how many each decides is printed too. The audit asks every engine except the
kernels of Rocq and Lean (``--only rocq``, which is not asked for by default: with that of Rocq, from
nothing), and audits the claims that come with the respective code: where these grew, the time per check
is the fairer number. Limits of engine runs are seconds on the wall in earlier commits,
and seconds of work since: beside other work the present code does more in the same limit.

Printed are wall time, processor time of the process and all its descendants, and the peak of their
resident memory together (sampled), with the ratios new/old.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
ENGINES = ("sympy", "z3", "cvc5", "arb", "leancert", "mpmath", "exact", "simulation")
FOLDER = ROOT / "tests" / "rows"
#: Seconds per engine for either file.
LIMITS = {"corpus": "20", "rows": "5"}
#: In this order; rows about Lambert W came last.
ROW_FILES = ("literature.toml", "classical.toml", "lambert.toml")
#: Reads rows as JSON and prints the ids of those that a build can read.
_READABLE = """
import json, sys
from srverify import Statement
for row in json.load(sys.stdin):
    try:
        Statement.parse(row["show"], tuple(row.get("given", ())), row["vars"])
    except Exception:
        continue
    print(row["id"])
"""
PROVE = ("prove", "log(x) <= x - 1", "--given", "x > 0")
SAMPLING_SECONDS = 0.1
_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True)
class Cost:
    """What one run took; ``checks`` is the number of checks of an audit, or of rows decided."""

    wall: float
    processor: float
    megabytes: float
    checks: int = 0


@dataclass(frozen=True)
class Build:
    """One installed state of the code."""

    name: str
    python: str
    folder: Path


def descendants(process: int) -> list[int]:
    """Return a process and all that it started, as far as /proc tells."""
    found, pending = [], [process]
    while pending:
        parent = pending.pop()
        found.append(parent)
        try:
            for task in os.listdir(f"/proc/{parent}/task"):
                text = Path(f"/proc/{parent}/task/{task}/children").read_text()
                pending += [int(word) for word in text.split()]
        except OSError:
            continue
    return found


def resident(process: int) -> int:
    """Return the bytes that a process and its descendants hold in memory, shared pages once each."""
    total = 0
    for member in descendants(process):
        try:
            pages = Path(f"/proc/{member}/statm").read_text().split()
        except OSError:
            continue
        total += int(pages[1]) * _PAGE
    return total


def run(build: Build, reports: Path | None, *arguments: str) -> Cost:
    """Run a command of a build from an empty cache; raises RuntimeError if it fails.

    ``reports``: a folder in which an audit's JSON is kept.
    """
    with tempfile.TemporaryDirectory() as cache:
        report = Path(cache) / "audit.json"
        command = [build.python, "-m", "srverify", *arguments]
        if arguments[0] == "audit":
            command += ["--json", str(report)]
        environment = {**os.environ, "XDG_CACHE_HOME": cache}
        started = time.perf_counter()
        with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as messages:
            process = subprocess.Popen(
                command, cwd=build.folder, env=environment, stdout=output, stderr=messages
            )
            peak, over = 0, threading.Event()

            def sample() -> None:
                nonlocal peak
                while not over.wait(SAMPLING_SECONDS):
                    peak = max(peak, resident(process.pid))

            sampler = threading.Thread(target=sample)
            sampler.start()
            _, status, usage = os.wait4(process.pid, 0)
            wall = time.perf_counter() - started
            over.set()
            sampler.join()
            process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode not in (0, 1):
                messages.seek(0)
                said = messages.read().decode()[-500:]
                raise RuntimeError(f"{build.name}: {' '.join(command)}: {said}")
            output.seek(0)
            printed = output.read().decode()
        checks = 0
        if report.exists():
            text = report.read_text()
            checks = sum(len(claim["checks"]) for claim in json.loads(text)["claims"])
            if reports is not None:
                reports.mkdir(parents=True, exist_ok=True)
                (reports / f"{build.name}.json").write_text(text)
        if "--json" in arguments:
            results = json.loads(printed)["results"]
            checks = sum(result["status"] != "unknown" for result in results)
        processor = usage.ru_utime + usage.ru_stime
        return Cost(wall, processor, max(peak / 2**20, usage.ru_maxrss / 2**10), checks)


def install(commit: str, folder: Path) -> Build:
    """Check a commit out and install it, its dependencies in the versions of this environment."""
    tree, environment = folder / "tree", folder / "venv"
    subprocess.run(
        ["git", "worktree", "add", "--quiet", "--detach", str(tree), commit], cwd=ROOT, check=True
    )
    subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
    python = str(environment / "bin" / "python")
    pins = folder / "constraints.txt"
    pins.write_text(
        "".join(
            f"{found.name}=={found.version}\n"
            for found in importlib.metadata.distributions()
            if re.fullmatch(r"[\w.-]+", found.name) and found.name.lower() != "srverify"
        )
    )
    subprocess.run(
        [python, "-m", "pip", "install", "--quiet", "-c", str(pins), "-e", f"{tree}[leancert]"],
        check=True,
    )
    return Build(commit, python, tree)


def compile_all(build: Build) -> None:
    """Write bytecode as installing a package does, so that no run compiles what it imports."""
    subprocess.run([build.python, "-m", "compileall", "-q", str(build.folder / "srverify")], check=True)


def rows_of(part: str) -> list[dict[str, Any]]:
    """Return the rows of ``tests/corpus.py`` or of ``tests/rows`` that name literature."""
    if part == "corpus":
        sys.path.insert(0, str(ROOT / "tests"))
        from corpus import PAPER, ROWS

        return [
            {"id": row.id, "vars": row.variables, "given": list(row.given), "show": row.show}
            for row in ROWS
            if PAPER not in row.source
        ]
    return [
        row
        for name in ROW_FILES
        for row in tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))["statement"]
        if not row["source"].startswith("elementary")
    ]


def write_rows(path: Path, rows: list[dict[str, Any]], number: int, build: Build) -> None:
    """Write a file of the first rows that a build can read."""
    command = [build.python, "-c", _READABLE]
    found = subprocess.run(
        command, input=json.dumps(rows), cwd=build.folder, text=True, check=True, capture_output=True
    )
    readable = set(found.stdout.split())
    with open(path, "w", encoding="utf-8") as stream:
        for row in [row for row in rows if row["id"] in readable][:number]:
            # JSON's strings and lists of strings are TOML's.
            variables = ", ".join(f"{name} = {json.dumps(of)}" for name, of in row["vars"].items())
            stream.write(f"[[statement]]\nid = {json.dumps(row['id'])}\nvars = {{ {variables} }}\n")
            stream.write(f"given = {json.dumps(row.get('given', []))}\n")
            stream.write(f"show = {json.dumps(row['show'])}\n\n")


def measure(
    name: str,
    builds: tuple[Build, Build],
    arguments: tuple[str, ...],
    repeat: int,
    reports: Path | None = None,
    counted: str = "checks",
) -> None:
    """Run a command on both builds in turn and print what the best runs took."""
    costs: dict[str, list[Cost]] = {build.name: [] for build in builds}
    for _ in range(repeat):
        for build in builds:
            costs[build.name].append(run(build, reports, *arguments))
    print(f"\n{name}, best of {repeat}")
    print(f"{'':24} {'wall s':>10} {'cpu s':>10} {'peak MB':>10}  {counted}")
    best = []
    for build in builds:
        runs = costs[build.name]
        found = Cost(
            min(cost.wall for cost in runs),
            min(cost.processor for cost in runs),
            min(cost.megabytes for cost in runs),
            runs[0].checks,
        )
        best.append(found)
        numbers = f"{found.wall:10.2f} {found.processor:10.2f} {found.megabytes:10.0f}"
        print(f"{build.name:24} {numbers}  {found.checks or ''}")
    old, new = best
    ratios = (new.wall / old.wall, new.processor / old.processor, new.megabytes / old.megabytes)
    print(f"{'new/old':24} {ratios[0]:10.2f} {ratios[1]:10.2f} {ratios[2]:10.2f}")
    if counted == "checks" and old.checks and new.checks != old.checks:
        scale = old.checks / new.checks
        print(f"{'new/old per check':24} {ratios[0] * scale:10.2f} {ratios[1] * scale:10.2f}")


def main() -> None:
    """Install, measure, print; the worktree is removed whatever happens."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--commit", default="HEAD~1", help="what to compare with (default: HEAD~1)")
    parser.add_argument("--repeat", type=int, default=3)
    parts = ["prove", "corpus", "rows", "audit"]
    parser.add_argument("--only", nargs="+", choices=[*parts, "rocq"], default=parts)
    parser.add_argument("--rows", type=int, default=90, help="rows of a file (default: 90)")
    parser.add_argument("--reports", type=Path, help="a folder in which to keep the audits' JSON")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        try:
            old = install(arguments.commit, folder)
            builds = (old, Build("present", sys.executable, ROOT))
            for build in builds:
                compile_all(build)
            if "prove" in arguments.only:
                measure(f"srverify {' '.join(PROVE)}", builds, PROVE, arguments.repeat)
            for part, limit in LIMITS.items():
                if part not in arguments.only:
                    continue
                rows = folder / f"{part}.toml"
                write_rows(rows, rows_of(part), arguments.rows, old)
                asked = ("prove", "--file", str(rows), "--timeout", limit, "--json")
                name = f"srverify prove --file: {arguments.rows} rows of {part}, --timeout {limit}"
                measure(name, builds, asked, arguments.repeat, counted="decided")
            for part, name, engines in (
                ("audit", "first audit without kernels", ENGINES),
                ("rocq", "first audit with Rocq", (*ENGINES, "rocq")),
            ):
                if part in arguments.only:
                    audit = ("audit", "--engine", *engines)
                    measure(name, builds, audit, arguments.repeat, arguments.reports)
        finally:
            subprocess.run(
                ["git", "worktree", "remove", "--force", str(folder / "tree")], cwd=ROOT, check=False
            )


if __name__ == "__main__":
    main()
