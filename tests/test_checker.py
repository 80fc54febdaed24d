"""The checker of proof objects: what each rule accepts, and what it must not."""

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from proof_objects import REAL, combine, leaf, node, polynomial, summand

from srverify.checker.certificate import recheck, written
from srverify.checker.check import check, expand
from srverify.checker.rejected import RejectedError
from srverify.checker.sequent import Sequent
from srverify.commands.cli import run
from srverify.language.errors import InputError
from srverify.language.statement import Statement

ROOT = Path(__file__).resolve().parents[1]
CHECKER = ROOT / "srverify" / "checker"

FALSE = {
    "an equation": ("1 = 2", [], {}, leaf("i")),
    "a root of an equation": ("x = 2", ["x^2 = 2", "x > 0"], REAL, polynomial()),
    "the same by a cover": ("x = 2", ["x^2 = 2", "x > 0"], REAL, leaf("h")),
    "too small a bound": ("x <= 7/5", ["x^2 = 2", "x > 0"], REAL, polynomial()),
    "a division by zero at a closed end": ("1/x + x >= 2", [], {"x": "[0, oo)"}, polynomial()),
    "a strict bound that is attained": ("exp(x) - 1 - x > 0", [], {"x": "[0, 1]"}, leaf("m")),
    "a square that vanishes": (
        "x*y < (x^2 + y^2)/2",
        [],
        {"x": "real", "y": "real"},
        combine(summand("1/2", ["square", "x - y"])),
    ),
    "a quotient of any sign": (
        "x/y + y/x >= 2",
        [],
        {"x": "real", "y": "(0, oo)"},
        combine(summand(1, ["square", "x - y"]), k="x*y"),
    ),
    "a cusp": (
        "(x^2)^(1/3) + (y^2 - 2)^2 > 0",
        [],
        {"x": "[-1, 2]", "y": "[0, 2]"},
        node("concave", leaf("i"), leaf("i"), leaf("i"), var="x"),
    ),
}


@pytest.mark.parametrize("name", FALSE)
def test_false_statements_are_rejected(name):
    show, given, variables, proof = FALSE[name]
    with pytest.raises(RejectedError):
        check(Statement.parse(show, given, variables), proof)


def test_the_checker_loads_no_search_no_sympy_and_no_solver():
    program = "import sys, srverify.checker.certificate; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded = done.stdout.split()
    assert "srverify.checker.rules" in loaded
    roots = {name.split(".")[0] for name in loaded}
    assert not roots & {"sympy", "mpmath", "numpy", "z3", "cvc5"}
    rooms = {".".join(name.split(".")[:2]) for name in loaded if name.startswith("srverify.")}
    assert rooms == {"srverify.checker", "srverify.language"}


def lines_of_code(path):
    """Count the lines of a module that are not blank, comments or docstrings."""
    source = path.read_text(encoding="utf-8")
    texts = set()
    for part in ast.walk(ast.parse(source)):
        if isinstance(part, ast.Expr) and isinstance(part.value, ast.Constant):
            texts.update(range(part.lineno, part.end_lineno + 1))
    lines = enumerate(map(str.strip, source.splitlines()), 1)
    return sum(bool(line) and not line.startswith("#") and i not in texts for i, line in lines)


def test_what_has_to_be_read_is_as_much_as_the_readme_says():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    said = {}
    for packages, number in re.findall(r"^\| (.*`srverify/.*`) \| ([0-9,]+) \|", readme, re.MULTILINE):
        package, *modules = re.findall(r"`([^`]+)`", packages)
        folder = ROOT / package
        paths = [folder / f"{name}.py" for name in modules] or folder.glob("*.py")
        said[package] = int(number.replace(",", "")), sum(map(lines_of_code, paths))
    packages = {f"{path.parent.relative_to(ROOT)}/" for path in CHECKER.rglob("__init__.py")}
    assert said.keys() == packages | {"srverify/language/"}
    for package, (stated, counted) in said.items():
        assert abs(stated - counted) <= counted / 50, f"{package} has {counted} lines"


def test_the_rules_stay_few_enough_to_be_read():
    assert sum(map(lines_of_code, CHECKER.glob("*.py"))) <= 1000


