"""Bounds of Theorem 4.1 and Appendix D: what one round cannot do (entries D02 to D17).

Notation: κ = ``kappa`` bounds the policy condition number, n = ``samples`` counts single responses,
log|Π| = ``log_class``, c_0 = 1/3072, I = c_0 κ log|Π| / n, f(ε) = ε²(1 + log(κ/ε)).
"""

from __future__ import annotations

from fractions import Fraction

from flint import arb, ctx

from srverify.language.errors import InputError
from srverify.numerics.lambertw_ball import lambertw_ball
from srverify.selfreward.bounds.balls import (
    PRECISION,
    Number,
    at_least,
    ball,
    positive,
    rational,
    require,
    shown,
)

#: The constant c_0 of D07 (paper, (92)).
C_0 = Fraction(1, 3072)
#: Largest risk at which the hard instance of D07 exists with ϱ = 16 ε ≤ 1.
LARGEST_RISK = Fraction(1, 16)


def hard_labels(kappa: Number, eps: Number) -> int:
    """Return M = 1 + ⌊(κ−1)/(8ε)⌋, the labels of the hard instance with ϱ = 16ε (D02, D07).

    Raises InputError for κ < 1, ε outside (0, 1/16], or a ball too wide to fix the floor.

    >>> hard_labels(2, Fraction(1, 16))
    3
    """
    if isinstance(kappa, arb) or isinstance(eps, arb):
        quotient = (at_least("kappa", kappa, 1) - 1) / (8 * _risk(eps))
        floor = quotient.floor().unique_fmpz()
        if floor is None:
            raise InputError("eps is not known well enough to fix the number of labels")
        return 1 + int(floor)
    at_least("kappa", kappa, 1)
    _risk(eps)
    return 1 + int((rational(kappa) - 1) / (8 * rational(eps)))


def _risk(eps: Number) -> arb:
    value = positive("eps", eps)
    require(value <= ball(LARGEST_RISK), f"eps must be at most 1/16, got {shown(eps)}")
    return value


def risk_curve(kappa: Number, eps: Number, precision: int = PRECISION) -> arb:
    """Return f(ε) = ε²(1 + log(κ/ε)) (D08; paper (93))."""
    with ctx.workprec(precision):
        k, e = positive("kappa", kappa), positive("eps", eps)
        return e**2 * (1 + (k / e).log())


def necessary_samples(kappa: Number, log_class: Number, eps: Number, precision: int = PRECISION) -> arb:
    """Return c_0 κ log|Π| / f(ε): risk ≤ ε needs more single responses than this (D07; paper (92)).

    Valid for κ ≥ 2 and 0 < ε ≤ 1/16; raises InputError otherwise.

    >>> necessary_samples(2, 10, Fraction(1, 16)).str(6)
    '[0.373212 +/- 9.83e-8]'
    """
    with ctx.workprec(precision):
        k, size = at_least("kappa", kappa, 2), positive("log_class", log_class)
        _risk(eps)
        return ball(C_0) * k * size / risk_curve(k, eps, precision)


def information(kappa: Number, log_class: Number, samples: Number, precision: int = PRECISION) -> arb:
    """Return I = c_0 κ log|Π| / n (D09; paper (96))."""
    with ctx.workprec(precision):
        k, size = positive("kappa", kappa), positive("log_class", log_class)
        return ball(C_0) * k * size / at_least("samples", samples, 1)


def root_argument(kappa: Number, level: arb, precision: int = PRECISION) -> arb:
    """Return z = 2I/(e²κ²); f(ε) = I has a root iff z ≤ 1/e, and raises InputError beyond."""
    with ctx.workprec(precision):
        k = positive("kappa", kappa)
        z = 2 * level / (arb(2).exp() * k**2)
        require(
            z < (-arb(1)).exp(),
            f"I = {level.str(6)} exceeds e kappa^2/2: f(eps) = I has no root (too few samples)",
        )
        return z


def lower_bound_root(kappa: Number, level: arb, branch: int = -1, precision: int = PRECISION) -> arb:
    """Return κ exp(1 + W_branch(−2I/(e²κ²))/2), a root of f(ε) = I (D09; paper (99)).

    Branch −1 gives ε_LB ≤ κ√e; branch 0 gives D10's root in [κ√e, eκ), which is no probability.
    """
    with ctx.workprec(precision):
        k = positive("kappa", kappa)
        w = lambertw_ball(-root_argument(kappa, level, precision), branch, precision)
        return k * (1 + w / 2).exp()


