"""The rule that fixes a variable by a symmetry: where it applies, and that it does nowhere else."""

import math
from random import Random

import pytest

from srverify.checker.check import expand
from srverify.checker.rejected import RejectedError
from srverify.checker.sequent import Sequent
from srverify.language.statement import Statement

POSITIVE, NONNEGATIVE, REAL = "(0, oo)", "[0, oo)", "real"


def _left(show, given, variables, **parameters):
    sequent = Sequent.of(Statement.parse(show, given, variables))
    (child,) = expand(sequent, {"rule": "normalize", "var": "y", **parameters})
    return child


SAME = {"x": 1, "y": 1}
APPLIES = [
    ("sqrt(x*y) <= (x + y)/2", [], {"x": NONNEGATIVE, "y": POSITIVE}, {"scaled": SAME}),
    ("x*log(x/y) >= x - y", ["x > y"], {"x": POSITIVE, "y": POSITIVE}, {"scaled": SAME}),
    ("x*log(x) - x*log(y) >= x - y", [], {"x": POSITIVE, "y": POSITIVE}, {"scaled": SAME}),
    ("log(x) <= log(y) + x/y", [], {"x": POSITIVE, "y": POSITIVE}, {"scaled": SAME}),
    ("max(x, y)^2 >= x*y", [], {"x": POSITIVE, "y": POSITIVE}, {"scaled": SAME}),
    ("sin(x/y) <= x/y", [], {"x": POSITIVE, "y": POSITIVE}, {"scaled": SAME}),
    ("x*exp(-x*y) <= 1/y", [], {"x": POSITIVE, "y": POSITIVE}, {"scaled": {"x": -1, "y": 1}}),
    ("x^2 + y >= 2*x*sqrt(y)", [], {"x": POSITIVE, "y": POSITIVE}, {"scaled": {"x": "1/2", "y": 1}}),
    (
        "x^s*y^(1 - s) <= s*x + (1 - s)*y",
        [],
        {"x": POSITIVE, "y": POSITIVE, "s": "[0, 1]"},
        {"scaled": SAME},
    ),
    ("(x/y)^(x/y) >= 1/2", [], {"x": POSITIVE, "y": POSITIVE}, {"scaled": SAME}),
    ("abs(sin(x - y)) <= abs(x - y)", [], {"x": REAL, "y": REAL}, {"shifted": SAME}),
    ("log(exp(x) + exp(y)) >= (x + y)/2", ["x < y"], {"x": REAL, "y": REAL}, {"shifted": SAME}),
    (
        "x*exp(y) <= exp(2*y) + x^2",
        [],
        {"x": POSITIVE, "y": REAL},
        {"scaled": {"x": 1}, "shifted": {"y": 1}},
    ),
]
REFUSED = [
    ("x*y <= x + y", [], {"x": POSITIVE, "y": POSITIVE}, {"scaled": SAME}),
    ("x^2 >= x - y", [], {"x": POSITIVE, "y": POSITIVE}, {"scaled": SAME}),
    ("x <= y + 1", [], {"x": POSITIVE, "y": POSITIVE}, {"scaled": SAME}),
    ("x*log(x) >= x - y", [], {"x": POSITIVE, "y": POSITIVE}, {"scaled": SAME}),
    ("log(x) <= log(x + y)*log(y)", [], {"x": POSITIVE, "y": POSITIVE}, {"scaled": SAME}),
    ("log(x) <= 1", [], {"x": POSITIVE, "y": POSITIVE}, {"scaled": SAME}),
    ("exp(x) >= y", [], {"x": POSITIVE, "y": POSITIVE}, {"scaled": SAME}),
    ("x^x >= y^y", [], {"x": POSITIVE, "y": POSITIVE}, {"scaled": SAME}),
    ("max(x, 1) >= y", [], {"x": POSITIVE, "y": POSITIVE}, {"scaled": SAME}),
    ("x <= y", ["x >= 1"], {"x": POSITIVE, "y": POSITIVE}, {"scaled": SAME}),
    ("x <= y", ["x >= 1 or x < y"], {"x": POSITIVE, "y": POSITIVE}, {"scaled": SAME}),
    # Domains that the symmetry does not keep.
    ("x <= y", [], {"x": "(0, 2]", "y": POSITIVE}, {"scaled": SAME}),
    ("x <= y", [], {"x": POSITIVE, "y": NONNEGATIVE}, {"scaled": SAME}),
    ("x <= y", [], {"x": REAL, "y": POSITIVE}, {"scaled": SAME}),
    ("x <= y", [], {"x": "natural", "y": POSITIVE}, {"scaled": SAME}),
    ("x <= y", [], {"x": POSITIVE, "y": REAL}, {"shifted": SAME}),
    ("sin(x) <= sin(y)", [], {"x": REAL, "y": REAL}, {"shifted": SAME}),
    ("x*y <= x", [], {"x": REAL, "y": REAL}, {"shifted": SAME}),
    ("exp(x*y) <= exp(x)", [], {"x": REAL, "y": REAL}, {"shifted": SAME}),
    ("abs(x) >= 0", [], {"x": REAL, "y": REAL}, {"shifted": SAME}),
    # Weights that move nothing, or twice.
    ("x <= y", [], {"x": POSITIVE, "y": POSITIVE}, {}),
    ("x <= 2*x", [], {"x": POSITIVE, "y": POSITIVE}, {"scaled": {"x": 1, "y": 0}}),
    ("x <= y", [], {"x": POSITIVE, "y": POSITIVE}, {"scaled": {"x": 1}}),
    ("y <= 2*y", [], {"x": POSITIVE, "y": POSITIVE}, {"scaled": {"y": 1}, "shifted": {"y": 1}}),
    ("x <= y", [], {"x": POSITIVE, "y": POSITIVE}, {"scaled": {"z": 1, "y": 1}}),
]


