"""Which proof objects a kernel follows, told by their steps without writing them out for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from srverify.checker.laws import laws
from srverify.checker.rules import EXPANSIONS
from srverify.language import term as t
from srverify.language.formula import terms
from srverify.language.statement import Statement

#: Functions, beside exp, log, roots and Lambert W, whose values and slopes a kernel bounds.
FUNCTIONS = frozenset({"sin", "cos", "tan", "atan"})
_ALL = frozenset(t.FUNCTIONS)
#: Steps that are not translated, and laws without such functions that are in no kernel's library.
RULES = frozenset({"gap", "normalize", "telescope"})
LAWS = frozenset({"power_power_nonneg", "power_zero"})


def may_be_followed(statement: Statement) -> bool:
    """Tell whether a kernel knows the functions of a statement well enough for its proofs."""
    return FUNCTIONS.issuperset(statement.operators & _ALL)


def is_followed(proof: Mapping[str, Any]) -> bool:
    """Tell whether a kernel follows all steps of a proof object, as far as their kinds say."""
    return all(map(_is_followed, _steps(proof)))


def _steps(proof: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield proof
    for child in proof.get("children", ()):
        yield from _steps(child)


def _is_followed(step: Mapping[str, Any]) -> bool:
    rule = step["rule"]
    if rule == "cover":
        return not any(leaf in EXPANSIONS for leaf in _leaves(step["tree"]))
    if rule == "law":
        return is_law_followed(step["name"])
    return rule not in RULES and not (rule == "monotone" and step.get("by") == "limit")


def is_law_followed(name: str) -> bool:
    """Tell whether a law is in the kernels' libraries: those of other functions are not."""
    law = laws()[name]
    parts = [term for formula in (*law.premises, law.conclusion) for term in terms(formula)]
    operators = {node.operator for term in parts for node in t.subterms(term)}
    return name not in LAWS and not operators & _ALL


def _leaves(tree: Any) -> Iterator[str]:
    if isinstance(tree, str):
        yield tree
    else:
        for half in tree[2:]:
            yield from _leaves(half)


__all__ = ["is_followed", "is_law_followed", "may_be_followed"]