def lower_bound(kappa: Number, log_class: Number, samples: Number, precision: int = PRECISION) -> arb:
    """Return ε_LB of Theorem 4.1 in closed form: f(ε_LB) = c_0 κ log|Π| / n (D09; paper (99)).

    Raises InputError where f(ε) = I has no root (I > eκ²/2).

    >>> lower_bound(10, 20, 10**6).str(8)
    '[7.1170812e-5 +/- 5.37e-14]'
    """
    return lower_bound_root(kappa, information(kappa, log_class, samples, precision), -1, precision)


def guaranteed_risk(
    kappa: Number, log_class: Number, samples: Number, precision: int = PRECISION
) -> arb:
    """Return the risk that Theorem 4.1 guarantees, for κ ≥ 2: min(ε_LB, 1/16) (D11).

    It is attained on the instance with M = ``hard_labels(κ, ε)`` whenever log|Π|/log M is a positive
    integer.
    """
    with ctx.workprec(precision):
        k = at_least("kappa", kappa, 2)
        level = information(k, log_class, samples, precision)
        if level > risk_curve(k, LARGEST_RISK, precision):
            return ball(LARGEST_RISK)
        root = lower_bound_root(k, level, -1, precision)
        return root.min(ball(LARGEST_RISK))


def asymptotic_form(
    kappa: Number, log_class: Number, samples: Number, precision: int = PRECISION
) -> arb:
    """Return ε̃ = √(2I / log(e²κ²/(2I))), the paper's (100): an *upper* bound of ε_LB (D12)."""
    with ctx.workprec(precision):
        level = information(kappa, log_class, samples, precision)
        z = root_argument(kappa, level, precision)
        return (2 * level / -z.log()).sqrt()


def repaired_asymptotic_form(
    kappa: Number, log_class: Number, samples: Number, precision: int = PRECISION
) -> arb:
    """Return √(1−1/e) ε̃ ≤ ε_LB, the sharp repair of (100) (D12)."""
    with ctx.workprec(precision):
        factor = (1 - (-arb(1)).exp()).sqrt()
        return factor * asymptotic_form(kappa, log_class, samples, precision)


def jensen_bound(labels: int, keys: int, samples: int, rho: Fraction, precision: int = PRECISION) -> arb:
    """Return (ϱ/2)(1 − 3/(M+1))^{nϱ/d}, a lower bound of the minimax risk of D01 (D16).

    Raises InputError for M < 2, d < 1 or ϱ outside (0, 1].
    """
    if labels < 2 or keys < 1 or samples < 0 or not 0 < rho <= 1:
        raise InputError("the Jensen bound needs M >= 2, d >= 1, n >= 0 and rho in (0, 1]")
    with ctx.workprec(precision):
        base = ball(1 - Fraction(3, labels + 1))
        if samples == 0:
            return ball(rho) / 2
        if labels == 2:
            return arb(0)
        return ball(rho) / 2 * (base.log() * ball(Fraction(samples) * rho / keys)).exp()


def binary_key_samples(kappa: Number, keys: Number, eps: Number, precision: int = PRECISION) -> arb:
    """Return c_0 κ log₂|Π| / ε²: with binary keys, risk ≤ ε needs more samples than this (D17).

    ``keys`` is d = log₂|Π|. Valid for κ ≥ 2 and 0 < ε ≤ 1/16; raises InputError otherwise.
    """
    with ctx.workprec(precision):
        k, d = at_least("kappa", kappa, 2), at_least("keys", keys, 1)
        return ball(C_0) * k * d / _risk(eps) ** 2


def binary_key_bound(kappa: Number, keys: Number, samples: Number, precision: int = PRECISION) -> arb:
    """Return ½e^{−1/2} √((κ−1)d/(3n)), a lower bound of the minimax risk without logarithm (D17).

    ``keys`` is d = log₂|Π|. Raises InputError for κ ≤ 1 or n < (κ−1)·max(d/3, 3/d).

    >>> binary_key_bound(10, 20, 10**6).str(8)
    '[0.0023490831 +/- 4.41e-11]'
    """
    with ctx.workprec(precision):
        k, d = ball(kappa) - 1, at_least("keys", keys, 1)
        require(k > 0, f"kappa must exceed 1, got {shown(kappa)}")
        n = at_least("samples", samples, 1)
        enough = 3 * n >= k * d and n * d >= 3 * k
        require(enough, "samples must be at least (kappa-1)*max(d/3, 3/d) with d = log2 of the class")
        return (-arb(1) / 2).exp() / 2 * (k * d / (3 * n)).sqrt()
