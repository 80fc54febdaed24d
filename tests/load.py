"""What tests and the benchmark of load and faults share: large ledgers, and runs that are killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from auditing import HEAD
from processes import MODULE

SHAPES = (
    "0 <= x^2 + {n}",
    "2*x <= x^2 + 1 + {n}",
    "x <= exp(x) + {n}",
    "x/(x^2 + {n} + 1) <= 1",
    "abs(x) <= x^2 + 1/4 + {n}",
)


def write_ledger(folder: Path, claims: int, engines: str = '"sympy", "z3", "arb"') -> Path:
    """Write claims, one module each, about statements that all differ."""
    folder.mkdir(parents=True, exist_ok=True)
    for n in range(claims):
        text = SHAPES[n % len(SHAPES)].format(n=n)
        check = f'Check("c", statement("{text}", x="real"), engines=({engines},))'
        module = f'{HEAD}CLAIMS = (claim("A{n:04}", {check}),)\n'
        (folder / f"c{n:04}.py").write_text(module)
    return folder


def start(folder: Path, cache: Path, *words: str) -> subprocess.Popen[str]:
    """Start the program in a folder; audits without replays, which would take longer than all else."""
    if words[0] == "audit":
        words = ("audit", "--no-replay", *words[1:])
    return subprocess.Popen(
        [sys.executable, *MODULE, *words],
        cwd=folder,
        env={**os.environ, "XDG_CACHE_HOME": str(cache)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def descendants(root: int) -> set[int]:
    """Return the processes that a process has started, and those that they have."""
    found: set[int] = set()
    pending = [root]
    while pending:
        parent = pending.pop()
        for task in Path(f"/proc/{parent}/task").glob("*/children"):
            try:
                children = [int(word) for word in task.read_text().split()]
            except OSError:
                continue
            pending += [child for child in children if child not in found]
            found.update(children)
    return found


def is_alive(process: int) -> bool:
    """Tell whether a process runs, as a zombie does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def survivors(processes: set[int], seconds: float = 5.0) -> set[int]:
    """Return which processes are still there after a moment."""
    until = time.monotonic() + seconds
    while (left := set(filter(is_alive, processes))) and time.monotonic() < until:
        time.sleep(0.05)
    return left


def resident_mb(root: int) -> float:
    """Return the MiB that a process and its descendants occupy, shared memory counted each time."""
    total = 0
    for process in {root, *descendants(root)}:
        try:
            total += int(Path(f"/proc/{process}/statm").read_text().split()[1])
        except (OSError, IndexError):
            continue
    return total * os.sysconf("SC_PAGE_SIZE") / (1 << 20)


#: What two audits of the same claims may differ in: how long things took, and what was remembered.
_TIMES = frozenset({"seconds", "cached"})


def timeless(data: Any) -> Any:
    """Return the JSON of an audit without times."""
    if isinstance(data, dict):
        return {key: timeless(value) for key, value in data.items() if key not in _TIMES}
    return [timeless(value) for value in data] if isinstance(data, list) else data


def differences(one: Any, other: Any, place: str = "") -> Iterator[str]:
    """Yield where two JSON values differ, and how."""
    if isinstance(one, dict) and isinstance(other, dict):
        for key in dict.fromkeys((*one, *other)):
            yield from differences(one.get(key), other.get(key), f"{place}.{key}")
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for index, pair in enumerate(zip(one, other, strict=True)):
            yield from differences(*pair, f"{place}[{index}]")
    elif one != other:
        yield f"{place}: {json.dumps(one)[:200]} became {json.dumps(other)[:200]}"


def unlike(process: subprocess.Popen[str], report: Path, expected: Any) -> Iterator[str]:
    """Yield what an audit that has ended did not find as expected."""
    if process.returncode:
        yield f"status {process.returncode}"
    yield from differences(expected, record(report)) if report.exists() else ["no report"]


@contextmanager
def starved(root: int, share: float = 0.15, seconds: float = 0.05) -> Iterator[None]:
    """Let the descendants of a process run for a share of the time only, as on a machine that is busy.

    ``seconds`` is how long they run in a row.
    """
    over = threading.Event()

    def send(number: signal.Signals) -> None:
        for process in descendants(root):
            with suppress(ProcessLookupError):
                os.kill(process, number)

    def starve() -> None:
        while not over.wait(seconds):
            send(signal.SIGSTOP)
            over.wait(seconds / share - seconds)
            send(signal.SIGCONT)

    thread = threading.Thread(target=starve)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def record(path: Path) -> Any:
    """Read the JSON of an audit, without times."""
    return timeless(json.loads(path.read_text()))


def torn_files(cache: Path) -> Iterator[Path]:
    """Yield the entries of a cache that are not whole."""
    for path in cache.rglob("*.json"):
        # A hidden one is being written: it is no entry until it is renamed.
        if path.name.startswith("."):
            continue
        try:
            json.loads(path.read_text())
        except ValueError:
            yield path


@dataclass(frozen=True)
class Killed:
    """What was found after a kill, and after the run that followed it."""

    orphans: int
    torn: int
    different: tuple[str, ...]
    remembered: int


def kill_and_resume(ledger: Path, cache: Path, seconds: float, expected: Any) -> Killed:
    """Kill an audit with SIGKILL after some seconds, run it again, and compare with what is expected."""
    report = cache.parent / "resumed.json"
    process = start(ledger, cache, "audit", ".", "--json", str(report))
    until = time.monotonic() + seconds
    known: set[int] = set()
    while process.poll() is None and time.monotonic() < until:
        known |= descendants(process.pid)
        time.sleep(0.01)
    known |= descendants(process.pid)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    orphans = len(survivors(known))
    torn = len(list(torn_files(cache)))
    if report.exists():
        record(report)  # whole, or not there
        report.unlink()
    remembered = len(list(cache.rglob("*.json")))
    again = start(ledger, cache, "audit", ".", "--json", str(report))
    again.communicate(timeout=600)
    different = tuple(unlike(again, report, expected))
    return Killed(orphans, torn + len(list(torn_files(cache))), different, remembered)
