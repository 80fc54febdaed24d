"""Softmax policies on finite prompts and responses, and what the paper measures of them.

A policy is an array of natural-log probabilities of shape ``(..., prompts, responses)``: batch axes
first, every row a normalised distribution. Prompt weights have shape ``(..., prompts)`` and
broadcast against the batch. Nothing here loops over prompts, responses or policies.
"""

from __future__ import annotations

from typing import TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Integers: TypeAlias = NDArray[np.intp]
Booleans: TypeAlias = NDArray[np.bool_]
_Float = TypeVar("_Float", np.float32, np.float64)


#: Up to this length of the last axis NumPy adds one after the other, as the loops below do.
_SHORT = 7


def sum_last(values: Floats) -> Floats:
    """Return the sum over the last axis, to the last bit as NumPy's, quicker where that axis is short.

    >>> sum_last(np.array([[1.0, 2.0], [3.0, 4.0]])).tolist()
    [3.0, 7.0]
    """
    if not 0 < values.shape[-1] <= _SHORT:
        return np.asarray(values.sum(axis=-1))
    total = values[..., 0].copy()
    for index in range(1, values.shape[-1]):
        total += values[..., index]
    return total


def max_last(values: Floats) -> Floats:
    """Return the largest over the last axis, quicker than NumPy's where that axis is short."""
    if not 0 < values.shape[-1] <= _SHORT:
        return np.asarray(values.max(axis=-1))
    largest = values[..., 0].copy()
    for index in range(1, values.shape[-1]):
        np.maximum(largest, values[..., index], out=largest)
    return largest


def min_last(values: NDArray[_Float]) -> NDArray[_Float]:
    """Return the least over the last axis, quicker than NumPy's where that axis is shorter than others.

    >>> min_last(np.array([[3.0, 1.0, 2.0], [5.0, 7.0, 4.0]])).tolist()
    [1.0, 4.0]
    """
    # By halves, which overlap in the middle one of an odd number: all rows at once each time.
    while (length := values.shape[-1]) > 1:
        half = (length + 1) // 2
        values = np.minimum(values[..., :half], values[..., length - half :])
    return values[..., 0]


def log_sum_exp(values: Floats) -> Floats:
    """Return log Σ exp over the last axis, without overflow; a row of -inf gives -inf."""
    peak = max_last(values)
    if np.isfinite(peak).all():
        # The greatest summand is 1.
        return np.asarray(np.log(sum_last(np.exp(values - peak[..., None]))) + peak)
    shift = np.where(np.isfinite(peak), peak, 0.0)
    with np.errstate(divide="ignore"):
        total = np.log(sum_last(np.exp(values - shift[..., None])))
    return np.asarray(total + shift)


def log_softmax(logits: Floats) -> Floats:
    """Return the log-probabilities of the softmax of ``logits`` over the last axis.

    Examples
    --------
    >>> np.exp(log_softmax(np.array([[0.0, 0.0]]))).tolist()
    [[0.5, 0.5]]
    """
    logits = np.asarray(logits, dtype=np.float64)
    return logits - log_sum_exp(logits)[..., None]


def linear_policy(features: Floats, parameters: Floats) -> Floats:
    """Return the linear softmax policy with logits ⟨θ, φ(x, y)⟩ (Definition 6.1).

    ``features`` has shape (prompts, responses, d), ``parameters`` (..., d); the result has shape
    (..., prompts, responses).
    """
    return log_softmax(np.einsum("xyd,...d->...xy", features, parameters))


def uniform_weights(prompts: int) -> Floats:
    """Return the uniform distribution on ``prompts`` prompts."""
    return np.full(prompts, 1.0 / prompts)


def modes(log_policy: Floats) -> Integers:
    """Return the index of each row's most probable response, the first one on a tie."""
    return np.asarray(log_policy.argmax(axis=-1))


def mode_mass(log_policy: Floats) -> Floats:
    """Return max_y π(y|x) for every prompt, shape (..., prompts)."""
    return np.asarray(np.exp(log_policy.max(axis=-1)))


def condition_number(log_policy: Floats, weights: Floats) -> Floats:
    """Return the policy condition number κ(π) = E_x[1/max_y π(y|x)] (paper (5), K01).

    Examples
    --------
    >>> float(condition_number(log_softmax(np.zeros((3, 4))), uniform_weights(3)))
    4.0
    """
    return np.asarray((weights * np.exp(-log_policy.max(axis=-1))).sum(axis=-1))


def margin(log_policy: Floats) -> Floats:
    """Return γ(π) = min_x [log π(y*|x) − max_{y≠y*} log π(y|x)]; 0 where the mode is tied."""
    top_two = np.partition(log_policy, log_policy.shape[-1] - 2, axis=-1)[..., -2:]
    with np.errstate(invalid="ignore"):
        gaps = top_two[..., 1] - top_two[..., 0]
    return np.asarray(gaps.min(axis=-1))


def concentrability(log_policy: Floats, log_base: Floats, weights: Floats) -> Floats:
    """Return C(π) = E_x Σ_y π²/π_base; both policies have the same responses."""
    row = np.exp(log_sum_exp(2.0 * log_policy - log_base))
    return np.asarray((weights * row).sum(axis=-1))


def expectation(log_policy: Floats, values: Floats, weights: Floats) -> Floats:
    """Return E_x E_{y~π}[values]; a response of probability 0 contributes 0."""
    mass = np.exp(log_policy)
    contribution = np.where(mass > 0.0, mass * np.where(mass > 0.0, values, 0.0), 0.0)
    return np.asarray((weights * contribution.sum(axis=-1)).sum(axis=-1))


def kl_divergence(log_policy: Floats, log_base: Floats, weights: Floats) -> Floats:
    """Return E_x KL(π(·|x) ‖ π_base(·|x)); responses outside the support of π contribute 0."""
    ratio = np.where(np.isfinite(log_policy), log_policy - log_base, 0.0)
    return expectation(log_policy, ratio, weights)


def objective(log_policy: Floats, log_base: Floats, weights: Floats) -> Floats:
    """Return J(π) = E_x E_{y~π} log π_base(y|x), the expected self-reward of the base policy."""
    return expectation(log_policy, log_base, weights)


def point_mass(responses: Integers, size: int) -> Floats:
    """Return the policy with mass 1 on the given response of every prompt (logs 0, -inf)."""
    hit = np.arange(size) == np.asarray(responses)[..., None]
    return np.where(hit, 0.0, -np.inf)


def own_failure(log_policy: Floats, weights: Floats, level: float = 0.5) -> Floats:
    """Return P_x(max_y π(y|x) ≤ level), failure to its own mode."""
    return np.asarray((weights * (mode_mass(log_policy) <= level)).sum(axis=-1))


def base_failure(
    log_policy: Floats, base_modes: Integers, weights: Floats, level: float = 0.5
) -> Floats:
    """Return P_x(π(y_0*(x)|x) ≤ level), failure to the base policy's mode."""
    chosen = np.broadcast_to(base_modes, log_policy.shape[:-1])[..., None]
    mass = np.exp(np.take_along_axis(log_policy, chosen, axis=-1)[..., 0])
    return np.asarray((weights * (mass <= level)).sum(axis=-1))
