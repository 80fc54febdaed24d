"""Lambert W over arrays: within 1 ulp of rigorous enclosures, on both branches, everywhere."""

from __future__ import annotations

import math

import numpy as np
import pytest
from flint import arb, ctx
from hypothesis import example, given
from hypothesis import strategies as st
from scipy.special import lambertw as scipy_lambertw

from srverify.language.errors import InputError
from srverify.numerics.lambertw_array import lambertw_array

#: The least double above -1/e, and the largest below, where there is no real value.
FIRST = np.nextafter(-math.exp(-1), 0.0)
BEFORE = np.nextafter(FIRST, -1.0)


def ulps(z: float, w: float, branch: int) -> float:
    """Return the error of w in units of its last place, from a ball that encloses the exact value."""
    with ctx.workprec(200):
        exact = arb(z).lambertw(branch) if branch else arb(z).lambertw()
        assert exact.is_finite()
        assert exact.rad() < arb(2) ** -1080 + abs(exact) * arb(2) ** -100
        return float(abs(exact - arb(w)) / arb(math.ulp(w)))


def around(z: float, count: int = 1500) -> np.ndarray:
    """Return the doubles next to z, on both sides."""
    bits = np.array([z]).view(np.int64)
    return (bits + np.arange(-count, count)).view(np.float64)


def ranges(branch: int) -> dict[str, np.ndarray]:
    """Return arguments by range: the method changes at the numbers that it names."""
    rng = np.random.default_rng(7)
    found = {
        "the first doubles": FIRST + np.spacing(FIRST) * -np.arange(0, 4000),
        "near -1/e": FIRST * (1.0 - 10.0 ** rng.uniform(-16, -1, 4000)),
        "below 0": rng.uniform(FIRST, 0.0, 4000),
        "end of the expansion": np.concatenate([around(-0.35), rng.uniform(-0.355, -0.345, 2000)]),
        "end of the second step": around(-0.15),
        "towards 0": -(10.0 ** rng.uniform(-323, -1, 4000)),
        "subnormal": -rng.uniform(5e-324, 2.0**-1022, 1000),
        "around -2^-27": around(-(2.0**-27)),
        "around -2^-900": around(-(2.0**-900)),
        "around the least normal": around(-(2.0**-1022)),
    }
    if branch == 0:
        found |= {
            "moderate": rng.uniform(0, 4, 4000),
            "small": 10.0 ** rng.uniform(-323, 0, 2000),
            "large": 10.0 ** rng.uniform(0, 308, 4000),
            "around 2^-27": around(2.0**-27),
            "around 1e38": around(1e38),
            "around e": around(math.e),
            "the last doubles": around(np.finfo(float).max - 1e296),
        }
    return found


def sample(branch: int) -> np.ndarray:
    return np.concatenate(list(ranges(branch).values()))


@pytest.mark.parametrize(
    ("branch", "name"), [(branch, name) for branch in (0, -1) for name in ranges(branch)]
)
def test_within_one_ulp(branch: int, name: str) -> None:
    z = ranges(branch)[name]
    w = lambertw_array(z, branch)
    errors = [ulps(float(a), float(b), branch) for a, b in zip(z, w, strict=True)]
    assert max(errors) <= 0.6


@pytest.mark.parametrize("branch", [0, -1])
def test_ranges_may_be_mixed(branch: int) -> None:
    z = np.random.default_rng(3).permutation(sample(branch))
    alone = np.array([lambertw_array(a, branch) for a in z[:3000]])
    assert (lambertw_array(z, branch)[:3000] == alone).all()


@pytest.mark.parametrize("branch", [0, -1])
def test_more_accurate_than_scipy_everywhere_it_counts(branch: int) -> None:
    z = sample(branch)[::11]
    w, other = lambertw_array(z, branch), scipy_lambertw(z, branch).real
    ours = np.array([ulps(float(a), float(b), branch) for a, b in zip(z, w, strict=True)])
    theirs = np.array([ulps(float(a), float(b), branch) for a, b in zip(z, other, strict=True)])
    theirs[np.isnan(theirs)] = np.inf  # where SciPy has no value
    # Correctly rounded results tie; nowhere is ours further off than rounding allows.
    assert np.all((ours <= theirs) | (ours <= 0.6))
    assert ours.max() < theirs.max()


@given(st.floats(min_value=float(FIRST), allow_nan=False, allow_infinity=False))
@example(float(FIRST))
@example(5e-324)
@example(-5e-324)
@example(1.7976931348623157e308)
def test_branch_0_at_any_double(z: float) -> None:
    w = float(lambertw_array(z))
    assert w == z if z == 0 else ulps(z, w, 0) <= 1.0


@given(st.floats(min_value=float(FIRST), max_value=-5e-324))
@example(float(FIRST))
@example(-5e-324)
@example(-0.2)
def test_branch_minus_1_at_any_double(z: float) -> None:
    assert ulps(z, float(lambertw_array(z, -1)), -1) <= 1.0


def test_outside_the_domain() -> None:
    z = np.array([-1.0, BEFORE, 0.0, -0.0, 1.0, np.inf, np.nan, -np.inf])
    principal = lambertw_array(z)
    assert np.isnan(principal[[0, 1, 6, 7]]).all()
    assert principal[2] == 0
    assert math.copysign(1.0, principal[3]) == -1.0
    assert principal[5] == np.inf
    lower = lambertw_array(z, -1)
    assert np.isnan(lower[[0, 1, 4, 5, 6, 7]]).all()
    assert (lower[2:4] == -np.inf).all()


def test_shapes_and_types() -> None:
    assert lambertw_array(np.ones((2, 3, 0))).shape == (2, 3, 0)
    assert lambertw_array([[0, 1], [2, 3]]).shape == (2, 2)
    assert lambertw_array(np.float32(1)).dtype == np.float64
    many = np.full(40_000, 1.0)
    assert np.unique(lambertw_array(many)).size == 1
    with pytest.raises(InputError, match="branches 0 and -1"):
        lambertw_array([1.0], 1)
    with pytest.raises(InputError, match="real numbers"):
        lambertw_array([1j])


def test_the_argument_is_left_as_it_was() -> None:
    z = np.array([-0.36, -0.2, 0.0, 3.0])
    before = z.copy()
    lambertw_array(z)
    assert (z == before).all()
