"""Commands that repeat what the page says: copied from it, pasted into a terminal."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from srverify.claims.claim import Check, Claim, Expect
from srverify.claims.obligation import Theorem
from srverify.language.statement import Statement
from srverify.report.html.parts import copyable


def claim_commands(claim: Claim) -> Iterator[str]:
    """Yield the commands of a claim: settle it again, print it for other tools, draw its experiments."""
    yield f"srverify audit --only {claim.id} --no-cache --seed 0"
    if any(check.statement is not None for check in claim.checks):
        for target in ("smt2", "rocq", "lean", "latex"):
            yield f"srverify export {claim.id} --to {target}"
    for name in claim.experiments:
        yield f"srverify simulate {name}"


def prove_command(statement: Statement, *extra: str) -> str:
    """Return the command that asks for a statement by itself.

    >>> from srverify.claims.claim import statement
    >>> prove_command(statement("log(x) <= x - 1", x="(0, oo)"))
    "srverify prove 'log(x) <= x - 1' --var 'x: (0, oo)'"
    """
    data = statement.to_dict()
    words = ["srverify", "prove", data["show"]]
    for hypothesis in data["given"]:
        words += ["--given", hypothesis]
    for name, domain in data["variables"].items():
        if domain != "real":
            words += ["--var", f"{name}: {domain}"]
    return shlex.join([*words, *extra])


def claim_box(claim: Claim) -> Iterator[str]:
    """Yield the folded commands of a claim."""
    yield "<details><summary>reproduce</summary>"
    yield from map(copyable, claim_commands(claim))
    yield "</details>"


def check_box(claim: Claim, check: Check) -> Iterator[str]:
    """Yield the folded commands of a statement (its proof as an object, SMT-LIB, a Rocq file).

    Of a theorem of the Rocq development: its build, and the file that compares it with its statement.
    """
    statement = check.statement
    name = f"{claim.id}-{check.id}"
    if statement is None:
        if isinstance(check.obligation, Theorem) and check.obligation.engine == "rocq":
            yield "<details><summary>reproduce</summary>"
            yield copyable(f"srverify audit --only {claim.id} --engine rocq")
            yield copyable(f"srverify export {claim.id}/{check.id} --to rocq --output {name}.v")
            yield "</details>"
        return
    yield "<details><summary>reproduce</summary>"
    if check.expect is Expect.PROVED:
        yield copyable(prove_command(statement, "--certificate", f"{name}.json"))
        yield copyable(f"srverify check {name}.json")
    else:
        yield copyable(prove_command(statement))
    for target, suffix in (("smt2", "smt2"), ("rocq", "v")):
        export = f"srverify export {claim.id}/{check.id} --to {target} --output {name}.{suffix}"
        yield copyable(export)
    yield "</details>"
