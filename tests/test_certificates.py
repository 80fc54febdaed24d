"""The parts of the search for contradictions: equations as rules, linear programs, products."""

from __future__ import annotations

import random

import pytest
from flint import Ordering, fmpq, fmpq_mpoly_ctx

from srverify.checker.sequent import Sequent
from srverify.engines.linear_program import solved
from srverify.language.parser import parse_term
from srverify.language.statement import Statement
from srverify.numerics.tactics.casesplits import _is_one_sided, _splitting
from srverify.numerics.tactics.equations import Equations
from srverify.numerics.tactics.programs import useful

CONTEXT = fmpq_mpoly_ctx.get(["x", "y", "z"], Ordering.lex)
X, Y, Z = CONTEXT.gens()


@pytest.mark.parametrize(
    ("equations", "poly"),
    [
        ([X**2 - Y], X**4 - Y**2),
        ([X - Y, Y - Z], (X - Z) * (X + 5)),
        # The second equation becomes a rule only once the first has been used.
        ([X * Y - 1, X - Z], Y * Z - 1),
        ([X - 1, X - 2], CONTEXT.constant(1)),
    ],
)
def test_multipliers_are_what_equations_are_multiplied_by(equations: list, poly: object) -> None:
    used = Equations(equations).multipliers(poly)
    assert used is not None
    assert sum((q * e for q, e in zip(used, equations, strict=True)), CONTEXT.constant(0)) == poly
    assert Equations(equations).reduced(poly).is_zero()


def test_what_does_not_follow_has_no_multipliers() -> None:
    assert Equations([X**2 - Y]).multipliers(X - Y) is None
    assert Equations([X**2 - Y]).reduced(X**3) == X * Y
    assert Equations([]).multipliers(X) is None


def test_columns_that_only_add_to_a_row_are_left_out_one_after_the_other() -> None:
    columns = [
        ({"a": fmpq(1), "b": fmpq(-1)}, "<"),
        ({"a": fmpq(1)}, "<="),
        ({"b": fmpq(2)}, "<="),
        ({"c": fmpq(1)}, "="),
    ]
    assert useful(columns, {}, False) == []
    assert useful(columns, {}, True) is None
    assert useful(columns, {"a": fmpq(1)}, True) == [0, 1, 2]
    assert useful(columns, {"a": fmpq(-1)}, False) is None
    # Of columns that differ by a factor one is enough; a strict one is another.
    doubled = [({"a": fmpq(c)}, relation) for c in (1, 2, -1) for relation in ("<=", "<")]
    assert useful(doubled, {}, True) == [0, 1, 4, 5]


def test_a_solution_sums_up_to_the_target_with_signs() -> None:
    source = random.Random(0)
    found = 0
    for _ in range(60):
        columns = [
            (
                {r: fmpq(c) for r in range(4) if (c := source.randrange(-3, 4))},
                source.choice(("<", "<=", "=")),
            )
            for _ in range(5)
        ]
        target = {r: fmpq(c) for r in range(4) if (c := source.randrange(-1, 2))}
        strict = source.random() < 0.5
        solution = solved(columns, target, strict, 10.0)
        if solution is None:
            continue
        found += 1
        for row in range(4):
            total = sum((c * columns[i][0].get(row, fmpq(0)) for i, c in solution.items()), fmpq(0))
            assert total == target.get(row, fmpq(0))
        assert all(c >= 0 for i, c in solution.items() if columns[i][1] != "=")
        assert not strict or any(columns[i][1] == "<" for i in solution)
    assert found > 10


@pytest.mark.parametrize(
    ("goal", "given", "atom", "expected"),
    [
        ("x <= b", "abs(x) <= b", "abs(x)", True),
        ("x <= b", "-2*abs(x) + b >= 0", "abs(x)", True),
        ("abs(x) <= b", "x <= b", "abs(x)", False),
        ("b <= abs(x)", "b <= x", "abs(x)", True),
        ("x >= b", "b <= min(x, y)", "min(x, y)", True),
        ("x >= b", "b <= max(x, y)", "max(x, y)", False),
        ("x <= b", "x*max(x, y) <= b", "max(x, y)", False),
        ("x <= b", "abs(x) = b", "abs(x)", False),
    ],
)
def test_bounds_are_enough_where_a_term_counts_one_way(
    goal: str, given: str, atom: str, expected: bool
) -> None:
    sequent = Sequent.of(Statement.parse(goal, (given,)))
    (found,) = _splitting(sequent)[0]
    assert found == parse_term(atom, sequent.symbols)
    assert _is_one_sided(sequent, found) is expected
