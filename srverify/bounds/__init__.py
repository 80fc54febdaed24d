"""Every explicit bound of the paper as a documented function: exact rationals or rigorous enclosures.

Arguments are exact (int, Fraction, decimal string) or balls (``flint.arb``); a result that is not a
rational is a ball that encloses the true value. Parameters outside a bound's range raise InputError.
"""

from srverify.bounds.balls import PRECISION, Number
from srverify.bounds.lower import (
    C_0,
    LARGEST_RISK,
    asymptotic_form,
    binary_key_bound,
    binary_key_samples,
    guaranteed_risk,
    hard_labels,
    information,
    jensen_bound,
    lower_bound,
    lower_bound_root,
    necessary_samples,
    repaired_asymptotic_form,
    risk_curve,
    root_argument,
)

__all__ = [
    "C_0",
    "LARGEST_RISK",
    "PRECISION",
    "Number",
    "asymptotic_form",
    "binary_key_bound",
    "binary_key_samples",
    "guaranteed_risk",
    "hard_labels",
    "information",
    "jensen_bound",
    "lower_bound",
    "lower_bound_root",
    "necessary_samples",
    "repaired_asymptotic_form",
    "risk_curve",
    "root_argument",
]
