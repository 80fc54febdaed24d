"""Checking a proof object: every node is expanded by its rule, and nothing it says is believed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

# The rules of these modules register themselves.
from srverify.checker import algebra, calculus, symmetry, terms  # noqa: F401
from srverify.checker.rejected import RejectedError
from srverify.checker.rules import RULES
from srverify.checker.sequent import Sequent
from srverify.checker.steps import Step
from srverify.language.errors import InputError, UnsupportedError
from srverify.language.statement import Statement


@dataclass(frozen=True)
class Report:
    """What was accepted: the number of nodes by rule."""

    rules: Counter[str] = field(default_factory=Counter)

    @property
    def steps(self) -> int:
        """The number of nodes."""
        return self.rules.total()

    def __str__(self) -> str:
        return ", ".join(f"{count} {name}" for name, count in self.rules.most_common())


def expand(sequent: Sequent, node: Mapping[str, Any]) -> tuple[Sequent, ...]:
    """Return the sequents that the children of a node have to prove.

    If all of them are valid, so is the given one; without children it is valid. The node's own children
    are not looked at, so that a search may call this to learn what is left. Raises RejectedError.
    """
    name = node.get("rule")
    found = RULES.get(name) if isinstance(name, str) else None
    if found is None:
        raise RejectedError(f"unknown rule {name!r}")
    step = Step(sequent, node)
    try:
        children = found(sequent, step)
        step.finish()
    except (InputError, UnsupportedError) as error:
        raise RejectedError(str(error)) from None
    except RecursionError:
        raise RejectedError("the terms are nested too deeply") from None
    return children


def check(statement: Statement, proof: Mapping[str, Any]) -> Report:
    """Check a proof of a statement.

    Raises RejectedError with the path, the rule and the reason of the first node that is wrong.

    >>> square = {"rule": "combine", "terms": [{"coeff": 1, "factors": [["square", "x - 1"]]}]}
    >>> check(Statement.parse("2*x <= x^2 + 1"), square).steps
    1
    """
    report = Report()
    stack: list[tuple[Sequent, Any, tuple[int, ...]]] = [(Sequent.of(statement), proof, ())]
    while stack:
        sequent, node, path = stack.pop()
        if not isinstance(node, Mapping):
            raise RejectedError("a node is a mapping", "?", path)
        name = str(node.get("rule"))
        try:
            children = expand(sequent, node)
            nodes = node.get("children", [])
            if not isinstance(nodes, list) or len(nodes) != len(children):
                shown = len(nodes) if isinstance(nodes, list) else "no list of"
                raise RejectedError(f"{len(children)} children are needed, {shown} given")
            if "sequent" in node and node["sequent"] != str(sequent):
                raise RejectedError("the sequent shown is not the one to prove")
        except RejectedError as error:
            raise RejectedError(error.reason, name, path) from None
        report.rules[name] += 1
        stack += [
            (child, part, (*path, i))
            for i, (child, part) in enumerate(zip(children, nodes, strict=True))
        ]
    return report
