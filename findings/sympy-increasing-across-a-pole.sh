#!/usr/bin/env bash
# SymPy 1.14.0: is the tangent increasing on [0, 3], which holds its pole at pi/2?
# Guess beforehand: None or False, as for -1/x on [-1, 1], whose derivative is positive on both sides of its pole as well.
# Seen: True, though tan(1) > 0 > tan(3); the cotangent is decreasing on [1, 4] likewise, across its pole at pi. And
# x + sin(x), which does increase strictly, is said not to: its derivative vanishes at single points.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet 'sympy==1.14.0' 'mpmath==1.3.0' 2>/dev/null
"$work/venv/bin/python" - <<'PY' | tee "$work/seen"
import sympy
from sympy import Interval, Symbol, cot, is_decreasing, is_increasing, is_strictly_increasing, sin, tan

print(sympy.__version__)
x = Symbol("x", real=True)
print("tan on [0, 3]:", is_increasing(tan(x), Interval(0, 3), x), "with", tan(1).n(4), "and", tan(3).n(4))
print("cot on [1, 4]:", is_decreasing(cot(x), Interval(1, 4), x), "with", cot(3).n(4), "and", cot(4).n(4))
print("-1/x on [-1, 1]:", is_increasing(-1 / x, Interval(-1, 1), x))
print("x + sin(x) on [0, 10]:", is_strictly_increasing(x + sin(x), Interval(0, 10), x))
PY
diff "$work/seen" - <<'EXPECTED'
1.14.0
tan on [0, 3]: True with 1.557 and -0.1425
cot on [1, 4]: True with -7.015 and 0.8637
-1/x on [-1, 1]: None
x + sin(x) on [0, 10]: False
EXPECTED
