"""The rooms of the house: who may import whom, what stands at the top, and what nothing reaches."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import grimp
import pytest

from srverify.selfreward.experiments.base import MODULES

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "srverify"
#: What Python itself asks for at the top of a package.
REQUIRED_BY_PYTHON = {"__init__.py", "__main__.py", "py.typed"}
#: Modules that a process starts by name, the script, and what packages outside ask for.
ENTRANCES = (
    "srverify.__main__",
    "srverify.commands.pytest_plugin",
    "srverify.running.worker",
)


def rooms() -> set[str]:
    return {path.parent.name for path in PACKAGE.glob("*/__init__.py")}


def loose(package: Path) -> set[str]:
    names = {path.name for path in package.iterdir() if any(path.rglob("*.py")) or path.is_file()}
    return names - REQUIRED_BY_PYTHON


def test_at_most_twelve_entries_stand_at_the_top() -> None:
    assert loose(PACKAGE) == rooms()
    assert len(rooms()) <= 12


def linted(directory: Path) -> subprocess.CompletedProcess[str]:
    script = Path(sys.executable).with_name("lint-imports")
    command = [str(script), "--no-cache", "--no-logo", "--config", str(ROOT / "pyproject.toml")]
    path = os.pathsep.join((str(directory), os.environ.get("PYTHONPATH", "")))
    return subprocess.run(
        command, env={**os.environ, "PYTHONPATH": path}, cwd=directory, capture_output=True, text=True
    )


def test_every_layer_imports_only_what_lies_below() -> None:
    done = linted(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "3 kept, 0 broken" in done.stdout


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("language/term.py", "from srverify.emit import latex"),
        ("claims/claim.py", "from srverify.selfreward import bounds"),
        ("numerics/exact.py", "import srverify.numerics.prover.solve"),
        ("checker/enclosures/signs.py", "from srverify.checker.sequent import Sequent"),
    ],
)
def test_an_import_that_runs_up_or_in_a_circle_is_refused(file: str, line: str, tmp_path: Path) -> None:
    shutil.copytree(PACKAGE, tmp_path / "srverify", ignore=shutil.ignore_patterns("__pycache__"))
    target = tmp_path / "srverify" / file
    target.write_text(target.read_text(encoding="utf-8") + f"\n{line}\n", encoding="utf-8")
    done = linted(tmp_path)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "BROKEN" in done.stdout


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("srverify", cache_dir=None)


def named_in_strings(graph: grimp.ImportGraph) -> dict[str, set[str]]:
    """Modules that a module names in a string: engines, commands and writers are loaded that way."""
    dotted = re.compile(r"""["'](srverify(?:\.\w+)+)""")
    found: dict[str, set[str]] = {}
    for module in graph.modules:
        base = ROOT.joinpath(*module.split("."))
        file = base / "__init__.py" if base.is_dir() else base.with_suffix(".py")
        found[module] = set(dotted.findall(file.read_text(encoding="utf-8"))) & graph.modules
    return found


def reached(graph: grimp.ImportGraph, starts: set[str]) -> set[str]:
    named = named_in_strings(graph)
    seen: set[str] = set()
    stack = list(starts)
    while stack:
        module = stack.pop()
        if module in seen:
            continue
        seen.add(module)
        parent = module.rpartition(".")[0]
        stack += graph.find_modules_directly_imported_by(module)
        stack += named[module]
        if parent:
            stack.append(parent)
    return seen


def starts(graph: grimp.ImportGraph) -> set[str]:
    commands = {m for m in graph.modules if m.startswith("srverify.commands.")}
    plugin = {"srverify.selfreward.plugin"}
    proofs: set[str] = set()
    for file in (ROOT / "proofs").glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                proofs |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    experiments = {f"srverify.selfreward.experiments.{name}" for name in MODULES.values()}
    return (set(ENTRANCES) | commands | plugin | experiments | proofs) & graph.modules


def test_no_module_is_out_of_reach(graph: grimp.ImportGraph) -> None:
    unreachable = graph.modules - reached(graph, starts(graph)) - {"srverify"}
    assert not unreachable


def test_a_module_that_nothing_imports_would_be_found(graph: grimp.ImportGraph) -> None:
    seen = reached(graph, {"srverify.__main__"})
    assert "srverify.commands.cli" in seen
    assert "srverify.commands.pytest_plugin" not in seen


def test_the_readme_maps_the_house() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    section = text.partition("## How it is built")[2].partition("\n### ")[0]
    described = set(re.findall(r"`srverify/(\w+)/`", section))
    assert described == rooms()
    named = re.findall(r"`((?:srverify|proofs|lean|tests)/[\w/.]*)`", section)
    assert named
    assert all((ROOT / path).exists() for path in named)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("srverify.claim", "srverify.claims.claim"),
        ("srverify.obligation", "srverify.claims.obligation"),
        ("srverify.softmax", "srverify.selfreward.softmax"),
        ("srverify.rocq", "srverify.kernels.rocq"),
    ],
)
def test_an_old_place_names_the_new_one(old: str, new: str) -> None:
    with pytest.raises(ModuleNotFoundError, match=re.escape(f"is now {new}")):
        __import__(old)
    __import__(new)
