"""Run a kernel's programs under limits on time and on the memory that they really use.

A limit on address space would not do: OCaml 5 reserves tens of GiB of it at its start, and Lean maps
whole libraries; neither is memory.
"""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from srverify.running.meter import LOOK_SECONDS, Limit

#: MiB that the processes of one command may occupy together, where no other limit is given.
MEMORY_MB = 4096

#: Lifts the soft limit on address space that a worker process puts on itself, which children inherit.
#: Beside the command a watcher reads a pipe that only the caller holds open: once the caller is gone,
#: however it went, the watcher kills the whole group.
_WATCHED = """
ulimit -S -v "$(ulimit -H -v)"
exec 3<&0
(read -r nothing <&3; kill -s KILL -- -$$) >/dev/null 2>&1 &
exec "$@" </dev/null 3<&-
"""

_lock = threading.Lock()
_running: set[int] = set()
_stopping = 0


@dataclass(frozen=True)
class OutOfMemoryError(Exception):
    """The processes of a command occupied more memory than they may, and were killed."""

    memory_mb: int

    def __str__(self) -> str:
        return f"out of memory (limit {self.memory_mb} MiB)"


def run(
    command: Sequence[str], folder: Path, timeout: float, memory_mb: int = MEMORY_MB
) -> subprocess.CompletedProcess[str]:
    """Run a command in a session of its own and return what it printed.

    The session dies with the caller, even if that is killed, and leaves nothing behind when it ends.
    Raises subprocess.TimeoutExpired or OutOfMemoryError, after everything in the session was killed.
    """
    process = subprocess.Popen(
        ["/bin/sh", "-c", _WATCHED, "sh", *command],
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,
    )
    # Held here, since ``communicate`` would close it.
    lifeline, process.stdin = process.stdin, None
    assert lifeline is not None
    with _lock:
        _running.add(process.pid)
        if _stopping:
            _kill_group(process.pid)
    try:
        output, errors = _watched(process, command, timeout, memory_mb)
    except BaseException:
        _kill_group(process.pid)
        process.communicate()
        raise
    finally:
        with _lock:
            _running.discard(process.pid)
        # The watcher, and what the command may have left behind, end now.
        lifeline.close()
    return subprocess.CompletedProcess(list(command), process.returncode, output, errors)


def _kill_group(leader: int) -> None:
    with suppress(ProcessLookupError):
        os.killpg(leader, signal.SIGKILL)


@contextmanager
def command_pool(jobs: int) -> Iterator[ThreadPoolExecutor]:
    """Provide threads that run commands; if their owner is interrupted, these are killed.

    Leaving a plain pool would wait until the last of them has ended by itself.
    """
    global _stopping
    pool = ThreadPoolExecutor(max(1, jobs))
    try:
        yield pool
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        with _lock:
            _stopping += 1
            for leader in _running:
                _kill_group(leader)
        try:
            pool.shutdown(wait=True)
        finally:
            with _lock:
                _stopping -= 1
        raise
    pool.shutdown(wait=True)


def _watched(
    process: subprocess.Popen[str], command: Sequence[str], timeout: float, memory_mb: int
) -> tuple[str, str]:
    limit = Limit(process.pid, timeout)
    while True:
        try:
            # What was read before a time-out is kept, so asking again loses nothing.
            return process.communicate(timeout=LOOK_SECONDS)
        except subprocess.TimeoutExpired:
            if limit.passed():
                raise subprocess.TimeoutExpired(list(command), timeout) from None
        if resident_mb(process.pid) > memory_mb:
            raise OutOfMemoryError(memory_mb)


def resident_mb(session: int) -> float:
    """Return the MiB of memory that the processes of a session occupy, mapped files left out."""
    return sum(map(_occupied_kb, _members(session))) / 1024


def _members(session: int) -> Iterator[int]:
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            with suppress(OSError, ValueError, IndexError), open(f"/proc/{entry}/stat", "rb") as stream:
                # The program's name, in parentheses, may hold anything; the fourth field after it …
                fields = stream.read().rpartition(b")")[2].split()
                # … is the session.
                if int(fields[3]) == session:
                    yield int(entry)


def _occupied_kb(process: int) -> int:
    total = 0
    with suppress(OSError, ValueError, IndexError), open(f"/proc/{process}/status", "rb") as stream:
        for line in stream:
            if line.startswith((b"RssAnon:", b"RssShmem:")):
                total += int(line.split()[1])
    return total
