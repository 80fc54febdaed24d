#!/usr/bin/env bash
# SymEngine (Python wrapper 0.15.0) is given SymPy's LambertW(x, -1), whose second argument is the branch.
# Guess beforehand: it has the principal branch only, so it raises, or keeps the expression as an opaque function.
# Seen: it takes it for lambertw(x), the principal branch, without a word: evaluated at -1/10 through SymEngine the
# value is -0.1118..., SymPy's is -3.577...; so for derivatives, and also for the way back to SymPy.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet 'symengine==0.15.0' 'sympy==1.14.0' 'mpmath==1.3.0' 2>/dev/null
"$work/venv/bin/python" - <<'PY' | tee "$work/seen"
import symengine
import sympy
from sympy import LambertW, Rational, Symbol

print(symengine.__version__, sympy.__version__)
x = Symbol("x")
lower = LambertW(x, -1)
taken = symengine.sympify(lower)
print(lower, "->", taken, "->", sympy.sympify(taken))
print("derivative:", symengine.diff(taken, symengine.Symbol("x")))
at = {x: Rational(-1, 10)}
print("at -1/10:", lower.subs(at).n(8), "and", sympy.sympify(symengine.sympify(lower.subs(at))).n(8))
PY
diff "$work/seen" - <<'EXPECTED'
0.15.0 1.14.0
LambertW(x, -1) -> lambertw(x) -> LambertW(x)
derivative: lambertw(x)/(x*(1 + lambertw(x)))
at -1/10: -3.5771521 and -0.11183256
EXPECTED
