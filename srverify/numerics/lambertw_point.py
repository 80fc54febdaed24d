"""One enclosure of Lambert W on a narrow ball, at the working precision of ``flint.ctx``.

python-flint's own ``arb.lambertw`` is used wherever it starts from a double. Where the argument is
too large or too small for that, two direct formulas are several times faster at modest precision:
the logarithmic equation corrected once, and the power series at 0. Both are ball arithmetic
with an explicit remainder, so they are sound on any ball and merely wide when they do not suit.
"""

from __future__ import annotations

from math import floor, inf, log, log2

from flint import arb, ctx, fmpq, fmpz

#: Bits up to which one correction of a double is enough, and most terms of the series.
_MOST_LOGARITHMIC_BITS = 208
_MOST_TERMS = 12
#: Sizes of z from which arb.lambertw no longer starts from a double.
_HUGE = 1e36
_NEAR_ZERO = -1e-36
#: Size of z below which the power series needs few terms.
_TINY = 1e-9
#: Smallest L = |log|z|| for which three Newton steps in doubles start the logarithmic formula well.
_LEAST_LOGARITHM = 40.0
_LARGEST_CORRECTION = 2.0**-20

_MINUS_ONE_THIRD = -1.0 / 3.0


def lambertw_at(z: arb, branch: int) -> arb:
    """Return a ball that contains W_branch(x) for every x in z, or a non-finite one.

    Meant for narrow z: a wide ball may give a much wider result. A ball that is not inside the domain
    gives a non-finite result.

    >>> lambertw_at(arb("1e1000"), 0).str(10)
    '[2294.846672 +/- 3.17e-7]'
    """
    size = float(z)
    direct = None
    if branch == -1:
        if size > _NEAR_ZERO:
            direct = _logarithmic(-z, -1)
    elif size > _HUGE:
        direct = _logarithmic(z, 1)
    elif -_TINY < size < _TINY:
        direct = _power_series(z)
    return z.lambertw(branch) if direct is None else direct


def _logarithmic(size: arb, sign: int) -> arb | None:
    """Return W_0(size) for sign 1, W_{-1}(-size) for sign -1; None if the formula does not suit.

    With u = |W| both branches are the root of u + s log u = L, where s is the sign and L = s log size;
    the left side increases for u > 1. Put u = a(1 + y) with a close to the root: y = t + s v g(y) with
    v = 1/(a + s), t = v(L - a - s log a) and g(y) = y - log(1 + y) = y^2/2 - y^3/3 + ... . If
    |t| <= 2^-20 and |v| <= 1/8 there is a root with |y| <= 2|t|, and inserting the equation twice gives
    y = t + s v t^2 (1/2 + t(s v/2 - 1/3 + r)) with |r| <= |t|: the terms of fourth order sum to at most
    0.66 t^4 in g.
    """
    if ctx.prec > _MOST_LOGARITHMIC_BITS:
        return None
    logarithm = size.log() if sign > 0 else -size.log()
    target = float(logarithm)
    if not _LEAST_LOGARITHM < target < inf:
        return None
    start = target - sign * log(target)
    for _ in range(3 if target < 500 else 2):
        start -= (start + sign * log(start) - target) / (1 + sign / start)
    a = arb(start)
    log_a = a.log()
    v = 1 / (a + sign)
    t = v * (logarithm - a - log_a if sign > 0 else logarithm - a + log_a)
    bound = float(t.abs_upper())
    if not bound <= _LARGEST_CORRECTION:
        return None
    # Twice the bound and 1e-15 cover the rounding of these two doubles.
    cubic = arb(sign * float(v) / 2 + _MINUS_ONE_THIRD, 2 * bound + 1e-15)
    correction = v * t * t * (0.5 + t * cubic)
    y = t + correction if sign > 0 else t - correction
    u = a + a * y
    return u if sign > 0 else -u


#: (-n)^(n-1)/n! for n = 1, 2, ...: the power series of W_0.
_COEFFICIENTS = tuple(fmpq(fmpz(-n) ** (n - 1), fmpz.fac_ui(fmpz(n))) for n in range(1, _MOST_TERMS + 1))


def _power_series(z: arb) -> arb | None:
    """Return W_0(z) for |z| < 1e-9, None for other balls and where it takes too many terms.

    The first N terms leave out at most |z| (3|z|)^N: n! >= sqrt(2 pi n) (n/e)^n bounds the n-th
    coefficient by e^n/7 for n >= 2.
    """
    bound = float(z.abs_upper())
    if not bound < _TINY:
        return None
    # Doubles end at 1e-308; a bound that is too large does no harm.
    bits_per_term = floor(-log2(3 * max(bound, 1e-300)))
    terms = ctx.prec // bits_per_term + 2
    if terms > _MOST_TERMS:
        return None
    value = arb(0, arb((1, -bits_per_term * terms)))
    for coefficient in _COEFFICIENTS[terms - 1 :: -1]:
        value = value * z + coefficient
    return value * z
