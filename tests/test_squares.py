"""Certificates by sums of squares: what is found is an identity, and for what is negative nothing is."""

import pytest
from flint import Ordering, fmpq, fmpq_mpoly_ctx
from hypothesis import given, settings
from hypothesis import strategies as st

from srverify.checker.check import check
from srverify.language.statement import Statement
from srverify.numerics.prover.solve import prove
from srverify.numerics.tactics.gram import Block, Multiple, Problem, Square
from srverify.numerics.tactics.semidefinite import centre, np

CONTEXT = fmpq_mpoly_ctx.get(["x", "y", "z"], Ordering.lex)
X, Y, Z = CONTEXT.gens()
ONE = CONTEXT.constant(1)


def total(problem, summands):
    """Return what certain summands add up to, their factors being looked up."""
    blocks = {block.factors: block.poly for block in problem.blocks}
    equations = dict(problem.equations)
    found = ONE * 0
    for summand in summands:
        if isinstance(summand, Multiple):
            found += equations[summand.factors] * summand.cofactor
            continue
        assert isinstance(summand, Square)
        assert summand.weight >= 0
        root = ONE if summand.root is None else summand.root
        found += blocks[summand.factors] * summand.weight * root * root
    return found


def problem(target, blocks=(), equations=(), degree=None):
    every = [Block((), ONE, True), *(Block((name,), poly, strict) for name, poly, strict in blocks)]
    named = [((name,), poly) for name, poly in equations]
    return Problem(target, every, named, degree or int(target.total_degree()))


LINES = st.lists(st.integers(-3, 3), min_size=3, max_size=3)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.lists(st.tuples(LINES, LINES), min_size=1, max_size=4))
def test_sums_of_squares_are_found_and_exact(rows):
    # With room: zeros of the squares at algebraic numbers of any degree are beyond the search.
    target = (X**2 + Y**2 + Z**2) ** 2
    for (a, b, c), (d, e, f) in rows:
        root = X**2 * a + X * Y * b + Y * Z * c + Z**2 * d + Y**2 * e + X * Z * f
        target += root * root
    found = problem(target)
    summands = found.solve(strict=False)
    assert summands is not None
    assert total(found, summands) == target


def test_zeros_at_roots_and_equations():
    found = problem(
        3 - 2 * X * Y - Z * X * 2, equations=[("e", X**2 - 2), ("f", X * Y + X * Z - ONE * 3 / 2)]
    )
    summands = found.solve(strict=False)
    assert summands is not None
    assert total(found, summands) == found.target


@pytest.mark.parametrize(
    ("target", "blocks"),
    [
        (X**2 + Y**2 - 2 * X * Y - ONE / 10**9, []),
        (X**2 * Y + X * Y**2 - 2 * X * Y + 1 - ONE / 2, [("x", X, True), ("y", Y, True)]),
        (X**4 * Y**2 + X**2 * Y**4 + 1 - 3 * X**2 * Y**2, []),
    ],
)
def test_nothing_is_found_for_what_is_none(target, blocks):
    assert problem(target, blocks).solve(strict=False) is None


def test_a_strict_certificate_has_a_positive_summand():
    loose, tight = X**2 - X + 1, X**2 - 2 * X + 1
    summands = problem(loose).solve(strict=True)
    assert summands is not None
    assert any(isinstance(s, Square) and s.strict and s.weight > 0 for s in summands)
    assert problem(tight).solve(strict=True) is None
    assert problem(tight).solve(strict=False) is not None


def test_products_of_what_is_positive():
    found = problem(X * Y + X, [("x", X, True), ("y", Y, True), ("xy", X * Y, True)])
    summands = found.solve(strict=True)
    assert summands is not None
    assert total(found, summands) == found.target


def test_the_centre_meets_its_equations():
    trace, corner = np.eye(3), np.zeros((3, 3))
    corner[0, 0] = 1
    (matrix,) = centre([np.array([trace, corner])], np.array([4.0, 1.0]))
    assert abs(np.trace(matrix) - 4) < 1e-6
    assert abs(matrix[0, 0] - 1) < 1e-6
    assert np.linalg.eigvalsh(matrix)[0] > 0
    assert centre([np.array([trace])], np.array([-1.0])) is None


def test_coefficients_beyond_doubles():
    domains = {"x": "real", "y": "real"}
    statement = Statement.parse("10^800*x^4 + y^4 + x^2 >= 2*10^400*x^2*y^2", (), domains)
    result = prove(statement, 5.0)
    assert result.status in ("proved", "unknown"), result.reason
    if result.status == "proved":
        check(statement, result.proof)


def test_numbers_stay_exact():
    # A quarter in doubles is not what is asked for: the certificate must be of the target itself.
    target = X**2 * fmpq(1, 3) + X * Y * fmpq(2, 7) + Y**2 * fmpq(3, 11)
    found = problem(target)
    summands = found.solve(strict=False)
    assert summands is not None
    assert total(found, summands) == target
