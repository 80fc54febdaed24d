"""Every law of the table at many exact points: it holds where its premises do and it is defined."""

from fractions import Fraction
from itertools import product

import pytest

from srverify.checker.laws import TOTAL, laws
from srverify.language import term as t
from srverify.language.definedness import defined
from srverify.language.formula import And, conjunction, map_terms
from srverify.numerics.arb_eval import holds_at

#: Ends, signs, the neighbourhood of -1/e and of 1, and numbers of different size.
VALUES = [
    *map(Fraction, ("-7", "-2", "-1", "-1/2", "-37/100", "-3678794/10000000", "-1/3", "-1/100", "0")),
    *map(Fraction, ("1/50", "1/3", "1", "101/100", "2", "9/4", "5")),
]
#: A parameter may become a literal, which makes other powers of it: integer, rational, negative.
EXPONENTS = [Fraction(n, 6) for n in (-12, -6, -3, 0, 2, 3, 6, 12, 15, 18)]


def _instance(formula, symbols):
    return map_terms(formula, lambda term: t.substitute(term, symbols))


def _holds_wherever_it_must(law, points, total):
    met = 0
    for values in points:
        symbols = {t.variable(name): t.number(value) for name, value in values.items()}
        try:
            formulas = [_instance(f, symbols) for f in (*law.premises, law.conclusion)]
        except ValueError:  # a literal division by zero: the terms are not defined
            continue
        *premises, conclusion = formulas
        if not all(holds_at(p, {}) for p in premises):
            continue
        if not holds_at(conjunction(And(()), *defined(conclusion)), {}):
            assert not total, f"{values}: the conclusion is not defined"
            continue
        met += 1
        assert holds_at(conclusion, {}) is not False, values
    return met


@pytest.mark.parametrize("name", laws())
def test_laws_are_true_where_they_apply(name):
    law = laws()[name]
    points = [
        dict(zip(law.parameters, point, strict=True))
        for point in product(VALUES[:: max(1, len(law.parameters) - 1)], repeat=len(law.parameters))
    ]
    assert _holds_wherever_it_must(law, points, name in TOTAL) >= 3


@pytest.mark.parametrize(
    "name",
    [name for name in laws() if name.startswith(("power", "log_power", "exp_multiple", "bernoulli"))],
)
def test_laws_of_powers_hold_for_literal_exponents(name):
    law = laws()[name]
    points = [
        dict(zip(law.parameters, point, strict=True))
        for point in product(EXPONENTS, repeat=len(law.parameters))
    ]
    assert _holds_wherever_it_must(law, points, total=False) >= 3
