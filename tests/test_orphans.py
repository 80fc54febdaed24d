"""However an audit that builds is stopped, nothing that it started goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from auditing import HEAD
from processes import MODULE
from test_faults import alive

#: A compiler that says who it is, writes down its process and a child's, and never ends.
COMPILER = """#!/bin/sh
case "$*" in *--print-version*) echo "8.20.0 4.14.1"; exit 0;; esac
sleep 1000 &
echo $$ $! >> "$PIDS"
wait
"""
CLAIMS = 'CLAIMS = (claim("A01", Check("c", statement("1 + 1 = 2"), engines=(), rocq="two")),)\n'
PROOF = "Theorem two : 1 + 1 = 2.\nProof. reflexivity. Qed.\n"


@pytest.fixture
def building(tmp_path: Path) -> subprocess.Popen[str]:
    """An audit whose compilers are at work."""
    proofs = tmp_path / "proofs"
    (proofs / "rocq").mkdir(parents=True)
    (proofs / "a.py").write_text(HEAD + CLAIMS)
    for name in ("One", "Two"):
        (proofs / "rocq" / f"{name}.v").write_text(PROOF.replace("two", name.lower()))
    compiler = tmp_path / "bin" / "coqc"
    compiler.parent.mkdir()
    compiler.write_text(COMPILER)
    compiler.chmod(0o755)
    environment = {
        **os.environ,
        "PATH": f"{compiler.parent}:{os.environ['PATH']}",
        "PIDS": str(tmp_path / "pids"),
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
    }
    process = subprocess.Popen(
        [sys.executable, *MODULE, "audit", "--jobs", "2"],
        cwd=tmp_path,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    for _ in range(300):
        if (tmp_path / "pids").exists() and (tmp_path / "pids").read_text().endswith("\n"):
            return process
        time.sleep(0.1)
    process.kill()
    raise AssertionError(process.communicate())


@pytest.mark.parametrize(
    ("number", "status", "word"),
    [
        (signal.SIGTERM, 143, "stopped by SIGTERM"),
        (signal.SIGHUP, 129, "stopped by SIGHUP"),
        (signal.SIGINT, 130, "interrupted"),
        (signal.SIGKILL, -9, ""),
    ],
)
def test_stopped_build_leaves_no_process(
    building: subprocess.Popen[str], number: signal.Signals, status: int, word: str, tmp_path: Path
) -> None:
    pids = (tmp_path / "pids").read_text().split()
    assert all(Path(f"/proc/{pid}").exists() for pid in pids)
    building.send_signal(number)
    _, err = building.communicate(timeout=30)
    assert building.returncode == status
    assert word in err
    assert "Traceback" not in err
    assert not any(map(alive, pids))


def test_ignored_hangup_stays_ignored(building: subprocess.Popen[str], tmp_path: Path) -> None:
    """As under nohup: see the signal mask that a command inherits."""
    code = "import signal; from srverify.running.stopping import stoppable\n"
    code += "signal.signal(signal.SIGHUP, signal.SIG_IGN)\n"
    code += "with stoppable(): print(signal.getsignal(signal.SIGHUP) is signal.SIG_IGN)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "True\n"
    building.terminate()
    building.communicate(timeout=30)
