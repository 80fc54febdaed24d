#!/usr/bin/env bash
# SciPy 1.17.1 against mpmath 1.3.0: Lambert W beside its branch point -1/e.
# Guess beforehand: both branches lose digits alike there, since they share one expansion in sqrt(1 + e x).
# Seen: at -0.3678794411714 W_0 keeps ten digits and W_-1 six; at subnormal arguments W_-1 is nan where W_0 is
#   exact.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet 'scipy==1.17.1' 'mpmath==1.3.0'
"$work/venv/bin/python" - <<'PY' | tee "$work/seen"
import math

import mpmath
import scipy
from scipy.special import lambertw

mpmath.mp.dps = 60


def right_digits(x, branch):
    exact = mpmath.lambertw(mpmath.mpf(x), branch).real
    error = abs((mpmath.mpf(float(lambertw(x, branch).real)) - exact) / exact)
    return math.floor(-mpmath.log10(error))


print(scipy.__version__)
for x in (-0.36787944117, -0.3678794411714):
    print(x, "W_0 right to", right_digits(x, 0), "digits, W_-1 to", right_digits(x, -1))
print(-1e-320, "W_0", lambertw(-1e-320, 0).real == -1e-320, "W_-1", lambertw(-1e-320, -1).real)
PY
diff "$work/seen" - <<'EXPECTED'
1.17.1
-0.36787944117 W_0 right to 10 digits, W_-1 to 5
-0.3678794411714 W_0 right to 10 digits, W_-1 to 6
-1e-320 W_0 True W_-1 nan
EXPECTED
