"""What lies beside a user's claims is never imported; outcomes are kept by the sources that ran."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from auditing import HEAD

import srverify
from srverify.claims.obligation import Options
from srverify.claims.outcome import Status
from srverify.language.statement import Statement
from srverify.running.cache import package_digest
from srverify.running.interpreter import safe_path, worker_environment
from srverify.running.isolation import WorkerProcess
from srverify.running.task import Task, encode, options_data

PACKAGE = Path(srverify.__file__).parent

#: Names of the library's and of engines' modules; importing one of these raises.
TRAPS = (
    "random",
    "fractions",
    "decimal",
    "tempfile",
    "z3",
    "flint",
    "mpmath",
    "sympy",
    "leancert",
    "cvc5",
)

CLAIMS = """
def nothing(seed):
    import random
    return Finding(True, f"{random.randint(1, 1)}")

def something(seed):
    return Finding(False, "something")

CLAIMS = (
    claim("A01", Check("main", statement("0 <= x^2", x="real"), engines=("sympy", "z3", "arb"))),
    claim("A02", Check("main", Computation("nothing is found", "exact", nothing, something))),
)
"""


MODULE = ("-m", "srverify")


def start(
    folder: Path,
    cache: Path,
    *arguments: str,
    command: tuple[str, ...] = ("-m", "srverify"),
    **more: str,
) -> subprocess.CompletedProcess[str]:
    """Run the program in a folder with a cache of its own."""
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache), **more}
    return subprocess.run(
        [sys.executable, *command, *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
    )


SCRIPT = ("-P", "-c", "import sys; from srverify.__main__ import main; raise SystemExit(main())")


@pytest.mark.parametrize("command", [("-m", "srverify"), SCRIPT])
@pytest.mark.parametrize("on_path", [False, True])
def test_modules_beside_the_claims_are_not_imported(
    command: tuple[str, ...], on_path: bool, tmp_path: Path
) -> None:
    folder = tmp_path / "claims"
    folder.mkdir()
    (folder / "a_claims.py").write_text(HEAD + textwrap.dedent(CLAIMS))
    for name in TRAPS:
        trap = f"open({str(tmp_path / 'trapped')!r}, 'a').write('{name} ')"
        (folder / f"{name}.py").write_text(trap)
    more = {"PYTHONPATH": str(folder)} if on_path else {}
    report = tmp_path / "out.json"
    done = start(
        folder,
        tmp_path / "cache",
        "audit",
        "--no-replay",
        "a_claims.py",
        "--json",
        str(report),
        command=command,
        **more,
    )
    assert done.stderr == ""
    assert not (tmp_path / "trapped").exists()
    checks = [check for c in json.loads(report.read_text())["claims"] for check in c["checks"]]
    statuses = [outcome["status"] for check in checks for outcome in check["outcomes"]]
    assert statuses == ["proved"] * 4
    assert done.returncode == 0


def test_sitecustomize_of_the_python_path_does_not_run_in_workers(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        f"import sys, os\nopen({str(tmp_path / 'ran')!r}, 'a').write(str(os.getppid()) + '\\n')\n"
    )
    done = start(tmp_path, tmp_path / "cache", "prove", "x^2 >= 0", PYTHONPATH=str(tmp_path))
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "ran").read_text().split() == [str(os.getpid())]


def copy_of_the_package(folder: Path) -> Path:
    return Path(
        shutil.copytree(PACKAGE, folder / "srverify", ignore=shutil.ignore_patterns("__pycache__"))
    )


def test_an_installed_program_in_a_clone_runs_its_own_engines(tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    copy_of_the_package(clone)
    engine = clone / "srverify" / "engines" / "arb.py"
    engine.write_text(
        engine.read_text().replace('if result.status == "refuted":', 'if result.status == "nothing":')
    )
    engine.write_text(engine.read_text().replace('if result.status == "unknown":', "if False:"))
    (clone / "claims").mkdir()
    (clone / "claims" / "a.py").write_text(
        HEAD + 'CLAIMS = (claim("A01", Check("c", statement("x <= 0", x="real"), engines=("arb",))),)\n'
    )
    for folder in (clone, tmp_path):
        report = tmp_path / "out.json"
        start(
            folder,
            tmp_path / "cache",
            *("audit", str(clone / "claims"), "--json", str(report)),
            command=SCRIPT,
        )
        (check,) = json.loads(report.read_text())["claims"][0]["checks"]
        assert [outcome["status"] for outcome in check["outcomes"]] == ["refuted"]


def task(engine: str, entry: str, package: str) -> Task:
    statement = Statement.parse("0 <= x^2", (), {"x": "real"})
    return Task(engine, entry, encode(statement), options_data(Options(timeout=30)), package)


def test_worker_refuses_other_sources_than_the_caller_hashed() -> None:
    worker = WorkerProcess()
    try:
        entry = "srverify.engines.arb:ArbEngine"
        assert worker.settle(task("arb", entry, package_digest())).status is Status.PROVED
        refused = worker.settle(task("arb", entry, "0" * 64))
        assert refused.status is Status.ERROR
        assert (
            refused.detail == f"the sources of srverify at {PACKAGE} are not those that the caller runs"
        )
    finally:
        worker.close()


EDITED = """
import json, sys
sys.path.insert(0, sys.argv[1])
sys.path.insert(1, sys.argv[2])
from pathlib import Path
from test_imports import task
from srverify.running.cache import package_digest
from srverify.running.isolation import WorkerProcess
import srverify
assert Path(srverify.__file__).parent.parent == Path(sys.argv[1]), srverify.__file__
digest = package_digest()
worker = WorkerProcess()
arb = task("arb", "srverify.engines.arb:ArbEngine", digest)
z3 = task("z3", "srverify.engines.smt:Z3Engine", digest)
found = [worker.settle(arb)]
with open(Path(sys.argv[1]) / "srverify" / "engines" / "smt.py", "a") as stream:
    stream.write("# edited\\n")
