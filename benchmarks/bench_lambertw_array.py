"""Lambert W over arrays against SciPy: a million doubles per row, speed and worst error side by side.

Run by hand: ``python benchmarks/bench_lambertw_array.py``. Processor time, best of several; errors in
units of the last place against enclosures at a sample of the points.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable

import numpy as np
from flint import arb, ctx
from scipy.special import lambertw as scipy_lambertw

from srverify.numerics.lambertw_array import lambertw_array

SIZE = 10**6
REPEATS = 5
SAMPLE = 2000


def best(call: Callable[[], object]) -> float:
    times = []
    for _ in range(REPEATS):
        started = time.process_time()
        call()
        times.append(time.process_time() - started)
    return min(times)


def worst(z: np.ndarray, w: np.ndarray, branch: int) -> float:
    """Return the largest error in units of the last place; NaN where a value is missing."""
    found = 0.0
    with ctx.workprec(200):
        for a, b in zip(z.tolist(), w.tolist(), strict=True):
            if math.isnan(b):
                return math.nan
            exact = arb(a).lambertw(branch) if branch else arb(a).lambertw()
            found = max(found, float(abs(exact - arb(b)) / arb(math.ulp(b))))
    return found


def mixed(rng: np.random.Generator, *parts: np.ndarray) -> np.ndarray:
    """Return as many numbers as each part has, from all of them in no order."""
    return rng.permutation(np.concatenate(parts))[:SIZE]


def main() -> None:
    rng = np.random.default_rng(0)
    first = -math.exp(-1)
    near = first * (1 - 10.0 ** rng.uniform(-15, -2, SIZE))
    inside = rng.uniform(first * (1 - 1e-12), 0, SIZE)
    towards = -(10.0 ** rng.uniform(-300, -1, SIZE))
    large = 10.0 ** rng.uniform(0, 300, SIZE)
    small = 10.0 ** rng.uniform(-300, -1, SIZE)
    rows = [
        ("W_0 on (-1/e, 0)", inside, 0),
        ("W_0 near -1/e", near, 0),
        ("W_0 towards 0-", towards, 0),
        ("W_0 towards 0+", small, 0),
        ("W_0 on (0, 1)", rng.uniform(0, 1, SIZE), 0),
        ("W_0 on (1, 10)", rng.uniform(1, 10, SIZE), 0),
        ("W_0 on (1, 1e300)", large, 0),
        ("W_0 on all these", mixed(rng, near, inside, towards, small, large), 0),
        ("W_-1 on (-1/e, 0)", inside, -1),
        ("W_-1 near -1/e", near, -1),
        ("W_-1 towards 0", towards, -1),
        ("W_-1 subnormal", -rng.uniform(5e-324, 2.0**-1022, SIZE), -1),
        ("W_-1 on all these", mixed(rng, near, inside, towards), -1),
    ]
    print(f"{'arguments':20} {'ours':>8} {'scipy':>8} {'ratio':>6} {'ulp ours':>9} {'ulp scipy':>10}")
    for name, z, branch in rows:
        ours = best(lambda z=z, branch=branch: lambertw_array(z, branch))
        theirs = best(lambda z=z, branch=branch: scipy_lambertw(z, branch))
        some = z[:SAMPLE]
        error = worst(some, lambertw_array(some, branch), branch)
        other = worst(some, scipy_lambertw(some, branch).real, branch)
        print(f"{name:20} {ours:8.3f} {theirs:8.3f} {theirs / ours:6.1f} {error:9.2f} {other:10.3g}")


if __name__ == "__main__":
    main()
