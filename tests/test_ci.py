"""What CI runs beside the tests: the lowest versions in pyproject.toml, README on another Debian."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CI = ROOT / ".ci"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def lowest():
    spec = importlib.util.spec_from_file_location("lowest_versions", CI / "lowest_versions.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.constraints


def test_every_dependency_is_pinned_to_its_lower_bound():
    pins = list(lowest()(PROJECT))
    extras = PROJECT["optional-dependencies"].values()
    wanted = [*PROJECT["dependencies"], *(text for extra in extras for text in extra)]
    outside = [text for text in wanted if not text.startswith("srverify[")]
    assert len(pins) == len(outside)
    assert all("==" in pin for pin in pins)
    bounds = {re.split("[=>]=", text)[0]: re.split("[=>]=", text)[1] for text in outside}
    assert dict(pin.split("==") for pin in pins) == bounds


@pytest.mark.parametrize("text", ["numpy", "numpy<3", "numpy!=2.0"])
def test_a_dependency_without_a_lower_bound_is_an_error(text):
    with pytest.raises(ValueError, match="no lowest version"):
        list(lowest()({"name": "srverify", "dependencies": [text]}))


def test_ci_names_both_and_the_tests_that_one_names_exist():
    run = (CI / "run").read_text(encoding="utf-8")
    assert ".ci/lowest" in run
    assert ".ci/debian" in run
    listed = re.search(r"for name in ([^;]*);", (CI / "lowest").read_text(encoding="utf-8"))
    names = listed[1].replace("\\", " ").split()
    assert names
    assert [name for name in names if not (ROOT / "tests" / f"test_{name}.py").exists()] == []


def debian(tmp_path, **environment):
    path = os.pathsep.join((str(tmp_path), "/usr/bin", "/bin"))
    return subprocess.run(
        [str(CI / "debian")], env={"PATH": path, **environment}, capture_output=True, text=True
    )


def test_the_debian_step_is_left_out_only_where_told(tmp_path):
    for name, body in {"id": "echo 1000", "debootstrap": "exit 0"}.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{body}\n")
        (tmp_path / name).chmod(0o755)
    done = debian(tmp_path)
    assert done.returncode == 1
    assert done.stderr.splitlines() == ["Debian step: must be root (WITHOUT_DEBIAN=1 leaves it out)"]
    done = debian(tmp_path, WITHOUT_DEBIAN="1")
    assert (done.returncode, done.stderr) == (0, "")
    assert "left out" in done.stdout


def test_a_debootstrap_that_fails_is_a_failure(tmp_path):
    for name, body in {
        "id": "echo 0",
        "debootstrap": "echo 'E: no such suite'; exit 3",
        "unshare": 'shift 3; exec "$@"',
    }.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{body}\n")
        (tmp_path / name).chmod(0o755)
    done = debian(tmp_path)
    assert done.returncode == 1
    assert "E: no such suite" in done.stderr
    assert done.stderr.splitlines()[-1] == "Debian step: debootstrap trixie failed"