@pytest.mark.parametrize(("show", "given", "variables", "parameters"), APPLIES)
def test_a_variable_is_fixed(show, given, variables, parameters):
    child = _left(show, given, variables, **parameters)
    assert {v.name for v in child.variables} == variables.keys() - {"y"}


@pytest.mark.parametrize(("show", "given", "variables", "parameters"), REFUSED)
def test_what_has_no_symmetry_is_refused(show, given, variables, parameters):
    with pytest.raises(RejectedError):
        _left(show, given, variables, **parameters)


SIDES = [
    "x",
    "y",
    "x + y",
    "x - y",
    "x*y",
    "x/y",
    "sqrt(x*y)",
    "x*log(x)",
    "y*log(x/y)",
    "log(x) - log(y)",
]
SIDES += [
    "exp(x/y)",
    "exp(x - y)",
    "x^2/y",
    "max(x, y)",
    "abs(x - y)",
    "x*log(x) - x*log(y)",
    "1",
    "2*y",
]


def test_the_child_decides_at_random_points_what_the_parent_does():
    """Where the rule applies to two random sides, moving a point keeps the truth of the relation."""
    from srverify.language.parser import parse_term
    from srverify.numerics.tactics.floats import value_at

    random, applied = Random(5), 0
    for left in SIDES:
        for right in SIDES:
            try:
                child = _left(f"{left} <= {right}", [], {"x": POSITIVE, "y": POSITIVE}, scaled=SAME)
            except RejectedError:
                continue
            applied += 1
            gap = parse_term(f"{right} - ({left})")
            for _ in range(8):
                point = {"x": random.uniform(0.01, 9), "y": random.uniform(0.01, 9)}
                (before, size), ratio = value_at(gap, point), point["x"] / point["y"]
                moved = {"x": ratio, "y": 1.0}
                after, other = value_at(gap, moved)
                if abs(before) > 1e-9 * size and abs(after) > 1e-9 * other:
                    assert math.copysign(1, before) == math.copysign(1, after), (left, right, point)
            assert [v.name for v in child.variables] == ["x"]
    assert applied > 60
