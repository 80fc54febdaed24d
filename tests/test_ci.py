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


def fakes(tmp_path, bodies):
    for name, body in bodies.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{body}\n")
        (tmp_path / name).chmod(0o755)


def debian(tmp_path, **environment):
    path = os.pathsep.join((str(tmp_path), "/usr/bin", "/bin"))
    return subprocess.run(
        [str(CI / "debian")], env={"PATH": path, **environment}, capture_output=True, text=True
    )


IN_PLACE = '[ $# -eq 4 ] && exit 0; shift 3; exec "$@"'


@pytest.mark.parametrize(
    ("bodies", "environment", "reason"),
    [
        ({"id": "echo 1000"}, {}, "must be root"),
        ({"id": "echo 0"}, {"WITHOUT_DEBIAN": "1"}, "WITHOUT_DEBIAN is set"),
        ({"id": "echo 0", "unshare": "exit 1"}, {}, "no namespace of mounts can be made"),
        (
            {"id": "echo 0", "unshare": IN_PLACE, "debootstrap": "echo 'E: no such suite'; exit 3"},
            {},
            "debootstrap trixie failed",
        ),
    ],
)
def test_a_machine_that_cannot_run_the_debian_step_says_so(tmp_path, bodies, environment, reason):
    fakes(tmp_path, {"debootstrap": "exit 0", **bodies})
    done = debian(tmp_path, **environment)
    assert done.returncode == 77
    assert done.stderr.splitlines()[-1] == f"Debian step not run: {reason}"
    assert not done.stdout


def test_lowest_versions_without_a_python_that_they_have_wheels_for_are_not_run(tmp_path):
    fakes(tmp_path, dict.fromkeys(("python3", "python3.11", "python3.12"), "exit 1"))
    path = os.pathsep.join((str(tmp_path), "/usr/bin", "/bin"))
    done = subprocess.run([str(CI / "lowest")], env={"PATH": path}, capture_output=True, text=True)
    assert done.returncode == 77
    assert "not run" in done.stderr


def ending(status, tmp_path, asked=True):
    """Run what .ci/run attempts before the tests, with steps that end with a status."""
    text = (CI / "run").read_text(encoding="utf-8")
    head = text[text.index("step() {") : text.index('step "Rocq and a browser"')]
    tail = text[text.index('step "The lowest versions') : text.rindex("python -m pytest")]
    fakes(tmp_path, {"ends": f"exit {status}"})
    tail = tail.replace("attempt .ci/lowest", "attempt true").replace(".ci/debian", f"{tmp_path}/ends")
    return subprocess.run(
        ["bash", "-euo", "pipefail", "-c", head + tail],
        env={**os.environ, "WITH_DEBIAN": "1" if asked else ""},
        capture_output=True,
        text=True,
    )


def test_ci_fails_where_a_step_does_and_names_what_was_not_run(tmp_path):
    done = ending(0, tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "NOT RUN" not in done.stdout
    done = ending(77, tmp_path)
    assert done.returncode == 0
    assert f"NOT RUN on this machine, so nothing is known of it: {tmp_path}/ends" in done.stdout
    done = ending(1, tmp_path)
    assert done.returncode == 1
    assert "Tests" not in done.stdout
    done = ending(1, tmp_path, asked=False)
    assert done.returncode == 0
    assert "NOT RUN on this machine" in done.stdout
