"""Computations behind C24, C34 and C37: the tail integral, and the recurrence against its bounds."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from srverify.claims.obligation import Finding
from srverify.selfreward.computations.survey import Instance, survey


def _tail_integral(constant: int) -> Finding:
    import sympy

    odds, rest, t = sympy.symbols("odds rest t", positive=True)
    level = odds / (1 + odds)  # A, so that the switch point is 1 + odds
    antiderivative = level * (t + sympy.log(t - 1))
    slope = sympy.simplify(sympy.diff(antiderivative, t) - level * t / (t - 1))
    upper = 1 + odds + rest  # m = 1/c beyond the switch point
    value = odds + antiderivative.subs(t, upper) - antiderivative.subs(t, 1 + odds)
    claimed = level * (upper + sympy.log(constant * (upper - 1) * (1 - level) / level))
    difference = sympy.simplify(sympy.expand_log(sympy.factor(value - claimed), force=True))
    holds = slope == 0 and difference == 0
    detail = f"integrand's difference {slope}, value's difference {difference}"
    return Finding(holds, detail, None if holds else {"difference": str(difference)})


def tail_integral(seed: int) -> Finding:
    """C24: ∫_1^m min(1, At/(t−1)) dt = A(m + log((m−1)(1−A)/A))."""
    return _tail_integral(1)


def tail_integral_mutant(seed: int) -> Finding:
    """Claim A(m + log(2(m−1)(1−A)/A))."""
    return _tail_integral(2)


_SLOPES = (Fraction(1, 1000), Fraction(1, 100), Fraction(1, 4), Fraction(1), Fraction(5))
_STARTS = (Fraction(1), Fraction(3, 2), Fraction(10), Fraction(10**6), Fraction(10**12))


def _orbit_bounds(squaring: bool, factor: str) -> Iterator[Instance]:
    from srverify.selfreward import bounds
    from srverify.selfreward.bounds.balls import ball

    bound = bounds.doubly_exponential_bound if squaring else bounds.geometric_bound
    for b in _SLOPES:
        for kappa in _STARTS:
            orbit = bounds.recurrence(kappa, b)
            for round_ in range(9):
                value = next(orbit)
                slack = bound(kappa, b, round_) - ball(factor) * value
                where = {"b": str(b), "kappa_0": str(kappa), "t": str(round_)}
                # At t = 0 and at the fixed point both sides agree: only a certain violation counts.
                yield Fraction(-1) if slack < 0 else Fraction(1), where


def orbit_below_geometric(seed: int) -> Finding:
    """C31: no iterate of the recurrence exceeds κ* + ρ^t max(κ_0 − κ*, 0)."""
    return survey(_orbit_bounds(False, "1"))


def orbit_below_geometric_mutant(seed: int) -> Finding:
    """Claim it with 1% to spare: false at t = 0."""
    return survey(_orbit_bounds(False, "1.01"))


def orbit_below_squaring(seed: int) -> Finding:
    """C37: no iterate of the recurrence exceeds (1 + b)² κ_0^{2^{−t}}."""
    return survey(_orbit_bounds(True, "1"))


def orbit_below_squaring_mutant(seed: int) -> Finding:
    """Claim it with 1% to spare: false at small b and t = 0."""
    return survey(_orbit_bounds(True, "1.01"))


def _forgetting(limit: str) -> Finding:
    from srverify.selfreward import bounds
    from srverify.selfreward.bounds.balls import ball

    b, kappa = "0.01", 10**12
    squaring = bounds.doubly_exponential_bound(kappa, b, 3)
    geometric = bounds.geometric_bound(kappa, b, 3)
    orbit = bounds.recurrence(kappa, b)
    value = [next(orbit) for _ in range(4)][3]
    holds = squaring < ball("32.3") and geometric > 123_000 and value < ball(limit)
    detail = f"C37 {squaring.str(5)}, C31 {geometric.str(5)}, recurrence {value.str(6)} at t = 3"
    return Finding(holds, detail, None if holds else {"kappa_0": "10^12", "b": "1/100", "t": "3"})


def forgetting(seed: int) -> Finding:
    """C37: κ_0 = 10¹², b = 0.01, t = 3: 32.3 against 1.23·10⁵ from C31, the recurrence 1.0142."""
    return _forgetting("1.0142")


def forgetting_mutant(seed: int) -> Finding:
    """Claim 1.0141 for the recurrence."""
    return _forgetting("1.0141")


def _limit_ratio(tolerance: str) -> Finding:
    from flint import ctx

    from srverify.selfreward import bounds
    from srverify.selfreward.bounds.balls import ball

    worst = None
    with ctx.workprec(1024):
        for b in _SLOPES:
            for kappa in (Fraction(10), Fraction(10**12)):
                limit, rho = bounds.fixed_point(b, 1, 1024), bounds.contraction(b, 1, 1024)
                orbit = bounds.recurrence(kappa, b, 1, 1024)
                values = [next(orbit) for _ in range(31)]
                gap = abs((values[30] - limit) / (values[29] - limit) / rho - 1)
                if worst is None or gap > worst:
                    worst = gap
        assert worst is not None
        holds = bool(worst < ball(tolerance))
    detail = f"excess ratio over rho differs from 1 by {worst.str(3)} at most after 30 rounds"
    return Finding(holds, detail, None if holds else {"rounds": "30"})


def limit_ratio(seed: int) -> Finding:
    """C37: for the recurrence with equality the ratio of successive excesses tends to ρ."""
    return _limit_ratio("1e-8")


def limit_ratio_mutant(seed: int) -> Finding:
    """Claim a difference below 10⁻³⁰⁰."""
    return _limit_ratio("1e-300")
