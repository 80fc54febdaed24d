"""From a solver's model to an exact point that certainly violates the statement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from srverify.language.statement import Domain, Statement
from srverify.numerics.reals import Real

#: Denominators to which a model is rounded, readable points first.
_DENOMINATORS = (1, 2, 10, 100, 10**4, 10**8, 10**16, 10**32)


def verified_witness(
    statement: Statement, model: Mapping[str, Fraction], roots: Mapping[str, Real] | None = None
) -> dict[str, str] | None:
    """Return a point near a model that certainly violates the statement, as exact text.

    Parameters
    ----------
    model
        Variable name to value; a missing one may have any value.
    roots
        The exact values of those that are irrational and only approximated in the model.

    Returns
    -------
    dict or None
        ``None`` if no candidate is confirmed by interval evaluation (``numerics.arb_eval.violates``).
    """
    from srverify.numerics.arb_eval import violates

    for point in _candidates(statement, model):
        if violates(statement, point):
            return {name: str(value) for name, value in point.items()}
    if roots:
        exact: dict[str, Real] = {
            variable.name: roots.get(variable.name, model.get(variable.name, Fraction(0)))
            for variable in statement.variables
        }
        if violates(statement, exact):
            return {name: str(value) for name, value in exact.items()}
    return None


def _candidates(statement: Statement, model: Mapping[str, Fraction]) -> Iterator[dict[str, Fraction]]:
    seen = set()
    for denominator in (*_DENOMINATORS, None):
        point = {}
        for variable in statement.variables:
            value = model.get(variable.name, Fraction(0))
            if denominator is not None:
                value = value.limit_denominator(denominator)
            point[variable.name] = _inside(variable.domain, value)
        key = tuple(point.values())
        if key not in seen:
            seen.add(key)
            yield point


def _inside(domain: Domain, value: Fraction) -> Fraction:
    """Move a value into the domain: natural numbers are rounded, closed ends reached."""
    if domain.natural:
        value = Fraction(round(value))
    if domain.lower is not None:
        low = Fraction(domain.lower.p, domain.lower.q)
        high = None if domain.upper is None else Fraction(domain.upper.p, domain.upper.q)
        if value < low or (value == low and domain.lower_open):
            value = low if not domain.lower_open else (low + 1 if high is None else (low + high) / 2)
    if domain.upper is not None:
        high = Fraction(domain.upper.p, domain.upper.q)
        low_end = None if domain.lower is None else Fraction(domain.lower.p, domain.lower.q)
        if value > high or (value == high and domain.upper_open):
            inner = high - 1 if low_end is None else (low_end + high) / 2
            value = high if not domain.upper_open else inner
    return value
