"""The fixed table of laws: facts about the functions of the language that proofs may instantiate.

Each line reads ``name: premises |- conclusion`` over real variables a, b, c. It is a theorem: for all
real values at which the premises hold and the terms of the conclusion are defined, the conclusion holds.
The laws of exp, log, roots and powers are those of the real functions (a power with a positive base is
exp(exponent*log(base)), whichever kind of exponent it has); monotone functions preserve and reflect
order; ``1 + a <= exp(a)`` is the tangent at 0, the other inequalities follow from it; W_0 and W_-1 are
the inverses of w*exp(w) on [-1, oo), where it increases, and on (-oo, -1], where it decreases.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from srverify.language.formula import Formula, normal
from srverify.language.parser import names_in, parse_formula

_TABLE = """
exp_sum: |- exp(a + b) = exp(a)*exp(b)
exp_difference: |- exp(a - b) = exp(a)/exp(b)
exp_negative: |- exp(-a) = 1/exp(a)
exp_multiple: |- exp(a*b) = exp(a)^b
exp_log: |- exp(log(a)) = a
log_exp: |- log(exp(a)) = a
log_product: 0 < a; 0 < b |- log(a*b) = log(a) + log(b)
log_quotient: 0 < a; 0 < b |- log(a/b) = log(a) - log(b)
log_inverse: |- log(1/a) = -log(a)
log_power: 0 < a |- log(a^b) = b*log(a)
log_sqrt: |- log(sqrt(a)) = log(a)/2
power_exp: 0 < a |- a^b = exp(b*log(a))
power_sum: 0 < a |- a^(b + c) = a^b*a^c
power_difference: 0 < a |- a^(b - c) = a^b/a^c
power_product: 0 < a; 0 < b |- (a*b)^c = a^c*b^c
power_quotient: 0 < a; 0 < b |- (a/b)^c = a^c/b^c
power_power: 0 < a |- (a^b)^c = a^(b*c)
power_power_nonneg: 0 <= a; 0 < b; 0 < c |- (a^b)^c = a^(b*c)
power_positive: 0 < a |- 0 < a^b
power_monotone: 0 <= a; a <= b; 0 <= c |- a^c <= b^c
power_strict: 0 <= a; a < b; 0 < c |- a^c < b^c
power_reflects: 0 <= a; 0 <= b; 0 < c; a^c <= b^c |- a <= b
power_reflects_strict: 0 <= a; 0 <= b; 0 < c; a^c < b^c |- a < b
power_exponent: 1 <= a; b <= c |- a^b <= a^c
power_exponent_small: 0 < a; a <= 1; b <= c |- a^c <= a^b
bernoulli: 0 < 1 + a; 1 <= b |- 1 + b*a <= (1 + a)^b
sqrt_square: |- sqrt(a)^2 = a
sqrt_of_square: |- sqrt(a^2) = abs(a)
sqrt_product: 0 <= a; 0 <= b |- sqrt(a*b) = sqrt(a)*sqrt(b)
sqrt_quotient: 0 <= a; 0 < b |- sqrt(a/b) = sqrt(a)/sqrt(b)
sqrt_nonneg: |- 0 <= sqrt(a)
sqrt_monotone: a <= b |- sqrt(a) <= sqrt(b)
sqrt_strict: a < b |- sqrt(a) < sqrt(b)
sqrt_below: 0 <= b; a <= b^2 |- sqrt(a) <= b
sqrt_above: b^2 <= a |- b <= sqrt(a)
abs_nonneg: 0 <= a |- abs(a) = a
abs_nonpos: a <= 0 |- abs(a) = -a
abs_square: |- abs(a)^2 = a^2
abs_zero: |- 0 <= abs(a)
abs_above: |- a <= abs(a)
abs_above_negative: |- -a <= abs(a)
abs_product: |- abs(a*b) = abs(a)*abs(b)
abs_triangle: |- abs(a + b) <= abs(a) + abs(b)
min_left: a <= b |- min(a, b) = a
min_right: b <= a |- min(a, b) = b
min_below_left: |- min(a, b) <= a
min_below_right: |- min(a, b) <= b
min_three: |- min(a, b, c) = min(a, min(b, c))
max_left: b <= a |- max(a, b) = a
max_right: a <= b |- max(a, b) = b
max_above_left: |- a <= max(a, b)
max_above_right: |- b <= max(a, b)
max_three: |- max(a, b, c) = max(a, max(b, c))
exp_above: |- 1 + a <= exp(a)
exp_above_strict: a != 0 |- 1 + a < exp(a)
exp_below: a < 1 |- exp(a) <= 1/(1 - a)
log_below: |- log(a) <= a - 1
log_below_strict: a != 1 |- log(a) < a - 1
log_above: |- 1 - 1/a <= log(a)
exp_monotone: a <= b |- exp(a) <= exp(b)
exp_strict: a < b |- exp(a) < exp(b)
exp_reflects: exp(a) <= exp(b) |- a <= b
exp_reflects_strict: exp(a) < exp(b) |- a < b
log_monotone: a <= b |- log(a) <= log(b)
log_strict: a < b |- log(a) < log(b)
log_reflects: log(a) <= log(b) |- a <= b
log_reflects_strict: log(a) < log(b) |- a < b
squares_reflect: 0 <= b; a^2 <= b^2 |- a <= b
squares_reflect_strict: 0 <= b; a^2 < b^2 |- a < b
antisymmetric: a <= b; b <= a |- a = b
zero_product: a*b = 0 |- a = 0 or b = 0
w0_inverts: |- LambertW(a, 0)*exp(LambertW(a, 0)) = a
w0_range: |- -1 <= LambertW(a, 0)
w0_of: -1 <= a |- LambertW(a*exp(a), 0) = a
w0_above: b*exp(b) <= a |- b <= LambertW(a, 0)
w0_below: -1 <= b; a <= b*exp(b) |- LambertW(a, 0) <= b
w0_monotone: a <= b |- LambertW(a, 0) <= LambertW(b, 0)
w1_inverts: |- LambertW(a, -1)*exp(LambertW(a, -1)) = a
w1_range: |- LambertW(a, -1) <= -1
w1_of: a <= -1 |- LambertW(a*exp(a), -1) = a
w1_above: b <= -1; a <= b*exp(b) |- b <= LambertW(a, -1)
w1_below: b*exp(b) <= a |- LambertW(a, -1) <= b
w1_monotone: a <= b |- LambertW(b, -1) <= LambertW(a, -1)
"""

#: Laws whose conclusion is defined wherever their premises hold: w*exp(w) >= -1/e for all w, and < 0
#: for w < 0.
TOTAL = frozenset({"w0_of", "w1_of"})


@dataclass(frozen=True)
class Law:
    """Variables, premises and conclusion of a law."""

    parameters: tuple[str, ...]
    premises: tuple[Formula, ...]
    conclusion: Formula


def _line(text: str) -> Law:
    left, right = text.split("|-")
    given = [part for part in left.split(";") if part.strip()]
    names = dict.fromkeys(name for part in (*given, right) for name in names_in(part))
    kinds = dict.fromkeys(names, "real")
    premises, conclusion = [parse_formula(part, kinds) for part in given], parse_formula(right, kinds)
    return Law(tuple(sorted(names)), tuple(map(normal, premises)), normal(conclusion))


@cache
def laws() -> dict[str, Law]:
    """Return the table, by name.

    >>> laws()["log_product"].parameters
    ('a', 'b')
    """
    lines = (line.split(":", 1) for line in _TABLE.strip().splitlines())
    return {name: _line(text) for name, text in lines}
