"""Measure the simulator against bare NumPy, side by side in one run.

Run by hand: ``python benchmarks/bench_softmax.py``. Every figure is the best of several repetitions,
the competitors taking turns, in processor seconds of one core, so that what else the machine does
counts as little as it can.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import sys
import time
from collections.abc import Callable
from fractions import Fraction

import numpy as np

from srverify.selfreward.softmax.hard_instance import (
    LEARNERS,
    bayes_risk,
    simulate_bayes_risk,
    simulate_risk,
)
from srverify.selfreward.softmax.linear import feature_differences, least_squares, linear_round
from srverify.selfreward.softmax.policies import linear_policy, log_softmax, uniform_weights
from srverify.selfreward.softmax.rounds import population_round, sample_pairs

ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


def race(repetitions: int, **competitors: Callable[[], object]) -> dict[str, float]:
    """Return every competitor's best processor time in seconds; they take turns."""
    best = dict.fromkeys(competitors, float("inf"))
    for function in competitors.values():
        function()
    for _ in range(repetitions):
        for name, function in competitors.items():
            start = time.process_time()
            function()
            best[name] = min(best[name], time.process_time() - start)
    return best


def report(title: str, times: dict[str, float], ours: str, reference: str, limit: float) -> bool:
    """Print the times and the ratio of ours to the reference against its limit."""
    print(f"\n{title}")
    for name, seconds in times.items():
        print(f"  {name:38s} {1e3 * seconds:9.2f} ms")
    ratio = times[ours] / times[reference]
    met = ratio <= limit
    verdict = "met" if met else "MISSED"
    print(f"  {ours} / {reference} = {ratio:.3f} (must be at most {limit:g}): {verdict}")
    return met


def population(repetitions: int) -> bool:
    """One population round of 10⁶ policies × 16 responses against its exponentials and sums."""
    base = log_softmax(np.random.default_rng(0).standard_normal((10**6, 16)))
    times = race(
        repetitions,
        bare=lambda: np.exp(base).sum(axis=-1),
        population_round=lambda: population_round(base, 0.5),
        naive=lambda: log_softmax(3.0 * base),
    )
    return report(
        "population round, 10^6 policies x 16 responses", times, "population_round", "bare", 2.0
    )


def linear(repetitions: int) -> bool:
    """A finite-sample linear round, n = 10⁵ and d = 64, against numpy.linalg.lstsq."""
    rng = np.random.default_rng(1)
    features = rng.standard_normal((50, 20, 64))
    theta, beta = 0.1 * rng.standard_normal(64), 0.5
    weights = uniform_weights(50)
    base = linear_policy(features, theta)
    pairs = sample_pairs(base, weights, 10**5, rng)
    matrix = feature_differences(features, pairs)
    targets = matrix @ theta + pairs.difference(base) / beta
    times = race(
        repetitions,
        lstsq=lambda: np.linalg.lstsq(matrix, targets, rcond=None),
        least_squares=lambda: least_squares(matrix, targets),
        least_squares_in_ball=lambda: least_squares(matrix, targets, 1.0),
        whole_round=lambda: linear_round(features, theta, weights, beta, 10**5, rng),
    )
    expected = np.linalg.lstsq(matrix, targets, rcond=None)[0]
    error = float(np.abs(least_squares(matrix, targets).solution - expected).max())
    met = report("linear softmax round, n = 10^5, d = 64", times, "whole_round", "lstsq", 1.5)
    print(f"  whole_round samples, gathers and solves; largest difference to lstsq {error:.1e}")
    return met


def monte_carlo(repetitions: int) -> bool:
    """Learner runs per second on the hard instance, M = 64 and d = 16, ϱ = 1/2."""
    rho, trials, met = Fraction(1, 2), 200_000, True
    print("\nhard instance, M = 64, d = 16, rho = 1/2: learner runs per second, one core")
    for draws in (20, 51, 173):
        times = race(repetitions, bayes=lambda n=draws: simulate_bayes_risk(64, 16, n, rho, trials, 0))
        rate = trials / times["bayes"]
        estimate, error = simulate_bayes_risk(64, 16, draws, rho, trials, 0)
        deviation = (estimate - bayes_risk(64, 16, draws, rho)) / error
        met = met and rate >= 1e6
        verdict = "met" if rate >= 1e6 else "MISSED"
        print(
            f"  bayes-optimal  n = {draws:4d}: {rate:.3g} runs/s (must be 1e6: {verdict}), "
            f"{deviation:+.1f} s.e. from the exact risk"
        )
    for learner in LEARNERS:
        times = race(2, run=lambda name=learner: simulate_risk(name, 64, 16, 173, rho, 50_000, 0))
        print(f"  {learner:20s} n = 173: {50_000 / times['run']:.3g} runs/s")
    return met


def memory() -> bool:
    """Peak memory against the chunk: many trials must not need more than few."""
    print("\npeak resident memory of the hard instance's Monte Carlo, n = 173")
    peaks = []
    for trials in (20_000, 400_000):
        child = os.fork()
        if child == 0:
            before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            simulate_bayes_risk(64, 16, 173, 0.5, trials, 0, chunk=1024)
            grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
            os._exit(min(grown // 1024, 255))
        peaks.append(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
        print(f"  {trials:7d} trials in chunks of 1024: {peaks[-1]} MiB above the start")
    met = peaks[1] <= peaks[0] + 8
    print(f"  bounded by the chunk: {'met' if met else 'MISSED'}")
    return met


def main() -> int:
    if any(os.environ.get(name) != value for name, value in ONE_THREAD.items()):
        # The BLAS reads these when it is loaded, which was long ago.
        os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, **ONE_THREAD})
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repetitions", type=int, default=7)
    repetitions = parser.parse_args().repetitions
    print(
        f"Python {platform.python_version()}, NumPy {np.__version__}, {platform.machine()}, "
        f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    )
    met = [memory(), population(repetitions), linear(repetitions), monte_carlo(repetitions)]
    return 0 if all(met) else 1


if __name__ == "__main__":
    raise SystemExit(main())
