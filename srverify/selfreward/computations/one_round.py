"""Computations behind C12–C18 and C36: tails, concentration, the learner A-CONC must exclude."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from srverify.claims.obligation import Finding
from srverify.selfreward.computations.survey import Instance, survey


def _fourth_moment(last: int) -> Finding:
    import sympy

    level, t = sympy.symbols("l t", nonnegative=True)
    tail = sympy.integrate(4 * (level + t) ** 3 * sympy.exp(-t), (t, 0, sympy.oo))
    claimed = level**4 + 4 * level**3 + 12 * level**2 + 24 * level + last
    rest = sympy.expand(level**4 + tail - claimed)
    witness = None if rest == 0 else {"difference": str(rest)}
    return Finding(rest == 0, f"l^4 + tail integral - claimed = {rest}", witness)


def fourth_moment(seed: int) -> Finding:
    """C12: l⁴ + ∫_l^∞ 4t³ e^{l−t} dt = l⁴ + 4l³ + 12l² + 24l + 24."""
    return _fourth_moment(24)


def fourth_moment_mutant(seed: int) -> Finding:
    """Claim 23 in place of the last 24."""
    return _fourth_moment(23)


def _zero_loss(exponent: Fraction) -> Iterator[Instance]:
    """Yield e^{−nL/b} − P(all losses 0) for losses in {0, b/2, b}, with exponent·n in the place of n."""
    from srverify.selfreward.bounds.balls import ball

    for half in (Fraction(0), Fraction(1, 10), Fraction(1, 2)):
        for full in (Fraction(1, 1000), Fraction(1, 10), Fraction(2, 5)):
            for samples in (1, 2, 10, 300):
                mean = half / 2 + full
                bound = (-ball(exponent * samples * mean)).exp()
                slack = bound - ball((1 - half - full) ** samples)
                where = {"P(b/2)": str(half), "P(b)": str(full), "n": str(samples)}
                yield Fraction(1) if slack > 0 else Fraction(-1), where


def zero_loss(seed: int) -> Finding:
    """C15: n zero losses in [0, b] with mean L have probability at most e^{−nL/b}."""
    return survey(_zero_loss(Fraction(1)))


def zero_loss_mutant(seed: int) -> Finding:
    """Claim e^{−1.1·nL/b}."""
    return survey(_zero_loss(Fraction(11, 10)))


# -- C17: a learner with zero empirical loss that fails ----------------------------------------------

_ZETA = Fraction(1, 10**14)
_SAMPLES = 10**10


def _log_update(base: tuple[Fraction, ...], power: int) -> list:  # type: ignore[type-arg]
    """Return the logarithms of p* ∝ base^power."""
    from flint import arb

    from srverify.selfreward.bounds.balls import ball

    logs = [ball(mass).log() * power for mass in base]
    total = sum(((value - logs[0]).exp() for value in logs), arb(0))
    return [value - logs[0] - total.log() for value in logs]


def _failing_minimiser(last: tuple[Fraction, Fraction, Fraction]) -> Finding:
    from flint import arb, ctx

    from srverify.selfreward import bounds
    from srverify.selfreward.bounds.balls import ball

    base = (Fraction(3, 5), Fraction(2, 5) - 3 * _ZETA, _ZETA, _ZETA, _ZETA)
    share = 1 - sum(last)
    beta = Fraction(1, 10**5)  # 1/sqrt(n)
    with ctx.workprec(2 * bounds.PRECISION):
        update = _log_update(base, 1 + 10**5)
        pair = (arb(0), update[1] - update[0])
        scale = ball(share).log() - (1 + pair[1].exp()).log()
        minimiser = [scale + pair[0], scale + pair[1], *(ball(mass).log() for mass in last)]
        tails = [
            sum(
                ball(mass) * (ball(beta) * (ball(mass).log() - value)).exp()
                for mass, value in zip(base, policy, strict=True)
            )
            for policy in (update, minimiser)
        ]
        tail = tails[0].max(tails[1])
        # Zero loss on pairs from {1, 2}: the log-ratios agree there.
        same = (minimiser[1] - minimiser[0]) - (update[1] - update[0])
        largest = max(float(value.exp().upper()) for value in minimiser)
        unseen = 1 - 6 * _SAMPLES * _ZETA
        kappa = 1 / base[0]
        gamma = (ball(base[0]) / ball(base[1])).log()
        error = bounds.statistical_error(_SAMPLES, arb(2).log(), 5, tail, "0.05")
        bound = 2 * bounds.suboptimality(kappa, kappa, gamma, beta, error)
        follows = not (largest <= 0.5 and unseen > Fraction(1, 20) and bound < 1)
        detail = (
            f"failure 1 with probability >= {float(unseen):.4f}; bound {bound.str(4)} with kappa_0"
            f" (B = {bounds.clip_level(5, tail, _SAMPLES).str(4)},"
            f" V_4 = {bounds.bad_region_moment(5, tail).str(4)}, K = {tail.str(4)},"
            f" largest mass {largest:.3f}, log-ratio difference {same.str(3)})"
        )
    witness = {
        "base": "(0.6, 0.4-3z, z, z, z), z = 1e-14",
        "minimiser": f"{share}*p*(1, 2), then {', '.join(map(str, last))}",
        "n": "10^10",
        "beta": "1/sqrt(n)",
        "delta": "1/20",
    }
    return Finding(follows, detail, None if follows else witness)


def kappa_suffices(seed: int) -> Finding:
    """C17, as stated: an empirical minimiser obeys the bound with κ_0 in place of C(π̂)."""
    return _failing_minimiser((Fraction(34, 100), Fraction(33, 100), Fraction(32, 100)))


def unrealizable_learner(seed: int) -> Finding:
    """C18, without A-REAL: the bound holds for Π = {π_0}. It does not: π̂ = π_0 never improves."""
    from srverify.selfreward import bounds
    from srverify.selfreward.bounds.balls import ball

    base = (Fraction(1, 2) - Fraction(1, 100), Fraction(1, 4), Fraction(1, 4) + Fraction(1, 100))
    gamma = (ball(base[0]) / ball(base[2])).log()
    kappa = 1 / base[0]
    error = bounds.statistical_error(10**12, ball("0.01"), 3, 3, "0.05")
    bound = 2 * bounds.suboptimality(kappa, kappa, gamma, Fraction(1, 10**6), error)
    holds = not (bound < 1)
    witness = {"class": "{pi_0}", "pi_0": "0.49, 0.25, 0.26", "n": "10^12", "beta": "1/sqrt(n)"}
    return Finding(holds, f"failure 1 against the bound {bound.str(4)}", None if holds else witness)


# -- C36: one round's two bounds side by side --------------------------------------------------------


def _ratio_growth(power: Fraction) -> Iterator[Instance]:
    """Yield the decrease of ratio/(log n)^power from one decade of n to the next."""
    from srverify.selfreward import bounds
    from srverify.selfreward.bounds.balls import ball

    for kappa, responses, size in ((2, 3, 5), (10, 100, 20)):
        previous = None
        for decade in range(6, 200, 2):
            samples = 10**decade
            error = bounds.statistical_error(samples, size, responses, responses, "0.05")
            beta = Fraction(1, 10 ** (decade // 2))
            upper = 2 * bounds.suboptimality(kappa, kappa, "0.2", beta, error)
            ratio = upper / bounds.lower_bound(kappa, size, samples)
            scaled = ratio / (decade * ball(10).log()) ** (ball(power))
            if previous is not None:
                where = {"kappa_0": str(kappa), "N": str(responses), "n": f"10^{decade}"}
                yield Fraction(1) if scaled < previous else Fraction(-1), where
            previous = scaled


def ratio_growth(seed: int) -> Finding:
    """C36: upper over lower bound, divided by (log n)^{3/2}, decreases in n from 10^6 to 10^198."""
    return survey(_ratio_growth(Fraction(3, 2)))


def ratio_growth_mutant(seed: int) -> Finding:
    """Divide by log n only: the quotient still grows."""
    return survey(_ratio_growth(Fraction(1)))


def _upper_dominates(scale: Fraction) -> Iterator[Instance]:
    from flint import arb

    from srverify.selfreward import bounds
    from srverify.selfreward.bounds.balls import ball

    for kappa in (2, 5, 50):
        for responses in (kappa + 1, 10 * kappa):
            gamma = (ball(responses - 1) / (kappa - 1)).log()
            for samples in (10**3, 10**6, 10**12):
                error = bounds.statistical_error(samples, arb(kappa).log(), responses, 1, "0.05")
                beta = Fraction(1, samples)
                upper = ball(scale) * 2 * bounds.suboptimality(kappa, 1, gamma, beta, error)
                lower = bounds.lower_bound(kappa, arb(kappa).log(), samples)
                where = {"kappa_0": str(kappa), "N": str(responses), "n": str(samples)}
                yield Fraction(1) if upper > lower else Fraction(-1), where


def upper_dominates(seed: int) -> Finding:
    """C36: 2A exceeds ε_LB at the largest margin that κ_0 and N allow."""
    return survey(_upper_dominates(Fraction(1)))


def upper_dominates_mutant(seed: int) -> Finding:
    """Claim it for A/10⁷."""
    return survey(_upper_dominates(Fraction(1, 10**7)))
