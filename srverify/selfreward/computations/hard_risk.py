"""Computations behind D11 and D15–D17: the exact minimax risk against every bound of Appendix D."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import cache
from math import comb

from srverify.claims.obligation import Finding
from srverify.selfreward.computations.survey import Instance, equalities, survey

Equality = tuple[object, object, dict[str, str]]

_TINY = (
    (2, 1, 0), (2, 1, 3), (2, 2, 2), (3, 1, 1), (3, 1, 4),
    (3, 2, 2), (4, 1, 3), (4, 2, 2), (5, 1, 2), (2, 3, 2),
)  # fmt: skip
_RHOS = (Fraction(1), Fraction(1, 2), Fraction(3, 10))


def _where(labels: int, keys: int, draws: int, rho: Fraction) -> dict[str, str]:
    return {"M": str(labels), "d": str(keys), "n": str(draws), "rho": str(rho)}


# -- D15: formula against enumeration and simulation ------------------------------------------------


def _formula_against_enumeration(extra_draws: int) -> Iterator[Equality]:
    from srverify.selfreward.softmax import hard_instance as hi

    for labels, keys, draws in _TINY:
        for rho in _RHOS:
            counted = hi.enumerated_bayes_risk(labels, keys, draws, rho)
            where = _where(labels, keys, draws, rho)
            yield hi.occupancy_bayes_risk(labels, keys, draws + extra_draws, rho), counted, where
            yield hi.exact_bayes_risk(labels, keys, draws + extra_draws, rho), counted, where


def formula_against_enumeration(seed: int) -> Finding:
    """D15: the occupancy formula and its telescoped form equal full enumeration of keys and samples."""
    return equalities(_formula_against_enumeration(0))


def formula_against_enumeration_mutant(seed: int) -> Finding:
    """Evaluate the formula at one draw more."""
    return equalities(_formula_against_enumeration(1))


def _simulated(seed: int, extra_draws: int) -> Finding:
    from srverify.selfreward.softmax import hard_instance as hi

    worst, where = 0.0, {}
    cases = ((4, 2, 6, Fraction(1, 2)), (13, 3, 60, Fraction(16, 100)), (8, 16, 300, Fraction(1, 4)))
    for labels, keys, draws, rho in cases:
        estimate, error = hi.simulate_bayes_risk(labels, keys, draws, rho, trials=20_000, seed=seed)
        exact = float(hi.exact_bayes_risk(labels, keys, draws + extra_draws, rho))
        deviation = abs(estimate - exact) / error
        if deviation >= worst:
            worst, where = deviation, _where(labels, keys, draws, rho)
    detail = f"largest deviation {worst:.2f} standard errors, at {where} (20000 trials each, limit 5)"
    return Finding(worst <= 5.0, detail, None if worst <= 5.0 else where)


def simulated_learner(seed: int) -> Finding:
    """D15: the simulated Bayes-optimal learner has the exact risk, within 5 standard errors."""
    return _simulated(seed, 0)


def simulated_learner_mutant(seed: int) -> Finding:
    """Compare with the exact risk at three draws more."""
    return _simulated(seed, 3)


# -- D07 and D09 against D15 ------------------------------------------------------------------------


def _grid() -> Iterator[tuple[Fraction, int, Fraction]]:
    """Yield (κ_0, d, ε) with at most 60 labels, so that exact rationals stay small."""
    for kappa in (Fraction(2), Fraction(5, 2), Fraction(3), Fraction(5), Fraction(20)):
        for keys in (1, 2, 8):
            for eps in (
                Fraction(1, 16),
                Fraction(1, 17),
                Fraction(1, 24),
                Fraction(1, 50),
                Fraction(1, 300),
            ):
                if (kappa - 1) / (8 * eps) <= 60:
                    yield kappa, keys, eps


def _necessary(kappa: Fraction, keys: int, eps: Fraction, labels: int) -> Fraction:
    """Return D07's bound at log|Π| = d log M, rounded down to a rational."""
    from flint import arb

    from srverify.selfreward.bounds import necessary_samples

    value = necessary_samples(kappa, keys * arb(labels).log(), eps)
    return _below(value)


