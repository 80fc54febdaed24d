"""Both real branches of Lambert W over arrays of doubles, every result within 1 ulp.

Method. Close to the branch point, W is a function of y = sqrt(x + 1/e) that is analytic at 0 (R. M.
Corless and others, On the Lambert W function, 1996, section 4): W = -1 + sqrt(2 e) y + y^2 Q(y), where
y is kept as a sum of two doubles and Q is the polynomial that interpolates at Chebyshev points.
Elsewhere a guess in single precision is refined once by the iteration of F. N. Fritsch, R. E. Shafer
and W. P. Crowley (Algorithm 443, 1973) and rounded to 24 bits. With so short a w the residual z =
log(x/w) - w is found to about 2^-60 (a table of logarithms with their errors, and a short series); one
step of the third order with it leaves an error far below the final rounding. Around 0, W_0 is three
terms of its series. Tests check the results against rigorous enclosures.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

from srverify.language.errors import InputError

Array = NDArray[np.float64]
#: Floating-point numbers of either precision.
Rough = NDArray[Any]

#: Elements that are worked on at a time: what fits into a core's cache.
CHUNK = 16384
#: Where the expansion around the branch point ends: the last x.
_NEAR = -0.35
#: Enough points of interpolation for an error below 2^-60 there.
_POINTS = 18
#: Below this, the guess of W_0 is refined twice.
_POOR = -0.15
#: Below this, W_0(x) = x - x^2 + 3/2 x^3 to all digits.
_TINY = 2.0**-27
#: Above this, W_-1 works with x times 2^200: quotients of subnormal numbers would lose their digits.
_SMALL, _SHIFT = -(2.0**-900), 200
#: What single precision can hold.
_SINGLE = 1e38
#: Logarithms are tabulated at multiples of 2^-11 in [1/2, 1], their leading parts to multiples of 2^-42.
_STEPS = 2048
_GRID = 2.0**42
#: The upper 26 bits of a double's significand.
_UPPER = ~((1 << 27) - 1)


def lambertw_array(z: ArrayLike, branch: int = 0) -> Array:
    """Evaluate W_0 or W_-1 at every element of an array of doubles.

    Parameters
    ----------
    z
        Real numbers, converted to float64; any shape.
    branch
        0 or -1.

    Returns
    -------
    ndarray of float64
        Same shape; each element within 1 ulp of the exact value of the branch at the double given.
        NaN outside the branch's domain (below -1/e; for branch -1 also above 0), -inf for W_-1(0).

    Raises
    ------
    InputError
        For another branch, or what is not an array of real numbers.

    >>> lambertw_array([0.0, 1.0, -0.2])
    array([ 0.        ,  0.56714329, -0.2591711 ])
    >>> lambertw_array(-0.2, branch=-1)
    array(-2.54264136)
    """
    if branch not in (0, -1):
        raise InputError(f"LambertW has the real branches 0 and -1, not {branch}")
    given = np.asarray(z)
    if given.dtype.kind not in "fiub":
        raise InputError(f"expected an array of real numbers, got {given.dtype}")
    flat = np.ascontiguousarray(given, dtype=np.float64).ravel()
    out = np.empty_like(flat)
    with np.errstate(all="ignore"):
        for start in range(0, flat.size, CHUNK):
            part = flat[start : start + CHUNK]
            out[start : start + CHUNK] = _values(part, branch)
    return out.reshape(given.shape)


def _values(x: Array, branch: int) -> Array:
    if branch == 0:
        masks = [x < _NEAR, np.abs(x) < _TINY]
        methods = [_near, _tiny, _upper]
    else:
        masks = [x < _NEAR, x > _SMALL]
        methods = [_near, _small, _lower]
    counts = [int(np.count_nonzero(mask)) for mask in masks]
    counts.append(x.size - sum(counts))
    for count, method in zip(counts, methods, strict=True):
        if count == x.size:
            return method(x, branch)
    masks.append(~(masks[0] | masks[1]))
    w = np.empty_like(x)
    for count, mask, method in zip(counts, masks, methods, strict=True):
        if count:
            where = np.flatnonzero(mask)
            w[where] = method(x[where], branch)
    return w


# -- near the branch point ---------------------------------------------------------------------


@dataclass(frozen=True)
class _Expansion:
    """W = -1 + (slope + slope_low) y + y^2 Q(y) for y = +-sqrt(x - start - start_low)."""

    start: float
    start_low: float
    slope: float
    slope_low: float
    coefficients: tuple[float, ...]


@cache
def _expansion(branch: int) -> _Expansion:
    from flint import arb, arb_poly, ctx

    with ctx.workprec(400):
        start = -(arb(-1).exp())
        slope = (2 * arb(1).exp()).sqrt()
        first = float(start)
        short = round(float(slope) * 2**22) / 2**22
        half = (arb(_NEAR) - start).sqrt() / (2 if branch == 0 else -2)
        angles = [arb.pi() * (2 * k + 1) / (2 * _POINTS) for k in range(_POINTS)]
        points = [half * (1 + angle.cos()) for angle in angles]
        which = () if branch == 0 else (branch,)
        values = [((start + y * y).lambertw(*which) + 1 - slope * y) / (y * y) for y in points]
        polynomial = arb_poly.interpolate(points, values)
        coefficients = tuple(float(c) for c in polynomial.coeffs())
        return _Expansion(first, float(start - first), short, float(slope - short), coefficients)


def _near(x: Array, branch: int) -> Array:
    of = _expansion(branch)
    square = x - of.start  # exact, as the two are within a factor of 2
    rounded = square - of.start_low
    y = np.sqrt(rounded)
    # A multiple of 2^-24: its square, its product with the slope, and that less 1 are exact.
    high = (y + 2.0**28) - 2.0**28
    low = ((square - high * high) - of.start_low) / (y + high)
    if branch == -1:
        y, high, low = -y, -high, -low
    total = np.full_like(y, of.coefficients[-1])
    for coefficient in of.coefficients[-2::-1]:
        total *= y
        total += coefficient
    total *= rounded
    total += of.slope_low * high + (of.slope + of.slope_low) * low
    w: Array = (of.slope * high - 1.0) + total
    return w


# -- away from it ------------------------------------------------------------------------------


def _tiny(x: Array, branch: int) -> Array:
    return x - x * x * (1.0 - 1.5 * x)


def _upper(x: Array, branch: int) -> Array:
    largest = x.max()
    w = _polished(x, _upper_guess(x, np.float32 if largest < _SINGLE else np.float64))
    if not largest < np.inf:
        w[np.isposinf(x)] = np.inf
    return w


def _upper_guess(x: Array, precision: DTypeLike) -> Rough:
    rough = x.astype(precision)
    first = np.log1p(rough)
    w = first - first * np.log1p(first) / (2 + first)
    w = _refined(w, np.log(rough / w) - w)
    again = np.flatnonzero(rough < _POOR)
    if again.size:
        some = w[again]
        w[again] = _refined(some, np.log(rough[again] / some) - some)
    return w


def _lower(x: Array, branch: int) -> Array:
    return _polished(x, _lower_guess(np.log(-x).astype(np.float32)))


def _small(x: Array, branch: int) -> Array:
    w = _polished(x * 2.0**_SHIFT, _lower_guess(np.log(-x).astype(np.float32)), -_SHIFT)
    w[x == 0] = -np.inf
    return w


def _lower_guess(first: Rough) -> Rough:
    # For v = -1 - w and u = -1 - log(-x): v - log(1 + v) = u, v = sqrt(2 u) + 2/3 u + ... for small u.
    u = -1 - first
    w = first - np.log1p(np.sqrt(2 * u) + u * np.float32(2 / 3))
    return _refined(w, (first - np.log(-w)) - w)


def _refined(w: Rough, z: Rough) -> Rough:
    """Return one step of the fourth-order iteration, from the residual z = log(x/w) - w."""
    one = 1 + w
    q = 2 * one * (one + z * w.dtype.type(2 / 3))
    better: Rough = w + w * (z * (q - z)) / (one * (q - 2 * z))
    return better


def _polished(x: Array, guess: Rough, exponent: int = 0) -> Array:
    """Return W(x 2^exponent) from a value of it that is right to single precision."""
    w = guess.astype(np.float32, copy=False).astype(np.float64)
    one = 1.0 + w
    step = _residual(x, w, exponent) / one
    better: Array = w + w * (step + step * step * 0.5 / one)
    return better


@cache
def _logarithms() -> tuple[Array, Array, float, float]:
    """Return log(j / 2048) for j = 1024 .. 2048 and log 2, each as a part on the grid and a rest."""
    from flint import arb, ctx, fmpq

    def parts(value: Any) -> tuple[float, float]:
        high = round(float(value) * _GRID) / _GRID
        return high, float(value - arb(high))

    with ctx.workprec(200):
        table = [parts(arb(fmpq(j, _STEPS)).log()) for j in range(_STEPS // 2, _STEPS + 1)]
        two = parts(arb(2).log())
    return np.array([high for high, _ in table]), np.array([low for _, low in table]), *two


def _residual(x: Array, w: Array, exponent: int) -> Array:
    """Return log(x 2^exponent / w) - w for w of 24 bits close to the exact one, to about 2^-60."""
    quotient = x / w
    upper = (quotient.view(np.int64) & _UPPER).view(np.float64)
    left = ((x - upper * w) - (quotient - upper) * w) / x
    m, e = np.frexp(quotient)
    m *= _STEPS
    steps = np.rint(m)
    index = steps.astype(np.intp)
    index -= _STEPS // 2
    r = (m - steps) / steps
    high, low, two_high, two_low = _logarithms()
    k = (e + exponent).astype(np.float64)
    leading = (k * two_high + high.take(index, mode="clip")) - w
    tail = 1.0 / 2.0 - r * (1.0 / 3.0 - r * (1.0 / 4.0 - r * (1.0 / 5.0)))
    small = low.take(index, mode="clip") + k * two_low + left
    residual: Array = leading + ((r - r * r * tail) + small)
    return residual
