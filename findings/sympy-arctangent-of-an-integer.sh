#!/usr/bin/env bash
# SymPy 1.14.0: is the arctangent, arcsine or arccosine of an integer ever zero?
# Guess beforehand: Eq(atan(n), 0) stays as it is, for a real and for an integer n alike, as with sinh and tanh.
# Seen: as soon as the symbol is an integer (or rational), the equation becomes False for atan, asin and acos,
# which are 0 at 0, 0 and 1; a Piecewise built on it takes the wrong piece there. sinh and tanh are right.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet 'sympy==1.14.0' 'mpmath==1.3.0' 2>/dev/null
"$work/venv/bin/python" - <<'PY' | tee "$work/seen"
import sympy
from sympy import Eq, Piecewise, Symbol, acos, asin, atan, sinh, tanh

print(sympy.__version__)
real, integer = Symbol("x", real=True), Symbol("n", integer=True)
for function, root in ((atan, 0), (asin, 0), (acos, 1), (sinh, 0), (tanh, 0)):
    for symbol in (real, integer):
        value = Piecewise((0, Eq(function(symbol), 0)), (1, True)).subs(symbol, root)
        print(Eq(function(symbol), 0), "| at", root, function(root), "| piece", value)
PY
diff "$work/seen" - <<'EXPECTED'
1.14.0
Eq(atan(x), 0) | at 0 0 | piece 0
False | at 0 0 | piece 1
Eq(asin(x), 0) | at 0 0 | piece 0
False | at 0 0 | piece 1
Eq(acos(x), 0) | at 1 0 | piece 0
False | at 1 0 | piece 1
Eq(sinh(x), 0) | at 0 0 | piece 0
Eq(sinh(n), 0) | at 0 0 | piece 0
Eq(tanh(x), 0) | at 0 0 | piece 0
Eq(tanh(n), 0) | at 0 0 | piece 0
EXPECTED
