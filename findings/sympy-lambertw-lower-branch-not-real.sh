#!/usr/bin/env bash
# SymPy 1.14.0: is W_-1(-p) real for a positive symbol p? It is so for p <= 1/e, and not beyond.
# Guess beforehand: is_real is None, as for W_0(-p), since p may lie on either side of 1/e.
# Seen: is_real is False, although it is True at p = 1/5; so W_-1(-p) < 0 raises "Invalid comparison of non-real" unless
# p is given a value first, and 1 + W_-1(-p) is called not real either.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet 'sympy==1.14.0' 'mpmath==1.3.0' 2>/dev/null
"$work/venv/bin/python" - <<'PY' | tee "$work/seen"
import sympy
from sympy import LambertW, Rational, Symbol

print(sympy.__version__)
p = Symbol("p", positive=True)
lower, upper = LambertW(-p, -1), LambertW(-p)
print("real:", "W_0", upper.is_real, "W_-1", lower.is_real, "1 + W_-1", (1 + lower).is_real)
print("at 1/5:", lower.subs(p, Rational(1, 5)).is_real, lower.subs(p, Rational(1, 5)).n(6))
for side in (upper, lower):
    try:
        print(side < 0)
    except TypeError as error:
        print(f"{side} < 0: {error}")
print("at 1/5 first:", lower.subs(p, Rational(1, 5)) < 0)
PY
diff "$work/seen" - <<'EXPECTED'
1.14.0
real: W_0 None W_-1 False 1 + W_-1 False
at 1/5: True -2.54264
LambertW(-p) < 0
LambertW(-p, -1) < 0: Invalid comparison of non-real LambertW(-p, -1)
at 1/5 first: True
EXPECTED
