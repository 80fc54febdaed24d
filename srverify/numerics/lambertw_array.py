"""Both real branches of Lambert W over arrays of doubles, every result within 1 ulp.

Method. Away from the branch point a guess is refined by the iteration of F. N. Fritsch, R. E. Shafer
and W. P. Crowley (Algorithm 443, 1973), w <- w (1 + e), whose residual z = log(x/w) - w decides the
accuracy: it is taken once more with log(x/w) as an unevaluated sum (a table of logarithms with their
errors and a short series), so that the last correction is exact to about 2^-58 and only the final
rounding is left. Near the branch point, where |p| <= 0.2 for p = +-sqrt(2 (1 + e x)), the series
W = -1 + p - p^2/3 + ... (R. M. Corless and others, On the Lambert W function, 1996, section 4) is
summed, with 1 + e x and p as sums of two doubles. Tests check the results against rigorous enclosures.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from srverify.language.errors import InputError

Array = NDArray[np.float64]

#: Elements that are worked on at a time: what fits into a core's cache.
CHUNK = 16384
#: Where the series around the branch point takes over: 1 + e x below this, |p| below 0.2.
_NEAR = 0.02
_SERIES_TERMS = 28
#: Logarithms are tabulated at multiples of 2^-8 in [1/2, 1], their leading parts to multiples of 2^-42.
_STEPS = 256
_GRID = 2.0**42
_SPLIT = 134217729.0  # 2^27 + 1


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
    s_high, s_low = _one_plus_e_times(x)
    close = s_high <= _NEAR
    near = np.flatnonzero(close)
    if 2 * near.size > x.size:
        w = np.empty_like(x)
        w[~close] = _away(x[~close], branch)
    else:  # Cheaper than picking out the others.
        w = _away(x, branch)
    if near.size:
        w[near] = _near(s_high[near], s_low[near], branch)
    return _at_the_ends(x, w, branch)


def _at_the_ends(x: Array, w: Array, branch: int) -> Array:
    if branch == 0:
        zero = x == 0
        w[zero] = x[zero]
        w[np.isposinf(x)] = np.inf
    else:
        w[x == 0] = -np.inf
        w[x > 0] = np.nan
    return w


# -- sums of two doubles -----------------------------------------------------------------------


def _product_error(a: Array, b: Array | float, product: Array) -> Array:
    """Return ``a b - product`` exactly (T. J. Dekker, 1971), for factors far from overflow."""
    ca = _SPLIT * a
    a_high = ca - (ca - a)
    a_low = a - a_high
    cb = _SPLIT * b
    b_high = cb - (cb - b)
    b_low = b - b_high
    error: Array = ((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low
    return error


@cache
def _e() -> tuple[float, float]:
    from flint import arb, ctx

    with ctx.workprec(200):
        e = arb(1).exp()
        high = float(e)
        return high, float(e - high)


def _one_plus_e_times(x: Array) -> tuple[Array, Array]:
    """Return 1 + e x as a sum; it decides on which side of the branch point a number lies."""
    high, low = _e()
    x = np.minimum(x, 1.0)  # beyond, only its size matters
    product = x * high
    error = _product_error(x, high, product) + x * low
    total = 1.0 + product
    lost = (1.0 - (total - (total - 1.0))) + (product - (total - 1.0))
    low_part = lost + error
    s = total + low_part
    return s, low_part - (s - total)


# -- near the branch point ---------------------------------------------------------------------


@cache
def _series() -> tuple[float, ...]:
    """Return the coefficients of p^2, p^3, ... of W around the branch point, from exact rationals.

    The recurrence is (4.23) and (4.24) of the 1996 paper.
    """
    from fractions import Fraction

    mu = [Fraction(-1), Fraction(1)]
    alpha = [Fraction(2), Fraction(-1)]
    for k in range(2, _SERIES_TERMS + 1):
        total = sum((mu[j] * mu[k + 1 - j] for j in range(2, k)), Fraction(0))
        alpha.append(total)
        value = (
            Fraction(k - 1, k + 1) * (mu[k - 2] / 2 + alpha[k - 2] / 4)
            - alpha[k] / 2
            - mu[k - 1] / (k + 1)
        )
        mu.append(value)
    return tuple(float(value) for value in mu[2:])


def _near(s: Array, s_low: Array, branch: int) -> Array:
    twice = 2.0 * s
    p = np.sqrt(twice)
    square = p * p
    rest = ((twice - square) - _product_error(p, p, square) + 2.0 * s_low) / (2.0 * p)
    rest[s == 0] = 0.0
    if branch == -1:
        p, rest = -p, -rest
    coefficients = _series()
    total = np.full_like(p, coefficients[-1])
    for coefficient in coefficients[-2::-1]:
        total *= p
        total += coefficient
    total *= p * p
    high: Array = p - 1.0
    lost = p - (high + 1.0)
    w: Array = high + (lost + rest + total)
    return w


# -- away from it ------------------------------------------------------------------------------


def _away(x: Array, branch: int) -> Array:
    if branch == 0:
        w = _guess(x)
        for _ in range(2):
            w = _refined(w, np.log(x / w) - w)
    else:
        # The quotient of a subnormal number would lose its digits: two logarithms do not.
        logarithm = np.log(-x)
        w = _lower_guess(x, logarithm)
        for _ in range(2):
            w = _refined(w, (logarithm - np.log(-w)) - w)
    return w + w * (_residual(x, w) / (1.0 + w))


def _guess(x: Array) -> Array:
    first = np.log1p(x)
    guess: Array = first * (1.0 - np.log1p(first) / (2.0 + first))
    close = np.flatnonzero(x < -0.27)
    if close.size:
        guess[close] = _four_terms(np.sqrt(_twice_one_plus(x[close])))
    return guess


def _twice_one_plus(x: Array) -> Array:
    return np.maximum(2.0 + (2.0 * np.e) * x, 0.0)


def _four_terms(p: Array) -> Array:
    terms: Array = -1.0 + p * (1.0 - p * (1.0 / 3.0 - p * (11.0 / 72.0)))
    return terms


def _lower_guess(x: Array, first: Array) -> Array:
    second = np.log(-first)
    far = first - second + second / first
    # Closer to the branch point the expansion at infinity is no guess: four terms of the other.
    return np.where(x < -0.2, _four_terms(-np.sqrt(_twice_one_plus(x))), far)


def _refined(w: Array, z: Array) -> Array:
    """Return one step of the fourth-order iteration, from the residual z = log(x/w) - w."""
    one = 1.0 + w
    q = 2.0 * one * (one + (2.0 / 3.0) * z)
    better: Array = w + w * (z * (q - z)) / (one * (q - 2.0 * z))
    return better


@cache
def _logarithms() -> tuple[Array, Array, float, float]:
    """Return log(j / 256) for j = 128 .. 256 and log 2, each as a part on the grid and a rest."""
    from flint import arb, ctx, fmpq

    def parts(value: Any) -> tuple[float, float]:
        high = round(float(value) * _GRID) / _GRID
        return high, float(value - arb(high))

    with ctx.workprec(200):
        table = [parts(arb(fmpq(j, _STEPS)).log()) for j in range(_STEPS // 2, _STEPS + 1)]
        two = parts(arb(2).log())
    return np.array([high for high, _ in table]), np.array([low for _, low in table]), *two


def _residual(x: Array, w: Array) -> Array:
    """Return log(x/w) - w for w close to W(x), to about 2^-60 in absolute terms."""
    mx, ex = np.frexp(x)
    mw, ew = np.frexp(w)
    quotient = mx / mw
    product = quotient * mw
    left = ((mx - product) - _product_error(quotient, mw, product)) / mx
    m, e = np.frexp(quotient)
    steps = np.rint(m * _STEPS)
    index = steps.astype(np.intp) - _STEPS // 2
    r = (m * _STEPS - steps) / steps
    high, low, two_high, two_low = _logarithms()
    k = (ex - ew + e).astype(np.float64)
    leading = (k * two_high + high.take(index, mode="clip")) - w
    tail = 1.0 / 7.0 - r * (1.0 / 8.0)
    for n in (6.0, 5.0, 4.0, 3.0, 2.0):
        tail = 1.0 / n - r * tail
    small = low.take(index, mode="clip") + k * two_low + left
    residual: Array = leading + ((r - r * r * tail) + small)
    return residual
