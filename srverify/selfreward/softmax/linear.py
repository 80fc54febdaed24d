"""Finite-sample rounds of the linear softmax class (Section 6): exact least squares.

With logits ⟨θ, φ⟩ the fitted difference is Δ^r̂ = β⟨θ − θ_t, δ⟩, δ = φ(x,y) − φ(x,y'), so a round is
a least-squares problem in θ: matrix of the sampled δ, targets ⟨θ_t, δ⟩ + Δ^r/β.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from srverify.language.errors import InputError
from srverify.selfreward.softmax.policies import Floats, Integers, linear_policy
from srverify.selfreward.softmax.rounds import Pairs, sample_pair_counts, sample_pairs

# Below this ratio of Gram eigenvalues squaring the matrix would cost too many digits.
_GRAM_CONDITION = 1e-6


@dataclass(frozen=True)
class LeastSquares:
    """A least-squares solution with what it says about the sample.

    ``null_basis`` spans the directions the sample does not see, shape (d, d − rank). ``multiplier``
    is the ridge μ ≥ 0 that the norm constraint needed (0 if it is slack).
    """

    solution: Floats
    rank: int
    null_basis: Floats
    multiplier: float


def least_squares(matrix: Floats, targets: Floats, radius: float | None = None) -> LeastSquares:
    """Return the least-norm minimiser of ‖Aθ − b‖², optionally subject to ‖θ‖ ≤ radius.

    A is (n, d), b is (n,). Well-conditioned tall problems go through the d×d Gram matrix with one
    step of iterative refinement, the others through QR and the SVD of the triangle. With a radius
    the solution is the ridge solution whose multiplier puts it on the sphere, unless the least-norm
    minimiser already lies inside. Raises InputError for a radius that is not positive.

    Examples
    --------
    >>> fit = least_squares(np.array([[1.0, 0.0], [1.0, 0.0]]), np.array([1.0, 3.0]))
    >>> np.round(fit.solution, 12).tolist(), fit.rank
    ([2.0, 0.0], 1)
    """
    if radius is not None and not radius > 0:
        raise InputError(f"the radius must be positive, got {radius}")
    rows, columns = matrix.shape
    if rows == 0:
        return LeastSquares(np.zeros(columns), 0, np.eye(columns), 0.0)
    if rows >= columns:
        values, basis = np.linalg.eigh(matrix.T @ matrix)
        if values[0] > _GRAM_CONDITION * values[-1]:
            coefficients = basis.T @ (matrix.T @ targets)
            solution = basis @ (coefficients / values)
            correction = basis.T @ (matrix.T @ (targets - matrix @ solution))
            solution = solution + basis @ (correction / values)
            empty = np.zeros((columns, 0))
            if radius is None or np.linalg.norm(solution) <= radius:
                return LeastSquares(solution, columns, empty, 0.0)
            shrunk, multiplier = _on_sphere(values, coefficients, radius)
            return LeastSquares(basis @ shrunk, columns, empty, multiplier)
    return _by_singular_values(matrix, targets, radius)


def _by_singular_values(matrix: Floats, targets: Floats, radius: float | None) -> LeastSquares:
    rows, columns = matrix.shape
    if rows > columns:
        orthogonal, matrix = np.linalg.qr(matrix)
        targets = orthogonal.T @ targets
    left, singular, right = np.linalg.svd(matrix, full_matrices=True)
    cutoff = singular[0] * max(rows, columns) * np.finfo(np.float64).eps
    rank = int((singular > cutoff).sum())
    kept = singular[:rank]
    projected = left[:, :rank].T @ targets
    coordinates = projected / kept
    multiplier = 0.0
    if radius is not None and np.linalg.norm(coordinates) > radius:
        coordinates, multiplier = _on_sphere(kept**2, kept * projected, radius)
    return LeastSquares(right[:rank].T @ coordinates, rank, right[rank:].T, multiplier)


def _on_sphere(values: Floats, coefficients: Floats, radius: float) -> tuple[Floats, float]:
    """Return (c/(λ+μ), μ) with the μ > 0 for which its norm is the radius.

    Newton on 1/‖θ(μ)‖ − 1/R, which is concave and increasing in μ: from μ = 0 it converges
    monotonically from below.
    """
    multiplier = 0.0
    for _ in range(100):
        solution = coefficients / (values + multiplier)
        norm = float(np.linalg.norm(solution))
        if norm <= radius * (1.0 + 1e-14):
            break
        slope = float((solution**2 / (values + multiplier)).sum())
        multiplier += norm**2 / slope * (norm / radius - 1.0)
    return solution * (radius / norm), multiplier


def feature_differences(features: Floats, pairs: Pairs) -> Floats:
    """Return the sampled δ = φ(x,y) − φ(x,y'), shape (n, d); features are (prompts, N, d)."""
    prompts, responses, dimension = features.shape
    flat = features.reshape(prompts * responses, dimension)
    offset = pairs.prompts * responses
    difference = flat[offset + pairs.first]
    difference -= flat[offset + pairs.second]
    return np.asarray(difference)


def feature_span(features: Floats) -> Floats:
    """Return an orthonormal basis (d, r) of the span of all feature differences."""
    centred = (features - features[:, :1]).reshape(-1, features.shape[-1])
    _, singular, right = np.linalg.svd(centred, full_matrices=False)
    cutoff = max(centred.shape) * np.finfo(np.float64).eps * (singular[0] if len(singular) else 0)
    return np.asarray(right[singular > cutoff].T)


def covariance(features: Floats, log_policy: Floats, weights: Floats) -> Floats:
    """Return Σ = E[δδᵀ] for y, y' ~ π independent (Section G): twice the mean within-prompt cov."""
    mass = np.exp(log_policy)
    mean = np.einsum("xy,xyd->xd", mass, features)
    centred = features - mean[:, None]
    return np.asarray(2.0 * np.einsum("x,xy,xyd,xye->de", weights, mass, centred, centred))


def linear_round(
    features: Floats,
    parameters: Floats,
    weights: Floats,
    beta: float,
    pairs: int,
    rng: np.random.Generator,
    radius: float | None = None,
) -> LeastSquares:
    """Run one finite-sample round from θ_t on n fresh pairs and return the fit for θ_{t+1}.

    The learner sees features, pairs and the noise-free Δ^r of its own policy. Where the sample
    leaves directions unseen the least-norm parameter is returned; ``null_basis`` has the rest.
    """
    log_policy = linear_policy(features, parameters)
    sample = sample_pairs(log_policy, weights, pairs, rng)
    matrix = feature_differences(features, sample)
    targets = matrix @ parameters + sample.difference(log_policy) / beta
    return least_squares(matrix, targets, radius)


@dataclass(frozen=True)
class BatchFit:
    """Least-squares solutions of a batch: parameters (..., d), ranks (...) and multipliers (...)."""

    solution: Floats
    rank: Integers
    multiplier: Floats


def batched_least_squares(
    matrix: Floats, targets: Floats, counts: Floats, radius: float | None = None
) -> BatchFit:
    """Return the least-norm minimisers of Σ_p counts_p (⟨θ, A_p⟩ − b_p)² for a whole batch.

    ``matrix`` is (..., P, d), ``targets`` and ``counts`` (..., P); leading axes broadcast. Through
    Gram matrices with one step of refinement: directions whose eigenvalue is below d·10⁻¹⁴ of the
    largest count as unseen. With a radius, as in ``least_squares``.
    """
    weighted = counts[..., None] * matrix
    transposed = np.swapaxes(weighted, -1, -2)
    values, basis = np.linalg.eigh(transposed @ matrix)
    columns = values.shape[-1]
    kept = values > 1e-14 * columns * np.maximum(values[..., -1:], 1e-300)
    inverse = np.where(kept, 1.0 / np.where(kept, values, 1.0), 0.0)

    def solve(right: Floats) -> Floats:
        coefficients = np.einsum("...de,...d->...e", basis, right)
        return np.asarray(np.einsum("...de,...e->...d", basis, inverse * coefficients))

    right = np.einsum("...dp,...p->...d", transposed, targets)
    solution = solve(right)
    residual = targets - np.einsum("...pd,...d->...p", matrix, solution)
    solution = solution + solve(np.einsum("...dp,...p->...d", transposed, residual))
    rank = np.count_nonzero(kept, axis=-1)
    multiplier = np.zeros(rank.shape)
    if radius is not None:
        coefficients = np.where(kept, np.einsum("...de,...d->...e", basis, right), 0.0)
        outside = np.linalg.norm(solution, axis=-1) > radius
        shrunk, multiplier = _batch_on_sphere(np.where(kept, values, 1.0), coefficients, radius)
        constrained = np.einsum("...de,...e->...d", basis, shrunk)
        solution = np.where(outside[..., None], constrained, solution)
        multiplier = np.where(outside, multiplier, 0.0)
    return BatchFit(solution, np.asarray(rank), multiplier)


def _batch_on_sphere(values: Floats, coefficients: Floats, radius: float) -> tuple[Floats, Floats]:
    """Do what ``_on_sphere`` does, for every row; rows already inside keep μ = 0."""
    multiplier = np.zeros(values.shape[:-1])
    for _ in range(60):
        solution = coefficients / (values + multiplier[..., None])
        norm = np.linalg.norm(solution, axis=-1)
        slope = (solution**2 / (values + multiplier[..., None])).sum(axis=-1)
        step = norm**2 / np.maximum(slope, 1e-300) * (norm / radius - 1.0)
        if not (norm > radius * (1.0 + 1e-14)).any():
            break
        multiplier += np.maximum(step, 0.0)
    return solution * (radius / np.maximum(norm, radius))[..., None], multiplier


def pair_differences(features: Floats) -> Floats:
    """Return δ for every (x, y, y'), shape (..., prompts·N·N, d); features are (..., prompts, N, d)."""
    difference = features[..., :, :, None, :] - features[..., :, None, :, :]
    return np.asarray(difference.reshape(*features.shape[:-3], -1, features.shape[-1]))


def batched_linear_round(
    features: Floats,
    parameters: Floats,
    weights: Floats,
    beta: float,
    pairs: int,
    rng: np.random.Generator,
    radius: float | None = None,
) -> BatchFit:
    """Run one finite-sample round for a batch of independent trials, without a loop over them.

    ``parameters`` is (trials, d); every trial draws its own n pairs, as counts over all (x, y, y'),
    so the cost does not depend on n.
    """
    log_policy = linear_policy(features, parameters)
    counts = sample_pair_counts(log_policy, weights, pairs, rng)
    flat = counts.reshape(len(parameters), -1)
    matrix = pair_differences(features)
    reward = (log_policy[..., :, None] - log_policy[..., None, :]).reshape(len(parameters), -1)
    targets = parameters @ matrix.T + reward / beta
    # Without a radius every sampled label can be met, so how often it was drawn does not matter.
    seen = flat.astype(np.float64) if radius is not None else (flat > 0).astype(np.float64)
    return batched_least_squares(matrix, targets, seen, radius)


@dataclass(frozen=True)
class RoundRecord:
    """One finite-sample round: the new parameter, the rank of its sample and the multiplier."""

    parameters: Floats
    rank: int
    multiplier: float


def iterate_linear(
    features: Floats,
    parameters: Floats,
    weights: Floats,
    beta: float,
    pairs: int,
    rounds: int,
    seed: int | np.random.SeedSequence,
    radius: float | None = None,
) -> list[RoundRecord]:
    """Run T finite-sample rounds, each on fresh pairs from the policy it starts at."""
    root = seed if isinstance(seed, np.random.SeedSequence) else np.random.SeedSequence(seed)
    records = []
    for child in root.spawn(rounds):
        rng = np.random.default_rng(child)
        fit = linear_round(features, parameters, weights, beta, pairs, rng, radius)
        parameters = fit.solution
        records.append(RoundRecord(parameters, fit.rank, fit.multiplier))
    return records