def _below(value: object) -> Fraction:
    mantissa, exponent = value.lower().mid().man_exp()  # type: ignore[attr-defined]
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)


def _risk_below_bound(multiple: int) -> Iterator[Instance]:
    from srverify.selfreward.bounds import hard_labels
    from srverify.selfreward.softmax.hard_instance import exact_bayes_risk

    for kappa, keys, eps in _grid():
        labels = hard_labels(kappa, eps)
        draws = int(_necessary(kappa, keys, eps, labels))
        risk = exact_bayes_risk(labels, keys, draws, 16 * eps)
        where = {"kappa_0": str(kappa), "eps": str(eps), **_where(labels, keys, draws, 16 * eps)}
        yield risk / eps - multiple, where


def risk_below_bound(seed: int) -> Finding:
    """D15 with D07: at the largest n below D07's bound the minimax risk is at least 2ε."""
    return survey(_risk_below_bound(2))


def risk_below_bound_mutant(seed: int) -> Finding:
    """Claim 11ε."""
    return survey(_risk_below_bound(11))


@cache
def true_threshold(labels: int, keys: int, rho: Fraction, eps: Fraction) -> int:
    """Return the least n at which the exact risk of D15 is at most ε."""
    from srverify.selfreward.softmax.hard_instance import exact_bayes_risk

    low, high = -1, 1
    while exact_bayes_risk(labels, keys, high, rho) > eps:
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        if exact_bayes_risk(labels, keys, middle, rho) > eps:
            low = middle
        else:
            high = middle
    return high


def _threshold_ratios(least: Fraction, most: Fraction) -> Iterator[Instance]:
    from srverify.selfreward.bounds import hard_labels

    cases = [case for case in _grid() if (case[0] - 1) / (8 * case[2]) <= 40]
    cases += [(Fraction(2), keys, Fraction(1, 16)) for keys in (40, 200)]
    for kappa, keys, eps in cases:
        labels = hard_labels(kappa, eps)
        ratio = true_threshold(labels, keys, 16 * eps, eps) / _necessary(kappa, keys, eps, labels)
        where = {"kappa_0": str(kappa), "d": str(keys), "eps": str(eps), "ratio": f"{float(ratio):.2f}"}
        yield min(ratio - least, most - ratio), where


def threshold_ratios(seed: int) -> Finding:
    """D15: the exact threshold is between 16.6 and 85.3 times D07's bound."""
    return survey(_threshold_ratios(Fraction(166, 10), Fraction(853, 10)))


def threshold_ratios_mutant(seed: int) -> Finding:
    """Claim at most 80 times."""
    return survey(_threshold_ratios(Fraction(166, 10), Fraction(80)))


def _risk_ball(labels: int, keys: int, draws: int, rho):  # type: ignore[no-untyped-def]
    """Return D15's risk at a ball ϱ (at the current precision)."""
    from flint import arb

    total = arb(0)
    for j in range(2, labels + 1):
        base = 1 - rho * (j + 1) / (keys * (labels + 1))
        total += (-1) ** j * comb(labels, j) * base**draws
    return rho * total / labels


def _closed_form_instances() -> Iterator[tuple[Fraction, int, int, int]]:
    """Yield (κ_0, M, d, n) for which M(ε_LB) = M and log|Π| = d log M: the instances D11 speaks of."""
    from flint import arb

    from srverify.selfreward import bounds

    for kappa in (Fraction(2), Fraction(3), Fraction(10)):
        for labels in (5, 9, 20, 40):
            middle = (kappa - 1) / (8 * (labels - Fraction(1, 2)))
            for keys in (1, 3, 20):
                if middle > bounds.LARGEST_RISK:
                    continue
                size = keys * arb(labels).log()
                draws = int(_below(bounds.necessary_samples(kappa, size, middle)))
                if draws < 1:
                    continue
                if bounds.hard_labels(kappa, bounds.guaranteed_risk(kappa, size, draws)) == labels:
                    yield kappa, labels, keys, draws


