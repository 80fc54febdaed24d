"""The facts about exp and log that solvers are told, each a statement that another engine proves.

Every template is true for all real arguments in its domains; rational parameters come with the rounded
values of exp or log at them, so that a wrong rounding makes a false statement and is refused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, cached_property

from srverify.language import term as t
from srverify.language.errors import InputError
from srverify.language.formula import Formula, map_terms
from srverify.language.parser import term_text
from srverify.language.statement import Statement
from srverify.language.term import Number, Term


@dataclass(frozen=True)
class Lemma:
    """A named universally quantified fact."""

    name: str
    statement: Statement


@dataclass(frozen=True)
class Instance:
    """A lemma at terms: every variable of the lemma has an argument.

    A natural variable only takes a visibly natural term; raises InputError otherwise.
    """

    lemma: Lemma
    arguments: Mapping[str, Term]

    def __post_init__(self) -> None:
        for variable in self.lemma.statement.variables:
            if variable.name not in self.arguments:
                raise InputError(f"lemma {self.lemma.name} needs an argument for {variable.name!r}")
            argument = self.arguments[variable.name]
            if variable.domain.natural and not t.is_natural(argument):
                raise InputError(f"lemma {self.lemma.name} needs a natural number, not {argument}")

    @cached_property
    def premises(self) -> tuple[Formula, ...]:
        """The lemma's domain bounds and hypotheses at the arguments."""
        return tuple(map_terms(premise, self._put) for premise in self.lemma.statement.premises)

    @cached_property
    def goal(self) -> Formula:
        """The lemma's conclusion at the arguments."""
        return map_terms(self.lemma.statement.goal, self._put)

    def _put(self, term: Term) -> Term:
        symbols = {v.symbol: self.arguments[v.name] for v in self.lemma.statement.variables}
        return t.substitute(term, symbols)

    @cached_property
    def text(self) -> str:
        """The lemma with its arguments, on one line."""
        at = ", ".join(f"{name} := {term_text(term)}" for name, term in self.arguments.items())
        return f"{self.lemma.name}: {self.lemma.statement.text}{f' [{at}]' if at else ''}"


REAL = "real"
POSITIVE = "(0, oo)"


@cache
def _lemma(name: str, show: str, domains: tuple[tuple[str, str], ...], given: tuple[str, ...]) -> Lemma:
    return Lemma(name, Statement.parse(show, given, dict(domains)))


def lemma(name: str, show: str, given: Sequence[str] = (), **domains: str) -> Lemma:
    """State a lemma; equal texts give the same object."""
    return _lemma(name, show, tuple(domains.items()), tuple(given))


def _q(value: Fraction) -> str:
    """Write a rational so that it binds like a factor."""
    return f"({value})"


# -- exp ---------------------------------------------------------------------------------------


def exp_positive() -> Lemma:
    """State 0 < exp t."""
    return lemma("exp-positive", "0 < exp(t)", t=REAL)


def exp_above_line() -> Lemma:
    """State the tangent at 0."""
    return lemma("exp-tangent-at-0", "1 + t <= exp(t)", t=REAL)


def exp_reciprocal() -> Lemma:
    """State the upper bound 1/(1 − t), without its division."""
    return lemma("exp-reciprocal", "exp(t)*(1 - t) <= 1", t=REAL)


def exp_tangent(at: Fraction, below: Fraction) -> Lemma:
    """State the tangent at a rational point; ``below`` is a positive lower bound of exp there.

    The variable is the distance from that point.
    """
    return lemma("exp-tangent", f"{_q(below)}*(1 + t) <= exp(t + {_q(at)})", t=REAL)


def exp_secant(low: Fraction, high: Fraction, at_low: Fraction, at_high: Fraction) -> Lemma:
    """State the secant between two rational points; the values are upper bounds of exp there."""
    slope = (at_high - at_low) / (high - low)
    line = f"{_q(at_low)} + {_q(slope)}*(t - {_q(low)})"
    return lemma("exp-secant", f"exp(t) <= {line}", t=f"[{low}, {high}]")


def exp_at_most(at: Fraction, above: Fraction) -> Lemma:
    """State exp t ≤ above for t ≤ at."""
    return lemma("exp-at-most", f"exp(t) <= {_q(above)}", t=f"(-oo, {at}]")


def exp_at_least(at: Fraction, below: Fraction) -> Lemma:
    """State below ≤ exp t for t ≥ at."""
    return lemma("exp-at-least", f"{_q(below)} <= exp(t)", t=f"[{at}, oo)")


def exp_sum() -> Lemma:
    """State exp(s + t) = exp s · exp t."""
    return lemma("exp-sum", "exp(s + t) = exp(s)*exp(t)", s=REAL, t=REAL)


def exp_multiple(above: int, below: int) -> Lemma:
    """State exp(p/q · t)^q = exp(t)^p for p ≥ 0, and the reciprocal form for p < 0."""
    scaled = f"exp({_q(Fraction(above, below))}*t)^{below}"
    show = f"{scaled} = exp(t)^{above}" if above >= 0 else f"{scaled}*exp(t)^{-above} = 1"
    return lemma("exp-multiple", show, t=REAL)


def exp_monotone() -> Lemma:
    """State that exp is increasing."""
    return lemma("exp-monotone", "exp(s) < exp(t)", ["s < t"], s=REAL, t=REAL)


def exp_of_log() -> Lemma:
    """State exp(log t) = t."""
    return lemma("exp-of-log", "exp(log(t)) = t", t=POSITIVE)