def test_expand_says_what_is_left():
    sequent = Sequent.of(Statement.parse("x <= 1 and 0 <= x", ["x^2 <= x"], REAL))
    assert [str(child) for child in expand(sequent, {"rule": "and_goal"})] == [
        "x in real | x^2 <= x |- x <= 1",
        "x in real | x^2 <= x |- 0 <= x",
    ]


def test_strictness_is_claimed_for_an_inequality_only():
    statement = Statement.parse("x = 1", [], {"x": "[0, 1/2]"})
    with pytest.raises(RejectedError, match="strict form"):
        check(statement, node("weaken", leaf("i"), strict=True))


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ({"rule": "magic"}, "unknown rule"),
        ({"rule": "cover"}, "missing"),
        (leaf("i", trust=1), "unknown parameters"),
        (leaf("q"), "unknown leaf"),
        (leaf("i", sequent="x in real |  |- 0 < 1"), "sequent shown"),
        (leaf("i", children=[leaf("i")]), "0 children are needed"),
        (leaf("i", precision=10**9), "precision"),
    ],
)
def test_broken_nodes_are_rejected_with_a_reason(broken, reason):
    with pytest.raises(RejectedError, match=reason):
        check(Statement.parse("0 < exp(x)"), broken)


def test_the_command_checks_a_certificate(tmp_path, capsys):
    path = tmp_path / "proof.json"
    statement = Statement.parse("0 < exp(x)")
    path.write_text(written(statement, leaf("i")))
    assert run(["check", str(path)]) == 0
    assert "proved   for x in real: 0 < exp(x)" in capsys.readouterr().out
    path.write_text(written(Statement.parse("1 < exp(x)"), leaf("i")))
    assert run(["check", str(path)]) == 1
    assert "rejected at root (cover)" in capsys.readouterr().err
    path.write_text(written(statement, leaf("i")).replace('"version": 1', '"version": 1.0'))
    assert run(["check", str(path)]) == 2
    assert "not exact" in capsys.readouterr().err
    path.write_text(written(statement, leaf("i")).replace('"version": 1', '"version": true'))
    assert run(["check", str(path)]) == 2
    assert "version True is unknown" in capsys.readouterr().err
    path.write_text("[1")
    assert run(["check", str(path)]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


@pytest.mark.parametrize(
    "show",
    ["((((x + y + 1)^60)^60)^60)^60 = 1", "(x + y + 1)^60*(x - y + 2)^60*((x + y)^60 + x)^60 = 1"],
)
def test_what_is_too_large_to_multiply_out_is_rejected(show):
    with pytest.raises(RejectedError, match="too large to multiply out"):
        check(Statement.parse(show), {"rule": "combine", "terms": []})


def test_prove_writes_a_certificate_that_check_accepts(tmp_path, capsys):
    path = tmp_path / "proof.json"
    question = ["prove", "log(x) <= x - 1", "--given", "x > 0", "--certificate", str(path)]
    assert run(question) == 0
    assert "a checked proof object" in capsys.readouterr().err
    assert run(["check", str(path)]) == 0
    data = json.loads(path.read_text())
    data["statement"]["show"] = "log(x) <= x - 2"
    path.write_text(json.dumps(data))
    assert run(["check", str(path)]) == 1


def test_no_certificate_is_written_for_what_is_not_proved(tmp_path, capsys):
    path = tmp_path / "proof.json"
    assert run(["prove", "x^2 > 0", "--certificate", str(path)]) == 1
    assert not path.exists()
    assert "there is no proof object" in capsys.readouterr().err
    for broken in ("proof.txt", "no/such/folder/proof.json"):
        assert run(["prove", "x^2 >= 0", "--certificate", str(tmp_path / broken)]) == 2
        assert len(capsys.readouterr().err.splitlines()) == 1


@pytest.mark.parametrize("key", ["format", "version", "statement", "proof"])
def test_a_certificate_without_a_part_is_refused(key):
    data = json.loads(written(Statement.parse("0 < exp(x)"), leaf("i")))
    del data[key]
    with pytest.raises(InputError):
        recheck(json.dumps(data))
