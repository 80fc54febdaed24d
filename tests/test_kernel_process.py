"""Kernels run under a limit on resident memory, whatever address space they reserve."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
import time

import pytest

from srverify.kernels.process import OutOfMemoryError, resident_mb, run

#: Address space that cannot be touched, as a run-time system sets it aside for later.
RESERVE = "from mmap import *; mmap(-1, 32 << 30, MAP_PRIVATE | MAP_ANONYMOUS, prot=0); print('up')"
FILL = "import time; block = bytearray(300 << 20); print(len(block), flush=True); time.sleep(60)"


def python(code):
    return [sys.executable, "-c", code]


def test_output_and_status_come_back(tmp_path):
    done = run(
        python("import sys; print('out'); print('err', file=sys.stderr); sys.exit(3)"), tmp_path, 30
    )
    assert (done.stdout, done.stderr, done.returncode) == ("out\n", "err\n", 3)
    assert run(["/bin/pwd"], tmp_path, 30).stdout == f"{tmp_path}\n"


def test_reserved_address_space_is_not_memory(tmp_path):
    assert run(python(RESERVE), tmp_path, 30, memory_mb=256).stdout == "up\n"


def test_a_limit_on_the_address_space_of_the_caller_does_not_reach_the_kernel(tmp_path):
    script = f"""
        import resource
        from pathlib import Path
        from srverify.kernels.process import run
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (2 << 30, hard))
        print(run({python(RESERVE)!r}, Path("."), 30).stdout, end="")
        print(resource.getrlimit(resource.RLIMIT_AS)[0])
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)], capture_output=True, text=True, check=True
    )
    assert done.stdout == f"up\n{2 << 30}\n"


def test_the_compiler_is_known_inside_a_worker_that_limits_itself(tmp_path):
    # A stand-in for a compiler whose run-time system reserves more than the worker may.
    (tmp_path / "coqc").write_text(f'#!/bin/sh\n{sys.executable} -c "{RESERVE}"\n')
    (tmp_path / "coqc").chmod(0o755)
    script = """
        import resource
        from srverify.kernels.rocq.build import compiler_version
        resource.setrlimit(resource.RLIMIT_AS, (2 << 30, resource.getrlimit(resource.RLIMIT_AS)[1]))
        print(compiler_version())
    """
    path = os.pathsep.join((str(tmp_path), os.environ["PATH"]))
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)],
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "up\n"


def test_memory_in_use_is_limited_and_counted_over_all_processes(tmp_path):
    with pytest.raises(OutOfMemoryError, match="limit 200 MiB"):
        run(python(FILL), tmp_path, 60, memory_mb=200)
    # Two processes of 300 MiB each, started by a shell.
    line = " ".join(f"'{part}'" for part in python(FILL))
    with pytest.raises(OutOfMemoryError, match="limit 500 MiB"):
        run(["/bin/sh", "-c", f"{line} & {line}"], tmp_path, 60, memory_mb=500)


def test_nothing_outlives_a_time_limit(tmp_path):
    pid = tmp_path / "pid"
    begun = time.monotonic()
    with pytest.raises(subprocess.TimeoutExpired):
        run(["/bin/sh", "-c", f"sleep 60 & echo $! > {pid}; wait"], tmp_path, 0.5)
    assert time.monotonic() - begun < 20
    deadline = time.monotonic() + 10
    while _runs(int(pid.read_text())) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _runs(int(pid.read_text()))


def _runs(process):
    try:
        with open(f"/proc/{process}/stat") as stream:
            return stream.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_the_memory_of_a_session_is_that_of_its_members():
    mine = resident_mb(os.getsid(0))
    block = bytearray(64 << 20)
    assert 56 < resident_mb(os.getsid(0)) - mine < 256
    del block
    assert resident_mb(2**22 + 1) == 0
