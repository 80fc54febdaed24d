"""The README says what is so: its commands run, its paths exist, its tutorial works word for word."""

from __future__ import annotations

import doctest
import os
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from programs import needs

from srverify.audit.api import audit_claims
from srverify.claims.claim import Check, Claim, Verdict
from srverify.claims.ledger import load
from srverify.claims.obligation import Theorem
from srverify.claims.outcome import Trust
from srverify.claims.part import Extent, extent_of_part
from srverify.commands.cli import build_parser, commands
from srverify.engines import REGISTRY
from srverify.engines.lean import ACCEPTED_AXIOMS
from srverify.language.errors import InputError

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")

_FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.M | re.S)
_INLINE = re.compile(r"`([^`\n]+)`")
_PATH = re.compile(r"\.?[\w-][\w.-]*(/[\w.-]+)*/?")


def section(title: str, text: str = README) -> str:
    """Return a section with its subsections."""
    marks, _, _ = title.partition(" ")
    match = re.search(rf"^{re.escape(title)}\n(.*?)(?=^#{{1,{len(marks)}}} |\Z)", text, re.M | re.S)
    assert match, f"the README has no section {title!r}"
    return match.group(1)


def blocks(language: str, text: str = README) -> list[str]:
    return [body for found, body in _FENCE.findall(text) if found == language]


def console_lines(text: str = README) -> list[str]:
    """Return what is typed at the prompts."""
    lines = [line for body in blocks("console", text) for line in body.splitlines()]
    assert all(line.startswith("$ ") for line in lines)
    return [line.removeprefix("$ ") for line in lines]


def prose(text: str = README) -> str:
    return _FENCE.sub("", text)


def srverify_calls(text: str) -> Iterator[list[str]]:
    """Yield the arguments of every call of srverify: at prompts, in workflows and inline."""
    workflows = [
        line.partition("run: ")[2] for body in blocks("yaml", text) for line in body.splitlines()
    ]
    for line in (*console_lines(text), *workflows, *_INLINE.findall(prose(text))):
        for part in line.split(" && "):
            words = shlex.split(part, comments=True)
            if len(words) > 1 and words[0].rpartition("/")[2] == "srverify":
                yield words[1:]


def wrong_call(call: list[str]) -> str:
    """Say why a call is not one that srverify takes; empty if it is."""
    if call[0] not in commands():
        return f"no command {call[0]}"
    try:
        arguments = build_parser(call[0]).parse_args(call)
    except InputError as error:
        return str(error)
    named = [*getattr(arguments, "engine", []), *getattr(arguments, "require", [])]
    return ", ".join(f"no engine {name}" for name in named if name not in REGISTRY)


def missing_paths(text: str) -> list[str]:
    """Return the paths named in backticks or links that the repository does not have."""
    named = [word for word in _INLINE.findall(prose(text)) if "/" in word and _PATH.fullmatch(word)]
    named = [word for word in named if "NAME" not in word and not word.startswith("x/")]
    named += [target for target in re.findall(r"\]\(([^)]+)\)", text) if "://" not in target]
    return [word for word in named if not (ROOT / word).exists()]


