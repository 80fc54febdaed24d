"""All bounds for one set of parameters, each with its entry, its enclosure and what it rests on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from fractions import Fraction

from flint import arb, ctx

from srverify.language.errors import InputError
from srverify.selfreward.bounds import iteration, lower, upper
from srverify.selfreward.bounds.balls import PRECISION, ball, rational, require, shown

_DIGITS = 15
_ONE_ROUND = ("A-REAL", "A-CONC", "A-TAIL")
_ALL_ROUNDS = (*_ONE_ROUND, "A-MARGIN")


@dataclass(frozen=True)
class Parameters:
    """Exact parameters of a bound; ``None`` takes the default named below.

    Parameters
    ----------
    kappa, samples, log_class, gamma, responses
        κ_0 ≥ 1, n ≥ 1, log|Π| > 0, γ > 0, N ≥ 2.
    tail, concentrability, c, beta, delta, rounds
        K (default N), C̄ (default κ_0), the weak c (default 1/N), β (default 1/√n), δ, T.
    """

    kappa: Fraction
    samples: Fraction
    log_class: Fraction
    gamma: Fraction
    responses: Fraction
    tail: Fraction | None = None
    concentrability: Fraction | None = None
    c: Fraction | None = None
    beta: Fraction | None = None
    delta: Fraction = Fraction(1, 20)
    rounds: int = 1

    def __post_init__(self) -> None:
        require(self.kappa >= 1, f"kappa0 must be at least 1, got {shown(self.kappa)}")
        require(self.samples >= 1, f"n must be at least 1, got {shown(self.samples)}")
        require(self.log_class > 0, f"log-class must be positive, got {shown(self.log_class)}")
        require(self.gamma > 0, f"gamma must be positive, got {shown(self.gamma)}")
        require(self.responses >= 2, f"responses must be at least 2, got {shown(self.responses)}")
        require(
            self.kappa <= self.responses,
            f"kappa0 is at most the number of responses: {shown(self.kappa)} > {shown(self.responses)}",
        )
        require(self.tail is None or self.tail >= 1, "tail must be at least 1")
        require(self.concentrability is None or self.concentrability >= 1, "conc must be at least 1")
        require(self.c is None or 0 < self.c <= 1, "c must lie in (0, 1]")
        require(self.beta is None or 0 < self.beta <= 1, "beta must lie in (0, 1]")
        require(0 < self.delta < 1, f"delta must lie in (0, 1), got {shown(self.delta)}")
        require(self.rounds >= 1, f"rounds must be at least 1, got {self.rounds}")


@dataclass(frozen=True)
class Line:
    """One number: ``value`` is an enclosure, an exact count, or ``None`` with the reason in ``note``."""

    section: str
    entry: str
    quantity: str
    value: arb | int | None
    assumptions: tuple[str, ...] = ()
    note: str = ""

    def to_dict(self) -> dict[str, object]:
        """Return plain data: lower and upper are decimals that enclose the value."""
        ends: tuple[str | None, str | None] = (None, None)
        if self.value is not None:
            ends = decimal_ends(arb(self.value))
        return {
            "section": self.section,
            "entry": self.entry,
            "quantity": self.quantity,
            "lower": ends[0],
            "upper": ends[1],
            "assumptions": list(self.assumptions),
            "note": self.note,
        }


def decimal_ends(value: arb) -> tuple[str, str]:
    """Return decimals of 15 digits around a finite ball, rounded outward.

    >>> decimal_ends(arb(1) / 4)
    ('0.25', '0.25')
    """
    return _decimal(value.lower(), ROUND_FLOOR), _decimal(value.upper(), ROUND_CEILING)


def _decimal(end: arb, rounding: str) -> str:
    mantissa, exponent = end.mid().man_exp()
    exact = Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
    context = Context(prec=_DIGITS, rounding=rounding)
    return str(context.divide(Decimal(exact.numerator), Decimal(exact.denominator)))


def summary(parameters: Parameters, precision: int = PRECISION) -> list[Line]:
    """Return every bound for the parameters; one that does not apply carries the reason instead."""
    with ctx.workprec(precision):
        return [*_lower(parameters), *_upper(parameters)]


def _line(
    section: str,
    entry: str,
    quantity: str,
    compute: Callable[[], arb | int],
    assumptions: tuple[str, ...] = (),
    note: str = "",
) -> Line:
    try:
        return Line(section, entry, quantity, compute(), assumptions, note)
    except InputError as error:
        return Line(section, entry, quantity, None, assumptions, f"does not apply: {error}")


def _lower(p: Parameters) -> list[Line]:
    where = "lower bound on base failure (n single responses)"
    case = (p.kappa, p.log_class, p.samples)
    binary = int((ball(p.log_class) / arb(2).log()).lower().floor().unique_fmpz() or 0)

    def jensen() -> arb:
        return best_jensen_bound(p.kappa, p.log_class, p.samples)[0]

    return [
        _line(where, "D11", "min(eps_LB, 1/16)", lambda: lower.guaranteed_risk(*case)),
        _line(where, "D09", "eps_LB, the root of f(eps) = I", lambda: lower.lower_bound(*case)),
        _line(where, "D12", "sqrt(1-1/e) eps~ <= eps_LB", lambda: lower.repaired_asymptotic_form(*case)),
        _line(where, "D12", "eps~ >= eps_LB: no lower bound", lambda: lower.asymptotic_form(*case)),
        _line(where, "D16", "Jensen form at its best rho", jensen),
        _line(
            where,
            "D17",
            "binary keys, no logarithm",
            lambda: lower.binary_key_bound(p.kappa, binary, p.samples),
            note=f"d = {binary} keys",
        ),
    ]


def best_jensen_bound(
    kappa: Fraction, log_class: Fraction, samples: Fraction, precision: int = PRECISION
) -> tuple[arb, Fraction, int, int]:
    """Return D16's bound at the best ϱ of a grid, with that ϱ, M and d.

    Every ϱ gives a valid bound with M = 1 + ⌊2(κ−1)/ϱ⌋ labels and d = ⌊log|Π|/log M⌋ ≥ 1 keys.
    Raises InputError where no ϱ leaves a key, or for a fractional n.
    """
    if samples.denominator != 1:
        raise InputError(f"n must be an integer, got {samples}")
    best: tuple[arb, Fraction, int, int] | None = None
    for step in range(120):
        rho = Fraction(3, 4) ** step
        labels = 1 + int(2 * (kappa - 1) / rho)
        if labels < 2:
            continue
        with ctx.workprec(precision):
            keys = int((ball(log_class) / arb(labels).log()).lower().floor().unique_fmpz() or 0)
        if keys < 1:
            continue
        value = lower.jensen_bound(labels, keys, int(samples), rho, precision)
        if best is None or value.lower() > best[0].lower():
            best = (value, rho, labels, keys)
    if best is None:
        raise InputError("no rho leaves a key: log-class is too small or kappa0 is 1")
    return best


def _upper(p: Parameters) -> list[Line]:
    one = "upper bounds after one round (n pairs)"
    many = f"after T = {p.rounds} rounds (delta/T each)"
    needed = "rounds T needed for kappa_(T-1) <= kappa* + 1"
    tail = p.responses if p.tail is None else p.tail
    conc = p.kappa if p.concentrability is None else p.concentrability
    floor = 1 / p.responses if p.c is None else p.c
    beta = 1 / ball(p.samples).sqrt() if p.beta is None else ball(p.beta)
    size = (p.samples, p.log_class, p.responses, tail, p.delta)
    single = upper.statistical_error(*size)
    error = upper.statistical_error(*size, p.rounds)
    level = upper.suboptimality(p.kappa, conc, p.gamma, beta, single)
    slope = iteration.slope(error, beta, p.gamma, floor)
    step = (1 + level / ball(floor)).min(1 / ball(floor))
    failure = iteration.theorem_5_3(p.kappa, error, beta, p.gamma, floor, p.rounds)
    vacuous = "above 1: says nothing"
    return [
        Line(one, "C18", "eps_stat", single),
        Line(one, "C19", "2A, base failure", 2 * level, _ONE_ROUND, vacuous if 2 * level > 1 else ""),
        Line(one, "C26", "kappa_1 <= min(1/c, 1 + A/c)", step, _ONE_ROUND),
        Line(many, "C38", "eps_stat with log(T|Pi|/delta)", error),
        Line(many, "C28", "b of the recurrence", slope, _ALL_ROUNDS),
        Line(many, "C29", "kappa*, its fixed point", iteration.fixed_point(slope), _ALL_ROUNDS),
        Line(many, "C30", "rho, its contraction", iteration.contraction(slope), _ALL_ROUNDS),
        Line(many, "C34", "own failure", failure, _ALL_ROUNDS, vacuous if failure > 1 else ""),
        _line(
            needed, "C35", "by C31", lambda: iteration.rounds_by_contraction(p.kappa, slope), _ALL_ROUNDS
        ),
        _line(
            needed,
            "C37",
            "by C37, then C31",
            lambda: iteration.rounds_by_squaring(p.kappa, slope),
            _ALL_ROUNDS,
        ),
        _line(
            needed,
            "C28",
            "by the recurrence itself",
            lambda: iteration.rounds_by_recurrence(p.kappa, slope),
            _ALL_ROUNDS,
        ),
    ]


def parse(name: str, text: str) -> Fraction:
    """Return an exact number typed by a user; the message names the parameter."""
    try:
        return rational(text.strip())
    except InputError:
        raise InputError(
            f"--{name}: {text!r} is not an exact number such as 1/20, 0.05 or 1e6"
        ) from None
