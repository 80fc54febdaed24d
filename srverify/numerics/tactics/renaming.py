"""Proofs that serve again under another name of their only variable."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import Any, TypeAlias

from srverify.checker.check import expand
from srverify.checker.rejected import RejectedError
from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.statement import Variable

Node: TypeAlias = dict[str, Any]
#: The name that the only variable of a sequent gets.
_NAME = "x"


@lru_cache(maxsize=4000)
def unnamed(sequent: Sequent) -> tuple[Sequent, str]:
    """Return a sequent whose only variable has a fixed name, and the name that it had; else as it is."""
    if len(sequent.variables) != 1 or sequent.variables[0].name == _NAME:
        return sequent, _NAME
    (variable,) = sequent.variables
    new = Variable(_NAME, variable.domain)
    renamed = sequent.mapped(lambda term: t.substitute(term, {variable.symbol: new.symbol}))
    return replace(renamed, variables=(new,)), variable.name


def renamed(sequent: Sequent, proof: Node, old: str, new: str) -> Node | None:
    """Return a proof with another name of a variable, if it proves the sequent."""
    pattern = re.compile(rf"(?<!\w){old}(?!\w)")

    def walk(value: Any, key: str = "") -> Any:
        if isinstance(value, str):
            return value if key == "rule" else pattern.sub(new, value)
        if isinstance(value, dict):
            return {k: walk(v, k) for k, v in value.items()}
        return [walk(item) for item in value] if isinstance(value, list) else value

    found = walk(proof)
    return found if _proves(sequent, found) else None


def _proves(sequent: Sequent, proof: Node) -> bool:
    """Tell whether a proof is accepted: a name may mean something else where it stands."""
    try:
        left = expand(sequent, proof)
    except RejectedError:
        return False
    children = proof.get("children", [])
    return len(children) == len(left) and all(map(_proves, left, children))


__all__ = ["renamed", "unnamed"]
