"""Confirm witnesses: a refutation counts only if a second evaluator agrees."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from srverify.language.statement import Statement


def parse_witness(witness: Mapping[str, str]) -> dict[str, Fraction]:
    """Read a witness: variable name to exact rational text; raises ValueError on anything else."""
    return {name: Fraction(text) for name, text in witness.items()}


def confirm(statement: Statement, witness: Mapping[str, str], not_by: str = "") -> str | None:
    """Re-evaluate a refutation at its witness with a second interval arithmetic.

    Parameters
    ----------
    witness
        Variable name to exact rational text.
    not_by
        The engine that found the witness; the evaluator of the same library is not asked.

    Returns
    -------
    str or None
        Name of the evaluator (``mpmath`` or ``arb``) that certainly sees the hypotheses hold and the
        conclusion not hold there; ``None`` if none does.
    """
    try:
        point = parse_witness(witness)
    except (ValueError, ZeroDivisionError):
        return None
    if set(point) != {v.name for v in statement.variables}:
        return None
    if not_by != "mpmath":
        from srverify.numerics import mpmath_eval

        if mpmath_eval.violates(statement, point):
            return "mpmath"
    if not_by != "arb":
        from srverify.numerics import arb_eval

        if arb_eval.violates(statement, point):
            return "arb"
    return None
