"""Confirm witnesses: a refutation counts only if a second evaluator agrees."""

from __future__ import annotations

from collections.abc import Mapping

from srverify.language.errors import InputError
from srverify.language.statement import Statement
from srverify.numerics.reals import Real, parse_real


def parse_witness(witness: Mapping[str, str]) -> dict[str, Real]:
    """Read a witness: variable name to the text of an exact number (`numerics.reals.parse_real`).

    Raises InputError, which is a ValueError, on anything else.
    """
    return {name: parse_real(text) for name, text in witness.items()}


def is_undecided(statement: Statement, witness: Mapping[str, str], not_by: str = "") -> bool:
    """Tell whether a witness lies beyond the precision of the evaluator that would have to confirm it.

    The statement's relations are then neither seen to hold nor to fail there.
    """
    from srverify.numerics import arb_eval

    try:
        point = parse_witness(witness)
    except (ValueError, ZeroDivisionError):
        return False
    if not_by == "arb" or set(point) != {v.name for v in statement.variables}:
        return False
    formulas = (*statement.hypotheses, statement.conclusion)
    return any(arb_eval.holds_at(formula, point) is None for formula in formulas)


def confirm(statement: Statement, witness: Mapping[str, str], not_by: str = "") -> str | None:
    """Re-evaluate a refutation at its witness with a second interval arithmetic.

    Parameters
    ----------
    witness
        Variable name to the text of an exact number, rational or not.
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
    except InputError:
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