def _closed_form(factor: int) -> Finding:
    from flint import arb, ctx

    from srverify.selfreward import bounds

    count, least, where = 0, None, {}
    for kappa, labels, keys, draws in _closed_form_instances():
        count += 1
        with ctx.workprec(128 + 8 * labels):
            size = keys * arb(labels).log()
            bound = bounds.guaranteed_risk(kappa, size, draws, ctx.prec)
            ratio = _risk_ball(labels, keys, draws, 16 * bound) / bound
            place = {"kappa_0": str(kappa), "M": str(labels), "d": str(keys), "n": str(draws)}
            if not ratio >= factor:
                return Finding(False, f"risk/eps_LB = {ratio.str(5)}", place)
            if least is None or ratio < least:
                least, where = ratio, place
    assert least is not None
    return Finding(True, f"{count} instances, smallest risk/eps_LB {least.str(5)} at {where}")


def closed_form_against_exact_risk(seed: int) -> Finding:
    """D09/D11 with D15: on the instances with M = M(ε_LB) the minimax risk is at least ε_LB."""
    return _closed_form(1)


def closed_form_against_exact_risk_mutant(seed: int) -> Finding:
    """Claim 14 ε_LB."""
    return _closed_form(14)


def instance_exists_always(seed: int) -> Finding:
    """D11, as stated: the instance exists for κ_0 = 2, |Π| = 3, n = 1. Its key count is no integer."""
    from flint import arb

    from srverify.selfreward import bounds

    size = arb(3).log()
    root = bounds.guaranteed_risk(2, size, 1)
    labels = bounds.hard_labels(2, root)
    keys = size / arb(labels).log()
    exists = keys.contains_integer() and keys >= 1
    detail = f"eps_LB = {root.str(10)}, M = {labels}, d = log|Pi|/log M = {keys.str(10)}"
    return Finding(bool(exists), detail, {"kappa_0": "2", "class size": "3", "n": "1", "M": str(labels)})


# -- D16 and D17 ------------------------------------------------------------------------------------


def _jensen(factor: int) -> Finding:
    from srverify.selfreward.bounds import jensen_bound
    from srverify.selfreward.bounds.balls import ball
    from srverify.selfreward.softmax.hard_instance import exact_bayes_risk

    count, least, where = 0, None, {}
    for labels in (2, 3, 4, 9, 30):
        for keys in (1, 3, 10):
            for draws in (0, 1, 7, 50, 400):
                if draws == 0 and labels == 2:
                    continue  # Equality: balls cannot certify it.
                for rho in _RHOS:
                    count += 1
                    bound = factor * jensen_bound(labels, keys, draws, rho)
                    slack = ball(exact_bayes_risk(labels, keys, draws, rho)) - bound
                    place = _where(labels, keys, draws, rho)
                    if not slack >= 0:
                        return Finding(False, f"the risk is below the bound by {(-slack).str(5)}", place)
                    if least is None or slack < least:
                        least, where = slack, place
    assert least is not None
    return Finding(True, f"{count} instances, smallest slack {least.str(5)} at {where}")


def jensen_against_exact_risk(seed: int) -> Finding:
    """D16: the Jensen bound is below the exact risk of D15."""
    return _jensen(1)


def jensen_against_exact_risk_mutant(seed: int) -> Finding:
    """Drop the ½ of the Jensen bound."""
    return _jensen(2)


def _binary_keys(formula: Callable[[int, int, int, Fraction], Fraction]) -> Iterator[Equality]:
    from srverify.selfreward.softmax.hard_instance import enumerated_binary_key_risk

    for labels, keys, draws in _TINY:
        for rho in _RHOS:
            counted = enumerated_binary_key_risk(labels, keys, draws, rho)
            yield formula(labels, keys, draws, rho), counted, _where(labels, keys, draws, rho)


