"""Bounds of Theorem 5.3 and Appendix C: what one round guarantees (entries C12 to C19).

Notation: N = ``responses``, K = ``tail`` (A-TAIL), n = ``samples`` counts pairs, log|Π| = ``log_class``,
C̄ = ``concentrability`` (A-CONC), γ = ``gamma`` (A-MARGIN). With T rounds each gets δ/T (C38).
"""

from __future__ import annotations

from flint import arb, ctx

from srverify.selfreward.bounds.balls import PRECISION, Number, at_least, ball, positive, require, shown


def fourth_moment(level: Number, precision: int = PRECISION) -> arb:
    """Return M4(l) = l⁴ + 4l³ + 12l² + 24l + 24: E X⁴ for X with P(X > t) ≤ min(1, e^{l−t}) (C12).

    >>> fourth_moment(0).str(5)
    '24.000'
    """
    with ctx.workprec(precision):
        x = ball(level)
        return (((x + 4) * x + 12) * x + 24) * x + 24


def clip_level(responses: Number, tail: Number, samples: Number, precision: int = PRECISION) -> arb:
    """Return B = log(2(N+K)n²), beyond which pairs have probability at most 1/n² (C18)."""
    with ctx.workprec(precision):
        size = at_least("responses", responses, 2) + at_least("tail", tail, 1)
        return (2 * size * at_least("samples", samples, 1) ** 2).log()


def bad_region_moment(responses: Number, tail: Number, precision: int = PRECISION) -> arb:
    """Return V_4 = (8(2 M4(log N) + M4(log 2K)))^{1/4} (C18)."""
    with ctx.workprec(precision):
        rewards = fourth_moment(at_least("responses", responses, 2).log(), precision)
        implicit = fourth_moment((2 * at_least("tail", tail, 1)).log(), precision)
        return (8 * (2 * rewards + implicit)).root(4)


def statistical_error(
    samples: Number,
    log_class: Number,
    responses: Number,
    tail: Number,
    delta: Number,
    rounds: Number = 1,
    precision: int = PRECISION,
) -> arb:
    """Return ε_stat = 2B√(log(T|Π|/δ)/n) + V_4/√n (C18, C38).

    Raises InputError for n < 1, N < 2, K < 1, T < 1, log|Π| ≤ 0 or δ outside (0, 1).

    >>> statistical_error(10**6, 10, 8, 8, "0.05").str(6)
    '[0.232819 +/- 4.29e-7]'
    """
    with ctx.workprec(precision):
        n, failure = at_least("samples", samples, 1), positive("delta", delta)
        require(failure < 1, f"delta must be below 1, got {shown(delta)}")
        size = positive("log_class", log_class) + at_least("rounds", rounds, 1).log() - failure.log()
        main = 2 * clip_level(responses, tail, n, precision) * (size / n).sqrt()
        return main + bad_region_moment(responses, tail, precision) / n.sqrt()


def suboptimality(
    kappa: Number,
    concentrability: Number,
    gamma: Number,
    beta: Number,
    error: Number,
    precision: int = PRECISION,
) -> arb:
    """Return A = ((√κ + √C̄) ε_stat + β log κ)/γ: P_x(π̂(y*|x) ≤ 1 − δ') ≤ A/δ' (C19).

    Valid for 0 < β ≤ 1, under A-REAL, A-CONC and A-TAIL. Raises InputError for parameters out of range.
    """
    with ctx.workprec(precision):
        k, c = at_least("kappa", kappa, 1), at_least("concentrability", concentrability, 1)
        weight = _beta(beta)
        gap = (k.sqrt() + c.sqrt()) * ball(error) + weight * k.log()
        return gap / positive("gamma", gamma)


def _beta(beta: Number) -> arb:
    value = positive("beta", beta)
    require(value <= 1, f"beta must be at most 1, got {shown(beta)}")
    return value
