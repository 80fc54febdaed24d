"""Every explicit bound of the paper as a documented function: exact rationals or rigorous enclosures.

Arguments are exact (int, Fraction, decimal string) or balls (``flint.arb``); a result that is not a
rational is a ball that encloses the true value. Parameters outside a bound's range raise InputError.
"""

from srverify.selfreward.bounds.balls import PRECISION, Number
from srverify.selfreward.bounds.iteration import (
    contraction,
    doubly_exponential_bound,
    fixed_point,
    geometric_bound,
    recurrence,
    rounds_by_contraction,
    rounds_by_recurrence,
    rounds_by_squaring,
    slope,
    theorem_5_3,
)
from srverify.selfreward.bounds.lower import (
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
from srverify.selfreward.bounds.upper import (
    bad_region_moment,
    clip_level,
    fourth_moment,
    statistical_error,
    suboptimality,
)

__all__ = [
    "C_0",
    "LARGEST_RISK",
    "PRECISION",
    "Number",
    "asymptotic_form",
    "bad_region_moment",
    "binary_key_bound",
    "binary_key_samples",
    "clip_level",
    "contraction",
    "doubly_exponential_bound",
    "fixed_point",
    "fourth_moment",
    "geometric_bound",
    "guaranteed_risk",
    "hard_labels",
    "information",
    "jensen_bound",
    "lower_bound",
    "lower_bound_root",
    "necessary_samples",
    "recurrence",
    "repaired_asymptotic_form",
    "risk_curve",
    "root_argument",
    "rounds_by_contraction",
    "rounds_by_recurrence",
    "rounds_by_squaring",
    "slope",
    "statistical_error",
    "suboptimality",
    "theorem_5_3",
]
