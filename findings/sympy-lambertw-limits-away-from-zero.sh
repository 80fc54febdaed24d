#!/usr/bin/env bash
# SymPy 1.14.0: limits and series of Lambert's W away from 0, where W(e) = 1, W(-1/e) = -1 and W'(1) = 0.36...
# Guess beforehand: right at regular points; at the branch point -1/e, where W has a square root, an error.
# Seen: no error anywhere. W(e + x) alone tends to 1, as it must, but W(e + x) - 1 to -1 and 2 W(e + x) to 2, since
# the series of W(c + x) is c + x wherever c is not 0; the difference quotient at 1 tends to -oo, although diff says
# 0.36...; at the branch point W + 1 tends to 1. The series at 0 is right.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet 'sympy==1.14.0' 'mpmath==1.3.0' 2>/dev/null
"$work/venv/bin/python" - <<'PY' | tee "$work/seen"
import sympy
from sympy import E, LambertW, Symbol, diff, exp, limit, series

print(sympy.__version__)
x = Symbol("x", positive=True)
for shown in (LambertW(E + x), LambertW(E + x) - 1, LambertW(x - exp(-1)), LambertW(x - exp(-1)) + 1):
    print("limit", shown, "=", limit(shown, x, 0))
quotient = (LambertW(1 + x) - LambertW(1)) / x
print("quotient", limit(quotient, x, 0), "derivative", diff(LambertW(x), x).subs(x, 1).n(6))
print("series at 0:", series(LambertW(x), x, 0, 3))
print("series at 2:", series(LambertW(2 + x), x, 0, 2), "although W(2) =", LambertW(2).n(6))
PY
diff "$work/seen" - <<'EXPECTED'
1.14.0
limit LambertW(x + E) = 1
limit LambertW(x + E) - 1 = -1
limit LambertW(x - exp(-1)) = -1
limit LambertW(x - exp(-1)) + 1 = 1
quotient -oo derivative 0.361896
series at 0: x - x**2 + O(x**3)
series at 2: 2 + x + O(x**2) although W(2) = 0.852605
EXPECTED
