"""Proofs that serve again under other names of the variables."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any, TypeAlias

from srverify.checker.check import expand
from srverify.checker.rejected import RejectedError
from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.formula import Formula, Relation, terms
from srverify.language.statement import Variable
from srverify.language.term import Symbol
from srverify.numerics.tactics.forms import symbols_in_order

Node: TypeAlias = dict[str, Any]
#: Names that the variables get in the order in which they occur, and of how many variables at most.
_NAMES = ("x", "y", "z", "t")
#: Parameters of rules that say something of variables by their names.
_BY_NAME = ("scaled", "shifted")


@lru_cache(maxsize=8000)
def unnamed(sequent: Sequent) -> tuple[Sequent, tuple[str, ...]]:
    """Return a sequent whose variables have fixed names, and the names that they had; else as it is.

    Only sequents with all their variables in the goal are given other names, and without hypotheses but
    for an order of two variables.
    """
    names = tuple(v.name for v in sequent.variables)
    if len(names) > len(_NAMES) or (len(names) > 1 and not all(map(_is_order, sequent.hypotheses))):
        return sequent, names
    found = symbols_in_order(terms(sequent.goal))
    if len(found) < len(names):
        return sequent, names
    order = tuple(symbol.name for symbol in found)
    if order == _NAMES[: len(order)] and order == names:
        return sequent, names
    variables = tuple(
        Variable(new, sequent.domains[old]) for old, new in zip(order, _NAMES, strict=False)
    )
    values = {sequent.symbols[old]: v.symbol for old, v in zip(order, variables, strict=True)}
    renamed = sequent.mapped(lambda term: t.substitute(term, values))
    return replace(renamed, variables=variables), order


def _is_order(h: Formula) -> bool:
    sides = (h.left, h.right) if isinstance(h, Relation) else ()
    return len(sides) == 2 and all(isinstance(side, Symbol) for side in sides)


def renamed(sequent: Sequent, proof: Node, names: Mapping[str, str]) -> Node | None:
    """Return a proof with other names of its variables, if it proves the sequent."""
    pattern = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, names))})(?!\w)")

    def walk(value: Any, key: str = "") -> Any:
        if isinstance(value, str):
            return value if key == "rule" else pattern.sub(lambda found: names[found[0]], value)
        if isinstance(value, dict):
            return {names.get(k, k) if key in _BY_NAME else k: walk(v, k) for k, v in value.items()}
        return [walk(item, key) for item in value] if isinstance(value, list) else value

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