found += [worker.settle(arb), worker.settle(z3)]
worker.close()
found.append(WorkerProcess().settle(arb))
print(json.dumps([[str(o.status), o.detail] for o in found]))
"""


def test_sources_edited_while_an_audit_runs_are_noticed(tmp_path: Path) -> None:
    copy_of_the_package(tmp_path)
    folders = (str(tmp_path), str(Path(__file__).parent))
    done = start(tmp_path, tmp_path / "cache", *folders, command=("-P", "-c", EDITED))
    assert done.stderr == ""
    before, same, changed, anew = json.loads(done.stdout)
    assert before[0] == same[0] == "proved"
    edited = tmp_path / "srverify" / "engines" / "smt.py"
    assert changed == ["error", f"{edited} was changed while the audit was running"]
    assert anew[0] == "error"
    assert "are not those that the caller runs" in anew[1]


def test_search_path_keeps_its_order_and_loses_the_working_directory(tmp_path: Path) -> None:
    here, other = tmp_path / "here", tmp_path / "other"
    here.mkdir()
    (tmp_path / "link").symlink_to(here)
    library = str(Path(os.__file__).parent)
    path = ["", str(other), str(tmp_path / "link"), "../other", "sub", library, "."]
    assert safe_path(path, str(here)) == [library, str(other), str(here / "sub")]


def test_environment_of_workers_has_no_settings_that_change_imports() -> None:
    given = {"PYTHONPATH": ".", "PYTHONSTARTUP": "x.py", "PYTHONOPTIMIZE": "2", "HOME": "/h"}
    found = worker_environment({**given, "PYTHONDONTWRITEBYTECODE": "1"})
    assert {name for name in found if name.startswith("PYTHON")} == {
        "PYTHONHASHSEED",
        "PYTHONDONTWRITEBYTECODE",
    }
    assert found["HOME"] == "/h"
