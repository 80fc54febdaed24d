"""Linear arithmetic: a goal as a nonnegative combination of what is known, found by the simplex method.

What an SMT solver calls a theory lemma is here data that the checker verifies: the hypotheses, instances
of laws among them, distances of variables to the ends of their domains, products of two of these, and
numbers whose sum is the goal as a polynomial over its atoms (Farkas; Handelman).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations, combinations_with_replacement
from typing import Any, TypeAlias

from flint import fmpq

from srverify.checker.rejected import RejectedError
from srverify.checker.sequent import Sequent
from srverify.language import term as t
from srverify.language.formula import Relation
from srverify.language.term import Term
from srverify.numerics.tactics.algebraic import difference
from srverify.numerics.tactics.driver import Driver, Node, Proposal, relation
from srverify.numerics.tactics.floats import sign
from srverify.numerics.tactics.forms import Space

#: Larger programs take too long.
_MAX_KNOWN, _MAX_COLUMNS, _MAX_ROWS, _MAX_PIVOTS = 10, 70, 90, 200
_MAX_SQUARED = 3
#: How much of a strict fact is set aside for a strict goal.
_SHARES = (fmpq(1, 8), fmpq(1, 1024))
_Row: TypeAlias = dict[int, fmpq]
_Factor: TypeAlias = tuple[object, ...]


def by_combining(driver: Driver, sequent: Sequent, depth: int) -> Iterator[Proposal]:
    """Write the goal as a sum of products of known factors with nonnegative coefficients."""
    goal = relation(sequent)
    if goal is None or depth < 1:
        return
    facts = known_facts(sequent)
    f = difference(goal)
    if len(facts) > _MAX_KNOWN:
        return
    try:
        space = Space([f, *(term for _, term, _ in facts)])
        form = space.form(f)
        forms = [(factor, space.form(term), operator) for factor, term, operator in facts]
    except RejectedError:
        return
    below = space.term(form.q)
    direction = sign(below, sequent)
    if direction not in (1, -1):
        return
    known = [(factor, form.p, operator) for factor, form, operator in forms if form.q.is_constant()]
    columns = [*_columns(known, form.p), *_squares(space, form.p)]
    if goal.operator == "=":
        columns = [column for column in columns if column[2] == "="]
    strict = goal.operator == "<"
    target = form.p * direction
    for share, place in [(fmpq(0), 0), *(_reserves(columns) if strict else ())]:
        rest = target - columns[place][1] * share if share else target
        found = _solved([poly for _, poly, _ in columns], rest)
        if found is None and not share:
            return
        if found is None:
            continue
        if share:
            found[place] = found.get(place, fmpq(0)) + share
        if strict and not any(columns[i][2] == "<" for i, c in found.items() if c > 0):
            continue
        head = _certificate(columns, found)
        if below is not t.ONE:
            head["k"] = str(below if direction > 0 else t.neg(below))
        yield head, 0
        return


def consequence(sequent: Sequent, f: Term) -> Node | None:
    """Return a combination of linear facts that shows that a term is at least 0, if there is one."""
    facts = known_facts(sequent)
    try:
        space = Space([f, *(term for _, term, _ in facts)])
        target = space.form(f)
        forms = [(factor, space.form(term), operator) for factor, term, operator in facts]
    except RejectedError:
        return None
    linear = [
        (factor, form.p, operator)
        for factor, form, operator in forms
        if form.q.is_constant() and form.p.total_degree() <= 1
    ]
    if not target.q.is_constant():
        return None
    columns = _columns(linear, target.p, most=1)
    found = _solved([poly for _, poly, _ in columns], target.p)
    return None if found is None else _certificate(columns, found)


def known_facts(sequent: Sequent) -> list[tuple[_Factor, Term, str]]:
    """Return what is known to be at least 0, or 0, with its factor in a certificate."""
    found: list[tuple[_Factor, Term, str]] = []
    for index, h in enumerate(sequent.hypotheses):
        if isinstance(h, Relation) and h.left is not h.right:
            found.append((("hyp", index), difference(h), h.operator))
    for v in sequent.variables:
        low, high = v.domain.lower, v.domain.upper
        if low is not None:
            found.append((("low", v.name), t.sub(v.symbol, low), "<" if v.domain.lower_open else "<="))
        if high is not None:
            found.append((("high", v.name), t.sub(high, v.symbol), "<" if v.domain.upper_open else "<="))
    return found


_Column: TypeAlias = tuple[tuple[_Factor, ...], Any, str]


def _certificate(columns: list[_Column], found: dict[int, fmpq]) -> Node:
    # The second column of an equation is the first one with the opposite sign.
    signs = [-1 if i and columns[i - 1][0] == column[0] else 1 for i, column in enumerate(columns)]
    terms = [
        {"coeff": str(c * signs[i]), "factors": [list(f) for f in columns[i][0]]}
        for i, c in found.items()
        if c
    ]
    return {"rule": "combine", "terms": terms}


def _columns(known: list[tuple[_Factor, Any, str]], like: Any, most: int = 2) -> list[_Column]:
    """Return products of at most so many facts, with what is known of their signs; equations twice."""
    one = like.context().constant(1)
    found: list[_Column] = [((), one, "<")]
    for count in range(1, most + 1):
        for chosen in combinations_with_replacement(known, count):
            poly, operators = one, {operator for _, _, operator in chosen}
            for _, part, _ in chosen:
                poly = poly * part
            sign = next(operator for operator in ("=", "<=", "<") if operator in operators)
            factors = tuple(factor for factor, _, _ in chosen)
            found.append((factors, poly, sign))
            if sign == "=":
                found.append((factors, -poly, sign))
            if len(found) > _MAX_COLUMNS:
                return found
    return found


def _squares(space: Space, like: Any) -> Iterator[_Column]:
    """Yield the squares of variables, of their sums and differences, and of these with 1."""
    context = like.context()
    used = [i for i in space.atoms if any(exponents[i] for exponents in like.to_dict())]
    if len(used) > _MAX_SQUARED:
        return
    one, gens = context.constant(1), context.gens()
    parts = [*(gens[i] for i in used), one]
    roots = list(parts[:-1])
    roots += [a + b * s for a, b in combinations(parts, 2) for s in (1, -1)]
    for root in roots:
        yield (("square", str(space.term(root))),), root * root, "<="


def _reserves(columns: list[_Column]) -> Iterator[tuple[fmpq, int]]:
    for place in [i for i, column in enumerate(columns) if column[2] == "<"][:4]:
        yield from ((share, place) for share in _SHARES)


def _solved(columns: list[Any], target: Any) -> dict[int, fmpq] | None:
    """Return nonnegative numbers with which the columns sum up to the target, by the first phase."""
    rows: dict[Any, _Row] = {}
    right: dict[Any, fmpq] = {}
    for j, poly in enumerate(columns):
        for exponents, c in poly.to_dict().items():
            rows.setdefault(exponents, {})[j] = c
    for exponents, c in target.to_dict().items():
        if exponents not in rows:
            return None
        right[exponents] = c
    if len(rows) > _MAX_ROWS:
        return None
    table, values = [], []
    for exponents, row in rows.items():
        b = right.get(exponents, fmpq(0))
        table.append(dict(row) if b >= 0 else {j: -c for j, c in row.items()})
        values.append(abs(b))
    return _first_phase(table, values)


def _first_phase(table: list[_Row], values: list[fmpq]) -> dict[int, fmpq] | None:
    """Find ``x >= 0`` with ``table x = values >= 0``; Bland's rule, artificial variables dropped."""
    basis: list[int | None] = [None] * len(table)
    cost: _Row = {}
    for row in table:
        _add(cost, row, fmpq(1))
    for _ in range(_MAX_PIVOTS):
        if all(v == 0 for v, b in zip(values, basis, strict=True) if b is None):
            return {b: v for b, v in zip(basis, values, strict=True) if b is not None and v != 0}
        column = min((j for j, c in cost.items() if c > 0), default=None)
        if column is None:
            return None
        ratios = [
            (values[i] / row[column], basis[i] is not None, basis[i] or 0, i)
            for i, row in enumerate(table)
            if column in row and row[column] > 0
        ]
        if not ratios:
            return None
        pivot = min(ratios)[3]
        scale = table[pivot][column]
        table[pivot] = {j: c / scale for j, c in table[pivot].items()}
        values[pivot] /= scale
        basis[pivot] = column
        for i, row in enumerate(table):
            if i != pivot and column in row:
                factor = row[column]
                _add(row, table[pivot], -factor)
                values[i] -= factor * values[pivot]
        _add(cost, table[pivot], -cost[column])
    return None


def _add(row: _Row, other: Mapping[int, fmpq], factor: fmpq) -> None:
    for j, c in other.items():
        total = row.get(j, fmpq(0)) + c * factor
        if total == 0:
            row.pop(j, None)
        else:
            row[j] = total
