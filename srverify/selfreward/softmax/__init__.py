"""The softmax simulator: policies, self-reward rounds, the hard instance and greedy decoding.

Arrays of natural-log probabilities, batch axes first, float64; NumPy only. The adversarial checks
that the ledger cites are in :mod:`srverify.selfreward.softmax.checks`, which nothing here imports.

Examples
--------
>>> import numpy as np
>>> base = log_softmax(np.array([[0.0, 1.0, 0.5]]))
>>> weights = uniform_weights(1)
>>> after = population_round(base, beta=0.5, rounds=2)
>>> bool(condition_number(after, weights) < condition_number(base, weights))
True
"""

from srverify.selfreward.softmax.finite_class import finite_class_rounds
from srverify.selfreward.softmax.linear import (
    batched_linear_round,
    iterate_linear,
    least_squares,
    linear_round,
)
from srverify.selfreward.softmax.policies import (
    base_failure,
    concentrability,
    condition_number,
    kl_divergence,
    linear_policy,
    log_softmax,
    margin,
    modes,
    objective,
    own_failure,
    uniform_weights,
)
from srverify.selfreward.softmax.rounds import (
    empirical_minimisers,
    iterate_finite_class,
    population_round,
    sample_pairs,
    square_loss,
    square_loss_minimiser,
)

__all__ = [
    "base_failure",
    "batched_linear_round",
    "concentrability",
    "condition_number",
    "empirical_minimisers",
    "finite_class_rounds",
    "iterate_finite_class",
    "iterate_linear",
    "kl_divergence",
    "least_squares",
    "linear_policy",
    "linear_round",
    "log_softmax",
    "margin",
    "modes",
    "objective",
    "own_failure",
    "population_round",
    "sample_pairs",
    "square_loss",
    "square_loss_minimiser",
    "uniform_weights",
]
