"""An obvious hypothesis that a refuted statement lacks: ``x >= 0``, all positive, ``x <= y``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import combinations
from time import monotonic

from srverify.audit.portfolio import Portfolio
from srverify.checker.sequent import Sequent
from srverify.claims.obligation import Options
from srverify.language.errors import InputError
from srverify.language.formula import Formula, Relation
from srverify.language.statement import Statement
from srverify.numerics.arb_eval import holds_at
from srverify.numerics.reals import in_domain
from srverify.numerics.tactics.floats import samples
from srverify.numerics.witness import parse_witness

#: Seconds for a proof with one more hypothesis, and for all of them on the wall.
_SECONDS, _PATIENCE = 0.7, 4.0
#: What may be said of one variable, the weakest first.
_SIGNS = ("{x} >= 0", "{x} > 0", "{x} >= 1", "{x} <= 0", "{x} > 1", "{x} <= 1", "0 <= {x} <= 1")
#: How many of them come before what is said of several variables.
_FIRST = 3
#: What may be said of all, and of two.
_ALL, _PAIRS = ("{x} >= 0", "{x} > 0", "{x} >= 1", "0 <= {x} <= 1"), ("{x} <= {y}", "{y} <= {x}")
_MOST_VARIABLES = 4


def missing_hypothesis(statement: Statement, witness: Mapping[str, str]) -> str:
    """Return hypotheses with which a refuted statement is proved, in a phrase; empty if none is found.

    They exclude the point at which it fails, and hold somewhere together with those that are there.

    >>> missing_hypothesis(Statement.parse("sqrt(x^2) = x"), {"x": "-1"})
    'x >= 0'
    """
    names = [variable.name for variable in statement.variables if not variable.domain.natural]
    if not names or len(names) > _MOST_VARIABLES or _is_bound(statement.conclusion):
        return ""
    point, started = parse_witness(witness), monotonic()
    data = statement.to_dict()
    with Portfolio(["arb"], Options(timeout=_SECONDS), jobs=1) as portfolio:
        for added in _candidates(names):
            if monotonic() - started > _PATIENCE:
                break
            try:
                wider = Statement.from_dict({**data, "given": [*data["given"], *added]})
            except InputError:
                # It leaves nothing of a domain.
                continue
            new = wider.hypotheses[len(statement.hypotheses) :]
            if all(holds_at(h, point) is True for h in new) or not _holds_somewhere(wider):
                continue
            if portfolio.settle(wider).status == "proved":
                return " and ".join(added)
    return ""


def _is_bound(conclusion: Formula) -> bool:
    """Tell whether a conclusion only compares a variable with a number, or another one."""
    if not isinstance(conclusion, Relation):
        return False
    return {conclusion.left.operator, conclusion.right.operator} <= {"variable", "number"}


def _holds_somewhere(statement: Statement) -> bool:
    """Tell whether a point is known at which all hypotheses hold, exactly."""
    sequent = Sequent.of(statement)
    for approximate in samples(sequent):
        point = {name: Fraction(x) for name, x in approximate.items()}
        inside = all(in_domain(v.domain, point[v.name]) for v in sequent.variables)
        if inside and all(holds_at(h, point) is True for h in sequent.hypotheses):
            return True
    return False


def _candidates(names: list[str]) -> Iterator[tuple[str, ...]]:
    for x in names:
        yield from ((sign.format(x=x),) for sign in _SIGNS[:_FIRST])
    if len(names) > 1:
        for sign in _ALL:
            yield tuple(sign.format(x=x) for x in names)
    for x, y in combinations(names, 2):
        yield from ((order.format(x=x, y=y),) for order in _PAIRS)
    for x in names:
        yield from ((sign.format(x=x),) for sign in _SIGNS[_FIRST:])
