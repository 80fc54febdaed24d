"""The examples in docstrings run, and everything public has a docstring."""

from __future__ import annotations

import ast
import doctest
import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest

import srverify

PACKAGE = Path(srverify.__file__).parent
FILES = sorted(PACKAGE.rglob("*.py"))


def module_name(file: Path) -> str:
    parts = file.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


WITH_EXAMPLES = [module_name(file) for file in FILES if ">>> " in file.read_text(encoding="utf-8")]


@pytest.mark.parametrize("name", WITH_EXAMPLES)
def test_examples_give_what_they_show(name, capsys):
    found = doctest.testmod(importlib.import_module(name))
    assert not found.failed, capsys.readouterr().out
    assert found.attempted, f"{name} has examples that doctest does not find"


def undocumented(source: str) -> Iterator[str]:
    """Yield what is public in a module and has no docstring; a walker's methods need none."""
    module = ast.parse(source)
    if ast.get_docstring(module) is None:
        yield "the module"
    for node in module.body:
        yield from _undocumented(node, "")


def _undocumented(node: ast.stmt, outer: str) -> Iterator[str]:
    if not isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
        return
    if node.name.startswith(("_", "walk_")):
        return
    if ast.get_docstring(node) is None:
        yield f"{outer}{node.name}"
    if isinstance(node, ast.ClassDef):
        for member in node.body:
            yield from _undocumented(member, f"{outer}{node.name}.")


def test_everything_public_has_a_docstring():
    missing = {module_name(file): list(undocumented(file.read_text(encoding="utf-8"))) for file in FILES}
    assert {name: what for name, what in missing.items() if what} == {}


def test_missing_docstrings_are_found():
    source = '''
class Walker:
    """Documented."""
    def walk_add(self): ...
    def public(self): ...
    def _private(self): ...
def function(): ...
def _hidden(): ...
'''
    assert list(undocumented(source)) == ["the module", "Walker.public", "function"]


def test_every_public_name_has_a_docstring_of_its_own():
    for name in srverify._PUBLIC:
        value = getattr(srverify, name)
        generated = f"{name}("  # what a dataclass writes by itself
        assert value.__doc__, name
        assert not value.__doc__.startswith(generated), name
