"""Determinate limits at an end of a variable's domain."""

from __future__ import annotations

from srverify.checker.sequent import Sequent
from srverify.language.formula import Relation


def limit_sign(s: Sequent, goal: Relation, name: str, end: str, operator: str) -> bool:
    """Tell whether the limit of right less left at an end is certainly positive or nonnegative."""
    return False