def binary_key_risk(seed: int) -> Finding:
    """D17: enumeration over binary keys gives (ϱ/2)(1 − 3ϱ/(d(M+1)))^n exactly."""
    from srverify.selfreward.softmax.hard_instance import exact_binary_key_risk

    return equalities(_binary_keys(exact_binary_key_risk))


def binary_key_risk_mutant(seed: int) -> Finding:
    """Use 2 in place of 3: only the key's own mass."""

    def formula(labels: int, keys: int, draws: int, rho: Fraction) -> Fraction:
        return rho / 2 * (1 - 2 * rho / (keys * (labels + 1))) ** draws

    return equalities(_binary_keys(formula))


def _binary_threshold(factor: Fraction) -> Iterator[Instance]:
    from srverify.selfreward.bounds import C_0, hard_labels
    from srverify.selfreward.softmax.hard_instance import exact_binary_key_risk

    for kappa in (Fraction(2), Fraction(9, 4), Fraction(5), Fraction(100)):
        for keys in (1, 2, 10):
            for eps in (Fraction(1, 16), Fraction(1, 17), Fraction(1, 100)):
                labels = hard_labels(kappa, eps)
                draws = int(factor * C_0 * kappa * keys / eps**2)
                risk = exact_binary_key_risk(labels, keys, draws, 16 * eps)
                where = {"kappa_0": str(kappa), "eps": str(eps), **_where(labels, keys, draws, 16 * eps)}
                yield risk / eps - 1, where


def binary_key_threshold(seed: int) -> Finding:
    """D17: with n ≤ c_0 κ_0 d/ε² the risk exceeds ε."""
    return survey(_binary_threshold(Fraction(1)), strict=True)


def binary_key_threshold_mutant(seed: int) -> Finding:
    """Claim it for 10 times as many draws: c_0 can grow by a factor 4 log 8 = 8.318 at most."""
    return survey(_binary_threshold(Fraction(10)), strict=True)


def _binary_closed_form(constant: str | None) -> Finding:
    from flint import arb, ctx

    from srverify.selfreward import bounds

    count, least, where = 0, None, {}
    with ctx.workprec(bounds.PRECISION):
        for kappa in (Fraction(3, 2), Fraction(2), Fraction(7), Fraction(500)):
            for keys in (1, 2, 3, 5, 40):
                least_draws = -int(-(kappa - 1) * max(Fraction(keys, 3), Fraction(3, keys)) // 1)
                for draws in (least_draws, 2 * least_draws + 1, 10**4 * least_draws):
                    count += 1
                    excess = bounds.balls.ball((kappa - 1) * keys / (3 * draws))
                    rho = excess.sqrt()
                    floor = (2 * bounds.balls.ball(kappa - 1) / rho).lower().floor().unique_fmpz()
                    assert floor is not None
                    labels = 1 + int(floor)
                    risk = rho / 2 * (1 - 3 * rho / (keys * (labels + 1))) ** draws
                    bound = bounds.binary_key_bound(kappa, keys, draws)
                    if constant is not None:
                        bound = arb(constant) * rho / 2
                    place = {"kappa_0": str(kappa), "d": str(keys), "n": str(draws)}
                    ratio = risk / bound
                    if not ratio >= 1:
                        return Finding(False, f"risk/bound = {ratio.str(8)}", place)
                    if least is None or ratio < least:
                        least, where = ratio, place
    assert least is not None
    return Finding(True, f"{count} instances, smallest risk/bound {least.str(8)} at {where}")


def binary_key_closed_form(seed: int) -> Finding:
    """D17: at ϱ = √((κ_0−1)d/(3n)) the exact risk is at least ½e^{−1/2}ϱ."""
    return _binary_closed_form(None)


def binary_key_closed_form_mutant(seed: int) -> Finding:
    """Claim ½·0.607·ϱ; e^{−1/2} = 0.60653…."""
    return _binary_closed_form("0.607")
