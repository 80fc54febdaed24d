"""Run a kernel's programs under limits on time and on the memory that they really use.

A limit on address space would not do: OCaml 5 reserves tens of GiB of it at its start, and Lean maps
whole libraries; neither is memory.
"""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

#: MiB that the processes of one command may occupy together, where no other limit is given.
MEMORY_MB = 4096
#: Seconds between two looks at the memory in use.
POLL_SECONDS = 0.2

#: Lifts the soft limit on address space that a worker process puts on itself, which children inherit.
_UNLIMITED = 'ulimit -S -v "$(ulimit -H -v)"; exec "$@"'


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

    Raises subprocess.TimeoutExpired or OutOfMemoryError, after everything in the session was killed.
    """
    process = subprocess.Popen(
        ["/bin/sh", "-c", _UNLIMITED, "sh", *command],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,
    )
    try:
        output, errors = _watched(process, command, timeout, memory_mb)
    except BaseException:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        raise
    return subprocess.CompletedProcess(list(command), process.returncode, output, errors)


def _watched(
    process: subprocess.Popen[str], command: Sequence[str], timeout: float, memory_mb: int
) -> tuple[str, str]:
    deadline = time.monotonic() + timeout
    while True:
        try:
            # What was read before a time-out is kept, so asking again loses nothing.
            return process.communicate(timeout=POLL_SECONDS)
        except subprocess.TimeoutExpired:
            if time.monotonic() > deadline:
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