def run(script: str, folder: Path) -> str:
    """Run a shell script as a user would whose PATH has this srverify; returns stdout."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "XDG_CACHE_HOME": str(folder / "cache")}
    environment.pop("GITHUB_ACTIONS", None)
    done = subprocess.run(
        ["sh", "-e", "-c", script], cwd=folder, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, f"{script}\n{done.stdout}\n{done.stderr}"
    return done.stdout


# -- commands and paths --------------------------------------------------------------------------


def test_every_call_is_one_that_srverify_takes():
    calls = list(srverify_calls(README))
    assert {call[0] for call in calls} == set(commands())
    assert [(call, wrong_call(call)) for call in calls if wrong_call(call)] == []


@pytest.mark.parametrize(
    "line",
    [
        "srverify verify",
        "srverify audit --loud",
        "srverify audit --require coq",
        "srverify lambertw --digits",
    ],
)
def test_a_wrong_call_is_found(line):
    [call] = srverify_calls(f"Try `{line}`.")
    assert wrong_call(call)


def test_every_path_exists():
    assert missing_paths(README.replace(section("## Audit another paper"), "")) == []


def test_a_wrong_path_is_found():
    text = "See `srverify/language/statement.py`, `srverify/no.py`, [it](LICENCE) and `x/x = 1`."
    assert missing_paths(text) == ["srverify/no.py", "LICENCE"]


def test_the_tests_are_those_that_ci_runs():
    [documented] = [
        line for line in console_lines(section("## Two commands")) if line.endswith("python -m pytest")
    ]
    # A selection may run beside it, but the README's own command has to be a whole line of CI.
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert documented.removeprefix(".venv/bin/") in ci


def test_the_extras_exist():
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    named = re.findall(r"'\.\[([\w,]+)\]'", README)
    assert named
    assert {extra for names in named for extra in names.split(",")} <= set(extras)


def test_the_workflow_is_one():
    [source] = blocks("yaml", section("## In continuous integration"))
    workflow = yaml.safe_load(source)
    [job] = workflow["jobs"].values()
    assert all(("uses" in step) != ("run" in step) for step in job["steps"])
    [call] = [step["run"].split() for step in job["steps"] if step.get("run", "").startswith("srverify")]
    written = {call[call.index(option) + 1] for option in ("--junit", "--sarif")}
    kept = {
        step["with"].get("path", step["with"].get("sarif_file")) for step in job["steps"] if "if" in step
    }
    assert kept == written


def test_the_axioms_of_lean_are_those_accepted():
    named = set(_INLINE.findall(prose(section("## In continuous integration"))))
    assert {*ACCEPTED_AXIOMS} <= named


# -- what is said about verdicts and trust -------------------------------------------------------


def first_column(title: str) -> list[list[str]]:
    """Return the first column of each table of a section, headings left out."""
    tables = re.findall(r"(?:^\|.*\n)+", section(title), re.M)
    return [[row.split("|")[1].strip() for row in table.splitlines()[2:]] for table in tables]


def test_the_tables_have_every_verdict_and_every_trust():
    verdicts, trusts = first_column("## How to read a verdict")
    assert verdicts == list(Verdict)
    assert trusts == list(Trust)


# -- what runs -----------------------------------------------------------------------------------


def test_the_python_examples_run():
    parser = doctest.DocTestParser()
    source = "\n".join(blocks("pycon"))
    found = doctest.DocTestRunner().run(parser.get_doctest(source, {}, "README", "README.md", 0))
    assert found.attempted
    assert not found.failed


def test_the_sample_claim_is_one():
    [source] = blocks("python", section("### Add a claim"))
    names: dict[str, object] = {}
    exec("from srverify.claims.claim import Check, Claim, Verdict, statement", names)
    assert isinstance(eval(source, names), Claim)


@pytest.mark.slow  # starts every engine several times
def test_the_tutorial_works_word_for_word(tmp_path):
    text = section("## Audit another paper")
    start, rest = blocks("console", text)
    [source] = blocks("python", text)
    [name] = re.findall(r"`([^`]+)` by\n\n```python", text)
    run("\n".join(console_lines(f"```console\n{start}```\n")), tmp_path)
    folder = tmp_path / "topsoe"
    assert (folder / name).exists(), "the tutorial replaces a file that is not there"
    (folder / name).write_text(source, encoding="utf-8")
    shown = run("\n".join(console_lines(f"```console\n{rest}```\n")), folder)
    [promised] = blocks("text", text)
    assert promised in shown
    verdicts = dict(re.findall(r"^(T\d\d) +\S+ +(\w+) ", shown, re.M))
    assert verdicts == {"T01": "holds", "T02": "holds", "T03": "holds", "T04": "repaired"}
    assert all(
        re.search(rf"^{bound} .* arb z3( rocq)?$", shown, re.M) for bound in ("T01", "T02", "T03")
    )
    assert "</html>" in (folder / "report.html").read_text(encoding="utf-8")

    declared = source.replace("expected=Verdict.REPAIRED", "expected=Verdict.HOLDS")
    assert declared != source
    (folder / name).write_text(declared, encoding="utf-8")
    run("srverify audit --only T04 >/dev/null && exit 1; test $? -eq 1", folder)


@pytest.mark.slow  # simulates
def test_the_other_commands_run(tmp_path):
    lines = console_lines(section("## Other things it does"))
    assert len(lines) > 4
    (tmp_path / "proofs").symlink_to(ROOT / "proofs")
    (tmp_path / "paper.tex").write_text(
        r"\documentclass{article}\newtheorem{lemma}{Lemma}\begin{document}\begin{lemma}"
        r"For $x>-1$, \begin{equation}\log(1+x)\le x.\end{equation}\end{lemma}\end{document}",
        encoding="utf-8",
    )
    # Readings are open: the status says so, as the README does.
    [status] = [line for line in lines if line.startswith("srverify review --status")]
    lines[lines.index(status)] = f"if {status.partition('#')[0]}; then exit 1; else test $? -eq 1; fi"
    run("\n".join(lines), tmp_path)
    assert (tmp_path / "forgetting.svg").exists()
    assert (tmp_path / "myaudit" / "proofs").is_dir()


def rests_on_rocq(claim: Claim) -> list[bool]:
    """Return, for each part, whether a Rocq theorem reaches all of each of its checks."""
    checks = {check.id: check for check in claim.checks}

    def known(check: Check) -> bool:
        return check.rocq is not None or isinstance(check.obligation, Theorem)

    return [
        all(known(checks[name]) for name in part.by)
        and extent_of_part(part, [checks[name] for name in part.by]) is Extent.FULL
        for part in claim.parts
    ]


def table_of_claims() -> tuple[set[str], set[str]]:
    lines = section("## What is kernel-checked").splitlines()
    rows = [line.split("|")[2:4] for line in lines if line.startswith("| ")][1:]
    named = [{name for row in rows for name in row[i].split() if name != "-"} for i in (0, 1)]
    return named[0], named[1]


def test_the_kernel_table_is_computed_from_the_parts() -> None:
    claims = load([ROOT / "proofs"]).claims
    parts = {claim.id: rests_on_rocq(claim) for claim in claims}
    whole = {name for name, found in parts.items() if all(found)}
    assert table_of_claims() == (whole, parts.keys() - whole)
    text = " ".join(section("## What is kernel-checked").split())
    total, known = sum(map(len, parts.values())), sum(map(sum, parts.values()))
    assert f"Each of the {len(claims)} claims" in text
    assert f"there are {total}." in text
    assert f"{known} parts rest on Rocq theorems" in text
    checks = [check for claim in claims for check in claim.checks]
    printed = sum(check.rocq is not None for check in checks)
    pinned = {c.obligation.name for c in checks if isinstance(c.obligation, Theorem)}
    assert f"- {printed} printed statements" in text
    assert f"- {len(pinned)} theorems about" in text


@pytest.mark.slow  # the whole audit, Rocq included
@needs("coqc")
def test_what_the_table_calls_kernel_is_kernel() -> None:
    result = audit_claims(ROOT / "proofs")
    found = {claim.claim.id for claim in result.claims if claim.label == "kernel"}
    assert found == table_of_claims()[0]
