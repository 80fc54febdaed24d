"""Symbolic derivations and enclosures behind D07–D14: the curve f(ε) = ε²(1 + log(κ/ε)) and its root."""

from __future__ import annotations

from fractions import Fraction

from srverify.claims.obligation import Finding


def _curve_derivative(factor: int) -> Finding:
    import sympy

    eps, kappa = sympy.symbols("eps kappa", positive=True)
    curve = eps**2 * (1 + sympy.log(kappa / eps))
    claimed = eps * (1 + factor * sympy.log(kappa / eps))
    rest = sympy.simplify(sympy.expand_log(sympy.diff(curve, eps) - claimed))
    return Finding(rest == 0, f"f' - claimed = {rest}", None if rest == 0 else {"difference": str(rest)})


def curve_derivative(seed: int) -> Finding:
    """D08: f'(ε) = ε(1 + 2 log(κ/ε))."""
    return _curve_derivative(2)


def curve_derivative_mutant(seed: int) -> Finding:
    """Claim ε(1 + 3 log(κ/ε))."""
    return _curve_derivative(3)


def _implicit_derivative(claimed_sign: int) -> Finding:
    import sympy

    eps, kappa, ratio = sympy.symbols("eps kappa ratio", positive=True)
    # f(eps, kappa) = I with I = ratio * kappa, ratio = c_0 log|Pi|/n; eliminate ratio afterwards.
    equation = eps**2 * (1 + sympy.log(kappa / eps)) - ratio * kappa
    slope = -sympy.diff(equation, kappa) / sympy.diff(equation, eps)
    slope = slope.subs(ratio, eps**2 * (1 + sympy.log(kappa / eps)) / kappa)
    ell = sympy.log(kappa / eps)
    claimed = claimed_sign * eps * ell / (kappa * (1 + 2 * ell))
    rest = sympy.simplify(sympy.expand_log(slope - claimed))
    return Finding(
        rest == 0, f"slope - claimed = {rest}", None if rest == 0 else {"difference": str(rest)}
    )


def implicit_derivative(seed: int) -> Finding:
    """D13: along f(ε) = c_0 κ log|Π|/n, dε/dκ = ε log(κ/ε)/(κ(1 + 2 log(κ/ε)))."""
    return _implicit_derivative(1)


def implicit_derivative_mutant(seed: int) -> Finding:
    """Claim the other sign."""
    return _implicit_derivative(-1)


def _scalar_ratio(constant: Fraction) -> Finding:
    from flint import arb, ctx

    from srverify.selfreward.bounds import hard_labels, necessary_samples
    from srverify.selfreward.bounds.balls import ball

    exponent = 4000
    with ctx.workprec(4 * exponent):
        eps = Fraction(1, 8 * 10**exponent)
        labels = hard_labels(2, eps)
        log_labels = arb(labels).log()
        # n > (M+1)/(192 eps log M) * log|Pi| is what D06 gives; D07 claims c_0 kappa/f(eps) below it.
        given = ball(labels + 1) / (192 * ball(eps) * log_labels)
        claimed = necessary_samples(2, 1, eps, ctx.prec) * 3072 / ball(constant)
        ratio = claimed / given
        holds = bool(ratio <= 1)
        detail = f"claimed/given = {ratio.str(10)} at kappa_0 = 2, eps = 1/(8*10^{exponent})"
    return Finding(holds, detail, None if holds else {"kappa_0": "2", "eps": f"1/(8*10^{exponent})"})


def necessary_constant(seed: int) -> Finding:
    """D07: with 3072 the claimed sample size stays below D06's, far out where the two nearly meet."""
    return _scalar_ratio(Fraction(3072))


def necessary_constant_mutant(seed: int) -> Finding:
    """3070 in place of 3072 fails there, so the constant is sharp up to the limit."""
    return _scalar_ratio(Fraction(3070))
