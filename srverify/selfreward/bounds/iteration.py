"""The recurrence of Theorem 5.3 and what follows from it (entries C27 to C37).

κ_{t+1} ≤ a + b√κ_t with a = 1 and b = (2 ε_stat + β)/(γ c), c the weak constant of Definition 5.2.
"""

from __future__ import annotations

from collections.abc import Iterator

from flint import arb, ctx

from srverify.language.errors import InputError
from srverify.selfreward.bounds.balls import PRECISION, Number, at_least, ball, positive, require, shown

#: Rounds after which a search for a target gives up.
MAX_ROUNDS = 100_000


def slope(error: Number, beta: Number, gamma: Number, c: Number, precision: int = PRECISION) -> arb:
    """Return b = (2 ε_stat + β)/(γ c) (C27, C28). Raises InputError for c outside (0, 1]."""
    with ctx.workprec(precision):
        floor = positive("c", c)
        require(floor <= 1, f"c must be at most 1, got {shown(c)}")
        return (2 * ball(error) + positive("beta", beta)) / (positive("gamma", gamma) * floor)


def _coefficients(b: Number, a: Number) -> tuple[arb, arb]:
    first, second = ball(a), ball(b)
    require(first >= 0 and second >= 0, "a and b must not be negative")
    require(first + second > 0, "a + b must be positive")
    return first, second


def fixed_point(b: Number, a: Number = 1, precision: int = PRECISION) -> arb:
    """Return κ* = ((b + √(b² + 4a))/2)², the only x > 0 with x = a + b√x (C29).

    >>> fixed_point(1, 0).str(5)
    '1.0000'
    """
    with ctx.workprec(precision):
        first, second = _coefficients(b, a)
        return ((second + (second**2 + 4 * first).sqrt()) / 2) ** 2


def contraction(b: Number, a: Number = 1, precision: int = PRECISION) -> arb:
    """Return ρ = b/(b + √(b² + 4a)) ≤ 1/2 (C30)."""
    with ctx.workprec(precision):
        first, second = _coefficients(b, a)
        rate: arb = second / (second + (second**2 + 4 * first).sqrt())
        return rate


def geometric_bound(
    kappa: Number, b: Number, round_: int, a: Number = 1, precision: int = PRECISION
) -> arb:
    """Return κ* + ρ^t max(κ_0 − κ*, 0) ≥ κ_t (C31)."""
    with ctx.workprec(precision):
        limit = fixed_point(b, a, precision)
        excess = (at_least("kappa", kappa, 1) - limit).max(arb(0))
        return limit + contraction(b, a, precision) ** round_ * excess


def doubly_exponential_bound(
    kappa: Number, b: Number, round_: int, a: Number = 1, precision: int = PRECISION
) -> arb:
    """Return (√a + b)² κ_0^{2^{−t}} ≥ κ_t, for a ≥ 1 (C37).

    >>> doubly_exponential_bound(10**12, "0.01", 3).str(6)
    '[32.2584 +/- 5.60e-6]'
    """
    with ctx.workprec(precision):
        first, second = _coefficients(b, at_least("a", a, 1))
        root = (at_least("kappa", kappa, 1).log() / 2**round_).exp()
        bound: arb = (first.sqrt() + second) ** 2 * root
        return bound


def recurrence(kappa: Number, b: Number, a: Number = 1, precision: int = PRECISION) -> Iterator[arb]:
    """Yield κ_0, a + b√κ_0, …: the recurrence with equality, without end (C28)."""
    with ctx.workprec(precision):
        first, second = _coefficients(b, a)
        value = at_least("kappa", kappa, 1)
    while True:
        yield value
        with ctx.workprec(precision):
            value = first + second * value.sqrt()


def theorem_5_3(
    kappa: Number,
    error: Number,
    beta: Number,
    gamma: Number,
    c: Number,
    rounds: int,
    precision: int = PRECISION,
) -> arb:
    """Return (2/γ)(2ε_stat + β)(√κ* + ρ^{(T−1)/2}√κ_0), the bound of Theorem 5.3 on own failure (C34).

    Under A-REAL, A-CONC with C̄_t ≤ κ_t, A-TAIL and A-MARGIN; ``error`` is ε_stat at δ/T per round.
    """
    if rounds < 1:
        raise InputError(f"rounds must be at least 1, got {rounds}")
    with ctx.workprec(precision):
        b = slope(error, beta, gamma, c, precision)
        start = contraction(b, 1, precision) ** (rounds - 1) * at_least("kappa", kappa, 1)
        factor = (2 * ball(error) + ball(beta)) * 2 / ball(gamma)
        return factor * (fixed_point(b, 1, precision).sqrt() + start.sqrt())


def rounds_by_contraction(kappa: Number, b: Number, precision: int = PRECISION) -> int:
    """Return the least T ≥ 1 + log κ_0/log(1/ρ): then ρ^{T−1} κ_0 ≤ 1 (C35, Corollary 5.7)."""
    with ctx.workprec(precision):
        needed = 1 + at_least("kappa", kappa, 1).log() / -contraction(b, 1, precision).log()
        return _ceiling(needed)


def rounds_by_squaring(kappa: Number, b: Number, precision: int = PRECISION) -> int:
    """Return a T for which C37 and then C31 give κ_{T−1} ≤ κ* + 1 (C37).

    t = ⌈log₂ log₂ κ_0⌉ rounds bring κ_t to 2(1+b)² at most; then the excess shrinks by ρ per round.
    """
    with ctx.workprec(precision):
        k = at_least("kappa", kappa, 1)
        bits = k.log() / arb(2).log()
        burn_in = _ceiling(bits.log() / arb(2).log()) if bits > 1 else 0
        rest = 2 * (1 + ball(b)) ** 2 - fixed_point(b, 1, precision)
        more = _ceiling(rest.log() / -contraction(b, 1, precision).log()) if rest > 1 else 0
        return 1 + max(burn_in, 0) + max(more, 0)


def rounds_by_recurrence(kappa: Number, b: Number, precision: int = PRECISION) -> int:
    """Return the least T with κ_{T−1} ≤ κ* + 1 for the recurrence with equality (C28).

    Raises InputError after ``MAX_ROUNDS`` rounds.
    """
    with ctx.workprec(precision):
        target = fixed_point(b, 1, precision) + 1
    for index, value in enumerate(recurrence(kappa, b, 1, precision)):
        if value <= target:
            return index + 1
        if index >= MAX_ROUNDS:
            break
    raise InputError(f"the recurrence is not within 1 of its fixed point after {MAX_ROUNDS} rounds")


def _ceiling(value: arb) -> int:
    ceiling = value.ceil().unique_fmpz()
    return int(ceiling) if ceiling is not None else int(value.upper().ceil().unique_fmpz() or 0)