def exp_of_log_multiple(above: int, below: int) -> Lemma:
    """State exp(p/q · log t)^q = t^p, or the reciprocal form for p < 0."""
    scaled = f"exp({_q(Fraction(above, below))}*log(t))^{below}"
    show = f"{scaled} = t^{above}" if above >= 0 else f"{scaled}*t^{-above} = 1"
    return lemma("exp-of-log-multiple", show, t=POSITIVE)


#: Taylor and Padé bounds that touch exp at 0 to higher order, sharpest last.
_EXP_AT_ZERO = (
    ("exp-taylor-2", "1 + t + t^2/2 <= exp(t)", "[0, oo)"),
    ("exp-taylor-2", "exp(t) <= 1 + t + t^2/2", "(-oo, 0]"),
    ("exp-pade-1", "exp(t)*(2 - t) <= 2 + t", "[0, oo)"),
    ("exp-pade-1", "2 + t <= exp(t)*(2 - t)", "(-oo, 0]"),
    ("exp-taylor-3", "1 + t + t^2/2 + t^3/6 <= exp(t)", "[0, oo)"),
    ("exp-taylor-3", "1 + t + t^2/2 + t^3/6 <= exp(t)", "(-oo, 0]"),
)


def exp_at_zero() -> tuple[Lemma, ...]:
    """State the higher-order bounds at 0."""
    return tuple(lemma(name, show, t=domain) for name, show, domain in _EXP_AT_ZERO)


# -- log ---------------------------------------------------------------------------------------


def log_below_line() -> Lemma:
    """State the tangent at 1."""
    return lemma("log-tangent-at-1", "log(t) <= t - 1", t=POSITIVE)


def log_reciprocal() -> Lemma:
    """State 1 − 1/t ≤ log t, without its division."""
    return lemma("log-reciprocal", "t - 1 <= t*log(t)", t=POSITIVE)


def log_tangent(at: Fraction, above: Fraction) -> Lemma:
    """State the tangent at a positive rational point; ``above`` is an upper bound of log there.

    The variable is the ratio to that point.
    """
    return lemma("log-tangent", f"log({_q(at)}*t) <= t - 1 + {_q(above)}", t=POSITIVE)


def log_secant(low: Fraction, high: Fraction, at_low: Fraction, at_high: Fraction) -> Lemma:
    """State the secant between two positive points; the values are lower bounds of log there."""
    slope = (at_high - at_low) / (high - low)
    line = f"{_q(at_low)} + {_q(slope)}*(t - {_q(low)})"
    return lemma("log-secant", f"{line} <= log(t)", t=f"[{low}, {high}]")


def log_at_least(at: Fraction, below: Fraction) -> Lemma:
    """State below ≤ log t for t ≥ at."""
    return lemma("log-at-least", f"{_q(below)} <= log(t)", t=f"[{at}, oo)")


def log_at_most(at: Fraction, above: Fraction) -> Lemma:
    """State log t ≤ above for 0 < t ≤ at."""
    return lemma("log-at-most", f"log(t) <= {_q(above)}", t=f"(0, {at}]")


def log_product() -> Lemma:
    """State log(st) = log s + log t."""
    return lemma("log-product", "log(s*t) = log(s) + log(t)", s=POSITIVE, t=POSITIVE)


def log_quotient() -> Lemma:
    """State log(s/t) = log s − log t."""
    return lemma("log-quotient", "log(s/t) = log(s) - log(t)", s=POSITIVE, t=POSITIVE)


def log_scaled(factor: Fraction) -> Lemma:
    """State log(ct) = log c + log t for a positive rational c."""
    return lemma("log-scaled", f"log({_q(factor)}*t) = log({factor}) + log(t)", t=POSITIVE)


def log_power(times: int) -> Lemma:
    """State log(t^k) = k log t."""
    return lemma("log-power", f"log(t^({times})) = {times}*log(t)", t=POSITIVE)


def log_sqrt() -> Lemma:
    """State log √t = ½ log t."""
    return lemma("log-sqrt", "log(sqrt(t)) = log(t)/2", t=POSITIVE)


def log_of_exp() -> Lemma:
    """State log(exp t) = t."""
    return lemma("log-of-exp", "log(exp(t)) = t", t=REAL)


def log_monotone() -> Lemma:
    """State that log is increasing."""
    return lemma("log-monotone", "log(s) < log(t)", ["s < t"], s=POSITIVE, t=POSITIVE)


#: Bounds that touch log at 1 to higher order.
_LOG_AT_ONE = (
    ("log-pade-1", "2*(t - 1) <= log(t)*(t + 1)", "[1, oo)"),
    ("log-pade-1", "log(t)*(t + 1) <= 2*(t - 1)", "(0, 1]"),
    ("log-mean", "2*t*log(t) <= t^2 - 1", "[1, oo)"),
    ("log-mean", "t^2 - 1 <= 2*t*log(t)", "(0, 1]"),
    ("log-taylor-2", "(t - 1) - (t - 1)^2/2 <= log(t)", "[1, oo)"),
    ("log-taylor-2", "log(t) <= (t - 1) - (t - 1)^2/2", "(0, 1]"),
    ("log-taylor-3", "log(t) <= (t - 1) - (t - 1)^2/2 + (t - 1)^3/3", POSITIVE),
)


def log_at_one() -> tuple[Lemma, ...]:
    """State the higher-order bounds at 1."""
    return tuple(lemma(name, show, t=domain) for name, show, domain in _LOG_AT_ONE)


# -- constants ---------------------------------------------------------------------------------


def enclosure(function: str, at: Fraction, low: Fraction, high: Fraction) -> Lemma:
    """State that exp or log at a rational point lies between two rationals."""
    value = f"{function}({_q(at)})"
    return lemma("enclosure", f"{_q(low)} <= {value} <= {_q(high)}")


def rational(value: Fraction) -> Number:
    """Return a fraction as a term."""
    return t.number(value)
